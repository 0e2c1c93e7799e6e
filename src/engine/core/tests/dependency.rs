//! What waits for what.

use super::bench::*;

fn bench() -> Bench {
    Bench::new().environment("ce", 100).queue("q", 1, ["ce"])
}

/// That the job failed because this one had.
#[track_caller]
fn assert_failed_by(env: &Bench, job: JobKey, by: JobKey) {
    env.assert(job, Failed);
    assert_eq!(env.store.state_of(job).1, Some(&Reason::Dependency(by)), "{job:?}");
    assert_eq!(env.attempts(job), 0);
}

#[test]
fn a_job_waits_for_all_that_it_depends_on() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q")), env.submit(job("q")));
    let c = env.submit(job("q").after(a).after(b).after(a));
    env.expect([env.status(c, Pending)]);
    env.exit(a, 0);
    env.assert(c, Pending);
    env.crash();
    env.exit(b, 0);
    env.assert(c, Starting);
}

#[test]
fn what_has_succeeded_already_is_not_waited_for() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.exit(a, 0);
    let b = env.submit(job("q").after(a));
    env.assert(b, Starting);
}

#[test]
fn what_has_failed_already_fails_the_job_at_once() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q")), env.submit(job("q")));
    env.exit(a, 1);
    let c = env.submit(job("q").after(b).after(a));
    assert_failed_by(&env, c, a);
    let d = env.submit(job("q").after(b).after(a).array(3));
    assert_failed_by(&env, d, a);
    assert_failed_by(&env, d.member(2), a);
}

#[test]
fn a_failure_runs_through_all_that_follows_and_through_nothing_else() {
    let mut env = bench();
    let a = env.submit(job("q").attempts(2));
    let b = env.submit(job("q").after(a));
    let c = env.submit(job("q").after(b).array(2));
    let d = env.submit(job("q").after(c.member(1)));
    let other = env.submit(job("q"));
    env.exit(a, 1);
    env.assert_all([a, b, c, d], [Starting, Pending, Pending, Pending]);
    env.exit(a, 1);
    for (job, by) in [(b, a), (c, b), (c.member(0), b), (d, c.member(1))] {
        assert_failed_by(&env, job, by);
    }
    env.assert(other, Starting);
}

#[test]
fn a_long_chain_fails_as_one() {
    let mut env = bench();
    let first = env.submit(job("q"));
    let mut last = first;
    for _ in 0..200 {
        last = env.submit(job("q").after(last));
    }
    env.exit(first, 1);
    env.assert(last, Failed);
    assert_eq!(env.core.unfinished(), 0);
}

#[test]
fn a_waiting_job_may_be_cancelled_and_fails_those_that_wait_for_it() {
    let mut env = bench();
    let a = env.submit(job("q"));
    let b = env.submit(job("q").after(a));
    let c = env.submit(job("q").after(b));
    env.cancel(b, "not needed");
    env.assert_failed(b, "not needed");
    assert_failed_by(&env, c, b);
    env.exit(a, 0);
    env.assert(b, Failed);
}

#[test]
fn a_whole_array_is_waited_for() {
    let mut env = bench();
    let a = env.submit(job("q").array(2));
    let (b, c) = (env.submit(job("q").after(a)), env.submit(job("q").after(a).array(3)));
    env.exit(a.member(0), 0);
    env.assert_all([b, c], [Pending, Pending]);
    env.crash();
    env.exit(a.member(1), 0);
    env.assert_all([b, c.member(0), c.member(2)], [Starting, Starting, Starting]);
}

#[test]
fn an_array_that_fails_does_so_when_its_last_child_has_ended() {
    let mut env = bench();
    let a = env.submit(job("q").array(2));
    let b = env.submit(job("q").after(a));
    env.exit(a.member(0), 1);
    env.assert(b, Pending);
    env.exit(a.member(1), 0);
    assert_failed_by(&env, b, a);
}

#[test]
fn one_child_is_waited_for() {
    let mut env = bench();
    env.close("ce");
    let a = env.submit(job("q").array(3));
    let (b, c) = (env.submit(job("q").after(a.member(1))), env.submit(job("q").after(a.member(2))));
    env.open("ce");
    env.exit(a.member(1), 0);
    env.assert_all([b, c], [Starting, Pending]);
    env.terminate(a, "not needed");
    env.exit(a.member(2), 143);
    assert_failed_by(&env, c, a.member(2));
}

