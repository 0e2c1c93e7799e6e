//! The findings of all files as one text.

use std::collections::BTreeMap;

use crate::api::Operation;
use crate::cli::commands::validate::Format;
use crate::cli::commands::validate::check::{File, Input};
use crate::cli::commands::validate::recognise::Told;
use crate::cli::output::json;
use crate::document::json::{Finder, Span};
use crate::document::render::{self, Diagnostic, Voice, Where};
use crate::document::{Node, Source};
use crate::rules::found::joined;
use crate::rules::{Finding, Severity};

/// The findings of all files in a format, in the order of the files.
pub(super) fn report(files: &[File], format: Format) -> String {
    let all = || files.iter().flat_map(diagnostics);
    match format {
        Format::Text => text(files),
        Format::Json => json::pretty(&render::json(all())),
        Format::Sarif => json::pretty(&render::sarif(all())),
        Format::Github => render::github(all()),
    }
}

fn diagnostics(file: &File) -> Vec<Diagnostic<'_>> {
    match file {
        File::Unreadable { name, finding } => {
            vec![Diagnostic { path: None, ..Diagnostic::finding(finding, Where::File(name)) }]
        }
        File::Malformed { source, error } => vec![Diagnostic::syntax(source, error)],
        File::Read { source, inputs } => inputs.iter().flat_map(|input| of_input(source, input)).collect(),
    }
}

fn of_input<'a>(source: &'a Source, input: &'a Input) -> impl Iterator<Item = Diagnostic<'a>> {
    let finder = Finder::new(&input.node);
    let is_known = input.operation.is_some();
    input.findings.iter().map(move |finding| {
        // What a file of another kind holds is not shown: nobody knows what may be secret in it.
        if !is_known {
            return Diagnostic { path: None, ..Diagnostic::finding(finding, Where::File(source.name())) };
        }
        Diagnostic::finding(finding, Where::At(source, span(&finder, &input.node, finding)))
    })
}

/// The text that a finding is about. What is about the input as a whole is shown at its beginning.
fn span(finder: &Finder<'_>, node: &Node, finding: &Finding) -> Span {
    match finder.find(finding.path.segments(), finding.at) {
        Some(span) if !finding.path.is_root() => span,
        _ => node.beginning(),
    }
}

/// For people: the findings of each file, and what its operation was assumed from.
fn text(files: &[File]) -> String {
    let mut parts = Vec::new();
    for file in files {
        let text = render::text(&diagnostics(file), Voice::Report);
        if !text.is_empty() {
            parts.push(text + &assumed(file));
        }
    }
    parts.join("\n")
}

/// A line for the operations that were taken from the members, where that may be the mistake.
fn assumed(file: &File) -> String {
    let File::Read { source, inputs } = file else { return String::new() };
    let mut operations: Vec<Operation> = Vec::new();
    for input in inputs.iter().filter(|input| !input.findings.is_empty()) {
        if let Some((operation, Told::Members)) = input.operation
            && !operations.contains(&operation)
        {
            operations.push(operation);
        }
    }
    if operations.is_empty() {
        return String::new();
    }
    let names: Vec<_> = operations.iter().map(|operation| operation.command()).collect();
    format!("note: {} was checked for {}, as its members suggest\n", source.name(), joined(&names, "and"))
}

/// How much was checked and found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    files: usize,
    operations: BTreeMap<String, usize>,
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

impl Count {
    /// That of all files.
    pub(super) fn of(files: &[File]) -> Self {
        let mut count = Self { files: files.len(), ..Self::default() };
        for file in files {
            let File::Read { inputs, .. } = file else {
                count.errors += 1;
                continue;
            };
            for finding in inputs.iter().flat_map(|input| &input.findings) {
                match finding.severity {
                    Severity::Error => count.errors += 1,
                    Severity::Warning => count.warnings += 1,
                }
            }
            for (operation, _) in inputs.iter().filter_map(|input| input.operation) {
                *count.operations.entry(operation.command()).or_default() += 1;
            }
        }
        count
    }

    /// The same as a line.
    pub(super) fn summary(&self) -> String {
        let Self { files, operations, errors, warnings } = self;
        let found: Vec<_> = [(errors, "error"), (warnings, "warning")]
            .into_iter()
            .filter(|(count, _)| **count > 0)
            .map(|(count, noun)| counted(*count, noun))
            .collect();
        let found = if found.is_empty() { "nothing found".to_owned() } else { joined(&found, "and") };
        let operations: Vec<_> = match operations.len() {
            1 => operations.keys().map(Clone::clone).collect(),
            _ => operations.iter().map(|(operation, count)| format!("{count} {operation}")).collect(),
        };
        let operations =
            if operations.is_empty() { String::new() } else { format!(" ({})", operations.join(", ")) };
        format!("checked {}{operations}: {found}", counted(*files, "file"))
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_read_well() {
        let summary = |files, operations: &[(&str, usize)], errors, warnings| {
            let operations = operations.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
            Count { files, operations, errors, warnings }.summary()
        };
        assert_eq!(summary(1, &[("submit-job", 1)], 0, 0), "checked 1 file (submit-job): nothing found");
        assert_eq!(
            summary(3, &[("list-jobs", 1), ("submit-job", 2)], 1, 2),
            "checked 3 files (1 list-jobs, 2 submit-job): 1 error and 2 warnings"
        );
        assert_eq!(summary(2, &[], 2, 0), "checked 2 files: 2 errors");
    }
}
