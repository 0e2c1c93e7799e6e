//! What the README shows is run: its shell blocks, in order, in one home.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use std::path::Path;
use std::process::Command;

use common::{Kiln, PROGRAM};

fn blocks() -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_readme_has_two_commands_to_begin_with() {
    let blocks = blocks();
    assert_eq!(blocks[0], "cargo run --release -- init --yes\n");
    assert_eq!(blocks[1], "cargo test\n");
}

#[test]
fn the_main_command_runs_a_first_job() {
    let kiln = Kiln::new();
    let done = kiln.run(["init", "--yes"]).exits(0).says("SUCCEEDED");
    assert_eq!(done.out, "Hello World\n");
    let again = kiln.run(["init", "--yes"]).exits(0).says("already there");
    assert_eq!(again.out, "Hello World\n");
    let _ = Kiln::new().run(["init"]).exits(252).says("--yes");
}

#[test]
fn the_commands_of_the_readme_work() {
    let kiln = Kiln::new();
    let path = format!("{}:/usr/bin:/bin", Path::new(PROGRAM).parent().unwrap().display());
    let script = format!("set -e\n{}", blocks()[2..].join("\n"));
    let output = Command::new("sh")
        .args(["-c", &script])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .env("KILN_HOME", kiln.home())
        .env("PATH", path)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("job-definition/hello-world:1") && text.contains("\"jobId\""), "{text}");
    assert!(text.contains("\"findings\": []") && text.contains("JD038 (error)"), "{text}");
}
