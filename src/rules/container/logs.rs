//! Where the output of a container goes.

use crate::api::container::LogDriver;
use crate::rules::container::{Platform, secrets};
use crate::rules::context::{EC2_DEFINITION, FARGATE_DEFINITION};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::found;
use crate::rules::nearest::did_you_mean;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;

/// The options of awslogs that the guide lists.
const AWSLOGS_OPTIONS: [&str; 6] = [
    "awslogs-region",
    "awslogs-group",
    "awslogs-stream-prefix",
    "awslogs-datetime-format",
    "awslogs-multiline-pattern",
    "awslogs-create-group",
];
/// Further options that the driver has, though the guide does not list them.
const OTHER_OPTIONS: [&str; 7] = [
    "awslogs-stream",
    "awslogs-create-stream",
    "awslogs-force-flush-interval-seconds",
    "awslogs-max-buffered-events",
    "awslogs-endpoint",
    "awslogs-credentials-endpoint",
    "awslogs-format",
];

rules! {
    /// On Fargate there are only the log drivers awslogs and splunk.
    ///
    /// The other drivers need a program on the host. A container of an ECS task may also use awsfirelens, with a log
    /// router in the same task.
    error FARGATE_LOG_DRIVER = "JD050" {
        guide: "Job definition parameters: container properties, log configuration",
        from: ["JDP-081", "JDX-086", "EVT-027", "EVT-200"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"logConfiguration": {"logDriver": "json-file"}}}"#,
        right: r#"{"containerProperties": {"logConfiguration": {"logDriver": "awslogs"}}}"#,
    }

    /// Options of awslogs are spelt as the driver knows them.
    ///
    /// An option that the driver does not know makes the container fail to start. The documented ones are
    /// awslogs-region, awslogs-group, awslogs-stream-prefix, awslogs-datetime-format, awslogs-multiline-pattern and
    /// awslogs-create-group.
    warning AWSLOGS_OPTION = "JD110" {
        guide: "Using the awslogs log driver: available options",
        from: ["JDX-060"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-prefix": "night"}}}}"#,
        right: r#"{"containerProperties": {"logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-stream-prefix": "night"}}}}"#,
    }

    /// A multi-line pattern is ignored beside a date format.
    ///
    /// Both options tell where a message of several lines begins. When both are given, awslogs-datetime-format is used.
    /// Remove the one that is not meant.
    warning MULTILINE_PATTERN = "JD111" {
        guide: "Using the awslogs log driver: available options",
        from: ["JDX-066"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"logConfiguration": {"logDriver": "awslogs", "options": {
            "awslogs-datetime-format": "%Y-%m-%d", "awslogs-multiline-pattern": "^INFO"}}}}"#,
        right: r#"{"containerProperties": {"logConfiguration": {"logDriver": "awslogs", "options": {
            "awslogs-datetime-format": "%Y-%m-%d"}}}}"#,
    }

    /// Log groups are better created before the jobs than by them.
    ///
    /// With awslogs-create-group every job tries to create the group, and many jobs at once may fail over it; the
    /// execution role needs a permission for it too. Create the group once and leave the option out.
    warning CREATE_GROUP = "JD112" {
        guide: "Using the awslogs log driver: available options",
        from: ["JDX-067", "JDX-068"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"logConfiguration": {"logDriver": "awslogs", "options": {
            "awslogs-group": "night", "awslogs-create-group": "true"}}}}"#,
        right: r#"{"containerProperties": {"logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "night"}}}}"#,
    }
}

/// Judges the log configuration of a container, which may be one of an ECS task.
pub(in crate::rules) fn check(logs: &Cursor<'_>, platform: Platform, in_task: bool, findings: &mut Findings) {
    if let Some(options) = logs.get("secretOptions") {
        secrets::check(&options, findings);
    }
    let Some(at) = logs.get("logDriver") else { return };
    let Some(driver) = at.text().and_then(LogDriver::parse) else { return };
    if platform == Platform::Fargate {
        let is_allowed = match driver {
            LogDriver::Awslogs | LogDriver::Splunk => true,
            LogDriver::Awsfirelens => in_task,
            _ => false,
        };
        if !is_allowed {
            let words = if in_task {
                "\"awslogs\", \"splunk\" or \"awsfirelens\""
            } else {
                "\"awslogs\" or \"splunk\""
            };
            let message = format!("expected {words} on Fargate, found {}", found(&at));
            findings.push(FARGATE_LOG_DRIVER.at(&at, message));
        }
    }
    if let Some(options) = logs.get("options").filter(|_| driver == LogDriver::Awslogs) {
        awslogs(&options, findings);
    }
}

/// Judges the options of awslogs. Values are not shown: options may hold secrets.
fn awslogs(options: &Cursor<'_>, findings: &mut Findings) {
    for (name, at) in options.members() {
        let is_known = AWSLOGS_OPTIONS.contains(&name) || OTHER_OPTIONS.contains(&name);
        if !is_known && name.to_ascii_lowercase().starts_with("awslogs-") {
            let message = format!("awslogs does not know the option {}", quoted(name, LONGEST_SHOWN));
            let help = did_you_mean(name, AWSLOGS_OPTIONS);
            findings.push(AWSLOGS_OPTION.at(&at, message).at_key().with_help(help));
        }
    }
    if let Some(at) = options.get("awslogs-multiline-pattern")
        && options.get("awslogs-datetime-format").is_some()
    {
        let message = "this option is ignored beside awslogs-datetime-format";
        findings.push(MULTILINE_PATTERN.at(&at, message).at_key());
    }
    if let Some(at) = options.get("awslogs-create-group")
        && at.text().is_some_and(|text| text.eq_ignore_ascii_case("true"))
    {
        let message = "every job tries to create the log group, which makes some of them fail";
        let help = "create the group once, and leave the option out".to_owned();
        findings.push(CREATE_GROUP.at(&at, message).with_help(help));
    }
}
