//! Ranges of nodes, `targetNodes`: each is right in itself, and together they cover every node.

use crate::rules::context::MULTI_NODE_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::{found, joined};
use crate::rules::job_definition::node_range::{Cover, NodeRange};
use crate::rules::registry::rules;

/// So many ranges a definition may have; no more are compared with each other.
const MOST_RANGES: usize = 5;

/// So many gaps are named in a message.
const MOST_GAPS: usize = 4;

rules! {
    /// A multi-node parallel job has one to five ranges of nodes.
    ///
    /// Nodes that run the same container belong in one range: give a range to each kind of node and let the program
    /// tell its nodes apart by AWS_BATCH_JOB_NODE_INDEX.
    error RANGE_COUNT = "JD152" {
        guide: "Job definition parameters: node properties, nodeRangeProperties",
        from: ["JDP-260", "JDC-124", "JOB-153"],
        on: MULTI_NODE_DEFINITION,
        wrong: r#"{"nodeProperties": {"nodeRangeProperties": []}}"#,
        right: r#"{"nodeProperties": {"numNodes": 2, "nodeRangeProperties": [{"targetNodes": "0:1",
            "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
    }

    /// A range of nodes is written as first:last.
    ///
    /// Both indexes count from 0 and belong to the range. Without the first, the range begins at node 0; without the
    /// last, it goes up to the last node. A bare index stands for one node.
    error RANGE_FORM = "JD153" {
        guide: "Job definition parameters: node properties, targetNodes",
        from: ["JDP-262", "JDP-263", "JDP-264", "JDC-123"],
        on: MULTI_NODE_DEFINITION,
        wrong: r#"{"nodeProperties": {"nodeRangeProperties": [{"targetNodes": "0-3",
            "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
        right: r#"{"nodeProperties": {"nodeRangeProperties": [{"targetNodes": "0:3",
            "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
    }

    /// A range of nodes does not end before it begins.
    ///
    /// The first index stands in front of the colon, the last one behind it, and a range holds at least one node.
    error RANGE_DIRECTION = "JD154" {
        guide: "Job definition parameters: node properties, targetNodes",
        from: ["JDP-262", "JDC-123"],
        on: MULTI_NODE_DEFINITION,
        wrong: r#"{"nodeProperties": {"nodeRangeProperties": [{"targetNodes": "3:0",
            "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
        right: r#"{"nodeProperties": {"nodeRangeProperties": [{"targetNodes": "0:3",
            "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
    }

    /// A range of nodes ends at the last node or before it.
    ///
    /// Indexes count from 0, so that the last node is numNodes - 1. Leave the end open, as in 0:, for a range that
    /// follows the number of nodes; this is also what an override of numNodes at submission needs.
    error RANGE_WITHIN = "JD155" {
        guide: "Job definition parameters: node properties, targetNodes",
        from: ["JDC-125", "JDP-265"],
        on: MULTI_NODE_DEFINITION,
        wrong: r#"{"nodeProperties": {"nodeRangeProperties": [{"targetNodes": "0:4",
            "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
        right: r#"{"nodeProperties": {"nodeRangeProperties": [{"targetNodes": "0:",
            "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
    }

    /// The ranges together cover every node.
    ///
    /// A node in no range has nothing to run. Ranges may stand in any order and may lie inside one another, as long as
    /// each node from 0 to numNodes - 1 is in one of them.
    error EVERY_NODE = "JD156" {
        guide: "Job definition parameters: node properties, targetNodes",
        from: ["JDP-265", "JDC-125", "JDX-128"],
        on: MULTI_NODE_DEFINITION,
        wrong: r#"{"nodeProperties": {"nodeRangeProperties": [{"targetNodes": "0:2",
            "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
        right: r#"{"nodeProperties": {"nodeRangeProperties": [{"targetNodes": "0:3",
            "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
    }

    /// Two ranges lie apart, or one lies inside the other.
    ///
    /// Where ranges nest, the narrower one decides for its nodes. Which of two decides that only overlap, or are equal,
    /// is not documented: let the one end where the other begins.
    warning RANGES_NEST = "JD157" {
        guide: "Job definition parameters: node properties, targetNodes",
        from: ["JDP-266"],
        on: MULTI_NODE_DEFINITION,
        wrong: r#"{"nodeProperties": {"nodeRangeProperties": [
            {"targetNodes": "0:2", "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}},
            {"targetNodes": "2:3", "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "2"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
        right: r#"{"nodeProperties": {"nodeRangeProperties": [
            {"targetNodes": "0:3", "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}},
            {"targetNodes": "2:3", "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "2"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
    }
}

/// Judges the ranges of a list of node ranges in a job definition of so many nodes, if that number is right.
pub(super) fn check(list: &Cursor<'_>, num_nodes: Option<u64>, findings: &mut Findings) {
    let last_node = num_nodes.map(|nodes| nodes - 1);
    let mut ranges = Vec::new();
    let mut all_read = true;
    for item in list.items() {
        let targets = item.get("targetNodes");
        let range = targets.as_ref().and_then(|at| one(at, last_node, findings));
        all_read &= range.is_some();
        ranges.extend(targets.zip(range));
    }
    nesting(&ranges, findings);
    // What a range that cannot be read should cover is not known.
    if let Some(last_node) = last_node.filter(|_| all_read && !ranges.is_empty()) {
        coverage(list, &ranges, last_node, findings);
    }
}

/// Judges one range; yields it unless it cannot be used.
pub(in crate::rules) fn one(
    at: &Cursor<'_>,
    last_node: Option<u64>,
    findings: &mut Findings,
) -> Option<NodeRange> {
    let range = NodeRange::read(at.text()?, last_node)?;
    if range.last < range.first {
        let NodeRange { first, last } = range;
        let message = format!("expected a range that does not end before it begins, found {first}:{last}");
        let help = format!("write {last}:{first}");
        findings.push(RANGE_DIRECTION.at(at, message).with_help(help));
        return None;
    }
    if let Some(last_node) = last_node.filter(|last_node| range.last > *last_node) {
        let message = match last_node {
            0 => format!("expected node 0, which is the only one, found {}", found(at)),
            _ => format!("expected nodes from 0 to {last_node}, found {}", found(at)),
        };
        let help =
            format!("indexes count from 0, so that the last of {} nodes is {last_node}", last_node + 1);
        findings.push(RANGE_WITHIN.at(at, message).with_help((last_node > 0).then_some(help)));
    }
    Some(range)
}

/// Reports a range that shares some nodes with an earlier one, but neither lies inside the other.
fn nesting(ranges: &[(Cursor<'_>, NodeRange)], findings: &mut Findings) {
    let compared = &ranges[..ranges.len().min(MOST_RANGES)];
    for (position, (at, range)) in compared.iter().enumerate() {
        let unclear = |other: &NodeRange| {
            range == other || (range.meets(*other) && !range.holds(*other) && !other.holds(*range))
        };
        let earlier = compared[..position].iter().map(|(_, other)| other);
        if let Some(other) = earlier.copied().find(unclear) {
            let message = match *range == other {
                true => {
                    format!("the range {range} is there twice; it is not documented which of the two decides")
                }
                false => format!(
                    "the ranges {other} and {range} overlap; it is not documented which of them decides for the \
                     nodes of both"
                ),
            };
            let help = "let one range end where the other begins, or let one lie inside the other".to_owned();
            findings.push(RANGES_NEST.at(at, message).with_help(help));
        }
    }
}

/// Reports nodes that are in no range.
fn coverage(list: &Cursor<'_>, ranges: &[(Cursor<'_>, NodeRange)], last_node: u64, findings: &mut Findings) {
    let gaps = Cover::of(ranges.iter().map(|(_, range)| *range)).gaps(last_node);
    if gaps.is_empty() {
        return;
    }
    let mut named: Vec<_> = gaps.iter().take(MOST_GAPS).map(in_words).collect();
    if gaps.len() > MOST_GAPS {
        named.push("others".to_owned());
    }
    let noun = if gaps.len() == 1 && gaps[0].first == gaps[0].last { "node" } else { "nodes" };
    let message = format!(
        "expected each node from 0 to {last_node} in a range, found none for {noun} {}",
        joined(&named, "and")
    );
    let help = match gaps.as_slice() {
        [gap] if gap.last == last_node => {
            format!("let the last range end at {last_node}, or leave its end open, as in 0:")
        }
        _ => "widen the ranges, or add one for what is left over".to_owned(),
    };
    findings.push(EVERY_NODE.at(list, message).with_help(help));
}

fn in_words(range: &NodeRange) -> String {
    match range.first == range.last {
        true => range.first.to_string(),
        false => format!("{} to {}", range.first, range.last),
    }
}
