//! Compute environments through the real program: their size, their state, and updates while jobs run.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use std::fs;

use common::{Done, Kiln, asking_for, environment_order};
use serde_json::{Value, json};

const ARN: &str = "arn:aws:batch:us-east-1:000000000000";
/// A job that lasts until it is stopped.
const HOLD: &str = "exec sleep 600";
/// The status reason of a job whose instance was replaced.
const REPLACED: &str = "Host EC2 (instance i-00000000000000000) terminated.";

/// Updates the compute resources of an environment; `more` are further flags.
fn update(kiln: &Kiln, name: &str, resources: &Value, more: &[&str]) -> Done {
    let update = ["update-compute-environment", "--compute-environment", name];
    let resources = ["--compute-resources", &resources.to_string()];
    kiln.run(update.into_iter().chain(resources).chain(more.iter().copied()))
}

fn set_state(kiln: &Kiln, name: &str, state: &str) {
    kiln.ok(["update-compute-environment", "--compute-environment", name, "--state", state]);
}

fn status(kiln: &Kiln, name: &str) -> Value {
    kiln.described_environment(name)["status"].clone()
}

fn desired(kiln: &Kiln, name: &str) -> Value {
    kiln.described_environment(name)["computeResources"]["desiredvCpus"].clone()
}

/// An environment `ce` of two vCPUs whose infrastructure can be replaced, and a queue `q` on it.
fn replaceable() -> Kiln {
    let kiln = Kiln::new().with_sh();
    let strategy = json!({"instanceTypes": ["c5"], "allocationStrategy": "BEST_FIT_PROGRESSIVE"});
    kiln.managed_environment("ce", 2, &strategy);
    kiln.queue_over("q", 1, &["ce"], &[]);
    kiln
}

/// Submits a job and waits until it runs.
fn running(kiln: &Kiln) -> String {
    let job = kiln.submit(HOLD);
    kiln.until_all_run(&[&job]);
    job
}

/// CEQ-079, CEQ-080, OPS-034, OPS-035, OPS-036.
#[test]
fn an_environment_grows_with_the_demand_up_to_its_maximum_and_shrinks_to_its_minimum() {
    let kiln = Kiln::new().with("KILN_VCPUS", "8").with_sh();
    kiln.managed_environment("ce", 4, &json!({"minvCpus": 1}));
    kiln.queue_over("q", 1, &["ce"], &[]);
    assert_eq!(desired(&kiln, "ce"), 1, "the minimum is kept without any job");
    let two = asking_for("VCPU", 2);
    let jobs: Vec<_> = (0..3).map(|_| kiln.submit_with(HOLD, &["--container-overrides", &two])).collect();
    kiln.until_all_run(&jobs[..2]);
    assert_eq!(kiln.statuses_of(&jobs[2..]), ["RUNNABLE"], "the host would have room");
    assert_eq!(desired(&kiln, "ce"), 4);
    kiln.end_by_force(&jobs[0]);
    kiln.until_all_run(&jobs[1..]);
    assert_eq!(desired(&kiln, "ce"), 4);
    kiln.end_by_force(&jobs[1]);
    assert_eq!(desired(&kiln, "ce"), 2);
    kiln.end_by_force(&jobs[2]);
    assert_eq!(desired(&kiln, "ce"), 1);

    // What waits for memory counts as well, and what can never be placed does not.
    let ask = |vcpus: &str| {
        let requirements = json!([{"type": "VCPU", "value": vcpus}, {"type": "MEMORY", "value": "900"}]);
        let overrides = json!({ "resourceRequirements": requirements }).to_string();
        kiln.submit_with(HOLD, &["--container-overrides", &overrides])
    };
    let (running, waiting, misfit) = (ask("1"), ask("2"), ask("5"));
    kiln.until_all_run(&[&running]);
    assert_eq!(kiln.statuses_of(&[&waiting, &misfit]), ["RUNNABLE"; 2]);
    assert_eq!(desired(&kiln, "ce"), 3);
    kiln.ok(["cancel-job", "--job-id", &waiting, "--reason", "not needed"]);
    assert_eq!(desired(&kiln, "ce"), 1);
}

