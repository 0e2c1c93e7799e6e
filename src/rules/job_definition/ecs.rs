//! ECS tasks: how many containers a task has, which of them count, and what they are called.

use std::collections::HashMap;

use crate::rules::container::Platform;
use crate::rules::context::{ECS_DEFINITION, ECS_FARGATE_DEFINITION};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::job_definition::{task, task_dependency};
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;

rules! {
    /// The ECS properties hold exactly one task.
    ///
    /// taskProperties is a list, but takes one element so far. All containers of the job go into the containers of this
    /// one task.
    error ONE_TASK = "JD170" {
        guide: "Creating job definitions with EcsProperties: general API changes",
        from: ["JDX-025", "JDX-027"],
        on: ECS_DEFINITION,
        wrong: r#"{"ecsProperties": {"taskProperties": []}}"#,
        right: r#"{"ecsProperties": {"taskProperties": [{"containers": [{"image": "busybox", "resourceRequirements": [
            {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}]}]}}"#,
    }

    /// An ECS task has 1 to 10 containers.
    ///
    /// More than ten are refused. Let one container do the work of several, or make several jobs that depend on each
    /// other.
    error CONTAINER_COUNT = "JD171" {
        guide: "Creating job definitions with EcsProperties: general API changes",
        from: ["JDX-028"],
        on: ECS_DEFINITION,
        wrong: r#"{"ecsProperties": {"taskProperties": [{"containers": []}]}}"#,
        right: r#"{"ecsProperties": {"taskProperties": [{"containers": [{"image": "busybox", "resourceRequirements": [
            {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}]}]}}"#,
    }

    /// At least one container of an ECS task is essential.
    ///
    /// The job succeeds or fails with its essential containers. A container is essential unless it says "essential":
    /// false; leave that out, or say true, for the container that does the work.
    error ONE_ESSENTIAL = "JD172" {
        guide: "Creating job definitions with EcsProperties: multi-container job definitions for Amazon ECS",
        from: ["JDX-034", "JDX-035"],
        on: ECS_DEFINITION,
        wrong: r#"{"ecsProperties": {"taskProperties": [{"containers": [
            {"name": "main", "image": "busybox", "essential": false, "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}]}]}}"#,
        right: r#"{"ecsProperties": {"taskProperties": [{"containers": [
            {"name": "main", "image": "busybox", "essential": true, "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}]}]}}"#,
    }

    /// The IPC mode of a task is host, task or none.
    ///
    /// With host the containers share the IPC namespace of the instance, with task one of their own, with none each
    /// container is apart.
    error IPC_MODE = "JD173" {
        guide: "Creating job definitions with EcsProperties: ContainerProperties against EcsProperties",
        from: ["JDX-031"],
        on: ECS_DEFINITION,
        wrong: r#"{"ecsProperties": {"taskProperties": [{"ipcMode": "shared", "containers": [
            {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}]}]}}"#,
        right: r#"{"ecsProperties": {"taskProperties": [{"ipcMode": "task", "containers": [
            {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}]}]}}"#,
    }

    /// The process namespace of a task is host or task.
    ///
    /// With host the containers see the processes of the instance, with task those of each other. Leave pidMode out to
    /// give each container its own processes.
    error PID_MODE = "JD174" {
        guide: "Creating job definitions with EcsProperties: ContainerProperties against EcsProperties",
        from: ["JDX-031"],
        on: ECS_DEFINITION,
        wrong: r#"{"ecsProperties": {"taskProperties": [{"pidMode": "none", "containers": [
            {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}]}]}}"#,
        right: r#"{"ecsProperties": {"taskProperties": [{"pidMode": "task", "containers": [
            {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}]}]}}"#,
    }

    /// On Fargate a task has no IPC mode.
    ///
    /// The containers of a task on Fargate cannot choose their IPC namespace: leave ipcMode out.
    error FARGATE_IPC_MODE = "JD175" {
        guide: "Creating job definitions with EcsProperties: ContainerProperties against EcsProperties",
        from: ["JDX-031"],
        on: ECS_FARGATE_DEFINITION,
        wrong: r#"{"ecsProperties": {"taskProperties": [{"ipcMode": "task",
            "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole", "containers": [
            {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}]}]}}"#,
        right: r#"{"ecsProperties": {"taskProperties": [{
            "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole", "containers": [
            {"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}]}]}}"#,
    }

    /// The containers of a task have different names.
    ///
    /// Dependencies between containers and overrides at submission find a container by its name. Of two containers of
    /// one name only one can be meant.
    warning CONTAINER_TWICE = "JD176" {
        guide: "Creating job definitions with EcsProperties: multi-container job definitions for Amazon ECS",
        from: ["JDX-041"],
        on: ECS_DEFINITION,
        wrong: r#"{"ecsProperties": {"taskProperties": [{"containers": [
            {"name": "main", "image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]},
            {"name": "main", "image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]}]}]}}"#,
        right: r#"{"ecsProperties": {"taskProperties": [{"containers": [
            {"name": "main", "image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]},
            {"name": "helper", "image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]}]}]}}"#,
    }
}

/// Judges `ecsProperties`, those of a job definition or of a node range.
pub(in crate::rules) fn check(at: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    let tasks = at.get("taskProperties");
    for task in tasks.iter().flat_map(Cursor::items).filter(|task| task.value().is_object()) {
        if let Some(mode) = task.get("ipcMode").filter(|_| platform == Platform::Fargate) {
            let help = "leave it out, or run the job on EC2".to_owned();
            findings.push(FARGATE_IPC_MODE.at(&mode, "ipcMode must not be given on Fargate").with_help(help));
        }
        if let Some(containers) = task.get("containers") {
            essential(&containers, findings);
            let names = names(&containers, findings);
            task_dependency::check(&containers, &names, findings);
        }
        task::check(&task, platform, findings);
    }
}

/// Reports a task without any essential container.
fn essential(containers: &Cursor<'_>, findings: &mut Findings) {
    let is_helper = |container: Cursor<'_>| container.get("essential").is_some_and(|at| at.value() == false);
    let mut count = 0;
    // A container that is not an object may be meant to be the essential one.
    if containers.items().inspect(|_| count += 1).all(is_helper) && count > 0 {
        let message = match count {
            1 => "the only container is not essential, but at least one has to be",
            _ => "none of the containers is essential, but at least one has to be",
        };
        let help =
            "say \"essential\": true in the container that the outcome of the job depends on".to_owned();
        findings.push(ONE_ESSENTIAL.at(containers, message).with_help(help));
    }
}

/// The position of each name among the containers; reports a name that is there already.
fn names<'a>(containers: &Cursor<'a>, findings: &mut Findings) -> HashMap<&'a str, usize> {
    let mut positions = HashMap::new();
    for (position, container) in containers.items().enumerate() {
        let Some(at) = container.get("name") else { continue };
        let Some(name) = at.text() else { continue };
        if positions.contains_key(name) {
            let message =
                format!("there is another container called {} before it", quoted(name, LONGEST_SHOWN));
            let help = "give each container of the task a name of its own".to_owned();
            findings.push(CONTAINER_TWICE.at(&at, message).with_help(help));
        } else {
            positions.insert(name, position);
        }
    }
    positions
}
