//! The loop: one thread that owns the state.
//!
//! The order is what makes it safe, and it is the same for everything that comes in: the core decides, all of it
//! is committed in one transaction, and only then replies leave and processes are started. Requests that wait
//! share one commit. A commit that fails undoes the whole batch: callers get an error, reports are kept and tried
//! again, and the core is built anew from what is stored, as soon as that can be read.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::{broadcast, oneshot, watch};
use tracing::{error, info, warn};

use super::change::{Change, Definitions};
use super::clock::Clock;
use super::core::{self, Core, Effect, Event, JobKey, Millis, Resources};
use super::recover::{Recovered, recover};
use super::{HostSize, launch, persist};
use crate::api::arn::Scope;
use crate::api::error::chain;
use crate::api::{Operation, ServiceError};
use crate::executor::process::{ProcessExecutor, RunnerCommand};
use crate::executor::{self, Executor, ExecutorError, Report};
use crate::home::Home;
use crate::store::read::Read;
use crate::store::{Durability, Store, StoreError};

/// How long a change that nobody waits for may stay unsynced.
const SYNC_WITHIN: Duration = Duration::from_millis(100);
/// The longest to wait for a time-out without a look at the clock.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// How long to wait after a commit that failed before reports are tried again.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// The most messages in one batch: bounds how long a reply waits for the others.
const BATCH: usize = 1000;

/// What an engine works with.
#[derive(Debug)]
pub struct EngineOptions {
    /// Where it keeps everything.
    pub home: Home,
    /// How large the host is.
    pub host: HostSize,
    /// How to start the process that runs jobs.
    pub runner: RunnerCommand,
}

