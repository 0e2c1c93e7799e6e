//! What a user feels: the start-up of a command, one submit from the shell, and 2,000 jobs in 2 slots beside a
//! bare loop that spawns the same program.
//!
//! `cargo bench --bench first_job` prints a line for each. The yardsticks run in the same process, so that both
//! meet the same machine.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use kiln::api::Operation;
use kiln::api::arn::Scope;
use kiln::backend::{Ask, Local};
use kiln::home::Home;
use serde_json::json;

const PROGRAM: &str = env!("CARGO_BIN_EXE_kiln");
const JOBS: usize = 2000;

fn main() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let home = directory.path();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let local = Local::new(Home::at(home), Scope::default());
    kiln(home, &["engine", "status"]);
    set_up(home);

    report("kiln --version", &sample(200, || kiln(home, &["--version"])));
    report("/bin/true (what any process costs here)", &sample(200, || run(Command::new("/bin/true"))));
    let submit = ["submit-job", "--job-name", "j", "--job-queue", "held", "--job-definition", "true"];
    report("kiln submit-job, engine running", &sample(200, || kiln(home, &submit)));
    report("one write and fdatasync on this disk", &sample(200, sync_once(home)));
    instructions(home, &["--version"]);
    instructions(home, &submit);

    let started = Instant::now();
    bare_loop();
    let bare = started.elapsed();
    let (submitted, finished) = runtime.block_on(many(&local));
    println!("{JOBS} x /bin/true, bare loop, 2 in flight: {:.0} jobs/s", rate(bare));
    println!("{JOBS} x /bin/true, kiln, 2 slots, submitted one by one over one connection:");
    println!(
        "  submitting alone {:.0} jobs/s; all finished after {:.2} s: {:.0} jobs/s = {:.2} of the bare loop",
        rate(submitted),
        finished.as_secs_f64(),
        rate(finished),
        bare.as_secs_f64() / finished.as_secs_f64()
    );
    kiln(home, &["engine", "stop"]);
}

fn rate(time: Duration) -> f64 {
    JOBS as f64 / time.as_secs_f64()
}

/// An environment of 2 vCPUs with a queue, and a queue whose environment takes nothing, so that what is submitted
/// there only waits.
fn set_up(home: &Path) {
    let open = r#"{"type":"EC2","minvCpus":0,"maxvCpus":2,"instanceTypes":["optimal"],"subnets":["s"],
        "securityGroupIds":["g"],"instanceRole":"ecsInstanceRole"}"#;
    for (name, state) in [("open", "ENABLED"), ("shut", "DISABLED")] {
        kiln(
            home,
            &[
                "create-compute-environment",
                "--compute-environment-name",
                name,
                "--type",
                "MANAGED",
                "--state",
                state,
                "--compute-resources",
                open,
            ],
        );
    }
    for (queue, environment) in [("run", "open"), ("held", "shut")] {
        let order = json!([{"order": 1, "computeEnvironment": environment}]).to_string();
        kiln(
            home,
            &[
                "create-job-queue",
                "--job-queue-name",
                queue,
                "--priority",
                "1",
                "--compute-environment-order",
                &order,
            ],
        );
    }
    let container = json!({"image": "none", "command": ["/bin/true"], "resourceRequirements":
        [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "4"}]})
    .to_string();
    kiln(
        home,
        &[
            "register-job-definition",
            "--job-definition-name",
            "true",
            "--type",
            "container",
            "--container-properties",
            &container,
        ],
    );
}

async fn many(local: &Local) -> (Duration, Duration) {
    let started = Instant::now();
    let mut jobs = Vec::with_capacity(JOBS);
    for _ in 0..JOBS {
        let input = json!({"jobName": "j", "jobQueue": "run", "jobDefinition": "true"});
        let answer = local.call(Operation::SubmitJob, &input).await.expect("a job is submitted");
        jobs.push(answer["jobId"].as_str().expect("a job id").to_owned());
    }
    let submitted = started.elapsed();
    let body = json!({ "jobs": jobs }).to_string();
    let ask = Ask { method: "POST", path_and_query: "/kiln/v1/wait", body: &body };
    let mut ended = 0;
    let mut count = |bytes: &[u8]| {
        ended += bytes.iter().filter(|byte| **byte == b'\n').count();
        Ok(())
    };
    local.stream(ask, &mut |_| {}, &mut count).await.expect("the jobs end");
    assert_eq!(ended, JOBS + 1, "a line for each job, and one at the beginning");
    (submitted, started.elapsed())
}

/// The yardstick: two threads, each spawning and waiting for its share.
fn bare_loop() {
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| (0..JOBS / 2).for_each(|_| run(Command::new("/bin/true"))));
        }
    });
}

fn kiln(home: &Path, arguments: &[&str]) {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env("KILN_HOME", home).env("KILN_VCPUS", "2");
    run(command);
}

fn run(mut command: Command) {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let _ = status.expect("the program starts");
}

fn sync_once(home: &Path) -> impl FnMut() {
    let mut file = File::create(home.join("yardstick")).expect("a file");
    move || {
        file.write_all(&[0; 4096]).expect("a write");
        file.sync_data().expect("a sync");
    }
}

fn sample(times: usize, mut action: impl FnMut()) -> Vec<Duration> {
    action();
    let one = |_| {
        let started = Instant::now();
        action();
        started.elapsed()
    };
    let mut samples: Vec<_> = (0..times).map(one).collect();
    samples.sort();
    samples
}

fn report(what: &str, samples: &[Duration]) {
    let at = |share: usize| samples[(samples.len() - 1) * share / 100].as_secs_f64() * 1000.0;
    println!(
        "{what}: median {:.2} ms, p10 {:.2} ms, p90 {:.2} ms ({} runs)",
        at(50),
        at(10),
        at(90),
        samples.len()
    );
}

/// Counts the instructions of the whole process, where valgrind is installed.
fn instructions(home: &Path, arguments: &[&str]) {
    let out = home.join("callgrind.out");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", &format!("--callgrind-out-file={}", out.display()), PROGRAM])
        .args(arguments)
        .env("KILN_HOME", home)
        .stdin(Stdio::null())
        .output();
    let Ok(output) = output else {
        println!("instructions of kiln {}: not counted, valgrind is not installed", arguments[0]);
        return;
    };
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let count =
        text.lines().find_map(|line| line.split_once("Collected : ")).map(|(_, count)| count.to_owned());
    println!("instructions of kiln {}: {}", arguments[0], count.unwrap_or_else(|| "not counted".into()));
    let _ = fs::remove_file(out);
}
