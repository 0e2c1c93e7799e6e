//! Multi-node parallel jobs: how their nodes start, meet and end, and what is seen of them.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::thread;
use std::time::Duration;

use common::{Kiln, exit_codes, requirements};
use serde_json::{Value, json};

/// What a child node says that the end of the main node stopped.
const STOPPED: &str = "The main node ended.";
/// Lasts until it is asked to end, and says so.
const HANG: &str = "trap 'echo asked; exit 9' TERM; echo on; sleep 600 & wait";

/// The container of a node: a shell script, which finds the home of the test in `D`.
fn node(kiln: &Kiln, script: &str) -> Value {
    json!({"image": "none", "command": ["sh", "-c", script], "resourceRequirements": requirements("1", 64, 0),
        "environment": [{"name": "D", "value": kiln.home()}]})
}

/// Registers a definition of so many nodes, with ranges and what runs in them.
fn define(kiln: &Kiln, name: &str, nodes: u32, main: u32, ranges: &[(&str, Value)]) {
    let ranges: Vec<_> = ranges
        .iter()
        .map(|(targets, container)| json!({"targetNodes": targets, "container": container}))
        .collect();
    kiln.call(
        "register-job-definition",
        &json!({"jobDefinitionName": name, "type": "multinode", "nodeProperties":
            {"numNodes": nodes, "mainNode": main, "nodeRangeProperties": ranges}}),
    );
}

/// Submits to the queue `wide` with further members.
fn submit(kiln: &Kiln, definition: &str, members: &Value) -> String {
    let mut input = json!({"jobQueue": "wide", "jobDefinition": definition});
    input.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    kiln.submit_input(&input)
}

/// The nodes of a job in a state, with their `nodeProperties`.
fn listed(kiln: &Kiln, job: &str, more: &[&str]) -> BTreeMap<String, Value> {
    let answer = kiln.json(["list-jobs", "--multi-node-job-id", job].into_iter().chain(more.iter().copied()));
    let list = answer["jobSummaryList"].as_array().unwrap();
    list.iter()
        .map(|summary| (summary["jobId"].as_str().unwrap().to_owned(), summary["nodeProperties"].clone()))
        .collect()
}

fn status(kiln: &Kiln, job: &str) -> (String, String) {
    let detail = kiln.describe(job);
    let text = |member: &str| detail[member].as_str().unwrap_or_default().to_owned();
    (text("status"), text("statusReason"))
}

/// The variables of Batch that a node has written into `env.N`.
fn variables(kiln: &Kiln, node: usize) -> BTreeMap<String, String> {
    let lines = kiln.lines_of(&format!("env.{node}"));
    lines
        .iter()
        .map(|line| line.split_once('=').unwrap())
        .map(|(n, v)| (n.to_owned(), v.to_owned()))
        .collect()
}

/// One script for all nodes: they write down who they are, the main node meets the others and waits for the test; one
/// child dies, one ends well, one stays.
const MEETING: &str = r#"
    trap 'echo asked; exit 5' TERM
    env | grep ^AWS_BATCH_ > $D/new.$AWS_BATCH_JOB_NODE_INDEX
    mv $D/new.$AWS_BATCH_JOB_NODE_INDEX $D/env.$AWS_BATCH_JOB_NODE_INDEX
    echo on
    if [ $AWS_BATCH_JOB_NODE_INDEX = $AWS_BATCH_JOB_MAIN_NODE_INDEX ]; then
        until [ -e $D/env.0 ] && [ -e $D/env.2 ] && [ -e $D/env.3 ] && [ -e $D/go ]; do sleep 0.02; done
        exit 0
    fi
    case $AWS_BATCH_JOB_NODE_INDEX in
        0) kill -9 $$ ;;
        2) exit 0 ;;
    esac
    sleep 600 & wait"#;

