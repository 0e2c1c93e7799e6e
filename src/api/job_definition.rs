//! Shapes of job definitions: the requests and answers that register, describe and deregister them, and
//! the retry, timeout and multi-node settings they carry.

use std::collections::BTreeMap;

use crate::api::compute_environment::OrchestrationType;
use crate::api::constraint::Check::{Count, Form, Keys, Length, Range, Words};
use crate::api::constraint::{self, NAME};
use crate::api::consumable_resource::ConsumableResourceProperties;
use crate::api::container::ContainerProperties;
use crate::api::ecs::EcsProperties;
use crate::api::eks::EksProperties;
use crate::api::shape::{Limits, enumeration, structure};
use crate::api::tags::Tags;

/// A range of node indexes, or a single one.
pub static NODE_RANGE: constraint::Form = constraint::Form {
    words: "a range of node indexes such as 0:3, :3 or 2:",
    pattern: "^(?:[0-9]+|[0-9]*:[0-9]*)$",
    accepts: |text| match text.split_once(':') {
        Some((first, last)) => is_digits(first) && is_digits(last),
        None => !text.is_empty() && is_digits(text),
    },
};

/// Whether a text has nothing but digits in it.
fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A pattern for the exit codes of a retry strategy.
pub static EXIT_CODES: constraint::Form = constraint::Form {
    words: "only digits, and * only at the end",
    pattern: r"^[0-9]*\*?$",
    accepts: |text| stem(text).bytes().all(|byte| byte.is_ascii_digit()),
};

/// A pattern for the reasons of a retry strategy.
pub static REASONS: constraint::Form = constraint::Form {
    words: "only letters, digits, periods, colons, blanks and tabs, and * only at the end",
    pattern: r"^[A-Za-z0-9.: \t]*\*?$",
    accepts: |text| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".: \t".contains(&byte);
        stem(text).bytes().all(is_plain)
    },
};

/// A pattern without the asterisk at its end.
fn stem(pattern: &str) -> &str {
    pattern.strip_suffix('*').unwrap_or(pattern)
}

