//! Shapes of a job queue snapshot: the jobs next in line and the capacity in use by queue, share and
//! quota share.

use std::collections::BTreeMap;

use crate::api::shape::structure;

structure! {
    /// Amount of one kind of capacity that a share uses.
    FairshareCapacityUsage {
        /// Unit that `quantity` counts in: `VCPU` on EC2, `cpu` on EKS, the instance type for service
        /// jobs.
        optional capacity_unit as "capacityUnit": String,
        /// Amount of capacity in use, in the unit given by `capacityUnit`.
        optional quantity as "quantity": f64,
    }

    /// Capacity that one share of a fair-share queue uses.
    FairshareCapacityUtilization {
        /// Share identifier that the jobs were submitted with.
        optional share_identifier as "shareIdentifier": String,
        /// Capacity in use by jobs of the share, one entry for each unit.
        optional capacity_usage as "capacityUsage": Vec<FairshareCapacityUsage>,
    }

    /// Capacity in use by the shares of a fair-share queue.
    FairshareUtilizationDetail {
        /// Number of shares that use capacity at present.
        optional active_share_count as "activeShareCount": i64,
        /// The shares that use most capacity, at most 20, largest use first.
        optional top_capacity_utilization as "topCapacityUtilization": Vec<FairshareCapacityUtilization>,
    }

    /// The `RUNNABLE` jobs that are next in line in a queue.
    FrontOfQueueDetail {
        /// The first `RUNNABLE` jobs in the order they would start, at most 100. A FIFO queue orders by
        /// submission, a fair-share queue by share usage and priority.
        optional jobs as "jobs": Vec<FrontOfQueueJobSummary>,
        /// When the list was last brought up to date, in milliseconds since the Unix epoch.
        optional last_updated_at as "lastUpdatedAt": i64,
    }

    /// One `RUNNABLE` job near the front of a queue.
    FrontOfQueueJobSummary {
        /// ARN of the waiting job.
        optional job_arn as "jobArn": String,
        /// When the job arrived at its current position in the queue, in milliseconds since the Unix
        /// epoch.
        optional earliest_time_at_position as "earliestTimeAtPosition": i64,
    }

    /// A `RUNNABLE` job at the front of a quota share.
    FrontOfQuotaShareJobSummary {
        /// ARN of the waiting job.
        optional job_arn as "jobArn": String,
        /// When the job arrived at its current position in the quota share, in milliseconds since the
        /// Unix epoch.
        optional earliest_time_at_position as "earliestTimeAtPosition": i64,
    }

    /// The `RUNNABLE` job that is next in line in each quota share of a queue.
    FrontOfQuotaSharesDetail {
        /// First `RUNNABLE` job of each quota share, keyed by the name of the quota share.
        optional quota_shares as "quotaShares": BTreeMap<String, Vec<FrontOfQuotaShareJobSummary>>,
        /// When the lists were last brought up to date, in milliseconds since the Unix epoch.
        optional last_updated_at as "lastUpdatedAt": i64,
    }

    /// Which job queue to take a snapshot of.
    GetJobQueueSnapshotRequest {
        /// Name or ARN of the job queue.
        required job_queue as "jobQueue": String,
    }

    /// State of a job queue at one moment.
    GetJobQueueSnapshotResponse {
        /// The `RUNNABLE` jobs that are next in line, at most 100.
        optional front_of_queue as "frontOfQueue": FrontOfQueueDetail,
        /// The `RUNNABLE` job that is next in line in each quota share. Absent for queues without quota
        /// shares.
        optional front_of_quota_shares as "frontOfQuotaShares": FrontOfQuotaSharesDetail,
        /// Capacity in use by jobs of the queue, in all and by share.
        optional queue_utilization as "queueUtilization": QueueSnapshotUtilizationDetail,
    }

    /// Amount of one kind of capacity that a whole queue uses.
    QueueSnapshotCapacityUsage {
        /// Unit that `quantity` counts in: `VCPU` on EC2, `cpu` on EKS, the instance type for service
        /// jobs.
        optional capacity_unit as "capacityUnit": String,
        /// Amount of capacity in use, in the unit given by `capacityUnit`.
        optional quantity as "quantity": f64,
    }

    /// Capacity that the dispatched jobs of a queue use at one moment.
    QueueSnapshotUtilizationDetail {
        /// Capacity in use by all jobs of the queue, one entry for each unit.
        optional total_capacity_usage as "totalCapacityUsage": Vec<QueueSnapshotCapacityUsage>,
        /// Capacity in use by share. Absent for queues without fair-share scheduling.
        optional fairshare_utilization as "fairshareUtilization": FairshareUtilizationDetail,
        /// Capacity in use by quota share. Absent for queues without quota shares.
        optional quota_share_utilization as "quotaShareUtilization": QuotaShareUtilizationDetail,
        /// When these figures were last brought up to date, in milliseconds since the Unix epoch.
        optional last_updated_at as "lastUpdatedAt": i64,
    }

    /// Amount of one kind of capacity that a quota share uses.
    QuotaShareCapacityUsage {
        /// Unit that `quantity` counts in, such as an instance type.
        optional capacity_unit as "capacityUnit": String,
        /// Amount of capacity in use, in the unit given by `capacityUnit`.
        optional quantity as "quantity": f64,
    }

    /// Capacity that one quota share of a queue uses.
    QuotaShareCapacityUtilization {
        /// Name of the quota share.
        optional quota_share_name as "quotaShareName": String,
        /// Capacity in use by jobs of the quota share, one entry for each unit.
        optional capacity_usage as "capacityUsage": Vec<QuotaShareCapacityUsage>,
    }

    /// Capacity in use by the quota shares of a queue.
    QuotaShareUtilizationDetail {
        /// The quota shares of the queue that use most capacity.
        optional top_capacity_utilization as "topCapacityUtilization": Vec<QuotaShareCapacityUtilization>,
    }
}
