//! Compute environments: how many vCPUs they have, and what happens to jobs whose hosts are replaced.

use super::bench::*;

/// An environment `ce` of 8 vCPUs that scales, on a host of 4.
fn bench(min: u64, asked: u64) -> Bench {
    let mut env = Bench::new().host(4, 1000).environment("ce", 8).queue("q", 1, ["ce"]);
    env.put_scale("ce", min, asked);
    env
}

fn desired(env: &Bench, environment: &str) -> u64 {
    env.store.environments[&env.ce(environment)].desired
}

// How many vCPUs an environment has.

/// OPS-034, CEQ-080: it keeps minvCpus whatever the demand.
#[test]
fn without_jobs_it_has_its_minimum() {
    let mut env = bench(2, 0);
    assert_eq!(desired(&env, "ce"), 2);
    let a = env.submit(job("q"));
    assert_eq!(desired(&env, "ce"), 2);
    env.exit(a, 0);
    assert_eq!(desired(&env, "ce"), 2);
    env.put_scale("ce", 3, 0);
    assert_eq!(desired(&env, "ce"), 3);
    env.put_scale("ce", 0, 0);
    assert_eq!(desired(&env, "ce"), 0);
}

/// CEQ-079, OPS-035: it starts with what it was asked to have, and falls to minvCpus with the demand.
#[test]
fn what_it_was_asked_to_have_lasts_until_a_job_has_ended() {
    let mut env = bench(1, 5);
    assert_eq!(desired(&env, "ce"), 5);
    let a = env.submit(job("q").vcpus(2));
    assert_eq!(desired(&env, "ce"), 5);
    env.exit(a, 0);
    assert_eq!(desired(&env, "ce"), 1);
    env.crash();
    env.after(0);
    env.put_scale("ce", 1, 5);
    assert_eq!(desired(&env, "ce"), 1, "nothing else was asked");
    env.put_scale("ce", 1, 6);
    env.crash();
    env.after(0);
    assert_eq!(desired(&env, "ce"), 6);
}

/// CEQ-079, OPS-035: what runs and what waits, at once, and rounded up to whole vCPUs.
#[test]
fn it_follows_the_demand() {
    let mut env = bench(0, 0);
    let a = env.submit(job("q").milli(250));
    env.expect([
        env.status(a, Runnable),
        env.status(a, Starting),
        env.placed(attempt(a, 1), "ce"),
        env.launch(attempt(a, 1), "ce"),
        Effect::Desired { environment: env.ce("ce"), vcpus: 1 },
    ]);
    let b = env.submit(job("q").vcpus(4));
    let c = env.submit(job("q").milli(500));
    env.assert_all([a, b, c], [Starting, Runnable, Runnable]);
    assert_eq!(desired(&env, "ce"), 5);
    env.cancel(b, "not needed");
    assert_eq!(desired(&env, "ce"), 1);
    env.exit(a, 1);
    env.exit(c, 0);
    assert_eq!(desired(&env, "ce"), 0);
}

/// CEQ-080, OPS-036: it never has more than maxvCpus, however many wait; each that ends makes room for the next.
#[test]
fn it_has_no_more_than_its_maximum() {
    let mut env = bench(0, 0);
    let a = env.submit(job("q").array(10));
    assert_eq!(desired(&env, "ce"), 8);
    for index in 0..2 {
        env.exit(a.member(index), 0);
        assert_eq!(desired(&env, "ce"), 8);
    }
    env.exit(a.member(2), 0);
    assert_eq!(desired(&env, "ce"), 7);
    env.resize("ce", 3);
    assert_eq!(desired(&env, "ce"), 3);
    env.put_scale("ce", 9, 9);
    assert_eq!(desired(&env, "ce"), 3);
}

/// CEQ-079: a job that waits for another is no demand yet.
#[test]
fn pending_jobs_are_no_demand() {
    let mut env = bench(0, 0);
    let a = env.submit(job("q"));
    env.submit(job("q").vcpus(4).after(a));
    assert_eq!(desired(&env, "ce"), 1);
    env.exit(a, 0);
    assert_eq!(desired(&env, "ce"), 4);
}

