//! What stands between two nodes: spaces, comments, indicators, anchors and tags.
//!
//! The events of the scanner place an empty node where the next token is, and a block scalar where its text
//! begins; where they really stand is read from the text.

use crate::document::json::Span;

/// A place in a text, on its way to the next node. Each stretch of text is walked over once or twice, so all
/// walks together take one pass.
pub(super) struct Gap<'t> {
    text: &'t str,
    at: usize,
}

/// What stands in front of a node.
pub(super) struct Lead {
    /// Its tag.
    pub(super) tag: Option<Span>,
    /// Behind its indicator, its anchor and its tag, whichever is last: the place of a node that is empty.
    pub(super) end: usize,
    /// Where its text begins, if it has any.
    pub(super) next: usize,
}

impl<'t> Gap<'t> {
    /// The gap that begins at an offset.
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    /// Walks to the next node: over each of `indicators` once, in this order, where it is there.
    pub(super) fn lead(mut self, indicators: &[u8]) -> Lead {
        let mut lead = Lead { tag: None, end: self.at, next: self.at };
        self.skip_space();
        for indicator in indicators {
            if self.peek() == Some(*indicator) {
                self.at += 1;
                lead.end = self.at;
                self.skip_space();
            }
        }
        while let Some(first @ (b'&' | b'!')) = self.peek() {
            let property = self.property();
            if first == b'!' {
                lead.tag = Some(property);
            }
            lead.end = property.end;
            self.skip_space();
        }
        lead.next = self.at;
        lead
    }

    /// An anchor or a tag.
    fn property(&mut self) -> Span {
        let start = self.at;
        let rest = &self.text[start..];
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}');
        let length = match rest.starts_with("!<") {
            true => rest.find(['>', '\n']).map(|length| length + 1),
            false => rest.find(ends),
        };
        self.at = start + length.unwrap_or(rest.len());
        Span::new(start, self.at)
    }

    fn skip_space(&mut self) {
        let bytes = self.text.as_bytes();
        loop {
            let spaces = bytes[self.at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            self.at += spaces;
            if self.peek() != Some(b'#') {
                return;
            }
            let rest = &bytes[self.at..];
            self.at += rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

/// Behind the closing quote of the quoted scalar at `start`.
pub(super) fn quoted_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let quote = bytes.get(start).copied().unwrap_or(b'"');
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\\' if quote == b'"' => at += 1,
            _ if byte != quote => {}
            _ if quote == b'\'' && bytes.get(at) == Some(&quote) => at += 1,
            _ => return at,
        }
    }
    text.len()
}

/// The block scalar whose indicator is at `start` and whose lines end before `end`: without the line breaks and
/// spaces behind its last line.
pub(super) fn block_scalar(text: &str, start: usize, end: usize) -> Span {
    let rest = &text[start..end.max(start)];
    let header =
        rest.len() - rest.trim_start_matches(|c: char| matches!(c, '|' | '>' | '+' | '-' | '0'..='9')).len();
    let first_line = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let lines = rest[first_line..].trim_end();
    match lines.is_empty() {
        true => Span::new(start, start + header),
        false => Span::new(start, start + first_line + lines.len()),
    }
}
