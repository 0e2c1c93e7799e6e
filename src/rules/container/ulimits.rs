//! Resource limits in a container.

use crate::rules::container::Platform;
use crate::rules::context::{EC2_DEFINITION, FARGATE_DEFINITION};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::{found, joined};
use crate::rules::nearest::nearest;
use crate::rules::registry::rules;

/// The limits that Linux has.
const NAMES: [&str; 15] = [
    "core",
    "cpu",
    "data",
    "fsize",
    "locks",
    "memlock",
    "msgqueue",
    "nice",
    "nofile",
    "nproc",
    "rss",
    "rtprio",
    "rttime",
    "sigpending",
    "stack",
];
/// No limit at all.
const UNLIMITED: i64 = -1;

rules! {
    /// On Fargate there are no ulimits to set.
    ///
    /// The limits of a Fargate task are those of the platform. Leave ulimits out; an empty list does no harm.
    error FARGATE_ULIMITS = "JD047" {
        guide: "AWS Batch on AWS Fargate: job definitions on Fargate",
        from: ["JDC-068", "JDC-085", "JDP-133", "EVT-014"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"ulimits": [{"name": "nofile", "softLimit": 1024, "hardLimit": 1024}]}}"#,
        right: r#"{"containerProperties": {"ulimits": []}}"#,
    }

    /// A ulimit has a name that Linux knows.
    ///
    /// The names are those of docker run --ulimit, in lower case: nofile for open files, nproc for processes, memlock
    /// for locked memory, and so on. The guide does not list them, but a container engine refuses other names.
    warning ULIMIT_NAME = "JD100" {
        guide: "Job definition parameters: container properties, ulimits",
        from: ["JDP-134"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"ulimits": [{"name": "nofiles", "softLimit": 1024, "hardLimit": 2048}]}}"#,
        right: r#"{"containerProperties": {"ulimits": [{"name": "nofile", "softLimit": 1024, "hardLimit": 2048}]}}"#,
    }

    /// A soft limit does not exceed its hard limit.
    ///
    /// The hard limit is the ceiling up to which a program may raise the soft one; container engines refuse the
    /// contrary. Swap the two, or raise the hard limit.
    warning ULIMIT_ORDER = "JD101" {
        guide: "Job definition parameters: container properties, ulimits",
        from: ["JDP-136"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"ulimits": [{"name": "nofile", "softLimit": 4096, "hardLimit": 1024}]}}"#,
        right: r#"{"containerProperties": {"ulimits": [{"name": "nofile", "softLimit": 1024, "hardLimit": 4096}]}}"#,
    }
}

/// Judges the limits of a container.
pub(in crate::rules) fn check(ulimits: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    if platform == Platform::Fargate {
        // Descriptions of registered definitions show an empty list, and are to be registered again.
        if ulimits.value().as_array().is_some_and(|list| !list.is_empty()) {
            let help = "leave them out, or run the job on EC2".to_owned();
            findings
                .push(FARGATE_ULIMITS.at(ulimits, "ulimits must not be given on Fargate").with_help(help));
        }
        return;
    }
    for limit in ulimits.items() {
        if let Some(name) = limit.get("name") {
            name_is_known(&name, findings);
        }
        in_order(&limit, findings);
    }
}

fn name_is_known(at: &Cursor<'_>, findings: &mut Findings) {
    let Some(text) = at.text().filter(|text| !NAMES.contains(text)) else { return };
    let message = format!("expected a limit of Linux such as \"nofile\", found {}", found(at));
    let help = nearest(text, NAMES).map_or_else(
        || format!("the limits are {}", joined(&NAMES, "and")),
        |near| format!("did you mean \"{near}\"?"),
    );
    findings.push(ULIMIT_NAME.at(at, message).with_help(help));
}

fn in_order(limit: &Cursor<'_>, findings: &mut Findings) {
    let (Some(soft), Some(hard)) = (limit.get("softLimit"), limit.get("hardLimit")) else { return };
    let (Some(least), Some(most)) = (soft.integer(), hard.integer()) else { return };
    if most != UNLIMITED && (least > most || least == UNLIMITED) {
        let message = format!("the soft limit {least} exceeds the hard limit {most}");
        findings.push(
            ULIMIT_ORDER.at(&soft, message).with_help("raise the hard limit, or lower this one".to_owned()),
        );
    }
}
