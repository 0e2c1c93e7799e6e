//! Jobs as they are described and listed.

use serde::Serialize;

use crate::api::ServiceError;
use crate::api::arn::{ResourceKind, Scope};
use crate::api::job::{
    ContainerSummary, DescribeJobsRequest, DescribeJobsResponse, JobDetail, JobStatus, JobSummary,
    KeyValuesPair, ListJobsRequest, ListJobsResponse, SubmitJobRequest,
};
use crate::api::job_definition::JobDefinition;
use crate::api::tags::Tags;
use crate::engine::change::document;
use crate::engine::core::JobKey;
use crate::engine::cursor::{PAGE, page_size, read_token, token};
use crate::engine::effective::effective;
use crate::engine::launch::{Place, log_stream};
use crate::engine::names;
use crate::engine::view::job_shape::{self, Attempts};
use crate::store::read::{JobWithRequest, Read};
use crate::store::row::JobRow;
use crate::store::{DefinitionRow, Reader, ResourceRow, Table};

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
}

pub(super) fn end(reader: &Reader, job: JobKey) -> Result<Option<JobEnd>, ServiceError> {
    let Some(JobWithRequest { job, .. }) = reader.job_by_key(job.0)? else {
        return Err(ServiceError::server("the job is gone"));
    };
    if !finished(job.status) {
        return Ok(None);
    }
    let last = reader.attempts(job.key)?.pop();
    Ok(Some(JobEnd {
        job_id: job.id,
        job_name: job.name,
        status: job.status,
        status_reason: job.reason,
        exit_code: last.as_ref().and_then(|attempt| attempt.exit_code),
        container_reason: last.and_then(|attempt| attempt.container_reason),
    }))
}

