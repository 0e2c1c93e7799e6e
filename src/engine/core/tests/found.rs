//! Defects that random stories have found, each told by itself.

use super::bench::*;

/// A queue of 8 vCPUs, of which the environment keeps one.
fn bench() -> Bench {
    let mut env = Bench::new().environment("ce", 8).queue("q", 1, ["ce"]);
    env.change("ce", |settings| settings.scale = Some(Scale { min: 1, asked: 1 }));
    env
}

fn desired(env: &Bench) -> u64 {
    env.store.environments[&env.ce("ce")].desired
}

fn replace(env: &mut Bench, seconds: i64) {
    env.replace("ce", Some(Replacement { seconds }), |_| {});
}

#[test]
fn it_falls_back_to_its_minimum_when_it_loses_a_queue() {
    for is_deleted in [false, true] {
        let mut env = bench();
        env.change("ce", |settings| settings.scale = Some(Scale { min: 1, asked: 5 }));
        if is_deleted {
            env.delete_queue("q", "gone");
        } else {
            env.put_queue("q", 1, []);
        }
        assert_eq!(desired(&env), 1);
    }
}

#[test]
fn a_job_of_a_deleted_queue_is_not_tried_again_when_its_host_was_replaced() {
    let mut env = bench();
    let a = env.submit(job("q").attempts(5));
    env.start(a);
    replace(&mut env, 0);
    env.delete_queue("q", "gone");
    env.exit(a, 143);
    env.assert_failed(a, "gone");
}

#[test]
fn a_share_that_had_only_an_array_that_failed_at_once_is_known_after_a_crash() {
    let mut env = bench();
    let policy = Policy { decay_seconds: 3600, reservation: 0, weights: Vec::new() };
    env.change_queue("q", |settings| settings.policy = Some(policy));
    let a = env.submit(job("q").share("a"));
    env.exit(a, 1);
    let b = env.submit(job("q").share("b").array(3).after(a));
    env.assert(b, Failed);
    env.crash();
    assert!(env.core.queue(env.q("q")).is_some_and(|queue| queue.is_active("b")));
}
