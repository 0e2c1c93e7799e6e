//! How long `kiln validate` takes: the whole process on one typical file, and on a thousand of them.
//!
//! `cargo bench --bench validate`. The same run measures `/bin/true`, which is what starting any process costs.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const RUNS: usize = 300;
const FILES: usize = 1000;

fn main() {
    let directory = tempfile::tempdir().expect("a directory");
    let text = serde_json::to_string_pretty(&typical()).expect("JSON");
    let one = directory.path().join("one.json");
    fs::write(&one, &text).expect("a file");
    let many = directory.path().join("many");
    fs::create_dir(&many).expect("a directory");
    for number in 0..FILES {
        fs::write(many.join(format!("{number:04}.json")), &text).expect("a file");
    }
    println!("a file of {} lines, {RUNS} processes each:", text.lines().count());
    let nothing = median(|| run(Path::new("/bin/true"), &[]));
    println!("  /bin/true            {nothing:8.2?}");
    let kiln = Path::new(env!("CARGO_BIN_EXE_kiln"));
    let one = one.to_str().expect("a name");
    println!("  kiln validate FILE   {:8.2?}", median(|| run(kiln, &["validate", one])));
    let many = many.to_str().expect("a name");
    let times: Vec<_> = (0..5).map(|_| run(kiln, &["validate", many])).collect();
    let best = times.iter().min().expect("five runs");
    println!("{FILES} files, best of 5:     {best:8.2?}");
}

/// A job definition as they are written.
fn typical() -> Value {
    let variables: Vec<_> = (0..12).map(|n| json!({"name": format!("NAME_{n}"), "value": "value"})).collect();
    json!({
        "jobDefinitionName": "nightly-report",
        "type": "container",
        "parameters": {"date": "today", "format": "csv", "bucket": "reports"},
        "containerProperties": {
            "image": "public.ecr.aws/docker/library/python:3.12",
            "command": ["python", "report.py", "Ref::date", "Ref::format", "Ref::bucket"],
            "jobRoleArn": "arn:aws:iam::123456789012:role/report",
            "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
            "environment": variables,
            "volumes": [{"name": "data", "host": {"sourcePath": "/data"}}],
            "mountPoints": [{"containerPath": "/data", "sourceVolume": "data", "readOnly": true}],
            "resourceRequirements": [{"type": "VCPU", "value": "2"}, {"type": "MEMORY", "value": "4096"}],
            "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/aws/batch/job"}},
        },
        "retryStrategy": {
            "attempts": 3,
            "evaluateOnExit": [
                {"onStatusReason": "Host EC2*", "action": "RETRY"},
                {"onReason": "*", "action": "EXIT"},
            ],
        },
        "timeout": {"attemptDurationSeconds": 3600},
        "tags": {"team": "research"},
    })
}

fn run(program: &Path, words: &[&str]) -> Duration {
    let start = Instant::now();
    let status = Command::new(program).args(words).stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.expect("a process").success(), "{} {words:?}", program.display());
    start.elapsed()
}

fn median(mut run: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<_> = (0..RUNS).map(|_| run()).collect();
    times.sort();
    times[RUNS / 2]
}
