//! Tags, of every operation that takes some.

use crate::api::Operation;
use crate::api::constraint::is_number;
use crate::rules::context::{EC2_DEFINITION, TAGGING, UNTAGGING};
use crate::rules::cursor::Cursor;
use crate::rules::finding::{Finding, Findings};
use crate::rules::found::found;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;

/// What AWS keeps for its own tags, in any letter case.
const RESERVED: &str = "aws:";

rules! {
    /// Keys and values of tags must not begin with aws:.
    ///
    /// The prefix is kept for AWS in any mix of capitals and small letters. Tags with it can be neither set nor changed
    /// nor removed.
    error RESERVED_PREFIX = "TAG001" {
        guide: "Tagging your AWS Batch resources: tag restrictions",
        from: ["OPS-152"],
        on: EC2_DEFINITION,
        wrong: r#"{"tags": {"AWS:team": "research"}}"#,
        right: r#"{"tags": {"team": "research"}}"#,
    }

    /// Tags consist of letters, digits, spaces and + - = . _ : / @.
    ///
    /// Batch takes other characters, but not every service that tags are handed on to does.
    warning CHARACTERS = "TAG002" {
        guide: "Tagging your AWS Batch resources: tag restrictions",
        from: ["OPS-150"],
        on: EC2_DEFINITION,
        wrong: r#"{"tags": {"team!": "research"}}"#,
        right: r#"{"tags": {"team": "research + teaching"}}"#,
    }

    /// Tags are put on a resource of Batch, named by its ARN.
    ///
    /// An ARN reads arn:aws:batch:REGION:ACCOUNT:KIND/NAME, and that of a job definition ends with its revision.
    error RESOURCE = "TAG003" {
        guide: "Tagging your AWS Batch resources: taggable resources",
        from: ["EVT-087", "EVT-092", "EVT-094", "EVT-073", "EVT-075", "EVT-077", "OPS-140"],
        on: TAGGING,
        wrong: r#"{"resourceArn": "arn:aws:batch:us-east-1:123456789012:job-queue:default"}"#,
        right: r#"{"resourceArn": "arn:aws:batch:us-east-1:123456789012:job-queue/default"}"#,
    }

    /// Children of array jobs and nodes of multi-node jobs have no tags of their own.
    ///
    /// Name the job as a whole, without the index behind its ID.
    error CHILD = "TAG004" {
        guide: "API reference: TagResource",
        from: ["OPS-140"],
        on: UNTAGGING,
        wrong: r#"{"resourceArn": "arn:aws:batch:us-east-1:123456789012:job/4c7599ae-0a82-49aa-ba5a-4727fcce14a8:7"}"#,
        right: r#"{"resourceArn": "arn:aws:batch:us-east-1:123456789012:job/4c7599ae-0a82-49aa-ba5a-4727fcce14a8"}"#,
    }
}

/// Judges what the input of an operation says about tags of resources.
pub(in crate::rules) fn check(operation: Operation, at: &Cursor<'_>, findings: &mut Findings) {
    let takes = |name: &str| operation.info().input.member(name).is_some();
    if let Some(tags) = at.get("tags").filter(|_| takes("tags")) {
        for (key, value) in tags.members() {
            let shown = quoted(key, LONGEST_SHOWN);
            findings.extend(judge(key, "a key", &shown, &value).map(Finding::at_key));
            if let Some(text) = value.text() {
                findings.extend(judge(text, "a value", &found(&value), &value));
            }
        }
    }
    if let Some(keys) = at.get("tagKeys").filter(|_| takes("tagKeys")) {
        for key in keys.items().filter(|key| key.text().is_some_and(is_reserved)) {
            findings.push(RESERVED_PREFIX.at(&key, reserved("a key", &found(&key))));
        }
    }
    if let Some(resource) = at.get("resourceArn").filter(|_| takes("resourceArn")) {
        self::resource(&resource, findings);
    }
}

