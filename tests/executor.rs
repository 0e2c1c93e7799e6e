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
use std::time::Duration;

use kiln::executor::process::{ProcessExecutor, RunnerCommand};
use kiln::executor::{
    AttemptId, Executor, ExecutorError, Exit, Expected, Launch, Report, ResourceLimit, Signal,
};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{CWD, FileType, FlockOperation, Mode, flock, mknodat};
use rustix::process::{Pid, PidfdFlags, kill_process, pidfd_open};
use tempfile::TempDir;

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

    fn kill_runner(&self) {
        kill_process(self.runner_pid().unwrap(), rustix::process::Signal::KILL).unwrap();
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

#[test]
fn exit_codes_and_signals_are_reported() {
    let home = Home::new();
    let client = home.open(&[]);
    assert_eq!(client.run(&home.launch(1, &["true"])), Exit::Code(0));
    assert_eq!(client.run(&home.launch(2, &["/bin/false"])), Exit::Code(1));
    assert_eq!(client.run(&home.shell(3, "exit 77")), Exit::Code(77));
    assert_eq!(client.run(&home.shell(4, "kill -KILL $$")), Exit::Signal(9));
    assert_eq!(client.run(&home.shell(5, "kill -TERM $$")).status(), 143);
}

#[test]
fn only_the_given_environment_is_there() {
    let home = Home::new();
    let client = home.open(&[]);
    let mut launch = home.launch(1, &["/usr/bin/env"]);
    let pairs = [("B", "two words"), ("A", ""), ("ä", "ö=ü\nline")];
    launch.environment = pairs.map(|(name, value)| (name.into(), value.into())).to_vec();
    assert_eq!(client.run(&launch), Exit::Code(0));
    assert_eq!(home.log(1), "B=two words\nA=\nä=ö=ü\nline\n");
}

#[test]
fn both_streams_are_appended_to_the_log() {
    let home = Home::new();
    let client = home.open(&[]);
    fs::create_dir_all(home.log_path(1).parent().unwrap()).unwrap();
    fs::write(home.log_path(1), "before\n").unwrap();
    assert_eq!(client.run(&home.shell(1, "echo out; echo err >&2; echo out again")), Exit::Code(0));
    assert_eq!(home.log(1), "before\nout\nerr\nout again\n");
    assert_eq!(client.run(&home.shell(2, "echo made")), Exit::Code(0));
    assert_eq!(home.log(2), "made\n");
}

#[test]
fn the_mask_is_that_of_a_container() {
    let mut home = Home::new();
    home.start_through("umask 0; exec \"$@\"");
    let client = home.open(&[]);
    assert_eq!(client.run(&home.shell(1, "umask")), Exit::Code(0));
    assert_eq!(home.log(1), "0022\n");
    let log = home.log_path(1);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&log), mode(log.parent().unwrap())), (0o600, 0o700));
    assert_eq!(mode(&home.path.join("work")), 0o700);
}

#[test]
fn standard_input_is_at_its_end() {
    let home = Home::new();
    let client = home.open(&[]);
    assert_eq!(client.run(&home.launch(1, &["wc", "-c"])), Exit::Code(0));
    assert_eq!(home.log(1), "0\n");
}

#[test]
fn attempts_inherit_no_files() {
    let mut home = Home::new();
    // Not even those that the starter of the runner left open.
    home.start_through("exec \"$@\" 7</dev/zero 8>&1");
    let client = home.open(&[]);
    assert_eq!(client.run(&home.launch(1, &["ls", "/proc/self/fd"])), Exit::Code(0));
    // The last one is the directory that is listed.
    assert_eq!(home.log(1), "0\n1\n2\n3\n");
}

#[test]
fn signals_have_their_default_meaning() {
    let home = Home::new();
    let client = home.open(&[]);
    let none = "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n";
    let mut launch = home.launch(1, &["grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"]);
    assert_eq!(client.run(&launch), Exit::Code(0));
    assert_eq!(home.log(1), none);
    (launch.attempt, launch.log) = (id(2), home.log_path(2));
    launch.limits = vec![limit("core", 0, 0)];
    assert_eq!(client.run(&launch), Exit::Code(0));
    assert_eq!(home.log(2), none);
}

