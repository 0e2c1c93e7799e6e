//! What a runner holds: attempts that run, and ends that the engine has not recorded yet.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::process::{Pid, WaitOptions, kill_process_group, waitpid};

use super::journal::{Ended, Entry, Journal, Started};
use super::prepare::StartError;
use super::protocol::{self, Note};
use super::remove::Remover;
use super::spawn::{self, Image, Spawner};
use super::{lock, now, orphan};
use crate::executor::{AttemptId, Exit, Expected, Launch, Report, Signal};

/// How long to wait for the end of what was killed. Only a process that hangs in the kernel takes so long.
const PATIENCE: Duration = Duration::from_secs(10);

/// The attempts of a runner, shared by the threads that read requests, await ends and kill strays.
pub(super) struct Attempts {
    inner: Mutex<Inner>,
    /// Rung when there is a child to wait for.
    occupied: Condvar,
    /// Rung when a process that was being started is known, or has failed.
    settled: Condvar,
    /// Rung when strays may be there, and when they are gone.
    hunt: Condvar,
}

struct Inner {
    held: HashMap<AttemptId, Held>,
    /// The main processes that were not reaped, by their pids.
    running: HashMap<i32, Main>,
    /// A process is being started, so a child that is not in `running` may be that.
    starting: bool,
    journal: Journal,
    remover: Remover,
    /// Attempts that are over, and may have left strays. What is held of their ends is told when those are gone.
    suspects: Vec<(AttemptId, String)>,
    /// Strays of former suspects are being killed.
    hunting: bool,
    engine: Option<UnixStream>,
    /// No engine has said yet what it expects, so attempts of a former runner may be unaccounted for.
    fresh: bool,
    /// Has the working directories of all attempts.
    work: PathBuf,
}

/// One attempt.
struct Held {
    /// Its job. An attempt of the same id and another job is another one.
    job_id: String,
    started: Option<Started>,
    end: Option<Report>,
}

/// A main process.
enum Main {
    /// That of an attempt that is held.
    Held(AttemptId),
    /// That of an attempt that was forgotten: it was killed, and nobody hears of its end.
    Abandoned(Started),
}

impl Attempts {
    /// Takes over what a former runner wrote down.
    pub(super) fn new(journal: Journal, entries: Vec<Entry>, remover: Remover, work: PathBuf) -> Self {
        let mut held: HashMap<AttemptId, Held> = HashMap::new();
        for entry in entries {
            let one = held.entry(entry.attempt()).or_insert_with(|| Held::new(entry.job_id()));
            if one.job_id != entry.job_id() {
                *one = Held::new(entry.job_id());
            }
            match entry {
                Entry::Started(started) => one.started = Some(started),
                Entry::Ended(ended) => one.end = Some(ended.report),
            }
        }
        let inner = Inner {
            held,
            running: HashMap::new(),
            starting: false,
            journal,
            remover,
            suspects: Vec::new(),
            hunting: false,
            engine: None,
            fresh: true,
            work,
        };
        let [occupied, settled, hunt] = [(); 3].map(|()| Condvar::new());
        Self { inner: Mutex::new(inner), occupied, settled, hunt }
    }