/// What is wrong with the text of a key or a value, which messages show as `shown`.
fn judge(text: &str, what: &str, shown: &str, at: &Cursor<'_>) -> Option<Finding> {
    let is_usual = |c: char| c.is_alphanumeric() || is_space(c) || "+-=._:/@".contains(c);
    if is_reserved(text) {
        return Some(RESERVED_PREFIX.at(at, reserved(what, shown)));
    }
    let odd = text.chars().find(|c| !is_usual(*c))?;
    let odd =
        if at.privacy().hides() { "one of its characters".to_owned() } else { quoted(&odd.to_string(), 1) };
    let message =
        format!("{odd} is not taken by every service; expected letters, digits, spaces and + - = . _ : / @");
    Some(CHARACTERS.at(at, message))
}

fn is_reserved(text: &str) -> bool {
    text.get(..RESERVED.len()).is_some_and(|start| start.eq_ignore_ascii_case(RESERVED))
}

/// Blanks of all widths, but nothing that moves the cursor.
fn is_space(character: char) -> bool {
    character.is_whitespace() && !character.is_control()
}

fn reserved(what: &str, shown: &str) -> String {
    format!("{what} that begins with aws: is reserved, found {shown}")
}

fn resource(at: &Cursor<'_>, findings: &mut Findings) {
    let Some(text) = at.text() else { return };
    let finding: Finding = match kind_and_name(text) {
        Some(("job", name)) if name.contains([':', '#']) => {
            let message = format!("children and nodes of a job have no tags, found {}", found(at));
            CHILD.at(at, message).with_help("leave out the index behind the ID of the job".to_owned())
        }
        Some(("job-definition", name)) if !is_revision(name) => {
            let message = format!("expected a job definition with its revision, found {}", found(at));
            RESOURCE
                .at(at, message)
                .with_help("put a colon and the number of the revision behind the name".to_owned())
        }
        Some(_) => return,
        None => {
            let message = format!("expected the ARN of a resource of Batch, found {}", found(at));
            let help =
                "such an ARN reads arn:aws:batch:REGION:ACCOUNT:KIND/NAME, with a KIND such as job-queue";
            RESOURCE.at(at, message).with_help(help.to_owned())
        }
    };
    findings.push(finding);
}

/// The kind and the name in the ARN of something that can have tags.
fn kind_and_name(text: &str) -> Option<(&str, &str)> {
    const KINDS: [&str; 9] = [
        "compute-environment",
        "job-queue",
        "job-definition",
        "job",
        "scheduling-policy",
        "consumable-resource",
        "quota-share",
        "service-environment",
        "service-job",
    ];
    let mut parts = text.splitn(6, ':');
    let is_ours = parts.next()? == "arn" && parts.next()?.starts_with("aws") && parts.next()? == "batch";
    let (kind, name) = parts.nth(2)?.split_once('/')?;
    (is_ours && KINDS.contains(&kind) && !name.is_empty()).then_some((kind, name))
}

fn is_revision(name: &str) -> bool {
    let revision = name.split_once(':').map(|(_, revision)| revision);
    revision.is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(operation: Operation, input: &serde_json::Value) -> Vec<String> {
        let mut findings = Findings::new();
        check(operation, &Cursor::root(input), &mut findings);
        findings.iter().map(|finding| format!("{} {}", finding.rule, finding.path)).collect()
    }

    #[test]
    fn the_prefix_is_reserved_in_keys_and_values_alike() {
        let input =
            json!({"tags": {"aws:a": "b", "AwS:": "aws:x", "aws": "aws", "é:aws:": "", "a": "AWS:b"}});
        assert_eq!(
            found(Operation::SubmitJob, &input),
            ["TAG001 tags[\"aws:a\"]", "TAG001 tags[\"AwS:\"]", "TAG001 tags[\"AwS:\"]", "TAG001 tags.a"]
        );
        assert_eq!(found(Operation::ListJobs, &input), [""; 0]);
        let input = json!({"tagKeys": ["team", "Aws:x", "größe", "a!"]});
        assert_eq!(found(Operation::UntagResource, &input), ["TAG001 tagKeys[1]"]);
    }

    #[test]
    fn unusual_characters_are_pointed_out() {
        let input = json!({"tags": {"größe 価\u{a0}": "a+b=c/d@e_f.g:h-1", "a!": "b#", "tab": "\t"}});
        assert_eq!(
            found(Operation::TagResource, &input),
            ["TAG002 tags[\"a!\"]", "TAG002 tags[\"a!\"]", "TAG002 tags.tab"]
        );
    }
}
