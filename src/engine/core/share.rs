//! Fair share: what each share of a queue uses, has used, and may use (rules CEQ-037 to CEQ-048, CEQ-222, CEQ-227).

use std::sync::Arc;

use super::effect::ShareRecord;
use super::id::Millis;
use super::queue::{Line, Queue};

/// A scheduling policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// For how long past use counts, in seconds; 0 counts only what runs now (CEQ-044).
    pub decay_seconds: i64,
    /// How much of the queue's vCPUs is kept for shares that are not active, in percent (CEQ-046).
    pub reservation: u32,
    /// The weight factors: of an identifier, or of all that begin with the text before a `*`.
    pub weights: Vec<(String, f64)>,
}

/// The weight of a share that no entry of the policy speaks of (CEQ-039, CEQ-048).
const DEFAULT_WEIGHT: f64 = 1.0;

impl Policy {
    /// The time constant of the decay: what is as old as the decay time counts for a twentieth.
    fn constant(&self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "at most a week")]
        let seconds = self.decay_seconds as f64;
        seconds / 3.0
    }

    /// The weight of a share. An entry for a prefix is multiplied by the number of active shares that have it
    /// (CEQ-227).
    fn weight<'a>(&self, share: &str, active: impl Iterator<Item = &'a Arc<str>> + Clone) -> f64 {
        let exact = self.weights.iter().find(|(name, _)| name == share);
        let prefix = || {
            let fitting = self.weights.iter().filter_map(|(name, factor)| {
                name.strip_suffix('*').filter(|stem| share.starts_with(stem)).map(|stem| (stem, *factor))
            });
            fitting.max_by_key(|(stem, _)| stem.len())
        };
        match exact {
            Some((_, factor)) => *factor,
            None => prefix().map_or(DEFAULT_WEIGHT, |(stem, factor)| {
                let sharing = active.filter(|other| other.starts_with(stem)).count();
                #[allow(clippy::cast_precision_loss, reason = "at most 500 shares are active")]
                let sharing = sharing as f64;
                factor * sharing
            }),
        }
    }

    /// How many thousandths of a vCPU the jobs of one share may hold, of `total` and with `active` shares.
    fn cap(&self, total: u64, active: usize) -> u64 {
        let active = i32::try_from(active).unwrap_or(i32::MAX);
        let kept = (f64::from(self.reservation) / 100.0).powi(active);
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a number of vCPUs is again one"
        )]
        let cap = ((1.0 - kept) * total as f64).round() as u64;
        cap
    }
}

/// What one share uses.
#[derive(Debug, Clone)]
pub(super) struct Use {
    /// The vCPUs of its jobs that run, in thousandths.
    pub(super) running_milli: u64,
    /// Its past.
    pub(super) record: ShareRecord,
    /// The time constant of the policy in force.
    constant: f64,
    /// Its weight under the policy in force, among the shares that are active.
    weight: f64,
    /// Whether it changed since it was last made durable.
    pub(super) is_changed: bool,
}

impl Use {
    pub(super) fn new(now: Millis) -> Self {
        Self {
            running_milli: 0,
            record: ShareRecord { past: 0.0, as_of: now },
            constant: 0.0,
            weight: DEFAULT_WEIGHT,
            is_changed: false,
        }
    }

    /// Brings the past up to `now`: a moving average of the vCPUs that ran, in which what is older counts less.
    pub(super) fn settle(&mut self, now: Millis) {
        self.record = ShareRecord { past: self.past(now), as_of: self.record.as_of.max(now) };
        self.is_changed = true;
    }

    fn running(&self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "hosts have fewer vCPUs than that")]
        let milli = self.running_milli as f64;
        milli / 1000.0
    }

    fn past(&self, now: Millis) -> f64 {
        if self.constant <= 0.0 {
            return 0.0;
        }
        let left = (-now.seconds_since(self.record.as_of) / self.constant).exp();
        self.record.past * left + self.running() * (1.0 - left)
    }

    /// By how much it is ahead: its use times its weight; the least goes first (CEQ-038).
    pub(super) fn score(&self, now: Millis, more_milli: u64) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "hosts have fewer vCPUs than that")]
        let more = more_milli as f64 / 1000.0;
        (self.running() + more + self.past(now)) * self.weight
    }
}

