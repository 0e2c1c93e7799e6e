//! The accounts: which rules of the rule book are proven by a case, and which are left out for a reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kiln::rules::context::Example;
use kiln::rules::registry;
use serde::Deserialize;

use crate::case::{self, Expect};

/// What of a rule of the rule book counts here.
#[derive(Debug, Deserialize)]
pub(crate) struct Fact {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) level: String,
    pub(crate) rule: String,
}

/// A rule that no case can prove.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Waiver {
    id: String,
    reason: String,
}

/// The kinds that are about inputs: a must of these is proven or waived.
const JUDGED: [&str; 4] = ["shape", "constraint", "limit", "default"];

/// Every fact of the rule book.
pub(crate) fn rulebook() -> BTreeMap<String, Fact> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rulebook");
    let mut facts = BTreeMap::new();
    for file in case::files(&folder) {
        for fact in case::read::<Vec<Fact>>(&file) {
            let twice = facts.insert(fact.id.clone(), fact);
            assert!(twice.is_none(), "{twice:?} stands twice");
        }
    }
    facts
}

fn waivers() -> BTreeMap<String, String> {
    let mut waivers = BTreeMap::new();
    for file in case::files(&case::folder()).into_iter().filter(|file| file.ends_with("waivers.yaml")) {
        for Waiver { id, reason } in case::read::<Vec<Waiver>>(&file) {
            assert!(reason.len() > 15, "{id}: {reason:?} is no reason");
            waivers.insert(id, reason);
        }
    }
    waivers
}

fn covered() -> BTreeSet<String> {
    case::all().into_iter().flat_map(|(_, case)| case.covers).collect()
}

#[test]
fn every_must_about_an_input_is_proven_or_left_out_for_a_reason() {
    let (facts, covered, waivers) = (rulebook(), covered(), waivers());
    let mut wrong: Vec<String> = Vec::new();
    for id in covered.iter().chain(waivers.keys()).filter(|id| !facts.contains_key(*id)) {
        wrong.push(format!("{id} is not in the rule book"));
    }
    for id in waivers.keys().filter(|id| covered.contains(*id)) {
        wrong.push(format!("{id} is waived although a case covers it"));
    }
    for fact in facts.values() {
        let is_open = !covered.contains(&fact.id) && !waivers.contains_key(&fact.id);
        if is_open && fact.level == "must" && JUDGED.contains(&fact.kind.as_str()) {
            wrong.push(format!("{} is neither covered nor waived: {}", fact.id, fact.rule));
        }
    }
    report(&facts, &covered, &waivers);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How much of each kind is proven; of the kinds that are not about inputs too.
fn report(facts: &BTreeMap<String, Fact>, covered: &BTreeSet<String>, waivers: &BTreeMap<String, String>) {
    let mut table: BTreeMap<(&str, &str), [usize; 3]> = BTreeMap::new();
    for fact in facts.values() {
        let counts = table.entry((&fact.kind, &fact.level)).or_default();
        counts[0] += 1;
        counts[1] += usize::from(covered.contains(&fact.id));
        counts[2] += usize::from(waivers.contains_key(&fact.id));
    }
    for ((kind, level), [all, covered, waived]) in table {
        println!("{kind:10} {level:8} {covered:3} covered and {waived:3} waived of {all:3}");
    }
}

#[test]
fn every_rule_is_broken_by_a_case() {
    let expected: BTreeSet<_> = case::all()
        .into_iter()
        .flat_map(|(_, case)| match case.expect {
            Expect::Findings(findings) => findings,
            Expect::Word(_) => Vec::new(),
        })
        .map(|expected| expected.rule)
        .collect();
    let untested: Vec<_> = registry::all()
        .filter(|rule| !matches!(rule.on.example, Example::Commands | Example::Text))
        .map(|rule| rule.id)
        .filter(|id| !expected.contains(*id))
        .collect();
    assert!(untested.is_empty(), "no case breaks {}", untested.join(", "));
}

#[test]
fn rules_come_from_the_rule_book() {
    let facts = rulebook();
    for rule in registry::all() {
        for id in rule.from {
            assert!(facts.contains_key(*id), "{}: {id} is not in the rule book", rule.id);
        }
    }
}
