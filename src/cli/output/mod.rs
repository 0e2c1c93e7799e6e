//! The only place that writes to standard output, and the one voice on standard error.

pub(crate) mod json;

use std::io::{self, Write};

use serde_json::Value;

use crate::api::shape::Structure;
use crate::cli::error::CliError;
use crate::rules::quote::push_visible;

/// Prints the answer of an operation.
pub(crate) fn answer(structure: &Structure, value: Value) -> Result<(), CliError> {
    text(json::print(structure, value).as_bytes())
}

/// Writes to standard output, at once.
pub(crate) fn text(bytes: &[u8]) -> Result<(), CliError> {
    write(bytes).map_err(CliError::Output)
}

fn write(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// What can be said as a status: a line, or several.
pub(crate) trait Status {
    /// The lines, each with nothing in it that a terminal would act upon.
    fn shown(&self) -> String;
}

impl Status for str {
    fn shown(&self) -> String {
        format!("{}\n", visible(self))
    }
}

impl Status for String {
    fn shown(&self) -> String {
        self.as_str().shown()
    }
}

impl Status for Vec<String> {
    fn shown(&self) -> String {
        self.iter().map(Status::shown).collect()
    }
}

/// Says how things stand on standard error. A line break in a line is none of kiln's, so it is shown as an escape.
pub(crate) fn status(lines: &(impl Status + ?Sized)) {
    write_error(&lines.shown());
}

/// Says a text on standard error, which brings its own line breaks.
pub(crate) fn said(text: &str) {
    write_error(&visible_lines(text));
}

fn write_error(text: &str) {
    // Where nobody listens, there is nobody to tell.
    let _ = io::stderr().write_all(text.as_bytes());
}

/// A text with nothing in it that a terminal would act upon.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    text.chars().for_each(|character| push_visible(&mut shown, character));
    shown
}

/// The same, but for its line breaks.
fn visible_lines(text: &str) -> String {
    text.split_inclusive('\n')
        .map(|line| match line.strip_suffix('\n') {
            Some(line) => line.shown(),
            None => visible(line),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_stays_on_its_line() {
        assert_eq!("a \u{1b}[31mb\nc\r".shown(), "a \\u001b[31mb\\nc\\r\n");
        assert_eq!("größe 価".to_owned().shown(), "größe 価\n");
        assert_eq!(vec!["a".to_owned(), "  b\n".to_owned()].shown(), "a\n  b\\n\n");
        assert_eq!("".shown(), "\n");
    }

    #[test]
    fn texts_keep_their_own_line_breaks_only() {
        assert_eq!(visible_lines("\na\u{7}\n  \u{9b}2Jb"), "\na\\u0007\n  \\u009b2Jb");
        assert_eq!(visible_lines("kiln: error: x\n"), "kiln: error: x\n");
    }
}
