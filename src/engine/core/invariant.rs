//! What must hold after every step: each redundant fact is computed again from the jobs alone.

use std::collections::BTreeMap;

use super::Core;
use super::capacity::Resources;
use super::job::State;

impl Core {
    /// Checks every redundant fact.
    ///
    /// # Errors
    /// A sentence for the first one that does not hold.
    pub fn check(&self) -> Result<(), String> {
        let mut host = Resources::default();
        let mut environments: BTreeMap<_, Resources> = BTreeMap::new();
        let mut waiting: BTreeMap<_, BTreeMap<i64, _>> = BTreeMap::new();
        let mut unfinished: BTreeMap<_, usize> = BTreeMap::new();
        for (key, job) in &self.jobs {
            *unfinished.entry(job.spec.queue).or_default() += 1;
            match &job.state {
                State::Runnable { position, .. } => {
                    waiting.entry(job.spec.queue).or_default().insert(*position, *key);
                }
                State::Starting(run) | State::Running(run, _) => {
                    host.add(&job.spec.need);
                    environments.entry(run.environment).or_default().add(&job.spec.need);
                    if job.attempts == 0 || job.attempts > job.spec.retry.attempts {
                        return Err(format!("job {key:?} is at attempt {}", job.attempts));
                    }
                }
            }
        }
        if host != self.host.used || !host.within(&self.host.total) {
            return Err(format!(
                "the host holds {host:?} of {:?}, the ledger says {:?}",
                self.host.total, self.host.used
            ));
        }
        for (key, environment) in &self.environments {
            let used = environments.get(key).copied().unwrap_or_default();
            if used != environment.used {
                return Err(format!(
                    "environment {key:?} holds {used:?}, its ledger says {:?}",
                    environment.used
                ));
            }
        }
        for (key, queue) in &self.queues {
            if waiting.remove(key).unwrap_or_default() != queue.waiting {
                return Err(format!("queue {key:?} does not hold exactly its RUNNABLE jobs"));
            }
            if unfinished.get(key).copied().unwrap_or_default() != queue.unfinished {
                return Err(format!("queue {key:?} counts {} unfinished jobs", queue.unfinished));
            }
        }
        Ok(())
    }
}
