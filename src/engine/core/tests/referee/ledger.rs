//! What a share has used: a list of who ran when, added up from the beginning each time that somebody asks.

use std::sync::Arc;

use crate::engine::core::Millis;
use crate::engine::core::share::Policy;

/// The running vCPUs of a share over time.
#[derive(Debug)]
pub(super) struct Ledger {
    /// The weighed past at the moment of the first entry: what an earlier policy has left.
    base: f64,
    /// From when on how many thousandths of a vCPU ran; times ascend.
    entries: Vec<(Millis, u64)>,
    /// When it was last without unfinished jobs.
    idle_since: Option<Millis>,
}

/// The time constant of a policy's decay in seconds (contract: a third of shareDecaySeconds).
pub(super) fn constant(policy: Option<&Policy>) -> f64 {
    policy.map_or(0.0, |policy| policy.decay_seconds as f64 / 3.0)
}

impl Ledger {
    pub(super) fn new(now: Millis) -> Self {
        Self { base: 0.0, entries: vec![(now, 0)], idle_since: None }
    }

    fn last(&self) -> (Millis, u64) {
        *self.entries.last().expect("there is always one entry")
    }

    /// From `at` on so many thousandths run. What is told late counts from where the list has got to.
    pub(super) fn note(&mut self, at: Millis, running: u64) {
        self.entries.push((at.max(self.last().0), running));
        self.idle_since = None;
    }

    /// Its last unfinished job has ended.
    pub(super) fn idle(&mut self, at: Millis, constant: f64) {
        self.close(at, constant);
        self.idle_since = Some(self.last().0);
    }

    pub(super) fn busy(&mut self) {
        self.idle_since = None;
    }

    /// Whether it is without jobs for the whole of the decay time.
    pub(super) fn is_over(&self, now: Millis, policy: &Policy) -> bool {
        self.idle_since.is_some_and(|since| now.0 - since.0 >= policy.decay_seconds * 1000)
    }

    /// The decayed average of the past: each stretch counts by how long it was and how long ago.
    pub(super) fn past(&self, now: Millis, constant: f64) -> f64 {
        if constant <= 0.0 {
            return 0.0;
        }
        let left = |since: Millis| (-((now.0 - since.0) as f64) / 1000.0 / constant).exp();
        let ends = self.entries.iter().skip(1).map(|entry| entry.0).chain([now.max(self.last().0)]);
        let stretches = self.entries.iter().zip(ends);
        let sum: f64 =
            stretches.map(|((from, running), to)| *running as f64 / 1000.0 * (left(to) - left(*from))).sum();
        self.base * left(self.entries[0].0) + sum
    }

    /// A policy ends here. A share without jobs has been closed before.
    pub(super) fn change_policy(&mut self, now: Millis, constant: f64) {
        if self.idle_since.is_none() {
            self.close(now, constant);
        }
    }

    /// What a policy made of the past up to now is the past of what follows.
    fn close(&mut self, at: Millis, constant: f64) {
        let (last, running) = self.last();
        let at = at.max(last);
        self.base = self.past(at, constant);
        self.entries = vec![(at, running)];
    }

    /// Up to when the list goes.
    pub(super) fn until(&self) -> Millis {
        self.last().0
    }
}

/// The weight of a share: that of its entry, or that of the longest prefix times the number of active shares with
/// it, or 1 (rules CEQ-048, CEQ-227).
pub(super) fn weight(policy: &Policy, share: &str, active: &[Arc<str>]) -> f64 {
    let mut found = (0, 1.0);
    for (name, factor) in &policy.weights {
        if name == share {
            return *factor;
        }
        let Some(stem) = name.strip_suffix('*').filter(|stem| share.starts_with(stem)) else { continue };
        if stem.len() + 1 > found.0 {
            let sharing = active.iter().filter(|other| other.starts_with(stem)).count();
            found = (stem.len() + 1, factor * sharing as f64);
        }
    }
    found.1
}
