//! Findings for the person at the terminal, who wrote flags and may never have heard of the member behind one.

use crate::api::shape::Structure;
use crate::cli::flags::{Given, flag};
use crate::rules::found::expected;
use crate::rules::shape::REQUIRED;
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
    spoken(&(text + &given.input.render(&rest)))
}

/// What the document has to say, in the words in which every command speaks: under kiln's name, hints on their own
/// line, the rule last.
pub(crate) fn spoken(text: &str) -> String {
    text.lines().map(|line| spoken_line(line) + "\n").collect()
}

fn spoken_line(line: &str) -> String {
    if let Some(help) = line.trim_start().strip_prefix("= help: ").filter(|_| line.starts_with(' ')) {
        return format!("hint: {help}");
    }
    for severity in ["error", "warning"] {
        let Some(rest) = line.strip_prefix(severity) else { continue };
        match rest.strip_prefix('[').and_then(|rest| rest.split_once("]: ")) {
            Some((rule, message)) => return format!("kiln: {severity}: {message} [{rule}]"),
            None if rest.starts_with(": ") => return format!("kiln: {severity}{rest}"),
            None => {}
        }
    }
    line.to_owned()
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
    fn line(&self, finding: &Finding) -> String {
        let Self { flag, member, expected } = self;
        let Finding { severity, rule, .. } = finding;
        format!("{severity}[{rule}]: {flag} is missing: {member} is required ({expected})\n")
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
            "kiln: error: --job-name is missing: jobName is required (a string) [SHAPE-REQUIRED]\n\
             kiln: error: --job-definition is missing: jobDefinition is required (a string) [SHAPE-REQUIRED]\n"
        );
    }

    #[test]
    fn documents_speak_as_the_commands_do() {
        assert_eq!(
            spoken("error: a.json:1:2: x\n  |\n1 | error[X]: y\n  |   ^\n  = help: z\n"),
            "kiln: error: a.json:1:2: x\n  |\n1 | error[X]: y\n  |   ^\nhint: z\n"
        );
        assert_eq!(spoken("warning[A-B]: p: [q]: r\n"), "kiln: warning: p: [q]: r [A-B]\n");
        assert_eq!(spoken("... and 2 more findings\n"), "... and 2 more findings\n");
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
