//! Fair share through the real program: whose job is next, what is kept free for others, and who counts as active.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use std::fs;

use common::{Kiln, asking_for};
use serde_json::{Value, json};

/// A job that lasts until it is stopped.
const HOLD: &str = "exec sleep 600";

fn policy_arn(name: &str) -> String {
    format!("arn:aws:batch:us-east-1:000000000000:scheduling-policy/{name}")
}

fn create_policy(kiln: &Kiln, name: &str, policy: &Value) {
    let policy = policy.to_string();
    kiln.ok(["create-scheduling-policy", "--name", name, "--fairshare-policy", &policy]);
}

fn update_policy(kiln: &Kiln, name: &str, policy: &Value) {
    let (arn, policy) = (policy_arn(name), policy.to_string());
    kiln.ok(["update-scheduling-policy", "--arn", &arn, "--fairshare-policy", &policy]);
}

/// A host with one environment `ce` of so many vCPUs, and a fair-share queue `q` on it.
fn fair(vcpus: u32, policy: &Value) -> Kiln {
    let kiln = Kiln::new().with("KILN_VCPUS", &vcpus.to_string()).with("KILN_MEMORY_MIB", "4000").with_sh();
    kiln.managed_environment("ce", vcpus, &json!({}));
    create_policy(&kiln, "p", policy);
    kiln.queue_over("q", 1, &["ce"], &["--scheduling-policy-arn", &policy_arn("p")]);
    kiln
}

/// Submits a job of one vCPU under a share.
fn share(kiln: &Kiln, identifier: &str, script: &str) -> String {
    kiln.submit_with(script, &["--share-identifier", identifier])
}

/// Submits a job of so many vCPUs that lasts until it is stopped.
fn wide(kiln: &Kiln, identifier: &str, vcpus: u64) -> String {
    let overrides = asking_for("VCPU", vcpus);
    kiln.submit_with(HOLD, &["--share-identifier", identifier, "--container-overrides", &overrides])
}

fn set_state(kiln: &Kiln, environment: &str, state: &str) {
    let update = ["update-compute-environment", "--compute-environment", environment, "--state", state];
    kiln.ok(update);
}

/// Lets jobs gather, so that all of them compete for an environment that nobody uses yet.
fn gathered(kiln: &Kiln, submit: impl FnOnce() -> Vec<String>) -> Vec<String> {
    set_state(kiln, "ce", "DISABLED");
    let jobs = submit();
    assert!(kiln.statuses_of(&jobs).iter().all(|status| status == "RUNNABLE"));
    set_state(kiln, "ce", "ENABLED");
    jobs
}

/// Checks that of these jobs exactly some run, as soon as they do: the others wait.
fn only_these_run(kiln: &Kiln, running: &[&String], waiting: &[&String]) {
    kiln.until_all_run(running);
    if !waiting.is_empty() {
        let statuses = kiln.statuses_of(waiting);
        assert!(statuses.iter().all(|status| status == "RUNNABLE"), "{statuses:?}");
    }
}

/// CEQ-037, CEQ-038, CEQ-039, CEQ-043, CEQ-212.
#[test]
fn shares_are_served_equally_whoever_came_first_and_an_idle_one_before_the_busy() {
    let kiln = fair(6, &json!({}));
    let submit = || {
        let names = ["A", "A", "A", "A", "B", "B", "B", "B", "C", "C", "C", "C"];
        names.map(|name| share(&kiln, name, HOLD)).into()
    };
    let jobs = gathered(&kiln, submit);
    let [a, b, c] = [0, 4, 8].map(|first| jobs[first..first + 4].iter().collect::<Vec<_>>());
    let pair = |number: usize| [a[number], b[number], c[number]];
    let running = [pair(0), pair(1)].concat();
    only_these_run(&kiln, &running, &[pair(2), pair(3)].concat());
    let detail = kiln.describe(a[0]);
    assert_eq!(detail["shareIdentifier"], "A");
    let answer = kiln.json(["describe-job-queues"]);
    assert_eq!(answer["jobQueues"][0]["schedulingPolicyArn"], policy_arn("p"));

    // B holds one vCPU now, and the others two.
    kiln.end_by_force(b[0]);
    only_these_run(&kiln, &[b[2]], &[a[2], a[3], b[3], c[2], c[3]]);
    let front = kiln.front_of("q");
    Kiln::kill(kiln.engine().unwrap());
    assert_eq!(kiln.front_of("q"), front, "use does not depend on the engine's memory");
    let newcomer = share(&kiln, "D", HOLD);
    assert_eq!(kiln.front_of("q")[0], newcomer);
    kiln.end_by_force(a[0]);
    only_these_run(&kiln, &[&newcomer], &[a[2], a[3], b[3], c[2], c[3]]);
    // A and C hold one vCPU each, and A's job is the older.
    kiln.end_by_force(c[0]);
    only_these_run(&kiln, &[a[2]], &[a[3], b[3], c[2], c[3]]);
}

