//! Job queues.

use super::{Change, document, text};
use crate::api::ServiceError;
use crate::api::arn::{Arn, ResourceKind};
use crate::api::compute_environment::{CEStatus, CRType, ComputeEnvironmentDetail, OrchestrationType};
use crate::api::instance_type::Architecture;
use crate::api::job_queue::{
    ComputeEnvironmentOrder, CreateJobQueueRequest, CreateJobQueueResponse, DeleteJobQueueRequest,
    DeleteJobQueueResponse, JQState, JQStatus, JobQueueDetail, UpdateJobQueueRequest, UpdateJobQueueResponse,
};
use crate::api::scheduling_policy::SchedulingPolicyDetail;
use crate::engine::core::blocked::TimeLimit;
use crate::engine::core::queue::QueueSettings;
use crate::engine::core::share::Policy;
use crate::engine::core::{EnvironmentKey, Event, QueueKey};
use crate::engine::names;
use crate::rules::state;
use crate::store::read::Read;
use crate::store::{ResourceRow, StoreError, Table};

const TABLE: Table = Table::JobQueue;
/// What a queue without a fault says of itself.
const HEALTHY: &str = "JobQueue Healthy";
/// The status reason of jobs that end because their queue was deleted.
const DELETED: &str = "The job queue was deleted.";

/// What the core needs to know of a queue. Environments that no longer exist are left out.
pub(in crate::engine) fn queue_settings(
    store: &impl Read,
    detail: &JobQueueDetail,
) -> Result<QueueSettings, StoreError> {
    let mut order = detail.compute_environment_order.clone();
    order.sort_by_key(|entry| entry.order);
    let mut environments = Vec::with_capacity(order.len());
    for entry in order {
        let Some(arn) = Arn::parse(&entry.compute_environment) else { continue };
        let row = store.resource(Table::ComputeEnvironment, &arn.scope, &arn.name)?;
        environments.extend(row.map(|row| EnvironmentKey(row.key)));
    }
    let policy = detail.scheduling_policy_arn.as_deref().map(|arn| policy(store, arn)).transpose()?;
    let limits = detail.job_state_time_limit_actions.iter().flatten();
    let limits =
        limits.filter_map(|action| TimeLimit::read(&action.reason, i64::from(action.max_time_seconds)));
    Ok(QueueSettings { priority: detail.priority, environments, policy, limits: limits.collect() })
}

/// How the shares of a queue with this policy are treated. One that is gone, or that divides by quota, leaves the
/// shares equal.
fn policy(store: &impl Read, arn: &str) -> Result<Policy, StoreError> {
    let row = match Arn::parse(arn) {
        Some(arn) => store.resource(Table::SchedulingPolicy, &arn.scope, &arn.name)?,
        None => None,
    };
    let detail: Option<SchedulingPolicyDetail> =
        row.map(|row| document("resource", &row.body)).transpose()?;
    let policy = detail.and_then(|detail| detail.fairshare_policy).unwrap_or_default();
    let weights = policy.share_distribution.into_iter().flatten();
    Ok(Policy {
        decay_seconds: i64::from(policy.share_decay_seconds.unwrap_or(0)),
        reservation: policy.compute_reservation.and_then(|percent| u32::try_from(percent).ok()).unwrap_or(0),
        weights: weights
            .map(|share| (share.share_identifier, share.weight_factor.map_or(1.0, |factor| factor.0)))
            .collect(),
    })
}

