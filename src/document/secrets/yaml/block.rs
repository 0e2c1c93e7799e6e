//! Lines and their indentation.

use super::cursor::{Cursor, is_blank, is_nothing};
use super::flow::Flow;
use super::levels::{Level, Levels};
use crate::document::json::Span;
use crate::rules::privacy::Privacy;

/// Reads a text line by line.
pub(super) struct Block<'t> {
    cursor: Cursor<'t>,
    levels: Levels,
    /// Whether the last value was hidden: a line that is neither a key nor an item may go on with it.
    was_hidden: bool,
}

/// What a line says before its value.
struct Start {
    /// Where the anchor or the tag of the value begins, if it has one.
    from: Option<usize>,
    /// Whether only a value can follow, as behind a key whose values hide.
    is_value: bool,
    /// Whether a question mark makes a key of what follows, and its column.
    question: Option<usize>,
    /// Whether nothing came on the line so far.
    is_first: bool,
}

impl<'t> Block<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { cursor: Cursor::new(text), levels: Levels::default(), was_hidden: false }
    }

    /// Reads all of it. Tells whether the line at the offset `asked`, or the one before it, stands in something that
    /// may hold secrets.
    pub(super) fn read(&mut self, asked: Option<usize>) -> bool {
        let mut is_inside = false;
        while self.cursor.at < self.cursor.text.len() {
            if asked == Some(self.cursor.at) {
                is_inside = self.levels.hide_any();
            }
            self.line();
        }
        is_inside
    }

    /// What may be secret.
    pub(super) fn secrets(self) -> Vec<Span> {
        self.cursor.secrets
    }

    /// The line at the cursor, and all the lines that its last value takes.
    fn line(&mut self) {
        let start = self.cursor.at;
        if self.cursor.is_marker(start) {
            self.levels.clear();
            self.was_hidden = false;
            self.cursor.go(start + 3);
            return self.content(true);
        }
        let Some((column, first)) = self.cursor.indentation(start) else { return self.cursor.next_line() };
        let content = start + column - 1;
        let has_tab = self.cursor.text[start..content].contains('\t');
        self.cursor.go(content);
        if first == b'#' {
            return self.comment();
        }
        let hangs = matches!(first, b'-' | b':') && self.cursor.is_alone(content);
        self.levels.settle(column, hangs, has_tab);
        if self.levels.goes_on() {
            // More text of the value above, or a line that nobody knows where to put.
            self.cursor.hide(content, self.cursor.line_end());
            return self.cursor.next_line();
        }
        self.content(true);
    }

    fn comment(&mut self) {
        if self.levels.around().hides() {
            self.cursor.hide(self.cursor.at, self.cursor.line_end());
        }
        self.cursor.next_line();
    }

    /// What follows on a line: dashes and keys, then a value.
    fn content(&mut self, is_first: bool) {
        let mut start = Start { from: None, is_value: false, question: None, is_first };
        loop {
            self.cursor.skip_blanks();
            let at = self.cursor.at;
            let Some(byte) = self.cursor.peek().filter(|_| at < self.cursor.line_end()) else {
                return self.nothing(&start);
            };
            let is_indicator = !start.is_value && self.cursor.is_alone(at);
            match byte {
                b'#' if self.cursor.is_comment() => return self.comment(),
                b'-' if is_indicator => self.dash(&mut start),
                b'?' if is_indicator => {
                    start.question = Some(self.cursor.column(at));
                    self.cursor.go(at + 1);
                }
                b':' if self.cursor.is_alone(at) => self.cursor.go(at + 1),
                b'&' | b'!' => {
                    start.from.get_or_insert(at);
                    let rest = self.cursor.rest();
                    self.cursor.go(at + rest.find([' ', '\t']).unwrap_or(rest.len()));
                }
                b'{' | b'[' => {
                    let column = self.levels.column();
                    let around = self.levels.around();
                    Flow::read(&mut self.cursor, around, column);
                    self.value_ends();
                    start.is_value = self.levels.around().hides();
                    start.is_first = false;
                }
                b'|' | b'>' if is_header(self.cursor.rest()) => return self.block_scalar(&start),
                b'"' | b'\'' => {
                    if self.string(&mut start) {
                        return;
                    }
                }
                _ => {
                    if self.plain(&mut start) {
                        return;
                    }
                }
            }
        }
    }

    /// The end of a line without a value.
    fn nothing(&mut self, start: &Start) {
        // What is taken for an anchor or a tag may be the value itself.
        if let Some(from) = start.from.filter(|_| self.levels.around() == Privacy::Private) {
            self.cursor.hide(from, self.cursor.line_end());
        }
        self.cursor.next_line();
    }

    fn dash(&mut self, start: &mut Start) {
        let at = self.cursor.at;
        let level = Level {
            column: self.cursor.column(at),
            privacy: self.levels.around(),
            is_dash: true,
            has_value: false,
        };
        self.levels.push(level);
        start.from = None;
        start.is_first = false;
        self.cursor.go(at + 1);
    }

    /// Takes `name` for a key, and goes on at `end`.
    fn key(&mut self, name: &str, start: &mut Start, end: usize) {
        let column = start.question.take().unwrap_or_else(|| self.cursor.column(self.cursor.at));
        let privacy = self.levels.around().below(name);
        self.levels.push(Level { column, privacy, is_dash: false, has_value: false });
        *start = Start { from: None, is_value: privacy.hides(), question: None, is_first: false };
        self.was_hidden = false;
        self.cursor.go(end);
    }

    fn value_ends(&mut self) {
        self.was_hidden = self.levels.around().hides();
        self.levels.value_ends();
    }

    /// A block of text: all lines that are indented deeper than its key or dash.
    fn block_scalar(&mut self, start: &Start) {
        let from = start.from.unwrap_or(self.cursor.at);
        let column = self.levels.column();
        let mut end = self.cursor.line_end();
        self.cursor.next_line();
        while self.cursor.at < self.cursor.text.len() {
            let line = self.cursor.at;
            match self.cursor.indentation(line) {
                Some((indentation, _)) if indentation <= column => break,
                Some(_) if column == 0 && self.cursor.is_marker(line) => break,
                Some(_) => end = self.cursor.line_end(),
                None => {}
            }
            self.cursor.next_line();
        }
        if self.levels.around().hides() {
            self.cursor.hide(from, end);
        }
        self.value_ends();
    }

    /// A string in quotes. Gives whether the line is done.
    fn string(&mut self, start: &mut Start) -> bool {
        let at = self.cursor.at;
        let line_end = self.cursor.line_end();
        let closing = self.cursor.closing(at);
        if let Some(end) = closing.filter(|end| *end <= line_end) {
            let colon = self.cursor.text[end..line_end].trim_start_matches([' ', '\t']);
            let is_key = colon.starts_with(':') || start.question.is_some();
            if !start.is_value && is_key {
                let name = self.cursor.text[at..end].trim_matches(['"', '\'']);
                self.key(name, start, end + usize::from(self.cursor.text[end..].starts_with(':')));
                return false;
            }
        }
        let outer = self.levels.column();
        let out = self.first_line_out(line_end, closing.unwrap_or(self.cursor.text.len()), outer);
        let end = out.or(closing).unwrap_or(self.cursor.text.len());
        if self.hides(start) && !is_nothing(&self.cursor.text[at..end]) {
            self.cursor.hide(start.from.unwrap_or(at), closing.unwrap_or(end).max(end));
        }
        self.value_ends();
        start.from = None;
        start.is_first = false;
        // What sticks to a hidden string may be more of it.
        start.is_value = self.levels.around().hides();
        self.cursor.go(end);
        out.is_some()
    }

    /// The first line between two offsets that is not indented beyond a column: a string cannot reach there.
    fn first_line_out(&self, from: usize, to: usize, column: usize) -> Option<usize> {
        let bytes = self.cursor.text.as_bytes();
        let mut at = from;
        while at < to {
            let line = at + 1;
            if line < to
                && (self.cursor.indentation(line).is_some_and(|(found, _)| found <= column)
                    || self.cursor.is_marker(line))
            {
                return Some(line);
            }
            at = bytes[line.min(to)..to].iter().position(|byte| matches!(byte, b'\n' | b'\r'))? + line;
        }
        None
    }

    fn hides(&self, start: &Start) -> bool {
        self.levels.around().hides() || (start.is_first && self.was_hidden)
    }

    /// Text without quotes: a key, or a value. Gives whether the line is done.
    fn plain(&mut self, start: &mut Start) -> bool {
        let at = self.cursor.at;
        let rest = self.cursor.rest();
        if let Some(colon) = self.colon(rest).filter(|_| !start.is_value) {
            let behind = at + (colon + 1).min(rest.len());
            self.key(rest[..colon].trim_end(), start, behind);
            return false;
        }
        let text = rest[..rest.find(" #").unwrap_or(rest.len())].trim_end();
        if start.question.is_some() {
            self.key(text, start, at + text.len());
            return false;
        }
        let hides = self.hides(start);
        if hides && !is_nothing(text) {
            self.cursor.hide(start.from.unwrap_or(at), self.cursor.line_end());
        }
        self.value_ends();
        self.was_hidden = hides;
        self.cursor.next_line();
        true
    }

    /// The colon behind a key at the start of a text, if it is one. Without a space behind it, it counts where the
    /// key hides.
    fn colon(&self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        let mut is_first = true;
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'#' if at > 0 && is_blank(bytes[at - 1]) => return None,
                b':' => {
                    let has_space = bytes.get(at + 1).is_none_or(|next| is_blank(*next));
                    let glued = || {
                        !self.levels.around().hides()
                            && self.levels.around().below(text[..at].trim_end()).hides()
                    };
                    if has_space || (std::mem::take(&mut is_first) && glued()) {
                        return Some(at);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// Whether a line, from its indicator on, begins a block of text.
fn is_header(line: &str) -> bool {
    let rest = line[1..].trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
    let behind = rest.trim_start_matches([' ', '\t']);
    behind.is_empty() || (behind.len() < rest.len() && behind.starts_with('#'))
}
