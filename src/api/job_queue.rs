//! Shapes of job queues: what is created, updated, described and deleted, and the time limits for jobs
//! that wait at their head.

use crate::api::arn::has_form;
use crate::api::constraint::{Check, Form, NAME};
use crate::api::service_environment::ServiceEnvironmentOrder;
use crate::api::shape::{Limits, enumeration, structure};
use crate::api::tags::Tags;

/// A scheduling policy.
pub static POLICY_ARN: Form = Form {
    words: "the ARN of a scheduling policy (\"arn:aws:batch:us-east-1:123456789012:scheduling-policy/NAME\")",
    pattern: "^arn:[^:]+:batch:[^:]+:[^:]+:scheduling-policy/[^:]+$",
    accepts: |text| has_form(text, "batch", "scheduling-policy/"),
};

/// The scheduling policy of an update. What an empty one means there is a matter of its own.
pub static NEW_POLICY_ARN: Form = Form {
    words: POLICY_ARN.words,
    pattern: "^(|arn:[^:]+:batch:[^:]+:[^:]+:scheduling-policy/[^:]+)$",
    accepts: |text| text.is_empty() || (POLICY_ARN.accepts)(text),
};

structure! {
    /// One compute environment of a job queue and its rank among the others.
    ComputeEnvironmentOrder {
        /// Rank of the environment in the queue; environments are tried from the lowest number up.
        required order as "order": i32,
        /// Name or ARN of the compute environment, which must be `VALID`. Answers always hold the ARN.
        required compute_environment as "computeEnvironment": String where {
            "JQ006" Check::Length(Limits::at_least(1)),
        },
    }

    /// Description of a job queue to create.
    CreateJobQueueRequest {
        /// Name of the new queue, 1 to 128 letters, digits, hyphens and underscores, not yet in use in
        /// the account and Region.
        required job_queue_name as "jobQueueName": String where {
            "JQ001" Check::Length(Limits::between(1, 128)),
            "JQ002" Check::Form(&NAME),
        },
        /// Whether the queue takes jobs: `ENABLED` (the default) or `DISABLED`.
        optional state as "state": JQState,
        /// ARN of the scheduling policy. Without one the queue is first in, first out for ever; with one,
        /// the policy can later be replaced but not removed.
        optional scheduling_policy_arn as "schedulingPolicyArn": String where { "JQ004" Check::Form(&POLICY_ARN) },
        /// Priority over other queues on the same environment, a whole number; the higher number goes
        /// first. The AWS console offers 0 to 100.
        required priority as "priority": i32,
        /// Compute environments to run jobs on, 1 to 3, all of one kind (EC2 and Spot, or Fargate, or
        /// EKS) and one CPU architecture. Excludes `serviceEnvironmentOrder`.
        optional compute_environment_order as "computeEnvironmentOrder": Vec<ComputeEnvironmentOrder> where {
            "JQ003" Check::Count(Limits::at_most(3)),
        },
        /// Service environments for service jobs, all of one type. Excludes `computeEnvironmentOrder`.
        optional service_environment_order as "serviceEnvironmentOrder": Vec<ServiceEnvironmentOrder>,
        /// Kind of the queue, `SAGEMAKER_TRAINING` for service jobs. When omitted, it follows from the
        /// environments.
        optional job_queue_type as "jobQueueType": JobQueueType,
        /// Tags on the queue, at most 50. They do not reach its jobs.
        optional tags as "tags": Tags,
        /// What to do with jobs that stay too long at the head of the queue. None when omitted.
        optional job_state_time_limit_actions as "jobStateTimeLimitActions": Vec<JobStateTimeLimitAction>,
    }

    /// Name and ARN of the job queue that was created.
    CreateJobQueueResponse {
        /// Name of the new queue.
        required job_queue_name as "jobQueueName": String,
        /// ARN of the new queue.
        required job_queue_arn as "jobQueueArn": String,
    }

    /// Job queue to delete. It must be `DISABLED`; jobs still in it are terminated.
    DeleteJobQueueRequest {
        /// Name or ARN of the job queue to delete.
        required job_queue as "jobQueue": String,
    }

    /// Empty answer of a deletion that was accepted.
    DeleteJobQueueResponse {}

    /// Which job queues to describe: those named, or all of them page by page.
    DescribeJobQueuesRequest {
        /// Names or ARNs of the queues to describe, at most 100. All of them when omitted; unknown ones
        /// are skipped.
        optional job_queues as "jobQueues": Vec<String>
            where { "LS012" Check::Count(Limits::at_most(100)) },
        /// Most queues on one page, 1 to 100. Default 100.
        optional max_results as "maxResults": i32
            where { "LS010" Check::Range(1.0, 100.0) },
        /// Token of the previous page's answer, to go on from there. Leave it out for the first page.
        optional next_token as "nextToken": String,
    }

    /// One page of described job queues.
    DescribeJobQueuesResponse {
        /// Job queues found. Empty when none matches.
        optional job_queues as "jobQueues": Vec<JobQueueDetail>,
        /// Token to ask for the next page with. Absent on the last page.
        optional next_token as "nextToken": String,
    }

    /// One job queue as DescribeJobQueues reports it.
    JobQueueDetail {
        /// Name of the queue.
        required job_queue_name as "jobQueueName": String,
        /// ARN of the queue.
        required job_queue_arn as "jobQueueArn": String,
        /// Whether the queue takes new jobs: `ENABLED` or `DISABLED`. Set by the user, in contrast to
        /// `status`.
        required state as "state": JQState,
        /// ARN of the queue's scheduling policy. Absent for a queue that is first in, first out.
        optional scheduling_policy_arn as "schedulingPolicyArn": String,
        /// Where the queue is in its life, such as `CREATING`, `VALID` or `INVALID`.
        optional status as "status": JQStatus,
        /// Short text that explains the status. Absent where there is nothing to say.
        optional status_reason as "statusReason": String,
        /// Priority over other queues on the same environment; the higher number goes first.
        required priority as "priority": i32,
        /// Compute environments of the queue, tried from the lowest `order` up. Empty for a queue of
        /// service jobs.
        required compute_environment_order as "computeEnvironmentOrder": Vec<ComputeEnvironmentOrder>,
        /// Service environments of the queue with their ranks. Absent for a queue of container jobs.
        optional service_environment_order as "serviceEnvironmentOrder": Vec<ServiceEnvironmentOrder>,
        /// Kind of the queue, as given or as its environments imply.
        optional job_queue_type as "jobQueueType": JobQueueType,
        /// Tags on the queue.
        optional tags as "tags": Tags,
        /// What is done with jobs that stay too long at the head of the queue. Absent or empty when there
        /// is no such rule.
        optional job_state_time_limit_actions as "jobStateTimeLimitActions": Vec<JobStateTimeLimitAction>,
    }

    /// A rule for a job that waits too long at the head of a queue: after how long, for which reason, and
    /// what to do.
    JobStateTimeLimitAction {
        /// Blocking reason that sets the rule off, such as `CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY`,
        /// `MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE` or
        /// `MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT`.
        required reason as "reason": String,
        /// Job state the rule looks at; only `RUNNABLE`.
        required state as "state": JobStateTimeLimitActionsState,
        /// Approximate time in that state before the action is taken, 600 to 86400 seconds.
        required max_time_seconds as "maxTimeSeconds": i32 where { "JQ005" Check::Range(600.0, 86_400.0) },
        /// What is done with the job: `CANCEL`, or `TERMINATE` in queues of service jobs.
        required action as "action": JobStateTimeLimitActionsAction,
    }

    /// Changes to a job queue; members left out stay as they are.
    UpdateJobQueueRequest {
        /// Name or ARN of the job queue to change.
        required job_queue as "jobQueue": String,
        /// New state: `ENABLED` to take jobs, `DISABLED` to refuse new ones; jobs in the queue can still
        /// finish.
        optional state as "state": JQState,
        /// ARN of the policy that replaces the present one. Only for queues created with a scheduling
        /// policy, which cannot be removed.
        optional scheduling_policy_arn as "schedulingPolicyArn": String where { "JQ004" Check::Form(&NEW_POLICY_ARN) },
        /// New priority over other queues on the same environment; the higher number goes first.
        optional priority as "priority": i32,
        /// New list of 1 to 3 compute environments, in place of the present one; all of one kind and one
        /// CPU architecture.
        optional compute_environment_order as "computeEnvironmentOrder": Vec<ComputeEnvironmentOrder> where {
            "JQ003" Check::Count(Limits::at_most(3)),
        },
        /// New list of service environments, in place of the present one; all of one type.
        optional service_environment_order as "serviceEnvironmentOrder": Vec<ServiceEnvironmentOrder>,
        /// New rules for jobs that stay too long at the head of the queue, in place of the present ones.
        optional job_state_time_limit_actions as "jobStateTimeLimitActions": Vec<JobStateTimeLimitAction>,
    }

    /// Name and ARN of the job queue that was changed.
    UpdateJobQueueResponse {
        /// Name of the queue.
        optional job_queue_name as "jobQueueName": String,
        /// ARN of the queue.
        optional job_queue_arn as "jobQueueArn": String,
    }
}

