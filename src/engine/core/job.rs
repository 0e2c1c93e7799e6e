//! Jobs: their states, and how they come in, wait again and finish.

use std::sync::Arc;

use super::Core;
use super::blocked::Blocked;
use super::effect::{Effect, Reason};
use super::id::{JobKey, Millis};
use super::queue::Entry;
use super::run::{Run, TaskState};
use super::spec::{JobSpec, Submission};
use crate::api::job::JobStatus;

/// An unfinished job: a job of its own, or a child of an array that something has happened to.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// What it needs.
    pub spec: Arc<JobSpec>,
    /// The array that it is a child of.
    pub parent: Option<JobKey>,
    /// Whether the shell knows of it; a child may be made here before anything durable happens to it.
    pub(super) is_told: bool,
    /// Where it stands.
    pub state: State,
    /// How many attempts it has had, the present one included.
    pub attempts: u32,
}

/// Where an unfinished job stands. Each variant carries exactly what that state has.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// Waits for so many other jobs.
    Pending(u32),
    /// Waits in its queue for room.
    Runnable(Waiting),
    /// Placed; its main process is being started.
    Starting(Box<Run>),
    /// Its main process runs, since then.
    Running(Box<Run>, Millis),
}

/// A job that waits for room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Its place in the queue; lower is earlier.
    pub position: i64,
    /// Since when.
    pub since: Millis,
    /// Why it cannot start and since when, where that is known and lasting.
    pub blocked: Option<(Blocked, Millis)>,
}

impl State {
    /// The present attempt, if there is one.
    pub fn run(&self) -> Option<&Run> {
        match self {
            Self::Pending(_) | Self::Runnable(_) => None,
            Self::Starting(run) | Self::Running(run, _) => Some(run),
        }
    }

    pub(super) fn run_mut(&mut self) -> Option<&mut Run> {
        match self {
            Self::Pending(_) | Self::Runnable(_) => None,
            Self::Starting(run) | Self::Running(run, _) => Some(run),
        }
    }
}

impl Core {
    pub(super) fn on_submitted(
        &mut self,
        now: Millis,
        key: JobKey,
        submission: Submission,
        out: &mut Vec<Effect>,
    ) {
        let Submission { spec, size, waits } = submission;
        let spec = Arc::new(spec);
        if let Some(queue) = self.queues.get_mut(&spec.queue) {
            // Another active share leaves the others more (rule CEQ-222), even if its job waits for something else.
            self.changed |= queue.count(now, &spec.share);
        }
        if let Some(size) = size {
            return self.submit_array(now, key, &spec, size, &waits, out);
        }
        let count = u32::try_from(waits.jobs.len()).expect("a job has at most 20 dependencies");
        self.adopt(key, Job { spec, parent: None, is_told: true, state: State::Pending(count), attempts: 0 });
        if let Some(failed) = waits.failed {
            self.finish(now, key, JobStatus::Failed, Some(Reason::Dependency(failed)), out);
        } else if count > 0 {
            self.wait_for(key, &waits.jobs);
            status(key, JobStatus::Pending, None, now, out);
        } else {
            self.make_runnable(now, key, position(key), out);
        }
    }

    /// Takes a job in.
    pub(super) fn adopt(&mut self, key: JobKey, job: Job) {
        if job.spec.nodes.is_some() {
            self.gangs.insert(key);
        }
        self.jobs.insert(key, job);
    }

    /// Nothing but room is missing now.
    pub(super) fn make_runnable(&mut self, at: Millis, key: JobKey, position: i64, out: &mut Vec<Effect>) {
        self.tell(key, out);
        let job = self.jobs.get_mut(&key).expect("the caller has found the job");
        job.state = State::Runnable(Waiting { position, since: at, blocked: None });
        let spec = Arc::clone(&job.spec);
        self.enqueue(at, &spec, position, Entry::Job(key), 1);
        status(key, JobStatus::Runnable, None, at, out);
    }

    /// A failed attempt is followed by another: the job goes to the head of its queue (rules JOB-040, OPS-235).
    pub(super) fn requeue(&mut self, at: Millis, key: JobKey, out: &mut Vec<Effect>) {
        let spec = Arc::clone(&self.jobs[&key].spec);
        let position = self.queues.get_mut(&spec.queue).map_or(-1, super::Queue::before_all);
        out.push(Effect::Position { job: key, position });
        self.make_runnable(at, key, position, out);
        self.say_of_nodes(key, JobStatus::Runnable, None, at, out);
    }

    /// Makes sure that the shell knows the job, before something durable happens to it.
    pub(super) fn tell(&mut self, key: JobKey, out: &mut Vec<Effect>) {
        if let Some(Job { is_told: told @ false, parent: Some(parent), .. }) = self.jobs.get_mut(&key) {
            *told = true;
            out.push(Effect::Made { job: key, parent: *parent });
        }
    }

    /// A job has come to its end.
    pub(super) fn finish(
        &mut self,
        at: Millis,
        key: JobKey,
        to: JobStatus,
        reason: Option<Reason>,
        out: &mut Vec<Effect>,
    ) {
        if !self.jobs.contains_key(&key) {
            return;
        }
        self.tell(key, out);
        self.disarm(key);
        self.say_of_nodes(key, to, reason.as_ref(), at, out);
        let Some(job) = self.jobs.remove(&key) else { return };
        self.gangs.remove(&key);
        self.changed = true;
        if let State::Runnable(waiting) = job.state {
            self.dequeue(at, &job.spec, waiting.position, 1);
        }
        status(key, to, reason, at, out);
        let succeeded = to == JobStatus::Succeeded;
        self.ended.push_back((key, succeeded));
        match job.parent {
            Some(parent) => self.child_ended(at, parent, key, succeeded, out),
            None => self.uncount(at, &job.spec),
        }
    }

    /// Counts a job or array out of its queue.
    pub(super) fn uncount(&mut self, at: Millis, spec: &JobSpec) {
        self.changed = true;
        if let Some(queue) = self.queues.get_mut(&spec.queue) {
            queue.uncount(at, &spec.share);
        }
        self.forget_empty_queue(spec.queue);
    }

    /// Nodes that ran in an attempt, or were to, but do not in the present one, are where the job is. Those that
    /// never ran have no row, and are there anyway.
    fn say_of_nodes(
        &self,
        key: JobKey,
        to: JobStatus,
        reason: Option<&Reason>,
        at: Millis,
        out: &mut Vec<Effect>,
    ) {
        let job = &self.jobs[&key];
        let Some(nodes) = job.spec.nodes.as_ref().filter(|_| job.attempts > 0) else { return };
        for index in 0..nodes.needs.len() {
            // What ended in the attempt that is just over has its own end.
            let has_own_end = to != JobStatus::Runnable
                && job.state.run().is_some_and(|run| run.tasks[index].state == TaskState::Ended);
            if !has_own_end {
                status(job.spec.task_key(key, index), to, reason.cloned(), at, out);
            }
        }
    }
}

/// A job's place in its queue, unless it is retried: in order of submission.
pub(super) fn position(key: JobKey) -> i64 {
    i64::try_from(key.0).expect("the store's row keys are positive 64-bit integers")
}

/// Says that a job is in another state.
pub(super) fn status(
    job: JobKey,
    status: JobStatus,
    reason: Option<Reason>,
    at: Millis,
    out: &mut Vec<Effect>,
) {
    out.push(Effect::Status { job, status, reason, at });
}
