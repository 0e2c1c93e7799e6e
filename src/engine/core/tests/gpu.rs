//! GPUs: which job has which.

use super::bench::*;

/// A host of 4 GPUs.
fn bench() -> Bench {
    Bench::new().host(16, 1000).gpus(4).environment("ce", 16).queue("q", 1, ["ce"])
}

/// Those of a job's or node's last attempt.
fn gpus(env: &Bench, job: JobKey) -> Vec<u32> {
    env.store.jobs[&job].attempts.last().unwrap().gpus.clone()
}

/// JOB-175: each has its own, the lowest that nobody has; a job that asks for none has none.
#[test]
fn each_job_has_the_lowest_that_are_free() {
    let mut env = bench();
    let jobs = [2, 0, 1].map(|count| env.submit(job("q").gpus(count)));
    assert_eq!(jobs.map(|job| gpus(&env, job)), [vec![0, 1], vec![], vec![2]]);
    let waits = env.submit(job("q").gpus(2));
    env.assert(waits, Runnable);
    env.assert_reason(waits, None);
    env.exit(jobs[0], 0);
    assert_eq!(gpus(&env, waits), [0, 1]);
    env.exit(jobs[2], 0);
    let last = env.submit(job("q").gpus(2));
    assert_eq!(gpus(&env, last), [2, 3]);
}

/// JOB-175: they need not be neighbours.
#[test]
fn what_is_free_is_taken_wherever_it_is() {
    let mut env = bench();
    let jobs = [(); 4].map(|()| env.submit(job("q").gpus(1)));
    env.exit(jobs[3], 0);
    env.exit(jobs[1], 1);
    let both = env.submit(job("q").gpus(2));
    assert_eq!(gpus(&env, both), [1, 3]);
}

/// JOB-175: they are those of the host, whatever the environment and the queue.
#[test]
fn no_two_environments_have_the_same() {
    let mut env = bench().environment("other", 16).queue("other", 9, ["other"]);
    let (a, b) = (env.submit(job("q").gpus(3)), env.submit(job("other").gpus(2)));
    env.assert_all([a, b], [Starting, Runnable]);
    let c = env.submit(job("other"));
    env.assert(c, Runnable);
    env.exit(a, 0);
    assert_eq!(gpus(&env, b), [0, 1]);
}

/// JOB-175: until the last of the job is gone.
#[test]
fn a_job_that_is_being_stopped_has_them_still() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q").gpus(4)), env.submit(job("q").gpus(1)));
    env.start(a);
    env.terminate(a, "not needed");
    env.assert(b, Runnable);
    env.exit(a, 143);
    assert_eq!(gpus(&env, b), [0]);
}

/// JOB-175: a job that could not start, is lost, or is tried again gives them back first.
#[test]
fn every_end_gives_them_back() {
    let mut env = bench();
    let a = env.submit(job("q").gpus(3).attempts(4));
    let b = env.submit(job("q").gpus(1));
    env.not_started(a, "no such file");
    assert_eq!(gpus(&env, a), [0, 1, 2]);
    env.exit(b, 0);
    env.lost(a);
    env.start(a);
    env.exit(a, 1);
    assert_eq!((env.attempts(a), gpus(&env, a)), (4, vec![0, 1, 2]));
    env.exit(a, 0);
    let all = env.submit(job("q").gpus(4));
    env.assert(all, Starting);
}

/// JOB-175: each child of an array and each node of a job has its own.
#[test]
fn children_and_nodes_have_their_own() {
    let mut env = bench();
    let a = env.submit(job("q").gpus(1).array(2));
    let b = env.submit(job("q").gpus(1).nodes(1, 2));
    env.assert_all([a.member(0), a.member(1), b], [Starting; 3]);
    let more = env.submit(job("q").gpus(1));
    env.assert(more, Runnable);
    env.start(b.member(1));
    let mut all: Vec<_> = [a.member(0), a.member(1), b.member(0), b.member(1)]
        .iter()
        .flat_map(|job| gpus(&env, *job))
        .collect();
    all.sort_unstable();
    assert_eq!(all, [0, 1, 2, 3]);
    env.exit(a.member(1), 0);
    assert_eq!(gpus(&env, more), [1]);
    env.exit(b.member(1), 0);
    let two = env.submit(job("q").gpus(2));
    env.assert(two, Runnable);
    env.exit(b.member(0), 143);
    assert_eq!(gpus(&env, two).len(), 2);
}

/// JOB-175: what runs on keeps its own over a crash, and a launch that is repeated has the same.
#[test]
fn a_crash_changes_no_hands() {
    let mut env = bench();
    let jobs = [1, 1, 1].map(|count| env.submit(job("q").gpus(count)));
    env.start(jobs[1]);
    env.exit(jobs[0], 0);
    env.crash();
    env.unknown(jobs[2]);
    env.expect([env.launch(attempt(jobs[2], 1), "ce")]);
    let new = env.submit(job("q").gpus(2));
    assert_eq!([jobs[1], jobs[2], new].map(|job| gpus(&env, job)), [vec![1], vec![2], vec![0, 3]]);
    env.crash();
    let waits = env.submit(job("q").gpus(1));
    env.assert(waits, Runnable);
    env.lost(jobs[1]);
    assert_eq!(gpus(&env, waits), [1]);
}

/// JOB-175, OPS-195: after a start with another number of them, what runs on keeps those that it has.
#[test]
fn the_host_may_have_another_number_later() {
    let mut env = bench();
    let jobs = [(); 3].map(|()| env.submit(job("q").gpus(1)));
    env.exit(jobs[0], 0);
    env.exit(jobs[1], 0);
    env.host.gpus = 1;
    env.crash();
    let (one, two) = (env.submit(job("q").gpus(1)), env.submit(job("q").gpus(2)));
    env.assert_all([jobs[2], one, two], [Starting, Runnable, Runnable]);
    env.exit(jobs[2], 0);
    assert_eq!(gpus(&env, one), [0]);
    env.exit(one, 0);
    assert!(env.store.state_of(two).1.is_some(), "there are not so many any more");
    env.host.gpus = 5;
    env.crash();
    env.after(0);
    assert_eq!(gpus(&env, two), [0, 1]);
    let rest = env.submit(job("q").gpus(3));
    assert_eq!(gpus(&env, rest), [2, 3, 4]);
}

/// JOB-178: jobs without GPUs take vCPUs from those with, and run where all GPUs are taken.
#[test]
fn jobs_without_gpus_share_the_host() {
    let mut env = bench();
    let all = env.submit(job("q").gpus(4));
    let without = env.submit(job("q").vcpus(14));
    env.assert_all([all, without], [Starting, Starting]);
    env.exit(all, 0);
    let large = env.submit(job("q").gpus(1).vcpus(3));
    env.assert(large, Runnable);
    env.exit(without, 0);
    assert_eq!(gpus(&env, large), [0]);
}
