//! Which members of `computeResources` go with which kind of capacity.

use super::Setting;
use crate::api::Operation::{CreateComputeEnvironment, UpdateComputeEnvironment};
use crate::api::compute_environment::CRType;
use crate::rules::context::{Context, EC2_ENVIRONMENT, FARGATE_ENVIRONMENT};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::found;
use crate::rules::registry::rules;

rules! {
    /// Compute resources on Fargate have no members that are about instances.
    ///
    /// Fargate has no instances that could be chosen, launched, tagged or kept running: only the type, maxvCpus,
    /// subnets and securityGroupIds apply. The others must not be given at all; even minvCpus 0 and desiredvCpus 0 are
    /// refused.
    error FARGATE_MEMBERS = "CE030" {
        guide: "AWS Fargate: compute environments; compute environment parameters: compute resources",
        from: [
            "CEQ-069", "CEQ-097", "CEQ-104", "CEQ-107", "CEQ-110", "CEQ-116", "CEQ-123", "CEQ-124", "CEQ-125",
            "CEQ-127", "CEQ-128", "CEQ-130", "CEQ-131", "CEQ-137", "CEQ-157", "OPS-091", "EVT-031", "EVT-032",
            "EVT-033", "EVT-034", "EVT-035", "EVT-036", "EVT-037", "EVT-038", "EVT-039", "EVT-040", "EVT-041",
            "EVT-042", "EVT-043",
        ],
        on: FARGATE_ENVIRONMENT,
        wrong: r#"{"computeResources": {"minvCpus": 0, "instanceTypes": ["c5"]}}"#,
        right: r#"{"computeResources": {"maxvCpus": 64}}"#,
    }

    /// Compute resources of ECS Managed Instances are described by their provider.
    ///
    /// ECS chooses and launches the instances. What it has to know stands in managedInstancesProvider; the members for
    /// instances that Batch launches itself are refused.
    error MANAGED_INSTANCES_MEMBERS = "CE031" {
        guide: "API model: ComputeResource",
        from: [],
        on: Context::whole(CreateComputeEnvironment),
        wrong: r#"{"computeEnvironmentName": "ecs", "type": "MANAGED",
            "computeResources": {"type": "ECS_MANAGED_INSTANCES", "maxvCpus": 16, "instanceTypes": ["m5"],
                "managedInstancesProvider": {
                    "infrastructureRoleArn": "arn:aws:iam::123456789012:role/ecsInfrastructureRole",
                    "instanceLaunchTemplate": {
                        "ec2InstanceProfileArn": "arn:aws:iam::123456789012:instance-profile/ecsInstanceRole",
                        "networkConfiguration": {
                            "subnets": ["subnet-0123456789abcdef0"],
                            "securityGroups": ["sg-0123456789abcdef0"]}}}}}"#,
        right: r#"{"computeEnvironmentName": "ecs", "type": "MANAGED",
            "computeResources": {"type": "ECS_MANAGED_INSTANCES", "maxvCpus": 16,
                "managedInstancesProvider": {
                    "infrastructureRoleArn": "arn:aws:iam::123456789012:role/ecsInfrastructureRole",
                    "instanceLaunchTemplate": {
                        "ec2InstanceProfileArn": "arn:aws:iam::123456789012:instance-profile/ecsInstanceRole",
                        "instanceRequirements": {"allowedInstanceTypes": ["m5"]},
                        "networkConfiguration": {
                            "subnets": ["subnet-0123456789abcdef0"],
                            "securityGroups": ["sg-0123456789abcdef0"]}}}}}"#,
    }

    /// Only ECS Managed Instances have a provider and capacity tags.
    ///
    /// Both are about the capacity provider of ECS, which there is for the type ECS_MANAGED_INSTANCES only.
    error PROVIDER_MEMBERS = "CE032" {
        guide: "API model: ComputeResource",
        from: [],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"capacityTags": {"team": "research"}}}"#,
        right: r#"{"computeResources": {"tags": {"team": "research"}}}"#,
    }

    /// A bid percentage and a Spot fleet role are for Spot Instances.
    ///
    /// On-Demand Instances have one price and need no such role; the member has no effect with the type EC2.
    warning SPOT_MEMBERS = "CE033" {
        guide: "Compute environment parameters: compute resources, bid percentage, Spot fleet role",
        from: ["CEQ-128", "CEQ-129", "CEQ-130"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"bidPercentage": 60}}"#,
        right: r#"{"computeResources": {"type": "SPOT", "allocationStrategy": "SPOT_CAPACITY_OPTIMIZED", "bidPercentage": 60}}"#,
    }

    /// Updates of Fargate capacity change neither minvCpus nor desiredvCpus.
    ///
    /// The guide lists both among what can be updated, yet says elsewhere that neither applies to Fargate. They have no
    /// effect there.
    warning FARGATE_VCPUS = "CE034" {
        guide: "Updating compute environments: Fargate",
        from: ["CEQ-104", "CEQ-107", "CEQ-157", "EVT-033", "EVT-040"],
        on: Context::whole(UpdateComputeEnvironment),
        wrong: r#"{"computeEnvironment": "serverless", "computeResources": {"type": "FARGATE", "desiredvCpus": 2}}"#,
        right: r#"{"computeEnvironment": "serverless", "computeResources": {"maxvCpus": 2}}"#,
    }
}

