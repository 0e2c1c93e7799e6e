//! What the core asks of the shell around it. The shell makes the durable ones durable first, then performs
//! the others, in order.

use super::id::{AttemptId, EnvironmentKey, JobKey, Millis};
use super::job::StopCause;
use crate::api::job::JobStatus;

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Durable: the job is in this state from now on.
    Status {
        /// Which job.
        job: JobKey,
        /// The new state.
        status: JobStatus,
        /// The status reason, which replaces the one before.
        reason: Option<String>,
        /// Since when.
        at: Millis,
    },
    /// Durable: only the status reason changes.
    Reason {
        /// Which job.
        job: JobKey,
        /// The new status reason.
        reason: Option<String>,
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
        /// Which attempt.
        attempt: AttemptId,
        /// Where.
        environment: EnvironmentKey,
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
