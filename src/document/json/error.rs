//! What is wrong with a text that should be JSON.

use super::Span;
use crate::document::secrets;
use crate::rules::quote::{LONGEST_SHOWN, push_visible, quoted};

/// Why a text is not JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ParseError {
    /// The text it is about; empty at the end of the text.
    pub span: Span,
    /// What was found and what is allowed, as a lower-case fragment.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl ParseError {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    pub(super) fn with_help(self, help: impl Into<Option<String>>) -> Self {
        Self { help: help.into(), ..self }
    }
}

/// A piece of a text that does not belong where it stands.
pub(super) struct Token<'t> {
    pub(super) span: Span,
    pub(super) text: &'t str,
    /// The text it is part of.
    whole: &'t str,
}

impl<'t> Token<'t> {
    /// The token at an offset: a string with its quotes, a word or number, or a single character.
    pub(super) fn at(text: &'t str, offset: usize) -> Self {
        let rest = &text[offset..];
        let length = match rest.chars().next() {
            None => 0,
            Some('"') => string_length(rest),
            Some(first) if is_word(first) => rest.find(|c: char| !is_word(c)).unwrap_or(rest.len()),
            Some(first) => first.len_utf8(),
        };
        Self { span: Span::new(offset, offset + length), text: &rest[..length], whole: text }
    }

    /// How a message names it. What may be secret is not repeated.
    pub(super) fn shown(&self) -> String {
        let Some(first) = self.text.chars().next() else { return "the end of the text".to_owned() };
        if self.is_secret() {
            return if first == '"' { "a string".to_owned() } else { "a bare word".to_owned() };
        }
        if first == '"' {
            let inner = self.text.trim_start_matches('"').trim_end_matches('"');
            let mut shown = String::from("\"");
            inner.chars().take(LONGEST_SHOWN).for_each(|character| push_visible(&mut shown, character));
            shown.push('"');
            if inner.chars().nth(LONGEST_SHOWN).is_some() {
                shown.push_str("...");
            }
            return shown;
        }
        if is_word(first) {
            let mut shown: String = self.text.chars().take(LONGEST_SHOWN).collect();
            if shown.len() < self.text.len() {
                shown.push_str("...");
            }
            return shown;
        }
        quoted(self.text, LONGEST_SHOWN)
    }

    /// Whether it may be secret. Looks at the whole text, so this is for messages only.
    pub(super) fn is_secret(&self) -> bool {
        secrets::find(self.whole)
            .iter()
            .any(|secret| secret.start < self.span.end && self.span.start < secret.end)
    }

    /// What to do about text without quotes, if that is what it is.
    pub(super) fn quote_it(&self) -> Option<String> {
        let is_text = self.is_bare() && !self.text.starts_with("...");
        is_text.then(|| match self.text.len() > LONGEST_SHOWN || self.is_secret() {
            true => "text must be in double quotes".to_owned(),
            false => format!("text must be in double quotes: \"{}\"", self.text),
        })
    }

    /// Whether it looks like the start of a value or a key.
    pub(super) fn starts_value(&self) -> bool {
        self.text.starts_with(|first: char| is_word(first) || matches!(first, '"' | '{' | '[' | '\''))
    }

    /// Whether it is a word or a number without quotes.
    pub(super) fn is_bare(&self) -> bool {
        self.text.starts_with(is_word)
    }
}

/// Whether a character can be part of a bare word or number.
fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '-' | '+' | '.' | '$' | '@')
}

/// The length of the string at the start of `text`, up to its closing quote or the end of the line.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (offset, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            b'\n' | b'\r' => return offset,
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return offset + 1,
            _ => {}
        }
    }
    text.len()
}
