//! Attempts that run: what executors report about them, and what follows.
//!
//! A job runs as one task, or as one for each of its nodes. Its main task (the only one, or that of the main
//! node) is its attempt: it starts first and decides how the attempt ends (rules JOB-143 to JOB-146).

use std::sync::Arc;

use super::Core;
use super::capacity::Resources;
use super::effect::{Effect, Outcome, Reason, Signal};
use super::event::Report;
use super::id::{AttemptId, EnvironmentKey, JobKey, Millis};
use super::job::{State, status};
use super::retry::Failure;
use super::spec::JobSpec;
use super::stop::GRACE_SECONDS;
use crate::api::job::JobStatus;

/// The status reason of an attempt whose main process ended by itself.
pub const EXITED: &str = "Essential container in task exited";
/// The status reason of an attempt that could not be started.
pub const NOT_STARTED: &str = "Task failed to start";
/// The status reason of an attempt that ran too long (rule JOB-085).
pub const TIMED_OUT: &str = "Job attempt duration exceeded timeout";
/// The status reason of an attempt whose host is gone; begins as in the cloud, so that `onStatusReason` patterns
/// such as `Host EC2*` hold here too (rule OPS-237).
pub const HOST_LOST: &str = "Host EC2 (instance i-00000000000000000) terminated.";
/// The status reason of a node that was stopped because the main node had ended.
pub const MAIN_ENDED: &str = "The main node ended.";

/// A present attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Where it was placed.
    pub environment: EnvironmentKey,
    /// When it was placed; nothing of it can be earlier.
    pub placed: Millis,
    /// Set once it is being stopped.
    pub stop: Option<Stop>,
    /// When it is to be stopped because its host is replaced.
    pub leaves: Option<Millis>,
    /// What runs: one task, or one for each node.
    pub tasks: Vec<Task>,
    /// How the main task ended, while the others are still being stopped.
    pub end: Option<End>,
}

/// A part of an attempt that runs by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Where it stands.
    pub state: TaskState,
    /// The numbers of its GPUs, once it is launched.
    pub gpus: Vec<u32>,
}

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    /// It is launched once the main task runs.
    Waiting,
    /// Its process is being started.
    Starting,
    /// Its process runs since then.
    Running(Millis),
    /// It is over.
    Ended,
    /// It was never launched and will not be, since the attempt is being stopped.
    Skipped,
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
    /// Its host is replaced; to the job that is a failure like any other (rule CEQ-169).
    Replaced,
    /// Its main task has ended.
    MainEnded,
}

impl StopCause {
    fn reason(&self) -> &str {
        match self {
            Self::Terminated(reason) => reason,
            Self::TimedOut => TIMED_OUT,
            Self::Replaced => HOST_LOST,
            Self::MainEnded => MAIN_ENDED,
        }
    }

    /// Whether the job is over with it, whatever its retry strategy says (rules JOB-069, JOB-085).
    const fn is_final(&self) -> bool {
        matches!(self, Self::Terminated(_) | Self::TimedOut)
    }
}

/// The end of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// How it ended.
    pub outcome: Outcome,
    /// Whether another attempt would meet the same.
    pub permanent: bool,
    /// When.
    pub at: Millis,
}

fn lost(at: Millis) -> End {
    let outcome = Outcome { code: None, reason: HOST_LOST.into(), container_reason: None };
    End { outcome, permanent: false, at }
}

impl Task {
    /// Whether its process runs or is being started.
    pub fn is_live(&self) -> bool {
        matches!(self.state, TaskState::Starting | TaskState::Running(_))
    }
}

impl JobSpec {
    /// The index of the main task.
    pub fn main(&self) -> usize {
        self.nodes.as_ref().map_or(0, |nodes| nodes.main as usize)
    }

    /// What a task reserves.
    pub fn task_need(&self, task: usize) -> &Resources {
        self.nodes.as_ref().and_then(|nodes| nodes.needs.get(task)).unwrap_or(&self.need)
    }

    /// The key of a task of `job`: the node's, or the job's own.
    pub fn task_key(&self, job: JobKey, task: usize) -> JobKey {
        let index = u32::try_from(task).expect("a job has at most 1,000 nodes");
        if self.nodes.is_some() { job.member(index) } else { job }
    }
}

impl Core {
    pub(super) fn on_report(
        &mut self,
        now: Millis,
        attempt: AttemptId,
        report: Report,
        out: &mut Vec<Effect>,
    ) {
        let task = self.find_task(attempt);
        let end = match report {
            Report::Started { at } => {
                if let Some((job, task)) = task {
                    self.on_started(now, job, task, at, out);
                }
                return;
            }
            Report::Unknown => {
                if let Some((job, task)) = task {
                    self.on_unknown(now, job, task, out);
                }
                return;
            }
            Report::Exited { code, at } => {
                let outcome = Outcome { code: Some(code), reason: EXITED.into(), container_reason: None };
                End { outcome, permanent: false, at: at.min(now) }
            }
            Report::NotStarted { reason, permanent, at } => {
                let container_reason = Some(format!("CannotStartContainerError: {reason}"));
                let outcome = Outcome { code: None, reason: NOT_STARTED.into(), container_reason };
                End { outcome, permanent, at: at.min(now) }
            }
            Report::Lost { at } => lost(at.min(now)),
        };
        if let Some((job, task)) = task {
            self.end_task(now, job, task, end, out);
        }
        out.push(Effect::Settle { attempt });
    }