/// CEQ-079, OPS-035: it is what it was after a crash.
#[test]
fn it_is_the_same_after_a_crash() {
    let mut env = bench(1, 3);
    let a = env.submit(job("q").vcpus(4));
    let b = env.submit(job("q").vcpus(2));
    env.crash();
    assert_eq!(env.core.environment(env.ce("ce")).unwrap().desired, 6);
    env.exit(a, 0);
    assert_eq!(desired(&env, "ce"), 2);
    env.crash();
    env.exit(b, 0);
    assert_eq!(desired(&env, "ce"), 1);
}

/// A queue on two environments that scale, of 2 and 8 vCPUs.
fn two() -> Bench {
    let mut env =
        Bench::new().host(4, 1000).environment("a", 2).environment("b", 8).queue("q", 1, ["a", "b"]);
    env.put_scale("a", 0, 0);
    env.put_scale("b", 0, 0);
    env
}

/// CEQ-033, CEQ-079: what the first does not take is asked of the next.
#[test]
fn demand_spills_over_to_the_next_environment() {
    let mut env = two();
    let a = env.submit(job("q").array(7));
    assert_eq!(["a", "b"].map(|name| desired(&env, name)), [2, 5]);
    env.cancel(a, "not needed");
    assert_eq!(["a", "b"].map(|name| desired(&env, name)), [2, 2]);
}

/// CEQ-079: a job is asked only of environments that could have it.
#[test]
fn a_job_that_is_too_large_for_the_first_is_asked_of_the_next() {
    let mut env = two();
    env.submit(job("q").vcpus(3));
    let b = env.submit(job("q").vcpus(3));
    env.assert(b, Runnable);
    assert_eq!(["a", "b"].map(|name| desired(&env, name)), [0, 6]);
    env.submit(job("q"));
    assert_eq!(["a", "b"].map(|name| desired(&env, name)), [1, 6]);
}

/// CEQ-079: the nodes of a job are not asked of an environment that does not take such jobs.
#[test]
fn nodes_are_asked_of_environments_that_take_them() {
    let mut env = two();
    env.change("a", |settings| settings.takes_nodes = false);
    env.submit(job("q").vcpus(4));
    env.submit(job("q").nodes(0, 2));
    assert_eq!(["a", "b"].map(|name| desired(&env, name)), [0, 6]);
}

/// CEQ-079: nothing is started for a job that no environment can have.
#[test]
fn jobs_that_fit_nowhere_are_no_demand() {
    for ask in [job("q").vcpus(9), job("q").vcpus(5), job("q").memory(1001), job("q").gpus(1)] {
        let mut env = two();
        let a = env.submit(ask.clone().array(2));
        assert!(env.store.state_of(a.member(0)).1.is_some());
        assert_eq!(["a", "b"].map(|name| desired(&env, name)), [0, 0], "{:?}", env.core.host());
        // What is behind it would have a place.
        env.submit(job("q").vcpus(2));
        env.crash();
        env.after(0);
        assert_eq!(["a", "b"].map(|name| desired(&env, name)), [2, 0]);
    }
}

/// CEQ-089, CEQ-090, OPS-172: one that takes no jobs grows for none, and falls as those that it has end.
#[test]
fn what_takes_no_jobs_does_not_grow() {
    let breaks: [fn(&mut EnvironmentSettings); 2] =
        [|settings| settings.enabled = false, |settings| settings.fault = Some(Fault::Capacity)];
    for how in breaks {
        let mut env = bench(1, 0);
        let (a, b) = (env.submit(job("q").vcpus(3)), env.submit(job("q").vcpus(3)));
        assert_eq!(desired(&env, "ce"), 6);
        env.change("ce", how);
        assert_eq!(desired(&env, "ce"), 3);
        env.exit(a, 0);
        env.assert(b, Runnable);
        assert_eq!(desired(&env, "ce"), 1);
    }
}

