//! Strings.

use super::error::ParseError;
use super::node::Span;

/// The string whose opening quote is at `start`: its text, and the offset behind its closing quote.
pub(super) fn read(text: &str, start: usize) -> Result<(String, usize), ParseError> {
    let bytes = text.as_bytes();
    let mut value = String::new();
    let mut at = start + 1;
    loop {
        let plain = bytes[at..].iter().position(|&byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
        let Some(plain) = plain else { return Err(unterminated(text, start)) };
        value.push_str(&text[at..at + plain]);
        at += plain;
        match bytes[at] {
            b'"' => return Ok((value, at + 1)),
            b'\\' => {
                let (character, behind) = escape(text, start, at)?;
                value.push(character);
                at = behind;
            }
            b'\n' | b'\r' => return Err(unterminated(text, start)),
            control => return Err(raw_control(control, at)),
        }
    }
}

/// The character that the escape at `at` stands for, and the offset behind it.
fn escape(text: &str, start: usize, at: usize) -> Result<(char, usize), ParseError> {
    let character = match text.as_bytes().get(at + 1) {
        None | Some(b'\n' | b'\r') => return Err(unterminated(text, start)),
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode_escape(text, at),
        Some(_) => return Err(bad_escape(text, at)),
    };
    Ok((character, at + 2))
}

/// The character that the `\u` escape at `at` stands for, alone or together with the one behind it.
fn unicode_escape(text: &str, at: usize) -> Result<(char, usize), ParseError> {
    let unit = hex(text, at)?;
    if let Some(character) = char::from_u32(u32::from(unit)) {
        return Ok((character, at + 6));
    }
    let second = text[at + 6..].starts_with("\\u").then(|| hex(text, at + 6)).transpose()?;
    let pair = second.and_then(|second| char::decode_utf16([unit, second]).next()?.ok());
    pair.map(|character| (character, at + 12)).ok_or_else(|| {
        let escape = &text[at..at + 6];
        let message = format!("{escape} is only half of a character; the other half must follow it");
        ParseError::new(Span::new(at, at + 6), message).with_help("write the character itself".to_owned())
    })
}

/// The four digits of the `\u` escape at `at`.
fn hex(text: &str, at: usize) -> Result<u16, ParseError> {
    let rest = &text[at + 2..];
    let length = rest.bytes().take(4).take_while(u8::is_ascii_hexdigit).count();
    let span = Span::new(at, at + 2 + length);
    let wrong = || ParseError::new(span, "\\u must be followed by four hexadecimal digits, as in \\u00e9");
    if length < 4 {
        return Err(wrong());
    }
    u16::from_str_radix(&rest[..4], 16).map_err(|_| wrong())
}

fn bad_escape(text: &str, at: usize) -> ParseError {
    let escaped = text[at + 1..].chars().next().unwrap_or(' ');
    let span = Span::new(at, at + 1 + escaped.len_utf8());
    if escaped.is_control() {
        return ParseError::new(span, "a backslash must be followed by one of \" \\ / b f n r t u");
    }
    let help = match escaped {
        '\'' => "a single quote needs no backslash".to_owned(),
        _ => format!("for a backslash itself, write \\\\{escaped}"),
    };
    ParseError::new(span, format!("\\{escaped} means nothing in a JSON string")).with_help(help)
}

fn raw_control(control: u8, at: usize) -> ParseError {
    let span = Span::new(at, at + 1);
    match control {
        b'\t' => ParseError::new(span, "a tab inside a string must be written as \\t"),
        _ => ParseError::new(
            span,
            format!("a control character inside a string must be written as \\u{control:04x}"),
        ),
    }
}

fn unterminated(text: &str, start: usize) -> ParseError {
    let end = text[start..].find(['\n', '\r']).map_or(text.len(), |length| start + length);
    let span = Span::new(start, end);
    if end == text.len() {
        return ParseError::new(span, "this string has no closing quote")
            .with_help("add a \" at its end".to_owned());
    }
    ParseError::new(span, "this string has no closing quote on its line")
        .with_help("add a \" at its end; a line break inside a string is written as \\n".to_owned())
}
