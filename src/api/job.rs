//! Shapes for submitting, listing, describing, cancelling and terminating jobs, with their attempts,
//! overrides, array and multi-node parts.

use std::collections::BTreeMap;

use crate::api::constraint;
use crate::api::constraint::Check::{Count, Form, Length, Range};
use crate::api::consumable_resource::ConsumableResourceProperties;
use crate::api::container::{
    EphemeralStorage, FargatePlatformConfiguration, KeyValuePair, LinuxParameters, LogConfiguration,
    MountPoint, NetworkConfiguration, RepositoryCredentials, ResourceRequirement, RuntimePlatform, Secret,
    Ulimit, Volume,
};
use crate::api::ecs::{EcsPropertiesDetail, EcsPropertiesOverride};
use crate::api::eks::{EksAttemptDetail, EksPropertiesDetail, EksPropertiesOverride};
use crate::api::job_definition::{JobTimeout, NODE_RANGE, NodeProperties, PlatformCapability, RetryStrategy};
use crate::api::shape::{Limits, enumeration, structure};
use crate::api::tags::Tags;

/// The name of a job.
pub static JOB_NAME: constraint::Form = constraint::Form {
    words: "only letters, digits, - and _, and a letter or a digit first",
    pattern: "^([A-Za-z0-9][A-Za-z0-9_-]*)?$",
    accepts: |text| !text.starts_with(['-', '_']) && (constraint::NAME.accepts)(text),
};

