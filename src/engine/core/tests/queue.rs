//! Queues, environments, and which job starts where.

use super::bench::*;

const MAX_RESOURCE: &str = "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - CE(s) associated with the job queue \
                            cannot meet the CPU requirement of the job.";
const JOB_RESOURCE: &str = "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job resource requirement \
                            (vCPU/memory/GPU) is higher than that can be met by the CE(s) attached to the job queue.";
const UNDETERMINED: &str = "UNDETERMINED - Batch job is blocked, root cause is undetermined.";

fn bench() -> Bench {
    Bench::new().host(4, 1000).environment("ce", 2).queue("q", 1, ["ce"])
}

/// That a job is told why it cannot start.
fn told(env: &Bench, job: JobKey, reason: Option<&str>) -> Effect {
    Effect::Blocked { job, reason: reason.map(str::to_owned), at: env.now }
}

// Capacity.

#[test]
fn an_environment_holds_no_more_than_its_maximum() {
    let mut env = bench();
    let jobs = [1, 2, 3].map(|_| env.submit(job("q")));
    env.assert_all(jobs, [Starting, Starting, Runnable]);
    env.start(jobs[0]);
    env.assert(jobs[2], Runnable);
    env.exit(jobs[0], 0);
    env.assert_all(jobs, [Succeeded, Starting, Starting]);
}

#[test]
fn parts_of_a_vcpu_add_up_exactly() {
    let mut env = bench();
    let quarters = [(); 8].map(|()| env.submit(job("q").milli(250)));
    env.assert_all(quarters, [Starting; 8]);
    let more = env.submit(job("q").milli(1));
    env.assert(more, Runnable);
}

#[test]
fn environments_share_the_host() {
    let mut env = Bench::new()
        .host(4, 1000)
        .environment("a", 3)
        .environment("b", 3)
        .queue("qa", 1, ["a"])
        .queue("qb", 1, ["b"]);
    let a = env.submit(job("qa").vcpus(3));
    let b = env.submit(job("qb").vcpus(2));
    let c = env.submit(job("qa").vcpus(1));
    env.assert_all([a, b, c], [Starting, Runnable, Runnable]);
    env.exit(a, 0);
    env.assert_all([b, c], [Starting, Starting]);
}

#[test]
fn an_unmanaged_environment_has_what_the_host_has() {
    let mut env = Bench::new().host(4, 1000).unmanaged("ce").queue("q", 1, ["ce"]);
    let (a, b) = (env.submit(job("q").vcpus(4)), env.submit(job("q")));
    env.assert_all([a, b], [Starting, Runnable]);
    let c = env.submit(job("q").vcpus(5));
    env.exit(a, 0);
    env.assert_all([b, c], [Starting, Runnable]);
    env.assert_reason(c, Some(JOB_RESOURCE));
}

#[test]
fn memory_and_gpus_are_taken_from_the_host() {
    let mut env = Bench::new().host(9, 1000).gpus(1).environment("ce", 9).queue("q", 1, ["ce"]);
    let (a, b) = (env.submit(job("q").memory(600)), env.submit(job("q").memory(401)));
    env.assert_all([a, b], [Starting, Runnable]);
    env.exit(a, 0);
    let (c, d) = (env.submit(job("q").gpus(1)), env.submit(job("q").gpus(1)));
    env.assert_all([b, c, d], [Starting, Starting, Runnable]);
    env.exit(c, 0);
    env.assert(d, Starting);
}

// Order within a queue.

#[test]
fn first_in_first_out() {
    let mut env = Bench::new().environment("ce", 1).queue("q", 1, ["ce"]);
    let jobs = [(); 5].map(|()| env.submit(job("q")));
    for present in jobs {
        env.assert(present, Starting);
        env.exit(present, 0);
    }
}

#[test]
fn the_first_that_does_not_fit_holds_those_behind_it() {
    let mut env = bench();
    let (a, big, small) = (env.submit(job("q")), env.submit(job("q").vcpus(2)), env.submit(job("q")));
    env.assert_all([a, big, small], [Starting, Runnable, Runnable]);
    env.assert_reason(big, None);
    env.cancel(big, "not now");
    env.assert_all([big, small], [Failed, Starting]);
}

// Order among queues.

#[test]
fn the_queue_of_higher_priority_goes_first_on_a_shared_environment() {
    let mut env = Bench::new().environment("ce", 1).queue("low", 1, ["ce"]).queue("high", 10, ["ce"]);
    let first = env.submit(job("low"));
    let (low, high) = (env.submit(job("low")), env.submit(job("high")));
    env.exit(first, 0);
    env.assert_all([low, high], [Runnable, Starting]);
    env.exit(high, 0);
    env.assert(low, Starting);
}

#[test]
fn a_queue_that_is_held_up_does_not_hold_up_another() {
    let mut env = bench().queue("low", 0, ["ce"]);
    let (a, big) = (env.submit(job("q")), env.submit(job("q").vcpus(2)));
    let small = env.submit(job("low"));
    env.assert_all([a, big, small], [Starting, Runnable, Starting]);
}

