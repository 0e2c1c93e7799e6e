//! A random world around the core: people who submit and change their minds, processes that start, end and get
//! lost, and an engine that dies. Every seed is a story of its own; `KILN_SIM_SEED` tells one, `KILN_SIM_SEEDS`
//! sets how many are gone through.

mod chance;
mod people;
mod tally;
mod world;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use self::chance::Chance;
use self::tally::Tally;
use self::world::World;
use super::ask::After;
use super::bench::*;
use super::store::has_ended;

/// How many seeds a normal run has.
const SEEDS: u64 = 200;
/// How many batches of events make a story.
const BATCHES: u64 = 60;

struct Simulation<'a> {
    seed: u64,
    chance: Chance,
    bench: Bench,
    world: World,
    tally: &'a mut Tally,
    /// What was submitted: the size of the array, if it is one, and what it depends on.
    after: BTreeMap<JobKey, (Option<u32>, After)>,
    /// Those of which the submission was committed.
    acknowledged: Vec<JobKey>,
}

impl Drop for Simulation<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let seed = self.seed;
            eprintln!(
                "seed {seed}; to hear it again: KILN_SIM_SEED={seed} cargo test --lib simulation -- --nocapture"
            );
        }
    }
}

impl<'a> Simulation<'a> {
    fn new(seed: u64, tally: &'a mut Tally) -> Self {
        let mut chance = Chance(seed);
        let bench = Bench::new().host(4 + chance.below(8), 400).gpus(chance.below(4)).in_a_hurry();
        Self {
            seed,
            chance,
            bench,
            world: World::default(),
            tally,
            after: BTreeMap::new(),
            acknowledged: Vec::new(),
        }
    }

    fn run(mut self) {
        for _ in 0..=self.chance.below(3) {
            let event = self.new_environment();
            self.bench.event(event);
        }
        for _ in 0..=self.chance.below(3) {
            let event = self.put_queue();
            self.bench.event(event);
        }
        for _ in 0..BATCHES {
            self.batch();
        }
        self.drain();
    }

    /// Some events are taken in, committed and carried out, as in `engine/run.rs`; or the engine dies between.
    fn batch(&mut self) {
        self.pass_time();
        self.world.live(&mut self.chance, self.bench.now);
        if self.chance.percent(3) {
            // Nothing of this batch was committed.
            self.crash("crash before a commit");
            return;
        }
        self.bench.effects.clear();
        for _ in 0..self.chance.below(5) {
            let Some((attempt, report)) = self.world.tell() else { break };
            let before = self.bench.effects.len();
            self.bench.step(Event::Report { attempt, report: report.clone() });
            self.tally.count_report(&report, &self.bench.effects[before..]);
        }
        self.bench.step(Event::Wake);
        for _ in 0..self.chance.below(3) {
            if let Some(event) = self.request() {
                let submitted = if let Event::Submit { job, .. } = event { Some(job) } else { None };
                self.acknowledged.extend(submitted);
                self.bench.step(event);
                if let Some(job) = submitted.filter(|_| self.chance.percent(4)) {
                    self.tally.count("refused");
                    self.bench.step(Event::Refuse { job, reason: "no such thing".into() });
                }
            }
        }
        self.bench.schedule();
        self.commit();
    }

    fn pass_time(&mut self) {
        let now = self.bench.now;
        self.bench.now = match self.chance.below(100) {
            0..35 => Millis(now.0 + self.chance.between(1, 20_000)),
            35..37 => Millis(now.0 + self.chance.between(20_000, 3_600_000)),
            // Exactly when something is due, or just before.
            37..47 => self.bench.core.next_wake().unwrap_or(now).max(now),
            47..50 => Millis(self.bench.core.next_wake().unwrap_or(now).0 - 1).max(now),
            _ => now,
        };
    }

    /// What a batch came to is stored; then it is done, or the engine dies before all of it is.
    fn commit(&mut self) {
        let effects = std::mem::take(&mut self.bench.effects);
        self.tally.count_all(&effects, &self.bench.store);
        self.assert_known();
        self.assert_in_order(&effects);
        let is_cut_short = self.chance.percent(4);
        let done = if is_cut_short { self.chance.index(effects.len() + 1) } else { effects.len() };
        for effect in &effects[..done] {
            self.world.perform(effect, self.bench.now);
        }
        if is_cut_short {
            self.crash("crash after a commit");
        }
    }

    fn crash(&mut self, when: &'static str) {
        self.tally.count(when);
        if self.chance.percent(12) {
            self.tally.count("executor died");
            self.world.die(&mut self.chance, &self.bench.store, self.bench.now);
        }
        self.bench.crash();
        self.world.reconnect(&self.bench.store);
        let mut effects = Vec::new();
        self.bench.core.resume_stops(&mut effects);
        // Nothing may have been forgotten that would make room.
        self.bench.schedule();
        effects.append(&mut self.bench.effects);
        for effect in &effects {
            self.world.perform(effect, self.bench.now);
        }
    }

