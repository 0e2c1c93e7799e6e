//! The front of a queue: which jobs will be tried next, and since when each has been where it is.

use super::bench::*;

/// An environment of 1 vCPU that a job has, and a queue on it.
fn bench() -> (Bench, JobKey) {
    let mut env = Bench::new().environment("ce", 1).queue("q", 1, ["ce"]);
    let busy = env.submit(job("q"));
    (env, busy)
}

/// The same with fair shares, in one of which `busy` runs.
fn fair() -> (Bench, JobKey) {
    let mut env = Bench::new().environment("ce", 1).queue("q", 1, ["ce"]);
    env.put_policy("q", Policy { decay_seconds: 0, reservation: 0, weights: vec![("light".into(), 0.5)] });
    let busy = env.submit(job("q").share("busy"));
    (env, busy)
}

/// Submits a job a second later.
fn later(env: &mut Bench, ask: Ask) -> JobKey {
    env.after(1000);
    env.submit(ask)
}

fn front(env: &Bench) -> Vec<JobKey> {
    env.core.front(env.q("q"), env.now, 100).iter().map(|front| front.job).collect()
}

/// For how many seconds each job of the front has been where it is.
fn waited<const N: usize>(env: &Bench, jobs: [JobKey; N]) -> [i64; N] {
    let front = env.core.front(env.q("q"), env.now, 100);
    jobs.map(|job| {
        let since = front.iter().find(|front| front.job == job).expect("it waits").since;
        (env.now.0 - since.0) / 1000
    })
}

/// CEQ-023: what waits for room, in the order of submission, and nothing else.
#[test]
fn the_front_is_what_waits_in_order() {
    let (mut env, busy) = bench();
    assert_eq!(front(&env), []);
    let [a, b, c] = [(); 3].map(|()| env.submit(job("q")));
    let pending = env.submit(job("q").after(b));
    assert_eq!(front(&env), [a, b, c]);
    assert_eq!(env.core.front(env.q("q"), env.now, 2).len(), 2);
    env.cancel(b, "not needed");
    assert_eq!(front(&env), [a, c]);
    env.exit(busy, 0);
    assert_eq!(front(&env), [c]);
    env.assert(pending, Failed);
}

/// CEQ-023, CEQ-038: as room comes free, jobs start in the order of the front.
#[test]
fn jobs_start_in_the_order_of_the_front() {
    for shares in [["", "", "", ""], ["a", "a", "light", "b"]] {
        let (mut env, _) = if shares[0].is_empty() { bench() } else { fair() };
        let ask = |at: usize| job("q").share(shares[at]);
        env.submit(ask(0).array(3));
        env.submit(ask(1).vcpus(2));
        env.submit(ask(2));
        env.submit(ask(3).nodes(0, 1));
        let mut used = 1;
        for _ in 0..6 {
            let before = front(&env);
            used += env.store.owner(before[0]).unwrap().1.spec.need.vcpu_milli / 1000;
            env.resize("ce", used);
            env.assert(before[0], Starting);
            assert_eq!(front(&env), before[1..]);
        }
    }
}

/// A job has been where it is since it came, or since the last that left or came before it.
#[test]
fn a_job_moves_up_when_one_before_it_leaves() {
    let (mut env, busy) = bench();
    let (a, b) = (later(&mut env, job("q")), later(&mut env, job("q")));
    let (c, d) = (later(&mut env, job("q")), later(&mut env, job("q")));
    env.after(10_000);
    assert_eq!(waited(&env, [a, b, c, d]), [13, 12, 11, 10]);
    env.cancel(b, "not needed");
    assert_eq!(waited(&env, [a, c, d]), [13, 0, 0]);
    env.after(5000);
    let e = later(&mut env, job("q"));
    env.terminate(d, "nor this");
    env.after(1000);
    assert_eq!(waited(&env, [a, c, e]), [20, 7, 1]);
    env.exit(busy, 0);
    assert_eq!(waited(&env, [c, e]), [0, 0]);
}

/// A job that starts moves all up, and one that joins the end moves none.
#[test]
fn a_start_moves_all_up() {
    let (mut env, busy) = bench();
    let [a, b, c] = [(); 3].map(|()| env.submit(job("q")));
    env.after(4000);
    env.exit(busy, 0);
    env.after(3000);
    let d = later(&mut env, job("q"));
    assert_eq!(waited(&env, [b, c, d]), [4, 4, 0]);
    env.exit(a, 0);
    assert_eq!(waited(&env, [c, d]), [0, 0]);
}

