//! Shapes of consumable resources, counted tokens such as licences that jobs hold or use up while they
//! run: requests and answers to create, describe, list, update and delete them, and to find the jobs that
//! need one.

use crate::api::constraint::Check::{Range, Words};
use crate::api::job::KeyValuesPair;
use crate::api::shape::structure;
use crate::api::tags::{ClientRequestToken, Tags};

structure! {
    /// The consumable resources that a job needs.
    ConsumableResourceProperties {
        /// Consumable resources that must all be available before the job starts, each with the number of
        /// units needed.
        optional consumable_resource_list as "consumableResourceList": Vec<ConsumableResourceRequirement>,
    }

    /// A number of units of one consumable resource that a job needs.
    ConsumableResourceRequirement {
        /// Name or ARN of the consumable resource.
        optional consumable_resource as "consumableResource": String,
        /// Number of units that the job takes when it starts.
        optional quantity as "quantity": i64,
    }

    /// A consumable resource as it appears in a listing.
    ConsumableResourceSummary {
        /// ARN of the consumable resource.
        required consumable_resource_arn as "consumableResourceArn": String,
        /// Name of the consumable resource.
        required consumable_resource_name as "consumableResourceName": String,
        /// Number of units that exist, whether in use or free.
        optional total_quantity as "totalQuantity": i64,
        /// Number of units that jobs hold at the moment.
        optional in_use_quantity as "inUseQuantity": i64,
        /// `REPLENISHABLE` if jobs give back their units at the end, `NON_REPLENISHABLE` if units are
        /// used up.
        optional resource_type as "resourceType": String,
    }

    /// Creates a consumable resource.
    CreateConsumableResourceRequest {
        /// Name of the consumable resource, which no other may have.
        required consumable_resource_name as "consumableResourceName": String,
        /// Number of units that exist at first; 0 or more.
        optional total_quantity as "totalQuantity": i64
            where { "CR001" Range(0.0, f64::INFINITY) },
        /// `REPLENISHABLE` if jobs give back their units at the end, `NON_REPLENISHABLE` if units are
        /// used up; `REPLENISHABLE` when omitted.
        optional resource_type as "resourceType": String
            where { "CR002" Words(&["REPLENISHABLE", "NON_REPLENISHABLE"]) },
        /// Tags to attach to the consumable resource: up to 50, with keys of 1 to 128 characters (not
        /// starting with `aws:`) and values of up to 256.
        optional tags as "tags": Tags,
    }

    /// Identifies the consumable resource that was created.
    CreateConsumableResourceResponse {
        /// Name of the new consumable resource.
        required consumable_resource_name as "consumableResourceName": String,
        /// ARN of the new consumable resource.
        required consumable_resource_arn as "consumableResourceArn": String,
    }

    /// Deletes a consumable resource, even while jobs use it. Under the same name it can be created again
    /// for jobs that still wait.
    DeleteConsumableResourceRequest {
        /// Name or ARN of the consumable resource to delete.
        required consumable_resource as "consumableResource": String,
    }

    /// The empty answer to an accepted request to delete a consumable resource.
    DeleteConsumableResourceResponse {}

    /// Asks for the full record of one consumable resource.
    DescribeConsumableResourceRequest {
        /// Name or ARN of the consumable resource to describe.
        required consumable_resource as "consumableResource": String,
    }

    /// The full record of one consumable resource.
    DescribeConsumableResourceResponse {
        /// Name of the consumable resource.
        required consumable_resource_name as "consumableResourceName": String,
        /// ARN of the consumable resource.
        required consumable_resource_arn as "consumableResourceArn": String,
        /// Number of units that exist, whether in use or free; jobs lower it for good if the type is
        /// `NON_REPLENISHABLE`.
        optional total_quantity as "totalQuantity": i64,
        /// Number of units that jobs hold at the moment.
        optional in_use_quantity as "inUseQuantity": i64,
        /// Number of units that are free for further jobs.
        optional available_quantity as "availableQuantity": i64,
        /// `REPLENISHABLE` if jobs give back their units at the end, `NON_REPLENISHABLE` if units are
        /// used up.
        optional resource_type as "resourceType": String,
        /// When the consumable resource was created, in milliseconds since the Unix epoch.
        optional created_at as "createdAt": i64,
        /// Tags on the consumable resource; absent when there are none.
        optional tags as "tags": Tags,
    }

    /// Asks for the consumable resources that exist, a page at a time.
    ListConsumableResourcesRequest {
        /// Filters on `CONSUMABLE_RESOURCE_NAME`, compared without regard to letter case; a value may end
        /// with `*` to match names that begin so. All resources when omitted.
        optional filters as "filters": Vec<KeyValuesPair>,
        /// Most entries to return on one page, from 1 to 100; up to 100 when omitted.
        optional max_results as "maxResults": i32
            where { "LS010" Range(1.0, 100.0) },
        /// Token from the previous page of the same listing, passed on unchanged to get the next page;
        /// omit it for the first page.
        optional next_token as "nextToken": String,
    }

    /// One page of consumable resources.
    ListConsumableResourcesResponse {
        /// The consumable resources on this page; empty when none match.
        required consumable_resources as "consumableResources": Vec<ConsumableResourceSummary>,
        /// Token that fetches the next page; absent on the last page.
        optional next_token as "nextToken": String,
    }

    /// Asks for the jobs that need a certain consumable resource, a page at a time.
    ListJobsByConsumableResourceRequest {
        /// Name or ARN of the consumable resource.
        required consumable_resource as "consumableResource": String,
        /// Filters on `JOB_STATUS` (such as `RUNNING`) or `JOB_NAME` (any letter case, `*` allowed at the
        /// end). All jobs that need the resource when omitted.
        optional filters as "filters": Vec<KeyValuesPair>,
        /// Most entries to return on one page, from 1 to 100; up to 100 when omitted.
        optional max_results as "maxResults": i32
            where { "LS010" Range(1.0, 100.0) },
        /// Token from the previous page of the same listing, passed on unchanged to get the next page;
        /// omit it for the first page.
        optional next_token as "nextToken": String,
    }

    /// One page of the jobs that need a certain consumable resource.
    ListJobsByConsumableResourceResponse {
        /// The jobs on this page; empty when none match.
        required jobs as "jobs": Vec<ListJobsByConsumableResourceSummary>,
        /// Token that fetches the next page; absent on the last page.
        optional next_token as "nextToken": String,
    }

    /// A job that needs a certain consumable resource.
    ListJobsByConsumableResourceSummary {
        /// ARN of the job.
        required job_arn as "jobArn": String,
        /// ARN of the job queue that holds the job.
        required job_queue_arn as "jobQueueArn": String,
        /// Name of the job.
        required job_name as "jobName": String,
        /// ARN of the job definition that the job was made from.
        optional job_definition_arn as "jobDefinitionArn": String,
        /// Fair-share identifier that the job counts towards; absent on a queue without a fair-share
        /// policy.
        optional share_identifier as "shareIdentifier": String,
        /// Current state of the job, such as `RUNNABLE` or `RUNNING`.
        required job_status as "jobStatus": String,
        /// Number of units of the resource in question that the job needs.
        required quantity as "quantity": i64,
        /// Short explanation of the current state; absent when there is nothing to say.
        optional status_reason as "statusReason": String,
        /// When the job began to run, in milliseconds since the Unix epoch; absent until it has.
        optional started_at as "startedAt": i64,
        /// When the job was submitted, in milliseconds since the Unix epoch.
        required created_at as "createdAt": i64,
        /// All the consumable resources that the job needs, the one in question included.
        required consumable_resource_properties as "consumableResourceProperties": ConsumableResourceProperties,
    }

    /// Changes how many units of a consumable resource exist.
    UpdateConsumableResourceRequest {
        /// Name or ARN of the consumable resource to change.
        required consumable_resource as "consumableResource": String,
        /// What to do with `quantity`: `SET` makes it the new total, `ADD` raises the total by it,
        /// `REMOVE` lowers the total by it.
        optional operation as "operation": String
            where { "CR003" Words(&["SET", "ADD", "REMOVE"]) },
        /// New total or amount of the change, in units, depending on `operation`; 0 or more.
        optional quantity as "quantity": i64
            where { "CR001" Range(0.0, f64::INFINITY) },
        /// Token of 1 to 64 characters that marks repeats of this request, so that the change is made
        /// only once. Made up afresh when omitted.
        optional client_token as "clientToken": ClientRequestToken => Token,
    }

    /// Identifies the consumable resource that was changed.
    UpdateConsumableResourceResponse {
        /// Name of the changed consumable resource.
        required consumable_resource_name as "consumableResourceName": String,
        /// ARN of the changed consumable resource.
        required consumable_resource_arn as "consumableResourceArn": String,
        /// Number of units that exist after the change, whether in use or free.
        optional total_quantity as "totalQuantity": i64,
    }
}
