//! What is asked for a job, in words.

use super::bench::Bench;
use super::store::Store;
use crate::api::job::JobStatus;
use crate::engine::core::spec::{Nodes, Pair};
use crate::engine::core::{Child, ExitRule, JobKey, JobSpec, QueueKey, Resources, Retry, Submission, Waits};

/// A job of 1 vCPU and 1 MiB, unless it asks for more.
pub(super) fn job(queue: &'static str) -> Ask {
    Ask {
        queue,
        need: Resources { vcpu_milli: 1000, memory_mib: 1, gpus: 0 },
        nodes: None,
        size: None,
        retry: Retry::default(),
        timeout_seconds: None,
        share: "",
        priority: 0,
        after: After::default(),
    }
}

/// What is asked for a job.
#[derive(Clone)]
pub(super) struct Ask {
    queue: &'static str,
    need: Resources,
    nodes: Option<(u32, u32)>,
    size: Option<u32>,
    retry: Retry,
    timeout_seconds: Option<i64>,
    share: &'static str,
    priority: i32,
    after: After,
}

/// What a job depends on, as its caller says it.
#[derive(Debug, Clone, Default)]
pub(super) struct After {
    pub(super) jobs: Vec<JobKey>,
    pub(super) each: Vec<JobKey>,
    pub(super) in_sequence: bool,
}

impl After {
    /// What of it the core is told, as admission does it.
    pub(super) fn waits(&self, store: &Store) -> Waits {
        let ended = |on: &JobKey, how: JobStatus| store.status_of(*on) == how;
        let failed = self.jobs.iter().copied().find(|on| ended(on, JobStatus::Failed));
        let jobs =
            self.jobs.iter().copied().filter(|on| !ended(on, JobStatus::Succeeded) && failed.is_none());
        let pairs =
            self.each.iter().map(|array| Pair { array: *array, ended: ended_children(store, *array) });
        Waits { jobs: jobs.collect(), pairs: pairs.collect(), sequential: self.in_sequence, failed }
    }
}

/// How the children of an array ended, if it is finished.
pub(super) fn ended_children(store: &Store, key: JobKey) -> Option<Vec<Child>> {
    let row = &store.jobs[&key];
    let size = row.array().filter(|_| row.ended())?.size;
    let how = |index| match store.status_of(key.member(index)) {
        JobStatus::Succeeded => Child::Succeeded,
        JobStatus::Failed => Child::Failed,
        other => panic!("a child of the finished {key:?} is {other:?}"),
    };
    Some((0..size).map(how).collect())
}

/// What a condition of `evaluateOnExit` looks at, and its pattern.
#[derive(Clone, Copy)]
pub(super) enum On {
    Code(&'static str),
    Reason(&'static str),
    Status(&'static str),
}

impl Ask {
    pub(super) fn submission(&self, bench: &Bench) -> Submission {
        let (nodes, need) = match self.nodes {
            None => (None, self.need),
            Some((main, count)) => {
                let Resources { vcpu_milli, memory_mib, gpus } = self.need;
                let n = u64::from(count);
                let sum =
                    Resources { vcpu_milli: vcpu_milli * n, memory_mib: memory_mib * n, gpus: gpus * n };
                (Some(Nodes { main, needs: vec![self.need; count as usize] }), sum)
            }
        };
        let spec = JobSpec {
            queue: self.queue(bench),
            need,
            nodes,
            retry: self.retry.clone(),
            timeout_seconds: self.timeout_seconds,
            share: self.share.into(),
            priority: self.priority,
        };
        Submission { spec, size: self.size, waits: self.after.waits(&bench.store) }
    }

    fn queue(&self, bench: &Bench) -> QueueKey {
        bench.q(self.queue)
    }

    pub(super) fn vcpus(self, vcpus: u64) -> Self {
        self.milli(vcpus * 1000)
    }

    /// Thousandths of a vCPU.
    pub(super) fn milli(mut self, vcpu_milli: u64) -> Self {
        self.need.vcpu_milli = vcpu_milli;
        self
    }

    pub(super) fn memory(mut self, mib: u64) -> Self {
        self.need.memory_mib = mib;
        self
    }

    pub(super) fn gpus(mut self, gpus: u64) -> Self {
        self.need.gpus = gpus;
        self
    }

    /// An array of that many children.
    pub(super) fn array(mut self, size: u32) -> Self {
        self.size = Some(size);
        self
    }

    /// A multi-node parallel job; each node needs what was asked for.
    pub(super) fn nodes(mut self, main: u32, count: u32) -> Self {
        self.nodes = Some((main, count));
        self
    }

    pub(super) fn share(mut self, share: &'static str) -> Self {
        self.share = share;
        self
    }

    pub(super) fn priority(mut self, priority: i32) -> Self {
        self.priority = priority;
        self
    }

    /// It depends on this one.
    pub(super) fn after(mut self, on: JobKey) -> Self {
        self.after.jobs.push(on);
        self
    }

    /// Each child depends on that of the same index.
    pub(super) fn each_after(mut self, on: JobKey) -> Self {
        self.after.each.push(on);
        self
    }

    /// Its children run one after another.
    pub(super) fn in_sequence(mut self) -> Self {
        self.after.in_sequence = true;
        self
    }

    pub(super) fn attempts(mut self, attempts: u32) -> Self {
        self.retry.attempts = attempts;
        self
    }

    pub(super) fn retry_on(self, on: On) -> Self {
        self.rule(on, true)
    }

    pub(super) fn exit_on(self, on: On) -> Self {
        self.rule(on, false)
    }

    fn rule(mut self, on: On, retry: bool) -> Self {
        let mut rule = ExitRule { retry, ..ExitRule::default() };
        match on {
            On::Code(pattern) => rule.on_exit_code = Some(pattern.into()),
            On::Reason(pattern) => rule.on_reason = Some(pattern.into()),
            On::Status(pattern) => rule.on_status_reason = Some(pattern.into()),
        }
        self.retry.rules.push(rule);
        self
    }

    pub(super) fn timeout(mut self, seconds: i64) -> Self {
        self.timeout_seconds = Some(seconds);
        self
    }
}
