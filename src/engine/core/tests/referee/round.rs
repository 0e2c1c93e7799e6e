//! The referee's view of a scheduling round: whether what was started is what ought to be, and what blocks the rest.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::store::Store;
use super::ledger::{constant, weight};
use super::run::{Run, Task};
use super::{EnvironmentKey, JobKey, Referee, Why};
use crate::api::job::JobStatus;
use crate::engine::core::capacity::Fault;
use crate::engine::core::share::Policy;
use crate::engine::core::{AttemptId, JobSpec, Millis, QueueKey, Resources};

/// How one environment stands to a job that it cannot take now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bar {
    /// It takes nothing, and does not count.
    Closed,
    Invalid,
    Permissions,
    Maximum,
    Host,
    Capacity,
    Busy,
}

/// What running jobs hold, of the host, and in vCPUs of each environment.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) all: Resources,
    environments: BTreeMap<EnvironmentKey, u64>,
}

/// What a round may still start; the core's choices, in order.
type Choices<'a> = &'a mut std::iter::Peekable<std::vec::IntoIter<(JobKey, EnvironmentKey)>>;

impl Referee {
    /// Judges a round in which these were started, in this order, and what is stored came about. `is_idle` if the core saw no need for one.
    pub(in super::super) fn round(
        &mut self,
        now: Millis,
        started: Vec<(AttemptId, EnvironmentKey)>,
        store: &Store,
        is_idle: bool,
    ) -> Result<(), String> {
        self.acts.clear();
        self.touched.clear();
        // Of several nodes, the main one is placed first, and in this round no other.
        let job = |attempt: AttemptId| self.nodes.get(&attempt.job).map_or(attempt.job, |(job, _)| *job);
        let started: Vec<_> = started.into_iter().map(|(attempt, at)| (job(attempt), at)).collect();
        if !is_idle {
            self.queues.values_mut().for_each(|queue| queue.forget_shares(now));
        }
        let mut queues: Vec<_> =
            self.queues.keys().copied().filter(|key| !self.queues[key].deleted).collect();
        queues.sort_by_key(|key| (Reverse(self.queues[key].settings.priority), *key));
        let mut choices = started.into_iter().peekable();
        for queue in queues {
            // Past use fades while nothing happens; what follows from that alone may wait for the next event.
            let drifts =
                self.queues[&queue].settings.policy.as_ref().is_some_and(|policy| policy.decay_seconds > 0);
            if !(is_idle && drifts) {
                self.serve(now, queue, &mut choices, store)?;
            }
        }
        choices.next().map_or(Ok(()), |(job, _)| Err(format!("{job:?} is started out of turn")))
    }

    fn serve(
        &mut self,
        now: Millis,
        queue: QueueKey,
        choices: Choices<'_>,
        store: &Store,
    ) -> Result<(), String> {
        let blocked = loop {
            let held = self.held();
            let next = self.next_of(now, queue).into_iter();
            let next: Vec<_> = next.map(|key| (key, self.place_for(queue, key, &held))).collect();
            let chosen = next.iter().find_map(|(key, place)| {
                let choice = (*key, *place.as_ref().ok()?);
                (choices.peek() == Some(&choice)).then_some(choice)
            });
            if let Some((key, environment)) = chosen {
                choices.next();
                self.start(now, key, environment);
                continue;
            }
            let held_up = next.iter().filter_map(|(key, place)| Some((*key, place.as_ref().err()?)));
            // Where it hangs on rounding which is next, the one counts of which it was said that it is blocked; if
            // none was, one of which there is nothing to be said.
            let said = |key: JobKey| store.jobs.get(&key).is_some_and(|row| row.blocked_at.is_some());
            let head = held_up.clone().find(|(key, reason)| reason.is_some() && said(*key));
            let head = head.or_else(|| held_up.clone().find(|(_, reason)| reason.is_none()));
            let head = head.or_else(|| held_up.clone().next());
            if let (None, Some((key, place))) = (head, next.first()) {
                return Err(format!("{key:?} ought to start now in {place:?}, not {:?}", choices.peek()));
            }
            break head.and_then(|(key, reason)| Some((key, reason.clone()?)));
        };
        self.explain(now, queue, blocked.as_ref());
        Ok(())
    }

