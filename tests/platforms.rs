//! The platforms of Batch on this machine: EC2, Spot, Fargate, own hosts, ECS tasks and pods, and what definitions and
//! submissions make of a job on each.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::{Kiln, exit_codes, on_instances, requirements};
use serde_json::{Value, json};

/// Registers a definition of type container with these members.
fn register(kiln: &Kiln, name: &str, members: &Value) {
    let mut input = json!({"jobDefinitionName": name, "type": "container"});
    input.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    kiln.call("register-job-definition", &input);
}

fn submit(kiln: &Kiln, queue: &str, definition: &str, members: &Value) -> String {
    let mut input = json!({"jobQueue": queue, "jobDefinition": definition});
    input.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    kiln.submit_input(&input)
}

/// Runs a job to its good end and returns what it printed.
fn output(kiln: &Kiln, queue: &str, definition: &str, members: &Value) -> String {
    let job = submit(kiln, queue, definition, members);
    kiln.await_code(&[&job], 0);
    kiln.ok(["logs", &job])
}

/// A pod of one container without a name, as a definition's members.
fn pod(container: &Value) -> Value {
    let mut whole = json!({"image": "none", "resources": {"limits": {"cpu": "1", "memory": "64Mi"}}});
    whole.as_object_mut().unwrap().extend(container.as_object().unwrap().clone());
    json!({"eksProperties": {"podProperties": {"containers": [whole]}}})
}

fn on_fargate(kind: &str) -> Value {
    json!({"computeResources": {"type": kind, "maxvCpus": 1, "subnets": ["s"], "securityGroupIds": ["g"]}})
}

/// A definition for Fargate of a quarter of a vCPU.
fn fargate(script: &str) -> Value {
    json!({"platformCapabilities": ["FARGATE"], "containerProperties": {
        "image": "none", "command": ["sh", "-c", script], "resourceRequirements": requirements("0.25", 512, 0),
        "executionRoleArn": "arn:aws:iam::000000000000:role/ecsTaskExecutionRole",
        "fargatePlatformConfiguration": {"platformVersion": "LATEST"},
        "networkConfiguration": {"assignPublicIp": "ENABLED"}}})
}

/// JOB-038, JOB-049, JOB-059.
#[test]
fn quarters_of_a_vcpu_add_up_on_fargate() {
    let kiln = Kiln::new().roomy(1);
    kiln.lane("serverless", &on_fargate("FARGATE"));
    register(
        &kiln,
        "quarter",
        &fargate(&format!("echo $AWS_BATCH_CE_NAME $AWS_BATCH_JQ_NAME; {}", kiln.held("go"))),
    );
    let jobs = [0; 5].map(|_| submit(&kiln, "serverless", "quarter", &json!({})));
    for job in &jobs[..4] {
        kiln.await_status(job, "RUNNING");
    }
    assert_eq!(kiln.describe(&jobs[4])["status"], "RUNNABLE", "four quarters are a whole");
    kiln.release("go");
    kiln.await_code(&jobs.each_ref().map(String::as_str), 0);
    assert_eq!(kiln.ok(["logs", &jobs[4]]), "serverless serverless\n");
    let detail = kiln.describe(&jobs[0]);
    assert_eq!(detail["platformCapabilities"], json!(["FARGATE"]));
    let container = &detail["container"];
    assert_eq!(container["resourceRequirements"], requirements("0.25", 512, 0));
    assert_eq!(container["fargatePlatformConfiguration"], json!({"platformVersion": "LATEST"}));
    assert_eq!(container["networkConfiguration"], json!({"assignPublicIp": "ENABLED"}));
    assert!(container["taskArn"].is_string() && container["containerInstanceArn"].is_null(), "{container:#}");
}

