//! Jobs: submit, cancel, terminate.

use uuid::Uuid;

use super::admit::{check_environment, check_retry, check_tags, check_timeout};
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
use crate::store::write::NewJob;

/// The largest SubmitJob, in bytes of compact JSON (rule OPS-166).
const LARGEST: usize = 30 * 1024;

impl Change<'_> {
    pub(super) fn submit_job(
        &mut self,
        request: &SubmitJobRequest,
    ) -> Result<SubmitJobResponse, ServiceError> {
        let whole = text(request)?;
        check_size(whole.len())?;
        check_job_name(&request.job_name)?;
        check_retry(request.retry_strategy.as_ref())?;
        check_timeout(request.timeout.as_ref())?;
        check_tags(request.tags.as_ref())?;
        let overrides = request.container_overrides.as_ref();
        check_environment(overrides.and_then(|overrides| overrides.environment.as_deref()))?;
        let (queue, detail) = self.need_queue(&request.job_queue)?;
        refuse_what_is_missing(request, &detail)?;
        if detail.state != JQState::Enabled {
            return Err(ServiceError::client(format!(
                "Job queue {} is DISABLED and takes no jobs.",
                queue.name
            )));
        }
        let row = names::need_active_definition(self.store, self.scope, &request.job_definition)?;
        let definition = self.definitions.get(self.store, row.key)?;
        let Effective { need, retry, timeout_seconds, .. } = effective(&definition, request)?;
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
        if let Some(job) = self.unfinished_job(&request.job_id, &request.reason)?
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
        if let Some(job) = self.unfinished_job(&request.job_id, &request.reason)? {
            self.store.set_terminated(job.0)?;
            self.step(Event::Terminate { job, reason: request.reason });
        }
        Ok(TerminateJobResponse {})
    }

    fn unfinished_job(&self, id: &str, reason: &str) -> Result<Option<JobKey>, ServiceError> {
        for (member, value) in [("jobId", id), ("reason", reason)] {
            if value.is_empty() {
                return Err(ServiceError::client(format!("{member} must not be empty")));
            }
        }
        let found = names::find_job(self.store, self.scope, id)?;
        let key = found.map(|(row, _)| JobKey(row.job.key));
        Ok(key.filter(|key| self.core.job(*key).is_some()))
    }
}

fn check_size(bytes: usize) -> Result<(), ServiceError> {
    if bytes <= LARGEST {
        return Ok(());
    }
    Err(ServiceError::client(format!(
        "Error executing request, Exception : Job size must be less than 30 KiB, got {} KiB",
        bytes.div_ceil(1024)
    )))
}

/// Rule JOB-008, with the API model's first character.
fn check_job_name(name: &str) -> Result<(), ServiceError> {
    super::check_name("jobName", name)?;
    match name.as_bytes().first() {
        Some(first) if first.is_ascii_alphanumeric() => Ok(()),
        _ => Err(ServiceError::client(format!("jobName {name:?} must begin with a letter or a digit"))),
    }
}

/// Says plainly what the engine would otherwise silently leave undone.
fn refuse_what_is_missing(request: &SubmitJobRequest, queue: &JobQueueDetail) -> Result<(), ServiceError> {
    let fair_share = queue.scheduling_policy_arn.is_some();
    if !fair_share && (request.share_identifier.is_some() || request.scheduling_priority_override.is_some()) {
        return Err(ServiceError::client(format!(
            "job queue {} has no scheduling policy: shareIdentifier and schedulingPriorityOverride cannot be given",
            queue.job_queue_name
        )));
    }
    let missing = [
        ("a queue with a scheduling policy (fair share)", fair_share),
        ("arrayProperties", request.array_properties.is_some()),
        ("dependsOn", request.depends_on.as_ref().is_some_and(|list| !list.is_empty())),
        ("nodeOverrides", request.node_overrides.is_some()),
        ("eksPropertiesOverride", request.eks_properties_override.is_some()),
        ("ecsPropertiesOverride", request.ecs_properties_override.is_some()),
        ("consumableResourcePropertiesOverride", request.consumable_resource_properties_override.is_some()),
    ];
    match missing.iter().find(|(_, asked)| *asked) {
        None => Ok(()),
        Some((what, _)) => {
            Err(ServiceError::client(format!("kiln's local engine does not support {what} yet")))
        }
    }
}
