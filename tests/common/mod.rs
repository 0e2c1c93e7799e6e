//! The harness of the end-to-end tests: a home of its own for each test, a clean environment, and the real
//! program.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a harness fails by panicking")]

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::io::Errno;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
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
        let home = self.home().to_string_lossy().into_owned();
        for process in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
            let Ok(environment) = std::fs::read(process.path().join("environ")) else { continue };
            let Ok(arguments) = std::fs::read(process.path().join("cmdline")) else { continue };
            let text =
                String::from_utf8_lossy(&environment).into_owned() + &String::from_utf8_lossy(&arguments);
            let Some(id) = process.file_name().to_str().and_then(|name| name.parse::<i32>().ok()) else {
                continue;
            };
            if text.contains(&home) && id != std::process::id() as i32 {
                Self::kill(id);
            }
        }
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
