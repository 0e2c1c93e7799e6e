//! What is done with jobs that stay too long at the head of a queue.

use crate::api::job_queue::JobQueueType;
use crate::rules::context::QUEUE;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::{found, joined};
use crate::rules::nearest::nearest;
use crate::rules::registry::rules;

/// The reasons that set an action off.
const REASONS: [&str; 5] = [
    "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY",
    "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE",
    "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT",
    "MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS",
    "MISCONFIGURATION:EC2_INSTANCE_CONFIGURATION_UNSUPPORTED",
];
/// The reasons for which a queue is blocked and no action is taken.
const WITHOUT_ACTION: [&str; 2] = ["ACTION_REQUIRED", "UNDETERMINED"];

rules! {
    /// No action is taken for the reasons ACTION_REQUIRED and UNDETERMINED.
    ///
    /// A queue that is blocked because its environments are invalid or for an unknown cause needs a look by a person. Use
    /// a reason that begins with CAPACITY or MISCONFIGURATION.
    error REASON = "JQ030" {
        guide: "Troubleshooting: jobs stuck in RUNNABLE, blocked job queue",
        from: ["OPS-189", "EVT-168", "EVT-169", "EVT-170"],
        on: QUEUE,
        wrong: r#"{"jobStateTimeLimitActions": [
            {"state": "RUNNABLE", "action": "CANCEL", "maxTimeSeconds": 600, "reason": "UNDETERMINED"}]}"#,
        right: r#"{"jobStateTimeLimitActions": [
            {"state": "RUNNABLE", "action": "CANCEL", "maxTimeSeconds": 600,
                "reason": "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT"}]}"#,
    }

    /// The reason of an action is the code of a blocking reason.
    ///
    /// It is compared with the part of the status reason before the hyphen. Any text is accepted, but another one is never
    /// met, so that nothing happens.
    warning KNOWN_REASON = "JQ031" {
        guide: "Troubleshooting: jobs stuck in RUNNABLE, blocked job queue",
        from: ["OPS-189", "EVT-164", "EVT-165", "EVT-166", "EVT-167", "EVT-170"],
        on: QUEUE,
        wrong: r#"{"jobStateTimeLimitActions": [
            {"state": "RUNNABLE", "action": "CANCEL", "maxTimeSeconds": 600, "reason": "stuck"}]}"#,
        right: r#"{"jobStateTimeLimitActions": [
            {"state": "RUNNABLE", "action": "CANCEL", "maxTimeSeconds": 600,
                "reason": "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY"}]}"#,
    }

    /// Jobs in containers are cancelled, not terminated, by a time limit.
    ///
    /// The action TERMINATE is for service jobs, in queues of the type SAGEMAKER_TRAINING only.
    error CANCEL = "JQ032" {
        guide: "Troubleshooting: jobs stuck in RUNNABLE, job state time limit actions",
        from: ["CEQ-016", "OPS-185"],
        on: QUEUE,
        wrong: r#"{"jobStateTimeLimitActions": [{"state": "RUNNABLE", "action": "TERMINATE", "maxTimeSeconds": 600,
            "reason": "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY"}]}"#,
        right: r#"{"jobStateTimeLimitActions": [{"state": "RUNNABLE", "action": "CANCEL", "maxTimeSeconds": 600,
            "reason": "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY"}]}"#,
    }
}

/// Judges the actions of a queue.
pub(super) fn check(at: &Cursor<'_>, findings: &mut Findings) {
    let is_for_services = at.get("serviceEnvironmentOrder").is_some()
        || at.get("jobQueueType").is_some_and(|kind| {
            kind.text().and_then(JobQueueType::parse) == Some(JobQueueType::SagemakerTraining)
        });
    // An update that names no environments does not tell of which kind the queue is.
    let is_for_containers = at.get("computeEnvironmentOrder").is_some() && !is_for_services;
    for action in at.get("jobStateTimeLimitActions").iter().flat_map(Cursor::items) {
        if let Some(reason) = action.get("reason") {
            check_reason(&reason, findings);
        }
        if let Some(word) = action.get("action").filter(|word| word.text() == Some("TERMINATE"))
            && is_for_containers
        {
            let message =
                format!("expected \"CANCEL\" in a queue with compute environments, found {}", found(&word));
            findings.push(CANCEL.at(&word, message));
        }
    }
}

fn check_reason(at: &Cursor<'_>, findings: &mut Findings) {
    let Some(text) = at.text() else { return };
    if REASONS.contains(&text) {
        return;
    }
    let code = text.split(" - ").next().unwrap_or(text).trim();
    if WITHOUT_ACTION.contains(&code) {
        let message = format!("no action is taken for this reason, found {}", found(at));
        let help = format!("the reasons with an action are {}", joined(&REASONS, "and"));
        findings.push(REASON.at(at, message).with_help(help));
        return;
    }
    let near = if REASONS.contains(&code) { Some(code) } else { nearest(code, REASONS) };
    let help = match near {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("the reasons with an action are {}", joined(&REASONS, "and")),
    };
    let message =
        format!("expected the code of a blocking reason; nothing else is ever met, found {}", found(at));
    findings.push(KNOWN_REASON.at(at, message).with_help(help));
}
