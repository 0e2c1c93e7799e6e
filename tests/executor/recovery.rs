//! Engines and runners that die, and what becomes of the attempts.

use super::*;

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
