//! The platform of a job definition, and what does not go with it.

use crate::rules::container::Platform;
use crate::rules::context::{EKS_DEFINITION, MULTI_NODE_DEFINITION};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::rules;

rules! {
    /// Multi-node parallel jobs do not run on Fargate.
    ///
    /// Their nodes are EC2 instances. Leave FARGATE out of platformCapabilities, or make the job one of type container.
    error MULTI_NODE_FARGATE = "JD007" {
        guide: "Job definition parameters: type, node properties",
        from: ["JDC-005", "JDC-116", "JDP-007", "JDP-254", "EVT-008"],
        on: MULTI_NODE_DEFINITION,
        wrong: r#"{"platformCapabilities": ["FARGATE"]}"#,
        right: r#"{"platformCapabilities": ["EC2"]}"#,
    }

    /// For EKS no platform is named.
    ///
    /// Pods run where their cluster is, so platformCapabilities must not be given with eksProperties, neither at the top
    /// nor in a node range.
    error EKS_PLATFORM = "JD008" {
        guide: "Job definition parameters: platform capabilities",
        from: ["JDP-246"],
        on: EKS_DEFINITION,
        wrong: r#"{"platformCapabilities": ["EC2"]}"#,
        right: r#"{"type": "container"}"#,
    }

    /// For EKS tags are not propagated.
    ///
    /// Tags can be copied to ECS tasks only, so propagateTags must not be given with eksProperties, not even as false.
    error EKS_TAGS = "JD009" {
        guide: "Job definition parameters: propagate tags",
        from: ["JDP-251"],
        on: EKS_DEFINITION,
        wrong: r#"{"propagateTags": false}"#,
        right: r#"{"tags": {"team": "research"}}"#,
    }
}

/// The platform that the containers of a definition run on.
pub(in crate::rules) fn of(at: &Cursor<'_>) -> Platform {
    let Some(capabilities) = at.get("platformCapabilities") else { return Platform::Ec2 };
    if !capabilities.value().is_array() {
        return Platform::Unknown;
    }
    let all_are = |platform| capabilities.items().all(|item| item.text() == Some(platform));
    if all_are("EC2") {
        Platform::Ec2
    } else if all_are("FARGATE") {
        Platform::Fargate
    } else {
        Platform::Unknown
    }
}

/// Judges the platform, and what depends on it at the top of a definition. Whether that settles which properties the
/// definition should have: what is missing and what is too much follows from the wrong type then.
pub(super) fn check(at: &Cursor<'_>, findings: &mut Findings) -> bool {
    if runs_on_eks(at) {
        not_for_eks(at, findings);
        return false;
    }
    let kind = at.get("type").filter(|kind| kind.text() == Some("multinode"));
    let Some(kind) = kind.filter(|_| of(at) == Platform::Fargate) else { return false };
    let nodes = at.get("nodeProperties");
    let is_settled = nodes.is_none();
    let message = "multi-node parallel jobs do not run on Fargate";
    let help = "leave FARGATE out of platformCapabilities, or make the job one of type container".to_owned();
    findings.push(MULTI_NODE_FARGATE.at(&nodes.unwrap_or(kind), message).with_help(help));
    is_settled
}

/// Whether the job runs as pods, alone or in node ranges.
fn runs_on_eks(at: &Cursor<'_>) -> bool {
    let ranges = at.get("nodeProperties").and_then(|nodes| nodes.get("nodeRangeProperties"));
    let mut ranges = ranges.iter().flat_map(Cursor::items);
    let is_ecs = ["containerProperties", "ecsProperties"].into_iter().any(|name| at.get(name).is_some());
    (at.get("eksProperties").is_some() && !is_ecs) || ranges.any(|range| range.get("eksProperties").is_some())
}

fn not_for_eks(at: &Cursor<'_>, findings: &mut Findings) {
    if let Some(capabilities) = at.get("platformCapabilities") {
        // Descriptions of registered definitions show an empty list, and are to be registered again.
        if capabilities.value().as_array().is_none_or(|list| !list.is_empty()) {
            let message = "platformCapabilities must not be given with eksProperties";
            findings.push(EKS_PLATFORM.at(&capabilities, message).with_help("leave it out".to_owned()));
        }
    }
    if let Some(propagate) = at.get("propagateTags") {
        let message = "propagateTags must not be given with eksProperties, not even as false";
        findings.push(EKS_TAGS.at(&propagate, message).with_help("leave it out".to_owned()));
    }
}
