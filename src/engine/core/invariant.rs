//! What must hold after every step: each redundant fact is computed again from the jobs alone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::array::Array;
use super::capacity::Resources;
use super::id::{EnvironmentKey, JobKey, QueueKey};
use super::job::{Job, State, position};
use super::queue::{Entry, Place, Size};
use super::spec::Child;
use super::{Core, Queue};

/// The facts as the jobs tell them.
#[derive(Default)]
struct Facts {
    host: Resources,
    gpus: BTreeSet<u32>,
    environments: BTreeMap<EnvironmentKey, (Resources, BTreeSet<JobKey>)>,
    lines: BTreeMap<(QueueKey, Arc<str>), Facts1>,
    unfinished: BTreeMap<QueueKey, usize>,
    demand: BTreeMap<QueueKey, BTreeMap<Size, u64>>,
}

/// Those of one line.
#[derive(Default)]
struct Facts1 {
    waiting: BTreeMap<Place, Entry>,
    running: u64,
    unfinished: usize,
}

impl Core {
    /// Checks every redundant fact.
    ///
    /// # Errors
    /// A sentence for the first one that does not hold.
    pub fn check(&self) -> Result<(), String> {
        let mut facts = Facts::default();
        for (key, job) in &self.jobs {
            facts.add_job(*key, job)?;
            if let State::Runnable(_) = job.state {
                facts.add_demand(&job.spec, self.demand_of(&job.spec, 1));
            }
            self.check_child(*key, job)?;
        }
        for (key, array) in &self.arrays {
            let waiting = facts.add_array(*key, array)?;
            facts.add_demand(&array.spec, self.demand_of(&array.spec, waiting));
        }
        if facts.host != self.host.used || !facts.host.within(&self.host.total) {
            return Err(format!("the host holds {:?}, its ledger is {:?}", facts.host, self.host));
        }
        // A job may have one from when the host had more.
        let total = self.host.total.gpus;
        let taken = facts.gpus.iter().filter(|gpu| u64::from(**gpu) < total).count();
        if !facts.gpus.is_disjoint(&self.host.free_gpus)
            || (taken + self.host.free_gpus.len()) as u64 != total
        {
            return Err(format!("GPUs {:?} are taken, {:?} are free", facts.gpus, self.host.free_gpus));
        }
        self.check_environments(&mut facts)?;
        for (key, queue) in &self.queues {
            facts.check_queue(*key, queue)?;
        }
        if let Some(((queue, share), _)) = facts.lines.first_key_value() {
            return Err(format!("queue {queue:?} has no line {share:?} for its jobs"));
        }
        let gangs: BTreeSet<_> =
            self.jobs.iter().filter(|(_, job)| job.spec.nodes.is_some()).map(|(key, _)| *key).collect();
        if gangs != self.gangs {
            return Err(format!("multi-node jobs are {gangs:?}, the index has {:?}", self.gangs));
        }
        let children: u64 = self.arrays.values().map(|array| u64::from(array.unfinished)).sum();
        let singles = self.jobs.values().filter(|job| job.parent.is_none()).count();
        if self.unfinished() as u64 != singles as u64 + children {
            return Err(format!(
                "{} jobs are counted, {singles} and {children} are there",
                self.unfinished()
            ));
        }
        if !self.ended.is_empty() {
            return Err(format!("ends are not worked off: {:?}", self.ended));
        }
        Ok(())
    }

    fn check_child(&self, key: JobKey, job: &Job) -> Result<(), String> {
        let Some(parent) = job.parent else { return Ok(()) };
        let child = self.arrays.get(&parent).and_then(|it| it.children.get(key.index_in(parent) as usize));
        if child == Some(&Child::Made) { Ok(()) } else { Err(format!("{key:?} is {child:?} in {parent:?}")) }
    }

    fn check_environments(&self, facts: &mut Facts) -> Result<(), String> {
        for (key, environment) in &self.environments {
            let (used, runs) = facts.environments.remove(key).unwrap_or_default();
            if used != environment.used || runs != environment.runs || !environment.leaving.is_subset(&runs) {
                return Err(format!("environment {key:?} holds {used:?} by {runs:?}, not {environment:?}"));
            }
            let max = environment.settings.max_vcpu_milli.map_or(u64::MAX, |milli| milli / 1000);
            let Some(scale) = environment.settings.scale.filter(|_| self.is_settled()) else { continue };
            if environment.desired > max.max(scale.min) || environment.desired < scale.min.min(max) {
                return Err(format!("environment {key:?} has {} vCPUs", environment.desired));
            }
        }
        Ok(())
    }
}

