//! The volumes of a pod, and where its containers mount them.

use std::collections::HashSet;

use crate::rules::context::EKS_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::nearest::nearest;
use crate::rules::pod::containers;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;

/// The members of a volume that say what it consists of, in the order of the API.
const SOURCES: [&str; 4] = ["hostPath", "emptyDir", "secret", "persistentVolumeClaim"];
/// Among more volumes than this, and after more findings, the one that was meant is not looked for.
const MOST_COMPARED: usize = 100;

rules! {
    /// A container mounts volumes that its pod has.
    ///
    /// The name of a mount is the name of one of the volumes of the pod. A volume that nothing mounts is no harm, but a
    /// mount without its volume is.
    error MOUNTED_VOLUME = "JD255" {
        guide: "Job definition parameters: EKS properties, containers, volumeMounts",
        from: ["JDP-217", "JDC-106"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "scratch", "emptyDir": {}}], "initContainers": [
            {"name": "fetch", "image": "busybox", "volumeMounts": [{"name": "data", "mountPath": "/data"}]}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "data", "emptyDir": {}}], "initContainers": [
            {"name": "fetch", "image": "busybox", "volumeMounts": [{"name": "data", "mountPath": "/data"}]}]}}}"#,
    }

    /// A mount says which volume it is of and at which path it appears.
    ///
    /// The guide does not demand either, but Kubernetes refuses a pod without them.
    warning MOUNT_COMPLETE = "JD256" {
        guide: "Job definition parameters: EKS properties, containers, volumeMounts",
        from: ["JDP-216", "JDP-217"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "data", "emptyDir": {}}], "initContainers": [
            {"name": "fetch", "image": "busybox", "volumeMounts": [{"name": "data"}]}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "data", "emptyDir": {}}], "initContainers": [
            {"name": "fetch", "image": "busybox", "volumeMounts": [{"name": "data", "mountPath": "/data"}]}]}}}"#,
    }

    /// A hostPath volume says which path of the node it is.
    ///
    /// The guide does not demand it, but Kubernetes refuses a pod without it.
    warning HOST_PATH = "JD257" {
        guide: "Job definition parameters: EKS properties, volumes, hostPath",
        from: ["JDP-236"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "data", "hostPath": {}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "data", "hostPath": {"path": "/data"}}]}}}"#,
    }

    /// A volume of a pod has one source.
    ///
    /// Kubernetes refuses a volume that is at once, say, an empty directory and a secret. Make two volumes of it.
    warning ONE_SOURCE = "JD258" {
        guide: "Job definition template: EKS properties, volumes",
        from: ["JDC-150"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "data", "hostPath": {"path": "/data"}, "emptyDir": {}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "data", "hostPath": {"path": "/data"}}]}}}"#,
    }

    /// The volumes of a pod have different names.
    ///
    /// Mounts refer to volumes by their names, and Kubernetes refuses a pod in which two are equal.
    warning VOLUME_UNIQUE = "JD259" {
        guide: "Job definition parameters: EKS properties, volumes, name",
        from: ["JDP-237"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "data", "emptyDir": {}}, {"name": "data", "emptyDir": {}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "data", "emptyDir": {}}, {"name": "logs", "emptyDir": {}}]}}}"#,
    }
}

/// Judges the volumes of a pod and the mounts of all its containers.
pub(super) fn check(pod: &Cursor<'_>, findings: &mut Findings) {
    let volumes = pod.get("volumes");
    let mut names = HashSet::new();
    for volume in volumes.iter().flat_map(Cursor::items) {
        source(&volume, findings);
        if let Some(name) = volume.get("name")
            && let Some(text) = name.text()
            && !names.insert(text)
        {
            let message = format!("another volume of this pod is called {}", quoted(text, LONGEST_SHOWN));
            findings.push(VOLUME_UNIQUE.at(&name, message));
        }
    }
    // Volumes that are no list, or whose names cannot be read, are reported for that.
    let is_unclear = |volume: Cursor<'_>| volume.get("name").is_none_or(|name| name.text().is_none());
    if volumes.is_some_and(|volumes| !volumes.value().is_array() || volumes.items().any(is_unclear)) {
        return;
    }
    for mounts in containers(pod).filter_map(|container| container.get("volumeMounts")) {
        mounts.items().for_each(|mount| self::mount(&mount, &names, findings));
    }
}

fn source(volume: &Cursor<'_>, findings: &mut Findings) {
    let mut sources = SOURCES.into_iter().filter_map(|source| Some((source, volume.get(source)?)));
    if let Some((first, _)) = sources.next() {
        for (_, second) in sources {
            let message = format!("this volume is a {first} already; expected one source");
            let help = "make a volume of its own of it".to_owned();
            findings.push(ONE_SOURCE.at(&second, message).with_help(help));
        }
    }
    if let Some(host) = volume.get("hostPath").filter(|h| h.value().is_object() && h.get("path").is_none()) {
        let message = "this member is missing; expected the path of a file or directory of the node";
        findings.push(HOST_PATH.missing(&host, "path", message));
    }
}

fn mount(mount: &Cursor<'_>, names: &HashSet<&str>, findings: &mut Findings) {
    if !mount.value().is_object() {
        return;
    }
    match mount.get("name") {
        None => {
            let message = "this member is missing; expected the name of a volume of the pod";
            findings.push(MOUNT_COMPLETE.missing(mount, "name", message));
        }
        Some(name) => {
            if let Some(text) = name.text().filter(|text| !names.contains(text)) {
                let help = if findings.len() > MOST_COMPARED { None } else { meant(text, names) };
                findings.push(MOUNTED_VOLUME.at(&name, unknown(text, names)).with_help(help));
            }
        }
    }
    if mount.get("mountPath").is_none() {
        let message = "this member is missing; expected the path where the volume appears in the container";
        findings.push(MOUNT_COMPLETE.missing(mount, "mountPath", message));
    }
}

fn unknown(text: &str, names: &HashSet<&str>) -> String {
    let found = quoted(text, LONGEST_SHOWN);
    match names.is_empty() {
        true => format!("expected the name of a volume, found {found}, but this pod has no volumes"),
        false => format!("expected the name of a volume of this pod, found {found}"),
    }
}

fn meant(text: &str, names: &HashSet<&str>) -> Option<String> {
    if names.len() > MOST_COMPARED {
        return None;
    }
    let mut names: Vec<_> = names.iter().copied().collect();
    names.sort_unstable();
    match (nearest(text, names.iter().copied()), names.as_slice()) {
        (Some(near), _) => Some(format!("did you mean {}?", quoted(near, LONGEST_SHOWN))),
        (None, [only]) => Some(format!("its only volume is {}", quoted(only, LONGEST_SHOWN))),
        (None, []) => Some("add it to the volumes of the pod".to_owned()),
        (None, _) => None,
    }
}