#[test]
fn each_attempt_is_a_session_in_its_own_directory() {
    let home = Home::new();
    let client = home.open(&[]);
    let launch = home.shell(1, "pwd; cut -d' ' -f1,5,6 /proc/$$/stat; touch file; ln -s / link");
    client.launch(&launch);
    let Report::Started { pid, .. } = client.next() else { panic!() };
    client.expect_exit(1, Exit::Code(0));
    assert_eq!(home.log(1), format!("{}\n{pid} {pid} {pid}\n", launch.directory.display()));
    client.executor.retire().unwrap();
    home.await_no_runner();
    assert!(!launch.directory.exists());
    assert!(launch.directory.parent().unwrap().exists());
}

#[test]
fn a_directory_in_use_is_left_alone() {
    let home = Home::new();
    let client = home.open(&[]);
    let launch = home.launch(1, &["true"]);
    fs::create_dir_all(launch.directory.join("precious")).unwrap();
    let reason = client.reason(&launch);
    assert_eq!(
        reason,
        format!("make the working directory {}: directory not empty", launch.directory.display())
    );
    assert!(launch.directory.join("precious").exists());
}

/// A leader, a child in the background, and a grandchild that ignores SIGTERM.
const FAMILY: &str = "exec 9>$HOME_DIR/family
    sh -c 'trap \"\" TERM; sh -c \"echo ready >&9; exec sleep 600\" & wait' &
    wait";

#[test]
fn a_signal_reaches_the_whole_group() {
    for (signal, number) in [(Signal::Terminate, 15), (Signal::Kill, 9)] {
        let home = Home::new();
        let client = home.open(&[]);
        let family = home.watch("family");
        client.launch(&home.shell(1, FAMILY));
        client.expect_started(1);
        family.expect("ready");
        client.executor.signal(id(1), signal).unwrap();
        client.expect_exit(1, Exit::Signal(number));
        family.expect_end();
        // Too late, which is no error.
        client.executor.signal(id(1), signal).unwrap();
    }
}

#[test]
fn what_the_leader_leaves_is_killed() {
    let home = Home::new();
    let client = home.open(&[]);
    let family = home.watch("family");
    let gate = home.gate("gate");
    let script = FAMILY.replace("wait' &\n    wait", "wait' &\n    read x < $HOME_DIR/gate; exit 5");
    client.launch(&home.shell(1, &script));
    client.expect_started(1);
    family.expect("ready");
    gate.open();
    client.expect_exit(1, Exit::Code(5));
    family.expect_end();
}

/// An attempt whose leader waits for a gate, with processes in sessions of their own: one that its parent left to the
/// runner at once, and one whose parent stays.
const STRAYS: &str = "exec 9>$HOME_DIR/strays
    sh -c 'setsid sh -c \"echo ready >&9; sleep 600; true\" &'
    setsid sh -c 'echo ready >&9; sleep 600; true' >/dev/null 2>&1 &
    read x < $HOME_DIR/gate; exit 5";

#[test]
fn strays_are_noticed_when_nothing_else_runs() {
    let home = Home::new();
    let client = home.open(&[]);
    let (strays, gate) = (home.watch("strays"), home.gate("gate"));
    client.launch(&home.shell(1, STRAYS));
    client.expect_started(1);
    strays.expect("ready");
    strays.expect("ready");
    gate.open();
    client.expect_exit(1, Exit::Code(5));
    strays.expect_end();
}

#[test]
fn strays_end_with_their_attempt() {
    for signal in [None, Some((Signal::Terminate, 15)), Some((Signal::Kill, 9))] {
        let home = Home::new();
        let client = home.open(&[]);
        let (strays, others) = (home.watch("strays"), home.watch("others"));
        let (gate, other_gate) = (home.gate("gate"), home.gate("other-gate"));
        // Another attempt, with a stray as well, has to live on.
        client.launch(&home.shell(2, &STRAYS.replace("strays", "others").replace("gate", "other-gate")));
        client.expect_started(2);
        others.expect("ready");
        others.expect("ready");
        client.launch(&home.shell(1, STRAYS));
        client.expect_started(1);
        strays.expect("ready");
        strays.expect("ready");
        let exit = if let Some((signal, number)) = signal {
            client.executor.signal(id(1), signal).unwrap();
            Exit::Signal(number)
        } else {
            gate.open();
            Exit::Code(5)
        };
        client.expect_exit(1, exit);
        strays.expect_end();
        assert_eq!(client.run(&home.launch(3, &["true"])), Exit::Code(0));
        assert_eq!(others.lines.try_recv(), Err(mpsc::TryRecvError::Empty));
        other_gate.open();
        client.expect_exit(2, Exit::Code(5));
        others.expect_end();
    }
}

