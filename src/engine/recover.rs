//! From rows back to a core: at start-up, and after a commit that failed.

use super::change::{Definitions, document, environment_settings, queue_settings};
use super::core::job::Run;
use super::core::place::Blocked;
use super::core::{
    Core, EnvironmentKey, Event, Job, JobKey, JobSpec, Millis, QueueKey, Resources, State, Stop, StopCause,
};
use super::effective::effective;
use crate::api::ServiceError;
use crate::api::job::JobStatus;
use crate::executor::{self, Expected};
use crate::store::read::{JobWithRequest, Read};
use crate::store::{Store, Table};

/// Everything unfinished, as it was last committed.
pub(super) struct Recovered {
    pub(super) core: Core,
    /// The attempts that an executor should know of.
    pub(super) expected: Vec<Expected>,
}

/// Builds the core from the store.
pub(super) fn recover(
    store: &Store,
    definitions: &mut Definitions,
    host: Resources,
    now: Millis,
) -> Result<Recovered, ServiceError> {
    let mut core = Core::new(host);
    let mut none = Vec::new();
    let mut deleted = Vec::new();
    for row in store.resources_in_use(Table::ComputeEnvironment)? {
        let environment = EnvironmentKey(row.key);
        let settings = environment_settings(&document("resource", &row.body)?);
        core.step(now, Event::EnvironmentPut { environment, settings }, &mut none);
        deleted.extend(row.deleted_at.map(|_| Event::EnvironmentDeleted { environment }));
    }
    for row in store.resources_in_use(Table::JobQueue)? {
        let queue = QueueKey(row.key);
        let settings = queue_settings(store, &document("resource", &row.body)?)?;
        core.step(now, Event::QueuePut { queue, settings }, &mut none);
        deleted.extend(row.deleted_at.map(|_| Event::QueueDeleted { queue, reason: String::new() }));
    }
    let mut expected = Vec::new();
    for row in store.unfinished_jobs()? {
        let key = JobKey(row.job.key);
        let job = restore(store, definitions, &row)?;
        if job.run().is_some() {
            let attempt = executor::AttemptId { job: key.0, number: job.attempts };
            expected.push(Expected { attempt, job_id: row.job.id });
        }
        core.restore(key, job);
    }
    // Last, so that what is deleted stays known as long as jobs name it. Those jobs are being stopped already.
    for event in deleted {
        core.step(now, event, &mut none);
    }
    Ok(Recovered { core, expected })
}

fn restore(store: &Store, definitions: &mut Definitions, row: &JobWithRequest) -> Result<Job, ServiceError> {
    let definition = definitions.get(store, row.job.definition)?;
    let asked = effective(&definition, &document("request", &row.request)?)?;
    let spec = JobSpec {
        queue: QueueKey(row.job.queue),
        need: asked.shape.single(&definition)?.need,
        retry: asked.retry,
        timeout_seconds: asked.timeout_seconds,
    };
    Ok(Job { spec, state: state(store, row)?, attempts: row.job.attempts })
}

fn state(store: &Store, row: &JobWithRequest) -> Result<State, ServiceError> {
    let waiting = State::Runnable {
        position: row.job.position,
        blocked: row.job.reason.as_deref().and_then(Blocked::from_reason),
    };
    let started = match row.job.status {
        JobStatus::Starting => false,
        JobStatus::Running => true,
        JobStatus::Submitted
        | JobStatus::Pending
        | JobStatus::Runnable
        | JobStatus::Succeeded
        | JobStatus::Failed => return Ok(waiting),
    };
    let attempts = store.attempts(row.job.key)?;
    let Some(attempt) = attempts.last().filter(|attempt| attempt.number == row.job.attempts) else {
        return Err(ServiceError::server(format!(
            "job {} is placed, but its attempt is not stored",
            row.job.id
        )));
    };
    let stop = attempt.kill_at.map(|kill_at| Stop {
        cause: attempt.stop_reason.clone().map_or(StopCause::TimedOut, StopCause::Terminated),
        kill_at: Millis(kill_at),
    });
    let run =
        Run { environment: EnvironmentKey(attempt.environment), placed: Millis(attempt.placed_at), stop };
    Ok(if started {
        State::Running(run, Millis(attempt.started_at.unwrap_or(row.job.created_at)))
    } else {
        State::Starting(run)
    })
}
