//! Attempts after the first. Which failures are retried at all is tested beside `Retry`.

use super::bench::*;

fn bench() -> Bench {
    Bench::new().environment("ce", 1).queue("q", 1, ["ce"])
}

/// How many attempts the job has had when it starts and ends with each of these codes in turn.
fn attempts_of(ask: Ask, codes: &[i32]) -> u32 {
    let mut env = bench();
    let a = env.submit(ask);
    for code in codes {
        env.start(a);
        env.exit(a, *code);
    }
    env.attempts(a)
}

#[test]
fn a_failed_attempt_is_followed_by_another() {
    let mut env = bench();
    let a = env.submit(job("q").attempts(2));
    env.start(a);
    env.exit(a, 1);
    env.expect([
        env.ended(attempt(a, 1), Some(1), EXITED),
        Effect::Position { job: a, position: -1 },
        env.status(a, Runnable),
        settle(attempt(a, 1)),
        env.status(a, Starting),
        env.placed(attempt(a, 2), "ce"),
        env.launch(attempt(a, 2), "ce"),
    ]);
    env.start(a);
    env.exit(a, 0);
    env.assert(a, Succeeded);
}

#[test]
fn there_are_as_many_attempts_as_asked_for() {
    for most in 1..=10 {
        let mut env = bench();
        let a = env.submit(job("q").attempts(most));
        for number in 1..=most {
            env.assert(a, Starting);
            assert_eq!(env.present(a), attempt(a, number));
            env.start(a);
            env.exit(a, 1);
        }
        env.assert_failed(a, EXITED);
    }
}

#[test]
fn success_ends_the_row_of_attempts() {
    assert_eq!(attempts_of(job("q").attempts(10), &[1, 1, 0]), 3);
}

#[test]
fn a_retried_job_goes_to_the_head_of_its_queue() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q").attempts(3)), env.submit(job("q")));
    env.start(a);
    env.exit(a, 1);
    env.assert_all([a, b], [Starting, Runnable]);
    env.close("ce");
    env.exit(a, 1);
    env.assert_all([a, b], [Runnable, Runnable]);
    env.open("ce");
    env.assert_all([a, b], [Starting, Runnable]);
}

#[test]
fn retried_jobs_have_places_of_their_own() {
    let mut env = Bench::new().environment("ce", 3).queue("q", 1, ["ce"]);
    let jobs = [(); 3].map(|()| env.submit(job("q").attempts(3)));
    let fresh = env.submit(job("q"));
    env.close("ce");
    for key in jobs {
        env.exit(key, 1);
    }
    env.assert_all(jobs, [Runnable; 3]);
    env.open("ce");
    env.assert_all(jobs, [Starting; 3]);
    env.assert(fresh, Runnable);
}

#[test]
fn a_retried_job_may_move_to_another_environment() {
    let mut env = Bench::new().environment("a", 1).environment("b", 1).queue("q", 1, ["a", "b"]);
    let a = env.submit(job("q").attempts(2));
    env.assert_in(a, "a");
    env.close("a");
    env.exit(a, 1);
    env.assert_in(a, "b");
}

#[test]
fn the_head_of_a_queue_is_still_behind_a_higher_queue() {
    let mut env = bench().queue("high", 9, ["ce"]);
    let (a, high) = (env.submit(job("q").attempts(2)), env.submit(job("high")));
    env.exit(a, 1);
    env.assert_all([a, high], [Runnable, Starting]);
}

#[test]
fn an_attempt_that_could_not_start_counts() {
    let mut env = bench();
    let a = env.submit(job("q").attempts(2));
    env.not_started(a, "image not found");
    env.assert(a, Starting);
    assert_eq!(env.attempts(a), 2);
    env.not_started(a, "image not found");
    env.assert_failed(a, NOT_STARTED);
}

#[test]
fn a_lost_attempt_counts() {
    let mut env = bench();
    let a = env.submit(job("q").attempts(2));
    env.start(a);
    env.lost(a);
    assert_eq!(env.attempts(a), 2);
    env.start(a);
    env.unknown(a);
    env.assert_failed(a, HOST_LOST);
}

#[test]
fn a_launch_that_is_repeated_does_not_count() {
    let mut env = bench();
    let a = env.submit(job("q").attempts(2));
    env.unknown(a);
    env.unknown(a);
    env.start(a);
    env.exit(a, 1);
    assert_eq!(env.attempts(a), 2);
}

#[test]
fn an_exit_code_may_end_it_early() {
    let ask = job("q").attempts(10).retry_on(On::Code("13*")).exit_on(On::Code("1*"));
    assert_eq!(attempts_of(ask.clone(), &[137, 139, 1]), 3);
    assert_eq!(attempts_of(ask, &[2, 2]), 3, "no match retries");
}

#[test]
fn a_host_that_is_lost_may_be_told_from_a_failure() {
    let ask = job("q").attempts(10).retry_on(On::Status("Host EC2*")).exit_on(On::Reason("*"));
    let mut env = bench();
    let a = env.submit(ask);
    env.start(a);
    env.lost(a);
    assert_eq!(env.attempts(a), 2);
    env.start(a);
    env.exit(a, 1);
    env.assert_failed(a, EXITED);
}

#[test]
fn a_failed_start_may_end_it_early() {
    let mut env = bench();
    let a = env.submit(job("q").attempts(10).exit_on(On::Reason("CannotStartContainerError:*")));
    env.not_started(a, "no such file");
    env.assert_failed(a, NOT_STARTED);
    let b = env.submit(job("q").attempts(10).exit_on(On::Status("Task failed to start")));
    env.not_started(b, "no such file");
    env.assert_failed(b, NOT_STARTED);
}

#[test]
fn retry_never_adds_attempts() {
    assert_eq!(attempts_of(job("q").attempts(2).retry_on(On::Code("*")), &[1, 1]), 2);
    assert_eq!(attempts_of(job("q").retry_on(On::Code("*")), &[1]), 1);
}

#[test]
fn a_time_out_is_not_retried_whatever_the_rules_say() {
    let mut env = bench();
    let a = env.submit(job("q").timeout(60).attempts(10).retry_on(On::Reason("*")));
    env.start(a);
    env.after(60_000);
    env.exit(a, 143);
    env.assert_failed(a, TIMED_OUT);
}
