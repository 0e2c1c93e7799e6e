//! Every example runs, and prints what it is meant to show.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use std::path::Path;
use std::process::{Command, Output};

use common::{Kiln, PROGRAM};

fn run(kiln: &Kiln, example: &str) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example).join("run.sh");
    let programs = Path::new(PROGRAM).parent().unwrap();
    let path = format!("{}:/usr/bin:/bin", programs.display());
    let output =
        Command::new("sh").arg(script).env_clear().env("KILN_HOME", kiln.home()).env("PATH", path).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{example}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

#[test]
fn the_examples_run_in_order() {
    let kiln = Kiln::new();
    let text = |output: Output| String::from_utf8(output.stdout).unwrap();
    let hello = text(run(&kiln, "hello-world"));
    assert!(hello.ends_with("Hello from kiln\n"), "{hello}");
    let words = text(run(&kiln, "word-count"));
    let counts: Vec<_> = words
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with(char::is_numeric) || *line == "--")
        .collect();
    assert_eq!(
        counts,
        ["16 the", "4 fire", "3 pots", "3 potter", "3 to", "--", "16 the", "4 fire"],
        "{words}"
    );
    let failing = text(run(&kiln, "failing-job"));
    assert!(
        failing
            .contains("exit code 66\nattempt 1: cannot find the input\nattempt 3: cannot find the input\n"),
        "{failing}"
    );
    let answer: serde_json::Value =
        serde_json::from_str(&failing[failing.rfind("{\n    \"jobs\"").unwrap()..]).unwrap();
    assert_eq!(answer["jobs"][0]["attempts"].as_array().unwrap().len(), 3);
}

/// JOB-120, JOB-121, JOB-122, JOB-123: a plain job, an array, one paired with it, a sequential one, and a plain job.
#[test]
fn the_pipeline_runs_in_its_order() {
    let kiln = Kiln::new();
    let _ = run(&kiln, "hello-world");
    let text = String::from_utf8(run(&kiln, "pipeline").stdout).unwrap();
    let told = [
        "The total of 20 numbers is 3080, expected 3080.",
        "JobA: 1 of 1 ended",
        "JobB: 20 of 20 ended, each started after JobA had ended",
        "JobC: 20 of 20 ended, each started after the child of JobB with its index had ended",
        "JobD: 10 of 10 ended, one after another, the first started after all of JobC",
        "JobE: 1 of 1 ended, started after all of JobD",
    ];
    assert!(text.ends_with(&(told.join("\n") + "\n")), "{text}");
}

#[test]
fn every_example_is_run() {
    let folders = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")).unwrap();
    let mut names: Vec<_> = folders
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        // Files for editors, which tests/generated.rs looks after.
        .filter(|name| name != "schemas")
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["failing-job", "hello-world", "pipeline", "word-count"],
        "name a new example in the test above"
    );
}
