//! Bad input: every message says where, what was found and what would be right; nothing is sent or created.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

mod common;

use std::fs;

use common::Kiln;
use serde_json::json;

const JOB: &str =
    r#"{"jobName": "j", "jobQueue": "q", "jobDefinition": "sh", "parameters": {"script": "true"}}"#;

fn file(kiln: &Kiln, name: &str, text: impl AsRef<[u8]>) -> String {
    fs::write(kiln.home().join(name), text).unwrap();
    format!("file://{name}")
}

fn submit(kiln: &Kiln, text: &str) -> common::Done {
    let input = file(kiln, "job.json", text);
    kiln.run(["submit-job", "--cli-input-json", &input])
}

#[test]
fn input_comes_from_a_file_or_inline_and_flags_win() {
    let kiln = Kiln::ready();
    let input = file(&kiln, "job.json", JOB);
    let from_file = kiln.json(["submit-job", "--cli-input-json", &input]);
    assert_eq!(from_file["jobName"], "j");
    let inline = kiln.json(["submit-job", "--cli-input-json", JOB, "--job-name", "other"]);
    assert_eq!(inline["jobName"], "other");
    let answer = kiln.json(["submit-job", "--cli-input-json", &input, "--parameters", r#"{"x":"y"}"#]);
    let detail = kiln.describe(answer["jobId"].as_str().unwrap());
    assert_eq!(detail["parameters"], json!({"x": "y"}), "a flag replaces the whole member");
    let parameters = file(&kiln, "parameters.json", r#"{"script": "echo from a file"}"#);
    let job = kiln.submit_with("", &["--parameters", &parameters]);
    let _ = kiln.run(["wait", &job]).exits(0);
    assert_eq!(kiln.ok(["logs", &job]), "from a file\n");
}

#[test]
fn malformed_json_is_shown_with_line_and_column() {
    let kiln = Kiln::new();
    let text = "{\n  \"jobName\": \"j\"\n  \"jobQueue\": \"q\"\n}\n";
    let done = submit(&kiln, text).exits(252).silent();
    let done = done.says("job.json:3:3").says("expected \",\" or \"}\"");
    assert!(done.err.contains("\"jobQueue\": \"q\""), "the line is shown: {}", done.err);
    let _ = submit(&kiln, "").exits(252).says("empty");
    let _ = submit(&kiln, "{\"jobName\": 'j'}").exits(252).says("job.json:1:13");
    let _ = submit(&kiln, "{\"jobName\": \"a\",\n \"jobName\": \"b\"}")
        .exits(252)
        .says("job.json:2:2")
        .says("jobName");
    let _ = submit(&kiln, "[1]").exits(252);
    let _ = submit(&kiln, &format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))).exits(252);
    let input = file(&kiln, "latin1.json", b"{\"jobName\": \"caf\xe9\"}");
    let _ = kiln.run(["submit-job", "--cli-input-json", &input]).exits(252).says("latin1.json").says("UTF-8");
    assert!(kiln.engine().is_none(), "no engine was started for it");
}

#[test]
fn an_unreadable_file_is_named_with_the_reason() {
    let kiln = Kiln::new();
    let input = |text: &str| kiln.run(["submit-job", "--cli-input-json", text]).exits(252).silent();
    let _ = input("file://none.json").says("none.json").says("no such file");
    let _ = input("file://.").says("directory");
}

#[test]
fn unknown_members_are_named_with_the_nearest_known() {
    let kiln = Kiln::new();
    let done = submit(&kiln, "{\n  \"jobName\": \"j\", \"jobQeue\": \"q\", \"jobDefinition\": \"d\"\n}")
        .exits(252)
        .silent();
    let _ = done.says("job.json:2:19").says("jobQeue").says("did you mean \"jobQueue\"?");
    let nested =
        r#"{"jobName":"j","jobQueue":"q","jobDefinition":"d","containerOverrides":{"comand":["x"]}}"#;
    let _ = submit(&kiln, nested).exits(252).says("containerOverrides").says("did you mean \"command\"?");
}

#[test]
fn wrong_types_are_named_with_path_expected_and_found() {
    let kiln = Kiln::new();
    let text = r#"{"jobName":7,"jobQueue":"q","jobDefinition":"d","timeout":{"attemptDurationSeconds":"60"},
        "containerOverrides":{"environment":[{"name":"A","value":1}]},"propagateTags":"true"}"#;
    let done = submit(&kiln, text).exits(252).silent();
    for part in [
        "jobName: expected a string",
        "timeout.attemptDurationSeconds: expected an integer",
        "containerOverrides.environment[0].value: expected a string",
        "propagateTags: expected",
        "job.json:2:",
    ] {
        assert!(done.err.contains(part), "{part} is missing:\n{}", done.err);
    }
}

#[test]
fn all_that_is_missing_is_listed_at_once() {
    let kiln = Kiln::new();
    let done = kiln.run(["submit-job", "--job-name", "j"]).exits(252).silent();
    let _ = done.says("jobQueue").says("jobDefinition");
    let done = kiln.run(["submit-job"]).exits(252).silent();
    let _ = done.says("jobName").says("jobQueue").says("jobDefinition");
}

