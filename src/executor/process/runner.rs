//! The runner: the parent of all attempts of a home directory.
//!
//! Two threads do the work. One reads the requests of the engine and starts processes, the other, which is the main
//! thread, waits for any of them to end. A third is there for strays, which are rare. What they share is in
//! `held.rs`.

use std::error::Error as _;
use std::fs::{File, Permissions};
use std::io::{self, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{FlockOperation, Mode, OFlags, flock};
use rustix::process::{getpid, set_child_subreaper, setsid, umask};

use super::held::Attempts;
use super::journal::Journal;
use super::prepare::{self, StartError};
use super::protocol::{Lines, Request};
use super::remove::Remover;
use super::spawn::{self, Spawner};
use super::{LOCK, RunnerCommand, SOCKET, WORK};
use crate::executor::Launch;

/// How long a runner without engine and attempts waits for the next engine. The journal keeps the ends.
const PATIENCE: Duration = Duration::from_secs(10 * 60);
/// How long a dying runner may take to let go of the lock.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);
const LOCK_PAUSE: Duration = Duration::from_millis(5);
/// How long to do nothing when an engine was lost to an error, which may be there the next time as well.
const ERROR_PAUSE: Duration = Duration::from_millis(100);
/// The mask of a container: attempts shall not depend on whoever started the first engine.
const UMASK: u32 = 0o022;

/// What a runner is told when it is started.
#[derive(Debug, Clone)]
pub struct RunnerOptions {
    /// The home directory; it exists.
    pub home: PathBuf,
    /// What becomes an attempt with resource limits: leads to [`super::limited::run`]. With `/proc/self/exe` as
    /// program, that is the runner's own program even if its file has been replaced.
    pub limited: RunnerCommand,
}

/// Why there is no runner.
#[derive(Debug, thiserror::Error)]
pub enum RunnerError {
    /// Another one lives.
    #[error("another runner serves {}", home.display())]
    Occupied {
        /// The home that both want to serve.
        home: PathBuf,
    },
    /// The system refuses something.
    #[error("{what}")]
    Io {
        /// What was tried, in words that follow "failed to".
        what: &'static str,
        /// The refusal.
        #[source]
        source: io::Error,
    },
}

/// Names what was tried when an error came up.
trait Trying<T> {
    fn trying(self, what: &'static str) -> Result<T, RunnerError>;
}

impl<T, E: Into<io::Error>> Trying<T> for Result<T, E> {
    fn trying(self, what: &'static str) -> Result<T, RunnerError> {
        self.map_err(|source| RunnerError::Io { what, source: source.into() })
    }
}

/// Runs until nothing is left to do, and then ends the process, which is to be used for nothing else. Returns only
/// if that cannot begin. To be called on the main thread.
///
/// One byte on standard output says that engines can connect.
pub fn run(options: &RunnerOptions) -> Result<(), RunnerError> {
    // A process group leader cannot have a new session, but that is a runner that somebody started by hand.
    let _ = setsid();
    umask(Mode::from_raw_mode(UMASK));
    if let Err(errno) = set_child_subreaper(Some(getpid())) {
        tracing::warn!("processes that leave the session of their attempt may survive it: {errno}");
    }
    spawn::close_inherited().trying("close inherited files")?;
    let home = std::path::absolute(&options.home).trying("find the home directory")?;
    let lock = lock_home(&home)?;
    std::env::set_current_dir("/").trying("leave the working directory")?;
    let (journal, entries) = Journal::open(&home).trying("open the journal")?;
    let spawner = Spawner::new().trying("prepare spawning")?;
    let remover = Remover::new().trying("start a thread")?;
    let attempts = Arc::new(Attempts::new(journal, entries, remover, home.join(WORK)));
    let listener = listen(&home).trying("listen on the socket")?;
    let (hunter, waiter) = (Arc::clone(&attempts), Arc::clone(&attempts));
    let hunter = move || {
        let _abort = AbortOnPanic;
        hunter.hunt()
    };
    thread::Builder::new().name("hunter".into()).spawn(hunter).trying("start a thread")?;
    // A starter that is gone by now does not matter, the next engine will connect.
    let _ = io::stdout().write_all(b"\n").and_then(|()| io::stdout().flush());
    spawn::redirect_stdout(spawner.null()).trying("let go of standard output")?;

    let server = Server { attempts, spawner, limited: options.limited.clone() };
    let server = move || {
        let _abort = AbortOnPanic;
        let served = server.serve(&listener);
        match &served {
            Ok(()) => {
                let _ = std::fs::remove_file(home.join(SOCKET));
                // The next runner does not have to wait for what may take long, and does it again itself.
                drop(lock);
                server.attempts.finish();
            }
            Err(error) => tracing::error!("{error}: {:?}", error.source()),
        }
        // The main thread cannot be woken: a stray that cannot be killed may still be its child.
        std::process::exit(i32::from(served.is_err()));
    };
    thread::Builder::new().name("server".into()).spawn(server).trying("start a thread")?;
    wait(&waiter)
}

/// Takes the lock that only one runner of a home can have.
fn lock_home(home: &Path) -> Result<File, RunnerError> {
    let options = File::options().read(true).write(true).create(true).truncate(false).mode(0o600).clone();
    let mut file = options.open(home.join(LOCK)).trying("open the lock")?;
    let deadline = Instant::now() + LOCK_PATIENCE;
    // A runner whose socket is closed may still be dying, and so may a child that it was about to start.
    while let Err(errno) = flock(&file, FlockOperation::NonBlockingLockExclusive) {
        if errno != rustix::io::Errno::WOULDBLOCK {
            return Err(errno).trying("lock the home directory");
        }
        if Instant::now() > deadline {
            return Err(RunnerError::Occupied { home: home.into() });
        }
        thread::sleep(LOCK_PAUSE);
    }
    // For people and scripts; nothing here reads it.
    file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id())).trying("write to the lock")?;
    Ok(file)
}

