//! Job definitions as they are described.

use crate::api::ServiceError;
use crate::api::arn::Scope;
use crate::api::job_definition::{
    DescribeJobDefinitionsRequest, DescribeJobDefinitionsResponse, JobDefinition,
};
use crate::engine::change::document;
use crate::engine::cursor::{PAGE, page_size, read_token, token};
use crate::engine::names::DefinitionName;
use crate::store::read::{DefinitionFilter, Read};
use crate::store::{DefinitionRow, Reader};

const OPERATION: &str = "DescribeJobDefinitions";

pub(super) fn describe_job_definitions(
    reader: &Reader,
    scope: &Scope,
    request: &DescribeJobDefinitionsRequest,
) -> Result<DescribeJobDefinitionsResponse, ServiceError> {
    let active = match request.status.as_deref() {
        None => None,
        Some("ACTIVE") => Some(true),
        Some("INACTIVE") => Some(false),
        Some(other) => {
            return Err(ServiceError::client(format!("status {other:?} must be ACTIVE or INACTIVE")));
        }
    };
    let listed = request.job_definitions.as_deref().filter(|list| !list.is_empty());
    let (rows, next_token) = match listed {
        Some(_) if active.is_some() || request.job_definition_name.is_some() => {
            return Err(ServiceError::client(
                "jobDefinitions cannot be combined with status or jobDefinitionName",
            ));
        }
        Some(list) => (named(reader, scope, list)?, None),
        None => page(reader, scope, request, active)?,
    };
    let details = rows.iter().map(detail).collect::<Result<_, _>>()?;
    Ok(DescribeJobDefinitionsResponse { job_definitions: Some(details), next_token })
}

/// The definitions named one by one: a revision, or every revision of a name; unknown ones are left out.
fn named(reader: &Reader, scope: &Scope, list: &[String]) -> Result<Vec<DefinitionRow>, ServiceError> {
    let mut rows: Vec<DefinitionRow> = Vec::new();
    for name in list.iter().filter_map(|text| DefinitionName::parse(text, scope)) {
        let filter = DefinitionFilter { name: Some(&name.name), revision: name.revision, active: None };
        for row in reader.definitions(scope, filter, 0, usize::MAX)? {
            if rows.iter().all(|known| known.key != row.key) {
                rows.push(row);
            }
        }
    }
    Ok(rows)
}

fn page(
    reader: &Reader,
    scope: &Scope,
    request: &DescribeJobDefinitionsRequest,
    active: Option<bool>,
) -> Result<(Vec<DefinitionRow>, Option<String>), ServiceError> {
    let size = page_size(request.max_results, PAGE)?;
    let after = read_token(OPERATION, request.next_token.as_deref())?.unwrap_or(0);
    let filter = DefinitionFilter { name: request.job_definition_name.as_deref(), revision: None, active };
    let mut rows = reader.definitions(scope, filter, after, size + 1)?;
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more).map(|row| token(OPERATION, row.key));
    Ok((rows, next))
}

fn detail(row: &DefinitionRow) -> Result<JobDefinition, ServiceError> {
    let mut definition: JobDefinition = document("definition", &row.body)?;
    definition.status = Some(if row.active { "ACTIVE" } else { "INACTIVE" }.into());
    Ok(definition)
}
