//! Whether what is stored and done is what ought to be.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::store::{JobRow, Kind, Store};
use super::run::Task;
use super::{Act, Job, JobKey, Referee, Role, Why, ledger};
use crate::api::job::JobStatus;
use crate::engine::core::{AttemptId, Core, Effect, Millis, Reason, Signal};

impl Referee {
    /// Compares the outcome of a step, or of a round, with what was told.
    pub(in super::super) fn agree(
        &mut self,
        now: Millis,
        store: &Store,
        told: &[Effect],
    ) -> Result<(), String> {
        self.agree_on_acts(now, store, told)?;
        let mut touched = std::mem::take(&mut self.touched);
        for effect in told {
            self.touch(&mut touched, effect);
        }
        for key in touched {
            self.agree_on_job(key, store).map_err(|wrong| format!("{key:?}: {wrong}"))?;
        }
        if told.iter().any(|effect| matches!(effect, Effect::AttemptPlaced { .. })) {
            self.agree_on_room(store)?;
        }
        let runs = self.open.iter().filter_map(|key| self.jobs[key].run.as_ref());
        let leaving: BTreeSet<_> =
            runs.filter(|run| run.leaves.is_some()).map(|run| run.environment).collect();
        let updating =
            store.environments.iter().filter(|(_, row)| row.updating).map(|(key, _)| *key).collect();
        same("what is being updated", &updating, &leaving)
    }

    /// After a round, numbers are compared too.
    pub(in super::super) fn agree_on_use(&self, store: &Store, told: &[Effect]) -> Result<(), String> {
        for (key, vcpus) in self.desired() {
            same(&format!("the vCPUs of {key:?}"), &store.environments[&key].desired, &vcpus)?;
        }
        for effect in told {
            let Effect::Share { queue, share, record } = effect else { continue };
            let known = &self.queues[queue];
            let ledger = known.shares.get(share);
            let Some(record) = record else {
                same(&format!("{share:?} of {queue:?} being active"), &false, &ledger.is_some())?;
                continue;
            };
            let ledger = ledger.ok_or_else(|| format!("{share:?} of {queue:?} is not active"))?;
            same(&format!("the time of {share:?}"), &record.as_of, &ledger.until())?;
            let constant = ledger::constant(known.settings.policy.as_ref());
            let past = ledger.past(record.as_of, constant);
            if constant > 0.0 && (past - record.past).abs() > 1e-9 * (1.0 + past) {
                return Err(format!(
                    "{share:?} of {queue:?} is said to have used {}, not {past}",
                    record.past
                ));
            }
        }
        Ok(())
    }

    /// What waits is what a queue shows, in the order in which it is tried; with shares, each has its own order.
    pub(in super::super) fn agree_on_fronts(&self, now: Millis, core: &Core) -> Result<(), String> {
        for (key, queue) in self.queues.iter().filter(|(_, queue)| !queue.deleted) {
            let front = core.front(*key, now, 1000);
            if let Some(ahead) = front.iter().find(|front| front.since > now) {
                return Err(format!("{ahead:?} is where it will be"));
            }
            let mut told: Vec<_> = front.iter().map(|front| front.job).collect();
            let order = |job: &JobKey| {
                let job = &self.jobs[job];
                (Arc::clone(&job.spec.share), Reverse(job.spec.priority), job.turn)
            };
            let waits = |job: &&JobKey| {
                self.jobs[job].status == JobStatus::Runnable && self.jobs[job].spec.queue == *key
            };
            let mut expected: Vec<_> = self.open.iter().filter(waits).copied().collect();
            expected.sort_by_cached_key(order);
            expected.truncate(1000);
            if queue.settings.policy.is_some() {
                told.sort_by_key(|job| order(job).0);
            }
            same(&format!("the front of {key:?}"), &told, &expected)?;
            if let (Some(policy), Some(told)) = (&queue.settings.policy, core.queue(*key)) {
                let active = queue.shares.values().filter(|share| !share.is_over(now, policy)).count();
                same(&format!("the number of active shares of {key:?}"), &told.active_shares(now), &active)?;
            }
        }
        Ok(())
    }

    fn agree_on_acts(&mut self, now: Millis, store: &Store, told: &[Effect]) -> Result<(), String> {
        let mut kills = BTreeSet::new();
        let mut acts: Vec<_> = Vec::new();
        for effect in told {
            match effect {
                Effect::Launch { attempt, environment } => {
                    let placed = store.jobs[&attempt.job].attempts.last().map(|last| last.environment);
                    same("where it is launched", &Some(*environment), &placed)?;
                    acts.push(Act::Launch(*attempt));
                }
                Effect::Settle { attempt } => acts.push(Act::Settle(*attempt)),
                Effect::Signal { attempt, signal: Signal::Terminate } => acts.push(Act::Terminate(*attempt)),
                Effect::Signal { attempt, signal: Signal::Kill } => {
                    self.agree_on_kill(now, *attempt)?;
                    kills.insert(Act::Kill(*attempt));
                }
                _ => {}
            }
        }
        let is_kill = |act: &Act| matches!(act, Act::Kill(_));
        if let Some(missing) = self.acts.iter().find(|act| is_kill(act) && !kills.contains(act)) {
            return Err(format!("there is no {missing:?}"));
        }
        self.acts.retain(|act| !is_kill(act));
        self.acts.sort_unstable();
        acts.sort_unstable();
        same("what is done", &acts, &self.acts)
    }

