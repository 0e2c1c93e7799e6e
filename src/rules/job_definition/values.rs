//! The rules about single values of a job definition. The vocabulary judges them ([`crate::api::constraint`]).

use crate::rules::context::EC2_DEFINITION;
use crate::rules::registry::rules;

rules! {
    /// The name of a job definition has 1 to 128 characters.
    ///
    /// Longer names are refused.
    error NAME_LENGTH = "JD001" {
        guide: "Job definition parameters: job definition name",
        from: ["JDC-008", "JDP-003", "OPS-060"],
        on: EC2_DEFINITION,
        wrong: r#"{"jobDefinitionName": ""}"#,
        right: r#"{"jobDefinitionName": "sleep"}"#,
    }

    /// The name of a job definition consists of letters, digits, hyphens and underscores.
    ///
    /// Dots, slashes, colons, blanks and letters beyond A to Z are refused; a colon would begin a revision number.
    error NAME_FORM = "JD002" {
        guide: "Job definition parameters: job definition name",
        from: ["JDC-008", "JDP-004", "OPS-060"],
        on: EC2_DEFINITION,
        wrong: r#"{"jobDefinitionName": "sleep:1"}"#,
        right: r#"{"jobDefinitionName": "sleep-1"}"#,
    }

    /// A scheduling priority is a number from 0 to 9999.
    ///
    /// Jobs of a higher priority go first, within the same share of a queue with a fair-share policy. The console offers
    /// 0 to 100 only, the API more.
    error PRIORITY_RANGE = "JD003" {
        guide: "Job definition parameters: scheduling priority",
        from: ["JDC-012", "JDX-015"],
        on: EC2_DEFINITION,
        wrong: r#"{"schedulingPriority": 10000}"#,
        right: r#"{"schedulingPriority": 9999}"#,
    }

    /// A parameter has a name.
    ///
    /// A placeholder Ref::NAME in the command finds its value by name; an entry without one can never be used. Its value
    /// may well be empty.
    error PARAMETER_NAME = "JD004" {
        guide: "Job definition parameters: parameters",
        from: ["JDC-042", "JDC-083", "OPS-070"],
        on: EC2_DEFINITION,
        wrong: r#"{"parameters": {"": "mp4"}}"#,
        right: r#"{"parameters": {"codec": "mp4"}}"#,
    }
}