/// CEQ-023, CEQ-037, CEQ-042.
#[test]
fn a_share_belongs_to_a_queue_with_a_policy() {
    let kiln = fair(2, &json!({}));
    kiln.queue_over("fifo", 1, &["ce"], &[]);
    let submit = |queue: &str, more: &[&str]| {
        let plain = ["submit-job", "--job-name=j", "--job-queue", queue, "--job-definition=sh"];
        let parameters = ["--parameters", "script=true"];
        kiln.run(plain.into_iter().chain(parameters).chain(more.iter().copied()))
    };
    let _ = submit("fifo", &["--share-identifier", "A"]).exits(254).says("[SJ102]").silent();
    let _ = submit("fifo", &["--scheduling-priority-override", "5"]).exits(254).says("[SJ102]").silent();
    let _ = submit("q", &[]).exits(254).says("(ClientException)").silent();
    let _ = submit("q", &["--scheduling-priority-override", "5"]).exits(254).silent();
    for queue in ["fifo", "q"] {
        let filter = r#"[{"name":"JOB_NAME","values":["j"]}]"#;
        let list = kiln.json(["list-jobs", "--job-queue", queue, "--filters", filter]);
        assert_eq!(list["jobSummaryList"], json!([]), "nothing was created");
    }
    let _ = submit("fifo", &[]).exits(0);
    let _ = submit("q", &["--share-identifier", "A", "--scheduling-priority-override", "5"]).exits(0);
}

/// CEQ-041, JDC-013, JDX-016.
#[test]
fn within_a_share_the_higher_priority_goes_first_and_then_the_older_job() {
    let kiln = fair(1, &json!({}));
    let container = r#"{"image":"none","command":["sh","-c","Ref::script"],"resourceRequirements":
        [{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"64"}]}"#;
    let register = ["register-job-definition", "--job-definition-name", "thirty", "--type", "container"];
    let more = ["--scheduling-priority", "30", "--container-properties", container];
    kiln.ok(register.into_iter().chain(more));
    let order = kiln.home().join("order");
    let submit = |name: &str, more: &[&str]| {
        let script = format!("echo {name} >> {}", order.display());
        kiln.submit_into("q", &script, &[["--share-identifier", "A"].as_slice(), more].concat())
    };
    let over = |priority| ["--scheduling-priority-override", priority];
    let of_thirty = ["--job-definition", "thirty"];
    let jobs = gathered(&kiln, || {
        let jobs = vec![
            submit("none", &[]),
            submit("5", &over("5")),
            submit("30", &of_thirty),
            submit("50", &over("50")),
            submit("40", &[of_thirty, over("40")].concat()),
            submit("30-later", &over("30")),
        ];
        let expected = [3, 4, 2, 5, 1, 0].map(|at: usize| jobs[at].as_str());
        assert_eq!(kiln.front_of("q"), expected);
        jobs
    });
    let _ = kiln.run(["wait"].into_iter().chain(jobs.iter().map(String::as_str))).exits(0);
    assert_eq!(fs::read_to_string(order).unwrap(), "50\n40\n30\n30-later\n5\nnone\n");
    assert_eq!(kiln.describe(&jobs[2])["schedulingPriority"], 30);
}

