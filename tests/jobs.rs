//! One job through the real program: its life, what it sees, what is kept of it, and how it is stopped.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::Kiln;
use serde_json::json;

#[test]
fn a_job_succeeds_and_everything_about_it_is_kept() {
    let kiln = Kiln::ready();
    let job = kiln.submit("echo out; echo err >&2");
    let _ = kiln.run(["wait", &job]).exits(0).silent();
    let detail = kiln.describe(&job);
    assert_eq!(detail["status"], "SUCCEEDED");
    assert_eq!(detail["statusReason"], "Essential container in task exited");
    assert_eq!(detail["jobQueue"], "arn:aws:batch:us-east-1:000000000000:job-queue/q");
    assert_eq!(detail["jobDefinition"], "arn:aws:batch:us-east-1:000000000000:job-definition/sh:1");
    assert_eq!(detail["jobArn"], format!("arn:aws:batch:us-east-1:000000000000:job/{job}"));
    assert_eq!(detail["tags"], json!({}));
    assert_eq!(detail["dependsOn"], json!([]));
    let times: Vec<_> =
        ["createdAt", "startedAt", "stoppedAt"].iter().map(|name| detail[name].as_i64().unwrap()).collect();
    assert!(times[0] > 1_600_000_000_000 && times.is_sorted(), "{times:?}");
    let attempt = &detail["attempts"][0];
    assert_eq!(attempt["container"]["exitCode"], 0);
    assert_eq!(attempt["container"]["logStreamName"], detail["container"]["logStreamName"]);
    assert!(attempt["container"]["logStreamName"].as_str().unwrap().starts_with("sh/default/"));
    assert_eq!(attempt["startedAt"], detail["startedAt"]);
    assert_eq!(kiln.ok(["logs", &job]), "out\nerr\n");
}

#[test]
fn the_exit_code_of_a_job_is_the_exit_code_of_wait() {
    let kiln = Kiln::ready();
    let (bad, good, worse) = (kiln.submit("exit 3"), kiln.submit("true"), kiln.submit("exit 44"));
    let _ = kiln.run(["wait", &bad]).exits(3).silent().says("FAILED");
    let _ = kiln.run(["wait", &good, &worse, &bad]).exits(44).silent();
    assert_eq!(kiln.describe(&bad)["status"], "FAILED");
    let killed = kiln.submit("kill -9 $$");
    let _ = kiln.run(["wait", &killed]).exits(137);
    let _ = kiln.run(["wait", "no-such-job"]).exits(254).says("there is no job \"no-such-job\"");
}

#[test]
fn wait_gives_up_at_its_timeout() {
    let kiln = Kiln::ready();
    let job = kiln.submit("sleep 60");
    kiln.until(|| kiln.describe(&job)["status"] == "RUNNING");
    let _ = kiln.run(["wait", &job, "--timeout", "0"]).exits(124).silent().says("is RUNNING");
    let ended = kiln.submit("exit 9");
    let _ = kiln.run(["wait", &ended]).exits(9);
    let _ = kiln.run(["wait", &ended, "--timeout", "0"]).exits(9);
    let _ = kiln.run(["wait", &job, "nope"]).exits(254).says("nope");
}

