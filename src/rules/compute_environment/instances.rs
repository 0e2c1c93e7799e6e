//! Instance types: that there are some, that they exist, and that they share one architecture.

use super::Setting;
use crate::api::instance_type::Architecture;
use crate::rules::context::EC2_ENVIRONMENT;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::{found, joined};
use crate::rules::nearest::nearest;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;

rules! {
    /// Compute resources of type EC2 and SPOT name their instance types.
    ///
    /// The service launches no others. Give families, sizes, or optimal to leave the choice to the service.
    error INSTANCE_TYPES = "CE040" {
        guide: "Compute environment parameters: compute resources, instance types",
        from: ["CEQ-109"],
        on: EC2_ENVIRONMENT,
        wrong: "without computeResources.instanceTypes",
        right: r#"{"computeResources": {"instanceTypes": ["optimal"]}}"#,
    }

    /// Compute resources of type EC2 and SPOT name an instance role.
    ///
    /// The guide does not require it, but instances without a profile cannot register with the cluster, so that no job
    /// would start on them.
    warning INSTANCE_ROLE = "CE041" {
        guide: "Compute environment parameters: compute resources, instance role",
        from: ["CEQ-124"],
        on: EC2_ENVIRONMENT,
        wrong: "without computeResources.instanceRole",
        right: r#"{"computeResources": {"instanceRole": "ecsInstanceRole"}}"#,
    }

    /// All instance types of an environment have the same architecture.
    ///
    /// Instances with x86 and with Arm processors do not mix, since a container image is built for one of them. Families
    /// with a g behind their number, such as c6g or m7gd, are Arm, and so are a1 and default_arm64. Make an environment
    /// for each architecture.
    error ARCHITECTURE = "CE042" {
        guide: "Compute environment parameters: compute resources, instance types",
        from: ["CEQ-112", "OPS-040"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"instanceTypes": ["c5", "c6g"]}}"#,
        right: r#"{"computeResources": {"instanceTypes": ["c6g", "m6g"]}}"#,
    }

    /// Sizes of GPU families are those that exist.
    ///
    /// Not every family has every size: the smallest g3 is g3.4xlarge, p4d has one size only. Instances of a size that
    /// does not exist never start, and jobs wait for ever.
    warning GPU_SIZE = "CE043" {
        guide: "Running GPU jobs",
        from: ["JOB-173"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"instanceTypes": ["g3.xlarge"]}}"#,
        right: r#"{"computeResources": {"instanceTypes": ["g3s.xlarge", "g3.4xlarge"]}}"#,
    }
}

/// The sizes of the GPU families in the guide to which no further sizes are added any more.
const GPU_SIZES: [(&str, &[&str]); 8] = [
    ("g3", &["4xlarge", "8xlarge", "16xlarge"]),
    ("g3s", &["xlarge"]),
    ("g4dn", &["xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "metal"]),
    ("g5", &["xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "48xlarge"]),
    ("p2", &["xlarge", "8xlarge", "16xlarge"]),
    ("p3", &["2xlarge", "8xlarge", "16xlarge"]),
    ("p3dn", &["24xlarge"]),
    ("p4d", &["24xlarge"]),
];

/// Judges whether there is what a new environment needs.
pub(super) fn check_given(resources: &Cursor<'_>, setting: Setting, findings: &mut Findings) {
    if !setting.is_instances() {
        return;
    }
    let help = || "name families or sizes, or write [\"optimal\"]".to_owned();
    match resources.get("instanceTypes") {
        None => {
            let message = "expected the instance types to launch, found none";
            findings.push(INSTANCE_TYPES.missing(resources, "instanceTypes", message).with_help(help()));
        }
        Some(types) if types.value().as_array().is_some_and(Vec::is_empty) => {
            let message = "expected at least 1 instance type to launch, found an empty list";
            findings.push(INSTANCE_TYPES.at(&types, message).with_help(help()));
        }
        Some(_) => {}
    }
    if resources.get("instanceRole").is_none() {
        let message = "instances without a profile cannot register with the cluster, found no instanceRole";
        let help = "give the name or the ARN of an instance profile, such as ecsInstanceRole";
        findings.push(INSTANCE_ROLE.missing(resources, "instanceRole", message).with_help(help.to_owned()));
    }
}

/// Judges the instance types that are given.
pub(super) fn check(resources: &Cursor<'_>, findings: &mut Findings) {
    let Some(types) = resources.get("instanceTypes") else { return };
    let mut first: Option<(&str, Architecture)> = None;
    let mut is_mixed = false;
    for item in types.items() {
        let Some(text) = item.text() else { continue };
        check_size(text, &item, findings);
        let Some(architecture) = Architecture::of(text) else { continue };
        match first {
            None => first = Some((text, architecture)),
            Some((other, known)) if known != architecture && !is_mixed => {
                is_mixed = true;
                let message = format!(
                    "{} is {} and {} is {}, expected one architecture",
                    quoted(text, LONGEST_SHOWN),
                    architecture.name(),
                    quoted(other, LONGEST_SHOWN),
                    known.name()
                );
                let help = "make a compute environment for each architecture";
                findings.push(ARCHITECTURE.at(&item, message).with_help(help.to_owned()));
            }
            Some(_) => {}
        }
    }
}

fn check_size(text: &str, item: &Cursor<'_>, findings: &mut Findings) {
    let Some((family, size)) = text.split_once('.') else { return };
    let Some((_, sizes)) = GPU_SIZES.iter().find(|(known, _)| *known == family) else { return };
    if !sizes.contains(&size) {
        let message = format!("{family} comes as {}, found {}", joined(sizes, "or"), found(item));
        let help =
            nearest(size, sizes.iter().copied()).map(|near| format!("did you mean \"{family}.{near}\"?"));
        findings.push(GPU_SIZE.at(item, message).with_help(help));
    }
}
