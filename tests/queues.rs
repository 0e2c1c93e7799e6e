//! Job queues through the real program: which job is next, what keeps it waiting and how that is told, the snapshot,
//! and the quotas.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{Kiln, asking_for, environment_order};
use serde_json::{Value, json};

const ARN: &str = "arn:aws:batch:us-east-1:000000000000";
/// A job that lasts until it is stopped.
const HOLD: &str = "exec sleep 600";
// What the job at the head of a queue says of why it waits: no environment has as many vCPUs,
const MAX_RESOURCE: &str = "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - CE(s) associated with the job queue \
                            cannot meet the CPU requirement of the job.";
// no host has what it asks for,
const JOB_RESOURCE: &str = "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job resource requirement (vCPU/memory/GPU) \
                            is higher than that can be met by the CE(s) attached to the job queue.";
// the service role lacks something in all environments,
const PERMISSIONS: &str =
    "MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS - Batch service role has a permission issue.";
// all environments are INVALID,
const INVALID: &str = "ACTION_REQUIRED - CE(s) associated with the job queue are invalid.";
// nothing explains it,
const UNDETERMINED: &str = "UNDETERMINED - Batch job is blocked, root cause is undetermined.";
// or an instance type cannot be had, whose name follows.
const CAPACITY: &str = "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - Service cannot fulfill the capacity requested for \
                        instance type ";

/// A script that waits until the file is there.
fn until_there(file: &Path) -> String {
    format!("until test -e {}; do sleep 0.05; done", file.display())
}

/// The status reason of each job, `null` where it has none.
fn reasons(kiln: &Kiln, jobs: &[&str]) -> Vec<Value> {
    let answer = kiln.json(["describe-jobs", "--jobs"].into_iter().chain(jobs.iter().copied()));
    answer["jobs"].as_array().unwrap().iter().map(|job| job["statusReason"].clone()).collect()
}

/// The RUNNABLE jobs of the queue with their status reasons, as they are listed.
fn listed(kiln: &Kiln, queue: &str) -> BTreeMap<String, Value> {
    let answer = kiln.json(["list-jobs", "--job-queue", queue, "--job-status", "RUNNABLE"]);
    let list = answer["jobSummaryList"].as_array().unwrap();
    let entry = |job: &Value| (job["jobId"].as_str().unwrap().to_owned(), job["statusReason"].clone());
    list.iter().map(entry).collect()
}

fn update_environment(kiln: &Kiln, name: &str, more: [&str; 2]) {
    kiln.ok(["update-compute-environment", "--compute-environment", name].into_iter().chain(more));
}

/// Lets an environment misbehave from now on, or no longer.
fn rehearse(kiln: &Kiln, environment: &str, fault: Option<&str>) {
    let arn = format!("{ARN}:compute-environment/{environment}");
    match fault {
        Some(fault) => {
            let tags = format!("kiln:fault={fault}");
            kiln.ok(["tag-resource", "--resource-arn", &arn, "--tags", &tags]);
        }
        None => {
            kiln.ok(["untag-resource", "--resource-arn", &arn, "--tag-keys", "kiln:fault"]);
        }
    }
}

/// Two queues over one environment of one vCPU: `batch` with priority 1 and `urgent` with 10.
fn urgent_and_batch() -> Kiln {
    let kiln = Kiln::new().with_sh();
    kiln.managed_environment("ce", 1, &json!({}));
    kiln.queue_over("batch", 1, &["ce"], &[]);
    kiln.queue_over("urgent", 10, &["ce"], &[]);
    kiln
}

