//! The guide's demands on single values.

use serde_json::Value;

use super::Walk;
use crate::api::constraint::{Check, Constraint};
use crate::api::shape::{Limits, Member, Type};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Finding;
use crate::rules::found::{bounds, expected, found, joined};
use crate::rules::nearest::did_you_mean;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry;

impl Walk {
    /// Judges the value of a member that is there.
    pub(super) fn constraints(&mut self, member: &Member, at: &Cursor<'_>) {
        // What is no integer has the wrong type, which is said already.
        if matches!(member.ty, Type::Integer | Type::Long(_)) && at.integer().is_none() {
            return;
        }
        for Constraint { rule, check } in member.constraints {
            self.value_passes(rule, check, at);
        }
    }

    /// Reports a member that must be there and is not; `at` is the object around it.
    pub(super) fn not_given(&mut self, member: &Member, at: &Cursor<'_>) {
        if let Some(Constraint { rule, .. }) = member.constraints.iter().find(|c| c.check == Check::Given) {
            let message = format!("this required member is missing; expected {}", expected(&member.ty));
            self.broken(rule, Finding::error(rule, at.path().key(member.name), message));
        }
    }

    fn value_passes(&mut self, rule: &'static str, check: &Check, at: &Cursor<'_>) {
        match check {
            Check::Given => {}
            Check::Each(check) => {
                let values = at.items().chain(at.members().map(|(_, value)| value));
                values.for_each(|at| self.value_passes(rule, check, &at));
            }
            Check::Keys(check) => {
                for (name, at) in at.members() {
                    if let Some(Breach { wanted, found }) = breach(check, &Value::from(name)) {
                        let found = found.unwrap_or_else(|| quoted(name, LONGEST_SHOWN));
                        let message = format!("expected a key of {wanted}, found {found}");
                        self.broken(rule, Finding::error(rule, at.path(), message).at_key());
                    }
                }
            }
            _ => {
                if let Some(Breach { wanted, found }) = breach(check, at.value()) {
                    let found = found.unwrap_or_else(|| self::found(at));
                    let message = format!("expected {wanted}, found {found}");
                    let finding = Finding::error(rule, at.path(), message).with_help(help(check, at));
                    self.broken(rule, finding);
                }
            }
        }
    }

    /// Reports a finding as badly as its rule says.
    fn broken(&mut self, rule: &str, finding: Finding) {
        let severity = registry::find(rule).map_or(finding.severity, |rule| rule.severity);
        self.findings.push(Finding { severity, ..finding });
    }
}

/// What a check wanted, and what it found instead if that is not the value itself.
struct Breach {
    wanted: String,
    found: Option<String>,
}

/// How a value breaks a check about values; a value of another type does not.
fn breach(check: &Check, value: &Value) -> Option<Breach> {
    match (check, value) {
        (Check::Length(limits), Value::String(text)) => {
            sized(text.chars().count(), *limits, ("character", "characters"))
        }
        (Check::Count(limits), Value::Array(items)) => sized(items.len(), *limits, ("item", "items")),
        (Check::Count(limits), Value::Object(entries)) => sized(entries.len(), *limits, ("entry", "entries")),
        (Check::Form(form), Value::String(text)) => {
            (!(form.accepts)(text)).then(|| Breach { wanted: form.words.to_owned(), found: None })
        }
        (Check::Words(words), Value::String(text)) => (!words.contains(&text.as_str())).then(|| {
            let words: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
            Breach { wanted: joined(&words, "or"), found: None }
        }),
        (Check::Range(min, max), Value::Number(number)) => {
            let within = number.as_f64().is_none_or(|number| (*min..=*max).contains(&number));
            (!within).then(|| Breach { wanted: range(*min, *max), found: None })
        }
        _ => None,
    }
}

fn sized(count: usize, limits: Limits, (one, many): (&str, &str)) -> Option<Breach> {
    (!super::within(limits, count)).then(|| Breach {
        wanted: bounds(limits, one, many),
        // An empty value shows best as what it is.
        found: (count > 0).then(|| count.to_string()),
    })
}

/// Which numbers are permitted: `a number from 0 to 99`.
fn range(min: f64, max: f64) -> String {
    match (min.is_finite(), max.is_finite()) {
        (true, true) => format!("a number from {min} to {max}"),
        (true, false) => format!("a number of at least {min}"),
        (false, true) => format!("a number of at most {max}"),
        (false, false) => "a number".to_owned(),
    }
}

fn help(check: &Check, at: &Cursor<'_>) -> Option<String> {
    let Check::Words(words) = check else { return None };
    did_you_mean(at.text()?, words.iter().copied())
}
