//! From rows back to a core: at start-up, and after a commit that failed.

use std::collections::HashMap;
use std::sync::Arc;

use super::change::{Definitions, document, environment_settings, queue_settings};
use super::core::blocked::Blocked;
use super::core::restore::{Stage, StoredArray, StoredJob};
use super::core::run::{End, Run, Stop, StopCause, Task, TaskState};
use super::core::{
    Core, Effect, EnvironmentKey, Event, JobKey, JobSpec, Millis, Outcome, QueueKey, Resources, Waits,
};
use super::effective::effective;
use super::names::find_job_ever;
use super::submission::{children, job_spec, waits};
use crate::api::ServiceError;
use crate::api::arn::Scope;
use crate::api::job::{JobStatus, SubmitJobRequest};
use crate::executor::{self, Expected};
use crate::store::read::{Read, UnfinishedJob};
use crate::store::{AttemptRow, JobRow, ResourceRow, StopKind, Store, Table};

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
    let (queues, deleted) = resources(store, &mut core, now)?;
    let mut recovery =
        Recovery { store, definitions, queues, arrays: HashMap::new(), core, expected: Vec::new(), now };
    for row in store.unfinished_jobs()? {
        recovery.take_in(&row)?;
    }
    let Recovery { mut core, expected, .. } = recovery;
    for row in store.shares()? {
        let record = super::core::effect::ShareRecord { past: row.past, as_of: Millis(row.as_of) };
        core.restore_share(now, QueueKey(row.queue), &Arc::from(row.identifier), record);
    }
    // Last, so that what is deleted stays known as long as jobs name it. Those jobs are being stopped already.
    let mut none: Vec<Effect> = Vec::new();
    for event in deleted {
        core.step(now, event, &mut none);
    }
    Ok(Recovered { core, expected })
}

type Queues = HashMap<u64, (ResourceRow, bool)>;

/// Takes in environments and queues; returns the queues, and what is to be said of deleted ones in the end.
fn resources(store: &Store, core: &mut Core, now: Millis) -> Result<(Queues, Vec<Event>), ServiceError> {
    let mut none = Vec::new();
    let mut deleted = Vec::new();
    for row in store.resources_in_use(Table::ComputeEnvironment)? {
        let environment = EnvironmentKey(row.key);
        let settings = environment_settings(&document("resource", &row.body)?);
        core.step(now, Event::EnvironmentPut { environment, settings, replacement: None }, &mut none);
        if let Some(desired) = row.desired {
            core.restore_desired(environment, desired);
        }
        deleted.extend(row.deleted_at.map(|_| Event::EnvironmentDeleted { environment }));
    }
    let mut queues = HashMap::new();
    for row in store.resources_in_use(Table::JobQueue)? {
        let queue = QueueKey(row.key);
        let settings = queue_settings(store, &document("resource", &row.body)?)?;
        let is_shared = settings.policy.is_some();
        core.step(now, Event::QueuePut { queue, settings }, &mut none);
        deleted.extend(row.deleted_at.map(|_| Event::QueueDeleted { queue, reason: String::new() }));
        queues.insert(row.key, (row, is_shared));
    }
    Ok((queues, deleted))
}

struct Recovery<'a> {
    store: &'a Store,
    definitions: &'a mut Definitions,
    /// The queues, and whether they have a scheduling policy.
    queues: Queues,
    /// What the children of each unfinished array need.
    arrays: HashMap<u64, Arc<JobSpec>>,
    core: Core,
    expected: Vec<Expected>,
    now: Millis,
}

