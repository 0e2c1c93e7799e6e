//! Variables of the environment.

use crate::rules::context::EC2_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;

/// What the service keeps for its own variables.
const RESERVED: &str = "AWS_BATCH";

rules! {
    /// Names of variables must not begin with AWS_BATCH.
    ///
    /// The service sets variables of that prefix in every job, such as AWS_BATCH_JOB_ID. A variable of the user's own
    /// with such a name is refused wherever an environment can stand: in containers, init containers, node ranges and
    /// all kinds of overrides. Choose another name.
    error RESERVED_VARIABLE = "JD020" {
        guide: "Job definition parameters: container properties, environment",
        from: ["JDP-020", "JOB-048"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"environment": [{"name": "AWS_BATCH_STAGE", "value": "test"}]}}"#,
        right: r#"{"containerProperties": {"environment": [{"name": "STAGE", "value": "test"}]}}"#,
    }
}

/// Judges a list of variables, each with a name.
pub(in crate::rules) fn check(environment: &Cursor<'_>, findings: &mut Findings) {
    for name in environment.items().filter_map(|variable| variable.get("name")) {
        if let Some(text) = name.text().filter(|text| text.starts_with(RESERVED)) {
            let message = format!(
                "names that begin with {RESERVED} are reserved, found {}",
                quoted(text, LONGEST_SHOWN)
            );
            findings.push(RESERVED_VARIABLE.at(&name, message));
        }
    }
}