#[test]
fn children_wait_for_those_of_the_same_index() {
    let mut env = bench();
    let a = env.submit(job("q").array(3));
    let b = env.submit(job("q").array(3).each_after(a));
    let c = env.submit(job("q").array(3).each_after(b).each_after(a));
    let [b0, b1, b2] = [0, 1, 2].map(|index| b.member(index));
    env.assert_all([b, b0, b1, b2], [Pending; 4]);
    env.exit(a.member(1), 0);
    env.assert_all([b0, b1, b2], [Pending, Starting, Pending]);
    env.assert(c.member(1), Pending);
    env.exit(a.member(2), 1);
    assert_failed_by(&env, b2, a.member(2));
    env.assert(c.member(2), Failed);
    env.crash();
    env.exit(b1, 0);
    env.assert_all([c.member(0), c.member(1)], [Pending, Starting]);
    env.exit(a.member(0), 0);
    env.exit(b0, 0);
    env.assert_all([b, a], [Failed, Failed]);
    env.assert_failed(b, "Array Child Job failed");
    env.assert_all([c.member(0), c], [Starting, Pending]);
}

#[test]
fn children_that_have_ended_already_count() {
    let mut env = bench();
    let a = env.submit(job("q").array(3));
    env.exit(a.member(0), 0);
    env.exit(a.member(1), 1);
    let b = env.submit(job("q").array(3).each_after(a));
    env.assert_all([b.member(0), b.member(2)], [Starting, Pending]);
    assert_failed_by(&env, b.member(1), a.member(1));
    env.exit(a.member(2), 0);
    let c = env.submit(job("q").array(3).each_after(a));
    env.assert_all([b.member(2), c.member(0), c.member(2)], [Starting, Starting, Starting]);
    assert_failed_by(&env, c.member(1), a.member(1));
    env.crash();
    env.exit(c.member(0), 0);
    env.exit(c.member(2), 0);
    env.assert_failed(c, "Array Child Job failed");
}

#[test]
fn a_cancelled_array_fails_those_that_wait_child_by_child() {
    let mut env = bench();
    env.close("ce");
    let a = env.submit(job("q").array(3));
    let b = env.submit(job("q").array(3).each_after(a));
    env.terminate(a, "not needed");
    for index in 0..3 {
        assert_failed_by(&env, b.member(index), a.member(index));
    }
    env.assert_failed(b, "Array Child Job failed");
}

#[test]
fn a_sequence_runs_one_child_at_a_time() {
    let mut env = bench();
    let a = env.submit(job("q").array(3).in_sequence());
    let all = [0, 1, 2].map(|index| a.member(index));
    env.assert_all(all, [Starting, Pending, Pending]);
    env.crash();
    env.exit(a.member(0), 0);
    env.assert_all(all, [Succeeded, Starting, Pending]);
    env.exit(a.member(1), 0);
    env.exit(a.member(2), 0);
    env.assert(a, Succeeded);
}

#[test]
fn a_sequence_ends_with_the_first_that_fails() {
    let mut env = bench();
    let a = env.submit(job("q").array(4).in_sequence().attempts(2));
    env.exit(a.member(0), 0);
    env.exit(a.member(1), 1);
    env.assert(a.member(1), Starting);
    env.exit(a.member(1), 1);
    assert_failed_by(&env, a.member(2), a.member(1));
    assert_failed_by(&env, a.member(3), a.member(1));
    env.assert_failed(a, "Array Child Job failed");
}

#[test]
fn what_follows_a_cancelled_child_of_a_sequence_fails_at_once() {
    let mut env = bench();
    let a = env.submit(job("q").array(6).in_sequence());
    env.cancel(a.member(3), "not this one");
    assert_failed_by(&env, a.member(4), a.member(3));
    assert_failed_by(&env, a.member(5), a.member(3));
    env.assert_all([a.member(0), a.member(1), a.member(2)], [Starting, Pending, Pending]);
    env.crash();
    for index in 0..3 {
        env.exit(a.member(index), 0);
    }
    env.assert_failed(a, "Array Child Job failed");
}

#[test]
fn a_sequence_may_wait_for_other_jobs_too() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q")), env.submit(job("q").array(2)));
    let c = env.submit(job("q").array(2).in_sequence().after(a).each_after(b));
    env.assert_all([c.member(0), c.member(1)], [Pending, Pending]);
    env.exit(b.member(0), 0);
    env.crash();
    env.exit(a, 0);
    env.assert_all([c.member(0), c.member(1)], [Starting, Pending]);
    env.exit(c.member(0), 0);
    env.assert(c.member(1), Pending);
    env.exit(b.member(1), 0);
    env.assert(c.member(1), Starting);
}

#[test]
fn a_sequence_of_which_a_child_depends_on_a_failed_one_ends_there() {
    let mut env = bench();
    let b = env.submit(job("q").array(3));
    env.exit(b.member(0), 1);
    let c = env.submit(job("q").array(3).in_sequence().each_after(b));
    assert_failed_by(&env, c.member(0), b.member(0));
    assert_failed_by(&env, c.member(1), c.member(0));
    env.assert_failed(c, "Array Child Job failed");
}
