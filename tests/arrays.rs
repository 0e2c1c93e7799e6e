//! Array jobs through the real program: the parent, its children, what each of them sees, and how they are stopped.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use common::Kiln;
use serde_json::{Value, json};

/// Submits an array that runs this script in each child.
fn array(kiln: &Kiln, size: u32, script: &str) -> String {
    kiln.submit_script(script, &json!({"arrayProperties": {"size": size}}))
}

fn ids(parent: &str, indexes: impl IntoIterator<Item = usize>) -> BTreeSet<String> {
    indexes.into_iter().map(|index| format!("{parent}:{index}")).collect()
}

/// The children of an array that are in this state.
fn children(kiln: &Kiln, parent: &str, status: &str) -> BTreeSet<String> {
    kiln.ids_listed(&["--array-job-id", parent, "--job-status", status])
}

/// JOB-128, JOB-129, JOB-130, JOB-135, JOB-139: all children run one command, the index picks the line, and each
/// has its own log, as if the script had been run by hand.
#[test]
fn each_child_of_an_array_prints_the_colour_of_its_line() {
    let kiln = Kiln::ready();
    let file = |name: &str, text: &str| {
        let path = kiln.home().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let colours = ["red", "orange", "yellow", "green", "blue", "indigo", "violet"];
    let list = file("colors.txt", &colours.map(|colour| format!("{colour}\n")).concat());
    let script =
        "line=$((AWS_BATCH_JOB_ARRAY_INDEX + 1))\necho \"Line $line is $(sed -n ${line}p \"$1\").\"\n";
    let script = file("print-color.sh", script);
    let command = json!(["sh", script, list]);
    kiln.define("print-color", &command.to_string());
    let input = json!({"jobName": "print-color", "jobQueue": "q", "arrayProperties": {"size": 7},
        "jobDefinition": "print-color"});
    file("print-color-job.json", &input.to_string());
    let answer = kiln.json(["submit-job", "--cli-input-json", "file://print-color-job.json"]);
    let parent = answer["jobId"].as_str().unwrap();
    assert_eq!(answer["jobArn"], format!("arn:aws:batch:us-east-1:000000000000:job/{parent}"));
    assert_eq!(answer["jobName"], "print-color");
    let _ = kiln.ends_with(parent, 0);
    let mut streams = BTreeSet::new();
    for (index, colour) in colours.iter().enumerate() {
        let child = format!("{parent}:{index}");
        let printed = kiln.ok(["logs", &child]);
        assert_eq!(printed, format!("Line {} is {colour}.\n", index + 1));
        let by_hand = Command::new("sh")
            .args([&script, &list])
            .env("AWS_BATCH_JOB_ARRAY_INDEX", index.to_string())
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(by_hand.stdout).unwrap(), printed);
        let container = &kiln.describe(&child)["container"];
        assert_eq!(container["command"], command);
        streams.insert(container["logStreamName"].as_str().unwrap().to_owned());
    }
    assert_eq!(streams.len(), 7, "each child has its own log stream");
    assert!(streams.iter().all(|stream| stream.starts_with("print-color/default/")), "{streams:?}");
    assert_eq!(children(&kiln, parent, "SUCCEEDED"), ids(parent, 0..7));
}

