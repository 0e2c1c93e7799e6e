//! Shapes of service jobs, the jobs that another service (SageMaker training) carries out: requests and
//! answers to submit, describe, list, update and terminate them, with their attempts, retries and
//! preemption.

use crate::api::constraint::Check::{Form, Length, Range};
use crate::api::constraint::NAME;
use crate::api::job::KeyValuesPair;
use crate::api::shape::{Limits, enumeration, structure};
use crate::api::tags::{ClientRequestToken, Tags};

structure! {
    /// Asks for the full record of one service job.
    DescribeServiceJobRequest {
        /// ID of the service job, as returned when it was submitted.
        required job_id as "jobId": String
            where { "LS020" Length(Limits::at_least(1)) },
    }

    /// The full record of one service job.
    DescribeServiceJobResponse {
        /// Attempts made so far, each with its times and the SageMaker training job behind it; absent or
        /// empty before the first one.
        optional attempts as "attempts": Vec<ServiceJobAttemptDetail>,
        /// Capacity that the job asks for, one entry per unit, such as its number of instances; absent
        /// until it is known.
        optional capacity_usage as "capacityUsage": Vec<ServiceJobCapacityUsageDetail>,
        /// When the job was submitted, in milliseconds since the Unix epoch.
        optional created_at as "createdAt": i64,
        /// Whether somebody asked for the job to be terminated; true as soon as the request is accepted,
        /// even if the job is still stopping.
        optional is_terminated as "isTerminated": bool,
        /// ARN of the service job.
        optional job_arn as "jobArn": String,
        /// ID of the service job, unique and assigned at submission.
        required job_id as "jobId": String,
        /// Name that was given to the job at submission; it need not be unique.
        required job_name as "jobName": String,
        /// ARN of the job queue that holds the job.
        required job_queue as "jobQueue": String,
        /// The newest attempt and the SageMaker training job that stands for it; absent before the first
        /// one.
        optional latest_attempt as "latestAttempt": LatestServiceJobAttempt,
        /// Retry rules that apply to the job; absent when none were given at submission.
        optional retry_strategy as "retryStrategy": ServiceJobRetryStrategy,
        /// When the job was handed to the target service, in milliseconds since the Unix epoch; absent
        /// before that.
        optional scheduled_at as "scheduledAt": i64,
        /// Priority within the job's share, from 0 to 9999, higher first; absent when none was given.
        optional scheduling_priority as "schedulingPriority": i32,
        /// The JSON text for the target service, as it was submitted.
        optional service_request_payload as "serviceRequestPayload": String,
        /// Kind of service job; always `SAGEMAKER_TRAINING`.
        required service_job_type as "serviceJobType": ServiceJobType,
        /// Fair-share identifier that the job counts towards; absent on a queue without a fair-share
        /// policy.
        optional share_identifier as "shareIdentifier": String,
        /// Name of the quota share that the job runs in; absent on a queue without quota shares.
        optional quota_share_name as "quotaShareName": String,
        /// How often the job may be preempted and put back in the queue; absent when nothing was set.
        optional preemption_configuration as "preemptionConfiguration": ServiceJobPreemptionConfiguration,
        /// Record of the job's preemptions; absent if it was never preempted.
        optional preemption_summary as "preemptionSummary": ServiceJobPreemptionSummary,
        /// When the job began to run, in milliseconds since the Unix epoch; absent until it has.
        promised started_at as "startedAt": i64,
        /// Current state of the job.
        required status as "status": ServiceJobStatus,
        /// Short explanation of the current state, such as why the job failed or still waits; absent when
        /// there is nothing to say.
        optional status_reason as "statusReason": String,
        /// When the job ended, in milliseconds since the Unix epoch; absent until it has `SUCCEEDED` or
        /// `FAILED`.
        optional stopped_at as "stoppedAt": i64,
        /// Tags on the service job; absent when there are none.
        optional tags as "tags": Tags,
        /// Time limit for each attempt; absent when none was set.
        optional timeout_config as "timeoutConfig": ServiceJobTimeout,
    }

    /// The newest attempt of a service job.
    LatestServiceJobAttempt {
        /// The SageMaker training job that carries out this attempt; absent until it has been created.
        optional service_resource_id as "serviceResourceId": ServiceResourceId,
    }

    /// Asks for the service jobs of a job queue, a page at a time.
    ListServiceJobsRequest {
        /// Name or ARN of the job queue whose service jobs are listed.
        optional job_queue as "jobQueue": String,
        /// State that the listed jobs are in; `RUNNING` when neither this nor `filters` is given. Ignored
        /// beside `filters`, except those on `SHARE_IDENTIFIER` and `QUOTA_SHARE_NAME`.
        optional job_status as "jobStatus": ServiceJobStatus,
        /// Most entries to return on one page, from 1 to 100; up to 100 when omitted.
        optional max_results as "maxResults": i32
            where { "LS010" Range(1.0, 100.0) },
        /// Token from the previous page of the same listing, passed on unchanged to get the next page;
        /// omit it for the first page.
        optional next_token as "nextToken": String,
        /// One filter on `JOB_NAME` (any letter case, `*` allowed at the end), `BEFORE_CREATED_AT`,
        /// `AFTER_CREATED_AT` (milliseconds as text), `SHARE_IDENTIFIER` or `QUOTA_SHARE_NAME`. Newest
        /// jobs come first.
        optional filters as "filters": Vec<KeyValuesPair>,
    }

    /// One page of the service jobs of a queue.
    ListServiceJobsResponse {
        /// The service jobs on this page; empty when none match.
        required job_summary_list as "jobSummaryList": Vec<ServiceJobSummary>,
        /// Token that fetches the next page; absent on the last page.
        optional next_token as "nextToken": String,
    }

    /// One attempt to run a service job.
    ServiceJobAttemptDetail {
        /// The SageMaker training job that carried out the attempt; absent if it was never created.
        optional service_resource_id as "serviceResourceId": ServiceResourceId,
        /// When the attempt began, in milliseconds since the Unix epoch; absent if it never did.
        optional started_at as "startedAt": i64,
        /// When the attempt ended, in milliseconds since the Unix epoch; absent while it is under way.
        optional stopped_at as "stoppedAt": i64,
        /// Short explanation of how the attempt stands or ended; absent when there is nothing to say.
        optional status_reason as "statusReason": String,
    }

    /// An amount of capacity that a service job uses, in the full record of the job.
    ServiceJobCapacityUsageDetail {
        /// Unit of the amount: `NUM_INSTANCES`, or an instance type such as `ml.m5.large` under quota
        /// management.
        optional capacity_unit as "capacityUnit": String,
        /// Amount of capacity, counted in the unit of `capacityUnit`.
        optional quantity as "quantity": f64,
    }

    /// An amount of capacity that a service job uses, in a listing of jobs.
    ServiceJobCapacityUsageSummary {
        /// Unit of the amount: `NUM_INSTANCES`, or an instance type such as `ml.m5.large` under quota
        /// management.
        optional capacity_unit as "capacityUnit": String,
        /// Amount of capacity, counted in the unit of `capacityUnit`.
        optional quantity as "quantity": f64,
    }

    /// A rule that decides, from the reason of a failed attempt, whether the service job is tried again.
    ServiceJobEvaluateOnExit {
        /// What to do when `onStatusReason` matches: `RETRY` or `EXIT`, in any letter case.
        optional action as "action": ServiceJobRetryAction,
        /// Pattern for the whole status reason of the failed attempt, up to 512 printable characters. A
        /// `*` at the end lets any text follow.
        optional on_status_reason as "onStatusReason": String
            where { "SV006" Length(Limits::at_most(512)) },
    }

    /// An attempt of a service job that was stopped to make room for another job.
    ServiceJobPreemptedAttempt {
        /// The SageMaker training job that was stopped; absent if it was never created.
        optional service_resource_id as "serviceResourceId": ServiceResourceId,
        /// When the preempted attempt began, in milliseconds since the Unix epoch; absent if it never
        /// did.
        optional started_at as "startedAt": i64,
        /// When the preempted attempt stopped, in milliseconds since the Unix epoch; absent while it is
        /// stopping.
        optional stopped_at as "stoppedAt": i64,
        /// Short explanation of the preemption; absent when there is nothing to say.
        optional status_reason as "statusReason": String,
    }

    /// What happens to a service job that is preempted in its quota share.
    ServiceJobPreemptionConfiguration {
        /// How many times the job may run again after a preemption; once used up, the next preemption
        /// ends it. Unlimited when omitted.
        optional preemption_retries_before_termination as "preemptionRetriesBeforeTermination": i32,
    }

    /// The preemptions that a service job has been through.
    ServiceJobPreemptionSummary {
        /// How many times the job has been preempted altogether.
        optional preempted_attempt_count as "preemptedAttemptCount": i32,
        /// The latest preempted attempts; older ones may be left out, so there can be fewer than
        /// `preemptedAttemptCount`.
        optional recent_preempted_attempts as "recentPreemptedAttempts": Vec<ServiceJobPreemptedAttempt>,
    }

    /// How often, and after which failures, a service job is tried again. Waiting for scarce capacity
    /// does not use up attempts.
    ServiceJobRetryStrategy {
        /// How many times the job may become `RUNNABLE` in total, the first time included; from 1 to 10.
        required attempts as "attempts": i32
            where { "SV003" Range(1.0, 10.0) },
        /// Rules tried in order after a failed attempt, of which the first match decides. When omitted,
        /// every failure is retried while attempts remain.
        optional evaluate_on_exit as "evaluateOnExit": Vec<ServiceJobEvaluateOnExit>,
    }

    /// A service job as it appears in a listing.
    ServiceJobSummary {
        /// The newest attempt and the SageMaker training job that stands for it; absent before the first
        /// one.
        optional latest_attempt as "latestAttempt": LatestServiceJobAttempt,
        /// Capacity that the job uses, one entry per unit; absent until it is known.
        optional capacity_usage as "capacityUsage": Vec<ServiceJobCapacityUsageSummary>,
        /// When the job was submitted, in milliseconds since the Unix epoch.
        optional created_at as "createdAt": i64,
        /// ARN of the service job.
        optional job_arn as "jobArn": String,
        /// ID of the service job.
        required job_id as "jobId": String,
        /// Name that was given to the job at submission; it need not be unique.
        required job_name as "jobName": String,
        /// When the job was handed to the target service, in milliseconds since the Unix epoch; absent
        /// before that.
        optional scheduled_at as "scheduledAt": i64,
        /// Kind of service job; always `SAGEMAKER_TRAINING`.
        required service_job_type as "serviceJobType": ServiceJobType,
        /// Fair-share identifier that the job counts towards; absent on a queue without a fair-share
        /// policy.
        optional share_identifier as "shareIdentifier": String,
        /// Name of the quota share that the job runs in; absent on a queue without quota shares.
        optional quota_share_name as "quotaShareName": String,
        /// Current state of the job.
        optional status as "status": ServiceJobStatus,
        /// Short explanation of the current state; absent when there is nothing to say.
        optional status_reason as "statusReason": String,
        /// When the job began to run, in milliseconds since the Unix epoch; absent until it has.
        optional started_at as "startedAt": i64,
        /// When the job ended, in milliseconds since the Unix epoch; absent until it has `SUCCEEDED` or
        /// `FAILED`.
        optional stopped_at as "stoppedAt": i64,
        /// Whether somebody asked for the job to be terminated, even if it is still stopping.
        optional is_terminated as "isTerminated": bool,
    }

    /// The time limit of a service job.
    ServiceJobTimeout {
        /// Longest time that one attempt may run, in seconds, before it is stopped. It applies to every
        /// attempt anew.
        optional attempt_duration_seconds as "attemptDurationSeconds": i32,
    }

    /// Identifies the resource of the target service that carries out an attempt.
    ServiceResourceId {
        /// What sort of identifier `value` holds; always `TrainingJobArn`.
        required name as "name": ServiceResourceIdName,
        /// The identifier itself: the ARN of the SageMaker training job.
        required value as "value": String,
    }

    /// Submits a service job to a queue that is connected to a service environment.
    SubmitServiceJobRequest {
        /// Name of the service job: 1 to 128 letters, digits, hyphens and underscores. It need not be
        /// unique.
        required job_name as "jobName": String
            where { "SV001" Length(Limits::between(1, 128)), "SV002" Form(&NAME) },
        /// Name or ARN of the job queue, whose type must be `SAGEMAKER_TRAINING`.
        required job_queue as "jobQueue": String,
        /// Retry rules for failed attempts; when omitted, no retries are asked for.
        optional retry_strategy as "retryStrategy": ServiceJobRetryStrategy,
        /// Priority within the job's fair share or quota share, from 0 to 9999, higher first. It has no
        /// effect on a first-in, first-out queue.
        optional scheduling_priority as "schedulingPriority": i32
            where { "SV004" Range(0.0, 9999.0) },
        /// JSON text of the request to the target service: for `SAGEMAKER_TRAINING`, the parameters of
        /// SageMaker's `CreateTrainingJob`.
        required service_request_payload as "serviceRequestPayload": String,
        /// Kind of service job; must be `SAGEMAKER_TRAINING`.
        required service_job_type as "serviceJobType": ServiceJobType,
        /// Fair-share identifier to count the job towards. Required on a queue with a fair-share policy,
        /// not allowed on any other.
        optional share_identifier as "shareIdentifier": String
            where { "SJ010" Length(Limits::between(1, 255)) },
        /// Name of the quota share to run the job in. Required on a queue with a quota-share policy, not
        /// applicable to any other.
        optional quota_share_name as "quotaShareName": String,
        /// How often the job may be preempted before it is given up. It applies to quota shares only; no
        /// limit when omitted.
        optional preemption_configuration as "preemptionConfiguration": ServiceJobPreemptionConfiguration,
        /// Time limit for each attempt; when omitted, only limits in the payload itself apply.
        optional timeout_config as "timeoutConfig": ServiceJobTimeout,
        /// Tags to attach to the service job: up to 50, with keys of 1 to 128 characters (not starting
        /// with `aws:`) and values of up to 256.
        optional tags as "tags": Tags,
        /// Token of 1 to 64 characters that marks repeats of this request, so that the job is submitted
        /// only once. Made up afresh when omitted.
        optional client_token as "clientToken": ClientRequestToken => Token,
    }

    /// Identifies the service job that was submitted.
    SubmitServiceJobResponse {
        /// ARN of the new service job.
        optional job_arn as "jobArn": String,
        /// Name of the new service job, as given in the request.
        required job_name as "jobName": String,
        /// ID of the new service job, for use in later requests.
        required job_id as "jobId": String,
    }

    /// Ends a service job, whether it still waits or already runs.
    TerminateServiceJobRequest {
        /// ID of the service job to end.
        required job_id as "jobId": String
            where { "LS020" Length(Limits::at_least(1)) },
        /// Why the job is ended; shown as a status reason when the job is described.
        required reason as "reason": String
            where { "LS021" Length(Limits::between(1, 1024)) },
    }

    /// The empty answer to an accepted request to terminate a service job.
    TerminateServiceJobResponse {}

    /// A service job that could not be terminated, and why.
    TerminateServiceJobsErrorDetail {
        /// ID of the service job, as given in the request.
        required job as "job": String,
        /// Kind of error: `ValidationException`, `ClientException`, `ThrottlingException`,
        /// `ServerException` or `AccessDenied`.
        required code as "code": String,
        /// Explanation of the error in words.
        required message as "message": String,
    }

    /// Ends several service jobs at once.
    TerminateServiceJobsRequest {
        /// IDs of the service jobs to end.
        required jobs as "jobs": Vec<String>,
        /// Why the jobs are ended; shown as a status reason when one of them is described.
        required reason as "reason": String
            where { "LS021" Length(Limits::between(1, 1024)) },
    }

    /// Says which service jobs were terminated and which were not; failures of single jobs do not fail
    /// the request.
    TerminateServiceJobsResponse {
        /// IDs of the service jobs whose termination was accepted; IDs of jobs that do not exist count
        /// among them.
        required successful as "successful": Vec<String>,
        /// Service jobs that could not be terminated, each with its error; empty when all went well.
        required errors as "errors": Vec<TerminateServiceJobsErrorDetail>,
    }

    /// Changes the priority of a service job that has been submitted.
    UpdateServiceJobRequest {
        /// ID of the service job to change.
        required job_id as "jobId": String
            where { "LS020" Length(Limits::at_least(1)) },
        /// New priority within the job's share, from 0 to 9999, higher first. It matters only on a queue
        /// with a fair-share or quota-share policy.
        required scheduling_priority as "schedulingPriority": i32
            where { "SV004" Range(0.0, 9999.0) },
    }

    /// Identifies the service job that was changed.
    UpdateServiceJobResponse {
        /// ARN of the changed service job.
        optional job_arn as "jobArn": String,
        /// Name of the changed service job.
        optional job_name as "jobName": String,
        /// ID of the changed service job.
        optional job_id as "jobId": String,
    }
}

