//! Jobs: their states, and every change of state as a function named after what happened.

use super::Core;
use super::capacity::Resources;
use super::effect::{Effect, Outcome, Signal};
use super::event::Report;
use super::id::{AttemptId, EnvironmentKey, JobKey, Millis, QueueKey};
use super::place::Blocked;
use super::retry::{Failure, Retry};
use crate::api::job::JobStatus;

/// How long a job may take to end after SIGTERM, before SIGKILL (rule JOB-081).
pub const GRACE_SECONDS: i64 = 30;
/// The status reason of an attempt whose main process ended by itself.
pub const EXITED: &str = "Essential container in task exited";
/// The status reason of an attempt that could not be started.
pub const NOT_STARTED: &str = "Task failed to start";
/// The status reason of an attempt that ran too long (rule JOB-085).
pub const TIMED_OUT: &str = "Job attempt duration exceeded timeout";
/// The status reason of an attempt whose host is gone; begins as in the cloud, so that `onStatusReason` patterns
/// such as `Host EC2*` hold here too (rule OPS-237).
pub const HOST_LOST: &str = "Host EC2 (instance i-00000000000000000) terminated.";

/// What a job needs, fixed when it is submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobSpec {
    /// Its queue.
    pub queue: QueueKey,
    /// What it reserves while it runs.
    pub need: Resources,
    /// When to run it again.
    pub retry: Retry,
    /// The longest an attempt may run, in seconds.
    pub timeout_seconds: Option<i64>,
}

/// An unfinished job.
#[derive(Debug, Clone)]
pub struct Job {
    /// What it needs.
    pub spec: JobSpec,
    /// Where it stands.
    pub state: State,
    /// How many attempts it has had, the present one included.
    pub attempts: u32,
}

/// Where an unfinished job stands. Each variant carries exactly what that state has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Waits in its queue for room.
    Runnable {
        /// Its place; lower is earlier.
        position: i64,
        /// Why it cannot start, where that is known and lasting.
        blocked: Option<Blocked>,
    },
    /// Placed; its process is being started.
    Starting(Run),
    /// Its process runs.
    Running(Run, Millis),
}

/// A present attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Where it was placed.
    pub environment: EnvironmentKey,
    /// When it was placed; nothing of it can be earlier.
    pub placed: Millis,
    /// Set once it is being stopped.
    pub stop: Option<Stop>,
}

/// A stop under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Why.
    pub cause: StopCause,
    /// When its grace ends.
    pub kill_at: Millis,
}

/// Why an attempt is stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StopCause {
    /// TerminateJob, in the caller's words.
    Terminated(String),
    /// It ran longer than its time-out.
    TimedOut,
}

impl StopCause {
    fn reason(&self) -> &str {
        match self {
            Self::Terminated(reason) => reason,
            Self::TimedOut => TIMED_OUT,
        }
    }
}

impl Job {
    /// The present attempt, if there is one.
    pub fn run(&self) -> Option<&Run> {
        match &self.state {
            State::Runnable { .. } => None,
            State::Starting(run) | State::Running(run, _) => Some(run),
        }
    }

    fn run_mut(&mut self) -> Option<&mut Run> {
        match &mut self.state {
            State::Runnable { .. } => None,
            State::Starting(run) | State::Running(run, _) => Some(run),
        }
    }

    /// When to look at it next: the end of its grace, or of its time.
    fn deadline(&self) -> Option<Millis> {
        match (&self.run()?.stop, &self.state, self.spec.timeout_seconds) {
            (Some(stop), _, _) => Some(stop.kill_at),
            (None, State::Running(_, started), Some(seconds)) => Some(started.plus_seconds(seconds)),
            (None, State::Runnable { .. } | State::Starting(_) | State::Running(..), _) => None,
        }
    }
}

impl Core {
    pub(super) fn on_submitted(&mut self, now: Millis, key: JobKey, spec: JobSpec, out: &mut Vec<Effect>) {
        let position = i64::try_from(key.0).expect("the store's row keys are positive 64-bit integers");
        let queue = spec.queue;
        let state = State::Runnable { position, blocked: None };
        self.adopt(key, Job { spec, state, attempts: 0 });
        self.enqueue(key, queue, position);
        status(key, JobStatus::Runnable, None, now, out);
    }

    /// Takes in an unfinished job as it was stored, at start-up.
    pub fn restore(&mut self, key: JobKey, job: Job) {
        match &job.state {
            State::Runnable { position, .. } => self.enqueue(key, job.spec.queue, *position),
            State::Starting(run) | State::Running(run, _) => self.reserve(run.environment, &job.spec.need),
        }
        self.adopt(key, job);
        self.arm(key);
    }

