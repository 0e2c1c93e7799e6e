//! The process executor with the real runner.
//!
//! Nothing here sleeps: a test waits for reports, or for the end of a fifo that the processes of an attempt hold
//! open.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use kiln::executor::process::{ProcessExecutor, RunnerCommand};
use kiln::executor::{
    AttemptId, Executor, ExecutorError, Exit, Expected, Launch, Report, ResourceLimit, Signal,
};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{CWD, FileType, FlockOperation, Mode, flock, mknodat};
use rustix::process::{Pid, PidfdFlags, kill_process, pidfd_open};
use tempfile::TempDir;

mod life;
mod recovery;

/// Far more than anything takes, also on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(60);

/// A home directory; what runs for it is killed in the end.
struct Home {
    _temporary: TempDir,
    path: PathBuf,
    runner: RunnerCommand,
}

impl Home {
    fn new() -> Self {
        Self::below("h")
    }

    fn below(name: &str) -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let path = temporary.path().join(name);
        fs::create_dir_all(&path).unwrap();
        let words = ["engine", "runner", "--home"].map(Into::into);
        let args = words.into_iter().chain([path.clone().into_os_string()]).collect();
        let runner = RunnerCommand { program: env!("CARGO_BIN_EXE_kiln").into(), args };
        Self { _temporary: temporary, path, runner }
    }

    fn open(&self, expected: &[u64]) -> Client {
        let expected: Vec<Expected> =
            expected.iter().map(|job| Expected { attempt: id(*job), job_id: self.job_id(*job) }).collect();
        self.open_with(&expected)
    }

    fn open_with(&self, expected: &[Expected]) -> Client {
        let (sender, reports) = mpsc::channel();
        let executor = ProcessExecutor::open(&self.path, &self.runner, expected, move |report| {
            let _ = sender.send(report);
        });
        Client { executor: executor.unwrap(), reports }
    }

    /// Unique among the homes of all tests that run at the same time.
    fn job_id(&self, job: u64) -> String {
        format!("{}-{job}", self.path.display())
    }

    fn launch(&self, job: u64, command: &[&str]) -> Launch {
        let environment = [
            ("PATH", "/usr/bin:/bin"),
            ("HOME_DIR", self.path.to_str().unwrap()),
            ("AWS_BATCH_JOB_ID", &self.job_id(job)),
            ("AWS_BATCH_JOB_ATTEMPT", "1"),
        ];
        Launch {
            attempt: id(job),
            job_id: self.job_id(job),
            command: command.iter().map(ToString::to_string).collect(),
            environment: environment.map(|(name, value)| (name.into(), value.into())).to_vec(),
            directory: self.path.join(format!("work/{job}/1")),
            log: self.log_path(job),
            limits: Vec::new(),
        }
    }

    fn shell(&self, job: u64, script: &str) -> Launch {
        self.launch(job, &["sh", "-c", script])
    }

    /// The attempt of this id in another database.
    fn other(&self, job: u64, script: &str) -> Launch {
        let mut launch = self.shell(job, script);
        launch.job_id.push_str("-other");
        launch.environment[2].1.clone_from(&launch.job_id);
        launch.directory = self.path.join(format!("work/other-{job}"));
        launch
    }

    /// The same runner, started by a shell script that ends with `exec "$@"`.
    fn start_through(&mut self, script: &str) {
        let kiln = std::mem::replace(&mut self.runner.program, "/bin/sh".into());
        let words = ["-c", script, "sh", kiln.to_str().unwrap()].map(Into::into);
        self.runner.args.splice(0..0, words);
    }

    fn log_path(&self, job: u64) -> PathBuf {
        self.path.join(format!("logs/deep/{job}.log"))
    }

    fn log(&self, job: u64) -> String {
        fs::read_to_string(self.log_path(job)).unwrap()
    }

    /// A fifo `NAME`, which an attempt opens with `exec 9>$HOME_DIR/NAME` and all its processes inherit.
    fn watch(&self, name: &str) -> Watch {
        let path = self.path.join(name);
        mknodat(CWD, &path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(File::open(path).unwrap()).lines() {
                sender.send(line.unwrap()).unwrap();
            }
        });
        Watch { lines }
    }

    /// A fifo that attempts wait for with `read x < $HOME_DIR/NAME`.
    fn gate(&self, name: &str) -> Gate {
        let path = self.path.join(name);
        mknodat(CWD, &path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
        Gate { path }
    }

    fn runner_pid(&self) -> Option<Pid> {
        let pid = fs::read_to_string(self.path.join("runner.lock")).ok()?;
        Pid::from_raw(pid.trim().parse().ok()?)
    }

    /// Kills the runner, once there is one: after a death, the file still names the dead one for a moment.
    fn kill_runner(&self) {
        let started = Instant::now();
        let kill = |pid| kill_process(pid, rustix::process::Signal::KILL);
        while self.runner_pid().is_none_or(|pid| kill(pid).is_err()) {
            assert!(started.elapsed() < PATIENCE, "no runner came");
        }
    }

    /// Returns when no runner lives, nor cleans up after it has let go of the lock.
    fn await_no_runner(&self) {
        if let Ok(runner) = pidfd_open(self.runner_pid().unwrap(), PidfdFlags::empty()) {
            let patience = Timespec::try_from(PATIENCE).unwrap();
            assert_eq!(poll(&mut [PollFd::new(&runner, PollFlags::IN)], Some(&patience)), Ok(1));
        }
        let lock = File::open(self.path.join("runner.lock")).unwrap();
        flock(&lock, FlockOperation::NonBlockingLockExclusive).unwrap();
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // A retired runner's number may belong to another process by now.
        let Ok(lock) = File::open(self.path.join("runner.lock")) else { return };
        if let (Err(_), Some(pid)) =
            (flock(&lock, FlockOperation::NonBlockingLockExclusive), self.runner_pid())
        {
            let _ = kill_process(pid, rustix::process::Signal::KILL);
        }
    }
}

