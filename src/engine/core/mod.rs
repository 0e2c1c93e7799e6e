//! The pure core: job states, arrays, dependencies, queues, shares, capacity, retries, time-outs.
//!
//! Events go in ([`Core::step`], [`Core::schedule`]), [`Effect`]s come out. The core does no I/O, reads no clock
//! (`now` is always an argument), draws no randomness and knows no JSON, names or ARNs: jobs, queues and
//! compute environments are keys and numbers here. Finished jobs leave it.
//!
//! Start reading at [`spec`], [`event`] and [`effect`]. Then each file is one concept: `job.rs` (states), `array.rs`
//! and `dependency.rs` (what comes before RUNNABLE), `queue.rs`, `share.rs` and `place.rs` (from RUNNABLE to
//! STARTING), `run.rs` and `retry.rs` (from there to the end), `stop.rs` (what ends jobs from outside),
//! `capacity.rs` and `demand.rs` (environments).

pub mod array;
pub mod blocked;
pub mod capacity;
mod demand;
mod dependency;
pub mod effect;
pub mod event;
pub mod front;
pub mod id;
pub mod invariant;
pub mod job;
mod place;
pub mod queue;
pub mod restore;
pub mod retry;
pub mod run;
pub mod share;
pub mod spec;
pub mod stop;
#[cfg(test)]
pub(super) mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub use array::Array;
pub use capacity::{Environment, Host, Resources};
pub use effect::{Call, Effect, Outcome, Reason, Signal};
pub use event::{Event, Report};
pub use id::{AttemptId, EnvironmentKey, JobKey, Millis, QueueKey};
pub use job::{Job, State};
pub use queue::Queue;
pub use retry::{ExitRule, Retry};
pub use run::{Run, Stop, StopCause};
pub use spec::{Child, JobSpec, Submission, Waits};

/// Everything that is not finished, and what it runs on.
#[derive(Debug, Default)]
pub struct Core {
    jobs: id::JobMap<Job>,
    arrays: BTreeMap<JobKey, Array>,
    /// How many children of all arrays are unfinished.
    children: usize,
    /// The multi-node parallel jobs among the jobs; the keys of their nodes follow theirs.
    gangs: BTreeSet<JobKey>,
    queues: BTreeMap<QueueKey, Queue>,
    environments: BTreeMap<EnvironmentKey, Environment>,
    host: Host,
    waiters: dependency::Waiters,
    /// What has ended in this step, well or not, and whose dependants are still to be told.
    ended: VecDeque<(JobKey, bool)>,
    /// When to look at which job again: time-outs, the end of a grace period, actions of a queue. An entry that
    /// no longer applies is dropped when its time comes.
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
            Event::Submit { job, submission } => self.on_submitted(now, job, *submission, out),
            Event::Refuse { job, reason } => self.on_refused(now, job, &Reason::from(reason.as_str()), out),
            Event::Cancel { job, reason } => self.on_cancel(now, job, &Reason::from(reason.as_str()), out),
            Event::Terminate { job, reason } => {
                self.on_terminate(now, job, &Reason::from(reason.as_str()), out);
            }
            Event::Report { attempt, report } => self.on_report(now, attempt, report, out),
            Event::Wake => self.on_wake(now, out),
            Event::QueuePut { queue, settings } => self.on_queue_put(now, queue, settings),
            Event::QueueDeleted { queue, reason } => self.on_queue_deleted(now, queue, &reason, out),
            Event::EnvironmentPut { environment, settings, replacement } => {
                self.on_environment_put(now, environment, settings, replacement, out);
            }
            Event::EnvironmentDeleted { environment } => self.on_environment_deleted(environment),
        }
        self.settle_dependencies(now, out);
    }

    /// Whether a scheduling round would change nothing.
    pub fn is_settled(&self) -> bool {
        !self.changed
    }

    /// The moment at which [`Event::Wake`] is due next.
    pub fn next_wake(&self) -> Option<Millis> {
        self.timers.first().map(|(at, _)| *at)
    }

    /// The job, unless it is finished, unknown, an array, or a child of one that nothing has happened to.
    pub fn job(&self, key: JobKey) -> Option<&Job> {
        self.jobs.get(&key)
    }

    /// The array, unless it is finished or unknown.
    pub fn array(&self, key: JobKey) -> Option<&Array> {
        self.arrays.get(&key)
    }

    /// Whether this is an unfinished job, array or child.
    pub fn is_unfinished(&self, key: JobKey) -> bool {
        let is_unmade =
            |(array, index): (JobKey, u32)| self.arrays[&array].children[index as usize] == Child::Unmade;
        self.jobs.contains_key(&key)
            || self.arrays.contains_key(&key)
            || self.child(key).is_some_and(is_unmade)
    }

    /// The unfinished jobs that are no arrays, in no order.
    pub fn jobs(&self) -> impl Iterator<Item = (JobKey, &Job)> {
        self.jobs.iter().map(|(key, job)| (*key, job))
    }

    /// The unfinished arrays.
    pub fn arrays(&self) -> impl Iterator<Item = (JobKey, &Array)> {
        self.arrays.iter().map(|(key, array)| (*key, array))
    }

    /// How many jobs are unfinished; of an array each child counts.
    pub fn unfinished(&self) -> usize {
        let jobs_and_arrays: usize = self.queues.values().map(|queue| queue.unfinished).sum();
        jobs_and_arrays - self.arrays.len() + self.children
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
