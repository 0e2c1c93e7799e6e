//! What a job definition runs: which of its members holds the properties of its type.

use crate::rules::context::{EC2_DEFINITION, MULTI_NODE_DEFINITION};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::rules;

/// The properties of a job on a single node. Of two of them the later one must not be given: pods do not belong into a
/// definition for ECS, and tasks are newer than containers.
const SINGLE_NODE: [&str; 3] = ["containerProperties", "ecsProperties", "eksProperties"];

rules! {
    /// A job definition has the properties of its type.
    ///
    /// A definition of type container needs containerProperties, ecsProperties or eksProperties, one of type multinode
    /// needs nodeProperties: they say what to run.
    error PROPERTIES_GIVEN = "JD005" {
        guide: "Job definition parameters: type",
        from: [
            "JDC-007", "JDC-126", "JDC-131", "JDC-132", "JDP-001", "JDP-006", "JDP-253", "JDX-026", "JDX-051", "JDX-128",
        ],
        on: EC2_DEFINITION,
        wrong: r#"without containerProperties"#,
        right: r#"{"containerProperties": {"image": "busybox"}}"#,
    }

    /// A job definition has the properties of its type only.
    ///
    /// The four members that say what to run exclude each other. Node properties go with type multinode, where the
    /// containers stand inside the node ranges; the other three go with type container, one at a time. Several
    /// containers do not make a job multi-node.
    error PROPERTIES_ALONE = "JD006" {
        guide: "Job definition parameters: type",
        from: [
            "JDC-007", "JDC-131", "JDC-132", "JDP-006", "JDP-013", "JDP-253", "JDP-168", "JDP-255", "JDX-025", "JDX-026", "JDX-051",
            "JDX-128", "EVT-054", "EVT-055",
        ],
        on: MULTI_NODE_DEFINITION,
        wrong: r#"{"containerProperties": {"image": "busybox", "resourceRequirements": [
            {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]}}"#,
        right: r#"{"type": "multinode"}"#,
    }
}

/// Judges which properties a definition has.
pub(super) fn check(at: &Cursor<'_>, findings: &mut Findings) {
    match at.get("type").as_ref().and_then(Cursor::text) {
        Some("container") => single_node(at, findings),
        Some("multinode") => several_nodes(at, findings),
        _ => {}
    }
}

fn single_node(at: &Cursor<'_>, findings: &mut Findings) {
    let given: Vec<_> = SINGLE_NODE.into_iter().filter(|name| at.get(name).is_some()).collect();
    if given.is_empty() {
        let message = "type container needs one of containerProperties, ecsProperties and eksProperties, but none is given";
        findings.push(PROPERTIES_GIVEN.missing(at, "containerProperties", message));
    }
    if let Some(nodes) = at.get("nodeProperties") {
        let message = "nodeProperties must not be given for type container";
        let help = "leave it out, or make the type \"multinode\"".to_owned();
        findings.push(PROPERTIES_ALONE.at(&nodes, message).with_help(help));
    }
    let Some((first, others)) = given.split_first() else { return };
    for other in others.iter().filter_map(|name| at.get(name)) {
        let message = format!("only one kind of properties may be given, and there is {first} already");
        findings
            .push(PROPERTIES_ALONE.at(&other, message).with_help("keep the one that is meant".to_owned()));
    }
}

fn several_nodes(at: &Cursor<'_>, findings: &mut Findings) {
    if at.get("nodeProperties").is_none() {
        let message = "type multinode needs nodeProperties, which is missing";
        findings.push(PROPERTIES_GIVEN.missing(at, "nodeProperties", message));
    }
    for (name, other) in SINGLE_NODE.into_iter().filter_map(|name| Some((name, at.get(name)?))) {
        let message = format!("{name} must not be given for type multinode");
        let help = "the containers stand in nodeProperties.nodeRangeProperties; a job on one node has the type \"container\""
            .to_owned();
        findings.push(PROPERTIES_ALONE.at(&other, message).with_help(help));
    }
}
