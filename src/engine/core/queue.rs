//! Job queues: waiting jobs in order, one line for each share.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Core;
use super::blocked::TimeLimit;
use super::effect::{Effect, Reason, ShareRecord};
use super::front::Moves;
use super::id::{EnvironmentKey, JobKey, Millis, QueueKey};
use super::share::{Policy, Use};
use super::spec::JobSpec;

/// What the core needs to know of a job queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueSettings {
    /// Higher goes first where queues share an environment (rules CEQ-002, CEQ-020).
    pub priority: i32,
    /// The environments in order of preference (CEQ-033).
    pub environments: Vec<EnvironmentKey>,
    /// How its shares are treated; none makes it first in, first out (CEQ-023).
    pub policy: Option<Policy>,
    /// What it does with a head job that is blocked.
    pub limits: Vec<TimeLimit>,
}

/// A job queue. A disabled one refuses jobs at submission, but what it holds goes on (CEQ-029), so the core
/// does not distinguish it.
#[derive(Debug)]
pub struct Queue {
    /// Its settings.
    pub settings: QueueSettings,
    /// Its shares that are active; a queue without a policy has one line, with an empty name.
    pub(super) lines: BTreeMap<Arc<str>, Line>,
    /// How many jobs of each size wait, of those that the host can have at all.
    pub(super) demand: BTreeMap<Size, u64>,
    /// How many unfinished jobs it has in all; an array counts as one.
    pub(super) unfinished: usize,
    /// Whether it was deleted and only waits for its jobs to end.
    pub(super) deleted: bool,
    /// The job whose status reason says why it holds the queue.
    pub(super) explained: Option<JobKey>,
    /// The lowest place in use; the next job that goes to the head comes before it.
    lowest: i64,
    /// When the last job started.
    pub(super) started: Option<Millis>,
}

/// The jobs of one share.
#[derive(Debug)]
pub(super) struct Line {
    /// What waits, in order: by priority, then first in, first out (CEQ-041).
    pub(super) waiting: BTreeMap<Place, Entry>,
    /// What it uses.
    pub(super) usage: Use,
    /// How many unfinished jobs it has; an array counts as one.
    pub(super) unfinished: usize,
    /// Since when it has had none.
    pub(super) idle_since: Millis,
    /// When jobs moved in it.
    pub(super) moves: Moves,
}

/// What of a job tells which environments could have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Size {
    /// Its vCPUs, in thousandths.
    pub(super) vcpu_milli: u64,
    /// Whether it is a multi-node parallel job.
    pub(super) has_nodes: bool,
}

impl Size {
    pub(super) fn of(spec: &JobSpec) -> Self {
        Self { vcpu_milli: spec.need.vcpu_milli, has_nodes: spec.nodes.is_some() }
    }
}

/// A place in a line.
pub(super) type Place = (Reverse<i32>, i64);

/// What stands in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// A job.
    Job(JobKey),
    /// The children of an array that nothing has happened to yet, as one.
    Children(JobKey),
}

impl Line {
    fn new(now: Millis) -> Self {
        Self {
            waiting: BTreeMap::new(),
            usage: Use::new(now),
            unfinished: 0,
            idle_since: now,
            moves: Moves::default(),
        }
    }

    pub(super) fn change_running(&mut self, now: Millis, change: impl FnOnce(u64) -> u64) {
        self.usage.settle(now);
        self.usage.running_milli = change(self.usage.running_milli);
    }
}

impl Queue {
    fn new(settings: QueueSettings) -> Self {
        Self {
            settings,
            lines: BTreeMap::new(),
            demand: BTreeMap::new(),
            unfinished: 0,
            deleted: false,
            explained: None,
            lowest: 0,
            started: None,
        }
    }

    pub(super) fn line_mut(&mut self, share: &str) -> Option<&mut Line> {
        self.lines.get_mut(share)
    }

    /// Counts a job that came in, or was taken in at start-up. Whether its share is active only since now.
    pub(super) fn count(&mut self, now: Millis, share: &Arc<str>) -> bool {
        self.unfinished += 1;
        if let Some(line) = self.lines.get_mut(share) {
            line.unfinished += 1;
            return false;
        }
        self.lines.insert(Arc::clone(share), Line { unfinished: 1, ..Line::new(now) });
        self.weigh();
        true
    }

    /// Counts a job that is finished.
    pub(super) fn uncount(&mut self, at: Millis, share: &str) {
        self.unfinished -= 1;
        if let Some(line) = self.lines.get_mut(share) {
            line.unfinished -= 1;
            if line.unfinished == 0 {
                line.usage.settle(at);
                line.idle_since = line.usage.record.as_of;
            }
        }
    }

    /// A place before every other, for a job that is retried (rule OPS-235).
    pub(super) fn before_all(&mut self) -> i64 {
        self.lowest -= 1;
        self.lowest
    }

