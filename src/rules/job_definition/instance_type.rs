//! Instance types of multi-node parallel jobs.

use crate::rules::context::MULTI_NODE_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::found;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;

rules! {
    /// A range of nodes names at most one instance type.
    ///
    /// instanceTypes is a list, but takes only one element so far.
    error ONE_TYPE = "JD161" {
        guide: "Creating job definitions with EcsProperties: general API changes",
        from: ["JDX-029"],
        on: MULTI_NODE_DEFINITION,
        wrong: r#"{"nodeProperties": {"nodeRangeProperties": [{"targetNodes": "0:3",
            "instanceTypes": ["p3.2xlarge", "c5.large"],
            "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
        right: r#"{"nodeProperties": {"nodeRangeProperties": [{"targetNodes": "0:3",
            "instanceTypes": ["p3.2xlarge"],
            "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
    }

    /// All nodes of a job have the same instance type.
    ///
    /// Ranges that name an instance type, in instanceType of a container or in instanceTypes, must name the same one.
    error SAME_TYPE = "JD162" {
        guide: "Job definition parameters: container properties, instanceType",
        from: ["JDP-038", "JDC-122", "JOB-156"],
        on: MULTI_NODE_DEFINITION,
        wrong: r#"{"nodeProperties": {"nodeRangeProperties": [
            {"targetNodes": "0", "container": {"image": "busybox", "instanceType": "c5.large",
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}},
            {"targetNodes": "1:", "container": {"image": "busybox", "instanceType": "m5.large",
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
        right: r#"{"nodeProperties": {"nodeRangeProperties": [
            {"targetNodes": "0", "container": {"image": "busybox", "instanceType": "c5.large",
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}},
            {"targetNodes": "1:", "container": {"image": "busybox", "instanceType": "c5.large",
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
    }
}

/// Judges the instance types that a list of node ranges names: the first one decides.
pub(super) fn check(ranges: &Cursor<'_>, findings: &mut Findings) {
    let mut decided = None;
    for at in ranges.items().flat_map(|range| named(&range)) {
        let Some(name) = at.text() else { continue };
        let first = *decided.get_or_insert(name);
        if first != name {
            let message = format!(
                "expected {}, the instance type of the other nodes, found {}",
                quoted(first, LONGEST_SHOWN),
                found(&at)
            );
            findings.push(SAME_TYPE.at(&at, message));
        }
    }
}

/// What one range names. Of a list of several, which is refused as such, the first counts.
fn named<'a>(range: &Cursor<'a>) -> impl Iterator<Item = Cursor<'a>> + use<'a> {
    let of_container = range.get("container").and_then(|container| container.get("instanceType"));
    let of_range = range.get("instanceTypes").and_then(|list| list.items().next());
    of_container.into_iter().chain(of_range)
}
