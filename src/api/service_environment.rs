//! Shapes of service environments, which say how much capacity of another service (SageMaker training)
//! the service jobs of a queue may use: requests and answers to create, describe, update and delete them.

use crate::api::constraint::Check::{Form, Length, Range};
use crate::api::constraint::NAME;
use crate::api::shape::{Limits, enumeration, structure};
use crate::api::tags::Tags;

structure! {
    /// The most capacity that the service jobs in an environment may use at once.
    CapacityLimit {
        /// Most capacity in use at a time, counted in the unit of `capacityUnit`. Jobs that would exceed
        /// it wait in the queue.
        optional max_capacity as "maxCapacity": i32,
        /// Unit of `maxCapacity`: `NUM_INSTANCES` as a rule, or an instance type such as `ml.m5.large` in
        /// an environment for quota shares.
        optional capacity_unit as "capacityUnit": String,
    }

    /// Creates a service environment.
    CreateServiceEnvironmentRequest {
        /// Name of the service environment: 1 to 128 letters, digits, hyphens and underscores.
        required service_environment_name as "serviceEnvironmentName": String
            where { "SE001" Length(Limits::between(1, 128)), "SE002" Form(&NAME) },
        /// Service that carries out the jobs; must be `SAGEMAKER_TRAINING`.
        required service_environment_type as "serviceEnvironmentType": ServiceEnvironmentType,
        /// `ENABLED` to let queues run jobs in the environment, `DISABLED` to hold them back; `ENABLED`
        /// when omitted.
        optional state as "state": ServiceEnvironmentState,
        /// Most capacity that jobs may use at once, one entry per unit. A job counts with the number of
        /// instances that its payload asks for.
        required capacity_limits as "capacityLimits": Vec<CapacityLimit>,
        /// Tags to attach to the service environment: up to 50, with keys of 1 to 128 characters (not
        /// starting with `aws:`) and values of up to 256.
        optional tags as "tags": Tags,
    }

    /// Identifies the service environment that was created.
    CreateServiceEnvironmentResponse {
        /// Name of the new service environment.
        required service_environment_name as "serviceEnvironmentName": String,
        /// ARN of the new service environment.
        required service_environment_arn as "serviceEnvironmentArn": String,
    }

    /// Deletes a service environment for good. It must be `DISABLED` and no job queue may still use it.
    DeleteServiceEnvironmentRequest {
        /// Name or ARN of the service environment to delete.
        required service_environment as "serviceEnvironment": String,
    }

    /// The empty answer to an accepted request to delete a service environment.
    DeleteServiceEnvironmentResponse {}

    /// Asks for service environments, a page at a time.
    DescribeServiceEnvironmentsRequest {
        /// Names or ARNs of the service environments to describe; all of them when omitted.
        optional service_environments as "serviceEnvironments": Vec<String>,
        /// Most entries to return on one page, from 1 to 100; up to 100 when omitted.
        optional max_results as "maxResults": i32
            where { "LS010" Range(1.0, 100.0) },
        /// Token from the previous page of the same listing, passed on unchanged to get the next page;
        /// omit it for the first page.
        optional next_token as "nextToken": String,
    }

    /// One page of service environments.
    DescribeServiceEnvironmentsResponse {
        /// The service environments on this page; empty when none match.
        optional service_environments as "serviceEnvironments": Vec<ServiceEnvironmentDetail>,
        /// Token that fetches the next page; absent on the last page.
        optional next_token as "nextToken": String,
    }

    /// A service environment with its settings and condition.
    ServiceEnvironmentDetail {
        /// Name of the service environment.
        required service_environment_name as "serviceEnvironmentName": String,
        /// ARN of the service environment.
        required service_environment_arn as "serviceEnvironmentArn": String,
        /// Service that carries out the jobs; always `SAGEMAKER_TRAINING`.
        required service_environment_type as "serviceEnvironmentType": ServiceEnvironmentType,
        /// Whether queues may run jobs in the environment (`ENABLED`) or not (`DISABLED`).
        optional state as "state": ServiceEnvironmentState,
        /// How the environment itself stands, for example `CREATING` or `VALID`.
        optional status as "status": ServiceEnvironmentStatus,
        /// Most capacity that jobs may use at once, one entry per unit.
        required capacity_limits as "capacityLimits": Vec<CapacityLimit>,
        /// Tags on the service environment; absent when there are none.
        optional tags as "tags": Tags,
    }

    /// The place of a service environment among those of a job queue.
    ServiceEnvironmentOrder {
        /// Rank of the environment in its queue; lower numbers are tried first.
        required order as "order": i32,
        /// Name or ARN of the service environment.
        required service_environment as "serviceEnvironment": String,
    }

    /// Changes a service environment; what is omitted stays as it is.
    UpdateServiceEnvironmentRequest {
        /// Name or ARN of the service environment to change.
        required service_environment as "serviceEnvironment": String,
        /// `ENABLED` to let queues run jobs in the environment, `DISABLED` to hold them back; unchanged
        /// when omitted.
        optional state as "state": ServiceEnvironmentState,
        /// New limits on the capacity in use, one entry per unit, which replace the old list; unchanged
        /// when omitted.
        optional capacity_limits as "capacityLimits": Vec<CapacityLimit>,
    }

    /// Identifies the service environment that was changed.
    UpdateServiceEnvironmentResponse {
        /// Name of the changed service environment.
        required service_environment_name as "serviceEnvironmentName": String,
        /// ARN of the changed service environment.
        required service_environment_arn as "serviceEnvironmentArn": String,
    }
}

enumeration! {
    /// Whether a service environment takes jobs from its queues.
    ServiceEnvironmentState {
        /// Jobs from connected queues may be placed in the environment.
        Enabled = "ENABLED",
        /// No further jobs are placed in the environment; required before it can be deleted.
        Disabled = "DISABLED",
    }

    /// The condition of a service environment in its life cycle.
    ServiceEnvironmentStatus {
        /// The environment is being set up.
        Creating = "CREATING",
        /// A change to the environment is being applied.
        Updating = "UPDATING",
        /// The environment is being removed.
        Deleting = "DELETING",
        /// The environment has been removed.
        Deleted = "DELETED",
        /// The environment is ready for use.
        Valid = "VALID",
        /// Something is wrong with the environment, so that it cannot be used.
        Invalid = "INVALID",
    }

    /// The services whose capacity a service environment can stand for.
    ServiceEnvironmentType {
        /// SageMaker training jobs.
        SagemakerTraining = "SAGEMAKER_TRAINING",
    }
}