    /// The job that is next in a queue; several if that hangs on how numbers are rounded.
    fn next_of(&self, now: Millis, key: QueueKey) -> Vec<JobKey> {
        let queue = &self.queues[&key];
        let waits = |job: &&JobKey| {
            let job = &self.jobs[job];
            job.status == JobStatus::Runnable && job.spec.queue == key
        };
        let mut waiting: Vec<_> = self.open.iter().filter(waits).copied().collect();
        let Some(policy) = &queue.settings.policy else {
            waiting.sort_by_key(|job| self.jobs[job].turn);
            return waiting.first().copied().into_iter().collect();
        };
        waiting.sort_by_key(|job| (Reverse(self.jobs[job].spec.priority), self.jobs[job].turn));
        let mut heads: BTreeMap<Arc<str>, JobKey> = BTreeMap::new();
        for job in waiting {
            heads.entry(Arc::clone(&self.jobs[&job].spec.share)).or_insert(job);
        }
        let mut scored: Vec<_> = heads
            .into_iter()
            .filter(|(share, job)| self.may_have_more(key, policy, share, *job))
            .map(|(share, job)| (self.score(now, key, policy, &share), self.jobs[&job].turn, job))
            .collect();
        scored.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let Some(least) = scored.first().copied() else { return Vec::new() };
        if policy.decay_seconds == 0 {
            return vec![least.2];
        }
        scored.retain(|(score, ..)| score - least.0 <= 1e-9 * (1.0 + least.0));
        scored.into_iter().map(|(_, _, job)| job).collect()
    }

    /// Weight times use: what runs now and the decayed average of the past.
    fn score(&self, now: Millis, queue: QueueKey, policy: &Policy, share: &str) -> f64 {
        let shares = &self.queues[&queue].shares;
        let active: Vec<_> = shares.keys().cloned().collect();
        let running = self.running_of(queue, share) as f64 / 1000.0;
        (running + shares[share].past(now, constant(Some(policy)))) * weight(policy, share, &active)
    }

    /// Whether what is reserved for shares that are not active leaves room for this job.
    fn may_have_more(&self, queue: QueueKey, policy: &Policy, share: &str, job: JobKey) -> bool {
        let running = self.running_of(queue, share);
        if running == 0 || policy.reservation == 0 {
            return true;
        }
        let queue = &self.queues[&queue];
        let max = |key: &EnvironmentKey| {
            let known = self.environments.get(key);
            known.map_or(0, |known| known.settings.max_vcpu_milli.unwrap_or(self.host.vcpu_milli))
        };
        let total: u64 = queue.settings.environments.iter().map(max).sum();
        let kept = (f64::from(policy.reservation) / 100.0).powi(i32::try_from(queue.shares.len()).unwrap());
        let after = running + self.jobs[&job].spec.need.vcpu_milli;
        after as f64 <= (1.0 - kept) * total as f64 + 0.5
    }