impl Queue {
    /// Forgets shares that are no longer active (CEQ-047), and weighs the others.
    pub(super) fn prune(&mut self, now: Millis) -> Vec<Arc<str>> {
        let over = self.lines.iter().filter(|(_, line)| self.is_over(line, now));
        let over: Vec<_> = over.map(|(share, _)| Arc::clone(share)).collect();
        for share in &over {
            self.lines.remove(share);
        }
        if !over.is_empty() {
            self.weigh();
        }
        over
    }

    /// Works out every weight; due when shares come or go, or the policy changes.
    pub(super) fn weigh(&mut self) {
        let Some(policy) = &self.settings.policy else { return };
        let weights: Vec<_> =
            self.lines.keys().map(|share| policy.weight(share, self.lines.keys())).collect();
        let constant = policy.constant();
        for (line, weight) in self.lines.values_mut().zip(weights) {
            line.usage.weight = weight;
            line.usage.constant = constant;
        }
    }

    /// How much of `total` thousandths of a vCPU each share may hold; `None` if nothing is reserved.
    pub(super) fn cap(&self, total: u64) -> Option<u64> {
        let policy = self.settings.policy.as_ref().filter(|policy| policy.reservation > 0)?;
        Some(policy.cap(total, self.lines.len()))
    }

    /// How many shares are active.
    pub fn active_shares(&self, now: Millis) -> usize {
        self.lines.values().filter(|line| !self.is_over(line, now)).count()
    }

    /// Whether a share has been idle for so long that its past no longer counts (CEQ-047).
    fn is_over(&self, line: &Line, now: Millis) -> bool {
        let decay = self.settings.policy.as_ref().map_or(i64::MAX, |policy| policy.decay_seconds * 1000);
        line.unfinished == 0 && now.0.saturating_sub(line.idle_since.0) >= decay
    }

    /// Whether a share is active.
    pub fn is_active(&self, share: &str) -> bool {
        self.lines.contains_key(share)
    }

    /// The active shares, with the vCPUs that their jobs hold in thousandths.
    pub fn shares(&self) -> impl Iterator<Item = (&str, u64)> {
        self.lines.iter().map(|(share, line)| (&**share, line.usage.running_milli))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(reservation: u32, weights: &[(&str, f64)]) -> Policy {
        let weights = weights.iter().map(|(name, factor)| ((*name).to_owned(), *factor)).collect();
        Policy { decay_seconds: 0, reservation, weights }
    }

    #[test]
    fn what_is_reserved_shrinks_with_each_active_share() {
        for (reservation, kept) in [(50, [500, 250, 125]), (25, [250, 62, 16])] {
            for (active, kept) in (1..).zip(kept) {
                let cap = policy(reservation, &[]).cap(1000, active);
                assert_eq!(cap, 1000 - kept, "{reservation} {active}");
            }
        }
    }

    #[test]
    fn a_prefix_is_weighed_by_the_number_that_share_it() {
        let policy = policy(0, &[("UserA*", 1.0), ("UserAb", 0.5), ("UserAbc*", 3.0)]);
        let active: Vec<Arc<str>> = ["UserA1", "UserA2", "UserAb", "UserAbcd", "B"].map(Arc::from).into();
        for (share, weight) in [("UserA1", 4.0), ("UserAb", 0.5), ("UserAbcd", 3.0), ("B", 1.0)] {
            let found = policy.weight(share, active.iter());
            assert!((found - weight).abs() < 1e-9, "{share} has {found}");
        }
    }

    #[test]
    fn past_use_fades() {
        let mut usage = Use { running_milli: 4000, constant: 100.0, ..Use::new(Millis(0)) };
        usage.settle(Millis(1_000_000));
        assert!((usage.record.past - 4.0).abs() < 0.01, "after long, the average is what ran: {usage:?}");
        usage.running_milli = 0;
        let later = |seconds: i64| usage.score(Millis(1_000_000 + seconds * 1000), 0);
        assert!(later(0) > later(50) && later(50) > later(300));
        assert!((later(300) / later(0) - 0.05).abs() < 0.01, "a twentieth after the decay time");
        assert!((later(-10) - later(0)).abs() < 1e-9, "a clock that was set back changes nothing");
    }
}
