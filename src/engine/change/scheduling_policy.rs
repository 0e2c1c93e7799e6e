//! Scheduling policies.

use super::{Change, document, queue_settings, text};
use crate::api::ServiceError;
use crate::api::arn::ResourceKind;
use crate::api::job_queue::JobQueueDetail;
use crate::api::scheduling_policy::{
    CreateSchedulingPolicyRequest, CreateSchedulingPolicyResponse, DeleteSchedulingPolicyRequest,
    DeleteSchedulingPolicyResponse, FairsharePolicy, SchedulingPolicyDetail, UpdateSchedulingPolicyRequest,
    UpdateSchedulingPolicyResponse,
};
use crate::engine::core::{Event, QueueKey};
use crate::engine::names;
use crate::rules::state;
use crate::store::read::Read;
use crate::store::{ResourceRow, Table};

const TABLE: Table = Table::SchedulingPolicy;

impl Change<'_> {
    pub(super) fn create_scheduling_policy(
        &mut self,
        request: CreateSchedulingPolicyRequest,
    ) -> Result<CreateSchedulingPolicyResponse, ServiceError> {
        let name = request.name;
        if names::find(self.store, TABLE, self.scope, &name)?.is_some() {
            let refusal = ServiceError::client(format!("Object already exists: scheduling policy {name}"));
            return Err(refusal.under(state::POLICY_NAME_FREE.id));
        }
        let fairshare = request.fairshare_policy.unwrap_or_default();
        let detail = SchedulingPolicyDetail {
            arn: self.scope.arn(ResourceKind::SchedulingPolicy, &name),
            name: name.clone(),
            fairshare_policy: request.quota_share_policy.is_none().then(|| complete(fairshare)),
            quota_share_policy: request.quota_share_policy,
            tags: Some(request.tags.unwrap_or_default()),
        };
        self.store.insert_resource(TABLE, self.scope, &name, self.now.0, &text(&detail)?)?;
        Ok(CreateSchedulingPolicyResponse { name, arn: detail.arn })
    }

    pub(super) fn update_scheduling_policy(
        &mut self,
        request: UpdateSchedulingPolicyRequest,
    ) -> Result<UpdateSchedulingPolicyResponse, ServiceError> {
        let row = names::need(self.store, TABLE, self.scope, &request.arn)?;
        let mut detail: SchedulingPolicyDetail = document("resource", &row.body)?;
        if let Some(policy) = request.fairshare_policy {
            detail.fairshare_policy = Some(complete(policy));
        }
        detail.quota_share_policy = request.quota_share_policy.or(detail.quota_share_policy);
        self.store.update_resource(row.key, &text(&detail)?)?;
        // Queues that have it are treated by it from now on.
        let mut settings = Vec::new();
        for (queue, detail) in self.queues_with_policy(&row)? {
            settings.push((QueueKey(queue.key), queue_settings(self.store, &detail)?));
        }
        for (queue, settings) in settings {
            self.step(Event::QueuePut { queue, settings });
        }
        Ok(UpdateSchedulingPolicyResponse {})
    }

    pub(super) fn delete_scheduling_policy(
        &mut self,
        request: &DeleteSchedulingPolicyRequest,
    ) -> Result<DeleteSchedulingPolicyResponse, ServiceError> {
        let row = names::need(self.store, TABLE, self.scope, &request.arn)?;
        if let Some((queue, _)) = self.queues_with_policy(&row)?.first() {
            return Err(ServiceError::client(format!(
                "Cannot delete scheduling policy {}: job queue {} uses it",
                row.name, queue.name
            ))
            .under(state::POLICY_UNUSED.id));
        }
        self.store.delete_resource(row.key, self.now.0)?;
        Ok(DeleteSchedulingPolicyResponse {})
    }

    fn queues_with_policy(
        &self,
        row: &ResourceRow,
    ) -> Result<Vec<(ResourceRow, JobQueueDetail)>, ServiceError> {
        let arn = self.scope.arn(ResourceKind::SchedulingPolicy, &row.name);
        let mut found = Vec::new();
        for queue in self.store.resources(Table::JobQueue, self.scope, 0, usize::MAX)? {
            let detail: JobQueueDetail = document("resource", &queue.body)?;
            if detail.scheduling_policy_arn.as_ref() == Some(&arn) {
                found.push((queue, detail));
            }
        }
        Ok(found)
    }
}

/// Fills what was left out, as describe shows it.
fn complete(policy: FairsharePolicy) -> FairsharePolicy {
    FairsharePolicy {
        share_decay_seconds: Some(policy.share_decay_seconds.unwrap_or(0)),
        compute_reservation: Some(policy.compute_reservation.unwrap_or(0)),
        share_distribution: Some(policy.share_distribution.unwrap_or_default()),
    }
}
