//! Diagnostics: findings and errors of reading with their places, and the formats they are shown in.

mod github;
mod json;
mod sarif;
mod text;

pub use github::github;
pub use json::json;
pub use sarif::sarif;
pub use text::{Voice, text};

use crate::document::json::{ParseError, Span};
use crate::document::source::Source;
use crate::rules::input::SYNTAX;
use crate::rules::{Finding, Path, Severity};

/// Something to say about an input, and where.
#[derive(Debug, Clone)]
pub struct Diagnostic<'a> {
    /// The rule that is broken.
    pub rule: &'static str,
    /// How bad that is.
    pub severity: Severity,
    /// Where, for a person.
    pub place: Where<'a>,
    /// The value it is about, where there is one.
    pub path: Option<&'a Path>,
    /// What was found and what is allowed.
    pub message: &'a str,
    /// What to do about it.
    pub help: Option<&'a str>,
}

/// Where something is.
#[derive(Debug, Clone, Copy)]
pub enum Where<'a> {
    /// In a text.
    At(&'a Source, Span),
    /// In a file that could not be read, so there is no text.
    File(&'a str),
    /// In the value of a flag.
    Flag(&'a str),
    /// Nowhere in particular.
    Nowhere,
}

impl<'a> Diagnostic<'a> {
    /// A finding, at a place.
    pub fn finding(finding: &'a Finding, place: Where<'a>) -> Self {
        let Finding { rule, severity, path, message, help, .. } = finding;
        Self { rule, severity: *severity, place, path: Some(path), message, help: help.as_deref() }
    }

    /// Why a text could not be read.
    pub fn syntax(source: &'a Source, error: &'a ParseError) -> Self {
        Self {
            rule: SYNTAX.id,
            severity: Severity::Error,
            place: Where::At(source, error.span),
            path: None,
            message: &error.message,
            help: error.help.as_deref(),
        }
    }
}

impl Where<'_> {
    /// The name of the file, where it is one.
    fn file(&self) -> Option<&str> {
        match self {
            Self::At(source, _) => Some(source.name()),
            Self::File(name) => Some(name),
            Self::Flag(_) | Self::Nowhere => None,
        }
    }

    /// The first and the last place, each as line and column from 1; the last lies behind the last character.
    fn range(&self) -> Option<[(usize, usize); 2]> {
        match self {
            Self::At(source, span) => Some([source.line_column(span.start), source.line_column(span.end)]),
            Self::File(_) | Self::Flag(_) | Self::Nowhere => None,
        }
    }
}
