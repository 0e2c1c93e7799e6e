//! Jobs that wait for jobs, through the real program: plain ones, arrays, children, whole graphs.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use common::Kiln;
use serde_json::{Value, json};

/// The member `dependsOn` with these jobs.
fn after(jobs: &[&String]) -> Value {
    let list: Vec<_> = jobs.iter().map(|job| json!({"jobId": job})).collect();
    json!({ "dependsOn": list })
}

/// The input of an array that waits.
fn array_after(size: u32, depends_on: &Value) -> Value {
    json!({"arrayProperties": {"size": size}, "dependsOn": depends_on})
}

/// A host with room for eight jobs at once.
fn roomy() -> Kiln {
    let kiln = Kiln::new().with("KILN_VCPUS", "8").set_up();
    let update = ["update-compute-environment", "--compute-environment", "ce", "--compute-resources"];
    kiln.ok(update.into_iter().chain([r#"{"maxvCpus":8}"#]));
    kiln
}

/// Checks that a job failed for another, and never ran.
fn failed_for(kiln: &Kiln, job: &str, cause: &str) {
    kiln.has_ended(job, "FAILED", &format!("Dependent Job failed: {cause}"));
    let detail = kiln.describe(job);
    assert_eq!((&detail["attempts"], &detail["startedAt"]), (&json!([]), &json!(null)), "{detail:#}");
}

/// JOB-033, JOB-034, JOB-035, JOB-071, JOB-072, OPS-005: PENDING until the last dependency has succeeded, then
/// RUNNABLE until there is room, then it runs and finds what they made.
#[test]
fn a_job_waits_for_all_that_it_depends_on_and_then_for_room() {
    let kiln = Kiln::ready();
    let make =
        |name: &str| format!("{}; echo {name} > {}/{name}", kiln.closed_gate(name), kiln.home().display());
    let (flour, water) = (kiln.submit(&make("flour")), kiln.submit(&make("water")));
    let mut more = after(&[&flour, &water]);
    more["containerOverrides"] = json!({"resourceRequirements": [{"type": "VCPU", "value": "2"}]});
    let script = format!("cd {}; cat flour water", kiln.home().display());
    let dough = kiln.submit_script(&script, &more);
    kiln.until_status_is(&dough, "PENDING");
    kiln.open_gate("flour");
    let _ = kiln.ends_with(&flour, 0);
    assert_eq!(kiln.describe(&dough)["status"], "PENDING", "one of two is not enough");
    let other = kiln.submit(&kiln.closed_gate("other"));
    kiln.until_status_is(&other, "RUNNING");
    kiln.open_gate("water");
    let _ = kiln.ends_with(&water, 0);
    kiln.until_status_is(&dough, "RUNNABLE");
    let detail = kiln.describe(&dough);
    assert_eq!((&detail["startedAt"], &detail["attempts"]), (&json!(null), &json!([])));
    kiln.open_gate("other");
    let _ = kiln.ends_with(&dough, 0);
    assert_eq!(kiln.ok(["logs", &dough]), "flour\nwater\n");
    let detail = kiln.describe(&dough);
    assert_eq!(detail["dependsOn"], more["dependsOn"]);
    let started = detail["startedAt"].as_i64();
    for job in [&flour, &water] {
        assert!(started >= kiln.describe(job)["stoppedAt"].as_i64(), "{detail:#}");
    }
}

/// JOB-046, JOB-071, JOB-073: a failure fails all that waits for it, at any distance, without an attempt; a failed
/// attempt that is tried again is no failure yet.
#[test]
fn a_failed_job_fails_all_that_waits_for_it() {
    let kiln = Kiln::ready();
    let held = kiln.submit(&kiln.closed_gate("held"));
    let gate = kiln.closed_gate("first");
    let retried = |script: &str| {
        kiln.submit_script(&format!("{gate}; {script}"), &json!({"retryStrategy": {"attempts": 2}}))
    };
    let (broken, mended) = (retried("exit 5"), retried("test $AWS_BATCH_JOB_ATTEMPT = 2"));
    let mark = kiln.leave_mark();
    let mut more = after(&[&broken]);
    more["retryStrategy"] = json!({"attempts": 3});
    let second = kiln.submit_script(&mark, &more);
    let third = kiln.submit_script(&mark, &after(&[&second]));
    let array = kiln.submit_script(&mark, &array_after(3, &json!([{"jobId": third}])));
    let last = kiln.submit_script(&mark, &after(&[&array]));
    let mixed = kiln.submit_script(&mark, &after(&[&held, &broken]));
    let lucky = kiln.submit_script(&mark, &after(&[&mended]));
    for job in [&second, &third, &array, &last, &mixed, &lucky] {
        kiln.until_status_is(job, "PENDING");
    }
    kiln.open_gate("first");
    let _ = kiln.ends_with(&broken, 5);
    let _ = kiln.ends_with(&last, 1).says(&format!("Dependent Job failed: {array}"));
    failed_for(&kiln, &second, &broken);
    failed_for(&kiln, &third, &second);
    failed_for(&kiln, &array, &third);
    for index in 0..3 {
        failed_for(&kiln, &format!("{array}:{index}"), &third);
    }
    failed_for(&kiln, &last, &array);
    failed_for(&kiln, &mixed, &broken);
    assert_eq!(kiln.describe(&held)["status"], "RUNNING", "nobody waited for it to end");
    let _ = kiln.ends_with(&lucky, 0);
    assert_eq!(kiln.describe(&mended)["attempts"].as_array().unwrap().len(), 2);
    assert_eq!(kiln.marks_left(), BTreeMap::from([(lucky, 1)]), "nothing else ran");
}

/// JOB-069, JOB-071, JOB-073: jobs that are cancelled or terminated have failed, also for those that wait for them.
#[test]
fn a_job_that_is_cancelled_or_terminated_fails_what_waits_for_it() {
    let kiln = Kiln::ready();
    let mark = kiln.leave_mark();
    let held = kiln.submit(&kiln.closed_gate("never"));
    kiln.until_status_is(&held, "RUNNING");
    let more = array_after(2, &json!([{"jobId": held}]));
    let (pending, array) = (kiln.submit_script(&mark, &after(&[&held])), kiln.submit_script(&mark, &more));
    let (behind, behind_array) =
        (kiln.submit_script(&mark, &after(&[&pending])), kiln.submit_script(&mark, &after(&[&array])));
    let last = kiln.submit_script(&mark, &after(&[&held]));
    kiln.ok(["cancel-job", "--job-id", &pending, "--reason", "no more of it"]);
    kiln.ok(["terminate-job", "--job-id", &array, "--reason", "nor of these"]);
    let _ = kiln.ends_with(&behind, 1);
    let _ = kiln.ends_with(&behind_array, 1);
    kiln.has_ended(&pending, "FAILED", "no more of it");
    kiln.has_ended(&array, "FAILED", "nor of these");
    kiln.has_ended(&format!("{array}:1"), "FAILED", "nor of these");
    failed_for(&kiln, &behind, &pending);
    failed_for(&kiln, &behind_array, &array);
    assert_eq!(kiln.describe(&held)["status"], "RUNNING");
    kiln.until_status_is(&last, "PENDING");
    kiln.ok(["terminate-job", "--job-id", &held, "--reason", "now this"]);
    let _ = kiln.ends_with(&last, 1);
    failed_for(&kiln, &last, &held);
    assert!(kiln.marks_left().is_empty(), "{:?}", kiln.marks_left());
}

/// JOB-071, JOB-073, JOB-121: what has ended by the time of the submit counts as it ended; queues do not matter.
#[test]
fn jobs_that_have_ended_may_be_depended_on() {
    let kiln = Kiln::ready();
    let order = r#"[{"order":1,"computeEnvironment":"ce"}]"#;
    let queue = ["create-job-queue", "--job-queue-name=other", "--priority=1", "--compute-environment-order"];
    kiln.ok(queue.into_iter().chain([order]));
    let (good, bad) = (kiln.submit("true"), kiln.submit("exit 2"));
    let half =
        kiln.submit_script("exit $AWS_BATCH_JOB_ARRAY_INDEX", &json!({"arrayProperties": {"size": 2}}));
    let _ = kiln.ends_with(&good, 0);
    let _ = kiln.ends_with(&bad, 2);
    let _ = kiln.ends_with(&half, 1);
    let mut elsewhere = after(&[&good, &good]);
    elsewhere["jobQueue"] = json!("other");
    let child = format!("{half}:0");
    let (free, free_child) =
        (kiln.submit_script("true", &elsewhere), kiln.submit_script("true", &after(&[&child])));
    let free_array = kiln.submit_script("true", &array_after(2, &json!([{"jobId": good}])));
    for job in [&free, &free_child, &free_array] {
        let _ = kiln.ends_with(job, 0);
    }
    let held = kiln.submit(&kiln.closed_gate("never"));
    for (waits_for, cause) in [
        (vec![&bad], bad.clone()),
        (vec![&good, &held, &bad], bad.clone()),
        (vec![&half], half.clone()),
        (vec![&format!("{half}:1")], format!("{half}:1")),
    ] {
        let job = kiln.submit_script("true", &after(&waits_for));
        let _ = kiln.ends_with(&job, 1);
        failed_for(&kiln, &job, &cause);
    }
    let array = kiln.submit_script("true", &array_after(2, &json!([{"jobId": bad}])));
    let _ = kiln.ends_with(&array, 1);
    failed_for(&kiln, &array, &bad);
    failed_for(&kiln, &format!("{array}:1"), &bad);
    let pairs = kiln.submit_script("true", &array_after(2, &json!([{"jobId": half, "type": "N_TO_N"}])));
    let _ = kiln.ends_with(&pairs, 1);
    failed_for(&kiln, &format!("{pairs}:1"), &format!("{half}:1"));
    let _ = kiln.ends_with(&format!("{pairs}:0"), 0);
    kiln.has_ended(&pairs, "FAILED", "Array Child Job failed");
}

/// JOB-009, JOB-074, OPS-164: twenty dependencies are all waited for, one more is refused, and any number of jobs
/// may wait for one.
#[test]
fn a_job_waits_for_twenty_others_and_twenty_others_for_it() {
    let kiln = Kiln::ready();
    let first = kiln.submit(&kiln.closed_gate("first"));
    let others: Vec<_> = (0..20).map(|_| kiln.submit_script("true", &json!({}))).collect();
    let mut twenty: Vec<_> = others[..19].iter().collect();
    twenty.push(&first);
    let job = kiln.submit_script("true", &after(&twenty));
    let waiting: Vec<_> = (0..25).map(|_| kiln.submit_script("true", &after(&[&first]))).collect();
    twenty.push(&others[19]);
    let done = kiln.try_submit_script("true", &after(&twenty)).exits(252).silent();
    assert!(done.err.contains("20"), "{}", done.err);
    for other in &others {
        let _ = kiln.ends_with(other, 0);
    }
    let pending = kiln.ids_listed(&["--job-queue", "q", "--job-status", "PENDING"]);
    assert_eq!(pending, waiting.iter().chain([&job]).cloned().collect());
    kiln.open_gate("first");
    let _ = kiln.ends_with(&job, 0);
    for job in &waiting {
        let _ = kiln.ends_with(job, 0);
    }
}

/// JOB-075, JOB-076, JOB-077, JOB-116: what nobody could ever wait for is refused, and nothing is left of it.
#[test]
fn dependencies_that_cannot_be_are_refused_and_nothing_is_created() {
    let kiln = Kiln::ready();
    let elsewhere = elsewhere(&kiln);
    let plain = kiln.submit("true");
    let array = kiln.submit_script("true", &json!({"arrayProperties": {"size": 3}}));
    let nodes = multi_node(&kiln);
    let jobs =
        || kiln.ids_listed(&["--job-queue", "q", "--filters", r#"[{"name":"JOB_NAME","values":["*"]}]"#]);
    let before = jobs();
    assert_eq!(before.len(), 3);
    let refused = |entry: Value, code: i32| {
        for entry in [json!([entry]), json!([{"jobId": plain}, entry])] {
            let done = kiln.try_submit_script("true", &array_after(2, &entry)).exits(code).silent();
            assert!(!done.err.is_empty());
        }
    };
    for unknown in ["nobody", "00000000-0000-4000-8000-000000000000", &elsewhere] {
        refused(json!({"jobId": unknown}), 254);
        refused(json!({"jobId": unknown, "type": "SEQUENTIAL"}), 254);
    }
    for odd in [":3", ":-1", ":", ":01", ":x"] {
        refused(json!({"jobId": format!("{array}{odd}")}), 254);
    }
    refused(json!({"jobId": format!("{plain}:0")}), 254);
    for node in [format!("{nodes}#0"), format!("{nodes}#1"), format!("{plain}#0")] {
        refused(json!({"jobId": node}), 254);
    }
    for unequal in [&plain, &array, &nodes, &format!("{array}:0")] {
        refused(json!({"jobId": unequal, "type": "N_TO_N"}), 254);
    }
    refused(json!({"type": "N_TO_N"}), 252);
    refused(json!({}), 252);
    refused(json!({"jobId": plain, "type": "N_TO_ONE"}), 252);
    for entry in [json!({"type": "SEQUENTIAL"}), json!({"jobId": array, "type": "N_TO_N"})] {
        let _ = kiln.try_submit_script("true", &json!({"dependsOn": [entry]})).exits(252).silent();
    }
    assert_eq!(jobs(), before);
    let _ = kiln.ends_with(&nodes, 0);
}

/// A job in another region.
fn elsewhere(kiln: &Kiln) -> String {
    let order = r#"[{"order":1,"computeEnvironment":"own"}]"#;
    let container = r#"{"image":"none","command":["true"],"resourceRequirements":
        [{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"64"}]}"#;
    let there =
        |arguments: &[&str]| kiln.ok(["--region=mars-1"].into_iter().chain(arguments.iter().copied()));
    there(&["create-compute-environment", "--compute-environment-name=own", "--type=UNMANAGED"]);
    there(&["create-job-queue", "--job-queue-name=q", "--priority=1", "--compute-environment-order", order]);
    let register = ["register-job-definition", "--job-definition-name=sh", "--type=container"];
    there(&[&register[..], &["--container-properties", container]].concat());
    let answer = there(&["submit-job", "--job-name=j", "--job-queue=q", "--job-definition=sh"]);
    let answer: Value = serde_json::from_str(&answer).unwrap();
    answer["jobId"].as_str().unwrap().to_owned()
}

/// A multi-node parallel job of two nodes that end at once.
fn multi_node(kiln: &Kiln) -> String {
    let container = json!({"image": "none", "command": ["true"],
        "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]});
    let properties = json!({"numNodes": 2, "mainNode": 0,
        "nodeRangeProperties": [{"targetNodes": "0:1", "container": container}]});
    let register = ["register-job-definition", "--job-definition-name=nodes", "--type=multinode"];
    kiln.ok(register.into_iter().chain(["--node-properties", &properties.to_string()]));
    let answer = kiln.json(["submit-job", "--job-name=j", "--job-queue=q", "--job-definition=nodes"]);
    answer["jobId"].as_str().unwrap().to_owned()
}

/// JOB-076, JOB-115: a child of an N_TO_N array waits for the children of its own index, of every such dependency,
/// and for no other.
#[test]
fn each_child_waits_for_the_children_of_its_own_index() {
    let kiln = roomy();
    let script = format!(
        "until test -e {}/gate-$AWS_BATCH_JOB_ARRAY_INDEX; do sleep 0.02; done; test $AWS_BATCH_JOB_ARRAY_INDEX != 1",
        kiln.home().display()
    );
    let cut = kiln.submit_script(&script, &json!({"arrayProperties": {"size": 3}}));
    let n_to_n = |jobs: &[&String]| {
        array_after(3, &jobs.iter().map(|job| json!({"jobId": job, "type": "N_TO_N"})).collect())
    };
    let mark = kiln.leave_mark();
    let sewn = kiln.submit_script(&mark, &n_to_n(&[&cut]));
    let dyed = kiln.submit_script(&kiln.closed_gate("dye"), &json!({"arrayProperties": {"size": 3}}));
    let packed = kiln.submit_script(&mark, &n_to_n(&[&cut, &dyed, &sewn]));
    for array in [&cut, &dyed] {
        kiln.until_child_counts_are(array, &[("RUNNING", 3)]);
    }
    for array in [&sewn, &packed] {
        kiln.until_child_counts_are(array, &[("PENDING", 3)]);
    }
    kiln.open_gate("0");
    let _ = kiln.ends_with(&format!("{sewn}:0"), 0);
    kiln.until_child_counts_are(&cut, &[("SUCCEEDED", 1), ("RUNNING", 2)]);
    kiln.until_child_counts_are(&sewn, &[("SUCCEEDED", 1), ("PENDING", 2)]);
    kiln.until_child_counts_are(&packed, &[("PENDING", 3)]);
    kiln.open_gate("1");
    let _ = kiln.ends_with(&format!("{packed}:1"), 1);
    failed_for(&kiln, &format!("{sewn}:1"), &format!("{cut}:1"));
    // Whichever of the two came first.
    let reason = kiln.describe(&format!("{packed}:1"))["statusReason"].clone();
    let causes = [&cut, &sewn].map(|array| json!(format!("Dependent Job failed: {array}:1")));
    assert!(causes.contains(&reason), "{reason}");
    kiln.until_child_counts_are(&sewn, &[("SUCCEEDED", 1), ("FAILED", 1), ("PENDING", 1)]);
    kiln.open_gate("2");
    kiln.open_gate("dye");
    let _ = kiln.ends_with(&packed, 1);
    for array in [&cut, &sewn, &packed] {
        kiln.until_child_counts_are(array, &[("SUCCEEDED", 2), ("FAILED", 1)]);
        kiln.has_ended(array, "FAILED", "Array Child Job failed");
    }
    let ran = [&sewn, &packed].map(|array| [0, 2].map(|index| (format!("{array}:{index}"), 1)));
    assert_eq!(kiln.marks_left(), ran.into_iter().flatten().collect());
}

/// JOB-110, JOB-121, JOB-122, JOB-123: arrays wait for jobs, jobs and arrays of another size for whole arrays, in
/// one list with SEQUENTIAL, and anything for a single child.
#[test]
fn arrays_and_jobs_and_children_wait_for_each_other() {
    let kiln = roomy();
    let write = |line: &str| kiln.note_in_journal(line);
    let list = kiln.submit(&format!("{}; {}", kiln.closed_gate("list"), write("list")));
    let script = format!(
        "test $AWS_BATCH_JOB_ARRAY_INDEX = 1 || {{ {}; }}; {}",
        kiln.closed_gate("copies"),
        write("copy $AWS_BATCH_JOB_ARRAY_INDEX")
    );
    let copies = kiln.submit_script(&script, &array_after(4, &json!([{"jobId": list}])));
    let depends_on = json!([{"jobId": copies}, {"type": "SEQUENTIAL"}]);
    let checks = kiln.submit_script(&write("check $AWS_BATCH_JOB_ARRAY_INDEX"), &array_after(3, &depends_on));
    let report = kiln.submit_script(&write("report"), &after(&[&checks]));
    let early = kiln.submit_script(&write("early"), &after(&[&format!("{copies}:1")]));
    for array in [&copies, &checks] {
        let size = if array == &copies { 4 } else { 3 };
        kiln.until_child_counts_are(array, &[("PENDING", size)]);
    }
    for job in [&report, &early] {
        kiln.until_status_is(job, "PENDING");
    }
    assert_eq!(kiln.describe(&checks)["dependsOn"], depends_on);
    assert_eq!(kiln.journal(), [""; 0]);
    kiln.open_gate("list");
    let _ = kiln.ends_with(&early, 0);
    assert_eq!(kiln.journal(), ["list", "copy 1", "early"]);
    kiln.until_child_counts_are(&copies, &[("SUCCEEDED", 1), ("RUNNING", 3)]);
    kiln.until_child_counts_are(&checks, &[("PENDING", 3)]);
    kiln.open_gate("copies");
    let _ = kiln.ends_with(&report, 0);
    let journal = kiln.journal();
    let copied: BTreeSet<_> = journal[3..6].iter().map(String::as_str).collect();
    assert_eq!(copied, BTreeSet::from(["copy 0", "copy 2", "copy 3"]));
    assert_eq!(journal[6..], ["check 0", "check 1", "check 2", "report"]);
}

/// JOB-071, JOB-075: SEQUENTIAL beside an id is a plain dependency, for a job and for the children of an array.
#[test]
fn sequential_beside_an_id_is_a_plain_dependency() {
    let kiln = Kiln::ready();
    let first = kiln.submit(&format!("{}; {}", kiln.closed_gate("first"), kiln.note_in_journal("first")));
    let depends_on = json!([{"jobId": first, "type": "SEQUENTIAL"}]);
    let second = kiln.submit_script(&kiln.note_in_journal("second"), &json!({ "dependsOn": depends_on }));
    // None of the two children ends unless both run at once, which those of a sequential array never do.
    let meet = format!(
        "cd {}; touch here-$AWS_BATCH_JOB_ARRAY_INDEX; until test -e here-0 -a -e here-1; do sleep 0.02; done",
        kiln.home().display()
    );
    let both = kiln.submit_script(&meet, &array_after(2, &depends_on));
    kiln.until_status_is(&second, "PENDING");
    kiln.until_child_counts_are(&both, &[("PENDING", 2)]);
    kiln.open_gate("first");
    let _ = kiln.ends_with(&both, 0);
    let _ = kiln.ends_with(&second, 0);
    assert_eq!(kiln.journal(), ["first", "second"]);
    assert_eq!(kiln.describe(&second)["dependsOn"], depends_on);
}

/// JOB-071, JOB-110: a multi-node parallel job is waited for as a whole.
#[test]
fn a_job_waits_for_a_multi_node_job() {
    let kiln = Kiln::ready();
    let nodes = multi_node(&kiln);
    let job = kiln.submit_script("echo after all nodes", &after(&[&nodes]));
    let _ = kiln.ends_with(&job, 0);
    assert!(kiln.describe(&job)["startedAt"].as_i64() >= kiln.describe(&nodes)["stoppedAt"].as_i64());
    assert_eq!(kiln.describe(&nodes)["status"], "SUCCEEDED");
}

/// JOB-071: whatever comes first, the end of a job or the submission of one that depends on it.
#[test]
fn a_job_may_end_at_the_moment_at_which_another_comes_to_depend_on_it() {
    let kiln = Kiln::ready();
    let mut last = Vec::new();
    for _ in 0..60 {
        let first = kiln.submit("true");
        last.push(kiln.submit_script("true", &after(&[&first])));
    }
    let all = ["wait", "--timeout", "120"].into_iter().chain(last.iter().map(String::as_str));
    let _ = kiln.run(all).exits(0);
}

/// JOB-104: jobs on Kubernetes are arrays, wait, are retried, and share a queue as others do.
#[test]
fn jobs_on_kubernetes_are_arrays_and_depend_on_each_other() {
    let kiln = Kiln::ready();
    let cluster =
        json!({"eksClusterArn": "arn:aws:eks:us-east-1:000000000000:cluster/c", "kubernetesNamespace": "n"});
    let resources = json!({"type": "EC2", "allocationStrategy": "BEST_FIT_PROGRESSIVE", "minvCpus": 0, "maxvCpus": 2,
        "instanceTypes": ["m5.large"], "subnets": ["s"], "securityGroupIds": ["g"], "instanceRole": "r"});
    let environment = json!({"computeEnvironmentName": "eks", "type": "MANAGED", "eksConfiguration": cluster,
        "computeResources": resources});
    kiln.ok(["create-compute-environment", "--cli-input-json", &environment.to_string()]);
    let policy = kiln.json(["create-scheduling-policy", "--name=fair"]);
    let queue = json!({"jobQueueName": "eks", "priority": 1, "schedulingPolicyArn": policy["arn"],
        "computeEnvironmentOrder": [{"order": 1, "computeEnvironment": "eks"}]});
    kiln.ok(["create-job-queue", "--cli-input-json", &queue.to_string()]);
    let submit = |name: &str, script: &str, mut more: Value| {
        let container = json!({"image": "none", "command": ["sh", "-c"], "args": [script],
            "resources": {"limits": {"cpu": "1", "memory": "64Mi"}}});
        let definition = json!({"jobDefinitionName": name, "type": "container",
            "eksProperties": {"podProperties": {"containers": [container]}}});
        kiln.ok(["register-job-definition", "--cli-input-json", &definition.to_string()]);
        more["jobQueue"] = json!("eks");
        more["jobDefinition"] = json!(name);
        more["shareIdentifier"] = json!("team");
        kiln.submit_script("", &more)
    };
    let first = submit("first", &kiln.closed_gate("first"), json!({}));
    let mut more = array_after(2, &json!([{"jobId": first}]));
    more["retryStrategy"] = json!({"attempts": 2});
    more["timeout"] = json!({"attemptDurationSeconds": 600});
    let script =
        "echo $AWS_BATCH_JOB_ARRAY_INDEX of $AWS_BATCH_JOB_ARRAY_SIZE; test $AWS_BATCH_JOB_ATTEMPT = 2";
    let array = submit("array", script, more);
    let last = submit("last", "true", json!({"dependsOn": [{"jobId": array}]}));
    kiln.until_child_counts_are(&array, &[("PENDING", 2)]);
    kiln.open_gate("first");
    let _ = kiln.ends_with(&last, 0);
    for index in 0..2 {
        let child = format!("{array}:{index}");
        for attempt in ["1", "2"] {
            assert_eq!(kiln.ok(["logs", &child, "--attempt", attempt]), format!("{index} of 2\n"));
        }
        assert_eq!(kiln.describe(&child)["timeout"], json!({"attemptDurationSeconds": 600}));
    }
    kiln.until_child_counts_are(&array, &[("SUCCEEDED", 2)]);
}

/// JOB-073, JOB-120, JOB-122, JOB-126: the pipeline of the guide at its full size waits as one, and as one it
/// fails.
#[test]
fn twenty_thousand_children_wait_and_fail_with_the_head_of_their_pipeline() {
    let kiln = Kiln::new().with("KILN_VCPUS", "32").with("KILN_MEMORY_MIB", "65536").set_up();
    let update = ["update-compute-environment", "--compute-environment", "ce", "--compute-resources"];
    kiln.ok(update.into_iter().chain([r#"{"maxvCpus":32}"#]));
    let order = r#"[{"order":1,"computeEnvironment":"ce"}]"#;
    let queue =
        ["create-job-queue", "--job-queue-name=ProdQueue", "--priority=1", "--compute-environment-order"];
    kiln.ok(queue.into_iter().chain([order]));
    let gated = json!(["sh", "-c", kiln.closed_gate("never")]).to_string();
    let stages = [
        "list-and-validate",
        "CPU-Intensive-Processing",
        "Memory-Intensive-Processing",
        "Sequential-Validation",
        "Cleanup-and-Notification",
    ];
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/jobs");
    let mut jobs: Vec<String> = Vec::new();
    for (letter, stage) in ["A", "B", "C", "D", "E"].into_iter().zip(stages) {
        let command = if letter == "A" { gated.as_str() } else { r#"["false"]"# };
        kiln.define(&format!("Job{letter}-{stage}"), command);
        let mut text = fs::read_to_string(corpus.join(format!("submit-job-Job{letter}.json"))).unwrap();
        for (known, id) in ["A", "B", "C", "D"].iter().zip(&jobs) {
            text = text.replace(&format!("Job{known}_job_ID"), id);
        }
        let answer = kiln.json(["submit-job", "--cli-input-json", &text]);
        jobs.push(answer["jobId"].as_str().unwrap().to_owned());
    }
    let [a, b, c, d, e] = &jobs[..] else { panic!("five jobs, not {jobs:?}") };
    kiln.until_status_is(a, "RUNNING");
    for (array, size) in [(b, 10_000), (c, 10_000), (d, 10)] {
        kiln.until_child_counts_are(array, &[("PENDING", size)]);
    }
    kiln.until_status_is(e, "PENDING");
    let waiting = kiln.ids_listed(&["--job-queue", "ProdQueue", "--job-status", "PENDING"]);
    assert_eq!(waiting, [b, c, d, e].into_iter().cloned().collect());
    kiln.ok(["terminate-job", "--job-id", a, "--reason", "nothing to do"]);
    let _ = kiln.ends_with(e, 1);
    for (array, size) in [(b, 10_000), (c, 10_000), (d, 10)] {
        kiln.until_child_counts_are(array, &[("FAILED", size)]);
    }
    for index in [0, 4_567, 9_999] {
        failed_for(&kiln, &format!("{b}:{index}"), a);
        failed_for(&kiln, &format!("{c}:{index}"), &format!("{b}:{index}"));
    }
    failed_for(&kiln, &format!("{d}:0"), c);
    failed_for(&kiln, e, d);
    // Three of these files lack a comma where they were first printed.
    let verbatim = format!("file://{}", corpus.join("submit-job-JobB.verbatim.json").display());
    let done = kiln.run(["submit-job", "--cli-input-json", &verbatim]).exits(252).silent();
    let _ = done.says("submit-job-JobB.verbatim.json:17:3").says("expected \",\" or \"}\"");
}

/// JOB-071, JOB-114, JOB-115, JOB-120, JOB-122, and what is promised of an engine that dies: every job of a graph
/// runs once, after all that it waits for.
#[test]
fn a_graph_runs_in_order_and_once_however_often_the_engine_is_killed() {
    let kiln = Kiln::ready();
    let script = |stage: &str| {
        let line = kiln.note_in_journal(&format!("{stage} $AWS_BATCH_JOB_ARRAY_INDEX"));
        format!("{}; sleep 0.0$((${{AWS_BATCH_JOB_ARRAY_INDEX:-0}} % 4)); {line}", kiln.leave_mark())
    };
    let a = kiln.submit(&script("a"));
    let b = kiln.submit_script(&script("b"), &array_after(12, &json!([{"jobId": a}])));
    let c = kiln.submit_script(&script("c"), &array_after(12, &json!([{"jobId": b, "type": "N_TO_N"}])));
    let d = kiln.submit_script(&script("d"), &array_after(5, &json!([{"jobId": c}, {"type": "SEQUENTIAL"}])));
    let e = kiln.submit_script(&script("e"), &after(&[&d]));
    let kills = kiln.kill_engine_until_end_of(&e);
    let _ = kiln.ends_with(&e, 0);
    let children =
        |parent: &String, size: usize| (0..size).map(|index| format!("{parent}:{index}")).collect::<Vec<_>>();
    let all = [vec![a, e], children(&b, 12), children(&c, 12), children(&d, 5)].concat();
    let once: BTreeMap<_, _> = all.into_iter().map(|job| (job, 1)).collect();
    assert_eq!(kiln.marks_left(), once, "a job ran a wrong number of times over {kills} kills");
    let journal = kiln.journal();
    let at = |line: &str| {
        let places: Vec<_> = (0..journal.len()).filter(|place| journal[*place] == line).collect();
        assert_eq!(places.len(), 1, "{line} in {journal:?}");
        places[0]
    };
    assert_eq!((at("a "), journal.len()), (0, 31));
    for index in 0..12 {
        assert!(at(&format!("b {index}")) < at(&format!("c {index}")), "{journal:?}");
    }
    let end: Vec<_> = (0..5).map(|index| format!("d {index}")).chain(["e ".into()]).collect();
    assert_eq!(journal[25..], end);
}

/// JOB-071, JOB-115, EVT-084: what has been waited for may be gone with its queue by the time at which the engine dies;
/// those that waited for it are taken up all the same. Only new jobs cannot depend on it any more.
#[test]
fn jobs_outlive_the_queue_of_what_they_depended_on() {
    let kiln = roomy();
    kiln.queue_over("gone", 1, &["ce"], &[]);
    let done = kiln.submit_into("gone", "true", &[]);
    let half = "test $AWS_BATCH_JOB_ARRAY_INDEX = 0";
    let two = kiln.submit_into("gone", half, &["--array-properties", r#"{"size":2}"#]);
    let _ = kiln.ends_with(&done, 0);
    let held = kiln.submit(&kiln.closed_gate("held"));
    let single = kiln.submit_script("true", &after(&[&done, &held]));
    let array = json!([{"jobId": two, "type": "N_TO_N"}, {"jobId": done}, {"jobId": held}]);
    let array = kiln.submit_script("true", &array_after(2, &array));
    let _ = kiln.ends_with(&two, 1);
    kiln.until_child_counts_are(&array, &[("PENDING", 1), ("FAILED", 1)]);
    kiln.ok(["update-job-queue", "--job-queue", "gone", "--state", "DISABLED"]);
    kiln.ok(["delete-job-queue", "--job-queue", "gone"]);
    Kiln::kill(kiln.engine().unwrap());
    assert_eq!(kiln.statuses_of(&[&single, &array, &held]), ["PENDING", "PENDING", "RUNNING"]);
    let late = kiln.try_submit_script("true", &after(&[&done])).exits(254).silent();
    let _ = late.says("does not exist");
    kiln.open_gate("held");
    let _ = kiln.ends_with(&single, 0);
    let _ = kiln.ends_with(&array, 1);
    kiln.until_child_counts_are(&array, &[("SUCCEEDED", 1), ("FAILED", 1)]);
    failed_for(&kiln, &format!("{array}:1"), &format!("{two}:1"));
}
