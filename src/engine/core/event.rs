//! What can happen to the core.

use super::capacity::{EnvironmentSettings, Replacement};
use super::id::{AttemptId, EnvironmentKey, JobKey, Millis, QueueKey};
use super::queue::QueueSettings;
use super::spec::Submission;

/// One thing that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// A job was admitted to a queue.
    Submit {
        /// Its key; keys ascend in order of submission. The keys that follow belong to its children or nodes.
        job: JobKey,
        /// What it is.
        submission: Box<Submission>,
    },
    /// A job that was just submitted cannot be run, and fails.
    Refuse {
        /// Which job or array.
        job: JobKey,
        /// Its status reason.
        reason: String,
    },
    /// CancelJob: fails a job that has not reached STARTING; leaves any other alone. An array's children are
    /// cancelled one and all (rule JOB-117).
    Cancel {
        /// Which job, array or child; unknown and finished ones are ignored.
        job: JobKey,
        /// The caller's words, which become the status reason.
        reason: String,
    },
    /// TerminateJob: fails a waiting job at once, stops a running one.
    Terminate {
        /// Which job, array or child; unknown and finished ones are ignored.
        job: JobKey,
        /// The caller's words, which become the status reason.
        reason: String,
    },
    /// An executor says something about an attempt. Late and repeated reports are expected.
    Report {
        /// Which attempt: of a job, or of a node.
        attempt: AttemptId,
        /// What it says.
        report: Report,
    },
    /// A moment given by `next_wake` has come.
    Wake,
    /// A queue was created or updated.
    QueuePut {
        /// Which queue.
        queue: QueueKey,
        /// Its settings from now on.
        settings: QueueSettings,
    },
    /// A queue was deleted; what is left in it is terminated.
    QueueDeleted {
        /// Which queue.
        queue: QueueKey,
        /// The status reason of the jobs that end by it.
        reason: String,
    },
    /// A compute environment was created or updated.
    EnvironmentPut {
        /// Which environment.
        environment: EnvironmentKey,
        /// Its settings from now on.
        settings: EnvironmentSettings,
        /// Set if its hosts are replaced, so that what runs there now has to go (rule CEQ-164).
        replacement: Option<Replacement>,
    },
    /// A compute environment was deleted; jobs that run in it go on.
    EnvironmentDeleted {
        /// Which environment.
        environment: EnvironmentKey,
    },
}

/// What an executor says about an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// Its process runs.
    Started {
        /// Since when.
        at: Millis,
    },
    /// Its process ended.
    Exited {
        /// The exit code; 128 plus the signal's number when a signal ended it (rule JOB-039).
        code: i32,
        /// When.
        at: Millis,
    },
    /// It could not be started.
    NotStarted {
        /// Why, for the user.
        reason: String,
        /// Whether another attempt would meet the same, so that there is none (rule JOB-070).
        permanent: bool,
        /// When that was known.
        at: Millis,
    },
    /// The executor has never heard of it, so it may be launched (again) safely.
    Unknown,
    /// It is gone without leaving an exit code, as when a host is lost.
    Lost {
        /// When that was known.
        at: Millis,
    },
}
