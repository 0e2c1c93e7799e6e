//! Attempts as processes of this host.
//!
//! ```text
//! engine -- client.rs -- connect.rs ==[ runner.sock ]== runner.rs -- held.rs -- spawn.rs -- attempts
//!                                                           |
//!                                                      runner.journal
//! ```
//!
//! The engine may be killed at any instruction, and the attempts must neither notice nor lose their exit status.
//! So they are children of another process, the *runner*: one per home directory, started by the first engine
//! that needs it, and a leader of its own session. It writes each end to a journal before it tells the engine,
//! and keeps it until the engine says that it has recorded it (`settle`).
//!
//! The runner serves one engine at a time, and reads what a dead engine left in the socket to its end before it
//! listens to the next. So a launch was either carried out, or never will be: "unknown" is a firm answer.
//!
//! When the runner itself dies, nobody can learn how its attempts end. The next runner kills what is left of
//! them and reports those that have no end in the journal as lost. It knows them from the list that an engine
//! opens each connection with, since a runner may die between starting an attempt and writing that down.
//!
//! A runner may outlive the database of its engine as well, when that is moved away or an older copy is put in its
//! place. So it recognises an attempt by the job's UUID and the attempt's number, and what it holds beyond the list
//! of the engine is killed and forgotten: nobody will ever ask for it.
//!
//! The processes of an attempt are those of its session's process group, and *strays* that left it (`setsid`). The
//! runner is a subreaper, so strays become its children when their parents end; those that an attempt leaves
//! behind are found by their environment and killed too.
//!
//! Files of the home directory: `runner.lock` (held by the living runner, its pid inside), `runner.sock`,
//! `runner.journal`, `runner.log` (what runners had to say, normally nothing).

mod client;
mod connect;
mod held;
mod journal;
pub mod limited;
mod orphan;
mod prepare;
mod protocol;
mod remove;
pub mod runner;
mod spawn;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

pub use client::ProcessExecutor;
pub use spawn::close_inherited;

/// A program of ours with the words that make it do one hidden job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunnerCommand {
    /// The program, normally the running one.
    pub program: PathBuf,
    /// Its first arguments.
    pub args: Vec<OsString>,
}

/// The names of the files in the home directory.
const LOCK: &str = "runner.lock";
const SOCKET: &str = "runner.sock";
const JOURNAL: &str = "runner.journal";
const LOG: &str = "runner.log";
/// The directory in the home that has the working directories of attempts. Nothing else is kept there.
const WORK: &str = "work";

/// Milliseconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Locks, also behind a thread that panicked: each holder leaves the data whole at every step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
