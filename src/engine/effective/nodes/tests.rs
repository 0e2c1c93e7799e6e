//! Which nodes a job has, and what each of them runs.

use serde_json::{Value, json};

use super::*;
use crate::engine::effective::Origin;
use crate::engine::effective::tests::{both, compute, message};

/// A range whose nodes run `name` with so much memory.
fn range_of(targets: &str, name: &str, memory: &str) -> Value {
    json!({"targetNodes": targets,
           "container": {"image": "i", "command": [name, "Ref::p"], "resourceRequirements": both("1", memory)}})
}

fn definition(num_nodes: i32, main_node: i32, ranges: &[Value]) -> Value {
    json!({"type": "multinode", "parameters": {"p": "v"},
           "nodeProperties": {"numNodes": num_nodes, "mainNode": main_node, "nodeRangeProperties": ranges}})
}

fn nodes(definition: &Value, request: &Value) -> Nodes {
    match compute(definition, request).expect("valid").shape {
        crate::engine::effective::Shape::Nodes(nodes) => nodes,
        crate::engine::effective::Shape::Single(_) => panic!("not multi-node"),
    }
}

/// The program of each node, in one word.
fn programs(nodes: &Nodes) -> String {
    let program = |node| nodes.task(node).container.command.as_ref().expect("a command")[0].clone();
    (0..nodes.count).map(program).collect()
}

fn simple(ranges: &[(&str, &str)]) -> Vec<Value> {
    ranges.iter().map(|(targets, name)| range_of(targets, name, "64")).collect()
}

#[test]
fn each_node_runs_what_the_narrowest_range_says() {
    for (count, ranges, expected) in [
        (4, vec![("0:3", "a")], "aaaa"),
        (4, vec![(":", "a")], "aaaa"),
        (4, vec![("0", "a"), ("1:", "b")], "abbb"),
        (4, vec![(":1", "a"), ("2:3", "b")], "aabb"),
        (6, vec![("0:5", "a"), ("2:3", "b")], "aabbaa"),
        (6, vec![("2:3", "b"), ("0:", "a")], "aabbaa"),
        (6, vec![("0:5", "a"), ("1:4", "b"), ("2:3", "c"), ("2", "d")], "abdcba"),
        (3, vec![("0:2", "a"), ("0:2", "b")], "aaa"),
        (6, vec![("0:5", "a"), ("0:2", "b"), ("3:5", "c")], "bbbccc"),
        (4, vec![("0:3", "a"), ("2:9", "b")], "aabb"),
    ] {
        let nodes = nodes(&definition(count, 0, &simple(&ranges)), &json!({}));
        assert_eq!(programs(&nodes), expected, "{ranges:?}");
        let written: Vec<_> = nodes.groups.iter().map(|group| group.target_nodes.as_str()).collect();
        assert_eq!(written, ranges.iter().map(|(targets, _)| *targets).collect::<Vec<_>>());
    }
}

#[test]
fn parameters_and_lists_are_filled_in_for_every_range() {
    let job =
        nodes(&definition(2, 1, &simple(&[("0", "a"), ("1", "b")])), &json!({"parameters": {"p": "w"}}));
    assert_eq!((job.main, job.count), (1, 2));
    for node in 0..2 {
        let container = &job.task(node).container;
        assert_eq!(container.command.as_ref().expect("a command")[1], "w");
        assert!(container.environment.is_some() && container.secrets.is_some());
    }
}

#[test]
fn the_number_of_nodes_can_be_changed_where_a_range_is_open() {
    let ranges = simple(&[("0", "a"), ("1:2", "b"), ("1:", "c")]);
    for (number, expected) in [(2, "ab"), (3, "abb"), (4, "abbc"), (6, "abbccc")] {
        let job = nodes(&definition(4, 1, &ranges), &json!({"nodeOverrides": {"numNodes": number}}));
        assert_eq!(programs(&job), expected);
        assert_eq!((job.count, job.main), (number, 1));
    }
}

#[test]
fn another_number_of_nodes_must_fit_the_definition() {
    for (ranges, main, number, why) in [
        (simple(&[("0:3", "a")]), 0, 5, "no node range with an open end"),
        (simple(&[("0:3", "a")]), 0, 4, "no node range with an open end"),
        (simple(&[("0", "a"), ("1:", "b")]), 0, 1, "begins behind the last node, 1:"),
        (simple(&[("0:", "a"), ("2:3", "b")]), 0, 2, "begins behind the last node, 2:3"),
        (simple(&[("0:", "a")]), 3, 3, "node 3 as its main node"),
        (simple(&[("0:", "a")]), 0, 0, "cannot be 0"),
    ] {
        let text = message(&definition(4, main, &ranges), &json!({"nodeOverrides": {"numNodes": number}}));
        assert!(text.contains(why) && text.contains("nodeOverrides.numNodes"), "{text}");
    }
    nodes(&definition(4, 3, &simple(&[("0:", "a")])), &json!({"nodeOverrides": {"numNodes": 4}}));
}

