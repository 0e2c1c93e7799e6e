//! Attempts: how often a job is tried, what decides about another one, and what is kept of each.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use std::collections::HashSet;
use std::thread;
use std::time::Duration;

use common::{Kiln, exit_codes};
use serde_json::{Value, json};

/// The lines 1 to `last`.
fn numbers(last: usize) -> Vec<String> {
    (1..=last).map(|number| number.to_string()).collect()
}

/// JOB-041, JOB-046, JOB-052, JOB-062, JOB-063, JOB-067, JOB-068, JDX-002, JDP-271, OPS-234.
#[test]
fn a_failing_job_is_tried_as_often_as_it_may_be() {
    let kiln = Kiln::ready();
    let script = "echo attempt $AWS_BATCH_JOB_ATTEMPT; exit 6";
    let with = |script: &str, attempts: &str| kiln.submit_with(script, &["--retry-strategy", attempts]);
    let once = kiln.submit(script);
    let three = with(script, r#"{"attempts":3}"#);
    let ten = with(script, r#"{"attempts":10}"#);
    let lucky = with("test $AWS_BATCH_JOB_ATTEMPT = 2", r#"{"attempts":10}"#);
    for job in [&once, &three, &ten] {
        let _ = kiln.run(["wait", job, "--timeout", "150"]).exits(6).says("FAILED");
    }
    kiln.await_code(&[&lucky], 0);
    assert_eq!(exit_codes(&kiln.describe(&once)), [Some(6)]);
    assert_eq!(exit_codes(&kiln.describe(&ten)), [Some(6); 10]);
    assert_eq!(exit_codes(&kiln.describe(&lucky)), [Some(1), Some(0)]);

    let detail = kiln.describe(&three);
    assert_eq!(exit_codes(&detail), [Some(6); 3]);
    let attempts = detail["attempts"].as_array().unwrap();
    let times: Vec<_> = attempts
        .iter()
        .flat_map(|attempt| [&attempt["startedAt"], &attempt["stoppedAt"]])
        .map(|time| time.as_i64().unwrap())
        .collect();
    assert!(times.is_sorted(), "one after the other: {times:?}");
    assert_eq!(detail["startedAt"], attempts[2]["startedAt"]);
    let streams: HashSet<_> =
        attempts.iter().map(|attempt| attempt["container"]["logStreamName"].as_str().unwrap()).collect();
    assert_eq!(streams.len(), 3, "each attempt has a stream of its own");
    assert!(streams.iter().all(|name| name.starts_with("sh/default/")), "{streams:?}");
    assert_eq!(detail["container"]["logStreamName"], attempts[2]["container"]["logStreamName"]);
    for number in ["1", "2", "3"] {
        assert_eq!(kiln.ok(["logs", &three, "--attempt", number]), format!("attempt {number}\n"));
    }
}

/// JOB-039, JOB-042, JOB-043, JOB-045, JOB-046.
#[test]
fn a_log_can_be_read_while_the_job_runs_and_after_every_end() {
    let kiln = Kiln::ready();
    let held = |end: &str| format!("echo begun; {}; echo {end}; {end}", kiln.held("go"));
    let jobs = [kiln.submit(&held("exit 0")), kiln.submit(&held("kill -11 $$"))];
    let waiting = kiln.submit("true");
    for job in &jobs {
        kiln.until(|| kiln.run(["logs", job]).out == "begun\n");
        let detail = kiln.describe(job);
        assert_eq!(detail["status"], "RUNNING");
        assert!(detail["container"]["logStreamName"].as_str().unwrap().starts_with("sh/default/"));
    }
    let detail = kiln.describe(&waiting);
    assert_eq!(detail["status"], "RUNNABLE");
    assert_eq!(detail["container"]["logStreamName"], json!(null));
    kiln.release("go");
    kiln.await_code(&[&jobs[0]], 0);
    kiln.await_code(&[&jobs[1]], 128 + 11);
    // What has ended is kept, by another engine too.
    let _ = kiln.run(["engine", "stop"]).exits(0);
    assert_eq!(kiln.describe(&jobs[0])["status"], "SUCCEEDED");
    assert_eq!(kiln.describe(&jobs[1])["status"], "FAILED");
    assert_eq!(kiln.ok(["logs", &jobs[0]]), "begun\nexit 0\n");
    assert!(kiln.ok(["logs", &jobs[1]]).starts_with("begun\nkill -11 "));
}

/// JOB-020, JOB-039, JOB-065, JOB-066, JDX-005, JDX-006, JDX-008, JDX-010, JDX-012, JDX-014, JDC-019, OPS-237.
#[test]
fn the_first_condition_that_holds_decides_and_none_means_another_attempt() {
    const START: &str = "Task failed to start";
    let on_code = |pattern: &str, action: &str| json!({"onExitCode": pattern, "action": action});
    let on_reason = |pattern: &str, action: &str| json!({"onReason": pattern, "action": action});
    let on_status = |pattern: &str, action: &str| json!({"onStatusReason": pattern, "action": action});
    let hosts_only = json!([on_status("Host EC2*", "RETRY"), on_reason("*", "EXIT")]);
    let starts_only = json!([on_reason("AGENT", "RETRY"), on_status(START, "RETRY"), on_reason("*", "EXIT")]);
    let signals = json!([on_code("13*", "RETRY"), on_code("1*", "EXIT")]);
    let both = |code: &str, status: &str| json!([{"onExitCode": code, "onStatusReason": status, "onReason": "*", "action": "EXIT"}]);
    // The conditions, what the job runs ("" is a program that there is not), and the attempts it has of three.
    let cases = [
        (json!([on_code("2", "EXIT")]), "exit 1", 3),
        (json!([on_code("2", "EXIT")]), "exit 2", 1),
        (json!([on_code("2", "exit")]), "exit 2", 1),
        (json!([on_code("1", "EXIT")]), "exit 12", 3),
        (json!([on_code("1*", "EXIT")]), "exit 12", 1),
        (json!([on_code("1*", "EXIT")]), "exit 21", 3),
        (json!([on_code("*", "EXIT")]), "exit 12", 1),
        (json!([on_code("137", "EXIT")]), "kill -9 $$", 1),
        (signals.clone(), "kill -9 $$", 3),
        (signals, "exit 1", 1),
        (json!([on_code("1*", "Retry"), on_code("12", "EXIT")]), "exit 12", 3),
        (both("3", "Essential container*"), "exit 3", 1),
        (both("3", "Host*"), "exit 3", 3),
        (both("4", "Essential container*"), "exit 3", 3),
        (hosts_only, "exit 1", 1),
        (starts_only.clone(), "exit 1", 1),
        (starts_only, "", 3),
        (json!([on_status(START, "EXIT")]), "", 1),
        (json!([on_status(START, "EXIT")]), "exit 1", 3),
        (json!([on_status("Task failed", "EXIT")]), "", 3),
        (json!([on_reason("CannotStartContainerError:*", "EXIT")]), "", 1),
        (json!([on_reason("CannotStartContainerError:", "EXIT")]), "", 3),
        (json!([on_reason("CannotPullContainerError:*", "EXIT")]), "", 3),
    ];
    let kiln = Kiln::ready();
    let jobs: Vec<_> = cases
        .iter()
        .map(|(conditions, script, _)| {
            let command =
                if script.is_empty() { json!(["no-such-program"]) } else { json!(["sh", "-c", script]) };
            kiln.submit_input(&json!({"jobQueue": "q", "jobDefinition": "sh",
                "containerOverrides": {"command": command},
                "retryStrategy": {"attempts": 3, "evaluateOnExit": conditions}}))
        })
        .collect();
    kiln.await_ends(&jobs.iter().map(String::as_str).collect::<Vec<_>>());
    for (job, (conditions, script, expected)) in jobs.iter().zip(&cases) {
        let detail = kiln.describe(job);
        assert_eq!(detail["status"], "FAILED");
        assert_eq!(exit_codes(&detail).len(), *expected, "{script:?} under {conditions}");
    }
}

/// JOB-007, JOB-060, JDC-002, JDP-269.
#[test]
fn a_strategy_given_at_submission_replaces_that_of_the_definition() {
    let kiln = Kiln::ready();
    let strategy = json!({"attempts": 3, "evaluateOnExit": [{"onExitCode": "7", "action": "exit"}]});
    let requirements = common::requirements("1", 64, 0);
    kiln.call(
        "register-job-definition",
        &json!({"jobDefinitionName": "careful", "type": "container", "retryStrategy": strategy,
            "containerProperties": {"image": "none", "command": ["sh", "-c", "exit $CODE"],
                "resourceRequirements": requirements}}),
    );
    let submit = |code: &str, strategy: Option<Value>| {
        let mut input = json!({"jobQueue": "q", "jobDefinition": "careful",
            "containerOverrides": {"environment": [{"name": "CODE", "value": code}]}});
        if let Some(strategy) = strategy {
            input["retryStrategy"] = strategy;
        }
        kiln.submit_input(&input)
    };
    let (two, one) = (json!({"attempts": 2}), json!({"attempts": 1}));
    let cases = [
        (submit("7", None), 1),
        (submit("8", None), 3),
        // The conditions of the definition are gone too.
        (submit("7", Some(two.clone())), 2),
        (submit("8", Some(one)), 1),
    ];
    for (job, expected) in &cases {
        kiln.await_ends(&[job]);
        assert_eq!(exit_codes(&kiln.describe(job)).len(), *expected);
    }
    assert_eq!(kiln.describe(&cases[1].0)["retryStrategy"], strategy);
    assert_eq!(kiln.describe(&cases[2].0)["retryStrategy"]["attempts"], two["attempts"]);
    let definitions = kiln.json(["describe-job-definitions", "--job-definition-name", "careful"]);
    assert_eq!(definitions["jobDefinitions"][0]["retryStrategy"], strategy);
}

/// JOB-040, OPS-235.
#[test]
fn a_job_that_is_tried_again_goes_before_those_that_wait() {
    let kiln = Kiln::ready();
    kiln.lane("narrow", &json!({"computeResources": common::on_instances(1)}));
    let submit = |script: &str| {
        kiln.submit_input(&json!({"jobQueue": "narrow", "jobDefinition": "sh",
            "parameters": {"script": script}, "retryStrategy": {"attempts": 3}}))
    };
    let order = kiln.file("order");
    let flaky = submit(&format!(
        "echo flaky $AWS_BATCH_JOB_ATTEMPT >> {order}; {}; test $AWS_BATCH_JOB_ATTEMPT = 3",
        kiln.held("go")
    ));
    let others = [submit(&format!("echo b >> {order}")), submit(&format!("echo c >> {order}"))];
    kiln.await_status(&flaky, "RUNNING");
    assert!(others.iter().all(|job| kiln.describe(job)["status"] == "RUNNABLE"));
    kiln.release("go");
    kiln.await_code(&[&flaky, &others[0], &others[1]], 0);
    assert_eq!(kiln.lines_of("order"), ["flaky 1", "flaky 2", "flaky 3", "b", "c"]);
}

/// JOB-040, JOB-049, JOB-069.
#[test]
fn between_two_attempts_a_job_is_runnable_and_may_move_or_be_given_up() {
    let kiln = Kiln::ready();
    for name in ["first", "second"] {
        kiln.lane(name, &json!({"computeResources": common::on_instances(2)}));
    }
    let submit = || {
        let script = format!("echo $AWS_BATCH_CE_NAME; {}; test $AWS_BATCH_JOB_ATTEMPT = 2", kiln.held("go"));
        kiln.submit_input(&json!({"jobQueue": "first", "jobDefinition": "sh",
            "parameters": {"script": script}, "retryStrategy": {"attempts": 3}}))
    };
    let [moved, given_up] = [submit(), submit()];
    for job in [&moved, &given_up] {
        kiln.await_status(job, "RUNNING");
    }
    let disable = ["update-compute-environment", "--compute-environment", "first", "--state", "DISABLED"];
    kiln.ok(disable);
    kiln.release("go");
    for job in [&moved, &given_up] {
        kiln.await_status(job, "RUNNABLE");
        let detail = kiln.describe(job);
        assert_eq!(exit_codes(&detail), [Some(1)]);
        assert_eq!(detail["stoppedAt"], json!(null), "only an attempt has ended");
    }
    kiln.ok(["cancel-job", "--job-id", &given_up, "--reason", "twice is enough"]);
    let detail = kiln.describe(&given_up);
    assert_eq!((&detail["status"], &detail["statusReason"]), (&json!("FAILED"), &json!("twice is enough")));
    assert_eq!(exit_codes(&detail), [Some(1)]);
    kiln.call(
        "update-job-queue",
        &json!({"jobQueue": "first", "computeEnvironmentOrder": [{"order": 1, "computeEnvironment": "second"}]}),
    );
    kiln.await_code(&[&moved], 0);
    assert_eq!(kiln.ok(["logs", &moved, "--attempt", "1"]), "first\n");
    assert_eq!(kiln.ok(["logs", &moved, "--attempt", "2"]), "second\n");
}

/// JOB-069.
#[test]
fn a_terminated_job_is_failed_and_not_tried_again() {
    let kiln = Kiln::ready();
    let strategy = r#"{"attempts":10,"evaluateOnExit":[{"onReason":"*","action":"RETRY"}]}"#;
    // It even ends well when it is asked to end.
    let script = "trap 'exit 0' TERM; echo on; sleep 600 & wait";
    let job = kiln.submit_with(script, &["--retry-strategy", strategy]);
    kiln.until(|| kiln.run(["logs", &job]).out == "on\n");
    kiln.ok(["terminate-job", "--job-id", &job, "--reason", "no more"]);
    kiln.await_ends(&[&job]);
    let detail = kiln.describe(&job);
    assert_eq!((&detail["status"], &detail["statusReason"]), (&json!("FAILED"), &json!("no more")));
    assert_eq!(exit_codes(&detail), [Some(0)]);
}

/// JOB-070, JOB-131.
#[test]
fn what_can_never_run_is_not_tried_again() {
    let kiln = Kiln::ready();
    let requirements = common::requirements("1", 64, 0);
    kiln.call(
        "register-job-definition",
        &json!({"jobDefinitionName": "image-only", "type": "container", "retryStrategy": {"attempts": 5},
            "containerProperties": {"image": "busybox", "resourceRequirements": requirements}}),
    );
    let job = kiln.submit_input(&json!({"jobQueue": "q", "jobDefinition": "image-only"}));
    let _ = kiln.run(["wait", &job, "--timeout", "150"]).exits(1).says("command");
    assert_eq!(exit_codes(&kiln.describe(&job)), [None]);
}

/// JOB-061, JOB-066, JDX-014, JDP-271, OPS-234, OPS-237.
#[test]
fn the_loss_of_a_host_is_a_failure_that_conditions_can_tell_from_others() {
    let kiln = Kiln::ready();
    let submit = |conditions: Value| {
        let strategy = json!({"attempts": 5, "evaluateOnExit": conditions}).to_string();
        let script = "echo $$; test $AWS_BATCH_JOB_ATTEMPT = 1 || exit 3; sleep 600";
        kiln.submit_with(script, &["--retry-strategy", &strategy])
    };
    let retried = submit(json!([{"onStatusReason": "Host EC2*", "action": "RETRY"},
        {"onReason": "*", "action": "EXIT"}]));
    let stopped = submit(json!([{"onStatusReason": "Host EC2*", "action": "EXIT"}]));
    for job in [&retried, &stopped] {
        kiln.until(|| kiln.run(["logs", job]).out.ends_with('\n'));
    }
    Kiln::lose_host(kiln.ok(["logs", &retried]).trim());
    kiln.await_ends(&[&retried, &stopped]);
    let detail = kiln.describe(&retried);
    assert_eq!(exit_codes(&detail), [None, Some(3)], "{detail:#}");
    let lost = detail["attempts"][0]["statusReason"].as_str().unwrap();
    assert!(lost.starts_with("Host EC2 (instance i-") && lost.ends_with(") terminated."), "{lost}");
    assert_eq!(exit_codes(&kiln.describe(&stopped)), [None]);
}

/// JOB-060, JOB-067, JDX-002.
#[test]
fn the_children_of_an_array_are_tried_again_each_by_itself() {
    let kiln = Kiln::ready();
    let script = "echo $AWS_BATCH_JOB_ATTEMPT; test $AWS_BATCH_JOB_ARRAY_INDEX -lt $AWS_BATCH_JOB_ATTEMPT";
    let more = ["--array-properties", r#"{"size":3}"#, "--retry-strategy", r#"{"attempts":3}"#];
    let job = kiln.submit_with(script, &more);
    kiln.await_code(&[&job], 0);
    let child = |index: usize| kiln.describe(&format!("{job}:{index}"));
    assert_eq!(exit_codes(&child(0)), [Some(0)]);
    assert_eq!(exit_codes(&child(1)), [Some(1), Some(0)]);
    assert_eq!(exit_codes(&child(2)), [Some(1), Some(1), Some(0)]);
    assert_eq!(kiln.ok(["logs", &format!("{job}:2")]), "3\n");
    assert!(exit_codes(&kiln.describe(&job)).is_empty(), "the parent runs nothing");
}

/// JOB-061, JOB-067, JOB-068.
#[test]
fn attempts_are_counted_over_the_death_of_the_engine() {
    let kiln = Kiln::ready();
    let script = format!("echo $AWS_BATCH_JOB_ATTEMPT >> {}; exit 1", kiln.file("attempts"));
    let job = kiln.submit_with(&script, &["--retry-strategy", r#"{"attempts":10}"#]);
    let mut kills = 0;
    while kiln.describe(&job)["status"] != "FAILED" && kills < 40 {
        // A moment in the life of the engine, not a wait for something: any length will do.
        thread::sleep(Duration::from_millis(kills * 7 % 40));
        Kiln::kill(kiln.engine().unwrap());
        kills += 1;
    }
    kiln.await_code(&[&job], 1);
    assert_eq!(kiln.lines_of("attempts"), numbers(10), "each ran once");
    assert_eq!(exit_codes(&kiln.describe(&job)), [Some(1); 10]);
}
