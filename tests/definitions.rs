//! What a job definition says: it comes back as it was given, and it reaches the job.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use common::{Done, Kiln};
use serde_json::{Value, json};

/// A container of 1 vCPU and 64 MiB with these members besides.
fn container(command: &Value, more: &Value) -> Value {
    let mut container = json!({
        "image": "none",
        "command": command,
        "resourceRequirements": [{"value": "1", "type": "VCPU"}, {"value": "64", "type": "MEMORY"}],
    });
    container.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    container
}

fn register(kiln: &Kiln, name: &str, rest: &Value) {
    let mut input = json!({"jobDefinitionName": name, "type": "container"});
    input.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    kiln.ok(["register-job-definition", "--cli-input-json", &input.to_string()]);
}

fn registered(kiln: &Kiln, name: &str) -> Value {
    kiln.json(["describe-job-definitions", "--job-definition-name", name])["jobDefinitions"][0].clone()
}

fn submit(kiln: &Kiln, definition: &str) -> String {
    submit_with(kiln, definition, &json!({}))
}

fn submit_with(kiln: &Kiln, definition: &str, more: &Value) -> String {
    let mut input = json!({"jobName": "j", "jobQueue": "q", "jobDefinition": definition});
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let answer = kiln.json(["submit-job", "--cli-input-json", &input.to_string()]);
    answer["jobId"].as_str().unwrap().to_owned()
}

/// Waits for the job, which must end with this code.
fn ended(kiln: &Kiln, job: &str, code: i32) -> Done {
    kiln.run(["wait", job, "--timeout", "60"]).exits(code)
}

/// JDC-003, OPS-006.
#[test]
fn a_definition_comes_back_as_it_was_registered() {
    let kiln = Kiln::new();
    let role = "arn:aws:iam::123456789012:role/r";
    let more = json!({
        "jobRoleArn": role,
        "executionRoleArn": role,
        "volumes": [{"host": {"sourcePath": "/data"}, "name": "v"}],
        "environment": [{"name": "A", "value": "1"}],
        "mountPoints": [{"containerPath": "/in", "readOnly": true, "sourceVolume": "v"}],
        "readonlyRootFilesystem": true,
        "ulimits": [{"hardLimit": 20, "name": "nofile", "softLimit": 10}],
        "privileged": true,
        "user": "nobody",
        "linuxParameters": {"devices": [{"hostPath": "/dev/null"}], "initProcessEnabled": true},
        "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "g"}},
        "secrets": [{"name": "S", "valueFrom": "parameter"}],
    });
    let given = json!({
        "parameters": {"p": "default"},
        "schedulingPriority": 7,
        "containerProperties": container(&json!(["echo", "Ref::p"]), &more),
        "retryStrategy": {"attempts": 3, "evaluateOnExit": [{"onReason": "x*", "action": "exit"}]},
        "timeout": {"attemptDurationSeconds": 60},
        "propagateTags": true,
        "platformCapabilities": ["EC2"],
        "tags": {"team": "a"},
    });
    register(&kiln, "d", &given);
    let found = registered(&kiln, "d");
    for (member, value) in given.as_object().unwrap() {
        assert_eq!(&found[member], value, "{member}");
    }
}

/// JDP-222.
#[test]
fn what_a_pod_was_not_given_is_not_described() {
    let kiln = Kiln::new();
    let limits = json!({"cpu": "1", "memory": "64Mi"});
    let pod = json!({"containers": [{"image": "none", "resources": {"limits": limits}}]});
    register(&kiln, "d", &json!({"eksProperties": {"podProperties": pod}}));
    let found = registered(&kiln, "d")["eksProperties"]["podProperties"].clone();
    for member in ["dnsPolicy", "hostNetwork", "serviceAccountName"] {
        assert_eq!(found.get(member), None, "{found}");
    }
    assert_eq!(found["containers"][0]["resources"], json!({ "limits": limits }));
}

/// JDC-037, JDC-049, JDC-051, JDP-016, JDP-021, JDP-137, JDP-139, JDX-117.
#[test]
fn a_process_gets_what_its_definition_says() {
    let kiln = Kiln::ready();
    let user = rustix::process::getuid().as_raw().to_string();
    let more = json!({
        "environment": [{"name": "A", "value": "a b"}, {"name": "B", "value": "$A"}],
        "ulimits": [{"name": "nofile", "softLimit": 64, "hardLimit": 128}],
        "user": user,
    });
    // What a shell would expand or take apart arrives as it is; the shell that is called by name does its work.
    let script = r#"echo "$A|$B|$1|$2"; ulimit -Sn; ulimit -Hn; id -u"#;
    let command = json!(["sh", "-c", script, "sh", "$HOME  *", ";"]);
    register(&kiln, "d", &json!({"containerProperties": container(&command, &more)}));
    let job = submit(&kiln, "d");
    let _ = ended(&kiln, &job, 0);
    assert_eq!(kiln.ok(["logs", &job]), format!("a b|$A|$HOME  *|;\n64\n128\n{user}\n"));
    let plain = json!(["echo", "$HOME", "*", "a; b"]);
    register(&kiln, "plain", &json!({"containerProperties": container(&plain, &json!({}))}));
    let job = submit(&kiln, "plain");
    let _ = ended(&kiln, &job, 0);
    assert_eq!(kiln.ok(["logs", &job]), "$HOME * a; b\n");
}

