//! Shapes of quota shares, which split the capacity of a service-job queue among teams or projects:
//! requests and answers to create, describe, list, update and delete them, with lending, borrowing and
//! preemption.

use crate::api::constraint::Check::{Count, Form, Length, Range};
use crate::api::constraint::NAME;
use crate::api::shape::{Limits, enumeration, structure};
use crate::api::tags::Tags;

structure! {
    /// Creates a quota share on a job queue. A queue can have up to 20 of them.
    CreateQuotaShareRequest {
        /// Name of the quota share: 1 to 128 letters, digits, hyphens and underscores.
        required quota_share_name as "quotaShareName": String
            where { "QS001" Length(Limits::between(1, 128)), "QS002" Form(&NAME) },
        /// Name or ARN of the job queue to split. It must be `VALID`, for `SAGEMAKER_TRAINING`, and have
        /// a quota-share policy.
        required job_queue as "jobQueue": String,
        /// Capacity that belongs to the share: one entry or more, each a number of instances of one type.
        required capacity_limits as "capacityLimits": Vec<QuotaShareCapacityLimit>
            where { "QS003" Count(Limits::at_least(1)) },
        /// Whether idle capacity of the share is kept, lent, or both lent and borrowed.
        required resource_sharing_configuration as "resourceSharingConfiguration": QuotaShareResourceSharingConfiguration,
        /// Whether jobs of the share may be stopped in favour of more urgent ones of the same share.
        required preemption_configuration as "preemptionConfiguration": QuotaSharePreemptionConfiguration,
        /// `ENABLED` to accept jobs, `DISABLED` to refuse new ones; `ENABLED` when omitted.
        optional state as "state": QuotaShareState,
        /// Tags to attach to the quota share: up to 50, with keys of 1 to 128 characters (not starting
        /// with `aws:`) and values of up to 256.
        optional tags as "tags": Tags,
    }

    /// Identifies the quota share that was created.
    CreateQuotaShareResponse {
        /// Name of the new quota share.
        optional quota_share_name as "quotaShareName": String,
        /// ARN of the new quota share, by which all other requests refer to it.
        optional quota_share_arn as "quotaShareArn": String,
    }

    /// Deletes a quota share, which must be `DISABLED` first. Jobs that are still in it are terminated.
    DeleteQuotaShareRequest {
        /// ARN of the quota share to delete; a name is not enough.
        required quota_share_arn as "quotaShareArn": String,
    }

    /// The empty answer to an accepted request to delete a quota share.
    DeleteQuotaShareResponse {}

    /// Asks for the full record of one quota share.
    DescribeQuotaShareRequest {
        /// ARN of the quota share to describe; a name is not enough.
        required quota_share_arn as "quotaShareArn": String,
    }

    /// The full record of one quota share.
    DescribeQuotaShareResponse {
        /// Name of the quota share.
        optional quota_share_name as "quotaShareName": String,
        /// ARN of the quota share.
        optional quota_share_arn as "quotaShareArn": String,
        /// ARN of the job queue that the share belongs to.
        optional job_queue_arn as "jobQueueArn": String,
        /// Capacity that belongs to the share, one entry per instance type.
        optional capacity_limits as "capacityLimits": Vec<QuotaShareCapacityLimit>,
        /// Whether idle capacity of the share is kept, lent, or both lent and borrowed.
        optional resource_sharing_configuration as "resourceSharingConfiguration": QuotaShareResourceSharingConfiguration,
        /// Whether jobs of the share may be stopped in favour of more urgent ones of the same share.
        optional preemption_configuration as "preemptionConfiguration": QuotaSharePreemptionConfiguration,
        /// Whether the share accepts new jobs (`ENABLED`) or not (`DISABLED`).
        optional state as "state": QuotaShareState,
        /// How the share itself stands, for example `CREATING` or `VALID`.
        optional status as "status": QuotaShareStatus,
        /// Tags on the quota share; absent when there are none.
        optional tags as "tags": Tags,
    }

    /// Asks for the quota shares of a job queue, a page at a time.
    ListQuotaSharesRequest {
        /// Name or ARN of the job queue whose quota shares are listed.
        required job_queue as "jobQueue": String,
        /// Most entries to return on one page, from 1 to 100; up to 100 when omitted.
        optional max_results as "maxResults": i32
            where { "LS010" Range(1.0, 100.0) },
        /// Token from the previous page of the same listing, passed on unchanged to get the next page;
        /// omit it for the first page.
        optional next_token as "nextToken": String,
    }

    /// One page of the quota shares of a job queue.
    ListQuotaSharesResponse {
        /// The quota shares on this page; empty when there are none.
        optional quota_shares as "quotaShares": Vec<QuotaShareDetail>,
        /// Token that fetches the next page; absent on the last page.
        optional next_token as "nextToken": String,
    }

    /// The amount of one kind of capacity that belongs to a quota share.
    QuotaShareCapacityLimit {
        /// Number of instances, of the type in `capacityUnit`, that jobs of the share may use at once
        /// without borrowing.
        required max_capacity as "maxCapacity": i32,
        /// Instance type that is counted, such as `ml.m5.large`.
        required capacity_unit as "capacityUnit": String,
    }

    /// A quota share as it appears in a listing.
    QuotaShareDetail {
        /// Name of the quota share.
        optional quota_share_name as "quotaShareName": String,
        /// ARN of the quota share.
        optional quota_share_arn as "quotaShareArn": String,
        /// ARN of the job queue that the share belongs to.
        optional job_queue_arn as "jobQueueArn": String,
        /// Capacity that belongs to the share, one entry per instance type.
        optional capacity_limits as "capacityLimits": Vec<QuotaShareCapacityLimit>,
        /// Whether idle capacity of the share is kept, lent, or both lent and borrowed.
        optional resource_sharing_configuration as "resourceSharingConfiguration": QuotaShareResourceSharingConfiguration,
        /// Whether jobs of the share may be stopped in favour of more urgent ones of the same share.
        optional preemption_configuration as "preemptionConfiguration": QuotaSharePreemptionConfiguration,
        /// Whether the share accepts new jobs (`ENABLED`) or not (`DISABLED`).
        optional state as "state": QuotaShareState,
        /// How the share itself stands, for example `CREATING` or `VALID`.
        optional status as "status": QuotaShareStatus,
    }

    /// How preemption works among the jobs of one quota share. Taking back lent capacity from other
    /// shares is not affected.
    QuotaSharePreemptionConfiguration {
        /// `ENABLED` to let a job of higher priority displace scheduled, starting or running jobs of the
        /// same share; `DISABLED` to make it wait.
        required in_share_preemption as "inSharePreemption": QuotaShareInSharePreemptionState,
    }

    /// What a quota share does with idle capacity, its own and that of other shares.
    QuotaShareResourceSharingConfiguration {
        /// `RESERVE` to keep idle capacity, `LEND` to let other shares use it, `LEND_AND_BORROW` to use
        /// theirs as well.
        required strategy as "strategy": QuotaShareResourceSharingStrategy,
        /// Most capacity to borrow, in percent of the share's own limit for each unit: `200` allows twice
        /// that amount on top. With `LEND_AND_BORROW` only; `-1`, without limit, when omitted.
        optional borrow_limit as "borrowLimit": i32
            where { "QS004" Range(-1.0, f64::INFINITY) },
    }

    /// Changes a quota share; what is omitted stays as it is.
    UpdateQuotaShareRequest {
        /// ARN of the quota share to change; a name is not enough.
        required quota_share_arn as "quotaShareArn": String,
        /// Capacity that belongs to the share: one entry or more, each a number of instances of one type;
        /// unchanged when omitted. Lowering it can get jobs preempted that no longer fit.
        optional capacity_limits as "capacityLimits": Vec<QuotaShareCapacityLimit>
            where { "QS003" Count(Limits::at_least(1)) },
        /// Whether idle capacity of the share is kept, lent, or both lent and borrowed; unchanged when
        /// omitted.
        optional resource_sharing_configuration as "resourceSharingConfiguration": QuotaShareResourceSharingConfiguration,
        /// Whether jobs of the share may be stopped in favour of more urgent ones of the same share;
        /// unchanged when omitted.
        optional preemption_configuration as "preemptionConfiguration": QuotaSharePreemptionConfiguration,
        /// `ENABLED` to accept jobs, `DISABLED` to refuse new ones while those already submitted go on;
        /// unchanged when omitted.
        optional state as "state": QuotaShareState,
    }

    /// Identifies the quota share that was changed.
    UpdateQuotaShareResponse {
        /// Name of the changed quota share.
        optional quota_share_name as "quotaShareName": String,
        /// ARN of the changed quota share.
        optional quota_share_arn as "quotaShareArn": String,
    }
}

