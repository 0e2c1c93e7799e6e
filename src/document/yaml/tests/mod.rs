//! What the reader takes, where it puts it, and how it speaks of what it does not take.

use serde_json::Value;

use super::*;
use crate::document::json::NodeKind;

mod errors;
mod limits;
mod spans;
mod values;

/// The only document of a text.
#[track_caller]
fn one(text: &str) -> Node {
    let mut documents = parse(text).unwrap_or_else(|error| panic!("{error:?} in {text}"));
    assert_eq!(documents.len(), 1, "{text}");
    documents.remove(0)
}

#[track_caller]
fn value(text: &str) -> Value {
    one(text).to_value()
}

#[track_caller]
fn error(text: &str) -> ParseError {
    parse(text).expect_err(text)
}

/// The underlined text, the message and the help.
#[track_caller]
fn says(text: &str, marked: &str, message: &str, help: &str) {
    let error = error(text);
    let found = &text[error.span.start..error.span.end];
    assert_eq!(
        (found, error.message.as_str(), error.help.as_deref().unwrap_or("")),
        (marked, message, help),
        "{text}"
    );
}
