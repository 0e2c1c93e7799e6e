//! The table of operations: every one of the 48, once.
//!
//! Command names, HTTP routes, input and output shapes and paging all come from the table at the end of this
//! file.

use crate::api::shape::Structure;

/// How an operation is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Parameters in the path, no body.
    Get,
    /// Parameters in a JSON body.
    Post,
    /// Parameters in the path and the query string, no body.
    Delete,
}

impl Method {
    /// The word on the request line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// What the table says of one operation.
#[derive(Debug)]
pub struct OperationInfo {
    /// The name in the API, in upper camel case.
    pub name: &'static str,
    /// The doc comment, a line each.
    pub doc: &'static [&'static str],
    /// The HTTP method.
    pub method: Method,
    /// The path, with the one parameter there is in braces.
    pub path: &'static str,
    /// What it takes.
    pub input: &'static Structure,
    /// What it answers.
    pub output: &'static Structure,
    /// The member of the answer that holds the items of a page, where the operation is paged.
    pub pages: Option<&'static str>,
}

/// Defines [`Operation`] and its table.
macro_rules! operations {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident: $method:ident $path:literal
            $input_room:ident::$input:ident => $output_room:ident::$output:ident $(, pages $pages:literal)?;
    )*) => {
        /// An operation of the Batch API.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Operation {$(
            $(#[doc = $doc])*
            $name,
        )*}

        impl Operation {
            /// Every operation, by name.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// What the table says of it.
            pub const fn info(self) -> &'static OperationInfo {
                match self {$(
                    Self::$name => &OperationInfo {
                        name: stringify!($name),
                        doc: &[$($doc),*],
                        method: method!($method),
                        path: $path,
                        input: &$crate::api::$input_room::$input::STRUCTURE,
                        output: &$crate::api::$output_room::$output::STRUCTURE,
                        pages: pages!($($pages)?),
                    },
                )*}
            }
        }
    };
}

macro_rules! method {
    (GET) => {
        Method::Get
    };
    (POST) => {
        Method::Post
    };
    (DELETE) => {
        Method::Delete
    };
}

macro_rules! pages {
    () => {
        None
    };
    ($key:literal) => {
        Some($key)
    };
}

impl Operation {
    /// The name in the API, in upper camel case: `SubmitJob`.
    pub const fn name(self) -> &'static str {
        self.info().name
    }

    /// The name on the command line: `submit-job`.
    pub fn command(self) -> String {
        kebab(self.name())
    }

    /// The operation of that name, in either form.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|operation| operation.name() == name || operation.command() == name)
    }

    /// Whether it only reads, and so may be repeated safely.
    pub fn is_read(self) -> bool {
        ["Describe", "List", "Get"].iter().any(|verb| self.name().starts_with(verb))
    }

    /// Whether doing it twice leaves the same as doing it once, so that a request that broke off may be repeated.
    pub fn is_repeatable(self) -> bool {
        let verbs = ["Cancel", "Deregister", "Tag", "Terminate", "Untag", "Update"];
        self.is_read() || verbs.iter().any(|verb| self.name().starts_with(verb))
    }

    /// The operation that answers this method and path, with the decoded parameter of the path if it has one.
    pub fn route(method: &str, path: &str) -> Option<(Self, Option<String>)> {
        Self::ALL.iter().copied().find_map(|operation| {
            let info = operation.info();
            if info.method.as_str() != method {
                return None;
            }
            match info.path.split_once('{') {
                None => (info.path == path).then_some((operation, None)),
                Some((prefix, _)) => {
                    let parameter = path.strip_prefix(prefix)?;
                    (!parameter.is_empty()).then(|| (operation, Some(percent_decode(parameter))))
                }
            }
        })
    }
}

/// Turns an API name into its command-line form: a hyphen before each capital that follows a lower-case letter
/// or a digit.
pub fn kebab(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 8);
    let mut before = ' ';
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            text.push('-');
        }
        text.push(letter.to_ascii_lowercase());
        before = letter;
    }
    text
}