    /// The job and the index of the task that an attempt is, if it is present and not over.
    fn find_task(&self, attempt: AttemptId) -> Option<(JobKey, usize)> {
        let (key, task) = match self.jobs.get(&attempt.job) {
            Some(job) if job.spec.nodes.is_none() => (attempt.job, 0),
            Some(_) => return None,
            None => {
                let job = *self.gangs.range(..attempt.job).next_back()?;
                (job, attempt.job.index_in(job) as usize)
            }
        };
        let job = self.jobs.get(&key).filter(|job| job.attempts == attempt.number)?;
        job.state.run()?.tasks.get(task)?.is_live().then_some((key, task))
    }

    /// The executor has a clock of its own; its times are kept within what is possible, so that no time-out comes
    /// early (rule JOB-082) and no end before its beginning.
    fn on_started(&mut self, now: Millis, key: JobKey, task: usize, at: Millis, out: &mut Vec<Effect>) {
        let job = self.jobs.get_mut(&key).expect("the caller has found the job");
        let spec = Arc::clone(&job.spec);
        let attempt = AttemptId { job: spec.task_key(key, task), number: job.attempts };
        let Some(run) = job.state.run_mut() else { return };
        if run.tasks[task].state != TaskState::Starting {
            return;
        }
        let at = at.min(now).max(run.placed);
        run.tasks[task].state = TaskState::Running(at);
        let is_stopping = run.stop.is_some();
        out.push(Effect::AttemptStarted { attempt, at });
        if task != spec.main() {
            status(attempt.job, JobStatus::Running, None, at, out);
            return;
        }
        job.state = match std::mem::replace(&mut job.state, State::Pending(0)) {
            State::Starting(run) => State::Running(run, at),
            other => other,
        };
        status(key, JobStatus::Running, None, at, out);
        if spec.nodes.is_some() {
            status(attempt.job, JobStatus::Running, None, at, out);
        }
        self.arm(key);
        if !is_stopping {
            self.launch_others(now, key, out);
        }
    }

    /// The main node runs, so the other nodes are launched (rules JOB-143, JOB-160).
    fn launch_others(&mut self, now: Millis, key: JobKey, out: &mut Vec<Effect>) {
        let tasks = self.jobs[&key].state.run().map_or(0, |run| run.tasks.len());
        for task in 0..tasks {
            self.launch_task(now, key, task, out);
        }
    }

    /// Launches a task that has not been launched yet.
    pub(super) fn launch_task(&mut self, now: Millis, key: JobKey, task: usize, out: &mut Vec<Effect>) {
        let job = self.jobs.get_mut(&key).expect("the caller has found the job");
        let spec = Arc::clone(&job.spec);
        let attempt = AttemptId { job: spec.task_key(key, task), number: job.attempts };
        let Some(run) = job.state.run_mut() else { return };
        let environment = run.environment;
        let Some(Task { state: state @ TaskState::Waiting, gpus }) = run.tasks.get_mut(task) else { return };
        *state = TaskState::Starting;
        // They have been reserved with everything else, so there are as many.
        *gpus = self.host.take_gpus(spec.task_need(task).gpus);
        if spec.nodes.is_some() {
            out.push(Effect::Made { job: attempt.job, parent: key });
            status(attempt.job, JobStatus::Starting, None, now, out);
        }
        out.push(Effect::AttemptPlaced { attempt, environment, gpus: gpus.clone(), at: now });
        out.push(Effect::Launch { attempt, environment });
    }

    /// The executor never got the launch: it is repeated, unless a start was seen before, which makes it a loss.
    fn on_unknown(&mut self, now: Millis, key: JobKey, task: usize, out: &mut Vec<Effect>) {
        let job = &self.jobs[&key];
        let Some(run) = job.state.run() else { return };
        if run.tasks[task].state == TaskState::Starting && run.stop.is_none() {
            let attempt = AttemptId { job: job.spec.task_key(key, task), number: job.attempts };
            out.push(Effect::Launch { attempt, environment: run.environment });
        } else {
            self.end_task(now, key, task, lost(now), out);
        }
    }