/// CEQ-001, CEQ-002, CEQ-020, CEQ-023, CEQ-035, CEQ-049, OPS-007, OPS-008, OPS-055, OPS-058, JDX-016.
#[test]
fn queues_share_an_environment_by_priority_and_each_is_first_in_first_out() {
    let kiln = urgent_and_batch();
    let container = r#"{"image":"none","command":["sh","-c","Ref::script"],"resourceRequirements":
        [{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"64"}]}"#;
    let register = ["register-job-definition", "--job-definition-name", "important", "--type", "container"];
    let more = ["--scheduling-priority", "99", "--container-properties", container];
    kiln.ok(register.into_iter().chain(more));
    for (priority, expected) in [("1", "u1 u2 b1 b2"), ("20", "b1 b2 u1 u2")] {
        kiln.ok(["update-job-queue", "--job-queue", "batch", "--priority", priority]);
        let [gate, order] = ["gate", "order"].map(|name| kiln.home().join(format!("{name}-{priority}")));
        let mark = |name: &str| format!("echo {name} >> {}", order.display());
        let holder = kiln.submit_into("batch", &until_there(&gate), &[]);
        kiln.until_all_run(&[&holder]);
        let jobs = [
            kiln.submit_into("batch", &mark("b1"), &[]),
            kiln.submit_into("batch", &mark("b2"), &["--job-definition", "important"]),
            kiln.submit_into("urgent", &mark("u1"), &[]),
            kiln.submit_into("urgent", &mark("u2"), &[]),
        ];
        assert_eq!(kiln.statuses_of(&jobs), ["RUNNABLE"; 4]);
        for (queue, waiting) in [("batch", &jobs[..2]), ("urgent", &jobs[2..])] {
            assert_eq!(kiln.front_of(queue), waiting);
            assert!(listed(&kiln, queue).keys().all(|job| waiting.contains(job)));
            assert_eq!(listed(&kiln, queue).len(), 2, "each job stays in its queue");
        }
        fs::write(gate, "").unwrap();
        let _ = kiln.run(["wait"].into_iter().chain(jobs.iter().map(String::as_str))).exits(0);
        let order = fs::read_to_string(order).unwrap();
        assert_eq!(order.split_whitespace().collect::<Vec<_>>().join(" "), expected);
    }
}

/// CEQ-036.
#[test]
fn an_order_between_jobs_is_made_by_a_dependency_not_by_the_queue() {
    let kiln = urgent_and_batch();
    let [gate, order] = ["gate", "order"].map(|name| kiln.home().join(name));
    let script = format!("{}; echo first >> {}", until_there(&gate), order.display());
    let first = kiln.submit_into("batch", &script, &[]);
    let depends = json!([{ "jobId": first }]).to_string();
    let script = format!("echo second >> {}", order.display());
    let second = kiln.submit_into("urgent", &script, &["--depends-on", &depends]);
    kiln.until_all_run(&[&first]);
    assert_eq!(kiln.statuses_of(&[&second]), ["PENDING"]);
    assert_eq!(kiln.front_of("urgent"), [""; 0], "only RUNNABLE jobs are in line");
    fs::write(gate, "").unwrap();
    let _ = kiln.run(["wait", &first, &second]).exits(0);
    assert_eq!(fs::read_to_string(order).unwrap(), "first\nsecond\n");
}

/// CEQ-029.
#[test]
fn a_disabled_queue_takes_no_jobs_and_finishes_those_it_has() {
    let kiln = Kiln::ready();
    let gate = kiln.home().join("gate");
    let jobs: Vec<_> = (0..3).map(|_| kiln.submit(&until_there(&gate))).collect();
    kiln.until_all_run(&jobs[..2]);
    kiln.ok(["update-job-queue", "--job-queue", "q", "--state", "DISABLED"]);
    let _ = kiln.try_submit(&json!({"script": "true"}), &[]).exits(254).says("[SJ101]").silent();
    assert_eq!(kiln.statuses_of(&jobs), ["RUNNING", "RUNNING", "RUNNABLE"]);
    assert_eq!(kiln.front_of("q"), jobs[2..], "nothing was added");
    fs::write(&gate, "").unwrap();
    let _ = kiln.run(["wait"].into_iter().chain(jobs.iter().map(String::as_str))).exits(0);
    kiln.ok(["update-job-queue", "--job-queue", "q", "--state", "ENABLED"]);
    let _ = kiln.run(["wait", &kiln.submit("true")]).exits(0);
}

