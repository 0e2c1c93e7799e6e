//! Findings for the person at the terminal, who wrote flags and may never have heard of the member behind one.

use crate::api::shape::Structure;
use crate::cli::error::CliError;
use crate::cli::flags::{Given, flag};
use crate::document::render::{Diagnostic, Voice, Where, text};
use crate::document::{ParseError, Source};
use crate::rules::found::expected;
use crate::rules::shape::REQUIRED;
use crate::rules::{Finding, Findings};

/// All findings as text. A missing top-level member is spoken of as the flag that would give it.
pub(crate) fn render(structure: &Structure, given: &Given, mut findings: Findings) -> String {
    let mut without_document = Vec::new();
    for (position, finding) in findings.iter_mut().enumerate() {
        match missing(structure, finding) {
            Some(member) if !given.has_document => {
                finding.message = member.message();
                without_document.push(position);
            }
            Some(member) => finding.message.push_str(&format!("; write it here or give {}", member.flag)),
            None => {}
        }
    }
    let places = given.input.places();
    let diagnostics: Vec<_> = findings
        .iter()
        .enumerate()
        .map(|(position, finding)| match without_document.binary_search(&position) {
            Ok(_) => Diagnostic { path: None, ..Diagnostic::finding(finding, Where::Nowhere) },
            Err(_) => Diagnostic::finding(finding, places.of(finding)),
        })
        .collect();
    text(&diagnostics, Voice::Program)
}

/// Why a document that was given could not be read.
pub(crate) fn syntax(source: &Source, error: &ParseError) -> CliError {
    CliError::Input(text(&[Diagnostic::syntax(source, error)], Voice::Program))
}

/// A top-level member that is missing.
struct Missing {
    flag: String,
    member: &'static str,
    expected: String,
}

fn missing(structure: &Structure, finding: &Finding) -> Option<Missing> {
    let is_top_level = finding.rule == REQUIRED.id && finding.path.segments().len() == 1;
    let member = is_top_level.then(|| finding.path.member().and_then(|name| structure.member(name)))??;
    Some(Missing { flag: flag(member.name), member: member.name, expected: expected(&member.ty) })
}

impl Missing {
    /// Where there is no document to point at.
    fn message(&self) -> String {
        let Self { flag, member, expected } = self;
        format!("{flag} is missing: {member} is required ({expected})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Operation;
    use crate::cli::flags::{define, read};
    use crate::rules;

    fn rendered(operation: Operation, words: &[&str]) -> String {
        let structure = operation.info().input;
        let command = define(clap::Command::new("x").no_binary_name(true), structure);
        let given = read(structure, &command.get_matches_from(words)).expect("an input");
        let findings = rules::check(operation, given.input.value());
        render(structure, &given, findings)
    }

    #[test]
    fn all_missing_flags_are_named() {
        assert_eq!(
            rendered(Operation::SubmitJob, &["--job-queue", "q"]),
            "kiln: error: --job-name is missing: jobName is required (a string) [SHAPE-REQUIRED]\n\
             kiln: error: --job-definition is missing: jobDefinition is required (a string) [SHAPE-REQUIRED]\n"
        );
    }

    #[test]
    fn in_a_document_both_ways_are_named() {
        let text = rendered(Operation::CancelJob, &["--cli-input-json", r#"{"jobId": "j"}"#]);
        assert!(
            text.starts_with(
                "kiln: error: --cli-input-json:1:1: reason: this required member is missing; \
                 expected a string; write it here or give --reason [SHAPE-REQUIRED]\n"
            ),
            "{text}"
        );
    }

    #[test]
    fn the_value_of_a_flag_is_pointed_at() {
        let words =
            ["--job-name", "j", "--job-queue", "q", "--job-definition", "d", "--timeout", r#"{"x": 1}"#];
        let text = rendered(Operation::SubmitJob, &words);
        assert!(text.contains("--timeout:1:2: timeout.x: unknown member"), "{text}");
    }
}
