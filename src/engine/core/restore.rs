//! Taking in at start-up what was unfinished, as it was stored.
//!
//! Environments and queues come first, then jobs in the order of their keys (so that an array comes before its
//! children, and everything before what depends on it), then what shares have used.

use std::sync::Arc;

use super::Core;
use super::array::Array;
use super::blocked::Blocked;
use super::id::{JobKey, Millis};
use super::job::{Job, State, Waiting, position};
use super::queue::Entry;
use super::run::Run;
use super::spec::{Child, JobSpec, Waits};

/// An unfinished job that is no array.
#[derive(Debug, Clone)]
pub struct StoredJob {
    /// What it needs.
    pub spec: Arc<JobSpec>,
    /// The array that it is a child of.
    pub parent: Option<JobKey>,
    /// How many attempts it has had, the present one included.
    pub attempts: u32,
    /// Where it stands.
    pub stage: Stage,
}

/// Where a stored job stands.
#[derive(Debug, Clone)]
pub enum Stage {
    /// It waits for these.
    Pending(Vec<JobKey>),
    /// It waits for room.
    Runnable {
        /// Its place, where that is not its key.
        position: Option<i64>,
        /// What holds it and since when, if it is at the head.
        blocked: Option<(Blocked, Millis)>,
    },
    /// It has an attempt.
    Placed {
        /// The attempt.
        run: Box<Run>,
        /// Since when its main process runs.
        started: Option<Millis>,
    },
}

/// An unfinished array.
#[derive(Debug, Clone)]
pub struct StoredArray {
    /// What each child needs.
    pub spec: Arc<JobSpec>,
    /// How far each child is; those that are [`Child::Made`] are taken in after it.
    pub children: Vec<Child>,
    /// Whether those that are no jobs of their own are RUNNABLE.
    pub is_released: bool,
    /// What it waits for.
    pub waits: Waits,
    /// Why all of it ends, if somebody has asked for that.
    pub reason: Option<Arc<str>>,
    /// When the last of its children that are over ended, if any is.
    pub last_end: Option<Millis>,
}

impl Core {
    /// Takes in an array; its children that are unfinished jobs of their own come next.
    pub fn restore_array(&mut self, now: Millis, key: JobKey, stored: StoredArray) {
        let StoredArray { spec, children, is_released, waits, reason, last_end } = stored;
        if let Some(queue) = self.queues.get_mut(&spec.queue) {
            queue.count(now, &spec.share);
        }
        let mut array = Array::new(&spec, children, waits.sequential, !waits.pairs.is_empty());
        array.is_released = is_released || (waits.jobs.is_empty() && array.gate.is_some());
        array.reason = reason.map(super::Reason::Text);
        array.last_end = last_end.unwrap_or_default();
        let is_in_queue = is_released && array.gate.is_none();
        self.children += array.unfinished as usize;
        self.arrays.insert(key, array);
        // Children that can never run have failed already, in the transaction in which that came to be known.
        let _ = self.wait_for_all(key, &waits);
        if is_in_queue {
            self.enqueue_rest(now, key);
        }
    }

    /// Takes in a job, or a child of an array that was taken in before.
    pub fn restore(&mut self, now: Millis, key: JobKey, stored: StoredJob) {
        let StoredJob { spec, parent, attempts, stage } = stored;
        if let (None, Some(queue)) = (parent, self.queues.get_mut(&spec.queue)) {
            queue.count(now, &spec.share);
        }
        let state = match stage {
            Stage::Pending(on) => {
                self.wait_for(key, &on);
                State::Pending(u32::try_from(on.len()).expect("a job has at most 20 dependencies"))
            }
            Stage::Runnable { position: place, blocked } => {
                let place = place.unwrap_or_else(|| position(key));
                self.enqueue(now, &spec, place, Entry::Job(key), 1);
                let queue = self.queues.get_mut(&spec.queue).filter(|_| blocked.is_some());
                if let Some(queue) = queue {
                    queue.explained = Some(key);
                }
                State::Runnable(Waiting { position: place, since: now, blocked })
            }
            Stage::Placed { run, started: Some(started) } => State::Running(run, started),
            Stage::Placed { run, started: None } => State::Starting(run),
        };
        let placed = state.run().map(|run| (run.environment, run.tasks.clone()));
        self.adopt(key, Job { spec, parent, is_told: true, state, attempts });
        if let Some((environment, tasks)) = placed {
            for gpu in tasks.iter().flat_map(|task| &task.gpus) {
                self.host.free_gpus.remove(gpu);
            }
            self.reserve(now, key, environment);
            let leaves = self.jobs[&key].state.run().is_some_and(|run| run.leaves.is_some());
            if let Some(environment) = self.environments.get_mut(&environment).filter(|_| leaves) {
                environment.leaving.insert(key);
            }
        }
        self.arm(key);
    }
}
