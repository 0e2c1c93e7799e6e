//! The rules, judged by cases that are data: see README.md beside this file.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod case;
mod corpus;
mod coverage;
mod examples;
mod generate;
mod messages;
mod proofs;
mod reader;
mod schema;

use std::env;

/// Only the cases whose file, covered fact or expected rule is named so: `KILN_CASES=JDP-003`.
const FILTER: &str = "KILN_CASES";

#[test]
fn every_case_finds_what_it_expects() {
    let bases = case::bases();
    let filter = env::var(FILTER).unwrap_or_default();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (file, case) in case::all() {
        let file = file.strip_prefix(case::folder()).unwrap().display().to_string();
        if !file.contains(&filter) && !case.names(&filter) {
            continue;
        }
        count += 1;
        if let Some(mismatch) = case.mismatch(&bases) {
            wrong.push(format!("{file}: {} {:?}\n{mismatch}", case.case, case.covers));
        }
    }
    assert!(wrong.is_empty(), "{}\n{} of {count} cases are wrong", wrong.join("\n"), wrong.len());
}

#[test]
fn every_base_is_right() {
    for (name, base) in case::bases() {
        let operation = kiln::api::Operation::find(&base.operation).unwrap();
        let findings = kiln::rules::check(operation, &base.input);
        assert!(findings.is_empty(), "{name}: {findings:?}");
    }
}
