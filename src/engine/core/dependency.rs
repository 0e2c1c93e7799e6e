//! Dependencies: who waits for whom, and what follows from an end (rules JOB-071 to JOB-074, JOB-115).
//!
//! A job can only depend on jobs that were there before it, so there are no cycles. Ends are worked off from a
//! list, not by recursion: a chain of dependants may be as long as there are jobs.

use std::collections::BTreeMap;

use super::Core;
use super::effect::{Effect, Reason};
use super::id::{JobKey, Millis};
use super::job::{State, position};
use super::spec::{Child, Waits};
use crate::api::job::JobStatus;

/// Who waits for whom. Those that wait may be gone by the time.
#[derive(Debug, Default)]
pub(super) struct Waiters {
    /// By what is waited for: jobs and arrays that wait for it as a whole.
    whole: BTreeMap<JobKey, Vec<JobKey>>,
    /// By array: arrays whose children wait for its children, one for one.
    pairs: BTreeMap<JobKey, Vec<JobKey>>,
}

impl Core {
    pub(super) fn wait_for(&mut self, key: JobKey, jobs: &[JobKey]) {
        for on in jobs {
            self.waiters.whole.entry(*on).or_default().push(key);
        }
    }

    /// Makes an array wait. Returns the children that can never run, with what they wait for in vain.
    pub(super) fn wait_for_all(&mut self, key: JobKey, waits: &Waits) -> Vec<(u32, JobKey)> {
        self.wait_for(key, &waits.jobs);
        let mut failed = Vec::new();
        let mut open = vec![0; self.arrays[&key].children.len()];
        for pair in &waits.pairs {
            let live = self.arrays.get(&pair.array).map(|array| &array.children);
            if live.is_some() {
                self.waiters.pairs.entry(pair.array).or_default().push(key);
            }
            let Some(children) = live.or(pair.ended.as_ref()) else { continue };
            for ((index, open), child) in (0..).zip(&mut open).zip(children) {
                match child {
                    Child::Unmade | Child::Made => *open += 1,
                    Child::Succeeded => {}
                    Child::Failed => {
                        // It is never released.
                        *open += 1;
                        failed.push((index, pair.array.member(index)));
                    }
                }
            }
        }
        let array = self.arrays.get_mut(&key).expect("the caller has just put it in");
        array.waits = u32::try_from(waits.jobs.len()).expect("a job has at most 20 dependencies");
        if let Some(gate) = &mut array.gate {
            gate.open = open;
        }
        failed
    }

    /// Whether anybody waits for a child of an array.
    pub(super) fn is_awaited(&self, array: JobKey, child: JobKey) -> bool {
        self.waiters.pairs.contains_key(&array) || self.waiters.whole.contains_key(&child)
    }

    /// Tells everybody who waits for what has ended.
    pub(super) fn settle_dependencies(&mut self, now: Millis, out: &mut Vec<Effect>) {
        while let Some((key, succeeded)) = self.ended.pop_front() {
            for waiting in self.waiters.whole.remove(&key).unwrap_or_default() {
                self.on_dependency(now, waiting, key, succeeded, out);
            }
            self.waiters.pairs.remove(&key);
            let Some((array, waiting)) = self.waiters.pairs.range(..key).next_back() else { continue };
            let index = key.index_in(*array);
            for waiting in waiting.clone() {
                self.on_pair(now, waiting, (index, key), succeeded, out);
            }
        }
    }

    fn on_dependency(
        &mut self,
        now: Millis,
        key: JobKey,
        on: JobKey,
        succeeded: bool,
        out: &mut Vec<Effect>,
    ) {
        if let Some(array) = self.arrays.get_mut(&key) {
            if succeeded {
                array.waits = array.waits.saturating_sub(1);
                self.advance(now, key, out);
            } else {
                self.fail_array(now, key, &Reason::Dependency(on), out);
            }
            return;
        }
        let Some(State::Pending(count)) = self.jobs.get_mut(&key).map(|job| &mut job.state) else { return };
        *count = count.saturating_sub(1);
        if !succeeded {
            self.finish(now, key, JobStatus::Failed, Some(Reason::Dependency(on)), out);
        } else if *count == 0 {
            self.make_runnable(now, key, position(key), out);
        }
    }

    /// Child `index` of an array that another one waits for has ended.
    fn on_pair(
        &mut self,
        now: Millis,
        key: JobKey,
        (index, on): (u32, JobKey),
        succeeded: bool,
        out: &mut Vec<Effect>,
    ) {
        let Some(array) = self.arrays.get_mut(&key) else { return };
        let Some(child) = array.children.get(index as usize).copied() else { return };
        if !succeeded {
            return self.fail_child(now, key, index, on, out);
        }
        let is_free = array.waits == 0;
        let Some(gate) = &mut array.gate else { return };
        let open = &mut gate.open[index as usize];
        *open = open.saturating_sub(1);
        if gate.sequential {
            self.advance(now, key, out);
        } else if *open == 0 && is_free && child == Child::Unmade {
            self.release_child(now, key, index, out);
        }
    }
}