enumeration! {
    /// Whether jobs of one quota share may displace each other.
    QuotaShareInSharePreemptionState {
        /// A waiting job may displace jobs of lower priority in the same share.
        Enabled = "ENABLED",
        /// A waiting job waits until capacity becomes free, whatever its priority.
        Disabled = "DISABLED",
    }

    /// What a quota share does with idle capacity.
    QuotaShareResourceSharingStrategy {
        /// The share keeps its idle capacity to itself and borrows none.
        Reserve = "RESERVE",
        /// Other shares may use the share's idle capacity, but it borrows none.
        Lend = "LEND",
        /// Other shares may use the share's idle capacity, and it may use theirs up to its borrow limit.
        /// Owners take back what they lent by preemption.
        LendAndBorrow = "LEND_AND_BORROW",
    }

    /// Whether a quota share accepts jobs.
    QuotaShareState {
        /// New jobs are accepted.
        Enabled = "ENABLED",
        /// New jobs are refused, those already submitted go on; required before the share can be deleted.
        Disabled = "DISABLED",
    }

    /// The condition of a quota share in its life cycle.
    QuotaShareStatus {
        /// The share is being set up.
        Creating = "CREATING",
        /// The share is ready for use.
        Valid = "VALID",
        /// Something is wrong with the share, so that it cannot be used.
        Invalid = "INVALID",
        /// A change to the share is being applied.
        Updating = "UPDATING",
        /// The share is being removed and its jobs are being terminated.
        Deleting = "DELETING",
    }
}