/// JDC-082, JDP-009, JDP-010, JDP-011, JDP-012, JDP-269, JDX-118, JDX-120, JDX-122, JOB-007, JOB-021, JOB-029, JOB-060,
/// OPS-208.
#[test]
fn what_is_submitted_wins_over_the_definition_for_that_job_only() {
    let kiln = Kiln::ready();
    let environment = json!([{"name": "V", "value": "1"}, {"name": "W", "value": "Ref::a"}]);
    let script = r#"echo "$1|$2|$3|$4|$V|$W|$X"; exit 5"#;
    let command = json!(["sh", "-c", script, "sh", "Ref::a", "Ref::b", "xRef::a", "Ref::open"]);
    let definition = json!({
        "parameters": {"a": "one", "b": "default"},
        "containerProperties": container(&command, &json!({ "environment": environment })),
        "retryStrategy": {"attempts": 3, "evaluateOnExit": [{"onExitCode": "5", "action": "EXIT"}]},
    });
    register(&kiln, "d", &definition);
    let check = |more: &Value, code: i32, log: &str, attempts: usize| {
        let job = submit_with(&kiln, "d", more);
        let _ = ended(&kiln, &job, code);
        assert_eq!(kiln.ok(["logs", &job]), log);
        assert_eq!(kiln.describe(&job)["attempts"].as_array().unwrap().len(), attempts, "{more}");
    };
    let plain = "one|default|xRef::a|Ref::open|1|Ref::a|\n";
    check(&json!({}), 5, plain, 1);
    // Nothing in the strategy of the definition ends this one early.
    check(&json!({"containerOverrides": {"command": ["sh", "-c", "echo six; exit 6"]}}), 6, "six\n", 3);
    let all = json!({
        "parameters": {"a": "two  words", "open": "given"},
        "containerOverrides": {"environment": [{"name": "X", "value": "3"}, {"name": "V", "value": "2"}]},
        "retryStrategy": {"attempts": 2},
    });
    check(&all, 5, "two  words|default|xRef::a|given|2|Ref::a|3\n", 2);
    // The older members ask for more than the host has, and do not count beside the newer ones of the definition.
    let overrides = json!({"command": ["echo", "other"], "vcpus": 3, "memory": 99_999});
    check(&json!({ "containerOverrides": overrides }), 0, "other\n", 1);
    check(&json!({}), 5, plain, 1);
}

/// What the container executor is for is refused by name until then, once, and for nobody else's job.
#[test]
fn what_only_a_container_has_is_named() {
    let kiln = Kiln::ready();
    let mount = json!({"volumes": [{"name": "v", "host": {"sourcePath": "/tmp"}}],
        "mountPoints": [{"sourceVolume": "v", "containerPath": "/in"}]});
    let cases = [
        ("mountPoints", mount),
        ("linuxParameters.devices", json!({"linuxParameters": {"devices": [{"hostPath": "/dev/null"}]}})),
        (
            "linuxParameters.tmpfs",
            json!({"linuxParameters": {"tmpfs": [{"containerPath": "/t", "size": 1}]}}),
        ),
        (
            "secret S",
            json!({"executionRoleArn": "arn:aws:iam::123456789012:role/r",
            "secrets": [{"name": "S", "valueFrom": "parameter"}]}),
        ),
    ];
    for (words, more) in cases {
        let properties = container(&json!(["true"]), &more);
        let strategy = json!({"attempts": 3});
        register(&kiln, "d", &json!({"containerProperties": properties, "retryStrategy": strategy}));
        let job = submit(&kiln, "d");
        let _ = ended(&kiln, &job, 1).says(words);
        assert_eq!(kiln.describe(&job)["attempts"].as_array().unwrap().len(), 1, "{words}");
    }
    let job = kiln.submit("true");
    let _ = ended(&kiln, &job, 0);
}

