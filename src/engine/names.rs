//! From what a caller writes (a name or an ARN) to the row it means.

use crate::api::ServiceError;
use crate::api::arn::{Arn, ResourceKind, Scope};
use crate::api::job::JobStatus;
use crate::rules::registry::Rule;
use crate::rules::state;
use crate::store::read::{JobWithRequest, Read};
use crate::store::{DefinitionRow, JobRow, ResourceRow, StoreError, Table};

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        ServiceError::server(error.to_string())
    }
}

impl Table {
    /// The kind of ARN that names a row of this table.
    pub(crate) const fn kind(self) -> ResourceKind {
        match self {
            Self::ComputeEnvironment => ResourceKind::ComputeEnvironment,
            Self::JobQueue => ResourceKind::JobQueue,
            Self::SchedulingPolicy => ResourceKind::SchedulingPolicy,
        }
    }

    /// The rule that a row which is named exists.
    pub(crate) fn existence(self) -> &'static Rule {
        match self {
            Self::ComputeEnvironment => &state::ENVIRONMENT_EXISTS,
            Self::JobQueue => &state::QUEUE_EXISTS,
            Self::SchedulingPolicy => &state::POLICY_EXISTS,
        }
    }

    /// The words for a row of this table.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::ComputeEnvironment => "compute environment",
            Self::JobQueue => "job queue",
            Self::SchedulingPolicy => "scheduling policy",
        }
    }
}

/// The undeleted resource that a name or ARN means, in the caller's scope.
pub(crate) fn find(
    store: &impl Read,
    table: Table,
    scope: &Scope,
    text: &str,
) -> Result<Option<ResourceRow>, StoreError> {
    match Arn::parse(text) {
        Some(arn) if arn.kind == table.kind() && arn.scope == *scope => {
            store.resource(table, scope, &arn.name)
        }
        Some(_) => Ok(None),
        None => store.resource(table, scope, text),
    }
}

/// The same, where it must exist.
pub(crate) fn need(
    store: &impl Read,
    table: Table,
    scope: &Scope,
    text: &str,
) -> Result<ResourceRow, ServiceError> {
    find(store, table, scope, text)?.ok_or_else(|| {
        ServiceError::client(format!(
            "{text:?} does not exist: there is no such {} in {}",
            table.noun(),
            scope.region
        ))
        .under(table.existence().id)
    })
}

/// How a caller names a job definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DefinitionName {
    /// Its name.
    pub(crate) name: String,
    /// Its revision, if one was given.
    pub(crate) revision: Option<i32>,
}

impl DefinitionName {
    /// Reads `NAME`, `NAME:REVISION` or an ARN with or without revision; `None` if it names nothing in `scope`.
    pub(crate) fn parse(text: &str, scope: &Scope) -> Option<Self> {
        let text = match Arn::parse(text) {
            Some(arn) if arn.kind == ResourceKind::JobDefinition && arn.scope == *scope => arn.name,
            Some(_) => return None,
            None => text.to_owned(),
        };
        match text.split_once(':') {
            None => Some(Self { name: text, revision: None }),
            Some((name, revision)) => {
                Some(Self { name: name.to_owned(), revision: Some(revision.parse().ok()?) })
            }
        }
    }
}

/// The active revision that a SubmitJob names (rule JOB-004): the newest active one where none is given.
pub(crate) fn need_active_definition(
    store: &impl Read,
    scope: &Scope,
    text: &str,
) -> Result<DefinitionRow, ServiceError> {
    let unknown = || {
        ServiceError::client(format!("JobDefinition, name or ARN, {text} does not exist."))
            .under(state::DEFINITION_EXISTS.id)
    };
    let name = DefinitionName::parse(text, scope).ok_or_else(unknown)?;
    let row = match name.revision {
        Some(revision) => store.definition(scope, &name.name, revision)?,
        None => store.newest_definition(scope, &name.name)?,
    };
    match row {
        Some(row) if row.active => Ok(row),
        Some(row) => Err(ServiceError::client(format!(
            "Job definition {}:{} is INACTIVE: submit from an active revision, or register a new one.",
            row.name, row.revision
        ))
        .under(state::DEFINITION_ACTIVE.id)),
        None => Err(unknown()),
    }
}

/// A job of this scope by id or ARN, with its queue, which is what tells its account and region.
pub(crate) fn find_job(
    store: &impl Read,
    scope: &Scope,
    text: &str,
) -> Result<Option<(JobWithRequest, ResourceRow)>, StoreError> {
    // A deleted queue takes its jobs with it, as they end (rule EVT-084).
    let is_over = |job: &JobRow| matches!(job.status, JobStatus::Succeeded | JobStatus::Failed);
    let found = find_job_ever(store, scope, text)?;
    Ok(found.filter(|(row, queue)| queue.deleted_at.is_none() || !is_over(&row.job)))
}

/// The same, but jobs that a deleted queue has taken with it are still found.
pub(crate) fn find_job_ever(
    store: &impl Read,
    scope: &Scope,
    text: &str,
) -> Result<Option<(JobWithRequest, ResourceRow)>, StoreError> {
    if Arn::parse(text).is_some_and(|arn| arn.scope != *scope) {
        return Ok(None);
    }
    let Some(row) = store.job(job_id(text))? else { return Ok(None) };
    let queue = store.resource_by_key(row.job.queue)?;
    let is_here = |queue: &ResourceRow| queue.account == scope.account && queue.region == scope.region;
    Ok(queue.filter(is_here).map(|queue| (row, queue)))
}

/// The id in a job id or job ARN.
fn job_id(text: &str) -> &str {
    match Arn::parse(text) {
        Some(arn) if arn.kind == ResourceKind::Job => &text[text.len() - arn.name.len()..],
        _ => text,
    }
}