/// CEQ-033, CEQ-049, CEQ-050, OPS-008.
#[test]
fn environments_are_tried_by_their_order_and_the_next_takes_what_the_first_cannot() {
    let kiln = Kiln::new().with("KILN_VCPUS", "4").with_sh();
    kiln.managed_environment("one", 1, &json!({}));
    kiln.managed_environment("two", 2, &json!({}));
    let order = r#"[{"order":7,"computeEnvironment":"two"},{"order":3,"computeEnvironment":"one"}]"#;
    let create = ["create-job-queue", "--job-queue-name", "q", "--priority", "1"];
    kiln.ok(create.into_iter().chain(["--compute-environment-order", order]));
    let gate = kiln.home().join("gate");
    let script = format!("echo $AWS_BATCH_CE_NAME; {}", until_there(&gate));
    let jobs: Vec<_> = (0..4).map(|_| kiln.submit(&script)).collect();
    kiln.until_all_run(&jobs[..3]);
    assert_eq!(kiln.statuses_of(&jobs[3..]), ["RUNNABLE"]);
    fs::write(&gate, "").unwrap();
    let _ = kiln.run(["wait"].into_iter().chain(jobs.iter().map(String::as_str))).exits(0);
    let logs: Vec<_> = jobs[..3].iter().map(|job| kiln.ok(["logs", job])).collect();
    assert_eq!(logs, ["one\n", "two\n", "two\n"]);

    let place = |more: &[&str]| {
        let job = kiln.submit_with("echo $AWS_BATCH_CE_NAME", more);
        let _ = kiln.run(["wait", &job]).exits(0);
        kiln.ok(["logs", &job])
    };
    assert_eq!(place(&["--container-overrides", &asking_for("VCPU", 2)]), "two\n", "it is too large for one");
    assert_eq!(place(&[]), "one\n");
    let reversed = environment_order(&["two", "one"]);
    kiln.ok(["update-job-queue", "--job-queue", "q", "--compute-environment-order", &reversed]);
    assert_eq!(place(&[]), "two\n");
    update_environment(&kiln, "two", ["--state", "DISABLED"]);
    assert_eq!(place(&[]), "one\n");
}

/// CEQ-188, OPS-182, OPS-183, OPS-188, OPS-194, OPS-195, OPS-200, OPS-244, EVT-165, EVT-166.
#[test]
fn the_head_of_a_blocked_queue_says_why_and_those_behind_it_do_not() {
    let kiln = Kiln::new().with_sh();
    kiln.managed_environment("ce", 4, &json!({"instanceTypes": ["c5"]}));
    kiln.queue_over("q", 1, &["ce"], &[]);
    let ask = |kind, amount| kiln.submit_with("true", &["--container-overrides", &asking_for(kind, amount)]);
    let (wide, large, small) = (ask("VCPU", 5), ask("MEMORY", 1_048_576), kiln.submit("true"));
    let waiting = [wide.as_str(), &large, &small];
    assert_eq!(kiln.statuses_of(&waiting), ["RUNNABLE"; 3]);
    assert_eq!(reasons(&kiln, &waiting), [json!(MAX_RESOURCE), Value::Null, Value::Null]);
    assert_eq!(kiln.front_of("q"), waiting);
    let said = |job: &str, reason| (job.to_owned(), reason);
    let expected = [said(&wide, json!(MAX_RESOURCE)), said(&large, Value::Null), said(&small, Value::Null)];
    assert_eq!(listed(&kiln, "q"), BTreeMap::from(expected));

    kiln.ok(["cancel-job", "--job-id", &wide, "--reason", "too wide"]);
    assert_eq!(reasons(&kiln, &waiting), [json!("too wide"), json!(JOB_RESOURCE), Value::Null]);
    let expected = [said(&large, json!(JOB_RESOURCE)), said(&small, Value::Null)];
    assert_eq!(listed(&kiln, "q"), BTreeMap::from(expected));
    kiln.ok(["cancel-job", "--job-id", &large, "--reason", "too large"]);
    let _ = kiln.run(["wait", &small]).exits(0);
    assert_eq!(reasons(&kiln, &[&small]), ["Essential container in task exited"]);

    // Within maxvCpus, but beyond the host of 2 vCPUs, 1000 MiB and no GPU.
    for (kind, amount) in [("VCPU", 3), ("MEMORY", 1001), ("GPU", 1)] {
        let job = ask(kind, amount);
        assert_eq!(reasons(&kiln, &[&job]), [JOB_RESOURCE], "{kind}");
        assert_eq!(kiln.statuses_of(&[&job]), ["RUNNABLE"], "{kind}");
        kiln.ok(["terminate-job", "--job-id", &job, "--reason", "next"]);
    }
    let _ = kiln.run(["wait", &ask("MEMORY", 1000)]).exits(0);
}

