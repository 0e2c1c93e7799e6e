//! The harness of the end-to-end tests: a home of its own for each test, a clean environment, and the real
//! program.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a harness fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::io::Errno;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_kiln");

/// A home with an engine that is started when a command needs it and stopped at the end.
pub struct Kiln {
    directory: TempDir,
    variables: Vec<(String, String)>,
}

/// What a command left.
#[must_use]
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
    command: String,
}

impl Kiln {
    /// An empty home on a host of 2 vCPUs and 1000 MiB.
    pub fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap(), variables: Vec::new() }
            .with("KILN_VCPUS", "2")
            .with("KILN_MEMORY_MIB", "1000")
    }

    /// The same with another variable, before the engine is started.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.into(), value.into()));
        self
    }

    /// A home with a compute environment `ce` of 2 vCPUs, a queue `q`, and a definition `sh` that runs a shell
    /// script given as the parameter `script`.
    pub fn ready() -> Self {
        Self::new().set_up()
    }

    /// Creates what [`Kiln::ready`] has.
    pub fn set_up(self) -> Self {
        let resources = r#"{"type":"EC2","maxvCpus":2,"minvCpus":0,"instanceTypes":["optimal"],"subnets":["s"],
                "securityGroupIds":["g"],"instanceRole":"ecsInstanceRole"}"#;
        let environment =
            ["create-compute-environment", "--compute-environment-name", "ce", "--type", "MANAGED"];
        self.ok(environment.into_iter().chain(["--compute-resources", resources]));
        let order = r#"[{"order":1,"computeEnvironment":"ce"}]"#;
        self.ok([
            "create-job-queue",
            "--job-queue-name",
            "q",
            "--priority",
            "1",
            "--compute-environment-order",
            order,
        ]);
        self.define("sh", r#"["sh","-c","Ref::script"]"#);
        self
    }

    /// Registers a definition of 1 vCPU and 64 MiB.
    pub fn define(&self, name: &str, command: &str) {
        let container = format!(
            r#"{{"image":"none","command":{command},"resourceRequirements":[{{"type":"VCPU","value":"1"}},
                {{"type":"MEMORY","value":"64"}}]}}"#
        );
        self.ok([
            "register-job-definition",
            "--job-definition-name",
            name,
            "--type",
            "container",
            "--container-properties",
            &container,
        ]);
    }

    /// Submits a shell script and returns the job's id.
    pub fn submit(&self, script: &str) -> String {
        self.submit_with(script, &[])
    }

    /// The same with more flags.
    pub fn submit_with(&self, script: &str, more: &[&str]) -> String {
        let done = self.try_submit(&serde_json::json!({ "script": script }), more).exits(0);
        let answer: Value = serde_json::from_str(&done.out).unwrap();
        answer["jobId"].as_str().unwrap().to_owned()
    }

    /// Submits to `sh` with these parameters, whatever comes of it.
    pub fn try_submit(&self, parameters: &Value, more: &[&str]) -> Done {
        let parameters = parameters.to_string();
        let plain =
            ["submit-job", "--job-name", "j", "--job-queue", "q", "--job-definition", "sh", "--parameters"];
        self.run(plain.into_iter().chain([parameters.as_str()]).chain(more.iter().copied()))
    }

    /// The job as describe-jobs shows it.
    pub fn describe(&self, job: &str) -> Value {
        self.json(["describe-jobs", "--jobs", job])["jobs"][0].clone()
    }

    /// Where everything is.
    pub fn home(&self) -> &Path {
        self.directory.path()
    }

    /// The program with these arguments, in the home as working directory and in a clean environment.
    pub fn command<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .args(arguments)
            .env_clear()
            .env("KILN_HOME", self.home())
            .env("HOME", self.home())
            .env("PATH", "/usr/bin:/bin")
            .env("SECRET_OF_THE_SHELL", "1")
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .current_dir(self.home())
            .stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub fn run<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Done {
        let mut command = self.command(arguments);
        let Output { status, stdout, stderr } = command.output().unwrap();
        Done {
            code: status.code().unwrap_or(-1),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
            command: format!("{command:?}"),
        }
    }

    /// Runs the program, which must succeed.
    pub fn ok<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> String {
        self.run(arguments).exits(0).out
    }

    /// Runs the program, which must succeed and answer in JSON.
    pub fn json<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Value {
        let text = self.ok(arguments);
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Asks again and again until it holds; fails after a generous time.
    pub fn until(&self, mut holds: impl FnMut() -> bool) {
        let started = Instant::now();
        while !holds() {
            assert!(started.elapsed() < Duration::from_secs(60), "it never came to hold");
        }
    }

    /// The process id of the running engine, from its lock.
    pub fn engine(&self) -> Option<i32> {
        let lock = std::fs::read_to_string(self.home().join("engine.lock")).ok()?;
        lock.rsplit(' ').next()?.trim().parse().ok()
    }

    /// Kills a process as `kill -9` does; one that is gone already is no matter.
    pub fn kill(process: i32) {
        let process = Pid::from_raw(process).unwrap();
        match kill_process(process, Signal::KILL) {
            Ok(()) | Err(Errno::SRCH) => {}
            Err(errno) => panic!("kill {process:?}: {errno}"),
        }
    }
}