structure! {
    /// Names the job definition revision to withdraw. It becomes `INACTIVE`, takes no new jobs, and its
    /// number is never used again.
    DeregisterJobDefinitionRequest {
        /// The revision to deregister, as `name:revision` or as a full ARN that ends in the revision. A
        /// bare name is not enough.
        required job_definition as "jobDefinition": String,
    }

    /// Empty answer to a deregistration that went through.
    DeregisterJobDefinitionResponse {}

    /// Selects the job definition revisions to describe, either by a list of identifiers or by name and
    /// status. With no member at all, every revision is described.
    DescribeJobDefinitionsRequest {
        /// Revisions to describe, up to 100, each as `name:revision` or as a full ARN. Not to be combined
        /// with `status` or another selecting member.
        optional job_definitions as "jobDefinitions": Vec<String>
            where { "LS012" Count(Limits::at_most(100)) },
        /// The largest number of definitions on one page, `1` to `100`; 100 when omitted. Further pages
        /// are fetched with `nextToken`.
        optional max_results as "maxResults": i32
            where { "LS010" Range(1.0, 100.0) },
        /// The name whose revisions are described. When omitted, definitions of every name qualify.
        optional job_definition_name as "jobDefinitionName": String,
        /// The status that a revision must have to be listed, such as `ACTIVE`. When omitted, `ACTIVE`
        /// and `INACTIVE` revisions are both listed.
        optional status as "status": String
            where { "LS014" Words(&["ACTIVE", "INACTIVE"]) },
        /// The token from the previous page, to be handed back unchanged. Omit it for the first page; a
        /// made-up token is refused.
        optional next_token as "nextToken": String,
    }

    /// One page of job definitions.
    DescribeJobDefinitionsResponse {
        /// The definitions found. Identifiers that match nothing are left out without an error, so the
        /// list may be empty.
        optional job_definitions as "jobDefinitions": Vec<JobDefinition>,
        /// The token that fetches the next page. Absent on the last page.
        optional next_token as "nextToken": String,
    }

    /// One rule that decides what happens after a failed attempt. It matches when every condition it
    /// states matches; rules are tried in order and the first match wins.
    EvaluateOnExit {
        /// Pattern for the status reason of the attempt: up to 512 letters, digits, periods, colons and
        /// blanks or tabs. A final `*` makes it a prefix match. When omitted, any status reason will do.
        optional on_status_reason as "onStatusReason": String
            where { "JD302" Length(Limits::at_most(512)), "JD304" Form(&REASONS) },
        /// Pattern for the reason given for the container: up to 512 letters, digits, periods, colons and
        /// blanks or tabs. A final `*` makes it a prefix match. When omitted, any reason will do.
        optional on_reason as "onReason": String
            where { "JD302" Length(Limits::at_most(512)), "JD304" Form(&REASONS) },
        /// Pattern for the exit code in decimal, written as a string of up to 512 digits. A final `*`
        /// makes it a prefix match. When omitted, any exit code will do.
        optional on_exit_code as "onExitCode": String
            where { "JD302" Length(Limits::between(1, 512)), "JD303" Form(&EXIT_CODES) },
        /// What to do when the rule matches: `RETRY` or `EXIT`, in any letter case. `RETRY` never goes
        /// beyond the number of attempts.
        required action as "action": RetryAction,
    }

    /// One registered revision of a job definition, as a describe call reports it.
    JobDefinition {
        /// The name that all revisions of the definition share.
        required job_definition_name as "jobDefinitionName": String,
        /// The ARN of this revision, which ends in `job-definition/name:revision`.
        required job_definition_arn as "jobDefinitionArn": String,
        /// The revision number, counted from 1 for each name and never used twice.
        required revision as "revision": i32,
        /// `ACTIVE` while jobs can be submitted with the revision, `INACTIVE` once it has been
        /// deregistered.
        optional status as "status": String,
        /// The kind of job that the definition describes: `container` or `multinode`.
        required r#type as "type": String,
        /// The priority of its jobs in queues with a fair-share policy, `0` to `9999`; higher goes first.
        /// Absent when none was registered.
        optional scheduling_priority as "schedulingPriority": i32,
        /// Default values of the `Ref::name` placeholders in the command. An empty map when the revision
        /// has none.
        optional parameters as "parameters": BTreeMap<String, String>,
        /// How failed jobs are retried unless a job brings its own strategy. Absent when none was
        /// registered, which means one attempt.
        optional retry_strategy as "retryStrategy": RetryStrategy,
        /// The container of a single-container job on ECS. Absent in definitions that use ECS tasks, EKS
        /// pods or node ranges.
        optional container_properties as "containerProperties": ContainerProperties,
        /// The time limit of an attempt unless a job brings its own. Absent when none was registered, so
        /// that attempts may run without limit.
        optional timeout as "timeout": JobTimeout,
        /// The nodes of a multi-node parallel job. Absent unless the type is `multinode`.
        optional node_properties as "nodeProperties": NodeProperties,
        /// The tags of the job definition itself. An empty map when it has none.
        optional tags as "tags": Tags,
        /// Whether the tags of job and definition are copied to the ECS task. Absent when not registered,
        /// which means `false`.
        optional propagate_tags as "propagateTags": bool,
        /// The platforms that the definition was registered for. Empty or absent stands for `EC2`; always
        /// so for EKS.
        optional platform_capabilities as "platformCapabilities": Vec<PlatformCapability>,
        /// The ECS task of a job with several containers. Absent in definitions of any other form.
        optional ecs_properties as "ecsProperties": EcsProperties,
        /// The Kubernetes pod of a job on EKS. Absent in definitions of any other form.
        optional eks_properties as "eksProperties": EksProperties,
        /// The system that runs the containers: `ECS` or `EKS`, derived from the properties that were
        /// registered.
        optional container_orchestration_type as "containerOrchestrationType": OrchestrationType,
        /// The consumable resources that each job holds while it runs. Absent when none were registered.
        optional consumable_resource_properties as "consumableResourceProperties": ConsumableResourceProperties,
    }

    /// A time limit for job attempts. A job that is ended by it is not retried.
    JobTimeout {
        /// Seconds that one attempt may run, counted from its start; at least `60`. In an array job the
        /// limit holds for each child, in a multi-node job for the job as a whole. Unlimited when
        /// omitted.
        optional attempt_duration_seconds as "attemptDurationSeconds": i32
            where { "JD310" Range(60.0, f64::INFINITY) },
    }

    /// The nodes of a multi-node parallel job. Not available on Fargate.
    NodeProperties {
        /// The number of nodes in the job, at least `1` and by default quota at most `1000`. A submission
        /// may override it.
        required num_nodes as "numNodes": i32
            where { "JD150" Range(1.0, 1000.0) },
        /// The index of the main node, counted from `0` and less than `numNodes`. The job ends with this
        /// node and takes its outcome from it.
        required main_node as "mainNode": i32
            where { "JD151" Range(0.0, f64::INFINITY) },
        /// The groups of nodes with equal properties, at most 5, which together must cover every node
        /// from 0 on. Where ranges nest, the narrower one decides for its nodes.
        required node_range_properties as "nodeRangeProperties": Vec<NodeRangeProperty>
            where { "JD152" Count(Limits::between(1, 5)) },
    }

    /// The properties of one group of equal nodes in a multi-node parallel job. A range holds one of
    /// `container`, `ecsProperties` and `eksProperties`.
    NodeRangeProperty {
        /// The node indexes of the group as `first:last`, both included and counted from 0. A missing
        /// first index means 0 and a missing last one means the highest node, so `0:` takes all nodes.
        /// A bare index stands for one node.
        required target_nodes as "targetNodes": String
            where { "JD153" Form(&NODE_RANGE) },
        /// The container that every node of the range runs. VCPU and MEMORY must be set for each node.
        optional container as "container": ContainerProperties,
        /// The EC2 instance type of the nodes, as a list of one element. Meant for ranges with ECS or EKS
        /// properties, in place of `instanceType` in `container`; all ranges must agree on it.
        optional instance_types as "instanceTypes": Vec<String>
            where { "JD161" Count(Limits::at_most(1)) },
        /// An ECS task with several containers that every node of the range runs, in place of
        /// `container`.
        optional ecs_properties as "ecsProperties": EcsProperties,
        /// A Kubernetes pod that every node of the range runs, in place of `container`. For jobs on EKS.
        optional eks_properties as "eksProperties": EksProperties,
        /// The consumable resources that the nodes of the range hold while the job runs. None when
        /// omitted.
        optional consumable_resource_properties as "consumableResourceProperties": ConsumableResourceProperties,
    }

    /// A new job definition, or a new revision if the name is already taken. The whole request may take
    /// up at most 24 KiB of compact JSON.
    RegisterJobDefinitionRequest {
        /// The name of the definition: 1 to 128 letters, digits, hyphens and underscores. Its first
        /// registration becomes revision 1, each later one the next number.
        required job_definition_name as "jobDefinitionName": String
            where { "JD001" Length(Limits::between(1, 128)), "JD002" Form(&NAME) },
        /// The kind of job. `container` goes with one of `containerProperties`, `ecsProperties` and
        /// `eksProperties`; `multinode` goes with `nodeProperties` and is not available on Fargate.
        required r#type as "type": JobDefinitionType,
        /// Default values of the `Ref::name` placeholders in the command, all strings. Values given at
        /// submission replace those of the same name.
        optional parameters as "parameters": BTreeMap<String, String>
            where { "JD004" Keys(&Length(Limits::at_least(1))) },
        /// The priority of jobs in queues with a fair-share policy, `0` to `9999`; higher goes first.
        /// Without effect in other queues. A submission may override it.
        optional scheduling_priority as "schedulingPriority": i32
            where { "JD003" Range(0.0, 9999.0) },
        /// The container of a single-container job on ECS. Excludes `ecsProperties`, `eksProperties` and
        /// `nodeProperties`.
        optional container_properties as "containerProperties": ContainerProperties,
        /// The nodes of a multi-node parallel job, required for type `multinode`. Excludes the other
        /// property members and is not available on Fargate.
        optional node_properties as "nodeProperties": NodeProperties,
        /// How failed jobs are retried. A strategy given at submission replaces it as a whole; without
        /// any, a job is tried once.
        optional retry_strategy as "retryStrategy": RetryStrategy,
        /// Whether the tags of job and definition are copied to the ECS task; `false` when omitted. More
        /// than 50 combined tags make the job fail. Must not be given for EKS.
        optional propagate_tags as "propagateTags": bool,
        /// The time limit of an attempt. A timeout given at submission replaces it; without any, attempts
        /// may run without limit.
        optional timeout as "timeout": JobTimeout,
        /// Tags for the job definition itself, at most 50, with keys of 1 to 128 and values of up to 256
        /// characters. Keys and values must not start with `aws:`.
        optional tags as "tags": Tags,
        /// The platforms that the definition is for: `EC2`, `FARGATE` or `MANAGED_INSTANCES`. `EC2` when
        /// omitted. Must not be given for EKS.
        optional platform_capabilities as "platformCapabilities": Vec<PlatformCapability>,
        /// The Kubernetes pod of a job on EKS. Excludes `containerProperties`, `ecsProperties` and
        /// `nodeProperties`.
        optional eks_properties as "eksProperties": EksProperties,
        /// The ECS task of a job with several containers. Excludes `containerProperties`, `eksProperties`
        /// and `nodeProperties`.
        optional ecs_properties as "ecsProperties": EcsProperties,
        /// The consumable resources that each job needs before it can start and holds while it runs. None
        /// when omitted.
        optional consumable_resource_properties as "consumableResourceProperties": ConsumableResourceProperties,
    }

    /// The identity of the revision that was registered.
    RegisterJobDefinitionResponse {
        /// The name of the job definition.
        required job_definition_name as "jobDefinitionName": String,
        /// The ARN of the new revision, which ends in `job-definition/name:revision`.
        required job_definition_arn as "jobDefinitionArn": String,
        /// The number of the new revision: 1 for a new name, otherwise one more than the last number
        /// used.
        required revision as "revision": i32,
    }

    /// How often a job is tried, and after which failures. Cancelled, terminated and timed-out jobs are
    /// not retried.
    RetryStrategy {
        /// The total number of attempts, the first included, `1` to `10`; 1 when omitted. Required beside
        /// `evaluateOnExit`.
        optional attempts as "attempts": i32
            where { "JD300" Range(1.0, 10.0) },
        /// Up to 5 rules, tried in order after a failed attempt. When none matches, the job is retried
        /// while attempts remain; end the list with an `EXIT` on reason `*` to prevent that.
        optional evaluate_on_exit as "evaluateOnExit": Vec<EvaluateOnExit>
            where { "JD301" Count(Limits::at_most(5)) },
    }
}

enumeration! {
    /// The kind of job that a definition describes.
    JobDefinitionType {
        /// A job on a single node, with one or several containers or a Kubernetes pod.
        Container = "container",
        /// A multi-node parallel job, described by its node ranges. Not available on Fargate.
        Multinode = "multinode",
    }

    /// A platform that a job definition can run on. EKS definitions carry none.
    PlatformCapability {
        /// EC2 instances, on demand or Spot; the platform of definitions that name none.
        Ec2 = "EC2",
        /// Fargate and Fargate Spot. Such jobs need an execution role and a supported pair of vCPU and
        /// memory.
        Fargate = "FARGATE",
        /// EC2 instances that ECS manages by itself.
        ManagedInstances = "MANAGED_INSTANCES",
    }

    /// What follows a failed attempt that matches a rule. Accepted in any letter case.
    RetryAction any case {
        /// Try the job again as long as attempts remain.
        Retry = "RETRY",
        /// Give up at once and let the job fail, whatever attempts remain.
        Exit = "EXIT",
    }
}
