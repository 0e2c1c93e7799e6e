//! One attempt from its start to its end.

use super::*;

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
