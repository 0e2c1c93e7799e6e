//! YAML with the place of every part, and errors in words.
//!
//! YAML 1.2 with its core schema: what is not clearly null, true, false or a number is a string. It gives the
//! same tree as [`json`], and so refuses what that has no place for: keys that are no scalars, `.inf` and
//! `.nan`, tags of one's own. Beyond that it refuses what can only be a mistake, or an attack: the same key
//! twice, nesting deeper than [`json::DEEPEST`], and aliases that write out far more than the text holds. Start
//! reading at `reader`.

use crate::document::json::{self, Node, ParseError, Span};

mod alias;
mod characters;
mod closing;
mod complain;
mod gap;
mod open;
mod places;
mod reader;
mod scalar;
mod scan_error;
mod tag;

use reader::Reader;

/// Reads a stream of YAML documents. Those without content are left out.
pub fn parse(text: &str) -> Result<Vec<Node>, ParseError> {
    characters::check(text)?;
    // The scanner keeps all the tokens of a list or an object until it knows that it is not a key, and it knows
    // no surrogate pairs. What is JSON does without either.
    if is_json_like(text)
        && let Ok(node) = json::parse(text)
    {
        return Ok(vec![node]);
    }
    parse_events(text)
}

fn is_json_like(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
}

/// [`parse`] with the YAML parser only.
fn parse_events(text: &str) -> Result<Vec<Node>, ParseError> {
    let mut first = Reader::new(text, &[]);
    match first.read(text) {
        Err(error) if first.stopped_at_bracket() => parse_joined(text).unwrap_or(Err(error)),
        result => result,
    }
}

/// [`parse_events`] where closing brackets may be indented too little; none where that leads nowhere.
fn parse_joined(text: &str) -> Option<Result<Vec<Node>, ParseError>> {
    let mut keep = Vec::new();
    // At first, lines may be joined inside of a scalar, which would change it. Those are left alone then.
    for _ in 0..2 {
        let joined = closing::join(text, &keep);
        let mut reader = Reader::new(text, &joined.breaks);
        let result = reader.read(&joined.text);
        if reader.breaks_in_scalars.is_empty() {
            return Some(result);
        }
        keep = reader.breaks_in_scalars;
    }
    None
}

/// An error without a help.
fn wrong(span: Span, message: impl Into<String>) -> ParseError {
    ParseError { span, message: message.into(), help: None }
}

/// An error that says what to do about it.
fn wrong_with_help(span: Span, message: impl Into<String>, help: impl Into<String>) -> ParseError {
    ParseError { span, message: message.into(), help: Some(help.into()) }
}

#[cfg(test)]
mod tests;
