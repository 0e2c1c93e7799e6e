//! A shadow of the store: rows that are written by the durable effects alone, and a core built from them the way
//! `engine/recover.rs` does it. It refuses what must never be written.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::job::JobStatus;
use crate::engine::core::capacity::EnvironmentSettings;
use crate::engine::core::job::{GRACE_SECONDS, Run, TIMED_OUT};
use crate::engine::core::place::Blocked;
use crate::engine::core::queue::QueueSettings;
use crate::engine::core::{
    AttemptId, Core, Effect, EnvironmentKey, Event, Job, JobKey, JobSpec, Millis, Outcome, QueueKey,
    Resources, State, Stop, StopCause,
};

/// What is durable.
#[derive(Debug, Default)]
pub(super) struct Store {
    pub(super) jobs: BTreeMap<JobKey, JobRow>,
    /// An index: the jobs that are not finished.
    unfinished: BTreeSet<JobKey>,
    pub(super) queues: BTreeMap<QueueKey, Resource<QueueSettings>>,
    pub(super) environments: BTreeMap<EnvironmentKey, Resource<EnvironmentSettings>>,
}

/// A queue or an environment.
#[derive(Debug)]
pub(super) struct Resource<S> {
    pub(super) settings: S,
    pub(super) deleted: bool,
}

/// A job, finished or not.
#[derive(Debug)]
pub(super) struct JobRow {
    pub(super) spec: JobSpec,
    pub(super) status: JobStatus,
    pub(super) reason: Option<String>,
    pub(super) position: i64,
    pub(super) attempts: Vec<AttemptRow>,
}

/// One attempt of it.
#[derive(Debug)]
pub(super) struct AttemptRow {
    pub(super) environment: EnvironmentKey,
    pub(super) placed_at: Millis,
    pub(super) started_at: Option<Millis>,
    pub(super) stop: Option<Stop>,
    pub(super) end: Option<Outcome>,
}

impl AttemptRow {
    /// Whether this is what becomes of a job whose present attempt stands like that.
    fn leads_to(&self, status: JobStatus, reason: Option<&str>) -> bool {
        let Some(end) = &self.end else { return status == JobStatus::Running };
        match (&self.stop, end.code) {
            (Some(stop), _) => {
                let words = match &stop.cause {
                    StopCause::Terminated(words) => words,
                    StopCause::TimedOut => TIMED_OUT,
                };
                status == JobStatus::Failed && reason == Some(words)
            }
            (None, Some(0)) => status == JobStatus::Succeeded,
            (None, _) => matches!(status, JobStatus::Runnable | JobStatus::Failed),
        }
    }

    /// When something is to be done about it: the end of its time, or of its grace.
    pub(super) fn due(&self, spec: &JobSpec) -> Option<Millis> {
        let time_out = || Some(self.started_at?.plus_seconds(spec.timeout_seconds?));
        self.stop.as_ref().map(|stop| stop.kill_at).or_else(time_out)
    }
}

impl JobRow {
    pub(super) fn ended(&self) -> bool {
        matches!(self.status, JobStatus::Succeeded | JobStatus::Failed)
    }

    /// Whether it holds room somewhere.
    pub(super) fn placed(&self) -> bool {
        matches!(self.status, JobStatus::Starting | JobStatus::Running)
    }

    pub(super) fn waits(&self) -> bool {
        self.status == JobStatus::Runnable
    }

    /// How many attempts it has had.
    pub(super) fn number(&self) -> u32 {
        u32::try_from(self.attempts.len()).unwrap()
    }

    fn state(&self) -> State {
        let run = || {
            let attempt = self.attempts.last().expect("a placed job has an attempt");
            Run { environment: attempt.environment, placed: attempt.placed_at, stop: attempt.stop.clone() }
        };
        match self.status {
            JobStatus::Starting => State::Starting(run()),
            JobStatus::Running => {
                let started = self.attempts.last().and_then(|attempt| attempt.started_at);
                State::Running(run(), started.expect("a running attempt has started"))
            }
            JobStatus::Submitted | JobStatus::Pending | JobStatus::Runnable => {
                let known = [Blocked::MaxResource, Blocked::JobResource];
                let said = |blocked: &Blocked| self.reason.as_deref() == Some(blocked.reason());
                State::Runnable { position: self.position, blocked: known.into_iter().find(said) }
            }
            JobStatus::Succeeded | JobStatus::Failed => unreachable!("a finished job is not taken up again"),
        }
    }
}

