//! What a runner holds: attempts that run, and ends that the engine has not recorded yet.

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rustix::process::{Pid, WaitOptions, kill_process_group, waitpid};

use super::journal::{Entry, Journal, Started};
use super::protocol::{self, Note};
use super::remove::Remover;
use super::spawn::{Image, Spawner};
use super::{lock, now, orphan};
use crate::executor::{AttemptId, Exit, Expected, Launch, Report, Signal};

/// The attempts of a runner, shared by the thread that reads requests and the thread that awaits ends.
pub(super) struct Attempts {
    inner: Mutex<Inner>,
    /// Rung when there is a child to wait for.
    occupied: Condvar,
    /// Rung when a process that was being started is known, or has failed.
    settled: Condvar,
}

struct Inner {
    held: HashMap<AttemptId, Held>,
    /// Pids of the main processes that were not reaped.
    running: HashMap<i32, AttemptId>,
    /// A process is being started, so a child that is not in `running` may be that.
    starting: bool,
    journal: Journal,
    remover: Remover,
    engine: Option<UnixStream>,
    /// No engine has said yet what it expects, so attempts of a former runner may be unaccounted for.
    fresh: bool,
}

/// One attempt.
#[derive(Default)]
struct Held {
    started: Option<Started>,
    end: Option<Report>,
}

impl Attempts {
    /// Takes over what a former runner wrote down.
    pub(super) fn new(journal: Journal, entries: Vec<Entry>, remover: Remover) -> Self {
        let mut held: HashMap<AttemptId, Held> = HashMap::new();
        for entry in entries {
            let one = held.entry(entry.attempt()).or_default();
            match entry {
                Entry::Started(started) => one.started = Some(started),
                Entry::Ended(report) => one.end = Some(report),
            }
        }
        let running = HashMap::new();
        let inner = Inner { held, running, starting: false, journal, remover, engine: None, fresh: true };
        Self { inner: Mutex::new(inner), occupied: Condvar::new(), settled: Condvar::new() }
    }

    /// Begins to serve an engine: reports all that is held, and answers for all that it expects.
    pub(super) fn connect(&self, engine: UnixStream, expected: &[Expected]) {
        let mut inner = lock(&self.inner);
        let wanted: HashSet<AttemptId> = expected.iter().map(|expected| expected.attempt).collect();
        if inner.fresh {
            inner.bury(expected);
        }
        // An end that the engine does not wait for was recorded, or belongs to a job that it forgot.
        inner.held.retain(|attempt, held| held.end.is_none() || wanted.contains(attempt));
        // Not before all is accounted for: a runner that dies on the way leaves the old journal to the next.
        if inner.fresh || inner.journal.is_long() {
            inner.rewrite_journal();
        }
        inner.fresh = false;
        inner.engine = Some(engine);
        let unknown = wanted.iter().filter(|attempt| !inner.held.contains_key(attempt));
        let unknown = unknown.map(|attempt| Report::Unknown { attempt: *attempt });
        let mut reports: Vec<Report> = inner.held.values().flat_map(Held::reports).chain(unknown).collect();
        reports.sort_by_key(Report::attempt);
        let notes: Vec<Note> = reports.into_iter().map(Note::Report).chain([Note::Synced]).collect();
        inner.send(&notes);
    }

    /// The engine is gone.
    pub(super) fn disconnect(&self) {
        lock(&self.inner).engine = None;
    }

    /// Whether an attempt was launched before, so that launching it again means nothing.
    pub(super) fn holds(&self, attempt: AttemptId) -> bool {
        lock(&self.inner).held.contains_key(&attempt)
    }

    /// Starts the process of an attempt.
    pub(super) fn start(&self, launch: Launch, image: &Image, spawner: &Spawner) -> std::io::Result<()> {
        // Without the lock: this takes longer than all else, and ends of other attempts shall not wait for it.
        lock(&self.inner).starting = true;
        let spawned = spawner.spawn(image);
        let mut inner = lock(&self.inner);
        inner.starting = false;
        self.settled.notify_one();
        let pid = match spawned {
            Ok(pid) => pid,
            Err(error) => {
                inner.remover.remove(&launch.directory);
                return Err(error);
            }
        };
        let Launch { attempt, environment, directory, .. } = launch;
        let job_id = environment.into_iter().find(|(name, _)| name == orphan::JOB_ID);
        let job_id = job_id.map(|(_, value)| value).unwrap_or_default();
        let started = Started { attempt, pid: pid.unsigned_abs(), at: now(), job_id, directory };
        let report = started.report();
        inner.journal.append(&Entry::Started(started.clone()));
        inner.held.insert(attempt, Held { started: Some(started), end: None });
        if inner.running.is_empty() {
            self.occupied.notify_one();
        }
        inner.running.insert(pid, attempt);
        inner.send(&[Note::Report(report)]);
        Ok(())
    }

    /// An attempt is over before it began.
    pub(super) fn not_started(&self, attempt: AttemptId, reason: String) {
        lock(&self.inner).end(attempt, Report::NotStarted { attempt, reason, at: now() });
    }