#[test]
fn a_new_priority_counts_from_the_next_round() {
    let mut env = Bench::new().environment("ce", 1).queue("a", 5, ["ce"]).queue("b", 1, ["ce"]);
    let first = env.submit(job("a"));
    let (a, b) = (env.submit(job("a")), env.submit(job("b")));
    env.put_queue("b", 9, ["ce"]);
    env.exit(first, 0);
    env.assert_all([a, b], [Runnable, Starting]);
}

#[test]
fn the_lowest_priority_is_the_lowest() {
    let mut env = Bench::new().environment("ce", 1).queue("a", i32::MIN, ["ce"]).queue("b", 0, ["ce"]);
    let first = env.submit(job("b"));
    let (a, b) = (env.submit(job("a")), env.submit(job("b")));
    env.exit(first, 0);
    env.assert_all([a, b], [Runnable, Starting]);
}

// Environments of a queue.

#[test]
fn environments_are_tried_in_the_order_of_the_queue() {
    let mut env =
        Bench::new().environment("first", 2).environment("second", 2).queue("q", 1, ["second", "first"]);
    let (a, b, c) = (env.submit(job("q")), env.submit(job("q").vcpus(2)), env.submit(job("q")));
    env.assert_in(a, "second");
    env.assert_in(b, "first");
    env.assert_in(c, "second");
    env.put_queue("q", 1, ["first", "second"]);
    env.exit(a, 0);
    env.exit(b, 0);
    let d = env.submit(job("q"));
    env.assert_in(d, "first");
}

#[test]
fn a_closed_environment_takes_no_jobs_and_keeps_those_it_has() {
    let mut env = Bench::new().environment("a", 2).environment("b", 1).queue("q", 1, ["a", "b"]);
    let before = env.submit(job("q"));
    env.start(before);
    env.close("a");
    env.expect([]);
    let (spilt, waits) = (env.submit(job("q")), env.submit(job("q")));
    env.assert_in(spilt, "b");
    env.assert_all([before, spilt, waits], [Running, Starting, Runnable]);
    env.exit(before, 0);
    env.assert_all([before, waits], [Succeeded, Runnable]);
    env.open("a");
    env.assert_in(waits, "a");
}

#[test]
fn without_an_open_environment_the_reason_is_undetermined() {
    let mut env = bench().queue("none", 1, []);
    env.close("ce");
    let (a, b) = (env.submit(job("q").vcpus(99)), env.submit(job("none")));
    env.assert_all([a, b], [Runnable, Runnable]);
    env.assert_reason(a, Some(UNDETERMINED));
    env.assert_reason(b, Some(UNDETERMINED));
}

#[test]
fn a_smaller_maximum_leaves_what_runs_alone() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q")), env.submit(job("q")));
    env.resize("ce", 1);
    env.expect([]);
    let c = env.submit(job("q"));
    env.exit(a, 0);
    env.assert_all([b, c], [Starting, Runnable]);
    env.exit(b, 0);
    env.assert(c, Starting);
}

// What blocks a queue.

#[test]
fn more_vcpus_than_any_environment_ever_has() {
    let mut env = bench();
    let a = env.submit(job("q").vcpus(3));
    env.expect([env.status(a, Runnable), told(&env, a, Some(MAX_RESOURCE))]);
    env.resize("ce", 3);
    env.expect([env.status(a, Starting), env.placed(attempt(a, 1), "ce"), env.launch(attempt(a, 1), "ce")]);
    env.assert_reason(a, None);
}

#[test]
fn more_of_anything_than_the_host_has() {
    let too_much = [job("q").memory(1001), job("q").gpus(1), job("q").vcpus(5)];
    for ask in too_much {
        let mut env = Bench::new().host(4, 1000).environment("ce", 9).queue("q", 1, ["ce"]);
        let a = env.submit(ask);
        env.expect([env.status(a, Runnable), told(&env, a, Some(JOB_RESOURCE))]);
    }
}

#[test]
fn a_missing_resource_outweighs_a_small_maximum() {
    let mut env =
        Bench::new().host(4, 1000).environment("small", 1).environment("large", 4).queue("q", 1, ["small"]);
    let a = env.submit(job("q").vcpus(2).memory(1001));
    env.assert_reason(a, Some(MAX_RESOURCE));
    env.put_queue("q", 1, ["small", "large"]);
    env.expect([told(&env, a, Some(JOB_RESOURCE))]);
}

#[test]
fn only_the_head_of_a_queue_is_told() {
    let mut env = bench();
    let jobs = [(); 3].map(|()| env.submit(job("q").vcpus(3)));
    env.assert_reason(jobs[0], Some(MAX_RESOURCE));
    env.assert_reason(jobs[1], None);
    env.terminate(jobs[0], "too large");
    env.expect([
        ordered_to_end(jobs[0]),
        env.because(jobs[0], Failed, "too large"),
        told(&env, jobs[1], Some(MAX_RESOURCE)),
    ]);
    env.assert_reason(jobs[2], None);
}