/// Why an engine cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is stored cannot be taken up again.
    #[error("what is stored cannot be taken up again: {0}")]
    Recover(#[from] ServiceError),
    /// The executor cannot be started.
    #[error("the process executor cannot be started: {}", chain(.0))]
    Executor(#[from] ExecutorError),
}

/// A running engine.
#[derive(Debug)]
pub struct Engine {
    handle: Handle,
    thread: JoinHandle<()>,
}

/// Speaks to a running engine; cheap to copy.
#[derive(Debug, Clone)]
pub struct Handle {
    sender: Sender<Message>,
    changes: broadcast::Sender<JobKey>,
    unfinished: watch::Receiver<usize>,
}

/// The engine is stopping and takes no more requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the engine is stopping")]
pub struct Stopping;

/// What comes in.
#[derive(Debug)]
enum Message {
    Request { scope: Scope, operation: Operation, input: Value, reply: Reply },
    Report(Report),
    Stop,
}

type Reply = oneshot::Sender<Result<Value, ServiceError>>;

impl Engine {
    /// Opens the store, takes up what is unfinished, and starts the loop.
    ///
    /// # Errors
    /// The store, or the executor, cannot be opened.
    pub fn start(options: EngineOptions) -> Result<Self, StartError> {
        let (sender, receiver) = channel();
        let (changes, _) = broadcast::channel(4096);
        let store = Store::open(&options.home.database())?;
        let mut definitions = Definitions::default();
        let host = options.host.resources();
        let clock = Clock::start(Millis(store.latest_moment()?));
        let Recovered { core, expected } = recover(&store, &mut definitions, host, clock.now())?;
        let reports = sender.clone();
        // The loop may have ended by the time a late report comes; the next engine will ask for it again.
        let sink = move |report| drop(reports.send(Message::Report(report)));
        let executor = ProcessExecutor::open(options.home.directory(), &options.runner, &expected, sink)?;
        info!(unfinished = core.unfinished(), placed = expected.len(), "engine starts");
        let (unfinished, watched) = watch::channel(core.unfinished());
        let state = State {
            store,
            core,
            definitions,
            home: options.home,
            host,
            executor: Box::new(executor),
            receiver,
            pending: Vec::new(),
            pause: None,
            stale: false,
            changes: changes.clone(),
            unfinished,
            sync_at: None,
            clock,
        };
        let thread = std::thread::Builder::new()
            .name("engine".into())
            .spawn(move || state.run())
            .map_err(|source| StoreError::System { doing: "start the engine's thread", source })?;
        Ok(Self { handle: Handle { sender, changes, unfinished: watched }, thread })
    }

    /// Speaks to it.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Ends the loop after what has come in so far. Jobs that run go on.
    pub fn stop(self) {
        if self.handle.sender.send(Message::Stop).is_ok() && self.thread.join().is_err() {
            error!("the engine's thread panicked");
        }
    }
}

impl Handle {
    /// Carries out a change; the answer comes when it is durable.
    ///
    /// # Errors
    /// The engine is stopping and did not take the request; it may be repeated elsewhere.
    pub async fn request(
        &self,
        scope: Scope,
        operation: Operation,
        input: Value,
    ) -> Result<Result<Value, ServiceError>, Stopping> {
        let (reply, answer) = oneshot::channel();
        self.sender.send(Message::Request { scope, operation, input, reply }).map_err(|_| Stopping)?;
        // What the loop leaves behind when it ends is dropped without having been begun.
        answer.await.map_err(|_| Stopping)
    }

    /// Every job whose state changes from now on, once the change is durable enough to be read. An array also stands
    /// for those of its children, a multi-node parallel job for those of its nodes, that change all at once.
    pub fn changes(&self) -> broadcast::Receiver<JobKey> {
        self.changes.subscribe()
    }

    /// How many jobs are unfinished.
    pub fn unfinished(&self) -> watch::Receiver<usize> {
        self.unfinished.clone()
    }
}

/// What the loop owns.
struct State {
    store: Store,
    core: Core,
    definitions: Definitions,
    home: Home,
    host: Resources,
    executor: Box<dyn Executor>,
    receiver: Receiver<Message>,
    /// Reports to be taken in before anything new.
    pending: Vec<Told>,
    /// Until when to leave the pending ones alone.
    pause: Option<Instant>,
    /// Whether the core must be built anew before it may decide anything.
    stale: bool,
    changes: broadcast::Sender<JobKey>,
    unfinished: watch::Sender<usize>,
    /// When what is committed must be fsynced.
    sync_at: Option<Instant>,
    clock: Clock,
}

/// A report as the core takes it.
type Told = (core::AttemptId, core::Report);

/// One batch of what came in.
#[derive(Default)]
struct Batch {
    requests: Vec<(Scope, Operation, Value, Reply)>,
    reports: Vec<Told>,
    stop: bool,
}

impl State {
    fn run(mut self) {
        let mut stops = Vec::new();
        self.core.resume_stops(&mut stops);
        self.perform(stops);
        loop {
            let batch = self.wait();
            let stop = batch.stop;
            self.process(batch);
            if stop {
                break;
            }
        }
        if let Err(error) = self.store.sync() {
            error!("the last changes could not be synced: {error}");
        }
        if let Err(error) = self.executor.retire() {
            warn!("the runner could not be retired: {}", chain(&error));
        }
        info!("engine ends");
    }

    /// Waits for the first thing to do and takes whatever else is there.
    fn wait(&mut self) -> Batch {
        let mut batch = Batch::default();
        if self.pending.is_empty() || self.pause.is_some() {
            match self.first() {
                Ok(message) => batch.add(message),
                Err(RecvTimeoutError::Timeout) => {}
                // Every handle is gone, and with them everyone who could ask for anything.
                Err(RecvTimeoutError::Disconnected) => batch.stop = true,
            }
        }
        while batch.size() < BATCH && !batch.stop {
            let Ok(message) = self.receiver.try_recv() else { break };
            batch.add(message);
        }
        // Reports keep their order, whether or not earlier ones have to wait.
        self.pending.append(&mut batch.reports);
        if self.pause.is_none_or(|until| until <= Instant::now()) {
            self.pause = None;
            batch.reports = std::mem::take(&mut self.pending);
        }
        batch
    }

    fn first(&mut self) -> Result<Message, RecvTimeoutError> {
        let until = |at: Option<Instant>| at.map(|at| at.saturating_duration_since(Instant::now()));
        if let Some(pause) = until(self.pause) {
            return self.receiver.recv_timeout(pause);
        }
        // There is something to do already; whatever has come in joins it.
        if self.stale || !self.core.is_settled() {
            return self.receiver.try_recv().map_err(|_| RecvTimeoutError::Timeout);
        }
        // Waiting stands still while the machine sleeps, the engine's clock does not: so not too long at once.
        let now = self.clock.now();
        let wake = self
            .core
            .next_wake()
            .map(|at| Duration::from_millis(u64::try_from(at.0.saturating_sub(now.0)).unwrap_or(0)))
            .map(|wait| wait.min(LONGEST_WAIT));
        match [wake, until(self.sync_at)].into_iter().flatten().min() {
            Some(timeout) => self.receiver.recv_timeout(timeout),
            None => self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    /// Takes in a batch.
    fn process(&mut self, batch: Batch) {
        let Batch { requests, reports, .. } = batch;
        let now = self.clock.now();
        let due = self.core.next_wake().is_some_and(|at| at <= now);
        if requests.is_empty() && reports.is_empty() && !due && self.core.is_settled() && !self.stale {
            self.sync_if_due();
            return;
        }
        let (requests, replies): (Vec<_>, Vec<_>) = requests
            .into_iter()
            .map(|(scope, operation, input, reply)| ((scope, operation, input), reply))
            .unzip();
        let mut effects = Vec::new();
        // A mistake in kiln itself costs the batch that met it, not the engine.
        let attempt = AssertUnwindSafe(|| self.transact(now, requests, &reports, &mut effects));
        let done = catch_unwind(attempt).unwrap_or_else(|_| Err(ServiceError::server("kiln made a mistake")));
        match done {
            Ok(answers) => {
                for (reply, answer) in replies.into_iter().zip(answers) {
                    // A caller that hung up does not need its answer.
                    let _ = reply.send(answer);
                }
                self.perform(effects);
            }
            Err(error) => {
                error!("a commit failed, {} requests are refused: {error}", replies.len());
                self.store.roll_back();
                self.stale = true;
                // In front of what has come since.
                self.pending.splice(0..0, reports);
                self.pause = Some(Instant::now() + RETRY_AFTER);
                for reply in replies {
                    let _ = reply.send(Err(ServiceError::server(format!("nothing was changed: {error}"))));
                }
            }
        }
        if !self.stale {
            let unfinished = self.core.unfinished();
            self.unfinished.send_if_modified(|count| std::mem::replace(count, unfinished) != *count);
        }
        self.sync_if_due();
    }

    fn transact(
        &mut self,
        now: Millis,
        requests: Vec<(Scope, Operation, Value)>,
        reports: &[Told],
        effects: &mut Vec<Effect>,
    ) -> Result<Vec<Result<Value, ServiceError>>, ServiceError> {
        self.rebuild_if_stale(now)?;
        let acknowledges = requests.iter().any(|(_, operation, _)| !operation.is_read());
        self.store.begin(if acknowledges { Durability::Synced } else { Durability::Written })?;
        for report in reports {
            let (attempt, report) = report.clone();
            self.core.step(now, Event::Report { attempt, report }, effects);
        }
        self.core.step(now, Event::Wake, effects);
        // A request looks at rows, so they say at each moment what the core knows.
        let mut written = 0;
        self.write(effects, &mut written)?;
        let mut answers = Vec::with_capacity(requests.len());
        for (scope, operation, input) in requests {
            let Self { store, core, definitions, .. } = self;
            answers.push(store.attempt(|store| {
                Change { store, core, definitions, effects, scope: &scope, now }.run(operation, input)
            }));
            self.store.check_batch()?;
            self.write(effects, &mut written)?;
        }
        self.core.schedule(now, effects);
        self.write(effects, &mut written)?;
        self.store.check_batch()?;
        self.store.commit()?;
        self.sync_at = self.store.unsynced().then(|| self.sync_at.unwrap_or(Instant::now() + SYNC_WITHIN));
        Ok(answers)
    }

    /// Writes the effects that are not written yet.
    fn write(&mut self, effects: &[Effect], written: &mut usize) -> Result<(), ServiceError> {
        for effect in &effects[*written..] {
            persist::persist(&mut self.store, effect)?;
        }
        *written = effects.len();
        Ok(())
    }

    /// Carries out what is committed, in order.
    fn perform(&mut self, effects: Vec<Effect>) {
        let mut settled = Vec::new();
        for effect in effects {
            match effect {
                // Nobody may be listening.
                Effect::Status { job, .. } | Effect::Rest { array: job, .. } => drop(self.changes.send(job)),
                Effect::Launch { attempt, .. } => self.launch(attempt),
                Effect::Signal { attempt, signal } => {
                    if let Err(error) = self.executor.signal(executor_id(attempt), executor_signal(signal)) {
                        warn!(%attempt, "could not be signalled: {}", chain(&error));
                    }
                }
                Effect::Settle { attempt } => settled.push(executor_id(attempt)),
                Effect::Made { .. }
                | Effect::Blocked { .. }
                | Effect::Called { .. }
                | Effect::Position { .. }
                | Effect::AttemptPlaced { .. }
                | Effect::AttemptStarted { .. }
                | Effect::AttemptLeaves { .. }
                | Effect::AttemptStopping { .. }
                | Effect::Share { .. }
                | Effect::Desired { .. }
                | Effect::Replaced { .. }
                | Effect::AttemptEnded { .. } => {}
            }
        }
        if !settled.is_empty()
            && let Err(error) = self.executor.settle(&settled)
        {
            warn!("ends could not be settled and may be reported again: {}", chain(&error));
        }
    }

    /// Starts an attempt. What keeps it from starting is a report like any other.
    fn launch(&mut self, attempt: core::AttemptId) {
        let site = launch::Site { home: &self.home, has_gpus: self.host.gpus > 0 };
        // A mistake in kiln itself costs the attempt that met it, not the engine.
        let prepare =
            AssertUnwindSafe(|| launch::prepare(&self.store, &mut self.definitions, &site, attempt));
        let prepared =
            catch_unwind(prepare).unwrap_or_else(|_| Err(ServiceError::server("kiln made a mistake")));
        let (reason, permanent) = match prepared {
            Ok(Ok(launch)) => match self.executor.launch(&launch) {
                Ok(()) => return,
                Err(error) => (chain(&error), false),
            },
            Ok(Err(reason)) => (reason, true),
            Err(error) => (error.to_string(), false),
        };
        warn!(%attempt, "not started: {reason}");
        let at = self.clock.now();
        self.pending.push((attempt, core::Report::NotStarted { reason, permanent, at }));
    }

    fn rebuild_if_stale(&mut self, now: Millis) -> Result<(), ServiceError> {
        if self.stale {
            self.definitions = Definitions::default();
            self.core = recover(&self.store, &mut self.definitions, self.host, now)?.core;
            self.stale = false;
        }
        Ok(())
    }

    fn sync_if_due(&mut self) {
        if self.sync_at.is_some_and(|at| at <= Instant::now()) {
            self.sync_at = match self.store.sync() {
                Ok(()) => None,
                Err(error) => {
                    error!("changes could not be synced yet: {error}");
                    self.store.roll_back();
                    Some(Instant::now() + RETRY_AFTER)
                }
            };
        }
    }
}

impl Batch {
    fn add(&mut self, message: Message) {
        match message {
            Message::Request { scope, operation, input, reply } => {
                self.requests.push((scope, operation, input, reply));
            }
            Message::Report(report) => self.reports.push(translate(&report)),
            Message::Stop => self.stop = true,
        }
    }

    fn size(&self) -> usize {
        self.requests.len() + self.reports.len()
    }
}

fn translate(report: &Report) -> Told {
    let attempt = report.attempt();
    let id = core::AttemptId { job: JobKey(attempt.job), number: attempt.number };
    let report = match report {
        Report::Started { at, .. } => core::Report::Started { at: Millis(*at) },
        Report::Exited { exit, at, .. } => core::Report::Exited { code: exit.status(), at: Millis(*at) },
        Report::NotStarted { reason, permanent, at, .. } => {
            core::Report::NotStarted { reason: reason.clone(), permanent: *permanent, at: Millis(*at) }
        }
        Report::Unknown { .. } => core::Report::Unknown,
        Report::Lost { at, .. } => core::Report::Lost { at: Millis(*at) },
    };
    (id, report)
}

fn executor_id(attempt: core::AttemptId) -> executor::AttemptId {
    executor::AttemptId { job: attempt.job.0, number: attempt.number }
}

fn executor_signal(signal: core::Signal) -> executor::Signal {
    match signal {
        core::Signal::Terminate => executor::Signal::Terminate,
        core::Signal::Kill => executor::Signal::Kill,
    }
}