/// CEQ-038, CEQ-041.
#[test]
fn the_job_that_is_next_holds_the_queue_until_it_fits() {
    let kiln = fair(4, &json!({}));
    let busy = wide(&kiln, "X", 2);
    kiln.until_all_run(&[&busy]);
    let large = wide(&kiln, "A", 3);
    let small = wide(&kiln, "B", 1);
    assert_eq!(kiln.front_of("q"), [large.as_str(), &small]);
    only_these_run(&kiln, &[&busy], &[&large, &small]);
    kiln.end_by_force(&busy);
    only_these_run(&kiln, &[&large, &small], &[]);
}

/// CEQ-039, CEQ-048, CEQ-212.
#[test]
fn an_eighth_of_the_weight_is_eight_times_the_capacity() {
    let kiln = fair(9, &json!({"shareDistribution": [{"shareIdentifier": "A", "weightFactor": 0.125}]}));
    let submit = || {
        // The share that is not listed has weight 1, and its jobs are the older ones.
        let names = [["Unlisted"; 3].as_slice(), &["A"; 9]].concat();
        names.iter().map(|name| share(&kiln, name, HOLD)).collect()
    };
    let jobs = gathered(&kiln, submit);
    let (unlisted, a) = jobs.split_at(3);
    let running: Vec<_> = a[..8].iter().chain(&unlisted[..1]).collect();
    only_these_run(&kiln, &running, &[&unlisted[1], &unlisted[2], &a[8]]);
}

/// CEQ-227, CEQ-043.
#[test]
fn identifiers_under_a_prefix_divide_one_part_among_them() {
    let distribution = json!([
        {"shareIdentifier": "UserA*", "weightFactor": 1.0},
        {"shareIdentifier": "UserB", "weightFactor": 1.0},
    ]);
    let kiln = fair(4, &json!({ "shareDistribution": distribution }));
    let submit = || {
        let names = ["UserA1", "UserA1", "UserA2", "UserA2", "UserB", "UserB", "UserB"];
        names.map(|name| share(&kiln, name, HOLD)).into()
    };
    let jobs = gathered(&kiln, submit);
    let jobs: Vec<_> = jobs.iter().collect();
    let (running, waiting) = ([jobs[0], jobs[2], jobs[4], jobs[5]], [jobs[1], jobs[3], jobs[6]]);
    only_these_run(&kiln, &running, &waiting);
    // With UserA2 gone, UserA1 has the prefix for itself: it weighs 1 again, and holds one vCPU to UserB's two.
    kiln.ok(["cancel-job", "--job-id", jobs[3], "--reason", "no longer needed"]);
    kiln.end_by_force(jobs[2]);
    only_these_run(&kiln, &[jobs[1]], &[jobs[6]]);
}

/// CEQ-040.
#[test]
fn an_identifier_busy_in_one_queue_is_idle_in_another() {
    let kiln = fair(4, &json!({}));
    kiln.queue_over("other", 1, &["ce"], &["--scheduling-policy-arn", &policy_arn("p")]);
    let busy = wide(&kiln, "A", 3);
    kiln.until_all_run(&[&busy]);
    let submit = |name| kiln.submit_into("other", HOLD, &["--share-identifier", name]);
    let jobs = gathered(&kiln, || vec![submit("A"), submit("B")]);
    only_these_run(&kiln, &[&busy, &jobs[0]], &[&jobs[1]]);
}

