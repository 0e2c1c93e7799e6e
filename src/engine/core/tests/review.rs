//! What a fresh look at the core has found: cases between the concepts, which no file of one concept has.

use super::bench::*;

/// Submits, and says at once that it cannot be run, as admission does it.
fn refuse(env: &mut Bench, ask: &Ask, reason: &str) -> JobKey {
    let job = env.store.next_key();
    let submission = ask.submission(env).into();
    env.step(Event::Submit { job, submission });
    env.step(Event::Refuse { job, reason: reason.into() });
    env.schedule();
    job
}

#[test]
fn an_array_that_is_refused_fails_with_all_its_children_whatever_they_wait_for() {
    let mut env = Bench::new().environment("ce", 2).queue("q", 1, ["ce"]);
    let before = env.submit(job("q").array(2));
    env.start(before.member(0));
    env.exit(before.member(0), 0);
    let plain = job("q").array(2);
    for ask in [plain.clone(), plain.clone().in_sequence(), plain.clone().each_after(before)] {
        let array = refuse(&mut env, &ask, "too many tags");
        for job in [array, array.member(0), array.member(1)] {
            env.assert_failed(job, "too many tags");
        }
    }
    let single = refuse(&mut env, &job("q"), "too many tags");
    env.assert_failed(single, "too many tags");
}

#[test]
fn what_waits_for_more_than_any_host_has_can_be_counted() {
    const MOST: u64 = 1_000_000_000_000_000;
    let mut env = Bench::new().environment("ce", 2).queue("q", 1, ["ce"]);
    env.change("ce", |settings| {
        settings.max_vcpu_milli = Some(u64::MAX);
        settings.scale = Some(Scale { min: 0, asked: 0 });
    });
    for _ in 0..20 {
        let _ = env.submit(job("q").milli(MOST).nodes(0, 1000));
    }
    let _ = env.submit(job("q").milli(MOST).array(10_000));
    let _ = env.submit(job("q").milli(MOST).array(10_000));
    assert_eq!(env.core.front(env.q("q"), env.now, 100).len(), 100);
}
