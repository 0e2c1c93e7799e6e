//! How a job names its queue and its definition.

use crate::api::arn::{Arn, ResourceKind};
use crate::api::constraint::is_number;
use crate::rules::context::JOB;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::found;
use crate::rules::registry::rules;

rules! {
    /// A job names its queue by name or ARN.
    ///
    /// An ARN has to be that of a job queue, arn:aws:batch:REGION:ACCOUNT:job-queue/NAME. A job is always submitted to
    /// one queue.
    error QUEUE = "SJ003" {
        guide: "Submitting a job: job queue",
        from: ["JOB-005", "EVT-075"],
        on: JOB,
        wrong: r#"{"jobQueue": "arn:aws:batch:us-east-1:123456789012:job-queue:default"}"#,
        right: r#"{"jobQueue": "arn:aws:batch:us-east-1:123456789012:job-queue/default"}"#,
    }

    /// A job names its definition by name, by name and revision, or by ARN.
    ///
    /// The revision is a number behind a colon; without one, the newest active revision is taken. An ARN has to be that
    /// of a job definition, arn:aws:batch:REGION:ACCOUNT:job-definition/NAME, with or without a revision.
    error DEFINITION = "SJ004" {
        guide: "Submitting a job: job definition",
        from: ["JOB-004", "JDC-001", "EVT-077"],
        on: JOB,
        wrong: r#"{"jobDefinition": "sleep:latest"}"#,
        right: r#"{"jobDefinition": "sleep:3"}"#,
    }
}

/// Judges both references; `at` is the whole input.
pub(super) fn check(at: &Cursor<'_>, findings: &mut Findings) {
    if let Some(queue) = at.get("jobQueue")
        && let Some(text) = queue.text().filter(|text| !is_queue(text))
    {
        let message = format!("expected the name or the ARN of a job queue, found {}", found(&queue));
        findings.push(QUEUE.at(&queue, message).with_help(form_of(text, "job-queue/NAME")));
    }
    if let Some(definition) = at.get("jobDefinition")
        && let Some(text) = definition.text().filter(|text| !is_definition(text))
    {
        let message = format!(
            "expected NAME, NAME:REVISION or the ARN of a job definition, found {}",
            found(&definition)
        );
        let help = form_of(text, "job-definition/NAME:REVISION").or_else(|| without_word(text));
        findings.push(DEFINITION.at(&definition, message).with_help(help));
    }
}

fn is_queue(text: &str) -> bool {
    match text.starts_with("arn:") {
        true => Arn::parse(text).is_some_and(|arn| arn.kind == ResourceKind::JobQueue),
        false => !text.is_empty(),
    }
}

fn is_definition(text: &str) -> bool {
    let arn = Arn::parse(text);
    let name = match &arn {
        Some(arn) if arn.kind == ResourceKind::JobDefinition => arn.name.as_str(),
        None if !text.starts_with("arn:") => text,
        _ => return false,
    };
    let (name, revision) = name.split_once(':').map_or((name, None), |(name, rest)| (name, Some(rest)));
    !name.is_empty() && revision.is_none_or(is_number)
}

/// What an ARN looks like, for who wrote one.
fn form_of(text: &str, resource: &str) -> Option<String> {
    text.starts_with("arn:").then(|| format!("such an ARN reads arn:aws:batch:REGION:ACCOUNT:{resource}"))
}

/// The name alone, for who meant the newest revision.
fn without_word(text: &str) -> Option<String> {
    let (name, word) = text.split_once(':')?;
    let is_word = word.is_empty() || word.bytes().any(|byte| byte.is_ascii_alphabetic());
    (is_word && !name.is_empty()).then(|| "for the newest revision, write the name alone".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_have_their_forms() {
        let arn = |rest: &str| format!("arn:aws-cn:batch:cn-north-1:123456789012:{rest}");
        for (text, fits) in [
            ("default".to_owned(), true),
            (arn("job-queue/default"), true),
            (arn("job-queue:default"), false),
            (arn("job-definition/sleep"), false),
            (String::new(), false),
            ("arn:".to_owned(), false),
        ] {
            assert_eq!(is_queue(&text), fits, "{text}");
        }
        for (text, fits) in [
            ("sleep".to_owned(), true),
            ("sleep:3".to_owned(), true),
            (arn("job-definition/sleep"), true),
            (arn("job-definition/sleep:3"), true),
            (arn("job-definition/sleep:latest"), false),
            (arn("job-queue/sleep"), false),
            ("sleep:".to_owned(), false),
            (":3".to_owned(), false),
            ("sleep:3:4".to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(is_definition(&text), fits, "{text}");
        }
    }
}
