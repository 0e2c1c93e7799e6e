//! The service role of an environment.

use super::Setting;
use crate::rules::context::{EC2_ENVIRONMENT, EKS_ENVIRONMENT};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::found;
use crate::rules::registry::rules;

/// The name of the service-linked role.
const LINKED: &str = "AWSServiceRoleForBatch";
/// Where the service-linked role stands in its ARN.
const LINKED_PATH: &str = ":role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch";

rules! {
    /// An environment on EKS has no service role of its own.
    ///
    /// Only the service-linked role is supported there, which is used where serviceRole is left out.
    error EKS_SERVICE_ROLE = "CE075" {
        guide: "Getting started with Amazon EKS: compute environment",
        from: ["OPS-114"],
        on: EKS_ENVIRONMENT,
        wrong: r#"{"serviceRole": "arn:aws:iam::123456789012:role/AWSBatchServiceRole"}"#,
        right: r#"{"state": "ENABLED"}"#,
    }

    /// The ARN of the service-linked role has the path of that role.
    ///
    /// The role AWSServiceRoleForBatch always stands below aws-service-role/batch.amazonaws.com. Without the path the ARN
    /// names another role, one that does not exist. It is used anyway where serviceRole is left out.
    error LINKED_ROLE = "CE076" {
        guide: "Using service-linked roles; troubleshooting: INVALID compute environment",
        from: ["CEQ-150", "EVT-250", "EVT-251", "OPS-177"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"serviceRole": "arn:aws:iam::123456789012:role/AWSServiceRoleForBatch"}"#,
        right: r#"{"serviceRole":
            "arn:aws:iam::123456789012:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch"}"#,
    }
}

/// Judges the service role of an environment.
pub(super) fn check(at: &Cursor<'_>, setting: Setting, findings: &mut Findings) {
    let Some(role) = at.get("serviceRole") else { return };
    // An empty one stands for the service-linked role, and is let pass on EKS as well.
    let Some(text) = role.text().filter(|text| !text.is_empty()) else { return };
    let is_linked = text.contains(":role/") && text.ends_with(&format!("/{LINKED}"));
    if setting.is_new && setting.eks == Some(true) {
        let message =
            format!("an environment on EKS uses the service-linked role only, found {}", found(&role));
        findings.push(EKS_SERVICE_ROLE.at(&role, message).with_help("remove it".to_owned()));
    } else if is_linked && !text.ends_with(LINKED_PATH) {
        let wanted = &LINKED_PATH[1..];
        let message =
            format!("the ARN of the service-linked role ends with \"{wanted}\", found {}", found(&role));
        findings.push(LINKED_ROLE.at(&role, message).with_help("leave serviceRole out to use it".to_owned()));
    }
}
