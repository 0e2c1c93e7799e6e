//! The registry: ids, texts, and the examples of both sides.

use std::collections::BTreeSet;

use kiln::api::Operation;
use kiln::api::shape::Type;
use kiln::rules;
use kiln::rules::context::Example;
use kiln::rules::registry::{self, Rule};
use serde_json::Value;

use crate::case;

/// The input that an example of a rule stands for.
pub(crate) fn input(rule: &Rule, example: &str) -> Option<Value> {
    let (without, json) = match example.strip_prefix("without ") {
        Some(rest) => rest.split_once('\n').unwrap_or((rest, "{}")),
        None => ("", example),
    };
    let json: Value = match rule.on.example {
        Example::Commands | Example::Text => return None,
        _ => serde_json::from_str(json).unwrap_or_else(|error| panic!("{}: {error}", rule.id)),
    };
    let Example::Change(base) = rule.on.example else { return Some(json) };
    let bases = case::bases();
    let base = bases.get(base).unwrap_or_else(|| panic!("{}: no base {base}", rule.id));
    assert_eq!(base.operation, rule.on.operation.name(), "{}", rule.id);
    let mut input = base.input.clone();
    for path in without.split(", ").filter(|path| !path.is_empty()) {
        case::remove(&mut input, path).unwrap_or_else(|| panic!("{}: nothing at {path}", rule.id));
    }
    merge(&mut input, json);
    Some(input)
}

/// Lays one value over another: objects are merged, anything else replaces.
pub(crate) fn merge(under: &mut Value, over: Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (name, value) in over {
                merge(under.entry(name).or_insert(Value::Null), value);
            }
        }
        (under, over) => *under = over,
    }
}

#[test]
fn the_wrong_example_breaks_the_rule_and_the_right_one_does_not() {
    let mut failures = Vec::new();
    for rule in registry::all() {
        let Some(wrong) = input(rule, rule.wrong) else { continue };
        let found = rules::check(rule.on.operation, &wrong);
        if !found.iter().any(|finding| finding.rule == rule.id && finding.severity == rule.severity) {
            failures.push(format!("{}: the wrong example does not break it: {found:?}", rule.id));
        }
        let right = input(rule, rule.right).unwrap();
        let found = rules::check(rule.on.operation, &right);
        if !found.is_empty() {
            failures.push(format!("{}: the right example is not right: {found:?}", rule.id));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn ids_and_texts_are_in_order() {
    let mut ids = BTreeSet::new();
    for rule in registry::all() {
        let Rule { id, doc, guide, .. } = rule;
        assert!(ids.insert(*id), "{id} is there twice");
        let letters = id.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_numbered =
            id.len() - letters.len() == 3 && letters.bytes().all(|byte| byte.is_ascii_uppercase());
        assert!(is_numbered || letters.starts_with("SHAPE-") || letters.starts_with("INPUT-"), "{id}");
        let summary = rule.summary();
        assert!((10..=100).contains(&summary.len()), "{id}: {summary:?}");
        assert!(doc.len() > 2 && doc[1].trim().is_empty(), "{id}: a line, an empty line, an explanation");
        assert!(rule.explanation().ends_with('.'), "{id}: {}", rule.explanation());
        assert!(!guide.is_empty() && !guide.ends_with('.'), "{id}");
        assert_eq!(registry::find(&id.to_lowercase()).map(|rule| rule.id), Some(*id));
    }
}

#[test]
fn constraints_of_the_vocabulary_are_in_the_registry() {
    for operation in Operation::ALL {
        for id in constraints_of(*operation) {
            assert!(registry::find(id).is_some(), "{}: no rule {id}", operation.name());
        }
    }
}

/// The rules about single values in the input of an operation.
pub(crate) fn constraints_of(operation: Operation) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![operation.info().input];
    while let Some(structure) = open.pop() {
        if !seen.insert(structure.name) {
            continue;
        }
        for member in structure.members {
            found.extend(member.constraints.iter().map(|constraint| constraint.rule));
            let mut ty = &member.ty;
            while let Type::List(item, _) | Type::Map(_, item, _) = ty {
                ty = item;
            }
            if let Type::Structure(structure) = ty {
                open.push(structure);
            }
        }
    }
    found
}