/// CEQ-079, CEQ-160, CEQ-161, OPS-035, OPS-211.
#[test]
fn an_environment_is_not_shrunk_by_hand_but_by_taking_it_out_of_its_queues() {
    let kiln = Kiln::new().with("KILN_VCPUS", "8").with_sh();
    kiln.managed_environment("one", 2, &json!({}));
    kiln.managed_environment("two", 2, &json!({}));
    kiln.queue_over("q", 1, &["one"], &[]);
    let jobs: Vec<_> = (0..3).map(|_| kiln.submit(HOLD)).collect();
    kiln.until_all_run(&jobs[..2]);
    assert_eq!((desired(&kiln, "one"), desired(&kiln, "two")), (json!(2), json!(0)));
    let text = "Manually scaling down compute environment is not supported. Disconnecting job queues from compute \
                environment will cause it to scale-down to minvCpus.";
    let _ = update(&kiln, "one", &json!({"desiredvCpus": 1}), &[]).exits(254).says(text);
    let _ = update(&kiln, "one", &json!({"desiredvCpus": 3}), &[]).exits(254).says("[CE104]");
    let _ = update(&kiln, "one", &json!({"desiredvCpus": 2}), &[]).exits(0);

    let other = environment_order(&["two"]);
    kiln.ok(["update-job-queue", "--job-queue", "q", "--compute-environment-order", &other]);
    kiln.until_all_run(&jobs);
    assert_eq!((desired(&kiln, "one"), desired(&kiln, "two")), (json!(2), json!(1)));
    kiln.end_by_force(&jobs[0]);
    kiln.end_by_force(&jobs[1]);
    assert_eq!((desired(&kiln, "one"), desired(&kiln, "two")), (json!(0), json!(1)));
}

/// CEQ-160, CEQ-161, OPS-036: an environment that has shrunk again may be asked for the same number once more, and what
/// it was asked for does not keep its maximum up.
#[test]
fn what_an_environment_was_asked_for_does_not_bind_it_for_ever() {
    let kiln = Kiln::new().with("KILN_VCPUS", "8").with_sh();
    kiln.managed_environment("ce", 8, &json!({}));
    kiln.queue_over("q", 1, &["ce"], &[]);
    let ask = |resources: Value| {
        let _ = update(&kiln, "ce", &resources, &[]).exits(0);
    };
    for _ in 0..2 {
        ask(json!({"desiredvCpus": 6}));
        assert_eq!(desired(&kiln, "ce"), 6);
        kiln.end_by_force(&running(&kiln));
        assert_eq!(desired(&kiln, "ce"), 0);
    }
    ask(json!({"maxvCpus": 4}));
    assert_eq!(desired(&kiln, "ce"), 0);
    ask(json!({"desiredvCpus": 4}));
    ask(json!({"maxvCpus": 5}));
    assert_eq!(desired(&kiln, "ce"), 4, "nothing has ended since");
    let _ = update(&kiln, "ce", &json!({"desiredvCpus": 6}), &[]).exits(254).says("does not hold");
    let _ = update(&kiln, "ce", &json!({"minvCpus": 6}), &[]).exits(254).says("does not hold");
}

/// CEQ-089, CEQ-090.
#[test]
fn a_disabled_environment_starts_nothing_and_does_not_grow_but_lets_jobs_end() {
    let kiln = Kiln::ready();
    let gate = kiln.home().join("gate");
    let script = format!("until test -e {}; do sleep 0.05; done; exit 3", gate.display());
    let first = kiln.submit(&script);
    kiln.until_all_run(&[&first]);
    set_state(&kiln, "ce", "DISABLED");
    let second = kiln.submit("true");
    assert_eq!(kiln.statuses_of(&[&second]), ["RUNNABLE"]);
    assert_eq!(desired(&kiln, "ce"), 1);
    fs::write(gate, "").unwrap();
    let _ = kiln.run(["wait", &first]).exits(3);
    assert_eq!(kiln.statuses_of(&[&second]), ["RUNNABLE"]);
    assert_eq!(desired(&kiln, "ce"), 0);
    set_state(&kiln, "ce", "ENABLED");
    let _ = kiln.run(["wait", &second]).exits(0);
}

