//! Scalars: which text is null, true, false or a number, by the core schema of YAML 1.2.

use std::borrow::Cow;

use serde_json::Number;

use super::tag::Tag;
use super::{wrong, wrong_with_help};
use crate::document::json::{NodeKind, ParseError, Span};

/// The value of a scalar: a plain one is what its text looks like, a quoted one is a string, unless a tag says
/// otherwise.
pub(super) fn read(text: Cow<'_, str>, is_plain: bool, tag: Tag, span: Span) -> Result<NodeKind, ParseError> {
    let mismatch = || tag.mismatch(span);
    match tag {
        Tag::None if is_plain => plain(text, span),
        Tag::None | Tag::Plain | Tag::Str | Tag::Map | Tag::Seq => Ok(NodeKind::String(text.into_owned())),
        Tag::Null if is_null(&text) => Ok(NodeKind::Null),
        Tag::Null => Err(mismatch()),
        Tag::Bool => truth(&text).map(NodeKind::Bool).ok_or_else(mismatch),
        Tag::Int if is_integer(&text) => number(&text, span).map(NodeKind::Number),
        Tag::Int => Err(mismatch()),
        Tag::Float if is_integer(&text) || is_float(&text) => {
            let exact = number(&text, span)?;
            let double = exact.as_f64().and_then(Number::from_f64);
            Ok(NodeKind::Number(double.unwrap_or(exact)))
        }
        Tag::Float if is_not_finite(&text) => Err(not_finite(span)),
        Tag::Float => Err(mismatch()),
    }
}

fn plain(text: Cow<'_, str>, span: Span) -> Result<NodeKind, ParseError> {
    if is_null(&text) {
        return Ok(NodeKind::Null);
    }
    if let Some(value) = truth(&text) {
        return Ok(NodeKind::Bool(value));
    }
    if is_integer(&text) || is_float(&text) {
        return number(&text, span).map(NodeKind::Number);
    }
    if is_not_finite(&text) {
        return Err(not_finite(span));
    }
    Ok(NodeKind::String(text.into_owned()))
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

/// Whether a text is decimal, `0o17` or `0x1f`. Only decimals have a sign; zeros in front mean nothing.
fn is_integer(text: &str) -> bool {
    let (digits, is_digit): (&str, fn(&u8) -> bool) = if let Some(digits) = text.strip_prefix("0o") {
        (digits, |digit| matches!(digit, b'0'..=b'7'))
    } else if let Some(digits) = text.strip_prefix("0x") {
        (digits, u8::is_ascii_hexdigit)
    } else {
        (unsigned(text), u8::is_ascii_digit)
    };
    !digits.is_empty() && digits.as_bytes().iter().all(is_digit)
}

/// Whether a text follows the grammar: `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
fn is_float(text: &str) -> bool {
    let (whole, rest) = digits(unsigned(text));
    let (fraction, rest) = rest.strip_prefix('.').map_or(("", rest), digits);
    if whole.is_empty() && fraction.is_empty() {
        return false;
    }
    match rest.strip_prefix(['e', 'E']) {
        Some(exponent) => {
            let (exponent, rest) = digits(unsigned(exponent));
            !exponent.is_empty() && rest.is_empty()
        }
        None => rest.is_empty(),
    }
}

fn is_not_finite(text: &str) -> bool {
    matches!(text, ".nan" | ".NaN" | ".NAN") || matches!(unsigned(text), ".inf" | ".Inf" | ".INF")
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

/// The digits at the start, and what follows them.
fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

/// The number that a text spells out: exact where it is an integer of 64 bits, else the nearest double.
fn number(text: &str, span: Span) -> Result<Number, ParseError> {
    let number = match text.strip_prefix("0o") {
        Some(digits) => based(digits, 8),
        None => text.strip_prefix("0x").map_or_else(|| decimal(text), |digits| based(digits, 16)),
    };
    number.ok_or_else(|| wrong(span, "this number is too large for any number here"))
}

/// A number in octal or hexadecimal digits, unless it is beyond all reason.
fn based(digits: &str, radix: u32) -> Option<Number> {
    let integer = u128::from_str_radix(digits, radix).ok()?;
    match u64::try_from(integer) {
        Ok(integer) => Some(Number::from(integer)),
        #[expect(clippy::cast_precision_loss, reason = "the nearest double is what is wanted")]
        Err(_) => Number::from_f64(integer as f64),
    }
}

fn decimal(text: &str) -> Option<Number> {
    if let Ok(integer) = text.parse::<i64>() {
        return Some(Number::from(integer));
    }
    if let Ok(integer) = text.parse::<u64>() {
        return Some(Number::from(integer));
    }
    text.parse().ok().and_then(Number::from_f64)
}

fn not_finite(span: Span) -> ParseError {
    wrong_with_help(
        span,
        "infinity and not-a-number have no place in a request",
        "write a number, or put quotes around text",
    )
}
