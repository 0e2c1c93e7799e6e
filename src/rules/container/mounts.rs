//! Mount points: where in a container the volumes appear.

use std::collections::HashSet;

use crate::rules::container::volumes::Names;
use crate::rules::context::EC2_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;

rules! {
    /// A mount point names a volume and a path.
    ///
    /// The API model leaves both open, but nothing can be mounted without them: sourceVolume is the name of an entry in
    /// volumes, containerPath the directory in the container at which it appears.
    error MOUNT_POINT_COMPLETE = "JD080" {
        guide: "Job definition parameters: container properties, mount points",
        from: ["JDC-065", "JDP-091", "JDP-093", "JDP-094"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"volumes": [{"name": "data"}], "mountPoints": [{"sourceVolume": "data"}]}}"#,
        right: r#"{"containerProperties": {"volumes": [{"name": "data"}],
            "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}}"#,
    }

    /// A mount point names a volume that there is.
    ///
    /// The name stands in volumes of the same container, or of the same ECS task, and letter case counts. Add the
    /// volume there or correct the name.
    error MOUNT_POINT_VOLUME = "JD081" {
        guide: "Job definition parameters: container properties, volumes",
        from: ["JDC-065", "JDP-145", "JDX-103"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"volumes": [{"name": "data"}],
            "mountPoints": [{"sourceVolume": "Data", "containerPath": "/data"}]}}"#,
        right: r#"{"containerProperties": {"volumes": [{"name": "data"}],
            "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}}"#,
    }

    /// Each path of a container has one mount point.
    ///
    /// Of two volumes mounted at one path only one would be seen; container engines refuse to start such a container.
    warning MOUNT_PATH_TWICE = "JD082" {
        guide: "Job definition parameters: container properties, mount points",
        from: ["JDP-094"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"volumes": [{"name": "a"}, {"name": "b"}], "mountPoints": [
            {"sourceVolume": "a", "containerPath": "/data"}, {"sourceVolume": "b", "containerPath": "/data"}]}}"#,
        right: r#"{"containerProperties": {"volumes": [{"name": "a"}, {"name": "b"}], "mountPoints": [
            {"sourceVolume": "a", "containerPath": "/data/a"}, {"sourceVolume": "b", "containerPath": "/data/b"}]}}"#,
    }
}

/// Judges the mount points of a container by the volumes that it can mount.
pub(in crate::rules) fn check(mount_points: &Cursor<'_>, volumes: &Names<'_>, findings: &mut Findings) {
    let mut paths = HashSet::new();
    for mount_point in mount_points.items() {
        if let Some(at) = mount_point.get("sourceVolume")
            && let Some(name) = at.text().filter(|name| !volumes.have(name))
        {
            let message = format!("there is no volume called {}", quoted(name, LONGEST_SHOWN));
            findings.push(MOUNT_POINT_VOLUME.at(&at, message).with_help(volumes.instead_of(name)));
        }
        if let Some(at) = mount_point.get("containerPath")
            && let Some(path) = at.text().filter(|path| !paths.insert(*path))
        {
            let message = format!("another volume is mounted at {} already", quoted(path, LONGEST_SHOWN));
            findings.push(MOUNT_PATH_TWICE.at(&at, message));
        }
    }
}
