//! How many vCPUs each environment would have in the cloud: `desiredvCpus`.

use std::collections::BTreeMap;

use super::effect::Effect;
use super::{Core, JobSpec, QueueKey};

impl Core {
    /// How many of so many jobs environments may grow for: none of those that the host can never have.
    pub(super) fn demand_of(&self, spec: &JobSpec, count: u64) -> u64 {
        if spec.need.within(&self.host.total) { count } else { 0 }
    }

    /// Keeps each environment's vCPUs in step with its jobs and with what its queues would give it: not under
    /// minvCpus, not over maxvCpus (rules CEQ-079, CEQ-080, OPS-034 to OPS-036). Queues ask in the order in which
    /// they are served, each of its environments in order, for jobs that could be placed there.
    pub(super) fn scale(&mut self, order: &[QueueKey], out: &mut Vec<Effect>) {
        if self.environments.values().all(|environment| environment.settings.scale.is_none()) {
            return;
        }
        let mut wanted: BTreeMap<_, u64> =
            self.environments.iter().map(|(key, environment)| (*key, environment.used.vcpu_milli)).collect();
        for queue in order.iter().filter_map(|key| self.queues.get(key)) {
            let mut demand: Vec<_> =
                queue.demand.iter().map(|(size, count)| (*size, count * size.vcpu_milli)).collect();
            for key in &queue.settings.environments {
                let Some(environment) = self.environments.get(key).filter(|it| it.is_open()) else {
                    continue;
                };
                let Some(wanted) = wanted.get_mut(key) else { continue };
                let max = environment.settings.max_vcpu_milli.unwrap_or(self.host.total.vcpu_milli);
                let settings = &environment.settings;
                for (size, demand) in &mut demand {
                    if size.vcpu_milli <= max && (settings.takes_nodes || !size.has_nodes) {
                        let taken = (*demand).min(max.saturating_sub(*wanted));
                        *wanted += taken;
                        *demand -= taken;
                    }
                }
            }
        }
        for (key, environment) in &mut self.environments {
            let Some(scale) = environment.settings.scale else { continue };
            let max = environment.settings.max_vcpu_milli.map_or(u64::MAX, |milli| milli / 1000);
            let vcpus = wanted[key].div_ceil(1000).max(environment.floor).max(scale.min).min(max);
            if vcpus != environment.desired {
                environment.desired = vcpus;
                out.push(Effect::Desired { environment: *key, vcpus });
            }
        }
    }
}
