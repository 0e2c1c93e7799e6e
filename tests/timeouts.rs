//! Time-outs: whom they stop, from when they count, and that they are the end.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use common::{Kiln, exit_codes, requirements};
use serde_json::{Value, json};

/// What the attempts say that were stopped for their time.
const TIMED_OUT: &str = "Job attempt duration exceeded timeout";
/// Lasts until it is asked to end, and says so.
const HANG: &str = "trap 'echo asked; exit 9' TERM; echo on; sleep 600 & wait";
/// Does not end when it is asked to.
const STUBBORN: &str = "trap 'echo asked' TERM; echo on; while :; do sleep 1; done";
/// A strategy that would try it again.
const RETRY: &str = r#"{"attempts":3,"evaluateOnExit":[{"onReason":"*","action":"RETRY"}]}"#;

fn minute() -> Value {
    json!({"attemptDurationSeconds": 60})
}

/// A job with these members that runs a script by the definition `sh`.
fn shell(kiln: &Kiln, script: &str, members: &Value) -> String {
    let mut input = json!({"jobQueue": "wide", "jobDefinition": "sh", "parameters": {"script": script}, "timeout": minute()});
    input.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    kiln.submit_input(&input)
}

/// Registers a definition of a container with a time-out.
fn define(kiln: &Kiln, name: &str, timeout: &Value) {
    kiln.call(
        "register-job-definition",
        &json!({"jobDefinitionName": name, "type": "container", "timeout": timeout, "containerProperties":
            {"image": "none", "command": ["sh", "-c", HANG], "resourceRequirements": requirements("1", 64, 0)}}),
    );
}

/// Registers a definition of two nodes, each with its script.
fn define_gang(kiln: &Kiln, name: &str, scripts: [&str; 2]) {
    let ranges = [("0", scripts[0]), ("1", scripts[1])].map(|(targets, script)| {
        json!({"targetNodes": targets, "container": {"image": "none", "command": ["sh", "-c", script],
            "resourceRequirements": requirements("1", 64, 0)}})
    });
    kiln.call(
        "register-job-definition",
        &json!({"jobDefinitionName": name, "type": "multinode",
            "nodeProperties": {"numNodes": 2, "mainNode": 0, "nodeRangeProperties": ranges}}),
    );
}

/// Registers a definition of a pod.
fn define_pod(kiln: &Kiln, name: &str) {
    let container = json!({"image": "none", "command": ["sh"], "args": ["-c", HANG],
        "resources": {"limits": {"cpu": "1", "memory": "64Mi"}}});
    kiln.call(
        "register-job-definition",
        &json!({"jobDefinitionName": name, "type": "container", "timeout": minute(),
            "eksProperties": {"podProperties": {"containers": [container]}}}),
    );
}

/// Checks that a job was stopped in its last attempt, after a whole minute.
fn was_stopped(kiln: &Kiln, job: &str, attempts: usize) {
    let detail = kiln.describe(job);
    assert_eq!(
        (&detail["status"], &detail["statusReason"]),
        (&json!("FAILED"), &json!(TIMED_OUT)),
        "{detail:#}"
    );
    let list = detail["attempts"].as_array().unwrap();
    assert_eq!(list.len(), attempts, "{detail:#}");
    let last = list.last().unwrap();
    assert_eq!(last["statusReason"], TIMED_OUT);
    let lasted = last["stoppedAt"].as_i64().unwrap() - last["startedAt"].as_i64().unwrap();
    assert!(lasted >= 60_000, "it lasted {lasted} ms: {detail:#}");
}

/// Checks that a job ended when it was asked to.
fn was_asked(kiln: &Kiln, job: &str) {
    assert_eq!(kiln.ok(["logs", job]), "on\nasked\n");
    assert_eq!(kiln.describe(job)["container"]["exitCode"], 9);
}

/// The jobs that the test of a minute looks at.
struct Minute {
    plain: String,
    by_definition: String,
    shortened: String,
    lengthened: String,
    endless: String,
    tried_again: String,
    first: String,
    queued: String,
    array: String,
    gang: String,
    straggling: String,
    stubborn: String,
    pod: String,
}