struct Watch {
    lines: Receiver<String>,
}

impl Watch {
    fn expect(&self, line: &str) {
        assert_eq!(self.lines.recv_timeout(PATIENCE).unwrap(), line);
    }

    /// Returns when no process holds the fifo any more.
    fn expect_end(&self) {
        assert_eq!(self.lines.recv_timeout(PATIENCE), Err(mpsc::RecvTimeoutError::Disconnected));
    }
}

struct Gate {
    path: PathBuf,
}

impl Gate {
    fn open(&self) {
        File::options().write(true).open(&self.path).unwrap().write_all(b"go\n").unwrap();
    }
}

struct Client {
    executor: ProcessExecutor,
    reports: Receiver<Report>,
}

impl Client {
    fn launch(&self, launch: &Launch) {
        self.executor.launch(launch).unwrap();
    }

    fn next(&self) -> Report {
        self.reports.recv_timeout(PATIENCE).unwrap()
    }

    fn expect_started(&self, job: u64) {
        let report = self.next();
        assert!(matches!(report, Report::Started { attempt, .. } if attempt == id(job)), "{report:?}");
    }

    fn expect_exit(&self, job: u64, expected: Exit) {
        let report = self.next();
        let Report::Exited { attempt, exit, .. } = report else { panic!("{report:?}") };
        assert_eq!((attempt, exit), (id(job), expected));
    }

    fn expect_lost(&self, job: u64) {
        let report = self.next();
        assert!(matches!(report, Report::Lost { attempt, .. } if attempt == id(job)), "{report:?}");
    }

    fn expect_nothing(&self) {
        assert_eq!(self.reports.try_recv(), Err(mpsc::TryRecvError::Empty));
    }

    /// Runs an attempt from start to end.
    fn run(&self, launch: &Launch) -> Exit {
        self.launch(launch);
        self.expect_started(launch.attempt.job);
        match self.next() {
            Report::Exited { attempt, exit, .. } if attempt == launch.attempt => exit,
            report => panic!("{report:?}"),
        }
    }

    fn reason(&self, launch: &Launch) -> String {
        self.failure(launch).0
    }

    /// Why an attempt does not start, and whether that is permanent.
    fn failure(&self, launch: &Launch) -> (String, bool) {
        self.launch(launch);
        match self.next() {
            Report::NotStarted { attempt, reason, permanent, .. } if attempt == launch.attempt => {
                (reason, permanent)
            }
            report => panic!("{report:?}"),
        }
    }
}

fn id(job: u64) -> AttemptId {
    AttemptId { job, number: 1 }
}

fn limit(name: &str, soft: i64, hard: i64) -> ResourceLimit {
    ResourceLimit { name: name.into(), soft, hard }
}
