//! Overrides of SubmitJob: of a container, of an ECS task, and of ranges of nodes.

use std::collections::HashSet;

use crate::api::constraint::whole_number;
use crate::rules::container::resources::{self, Requirements, amount, fargate};
use crate::rules::container::{Platform, environment};
use crate::rules::context::{Context, Example, JOB};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::found;
use crate::rules::job_definition::target_nodes;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;
use crate::rules::size;

/// So many bytes the overrides of containers may have when they are handed to ECS.
const MOST_BYTES: u64 = 8192;

/// The members of a node range's overrides that say what changes in what it runs, in the order of the API.
const KINDS: [&str; 3] = ["containerOverrides", "ecsPropertiesOverride", "eksPropertiesOverride"];

rules! {
    /// An override has the changes of at most one ECS task.
    ///
    /// A job definition with ECS properties has exactly one task, so there is no second one to change.
    error ONE_TASK = "SJ050" {
        guide: "Creating job definitions with EcsProperties: general API changes",
        from: ["JDX-027"],
        on: JOB,
        wrong: r#"{"ecsPropertiesOverride": {"taskProperties": [
            {"containers": [{"name": "main", "command": ["ls"]}]},
            {"containers": [{"name": "helper", "command": ["ls"]}]}]}}"#,
        right: r#"{"ecsPropertiesOverride": {"taskProperties": [{"containers": [
            {"name": "main", "command": ["ls"]}, {"name": "helper", "command": ["ls"]}]}]}}"#,
    }

    /// A command is more than one empty string.
    ///
    /// The service refuses such a command. Leave the command out to run the one of the job definition.
    error COMMAND_NOT_EMPTY = "SJ051" {
        guide: "Submitting a job: command",
        from: ["JOB-022"],
        on: JOB,
        wrong: r#"{"containerOverrides": {"command": [""]}}"#,
        right: r#"{"containerOverrides": {"command": ["sleep", "60"]}}"#,
    }

    /// The words of a command are not empty.
    ///
    /// The guide says so without a reason, and the program would get an empty argument. If that is meant, a shell can
    /// make it: ["sh", "-c", "program ''"].
    warning WORD_NOT_EMPTY = "SJ052" {
        guide: "Submitting a job: command",
        from: ["JOB-022"],
        on: JOB,
        wrong: r#"{"containerOverrides": {"command": ["echo", ""]}}"#,
        right: r#"{"containerOverrides": {"command": ["echo", "hi"]}}"#,
    }

    /// Overrides of vCPUs and memory stand in resourceRequirements.
    ///
    /// The members vcpus and memory only replace members of the same name in the job definition. Where it has
    /// resourceRequirements, they change nothing and the job runs with what the definition says.
    warning OLD_RESOURCES = "SJ053" {
        guide: "Troubleshooting: memory and vCPU overrides in deprecated members",
        from: ["OPS-208", "OPS-209"],
        on: JOB,
        wrong: r#"{"containerOverrides": {"memory": 8192, "vcpus": 4}}"#,
        right: r#"{"containerOverrides": {"resourceRequirements": [
            {"type": "MEMORY", "value": "8192"}, {"type": "VCPU", "value": "4"}]}}"#,
    }

    /// Only the overrides of nodes name an instance type.
    ///
    /// The instance type of a job with one node follows from its compute environment, so that it changes nothing here.
    /// For a multi-node parallel job it stands in nodeOverrides.
    warning INSTANCE_TYPE_OF_NODES = "SJ054" {
        guide: "Job definition parameters: container properties, instanceType",
        from: ["JDP-036"],
        on: JOB,
        wrong: r#"{"containerOverrides": {"instanceType": "c5.large"}}"#,
        right: r#"{"nodeOverrides": {"nodePropertyOverrides": [
            {"targetNodes": "0:", "containerOverrides": {"instanceType": "c5.large"}}]}}"#,
    }

    /// Overridden ranges begin within the overridden number of nodes.
    ///
    /// Indexes count from 0, so the last node is numNodes - 1, and a range that begins behind it has no node.
    error RANGE_WITHIN = "SJ055" {
        guide: "Job definition parameters: node properties, targetNodes",
        from: ["JDC-125", "JDP-265"],
        on: JOB,
        wrong: r#"{"nodeOverrides": {"numNodes": 2, "nodePropertyOverrides": [
            {"targetNodes": "2:", "containerOverrides": {"command": ["ls"]}}]}}"#,
        right: r#"{"nodeOverrides": {"numNodes": 3, "nodePropertyOverrides": [
            {"targetNodes": "2:", "containerOverrides": {"command": ["ls"]}}]}}"#,
    }

    /// A range of nodes overrides a container, an ECS task or a pod, not several of them.
    ///
    /// A range of the job definition runs one of the three, so only one of the overrides can meet it.
    warning ONE_KIND = "SJ056" {
        guide: "Creating job definitions with EcsProperties: multi-node parallel jobs",
        from: ["JDX-056", "JDP-168"],
        on: JOB,
        wrong: r#"{"nodeOverrides": {"nodePropertyOverrides": [{"targetNodes": "0:",
            "containerOverrides": {"command": ["ls"]},
            "ecsPropertiesOverride": {"taskProperties": [{"containers": [{"name": "main", "command": ["ls"]}]}]}}]}}"#,
        right: r#"{"nodeOverrides": {"nodePropertyOverrides": [{"targetNodes": "0:",
            "ecsPropertiesOverride": {"taskProperties": [{"containers": [{"name": "main", "command": ["ls"]}]}]}}]}}"#,
    }

    /// The overrides of a task's containers are at most 8192 bytes long.
    ///
    /// A longer override is accepted, but ECS refuses to start the task and the job fails. Put long texts into a file in
    /// Amazon S3 that the job reads when it starts.
    warning OVERRIDE_LENGTH = "SJ057" {
        guide: "Troubleshooting: status reasons of failed jobs",
        from: [],
        on: LONG_JOB,
        wrong: "containerOverrides of 8193 bytes",
        right: "containerOverrides of 8192 bytes",
    }

    /// Each changed container of a task is named, and once.
    ///
    /// The containers of a task are found by their names. Changes without a name, or a second time for one name, may
    /// not reach the container that is meant.
    warning CONTAINER_NAMED = "SJ058" {
        guide: "Creating job definitions with EcsProperties: multi-container job definitions for Amazon ECS",
        from: ["JDX-041"],
        on: JOB,
        wrong: r#"{"ecsPropertiesOverride": {"taskProperties": [{"containers": [{"command": ["ls"]}]}]}}"#,
        right: r#"{"ecsPropertiesOverride": {"taskProperties": [{"containers": [{"name": "main", "command": ["ls"]}]}]}}"#,
    }
}

