//! Multi-node parallel jobs.

use super::bench::*;

const MAIN_ENDED: &str = "The main node ended.";

fn bench() -> Bench {
    Bench::new().host(8, 1000).environment("ce", 4).queue("q", 1, ["ce"])
}

/// A job of which all three nodes run; the main node is the second.
fn running(env: &mut Bench, ask: Ask) -> (JobKey, [JobKey; 3]) {
    let a = env.submit(ask.nodes(1, 3));
    let nodes = [0, 1, 2].map(|index| a.member(index));
    for node in [nodes[1], nodes[2], nodes[0]] {
        env.start(node);
    }
    env.assert_all([a, nodes[0], nodes[1], nodes[2]], [Running; 4]);
    (a, nodes)
}

#[test]
fn the_main_node_starts_first_and_the_others_when_it_runs() {
    let mut env = bench();
    let a = env.submit(job("q").nodes(1, 3));
    let [zero, one, two] = [0, 1, 2].map(|index| a.member(index));
    env.expect([
        env.status(a, Runnable),
        env.status(a, Starting),
        Effect::Made { job: one, parent: a },
        env.status(one, Starting),
        env.placed(attempt(one, 1), "ce"),
        env.launch(attempt(one, 1), "ce"),
    ]);
    env.start(one);
    env.assert_all([a, zero, one, two], [Running, Starting, Running, Starting]);
    assert!(env.effects.contains(&env.launch(attempt(zero, 1), "ce")));
    assert!(env.effects.contains(&env.launch(attempt(two, 1), "ce")));
}

#[test]
fn all_nodes_have_room_or_none() {
    let mut env = bench();
    let (_, a) = (env.submit(job("q").vcpus(2)), env.submit(job("q").nodes(0, 3)));
    env.assert(a, Runnable);
    let later = env.submit(job("q"));
    env.assert(later, Runnable);
}

#[test]
fn the_job_ends_as_its_main_node_once_the_others_are_gone() {
    let mut env = bench();
    let (a, [zero, one, two]) = running(&mut env, job("q").attempts(2));
    env.exit(two, 3);
    env.assert_failed(two, EXITED);
    env.assert(a, Running);
    env.exit(one, 0);
    env.assert_all([a, one, zero], [Running, Succeeded, Running]);
    assert!(env.effects.contains(&sigterm(attempt(zero, 1))));
    let ended = env.now;
    env.crash();
    env.after(30_000);
    env.expect([sigkill(attempt(zero, 1))]);
    env.exit(zero, 137);
    env.assert_failed(zero, MAIN_ENDED);
    env.assert(a, Succeeded);
    env.assert_reason(a, Some(EXITED));
    assert_eq!(env.store.jobs[&one].stopped_at, Some(ended));
    assert_eq!(env.store.jobs[&a].stopped_at, Some(ended));
}

/// JOB-162.
#[test]
fn a_node_ends_by_its_own_exit_code_even_if_the_main_node_ended_before() {
    let mut env = bench();
    let (a, [zero, one, two]) = running(&mut env, job("q"));
    env.exit(one, 0);
    env.exit(zero, 0);
    env.exit(two, 143);
    env.assert(zero, Succeeded);
    env.assert_reason(zero, Some(EXITED));
    env.assert_failed(two, MAIN_ENDED);
    env.assert(a, Succeeded);
}

#[test]
fn a_terminated_job_is_failed_with_all_its_nodes() {
    let mut env = bench();
    let (a, nodes) = running(&mut env, job("q").attempts(3));
    env.terminate(a, "not needed");
    assert!(nodes.iter().all(|node| env.effects.contains(&sigterm(attempt(*node, 1)))));
    for node in nodes {
        env.exit(node, 0);
    }
    env.assert_failed(a, "not needed");
    for node in nodes {
        env.assert_failed(node, "not needed");
    }
}

#[test]
fn a_failed_main_node_is_tried_again_with_all_others() {
    let mut env = bench();
    let (a, [zero, one, two]) = running(&mut env, job("q").attempts(2));
    env.exit(one, 1);
    env.exit(zero, 143);
    env.assert(a, Running);
    env.exit(two, 143);
    env.assert_all([a, zero, one, two], [Starting, Runnable, Starting, Runnable]);
    assert_eq!(env.present(one), attempt(one, 2));
    env.crash();
    env.start(one);
    env.start(zero);
    assert_eq!(env.present(zero), attempt(zero, 2));
    env.exit(one, 0);
    env.unknown(two);
    env.exit(zero, 143);
    env.assert(a, Succeeded);
    env.assert_failed(two, MAIN_ENDED);
}

#[test]
fn nodes_that_never_ran_end_as_their_job() {
    let mut env = bench();
    let a = env.submit(job("q").nodes(0, 2));
    env.not_started(a.member(0), "no such file");
    env.assert_failed(a, NOT_STARTED);
    env.assert_failed(a.member(1), NOT_STARTED);
}

#[test]
fn nodes_of_a_job_that_waits_for_another_attempt_end_with_it() {
    let mut env = bench();
    let a = env.submit(job("q").nodes(0, 2).attempts(2));
    env.start(a.member(0));
    env.start(a.member(1));
    env.close("ce");
    env.exit(a.member(0), 1);
    env.exit(a.member(1), 143);
    env.assert_all([a, a.member(0), a.member(1)], [Runnable; 3]);
    env.cancel(a, "not again");
    for key in [a, a.member(0), a.member(1)] {
        env.assert_failed(key, "not again");
    }
}

#[test]
fn terminate_while_the_others_are_stopped_prevents_another_attempt() {
    let mut env = bench();
    let (a, [zero, one, two]) = running(&mut env, job("q").attempts(3));
    env.exit(one, 1);
    env.terminate(a, "not again");
    env.exit(zero, 143);
    env.crash();
    env.exit(two, 143);
    env.assert_failed(a, "not again");
    assert_eq!(env.attempts(one), 1);
}

#[test]
fn there_is_one_time_out_for_all_nodes() {
    let mut env = bench();
    let a = env.submit(job("q").nodes(0, 2).timeout(60).attempts(3));
    env.start(a.member(0));
    env.after(30_000);
    env.start(a.member(1));
    env.after(30_000);
    let nodes = [0, 1].map(|index| a.member(index));
    assert!(nodes.iter().all(|node| env.effects.contains(&sigterm(attempt(*node, 1)))));
    for node in nodes {
        env.exit(node, 143);
    }
    env.assert_failed(a, TIMED_OUT);
}

#[test]
fn nodes_that_are_not_launched_yet_have_their_gpus_after_a_crash() {
    let mut env = Bench::new().host(8, 1000).gpus(4).environment("ce", 8).queue("q", 1, ["ce"]);
    let first = env.submit(job("q").gpus(1));
    let a = env.submit(job("q").nodes(0, 2).gpus(1));
    env.exit(first, 0);
    env.crash();
    let b = env.submit(job("q").gpus(1));
    env.start(a.member(0));
    let gpus = |key: JobKey| env.store.jobs[&key].attempts[0].gpus.clone();
    let all = [gpus(a.member(0)), gpus(a.member(1)), gpus(b)];
    assert!(all.iter().all(|one| one.len() == 1), "{all:?}");
    assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2], "{all:?}");
}