/// The path of a home's socket that fits into a socket address, as long as the handle lives: addresses have 108
/// bytes, homes can have more.
pub(super) fn socket_path(home: &Path) -> io::Result<(OwnedFd, PathBuf)> {
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let directory = rustix::fs::open(home, flags, Mode::empty())?;
    let path = format!("/proc/self/fd/{}/{SOCKET}", directory.as_raw_fd());
    Ok((directory, path.into()))
}

/// Listens, for this user only. The lock is held, so a socket that is there already is a dead runner's.
fn listen(home: &Path) -> io::Result<UnixListener> {
    let (_directory, path) = socket_path(home)?;
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // No other thread makes files yet.
    let former = umask(Mode::from_raw_mode(0o177));
    let listener = UnixListener::bind(&path);
    umask(former);
    let listener = listener?;
    std::fs::set_permissions(&path, Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Reports the ends of children, for ever.
fn wait(attempts: &Attempts) -> ! {
    let _abort = AbortOnPanic;
    loop {
        match spawn::wait_any().expect("waitid fails only for lack of children") {
            Some((pid, exit)) => attempts.ended(pid, exit),
            None => attempts.await_one(),
        }
    }
}

/// A runner that does only half of its work is worse than a dead one.
struct AbortOnPanic;

impl Drop for AbortOnPanic {
    fn drop(&mut self) {
        std::process::abort();
    }
}

/// The thread that serves engines.
struct Server {
    attempts: Arc<Attempts>,
    spawner: Spawner,
    limited: RunnerCommand,
}

impl Server {
    /// Serves one engine after the other, until one says that it was the last, or none comes.
    fn serve(&self, listener: &UnixListener) -> Result<(), RunnerError> {
        let patience = Timespec::try_from(PATIENCE).ok();
        loop {
            let mut ready = [PollFd::new(listener, PollFlags::IN)];
            match poll(&mut ready, patience.as_ref()) {
                Ok(0) if self.attempts.is_idle() => return Ok(()),
                Ok(0) | Err(rustix::io::Errno::INTR) => continue,
                Ok(_) => {}
                Err(errno) => return Err(errno).trying("wait for an engine"),
            }
            let retired = listener.accept().and_then(|(engine, _)| self.converse(engine));
            self.attempts.disconnect();
            match retired {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(error) => {
                    tracing::warn!("lost an engine: {error}");
                    thread::sleep(ERROR_PAUSE);
                }
            }
        }
    }

    /// Follows one engine to the end of the last request it sent. True if that is the end of the runner too.
    fn converse(&self, engine: UnixStream) -> io::Result<bool> {
        let mut requests = Lines::new(engine);
        while let Some(request) = requests.next()? {
            match request {
                Request::Expect { expected } => {
                    self.attempts.connect(requests.source().try_clone()?, &expected);
                }
                Request::Launch(launch) => self.launch(launch),
                Request::Signal { attempt, signal } => self.attempts.signal(attempt, signal),
                Request::Settle { attempts } => self.attempts.settle(&attempts),
                Request::Retire => {
                    if self.attempts.retire() {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }

    fn launch(&self, launch: Launch) {
        let (attempt, job_id) = (launch.attempt, launch.job_id.clone());
        // Nobody but this thread adds attempts.
        if self.attempts.holds(attempt, &job_id) {
            return;
        }
        let started = prepare::prepare(&launch, &self.limited).and_then(|image| {
            let program = launch.command.first().cloned().unwrap_or_default();
            let started = self.attempts.start(launch, &image, &self.spawner);
            started.map_err(|source| StartError::Exec { program, source })
        });
        if let Err(error) = started {
            self.attempts.not_started(attempt, &job_id, &error);
        }
    }
}
