//! Tags through the real program: where they can be, what they mean, and how long they stay.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use common::Kiln;
use serde_json::{Value, json};

const ARN: &str = "arn:aws:batch:us-east-1:000000000000";

fn tags(kiln: &Kiln, arn: &str) -> Value {
    kiln.json(["list-tags-for-resource", "--resource-arn", arn])["tags"].clone()
}

/// CEQ-034, CEQ-126, OPS-135, OPS-137, OPS-138, OPS-140, OPS-141, OPS-143, OPS-151.
#[test]
fn tags_come_only_from_users_and_are_told_apart_by_case_and_resource() {
    let kiln = Kiln::new();
    let given = json!({"Team": "x", "team": "y", "empty": ""});
    let flag = ["--tags", &given.to_string()];
    let resources = r#"{"type":"EC2","maxvCpus":2,"instanceTypes":["optimal"],"subnets":["s"],"minvCpus":0,
        "securityGroupIds":["g"],"instanceRole":"i","tags":{"Name":"Batch Instance"}}"#;
    let container = r#"{"image":"none","command":["true"],"resourceRequirements":[{"type":"VCPU","value":"1"},
        {"type":"MEMORY","value":"64"}]}"#;
    let order = common::environment_order(&["tagged"]);
    let create = |words: &[&str], more: &[&str]| kiln.ok(words.iter().chain(more).copied());
    for (name, more) in [("tagged", flag.as_slice()), ("plain", &[])] {
        let environment =
            ["create-compute-environment", "--type=MANAGED", "--compute-environment-name", name];
        create(&environment, &[["--compute-resources", resources].as_slice(), more].concat());
        let queue = ["create-job-queue", "--priority=1", "--job-queue-name", name];
        create(&queue, &[["--compute-environment-order", &order].as_slice(), more].concat());
        create(&["create-scheduling-policy", "--name", name], more);
        let definition = ["register-job-definition", "--type=container", "--job-definition-name", name];
        create(&definition, &[["--container-properties", container].as_slice(), more].concat());
    }
    let submit =
        |more: &[&str]| kiln.submit_into("tagged", "", &[&["--job-definition", "tagged"], more].concat());
    let (tagged, plain) = (submit(&flag), submit(&[]));
    let of = |name: &str, job: &str| {
        ["compute-environment/", "job-queue/", "scheduling-policy/", "job-definition/", "job/"].map(|kind| {
            match kind {
                "job/" => format!("{ARN}:job/{job}"),
                "job-definition/" => format!("{ARN}:job-definition/{name}:1"),
                _ => format!("{ARN}:{kind}{name}"),
            }
        })
    };
    for arn in of("plain", &plain) {
        assert_eq!(tags(&kiln, &arn), json!({}), "{arn}");
    }
    for arn in of("tagged", &tagged) {
        assert_eq!(tags(&kiln, &arn), given, "{arn}");
        kiln.ok(["untag-resource", "--resource-arn", &arn, "--tag-keys", "Team", "EMPTY"]);
        kiln.ok(["tag-resource", "--resource-arn", &arn, "--tags", "team=z,Other=1"]);
        assert_eq!(tags(&kiln, &arn), json!({"team": "z", "empty": "", "Other": "1"}), "{arn}");
    }
    // Those of the instances are no tags of the environment, nor the reverse.
    let detail = kiln.described_environment("tagged");
    assert_eq!(detail["computeResources"]["tags"], json!({"Name": "Batch Instance"}));
    assert_eq!(detail["tags"], json!({"team": "z", "empty": "", "Other": "1"}));
    for arn in ["vault/v", "compute-environment-of-another-kind/x"].map(|name| format!("{ARN}:{name}")) {
        let done = kiln.run(["tag-resource", "--resource-arn", &arn, "--tags", "a=1"]);
        let _ = done.exits(252).silent();
    }
}