impl Minute {
    fn begin(kiln: &Kiln) -> Self {
        kiln.lane("narrow", &json!({"computeResources": common::on_instances(1)}));
        kiln.lane_of_pods("pods", 2);
        define(kiln, "brief", &minute());
        define(kiln, "patient", &json!({"attemptDurationSeconds": 3600}));
        define_gang(kiln, "gang", [HANG, HANG]);
        let main = format!("echo on; {}", kiln.held("main-may-end"));
        define_gang(kiln, "straggling", [&main, STUBBORN]);
        define_pod(kiln, "pod");
        let retry: Value = serde_json::from_str(RETRY).unwrap();
        let of = |queue: &str, definition: &str, timeout: Option<Value>| {
            let mut input = json!({"jobQueue": queue, "jobDefinition": definition, "retryStrategy": retry});
            if let Some(timeout) = timeout {
                input["timeout"] = timeout;
            }
            kiln.submit_input(&input)
        };
        let fails_first = format!("test $AWS_BATCH_JOB_ATTEMPT = 2 || {{ sleep 4; exit 5; }}; {HANG}");
        let slow_first = format!("test $AWS_BATCH_JOB_ARRAY_INDEX = 1 || {{ sleep 4; exit 0; }}; {HANG}");
        let in_turn = json!({"arrayProperties": {"size": 2}, "dependsOn": [{"type": "SEQUENTIAL"}],
            "retryStrategy": retry});
        Self {
            plain: shell(kiln, HANG, &json!({"retryStrategy": retry})),
            by_definition: of("wide", "brief", None),
            shortened: of("wide", "patient", Some(minute())),
            lengthened: of("wide", "brief", Some(json!({"attemptDurationSeconds": 3600}))),
            endless: kiln.submit_input(
                &json!({"jobQueue": "wide", "jobDefinition": "sh", "parameters": {"script": HANG}}),
            ),
            tried_again: shell(kiln, &fails_first, &json!({"retryStrategy": retry})),
            first: shell(kiln, "sleep 4", &json!({"jobQueue": "narrow"})),
            queued: shell(kiln, HANG, &json!({"jobQueue": "narrow"})),
            array: shell(kiln, &slow_first, &in_turn),
            gang: of("wide", "gang", Some(minute())),
            straggling: of("wide", "straggling", None),
            stubborn: shell(kiln, STUBBORN, &json!({"retryStrategy": retry})),
            pod: of("pods", "pod", None),
        }
    }

    fn await_running(&self, kiln: &Kiln) {
        let on = |job: &str| kiln.until(|| kiln.run(["logs", job]).out.starts_with("on\n"));
        let nodes =
            [&self.gang, &self.straggling].into_iter().flat_map(|job| ["#0", "#1"].map(|n| job.clone() + n));
        nodes.for_each(|node| on(&node));
        for job in [&self.plain, &self.by_definition, &self.shortened, &self.lengthened, &self.endless] {
            on(job);
        }
        on(&self.stubborn);
        on(&self.pod);
    }

    /// The main node has ended, and a node stays: the job is there until that is killed, half a minute later.
    fn straggler(&self, kiln: &Kiln) {
        let [main, other] = ["#0", "#1"].map(|node| self.straggling.clone() + node);
        kiln.release("main-may-end");
        kiln.until(|| kiln.run(["logs", &other]).out.contains("asked"));
        assert_eq!(kiln.describe(&main)["status"], "SUCCEEDED");
        assert_eq!(kiln.describe(&self.straggling)["status"], "RUNNING");
        assert_eq!(kiln.describe(&other)["status"], "RUNNING");
        kiln.await_ends(&[&self.straggling]);
        let (job, other) = (kiln.describe(&self.straggling), kiln.describe(&other));
        assert_eq!((&job["status"], &other["status"]), (&json!("SUCCEEDED"), &json!("FAILED")));
        assert_eq!(job["stoppedAt"], kiln.describe(&main)["stoppedAt"]);
        assert_eq!(other["container"]["exitCode"], 137);
        assert_eq!(other["statusReason"], "The main node ended.");
        let grace = other["stoppedAt"].as_i64().unwrap() - job["stoppedAt"].as_i64().unwrap();
        assert!(grace >= 29_000, "it was killed after {grace} ms");
    }
}