/// CEQ-020, CEQ-079: all queues of an environment ask, each for what waits in it.
#[test]
fn every_queue_of_an_environment_asks() {
    let mut env = two().queue("high", 9, ["b"]);
    env.submit(job("q").vcpus(2));
    env.submit(job("high").vcpus(2));
    env.submit(job("q").vcpus(2));
    env.submit(job("high").vcpus(4));
    assert_eq!(["a", "b"].map(|name| desired(&env, name)), [2, 8]);
    env.close("a");
    assert_eq!(["a", "b"].map(|name| desired(&env, name)), [2, 8]);
    env.delete_queue("high", "gone");
    assert_eq!(["a", "b"].map(|name| desired(&env, name)), [2, 4]);
}

/// OPS-211: an environment that loses a queue falls to minvCpus, even if it was asked to have more.
#[test]
fn an_environment_without_queues_falls_to_its_minimum() {
    let mut env = bench(1, 5);
    env.put_queue("q", 1, []);
    assert_eq!(desired(&env, "ce"), 1);
    let mut env = bench(1, 5);
    env.delete_queue("q", "gone");
    assert_eq!(desired(&env, "ce"), 1);
}

/// One that does not scale says nothing of its vCPUs.
#[test]
fn without_scaling_nothing_is_told() {
    let mut env = Bench::new().environment("ce", 8).queue("q", 1, ["ce"]);
    env.submit(job("q").array(10));
    let told = |effect: &Effect| matches!(effect, Effect::Desired { .. });
    assert!(!env.effects.iter().any(told));
}

// Hosts that are replaced.

const AT_ONCE: Option<Replacement> = Some(Replacement { seconds: 0 });
const LATER: Option<Replacement> = Some(Replacement { seconds: 1800 });
const HALF_AN_HOUR: i64 = 1_800_000;

fn replace(env: &mut Bench, replacement: Option<Replacement>) {
    env.replace("ce", replacement, |_| {});
}

fn plain() -> Bench {
    Bench::new().environment("ce", 3).queue("q", 1, ["ce"])
}

/// A job that runs.
fn running(env: &mut Bench, ask: Ask) -> JobKey {
    let job = env.submit(ask);
    env.start(job);
    job
}

fn replaced(env: &Bench) -> Effect {
    Effect::Replaced { environment: env.ce("ce") }
}

fn is_updating(env: &Bench) -> bool {
    let known = env.core.environment(env.ce("ce")).unwrap().is_being_replaced();
    assert_eq!(known, env.store.environments[&env.ce("ce")].updating);
    known
}

/// CEQ-164: hosts without jobs are replaced at once.
#[test]
fn idle_hosts_are_replaced_at_once() {
    for replacement in [AT_ONCE, LATER] {
        let mut env = plain();
        let over = env.submit(job("q"));
        env.exit(over, 0);
        replace(&mut env, replacement);
        env.expect([replaced(&env)]);
        assert!(!is_updating(&env));
    }
}

/// CEQ-164, CEQ-166, CEQ-169: where jobs are terminated on an update, they are stopped at once and have failed.
#[test]
fn jobs_are_stopped_at_once() {
    let mut env = plain();
    let a = running(&mut env, job("q"));
    let b = env.submit(job("q"));
    replace(&mut env, AT_ONCE);
    let (of_a, of_b) = (attempt(a, 1), attempt(b, 1));
    env.expect([
        Effect::AttemptLeaves { attempt: of_a, at: env.now },
        env.stopping(of_a, StopCause::Replaced),
        sigterm(of_a),
        Effect::AttemptLeaves { attempt: of_b, at: env.now },
        env.stopping(of_b, StopCause::Replaced),
        sigterm(of_b),
    ]);
    env.after(30_000);
    env.expect([sigkill(of_a), sigkill(of_b)]);
    env.exit(a, 137);
    env.assert_failed(a, HOST_LOST);
    assert!(is_updating(&env));
    env.exit(b, 0);
    env.expect([
        env.ended(of_b, Some(0), HOST_LOST),
        replaced(&env),
        env.because(b, Failed, HOST_LOST),
        settle(of_b),
    ]);
    assert!(!is_updating(&env));
}

