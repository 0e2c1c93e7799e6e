//! Text from an input, made fit to be shown inside a message.

/// The number of characters of a found value that a message shows.
pub const LONGEST_SHOWN: usize = 40;

/// `text` in double quotes, with nothing in it that a terminal would act upon; what exceeds `longest`
/// characters is cut, and three dots behind the closing quote say so.
pub fn quoted(text: &str, longest: usize) -> String {
    let mut shown = String::with_capacity(text.len().min(longest * 4) + 5);
    shown.push('"');
    let mut rest = text.chars();
    for character in rest.by_ref().take(longest) {
        match character {
            '"' => shown.push_str("\\\""),
            '\\' => shown.push_str("\\\\"),
            _ => push_visible(&mut shown, character),
        }
    }
    shown.push('"');
    if rest.next().is_some() {
        shown.push_str("...");
    }
    shown
}

/// Appends a character so that it can be seen: control characters, and those that reorder or hide the text
/// around them, become the escape that JSON has for them.
pub fn push_visible(shown: &mut String, character: char) {
    match character {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        _ if is_unseen(character) => {
            for unit in character.encode_utf16(&mut [0; 2]) {
                shown.push_str(&format!("\\u{unit:04x}"));
            }
        }
        _ => shown.push(character),
    }
}

/// Whether a terminal would act upon this character instead of showing it.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_escapes() {
        for (text, shown) in [
            ("plain", r#""plain""#),
            ("a\"b\\c", r#""a\"b\\c""#),
            ("a\tb\nc\r", r#""a\tb\nc\r""#),
            ("\u{1b}[2J", r#""\u001b[2J""#),
            ("\u{9b}31m", r#""\u009b31m""#),
            ("x\u{202e}y", r#""x\u202ey""#),
            ("\u{e0041}", r#""\udb40\udc41""#),
            ("größe 価", r#""größe 価""#),
        ] {
            assert_eq!(quoted(text, LONGEST_SHOWN), shown);
        }
    }

    #[test]
    fn cuts_by_characters() {
        let forty = "é".repeat(40);
        assert_eq!(quoted(&forty, 40), format!("\"{forty}\""));
        assert_eq!(quoted(&format!("{forty}x"), 40), format!("\"{forty}\"..."));
    }
}