/// JOB-038, JOB-049, JOB-059, JOB-061, OPS-234.
#[test]
fn jobs_run_in_environments_of_every_kind() {
    let kiln = Kiln::new().roomy(4);
    let mut spot = on_instances(1);
    spot["type"] = "SPOT".into();
    spot["allocationStrategy"] = "SPOT_CAPACITY_OPTIMIZED".into();
    kiln.lane("spot", &json!({"computeResources": spot}));
    kiln.lane("fargate-spot", &on_fargate("FARGATE_SPOT"));
    kiln.lane("own-hosts", &json!({"type": "UNMANAGED"}));
    let place = "echo $AWS_BATCH_CE_NAME $AWS_BATCH_JQ_NAME";
    register(&kiln, "quarter", &fargate(place));
    let script = json!({"parameters": {"script": place}});
    for (queue, definition) in [("spot", "sh"), ("fargate-spot", "quarter"), ("own-hosts", "sh")] {
        assert_eq!(output(&kiln, queue, definition, &script), format!("{queue} {queue}\n"));
    }

    // The second environment takes what the first has no room for.
    kiln.lane("on-demand", &json!({"computeResources": on_instances(1)}));
    let order = ["on-demand", "spot"].iter().enumerate();
    let order: Vec<_> =
        order.map(|(at, name)| json!({"order": at + 1, "computeEnvironment": name})).collect();
    kiln.call(
        "create-job-queue",
        &json!({"jobQueueName": "mixed", "priority": 1, "computeEnvironmentOrder": order}),
    );
    let held = json!({"parameters": {"script": format!("{place}; {}", kiln.held("go"))}});
    let jobs = [0; 3].map(|_| submit(&kiln, "mixed", "sh", &held));
    for job in &jobs[..2] {
        kiln.await_status(job, "RUNNING");
    }
    assert_eq!(kiln.describe(&jobs[2])["status"], "RUNNABLE");
    kiln.release("go");
    kiln.await_code(&[&jobs[0], &jobs[1], &jobs[2]], 0);
    assert_eq!(kiln.ok(["logs", &jobs[0]]), "on-demand mixed\n");
    assert_eq!(kiln.ok(["logs", &jobs[1]]), "spot mixed\n");

    // An instance is taken back: the job is tried again.
    let reclaimed = "echo $$; [ $AWS_BATCH_JOB_ATTEMPT = 2 ] || sleep 600";
    let members = json!({"parameters": {"script": reclaimed}, "retryStrategy": {"attempts": 2}});
    let job = submit(&kiln, "spot", "sh", &members);
    kiln.until(|| kiln.run(["logs", &job]).out.ends_with('\n'));
    Kiln::lose_host(kiln.ok(["logs", &job]).trim());
    kiln.await_code(&[&job], 0);
    assert_eq!(exit_codes(&kiln.describe(&job)), [None, Some(0)]);
}

/// JDC-105, JOB-047, JOB-053, JOB-102, JDP-173, JDP-174, JDP-175, JDP-178, JDP-179, JDP-182.
#[test]
fn a_pod_of_one_container_runs_as_kubernetes_would_run_it() {
    let kiln = Kiln::new().roomy(2);
    kiln.lane_of_pods("pods", 2);
    let words = json!({"env": [{"name": "A", "value": "1"}, {"name": "SPACED", "value": "a b"}, {"name": "EMPTY"}],
        "command": ["printf", "[%s]", "$(A)", "$(B)", "$$(A)", "$HOME", "${A}", "*"],
        "args": ["$(A)$(A)", "x $(SPACED)", "$(NAME1)", "$$(NAME1)", "$(EMPTY)", "$A"]});
    register(&kiln, "words", &pod(&words));
    let printed = output(&kiln, "pods", "words", &json!({}));
    assert_eq!(printed, "[1][$(B)][$(A)][$HOME][${A}][*][11][x a b][$(NAME1)][$(NAME1)][][$A]");

    register(&kiln, "env", &pod(&words));
    let env = json!({"eksPropertiesOverride": {"podProperties": {"containers": [{"command": ["env"], "args": []}]}}});
    let job = submit(&kiln, "pods", "env", &env);
    kiln.await_code(&[&job], 0);
    let text = kiln.ok(["logs", &job]);
    let mut seen: BTreeMap<_, _> = text.lines().map(|line| line.split_once('=').unwrap()).collect();
    // Processes have no node of Kubernetes.
    for name in ["PATH", "HOME", "AWS_BATCH_JOB_KUBERNETES_NODE_UID"] {
        seen.remove(name);
    }
    let expected = [
        ("A", "1"),
        ("AWS_BATCH_CE_NAME", "pods"),
        ("AWS_BATCH_JOB_ATTEMPT", "1"),
        ("AWS_BATCH_JOB_ID", job.as_str()),
        ("AWS_BATCH_JQ_NAME", "pods"),
        ("EMPTY", ""),
        ("SPACED", "a b"),
    ];
    assert_eq!(seen, BTreeMap::from(expected));
}