    /// The core says of any key whether it is unfinished, whether it has a row or not.
    fn assert_known(&mut self) {
        let last = self.bench.store.next_key().0;
        let key = JobKey(self.chance.below(last + 2));
        let owner = self.bench.store.owner(key).filter(|(owner, row)| *owner == key || row.array().is_some());
        let is_unfinished = owner.is_some() && !has_ended(self.bench.store.status_of(key));
        assert_eq!(self.bench.core.is_unfinished(key), is_unfinished, "{key:?}");
    }

    /// Nothing starts before all that it waits for has succeeded.
    fn assert_in_order(&self, effects: &[Effect]) {
        for effect in effects {
            let Effect::AttemptPlaced { attempt: AttemptId { job, .. }, .. } = effect else { continue };
            let (key, (_, after)) =
                self.after.range(..=job).next_back().expect("what is placed was submitted");
            let index = u32::try_from(job.0 - key.0).unwrap().checked_sub(1);
            let before = index.and_then(|index| index.checked_sub(1)).filter(|_| after.in_sequence);
            let each = after.each.iter().map(|array| array.member(index.expect("only arrays have pairs")));
            let all = after.jobs.iter().copied().chain(each).chain(before.map(|before| key.member(before)));
            for on in all {
                assert_eq!(self.bench.store.status_of(on), Succeeded, "{job:?} runs, and depends on {on:?}");
            }
        }
    }

    /// Room is made for everyone, and every process comes to its end: then nothing may be left.
    fn drain(mut self) {
        let room = EnvironmentKey(self.bench.store.environments.len() as u64 + 1);
        let settings = EnvironmentSettings {
            enabled: true,
            takes_nodes: true,
            fault: None,
            max_vcpu_milli: None,
            scale: None,
            instance: "any".into(),
        };
        self.happen(Event::EnvironmentPut { environment: room, settings, replacement: None });
        let queues = self.bench.store.queues.iter().filter(|(_, queue)| !queue.deleted);
        for (queue, before) in queues.map(|(key, row)| (*key, row.settings.clone())).collect::<Vec<_>>() {
            let settings = QueueSettings { environments: vec![room], ..before };
            self.happen(Event::QueuePut { queue, settings });
        }
        let host = self.bench.host;
        let hopeless = self.bench.store.unfinished().filter(|(_, row)| !row.spec.need.within(&host));
        for job in hopeless.map(|(job, _)| job).collect::<Vec<_>>() {
            self.happen(Event::Cancel { job, reason: "too large".into() });
        }
        for _ in 0..1000 {
            while let Some((attempt, report)) = self.world.tell() {
                self.bench.step(Event::Report { attempt, report });
            }
            self.bench.schedule();
            self.carry_out();
            if self.world.is_empty() {
                break;
            }
            self.world.hurry(self.bench.now);
        }
        self.assert_over();
    }

    fn happen(&mut self, event: Event) {
        self.bench.event(event);
        self.carry_out();
    }

    fn carry_out(&mut self) {
        let effects = std::mem::take(&mut self.bench.effects);
        self.assert_in_order(&effects);
        for effect in effects {
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
        assert!(self.world.is_empty(), "not settled: {:?}", self.world);
        self.bench.after(1_000_000_000);
        assert!(
            self.bench.effects.iter().all(|it| matches!(it, Effect::Share { record: None, .. })),
            "nothing is left"
        );
        assert_eq!(self.bench.core.next_wake(), None);
    }
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is to be a number, not {text}")))
}

/// Once a story has failed, no other is begun.
struct NoMore<'a>(&'a AtomicU64);

impl Drop for NoMore<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.store(u64::MAX / 2, Ordering::Relaxed);
        }
    }
}

/// Goes through so many stories, on as many threads as there are processors.
fn stories(seeds: u64) -> Tally {
    let next = AtomicU64::new(0);
    let some = || {
        let mut tally = Tally::default();
        let _no_more = NoMore(&next);
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds {
                return tally;
            }
            Simulation::new(seed, &mut tally).run();
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(some)).collect();
        let mut all = Tally::default();
        running.into_iter().for_each(|one| all.add(one.join().expect("every story holds")));
        all
    })
}

#[test]
fn whatever_happens_every_job_ends_once() {
    if let Some(seed) = number("KILN_SIM_SEED") {
        let mut tally = Tally::default();
        let mut story = Simulation::new(seed, &mut tally);
        story.bench.tell_all();
        return story.run();
    }
    let seeds = number("KILN_SIM_SEEDS").unwrap_or(SEEDS);
    let tally = stories(seeds);
    eprintln!("{tally:?}");
    if seeds >= SEEDS {
        tally.assert_rich(seeds);
    }
}
