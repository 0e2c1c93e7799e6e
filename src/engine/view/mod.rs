//! The operations that only read, one file for each resource. They run beside the engine's thread, on a reader of
//! their own, and see every change that was acknowledged before.

mod job;
mod job_definition;
mod job_shape;
mod listing;
mod resource;
pub mod tags;

use serde_json::Value;

use super::change::{decode, encode, not_implemented};
use super::core::JobKey;
use super::names::find_job;
use crate::api::arn::Scope;
use crate::api::{Operation, ServiceError};
use crate::store::Reader;

pub use job::{JobEnd, LogPlace};

/// Answers one read.
///
/// # Errors
/// The request cannot be served, or is not a read.
pub fn answer(
    reader: &Reader,
    scope: &Scope,
    operation: Operation,
    input: Value,
) -> Result<Value, ServiceError> {
    let _snapshot = reader.snapshot()?;
    match operation {
        Operation::DescribeComputeEnvironments => {
            encode(&resource::describe_compute_environments(reader, scope, &decode(input)?)?)
        }
        Operation::DescribeJobQueues => {
            encode(&resource::describe_job_queues(reader, scope, &decode(input)?)?)
        }
        Operation::DescribeSchedulingPolicies => {
            encode(&resource::describe_scheduling_policies(reader, scope, &decode(input)?)?)
        }
        Operation::ListSchedulingPolicies => {
            encode(&resource::list_scheduling_policies(reader, scope, &decode(input)?)?)
        }
        Operation::DescribeJobDefinitions => {
            let answer = job_definition::describe_job_definitions(reader, scope, &decode(input)?)?;
            encode(&answer).map(|value| lower_actions(value, "jobDefinitions"))
        }
        Operation::DescribeJobs => encode(&job::describe_jobs(reader, scope, &decode(input)?)?)
            .map(|value| lower_actions(value, "jobs")),
        Operation::ListJobs => encode(&listing::list_jobs(reader, scope, &decode(input)?)?),
        Operation::ListTagsForResource => encode(&tags::list_tags(reader, scope, &decode(input)?)?),
        _ => Err(not_implemented(operation)),
    }
}

/// A job that somebody follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    /// The job, array, child or node.
    pub key: JobKey,
    /// What it is a child or node of: it may change together with all others, and then only this is told of.
    pub parent: Option<JobKey>,
}

/// An existing job of this scope, by id or ARN.
///
/// # Errors
/// There is none.
pub fn followed(reader: &Reader, scope: &Scope, job: &str) -> Result<Followed, ServiceError> {
    let (found, _) = find_job(reader, scope, job)?
        .ok_or_else(|| ServiceError::client(format!("there is no job {job:?}")))?;
    Ok(Followed { key: JobKey(found.job.key), parent: found.job.parent.map(JobKey) })
}

/// The end of a job, once it has one.
///
/// # Errors
/// The job is unknown, or the store refuses.
pub fn job_end(reader: &Reader, job: JobKey) -> Result<Option<JobEnd>, ServiceError> {
    let _snapshot = reader.snapshot()?;
    job::end(reader, job)
}

/// Where an attempt of a job logs, once it was placed: the given attempt, else the latest.
///
/// # Errors
/// The job or the attempt is unknown, or the store refuses.
pub fn log_place(reader: &Reader, job: JobKey, attempt: Option<u32>) -> Result<LogPlace, ServiceError> {
    let _snapshot = reader.snapshot()?;
    job::log_place(reader, job, attempt)
}

/// Retry actions are given back in lower case, however they were written.
fn lower_actions(mut answer: Value, list: &str) -> Value {
    for item in answer.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
        let rules = item.pointer_mut("/retryStrategy/evaluateOnExit").and_then(Value::as_array_mut);
        for action in rules.into_iter().flatten().filter_map(|rule| rule.get_mut("action")) {
            if let Value::String(text) = action {
                text.make_ascii_lowercase();
            }
        }
    }
    answer
}
