//! GPUs: whole ones, each for one job at a time, whatever kind of job it is.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use common::{Kiln, exit_codes, on_instances, requirements};
use serde_json::{Value, json};

/// Tells the devices that a job sees, by both variables.
const SHOW: &str = "echo ${CUDA_VISIBLE_DEVICES-unset}:${NVIDIA_VISIBLE_DEVICES-unset}";

/// A host of 4 vCPUs and so many GPUs, with an environment and a queue `gpus` of GPU instances.
fn host(gpus: u32) -> Kiln {
    let kiln = Kiln::new().with("KILN_GPUS", &gpus.to_string()).roomy(4);
    let mut resources = on_instances(4);
    resources["instanceTypes"] = json!(["p3", "g5"]);
    kiln.lane("gpus", &json!({"computeResources": resources}));
    kiln
}

/// Submits a shell script that needs so many GPUs to the queue `gpus`.
fn submit(kiln: &Kiln, script: &str, vcpus: &str, gpus: u32) -> String {
    kiln.submit_input(&json!({"jobQueue": "gpus", "jobDefinition": "sh", "parameters": {"script": script},
        "containerOverrides": {"resourceRequirements": requirements(vcpus, 64, gpus)}}))
}

/// The devices in a list such as `0,2`.
fn devices(list: &str) -> BTreeSet<u32> {
    list.split(',').map(|number| number.parse().unwrap()).collect()
}

/// The devices that a job or node has shown, once it has.
fn shown(kiln: &Kiln, job: &str) -> BTreeSet<u32> {
    kiln.until(|| kiln.run(["logs", job]).out.ends_with('\n'));
    let text = kiln.ok(["logs", job]);
    let (cuda, nvidia) = text.trim().split_once(':').unwrap();
    assert_eq!(cuda, nvidia);
    devices(cuda)
}

/// JOB-175, JOB-178, JDC-048, JDP-110.
#[test]
fn a_gpu_belongs_to_one_job_at_a_time() {
    let kiln = host(3);
    let held = |name: &str| format!("{SHOW}; {}", kiln.held(name));
    let (two, one) =
        (submit(&kiln, &held("two-may-end"), "1", 2), submit(&kiln, &held("one-may-end"), "1", 1));
    let (of_two, of_one) = (shown(&kiln, &two), shown(&kiln, &one));
    assert_eq!((of_two.len(), of_one.len()), (2, 1));
    assert_eq!(&of_two | &of_one, devices("0,1,2"));
    let next = submit(&kiln, &held("next-may-end"), "1", 1);
    assert_eq!(kiln.describe(&next)["status"], "RUNNABLE", "there are vCPUs, but no GPU");
    // A job without GPUs runs beside them and sees none.
    let plain = kiln
        .submit_input(&json!({"jobQueue": "wide", "jobDefinition": "sh", "parameters": {"script": SHOW}}));
    kiln.await_code(&[&plain], 0);
    assert_eq!(kiln.ok(["logs", &plain]), ":void\n");
    assert_eq!(kiln.describe(&next)["status"], "RUNNABLE");
    // What is free is what has ended, whichever engine was told so.
    Kiln::kill(kiln.engine().unwrap());
    kiln.release("two-may-end");
    kiln.await_code(&[&two], 0);
    let of_next = shown(&kiln, &next);
    assert!(of_next.is_subset(&of_two) && of_next.len() == 1, "{of_next:?} of {of_two:?}");
    for name in ["one-may-end", "next-may-end"] {
        kiln.release(name);
    }
    kiln.await_code(&[&one, &next], 0);
    let all = submit(&kiln, SHOW, "1", 3);
    assert_eq!(shown(&kiln, &all), devices("0,1,2"));
    assert_eq!(
        kiln.describe(&all)["container"]["resourceRequirements"][2],
        json!({"type": "GPU", "value": "3"})
    );
}

/// JOB-178.
#[test]
fn jobs_without_gpus_may_keep_those_with_gpus_waiting() {
    let kiln = host(1);
    let plain = submit(&kiln, &format!("{SHOW}; {}", kiln.held("go")), "4", 0);
    kiln.await_status(&plain, "RUNNING");
    let wanting = submit(&kiln, SHOW, "1", 1);
    assert_eq!(kiln.describe(&wanting)["status"], "RUNNABLE", "there is a GPU, but no vCPU");
    kiln.release("go");
    kiln.await_code(&[&plain, &wanting], 0);
    assert_eq!(shown(&kiln, &wanting), devices("0"));
}

