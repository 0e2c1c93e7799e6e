//! Machine images of instances.

use super::Setting;
use crate::api::constraint::whole_number;
use crate::rules::context::{EC2_ENVIRONMENT, EKS_ENVIRONMENT};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::{found, joined};
use crate::rules::nearest::did_you_mean;
use crate::rules::registry::rules;

/// The oldest version of Kubernetes that was supported when the guide was written.
const OLDEST_KUBERNETES: (u64, u64) = (1, 23);
/// The longest of these texts that the API model takes.
const LONGEST: usize = 256;
/// What the service says of other versions.
const UNSUPPORTED_VERSION: &str = "At least one imageKubernetesVersion in EC2Configuration is not supported.";
/// The image types of ECS.
const OF_ECS: [&str; 5] = ["ECS_AL1", "ECS_AL2", "ECS_AL2_NVIDIA", "ECS_AL2023", "ECS_AL2023_NVIDIA"];
/// The image types of EKS.
const OF_EKS: [&str; 4] = ["EKS_AL2", "EKS_AL2_NVIDIA", "EKS_AL2023", "EKS_AL2023_NVIDIA"];

rules! {
    /// A machine image is given in ec2Configuration; imageId is deprecated.
    ///
    /// imageId still works. An imageIdOverride takes its place and wins over it.
    warning IMAGE_ID = "CE065" {
        guide: "Compute environment parameters: compute resources, image id",
        from: ["CEQ-115"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"imageId": "ami-0123456789abcdef0"}}"#,
        right: r#"{"computeResources": {"ec2Configuration": [
            {"imageType": "ECS_AL2023", "imageIdOverride": "ami-0123456789abcdef0"}]}}"#,
    }

    /// Image types are those that the service knows.
    ///
    /// They begin with ECS_ or EKS_, then comes the version of Amazon Linux, and _NVIDIA for instances with a GPU. Newer
    /// ones than kiln knows may exist, so this is a warning only.
    warning IMAGE_TYPE = "CE066" {
        guide: "Compute environment parameters: compute resources, EC2 configuration, image type",
        from: ["CEQ-142", "OPS-047"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"ec2Configuration": [{"imageType": "ECS_AL3"}]}}"#,
        right: r#"{"computeResources": {"ec2Configuration": [{"imageType": "ECS_AL2023"}]}}"#,
    }

    /// Environments on ECS have images of ECS, and those on EKS images of EKS.
    ///
    /// An image holds the agent of the one or of the other. An environment is on EKS if it has an eksConfiguration.
    error IMAGE_ORCHESTRATION = "CE067" {
        guide: "Compute environment parameters: compute resources, EC2 configuration, image type",
        from: ["CEQ-143"],
        on: EKS_ENVIRONMENT,
        wrong: r#"{"computeResources": {"ec2Configuration": [{"imageType": "ECS_AL2"}]}}"#,
        right: r#"{"computeResources": {"ec2Configuration": [{"imageType": "EKS_AL2"}]}}"#,
    }

    /// The Kubernetes version of an image is 1.23 or newer.
    ///
    /// Older versions are no longer supported. It is written as a string of two numbers, as that of the cluster.
    error KUBERNETES_VERSION = "CE068" {
        guide: "Troubleshooting: Amazon EKS, unsupported Kubernetes version",
        from: ["CEQ-140", "CEQ-177", "CEQ-178", "OPS-214", "OPS-217"],
        on: EKS_ENVIRONMENT,
        wrong: r#"{"computeResources": {"ec2Configuration": [
            {"imageType": "EKS_AL2", "imageKubernetesVersion": "1.22"}]}}"#,
        right: r#"{"computeResources": {"ec2Configuration": [
            {"imageType": "EKS_AL2", "imageKubernetesVersion": "1.29"}]}}"#,
    }
}

/// Judges which images are asked for.
pub(super) fn check(resources: &Cursor<'_>, setting: Setting, findings: &mut Findings) {
    // On Fargate they are refused as a whole.
    if setting.capacity.is_some() && !setting.is_instances() {
        return;
    }
    // An update clears the member with an empty string.
    let names_one = |image: &Cursor<'_>| image.text().is_some_and(|text| setting.is_new || !text.is_empty());
    if let Some(image) = resources.get("imageId").filter(names_one) {
        let help = "give it as ec2Configuration[].imageIdOverride";
        findings.push(IMAGE_ID.at(&image, "imageId is deprecated").with_help(help.to_owned()));
    }
    for choice in resources.get("ec2Configuration").iter().flat_map(Cursor::items) {
        if let Some(image_type) = choice.get("imageType") {
            check_type(&image_type, setting.eks, findings);
        }
        if let Some(version) = choice.get("imageKubernetesVersion") {
            check_version(&version, findings);
        }
    }
}

fn check_type(at: &Cursor<'_>, eks: Option<bool>, findings: &mut Findings) {
    let Some(text) = at.text().filter(|text| has_fair_length(text)) else { return };
    let known: Vec<_> = match eks {
        Some(true) => OF_EKS.to_vec(),
        Some(false) => OF_ECS.to_vec(),
        None => OF_ECS.iter().chain(&OF_EKS).copied().collect(),
    };
    let (own, other) = if eks == Some(true) { ("EKS", "ECS_") } else { ("ECS", "EKS_") };
    if eks.is_some() && text.starts_with(other) {
        let message = format!("expected an image for {own}, found {}", found(at));
        let near = text.replacen(other, &format!("{own}_"), 1);
        let help = known.contains(&near.as_str()).then(|| format!("write \"{near}\""));
        findings.push(IMAGE_ORCHESTRATION.at(at, message).with_help(help));
    } else if !known.contains(&text) {
        let message = format!("expected {}, found {}", joined(&known, "or"), found(at));
        let help = did_you_mean(text, known.iter().copied());
        findings.push(IMAGE_TYPE.at(at, message).with_help(help));
    }
}

fn check_version(at: &Cursor<'_>, findings: &mut Findings) {
    let Some(text) = at.text().filter(|text| has_fair_length(text)) else { return };
    let version =
        text.split_once('.').and_then(|(major, minor)| Some((whole_number(major)?, whole_number(minor)?)));
    if version.is_none_or(|version| version < OLDEST_KUBERNETES) {
        let (major, minor) = OLDEST_KUBERNETES;
        let message =
            format!("expected a version of Kubernetes from \"{major}.{minor}\" on, found {}", found(at));
        findings.push(KUBERNETES_VERSION.at(at, message).with_service(UNSUPPORTED_VERSION));
    }
}

/// Whether the walk has nothing to say about the length.
fn has_fair_length(text: &str) -> bool {
    (1..=LONGEST).contains(&text.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn versions_are_compared_as_numbers() {
        for (version, count) in [
            ("1.23", 0),
            ("1.100", 0),
            ("2.0", 0),
            ("", 0),
            ("1.22", 1),
            ("1.9", 1),
            ("0.99", 1),
            ("1", 1),
            ("1.", 1),
            ("1.29.3", 1),
            ("v1.29", 1),
            ("1.+29", 1),
            ("1.99999999999999999999999", 0),
        ] {
            let version = json!(version);
            let mut findings = Findings::new();
            check_version(&Cursor::root(&version), &mut findings);
            assert_eq!(findings.len(), count, "{version}");
        }
    }
}
