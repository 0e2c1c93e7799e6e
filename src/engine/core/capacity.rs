//! Capacity ledgers: what the host and each compute environment have, and what is taken.

use super::id::EnvironmentKey;
use super::{Core, QueueKey};

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

    pub(super) fn add(&mut self, other: &Self) {
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
}

impl Host {
    pub(super) fn new(total: Resources) -> Self {
        Self { total, used: Resources::default() }
    }
}

/// What the core needs to know of a compute environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvironmentSettings {
    /// Whether jobs are placed here: state ENABLED and status VALID (rules CEQ-050, CEQ-089, CEQ-090).
    pub open: bool,
    /// The most vCPUs its jobs may hold at once, in thousandths (CEQ-080); `None` for an unmanaged
    /// environment, which has what the host has.
    pub max_vcpu_milli: Option<u64>,
}

/// A compute environment.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Its settings.
    pub settings: EnvironmentSettings,
    /// What its jobs hold.
    pub used: Resources,
    /// Whether it was deleted and only waits for its jobs to end.
    pub deleted: bool,
}

/// Why a job does not fit into an environment now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// The environment takes no jobs: disabled, invalid or deleted.
    Closed,
    /// It never can: the job wants more vCPUs than maxvCpus.
    BeyondMaximum,
    /// It never can: the job wants more than the host has.
    BeyondHost,
    /// It can as soon as others end.
    Busy,
}

impl Environment {
    /// Whether a job of this size fits here and on the host now.
    pub fn fits(&self, need: &Resources, host: &Host) -> Result<(), Misfit> {
        let max = self.settings.max_vcpu_milli.unwrap_or(u64::MAX);
        if !self.settings.open || self.deleted {
            Err(Misfit::Closed)
        } else if need.vcpu_milli > max {
            Err(Misfit::BeyondMaximum)
        } else if !need.within(&host.total) {
            Err(Misfit::BeyondHost)
        } else if self.used.vcpu_milli + need.vcpu_milli > max || !host.used.plus(need).within(&host.total) {
            Err(Misfit::Busy)
        } else {
            Ok(())
        }
    }
}

impl Core {
    pub(super) fn on_environment_put(&mut self, key: EnvironmentKey, settings: EnvironmentSettings) {
        self.changed = true;
        self.environments
            .entry(key)
            .and_modify(|environment| environment.settings = settings.clone())
            .or_insert_with(|| Environment { settings, used: Resources::default(), deleted: false });
    }

    pub(super) fn on_environment_deleted(&mut self, key: EnvironmentKey) {
        self.changed = true;
        if let Some(environment) = self.environments.get_mut(&key) {
            environment.deleted = true;
        }
        self.forget_empty_environment(key);
    }

    /// Reserves room for a job; the caller has seen that it fits.
    pub(super) fn reserve(&mut self, key: EnvironmentKey, need: &Resources) {
        self.host.used.add(need);
        if let Some(environment) = self.environments.get_mut(&key) {
            environment.used.add(need);
        }
    }

    /// Gives a job's room back.
    pub(super) fn release(&mut self, key: EnvironmentKey, need: &Resources) {
        self.changed = true;
        self.host.used.subtract(need);
        if let Some(environment) = self.environments.get_mut(&key) {
            environment.used.subtract(need);
        }
        self.forget_empty_environment(key);
    }

    fn forget_empty_environment(&mut self, key: EnvironmentKey) {
        let empty =
            |environment: &Environment| environment.deleted && environment.used == Resources::default();
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
