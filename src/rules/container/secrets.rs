//! Where secrets come from: ARNs of Secrets Manager and of Parameter Store.

use crate::rules::context::FARGATE_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::{Finding, Findings};
use crate::rules::registry::rules;

/// The parts of the ARN of a secret: `arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME`.
const PARTS: usize = 7;
/// What may follow: `:JSON-KEY:VERSION-STAGE:VERSION-ID`.
const SUFFIX: usize = 3;

rules! {
    /// The ARN of a secret is one of Secrets Manager or Parameter Store.
    ///
    /// Secrets are read from arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME or from
    /// arn:aws:ssm:REGION:ACCOUNT:parameter/NAME. A parameter in the job's own Region may also be given by its name
    /// alone.
    error SECRET_ARN = "JD120" {
        guide: "Job definition parameters: container properties, secrets",
        from: ["JDP-087", "JDP-088", "JDP-130", "JDP-131", "JDX-089", "JDX-090"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"secrets": [
            {"name": "TOKEN", "valueFrom": "arn:aws:s3:::bucket/token"}]}}"#,
        right: r#"{"containerProperties": {"secrets": [
            {"name": "TOKEN", "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/token"}]}}"#,
    }

    /// Behind the ARN of a secret stand three colons, or none.
    ///
    /// They separate the key in a JSON secret, the version stage and the version id. Whoever gives one of them leaves
    /// the others empty but keeps their colons: arn:...:secret:NAME:KEY:: for a key alone.
    error SECRET_SUFFIX = "JD121" {
        guide: "Specify sensitive data: Secrets Manager secrets, parameters of the ARN",
        from: ["JDX-077", "JDX-078", "JDX-083"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"secrets": [{"name": "USER",
            "valueFrom": "arn:aws:secretsmanager:us-east-1:123456789012:secret:login-AbCdEf:username"}]}}"#,
        right: r#"{"containerProperties": {"secrets": [{"name": "USER",
            "valueFrom": "arn:aws:secretsmanager:us-east-1:123456789012:secret:login-AbCdEf:username::"}]}}"#,
    }

    /// The version of a secret is given by its stage or by its id, not by both.
    ///
    /// Each of them picks a version by itself. Leave one of the two fields behind the ARN empty.
    error SECRET_VERSION = "JD122" {
        guide: "Specify sensitive data: Secrets Manager secrets, parameters of the ARN",
        from: ["JDX-082", "JDX-083"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"secrets": [{"name": "USER", "valueFrom":
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:login-AbCdEf:username:AWSPREVIOUS:9d4cb84b-ad69-40c0"}]}}"#,
        right: r#"{"containerProperties": {"secrets": [{"name": "USER", "valueFrom":
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:login-AbCdEf:username:AWSPREVIOUS:"}]}}"#,
    }

    /// The name of a secret consists of ASCII letters, digits and / _ + = . @ -.
    ///
    /// Secrets Manager has no secrets of other names, so nothing could be read.
    error SECRET_NAME = "JD123" {
        guide: "Specify sensitive data: creating a secret",
        from: ["JDX-087"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"secrets": [{"name": "TOKEN",
            "valueFrom": "arn:aws:secretsmanager:us-east-1:123456789012:secret:my secret"}]}}"#,
        right: r#"{"containerProperties": {"secrets": [{"name": "TOKEN",
            "valueFrom": "arn:aws:secretsmanager:us-east-1:123456789012:secret:my-secret"}]}}"#,
    }
}

/// Judges a list of secrets: those of a container, or those of a log driver.
pub(in crate::rules) fn check(secrets: &Cursor<'_>, findings: &mut Findings) {
    for at in secrets.items().filter_map(|secret| secret.get("valueFrom")) {
        if let Some(text) = at.text().filter(|text| text.starts_with("arn:")) {
            findings.extend(breach(&at, text));
        }
    }
}

/// What is wrong with the ARN of a secret, without showing any of it.
fn breach(at: &Cursor<'_>, arn: &str) -> Option<Finding> {
    let parts: Vec<_> = arn.split(':').collect();
    let part = |position: usize| parts.get(position).copied().unwrap_or_default();
    match (part(2), part(5)) {
        ("ssm", parameter) if parameter.len() > "parameter/".len() && parameter.starts_with("parameter/") => {
            None
        }
        ("secretsmanager", "secret") if !part(6).is_empty() => suffix(at, &parts),
        _ => {
            let message = "expected the ARN of a Secrets Manager secret or of a Parameter Store parameter, found \
                           another ARN";
            let help = "write arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME or \
                        arn:aws:ssm:REGION:ACCOUNT:parameter/NAME"
                .to_owned();
            Some(SECRET_ARN.at(at, message).with_help(help))
        }
    }
}

/// What is wrong with the name of a secret and with what follows it.
fn suffix(at: &Cursor<'_>, parts: &[&str]) -> Option<Finding> {
    let is_name_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"/_+=.@-".contains(&byte);
    if !parts[PARTS - 1].bytes().all(is_name_byte) {
        let message = "expected only letters, digits and / _ + = . @ - in the name of the secret";
        return Some(SECRET_NAME.at(at, message));
    }
    match parts[PARTS..] {
        [] => None,
        [_, stage, id] if !stage.is_empty() && !id.is_empty() => {
            let message =
                "expected a version stage or a version id behind the name of the secret, found both";
            Some(SECRET_VERSION.at(at, message).with_help("leave one of the two empty".to_owned()))
        }
        [_, _, _] => None,
        _ => {
            let count = parts.len() - PARTS;
            let message =
                format!("expected 0 or {SUFFIX} colons behind the name of the secret, found {count}");
            let help = "write NAME:KEY:STAGE:ID, and leave empty what is not needed: NAME:KEY::".to_owned();
            Some(SECRET_SUFFIX.at(at, message).with_help(help))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn broken(suffix: &str) -> Option<&'static str> {
        let input = json!(format!("arn:aws:secretsmanager:us-east-1:123456789012:secret:s-AbCdEf{suffix}"));
        let at = Cursor::root(&input);
        breach(&at, at.text().unwrap()).map(|finding| finding.rule)
    }

    #[test]
    fn suffixes_are_complete_or_absent() {
        for suffix in ["", ":k::", "::AWSPREVIOUS:", ":::id", ":k:AWSPREVIOUS:", ":k::id", ":::"] {
            assert_eq!(broken(suffix), None, "{suffix}");
        }
        for suffix in [":", ":k", ":k:", "::id", ":k:st:id:extra", "::::"] {
            assert_eq!(broken(suffix), Some("JD121"), "{suffix}");
        }
        assert_eq!(broken(":k:stage:id"), Some("JD122"));
        assert_eq!(broken(" x"), Some("JD123"));
    }

    #[test]
    fn short_arns_are_no_reason_to_panic() {
        for arn in [
            "arn:",
            "arn::::::",
            "arn:aws:secretsmanager",
            "arn:aws:ssm:::parameter/",
            "arn:aws:secretsmanager:::secret:",
        ] {
            let input = json!(arn);
            assert_eq!(
                breach(&Cursor::root(&input), arn).map(|finding| finding.rule),
                Some("JD120"),
                "{arn}"
            );
        }
    }
}
