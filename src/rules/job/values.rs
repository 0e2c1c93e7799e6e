//! The rules about single values of a job. The vocabulary judges them ([`crate::api::constraint`]).

use crate::rules::context::JOB;
use crate::rules::registry::rules;

rules! {
    /// The name of a job has 1 to 128 characters.
    ///
    /// Longer names are refused. It need not be unique.
    error NAME_LENGTH = "SJ001" {
        guide: "Submitting a job: job name",
        from: ["JOB-008", "OPS-088"],
        on: JOB,
        wrong: r#"{"jobName": ""}"#,
        right: r#"{"jobName": "night-run"}"#,
    }

    /// The name of a job consists of letters, digits, hyphens and underscores.
    ///
    /// It begins with a letter or a digit.
    error NAME_FORM = "SJ002" {
        guide: "Submitting a job: job name",
        from: ["JOB-008", "OPS-088"],
        on: JOB,
        wrong: r#"{"jobName": "night run"}"#,
        right: r#"{"jobName": "night-run"}"#,
    }

    /// An array job has 2 to 10000 children.
    ///
    /// For a single job, leave arrayProperties out. Larger arrays have to be divided.
    error ARRAY_SIZE = "SJ005" {
        guide: "Array jobs",
        from: ["JOB-010", "OPS-167"],
        on: JOB,
        wrong: r#"{"arrayProperties": {"size": 1}}"#,
        right: r#"{"arrayProperties": {"size": 2}}"#,
    }

    /// A share identifier has 1 to 255 characters.
    ///
    /// It names the share of a fair-share policy that the job counts towards.
    error SHARE_LENGTH = "SJ010" {
        guide: "Scheduling policy parameters: share identifier",
        from: [],
        on: JOB,
        wrong: r#"{"shareIdentifier": ""}"#,
        right: r#"{"shareIdentifier": "TeamA"}"#,
    }

    /// The scheduling priority of a job lies between 0 and 9999.
    ///
    /// A higher value goes first among the jobs of one share.
    error PRIORITY = "SJ011" {
        guide: "Submitting a job: scheduling priority",
        from: ["JOB-012"],
        on: JOB,
        wrong: r#"{"schedulingPriorityOverride": 10000}"#,
        right: r#"{"schedulingPriorityOverride": 9999}"#,
    }
}
