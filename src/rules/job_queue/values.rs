//! The rules about single values of a job queue. The vocabulary judges them ([`crate::api::constraint`]).

use crate::rules::context::QUEUE;
use crate::rules::registry::rules;

rules! {
    /// The name of a job queue has 1 to 128 characters.
    ///
    /// An empty name and longer names are refused. The name cannot be changed later.
    error NAME_LENGTH = "JQ001" {
        guide: "Job queue parameters: job queue name",
        from: ["CEQ-005", "OPS-056"],
        on: QUEUE,
        wrong: r#"{"jobQueueName": ""}"#,
        right: r#"{"jobQueueName": "night"}"#,
    }

    /// The name of a job queue consists of letters, digits, hyphens and underscores.
    ///
    /// Dots, slashes, blanks and letters beyond A to Z are refused.
    error NAME_FORM = "JQ002" {
        guide: "Job queue parameters: job queue name",
        from: ["CEQ-005", "OPS-056"],
        on: QUEUE,
        wrong: r#"{"jobQueueName": "night.1"}"#,
        right: r#"{"jobQueueName": "night-1"}"#,
    }

    /// A job queue has at most 3 compute environments.
    ///
    /// Give one environment more instance types or a higher maxvCpus instead of a fourth one, or make another queue.
    error ENVIRONMENTS = "JQ003" {
        guide: "Job queue parameters: compute environment order",
        from: ["CEQ-008", "OPS-163"],
        on: QUEUE,
        wrong: r#"{"computeEnvironmentOrder": [
            {"order": 1, "computeEnvironment": "a"}, {"order": 2, "computeEnvironment": "b"},
            {"order": 3, "computeEnvironment": "c"}, {"order": 4, "computeEnvironment": "d"}]}"#,
        right: r#"{"computeEnvironmentOrder": [
            {"order": 1, "computeEnvironment": "a"}, {"order": 2, "computeEnvironment": "b"},
            {"order": 3, "computeEnvironment": "c"}]}"#,
    }

    /// The scheduling policy of a queue is given by its ARN.
    ///
    /// The name of the policy alone does not do. Without a policy the queue is first in, first out.
    error POLICY_ARN = "JQ004" {
        guide: "Job queue parameters: scheduling policy ARN",
        from: ["CEQ-022"],
        on: QUEUE,
        wrong: r#"{"schedulingPolicyArn": "fair"}"#,
        right: r#"{"schedulingPolicyArn": "arn:aws:batch:us-east-1:123456789012:scheduling-policy/fair"}"#,
    }

    /// The time limit of a job at the head of a queue is 600 to 86400 seconds.
    ///
    /// That is from 10 minutes to 24 hours. Within these bounds the time is approximate.
    error MAX_TIME = "JQ005" {
        guide: "Job queue parameters: job state time limit actions, maximum time",
        from: ["CEQ-017", "OPS-186"],
        on: QUEUE,
        wrong: r#"{"jobStateTimeLimitActions": [{"state": "RUNNABLE", "action": "CANCEL", "maxTimeSeconds": 144000,
            "reason": "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY"}]}"#,
        right: r#"{"jobStateTimeLimitActions": [{"state": "RUNNABLE", "action": "CANCEL", "maxTimeSeconds": 14400,
            "reason": "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY"}]}"#,
    }

    /// An entry of the compute environment order names an environment.
    ///
    /// The name or the ARN will do; an empty string is neither.
    error ENVIRONMENT_NAME = "JQ006" {
        guide: "Job queue parameters: compute environment order, compute environment",
        from: ["CEQ-031"],
        on: QUEUE,
        wrong: r#"{"computeEnvironmentOrder": [{"order": 1, "computeEnvironment": ""}]}"#,
        right: r#"{"computeEnvironmentOrder": [{"order": 1, "computeEnvironment": "on-demand"}]}"#,
    }
}
