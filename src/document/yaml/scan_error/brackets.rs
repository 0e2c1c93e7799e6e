//! Mistakes in lists and objects in brackets.

use super::{Scene, starts_badly};
use crate::document::json::{ParseError, Span};
use crate::document::yaml::{complain, wrong, wrong_with_help};

/// How a message names what stands at the place. Text is not repeated.
fn found(scene: &Scene<'_>) -> String {
    match scene.rest().chars().next() {
        None => "the end of the text".to_owned(),
        Some('"' | '\'') => "a string".to_owned(),
        Some(first @ (',' | ':' | '[' | ']' | '{' | '}')) => format!("\"{first}\""),
        Some(_) => "other text".to_owned(),
    }
}

/// Something other than a comma or a closing bracket.
pub(super) fn no_comma(scene: &Scene<'_>) -> ParseError {
    let Some((open, closing)) = scene.bracket().zip(scene.closing()) else {
        return wrong(scene.here(), format!("expected a comma, found {}", found(scene)));
    };
    let message = format!("expected \",\" or \"{closing}\", found {}", found(scene));
    let is_same_line = scene.line(open) == scene.line(scene.at);
    let help = match scene.rest().chars().next() {
        Some('"' | '\'') if is_same_line => Some("add a comma before it".to_owned()),
        Some(':') if is_same_line => Some("is a comma missing before the key?".to_owned()),
        _ => scene.never_closed(),
    };
    ParseError { span: scene.here(), message, help }
}

/// A line that is indented too little to belong to what is in brackets.
pub(super) fn indentation(scene: &Scene<'_>) -> ParseError {
    let message = "this line is indented too little for what is inside of brackets";
    let span = scene.word(scene.at);
    let help = match scene.never_closed() {
        Some(_) if scene.rest().starts_with([']', '}']) => {
            "indent the bracket deeper than its key".to_owned()
        }
        Some(open) => format!("{open}, or this line must be indented deeper"),
        None => "indent it deeper".to_owned(),
    };
    wrong_with_help(span, message, help)
}

/// A bracket that closes nothing.
pub(super) fn misplaced(scene: &Scene<'_>) -> ParseError {
    let bracket = scene.rest().chars().next().unwrap_or(']');
    let message = format!("this \"{bracket}\" closes nothing");
    match scene.before(scene.at).trim_end().ends_with([':', '-']) {
        true => wrong_with_help(scene.here(), message, "put text that begins with a bracket in quotes"),
        false => {
            wrong_with_help(scene.here(), message, "remove it, or put text that it is part of in quotes")
        }
    }
}

/// A colon right before a bracket.
pub(super) fn no_space(scene: &Scene<'_>) -> ParseError {
    let before = &scene.text[..scene.at];
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}' | ':');
    let start = before.rfind(ends).map_or(0, |end| end + 1);
    complain::no_space(before.get(start..).unwrap_or_default(), scene.at)
}

/// A dash in front of an item.
pub(super) fn dash(scene: &Scene<'_>) -> ParseError {
    wrong_with_help(
        scene.here(),
        "inside of brackets, an item does not begin with \"-\"",
        "separate the items with commas; put text that begins with \"-\" in quotes",
    )
}

/// Nothing where a value must be.
pub(super) fn nothing(scene: &Scene<'_>) -> ParseError {
    if scene.bracket().is_none() && scene.rest().starts_with([',', ']', '}']) {
        return starts_badly(scene);
    }
    let expected = match scene.closing() {
        Some('}') => "a member",
        Some(_) => "a list item",
        None => "a value",
    };
    let message = format!("expected {expected}, found {}", found(scene));
    match scene.rest().chars().next() {
        Some(',') => wrong_with_help(scene.here(), message, "remove one of the commas"),
        None => ParseError { span: scene.here(), message, help: scene.never_closed() },
        Some(_) => wrong(Span::new(scene.at, scene.here().end), message),
    }
}