    /// Asks again for every stop under way: whether the request went out before a crash is not known.
    pub fn resume_stops(&self, out: &mut Vec<Effect>) {
        for (key, job) in &self.jobs {
            if job.run().is_some_and(|run| run.stop.is_some()) {
                let attempt = AttemptId { job: *key, number: job.attempts };
                out.push(Effect::Signal { attempt, signal: Signal::Terminate });
            }
        }
    }

    fn adopt(&mut self, key: JobKey, job: Job) {
        if let Some(queue) = self.queues.get_mut(&job.spec.queue) {
            queue.unfinished += 1;
        }
        self.jobs.insert(key, job);
    }

    pub(super) fn on_cancel(&mut self, now: Millis, key: JobKey, reason: String, out: &mut Vec<Effect>) {
        if matches!(self.jobs.get(&key).map(|job| &job.state), Some(State::Runnable { .. })) {
            self.finish(now, key, JobStatus::Failed, reason, out);
        }
    }

    pub(super) fn on_terminate(&mut self, now: Millis, key: JobKey, reason: String, out: &mut Vec<Effect>) {
        match self.jobs.get(&key).map(Job::run) {
            None => {}
            Some(None) => self.finish(now, key, JobStatus::Failed, reason, out),
            Some(Some(_)) => self.stop(now, key, StopCause::Terminated(reason), out),
        }
    }

    pub(super) fn on_wake(&mut self, now: Millis, out: &mut Vec<Effect>) {
        while let Some((at, key)) = self.timers.first().copied().filter(|(at, _)| *at <= now) {
            self.timers.remove(&(at, key));
            let Some(job) = self.jobs.get(&key).filter(|job| job.deadline() == Some(at)) else { continue };
            let attempt = AttemptId { job: key, number: job.attempts };
            match job.run() {
                Some(Run { stop: Some(_), .. }) => out.push(Effect::Signal { attempt, signal: Signal::Kill }),
                Some(Run { stop: None, .. }) => self.stop(now, key, StopCause::TimedOut, out),
                None => {}
            }
        }
    }

    pub(super) fn on_report(
        &mut self,
        now: Millis,
        attempt: AttemptId,
        report: Report,
        out: &mut Vec<Effect>,
    ) {
        let present = |job: &&Job| job.run().is_some() && job.attempts == attempt.number;
        let known = self.jobs.get(&attempt.job).filter(present).is_some();
        match report {
            Report::Started { at } if known => self.on_started(now, attempt, at, out),
            Report::Unknown if known => self.on_unknown(now, attempt, out),
            Report::Started { .. } | Report::Unknown => {}
            Report::Exited { code, at } => {
                let outcome = Outcome { code: Some(code), reason: EXITED.into(), container_reason: None };
                self.on_ended(known, attempt, End { outcome, permanent: false, at: at.min(now) }, out);
            }
            Report::NotStarted { reason, permanent, at } => {
                let container_reason = Some(format!("CannotStartContainerError: {reason}"));
                let outcome = Outcome { code: None, reason: NOT_STARTED.into(), container_reason };
                self.on_ended(known, attempt, End { outcome, permanent, at: at.min(now) }, out);
            }
            Report::Lost { at } => self.on_ended(known, attempt, lost(at.min(now)), out),
        }
    }

    /// The executor has a clock of its own; its times are kept within what is possible, so that no time-out comes
    /// early (rule JOB-082) and no end before its beginning.
    fn on_started(&mut self, now: Millis, attempt: AttemptId, at: Millis, out: &mut Vec<Effect>) {
        let job = self.jobs.get_mut(&attempt.job).expect("the caller has seen the job");
        let State::Starting(run) = &job.state else { return };
        let at = at.min(now).max(run.placed);
        job.state = State::Running(run.clone(), at);
        out.push(Effect::AttemptStarted { attempt, at });
        status(attempt.job, JobStatus::Running, None, at, out);
        self.arm(attempt.job);
    }

    /// The executor never got the launch: it is repeated, unless a start was seen before, which makes it a loss.
    fn on_unknown(&mut self, now: Millis, attempt: AttemptId, out: &mut Vec<Effect>) {
        match &self.jobs[&attempt.job].state {
            State::Starting(Run { environment, stop: None, .. }) => {
                out.push(Effect::Launch { attempt, environment: *environment });
            }
            State::Starting(_) | State::Running(..) => self.on_ended(true, attempt, lost(now), out),
            State::Runnable { .. } => {}
        }
    }

