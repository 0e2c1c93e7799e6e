//! The rules about single values of a container. The vocabulary judges them ([`crate::api::constraint`]).

use crate::rules::context::{EC2_DEFINITION, FARGATE_DEFINITION};
use crate::rules::registry::rules;

rules! {
    /// A container has an image.
    ///
    /// The API model leaves the image open, but there is nothing to run without one. Name an image of Docker Hub, such
    /// as busybox:1.36, or put the address of another registry in front.
    error IMAGE_GIVEN = "JD010" {
        guide: "Job definition parameters: container properties, image",
        from: ["JDC-023", "JDP-029", "JOB-134", "OPS-063"],
        on: EC2_DEFINITION,
        wrong: r#"without containerProperties.image"#,
        right: r#"{"containerProperties": {"image": "busybox"}}"#,
    }

    /// The name of an image has at most 255 characters.
    ///
    /// Registry, path, tag and digest count together. Longer names are refused.
    error IMAGE_LENGTH = "JD011" {
        guide: "Job definition parameters: container properties, image",
        from: ["JDC-025", "JDC-026", "JDP-030", "OPS-063"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"image": "registry.example.com/a-path-that-goes-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on:1"}}"#,
        right: r#"{"containerProperties": {"image": "registry.example.com/a-path:1"}}"#,
    }

    /// The name of an image is registry, path, tag and digest, of the permitted characters.
    ///
    /// Letters, digits and - _ . : / # @ are permitted. No part may be empty: a colon is followed by a tag, an at sign
    /// by a digest such as sha256:..., and there is no https:// in front.
    error IMAGE_FORM = "JD012" {
        guide: "Job definition parameters: container properties, image",
        from: [
            "JDC-024", "JDC-027", "JDC-030", "JDC-031", "JDC-032", "JDC-033", "JDC-034", "JDP-031", "JDP-032",
            "OPS-063", "OPS-064", "OPS-066",
        ],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"image": "https://quay.io/assemblyline/ubuntu"}}"#,
        right: r#"{"containerProperties": {"image": "quay.io/assemblyline/ubuntu:24.04"}}"#,
    }

    /// The ARN of a role is one of IAM, without a Region.
    ///
    /// IAM is the same in all Regions, so the part behind iam: is empty; then come the account, role/ and the name of
    /// the role, perhaps with a path. The ARN of a user, of a policy or of another service is no role.
    error ROLE_FORM = "JD013" {
        guide: "IAM policies: ARNs of roles",
        from: ["EVT-130", "JDC-039", "JDC-040", "JDP-023", "JDP-039"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"jobRoleArn": "arn:aws:iam:us-east-1:123456789012:role/reader"}}"#,
        right: r#"{"containerProperties": {"jobRoleArn": "arn:aws:iam::123456789012:role/reader"}}"#,
    }

    /// A platform version is LATEST or three numbers.
    ///
    /// LATEST is also what a job gets that names none. A particular version of the Fargate platform is written with
    /// three numbers, such as 1.4.0.
    error PLATFORM_VERSION_FORM = "JD014" {
        guide: "Job definition parameters: container properties, Fargate platform configuration",
        from: ["JDC-075", "JDP-027", "JDP-028", "EVT-011", "EVT-012"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"fargatePlatformConfiguration": {"platformVersion": "newest"}}}"#,
        right: r#"{"containerProperties": {"fargatePlatformConfiguration": {"platformVersion": "LATEST"}}}"#,
    }

    /// Ephemeral storage is 21 to 200 GiB.
    ///
    /// Every Fargate task has 20 GiB anyway, and that size may not be written: leave ephemeralStorage out to get it.
    error EPHEMERAL_SIZE = "JD015" {
        guide: "Creating a single-node job definition on Fargate resources: ephemeral storage",
        from: ["JDC-078", "JDC-079", "OPS-099", "OPS-100"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"ephemeralStorage": {"sizeInGiB": 20}}}"#,
        right: r#"{"containerProperties": {"ephemeralStorage": {"sizeInGiB": 21}}}"#,
    }

    /// The operating system is LINUX or one of the documented Windows Server editions.
    ///
    /// Linux is the default. Windows is named with its version and its edition, not as WINDOWS alone.
    error OPERATING_SYSTEM = "JD016" {
        guide: "Creating a single-node job definition on Fargate resources: runtime platform",
        from: ["JDC-073", "OPS-096"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"runtimePlatform": {"operatingSystemFamily": "WINDOWS"}}}"#,
        right: r#"{"containerProperties": {"runtimePlatform": {"operatingSystemFamily": "LINUX"}}}"#,
    }

    /// The CPU architecture is X86_64 or ARM64.
    ///
    /// X86_64 is the default. The image must have been built for the architecture that is named.
    error ARCHITECTURE = "JD017" {
        guide: "Creating a single-node job definition on Fargate resources: runtime platform",
        from: ["JDC-074", "OPS-097"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"runtimePlatform": {"cpuArchitecture": "AARCH64"}}}"#,
        right: r#"{"containerProperties": {"runtimePlatform": {"cpuArchitecture": "ARM64"}}}"#,
    }
}
