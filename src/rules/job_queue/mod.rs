//! CreateJobQueue and UpdateJobQueue: what a job queue must be like.

mod environments;
mod time_limit;
mod values;

use crate::rules::context::{QUEUE, QUEUE_UPDATE};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::{Rule, rules};

/// The tables of this folder.
pub(in crate::rules) static TABLES: &[&[&Rule]] =
    &[values::RULES, RULES, environments::RULES, time_limit::RULES];

rules! {
    /// The scheduling policy of a queue can be replaced, not removed.
    ///
    /// A queue that was created with a policy keeps having one, and an empty ARN names none. Name the policy that is to
    /// take its place, or make a queue without one.
    error POLICY_STAYS = "JQ010" {
        guide: "Job queue parameters: scheduling policy ARN",
        from: ["CEQ-024"],
        on: QUEUE_UPDATE,
        wrong: r#"{"schedulingPolicyArn": ""}"#,
        right: r#"{"schedulingPolicyArn": "arn:aws:batch:us-east-1:123456789012:scheduling-policy/fair"}"#,
    }

    /// Queues have priorities from 0 up.
    ///
    /// The wizard offers 0 to 100; the API takes larger numbers as well. A queue with a larger number goes first.
    warning PRIORITY = "JQ011" {
        guide: "Getting started: job queue; job queue parameters: priority",
        from: ["CEQ-019", "OPS-057"],
        on: QUEUE,
        wrong: r#"{"priority": -1}"#,
        right: r#"{"priority": 1000}"#,
    }
}

/// Judges the input of CreateJobQueue.
pub(in crate::rules) fn check_new(at: &Cursor<'_>, findings: &mut Findings) {
    check(at, findings);
    environments::check_new(at, findings);
}

/// Judges the input of UpdateJobQueue.
pub(in crate::rules) fn check_update(at: &Cursor<'_>, findings: &mut Findings) {
    check(at, findings);
    environments::check_update(at, findings);
    if let Some(policy) = at.get("schedulingPolicyArn").filter(|policy| policy.text() == Some("")) {
        let message = "a scheduling policy can be replaced, not removed; found an empty string";
        findings
            .push(POLICY_STAYS.at(&policy, message).with_help("give the ARN of another policy".to_owned()));
    }
}

fn check(at: &Cursor<'_>, findings: &mut Findings) {
    if let Some((priority, number)) =
        at.get("priority").and_then(|at| at.integer().map(|number| (at, number)))
        && number < 0
    {
        findings.push(PRIORITY.at(&priority, format!("expected a priority from 0 up, found {number}")));
    }
    environments::check(at, findings);
    time_limit::check(at, findings);
}
