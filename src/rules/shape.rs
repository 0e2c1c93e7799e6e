//! The rules about shapes: what the walk over an input reports where no constraint of a member is involved.

use crate::api::Operation::SubmitJob;
use crate::rules::context::{Context, EC2_DEFINITION, JOB};
use crate::rules::registry::rules;

rules! {
    /// Only documented members.
    ///
    /// A member that the operation does not have is refused: most often it is misspelt, or it belongs one level
    /// further up or down. Nothing would happen for it, and what was meant would silently be missing.
    error UNKNOWN = "SHAPE-UNKNOWN" {
        guide: "API model: the members of each structure",
        from: [],
        on: JOB,
        wrong: r#"{"jobname": "night-run"}"#,
        right: r#"{"jobName": "night-run"}"#,
    }

    /// Required members are given.
    ///
    /// The API model marks these members as required; a request without them never reaches the service.
    error REQUIRED = "SHAPE-REQUIRED" {
        guide: "API model: the required members of each structure",
        from: [],
        on: Context::whole(SubmitJob),
        wrong: r#"{"jobName": "night-run", "jobQueue": "default"}"#,
        right: r#"{"jobName": "night-run", "jobQueue": "default", "jobDefinition": "sleep"}"#,
    }

    /// Values have the documented type.
    ///
    /// A number is written without quotes, a string with them; a list needs its square brackets even around a single
    /// item. Amounts in resourceRequirements are strings, the old members vcpus and memory are numbers.
    error TYPE = "SHAPE-TYPE" {
        guide: "API model: the types of the members",
        from: [],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": 1}, {"type": "MEMORY", "value": 2048}]}}"#,
        right: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}"#,
    }

    /// Words come from the documented list.
    ///
    /// Where the API lists the words that a member takes, any other word is refused, and so is another letter case.
    error ENUM = "SHAPE-ENUM" {
        guide: "API model: the enumerations",
        from: [],
        on: EC2_DEFINITION,
        wrong: r#"{"type": "docker"}"#,
        right: r#"{"type": "container"}"#,
    }

    /// Sizes stay within the limits of the API model.
    ///
    /// The API model bounds the length of some texts, lists and maps and the value of some numbers. Further limits,
    /// which only the guide states, are rules of their own.
    error LIMIT = "SHAPE-LIMIT" {
        guide: "API model: minimum and maximum of the members",
        from: [],
        on: EC2_DEFINITION,
        wrong: r#"{"tags": {"": "research"}}"#,
        right: r#"{"tags": {"team": "research"}}"#,
    }
}
