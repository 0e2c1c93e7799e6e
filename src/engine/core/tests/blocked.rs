//! Why the head of a queue cannot start, and what its queue does about it.

use super::bench::*;

const INVALID: &str = "ACTION_REQUIRED - CE(s) associated with the job queue are invalid.";
const PERMISSIONS: &str =
    "MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS - Batch service role has a permission issue.";
const MAX_RESOURCE: &str = "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - CE(s) associated with the job queue \
                            cannot meet the CPU requirement of the job.";
const JOB_RESOURCE: &str = "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job resource requirement \
                            (vCPU/memory/GPU) is higher than that can be met by the CE(s) attached to the job queue.";
const CAPACITY: &str = "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - Service cannot fulfill the capacity requested for \
                        instance type c5.large";
const UNDETERMINED: &str = "UNDETERMINED - Batch job is blocked, root cause is undetermined.";

/// The reasons that an action may name.
const CODES: [&str; 4] = [
    "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY",
    "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE",
    "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT",
    "MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS",
];

const TEN_MINUTES: i64 = 600_000;

/// A host of 4 vCPUs, two environments of 2 and 3, and a queue on both.
fn bench() -> Bench {
    Bench::new().host(4, 1000).environment("a", 2).environment("b", 3).queue("q", 1, ["a", "b"])
}

fn fault_of_both(env: &mut Bench, fault: Option<Fault>) {
    env.put_fault("a", fault);
    env.put_fault("b", fault);
}

/// What the action of a queue says of the job that it ends.
fn words(code: &str) -> String {
    format!("Canceled by JobStateTimeLimit action due to reason: {code}")
}

/// A job that is blocked for one of the four reasons that an action may name, in the order of [`CODES`].
fn block(env: &mut Bench, which: usize) -> JobKey {
    match which {
        0 => fault_of_both(env, Some(Fault::Capacity)),
        3 => fault_of_both(env, Some(Fault::Permissions)),
        _ => {}
    }
    let ask = job("q");
    env.submit(match which {
        1 => ask.vcpus(4),
        2 => ask.memory(1001),
        _ => ask,
    })
}

// The reasons.

/// EVT-164, OPS-183, OPS-190: no environment gets hosts; the first of them names what it cannot get.
#[test]
fn no_capacity_anywhere() {
    let mut env = bench();
    env.change("b", |settings| settings.instance = "m5.large".into());
    fault_of_both(&mut env, Some(Fault::Capacity));
    let a = env.submit(job("q"));
    env.assert_reason(a, Some(CAPACITY));
    env.cancel(a, "not needed");
    env.close("a");
    let b = env.submit(job("q"));
    env.assert_reason(b, Some(&CAPACITY.replace("c5.large", "m5.large")));
}

/// EVT-165, OPS-183, OPS-194: more vCPUs than any environment may have; first the maximum is looked at, then the host.
#[test]
fn more_vcpus_than_the_maximum_of_every_environment() {
    let mut env = bench();
    let a = env.submit(job("q").vcpus(4).memory(1001).gpus(1));
    env.assert_reason(a, Some(MAX_RESOURCE));
    env.resize("b", 4);
    env.assert_reason(a, Some(JOB_RESOURCE));
}

/// EVT-166, OPS-183, OPS-195: more vCPUs, memory or GPUs than there are.
#[test]
fn more_than_the_host_has() {
    for ask in [job("q").memory(1001), job("q").gpus(1), job("q").vcpus(5)] {
        let mut env = bench();
        env.resize("b", 9);
        let a = env.submit(ask);
        env.assert_reason(a, Some(JOB_RESOURCE));
    }
}

/// EVT-167, OPS-183, OPS-196: every environment lacks permissions.
#[test]
fn no_permission_anywhere() {
    let mut env = bench();
    fault_of_both(&mut env, Some(Fault::Permissions));
    let a = env.submit(job("q").vcpus(9));
    env.assert_reason(a, Some(PERMISSIONS));
}

/// EVT-168, OPS-183, OPS-197: every environment is INVALID; that comes before what the job needs.
#[test]
fn no_valid_environment() {
    let mut env = bench();
    fault_of_both(&mut env, Some(Fault::Invalid));
    let a = env.submit(job("q").vcpus(9).memory(1001));
    env.assert_reason(a, Some(INVALID));
}

