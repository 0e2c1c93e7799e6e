//! A core built from what is stored, and whether it is the one that has lived.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

use super::ask::ended_children;
use super::store::{ArrayRow, AttemptRow, JobRow, Kind, Store, has_ended};
use crate::api::job::JobStatus;
use crate::engine::core::blocked::Blocked;
use crate::engine::core::restore::{Stage, StoredArray, StoredJob};
use crate::engine::core::run::{End, Task, TaskState};
use crate::engine::core::spec::Pair;
use crate::engine::core::{
    Array, Child, Core, Effect, Event, Job, JobKey, Millis, Queue, QueueKey, Reason, Resources, Run, State,
    Waits,
};

impl Store {
    /// A core built from the rows, the way `engine/recover.rs` does it.
    pub(super) fn recover(&self, host: Resources, now: Millis) -> Core {
        let mut core = Core::new(host);
        let (mut out, mut deleted) = (Vec::new(), Vec::new());
        for (key, row) in self.environments.iter().filter(|(key, _)| self.environment_in_use(**key)) {
            let (environment, settings) = (*key, row.settings.clone());
            core.step(now, Event::EnvironmentPut { environment, settings, replacement: None }, &mut out);
            core.restore_desired(environment, row.desired);
            deleted.extend(row.deleted.then_some(Event::EnvironmentDeleted { environment }));
        }
        for (key, row) in self.queues.iter().filter(|(key, _)| self.queue_in_use(**key)) {
            let (queue, settings) = (*key, row.settings.clone());
            core.step(now, Event::QueuePut { queue, settings }, &mut out);
            deleted.extend(row.deleted.then(|| Event::QueueDeleted { queue, reason: String::new() }));
        }
        for (key, row) in self.unfinished() {
            match &row.kind {
                Kind::Array(array) => core.restore_array(now, key, self.stored_array(key, row, array)),
                Kind::Job { .. } | Kind::Child { .. } => core.restore(now, key, self.stored_job(key, row)),
                Kind::Node { .. } => unreachable!("nodes are part of their job"),
            }
        }
        for ((queue, share), record) in &self.shares {
            core.restore_share(now, *queue, share, *record);
        }
        // Last, so that what is deleted stays known as long as jobs name it. Those jobs are being stopped already.
        for event in deleted {
            core.step(now, event, &mut out);
        }
        let known = |effect: &Effect| matches!(effect, Effect::Called { .. });
        assert!(out.iter().all(known), "the shell drops what recovery says: {out:?}");
        core
    }

    fn queue_in_use(&self, key: QueueKey) -> bool {
        !self.queues[&key].deleted || self.unfinished().any(|(_, row)| row.spec.queue == key)
    }

    fn environment_in_use(&self, key: crate::engine::core::EnvironmentKey) -> bool {
        !self.environments[&key].deleted || self.placed().any(|(_, attempt)| attempt.environment == key)
    }

    fn stored_array(&self, key: JobKey, row: &JobRow, array: &ArrayRow) -> StoredArray {
        let child =
            |index| match (self.jobs.contains_key(&key.member(index)), self.status_of(key.member(index))) {
                (_, JobStatus::Succeeded) => Child::Succeeded,
                (_, JobStatus::Failed) => Child::Failed,
                (true, _) => Child::Made,
                (false, _) => Child::Unmade,
            };
        let live = |pair: &Pair| Pair { array: pair.array, ended: ended_children(self, pair.array) };
        let waits = Waits {
            jobs: self.open(&array.waits),
            pairs: array.waits.pairs.iter().map(live).collect(),
            sequential: array.waits.sequential,
            failed: None,
        };
        StoredArray {
            spec: Arc::clone(&row.spec),
            children: (0..array.size).map(child).collect(),
            is_released: array.rest == JobStatus::Runnable,
            waits,
            reason: array.words.clone(),
            last_end: self.last_end(key, array),
        }
    }

    /// When the last of an array's children that are over ended.
    pub(super) fn last_end(&self, key: JobKey, array: &ArrayRow) -> Option<Millis> {
        let of_rest = array.rest_at.filter(|_| has_ended(array.rest));
        self.children(key).filter_map(|(_, child)| child.stopped_at).chain(of_rest).max()
    }

    /// What it still waits for.
    fn open(&self, waits: &Waits) -> Vec<JobKey> {
        waits.jobs.iter().copied().filter(|on| !has_ended(self.status_of(*on))).collect()
    }