/// JDP-090, JDP-141.
#[test]
fn the_older_members_ask_for_the_same() {
    let kiln = Kiln::ready();
    let old = |vcpus: u32, memory: u32| {
        let container = json!({"image": "none", "command": ["true"], "vcpus": vcpus, "memory": memory});
        register(&kiln, "d", &json!({ "containerProperties": container }));
        submit(&kiln, "d")
    };
    // The host has 2 vCPUs and 1000 MiB, all of which one job may have.
    let job = old(2, 1000);
    let _ = ended(&kiln, &job, 0);
    for (vcpus, memory, reason) in [
        (3, 64, "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE"),
        (1, 1001, "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT"),
    ] {
        let job = old(vcpus, memory);
        let found = kiln.describe(&job);
        assert_eq!(found["status"], "RUNNABLE");
        assert!(found["statusReason"].as_str().unwrap().starts_with(reason), "{found:#}");
        kiln.ok(["cancel-job", "--job-id", &job, "--reason", "next"]);
    }
}

/// JOB-041, EVT-203.
#[test]
fn every_attempt_has_a_log_stream_of_its_own() {
    let kiln = Kiln::ready();
    let name = "a".repeat(128);
    kiln.define(&name, r#"["sh","-c","exit 1"]"#);
    let more = ["--retry-strategy", r#"{"attempts":2}"#];
    let plain = ["submit-job", "--job-name=other", "--job-queue=q", "--job-definition", &name];
    let answer = kiln.json(plain.into_iter().chain(more));
    let job = answer["jobId"].as_str().unwrap();
    let _ = ended(&kiln, job, 1);
    let detail = kiln.describe(job);
    let streams: Vec<_> = [0, 1]
        .iter()
        .map(|n: &usize| detail["attempts"][n]["container"]["logStreamName"].as_str().unwrap())
        .collect();
    assert_ne!(streams[0], streams[1]);
    assert_eq!(detail["container"]["logStreamName"], streams[1]);
    for stream in streams {
        let task = stream.strip_prefix(&format!("{name}/default/")).unwrap();
        assert!(task.len() == 32 && task.bytes().all(|byte| byte.is_ascii_hexdigit()), "{stream}");
    }
}

/// JDX-063: what the log driver says goes before the name of the definition, and stays among the logs.
#[test]
fn log_streams_are_called_after_the_prefix_that_the_log_driver_has() {
    let kiln = Kiln::ready();
    for (name, prefix, folder) in [("plain", "nightly", "nightly"), ("sly", "../../up", "up")] {
        let container = json!({"image": "none", "command": ["echo", prefix],
            "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}],
            "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-stream-prefix": prefix}}});
        let register = ["register-job-definition", "--type=container", "--job-definition-name", name];
        kiln.ok(register.into_iter().chain(["--container-properties", &container.to_string()]));
        let submit = ["submit-job", "--job-name=j", "--job-queue=q", "--job-definition", name];
        let job = kiln.json(submit)["jobId"].as_str().unwrap().to_owned();
        let _ = ended(&kiln, &job, 0);
        let stream = kiln.describe(&job)["container"]["logStreamName"].as_str().unwrap().to_owned();
        let task = stream.strip_prefix(&format!("{prefix}/default/")).unwrap();
        assert_eq!(kiln.ok(["logs", &job]), format!("{prefix}\n"));
        assert!(kiln.home().join("logs").join(folder).join("default").join(task).is_file(), "{stream}");
    }
}

/// JOB-045, JOB-046: as far as no week has to pass.
#[test]
fn ended_jobs_are_kept_whatever_becomes_of_their_environment_and_definition() {
    let kiln = Kiln::ready();
    let (good, bad) = (kiln.submit("echo good"), kiln.submit("echo bad; exit 3"));
    let _ = ended(&kiln, &good, 0);
    let _ = ended(&kiln, &bad, 3);
    let before = [kiln.describe(&good), kiln.describe(&bad)];
    assert_eq!((&before[0]["status"], &before[1]["status"]), (&json!("SUCCEEDED"), &json!("FAILED")));
    kiln.ok(["deregister-job-definition", "--job-definition=sh:1"]);
    kiln.managed_environment("other", 1, &json!({}));
    let other = common::environment_order(&["other"]);
    kiln.ok(["update-job-queue", "--job-queue=q", "--state=DISABLED", "--compute-environment-order", &other]);
    kiln.ok(["update-compute-environment", "--compute-environment=ce", "--state=DISABLED"]);
    kiln.ok(["delete-compute-environment", "--compute-environment=ce"]);
    let _ = kiln.run(["engine", "stop"]).exits(0);
    assert_eq!([kiln.describe(&good), kiln.describe(&bad)], before);
    assert_eq!(kiln.ok(["logs", &good]), "good\n");
    assert_eq!(kiln.ok(["logs", &bad]), "bad\n");
}
