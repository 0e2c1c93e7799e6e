//! What of a job does not go together.

use serde_json::Value;

use crate::rules::context::JOB;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::rules;

/// The overrides in the order of the API, each with what it needs in the job definition.
const OVERRIDES: [(&str, &str); 4] = [
    ("containerOverrides", "containerProperties"),
    ("nodeOverrides", "nodeProperties"),
    ("eksPropertiesOverride", "eksProperties"),
    ("ecsPropertiesOverride", "ecsProperties"),
];

rules! {
    /// The overrides of a job are of one kind, that of its job definition.
    ///
    /// A job definition has containerProperties, nodeProperties, eksProperties or ecsProperties, and each goes with an
    /// override of its own. Of two kinds, one cannot fit.
    warning ONE_KIND = "SJ012" {
        guide: "Amazon EKS jobs: overriding a job definition",
        from: ["JOB-092"],
        on: JOB,
        wrong: r#"{"containerOverrides": {"command": ["date"]}, "nodeOverrides": {"numNodes": 4}}"#,
        right: r#"{"containerOverrides": {"command": ["date"]}}"#,
    }

    /// Tags of jobs on Kubernetes are not handed on.
    ///
    /// They can be propagated to tasks of ECS only, so that propagateTags means nothing for a pod. Use the labels of the
    /// pod instead.
    warning NO_TAGS_OF_PODS = "SJ013" {
        guide: "Job definition parameters: propagateTags",
        from: ["JDP-251"],
        on: JOB,
        wrong: r#"{"propagateTags": true, "eksPropertiesOverride": {"podProperties": {}}}"#,
        right: r#"{"eksPropertiesOverride": {"podProperties": {}}}"#,
    }
}

/// Judges which members of a job stand together; `at` is the whole input.
pub(super) fn check(at: &Cursor<'_>, findings: &mut Findings) {
    let mut given = OVERRIDES.into_iter().filter_map(|(name, needs)| Some((name, needs, filled(at, name)?)));
    if let Some((first, needed, _)) = given.next() {
        for (name, needs, place) in given {
            let message = format!(
                "{name} goes with {needs} in the job definition, and {first} with {needed}; no definition has both"
            );
            findings.push(ONE_KIND.at(&place, message));
        }
    }
    if let Some(propagate) =
        at.get("propagateTags").filter(|propagate| propagate.value() == &Value::Bool(true))
        && at.get("eksPropertiesOverride").is_some()
    {
        let message = "tags are not propagated to pods, and eksPropertiesOverride stands for a pod";
        let help = "remove it; for tags of a pod, use metadata.labels".to_owned();
        findings.push(NO_TAGS_OF_PODS.at(&propagate, message).with_help(help));
    }
}

/// An override that changes something.
fn filled<'a>(at: &Cursor<'a>, name: &str) -> Option<Cursor<'a>> {
    at.get(name).filter(|place| place.value().as_object().is_none_or(|members| !members.is_empty()))
}
