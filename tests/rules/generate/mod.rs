//! Properties of the rules: no valid request is refused, and whatever is broken in one is found where it is.
//!
//! Requests are made at random from the rule book and the vocabulary, not from the rules. A test run takes a few
//! thousand of them; `KILN_RULES_SEEDS=1000 cargo test --test rules generate` takes so many seeds, and
//! `KILN_RULES_SEED=S` only that one, as a failure names it.

mod container;
mod definition;
mod ecs;
mod eks;
mod environment;
mod environment_update;
mod generic;
mod job;
mod kinds;
mod logging;
mod multinode;
mod mutate;
mod object;
mod others;
mod place;
mod random;
mod storage;
mod text;

use std::collections::BTreeMap;
use std::env;

use kiln::api::Operation;
use kiln::rules::{self, Finding};
use serde_json::Value;

use random::Random;

/// How many seeds each kind of request gets in an ordinary run.
const FEW: u64 = 30;
/// How much of an input a failure shows.
const LONGEST_SHOWN: usize = 6000;

/// The seeds of this run, `few` unless the environment says otherwise.
fn seeds(few: u64) -> std::ops::Range<u64> {
    let number = |name| env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    if let Some(seed) = number("KILN_RULES_SEED") {
        return seed..seed + 1;
    }
    0..number("KILN_RULES_SEEDS").unwrap_or(few)
}

/// The errors in an input.
fn errors(operation: Operation, input: &Value) -> Vec<Finding> {
    rules::check(operation, input).errors().cloned().collect()
}

/// Failures, of each sort the one with the smallest input, and how many there were.
#[derive(Default)]
struct Failures(BTreeMap<String, (usize, usize, String)>);

impl Failures {
    fn add(&mut self, sort: String, seed: u64, operation: Operation, input: &Value, findings: &[Finding]) {
        let json = input.to_string();
        let size = json.len();
        let entry = self.0.entry(sort).or_insert((0, usize::MAX, String::new()));
        entry.0 += 1;
        if size < entry.1 {
            let line = |finding: &Finding| {
                let Finding { rule, severity, path, message, .. } = finding;
                format!("\n    {severity} {rule} at {path}: {message}")
            };
            let lines: String = findings.iter().map(line).collect();
            let shown: String = json.chars().take(LONGEST_SHOWN).collect();
            entry.1 = size;
            entry.2 = format!("  KILN_RULES_SEED={seed} {}\n  {shown}\n  found:{lines}", operation.name());
        }
    }

    fn none(&self, what: &str) {
        let lines: Vec<_> = self
            .0
            .iter()
            .map(|(sort, (count, _, text))| format!("{sort} ({count} times)\n{text}\n"))
            .collect();
        assert!(lines.is_empty(), "{what}\n{}{} sorts of failures", lines.concat(), lines.len());
    }
}

#[test]
fn valid_requests_are_accepted() {
    let mut failures = Failures::default();
    for (stream, kind) in (0..).zip(kinds::all()) {
        for seed in seeds(FEW) {
            let input = kind.request(&mut Random::new(seed, stream));
            for error in errors(kind.operation, &input) {
                failures.add(
                    format!("{}: {}", kind.name, error.rule),
                    seed,
                    kind.operation,
                    &input,
                    &[error],
                );
            }
        }
    }
    failures.none("valid requests are refused:");
}

#[test]
fn the_same_seed_makes_the_same_request() {
    for (stream, kind) in (0..).zip(kinds::all()) {
        let make = || kind.request(&mut Random::new(3, stream)).to_string();
        assert_eq!(make(), make(), "{}", kind.name);
    }
}

#[test]
fn broken_requests_are_found_out() {
    let mut failures = Failures::default();
    for (stream, mutation) in (1000..).zip(mutate::all()) {
        for seed in seeds(mutate::FEW) {
            mutate::run(&mutation, seed, stream, &mut failures);
        }
    }
    failures.none("what is broken is not found, or something else is:");
}

#[test]
fn any_place_broken_is_found_out() {
    let mut failures = Failures::default();
    for (stream, kind) in (5000..).zip(kinds::all()) {
        for seed in seeds(mutate::FEW) {
            mutate::anywhere::run(&kind, seed, stream, &mut failures);
        }
    }
    failures.none("what is broken is not found, or something else is:");
}