impl Drop for Kiln {
    /// Leaves no process behind: ends what runs, and the engine.
    fn drop(&mut self) {
        // An engine that outlives its runner starts another one, so one look is not enough.
        while self.kill_all() {}
    }
}

impl Kiln {
    /// Kills every process that names the home; returns whether there were any.
    fn kill_all(&self) -> bool {
        let home = self.home().to_string_lossy().into_owned();
        let mut found = false;
        for process in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
            // Those that are dead already have neither.
            let Ok(environment) = std::fs::read(process.path().join("environ")) else { continue };
            let Ok(arguments) = std::fs::read(process.path().join("cmdline")) else { continue };
            let text =
                String::from_utf8_lossy(&environment).into_owned() + &String::from_utf8_lossy(&arguments);
            let Some(id) = process.file_name().to_str().and_then(|name| name.parse::<i32>().ok()) else {
                continue;
            };
            if text.contains(&home) && id != std::process::id() as i32 {
                Self::kill(id);
                found = true;
            }
        }
        found
    }
}

impl Done {
    /// Checks the exit code.
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\nout: {}\nerr: {}", self.command, self.out, self.err);
        self
    }

    /// Checks that standard error contains this.
    pub fn says(self, text: &str) -> Self {
        assert!(self.err.contains(text), "{}\nlooked for: {text}\nerr: {}", self.command, self.err);
        self
    }

    /// Checks that standard output is empty.
    pub fn silent(self) -> Self {
        assert_eq!(self.out, "", "{}", self.command);
        self
    }
}

/// Arrays, graphs of jobs, and scripts that wait for the test or leave traces.
impl Kiln {
    /// Submits a shell script with further members of the input, such as `arrayProperties`, and returns the id.
    pub fn submit_script(&self, script: &str, more: &Value) -> String {
        let done = self.try_submit_script(script, more).exits(0);
        let answer: Value = serde_json::from_str(&done.out).unwrap();
        answer["jobId"].as_str().unwrap().to_owned()
    }

    /// The same, whatever comes of it.
    pub fn try_submit_script(&self, script: &str, more: &Value) -> Done {
        let mut input =
            json!({"jobName": "j", "jobQueue": "q", "jobDefinition": "sh", "parameters": {"script": script}});
        for (name, value) in more.as_object().unwrap() {
            input[name] = value.clone();
        }
        self.run(["submit-job", "--cli-input-json", &input.to_string()])
    }

    /// Waits for the end of a job; `wait` must exit with this code.
    pub fn ends_with(&self, job: &str, code: i32) -> Done {
        self.run(["wait", job, "--timeout", "180"]).exits(code).silent()
    }

    /// Waits until a job is in this state.
    pub fn until_status_is(&self, job: &str, status: &str) {
        self.until(|| self.describe(job)["status"] == status);
    }

    /// Checks how a job ended, and why.
    pub fn has_ended(&self, job: &str, status: &str, reason: &str) {
        let detail = self.describe(job);
        assert_eq!(
            (&detail["status"], &detail["statusReason"]),
            (&json!(status), &json!(reason)),
            "{detail:#}"
        );
    }

    /// How many children of an array are in each state, for the states in which there are any.
    pub fn child_counts(&self, parent: &str) -> BTreeMap<String, i64> {
        let detail = self.describe(parent);
        let status = detail["status"].as_str().unwrap();
        // JOB-111: the parent itself is in no other state, whenever one looks.
        assert!(["SUBMITTED", "PENDING", "SUCCEEDED", "FAILED"].contains(&status), "{detail:#}");
        let counts = detail["arrayProperties"]["statusSummary"].as_object().unwrap();
        assert_eq!(counts.len(), 7, "all states are there: {counts:?}");
        let counts: BTreeMap<_, _> =
            counts.iter().map(|(name, count)| (name.clone(), count.as_i64().unwrap())).collect();
        assert_eq!(Some(counts.values().sum()), detail["arrayProperties"]["size"].as_i64(), "{detail:#}");
        counts.into_iter().filter(|(_, count)| *count != 0).collect()
    }

