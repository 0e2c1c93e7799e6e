//! The executor and its processes. It outlives the engine.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::super::bench::*;
use super::chance::Chance;

/// What an executor holds of an attempt until it is settled.
#[derive(Debug, Clone)]
enum Process {
    Sent,
    Runs { since: Millis },
    Over(Report),
}

/// The executor.
#[derive(Debug, Default)]
pub(super) struct World {
    processes: BTreeMap<AttemptId, Process>,
    /// Every attempt whose process has ever run.
    ran: BTreeSet<AttemptId>,
    /// Those that were asked to end.
    asked: BTreeSet<AttemptId>,
    /// Everything the engine was told, to be told again.
    told: Vec<(AttemptId, Report)>,
    /// What the engine is to be told.
    inbox: VecDeque<(AttemptId, Report)>,
}

impl World {
    /// Does what a committed effect asks for.
    pub(super) fn perform(&mut self, effect: &Effect, now: Millis) {
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
            // Whether a process heeds it is up to chance.
            Effect::Signal { attempt, signal: Signal::Terminate } => {
                self.asked.insert(*attempt);
            }
            Effect::Settle { attempt } => {
                let over = self.processes.remove(attempt);
                assert!(matches!(over, None | Some(Process::Over(_))), "{attempt} is settled as {over:?}");
            }
            _ => {}
        }
    }

    fn start(&mut self, attempt: AttemptId, at: Millis) {
        self.processes.insert(attempt, Process::Runs { since: at });
        self.ran.insert(attempt);
        self.inbox.push_back((attempt, Report::Started { at }));
    }

    fn end(&mut self, attempt: AttemptId, report: Report) {
        self.processes.insert(attempt, Process::Over(report.clone()));
        self.inbox.push_back((attempt, report));
    }

    /// Something happens to a process, or an old report comes once more.
    pub(super) fn live(&mut self, chance: &mut Chance, now: Millis) {
        for _ in 0..chance.below(9) {
            let all: Vec<_> = self.processes.keys().copied().collect();
            let Some(attempt) = chance.pick(&all) else { break };
            // The clock of the executor is another one.
            let at = if chance.percent(4) { Millis(now.0 + chance.between(-90_000, 5000)) } else { now };
            let is_asked = self.asked.contains(&attempt);
            match (&self.processes[&attempt], chance.below(100)) {
                (Process::Sent, 0..72) => self.start(attempt, at),
                (Process::Sent, 72..77) => {
                    let (reason, permanent) = ("no such file".into(), chance.percent(30));
                    self.end(attempt, Report::NotStarted { reason, permanent, at });
                }
                (Process::Sent | Process::Runs { .. }, 99..) => self.end(attempt, Report::Lost { at }),
                (Process::Runs { .. }, 0..40) => {
                    let code = chance.of(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 42, 137]);
                    self.end(attempt, Report::Exited { code, at });
                }
                (Process::Runs { .. }, 40..70) if is_asked => {
                    let code = chance.of(&[143, 143, 143, 0, 1]);
                    self.end(attempt, Report::Exited { code, at });
                }
                (Process::Sent | Process::Runs { .. } | Process::Over(_), _) => {}
            }
        }
        if chance.percent(10) {
            // A late `Unknown` is no such thing: it is an answer to the question of a new engine.
            let old = chance.pick(&self.told).filter(|(_, report)| *report != Report::Unknown);
            self.inbox.extend(old);
        }
    }

    /// What the engine is told next.
    pub(super) fn tell(&mut self) -> Option<(AttemptId, Report)> {
        let report = self.inbox.pop_front()?;
        self.told.push(report.clone());
        Some(report)
    }

    /// A new engine asks for the attempts that it expects; the rest is told as well. What was under way is gone.
    pub(super) fn reconnect(&mut self, store: &Store) {
        self.inbox.clear();
        let expected = store.placed().map(|(attempt, _)| attempt);
        let unheard = expected.filter(|attempt| !self.processes.contains_key(attempt));
        self.inbox.extend(unheard.map(|attempt| (attempt, Report::Unknown)));
        for (attempt, process) in &self.processes {
            match process {
                Process::Sent => {}
                Process::Runs { since } => self.inbox.push_back((*attempt, Report::Started { at: *since })),
                Process::Over(report) => self.inbox.push_back((*attempt, report.clone())),
            }
        }
    }

    /// Every process is lost, as when the executor dies too. Of some that ran the next one knows nothing at all.
    pub(super) fn die(&mut self, chance: &mut Chance, store: &Store, now: Millis) {
        for (attempt, row) in store.placed() {
            if row.started_at.is_some() && chance.percent(50) {
                self.processes.remove(&attempt);
            } else {
                self.processes.insert(attempt, Process::Over(Report::Lost { at: now }));
            }
        }
        for process in self.processes.values_mut().filter(|process| !matches!(process, Process::Over(_))) {
            *process = Process::Over(Report::Lost { at: now });
        }
    }

    /// Each process gets one step further, and ends well.
    pub(super) fn hurry(&mut self, now: Millis) {
        for attempt in self.processes.keys().copied().collect::<Vec<_>>() {
            match self.processes[&attempt] {
                Process::Sent => self.start(attempt, now),
                Process::Runs { .. } => self.end(attempt, Report::Exited { code: 0, at: now }),
                Process::Over(_) => {}
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.processes.is_empty()
    }
}
