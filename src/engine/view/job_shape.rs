//! What is shown of what a job runs: a container, an ECS task, a pod, or the nodes of a multi-node parallel job, each
//! with what came of the attempts.

mod pod;
mod task;

use crate::api::arn::Scope;
use crate::api::container::ContainerProperties;
use crate::api::job::{AttemptContainerDetail, AttemptDetail, ContainerDetail, JobDetail, NodeDetails};
use crate::api::job_definition::{NodeProperties, NodeRangeProperty};
use crate::engine::effective::{Group, Nodes, Origin, Shape, Task};
use crate::engine::launch::{Place, log_stream};
use crate::store::AttemptRow;

/// The attempts of a job or of a node, in their order, each with its place.
pub(super) struct Attempts<'a> {
    pub(super) scope: &'a Scope,
    /// What log streams are called after.
    pub(super) prefix: &'a str,
    pub(super) rows: &'a [AttemptRow],
    pub(super) places: &'a [Place],
}

impl<'a> Attempts<'a> {
    fn all(&self) -> impl DoubleEndedIterator<Item = Attempt<'a>> {
        let Self { scope, prefix, .. } = *self;
        self.rows.iter().zip(self.places).map(move |(row, place)| Attempt { scope, prefix, row, place })
    }

    fn ended(&self) -> impl Iterator<Item = Attempt<'a>> {
        self.all().filter(|attempt| attempt.row.stopped_at.is_some())
    }

    fn last(&self) -> Option<Attempt<'a>> {
        self.all().next_back()
    }
}

/// One attempt.
struct Attempt<'a> {
    scope: &'a Scope,
    prefix: &'a str,
    row: &'a AttemptRow,
    place: &'a Place,
}

impl Attempt<'_> {
    fn instance_arn(&self) -> Option<String> {
        self.place.instance_arn(self.scope)
    }

    fn task_arn(&self) -> String {
        self.place.task_arn(self.scope, &self.row.task)
    }

    /// Where its log is, as soon as there is one.
    fn log_stream(&self) -> Option<String> {
        self.row.started_at.map(|_| log_stream(self.prefix, &self.row.task))
    }

    /// What its outcome has whatever ran.
    fn detail(&self) -> AttemptDetail {
        AttemptDetail {
            container: Some(AttemptContainerDetail::default()),
            started_at: self.row.started_at,
            stopped_at: self.row.stopped_at,
            status_reason: self.row.reason.clone(),
            task_properties: None,
        }
    }
}

/// Shows what a job runs, or what one node of it runs.
pub(super) fn show(detail: &mut JobDetail, shape: Shape, node: Option<u32>, attempts: &Attempts<'_>) {
    match (shape, node) {
        (Shape::Single(task), _) => show_task(detail, *task, attempts),
        (Shape::Nodes(nodes), None) => {
            detail.attempts = Some(attempts.ended().map(|attempt| with_container(&attempt)).collect());
            detail.node_properties = Some(node_properties(nodes));
        }
        (Shape::Nodes(nodes), Some(node)) => {
            detail.node_details = Some(NodeDetails {
                node_index: i32::try_from(node).ok(),
                is_main_node: Some(node == nodes.main),
            });
            show_task(detail, nodes.task(node).clone(), attempts);
        }
    }
}

fn show_task(detail: &mut JobDetail, task: Task, attempts: &Attempts<'_>) {
    match task.origin {
        Origin::Container => {
            detail.attempts = Some(attempts.ended().map(|attempt| with_container(&attempt)).collect());
            detail.container = Some(container(task.container, attempts.last().as_ref()));
        }
        Origin::EcsTask(properties) => task::show(detail, *properties, attempts),
        Origin::Pod(properties) => pod::show(detail, *properties, attempts),
    }
}

fn with_container(attempt: &Attempt<'_>) -> AttemptDetail {
    AttemptDetail {
        container: Some(AttemptContainerDetail {
            container_instance_arn: attempt.instance_arn(),
            task_arn: Some(attempt.task_arn()),
            exit_code: attempt.row.exit_code,
            reason: attempt.row.container_reason.clone(),
            log_stream_name: attempt.log_stream(),
            network_interfaces: Some(Vec::new()),
        }),
        ..attempt.detail()
    }
}

fn container(container: ContainerProperties, last: Option<&Attempt<'_>>) -> ContainerDetail {
    ContainerDetail {
        image: container.image,
        vcpus: container.vcpus,
        memory: container.memory,
        command: container.command,
        job_role_arn: container.job_role_arn,
        execution_role_arn: container.execution_role_arn,
        volumes: container.volumes,
        environment: container.environment,
        mount_points: container.mount_points,
        readonly_root_filesystem: container.readonly_root_filesystem,
        ulimits: container.ulimits,
        privileged: container.privileged,
        user: container.user,
        exit_code: last.and_then(|attempt| attempt.row.exit_code),
        reason: last.and_then(|attempt| attempt.row.container_reason.clone()),
        container_instance_arn: last.and_then(Attempt::instance_arn),
        task_arn: last.map(Attempt::task_arn),
        log_stream_name: last.and_then(Attempt::log_stream),
        instance_type: container.instance_type,
        network_interfaces: last.map(|_| Vec::new()),
        resource_requirements: container.resource_requirements,
        linux_parameters: container.linux_parameters,
        log_configuration: container.log_configuration,
        secrets: container.secrets,
        network_configuration: container.network_configuration,
        fargate_platform_configuration: container.fargate_platform_configuration,
        ephemeral_storage: container.ephemeral_storage,
        runtime_platform: container.runtime_platform,
        repository_credentials: container.repository_credentials,
        enable_execute_command: container.enable_execute_command,
    }
}

/// The nodes as they are in effect, in the terms of a definition.
fn node_properties(nodes: Nodes) -> NodeProperties {
    let index = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    NodeProperties {
        num_nodes: index(nodes.count),
        main_node: index(nodes.main),
        node_range_properties: nodes.groups.into_iter().map(node_range).collect(),
    }
}

fn node_range(group: Group) -> NodeRangeProperty {
    let mut range = NodeRangeProperty {
        target_nodes: group.target_nodes,
        instance_types: group.instance_types,
        consumable_resource_properties: group.consumable_resources,
        ..NodeRangeProperty::default()
    };
    match group.task.origin {
        Origin::Container => range.container = Some(group.task.container),
        Origin::EcsTask(properties) => range.ecs_properties = Some(*properties),
        Origin::Pod(properties) => range.eks_properties = Some(*properties),
    }
    range
}

#[cfg(test)]
mod tests;
