//! What all kinds of jobs have in common, and helpers of the tests of each.

use serde_json::{Value, json};

use super::*;

/// The effective job of a definition with these members and a request with those.
pub(super) fn compute(definition: &Value, request: &Value) -> Result<Effective, ServiceError> {
    let mut full =
        json!({"jobDefinitionName": "d", "jobDefinitionArn": "", "revision": 1, "type": "container"});
    full.as_object_mut().expect("an object").extend(definition.as_object().expect("an object").clone());
    let mut submit = json!({"jobName": "j", "jobQueue": "q", "jobDefinition": "d"});
    submit.as_object_mut().expect("an object").extend(request.as_object().expect("an object").clone());
    let definition = serde_json::from_value(full).expect("a definition");
    effective(&definition, &serde_json::from_value(submit).expect("a request"))
}

/// The task of a job on one node.
pub(super) fn single(definition: &Value, request: &Value) -> Task {
    match compute(definition, request).expect("valid").shape {
        Shape::Single(task) => *task,
        Shape::Nodes(_) => panic!("multi-node"),
    }
}

/// The words of the refusal; none if there is no refusal.
pub(super) fn message(definition: &Value, request: &Value) -> String {
    compute(definition, request).err().map(|error| error.message).unwrap_or_default()
}

/// Requirements of vCPUs and memory.
pub(super) fn both(vcpu: &str, memory: &str) -> Value {
    json!([{"type": "VCPU", "value": vcpu}, {"type": "MEMORY", "value": memory}])
}

fn container() -> Value {
    json!({"containerProperties": {"image": "i", "command": ["echo", "Ref::a", "Ref::b", "xRef::a"],
           "resourceRequirements": both("1", "64")}, "parameters": {"a": "x y"}})
}

#[test]
fn parameters_fill_whole_arguments_and_the_request_wins() {
    let task = single(&container(), &json!({}));
    assert_eq!(task.container.command.expect("a command"), ["echo", "x y", "Ref::b", "xRef::a"]);
    let job = compute(&container(), &json!({"parameters": {"a": "z", "b": "w"}})).expect("valid");
    assert_eq!(job.parameters.len(), 2);
    let words = job.tasks().next().expect("a task").command(&[]);
    assert_eq!(words, ["echo", "z", "w", "xRef::a"]);
}

#[test]
fn what_the_request_says_of_the_whole_job_wins() {
    let mut definition = container();
    definition["schedulingPriority"] = json!(3);
    definition["timeout"] = json!({"attemptDurationSeconds": 60});
    definition["retryStrategy"] =
        json!({"attempts": 4, "evaluateOnExit": [{"onExitCode": "1", "action": "EXIT"}]});
    let job = compute(&definition, &json!({})).expect("valid");
    assert_eq!((job.scheduling_priority, job.timeout_seconds), (Some(3), Some(60)));
    assert_eq!((job.retry.attempts, job.retry.rules.len()), (4, 1));
    let request = json!({"schedulingPriorityOverride": 5, "timeout": {"attemptDurationSeconds": 90},
        "retryStrategy": {"attempts": 2}});
    let job = compute(&definition, &request).expect("valid");
    assert_eq!((job.scheduling_priority, job.timeout_seconds), (Some(5), Some(90)));
    assert_eq!((job.retry.attempts, job.retry.rules.len()), (2, 0), "a strategy is replaced as a whole");
    let job = compute(&container(), &json!({})).expect("valid");
    assert_eq!((job.scheduling_priority, job.timeout_seconds, job.retry), (None, None, Retry::default()));
}

#[test]
fn every_task_is_found() {
    assert_eq!(compute(&container(), &json!({})).expect("valid").tasks().count(), 1);
    let range = |targets| json!({"targetNodes": targets, "container": {"image": "i", "resourceRequirements": both("1", "64")}});
    let nodes = json!({"nodeProperties": {"numNodes": 9, "mainNode": 0, "nodeRangeProperties": [range("0"), range("1:")]}});
    assert_eq!(compute(&nodes, &json!({})).expect("valid").tasks().count(), 2);
}

#[test]
fn a_definition_without_anything_to_run_is_refused() {
    assert!(message(&json!({}), &json!({})).contains("d:1 has nothing to run"));
}
