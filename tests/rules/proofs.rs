//! The accounts of what happens: which test proves a rule about jobs, queues, scheduling or environments, and which
//! rules are left out for a reason. See README.md in `tests/proofs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::case;
use crate::coverage::{self, Fact};

/// The kinds that are about what happens: a must of these is proven or waived.
const HAPPENS: [&str; 4] = ["behaviour", "env", "output", "diagnostic"];

/// One entry of a file.
#[derive(Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Entry {
    /// A test that would fail if these did not hold.
    Proof { proves: Vec<String>, by: String },
    /// What no test can show, and why.
    Waiver { waives: Vec<String>, because: String },
}

/// All entries, by the rule.
#[derive(Debug, Default)]
struct Accounts {
    proven: BTreeMap<String, BTreeSet<String>>,
    waived: BTreeMap<String, String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn folder() -> PathBuf {
    root().join("tests/proofs")
}

/// The rules that the tests of a file name in their doc comments, by the test. A test that may be ignored is none.
type Tests = BTreeMap<String, BTreeSet<String>>;

/// Reads all that is said, in the data, by the tests and by the cases; what stands twice is wrong.
fn accounts(tests: &BTreeMap<String, Tests>, wrong: &mut Vec<String>) -> Accounts {
    let mut accounts = Accounts::default();
    for (file, tests) in tests {
        for (test, ids) in tests {
            for id in ids {
                accounts.proven.entry(id.clone()).or_default().insert(format!("{file}::{test}"));
            }
        }
    }
    for entry in case::files(&folder()).iter().flat_map(|file| case::read::<Vec<Entry>>(file)) {
        match entry {
            Entry::Proof { proves, by } => {
                for id in proves {
                    if !accounts.proven.entry(id.clone()).or_default().insert(by.clone()) {
                        wrong.push(format!("{id} is said to be proven by {by} twice"));
                    }
                }
            }
            Entry::Waiver { waives, because } => {
                for id in waives {
                    if accounts.waived.insert(id.clone(), because.clone()).is_some() {
                        wrong.push(format!("{id} is waived twice"));
                    }
                }
            }
        }
    }
    // A case names what it covers itself.
    for (file, case) in case::all() {
        let file = file.strip_prefix(root()).unwrap().display().to_string();
        for id in case.covers {
            accounts.proven.entry(id).or_default().insert(file.clone());
        }
    }
    accounts
}

/// The tests of all sources, by the file.
fn all_tests() -> BTreeMap<String, Tests> {
    fn visit(folder: &Path, found: &mut BTreeMap<String, Tests>) {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                visit(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                found.insert(name, tests_of(&fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = BTreeMap::new();
    for folder in ["src", "tests"] {
        visit(&root().join(folder), &mut found);
    }
    found
}

/// The tests of a text: functions with `#[test]` among their attributes.
fn tests_of(text: &str) -> Tests {
    let mut tests = Tests::new();
    let mut attributes = Vec::new();
    let mut ids = BTreeSet::new();
    for line in text.lines().map(str::trim_start) {
        if let Some(doc) = line.strip_prefix("///") {
            ids.extend(ids_in(doc));
        } else if line.starts_with("#[") {
            attributes.push(line);
        } else if !line.starts_with("//") {
            let has = |start: &str| attributes.iter().any(|attribute| attribute.starts_with(start));
            if let Some(rest) = line.strip_prefix("fn ").filter(|_| has("#[test]") && !has("#[ignore")) {
                tests.insert(rest.split('(').next().unwrap_or(rest).to_owned(), ids.clone());
            }
            attributes.clear();
            ids.clear();
        }
    }
    tests
}

/// The words of a text that look like the id of a rule: three capitals, a dash, three digits.
fn ids_in(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let ids = words.filter(|word| match word.as_bytes() {
        [part @ .., b'-', a, b, c] => {
            part.len() == 3
                && part.iter().all(u8::is_ascii_uppercase)
                && [a, b, c].iter().all(|c| c.is_ascii_digit())
        }
        _ => false,
    });
    ids.map(str::to_owned)
}

/// What is wrong with the names of tests.
fn missing_test(tests: &BTreeMap<String, Tests>, by: &str) -> Option<String> {
    let (file, function) = by.split_once("::").unwrap_or((by, ""));
    match tests.get(file) {
        None => Some(format!("there is no {file}")),
        Some(tests) => (!tests.contains_key(function)).then(|| format!("{file} has no test {function:?}")),
    }
}

#[test]
fn every_must_about_what_happens_is_proven_or_left_out_for_a_reason() {
    let facts = coverage::rulebook();
    let mut wrong = Vec::new();
    let tests = all_tests();
    let accounts = accounts(&tests, &mut wrong);
    let is_owed = |fact: &Fact| fact.level == "must" && HAPPENS.contains(&fact.kind.as_str());
    for (id, by) in accounts.proven.iter().filter(|(id, _)| !facts.contains_key(*id)) {
        wrong.push(format!("{id} is not in the rule book, but in {by:?}"));
    }
    for id in accounts.waived.keys() {
        if facts.get(id).is_none_or(|fact| !is_owed(fact)) {
            wrong.push(format!("{id} is no must about what happens"));
        }
    }
    for fact in facts.values().filter(|fact| is_owed(fact)) {
        let id = &fact.id;
        match (accounts.proven.contains_key(id), accounts.waived.contains_key(id)) {
            (false, false) => wrong.push(format!("{id} is neither proven nor waived: {}", fact.rule)),
            (true, true) => wrong.push(format!("{id} is proven and waived")),
            _ => {}
        }
    }
    for (id, reason) in accounts.waived.iter().filter(|(_, reason)| reason.len() <= 15) {
        wrong.push(format!("{id}: {reason:?} is no reason"));
    }
    // What a case covers goes by the name of its file.
    let named: BTreeSet<_> = accounts.proven.values().flatten().filter(|by| !by.ends_with(".yaml")).collect();
    wrong.extend(named.into_iter().filter_map(|by| missing_test(&tests, by)));
    print!("{}", report(&facts, &accounts));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How much of each kind is proven.
fn report(facts: &BTreeMap<String, Fact>, accounts: &Accounts) -> String {
    let mut table: BTreeMap<(&str, &str), [usize; 3]> = BTreeMap::new();
    for fact in facts.values().filter(|fact| HAPPENS.contains(&fact.kind.as_str())) {
        let counts = table.entry((&fact.kind, &fact.level)).or_default();
        counts[0] += 1;
        counts[1] += usize::from(accounts.proven.contains_key(&fact.id));
        counts[2] += usize::from(accounts.waived.contains_key(&fact.id));
    }
    let mut text = String::new();
    for ((kind, level), [all, proven, waived]) in table {
        writeln!(text, "{kind:10} {level:8} {proven:3} proven, {waived:3} waived of {all:3}").unwrap();
    }
    text
}

#[test]
fn tests_are_found_with_the_rules_they_name() {
    // Without the marks, since this file is looked through as well.
    let text = "$ JOB-001, JOB-002: what.
        #[test]
        fn one() {}
            $ EVT-003 but not UTF-8, RFC-1234 or X-JOB-004.
            #[test]
            // Why.
            #[should_panic]
            fn two() {
            }
        $ JOB-005.
        #[test]
        #[ignore = \"slow\"]
        fn three() {}
        $ JOB-006.
        fn four() {}
        #[cfg(test)]
        mod tests {
        fn five() {}"
        .replace('$', "///");
    let set = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
    let expected =
        Tests::from([("one".into(), set(&["JOB-001", "JOB-002"])), ("two".into(), set(&["EVT-003"]))]);
    assert_eq!(tests_of(&text), expected);
}
