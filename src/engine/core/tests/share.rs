//! Fair share: which share is next, what is kept for others, and which shares count.

use super::bench::*;

const HOUR: i64 = 3_600_000;

/// Only what runs now counts, nothing is reserved.
fn policy(weights: &[(&str, f64)]) -> Policy {
    let weights = weights.iter().map(|(name, factor)| ((*name).to_owned(), *factor)).collect();
    Policy { decay_seconds: 0, reservation: 0, weights }
}

fn decaying(decay_seconds: i64) -> Policy {
    Policy { decay_seconds, ..policy(&[]) }
}

fn reserving(reservation: u32) -> Policy {
    Policy { reservation, ..policy(&[]) }
}

/// An environment `ce` of so many vCPUs, and a fair-share queue `q` on it.
fn bench(vcpus: u64, policy: Policy) -> Bench {
    let mut env = Bench::new().environment("ce", vcpus).queue("q", 1, ["ce"]);
    env.put_policy("q", policy);
    env
}

/// Submits a job of 1 vCPU.
fn submit(env: &mut Bench, share: &'static str) -> JobKey {
    env.submit(job("q").share(share))
}

/// Submits several jobs while nothing can start, then lets them start together.
fn gather<const N: usize>(env: &mut Bench, shares: [&'static str; N]) -> [JobKey; N] {
    env.close("ce");
    let jobs = shares.map(|share| submit(env, share));
    env.open("ce");
    jobs
}

/// How many vCPUs a share has.
fn used(env: &Bench, share: &str) -> u64 {
    let queue = env.core.queue(env.q("q")).unwrap();
    queue.shares().find(|(name, _)| *name == share).map_or(0, |(_, milli)| milli / 1000)
}

fn active(env: &Bench) -> usize {
    env.core.queue(env.q("q")).unwrap().active_shares(env.now)
}

/// The job runs for so long and succeeds.
fn run_for(env: &mut Bench, job: JobKey, millis: i64) {
    env.start(job);
    env.after(millis);
    env.exit(job, 0);
}

// Which share is next.

/// CEQ-037, CEQ-038, CEQ-043: the share that uses least goes first; of several such, that of the oldest job.
#[test]
fn the_share_that_uses_least_goes_first() {
    let mut env = bench(5, policy(&[]));
    let [a1, a2, a3, b1, b2, c1] = gather(&mut env, ["a", "a", "a", "b", "b", "c"]);
    assert_eq!(env.launched(), [a1, b1, c1, a2, b2]);
    env.exit(b1, 0);
    assert_eq!(env.launched(), [a3], "only a has one left");
}

/// CEQ-038: a share uses vCPUs, not jobs.
#[test]
fn large_jobs_count_for_more() {
    let mut env = bench(6, policy(&[]));
    env.close("ce");
    let a = [(); 2].map(|()| env.submit(job("q").share("a").vcpus(2)));
    let b = [(); 3].map(|()| submit(&mut env, "b"));
    env.open("ce");
    assert_eq!(env.launched(), [a[0], b[0], b[1], a[1]]);
}

/// CEQ-038: the oldest of the jobs that are next in shares that are even, whoever had the last.
#[test]
fn among_equals_the_oldest_job_goes_first() {
    let mut env = bench(1, policy(&[]));
    let first = submit(&mut env, "a");
    let (b, a, c) = (submit(&mut env, "b"), submit(&mut env, "a"), submit(&mut env, "c"));
    for (ended, next) in [(first, b), (b, a), (a, c)] {
        env.exit(ended, 0);
        assert_eq!(env.launched(), [next]);
    }
}

/// CEQ-039, CEQ-048: a weight of an eighth gives eight times as much; who is not listed has a weight of 1.
#[test]
fn a_lower_weight_gives_more() {
    let mut env = bench(10, policy(&[("a", 0.125), ("b", 1.0)]));
    gather(&mut env, ["c", "c", "c", "c", "c", "b", "b", "b", "b", "b"]);
    assert_eq!(["b", "c"].map(|share| used(&env, share)), [5, 5]);
    let mut env = bench(18, policy(&[("a", 0.125), ("b", 1.0)]));
    env.close("ce");
    env.submit(job("q").share("b").array(20));
    env.submit(job("q").share("a").array(20));
    env.open("ce");
    assert_eq!(["a", "b"].map(|share| used(&env, share)), [16, 2]);
}

/// CEQ-227, CEQ-212: those that a prefix names have its weight together, so that each has a part.
#[test]
fn shares_of_one_prefix_divide_its_part() {
    let mut env = bench(8, policy(&[("User*", 1.0), ("Other", 1.0)]));
    env.close("ce");
    for share in ["User1", "User2", "Other"] {
        env.submit(job("q").share(share).array(8));
    }
    env.open("ce");
    assert_eq!(["User1", "User2", "Other"].map(|share| used(&env, share)), [2, 2, 4]);
}

/// CEQ-227: only those that are active divide it.
#[test]
fn a_share_that_is_no_longer_active_leaves_its_prefix_to_the_others() {
    let mut env = bench(6, policy(&[("User*", 1.0)]));
    env.close("ce");
    let gone = submit(&mut env, "User1");
    for share in ["User2", "Other"] {
        env.submit(job("q").share(share).array(6));
    }
    env.cancel(gone, "not needed");
    env.open("ce");
    assert_eq!(["User2", "Other"].map(|share| used(&env, share)), [3, 3]);
}

/// CEQ-040: what a share uses in one queue says nothing of a share of that name in another.
#[test]
fn shares_are_those_of_one_queue() {
    let mut env = bench(3, policy(&[])).queue("other", 9, ["ce"]);
    env.put_policy("other", policy(&[]));
    let busy = env.submit(job("other").share("a").vcpus(2));
    let [a, b] = gather(&mut env, ["a", "b"]);
    env.assert_all([busy, a, b], [Starting, Starting, Runnable]);
    assert_eq!(used(&env, "a"), 1);
}

/// CEQ-023, CEQ-037: what cannot start now holds those of all shares behind it.
#[test]
fn the_job_that_is_next_holds_the_queue() {
    let mut env = bench(4, policy(&[]));
    let a = env.submit(job("q").share("a").vcpus(3));
    let (large, small) = (env.submit(job("q").share("b").vcpus(2)), submit(&mut env, "a"));
    env.assert_all([large, small], [Runnable, Runnable]);
    let smaller = submit(&mut env, "c");
    env.assert_all([large, smaller], [Runnable, Runnable]);
    env.exit(a, 0);
    env.assert_all([large, small, smaller], [Starting, Starting, Starting]);
}

/// OPS-182, OPS-183: the head of a fair-share queue is the job that is next, and only that says what blocks it.
#[test]
fn the_job_that_is_next_says_what_blocks_it() {
    let mut env = bench(4, policy(&[]));
    let a = submit(&mut env, "a");
    let (old, next) = (env.submit(job("q").share("a").vcpus(5)), env.submit(job("q").share("b").vcpus(6)));
    assert!(env.store.state_of(next).1.is_some());
    env.assert_reason(old, None);
    env.exit(a, 0);
    assert!(env.store.state_of(old).1.is_some(), "both use nothing now, and it is older");
    env.assert_reason(next, None);
}

// The past.

/// CEQ-044: without a decay time only what runs counts.
#[test]
fn without_decay_the_past_does_not_count() {
    let mut env = bench(1, policy(&[]));
    let first = submit(&mut env, "a");
    let (a, b) = (submit(&mut env, "a"), submit(&mut env, "b"));
    run_for(&mut env, first, HOUR);
    env.assert_all([a, b], [Starting, Runnable]);
}

/// CEQ-038, CEQ-044, CEQ-215: who has had much lately waits for those who have had nothing.
#[test]
fn past_use_counts_as_long_as_the_policy_says() {
    let mut env = bench(1, decaying(600));
    let first = submit(&mut env, "a");
    let (a, b) = (submit(&mut env, "a"), submit(&mut env, "b"));
    run_for(&mut env, first, HOUR);
    env.assert_all([a, b], [Runnable, Starting]);
    env.crash();
    // For as long as the average of a has fallen below that of b, which has risen as it fell.
    run_for(&mut env, b, HOUR);
    env.assert(a, Starting);
}

/// CEQ-044: what is older counts for less: use fades by a factor of e in a third of the decay time.
#[test]
fn recent_use_outweighs_what_is_older() {
    for (seconds, is_b_next) in [(48, true), (50, false)] {
        let mut env = bench(1, decaying(300));
        let first = submit(&mut env, "a");
        let b1 = submit(&mut env, "b");
        let (a, b2) = (submit(&mut env, "a"), submit(&mut env, "b"));
        run_for(&mut env, first, 100_000);
        // a stands at 1 - 1/e and falls, b rises; they meet after 49 seconds.
        env.start(b1);
        env.after(seconds * 500);
        env.crash();
        env.after(seconds * 500);
        env.exit(b1, 0);
        assert_eq!(env.launched(), [if is_b_next { b2 } else { a }], "after {seconds} s");
    }
}

// Within a share.

/// CEQ-041, JDX-016: by priority, then first in, first out; the priorities of other shares do not matter.
#[test]
fn priorities_count_within_a_share() {
    let mut env = bench(5, policy(&[]));
    env.close("ce");
    let [low, high, also_high] = [1, 9, 9].map(|it| env.submit(job("q").share("a").priority(it)));
    let [b1, b2] = [(); 2].map(|()| submit(&mut env, "b"));
    env.open("ce");
    assert_eq!(env.launched(), [high, b1, also_high, b2, low]);
}

/// OPS-235, JOB-040: a job that is tried again goes before all of its share with its priority, and before no other share.
#[test]
fn a_retried_job_is_first_in_its_share() {
    let mut env = bench(1, policy(&[]));
    let ask = || job("q").share("a").attempts(2);
    let retried = env.submit(ask());
    let waits = env.submit(ask());
    env.exit(retried, 1);
    env.assert_all([retried, waits], [Starting, Runnable]);
    let mut env = bench(2, policy(&[]));
    let (retried, runs) = (env.submit(ask()), env.submit(ask()));
    let (urgent, b) = (env.submit(ask().priority(5)), submit(&mut env, "b"));
    env.exit(retried, 1);
    env.assert_all([retried, urgent, b], [Runnable, Runnable, Starting]);
    env.crash();
    env.exit(runs, 0);
    env.assert_all([retried, urgent], [Runnable, Starting]);
}

// What is kept for others.

/// CEQ-046, CEQ-222: half is kept from one share, a quarter from two, an eighth from three.
#[test]
fn a_part_is_kept_for_shares_that_are_not_active() {
    let mut env = bench(80, reserving(50));
    env.submit(job("q").share("a").array(100));
    assert_eq!(used(&env, "a"), 40);
    env.crash();
    // The newcomer raises what each may have.
    let b = env.submit(job("q").share("b").array(2));
    assert_eq!(["a", "b"].map(|share| used(&env, share)), [60, 2]);
    env.submit(job("q").share("c").array(5));
    assert_eq!(["a", "b", "c"].map(|share| used(&env, share)), [70, 2, 5]);
    env.exit(b.member(0), 0);
    env.exit(b.member(1), 0);
    assert_eq!(["a", "c"].map(|share| used(&env, share)), [70, 5], "what runs goes on");
    env.exit(JobKey(2), 0);
    assert_eq!(used(&env, "a"), 69, "and nothing new starts beyond the part for two");
}

/// CEQ-046, CEQ-222: a share may reach its part exactly, and what would go beyond it waits without a reason.
#[test]
fn a_job_beyond_the_part_of_its_share_waits_and_holds_nobody() {
    let mut env = bench(10, reserving(50));
    let a = [(); 3].map(|()| env.submit(job("q").share("a").vcpus(2)));
    env.assert_all(a, [Starting, Starting, Runnable]);
    env.assert_reason(a[2], None);
    let small = submit(&mut env, "a");
    env.assert(small, Runnable);
    // With two shares it is 7.5 vCPUs.
    let b = env.submit(job("q").share("b").vcpus(4));
    env.assert_all([a[2], small, b], [Starting, Runnable, Starting]);
}

/// CEQ-046: a share that has nothing may have one job, however large.
#[test]
fn one_job_of_a_share_may_always_run() {
    let mut env = bench(10, reserving(90));
    let (large, next) = (env.submit(job("q").share("a").vcpus(9)), submit(&mut env, "a"));
    env.assert_all([large, next], [Starting, Runnable]);
    env.exit(large, 0);
    env.assert(next, Starting);
}

/// CEQ-046: it is a part of what all environments of the queue may have; an unmanaged one has what the host has.
#[test]
fn the_part_is_one_of_all_environments() {
    let mut env =
        Bench::new().host(10, 1000).environment("ce", 4).unmanaged("all").queue("q", 1, ["ce", "all"]);
    env.put_policy("q", reserving(50));
    env.submit(job("q").share("a").array(20));
    assert_eq!(used(&env, "a"), 7);
    env.resize("ce", 6);
    assert_eq!(used(&env, "a"), 8);
}

/// CEQ-046, CEQ-047: a job that waits for another makes its share active.
#[test]
fn a_pending_job_makes_its_share_active() {
    let mut env = bench(8, reserving(50));
    let a = env.submit(job("q").share("a").array(8));
    assert_eq!(used(&env, "a"), 4);
    let pending = env.submit(job("q").share("b").after(a));
    assert_eq!(used(&env, "a"), 6);
    env.cancel(pending, "not needed");
    env.exit(a.member(0), 0);
    assert_eq!(used(&env, "a"), 5);
}

// Which shares are active.

/// CEQ-047: a share is active until the decay time has gone by since its last job, and its past is forgotten then.
#[test]
fn a_share_is_active_until_its_use_has_faded() {
    let mut env = bench(1, decaying(600));
    let (a, b) = (submit(&mut env, "a"), submit(&mut env, "b"));
    assert_eq!(active(&env), 2);
    run_for(&mut env, a, 1000);
    env.crash();
    env.after(599_999);
    assert_eq!(active(&env), 2);
    env.after(1);
    assert_eq!(active(&env), 1);
    env.exit(b, 0);
    let forgotten = Effect::Share { queue: env.q("q"), share: "a".into(), record: None };
    assert!(env.effects.contains(&forgotten), "{:?}", env.effects);
    assert!(!env.core.queue(env.q("q")).unwrap().is_active("a"));
}

/// CEQ-047: it is active again with the next job, and its past counts on.
#[test]
fn a_share_that_comes_back_in_time_has_its_past() {
    let mut env = bench(1, decaying(600));
    let first = submit(&mut env, "a");
    run_for(&mut env, first, HOUR);
    env.after(599_000);
    let busy = submit(&mut env, "c");
    env.crash();
    let (a, b) = (submit(&mut env, "a"), submit(&mut env, "b"));
    env.exit(busy, 0);
    env.assert_all([a, b], [Runnable, Starting]);
}

/// CEQ-047: without a decay time it is over with its last job, whatever became of it.
#[test]
fn without_decay_a_share_is_active_as_long_as_it_has_jobs() {
    let mut env = bench(1, policy(&[]));
    let a = env.submit(job("q").share("a").attempts(2));
    let (b, c) = (submit(&mut env, "b"), env.submit(job("q").share("c").array(2).after(a)));
    assert_eq!(active(&env), 3);
    env.cancel(b, "not needed");
    assert_eq!(active(&env), 2);
    env.exit(a, 1);
    assert_eq!(active(&env), 2);
    env.exit(a, 1);
    env.assert(c, Failed);
    assert_eq!(active(&env), 0);
}

/// CEQ-026: what admission counts to refuse the 501st.
#[test]
fn five_hundred_shares_are_counted() {
    let mut env = bench(500, policy(&[("share*", 0.5)]));
    let (now, mut out) = (env.now, Vec::new());
    // Without the bench, which would compare all of them after each.
    for key in 0..500 {
        let submission = job("q").share(format!("share{key}").leak()).submission(&env).into();
        env.core.step(now, Event::Submit { job: JobKey(key + 1), submission }, &mut out);
    }
    env.core.schedule(now, &mut out);
    env.core.check().unwrap();
    assert_eq!(active(&env), 500);
    let queue = env.core.queue(env.q("q")).unwrap();
    assert!(queue.is_active("share499") && !queue.is_active("share500"));
    assert!(queue.shares().all(|(_, milli)| milli == 1000), "each has one");
    let report = Report::Exited { code: 0, at: now };
    env.core.step(now, Event::Report { attempt: attempt(JobKey(8), 1), report }, &mut out);
    assert_eq!(active(&env), 499);
}

// Another policy.

/// CEQ-037, CEQ-048: new weights count from the next round, for what runs already as well.
#[test]
fn new_weights_count_at_once() {
    let mut env = bench(4, policy(&[]));
    let running = gather(&mut env, ["a", "b", "a", "b"]);
    let (b, a) = (submit(&mut env, "b"), submit(&mut env, "a"));
    env.put_policy("q", policy(&[("a", 0.5)]));
    env.exit(running[1], 0);
    // a: 2 at 0.5, b: 1 at 1; the older of the two is of b.
    env.assert_all([b, a], [Starting, Runnable]);
    env.exit(running[0], 0);
    env.assert(a, Starting);
    let (b, a) = (submit(&mut env, "b"), submit(&mut env, "a"));
    env.exit(running[3], 0);
    // a: 2 at 0.5, b: 1 at 1.
    env.assert_all([b, a], [Starting, Runnable]);
    env.put_policy("q", policy(&[("a", 0.125)]));
    env.exit(running[2], 0);
    env.assert(a, Starting);
}

/// CEQ-044: a decay time counts what is used from then on, and one that is taken away leaves only what runs.
#[test]
fn a_new_decay_time_weighs_only_what_follows() {
    let mut env = bench(1, policy(&[]));
    let first = submit(&mut env, "a");
    let (a, b) = (submit(&mut env, "a"), submit(&mut env, "b"));
    env.start(first);
    env.after(HOUR);
    env.put_policy("q", decaying(600));
    env.exit(first, 0);
    // Nothing was recorded until then.
    env.assert_all([a, b], [Starting, Runnable]);
    env.crash();
    let later = submit(&mut env, "a");
    run_for(&mut env, a, HOUR);
    env.assert_all([b, later], [Starting, Runnable]);
    let last = submit(&mut env, "b");
    env.put_policy("q", policy(&[]));
    run_for(&mut env, b, HOUR);
    env.assert_all([later, last], [Starting, Runnable]);
}

/// CEQ-222: less reserved lets more start at once; more reserved stops nothing.
#[test]
fn a_new_reservation_counts_at_once() {
    let mut env = bench(8, reserving(50));
    let a = env.submit(job("q").share("a").array(10));
    assert_eq!(used(&env, "a"), 4);
    env.put_policy("q", reserving(25));
    assert_eq!(used(&env, "a"), 6);
    env.put_policy("q", reserving(99));
    assert_eq!(used(&env, "a"), 6);
    env.exit(a.member(0), 0);
    assert_eq!(used(&env, "a"), 5);
    env.put_policy("q", policy(&[]));
    assert_eq!(used(&env, "a"), 8);
}
