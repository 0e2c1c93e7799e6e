//! Starting, stopping and finding again the attempts of jobs.
//!
//! An executor carries attempts out and reports what became of them. It knows nothing of queues, retries or
//! time-outs: those belong to the engine, which is the only user of this room.

pub mod process;

use std::fmt;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// One attempt of one job: the job's key in the store, and the attempt's number from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AttemptId {
    /// The job's key in the store.
    pub job: u64,
    /// The attempt's number, from 1.
    pub number: u32,
}

impl fmt::Display for AttemptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.job, self.number)
    }
}

/// All that is needed to start one attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launch {
    /// Which attempt this is; an id is started once at most for each job.
    pub attempt: AttemptId,
    /// The job's UUID, and the value of `AWS_BATCH_JOB_ID` in the environment. Keys are those of one database; an
    /// executor may live to see another, in which the same id means another attempt.
    #[serde(default)]
    pub job_id: String,
    /// The program and its arguments.
    pub command: Vec<String>,
    /// The whole environment, in this order; nothing is inherited.
    pub environment: Vec<(String, String)>,
    /// The working directory, as an absolute path: made for the attempt (with its parents), and removed with
    /// all it contains when the attempt is over. Anything that is there already keeps the attempt from starting.
    pub directory: PathBuf,
    /// The file, as an absolute path, that standard output and standard error are appended to.
    pub log: PathBuf,
    /// Resource limits; most attempts have none.
    pub limits: Vec<ResourceLimit>,
}

/// A resource limit as in the `ulimits` of a container.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceLimit {
    /// `nofile`, `nproc`, `core`, ...
    pub name: String,
    /// The soft limit; -1 is unlimited.
    pub soft: i64,
    /// The hard limit; -1 is unlimited.
    pub hard: i64,
}

/// How to stop an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// SIGTERM: the attempt may clean up.
    Terminate,
    /// SIGKILL.
    Kill,
}

/// How the main process of an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exit {
    /// It returned this exit code.
    Code(i32),
    /// A signal ended it.
    Signal(i32),
}

impl Exit {
    /// The exit code as a shell and a container show it: a signal counts from 128.
    pub const fn status(self) -> i32 {
        match self {
            Self::Code(code) => code,
            Self::Signal(signal) => 128 + signal,
        }
    }
}

/// What an executor tells the engine. Times are milliseconds since 1970, taken where the attempt runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// The attempt runs.
    Started {
        /// Which attempt.
        attempt: AttemptId,
        /// Its main process.
        pid: u32,
        /// Since when.
        at: i64,
    },
    /// The attempt's main process ended, and what it left behind was killed.
    Exited {
        /// Which attempt.
        attempt: AttemptId,
        /// How it ended.
        exit: Exit,
        /// When.
        at: i64,
    },
    /// The attempt could not be started, and is over.
    NotStarted {
        /// Which attempt.
        attempt: AttemptId,
        /// Why, for the person who wrote the job.
        reason: String,
        /// No later attempt could do better: the launch itself is wrong.
        #[serde(default)]
        permanent: bool,
        /// When that was found out.
        at: i64,
    },
    /// The attempt was never started: the executor is the one that was there before, and has not heard of it.
    /// Launching it is safe.
    Unknown {
        /// Which attempt.
        attempt: AttemptId,
    },
    /// Whoever watched the attempt died without leaving its end. Whatever ran was killed; the attempt must not
    /// be launched again.
    Lost {
        /// Which attempt.
        attempt: AttemptId,
        /// When that was found out.
        at: i64,
    },
}

impl Report {
    /// The attempt that this is about.
    pub const fn attempt(&self) -> AttemptId {
        match self {
            Self::Started { attempt, .. }
            | Self::Exited { attempt, .. }
            | Self::NotStarted { attempt, .. }
            | Self::Unknown { attempt }
            | Self::Lost { attempt, .. } => *attempt,
        }
    }

    /// Whether the attempt is over: nothing follows, and the executor holds this until it is settled.
    pub const fn is_end(&self) -> bool {
        match self {
            Self::Exited { .. } | Self::NotStarted { .. } | Self::Lost { .. } => true,
            Self::Started { .. } | Self::Unknown { .. } => false,
        }
    }
}

/// An attempt that the engine believes to be in the hands of an executor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// Which attempt.
    pub attempt: AttemptId,
    /// Its job's UUID, the value of `AWS_BATCH_JOB_ID` in its environment: by this an executor tells it from an
    /// attempt of another database, and knows its stray processes.
    pub job_id: String,
}

/// Carries attempts out.
///
/// The calls return when the request is on its way; what becomes of it is reported. They may wait for the
/// executor to take requests in, so whoever receives the reports must not call them from there.
pub trait Executor: Send {
    /// Starts an attempt, unless it was launched before. An error means that it was not started.
    fn launch(&self, launch: &Launch) -> Result<(), ExecutorError>;

    /// Signals all processes of an attempt; one that does not run is left alone.
    fn signal(&self, attempt: AttemptId, signal: Signal) -> Result<(), ExecutorError>;

    /// The engine has durably recorded the end of these: they need not be reported again.
    fn settle(&self, attempts: &[AttemptId]) -> Result<(), ExecutorError>;

    /// Ends what stands by for attempts, if none runs. Nothing can be launched through `self` any more.
    fn retire(&self) -> Result<(), ExecutorError>;
}

/// Why an executor cannot do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ExecutorError {
    /// The runner's program cannot be started.
    #[error("start the runner {}", program.display())]
    Start {
        /// The program.
        program: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The runner ended before it was ready.
    #[error("the runner ended while it was starting ({status}), see {}", log.display())]
    NotReady {
        /// How it ended.
        status: std::process::ExitStatus,
        /// Where it says why.
        log: PathBuf,
    },
    /// The runner does not answer.
    #[error("talk to the runner of {}", home.display())]
    Talk {
        /// The home that the runner serves.
        home: PathBuf,
        /// What happened.
        #[source]
        source: io::Error,
    },
    /// There is no runner at the moment, and none could be started; this is tried again from time to time.
    #[error("no runner is there at the moment")]
    NoRunner,
    /// The executor was retired.
    #[error("the executor was retired")]
    Retired,
    /// A path of the launch is not valid Unicode.
    #[error("write the request down")]
    Encode(#[from] serde_json::Error),
}