/// JOB-047, JOB-053, JOB-055, JOB-056, JOB-057, JOB-058, JOB-142, JOB-144, JOB-146, JOB-147, JOB-148, JOB-152, JOB-154,
/// JOB-160, JOB-162, JOB-163.
#[test]
fn nodes_know_who_they_are_and_the_main_node_decides() {
    let kiln = Kiln::new().roomy(8);
    define(&kiln, "meeting", 4, 1, &[("0:", node(&kiln, MEETING))]);
    let job = submit(&kiln, "meeting", &json!({}));
    let id = |node: usize| format!("{job}#{node}");
    kiln.await_status(&id(0), "FAILED");
    kiln.await_status(&id(2), "SUCCEEDED");
    kiln.until(|| kiln.run(["logs", &id(3)]).out == "on\n");

    // Nothing happens to the others.
    let properties = |index: usize| json!({"nodeIndex": index, "numNodes": 4, "isMainNode": index == 1});
    let these = |nodes: &[usize]| {
        nodes.iter().map(|index| (id(*index), properties(*index))).collect::<BTreeMap<_, _>>()
    };
    kiln.until(|| listed(&kiln, &job, &[]) == these(&[1, 3]));
    assert_eq!(listed(&kiln, &job, &["--job-status", "FAILED"]), these(&[0]));
    assert_eq!(listed(&kiln, &job, &["--job-status", "SUCCEEDED"]), these(&[2]));
    let in_queue = kiln.json(["list-jobs", "--job-queue", "wide"])["jobSummaryList"].clone();
    assert_eq!(in_queue.as_array().unwrap().len(), 1, "a queue lists no nodes: {in_queue:#}");
    assert_eq!((&in_queue[0]["jobId"], &in_queue[0]["nodeProperties"]["numNodes"]), (&json!(job), &json!(4)));
    assert_eq!(kiln.describe(&job)["status"], "RUNNING");
    assert_eq!(kiln.describe(&id(0))["container"]["exitCode"], 137);

    fs::write(kiln.file("go"), "").unwrap();
    kiln.await_code(&[&job], 0);
    let (whole, main, last) = (kiln.describe(&job), kiln.describe(&id(1)), kiln.describe(&id(3)));
    for member in ["status", "startedAt", "stoppedAt", "statusReason"] {
        assert_eq!(whole[member], main[member], "{member}");
    }
    assert_eq!(whole["status"], "SUCCEEDED");
    assert_eq!(exit_codes(&whole), [Some(0)]);
    assert_eq!(status(&kiln, &id(3)), ("FAILED".into(), STOPPED.into()));
    assert_eq!(kiln.ok(["logs", &id(3)]), "on\nasked\n");
    for child in [0, 2, 3].map(id) {
        assert!(kiln.describe(&child)["startedAt"].as_i64() >= main["startedAt"].as_i64());
    }

    assert_eq!(whole["container"], json!(null));
    assert_eq!(
        (&whole["nodeProperties"]["mainNode"], &whole["nodeProperties"]["numNodes"]),
        (&json!(1), &json!(4))
    );
    let range = &whole["nodeProperties"]["nodeRangeProperties"][0];
    assert_eq!((&range["targetNodes"], &range["container"]["command"][1]), (&json!("0:"), &json!("-c")));
    assert_eq!(last["nodeDetails"], json!({"nodeIndex": 3, "isMainNode": false}));
    assert_eq!(main["nodeDetails"], json!({"nodeIndex": 1, "isMainNode": true}));
    assert_eq!(last["container"]["command"], range["container"]["command"]);
    assert_eq!((&last["jobId"], &last["jobQueue"]), (&json!(id(3)), &whole["jobQueue"]));
    assert_eq!(kiln.describe(&id(4)), json!(null), "there is no such node");

    for index in 0..4 {
        let (own, name) = (id(index), index.to_string());
        let mut expected = BTreeMap::from([
            ("AWS_BATCH_CE_NAME", "wide"),
            ("AWS_BATCH_JOB_ATTEMPT", "1"),
            ("AWS_BATCH_JOB_ID", own.as_str()),
            ("AWS_BATCH_JOB_MAIN_NODE_INDEX", "1"),
            ("AWS_BATCH_JOB_NODE_INDEX", name.as_str()),
            ("AWS_BATCH_JOB_NUM_NODES", "4"),
            ("AWS_BATCH_JQ_NAME", "wide"),
        ]);
        if index != 1 {
            expected.insert("AWS_BATCH_JOB_MAIN_NODE_PRIVATE_IPV4_ADDRESS", "127.0.0.1");
        }
        let seen = variables(&kiln, index);
        assert_eq!(seen.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect::<BTreeMap<_, _>>(), expected);
    }
}