pub(super) fn log_place(
    reader: &Reader,
    job: JobKey,
    attempt: Option<u32>,
) -> Result<LogPlace, ServiceError> {
    let Some(JobWithRequest { job, .. }) = reader.job_by_key(job.0)? else {
        return Err(ServiceError::server("the job is gone"));
    };
    let attempts = reader.attempts(job.key)?;
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
        name: log_stream(&definition_row(reader, &job)?.name, &row.task),
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
    let JobWithRequest { job, request, tags } = row;
    let request: SubmitJobRequest = document("request", &request)?;
    let definition = definition_of(reader, &job)?;
    let effective = effective(&definition, &request)?;
    let attempts = reader.attempts(job.key)?;
    let mut places = Vec::with_capacity(attempts.len());
    for attempt in &attempts {
        places.push(Place::read(reader, attempt)?);
    }
    let tags = tags.map(|tags| document("request", &tags)).transpose()?;
    let mut detail = JobDetail {
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
    let runs =
        Attempts { scope, definition: &definition.job_definition_name, rows: &attempts, places: &places };
    job_shape::show(&mut detail, effective.shape, None, &runs);
    Ok(detail)
}

/// Lists a queue's jobs: those in one state (RUNNING unless said otherwise), or those that a filter selects.
pub(super) fn list_jobs(
    reader: &Reader,
    scope: &Scope,
    request: &ListJobsRequest,
) -> Result<ListJobsResponse, ServiceError> {
    let selectors = [&request.job_queue, &request.array_job_id, &request.multi_node_job_id];
    let queue = match (selectors.iter().filter(|selector| selector.is_some()).count(), &request.job_queue) {
        (1, Some(queue)) => names::need(reader, Table::JobQueue, scope, queue)?,
        (1, None) => {
            return Err(ServiceError::client(
                "kiln's local engine has no array or multi-node jobs to list yet",
            ));
        }
        _ => {
            return Err(ServiceError::client("give exactly one of jobQueue, arrayJobId and multiNodeJobId"));
        }
    };
    // A list by state may have long pages, one by filter may not.
    let by_filter = request.filters.as_ref().is_some_and(|filters| !filters.is_empty());
    let size = page_size(request.max_results, if by_filter { PAGE } else { 10 * PAGE })?;
    let before = read_token("ListJobs", request.next_token.as_deref())?.unwrap_or(u64::MAX);
    let filter = filter(request.filters.as_deref().unwrap_or_default())?;
    let mut found = match filter {
        None => {
            let status = request.job_status.unwrap_or(JobStatus::Running);
            reader.jobs_in_queue(queue.key, &[status], before, size + 1)?
        }
        Some(filter) => filtered(reader, queue.key, &filter, before, size + 1)?,
    };
    let more = found.len() > size;
    found.truncate(size);
    let next_token = found.last().filter(|_| more).map(|job| token("ListJobs", job.key));
    let list = found.into_iter().map(|job| summary(reader, scope, job)).collect::<Result<_, _>>()?;
    Ok(ListJobsResponse { job_summary_list: list, next_token })
}

/// A filter of ListJobs.
enum Filter {
    Name(Pattern),
    Definition(Pattern),
    Before(i64),
    After(i64),
}

/// A text, or the beginning of one; letter case does not count.
struct Pattern {
    text: String,
    prefix: bool,
}

impl Pattern {
    fn read(text: &str) -> Self {
        let stem = text.strip_suffix('*');
        Self { text: stem.unwrap_or(text).to_lowercase(), prefix: stem.is_some() }
    }

    fn fits(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        if self.prefix { text.starts_with(&self.text) } else { text == self.text }
    }
}

fn filter(filters: &[KeyValuesPair]) -> Result<Option<Filter>, ServiceError> {
    let one = match filters {
        [] => return Ok(None),
        [one] => one,
        _ => return Err(ServiceError::client("only one filter can be given at a time")),
    };
    let value = match one.values.as_deref() {
        Some([value]) => value.as_str(),
        _ => return Err(ServiceError::client("a filter takes exactly one value")),
    };
    let time = || {
        value.parse().map_err(|_| {
            ServiceError::client(format!(
                "filter value {value:?} must be a time in milliseconds since the epoch"
            ))
        })
    };
    Ok(Some(match one.name.as_deref() {
        Some("JOB_NAME") => Filter::Name(Pattern::read(value)),
        Some("JOB_DEFINITION") => Filter::Definition(Pattern::read(value)),
        Some("BEFORE_CREATED_AT") => Filter::Before(time()?),
        Some("AFTER_CREATED_AT") => Filter::After(time()?),
        other => {
            return Err(ServiceError::client(format!(
                "filter name {:?} must be JOB_NAME, JOB_DEFINITION, BEFORE_CREATED_AT or AFTER_CREATED_AT",
                other.unwrap_or_default()
            )));
        }
    }))
}

/// Walks the queue's jobs from the newest down until `limit` of them fit.
fn filtered(
    reader: &Reader,
    queue: u64,
    filter: &Filter,
    mut before: u64,
    limit: usize,
) -> Result<Vec<JobRow>, ServiceError> {
    const STRIDE: usize = 1000;
    let mut found = Vec::new();
    loop {
        let rows = reader.jobs_in_queue(queue, JobStatus::ALL, before, STRIDE)?;
        let last_page = rows.len() < STRIDE;
        for row in rows {
            before = row.key;
            let fits = match filter {
                Filter::Name(pattern) => pattern.fits(&row.name),
                Filter::Definition(pattern) => {
                    let definition = definition_row(reader, &row)?;
                    let revision = format!("{}:{}", definition.name, definition.revision);
                    pattern.fits(&definition.name)
                        || pattern.fits(&revision)
                        || pattern.fits(&definition_arn(&definition))
                }
                Filter::Before(time) => row.created_at < *time,
                Filter::After(time) if row.created_at <= *time => return Ok(found),
                Filter::After(_) => true,
            };
            if fits {
                found.push(row);
                if found.len() == limit {
                    return Ok(found);
                }
            }
        }
        if last_page {
            return Ok(found);
        }
    }
}

fn summary(reader: &Reader, scope: &Scope, job: JobRow) -> Result<JobSummary, ServiceError> {
    let definition = definition_row(reader, &job)?;
    let last = reader.attempts(job.key)?.pop().filter(|attempt| attempt.stopped_at.is_some());
    let container = last.map_or_else(ContainerSummary::default, |attempt| ContainerSummary {
        exit_code: attempt.exit_code,
        reason: attempt.container_reason,
    });
    Ok(JobSummary {
        job_arn: Some(scope.arn(ResourceKind::Job, &job.id)),
        job_id: job.id,
        job_name: job.name,
        created_at: Some(job.created_at),
        status: Some(job.status),
        status_reason: job.reason,
        started_at: job.started_at,
        stopped_at: job.stopped_at,
        container: Some(container),
        job_definition: Some(definition_arn(&definition)),
        ..JobSummary::default()
    })
}

fn finished(status: JobStatus) -> bool {
    matches!(status, JobStatus::Succeeded | JobStatus::Failed)
}

fn definition_row(reader: &Reader, job: &JobRow) -> Result<DefinitionRow, ServiceError> {
    let row = reader.definition_by_key(job.definition)?;
    row.ok_or_else(|| ServiceError::server("the job's definition is gone"))
}

fn definition_of(reader: &Reader, job: &JobRow) -> Result<JobDefinition, ServiceError> {
    Ok(document("definition", &definition_row(reader, job)?.body)?)
}

/// The ARN of a revision, which its row tells without its document.
fn definition_arn(row: &DefinitionRow) -> String {
    let scope = Scope { account: row.account.clone(), region: row.region.clone() };
    scope.arn(ResourceKind::JobDefinition, &format!("{}:{}", row.name, row.revision))
}