enumeration! {
    /// What to do after a failed attempt that a rule matches. Any letter case is accepted.
    ServiceJobRetryAction any case {
        /// Try the job again while attempts remain.
        Retry = "RETRY",
        /// Fail the job at once, whatever attempts remain.
        Exit = "EXIT",
    }

    /// The states of a service job, in the order in which it passes through them.
    ServiceJobStatus {
        /// In the queue, not yet looked at by the scheduler.
        Submitted = "SUBMITTED",
        /// In the queue, not yet ready to be scheduled.
        Pending = "PENDING",
        /// Ready, and waiting for capacity in the service environment or in its share.
        Runnable = "RUNNABLE",
        /// Handed to the target service, which has yet to find capacity for it.
        Scheduled = "SCHEDULED",
        /// Has its capacity; the target service downloads data and images.
        Starting = "STARTING",
        /// Carried out by the target service, up to the upload of its results.
        Running = "RUNNING",
        /// Ended well; this state is final.
        Succeeded = "SUCCEEDED",
        /// Ended in failure after its last attempt, or was terminated; this state is final.
        Failed = "FAILED",
    }

    /// The services that can carry out a service job.
    ServiceJobType {
        /// A SageMaker training job.
        SagemakerTraining = "SAGEMAKER_TRAINING",
    }

    /// The sorts of identifiers that a target service gives to its resources.
    ServiceResourceIdName {
        /// ARN of a SageMaker training job.
        TrainingJobArn = "TrainingJobArn",
    }
}