    /// Waits until the children of an array are in these states.
    pub fn until_child_counts_are(&self, parent: &str, expected: &[(&str, i64)]) {
        let expected = expected.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        self.until(|| self.child_counts(parent) == expected);
    }

    /// The ids that list-jobs answers with.
    pub fn ids_listed(&self, selection: &[&str]) -> BTreeSet<String> {
        let answer = self.json(["list-jobs"].into_iter().chain(selection.iter().copied()));
        let list = answer["jobSummaryList"].as_array().unwrap();
        let ids: BTreeSet<_> = list.iter().map(|job| job["jobId"].as_str().unwrap().to_owned()).collect();
        assert_eq!(ids.len(), list.len(), "each once");
        ids
    }

    /// A shell command that lasts until [`Kiln::open_gate`] is called with this name.
    pub fn closed_gate(&self, name: &str) -> String {
        format!("until test -e {}/gate-{name}; do sleep 0.02; done", self.home().display())
    }

    /// Lets the jobs go on that wait at a gate.
    pub fn open_gate(&self, name: &str) {
        std::fs::write(self.home().join(format!("gate-{name}")), "").unwrap();
    }

    /// A shell command that leaves a mark of the job that runs it, one for each run.
    pub fn leave_mark(&self) -> String {
        let directory = self.home().join("marks");
        std::fs::create_dir_all(&directory).unwrap();
        format!("printf x >> {}/$AWS_BATCH_JOB_ID", directory.display())
    }

    /// The ids of the jobs that left marks, and how many each.
    pub fn marks_left(&self) -> BTreeMap<String, u64> {
        let entries = std::fs::read_dir(self.home().join("marks")).unwrap().map(|entry| entry.unwrap());
        let mark = |entry: std::fs::DirEntry| {
            (entry.file_name().into_string().unwrap(), entry.metadata().unwrap().len())
        };
        entries.map(mark).collect()
    }

    /// A shell command that writes a line into the journal.
    pub fn note_in_journal(&self, line: &str) -> String {
        format!("echo \"{line}\" >> {}/journal", self.home().display())
    }

    /// The lines of the journal, in the order in which they were written.
    pub fn journal(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.home().join("journal")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// Kills the engine at different moments, over and over, until a job has ended; returns how often.
    pub fn kill_engine_until_end_of(&self, job: &str) -> u64 {
        const MOST: u64 = 25;
        for kills in 0..MOST {
            if matches!(self.describe(job)["status"].as_str(), Some("SUCCEEDED" | "FAILED")) {
                return kills;
            }
            // A moment in the life of the engine, not a wait for something: any length will do.
            std::thread::sleep(Duration::from_micros(kills * 17_389 % 60_000));
            Self::kill(self.engine().expect("an engine has run"));
        }
        MOST
    }
}
/// What tests of queues, environments and shares set up, do and look at.
impl Kiln {
    /// The same without a variable, before the engine is started.
    pub fn without(mut self, name: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self
    }

