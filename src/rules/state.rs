//! The rules about what is there already: no request alone shows whether they are kept. An engine judges them, and names
//! the rule when it refuses.

use crate::api::Operation::{
    CreateComputeEnvironment, CreateJobQueue, CreateSchedulingPolicy, DeleteComputeEnvironment,
    DeleteJobQueue, DeleteSchedulingPolicy, DeregisterJobDefinition, SubmitJob, TagResource,
    UpdateComputeEnvironment, UpdateJobQueue, UpdateSchedulingPolicy,
};
use crate::rules::context::Context;
use crate::rules::registry::{Rule, rules};

/// The tables of this file.
pub(in crate::rules) static TABLES: &[&[&Rule]] = &[RULES];

rules! {
    /// The compute environment exists.
    ///
    /// It is named by its name or its ARN, in the account and region of the request. Environments come first, then queues
    /// on them, then jobs.
    error ENVIRONMENT_EXISTS = "CE101" {
        guide: "Compute environments; creating a job queue",
        from: ["CEQ-074"],
        on: Context::state(UpdateComputeEnvironment),
        wrong: "kiln update-compute-environment --compute-environment no-such-environment --state DISABLED",
        right: "kiln update-compute-environment --compute-environment on-demand --state DISABLED",
    }

    /// The name of a new compute environment is free.
    ///
    /// Names are unique in an account and region. A deleted environment leaves its name free.
    error ENVIRONMENT_NAME_FREE = "CE102" {
        guide: "Compute environment parameters: compute environment name",
        from: ["CEQ-076", "OPS-026"],
        on: Context::state(CreateComputeEnvironment),
        wrong: "kiln create-compute-environment --compute-environment-name on-demand --type UNMANAGED\n\
                kiln create-compute-environment --compute-environment-name on-demand --type UNMANAGED",
        right: "kiln create-compute-environment --compute-environment-name on-demand --type UNMANAGED\n\
                kiln create-compute-environment --compute-environment-name on-demand-2 --type UNMANAGED",
    }

    /// Only a MANAGED compute environment has compute resources to update.
    ///
    /// The capacity of an UNMANAGED environment is yours; tell its size with unmanagedvCpus.
    error RESOURCES_TO_UPDATE = "CE103" {
        guide: "Updating compute environments",
        from: ["CEQ-092"],
        on: Context::state(UpdateComputeEnvironment),
        wrong: r#"kiln update-compute-environment --compute-environment own-hosts --compute-resources '{"maxvCpus": 8}'"#,
        right: "kiln update-compute-environment --compute-environment own-hosts --unmanagedv-cpus 8",
    }

    /// After an update, minvCpus is at most desiredvCpus, and desiredvCpus at most maxvCpus.
    ///
    /// What the update leaves out keeps its value and counts as well. Change the numbers together.
    error VCPUS_IN_ORDER = "CE104" {
        guide: "Updating compute environments",
        from: ["CEQ-108", "CEQ-160", "OPS-212"],
        on: Context::state(UpdateComputeEnvironment),
        wrong: "kiln update-compute-environment --compute-environment on-demand --compute-resources '{\"maxvCpus\": 16}'\n\
                kiln update-compute-environment --compute-environment on-demand --compute-resources '{\"desiredvCpus\": 32}'",
        right: r#"kiln update-compute-environment --compute-environment on-demand --compute-resources '{"desiredvCpus": 32, "maxvCpus": 32}'"#,
    }

    /// An update does not lower desiredvCpus.
    ///
    /// The service takes capacity away by itself when nothing waits for it. Take the environment out of its queues to let
    /// it shrink to minvCpus.
    error NO_SCALING_DOWN = "CE105" {
        guide: "Updating compute environments; troubleshooting: desiredvCpus",
        from: ["CEQ-161", "OPS-211", "OPS-213"],
        on: Context::state(UpdateComputeEnvironment),
        wrong: "kiln update-compute-environment --compute-environment on-demand --compute-resources '{\"desiredvCpus\": 8}'\n\
                kiln update-compute-environment --compute-environment on-demand --compute-resources '{\"desiredvCpus\": 4}'",
        right: "kiln update-compute-environment --compute-environment on-demand --compute-resources '{\"desiredvCpus\": 8}'\n\
                kiln update-compute-environment --compute-environment on-demand --compute-resources '{\"desiredvCpus\": 12}'",
    }

    /// On Fargate an update changes the size and the network of the capacity only.
    ///
    /// These are maxvCpus, subnets and securityGroupIds. There are no instances about which anything else could be said.
    error FARGATE_UPDATE = "CE106" {
        guide: "Updating compute environments: Fargate",
        from: ["CEQ-157"],
        on: Context::state(UpdateComputeEnvironment),
        wrong: r#"kiln update-compute-environment --compute-environment serverless --compute-resources '{"instanceTypes": ["c5"]}'"#,
        right: r#"kiln update-compute-environment --compute-environment serverless --compute-resources '{"maxvCpus": 8}'"#,
    }

    /// Infrastructure is updated in environments that were made for it.
    ///
    /// Whatever replaces the instances needs the service-linked role and an allocation strategy other than BEST_FIT, which
    /// is the default. In other environments only vCPUs, state and service role can change; make a new environment and
    /// put it into the queue.
    error INFRASTRUCTURE_UPDATE = "CE107" {
        guide: "Updating compute environments: infrastructure updates",
        from: ["CEQ-057", "CEQ-096", "CEQ-162", "CEQ-171"],
        on: Context::state(UpdateComputeEnvironment),
        wrong: r#"kiln update-compute-environment --compute-environment best-fit --compute-resources '{"instanceTypes": ["c5"]}'"#,
        right: r#"kiln update-compute-environment --compute-environment best-fit --compute-resources '{"maxvCpus": 8}'"#,
    }

    /// The service-linked role is not exchanged for an ordinary one, nor the reverse.
    ///
    /// An environment with an ordinary role can get another ordinary role. Make a new environment for anything else.
    error SAME_KIND_OF_ROLE = "CE108" {
        guide: "Updating compute environments; compute environment parameters: service role",
        from: ["CEQ-151"],
        on: Context::state(UpdateComputeEnvironment),
        wrong: "kiln update-compute-environment --compute-environment on-demand --service-role arn:aws:iam::123456789012:role/BatchRole",
        right: "kiln update-compute-environment --compute-environment with-own-role --service-role arn:aws:iam::123456789012:role/BatchRole",
    }

    /// A compute environment is disabled before it is deleted.
    ///
    /// No more jobs are placed on a disabled environment. Set its state to DISABLED first.
    error ENVIRONMENT_DISABLED = "CE109" {
        guide: "Compute environments: state",
        from: [],
        on: Context::state(DeleteComputeEnvironment),
        wrong: "kiln delete-compute-environment --compute-environment on-demand",
        right: "kiln update-compute-environment --compute-environment on-demand --state DISABLED\n\
                kiln delete-compute-environment --compute-environment on-demand",
    }

    /// A compute environment that is deleted is in no job queue.
    ///
    /// Give its queues other environments first, or delete them.
    error ENVIRONMENT_UNUSED = "CE110" {
        guide: "Managed compute environments",
        from: ["CEQ-056"],
        on: Context::state(DeleteComputeEnvironment),
        wrong: "kiln create-job-queue --job-queue-name night --priority 1 --compute-environment-order '[{\"order\": 1, \"computeEnvironment\": \"on-demand\"}]'\n\
                kiln update-compute-environment --compute-environment on-demand --state DISABLED\n\
                kiln delete-compute-environment --compute-environment on-demand",
        right: "kiln update-job-queue --job-queue night --state DISABLED\n\
                kiln delete-job-queue --job-queue night\n\
                kiln update-compute-environment --compute-environment on-demand --state DISABLED\n\
                kiln delete-compute-environment --compute-environment on-demand",
    }

    /// A compute environment whose hosts are being replaced is not given others yet.
    ///
    /// Its status is UPDATING as long as jobs run on the hosts that an earlier update replaces. Members that only scale
    /// it (state, minvCpus, maxvCpus, desiredvCpus) may be updated meanwhile.
    error ENVIRONMENT_BEING_REPLACED = "CE111" {
        guide: "Updating compute environments: infrastructure updates",
        from: ["CEQ-164"],
        on: Context::state(UpdateComputeEnvironment),
        wrong: "kiln update-compute-environment --compute-environment on-demand --compute-resources '{\"instanceTypes\": [\"c5\"]}'\n\
                kiln update-compute-environment --compute-environment on-demand --compute-resources '{\"instanceTypes\": [\"m5\"]}'",
        right: "kiln update-compute-environment --compute-environment on-demand --compute-resources '{\"instanceTypes\": [\"c5\"]}'\n\
                kiln describe-compute-environments --compute-environments on-demand\n\
                kiln update-compute-environment --compute-environment on-demand --compute-resources '{\"instanceTypes\": [\"m5\"]}'",
    }

    /// The job queue exists.
    ///
    /// It is named by its name or its ARN, in the account and region of the request. A job is always submitted to a queue.
    error QUEUE_EXISTS = "JQ101" {
        guide: "Job queues; submitting a job",
        from: ["CEQ-003", "JOB-005"],
        on: Context::state(SubmitJob),
        wrong: "kiln submit-job --job-name night-run --job-queue no-such-queue --job-definition sleep",
        right: "kiln submit-job --job-name night-run --job-queue default --job-definition sleep",
    }

    /// The name of a new job queue is free.
    ///
    /// Names are unique in an account and region. A deleted queue leaves its name free.
    error QUEUE_NAME_FREE = "JQ102" {
        guide: "Job queue parameters: job queue name",
        from: ["CEQ-006", "OPS-056"],
        on: Context::state(CreateJobQueue),
        wrong: "kiln create-job-queue --cli-input-json file://queue.json\n\
                kiln create-job-queue --cli-input-json file://queue.json",
        right: "kiln create-job-queue --cli-input-json file://queue.json\n\
                kiln create-job-queue --job-queue-name another --cli-input-json file://queue.json",
    }

    /// The compute environments of a job queue are VALID.
    ///
    /// An environment that is being created, or that is INVALID, cannot be put into a queue. Its status reason says what
    /// is wrong with it.
    error ENVIRONMENTS_VALID = "JQ103" {
        guide: "Job queue parameters: compute environment order",
        from: ["CEQ-007"],
        on: Context::state(CreateJobQueue),
        wrong: "kiln describe-compute-environments --compute-environments broken    # status INVALID\n\
                kiln create-job-queue --job-queue-name night --priority 1 --compute-environment-order '[{\"order\": 1, \"computeEnvironment\": \"broken\"}]'",
        right: "kiln describe-compute-environments --compute-environments on-demand    # status VALID\n\
                kiln create-job-queue --job-queue-name night --priority 1 --compute-environment-order '[{\"order\": 1, \"computeEnvironment\": \"on-demand\"}]'",
    }

    /// The compute environments of a job queue are of one kind.
    ///
    /// EC2 and SPOT go together, and so do FARGATE and FARGATE_SPOT; environments on EKS do not mix with others. Make a
    /// queue for each kind.
    error ENVIRONMENTS_OF_ONE_KIND = "JQ104" {
        guide: "Creating a job queue; job queue parameters: compute environment order",
        from: ["CEQ-009", "CEQ-021", "EVT-029"],
        on: Context::state(UpdateJobQueue),
        wrong: r#"kiln update-job-queue --job-queue default --compute-environment-order '[{"order": 1, "computeEnvironment": "on-demand"}, {"order": 2, "computeEnvironment": "serverless"}]'"#,
        right: r#"kiln update-job-queue --job-queue default --compute-environment-order '[{"order": 1, "computeEnvironment": "on-demand"}, {"order": 2, "computeEnvironment": "spot"}]'"#,
    }

    /// The compute environments of a job queue have the same architecture.
    ///
    /// A job may be placed on any of them, and its image is built for one architecture. Make a queue for each.
    error ENVIRONMENTS_OF_ONE_ARCHITECTURE = "JQ105" {
        guide: "Creating a job queue; job queue parameters: compute environment order",
        from: ["CEQ-010"],
        on: Context::state(UpdateJobQueue),
        wrong: r#"kiln update-job-queue --job-queue default --compute-environment-order '[{"order": 1, "computeEnvironment": "with-c5"}, {"order": 2, "computeEnvironment": "with-c6g"}]'"#,
        right: r#"kiln update-job-queue --job-queue default --compute-environment-order '[{"order": 1, "computeEnvironment": "with-c5"}, {"order": 2, "computeEnvironment": "with-m5"}]'"#,
    }

    /// A job queue without a scheduling policy stays without one.
    ///
    /// Only a queue that was created with a policy can get another one. Make a new queue.
    error NO_POLICY_ADDED = "JQ106" {
        guide: "Job queue parameters: scheduling policy ARN",
        from: ["CEQ-023", "CEQ-025"],
        on: Context::state(UpdateJobQueue),
        wrong: "kiln update-job-queue --job-queue default --scheduling-policy-arn arn:aws:batch:us-east-1:000000000000:scheduling-policy/fair",
        right: "kiln create-job-queue --job-queue-name shared --cli-input-json file://queue.json --scheduling-policy-arn arn:aws:batch:us-east-1:000000000000:scheduling-policy/fair",
    }

    /// A job queue is disabled before it is deleted.
    ///
    /// Jobs that are still in it are terminated when it is deleted. Set its state to DISABLED first.
    error QUEUE_DISABLED = "JQ107" {
        guide: "Job queues: state",
        from: [],
        on: Context::state(DeleteJobQueue),
        wrong: "kiln delete-job-queue --job-queue default",
        right: "kiln update-job-queue --job-queue default --state DISABLED\n\
                kiln delete-job-queue --job-queue default",
    }

    /// The scheduling policy exists.
    ///
    /// A policy is made before a queue is created with it.
    error POLICY_EXISTS = "SP101" {
        guide: "Scheduling policies; job queue parameters: scheduling policy ARN",
        from: ["CEQ-213"],
        on: Context::state(UpdateSchedulingPolicy),
        wrong: "kiln update-scheduling-policy --arn arn:aws:batch:us-east-1:000000000000:scheduling-policy/none",
        right: "kiln update-scheduling-policy --arn arn:aws:batch:us-east-1:000000000000:scheduling-policy/fair",
    }

    /// The name of a new scheduling policy is free.
    ///
    /// Names are unique in an account and region. A deleted policy leaves its name free.
    error POLICY_NAME_FREE = "SP102" {
        guide: "Scheduling policy parameters: name",
        from: ["CEQ-214"],
        on: Context::state(CreateSchedulingPolicy),
        wrong: "kiln create-scheduling-policy --name fair\n\
                kiln create-scheduling-policy --name fair",
        right: "kiln create-scheduling-policy --name fair\n\
                kiln create-scheduling-policy --name fair-2",
    }

    /// A scheduling policy that is deleted is in no job queue.
    ///
    /// Give its queues another policy first, or delete them.
    error POLICY_UNUSED = "SP103" {
        guide: "Scheduling policies",
        from: [],
        on: Context::state(DeleteSchedulingPolicy),
        wrong: "kiln create-job-queue --cli-input-json file://queue.json --scheduling-policy-arn arn:aws:batch:us-east-1:000000000000:scheduling-policy/fair\n\
                kiln delete-scheduling-policy --arn arn:aws:batch:us-east-1:000000000000:scheduling-policy/fair",
        right: "kiln delete-job-queue --job-queue shared\n\
                kiln delete-scheduling-policy --arn arn:aws:batch:us-east-1:000000000000:scheduling-policy/fair",
    }

    /// The job definition is registered.
    ///
    /// It is named by its name, by name and revision, or by ARN. Without a revision the newest active one is meant.
    error DEFINITION_EXISTS = "JD901" {
        guide: "Submitting a job",
        from: ["JOB-004"],
        on: Context::state(SubmitJob),
        wrong: "kiln submit-job --job-name night-run --job-queue default --job-definition never-registered",
        right: "kiln submit-job --job-name night-run --job-queue default --job-definition sleep",
    }

    /// The revision of the job definition is ACTIVE.
    ///
    /// A revision that was deregistered is still described, but no job can be submitted from it. Submit from another
    /// revision, or register a new one.
    error DEFINITION_ACTIVE = "JD902" {
        guide: "Submitting a job",
        from: ["JOB-004"],
        on: Context::state(SubmitJob),
        wrong: "kiln deregister-job-definition --job-definition sleep:1\n\
                kiln submit-job --job-name night-run --job-queue default --job-definition sleep:1",
        right: "kiln submit-job --job-name night-run --job-queue default --job-definition sleep:2",
    }

    /// One revision of a job definition is deregistered at a time.
    ///
    /// It is named by name and revision, or by an ARN that ends with the revision.
    error REVISION_NAMED = "JD903" {
        guide: "API model: DeregisterJobDefinitionRequest",
        from: [],
        on: Context::state(DeregisterJobDefinition),
        wrong: "kiln deregister-job-definition --job-definition sleep",
        right: "kiln deregister-job-definition --job-definition sleep:1",
    }

    /// The job queue is ENABLED.
    ///
    /// A disabled queue takes no new jobs; those in it go on. Enable it, or submit to another one.
    error QUEUE_ENABLED = "SJ101" {
        guide: "Job queue parameters: state",
        from: ["CEQ-027", "CEQ-029"],
        on: Context::state(SubmitJob),
        wrong: "kiln update-job-queue --job-queue default --state DISABLED\n\
                kiln submit-job --job-name night-run --job-queue default --job-definition sleep",
        right: "kiln update-job-queue --job-queue default --state ENABLED\n\
                kiln submit-job --job-name night-run --job-queue default --job-definition sleep",
    }

    /// Jobs name a share or a priority only in a queue with a scheduling policy.
    ///
    /// A queue without a policy is first in, first out, and shareIdentifier and schedulingPriorityOverride are refused
    /// there. Leave them out, or make a queue with a policy.
    error SHARE_NEEDS_POLICY = "SJ102" {
        guide: "Scheduling: share identifiers",
        from: ["CEQ-042"],
        on: Context::state(SubmitJob),
        wrong: "kiln submit-job --job-name night-run --job-queue default --job-definition sleep --share-identifier A",
        right: "kiln submit-job --job-name night-run --job-queue shared --job-definition sleep --share-identifier A",
    }

    /// A job queue has at most 500 active share identifiers.
    ///
    /// At the limit, jobs of the identifiers that are active go on to be taken, and jobs of new ones are refused. An
    /// identifier is active while it has jobs that have not ended, and for the decay time after that.
    error SHARES = "SJ103" {
        guide: "Job queue parameters: scheduling policy ARN",
        from: ["CEQ-026", "CEQ-047"],
        on: Context::state(SubmitJob),
        wrong: "kiln submit-job --job-name j --job-queue shared --job-definition sleep --share-identifier S501",
        right: "kiln submit-job --job-name j --job-queue shared --job-definition sleep --share-identifier S500",
    }

    /// Multi-node parallel jobs run in MANAGED environments of type EC2.
    ///
    /// UNMANAGED environments, Spot Instances and Fargate do not take them. Submit to a queue with On-Demand Instances.
    error MULTI_NODE_ENVIRONMENT = "SJ104" {
        guide: "Multi-node parallel jobs: compute environment considerations",
        from: ["JOB-164", "JOB-165"],
        on: Context::state(SubmitJob),
        wrong: "kiln submit-job --job-name gang-run --job-queue queue-of-spot --job-definition gang",
        right: "kiln submit-job --job-name gang-run --job-queue queue-of-on-demand --job-definition gang",
    }

    /// A job in a queue with a scheduling policy names its share.
    ///
    /// The policy divides the queue among share identifiers, so that a job without one has no part in it. Give
    /// shareIdentifier; one that the policy does not list has weight 1.
    error SHARE_NEEDED = "SJ105" {
        guide: "Scheduling: share identifiers; API model: SubmitJobRequest.shareIdentifier",
        from: ["CEQ-037"],
        on: Context::state(SubmitJob),
        wrong: "kiln submit-job --job-name night-run --job-queue shared --job-definition sleep",
        right: "kiln submit-job --job-name night-run --job-queue shared --job-definition sleep --share-identifier A",
    }

    /// A job depends on jobs that exist.
    ///
    /// They are named by their ids, in the account and region of the request; a child of an array by JOB:INDEX. A node
    /// of a multi-node parallel job is no job of its own: depend on the whole job.
    error DEPENDENCY_EXISTS = "SJ106" {
        guide: "Job dependencies",
        from: ["JOB-071"],
        on: Context::state(SubmitJob),
        wrong: "kiln submit-job --job-name second --job-queue default --job-definition sleep --depends-on '[{\"jobId\": \"no-such-job\"}]'",
        right: "kiln submit-job --job-name first --job-queue default --job-definition sleep\n\
                kiln submit-job --job-name second --job-queue default --job-definition sleep --depends-on '[{\"jobId\": \"ID\"}]'",
    }

    /// An N_TO_N dependency pairs two arrays of the same size.
    ///
    /// Each child waits for the child of the same index, so that both jobs must be arrays with as many children. Leave
    /// the type out to wait for a job as a whole.
    error DEPENDENCY_SIZE = "SJ107" {
        guide: "Array jobs: dependencies",
        from: ["JOB-076", "JOB-116"],
        on: Context::state(SubmitJob),
        wrong: "kiln submit-job --job-name c --job-queue default --job-definition sleep --array-properties '{\"size\": 5}' --depends-on '[{\"jobId\": \"ARRAY-OF-10\", \"type\": \"N_TO_N\"}]'",
        right: "kiln submit-job --job-name c --job-queue default --job-definition sleep --array-properties '{\"size\": 10}' --depends-on '[{\"jobId\": \"ARRAY-OF-10\", \"type\": \"N_TO_N\"}]'",
    }

    /// A resource has at most 50 tags, those that it has already included.
    ///
    /// Tags that are added count together with those that are there. Remove some first.
    error TAGS_IN_ALL = "TAG101" {
        guide: "Tagging: restrictions",
        from: ["OPS-146"],
        on: Context::state(TagResource),
        wrong: "kiln tag-resource --resource-arn arn:aws:batch:us-east-1:000000000000:job-queue/with-50-tags --tags a=b",
        right: "kiln tag-resource --resource-arn arn:aws:batch:us-east-1:000000000000:job-queue/with-49-tags --tags a=b",
    }
}
