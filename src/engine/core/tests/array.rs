//! Arrays: parents, children, and what the store is told of those that nothing has happened to.

use super::bench::*;

const CHILD_FAILED: &str = "Array Child Job failed";

fn bench() -> Bench {
    Bench::new().environment("ce", 2).queue("q", 1, ["ce"])
}

fn rest(env: &Bench, array: JobKey, status: JobStatus) -> Effect {
    Effect::Rest { array, status, reason: None, ended_by: None, at: env.now }
}

/// Every child that is placed starts and exits with 0.
fn succeed<const N: usize>(env: &mut Bench, children: [JobKey; N]) {
    for child in children {
        env.start(child);
        env.exit(child, 0);
    }
}

#[test]
fn an_array_is_pending_until_its_last_child_has_ended() {
    let mut env = bench();
    let a = env.submit(job("q").array(3));
    let [zero, one, two] = [0, 1, 2].map(|index| a.member(index));
    env.assert_all([a, zero, one, two], [Pending, Starting, Starting, Runnable]);
    succeed(&mut env, [one]);
    env.assert_all([a, zero, one, two], [Pending, Starting, Succeeded, Starting]);
    succeed(&mut env, [zero, two]);
    env.assert(a, Succeeded);
    env.assert_reason(a, None);
    assert_eq!(env.core.unfinished(), 0);
}

#[test]
fn children_that_wait_are_one_fact() {
    let mut env = bench();
    let a = env.submit(job("q").array(1000).vcpus(2));
    let first = a.member(0);
    env.expect([
        env.status(a, Pending),
        rest(&env, a, Runnable),
        Effect::Made { job: first, parent: a },
        env.status(first, Starting),
        env.placed(attempt(first, 1), "ce"),
        env.launch(attempt(first, 1), "ce"),
    ]);
    env.terminate(a, "enough");
    assert_eq!(env.effects.len(), 5, "{:?}", env.effects);
    env.assert_failed(a.member(999), "enough");
}

#[test]
fn children_stand_in_the_queue_where_their_array_was_submitted() {
    let mut env = bench();
    let (before, a, after) =
        (env.submit(job("q").vcpus(2)), env.submit(job("q").array(2)), env.submit(job("q")));
    env.exit(before, 0);
    env.assert_all([a.member(0), a.member(1), after], [Starting, Starting, Runnable]);
}

#[test]
fn an_array_fails_when_its_last_child_has_ended_if_any_has_failed() {
    let mut env = bench();
    let a = env.submit(job("q").array(3));
    env.exit(a.member(0), 1);
    env.assert_all([a, a.member(0)], [Pending, Failed]);
    succeed(&mut env, [a.member(1), a.member(2)]);
    env.assert_failed(a, CHILD_FAILED);
    env.assert_all([a.member(1), a.member(2)], [Succeeded, Succeeded]);
}

#[test]
fn each_child_is_retried_by_itself() {
    let mut env = bench();
    let a = env.submit(job("q").array(3).attempts(2));
    env.exit(a.member(0), 1);
    assert_eq!(env.present(a.member(0)), attempt(a.member(0), 2));
    env.assert(a.member(2), Runnable);
    succeed(&mut env, [a.member(0), a.member(1), a.member(2)]);
    env.assert(a, Succeeded);
}

#[test]
fn each_child_has_a_time_out_of_its_own() {
    let mut env = bench();
    let a = env.submit(job("q").array(2).timeout(60));
    env.start(a.member(0));
    env.after(30_000);
    env.start(a.member(1));
    env.after(30_000);
    env.expect([
        env.stopping(attempt(a.member(0), 1), StopCause::TimedOut),
        sigterm(attempt(a.member(0), 1)),
    ]);
    env.exit(a.member(0), 143);
    env.assert_failed(a.member(0), "Job attempt duration exceeded timeout");
    env.assert(a.member(1), Running);
}

#[test]
fn cancel_of_an_array_spares_what_is_placed() {
    let mut env = bench();
    let a = env.submit(job("q").array(5).attempts(3));
    env.start(a.member(0));
    env.cancel(a, "not needed");
    env.assert_all([a, a.member(0), a.member(1)], [Pending, Running, Starting]);
    for index in 2..5 {
        env.assert_failed(a.member(index), "not needed");
    }
    succeed(&mut env, [a.member(0), a.member(1)]);
    env.assert_all([a.member(0), a.member(1)], [Succeeded, Succeeded]);
    env.assert_failed(a, "not needed");
}

#[test]
fn cancel_of_an_array_reaches_a_child_that_waits_for_another_attempt() {
    let mut env = bench();
    let a = env.submit(job("q").array(2).attempts(3));
    env.close("ce");
    env.exit(a.member(0), 1);
    env.assert(a.member(0), Runnable);
    env.cancel(a, "not needed");
    env.assert_failed(a.member(0), "not needed");
    env.assert(a.member(1), Starting);
}

