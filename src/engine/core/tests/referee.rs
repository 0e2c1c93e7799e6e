//! Placement worked out the slow and obvious way, from the rows alone.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::store::{JobRow, Store};
use crate::engine::core::{EnvironmentKey, JobKey, Resources};

/// What is taken of the host and of each environment.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub(super) host: Resources,
    pub(super) environments: BTreeMap<EnvironmentKey, u64>,
}

impl Taken {
    pub(super) fn of(store: &Store) -> Self {
        let mut taken = Self::default();
        for (_, attempt, job) in store.placed() {
            taken.take(attempt.environment, &job.spec.need);
        }
        taken
    }

    fn take(&mut self, environment: EnvironmentKey, need: &Resources) {
        self.host = sum(&self.host, need);
        *self.environments.entry(environment).or_default() += need.vcpu_milli;
    }

    /// Whether nothing is overdrawn: neither the host nor this environment.
    pub(super) fn within(&self, store: &Store, host: &Resources, environment: EnvironmentKey) -> bool {
        let most = store.environments[&environment].settings.max_vcpu_milli;
        let used = self.environments.get(&environment).copied().unwrap_or_default();
        within(&self.host, host) && most.is_none_or(|most| used <= most)
    }
}

fn sum(a: &Resources, b: &Resources) -> Resources {
    Resources {
        vcpu_milli: a.vcpu_milli + b.vcpu_milli,
        memory_mib: a.memory_mib + b.memory_mib,
        gpus: a.gpus + b.gpus,
    }
}

fn within(part: &Resources, whole: &Resources) -> bool {
    let pairs =
        [(part.vcpu_milli, whole.vcpu_milli), (part.memory_mib, whole.memory_mib), (part.gpus, whole.gpus)];
    pairs.iter().all(|(part, whole)| part <= whole)
}

/// Everything that is to start now, in order, and where.
pub(super) fn placements(store: &Store, host: &Resources) -> Vec<(JobKey, EnvironmentKey)> {
    let mut taken = Taken::of(store);
    let mut placed = Vec::new();
    let mut queues: Vec<_> = store.queues.iter().filter(|(_, queue)| !queue.deleted).collect();
    queues.sort_by_key(|(key, queue)| (Reverse(queue.settings.priority), **key));
    for (key, queue) in queues {
        let mut waiting: Vec<(JobKey, &JobRow)> =
            store.unfinished().filter(|(_, row)| row.waits() && row.spec.queue == *key).collect();
        waiting.sort_by_key(|(_, row)| row.position);
        for (job, row) in waiting {
            let room = |environment: &&EnvironmentKey| {
                let Some(known) = store.environments.get(environment) else { return false };
                let used = taken.environments.get(environment).copied().unwrap_or_default();
                let fits =
                    known.settings.max_vcpu_milli.is_none_or(|most| used + row.spec.need.vcpu_milli <= most);
                known.settings.open
                    && !known.deleted
                    && fits
                    && within(&sum(&taken.host, &row.spec.need), host)
            };
            // The first that does not fit holds those behind it.
            let Some(environment) = queue.settings.environments.iter().find(room) else { break };
            taken.take(*environment, &row.spec.need);
            placed.push((job, *environment));
        }
    }
    placed
}