/// OPS-235: a job that is tried again comes before all others, and they move back.
#[test]
fn a_retried_job_is_at_the_front() {
    let mut env = Bench::new().environment("ce", 2).queue("q", 1, ["ce"]);
    let (one, two) = (env.submit(job("q").attempts(3)), env.submit(job("q").attempts(3)));
    let (a, b) = (env.submit(job("q")), env.submit(job("q")));
    env.close("ce");
    env.after(4000);
    env.exit(one, 1);
    assert_eq!(front(&env), [one, a, b]);
    env.after(3000);
    assert_eq!(waited(&env, [one, a, b]), [3, 3, 3]);
    env.exit(two, 1);
    env.after(2000);
    assert_eq!(front(&env), [two, one, a, b]);
    assert_eq!(waited(&env, [two, one, a, b]), [2, 2, 2, 2]);
    env.cancel(one, "not again");
    assert_eq!(waited(&env, [two, a, b]), [2, 0, 0]);
}

/// JOB-071: what waited for another job takes its place by its time of submission, and those behind it move back.
#[test]
fn a_dependent_job_comes_in_where_it_was_submitted() {
    let (mut env, busy) = bench();
    let on = env.submit(job("q"));
    let a = env.submit(job("q"));
    let dependent = env.submit(job("q").after(on));
    let b = env.submit(job("q"));
    env.exit(busy, 0);
    env.after(4000);
    assert_eq!(front(&env), [a, b]);
    env.close("ce");
    env.exit(on, 0);
    assert_eq!(front(&env), [a, dependent, b]);
    env.after(1000);
    assert_eq!(waited(&env, [a, dependent, b]), [5, 1, 1]);
}

/// The children of an array stand where it does, by index, each as a job.
#[test]
fn children_are_in_front_one_by_one() {
    let (mut env, busy) = bench();
    let a = env.submit(job("q").array(4));
    let b = env.submit(job("q"));
    let children = [0, 1, 2, 3].map(|index| a.member(index));
    assert_eq!(front(&env), [&children[..], &[b]].concat());
    assert_eq!(env.core.front(env.q("q"), env.now, 3).len(), 3);
    env.after(2000);
    env.cancel(children[1], "not this one");
    assert_eq!(front(&env), [children[0], children[2], children[3], b]);
    env.after(1000);
    assert_eq!(waited(&env, [children[0], children[2], children[3], b]), [3, 1, 1, 1]);
    env.exit(busy, 0);
    assert_eq!(waited(&env, [children[2], children[3], b]), [0, 0, 0]);
    env.crash();
    assert_eq!(front(&env), [children[2], children[3], b]);
    env.cancel(a, "not needed");
    assert_eq!(front(&env), [b]);
}

/// CEQ-038, CEQ-048: shares take turns in front, as they will when jobs start; use and weight count.
#[test]
fn shares_take_turns_in_front() {
    let (mut env, busy) = fair();
    let a = env.submit(job("q").share("a").array(3));
    let light = [(); 4].map(|()| env.submit(job("q").share("light")));
    let b = env.submit(job("q").share("busy"));
    // a and light use nothing, and a is older. From then on light may have two for each of a; busy has one already.
    let [a0, a1, a2] = [0, 1, 2].map(|index| a.member(index));
    assert_eq!(front(&env), [a0, light[0], light[1], a1, light[2], b, light[3], a2]);
    env.exit(busy, 0);
    assert_eq!(front(&env)[..4], [light[0], b, light[1], a1]);
}

/// CEQ-041, OPS-235: within a share by priority; one that is tried again is the first of its priority.
#[test]
fn priorities_count_in_front() {
    let mut env = Bench::new().environment("ce", 1).queue("q", 1, ["ce"]);
    env.put_policy("q", Policy { decay_seconds: 0, reservation: 0, weights: Vec::new() });
    let ask = |priority| job("q").share("a").priority(priority).attempts(2);
    let retried = env.submit(ask(5));
    env.close("ce");
    let [low, middle, high, last] = [1, 5, 9, 1].map(|priority| later(&mut env, ask(priority)));
    env.exit(retried, 1);
    assert_eq!(front(&env), [high, retried, middle, low, last]);
    env.crash();
    assert_eq!(front(&env), [high, retried, middle, low, last]);
}

/// CEQ-041: a job of higher priority passes those that came before it, and what happens behind a job does not move it.
#[test]
fn priorities_move_jobs() {
    let (mut env, _) = fair();
    let ask = |priority| job("q").share("a").priority(priority);
    let [low, high] = [1, 9].map(|priority| later(&mut env, ask(priority)));
    env.after(2000);
    assert_eq!(waited(&env, [low, high]), [2, 2]);
    let last = later(&mut env, ask(1));
    env.cancel(low, "not needed");
    assert_eq!(waited(&env, [high, last]), [3, 0]);
    env.crash();
    env.after(1000);
    env.cancel(high, "nor this");
    assert_eq!(waited(&env, [last]), [0]);
}

/// A queue that holds nothing, is unknown, or is deleted has no front.
#[test]
fn there_may_be_no_front() {
    let (mut env, busy) = bench();
    env.submit(job("q"));
    env.delete_queue("q", "gone");
    assert_eq!(front(&env), []);
    env.exit(busy, 143);
    assert_eq!(front(&env), []);
}