#[test]
fn terminate_of_an_array_stops_all_of_it() {
    let mut env = bench();
    let a = env.submit(job("q").array(3).attempts(3));
    env.start(a.member(0));
    env.terminate(a, "not needed");
    for index in [0, 1] {
        assert!(env.effects.contains(&sigterm(attempt(a.member(index), 1))), "{index}");
    }
    env.assert_failed(a.member(2), "not needed");
    env.assert(a, Pending);
    env.exit(a.member(0), 0);
    env.crash();
    env.unknown(a.member(1));
    env.assert_failed(a.member(0), "not needed");
    env.assert_failed(a.member(1), "not needed");
    env.assert_failed(a, "not needed");
}

#[test]
fn the_end_of_one_child_from_outside_leaves_the_others_alone() {
    let mut env = bench();
    let a = env.submit(job("q").array(5));
    env.cancel(a.member(3), "not this one");
    env.cancel(a.member(0), "too late");
    env.terminate(a.member(1), "nor this");
    env.exit(a.member(1), 143);
    env.assert_failed(a.member(3), "not this one");
    env.assert_failed(a.member(1), "nor this");
    env.assert_all([a.member(0), a.member(2), a.member(4)], [Starting, Starting, Runnable]);
    succeed(&mut env, [a.member(0), a.member(2), a.member(4)]);
    env.assert_failed(a, CHILD_FAILED);
}

#[test]
fn the_first_words_for_an_array_stand() {
    let mut env = bench();
    let a = env.submit(job("q").array(4));
    env.cancel(a, "first");
    env.terminate(a, "second");
    env.crash();
    for index in [0, 1] {
        env.exit(a.member(index), 143);
        env.assert_failed(a.member(index), "second");
    }
    env.assert_failed(a.member(2), "first");
    env.assert_failed(a, "first");
}

#[test]
fn an_array_ends_when_the_last_of_its_children_ended_not_when_that_was_told() {
    let mut env = bench();
    let a = env.submit(job("q").array(2));
    env.start(a.member(0));
    env.start(a.member(1));
    let earlier = env.now;
    env.after(60_000);
    env.exit(a.member(0), 0);
    let last = env.now;
    env.report(attempt(a.member(1), 1), Report::Exited { code: 0, at: earlier });
    assert_eq!(env.store.jobs[&a].stopped_at, Some(last));
}

#[test]
fn an_array_goes_on_after_a_crash() {
    let mut env = bench();
    let a = env.submit(job("q").array(5).attempts(2));
    env.start(a.member(0));
    env.exit(a.member(0), 0);
    env.cancel(a.member(3), "not this one");
    env.crash();
    env.start(a.member(1));
    env.exit(a.member(1), 1);
    env.crash();
    succeed(&mut env, [a.member(1), a.member(2), a.member(4)]);
    env.assert_failed(a, CHILD_FAILED);
    assert_eq!(env.attempts(a.member(1)), 2);
}

#[test]
fn a_deleted_queue_takes_its_arrays_with_it() {
    let mut env = bench();
    let a = env.submit(job("q").array(5));
    env.delete_queue("q", "gone");
    env.assert_failed(a.member(4), "gone");
    env.crash();
    env.exit(a.member(0), 143);
    env.exit(a.member(1), 143);
    env.assert_failed(a, "gone");
    assert!(env.core.queue(env.q("q")).is_none());
}

#[test]
fn a_blocked_array_says_so_at_its_first_child() {
    let mut env = bench();
    let a = env.submit(job("q").array(3).vcpus(3));
    let words = env.store.state_of(a.member(0)).1.cloned();
    assert!(
        words.is_some_and(|words| matches!(&words, Reason::Text(it) if it.starts_with("MISCONFIGURATION:")))
    );
    env.assert_reason(a.member(1), None);
    env.crash();
    env.cancel(a.member(0), "too large");
    env.assert_reason(a.member(2), None);
    assert!(env.store.state_of(a.member(1)).1.is_some());
}

#[test]
fn an_array_that_cannot_be_run_fails_with_all_its_children() {
    let mut env = bench();
    let other = env.submit(job("q").array(3));
    let asks = [
        job("q").array(3),
        job("q").array(3).in_sequence(),
        job("q").array(3).after(other),
        job("q").array(3).each_after(other),
    ];
    for ask in asks {
        let a = env.submit_in_vain(ask, "no such thing");
        for key in [a, a.member(0), a.member(1), a.member(2)] {
            env.assert_failed(key, "no such thing");
        }
    }
    let single = env.submit_in_vain(job("q"), "no such thing");
    env.assert_failed(single, "no such thing");
}
