//! A place in a text, and what can be told of the characters around it.

use crate::document::json::Span;

/// Goes through a text once; what it looks up further ahead it remembers, so that all look-ups together take
/// one pass too.
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) secrets: Vec<Span>,
    line_start: usize,
    line_end: usize,
    /// What was found out last about single and double quotes: from where, and where the next closes.
    closings: [Option<(usize, Option<usize>)>; 2],
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut cursor =
            Self { text, at, secrets: Vec::new(), line_start: at, line_end: at, closings: [None, None] };
        cursor.line_end = cursor.find_line_end();
        cursor
    }

    /// Goes to an offset further on.
    pub(super) fn go(&mut self, at: usize) {
        self.at = at.min(self.text.len());
        if self.at > self.line_end {
            let passed = &self.text.as_bytes()[self.line_end..self.at];
            let last = passed.iter().rposition(|byte| is_break(*byte));
            self.line_start = last.map_or(self.line_start, |last| self.line_end + last + 1);
            self.line_end = self.find_line_end();
        }
    }

    fn find_line_end(&self) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        rest.iter().position(|byte| is_break(*byte)).map_or(self.text.len(), |length| self.at + length)
    }

    /// The end of the line, before its line break.
    pub(super) fn line_end(&self) -> usize {
        self.line_end
    }

    /// Goes to the start of the next line.
    pub(super) fn next_line(&mut self) {
        self.go(self.line_end + 1);
    }

    /// The column of an offset on this line, from 1.
    pub(super) fn column(&self, offset: usize) -> usize {
        offset - self.line_start + 1
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Whether there is nothing, a space or a line break behind the character at an offset.
    pub(super) fn is_alone(&self, offset: usize) -> bool {
        self.text.as_bytes().get(offset + 1).is_none_or(|byte| is_blank(*byte) || is_break(*byte))
    }

    /// What is left of the line.
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..self.line_end]
    }

    pub(super) fn skip_blanks(&mut self) {
        let rest = &self.text.as_bytes()[self.at..self.line_end];
        let length = rest.iter().take_while(|byte| is_blank(**byte)).count();
        self.at += length;
    }

    /// Whether a comment begins here.
    pub(super) fn is_comment(&self) -> bool {
        self.peek() == Some(b'#')
            && (self.at == self.line_start || is_blank(self.text.as_bytes()[self.at - 1]))
    }

    /// Hides from an offset to another.
    pub(super) fn hide(&mut self, start: usize, end: usize) {
        let length = self.text[start..end.max(start)].trim_end().len();
        self.secrets.push(Span::new(start, start + length));
    }

    /// Behind the quote that closes the string at `start`, on whatever line.
    pub(super) fn closing(&mut self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let quote = bytes[start];
        let known = &mut self.closings[usize::from(quote == b'"')];
        if let Some((from, to)) = *known
            && from < start
            && to.is_none_or(|to| start + 1 < to)
        {
            return to;
        }
        let mut at = start + 1;
        let mut end = None;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' if quote == b'"' => at += 1,
                byte if byte != quote => {}
                _ if quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 1,
                _ => {
                    end = Some(at + 1);
                    break;
                }
            }
            at += 1;
        }
        *known = Some((start, end));
        end
    }

    /// The indentation of the line at an offset: the column of its first character that is no blank, from 1, and
    /// that character; none for a blank line.
    pub(super) fn indentation(&self, line: usize) -> Option<(usize, u8)> {
        let bytes = &self.text.as_bytes()[line..];
        let blanks = bytes.iter().take_while(|byte| is_blank(**byte)).count();
        bytes.get(blanks).filter(|byte| !is_break(**byte)).map(|byte| (blanks + 1, *byte))
    }

    /// Whether a line that begins a document or ends one is at an offset.
    pub(super) fn is_marker(&self, line: usize) -> bool {
        let rest = &self.text[line..];
        (rest.starts_with("---") || rest.starts_with("...")) && self.is_alone(line + 2)
    }
}

/// Whether a value is so empty that it cannot be secret.
pub(super) fn is_nothing(value: &str) -> bool {
    matches!(value, "" | "null" | "~" | "\"\"" | "''")
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

pub(super) fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}