    /// Begins to serve an engine: answers for all that it expects, and forgets all else.
    pub(super) fn connect(&self, engine: UnixStream, expected: &[Expected]) {
        let mut inner = lock(&self.inner);
        if inner.fresh {
            inner.bury(expected);
        }
        let wanted: HashMap<AttemptId, &str> =
            expected.iter().map(|expected| (expected.attempt, expected.job_id.as_str())).collect();
        // The end of such a one was recorded, or its job was forgotten: the engine will never ask for it. If it
        // runs, the engine has another database than the one that had it launched.
        let is_unwanted = |(attempt, held): &(&AttemptId, &Held)| wanted.get(attempt) != Some(&&*held.job_id);
        let unwanted: Vec<AttemptId> =
            inner.held.iter().filter(is_unwanted).map(|(attempt, _)| *attempt).collect();
        let abandoned = unwanted.into_iter().filter(|attempt| inner.abandon(*attempt)).count();
        let mut inner = self.calm(inner);
        // Not before all is accounted for: a runner that dies on the way leaves the old journal to the next.
        if inner.fresh || abandoned > 0 || inner.journal.is_long() {
            inner.rewrite_journal();
        }
        inner.fresh = false;
        inner.engine = Some(engine);
        let unknown = wanted.keys().filter(|attempt| !inner.held.contains_key(attempt));
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

    /// Whether an attempt was launched before, so that launching it again means nothing. One of the same id and
    /// another job gives way.
    pub(super) fn holds(&self, attempt: AttemptId, job_id: &str) -> bool {
        let mut inner = lock(&self.inner);
        match inner.held.get(&attempt) {
            None => false,
            Some(held) if held.job_id == job_id => true,
            Some(_) => {
                inner.abandon(attempt);
                self.calm(inner).rewrite_journal();
                false
            }
        }
    }

    /// Waits until nothing is left of attempts that were abandoned or may have left strays.
    fn calm<'a>(&self, inner: MutexGuard<'a, Inner>) -> MutexGuard<'a, Inner> {
        let waited = self.hunt.wait_timeout_while(inner, PATIENCE, |inner| !inner.is_calm());
        waited.unwrap_or_else(PoisonError::into_inner).0
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
        let Launch { attempt, job_id, directory, .. } = launch;
        let mut held = Held::new(&job_id);
        let started = Started { attempt, pid: pid.unsigned_abs(), at: now(), job_id, directory };
        let report = started.report();
        inner.journal.append(&Entry::Started(started.clone()));
        held.started = Some(started);
        inner.held.insert(attempt, held);
        if inner.running.is_empty() {
            self.occupied.notify_one();
        }
        inner.running.insert(pid, Main::Held(attempt));
        inner.send(&[Note::Report(report)]);
        Ok(())
    }

    /// An attempt is over before it began.
    pub(super) fn not_started(&self, attempt: AttemptId, job_id: &str, error: &StartError) {
        let (reason, permanent) = (error.to_string(), error.is_permanent());
        let mut inner = lock(&self.inner);
        inner.end(job_id, Report::NotStarted { attempt, reason, permanent, at: now() });
        inner.tell_end(attempt, job_id);
    }

    /// A child ended, and was not reaped yet. What a main process leaves goes with it, as in a container: its group
    /// at once. Beyond that, nothing is looked for unless there are strays, be they of this attempt or of others.
    ///
    /// To be called on the main thread, see [`spawn::has_adopted`].
    pub(super) fn ended(&self, pid: i32, exit: Exit) {
        // Until its start is registered, nothing is known of it.
        let unclear = |inner: &mut Inner| inner.starting && !inner.running.contains_key(&pid);
        let inner = self.settled.wait_while(lock(&self.inner), unclear);
        let mut inner = inner.unwrap_or_else(PoisonError::into_inner);
        let process = Pid::from_raw(pid).expect("waitid returns the pid of a child");
        let main = inner.running.remove(&pid);
        if main.is_some() {
            // Before reaping: until then, no other group can have this number.
            let _ = kill_process_group(process, rustix::process::Signal::KILL);
        }
        // The library reaps a child that failed to exec itself; then there is none, and no attempt either.
        let _ = waitpid(Some(process), WaitOptions::NOHANG);
        let (started, is_held) = match main {
            Some(Main::Held(attempt)) => {
                (inner.held.get(&attempt).and_then(|held| held.started.clone()), true)
            }
            Some(Main::Abandoned(started)) => (Some(started), false),
            None => return,
        };
        let Some(Started { attempt, job_id, directory, at, .. }) = started else { return };
        inner.remover.remove(&directory);
        if is_held {
            inner.end(&job_id, Report::Exited { attempt, exit, at: at.max(now()) });
        }
        if is_held && !spawn::has_adopted() {
            inner.tell_end(attempt, &job_id);
        } else {
            inner.suspects.push((attempt, job_id));
            self.hunt.notify_all();
        }
    }

    /// Kills the strays of attempts that ended, for ever. A look through all processes takes milliseconds, so the
    /// ends of others do not wait for it, and those that come in the meantime share the next one.
    pub(super) fn hunt(&self) -> ! {
        let mut inner = lock(&self.inner);
        loop {
            let none = |inner: &mut Inner| inner.suspects.is_empty();
            inner = self.hunt.wait_while(inner, none).unwrap_or_else(PoisonError::into_inner);
            let suspects = std::mem::take(&mut inner.suspects);
            inner.hunting = true;
            drop(inner);
            orphan::kill(
                &suspects.iter().map(|(attempt, job_id)| (job_id.clone(), attempt.number)).collect(),
            );
            inner = lock(&self.inner);
            inner.hunting = false;
            suspects.iter().for_each(|(attempt, job_id)| inner.tell_end(*attempt, job_id));
            self.hunt.notify_all();
        }
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

    /// Returns when nothing is left of attempts that ended: neither strays nor working directories.
    pub(super) fn finish(&self) {
        self.calm(lock(&self.inner)).remover.finish();
    }
}

