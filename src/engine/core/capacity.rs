//! Capacity ledgers: what the host and each compute environment have, and what is taken.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::effect::Effect;
use super::id::{EnvironmentKey, JobKey, Millis, QueueKey};
use super::run::StopCause;
use super::{Core, Job, JobSpec};

/// An amount of what jobs reserve.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Resources {
    /// Thousandths of a vCPU.
    pub vcpu_milli: u64,
    /// Memory in MiB.
    pub memory_mib: u64,
    /// Whole GPUs.
    pub gpus: u64,
}

impl Resources {
    /// Whether every amount is at most that of `other`.
    pub fn within(&self, other: &Self) -> bool {
        self.vcpu_milli <= other.vcpu_milli && self.memory_mib <= other.memory_mib && self.gpus <= other.gpus
    }

    /// Adds the amounts of `other`.
    pub fn add(&mut self, other: &Self) {
        self.vcpu_milli += other.vcpu_milli;
        self.memory_mib += other.memory_mib;
        self.gpus += other.gpus;
    }

    /// Takes `other` off; the ledgers never give back more than was taken.
    pub(super) fn subtract(&mut self, other: &Self) {
        self.vcpu_milli -= other.vcpu_milli;
        self.memory_mib -= other.memory_mib;
        self.gpus -= other.gpus;
    }

    fn plus(mut self, other: &Self) -> Self {
        self.add(other);
        self
    }
}

/// The machine that everything runs on. All environments of all accounts and regions share it.
#[derive(Debug, Clone, Default)]
pub struct Host {
    /// What jobs may use of it.
    pub total: Resources,
    /// What is taken.
    pub used: Resources,
    /// The numbers of the GPUs that no job has (rule JOB-175).
    pub(super) free_gpus: BTreeSet<u32>,
}

impl Host {
    pub(super) fn new(total: Resources) -> Self {
        let gpus = u32::try_from(total.gpus).unwrap_or(u32::MAX);
        Self { total, used: Resources::default(), free_gpus: (0..gpus).collect() }
    }

    /// Takes the lowest free ones; the caller has seen that there are enough.
    pub(super) fn take_gpus(&mut self, count: u64) -> Vec<u32> {
        (0..count).map_while(|_| self.free_gpus.pop_first()).collect()
    }

    /// Gives them back. The host may have fewer than it had when they were taken, if it was started anew since.
    pub(super) fn return_gpus(&mut self, gpus: &[u32]) {
        let total = self.total.gpus;
        self.free_gpus.extend(gpus.iter().filter(|gpu| u64::from(**gpu) < total));
    }
}

/// What the core needs to know of a compute environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvironmentSettings {
    /// Whether it is ENABLED and so takes jobs (rules CEQ-089, CEQ-090).
    pub enabled: bool,
    /// What is wrong with it, if anything.
    pub fault: Option<Fault>,
    /// The most vCPUs its jobs may hold at once, in thousandths (CEQ-080); `None` for an unmanaged
    /// environment, which has what the host has.
    pub max_vcpu_milli: Option<u64>,
    /// Whether it takes multi-node parallel jobs: only managed ones of On-Demand Instances do (rules JOB-164, JOB-165).
    pub takes_nodes: bool,
    /// How it scales, if it does: Fargate and unmanaged environments do not.
    pub scale: Option<Scale>,
    /// The instance type that it would start, for the words in which it says that it cannot.
    pub instance: Arc<str>,
}

/// How an environment scales, in whole vCPUs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// What it keeps whatever the demand.
    pub min: u64,
    /// What it was asked to have, at first or by an update.
    pub asked: u64,
}

/// What is wrong with an environment, so that it takes no jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is INVALID (rules CEQ-050, OPS-172).
    Invalid,
    /// Its role lacks permissions.
    Permissions,
    /// It gets no hosts.
    Capacity,
}

/// What happens to what runs on hosts that are replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replacement {
    /// How many more seconds it may run: none where jobs are terminated on an update (rules CEQ-166, CEQ-167).
    pub seconds: i64,
}

/// A compute environment.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Its settings.
    pub settings: EnvironmentSettings,
    /// What its jobs hold.
    pub used: Resources,
    /// The vCPUs that it has now, as `desiredvCpus` tells.
    pub desired: u64,
    /// Whether it was deleted and only waits for its jobs to end.
    pub deleted: bool,
    /// The jobs that run in it.
    pub(super) runs: BTreeSet<JobKey>,
    /// Those of them whose hosts are being replaced.
    pub(super) leaving: BTreeSet<JobKey>,
    /// What it was asked to have, as long as it has not been lowered since.
    pub(super) floor: u64,
}

/// Why a job does not fit into an environment now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// The environment takes no such jobs: it is disabled or deleted, or it is not for multi-node parallel jobs.
    Closed,
    /// It takes no jobs: invalid.
    Invalid,
    /// It takes no jobs: its role lacks permissions.
    NoPermission,
    /// It never can: the job wants more vCPUs than maxvCpus.
    BeyondMaximum,
    /// It never can: the job wants more than the host has.
    BeyondHost,
    /// It gets no hosts.
    NoCapacity,
    /// It can as soon as others end.
    Busy,
}

impl Environment {
    fn new(settings: EnvironmentSettings) -> Self {
        Self {
            settings,
            used: Resources::default(),
            desired: 0,
            deleted: false,
            runs: BTreeSet::new(),
            leaving: BTreeSet::new(),
            floor: 0,
        }
    }