enumeration! {
    /// Whether a job queue takes new jobs; set by the user.
    JQState {
        /// The queue takes jobs.
        Enabled = "ENABLED",
        /// The queue refuses new jobs; those already in it can still finish.
        Disabled = "DISABLED",
    }

    /// Where a job queue is in its life; set by the service.
    JQStatus {
        /// The queue is being set up.
        Creating = "CREATING",
        /// A change is being carried out.
        Updating = "UPDATING",
        /// The queue is being removed, together with its jobs.
        Deleting = "DELETING",
        /// The queue is gone.
        Deleted = "DELETED",
        /// The queue is ready for use.
        Valid = "VALID",
        /// The queue cannot be used; its status reason says why.
        Invalid = "INVALID",
    }

    /// Kind of jobs and capacity a queue is for.
    JobQueueType {
        /// Container jobs on EKS.
        Eks = "EKS",
        /// Container jobs on ECS with EC2 or Spot instances.
        Ecs = "ECS",
        /// Container jobs on ECS with Fargate.
        EcsFargate = "ECS_FARGATE",
        /// Service jobs of SageMaker Training.
        SagemakerTraining = "SAGEMAKER_TRAINING",
        /// Container jobs on ECS Managed Instances.
        EcsManagedInstances = "ECS_MANAGED_INSTANCES",
    }

    /// What is done with a job that waits too long at the head of its queue.
    JobStateTimeLimitActionsAction {
        /// The job is cancelled and the next one moves up. For queues with compute environments.
        Cancel = "CANCEL",
        /// The service job is terminated. Only for queues of type `SAGEMAKER_TRAINING`.
        Terminate = "TERMINATE",
    }

    /// Job state that a time limit looks at.
    JobStateTimeLimitActionsState {
        /// The job is ready and waits for capacity.
        Runnable = "RUNNABLE",
    }
}
