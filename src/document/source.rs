//! Sources: where a text comes from, and how its places are called.

use std::sync::OnceLock;

use crate::document::format::Format;
use crate::document::json::Span;
use crate::document::secrets;

/// Between two offsets whose characters were counted in advance.
const STRIDE: usize = 1024;

/// A text and the name under which messages speak of it.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    map: OnceLock<Map>,
}

/// What makes any place of a text quick to name, however long its lines are.
#[derive(Debug, Clone)]
struct Map {
    /// The offsets at which lines start.
    lines: Vec<usize>,
    /// The number of characters before each multiple of [`STRIDE`].
    characters: Vec<usize>,
    /// The values that may be secret, in order.
    secrets: Vec<Span>,
}

impl Source {
    /// A text under a name as shown: a file's name, or the flag it was given to. A byte order mark is
    /// dropped.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Self { name: name.into(), text, map: OnceLock::new() }
    }

    /// The name as shown.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset, both from 1. Columns count characters; a tab is one.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = self.boundary(offset);
        let (number, span) = self.line(offset);
        (number, self.characters_before(offset) - self.characters_before(span.start) + 1)
    }

    /// The number of the line around an offset, and its text without its line break.
    pub(in crate::document) fn line(&self, offset: usize) -> (usize, Span) {
        let lines = &self.map().lines;
        let number = lines.partition_point(|start| *start <= offset);
        let start = lines[number - 1];
        let end = lines.get(number).map_or(self.text.len(), |next| next - 1);
        let has_return = end > start && self.text.as_bytes()[end - 1] == b'\r';
        (number, Span::new(start, end - usize::from(has_return)))
    }

    /// The value that may be secret and reaches beyond an offset first.
    pub(in crate::document) fn secret_from(&self, offset: usize) -> Option<Span> {
        let secrets = &self.map().secrets;
        secrets.get(secrets.partition_point(|span| span.end <= offset)).copied()
    }

    /// The start of the character at an offset, so that slicing there is safe whatever the offset is.
    pub(in crate::document) fn boundary(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        (0..=offset).rev().find(|offset| self.text.is_char_boundary(*offset)).unwrap_or(0)
    }

    fn characters_before(&self, offset: usize) -> usize {
        let stride = offset / STRIDE;
        let rest = &self.text.as_bytes()[stride * STRIDE..offset];
        self.map().characters[stride] + count_characters(rest)
    }

    fn map(&self) -> &Map {
        self.map.get_or_init(|| {
            let newlines = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            let mut characters = vec![0];
            let mut count = 0;
            for chunk in self.text.as_bytes().chunks(STRIDE) {
                count += count_characters(chunk);
                characters.push(count);
            }
            Map {
                lines: std::iter::once(0).chain(newlines.map(|(offset, _)| offset + 1)).collect(),
                characters,
                secrets: secrets::find_in(&self.text, Format::of(self)),
            }
        })
    }
}

/// How many characters start in a stretch of UTF-8.
fn count_characters(bytes: &[u8]) -> usize {
    // Bytes of the form 10xxxxxx continue a character.
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_places() {
        let source = Source::new("a.json", "ab\r\n\tü価x\n\nlast");
        for (needle, place) in [
            ("a", (1, 1)),
            ("b", (1, 2)),
            ("\t", (2, 1)),
            ("ü", (2, 2)),
            ("価", (2, 3)),
            ("x", (2, 4)),
            ("last", (4, 1)),
        ] {
            let offset = source.text().find(needle).unwrap();
            assert_eq!(source.line_column(offset), place, "{needle:?}");
        }
        assert_eq!(source.line_column(source.text().len()), (4, 5));
        assert_eq!(source.line_column(usize::MAX), (4, 5));
    }

    #[test]
    fn lines_come_without_their_breaks() {
        let source = Source::new("a.json", "ab\r\ncd\n");
        let line = |offset| {
            let (number, span) = source.line(offset);
            (number, &source.text()[span.start..span.end])
        };
        assert_eq!([line(0), line(3), line(4), line(7)], [(1, "ab"), (1, "ab"), (2, "cd"), (3, "")]);
    }

    #[test]
    fn an_empty_text_has_a_place() {
        assert_eq!(Source::new("a.json", "").line_column(0), (1, 1));
    }

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_text() {
        let source = Source::new("a.json", "\u{feff}{}");
        assert_eq!((source.text(), source.line_column(0)), ("{}", (1, 1)));
    }

    #[test]
    fn long_lines_are_counted_right() {
        let source = Source::new("a.json", format!("ä\n{}", "é".repeat(5000)));
        for column in [1, 511, 512, 513, 4000] {
            assert_eq!(source.line_column(3 + (column - 1) * 2), (2, column));
        }
    }
}
