//! A random world around the core: people who submit and change their minds, processes that start, end and get
//! lost, and an engine that dies. Every seed is a story of its own; `KILN_SIM_SEED` replays one, `KILN_SIM_SEEDS`
//! sets how many are told.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::bench::*;
use crate::engine::core::capacity::EnvironmentSettings;
use crate::engine::core::queue::QueueSettings;

/// How many seeds a normal run has.
const SEEDS: u64 = 300;
/// How many batches of events make a story.
const BATCHES: u64 = 60;

/// Splitmix64: small, seeded, good enough.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        let len = u64::try_from(from.len()).unwrap();
        (len > 0).then(|| from[usize::try_from(self.below(len)).unwrap()])
    }
}

/// What an executor holds of an attempt until it is settled.
#[derive(Debug, Clone)]
enum Process {
    Sent,
    Runs { since: Millis },
    Over(Report),
}

/// The executor: it outlives the engine.
#[derive(Debug, Default)]
struct World {
    processes: BTreeMap<AttemptId, Process>,
    /// Every attempt whose process has ever run.
    ran: BTreeSet<AttemptId>,
    /// Everything the engine was told, to be told again.
    told: Vec<(AttemptId, Report)>,
    /// What the engine is to be told.
    inbox: VecDeque<(AttemptId, Report)>,
}

impl World {
    /// Does what a committed effect asks for.
    fn perform(&mut self, effect: &Effect, now: Millis) {
        match effect {
            Effect::Launch { attempt, .. } => {
                assert!(!self.ran.contains(attempt), "attempt {attempt} is launched though it has run");
                let before = self.processes.insert(*attempt, Process::Sent);
                assert!(matches!(before, None | Some(Process::Sent)), "{attempt} was {before:?}");
            }
            Effect::Signal { attempt, signal: Signal::Kill } => {
                if matches!(self.processes.get(attempt), Some(Process::Sent | Process::Runs { .. })) {
                    self.end(*attempt, Report::Exited { code: 137, at: now });
                }
            }
            // Whether a process heeds SIGTERM is up to chance.
            Effect::Signal { attempt: _, signal: Signal::Terminate } => {}
            Effect::Settle { attempt } => {
                let over = self.processes.remove(attempt);
                assert!(matches!(over, None | Some(Process::Over(_))), "{attempt} is settled as {over:?}");
            }
            Effect::Status { .. }
            | Effect::Reason { .. }
            | Effect::Position { .. }
            | Effect::AttemptPlaced { .. }
            | Effect::AttemptStarted { .. }
            | Effect::AttemptStopping { .. }
            | Effect::AttemptEnded { .. } => {}
        }
    }

    fn start(&mut self, attempt: AttemptId, now: Millis) {
        self.processes.insert(attempt, Process::Runs { since: now });
        self.ran.insert(attempt);
        self.inbox.push_back((attempt, Report::Started { at: now }));
    }

    fn end(&mut self, attempt: AttemptId, report: Report) {
        self.processes.insert(attempt, Process::Over(report.clone()));
        self.inbox.push_back((attempt, report));
    }

    /// A new engine asks for the attempts it expects; the rest is told as well. What was under way is gone.
    fn reconnect(&mut self, store: &Store) {
        self.inbox.clear();
        let unheard =
            store.placed().map(|(attempt, ..)| attempt).filter(|id| !self.processes.contains_key(id));
        self.inbox.extend(unheard.map(|attempt| (attempt, Report::Unknown)));
        for (attempt, process) in &self.processes {
            match process {
                Process::Sent => {}
                Process::Runs { since } => self.inbox.push_back((*attempt, Report::Started { at: *since })),
                Process::Over(report) => self.inbox.push_back((*attempt, report.clone())),
            }
        }
    }
}

/// What the stories were about, so that a driver that has fallen asleep is noticed.
#[derive(Debug, Default)]
struct Tally(BTreeMap<&'static str, u64>);

impl Tally {
    fn count(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }
}

struct Simulation<'a> {
    seed: u64,
    random: Random,
    bench: Bench,
    world: World,
    tally: &'a mut Tally,
    /// Jobs whose submission was committed.
    acknowledged: Vec<JobKey>,
    queues: u64,
    environments: u64,
}

impl Drop for Simulation<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}; KILN_SIM_SEED={0} tells it again", self.seed);
        }
    }
}