#[test]
fn it_is_told_once() {
    let mut env = bench().queue("other", 1, ["ce"]);
    let a = env.submit(job("q").vcpus(3));
    let b = env.submit(job("other"));
    env.exit(b, 0);
    assert!(!env.effects.contains(&told(&env, a, Some(MAX_RESOURCE))));
    env.after(1000);
    env.expect([]);
}

#[test]
fn it_is_taken_back_when_the_environment_is_enlarged_even_if_there_is_no_room_yet() {
    let mut env = bench().queue("other", 9, ["ce"]);
    let b = env.submit(job("other"));
    let a = env.submit(job("q").vcpus(3));
    env.assert_reason(a, Some(MAX_RESOURCE));
    env.resize("ce", 3);
    env.expect([told(&env, a, None)]);
    env.exit(b, 0);
    env.assert(a, Starting);
}

#[test]
fn it_is_undetermined_when_no_environment_is_open() {
    let mut env = bench();
    let a = env.submit(job("q").vcpus(3));
    env.close("ce");
    env.expect([told(&env, a, Some(UNDETERMINED))]);
}

#[test]
fn one_environment_that_will_have_room_is_enough() {
    let mut env = bench().environment("large", 4).queue("both", 1, ["ce", "large"]);
    let busy = env.submit(job("both").vcpus(4));
    env.assert_in(busy, "large");
    let a = env.submit(job("both").vcpus(3));
    env.expect([env.status(a, Runnable)]);
    env.close("large");
    env.expect([told(&env, a, Some(MAX_RESOURCE))]);
}

#[test]
fn it_is_taken_back_from_a_job_that_is_no_longer_the_head() {
    let mut env = bench().queue("other", 9, ["ce"]);
    let retried = env.submit(job("q").vcpus(2).attempts(2));
    let blocked = env.submit(job("q").vcpus(3));
    env.submit(job("other"));
    env.assert_reason(blocked, Some(MAX_RESOURCE));
    env.exit(retried, 1);
    env.assert_all([retried, blocked], [Runnable, Runnable]);
    env.assert_reason(blocked, None);
    // Now it could run, and all that keeps it is the job before it.
    env.resize("ce", 3);
    env.assert_reason(blocked, None);
}

// Deletion.

#[test]
fn what_waits_in_a_deleted_queue_fails_and_what_runs_is_stopped() {
    let mut env = bench().queue("other", 1, ["ce"]);
    let (a, b, c) = (env.submit(job("q").attempts(3)), env.submit(job("q")), env.submit(job("q")));
    let other = env.submit(job("other"));
    env.start(a);
    env.delete_queue("q", "gone");
    env.expect([
        ordered_to_end(a),
        env.stopping(attempt(a, 1), terminated("gone")),
        sigterm(attempt(a, 1)),
        ordered_to_end(b),
        env.stopping(attempt(b, 1), terminated("gone")),
        sigterm(attempt(b, 1)),
        ordered_to_end(c),
        env.because(c, Failed, "gone"),
    ]);
    env.exit(a, 143);
    env.assert_failed(a, "gone");
    env.assert_all([b, other], [Starting, Starting]);
    assert!(env.core.queue(env.q("q")).is_some(), "it waits for its jobs");
    env.exit(b, 0);
    env.assert_failed(b, "gone");
    assert!(env.core.queue(env.q("q")).is_none(), "it is forgotten with its last job");
}

#[test]
fn a_deleted_queue_without_placed_jobs_is_forgotten_at_once() {
    let mut env = bench();
    let jobs = [(); 2].map(|()| env.submit(job("q").vcpus(3)));
    env.delete_queue("q", "gone");
    env.assert_all(jobs, [Failed, Failed]);
    assert!(env.core.queue(env.q("q")).is_none());
}

#[test]
fn what_runs_in_a_deleted_environment_goes_on() {
    let mut env = Bench::new().environment("a", 1).environment("b", 1).queue("q", 1, ["a", "b"]);
    let a = env.submit(job("q").attempts(2));
    env.start(a);
    env.put_queue("q", 1, ["b"]);
    env.delete_environment("a");
    env.expect([]);
    assert!(env.core.environment(env.ce("a")).is_some_and(|environment| environment.deleted));
    env.exit(a, 1);
    assert!(env.core.environment(env.ce("a")).is_none(), "it is forgotten with its last job");
    env.assert_in(a, "b");
}

#[test]
fn a_deleted_environment_takes_no_jobs() {
    let mut env = Bench::new().environment("a", 2).queue("q", 1, ["a"]);
    let a = env.submit(job("q"));
    env.delete_environment("a");
    let b = env.submit(job("q"));
    env.exit(a, 0);
    env.assert_all([a, b], [Succeeded, Runnable]);
    env.assert_reason(b, Some(UNDETERMINED));
}