/// EVT-169, OPS-183, OPS-198: nothing is open, or each environment has a reason of its own.
#[test]
fn for_several_reasons_or_none() {
    let mut env = bench();
    env.close("a");
    env.close("b");
    let a = env.submit(job("q"));
    env.assert_reason(a, Some(UNDETERMINED));
    let faults = [Fault::Invalid, Fault::Permissions, Fault::Capacity];
    for (one, other) in faults.iter().zip(faults.iter().cycle().skip(1)) {
        let mut env = bench();
        env.put_fault("a", Some(*one));
        env.put_fault("b", Some(*other));
        let a = env.submit(job("q"));
        env.assert_reason(a, Some(UNDETERMINED));
    }
}

/// CEQ-050: what is disabled does not count, and neither does a fault where another environment takes the job.
#[test]
fn one_environment_that_takes_the_job_is_enough() {
    for fault in [Fault::Invalid, Fault::Permissions, Fault::Capacity] {
        let mut env = bench();
        env.put_fault("a", Some(fault));
        let (a, b) = (env.submit(job("q").vcpus(3)), env.submit(job("q")));
        env.assert_in(a, "b");
        env.assert(b, Runnable);
        // It only waits for the other.
        env.assert_reason(b, None);
        env.close("b");
        assert!(env.store.state_of(b).1.is_some(), "{fault:?} is all that is left");
    }
}

/// OPS-182, OPS-183: only the head says what blocks it, as long as that is so.
#[test]
fn the_reason_follows_the_facts() {
    let mut env = bench();
    fault_of_both(&mut env, Some(Fault::Invalid));
    let (a, b) = (env.submit(job("q").vcpus(4)), env.submit(job("q")));
    for (fault, reason) in [
        (Some(Fault::Permissions), PERMISSIONS),
        (Some(Fault::Capacity), MAX_RESOURCE),
        (None, MAX_RESOURCE),
        (Some(Fault::Invalid), INVALID),
    ] {
        fault_of_both(&mut env, fault);
        env.assert_reason(a, Some(reason));
        env.assert_reason(b, None);
        env.crash();
    }
    fault_of_both(&mut env, Some(Fault::Capacity));
    env.resize("b", 4);
    env.assert_reason(a, Some(UNDETERMINED));
    env.resize("a", 4);
    env.assert_reason(a, Some(CAPACITY));
    fault_of_both(&mut env, None);
    env.assert_all([a, b], [Starting, Runnable]);
    env.assert_reason(a, None);
    env.assert_reason(b, None);
}

/// OPS-183: the change of a reason is told once, with its time.
#[test]
fn a_reason_is_told_when_it_changes() {
    let mut env = bench();
    fault_of_both(&mut env, Some(Fault::Invalid));
    let a = env.submit(job("q"));
    env.after(1000);
    env.put_fault("a", Some(Fault::Capacity));
    env.expect([Effect::Blocked { job: a, reason: Some(UNDETERMINED.into()), at: env.now }]);
    env.put_fault("b", Some(Fault::Permissions));
    env.expect([]);
}

/// OPS-193, JOB-164: the nodes of a job wait for the first environment that takes such jobs.
#[test]
fn a_multi_node_job_waits_for_the_first_environment() {
    let mut env = bench();
    env.put_fault("a", Some(Fault::Capacity));
    let (nodes, behind) = (env.submit(job("q").nodes(0, 2)), env.submit(job("q")));
    env.assert_all([nodes, behind], [Runnable, Runnable]);
    env.assert_reason(nodes, Some(CAPACITY));
    env.change("a", |settings| settings.takes_nodes = false);
    env.assert_in(nodes.member(0), "b");
    env.assert_in(behind, "b");
}

// The actions of queues.

/// CEQ-018, EVT-164, EVT-165, EVT-166, EVT-167, OPS-188, OPS-189, OPS-191: exactly when its time is over, the job is
/// cancelled, with the code of what blocked it as the reason.
#[test]
fn a_job_that_is_blocked_for_too_long_is_cancelled() {
    for (which, code) in CODES.iter().enumerate() {
        let mut env = bench();
        env.put_limits("q", [(code, 600)]);
        env.after(TEN_MINUTES);
        let a = block(&mut env, which);
        env.after(TEN_MINUTES - 1);
        env.assert(a, Runnable);
        env.expect([]);
        env.after(1);
        env.expect([cancelled(a), env.because(a, Failed, &words(code))]);
        env.assert_failed(a, &words(code));
        assert_eq!(env.core.next_wake(), None);
    }
}

