//! Compute environments, queues, policies, definitions and tags through the real program.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use common::Kiln;
use serde_json::{Value, json};

const RESOURCES: &str = r#"{"type":"EC2","maxvCpus":2,"minvCpus":0,"instanceTypes":["optimal"],"subnets":["s"],
        "securityGroupIds":["g"],"instanceRole":"ecsInstanceRole"}"#;
const ARN: &str = "arn:aws:batch:us-east-1:000000000000";

fn environment(kiln: &Kiln, name: &str, resources: &str) -> common::Done {
    kiln.run([
        "create-compute-environment",
        "--compute-environment-name",
        name,
        "--type=MANAGED",
        "--compute-resources",
        resources,
    ])
}

fn queue(kiln: &Kiln, name: &str, order: &Value) -> common::Done {
    let order = order.to_string();
    kiln.run([
        "create-job-queue",
        "--job-queue-name",
        name,
        "--priority=1",
        "--compute-environment-order",
        &order,
    ])
}

#[test]
fn a_compute_environment_lives_and_dies_as_documented() {
    let kiln = Kiln::new();
    let created = environment(&kiln, "ce", RESOURCES).exits(0);
    let arn = format!("{ARN}:compute-environment/ce");
    let answer: Value = serde_json::from_str(&created.out).unwrap();
    assert_eq!(answer, json!({"computeEnvironmentName": "ce", "computeEnvironmentArn": arn}));
    let _ = environment(&kiln, "ce", RESOURCES).exits(254).says("already exists").silent();
    let answer =
        kiln.json(["describe-compute-environments", "--compute-environments", "ce", "unknown", &arn]);
    let list = answer["computeEnvironments"].as_array().unwrap();
    assert_eq!(list.len(), 1, "unknown names are left out, doubles are one");
    let detail = &list[0];
    for (member, value) in [
        ("state", json!("ENABLED")),
        ("status", json!("VALID")),
        ("statusReason", json!("ComputeEnvironment Healthy")),
        ("type", json!("MANAGED")),
        ("containerOrchestrationType", json!("ECS")),
        ("tags", json!({})),
    ] {
        assert_eq!(detail[member], value, "{member}");
    }
    assert_eq!(detail["computeResources"]["maxvCpus"], 2);
    let cluster = detail["ecsClusterArn"].as_str().unwrap();
    assert!(cluster.starts_with("arn:aws:ecs:us-east-1:000000000000:cluster/ce_Batch_"), "{cluster}");

    let _ = kiln.run(["delete-compute-environment", "--compute-environment=ce"]).exits(254).says("DISABLED");
    let _ = queue(&kiln, "q", &json!([{"order": 1, "computeEnvironment": "ce"}])).exits(0);
    kiln.ok(["update-compute-environment", "--compute-environment", &arn, "--state=DISABLED"]);
    let _ = kiln.run(["delete-compute-environment", "--compute-environment=ce"]).exits(254).says("JobQueue");
    kiln.ok(["update-job-queue", "--job-queue=q", "--state=DISABLED"]);
    kiln.ok(["delete-job-queue", "--job-queue=q"]);
    assert_eq!(kiln.ok(["delete-compute-environment", "--compute-environment=ce"]), "");
    let answer = kiln.json(["describe-compute-environments"]);
    assert_eq!(answer["computeEnvironments"], json!([]));
    let _ = environment(&kiln, "ce", RESOURCES).exits(0);
    let _ = kiln
        .run(["delete-compute-environment", "--compute-environment=gone"])
        .exits(254)
        .says("does not exist");
}

