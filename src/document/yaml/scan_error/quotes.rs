//! Mistakes in text in quotes.

use super::Scene;
use crate::document::json::{ParseError, Span};
use crate::document::yaml::{wrong, wrong_with_help};

/// A string without an end.
pub(super) fn unclosed(scene: &Scene<'_>) -> ParseError {
    let quote = if scene.rest().starts_with('\'') { '\'' } else { '"' };
    let line = scene.line(scene.at);
    let span = Span::new(scene.at, line.end);
    match scene.text[line.end..].trim().is_empty() {
        true => {
            wrong_with_help(span, "this string has no closing quote", format!("add a {quote} at its end"))
        }
        false => wrong_with_help(
            span,
            "this string has no closing quote on its line",
            format!(
                "add a {quote} at its end; further lines of a string must be indented deeper than its key"
            ),
        ),
    }
}

/// Something right behind a string.
pub(super) fn behind(scene: &Scene<'_>) -> ParseError {
    let before = &scene.text[..scene.at];
    let quote = before.trim_end().chars().next_back();
    let is_string = scene.rest().starts_with(['"', '\'']);
    let help = match quote {
        _ if is_string && scene.bracket().is_some() => "add a comma between the two",
        Some('\'') if before.ends_with('\'') => "write two single quotes for one inside single quotes",
        Some('"') if before.ends_with('"') => "write \\\" for a quote inside double quotes",
        _ if scene.bracket().is_some() => "add a comma after the string, or put all of the text in quotes",
        _ => "put all of the text in quotes",
    };
    let message = "expected nothing more after the closing quote, found other text";
    wrong_with_help(scene.word(scene.at), message, help)
}

/// A backslash that means nothing.
pub(super) fn escape(scene: &Scene<'_>) -> ParseError {
    let bytes = scene.text.as_bytes();
    let mut at = scene.at + 1;
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        let Some(escaped) = scene.text[at + 1..].chars().next() else { break };
        if let Some(error) = bad_escape(scene.text, at, escaped) {
            return error;
        }
        at += 1 + escaped.len_utf8();
    }
    wrong(scene.here(), "this string has a backslash that means nothing")
}

/// The error for a backslash and the character behind it, if it is one.
fn bad_escape(text: &str, at: usize, escaped: char) -> Option<ParseError> {
    let behind = at + 1 + escaped.len_utf8();
    let (digits, in_words) = match escaped {
        'x' => (2, "two"),
        'u' => (4, "four"),
        'U' => (8, "eight"),
        '0' | 'a' | 'b' | 't' | '\t' | 'n' | 'v' | 'f' | 'r' | 'e' | ' ' | '"' | '/' | '\\' | 'N' | '_'
        | 'L' | 'P' | '\n' | '\r' => return None,
        _ => {
            let message = format!("\\{escaped} means nothing in a string in double quotes");
            let help = format!("for a backslash itself, write \\\\{escaped}, or use single quotes");
            return Some(wrong_with_help(Span::new(at, behind), message, help));
        }
    };
    let found = text[behind..].bytes().take(digits).take_while(u8::is_ascii_hexdigit).count();
    let span = Span::new(at, behind + found);
    if found < digits {
        return Some(wrong(span, format!("\\{escaped} must be followed by {in_words} hexadecimal digits")));
    }
    let code = u32::from_str_radix(&text[behind..behind + digits], 16).ok();
    match code.and_then(char::from_u32) {
        Some(_) => None,
        None => Some(wrong_with_help(span, "this escape is no character", "write the character itself")),
    }
}
