//! The walk over shapes: does an input have the members, types, words and sizes that the API model states?
//!
//! Descends by type, so it goes as deep as the shapes do, however deep the input is. Reports everything, in
//! the order of the document; what a structure lacks comes before what is wrong inside it.

mod constraint;
mod help;
mod scalar;

use serde_json::{Map, Value};

use crate::api::shape::{Limits, Structure, Type};
use crate::rules::cursor::Cursor;
use crate::rules::finding::{Finding, Findings};
use crate::rules::found::{bounds, expected, found};
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::shape::{LIMIT, REQUIRED, TYPE, UNKNOWN};

/// Suggestions are looked up for so many unknown members only: a file with more of them is of another kind
/// altogether, and looking up a name takes longer than reading it.
const MOST_SUGGESTIONS: usize = 1000;

/// Everything about `value` that does not have the shape of `structure`, in the order of the document.
pub fn check(structure: &Structure, value: &Value) -> Findings {
    let mut walk = Walk { findings: Findings::new(), suggestions: 0 };
    walk.structure(structure, &Cursor::root(value));
    walk.findings
}

struct Walk {
    findings: Findings,
    suggestions: usize,
}

impl Walk {
    fn value(&mut self, ty: &Type, at: &Cursor<'_>) {
        match ty {
            Type::String(limits) => self.string(*limits, at),
            Type::Integer => self.integer(i64::from(i32::MIN)..=i64::from(i32::MAX), at),
            Type::Long(limits) => self.long(*limits, at),
            Type::Float | Type::Double => self.number(ty, at),
            Type::Boolean => self.boolean(at),
            Type::Enum(words) => self.word(words, at),
            Type::List(item, limits) => self.list(ty, item, *limits, at),
            Type::Map(key, value, limits) => self.map((key, value), *limits, at),
            Type::Structure(structure) => self.structure(structure, at),
        }
    }

    fn structure(&mut self, structure: &Structure, at: &Cursor<'_>) {
        let Some(members) = at.value().as_object() else {
            return self.wrong_type("an object", at, help::instead_of_object(structure, at));
        };
        self.required(structure, members, at);
        for (name, member) in at.members() {
            match structure.member(name) {
                Some(known) => {
                    let before = self.findings.len();
                    self.value(&known.ty, &member);
                    if !self.has_other_type(&member, before) {
                        self.constraints(known, &member);
                    }
                }
                None => self.unknown(structure, name, &member),
            }
        }
    }

    /// Whether the type of a value was reported as wrong, among the findings from there on; such a value is not judged
    /// any further.
    fn has_other_type(&self, at: &Cursor<'_>, from: usize) -> bool {
        let mut found = self.findings.iter().skip(from).filter(|finding| finding.rule == TYPE.id).peekable();
        found.peek().is_some() && {
            let path = at.path();
            found.any(|finding| finding.path == path)
        }
    }

    fn required(&mut self, structure: &Structure, members: &Map<String, Value>, at: &Cursor<'_>) {
        for member in structure.members.iter().filter(|member| !members.contains_key(member.name)) {
            if member.required {
                let message = format!("this required member is missing; expected {}", expected(&member.ty));
                self.findings.push(Finding::error(REQUIRED.id, at.path().key(member.name), message));
            } else {
                self.not_given(member, at);
            }
        }
    }

    fn unknown(&mut self, structure: &Structure, name: &str, at: &Cursor<'_>) {
        self.suggestions += 1;
        let help = (self.suggestions <= MOST_SUGGESTIONS).then(|| help::instead_of_member(structure, name));
        let message = format!("unknown member {}", quoted(name, LONGEST_SHOWN));
        self.findings.push(Finding::error(UNKNOWN.id, at.path(), message).at_key().with_help(help.flatten()));
    }

    fn list(&mut self, ty: &Type, item: &Type, limits: Limits, at: &Cursor<'_>) {
        let Some(items) = at.value().as_array() else {
            return self.wrong_type(&expected(ty), at, help::instead_of_list(item, at));
        };
        self.count(items.len(), limits, ("item", "items"), at);
        for at in at.items() {
            self.value(item, &at);
        }
    }

    fn map(&mut self, (key, value): (&'static Type, &'static Type), limits: Limits, at: &Cursor<'_>) {
        let Some(entries) = at.value().as_object() else {
            let expected = expected(&Type::Map(key, value, limits));
            return self.wrong_type(&expected, at, help::instead_of_map(value, at));
        };
        self.count(entries.len(), limits, ("entry", "entries"), at);
        for (name, at) in at.members() {
            if let Type::String(limits) = key {
                self.key(name, *limits, &at);
            }
            self.value(value, &at);
        }
    }

    fn key(&mut self, name: &str, limits: Limits, at: &Cursor<'_>) {
        let length = name.chars().count();
        if !within(limits, length) {
            let bounds = bounds(limits, "character", "characters");
            let found = if length == 0 { "an empty one".to_owned() } else { length.to_string() };
            let message = format!("expected a key of {bounds}, found {found}");
            self.findings.push(Finding::error(LIMIT.id, at.path(), message).at_key());
        }
    }

    /// Reports a size outside its bounds.
    fn count(&mut self, count: usize, limits: Limits, (one, many): (&str, &str), at: &Cursor<'_>) {
        if !within(limits, count) {
            let found = if count == 0 { found(at) } else { count.to_string() };
            self.findings.error(
                LIMIT.id,
                at,
                format!("expected {}, found {found}", bounds(limits, one, many)),
            );
        }
    }

    fn wrong_type(&mut self, expected: &str, at: &Cursor<'_>, help: Option<String>) {
        let help = if at.value().is_null() { help::instead_of_null(at) } else { help };
        let message = format!("expected {expected}, found {}", found(at));
        self.findings.push(Finding::error(TYPE.id, at.path(), message).with_help(help));
    }
}

fn within(limits: Limits, count: usize) -> bool {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    limits.min.is_none_or(|min| min <= count) && limits.max.is_none_or(|max| count <= max)
}

#[cfg(test)]
mod tests;