#[test]
fn an_update_keeps_what_it_does_not_name_and_never_scales_down_by_hand() {
    let kiln = Kiln::new();
    let resources = r#"{"type":"EC2","maxvCpus":8,"minvCpus":0,"desiredvCpus":4,"instanceTypes":["optimal"],
        "subnets":["s"],"securityGroupIds":["g"],"instanceRole":"ecsInstanceRole"}"#;
    let _ = environment(&kiln, "ce", resources).exits(0);
    let update = |resources: &str| {
        kiln.run(["update-compute-environment", "--compute-environment=ce", "--compute-resources", resources])
    };
    let _ = update(r#"{"maxvCpus":16}"#).exits(0);
    let detail =
        kiln.json(["describe-compute-environments"])["computeEnvironments"][0]["computeResources"].clone();
    assert_eq!((&detail["maxvCpus"], &detail["desiredvCpus"]), (&json!(16), &json!(4)));
    assert_eq!(detail["subnets"], json!(["s"]));
    let text = "Manually scaling down compute environment is not supported. Disconnecting job queues from compute \
                environment will cause it to scale-down to minvCpus.";
    let _ = update(r#"{"desiredvCpus":3}"#).exits(254).says(text);
    let _ = update(r#"{"desiredvCpus":17}"#).exits(254).says("does not hold");
    let _ = update(r#"{"desiredvCpus":16}"#).exits(0);
}

#[test]
fn a_queue_lives_and_dies_as_documented() {
    let kiln = Kiln::new();
    let _ = environment(&kiln, "a", RESOURCES).exits(0);
    let _ = environment(&kiln, "b", RESOURCES).exits(0);
    let fargate = r#"{"type":"FARGATE","maxvCpus":2,"subnets":["s"],"securityGroupIds":["g"]}"#;
    let _ = environment(&kiln, "f", fargate).exits(0);
    let two = json!([{"order": 2, "computeEnvironment": "a"}, {"order": 1, "computeEnvironment": "b"}]);
    let _ = queue(&kiln, "q", &two).exits(0);
    let _ = queue(&kiln, "q", &two).exits(254).says("already exists");
    let _ = queue(&kiln, "r", &json!([{"order": 1, "computeEnvironment": "none"}]))
        .exits(254)
        .says("does not exist");
    let mixed = json!([{"order": 1, "computeEnvironment": "a"}, {"order": 2, "computeEnvironment": "f"}]);
    let _ = queue(&kiln, "r", &mixed).exits(254).says("mixes");
    let _ = queue(&kiln, "r", &json!([])).exits(252).says("1 to 3");
    let _ = queue(&kiln, "bad name", &two).exits(252).says("--job-queue-name");
    let detail = kiln.json(["describe-job-queues", "--job-queues", "q"])["jobQueues"][0].clone();
    assert_eq!((&detail["state"], &detail["status"]), (&json!("ENABLED"), &json!("VALID")));
    assert_eq!(detail["statusReason"], "JobQueue Healthy");
    assert_eq!(
        detail["computeEnvironmentOrder"][0]["computeEnvironment"],
        format!("{ARN}:compute-environment/a")
    );
    kiln.ok(["update-job-queue", "--job-queue=q", "--priority=7", "--state=DISABLED"]);
    let detail = kiln.json(["describe-job-queues"])["jobQueues"][0].clone();
    assert_eq!((&detail["state"], &detail["priority"]), (&json!("DISABLED"), &json!(7)));
    kiln.define("d", r#"["true"]"#);
    let submit = ["submit-job", "--job-name=j", "--job-queue=q", "--job-definition=d"];
    let _ = kiln.run(submit).exits(254).says("DISABLED").silent();
    kiln.ok(["delete-job-queue", "--job-queue=q"]);
    let _ = kiln.run(submit).exits(254).says("does not exist");
}

#[test]
fn what_is_there_already_decides_and_the_rule_is_named() {
    let kiln = Kiln::new();
    let resources = |types: &str, more: &str| {
        format!(
            r#"{{"type":"EC2","maxvCpus":2,"instanceTypes":{types},"subnets":["s"],"securityGroupIds":["g"],
                "instanceRole":"i"{more}}}"#
        )
    };
    let progressive = r#","allocationStrategy":"BEST_FIT_PROGRESSIVE""#;
    let _ = environment(&kiln, "x86", &resources(r#"["c5"]"#, progressive)).exits(0);
    let _ = environment(&kiln, "arm", &resources(r#"["c6g"]"#, "")).exits(0);
    let fargate = r#"{"type":"FARGATE","maxvCpus":2,"subnets":["s"],"securityGroupIds":["g"]}"#;
    let _ = environment(&kiln, "fargate", fargate).exits(0);

    let order = json!([{"order": 1, "computeEnvironment": "x86"}, {"order": 2, "computeEnvironment": "arm"}]);
    let _ = queue(&kiln, "q", &order).exits(254).says("Arm").says("[JQ105]");

    let update = |name: &str, more: [&str; 2]| {
        kiln.run(["update-compute-environment", "--compute-environment", name].into_iter().chain(more))
    };
    let types = r#"{"instanceTypes":["m5"]}"#;
    let _ = update("x86", ["--compute-resources", types]).exits(0);
    let _ = update("arm", ["--compute-resources", types]).exits(254).says("BEST_FIT").says("[CE107]");
    let _ = update("fargate", ["--compute-resources", types]).exits(254).says("on Fargate").says("[CE106]");
    let _ = update("fargate", ["--compute-resources", r#"{"maxvCpus":4,"subnets":[]}"#]).exits(0);
    let described = kiln.json(["describe-compute-environments", "--compute-environments", "fargate"]);
    assert_eq!(described["computeEnvironments"][0]["computeResources"]["subnets"], json!(["s"]));
    let _ = update("x86", ["--service-role", "own"]).exits(254).says("[CE108]");
    let _ = update("none", ["--state", "DISABLED"]).exits(254).says("[CE101]");
}

#[test]
fn revisions_count_up_and_are_never_used_again() {
    let kiln = Kiln::ready();
    kiln.define("d", r#"["one"]"#);
    kiln.define("d", r#"["two"]"#);
    kiln.ok(["deregister-job-definition", "--job-definition=d:2"]);
    kiln.define("d", r#"["three"]"#);
    let describe = |more: &[&str]| -> Vec<(i64, String)> {
        let answer = kiln.json(["describe-job-definitions"].into_iter().chain(more.iter().copied()));
        let list = answer["jobDefinitions"].as_array().unwrap();
        let row =
            |one: &Value| (one["revision"].as_i64().unwrap(), one["status"].as_str().unwrap().to_owned());
        list.iter().map(row).collect()
    };
    let row = |revision, status: &str| (revision, status.to_owned());
    let all = vec![row(1, "ACTIVE"), row(2, "INACTIVE"), row(3, "ACTIVE")];
    assert_eq!(describe(&["--job-definition-name=d"]), all);
    assert_eq!(describe(&["--job-definition-name=d", "--status=INACTIVE"]), [row(2, "INACTIVE")]);
    assert_eq!(describe(&["--job-definitions", "d:3", "d:9"]), [row(3, "ACTIVE")]);
    assert_eq!(describe(&["--job-definitions", "d"]), all);
    let arn = format!("{ARN}:job-definition/d:1");
    assert_eq!(describe(&["--job-definitions", &arn]), [row(1, "ACTIVE")]);
    let both = ["describe-job-definitions", "--job-definitions", "d", "--status", "ACTIVE"];
    let _ = kiln.run(both).exits(252);
    let detail =
        kiln.json(["describe-job-definitions", "--job-definitions", "d:1"])["jobDefinitions"][0].clone();
    assert_eq!(detail["parameters"], json!({}));
    assert_eq!(detail["timeout"], json!(null));
    for list in ["environment", "volumes", "mountPoints", "ulimits", "secrets"] {
        assert_eq!(detail["containerProperties"][list], json!([]), "{list}");
    }
    let submit = |definition: &str| {
        kiln.run(["submit-job", "--job-name=j", "--job-queue=q", "--job-definition", definition])
    };
    let _ = submit("d:2").exits(254).says("INACTIVE");
    let _ = submit("d:9").exits(254).says("does not exist");
    let done = submit("d").exits(0);
    let answer: Value = serde_json::from_str(&done.out).unwrap();
    let detail = kiln.describe(answer["jobId"].as_str().unwrap());
    assert_eq!(detail["jobDefinition"], format!("{ARN}:job-definition/d:3"));
    let _ = submit(&format!("{ARN}:job-definition/d")).exits(0);
    let _ = kiln.run(["deregister-job-definition", "--job-definition=d"]).exits(254).says("NAME:REVISION");
    let unknown = ["deregister-job-definition", "--job-definition=d:77"];
    let _ = kiln.run(unknown).exits(254).says("does not exist");
}

#[test]
fn pages_join_to_the_whole() {
    let kiln = Kiln::new();
    for _ in 0..5 {
        kiln.define("d", r#"["true"]"#);
    }
    let page = |token: Option<&str>| {
        let plain = ["describe-job-definitions", "--max-results", "2"];
        let token: Vec<_> = token.iter().flat_map(|token| ["--next-token", *token]).collect();
        kiln.json(plain.into_iter().chain(token))
    };
    let first = page(None);
    let second = page(first["nextToken"].as_str());
    let third = page(second["nextToken"].as_str());
    let sizes = [&first, &second, &third].map(|page| page["jobDefinitions"].as_array().unwrap().len());
    assert_eq!(sizes, [2, 2, 1]);
    assert_eq!(third["nextToken"], json!(null));
    let whole = kiln.json(["describe-job-definitions"]);
    assert_eq!(whole["jobDefinitions"].as_array().unwrap().len(), 5);
}

#[test]
fn policies_are_kept_and_guarded() {
    let kiln = Kiln::new();
    let policy = r#"{"shareDistribution":[{"shareIdentifier":"a","weightFactor":0.1}]}"#;
    let answer = kiln.json(["create-scheduling-policy", "--name=p", "--fairshare-policy", policy]);
    let arn = answer["arn"].as_str().unwrap().to_owned();
    assert_eq!(arn, format!("{ARN}:scheduling-policy/p"));
    kiln.ok(["create-scheduling-policy", "--name=plain"]);
    let list = kiln.json(["list-scheduling-policies"]);
    assert_eq!(list["schedulingPolicies"].as_array().unwrap().len(), 2);
    let describe = |arn: &str| {
        kiln.json(["describe-scheduling-policies", "--arns", arn])["schedulingPolicies"][0].clone()
    };
    assert_eq!(describe(&arn)["fairsharePolicy"]["shareDistribution"][0]["weightFactor"], 0.1);
    let plain = describe(&format!("{ARN}:scheduling-policy/plain"));
    let empty = json!({"shareDecaySeconds": 0, "computeReservation": 0, "shareDistribution": []});
    assert_eq!((&plain["fairsharePolicy"], &plain["tags"]), (&empty, &json!({})));
    kiln.ok(["update-scheduling-policy", "--arn", &arn, "--fairshare-policy", r#"{"shareDecaySeconds":60}"#]);
    assert_eq!(describe(&arn)["fairsharePolicy"]["shareDecaySeconds"], 60);

    let _ = environment(&kiln, "ce", RESOURCES).exits(0);
    let order = r#"[{"order":1,"computeEnvironment":"ce"}]"#;
    let create =
        ["create-job-queue", "--job-queue-name=q", "--priority=1", "--compute-environment-order", order];
    kiln.ok(create.into_iter().chain(["--scheduling-policy-arn", &arn]));
    let _ = kiln.run(["delete-scheduling-policy", "--arn", &arn]).exits(254).says("job queue q uses it");
    kiln.define("d", r#"["true"]"#);
    let submit = ["submit-job", "--job-name=j", "--job-queue=q", "--job-definition=d"];
    let _ = kiln.run(submit).exits(254).says("shareIdentifier must be given");
    kiln.ok(["update-job-queue", "--job-queue=q", "--state=DISABLED"]);
    kiln.ok(["delete-job-queue", "--job-queue=q"]);
    kiln.ok(["delete-scheduling-policy", "--arn", &arn]);
}

#[test]
fn every_kind_of_resource_takes_tags() {
    let kiln = Kiln::ready();
    let job = kiln.submit_with("true", &["--tags", "made=early"]);
    kiln.ok(["create-scheduling-policy", "--name=p", "--tags", "made=early"]);
    let arns = [
        "compute-environment/ce",
        "job-queue/q",
        "job-definition/sh:1",
        "scheduling-policy/p",
        &format!("job/{job}"),
    ]
    .map(|name| format!("{ARN}:{name}"));
    for arn in &arns {
        let tags = || kiln.json(["list-tags-for-resource", "--resource-arn", arn])["tags"].clone();
        let before = tags();
        kiln.ok(["tag-resource", "--resource-arn", arn, "--tags", r#"{"a":"1","b":""}"#]);
        kiln.ok(["tag-resource", "--resource-arn", arn, "--tags", "a=2"]);
        let mut expected = before.clone();
        expected["a"] = json!("2");
        expected["b"] = json!("");
        assert_eq!(tags(), expected, "{arn}");
        kiln.ok(["untag-resource", "--resource-arn", arn, "--tag-keys", "a", "b", "none"]);
        assert_eq!(tags(), before, "{arn}");
    }
    assert_eq!(kiln.describe(&job)["tags"], json!({"made": "early"}));
    let tag = |arn: &str, tags: &str| kiln.run(["tag-resource", "--resource-arn", arn, "--tags", tags]);
    let _ = tag(&arns[0], "AWS:x=1").exits(252).says("reserved");
    let _ = tag("nonsense", "a=1").exits(252).says("ARN");
    let _ = tag(&format!("{ARN}:job-queue/none"), "a=1").exits(254).says("does not exist");
    let fifty_one = json!((0..51).map(|n| (format!("k{n}"), "v".into())).collect::<serde_json::Map<_, _>>());
    let _ = tag(&arns[0], &fifty_one.to_string()).exits(252);
}

#[test]
fn regions_are_worlds_of_their_own() {
    let kiln = Kiln::new();
    let _ = environment(&kiln, "ce", RESOURCES).exits(0);
    let elsewhere = |arguments: &[&str]| {
        let mut command = kiln.command(arguments.iter().copied());
        command.env("AWS_REGION", "eu-central-1");
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert!(!elsewhere(&["describe-compute-environments"]).contains("\"ce\""));
    let made =
        elsewhere(&["create-compute-environment", "--compute-environment-name=ce", "--type=UNMANAGED"]);
    assert!(made.contains("arn:aws:batch:eu-central-1:000000000000:compute-environment/ce"), "{made}");
}
