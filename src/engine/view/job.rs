//! Jobs as they are described, and their ends and logs.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::api::ServiceError;
use crate::api::arn::{ResourceKind, Scope};
use crate::api::job::{
    ArrayPropertiesDetail, DescribeJobsRequest, DescribeJobsResponse, JobDetail, JobStatus, SubmitJobRequest,
};
use crate::api::job_definition::JobDefinition;
use crate::api::tags::Tags;
use crate::engine::change::document;
use crate::engine::core::JobKey;
use crate::engine::effective::{Shape, effective};
use crate::engine::launch::{Place, log_prefix, log_stream};
use crate::engine::names;
use crate::engine::view::job_shape::{self, Attempts};
use crate::engine::view::listing::members;
use crate::store::read::{JobWithRequest, Read};
use crate::store::row::JobRow;
use crate::store::{AttemptRow, DefinitionRow, Reader, ResourceRow};

/// The most ids in one DescribeJobs.
const MOST: usize = 100;

/// How a job ended, as `wait` reports it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JobEnd {
    /// Its id.
    pub job_id: String,
    /// Its name.
    pub job_name: String,
    /// SUCCEEDED or FAILED.
    pub status: JobStatus,
    /// Its status reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// The exit code of its last attempt, if that left one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    /// What its last container had to say, where it could not start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_reason: Option<String>,
    /// Which of its children failed, if it is an array and any has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_children: Option<FailedChildren>,
}

/// Which children of an array failed.
#[derive(Debug, Clone, Serialize)]
pub struct FailedChildren {
    /// How many.
    pub count: u32,
    /// Of how many.
    pub of: u32,
    /// The id of the first of them.
    pub first: String,
}

/// Where the log of an attempt is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogPlace {
    /// The job has not had this attempt yet.
    NotYet,
    /// The attempt logs to this stream.
    Stream {
        /// The stream's name.
        name: String,
        /// Which attempt.
        attempt: u32,
        /// Whether nothing more will be written to it.
        ended: bool,
    },
    /// This attempt could not be started.
    NotStarted {
        /// Which attempt.
        attempt: u32,
        /// Why.
        reason: String,
    },
    /// The job ended without this attempt.
    Never,
    /// It is an array: its children have logs of their own.
    OfChildren {
        /// How many they are.
        size: u32,
    },
}

pub(super) fn end(reader: &Reader, job: JobKey) -> Result<Option<JobEnd>, ServiceError> {
    let Some(JobWithRequest { job, .. }) = reader.job_by_key(job.0)? else {
        return Err(ServiceError::server("the job is gone"));
    };
    if !finished(job.status) {
        return Ok(None);
    }
    let last = last_attempt(reader, &job)?;
    let failed_children = failed_children(reader, &job)?;
    Ok(Some(JobEnd {
        failed_children,
        job_id: job.id,
        job_name: job.name,
        status: job.status,
        status_reason: job.reason,
        exit_code: last.as_ref().and_then(|attempt| attempt.exit_code),
        container_reason: last.and_then(|attempt| attempt.container_reason),
    }))
}

fn failed_children(reader: &Reader, job: &JobRow) -> Result<Option<FailedChildren>, ServiceError> {
    let Some(of) = job.size.filter(|_| job.status == JobStatus::Failed) else { return Ok(None) };
    let counts = reader.member_counts(job)?;
    let count =
        counts.iter().filter(|(status, _)| *status == JobStatus::Failed).map(|(_, count)| count).sum();
    let first = members(reader, job, JobStatus::Failed, (0, 1))?.pop();
    Ok(first.map(|first| FailedChildren { count, of, first: first.id }))
}

/// The key that the attempts of a job stand under: those of a multi-node parallel job are its main node's.
fn runs_as(reader: &Reader, job: &JobRow) -> Result<u64, ServiceError> {
    if job.nodes.is_none() {
        return Ok(job.key);
    }
    let nodes = definition_of(reader, job)?.node_properties;
    let main = nodes.and_then(|nodes| u32::try_from(nodes.main_node).ok()).unwrap_or(0);
    Ok(JobKey(job.key).member(main).0)
}

pub(super) fn last_attempt(reader: &Reader, job: &JobRow) -> Result<Option<AttemptRow>, ServiceError> {
    Ok(reader.attempts(runs_as(reader, job)?)?.pop())
}

/// What the log streams of a job, child or node are called after.
fn stream_prefix(
    reader: &Reader,
    job: &JobRow,
    is_member: bool,
    request: &str,
) -> Result<String, ServiceError> {
    let definition = definition_of(reader, job)?;
    let effective = effective(&definition, &document("request", request)?)?;
    let node = job.index().filter(|_| is_member);
    Ok(log_prefix(&definition.job_definition_name, effective.task(node)))
}

pub(super) fn log_place(
    reader: &Reader,
    job: JobKey,
    attempt: Option<u32>,
) -> Result<LogPlace, ServiceError> {
    let Some(JobWithRequest { job, parent, request, .. }) = reader.job_by_key(job.0)? else {
        return Err(ServiceError::server("the job is gone"));
    };
    if let Some(size) = job.size {
        return Ok(LogPlace::OfChildren { size });
    }
    let attempts = reader.attempts(runs_as(reader, &job)?)?;
    let wanted = match attempt {
        Some(number) => attempts.iter().find(|row| row.number == number),
        None => attempts.last(),
    };
    let Some(row) = wanted else {
        return Ok(if finished(job.status) { LogPlace::Never } else { LogPlace::NotYet });
    };
    if row.started_at.is_none() && row.stopped_at.is_some() {
        let reasons = [row.container_reason.as_deref(), row.reason.as_deref()];
        let reason = reasons.into_iter().flatten().next().unwrap_or("for an unknown reason").to_owned();
        return Ok(LogPlace::NotStarted { attempt: row.number, reason });
    }
    Ok(LogPlace::Stream {
        name: log_stream(&stream_prefix(reader, &job, parent.is_some(), &request)?, &row.task),
        attempt: row.number,
        ended: row.stopped_at.is_some(),
    })
}