/// JOB-143, JOB-146, JOB-149, JOB-158, JOB-160.
#[test]
fn no_child_node_starts_before_the_main_node_runs() {
    let kiln = Kiln::new().roomy(8);
    let child = node(&kiln, "echo $AWS_BATCH_JOB_NODE_INDEX >> $D/started; sleep 600");
    let mut main = node(&kiln, "");
    main["command"] = json!(["no-such-program"]);
    define(&kiln, "headless", 3, 2, &[("0:1", child), ("2", main)]);
    let job = submit(&kiln, "headless", &json!({"retryStrategy": {"attempts": 2}}));
    kiln.await_code(&[&job], 1);
    assert_eq!(status(&kiln, &job), ("FAILED".into(), "Task failed to start".into()));
    assert_eq!(exit_codes(&kiln.describe(&job)), [None, None]);
    let main = kiln.describe(&format!("{job}#2"));
    assert_eq!((&main["status"], exit_codes(&main).len()), (&json!("FAILED"), 2));
    for index in [0, 1] {
        let detail = kiln.describe(&format!("{job}#{index}"));
        assert_eq!((&detail["status"], &detail["startedAt"]), (&json!("FAILED"), &json!(null)));
    }
    assert!(kiln.lines_of("started").is_empty());
}

/// JOB-154, JOB-161, JDP-011, JDP-261, JDP-263, JDP-264, JDP-266.
#[test]
fn each_node_runs_what_its_narrowest_range_says() {
    let kiln = Kiln::new().roomy(8);
    let range = |name: &str| {
        let mut container = node(&kiln, "echo $ROLE $0 $AWS_BATCH_JOB_NODE_INDEX >> $D/roles; sleep 600");
        container["command"].as_array_mut().unwrap().push(json!("Ref::word"));
        container["environment"].as_array_mut().unwrap().push(json!({"name": "ROLE", "value": name}));
        container
    };
    // The main node begins its work when it sees through the API that all nodes are there.
    let script = r#"job=${AWS_BATCH_JOB_ID%#*}
        until [ $($KILN list-jobs --multi-node-job-id $job | grep -o '"nodeIndex"' | wc -l) = 6 ]; do :; done
        until [ $(wc -l < $D/roles) = 5 ]; do sleep 0.02; done"#;
    let mut main = node(&kiln, script);
    let more = [("KILN", common::PROGRAM), ("KILN_HOME", kiln.home().to_str().unwrap())];
    let more = more.into_iter().map(|(name, value)| json!({"name": name, "value": value}));
    main["environment"].as_array_mut().unwrap().extend(more);
    let mut inner = range("inner");
    inner["resourceRequirements"] = requirements("2", 128, 0);
    let ranges =
        [("3:4", inner), (":1", range("low")), ("2:", range("high")), ("0", main), ("4", range("innermost"))];
    define(&kiln, "nested", 6, 0, &ranges);
    fs::write(kiln.file("roles"), "").unwrap();
    let job = submit(&kiln, "nested", &json!({"parameters": {"word": "a b"}}));
    kiln.await_code(&[&job], 0);
    let mut roles = kiln.lines_of("roles");
    roles.sort();
    assert_eq!(roles, ["high a b 2", "high a b 5", "inner a b 3", "innermost a b 4", "low a b 1"]);
    let node = |index: usize| kiln.describe(&format!("{job}#{index}"))["container"].clone();
    assert_eq!(node(3)["resourceRequirements"], requirements("2", 128, 0));
    assert_eq!(node(4)["resourceRequirements"], requirements("1", 64, 0));
    assert_eq!(node(4)["command"][3], "a b");
    let shown = &kiln.describe(&job)["nodeProperties"]["nodeRangeProperties"];
    let targets: Vec<_> =
        shown.as_array().unwrap().iter().map(|range| range["targetNodes"].clone()).collect();
    assert_eq!(targets, ["3:4", ":1", "2:", "0", "4"]);
}

