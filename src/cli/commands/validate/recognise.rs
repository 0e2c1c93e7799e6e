//! Which operation an input is for.

use crate::api::Operation;
use crate::cli::tree;
use crate::document::{Node, NodeKind};
use crate::rules::found::joined;
use crate::rules::input::{OPERATION, SKIPPED};
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::{Finding, Path, Severity};

/// What a comment that names the operation begins with.
const MARK: &str = "kiln:";
/// So many possible operations are named; more would say nothing.
const MOST_NAMED: usize = 4;

/// What stands beside the name of a job definition.
const DEFINITION: [&str; 5] =
    ["type", "containerProperties", "ecsProperties", "eksProperties", "nodeProperties"];
/// What every job names.
const JOB: [&str; 3] = ["jobName", "jobQueue", "jobDefinition"];

/// What told the operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// The command line.
    Flag,
    /// A comment in the file.
    Comment,
    /// The members of the input.
    Members,
}

/// The operation that a document is for: as the command line says, else as a comment in the text `before` it says, else
/// as its members show. A file that was not named may be of another kind altogether, so that is only a warning.
pub(super) fn operation(
    flag: Option<Operation>,
    before: &str,
    node: &Node,
    is_named: bool,
) -> Result<(Operation, Told), Finding> {
    if let Some(operation) = flag {
        return Ok((operation, Told::Flag));
    }
    if let Some(name) = comment(before) {
        let unknown = || {
            let message = format!("the comment names an unknown operation, {}", quoted(name, LONGEST_SHOWN));
            let help = tree::meant_operation(name).map(|meant| format!("did you mean {meant}?"));
            Finding::error(OPERATION.id, Path::root(), message).with_help(help)
        };
        return Operation::find(name).map(|operation| (operation, Told::Comment)).ok_or_else(unknown);
    }
    let unknown = |message: String| {
        let rule = if is_named { &OPERATION } else { &SKIPPED };
        let help = "say which with --operation, or in YAML with a comment above: # kiln: submit-job";
        let finding = Finding::error(rule.id, Path::root(), message).with_help(help.to_owned());
        Finding { severity: rule.severity, ..finding }
    };
    if matches!(node.kind, NodeKind::Array(_)) {
        let help = "put each input into a file of its own, or into a YAML document of its own";
        let finding = unknown("a list is the input of no operation".to_owned());
        return Err(Finding { help: Some(help.to_owned()), ..finding });
    }
    match &candidates(node)[..] {
        [operation] => Ok((*operation, Told::Members)),
        [] => Err(unknown("this is not recognised as the input of any operation".to_owned())),
        several if several.len() <= MOST_NAMED => {
            let names: Vec<_> = several.iter().map(|operation| operation.command()).collect();
            let finding = unknown(format!("this could be for {}", joined(&names, "or")));
            // Its members are those of an operation, so it is no file of another kind.
            Err(Finding { rule: OPERATION.id, severity: Severity::Error, ..finding })
        }
        _ => Err(unknown("this could be for many operations".to_owned())),
    }
}

/// The operation that a comment line names. Of several, the last one counts.
fn comment(before: &str) -> Option<&str> {
    before.lines().rev().find_map(|line| {
        let comment = line.trim().strip_prefix('#')?.trim_start();
        Some(comment.strip_prefix(MARK)?.trim())
    })
}

