//! The engine is killed at random moments under load: every acknowledged job must end, once, with its own exit
//! code.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use common::Kiln;

const ROUNDS: usize = 50;

/// splitmix64: the seed is printed, so that a failure can be looked at again.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// Submits jobs until told to stop; returns the acknowledged ids with the exit code each will have.
fn load(kiln: &Kiln, stop: &AtomicBool, mut random: Random) -> HashMap<String, i64> {
    let mut acknowledged = HashMap::new();
    while !stop.load(Ordering::Relaxed) {
        let code = random.below(3) * 7;
        // Leaves one mark for each run, and lasts long enough to be caught in the middle.
        let script =
            format!("printf x >> ../../marks/$AWS_BATCH_JOB_ID; sleep 0.0{}; exit {code}", random.below(6));
        let done = kiln.try_submit(&serde_json::json!({ "script": script }), &[]);
        // A submit that was cut off by the kill is not acknowledged; the caller knows from the exit code.
        if done.code == 0 {
            let answer: serde_json::Value = serde_json::from_str(&done.out).unwrap();
            acknowledged.insert(answer["jobId"].as_str().unwrap().to_owned(), code as i64);
        }
    }
    acknowledged
}

fn marks(directory: &Path) -> HashMap<String, u64> {
    fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.metadata().unwrap().len()))
        .collect()
}

#[test]
fn acknowledged_jobs_run_exactly_once_however_often_the_engine_is_killed() {
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64;
    println!("seed {seed}");
    let kiln = Kiln::ready();
    fs::create_dir(kiln.home().join("marks")).unwrap();
    let stop = AtomicBool::new(false);
    let acknowledged: HashMap<String, i64> = thread::scope(|scope| {
        let loads: Vec<_> = (0..2)
            .map(|n| {
                scope.spawn({
                    let (kiln, stop) = (&kiln, &stop);
                    move || load(kiln, stop, Random(seed + n))
                })
            })
            .collect();
        let mut random = Random(seed ^ 77);
        for _ in 0..ROUNDS {
            // A moment in the life of the engine, not a wait for something: any length will do.
            thread::sleep(Duration::from_micros(random.below(60_000)));
            Kiln::kill(kiln.engine().expect("an engine has run"));
            // Makes sure that the next kill meets a new engine.
            let _ = kiln.run(["describe-job-queues"]);
        }
        stop.store(true, Ordering::Relaxed);
        loads.into_iter().flat_map(|load| load.join().unwrap()).collect()
    });
    assert!(acknowledged.len() > ROUNDS, "only {} jobs were submitted", acknowledged.len());
    let ids: Vec<_> = acknowledged.keys().map(String::as_str).collect();
    let _ = kiln.run(["wait", "--timeout", "120"].into_iter().chain(ids.iter().copied()));
    let marks = marks(&kiln.home().join("marks"));
    for chunk in ids.chunks(100) {
        let answer = kiln.json(["describe-jobs", "--jobs"].into_iter().chain(chunk.iter().copied()));
        let jobs = answer["jobs"].as_array().unwrap();
        assert_eq!(jobs.len(), chunk.len(), "an acknowledged job is missing");
        for job in jobs {
            let id = job["jobId"].as_str().unwrap();
            let code = acknowledged[id];
            let status = if code == 0 { "SUCCEEDED" } else { "FAILED" };
            assert_eq!(
                (job["status"].as_str(), job["container"]["exitCode"].as_i64()),
                (Some(status), Some(code)),
                "{job:#}"
            );
            assert_eq!(job["attempts"].as_array().unwrap().len(), 1, "{job:#}");
            assert_eq!(marks.get(id), Some(&1), "job {id} ran a wrong number of times");
        }
    }
    assert!(marks.values().all(|count| *count == 1), "a job ran twice: {marks:?}");
    println!("{} acknowledged jobs over {ROUNDS} kills", acknowledged.len());
}