#[test]
fn a_job_sees_its_own_variables_and_no_others() {
    let kiln = Kiln::ready();
    kiln.define("env", r#"["/usr/bin/env"]"#);
    let overrides = r#"{"environment":[{"name":"MINE","value":"a b=c"}]}"#;
    let answer = kiln.json([
        "submit-job",
        "--job-name=j",
        "--job-queue=q",
        "--job-definition=env",
        "--container-overrides",
        overrides,
    ]);
    let job = answer["jobId"].as_str().unwrap();
    let _ = kiln.run(["wait", job]).exits(0);
    let text = kiln.ok(["logs", job]);
    let mut seen: BTreeMap<_, _> = text.lines().map(|line| line.split_once('=').unwrap()).collect();
    assert!(seen.remove("HOME").unwrap().starts_with(kiln.home().to_str().unwrap()));
    assert!(seen.remove("PATH").is_some());
    let expected = [
        ("AWS_BATCH_CE_NAME", "ce"),
        ("AWS_BATCH_JOB_ATTEMPT", "1"),
        ("AWS_BATCH_JOB_ID", job),
        ("AWS_BATCH_JQ_NAME", "q"),
        ("MINE", "a b=c"),
    ];
    assert_eq!(seen, BTreeMap::from(expected));
}

#[test]
fn a_job_works_in_an_empty_directory_that_is_gone_afterwards() {
    let kiln = Kiln::ready();
    let job = kiln.submit("ls -A; touch left-behind; mkdir d; touch d/x; pwd");
    let _ = kiln.run(["wait", &job]).exits(0);
    let log = kiln.ok(["logs", &job]);
    let directory = log.trim();
    assert!(directory.starts_with(kiln.home().join("work").to_str().unwrap()), "{log}");
    // The next job ends after the first one's directory was handed over to be removed.
    let next = kiln.submit("true");
    let _ = kiln.run(["wait", &next]).exits(0);
    kiln.until(|| fs::metadata(directory).is_err());
}

#[test]
fn parameters_and_overrides_make_the_job() {
    let kiln = Kiln::ready();
    kiln.define("greet", r#"["echo","Ref::greeting","Ref::name","Ref::open"]"#);
    let submit = ["submit-job", "--job-name=j", "--job-queue=q", "--job-definition=greet"];
    let parameters = ["--parameters", r#"{"greeting":"good day","name":"you"}"#];
    let job = kiln.json(submit.into_iter().chain(parameters))["jobId"].as_str().unwrap().to_owned();
    let _ = kiln.run(["wait", &job]).exits(0);
    assert_eq!(kiln.ok(["logs", &job]), "good day you Ref::open\n");
    let detail = kiln.describe(&job);
    assert_eq!(detail["parameters"], json!({"greeting": "good day", "name": "you"}));
    let overrides =
        r#"{"command":["echo","other"],"resourceRequirements":[{"type":"MEMORY","value":"128"}]}"#;
    let job = kiln.json(submit.into_iter().chain(["--container-overrides", overrides]))["jobId"].clone();
    let job = job.as_str().unwrap();
    let _ = kiln.run(["wait", job]).exits(0);
    assert_eq!(kiln.ok(["logs", job]), "other\n");
    let container = &kiln.describe(job)["container"];
    let requirements = json!([{"value": "1", "type": "VCPU"}, {"value": "128", "type": "MEMORY"}]);
    assert_eq!(container["resourceRequirements"], requirements);
}

#[test]
fn pods_and_tasks_of_one_container_run_as_processes_too() {
    let kiln = Kiln::ready();
    let register = |name: &str, properties: &str| {
        let kind = ["register-job-definition", "--type=container", "--job-definition-name", name];
        kiln.ok(kind.into_iter().chain([properties]));
    };
    let submit = |name: &str, overrides: &str| {
        let flags = ["submit-job", "--job-name=j", "--job-queue=q", "--job-definition", name, overrides];
        kiln.json(flags)["jobId"].as_str().unwrap().to_owned()
    };
    register(
        "pod",
        r#"--eks-properties={"podProperties":{"containers":[{"image":"none","command":["sh","-c"],"args":["false"],
           "env":[{"name":"A","value":"1"}],"resources":{"limits":{"cpu":"0.5","memory":"64Mi"}}}]}}"#,
    );
    let words = r#"--eks-properties-override={"podProperties":{"containers":[
        {"args":["echo $(A) $(AWS_BATCH_JOB_ID) '$$(A)'; exit $0","4"],"env":[{"name":"A","value":"2"}]}]}}"#;
    let job = submit("pod", words);
    let _ = kiln.run(["wait", &job]).exits(4);
    assert_eq!(kiln.ok(["logs", &job]), format!("2 {job} $(A)\n"));
    let detail = kiln.describe(&job);
    assert_eq!(detail["eksAttempts"][0]["containers"][0]["exitCode"], 4);
    assert_eq!(detail["eksProperties"]["podProperties"]["containers"][0]["args"][1], "4");
    register(
        "task",
        r#"--ecs-properties={"taskProperties":[{"containers":[{"name":"main","image":"none","command":["false"],
           "resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"64"}]}]}]}"#,
    );
    let words = r#"--ecs-properties-override={"taskProperties":[{"containers":[
        {"name":"main","command":["sh","-c","echo $A; exit 5"],"environment":[{"name":"A","value":"3"}]}]}]}"#;
    let job = submit("task", words);
    let _ = kiln.run(["wait", &job]).exits(5);
    assert_eq!(kiln.ok(["logs", &job]), "3\n");
    let detail = kiln.describe(&job);
    assert_eq!(detail["attempts"][0]["taskProperties"][0]["containers"][0]["exitCode"], 5);
    assert_eq!(detail["ecsProperties"]["taskProperties"][0]["containers"][0]["name"], "main");
}