/// CEQ-164, CEQ-167: else they have their time, and those that end in it are not touched.
#[test]
fn jobs_have_their_time() {
    let mut env = plain();
    let (a, b) = (running(&mut env, job("q")), running(&mut env, job("q")));
    env.after(5000);
    replace(&mut env, LATER);
    assert!(is_updating(&env));
    env.after(HALF_AN_HOUR - 1);
    env.expect([]);
    env.exit(a, 0);
    env.assert(a, Succeeded);
    assert!(is_updating(&env));
    env.after(1);
    env.expect([env.stopping(attempt(b, 1), StopCause::Replaced), sigterm(attempt(b, 1))]);
    env.exit(b, 143);
    env.assert_failed(b, HOST_LOST);
    assert!(!is_updating(&env));
    assert_eq!(env.core.next_wake(), None);
}

/// CEQ-164: the environment takes jobs meanwhile, and their hosts are new.
#[test]
fn new_jobs_run_on_new_hosts() {
    let mut env = plain();
    let old = running(&mut env, job("q"));
    replace(&mut env, LATER);
    let new = running(&mut env, job("q"));
    env.crash();
    env.after(HALF_AN_HOUR);
    env.expect([env.stopping(attempt(old, 1), StopCause::Replaced), sigterm(attempt(old, 1))]);
    env.exit(old, 143);
    assert!(env.effects.contains(&replaced(&env)));
    env.after(10 * HALF_AN_HOUR);
    env.assert(new, Running);
}

/// CEQ-164: it is told once all are gone, however they ended.
#[test]
fn all_old_hosts_are_replaced_before_that_is_told() {
    let mut env = plain();
    let jobs = [(); 3].map(|()| running(&mut env, job("q")));
    replace(&mut env, LATER);
    env.exit(jobs[1], 0);
    assert!(!env.effects.contains(&replaced(&env)));
    env.lost(jobs[2]);
    env.crash();
    env.terminate(jobs[0], "not needed");
    assert!(is_updating(&env));
    env.exit(jobs[0], 143);
    assert!(env.effects.contains(&replaced(&env)));
    env.crash();
    assert!(!is_updating(&env));
}

/// CEQ-169, JOB-040: it counts as a failed attempt, and the next one has a new host.
#[test]
fn a_job_that_lost_its_host_is_retried() {
    for replacement in [AT_ONCE, LATER] {
        let mut env = plain();
        let a = running(&mut env, job("q").attempts(2));
        replace(&mut env, replacement);
        env.after(HALF_AN_HOUR);
        env.exit(a, 0);
        env.assert(a, Starting);
        assert_eq!(env.present(a), attempt(a, 2));
        assert!(env.effects.contains(&replaced(&env)));
        env.start(a);
        env.after(10 * HALF_AN_HOUR);
        env.assert(a, Running);
        env.exit(a, 0);
        env.assert(a, Succeeded);
    }
}

/// CEQ-169, OPS-237: the retry strategy may tell it from other failures.
#[test]
fn a_retry_strategy_may_name_the_loss_of_a_host() {
    for (ask, status) in [
        (job("q").attempts(2).retry_on(On::Status("Host EC2*")).exit_on(On::Reason("*")), Starting),
        (job("q").attempts(2).exit_on(On::Status("Host EC2*")), Failed),
    ] {
        let mut env = plain();
        let a = running(&mut env, ask);
        replace(&mut env, AT_ONCE);
        env.exit(a, 143);
        env.assert(a, status);
    }
}

/// CEQ-167, JOB-085: whichever comes first, the time-out of the job or the end of its host; only the first is final.
#[test]
fn the_first_of_time_out_and_replacement_counts() {
    for (seconds, cause, status) in
        [(1799, StopCause::TimedOut, Failed), (1801, StopCause::Replaced, Starting)]
    {
        let mut env = plain();
        let a = running(&mut env, job("q").timeout(seconds).attempts(2));
        replace(&mut env, LATER);
        env.crash();
        env.after(seconds.min(1800) * 1000);
        env.expect([env.stopping(attempt(a, 1), cause), sigterm(attempt(a, 1))]);
        // The other comes due meanwhile, and does not matter any more.
        env.after(2000);
        env.expect([]);
        env.exit(a, 143);
        env.assert(a, status);
    }
}

/// CEQ-167, JOB-085: both are over by the time that is noticed.
#[test]
fn a_late_wake_goes_by_what_was_due_first() {
    for (seconds, status) in [(1700, Failed), (1900, Starting)] {
        let mut env = plain();
        let a = running(&mut env, job("q").timeout(seconds).attempts(2));
        replace(&mut env, LATER);
        env.after(2 * HALF_AN_HOUR);
        env.exit(a, 143);
        env.assert(a, status);
    }
}