/// JOB-050, JOB-051, JOB-052, JOB-053, JOB-059, JOB-067, JOB-113: the variables of a child, in its retries as well,
/// and that a plain job has none of an array.
#[test]
fn a_child_sees_its_place_in_the_array_and_a_plain_job_sees_none() {
    let kiln = Kiln::ready();
    let script = "env; test $AWS_BATCH_JOB_ATTEMPT = 2";
    let mut more = json!({"retryStrategy": {"attempts": 2},
        "jobQueue": "arn:aws:batch:us-east-1:000000000000:job-queue/q"});
    let plain = kiln.submit_script(script, &more);
    more["arrayProperties"] = json!({"size": 3});
    let parent = kiln.submit_script(script, &more);
    let _ = kiln.ends_with(&plain, 0);
    let _ = kiln.ends_with(&parent, 0);
    let seen = |job: &str, attempt: &str| -> BTreeMap<String, String> {
        let text = kiln.ok(["logs", job, "--attempt", attempt]);
        let pairs = text.lines().filter_map(|line| line.split_once('='));
        let own = pairs.filter(|(name, _)| name.starts_with("AWS_BATCH"));
        own.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    let expected = |job: &str, attempt: &str| -> BTreeMap<String, String> {
        let common = [
            ("AWS_BATCH_CE_NAME", "ce"),
            ("AWS_BATCH_JOB_ATTEMPT", attempt),
            ("AWS_BATCH_JOB_ID", job),
            ("AWS_BATCH_JQ_NAME", "q"),
        ];
        common.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
    };
    for attempt in ["1", "2"] {
        assert_eq!(seen(&plain, attempt), expected(&plain, attempt));
        for index in 0..3 {
            let child = format!("{parent}:{index}");
            let mut expected = expected(&child, attempt);
            expected.insert("AWS_BATCH_JOB_ARRAY_INDEX".into(), index.to_string());
            expected.insert("AWS_BATCH_JOB_ARRAY_SIZE".into(), "3".into());
            assert_eq!(seen(&child, attempt), expected);
        }
    }
    let attempts = kiln.describe(&format!("{parent}:1"))["attempts"].clone();
    let codes: Vec<_> =
        attempts.as_array().unwrap().iter().map(|one| &one["container"]["exitCode"]).collect();
    assert_eq!(codes, [1, 0]);
}

/// JOB-107, JOB-108, JOB-110, JOB-111, JOB-112, JOB-197: a parent has no attempt, no place and none of the states
/// of a job that runs; its children run side by side.
#[test]
fn a_parent_runs_nothing_and_is_pending_until_its_children_have_ended() {
    let kiln = Kiln::ready();
    // A child goes on when another has come, so that none ends unless two run at once.
    let meet = format!(
        "cd {}; touch here-$AWS_BATCH_JOB_ARRAY_INDEX; until test $(ls here-* | wc -l) -ge 2; do sleep 0.02; done",
        kiln.home().display()
    );
    let parent = array(&kiln, 5, &format!("{meet}; {}", kiln.closed_gate("end")));
    kiln.until_child_counts_are(&parent, &[("RUNNING", 2), ("RUNNABLE", 3)]);
    let detail = kiln.describe(&parent);
    assert_eq!(detail["status"], "PENDING");
    assert_eq!((&detail["startedAt"], &detail["stoppedAt"]), (&json!(null), &json!(null)));
    assert_eq!((&detail["attempts"], &detail["arrayProperties"]["size"]), (&json!([]), &json!(5)));
    assert_eq!(detail["arrayProperties"]["index"], json!(null));
    kiln.open_gate("end");
    let _ = kiln.ends_with(&parent, 0);
    kiln.until_child_counts_are(&parent, &[("SUCCEEDED", 5)]);
    let detail = kiln.describe(&parent);
    assert_eq!(detail["status"], "SUCCEEDED");
    assert_eq!((&detail["startedAt"], &detail["attempts"]), (&json!(null), &json!([])));
    let stopped = |index| kiln.describe(&format!("{parent}:{index}"))["stoppedAt"].as_i64();
    assert_eq!(detail["stoppedAt"].as_i64(), (0..5).map(stopped).max().unwrap(), "the end of the last child");
    let _ = kiln.run(["logs", &parent]).exits(254).silent();
    for job in [&parent, &format!("{parent}:4")] {
        let detail = kiln.describe(job);
        assert_eq!(detail["jobDefinition"], "arn:aws:batch:us-east-1:000000000000:job-definition/sh:1");
        assert_eq!(detail["jobQueue"], "arn:aws:batch:us-east-1:000000000000:job-queue/q");
        assert_eq!(detail["container"]["command"], json!(["sh", "-c", detail["parameters"]["script"]]));
    }
}

/// JOB-031, JOB-110, JOB-139, JOB-191, JOB-192, OPS-140: the id of a child goes wherever that of a job goes,
/// children are listed by their parent and state, and a queue lists parents only.
#[test]
fn children_are_found_by_their_ids_and_listed_by_their_parent() {
    let kiln = Kiln::ready();
    let parent = array(&kiln, 5, &format!("echo $AWS_BATCH_JOB_ARRAY_INDEX; {}", kiln.closed_gate("end")));
    kiln.until_child_counts_are(&parent, &[("RUNNING", 2), ("RUNNABLE", 3)]);
    let running = kiln.ids_listed(&["--array-job-id", &parent]);
    assert_eq!(running, children(&kiln, &parent, "RUNNING"), "RUNNING unless said otherwise");
    let waiting = children(&kiln, &parent, "RUNNABLE");
    assert_eq!((running.len(), waiting.len()), (2, 3));
    assert_eq!(&running | &waiting, ids(&parent, 0..5));
    assert!(children(&kiln, &parent, "PENDING").is_empty());
    let alone = BTreeSet::from([parent.clone()]);
    let in_queue = |more: &[&str]| kiln.ids_listed(&[&["--job-queue", "q"], more].concat());
    assert_eq!(in_queue(&["--job-status", "PENDING"]), alone);
    assert!(in_queue(&[]).is_empty() && in_queue(&["--job-status", "RUNNABLE"]).is_empty());
    assert_eq!(in_queue(&["--filters", r#"[{"name":"JOB_NAME","values":["j*"]}]"#]), alone);
    let both = ["list-jobs", "--job-queue", "q", "--array-job-id", &parent];
    let _ = kiln.run(both).exits(252).silent();
    let _ = kiln.run(["list-jobs", "--array-job-id", &parent, "--job-status=DONE"]).exits(252).silent();

    let waiting = waiting.first().unwrap();
    let index: i64 = waiting.rsplit(':').next().unwrap().parse().unwrap();
    let arn = format!("arn:aws:batch:us-east-1:000000000000:job/{waiting}");
    for named in [waiting, &arn] {
        let detail = kiln.describe(named);
        assert_eq!((&detail["jobId"], &detail["jobArn"]), (&json!(waiting), &json!(arn)));
        assert_eq!((&detail["status"], &detail["jobName"]), (&json!("RUNNABLE"), &json!("j")));
        assert_eq!(detail["arrayProperties"], json!({"statusSummary": {}, "size": 5, "index": index}));
    }
    let list = kiln.json(["list-jobs", "--array-job-id", &parent, "--job-status", "RUNNABLE"]);
    let summary =
        list["jobSummaryList"].as_array().unwrap().iter().find(|job| job["jobId"] == *waiting).unwrap();
    assert_eq!((&summary["jobArn"], &summary["status"]), (&json!(arn), &json!("RUNNABLE")));
    assert_eq!(summary["arrayProperties"]["index"], index);
    let list = kiln.json(["list-jobs", "--job-queue", "q", "--job-status", "PENDING"]);
    assert_eq!(list["jobSummaryList"][0]["arrayProperties"]["size"], 5);
    for odd in [":5", ":00", ":-1", ":+1", ":", ":x", ":0:0", ":18446744073709551616"] {
        let answer = kiln.json(["describe-jobs", "--jobs", &format!("{parent}{odd}")]);
        assert_eq!(answer["jobs"], json!([]), "{odd}");
    }
    let tag = ["tag-resource", "--tags", r#"{"a":"b"}"#, "--resource-arn"];
    let _ = kiln.run(tag.into_iter().chain([arn.as_str()])).exits(252).silent();

    kiln.open_gate("end");
    let _ = kiln.ends_with(&arn, 0);
    assert_eq!(kiln.ok(["logs", &arn, "--follow"]), format!("{index}\n"));
    let _ = kiln.ends_with(&parent, 0);
    assert_eq!(pages_of_two(&kiln, &parent), ids(&parent, 0..5));
}

/// The SUCCEEDED children of an array, page after page.
fn pages_of_two(kiln: &Kiln, parent: &str) -> BTreeSet<String> {
    let first = ["list-jobs", "--array-job-id", parent, "--job-status", "SUCCEEDED", "--max-results", "2"];
    let mut page = kiln.json(first);
    let mut found = BTreeSet::new();
    loop {
        let list = page["jobSummaryList"].as_array().unwrap();
        assert!(list.len() <= 2, "{page:#}");
        for job in list {
            assert!(found.insert(job["jobId"].as_str().unwrap().to_owned()), "{job} is listed twice");
        }
        let Some(token) = page["nextToken"].as_str() else { return found };
        page = kiln.json(first.into_iter().chain(["--next-token", token]));
    }
}

/// JOB-119: siblings of a failed child run on, and the parent fails when the last has ended.
#[test]
fn one_failed_child_fails_the_array_once_all_have_ended() {
    let kiln = Kiln::ready();
    let script =
        format!("case $AWS_BATCH_JOB_ARRAY_INDEX in 0) {} ;; 1) exit 7 ;; esac", kiln.closed_gate("end"));
    let parent = array(&kiln, 4, &script);
    kiln.until_child_counts_are(&parent, &[("FAILED", 1), ("RUNNING", 1), ("SUCCEEDED", 2)]);
    let _ = kiln.ends_with(&format!("{parent}:1"), 7);
    assert_eq!(kiln.describe(&parent)["status"], "PENDING");
    kiln.open_gate("end");
    let _ = kiln.ends_with(&parent, 1).says("Array Child Job failed");
    kiln.until_child_counts_are(&parent, &[("FAILED", 1), ("SUCCEEDED", 3)]);
    kiln.has_ended(&parent, "FAILED", "Array Child Job failed");
    assert_eq!(children(&kiln, &parent, "FAILED"), ids(&parent, [1]));
    kiln.has_ended(&format!("{parent}:1"), "FAILED", "Essential container in task exited");
}

/// JOB-069, JOB-110, JOB-118, JOB-119: one child is cancelled or terminated by its id, for good, and no other.
#[test]
fn a_single_child_is_stopped_and_the_others_run_on() {
    let kiln = Kiln::ready();
    let strategy = json!({"arrayProperties": {"size": 4}, "retryStrategy": {"attempts": 3}});
    let parent = kiln.submit_script(&kiln.closed_gate("end"), &strategy);
    kiln.until_child_counts_are(&parent, &[("RUNNING", 2), ("RUNNABLE", 2)]);
    let waiting = children(&kiln, &parent, "RUNNABLE").pop_first().unwrap();
    let running: Vec<_> = children(&kiln, &parent, "RUNNING").into_iter().collect();
    kiln.ok(["cancel-job", "--job-id", &waiting, "--reason", "not this one"]);
    kiln.has_ended(&waiting, "FAILED", "not this one");
    let detail = kiln.describe(&waiting);
    assert_eq!((&detail["attempts"], &detail["isCancelled"]), (&json!([]), &json!(true)));
    kiln.ok(["cancel-job", "--job-id", &running[0], "--reason", "too late"]);
    assert_eq!(kiln.describe(&running[0])["status"], "RUNNING", "what runs is not cancelled");
    kiln.ok(["terminate-job", "--job-id", &running[1], "--reason", "nor this one"]);
    let _ = kiln.ends_with(&running[1], 143);
    kiln.has_ended(&running[1], "FAILED", "nor this one");
    let detail = kiln.describe(&running[1]);
    assert_eq!(detail["attempts"].as_array().unwrap().len(), 1, "it is not retried");
    assert_eq!(detail["isTerminated"], true);
    assert_eq!(kiln.describe(&parent)["status"], "PENDING");
    kiln.open_gate("end");
    let _ = kiln.ends_with(&parent, 1);
    assert_eq!(children(&kiln, &parent, "FAILED"), BTreeSet::from([waiting, running[1].clone()]));
    kiln.until_child_counts_are(&parent, &[("FAILED", 2), ("SUCCEEDED", 2)]);
    kiln.has_ended(&parent, "FAILED", "Array Child Job failed");
}

/// JOB-117, with cancel: it ends the children that wait, and leaves those that run.
#[test]
fn cancelling_a_parent_ends_what_waits_and_leaves_what_runs() {
    let kiln = Kiln::ready();
    let parent = array(&kiln, 5, &format!("{}; {}", kiln.leave_mark(), kiln.closed_gate("end")));
    kiln.until_child_counts_are(&parent, &[("RUNNING", 2), ("RUNNABLE", 3)]);
    let waiting = children(&kiln, &parent, "RUNNABLE");
    let running = children(&kiln, &parent, "RUNNING");
    kiln.ok(["cancel-job", "--job-id", &parent, "--reason", "the plan changed"]);
    kiln.until_child_counts_are(&parent, &[("RUNNING", 2), ("FAILED", 3)]);
    let detail = kiln.describe(&parent);
    assert_eq!((&detail["status"], &detail["isCancelled"]), (&json!("PENDING"), &json!(true)));
    for child in &waiting {
        kiln.has_ended(child, "FAILED", "the plan changed");
        assert_eq!(kiln.describe(child)["attempts"], json!([]));
    }
    kiln.open_gate("end");
    let _ = kiln.ends_with(&parent, 1).says("the plan changed");
    kiln.has_ended(&parent, "FAILED", "the plan changed");
    assert_eq!(children(&kiln, &parent, "SUCCEEDED"), running);
    assert_eq!(kiln.marks_left().into_keys().collect::<BTreeSet<_>>(), running);
    let stopped = |child: &String| kiln.describe(child)["stoppedAt"].as_i64();
    assert_eq!(kiln.describe(&parent)["stoppedAt"].as_i64(), running.iter().map(stopped).max().unwrap());
}

/// JOB-069, JOB-117, with terminate: it stops all children, with all of their processes, and none is tried again.
#[test]
fn terminating_a_parent_stops_every_child() {
    let kiln = Kiln::ready();
    let home = kiln.home().display();
    let script =
        format!("{}; sleep 3600 & echo $! > {home}/pid-$AWS_BATCH_JOB_ARRAY_INDEX; wait", kiln.leave_mark());
    let more = json!({"arrayProperties": {"size": 5}, "retryStrategy": {"attempts": 3}});
    let parent = kiln.submit_script(&script, &more);
    let process = |index: usize| {
        let text = fs::read_to_string(kiln.home().join(format!("pid-{index}"))).unwrap_or_default();
        text.strip_suffix('\n').map(str::to_owned)
    };
    kiln.until(|| (0..5).filter_map(process).count() == 2);
    kiln.until_child_counts_are(&parent, &[("RUNNING", 2), ("RUNNABLE", 3)]);
    let running = children(&kiln, &parent, "RUNNING");
    kiln.ok(["terminate-job", "--job-id", &parent, "--reason", "enough of them"]);
    let _ = kiln.ends_with(&parent, 1).says("enough of them");
    kiln.until_child_counts_are(&parent, &[("FAILED", 5)]);
    for child in &ids(&parent, 0..5) {
        kiln.has_ended(child, "FAILED", "enough of them");
        let attempts = if running.contains(child) { 1 } else { 0 };
        assert_eq!(kiln.describe(child)["attempts"].as_array().unwrap().len(), attempts);
    }
    kiln.has_ended(&parent, "FAILED", "enough of them");
    assert_eq!(kiln.describe(&parent)["isTerminated"], true);
    let processes: Vec<_> = (0..5).filter_map(process).collect();
    kiln.until(|| processes.iter().all(|process| !fs::exists(format!("/proc/{process}")).unwrap()));
    assert_eq!(kiln.marks_left().into_keys().collect::<BTreeSet<_>>(), running);
    let before = kiln.describe(&parent);
    kiln.ok(["terminate-job", "--job-id", &parent, "--reason", "again"]);
    kiln.ok(["cancel-job", "--job-id", &parent, "--reason", "again"]);
    assert_eq!(kiln.describe(&parent), before, "what has ended stays as it is");
}

/// JOB-078, JOB-087, JOB-124, JOB-125, JOB-127: what is said at submission counts for every child, and nobody but a
/// shell expands a variable.
#[test]
fn overrides_parameters_and_timeout_hold_for_every_child() {
    let kiln = Kiln::ready();
    kiln.define("plain", r#"["echo","$AWS_BATCH_JOB_ARRAY_INDEX","Ref::who"]"#);
    let more =
        json!({"arrayProperties": {"size": 2}, "jobDefinition": "plain", "parameters": {"who": "everybody"}});
    let literal = kiln.submit_script("", &more);
    let _ = kiln.ends_with(&literal, 0);
    // Two at once would find the directory of the other.
    let lock = kiln.home().join("lock").display().to_string();
    let script = format!(
        "mkdir {lock} || exit 9; echo $AWS_BATCH_JOB_ARRAY_INDEX $0; {}; rmdir {lock}",
        kiln.closed_gate("end")
    );
    let whole_host = json!([{"type": "VCPU", "value": "2"}, {"type": "MEMORY", "value": "700"}]);
    let overrides = json!({"command": ["sh", "-c", script, "Ref::who"], "resourceRequirements": whole_host,
        "environment": [{"name": "MODE", "value": "fast"}]});
    let more = json!({"arrayProperties": {"size": 3}, "parameters": {"who": "you"}, "containerOverrides": overrides,
        "timeout": {"attemptDurationSeconds": 600}});
    let parent = kiln.submit_script("", &more);
    kiln.until_child_counts_are(&parent, &[("RUNNING", 1), ("RUNNABLE", 2)]);
    kiln.open_gate("end");
    let _ = kiln.ends_with(&parent, 0);
    for index in 0..3 {
        let child = format!("{parent}:{index}");
        assert_eq!(kiln.ok(["logs", &child]), format!("{index} you\n"));
        let detail = kiln.describe(&child);
        let mut requirements = detail["container"]["resourceRequirements"].as_array().unwrap().clone();
        requirements.sort_by_key(|one| one["value"].to_string());
        assert_eq!(json!(requirements), whole_host);
        assert_eq!(detail["container"]["environment"], json!([{"name": "MODE", "value": "fast"}]));
        assert_eq!(detail["timeout"], json!({"attemptDurationSeconds": 600}));
        assert_eq!(detail["parameters"]["who"], "you");
    }
    for index in 0..2 {
        let child = format!("{literal}:{index}");
        assert_eq!(kiln.ok(["logs", &child]), "$AWS_BATCH_JOB_ARRAY_INDEX everybody\n");
        assert_eq!(kiln.describe(&child)["timeout"], json!(null));
    }
}

/// JOB-067, JOB-075, JOB-114: the children of a SEQUENTIAL array run one after another, a retried one until it is
/// done.
#[test]
fn children_of_a_sequential_array_run_one_after_another() {
    let kiln = Kiln::ready();
    let lock = kiln.home().join("lock").display().to_string();
    let script = format!(
        "mkdir {lock} || exit 9; {}; test $AWS_BATCH_JOB_ARRAY_INDEX != 3 || {{ {}; }}; rmdir {lock}; \
         test $AWS_BATCH_JOB_ARRAY_INDEX.$AWS_BATCH_JOB_ATTEMPT != 1.1",
        kiln.note_in_journal("$AWS_BATCH_JOB_ARRAY_INDEX.$AWS_BATCH_JOB_ATTEMPT"),
        kiln.closed_gate("three")
    );
    let more = json!({"arrayProperties": {"size": 6}, "dependsOn": [{"type": "SEQUENTIAL"}],
        "retryStrategy": {"attempts": 2}});
    let parent = kiln.submit_script(&script, &more);
    kiln.until_status_is(&format!("{parent}:3"), "RUNNING");
    kiln.until_child_counts_are(&parent, &[("SUCCEEDED", 3), ("RUNNING", 1), ("PENDING", 2)]);
    assert_eq!(kiln.describe(&parent)["dependsOn"], json!([{"type": "SEQUENTIAL"}]));
    kiln.open_gate("three");
    let _ = kiln.ends_with(&parent, 0);
    assert_eq!(kiln.journal(), ["0.1", "1.1", "1.2", "2.1", "3.1", "4.1", "5.1"]);
    let one = ["submit-job", "--job-name=j", "--job-queue=q", "--job-definition=sh"];
    let sequential = ["--depends-on", r#"[{"type":"SEQUENTIAL"}]"#];
    let _ = kiln.run(one.into_iter().chain(sequential)).exits(252).silent().says("array");
}

/// JOB-073, JOB-114, JOB-118: when a child of a SEQUENTIAL array fails or is cancelled, none of the later ones
/// runs.
#[test]
fn a_failed_child_of_a_sequential_array_fails_all_later_ones() {
    let kiln = Kiln::ready();
    let sequential = json!({"arrayProperties": {"size": 5}, "dependsOn": [{"type": "SEQUENTIAL"}]});
    let script = format!("{}; test $AWS_BATCH_JOB_ARRAY_INDEX != 2", kiln.leave_mark());
    let failing = kiln.submit_script(&script, &sequential);
    let _ = kiln.ends_with(&failing, 1).says("Array Child Job failed");
    kiln.until_child_counts_are(&failing, &[("SUCCEEDED", 2), ("FAILED", 3)]);
    let gated = format!("{}; {}", kiln.leave_mark(), kiln.closed_gate("end"));
    let cancelled = kiln.submit_script(&gated, &sequential);
    kiln.until_child_counts_are(&cancelled, &[("RUNNING", 1), ("PENDING", 4)]);
    kiln.ok(["cancel-job", "--job-id", &format!("{cancelled}:2"), "--reason", "skip it"]);
    kiln.until_child_counts_are(&cancelled, &[("RUNNING", 1), ("PENDING", 1), ("FAILED", 3)]);
    kiln.has_ended(&format!("{cancelled}:2"), "FAILED", "skip it");
    kiln.open_gate("end");
    let _ = kiln.ends_with(&cancelled, 1);
    kiln.until_child_counts_are(&cancelled, &[("SUCCEEDED", 2), ("FAILED", 3)]);
    for parent in [&failing, &cancelled] {
        kiln.has_ended(parent, "FAILED", "Array Child Job failed");
        kiln.has_ended(&format!("{parent}:3"), "FAILED", &format!("Dependent Job failed: {parent}:2"));
        let last = kiln.describe(&format!("{parent}:4"));
        let reason = last["statusReason"].as_str().unwrap();
        assert!(reason.starts_with(&format!("Dependent Job failed: {parent}:")), "{reason}");
        assert_eq!((&last["attempts"], &last["startedAt"]), (&json!([]), &json!(null)));
    }
    let ran: BTreeSet<_> = kiln.marks_left().into_keys().collect();
    assert_eq!(ran, &ids(&failing, 0..3) | &ids(&cancelled, 0..2));
}

/// How long anything may take that a user waits for at the terminal. It is generous, since it is to tell work for
/// each child from work for the array, not a fast machine from a slow one.
const AT_ONCE: Duration = Duration::from_secs(20);

fn quickly<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let result = work();
    assert!(started.elapsed() < AT_ONCE, "{what} took {:?}", started.elapsed());
    result
}

/// How many processes have to do with this home.
fn processes(kiln: &Kiln) -> usize {
    let home = kiln.home().to_str().unwrap().as_bytes();
    let about_home = |entry: &fs::DirEntry| {
        let text = fs::read(entry.path().join("environ")).unwrap_or_default();
        text.windows(home.len()).any(|part| part == home)
    };
    fs::read_dir("/proc").unwrap().flatten().filter(about_home).count()
}

/// JOB-003, JOB-010, JOB-108, JOB-117, JOB-139, OPS-167: forty thousand children wait, cost nothing while they do,
/// outlast the engine, and are listed and stopped as a few are.
#[test]
fn arrays_of_ten_thousand_are_handled_as_one_job() {
    let kiln = Kiln::ready();
    for size in [0, 1, 10_001] {
        let _ =
            kiln.try_submit_script("true", &json!({"arrayProperties": {"size": size}})).exits(252).silent();
    }
    let held = kiln.submit_script(&kiln.closed_gate("held"), &json!({}));
    kiln.until_status_is(&held, "RUNNING");
    let gated = kiln.closed_gate("never");
    let after = json!({"arrayProperties": {"size": 10_000}, "dependsOn": [{"jobId": held}]});
    let pending = quickly("submit", || kiln.submit_script("exit 1", &after));
    let runnable: Vec<_> = (0..3).map(|_| quickly("submit", || array(&kiln, 10_000, &gated))).collect();
    kiln.until_child_counts_are(&runnable[0], &[("RUNNING", 1), ("RUNNABLE", 9_999)]);
    let look = || {
        assert_eq!(quickly("describe", || kiln.child_counts(&pending)), [("PENDING".into(), 10_000)].into());
        for parent in &runnable[1..] {
            assert_eq!(kiln.child_counts(parent), [("RUNNABLE".into(), 10_000)].into());
        }
        for (parent, status) in
            [(&pending, "PENDING"), (&runnable[0], "RUNNABLE"), (&runnable[2], "RUNNABLE")]
        {
            let last = quickly("describe", || kiln.describe(&format!("{parent}:9999")));
            assert_eq!((&last["status"], &last["arrayProperties"]["index"]), (&json!(status), &json!(9_999)));
        }
    };
    look();
    assert!(processes(&kiln) < 15, "{} processes while forty thousand wait", processes(&kiln));
    let all = quickly("list", || children(&kiln, &pending, "PENDING"));
    assert_eq!(all, ids(&pending, 0..10_000));
    Kiln::kill(kiln.engine().unwrap());
    quickly("restart", look);

    quickly("cancel", || kiln.ok(["cancel-job", "--job-id", &pending, "--reason", "too many"]));
    let stop = |parent: &str| kiln.ok(["terminate-job", "--job-id", parent, "--reason", "far too many"]);
    quickly("terminate", || runnable.iter().for_each(|parent| drop(stop(parent))));
    let reasons = [(&pending, "too many"), (&runnable[0], "far too many"), (&runnable[2], "far too many")];
    for (parent, reason) in reasons {
        let _ = kiln.ends_with(parent, 1);
        kiln.until_child_counts_are(parent, &[("FAILED", 10_000)]);
        kiln.has_ended(parent, "FAILED", reason);
        kiln.has_ended(&format!("{parent}:9999"), "FAILED", reason);
    }
    kiln.open_gate("held");
    let _ = kiln.ends_with(&held, 0);
}

/// JOB-107, JOB-119, and what is promised of an engine that dies: every child runs once and ends as it would have.
#[test]
fn every_child_runs_once_however_often_the_engine_is_killed() {
    let kiln = Kiln::ready();
    let script = format!(
        "{}; sleep 0.0$((AWS_BATCH_JOB_ARRAY_INDEX % 6)); exit $((AWS_BATCH_JOB_ARRAY_INDEX % 5 / 4 * 3))",
        kiln.leave_mark()
    );
    let parent = array(&kiln, 60, &script);
    let kills = kiln.kill_engine_until_end_of(&parent);
    let _ = kiln.ends_with(&parent, 1);
    kiln.until_child_counts_are(&parent, &[("SUCCEEDED", 48), ("FAILED", 12)]);
    let all: Vec<_> = (0..60).map(|index| format!("{parent}:{index}")).collect();
    let answer = kiln.json(["describe-jobs", "--jobs"].into_iter().chain(all.iter().map(String::as_str)));
    let jobs: &Vec<Value> = answer["jobs"].as_array().unwrap();
    assert_eq!(jobs.len(), 60);
    for (index, job) in jobs.iter().enumerate() {
        assert_eq!((&job["jobId"], &job["arrayProperties"]["index"]), (&json!(all[index]), &json!(index)));
        let (status, code) = if index % 5 == 4 { ("FAILED", 3) } else { ("SUCCEEDED", 0) };
        assert_eq!(
            (&job["status"], &job["container"]["exitCode"]),
            (&json!(status), &json!(code)),
            "{job:#}"
        );
        assert_eq!(job["attempts"].as_array().unwrap().len(), 1, "{job:#}");
    }
    let once: BTreeMap<_, _> = all.into_iter().map(|child| (child, 1)).collect();
    assert_eq!(kiln.marks_left(), once, "a child ran a wrong number of times over {kills} kills");
}