#[test]
fn wrong_flags_and_commands_are_named() {
    let kiln = Kiln::new();
    let _ = kiln.run(["submit-jobs"]).exits(252).silent().says("submit-job");
    let _ =
        kiln.run(["submit-job", "--job-nam", "j", "--job-quue", "q"]).exits(252).silent().says("--job-quue");
    let _ = kiln
        .run(["create-job-queue", "--priority", "high"])
        .exits(252)
        .silent()
        .says("--priority")
        .says("high");
    let _ = kiln.run(["submit-job", "--timeout", "{\"a\": }"]).exits(252).silent().says("--timeout");
    let _ = kiln
        .run(["create-job-queue", "--state", "ENABELD", "--priority=1", "--job-queue-name=q"])
        .exits(252)
        .silent()
        .says("ENABLED");
}

#[test]
fn newer_operations_are_there_and_say_that_the_engine_lacks_them() {
    let kiln = Kiln::new();
    let done = kiln.run(["list-consumable-resources"]).exits(254).silent();
    assert_eq!(
        done.err.trim(),
        "An error occurred (ClientException) when calling the ListConsumableResources operation: \
         ListConsumableResources is not implemented by kiln's local engine yet"
    );
    let _ = kiln
        .run(["describe-service-job", "--job-id", "x"])
        .exits(254)
        .says("DescribeServiceJob is not implemented");
}

#[test]
fn members_that_the_engine_lacks_are_refused_by_name() {
    let kiln = Kiln::ready();
    let refused = |flag: &str, value: &str, words: &str| {
        let plain = ["submit-job", "--job-name=j", "--job-queue=q", "--job-definition=sh", flag, value];
        let _ = kiln.run(plain).exits(254).silent().says(words);
    };
    let licences = r#"{"consumableResourceList":[{"consumableResource":"licences","quantity":1}]}"#;
    let flag = "--consumable-resource-properties-override";
    refused(flag, licences, "does not support consumableResourcePropertiesOverride yet");
    refused("--share-identifier", "a", "shareIdentifier");
}

#[test]
fn limits_of_the_service_hold() {
    let kiln = Kiln::ready();
    let submit = |text: &str| kiln.try_submit(&json!({ "script": text }), &[]);
    let overhead =
        json!({"jobName": "j", "jobQueue": "q", "jobDefinition": "sh", "parameters": {"script": ""}});
    let room = 30 * 1024 - overhead.to_string().len();
    let _ = submit(&"x".repeat(room)).exits(0);
    let _ = submit(&"x".repeat(room + 1)).exits(252).says("at most 30720 bytes (30 KiB)");
    for strategy in [r#"{"attempts":0}"#, r#"{"attempts":11}"#] {
        let plain = [
            "submit-job",
            "--job-name=j",
            "--job-queue=q",
            "--job-definition=sh",
            "--retry-strategy",
            strategy,
        ];
        let _ = kiln.run(plain).exits(252).says("retryStrategy.attempts");
    }
    let short = ["submit-job", "--job-name=j", "--job-queue=q", "--job-definition=sh", "--timeout"];
    let _ = kiln
        .run(short.into_iter().chain([r#"{"attemptDurationSeconds":59}"#]))
        .exits(252)
        .says("at least 60");
    let _ = kiln.run(short.into_iter().chain([r#"{"attemptDurationSeconds":60}"#])).exits(0);
    let reserved = r#"{"environment":[{"name":"AWS_BATCH_X","value":"1"}]}"#;
    let plain = [
        "submit-job",
        "--job-name=j",
        "--job-queue=q",
        "--job-definition=sh",
        "--container-overrides",
        reserved,
    ];
    let _ = kiln.run(plain).exits(252).says("AWS_BATCH_X");
    for (name, good) in
        [("a".repeat(128), true), ("a".repeat(129), false), ("-a".into(), false), ("a b".into(), false)]
    {
        let flag = format!("--job-name={name}");
        let done = kiln.run(["submit-job", &flag, "--job-queue=q", "--job-definition=sh"]);
        let _ = done.exits(if good { 0 } else { 252 });
    }
    let ids: Vec<_> = (0..101).map(|n| n.to_string()).collect();
    let done = kiln.run(["describe-jobs", "--jobs"].into_iter().chain(ids.iter().map(String::as_str)));
    let _ = done.exits(252).says("at most 100");
}

#[test]
fn schemas_are_printed_and_unknown_operations_are_named() {
    let kiln = Kiln::new();
    let schema = kiln.json(["schema", "submit-job"]);
    assert_eq!((&schema["title"], &schema["type"]), (&json!("SubmitJob"), &json!("object")));
    assert_eq!(schema["required"], json!(["jobName", "jobQueue", "jobDefinition"]));
    assert_eq!(kiln.json(["schema", "SubmitJob"]), schema);
    let _ = kiln.run(["schema", "SubmitJobs"]).exits(252).silent().says("submit-job");
    assert!(kiln.engine().is_none(), "no engine is needed for it");
}