/// JOB-007, JOB-029, JOB-058, JOB-142, JDC-002, JDP-264, JDX-118.
#[test]
fn a_submission_changes_the_number_of_nodes_and_single_ranges() {
    let kiln = Kiln::new().roomy(8);
    let worker = "echo $AWS_BATCH_JOB_NODE_INDEX of $AWS_BATCH_JOB_NUM_NODES: $WHO >> $D/seen; sleep 600";
    let main = "until [ $(wc -l < $D/seen) = 3 ]; do sleep 0.02; done; echo $WHO";
    define(&kiln, "open", 2, 0, &[("0:0", node(&kiln, main)), ("1:", node(&kiln, worker))]);
    define(&kiln, "closed", 2, 0, &[("0:1", node(&kiln, "true"))]);
    define(&kiln, "led-by-1", 2, 1, &[("0:", node(&kiln, "true"))]);
    fs::write(kiln.file("seen"), "").unwrap();
    let who = json!([{"name": "WHO", "value": "worker"}]);
    let more = requirements("2", 96, 0);
    let overrides = json!({"numNodes": 4, "nodePropertyOverrides": [{"targetNodes": "1:",
        "containerOverrides": {"environment": who, "resourceRequirements": more}}]});
    let job = submit(&kiln, "open", &json!({"nodeOverrides": overrides}));
    kiln.await_code(&[&job], 0);
    let mut seen = kiln.lines_of("seen");
    seen.sort();
    assert_eq!(seen, ["1 of 4: worker", "2 of 4: worker", "3 of 4: worker"]);
    assert_eq!(kiln.ok(["logs", &format!("{job}#0")]), "\n", "its range was not changed");
    let shown = kiln.describe(&job)["nodeProperties"].clone();
    assert_eq!(shown["numNodes"], 4);
    let container = &shown["nodeRangeProperties"][1]["container"];
    assert_eq!(container["resourceRequirements"], more);
    assert!(container["environment"].as_array().unwrap().contains(&who[0]), "{container:#}");
    assert_eq!(kiln.describe(&format!("{job}#3"))["container"]["resourceRequirements"], more);
    let definitions = kiln.json(["describe-job-definitions", "--job-definition-name", "open"]);
    assert_eq!(definitions["jobDefinitions"][0]["nodeProperties"]["numNodes"], 2);

    let refused = |definition: &str, overrides: Value| {
        kiln.try_call(
            "submit-job",
            &json!({"jobName": "j", "jobQueue": "wide", "jobDefinition": definition, "nodeOverrides": overrides}),
        )
        .exits(254)
    };
    let targets = json!({"nodePropertyOverrides": [{"targetNodes": "0:1", "containerOverrides": {}}]});
    let text = "NodeOverride targets should match job definition. Non matching targets - 0:1";
    let _ = refused("open", targets).says(text);
    // There would be no node in the range 1:, no range for two of the nodes, no main node.
    let _ = refused("open", json!({"numNodes": 1}));
    let _ = refused("closed", json!({"numNodes": 4}));
    let _ = refused("led-by-1", json!({"numNodes": 1}));
    let all = kiln.json([
        "list-jobs",
        "--job-queue",
        "wide",
        "--filters",
        r#"[{"name":"JOB_NAME","values":["*"]}]"#,
    ]);
    assert_eq!(all["jobSummaryList"].as_array().unwrap().len(), 1, "nothing else was created");
}

/// JOB-157, OPS-194, OPS-195.
#[test]
fn a_job_starts_when_there_is_room_for_all_its_nodes() {
    let kiln = Kiln::new().roomy(3);
    let shell = |script: &str| {
        let parameters = json!({"script": script});
        kiln.submit_input(&json!({"jobQueue": "wide", "jobDefinition": "sh", "parameters": parameters}))
    };
    let main = "until [ -e $D/gang-may-end ]; do sleep 0.02; done";
    define(&kiln, "gang", 3, 0, &[("0", node(&kiln, main)), ("1:", node(&kiln, HANG))]);
    let before = shell(&kiln.held("first-may-end"));
    kiln.await_status(&before, "RUNNING");
    let gang = submit(&kiln, "gang", &json!({"dependsOn": [{"jobId": shell("true")}]}));
    kiln.await_status(&gang, "RUNNABLE");
    let behind = shell("true");
    assert_eq!(kiln.describe(&behind)["status"], "RUNNABLE", "the first in the queue holds it");
    assert!(listed(&kiln, &gang, &["--job-status", "STARTING"]).is_empty());
    assert!(listed(&kiln, &gang, &[]).is_empty(), "two of three would have had room");
    kiln.release("first-may-end");
    kiln.until(|| listed(&kiln, &gang, &[]).len() == 3);
    assert_eq!(kiln.describe(&behind)["status"], "RUNNABLE", "the nodes have it all");
    kiln.release("gang-may-end");
    kiln.await_code(&[&before, &gang, &behind], 0);

    let mut large = node(&kiln, "true");
    large["resourceRequirements"] = requirements("1", 2400, 0);
    define(&kiln, "large", 2, 0, &[("0:", large)]);
    let never = [
        (
            "gang",
            json!({"nodeOverrides": {"numNodes": 4}}),
            "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - ",
        ),
        ("large", json!({}), "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - "),
    ];
    for (definition, members, reason) in never {
        let job = submit(&kiln, definition, &members);
        kiln.until(|| status(&kiln, &job).1.starts_with(reason));
        kiln.ok(["cancel-job", "--job-id", &job, "--reason", "too large"]);
        assert_eq!(status(&kiln, &job), ("FAILED".into(), "too large".into()));
        assert_eq!(status(&kiln, &format!("{job}#0")).0, "FAILED");
        assert!(exit_codes(&kiln.describe(&format!("{job}#0"))).is_empty());
    }
}