/// JOB-015, JOB-079, JOB-080, JOB-081, JOB-082, JOB-085, JOB-086, JOB-104, JOB-109, JOB-144, JOB-159, JDX-019,
/// JDX-020, JDX-022, JDX-023, JDX-024, JDC-118.
#[test]
fn a_minute_is_enough_to_see_whom_a_time_out_stops() {
    let kiln = Kiln::new().roomy(20);
    let jobs = Minute::begin(&kiln);
    jobs.await_running(&kiln);
    // Time-outs and graces under way are kept by the next engine.
    Kiln::kill(kiln.engine().unwrap());
    jobs.straggler(&kiln);

    let Minute { plain, by_definition, shortened, tried_again, queued, array, gang, stubborn, pod, .. } =
        &jobs;
    kiln.until(|| kiln.run(["logs", stubborn]).out.contains("asked"));
    assert_eq!(kiln.describe(stubborn)["status"], "RUNNING", "it has half a minute more");
    kiln.await_ends(&[plain, by_definition, shortened, tried_again, queued, array, gang, pod]);
    for job in [plain, by_definition, shortened] {
        was_stopped(&kiln, job, 1);
        was_asked(&kiln, job);
    }
    was_stopped(&kiln, tried_again, 2);
    assert_eq!(exit_codes(&kiln.describe(tried_again)), [Some(5), Some(9)]);
    was_stopped(&kiln, queued, 1);
    assert!(kiln.describe(queued)["startedAt"].as_i64() >= kiln.describe(&jobs.first)["stoppedAt"].as_i64());
    // The children have their minutes one after the other, the parent has none.
    was_stopped(&kiln, &format!("{array}:1"), 1);
    assert_eq!(kiln.describe(&format!("{array}:0"))["status"], "SUCCEEDED");
    assert_eq!(kiln.describe(array)["statusReason"], "Array Child Job failed");
    was_stopped(&kiln, gang, 1);
    for node in ["#0", "#1"] {
        let node = format!("{gang}{node}");
        was_asked(&kiln, &node);
        assert_eq!(kiln.describe(&node)["status"], "FAILED");
    }
    assert_eq!(
        (&kiln.describe(pod)["status"], &kiln.describe(pod)["statusReason"]),
        (&json!("FAILED"), &json!(TIMED_OUT))
    );
    assert_eq!(kiln.ok(["logs", pod]), "on\nasked\n");
    for job in [&jobs.lengthened, &jobs.endless] {
        assert_eq!(kiln.describe(job)["status"], "RUNNING");
    }
}

/// JOB-079, JOB-084, JOB-087, JDX-019.
#[test]
fn the_time_out_in_force_is_shown_and_may_be_as_long_as_one_likes() {
    let kiln = Kiln::ready();
    define(&kiln, "brief", &minute());
    let command = json!({"command": ["true"]});
    let submit = |definition: &str, members: &Value| {
        let mut input = json!({"jobQueue": "q", "jobDefinition": definition, "containerOverrides": command});
        input.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        let job = kiln.submit_input(&input);
        kiln.await_code(&[&job], 0);
        job
    };
    let longest = json!({"attemptDurationSeconds": i32::MAX});
    let shown = |job: &str| kiln.describe(job)["timeout"].clone();
    assert_eq!(shown(&submit("sh", &json!({}))), json!(null));
    assert_eq!(shown(&submit("brief", &json!({}))), minute());
    assert_eq!(shown(&submit("brief", &json!({"timeout": longest}))), longest);
    assert_eq!(shown(&submit("sh", &json!({"timeout": longest}))), longest);
    let array = submit("brief", &json!({"timeout": longest, "arrayProperties": {"size": 2}}));
    for index in 0..2 {
        assert_eq!(shown(&format!("{array}:{index}")), longest);
    }
}
