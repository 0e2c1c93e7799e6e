//! Resource limits in a container.

use crate::rules::container::Platform;
use crate::rules::context::{EC2_DEFINITION, FARGATE_DEFINITION};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::rules;

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
    /// for locked memory, and so on.
    error ULIMIT_NAME = "JD100" {
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
        if ulimits.value().as_array().is_none_or(|list| !list.is_empty()) {
            let help = "leave them out, or run the job on EC2".to_owned();
            findings
                .push(FARGATE_ULIMITS.at(ulimits, "ulimits must not be given on Fargate").with_help(help));
        }
        return;
    }
    for limit in ulimits.items() {
        let (Some(soft), Some(hard)) = (limit.get("softLimit"), limit.get("hardLimit")) else { continue };
        let (Some(least), Some(most)) = (soft.integer(), hard.integer()) else { continue };
        if most != UNLIMITED && (least > most || least == UNLIMITED) {
            let message = format!("the soft limit {least} exceeds the hard limit {most}");
            findings.push(ULIMIT_ORDER.at(&soft, message));
        }
    }
}