    /// A main process ended, and was not reaped yet. What is left of its group goes with it, as in a container.
    pub(super) fn ended(&self, pid: i32, exit: Exit) {
        // Until its start is registered, nothing is known of it.
        let unclear = |inner: &mut Inner| inner.starting && !inner.running.contains_key(&pid);
        let inner = self.settled.wait_while(lock(&self.inner), unclear);
        let mut inner = inner.unwrap_or_else(PoisonError::into_inner);
        let process = Pid::from_raw(pid).expect("waitid returns the pid of a child");
        let attempt = inner.running.remove(&pid);
        if attempt.is_some() {
            // Before reaping: until then, no other group can have this number.
            let _ = kill_process_group(process, rustix::process::Signal::KILL);
        }
        // The library reaps a child that failed to exec itself; then there is none, and no attempt either.
        let _ = waitpid(Some(process), WaitOptions::NOHANG);
        let Some(attempt) = attempt else { return };
        let started = inner.held.get(&attempt).and_then(|held| held.started.as_ref());
        let at = started.map_or(0, |started| started.at).max(now());
        if let Some(started) = started {
            inner.remover.remove(&started.directory);
        }
        inner.end(attempt, Report::Exited { attempt, exit, at });
    }

    /// Signals the process group of an attempt that runs.
    pub(super) fn signal(&self, attempt: AttemptId, signal: Signal) {
        let inner = lock(&self.inner);
        let Some(held) = inner.held.get(&attempt).filter(|held| held.end.is_none()) else { return };
        // Not reaped, since that happens together with its end: the group is still its own.
        let pid = held.started.as_ref().and_then(|started| Pid::from_raw(started.pid.cast_signed()));
        let signal = match signal {
            Signal::Terminate => rustix::process::Signal::TERM,
            Signal::Kill => rustix::process::Signal::KILL,
        };
        if let Some(pid) = pid {
            let _ = kill_process_group(pid, signal);
        }
    }

    /// Forgets ends.
    pub(super) fn settle(&self, attempts: &[AttemptId]) {
        let mut inner = lock(&self.inner);
        for attempt in attempts {
            if inner.held.get(attempt).is_some_and(|held| held.end.is_some()) {
                inner.held.remove(attempt);
            }
        }
        if inner.journal.is_long() {
            inner.rewrite_journal();
        }
    }

    /// Whether nothing runs.
    pub(super) fn is_idle(&self) -> bool {
        lock(&self.inner).running.is_empty()
    }

    /// If nothing runs, says farewell and returns true.
    pub(super) fn retire(&self) -> bool {
        let mut inner = lock(&self.inner);
        let idle = inner.running.is_empty();
        if idle {
            inner.send(&[Note::Retiring]);
        }
        idle
    }

    /// Returns when something runs.
    pub(super) fn await_one(&self) {
        let inner = lock(&self.inner);
        let idle = |inner: &mut Inner| inner.running.is_empty();
        let guard: MutexGuard<'_, Inner> =
            self.occupied.wait_while(inner, idle).unwrap_or_else(PoisonError::into_inner);
        drop(guard);
    }

    /// Returns when all working directories are removed that are no longer needed.
    pub(super) fn finish(&self) {
        lock(&self.inner).remover.finish();
    }
}

impl Held {
    fn reports(&self) -> impl Iterator<Item = Report> {
        self.started.as_ref().map(Started::report).into_iter().chain(self.end.clone())
    }

    fn entries(&self) -> impl Iterator<Item = Entry> {
        self.started.clone().map(Entry::Started).into_iter().chain(self.end.clone().map(Entry::Ended))
    }
}

impl Started {
    fn report(&self) -> Report {
        Report::Started { attempt: self.attempt, pid: self.pid, at: self.at }
    }

    fn name(&self) -> orphan::Name {
        (self.job_id.clone(), self.attempt.number)
    }
}

impl Inner {
    /// Writes an end down, and only then tells it.
    fn end(&mut self, attempt: AttemptId, report: Report) {
        let entry = Entry::Ended(report);
        self.journal.append(&entry);
        let Entry::Ended(report) = entry else { return };
        self.held.entry(attempt).or_default().end = Some(report.clone());
        self.send(&[Note::Report(report)]);
    }

    /// Settles what a former runner left without an end: kills it, cleans up, and holds it as lost.
    fn bury(&mut self, expected: &[Expected]) {
        let open = |held: &Held| held.end.is_none();
        let left: Vec<&Started> =
            self.held.values().filter(|held| open(held)).filter_map(|held| held.started.as_ref()).collect();
        let missing: Vec<&Expected> =
            expected.iter().filter(|expected| self.held.get(&expected.attempt).is_none_or(open)).collect();
        let names = missing.iter().map(|expected| (expected.job_id.clone(), expected.attempt.number));
        let names = names.chain(left.iter().map(|started| started.name()));
        orphan::kill(&names.filter(|(job_id, _)| !job_id.is_empty()).collect());
        left.iter().for_each(|started| self.remover.remove(&started.directory));
        let missing = missing.iter().map(|expected| expected.attempt);
        let lost: HashSet<AttemptId> = missing.chain(left.iter().map(|started| started.attempt)).collect();
        let at = now();
        for attempt in lost {
            self.held.entry(attempt).or_default().end = Some(Report::Lost { attempt, at });
        }
    }

    /// Shortens the journal to what is held.
    fn rewrite_journal(&mut self) {
        if let Err(error) = self.journal.rewrite(self.held.values().flat_map(Held::entries)) {
            tracing::error!("rewrite the journal: {error}");
        }
    }

    /// Tells the engine, if there is one. An engine that is gone will ask the next time.
    fn send(&mut self, notes: &[Note]) {
        let Some(engine) = &mut self.engine else { return };
        let mut lines = Vec::with_capacity(256);
        let written = notes
            .iter()
            .try_for_each(|note| protocol::encode_into(&mut lines, note))
            .map_err(std::io::Error::from)
            .and_then(|()| engine.write_all(&lines));
        if written.is_err() {
            self.engine = None;
        }
    }
}
