//! MANAGED and UNMANAGED, EC2, Fargate and EKS: which kinds of environment there are.

use super::Setting;
use crate::api::Operation::CreateComputeEnvironment;
use crate::api::compute_environment::{CEType, CRType};
use crate::rules::context::{
    Context, EC2_ENVIRONMENT, EKS_ENVIRONMENT, FARGATE_ENVIRONMENT, UNMANAGED_ENVIRONMENT,
};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::found;
use crate::rules::registry::rules;

rules! {
    /// A MANAGED compute environment describes its compute resources.
    ///
    /// The service starts and ends the capacity itself and has to know of what kind it is, how much of it there may be
    /// and where it runs. Give computeResources, or make the environment UNMANAGED and bring your own hosts.
    error RESOURCES = "CE020" {
        guide: "Compute environment parameters: compute resources",
        from: ["CEQ-092"],
        on: EC2_ENVIRONMENT,
        wrong: "without computeResources",
        right: r#"{"computeResources": {"maxvCpus": 16}}"#,
    }

    /// Environments on Fargate and on EKS are MANAGED.
    ///
    /// In an UNMANAGED environment the hosts are yours and join a cluster of ECS. Fargate has no hosts, and the nodes
    /// of an EKS cluster are started by the service.
    error MANAGED_ONLY = "CE021" {
        guide: "Unmanaged compute environments",
        from: ["CEQ-061", "EVT-030"],
        on: FARGATE_ENVIRONMENT,
        wrong: r#"{"type": "UNMANAGED"}"#,
        right: r#"{"type": "MANAGED"}"#,
    }

    /// An UNMANAGED compute environment has no compute resources.
    ///
    /// The service starts nothing there, so that what they say has no effect. Leave them out, or make the environment
    /// MANAGED.
    warning UNMANAGED_RESOURCES = "CE022" {
        guide: "Creating a compute environment: unmanaged",
        from: ["CEQ-092"],
        on: UNMANAGED_ENVIRONMENT,
        wrong: r#"{"computeResources": {"type": "EC2", "maxvCpus": 16}}"#,
        right: r#"{"unmanagedvCpus": 16}"#,
    }

    /// Only UNMANAGED compute environments have unmanagedvCpus.
    ///
    /// They tell a scheduling policy how much capacity your own hosts have. The size of a MANAGED environment is the
    /// maxvCpus of its compute resources.
    error UNMANAGED_VCPUS = "CE023" {
        guide: "Compute environment template",
        from: ["CEQ-154"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"unmanagedvCpus": 4}"#,
        right: r#"{"computeResources": {"maxvCpus": 4}}"#,
    }

    /// An environment on EKS has EC2 or Spot capacity.
    ///
    /// Its pods run on nodes of the cluster. Leave eksConfiguration out to run jobs on Fargate.
    error EKS_CAPACITY = "CE024" {
        guide: "API model: EksConfiguration",
        from: ["CEQ-145"],
        on: EKS_ENVIRONMENT,
        wrong: r#"without computeResources
            {"computeResources": {"type": "FARGATE", "maxvCpus": 16,
            "subnets": ["subnet-0123456789abcdef0"], "securityGroupIds": ["sg-0123456789abcdef0"]}}"#,
        right: r#"{"computeResources": {"type": "SPOT"}}"#,
    }

    /// ECS Managed Instances need a provider.
    ///
    /// It tells the roles and the network of the instances that ECS launches.
    error PROVIDER = "CE025" {
        guide: "API model: ComputeResource, managedInstancesProvider",
        from: [],
        on: Context::whole(CreateComputeEnvironment),
        wrong: r#"{"computeEnvironmentName": "ecs", "type": "MANAGED",
            "computeResources": {"type": "ECS_MANAGED_INSTANCES", "maxvCpus": 16}}"#,
        right: r#"{"computeEnvironmentName": "ecs", "type": "MANAGED",
            "computeResources": {"type": "ECS_MANAGED_INSTANCES", "maxvCpus": 16, "managedInstancesProvider": {
                "infrastructureRoleArn": "arn:aws:iam::123456789012:role/ecsInfrastructureRole",
                "instanceLaunchTemplate": {
                    "ec2InstanceProfileArn": "arn:aws:iam::123456789012:instance-profile/ecsInstanceRole",
                    "networkConfiguration": {
                        "subnets": ["subnet-0123456789abcdef0"],
                        "securityGroups": ["sg-0123456789abcdef0"]}}}}}"#,
    }
}

