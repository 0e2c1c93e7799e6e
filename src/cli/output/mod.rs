//! The only place that writes to standard output, and the one voice on standard error.

pub(crate) mod json;

use std::io::{self, Write};

use serde_json::Value;

use crate::api::shape::Structure;
use crate::cli::error::CliError;

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

/// Says a line on standard error.
pub(crate) fn status(line: &str) {
    said(&format!("{line}\n"));
}

/// Says a text on standard error, which brings its own line breaks.
pub(crate) fn said(text: &str) {
    // Where nobody listens, there is nobody to tell.
    let _ = io::stderr().write_all(text.as_bytes());
}