#[test]
fn terminate_lets_an_attempt_clean_up() {
    let home = Home::new();
    let client = home.open(&[]);
    let ready = home.watch("ready");
    let script = "trap 'echo bye; exit 3' TERM; echo ready > $HOME_DIR/ready; sleep 600 & wait";
    client.launch(&home.shell(1, script));
    client.expect_started(1);
    ready.expect("ready");
    client.executor.signal(id(1), Signal::Terminate).unwrap();
    client.expect_exit(1, Exit::Code(3));
    assert_eq!(home.log(1), "bye\n");
}

#[test]
fn what_cannot_start_says_why() {
    let home = Home::new();
    let client = home.open(&[]);
    let permanent = |job, command: &[&str]| {
        let (reason, permanent) = client.failure(&home.launch(job, command));
        assert!(permanent, "{reason}");
        reason
    };
    // Another time, or on another host, the program may be there.
    let reason = |job, command: &[&str]| {
        let (reason, permanent) = client.failure(&home.launch(job, command));
        assert!(!permanent, "{reason}");
        reason
    };
    assert_eq!(
        reason(1, &["no-such-tool", "x"]),
        "exec: \"no-such-tool\": executable file not found in $PATH"
    );
    assert_eq!(permanent(2, &[]), "the command is empty");
    assert_eq!(permanent(3, &["echo", "a\0b"]), "the command contains a NUL byte");
    assert_eq!(reason(4, &["/no/such/tool"]), "exec: \"/no/such/tool\": no such file or directory");
    let text = home.path.join("text");
    File::options().create(true).write(true).truncate(true).mode(0o644).open(&text).unwrap();
    let text = text.to_str().unwrap();
    assert_eq!(reason(5, &[text]), format!("exec: {text:?}: permission denied"));

    let mut launch = home.launch(6, &["true"]);
    launch.log = home.path.clone();
    assert_eq!(client.reason(&launch), format!("open the log {}: is a directory", home.path.display()));
    let mut launch = home.launch(7, &["true"]);
    launch.environment[0].1 = "a\0b".into();
    assert_eq!(client.failure(&launch), ("the environment contains a NUL byte".into(), true));
    let mut launch = home.launch(8, &["no-such-tool"]);
    launch.limits = vec![limit("nofile", 10, 10)];
    assert_eq!(client.reason(&launch), "exec: \"no-such-tool\": executable file not found in $PATH");
    assert!((1..8).all(|job| !home.launch(job, &[]).directory.exists()));
}

#[test]
fn limits_are_set() {
    let home = Home::new();
    let client = home.open(&[]);
    let mut launch = home.shell(1, "ulimit -Sn; ulimit -Hn; ulimit -Hc; echo $0 \"$@\"");
    launch.command.extend(["name".into(), "--".into()]);
    launch.limits = vec![limit("nofile", 64, 128), limit("core", 0, 0)];
    assert_eq!(client.run(&launch), Exit::Code(0));
    assert_eq!(home.log(1), "64\n128\n0\nname --\n");

    let mut launch = home.launch(2, &["true"]);
    launch.limits = vec![limit("files", 1, 1)];
    assert_eq!(client.failure(&launch), ("there is no limit named \"files\"".into(), true));

    let mut launch = home.launch(3, &["true"]);
    launch.limits = vec![limit("nofile", 128, 64)];
    assert_eq!(client.run(&launch), Exit::Code(126));
    assert_eq!(home.log(3), "kiln: set the limit nofile to 128:64: invalid argument\n");
}

#[test]
fn a_home_may_have_a_long_path() {
    let home = Home::below(&["deep"; 50].join("/"));
    assert!(home.path.as_os_str().len() > 200);
    let client = home.open(&[]);
    assert_eq!(client.run(&home.launch(1, &["true"])), Exit::Code(0));
    let socket = fs::metadata(home.path.join("runner.sock")).unwrap();
    assert_eq!(socket.permissions().mode() & 0o777, 0o600);
}