impl Recovery<'_> {
    fn take_in(&mut self, row: &UnfinishedJob) -> Result<(), ServiceError> {
        let (job, key) = (&row.job, JobKey(row.job.key));
        let (spec, waits) = match (job.parent, &row.request) {
            (Some(parent), _) => (self.arrays.get(&parent).map(Arc::clone), Waits::default()),
            (None, Some(request)) => {
                let (spec, waits) = self.submission(job, &document("request", request)?)?;
                (Some(Arc::new(spec)), waits)
            }
            (None, None) => (None, Waits::default()),
        };
        let orphan = || ServiceError::server(format!("job {} has neither a request nor an array", job.id));
        let spec = spec.ok_or_else(orphan)?;
        if job.size.is_some() {
            self.arrays.insert(job.key, Arc::clone(&spec));
            let stored = StoredArray {
                spec,
                children: children(self.store, job)?,
                is_released: job.rest.status != JobStatus::Pending,
                waits,
                reason: job.end_words.as_deref().map(Arc::from),
                last_end: self.store.last_member_end(job)?.map(Millis),
            };
            self.core.restore_array(self.now, key, stored);
            return Ok(());
        }
        let stage = self.stage(job, &spec, waits)?;
        let parent = job.parent.map(JobKey);
        self.core.restore(self.now, key, StoredJob { spec, parent, attempts: job.attempts, stage });
        Ok(())
    }

    fn submission(
        &mut self,
        job: &JobRow,
        request: &SubmitJobRequest,
    ) -> Result<(JobSpec, Waits), ServiceError> {
        let definition = self.definitions.get(self.store, job.definition)?;
        let asked = effective(&definition, request)?;
        let gone = || ServiceError::server(format!("the queue of job {} is gone", job.id));
        let (queue, is_shared) = self.queues.get(&job.queue).ok_or_else(gone)?;
        let spec = job_spec(QueueKey(job.queue), *is_shared, request, &asked);
        // What has been waited for to its end is not waited for again.
        let waits = if matches!(job.status, JobStatus::Submitted | JobStatus::Pending) {
            let scope = Scope { account: queue.account.clone(), region: queue.region.clone() };
            waits(self.store, &scope, request, find_job_ever)?
        } else {
            Waits::default()
        };
        Ok((spec, waits))
    }

    fn stage(&mut self, job: &JobRow, spec: &JobSpec, waits: Waits) -> Result<Stage, ServiceError> {
        let is_running = match job.status {
            JobStatus::Starting => false,
            JobStatus::Running => true,
            JobStatus::Submitted | JobStatus::Pending if !waits.jobs.is_empty() => {
                return Ok(Stage::Pending(waits.jobs));
            }
            _ => {
                let blocked = job.reason.as_deref().and_then(Blocked::from_reason);
                let blocked = blocked.zip(job.blocked_at.map(Millis));
                return Ok(Stage::Runnable { position: job.position, blocked });
            }
        };
        let key = JobKey(job.key);
        let mut rows = Vec::new();
        for task in 0..spec.nodes.as_ref().map_or(1, |nodes| nodes.needs.len()) {
            let attempts = self.store.attempts(spec.task_key(key, task).0)?;
            rows.push(attempts.into_iter().find(|attempt| attempt.number == job.attempts));
        }
        let Some(main) = rows[spec.main()].as_ref() else {
            return Err(ServiceError::server(format!(
                "job {} is placed, but its attempt is not stored",
                job.id
            )));
        };
        let started = is_running.then(|| Millis(main.started_at.unwrap_or(job.created_at)));
        let run = run(&rows, main);
        self.expect(job, spec, &run);
        Ok(Stage::Placed { run: Box::new(run), started })
    }

    /// Notes the tasks that an executor should know of.
    fn expect(&mut self, job: &JobRow, spec: &JobSpec, run: &Run) {
        for (task, _) in run.tasks.iter().enumerate().filter(|(_, task)| task.is_live()) {
            let key = spec.task_key(JobKey(job.key), task);
            let job_id = match spec.nodes {
                Some(_) => job.member_id(key.index_in(JobKey(job.key))),
                None => job.id.clone(),
            };
            let attempt = executor::AttemptId { job: key.0, number: job.attempts };
            self.expected.push(Expected { attempt, job_id });
        }
    }
}

/// An attempt from the rows of its tasks.
fn run(rows: &[Option<AttemptRow>], main: &AttemptRow) -> Run {
    let stop = rows.iter().flatten().find_map(|row| {
        let words = || row.stop_reason.clone().unwrap_or_default();
        let cause = match row.stop? {
            StopKind::Terminated => StopCause::Terminated(words()),
            StopKind::TimedOut => StopCause::TimedOut,
            StopKind::Replaced => StopCause::Replaced,
            StopKind::MainEnded => StopCause::MainEnded,
        };
        row.kill_at.map(|kill_at| Stop { cause, kill_at: Millis(kill_at) })
    });
    let end = main.stopped_at.map(|at| End {
        outcome: Outcome {
            code: main.exit_code,
            reason: main.reason.clone().unwrap_or_default(),
            container_reason: main.container_reason.clone(),
        },
        permanent: false,
        at: Millis(at),
    });
    let without_row = if stop.is_some() { TaskState::Skipped } else { TaskState::Waiting };
    let task = |row: &Option<AttemptRow>| match row {
        None => Task { state: without_row, gpus: Vec::new() },
        Some(row) => Task {
            state: match (row.started_at, row.stopped_at) {
                (_, Some(_)) => TaskState::Ended,
                (Some(at), None) => TaskState::Running(Millis(at)),
                (None, None) => TaskState::Starting,
            },
            gpus: row.gpus.clone(),
        },
    };
    Run {
        environment: EnvironmentKey(main.environment),
        placed: Millis(main.placed_at),
        stop,
        leaves: main.leaves_at.map(Millis),
        tasks: rows.iter().map(task).collect(),
        end,
    }
}

#[cfg(test)]
mod tests;