/// JOB-068, JOB-146, JOB-149, JOB-150.
#[test]
fn only_the_main_node_brings_about_another_attempt() {
    let kiln = Kiln::new().roomy(8);
    let main = r#"until [ -e $D/failed.$AWS_BATCH_JOB_ATTEMPT ]; do sleep 0.02; done
        until [ -e $D/stays.$AWS_BATCH_JOB_ATTEMPT ]; do sleep 0.02; done
        [ $AWS_BATCH_JOB_ATTEMPT = 2 ] || exit 5"#;
    let failing = "trap '' TERM; touch $D/failed.$AWS_BATCH_JOB_ATTEMPT; exit 8";
    let staying = "trap 'exit 7' TERM; echo $AWS_BATCH_JOB_ATTEMPT; touch $D/stays.$AWS_BATCH_JOB_ATTEMPT; \
                   sleep 600 & wait";
    let ranges = [("0", node(&kiln, main)), ("1", node(&kiln, failing)), ("2", node(&kiln, staying))];
    define(&kiln, "flaky", 3, 0, &ranges);
    // The code of the child node would end it, that of the main node does not.
    let strategy = json!({"attempts": 3, "evaluateOnExit": [{"onExitCode": "8", "action": "EXIT"}]});
    let job = submit(&kiln, "flaky", &json!({"retryStrategy": strategy}));
    kiln.await_code(&[&job], 0);
    assert_eq!(exit_codes(&kiln.describe(&job)), [Some(5), Some(0)]);
    let node = |index: usize| kiln.describe(&format!("{job}#{index}"));
    assert_eq!(exit_codes(&node(0)), [Some(5), Some(0)]);
    assert_eq!(exit_codes(&node(2)), [Some(7), Some(7)]);
    assert_eq!(exit_codes(&node(1)), [Some(8), Some(8)]);
    for (number, text) in [("1", "1\n"), ("2", "2\n")] {
        assert_eq!(kiln.ok(["logs", &format!("{job}#2"), "--attempt", number]), text);
    }
    assert_eq!(node(2)["attempts"][0]["statusReason"], STOPPED);
}

/// JOB-069, JOB-144.
#[test]
fn a_job_is_terminated_with_all_its_nodes_and_no_node_alone() {
    let kiln = Kiln::new().roomy(8);
    define(&kiln, "gang", 3, 0, &[("0:", node(&kiln, HANG))]);
    let job = submit(&kiln, "gang", &json!({"retryStrategy": {"attempts": 3}}));
    let nodes = [0, 1, 2].map(|index| format!("{job}#{index}"));
    for node in &nodes {
        kiln.until(|| kiln.run(["logs", node]).out == "on\n");
        kiln.await_status(node, "RUNNING");
        let _ = kiln.run(["cancel-job", "--job-id", node, "--reason", "x"]).exits(254);
        let _ = kiln.run(["terminate-job", "--job-id", node, "--reason", "x"]).exits(254);
    }
    kiln.ok(["cancel-job", "--job-id", &job, "--reason", "too late"]);
    assert_eq!(listed(&kiln, &job, &[]).len(), 3, "what runs is not cancelled");
    let next = json!({"jobName": "j", "jobQueue": "wide", "jobDefinition": "sh", "dependsOn": [{"jobId": nodes[1]}]});
    let _ = kiln.try_call("submit-job", &next).exits(254);
    kiln.ok(["terminate-job", "--job-id", &job, "--reason", "enough of it"]);
    kiln.await_code(&[&job], 9);
    assert_eq!(status(&kiln, &job), ("FAILED".into(), "enough of it".into()));
    assert_eq!(exit_codes(&kiln.describe(&job)), [Some(9)]);
    for node in &nodes {
        assert_eq!(status(&kiln, node).0, "FAILED");
        assert_eq!(kiln.ok(["logs", node]), "on\nasked\n");
    }
}