/// JOB-007, JOB-098, JDC-002, OPS-126, CEQ-198, CEQ-202, CEQ-206.
#[test]
fn a_submission_changes_a_pod_and_describe_shows_what_ran() {
    let kiln = Kiln::new().roomy(2);
    kiln.lane_of_pods("pods", 2);
    let container = json!({"command": ["sleep", "60"], "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]});
    register(&kiln, "sleep", &pod(&container));
    let overriding =
        |container: Value| json!({"eksPropertiesOverride": {"podProperties": {"containers": [container]}}});
    let changed = json!({"command": ["/bin/sh"], "args": ["-c", "echo hello world $A $B $C; exit 3"],
        "env": [{"name": "B", "value": "b"}, {"name": "C", "value": "c"}],
        "resources": {"limits": {"cpu": "2", "memory": "128Mi"}}});
    let job = submit(&kiln, "pods", "sleep", &overriding(changed.clone()));
    kiln.await_code(&[&job], 3);
    assert_eq!(kiln.ok(["logs", &job]), "hello world 1 b c\n");
    let detail = kiln.describe(&job);
    assert_eq!((&detail["status"], &detail["container"]), (&json!("FAILED"), &json!(null)));
    let arn = |what: &str| json!(format!("arn:aws:batch:us-east-1:000000000000:{what}"));
    assert_eq!((&detail["jobId"], &detail["jobArn"]), (&json!(job), &arn(&format!("job/{job}"))));
    assert_eq!(detail["jobDefinition"], arn("job-definition/sleep:1"));
    assert_eq!(detail["jobQueue"], arn("job-queue/pods"));
    let shown = &detail["eksProperties"]["podProperties"]["containers"][0];
    assert_eq!(shown["resources"]["limits"], changed["resources"]["limits"]);
    assert_eq!((&shown["command"], &shown["args"]), (&changed["command"], &changed["args"]));
    assert_eq!(shown["env"].as_array().unwrap().len(), 3);
    let definition = kiln.json(["describe-job-definitions", "--job-definition-name", "sleep"]);
    let registered = &definition["jobDefinitions"][0]["eksProperties"]["podProperties"]["containers"][0];
    assert_eq!(registered["command"], container["command"]);

    // What is requested is reserved; where only limits are given, they are.
    let held = json!({"command": ["sh"], "args": ["-c", kiln.held("go")]});
    let mut generous = held.clone();
    generous["resources"] = json!({"requests": {"cpu": "1", "memory": "64Mi"}, "limits": {"cpu": "4"}});
    let mut exact = held;
    exact["resources"] = json!({"limits": {"cpu": "2", "memory": "64Mi"}});
    for (name, container) in [("generous", generous), ("exact", exact)] {
        register(&kiln, name, &pod(&container));
    }
    let jobs =
        ["generous", "generous", "exact", "generous"].map(|name| submit(&kiln, "pods", name, &json!({})));
    for job in &jobs[..2] {
        kiln.await_status(job, "RUNNING");
    }
    assert_eq!(kiln.describe(&jobs[2])["status"], "RUNNABLE");
    kiln.ok(["terminate-job", "--job-id", &jobs[0], "--reason", "room for one vCPU"]);
    kiln.await_ends(&[&jobs[0]]);
    assert_eq!(kiln.describe(&jobs[2])["status"], "RUNNABLE", "it needs both");
    kiln.release("go");
    kiln.await_code(&[&jobs[1], &jobs[2], &jobs[3]], 0);
}

/// JOB-050, JOB-060, JOB-097, JOB-104.
#[test]
fn pods_have_dependencies_arrays_retries_and_shares() {
    let kiln = Kiln::new().roomy(2);
    kiln.lane_of_pods("pods", 2);
    let policy = kiln.call("create-scheduling-policy", &json!({"name": "fair"}))["arn"].clone();
    kiln.call(
        "create-job-queue",
        &json!({"jobQueueName": "shared", "priority": 1, "schedulingPolicyArn": policy,
            "computeEnvironmentOrder": [{"order": 1, "computeEnvironment": "pods"}]}),
    );
    let script = format!(
        "[ -z \"$AWS_BATCH_JOB_ARRAY_INDEX\" ] && {{ {}; exit 0; }}
        [ $AWS_BATCH_JOB_ARRAY_INDEX != 1 ] || [ $AWS_BATCH_JOB_ATTEMPT = 2 ]",
        kiln.held("go")
    );
    register(&kiln, "sh-pod", &pod(&json!({"command": ["sh", "-c", script]})));
    let first = submit(&kiln, "shared", "sh-pod", &json!({"shareIdentifier": "a"}));
    let array = json!({"shareIdentifier": "b", "arrayProperties": {"size": 3}, "retryStrategy": {"attempts": 2},
        "dependsOn": [{"jobId": first}]});
    let array = submit(&kiln, "shared", "sh-pod", &array);
    kiln.await_status(&first, "RUNNING");
    assert_eq!(kiln.describe(&array)["status"], "PENDING");
    kiln.release("go");
    kiln.await_code(&[&first, &array], 0);
    let attempts = [0, 1, 2].map(|index| {
        let child = kiln.describe(&format!("{array}:{index}"));
        assert_eq!(child["shareIdentifier"], "b");
        child["eksAttempts"].as_array().unwrap().len()
    });
    assert_eq!(attempts, [1, 2, 1]);
}

/// JOB-007, JOB-029, JDC-002, JDX-118.
#[test]
fn a_task_of_one_container_runs_and_several_are_refused_by_name() {
    let kiln = Kiln::new().roomy(2);
    kiln.lane_of_pods("pods", 2);
    let container = |name: &str| {
        json!({"name": name, "image": "none", "command": ["sh", "-c", "echo $A $B"],
            "environment": [{"name": "A", "value": "1"}], "resourceRequirements": requirements("1", 64, 0)})
    };
    let task = |containers: Value| json!({"ecsProperties": {"taskProperties": [{"containers": containers}]}});
    register(&kiln, "task", &task(json!([container("main")])));
    assert_eq!(output(&kiln, "wide", "task", &json!({})), "1\n");
    let changed = json!({"name": "main", "command": ["sh", "-c", "echo $A and $B; exit 4"],
        "environment": [{"name": "B", "value": "2"}], "resourceRequirements": [{"type": "VCPU", "value": "2"}]});
    let job = submit(
        &kiln,
        "wide",
        "task",
        &json!({"ecsPropertiesOverride": {"taskProperties":
        [{"containers": [changed]}]}, "retryStrategy": {"attempts": 2}}),
    );
    kiln.await_code(&[&job], 4);
    assert_eq!(kiln.ok(["logs", &job]), "1 and 2\n");
    let detail = kiln.describe(&job);
    assert_eq!(detail["attempts"].as_array().unwrap().len(), 2);
    let shown = &detail["ecsProperties"]["taskProperties"][0]["containers"][0];
    assert_eq!((&shown["name"], &shown["command"]), (&json!("main"), &changed["command"]));
    assert_eq!(shown["resourceRequirements"], requirements("2", 64, 0));

    register(&kiln, "two", &task(json!([container("a"), container("b")])));
    let mut pods = pod(&json!({"name": "a", "command": ["true"]}));
    let list = &mut pods["eksProperties"]["podProperties"]["containers"];
    let mut second = list[0].clone();
    second["name"] = json!("b");
    list.as_array_mut().unwrap().push(second);
    register(&kiln, "two-in-a-pod", &pods);
    let mut prepared = pod(&json!({"name": "a", "command": ["true"]}));
    prepared["eksProperties"]["podProperties"]["initContainers"] =
        json!([{"name": "fetch", "image": "none", "command": ["true"]}]);
    register(&kiln, "prepared", &prepared);
    let refused = [
        ("wide", "two", "containers"),
        ("pods", "two-in-a-pod", "containers"),
        ("pods", "prepared", "initContainers"),
    ];
    for (queue, definition, member) in refused {
        let input = json!({"jobName": "j", "jobQueue": queue, "jobDefinition": definition});
        let _ = kiln.try_call("submit-job", &input).exits(254).says(member);
    }
    let list = ["list-jobs", "--job-queue", "pods", "--filters", r#"[{"name":"JOB_NAME","values":["*"]}]"#];
    assert_eq!(kiln.json(list)["jobSummaryList"], json!([]));
}

/// JOB-007, JOB-021, JDC-037, JDP-011, JDP-012, JDX-120, JDX-121, JDX-122.
#[test]
fn parameters_fill_the_arguments_that_stand_for_them() {
    let kiln = Kiln::ready();
    let container = |command: Value| {
        json!({"image": "none", "command": command, "resourceRequirements": requirements("1", 64, 0),
            "environment": [{"name": "CODEC", "value": "Ref::codec"}]})
    };
    let command =
        json!(["printf", "[%s]", "-i", "Ref::inputfile", "-c", "Ref::codec", "-o", "Ref::outputfile"]);
    let defaults = json!({"codec": "mp4"});
    register(&kiln, "ffmpeg", &json!({"parameters": defaults, "containerProperties": container(command)}));
    let files = json!({"inputfile": "a clip.mov", "outputfile": "b.mp4"});
    let printed = output(&kiln, "q", "ffmpeg", &json!({"parameters": files}));
    assert_eq!(printed, "[-i][a clip.mov][-c][mp4][-o][b.mp4]");
    let other = json!({"inputfile": "$(a); *", "outputfile": "", "codec": "webm", "unused": "x"});
    let printed = output(&kiln, "q", "ffmpeg", &json!({"parameters": other}));
    assert_eq!(printed, "[-i][$(a); *][-c][webm][-o][]");
    let definitions = kiln.json(["describe-job-definitions", "--job-definition-name", "ffmpeg"]);
    assert_eq!(definitions["jobDefinitions"][0]["parameters"], defaults);
    // No shell is added, and nothing else is filled in.
    let literal = container(json!(["echo", "$HOME", "*", "Ref::codec"]));
    register(&kiln, "literal", &json!({"parameters": defaults, "containerProperties": literal}));
    assert_eq!(output(&kiln, "q", "literal", &json!({})), "$HOME * mp4\n");
    let seen = json!({"containerOverrides": {"command": ["sh", "-c", "echo $CODEC $0", "Ref::codec"]}});
    assert_eq!(output(&kiln, "q", "literal", &seen), "Ref::codec mp4\n");
}

/// JOB-029, JDX-117, JDX-118.
#[test]
fn one_definition_serves_many_jobs_by_its_environment() {
    let kiln = Kiln::ready();
    let fetch_and_run = "test \"$BATCH_FILE_TYPE\" = script && sh \"$BATCH_FILE_S3_URL\" \"$@\"";
    fs::write(kiln.file("fetch_and_run"), fetch_and_run).unwrap();
    for (name, text) in [("myjob.sh", "echo mine: $0 $*"), ("other.sh", "echo other: $* by $WHO")] {
        fs::write(kiln.file(name), text).unwrap();
    }
    let variable = |name: &str, value: &str| json!({"name": name, "value": value});
    let environment =
        json!([variable("BATCH_FILE_TYPE", "script"), variable("BATCH_FILE_S3_URL", &kiln.file("myjob.sh"))]);
    let container = json!({"image": "none", "command": ["sh", kiln.file("fetch_and_run"), "60"],
        "environment": environment, "resourceRequirements": requirements("1", 64, 0)});
    register(&kiln, "fetch-and-run", &json!({"containerProperties": container}));
    let printed = output(&kiln, "q", "fetch-and-run", &json!({}));
    assert_eq!(printed, format!("mine: {} 60\n", kiln.file("myjob.sh")));
    let changed = [variable("BATCH_FILE_S3_URL", &kiln.file("other.sh")), variable("WHO", "you")];
    let overrides = json!({"command": ["sh", kiln.file("fetch_and_run"), "5", "6"], "environment": changed});
    let printed = output(&kiln, "q", "fetch-and-run", &json!({"containerOverrides": overrides}));
    assert_eq!(printed, "other: 5 6 by you\n");
}

/// JDP-090, JDP-141, OPS-208.
#[test]
fn the_old_amounts_count_where_the_definition_has_them() {
    let kiln = Kiln::ready();
    let command = json!(["sh", "-c", "Ref::script"]);
    register(
        &kiln,
        "old",
        &json!({"containerProperties": {"image": "none", "vcpus": 2, "memory": 64, "command": command}}),
    );
    let script = |script: &str, overrides: Value| json!({"parameters": {"script": script}, "containerOverrides": overrides});
    let whole = submit(&kiln, "q", "old", &script(&kiln.held("go"), json!({})));
    kiln.await_status(&whole, "RUNNING");
    // They do not count here, so that it is of 1 vCPU and 64 MiB; it waits for the one that has both vCPUs.
    let new = submit(&kiln, "q", "sh", &script("true", json!({"vcpus": 4, "memory": 100_000})));
    assert_eq!(kiln.describe(&new)["status"], "RUNNABLE");
    kiln.release("go");
    kiln.await_code(&[&whole, &new], 0);
    let larger = submit(&kiln, "q", "old", &script("true", json!({"vcpus": 4})));
    let reason = "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - CE(s) associated with the job queue cannot \
                  meet the CPU requirement of the job.";
    kiln.until(|| kiln.describe(&larger)["statusReason"] == reason);
}
