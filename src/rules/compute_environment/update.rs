//! What an update may change, and what it may change together.

use super::kind;
use crate::api::compute_environment::CRType;
use crate::rules::context::ENVIRONMENT_UPDATE;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::found;
use crate::rules::registry::rules;

/// The members of `computeResources` whose change replaces the instances.
const INFRASTRUCTURE: [&str; 13] = [
    "allocationStrategy",
    "bidPercentage",
    "ec2Configuration",
    "ec2KeyPair",
    "imageId",
    "instanceRole",
    "instanceTypes",
    "launchTemplate",
    "placementGroup",
    "securityGroupIds",
    "subnets",
    "tags",
    "type",
];

rules! {
    /// An update changes the type of compute resources to EC2 or SPOT only.
    ///
    /// Capacity on Fargate stays on Fargate, and instances stay instances. Make another environment and put it into the
    /// queue instead.
    warning NEW_TYPE = "CE080" {
        guide: "Updating compute environments",
        from: ["CEQ-172"],
        on: ENVIRONMENT_UPDATE,
        wrong: r#"{"computeResources": {"type": "FARGATE"}}"#,
        right: r#"{"computeResources": {"type": "SPOT"}}"#,
    }

    /// The service role is not changed together with the infrastructure.
    ///
    /// Whatever replaces the instances, such as other instance types, subnets or images, is an infrastructure update, and
    /// the service role is the one thing that cannot be changed along with it. Make two updates.
    error ROLE_ALONE = "CE081" {
        guide: "Updating compute environments: infrastructure updates",
        from: ["CEQ-163", "CEQ-171"],
        on: ENVIRONMENT_UPDATE,
        wrong: r#"{"serviceRole": "batch-service", "computeResources": {"instanceTypes": ["c5"]}}"#,
        right: r#"{"serviceRole": "batch-service", "computeResources": {"maxvCpus": 8}}"#,
    }

    /// A time for running jobs is only of use if they are not terminated at once.
    ///
    /// With terminateJobsOnUpdate true, jobs end when the update begins and jobExecutionTimeoutMinutes is ignored.
    warning IGNORED_TIMEOUT = "CE082" {
        guide: "Updating compute environments: update policy",
        from: ["CEQ-165", "CEQ-166"],
        on: ENVIRONMENT_UPDATE,
        wrong: r#"{"updatePolicy": {"terminateJobsOnUpdate": true, "jobExecutionTimeoutMinutes": 60}}"#,
        right: r#"{"updatePolicy": {"terminateJobsOnUpdate": false, "jobExecutionTimeoutMinutes": 60}}"#,
    }

    /// The latest image is taken only where no image is named.
    ///
    /// An image in imageId, in imageIdOverride or in the launch template is used as it is, and updateToLatestImageVersion
    /// is ignored.
    warning LATEST_IMAGE = "CE083" {
        guide: "Updating compute environments: updating the AMI",
        from: ["CEQ-057", "CEQ-173"],
        on: ENVIRONMENT_UPDATE,
        wrong: r#"{"computeResources": {"updateToLatestImageVersion": true, "ec2Configuration": [
            {"imageType": "ECS_AL2023", "imageIdOverride": "ami-0123456789abcdef0"}]}}"#,
        right: r#"{"computeResources": {"updateToLatestImageVersion": true, "ec2Configuration": [
            {"imageType": "ECS_AL2023"}]}}"#,
    }
}

/// Judges what an update changes.
pub(super) fn check(at: &Cursor<'_>, findings: &mut Findings) {
    let resources = at.get("computeResources");
    if let Some(vcpus) = at.get("unmanagedvCpus").filter(|_| resources.is_some()) {
        kind::only_unmanaged(&vcpus, findings);
    }
    if let Some(policy) = at.get("updatePolicy") {
        check_policy(&policy, findings);
    }
    let Some(resources) = resources else { return };
    check_type(&resources, findings);
    check_latest_image(&resources, findings);
    // An empty role changes nothing.
    let role = at.get("serviceRole").filter(|role| role.text().is_some_and(|text| !text.is_empty()));
    if let (Some(role), Some(name)) = (role, infrastructure(&resources)) {
        let message =
            format!("cannot change together with computeResources.{name}, which replaces the infrastructure");
        let help = "make two updates, one for the role and one for the infrastructure";
        findings.push(ROLE_ALONE.at(&role, message).with_help(help.to_owned()));
    }
}

fn check_type(resources: &Cursor<'_>, findings: &mut Findings) {
    let Some(kind) = resources.get("type") else { return };
    match kind.text().and_then(CRType::parse) {
        Some(CRType::Fargate | CRType::FargateSpot | CRType::EcsManagedInstances) => {
            let message =
                format!("an update changes the type to \"EC2\" or \"SPOT\" only, found {}", found(&kind));
            let help = "leave it out if it stays the same, else make another environment";
            findings.push(NEW_TYPE.at(&kind, message).with_help(help.to_owned()));
        }
        Some(CRType::Ec2 | CRType::Spot) | None => {}
    }
}

fn check_policy(policy: &Cursor<'_>, findings: &mut Findings) {
    let terminates = policy.get("terminateJobsOnUpdate").is_some_and(|at| at.value().as_bool() == Some(true));
    if let Some(minutes) = policy.get("jobExecutionTimeoutMinutes").filter(|_| terminates) {
        let message = "ignored, since terminateJobsOnUpdate ends jobs at once";
        findings.push(IGNORED_TIMEOUT.at(&minutes, message).with_help("remove one of the two".to_owned()));
    }
}

fn check_latest_image(resources: &Cursor<'_>, findings: &mut Findings) {
    let Some(latest) = latest(resources) else { return };
    let is_named = |at: Cursor<'_>| at.text().is_some_and(|text| !text.is_empty());
    let choices = resources.get("ec2Configuration");
    let by_choice = || {
        let mut choices = choices.iter().flat_map(Cursor::items);
        choices.any(|choice| choice.get("imageIdOverride").is_some_and(is_named))
    };
    let member = if by_choice() {
        "an imageIdOverride"
    } else if resources.get("imageId").is_some_and(is_named) {
        "an imageId"
    } else {
        return;
    };
    findings.push(LATEST_IMAGE.at(&latest, format!("ignored, since {member} names the image")));
}

/// `updateToLatestImageVersion`, where it is true.
fn latest<'a>(resources: &Cursor<'a>) -> Option<Cursor<'a>> {
    resources.get("updateToLatestImageVersion").filter(|at| at.value().as_bool() == Some(true))
}

/// What makes an update one of the infrastructure.
fn infrastructure<'a>(resources: &Cursor<'a>) -> Option<&'a str> {
    let is_one = |name: &&str| INFRASTRUCTURE.contains(name);
    let member = resources.members().map(|(name, _)| name).find(is_one);
    member.or_else(|| latest(resources).map(|_| "updateToLatestImageVersion"))
}