structure! {
    /// What turns a submission into an array job: one parent with many children.
    ArrayProperties {
        /// Number of children in the array, from 2 to 10,000. Each child runs the same job definition and
        /// learns its position, counted from 0, from `AWS_BATCH_JOB_ARRAY_INDEX`.
        optional size as "size": i32
            where { "SJ005" Range(2.0, 10_000.0) },
    }

    /// Array side of a described job: size and child counts for a parent, the index for a child.
    ArrayPropertiesDetail {
        /// Number of children in each job status, keyed by status name such as `RUNNING`. Reported for
        /// array parents only.
        optional status_summary as "statusSummary": BTreeMap<String, i32>,
        /// When `statusSummary` was last brought up to date, in milliseconds since the Unix epoch.
        /// Reported for array parents only.
        optional status_summary_last_updated_at as "statusSummaryLastUpdatedAt": i64,
        /// Number of children in the array, from 2 to 10,000. Reported for array parents only.
        optional size as "size": i32,
        /// Position of this child in its array, starting at 0. Reported for array children only.
        optional index as "index": i32,
    }

    /// Array side of a listed job: size and child counts for a parent, the index for a child.
    ArrayPropertiesSummary {
        /// Number of children in the array, from 2 to 10,000. Reported for array parents only.
        optional size as "size": i32,
        /// Position of this child in its array, starting at 0. Reported for array children only.
        optional index as "index": i32,
        /// Number of children in each job status, keyed by status name such as `RUNNING`. Reported for
        /// array parents only.
        optional status_summary as "statusSummary": BTreeMap<String, i32>,
        /// When `statusSummary` was last brought up to date, in milliseconds since the Unix epoch.
        /// Reported for array parents only.
        optional status_summary_last_updated_at as "statusSummaryLastUpdatedAt": i64,
    }

    /// Container of one attempt: where it ran, how it ended and where its log is.
    AttemptContainerDetail {
        /// ARN of the container instance that hosted the attempt. Absent on Fargate and when the attempt
        /// was never placed.
        optional container_instance_arn as "containerInstanceArn": String,
        /// ARN of the task behind the attempt, assigned at `STARTING`. Absent when the attempt never got
        /// that far.
        optional task_arn as "taskArn": String,
        /// Exit code of the container; 0 is success, anything else a failure. Absent when the container
        /// never ran or has not ended.
        optional exit_code as "exitCode": i32,
        /// Short explanation of the container's state, at most 255 characters, for instance why it could
        /// not start or was stopped. Absent when there is nothing to add to the exit code.
        optional reason as "reason": String,
        /// Name of the log stream of the attempt, in the group `/aws/batch/job` unless the log
        /// configuration says otherwise. Assigned at `RUNNING`, absent before.
        optional log_stream_name as "logStreamName": String,
        /// Network interfaces attached for the attempt. Empty or absent where the container uses the
        /// network of its host.
        optional network_interfaces as "networkInterfaces": Vec<NetworkInterface>,
    }

    /// One attempt to run a job, with its times, its reason and its containers.
    AttemptDetail {
        /// Container of the attempt. Holds no details for jobs with several containers, which report
        /// `taskProperties` instead.
        optional container as "container": AttemptContainerDetail,
        /// When the attempt went from `STARTING` to `RUNNING`, in milliseconds since the Unix epoch.
        /// Absent when it failed before it ran.
        optional started_at as "startedAt": i64,
        /// When the attempt ended, in milliseconds since the Unix epoch. Absent while it runs.
        optional stopped_at as "stoppedAt": i64,
        /// Short explanation of how the attempt ended, such as `Essential container in task exited`. It
        /// is what `onStatusReason` of a retry strategy is matched against.
        optional status_reason as "statusReason": String,
        /// Tasks of the attempt with their containers, for job definitions with `ecsProperties`. Absent
        /// or empty otherwise.
        optional task_properties as "taskProperties": Vec<AttemptEcsTaskDetails>,
    }

    /// Task of one attempt of a job with several containers.
    AttemptEcsTaskDetails {
        /// ARN of the container instance that hosted the task. Absent on Fargate and when the task was
        /// never placed.
        optional container_instance_arn as "containerInstanceArn": String,
        /// ARN of the task, assigned at `STARTING`. Absent when the attempt never got that far.
        optional task_arn as "taskArn": String,
        /// Containers of the task, each with its exit code, reason and log stream.
        optional containers as "containers": Vec<AttemptTaskContainerDetails>,
    }

    /// One container of a task in one attempt, and how it ended.
    AttemptTaskContainerDetails {
        /// Exit code of the container; 0 is success, anything else a failure. Absent when it never ran or
        /// has not ended.
        optional exit_code as "exitCode": i32,
        /// Name of the container as the job definition gives it.
        optional name as "name": String,
        /// Short explanation of the container's state, at most 255 characters. Absent when there is
        /// nothing to add to the exit code.
        optional reason as "reason": String,
        /// Name of the container's log stream, in the group `/aws/batch/job` unless the log configuration
        /// says otherwise. Assigned at `RUNNING`, absent before.
        optional log_stream_name as "logStreamName": String,
        /// Network interfaces attached for the attempt. Empty or absent where the task uses the network
        /// of its host.
        optional network_interfaces as "networkInterfaces": Vec<NetworkInterface>,
    }

    /// Which waiting job to cancel, and why.
    CancelJobRequest {
        /// ID of the job to cancel. Only a job in `SUBMITTED`, `PENDING` or `RUNNABLE` is affected; an
        /// array parent takes all its children along, `ID:INDEX` names one child.
        required job_id as "jobId": String
            where { "LS020" Length(Limits::at_least(1)) },
        /// Explanation kept with the job and shown as its status reason when it is described later; at
        /// most 1,024 characters.
        required reason as "reason": String
            where { "LS021" Length(Limits::between(1, 1024)) },
    }

    /// Empty answer: the request was accepted, even if the job had started already and goes on running.
    CancelJobResponse {}

    /// One job that could not be cancelled, and why.
    CancelJobsErrorDetail {
        /// ID of the job that was not cancelled, as given in the request.
        required job as "job": String,
        /// Kind of failure: `ValidationException`, `ClientException`, `AccessDenied`,
        /// `ThrottlingException` or `ServerException`. The last two are worth another try.
        required code as "code": String,
        /// Explanation of the failure in words.
        required message as "message": String,
    }

    /// Which waiting jobs to cancel in one call, and why.
    CancelJobsRequest {
        /// IDs of the jobs to cancel. Only jobs in `SUBMITTED`, `PENDING` or `RUNNABLE` are
        /// affected; array parents take all their children along.
        required jobs as "jobs": Vec<String>,
        /// Explanation kept with every one of the jobs and shown as status reason when they are described
        /// later; at most 1,024 characters.
        required reason as "reason": String
            where { "LS021" Length(Limits::between(1, 1024)) },
    }

    /// Result of a bulk cancel, job by job; the call itself succeeds even when some jobs fail.
    CancelJobsResponse {
        /// IDs of the jobs whose cancellation was accepted. IDs that belong to no job count as accepted
        /// too.
        required successful as "successful": Vec<String>,
        /// Jobs that could not be cancelled, one entry each. Empty when all went well.
        required errors as "errors": Vec<CancelJobsErrorDetail>,
    }

    /// Container of a described job: the effective settings after overrides, and what came of the latest
    /// attempt.
    ContainerDetail {
        /// Image the container is started from.
        optional image as "image": String,
        /// Number of vCPUs reserved for the container, where they were given by the deprecated `vcpus`.
        /// Otherwise the `VCPU` entry of `resourceRequirements` counts.
        optional vcpus as "vcpus": i32,
        /// Memory limit of the container in MiB, where it was given by the deprecated `memory`. Otherwise
        /// the `MEMORY` entry of `resourceRequirements` counts.
        optional memory as "memory": i32,
        /// Command with its arguments as passed to the container. Empty when the image's own command
        /// runs.
        optional command as "command": Vec<String>,
        /// ARN of the role whose permissions the job's own program has. Absent when the job has none.
        optional job_role_arn as "jobRoleArn": String,
        /// ARN of the role used to pull the image, read secrets and write logs. Absent when none was
        /// given.
        optional execution_role_arn as "executionRoleArn": String,
        /// Volumes available to the container for mounting. Empty when there are none.
        optional volumes as "volumes": Vec<Volume>,
        /// Environment variables from the job definition and the submission. Variables that Batch itself
        /// sets begin with `AWS_BATCH`.
        optional environment as "environment": Vec<KeyValuePair>,
        /// Places in the container where volumes are mounted. Empty when there are none.
        optional mount_points as "mountPoints": Vec<MountPoint>,
        /// Whether the container may only read its root file system. Absent when the job definition does
        /// not say.
        optional readonly_root_filesystem as "readonlyRootFilesystem": bool,
        /// Resource limits set in the container. Empty when there are none; not used on Fargate.
        optional ulimits as "ulimits": Vec<Ulimit>,
        /// Whether the container has elevated rights on its host. Absent when the job definition does not
        /// say; never true on Fargate.
        optional privileged as "privileged": bool,
        /// User, or user ID, that the command runs as. Absent when the image decides.
        optional user as "user": String,
        /// Exit code of the latest attempt; 0 is success, anything else a failure. Absent until a
        /// container has ended.
        optional exit_code as "exitCode": i32,
        /// Short explanation of the container's state, at most 255 characters. Absent when there is
        /// nothing to add to the exit code.
        optional reason as "reason": String,
        /// ARN of the container instance that hosts the container. Absent on Fargate and before the job
        /// is placed.
        optional container_instance_arn as "containerInstanceArn": String,
        /// ARN of the task behind the latest attempt. Absent until the job reaches `STARTING`.
        optional task_arn as "taskArn": String,
        /// Name of the log stream of the latest attempt, in the group `/aws/batch/job` unless the log
        /// configuration says otherwise. Absent until the job reaches `RUNNING`.
        optional log_stream_name as "logStreamName": String,
        /// EC2 instance type asked for by a multi-node parallel job. Absent for other jobs and on
        /// Fargate.
        optional instance_type as "instanceType": String,
        /// Network interfaces attached for the job. Empty or absent where the container uses the network
        /// of its host.
        optional network_interfaces as "networkInterfaces": Vec<NetworkInterface>,
        /// vCPUs, memory and GPUs reserved for the container, after overrides.
        optional resource_requirements as "resourceRequirements": Vec<ResourceRequirement>,
        /// Linux settings of the container, such as devices and swap. Absent when none were given.
        optional linux_parameters as "linuxParameters": LinuxParameters,
        /// Log driver of the container with its options. Absent when the default driver, `awslogs`, is
        /// used.
        optional log_configuration as "logConfiguration": LogConfiguration,
        /// Secrets that reach the container as environment variables; references only, never the values.
        optional secrets as "secrets": Vec<Secret>,
        /// Network settings of a Fargate job. Absent for jobs on EC2.
        optional network_configuration as "networkConfiguration": NetworkConfiguration,
        /// Platform version of a Fargate job. Absent for jobs on EC2.
        optional fargate_platform_configuration as "fargatePlatformConfiguration": FargatePlatformConfiguration,
        /// Size of the scratch disk of a Fargate job. Absent when the default of 20 GiB is used.
        optional ephemeral_storage as "ephemeralStorage": EphemeralStorage,
        /// Operating system and CPU architecture of a Fargate job. Absent when none were given.
        optional runtime_platform as "runtimePlatform": RuntimePlatform,
        /// Reference to the secret with the login for a private image registry. Absent when none was
        /// given.
        optional repository_credentials as "repositoryCredentials": RepositoryCredentials,
        /// Whether commands may be run inside the container while it runs. Absent when the job definition
        /// does not say.
        optional enable_execute_command as "enableExecuteCommand": bool,
    }

    /// Settings that replace, for one submission, those of the container in the job definition.
    ContainerOverrides {
        /// Number of vCPUs, at least 1, replacing the deprecated `vcpus` of the job definition. Has no
        /// effect on a `VCPU` entry of its `resourceRequirements`; not supported on Fargate.
        optional vcpus as "vcpus": i32 => Deprecated
            where { "JD033" Range(1.0, f64::INFINITY) },
        /// Memory limit in MiB, at least 4, replacing the deprecated `memory` of the job definition. Has
        /// no effect on a `MEMORY` entry of its `resourceRequirements`; not supported on Fargate.
        optional memory as "memory": i32 => Deprecated
            where { "JD034" Range(4.0, f64::INFINITY) },
        /// Command with its arguments, replacing that of the job definition or the image. Must not
        /// contain an empty string; shell features need an explicit shell, as in `sh -c`.
        optional command as "command": Vec<String>,
        /// EC2 instance type for a multi-node parallel job. Not for jobs on a single node or on Fargate.
        optional instance_type as "instanceType": String,
        /// Environment variables to add or to replace by name; others of the job definition stay. Names
        /// must not begin with `AWS_BATCH`.
        optional environment as "environment": Vec<KeyValuePair>,
        /// vCPUs, memory and GPUs that replace the entries of the same type in the job definition. Types
        /// left out keep their value.
        optional resource_requirements as "resourceRequirements": Vec<ResourceRequirement>,
    }

    /// How the container of a listed job ended.
    ContainerSummary {
        /// Exit code of the container; 0 is success, anything else a failure. Absent until it has ended.
        optional exit_code as "exitCode": i32,
        /// Short explanation of the container's state, at most 255 characters. Absent when there is
        /// nothing to add to the exit code.
        optional reason as "reason": String,
    }

    /// Which jobs to describe.
    DescribeJobsRequest {
        /// IDs of the jobs to describe, at most 100. `ID:INDEX` names a child of an array, `ID#INDEX` a
        /// node of a multi-node parallel job.
        required jobs as "jobs": Vec<String>
            where { "LS013" Count(Limits::at_most(100)) },
    }

    /// Details of the jobs that were found.
    DescribeJobsResponse {
        /// The jobs found, one entry each. IDs that belong to no job are left out without an error.
        optional jobs as "jobs": Vec<JobDetail>,
    }

    /// Amount of one kind of capacity that a job uses.
    JobCapacityUsageSummary {
        /// Unit that `quantity` counts in: `VCPU` for jobs on EC2, `cpu` for jobs on EKS.
        optional capacity_unit as "capacityUnit": String,
        /// Amount of capacity the job uses, in the unit given by `capacityUnit`.
        optional quantity as "quantity": f64,
    }

    /// Something that must end successfully before a job may run.
    JobDependency {
        /// ID of the job to wait for; if it fails, the waiting job fails too. May be left out only with
        /// type `SEQUENTIAL`.
        optional job_id as "jobId": String,
        /// How array children wait: `N_TO_N` or `SEQUENTIAL`. When omitted, the job waits for the named
        /// job as a whole, all children included.
        optional r#type as "type": ArrayJobDependency,
    }

    /// Everything known about one job.
    JobDetail {
        /// ARN of the job, ending in `job/` and the job ID.
        optional job_arn as "jobArn": String,
        /// Name given at submission. Several jobs may have the same one.
        required job_name as "jobName": String,
        /// ID of the job. A child of an array has `ID:INDEX`, a node of a multi-node parallel job
        /// `ID#INDEX`.
        required job_id as "jobId": String,
        /// ARN of the job queue that the job was submitted to.
        required job_queue as "jobQueue": String,
        /// Current status of the job. Array parents only show `SUBMITTED`, `PENDING`, `SUCCEEDED` and
        /// `FAILED`.
        required status as "status": JobStatus,
        /// Share that the job counts towards in a queue with fair-share scheduling. Absent in other
        /// queues.
        optional share_identifier as "shareIdentifier": String,
        /// Priority among jobs of the same share, from 0 to 9999, higher first. Has an effect only in
        /// queues with fair-share scheduling; absent when none was set.
        optional scheduling_priority as "schedulingPriority": i32,
        /// Attempts made so far, at most 10, each with its times and its end. Empty before the first one.
        optional attempts as "attempts": Vec<AttemptDetail>,
        /// Short explanation of the current status. For a `RUNNABLE` job that blocks its queue it names
        /// the cause, such as `CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY`. Absent when there is nothing to
        /// say.
        optional status_reason as "statusReason": String,
        /// When the job was submitted, or for an array child when its parent spawned it, in milliseconds
        /// since the Unix epoch.
        optional created_at as "createdAt": i64,
        /// Retry rules in force for the job, from the submission or else the job definition.
        optional retry_strategy as "retryStrategy": RetryStrategy,
        /// When the job last went from `STARTING` to `RUNNING`, in milliseconds since the Unix epoch.
        /// Absent until then.
        promised started_at as "startedAt": i64,
        /// When the job reached `SUCCEEDED` or `FAILED`, in milliseconds since the Unix epoch. Absent
        /// until then.
        optional stopped_at as "stoppedAt": i64,
        /// Dependencies the job was submitted with, at most 20. Empty when there are none.
        optional depends_on as "dependsOn": Vec<JobDependency>,
        /// ARN of the job definition in use, revision included.
        required job_definition as "jobDefinition": String,
        /// Values filled in for `Ref::NAME` placeholders: those of the submission over the defaults of
        /// the job definition.
        optional parameters as "parameters": BTreeMap<String, String>,
        /// Settings and outcome of the container. Absent for jobs on EKS; holds no details for jobs with
        /// several containers.
        optional container as "container": ContainerDetail,
        /// Position of this node in its multi-node parallel job. Absent for other jobs.
        optional node_details as "nodeDetails": NodeDetails,
        /// Node groups of a multi-node parallel job. Absent for other jobs and on Fargate.
        optional node_properties as "nodeProperties": NodeProperties,
        /// Array side of the job: size and counts for a parent, the index for a child. Absent for other
        /// jobs.
        optional array_properties as "arrayProperties": ArrayPropertiesDetail,
        /// Time limit for each attempt. Absent when attempts may run without limit.
        optional timeout as "timeout": JobTimeout,
        /// Tags of the job. Empty when there are none.
        optional tags as "tags": Tags,
        /// Whether tags of the job and the job definition are copied to its task when that is created.
        /// Absent for jobs on EKS.
        optional propagate_tags as "propagateTags": bool,
        /// Platforms the job definition is made for, such as `EC2` or `FARGATE`. Absent for jobs on EKS.
        optional platform_capabilities as "platformCapabilities": Vec<PlatformCapability>,
        /// Pod settings and state of a job on EKS. Absent for other jobs.
        optional eks_properties as "eksProperties": EksPropertiesDetail,
        /// Attempts of a job on EKS that have ended, at most 10. Absent or empty for other jobs.
        optional eks_attempts as "eksAttempts": Vec<EksAttemptDetail>,
        /// Task settings and state of a job whose definition has `ecsProperties`. Absent for other jobs.
        optional ecs_properties as "ecsProperties": EcsPropertiesDetail,
        /// Whether the job was asked to cancel. The status turns `FAILED` once that has taken effect.
        optional is_cancelled as "isCancelled": bool,
        /// Whether the job was asked to terminate. The status turns `FAILED` once that has taken effect.
        optional is_terminated as "isTerminated": bool,
        /// Consumable resources the job holds while it runs, with their quantities. Absent when it needs
        /// none.
        optional consumable_resource_properties as "consumableResourceProperties": ConsumableResourceProperties,
    }

    /// Main facts about one job, as shown in lists.
    JobSummary {
        /// ARN of the job, ending in `job/` and the job ID.
        optional job_arn as "jobArn": String,
        /// ID of the job. A child of an array has `ID:INDEX`, a node of a multi-node parallel job
        /// `ID#INDEX`.
        required job_id as "jobId": String,
        /// Name given at submission. Several jobs may have the same one.
        required job_name as "jobName": String,
        /// Capacity configured for the job, one entry for each unit. Absent when it is not known.
        optional capacity_usage as "capacityUsage": Vec<JobCapacityUsageSummary>,
        /// When the job was submitted, or for an array child when its parent spawned it, in milliseconds
        /// since the Unix epoch.
        optional created_at as "createdAt": i64,
        /// When the scheduler picked the job for execution, in milliseconds since the Unix epoch. Absent
        /// until then.
        optional scheduled_at as "scheduledAt": i64,
        /// Share that the job counts towards in a queue with fair-share scheduling. Absent in other
        /// queues.
        optional share_identifier as "shareIdentifier": String,
        /// Current status of the job. Array parents only show `SUBMITTED`, `PENDING`, `SUCCEEDED` and
        /// `FAILED`.
        optional status as "status": JobStatus,
        /// Short explanation of the current status, such as why a `RUNNABLE` job blocks its queue. Absent
        /// when there is nothing to say.
        optional status_reason as "statusReason": String,
        /// When the job last went from `STARTING` to `RUNNING`, in milliseconds since the Unix epoch.
        /// Absent until then.
        optional started_at as "startedAt": i64,
        /// When the job reached `SUCCEEDED` or `FAILED`, in milliseconds since the Unix epoch. Absent
        /// until then.
        optional stopped_at as "stoppedAt": i64,
        /// Exit code and reason of the container. Absent until there is something to report.
        optional container as "container": ContainerSummary,
        /// Array side of the job: size and counts for a parent, the index for a child. Absent for other
        /// jobs.
        optional array_properties as "arrayProperties": ArrayPropertiesSummary,
        /// Node count, or position of this node, in a multi-node parallel job. Absent for other jobs and
        /// on Fargate.
        optional node_properties as "nodeProperties": NodePropertiesSummary,
        /// ARN of the job definition in use, revision included.
        optional job_definition as "jobDefinition": String,
        /// Whether the job was asked to cancel. Absent when it was not.
        optional is_cancelled as "isCancelled": bool,
        /// Whether the job was asked to terminate. Absent when it was not.
        optional is_terminated as "isTerminated": bool,
    }

    /// Filter for a list of jobs: the property to look at and the values to accept.
    KeyValuesPair {
        /// Name of the filter, case-sensitive: `JOB_NAME`, `JOB_DEFINITION`, `SHARE_IDENTIFIER`,
        /// `BEFORE_CREATED_AT` or `AFTER_CREATED_AT`. Lists by consumable resource take `JOB_NAME` and
        /// `JOB_STATUS`.
        optional name as "name": String,
        /// Values to match. Names may end in `*` to match a beginning, but not ARNs; times are
        /// milliseconds since the Unix epoch, written as strings.
        optional values as "values": Vec<String>,
    }

    /// Which jobs to list: those of exactly one job queue, one array job or one multi-node parallel job.
    ListJobsRequest {
        /// Name or ARN of the job queue to list. Excludes `arrayJobId` and `multiNodeJobId`.
        optional job_queue as "jobQueue": String,
        /// ID of an array job whose children to list. Excludes `jobQueue` and `multiNodeJobId`.
        optional array_job_id as "arrayJobId": String,
        /// ID of a multi-node parallel job whose nodes to list. Excludes `jobQueue` and `arrayJobId`.
        optional multi_node_job_id as "multiNodeJobId": String,
        /// Status the jobs must have; `RUNNING` when omitted. Array parents wait in `PENDING` while
        /// children run. Ignored together with `filters`, except for `SHARE_IDENTIFIER`.
        optional job_status as "jobStatus": JobStatus,
        /// Most jobs to return on one page, at least 1. The limit, and the default, is 1,000, or 100 with
        /// `filters`.
        optional max_results as "maxResults": i32
            where { "LS011" Range(1.0, 1000.0) },
        /// Token from the previous page, to continue behind it. Omit it for the first page.
        optional next_token as "nextToken": String,
        /// Filter on name, job definition, share or time of creation; one entry at most. Finds jobs of
        /// any status, newest first, but no array children or nodes.
        optional filters as "filters": Vec<KeyValuesPair>,
    }

    /// One page of a list of jobs.
    ListJobsResponse {
        /// The jobs on this page. May be empty even though more pages follow.
        required job_summary_list as "jobSummaryList": Vec<JobSummary>,
        /// Token that gets the next page. Absent on the last page.
        optional next_token as "nextToken": String,
    }

    /// Network interface attached to a container or to a node.
    NetworkInterface {
        /// ID of the attachment of the interface. Absent when not known.
        optional attachment_id as "attachmentId": String,
        /// Private IPv6 address of the interface. Absent when it has none.
        optional ipv6_address as "ipv6Address": String,
        /// Private IPv4 address of the interface. Absent when it has none.
        optional private_ipv4_address as "privateIpv4Address": String,
    }

    /// Position of a node in its multi-node parallel job.
    NodeDetails {
        /// Index of the node, starting at 0; the node itself finds it in `AWS_BATCH_JOB_NODE_INDEX`.
        optional node_index as "nodeIndex": i32,
        /// Whether this is the main node, whose outcome decides that of the whole job.
        optional is_main_node as "isMainNode": bool,
    }

    /// Settings that replace, for one submission, those of a multi-node parallel job definition. Not for
    /// Fargate.
    NodeOverrides {
        /// Number of nodes, at most 1,000, instead of that of the job definition. Needs a node range with
        /// an open end, such as `2:`, and must exceed every range's start and the main node's index.
        optional num_nodes as "numNodes": i32
            where { "JD150" Range(1.0, 1000.0) },
        /// Overrides for ranges of nodes, one entry for each range.
        optional node_property_overrides as "nodePropertyOverrides": Vec<NodePropertyOverride>,
    }

    /// Node side of a listed job that belongs to a multi-node parallel job.
    NodePropertiesSummary {
        /// Whether this is the main node, whose outcome decides that of the whole job. Reported for nodes
        /// only.
        optional is_main_node as "isMainNode": bool,
        /// Number of nodes in the multi-node parallel job.
        optional num_nodes as "numNodes": i32,
        /// Index of the node, starting at 0. Reported for nodes only.
        optional node_index as "nodeIndex": i32,
    }

    /// Settings that replace those of one range of nodes.
    NodePropertyOverride {
        /// Range of node indices as `START:END`, both ends included. A missing start means 0, a missing
        /// end the last node. It should be a range of the job definition.
        required target_nodes as "targetNodes": String
            where { "JD153" Form(&NODE_RANGE) },
        /// Overrides for the container of these nodes. For ranges defined with `container`.
        optional container_overrides as "containerOverrides": ContainerOverrides,
        /// Overrides for the task of these nodes. For ranges defined with `ecsProperties`.
        optional ecs_properties_override as "ecsPropertiesOverride": EcsPropertiesOverride,
        /// EC2 instance type for these nodes, as a list of one. Not for Fargate.
        optional instance_types as "instanceTypes": Vec<String>
            where { "JD161" Count(Limits::at_most(1)) },
        /// Overrides for the pod of these nodes. For ranges defined with `eksProperties`.
        optional eks_properties_override as "eksPropertiesOverride": EksPropertiesOverride,
        /// Consumable resources for these nodes instead of those in the job definition.
        optional consumable_resource_properties_override as "consumableResourcePropertiesOverride": ConsumableResourceProperties,
    }

    /// One job to put in a queue: what to run, where, and what to change for this run. At most 30 KiB in
    /// all.
    SubmitJobRequest {
        /// Name of the job, at most 128 letters, digits, hyphens and underscores, beginning with a letter
        /// or digit. It need not be unique.
        required job_name as "jobName": String
            where { "SJ001" Length(Limits::between(1, 128)), "SJ002" Form(&JOB_NAME) },
        /// Name or ARN of the job queue to submit to. It must exist and be enabled.
        required job_queue as "jobQueue": String,
        /// Share that the job counts towards, at most 255 characters. Required in a queue with
        /// fair-share scheduling, refused in one without.
        optional share_identifier as "shareIdentifier": String
            where { "SJ010" Length(Limits::between(1, 255)) },
        /// Priority among jobs of the same share, from 0 to 9999, higher first, instead of that of the
        /// job definition. Only for queues with fair-share scheduling.
        optional scheduling_priority_override as "schedulingPriorityOverride": i32
            where { "SJ011" Range(0.0, 9999.0) },
        /// Makes the submission an array job of 2 to 10,000 children. Omit it for a single job.
        optional array_properties as "arrayProperties": ArrayProperties,
        /// What must succeed before the job may run, at most 20 entries. If any dependency fails, the job
        /// fails without running.
        optional depends_on as "dependsOn": Vec<JobDependency>
            where { "SJ006" Count(Limits::at_most(20)) },
        /// What to run: `NAME`, `NAME:REVISION`, or an ARN with or without revision. Without a revision,
        /// the latest active one is used.
        required job_definition as "jobDefinition": String,
        /// Values for the `Ref::NAME` placeholders in the command, over the defaults of the job
        /// definition. Defaults that are not named stay in force.
        optional parameters as "parameters": BTreeMap<String, String>,
        /// Changes to command, environment and resources for this run. For definitions with
        /// `containerProperties`; multi-node parallel jobs use `nodeOverrides`.
        optional container_overrides as "containerOverrides": ContainerOverrides,
        /// Changes to the number of nodes and to node ranges for this run. For multi-node parallel jobs
        /// only; not for Fargate.
        optional node_overrides as "nodeOverrides": NodeOverrides,
        /// Retry rules for this job, replacing those of the job definition as a whole. With neither, the
        /// job is tried once.
        optional retry_strategy as "retryStrategy": RetryStrategy,
        /// Whether to copy the tags of job and job definition to the task, where the job's tags win; more
        /// than 50 fail the job. When omitted, the job definition decides. Not for EKS.
        optional propagate_tags as "propagateTags": bool,
        /// Time limit for each attempt, at least 60 seconds, instead of that of the job definition. An
        /// attempt stopped by it is not retried. An array's children each get it.
        optional timeout as "timeout": JobTimeout,
        /// Tags to put on the job, at most 50, with keys up to 128 and values up to 256 characters.
        optional tags as "tags": Tags,
        /// Changes to the pod for this run. Only for job definitions with `eksProperties`.
        optional eks_properties_override as "eksPropertiesOverride": EksPropertiesOverride,
        /// Changes to the task's containers for this run. Only for job definitions with `ecsProperties`.
        optional ecs_properties_override as "ecsPropertiesOverride": EcsPropertiesOverride,
        /// Consumable resources the job needs, instead of those in the job definition.
        optional consumable_resource_properties_override as "consumableResourcePropertiesOverride": ConsumableResourceProperties,
    }

    /// Names under which the submitted job is known.
    SubmitJobResponse {
        /// ARN of the new job, ending in `job/` and the job ID.
        optional job_arn as "jobArn": String,
        /// Name of the job, as submitted.
        required job_name as "jobName": String,
        /// ID of the new job. Children of an array are reached as `ID:INDEX`, nodes of a multi-node
        /// parallel job as `ID#INDEX`.
        required job_id as "jobId": String,
    }

    /// Which job to terminate, in whatever status it is, and why.
    TerminateJobRequest {
        /// ID of the job. If it is `STARTING` or `RUNNING` it is stopped, if it waits it is cancelled; an
        /// array parent takes all its children along, `ID:INDEX` names one child.
        required job_id as "jobId": String
            where { "LS020" Length(Limits::at_least(1)) },
        /// Explanation kept with the job and shown as its status reason when it is described later; at
        /// most 1,024 characters.
        required reason as "reason": String
            where { "LS021" Length(Limits::between(1, 1024)) },
    }

    /// Empty answer: the request was accepted. The job turns `FAILED`, and is not retried, once it has
    /// stopped.
    TerminateJobResponse {}

    /// One job that could not be terminated, and why.
    TerminateJobsErrorDetail {
        /// ID of the job that was not terminated, as given in the request.
        required job as "job": String,
        /// Kind of failure: `ValidationException`, `ClientException`, `AccessDenied`,
        /// `ThrottlingException` or `ServerException`. The last two are worth another try.
        required code as "code": String,
        /// Explanation of the failure in words.
        required message as "message": String,
    }

    /// Which jobs to terminate in one call, in whatever status they are, and why.
    TerminateJobsRequest {
        /// IDs of the jobs to terminate. Those in `STARTING` or `RUNNING` are stopped,
        /// waiting ones are cancelled; array parents take all their children along.
        required jobs as "jobs": Vec<String>,
        /// Explanation kept with every one of the jobs and shown as status reason when they are described
        /// later; at most 1,024 characters.
        required reason as "reason": String
            where { "LS021" Length(Limits::between(1, 1024)) },
    }

    /// Result of a bulk terminate, job by job; the call itself succeeds even when some jobs fail.
    TerminateJobsResponse {
        /// IDs of the jobs whose termination was accepted. IDs that belong to no job count as accepted
        /// too.
        required successful as "successful": Vec<String>,
        /// Jobs that could not be terminated, one entry each. Empty when all went well.
        required errors as "errors": Vec<TerminateJobsErrorDetail>,
    }
}

enumeration! {
    /// How the children of an array job wait.
    ArrayJobDependency {
        /// Each child waits only for the child of the same index in the named array job, which should
        /// have the same size.
        NToN = "N_TO_N",
        /// Children of the job run one after another, starting at index 0. Needs no job ID.
        Sequential = "SEQUENTIAL",
    }

    /// Stage of a job's life. `SUCCEEDED` and `FAILED` are final.
    JobStatus {
        /// Accepted into the queue and not yet looked at by the scheduler.
        Submitted = "SUBMITTED",
        /// Waiting for a dependency; also an array parent whose children have not all ended.
        Pending = "PENDING",
        /// Ready to run and waiting for free capacity, which may take for ever.
        Runnable = "RUNNABLE",
        /// Placed on a host, where the image is pulled and the container is being started.
        Starting = "STARTING",
        /// The container runs. The time limit of the attempt counts from here.
        Running = "RUNNING",
        /// Ended with exit code 0, or for an array parent with every child successful.
        Succeeded = "SUCCEEDED",
        /// Out of attempts, cancelled, terminated, timed out, or failed along with a dependency or an
        /// array child.
        Failed = "FAILED",
    }
}
