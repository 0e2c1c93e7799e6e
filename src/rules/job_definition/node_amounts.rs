//! vCPUs and memory of nodes: every node gets both from one of the ranges that it is in.

use crate::rules::container::resources::{self, Requirements};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::job_definition::node_range::{Cover, NodeRange};

/// What the container of a range says of amounts.
struct Amounts<'a> {
    container: Cursor<'a>,
    nodes: NodeRange,
    requirements: Requirements<'a>,
}

/// Reports the containers of a list of node ranges that lack an amount for a node that has it from no other range
/// either. Where ranges nest, an inner one may leave out what the outer one has.
pub(super) fn check(ranges: &Cursor<'_>, last_node: Option<u64>, findings: &mut Findings) {
    let mut with_vcpus = Vec::new();
    let mut with_memory = Vec::new();
    let mut lacking = Vec::new();
    for range in ranges.items().filter(|range| range.value().is_object()) {
        let targets = range.get("targetNodes");
        let nodes = targets.and_then(|at| NodeRange::read(at.text()?, last_node));
        let nodes = nodes.filter(|nodes| nodes.first <= nodes.last);
        let of_container = range.get("container").filter(|container| container.value().is_object());
        let Some(container) = of_container else {
            // Tasks and pods have amounts of their own.
            with_vcpus.extend(nodes);
            with_memory.extend(nodes);
            continue;
        };
        let mut requirements = Requirements::of(&container);
        requirements.vcpus.is_given |= requirements.is_unclear || container.get("vcpus").is_some();
        requirements.memory.is_given |= requirements.is_unclear || container.get("memory").is_some();
        with_vcpus.extend(nodes.filter(|_| requirements.vcpus.is_given));
        with_memory.extend(nodes.filter(|_| requirements.memory.is_given));
        if !requirements.vcpus.is_given || !requirements.memory.is_given {
            let nodes = nodes.unwrap_or(NodeRange::ALL);
            lacking.push(Amounts { container, nodes, requirements });
        }
    }
    let (with_vcpus, with_memory) = (Cover::of(with_vcpus), Cover::of(with_memory));
    for Amounts { container, nodes, mut requirements } in lacking {
        requirements.vcpus.is_given |= with_vcpus.holds(nodes);
        requirements.memory.is_given |= with_memory.holds(nodes);
        resources::required(&container, &requirements, findings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn paths(ranges: &Value) -> Vec<String> {
        let mut findings = Findings::new();
        check(&Cursor::root(ranges), Some(9), &mut findings);
        findings.iter().map(|finding| finding.path.to_string()).collect()
    }

    fn range(nodes: &str, kinds: &[&str]) -> Value {
        let entry = |kind: &&str| json!({"type": kind, "value": "64"});
        let list: Vec<_> = kinds.iter().map(entry).collect();
        json!({"targetNodes": nodes, "container": {"image": "i", "resourceRequirements": list}})
    }

    #[test]
    fn inner_ranges_have_what_outer_ones_have() {
        let both = ["VCPU", "MEMORY"];
        assert!(paths(&json!([range("0:9", &both), range("4:5", &[])])).is_empty());
        assert!(paths(&json!([range("0:4", &both), range("5:", &both), range("4:5", &["VCPU"])])).is_empty());
        assert!(paths(&json!([range("0:9", &[]), range("0:4", &both), range("5:9", &both)])).is_empty());
        assert_eq!(
            paths(&json!([range("0:4", &both), range("5:9", &["VCPU"])])),
            ["[1].container.resourceRequirements"]
        );
        assert_eq!(paths(&json!([range("0:4", &both), range("4:5", &[])])).len(), 2);
        assert_eq!(paths(&json!([range("nodes", &[])])).len(), 2);
    }

    #[test]
    fn old_members_and_tasks_count() {
        let old = json!({"targetNodes": "0:4", "container": {"image": "i", "vcpus": 1, "memory": 64}});
        let task = json!({"targetNodes": "5:9", "ecsProperties": {}});
        assert!(paths(&json!([old, task, range("2:7", &[])])).is_empty());
    }
}