#[test]
fn attempts_outlive_the_engine() {
    let home = Home::new();
    let (first, second) = (home.gate("first"), home.gate("second"));
    let ended = home.watch("ended");
    let client = home.open(&[]);
    client.launch(&home.shell(1, "exec 9>$HOME_DIR/ended; read x < $HOME_DIR/first; exit 1"));
    client.expect_started(1);
    client.launch(&home.shell(2, "read x < $HOME_DIR/second; exit 2"));
    client.expect_started(2);
    let runner = home.runner_pid();
    drop(client);

    first.open();
    ended.expect_end();
    let client = home.open(&[1, 2]);
    let mut reports = [client.next(), client.next(), client.next()];
    reports.sort_by_key(|report| (report.attempt(), report.is_end()));
    let [Report::Started { .. }, Report::Exited { exit: Exit::Code(1), .. }, Report::Started { .. }] =
        reports
    else {
        panic!("{reports:?}")
    };
    drop(client);

    // The end was not settled.
    let client = home.open(&[1, 2]);
    let mut reports = [client.next(), client.next(), client.next()];
    reports.sort_by_key(|report| (report.attempt(), report.is_end()));
    let [Report::Started { .. }, Report::Exited { exit: Exit::Code(1), .. }, Report::Started { .. }] =
        reports
    else {
        panic!("{reports:?}")
    };
    client.expect_nothing();
    second.open();
    client.expect_exit(2, Exit::Code(2));
    assert_eq!(home.runner_pid(), runner);
}

#[test]
fn what_a_dead_engine_sent_is_carried_out() {
    let home = Home::new();
    let client = home.open(&[]);
    (1..=50).for_each(|job| client.launch(&home.launch(job, &["true"])));
    drop(client);
    let jobs: Vec<u64> = (1..=50).collect();
    let client = home.open(&jobs);
    let (mut started, mut ended) = (0, 0);
    while ended < 50 {
        match client.next() {
            Report::Started { .. } => started += 1,
            Report::Exited { exit: Exit::Code(0), .. } => ended += 1,
            report => panic!("{report:?}"),
        }
    }
    assert_eq!(started, 50);
}

#[test]
fn an_attempt_that_was_never_launched_is_unknown() {
    let home = Home::new();
    drop(home.open(&[]));
    let client = home.open(&[1]);
    assert_eq!(client.reports.try_recv().unwrap(), Report::Unknown { attempt: id(1) });
    assert_eq!(client.run(&home.launch(1, &["true"])), Exit::Code(0));
}

#[test]
fn settled_ends_are_forgotten() {
    let home = Home::new();
    let client = home.open(&[]);
    client.run(&home.launch(1, &["true"]));
    client.run(&home.launch(2, &["true"]));
    client.executor.settle(&[id(1)]).unwrap();
    drop(client);
    let client = home.open(&[1, 2]);
    let reports: Vec<Report> = client.reports.try_iter().collect();
    assert_eq!(reports.len(), 3, "{reports:?}");
    assert_eq!(reports[0], Report::Unknown { attempt: id(1) });
    assert!(matches!(reports[2], Report::Exited { .. }));
}

#[test]
fn an_attempt_is_launched_once() {
    let home = Home::new();
    let client = home.open(&[]);
    let gate = home.gate("gate");
    let launch = home.shell(1, "echo here; read x < $HOME_DIR/gate");
    client.launch(&launch);
    client.launch(&launch);
    client.expect_started(1);
    gate.open();
    client.expect_exit(1, Exit::Code(0));
    client.launch(&launch);
    assert_eq!(client.run(&home.launch(2, &["true"])), Exit::Code(0));
    assert_eq!(home.log(1), "here\n");
}

#[test]
fn another_database_has_other_attempts() {
    let home = Home::new();
    let client = home.open(&[]);
    let family = home.watch("family");
    client.launch(&home.shell(1, RUNAWAY));
    client.expect_started(1);
    family.expect("ready");
    client.run(&home.shell(2, "exit 2"));
    let runner = home.runner_pid();
    drop(client);

    let (first, second) = (home.other(1, "exit 7"), home.other(2, "exit 8"));
    let expected =
        [&first, &second].map(|launch| Expected { attempt: launch.attempt, job_id: launch.job_id.clone() });
    let client = home.open_with(&expected);
    let unknown = [1, 2].map(|job| Report::Unknown { attempt: id(job) });
    assert_eq!([client.next(), client.next()], unknown);
    client.expect_nothing();
    family.expect_end();
    assert_eq!(client.run(&first), Exit::Code(7));
    assert_eq!(client.run(&second), Exit::Code(8));
    client.expect_nothing();
    assert_eq!(home.runner_pid(), runner);
}

