//! The rules about single values of a job definition. The vocabulary judges them ([`crate::api::constraint`]).

use crate::rules::context::EC2_DEFINITION;
use crate::rules::registry::rules;

rules! {
    /// The name of a job definition has 1 to 128 characters.
    ///
    /// Longer names are refused.
    error NAME_LENGTH = "JD001" {
        guide: "Job definition parameters: job definition name",
        from: ["JDP-003"],
        on: EC2_DEFINITION,
        wrong: r#"{"jobDefinitionName": ""}"#,
        right: r#"{"jobDefinitionName": "sleep"}"#,
    }

    /// The name of a job definition consists of letters, digits, hyphens and underscores.
    ///
    /// Dots, slashes, colons, blanks and letters beyond A to Z are refused; a colon would begin a revision number.
    error NAME_FORM = "JD002" {
        guide: "Job definition parameters: job definition name",
        from: ["JDP-004"],
        on: EC2_DEFINITION,
        wrong: r#"{"jobDefinitionName": "sleep:1"}"#,
        right: r#"{"jobDefinitionName": "sleep-1"}"#,
    }
}