impl Store {
    /// Writes what the shell writes by itself: jobs and resources.
    pub(super) fn admit(&mut self, event: &Event) {
        match event {
            Event::Submit { job, spec } => {
                let position = i64::try_from(job.0).unwrap();
                let spec = JobSpec::clone(spec);
                let status = JobStatus::Submitted;
                let row = JobRow { spec, status, reason: None, position, attempts: Vec::new() };
                assert!(self.jobs.insert(*job, row).is_none(), "{job:?} was submitted twice");
                self.unfinished.insert(*job);
            }
            Event::QueuePut { queue, settings } => {
                self.queues.insert(*queue, Resource { settings: settings.clone(), deleted: false });
            }
            Event::QueueDeleted { queue, .. } => {
                self.queues.get_mut(queue).expect("a queue is deleted once").deleted = true;
            }
            Event::EnvironmentPut { environment, settings } => {
                self.environments
                    .insert(*environment, Resource { settings: settings.clone(), deleted: false });
            }
            Event::EnvironmentDeleted { environment } => {
                self.environments.get_mut(environment).expect("an environment is deleted once").deleted =
                    true;
            }
            Event::Cancel { .. } | Event::Terminate { .. } | Event::Report { .. } | Event::Wake => {}
        }
    }

    /// Writes one effect, as `engine/persist.rs` does.
    pub(super) fn persist(&mut self, effect: &Effect) {
        match effect {
            Effect::Status { job, status, reason, .. } => {
                let row = self.row(*job);
                assert!(follows(row.status, *status), "{job:?} goes from {:?} to {status:?}", row.status);
                if let Some(last) = row.attempts.last().filter(|_| row.placed()) {
                    assert!(
                        last.leads_to(*status, reason.as_deref()),
                        "{job:?} is {status:?} after {last:?}"
                    );
                }
                row.status = *status;
                row.reason.clone_from(reason);
                if row.ended() {
                    self.unfinished.remove(job);
                }
            }
            Effect::Reason { job, reason } => {
                let row = self.row(*job);
                assert!(row.waits() && row.reason != *reason, "{job:?} is told what it knows: {reason:?}");
                row.reason.clone_from(reason);
            }
            Effect::Position { job, position } => self.row(*job).position = *position,
            Effect::AttemptPlaced { attempt, environment, at } => self.place(*attempt, *environment, *at),
            Effect::AttemptStarted { attempt, at } => {
                let before = self.attempt(*attempt).started_at.replace(*at);
                assert_eq!(before, None, "attempt {attempt} started twice");
            }
            Effect::AttemptStopping { attempt, cause, kill_at } => {
                let (timeout, now) =
                    (self.row(attempt.job).spec.timeout_seconds, kill_at.plus_seconds(-GRACE_SECONDS));
                let row = self.attempt(*attempt);
                if *cause == StopCause::TimedOut {
                    let due = row.started_at.unwrap().plus_seconds(timeout.unwrap());
                    assert!(now >= due, "attempt {attempt} is stopped at {now:?}, due is {due:?}");
                }
                let before = row.stop.replace(Stop { cause: cause.clone(), kill_at: *kill_at });
                assert_eq!(before, None, "attempt {attempt} is stopped twice");
            }
            Effect::AttemptEnded { attempt, outcome, .. } => {
                self.attempt(*attempt).end = Some(outcome.clone());
            }
            Effect::Launch { .. } | Effect::Signal { .. } | Effect::Settle { .. } => {}
        }
    }

    fn place(&mut self, attempt: AttemptId, environment: EnvironmentKey, placed_at: Millis) {
        let row = self.row(attempt.job);
        assert_eq!(attempt.number, row.number() + 1, "attempts of {:?} are counted", attempt.job);
        assert!(attempt.number <= row.spec.retry.attempts, "attempt {attempt} is one too many");
        row.attempts.push(AttemptRow { environment, placed_at, started_at: None, stop: None, end: None });
        let placed = &self.jobs[&attempt.job];
        let mut behind = self.unfinished().filter(|(_, other)| {
            other.waits() && other.spec.queue == placed.spec.queue && other.spec.need == placed.spec.need
        });
        // First in, first out, except that those which are tried again come first.
        let overtaken = behind.find(|(key, other)| match (attempt.number, other.number()) {
            (1, 0) => *key < attempt.job,
            (1, _) => true,
            (_, _) => false,
        });
        assert!(overtaken.is_none(), "attempt {attempt} overtakes {overtaken:?}");
    }

