//! The engine dies in every state of a job, and another one goes on from what is stored.

use super::bench::*;

fn bench() -> Bench {
    Bench::new().host(4, 1000).environment("ce", 2).queue("q", 1, ["ce"])
}

#[test]
fn waiting_jobs_keep_their_order() {
    let mut env = Bench::new().environment("ce", 1).queue("q", 1, ["ce"]);
    let jobs = [(); 4].map(|()| env.submit(job("q").attempts(2)));
    env.close("ce");
    env.exit(jobs[0], 1);
    env.crash();
    env.open("ce");
    for present in jobs {
        env.assert(present, Starting);
        env.start(present);
        env.exit(present, 0);
    }
}

#[test]
fn a_retried_job_finds_a_place_before_those_restored() {
    let mut env = Bench::new().environment("ce", 2).queue("q", 1, ["ce"]);
    let (a, b) = (env.submit(job("q").attempts(2)), env.submit(job("q").attempts(2)));
    env.close("ce");
    env.exit(a, 1);
    env.crash();
    env.exit(b, 1);
    env.assert_all([a, b], [Runnable, Runnable]);
    env.crash();
    env.open("ce");
    env.assert_all([a, b], [Starting, Starting]);
}

#[test]
fn a_waiting_job_starts_when_a_restored_one_ends() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q").vcpus(2)), env.submit(job("q").vcpus(2)));
    env.start(a);
    env.crash();
    env.after(1);
    env.assert_all([a, b], [Running, Runnable]);
    env.exit(a, 0);
    env.assert_all([a, b], [Succeeded, Starting]);
}

#[test]
fn a_larger_host_is_used_in_the_first_round() {
    let mut env = Bench::new().host(4, 1000).unmanaged("ce").queue("q", 1, ["ce"]);
    let (a, b) = (env.submit(job("q").vcpus(4)), env.submit(job("q").vcpus(5)));
    env.assert_all([a, b], [Starting, Runnable]);
    env.host.vcpu_milli = 9000;
    env.crash();
    env.after(0);
    env.assert_all([a, b], [Starting, Starting]);
    env.assert_reason(b, None);
}

#[test]
fn a_job_being_started_is_launched_again_if_nobody_knows_it() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.crash();
    env.unknown(a);
    env.expect([env.launch(attempt(a, 1), "ce")]);
    env.start(a);
    env.exit(a, 0);
    env.assert(a, Succeeded);
}

#[test]
fn a_job_being_started_may_have_started_or_ended() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q")), env.submit(job("q")));
    env.crash();
    env.start(a);
    env.expect([env.started(attempt(a, 1)), env.status(a, Running)]);
    env.exit(b, 0);
    env.assert_all([a, b], [Running, Succeeded]);
}

#[test]
fn a_running_job_goes_on() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.start(a);
    env.crash();
    env.start(a);
    env.expect([]);
    env.exit(a, 0);
    env.assert(a, Succeeded);
}

#[test]
fn a_running_job_that_nobody_knows_is_lost_and_may_be_retried() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q").attempts(2)), env.submit(job("q")));
    env.start(a);
    env.start(b);
    env.crash();
    env.unknown(a);
    env.assert(a, Starting);
    assert_eq!(env.attempts(a), 2);
    env.unknown(b);
    env.assert_failed(b, HOST_LOST);
}

#[test]
fn the_time_out_runs_on() {
    let mut env = bench();
    let a = env.submit(job("q").timeout(60));
    env.start(a);
    env.after(20_000);
    env.crash();
    env.after(39_999);
    env.expect([]);
    env.after(1);
    env.expect([env.stopping(attempt(a, 1), StopCause::TimedOut), sigterm(attempt(a, 1))]);
    env.crash();
    env.exit(a, 143);
    env.assert_failed(a, TIMED_OUT);
}

#[test]
fn a_time_out_that_passed_meanwhile_comes_at_once() {
    let mut env = bench();
    let a = env.submit(job("q").timeout(60));
    env.start(a);
    env.now = env.now.plus_seconds(3600);
    env.crash();
    assert!(env.core.next_wake().is_some_and(|at| at <= env.now));
    env.after(0);
    env.expect([env.stopping(attempt(a, 1), StopCause::TimedOut), sigterm(attempt(a, 1))]);
}

#[test]
fn a_stop_runs_on() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q").attempts(3)), env.submit(job("q").attempts(3)));
    env.start(a);
    env.terminate(a, "not needed");
    env.terminate(b, "nor this");
    env.crash();
    env.terminate(a, "again");
    env.expect([ordered_to_end(a)]);
    env.after(29_999);
    env.expect([]);
    env.after(1);
    env.expect([sigkill(attempt(a, 1)), sigkill(attempt(b, 1))]);
    env.exit(a, 0);
    env.assert_failed(a, "not needed");
    env.unknown(b);
    env.assert_failed(b, "nor this");
}

#[test]
fn a_kill_that_was_sent_may_be_sent_again() {
    let mut env = bench();
    let a = env.submit(job("q"));
    env.start(a);
    env.terminate(a, "not needed");
    env.after(30_000);
    env.expect([sigkill(attempt(a, 1))]);
    env.crash();
    env.after(0);
    env.expect([sigkill(attempt(a, 1))]);
    env.after(30_000);
    env.expect([]);
}

#[test]
fn a_blocked_queue_stays_blocked_and_is_told_when_it_is_not() {
    let mut env = bench().queue("other", 2, ["ce"]);
    env.submit(job("other"));
    let a = env.submit(job("q").vcpus(3));
    env.crash();
    env.after(0);
    env.expect([]);
    env.resize("ce", 3);
    env.expect([Effect::Blocked { job: a, reason: None, at: env.now }]);
}

#[test]
fn a_deleted_queue_is_forgotten_with_its_last_job() {
    let mut env = bench();
    let (a, b) = (env.submit(job("q")), env.submit(job("q").attempts(2)));
    env.start(a);
    env.delete_queue("q", "gone");
    env.crash();
    assert!(env.core.queue(env.q("q")).is_some());
    env.exit(a, 0);
    env.unknown(b);
    env.assert_failed(a, "gone");
    env.assert_failed(b, "gone");
    assert!(env.core.queue(env.q("q")).is_none());
    env.crash();
    assert!(env.core.queue(env.q("q")).is_none());
}

#[test]
fn a_deleted_environment_is_forgotten_with_its_last_job() {
    let mut env = Bench::new().environment("a", 1).environment("b", 1).queue("q", 1, ["a", "b"]);
    let a = env.submit(job("q").attempts(2));
    env.start(a);
    env.put_queue("q", 1, ["b"]);
    env.delete_environment("a");
    env.crash();
    assert!(env.core.environment(env.ce("a")).is_some());
    env.exit(a, 1);
    assert!(env.core.environment(env.ce("a")).is_none());
    env.assert_in(a, "b");
}

#[test]
fn reports_that_were_not_taken_in_come_again() {
    let mut env = bench();
    let a = env.submit(job("q").attempts(2));
    env.start(a);
    env.exit(a, 1);
    // The end is stored, its settling was not carried out.
    env.crash();
    env.report(attempt(a, 1), Report::Exited { code: 1, at: env.now });
    env.expect([settle(attempt(a, 1))]);
    env.assert(a, Starting);
}
