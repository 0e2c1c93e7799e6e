//! The engine as a process: how it starts, stops, and what it says when it cannot.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use common::{Kiln, PROGRAM};

#[test]
fn the_first_command_starts_the_engine_and_stop_ends_it() {
    let kiln = Kiln::new();
    assert!(kiln.ok(["engine", "status"]).contains("state: not running"));
    assert!(kiln.engine().is_none());
    kiln.ok(["describe-job-queues"]);
    let first = kiln.engine().unwrap();
    assert!(kiln.ok(["engine", "status"]).contains(&first.to_string()));
    kiln.ok(["describe-job-queues"]);
    assert_eq!(kiln.engine().unwrap(), first, "it is still the same");
    let _ = kiln.run(["engine", "stop"]).exits(0);
    kiln.until(|| !fs::exists(format!("/proc/{first}/exe")).unwrap());
    assert!(!kiln.home().join("engine.sock").exists());
    assert!(kiln.ok(["engine", "log"]).contains("engine listens"));
    kiln.ok(["describe-job-queues"]);
    assert_ne!(kiln.engine().unwrap(), first);
}

#[test]
fn many_first_commands_start_one_engine() {
    let kiln = Kiln::new();
    let commands: Vec<_> = (0..8)
        .map(|_| {
            kiln.command(["describe-job-queues"])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for command in commands {
        let output = command.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let starts = kiln.ok(["engine", "log"]).lines().filter(|line| line.contains("engine starts")).count();
    assert_eq!(starts, 1);
}

#[test]
fn a_second_engine_in_one_home_is_refused() {
    let kiln = Kiln::new();
    kiln.ok(["describe-job-queues"]);
    let _ = kiln.run(["engine", "run"]).exits(253).says("another engine runs");
}

#[test]
fn jobs_go_on_while_the_engine_is_stopped() {
    let kiln = Kiln::ready();
    let gate = kiln.home().join("gate");
    let job = kiln.submit(&format!("until test -e {}; do sleep 0.02; done; exit 5", gate.display()));
    kiln.until(|| kiln.describe(&job)["status"] == "RUNNING");
    let started = kiln.describe(&job)["startedAt"].clone();
    let _ = kiln.run(["engine", "stop"]).exits(0).says("1");
    fs::write(gate, "").unwrap();
    let _ = kiln.run(["wait", &job]).exits(5);
    let detail = kiln.describe(&job);
    assert_eq!(detail["startedAt"], started);
    assert_eq!(detail["attempts"].as_array().unwrap().len(), 1);
}

#[test]
fn a_termination_survives_the_engine() {
    let kiln = Kiln::ready();
    let job = kiln.submit("trap 'echo asked' TERM; echo on; while :; do sleep 0.05; done");
    kiln.until(|| kiln.run(["logs", &job]).out == "on\n");
    kiln.ok(["terminate-job", "--job-id", &job, "--reason", "stop it"]);
    Kiln::kill(kiln.engine().unwrap());
    let terminated = kiln.describe(&job);
    assert_eq!(terminated["isTerminated"], true);
    kiln.until(|| kiln.run(["logs", &job]).out.contains("asked"));
    // 30 s of grace, then SIGKILL: by the engine that never saw the call.
    let _ = kiln.run(["wait", &job, "--timeout", "60"]).exits(137);
    assert_eq!(kiln.describe(&job)["statusReason"], "stop it");
}

#[test]
fn a_lost_runner_is_a_lost_host() {
    let kiln = Kiln::ready();
    let strategy = r#"{"attempts":2,"evaluateOnExit":[{"onStatusReason":"Host EC2*","action":"RETRY"}]}"#;
    let script = "echo $$; test $AWS_BATCH_JOB_ATTEMPT = 2 || sleep 3600";
    let job = kiln.submit_with(script, &["--retry-strategy", strategy]);
    kiln.until(|| kiln.run(["logs", &job]).out.ends_with('\n'));
    let process: i32 = kiln.ok(["logs", &job]).trim().parse().unwrap();
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let runner = status.lines().find_map(|line| line.strip_prefix("PPid:")).unwrap().trim().parse().unwrap();
    Kiln::kill(runner);
    let _ = kiln.run(["wait", &job]).exits(0);
    assert!(!fs::exists(format!("/proc/{process}/exe")).unwrap(), "what it ran is gone");
    let attempts = kiln.describe(&job)["attempts"].clone();
    assert!(
        attempts[0]["statusReason"].as_str().unwrap().starts_with("Host EC2 (instance i-"),
        "{attempts:#}"
    );
    assert_eq!(attempts[1]["container"]["exitCode"], 0);
}

/// The bytes of the database and of what SQLite keeps beside it, but for the index that it makes anew each time.
fn database(kiln: &Kiln) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(kiln.home()).unwrap().map(|entry| entry.unwrap());
    let names = files.filter_map(|file| file.file_name().into_string().ok());
    let kept = names.filter(|name| name.starts_with("kiln.db") && !name.ends_with("-shm"));
    kept.map(|name| (name.clone(), fs::read(kiln.home().join(name)).unwrap())).collect()
}

#[test]
fn a_damaged_database_is_told_and_left_alone() {
    let kiln = Kiln::ready();
    // Stopped, so that most of it is in the file itself, and then killed, so that the last changes are beside it.
    let _ = kiln.run(["engine", "stop"]).exits(0);
    kiln.define("last", r#"["true"]"#);
    Kiln::kill(kiln.engine().unwrap());
    kiln.until(|| kiln.ok(["engine", "status"]).contains("not running"));
    assert!(database(&kiln).len() > 1);
    let path = kiln.home().join("kiln.db");
    let nonsense =
        b"not a database at all, but long enough to have a header of its own, and then some more".repeat(9);
    let sound = fs::read(&path).unwrap();
    let mut torn = sound.clone();
    let middle = torn.len() / 2;
    torn[middle..].fill(0xa5);
    for damage in [nonsense, torn, sound[..50].to_vec()] {
        fs::write(&path, &damage).unwrap();
        let before = database(&kiln);
        let done = kiln.run(["describe-job-queues"]).exits(253).silent();
        let _ = done.says("kiln.db").says("was not changed");
        assert_eq!(database(&kiln), before);
    }
}

#[test]
fn a_foreign_or_newer_database_is_told_and_left_alone() {
    let kiln = Kiln::new();
    let database = kiln.home().join("kiln.db");
    let sqlite = |sql: &str| rusqlite::Connection::open(&database).unwrap().execute_batch(sql).unwrap();
    sqlite("CREATE TABLE theirs (x)");
    let before = self::database(&kiln);
    let _ = kiln.run(["describe-job-queues"]).exits(253).says("not one of kiln's");
    assert_eq!(self::database(&kiln), before);
    fs::remove_file(&database).unwrap();
    kiln.ok(["describe-job-queues"]);
    let _ = kiln.run(["engine", "stop"]).exits(0);
    sqlite("PRAGMA user_version = 99");
    let _ = kiln.run(["describe-job-queues"]).exits(253).says("schema 99").says("newer kiln");
}

#[test]
fn a_home_that_cannot_be_written_is_told() {
    let kiln = Kiln::new();
    fs::write(kiln.home().join("file"), "").unwrap();
    let home = kiln.home().join("file/home");
    let mut command = kiln.command(["describe-job-queues"]);
    let output = command.env("KILN_HOME", home).output().unwrap();
    assert_eq!(output.status.code(), Some(253));
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("file/home") && text.contains("KILN_HOME"), "{text}");
}

#[test]
fn an_engine_of_another_version_is_told_apart() {
    let kiln = Kiln::new();
    kiln.ok(["describe-job-queues"]);
    let mut stream = std::os::unix::net::UnixStream::connect(kiln.home().join("engine.sock")).unwrap();
    let request = "POST /v1/describejobqueues HTTP/1.1\r\nhost: x\r\nx-kiln-version: 99.0.0\r\ncontent-length: 2\r\n\
                   connection: close\r\n\r\n{}";
    stream.write_all(request.as_bytes()).unwrap();
    let answer = std::io::read_to_string(stream).unwrap();
    assert!(answer.starts_with("HTTP/1.1 409 "), "{answer}");
    assert!(answer.contains("99.0.0") && answer.contains("kiln engine stop"), "{answer}");
}

#[test]
fn a_new_home_is_closed_to_others_and_an_old_one_is_left_as_it_is() {
    let kiln = Kiln::new();
    fs::set_permissions(kiln.home(), fs::Permissions::from_mode(0o755)).unwrap();
    let new = kiln.home().join("a/new");
    let status = kiln.command(["describe-job-queues"]).env("KILN_HOME", &new).status().unwrap();
    assert!(status.success());
    kiln.ok(["describe-job-queues"]);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(kiln.home()), mode(&new)), (0o755, 0o700));
    for file in ["engine.sock", "kiln.db", "kiln.db-wal", "engine.log", "engine.lock"] {
        assert_eq!(mode(&kiln.home().join(file)), 0o600, "{file}");
    }
}

