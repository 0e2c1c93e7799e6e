//! Mistakes in tasks of one or several containers.

use serde_json::{Value, json};

use super::super::place::down;
use super::{Broken, Mutation, drop, free, item, put};

const ANY: &[&str] = &["definition task", "definition nodes tasks"];
const ON_EC2: &[&str] = &["definition task ec2", "definition nodes tasks"];
const TASK: &str = "EcsTaskProperties";
const CONTAINER: &str = "TaskContainerProperties";

pub(super) fn mutations() -> Vec<Mutation> {
    [counts(), members(), waits()].into_iter().flatten().collect()
}

fn counts() -> Vec<Mutation> {
    vec![
        free("two tasks", &["JDX-027"], ANY, |subject| {
            let list = subject.any("EcsProperties")?.key("taskProperties");
            subject.push(&list, json!({"containers": [{"image": "busybox"}], "executionRoleArn": "arn:aws:iam::123456789012:role/r"}));
            Broken::at(list.clone()).map(|broken| broken.along(list.index(1)))
        }),
        put("no task", &["JDX-027"], ANY, ("EcsProperties", "taskProperties"), |_| json!([])),
        put("no container", &["JDX-028"], ANY, (TASK, "containers"), |_| json!([])),
        free("eleven containers", &["JDX-028"], ON_EC2, |subject| {
            let list = subject.any(TASK)?.key("containers");
            for number in subject.len(&list)..11 {
                let size = json!([{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]);
                let name = format!("added-{number}");
                subject.push(&list, json!({"name": name, "image": "busybox", "resourceRequirements": size}));
            }
            Broken::at(list)
        }),
        free("no essential container", &["JDX-035"], ANY, |subject| {
            let list = subject.any(TASK)?.key("containers");
            for position in 0..subject.len(&list) {
                subject.set(&list.clone().index(position).key("essential"), false);
            }
            Broken::at(list)
        }),
    ]
}

fn members() -> Vec<Mutation> {
    vec![
        drop("no image in a task", &["JDP-029", "JDX-030"], ANY, (CONTAINER, "image")),
        put("a misspelled user", &["JDX-030"], ANY, (CONTAINER, "users"), |_| json!("nobody")),
        put("a job role of a container", &["JDX-032"], ANY, (CONTAINER, "jobRoleArn"), |_| {
            json!("arn:aws:iam::123456789012:role/x")
        }),
        put("volumes of a container", &["JDX-032"], ANY, (CONTAINER, "volumes"), |_| json!([])),
        put("an execution role of a container", &["JDX-054"], ANY, (CONTAINER, "executionRoleArn"), |_| {
            json!("arn:aws:iam::123456789012:role/x")
        }),
        put("a job role of a task", &["JDX-033"], ANY, (TASK, "jobRoleArn"), |_| {
            json!("arn:aws:iam::123456789012:role/x")
        }),
        put(
            "a network of a task on EC2",
            &["JDP-097"],
            ON_EC2,
            (TASK, "networkConfiguration"),
            |_| json!({"assignPublicIp": "ENABLED"}),
        ),
        put("another namespace between processes", &["JDX-031"], ON_EC2, (TASK, "ipcMode"), |_| {
            json!("shared")
        }),
        put("another namespace of processes", &["JDX-031"], ON_EC2, (TASK, "pidMode"), |_| json!("none")),
        put("essential by text", &["JDX-034"], ANY, (CONTAINER, "essential"), |_| json!("true")),
    ]
}

/// A wait of the last of several containers.
fn waiting(subject: &mut super::Subject<'_>, wait: impl Fn(&Value) -> Value, at: &str) -> Option<Broken> {
    let list = subject
        .any_that(TASK, |task| task["containers"].as_array().is_some_and(|containers| containers.len() > 1))?
        .key("containers");
    let last = list.clone().index(subject.len(&list) - 1);
    for position in 0..subject.len(&list) {
        // No other container waits for the end of what becomes essential.
        subject.remove(&list.clone().index(position).key("dependsOn"));
    }
    subject.set(&down(&list, "[0].essential"), true);
    let first = subject.get(&down(&list, "[0].name"))?.clone();
    let wait = wait(&first);
    let waits = last.key("dependsOn");
    Broken::at(down(&subject.push(&waits, wait), at))
}

fn waits() -> Vec<Mutation> {
    vec![
        put("waits as texts", &["JDX-038"], ANY, (CONTAINER, "dependsOn"), |_| json!("c1")),
        item("a wait for a name", &["JDX-038"], ANY, (CONTAINER, "dependsOn"), |_| json!("c1")),
        free("a wait for a container that is not there", &["JDX-039"], ANY, |subject| {
            waiting(
                subject,
                |_| json!({"containerName": "nowhere-to-be-found", "condition": "START"}),
                "containerName",
            )
        }),
        free("a wait for the end of an essential container", &["JDX-039"], ANY, |subject| {
            let condition = subject.random.one_of(&["COMPLETE", "SUCCESS"]);
            waiting(subject, |first| json!({"containerName": first, "condition": condition}), "condition")
        }),
        free("a wait for another condition", &["JDX-038"], ANY, |subject| {
            waiting(subject, |first| json!({"containerName": first, "condition": "DONE"}), "condition")
        }),
    ]
}
