//! What `kiln init` creates, in the words of the API.

use std::thread;

use serde_json::{Value, json};

use crate::api::Operation;

/// The names of all that is created.
pub(super) struct Setup {
    pub(super) environment: String,
    pub(super) queue: String,
    pub(super) definition: String,
}

/// A resource: how to see whether it is there, and how to create it.
pub(super) struct Step {
    pub(super) noun: &'static str,
    pub(super) name: String,
    pub(super) describe: Operation,
    pub(super) query: Value,
    /// The member of the description that lists what was found.
    pub(super) list: &'static str,
    pub(super) create: Operation,
    pub(super) input: Value,
}

impl Setup {
    pub(super) fn new(prefix: &str) -> Self {
        Self {
            environment: format!("{prefix}-environment"),
            queue: format!("{prefix}-queue"),
            definition: format!("{prefix}-hello"),
        }
    }

    /// What there is to create, in the order in which it is needed.
    pub(super) fn steps(&self) -> [Step; 3] {
        [self.environment(), self.queue(), self.definition()]
    }

    fn environment(&self) -> Step {
        let name = &self.environment;
        Step {
            noun: "compute environment",
            name: name.clone(),
            describe: Operation::DescribeComputeEnvironments,
            query: json!({"computeEnvironments": [name]}),
            list: "computeEnvironments",
            create: Operation::CreateComputeEnvironment,
            input: json!({
                "computeEnvironmentName": name,
                "type": "MANAGED",
                "computeResources": {
                    "type": "EC2",
                    "minvCpus": 0,
                    "maxvCpus": thread::available_parallelism().map_or(1, usize::from),
                    "instanceTypes": ["optimal"],
                    // Required in the cloud; a local engine has no use for them.
                    "subnets": ["subnet-local"],
                    "securityGroupIds": ["sg-local"],
                    "instanceRole": "ecsInstanceRole",
                },
            }),
        }
    }

    fn queue(&self) -> Step {
        let name = &self.queue;
        Step {
            noun: "job queue",
            name: name.clone(),
            describe: Operation::DescribeJobQueues,
            query: json!({"jobQueues": [name]}),
            list: "jobQueues",
            create: Operation::CreateJobQueue,
            input: json!({
                "jobQueueName": name,
                "priority": 1,
                "computeEnvironmentOrder": [{"order": 1, "computeEnvironment": self.environment}],
            }),
        }
    }

    fn definition(&self) -> Step {
        let name = &self.definition;
        Step {
            noun: "job definition",
            name: name.clone(),
            describe: Operation::DescribeJobDefinitions,
            query: json!({"jobDefinitionName": name, "status": "ACTIVE"}),
            list: "jobDefinitions",
            create: Operation::RegisterJobDefinition,
            input: json!({
                "jobDefinitionName": name,
                "type": "container",
                "parameters": {"greeting": "Hello World"},
                "containerProperties": {
                    "image": "busybox",
                    "command": ["echo", "Ref::greeting"],
                    "resourceRequirements": [
                        {"type": "VCPU", "value": "1"},
                        {"type": "MEMORY", "value": "64"},
                    ],
                },
            }),
        }
    }

    /// What to try next, with the names that there are now.
    pub(super) fn next(&self, job: &str) -> Vec<String> {
        let Self { queue, definition, .. } = self;
        vec![
            "try next:".to_owned(),
            format!("  kiln describe-jobs --jobs {job}"),
            format!("  kiln logs {job}"),
            format!(
                "  kiln submit-job --job-name my-job --job-queue {queue} --job-definition {definition} \
                 --parameters greeting=Hi"
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn everything_that_is_sent_is_valid() {
        for step in Setup::new("kiln").steps() {
            for (operation, input) in [(step.describe, step.query), (step.create, step.input)] {
                let findings = rules::check(operation, &input);
                assert!(findings.is_empty(), "{}: {findings:?}", operation.name());
            }
        }
    }

    #[test]
    fn the_next_steps_are_commands() {
        let lines = Setup::new("lab").next("1234");
        assert_eq!(lines.iter().filter(|line| line.starts_with("  kiln ")).count(), 3);
        assert!(lines[3].contains("--job-queue lab-queue --job-definition lab-hello"), "{lines:?}");
    }
}
