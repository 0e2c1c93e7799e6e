//! Numbers.

use serde_json::Number;

use super::error::{ParseError, Token};
use crate::rules::quote::LONGEST_SHOWN;

/// The number that `token` spells out: exact where it is an integer of 64 bits, else the nearest double.
pub(super) fn read(token: &Token<'_>) -> Result<Number, ParseError> {
    let text = token.text;
    if !is_number(text) {
        return Err(not_a_number(token));
    }
    if let Ok(integer) = text.parse::<i64>() {
        return Ok(Number::from(integer));
    }
    if let Ok(integer) = text.parse::<u64>() {
        return Ok(Number::from(integer));
    }
    text.parse().ok().and_then(Number::from_f64).ok_or_else(|| {
        let message = format!("the number {} is too large for any number here", token.shown());
        ParseError::new(token.span, message)
    })
}

/// Whether `text` follows the grammar: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits(text);
    if whole.is_empty() || (whole.len() > 1 && whole.starts_with('0')) {
        return false;
    }
    let rest = match rest.strip_prefix('.').map(digits) {
        Some(("", _)) => return false,
        Some((_, rest)) => rest,
        None => rest,
    };
    match rest.strip_prefix(['e', 'E']) {
        Some(exponent) => {
            let (exponent, rest) = digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
            !exponent.is_empty() && rest.is_empty()
        }
        None => rest.is_empty(),
    }
}

/// The digits at the start, and what follows them.
fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

fn not_a_number(token: &Token<'_>) -> ParseError {
    let text = token.text;
    let (sign, bare) = match text.strip_prefix(['-', '+']) {
        Some(bare) => (if text.starts_with('-') { "-" } else { "" }, bare),
        None => ("", text),
    };
    let trimmed = bare.trim_start_matches('0');
    let repaired = match trimmed {
        "" => "0".to_owned(),
        _ if !trimmed.starts_with(|c: char| c.is_ascii_digit()) => format!("{sign}0{trimmed}"),
        _ => format!("{sign}{trimmed}"),
    };
    let repaired = repaired.strip_suffix('.').map(str::to_owned).unwrap_or(repaired);
    let shown = token.shown();
    if is_number(&repaired) {
        let help =
            (repaired.len() <= LONGEST_SHOWN && !token.is_secret()).then(|| format!("write {repaired}"));
        return ParseError::new(token.span, format!("{shown} is not how JSON writes a number"))
            .with_help(help);
    }
    ParseError::new(token.span, format!("{shown} is not a number")).with_help(token.quote_it())
}
