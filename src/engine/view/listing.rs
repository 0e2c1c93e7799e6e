//! Jobs as they are listed: those of a queue, the children of an array, the nodes of a multi-node parallel job.

use super::job::{definition_arn, definition_of, definition_row, last_attempt};
use crate::api::ServiceError;
use crate::api::arn::{ResourceKind, Scope};
use crate::api::job::{
    ArrayPropertiesSummary, ContainerSummary, JobStatus, JobSummary, KeyValuesPair, ListJobsRequest,
    ListJobsResponse, NodePropertiesSummary,
};
use crate::engine::cursor::{PAGE, page_size, read_token, token};
use crate::engine::names;
use crate::store::read::Read;
use crate::store::row::JobRow;
use crate::store::{Reader, StoreError, Table};

/// Lists jobs: those of a queue that are in one state (RUNNING unless said otherwise) or that a filter selects, or
/// the children or nodes that are in one state.
pub(super) fn list_jobs(
    reader: &Reader,
    scope: &Scope,
    request: &ListJobsRequest,
) -> Result<ListJobsResponse, ServiceError> {
    let selectors = [&request.job_queue, &request.array_job_id, &request.multi_node_job_id];
    if selectors.iter().filter(|selector| selector.is_some()).count() != 1 {
        return Err(ServiceError::client("give exactly one of jobQueue, arrayJobId and multiNodeJobId"));
    }
    // A list by state may have long pages, one by filter may not.
    let by_filter = request.filters.as_ref().is_some_and(|filters| !filters.is_empty());
    let size = page_size(request.max_results, if by_filter { PAGE } else { 10 * PAGE })?;
    // A page of one list is not where another one goes on.
    let subject = format!(
        "ListJobs {:?}",
        (selectors, request.job_status, request.filters.as_ref().map(|filters| format!("{filters:?}")))
    );
    let start = read_token(&subject, request.next_token.as_deref())?;
    let (mut found, parent) = match &request.job_queue {
        Some(queue) => (of_queue(reader, scope, request, queue, (start, size + 1))?, None),
        None => {
            let parent = parent(reader, scope, request)?;
            let status = request.job_status.unwrap_or(JobStatus::Running);
            (members(reader, &parent, status, (start.unwrap_or(0), size + 1))?, Some(parent))
        }
    };
    let more = found.len() > size;
    found.truncate(size);
    let next_token = found.last().filter(|_| more).map(|job| token(&subject, job.key));
    let mut list = Vec::with_capacity(found.len());
    for job in found {
        list.push(summary(reader, scope, job, parent.as_ref())?);
    }
    Ok(ListJobsResponse { job_summary_list: list, next_token })
}

fn of_queue(
    reader: &Reader,
    scope: &Scope,
    request: &ListJobsRequest,
    queue: &str,
    (start, limit): (Option<u64>, usize),
) -> Result<Vec<JobRow>, ServiceError> {
    let queue = names::need(reader, Table::JobQueue, scope, queue)?;
    let before = start.unwrap_or(u64::MAX);
    let status = request.job_status.unwrap_or(JobStatus::Running);
    match filter(request.filters.as_deref().unwrap_or_default())? {
        None => Ok(reader.jobs_in_queue(queue.key, &[status], before, limit)?),
        Some(filter) => {
            // Beside other filters the state does not count.
            let of_share = [status];
            let states = if matches!(filter, Filter::Share(_)) { &of_share } else { JobStatus::ALL };
            filtered(reader, queue.key, states, &filter, (before, limit))
        }
    }
}

/// The array or multi-node parallel job whose children or nodes are asked for.
fn parent(reader: &Reader, scope: &Scope, request: &ListJobsRequest) -> Result<JobRow, ServiceError> {
    let (id, what) = match (&request.array_job_id, &request.multi_node_job_id) {
        (Some(id), _) => (id, "array job"),
        (None, id) => {
            (id.as_ref().expect("the caller has seen that there is one"), "multi-node parallel job")
        }
    };
    let found = names::find_job(reader, scope, id)?.map(|(found, _)| found.job);
    let is_such = |job: &JobRow| {
        if request.array_job_id.is_some() { job.size.is_some() } else { job.nodes.is_some() }
    };
    found
        .filter(is_such)
        .ok_or_else(|| ServiceError::client(format!("{id:?} is no {what} in {}", scope.region)))
}

