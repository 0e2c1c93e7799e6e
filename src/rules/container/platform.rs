//! Members that only one platform has.

use crate::rules::container::{Platform, Setting};
use crate::rules::context::{EC2_DEFINITION, FARGATE_DEFINITION};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::rules;

/// What belongs to Fargate and is refused on EC2.
const REFUSED_ON_EC2: [&str; 2] = ["networkConfiguration", "fargatePlatformConfiguration"];
/// What belongs to Fargate and has no effect on EC2.
const IGNORED_ON_EC2: [&str; 2] = ["ephemeralStorage", "runtimePlatform"];
/// How to run on Fargate.
const CHOOSE_FARGATE: &str =
    "leave it out, or add \"platformCapabilities\": [\"FARGATE\"] if the job is to run there";

rules! {
    /// On Fargate containers have no privileges on the host.
    ///
    /// The host of a Fargate task is not the user's own. Leave privileged out, or set it to false, which is accepted.
    error FARGATE_PRIVILEGED = "JD046" {
        guide: "Job definition parameters: container properties, privileged",
        from: ["JDC-052", "JDC-085", "JDP-104", "EVT-017"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"privileged": true}}"#,
        right: r#"{"containerProperties": {"privileged": false}}"#,
    }

    /// An instance type is for multi-node parallel jobs on EC2 only.
    ///
    /// A job on a single node runs on whatever instances its compute environment has; choose the types there. On
    /// Fargate there are no instances to choose.
    error INSTANCE_TYPE = "JD051" {
        guide: "Job definition parameters: container properties, instance type",
        from: ["JDC-085", "JDC-122", "JDP-035", "JDP-036", "JDP-037", "EVT-013"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"instanceType": "c5.large"}}"#,
        right: r#"{"containerProperties": {"privileged": true}}"#,
    }

    /// Network and platform version are for Fargate only.
    ///
    /// A definition is for EC2 unless platformCapabilities says otherwise, and there networkConfiguration and
    /// fargatePlatformConfiguration must not be given.
    error FARGATE_ONLY = "JD052" {
        guide: "Job definition parameters: container properties, network configuration",
        from: ["JDC-076", "JDC-086", "JDP-026", "JDP-097", "JDP-098", "JDP-244", "JDP-245", "EVT-007", "EVT-010"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"networkConfiguration": {"assignPublicIp": "ENABLED"}}}"#,
        right: r#"without containerProperties.resourceRequirements
{"platformCapabilities": ["FARGATE"], "containerProperties": {
    "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
    "networkConfiguration": {"assignPublicIp": "ENABLED"},
    "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}"#,
    }

    /// Ephemeral storage and runtime platform have an effect on Fargate only.
    ///
    /// On EC2 the instances of the compute environment decide about disk, operating system and processor. Leave these
    /// members out there, or run the job on Fargate.
    warning FARGATE_SETTING = "JD053" {
        guide: "Creating a single-node job definition on Fargate resources",
        from: ["JDC-086"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"ephemeralStorage": {"sizeInGiB": 50}}}"#,
        right: r#"{"platformCapabilities": ["EC2"]}"#,
    }

    /// Windows runs on the CPU architecture X86_64 only.
    ///
    /// There are no Windows containers for ARM64 on Fargate. Leave cpuArchitecture out or name X86_64.
    error WINDOWS_ARCHITECTURE = "JD058" {
        guide: "Creating a single-node job definition on Fargate resources: runtime platform",
        from: ["JDC-074", "OPS-097"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"runtimePlatform": {
            "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE", "cpuArchitecture": "ARM64"}}}"#,
        right: r#"{"containerProperties": {"runtimePlatform": {
            "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE", "cpuArchitecture": "X86_64"}}}"#,
    }
}

/// Judges the members of container properties that depend on the platform.
pub(super) fn check(container: &Cursor<'_>, setting: &Setting, findings: &mut Findings) {
    if let Some(at) = container.get("instanceType") {
        instance_type(&at, setting, findings);
    }
    if setting.platform == Platform::Ec2 {
        fargate_only(container, findings);
    }
    if let Some(runtime) = container.get("runtimePlatform") {
        windows(&runtime, findings);
    }
}

fn instance_type(at: &Cursor<'_>, setting: &Setting, findings: &mut Findings) {
    let message = match setting {
        Setting { platform: Platform::Fargate, .. } => "an instance type must not be given on Fargate",
        Setting { multi_node: false, .. } => "an instance type must not be given for a job on a single node",
        Setting { multi_node: true, .. } => return,
    };
    let help = "leave it out; the compute environment has the types of instances".to_owned();
    findings.push(INSTANCE_TYPE.at(at, message).with_help(help));
}

/// Judges what must not, or need not, be given on EC2.
pub(in crate::rules) fn fargate_only(container: &Cursor<'_>, findings: &mut Findings) {
    for (member, at) in REFUSED_ON_EC2.into_iter().filter_map(|name| Some((name, container.get(name)?))) {
        let message = format!("{member} must not be given on EC2");
        findings.push(FARGATE_ONLY.at(&at, message).with_help(CHOOSE_FARGATE.to_owned()));
    }
    for (member, at) in IGNORED_ON_EC2.into_iter().filter_map(|name| Some((name, container.get(name)?))) {
        let message = format!("{member} has no effect on EC2");
        findings.push(FARGATE_SETTING.at(&at, message).with_help(CHOOSE_FARGATE.to_owned()));
    }
}

/// Judges whether a runtime platform exists.
pub(in crate::rules) fn windows(runtime: &Cursor<'_>, findings: &mut Findings) {
    let Some(architecture) = runtime.get("cpuArchitecture") else { return };
    if is_windows(runtime) && architecture.text() == Some("ARM64") {
        let message = "expected \"X86_64\" for Windows, found \"ARM64\"";
        findings.push(WINDOWS_ARCHITECTURE.at(&architecture, message));
    }
}

/// Whether a runtime platform is one of Windows.
pub(in crate::rules) fn is_windows(runtime: &Cursor<'_>) -> bool {
    let family = runtime.get("operatingSystemFamily");
    family.as_ref().and_then(Cursor::text).is_some_and(|family| family.starts_with("WINDOWS"))
}

/// Judges whether a container may be privileged.
pub(super) fn privileged(container: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    let Some(at) = container.get("privileged") else { return };
    if platform == Platform::Fargate && at.value().as_bool() == Some(true) {
        let help = "leave privileged out, or set it to false".to_owned();
        findings.push(FARGATE_PRIVILEGED.at(&at, "expected false on Fargate, found true").with_help(help));
    }
}
