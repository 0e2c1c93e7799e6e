//! What stands around the place where the scanner stopped.

use crate::document::json::Span;
use crate::document::yaml::complain;
use crate::document::yaml::gap::{Gap, quoted_end};

/// A text and the place in it where the scanner stopped.
pub(in crate::document::yaml) struct Scene<'t> {
    pub(super) text: &'t str,
    /// Where the scanner stopped, by its own account.
    pub(super) at: usize,
    /// Behind what could be read before.
    pub(super) seen: usize,
    /// The brackets that are open there, outermost first.
    brackets: Vec<usize>,
}

impl<'t> Scene<'t> {
    /// The place `at`, with what was read before: up to `seen`, where these brackets were open.
    pub(in crate::document::yaml) fn new(
        text: &'t str,
        at: usize,
        seen: usize,
        mut brackets: Vec<usize>,
    ) -> Self {
        open_brackets(text, seen.min(at), at, &mut brackets);
        Self { text, at, seen, brackets }
    }

    /// The innermost open bracket.
    pub(super) fn bracket(&self) -> Option<usize> {
        self.brackets.last().copied()
    }

    /// The bracket that closes what is open.
    pub(super) fn closing(&self) -> Option<char> {
        let open = self.bracket()?;
        Some(if self.text[open..].starts_with('[') { ']' } else { '}' })
    }

    /// That the innermost bracket is not closed.
    pub(super) fn never_closed(&self) -> Option<String> {
        let open = self.bracket()?;
        let (line, column) = complain::line_column(self.text, open);
        let bracket = if self.text[open..].starts_with('[') { '[' } else { '{' };
        Some(format!("the \"{bracket}\" at line {line}, column {column} is not closed"))
    }

    /// What follows the place.
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The line around an offset, without its line break.
    pub(super) fn line(&self, offset: usize) -> Span {
        let start = self.text[..offset].rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
        let end = self.text[offset..].find(['\n', '\r']).map_or(self.text.len(), |length| offset + length);
        Span::new(start, end)
    }

    /// What stands before an offset on its line, without the indentation.
    pub(super) fn before(&self, offset: usize) -> &'t str {
        self.text[self.line(offset).start..offset].trim_start_matches(['\u{feff}', ' ', '\t'])
    }

    /// The last line before that of an offset which is not blank.
    pub(super) fn line_above(&self, offset: usize) -> Option<Span> {
        let above = self.text[..self.line(offset).start].trim_end();
        (!above.is_empty()).then(|| self.line(above.len()))
    }

    /// The text of a line without indentation, dashes and comment, and where it starts.
    pub(super) fn content(&self, line: Span) -> (usize, &'t str) {
        let text = &self.text[line.start..line.end];
        let content = text.trim_start_matches(['\u{feff}', ' ', '\t']);
        let content = content.trim_start_matches("- ").trim_start_matches(' ');
        let start = line.end - content.len();
        (start, content.split(" #").next().unwrap_or(content).trim_end())
    }

    /// Where the text begins that follows what could be read.
    pub(super) fn unread(&self) -> usize {
        Gap::new(self.text, self.seen).lead(b"").next
    }

    /// The character at the place; nothing at the end of the text.
    pub(super) fn here(&self) -> Span {
        self.character(self.at)
    }

    /// The character at an offset; nothing at the end of the text.
    pub(super) fn character(&self, offset: usize) -> Span {
        complain::character(self.text, offset)
    }

    /// From an offset to the end of the line, without a comment.
    pub(super) fn to_end_of_line(&self, offset: usize) -> Span {
        let line = &self.text[offset..self.line(offset).end];
        let length = line.split(" #").next().unwrap_or(line).trim_end().len();
        Span::new(offset, offset + length)
    }

    /// The word at an offset: up to the next space or character with a meaning.
    pub(super) fn word(&self, offset: usize) -> Span {
        let rest = &self.text[offset..];
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}');
        let length = rest.find(ends).unwrap_or(rest.len());
        if length == 0 { self.character(offset) } else { Span::new(offset, offset + length) }
    }
}

/// Follows the brackets that are opened and closed between two offsets.
fn open_brackets(text: &str, from: usize, to: usize, open: &mut Vec<usize>) {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut begins = true;
    while at < to {
        let byte = bytes[at];
        match byte {
            b'"' | b'\'' if begins => at = quoted_end(text, at).max(at + 1) - 1,
            b'#' if begins => at += bytes[at..].iter().take_while(|byte| **byte != b'\n').count() - 1,
            // In text without quotes outside of brackets, a bracket is nothing special.
            b'[' | b'{' if begins || !open.is_empty() => open.push(at),
            b']' | b'}' => drop(open.pop()),
            _ => {}
        }
        begins = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b',' | b':');
        at += 1;
    }
}