/// JOB-061, JOB-149, JOB-150.
#[test]
fn a_lost_host_takes_all_nodes_along_and_the_strategy_decides() {
    let kiln = Kiln::new().roomy(8);
    let main = "echo $$; until [ -e $D/on.$AWS_BATCH_JOB_ATTEMPT ]; do sleep 0.02; done; \
                [ $AWS_BATCH_JOB_ATTEMPT = 2 ] || sleep 600";
    let child = "touch $D/on.$AWS_BATCH_JOB_ATTEMPT; sleep 600";
    define(&kiln, "gang", 2, 0, &[("0", node(&kiln, main)), ("1", node(&kiln, child))]);
    let strategy = json!({"attempts": 5, "evaluateOnExit": [{"onStatusReason": "Host EC2*", "action": "RETRY"},
        {"onReason": "*", "action": "EXIT"}]});
    let job = submit(&kiln, "gang", &json!({"retryStrategy": strategy}));
    kiln.until(|| fs::exists(kiln.file("on.1")).unwrap());
    kiln.await_status(&format!("{job}#1"), "RUNNING");
    Kiln::lose_host(kiln.ok(["logs", &format!("{job}#0")]).trim());
    kiln.await_code(&[&job], 0);
    let detail = kiln.describe(&job);
    assert_eq!(exit_codes(&detail), [None, Some(0)]);
    assert!(detail["attempts"][0]["statusReason"].as_str().unwrap().starts_with("Host EC2 (instance i-"));
    assert_eq!(exit_codes(&kiln.describe(&format!("{job}#1"))).len(), 2);
}

