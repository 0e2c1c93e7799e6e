//! Mistakes in volumes and where they are mounted, outside pods.

use kiln::rules::Path;
use serde_json::{Value, json};

use super::super::place::down;
use super::container::{ALONE_NAME, ANY, ON_EC2, insert};
use super::{Broken, Mutation, Subject, drop, free, put};

pub(super) fn mutations() -> Vec<Mutation> {
    [volumes(), efs()].into_iter().flatten().collect()
}

/// What holds the volumes of any container: the container, or its task.
fn any_volumes(subject: &mut Subject<'_>) -> Option<Path> {
    Some(subject.any(ALONE_NAME).or_else(|| subject.any("EcsTaskProperties"))?.key("volumes"))
}

/// Adds a volume to those of any container.
fn volume(subject: &mut Subject<'_>, volume: Value, at: &str) -> Option<Broken> {
    let list = any_volumes(subject)?;
    Broken::at(down(&subject.push(&list, volume), at))
}

fn volumes() -> Vec<Mutation> {
    vec![
        free("a volume name of 256 characters", &["JDP-143"], ANY, |subject| {
            volume(subject, json!({"name": "v".repeat(256)}), "name")
        }),
        free("a volume name with other characters", &["JDP-144"], ANY, |subject| {
            let name = subject.random.one_of(&["my.vol", "a b", "a/b", "ä"]);
            volume(subject, json!({"name": name}), "name")
        }),
        free("two volumes of one name", &["JDP-145"], ANY, |subject| {
            let list = any_volumes(subject)?;
            let name = subject.get(&down(&list, "[0].name"))?.clone();
            Broken::at(subject.push(&list, json!({"name": name})).key("name"))
        }),
        free("a mount of a volume that is not there", &["JDP-145", "JDX-103"], ANY, |subject| {
            let item = json!({"containerPath": "/d", "sourceVolume": "nowhere-to-be-found"});
            Broken::at(insert(subject, "mountPoints", item)?.key("sourceVolume"))
        }),
        drop("a mount without volume", &["JDP-093", "JDC-065"], ANY, ("MountPoint", "sourceVolume")),
        drop("a mount without path", &["JDP-094", "JDC-065"], ANY, ("MountPoint", "containerPath")),
        put(
            "a mount that is read-only by text",
            &["JDP-095", "JDC-066"],
            ANY,
            ("MountPoint", "readOnly"),
            |_| json!("yes"),
        ),
        put("a host that is a path", &["JDP-146"], ON_EC2, ("Volume", "host"), |_| json!("/data")),
    ]
}

/// An EFS volume is added whose configuration is wrong at a place.
fn file_system(subject: &mut Subject<'_>, mut configuration: Value, at: &str) -> Option<Broken> {
    if at != "fileSystemId" {
        configuration["fileSystemId"] = json!("fs-12345678");
    }
    let holder = subject.any(ALONE_NAME).or_else(|| subject.any("EcsTaskProperties"))?;
    let role =
        if subject.get(&holder.clone().key("containers")).is_some() { "taskRoleArn" } else { "jobRoleArn" };
    subject.set(&holder.clone().key(role), "arn:aws:iam::123456789012:role/job");
    let volume = json!({"name": "an-efs-volume", "efsVolumeConfiguration": configuration});
    Broken::at(down(&subject.push(&holder.key("volumes"), volume), &format!("efsVolumeConfiguration.{at}")))
}

fn efs() -> Vec<Mutation> {
    vec![
        free("no file system", &["JDP-161", "JDX-105"], ON_EC2, |subject| {
            file_system(subject, json!({}), "fileSystemId")
        }),
        free("a directory beside an access point", &["JDP-156", "JDX-108"], ON_EC2, |subject| {
            let access = json!({"rootDirectory": "/data", "transitEncryption": "ENABLED",
                "authorizationConfig": {"accessPointId": "fsap-1"}});
            file_system(subject, access, "rootDirectory")
        }),
        free("an access point without encryption", &["JDP-157", "JDX-113"], ON_EC2, |subject| {
            let access = subject.random.one_of(&[
                json!({"authorizationConfig": {"accessPointId": "fsap-1"}}),
                json!({"transitEncryption": "DISABLED", "authorizationConfig": {"accessPointId": "fsap-1"}}),
            ]);
            file_system(subject, access, "transitEncryption")
        }),
        free("IAM without encryption", &["JDP-160", "JDX-112", "JDC-137"], ON_EC2, |subject| {
            let access = subject.random.one_of(&[
                json!({"authorizationConfig": {"iam": "ENABLED"}}),
                json!({"transitEncryption": "DISABLED", "authorizationConfig": {"iam": "ENABLED"}}),
            ]);
            file_system(subject, access, "transitEncryption")
        }),
        free("a port out of range", &["JDP-166", "JDX-114"], ON_EC2, |subject| {
            let port = subject.random.one_of(&[65_536, -1]);
            file_system(subject, json!({"transitEncryptionPort": port}), "transitEncryptionPort")
        }),
        free("a directory of 4,097 characters", &["JDP-162", "JDX-106"], ON_EC2, |subject| {
            file_system(subject, json!({"rootDirectory": format!("/{}", "d".repeat(4096))}), "rootDirectory")
        }),
        free("encryption by another word", &["JDP-164", "JDX-110"], ON_EC2, |subject| {
            file_system(subject, json!({"transitEncryption": "enabled"}), "transitEncryption")
        }),
        free("IAM by true", &["JDP-158", "JDX-115"], ON_EC2, |subject| {
            file_system(subject, json!({"authorizationConfig": {"iam": true}}), "authorizationConfig.iam")
        }),
    ]
}
