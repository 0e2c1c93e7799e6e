//! Subnets and security groups.

use super::Setting;
use crate::rules::context::{EC2_ENVIRONMENT, FARGATE_ENVIRONMENT};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::rules;

/// The most subnets that Fargate takes.
const MOST_SUBNETS: usize = 16;
/// The most security groups that a network interface of Fargate takes.
const MOST_SECURITY_GROUPS: usize = 5;

rules! {
    /// Compute resources name the subnets that they are launched in.
    ///
    /// At least one is needed with the types EC2, SPOT, FARGATE and FARGATE_SPOT, all in one VPC. ECS Managed Instances
    /// have theirs in the provider.
    error SUBNETS = "CE045" {
        guide: "Compute environment parameters: compute resources, subnets",
        from: ["CEQ-117"],
        on: EC2_ENVIRONMENT,
        wrong: "without computeResources.subnets",
        right: r#"{"computeResources": {"subnets": ["subnet-0123456789abcdef0"]}}"#,
    }

    /// Compute resources on Fargate have at most 16 subnets.
    ///
    /// More are refused. Leave out those that you can do without, or make another environment for them.
    error FARGATE_SUBNETS = "CE046" {
        guide: "Compute environment parameters: compute resources, subnets",
        from: ["CEQ-118"],
        on: FARGATE_ENVIRONMENT,
        wrong: r#"{"computeResources": {"subnets": [
            "subnet-1", "subnet-2", "subnet-3", "subnet-4", "subnet-5", "subnet-6", "subnet-7", "subnet-8", "subnet-9",
            "subnet-10", "subnet-11", "subnet-12", "subnet-13", "subnet-14", "subnet-15", "subnet-16", "subnet-17"]}}"#,
        right: r#"{"computeResources": {"subnets": ["subnet-1", "subnet-2", "subnet-3"]}}"#,
    }

    /// Compute resources name a security group.
    ///
    /// On EC2 it can come from a launch template instead. Fargate has no launch templates, so that it always stands in
    /// securityGroupIds there.
    error SECURITY_GROUPS = "CE047" {
        guide: "Compute environment parameters: compute resources, security group ids",
        from: ["CEQ-120", "CEQ-121"],
        on: FARGATE_ENVIRONMENT,
        wrong: "without computeResources.securityGroupIds",
        right: r#"{"computeResources": {"securityGroupIds": ["sg-0123456789abcdef0"]}}"#,
    }

    /// Compute resources on Fargate have at most 5 security groups.
    ///
    /// A network interface takes no more. One group can hold the rules of several.
    error FARGATE_SECURITY_GROUPS = "CE048" {
        guide: "Compute environment parameters: compute resources, security group ids",
        from: ["CEQ-121"],
        on: FARGATE_ENVIRONMENT,
        wrong: r#"{"computeResources": {"securityGroupIds": ["sg-1", "sg-2", "sg-3", "sg-4", "sg-5", "sg-6"]}}"#,
        right: r#"{"computeResources": {"securityGroupIds": ["sg-1", "sg-2"]}}"#,
    }
}

/// Judges whether a new environment has a network.
pub(super) fn check_given(resources: &Cursor<'_>, setting: Setting, findings: &mut Findings) {
    if !setting.is_fargate() && !setting.is_instances() {
        return;
    }
    match resources.get("subnets") {
        None => {
            let message = "expected the subnets to launch the capacity in, found none";
            findings.push(SUBNETS.missing(resources, "subnets", message));
        }
        Some(subnets) if count(&subnets) == Some(0) => {
            findings.push(SUBNETS.at(&subnets, "expected at least 1 subnet, found an empty list"));
        }
        Some(_) => {}
    }
    if setting.is_instances() && resources.get("launchTemplate").is_some() {
        return;
    }
    let help = || {
        let else_where = "give at least one, or a launchTemplate that names one";
        setting.is_instances().then(|| else_where.to_owned())
    };
    match resources.get("securityGroupIds") {
        None => {
            let message = "expected the security groups of the capacity, found none";
            findings.push(SECURITY_GROUPS.missing(resources, "securityGroupIds", message).with_help(help()));
        }
        Some(groups) if count(&groups) == Some(0) => {
            let message = "expected at least 1 security group, found an empty list";
            findings.push(SECURITY_GROUPS.at(&groups, message).with_help(help()));
        }
        Some(_) => {}
    }
}

/// Judges the network that is given.
pub(super) fn check(resources: &Cursor<'_>, setting: Setting, findings: &mut Findings) {
    if !setting.is_fargate() {
        return;
    }
    for (name, rule, most, noun) in [
        ("subnets", &FARGATE_SUBNETS, MOST_SUBNETS, "subnets"),
        ("securityGroupIds", &FARGATE_SECURITY_GROUPS, MOST_SECURITY_GROUPS, "security groups"),
    ] {
        let Some(list) = resources.get(name) else { continue };
        if let Some(count) = count(&list).filter(|count| *count > most) {
            findings
                .push(rule.at(&list, format!("expected at most {most} {noun} on Fargate, found {count}")));
        }
    }
}

fn count(list: &Cursor<'_>) -> Option<usize> {
    list.value().as_array().map(Vec::len)
}