impl Change<'_> {
    pub(super) fn create_job_queue(
        &mut self,
        request: CreateJobQueueRequest,
    ) -> Result<CreateJobQueueResponse, ServiceError> {
        let name = request.job_queue_name;
        if names::find(self.store, TABLE, self.scope, &name)?.is_some() {
            let refusal = ServiceError::client(format!("Object already exists: job queue {name}"));
            return Err(refusal.under(state::QUEUE_NAME_FREE.id));
        }
        if request.service_environment_order.is_some() {
            return Err(ServiceError::client(
                "kiln's local engine has no service environments yet: give computeEnvironmentOrder",
            ));
        }
        if let Some(arn) = &request.scheduling_policy_arn {
            names::need(self.store, Table::SchedulingPolicy, self.scope, arn)?;
        }
        let order = self.resolve_order(&request.compute_environment_order.unwrap_or_default())?;
        let detail = JobQueueDetail {
            job_queue_arn: self.scope.arn(ResourceKind::JobQueue, &name),
            job_queue_name: name.clone(),
            state: request.state.unwrap_or(JQState::Enabled),
            scheduling_policy_arn: request.scheduling_policy_arn,
            status: Some(JQStatus::Valid),
            status_reason: Some(HEALTHY.into()),
            priority: request.priority,
            compute_environment_order: order,
            job_queue_type: request.job_queue_type,
            tags: Some(request.tags.unwrap_or_default()),
            job_state_time_limit_actions: request.job_state_time_limit_actions,
            ..JobQueueDetail::default()
        };
        let key = self.store.insert_resource(TABLE, self.scope, &name, self.now.0, &text(&detail)?)?;
        self.put_queue(key, &detail)?;
        Ok(CreateJobQueueResponse { job_queue_name: name, job_queue_arn: detail.job_queue_arn })
    }

    pub(super) fn update_job_queue(
        &mut self,
        request: UpdateJobQueueRequest,
    ) -> Result<UpdateJobQueueResponse, ServiceError> {
        let (row, mut detail) = self.need_queue(&request.job_queue)?;
        if let Some(order) = request.compute_environment_order {
            detail.compute_environment_order = self.resolve_order(&order)?;
        }
        if let Some(arn) = request.scheduling_policy_arn {
            if detail.scheduling_policy_arn.is_none() {
                return Err(ServiceError::client(format!(
                    "job queue {} was created without a scheduling policy and stays first in, first out: a policy \
                     can only be replaced, not added",
                    row.name
                ))
                .under(state::NO_POLICY_ADDED.id));
            }
            names::need(self.store, Table::SchedulingPolicy, self.scope, &arn)?;
            detail.scheduling_policy_arn = Some(arn);
        }
        detail.state = request.state.unwrap_or(detail.state);
        detail.priority = request.priority.unwrap_or(detail.priority);
        detail.job_state_time_limit_actions =
            request.job_state_time_limit_actions.or(detail.job_state_time_limit_actions);
        self.store.update_resource(row.key, &text(&detail)?)?;
        self.put_queue(row.key, &detail)?;
        Ok(UpdateJobQueueResponse {
            job_queue_name: Some(detail.job_queue_name),
            job_queue_arn: Some(detail.job_queue_arn),
        })
    }

    /// Deletes a disabled queue; jobs still in it are terminated.
    pub(super) fn delete_job_queue(
        &mut self,
        request: &DeleteJobQueueRequest,
    ) -> Result<DeleteJobQueueResponse, ServiceError> {
        let (row, detail) = self.need_queue(&request.job_queue)?;
        if detail.state != JQState::Disabled {
            return Err(ServiceError::client(format!(
                "Cannot delete job queue {}: its state must be DISABLED first",
                row.name
            ))
            .under(state::QUEUE_DISABLED.id));
        }
        let queue = QueueKey(row.key);
        self.store.delete_resource(row.key, self.now.0)?;
        let arrays = self.core.arrays().filter(|(_, array)| array.spec.queue == queue);
        for array in arrays.map(|(key, _)| key).collect::<Vec<_>>() {
            self.keep_words(array, DELETED)?;
        }
        self.step(Event::QueueDeleted { queue, reason: DELETED.into() });
        Ok(DeleteJobQueueResponse {})
    }

    pub(super) fn need_queue(&self, name: &str) -> Result<(ResourceRow, JobQueueDetail), ServiceError> {
        let row = names::need(self.store, TABLE, self.scope, name)?;
        let detail = document("resource", &row.body)?;
        Ok((row, detail))
    }

    fn put_queue(&mut self, key: u64, detail: &JobQueueDetail) -> Result<(), ServiceError> {
        let settings = queue_settings(self.store, detail)?;
        self.step(Event::QueuePut { queue: QueueKey(key), settings });
        Ok(())
    }

    /// Checks a `computeEnvironmentOrder` and turns its names into ARNs.
    fn resolve_order(
        &self,
        order: &[ComputeEnvironmentOrder],
    ) -> Result<Vec<ComputeEnvironmentOrder>, ServiceError> {
        let mut resolved: Vec<ComputeEnvironmentOrder> = Vec::with_capacity(order.len());
        let mut seen: Vec<(String, Model)> = Vec::with_capacity(order.len());
        for entry in order {
            let (row, detail) = self.need_environment(&entry.compute_environment)?;
            if !matches!(detail.status, Some(CEStatus::Valid | CEStatus::Updating)) {
                let refusal = ServiceError::client(format!("compute environment {} is not VALID", row.name));
                return Err(refusal.under(state::ENVIRONMENTS_VALID.id));
            }
            let arn = detail.compute_environment_arn.clone();
            let model = Model::of(&detail);
            for (name, known) in &seen {
                known.goes_with(&model, name, &row.name)?;
            }
            seen.push((row.name, model));
            resolved.push(ComputeEnvironmentOrder { order: entry.order, compute_environment: arn });
        }
        Ok(resolved)
    }
}

/// What all environments of one queue must share (rules CEQ-009, CEQ-010, CEQ-021).
#[derive(Debug)]
struct Model {
    fargate: bool,
    eks: bool,
    /// Where the instance types tell.
    architecture: Option<Architecture>,
}

impl Model {
    fn of(detail: &ComputeEnvironmentDetail) -> Self {
        let resources = detail.compute_resources.as_ref();
        let kind = resources.map(|resources| resources.r#type);
        let mut types =
            resources.and_then(|resources| resources.instance_types.as_deref()).into_iter().flatten();
        Self {
            fargate: matches!(kind, Some(CRType::Fargate | CRType::FargateSpot)),
            eks: detail.container_orchestration_type == Some(OrchestrationType::Eks),
            architecture: types.find_map(|instance_type| Architecture::of(instance_type)),
        }
    }

    /// Whether the environment `name`, which is of this model, and `other` can serve one queue.
    fn goes_with(&self, model: &Self, name: &str, other: &str) -> Result<(), ServiceError> {
        if (self.fargate, self.eks) != (model.fargate, model.eks) {
            let refusal = ServiceError::client(format!(
                "computeEnvironmentOrder mixes {name} and {other}: all environments of a queue must be EC2 or SPOT, \
                 or all FARGATE or FARGATE_SPOT, and all on ECS or all on EKS"
            ));
            return Err(refusal.under(state::ENVIRONMENTS_OF_ONE_KIND.id));
        }
        match (self.architecture, model.architecture) {
            (Some(one), Some(two)) if one != two => {
                let refusal = ServiceError::client(format!(
                    "computeEnvironmentOrder mixes {name}, which is {}, and {other}, which is {}: all environments of \
                     a queue must have one architecture",
                    one.name(),
                    two.name()
                ));
                Err(refusal.under(state::ENVIRONMENTS_OF_ONE_ARCHITECTURE.id))
            }
            _ => Ok(()),
        }
    }
}