#[test]
fn jobs_wait_for_room_in_the_order_of_submission() {
    let kiln = Kiln::ready();
    let order = kiln.home().join("order");
    let mark = |name: &str| format!("echo {name} >> {}", order.display());
    let held: Vec<_> = ["a", "b"]
        .map(|name| {
            kiln.submit(&format!(
                "{}; until test -e {}/go; do sleep 0.02; done",
                mark(name),
                kiln.home().display()
            ))
        })
        .into();
    let waiting = [kiln.submit(&mark("c")), kiln.submit(&mark("d"))];
    kiln.until(|| held.iter().all(|job| kiln.describe(job)["status"] == "RUNNING"));
    for job in &waiting {
        let detail = kiln.describe(job);
        assert_eq!(detail["status"], "RUNNABLE");
        assert_eq!(detail["startedAt"], json!(null));
        assert_eq!(detail["container"]["logStreamName"], json!(null));
    }
    let running = kiln.json(["list-jobs", "--job-queue", "q"]);
    assert_eq!(running["jobSummaryList"].as_array().unwrap().len(), 2);
    fs::write(kiln.home().join("go"), "").unwrap();
    let _ = kiln.run(["wait", &held[0], &held[1], &waiting[0], &waiting[1]]).exits(0);
    let text = fs::read_to_string(order).unwrap();
    let position = |name: &str| text.lines().position(|line| line == name).unwrap();
    assert!(position("c").min(position("d")) > position("a").max(position("b")), "{text}");
}

#[test]
fn memory_is_reserved_too() {
    let kiln = Kiln::ready();
    let large = r#"{"resourceRequirements":[{"type":"MEMORY","value":"900"}]}"#;
    let first = kiln.submit_with("sleep 60", &["--container-overrides", large]);
    kiln.until(|| kiln.describe(&first)["status"] == "RUNNING");
    let second = kiln.submit_with("true", &["--container-overrides", large]);
    assert_eq!(kiln.describe(&second)["status"], "RUNNABLE");
    kiln.ok(["terminate-job", "--job-id", &first, "--reason", "room"]);
    let _ = kiln.run(["wait", &second]).exits(0);
}

#[test]
fn a_job_that_can_never_fit_says_why() {
    let kiln = Kiln::ready();
    let too_many = r#"{"resourceRequirements":[{"type":"VCPU","value":"3"}]}"#;
    let job = kiln.submit_with("true", &["--container-overrides", too_many]);
    let reason = "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - CE(s) associated with the job queue cannot \
                  meet the CPU requirement of the job.";
    assert_eq!(kiln.describe(&job)["statusReason"], reason);
    let too_large = r#"{"resourceRequirements":[{"type":"MEMORY","value":"99999"}]}"#;
    kiln.ok(["cancel-job", "--job-id", &job, "--reason", "no room"]);
    let job = kiln.submit_with("true", &["--container-overrides", too_large]);
    let reason = kiln.describe(&job)["statusReason"].as_str().unwrap().to_owned();
    assert!(reason.starts_with("MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - "), "{reason}");
}

#[test]
fn cancel_ends_what_waits_and_leaves_what_runs() {
    let kiln = Kiln::ready();
    let running = [kiln.submit("sleep 60"), kiln.submit("sleep 60")];
    let waiting = kiln.submit("true");
    kiln.until(|| running.iter().all(|job| kiln.describe(job)["status"] == "RUNNING"));
    kiln.ok(["cancel-job", "--job-id", &waiting, "--reason", "not needed"]);
    let detail = kiln.describe(&waiting);
    assert_eq!((&detail["status"], &detail["statusReason"]), (&json!("FAILED"), &json!("not needed")));
    assert_eq!((&detail["isCancelled"], &detail["attempts"]), (&json!(true), &json!([])));
    let _ = kiln.run(["wait", &waiting]).exits(1);
    kiln.ok(["cancel-job", "--job-id", &running[0], "--reason", "too late"]);
    let detail = kiln.describe(&running[0]);
    assert_eq!((&detail["status"], &detail["isCancelled"]), (&json!("RUNNING"), &json!(false)));
    kiln.ok(["cancel-job", "--job-id", "unknown", "--reason", "x"]);
    let _ = kiln.run(["cancel-job", "--job-id", "x", "--reason", ""]).exits(252).says("reason");
}

