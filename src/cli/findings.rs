//! Findings for the person at the terminal, who wrote flags and may never have heard of the member behind one.

use crate::api::shape::Structure;
use crate::cli::flags::{Given, flag};
use crate::rules::found::expected;
use crate::rules::walk::REQUIRED;
use crate::rules::{Finding, Findings};

/// All findings as text. A missing top-level member is spoken of as the flag that would give it.
pub(crate) fn render(structure: &Structure, given: &Given, findings: Findings) -> String {
    let mut text = String::new();
    let mut rest = Findings::new();
    for finding in findings {
        match missing(structure, &finding) {
            Some(member) if !given.has_document => text.push_str(&member.line(&finding)),
            Some(member) => rest.push(member.with_flag(finding)),
            None => rest.push(finding),
        }
    }
    text + &given.input.render(&rest)
}

/// A top-level member that is missing.
struct Missing {
    flag: String,
    member: &'static str,
    expected: String,
}

fn missing(structure: &Structure, finding: &Finding) -> Option<Missing> {
    let is_top_level = finding.rule == REQUIRED && finding.path.segments().len() == 1;
    let member = is_top_level.then(|| finding.path.member().and_then(|name| structure.member(name)))??;
    Some(Missing { flag: flag(member.name), member: member.name, expected: expected(&member.ty) })
}

impl Missing {
    /// Where there is no document to point at.
    fn line(&self, finding: &Finding) -> String {
        let Self { flag, member, expected } = self;
        format!(
            "{}[{}]: {flag} is missing: {member} is required ({expected})\n",
            finding.severity, finding.rule
        )
    }

    /// Where the member could stand in the document as well.
    fn with_flag(&self, mut finding: Finding) -> Finding {
        finding.message.push_str(&format!("; write it here or give {}", self.flag));
        finding
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
            "error[SHAPE-REQUIRED]: --job-name is missing: jobName is required (a string)\n\
             error[SHAPE-REQUIRED]: --job-definition is missing: jobDefinition is required (a string)\n"
        );
    }

    #[test]
    fn in_a_document_both_ways_are_named() {
        let text = rendered(Operation::CancelJob, &["--cli-input-json", r#"{"jobId": "j"}"#]);
        assert!(
            text.starts_with(
                "error[SHAPE-REQUIRED]: --cli-input-json:1:1: reason: this required member is missing; \
                 expected a string; write it here or give --reason\n"
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