    /// The same with the definition `sh` of [`Kiln::ready`].
    pub fn with_sh(self) -> Self {
        self.define("sh", r#"["sh","-c","Ref::script"]"#);
        self
    }

    /// Creates a managed environment of instances; `more` is laid over its compute resources.
    pub fn managed_environment(&self, name: &str, vcpus: u32, more: &Value) {
        let mut resources = serde_json::json!({"type": "EC2", "maxvCpus": vcpus, "minvCpus": 0,
            "instanceTypes": ["optimal"], "subnets": ["s"], "securityGroupIds": ["g"],
            "instanceRole": "ecsInstanceRole"});
        resources.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let create = ["create-compute-environment", "--compute-environment-name", name, "--type", "MANAGED"];
        self.ok(create.into_iter().chain(["--compute-resources", &resources.to_string()]));
    }

    /// Creates a queue over these environments, the first one first.
    pub fn queue_over(&self, name: &str, priority: i32, environments: &[&str], more: &[&str]) {
        let create = ["create-job-queue", "--job-queue-name", name, "--priority", &priority.to_string()];
        let order = ["--compute-environment-order", &environment_order(environments)];
        self.ok(create.into_iter().chain(order).chain(more.iter().copied()));
    }

    /// Submits a shell script to a queue and returns the job's id.
    pub fn submit_into(&self, queue: &str, script: &str, more: &[&str]) -> String {
        let parameters = serde_json::json!({ "script": script }).to_string();
        let plain = ["submit-job", "--job-name", "j", "--job-queue", queue, "--parameters", &parameters];
        let definition: &[&str] =
            if more.contains(&"--job-definition") { &[] } else { &["--job-definition", "sh"] };
        let answer = self.json(plain.iter().chain(definition).chain(more).copied());
        answer["jobId"].as_str().unwrap().to_owned()
    }

    /// The status of each of at most 100 jobs.
    pub fn statuses_of(&self, jobs: &[impl AsRef<str>]) -> Vec<String> {
        let ids = jobs.iter().map(AsRef::as_ref);
        let answer = self.json(["describe-jobs", "--jobs"].into_iter().chain(ids));
        let list = answer["jobs"].as_array().unwrap();
        list.iter().map(|job| job["status"].as_str().unwrap().to_owned()).collect()
    }

    /// Waits until all of these jobs are RUNNING.
    pub fn until_all_run(&self, jobs: &[impl AsRef<str>]) {
        self.until(|| self.statuses_of(jobs) == vec!["RUNNING"; jobs.len()]);
    }

    /// Terminates a job, and waits for its end.
    pub fn end_by_force(&self, job: &str) {
        self.ok(["terminate-job", "--job-id", job, "--reason", "enough"]);
        let _ = self.run(["wait", job, "--timeout", "60"]);
        assert_eq!(self.statuses_of(&[job]), ["FAILED"]);
    }

    /// The ids of the jobs that a snapshot of the queue has at the front.
    pub fn front_of(&self, queue: &str) -> Vec<String> {
        let snapshot = self.json(["get-job-queue-snapshot", "--job-queue", queue]);
        let jobs = snapshot["frontOfQueue"]["jobs"].as_array().unwrap();
        let id = |job: &Value| job["jobArn"].as_str().unwrap().rsplit_once("job/").unwrap().1.to_owned();
        jobs.iter().map(id).collect()
    }

    /// Sends requests to the running engine all at once and past the program's own checks; returns the bodies of the
    /// answers.
    pub fn post(&self, operation: &str, inputs: &[Value]) -> Vec<Value> {
        let send = |input: &Value| {
            let body = input.to_string();
            let mut stream = UnixStream::connect(self.home().join("engine.sock")).unwrap();
            let head = format!("POST /v1/{operation} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n");
            write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len()).unwrap();
            stream
        };
        let sent: Vec<_> = inputs.iter().map(send).collect();
        let body = |stream| {
            let answer = io::read_to_string(stream).unwrap();
            serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
        };
        sent.into_iter().map(body).collect()
    }

    /// The compute environment as it is described.
    pub fn described_environment(&self, name: &str) -> Value {
        let answer = self.json(["describe-compute-environments", "--compute-environments", name]);
        answer["computeEnvironments"][0].clone()
    }
}

/// A `computeEnvironmentOrder` of these environments, the first one first.
pub fn environment_order(environments: &[&str]) -> String {
    let entry = |(at, name)| serde_json::json!({"order": at + 1, "computeEnvironment": name});
    Value::from_iter(environments.iter().enumerate().map(entry)).to_string()
}

/// Container overrides by which a job asks for this amount of `VCPU`, `MEMORY` or `GPU`.
pub fn asking_for(kind: &str, amount: u64) -> String {
    let requirement = serde_json::json!({"type": kind, "value": amount.to_string()});
    serde_json::json!({ "resourceRequirements": [requirement] }).to_string()
}

/// Inputs as JSON, environments with a queue of the same name, and jobs that wait for the test.
impl Kiln {
    /// A host of so many vCPUs, with an environment and a queue `wide` that have them all, and the definition `sh`.
    pub fn roomy(self, vcpus: u32) -> Self {
        let kiln = self.with("KILN_VCPUS", &vcpus.to_string()).with("KILN_MEMORY_MIB", "4000");
        kiln.lane("wide", &serde_json::json!({"computeResources": on_instances(vcpus)}));
        kiln.define("sh", r#"["sh","-c","Ref::script"]"#);
        kiln
    }

    /// Creates an environment with these members, and a queue of the same name that has it alone.
    pub fn lane(&self, name: &str, members: &Value) {
        let mut environment = serde_json::json!({"computeEnvironmentName": name, "type": "MANAGED"});
        environment.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        self.call("create-compute-environment", &environment);
        let order = serde_json::json!([{"order": 1, "computeEnvironment": name}]);
        let queue =
            serde_json::json!({"jobQueueName": name, "priority": 1, "computeEnvironmentOrder": order});
        self.call("create-job-queue", &queue);
    }

    /// The same for pods.
    pub fn lane_of_pods(&self, name: &str, vcpus: u32) {
        let mut resources = on_instances(vcpus);
        resources["allocationStrategy"] = "BEST_FIT_PROGRESSIVE".into();
        resources["instanceTypes"] = serde_json::json!(["p3", "g5"]);
        let cluster = "arn:aws:eks:us-east-1:000000000000:cluster/c";
        let eks = serde_json::json!({"eksClusterArn": cluster, "kubernetesNamespace": "batch"});
        self.lane(name, &serde_json::json!({"eksConfiguration": eks, "computeResources": resources}));
    }

    /// Calls an operation with this input and returns the answer.
    pub fn call(&self, operation: &str, input: &Value) -> Value {
        let text = self.try_call(operation, input).exits(0).out;
        if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() }
    }