    /// The first environment that can take a job now, or what blocks it, if that is known and lasts.
    fn place_for(&self, queue: QueueKey, key: JobKey, held: &Held) -> Result<EnvironmentKey, Option<String>> {
        let spec = &self.jobs[&key].spec;
        let mut bars = Vec::new();
        for environment in &self.queues[&queue].settings.environments {
            match self.bar(*environment, spec, held) {
                None => return Ok(*environment),
                Some(Bar::Closed) => {}
                Some(bar) => bars.push((bar, *environment)),
            }
            if spec.nodes.is_some() && bars.first().is_some_and(|(bar, _)| *bar == Bar::Capacity) {
                // The nodes wait for the first environment, whatever the others have (rule OPS-193).
                bars.truncate(1);
                break;
            }
        }
        let all = |these: &[Bar]| !bars.is_empty() && bars.iter().all(|(bar, _)| these.contains(bar));
        let instance = || {
            let first =
                bars.iter().find(|(bar, _)| *bar == Bar::Capacity).map(|(_, environment)| environment);
            first.map_or(String::new(), |first| self.environments[first].settings.instance.to_string())
        };
        Err(if bars.iter().any(|(bar, _)| *bar == Bar::Busy) {
            None
        } else if all(&[Bar::Invalid]) {
            Some("ACTION_REQUIRED - CE(s) associated with the job queue are invalid.".into())
        } else if all(&[Bar::Permissions]) {
            Some(
                "MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS - Batch service role has a permission issue."
                    .into(),
            )
        } else if all(&[Bar::Maximum]) {
            Some(
                "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - CE(s) associated with the job queue cannot meet \
                 the CPU requirement of the job."
                    .into(),
            )
        } else if all(&[Bar::Maximum, Bar::Host]) {
            Some(
                "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job resource requirement (vCPU/memory/GPU) is higher \
                 than that can be met by the CE(s) attached to the job queue."
                    .into(),
            )
        } else if all(&[Bar::Capacity]) {
            Some(format!(
                "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - Service cannot fulfill the capacity requested for instance \
                 type {}",
                instance()
            ))
        } else {
            Some("UNDETERMINED - Batch job is blocked, root cause is undetermined.".into())
        })
    }

    fn bar(&self, key: EnvironmentKey, spec: &JobSpec, held: &Held) -> Option<Bar> {
        let Some(environment) = self.environments.get(&key) else { return Some(Bar::Closed) };
        let (settings, need) = (&environment.settings, &spec.need);
        let beyond = |max: u64, want: u64| want > max;
        let host = &self.host;
        let here = held.environments.get(&key).copied().unwrap_or_default();
        let held = &held.all;
        let takes_its_kind = settings.takes_nodes || spec.nodes.is_none();
        if !settings.enabled || environment.deleted || !takes_its_kind {
            Some(Bar::Closed)
        } else if settings.fault == Some(Fault::Invalid) {
            Some(Bar::Invalid)
        } else if settings.fault == Some(Fault::Permissions) {
            Some(Bar::Permissions)
        } else if settings.max_vcpu_milli.is_some_and(|max| beyond(max, need.vcpu_milli)) {
            Some(Bar::Maximum)
        } else if beyond(host.vcpu_milli, need.vcpu_milli)
            || beyond(host.memory_mib, need.memory_mib)
            || beyond(host.gpus, need.gpus)
        {
            Some(Bar::Host)
        } else if settings.fault == Some(Fault::Capacity) {
            Some(Bar::Capacity)
        } else if settings.max_vcpu_milli.is_some_and(|max| beyond(max, here + need.vcpu_milli))
            || beyond(host.vcpu_milli, held.vcpu_milli + need.vcpu_milli)
            || beyond(host.memory_mib, held.memory_mib + need.memory_mib)
            || beyond(host.gpus, held.gpus + need.gpus)
        {
            Some(Bar::Busy)
        } else {
            None
        }
    }

    /// What running jobs hold.
    pub(super) fn held(&self) -> Held {
        let mut held = Held::default();
        for job in self.open.iter().map(|key| &self.jobs[key]) {
            let (Some(run), need) = (&job.run, &job.spec.need) else { continue };
            held.all.vcpu_milli += need.vcpu_milli;
            held.all.memory_mib += need.memory_mib;
            held.all.gpus += need.gpus;
            *held.environments.entry(run.environment).or_default() += need.vcpu_milli;
        }
        held
    }