impl<'a> Simulation<'a> {
    fn new(seed: u64, tally: &'a mut Tally) -> Self {
        let mut random = Random(seed);
        let bench = Bench::new().host(4 + random.below(8), 400).gpus(random.below(3));
        let (world, acknowledged) = (World::default(), Vec::new());
        Self { seed, random, bench, world, tally, acknowledged, queues: 0, environments: 0 }
    }

    fn run(mut self) {
        for _ in 0..=self.random.below(3) {
            let event = self.new_environment();
            self.bench.event(event);
        }
        for _ in 0..BATCHES {
            self.batch();
        }
        self.drain();
    }

    /// Some events are taken in, committed and carried out, as in `engine/run.rs`; or the engine dies between.
    fn batch(&mut self) {
        if self.random.chance(30) {
            self.bench.now.0 += i64::try_from(self.random.below(20_000)).unwrap();
        }
        self.live();
        if self.random.chance(3) {
            // Nothing of this batch was committed.
            self.crash("crash before a commit");
            return;
        }
        self.bench.effects.clear();
        for _ in 0..self.random.below(4) {
            let Some((attempt, report)) = self.world.inbox.pop_front() else { break };
            self.world.told.push((attempt, report.clone()));
            self.bench.step(Event::Report { attempt, report });
        }
        self.bench.step(Event::Wake);
        for _ in 0..self.random.below(3) {
            if let Some(event) = self.request() {
                if let Event::Submit { job, .. } = event {
                    self.acknowledged.push(job);
                }
                self.bench.step(event);
            }
        }
        self.bench.schedule();
        self.count();
        let effects = std::mem::take(&mut self.bench.effects);
        let done = if self.random.chance(4) {
            usize::try_from(self.random.below(effects.len() as u64 + 1)).unwrap()
        } else {
            effects.len()
        };
        for effect in &effects[..done] {
            self.world.perform(effect, self.bench.now);
        }
        if done < effects.len() {
            self.crash("crash after a commit");
        }
    }

    fn crash(&mut self, when: &'static str) {
        self.tally.count(when);
        self.bench.crash();
        self.world.reconnect(&self.bench.store);
        // Nothing may have been forgotten that would make room.
        self.bench.schedule();
        let effects = std::mem::take(&mut self.bench.effects);
        for effect in &effects {
            self.world.perform(effect, self.bench.now);
        }
    }

    /// Something happens to a process, or an old report comes once more.
    fn live(&mut self) {
        let now = self.bench.now;
        for _ in 0..self.random.below(4) {
            let processes: Vec<AttemptId> = self.world.processes.keys().copied().collect();
            let Some(attempt) = self.random.pick(&processes) else { break };
            let stopped = self.bench.store.jobs[&attempt.job]
                .attempts
                .get(attempt.number as usize - 1)
                .is_some_and(|row| row.stop.is_some());
            match (&self.world.processes[&attempt], self.random.below(100)) {
                (Process::Sent, 0..70) => self.world.start(attempt, now),
                (Process::Sent, 70..80) => {
                    self.world
                        .end(attempt, Report::NotStarted { reason: "no".into(), permanent: false, at: now });
                }
                (Process::Sent | Process::Runs { .. }, 96..) => {
                    self.world.end(attempt, Report::Lost { at: now });
                }
                (Process::Runs { .. }, 0..25) => {
                    let code = self.random.pick(&[0, 0, 0, 1, 1, 42, 137]).unwrap();
                    self.world.end(attempt, Report::Exited { code, at: now });
                }
                (Process::Runs { .. }, 25..50) if stopped => {
                    self.world.end(attempt, Report::Exited { code: 143, at: now });
                }
                (Process::Sent | Process::Runs { .. } | Process::Over(_), _) => {}
            }
        }
        if self.random.chance(10) {
            let again = self.random.below(self.world.told.len() as u64 + 1);
            // A late `Unknown` is no such thing: it is an answer to the question of a new engine.
            let old = self.world.told.get(usize::try_from(again).unwrap()).cloned();
            self.world.inbox.extend(old.filter(|(_, report)| *report != Report::Unknown));
        }
    }

    /// What somebody asks for.
    fn request(&mut self) -> Option<Event> {
        let reason = "asked for".to_owned();
        match self.random.below(100) {
            0..64 => self.submit(),
            64..69 => self.some_job().map(|job| Event::Cancel { job, reason }),
            69..78 => self.some_job().map(|job| Event::Terminate { job, reason }),
            78..88 => self.change_environment(),
            88..95 => Some(self.put_queue()),
            95..96 => {
                self.tally.count("queue deleted");
                self.some_queue().map(|queue| Event::QueueDeleted { queue, reason })
            }
            96..98 => self.delete_environment(),
            _ => Some(self.new_environment()),
        }
    }

