//! Volumes and where they are mounted.

use serde_json::{Value, json};

use super::container::Platform;
use super::object::Object;
use super::random::Random;
use super::text;

/// Volumes of different names, with those names.
pub(crate) fn volumes(random: &mut Random, platform: Platform, windows: bool) -> (Value, Vec<String>) {
    let count = random.size(0, 5);
    let names = text::different(random, count, |random| {
        let length = random.size(1, 255);
        text::of(random, "abcXYZ019-_", length)
    });
    let volumes = names.iter().map(|name| {
        let mut volume = Object::new();
        volume.set("name", name.as_str());
        match random.below(4) {
            0 if !windows => volume.set("efsVolumeConfiguration", efs(random)),
            1 if !windows => volume.set("s3filesVolumeConfiguration", s3files(random)),
            2 if platform == Platform::Ec2 => {
                volume.set("host", random.one_of(&[json!({}), json!({"sourcePath": "/data"})]));
            }
            _ => {}
        }
        volume.done(random)
    });
    (volumes.collect(), names)
}

/// An EFS file system: with an access point or IAM, its traffic is encrypted.
fn efs(random: &mut Random) -> Value {
    let mut efs = Object::new();
    efs.set("fileSystemId", format!("fs-{}", text::of(random, "0123456789abcdef", 8)));
    efs.maybe(random, 50, "transitEncryption", |random| random.one_of(&["ENABLED", "DISABLED"]));
    efs.maybe(random, 30, "transitEncryptionPort", |random| random.number(0, 65535));
    efs.maybe(random, 40, "rootDirectory", |random| match random.below(3) {
        0 => format!("/{}", "d".repeat(4095)),
        1 => "/".to_owned(),
        _ => text::directory(random),
    });
    if random.chance(60) {
        let mut access = Object::new();
        let has_point = random.chance(50);
        if has_point {
            access.set("accessPointId", "fsap-1234567890abcdef1");
            efs.set("rootDirectory", "/");
        }
        let iam = random.one_of(&["ENABLED", "DISABLED"]);
        access.maybe(random, 60, "iam", |_| iam);
        if has_point || iam == "ENABLED" {
            efs.set("transitEncryption", "ENABLED");
        }
        efs.set("authorizationConfig", access.done(random));
    }
    efs.done(random)
}

fn s3files(random: &mut Random) -> Value {
    let place = format!("{}:{}", text::region(random), text::account(random));
    let mut files = Object::new();
    files.set("fileSystemArn", format!("arn:aws:s3files:{place}:file-system/fs-0123456789abcdef0"));
    files.maybe(random, 30, "transitEncryptionPort", |random| random.number(1024, 65535));
    files.maybe(random, 30, "rootDirectory", |_| "/");
    files.done(random)
}

/// Whether volumes are mounted with the permissions of the job's role.
pub(crate) fn needs_job_role(volumes: &Value) -> bool {
    let text = volumes.to_string();
    text.contains("\"iam\":\"ENABLED\"") || text.contains("s3files")
}

/// Whether volumes need a recent version of Fargate.
pub(crate) fn needs_recent_platform(volumes: &Value) -> bool {
    let text = volumes.to_string();
    text.contains("efsVolumeConfiguration") || text.contains("s3files")
}

/// Some of the volumes, each at a path of its own.
pub(crate) fn mount_points(random: &mut Random, volumes: &[String]) -> Value {
    let chosen = random.some_of(volumes);
    let points = chosen.iter().enumerate().map(|(position, volume)| {
        let mut point = Object::new();
        point.set("sourceVolume", volume.as_str());
        point.set("containerPath", format!("/mount/{position}"));
        point.maybe(random, 40, "readOnly", |random| random.chance(50));
        point.done(random)
    });
    points.collect()
}