impl Facts {
    fn line(&mut self, job: &super::JobSpec) -> &mut Facts1 {
        self.lines.entry((job.queue, Arc::clone(&job.share))).or_default()
    }

    fn add_demand(&mut self, spec: &super::JobSpec, count: u64) {
        if count == 0 {
            return;
        }
        *self.demand.entry(spec.queue).or_default().entry(Size::of(spec)).or_default() += count;
    }

    fn add_job(&mut self, key: JobKey, job: &Job) -> Result<(), String> {
        let spec = &job.spec;
        let line = self.line(spec);
        if let State::Runnable(waiting) = &job.state {
            line.waiting.insert((Reverse(spec.priority), waiting.position), Entry::Job(key));
        }
        let line = self.line(spec);
        if job.parent.is_none() {
            line.unfinished += 1;
            *self.unfinished.entry(spec.queue).or_default() += 1;
        }
        let Some(run) = job.state.run() else { return Ok(()) };
        self.line(spec).running += spec.need.vcpu_milli;
        self.host.add(&spec.need);
        let (used, runs) = self.environments.entry(run.environment).or_default();
        used.add(&spec.need);
        runs.insert(key);
        if run.tasks.iter().flat_map(|task| &task.gpus).any(|gpu| !self.gpus.insert(*gpu)) {
            return Err(format!("a GPU of job {key:?} has two owners"));
        }
        if job.attempts == 0 || job.attempts > spec.retry.attempts {
            return Err(format!("job {key:?} is at attempt {}", job.attempts));
        }
        if !run.tasks.iter().any(super::run::Task::is_live) {
            return Err(format!("nothing of job {key:?} runs any more"));
        }
        Ok(())
    }

    /// How many of its children wait as one entry.
    fn add_array(&mut self, key: JobKey, array: &Array) -> Result<u64, String> {
        let spec = &array.spec;
        *self.unfinished.entry(spec.queue).or_default() += 1;
        let line = self.line(spec);
        line.unfinished += 1;
        let count = |what: Child| array.children.iter().filter(|child| **child == what).count() as u64;
        let unmade = count(Child::Unmade);
        if unmade + count(Child::Made) != u64::from(array.unfinished) || array.unfinished == 0 {
            return Err(format!("array {key:?} counts {} unfinished children", array.unfinished));
        }
        let first = array.unmade().next().filter(|_| array.is_released && array.gate.is_none());
        let block = first.map(|index| position(key.member(index)));
        if block != array.block {
            return Err(format!("array {key:?} has its rest at {:?}, not {block:?}", array.block));
        }
        let Some(place) = block else { return Ok(0) };
        line.waiting.insert((Reverse(spec.priority), place), Entry::Children(key));
        Ok(unmade)
    }

    fn check_queue(&mut self, key: QueueKey, queue: &Queue) -> Result<(), String> {
        for (share, line) in &queue.lines {
            let Facts1 { waiting, running, unfinished } =
                self.lines.remove(&(key, Arc::clone(share))).unwrap_or_default();
            if waiting != line.waiting {
                return Err(format!(
                    "line {share:?} of queue {key:?} does not hold exactly its RUNNABLE jobs"
                ));
            }
            let found = (line.usage.running_milli, line.unfinished);
            if found != (running, unfinished) {
                return Err(format!(
                    "line {share:?} of queue {key:?} counts {found:?}, not {:?}",
                    (running, unfinished)
                ));
            }
        }
        let demand = self.demand.remove(&key).unwrap_or_default();
        if demand != queue.demand {
            return Err(format!("queue {key:?} has {demand:?} waiting, not {:?}", queue.demand));
        }
        if self.unfinished.get(&key).copied().unwrap_or_default() != queue.unfinished {
            return Err(format!("queue {key:?} counts {} unfinished jobs", queue.unfinished));
        }
        Ok(())
    }
}
