//! Pods: the Kubernetes pods of job definitions, of their node ranges and of the overrides of a job.

mod container;
mod metadata;
mod network;
mod resources;
mod security;
mod values;
mod volume;

pub(crate) use resources::{mebibytes, quarters};

use crate::rules::container::environment;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::Rule;

/// The tables of this folder.
pub(in crate::rules) static TABLES: &[&[&Rule]] = &[
    values::RULES,
    container::RULES,
    resources::RULES,
    volume::RULES,
    network::RULES,
    security::RULES,
    metadata::RULES,
];

/// The members of a pod that hold containers, in the order of the API.
const LISTS: [&str; 2] = ["containers", "initContainers"];

/// Judges the pods in the input of RegisterJobDefinition.
pub(in crate::rules) fn in_definition(at: &Cursor<'_>, findings: &mut Findings) {
    let ranges = at.get("nodeProperties").and_then(|nodes| nodes.get("nodeRangeProperties"));
    let ranges = ranges.into_iter().flat_map(|ranges| ranges.items());
    for pod in std::iter::once(at.clone()).chain(ranges).filter_map(|place| pod_of(&place, "eksProperties")) {
        defined(&pod, findings);
    }
}

/// Judges the overrides of pods in the input of SubmitJob.
pub(in crate::rules) fn in_job(at: &Cursor<'_>, findings: &mut Findings) {
    let ranges = at.get("nodeOverrides").and_then(|nodes| nodes.get("nodePropertyOverrides"));
    let ranges = ranges.into_iter().flat_map(|ranges| ranges.items());
    let places = std::iter::once(at.clone()).chain(ranges);
    for pod in places.filter_map(|place| pod_of(&place, "eksPropertiesOverride")) {
        overridden(&pod, findings);
    }
}

fn pod_of<'a>(place: &Cursor<'a>, member: &str) -> Option<Cursor<'a>> {
    place.get(member)?.get("podProperties")
}

/// The pod of a definition, which stands for itself.
fn defined(pod: &Cursor<'_>, findings: &mut Findings) {
    container::check(pod, findings);
    volume::check(pod, findings);
    network::check(pod, findings);
    security::check(pod, findings);
    metadata::check(pod, findings);
    for container in containers(pod) {
        resources::check(&container, findings);
        variables(&container, findings);
    }
    // What runs first may live on what the containers after it ask for.
    for container in pod.get("containers").iter().flat_map(Cursor::items) {
        resources::given(&container, findings);
    }
}

/// The pod of a job, which is laid over the one in its definition.
fn overridden(pod: &Cursor<'_>, findings: &mut Findings) {
    container::check_overrides(pod, findings);
    metadata::check(pod, findings);
    for container in containers(pod) {
        resources::check(&container, findings);
        variables(&container, findings);
    }
}

/// Every container of a pod, those that run first included.
fn containers<'a>(pod: &Cursor<'a>) -> impl Iterator<Item = Cursor<'a>> + use<'a> {
    let pod = pod.clone();
    LISTS.into_iter().filter_map(move |list| pod.get(list)).flat_map(|list| list.items())
}

fn variables(container: &Cursor<'_>, findings: &mut Findings) {
    if let Some(variables) = container.get("env") {
        environment::check(&variables, findings);
    }
}
