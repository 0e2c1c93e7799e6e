//! What to do about a finding: the sentence behind `help:`.

use serde_json::Value;

use crate::api::shape::{Structure, Type};
use crate::rules::cursor::Cursor;
use crate::rules::found::joined;
use crate::rules::nearest::nearest;
use crate::rules::quote::{LONGEST_SHOWN, quoted};

/// Longer lists of members are not written out.
const MOST_MEMBERS: usize = 12;
/// How far down a misplaced member is looked for.
const DEEPEST_HOME: usize = 4;

/// Instead of an unknown member: the one that was meant, where it belongs, or what there is.
pub(super) fn instead_of_member(structure: &Structure, name: &str) -> Option<String> {
    let names = || structure.members.iter().map(|member| member.name);
    let near = nearest(name, names());
    // A name that fits as it stands one level further down beats a name that is merely similar.
    let same_letters = near.filter(|near| near.eq_ignore_ascii_case(name));
    if same_letters.is_none()
        && let Some(home) = home(structure, name)
    {
        return Some(format!("{} belongs under {home}", quoted(name, LONGEST_SHOWN)));
    }
    if let Some(near) = near {
        return Some(format!("did you mean \"{near}\"?"));
    }
    match structure.members.len() {
        0 => Some("there are no members here".to_owned()),
        1 => names().next().map(|only| format!("the only member here is {only}")),
        2..=MOST_MEMBERS => {
            Some(format!("the members here are {}", joined(&names().collect::<Vec<_>>(), "and")))
        }
        _ => None,
    }
}

/// The members of `structure` below which there is a member called `name`: those with the shortest way, if
/// there are at most two of them.
fn home(structure: &Structure, name: &str) -> Option<String> {
    let mut level: Vec<(String, &Structure)> = vec![(String::new(), structure)];
    for _ in 0..DEEPEST_HOME {
        level = level.iter().flat_map(|(way, structure)| below(way, structure)).collect();
        let homes: Vec<_> = level
            .iter()
            .filter(|(_, structure)| structure.member(name).is_some())
            .map(|(way, _)| way)
            .collect();
        match homes.len() {
            0 => {}
            1 | 2 => return Some(joined(&homes, "or")),
            _ => return None,
        }
    }
    None
}

/// The structures one step below a structure, each with the way to it.
fn below<'a>(way: &str, structure: &'a Structure) -> Vec<(String, &'a Structure)> {
    let dot = if way.is_empty() { "" } else { "." };
    let step = |member: &'a crate::api::shape::Member| match member.ty {
        Type::Structure(inner) => Some((format!("{way}{dot}{}", member.name), inner)),
        Type::List(Type::Structure(inner), _) => Some((format!("{way}{dot}{}[0]", member.name), *inner)),
        _ => None,
    };
    structure.members.iter().filter_map(step).collect()
}

pub(super) fn instead_of_null(at: &Cursor<'_>) -> Option<String> {
    Some(if at.is_item() {
        "remove it from the list".to_owned()
    } else {
        "null is no value here; to leave it unset, remove the member".to_owned()
    })
}

pub(super) fn instead_of_string(at: &Cursor<'_>) -> Option<String> {
    match at.value() {
        Value::Number(_) | Value::Bool(_) if at.privacy().hides() => {
            Some("put it in double quotes".to_owned())
        }
        Value::Number(number) => Some(format!("write \"{number}\", with quotes")),
        Value::Bool(value) => Some(format!("write \"{value}\", with quotes")),
        Value::Array(items) if items.len() == 1 && items[0].is_string() => {
            Some("remove the square brackets".to_owned())
        }
        Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

pub(super) fn instead_of_integer(at: &Cursor<'_>) -> Option<String> {
    // Beyond 2^53 a double no longer tells neighbouring integers apart.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match at.value() {
        Value::String(text) => {
            text.trim().parse::<i64>().ok().map(|number| format!("write {number} without quotes"))
        }
        Value::Number(number) => {
            let number = number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < EXACT)?;
            Some(format!("write {number:.0}"))
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

pub(super) fn instead_of_number(at: &Cursor<'_>) -> Option<String> {
    let text = at.text()?.trim();
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite())?;
    Some(format!("write {number} without quotes"))
}

pub(super) fn instead_of_boolean(at: &Cursor<'_>) -> Option<String> {
    let is =
        |words: &[&str]| words.iter().any(|word| at.text().is_some_and(|t| word.eq_ignore_ascii_case(t)));
    let meant = match () {
        () if is(&["true", "yes", "on"]) => "true",
        () if is(&["false", "no", "off"]) => "false",
        () => return None,
    };
    Some(format!("write {meant} without quotes"))
}

pub(super) fn instead_of_object(structure: &Structure, at: &Cursor<'_>) -> Option<String> {
    match (at.value(), structure.members) {
        // With a single member, there is no doubt what was meant.
        (Value::Number(number), [only]) if !at.privacy().hides() => {
            return Some(format!("write {{\"{}\": {number}}}", only.name));
        }
        _ => {}
    }
    match at.value() {
        Value::String(_) if is_json(at) => unquote(),
        Value::Array(items) if items.len() == 1 && items[0].is_object() => {
            Some("remove the square brackets".to_owned())
        }
        _ => None,
    }
}

pub(super) fn instead_of_list(item: &Type, at: &Cursor<'_>) -> Option<String> {
    let brackets = || Some("put it in square brackets, even if there is only one".to_owned());
    match (at.value(), item) {
        (Value::String(_), _) if is_json(at) => unquote(),
        (Value::String(_), Type::String(_) | Type::Enum(_)) => brackets(),
        (Value::Number(_), Type::Integer | Type::Long(_) | Type::Float | Type::Double) => brackets(),
        (Value::Object(members), Type::Structure(structure)) => {
            let is_pair = structure.member("name").is_some() && structure.member("value").is_some();
            let is_map = !members.keys().any(|key| structure.member(key).is_some());
            match is_pair && is_map {
                true => Some(r#"write it as [{"name": "KEY", "value": "VALUE"}]"#.to_owned()),
                false => brackets(),
            }
        }
        _ => None,
    }
}

pub(super) fn instead_of_map(value: &Type, at: &Cursor<'_>) -> Option<String> {
    match (at.value(), value) {
        (Value::String(_), _) if is_json(at) => unquote(),
        (Value::Array(_), Type::String(_)) => Some(r#"write it as {"KEY": "VALUE"}"#.to_owned()),
        _ => None,
    }
}

/// Whether a text looks like an object or a list that was put in quotes.
fn is_json(at: &Cursor<'_>) -> bool {
    let text = at.text().unwrap_or_default().trim();
    (text.starts_with('{') && text.ends_with('}')) || (text.starts_with('[') && text.ends_with(']'))
}

fn unquote() -> Option<String> {
    Some("this looks like JSON inside a string; write it without the quotes around it".to_owned())
}
