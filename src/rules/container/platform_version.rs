//! Versions of the Fargate platform, and what needs which of them.

use crate::rules::container::Platform;
use crate::rules::container::platform::is_windows;
use crate::rules::context::FARGATE_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::{Rule, rules};

/// A version, in its three numbers.
type Version = [u32; 3];

/// The versions that the guide knows.
const KNOWN: [Version; 2] = [[1, 3, 0], [1, 4, 0]];

rules! {
    /// The platform version is one that the guide knows.
    ///
    /// The guide knows 1.3.0, 1.4.0 and LATEST. Another version may exist by now, or no longer; with LATEST, or without
    /// any, a job gets a version that exists.
    warning PLATFORM_VERSION_KNOWN = "JD054" {
        guide: "AWS Batch on AWS Fargate: job definitions on Fargate, platform version",
        from: ["EVT-011"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"fargatePlatformConfiguration": {"platformVersion": "1.2.0"}}}"#,
        right: r#"{"containerProperties": {"fargatePlatformConfiguration": {"platformVersion": "1.4.0"}}}"#,
    }

    /// Ephemeral storage needs platform version 1.4.0 or later.
    ///
    /// Older versions of the Fargate platform have a disk of fixed size. Use a later version or leave it out: the
    /// latest version is the default.
    error STORAGE_VERSION = "JD055" {
        guide: "Creating a single-node job definition on Fargate resources: ephemeral storage",
        from: ["JDC-080"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"ephemeralStorage": {"sizeInGiB": 50},
            "fargatePlatformConfiguration": {"platformVersion": "1.3.0"}}}"#,
        right: r#"{"containerProperties": {"ephemeralStorage": {"sizeInGiB": 50},
            "fargatePlatformConfiguration": {"platformVersion": "1.4.0"}}}"#,
    }

    /// Volumes on EFS need platform version 1.4.0 or later on Fargate.
    ///
    /// Older versions of the Fargate platform cannot mount file systems. Use a later version or leave it out: the
    /// latest version is the default.
    error FILE_SYSTEM_VERSION = "JD056" {
        guide: "Amazon EFS volumes: considerations",
        from: ["JDX-102"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {
            "volumes": [{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-12345678"}}],
            "fargatePlatformConfiguration": {"platformVersion": "1.3.0"}}}"#,
        right: r#"{"containerProperties": {
            "volumes": [{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-12345678"}}],
            "fargatePlatformConfiguration": {"platformVersion": "LATEST"}}}"#,
    }

    /// Logins for private registries need platform version 1.2.0 or later on Fargate.
    ///
    /// Older versions of the Fargate platform cannot log in to a registry. Use a later version or leave it out: the
    /// latest version is the default.
    error CREDENTIALS_VERSION = "JD057" {
        guide: "Private registry authentication: requirements",
        from: ["JDX-098"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"image": "registry.example.com/app",
            "repositoryCredentials": {"credentialsParameter": "registry-login"},
            "fargatePlatformConfiguration": {"platformVersion": "1.1.0"}}}"#,
        right: r#"{"containerProperties": {"image": "registry.example.com/app",
            "repositoryCredentials": {"credentialsParameter": "registry-login"},
            "fargatePlatformConfiguration": {"platformVersion": "1.4.0"}}}"#,
    }
}

/// What a task on Fargate uses that needs a certain version of the platform.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::rules) struct Uses {
    /// Ephemeral storage of a certain size.
    pub storage: bool,
    /// A volume on EFS.
    pub file_system: bool,
    /// A login for a private registry.
    pub credentials: bool,
    /// Windows, whose platform has versions of its own.
    pub windows: bool,
}

impl Uses {
    /// What container properties use.
    pub(in crate::rules) fn of(container: &Cursor<'_>) -> Self {
        let volumes = container.get("volumes");
        let mut volumes = volumes.iter().flat_map(Cursor::items);
        Self {
            storage: container.get("ephemeralStorage").is_some(),
            file_system: volumes.any(|volume| volume.get("efsVolumeConfiguration").is_some()),
            credentials: container.get("repositoryCredentials").is_some(),
            windows: container.get("runtimePlatform").is_some_and(|runtime| is_windows(&runtime)),
        }
    }
}

/// Judges the platform version in container properties.
pub(super) fn check_container(container: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    let configuration = container.get("fargatePlatformConfiguration");
    let version = configuration.and_then(|configuration| configuration.get("platformVersion"));
    if let Some(version) = version.filter(|_| platform == Platform::Fargate) {
        check(&version, Uses::of(container), findings);
    }
}

/// Judges a platform version by what needs it.
pub(in crate::rules) fn check(at: &Cursor<'_>, uses: Uses, findings: &mut Findings) {
    let Some((text, version)) = at.text().and_then(|text| Some((text, version(text)?))) else { return };
    if uses.windows {
        return;
    }
    let needs: [(bool, &Rule, Version, &str); 3] = [
        (uses.storage, &STORAGE_VERSION, [1, 4, 0], "ephemeralStorage needs"),
        (uses.file_system, &FILE_SYSTEM_VERSION, [1, 4, 0], "volumes on EFS need"),
        (uses.credentials, &CREDENTIALS_VERSION, [1, 2, 0], "repositoryCredentials needs"),
    ];
    let mut is_too_old = false;
    for (_, rule, [major, minor, patch], what) in
        needs.into_iter().filter(|(is_used, _, least, _)| *is_used && version < *least)
    {
        is_too_old = true;
        let found = quoted(text, LONGEST_SHOWN);
        let message = format!("{what} platform version {major}.{minor}.{patch} or later, found {found}");
        let help = "use \"LATEST\", or leave platformVersion out".to_owned();
        findings.push(rule.at(at, message).with_help(help));
    }
    if !is_too_old && !KNOWN.contains(&version) {
        let found = quoted(text, LONGEST_SHOWN);
        let message = format!("expected \"1.3.0\", \"1.4.0\" or \"LATEST\", found {found}");
        let help = "check that this version exists, or use \"LATEST\"".to_owned();
        findings.push(PLATFORM_VERSION_KNOWN.at(at, message).with_help(help));
    }
}

/// The numbers of a version; none of `LATEST`, and of what is no version.
fn version(text: &str) -> Option<Version> {
    let mut parts = text.split('.').map(|part| part.parse::<u32>().ok());
    let version = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        assert_eq!(version("1.4.0"), Some([1, 4, 0]));
        assert!(version("1.10.0") > version("1.4.0"));
        for text in ["", "LATEST", "1.4", "1.4.0.0", "1.4.x", "99999999999.0.0"] {
            assert_eq!(version(text), None, "{text}");
        }
    }
}
