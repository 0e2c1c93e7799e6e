//! Quota shares.

use crate::api::Operation::CreateQuotaShare;
use crate::rules::context::Context;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::rules;

rules! {
    /// The name of a quota share has 1 to 128 characters.
    ///
    /// Longer names are refused.
    error NAME_LENGTH = "QS001" {
        guide: "API reference: CreateQuotaShare",
        from: [],
        on: Context::whole(CreateQuotaShare),
        wrong: r#"{"quotaShareName": "", "jobQueue": "training",
            "capacityLimits": [{"maxCapacity": 4, "capacityUnit": "ml.m5.large"}],
            "resourceSharingConfiguration": {"strategy": "LEND"},
            "preemptionConfiguration": {"inSharePreemption": "DISABLED"}}"#,
        right: r#"{"quotaShareName": "team-a", "jobQueue": "training",
            "capacityLimits": [{"maxCapacity": 4, "capacityUnit": "ml.m5.large"}],
            "resourceSharingConfiguration": {"strategy": "LEND"},
            "preemptionConfiguration": {"inSharePreemption": "DISABLED"}}"#,
    }

    /// The name of a quota share consists of letters, digits, hyphens and underscores.
    ///
    /// Other characters are refused.
    error NAME_FORM = "QS002" {
        guide: "API reference: CreateQuotaShare",
        from: [],
        on: Context::whole(CreateQuotaShare),
        wrong: r#"{"quotaShareName": "team a", "jobQueue": "training",
            "capacityLimits": [{"maxCapacity": 4, "capacityUnit": "ml.m5.large"}],
            "resourceSharingConfiguration": {"strategy": "LEND"},
            "preemptionConfiguration": {"inSharePreemption": "DISABLED"}}"#,
        right: r#"{"quotaShareName": "team-a", "jobQueue": "training",
            "capacityLimits": [{"maxCapacity": 4, "capacityUnit": "ml.m5.large"}],
            "resourceSharingConfiguration": {"strategy": "LEND"},
            "preemptionConfiguration": {"inSharePreemption": "DISABLED"}}"#,
    }

    /// A quota share has at least one capacity limit.
    ///
    /// Each counts the instances of one type.
    error LIMITS = "QS003" {
        guide: "API reference: CreateQuotaShare",
        from: [],
        on: Context::whole(CreateQuotaShare),
        wrong: r#"{"quotaShareName": "team-a", "jobQueue": "training",
            "capacityLimits": [],
            "resourceSharingConfiguration": {"strategy": "LEND"},
            "preemptionConfiguration": {"inSharePreemption": "DISABLED"}}"#,
        right: r#"{"quotaShareName": "team-a", "jobQueue": "training",
            "capacityLimits": [{"maxCapacity": 4, "capacityUnit": "ml.m5.large"}],
            "resourceSharingConfiguration": {"strategy": "LEND"},
            "preemptionConfiguration": {"inSharePreemption": "DISABLED"}}"#,
    }

    /// The borrow limit of a quota share is a percentage, or -1 for none.
    ///
    /// It counts from the share's own limits: 200 allows to borrow twice as much.
    error BORROW_RANGE = "QS004" {
        guide: "API reference: QuotaShareResourceSharingConfiguration",
        from: [],
        on: Context::whole(CreateQuotaShare),
        wrong: r#"{"quotaShareName": "team-a", "jobQueue": "training",
            "capacityLimits": [{"maxCapacity": 4, "capacityUnit": "ml.m5.large"}],
            "resourceSharingConfiguration": {"strategy": "LEND_AND_BORROW", "borrowLimit": -2},
            "preemptionConfiguration": {"inSharePreemption": "DISABLED"}}"#,
        right: r#"{"quotaShareName": "team-a", "jobQueue": "training",
            "capacityLimits": [{"maxCapacity": 4, "capacityUnit": "ml.m5.large"}],
            "resourceSharingConfiguration": {"strategy": "LEND_AND_BORROW", "borrowLimit": 200},
            "preemptionConfiguration": {"inSharePreemption": "DISABLED"}}"#,
    }

    /// A borrow limit goes with the strategy LEND_AND_BORROW.
    ///
    /// A quota share of another strategy borrows nothing.
    error BORROW = "QS005" {
        guide: "API reference: QuotaShareResourceSharingConfiguration",
        from: [],
        on: Context::whole(CreateQuotaShare),
        wrong: r#"{"quotaShareName": "team-a", "jobQueue": "training",
            "capacityLimits": [{"maxCapacity": 4, "capacityUnit": "ml.m5.large"}],
            "resourceSharingConfiguration": {"strategy": "LEND", "borrowLimit": 200},
            "preemptionConfiguration": {"inSharePreemption": "DISABLED"}}"#,
        right: r#"{"quotaShareName": "team-a", "jobQueue": "training",
            "capacityLimits": [{"maxCapacity": 4, "capacityUnit": "ml.m5.large"}],
            "resourceSharingConfiguration": {"strategy": "LEND_AND_BORROW", "borrowLimit": 200},
            "preemptionConfiguration": {"inSharePreemption": "DISABLED"}}"#,
    }
}

/// Judges the input of CreateQuotaShare and UpdateQuotaShare.
pub(in crate::rules) fn check(at: &Cursor<'_>, findings: &mut Findings) {
    let Some(sharing) = at.get("resourceSharingConfiguration") else { return };
    let strategy = sharing.get("strategy");
    // -1 says that there is no limit, which does no harm.
    if let Some(limit) = sharing.get("borrowLimit").filter(|limit| limit.integer() != Some(-1))
        && let Some(strategy @ ("RESERVE" | "LEND")) = strategy.as_ref().and_then(Cursor::text)
    {
        let message = format!("the strategy \"{strategy}\" borrows nothing");
        let help = "remove it, or set the strategy to \"LEND_AND_BORROW\"".to_owned();
        findings.push(BORROW.at(&limit, message).with_help(help));
    }
}
