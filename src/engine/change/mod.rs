//! The operations that change something, and the one read that only the core can answer, one file for each resource.
//! They run on the engine's thread, inside its
//! transaction: first everything is checked, then rows are written, and only at the very end, where nothing can
//! fail any more, the core is told.

mod admit;
mod compute_environment;
mod job;
mod job_definition;
mod job_queue;
mod scheduling_policy;
mod snapshot;
mod tags;

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::core::{Core, Effect, Event, Millis};
use crate::api::arn::Scope;
use crate::api::job_definition::JobDefinition;
use crate::api::{Operation, ServiceError};
use crate::store::read::Read;
use crate::store::{DefinitionRow, Store, StoreError};

pub(super) use compute_environment::{HEALTHY, current_desired, environment_settings};
pub(super) use job_queue::queue_settings;

/// Job definitions by row key, as they were last read.
#[derive(Debug, Default)]
pub(crate) struct Definitions(HashMap<u64, Arc<JobDefinition>>);

impl Definitions {
    /// More are not kept; a busy engine uses few definitions at a time.
    const KEPT: usize = 1000;

    /// The definition of that key.
    pub(crate) fn get(&mut self, store: &impl Read, key: u64) -> Result<Arc<JobDefinition>, StoreError> {
        if let Some(known) = self.0.get(&key) {
            return Ok(Arc::clone(known));
        }
        let row = store.definition_by_key(key)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        self.keep(&row)
    }

    fn keep(&mut self, row: &DefinitionRow) -> Result<Arc<JobDefinition>, StoreError> {
        if self.0.len() >= Self::KEPT {
            self.0.clear();
        }
        let definition: Arc<JobDefinition> = Arc::new(document("definition", &row.body)?);
        self.0.insert(row.key, Arc::clone(&definition));
        Ok(definition)
    }

    /// Forgets one that was changed.
    pub(crate) fn forget(&mut self, key: u64) {
        self.0.remove(&key);
    }
}

/// What a change works on.
pub(crate) struct Change<'a> {
    pub(crate) store: &'a mut Store,
    pub(crate) core: &'a mut Core,
    pub(crate) definitions: &'a mut Definitions,
    pub(crate) effects: &'a mut Vec<Effect>,
    pub(crate) scope: &'a Scope,
    pub(crate) now: Millis,
}

impl Change<'_> {
    /// Carries out one operation.
    pub(crate) fn run(&mut self, operation: Operation, input: Value) -> Result<Value, ServiceError> {
        match operation {
            Operation::CreateComputeEnvironment => encode(&self.create_compute_environment(decode(input)?)?),
            Operation::UpdateComputeEnvironment => encode(&self.update_compute_environment(decode(input)?)?),
            Operation::DeleteComputeEnvironment => encode(&self.delete_compute_environment(&decode(input)?)?),
            Operation::CreateJobQueue => encode(&self.create_job_queue(decode(input)?)?),
            Operation::UpdateJobQueue => encode(&self.update_job_queue(decode(input)?)?),
            Operation::DeleteJobQueue => encode(&self.delete_job_queue(&decode(input)?)?),
            Operation::CreateSchedulingPolicy => encode(&self.create_scheduling_policy(decode(input)?)?),
            Operation::UpdateSchedulingPolicy => encode(&self.update_scheduling_policy(decode(input)?)?),
            Operation::DeleteSchedulingPolicy => encode(&self.delete_scheduling_policy(&decode(input)?)?),
            Operation::RegisterJobDefinition => encode(&self.register_job_definition(decode(input)?)?),
            Operation::DeregisterJobDefinition => encode(&self.deregister_job_definition(&decode(input)?)?),
            Operation::SubmitJob => encode(&self.submit_job(&decode(input)?)?),
            Operation::CancelJob => encode(&self.cancel_job(decode(input)?)?),
            Operation::TerminateJob => encode(&self.terminate_job(decode(input)?)?),
            Operation::GetJobQueueSnapshot => encode(&self.job_queue_snapshot(&decode(input)?)?),
            Operation::TagResource => encode(&self.tag_resource(&decode(input)?)?),
            Operation::UntagResource => encode(&self.untag_resource(&decode(input)?)?),
            Operation::DescribeComputeEnvironments
            | Operation::DescribeJobDefinitions
            | Operation::DescribeJobQueues
            | Operation::DescribeJobs
            | Operation::DescribeSchedulingPolicies
            | Operation::ListJobs
            | Operation::ListSchedulingPolicies
            | Operation::ListTagsForResource => {
                Err(ServiceError::server(format!("{} is a read, not a change", operation.name())))
            }
            Operation::CancelJobs
            | Operation::CreateConsumableResource
            | Operation::CreateQuotaShare
            | Operation::CreateServiceEnvironment
            | Operation::DeleteConsumableResource
            | Operation::DeleteQuotaShare
            | Operation::DeleteServiceEnvironment
            | Operation::DescribeConsumableResource
            | Operation::DescribeQuotaShare
            | Operation::DescribeServiceEnvironments
            | Operation::DescribeServiceJob
            | Operation::ListConsumableResources
            | Operation::ListJobsByConsumableResource
            | Operation::ListQuotaShares
            | Operation::ListServiceJobs
            | Operation::SubmitServiceJob
            | Operation::TerminateJobs
            | Operation::TerminateServiceJob
            | Operation::TerminateServiceJobs
            | Operation::UpdateConsumableResource
            | Operation::UpdateQuotaShare
            | Operation::UpdateServiceEnvironment
            | Operation::UpdateServiceJob => Err(not_implemented(operation)),
        }
    }

    fn step(&mut self, event: Event) {
        self.core.step(self.now, event, self.effects);
    }
}

/// What the local engine says of an operation that it does not carry out.
pub(crate) fn not_implemented(operation: Operation) -> ServiceError {
    ServiceError::client(format!("{} is not implemented by kiln's local engine yet", operation.name()))
}

/// Reads a request. The rules have been checked before, so a failure here is one of kiln's own.
pub(crate) fn decode<T: DeserializeOwned>(input: Value) -> Result<T, ServiceError> {
    serde_json::from_value(input)
        .map_err(|error| ServiceError::client(format!("the request does not read: {error}")))
}

/// Writes an answer.
pub(crate) fn encode(answer: &impl Serialize) -> Result<Value, ServiceError> {
    serde_json::to_value(answer)
        .map_err(|error| ServiceError::server(format!("the answer does not write: {error}")))
}

/// The JSON text of a document to be stored.
pub(crate) fn text(document: &impl Serialize) -> Result<String, ServiceError> {
    serde_json::to_string(document)
        .map_err(|error| ServiceError::server(format!("a document does not write: {error}")))
}

/// Reads a stored document.
pub(crate) fn document<T: DeserializeOwned>(table: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|source| StoreError::Document { table, source })
}