#[test]
fn wait_and_logs_outlive_the_engine() {
    let kiln = Kiln::ready();
    let gate = kiln.home().join("gate");
    let script = format!("echo one; until test -e {}; do sleep 0.02; done; echo two; exit 4", gate.display());
    let strategy = ["--retry-strategy", r#"{"attempts":2}"#];
    let job = kiln.submit_with(&script, &strategy);
    let spawn = |arguments: [&str; 3]| {
        kiln.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let (wait, logs) = (spawn(["wait", &job, "--timeout=60"]), spawn(["logs", &job, "--follow"]));
    kiln.until(|| kiln.run(["logs", &job]).out == "one\n");
    Kiln::kill(kiln.engine().unwrap());
    kiln.until(|| kiln.describe(&job)["status"] == "RUNNING");
    let _ = kiln.run(["engine", "stop"]).exits(0);
    fs::write(gate, "").unwrap();
    let (wait, logs) = (wait.wait_with_output().unwrap(), logs.wait_with_output().unwrap());
    assert_eq!(wait.status.code(), Some(4), "{}", String::from_utf8_lossy(&wait.stderr));
    assert_eq!(String::from_utf8_lossy(&logs.stdout), "one\ntwo\none\ntwo\n");
    assert!(logs.status.success(), "{}", String::from_utf8_lossy(&logs.stderr));
}

/// A file system that is unmounted whatever happens.
struct Mounted<'a>(&'a Path);

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[test]
fn a_full_disk_refuses_changes_and_is_got_over() {
    let directory = tempfile::tempdir().unwrap();
    let disk = directory.path();
    let mount = |arguments: &[&str]| Command::new("mount").args(arguments).arg(disk).output().unwrap();
    if !mount(&["-t", "tmpfs", "-o", "size=4m", "tmpfs"]).status.success() {
        assert!(std::env::var_os("CI").is_none(), "a small file system cannot be mounted");
        eprintln!("skipped: a small file system can only be mounted by root");
        return;
    }
    let _mounted = Mounted(disk);
    let kiln = Kiln::new().with("KILN_HOME", disk.to_str().unwrap()).set_up();
    let ballast = disk.join("ballast");
    // Leaves a few KiB, then takes the rest.
    let _ = fs::write(&ballast, vec![0; 8 << 20]);
    let parameters = serde_json::json!({ "script": "true", "more": "x".repeat(20_000) });
    let submit = || kiln.try_submit(&parameters, &[]);
    let mut accepted = 0;
    let refused = loop {
        let done = submit();
        if done.code != 0 {
            break done;
        }
        accepted += 1;
        assert!(accepted < 1000, "the disk never filled up");
    };
    let _ = refused.exits(254).says("nothing was changed").says("full");
    fs::remove_file(ballast).unwrap();
    kiln.until(|| submit().code == 0);
    kiln.until(|| kiln.ok(["engine", "status"]).contains("unfinishedJobs: 0"));
}

#[test]
fn an_idle_engine_leaves_and_a_long_home_works() {
    let kiln = Kiln::new().with("KILN_IDLE_SECONDS", "1");
    let home = kiln.home().join("a-rather-long-name-for-a-directory".repeat(5));
    let mut command = kiln.command(["describe-job-queues"]);
    assert!(command.env("KILN_HOME", &home).output().unwrap().status.success());
    kiln.until(|| !home.join("engine.sock").exists());
    kiln.until(|| fs::read_to_string(home.join("engine.log")).unwrap().contains("engine ends"));
}

#[test]
fn the_program_says_its_version_and_needs_no_home_for_help() {
    let run =
        |argument: &str| std::process::Command::new(PROGRAM).arg(argument).env_clear().output().unwrap();
    let version = run("--version");
    assert_eq!(String::from_utf8_lossy(&version.stdout), format!("kiln {}\n", env!("CARGO_PKG_VERSION")));
    let help = String::from_utf8(run("--help").stdout).unwrap();
    assert!(help.contains("submit-job") && help.contains("init"), "{help}");
}

#[test]
fn followers_that_hang_up_leave_nothing_behind() {
    let kiln = Kiln::ready();
    let job = kiln.submit("echo on; exec sleep 600");
    kiln.until(|| kiln.run(["logs", &job]).out == "on\n");
    let open = || fs::read_dir(format!("/proc/{}/fd", kiln.engine().unwrap())).unwrap().count();
    let before = open();
    let mut followers: Vec<_> = (0..10)
        .map(|_| kiln.command(["logs", &job, "--follow"]).stdout(Stdio::piped()).spawn().unwrap())
        .collect();
    kiln.until(|| open() >= before + 10);
    for follower in &mut followers {
        follower.kill().unwrap();
        let _ = follower.wait().unwrap();
    }
    kiln.until(|| open() <= before + 1);
}

#[test]
fn what_a_crash_leaves_of_a_new_database_is_no_hindrance() {
    let kiln = Kiln::new();
    for name in ["kiln.db.new", "kiln.db.new-journal", "kiln.db-wal"] {
        fs::write(kiln.home().join(name), "half of something").unwrap();
    }
    kiln.ok(["describe-job-queues"]);
    let names: Vec<_> = database(&kiln).into_keys().collect();
    assert!(names.iter().any(|name| name.starts_with("kiln.db-wal.") && name.ends_with(".old")), "{names:?}");
    assert!(!names.iter().any(|name| name.contains(".new")), "{names:?}");
}
