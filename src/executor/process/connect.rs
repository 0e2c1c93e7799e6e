//! Reaching the runner of a home, starting it if none lives.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::protocol::{self, Lines, Note, Request};
use super::runner::socket_path;
use super::{LOG, RunnerCommand, orphan};
use crate::executor::{ExecutorError, Expected, Report};

/// How often a runner may die, or end just then, while we reach for it.
const TRIES: u32 = 4;
/// How long a runner may take to carry out what a former engine left in its socket, and to kill the processes of
/// a former runner.
const PATIENCE: Duration = Duration::from_secs(120);

/// A runner's home, and how to start a runner there.
pub(super) struct Place {
    /// The home directory.
    pub(super) home: PathBuf,
    /// The hidden subcommand that leads to [`super::runner::run`].
    pub(super) runner: RunnerCommand,
}

/// A conversation that has begun.
pub(super) struct Connection {
    /// Where requests go.
    pub(super) requests: UnixStream,
    /// Where news come from.
    pub(super) notes: Lines<UnixStream>,
    /// What the runner knew when the conversation began: something of each attempt that was expected.
    pub(super) reports: Vec<Report>,
}

impl Place {
    /// Connects to the living runner, or else starts one and connects to it.
    pub(super) fn connect(&self, expected: &[Expected]) -> Result<Connection, ExecutorError> {
        let greeting = protocol::encode(&Request::Expect { expected: expected.to_vec() })?;
        let mut tries = 0..TRIES;
        loop {
            let failure = match reach(&self.home) {
                Ok(stream) => match greet(stream, &greeting) {
                    Ok(connection) => return Ok(connection),
                    // It was about to end, or was killed; the next one will do. But one that is stuck stays.
                    Err(source) => ExecutorError::Talk { home: self.home.clone(), source },
                },
                Err(_) => match self.start() {
                    Ok(()) => continue,
                    // Somebody else may have started one in the meantime.
                    Err(error) => error,
                },
            };
            let stuck = matches!(&failure, ExecutorError::Talk { source, .. } if is_timeout(source));
            if tries.next().is_none() || stuck {
                return Err(failure);
            }
        }
    }

    /// Starts a runner and returns when it can be reached.
    fn start(&self) -> Result<(), ExecutorError> {
        let RunnerCommand { program, args } = &self.runner;
        let failed = |source| ExecutorError::Start { program: program.clone(), source };
        let log = self.home.join(LOG);
        let words = File::options().create(true).append(true).mode(0o600).open(&log).map_err(failed)?;
        let mut runner = Command::new(program)
            .args(args)
            // An engine may have been started inside a job: its runner is no stray of that.
            .env_remove(orphan::JOB_ID)
            .env_remove(orphan::JOB_ATTEMPT)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(words)
            .spawn()
            .map_err(failed)?;
        let ready = runner.stdout.take().map_or(Ok(0), |mut stdout| stdout.read(&mut [0]));
        match ready.map_err(failed)? {
            0 => Err(ExecutorError::NotReady { status: runner.wait().map_err(failed)?, log }),
            _ => {
                // It outlives us, normally. If not, it shall not stay a zombie.
                let reaper = thread::Builder::new().name("runner".into()).spawn(move || runner.wait());
                drop(reaper.map_err(failed)?);
                Ok(())
            }
        }
    }
}

fn reach(home: &Path) -> io::Result<UnixStream> {
    let (_directory, path) = socket_path(home)?;
    UnixStream::connect(path)
}

/// Opens the conversation and collects what the runner knows.
fn greet(stream: UnixStream, greeting: &[u8]) -> io::Result<Connection> {
    let mut requests = stream.try_clone()?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    requests.write_all(greeting)?;
    let mut notes = Lines::new(stream);
    let mut reports = Vec::new();
    loop {
        match notes.next()?.ok_or(io::ErrorKind::UnexpectedEof)? {
            Note::Report(report) => reports.push(report),
            Note::Synced => break,
            Note::Retiring => return Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
    requests.set_read_timeout(None)?;
    requests.set_write_timeout(None)?;
    Ok(Connection { requests, notes, reports })
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}
