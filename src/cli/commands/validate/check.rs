//! One file: read, told apart, judged.

use crate::api::Operation;
use crate::cli::commands::validate::files::Listed;
use crate::cli::commands::validate::recognise::{self, Told};
use crate::document::load::{read_file, read_standard_input};
use crate::document::{Format, Node, ParseError, Source};
use crate::rules::input::FILE;
use crate::rules::{self, Finding, Path};

/// What standard input is called in a report.
const STANDARD_INPUT: &str = "stdin";

/// What became of a file.
pub(super) enum File {
    /// It could not be read.
    Unreadable {
        /// Its name.
        name: String,
        /// Why.
        finding: Finding,
    },
    /// It is no JSON or YAML.
    Malformed {
        /// Its text.
        source: Source,
        /// Why.
        error: ParseError,
    },
    /// It was read.
    Read {
        /// Its text.
        source: Source,
        /// What it holds.
        inputs: Vec<Input>,
    },
}

/// A document of a file.
pub(super) struct Input {
    /// The document.
    pub(super) node: Node,
    /// The operation it was checked for, and what told it.
    pub(super) operation: Option<(Operation, Told)>,
    /// What is wrong.
    pub(super) findings: Vec<Finding>,
}

/// Checks a file; the operation is that of the command line, if it was given.
pub(super) fn file(listed: &Listed, operation: Option<Operation>) -> File {
    let read = match listed {
        Listed::StandardInput => read_standard_input(STANDARD_INPUT),
        Listed::Named(path) | Listed::Found(path) => read_file(path),
        Listed::Unreadable(path, message) => {
            return unreadable(&path.to_string_lossy(), message.clone(), None);
        }
    };
    let source = match read {
        Ok(source) => source,
        Err(error) => return unreadable(&name(listed), error.to_string(), error.help()),
    };
    let nodes = match Format::of(&source).read(source.text()) {
        Ok(nodes) => nodes,
        Err(error) => return File::Malformed { source, error },
    };
    let is_named = !matches!(listed, Listed::Found(_));
    let mut end = 0;
    let mut inputs = Vec::with_capacity(nodes.len());
    for node in nodes {
        let before = &source.text()[end..node.span.start];
        end = node.span.end;
        let told = recognise::operation(operation, before, &node, is_named);
        inputs.push(match told {
            Ok(told) => {
                let findings = rules::check(told.0, &node.to_value()).into_iter().collect();
                Input { node, operation: Some(told), findings }
            }
            Err(finding) => Input { node, operation: None, findings: vec![finding] },
        });
    }
    File::Read { source, inputs }
}

fn name(listed: &Listed) -> String {
    match listed {
        Listed::StandardInput => STANDARD_INPUT.to_owned(),
        Listed::Named(path) | Listed::Found(path) | Listed::Unreadable(path, _) => {
            path.to_string_lossy().into_owned()
        }
    }
}

fn unreadable(name: &str, message: String, help: Option<String>) -> File {
    let finding = Finding::error(FILE.id, Path::root(), message).with_help(help);
    File::Unreadable { name: name.to_owned(), finding }
}