impl Held {
    fn new(job_id: &str) -> Self {
        Self { job_id: job_id.into(), started: None, end: None }
    }

    fn reports(&self) -> impl Iterator<Item = Report> {
        self.started.as_ref().map(Started::report).into_iter().chain(self.end.clone())
    }

    fn entries(&self) -> impl Iterator<Item = Entry> {
        let ended = |report| Entry::Ended(Ended { job_id: self.job_id.clone(), report });
        self.started.clone().map(Entry::Started).into_iter().chain(self.end.clone().map(ended))
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
    /// Writes an end down. Only then may it be told.
    fn end(&mut self, job_id: &str, report: Report) {
        self.journal.append(&Entry::Ended(Ended { job_id: job_id.into(), report: report.clone() }));
        let held = self.held.entry(report.attempt()).or_insert_with(|| Held::new(job_id));
        held.end = Some(report);
    }

    /// Tells an end, unless it was forgotten in the meantime.
    fn tell_end(&mut self, attempt: AttemptId, job_id: &str) {
        let held = self.held.get(&attempt).filter(|held| held.job_id == job_id);
        if let Some(report) = held.and_then(|held| held.end.clone()) {
            self.send(&[Note::Report(report)]);
        }
    }

    /// Forgets an attempt. True if it ran, in which case it was killed.
    fn abandon(&mut self, attempt: AttemptId) -> bool {
        let Some(Held { started: Some(started), end: None, .. }) = self.held.remove(&attempt) else {
            return false;
        };
        let pid = started.pid.cast_signed();
        let (Some(main), Some(group)) = (self.running.get_mut(&pid), Pid::from_raw(pid)) else {
            return false;
        };
        tracing::warn!("kill attempt {attempt} of job {}, which the engine does not know", started.job_id);
        // Not reaped, or it would not be among the running: the group is still its own.
        let _ = kill_process_group(group, rustix::process::Signal::KILL);
        *main = Main::Abandoned(started);
        true
    }

    /// Whether nothing is left of attempts that were abandoned or may have left strays.
    fn is_calm(&self) -> bool {
        let abandoned = |main: &Main| matches!(main, Main::Abandoned(_));
        self.suspects.is_empty() && !self.hunting && !self.running.values().any(abandoned)
    }

    /// Settles what a former runner left without an end: kills it, cleans up, and holds what is expected as lost.
    fn bury(&mut self, expected: &[Expected]) {
        let open = |held: &Held| held.end.is_none();
        let left: Vec<&Started> =
            self.held.values().filter(|held| open(held)).filter_map(|held| held.started.as_ref()).collect();
        let is_missing = |expected: &&Expected| {
            let held = self.held.get(&expected.attempt).filter(|held| held.job_id == expected.job_id);
            held.is_none_or(open)
        };
        let missing: Vec<&Expected> = expected.iter().filter(is_missing).collect();
        let names = missing.iter().map(|expected| (expected.job_id.clone(), expected.attempt.number));
        let names = names.chain(left.iter().map(|started| started.name()));
        orphan::kill(&names.filter(|(job_id, _)| !job_id.is_empty()).collect());
        left.iter().for_each(|started| self.remover.remove(&started.directory));
        self.sweep();
        let at = now();
        for Expected { attempt, job_id } in missing {
            let started = self.held.remove(attempt).filter(|held| held.job_id == *job_id);
            let started = started.and_then(|held| held.started);
            let end = Some(Report::Lost { attempt: *attempt, at });
            self.held.insert(*attempt, Held { job_id: job_id.clone(), started, end });
        }
    }

    /// Removes all working directories, at a time when nothing runs: some may have been in the hands of a runner
    /// that died. Not if somebody put a link in the place of their parent: what is there may be somebody else's.
    fn sweep(&self) {
        if fs::symlink_metadata(&self.work).is_ok_and(|work| work.is_dir()) {
            let entries = fs::read_dir(&self.work).into_iter().flatten().flatten();
            entries.for_each(|entry| self.remover.remove(&entry.path()));
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