    fn stored_job(&self, key: JobKey, row: &JobRow) -> StoredJob {
        let parent = match row.kind {
            Kind::Child { parent } => Some(parent),
            Kind::Job { .. } | Kind::Array(_) | Kind::Node { .. } => None,
        };
        let main = row.spec.nodes.as_ref().map_or(key, |nodes| key.member(nodes.main));
        let attempts =
            self.jobs.get(&main).and_then(|main| main.attempts.last()).map_or(0, |last| last.number);
        let stage = match (row.status, &row.kind) {
            (JobStatus::Pending, Kind::Job { waits }) => Stage::Pending(self.open(waits)),
            (JobStatus::Runnable, _) => Stage::Runnable {
                position: Some(row.position),
                blocked: row.blocked_at.map(|since| (said(row.reason.as_ref()), since)),
            },
            (JobStatus::Starting | JobStatus::Running, _) => self.stored_run(key, row, attempts),
            (other, _) => panic!("{key:?} is stored as {other:?}"),
        };
        StoredJob { spec: Arc::clone(&row.spec), parent, attempts, stage }
    }

    fn stored_run(&self, key: JobKey, row: &JobRow, number: u32) -> Stage {
        let attempt = |key: JobKey| -> Option<&AttemptRow> {
            self.jobs.get(&key)?.attempts.last().filter(|attempt| attempt.number == number)
        };
        let members: Vec<JobKey> = match &row.spec.nodes {
            None => vec![key],
            Some(nodes) => {
                (0..nodes.needs.len()).map(|index| key.member(u32::try_from(index).unwrap())).collect()
            }
        };
        let main = attempt(members[row.spec.main()]).expect("what is placed has an attempt");
        let live = members.iter().filter_map(|key| attempt(*key)).filter(|attempt| !attempt.is_over());
        let stop = live.clone().find_map(|attempt| attempt.stop.clone());
        let task = |key: &JobKey| {
            let Some(attempt) = attempt(*key) else {
                let state = if stop.is_some() { TaskState::Skipped } else { TaskState::Waiting };
                return Task { state, gpus: Vec::new() };
            };
            let state = match (&attempt.end, attempt.started_at) {
                (Some(_), _) => TaskState::Ended,
                (None, Some(at)) => TaskState::Running(at),
                (None, None) => TaskState::Starting,
            };
            Task { state, gpus: attempt.gpus.clone() }
        };
        let run = Run {
            environment: main.environment,
            placed: main.placed_at,
            leaves: main.leaves,
            tasks: members.iter().map(task).collect(),
            end: main.end.clone().map(|(outcome, at)| End { outcome, permanent: false, at }),
            stop,
        };
        let started = main.started_at.filter(|_| row.status == JobStatus::Running);
        Stage::Placed { run: Box::new(run), started }
    }

    /// Whether memory is what would be read back.
    pub(super) fn agrees_with(&self, core: &Core, now: Millis) -> Result<(), String> {
        same_core(&self.recover(core.host().total, now), core, now)
    }
}

/// Whether a core that was read back is the one that is held.
pub(crate) fn same_core(read: &Core, held: &Core, now: Millis) -> Result<(), String> {
    let is_settled = held.is_settled();
    let (read, held) = (Normal::of(read, now), Normal::of(held, now));
    same_map("jobs", &read.jobs, &held.jobs)?;
    same_map("arrays", &read.arrays, &held.arrays)?;
    // One that no longer applies may be left; it is dropped when its time comes.
    if let Some(missing) = read.timers.iter().find(|timer| !held.timers.contains(timer)) {
        return Err(format!("nothing is due at {missing:?}, but {:?}", held.timers));
    }
    same("queues", &read.queues.keys().collect::<Vec<_>>(), &held.queues.keys().collect())?;
    for (key, held) in &held.queues {
        same_queue(*key, read.queues[key], held, is_settled)?;
    }
    let environments = |core: &Core| -> BTreeMap<_, _> {
        let told = |(key, it): (&crate::engine::core::EnvironmentKey, &crate::engine::core::Environment)| {
            (
                *key,
                (it.settings.clone(), it.used, it.desired, it.deleted, it.runs.clone(), it.leaving.clone()),
            )
        };
        core.environments.iter().map(told).collect()
    };
    same_map("environments", &environments(read.core), &environments(held.core))?;
    same(
        "host",
        &(read.core.host.used, &read.core.host.free_gpus),
        &(held.core.host.used, &held.core.host.free_gpus),
    )
}

fn said(reason: Option<&Reason>) -> Blocked {
    let Some(Reason::Text(words)) = reason else { panic!("{reason:?} blocks nothing") };
    Blocked::from_reason(words).expect("it is one of the documented reasons")
}