/// Encodes everything but the unreserved characters of RFC 3986, as the AWS clients do in a path.
pub fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Reverses [`percent_encode`]; a malformed escape stays as it is, invalid UTF-8 becomes U+FFFD.
pub fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match escape.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

operations! {
    /// Cancels a job that has not started yet (`SUBMITTED`, `PENDING` or `RUNNABLE`); a job that has
    /// started goes on.
    CancelJob: POST "/v1/canceljob" job::CancelJobRequest => job::CancelJobResponse;
    /// Cancels several jobs that have not started yet and reports for each whether that succeeded.
    CancelJobs: POST "/v1/canceljobs" job::CancelJobsRequest => job::CancelJobsResponse;
    /// Creates a compute environment, the capacity that jobs run on.
    CreateComputeEnvironment: POST "/v1/createcomputeenvironment" compute_environment::CreateComputeEnvironmentRequest => compute_environment::CreateComputeEnvironmentResponse;
    /// Creates a consumable resource, such as a pool of licences, that jobs can require.
    CreateConsumableResource: POST "/v1/createconsumableresource" consumable_resource::CreateConsumableResourceRequest => consumable_resource::CreateConsumableResourceResponse;
    /// Creates a job queue on one or more compute environments or service environments.
    CreateJobQueue: POST "/v1/createjobqueue" job_queue::CreateJobQueueRequest => job_queue::CreateJobQueueResponse;
    /// Creates a quota share, a reserved part of the capacity of a job queue.
    CreateQuotaShare: POST "/v1/createquotashare" quota_share::CreateQuotaShareRequest => quota_share::CreateQuotaShareResponse;
    /// Creates a scheduling policy that divides the capacity of job queues fairly or by quota.
    CreateSchedulingPolicy: POST "/v1/createschedulingpolicy" scheduling_policy::CreateSchedulingPolicyRequest => scheduling_policy::CreateSchedulingPolicyResponse;
    /// Creates a service environment, the capacity that service jobs run on.
    CreateServiceEnvironment: POST "/v1/createserviceenvironment" service_environment::CreateServiceEnvironmentRequest => service_environment::CreateServiceEnvironmentResponse;
    /// Deletes a compute environment that is disabled and belongs to no job queue.
    DeleteComputeEnvironment: POST "/v1/deletecomputeenvironment" compute_environment::DeleteComputeEnvironmentRequest => compute_environment::DeleteComputeEnvironmentResponse;
    /// Deletes a consumable resource.
    DeleteConsumableResource: POST "/v1/deleteconsumableresource" consumable_resource::DeleteConsumableResourceRequest => consumable_resource::DeleteConsumableResourceResponse;
    /// Deletes a job queue that is disabled, with its jobs: those still in it are terminated, and what ended is no longer shown.
    DeleteJobQueue: POST "/v1/deletejobqueue" job_queue::DeleteJobQueueRequest => job_queue::DeleteJobQueueResponse;
    /// Deletes a quota share that is disabled, and terminates the jobs still in it.
    DeleteQuotaShare: POST "/v1/deletequotashare" quota_share::DeleteQuotaShareRequest => quota_share::DeleteQuotaShareResponse;
    /// Deletes a scheduling policy that no job queue uses.
    DeleteSchedulingPolicy: POST "/v1/deleteschedulingpolicy" scheduling_policy::DeleteSchedulingPolicyRequest => scheduling_policy::DeleteSchedulingPolicyResponse;
    /// Deletes a service environment that is disabled and belongs to no job queue.
    DeleteServiceEnvironment: POST "/v1/deleteserviceenvironment" service_environment::DeleteServiceEnvironmentRequest => service_environment::DeleteServiceEnvironmentResponse;
    /// Deregisters one revision of a job definition, which becomes `INACTIVE` and takes no new jobs.
    DeregisterJobDefinition: POST "/v1/deregisterjobdefinition" job_definition::DeregisterJobDefinitionRequest => job_definition::DeregisterJobDefinitionResponse;
    /// Describes some or all compute environments, with their status and capacity.
    DescribeComputeEnvironments: POST "/v1/describecomputeenvironments" compute_environment::DescribeComputeEnvironmentsRequest => compute_environment::DescribeComputeEnvironmentsResponse, pages "computeEnvironments";
    /// Describes a consumable resource, with the quantities in total, in use and available.
    DescribeConsumableResource: POST "/v1/describeconsumableresource" consumable_resource::DescribeConsumableResourceRequest => consumable_resource::DescribeConsumableResourceResponse;
    /// Describes job definitions, chosen by name, ARN or status, with all their revisions.
    DescribeJobDefinitions: POST "/v1/describejobdefinitions" job_definition::DescribeJobDefinitionsRequest => job_definition::DescribeJobDefinitionsResponse, pages "jobDefinitions";
    /// Describes some or all job queues, with their state, priority and environments.
    DescribeJobQueues: POST "/v1/describejobqueues" job_queue::DescribeJobQueuesRequest => job_queue::DescribeJobQueuesResponse, pages "jobQueues";
    /// Describes up to 100 jobs in full: status, attempts, containers and settings.
    DescribeJobs: POST "/v1/describejobs" job::DescribeJobsRequest => job::DescribeJobsResponse;
    /// Describes a quota share, with its limits and its rules for sharing and preemption.
    DescribeQuotaShare: POST "/v1/describequotashare" quota_share::DescribeQuotaShareRequest => quota_share::DescribeQuotaShareResponse;
    /// Describes up to 100 scheduling policies, with their shares and weights.
    DescribeSchedulingPolicies: POST "/v1/describeschedulingpolicies" scheduling_policy::DescribeSchedulingPoliciesRequest => scheduling_policy::DescribeSchedulingPoliciesResponse;
    /// Describes some or all service environments, with their state and capacity limits.
    DescribeServiceEnvironments: POST "/v1/describeserviceenvironments" service_environment::DescribeServiceEnvironmentsRequest => service_environment::DescribeServiceEnvironmentsResponse, pages "serviceEnvironments";
    /// Describes a service job in full: status, attempts and request payload.
    DescribeServiceJob: POST "/v1/describeservicejob" service_job::DescribeServiceJobRequest => service_job::DescribeServiceJobResponse;
    /// Shows the first 100 `RUNNABLE` jobs of a queue in the order they will start, and how its capacity
    /// is used.
    GetJobQueueSnapshot: POST "/v1/getjobqueuesnapshot" snapshot::GetJobQueueSnapshotRequest => snapshot::GetJobQueueSnapshotResponse;
    /// Lists consumable resources with their quantities in total and in use.
    ListConsumableResources: POST "/v1/listconsumableresources" consumable_resource::ListConsumableResourcesRequest => consumable_resource::ListConsumableResourcesResponse, pages "consumableResources";
    /// Lists the jobs of a queue, the children of an array job or the nodes of a multi-node job; without
    /// a status or a filter only those that are `RUNNING`.
    ListJobs: POST "/v1/listjobs" job::ListJobsRequest => job::ListJobsResponse, pages "jobSummaryList";
    /// Lists the jobs that require a given consumable resource.
    ListJobsByConsumableResource: POST "/v1/listjobsbyconsumableresource" consumable_resource::ListJobsByConsumableResourceRequest => consumable_resource::ListJobsByConsumableResourceResponse, pages "jobs";
    /// Lists the quota shares of a job queue.
    ListQuotaShares: POST "/v1/listquotashares" quota_share::ListQuotaSharesRequest => quota_share::ListQuotaSharesResponse, pages "quotaShares";
    /// Lists the ARNs of all scheduling policies.
    ListSchedulingPolicies: POST "/v1/listschedulingpolicies" scheduling_policy::ListSchedulingPoliciesRequest => scheduling_policy::ListSchedulingPoliciesResponse, pages "schedulingPolicies";
    /// Lists the service jobs of a queue; without a status or a filter only those that are `RUNNING`.
    ListServiceJobs: POST "/v1/listservicejobs" service_job::ListServiceJobsRequest => service_job::ListServiceJobsResponse, pages "jobSummaryList";
    /// Lists the tags of a resource.
    ListTagsForResource: GET "/v1/tags/{resourceArn}" tags::ListTagsForResourceRequest => tags::ListTagsForResourceResponse;
    /// Registers a job definition; each call makes a new revision under its name.
    RegisterJobDefinition: POST "/v1/registerjobdefinition" job_definition::RegisterJobDefinitionRequest => job_definition::RegisterJobDefinitionResponse;
    /// Submits a job to a queue, from a job definition and optional overrides of its settings.
    SubmitJob: POST "/v1/submitjob" job::SubmitJobRequest => job::SubmitJobResponse;
    /// Submits a service job, such as a SageMaker training job, to a queue with service environments.
    SubmitServiceJob: POST "/v1/submitservicejob" service_job::SubmitServiceJobRequest => service_job::SubmitServiceJobResponse;
    /// Adds tags to a resource, or gives new values to those it has; other tags stay.
    TagResource: POST "/v1/tags/{resourceArn}" tags::TagResourceRequest => tags::TagResourceResponse;
    /// Terminates a job in whatever state it is; a running one is stopped and becomes `FAILED`.
    TerminateJob: POST "/v1/terminatejob" job::TerminateJobRequest => job::TerminateJobResponse;
    /// Terminates several jobs in whatever state they are and reports for each whether that succeeded.
    TerminateJobs: POST "/v1/terminatejobs" job::TerminateJobsRequest => job::TerminateJobsResponse;
    /// Terminates a service job in whatever state it is.
    TerminateServiceJob: POST "/v1/terminateservicejob" service_job::TerminateServiceJobRequest => service_job::TerminateServiceJobResponse;
    /// Terminates several service jobs in whatever state they are and reports for each whether that
    /// succeeded.
    TerminateServiceJobs: POST "/v1/terminateservicejobs" service_job::TerminateServiceJobsRequest => service_job::TerminateServiceJobsResponse;
    /// Removes tags from a resource, by their keys.
    UntagResource: DELETE "/v1/tags/{resourceArn}" tags::UntagResourceRequest => tags::UntagResourceResponse;
    /// Updates a compute environment: its state, its capacity or its infrastructure.
    UpdateComputeEnvironment: POST "/v1/updatecomputeenvironment" compute_environment::UpdateComputeEnvironmentRequest => compute_environment::UpdateComputeEnvironmentResponse;
    /// Updates the total quantity of a consumable resource by setting, adding or removing.
    UpdateConsumableResource: POST "/v1/updateconsumableresource" consumable_resource::UpdateConsumableResourceRequest => consumable_resource::UpdateConsumableResourceResponse;
    /// Updates a job queue: its state, priority, environments, scheduling policy or time limits.
    UpdateJobQueue: POST "/v1/updatejobqueue" job_queue::UpdateJobQueueRequest => job_queue::UpdateJobQueueResponse;
    /// Updates a quota share: its state, limits or rules for sharing and preemption.
    UpdateQuotaShare: POST "/v1/updatequotashare" quota_share::UpdateQuotaShareRequest => quota_share::UpdateQuotaShareResponse;
    /// Updates the rules of a scheduling policy.
    UpdateSchedulingPolicy: POST "/v1/updateschedulingpolicy" scheduling_policy::UpdateSchedulingPolicyRequest => scheduling_policy::UpdateSchedulingPolicyResponse;
    /// Updates a service environment: its state or its capacity limits.
    UpdateServiceEnvironment: POST "/v1/updateserviceenvironment" service_environment::UpdateServiceEnvironmentRequest => service_environment::UpdateServiceEnvironmentResponse;
    /// Updates the scheduling priority of a service job.
    UpdateServiceJob: POST "/v1/updateservicejob" service_job::UpdateServiceJobRequest => service_job::UpdateServiceJobResponse;
}