/// CEQ-038, CEQ-044, CEQ-215.
#[test]
fn past_use_counts_while_it_decays_and_not_at_all_without_decay() {
    for (decay, expected) in [(0, "A\nB\n"), (3600, "B\nA\n")] {
        let kiln = fair(1, &json!({ "shareDecaySeconds": decay }));
        let order = kiln.home().join("order");
        let _ = kiln.run(["wait", &share(&kiln, "A", "sleep 0.2")]).exits(0);
        let mark = |name: &str| share(&kiln, name, &format!("echo {name} >> {}", order.display()));
        let jobs = gathered(&kiln, || {
            let jobs = vec![mark("A"), mark("B")];
            let front = kiln.front_of("q");
            assert_eq!(front[0] == jobs[0], decay == 0, "{front:?}");
            jobs
        });
        let _ = kiln.run(["wait", &jobs[0], &jobs[1]]).exits(0);
        assert_eq!(fs::read_to_string(order).unwrap(), expected, "decay {decay}");
    }
}

/// CEQ-037, CEQ-044, CEQ-048.
#[test]
fn another_policy_counts_at_once_for_the_jobs_that_wait() {
    let weights = |a: f64, b: f64| {
        let entry = |name: &str, weight: f64| json!({"shareIdentifier": name, "weightFactor": weight});
        json!({"shareDistribution": [entry("A", a), entry("B", b)]})
    };
    let kiln = fair(2, &weights(10.0, 1.0));
    create_policy(&kiln, "other", &weights(0.1, 10.0));
    let running = ["A", "B"].map(|name| share(&kiln, name, HOLD));
    kiln.until_all_run(&running);
    let [a, b] = ["A", "B"].map(|name| share(&kiln, name, HOLD));
    assert_eq!(kiln.front_of("q")[0], b);
    let update = ["update-job-queue", "--job-queue=q", "--scheduling-policy-arn", &policy_arn("other")];
    kiln.ok(update);
    assert_eq!(kiln.front_of("q")[0], a);
    update_policy(&kiln, "other", &weights(2.0, 1.0));
    assert_eq!(kiln.front_of("q")[0], b);
    kiln.end_by_force(&running[0]);
    // A holds nothing now, B one vCPU.
    only_these_run(&kiln, &[&a], &[&b]);
}

/// CEQ-046, CEQ-047, CEQ-222.
#[test]
fn a_reservation_keeps_room_for_shares_that_are_not_active_yet() {
    let kiln = fair(4, &json!({"computeReservation": 50}));
    let submit = || ["A"; 5].map(|name| share(&kiln, name, HOLD)).into();
    let a = gathered(&kiln, submit);
    let a: Vec<_> = a.iter().collect();
    // Of 4 vCPUs, half are kept as long as one share is active, and a quarter with two.
    only_these_run(&kiln, &a[..2], &a[2..]);
    let depends = json!([{ "jobId": a[0] }]).to_string();
    let pending = kiln.submit_with("true", &["--share-identifier", "B", "--depends-on", &depends]);
    assert_eq!(kiln.statuses_of(&[&pending]), ["PENDING"]);
    only_these_run(&kiln, &a[..3], &a[3..]);
    kiln.ok(["cancel-job", "--job-id", &pending, "--reason", "not now"]);
    kiln.end_by_force(a[0]);
    only_these_run(&kiln, &a[1..3], &a[3..]);
    // A share that becomes active takes from the reserve at once, and lets the other have more.
    let b = share(&kiln, "B", HOLD);
    only_these_run(&kiln, &[&b, a[1], a[2], a[3]], &a[4..]);

    // Without decay, B is inactive with its last job; with decay, only some time later.
    kiln.end_by_force(&b);
    kiln.end_by_force(a[1]);
    only_these_run(&kiln, &a[2..4], &a[4..]);
    update_policy(&kiln, "p", &json!({"computeReservation": 50, "shareDecaySeconds": 3600}));
    let b = share(&kiln, "B", "true");
    let _ = kiln.run(["wait", &b]).exits(0);
    only_these_run(&kiln, &a[2..5], &[]);
    let sixth = share(&kiln, "A", HOLD);
    kiln.end_by_force(a[2]);
    only_these_run(&kiln, &[a[3], a[4], &sixth], &[]);
}