/// The children or nodes in a state with keys above `after`, by index, those without rows included.
pub(super) fn members(
    reader: &Reader,
    parent: &JobRow,
    status: JobStatus,
    (after, limit): (u64, usize),
) -> Result<Vec<JobRow>, StoreError> {
    let mut found = reader.members_in(parent.key, status, after, limit)?;
    let rest = if parent.nodes.is_some() { parent.status } else { parent.rest.status };
    if rest == status {
        let made = reader.members(parent.key)?;
        let first = u32::try_from((after + 1).saturating_sub(parent.key + 1)).unwrap_or(u32::MAX);
        let has_row = |index: &u32| {
            let key = parent.key + 1 + u64::from(*index);
            made.binary_search_by_key(&key, |(key, _)| *key).is_ok()
        };
        let without = (first..parent.members()).filter(|index| !has_row(index)).take(limit);
        found.extend(without.filter_map(|index| parent.member(index)));
        found.sort_unstable_by_key(|row| row.key);
        found.truncate(limit);
    }
    Ok(found)
}

/// A filter of ListJobs.
enum Filter {
    Name(Pattern),
    Definition(Pattern),
    Before(i64),
    After(i64),
    Share(String),
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
        Some("SHARE_IDENTIFIER") => Filter::Share(value.to_owned()),
        other => {
            return Err(ServiceError::client(format!(
                "filter name {:?} must be JOB_NAME, JOB_DEFINITION, BEFORE_CREATED_AT, AFTER_CREATED_AT or \
                 SHARE_IDENTIFIER",
                other.unwrap_or_default()
            )));
        }
    }))
}

/// Walks the queue's jobs from the newest down until `limit` of them fit.
fn filtered(
    reader: &Reader,
    queue: u64,
    states: &[JobStatus],
    filter: &Filter,
    (mut before, limit): (u64, usize),
) -> Result<Vec<JobRow>, ServiceError> {
    const STRIDE: usize = 1000;
    let mut found = Vec::new();
    loop {
        let rows = reader.jobs_in_queue(queue, states, before, STRIDE)?;
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
                Filter::Share(share) => row.share.as_ref() == Some(share),
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

fn summary(
    reader: &Reader,
    scope: &Scope,
    job: JobRow,
    parent: Option<&JobRow>,
) -> Result<JobSummary, ServiceError> {
    let definition = definition_row(reader, &job)?;
    let last = last_attempt(reader, &job)?.filter(|attempt| attempt.stopped_at.is_some());
    let container = last.map_or_else(ContainerSummary::default, |attempt| ContainerSummary {
        exit_code: attempt.exit_code,
        reason: attempt.container_reason,
    });
    let whole = |number: u32| i32::try_from(number).ok();
    let index = job.index();
    let nodes = job.nodes.or(parent.and_then(|parent| parent.nodes));
    let main = match nodes {
        Some(_) => definition_of(reader, &job)?.node_properties.map(|nodes| nodes.main_node),
        None => None,
    };
    let array_properties = (nodes.is_none() && (job.size.is_some() || index.is_some())).then(|| {
        let size = job.size.or(parent.and_then(|parent| parent.size));
        let (size, index) = (size.and_then(whole), index.and_then(whole));
        ArrayPropertiesSummary { size, index, ..ArrayPropertiesSummary::default() }
    });
    let node_properties = nodes.map(|count| NodePropertiesSummary {
        is_main_node: index.map(|index| main == whole(index)),
        num_nodes: whole(count),
        node_index: index.and_then(whole),
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
        array_properties,
        node_properties,
        share_identifier: job.share,
        job_definition: Some(definition_arn(&definition)),
        ..JobSummary::default()
    })
}
