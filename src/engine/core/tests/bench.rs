//! The language of these tests: builders, events in words, and a story that is told when a test fails.

use std::collections::BTreeMap;

use super::referee::{self, Taken};
pub(super) use super::store::Store;
pub(super) use crate::api::job::JobStatus::{self, Failed, Runnable, Running, Starting, Succeeded};
use crate::engine::core::capacity::EnvironmentSettings;
use crate::engine::core::queue::QueueSettings;
pub(super) use crate::engine::core::{
    AttemptId, Core, Effect, EnvironmentKey, Event, ExitRule, JobKey, JobSpec, Millis, Outcome, QueueKey,
    Report, Resources, Retry, Signal, StopCause,
};

/// The status reason of an attempt that ended by itself.
pub(super) const EXITED: &str = "Essential container in task exited";
/// The status reason of an attempt that could not start.
pub(super) const NOT_STARTED: &str = "Task failed to start";
/// The status reason of an attempt that ran too long.
pub(super) const TIMED_OUT: &str = "Job attempt duration exceeded timeout";
/// The status reason of an attempt whose host is gone.
pub(super) const HOST_LOST: &str = "Host EC2 (instance i-00000000000000000) terminated.";

/// A core under test, and everything that has happened to it.
pub(super) struct Bench {
    pub(super) core: Core,
    pub(super) store: Store,
    pub(super) now: Millis,
    /// What followed from the last event.
    pub(super) effects: Vec<Effect>,
    pub(super) host: Resources,
    story: Vec<(Millis, Told)>,
    queues: BTreeMap<&'static str, QueueKey>,
    environments: BTreeMap<&'static str, EnvironmentKey>,
}

#[derive(Debug)]
enum Told {
    Event(Event),
    Effect(Effect),
    Crash,
}

/// How many lines of the story are told.
const TOLD: usize = 80;

impl Drop for Bench {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        let skipped = self.story.len().saturating_sub(TOLD);
        eprintln!("the story so far ({skipped} lines left out):");
        for (at, told) in &self.story[skipped..] {
            match told {
                Told::Event(event) => eprintln!("{:>9} {event:?}", at.0),
                Told::Effect(effect) => eprintln!("{:>9}     -> {effect:?}", ""),
                Told::Crash => eprintln!("{:>9} CRASH", at.0),
            }
        }
    }
}

/// Building and changing what there is.
impl Bench {
    pub(super) fn new() -> Self {
        let host = Resources { vcpu_milli: 1_000_000, memory_mib: 1_000_000, gpus: 0 };
        Self {
            core: Core::new(host),
            store: Store::default(),
            now: Millis(1_000_000),
            effects: Vec::new(),
            host,
            story: Vec::new(),
            queues: BTreeMap::new(),
            environments: BTreeMap::new(),
        }
    }

    /// The size of the host; comes first.
    pub(super) fn host(mut self, vcpus: u64, memory_mib: u64) -> Self {
        self.host = Resources { vcpu_milli: vcpus * 1000, memory_mib, gpus: 0 };
        self.core = Core::new(self.host);
        self
    }

    pub(super) fn gpus(mut self, gpus: u64) -> Self {
        self.host.gpus = gpus;
        self.core = Core::new(self.host);
        self
    }

    /// An open environment of that many vCPUs.
    pub(super) fn environment(mut self, name: &'static str, vcpus: u64) -> Self {
        self.put_environment(name, true, Some(vcpus * 1000));
        self
    }

    /// An open environment without a maximum of its own.
    pub(super) fn unmanaged(mut self, name: &'static str) -> Self {
        self.put_environment(name, true, None);
        self
    }

