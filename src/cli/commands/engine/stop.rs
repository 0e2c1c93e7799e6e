//! `kiln engine stop`: returns when the engine has gone.

use std::fs::File;
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, flock};

use super::ask_running;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output;
use crate::home::Home;

/// How long the engine may take; it gives the requests under way five seconds.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait before the next look at its lock.
const PAUSE: Duration = Duration::from_millis(5);

/// Asks the engine to stop, and waits until it has.
pub(super) fn run(context: &Context) -> Result<(), CliError> {
    // As long as this is held, no command starts the next engine, whose lock would look the same.
    let _starting = File::options().write(true).open(context.home.start_lock()).ok().inspect(|file| {
        let _ = flock(file, FlockOperation::LockExclusive);
    });
    let Some(answer) = ask_running(context, "POST", "stop")? else {
        output::status(&format!("no engine runs in {}", context.home.directory().display()));
        return Ok(());
    };
    if !has_gone(&context.home) {
        return Err(CliError::Other(format!(
            "the engine has not stopped after {} seconds",
            PATIENCE.as_secs()
        )));
    }
    output::status(&match answer["unfinishedJobs"].as_u64().unwrap_or_default() {
        0 => "the engine has stopped".to_owned(),
        1 => "the engine has stopped; 1 job is unfinished and goes on with the next engine".to_owned(),
        jobs => format!("the engine has stopped; {jobs} jobs are unfinished and go on with the next engine"),
    });
    Ok(())
}

/// Whether the engine let go of its lock in time. The kernel takes it from a dead process.
fn has_gone(home: &Home) -> bool {
    let Ok(lock) = File::open(home.lock()) else { return true };
    let deadline = Instant::now() + PATIENCE;
    while flock(&lock, FlockOperation::NonBlockingLockShared).is_err() {
        if Instant::now() > deadline {
            return false;
        }
        thread::sleep(PAUSE);
    }
    true
}
