//! What the pure core takes: events a second, time for each decision as queues grow, memory for each pending job.
//!
//! `cargo bench --bench core`. Nothing runs: executors are played, on one thread. An event is a submission, the start of
//! a process or its end; a decision is what follows from an end: the next job is chosen, placed and launched. The
//! figures for one row are from one queue that is kept as long as the row says while jobs go through it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kiln::engine::core::capacity::EnvironmentSettings;
use kiln::engine::core::queue::QueueSettings;
use kiln::engine::core::share::Policy;
use kiln::engine::core::{
    AttemptId, Core, Effect, EnvironmentKey, Event, JobKey, JobSpec, Millis, QueueKey, Report, Resources,
    Retry, Submission, Waits,
};

/// How many jobs go through the queue of each row.
const THROUGH: u64 = 200_000;
/// How many run side by side.
const SLOTS: u64 = 64;
const LENGTHS: [u64; 4] = [1000, 10_000, 100_000, 1_000_000];

fn main() {
    println!("{:<34} {:>10} {:>12} {:>12} {:>12}", "queue", "pending", "events/s", "ns/event", "bytes/job");
    let only = std::env::args().nth(1).filter(|word| !word.starts_with("--"));
    for (name, kind) in KINDS.iter().filter(|(name, _)| only.as_ref().is_none_or(|only| name.contains(only)))
    {
        for length in LENGTHS {
            row(name, *kind, length);
        }
        println!();
    }
}

/// What a queue holds.
const KINDS: [(&str, Kind); 4] = [
    ("first in, first out", Kind { children: None, shares: None }),
    ("arrays of 1,000", Kind { children: Some(1000), shares: None }),
    ("shares: 10, with past use", Kind { children: None, shares: Some(10) }),
    ("shares: 500, with past use", Kind { children: None, shares: Some(500) }),
];

#[derive(Clone, Copy)]
struct Kind {
    children: Option<u32>,
    shares: Option<u64>,
}

fn row(name: &str, kind: Kind, length: u64) {
    let before = resident();
    let mut world = World::new(kind);
    while world.pending < length {
        world.submit();
    }
    let bytes = resident().saturating_sub(before) / length;
    world.schedule();
    let (events, time) = world.run(THROUGH);
    let each = time.as_nanos() / u128::from(events);
    let rate = f64::from(u32::try_from(events).expect("a bench is short")) / time.as_secs_f64();
    println!("{name:<34} {length:>10} {rate:>12.0} {each:>12} {bytes:>12}");
}

struct World {
    core: Core,
    kind: Kind,
    now: Millis,
    next: u64,
    pending: u64,
    effects: Vec<Effect>,
    running: VecDeque<AttemptId>,
    shares: Vec<Arc<str>>,
}

impl World {
    fn new(kind: Kind) -> Self {
        let host = Resources { vcpu_milli: SLOTS * 1000, memory_mib: 1 << 30, gpus: 0 };
        let mut core = Core::new(host);
        let mut effects = Vec::new();
        let settings = EnvironmentSettings {
            enabled: true,
            fault: None,
            max_vcpu_milli: Some(SLOTS * 1000),
            takes_nodes: true,
            scale: None,
            instance: "optimal".into(),
        };
        let environment = EnvironmentKey(1);
        core.step(
            Millis(0),
            Event::EnvironmentPut { environment, settings, replacement: None },
            &mut effects,
        );
        let policy =
            kind.shares.map(|_| Policy { decay_seconds: 3600, reservation: 10, weights: Vec::new() });
        let settings =
            QueueSettings { priority: 1, environments: vec![environment], policy, limits: Vec::new() };
        core.step(Millis(0), Event::QueuePut { queue: QueueKey(2), settings }, &mut effects);
        let shares = (0..kind.shares.unwrap_or(1)).map(|share| Arc::from(format!("share-{share}"))).collect();
        Self {
            core,
            kind,
            now: Millis(0),
            next: 10,
            pending: 0,
            effects: Vec::new(),
            running: VecDeque::new(),
            shares,
        }
    }

    fn submit(&mut self) {
        let key = self.next;
        let members = u64::from(self.kind.children.unwrap_or(0));
        self.next += 1 + members;
        self.pending += members.max(1);
        let share = self.kind.shares.map_or(Arc::from(""), |count| {
            Arc::clone(&self.shares[usize::try_from(key % count).expect("a share's index")])
        });
        let spec = JobSpec {
            queue: QueueKey(2),
            need: Resources { vcpu_milli: 1000, memory_mib: 64, gpus: 0 },
            nodes: None,
            retry: Retry::default(),
            timeout_seconds: Some(3600),
            share,
            priority: 0,
        };
        let submission = Submission { spec, size: self.kind.children, waits: Waits::default() };
        self.step(Event::Submit { job: JobKey(key), submission: Box::new(submission) });
    }

    fn step(&mut self, event: Event) {
        self.core.step(self.now, event, &mut self.effects);
        self.take_launches();
    }

    fn schedule(&mut self) {
        self.core.schedule(self.now, &mut self.effects);
        self.take_launches();
    }

    fn take_launches(&mut self) {
        for effect in self.effects.drain(..) {
            if let Effect::Launch { attempt, .. } = effect {
                self.pending -= 1;
                self.running.push_back(attempt);
            }
        }
    }

    /// Lets so many jobs start and end, and replaces what has gone. Returns the events and the time that they took.
    fn run(&mut self, jobs: u64) -> (u64, Duration) {
        let length = self.pending;
        let mut events = 0;
        let start = Instant::now();
        for _ in 0..jobs {
            let Some(attempt) = self.running.pop_front() else { break };
            self.now = Millis(self.now.0 + 1);
            self.step(Event::Report { attempt, report: Report::Started { at: self.now } });
            self.step(Event::Report { attempt, report: Report::Exited { code: 0, at: self.now } });
            events += 2;
            if self.pending < length {
                self.submit();
                events += 1;
            }
            self.schedule();
        }
        (events, start.elapsed())
    }
}

/// The memory of this process, in bytes.
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").expect("the process's memory");
    let pages: u64 = text.split_whitespace().nth(1).and_then(|pages| pages.parse().ok()).expect("a number");
    pages * 4096
}