pub(super) fn describe_jobs(
    reader: &Reader,
    scope: &Scope,
    request: &DescribeJobsRequest,
) -> Result<DescribeJobsResponse, ServiceError> {
    if request.jobs.len() > MOST {
        return Err(ServiceError::client(format!("Maximum number of jobs supported is {MOST}")));
    }
    let mut jobs = Vec::with_capacity(request.jobs.len());
    for id in &request.jobs {
        if let Some((row, queue)) = names::find_job(reader, scope, id)? {
            jobs.push(detail(reader, scope, row, &queue)?);
        }
    }
    Ok(DescribeJobsResponse { jobs: Some(jobs) })
}

fn detail(
    reader: &Reader,
    scope: &Scope,
    row: JobWithRequest,
    queue: &ResourceRow,
) -> Result<JobDetail, ServiceError> {
    let JobWithRequest { job, parent, request, tags } = row;
    let request: SubmitJobRequest = document("request", &request)?;
    let definition = definition_of(reader, &job)?;
    let effective = effective(&definition, &request)?;
    let attempts = match &effective.shape {
        Shape::Nodes(nodes) if parent.is_none() => reader.attempts(JobKey(job.key).member(nodes.main).0)?,
        Shape::Nodes(_) | Shape::Single(_) => reader.attempts(job.key)?,
    };
    let mut places = Vec::with_capacity(attempts.len());
    for attempt in &attempts {
        places.push(Place::read(reader, attempt)?);
    }
    let tags = tags.map(|tags| document("request", &tags)).transpose()?;
    let node = job.index().filter(|_| parent.as_ref().is_some_and(|parent| parent.nodes.is_some()));
    let prefix = log_prefix(&definition.job_definition_name, effective.task(node));
    let mut detail = JobDetail {
        array_properties: array_properties(reader, &job, parent.as_ref())?,
        share_identifier: job.share,
        job_arn: Some(scope.arn(ResourceKind::Job, &job.id)),
        job_name: job.name,
        job_id: job.id,
        job_queue: scope.arn(ResourceKind::JobQueue, &queue.name),
        status: job.status,
        scheduling_priority: effective.scheduling_priority,
        status_reason: job.reason,
        created_at: Some(job.created_at),
        retry_strategy: request.retry_strategy.or(definition.retry_strategy),
        started_at: job.started_at,
        stopped_at: job.stopped_at,
        depends_on: Some(request.depends_on.unwrap_or_default()),
        job_definition: definition.job_definition_arn,
        parameters: Some(effective.parameters),
        timeout: request.timeout.or(definition.timeout),
        tags: Some(Tags(tags.unwrap_or_default())),
        propagate_tags: request.propagate_tags.or(definition.propagate_tags),
        platform_capabilities: definition.platform_capabilities,
        is_cancelled: Some(job.cancelled),
        is_terminated: Some(job.terminated),
        ..JobDetail::default()
    };
    let runs = Attempts { scope, prefix: &prefix, rows: &attempts, places: &places };
    job_shape::show(&mut detail, effective.shape, node, &runs);
    Ok(detail)
}

/// What is shown of an array, with how many of its children are in each state, or of a child.
fn array_properties(
    reader: &Reader,
    job: &JobRow,
    parent: Option<&JobRow>,
) -> Result<Option<ArrayPropertiesDetail>, ServiceError> {
    let whole = |number: u32| i32::try_from(number).ok();
    let Some(size) = job.size.or(parent.and_then(|parent| parent.size)) else { return Ok(None) };
    let mut summary = BTreeMap::new();
    if job.size.is_some() {
        summary.extend(JobStatus::ALL.iter().map(|status| (status.as_str().to_owned(), 0)));
        for (status, count) in reader.member_counts(job)? {
            *summary.entry(status.as_str().to_owned()).or_insert(0) += whole(count).unwrap_or(i32::MAX);
        }
    }
    Ok(Some(ArrayPropertiesDetail {
        status_summary: Some(summary),
        size: whole(size),
        index: job.index().and_then(whole),
        ..ArrayPropertiesDetail::default()
    }))
}

fn finished(status: JobStatus) -> bool {
    matches!(status, JobStatus::Succeeded | JobStatus::Failed)
}

pub(super) fn definition_row(reader: &Reader, job: &JobRow) -> Result<DefinitionRow, ServiceError> {
    let row = reader.definition_by_key(job.definition)?;
    row.ok_or_else(|| ServiceError::server("the job's definition is gone"))
}

pub(super) fn definition_of(reader: &Reader, job: &JobRow) -> Result<JobDefinition, ServiceError> {
    Ok(document("definition", &definition_row(reader, job)?.body)?)
}

/// The ARN of a revision, which its row tells without its document.
pub(super) fn definition_arn(row: &DefinitionRow) -> String {
    let scope = Scope { account: row.account.clone(), region: row.region.clone() };
    scope.arn(ResourceKind::JobDefinition, &format!("{}:{}", row.name, row.revision))
}
