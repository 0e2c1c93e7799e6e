//! The engine's side: an executor that speaks to the runner, and replaces it when it dies.

use std::collections::HashMap;
use std::io::Write;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::connect::{Connection, Place};
use super::protocol::{self, Lines, Note, Request};
use super::{RunnerCommand, lock};
use crate::executor::{AttemptId, Executor, ExecutorError, Expected, Launch, Report, Signal};

/// The pauses between attempts to start a runner, if that fails: the first, and the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Carries attempts out as processes of this host.
pub struct ProcessExecutor {
    shared: Arc<Shared>,
    reader: Option<JoinHandle<()>>,
}

/// What the callers and the reading thread share. Locks are taken in the order of the fields. The second is never
/// held while something is sent: the runner may be waiting for the reading thread, which needs it.
struct Shared {
    place: Place,
    sink: Box<dyn Fn(Report) + Send + Sync>,
    link: Mutex<Link>,
    /// Rung when the link changes.
    changed: Condvar,
    tracked: Mutex<HashMap<AttemptId, Tracked>>,
}

/// The way to the runner.
enum Link {
    /// Requests go here.
    Up(UnixStream),
    /// The runner is gone; the reading thread will notice and find another.
    Broken,
    /// There is no runner, and none can be started for now.
    Down,
    /// No requests are taken any more; the stream is only there to be closed.
    Retired(Option<UnixStream>),
}

/// An attempt that was handed to the runner and not settled: what it takes to account for it if the runner dies,
/// and not to report anything twice.
struct Tracked {
    job_id: String,
    started: bool,
    ended: bool,
}

impl Tracked {
    fn new(job_id: &str) -> Self {
        Self { job_id: job_id.into(), started: false, ended: false }
    }
}

impl ProcessExecutor {
    /// Connects to the runner of a home, or starts one. Before this returns, something has been reported of each
    /// attempt that is expected; later reports come from another thread.
    ///
    /// `sink` must not call the executor, and should not take long: a runner whose reports are not read does
    /// nothing else.
    pub fn open(
        home: &Path,
        runner: &RunnerCommand,
        expected: &[Expected],
        sink: impl Fn(Report) + Send + Sync + 'static,
    ) -> Result<Self, ExecutorError> {
        let home =
            std::path::absolute(home).map_err(|source| ExecutorError::Talk { home: home.into(), source })?;
        let place = Place { home, runner: runner.clone() };
        let Connection { requests, notes, reports } = place.connect(expected)?;
        let tracked = expected.iter().map(|each| (each.attempt, Tracked::new(&each.job_id))).collect();
        let shared = Arc::new(Shared {
            place,
            sink: Box::new(sink),
            link: Mutex::new(Link::Up(requests)),
            changed: Condvar::new(),
            tracked: Mutex::new(tracked),
        });
        reports.into_iter().for_each(|report| shared.deliver(report));
        let reading = Arc::clone(&shared);
        let reader = thread::Builder::new().name("reports".into()).spawn(move || reading.follow(notes));
        let reader =
            reader.map_err(|source| ExecutorError::Talk { home: shared.place.home.clone(), source })?;
        Ok(Self { shared, reader: Some(reader) })
    }
}

impl Executor for ProcessExecutor {
    fn launch(&self, launch: &Launch) -> Result<(), ExecutorError> {
        let line = protocol::encode(&Request::Launch(launch.clone()))?;
        self.shared.send(&line, Some(launch))
    }

    fn signal(&self, attempt: AttemptId, signal: Signal) -> Result<(), ExecutorError> {
        self.shared.send(&protocol::encode(&Request::Signal { attempt, signal })?, None)
    }

    fn settle(&self, attempts: &[AttemptId]) -> Result<(), ExecutorError> {
        let line = protocol::encode(&Request::Settle { attempts: attempts.to_vec() })?;
        {
            let mut tracked = lock(&self.shared.tracked);
            attempts.iter().for_each(|attempt| drop(tracked.remove(attempt)));
        }
        match self.shared.send(&line, None) {
            // The next runner is not told to expect them, which has the same effect.
            Err(ExecutorError::NoRunner) => Ok(()),
            done => done,
        }
    }

    fn retire(&self) -> Result<(), ExecutorError> {
        let line = protocol::encode(&Request::Retire)?;
        let mut link = lock(&self.shared.link);
        // Not through `send`: if there is no runner, nobody needs to wait for one.
        let (stream, sent) = match &mut *link {
            Link::Up(stream) => (stream.try_clone().ok(), stream.write_all(&line).is_ok()),
            Link::Broken | Link::Down => (None, false),
            Link::Retired(_) => return Err(ExecutorError::Retired),
        };
        *link = Link::Retired(stream);
        self.shared.changed.notify_all();
        if sent { Ok(()) } else { Err(ExecutorError::NoRunner) }
    }
}

