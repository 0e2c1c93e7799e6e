//! The kinds of valid requests.

use kiln::api::Operation;
use serde_json::Value;

use super::random::Random;
use super::{definition, ecs, eks, environment, environment_update, generic, job, multinode, others};

/// One kind of request.
pub(crate) struct Kind {
    /// A name: `job array`. Mutations say by its beginning which kinds they are for.
    pub(crate) name: &'static str,
    pub(crate) operation: Operation,
    make: Option<fn(&mut Random) -> Value>,
}

impl Kind {
    /// A valid request of this kind.
    pub(crate) fn request(&self, random: &mut Random) -> Value {
        match self.make {
            Some(make) => make(random),
            None => generic::input(random, self.operation),
        }
    }
}

const fn kind(name: &'static str, operation: Operation, make: fn(&mut Random) -> Value) -> Kind {
    Kind { name, operation, make: Some(make) }
}

use Operation::{
    CancelJob, CreateComputeEnvironment, CreateJobQueue, CreateQuotaShare, CreateSchedulingPolicy,
    DeregisterJobDefinition, DescribeJobDefinitions, DescribeJobs, ListJobs, ListTagsForResource,
    RegisterJobDefinition, SubmitJob, SubmitServiceJob, TagResource, TerminateJob, UntagResource,
    UpdateComputeEnvironment, UpdateJobQueue, UpdateQuotaShare, UpdateSchedulingPolicy,
};

/// Every kind that has a generator of its own.
const OWN: &[Kind] = &[
    kind("definition ec2", RegisterJobDefinition, definition::ec2),
    kind("definition fargate", RegisterJobDefinition, definition::fargate),
    kind("definition task ec2", RegisterJobDefinition, ecs::ec2),
    kind("definition task fargate", RegisterJobDefinition, ecs::fargate),
    kind("definition pod", RegisterJobDefinition, eks::definition),
    kind("definition nodes containers", RegisterJobDefinition, multinode::containers),
    kind("definition nodes tasks", RegisterJobDefinition, multinode::tasks),
    kind("definition nodes pods", RegisterJobDefinition, multinode::pods),
    kind("job plain", SubmitJob, job::plain),
    kind("job array", SubmitJob, job::array),
    kind("job for container", SubmitJob, job::for_container),
    kind("job for nodes", SubmitJob, job::for_nodes),
    kind("job for task", SubmitJob, job::for_task),
    kind("job for pod", SubmitJob, job::for_pod),
    kind("service job", SubmitServiceJob, job::service),
    kind("environment ec2", CreateComputeEnvironment, environment::ec2),
    kind("environment spot", CreateComputeEnvironment, environment::spot),
    kind("environment fargate", CreateComputeEnvironment, environment::fargate),
    kind("environment fargate spot", CreateComputeEnvironment, environment::fargate_spot),
    kind("environment eks", CreateComputeEnvironment, environment::eks),
    kind("environment unmanaged", CreateComputeEnvironment, environment::unmanaged),
    kind("environment managed instances", CreateComputeEnvironment, environment::managed_instances),
    kind("environment-update infrastructure", UpdateComputeEnvironment, environment_update::update),
    kind("environment-update scaling", UpdateComputeEnvironment, environment_update::scaling),
    kind("queue", CreateJobQueue, others::queue),
    kind("service queue", CreateJobQueue, others::service_queue),
    kind("queue-update", UpdateJobQueue, others::queue_update),
    kind("policy", CreateSchedulingPolicy, others::policy),
    kind("policy-update", UpdateSchedulingPolicy, others::policy_update),
    kind("tag", TagResource, others::tag),
    kind("untag", UntagResource, others::untag),
    kind("tags of", ListTagsForResource, others::tags_of),
    kind("list jobs", ListJobs, others::list_jobs),
    kind("describe jobs", DescribeJobs, others::describe_jobs),
    kind("describe definitions", DescribeJobDefinitions, others::describe_definitions),
    kind("cancel", CancelJob, others::end_job),
    kind("terminate", TerminateJob, others::end_job),
    kind("deregister", DeregisterJobDefinition, others::deregister),
    kind("quota-share", CreateQuotaShare, others::quota_share),
    kind("quota-share-update", UpdateQuotaShare, others::quota_share_update),
];

/// Every kind.
pub(crate) fn all() -> Vec<Kind> {
    let generic = generic::OPERATIONS.iter().map(|operation| Kind {
        name: operation.name(),
        operation: *operation,
        make: None,
    });
    let own = OWN.iter().map(|kind| Kind { ..*kind });
    own.chain(generic).collect()
}

/// The kinds of which one of the names is the beginning, word by word.
pub(crate) fn named(names: &[&str]) -> Vec<Kind> {
    let fits = |kind: &Kind| {
        names.iter().any(|name| {
            kind.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    };
    let found: Vec<_> = all().into_iter().filter(fits).collect();
    assert!(!found.is_empty(), "no kind is named {names:?}");
    found
}

#[test]
fn every_operation_has_a_kind() {
    let kinds = all();
    for operation in Operation::ALL {
        assert!(kinds.iter().any(|kind| kind.operation == *operation), "{}", operation.name());
    }
}
