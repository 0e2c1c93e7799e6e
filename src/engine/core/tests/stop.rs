//! CancelJob, TerminateJob and time-outs.

use super::bench::*;

const DAY: i64 = 24 * 60 * 60 * 1000;

fn bench() -> Bench {
    Bench::new().environment("ce", 1).queue("q", 1, ["ce"])
}

#[test]
fn cancel_fails_a_waiting_job() {
    let mut env = bench();
    let (_, b) = (env.submit(job("q")), env.submit(job("q").attempts(10)));
    env.cancel(b, "changed my mind");
    env.expect([cancelled(b), env.because(b, Failed, "changed my mind")]);
    assert_eq!(env.attempts(b), 0);
}

#[test]
fn cancel_leaves_a_placed_job_alone() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.cancel(a, "too late");
    env.expect([]);
    env.start(a);
    env.cancel(a, "too late");
    env.expect([]);
    env.exit(a, 0);
    env.assert(a, Succeeded);
    env.cancel(a, "much too late");
    env.expect([]);
}

#[test]
fn cancel_fails_a_job_that_waits_for_another_attempt() {
    let mut env = bench();
    let a = env.submit(job("q").attempts(5));
    env.start(a);
    env.close("ce");
    env.exit(a, 1);
    env.assert(a, Runnable);
    env.cancel(a, "enough");
    env.assert_failed(a, "enough");
    assert_eq!(env.attempts(a), 1);
}

#[test]
fn terminate_fails_a_waiting_job_at_once() {
    let mut env = bench();
    let (_, b) = (env.submit(job("q")), env.submit(job("q").attempts(10)));
    env.terminate(b, "not needed");
    env.expect([ordered_to_end(b), env.because(b, Failed, "not needed")]);
}

#[test]
fn terminate_stops_a_job_that_is_being_started() {
    let mut env = bench();
    let a = env.submit(job("q").attempts(10));
    env.terminate(a, "not needed");
    env.expect([
        ordered_to_end(a),
        env.stopping(attempt(a, 1), terminated("not needed")),
        sigterm(attempt(a, 1)),
    ]);
    // The start was under way and may still be told.
    env.start(a);
    env.assert(a, Running);
    env.exit(a, 143);
    env.expect([
        env.ended(attempt(a, 1), Some(143), "not needed"),
        env.because(a, Failed, "not needed"),
        settle(attempt(a, 1)),
    ]);
}

#[test]
fn terminate_holds_even_if_the_job_never_starts() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q").attempts(10)), env.submit(job("q").attempts(10)));
    env.terminate(a, "not needed");
    env.not_started(a, "no such file");
    env.assert_failed(a, "not needed");
    env.terminate(b, "nor this");
    env.unknown(b);
    env.assert_failed(b, "nor this");
}

#[test]
fn terminate_stops_a_running_job() {
    let mut env = bench();
    let a = env.submit(job("q").attempts(10));
    env.start(a);
    env.terminate(a, "not needed");
    env.expect([
        ordered_to_end(a),
        env.stopping(attempt(a, 1), terminated("not needed")),
        sigterm(attempt(a, 1)),
    ]);
    env.assert(a, Running);
    env.assert_reason(a, None);
    env.exit(a, 143);
    env.assert_failed(a, "not needed");
    assert_eq!(env.attempts(a), 1, "it is not retried");
}

#[test]
fn its_room_is_free_only_when_it_has_ended() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q")), env.submit(job("q")));
    env.start(a);
    env.terminate(a, "");
    env.assert(b, Runnable);
    env.after(30_000);
    env.assert(b, Runnable);
    env.exit(a, 137);
    env.assert(b, Starting);
}

#[test]
fn sigkill_comes_after_exactly_30_seconds() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.start(a);
    env.terminate(a, "not needed");
    assert_eq!(env.core.next_wake(), Some(env.now.plus_seconds(30)));
    env.after(29_999);
    env.expect([]);
    env.after(1);
    env.expect([sigkill(attempt(a, 1))]);
    env.after(DAY);
    env.expect([]);
    env.exit(a, 137);
    env.assert_failed(a, "not needed");
}

#[test]
fn no_sigkill_follows_an_end_in_time() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.start(a);
    env.terminate(a, "not needed");
    env.after(29_999);
    env.exit(a, 143);
    env.after(DAY);
    env.expect([]);
    assert_eq!(env.core.next_wake(), None);
}

#[test]
fn the_first_reason_stands() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.start(a);
    env.terminate(a, "first");
    env.after(10_000);
    for call in ["second", "third"] {
        env.terminate(a, call);
        env.expect([ordered_to_end(a)]);
    }
    env.delete_queue("q", "fourth");
    env.expect([ordered_to_end(a)]);
    env.after(20_000);
    env.expect([sigkill(attempt(a, 1))]);
    env.exit(a, 137);
    env.assert_failed(a, "first");
}

#[test]
fn exit_code_0_does_not_save_a_terminated_job() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.start(a);
    env.terminate(a, "not needed");
    env.exit(a, 0);
    env.expect([
        env.ended(attempt(a, 1), Some(0), "not needed"),
        env.because(a, Failed, "not needed"),
        settle(attempt(a, 1)),
    ]);
}