#[test]
fn terminate_stops_the_whole_process_group_with_the_given_reason() {
    let kiln = Kiln::ready();
    let job =
        kiln.submit("sleep 3600 & echo $!; trap 'echo asked; exit 7' TERM; while :; do sleep 0.05; done");
    kiln.until(|| kiln.run(["logs", &job]).out.ends_with('\n'));
    let child = kiln.ok(["logs", &job]).trim().to_owned();
    kiln.ok(["terminate-job", "--job-id", &job, "--reason", "enough of it"]);
    let _ = kiln.run(["wait", &job]).exits(7).says("enough of it");
    let detail = kiln.describe(&job);
    assert_eq!((&detail["status"], &detail["statusReason"]), (&json!("FAILED"), &json!("enough of it")));
    assert_eq!(detail["isTerminated"], true);
    assert_eq!(detail["attempts"][0]["container"]["exitCode"], 7);
    assert!(kiln.ok(["logs", &job]).ends_with("asked\n"));
    kiln.until(|| !fs::exists(format!("/proc/{child}")).unwrap());
    let waiting = kiln.submit_with(
        "true",
        &["--container-overrides", r#"{"resourceRequirements":[{"type":"VCPU","value":"9"}]}"#],
    );
    kiln.ok(["terminate-job", "--job-id", &waiting, "--reason", "never mind"]);
    assert_eq!(kiln.describe(&waiting)["statusReason"], "never mind");
}

#[test]
fn a_failed_attempt_is_repeated_and_each_keeps_its_log() {
    let kiln = Kiln::ready();
    let strategy = r#"{"attempts":3,"evaluateOnExit":[{"onExitCode":"5","action":"retry"},{"onReason":"*","action":"EXIT"}]}"#;
    let script = "echo attempt $AWS_BATCH_JOB_ATTEMPT; test $AWS_BATCH_JOB_ATTEMPT = 2 && exit 6; exit 5";
    let job = kiln.submit_with(script, &["--retry-strategy", strategy]);
    let _ = kiln.run(["wait", &job]).exits(6);
    let detail = kiln.describe(&job);
    let codes: Vec<_> = detail["attempts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["container"]["exitCode"].clone())
        .collect();
    assert_eq!(codes, [json!(5), json!(6)]);
    assert_eq!(detail["retryStrategy"]["evaluateOnExit"][1]["action"], "exit");
    assert_eq!(kiln.ok(["logs", &job, "--attempt", "1"]), "attempt 1\n");
    assert_eq!(kiln.ok(["logs", &job]), "attempt 2\n");
    let _ = kiln.run(["logs", &job, "--attempt", "3"]).exits(254).says("no attempt 3");
}

#[test]
fn a_command_that_does_not_exist_says_so() {
    let kiln = Kiln::ready();
    kiln.define("wrong", r#"["no-such-program"]"#);
    let submit = ["submit-job", "--job-name=j", "--job-queue=q", "--job-definition=wrong"];
    let job = kiln.json(submit)["jobId"].as_str().unwrap().to_owned();
    let _ = kiln.run(["wait", &job]).exits(1);
    let detail = kiln.describe(&job);
    assert_eq!(detail["statusReason"], "Task failed to start");
    let reason = detail["attempts"][0]["container"]["reason"].as_str().unwrap();
    assert!(
        reason.starts_with("CannotStartContainerError: ") && reason.contains("no-such-program"),
        "{reason}"
    );
}

#[test]
fn a_job_that_could_not_start_says_why_wherever_one_looks() {
    let kiln = Kiln::ready();
    kiln.define("wrong", r#"["no-such-program"]"#);
    let submit = ["submit-job", "--job-name=j", "--job-queue=q", "--job-definition=wrong"];
    let job = kiln.json(submit)["jobId"].as_str().unwrap().to_owned();
    let _ = kiln.run(["wait", &job]).exits(1).says("Task failed to start: CannotStartContainerError: ");
    let _ = kiln.run(["logs", &job]).exits(254).says("never started").says("no-such-program");
}

#[test]
fn what_a_process_cannot_have_is_refused_once_and_by_name() {
    let kiln = Kiln::ready();
    let container = r#"{"image":"none","command":["true"],"user":"nobody","resourceRequirements":
        [{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"64"}]}"#;
    let register = ["register-job-definition", "--job-definition-name=other", "--type=container"];
    kiln.ok(register.into_iter().chain(["--container-properties", container]));
    let submit = ["submit-job", "--job-name=j", "--job-queue=q", "--job-definition=other"];
    let more = ["--retry-strategy", r#"{"attempts":3}"#];
    let job = kiln.json(submit.into_iter().chain(more))["jobId"].as_str().unwrap().to_owned();
    let _ = kiln.run(["wait", &job]).exits(1).says("another user (nobody)");
    let attempts = kiln.describe(&job)["attempts"].as_array().unwrap().len();
    assert_eq!(attempts, 1, "another attempt would meet the same");
}

#[test]
fn every_attempt_is_followed() {
    let kiln = Kiln::ready();
    let script = "echo $AWS_BATCH_JOB_ATTEMPT; exit 1";
    let job = kiln.submit_with(script, &["--retry-strategy", r#"{"attempts":10}"#]);
    let text = kiln.ok(["logs", &job, "--follow"]);
    let expected: String = (1..=10).map(|number| format!("{number}\n")).collect();
    // It begins with the attempt that is the latest when it is asked for.
    assert!(expected.ends_with(&text) && !text.is_empty(), "{text}");
}

#[test]
fn a_job_of_another_region_is_out_of_reach() {
    let kiln = Kiln::ready();
    let job = kiln.submit("echo secret");
    let _ = kiln.run(["wait", &job]).exits(0);
    let elsewhere =
        |arguments: &[&str]| kiln.run(["--region", "mars-1"].into_iter().chain(arguments.iter().copied()));
    assert!(!elsewhere(&["describe-jobs", "--jobs", &job]).exits(0).out.contains("jobId"));
    let _ = elsewhere(&["logs", &job]).exits(254).silent();
    let _ = elsewhere(&["wait", &job]).exits(254).silent();
    let arn = format!("arn:aws:batch:mars-1:000000000000:job/{job}");
    let _ = elsewhere(&["list-tags-for-resource", "--resource-arn", &arn]).exits(254).silent();
}

#[test]
fn logs_follow_a_job_to_its_end() {
    let kiln = Kiln::ready();
    let gate = kiln.home().join("gate");
    let job =
        kiln.submit(&format!("echo one; until test -e {}; do sleep 0.02; done; echo two", gate.display()));
    let follow =
        kiln.command(["logs", &job, "--follow"]).stdout(std::process::Stdio::piped()).spawn().unwrap();
    kiln.until(|| kiln.run(["logs", &job]).out == "one\n");
    let detail = kiln.describe(&job);
    assert_eq!(detail["status"], "RUNNING");
    assert!(detail["container"]["logStreamName"].as_str().unwrap().starts_with("sh/default/"), "{detail:#}");
    fs::write(gate, "").unwrap();
    let output = follow.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "one\ntwo\n");
    assert!(output.status.success());
}

#[test]
fn list_jobs_finds_by_state_and_filter_and_page() {
    let kiln = Kiln::ready();
    let jobs: Vec<_> = (0..3).map(|_| kiln.submit("true")).collect();
    let _ = kiln.run(["wait"].into_iter().chain(jobs.iter().map(String::as_str))).exits(0);
    let list =
        |more: &[&str]| kiln.json(["list-jobs", "--job-queue", "q"].into_iter().chain(more.iter().copied()));
    let ids = |answer: &serde_json::Value| -> Vec<String> {
        let list = answer["jobSummaryList"].as_array().unwrap();
        list.iter().map(|job| job["jobId"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(list(&[])["jobSummaryList"], json!([]));
    let newest_first: Vec<_> = jobs.iter().rev().cloned().collect();
    assert_eq!(ids(&list(&["--job-status", "SUCCEEDED"])), newest_first);
    assert_eq!(ids(&list(&["--filters", r#"[{"name":"JOB_NAME","values":["J*"]}]"#])), newest_first);
    assert_eq!(ids(&list(&["--filters", r#"[{"name":"JOB_NAME","values":["x*"]}]"#])), [""; 0]);
    let page = list(&["--job-status", "SUCCEEDED", "--max-results", "2"]);
    assert_eq!(ids(&page), newest_first[..2]);
    let token = page["nextToken"].as_str().unwrap();
    let rest = list(&["--job-status", "SUCCEEDED", "--max-results", "2", "--next-token", token]);
    assert_eq!(ids(&rest), newest_first[2..]);
    assert_eq!(rest["nextToken"], json!(null));
    let _ = kiln.run(["list-jobs", "--job-queue", "q", "--next-token", "made-up"]).exits(254);
    let _ = kiln.run(["list-jobs"]).exits(252).says("jobQueue");
}