/// CEQ-060, OPS-009.
#[test]
fn an_unmanaged_environment_has_what_the_host_has() {
    let kiln = Kiln::new().with_sh();
    let role = "arn:aws:iam::000000000000:role/own";
    let create = ["create-compute-environment", "--compute-environment-name=own", "--type=UNMANAGED"];
    kiln.ok(create.into_iter().chain(["--service-role", role]));
    kiln.queue_over("q", 1, &["own"], &[]);
    let detail = kiln.described_environment("own");
    assert_eq!((&detail["type"], &detail["status"]), (&json!("UNMANAGED"), &json!("VALID")));
    assert_eq!(detail["computeResources"], Value::Null, "there is nothing to scale");
    assert!(detail["ecsClusterArn"].as_str().unwrap().contains("/own"), "{detail:#}");
    let jobs: Vec<_> = (0..3).map(|_| kiln.submit(HOLD)).collect();
    kiln.until_all_run(&jobs[..2]);
    assert_eq!(kiln.statuses_of(&jobs[2..]), ["RUNNABLE"]);
    kiln.end_by_force(&jobs[0]);
    kiln.until_all_run(&jobs[1..]);
    let job = kiln.submit_with("true", &["--container-overrides", &asking_for("VCPU", 3)]);
    let reason = kiln.describe(&job)["statusReason"].as_str().unwrap_or_default().to_owned();
    assert!(reason.starts_with("MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - "), "{reason}");
}

/// CEQ-007, CEQ-050, OPS-172.
#[test]
fn an_invalid_environment_says_so_and_takes_no_jobs() {
    let kiln = Kiln::ready();
    let arn = format!("{ARN}:compute-environment/ce");
    let before = running(&kiln);
    kiln.ok(["tag-resource", "--resource-arn", &arn, "--tags", "kiln:fault=invalid"]);
    let detail = kiln.described_environment("ce");
    assert_eq!((&detail["status"], &detail["state"]), (&json!("INVALID"), &json!("ENABLED")));
    let reason = detail["statusReason"].as_str().unwrap();
    assert!(!reason.is_empty() && reason != "ComputeEnvironment Healthy", "{reason}");
    let job = kiln.submit("true");
    assert_eq!(kiln.statuses_of(&[&before, &job]), ["RUNNING", "RUNNABLE"]);
    let order = environment_order(&["ce"]);
    let create = ["create-job-queue", "--job-queue-name=r", "--priority=1", "--compute-environment-order"];
    let _ = kiln.run(create.into_iter().chain([order.as_str()])).exits(254).says("[JQ103]");
    kiln.ok(["untag-resource", "--resource-arn", &arn, "--tag-keys", "kiln:fault"]);
    let detail = kiln.described_environment("ce");
    assert_eq!(detail["status"], "VALID");
    assert_eq!(detail["statusReason"], "ComputeEnvironment Healthy");
    let _ = kiln.run(["wait", &job]).exits(0);
    kiln.end_by_force(&before);
}

