//! Jobs: submit, cancel, terminate.

use uuid::Uuid;

use super::admit::check_environment;
use super::{Change, text};
use crate::api::ServiceError;
use crate::api::arn::ResourceKind;
use crate::api::job::{
    CancelJobRequest, CancelJobResponse, SubmitJobRequest, SubmitJobResponse, TerminateJobRequest,
    TerminateJobResponse,
};
use crate::api::job_queue::{JQState, JobQueueDetail};
use crate::engine::core::{Event, JobKey, JobSpec, QueueKey, State};
use crate::engine::effective::{Effective, effective};
use crate::engine::names;
use crate::rules::state;
use crate::store::write::NewJob;

impl Change<'_> {
    pub(super) fn submit_job(
        &mut self,
        request: &SubmitJobRequest,
    ) -> Result<SubmitJobResponse, ServiceError> {
        let whole = text(request)?;
        let (queue, detail) = self.need_queue(&request.job_queue)?;
        refuse_what_is_missing(request, &detail)?;
        if detail.state != JQState::Enabled {
            return Err(ServiceError::client(format!(
                "Job queue {} is DISABLED and takes no jobs.",
                queue.name
            ))
            .under(state::QUEUE_ENABLED.id));
        }
        let row = names::need_active_definition(self.store, self.scope, &request.job_definition)?;
        let definition = self.definitions.get(self.store, row.key)?;
        let asked = effective(&definition, request)?;
        for task in asked.tasks() {
            check_environment(task.container.environment.as_deref())?;
        }
        let Effective { retry, timeout_seconds, shape, .. } = asked;
        let need = shape.single(&definition)?.need;
        let id = Uuid::new_v4().to_string();
        let tags = request.tags.as_ref().map(text).transpose()?;
        // Tags change and so have a place of their own.
        let body = match tags {
            None => whole,
            Some(_) => text(&SubmitJobRequest { tags: None, ..request.clone() })?,
        };
        let job = JobKey(self.store.insert_job(&NewJob {
            id: &id,
            queue: queue.key,
            definition: row.key,
            name: &request.job_name,
            created_at: self.now.0,
            request: &body,
            tags: tags.as_deref(),
        })?);
        let spec = Box::new(JobSpec { queue: QueueKey(queue.key), need, retry, timeout_seconds });
        self.step(Event::Submit { job, spec });
        Ok(SubmitJobResponse {
            job_arn: Some(self.scope.arn(ResourceKind::Job, &id)),
            job_name: request.job_name.clone(),
            job_id: id,
        })
    }

    /// Cancels a job that has not started; any other is left alone, and an unknown id is not an error.
    pub(super) fn cancel_job(
        &mut self,
        request: CancelJobRequest,
    ) -> Result<CancelJobResponse, ServiceError> {
        if let Some(job) = self.unfinished_job(&request.job_id)?
            && matches!(self.core.job(job).map(|job| &job.state), Some(State::Runnable { .. }))
        {
            self.store.set_cancelled(job.0)?;
            self.step(Event::Cancel { job, reason: request.reason });
        }
        Ok(CancelJobResponse {})
    }

    /// Stops a job wherever it stands; a finished or unknown one is not an error.
    pub(super) fn terminate_job(
        &mut self,
        request: TerminateJobRequest,
    ) -> Result<TerminateJobResponse, ServiceError> {
        if let Some(job) = self.unfinished_job(&request.job_id)? {
            self.store.set_terminated(job.0)?;
            self.step(Event::Terminate { job, reason: request.reason });
        }
        Ok(TerminateJobResponse {})
    }

    fn unfinished_job(&self, id: &str) -> Result<Option<JobKey>, ServiceError> {
        let found = names::find_job(self.store, self.scope, id)?;
        let key = found.map(|(row, _)| JobKey(row.job.key));
        Ok(key.filter(|key| self.core.job(*key).is_some()))
    }
}

/// Says plainly what the engine would otherwise silently leave undone.
fn refuse_what_is_missing(request: &SubmitJobRequest, queue: &JobQueueDetail) -> Result<(), ServiceError> {
    let fair_share = queue.scheduling_policy_arn.is_some();
    if !fair_share && (request.share_identifier.is_some() || request.scheduling_priority_override.is_some()) {
        return Err(ServiceError::client(format!(
            "job queue {} has no scheduling policy: shareIdentifier and schedulingPriorityOverride cannot be given",
            queue.job_queue_name
        ))
        .under(state::SHARE_NEEDS_POLICY.id));
    }
    let missing = [
        ("a queue with a scheduling policy (fair share)", fair_share),
        ("arrayProperties", request.array_properties.is_some()),
        ("dependsOn", request.depends_on.as_ref().is_some_and(|list| !list.is_empty())),
        ("consumableResourcePropertiesOverride", request.consumable_resource_properties_override.is_some()),
    ];
    match missing.iter().find(|(_, asked)| *asked) {
        None => Ok(()),
        Some((what, _)) => {
            Err(ServiceError::client(format!("kiln's local engine does not support {what} yet")))
        }
    }
}