    /// Whether a job fits here and on the host now.
    ///
    /// # Errors
    /// Why not; what lasts longest comes first.
    pub fn fits(&self, spec: &JobSpec, host: &Host) -> Result<(), Misfit> {
        let need = &spec.need;
        let max = self.settings.max_vcpu_milli.unwrap_or(u64::MAX);
        let takes_its_kind = self.settings.takes_nodes || spec.nodes.is_none();
        Err(if !self.settings.enabled || self.deleted || !takes_its_kind {
            Misfit::Closed
        } else if self.settings.fault == Some(Fault::Invalid) {
            Misfit::Invalid
        } else if self.settings.fault == Some(Fault::Permissions) {
            Misfit::NoPermission
        } else if need.vcpu_milli > max {
            Misfit::BeyondMaximum
        } else if !need.within(&host.total) {
            Misfit::BeyondHost
        } else if self.settings.fault == Some(Fault::Capacity) {
            Misfit::NoCapacity
        } else if self.used.vcpu_milli + need.vcpu_milli > max || !host.used.plus(need).within(&host.total) {
            Misfit::Busy
        } else {
            return Ok(());
        })
    }

    /// Whether it can take jobs at all.
    pub(super) fn is_open(&self) -> bool {
        self.settings.enabled && !self.deleted && self.settings.fault.is_none()
    }

    /// Whether jobs run on hosts that are being replaced (status UPDATING).
    pub fn is_being_replaced(&self) -> bool {
        !self.leaving.is_empty()
    }
}

impl Core {
    pub(super) fn on_environment_put(
        &mut self,
        now: Millis,
        key: EnvironmentKey,
        settings: EnvironmentSettings,
        replacement: Option<Replacement>,
        out: &mut Vec<Effect>,
    ) {
        self.changed = true;
        let asked = |settings: &EnvironmentSettings| settings.scale.map_or(0, |scale| scale.asked);
        let wanted = asked(&settings);
        let environment = self
            .environments
            .entry(key)
            .or_insert_with(|| Environment { floor: wanted, ..Environment::new(settings.clone()) });
        if asked(&environment.settings) != wanted {
            environment.floor = wanted;
        }
        environment.settings = settings;
        if let Some(Replacement { seconds }) = replacement {
            self.replace_hosts(now, key, seconds, out);
        }
    }

    /// What runs here may go on for so long (rules CEQ-164 to CEQ-167).
    fn replace_hosts(&mut self, now: Millis, key: EnvironmentKey, seconds: i64, out: &mut Vec<Effect>) {
        let Some(environment) = self.environments.get_mut(&key) else { return };
        environment.leaving.clone_from(&environment.runs);
        let leaving: Vec<_> = environment.leaving.iter().copied().collect();
        if leaving.is_empty() {
            out.push(Effect::Replaced { environment: key });
        }
        for job in leaving {
            self.leave_at(job, now.plus_seconds(seconds), out);
            if seconds == 0 {
                self.stop(now, job, &StopCause::Replaced, out);
            }
        }
    }

    pub(super) fn on_environment_deleted(&mut self, key: EnvironmentKey) {
        self.changed = true;
        if let Some(environment) = self.environments.get_mut(&key) {
            environment.deleted = true;
        }
        self.forget_empty_environment(key);
    }

    /// Takes in at start-up what an environment had.
    pub fn restore_desired(&mut self, key: EnvironmentKey, desired: u64) {
        if let Some(environment) = self.environments.get_mut(&key) {
            environment.desired = desired;
            // It was lowered before, and so does not go back up to what it was asked to have.
            environment.floor = environment.floor.min(desired);
        }
    }

    /// Reserves room for a job; the caller has seen that it fits.
    pub(super) fn reserve(&mut self, now: Millis, job: JobKey, key: EnvironmentKey) {
        let spec = &self.jobs[&job].spec;
        let need = spec.need;
        self.host.used.add(&need);
        if let Some(environment) = self.environments.get_mut(&key) {
            environment.used.add(&need);
            environment.runs.insert(job);
        }
        if let Some(line) = self.queues.get_mut(&spec.queue).and_then(|queue| queue.line_mut(&spec.share)) {
            line.change_running(now, |running| running + need.vcpu_milli);
        }
    }

    /// Gives a job's room back.
    pub(super) fn release(&mut self, now: Millis, job: JobKey, out: &mut Vec<Effect>) {
        self.changed = true;
        let Job { spec, state, .. } = &self.jobs[&job];
        let run = state.run().expect("only a job that runs has room");
        let (key, need) = (run.environment, spec.need);
        for task in &run.tasks {
            self.host.return_gpus(&task.gpus);
        }
        self.host.used.subtract(&need);
        if let Some(environment) = self.environments.get_mut(&key) {
            environment.used.subtract(&need);
            environment.runs.remove(&job);
            environment.floor = 0;
            if environment.leaving.remove(&job) && environment.leaving.is_empty() {
                out.push(Effect::Replaced { environment: key });
            }
        }
        if let Some(line) = self.queues.get_mut(&spec.queue).and_then(|queue| queue.line_mut(&spec.share)) {
            line.change_running(now, |running| running - need.vcpu_milli);
        }
        self.forget_empty_environment(key);
    }

    fn forget_empty_environment(&mut self, key: EnvironmentKey) {
        let empty = |environment: &Environment| environment.deleted && environment.runs.is_empty();
        if self.environments.get(&key).is_some_and(empty) {
            self.environments.remove(&key);
        }
    }

    /// The queues that may place jobs in this environment.
    pub fn queues_of(&self, key: EnvironmentKey) -> impl Iterator<Item = QueueKey> {
        self.queues
            .iter()
            .filter(move |(_, queue)| queue.settings.environments.contains(&key))
            .map(|(queue, _)| *queue)
    }
}
