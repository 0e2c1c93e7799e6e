//! What can carry tags, and the tags it carries.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::api::ServiceError;
use crate::api::arn::{Arn, ResourceKind, Scope};
use crate::api::tags::{ListTagsForResourceRequest, ListTagsForResourceResponse, Tags};
use crate::engine::change::document;
use crate::engine::names::find_job;
use crate::store::read::{JobWithRequest, Read};
use crate::store::{DefinitionRow, Reader, ResourceRow, Table};

/// A row that carries tags.
pub(crate) enum Tagged {
    /// A compute environment, job queue or scheduling policy.
    Resource(ResourceRow),
    /// A revision of a job definition.
    Definition(DefinitionRow),
    /// A job.
    Job(Box<JobWithRequest>),
}

/// The part of a stored document that holds its tags.
#[derive(Deserialize)]
struct WithTags {
    #[serde(default)]
    tags: BTreeMap<String, String>,
}

impl Tagged {
    /// The tags it carries now.
    pub(crate) fn tags(&self) -> Result<BTreeMap<String, String>, ServiceError> {
        let body = match self {
            Self::Resource(row) => &row.body,
            Self::Definition(row) => &row.body,
            Self::Job(row) => {
                return Ok(match &row.tags {
                    Some(tags) => document("request", tags)?,
                    None => BTreeMap::new(),
                });
            }
        };
        Ok(document::<WithTags>("resource", body)?.tags)
    }
}

/// The row behind a resource ARN of this scope.
pub(crate) fn find_tagged(store: &impl Read, scope: &Scope, text: &str) -> Result<Tagged, ServiceError> {
    let malformed =
        || ServiceError::client(format!("resourceArn {text:?} is not the ARN of a Batch resource"));
    let unknown = || ServiceError::client(format!("resource {text} does not exist"));
    let arn = Arn::parse(text).ok_or_else(malformed)?;
    if arn.scope != *scope {
        return Err(unknown());
    }
    let table = match arn.kind {
        ResourceKind::ComputeEnvironment => Table::ComputeEnvironment,
        ResourceKind::JobQueue => Table::JobQueue,
        ResourceKind::SchedulingPolicy => Table::SchedulingPolicy,
        ResourceKind::JobDefinition => {
            let (name, revision) = arn.name.split_once(':').ok_or_else(malformed)?;
            let revision = revision.parse().map_err(|_| malformed())?;
            let row = store.definition(scope, name, revision)?;
            return row.map(Tagged::Definition).ok_or_else(unknown);
        }
        ResourceKind::Job => {
            let found = find_job(store, scope, text)?;
            let (row, _) = found.ok_or_else(unknown)?;
            if row.parent.is_some() {
                return Err(ServiceError::client(format!(
                    "resourceArn {text:?}: children of arrays and nodes have no tags of their own"
                )));
            }
            return Ok(Tagged::Job(Box::new(row)));
        }
    };
    store.resource(table, scope, &arn.name)?.map(Tagged::Resource).ok_or_else(unknown)
}

pub(super) fn list_tags(
    reader: &Reader,
    scope: &Scope,
    request: &ListTagsForResourceRequest,
) -> Result<ListTagsForResourceResponse, ServiceError> {
    let tags = find_tagged(reader, scope, &request.resource_arn)?.tags()?;
    Ok(ListTagsForResourceResponse { tags: Some(Tags(tags)) })
}