/// A job whose example would be too long to show.
const LONG_JOB: Context = Context { example: Example::Text, ..JOB };

/// Judges the overrides of containers, of ECS tasks and of nodes in the input of SubmitJob.
pub(super) fn check(job: &Cursor<'_>, findings: &mut Findings) {
    if let Some(overrides) = job.get("containerOverrides") {
        of_container(&overrides, Platform::Unknown, findings);
        if let Some(at) = overrides.get("instanceType") {
            let message = "the instance type of a job with one node cannot be chosen, this changes nothing";
            let help = "leave it out, or override a range of nodes in nodeOverrides".to_owned();
            findings.push(INSTANCE_TYPE_OF_NODES.at(&at, message).with_help(help));
        }
    }
    if let Some(overrides) = job.get("ecsPropertiesOverride") {
        of_task(&overrides, Platform::Unknown, findings);
    }
    if let Some(overrides) = job.get("nodeOverrides") {
        of_nodes(&overrides, findings);
    }
}

/// Judges the overrides of one container.
fn of_container(overrides: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    command_and_environment(overrides, findings);
    if let Some(list) = overrides.get("resourceRequirements") {
        resources::check(&list, platform, findings);
        fargate_pair(overrides, platform, findings);
    }
    for (member, kind, least) in [("vcpus", "VCPU", 1), ("memory", "MEMORY", 4)] {
        // An amount that is out of range is wrong before it is old.
        if let Some(at) =
            overrides.get(member).filter(|at| at.integer().is_some_and(|amount| amount >= least))
        {
            old_resource(&at, member, kind, findings);
        }
    }
    length(overrides, findings);
}

/// Judges the memory beside a part of a vCPU, which only Fargate has.
fn fargate_pair(overrides: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    let Requirements { vcpus, memory, .. } = Requirements::of(overrides);
    let (Some(vcpus), Some(at)) = (vcpus.value, memory.value) else { return };
    let (Some(vcpus), Some(memory)) = (vcpus.text(), at.text()) else { return };
    // Any whole number may be one of EC2, and other parts than these are refused as vCPUs.
    let part =
        amount::vcpus(vcpus).filter(|_| platform == Platform::Unknown && matches!(vcpus, "0.25" | "0.5"));
    if let (Some(vcpus), Some(memory)) = (part, whole_number(memory)) {
        fargate::check_total(&at, vcpus, memory, findings);
    }
}

