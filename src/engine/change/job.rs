//! Jobs: submit, cancel, terminate.

use uuid::Uuid;

use super::admit::check_environment;
use super::{Change, text};
use crate::api::ServiceError;
use crate::api::arn::ResourceKind;
use crate::api::compute_environment::CRType;
use crate::api::job::{
    CancelJobRequest, CancelJobResponse, SubmitJobRequest, SubmitJobResponse, TerminateJobRequest,
    TerminateJobResponse,
};
use crate::api::job_definition::JobDefinition;
use crate::api::job_queue::{JQState, JobQueueDetail};
use crate::api::tags::Tags;
use crate::engine::core::{Event, JobKey, QueueKey, Submission};
use crate::engine::effective::{Effective, Shape, effective};
use crate::engine::names;
use crate::engine::submission::{array_size, job_spec, waits};
use crate::rules::state;
use crate::store::ResourceRow;
use crate::store::write::NewJob;

/// The most shares that may be active in one queue (rule CEQ-026).
const SHARES: usize = 500;

impl Change<'_> {
    pub(super) fn submit_job(
        &mut self,
        request: &SubmitJobRequest,
    ) -> Result<SubmitJobResponse, ServiceError> {
        let whole = text(request)?;
        let (queue, detail) = self.need_queue(&request.job_queue)?;
        if request.consumable_resource_properties_override.is_some() {
            let what = "kiln's local engine does not support consumableResourcePropertiesOverride yet";
            return Err(ServiceError::client(what));
        }
        self.check_queue(request, &queue, &detail)?;
        let row = names::need_active_definition(self.store, self.scope, &request.job_definition)?;
        let definition = self.definitions.get(self.store, row.key)?;
        let asked = effective(&definition, request)?;
        for task in asked.tasks() {
            check_environment(task.container.environment.as_deref())?;
        }
        self.check_nodes(&asked, request, &detail)?;
        let key = QueueKey(queue.key);
        let spec = job_spec(key, detail.scheduling_policy_arn.is_some(), request, &asked);
        let waits = waits(self.store, self.scope, request, names::find_job)?;
        let id = Uuid::new_v4().to_string();
        let tags = request.tags.as_ref().map(text).transpose()?;
        // Tags change and so have a place of their own.
        let body = match tags {
            None => whole,
            Some(_) => text(&SubmitJobRequest { tags: None, ..request.clone() })?,
        };
        let size = array_size(request);
        let job = JobKey(self.store.insert_job(&NewJob {
            id: &id,
            queue: queue.key,
            definition: row.key,
            name: &request.job_name,
            created_at: self.now.0,
            request: &body,
            tags: tags.as_deref(),
            size,
            nodes: spec.nodes.as_ref().and_then(|nodes| u32::try_from(nodes.needs.len()).ok()),
            share: Some(&*spec.share).filter(|share| !share.is_empty()),
        })?);
        let submission = Box::new(Submission { spec, size, waits });
        self.step(Event::Submit { job, submission });
        if let Some(reason) = too_many_tags(&definition, request) {
            self.step(Event::Refuse { job, reason });
        }
        Ok(SubmitJobResponse {
            job_arn: Some(self.scope.arn(ResourceKind::Job, &id)),
            job_name: request.job_name.clone(),
            job_id: id,
        })
    }

    /// Whether the queue takes the job, and in the share that it names.
    fn check_queue(
        &self,
        request: &SubmitJobRequest,
        queue: &ResourceRow,
        detail: &JobQueueDetail,
    ) -> Result<(), ServiceError> {
        let name = &queue.name;
        let refuse = |what: String, rule: &'static str| Err(ServiceError::client(what).under(rule));
        let is_shared = detail.scheduling_policy_arn.is_some();
        let names_share =
            request.share_identifier.is_some() || request.scheduling_priority_override.is_some();
        if !is_shared && names_share {
            let what = format!(
                "job queue {name} has no scheduling policy: shareIdentifier and schedulingPriorityOverride cannot be given"
            );
            return refuse(what, state::SHARE_NEEDS_POLICY.id);
        }
        if detail.state != JQState::Enabled {
            return refuse(
                format!("Job queue {name} is DISABLED and takes no jobs."),
                state::QUEUE_ENABLED.id,
            );
        }
        if !is_shared {
            return Ok(());
        }
        let Some(share) = &request.share_identifier else {
            let what = format!("job queue {name} has a scheduling policy: shareIdentifier must be given");
            return refuse(what, state::SHARE_NEEDED.id);
        };
        let known = self.core.queue(QueueKey(queue.key));
        let is_full =
            known.is_some_and(|known| !known.is_active(share) && known.active_shares(self.now) >= SHARES);
        if is_full {
            let what = format!(
                "job queue {name} has {SHARES} active share identifiers and takes no jobs of another one ({share})"
            );
            return refuse(what, state::SHARES.id);
        }
        Ok(())
    }

    /// Whether the queue has an environment for a multi-node parallel job, and the job is no array.
    fn check_nodes(
        &self,
        asked: &Effective,
        request: &SubmitJobRequest,
        detail: &JobQueueDetail,
    ) -> Result<(), ServiceError> {
        let Shape::Nodes(_) = &asked.shape else { return Ok(()) };
        if request.array_properties.is_some() {
            return Err(ServiceError::client(
                "arrayProperties: a multi-node parallel job cannot be an array",
            ));
        }
        for entry in &detail.compute_environment_order {
            let (_, environment) = self.need_environment(&entry.compute_environment)?;
            if environment.compute_resources.is_some_and(|resources| resources.r#type == CRType::Ec2) {
                return Ok(());
            }
        }
        Err(ServiceError::client(format!(
            "job queue {} has no environment for multi-node parallel jobs: they run in MANAGED environments of type EC2",
            detail.job_queue_name
        ))
        .under(state::MULTI_NODE_ENVIRONMENT.id))
    }

    /// Cancels a job that has not started; any other is left alone, and an unknown id is not an error.
    pub(super) fn cancel_job(
        &mut self,
        request: CancelJobRequest,
    ) -> Result<CancelJobResponse, ServiceError> {
        if let Some(job) = self.unfinished_job(&request.job_id)? {
            self.keep_words(job, &request.reason)?;
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
            self.keep_words(job, &request.reason)?;
            self.step(Event::Terminate { job, reason: request.reason });
        }
        Ok(TerminateJobResponse {})
    }

    /// An array ends with its last child, and then says why it was to end.
    pub(super) fn keep_words(&mut self, job: JobKey, words: &str) -> Result<(), ServiceError> {
        if self.core.array(job).is_some() {
            self.store.set_end_words(job.0, words)?;
        }
        Ok(())
    }

    fn unfinished_job(&self, id: &str) -> Result<Option<JobKey>, ServiceError> {
        let Some((found, _)) = names::find_job(self.store, self.scope, id)? else { return Ok(None) };
        if let Some(whole) = found.parent.filter(|parent| parent.nodes.is_some()) {
            return Err(ServiceError::client(format!(
                "{id} is a node, which cannot be ended by itself: give its multi-node parallel job {}",
                whole.id
            )));
        }
        let key = JobKey(found.job.key);
        Ok(self.core.is_unfinished(key).then_some(key))
    }
}

/// The most tags that a job may hand on (rule JDP-250).
const TAGS: usize = 50;

/// Why a job cannot hand its tags on, if it is to: those of its definition count with its own (rule JDP-249).
fn too_many_tags(definition: &JobDefinition, request: &SubmitJobRequest) -> Option<String> {
    let propagates = request.propagate_tags.or(definition.propagate_tags) == Some(true);
    let names = |tags: &Option<Tags>| tags.iter().flat_map(|tags| tags.0.keys().cloned()).collect::<Vec<_>>();
    let mut all = names(&definition.tags);
    all.extend(names(&request.tags));
    all.sort_unstable();
    all.dedup();
    let count = all.len();
    (propagates && count > TAGS).then(|| {
        format!("propagateTags: the job and its definition have {count} tags together, at most {TAGS} can be propagated")
    })
}
