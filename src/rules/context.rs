//! Contexts: what the examples of the rules are examples of.

use crate::api::Operation;
use crate::api::Operation::{
    CreateComputeEnvironment, CreateJobQueue, CreateSchedulingPolicy, DescribeJobDefinitions, ListJobs,
    RegisterJobDefinition, SubmitJob, TagResource, UntagResource, UpdateComputeEnvironment, UpdateJobQueue,
    UpdateSchedulingPolicy,
};

/// A kind of input of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The operation.
    pub operation: Operation,
    /// The kind in words: `a job definition on Fargate`.
    pub words: &'static str,
    /// What an example is.
    pub example: Example,
}

/// What an example of a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// A JSON object that is laid over the right input of this name: objects are merged, anything else replaces. A
    /// first line `without PATH, PATH` leaves members out before that.
    Change(&'static str),
    /// A whole input, a JSON object.
    Whole,
    /// Command lines: the rule is about the state of the engine, which no input alone shows.
    Commands,
    /// A text, not the input it stands for.
    Text,
}

impl Context {
    /// A whole input of an operation.
    pub const fn whole(operation: Operation) -> Self {
        Self { operation, words: operation.info().name, example: Example::Whole }
    }

    /// An operation on the state of the engine.
    pub const fn state(operation: Operation) -> Self {
        Self { operation, words: operation.info().name, example: Example::Commands }
    }

    /// A text that is to become an input.
    pub const fn text(operation: Operation) -> Self {
        Self { operation, words: "a file", example: Example::Text }
    }

    const fn change(operation: Operation, base: &'static str, words: &'static str) -> Self {
        Self { operation, words, example: Example::Change(base) }
    }
}

/// A container on EC2.
pub const EC2_DEFINITION: Context =
    Context::change(RegisterJobDefinition, "ec2-definition", "a job definition on EC2");
/// A container on Fargate.
pub const FARGATE_DEFINITION: Context =
    Context::change(RegisterJobDefinition, "fargate-definition", "a job definition on Fargate");
/// An ECS task on EC2.
pub const ECS_DEFINITION: Context =
    Context::change(RegisterJobDefinition, "ecs-definition", "a job definition with ecsProperties on EC2");
/// An ECS task on Fargate.
pub const ECS_FARGATE_DEFINITION: Context = Context::change(
    RegisterJobDefinition,
    "ecs-fargate-definition",
    "a job definition with ecsProperties on Fargate",
);
/// A pod.
pub const EKS_DEFINITION: Context =
    Context::change(RegisterJobDefinition, "eks-definition", "a job definition on EKS");
/// Several nodes.
pub const MULTI_NODE_DEFINITION: Context =
    Context::change(RegisterJobDefinition, "multi-node-definition", "a multi-node parallel job definition");
/// Several nodes, a pod each.
pub const EKS_MULTI_NODE_DEFINITION: Context = Context::change(
    RegisterJobDefinition,
    "eks-multi-node-definition",
    "a multi-node parallel job definition on EKS",
);
/// A job.
pub const JOB: Context = Context::change(SubmitJob, "job", "a job");
/// Instances on demand.
pub const EC2_ENVIRONMENT: Context =
    Context::change(CreateComputeEnvironment, "ec2-environment", "a compute environment on EC2");
/// Spot instances.
pub const SPOT_ENVIRONMENT: Context =
    Context::change(CreateComputeEnvironment, "spot-environment", "a compute environment of Spot Instances");
/// Fargate.
pub const FARGATE_ENVIRONMENT: Context =
    Context::change(CreateComputeEnvironment, "fargate-environment", "a compute environment on Fargate");
/// Fargate Spot.
pub const FARGATE_SPOT_ENVIRONMENT: Context = Context::change(
    CreateComputeEnvironment,
    "fargate-spot-environment",
    "a compute environment on Fargate Spot",
);
/// An EKS cluster.
pub const EKS_ENVIRONMENT: Context =
    Context::change(CreateComputeEnvironment, "eks-environment", "a compute environment on EKS");
/// The user's own hosts.
pub const UNMANAGED_ENVIRONMENT: Context =
    Context::change(CreateComputeEnvironment, "unmanaged-environment", "an unmanaged compute environment");
/// A change of an environment.
pub const ENVIRONMENT_UPDATE: Context =
    Context::change(UpdateComputeEnvironment, "environment-update", "an update of a compute environment");
/// A queue.
pub const QUEUE: Context = Context::change(CreateJobQueue, "queue", "a job queue");
/// A change of a queue.
pub const QUEUE_UPDATE: Context = Context::change(UpdateJobQueue, "queue-update", "an update of a job queue");
/// A scheduling policy.
pub const POLICY: Context = Context::change(CreateSchedulingPolicy, "policy", "a scheduling policy");
/// A change of a scheduling policy.
pub const POLICY_UPDATE: Context =
    Context::change(UpdateSchedulingPolicy, "policy-update", "an update of a scheduling policy");
/// Tags to add.
pub const TAGGING: Context = Context::change(TagResource, "tagging", "tags to add");
/// Tags to remove.
pub const UNTAGGING: Context = Context::change(UntagResource, "untagging", "tags to remove");
/// A list of jobs.
pub const LISTING: Context = Context::change(ListJobs, "listing", "a list of jobs");
/// A description of job definitions.
pub const DEFINITIONS: Context =
    Context::change(DescribeJobDefinitions, "definitions", "a description of job definitions");