fn old_resource(at: &Cursor<'_>, member: &str, kind: &str, findings: &mut Findings) {
    let message =
        format!("{member} is superseded, and changes no entry of type {kind} in the job definition");
    let amount = at.value();
    let entry = format!(r#"put {{"type": "{kind}", "value": "{amount}"}} into resourceRequirements instead"#);
    let words = "This value was submitted in a deprecated key and may conflict with the value provided by the job \
                 definition's resource requirements.";
    findings.push(OLD_RESOURCES.at(at, message).with_help(entry).with_service(words));
}

/// Judges the overrides of an ECS task.
fn of_task(overrides: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    let tasks = overrides.get("taskProperties");
    for containers in tasks.iter().flat_map(Cursor::items).filter_map(|task| task.get("containers")) {
        let mut seen = HashSet::new();
        for container in containers.items().filter(|container| container.value().is_object()) {
            command_and_environment(&container, findings);
            if let Some(list) = container.get("resourceRequirements") {
                resources::check_in_task(&list, platform, findings);
            }
            let Some(at) = container.get("name") else {
                let message = "the container to change is not named";
                findings.push(CONTAINER_NAMED.missing(&container, "name", message));
                continue;
            };
            if let Some(name) = at.text().filter(|name| !seen.insert(*name)) {
                let message = format!("there are changes to {} before these", quoted(name, LONGEST_SHOWN));
                let help = "put all changes to one container into one entry".to_owned();
                findings.push(CONTAINER_NAMED.at(&at, message).with_help(help));
            }
        }
        length(&containers, findings);
    }
}

/// Judges the overrides of a multi-node parallel job, which never runs on Fargate.
fn of_nodes(overrides: &Cursor<'_>, findings: &mut Findings) {
    let num_nodes = overrides.get("numNodes").and_then(|at| at.integer());
    let num_nodes = num_nodes.and_then(|nodes| u64::try_from(nodes).ok()).filter(|nodes| *nodes > 0);
    let list = overrides.get("nodePropertyOverrides");
    for range in list.iter().flat_map(Cursor::items) {
        if let Some(targets) = range.get("targetNodes") {
            begins_within(&targets, num_nodes, findings);
        }
        one_kind(&range, findings);
        if let Some(overrides) = range.get("containerOverrides") {
            of_container(&overrides, Platform::Ec2, findings);
        }
        if let Some(overrides) = range.get("ecsPropertiesOverride") {
            of_task(&overrides, Platform::Ec2, findings);
        }
    }
}

/// Judges a range of nodes. Its end may lie beyond the last node, as that of the job definition may then.
fn begins_within(targets: &Cursor<'_>, num_nodes: Option<u64>, findings: &mut Findings) {
    let Some(range) = target_nodes::one(targets, None, findings) else { return };
    if let Some(num_nodes) = num_nodes.filter(|num_nodes| range.first >= *num_nodes) {
        let message =
            format!("expected a range that begins before node {num_nodes}, found {}", found(targets));
        let help = format!("numNodes is {num_nodes} here, so that the last node is {}", num_nodes - 1);
        findings.push(RANGE_WITHIN.at(targets, message).with_help(help));
    }
}

/// Reports overrides of different kinds for one range of nodes.
fn one_kind(range: &Cursor<'_>, findings: &mut Findings) {
    let mut given = KINDS.iter().filter_map(|kind| Some((kind, range.get(kind)?)));
    let Some((first, _)) = given.next() else { return };
    for (other, at) in given {
        let message = format!(
            "{other} and {first} change different kinds of nodes; a range of nodes runs only one kind"
        );
        let help = format!("leave out {other} or {first}");
        findings.push(ONE_KIND.at(&at, message).with_help(help));
    }
}

fn command_and_environment(overrides: &Cursor<'_>, findings: &mut Findings) {
    if let Some(variables) = overrides.get("environment") {
        environment::check(&variables, findings);
    }
    let Some(command) = overrides.get("command") else { return };
    let is_one = command.items().nth(1).is_none();
    for word in command.items().filter(|word| word.text() == Some("")) {
        let finding = if is_one {
            let help = "leave the command out to run the one of the job definition".to_owned();
            let finding = COMMAND_NOT_EMPTY.at(&word, "the command is nothing but an empty string");
            finding.with_help(help).with_service("Command cannot be empty")
        } else {
            WORD_NOT_EMPTY.at(&word, "a word of the command is empty")
        };
        findings.push(finding);
    }
}

/// Reports overrides that are too long for ECS, which sees them as JSON.
fn length(overrides: &Cursor<'_>, findings: &mut Findings) {
    let bytes = size::compact(overrides.value());
    if bytes > MOST_BYTES {
        let message = format!("expected at most {MOST_BYTES} bytes of JSON without blanks, found {bytes}");
        let help = "move long texts into a file that the job reads when it starts".to_owned();
        let finding = OVERRIDE_LENGTH.at(overrides, message).with_help(help);
        findings
            .push(finding.with_service(format!("Container Overrides length must be at most {MOST_BYTES}")));
    }
}
