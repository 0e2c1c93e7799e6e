//! File systems as volumes: Amazon EFS and S3 Files.

use crate::rules::context::EC2_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::found;
use crate::rules::registry::rules;

rules! {
    /// A port is a number from 0 to 65535.
    ///
    /// Without transitEncryptionPort the mount helper chooses a port by itself.
    error PORT = "JD075" {
        guide: "Amazon EFS volumes: transit encryption port",
        from: ["JDP-166", "JDX-114"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"volumes": [{"name": "data", "efsVolumeConfiguration": {
            "fileSystemId": "fs-12345678", "transitEncryptionPort": 65536}}]}}"#,
        right: r#"{"containerProperties": {"volumes": [{"name": "data", "efsVolumeConfiguration": {
            "fileSystemId": "fs-12345678", "transitEncryptionPort": 2049}}]}}"#,
    }

    /// A root directory is short enough, and beside an access point it is left out or /.
    ///
    /// The path has at most 4,096 characters; without one the whole file system is mounted. An access point has a
    /// directory of its own, which is then the one that is mounted: leave rootDirectory out, or mount without the
    /// access point.
    error ROOT_DIRECTORY = "JD074" {
        guide: "Amazon EFS volumes: root directory and access point",
        from: ["JDP-156", "JDP-162", "JDP-163", "JDX-106", "JDX-107", "JDX-108", "JDX-109"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"volumes": [{"name": "data", "efsVolumeConfiguration": {
            "fileSystemId": "fs-12345678", "rootDirectory": "/data", "transitEncryption": "ENABLED",
            "authorizationConfig": {"accessPointId": "fsap-1234567890abcdef1"}}}]}}"#,
        right: r#"{"containerProperties": {"volumes": [{"name": "data", "efsVolumeConfiguration": {
            "fileSystemId": "fs-12345678", "rootDirectory": "/", "transitEncryption": "ENABLED",
            "authorizationConfig": {"accessPointId": "fsap-1234567890abcdef1"}}}]}}"#,
    }

    /// Access points and IAM authorization need encryption in transit.
    ///
    /// Encryption is off unless transitEncryption is ENABLED, so leaving it out is not enough. Both ways to authorize a
    /// mount depend on it.
    error TRANSIT_ENCRYPTION = "JD077" {
        guide: "Amazon EFS volumes: transit encryption",
        from: ["JDC-137", "JDP-157", "JDP-160", "JDP-165", "JDX-111", "JDX-112", "JDX-113"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"volumes": [{"name": "data", "efsVolumeConfiguration": {
            "fileSystemId": "fs-12345678", "authorizationConfig": {"accessPointId": "fsap-1234567890abcdef1"}}}]}}"#,
        right: r#"{"containerProperties": {"volumes": [{"name": "data", "efsVolumeConfiguration": {
            "fileSystemId": "fs-12345678", "transitEncryption": "ENABLED",
            "authorizationConfig": {"accessPointId": "fsap-1234567890abcdef1"}}}]}}"#,
    }

    /// IAM authorization of a mount needs a job role.
    ///
    /// The file system is mounted with the permissions of the job's own role, so the definition has to name one:
    /// jobRoleArn in container properties, taskRoleArn in an ECS task.
    error MOUNT_ROLE = "JD078" {
        guide: "Amazon EFS volumes: IAM authorization",
        from: ["JDP-160", "JDX-116"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"volumes": [{"name": "data", "efsVolumeConfiguration": {
            "fileSystemId": "fs-12345678", "transitEncryption": "ENABLED", "authorizationConfig": {"iam": "ENABLED"}}}]}}"#,
        right: r#"{"containerProperties": {"jobRoleArn": "arn:aws:iam::123456789012:role/reader", "volumes": [{
            "name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-12345678",
            "transitEncryption": "ENABLED", "authorizationConfig": {"iam": "ENABLED"}}}]}}"#,
    }
}

/// Judges the file system of a volume, if it has one.
pub(super) fn check(volume: &Cursor<'_>, findings: &mut Findings) {
    if let Some(files) = volume.get("s3filesVolumeConfiguration")
        && is_named(&files, "accessPointArn")
    {
        root(&files, findings);
    }
    let Some(system) = volume.get("efsVolumeConfiguration") else { return };
    let has_access_point = has_access_point(&system);
    if has_access_point {
        root(&system, findings);
    }
    let reason = match (has_access_point, uses_role(&system)) {
        (true, _) => "an access point",
        (_, true) => "IAM authorization",
        _ => return,
    };
    let Some(at) = system.get("transitEncryption") else {
        if system.value().is_object() {
            let message = format!("{reason} needs encryption in transit, which is off by default");
            let help = "add \"transitEncryption\": \"ENABLED\"".to_owned();
            findings.push(TRANSIT_ENCRYPTION.missing(&system, "transitEncryption", message).with_help(help));
        }
        return;
    };
    if at.text() == Some("DISABLED") {
        let message = format!("expected \"ENABLED\", which {reason} needs, found \"DISABLED\"");
        findings.push(TRANSIT_ENCRYPTION.at(&at, message));
    }
}

/// Judges the root directory beside an access point.
fn root(system: &Cursor<'_>, findings: &mut Findings) {
    let Some(at) = system.get("rootDirectory") else { return };
    // An empty directory counts as none.
    if at.text().is_some_and(|text| !["", "/"].contains(&text)) {
        let message = format!("expected \"/\", or nothing, beside an access point, found {}", found(&at));
        let help = "leave it out: the access point has a directory of its own".to_owned();
        findings.push(ROOT_DIRECTORY.at(&at, message).with_help(help));
    }
}

/// Judges whether there is a role to mount the volumes with.
pub(super) fn job_role(holder: &Cursor<'_>, role: &str, findings: &mut Findings) {
    let given = holder.get(role);
    if given.is_some_and(|given| given.text() != Some("")) {
        return;
    }
    let volumes = holder.get("volumes");
    let mut volumes = volumes.iter().flat_map(Cursor::items);
    if volumes.any(|volume| volume.get("efsVolumeConfiguration").is_some_and(|system| uses_role(&system))) {
        let message = "a volume is mounted with IAM authorization, which needs a job role, but none is given";
        let help = format!("name a role in {role}, or set authorizationConfig.iam to DISABLED");
        findings.push(MOUNT_ROLE.missing(holder, role, message).with_help(help));
    }
}

fn has_access_point(system: &Cursor<'_>) -> bool {
    system.get("authorizationConfig").is_some_and(|authorization| is_named(&authorization, "accessPointId"))
}

fn uses_role(system: &Cursor<'_>) -> bool {
    let iam = system.get("authorizationConfig").and_then(|authorization| authorization.get("iam"));
    iam.is_some_and(|iam| iam.text() == Some("ENABLED"))
}

fn is_named(at: &Cursor<'_>, member: &str) -> bool {
    at.get(member).is_some_and(|at| at.text().is_some_and(|text| !text.is_empty()))
}