/// OPS-189, OPS-191: an action may give the whole text of a reason; what follows names the code alone.
#[test]
fn an_action_is_matched_by_the_code() {
    let mut env = bench();
    env.put_limits("q", [(CAPACITY, 600)]);
    let a = block(&mut env, 0);
    env.after(TEN_MINUTES);
    env.assert_failed(a, &words(CODES[0]));
}

/// CEQ-018, OPS-188: each action has its own time and its own reason; the others do nothing.
#[test]
fn each_action_is_for_its_own_reason() {
    let mut env = bench();
    env.put_limits("q", [(CODES[0], 600), (CODES[1], 900), (CODES[3], 1200)]);
    let a = env.submit(job("q").vcpus(4));
    env.after(TEN_MINUTES);
    env.assert_reason(a, Some(MAX_RESOURCE));
    env.after(300_000);
    env.assert_failed(a, &words(CODES[1]));
    let b = env.submit(job("q").memory(1001));
    env.after(10 * TEN_MINUTES);
    env.assert_reason(b, Some(JOB_RESOURCE));
}

/// CEQ-018: of two for the same reason, the one whose time is over first.
#[test]
fn the_shortest_time_counts() {
    let mut env = bench();
    env.put_limits("q", [(CODES[1], 900), (CODES[1], 600)]);
    let a = env.submit(job("q").vcpus(4));
    env.after(TEN_MINUTES);
    env.assert(a, Failed);
}

/// EVT-168, EVT-169, OPS-189, OPS-197, OPS-198: nothing is done about what no action can name.
#[test]
fn no_action_is_for_the_last_resorts() {
    for (fault, reason) in [(Some(Fault::Invalid), INVALID), (None, UNDETERMINED)] {
        let mut env = bench();
        let limits = ["ACTION_REQUIRED", "UNDETERMINED", INVALID, UNDETERMINED, "CAPACITY", "capacity", ""];
        env.put_limits("q", limits.map(|reason| (reason, 600)));
        fault_of_both(&mut env, fault);
        if fault.is_none() {
            env.close("a");
            env.close("b");
        }
        let a = env.submit(job("q"));
        assert_eq!(env.core.next_wake(), None);
        env.after(100 * TEN_MINUTES);
        env.assert_reason(a, Some(reason));
        env.assert(a, Runnable);
    }
}

/// CEQ-018, OPS-188: the next job is the head then, and its time begins.
#[test]
fn the_next_job_becomes_the_head() {
    let mut env = bench();
    env.put_limits("q", [(CODES[1], 600)]);
    let jobs = [4, 4, 1].map(|vcpus| env.submit(job("q").vcpus(vcpus)));
    env.after(TEN_MINUTES);
    env.assert_all(jobs, [Failed, Runnable, Runnable]);
    env.assert_reason(jobs[1], Some(MAX_RESOURCE));
    env.after(TEN_MINUTES - 1);
    env.assert_all(jobs, [Failed, Runnable, Runnable]);
    env.after(1);
    env.assert_all(jobs, [Failed, Failed, Starting]);
}

/// OPS-188: the time is that of one reason: it begins anew with another, and with the same one after another.
#[test]
fn the_time_begins_anew_with_the_reason() {
    let mut env = bench();
    env.put_limits("q", [(CODES[0], 600), (CODES[3], 600)]);
    let a = block(&mut env, 0);
    env.after(500_000);
    fault_of_both(&mut env, Some(Fault::Permissions));
    env.assert_reason(a, Some(PERMISSIONS));
    env.after(500_000);
    fault_of_both(&mut env, Some(Fault::Capacity));
    env.after(TEN_MINUTES - 1);
    env.assert(a, Runnable);
    env.after(1);
    env.assert_failed(a, &words(CODES[0]));
}

/// OPS-188: a job that starts in time is left alone, and begins anew if it comes back.
#[test]
fn the_time_ends_when_the_job_starts() {
    let mut env = bench();
    env.put_limits("q", [(CODES[0], 600)]);
    fault_of_both(&mut env, Some(Fault::Capacity));
    let a = env.submit(job("q").attempts(2));
    env.after(500_000);
    env.put_fault("a", None);
    env.start(a);
    assert_eq!(env.core.next_wake(), None);
    env.after(TEN_MINUTES);
    env.assert(a, Running);
    env.put_fault("a", Some(Fault::Capacity));
    env.exit(a, 1);
    env.after(TEN_MINUTES - 1);
    env.assert(a, Runnable);
    env.after(1);
    env.assert_failed(a, &words(CODES[0]));
    assert_eq!(env.attempts(a), 1);
}

