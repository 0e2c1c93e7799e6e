//! Array jobs: parents, and their children as long as nothing has happened to them.
//!
//! A child is a job of its own only from the moment at which something happens to it alone. The others are one
//! entry in their queue, and one fact in the store ([`Effect::Rest`]), so that an array of 10,000 costs what an
//! array of 2 costs.

use std::sync::Arc;

use super::Core;
use super::effect::{Call, Effect, Reason};
use super::id::{JobKey, Millis};
use super::job::{Job, State, Waiting, position, status};
use super::queue::Entry;
use super::spec::{Child, JobSpec, Waits};
use crate::api::job::JobStatus;

/// The status reason of an array of which a child has failed.
pub const CHILD_FAILED: &str = "Array Child Job failed";

/// An unfinished array job.
#[derive(Debug, Clone, PartialEq)]
pub struct Array {
    /// What each child needs.
    pub spec: Arc<JobSpec>,
    /// How far each child is, by index.
    pub children: Vec<Child>,
    /// For how many jobs all of its children wait.
    pub(super) waits: u32,
    /// What its children wait for one by one, if they do.
    pub(super) gate: Option<Gate>,
    /// Whether the children may run, so far as the whole array is concerned.
    pub(super) is_released: bool,
    /// Where the children that are no jobs of their own stand in the queue: as the first of them.
    pub(super) block: Option<i64>,
    /// Since when they stand there.
    pub(super) since: Millis,
    /// No child before this index is [`Child::Unmade`].
    next: u32,
    /// How many children are unfinished.
    pub(super) unfinished: u32,
    /// Whether any child has failed.
    has_failed: bool,
    /// When the last of those that are over ended.
    pub(super) last_end: Millis,
    /// Why all of it ends, if somebody has asked for that, or a dependency has failed.
    pub(super) reason: Option<Reason>,
}

/// What children wait for one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gate {
    /// For the one before.
    pub(super) sequential: bool,
    /// For so many children of the same index of other arrays.
    pub(super) open: Vec<u8>,
}

/// What a key means.
pub(super) enum Target {
    Job,
    Array,
}

impl Array {
    pub(super) fn new(spec: &Arc<JobSpec>, children: Vec<Child>, sequential: bool, has_pairs: bool) -> Self {
        let count = |what: Child| children.iter().filter(|child| **child == what).count();
        let finished = count(Child::Succeeded) + count(Child::Failed);
        let gate = (sequential || has_pairs).then(|| Gate { sequential, open: vec![0; children.len()] });
        Self {
            spec: Arc::clone(spec),
            waits: 0,
            gate,
            is_released: false,
            block: None,
            since: Millis::default(),
            next: 0,
            unfinished: u32::try_from(children.len() - finished)
                .expect("an array has at most 10,000 children"),
            has_failed: count(Child::Failed) > 0,
            last_end: Millis::default(),
            reason: None,
            children,
        }
    }

    /// The indexes of the children that are jobs of their own.
    pub(super) fn made(&self) -> impl Iterator<Item = u32> {
        self.with(Child::Made)
    }

    /// The indexes of the children that are not.
    pub(super) fn unmade(&self) -> impl Iterator<Item = u32> {
        self.with(Child::Unmade)
    }

    fn with(&self, what: Child) -> impl Iterator<Item = u32> {
        (0..).zip(&self.children).filter(move |(_, child)| **child == what).map(|(index, _)| index)
    }

    /// The first child that is no job of its own.
    pub(super) fn first_unmade(&mut self) -> Option<u32> {
        let rest = &self.children[self.next as usize..];
        match rest.iter().position(|child| *child == Child::Unmade) {
            Some(further) => {
                self.next += u32::try_from(further).expect("an array has at most 10,000 children");
                Some(self.next)
            }
            None => {
                self.next = u32::try_from(self.children.len()).expect("an array has at most 10,000 children");
                None
            }
        }
    }

    fn count_unmade(&self) -> u64 {
        self.unmade().map(|_| 1).sum()
    }
}

impl Core {
    pub(super) fn submit_array(
        &mut self,
        now: Millis,
        key: JobKey,
        spec: &Arc<JobSpec>,
        size: u32,
        waits: &Waits,
        out: &mut Vec<Effect>,
    ) {
        let children = vec![Child::Unmade; size as usize];
        let array = Array::new(spec, children, waits.sequential, !waits.pairs.is_empty());
        self.children += array.unfinished as usize;
        self.arrays.insert(key, array);
        // It is PENDING from the first to the last (rules JOB-111, JOB-112).
        status(key, JobStatus::Pending, None, now, out);
        if let Some(failed) = waits.failed {
            return self.fail_array(now, key, &Reason::Dependency(failed), out);
        }
        let failed = self.wait_for_all(key, waits);
        self.advance(now, key, out);
        for (index, by) in failed {
            self.fail_child(now, key, index, by, out);
        }
    }