    fn submit(&mut self) -> Option<Event> {
        let queue = self.some_queue()?;
        let random = &mut self.random;
        let need = Resources {
            vcpu_milli: random.pick(&[250, 500, 1000, 1000, 1000, 1000, 2000, 4000])?,
            memory_mib: random.pick(&[1, 10, 10, 10, 100, 300])?,
            gpus: u64::from(random.chance(5)),
        };
        // Now and then more than the host has.
        let vcpu_milli = if random.chance(2) { 20_000 } else { need.vcpu_milli };
        let need = Resources { vcpu_milli, ..need };
        let mut retry = Retry { attempts: random.pick(&[1, 1, 2, 3, 10])?, rules: Vec::new() };
        if random.chance(20) {
            let on_exit_code = random.pick(&["1", "1*", "*", "42"]).map(str::to_owned);
            retry.rules.push(ExitRule { on_exit_code, retry: random.chance(50), ..ExitRule::default() });
        }
        let timeout_seconds = random.pick(&[None, None, Some(5), Some(60)])?;
        let job = JobKey(self.bench.store.jobs.len() as u64 + 1);
        Some(Event::Submit { job, spec: JobSpec { queue, need, retry, timeout_seconds }.into() })
    }

    /// Any job, finished or not, rather a late one.
    fn some_job(&mut self) -> Option<JobKey> {
        let all = self.bench.store.jobs.len() as u64;
        let back = self.random.below(20).min(all.saturating_sub(1));
        (all > 0).then(|| JobKey(all - back))
    }

    fn some_queue(&mut self) -> Option<QueueKey> {
        let there = self.bench.store.queues.iter().filter(|(_, queue)| !queue.deleted);
        let keys: Vec<_> = there.map(|(key, _)| *key).collect();
        self.random.pick(&keys)
    }

    fn some_environment(&mut self) -> Option<EnvironmentKey> {
        let there = self.bench.store.environments.iter().filter(|(_, environment)| !environment.deleted);
        let keys: Vec<_> = there.map(|(key, _)| *key).collect();
        self.random.pick(&keys)
    }

    /// A new queue, or new settings for an old one.
    fn put_queue(&mut self) -> Event {
        let old = self.some_queue();
        let queue = match old.filter(|_| self.queues >= 3 || self.random.chance(30)) {
            Some(old) => old,
            None => {
                self.queues += 1;
                QueueKey(self.queues)
            }
        };
        let mut environments = Vec::new();
        for _ in 0..=self.random.below(3) {
            let one = self.some_environment().filter(|one| !environments.contains(one));
            environments.extend(one);
        }
        let priority = i32::try_from(self.random.below(4)).unwrap();
        Event::QueuePut { queue, settings: QueueSettings { priority, environments } }
    }

    fn new_environment(&mut self) -> Event {
        self.environments += 1;
        self.put_environment(EnvironmentKey(self.environments))
    }

    fn change_environment(&mut self) -> Option<Event> {
        self.some_environment().map(|environment| self.put_environment(environment))
    }

    fn put_environment(&mut self, environment: EnvironmentKey) -> Event {
        let max_vcpu_milli = self.random.pick(&[Some(1000), Some(2000), Some(4000), Some(8000), None]);
        let settings =
            EnvironmentSettings { open: self.random.chance(80), max_vcpu_milli: max_vcpu_milli.flatten() };
        Event::EnvironmentPut { environment, settings }
    }

    /// Only an environment that no queue names may be deleted.
    fn delete_environment(&mut self) -> Option<Event> {
        let environment = self.some_environment()?;
        let named = self
            .bench
            .store
            .queues
            .values()
            .any(|queue| !queue.deleted && queue.settings.environments.contains(&environment));
        if named {
            return None;
        }
        self.tally.count("environment deleted");
        Some(Event::EnvironmentDeleted { environment })
    }

