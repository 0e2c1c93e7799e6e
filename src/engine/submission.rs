//! From a request to what the core needs to know of a job: the same at submission and at start-up.

use std::sync::Arc;

use super::core::spec::{Nodes, Pair};
use super::core::{Child, JobKey, JobSpec, QueueKey, Resources, Waits};
use super::effective::{Effective, Shape};
use crate::api::ServiceError;
use crate::api::arn::Scope;
use crate::api::job::{ArrayJobDependency, JobDependency, JobStatus, SubmitJobRequest};
use crate::rules::state;
use crate::store::read::{JobWithRequest, Read};
use crate::store::row::JobRow;
use crate::store::{ResourceRow, StoreError};

/// What a job needs. `is_shared` tells that its queue has a scheduling policy; elsewhere shares and priorities mean
/// nothing (rules CEQ-035, JDX-016).
pub(super) fn job_spec(
    queue: QueueKey,
    is_shared: bool,
    request: &SubmitJobRequest,
    effective: &Effective,
) -> JobSpec {
    let (need, nodes) = match &effective.shape {
        Shape::Single(task) => (task.need, None),
        Shape::Nodes(nodes) => {
            let needs: Vec<_> = (0..nodes.count).map(|node| nodes.task(node).need).collect();
            let mut sum = Resources::default();
            needs.iter().for_each(|need| sum.add(need));
            (sum, Some(Nodes { main: nodes.main, needs }))
        }
    };
    let share = request.share_identifier.as_deref().filter(|_| is_shared).unwrap_or_default();
    JobSpec {
        queue,
        need,
        nodes,
        retry: effective.retry.clone(),
        timeout_seconds: effective.timeout_seconds,
        share: Arc::from(share),
        priority: effective.scheduling_priority.filter(|_| is_shared).unwrap_or(0),
    }
}

/// How many children a request asks for.
pub(super) fn array_size(request: &SubmitJobRequest) -> Option<u32> {
    request.array_properties.as_ref()?.size.and_then(|size| u32::try_from(size).ok())
}

/// How a job that another one depends on is looked up.
pub(super) type FindJob<R> =
    fn(&R, &Scope, &str) -> Result<Option<(JobWithRequest, ResourceRow)>, StoreError>;

/// What a job waits for (rules JOB-071 to JOB-077, JOB-115, JOB-116). At submission a job that is gone with its queue
/// is unknown; one that is waited for already may be gone since.
///
/// # Errors
/// A job that it depends on is unknown, is a node, or does not fit.
pub(super) fn waits<R: Read>(
    store: &R,
    scope: &Scope,
    request: &SubmitJobRequest,
    find: FindJob<R>,
) -> Result<Waits, ServiceError> {
    let mut waits = Waits::default();
    for (index, entry) in request.depends_on.iter().flatten().enumerate() {
        let refuse = |what: String| ServiceError::client(format!("dependsOn[{index}]: {what}"));
        let Some(id) = entry.job_id.as_deref().filter(|id| !id.is_empty()) else {
            if entry.r#type != Some(ArrayJobDependency::Sequential) || request.array_properties.is_none() {
                let what =
                    "only the children of an array can wait for each other (type SEQUENTIAL) without a jobId";
                return Err(refuse(what.into()));
            }
            waits.sequential = true;
            continue;
        };
        let Some((found, _)) = find(store, scope, id)? else {
            let what = format!("job {id} does not exist: there is no such job in {}", scope.region);
            return Err(refuse(what).under(state::DEPENDENCY_EXISTS.id));
        };
        if found.parent.as_ref().is_some_and(|parent| parent.nodes.is_some()) {
            let what = format!("{id} is a node: depend on its multi-node parallel job as a whole");
            return Err(refuse(what).under(state::DEPENDENCY_EXISTS.id));
        }
        add(store, &mut waits, request, entry, &found).map_err(|what| match what {
            Misfit::Refused(what) => refuse(what).under(state::DEPENDENCY_SIZE.id),
            Misfit::Store(error) => error.into(),
        })?;
    }
    Ok(waits)
}

enum Misfit {
    Refused(String),
    Store(StoreError),
}

fn add(
    store: &impl Read,
    waits: &mut Waits,
    request: &SubmitJobRequest,
    entry: &JobDependency,
    found: &JobWithRequest,
) -> Result<(), Misfit> {
    let job = &found.job;
    let key = JobKey(job.key);
    if entry.r#type == Some(ArrayJobDependency::NToN) {
        let size = array_size(request);
        if size.is_none() || job.size != size {
            let number =
                |size: Option<u32>| size.map_or("no array".to_owned(), |size| format!("an array of {size}"));
            return Err(Misfit::Refused(format!(
                "N_TO_N pairs the children of two arrays of one size, but this job is {}, and {} is {}",
                number(size),
                job.id,
                number(job.size)
            )));
        }
        let ended = match job.status {
            JobStatus::Succeeded => return Ok(()),
            JobStatus::Failed => Some(children(store, job).map_err(Misfit::Store)?),
            _ => None,
        };
        waits.pairs.push(Pair { array: key, ended });
        return Ok(());
    }
    match job.status {
        JobStatus::Succeeded => {}
        JobStatus::Failed => waits.failed = waits.failed.or(Some(key)),
        _ => waits.jobs.push(key),
    }
    Ok(())
}

/// How far the children of an array are.
pub(super) fn children(store: &impl Read, array: &JobRow) -> Result<Vec<Child>, StoreError> {
    let size = array.size.unwrap_or(0) as usize;
    let rest = if array.rest.status == JobStatus::Failed { Child::Failed } else { Child::Unmade };
    let mut children = vec![rest; size];
    for (key, status) in store.members(array.key)? {
        let index = JobKey(key).index_in(JobKey(array.key)) as usize;
        if let Some(child) = children.get_mut(index) {
            *child = match status {
                JobStatus::Succeeded => Child::Succeeded,
                JobStatus::Failed => Child::Failed,
                _ => Child::Made,
            };
        }
    }
    Ok(children)
}