    /// Lets those children go that nothing holds any more.
    pub(super) fn advance(&mut self, now: Millis, key: JobKey, out: &mut Vec<Effect>) {
        let Some(array) = self.arrays.get_mut(&key) else { return };
        if array.waits > 0 {
            return;
        }
        let Some(gate) = &array.gate else {
            if !array.is_released {
                array.is_released = true;
                let rest = JobStatus::Runnable;
                out.push(Effect::Rest { array: key, status: rest, reason: None, ended_by: None, at: now });
                self.enqueue_rest(now, key);
            }
            return;
        };
        if gate.sequential {
            return self.advance_in_sequence(now, key, out);
        }
        if !array.is_released {
            array.is_released = true;
            let open: Vec<_> = array.unmade().filter(|index| gate.open[*index as usize] == 0).collect();
            for index in open {
                self.release_child(now, key, index, out);
            }
        }
    }

    /// One after another, and none after one that has failed (rule JOB-114).
    fn advance_in_sequence(&mut self, now: Millis, key: JobKey, out: &mut Vec<Effect>) {
        let Some(array) = self.arrays.get_mut(&key) else { return };
        array.is_released = true;
        let Some(index) = array.first_unmade() else { return };
        let gate = array.gate.as_ref().expect("the caller has seen that it is sequential");
        let before = index.checked_sub(1).map(|index| array.children[index as usize]);
        match before {
            None | Some(Child::Succeeded) if gate.open[index as usize] == 0 => {
                self.release_child(now, key, index, out);
            }
            _ => {}
        }
    }

    /// A child of a sequence has failed, and so do all after it (rules JOB-073, JOB-114).
    fn end_sequence(&mut self, now: Millis, key: JobKey, failed: u32, out: &mut Vec<Effect>) {
        let Some(array) = self.arrays.get(&key) else { return };
        let later: Vec<_> = array.unmade().filter(|index| *index > failed).collect();
        if later.len() as u64 == array.count_unmade() {
            return self.fail_rest(now, key, &Reason::Dependency(key.member(failed)), None, out);
        }
        // It was ended before its turn. From the last, so that each has none left behind it.
        for index in later.into_iter().rev() {
            self.fail_child(now, key, index, key.member(failed), out);
        }
    }

    /// Puts the children that are no jobs of their own into their queue, as one entry.
    pub(super) fn enqueue_rest(&mut self, now: Millis, key: JobKey) {
        let array = self.arrays.get_mut(&key).expect("the caller has seen the array");
        if let Some(first) = array.first_unmade() {
            let place = position(key.member(first));
            let count = array.count_unmade();
            array.block = Some(place);
            array.since = now;
            let spec = Arc::clone(&array.spec);
            self.enqueue(now, &spec, place, Entry::Children(key), count);
        }
    }

    /// Makes a child a job of its own, in the place that it had among its siblings.
    pub(super) fn make_child(&mut self, key: JobKey, index: u32) {
        let array = self.arrays.get_mut(&key).expect("the caller has seen the array");
        debug_assert_eq!(array.children[index as usize], Child::Unmade, "{key:?}:{index}");
        let spec = Arc::clone(&array.spec);
        let child = key.member(index);
        let mut state = State::Pending(0);
        array.children[index as usize] = Child::Made;
        if let Some(place) = array.block {
            let next = array.first_unmade().map(|next| position(key.member(next)));
            array.block = next;
            let since = array.since;
            if let Some(queue) = self.queues.get_mut(&spec.queue) {
                queue.split(&spec, key, place, next, child);
            }
            state = State::Runnable(Waiting { position: position(child), since, blocked: None });
        }
        self.adopt(child, Job { spec, parent: Some(key), is_told: false, state, attempts: 0 });
    }

    /// A child may run now, by itself.
    pub(super) fn release_child(&mut self, now: Millis, key: JobKey, index: u32, out: &mut Vec<Effect>) {
        self.make_child(key, index);
        let child = key.member(index);
        self.make_runnable(now, child, position(child), out);
    }

