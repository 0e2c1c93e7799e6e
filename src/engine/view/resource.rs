//! Compute environments, job queues and scheduling policies as they are described and listed.

use serde::de::DeserializeOwned;

use crate::api::ServiceError;
use crate::api::arn::{ResourceKind, Scope};
use crate::api::compute_environment::{
    ComputeEnvironmentDetail, DescribeComputeEnvironmentsRequest, DescribeComputeEnvironmentsResponse,
};
use crate::api::job_queue::{DescribeJobQueuesRequest, DescribeJobQueuesResponse};
use crate::api::scheduling_policy::{
    DescribeSchedulingPoliciesRequest, DescribeSchedulingPoliciesResponse, ListSchedulingPoliciesRequest,
    ListSchedulingPoliciesResponse, SchedulingPolicyListingDetail,
};
use crate::engine::change::{current_desired, document};
use crate::engine::cursor::{PAGE, page_size, read_token, token};
use crate::engine::names;
use crate::store::read::Read;
use crate::store::{Reader, ResourceRow, Table};

pub(super) fn describe_compute_environments(
    reader: &Reader,
    scope: &Scope,
    request: &DescribeComputeEnvironmentsRequest,
) -> Result<DescribeComputeEnvironmentsResponse, ServiceError> {
    let asked = Asked {
        operation: "DescribeComputeEnvironments",
        table: Table::ComputeEnvironment,
        names: request.compute_environments.as_deref(),
        max_results: request.max_results,
        next_token: request.next_token.as_deref(),
    };
    let (rows, next_token) = rows(reader, scope, &asked)?;
    let mut details: Vec<ComputeEnvironmentDetail> = documents(&rows)?;
    for (detail, row) in details.iter_mut().zip(&rows) {
        if let Some(resources) = &mut detail.compute_resources {
            resources.desired_vcpus = current_desired(row, resources);
        }
    }
    Ok(DescribeComputeEnvironmentsResponse { compute_environments: Some(details), next_token })
}

pub(super) fn describe_job_queues(
    reader: &Reader,
    scope: &Scope,
    request: &DescribeJobQueuesRequest,
) -> Result<DescribeJobQueuesResponse, ServiceError> {
    let asked = Asked {
        operation: "DescribeJobQueues",
        table: Table::JobQueue,
        names: request.job_queues.as_deref(),
        max_results: request.max_results,
        next_token: request.next_token.as_deref(),
    };
    let (details, next_token) = describe(reader, scope, &asked)?;
    Ok(DescribeJobQueuesResponse { job_queues: Some(details), next_token })
}

pub(super) fn describe_scheduling_policies(
    reader: &Reader,
    scope: &Scope,
    request: &DescribeSchedulingPoliciesRequest,
) -> Result<DescribeSchedulingPoliciesResponse, ServiceError> {
    let rows = named(reader, scope, Table::SchedulingPolicy, &request.arns)?;
    Ok(DescribeSchedulingPoliciesResponse { scheduling_policies: Some(documents(&rows)?) })
}

pub(super) fn list_scheduling_policies(
    reader: &Reader,
    scope: &Scope,
    request: &ListSchedulingPoliciesRequest,
) -> Result<ListSchedulingPoliciesResponse, ServiceError> {
    let asked = Asked {
        operation: "ListSchedulingPolicies",
        table: Table::SchedulingPolicy,
        names: None,
        max_results: request.max_results,
        next_token: request.next_token.as_deref(),
    };
    let (rows, next_token) = page(reader, scope, &asked)?;
    let arn = |row: &ResourceRow| scope.arn(ResourceKind::SchedulingPolicy, &row.name);
    let list = rows.iter().map(|row| SchedulingPolicyListingDetail { arn: arn(row) }).collect();
    Ok(ListSchedulingPoliciesResponse { scheduling_policies: Some(list), next_token })
}

/// What a describe or list asks for.
struct Asked<'a> {
    operation: &'static str,
    table: Table,
    names: Option<&'a [String]>,
    max_results: Option<i32>,
    next_token: Option<&'a str>,
}

/// The named resources (unknown names are left out), or a page of all.
fn describe<T: DeserializeOwned>(
    reader: &Reader,
    scope: &Scope,
    asked: &Asked<'_>,
) -> Result<(Vec<T>, Option<String>), ServiceError> {
    let (rows, next) = rows(reader, scope, asked)?;
    Ok((documents(&rows)?, next))
}

fn rows(
    reader: &Reader,
    scope: &Scope,
    asked: &Asked<'_>,
) -> Result<(Vec<ResourceRow>, Option<String>), ServiceError> {
    match asked.names {
        Some(names) if !names.is_empty() => Ok((named(reader, scope, asked.table, names)?, None)),
        _ => page(reader, scope, asked),
    }
}

fn named(
    reader: &Reader,
    scope: &Scope,
    table: Table,
    names: &[String],
) -> Result<Vec<ResourceRow>, ServiceError> {
    let mut rows: Vec<ResourceRow> = Vec::with_capacity(names.len());
    for name in names {
        let row = names::find(reader, table, scope, name)?;
        rows.extend(row.filter(|row| rows.iter().all(|known| known.key != row.key)));
    }
    Ok(rows)
}

fn page(
    reader: &Reader,
    scope: &Scope,
    asked: &Asked<'_>,
) -> Result<(Vec<ResourceRow>, Option<String>), ServiceError> {
    let size = page_size(asked.max_results, PAGE)?;
    let after = read_token(asked.operation, asked.next_token)?.unwrap_or(0);
    let mut rows = reader.resources(asked.table, scope, after, size + 1)?;
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more).map(|row| token(asked.operation, row.key));
    Ok((rows, next))
}

fn documents<T: DeserializeOwned>(rows: &[ResourceRow]) -> Result<Vec<T>, ServiceError> {
    rows.iter().map(|row| Ok(document("resource", &row.body)?)).collect()
}