    fn on_ended(&mut self, known: bool, attempt: AttemptId, end: End, out: &mut Vec<Effect>) {
        if known {
            self.end_attempt(attempt, end, out);
        }
        out.push(Effect::Settle { attempt });
    }

    fn end_attempt(&mut self, attempt: AttemptId, end: End, out: &mut Vec<Effect>) {
        let End { mut outcome, permanent, at } = end;
        self.disarm(attempt.job);
        let job = &self.jobs[&attempt.job];
        let run = job.run().expect("the caller has seen a present attempt").clone();
        let need = job.spec.need;
        let at = at.max(match &job.state {
            State::Running(_, started) => *started,
            State::Starting(_) | State::Runnable { .. } => run.placed,
        });
        if let Some(stop) = &run.stop {
            outcome.reason = stop.cause.reason().to_owned();
        }
        let failure = Failure {
            number: attempt.number,
            code: outcome.code,
            status_reason: &outcome.reason,
            reason: outcome.container_reason.as_deref().unwrap_or_default(),
        };
        let succeeded = run.stop.is_none() && outcome.code == Some(0);
        let again = !succeeded && !permanent && run.stop.is_none() && job.spec.retry.again(&failure);
        let reason = outcome.reason.clone();
        out.push(Effect::AttemptEnded { attempt, outcome, at });
        self.release(run.environment, &need);
        match (succeeded, again) {
            (true, _) => self.finish(at, attempt.job, JobStatus::Succeeded, reason, out),
            (false, true) => self.requeue(attempt.job, at, out),
            (false, false) => self.finish(at, attempt.job, JobStatus::Failed, reason, out),
        }
    }

    /// A failed attempt is followed by another: the job goes to the head of its queue (rules JOB-040, OPS-235).
    fn requeue(&mut self, key: JobKey, at: Millis, out: &mut Vec<Effect>) {
        let queue = self.jobs[&key].spec.queue;
        // The job that was first is no longer, so it does not block the queue any more.
        if let Some(head) = self.head_of(queue) {
            self.explain_head(head, None, out);
        }
        let position = self.queues.get(&queue).map_or(-1, super::Queue::head);
        let job = self.jobs.get_mut(&key).expect("the caller has seen the job");
        job.state = State::Runnable { position, blocked: None };
        self.enqueue(key, queue, position);
        out.push(Effect::Position { job: key, position });
        status(key, JobStatus::Runnable, None, at, out);
    }

    fn stop(&mut self, now: Millis, key: JobKey, cause: StopCause, out: &mut Vec<Effect>) {
        let Some(job) = self.jobs.get(&key) else { return };
        let attempt = AttemptId { job: key, number: job.attempts };
        if job.run().is_none_or(|run| run.stop.is_some()) {
            return;
        }
        self.disarm(key);
        let Some(run) = self.jobs.get_mut(&key).and_then(Job::run_mut) else { return };
        let kill_at = now.plus_seconds(GRACE_SECONDS);
        run.stop = Some(Stop { cause: cause.clone(), kill_at });
        out.push(Effect::AttemptStopping { attempt, cause, kill_at });
        out.push(Effect::Signal { attempt, signal: Signal::Terminate });
        self.arm(key);
    }

    fn finish(&mut self, at: Millis, key: JobKey, to: JobStatus, reason: String, out: &mut Vec<Effect>) {
        let Some(job) = self.jobs.remove(&key) else { return };
        self.changed = true;
        if let Some(queue) = self.queues.get_mut(&job.spec.queue) {
            queue.unfinished -= 1;
            if let State::Runnable { position, .. } = job.state {
                queue.waiting.remove(&position);
            }
        }
        self.forget_empty_queue(job.spec.queue);
        status(key, to, Some(reason), at, out);
    }

    fn disarm(&mut self, key: JobKey) {
        if let Some(at) = self.jobs.get(&key).and_then(Job::deadline) {
            self.timers.remove(&(at, key));
        }
    }

    fn arm(&mut self, key: JobKey) {
        if let Some(at) = self.jobs.get(&key).and_then(Job::deadline) {
            self.timers.insert((at, key));
        }
    }
}

/// The end of an attempt as the executor tells it.
struct End {
    outcome: Outcome,
    /// Whether another attempt would meet the same.
    permanent: bool,
    at: Millis,
}

fn lost(at: Millis) -> End {
    let outcome = Outcome { code: None, reason: HOST_LOST.into(), container_reason: None };
    End { outcome, permanent: false, at }
}

/// Says that a job is in another state.
pub(super) fn status(
    job: JobKey,
    status: JobStatus,
    reason: Option<String>,
    at: Millis,
    out: &mut Vec<Effect>,
) {
    out.push(Effect::Status { job, status, reason, at });
}