    /// A child fails without having run, because another job has.
    pub(super) fn fail_child(
        &mut self,
        now: Millis,
        key: JobKey,
        index: u32,
        by: JobKey,
        out: &mut Vec<Effect>,
    ) {
        let is_unmade = |array: &Array| array.children[index as usize] == Child::Unmade;
        if self.arrays.get(&key).is_some_and(is_unmade) {
            self.make_child(key, index);
            self.finish(now, key.member(index), JobStatus::Failed, Some(Reason::Dependency(by)), out);
        }
    }

    /// The whole array fails before any child could run.
    pub(super) fn fail_array(&mut self, now: Millis, key: JobKey, reason: &Reason, out: &mut Vec<Effect>) {
        if let Some(array) = self.arrays.get_mut(&key) {
            array.reason.get_or_insert_with(|| reason.clone());
            self.fail_rest(now, key, reason, None, out);
        }
    }

    /// All children fail that are no jobs of their own.
    pub(super) fn fail_rest(
        &mut self,
        now: Millis,
        key: JobKey,
        reason: &Reason,
        ended_by: Option<Call>,
        out: &mut Vec<Effect>,
    ) {
        let Some(array) = self.arrays.get_mut(&key) else { return };
        let rest: Vec<_> = array.unmade().collect();
        let Some(count) = u32::try_from(rest.len()).ok().filter(|count| *count > 0) else { return };
        array.children.iter_mut().filter(|child| **child == Child::Unmade).for_each(|it| *it = Child::Failed);
        array.unfinished -= count;
        self.children -= count as usize;
        array.has_failed = true;
        array.last_end = array.last_end.max(now);
        if let Some(place) = array.block.take() {
            let spec = Arc::clone(&array.spec);
            self.dequeue(now, &spec, place, u64::from(count));
        }
        let status = JobStatus::Failed;
        out.push(Effect::Rest { array: key, status, reason: Some(reason.clone()), ended_by, at: now });
        let watched =
            rest.into_iter().map(|index| key.member(index)).filter(|child| self.is_awaited(key, *child));
        let watched: Vec<_> = watched.map(|child| (child, false)).collect();
        self.ended.extend(watched);
        self.finish_array_if_over(key, out);
    }

    pub(super) fn child_ended(
        &mut self,
        at: Millis,
        key: JobKey,
        child: JobKey,
        succeeded: bool,
        out: &mut Vec<Effect>,
    ) {
        let Some(array) = self.arrays.get_mut(&key) else { return };
        let index = child.index_in(key);
        array.children[index as usize] = if succeeded { Child::Succeeded } else { Child::Failed };
        array.unfinished -= 1;
        self.children -= 1;
        array.has_failed |= !succeeded;
        array.last_end = array.last_end.max(at);
        if array.gate.as_ref().is_some_and(|gate| gate.sequential) {
            match succeeded {
                true => self.advance(at, key, out),
                false => self.end_sequence(at, key, index, out),
            }
        }
        self.finish_array_if_over(key, out);
    }

    fn finish_array_if_over(&mut self, key: JobKey, out: &mut Vec<Effect>) {
        if self.arrays.get(&key).is_none_or(|array| array.unfinished > 0) {
            return;
        }
        let Some(array) = self.arrays.remove(&key) else { return };
        let (to, reason) = if array.has_failed {
            (JobStatus::Failed, Some(array.reason.unwrap_or(CHILD_FAILED.into())))
        } else {
            (JobStatus::Succeeded, None)
        };
        // Ends are not always told in the order in which they came about.
        status(key, to, reason, array.last_end, out);
        self.ended.push_back((key, to == JobStatus::Succeeded));
        self.uncount(array.last_end, &array.spec);
    }

    /// What a key means; a child of which nothing is known yet becomes a job of its own for it.
    pub(super) fn target(&mut self, key: JobKey) -> Option<Target> {
        if self.jobs.contains_key(&key) {
            return Some(Target::Job);
        }
        if self.arrays.contains_key(&key) {
            return Some(Target::Array);
        }
        let (parent, index) = self.child(key)?;
        if self.arrays[&parent].children[index as usize] != Child::Unmade {
            return None;
        }
        self.make_child(parent, index);
        Some(Target::Job)
    }

    /// The unfinished array and the index that a key belongs to.
    pub(super) fn child(&self, key: JobKey) -> Option<(JobKey, u32)> {
        let (parent, array) = self.arrays.range(..key).next_back()?;
        let index = key.index_in(*parent);
        ((index as usize) < array.children.len()).then_some((*parent, index))
    }
}