    fn insert(&mut self, now: Millis, spec: &JobSpec, position: i64, entry: Entry, demand: u64) {
        if position < self.lowest {
            self.lowest = position;
        }
        if demand > 0 {
            *self.demand.entry(Size::of(spec)).or_default() += demand;
        }
        let Some(line) = self.lines.get_mut(&spec.share) else { return };
        let place = (Reverse(spec.priority), position);
        if line.waiting.last_key_value().is_some_and(|(last, _)| *last > place) {
            line.moves.note(place, now);
        }
        let before = line.waiting.insert(place, entry);
        debug_assert_eq!(before, None, "a place in a line belongs to one job");
    }

    /// Gives a child of an array a place of its own, in front of its siblings that have none.
    pub(super) fn split(
        &mut self,
        spec: &JobSpec,
        array: JobKey,
        place: i64,
        next: Option<i64>,
        child: JobKey,
    ) {
        let Some(line) = self.lines.get_mut(&spec.share) else { return };
        let at = |position: i64| (Reverse(spec.priority), position);
        line.waiting.remove(&at(place));
        line.waiting.insert(at(super::job::position(child)), Entry::Job(child));
        if let Some(next) = next {
            line.waiting.insert(at(next), Entry::Children(array));
        }
    }

    fn remove(&mut self, now: Millis, spec: &JobSpec, position: i64, demand: u64) {
        let size = Size::of(spec);
        if let Some(waiting) = self.demand.get_mut(&size) {
            *waiting -= demand;
            if *waiting == 0 {
                self.demand.remove(&size);
            }
        }
        if let Some(line) = self.lines.get_mut(&spec.share) {
            let place = (Reverse(spec.priority), position);
            line.moves.note(place, now);
            line.waiting.remove(&place);
        }
    }
}

impl Core {
    pub(super) fn on_queue_put(&mut self, now: Millis, key: QueueKey, settings: QueueSettings) {
        self.changed = true;
        // The moment at which the queue acts on its head follows from its settings.
        let head = self.queues.get(&key).and_then(|queue| queue.explained);
        if let Some(head) = head {
            self.disarm(head);
        }
        let queue = self.queues.entry(key).or_insert_with(|| Queue::new(settings.clone()));
        if queue.settings.policy != settings.policy {
            // What was used so far is weighed by the policy that was in force.
            // That of a share without jobs was settled when it lost the last, and the time of that is still needed.
            let in_use = queue.lines.values_mut().filter(|line| line.unfinished > 0);
            in_use.for_each(|line| line.usage.settle(now));
        }
        let before = std::mem::replace(&mut queue.settings, settings);
        queue.weigh();
        let kept = &queue.settings.environments;
        let lost: Vec<_> = before.environments.into_iter().filter(|key| !kept.contains(key)).collect();
        self.lose_queue(&lost);
        if let Some(head) = head {
            self.arm(head);
        }
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
        let lost = queue.settings.environments.clone();
        self.changed = true;
        self.lose_queue(&lost);
        let single = self.jobs.iter().filter(|(_, job)| job.spec.queue == key && job.parent.is_none());
        let arrays = self.arrays.iter().filter(|(_, array)| array.spec.queue == key);
        let mut jobs: Vec<_> = single.map(|(key, _)| *key).chain(arrays.map(|(key, _)| *key)).collect();
        jobs.sort_unstable();
        let reason = Reason::from(reason);
        for job in jobs {
            self.on_terminate(now, job, &reason, out);
        }
        self.forget_empty_queue(key);
    }

    /// An environment that loses a queue falls back to minvCpus (rule OPS-211).
    fn lose_queue(&mut self, environments: &[EnvironmentKey]) {
        for lost in environments {
            if let Some(environment) = self.environments.get_mut(lost) {
                environment.floor = 0;
            }
        }
    }

    /// Puts a job, or `count` children of an array as one, into its line.
    pub(super) fn enqueue(&mut self, now: Millis, spec: &JobSpec, position: i64, entry: Entry, count: u64) {
        self.changed = true;
        let demand = self.demand_of(spec, count);
        if let Some(queue) = self.queues.get_mut(&spec.queue) {
            queue.insert(now, spec, position, entry, demand);
        }
    }

    /// Takes it out again.
    pub(super) fn dequeue(&mut self, now: Millis, spec: &JobSpec, position: i64, count: u64) {
        self.changed = true;
        let demand = self.demand_of(spec, count);
        if let Some(queue) = self.queues.get_mut(&spec.queue) {
            queue.remove(now, spec, position, demand);
        }
    }

    /// Takes in at start-up what a share has used; its jobs have been taken in before.
    pub fn restore_share(&mut self, now: Millis, key: QueueKey, share: &Arc<str>, record: ShareRecord) {
        let Some(queue) = self.queues.get_mut(&key) else { return };
        if !queue.lines.contains_key(share) {
            queue.lines.insert(Arc::clone(share), Line { idle_since: record.as_of, ..Line::new(now) });
        }
        queue.weigh();
        if let Some(line) = queue.lines.get_mut(share) {
            line.usage.record = record;
            line.usage.is_changed = false;
        }
    }

    pub(super) fn forget_empty_queue(&mut self, key: QueueKey) {
        if self.queues.get(&key).is_some_and(|queue| queue.deleted && queue.unfinished == 0) {
            self.queues.remove(&key);
        }
    }
}