/// A request with an override of the command for each of these targets.
fn targeting(targets: &[&str]) -> Value {
    let list: Vec<_> = targets
        .iter()
        .map(|targets| json!({"targetNodes": targets, "containerOverrides": {"command": ["x"]}}))
        .collect();
    json!({"nodeOverrides": {"nodePropertyOverrides": list}})
}

#[test]
fn overrides_meet_the_range_that_is_written_alike() {
    for (targets, expected) in
        [("0:1", "xxbc"), (":1", "xxbc"), ("2", "aaxc"), ("2:2", "aaxc"), ("3:", "aabx")]
    {
        let ranges = simple(&[("0:1", "a"), ("2", "b"), ("3:", "c")]);
        assert_eq!(
            programs(&nodes(&definition(4, 0, &ranges), &targeting(&[targets]))),
            expected,
            "{targets}"
        );
    }
}

#[test]
fn overrides_of_other_ranges_are_refused_in_the_words_of_the_service() {
    let ranges = simple(&[("0:1", "a"), ("2", "b"), ("3:", "c")]);
    for (targets, told) in
        [(vec!["0"], "0:0"), (vec!["3:3"], "3:3"), (vec!["0:"], "0:3"), (vec!["0:1", "1", "1:2"], "1:1, 1:2")]
    {
        let text = message(&definition(4, 0, &ranges), &targeting(&targets));
        let words = "NodeOverride targets should match job definition. Non matching targets - ";
        assert_eq!(text, format!("{words}{told}"));
    }
    let mut request = targeting(&["0:"]);
    request["nodeOverrides"]["numNodes"] = json!(1);
    let text = message(&definition(2, 0, &simple(&[("0", "a"), (":", "b")])), &request);
    assert_eq!(text, "", "an open range follows the number of nodes");
}

#[test]
fn overrides_change_the_nodes_of_their_range_only() {
    let ranges = simple(&[("0:3", "a"), ("2:3", "b")]);
    let request = json!({"nodeOverrides": {"nodePropertyOverrides": [
        {"targetNodes": "2:3", "instanceTypes": ["c5.large"], "containerOverrides": {
            "resourceRequirements": [{"type": "MEMORY", "value": "128"}], "environment": [{"name": "A", "value": "1"}]}},
        {"targetNodes": "2:3", "containerOverrides": {"environment": [{"name": "A", "value": "2"}]}}]}});
    let job = nodes(&definition(4, 0, &ranges), &request);
    assert_eq!(job.task(0).need.memory_mib, 64);
    let task = job.task(3);
    assert_eq!(task.need.memory_mib, 128);
    assert_eq!(task.container.environment.as_ref().expect("variables")[0].value.as_deref(), Some("2"));
    assert_eq!(job.groups[1].instance_types.as_deref(), Some(["c5.large".to_owned()].as_slice()));
    assert_eq!(job.groups[0].instance_types, None);
}

#[test]
fn overrides_of_another_kind_than_the_range_are_refused() {
    let definition = definition(2, 0, &simple(&[("0:", "a")]));
    let request = json!({"nodeOverrides": {"nodePropertyOverrides": [
        {"targetNodes": "0:", "eksPropertiesOverride": {"podProperties": {}}}]}});
    let text = message(&definition, &request);
    assert!(
        text.contains("nodeOverrides.nodePropertyOverrides[0].eksPropertiesOverride cannot be given"),
        "{text}"
    );
    for member in ["containerOverrides", "ecsPropertiesOverride", "eksPropertiesOverride"] {
        let change = match member {
            "containerOverrides" => json!({"command": ["a"]}),
            "ecsPropertiesOverride" => json!({"taskProperties": []}),
            _ => json!({"podProperties": {}}),
        };
        let text = message(&definition, &json!({member: change}));
        assert!(text.contains(&format!("has nodeProperties, so that {member} cannot be given")), "{text}");
        nodes(&definition, &json!({member: {}}));
    }
}

