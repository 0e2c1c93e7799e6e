//! Lists and objects in brackets.

use super::cursor::{Cursor, is_blank, is_break, is_nothing};
use crate::rules::privacy::Privacy;

/// Reads what is in brackets, over however many lines.
pub(super) struct Flow<'c, 't> {
    cursor: &'c mut Cursor<'t>,
    /// Around the lists and objects that are open, and whether each is an object.
    open: Vec<(Privacy, bool)>,
    /// How many of them may hold secrets.
    hiding: usize,
    /// What is known below the key just read, until its member ends.
    key: Option<Privacy>,
    /// Whether a member or an item begins here.
    is_fresh: bool,
}

impl<'c, 't> Flow<'c, 't> {
    /// From the bracket at the cursor to behind the one that closes it. A line that is not indented beyond
    /// `column` ends it too, unless it may hold secrets: then nobody knows what the line belongs to.
    pub(super) fn read(cursor: &'c mut Cursor<'t>, around: Privacy, column: usize) {
        let mut flow = Self { cursor, open: Vec::new(), hiding: 0, key: Some(around), is_fresh: true };
        while let Some(byte) = flow.cursor.peek() {
            let at = flow.cursor.at;
            match byte {
                b'{' | b'[' => flow.opened(byte == b'{'),
                b'}' | b']' => flow.closed(),
                b',' => flow.begin(),
                _ if is_break(byte) => {
                    if flow.ends_before(at + 1, column) {
                        return;
                    }
                }
                b':' | b' ' | b'\t' => {}
                b'#' if flow.cursor.is_comment() => {
                    flow.comment();
                    continue;
                }
                b'"' | b'\'' => {
                    flow.string();
                    continue;
                }
                _ => {
                    flow.word();
                    continue;
                }
            }
            flow.cursor.go(at + 1);
            if flow.open.is_empty() {
                return;
            }
        }
    }

    /// What is known of all the values in the list or object that is open.
    fn around(&self) -> Privacy {
        self.open.last().map_or(Privacy::Open, |(privacy, _)| *privacy)
    }

    /// What is known of a value here.
    fn privacy(&self) -> Privacy {
        self.key.unwrap_or_else(|| self.around())
    }

    fn ends_before(&self, line: usize, column: usize) -> bool {
        if self.hiding > 0 || self.privacy().hides() || line >= self.cursor.text.len() {
            return false;
        }
        let is_out = |(indentation, first)| indentation <= column && !matches!(first, b']' | b'}');
        self.cursor.is_marker(line) || self.cursor.indentation(line).is_some_and(is_out)
    }

    fn begin(&mut self) {
        self.key = None;
        self.is_fresh = true;
    }

    fn opened(&mut self, is_object: bool) {
        let privacy = self.privacy();
        self.hiding += usize::from(privacy.hides());
        self.open.push((privacy, is_object));
        self.begin();
    }

    fn closed(&mut self) {
        if let Some((privacy, _)) = self.open.pop() {
            self.hiding -= usize::from(privacy.hides());
        }
        self.key = None;
        self.is_fresh = false;
    }

    fn comment(&mut self) {
        let end = self.cursor.line_end();
        if self.privacy().hides() {
            self.cursor.hide(self.cursor.at, end);
        }
        self.cursor.go(end);
    }

    /// A string: a key where a colon follows or where a member begins, otherwise a value.
    fn string(&mut self) {
        let start = self.cursor.at;
        let line_end = self.cursor.line_end();
        let closing = self.cursor.closing(start);
        // A string can go on on further lines, but a quote that is missing is more likely where the next quote
        // is followed by what cannot follow a string.
        let is_closed = closing.is_some_and(|end| end <= line_end || self.can_follow(end));
        let end = closing.filter(|_| is_closed).unwrap_or(line_end);
        let name = self.cursor.text[start..end].trim_matches(['"', '\'']);
        if self.is_key(end) {
            self.key = Some(self.around().below(name));
        } else if self.privacy().hides() && !is_nothing(&self.cursor.text[start..end]) {
            let far = if self.can_follow(end) { end } else { self.line_end_of(end) };
            self.cursor.hide(start, closing.unwrap_or(far).max(far));
        }
        self.is_fresh = false;
        self.cursor.go(end);
    }

    /// Whether what is at an offset can follow a string.
    fn can_follow(&self, offset: usize) -> bool {
        let next = self.cursor.text.as_bytes().get(offset);
        next.is_none_or(|byte| {
            is_blank(*byte) || is_break(*byte) || matches!(byte, b',' | b']' | b'}' | b':')
        })
    }

    fn line_end_of(&self, offset: usize) -> usize {
        if offset <= self.cursor.line_end() {
            return self.cursor.line_end();
        }
        self.cursor.text[offset..].find(['\n', '\r']).map_or(self.cursor.text.len(), |length| offset + length)
    }

    /// Whether what ends at an offset is a key.
    fn is_key(&self, end: usize) -> bool {
        let in_object = self.open.last().is_some_and(|(_, is_object)| *is_object);
        let blanks = |byte: &&u8| is_blank(**byte) || is_break(**byte);
        let bytes = &self.cursor.text.as_bytes()[end..];
        let next = bytes.get(bytes.iter().take_while(blanks).count());
        next == Some(&b':') || (in_object && self.is_fresh)
    }

    /// Text without quotes, up to the next character with a meaning.
    fn word(&mut self) {
        let start = self.cursor.at;
        let rest = self.cursor.rest();
        let end = start + word_length(rest);
        let text = &self.cursor.text[start..end];
        // A colon without a space counts where a key that hides is in front of it.
        let glued = text.find(':').filter(|colon| self.around().below(&text[..*colon]).hides());
        if let Some(colon) = glued.filter(|_| !self.around().hides()) {
            self.key = Some(self.around().below(&text[..colon]));
            self.is_fresh = false;
            self.cursor.go(start + colon);
            return;
        }
        if self.is_key(end) {
            // Where the colon is missing, the first word is the key.
            let has_colon = self.cursor.text[end..].trim_start_matches([' ', '\t']).starts_with(':');
            let length = if has_colon { text.len() } else { text.find([' ', '\t']).unwrap_or(text.len()) };
            self.key = Some(self.around().below(text[..length].trim()));
            self.is_fresh = false;
            self.cursor.go(start + length);
            return;
        }
        if self.privacy().hides() && !is_nothing(text.trim_end()) {
            self.cursor.hide(start, end);
        }
        self.is_fresh = false;
        self.cursor.go(end);
    }
}

/// The length of the text without quotes at the start of a line; at least one character.
fn word_length(line: &str) -> usize {
    let bytes = line.as_bytes();
    let ends = |at: usize| match bytes[at] {
        b',' | b'[' | b']' | b'{' | b'}' => true,
        b':' => bytes
            .get(at + 1)
            .is_none_or(|next| is_blank(*next) || matches!(next, b',' | b'[' | b']' | b'{' | b'}')),
        b'#' => at > 0 && is_blank(bytes[at - 1]),
        _ => false,
    };
    let first = line.chars().next().map_or(0, char::len_utf8);
    (first..bytes.len()).find(|at| ends(*at)).unwrap_or(bytes.len())
}
