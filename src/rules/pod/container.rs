//! The containers of a pod: by which names they are known.

use std::collections::HashSet;

use crate::rules::context::{EKS_DEFINITION, JOB};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::pod::LISTS;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;

/// What a container is called that brings no name.
const UNNAMED: &str = "Default";

rules! {
    /// The containers of a pod have different names.
    ///
    /// Kubernetes tells the containers and init containers of a pod apart by their names, and so do overrides, logs and
    /// exit codes. A container without a name is called Default. Pods of different node ranges may use the same names.
    error NAME_UNIQUE = "JD236" {
        guide: "Job definition parameters: EKS properties, containers, name",
        from: ["JDP-190", "JDC-100", "JDX-042", "JDX-043"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"initContainers": [{"name": "main", "image": "busybox"}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"initContainers": [{"name": "fetch", "image": "busybox"}]}}}"#,
    }

    /// Each of several containers in a pod has a name.
    ///
    /// The name may be left out where there is only one container, which is then called Default. As soon as there are
    /// several, none of them can be told from the others without one.
    error NAME_GIVEN = "JD237" {
        guide: "Creating job definitions with multiple containers: EKS properties",
        from: ["JDX-042", "JDP-189", "JDP-190"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"initContainers": [{"image": "busybox"}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"initContainers": [{"name": "fetch", "image": "busybox"}]}}}"#,
    }

    /// Each of several container overrides says which container it changes.
    ///
    /// The name may be left out for a pod of a single container. Of several overrides, one without a name does not tell
    /// which container of the job definition it is meant for.
    warning OVERRIDE_NAMED = "SJ014" {
        guide: "Amazon EKS jobs: overriding a job definition",
        from: ["JOB-092"],
        on: JOB,
        wrong: r#"{"eksPropertiesOverride": {"podProperties": {"containers": [{"name": "main", "args": ["1"]}, {"args": ["2"]}]}}}"#,
        right: r#"{"eksPropertiesOverride": {"podProperties": {"containers": [{"name": "main", "args": ["1"]}, {"name": "side", "args": ["2"]}]}}}"#,
    }
}

/// Judges the names of all containers of a pod in a job definition.
pub(super) fn check(pod: &Cursor<'_>, findings: &mut Findings) {
    let counts = LISTS.map(|list| pod.get(list).map_or(0, |list| list.items().count()));
    let mut names = HashSet::new();
    for list in LISTS {
        // What runs first is never alone, as there is a container that it runs before.
        let alone = if list == "containers" { counts[0] == 1 } else { counts[0] + counts[1] == 1 };
        for container in pod.get(list).iter().flat_map(Cursor::items) {
            match container.get("name") {
                Some(name) => unique(&name, &mut names, findings),
                None if alone => {
                    names.insert(UNNAMED);
                }
                None if container.value().is_object() => {
                    let message =
                        "this member is missing; each of several containers needs a name of its own";
                    findings.push(NAME_GIVEN.missing(&container, "name", message));
                }
                None => {}
            }
        }
    }
}

fn unique<'a>(name: &Cursor<'a>, names: &mut HashSet<&'a str>, findings: &mut Findings) {
    let Some(text) = name.text() else { return };
    if !names.insert(text) {
        let message = format!("another container of this pod is called {}", quoted(text, LONGEST_SHOWN));
        let help = "choose another name; init containers and containers share their names".to_owned();
        findings.push(NAME_UNIQUE.at(name, message).with_help(help));
    }
}

/// Judges the names in the override of a pod.
pub(super) fn check_overrides(pod: &Cursor<'_>, findings: &mut Findings) {
    for list in LISTS.into_iter().filter_map(|list| pod.get(list)) {
        if list.items().count() < 2 {
            continue;
        }
        for container in list.items().filter(|c| c.value().is_object() && c.get("name").is_none()) {
            let message = "this member is missing; without it nobody knows which container is meant";
            let help = "name the container of the job definition that is to be changed".to_owned();
            findings.push(OVERRIDE_NAMED.missing(&container, "name", message).with_help(help));
        }
    }
}
