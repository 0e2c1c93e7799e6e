//! Places: from the characters that the scanner counts to the bytes that spans count.

use saphyr_parser::Marker;

use crate::document::json::Span;

/// Between two characters whose offsets are looked up in advance.
const STRIDE: usize = 64;

/// The offsets of the characters of a text.
pub(super) struct Places<'t> {
    text: &'t str,
    /// Where the first character that counts is.
    start: usize,
    /// The offset of every [`STRIDE`]th character; empty where each is one byte.
    strides: Vec<usize>,
}

impl<'t> Places<'t> {
    /// Those of a text that is read from `start` on.
    pub(super) fn new(text: &'t str, start: usize) -> Self {
        let strides = match text[start..].is_ascii() {
            true => Vec::new(),
            false => text[start..].char_indices().step_by(STRIDE).map(|(offset, _)| start + offset).collect(),
        };
        Self { text, start, strides }
    }

    /// The offset of a character; the end of the text for one beyond it.
    pub(super) fn offset(&self, marker: Marker) -> usize {
        let index = marker.index();
        if self.strides.is_empty() {
            return (self.start + index).min(self.text.len());
        }
        let Some(&near) = self.strides.get(index / STRIDE) else { return self.text.len() };
        let mut characters = self.text[near..].char_indices();
        characters.nth(index % STRIDE).map_or(self.text.len(), |(offset, _)| near + offset)
    }

    /// The bytes of a stretch of characters.
    pub(super) fn span(&self, span: saphyr_parser::Span) -> Span {
        let start = self.offset(span.start);
        Span::new(start, self.offset(span.end).max(start))
    }
}
