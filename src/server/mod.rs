//! The REST face of the engine: routes from the table of operations, error bodies, and kiln's own endpoints
//! (status, wait, logs). Knows nothing of scheduling.
//!
//! [`run`] is the whole life of an engine process: take the lock, start the engine, listen on the socket, leave
//! when asked to or when nothing has been left to do for a while.

mod follow;
mod kiln;
mod lock;
mod route;
mod stream;

use std::convert::Infallible;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{UnixListener, UnixStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tracing::{info, warn};

use crate::api::wire::VERSION;
use crate::engine::{BadSize, Engine, EngineOptions, Handle, HostSize, StartError};
use crate::executor::process::RunnerCommand;
use crate::home::{Home, short_path};
use crate::store::{Reader, StoreError};

/// How long an engine with nothing to do stays, unless `KILN_IDLE_SECONDS` says otherwise.
const IDLE_SECONDS: u64 = 600;
/// How long requests under way may take to end once the engine is to stop.
const DRAIN: Duration = Duration::from_secs(5);
/// How long to wait after a connection that could not be accepted.
const BREATH: Duration = Duration::from_millis(100);

/// Why an engine cannot run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The home cannot be used.
    #[error("the home {} cannot be used ({doing}): {source}; set KILN_HOME to a directory you can write to", home.display())]
    Home {
        /// The home.
        home: PathBuf,
        /// What was being done.
        doing: &'static str,
        /// Why it failed.
        source: io::Error,
    },
    /// Another engine runs in this home.
    #[error("another engine runs in {} ({holder})", home.display())]
    Running {
        /// The home.
        home: PathBuf,
        /// What its lock says of it.
        holder: String,
    },
    /// The engine cannot start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The declared size of the host makes no sense.
    #[error(transparent)]
    Host(#[from] BadSize),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What requests are served from.
struct Shared {
    engine: Handle,
    reader: Reader,
    home: Home,
    host: HostSize,
    started_at: SystemTime,
    stopping: watch::Sender<bool>,
}

/// Runs an engine in this home until it is told to stop or has nothing left to do. Calls `ready` once it listens.
/// With `patient`, waits for an engine that is leaving; else one that is there is an error at once.
///
/// # Errors
/// It cannot start. Nothing is left behind then.
pub fn run(home: &Home, runner: RunnerCommand, patient: bool, ready: impl FnOnce()) -> Result<(), RunError> {
    let failed = |doing| move |source| RunError::Home { home: home.directory().to_owned(), doing, source };
    home.create().map_err(failed("create it"))?;
    let _lock = lock::take(home, patient)?;
    let host = HostSize::detect()?;
    let engine = Engine::start(EngineOptions { home: home.clone(), host, runner })?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed("run"))?;
    let result = runtime.block_on(async {
        let listener = listen(home).map_err(failed("listen on its socket"))?;
        let shared = Shared {
            engine: engine.handle().clone(),
            reader: Reader::open(&home.database())?,
            home: home.clone(),
            host,
            started_at: SystemTime::now(),
            stopping: watch::channel(false).0,
        };
        ready();
        info!(version = VERSION, home = %home.directory().display(), "engine listens");
        serve(listener, Rc::new(shared)).await.map_err(failed("accept connections"))
    });
    engine.stop();
    result
}

/// Binds the socket, open to its owner only. The lock is held, so a socket that is there is a dead engine's.
fn listen(home: &Home) -> io::Result<UnixListener> {
    match fs::remove_file(home.socket()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(&*short_path(&home.socket())?)?;
    fs::set_permissions(home.socket(), Permissions::from_mode(0o600))?;
    Ok(listener)
}

async fn serve(listener: UnixListener, shared: Rc<Shared>) -> io::Result<()> {
    let graceful = GracefulShutdown::new();
    let (open, mut connections) = watch::channel(0_usize);
    let mut stopping = shared.stopping.subscribe();
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut unfinished = shared.engine.unfinished();
    let local = tokio::task::LocalSet::new();
    local
        .run_until(async {
            loop {
                let idle = *connections.borrow_and_update() == 0 && *unfinished.borrow_and_update() == 0;
                tokio::select! {
                    accepted = listener.accept() => match accepted {
                        Ok((stream, _)) => attend(stream, &shared, &graceful, Open::new(&open)),
                        Err(error) => {
                            // Out of descriptors, for example: those that are open will be closed some time.
                            warn!("a connection could not be accepted: {error}");
                            tokio::time::sleep(BREATH).await;
                        }
                    },
                    _ = stopping.wait_for(|stop| *stop) => break,
                    _ = terminate.recv() => break,
                    _ = interrupt.recv() => break,
                    changed = unfinished.changed() => if changed.is_err() {
                        // The engine's thread is gone; without it nothing can be served.
                        break;
                    },
                    _ = connections.changed() => {}
                    () = tokio::time::sleep(idle_time()), if idle => {
                        info!("nothing left to do");
                        break;
                    }
                }
            }
            // From here on clients find no socket and start a new engine. Those that found it before are served.
            let _ = fs::remove_file(shared.home.socket());
            while let Ok(Ok((stream, _))) = tokio::time::timeout(Duration::ZERO, listener.accept()).await {
                attend(stream, &shared, &graceful, Open::new(&open));
            }
            drop(listener);
            shared.stopping.send_replace(true);
            if tokio::time::timeout(DRAIN, graceful.shutdown()).await.is_err() {
                warn!("some requests did not end in time");
            }
            Ok(())
        })
        .await
}

/// Serves a connection for as long as the client keeps it.
fn attend(stream: UnixStream, shared: &Rc<Shared>, graceful: &GracefulShutdown, open: Open) {
    let shared = Rc::clone(shared);
    let service = service_fn(move |request| {
        let shared = Rc::clone(&shared);
        async move { Ok::<_, Infallible>(route::answer(&shared, request).await) }
    });
    let connection =
        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let connection = graceful.watch(connection);
    tokio::task::spawn_local(async move {
        // A client that hangs up in the middle is its own affair.
        let _ = connection.await;
        drop(open);
    });
}

/// Counts a connection for as long as it is open.
struct Open(watch::Sender<usize>);

impl Open {
    fn new(count: &watch::Sender<usize>) -> Self {
        count.send_modify(|count| *count += 1);
        Self(count.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

fn idle_time() -> Duration {
    let seconds = std::env::var("KILN_IDLE_SECONDS").ok().and_then(|text| text.parse().ok());
    // Whoever started the engine has a moment to connect.
    Duration::from_secs(seconds.unwrap_or(IDLE_SECONDS).max(1))
}