    fn count(&mut self) {
        let mut placed = BTreeSet::new();
        for effect in &self.bench.effects {
            let what = match effect {
                Effect::Status { status: Succeeded, .. } => "succeeded",
                Effect::Status { status: Failed, .. } => "failed",
                Effect::Status { .. } => "other status",
                Effect::Reason { reason: Some(_), .. } => "blocked",
                Effect::Reason { reason: None, .. } => "no longer blocked",
                Effect::Position { .. } => "retried",
                Effect::AttemptPlaced { attempt, .. } => {
                    placed.insert(*attempt);
                    "placed"
                }
                Effect::AttemptStarted { .. } => "started",
                Effect::AttemptStopping { cause: StopCause::TimedOut, .. } => "timed out",
                Effect::AttemptStopping { cause: StopCause::Terminated(_), .. } => "terminated",
                Effect::AttemptEnded { .. } => "ended",
                Effect::Launch { attempt, .. } if placed.contains(attempt) => "launched",
                Effect::Launch { .. } => "launched again",
                Effect::Signal { signal: Signal::Terminate, .. } => "asked to end",
                Effect::Signal { attempt, signal: Signal::Kill } => {
                    let row = &self.bench.store.jobs[&attempt.job].attempts[attempt.number as usize - 1];
                    let stop = row.stop.as_ref().expect("only what is being stopped is killed");
                    assert!(stop.kill_at <= self.bench.now, "{attempt} is killed before its grace ends");
                    "killed"
                }
                Effect::Settle { .. } => "settled",
            };
            self.tally.count(what);
        }
    }

    /// Room is made for everyone, and every process comes to its end: then nothing may be left.
    fn drain(mut self) {
        let settings = EnvironmentSettings { open: true, max_vcpu_milli: None };
        let room = EnvironmentKey(self.environments + 1);
        self.happen(Event::EnvironmentPut { environment: room, settings });
        let queues = self.bench.store.queues.iter().filter(|(_, queue)| !queue.deleted);
        for queue in queues.map(|(key, _)| *key).collect::<Vec<_>>() {
            let settings = QueueSettings { priority: 1, environments: vec![room] };
            self.happen(Event::QueuePut { queue, settings });
        }
        let hopeless: Vec<_> = self
            .bench
            .store
            .unfinished()
            .filter(|(_, row)| !row.spec.need.within(&self.bench.host))
            .map(|(job, _)| job)
            .collect();
        for job in hopeless {
            self.happen(Event::Cancel { job, reason: "too large".into() });
        }
        for _ in 0..1000 {
            while let Some((attempt, report)) = self.world.inbox.pop_front() {
                self.happen(Event::Report { attempt, report });
            }
            let processes: Vec<_> = self.world.processes.keys().copied().collect();
            if processes.is_empty() {
                break;
            }
            for attempt in processes {
                match self.world.processes[&attempt] {
                    Process::Sent => self.world.start(attempt, self.bench.now),
                    Process::Runs { .. } => {
                        self.world.end(attempt, Report::Exited { code: 0, at: self.bench.now });
                    }
                    Process::Over(_) => {}
                }
            }
        }
        self.assert_over();
    }

    fn happen(&mut self, event: Event) {
        self.bench.event(event);
        for effect in std::mem::take(&mut self.bench.effects) {
            self.world.perform(&effect, self.bench.now);
        }
    }

    fn assert_over(&mut self) {
        // That none ends twice is what the store sees to.
        for job in &self.acknowledged {
            assert!(self.bench.store.jobs[job].ended(), "{job:?} is never over");
        }
        assert_eq!(self.bench.core.unfinished(), 0);
        assert_eq!(self.bench.core.host().used, Resources::default());
        assert!(self.world.processes.is_empty(), "not settled: {:?}", self.world.processes);
        self.bench.after(1_000_000_000);
        assert_eq!(self.bench.effects, [], "nothing is left to do");
        assert_eq!(self.bench.core.next_wake(), None);
    }
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is to be a number, not {text}")))
}

#[test]
fn whatever_happens_every_job_ends_once() {
    let mut tally = Tally::default();
    if let Some(seed) = number("KILN_SIM_SEED") {
        Simulation::new(seed, &mut tally).run();
        return;
    }
    let seeds = number("KILN_SIM_SEEDS").unwrap_or(SEEDS);
    for seed in 0..seeds {
        Simulation::new(seed, &mut tally).run();
    }
    let all = [
        "asked to end",
        "blocked",
        "crash after a commit",
        "crash before a commit",
        "environment deleted",
        "failed",
        "killed",
        "launched again",
        "no longer blocked",
        "queue deleted",
        "retried",
        "started",
        "succeeded",
        "terminated",
        "timed out",
    ];
    for what in all {
        assert!(seeds < SEEDS || tally.0.contains_key(what), "{what} never happened: {tally:?}");
    }
    eprintln!("{tally:?}");
}
