//! The life of a job, and what its executor says about it.

use super::bench::*;

fn bench() -> Bench {
    Bench::new().host(4, 1000).environment("ce", 2).queue("q", 1, ["ce"])
}

#[test]
fn a_job_goes_from_runnable_to_succeeded() {
    let mut env = bench();
    let a = env.submit(job("q"));
    let one = attempt(a, 1);
    // Every durable effect stands before the launch, so that no process runs that the store does not know.
    env.expect([
        env.status(a, Runnable),
        env.status(a, Starting),
        env.placed(one, "ce"),
        env.launch(one, "ce"),
    ]);
    env.start(a);
    env.expect([env.started(one), env.status(a, Running)]);
    env.exit(a, 0);
    env.expect([env.ended(one, Some(0), EXITED), env.because(a, Succeeded, EXITED), settle(one)]);
    assert_eq!(env.core.unfinished(), 0, "finished jobs leave the core");
}

#[test]
fn a_job_without_room_stays_runnable() {
    let mut env = bench();
    let a = env.submit(job("q").vcpus(2));
    let b = env.submit(job("q"));
    env.expect([env.status(b, Runnable)]);
    env.assert_all([a, b], [Starting, Runnable]);
    env.after(1_000_000_000);
    env.expect([]);
}

#[test]
fn the_job_that_ends_is_told_before_the_one_that_follows() {
    let mut env = bench();
    let a = env.submit(job("q").vcpus(2));
    let b = env.submit(job("q"));
    env.start(a);
    env.exit(a, 0);
    env.expect([
        env.ended(attempt(a, 1), Some(0), EXITED),
        env.because(a, Succeeded, EXITED),
        settle(attempt(a, 1)),
        env.status(b, Starting),
        env.placed(attempt(b, 1), "ce"),
        env.launch(attempt(b, 1), "ce"),
    ]);
}

#[test]
fn any_other_exit_code_is_a_failure() {
    for code in [1, 137, 255, -1] {
        let mut env = bench();
        let a = env.submit(job("q"));
        env.start(a);
        env.exit(a, code);
        env.expect([
            env.ended(attempt(a, 1), Some(code), EXITED),
            env.because(a, Failed, EXITED),
            settle(attempt(a, 1)),
        ]);
    }
}

#[test]
fn the_end_is_dated_by_the_executor() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.start(a);
    let earlier = env.now;
    env.after(5000);
    env.report(attempt(a, 1), Report::Exited { code: 0, at: earlier });
    env.now = earlier;
    env.expect([
        env.ended(attempt(a, 1), Some(0), EXITED),
        env.because(a, Succeeded, EXITED),
        settle(attempt(a, 1)),
    ]);
}

#[test]
fn an_end_may_come_without_a_start() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q")), env.submit(job("q")));
    env.exit(a, 0);
    env.exit(b, 3);
    env.assert_all([a, b], [Succeeded, Failed]);
}

#[test]
fn what_cannot_start_fails_with_the_cause() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.not_started(a, "no such file: /bin/nope");
    let outcome = Outcome {
        code: None,
        reason: NOT_STARTED.into(),
        container_reason: Some("CannotStartContainerError: no such file: /bin/nope".into()),
    };
    env.expect([
        Effect::AttemptEnded { attempt: attempt(a, 1), outcome, at: env.now },
        env.because(a, Failed, NOT_STARTED),
        settle(attempt(a, 1)),
    ]);
}

#[test]
fn what_is_lost_fails_like_a_job_of_a_lost_host() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q")), env.submit(job("q")));
    env.start(a);
    env.lost(a);
    env.expect([
        env.ended(attempt(a, 1), None, HOST_LOST),
        env.because(a, Failed, HOST_LOST),
        settle(attempt(a, 1)),
    ]);
    env.lost(b);
    env.assert_failed(b, HOST_LOST);
}

#[test]
fn a_start_told_twice_changes_nothing() {
    let mut env = bench();
    let a = env.submit(job("q").timeout(60));
    env.start(a);
    env.after(59_000);
    env.start(a);
    env.expect([]);
    env.after(1000);
    env.expect([env.stopping(attempt(a, 1), StopCause::TimedOut), sigterm(attempt(a, 1))]);
}

#[test]
fn an_end_told_twice_is_settled_and_changes_nothing() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.start(a);
    env.exit(a, 0);
    let late = [
        Report::Exited { code: 1, at: env.now },
        Report::NotStarted { reason: "late".into(), permanent: false, at: env.now },
        Report::Lost { at: env.now },
    ];
    for report in late {
        env.report(attempt(a, 1), report);
        env.expect([settle(attempt(a, 1))]);
    }
    for report in [Report::Started { at: env.now }, Report::Unknown] {
        env.report(attempt(a, 1), report);
        env.expect([]);
    }
    env.assert(a, Succeeded);
}

#[test]
fn an_earlier_attempt_says_nothing_about_the_present_one() {
    let mut env = bench();
    let a = env.submit(job("q").attempts(3));
    env.start(a);
    env.exit(a, 1);
    assert_eq!(env.present(a), attempt(a, 2));
    env.report(attempt(a, 1), Report::Started { at: env.now });
    env.expect([]);
    env.report(attempt(a, 1), Report::Unknown);
    env.expect([]);
    env.report(attempt(a, 1), Report::Exited { code: 0, at: env.now });
    env.expect([settle(attempt(a, 1))]);
    env.assert(a, Starting);
    env.start(a);
    env.report(attempt(a, 1), Report::Lost { at: env.now });
    env.expect([settle(attempt(a, 1))]);
    env.assert(a, Running);
}

#[test]
fn an_attempt_nobody_knows_is_settled() {
    let mut env = bench();
    let (nobody, a) = (attempt(JobKey(99), 1), env.submit(job("q")));
    env.report(nobody, Report::Exited { code: 0, at: env.now });
    env.expect([settle(nobody)]);
    env.report(attempt(a, 2), Report::Exited { code: 0, at: env.now });
    env.expect([settle(attempt(a, 2))]);
    env.assert(a, Starting);
}

#[test]
fn a_report_about_a_waiting_job_is_late() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q").attempts(2)), env.submit(job("q").vcpus(1)));
    env.start(a);
    env.resize("ce", 1);
    env.exit(a, 1);
    env.assert_all([a, b], [Runnable, Starting]);
    env.report(attempt(a, 1), Report::Exited { code: 1, at: env.now });
    env.expect([settle(attempt(a, 1))]);
    env.report(attempt(a, 1), Report::Started { at: env.now });
    env.expect([]);
    env.assert(a, Runnable);
}

#[test]
fn a_launch_that_never_arrived_is_repeated() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.unknown(a);
    env.expect([env.launch(attempt(a, 1), "ce")]);
    env.start(a);
    env.exit(a, 0);
    env.assert(a, Succeeded);
    assert_eq!(env.attempts(a), 1);
}

#[test]
fn what_ran_and_is_unknown_is_lost() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.start(a);
    env.unknown(a);
    // There is nothing that the executor would have to forget.
    env.expect([env.ended(attempt(a, 1), None, HOST_LOST), env.because(a, Failed, HOST_LOST)]);
}
