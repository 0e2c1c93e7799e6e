//! The referee's view of attempts: reports, ends, retries, stops and what time brings.

use super::{Act, JobKey, Referee, Why};
use crate::api::job::JobStatus;
use crate::engine::core::{AttemptId, Call, EnvironmentKey, Millis, Outcome, Report, Retry, Stop, StopCause};

const EXITED: &str = "Essential container in task exited";
const NOT_STARTED: &str = "Task failed to start";
const TIMED_OUT: &str = "Job attempt duration exceeded timeout";
const HOST_LOST: &str = "Host EC2 (instance i-00000000000000000) terminated.";
const MAIN_ENDED: &str = "The main node ended.";

/// A present attempt.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) environment: EnvironmentKey,
    pub(super) placed: Millis,
    pub(super) stop: Option<Stop>,
    pub(super) is_killed: bool,
    pub(super) leaves: Option<Millis>,
    pub(super) tasks: Vec<Task>,
}

/// The only process of an attempt, or a node.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Task {
    NotYet,
    Sent,
    Up(Millis),
    Over {
        outcome: Outcome,
        permanent: bool,
        at: Millis,
    },
    /// It was stopped before it was launched.
    Never,
}

impl Task {
    pub(super) fn is_live(&self) -> bool {
        matches!(self, Self::Sent | Self::Up(_))
    }
}

fn outcome(code: Option<i32>, reason: &str, container_reason: Option<String>) -> Outcome {
    Outcome { code, reason: reason.to_owned(), container_reason }
}

impl Referee {
    /// The job, and which task of it an attempt is, if that is present and not over.
    fn live_task(&self, attempt: AttemptId) -> Option<(JobKey, usize)> {
        let (key, task) = match self.nodes.get(&attempt.job) {
            Some((job, index)) => (*job, *index),
            None => (attempt.job, 0),
        };
        let job = self.jobs.get(&key)?;
        let is_whole = job.spec.nodes.is_some() && attempt.job == key;
        let run = job.run.as_ref().filter(|_| !is_whole && job.attempts == attempt.number)?;
        run.tasks[task].is_live().then_some((key, task))
    }

    pub(super) fn report(&mut self, now: Millis, attempt: AttemptId, report: &Report) {
        let found = self.live_task(attempt);
        let (outcome, permanent, at) = match report {
            Report::Started { at } => {
                if let Some((key, task)) = found {
                    self.started(now, key, task, *at);
                }
                return;
            }
            Report::Unknown => {
                let Some((key, task)) = found else { return };
                let run = self.jobs[&key].run.as_ref().expect("it runs");
                if run.tasks[task] == Task::Sent && run.stop.is_none() {
                    self.acts.push(Act::Launch(attempt));
                } else {
                    self.task_ended(now, (key, task), outcome(None, HOST_LOST, None), false, now);
                }
                return;
            }
            Report::Exited { code, at } => (outcome(Some(*code), EXITED, None), false, *at),
            Report::NotStarted { reason, permanent, at } => {
                let container_reason = Some(format!("CannotStartContainerError: {reason}"));
                (outcome(None, NOT_STARTED, container_reason), *permanent, *at)
            }
            Report::Lost { at } => (outcome(None, HOST_LOST, None), false, *at),
        };
        self.acts.push(Act::Settle(attempt));
        if let Some(found) = found {
            self.task_ended(now, found, outcome, permanent, at);
        }
    }

    fn started(&mut self, now: Millis, key: JobKey, task: usize, at: Millis) {
        let job = self.jobs.get_mut(&key).expect("it is there");
        let run = job.run.as_mut().expect("it runs");
        if run.tasks[task] != Task::Sent {
            return;
        }
        // Not in the future, and not before it was placed.
        run.tasks[task] = Task::Up(at.min(now).max(run.placed));
        self.touched.insert(key);
        let (main, is_stopping) =
            (job.spec.nodes.as_ref().map_or(0, |nodes| nodes.main as usize), run.stop.is_some());
        if job.spec.nodes.is_some() {
            job.nodes[task] = (JobStatus::Running, Why::Nothing);
        }
        if task == main {
            job.status = JobStatus::Running;
            let others = run.tasks.len();
            for other in (0..others).filter(|_| !is_stopping) {
                self.launch(key, other);
            }
        }
    }

