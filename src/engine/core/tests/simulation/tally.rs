//! What the stories were about, so that a driver that has fallen asleep is noticed.

use std::collections::{BTreeMap, BTreeSet};

use super::super::bench::*;

#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<&'static str, u64>);

/// What happens in a hundred stories at least so many times.
const OFTEN: [(&str, u64); 53] = [
    ("array", 400),
    ("array failed", 200),
    ("array succeeded", 20),
    ("blocked: ACTION_REQUIRED", 10),
    ("blocked: CAPACITY", 20),
    ("blocked: MISCONFIGURATION:COMPUTE", 50),
    ("blocked: MISCONFIGURATION:JOB", 50),
    ("blocked: MISCONFIGURATION:SERVICE", 10),
    ("blocked: UNDETERMINED", 50),
    ("cancelled", 50),
    ("child made", 800),
    ("crash after a commit", 50),
    ("crash before a commit", 50),
    ("environment deleted", 10),
    ("environment replaced", 50),
    ("executor died", 10),
    ("failed", 800),
    ("failed by a dependency", 400),
    ("GPUs given", 50),
    ("job after a child", 100),
    ("job after a job", 500),
    ("job after a whole array", 100),
    ("job of a share", 500),
    ("job with GPUs", 200),
    ("killed", 20),
    ("launched again", 20),
    ("leaves later", 20),
    ("limit reached", 20),
    ("lost", 50),
    ("mixed dependencies", 10),
    ("multi-node job", 200),
    ("N_TO_N", 50),
    ("no longer blocked", 20),
    ("node told to end by the main node", 20),
    ("node waits for another attempt", 10),
    ("not started", 50),
    ("policy changed", 20),
    ("queue deleted", 10),
    ("refused", 50),
    ("replaced", 20),
    ("report came late", 200),
    ("rest failed", 100),
    ("retried", 100),
    ("scaled", 300),
    ("sequence", 100),
    ("share forgotten", 100),
    ("share told", 500),
    ("started", 800),
    ("succeeded", 400),
    ("terminated", 20),
    ("timed out", 50),
    ("unknown to the executor", 20),
    ("word of an array kept", 20),
];

impl Tally {
    pub(super) fn count(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    pub(super) fn add(&mut self, other: Self) {
        for (what, count) in other.0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    /// Everything happened often enough in so many stories.
    pub(super) fn assert_rich(&self, stories: u64) {
        let rare: Vec<_> = OFTEN
            .iter()
            .filter(|(what, least)| self.0.get(what).copied().unwrap_or_default() * 100 < least * stories)
            .collect();
        assert!(rare.is_empty(), "too rare in {stories} stories: {rare:?}, of {:#?}", self.0);
    }

    /// Counts a report, and what followed from it.
    pub(super) fn count_report(&mut self, report: &Report, effects: &[Effect]) {
        match report {
            Report::NotStarted { .. } => self.count("not started"),
            Report::Lost { .. } => self.count("lost"),
            Report::Unknown => self.count("unknown to the executor"),
            Report::Started { .. } | Report::Exited { .. } => {}
        }
        if effects.iter().all(|effect| matches!(effect, Effect::Settle { .. })) {
            self.count("report came late");
        }
    }

    /// Counts what one batch came to.
    pub(super) fn count_all(&mut self, effects: &[Effect], store: &Store) {
        let mut placed = BTreeSet::new();
        for effect in effects {
            match effect {
                Effect::AttemptPlaced { attempt, gpus, .. } => {
                    placed.insert(*attempt);
                    if !gpus.is_empty() {
                        self.count("GPUs given");
                    }
                }
                Effect::Launch { attempt, .. } if !placed.contains(attempt) => self.count("launched again"),
                Effect::Status { job, status, reason, .. } => {
                    self.count_status(
                        store.jobs.get(job).is_some_and(|row| row.array().is_some()),
                        *status,
                        reason.as_ref(),
                    );
                    if store.is_node(*job) && *status == Runnable {
                        self.count("node waits for another attempt");
                    }
                }
                _ => {}
            }
            if let Some(what) = name(effect) {
                self.count(what);
            }
        }
    }

    fn count_status(&mut self, is_array: bool, status: JobStatus, reason: Option<&Reason>) {
        match (status, is_array) {
            (Succeeded, true) => self.count("array succeeded"),
            (Failed, true) => {
                self.count("array failed");
                let own = matches!(reason, Some(Reason::Text(words)) if &**words != "Array Child Job failed");
                if own {
                    self.count("word of an array kept");
                }
            }
            (Succeeded, false) => self.count("succeeded"),
            (Failed, false) => self.count("failed"),
            _ => {}
        }
        match reason {
            Some(Reason::Dependency(_)) => self.count("failed by a dependency"),
            Some(Reason::Text(words)) if words.starts_with("Canceled by JobState") => {
                self.count("limit reached");
            }
            _ => {}
        }
    }
}

fn name(effect: &Effect) -> Option<&'static str> {
    Some(match effect {
        Effect::Made { .. } => "child made",
        Effect::Rest { status: Failed, .. } => "rest failed",
        Effect::Blocked { reason: None, .. } => "no longer blocked",
        Effect::Blocked { reason: Some(reason), .. } => blocked(reason),
        Effect::Called { call: Call::Cancel, .. } => "cancelled",
        Effect::Position { .. } => "retried",
        Effect::AttemptStarted { .. } => "started",
        Effect::AttemptLeaves { .. } => "leaves later",
        Effect::AttemptStopping { cause: StopCause::TimedOut, .. } => "timed out",
        Effect::AttemptStopping { cause: StopCause::Terminated(_), .. } => "terminated",
        Effect::AttemptStopping { cause: StopCause::Replaced, .. } => "replaced",
        Effect::AttemptStopping { cause: StopCause::MainEnded, .. } => "node told to end by the main node",
        Effect::Share { record: Some(_), .. } => "share told",
        Effect::Share { record: None, .. } => "share forgotten",
        Effect::Desired { .. } => "scaled",
        Effect::Replaced { .. } => "environment replaced",
        Effect::Signal { signal: Signal::Kill, .. } => "killed",
        _ => return None,
    })
}

fn blocked(reason: &str) -> &'static str {
    let all = [
        "blocked: ACTION_REQUIRED",
        "blocked: CAPACITY",
        "blocked: MISCONFIGURATION:COMPUTE",
        "blocked: MISCONFIGURATION:JOB",
        "blocked: MISCONFIGURATION:SERVICE",
        "blocked: UNDETERMINED",
    ];
    all.into_iter().find(|one| reason.starts_with(&one["blocked: ".len()..])).expect("there are six reasons")
}