    fn end_task(&mut self, now: Millis, key: JobKey, task: usize, mut end: End, out: &mut Vec<Effect>) {
        let job = self.jobs.get_mut(&key).expect("the caller has found the job");
        let spec = Arc::clone(&job.spec);
        let attempt = AttemptId { job: spec.task_key(key, task), number: job.attempts };
        let Some(run) = job.state.run_mut() else { return };
        let since = match run.tasks[task].state {
            TaskState::Running(since) => since,
            TaskState::Waiting | TaskState::Starting | TaskState::Ended | TaskState::Skipped => run.placed,
        };
        end.at = end.at.max(since);
        run.tasks[task].state = TaskState::Ended;
        // A node that the main node's end finds at its own good end has not failed (rule JOB-162).
        let is_good = end.outcome.code == Some(0);
        let stop = run.stop.as_ref().filter(|stop| !is_good || stop.cause != StopCause::MainEnded);
        if let Some(stop) = stop {
            stop.cause.reason().clone_into(&mut end.outcome.reason);
        }
        let succeeded = is_good && stop.is_none();
        out.push(Effect::AttemptEnded { attempt, outcome: end.outcome.clone(), at: end.at });
        if spec.nodes.is_some() {
            let to = if succeeded { JobStatus::Succeeded } else { JobStatus::Failed };
            let reason = Reason::from(end.outcome.reason.as_str());
            status(attempt.job, to, Some(reason), end.at, out);
        }
        let is_main = task == spec.main();
        if is_main {
            run.end = Some(end);
        }
        let live = run.tasks.iter().any(Task::is_live);
        if is_main && live && run.stop.is_none() {
            self.stop(now, key, &StopCause::MainEnded, out);
        } else if !live {
            self.end_attempt(key, out);
        }
    }

    /// Everything of an attempt is over: the main task's end is the attempt's.
    fn end_attempt(&mut self, key: JobKey, out: &mut Vec<Effect>) {
        self.disarm(key);
        let job = &self.jobs[&key];
        let Some(run) = job.state.run() else { return };
        // Without one the main task was never there to end: it was stopped before its launch was known to have failed.
        let End { outcome, permanent, at } = run.end.clone().unwrap_or_else(|| lost(run.placed));
        let cause = run.stop.as_ref().map(|stop| &stop.cause);
        let is_stopped = cause.is_some_and(|cause| *cause != StopCause::MainEnded);
        let failure = Failure {
            number: job.attempts,
            code: outcome.code,
            status_reason: &outcome.reason,
            reason: outcome.container_reason.as_deref().unwrap_or_default(),
        };
        let succeeded = !is_stopped && outcome.code == Some(0);
        let is_final = permanent || cause.is_some_and(StopCause::is_final);
        let again = !succeeded && !is_final && job.spec.retry.again(&failure);
        let reason = match cause {
            Some(StopCause::Terminated(words)) => Reason::from(words.as_str()),
            _ => Reason::from(outcome.reason.as_str()),
        };
        self.release(at, key, out);
        match (succeeded, again) {
            (true, _) => self.finish(at, key, JobStatus::Succeeded, Some(reason), out),
            (false, true) => self.requeue(at, key, out),
            (false, false) => self.finish(at, key, JobStatus::Failed, Some(reason), out),
        }
    }

    /// Begins to stop everything of an attempt (rule JOB-081), unless that was begun before.
    pub(super) fn stop(&mut self, now: Millis, key: JobKey, cause: &StopCause, out: &mut Vec<Effect>) {
        self.disarm(key);
        let Some(job) = self.jobs.get_mut(&key) else { return };
        let (spec, number) = (Arc::clone(&job.spec), job.attempts);
        let Some(run) = job.state.run_mut() else { return };
        let kill_at = match &run.stop {
            None => now.plus_seconds(GRACE_SECONDS),
            // The main node has failed, and now somebody does not want the job to be tried again.
            Some(stop) if stop.cause == StopCause::MainEnded && is_failed(run.end.as_ref()) => stop.kill_at,
            // The same, while its host is replaced (rule JOB-069).
            Some(stop) if stop.cause == StopCause::Replaced && cause.is_final() => stop.kill_at,
            Some(_) => return self.arm(key),
        };
        let was_stopping = run.stop.replace(Stop { cause: cause.clone(), kill_at }).is_some();
        for (index, task) in run.tasks.iter_mut().enumerate() {
            if task.state == TaskState::Waiting {
                task.state = TaskState::Skipped;
            }
            let attempt = AttemptId { job: spec.task_key(key, index), number };
            if task.is_live() {
                out.push(Effect::AttemptStopping { attempt, cause: cause.clone(), kill_at });
                if !was_stopping {
                    out.push(Effect::Signal { attempt, signal: Signal::Terminate });
                }
            }
        }
        self.arm(key);
    }

    /// The host of an attempt is to be replaced then.
    pub(super) fn leave_at(&mut self, key: JobKey, at: Millis, out: &mut Vec<Effect>) {
        self.disarm(key);
        if let Some(job) = self.jobs.get_mut(&key) {
            let attempt = AttemptId { job: job.spec.task_key(key, job.spec.main()), number: job.attempts };
            if let Some(run) = job.state.run_mut() {
                run.leaves = Some(at);
                out.push(Effect::AttemptLeaves { attempt, at });
            }
        }
        self.arm(key);
    }
}

fn is_failed(end: Option<&End>) -> bool {
    end.is_some_and(|end| end.outcome.code != Some(0))
}