/// JOB-143, JOB-144, JOB-149, JOB-162.
#[test]
fn the_death_of_the_engine_changes_nothing_for_the_nodes() {
    let kiln = Kiln::new().roomy(8);
    fs::create_dir(kiln.file("marks")).unwrap();
    let mark = "printf x >> $D/marks/$AWS_BATCH_JOB_ID";
    let main = format!(
        "{mark}; job=$D/marks/${{AWS_BATCH_JOB_ID%#*}}
         until [ -e $job#1 ] && [ -e $job#2 ]; do sleep 0.02; done; exit 7"
    );
    let ranges = [("0", node(&kiln, &main)), ("1:", node(&kiln, &format!("{mark}; {HANG}")))];
    define(&kiln, "gang", 3, 0, &ranges);
    let jobs: Vec<_> = (0..8)
        .map(|round| {
            let job = submit(&kiln, "gang", &json!({}));
            for moment in [round * 5, round * 3] {
                // A moment in the life of the engine, not a wait for something: any length will do.
                thread::sleep(Duration::from_millis(moment));
                Kiln::kill(kiln.engine().unwrap());
                kiln.ok(["describe-job-queues"]);
            }
            job
        })
        .collect();
    for job in &jobs {
        kiln.await_code(&[job], 7);
        assert_eq!(exit_codes(&kiln.describe(job)), [Some(7)]);
        for index in [1, 2] {
            assert_eq!(status(&kiln, &format!("{job}#{index}")), ("FAILED".into(), STOPPED.into()));
        }
    }
    let marks = fs::read_dir(kiln.file("marks")).unwrap().map(|entry| entry.unwrap());
    let marks: BTreeSet<(String, u64)> =
        marks.map(|mark| (mark.file_name().into_string().unwrap(), mark.metadata().unwrap().len())).collect();
    let nodes = jobs.iter().flat_map(|job| (0..3).map(move |index| format!("{job}#{index}")));
    let once: BTreeSet<_> = nodes.map(|node| (node, 1)).collect();
    assert_eq!(marks, once, "each node ran once");
}

/// JOB-144, JOB-146, JOB-162.
#[test]
fn nodes_that_end_while_there_is_no_engine_are_counted_by_the_next() {
    let kiln = Kiln::new().roomy(8);
    let main = "until [ -e $D/one-ended ]; do sleep 0.02; done; touch $D/main-ended; exit 3";
    let ending = "trap '' TERM; until [ -e $D/go ]; do sleep 0.02; done; touch $D/one-ended; exit 4";
    let ranges = [("0", node(&kiln, main)), ("1", node(&kiln, ending)), ("2", node(&kiln, HANG))];
    define(&kiln, "gang", 3, 0, &ranges);
    let job = submit(&kiln, "gang", &json!({}));
    kiln.until(|| listed(&kiln, &job, &[]).len() == 3);
    kiln.until(|| kiln.run(["logs", &format!("{job}#2")]).out == "on\n");
    Kiln::kill(kiln.engine().unwrap());
    kiln.release("go");
    kiln.until(|| fs::exists(kiln.file("main-ended")).unwrap());
    kiln.await_code(&[&job], 3);
    let codes =
        [0, 1, 2].map(|index| kiln.describe(&format!("{job}#{index}"))["container"]["exitCode"].clone());
    assert_eq!(codes, [3, 4, 9]);
    assert_eq!(status(&kiln, &job).0, "FAILED");
    assert_eq!(status(&kiln, &format!("{job}#2")), ("FAILED".into(), STOPPED.into()));
    assert_eq!(kiln.ok(["logs", &format!("{job}#2")]), "on\nasked\n");
}

/// JOB-142, JDP-261.
#[test]
fn nodes_may_be_tasks_or_pods_of_one_container() {
    let kiln = Kiln::new().roomy(8);
    kiln.lane_of_pods("pods", 4);
    let register = |name: &str, ranges: Value| {
        kiln.call(
            "register-job-definition",
            &json!({"jobDefinitionName": name, "type": "multinode",
                "nodeProperties": {"numNodes": 2, "mainNode": 0, "nodeRangeProperties": ranges}}),
        );
    };
    let script = "touch $D/$KIND.$AWS_BATCH_JOB_NODE_INDEX; until [ -e $D/$KIND.0 ] && [ -e $D/$KIND.1 ]; do \
                  sleep 0.02; done; echo $AWS_BATCH_JOB_NODE_INDEX";
    let environment = json!([{"name": "D", "value": kiln.home()}, {"name": "KIND", "value": "none"}]);
    let task = json!({"taskProperties": [{"containers": [{"name": "c", "image": "none",
        "command": ["sh", "-c", script], "environment": environment,
        "resourceRequirements": requirements("1", 64, 0)}]}]});
    register("tasks", json!([{"targetNodes": "0:1", "ecsProperties": task}]));
    let pod = json!({"podProperties": {"containers": [{"image": "none", "command": ["sh"],
        "args": ["-c", script], "env": environment, "resources": {"limits": {"cpu": "1", "memory": "64Mi"}}}]}});
    register("pods", json!([{"targetNodes": "0:1", "eksProperties": pod}]));
    let kind = |value: &str| json!([{"name": "KIND", "value": value}]);
    let of_tasks = json!([{"targetNodes": "0:1", "ecsPropertiesOverride": {"taskProperties":
        [{"containers": [{"name": "c", "environment": kind("task")}]}]}}]);
    let of_pods = json!([{"targetNodes": "0:1", "eksPropertiesOverride": {"podProperties":
        {"containers": [{"env": kind("pod")}]}}}]);
    let jobs =
        [("wide", "tasks", of_tasks), ("pods", "pods", of_pods)].map(|(queue, definition, overrides)| {
            kiln.submit_input(&json!({"jobQueue": queue, "jobDefinition": definition,
            "nodeOverrides": {"nodePropertyOverrides": overrides}}))
        });
    for (job, kind) in jobs.iter().zip(["task", "pod"]) {
        kiln.await_code(&[job], 0);
        assert_eq!(kiln.ok(["logs", &format!("{job}#0")]), "0\n");
        for index in [0, 1] {
            assert!(fs::exists(kiln.file(&format!("{kind}.{index}"))).unwrap());
        }
    }
    let member = |job: &str, name: &str| kiln.describe(job)[name].clone();
    assert!(member(&format!("{}#1", jobs[0]), "ecsProperties")["taskProperties"][0]["containers"].is_array());
    assert!(member(&format!("{}#1", jobs[1]), "eksProperties")["podProperties"]["containers"].is_array());
}