    pub(super) fn row(&mut self, job: JobKey) -> &mut JobRow {
        self.jobs.get_mut(&job).expect("the job was submitted")
    }

    /// The row of an attempt that is not over.
    fn attempt(&mut self, attempt: AttemptId) -> &mut AttemptRow {
        let row = self.row(attempt.job);
        assert_eq!(row.number(), attempt.number, "only the last attempt changes");
        let last = row.attempts.last_mut().expect("the attempt was placed");
        assert_eq!(last.end, None, "attempt {attempt} is over");
        last
    }

    /// The unfinished jobs.
    pub(super) fn unfinished(&self) -> impl Iterator<Item = (JobKey, &JobRow)> {
        self.unfinished.iter().map(|key| (*key, &self.jobs[key]))
    }

    /// The attempts that hold room.
    pub(super) fn placed(&self) -> impl Iterator<Item = (AttemptId, &AttemptRow, &JobRow)> {
        self.unfinished().filter(|(_, row)| row.placed()).map(|(job, row)| {
            (AttemptId { job, number: row.number() }, row.attempts.last().expect("it is placed"), row)
        })
    }

    fn queue_in_use(&self, key: QueueKey) -> bool {
        !self.queues[&key].deleted || self.unfinished().any(|(_, row)| row.spec.queue == key)
    }

    fn environment_in_use(&self, key: EnvironmentKey) -> bool {
        !self.environments[&key].deleted || self.placed().any(|(_, attempt, _)| attempt.environment == key)
    }

    /// A core built from the rows.
    pub(super) fn recover(&self, host: Resources, now: Millis) -> Core {
        let mut core = Core::new(host);
        let (mut out, mut deleted) = (Vec::new(), Vec::new());
        for (key, row) in self.environments.iter().filter(|(key, _)| self.environment_in_use(**key)) {
            let (environment, settings) = (*key, row.settings.clone());
            core.step(now, Event::EnvironmentPut { environment, settings }, &mut out);
            deleted.extend(row.deleted.then_some(Event::EnvironmentDeleted { environment }));
        }
        for (key, row) in self.queues.iter().filter(|(key, _)| self.queue_in_use(**key)) {
            let (queue, settings) = (*key, row.settings.clone());
            core.step(now, Event::QueuePut { queue, settings }, &mut out);
            deleted.extend(row.deleted.then(|| Event::QueueDeleted { queue, reason: String::new() }));
        }
        for (key, row) in self.unfinished() {
            core.restore(key, Job { spec: row.spec.clone(), state: row.state(), attempts: row.number() });
        }
        for event in deleted {
            core.step(now, event, &mut out);
        }
        assert_eq!(out, [], "the shell drops what recovery says");
        core
    }

    /// Whether memory is what would be read back.
    pub(super) fn agrees_with(&self, core: &Core) -> Result<(), String> {
        for (key, row) in self.unfinished() {
            let stored = (&row.spec, &row.state(), row.number());
            let held = core.job(key).map(|job| (&job.spec, &job.state, job.attempts));
            if held != Some(stored) {
                return Err(format!("{key:?} is stored as {stored:?}, held as {held:?}"));
            }
        }
        if core.unfinished() != self.unfinished.len() {
            return Err(format!("{} jobs are held", core.unfinished()));
        }
        for (key, row) in &self.queues {
            let stored = self.queue_in_use(*key).then_some(&row.settings);
            if core.queue(*key).map(|queue| &queue.settings) != stored {
                return Err(format!("{key:?} is stored as {stored:?}, held as {:?}", core.queue(*key)));
            }
        }
        for (key, row) in &self.environments {
            let stored = self.environment_in_use(*key).then_some((&row.settings, row.deleted));
            let held = core.environment(*key).map(|held| (&held.settings, held.deleted));
            if held != stored {
                return Err(format!("{key:?} is stored as {stored:?}, held as {held:?}"));
            }
        }
        Ok(())
    }
}

/// Whether a job may go from one state to the other (rules JOB-031, JOB-033 to JOB-040). An executor that comes
/// back with an end skips RUNNING.
fn follows(from: JobStatus, to: JobStatus) -> bool {
    use JobStatus::{Failed, Pending, Runnable, Running, Starting, Submitted, Succeeded};
    match from {
        Submitted | Pending => to == Runnable,
        Runnable => matches!(to, Starting | Failed),
        Starting => matches!(to, Running | Runnable | Succeeded | Failed),
        Running => matches!(to, Runnable | Succeeded | Failed),
        Succeeded | Failed => false,
    }
}
