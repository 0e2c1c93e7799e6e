//! Starting the local engine when none listens.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use rustix::fs::{FlockOperation, flock};

use crate::api::wire::READY;
use crate::home::Home;

/// Why there is no engine to talk to. Each text is one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The home cannot be used.
    #[error("the home {} cannot be used: {source}; set KILN_HOME to a directory you can write to", home.display())]
    Home {
        /// The home.
        home: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The program of the engine cannot be started.
    #[error("the engine cannot be started: {0}")]
    Spawn(io::Error),
    /// The engine says why it cannot run.
    #[error("the engine cannot start: {0}")]
    Refused(String),
    /// The engine ended without a word.
    #[error("the engine ended while it was starting; {} may tell why", log.display())]
    Vanished {
        /// Its log.
        log: PathBuf,
    },
    /// The socket is there, but not for us.
    #[error("the engine's socket {} cannot be used: {source}", socket.display())]
    Connect {
        /// The socket.
        socket: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The engine that runs is of another version.
    #[error("{message}")]
    Version {
        /// What it says.
        message: String,
    },
}

/// Waits for the right to start an engine. The kernel takes it back when the file is closed, however that happens.
pub(super) fn claim(home: &Home) -> Result<File, EngineError> {
    let failed = |source| EngineError::Home { home: home.directory().to_owned(), source };
    home.create().map_err(failed)?;
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(home.start_lock())
        .map_err(failed)?;
    flock(&file, FlockOperation::LockExclusive).map_err(|errno| failed(errno.into()))?;
    Ok(file)
}

/// Starts an engine in the background and returns once it listens.
pub(super) fn start(home: &Home) -> Result<(), EngineError> {
    let failed = |source| EngineError::Home { home: home.directory().to_owned(), source };
    let log =
        OpenOptions::new().create(true).append(true).mode(0o600).open(home.engine_log()).map_err(failed)?;
    let program = std::env::current_exe().map_err(EngineError::Spawn)?;
    let mut child = Command::new(program)
        .args(["engine", "run", "--detached", "--home"])
        .arg(home.as_os_str())
        // Started from inside a job, the engine is not part of it.
        .env_remove("AWS_BATCH_JOB_ID")
        .env_remove("AWS_BATCH_JOB_ATTEMPT")
        .current_dir(home.directory())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .map_err(EngineError::Spawn)?;
    let mut said = String::new();
    let mut stdout = child.stdout.take().expect("the pipe was asked for");
    // Ends when the engine is ready and closes its end, or dies.
    stdout.read_to_string(&mut said).map_err(EngineError::Spawn)?;
    match said.as_str() {
        READY => Ok(()),
        "" => Err(EngineError::Vanished { log: home.engine_log() }),
        error => Err(EngineError::Refused(error.trim().to_owned())),
    }
}