#[test]
fn finished_and_unknown_jobs_cannot_be_stopped() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.exit(a, 0);
    for key in [a, JobKey(99)] {
        env.terminate(key, "late");
        env.expect([]);
        env.cancel(key, "late");
        env.expect([]);
    }
    env.assert(a, Succeeded);
}

// Time-outs.

#[test]
fn a_job_may_run_until_its_time_is_over_and_no_longer() {
    let mut env = bench();
    let a = env.submit(job("q").timeout(60).attempts(10));
    env.start(a);
    env.after(59_999);
    env.expect([]);
    env.after(1);
    env.expect([env.stopping(attempt(a, 1), StopCause::TimedOut), sigterm(attempt(a, 1))]);
    env.after(29_999);
    env.expect([]);
    env.after(1);
    env.expect([sigkill(attempt(a, 1))]);
    env.exit(a, 137);
    env.expect([
        env.ended(attempt(a, 1), Some(137), TIMED_OUT),
        env.because(a, Failed, TIMED_OUT),
        settle(attempt(a, 1)),
    ]);
    assert_eq!(env.attempts(a), 1, "it is not retried");
}

#[test]
fn only_the_time_since_the_start_counts() {
    let mut env = bench();
    let (first, a) = (env.submit(job("q")), env.submit(job("q").timeout(60)));
    env.after(DAY);
    env.exit(first, 0);
    env.assert(a, Starting);
    env.after(DAY);
    env.expect([]);
    env.start(a);
    env.after(59_999);
    env.expect([]);
    env.after(1);
    env.expect([env.stopping(attempt(a, 1), StopCause::TimedOut), sigterm(attempt(a, 1))]);
}

#[test]
fn the_start_is_when_the_executor_says_it_was() {
    let mut env = bench();
    let a = env.submit(job("q").timeout(60));
    let at = env.now;
    env.after(45_000);
    env.report(attempt(a, 1), Report::Started { at });
    env.after(15_000);
    env.expect([env.stopping(attempt(a, 1), StopCause::TimedOut), sigterm(attempt(a, 1))]);
}

#[test]
fn a_wake_that_comes_late_gives_the_whole_grace() {
    let mut env = bench();
    let a = env.submit(job("q").timeout(60));
    env.start(a);
    env.after(DAY);
    env.expect([env.stopping(attempt(a, 1), StopCause::TimedOut), sigterm(attempt(a, 1))]);
    env.after(29_999);
    env.expect([]);
    env.after(1);
    env.expect([sigkill(attempt(a, 1))]);
}

#[test]
fn exit_code_0_after_the_time_is_over_is_a_failure() {
    let mut env = bench();
    let a = env.submit(job("q").timeout(60));
    env.start(a);
    env.after(60_000);
    env.exit(a, 0);
    env.assert_failed(a, TIMED_OUT);
}

#[test]
fn a_new_attempt_has_the_whole_time() {
    let mut env = bench();
    let a = env.submit(job("q").timeout(60).attempts(2));
    env.start(a);
    env.after(50_000);
    env.exit(a, 1);
    env.start(a);
    env.after(59_999);
    env.expect([]);
    env.after(1);
    env.expect([env.stopping(attempt(a, 2), StopCause::TimedOut), sigterm(attempt(a, 2))]);
}

#[test]
fn the_first_of_time_out_and_terminate_stands() {
    let mut env = Bench::new().environment("ce", 2).queue("q", 1, ["ce"]);
    let (a, b) = (env.submit(job("q").timeout(60)), env.submit(job("q").timeout(60)));
    env.start(a);
    env.start(b);
    env.after(59_000);
    env.terminate(b, "not needed");
    env.after(1000);
    env.expect([env.stopping(attempt(a, 1), StopCause::TimedOut), sigterm(attempt(a, 1))]);
    env.terminate(a, "late");
    env.expect([ordered_to_end(a)]);
    env.after(29_000);
    env.expect([sigkill(attempt(b, 1))]);
    env.exit(a, 137);
    env.exit(b, 137);
    env.assert_failed(a, TIMED_OUT);
    env.assert_failed(b, "not needed");
}

#[test]
fn those_that_started_first_time_out_first() {
    let mut env = Bench::new().environment("ce", 3).queue("q", 1, ["ce"]);
    let [a, b, c] = [(); 3].map(|()| env.submit(job("q").timeout(60)));
    for present in [c, a, b] {
        env.start(present);
        env.after(1);
    }
    env.after(60_000);
    let sent: Vec<_> =
        env.effects.iter().filter(|effect| matches!(effect, Effect::Signal { .. })).cloned().collect();
    assert_eq!(sent, [c, a, b].map(|key| sigterm(attempt(key, 1))));
}

#[test]
fn there_is_no_longest_time_out() {
    let mut env = bench();
    let a = env.submit(job("q").timeout(i64::MAX));
    env.start(a);
    env.after(1000 * DAY);
    env.expect([]);
    env.assert(a, Running);
}

#[test]
fn without_a_time_out_nothing_is_timed() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.start(a);
    assert_eq!(env.core.next_wake(), None);
    env.after(1000 * DAY);
    env.expect([]);
}