/// OPS-135, OPS-137, OPS-142.
#[test]
fn what_cannot_be_tagged_is_not_created_and_what_is_deleted_has_no_tags() {
    let kiln = Kiln::ready();
    let order = common::environment_order(&["ce"]);
    let create = |tags: &str| {
        let words = ["create-job-queue", "--job-queue-name=r", "--priority=1", "--tags", tags];
        kiln.run(words.into_iter().chain(["--compute-environment-order", &order]))
    };
    for tags in [r#"{"a":"1","aws:b":"2"}"#, r#"{"a":"1","b":null}"#] {
        let _ = create(tags).exits(252).silent();
    }
    let input = json!({"jobQueueName": "r", "priority": 1, "tags": {"a": "1", "aws:b": "2"},
        "computeEnvironmentOrder": [{"order": 1, "computeEnvironment": "ce"}]});
    let refusal = kiln.post("createjobqueue", &[input]).remove(0);
    assert_eq!(refusal["__type"], "ClientException", "{refusal}");
    assert_eq!(kiln.json(["describe-job-queues", "--job-queues", "r"])["jobQueues"], json!([]));

    let arn = format!("{ARN}:job-queue/r");
    let _ = create(r#"{"a":"1"}"#).exits(0);
    assert_eq!(tags(&kiln, &arn), json!({"a": "1"}));
    kiln.ok(["update-job-queue", "--job-queue=r", "--state=DISABLED"]);
    kiln.ok(["delete-job-queue", "--job-queue=r"]);
    let _ = kiln.run(["list-tags-for-resource", "--resource-arn", &arn]).exits(254).silent();
    let _ = kiln.run(["tag-resource", "--resource-arn", &arn, "--tags", "a=2"]).exits(254).silent();
    kiln.queue_over("r", 1, &["ce"], &[]);
    assert_eq!(tags(&kiln, &arn), json!({}), "the new one has not inherited any");
}

/// OPS-136, OPS-144, OPS-145, JDP-247, JDP-250.
#[test]
fn tags_change_nothing_but_can_be_too_many_to_propagate() {
    let kiln = Kiln::ready();
    let numbered = |first: usize, count: usize, value: &str| {
        let entry = |number| (format!("key-{number}"), json!(value));
        Value::Object((first..first + count).map(entry).collect()).to_string()
    };
    let container = r#"{"image":"none","command":["true"],"resourceRequirements":[{"type":"VCPU","value":"1"},
        {"type":"MEMORY","value":"64"}]}"#;
    let register = ["register-job-definition", "--job-definition-name=many", "--type=container"];
    let tagged = ["--tags", &numbered(0, 30, "of the definition"), "--container-properties", container];
    kiln.ok(register.into_iter().chain(tagged));
    let submit = |tags: &str, more: &[&str]| {
        let flags = [["--job-definition", "many", "--tags", tags].as_slice(), more].concat();
        let job = kiln.submit_into("q", "", &flags);
        let _ = kiln.run(["wait", &job]);
        kiln.describe(&job)
    };
    // 30 and 21 make 51, unless some are the same.
    let (other, some) = (numbered(30, 21, "of the job"), numbered(29, 21, "of the job"));
    let detail = submit(&other, &[]);
    assert_eq!(detail["status"], "SUCCEEDED", "they are not propagated");
    assert_ne!(detail["propagateTags"], true);
    let detail = submit(&some, &["--propagate-tags"]);
    assert_eq!((&detail["status"], &detail["propagateTags"]), (&json!("SUCCEEDED"), &json!(true)));
    assert_eq!(detail["tags"].as_object().unwrap().len(), 21, "those of the definition stay there");
    let detail = submit(&other, &["--propagate-tags"]);
    assert_eq!(detail["status"], "FAILED");

    let arn = format!("{ARN}:compute-environment/ce");
    let words = "fault=invalid,Kiln:Fault=invalid,priority=0,state=DISABLED,maxvCpus=0";
    kiln.ok(["tag-resource", "--resource-arn", &arn, "--tags", words]);
    assert_eq!(kiln.described_environment("ce")["status"], "VALID");
    let _ = kiln.run(["wait", &kiln.submit("true")]).exits(0);
}