/// OPS-188: a job that is no longer the head has all its time again when it is so once more.
#[test]
fn the_time_ends_when_another_job_becomes_the_head() {
    let mut env =
        Bench::new().host(4, 1000).environment("a", 2).queue("q", 1, ["a"]).queue("other", 9, ["a"]);
    env.put_limits("q", [(CODES[1], 600)]);
    let retried = env.submit(job("q").vcpus(2).attempts(2));
    let blocked = env.submit(job("q").vcpus(3));
    let urgent = env.submit(job("other").vcpus(2));
    env.after(500_000);
    env.exit(retried, 1);
    env.assert_all([retried, blocked, urgent], [Runnable, Runnable, Starting]);
    env.after(TEN_MINUTES);
    env.assert(blocked, Runnable);
    env.exit(urgent, 0);
    env.assert(retried, Starting);
    env.after(TEN_MINUTES - 1);
    env.assert(blocked, Runnable);
    env.after(1);
    env.assert_failed(blocked, &words(CODES[1]));
}

/// OPS-188: the time goes on while the engine is away.
#[test]
fn the_time_survives_a_crash() {
    for (which, code) in CODES.iter().enumerate() {
        let mut env = bench();
        env.put_limits("q", [(code, 600)]);
        let (a, b) = (block(&mut env, which), env.submit(job("q").vcpus(4)));
        env.after(500_000);
        env.crash();
        env.after(99_999);
        env.assert(a, Runnable);
        env.after(1);
        env.assert_failed(a, &words(code));
        env.assert(b, Runnable);
    }
    let mut env = bench();
    env.put_limits("q", [(CODES[1], 600)]);
    let a = env.submit(job("q").vcpus(4));
    env.now = env.now.plus_seconds(10_000);
    env.crash();
    env.after(0);
    env.assert_failed(a, &words(CODES[1]));
}

/// CEQ-018, OPS-188: other limits count for the job that is blocked already, from when it was.
#[test]
fn other_limits_count_at_once() {
    let mut env = bench();
    let a = env.submit(job("q").vcpus(4));
    env.after(TEN_MINUTES);
    env.put_limits("q", [(CODES[1], 1200)]);
    env.after(500_000);
    env.put_limits("q", [(CODES[0], 600)]);
    env.after(TEN_MINUTES);
    env.assert_reason(a, Some(MAX_RESOURCE));
    env.put_limits("q", [(CODES[1], 1800)]);
    assert_eq!(env.core.next_wake(), Some(env.now.plus_seconds(100)));
    env.crash();
    env.put_limits("q", [(CODES[1], 900)]);
    env.after(0);
    env.assert_failed(a, &words(CODES[1]));
}

/// CEQ-018: the first child of an array that waits is the head, and its siblings are jobs behind it.
#[test]
fn of_an_array_one_child_after_the_other_is_cancelled() {
    let mut env = bench();
    env.put_limits("q", [(CODES[1], 600)]);
    let a = env.submit(job("q").vcpus(4).array(3));
    env.assert_reason(a.member(0), Some(MAX_RESOURCE));
    env.after(TEN_MINUTES);
    env.assert_failed(a.member(0), &words(CODES[1]));
    env.assert_all([a, a.member(1), a.member(2)], [Pending, Runnable, Runnable]);
    env.crash();
    env.after(TEN_MINUTES);
    env.after(TEN_MINUTES);
    env.assert_failed(a.member(2), &words(CODES[1]));
    env.assert_failed(a, "Array Child Job failed");
}

/// JOB-073, OPS-188: it is a failure to those that depend on the job, and a multi-node job fails with its nodes.
#[test]
fn what_an_action_cancels_has_failed() {
    let mut env = bench();
    env.put_limits("q", [(CODES[1], 600)]);
    let a = env.submit(job("q").nodes(0, 4).attempts(3));
    let b = env.submit(job("q").after(a));
    env.after(TEN_MINUTES);
    env.assert_failed(a, &words(CODES[1]));
    env.assert_failed(a.member(3), &words(CODES[1]));
    env.assert(b, Failed);
}
