//! What the core asks of the shell around it. The shell makes the durable ones durable first, then performs
//! the others, in order.

use std::sync::Arc;

use super::id::{AttemptId, EnvironmentKey, JobKey, Millis, QueueKey};
use super::run::StopCause;
use crate::api::job::JobStatus;

/// One thing to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Durable: a child of an array, or a node, is a job of its own from now on. Repeated ones are ignored.
    Made {
        /// The child or node.
        job: JobKey,
        /// The array, or the multi-node parallel job.
        parent: JobKey,
    },
    /// Durable: the children of an array that are no jobs of their own are all in this state from now on.
    Rest {
        /// The array.
        array: JobKey,
        /// Their state.
        status: JobStatus,
        /// Their status reason.
        reason: Option<Reason>,
        /// What ended them, if it was a call.
        ended_by: Option<Call>,
        /// Since when.
        at: Millis,
    },
    /// Durable: the job is in this state from now on.
    Status {
        /// Which job, array, child or node.
        job: JobKey,
        /// The new state.
        status: JobStatus,
        /// The status reason, which replaces the one before.
        reason: Option<Reason>,
        /// Since when.
        at: Millis,
    },
    /// Durable: only the status reason changes, to what holds the job at the head of its queue.
    Blocked {
        /// Which job.
        job: JobKey,
        /// The new status reason, none if nothing holds it any more.
        reason: Option<String>,
        /// Since when.
        at: Millis,
    },
    /// Durable: CancelJob or TerminateJob, or what does the same, took hold of the job.
    Called {
        /// Which job, array or child.
        job: JobKey,
        /// Which of the two.
        call: Call,
    },
    /// Durable: the job has a new place in its queue.
    Position {
        /// Which job.
        job: JobKey,
        /// Its place; lower is earlier.
        position: i64,
    },
    /// Durable: an attempt is about to be launched in this environment.
    AttemptPlaced {
        /// Which attempt, of a job or of a node.
        attempt: AttemptId,
        /// Where.
        environment: EnvironmentKey,
        /// The numbers of its GPUs.
        gpus: Vec<u32>,
        /// When.
        at: Millis,
    },
    /// Durable: its process runs.
    AttemptStarted {
        /// Which attempt.
        attempt: AttemptId,
        /// Since when.
        at: Millis,
    },
    /// Durable: its host is being replaced, so that it is to be stopped at this moment.
    AttemptLeaves {
        /// Which attempt: that of the job, or of its main node.
        attempt: AttemptId,
        /// When.
        at: Millis,
    },
    /// Durable: it is being stopped, and is to be killed at `kill_at` if it is still there.
    AttemptStopping {
        /// Which attempt.
        attempt: AttemptId,
        /// Why.
        cause: StopCause,
        /// When its grace ends.
        kill_at: Millis,
    },
    /// Durable: it is over.
    AttemptEnded {
        /// Which attempt.
        attempt: AttemptId,
        /// How it ended.
        outcome: Outcome,
        /// When.
        at: Millis,
    },
    /// Durable: how much a share of a queue has used, as far as that counts.
    Share {
        /// The queue.
        queue: QueueKey,
        /// The share's identifier.
        share: Arc<str>,
        /// Its record; none if it is forgotten.
        record: Option<ShareRecord>,
    },
    /// Durable: the vCPUs that an environment has now (`desiredvCpus`).
    Desired {
        /// The environment.
        environment: EnvironmentKey,
        /// The number.
        vcpus: u64,
    },
    /// Durable: nothing runs any more on the hosts that were to be replaced.
    Replaced {
        /// The environment.
        environment: EnvironmentKey,
    },
    /// Start the attempt's process.
    Launch {
        /// Which attempt.
        attempt: AttemptId,
        /// Where it was placed.
        environment: EnvironmentKey,
    },
    /// Send a signal to everything the attempt runs.
    Signal {
        /// Which attempt.
        attempt: AttemptId,
        /// Which signal.
        signal: Signal,
    },
    /// The executor may forget the attempt.
    Settle {
        /// Which attempt.
        attempt: AttemptId,
    },
}

/// A status reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// These words.
    Text(Arc<str>),
    /// A job that it depends on has failed (rule JOB-073); the shell knows its id.
    Dependency(JobKey),
}

impl From<&str> for Reason {
    fn from(words: &str) -> Self {
        Self::Text(words.into())
    }
}

/// A call that ends a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// CancelJob.
    Cancel,
    /// TerminateJob.
    Terminate,
}

/// What is kept of a share's past.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ShareRecord {
    /// The decayed average of its vCPUs in the past.
    pub past: f64,
    /// As of when. The vCPUs that have run since have to be added.
    pub as_of: Millis,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The exit code, if its process ran and left one.
    pub code: Option<i32>,
    /// The attempt's status reason.
    pub reason: String,
    /// The container's own reason, when it could not start or was lost.
    pub container_reason: Option<String>,
}

/// A way to stop an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// A request to end: SIGTERM.
    Terminate,
    /// The end: SIGKILL.
    Kill,
}
