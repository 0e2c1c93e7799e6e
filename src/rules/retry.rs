//! Retry strategies, of job definitions and of jobs.

use crate::rules::context::{EC2_DEFINITION, JOB};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::rules;

/// The members of an entry that say which ends it is about.
const CONDITIONS: [&str; 3] = ["onStatusReason", "onReason", "onExitCode"];

rules! {
    /// A job is attempted 1 to 10 times.
    ///
    /// The first attempt counts, so that 1 means no retry. Without a strategy there is one attempt.
    error ATTEMPTS = "JD300" {
        guide: "Job definition parameters: retry strategy, attempts",
        from: ["JDX-001", "JOB-013", "JDC-014", "JOB-063"],
        on: EC2_DEFINITION,
        wrong: r#"{"retryStrategy": {"attempts": 0}}"#,
        right: r#"{"retryStrategy": {"attempts": 3}}"#,
    }

    /// A retry strategy has at most 5 entries in evaluateOnExit.
    ///
    /// They are tried in order and the first that matches decides. An asterisk at the end of a pattern lets one entry
    /// stand for several.
    error ENTRIES = "JD301" {
        guide: "Job definition parameters: retry strategy, evaluateOnExit",
        from: ["JDX-003", "JOB-064"],
        on: EC2_DEFINITION,
        wrong: r#"{"retryStrategy": {"attempts": 2, "evaluateOnExit": [
            {"onExitCode": "1", "action": "EXIT"}, {"onExitCode": "2", "action": "EXIT"},
            {"onExitCode": "3", "action": "EXIT"}, {"onExitCode": "4", "action": "EXIT"},
            {"onExitCode": "5", "action": "EXIT"}, {"onExitCode": "6", "action": "EXIT"}]}}"#,
        right: r#"{"retryStrategy": {"attempts": 2, "evaluateOnExit": [{"onExitCode": "1*", "action": "EXIT"}]}}"#,
    }

    /// The patterns of a retry strategy have at most 512 characters.
    ///
    /// A pattern for an exit code has at least one. End a long reason early, with an asterisk for the rest.
    error PATTERN_LENGTH = "JD302" {
        guide: "Job definition parameters: retry strategy, evaluateOnExit",
        from: ["JDX-009", "JDX-011", "JDX-013"],
        on: EC2_DEFINITION,
        wrong: r#"{"retryStrategy": {"attempts": 2, "evaluateOnExit": [{"onExitCode": "", "action": "EXIT"}]}}"#,
        right: r#"{"retryStrategy": {"attempts": 2, "evaluateOnExit": [{"onExitCode": "*", "action": "EXIT"}]}}"#,
    }

    /// A pattern for exit codes consists of digits, with an asterisk at the end if need be.
    ///
    /// An asterisk stands for any further digits and nowhere else than at the end. Exit codes are never negative: a
    /// process that was killed by signal 9 ends with 137.
    error EXIT_CODE = "JD303" {
        guide: "Job definition parameters: retry strategy, onExitCode",
        from: ["JDX-009"],
        on: EC2_DEFINITION,
        wrong: r#"{"retryStrategy": {"attempts": 2, "evaluateOnExit": [{"onExitCode": "-1", "action": "EXIT"}]}}"#,
        right: r#"{"retryStrategy": {"attempts": 2, "evaluateOnExit": [{"onExitCode": "13*", "action": "EXIT"}]}}"#,
    }

    /// A pattern for reasons consists of letters, digits, periods, colons and white space.
    ///
    /// An asterisk may stand at the end, for any text that follows. A reason with other characters, such as hyphens or
    /// brackets, is matched by what stands before the first of them.
    error REASON = "JD304" {
        guide: "Job definition parameters: retry strategy, onReason and onStatusReason",
        from: ["JDX-011", "JDX-013"],
        on: EC2_DEFINITION,
        wrong: r#"{"retryStrategy": {"attempts": 2, "evaluateOnExit": [{"onStatusReason": "Host EC2 (i-*", "action": "RETRY"}]}}"#,
        right: r#"{"retryStrategy": {"attempts": 2, "evaluateOnExit": [{"onStatusReason": "Host EC2*", "action": "RETRY"}]}}"#,
    }

    /// With evaluateOnExit, the number of attempts is given too.
    ///
    /// The entries decide after a failed attempt whether to go on, but only attempts says how often.
    error ATTEMPTS_GIVEN = "JD305" {
        guide: "Job definition parameters: retry strategy, evaluateOnExit",
        from: ["JDX-004"],
        on: JOB,
        wrong: r#"{"retryStrategy": {"evaluateOnExit": [{"onExitCode": "137", "action": "RETRY"}]}}"#,
        right: r#"{"retryStrategy": {"attempts": 3, "evaluateOnExit": [{"onExitCode": "137", "action": "RETRY"}]}}"#,
    }

    /// An entry of evaluateOnExit has a condition.
    ///
    /// Without one it matches every failure, and the entries behind it are never looked at. The service may take it;
    /// the console does not. If that is what is meant, onReason with an asterisk says so.
    warning CONDITION = "JD306" {
        guide: "Creating a single-node job definition: retry strategy conditions",
        from: ["JOB-019", "JDC-016"],
        on: EC2_DEFINITION,
        wrong: r#"{"retryStrategy": {"attempts": 2, "evaluateOnExit": [{"action": "EXIT"}]}}"#,
        right: r#"{"retryStrategy": {"attempts": 2, "evaluateOnExit": [{"onReason": "*", "action": "EXIT"}]}}"#,
    }
}

/// Judges the strategy of a job definition or a job; `at` is the whole input.
pub(in crate::rules) fn check(at: &Cursor<'_>, findings: &mut Findings) {
    let Some(strategy) = at.get("retryStrategy") else { return };
    let entries: Vec<_> = strategy.get("evaluateOnExit").iter().flat_map(Cursor::items).collect();
    if !entries.is_empty() && strategy.get("attempts").is_none() {
        let message = "this member is missing; evaluateOnExit needs a number of attempts beside it";
        let help = r#"add for instance "attempts": 3"#.to_owned();
        findings.push(ATTEMPTS_GIVEN.missing(&strategy, "attempts", message).with_help(help));
    }
    for entry in entries {
        let is_bare = CONDITIONS.iter().all(|condition| entry.get(condition).is_none());
        if is_bare && entry.value().as_object().is_some_and(|members| !members.is_empty()) {
            let message = "an entry without a condition matches every failure; expected onStatusReason, onReason or onExitCode";
            let help = r#"to match every failure, write "onReason": "*""#.to_owned();
            findings.push(CONDITION.at(&entry, message).with_help(help));
        }
    }
}
