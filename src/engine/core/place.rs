//! Placement: which waiting job starts where.

use std::cmp::Reverse;

use super::capacity::Misfit;
use super::effect::Effect;
use super::id::{AttemptId, EnvironmentKey, JobKey, Millis, QueueKey};
use super::job::{Run, State, status};
use super::{Core, Job};
use crate::api::job::JobStatus;

/// Why the job at the head of a queue can never start as things are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocked {
    /// maxvCpus of every environment is smaller than the job needs (rule OPS-194).
    MaxResource,
    /// No environment has what the job needs (rule OPS-195).
    JobResource,
}

impl Blocked {
    /// What a stored status reason says, if it is one of these.
    pub fn from_reason(reason: &str) -> Option<Self> {
        [Self::MaxResource, Self::JobResource].into_iter().find(|blocked| blocked.reason() == reason)
    }

    /// The documented status reason.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::MaxResource => {
                "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - CE(s) associated with the job queue cannot \
                 meet the CPU requirement of the job."
            }
            Self::JobResource => {
                "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job resource requirement (vCPU/memory/GPU) is \
                 higher than that can be met by the CE(s) attached to the job queue."
            }
        }
    }
}

impl Core {
    /// Starts whatever fits: queues by descending priority, in each the jobs in order. The first job that does
    /// not fit holds those behind it (rules CEQ-002, CEQ-023, CEQ-035).
    pub fn schedule(&mut self, now: Millis, out: &mut Vec<Effect>) {
        if !std::mem::take(&mut self.changed) {
            return;
        }
        let mut order: Vec<_> =
            self.queues.iter().map(|(key, queue)| (Reverse(queue.settings.priority), *key)).collect();
        order.sort_unstable();
        for (_, queue) in order {
            while let Some(head) = self.head_of(queue) {
                match self.find_place(queue, head) {
                    Ok(environment) => self.start(now, head, environment, out),
                    Err(blocked) => {
                        self.explain_head(head, blocked, out);
                        break;
                    }
                }
            }
        }
    }

    pub(super) fn head_of(&self, queue: QueueKey) -> Option<JobKey> {
        self.queues.get(&queue)?.waiting.first_key_value().map(|(_, job)| *job)
    }

    /// The first environment of the queue with room for the job, else what lastingly keeps it from all.
    fn find_place(&self, queue: QueueKey, job: JobKey) -> Result<EnvironmentKey, Option<Blocked>> {
        let need = &self.jobs[&job].spec.need;
        let mut misfits = Vec::new();
        for key in &self.queues[&queue].settings.environments {
            let Some(environment) = self.environments.get(key) else { continue };
            match environment.fits(need, &self.host) {
                Ok(()) => return Ok(*key),
                Err(misfit) => misfits.push(misfit),
            }
        }
        misfits.retain(|misfit| *misfit != Misfit::Closed);
        let lasting = |misfit: &Misfit| matches!(misfit, Misfit::BeyondMaximum | Misfit::BeyondHost);
        Err(if misfits.is_empty() || !misfits.iter().all(lasting) {
            None
        } else if misfits.contains(&Misfit::BeyondHost) {
            Some(Blocked::JobResource)
        } else {
            Some(Blocked::MaxResource)
        })
    }

    fn start(&mut self, now: Millis, key: JobKey, environment: EnvironmentKey, out: &mut Vec<Effect>) {
        let Job { spec, state, attempts } = self.jobs.get_mut(&key).expect("a waiting job is known");
        let State::Runnable { position, .. } = *state else { unreachable!("a waiting job is RUNNABLE") };
        *attempts += 1;
        *state = State::Starting(Run { environment, placed: now, stop: None });
        let attempt = AttemptId { job: key, number: *attempts };
        let (queue, need) = (spec.queue, spec.need);
        if let Some(queue) = self.queues.get_mut(&queue) {
            queue.waiting.remove(&position);
        }
        self.reserve(environment, &need);
        status(key, JobStatus::Starting, None, now, out);
        out.push(Effect::AttemptPlaced { attempt, environment, at: now });
        out.push(Effect::Launch { attempt, environment });
    }

    /// Keeps the status reason of the head job in step with what blocks it.
    pub(super) fn explain_head(&mut self, key: JobKey, now_blocked: Option<Blocked>, out: &mut Vec<Effect>) {
        let job = self.jobs.get_mut(&key).expect("a waiting job is known");
        let State::Runnable { blocked, .. } = &mut job.state else { return };
        if *blocked != now_blocked {
            *blocked = now_blocked;
            let reason = now_blocked.map(|blocked| blocked.reason().to_owned());
            out.push(Effect::Reason { job: key, reason });
        }
    }
}
