//! Variables of the environment, and the secrets that become variables.

use std::collections::HashSet;

use crate::rules::context::EC2_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;

/// What the service keeps for its own variables.
const RESERVED: &str = "AWS_BATCH";

/// A variable whose name ends in one of these holds a credential, however the words before it are joined.
const CREDENTIALS: [&str; 3] = ["PASSWORD", "PASSWD", "PASSPHRASE"];
/// A variable whose name ends in these whole words holds a credential.
const CREDENTIAL_WORDS: [&[&str]; 6] =
    [&["SECRET"], &["TOKEN"], &["ACCESS", "KEY"], &["API", "KEY"], &["PRIVATE", "KEY"], &["SECRET", "KEY"]];
/// A value that begins like this says where a credential is, it is none.
const REFERENCES: [&str; 3] = ["arn:", "/", "Ref::"];
/// A value that only switches something, as of ALLOW_EMPTY_PASSWORD, is no credential either.
const SWITCHES: [&str; 8] = ["0", "1", "false", "no", "off", "on", "true", "yes"];

rules! {
    /// Names of variables must not begin with AWS_BATCH.
    ///
    /// The service sets variables of that prefix in every job, such as AWS_BATCH_JOB_ID. A variable of the user's own
    /// with such a name is refused wherever an environment can stand: in containers, init containers, node ranges and
    /// all kinds of overrides. Choose another name.
    error RESERVED_VARIABLE = "JD020" {
        guide: "Job definition parameters: container properties, environment",
        from: ["JDP-020", "JOB-048"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"environment": [{"name": "AWS_BATCH_STAGE", "value": "test"}]}}"#,
        right: r#"{"containerProperties": {"environment": [{"name": "STAGE", "value": "test"}]}}"#,
    }

    /// A variable of a container has a name and a value.
    ///
    /// The API model leaves both open, but a definition needs both for each variable of a container. A variable that is
    /// to be empty gets an empty string as its value. Only the variables of EKS pods may go without.
    error VARIABLE_COMPLETE = "JD021" {
        guide: "Job definition parameters: container properties, environment",
        from: ["JDP-017", "JDP-018", "JDP-019"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"environment": [{"name": "STAGE"}]}}"#,
        right: r#"{"containerProperties": {"environment": [{"name": "STAGE", "value": ""}]}}"#,
    }

    /// Credentials belong into secrets, not into plain variables.
    ///
    /// The values of variables are readable for everyone who may describe the job. Judged by its name, this variable
    /// holds a password, a token or a key. Name a secret of Secrets Manager or a parameter of Parameter Store in
    /// secrets instead: the job sees the same variable.
    warning PLAIN_CREDENTIAL = "JD022" {
        guide: "Job definition parameters: container properties, environment",
        from: ["JDP-022", "JDX-070"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"environment": [{"name": "DB_PASSWORD", "value": "hunter2"}]}}"#,
        right: r#"{"containerProperties": {
            "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
            "secrets": [{"name": "DB_PASSWORD", "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/db"}]}}"#,
    }

    /// Variables and secrets of a container have different names.
    ///
    /// Secrets become variables of the environment too, and which of two equal names wins is not documented. Remove or
    /// rename one of them.
    warning VARIABLE_TWICE = "JD023" {
        guide: "Specify sensitive data: the secret becomes a variable of the environment",
        from: ["JDX-072"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"environment": [{"name": "MODE", "value": "a"}, {"name": "MODE", "value": "b"}]}}"#,
        right: r#"{"containerProperties": {"environment": [{"name": "MODE", "value": "b"}]}}"#,
    }
}

/// Judges a list of variables, each with a name, wherever it stands.
pub(in crate::rules) fn check(environment: &Cursor<'_>, findings: &mut Findings) {
    for name in environment.items().filter_map(|variable| variable.get("name")) {
        if let Some(text) = name.text().filter(|text| text.starts_with(RESERVED)) {
            let message = format!(
                "names that begin with {RESERVED} are reserved, found {}",
                quoted(text, LONGEST_SHOWN)
            );
            findings.push(RESERVED_VARIABLE.at(&name, message));
        }
    }
}

/// Judges the variables of a container in a job definition.
pub(in crate::rules) fn define(environment: &Cursor<'_>, findings: &mut Findings) {
    check(environment, findings);
    for variable in environment.items().filter(|variable| variable.value().is_object()) {
        for member in ["name", "value"].into_iter().filter(|member| variable.get(member).is_none()) {
            let message =
                format!("this required member is missing; a variable of a container has a {member}");
            findings.push(VARIABLE_COMPLETE.missing(&variable, member, message));
        }
        plain_credential(&variable, findings);
    }
}

fn plain_credential(variable: &Cursor<'_>, findings: &mut Findings) {
    let (Some(name), Some(value)) = (variable.get("name"), variable.get("value")) else { return };
    let (Some(name), Some(text)) = (name.text(), value.text()) else { return };
    let is_reference = REFERENCES.iter().any(|beginning| text.starts_with(beginning));
    let is_switch = SWITCHES.iter().any(|word| word.eq_ignore_ascii_case(text));
    if !text.is_empty() && !is_reference && !is_switch && names_credential(name) {
        let message = format!("{} looks like a credential in plain text", quoted(name, LONGEST_SHOWN));
        let help = "name a secret or a parameter in secrets instead, under the same name".to_owned();
        findings.push(PLAIN_CREDENTIAL.at(&value, message).with_help(help));
    }
}

/// Whether a variable of this name holds a credential: `DB_PASSWORD`, `dbPassword`, `API_KEY`.
fn names_credential(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let words: Vec<_> = name.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    CREDENTIALS.iter().any(|end| name.ends_with(end))
        || CREDENTIAL_WORDS.iter().any(|end| words.ends_with(end))
}

/// Judges whether the variables and the secrets of a container have different names.
pub(in crate::rules) fn distinct(container: &Cursor<'_>, findings: &mut Findings) {
    let mut seen = HashSet::new();
    let lists = ["environment", "secrets"].into_iter().filter_map(|list| container.get(list));
    for name in lists.flat_map(|list| list.items()).filter_map(|entry| entry.get("name")) {
        if let Some(text) = name.text().filter(|text| !text.is_empty() && !seen.insert(*text)) {
            let message =
                format!("there is another variable or secret called {}", quoted(text, LONGEST_SHOWN));
            let help = "remove or rename one of them".to_owned();
            findings.push(VARIABLE_TWICE.at(&name, message).with_help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_credentials_are_told_from_others() {
        for name in
            ["DB_PASSWORD", "dbPassword", "password", "GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "api-key"]
        {
            assert!(names_credential(name), "{name}");
        }
        for name in
            ["", "STAGE", "PASSWORD_FILE", "TOKENIZERS_PARALLELISM", "AWS_ACCESS_KEY_ID", "KEY", "SORT_KEY"]
        {
            assert!(!names_credential(name), "{name}");
        }
    }
}