/// OPS-182, OPS-183, OPS-194, OPS-195.
#[test]
fn a_blocking_reason_comes_and_goes_with_the_facts() {
    let kiln = Kiln::ready();
    let busy = kiln.submit(HOLD);
    kiln.until_all_run(&[&busy]);
    let two = asking_for("VCPU", 2);
    let job = kiln.submit_with(HOLD, &["--container-overrides", &two]);
    assert_eq!(reasons(&kiln, &[&job]), [Value::Null], "it waits its turn");
    kiln.managed_environment("narrow", 1, &json!({}));
    let narrow = environment_order(&["narrow"]);
    kiln.ok(["update-job-queue", "--job-queue", "q", "--compute-environment-order", &narrow]);
    assert_eq!(reasons(&kiln, &[&job]), [MAX_RESOURCE]);
    let both = environment_order(&["narrow", "ce"]);
    kiln.ok(["update-job-queue", "--job-queue", "q", "--compute-environment-order", &both]);
    assert_eq!(reasons(&kiln, &[&job]), [Value::Null], "one environment of them could take it");
    kiln.ok(["update-job-queue", "--job-queue", "q", "--compute-environment-order", &narrow]);
    assert_eq!(reasons(&kiln, &[&job]), [MAX_RESOURCE]);
    Kiln::kill(kiln.engine().unwrap());
    assert_eq!(reasons(&kiln, &[&job]), [MAX_RESOURCE]);
    update_environment(&kiln, "narrow", ["--compute-resources", r#"{"maxvCpus":2}"#]);
    assert_eq!(reasons(&kiln, &[&job]), [Value::Null]);
    assert_eq!(kiln.statuses_of(&[&job]), ["RUNNABLE"], "the host is still busy");
    kiln.end_by_force(&busy);
    kiln.until_all_run(&[&job]);
    assert_eq!(reasons(&kiln, &[&job]), [Value::Null]);
}

/// CEQ-050, OPS-172, OPS-190, OPS-196, OPS-197, OPS-198, EVT-164, EVT-168, EVT-169.
#[test]
fn faults_of_all_environments_block_the_queue_and_those_of_one_do_not() {
    let kiln = Kiln::new().with_sh();
    let types = json!({"instanceTypes": ["m5.large", "c5.large"]});
    kiln.managed_environment("first", 2, &types);
    kiln.managed_environment("second", 2, &types);
    kiln.queue_over("q", 1, &["first", "second"], &[]);
    let place = |job: &str| {
        let _ = kiln.run(["wait", job]).exits(0);
        kiln.ok(["logs", job])
    };
    let submit = || kiln.submit("echo $AWS_BATCH_CE_NAME");
    let blocked = |reason: &str| {
        let jobs = [submit(), submit()];
        assert_eq!(kiln.statuses_of(&jobs), ["RUNNABLE"; 2], "{reason}");
        let [head, behind] = <[Value; 2]>::try_from(reasons(&kiln, &[&jobs[0], &jobs[1]])).unwrap();
        // Whether the instance type stands in brackets is not documented.
        assert_eq!(head.as_str().unwrap().replace(['[', ']'], ""), reason);
        assert_eq!(behind, Value::Null, "{reason}");
        jobs
    };
    for (fault, reason) in
        [("capacity", &*format!("{CAPACITY}m5.large")), ("permissions", PERMISSIONS), ("invalid", INVALID)]
    {
        rehearse(&kiln, "first", Some(fault));
        assert_eq!(place(&submit()), "second\n", "{fault}");
        rehearse(&kiln, "second", Some(fault));
        let jobs = blocked(reason);
        Kiln::kill(kiln.engine().unwrap());
        assert_eq!(kiln.statuses_of(&jobs), ["RUNNABLE"; 2], "{fault}");
        rehearse(&kiln, "first", None);
        assert_eq!(jobs.map(|job| place(&job)), ["first\n"; 2], "{fault}");
        rehearse(&kiln, "second", None);
    }
    for name in ["first", "second"] {
        update_environment(&kiln, name, ["--state", "DISABLED"]);
    }
    let jobs = blocked(UNDETERMINED);
    update_environment(&kiln, "second", ["--state", "ENABLED"]);
    assert_eq!(jobs.map(|job| place(&job)), ["second\n"; 2]);
}

/// OPS-190, OPS-193.
#[test]
fn lacking_capacity_on_fargate_and_for_multi_node_jobs() {
    let kiln = Kiln::new().with_sh();
    let fargate = json!({"type": "FARGATE", "maxvCpus": 2, "subnets": ["s"], "securityGroupIds": ["g"]});
    let create = ["create-compute-environment", "--compute-environment-name", "serverless", "--type=MANAGED"];
    kiln.ok(create.into_iter().chain(["--compute-resources", &fargate.to_string()]));
    kiln.queue_over("on-fargate", 1, &["serverless"], &[]);
    rehearse(&kiln, "serverless", Some("capacity"));
    let container = json!({"image": "none", "command": ["true"],
        "executionRoleArn": "arn:aws:iam::000000000000:role/execution", "resourceRequirements":
        [{"type": "VCPU", "value": "0.25"}, {"type": "MEMORY", "value": "512"}]});
    let register = ["register-job-definition", "--job-definition-name=serverless", "--type=container"];
    let more = ["--platform-capabilities", "FARGATE", "--container-properties", &container.to_string()];
    kiln.ok(register.into_iter().chain(more));
    let job = kiln.submit_into("on-fargate", "", &["--job-definition", "serverless"]);
    let reason = reasons(&kiln, &[&job])[0].as_str().unwrap().replace(['[', ']'], "");
    assert_eq!(reason, format!("{CAPACITY}FARGATE"));
    rehearse(&kiln, "serverless", None);
    let _ = kiln.run(["wait", &job]).exits(0);

    // For a multi-node job, the first environment alone decides.
    kiln.managed_environment("first", 2, &json!({"instanceTypes": ["m5.large"]}));
    kiln.managed_environment("second", 2, &json!({"instanceTypes": ["m5.large"]}));
    kiln.queue_over("q", 1, &["first", "second"], &[]);
    define_two_nodes(&kiln);
    rehearse(&kiln, "first", Some("capacity"));
    let _ = kiln.run(["wait", &kiln.submit("true")]).exits(0);
    let job = kiln.submit_into("q", "", &["--job-definition", "nodes"]);
    assert_eq!(kiln.statuses_of(&[&job]), ["RUNNABLE"]);
    let reason = reasons(&kiln, &[&job])[0].as_str().unwrap().replace(['[', ']'], "");
    assert_eq!(reason, format!("{CAPACITY}m5.large"));
    rehearse(&kiln, "first", None);
    let _ = kiln.run(["wait", &job]).exits(0);
}

/// Registers `nodes`: two nodes of one vCPU each that end at once.
fn define_two_nodes(kiln: &Kiln) {
    let container = json!({"image": "none", "command": ["true"], "resourceRequirements":
        [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]});
    let nodes = json!({"numNodes": 2, "mainNode": 0,
        "nodeRangeProperties": [{"targetNodes": "0:1", "container": container}]});
    let register = ["register-job-definition", "--job-definition-name=nodes", "--type=multinode"];
    kiln.ok(register.into_iter().chain(["--node-properties", &nodes.to_string()]));
}

/// CEQ-059, CEQ-035.
#[test]
fn a_multi_node_job_waits_for_room_for_all_its_nodes_and_holds_those_behind_it() {
    let kiln = Kiln::ready();
    define_two_nodes(&kiln);
    let busy = kiln.submit(HOLD);
    kiln.until_all_run(&[&busy]);
    let nodes = kiln.submit_into("q", "", &["--job-definition", "nodes"]);
    let behind = kiln.submit("true");
    let waiting = [nodes.as_str(), &behind];
    assert_eq!(kiln.statuses_of(&waiting), ["RUNNABLE"; 2]);
    assert_eq!(reasons(&kiln, &waiting), [Value::Null, Value::Null], "it waits its turn");
    kiln.end_by_force(&busy);
    let _ = kiln.run(["wait", &nodes, &behind]).exits(0);
    let started = |job: &str| kiln.describe(job)["startedAt"].as_i64().unwrap();
    assert!(started(&nodes) <= started(&behind));
}

/// CEQ-187, CEQ-188, OPS-200.
#[test]
fn the_memory_of_the_host_is_what_it_has_less_a_reserve() {
    let kiln = Kiln::new().without("KILN_MEMORY_MIB").set_up();
    let text = fs::read_to_string("/proc/meminfo").unwrap();
    let total = text.lines().find_map(|line| line.strip_prefix("MemTotal:")).unwrap();
    let kib: u64 = total.trim().trim_end_matches(" kB").parse().unwrap();
    let all = asking_for("MEMORY", kib / 1024);
    let job = kiln.submit_with("true", &["--container-overrides", &all]);
    assert_eq!(kiln.statuses_of(&[&job]), ["RUNNABLE"]);
    assert_eq!(reasons(&kiln, &[&job]), [JOB_RESOURCE]);
    kiln.ok(["cancel-job", "--job-id", &job, "--reason", "too large"]);
    let most = asking_for("MEMORY", kib / 1024 / 2);
    let _ = kiln.run(["wait", &kiln.submit_with("true", &["--container-overrides", &most])]).exits(0);
}

/// CEQ-018, OPS-188.
#[test]
fn time_limit_actions_are_kept_and_never_come_early() {
    let kiln = Kiln::ready();
    let action = |reason: &str, seconds: i32| {
        let state = "RUNNABLE";
        json!({"reason": reason, "state": state, "maxTimeSeconds": seconds, "action": "CANCEL"})
    };
    let actions = json!([
        action("CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY", 86_400),
        action("MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE", 600),
        action("MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT", 600),
        action("MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS", 600),
    ]);
    let order = environment_order(&["ce"]);
    let create = ["create-job-queue", "--job-queue-name=limited", "--priority=1"];
    let more =
        ["--compute-environment-order", &order, "--job-state-time-limit-actions", &actions.to_string()];
    kiln.ok(create.into_iter().chain(more));
    let kept = || {
        let answer = kiln.json(["describe-job-queues", "--job-queues", "limited"]);
        answer["jobQueues"][0]["jobStateTimeLimitActions"].clone()
    };
    assert_eq!(kept(), actions);
    let wide = asking_for("VCPU", 3);
    let head = kiln.submit_into("limited", "true", &["--container-overrides", &wide]);
    let behind = kiln.submit_into("limited", "true", &[]);
    let is_blocked = || {
        let detail = kiln.describe(&head);
        assert_eq!(detail["statusReason"], MAX_RESOURCE, "{detail:#}");
        assert_eq!((&detail["status"], &detail["isCancelled"]), (&json!("RUNNABLE"), &json!(false)));
        assert_eq!(reasons(&kiln, &[&behind]), [Value::Null]);
    };
    is_blocked();
    Kiln::kill(kiln.engine().unwrap());
    is_blocked();
    let fewer = json!([action("MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE", 601)]);
    let update = ["update-job-queue", "--job-queue=limited", "--job-state-time-limit-actions"];
    kiln.ok(update.into_iter().chain([fewer.to_string().as_str()]));
    assert_eq!(kept(), fewer);
    is_blocked();
    kiln.ok(["cancel-job", "--job-id", &head, "--reason", "by hand"]);
    let _ = kiln.run(["wait", &behind]).exits(0);
}

/// OPS-182, CEQ-023.
#[test]
fn a_snapshot_shows_who_is_next_and_what_is_in_use() {
    let kiln = Kiln::new().with("KILN_VCPUS", "4").with_sh();
    kiln.managed_environment("ce", 4, &json!({}));
    kiln.queue_over("q", 1, &["ce"], &[]);
    kiln.queue_over("other", 1, &["ce"], &[]);
    let [two, four] = [2, 4].map(|number| asking_for("VCPU", number));
    let running = [kiln.submit(HOLD), kiln.submit_with(HOLD, &["--container-overrides", &two])];
    kiln.until_all_run(&running);
    let head = kiln.submit_with("true", &["--container-overrides", &four]);
    let input = json!({"jobName": "j", "jobQueue": "q", "jobDefinition": "sh"});
    // One after the other, so that their order is known.
    let submit = |_| kiln.post("submitjob", std::slice::from_ref(&input)).remove(0);
    let id = |answer: Value| answer["jobId"].as_str().unwrap().to_owned();
    let waiting: Vec<_> = std::iter::once(head).chain((0..102).map(submit).map(id)).collect();

    let snapshot = || kiln.json(["get-job-queue-snapshot", "--job-queue", "q"]);
    let before = snapshot();
    assert_eq!(kiln.front_of("q"), waiting[..100]);
    let front = before["frontOfQueue"]["jobs"].as_array().unwrap();
    assert_eq!(front[0]["jobArn"], format!("{ARN}:job/{}", waiting[0]));
    let time = |value: &Value| value.as_i64().unwrap();
    let taken = time(&before["frontOfQueue"]["lastUpdatedAt"]);
    let submitted = time(&kiln.describe(&waiting[0])["createdAt"]);
    for job in front {
        assert!((submitted..=taken).contains(&time(&job["earliestTimeAtPosition"])), "{job} at {taken}");
    }
    let used = &before["queueUtilization"];
    let total = used["totalCapacityUsage"].as_array().unwrap();
    assert_eq!((total.len(), &total[0]["capacityUnit"]), (1, &json!("VCPU")));
    assert_eq!(total[0]["quantity"].as_f64(), Some(3.0));
    assert!(time(&used["lastUpdatedAt"]) >= submitted);
    assert_eq!(used["fairshareUtilization"], Value::Null, "the queue has no policy");
    assert_eq!(before["frontOfQuotaShares"], Value::Null);

    kiln.ok(["cancel-job", "--job-id", &waiting[1], "--reason", "changed my mind"]);
    let rest: Vec<_> = waiting.iter().map(String::as_str).filter(|job| *job != waiting[1]).collect();
    assert_eq!(kiln.front_of("q"), rest[..100]);
    let after = snapshot();
    let position =
        |snapshot: &Value, at: usize| time(&snapshot["frontOfQueue"]["jobs"][at]["earliestTimeAtPosition"]);
    assert_eq!(position(&after, 0), position(&before, 0), "the head has not moved");
    assert!(position(&after, 1) >= taken, "the third has become the second");
    let empty = kiln.json(["get-job-queue-snapshot", "--job-queue", &format!("{ARN}:job-queue/other")]);
    assert_eq!(empty["frontOfQueue"]["jobs"], json!([]));
    let _ = kiln.run(["get-job-queue-snapshot", "--job-queue", "none"]).exits(254).says("does not exist");
}

/// OPS-163, OPS-164, OPS-165, OPS-166, OPS-167.
#[test]
fn quotas_are_kept_to_the_last_one() {
    let kiln = Kiln::new().with_sh();
    for name in ["a", "b", "c", "d"] {
        kiln.managed_environment(name, 2, &json!({}));
    }
    kiln.queue_over("q", 1, &["a", "b", "c"], &[]);
    let four = environment_order(&["a", "b", "c", "d"]);
    let create = ["create-job-queue", "--job-queue-name=r", "--priority=1", "--compute-environment-order"];
    let _ = kiln.run(create.into_iter().chain([four.as_str()])).exits(252).says("at most 3 items");
    let update = ["update-job-queue", "--job-queue=q", "--compute-environment-order", &four];
    let _ = kiln.run(update).exits(252).says("at most 3 items");
    assert_eq!(kiln.json(["describe-job-queues"])["jobQueues"].as_array().unwrap().len(), 1);

    let input = json!({"jobName": "j", "jobQueue": "q", "jobDefinition": "sh"});
    let parameters = json!({"script": "true"});
    let submit = |more: Value| {
        let mut input = input.clone();
        input["parameters"] = parameters.clone();
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        kiln.run(["submit-job", "--cli-input-json", &input.to_string()])
    };
    let jobs: Vec<_> = (0..21).map(|_| kiln.submit("true")).collect();
    let depending = |number: usize| {
        let entry = |job| json!({ "jobId": job });
        json!({"dependsOn": jobs[..number].iter().map(entry).collect::<Vec<_>>()})
    };
    let _ = submit(depending(20)).exits(0);
    let _ = submit(depending(21)).exits(252).silent();
    let _ = submit(json!({"arrayProperties": {"size": 10_001}})).exits(252).silent();
    for name in ["a", "b", "c"] {
        update_environment(&kiln, name, ["--state", "DISABLED"]);
    }
    let _ = submit(json!({"arrayProperties": {"size": 10_000}})).exits(0);

    // The whole request counts, as JSON without blanks.
    let filled = |mut input: Value, size: usize| {
        input["parameters"] = json!({ "filling": "" });
        let filling = "x".repeat(size - input.to_string().len());
        input["parameters"]["filling"] = filling.into();
        assert_eq!(input.to_string().len(), size);
        input.to_string()
    };
    let job = |size| kiln.run(["submit-job", "--cli-input-json", &filled(input.clone(), size)]);
    let _ = job(30_720).exits(0);
    let _ = job(30_721).exits(252).says("30 KiB").silent();
    let container = json!({"image": "none", "command": ["true"], "resourceRequirements":
        [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]});
    let input = json!({"jobDefinitionName": "d", "type": "container", "containerProperties": container});
    let register =
        |size| kiln.run(["register-job-definition", "--cli-input-json", &filled(input.clone(), size)]);
    let _ = register(24_576).exits(0);
    let _ = register(24_577).exits(252).says("24 KiB").silent();
}

/// OPS-164, OPS-166.
#[test]
fn whoever_goes_past_the_command_line_is_told_the_quotas_by_the_service() {
    let kiln = Kiln::ready();
    let ids: Vec<_> = (0..101).map(|number| format!("job-{number}")).collect();
    assert_eq!(
        kiln.statuses_of(&ids[..100]),
        [""; 0],
        "a hundred may be asked for; unknown ones are left out"
    );
    let _ =
        kiln.run(["describe-jobs", "--jobs"].into_iter().chain(ids.iter().map(String::as_str))).exits(252);
    let refusal = |operation, input: Value| kiln.post(operation, &[input]).remove(0)["message"].clone();
    assert_eq!(refusal("describejobs", json!({ "jobs": ids })), "Maximum number of jobs supported is 100");
    let depends: Vec<_> = ids[..21].iter().map(|id| json!({ "jobId": id })).collect();
    let job = json!({"jobName": "j", "jobQueue": "q", "jobDefinition": "sh", "dependsOn": depends});
    let text = refusal("submitjob", job).as_str().unwrap().to_owned();
    assert!(text.contains("Job cannot have more than 20 dependencies"), "{text}");
    let filling = "x".repeat(47 * 1024);
    let job =
        json!({"jobName": "j", "jobQueue": "q", "jobDefinition": "sh", "parameters": {"filling": filling}});
    let text = refusal("submitjob", job).as_str().unwrap().to_owned();
    assert!(text.contains("Job size must be less than 30 KiB, got 48 KiB"), "{text}");
    assert_eq!(kiln.front_of("q"), [""; 0]);
}

/// EVT-084.
#[test]
fn the_jobs_of_a_deleted_queue_are_stopped_and_go_with_it() {
    let kiln = Kiln::ready();
    let mark = kiln.home().join("mark");
    let running = [kiln.submit("echo $$; exec sleep 600"), kiln.submit("exec sleep 600")];
    let waiting = kiln.submit(&format!("touch {}", mark.display()));
    kiln.until(|| kiln.run(["logs", &running[0]]).out.ends_with('\n'));
    let process = kiln.ok(["logs", &running[0]]).trim().to_owned();
    kiln.until_all_run(&running);
    kiln.ok(["update-job-queue", "--job-queue", "q", "--state", "DISABLED"]);
    kiln.ok(["delete-job-queue", "--job-queue", "q"]);
    let all = [running[0].as_str(), &running[1], &waiting];
    kiln.until(|| kiln.statuses_of(&all).is_empty());
    kiln.until(|| !fs::exists(format!("/proc/{process}/exe")).unwrap());
    // What they held is free again, and a queue of the same name begins empty.
    kiln.queue_over("q", 1, &["ce"], &[]);
    let wide = asking_for("VCPU", 2);
    let next = kiln.submit_with("true", &["--container-overrides", &wide]);
    let _ = kiln.run(["wait", &next]).exits(0);
    let filter = r#"[{"name":"JOB_NAME","values":["*"]}]"#;
    let list = kiln.json(["list-jobs", "--job-queue", "q", "--filters", filter]);
    let ids: Vec<_> = list["jobSummaryList"].as_array().unwrap().iter().map(|job| &job["jobId"]).collect();
    assert_eq!(ids, [&json!(next)]);
    assert!(!mark.exists(), "what waited has never run");
}