    /// A kill may be repeated, but never comes before its time.
    fn agree_on_kill(&self, now: Millis, attempt: AttemptId) -> Result<(), String> {
        let job = self.nodes.get(&attempt.job).map_or(attempt.job, |(job, _)| *job);
        let run = self.jobs.get(&job).and_then(|job| job.run.as_ref());
        let stop = run.and_then(|run| run.stop.as_ref());
        if stop.is_some_and(|stop| stop.kill_at <= now) {
            Ok(())
        } else {
            Err(format!("{attempt} is killed too early"))
        }
    }

    fn touch(&self, touched: &mut BTreeSet<JobKey>, effect: &Effect) {
        let key = match effect {
            Effect::Rest { array, .. } => {
                if let Some(Role::Array { size }) = self.jobs.get(array).map(|job| job.role) {
                    touched.extend((0..size).map(|index| array.member(index)));
                }
                *array
            }
            Effect::Made { job, .. }
            | Effect::Status { job, .. }
            | Effect::Blocked { job, .. }
            | Effect::Called { job, .. }
            | Effect::Position { job, .. } => *job,
            Effect::AttemptPlaced { attempt, .. }
            | Effect::AttemptStarted { attempt, .. }
            | Effect::AttemptLeaves { attempt, .. }
            | Effect::AttemptStopping { attempt, .. }
            | Effect::AttemptEnded { attempt, .. } => attempt.job,
            Effect::Share { .. }
            | Effect::Desired { .. }
            | Effect::Replaced { .. }
            | Effect::Launch { .. }
            | Effect::Signal { .. }
            | Effect::Settle { .. } => return,
        };
        touched.insert(self.nodes.get(&key).map_or(key, |(job, _)| *job));
    }

    fn agree_on_job(&self, key: JobKey, store: &Store) -> Result<(), String> {
        let job = self.jobs.get(&key).ok_or("it is not known")?;
        let (status, reason) = store.state_of(key);
        same("its state", &status, &job.status)?;
        self.agree_on_reason(key, job, reason)?;
        match (store.jobs.get(&key), job.role) {
            (Some(row), _) => self.agree_on_row(key, job, row, store)?,
            (None, Role::Child { of, .. }) => {
                let called = store.jobs[&of].array().and_then(|array| array.rest_called);
                same("what was called for", &called, &job.called)?;
            }
            (None, _) => return Err("it has no row".into()),
        }
        for (index, (status, why)) in job.nodes.iter().enumerate() {
            let Some(node) = store.jobs.get(&key.member(u32::try_from(index).unwrap())) else { continue };
            same(&format!("node {index}"), &node.status, status)?;
            same(&format!("node {index}"), &node.reason.as_ref(), &why.as_reason().as_ref())?;
        }
        self.agree_on_run(key, job, store)
    }

    fn agree_on_row(&self, key: JobKey, job: &Job, row: &JobRow, store: &Store) -> Result<(), String> {
        if job.why != Why::Dependency && !matches!(job.role, Role::Array { .. }) {
            same("when it ended", &row.stopped_at, &job.ended)?;
        }
        same("what was called for", &row.called, &job.called)?;
        same("since when it is blocked", &row.blocked_at, &job.blocked.as_ref().map(|blocked| blocked.1))?;
        self.agree_on_children(key, job, row, store)
    }

    /// The children of an array are as many as it was submitted with, whether they have rows or not.
    fn agree_on_children(&self, key: JobKey, job: &Job, row: &JobRow, store: &Store) -> Result<(), String> {
        let (Role::Array { size }, Kind::Array(array)) = (job.role, &row.kind) else { return Ok(()) };
        let with_row = store.children(key).count();
        let mut summary = [0_usize; 7];
        store.children(key).for_each(|(_, child)| summary[child.status as usize] += 1);
        summary[array.rest as usize] += size as usize - with_row;
        let mut expected = [0_usize; 7];
        (0..size).for_each(|index| expected[self.jobs[&key.member(index)].status as usize] += 1);
        same("the summary of its children", &summary, &expected)?;
        // What fails by a dependency does so when that is noticed, so that only rows can tell when all was over.
        let last = store.last_end(key, array).filter(|_| job.is_over());
        same("when it ended", &row.stopped_at, &last)
    }

