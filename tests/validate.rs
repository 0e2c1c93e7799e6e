//! `kiln validate` and `kiln explain` as a person or a pipeline uses them.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// What a run left behind.
struct Done {
    code: i32,
    out: String,
    err: String,
}

/// A directory with files.
struct Files(TempDir);

impl Files {
    fn new(files: &[(&str, &str)]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = directory.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(directory)
    }

    fn run(&self, words: &[&str]) -> Done {
        run(self.0.path(), words, "")
    }
}

fn run(directory: &Path, words: &[&str], input: &str) -> Done {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kiln"))
        .args(words)
        .current_dir(directory)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Done { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

const GOOD: &str = r#"{"jobName": "night-run", "jobQueue": "default", "jobDefinition": "sleep"}"#;
const BAD: &str = "{\n  \"jobName\": \"night run\",\n  \"jobQueue\": \"default\",\n  \"jobDefinition\": \"sleep\",\n  \"arrayProperties\": {\"size\": 1}\n}\n";
/// A definition that is right, in YAML, with a warning in it: the deprecated `vcpus`.
const ODD: &str = "\
# kiln: register-job-definition
jobDefinitionName: old
type: container
containerProperties:
  image: busybox
  vcpus: 1
  resourceRequirements:
    - {type: MEMORY, value: \"2048\"}
";

#[test]
fn a_good_file_is_silent_but_for_a_summary() {
    let files = Files::new(&[("job.json", GOOD)]);
    let done = files.run(&["validate", "job.json"]);
    assert_eq!((done.code, done.out.as_str()), (0, ""));
    assert_eq!(done.err, "checked 1 file (submit-job): nothing found\n");
}

#[test]
fn a_bad_file_is_shown_with_the_places_and_what_it_was_taken_for() {
    let files = Files::new(&[("job.json", BAD)]);
    let done = files.run(&["validate", "job.json"]);
    assert_eq!(done.code, 252);
    for part in [
        "error: job.json:2:14: jobName: ",
        "2 |   \"jobName\": \"night run\",\n  |              ^^^^^^^^^^^\n",
        "error: job.json:5:31: arrayProperties.size: ",
        "note: job.json was checked for submit-job, as its members suggest\n",
    ] {
        assert!(done.out.contains(part), "{part}\n{}", done.out);
    }
    assert_eq!(done.err, "checked 1 file (submit-job): 2 errors\n");
}

#[test]
fn warnings_pass_unless_they_are_denied() {
    let files = Files::new(&[("old.yaml", ODD)]);
    let done = files.run(&["validate", "old.yaml"]);
    assert_eq!(done.code, 0, "{}", done.out);
    assert!(done.out.starts_with("warning: old.yaml:6:"), "{}", done.out);
    assert!(!done.out.contains("note: "), "a comment said what it is: {}", done.out);
    assert_eq!(done.err, "checked 1 file (register-job-definition): 1 warning\n");
    assert_eq!(files.run(&["validate", "--deny", "warnings", "old.yaml"]).code, 252);
}

#[test]
fn a_mixed_directory_gives_one_report_in_the_order_of_the_files() {
    let files = Files::new(&[
        ("jobs/a-good.json", GOOD),
        ("jobs/b-bad.json", BAD),
        ("jobs/c-broken.yaml", "jobName: a\n  jobQueue: b\n"),
        ("jobs/d-odd.yml", ODD),
        ("jobs/package.json", r#"{"name": "x", "version": "1.0.0", "license": "MIT"}"#),
        ("jobs/readme.txt", "not looked at"),
    ]);
    let done = files.run(&["validate", "jobs", "missing.json"]);
    assert_eq!(done.code, 252);
    let order = [
        "error: jobs/b-bad.json:2:14:",
        "error: jobs/c-broken.yaml:2:",
        "[INPUT-SYNTAX]",
        "warning: jobs/d-odd.yml:6:",
        "warning: jobs/package.json: this is not recognised as the input of any operation [INPUT-SKIPPED]",
        "error: missing.json: no such file or directory [INPUT-FILE]",
    ];
    let places: Vec<_> = order.iter().map(|part| done.out.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{}", done.out);
    assert!(!done.out.contains("a-good") && !done.out.contains("readme.txt"), "{}", done.out);
    assert_eq!(
        done.err,
        "checked 6 files (1 register-job-definition, 2 submit-job): 4 errors and 2 warnings\n"
    );
}

#[test]
fn several_documents_are_each_for_their_own_operation() {
    let text = format!("{ODD}---\n# kiln: submit-job\njobName: a\njobQueue: q\n---\njobs: [a]\n");
    let files = Files::new(&[("all.yaml", &text)]);
    let done = files.run(&["validate", "--format", "json", "all.yaml"]);
    let report: Value = serde_json::from_str(&done.out).unwrap();
    let lines: Vec<_> =
        report["findings"].as_array().unwrap().iter().map(|it| (&it["path"], &it["line"])).collect();
    assert_eq!(
        lines,
        [(&json!("containerProperties.vcpus"), &json!(6)), (&json!("jobDefinition"), &json!(11))],
        "{}",
        done.out
    );
    assert!(done.err.contains("1 describe-jobs, 1 register-job-definition, 1 submit-job"), "{}", done.err);
}

#[test]
fn standard_input_is_read() {
    let directory = tempfile::tempdir().unwrap();
    let done = run(directory.path(), &["validate", "-"], BAD);
    assert!(done.code == 252 && done.out.starts_with("error: stdin:2:14: jobName"), "{}", done.out);
    let done = run(directory.path(), &["validate", "-"], "jobs: [a, b]\n");
    assert_eq!((done.code, done.err.as_str()), (0, "checked 1 file (describe-jobs): nothing found\n"));
}

#[test]
fn the_operation_can_be_said() {
    let files = Files::new(&[("x.json", r#"{"jobQueue": "q"}"#)]);
    let done = files.run(&["validate", "x.json"]);
    assert!(done.code == 252 && done.out.contains("this could be for"), "{}", done.out);
    for name in ["list-jobs", "ListJobs"] {
        assert_eq!(files.run(&["validate", "--operation", name, "x.json"]).code, 0);
    }
    let done = files.run(&["validate", "--operation", "list-job", "x.json"]);
    assert_eq!(done.code, 252);
    assert_eq!(done.err, "kiln: error: unknown operation \"list-job\"\nhint: did you mean list-jobs?\n");
}

#[test]
fn programs_get_their_own_formats() {
    let files = Files::new(&[("a.json", BAD), ("b.json", "{")]);
    let run = |format| files.run(&["validate", "--format", format, "a.json", "b.json"]);
    let done = run("json");
    let report: Value = serde_json::from_str(&done.out).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 3);
    let keys: Vec<_> = findings[0].as_object().unwrap().keys().collect();
    let all =
        ["rule", "severity", "path", "message", "help", "file", "line", "column", "endLine", "endColumn"];
    assert_eq!(keys, all);
    assert_eq!(findings[1]["path"], "arrayProperties.size");
    assert_eq!([&findings[1]["line"], &findings[1]["column"], &findings[1]["endColumn"]], [5, 31, 32]);

    let done = run("github");
    assert!(
        done.out.starts_with("::error file=a.json,line=2,endLine=2,col=14,endColumn=24,title="),
        "{}",
        done.out
    );
    assert_eq!(done.out.lines().count(), 3);

    let done = run("sarif");
    let log: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    assert_eq!(results.len(), 3);
}

#[test]
fn nothing_secret_is_repeated() {
    let text = "jobDefinitionName: a\ntype: container\ncontainerProperties:\n  image: 7\n  environment:\n    - {name: TOKEN, value: 4711}\n  secret: hunter2\n";
    let files = Files::new(&[
        ("a.yaml", text),
        ("b.yaml", "environment:\n  - name: A\n    value: hunter2\n   - bad\n"),
    ]);
    for format in ["text", "json", "sarif", "github"] {
        let done = files.run(&["validate", "--format", format, "a.yaml", "b.yaml"]);
        assert_eq!(done.code, 252);
        assert!(!done.out.contains("4711"), "{}", done.out);
    }
    let done = files.run(&["validate", "b.yaml"]);
    assert!(!done.out.contains("hunter2"), "{}", done.out);
}

#[test]
fn files_of_another_kind_are_not_shown_and_pipes_not_waited_for() {
    let files = Files::new(&[("a/x.json", r#"{"DB_PASSWORD": "hunter2", "x": 1}"#), ("a/job.json", GOOD)]);
    let pipe = files.0.path().join("a/pipe.json");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let done = files.run(&["validate", "a"]);
    assert_eq!(done.code, 0, "{}", done.out);
    assert!(
        done.out.contains("a/x.json: this is not recognised") && !done.out.contains("hunter2"),
        "{}",
        done.out
    );
    assert_eq!(files.run(&["validate", "file://a/job.json"]).code, 0);
}

#[test]
fn rules_are_explained() {
    let files = Files::new(&[]);
    let done = files.run(&["explain", "jd020", "SHAPE-ENUM"]);
    assert_eq!(done.code, 0);
    assert!(
        done.out.starts_with("JD020 (error): ") && done.out.contains("\n\nSHAPE-ENUM (error): "),
        "{}",
        done.out
    );
    let list = files.run(&["explain", "--list"]);
    assert!(list.code == 0 && list.out.lines().any(|line| line.starts_with("JD020 ")), "{}", list.out);
    let done = files.run(&["explain", "JD0200"]);
    assert_eq!((done.code, done.out.as_str()), (252, ""));
    assert!(done.err.contains("there is no rule \"JD0200\""), "{}", done.err);
}

#[test]
fn the_examples_are_without_findings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders =
        ["examples/hello-world", "examples/word-count", "examples/failing-job", "examples/pipeline"];
    let words: Vec<_> = ["validate", "--deny", "warnings"].into_iter().chain(folders).collect();
    let done = run(root, &words, "");
    assert_eq!((done.code, done.out.as_str()), (0, ""), "{}", done.err);
}