    /// The same, whatever comes of it.
    pub fn try_call(&self, operation: &str, input: &Value) -> Done {
        self.run([operation, "--cli-input-json", &input.to_string()])
    }

    /// Submits a job with these members and returns its id.
    pub fn submit_input(&self, members: &Value) -> String {
        let mut input = serde_json::json!({"jobName": "j"});
        input.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        self.call("submit-job", &input)["jobId"].as_str().unwrap().to_owned()
    }

    /// Waits until jobs have ended, however they do.
    pub fn await_ends(&self, jobs: &[&str]) {
        let done = self.run(["wait", "--timeout", "150"].into_iter().chain(jobs.iter().copied()));
        assert!(![124, 254].contains(&done.code), "{}", done.err);
    }

    /// Waits until jobs have ended; the first of them that failed must have left this code, or none have failed.
    pub fn await_code(&self, jobs: &[&str], code: i32) {
        let jobs = jobs.iter().copied();
        let _ = self.run(["wait", "--timeout", "150"].into_iter().chain(jobs)).exits(code).silent();
    }

    /// Waits until a job is in this state.
    pub fn await_status(&self, job: &str, status: &str) {
        self.until(|| self.describe(job)["status"] == status);
    }

    /// A file of the home, as shell scripts name it.
    pub fn file(&self, name: &str) -> String {
        self.home().join(name).to_str().unwrap().to_owned()
    }

    /// A shell command that lasts until [`Kiln::release`] is called with this name.
    pub fn held(&self, name: &str) -> String {
        format!("until test -e {}; do sleep 0.02; done", self.file(name))
    }

    /// Lets the jobs go on that are held by this name.
    pub fn release(&self, name: &str) {
        std::fs::write(self.file(name), "").unwrap();
    }

    /// The lines of a file of the home; none if there is no such file.
    pub fn lines_of(&self, name: &str) -> Vec<String> {
        let text = std::fs::read_to_string(self.file(name)).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// Kills the runner, the parent of what jobs run, given one of their processes: the host is lost.
    pub fn lose_host(process: &str) {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
        let parent = status.lines().find_map(|line| line.strip_prefix("PPid:")).unwrap();
        Self::kill(parent.trim().parse().unwrap());
    }
}

/// The `computeResources` of an environment of instances.
pub fn on_instances(vcpus: u32) -> Value {
    serde_json::json!({"type": "EC2", "maxvCpus": vcpus, "minvCpus": 0, "instanceTypes": ["optimal"],
        "subnets": ["s"], "securityGroupIds": ["g"], "instanceRole": "ecsInstanceRole"})
}

/// Requirements of so many vCPUs and so much memory, and of GPUs if any.
pub fn requirements(vcpus: &str, memory: u32, gpus: u32) -> Value {
    let mut list = vec![("VCPU", vcpus.to_owned()), ("MEMORY", memory.to_string())];
    if gpus > 0 {
        list.push(("GPU", gpus.to_string()));
    }
    list.into_iter().map(|(kind, value)| serde_json::json!({"type": kind, "value": value})).collect()
}

/// The exit code of each attempt that has ended, as far as it has one.
pub fn exit_codes(job: &Value) -> Vec<Option<i64>> {
    let attempts = job["attempts"].as_array().unwrap();
    attempts.iter().map(|attempt| attempt["container"]["exitCode"].as_i64()).collect()
}