/// The operations whose input this is, or comes closest to: those with the fewest members that are unknown or missing.
/// More members must be right than unknown.
fn candidates(node: &Node) -> Vec<Operation> {
    let NodeKind::Object(members) = &node.kind else { return Vec::new() };
    let has = |name: &str| members.iter().any(|(key, _)| key.name.eq_ignore_ascii_case(name));
    let mut least = usize::MAX;
    let mut best = Vec::new();
    for operation in Operation::ALL.iter().copied() {
        let input = operation.info().input;
        let known = members.iter().filter(|(key, _)| input.member(&key.name).is_some()).count();
        let unknown = members.len() - known;
        if known <= unknown {
            continue;
        }
        let is_given = |name: &str| members.iter().any(|(key, _)| key.name == name);
        let missing = input.members.iter().filter(|member| member.required && !is_given(member.name)).count();
        let cost = unknown + missing;
        if cost < least {
            least = cost;
            best.clear();
        }
        if cost == least {
            best.push(operation);
        }
    }
    // These two are written by hand more than all others, and are meant even where most else in them is wrong.
    if best.is_empty() && has("jobDefinitionName") && DEFINITION.into_iter().any(has) {
        best.push(Operation::RegisterJobDefinition);
    } else if best.is_empty() && JOB.into_iter().filter(|name| has(name)).count() > 1 {
        best.push(Operation::SubmitJob);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::json::parse;

    fn told(text: &str, before: &str) -> Result<String, String> {
        let node = parse(text).unwrap();
        operation(None, before, &node, true)
            .map(|(operation, told)| format!("{} {told:?}", operation.command()))
            .map_err(|finding| finding.message)
    }

    #[test]
    fn members_tell_the_operation() {
        for (text, operation) in [
            (
                r#"{"jobDefinitionName": "a", "type": "container", "containerProperties": {}}"#,
                "register-job-definition",
            ),
            (r#"{"jobName": "a", "jobQueue": "q", "jobDefinition": "d"}"#, "submit-job"),
            (r#"{"jobName": "a", "jobQueue": "q", "jobDefinitoin": "d"}"#, "submit-job"),
            (r#"{"computeEnvironmentName": "a", "type": "MANAGED"}"#, "create-compute-environment"),
            (r#"{"computeEnvironment": "a", "state": "DISABLED"}"#, "update-compute-environment"),
            (r#"{"jobQueueName": "q", "priority": 1}"#, "create-job-queue"),
            (r#"{"jobname": "a", "jobqueue": "q", "jobdefinition": "d"}"#, "submit-job"),
            (
                r#"{"jobDefinitionName": "a", "containerProperties": null, "image": "i", "vcpus": 1, "memory": 2}"#,
                "register-job-definition",
            ),
            (r#"{"name": "fair", "fairsharePolicy": {}}"#, "create-scheduling-policy"),
            (r#"{"resourceArn": "arn", "tags": {}}"#, "tag-resource"),
        ] {
            assert_eq!(told(text, ""), Ok(format!("{operation} Members")), "{text}");
        }
    }

    #[test]
    fn doubt_is_said() {
        for (text, message) in [
            (r#"{"jobQueue": "q"}"#, "this could be for "),
            (r#"{"name": "kiln", "version": "1"}"#, "this is not recognised as the input of any operation"),
            ("[]", "a list is the input of no operation"),
            ("{}", "this is not recognised as the input of any operation"),
        ] {
            let said = told(text, "").unwrap_err();
            assert!(said.starts_with(message), "{text}: {said}");
        }
    }

    #[test]
    fn a_comment_tells_more_than_members() {
        let job = r#"{"jobName": "a", "jobQueue": "q", "jobDefinition": "d"}"#;
        for before in
            ["# kiln: list-jobs\n", "---\n#kiln:ListJobs \n# more\n", "# kiln: submit-job\n# kiln: list-jobs"]
        {
            assert_eq!(told(job, before), Ok("list-jobs Comment".to_owned()), "{before:?}");
        }
        assert_eq!(told(job, "# about kiln: nothing\n"), Ok("submit-job Members".to_owned()));
        let said = told(job, "# kiln: sumbit-job\n").unwrap_err();
        assert_eq!(said, "the comment names an unknown operation, \"sumbit-job\"");
    }

    #[test]
    fn a_file_that_was_not_named_may_be_anything() {
        let node = parse(r#"{"name": "kiln", "version": "1"}"#).unwrap();
        let finding = operation(None, "", &node, false).unwrap_err();
        assert_eq!((finding.rule, finding.severity), (SKIPPED.id, Severity::Warning));
    }
}
