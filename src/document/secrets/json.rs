//! Values that may be secret in a text that is, or should be, JSON.

use crate::document::json::Span;
use crate::rules::privacy::Privacy;

/// The strings and bare words that may be secret, in order.
pub(super) fn find(text: &str) -> Vec<Span> {
    let mut scan = Scan { secrets: Vec::new(), open: Vec::new(), key: None, is_fresh: true };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let mut end = at + 1;
        match bytes[at] {
            b'{' => scan.opened(true),
            b'[' => scan.opened(false),
            b'}' | b']' => scan.closed(),
            b',' => scan.begin(),
            b':' | b' ' | b'\t' | b'\n' | b'\r' => {}
            quote @ (b'"' | b'\'') => end = scan.word(text, Span::new(at, string_end(bytes, at, quote))),
            _ => end = scan.word(text, Span::new(at, word_end(bytes, at))),
        }
        at = end;
    }
    scan.secrets
}

struct Scan {
    secrets: Vec<Span>,
    /// Around the lists and objects that are open, and whether each is an object.
    open: Vec<(Privacy, bool)>,
    /// What is known below the key just read, until its value comes.
    key: Option<Privacy>,
    /// Whether a member or an item begins here.
    is_fresh: bool,
}

impl Scan {
    /// What is known of all the values in the list or object that is open.
    fn around(&self) -> Privacy {
        self.open.last().map_or(Privacy::Open, |(privacy, _)| *privacy)
    }

    fn begin(&mut self) {
        self.key = None;
        self.is_fresh = true;
    }

    fn opened(&mut self, is_object: bool) {
        self.open.push((self.key.unwrap_or_else(|| self.around()), is_object));
        self.begin();
    }

    fn closed(&mut self) {
        self.open.pop();
        self.key = None;
        self.is_fresh = false;
    }

    /// A string or a bare word: a key where a colon follows or where a member begins, otherwise a value.
    /// Gives the offset to go on from.
    fn word(&mut self, text: &str, span: Span) -> usize {
        let in_object = self.open.last().is_none_or(|(_, is_object)| *is_object);
        let has_colon = text[span.end..].trim_start_matches([' ', '\t', '\n', '\r']).starts_with(':');
        let is_first = std::mem::take(&mut self.is_fresh);
        if has_colon || (in_object && is_first) {
            let name = text[span.start..span.end].trim_matches(['"', '\'']);
            self.key = Some(self.around().below(name));
            return span.end;
        }
        let privacy = self.key.take().unwrap_or_else(|| self.around());
        if !privacy.hides() || matches!(&text[span.start..span.end], "null" | "\"\"") {
            return span.end;
        }
        let end = secret_end(text, span.end);
        self.secrets.push(Span::new(span.start, end));
        end
    }
}

/// Where a secret ends whose token ends at `end`: there, unless something sticks to it, as in `"pa"ss"`; then
/// a quote inside it was not escaped, and nobody knows where it ends, so the rest of the line is hidden.
fn secret_end(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    match rest.starts_with(|next: char| !next.is_whitespace() && !matches!(next, ',' | '}' | ']')) {
        true => end + rest.find('\n').unwrap_or(rest.len()),
        false => end,
    }
}

/// Behind the closing quote of the string at `start`, or at the end of its line.
fn string_end(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\n' => return at,
            b'\\' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Behind the bare word at `start`: before the next character that has a meaning in JSON.
fn word_end(bytes: &[u8], start: usize) -> usize {
    let ends = |byte: &u8| {
        matches!(byte, b'"' | b'{' | b'[' | b'}' | b']' | b',' | b':' | b' ' | b'\t' | b'\n' | b'\r')
    };
    bytes[start..].iter().position(ends).map_or(bytes.len(), |length| start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|span| &text[span.start..span.end]).collect()
    }

    #[test]
    fn hides_what_may_be_secret() {
        let text = r#"{"jobName": "a", "parameters": {"name": "p1", "n": 2}, "containerOverrides": {
            "environment": [{"name": "A", "value": "p3"}, {"value": null, "name": "B"}, "p4"],
            "command": ["shown"], "resourceRequirements": [{"type": "VCPU", "value": "4"}]}}"#;
        assert_eq!(hidden(text), ["\"p1\"", "2", "\"p3\"", "\"p4\""]);
    }

    #[test]
    fn hides_in_broken_text_too() {
        for (text, secrets) in [
            (r#"{"parameters": {"a": "p1" "b": "p2"}}"#, vec!["\"p1\"", "\"p2\""]),
            (r#"{"parameters": {"a" "p1"}}"#, vec!["\"p1\""]),
            (r#"{"parameters": {"a": "p1"#, vec!["\"p1"]),
            (r#"{"parameters": {a: 'p1'}}"#, vec!["'p1'"]),
            ("{\"parameters\": {\"a\": \"p1\n, \"b\": 1}}", vec!["\"p1", "1"]),
            (r#""parameters": {"a": "p1"}, "jobName": "x""#, vec!["\"p1\""]),
            (r#"]]}{"environment": [{"value": "p1"}]"#, vec!["\"p1\""]),
            (r#"{"parameters": {"a": "p"1", "jobName": 1}"#, vec![r#""p"1", "jobName": 1}"#]),
            (r#"{"parameters": {"a": 'p 1', "b": p2}}"#, vec!["'p 1'", "p2"]),
            (r#"{"serviceRequestPayload": "{"Key": "p"}"}"#, vec![r#""{"Key": "p"}"}"#]),
            ("", vec![]),
            ("\"\\", vec![]),
        ] {
            assert_eq!(hidden(text), secrets, "{text}");
        }
    }

    #[test]
    fn plain_text_has_no_secrets() {
        assert!(
            hidden(r#"{"jobName": "a", "tags": {"a": "b"}, "timeout": {"attemptDurationSeconds": 60}}"#)
                .is_empty()
        );
    }
}
