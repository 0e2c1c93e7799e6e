//! The language of these tests: builders, events in words, and a story that is told when a test fails.

use std::collections::BTreeMap;

pub(super) use super::ask::{Ask, On, job};
use super::referee::Referee;
pub(super) use super::store::Store;
pub(super) use crate::api::job::JobStatus::{self, Failed, Pending, Runnable, Running, Starting, Succeeded};
pub(super) use crate::engine::core::blocked::TimeLimit;
pub(super) use crate::engine::core::capacity::{EnvironmentSettings, Fault, Replacement, Scale};
pub(super) use crate::engine::core::queue::QueueSettings;
pub(super) use crate::engine::core::share::Policy;
pub(super) use crate::engine::core::{
    AttemptId, Call, Core, Effect, EnvironmentKey, Event, JobKey, Millis, Outcome, QueueKey, Reason, Report,
    Resources, Signal, StopCause,
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
    referee: Referee,
    pub(super) now: Millis,
    /// What followed from the last event.
    pub(super) effects: Vec<Effect>,
    pub(super) host: Resources,
    story: Vec<(Millis, Told)>,
    /// After how many rounds what is stored is read back; none if after each step.
    hurry: Option<u64>,
    rounds: u64,
    /// Whether its story is told even if all is well.
    is_told: bool,
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
        if !std::thread::panicking() && !self.is_told {
            return;
        }
        let told = if self.is_told { usize::MAX } else { TOLD };
        let skipped = self.story.len().saturating_sub(told);
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
            referee: Referee::new(host),
            now: Millis(1_000_000),
            effects: Vec::new(),
            host,
            story: Vec::new(),
            hurry: None,
            rounds: 0,
            is_told: false,
            queues: BTreeMap::new(),
            environments: BTreeMap::new(),
        }
    }

    /// The size of the host; comes first.
    pub(super) fn host(mut self, vcpus: u64, memory_mib: u64) -> Self {
        self.host = Resources { vcpu_milli: vcpus * 1000, memory_mib, gpus: 0 };
        self.core = Core::new(self.host);
        self.referee = Referee::new(self.host);
        self
    }

    pub(super) fn gpus(mut self, gpus: u64) -> Self {
        self.host.gpus = gpus;
        self.core = Core::new(self.host);
        self.referee = Referee::new(self.host);
        self
    }

    /// What is stored is read back only after every third round, and before a crash.
    pub(super) fn in_a_hurry(mut self) -> Self {
        self.hurry = Some(3);
        self
    }

    /// All of the story is told in the end.
    pub(super) fn tell_all(&mut self) {
        self.is_told = true;
    }

    /// An open environment of that many vCPUs.
    pub(super) fn environment(mut self, name: &'static str, vcpus: u64) -> Self {
        self.put_environment(name, Some(vcpus * 1000));
        self
    }

    /// An open environment without a maximum of its own.
    pub(super) fn unmanaged(mut self, name: &'static str) -> Self {
        self.put_environment(name, None);
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
        let before = self.store.queues.get(&queue).map(|row| row.settings.clone());
        let (policy, limits) = before.map_or((None, Vec::new()), |before| (before.policy, before.limits));
        let settings = QueueSettings { priority, environments, policy, limits };
        self.event(Event::QueuePut { queue, settings });
    }

    /// Changes the settings of a queue.
    pub(super) fn change_queue(&mut self, name: &'static str, change: impl FnOnce(&mut QueueSettings)) {
        let queue = self.q(name);
        let mut settings = self.store.queues[&queue].settings.clone();
        change(&mut settings);
        self.event(Event::QueuePut { queue, settings });
    }

    /// Creates an environment.
    fn put_environment(&mut self, name: &'static str, max_vcpu_milli: Option<u64>) {
        let environment = EnvironmentKey(self.environments.len() as u64 + 1);
        self.environments.insert(name, environment);
        let settings = EnvironmentSettings {
            enabled: true,
            takes_nodes: true,
            fault: None,
            max_vcpu_milli,
            scale: None,
            instance: "c5.large".into(),
        };
        self.event(Event::EnvironmentPut { environment, settings, replacement: None });
    }

    /// Changes the settings of an environment.
    pub(super) fn change(&mut self, name: &'static str, change: impl FnOnce(&mut EnvironmentSettings)) {
        self.replace(name, None, change);
    }

    /// The same, so that its hosts are replaced.
    pub(super) fn replace(
        &mut self,
        name: &'static str,
        replacement: Option<Replacement>,
        change: impl FnOnce(&mut EnvironmentSettings),
    ) {
        let environment = self.ce(name);
        let mut settings = self.store.environments[&environment].settings.clone();
        change(&mut settings);
        self.event(Event::EnvironmentPut { environment, settings, replacement });
    }

    pub(super) fn resize(&mut self, name: &'static str, vcpus: u64) {
        self.change(name, |settings| settings.max_vcpu_milli = Some(vcpus * 1000));
    }

    pub(super) fn close(&mut self, name: &'static str) {
        self.change(name, |settings| settings.enabled = false);
    }

    pub(super) fn open(&mut self, name: &'static str) {
        self.change(name, |settings| settings.enabled = true);
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
    #[allow(clippy::needless_pass_by_value, reason = "it reads better in tests")]
    pub(super) fn submit(&mut self, ask: Ask) -> JobKey {
        let job = self.store.next_key();
        let submission = ask.submission(self).into();
        self.event(Event::Submit { job, submission });
        job
    }

    /// Submits a job that cannot be run.
    #[allow(clippy::needless_pass_by_value, reason = "it reads better in tests")]
    pub(super) fn submit_in_vain(&mut self, ask: Ask, reason: &str) -> JobKey {
        let job = self.store.next_key();
        let submission = ask.submission(self).into();
        self.effects.clear();
        self.step(Event::Submit { job, submission });
        self.event(Event::Refuse { job, reason: reason.into() });
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
        self.check();
        self.core = self.store.recover(self.host, self.now);
        self.referee.restart(self.host, |key| self.store.environments[&key].desired);
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
        self.referee.step(self.now, &event);
        let wake = matches!(event, Event::Wake);
        let mut out = Vec::new();
        self.core.step(self.now, event, &mut out);
        self.take(&out);
        if wake {
            assert!(self.core.next_wake().is_none_or(|at| at > self.now), "a timer is left over");
        }
        self.referee.agree(self.now, &self.store, &out).unwrap_or_else(|wrong| panic!("{wrong}"));
        self.core.check().unwrap_or_else(|wrong| panic!("{wrong}"));
        if self.hurry.is_none() {
            self.check();
        }
    }

    pub(super) fn schedule(&mut self) {
        let is_idle = self.core.is_settled();
        let mut out = Vec::new();
        self.core.schedule(self.now, &mut out);
        self.take(&out);
        let started = out.iter().filter_map(|effect| match effect {
            Effect::AttemptPlaced { attempt, environment, .. } => Some((*attempt, *environment)),
            _ => None,
        });
        let judged = self.referee.round(self.now, started.collect(), &self.store, is_idle);
        let agreed = judged.and_then(|()| self.referee.agree(self.now, &self.store, &out));
        let agreed = agreed.and_then(|()| self.referee.agree_on_use(&self.store, &out));
        agreed.unwrap_or_else(|wrong| panic!("{wrong}"));
        self.rounds += 1;
        if self.hurry.is_none_or(|often| self.rounds.is_multiple_of(often)) {
            self.check();
        }
    }

    fn take(&mut self, out: &[Effect]) {
        for effect in out {
            self.store.persist(effect);
            self.story.push((self.now, Told::Effect(effect.clone())));
            self.effects.push(effect.clone());
        }
    }

    fn check(&self) {
        self.core.check().unwrap_or_else(|wrong| panic!("{wrong}"));
        self.store.agrees_with(&self.core, self.now).unwrap_or_else(|wrong| panic!("{wrong}"));
        self.referee.agree_on_fronts(self.now, &self.core).unwrap_or_else(|wrong| panic!("{wrong}"));
        let due = self.referee.next_due().filter(|due| *due > self.now);
        let woken = due.is_none_or(|due| self.core.next_wake().is_some_and(|at| at <= due));
        assert!(woken, "nobody is woken for what is due at {due:?}");
    }
}