/// Judges the kind of a new environment.
pub(super) fn check(at: &Cursor<'_>, setting: Setting, findings: &mut Findings) {
    let resources = at.get("computeResources");
    match kind(at) {
        Some(CEType::Managed) => {
            if resources.is_none() {
                let message = "a MANAGED compute environment needs computeResources, found none";
                let help = "say of what kind they are, how much of them there may be, and where they run";
                findings.push(RESOURCES.missing(at, "computeResources", message).with_help(help.to_owned()));
            }
            if let Some(vcpus) = at.get("unmanagedvCpus") {
                only_unmanaged(&vcpus, findings);
            }
        }
        Some(CEType::Unmanaged) => match must_be_managed(setting) {
            Some(what) => {
                if let Some(kind) = at.get("type") {
                    let message = format!("{what} is always MANAGED, found {}", found(&kind));
                    findings.push(MANAGED_ONLY.at(&kind, message));
                }
            }
            None => {
                if let Some(resources) = resources {
                    let message = "an UNMANAGED compute environment does not use them";
                    let help = "remove them, or make the environment MANAGED";
                    findings.push(UNMANAGED_RESOURCES.at(&resources, message).with_help(help.to_owned()));
                }
            }
        },
        None => {}
    }
    if setting.eks == Some(true)
        && let Some(capacity) = at.get("computeResources").and_then(|resources| resources.get("type"))
        && setting.capacity.is_some()
        && !setting.is_instances()
    {
        let message =
            format!("expected \"EC2\" or \"SPOT\" for an environment on EKS, found {}", found(&capacity));
        let help = "leave eksConfiguration out to run jobs on ECS";
        findings.push(EKS_CAPACITY.at(&capacity, message).with_help(help.to_owned()));
    }
}

/// Reports vCPUs that only an UNMANAGED environment has.
pub(super) fn only_unmanaged(vcpus: &Cursor<'_>, findings: &mut Findings) {
    let message =
        format!("only an UNMANAGED compute environment takes unmanagedvCpus, found {}", found(vcpus));
    let help = "the size of a MANAGED environment is computeResources.maxvCpus";
    findings.push(UNMANAGED_VCPUS.at(vcpus, message).with_help(help.to_owned()));
}

/// Whether the compute resources have no effect, so that judging them would help nobody.
pub(super) fn ignores_resources(at: &Cursor<'_>, setting: Setting) -> bool {
    kind(at) == Some(CEType::Unmanaged) && must_be_managed(setting).is_none()
}

/// Judges whether ECS Managed Instances have what describes them.
pub(super) fn check_provider(resources: &Cursor<'_>, setting: Setting, findings: &mut Findings) {
    if setting.capacity == Some(CRType::EcsManagedInstances)
        && resources.get("managedInstancesProvider").is_none()
    {
        let message = "ECS_MANAGED_INSTANCES needs a managedInstancesProvider, found none";
        findings.push(PROVIDER.missing(resources, "managedInstancesProvider", message));
    }
}

fn kind(at: &Cursor<'_>) -> Option<CEType> {
    at.get("type")?.text().and_then(CEType::parse)
}

/// What makes that the environment cannot be UNMANAGED.
fn must_be_managed(setting: Setting) -> Option<&'static str> {
    match setting.capacity {
        Some(CRType::Fargate | CRType::FargateSpot) => Some("an environment on Fargate"),
        Some(CRType::EcsManagedInstances) => Some("an environment of ECS Managed Instances"),
        Some(CRType::Ec2 | CRType::Spot) | None => {
            (setting.eks == Some(true)).then_some("an environment on EKS")
        }
    }
}
