//! Time limits of attempts, of job definitions and of jobs.

use crate::rules::context::{EC2_DEFINITION, FARGATE_DEFINITION};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::rules;

/// Fourteen days in seconds: how long Fargate resources last.
const FARGATE_LASTS: i64 = 14 * 24 * 60 * 60;

rules! {
    /// An attempt has at least 60 seconds.
    ///
    /// Shorter time limits are refused; there is no longest one. Without a time limit an attempt may go on for ever.
    error LEAST = "JD310" {
        guide: "Job timeouts",
        from: ["JDX-021", "JOB-014", "JOB-084", "JDC-010", "OPS-061"],
        on: EC2_DEFINITION,
        wrong: r#"{"timeout": {"attemptDurationSeconds": 30}}"#,
        right: r#"{"timeout": {"attemptDurationSeconds": 60}}"#,
    }

    /// On Fargate, an attempt should not count on more than 14 days.
    ///
    /// After 14 days Fargate resources may be taken away, and the job is terminated with them. A longer time limit is
    /// accepted all the same. Run such jobs on EC2, or divide them.
    warning FARGATE = "JD311" {
        guide: "Job timeouts: jobs on Fargate resources",
        from: ["JOB-016"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"timeout": {"attemptDurationSeconds": 2592000}}"#,
        right: r#"{"timeout": {"attemptDurationSeconds": 1209600}}"#,
    }
}

/// Judges the time limit in the input of RegisterJobDefinition.
pub(in crate::rules) fn in_definition(at: &Cursor<'_>, findings: &mut Findings) {
    let platforms = at.get("platformCapabilities");
    let on_fargate = platforms.iter().flat_map(Cursor::items).any(|at| at.text() == Some("FARGATE"));
    let seconds = at.get("timeout").and_then(|timeout| timeout.get("attemptDurationSeconds"));
    let too_long = |seconds: &Cursor<'_>| seconds.integer().is_some_and(|seconds| seconds > FARGATE_LASTS);
    if let Some(seconds) = seconds.filter(|seconds| on_fargate && too_long(seconds)) {
        let message = format!(
            "Fargate resources may be gone after 14 days ({FARGATE_LASTS} seconds), found {}",
            crate::rules::found::found(&seconds)
        );
        findings.push(FARGATE.at(&seconds, message));
    }
}
