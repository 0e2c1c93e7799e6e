//! What of each kind of job is shown, before, while and after it runs.

use serde_json::{Value, json};

use super::*;
use crate::api::compute_environment::EksConfiguration;
use crate::engine::effective::effective;

const TASK: &str = "0123456789abcdef0123456789abcdef";

/// What is shown of a definition's job, or of one node of it, after so many of these attempts.
fn shown(definition: &Value, node: Option<u32>, rows: &[AttemptRow]) -> Value {
    let mut full =
        json!({"jobDefinitionName": "d", "jobDefinitionArn": "", "revision": 1, "type": "container"});
    full.as_object_mut().expect("an object").extend(definition.as_object().expect("an object").clone());
    let definition = serde_json::from_value(full).expect("a definition");
    let job = effective(&definition, &crate::api::job::SubmitJobRequest::default()).expect("valid");
    let eks = EksConfiguration {
        eks_cluster_arn: "cluster".into(),
        kubernetes_namespace: "space".into(),
        access_entry: None,
    };
    let places: Vec<_> = rows.iter().map(|_| Place::of("ce", "id", Some(eks.clone()))).collect();
    let scope = Scope { account: "1".into(), region: "r".into() };
    let attempts = Attempts { scope: &scope, prefix: "d", rows, places: &places };
    let mut detail = JobDetail::default();
    show(&mut detail, job.shape, node, &attempts);
    let mut value = serde_json::to_value(detail).expect("a value");
    let members = value.as_object_mut().expect("an object");
    members.retain(|name, _| {
        !["jobName", "jobId", "jobQueue", "status", "jobDefinition"].contains(&name.as_str())
    });
    value
}

fn running() -> AttemptRow {
    AttemptRow {
        gpus: Vec::new(),
        stop: None,
        leaves_at: None,
        number: 1,
        environment: 1,
        task: TASK.into(),
        placed_at: 1,
        started_at: Some(2),
        stopped_at: None,
        exit_code: None,
        reason: None,
        container_reason: None,
        stop_reason: None,
        kill_at: None,
    }
}

fn ended() -> AttemptRow {
    AttemptRow {
        stopped_at: Some(3),
        exit_code: Some(7),
        reason: Some("why".into()),
        container_reason: Some("how".into()),
        ..running()
    }
}

fn requirements() -> Value {
    json!([{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}])
}

fn task_arn() -> String {
    format!("arn:aws:ecs:r:1:task/ce_Batch_id/{TASK}")
}

fn log() -> String {
    format!("d/default/{TASK}")
}

fn container_of(name: &str) -> Value {
    json!({"image": "i", "command": [name], "resourceRequirements": requirements()})
}

#[test]
fn containers_are_shown_with_their_latest_attempt() {
    let definition = json!({"containerProperties": container_of("a")});
    let waiting = shown(&definition, None, &[]);
    assert_eq!(waiting["container"]["command"], json!(["a"]));
    assert_eq!(waiting["container"]["environment"], json!([]));
    assert_eq!(waiting["container"].get("taskArn"), None);
    assert_eq!(waiting["attempts"], json!([]));
    let second = shown(&definition, None, &[ended(), running()]);
    assert_eq!(second["container"]["taskArn"], json!(task_arn()));
    assert_eq!(second["container"]["logStreamName"], json!(log()));
    assert_eq!(second["container"].get("exitCode"), None);
    let attempt = &second["attempts"][0];
    assert_eq!(second["attempts"].as_array().expect("a list").len(), 1);
    assert_eq!((&attempt["container"]["exitCode"], &attempt["statusReason"]), (&json!(7), &json!("why")));
    let members: Vec<_> = second.as_object().expect("an object").keys().collect();
    assert_eq!(members, ["attempts", "container"]);
}

#[test]
fn tasks_are_shown_as_tasks_beside_an_empty_container() {
    let definition = json!({"ecsProperties": {"taskProperties": [{"pidMode": "task", "containers": [
        {"name": "m", "image": "i", "command": ["a"], "resourceRequirements": requirements(), "stopTimeout": 9}]}]}});
    let waiting = shown(&definition, None, &[]);
    let expected = json!({"attempts": [], "container": {}, "ecsProperties": {"taskProperties": [{
        "containers": [{"name": "m", "image": "i", "command": ["a"], "resourceRequirements": requirements(),
            "stopTimeout": 9}], "pidMode": "task"}]}});
    assert_eq!(waiting, expected);
    let after = shown(&definition, None, &[ended()]);
    let outcome =
        json!({"name": "m", "exitCode": 7, "reason": "how", "logStreamName": log(), "networkInterfaces": []});
    let instance = "arn:aws:ecs:r:1:container-instance/ce_Batch_id/id";
    let attempt = json!({"container": {}, "startedAt": 2, "stoppedAt": 3, "statusReason": "why", "taskProperties": [
        {"containerInstanceArn": instance, "taskArn": task_arn(), "containers": [outcome]}]});
    assert_eq!(after["attempts"], json!([attempt]));
    let task = &after["ecsProperties"]["taskProperties"][0];
    assert_eq!((&task["taskArn"], &task["containerInstanceArn"]), (&json!(task_arn()), &json!(instance)));
    assert_eq!(task["containers"][0]["exitCode"], json!(7));
}

