//! Pods: jobs on EKS have no `container`, and attempts of their own kind.

use super::{Attempt, Attempts};
use crate::api::eks::{
    EksAttemptContainerDetail, EksAttemptDetail, EksContainer, EksContainerDetail, EksPodProperties,
    EksPodPropertiesDetail, EksProperties, EksPropertiesDetail,
};
use crate::api::job::JobDetail;
use crate::engine::effective::UNNAMED;

/// Shows a pod and what came of it.
pub(super) fn show(detail: &mut JobDetail, properties: EksProperties, attempts: &Attempts<'_>) {
    let pod = properties.pod_properties.unwrap_or_default();
    detail.attempts = Some(Vec::new());
    detail.eks_attempts = Some(attempts.ended().map(|attempt| eks_attempt(&attempt, &pod)).collect());
    let pod_properties = Some(pod_detail(pod, attempts.last().as_ref()));
    detail.eks_properties = Some(EksPropertiesDetail { pod_properties });
}

fn eks_attempt(attempt: &Attempt<'_>, pod: &EksPodProperties) -> EksAttemptDetail {
    let container = |container: &EksContainer| EksAttemptContainerDetail {
        name: Some(name(container.name.clone())),
        container_id: None,
        exit_code: attempt.row.exit_code,
        reason: attempt.row.container_reason.clone(),
    };
    let cluster = attempt.place.eks.as_ref();
    let own = pod.metadata.as_ref().and_then(|metadata| metadata.namespace.clone());
    EksAttemptDetail {
        containers: Some(pod.containers.iter().flatten().map(container).collect()),
        init_containers: Some(Vec::new()),
        eks_cluster_arn: cluster.map(|cluster| cluster.eks_cluster_arn.clone()),
        pod_name: Some(pod_name(attempt)),
        pod_namespace: own.or_else(|| cluster.map(|cluster| cluster.kubernetes_namespace.clone())),
        node_name: None,
        started_at: attempt.row.started_at,
        stopped_at: attempt.row.stopped_at,
        status_reason: attempt.row.reason.clone(),
    }
}

/// `aws-batch.` and a UUID: that of the task, which is one without its hyphens.
fn pod_name(attempt: &Attempt<'_>) -> String {
    let task = &attempt.row.task;
    let uuid = uuid::Uuid::try_parse(task).map_or_else(|_| task.clone(), |uuid| uuid.to_string());
    format!("aws-batch.{uuid}")
}

fn name(given: Option<String>) -> String {
    given.unwrap_or_else(|| UNNAMED.to_owned())
}

fn pod_detail(pod: EksPodProperties, last: Option<&Attempt<'_>>) -> EksPodPropertiesDetail {
    let containers = |list: Option<Vec<EksContainer>>| {
        list.map(|list| list.into_iter().map(|it| container(it, last)).collect())
    };
    EksPodPropertiesDetail {
        service_account_name: pod.service_account_name,
        host_network: pod.host_network,
        dns_policy: pod.dns_policy,
        image_pull_secrets: pod.image_pull_secrets,
        containers: containers(pod.containers),
        init_containers: containers(pod.init_containers),
        volumes: pod.volumes,
        pod_name: last.map(pod_name),
        node_name: None,
        metadata: pod.metadata,
        share_process_namespace: pod.share_process_namespace,
        security_context: pod.security_context,
    }
}

fn container(container: EksContainer, last: Option<&Attempt<'_>>) -> EksContainerDetail {
    EksContainerDetail {
        name: Some(name(container.name)),
        image: Some(container.image),
        image_pull_policy: container.image_pull_policy,
        command: container.command,
        args: container.args,
        env: container.env,
        resources: container.resources,
        exit_code: last.and_then(|attempt| attempt.row.exit_code),
        reason: last.and_then(|attempt| attempt.row.container_reason.clone()),
        volume_mounts: container.volume_mounts,
        security_context: container.security_context,
    }
}