#[test]
fn what_no_engine_asks_for_is_killed() {
    let home = Home::new();
    let client = home.open(&[]);
    let family = home.watch("family");
    let launch = home.shell(1, RUNAWAY);
    client.launch(&launch);
    client.expect_started(1);
    family.expect("ready");
    drop(client);

    let client = home.open(&[]);
    client.expect_nothing();
    family.expect_end();
    // It may be launched again, and that one lives.
    let gate = home.gate("gate");
    client.launch(&home.shell(1, "read x < $HOME_DIR/gate; exit 3"));
    client.expect_started(1);
    assert_eq!(client.run(&home.launch(2, &["true"])), Exit::Code(0));
    gate.open();
    client.expect_exit(1, Exit::Code(3));
    client.executor.retire().unwrap();
    home.await_no_runner();
    assert!(!launch.directory.exists());
}

#[test]
fn an_attempt_gives_way_to_one_of_another_job() {
    let home = Home::new();
    let client = home.open(&[]);
    let family = home.watch("family");
    client.launch(&home.shell(1, RUNAWAY));
    client.expect_started(1);
    family.expect("ready");
    assert_eq!(client.run(&home.other(1, "exit 7")), Exit::Code(7));
    family.expect_end();
    client.expect_nothing();
    drop(client);

    home.kill_runner();
    let client = home.open_with(&[Expected { attempt: id(1), job_id: home.other(1, "").job_id }]);
    client.expect_started(1);
    client.expect_exit(1, Exit::Code(7));
    client.expect_nothing();
}

/// An attempt with a grandchild in another session, which no signal to the group reaches.
const RUNAWAY: &str = "exec 9>$HOME_DIR/family; setsid sh -c 'echo ready >&9; sleep 600' & sleep 600";

#[test]
fn the_death_of_the_runner_loses_what_runs() {
    let home = Home::new();
    let client = home.open(&[]);
    let family = home.watch("family");
    let settled = home.launch(1, &["true"]);
    client.run(&settled);
    let launch = home.shell(2, RUNAWAY);
    client.launch(&launch);
    client.expect_started(2);
    family.expect("ready");
    home.kill_runner();
    client.expect_lost(2);
    family.expect_end();

    // The lost one stays lost, others can be launched, and nothing is told twice.
    client.launch(&launch);
    assert_eq!(client.run(&home.launch(3, &["true"])), Exit::Code(0));
    client.expect_nothing();
    drop(client);
    let client = home.open(&[1, 2, 3]);
    let ends = client.reports.try_iter().filter(Report::is_end).collect::<Vec<_>>();
    assert_eq!(ends.len(), 3, "{ends:?}");
    let lost = ends.iter().filter(|report| matches!(report, Report::Lost { .. }));
    assert_eq!(lost.map(Report::attempt).collect::<Vec<_>>(), [id(2)]);
    client.executor.retire().unwrap();
    home.await_no_runner();
    assert!(!launch.directory.exists());
}

#[test]
fn a_runner_may_die_while_no_engine_is_there() {
    let home = Home::new();
    let client = home.open(&[]);
    let family = home.watch("family");
    client.launch(&home.shell(1, RUNAWAY));
    client.expect_started(1);
    family.expect("ready");
    client.run(&home.shell(2, "exit 2"));
    drop(client);
    home.kill_runner();

    // The third was launched, says the engine, but the runner did not live to see it.
    let client = home.open(&[1, 2, 3]);
    let reports: Vec<Report> = client.reports.try_iter().collect();
    family.expect_end();
    let [
        Report::Started { .. },
        Report::Lost { .. },
        Report::Started { .. },
        Report::Exited { exit: Exit::Code(2), .. },
        Report::Lost { attempt, .. },
    ] = reports[..]
    else {
        panic!("{reports:?}")
    };
    assert_eq!(attempt, id(3));
    assert_eq!(client.run(&home.launch(4, &["true"])), Exit::Code(0));
}