#[test]
fn pods_are_shown_as_pods_without_a_container() {
    let mut definition = json!({"eksProperties": {"podProperties": {"hostNetwork": false, "containers": [
        {"image": "i", "command": ["a", "$(B)"], "env": [{"name": "B", "value": "1"}],
         "resources": {"limits": {"cpu": "1", "memory": "64Mi"}}}]}}});
    let waiting = shown(&definition, None, &[]);
    let expected = json!({"attempts": [], "eksAttempts": [], "eksProperties": {"podProperties": {"hostNetwork": false,
        "containers": [{"name": "Default", "image": "i", "command": ["a", "$(B)"], "env": [{"name": "B", "value": "1"}],
            "resources": {"limits": {"cpu": "1", "memory": "64Mi"}}}]}}});
    assert_eq!(waiting, expected);
    let after = shown(&definition, None, &[ended()]);
    let name = "aws-batch.01234567-89ab-cdef-0123-456789abcdef";
    let attempt = json!({"containers": [{"name": "Default", "exitCode": 7, "reason": "how"}], "initContainers": [],
        "eksClusterArn": "cluster", "podName": name, "podNamespace": "space", "startedAt": 2, "stoppedAt": 3,
        "statusReason": "why"});
    assert_eq!(after["eksAttempts"], json!([attempt]));
    let pod = &after["eksProperties"]["podProperties"];
    assert_eq!((&pod["podName"], &pod["containers"][0]["exitCode"]), (&json!(name), &json!(7)));
    definition["eksProperties"]["podProperties"]["metadata"] = json!({"namespace": "own"});
    assert_eq!(shown(&definition, None, &[ended()])["eksAttempts"][0]["podNamespace"], json!("own"));
}

#[test]
fn multi_node_jobs_show_their_nodes_and_each_node_what_it_runs() {
    let definition = json!({"type": "multinode", "nodeProperties": {"numNodes": 3, "mainNode": 1, "nodeRangeProperties": [
        {"targetNodes": "0:", "container": container_of("a")},
        {"targetNodes": "2", "instanceTypes": ["c5.large"], "container": container_of("b")}]}});
    let whole = shown(&definition, None, &[ended()]);
    let nodes = &whole["nodeProperties"];
    assert_eq!((&nodes["numNodes"], &nodes["mainNode"]), (&json!(3), &json!(1)));
    assert_eq!(nodes["nodeRangeProperties"][0]["targetNodes"], json!("0:"));
    assert_eq!(nodes["nodeRangeProperties"][1]["container"]["command"], json!(["b"]));
    assert_eq!(nodes["nodeRangeProperties"][1]["instanceTypes"], json!(["c5.large"]));
    assert_eq!(whole["attempts"][0]["container"]["exitCode"], json!(7));
    let members: Vec<_> = whole.as_object().expect("an object").keys().collect();
    assert_eq!(members, ["attempts", "nodeProperties"]);
    for (node, is_main, name) in [(0, false, "a"), (1, true, "a"), (2, false, "b")] {
        let one = shown(&definition, Some(node), &[running()]);
        assert_eq!(one["nodeDetails"], json!({"nodeIndex": node, "isMainNode": is_main}));
        assert_eq!(one["container"]["command"], json!([name]));
        assert_eq!(one.get("nodeProperties"), None);
    }
}

#[test]
fn ranges_of_tasks_and_pods_are_shown_as_they_were_described() {
    let task =
        json!({"taskProperties": [{"containers": [{"image": "i", "resourceRequirements": requirements()}]}]});
    let pod = json!({"podProperties": {"containers": [{"image": "i",
        "resources": {"limits": {"cpu": "1", "memory": "64Mi"}}}]}});
    for (member, properties) in [("ecsProperties", task), ("eksProperties", pod)] {
        let definition = json!({"nodeProperties": {"numNodes": 2, "mainNode": 0, "nodeRangeProperties": [
            {"targetNodes": "0:1", member: properties}]}});
        let whole = shown(&definition, None, &[]);
        let range = json!({"targetNodes": "0:1", member: properties});
        assert_eq!(whole["nodeProperties"]["nodeRangeProperties"], json!([range]));
        assert!(shown(&definition, Some(1), &[]).get(member).is_some());
    }
}
