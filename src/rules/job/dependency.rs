//! What a job waits for.

use crate::rules::context::JOB;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::found;
use crate::rules::registry::rules;

rules! {
    /// A job has at most 20 dependencies.
    ///
    /// To wait for more, let a job in between collect them, or make an array of the jobs to wait for: it is one
    /// dependency however many children it has.
    error MOST = "SJ006" {
        guide: "Job dependencies",
        from: ["JOB-009", "OPS-164"],
        on: JOB,
        wrong: r#"{"dependsOn": [
            {"jobId": "a"}, {"jobId": "b"}, {"jobId": "c"}, {"jobId": "d"}, {"jobId": "e"}, {"jobId": "f"}, {"jobId": "g"},
            {"jobId": "h"}, {"jobId": "i"}, {"jobId": "j"}, {"jobId": "k"}, {"jobId": "l"}, {"jobId": "m"}, {"jobId": "n"},
            {"jobId": "o"}, {"jobId": "p"}, {"jobId": "q"}, {"jobId": "r"}, {"jobId": "s"}, {"jobId": "t"}, {"jobId": "u"}]}"#,
        right: r#"{"dependsOn": [{"jobId": "a"}, {"jobId": "b"}]}"#,
    }

    /// A dependency names a job by its ID.
    ///
    /// Only the children of an array that run one after another, with the type SEQUENTIAL, wait for no other job and so
    /// need no ID.
    error JOB_GIVEN = "SJ007" {
        guide: "Job dependencies",
        from: ["JOB-076", "JOB-077"],
        on: JOB,
        wrong: r#"{"arrayProperties": {"size": 10}, "dependsOn": [{"type": "N_TO_N"}]}"#,
        right: r#"{"arrayProperties": {"size": 10}, "dependsOn": [{"jobId": "a", "type": "N_TO_N"}]}"#,
    }

    /// The dependency types N_TO_N and SEQUENTIAL are for array jobs.
    ///
    /// N_TO_N pairs the children of two arrays, SEQUENTIAL puts those of one in order; a single job has no children.
    /// Leave the type out for a plain dependency. SEQUENTIAL beside an ID is taken as one.
    error NEEDS_ARRAY = "SJ008" {
        guide: "Job dependencies: array jobs",
        from: ["JOB-075", "JOB-076"],
        on: JOB,
        wrong: r#"{"dependsOn": [{"jobId": "a", "type": "N_TO_N"}]}"#,
        right: r#"{"arrayProperties": {"size": 10}, "dependsOn": [{"jobId": "a", "type": "N_TO_N"}]}"#,
    }
}

/// Judges the dependencies of a job; `at` is the whole input.
pub(super) fn check(at: &Cursor<'_>, findings: &mut Findings) {
    let is_array = at.get("arrayProperties").is_some();
    for dependency in at.get("dependsOn").iter().flat_map(Cursor::items) {
        if dependency.value().is_object() {
            judge(&dependency, is_array, findings);
        }
    }
    // The vocabulary knows the limit, and the service its own words for it.
    for finding in findings.iter_mut().filter(|finding| finding.rule == MOST.id) {
        let words = "Error executing request, Exception : Job cannot have more than 20 dependencies";
        finding.service = Some(words.to_owned());
    }
}

fn judge(dependency: &Cursor<'_>, is_array: bool, findings: &mut Findings) {
    let id = dependency.get("jobId");
    let kind = dependency.get("type");
    let word = kind.as_ref().and_then(Cursor::text);
    match &id {
        Some(id) if id.text() == Some("") => {
            findings.push(JOB_GIVEN.at(id, format!("expected the ID of a job, found {}", found(id))));
        }
        // With a type that is none it is open whether an ID is needed.
        None if kind.is_none() || word == Some("N_TO_N") => {
            let message = "this member is missing; expected the ID of the job to wait for";
            let help = "only dependencies of the type SEQUENTIAL go without".to_owned();
            findings.push(JOB_GIVEN.missing(dependency, "jobId", message).with_help(help));
        }
        _ => {}
    }
    let needs_array = word == Some("N_TO_N") || (word == Some("SEQUENTIAL") && id.is_none());
    if let Some(kind) = kind.filter(|_| needs_array && !is_array) {
        let message =
            format!("expected an array job, but there are no arrayProperties beside {}", found(&kind));
        let help = "remove the type for a plain dependency, or add arrayProperties".to_owned();
        findings.push(NEEDS_ARRAY.at(&kind, message).with_help(help));
    }
}