    fn start(&mut self, now: Millis, key: JobKey, environment: EnvironmentKey) {
        let job = self.jobs.get_mut(&key).expect("it is there");
        let tasks = job.spec.nodes.as_ref().map_or(1, |nodes| nodes.needs.len());
        let main = job.spec.nodes.as_ref().map_or(0, |nodes| nodes.main as usize);
        job.attempts += 1;
        (job.status, job.why, job.blocked) = (JobStatus::Starting, Why::Nothing, None);
        job.run = Some(Run {
            environment,
            placed: now,
            stop: None,
            is_killed: false,
            leaves: None,
            tasks: vec![Task::NotYet; tasks],
        });
        if job.spec.nodes.is_some() && job.nodes.is_empty() {
            job.nodes = vec![(JobStatus::Runnable, Why::Nothing); tasks];
        }
        let (queue, share) = (job.spec.queue, Arc::clone(&job.spec.share));
        self.touched.insert(key);
        self.launch(key, main);
        let running = self.running_of(queue, &share);
        let known = self.queues.get_mut(&queue).and_then(|queue| queue.shares.get_mut(&share));
        known.expect("a share with jobs is known").note(now, running);
    }

    /// Only the job at the head of a queue says what blocks it.
    fn explain(&mut self, now: Millis, queue: QueueKey, blocked: Option<&(JobKey, String)>) {
        for key in &self.open {
            let job = self.jobs.get_mut(key).expect("it is there");
            if job.spec.queue != queue || job.status != JobStatus::Runnable {
                continue;
            }
            let found = blocked.filter(|(head, _)| head == key).map(|(_, reason)| reason);
            let code = |reason: &str| reason.split(" - ").next().map(str::to_owned);
            let told = job.blocked.as_ref().and_then(|(told, _)| code(told));
            if told != found.and_then(|found| code(found)) {
                job.blocked = found.map(|found| (found.clone(), now));
                job.why = found.map_or(Why::Nothing, |found| Why::Words(found.clone()));
                self.touched.insert(*key);
            }
        }
    }

    /// The vCPUs that an environment ought to have: what its jobs hold and what its queues would give it, not less
    /// than minvCpus (or what it was asked to have, at first) and not more than maxvCpus.
    pub(super) fn desired(&self) -> BTreeMap<EnvironmentKey, u64> {
        let held = self.held().environments;
        let mut wanted: BTreeMap<_, _> = self.environments.keys().map(|key| (*key, 0)).collect();
        wanted.extend(held.clone());
        let mut queues: Vec<_> = self.queues.iter().filter(|(_, queue)| !queue.deleted).collect();
        queues.sort_by_key(|(key, queue)| (Reverse(queue.settings.priority), **key));
        for (key, queue) in queues {
            let waiting = self.open.iter().map(|job| &self.jobs[job]);
            let waiting = waiting.filter(|job| job.spec.queue == *key && job.status == JobStatus::Runnable);
            // Small jobs first; a job is wanted only where it could be placed at all.
            let mut demand: Vec<_> = waiting.map(|job| (&job.spec, job.spec.need.vcpu_milli)).collect();
            demand.sort_by_key(|(spec, _)| (spec.need.vcpu_milli, spec.nodes.is_some()));
            for key in &queue.settings.environments {
                let environment = &self.environments[key];
                let settings = &environment.settings;
                if !settings.enabled || environment.deleted || settings.fault.is_some() {
                    continue;
                }
                let max = settings.max_vcpu_milli.unwrap_or(self.host.vcpu_milli);
                let could = |spec: &JobSpec| {
                    let is_for_it = settings.takes_nodes || spec.nodes.is_none();
                    is_for_it && spec.need.vcpu_milli <= max && spec.need.within(&self.host)
                };
                for (_, open) in demand.iter_mut().filter(|(spec, _)| could(spec)) {
                    let taken = max.saturating_sub(wanted[key]).min(*open);
                    *wanted.entry(*key).or_default() += taken;
                    *open -= taken;
                }
            }
        }
        // One that is deleted goes when its last job does.
        let is_there = |key: &EnvironmentKey| !self.environments[key].deleted || held.contains_key(key);
        let scaled =
            self.environments.iter().filter(|(key, _)| is_there(key)).filter_map(|(key, environment)| {
                let scale = environment.settings.scale?;
                let max = environment.settings.max_vcpu_milli.unwrap_or(u64::MAX) / 1000;
                let vcpus = wanted[key].div_ceil(1000).max(environment.floor).max(scale.min);
                Some((*key, vcpus.min(max)))
            });
        scaled.collect()
    }
}
