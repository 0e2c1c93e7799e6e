//! Characters that YAML does not allow, found before anything else reads the text.

use super::{wrong, wrong_with_help};
use crate::document::json::{ParseError, Span};

/// Refuses control characters: the scanner takes some of them for the end of the text. Refuses letters beyond
/// ASCII in directives too, since it counts those wrong; no directive needs them.
pub(super) fn check(text: &str) -> Result<(), ParseError> {
    if let Some((offset, character)) = text.char_indices().find(|(_, character)| is_refused(*character)) {
        let span = Span::new(offset, offset + character.len_utf8());
        let code = u32::from(character);
        let message = format!("the control character U+{code:04X} is not allowed in YAML");
        return Err(wrong_with_help(span, message, format!("remove it, or write \"\\u{code:04x}\"")));
    }
    match text.is_ascii() {
        true => Ok(()),
        false => directives(text),
    }
}

/// Whether a character is not among those that YAML calls printable.
fn is_refused(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        _ => character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}'),
    }
}

fn directives(text: &str) -> Result<(), ParseError> {
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        if line.starts_with('%') && !line.is_ascii() {
            let span = Span::new(start, start + line.trim_end().len());
            return Err(wrong(span, "a directive can only hold ASCII characters"));
        }
        start += line.len();
    }
    Ok(())
}