/// What is expected.
impl Bench {
    pub(super) fn attempts(&self, job: JobKey) -> u32 {
        let row = self.store.jobs.get(&job);
        row.and_then(|row| row.attempts.last()).map_or(0, |last| last.number)
    }

    /// The job's present attempt, or its last one.
    pub(super) fn present(&self, job: JobKey) -> AttemptId {
        AttemptId { job, number: self.attempts(job) }
    }

    #[track_caller]
    pub(super) fn assert(&self, job: JobKey, status: JobStatus) {
        assert_eq!(self.store.status_of(job), status, "{job:?}");
    }

    #[track_caller]
    pub(super) fn assert_all<const N: usize>(&self, jobs: [JobKey; N], statuses: [JobStatus; N]) {
        assert_eq!(jobs.map(|job| self.store.status_of(job)), statuses, "{jobs:?}");
    }

    /// The job ended as FAILED, for this reason.
    #[track_caller]
    pub(super) fn assert_failed(&self, job: JobKey, reason: &str) {
        self.assert(job, Failed);
        self.assert_reason(job, Some(reason));
    }

    #[track_caller]
    pub(super) fn assert_reason(&self, job: JobKey, reason: Option<&str>) {
        let expected = reason.map(Reason::from);
        assert_eq!(self.store.state_of(job).1, expected.as_ref(), "{job:?}");
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
        Effect::AttemptPlaced { attempt, environment: self.ce(environment), gpus: Vec::new(), at: self.now }
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

pub(super) fn cancelled(job: JobKey) -> Effect {
    Effect::Called { job, call: Call::Cancel }
}

/// That TerminateJob, or what does the same, took hold of a job.
pub(super) fn ordered_to_end(job: JobKey) -> Effect {
    Effect::Called { job, call: Call::Terminate }
}

/// Shares, limits and scaling.
impl Bench {
    /// Gives a queue a scheduling policy, or another one.
    pub(super) fn put_policy(&mut self, queue: &'static str, policy: Policy) {
        self.change_queue(queue, |settings| settings.policy = Some(policy));
    }

    /// Has a queue act on a head job that is blocked, as `jobStateTimeLimitActions` say it.
    pub(super) fn put_limits<const N: usize>(&mut self, queue: &'static str, limits: [(&str, i64); N]) {
        let limits =
            limits.iter().filter_map(|(reason, seconds)| TimeLimit::read(reason, *seconds)).collect();
        self.change_queue(queue, |settings| settings.limits = limits);
    }

    /// Breaks an environment, or mends it.
    pub(super) fn put_fault(&mut self, environment: &'static str, fault: Option<Fault>) {
        self.change(environment, |settings| settings.fault = fault);
    }

    /// Has an environment scale.
    pub(super) fn put_scale(&mut self, environment: &'static str, min: u64, asked: u64) {
        self.change(environment, |settings| settings.scale = Some(Scale { min, asked }));
    }

    /// What the last event launched, in order.
    pub(super) fn launched(&self) -> Vec<JobKey> {
        let launched = |effect: &Effect| match effect {
            Effect::Launch { attempt, .. } => Some(attempt.job),
            _ => None,
        };
        self.effects.iter().filter_map(launched).collect()
    }
}