/// JOB-177, OPS-195.
#[test]
fn a_job_that_needs_more_gpus_than_there_are_says_so() {
    let reason = "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job resource requirement (vCPU/memory/GPU) is \
                  higher than that can be met by the CE(s) attached to the job queue.";
    let kiln = host(2);
    let job = submit(&kiln, "true", "1", 3);
    kiln.until(|| kiln.describe(&job)["statusReason"] == reason);
    assert_eq!(kiln.describe(&job)["status"], "RUNNABLE");
    kiln.ok(["cancel-job", "--job-id", &job, "--reason", "too large"]);
    kiln.await_code(&[&submit(&kiln, "true", "1", 2)], 0);

    let kiln = Kiln::ready();
    let many = json!({"resourceRequirements": [{"type": "GPU", "value": "64"}]}).to_string();
    let job = kiln.submit_with("true", &["--container-overrides", &many]);
    kiln.until(|| kiln.describe(&job)["statusReason"] == reason);
}

/// JOB-175, JDP-110.
#[test]
fn no_two_jobs_meet_on_a_gpu_though_the_engine_dies() {
    let kiln = host(3);
    // Fails if there is another on one of its devices, or if their number is wrong; each has a second attempt to come.
    let script = |gpus: usize, number: usize| {
        format!(
            "IFS=,; set -- $CUDA_VISIBLE_DEVICES; [ $# = {gpus} ] || exit 3
             for device; do mkdir {0}.$device || exit 4; done
             sleep 0.0{number}
             for device; do rmdir {0}.$device; done
             [ $AWS_BATCH_JOB_ATTEMPT = 2 ] || exit 5",
            kiln.file("gpu")
        )
    };
    let strategy = json!({"attempts": 2, "evaluateOnExit": [{"onExitCode": "5", "action": "RETRY"},
        {"onReason": "*", "action": "EXIT"}]});
    let jobs: Vec<_> = (0..18)
        .map(|number| {
            let gpus = 1 + number % 3;
            kiln.submit_input(&json!({"jobQueue": "gpus", "jobDefinition": "sh", "retryStrategy": strategy,
                "parameters": {"script": script(gpus, number % 5)},
                "containerOverrides": {"resourceRequirements": [{"type": "GPU", "value": gpus.to_string()}]}}))
        })
        .collect();
    for moment in 0..6 {
        // A moment in the life of the engine, not a wait for something: any length will do.
        thread::sleep(Duration::from_millis(moment * 9));
        Kiln::kill(kiln.engine().unwrap());
        kiln.ok(["describe-job-queues"]);
    }
    for job in &jobs {
        kiln.await_code(&[job], 0);
        assert_eq!(exit_codes(&kiln.describe(job)), [Some(5), Some(0)]);
    }
}

/// JOB-175, JDC-048, JDP-110.
#[test]
fn nodes_tasks_and_pods_get_gpus_too() {
    let kiln = host(3);
    kiln.lane_of_pods("pods", 4);
    let command = json!(["sh", "-c", SHOW]);
    let register = |name: &str, kind: &str, properties: Value| {
        let mut input = json!({"jobDefinitionName": name, "type": kind});
        input.as_object_mut().unwrap().extend(properties.as_object().unwrap().clone());
        kiln.call("register-job-definition", &input);
    };
    let task = json!({"name": "c", "image": "none", "command": command, "resourceRequirements": requirements("1", 64, 2)});
    register("task", "container", json!({"ecsProperties": {"taskProperties": [{"containers": [task]}]}}));
    let pod = json!({"image": "none", "command": command,
        "resources": {"limits": {"cpu": "1", "memory": "64Mi", "nvidia.com/gpu": "2"}}});
    register("pod", "container", json!({"eksProperties": {"podProperties": {"containers": [pod]}}}));
    for (queue, definition) in [("gpus", "task"), ("pods", "pod")] {
        let job = kiln.submit_input(&json!({"jobQueue": queue, "jobDefinition": definition}));
        kiln.await_code(&[&job], 0);
        assert_eq!(shown(&kiln, &job).len(), 2, "{definition}");
    }

    let range = |targets: &str, script: &str, gpus: u32| {
        json!({"targetNodes": targets, "container": {"image": "none", "command": ["sh", "-c", script],
            "resourceRequirements": requirements("1", 64, gpus)}})
    };
    let main = format!("{SHOW}; {}", kiln.held("go"));
    let ranges = [range("0", &main, 0), range("1", &main, 1), range("2:", &main, 2)];
    register(
        "gang",
        "multinode",
        json!({"nodeProperties": {"numNodes": 3, "mainNode": 0, "nodeRangeProperties": ranges}}),
    );
    let job = kiln.submit_input(&json!({"jobQueue": "gpus", "jobDefinition": "gang"}));
    let node = |index: usize| format!("{job}#{index}");
    let (of_one, of_two) = (shown(&kiln, &node(1)), shown(&kiln, &node(2)));
    assert_eq!((of_one.len(), of_two.len()), (1, 2));
    assert_eq!(&of_one | &of_two, devices("0,1,2"));
    assert_eq!(kiln.ok(["logs", &node(0)]), ":void\n");
    kiln.release("go");
    kiln.await_code(&[&job], 0);
}