    /// A task is launched that was not yet.
    pub(super) fn launch(&mut self, key: JobKey, task: usize) {
        let job = self.jobs.get_mut(&key).expect("it is there");
        let run = job.run.as_mut().expect("it runs");
        if run.tasks[task] == Task::NotYet {
            run.tasks[task] = Task::Sent;
            if job.spec.nodes.is_some() {
                job.nodes[task] = (JobStatus::Starting, Why::Nothing);
            }
            self.touched.insert(key);
            let attempt = self.attempt(key, task);
            self.acts.push(Act::Launch(attempt));
        }
    }

    fn task_ended(
        &mut self,
        now: Millis,
        (key, task): (JobKey, usize),
        mut outcome: Outcome,
        permanent: bool,
        at: Millis,
    ) {
        let job = self.jobs.get_mut(&key).expect("it is there");
        let run = job.run.as_mut().expect("it runs");
        let begin = if let Task::Up(since) = run.tasks[task] { since } else { run.placed };
        let at = at.min(now).max(begin);
        // By its own exit code, unless somebody else than the main node has ended it.
        let is_good = outcome.code == Some(0);
        let stop = run.stop.as_ref().filter(|stop| !is_good || stop.cause != StopCause::MainEnded);
        if let Some(stop) = stop {
            outcome.reason = match &stop.cause {
                StopCause::Terminated(words) => words.clone(),
                StopCause::TimedOut => TIMED_OUT.to_owned(),
                StopCause::Replaced => HOST_LOST.to_owned(),
                StopCause::MainEnded => MAIN_ENDED.to_owned(),
            };
        }
        if job.spec.nodes.is_some() {
            let succeeded = is_good && stop.is_none();
            let status = if succeeded { JobStatus::Succeeded } else { JobStatus::Failed };
            job.nodes[task] = (status, Why::Words(outcome.reason.clone()));
        }
        run.tasks[task] = Task::Over { outcome, permanent, at };
        self.touched.insert(key);
        let main = job.spec.nodes.as_ref().map_or(0, |nodes| nodes.main as usize);
        if !run.tasks.iter().any(Task::is_live) {
            self.attempt_ended(key, main);
        } else if task == main {
            self.stop(now, key, &StopCause::MainEnded);
        }
    }

    /// Nothing of it runs any more, and the main task has said how it ended.
    fn attempt_ended(&mut self, key: JobKey, main: usize) {
        let job = self.jobs.get_mut(&key).expect("it is there");
        let run = job.run.take().expect("it ran");
        let Task::Over { outcome, permanent, at } = &run.tasks[main] else {
            panic!("the main task of {key:?} runs")
        };
        let cause = run.stop.map(|stop| stop.cause);
        let from_outside = cause.as_ref().filter(|cause| **cause != StopCause::MainEnded);
        let succeeded = outcome.code == Some(0) && from_outside.is_none();
        let is_final =
            *permanent || matches!(from_outside, Some(StopCause::Terminated(_) | StopCause::TimedOut));
        let words = match from_outside {
            Some(StopCause::Terminated(words)) => words.clone(),
            _ => outcome.reason.clone(),
        };
        let again = !succeeded && !is_final && may_try_again(&job.spec.retry, job.attempts, outcome);
        let (queue, share) = (job.spec.queue, job.spec.share.clone());
        if let Some(environment) = self.environments.get_mut(&run.environment) {
            environment.floor = 0;
        }
        let running = self.running_of(queue, &share);
        let ledger = self.queues.get_mut(&queue).and_then(|queue| queue.shares.get_mut(&share));
        ledger.expect("a share with jobs is known").note(*at, running);
        if again {
            self.retried += 1;
            let turn = -self.retried;
            let job = self.jobs.get_mut(&key).expect("it is there");
            (job.status, job.why, job.turn) = (JobStatus::Runnable, Why::Nothing, turn);
            job.nodes.iter_mut().for_each(|node| *node = (JobStatus::Runnable, Why::Nothing));
        } else {
            let to = if succeeded { JobStatus::Succeeded } else { JobStatus::Failed };
            self.end(*at, key, to, Why::Words(words));
        }
    }

