//! What is wrong with a text, in words: only here does it matter how texts usually go wrong.

use super::error::{ParseError, Token};
use super::node::{Key, Node, NodeKind, Span};
use super::parser::{After, Parser};
use crate::rules::quote::{LONGEST_SHOWN, quoted};

impl Parser<'_> {
    pub(super) fn no_comma(&self, closing: char, after: After<'_>) -> ParseError {
        let token = self.token();
        let what = describe(after);
        let message = format!("expected \",\" or \"{closing}\" after {what}, found {}", token.shown());
        let before = self.text[..self.at].trim_end().len();
        let help = match token.text {
            "" => self.never_closed(),
            "}" | "]" => self.never_closed(),
            ":" if matches!(after, After::Item) => self
                .never_closed()
                .map(|open| format!("either {open}, or this key and its value need braces around them")),
            ";" | "=>" => Some("write \",\" instead".to_owned()),
            _ if !token.starts_value() => None,
            _ if self.line(before) == self.line(self.at) => Some(format!("add a comma after {what}")),
            _ => Some(format!("add a comma after {what}, on line {}", self.line(before))),
        };
        ParseError::new(token.span, message).with_help(help)
    }

    /// Which bracket is still open.
    fn never_closed(&self) -> Option<String> {
        let open = *self.open.last()?;
        let bracket = char::from(self.text.as_bytes()[open]);
        let (line, column) = self.line_column(open);
        Some(format!("the \"{bracket}\" at line {line}, column {column} is not closed"))
    }

    pub(super) fn no_value(&self, after: After<'_>) -> ParseError {
        let token = self.token();
        let expected = match after {
            After::Start => "expected a JSON value".to_owned(),
            After::Item => "expected a list item".to_owned(),
            After::Key(_) => format!("expected {}", describe(after)),
        };
        if let Some(error) = quotes(&token) {
            return error;
        }
        let behind = self.text[token.span.end..].trim_start();
        let lower = token.text.to_ascii_lowercase();
        let help = match (token.text, lower.as_str()) {
            ("", _) => self.never_closed(),
            (_, "true" | "false") => Some(format!("write {lower}, in lower case")),
            (_, "yes" | "on") => Some("write true".to_owned()),
            (_, "no" | "off") => Some("write false".to_owned()),
            (_, "none" | "null" | "nil" | "undefined") => Some("leave it out instead".to_owned()),
            _ if matches!(after, After::Start) && token.is_bare() && behind.starts_with(':') => Some(
                format!("put braces around it all and keys in double quotes: {{\"{}\": ...}}", token.text),
            ),
            _ if matches!(after, After::Start) => None,
            _ => token.quote_it(),
        };
        ParseError::new(token.span, format!("{expected}, found {}", token.shown())).with_help(help)
    }

    pub(super) fn no_key(&self) -> ParseError {
        let token = self.token();
        if let Some(error) = quotes(&token) {
            return error;
        }
        let help = match token.text {
            "" => self.never_closed(),
            "{" => Some("a member needs a key: \"name\": {...}".to_owned()),
            _ if token.is_bare() && token.text.len() <= LONGEST_SHOWN && !token.text.starts_with("...") => {
                Some(format!("write \"{}\"", token.text))
            }
            _ => None,
        };
        ParseError::new(token.span, format!("expected a key in double quotes, found {}", token.shown()))
            .with_help(help)
    }

    pub(super) fn no_colon(&self, key: &Key) -> ParseError {
        let token = self.token();
        // What follows is a value that lost its colon, possibly a secret one, so its text is not repeated.
        let found = if token.text.starts_with('"') { "a string".to_owned() } else { token.shown() };
        let name = quoted(&key.name, LONGEST_SHOWN);
        let help = match token.text {
            "=" => Some("write \":\" instead of \"=\"".to_owned()),
            "" => self.never_closed(),
            _ if key.name.contains(':') => Some(format!("is a quote missing inside {name}?")),
            _ => None,
        };
        ParseError::new(token.span, format!("expected \":\" after the key {name}, found {found}"))
            .with_help(help)
    }

    pub(super) fn duplicate(&self, first: &Key, second: &Key) -> ParseError {
        let (line, column) = self.line_column(first.span.start);
        let name = quoted(&first.name, LONGEST_SHOWN);
        let message = format!("the key {name} is given twice, first at line {line}, column {column}");
        ParseError::new(second.span, message).with_help("remove one of the two".to_owned())
    }

    pub(super) fn comment(&self) -> ParseError {
        let rest = &self.text[self.at..];
        let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let length = match rest.find("*/") {
            Some(end) if rest.starts_with("/*") => line.min(end + 2),
            _ => line,
        };
        let span = Span::new(self.at, self.at + length);
        if rest.starts_with('/') && !rest.starts_with("//") && !rest.starts_with("/*") {
            return ParseError::new(Span::new(self.at, self.at + 1), "a \"/\" has no place here");
        }
        ParseError::new(span, "comments are not allowed in JSON").with_help("remove it".to_owned())
    }

    pub(super) fn text_after_the_end(&self, node: &Node) -> ParseError {
        let token = self.token();
        let message = format!("expected nothing after the end of the JSON value, found {}", token.shown());
        let help = match (token.text, &node.kind) {
            (":", NodeKind::String(_)) => Some("put braces around it all: {...}".to_owned()),
            ("}" | "]", _) => Some("there is one closing bracket too many, here or before".to_owned()),
            ("," | "{", NodeKind::Object(_)) => {
                Some("an input is one object; where a list is meant, put [...] around several".to_owned())
            }
            _ => None,
        };
        ParseError::new(token.span, message).with_help(help)
    }

    fn line(&self, offset: usize) -> usize {
        self.line_column(offset).0
    }

    /// Line and column of an offset, from 1; only ever asked for once or twice, when all is lost.
    fn line_column(&self, offset: usize) -> (usize, usize) {
        let before = self.text[..offset].trim_start_matches('\u{feff}');
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
    }
}

/// How a message speaks of the value that came before, or is missing.
fn describe(after: After<'_>) -> String {
    match after {
        After::Start => "the value".to_owned(),
        After::Item => "a list item".to_owned(),
        After::Key(name) => format!("the value of {}", quoted(name, LONGEST_SHOWN)),
    }
}

/// The error for quotes of another kind than JSON's.
fn quotes(token: &Token<'_>) -> Option<ParseError> {
    let message = match token.text.chars().next()? {
        '\'' => "single quotes are not allowed in JSON",
        '`' => "backticks are not allowed in JSON",
        '\u{201c}'..='\u{201f}' | '\u{2018}'..='\u{201b}' | '«' | '»' => {
            "typographic quotes are not allowed in JSON"
        }
        _ => return None,
    };
    Some(ParseError::new(token.span, message).with_help("write \" instead".to_owned()))
}