#[test]
fn a_new_runner_removes_what_a_dead_one_left() {
    let home = Home::new();
    let (work, elsewhere) = (home.path.join("work"), home.path.join("elsewhere"));
    fs::create_dir_all(work.join("old/deep")).unwrap();
    fs::write(work.join("old/deep/file"), "").unwrap();
    fs::write(work.join("file"), "").unwrap();
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("precious"), "").unwrap();
    std::os::unix::fs::symlink(&elsewhere, work.join("link")).unwrap();
    let client = home.open(&[]);
    assert_eq!(client.run(&home.launch(1, &["true"])), Exit::Code(0));
    client.executor.retire().unwrap();
    home.await_no_runner();
    let left: Vec<_> = fs::read_dir(&work).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["1"]);

    // Others may keep something where a link leads to.
    fs::remove_dir_all(&work).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &work).unwrap();
    let client = home.open(&[]);
    client.executor.retire().unwrap();
    home.await_no_runner();
    assert!(elsewhere.join("precious").exists());
}

#[test]
fn a_runner_is_no_part_of_the_job_that_started_it() {
    const NAMES: [&str; 2] = ["AWS_BATCH_JOB_ID", "AWS_BATCH_JOB_ATTEMPT"];
    if std::env::var_os(NAMES[0]).is_none() {
        let mut inside = Command::new(std::env::current_exe().unwrap());
        let inside = inside.args(["--exact", "a_runner_is_no_part_of_the_job_that_started_it"]);
        let inside = inside.envs(NAMES.map(|name| (name, "1"))).output().unwrap();
        assert!(inside.status.success(), "{}", String::from_utf8_lossy(&inside.stdout));
        return;
    }
    let home = Home::new();
    let _client = home.open(&[]);
    let environment = fs::read(format!("/proc/{}/environ", home.runner_pid().unwrap())).unwrap();
    let environment = String::from_utf8_lossy(&environment);
    assert!(environment.contains("PATH=") && !NAMES.iter().any(|name| environment.contains(name)));
}

#[test]
fn launches_around_the_death_of_the_runner_are_accounted_for() {
    let home = Home::new();
    let client = home.open(&[]);
    for job in 1..=60 {
        client.launch(&home.launch(job, &["true"]));
        if job % 20 == 0 {
            home.kill_runner();
        }
    }
    let mut ended = std::collections::HashSet::new();
    while ended.len() < 60 {
        let report = client.next();
        if report.is_end() {
            assert!(ended.insert(report.attempt()), "{report:?}");
        }
    }
}

#[test]
fn an_idle_runner_retires() {
    let home = Home::new();
    let client = home.open(&[]);
    client.run(&home.launch(1, &["true"]));
    client.executor.retire().unwrap();
    home.await_no_runner();
    assert!(matches!(client.executor.launch(&home.launch(2, &["true"])), Err(ExecutorError::Retired)));
    drop(client);
    let client = home.open(&[1]);
    client.expect_started(1);
    client.expect_exit(1, Exit::Code(0));
    assert_eq!(client.run(&home.launch(2, &["true"])), Exit::Code(0));
}

#[test]
fn a_busy_runner_does_not_retire() {
    let home = Home::new();
    let client = home.open(&[]);
    let gate = home.gate("gate");
    client.launch(&home.shell(1, "read x < $HOME_DIR/gate"));
    client.expect_started(1);
    client.executor.retire().unwrap();
    drop(client);
    let client = home.open(&[1]);
    client.expect_started(1);
    gate.open();
    client.expect_exit(1, Exit::Code(0));
}

#[test]
fn a_home_has_one_runner() {
    let home = Home::new();
    let client = home.open(&[]);
    let mut second = Command::new(&home.runner.program);
    let second = second.args(&home.runner.args).stderr(Stdio::null()).output().unwrap();
    assert!(!second.status.success() && second.stdout.is_empty());
    assert_eq!(client.run(&home.launch(1, &["true"])), Exit::Code(0));
}

#[test]
fn a_runner_that_cannot_start_is_an_error() {
    let home = Home::new();
    let open = |program: &Path| {
        let runner = RunnerCommand { program: program.into(), args: home.runner.args.clone() };
        ProcessExecutor::open(&home.path, &runner, &[], |_| {}).err().unwrap()
    };
    assert!(matches!(open(Path::new("/no/such/kiln")), ExecutorError::Start { .. }));
    assert!(matches!(open(Path::new("/bin/false")), ExecutorError::NotReady { .. }));
}