    /// Everything of an attempt is asked to end, once.
    pub(super) fn stop(&mut self, now: Millis, key: JobKey, cause: &StopCause) {
        let job = self.jobs.get_mut(&key).expect("it is there");
        let main = job.spec.nodes.as_ref().map_or(0, |nodes| nodes.main as usize);
        let Some(run) = job.run.as_mut() else { return };
        self.touched.insert(key);
        if let Some(stop) = &mut run.stop {
            let has_failed =
                matches!(&run.tasks[main], Task::Over { outcome, .. } if outcome.code != Some(0));
            let is_replaced_only =
                stop.cause == StopCause::Replaced && matches!(cause, StopCause::Terminated(_));
            if is_replaced_only || (stop.cause == StopCause::MainEnded && has_failed) {
                // Now it is known why there may be no other attempt.
                stop.cause = cause.clone();
            }
            return;
        }
        run.stop = Some(Stop { cause: cause.clone(), kill_at: now.plus_seconds(30) });
        let mut live = Vec::new();
        for (index, task) in run.tasks.iter_mut().enumerate() {
            if *task == Task::NotYet {
                *task = Task::Never;
            } else if task.is_live() {
                live.push(index);
            }
        }
        let acts: Vec<_> = live.into_iter().map(|index| Act::Terminate(self.attempt(key, index))).collect();
        self.acts.extend(acts);
    }

    /// What is due by now.
    pub(super) fn wake(&mut self, now: Millis) {
        for key in self.open.clone() {
            match self.due(key) {
                Some((at, due)) if at <= now => self.act_on(now, key, due),
                _ => {}
            }
        }
    }

    fn act_on(&mut self, now: Millis, key: JobKey, due: Due) {
        match due {
            Due::Kill => {
                let run = self.jobs.get_mut(&key).and_then(|job| job.run.as_mut()).expect("it runs");
                run.is_killed = true;
                let live =
                    run.tasks.iter().enumerate().filter(|(_, task)| task.is_live()).map(|(index, _)| index);
                let live: Vec<_> = live.collect();
                let acts: Vec<_> =
                    live.into_iter().map(|index| Act::Kill(self.attempt(key, index))).collect();
                self.acts.extend(acts);
            }
            Due::TimedOut => self.stop(now, key, &StopCause::TimedOut),
            Due::Leaves => self.stop(now, key, &StopCause::Replaced),
            Due::Limit(code) => {
                self.jobs.get_mut(&key).expect("it is there").called = Some(Call::Cancel);
                let words = format!("Canceled by JobStateTimeLimit action due to reason: {code}");
                self.end(now, key, JobStatus::Failed, Why::Words(words));
            }
        }
    }

    /// What is to be done about a job next, and when.
    fn due(&self, key: JobKey) -> Option<(Millis, Due)> {
        let job = &self.jobs[&key];
        let Some(run) = &job.run else {
            let (reason, since) = job.blocked.as_ref()?;
            let code = reason.split(" - ").next()?.to_owned();
            let limits = self.queues[&job.spec.queue].settings.limits.iter();
            let seconds =
                limits.filter(|limit| limit.blocked.code() == code).map(|limit| limit.seconds).min()?;
            return Some((since.plus_seconds(seconds), Due::Limit(code)));
        };
        if let Some(stop) = &run.stop {
            return (!run.is_killed).then_some((stop.kill_at, Due::Kill));
        }
        let main = job.spec.nodes.as_ref().map_or(0, |nodes| nodes.main as usize);
        let timed_out = match (&run.tasks[main], job.spec.timeout_seconds) {
            (Task::Up(since), Some(seconds)) => Some((since.plus_seconds(seconds), Due::TimedOut)),
            _ => None,
        };
        let leaves = run.leaves.map(|at| (at, Due::Leaves));
        leaves.into_iter().chain(timed_out).min_by_key(|(at, _)| *at)
    }

    /// When something is to be done next.
    pub(in super::super) fn next_due(&self) -> Option<Millis> {
        self.open.iter().filter_map(|key| self.due(*key)).map(|(at, _)| at).min()
    }
}

/// What time brings.
#[derive(Debug)]
enum Due {
    Kill,
    TimedOut,
    Leaves,
    Limit(String),
}

/// The first condition that matches decides, and none means yes; but never beyond the number of attempts.
fn may_try_again(retry: &Retry, attempt: u32, outcome: &Outcome) -> bool {
    let fits = |pattern: &Option<String>, text: &str| match pattern {
        None => true,
        Some(pattern) if pattern.ends_with('*') => text.starts_with(&pattern[..pattern.len() - 1]),
        Some(pattern) => pattern == text,
    };
    if attempt >= retry.attempts {
        return false;
    }
    for rule in &retry.rules {
        let code = outcome.code.map_or(String::new(), |code| code.to_string());
        let reason = outcome.container_reason.clone().unwrap_or_default();
        if fits(&rule.on_exit_code, &code)
            && fits(&rule.on_reason, &reason)
            && fits(&rule.on_status_reason, &outcome.reason)
        {
            return rule.retry;
        }
    }
    true
}