#[test]
fn ranges_of_tasks_and_pods_run_them() {
    let task = json!({"targetNodes": "0", "ecsProperties": {"taskProperties": [{"containers": [
        {"name": "m", "image": "i", "command": ["a"], "resourceRequirements": both("1", "64")}]}]}});
    let more = json!({"targetNodes": "1:", "ecsProperties": {"taskProperties": [{"containers": [
        {"image": "i"}, {"image": "i"}]}]}});
    let job = nodes(
        &definition(1, 0, std::slice::from_ref(&task)),
        &json!({"nodeOverrides": {"nodePropertyOverrides": [
        {"targetNodes": "0", "ecsPropertiesOverride": {"taskProperties": [{"containers": [
            {"name": "m", "command": ["b"]}]}]}}]}}),
    );
    assert_eq!(programs(&job), "b");
    assert!(matches!(job.task(0).origin, Origin::EcsTask(_)));
    let text = message(&definition(2, 0, &[task, more]), &json!({}));
    assert!(
        text.contains(
            "several containers in nodeProperties.nodeRangeProperties[1].ecsProperties.taskProperties[0]"
        ),
        "{text}"
    );
    let pod = json!({"targetNodes": "0:", "eksProperties": {"podProperties": {"containers": [
        {"image": "i", "args": ["a", "$(A)"], "resources": {"limits": {"cpu": "2", "memory": "64Mi"}}}]}}});
    let job = nodes(
        &definition(2, 0, &[pod]),
        &json!({"nodeOverrides": {"nodePropertyOverrides": [
        {"targetNodes": ":", "eksPropertiesOverride": {"podProperties": {"containers": [
            {"env": [{"name": "A", "value": "1"}]}]}}}]}}),
    );
    assert_eq!(job.task(1).container.command.as_deref().expect("a command"), ["a", "1"]);
    assert_eq!(job.task(1).need.vcpu_milli, 2000);
}

/// The memory of each node, for ranges with and without an amount.
fn memories(count: i32, ranges: &[(&str, &str)]) -> Result<Vec<u64>, ServiceError> {
    let ranges: Vec<_> = ranges
        .iter()
        .map(|(targets, memory)| {
            let mut range = range_of(targets, "a", memory);
            if memory.is_empty() {
                range["container"]["resourceRequirements"] = json!([{"type": "VCPU", "value": "1"}]);
            }
            range
        })
        .collect();
    let effective = compute(&definition(count, 0, &ranges), &json!({}))?;
    let crate::engine::effective::Shape::Nodes(job) = effective.shape else { panic!("not multi-node") };
    Ok((0..job.count).map(|node| job.task(node).need.memory_mib).collect())
}

#[test]
fn inner_ranges_have_the_amounts_of_outer_ones() {
    for (count, ranges, expected) in [
        (3, vec![("0:2", "64"), ("1", "")], vec![64, 64, 64]),
        (4, vec![("0:3", "64"), ("1:2", "32"), ("2", "")], vec![64, 32, 32, 64]),
        (4, vec![("0:3", ""), ("0:1", "64"), ("2:3", "32")], vec![64, 64, 32, 32]),
        (6, vec![("0:2", "64"), ("3:5", "32"), ("2:3", "")], vec![64, 64, 64, 64, 32, 32]),
    ] {
        assert_eq!(memories(count, &ranges).expect("valid"), expected, "{ranges:?}");
    }
    for ranges in [vec![("0:3", ""), ("1", "64")], vec![("0:1", "64"), ("2:3", "")]] {
        let text = memories(4, &ranges).expect_err("an amount is missing").message;
        assert!(
            text.contains("states no MEMORY") && text.contains(".container.resourceRequirements"),
            "{text}"
        );
    }
}

#[test]
fn definitions_without_a_place_for_a_node_are_refused() {
    for (count, main, ranges, why) in [
        (4, 0, vec![("0:2", "a")], "no range for node 3"),
        (4, 0, vec![("0:0", "a"), ("2:", "b")], "no range for node 1"),
        (4, 0, vec![("0:", "a"), ("3:1", "b")], "nodeRangeProperties[1].targetNodes \"3:1\""),
        (4, 0, vec![("0:", "a"), ("7", "b")], "nodeRangeProperties[1].targetNodes \"7\""),
        (4, 0, vec![("all", "a")], "nodeRangeProperties[0].targetNodes \"all\""),
        (4, 4, vec![("0:", "a")], "mainNode among its nodes"),
        (4, -1, vec![("0:", "a")], "mainNode among its nodes"),
        (0, 0, vec![("0:", "a")], "at least one node"),
    ] {
        let text = message(&definition(count, main, &simple(&ranges)), &json!({}));
        assert!(text.contains(why), "{text}");
    }
    let text = message(&definition(1, 0, &[json!({"targetNodes": "0"})]), &json!({}));
    assert!(text.contains("nothing to run in nodeProperties.nodeRangeProperties[0]"), "{text}");
}

#[test]
fn a_thousand_nodes_are_many_but_not_too_many() {
    let job = nodes(&definition(1000, 999, &simple(&[("0:", "a"), ("999", "b")])), &json!({}));
    assert_eq!(programs(&job), format!("{}b", "a".repeat(999)));
}