/// OPS-010, CEQ-165, CEQ-168.
#[test]
fn what_was_given_is_described_and_the_update_policy_has_its_defaults() {
    let kiln = Kiln::new();
    let resources = json!({"type": "SPOT", "allocationStrategy": "SPOT_CAPACITY_OPTIMIZED", "minvCpus": 1,
        "maxvCpus": 64, "instanceTypes": ["c5.2xlarge", "m5"], "subnets": ["subnet-1", "subnet-2"],
        "securityGroupIds": ["sg-1"], "ec2KeyPair": "key", "instanceRole": "ecsInstanceRole",
        "tags": {"Name": "Batch Instance"}, "placementGroup": "near", "bidPercentage": 60,
        "launchTemplate": {"launchTemplateName": "template", "version": "2"},
        "ec2Configuration": [{"imageType": "ECS_AL2023"}]});
    kiln.managed_environment("ce", 64, &resources);
    let described = kiln.described_environment("ce");
    for (member, value) in resources.as_object().unwrap() {
        assert_eq!(&described["computeResources"][member], value, "{member}");
    }
    let policy = |given: &str| {
        let update = ["update-compute-environment", "--compute-environment=ce", "--update-policy", given];
        kiln.ok(update);
        kiln.described_environment("ce")["updatePolicy"].clone()
    };
    assert_eq!(described["updatePolicy"]["jobExecutionTimeoutMinutes"], 30);
    let expected = |terminate: bool, minutes: i64| {
        let (terminates, time) = ("terminateJobsOnUpdate", "jobExecutionTimeoutMinutes");
        json!({ terminates: terminate, time: minutes })
    };
    assert_eq!(policy(r#"{"terminateJobsOnUpdate":true}"#), expected(true, 30));
    let both = r#"{"terminateJobsOnUpdate":false,"jobExecutionTimeoutMinutes":5}"#;
    assert_eq!(policy(both), expected(false, 5));
    assert_eq!(status(&kiln, "ce"), "VALID");
}

/// CEQ-158, CEQ-159.
#[test]
fn a_scaling_update_takes_effect_at_once_and_leaves_jobs_alone() {
    let kiln = Kiln::new().with("KILN_VCPUS", "8").with_sh();
    // With the default strategy and a role of its own, it can be scaled but not replaced.
    let resources = json!({"type": "EC2", "maxvCpus": 1, "minvCpus": 0, "instanceTypes": ["c5"],
        "subnets": ["s"], "securityGroupIds": ["g"], "instanceRole": "i"});
    let role = |name: &str| format!("arn:aws:iam::000000000000:role/{name}");
    let create = ["create-compute-environment", "--compute-environment-name=ce", "--type=MANAGED"];
    let more = ["--compute-resources", &resources.to_string(), "--service-role", &role("own")];
    kiln.ok(create.into_iter().chain(more));
    kiln.queue_over("q", 1, &["ce"], &[]);
    let jobs: Vec<_> = (0..4).map(|_| kiln.submit(HOLD)).collect();
    kiln.until_all_run(&jobs[..1]);
    assert_eq!(kiln.statuses_of(&jobs[1..]), ["RUNNABLE"; 3]);
    let scaled = |resources: Value, more: &[&str]| {
        let _ = update(&kiln, "ce", &resources, more).exits(0);
        assert_eq!(status(&kiln, "ce"), "VALID");
    };
    scaled(json!({"maxvCpus": 2}), &[]);
    kiln.until_all_run(&jobs[..2]);
    scaled(json!({"maxvCpus": 3, "minvCpus": 1, "desiredvCpus": 3}), &["--service-role", &role("other")]);
    kiln.until_all_run(&jobs[..3]);
    assert_eq!(kiln.described_environment("ce")["serviceRole"], role("other"));
    scaled(json!({"maxvCpus": 4}), &["--state", "DISABLED"]);
    assert_eq!(kiln.statuses_of(&jobs), ["RUNNING", "RUNNING", "RUNNING", "RUNNABLE"]);
    scaled(json!({"maxvCpus": 4}), &["--state", "ENABLED"]);
    kiln.until_all_run(&jobs);
    // A value that does not change replaces nothing.
    scaled(json!({"instanceTypes": ["c5"], "subnets": ["s"]}), &[]);
}

/// CEQ-162, CEQ-163.
#[test]
fn the_infrastructure_is_replaced_only_where_it_can_be_and_without_the_role() {
    let kiln = Kiln::new();
    let own = "arn:aws:iam::000000000000:role/own";
    let resources = |strategy: &str| {
        json!({"type": "EC2", "maxvCpus": 2, "minvCpus": 0, "instanceTypes": ["c5"], "subnets": ["s"],
            "securityGroupIds": ["g"], "instanceRole": "i", "allocationStrategy": strategy})
        .to_string()
    };
    for (name, strategy, more) in [
        ("linked", "BEST_FIT_PROGRESSIVE", vec![]),
        ("own-role", "BEST_FIT_PROGRESSIVE", vec!["--service-role", own]),
        ("best-fit", "BEST_FIT", vec![]),
    ] {
        let create = ["create-compute-environment", "--compute-environment-name", name, "--type=MANAGED"];
        kiln.ok(create.into_iter().chain(["--compute-resources", &resources(strategy)]).chain(more));
    }
    let types = json!({"instanceTypes": ["m5"]});
    let _ = update(&kiln, "own-role", &types, &[]).exits(254).says("[CE107]");
    let _ = update(&kiln, "best-fit", &types, &[]).exits(254).says("[CE107]");
    let _ = update(&kiln, "linked", &types, &["--service-role", own]).exits(252).says("[CE081]");
    let together = json!({"instanceTypes": ["m5"], "maxvCpus": 8, "minvCpus": 1, "desiredvCpus": 2});
    let _ = update(&kiln, "linked", &together, &["--state", "DISABLED"]).exits(0);
    let detail = kiln.described_environment("linked");
    assert_eq!((&detail["state"], &detail["status"]), (&json!("DISABLED"), &json!("VALID")));
    assert_eq!(detail["computeResources"]["instanceTypes"], json!(["m5"]));
    assert_eq!(detail["computeResources"]["maxvCpus"], 8);
    for name in ["own-role", "best-fit"] {
        assert_eq!(kiln.described_environment(name)["computeResources"]["instanceTypes"], json!(["c5"]));
    }
}

/// CEQ-158, CEQ-164, CEQ-171.
#[test]
fn every_change_of_the_infrastructure_takes_until_the_jobs_before_it_have_ended() {
    let kiln = Kiln::new().with_sh();
    let spot = json!({"type": "SPOT", "allocationStrategy": "SPOT_CAPACITY_OPTIMIZED", "bidPercentage": 60,
        "instanceTypes": ["c5"]});
    kiln.managed_environment("ce", 2, &spot);
    kiln.queue_over("q", 1, &["ce"], &[]);
    // The latest image is first, since naming an image would make it mean nothing.
    let changes = json!({
        "updateToLatestImageVersion": true,
        "allocationStrategy": "BEST_FIT_PROGRESSIVE",
        "bidPercentage": 80,
        "ec2Configuration": [{"imageType": "ECS_AL2023"}],
        "ec2KeyPair": "key",
        "imageId": "ami-0123456789abcdef0",
        "instanceRole": "other",
        "instanceTypes": ["m5"],
        "launchTemplate": {"launchTemplateName": "template", "version": "1"},
        "placementGroup": "near",
        "securityGroupIds": ["sg-2"],
        "subnets": ["subnet-2"],
        "tags": {"Name": "new"},
        "type": "EC2",
    });
    let mut before = running(&kiln);
    for (member, value) in changes.as_object().unwrap() {
        let _ = update(&kiln, "ce", &json!({ member: value }), &[]).exits(0);
        let detail = kiln.described_environment("ce");
        assert_eq!(detail["status"], "UPDATING", "{member}");
        if member != "updateToLatestImageVersion" {
            assert_eq!(&detail["computeResources"][member], value);
        }
        // New jobs start meanwhile, and do not hold the update up.
        let after = running(&kiln);
        assert_eq!(status(&kiln, "ce"), "UPDATING", "{member}");
        assert_eq!(kiln.statuses_of(&[&before]), ["RUNNING"], "{member}");
        kiln.end_by_force(&before);
        kiln.until(|| status(&kiln, "ce") == "VALID");
        assert_eq!(kiln.statuses_of(&[&after]), ["RUNNING"], "{member}");
        before = after;
    }
    let mut unchanged = changes;
    unchanged.as_object_mut().unwrap().remove("updateToLatestImageVersion");
    let _ = update(&kiln, "ce", &unchanged, &[]).exits(0);
    assert_eq!(status(&kiln, "ce"), "VALID", "nothing was changed");
}

/// CEQ-164, CEQ-167, CEQ-170.
#[test]
fn jobs_may_go_on_while_an_environment_is_updated() {
    let kiln = replaceable();
    let gate = kiln.home().join("gate");
    let before = kiln.submit(&format!("until test -e {}; do sleep 0.05; done", gate.display()));
    kiln.until_all_run(&[&before]);
    let policy = r#"{"terminateJobsOnUpdate":false,"jobExecutionTimeoutMinutes":60}"#;
    let types = json!({"instanceTypes": ["m5"]});
    let _ = update(&kiln, "ce", &types, &["--update-policy", policy]).exits(0);
    assert_eq!(status(&kiln, "ce"), "UPDATING");
    // Old and new jobs share the two vCPUs.
    let after = [kiln.submit(HOLD), kiln.submit(HOLD)];
    kiln.until_all_run(&after[..1]);
    assert_eq!(kiln.statuses_of(&after[1..]), ["RUNNABLE"]);
    let _ = update(&kiln, "ce", &json!({"instanceTypes": ["c4"]}), &[]).exits(254).says("(ClientException)");
    assert_eq!(kiln.described_environment("ce")["computeResources"]["instanceTypes"], json!(["m5"]));
    Kiln::kill(kiln.engine().unwrap());
    assert_eq!(status(&kiln, "ce"), "UPDATING");
    assert_eq!(kiln.statuses_of(&[&before]), ["RUNNING"]);
    fs::write(gate, "").unwrap();
    let _ = kiln.run(["wait", &before]).exits(0);
    kiln.until(|| status(&kiln, "ce") == "VALID");
    kiln.until_all_run(&after);
    let _ = update(&kiln, "ce", &json!({"instanceTypes": ["c4"]}), &[]).exits(0);
    assert_eq!(status(&kiln, "ce"), "UPDATING");
}

/// CEQ-050, CEQ-170: a fault that comes and goes does not make the update look finished.
#[test]
fn an_environment_that_is_invalid_for_a_while_is_still_being_updated() {
    let kiln = replaceable();
    let before = running(&kiln);
    let _ = update(&kiln, "ce", &json!({"instanceTypes": ["m5"]}), &[]).exits(0);
    let arn = format!("{ARN}:compute-environment/ce");
    kiln.ok(["tag-resource", "--resource-arn", &arn, "--tags", r#"{"kiln:fault":"invalid"}"#]);
    assert_eq!(status(&kiln, "ce"), "INVALID");
    let again = || update(&kiln, "ce", &json!({"instanceTypes": ["c4"]}), &[]);
    let _ = again().exits(254).says("being replaced");
    kiln.ok(["untag-resource", "--resource-arn", &arn, "--tag-keys", r#"["kiln:fault"]"#]);
    assert_eq!(status(&kiln, "ce"), "UPDATING");
    let _ = again().exits(254).says("being replaced");
    kiln.end_by_force(&before);
    kiln.until(|| status(&kiln, "ce") == "VALID");
    let _ = again().exits(0);
}

/// CEQ-165, CEQ-166, CEQ-169, CEQ-182.
#[test]
fn an_update_that_terminates_jobs_counts_as_a_failed_attempt_of_each() {
    let kiln = replaceable();
    let policy = r#"{"terminateJobsOnUpdate":true,"jobExecutionTimeoutMinutes":60}"#;
    kiln.ok(["update-compute-environment", "--compute-environment=ce", "--update-policy", policy]);
    let script = "test $AWS_BATCH_JOB_ATTEMPT = 2 && exit 0; exec sleep 600";
    let once = kiln.submit(script);
    let twice = kiln.submit_with(script, &["--retry-strategy", r#"{"attempts":2}"#]);
    kiln.until_all_run(&[&once, &twice]);
    let latest = json!({"updateToLatestImageVersion": true});
    let _ = update(&kiln, "ce", &latest, &[]).exits(0);
    let _ = kiln.run(["wait", &twice, "--timeout=60"]).exits(0);
    let _ = kiln.run(["wait", &once, "--timeout=60"]).says(REPLACED);
    let detail = kiln.describe(&once);
    assert_eq!((&detail["status"], &detail["statusReason"]), (&json!("FAILED"), &json!(REPLACED)));
    assert_eq!(detail["attempts"].as_array().unwrap().len(), 1);
    let detail = kiln.describe(&twice);
    let attempts = detail["attempts"].as_array().unwrap();
    let reasons: Vec<_> = attempts.iter().map(|attempt| &attempt["statusReason"]).collect();
    assert_eq!(reasons, [&json!(REPLACED), &json!("Essential container in task exited")]);
    assert_eq!(detail["status"], "SUCCEEDED");
    kiln.until(|| status(&kiln, "ce") == "VALID");

    // The retry strategy may look at the reason, and the same policy holds for the next update.
    let strategy = json!({"attempts": 3, "evaluateOnExit": [
        {"onStatusReason": "Host EC2*", "action": "RETRY"}, {"onReason": "*", "action": "EXIT"}]});
    let job = kiln.submit_with(script, &["--retry-strategy", &strategy.to_string()]);
    kiln.until_all_run(&[&job]);
    let _ = update(&kiln, "ce", &json!({"instanceTypes": ["m5"]}), &[]).exits(0);
    let _ = kiln.run(["wait", &job, "--timeout=60"]).exits(0);
    assert_eq!(kiln.describe(&job)["attempts"].as_array().unwrap().len(), 2);
}

/// CEQ-119, CEQ-122, CEQ-171.
#[test]
fn empty_lists_of_the_network_mean_nothing_on_fargate_and_removal_on_instances() {
    let kiln = replaceable();
    let before = running(&kiln);
    let empty = json!({"subnets": [], "securityGroupIds": []});
    let network = |name: &str| {
        let resources = kiln.described_environment(name)["computeResources"].clone();
        (resources["subnets"].clone(), resources["securityGroupIds"].clone())
    };
    assert_eq!(network("ce"), (json!(["s"]), json!(["g"])));
    let _ = update(&kiln, "ce", &empty, &[]).exits(0);
    assert_eq!(network("ce"), (json!([]), json!([])));
    assert_eq!(status(&kiln, "ce"), "UPDATING");
    kiln.end_by_force(&before);

    let resources = json!({"type": "FARGATE", "maxvCpus": 2, "subnets": ["s"], "securityGroupIds": ["g"]});
    let create = ["create-compute-environment", "--compute-environment-name=fargate", "--type=MANAGED"];
    kiln.ok(create.into_iter().chain(["--compute-resources", &resources.to_string()]));
    kiln.queue_over("f", 1, &["fargate"], &[]);
    let container = json!({"image": "none", "command": ["sh", "-c", HOLD],
        "executionRoleArn": "arn:aws:iam::000000000000:role/execution", "resourceRequirements":
        [{"type": "VCPU", "value": "0.25"}, {"type": "MEMORY", "value": "512"}]});
    let register = ["register-job-definition", "--job-definition-name=f", "--type=container"];
    let more = ["--platform-capabilities", "FARGATE", "--container-properties", &container.to_string()];
    kiln.ok(register.into_iter().chain(more));
    let job = kiln.submit_into("f", "", &["--job-definition", "f"]);
    kiln.until_all_run(&[&job]);
    let _ = update(&kiln, "fargate", &empty, &[]).exits(0);
    assert_eq!(network("fargate"), (json!(["s"]), json!(["g"])));
    assert_eq!(status(&kiln, "fargate"), "VALID");
    let _ = update(&kiln, "fargate", &json!({"subnets": ["t"]}), &[]).exits(0);
    assert_eq!(network("fargate"), (json!(["t"]), json!(["g"])));
    assert_eq!(status(&kiln, "fargate"), "UPDATING");
    kiln.end_by_force(&job);
    kiln.until(|| status(&kiln, "fargate") == "VALID");
}
