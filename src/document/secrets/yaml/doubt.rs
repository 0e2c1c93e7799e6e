//! The line where a text stops being YAML.
//!
//! An excerpt shows that line, and what it belongs to may be just what is wrong: one quote or one space too many
//! takes it out of the object that tells what it holds. So all its values are hidden if there is any doubt about
//! that, and anything up to there may hold secrets.

use super::cursor::{is_blank, is_nothing};
use crate::document::json::Span;
use crate::document::yaml;
use crate::rules::privacy::Privacy;

/// The line of a mistake.
pub(super) struct Doubt<'t> {
    text: &'t str,
    /// Where in it the mistake is.
    at: usize,
    line: Span,
}

impl<'t> Doubt<'t> {
    /// That of a text, if it has a mistake and may hold secrets before it.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        // Most texts that are not about jobs have no such key, and need no second look.
        if !mentions_secrets(text) {
            return None;
        }
        let at = yaml::parse(text).err()?.span.start;
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
        mentions_secrets(&text[..end]).then_some(Self { text, at, line: Span::new(start, end) })
    }

    /// The offset at which the line starts.
    pub(super) fn line(&self) -> usize {
        self.line.start
    }

    /// What of the line must be hidden: its values, if it stands, or begins, where secrets may be; if it is wrong
    /// from its very start; or if what is before it is not whole, as inside of brackets or quotes.
    pub(super) fn hidden(&self, is_inside: bool) -> Option<Span> {
        let line = &self.text[self.line.start..self.line.end];
        let before = &self.text[self.line.start..self.at];
        let is_in_doubt = is_inside
            || mentions_secrets(line)
            || !before.contains(char::is_alphanumeric)
            || yaml::parse(&self.text[..self.line.start]).is_err();
        is_in_doubt.then(|| values(self.text, self.line))
    }
}

/// Whether a key that hides what is below it is named, wherever that is.
fn mentions_secrets(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| Privacy::Open.below(word).hides())
}

/// The line without its dashes, and without its key, if it begins with what is clearly one.
fn values(text: &str, line: Span) -> Span {
    let content = &text[line.start..line.end];
    let bytes = content.as_bytes();
    let key = bytes.iter().take_while(|byte| !matches!(byte, b':' | b'{' | b'[')).count();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '\t' | '-' | '_' | '.' | '"' | '\'');
    let is_key = bytes.get(key) == Some(&b':')
        && bytes.get(key + 1).is_none_or(|next| is_blank(*next) || matches!(next, b'\r' | b'{' | b'['))
        && content[..key].chars().all(is_name);
    let start = if is_key { key + 1 } else { 0 };
    let value = content[start..].trim_start_matches([' ', '\t', '-']);
    let start = line.end - value.len();
    match is_nothing(value.trim()) {
        true => Span::new(start, start),
        false => Span::new(start, start + value.trim_end().len()),
    }
}
