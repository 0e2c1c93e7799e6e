//! What ends jobs from outside: cancel, terminate, time-outs, the actions of a queue.

use super::array::Target;
use super::effect::{Call, Effect, Reason, Signal};
use super::id::{AttemptId, JobKey, Millis};
use super::job::{State, Waiting};
use super::run::StopCause;
use super::{Core, Job};
use crate::api::job::JobStatus;

/// How long a job may take to end after SIGTERM, before SIGKILL (rule JOB-081).
pub const GRACE_SECONDS: i64 = 30;

impl Core {
    pub(super) fn on_refused(&mut self, now: Millis, key: JobKey, reason: &Reason, out: &mut Vec<Effect>) {
        match self.target(key) {
            Some(Target::Array) => {
                // Children that wait for nothing are jobs of their own already.
                let made: Vec<_> = self.arrays[&key].made().map(|index| key.member(index)).collect();
                self.fail_array(now, key, reason, out);
                for child in made {
                    self.finish(now, child, JobStatus::Failed, Some(reason.clone()), out);
                }
            }
            Some(Target::Job) => self.finish(now, key, JobStatus::Failed, Some(reason.clone()), out),
            None => {}
        }
    }

    pub(super) fn on_cancel(&mut self, now: Millis, key: JobKey, reason: &Reason, out: &mut Vec<Effect>) {
        match self.target(key) {
            Some(Target::Array) => self.end_children(now, key, Call::Cancel, reason, out),
            Some(Target::Job) if self.jobs[&key].state.run().is_none() => {
                self.end_by(now, key, Call::Cancel, reason.clone(), out);
            }
            Some(Target::Job) | None => {}
        }
    }

    pub(super) fn on_terminate(&mut self, now: Millis, key: JobKey, reason: &Reason, out: &mut Vec<Effect>) {
        match self.target(key) {
            Some(Target::Array) => self.end_children(now, key, Call::Terminate, reason, out),
            Some(Target::Job) if self.jobs[&key].state.run().is_none() => {
                self.end_by(now, key, Call::Terminate, reason.clone(), out);
            }
            Some(Target::Job) => {
                out.push(Effect::Called { job: key, call: Call::Terminate });
                let Reason::Text(words) = reason else { return };
                self.stop(now, key, &StopCause::Terminated(words.to_string()), out);
            }
            None => {}
        }
    }

    /// Ends a job that does not run.
    fn end_by(&mut self, now: Millis, key: JobKey, call: Call, reason: Reason, out: &mut Vec<Effect>) {
        self.tell(key, out);
        out.push(Effect::Called { job: key, call });
        self.finish(now, key, JobStatus::Failed, Some(reason), out);
    }

    /// All children, those that are no jobs of their own first (rule JOB-117).
    fn end_children(&mut self, now: Millis, key: JobKey, call: Call, reason: &Reason, out: &mut Vec<Effect>) {
        out.push(Effect::Called { job: key, call });
        let array = self.arrays.get_mut(&key).expect("the caller has seen the array");
        array.reason.get_or_insert_with(|| reason.clone());
        let made: Vec<_> = array.made().map(|index| key.member(index)).collect();
        self.fail_rest(now, key, reason, Some(call), out);
        for child in made {
            match call {
                Call::Cancel => self.on_cancel(now, child, reason, out),
                Call::Terminate => self.on_terminate(now, child, reason, out),
            }
        }
    }

    pub(super) fn on_wake(&mut self, now: Millis, out: &mut Vec<Effect>) {
        while let Some((at, key)) = self.timers.first().copied().filter(|(at, _)| *at <= now) {
            self.timers.remove(&(at, key));
            if self.deadline(key) == Some(at) {
                self.on_deadline(now, at, key, out);
            }
        }
    }

    fn on_deadline(&mut self, now: Millis, at: Millis, key: JobKey, out: &mut Vec<Effect>) {
        let job = &self.jobs[&key];
        let Some(run) = job.state.run() else {
            if let State::Runnable(Waiting { blocked: Some((blocked, _)), .. }) = job.state {
                let words = format!("Canceled by JobStateTimeLimit action due to reason: {}", blocked.code());
                self.end_by(now, key, Call::Cancel, Reason::from(words.as_str()), out);
            }
            return;
        };
        if run.stop.is_some() {
            out.extend(job.signals(key, Signal::Kill));
        } else {
            // Of several reasons that are due by now, the first counts.
            let cause = if run.leaves == Some(at) { StopCause::Replaced } else { StopCause::TimedOut };
            self.stop(now, key, &cause, out);
        }
    }

    /// Asks again for every stop under way: whether the request went out before a crash is not known.
    pub fn resume_stops(&self, out: &mut Vec<Effect>) {
        for (key, job) in &self.jobs {
            if job.state.run().is_some_and(|run| run.stop.is_some()) {
                out.extend(job.signals(*key, Signal::Terminate));
            }
        }
    }

    /// When to look at a job next: the end of its grace or of its time, or when its queue has had enough of it.
    fn deadline(&self, key: JobKey) -> Option<Millis> {
        let job = self.jobs.get(&key)?;
        match &job.state {
            State::Pending(_) => None,
            State::Runnable(waiting) => {
                let (blocked, since) = waiting.blocked?;
                let limits = &self.queues.get(&job.spec.queue)?.settings.limits;
                let seconds =
                    limits.iter().filter(|limit| limit.blocked == blocked).map(|limit| limit.seconds);
                seconds.min().map(|seconds| since.plus_seconds(seconds))
            }
            State::Starting(run) | State::Running(run, _) => {
                if let Some(stop) = &run.stop {
                    return Some(stop.kill_at);
                }
                let of_time = match (&job.state, job.spec.timeout_seconds) {
                    (State::Running(_, started), Some(seconds)) => Some(started.plus_seconds(seconds)),
                    _ => None,
                };
                [of_time, run.leaves].into_iter().flatten().min()
            }
        }
    }

    /// Every moment of a job's own, before what it follows from changes.
    pub(super) fn disarm(&mut self, key: JobKey) {
        if let Some(at) = self.deadline(key) {
            self.timers.remove(&(at, key));
        }
    }

    /// The same again, after it has changed.
    pub(super) fn arm(&mut self, key: JobKey) {
        if let Some(at) = self.deadline(key) {
            self.timers.insert((at, key));
        }
    }
}

impl Job {
    /// A signal to everything of its attempt that runs or is being started.
    fn signals(&self, key: JobKey, signal: Signal) -> impl Iterator<Item = Effect> {
        let tasks = self.state.run().into_iter().flat_map(|run| run.tasks.iter().enumerate());
        tasks.filter(|(_, task)| task.is_live()).map(move |(index, _)| {
            let attempt = AttemptId { job: self.spec.task_key(key, index), number: self.attempts };
            Effect::Signal { attempt, signal }
        })
    }
}
