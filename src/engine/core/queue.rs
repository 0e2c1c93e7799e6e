//! Job queues: waiting jobs in order.

use std::collections::BTreeMap;

use super::effect::Effect;
use super::id::{EnvironmentKey, JobKey, Millis, QueueKey};
use super::{Core, Event};

/// What the core needs to know of a job queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueSettings {
    /// Higher goes first where queues share an environment (rules CEQ-002, CEQ-020).
    pub priority: i32,
    /// The environments in order of preference (CEQ-033).
    pub environments: Vec<EnvironmentKey>,
}

/// A job queue. A disabled one refuses jobs at submission, but what it holds goes on (CEQ-029), so the core
/// does not distinguish it.
#[derive(Debug)]
pub struct Queue {
    /// Its settings.
    pub settings: QueueSettings,
    /// The RUNNABLE jobs by position; first in, first out (CEQ-023).
    pub(super) waiting: BTreeMap<i64, JobKey>,
    /// How many unfinished jobs it has in all.
    pub(super) unfinished: usize,
    /// Whether it was deleted and only waits for its jobs to end.
    pub(super) deleted: bool,
}

impl Queue {
    /// The RUNNABLE jobs in the order in which they will be tried.
    pub fn waiting(&self) -> impl Iterator<Item = JobKey> {
        self.waiting.values().copied()
    }

    /// A place before every other (a retried job, rule OPS-235).
    pub(super) fn head(&self) -> i64 {
        self.waiting.first_key_value().map_or(0, |(first, _)| (*first).min(0)) - 1
    }
}

impl Core {
    pub(super) fn on_queue_put(&mut self, key: QueueKey, settings: QueueSettings) {
        self.changed = true;
        self.queues
            .entry(key)
            .and_modify(|queue| queue.settings = settings.clone())
            .or_insert_with(|| Queue { settings, waiting: BTreeMap::new(), unfinished: 0, deleted: false });
    }

    pub(super) fn on_queue_deleted(
        &mut self,
        now: Millis,
        key: QueueKey,
        reason: &str,
        out: &mut Vec<Effect>,
    ) {
        let Some(queue) = self.queues.get_mut(&key) else { return };
        queue.deleted = true;
        let mut jobs: Vec<_> =
            self.jobs.iter().filter(|(_, job)| job.spec.queue == key).map(|(job, _)| *job).collect();
        jobs.sort_unstable();
        for job in jobs {
            self.step(now, Event::Terminate { job, reason: reason.to_owned() }, out);
        }
        self.forget_empty_queue(key);
    }

    pub(super) fn enqueue(&mut self, job: JobKey, queue: QueueKey, position: i64) {
        self.changed = true;
        if let Some(queue) = self.queues.get_mut(&queue) {
            let before = queue.waiting.insert(position, job);
            debug_assert_eq!(before, None, "a place in a queue belongs to one job");
        }
    }

    pub(super) fn forget_empty_queue(&mut self, key: QueueKey) {
        if self.queues.get(&key).is_some_and(|queue| queue.deleted && queue.unfinished == 0) {
            self.queues.remove(&key);
        }
    }
}