impl Drop for ProcessExecutor {
    fn drop(&mut self) {
        let woken = {
            let mut link = lock(&self.shared.link);
            let woken = if let Link::Up(stream) | Link::Retired(Some(stream)) = &*link {
                // Wakes the reading thread. What was sent before still arrives.
                stream.shutdown(Shutdown::Both).is_ok()
            } else {
                false
            };
            *link = Link::Retired(None);
            self.shared.changed.notify_all();
            woken
        };
        // If it is just looking for a runner, it ends by itself: nobody has to wait for that.
        if let (true, Some(reader)) = (woken, self.reader.take()) {
            let _ = reader.join();
        }
    }
}

impl Shared {
    /// Sends a request, to the next runner if this one is gone. A launch is tracked from the moment it may have
    /// reached a runner; both happen under one lock, so a loss is never reported of one that is yet to be sent.
    fn send(&self, line: &[u8], launch: Option<&Launch>) -> Result<(), ExecutorError> {
        let mut link = lock(&self.link);
        loop {
            match &mut *link {
                Link::Up(stream) => {
                    let added = launch.is_some_and(|launch| self.track(launch));
                    if stream.write_all(line).is_ok() {
                        return Ok(());
                    }
                    // The line is not whole, so nobody acts upon it.
                    if let (true, Some(launch)) = (added, launch) {
                        lock(&self.tracked).remove(&launch.attempt);
                    }
                    *link = Link::Broken;
                }
                Link::Broken => link = self.wait(link),
                Link::Down => return Err(ExecutorError::NoRunner),
                Link::Retired(_) => return Err(ExecutorError::Retired),
            }
        }
    }

    fn wait<'a>(&self, link: MutexGuard<'a, Link>) -> MutexGuard<'a, Link> {
        self.changed.wait(link).unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a launch; false if it was known before.
    fn track(&self, launch: &Launch) -> bool {
        let mut tracked = lock(&self.tracked);
        let known = tracked.get(&launch.attempt).is_some_and(|tracked| tracked.job_id == launch.job_id);
        if !known {
            tracked.insert(launch.attempt, Tracked::new(&launch.job_id));
        }
        !known
    }

    /// Passes a report on, unless a former connection brought it already.
    fn deliver(&self, report: Report) {
        let attempt = report.attempt();
        let is_news = {
            let mut tracked = lock(&self.tracked);
            if let Report::Unknown { .. } = report {
                tracked.remove(&attempt).is_some()
            } else {
                // The runner may hold one that we do not expect; what to do with it is up to the engine.
                let tracked = tracked.entry(attempt).or_insert_with(|| Tracked::new(""));
                let told = if report.is_end() { &mut tracked.ended } else { &mut tracked.started };
                !std::mem::replace(told, true)
            }
        };
        if is_news {
            (self.sink)(report);
        }
    }

    /// Reads reports until the executor is dropped or its runner retires.
    fn follow(&self, mut notes: Lines<UnixStream>) {
        loop {
            match notes.next() {
                Ok(Some(Note::Report(report))) => self.deliver(report),
                Ok(Some(Note::Synced)) => {}
                Ok(Some(Note::Retiring)) => return,
                Ok(None) | Err(_) => {
                    let Some((connected, reports)) = self.reconnect() else { return };
                    reports.into_iter().for_each(|report| self.deliver(report));
                    notes = connected;
                }
            }
        }
    }

    /// Finds or starts a runner after the last one is gone; requests wait meanwhile, until that failed for the
    /// first time. `None` if none is needed any more. The reports are delivered without the lock; until then nobody
    /// else reads what the runner says.
    fn reconnect(&self) -> Option<(Lines<UnixStream>, Vec<Report>)> {
        let mut link = lock(&self.link);
        if let Link::Up(_) = *link {
            *link = Link::Broken;
        }
        let mut pause = FIRST_PAUSE;
        loop {
            if let Link::Retired(_) = *link {
                return None;
            }
            // Nothing is added to these while there is no way to a runner.
            let expected: Vec<Expected> = lock(&self.tracked)
                .iter()
                .map(|(attempt, tracked)| Expected { attempt: *attempt, job_id: tracked.job_id.clone() })
                .collect();
            // Without the lock: this may take long, and the engine must be able to leave.
            drop(link);
            let connection = self.place.connect(&expected);
            link = lock(&self.link);
            if let Link::Retired(_) = *link {
                return None;
            }
            match connection {
                Ok(Connection { requests, notes, reports }) => {
                    *link = Link::Up(requests);
                    self.changed.notify_all();
                    return Some((notes, reports));
                }
                Err(error) => tracing::error!("no runner: {error}"),
            }
            *link = Link::Down;
            self.changed.notify_all();
            let waited = self.changed.wait_timeout(link, pause).unwrap_or_else(PoisonError::into_inner);
            link = waited.0;
            pause = LONGEST_PAUSE.min(2 * pause);
        }
    }
}
