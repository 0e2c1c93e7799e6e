//! What people ask for: jobs of every kind, changes of mind, and changes of what there is.

use super::super::ask::After;
use super::super::bench::*;
use super::Simulation;
use crate::engine::core::blocked::{Blocked, TimeLimit};
use crate::engine::core::share::Policy;
use crate::engine::core::spec::Nodes;
use crate::engine::core::{ExitRule, JobSpec, Retry, Submission};

/// The sizes of arrays: few, so that there are pairs.
const SIZES: [u32; 6] = [2, 3, 3, 3, 5, 12];
/// The identifiers of shares; some have a common beginning.
const SHARES: [&str; 5] = ["red", "reddish", "red2", "green", "blue"];

impl Simulation<'_> {
    /// What somebody asks for.
    pub(super) fn request(&mut self) -> Option<Event> {
        let reason = self.chance.of(&["asked for", "not needed", "a mistake"]).to_owned();
        match self.chance.below(100) {
            0..66 => self.submit(),
            66..71 => self.some_target().map(|job| Event::Cancel { job, reason }),
            71..73 => self.some_target().map(|job| Event::Terminate { job, reason }),
            73..76 => self.some_running().map(|job| Event::Terminate { job, reason }),
            76..87 => self.change_environment(),
            87..94 => Some(self.put_queue()),
            94 if self.chance.percent(50) => {
                self.tally.count("queue deleted");
                self.some_queue().map(|queue| Event::QueueDeleted { queue, reason })
            }
            94..97 => self.delete_environment(),
            _ => Some(self.new_environment()),
        }
    }

    fn submit(&mut self) -> Option<Event> {
        let queue = self.some_queue()?;
        let size = self.chance.percent(32).then(|| self.chance.of(&SIZES));
        let mut after = if self.chance.percent(45) { self.some_dependencies(size) } else { After::default() };
        after.in_sequence = size.is_some() && self.chance.percent(30);
        let spec = self.some_spec(queue, size);
        let job = self.bench.store.next_key();
        let waits = after.waits(&self.bench.store);
        self.count_submission(&spec, size, &after);
        self.after.insert(job, (size, after));
        Some(Event::Submit { job, submission: Submission { spec, size, waits }.into() })
    }

    fn some_spec(&mut self, queue: QueueKey, size: Option<u32>) -> JobSpec {
        let mut need = self.some_need();
        let mut nodes = None;
        if size.is_none() && self.chance.percent(22) {
            let needs: Vec<_> = (0..self.chance.between(2, 4)).map(|_| self.some_need()).collect();
            need = Resources::default();
            needs.iter().for_each(|one| need.add(one));
            nodes = Some(Nodes { main: u32::try_from(self.chance.index(needs.len())).unwrap(), needs });
        }
        let chance = &mut self.chance;
        let has_policy = self.bench.store.queues[&queue].settings.policy.is_some();
        let share = if has_policy { chance.of(&SHARES) } else { "" };
        let priority = if has_policy { chance.of(&[0, 0, 0, 1, 9]) } else { 0 };
        let timeout_seconds = chance.of(&[None, None, None, Some(5), Some(60)]);
        JobSpec {
            queue,
            need,
            nodes,
            retry: some_retry(chance),
            timeout_seconds,
            share: share.into(),
            priority,
        }
    }

    fn some_need(&mut self) -> Resources {
        let chance = &mut self.chance;
        // Now and then more than the host has.
        let vcpu_milli = if chance.percent(2) {
            20_000
        } else {
            chance.of(&[250, 250, 500, 500, 1000, 1000, 1000, 2000, 4000])
        };
        let gpus = if chance.percent(12) { chance.of(&[1, 1, 2]) } else { 0 };
        Resources { vcpu_milli, memory_mib: chance.of(&[1, 10, 10, 10, 100, 300]), gpus }
    }

    fn some_dependencies(&mut self, size: Option<u32>) -> After {
        let mut after = After::default();
        for _ in 0..self.chance.of(&[1, 1, 2, 3]) {
            let same_size = |(key, (of, _)): (&JobKey, &(Option<u32>, After))| (*of == size).then_some(*key);
            let arrays: Vec<_> = self.after.iter().rev().take(12).filter_map(same_size).collect();
            match size.and_then(|_| self.chance.pick(&arrays)) {
                Some(array) if self.chance.percent(60) => after.each.push(array),
                _ => after.jobs.extend(self.some_job_or_child()),
            }
        }
        after
    }

    /// A job, array or child, finished or not, rather a late one.
    fn some_job_or_child(&mut self) -> Option<JobKey> {
        let late: Vec<_> = self.after.iter().rev().take(15).map(|(key, (size, _))| (*key, *size)).collect();
        let (key, size) = self.chance.pick(&late)?;
        let index = size.filter(|_| self.chance.percent(40)).map(|size| self.chance.below(u64::from(size)));
        Some(index.map_or(key, |index| key.member(u32::try_from(index).unwrap())))
    }

    /// What somebody wants to end; now and then something that cannot be.
    fn some_target(&mut self) -> Option<JobKey> {
        let key = self.some_job_or_child()?;
        Some(if self.chance.percent(4) { key.member(1) } else { key })
    }

    fn some_running(&mut self) -> Option<JobKey> {
        let running = self.bench.store.unfinished().filter(|(_, row)| row.placed());
        let keys: Vec<_> = running.map(|(key, _)| key).collect();
        self.chance.pick(&keys)
    }

    pub(super) fn some_queue(&mut self) -> Option<QueueKey> {
        let there = self.bench.store.queues.iter().filter(|(_, queue)| !queue.deleted);
        let keys: Vec<_> = there.map(|(key, _)| *key).collect();
        self.chance.pick(&keys)
    }

    fn some_environment(&mut self) -> Option<EnvironmentKey> {
        let there = self.bench.store.environments.iter().filter(|(_, environment)| !environment.deleted);
        let keys: Vec<_> = there.map(|(key, _)| *key).collect();
        self.chance.pick(&keys)
    }

    /// A new queue, or new settings for an old one.
    pub(super) fn put_queue(&mut self) -> Event {
        let old = self.some_queue();
        let there = self.bench.store.queues.len() as u64;
        let queue = old.filter(|_| there >= 4 || self.chance.percent(40)).unwrap_or(QueueKey(there + 1));
        let mut environments = Vec::new();
        for _ in 0..self.chance.of(&[1, 2, 2, 3]) {
            environments.extend(self.some_environment().filter(|one| !environments.contains(one)));
        }
        let known = self.bench.store.queues.get(&queue).map(|row| row.settings.policy.clone());
        let policy = match &known {
            None => self.chance.percent(50).then(|| self.some_policy()),
            Some(None) => None,
            Some(Some(same)) if self.chance.percent(50) => Some(same.clone()),
            Some(Some(_)) => {
                self.tally.count("policy changed");
                Some(self.some_policy())
            }
        };
        let priority = i32::try_from(self.chance.below(4)).unwrap();
        let limits = if self.chance.percent(60) { self.some_limits() } else { Vec::new() };
        Event::QueuePut { queue, settings: QueueSettings { priority, environments, policy, limits } }
    }

    fn some_policy(&mut self) -> Policy {
        let chance = &mut self.chance;
        let names = ["red*", "red", "reddish", "r*", "green", "black"];
        let mut weights: Vec<(String, f64)> = Vec::new();
        for _ in 0..chance.below(4) {
            let (name, weight) = (chance.of(&names), chance.of(&[0.125, 0.5, 1.0, 2.0, 8.0]));
            if weights.iter().all(|(other, _)| other != name) {
                weights.push((name.to_owned(), weight));
            }
        }
        let decay_seconds = chance.of(&[0, 0, 60, 600, 3600]);
        Policy { decay_seconds, reservation: chance.of(&[0, 0, 25, 50, 90]), weights }
    }

    fn some_limits(&mut self) -> Vec<TimeLimit> {
        let all = [Blocked::Permissions, Blocked::MaxResource, Blocked::JobResource, Blocked::Capacity];
        let chance = &mut self.chance;
        (0..=chance.below(4))
            .map(|_| TimeLimit { blocked: chance.of(&all), seconds: chance.between(10, 90) })
            .collect()
    }

    pub(super) fn new_environment(&mut self) -> Event {
        let environment = EnvironmentKey(self.bench.store.environments.len() as u64 + 1);
        let settings = self.some_settings(None);
        Event::EnvironmentPut { environment, settings, replacement: None }
    }

    fn change_environment(&mut self) -> Option<Event> {
        let environment = self.some_environment()?;
        let row = &self.bench.store.environments[&environment];
        let (is_updating, before) = (row.updating, row.settings.clone());
        let mut settings = self.some_settings(before.scale);
        settings.instance = before.instance;
        // One replacement at a time, as admission has it.
        let replaces = !is_updating && self.chance.percent(30);
        let seconds = self.chance.of(&[0, 0, 30, 120, 1800]);
        Some(Event::EnvironmentPut {
            environment,
            settings,
            replacement: replaces.then_some(Replacement { seconds }),
        })
    }

    fn some_settings(&mut self, scale: Option<Scale>) -> EnvironmentSettings {
        let chance = &mut self.chance;
        let max = chance.of(&[Some(1), Some(2), Some(4), Some(4), Some(8), Some(8), None]);
        let scale = match (max, scale) {
            (None, _) => None,
            (Some(max), Some(Scale { min, asked })) if chance.percent(60) => {
                Some(Scale { min: min.min(max), asked })
            }
            (Some(max), _) => {
                let min = chance.below(max + 1).min(2);
                let asked = min + chance.below(max - min + 1);
                chance.percent(70).then_some(Scale { min, asked })
            }
        };
        let fault = chance.of(&[Fault::Invalid, Fault::Permissions, Fault::Capacity, Fault::Capacity]);
        EnvironmentSettings {
            enabled: chance.percent(88),
            takes_nodes: chance.percent(85),
            fault: chance.percent(16).then_some(fault),
            max_vcpu_milli: max.map(|max| max * 1000),
            scale,
            instance: chance.of(&["c5.large", "p3.2xlarge", "FARGATE"]).into(),
        }
    }

    /// Only an environment that no queue names may be deleted.
    fn delete_environment(&mut self) -> Option<Event> {
        let environment = self.some_environment()?;
        let mut queues = self.bench.store.queues.values();
        if queues.any(|queue| !queue.deleted && queue.settings.environments.contains(&environment)) {
            return None;
        }
        self.tally.count("environment deleted");
        Some(Event::EnvironmentDeleted { environment })
    }

    fn count_submission(&mut self, spec: &JobSpec, size: Option<u32>, after: &After) {
        let kinds = [
            ("array", size.is_some()),
            ("multi-node job", spec.nodes.is_some()),
            ("job with GPUs", spec.need.gpus > 0),
            (
                "job after a whole array",
                after.jobs.iter().any(|on| self.after.get(on).is_some_and(|it| it.0.is_some())),
            ),
            ("job after a child", after.jobs.iter().any(|on| !self.after.contains_key(on))),
            ("job after a job", !after.jobs.is_empty()),
            ("N_TO_N", !after.each.is_empty()),
            ("sequence", after.in_sequence),
            ("mixed dependencies", after.in_sequence && !after.each.is_empty() && !after.jobs.is_empty()),
            ("job of a share", !spec.share.is_empty()),
        ];
        for (what, _) in kinds.into_iter().filter(|(_, is_so)| *is_so) {
            self.tally.count(what);
        }
    }
}

fn some_retry(chance: &mut super::Chance) -> Retry {
    let mut retry = Retry { attempts: chance.of(&[1, 1, 2, 3, 10]), rules: Vec::new() };
    for _ in 0..chance.of(&[0, 0, 0, 1, 2, 3]) {
        let mut rule = ExitRule { retry: chance.percent(50), ..ExitRule::default() };
        let mut maybe = |from: &[&str]| chance.percent(40).then(|| chance.of(from).to_owned());
        rule.on_exit_code = maybe(&["1", "1*", "*", "42", "13*"]);
        rule.on_status_reason =
            maybe(&["Host EC2*", "Task failed*", "Essential container in task exited", "*"]);
        rule.on_reason = maybe(&["CannotStart*", "*", "nothing like it"]);
        retry.rules.push(rule);
    }
    retry
}
