//! Volumes that containers can mount by name.

use std::collections::BTreeSet;

use crate::rules::container::{Platform, efs};
use crate::rules::context::{EC2_DEFINITION, FARGATE_DEFINITION};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::nearest::nearest;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;

/// What a volume can be, in the order of the API.
const KINDS: [&str; 3] = ["host", "efsVolumeConfiguration", "s3filesVolumeConfiguration"];
/// Names are compared for a suggestion among so many only.
const MOST_COMPARED: usize = 50;

rules! {
    /// The name of a volume has 1 to 255 characters.
    ///
    /// Longer names are refused, and an empty one cannot be referred to.
    error VOLUME_NAME_LENGTH = "JD070" {
        guide: "Job definition parameters: container properties, volumes",
        from: ["JDP-142", "JDP-143"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"volumes": [{"name": ""}]}}"#,
        right: r#"{"containerProperties": {"volumes": [{"name": "scratch"}]}}"#,
    }

    /// The name of a volume consists of letters, digits, hyphens and underscores.
    ///
    /// Dots, slashes and blanks are refused. The path belongs into host.sourcePath, not into the name.
    error VOLUME_NAME_FORM = "JD071" {
        guide: "Job definition parameters: container properties, volumes",
        from: ["JDP-144"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"volumes": [{"name": "my.data"}]}}"#,
        right: r#"{"containerProperties": {"volumes": [{"name": "my-data"}]}}"#,
    }

    /// Volumes have different names.
    ///
    /// Mount points refer to volumes by name, so of two volumes with one name only one could ever be mounted. Rename
    /// one of them.
    error VOLUME_TWICE = "JD072" {
        guide: "Job definition parameters: container properties, volumes",
        from: ["JDP-145"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"volumes": [{"name": "data", "host": {"sourcePath": "/a"}},
            {"name": "data", "host": {"sourcePath": "/b"}}]}}"#,
        right: r#"{"containerProperties": {"volumes": [{"name": "data-a", "host": {"sourcePath": "/a"}},
            {"name": "data-b", "host": {"sourcePath": "/b"}}]}}"#,
    }

    /// A volume is of one kind.
    ///
    /// A volume is a directory of the host, a file system of EFS or one of S3 Files. Keep the one that is meant, and
    /// make a second volume if both are.
    warning VOLUME_KIND = "JD073" {
        guide: "Creating a single-node job definition: job definition template",
        from: ["JDC-063", "JDC-136"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"volumes": [{"name": "data", "host": {"sourcePath": "/data"},
            "efsVolumeConfiguration": {"fileSystemId": "fs-12345678"}}]}}"#,
        right: r#"{"containerProperties": {"volumes": [{"name": "data",
            "efsVolumeConfiguration": {"fileSystemId": "fs-12345678"}}]}}"#,
    }

    /// On Fargate there are no volumes of the host.
    ///
    /// The host of a Fargate task is not the user's own. A volume without host lives on the disk of the task; for data
    /// that stays, use a file system of EFS.
    error FARGATE_HOST = "JD049" {
        guide: "Job definition parameters: container properties, volumes, host",
        from: ["JDP-148"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"volumes": [{"name": "scratch", "host": {"sourcePath": "/scratch"}}]}}"#,
        right: r#"{"containerProperties": {"volumes": [{"name": "scratch"}]}}"#,
    }
}

/// Judges the volumes of the object that holds them: container properties, or an ECS task. `role` is the member there
/// that names the role of the job itself.
pub(in crate::rules) fn check(holder: &Cursor<'_>, role: &str, platform: Platform, findings: &mut Findings) {
    let Some(volumes) = holder.get("volumes") else { return };
    let mut seen = BTreeSet::new();
    for volume in volumes.items() {
        if let Some(name) = volume.get("name")
            && let Some(text) = name.text().filter(|text| !text.is_empty() && !seen.insert(*text))
        {
            let message = format!("there is another volume called {}", quoted(text, LONGEST_SHOWN));
            findings.push(VOLUME_TWICE.at(&name, message).with_help("rename one of them".to_owned()));
        }
        kinds(&volume, platform, findings);
        efs::check(&volume, findings);
    }
    efs::job_role(holder, role, findings);
}

fn kinds(volume: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    if let Some(host) = volume.get("host").filter(|_| platform == Platform::Fargate) {
        let help = "leave it out: the volume then lives on the disk of the task".to_owned();
        findings.push(FARGATE_HOST.at(&host, "host must not be given on Fargate").with_help(help));
        return;
    }
    let given = KINDS.into_iter().filter_map(|kind| Some((kind, volume.get(kind)?)));
    let mut first = None;
    for (kind, at) in given {
        match first {
            None => first = Some(kind),
            Some(first) => {
                let message = format!("a volume is of one kind, and this one has {first} already");
                findings.push(VOLUME_KIND.at(&at, message));
            }
        }
    }
}

/// The names of volumes, for mount points to refer to.
#[derive(Debug, Default)]
pub(in crate::rules) struct Names<'a> {
    names: BTreeSet<&'a str>,
    /// Whether something that should be a name is none, so that any name may be meant by it.
    are_unclear: bool,
}

impl<'a> Names<'a> {
    /// The names of the volumes of the object that holds them.
    pub(in crate::rules) fn of(holder: &Cursor<'a>) -> Self {
        let mut names = Self::default();
        let Some(volumes) = holder.get("volumes") else { return names };
        names.are_unclear = !volumes.value().is_array();
        for volume in volumes.items() {
            match volume.get("name") {
                Some(name) => match name.text() {
                    Some(text) => {
                        names.names.insert(text);
                    }
                    None => names.are_unclear = true,
                },
                None => names.are_unclear |= !volume.value().is_object(),
            }
        }
        names
    }

    /// Whether there is a volume of this name, as far as can be told.
    pub(super) fn have(&self, name: &str) -> bool {
        self.are_unclear || self.names.contains(name)
    }

    /// What to do about a name that there is not.
    pub(super) fn instead_of(&self, name: &str) -> String {
        let near = (self.names.len() <= MOST_COMPARED).then(|| nearest(name, self.names.iter().copied()));
        match near.flatten() {
            Some(near) => format!("did you mean {}?", quoted(near, LONGEST_SHOWN)),
            None => "add a volume of this name to volumes".to_owned(),
        }
    }
}