/// CEQ-166, JOB-069: whoever terminates the job does not want it tried again.
#[test]
fn terminate_holds_while_a_host_is_replaced() {
    for is_first in [true, false] {
        let mut env = plain();
        let a = running(&mut env, job("q").attempts(3));
        if is_first {
            env.terminate(a, "not needed");
            replace(&mut env, AT_ONCE);
        } else {
            replace(&mut env, AT_ONCE);
            env.after(10_000);
            env.terminate(a, "not needed");
            // It was asked before, and has what is left of its grace.
            env.after(20_000);
            env.expect([sigkill(attempt(a, 1))]);
        }
        env.crash();
        env.exit(a, 137);
        env.assert_failed(a, "not needed");
        assert!(!is_updating(&env));
    }
}

/// CEQ-164, CEQ-166: a stop and an update go on where they were.
#[test]
fn a_replacement_survives_a_crash() {
    let mut env = plain();
    let (a, b) = (running(&mut env, job("q").attempts(2)), env.submit(job("q")));
    replace(&mut env, LATER);
    env.after(1_000_000);
    env.crash();
    assert!(is_updating(&env));
    env.unknown(b);
    env.start(b);
    env.after(799_999);
    env.assert_all([a, b], [Running, Running]);
    env.after(1);
    env.crash();
    assert!(is_updating(&env));
    env.exit(a, 143);
    env.assert(a, Starting);
    env.after(30_000);
    env.expect([sigkill(attempt(b, 1))]);
    env.exit(b, 137);
    env.assert_failed(b, HOST_LOST);
    assert!(!is_updating(&env));
}

/// CEQ-164, CEQ-167: all nodes of a job leave together, those that are not launched yet included.
#[test]
fn the_nodes_of_a_job_leave_together() {
    let mut env = plain();
    let a = env.submit(job("q").nodes(1, 3).attempts(2));
    env.start(a.member(1));
    replace(&mut env, LATER);
    env.start(a.member(0));
    env.after(HALF_AN_HOUR);
    let nodes = [0, 1, 2].map(|index| a.member(index));
    assert!(nodes.iter().all(|node| env.effects.contains(&sigterm(attempt(*node, 1)))));
    env.crash();
    env.exit(nodes[1], 0);
    env.exit(nodes[0], 143);
    assert!(is_updating(&env));
    env.unknown(nodes[2]);
    assert!(!is_updating(&env));
    env.assert_all([a, nodes[1]], [Starting, Starting]);
    assert_eq!(env.present(nodes[1]), attempt(nodes[1], 2));

    let mut env = plain();
    let a = env.submit(job("q").nodes(1, 3));
    replace(&mut env, AT_ONCE);
    env.start(a.member(1));
    assert_eq!(env.launched(), [], "it is being stopped");
    env.exit(a.member(1), 143);
    env.assert_failed(a, HOST_LOST);
    env.assert_failed(a.member(2), HOST_LOST);
}

/// CEQ-089, CEQ-164: a job that is tried again finds its environment closed, and waits.
#[test]
fn a_closed_environment_is_replaced_too() {
    let mut env = plain();
    let a = running(&mut env, job("q").attempts(2));
    env.replace("ce", AT_ONCE, |settings| settings.enabled = false);
    env.exit(a, 143);
    env.assert(a, Runnable);
    assert!(!is_updating(&env));
    env.open("ce");
    env.assert(a, Starting);
}

/// CEQ-164, CEQ-169: an environment that is deleted meanwhile goes with the last of its jobs.
#[test]
fn a_replacement_may_end_with_its_environment() {
    let mut env = plain();
    let a = running(&mut env, job("q"));
    replace(&mut env, LATER);
    env.put_queue("q", 1, []);
    env.delete_environment("ce");
    env.crash();
    env.after(HALF_AN_HOUR);
    env.exit(a, 143);
    env.assert_failed(a, HOST_LOST);
    assert!(env.core.environment(env.ce("ce")).is_none());
}