/// CEQ-046, CEQ-222.
#[test]
fn the_reserve_is_the_reservation_to_the_power_of_the_active_shares() {
    let kiln = fair(64, &json!({"computeReservation": 25}));
    // 16 of 64 vCPUs are kept with one active share, 4 with two and 1 with three.
    let a: Vec<_> = (0..3).map(|_| wide(&kiln, "A", 20)).collect();
    only_these_run(&kiln, &[&a[0], &a[1]], &[&a[2]]);
    let b = wide(&kiln, "B", 1);
    only_these_run(&kiln, &[&a[2], &b], &[]);
    let one_more = wide(&kiln, "A", 1);
    assert_eq!(kiln.statuses_of(&[&one_more]), ["RUNNABLE"], "61 of 60 vCPUs");
    let c = wide(&kiln, "C", 1);
    only_these_run(&kiln, &[&c, &one_more], &[]);

    let snapshot = kiln.json(["get-job-queue-snapshot", "--job-queue", "q"]);
    let used = &snapshot["queueUtilization"];
    assert_eq!(used["totalCapacityUsage"][0]["capacityUnit"], "VCPU");
    assert_eq!(used["totalCapacityUsage"][0]["quantity"].as_f64(), Some(63.0));
    let shares = &used["fairshareUtilization"];
    assert_eq!(shares["activeShareCount"], 3);
    let row = |one: &Value| {
        assert_eq!(one["capacityUsage"][0]["capacityUnit"], "VCPU");
        let quantity = one["capacityUsage"][0]["quantity"].as_f64().unwrap();
        (one["shareIdentifier"].as_str().unwrap().to_owned(), quantity)
    };
    let mut rows: Vec<_> = shares["topCapacityUtilization"].as_array().unwrap().iter().map(row).collect();
    assert_eq!(rows[0], ("A".into(), 61.0), "the largest use comes first");
    rows.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(rows, [("A".into(), 61.0), ("B".into(), 1.0), ("C".into(), 1.0)]);
}

/// CEQ-046, CEQ-222.
#[test]
fn the_strictest_reservation_still_lets_each_share_run_a_job() {
    let kiln = fair(4, &json!({"computeReservation": 99}));
    let first = wide(&kiln, "A", 2);
    let second = wide(&kiln, "A", 1);
    only_these_run(&kiln, &[&first], &[&second]);
    let other = wide(&kiln, "B", 1);
    only_these_run(&kiln, &[&first, &other], &[&second]);
    kiln.end_by_force(&first);
    only_these_run(&kiln, &[&second, &other], &[]);
}

/// CEQ-026, CEQ-047.
#[test]
fn a_queue_has_500_active_shares_at_most() {
    let kiln = fair(1, &json!({}));
    set_state(&kiln, "ce", "DISABLED");
    let input = |number: usize| {
        json!({"jobName": "j", "jobQueue": "q", "jobDefinition": "sh", "parameters": {"script": "true"},
            "shareIdentifier": format!("S{number}")})
    };
    let all: Vec<_> = (1..=500).map(input).collect();
    let answers: Vec<_> = all.chunks(100).flat_map(|some| kiln.post("submitjob", some)).collect();
    let ids: Vec<_> = answers.iter().filter_map(|answer| answer["jobId"].as_str()).collect();
    assert_eq!(ids.len(), 500, "{:?}", answers.iter().find(|answer| answer["jobId"].is_null()));
    let submit =
        |identifier| kiln.try_submit(&json!({"script": "true"}), &["--share-identifier", identifier]);
    let _ = submit("S501").exits(254).says("[SJ103]").silent();
    let again: Value = serde_json::from_str(&submit("S1").exits(0).out).unwrap();
    let again = again["jobId"].as_str().unwrap();
    let cancel = |job| kiln.ok(["cancel-job", "--job-id", job, "--reason", "room for another"]);
    cancel(ids[0]);
    let _ = submit("S501").exits(254).says("[SJ103]");
    // Without decay, the identifier is inactive with its last job.
    cancel(again);
    let _ = submit("S501").exits(0);
    let _ = submit("S1").exits(254).says("[SJ103]");
}
