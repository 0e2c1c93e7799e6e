//! The pure core: job states, queues, capacity, retries, time-outs.
//!
//! Events go in ([`Core::step`], [`Core::schedule`]), [`Effect`]s come out. The core does no I/O, reads no clock
//! (`now` is always an argument), draws no randomness and knows no JSON, names or ARNs: jobs, queues and
//! compute environments are keys and numbers here. Finished jobs leave it.
//!
//! Start reading at [`event`], then [`effect`], then `job.rs`, which holds every change of a job's state.

pub mod capacity;
pub mod effect;
pub mod event;
pub mod id;
pub mod invariant;
pub mod job;
pub mod place;
pub mod queue;
pub mod retry;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use capacity::{Environment, Host, Resources};
pub use effect::{Effect, Outcome, Signal};
pub use event::{Event, Report};
pub use id::{AttemptId, EnvironmentKey, JobKey, Millis, QueueKey};
pub use job::{Job, JobSpec, State, Stop, StopCause};
pub use queue::Queue;
pub use retry::{ExitRule, Retry};

/// Everything that is not finished, and what it runs on.
#[derive(Debug, Default)]
pub struct Core {
    jobs: HashMap<JobKey, Job>,
    queues: BTreeMap<QueueKey, Queue>,
    environments: BTreeMap<EnvironmentKey, Environment>,
    host: Host,
    /// When to look at which job again: time-outs and the end of a grace period. An entry that no longer
    /// applies is dropped when its time comes.
    timers: BTreeSet<(Millis, JobKey)>,
    /// Whether anything changed since the last scheduling round that could let a job start.
    changed: bool,
}

impl Core {
    /// A core with nothing in it, on a host of this size.
    pub fn new(host: Resources) -> Self {
        Self { host: Host::new(host), ..Self::default() }
    }

    /// Takes one event and appends what follows from it to `out`. Placement waits for [`Core::schedule`].
    pub fn step(&mut self, now: Millis, event: Event, out: &mut Vec<Effect>) {
        match event {
            Event::Submit { job, spec } => self.on_submitted(now, job, *spec, out),
            Event::Cancel { job, reason } => self.on_cancel(now, job, reason, out),
            Event::Terminate { job, reason } => self.on_terminate(now, job, reason, out),
            Event::Report { attempt, report } => self.on_report(now, attempt, report, out),
            Event::Wake => self.on_wake(now, out),
            Event::QueuePut { queue, settings } => self.on_queue_put(queue, settings),
            Event::QueueDeleted { queue, reason } => self.on_queue_deleted(now, queue, &reason, out),
            Event::EnvironmentPut { environment, settings } => self.on_environment_put(environment, settings),
            Event::EnvironmentDeleted { environment } => self.on_environment_deleted(environment),
        }
    }

    /// Whether a scheduling round would change nothing.
    pub fn is_settled(&self) -> bool {
        !self.changed
    }

    /// The moment at which [`Event::Wake`] is due next.
    pub fn next_wake(&self) -> Option<Millis> {
        self.timers.first().map(|(at, _)| *at)
    }

    /// The job, unless it is finished or unknown.
    pub fn job(&self, key: JobKey) -> Option<&Job> {
        self.jobs.get(&key)
    }

    /// The unfinished jobs, in no order.
    pub fn jobs(&self) -> impl Iterator<Item = (JobKey, &Job)> {
        self.jobs.iter().map(|(key, job)| (*key, job))
    }

    /// How many jobs are unfinished.
    pub fn unfinished(&self) -> usize {
        self.jobs.len()
    }

    /// The queue of that key.
    pub fn queue(&self, key: QueueKey) -> Option<&Queue> {
        self.queues.get(&key)
    }

    /// The compute environment of that key.
    pub fn environment(&self, key: EnvironmentKey) -> Option<&Environment> {
        self.environments.get(&key)
    }

    /// The host and what is taken of it.
    pub fn host(&self) -> &Host {
        &self.host
    }
}