/// What only instances have that Batch starts itself.
const OF_INSTANCES: [&str; 12] = [
    "allocationStrategy",
    "bidPercentage",
    "desiredvCpus",
    "ec2Configuration",
    "ec2KeyPair",
    "imageId",
    "instanceRole",
    "instanceTypes",
    "launchTemplate",
    "minvCpus",
    "placementGroup",
    "spotIamFleetRole",
];

/// Judges which members are given.
pub(super) fn check(resources: &Cursor<'_>, setting: Setting, findings: &mut Findings) {
    let Some(capacity) = setting.capacity else { return };
    for (name, member) in resources.members() {
        match capacity {
            CRType::Fargate | CRType::FargateSpot => on_fargate(name, &member, setting, findings),
            CRType::EcsManagedInstances => on_managed_instances(name, &member, findings),
            CRType::Ec2 => on_demand(name, &member, findings),
            CRType::Spot => {}
        }
        if capacity != CRType::EcsManagedInstances
            && ["managedInstancesProvider", "capacityTags"].contains(&name)
        {
            let message = format!("only ECS_MANAGED_INSTANCES take {name}, found {}", found(&member));
            findings.push(PROVIDER_MEMBERS.at(&member, message).with_help(remove()));
        }
    }
}

fn on_fargate(name: &str, member: &Cursor<'_>, setting: Setting, findings: &mut Findings) {
    let is_refused = OF_INSTANCES.contains(&name) || ["scalingPolicy", "tags"].contains(&name);
    if !is_refused {
        return;
    }
    let is_count = ["minvCpus", "desiredvCpus"].contains(&name);
    if is_count && !setting.is_new {
        let message = format!("{name} has no effect on Fargate");
        findings.push(FARGATE_VCPUS.at(member, message).with_help(remove()));
        return;
    }
    let even = if is_count { ", not even 0" } else { "" };
    let message = format!("Fargate takes no {name}{even}, found {}", found(member));
    let help = match name {
        "tags" => Some("tags of the environment itself stand beside computeResources, not in it".to_owned()),
        _ => remove(),
    };
    findings.push(FARGATE_MEMBERS.at(member, message).with_help(help));
}

fn on_managed_instances(name: &str, member: &Cursor<'_>, findings: &mut Findings) {
    let place = match name {
        "instanceTypes" => Some("instanceRequirements.allowedInstanceTypes"),
        "subnets" => Some("networkConfiguration.subnets"),
        "securityGroupIds" => Some("networkConfiguration.securityGroups"),
        "instanceRole" => Some("ec2InstanceProfileArn"),
        _ => None,
    };
    if place.is_none() && !OF_INSTANCES.contains(&name) {
        return;
    }
    let message = format!("ECS_MANAGED_INSTANCES take no {name}, found {}", found(member));
    let help = match place {
        Some(place) => Some(format!("give it as managedInstancesProvider.instanceLaunchTemplate.{place}")),
        None => remove(),
    };
    findings.push(MANAGED_INSTANCES_MEMBERS.at(member, message).with_help(help));
}

fn on_demand(name: &str, member: &Cursor<'_>, findings: &mut Findings) {
    if ["bidPercentage", "spotIamFleetRole"].contains(&name) {
        let message = format!("{name} has no effect on capacity of type EC2");
        findings
            .push(SPOT_MEMBERS.at(member, message).with_help("remove it, or use the type SPOT".to_owned()));
    }
}

fn remove() -> Option<String> {
    Some("remove it".to_owned())
}
