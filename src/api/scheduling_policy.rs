//! Shapes of scheduling policies: fair-share and quota-share rules by which a job queue divides its
//! capacity.

use crate::api::arn::has_form;
use crate::api::constraint::Check::{Count, Form, Length, Range};
use crate::api::constraint::{self, NAME};
use crate::api::shape::{Float, Limits, enumeration, structure};
use crate::api::tags::Tags;

/// A share identifier, or a prefix of some.
pub static SHARE: constraint::Form = constraint::Form {
    words: "at most 255 characters, and * only behind them",
    pattern: r"^[^*]{0,255}\*?$",
    accepts: |text| {
        let stem = text.strip_suffix('*').unwrap_or(text);
        !stem.contains('*') && stem.chars().count() <= 255
    },
};

/// The ARN of a scheduling policy.
pub static POLICY_ARN: constraint::Form = constraint::Form {
    words: "the ARN of a scheduling policy (\"arn:aws:batch:us-east-1:123456789012:scheduling-policy/NAME\")",
    pattern: "^arn:[^:]+:batch:[^:]+:[^:]+:scheduling-policy/[^:]+$",
    accepts: |text| has_form(text, "batch", "scheduling-policy/"),
};

structure! {
    /// Description of a scheduling policy to create. With neither kind of rule it is a fair-share policy
    /// with default settings.
    CreateSchedulingPolicyRequest {
        /// Name of the new policy, 1 to 128 letters, digits, hyphens and underscores, not yet in use in
        /// the account and Region.
        required name as "name": String
            where { "SP001" Length(Limits::between(1, 128)), "SP002" Form(&NAME) },
        /// Rules for dividing capacity by quota shares. Excludes `fairsharePolicy`; the kind of policy
        /// cannot be changed later.
        optional quota_share_policy as "quotaSharePolicy": QuotaSharePolicy,
        /// Rules for dividing capacity by share identifiers. Excludes `quotaSharePolicy`; the kind of
        /// policy cannot be changed later.
        optional fairshare_policy as "fairsharePolicy": FairsharePolicy,
        /// Tags on the policy, at most 50.
        optional tags as "tags": Tags,
    }

    /// Name and ARN of the scheduling policy that was created.
    CreateSchedulingPolicyResponse {
        /// Name of the new policy.
        required name as "name": String,
        /// ARN of the new policy.
        required arn as "arn": String,
    }

    /// Scheduling policy to delete. No job queue may still use it.
    DeleteSchedulingPolicyRequest {
        /// ARN of the scheduling policy to delete.
        required arn as "arn": String
            where { "SP010" Form(&POLICY_ARN) },
    }

    /// Empty answer of a deletion that was accepted.
    DeleteSchedulingPolicyResponse {}

    /// Which scheduling policies to describe.
    DescribeSchedulingPoliciesRequest {
        /// ARNs of the policies to describe, at most 100. Unknown ones are skipped.
        required arns as "arns": Vec<String>
            where { "LS012" Count(Limits::at_most(100)) },
    }

    /// The described scheduling policies.
    DescribeSchedulingPoliciesResponse {
        /// Scheduling policies found. Empty when none matches.
        optional scheduling_policies as "schedulingPolicies": Vec<SchedulingPolicyDetail>,
    }

    /// Rules by which a queue divides its capacity among share identifiers; the one that has used least,
    /// by weight, goes next.
    FairsharePolicy {
        /// Time window over which past use counts, 0 to 604800 seconds (one week). Default 0: only what
        /// runs now counts.
        optional share_decay_seconds as "shareDecaySeconds": i32
            where { "SP004" Range(0.0, 604_800.0) },
        /// Percentage, 0 to 99 (default 0), behind the part of the maximum vCPUs kept free for share
        /// identifiers not yet active: that percentage to the power of the number of active ones.
        optional compute_reservation as "computeReservation": i32
            where { "SP003" Range(0.0, 99.0) },
        /// Weights of share identifiers or of prefixes of them, which must not overlap. Those not listed
        /// weigh 1.0.
        optional share_distribution as "shareDistribution": Vec<ShareAttributes>,
    }

    /// Which page of the list of scheduling policies to show.
    ListSchedulingPoliciesRequest {
        /// Most policies on one page, 1 to 100. Default 100.
        optional max_results as "maxResults": i32
            where { "LS010" Range(1.0, 100.0) },
        /// Token of the previous page's answer, to go on from there. Leave it out for the first page.
        optional next_token as "nextToken": String,
    }

    /// One page of the list of scheduling policies.
    ListSchedulingPoliciesResponse {
        /// ARNs of the policies on this page. Empty when there are none.
        optional scheduling_policies as "schedulingPolicies": Vec<SchedulingPolicyListingDetail>,
        /// Token to ask for the next page with. Absent on the last page.
        optional next_token as "nextToken": String,
    }

    /// Rules by which a queue divides its capacity among quota shares.
    QuotaSharePolicy {
        /// How idle capacity is handed to quota shares that borrow; only `FIFO`.
        required idle_resource_assignment_strategy as "idleResourceAssignmentStrategy": QuotaShareIdleResourceAssignmentStrategy,
    }

    /// One scheduling policy as DescribeSchedulingPolicies reports it.
    SchedulingPolicyDetail {
        /// Name of the policy.
        required name as "name": String,
        /// ARN of the policy.
        required arn as "arn": String,
        /// Quota-share rules. Absent for a fair-share policy.
        optional quota_share_policy as "quotaSharePolicy": QuotaSharePolicy,
        /// Fair-share rules, with zeros and an empty list for what was not given. Absent for a
        /// quota-share policy.
        optional fairshare_policy as "fairsharePolicy": FairsharePolicy,
        /// Tags on the policy.
        optional tags as "tags": Tags,
    }

    /// One entry of the list of scheduling policies.
    SchedulingPolicyListingDetail {
        /// ARN of the policy.
        required arn as "arn": String,
    }

    /// Weight of a share identifier, or of all identifiers with a common prefix, in a fair-share policy.
    ShareAttributes {
        /// Share identifier, up to 255 characters, or a prefix that ends in `*`. Entries must be unique
        /// and not overlap: `UserA*` excludes `UserA1`.
        required share_identifier as "shareIdentifier": String
            where { "SP006" Length(Limits::at_least(1)), "SP006" Form(&SHARE) },
        /// Weight from 0.0001 to 999.9999, default 1.0. Less weight means more capacity: 0.125 gets eight
        /// times as much as 1.
        optional weight_factor as "weightFactor": Float
            where { "SP007" Range(0.0001, 999.9999) },
    }

    /// Changes to a scheduling policy.
    UpdateSchedulingPolicyRequest {
        /// ARN of the scheduling policy to change.
        required arn as "arn": String
            where { "SP010" Form(&POLICY_ARN) },
        /// New quota-share rules. Only for policies created with them.
        optional quota_share_policy as "quotaSharePolicy": QuotaSharePolicy,
        /// New fair-share rules. Only for fair-share policies.
        optional fairshare_policy as "fairsharePolicy": FairsharePolicy,
    }

    /// Empty answer of an update that was accepted.
    UpdateSchedulingPolicyResponse {}
}

enumeration! {
    /// How idle capacity is handed to quota shares that borrow.
    QuotaShareIdleResourceAssignmentStrategy {
        /// First in, first out: the need that arose first is served first.
        Fifo = "FIFO",
    }
}
