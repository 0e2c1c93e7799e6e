//! Multi-node parallel job definitions: the main node, and what each range of nodes runs.

use crate::rules::container::{self, Platform, Setting};
use crate::rules::context::MULTI_NODE_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::job_definition::{ecs, instance_type, node_amounts, target_nodes};
use crate::rules::registry::rules;

/// The members of a range that say what its nodes run, in the order of the API.
const KINDS: [&str; 3] = ["container", "ecsProperties", "eksProperties"];

rules! {
    /// A multi-node parallel job has 1 to 1000 nodes.
    ///
    /// 1000 is the default limit of instances in an ECS cluster, which only AWS can raise. It holds for an override of
    /// the number of nodes at submission too.
    error NODE_COUNT = "JD150" {
        guide: "Multi-node parallel jobs: node groups",
        from: ["JDP-258", "JDC-119", "JOB-155"],
        on: MULTI_NODE_DEFINITION,
        wrong: r#"{"nodeProperties": {"numNodes": 0}}"#,
        right: r#"{"nodeProperties": {"numNodes": 4}}"#,
    }

    /// The main node is one of the nodes.
    ///
    /// Its index counts from 0 and is less than numNodes. The job ends with this node and takes its outcome from it.
    error MAIN_NODE = "JD151" {
        guide: "Job definition parameters: node properties, mainNode",
        from: ["JDP-257", "JDC-120"],
        on: MULTI_NODE_DEFINITION,
        wrong: r#"{"nodeProperties": {"mainNode": 4}}"#,
        right: r#"{"nodeProperties": {"mainNode": 3}}"#,
    }

    /// Each range of nodes says what its nodes run.
    ///
    /// That is a container, an ECS task with several containers, or a Kubernetes pod. Its image, amounts and roles
    /// stand inside, not beside it and not at the top of the job definition.
    error SOMETHING_TO_RUN = "JD158" {
        guide: "Job definition parameters: node properties, container",
        from: ["JDC-126", "JDP-267", "JDP-013"],
        on: MULTI_NODE_DEFINITION,
        wrong: r#"{"nodeProperties": {"nodeRangeProperties": [{"targetNodes": "0:3"}]}}"#,
        right: r#"{"nodeProperties": {"nodeRangeProperties": [{"targetNodes": "0:3",
            "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
    }

    /// A range of nodes runs a container, an ECS task or a pod, not several of them.
    ///
    /// Put several containers of one node into one ECS task, or give each kind of node a range of its own.
    error ONE_KIND = "JD159" {
        guide: "Creating job definitions with EcsProperties: multi-node parallel jobs",
        from: ["JDX-056", "JDP-168"],
        on: MULTI_NODE_DEFINITION,
        wrong: r#"{"nodeProperties": {"nodeRangeProperties": [{"targetNodes": "0:3",
            "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]},
            "ecsProperties": {"taskProperties": [{"containers": [{"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}]}]}}]}}"#,
        right: r#"{"nodeProperties": {"nodeRangeProperties": [{"targetNodes": "0:3",
            "ecsProperties": {"taskProperties": [{"containers": [{"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}]}]}}]}}"#,
    }

    /// All ranges of nodes run on ECS, or all of them on EKS.
    ///
    /// All nodes of a job start in one compute environment, which belongs to an ECS or to an EKS cluster. Describe all
    /// nodes with containers and ECS tasks, or all of them with pods.
    error ONE_ORCHESTRATOR = "JD160" {
        guide: "Job definition parameters: EKS properties",
        from: ["JDP-168"],
        on: MULTI_NODE_DEFINITION,
        wrong: r#"{"nodeProperties": {"nodeRangeProperties": [
            {"targetNodes": "0", "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}},
            {"targetNodes": "1:", "eksProperties": {"podProperties": {"containers": [
                {"image": "busybox", "resources": {"limits": {"cpu": "1", "memory": "2048Mi"}}}]}}}]}}"#,
        right: r#"{"nodeProperties": {"nodeRangeProperties": [
            {"targetNodes": "0", "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}},
            {"targetNodes": "1:", "container": {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}]}}"#,
    }
}

/// Judges the `nodeProperties` of a job definition. Multi-node jobs never run on Fargate: a definition that says so is
/// refused as such, and its containers are those of EC2.
pub(super) fn check(at: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    let platform = if platform == Platform::Fargate { Platform::Ec2 } else { platform };
    let num_nodes = at.get("numNodes").and_then(|at| at.integer());
    // By a number of nodes that cannot be right nothing else is measured.
    let num_nodes = num_nodes.and_then(|nodes| u64::try_from(nodes).ok()).filter(|nodes| *nodes > 0);
    main_node(at, num_nodes, findings);
    let Some(ranges) = at.get("nodeRangeProperties") else { return };
    target_nodes::check(&ranges, num_nodes, findings);
    instance_type::check(&ranges, findings);
    kinds(&ranges, findings);
    node_amounts::check(&ranges, num_nodes.map(|nodes| nodes - 1), findings);
    for range in ranges.items() {
        if let Some(container) = range.get("container") {
            container::check(&container, &Setting { platform, multi_node: true }, findings);
        }
        if let Some(properties) = range.get("ecsProperties") {
            ecs::check(&properties, platform, findings);
        }
    }
}

/// Reports a main node that there is not. The vocabulary refuses one below 0.
fn main_node(at: &Cursor<'_>, num_nodes: Option<u64>, findings: &mut Findings) {
    let (Some(main), Some(num_nodes)) = (at.get("mainNode"), num_nodes) else { return };
    let index = main.integer().and_then(|index| u64::try_from(index).ok());
    if let Some(index) = index.filter(|index| *index >= num_nodes) {
        let message = match num_nodes {
            1 => format!("expected 0, the index of the only node, found {index}"),
            _ => format!("expected the index of a node, from 0 to {}, found {index}", num_nodes - 1),
        };
        findings.push(MAIN_NODE.at(&main, message));
    }
}

/// Judges which members say what the nodes of each range run.
fn kinds(ranges: &Cursor<'_>, findings: &mut Findings) {
    let mut first_of_each = Vec::new();
    for range in ranges.items().filter(|range| range.value().is_object()) {
        let mut given = KINDS.iter().filter_map(|kind| Some((*kind, range.get(kind)?)));
        let Some((first, at)) = given.next() else {
            let message = "expected one of container, ecsProperties and eksProperties, found none";
            findings.push(SOMETHING_TO_RUN.missing(&range, "container", message));
            continue;
        };
        for (other, at) in given {
            let message =
                format!("{other} must not be given beside {first}, a range of nodes has one of them");
            let help = format!("leave out {other} or {first}");
            findings.push(ONE_KIND.at(&at, message).with_help(help));
        }
        first_of_each.push((first == "eksProperties", at));
    }
    if first_of_each.iter().any(|(on_eks, _)| !on_eks) {
        for (_, at) in first_of_each.iter().filter(|(on_eks, _)| *on_eks) {
            let message = "a pod must not be given where other ranges of nodes have containers or ECS tasks";
            let help = "describe all ranges with eksProperties, or none".to_owned();
            findings.push(ONE_ORCHESTRATOR.at(at, message).with_help(help));
        }
    }
}