    fn agree_on_reason(&self, key: JobKey, job: &Job, told: Option<&Reason>) -> Result<(), String> {
        let Why::Dependency = job.why else {
            return same("its reason", &told, &job.why.as_reason().as_ref());
        };
        let Some(Reason::Dependency(by)) = told else {
            let child_failed = Why::Words("Array Child Job failed".to_owned());
            if told == child_failed.as_reason().as_ref() && self.failed_child_by_child(key, job) {
                return Ok(());
            }
            return Err(format!("it failed by a dependency, not by {told:?}"));
        };
        let is_failed = self.jobs.get(by).is_some_and(|by| by.status == JobStatus::Failed);
        // Of a sequence, the child is named that failed first.
        let is_before = match job.role {
            Role::Child { of, sequential: true } => (of.member(0)..key).contains(by),
            Role::Child { .. } | Role::Alone | Role::Array { .. } => false,
        };
        let is_root = !is_before || !self.failed_by_sibling(*by);
        if is_failed && (job.on.contains(by) || is_before) && is_root {
            Ok(())
        } else {
            Err(format!("it depends on {:?}, and is said to fail by {by:?}", job.on))
        }
    }

    /// Whether children of an array have failed by those of others, so that it is as true that this was why.
    fn failed_child_by_child(&self, key: JobKey, job: &Job) -> bool {
        let Role::Array { size } = job.role else { return false };
        let mut on = (0..size).flat_map(|index| &self.jobs[&key.member(index)].on);
        on.any(|on| *on < key && !job.on.contains(on) && self.jobs[on].status == JobStatus::Failed)
    }

    /// Whether a child failed only because one before it in its sequence did.
    fn failed_by_sibling(&self, key: JobKey) -> bool {
        let job = &self.jobs[&key];
        let Role::Child { of, sequential: true } = job.role else { return false };
        let by_others = job.on.iter().any(|on| *on < of && self.jobs[on].status == JobStatus::Failed);
        job.why == Why::Dependency && !by_others
    }

    fn agree_on_run(&self, key: JobKey, job: &Job, store: &Store) -> Result<(), String> {
        let Some(run) = &job.run else { return Ok(()) };
        let main = job.spec.nodes.as_ref().map_or(0, |nodes| nodes.main as usize);
        for (index, task) in run.tasks.iter().enumerate() {
            let row = store.jobs.get(&self.task_key(key, index));
            let last = row.and_then(|row| row.attempts.last()).filter(|last| last.number == job.attempts);
            let Some(last) = last else {
                same(&format!("task {index} without a row"), &task.is_live(), &false)?;
                continue;
            };
            same("where it runs", &last.environment, &run.environment)?;
            same("when it started", &last.started_at.filter(|_| !last.is_over()), &task.since())?;
            same("when it leaves", &last.leaves, &run.leaves.filter(|_| index == main))?;
            if let Task::Over { outcome, at, .. } = task {
                same("how it ended", &last.end, &Some((outcome.clone(), *at)))?;
            } else {
                same("how it is stopped", &last.stop, &run.stop)?;
            }
        }
        Ok(())
    }

    /// GPUs are whole, there, and nobody else's; the sums of everything are within what there is.
    fn agree_on_room(&self, store: &Store) -> Result<(), String> {
        let mut taken = BTreeSet::new();
        for (attempt, row) in store.placed() {
            let (job, index) = self.nodes.get(&attempt.job).copied().unwrap_or((attempt.job, 0));
            let spec = &self.jobs[&job].spec;
            let wanted = spec.nodes.as_ref().map_or(&spec.need, |nodes| &nodes.needs[index]).gpus;
            same(&format!("the number of GPUs of {attempt}"), &(row.gpus.len() as u64), &wanted)?;
            let exist = row.gpus.iter().all(|gpu| u64::from(*gpu) < self.host.gpus);
            if !row.gpus.iter().all(|gpu| taken.insert(*gpu)) || !exist {
                return Err(format!("{attempt} has the GPUs {:?}", row.gpus));
            }
        }
        let held = self.held().all;
        let is_within = held.vcpu_milli <= self.host.vcpu_milli && held.memory_mib <= self.host.memory_mib;
        if is_within && held.gpus <= self.host.gpus {
            Ok(())
        } else {
            Err(format!("the host is overdrawn: {held:?}"))
        }
    }
}

impl Task {
    fn since(&self) -> Option<Millis> {
        if let Self::Up(since) = self { Some(*since) } else { None }
    }
}

impl Why {
    fn as_reason(&self) -> Option<Reason> {
        match self {
            Self::Words(words) => Some(Reason::from(words.as_str())),
            Self::Nothing | Self::Dependency => None,
        }
    }
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, told: &T, expected: &T) -> Result<(), String> {
    if told == expected { Ok(()) } else { Err(format!("{what} is {told:?}, and ought to be {expected:?}")) }
}
