//! What is wrong with the tree that a YAML text describes, in words.

use super::{wrong, wrong_with_help};
use crate::document::json::{Key, ParseError, Span};
use crate::rules::quote::{LONGEST_SHOWN, quoted};

/// The error for a key that comes a second time.
pub(super) fn duplicate(text: &str, first: &Key, second: &Key) -> ParseError {
    let (line, column) = line_column(text, first.span.start);
    let name = quoted(&first.name, LONGEST_SHOWN);
    let message = format!("the key {name} is given twice, first at line {line}, column {column}");
    wrong_with_help(second.span, message, "remove one of the two")
}

/// The error for a colon without a key, at `end`.
pub(super) fn no_key(text: &str, end: usize) -> ParseError {
    let rest = &text[end..];
    let start = end + rest.find(|c: char| !c.is_whitespace()).unwrap_or(0);
    let length = usize::from(text[start..].starts_with([':', '?', ',']));
    wrong(Span::new(start, start + length), "expected a key, found nothing")
}

/// The error for the merge key of older YAML.
pub(super) fn merge_key(span: Span) -> ParseError {
    wrong_with_help(span, "merge keys (<<) are not part of YAML 1.2", "write the members out")
}

/// The error for a key that is a list or an object, which begins at `start`.
pub(super) fn complex_key(text: &str, start: usize) -> ParseError {
    let span = character(text, start);
    let message = "a key must be text, not a list or an object";
    match text[start..].starts_with(['{', '[']) {
        true => wrong_with_help(span, message, "put text that starts with a brace or a bracket in quotes"),
        false => wrong(span, message),
    }
}

/// Refuses plain text that looks like a member whose colon lacks its space. It is YAML, but never what is meant
/// where this is asked; and such text must not end up as a name, since it holds a value.
pub(super) fn missing_space(text: &str, span: Span) -> Result<(), ParseError> {
    let value = text.get(span.start..span.end).unwrap_or_default();
    match unspaced(value) {
        Some(name) => Err(no_space(name, span.start + name.len())),
        None => Ok(()),
    }
}

/// The name in front of a colon without its space, if that is what `text` is.
pub(super) fn unspaced(text: &str) -> Option<&str> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let (name, rest) = text.split_at(text.find(|c: char| !is_word(c))?);
    let value = rest.strip_prefix(':')?;
    let is_member = name.starts_with(char::is_alphabetic) && !value.is_empty();
    (is_member && !value.starts_with("//") && !value.starts_with(char::is_whitespace)).then_some(name)
}

/// The error for the colon at `colon`, which must have a space behind it.
pub(super) fn no_space(key: &str, colon: usize) -> ParseError {
    let name = quoted(key, LONGEST_SHOWN);
    let message = format!("expected a space after the colon of {name}");
    wrong_with_help(Span::new(colon, colon + 1), message, "write \": \" with a space")
}

/// Refuses tabs in front of what begins at `start`, where it is the first of its line.
pub(super) fn tab(text: &str, start: usize) -> Result<(), ParseError> {
    let before = &text[..start];
    let indentation = before.len() - before.trim_end_matches([' ', '\t']).len();
    let line = start - indentation;
    let is_first = line == 0 || before[..line].ends_with(['\n', '\r', '\u{feff}']);
    match before[line..].find('\t') {
        Some(tab) if is_first => Err(tab_at(text, line + tab)),
        _ => Ok(()),
    }
}

/// The error for the tabs at an offset.
pub(super) fn tab_at(text: &str, offset: usize) -> ParseError {
    let rest = &text[offset..];
    let length = rest.len() - rest.trim_start_matches('\t').len();
    let span = Span::new(offset, offset + length);
    wrong_with_help(span, "a tab is not allowed as indentation in YAML", "indent with spaces")
}

/// The character at an offset; nothing at the end of the text.
pub(super) fn character(text: &str, offset: usize) -> Span {
    let length = text[offset..].chars().next().map_or(0, char::len_utf8);
    Span::new(offset, offset + length)
}

/// Line and column of an offset, from 1; only ever asked for once, when all is lost.
pub(super) fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text[..offset].trim_start_matches('\u{feff}');
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}