/// A core without what nobody has been told, or need not remember.
struct Normal<'a> {
    core: &'a Core,
    jobs: BTreeMap<JobKey, Job>,
    arrays: BTreeMap<JobKey, Array>,
    queues: BTreeMap<QueueKey, &'a Queue>,
    timers: Vec<(Millis, JobKey)>,
}

impl<'a> Normal<'a> {
    fn of(core: &'a Core, now: Millis) -> Self {
        let jobs = core.jobs().filter(|(_, job)| job.is_told);
        let jobs = jobs.map(|(key, job)| (key, normal_job(job))).collect();
        let arrays = core.arrays().map(|(key, array)| {
            let mut array = array.clone();
            array.since = Millis(0);
            for index in 0..array.children.len() {
                let untold =
                    core.job(key.member(u32::try_from(index).unwrap())).is_some_and(|job| !job.is_told);
                if untold {
                    array.children[index] = Child::Unmade;
                }
            }
            (key, normal_array(array))
        });
        // What is due is taken up again, whether it was done or not.
        let timers = core.timers.iter().copied().filter(|(at, _)| *at > now);
        Self {
            core,
            jobs,
            arrays: arrays.collect(),
            queues: core.queues.iter().map(|(key, queue)| (*key, queue)).collect(),
            timers: timers.collect(),
        }
    }
}

/// What an array knows of children that are jobs of their own, or over, is of no use any more.
fn normal_array(mut array: Array) -> Array {
    let is_unmade: Vec<_> = array.children.iter().map(|child| *child == Child::Unmade).collect();
    array.is_released &= is_unmade.contains(&true);
    if let Some(gate) = &mut array.gate {
        let of_others = gate.open.iter_mut().zip(is_unmade).filter(|(_, is_unmade)| !is_unmade);
        of_others.for_each(|(open, _)| *open = 0);
    }
    // A gate that holds nothing is as good as none.
    array.gate = array.gate.filter(|gate| gate.sequential || gate.open.iter().any(|open| *open > 0));
    // Where it has looked already.
    array.first_unmade();
    array
}

fn normal_job(job: &Job) -> Job {
    let mut job = job.clone();
    match &mut job.state {
        State::Pending(_) => {}
        State::Runnable(waiting) => waiting.since = Millis(0),
        State::Starting(run) | State::Running(run, _) => {
            // It mattered when the main task ended, if that was the end of the attempt.
            run.end.iter_mut().for_each(|end| end.permanent = false);
        }
    }
    job
}

fn same_queue(key: QueueKey, read: &Queue, held: &Queue, is_settled: bool) -> Result<(), String> {
    // A deleted queue has nothing to place any more, so nobody tells it what its policy says now.
    let settings = |queue: &Queue| (!queue.deleted).then(|| queue.settings.clone());
    let whole = |queue: &Queue| (settings(queue), queue.unfinished, queue.deleted, queue.demand.clone());
    same(&format!("{key:?}"), &whole(read), &whole(held))?;
    let has_policy = held.settings.policy.is_some();
    for (share, held) in &held.lines {
        let name = format!("line {share:?} of {key:?}");
        let Some(read) = read.lines.get(share) else {
            if held.unfinished > 0 || (has_policy && is_settled) {
                return Err(format!("{name} is not stored: {held:?}"));
            }
            continue;
        };
        let facts = |line: &crate::engine::core::queue::Line| {
            (line.waiting.clone(), line.unfinished, line.usage.running_milli)
        };
        same(&name, &facts(read), &facts(held))?;
        // A share that has never used anything has no record.
        let is_blank = held.usage.record.past == 0.0 && held.usage.running_milli == 0;
        if has_policy && is_settled && !(is_blank && read.usage.record.past == 0.0) {
            same(&name, &read.usage.record, &held.usage.record)?;
        }
        if has_policy && is_settled && held.unfinished == 0 {
            same(&name, &read.idle_since, &held.idle_since)?;
        }
    }
    match read.lines.iter().find(|(share, _)| !held.lines.contains_key(*share)) {
        Some((share, line)) => Err(format!("line {share:?} of {key:?} is stored as {line:?}, but not held")),
        None => Ok(()),
    }
}

fn same<T: PartialEq + Debug>(what: &str, read: &T, held: &T) -> Result<(), String> {
    if read == held { Ok(()) } else { Err(format!("{what}: read as\n  {read:?}\nheld as\n  {held:?}")) }
}

fn same_map<K: Ord + Debug, V: PartialEq + Debug>(
    what: &str,
    read: &BTreeMap<K, V>,
    held: &BTreeMap<K, V>,
) -> Result<(), String> {
    for key in read.keys().chain(held.keys()) {
        same(&format!("{key:?} of the {what}"), &read.get(key), &held.get(key))?;
    }
    Ok(())
}