    pub(super) fn queue<const N: usize>(
        mut self,
        name: &'static str,
        priority: i32,
        environments: [&'static str; N],
    ) -> Self {
        self.put_queue(name, priority, environments);
        self
    }

    /// Creates or updates a queue.
    pub(super) fn put_queue<const N: usize>(
        &mut self,
        name: &'static str,
        priority: i32,
        environments: [&'static str; N],
    ) {
        let next = QueueKey(self.queues.len() as u64 + 1);
        let queue = *self.queues.entry(name).or_insert(next);
        let environments = environments.map(|name| self.ce(name)).to_vec();
        self.event(Event::QueuePut { queue, settings: QueueSettings { priority, environments } });
    }

    /// Creates or updates an environment.
    fn put_environment(&mut self, name: &'static str, open: bool, max_vcpu_milli: Option<u64>) {
        let next = EnvironmentKey(self.environments.len() as u64 + 1);
        let environment = *self.environments.entry(name).or_insert(next);
        let settings = EnvironmentSettings { open, max_vcpu_milli };
        self.event(Event::EnvironmentPut { environment, settings });
    }

    pub(super) fn resize(&mut self, name: &'static str, vcpus: u64) {
        let open = self.settings(name).open;
        self.put_environment(name, open, Some(vcpus * 1000));
    }

    pub(super) fn close(&mut self, name: &'static str) {
        self.put_environment(name, false, self.settings(name).max_vcpu_milli);
    }

    pub(super) fn open(&mut self, name: &'static str) {
        self.put_environment(name, true, self.settings(name).max_vcpu_milli);
    }

    fn settings(&self, name: &'static str) -> &EnvironmentSettings {
        &self.store.environments[&self.ce(name)].settings
    }

    pub(super) fn delete_environment(&mut self, name: &'static str) {
        self.event(Event::EnvironmentDeleted { environment: self.ce(name) });
    }

    pub(super) fn delete_queue(&mut self, name: &'static str, reason: &str) {
        self.event(Event::QueueDeleted { queue: self.q(name), reason: reason.into() });
    }

    pub(super) fn ce(&self, name: &str) -> EnvironmentKey {
        self.environments[name]
    }

    pub(super) fn q(&self, name: &str) -> QueueKey {
        self.queues[name]
    }
}

/// What happens.
impl Bench {
    pub(super) fn submit(&mut self, ask: Ask) -> JobKey {
        let job = JobKey(self.store.jobs.len() as u64 + 1);
        let spec = JobSpec {
            queue: self.q(ask.queue),
            need: ask.need,
            retry: ask.retry,
            timeout_seconds: ask.timeout_seconds,
        };
        self.event(Event::Submit { job, spec: spec.into() });
        job
    }

    pub(super) fn cancel(&mut self, job: JobKey, reason: &str) {
        self.event(Event::Cancel { job, reason: reason.into() });
    }

    pub(super) fn terminate(&mut self, job: JobKey, reason: &str) {
        self.event(Event::Terminate { job, reason: reason.into() });
    }

    /// The present attempt's process runs.
    pub(super) fn start(&mut self, job: JobKey) {
        self.report(self.present(job), Report::Started { at: self.now });
    }

    pub(super) fn exit(&mut self, job: JobKey, code: i32) {
        self.report(self.present(job), Report::Exited { code, at: self.now });
    }

    pub(super) fn not_started(&mut self, job: JobKey, reason: &str) {
        let reason = reason.into();
        self.report(self.present(job), Report::NotStarted { reason, permanent: false, at: self.now });
    }

    pub(super) fn lost(&mut self, job: JobKey) {
        self.report(self.present(job), Report::Lost { at: self.now });
    }

    pub(super) fn unknown(&mut self, job: JobKey) {
        self.report(self.present(job), Report::Unknown);
    }

    pub(super) fn report(&mut self, attempt: AttemptId, report: Report) {
        self.event(Event::Report { attempt, report });
    }

    /// Time passes.
    pub(super) fn after(&mut self, millis: i64) {
        self.now = Millis(self.now.0 + millis);
        self.event(Event::Wake);
    }

    /// The engine dies, and another one takes up what is stored.
    pub(super) fn crash(&mut self) {
        self.story.push((self.now, Told::Crash));
        self.effects.clear();
        self.core = self.store.recover(self.host, self.now);
        self.check();
    }

    /// One event, and what can start by it.
    pub(super) fn event(&mut self, event: Event) {
        self.effects.clear();
        self.step(event);
        self.schedule();
    }

    pub(super) fn step(&mut self, event: Event) {
        self.story.push((self.now, Told::Event(event.clone())));
        self.store.admit(&event);
        let wake = matches!(event, Event::Wake);
        let mut out = Vec::new();
        self.core.step(self.now, event, &mut out);
        self.take(out);
        if wake {
            assert!(self.core.next_wake().is_none_or(|at| at > self.now), "a timer is left over");
        }
        self.check();
    }

    pub(super) fn schedule(&mut self) {
        let expected = referee::placements(&self.store, &self.host);
        let mut out = Vec::new();
        self.core.schedule(self.now, &mut out);
        let placed: Vec<_> = out
            .iter()
            .filter_map(|effect| match effect {
                Effect::AttemptPlaced { attempt, environment, .. } => Some((attempt.job, *environment)),
                Effect::Status { .. }
                | Effect::Reason { .. }
                | Effect::Position { .. }
                | Effect::AttemptStarted { .. }
                | Effect::AttemptStopping { .. }
                | Effect::AttemptEnded { .. }
                | Effect::Launch { .. }
                | Effect::Signal { .. }
                | Effect::Settle { .. } => None,
            })
            .collect();
        self.take(out);
        assert_eq!(placed, expected, "placements: the core's, the referee's");
        let taken = Taken::of(&self.store);
        for (job, environment) in placed {
            assert!(
                taken.within(&self.store, &self.host, environment),
                "{job:?} overdraws {environment:?}: {taken:?}"
            );
        }
        self.check();
    }

    fn take(&mut self, out: Vec<Effect>) {
        for effect in out {
            self.store.persist(&effect);
            self.story.push((self.now, Told::Effect(effect.clone())));
            self.effects.push(effect);
        }
    }

    fn check(&self) {
        self.core.check().unwrap_or_else(|wrong| panic!("{wrong}"));
        self.store.agrees_with(&self.core).unwrap_or_else(|wrong| panic!("{wrong}"));
        for (attempt, row, job) in self.store.placed() {
            let due = row.due(&job.spec).filter(|due| *due > self.now);
            let woken = due.is_none_or(|due| self.core.next_wake().is_some_and(|at| at <= due));
            assert!(woken, "nobody is woken for {attempt}, which is due at {due:?}");
        }
    }
}

/// What is expected.
impl Bench {
    pub(super) fn attempts(&self, job: JobKey) -> u32 {
        self.store.jobs[&job].number()
    }

    /// The job's present attempt, or its last one.
    pub(super) fn present(&self, job: JobKey) -> AttemptId {
        AttemptId { job, number: self.attempts(job) }
    }

    #[track_caller]
    pub(super) fn assert(&self, job: JobKey, status: JobStatus) {
        assert_eq!(self.store.jobs[&job].status, status, "{job:?}");
    }

    #[track_caller]
    pub(super) fn assert_all<const N: usize>(&self, jobs: [JobKey; N], statuses: [JobStatus; N]) {
        assert_eq!(jobs.map(|job| self.store.jobs[&job].status), statuses, "{jobs:?}");
    }

    /// The job ended as FAILED, for this reason.
    #[track_caller]
    pub(super) fn assert_failed(&self, job: JobKey, reason: &str) {
        self.assert(job, Failed);
        self.assert_reason(job, Some(reason));
    }

    #[track_caller]
    pub(super) fn assert_reason(&self, job: JobKey, reason: Option<&str>) {
        assert_eq!(self.store.jobs[&job].reason.as_deref(), reason, "{job:?}");
    }

    /// Where the present attempt was placed.
    #[track_caller]
    pub(super) fn assert_in(&self, job: JobKey, environment: &str) {
        let attempt = self.store.jobs[&job].attempts.last();
        assert_eq!(attempt.map(|attempt| attempt.environment), Some(self.ce(environment)), "{job:?}");
    }

    /// Exactly this followed from the last event.
    #[track_caller]
    pub(super) fn expect<const N: usize>(&self, effects: [Effect; N]) {
        assert_eq!(self.effects, Vec::from(effects));
    }

    pub(super) fn status(&self, job: JobKey, status: JobStatus) -> Effect {
        Effect::Status { job, status, reason: None, at: self.now }
    }

    /// A status with a reason.
    pub(super) fn because(&self, job: JobKey, status: JobStatus, reason: &str) -> Effect {
        Effect::Status { job, status, reason: Some(reason.into()), at: self.now }
    }

    pub(super) fn placed(&self, attempt: AttemptId, environment: &str) -> Effect {
        Effect::AttemptPlaced { attempt, environment: self.ce(environment), at: self.now }
    }

    pub(super) fn launch(&self, attempt: AttemptId, environment: &str) -> Effect {
        Effect::Launch { attempt, environment: self.ce(environment) }
    }

    pub(super) fn started(&self, attempt: AttemptId) -> Effect {
        Effect::AttemptStarted { attempt, at: self.now }
    }

    /// The attempt is being stopped as of now.
    pub(super) fn stopping(&self, attempt: AttemptId, cause: StopCause) -> Effect {
        Effect::AttemptStopping { attempt, cause, kill_at: self.now.plus_seconds(30) }
    }

    pub(super) fn ended(&self, attempt: AttemptId, code: Option<i32>, reason: &str) -> Effect {
        let outcome = Outcome { code, reason: reason.into(), container_reason: None };
        Effect::AttemptEnded { attempt, outcome, at: self.now }
    }
}

pub(super) fn attempt(job: JobKey, number: u32) -> AttemptId {
    AttemptId { job, number }
}

pub(super) fn terminated(reason: &str) -> StopCause {
    StopCause::Terminated(reason.into())
}

pub(super) fn sigterm(attempt: AttemptId) -> Effect {
    Effect::Signal { attempt, signal: Signal::Terminate }
}

pub(super) fn sigkill(attempt: AttemptId) -> Effect {
    Effect::Signal { attempt, signal: Signal::Kill }
}

pub(super) fn settle(attempt: AttemptId) -> Effect {
    Effect::Settle { attempt }
}

/// A job of 1 vCPU and 1 MiB, unless it asks for more.
pub(super) fn job(queue: &'static str) -> Ask {
    let need = Resources { vcpu_milli: 1000, memory_mib: 1, gpus: 0 };
    Ask { queue, need, retry: Retry::default(), timeout_seconds: None }
}

/// What is asked for a job.
#[derive(Clone)]
pub(super) struct Ask {
    queue: &'static str,
    need: Resources,
    retry: Retry,
    timeout_seconds: Option<i64>,
}

/// What a condition of `evaluateOnExit` looks at, and its pattern.
#[derive(Clone, Copy)]
pub(super) enum On {
    Code(&'static str),
    Reason(&'static str),
    Status(&'static str),
}

impl Ask {
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
