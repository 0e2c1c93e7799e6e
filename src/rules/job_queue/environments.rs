//! The environments of a queue: that there are some, each once, and of one kind.

use std::collections::HashSet;

use crate::api::arn::{Arn, ResourceKind};
use crate::api::job_queue::JobQueueType;
use crate::rules::context::{QUEUE, QUEUE_UPDATE};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::found;
use crate::rules::registry::rules;

rules! {
    /// A job queue has at least 1 compute environment.
    ///
    /// Its jobs run there. A queue of service jobs has service environments instead.
    error ENVIRONMENT = "JQ020" {
        guide: "Creating a job queue",
        from: ["CEQ-004", "CEQ-030"],
        on: QUEUE,
        wrong: "without computeEnvironmentOrder",
        right: r#"{"computeEnvironmentOrder": [{"order": 1, "computeEnvironment": "on-demand"}]}"#,
    }

    /// A job queue names each environment once.
    ///
    /// Its name and its ARN mean the same environment. Remove one of the two entries.
    error ENVIRONMENT_ONCE = "JQ021" {
        guide: "Job queue parameters: compute environment order",
        from: ["CEQ-031"],
        on: QUEUE,
        wrong: r#"{"computeEnvironmentOrder": [
            {"order": 1, "computeEnvironment": "a"}, {"order": 2, "computeEnvironment": "a"}]}"#,
        right: r#"{"computeEnvironmentOrder": [
            {"order": 1, "computeEnvironment": "a"}, {"order": 2, "computeEnvironment": "b"}]}"#,
    }

    /// The environments of a job queue have different ranks.
    ///
    /// They are tried from the lowest order up, whatever their place in the list. Which of two with the same order comes
    /// first is not documented.
    warning ORDER_ONCE = "JQ022" {
        guide: "Job queue parameters: compute environment order, order",
        from: ["CEQ-032", "CEQ-033"],
        on: QUEUE,
        wrong: r#"{"computeEnvironmentOrder": [
            {"order": 1, "computeEnvironment": "a"}, {"order": 1, "computeEnvironment": "b"}]}"#,
        right: r#"{"computeEnvironmentOrder": [
            {"order": 2, "computeEnvironment": "a"}, {"order": 1, "computeEnvironment": "b"}]}"#,
    }

    /// A job queue has compute environments or service environments, not both.
    ///
    /// Jobs in containers run on the former, service jobs on the latter. Make a queue for each of the two.
    error ONE_KIND = "JQ023" {
        guide: "API model: CreateJobQueueRequest",
        from: [],
        on: QUEUE_UPDATE,
        wrong: r#"{"computeEnvironmentOrder": [{"order": 1, "computeEnvironment": "a"}],
            "serviceEnvironmentOrder": [{"order": 1, "serviceEnvironment": "b"}]}"#,
        right: r#"{"computeEnvironmentOrder": [{"order": 1, "computeEnvironment": "a"}]}"#,
    }

    /// The type of a job queue fits its environments.
    ///
    /// SAGEMAKER_TRAINING is the type of queues with service environments, and every other type is one of queues with
    /// compute environments. Where the type is left out, it follows from the environments.
    error QUEUE_TYPE = "JQ024" {
        guide: "API model: CreateJobQueueRequest, jobQueueType",
        from: [],
        on: QUEUE,
        wrong: r#"{"jobQueueType": "SAGEMAKER_TRAINING"}"#,
        right: r#"{"jobQueueType": "ECS"}"#,
    }

    /// An ARN in the compute environment order is that of a compute environment.
    ///
    /// The plain name of the environment will do as well.
    error ENVIRONMENT_ARN = "JQ025" {
        guide: "Job queue parameters: compute environment order, compute environment",
        from: ["CEQ-031", "EVT-074"],
        on: QUEUE,
        wrong: r#"{"computeEnvironmentOrder": [
            {"order": 1, "computeEnvironment": "arn:aws:batch:us-east-1:123456789012:job-queue/default"}]}"#,
        right: r#"{"computeEnvironmentOrder": [
            {"order": 1, "computeEnvironment": "arn:aws:batch:us-east-1:123456789012:compute-environment/a"}]}"#,
    }
}

/// Judges whether a new queue has environments, and whether its type is one for them.
pub(super) fn check_new(at: &Cursor<'_>, findings: &mut Findings) {
    let (compute, service) = (at.get("computeEnvironmentOrder"), at.get("serviceEnvironmentOrder"));
    match &compute {
        None if service.is_none() => {
            let message = "expected 1 to 3 compute environments, found none";
            findings.push(ENVIRONMENT.missing(at, "computeEnvironmentOrder", message));
        }
        _ => check_update(at, findings),
    }
    let Some(kind) = at.get("jobQueueType") else { return };
    let Some(word) = kind.text().and_then(JobQueueType::parse) else { return };
    let is_for_services = word == JobQueueType::SagemakerTraining;
    let other = if is_for_services { &compute } else { &service };
    if other.as_ref().is_some_and(is_filled) {
        let wanted = if is_for_services { "compute" } else { "service" };
        let message =
            format!("expected the type of a queue with {wanted} environments, found {}", found(&kind));
        let help = "leave it out, it follows from the environments";
        findings.push(QUEUE_TYPE.at(&kind, message).with_help(help.to_owned()));
    }
}

/// Judges whether an update leaves the queue any environments.
pub(super) fn check_update(at: &Cursor<'_>, findings: &mut Findings) {
    let Some(compute) = at.get("computeEnvironmentOrder") else { return };
    let is_empty = compute.value().as_array().is_some_and(Vec::is_empty);
    if is_empty && at.get("serviceEnvironmentOrder").is_none() {
        findings.push(ENVIRONMENT.at(&compute, "expected 1 to 3 compute environments, found an empty list"));
    }
}

/// Judges the environments that are named.
pub(super) fn check(at: &Cursor<'_>, findings: &mut Findings) {
    let (compute, service) = (at.get("computeEnvironmentOrder"), at.get("serviceEnvironmentOrder"));
    if let (Some(compute), Some(service)) = (&compute, &service)
        && is_filled(compute)
        && is_filled(service)
    {
        let message = "cannot be given together with computeEnvironmentOrder";
        let help = "make a queue for jobs in containers and another one for service jobs";
        findings.push(ONE_KIND.at(service, message).with_help(help.to_owned()));
    }
    for entry in compute.iter().flat_map(Cursor::items).filter_map(|entry| entry.get("computeEnvironment")) {
        let names_other = |text: &str| {
            text.starts_with("arn:")
                && Arn::parse(text).is_none_or(|arn| arn.kind != ResourceKind::ComputeEnvironment)
        };
        if entry.text().is_some_and(names_other) {
            let message =
                format!("expected the name or the ARN of a compute environment, found {}", found(&entry));
            let help = "such an ARN reads arn:aws:batch:REGION:ACCOUNT:compute-environment/NAME";
            findings.push(ENVIRONMENT_ARN.at(&entry, message).with_help(help.to_owned()));
        }
    }
    for (list, member) in [(compute, "computeEnvironment"), (service, "serviceEnvironment")] {
        if let Some(list) = list {
            are_different(&list, member, findings);
        }
    }
}

fn are_different(list: &Cursor<'_>, member: &str, findings: &mut Findings) {
    let mut names = HashSet::new();
    let mut orders = HashSet::new();
    for entry in list.items() {
        let order = entry.get("order");
        if let Some((at, order)) = order.and_then(|at| at.integer().map(|order| (at, order)))
            && !orders.insert(order)
        {
            let message = format!("another environment has the order {order} already");
            findings.push(ORDER_ONCE.at(&at, message).with_help("give each a number of its own".to_owned()));
        }
        let environment = entry.get(member);
        if let Some((at, text)) = environment.and_then(|at| at.text().map(|text| (at, text)))
            && !names.insert(name_in(text))
        {
            let message = format!("this environment is in the queue already, found {} again", found(&at));
            findings.push(ENVIRONMENT_ONCE.at(&at, message));
        }
    }
}

/// The name of an environment that is given by its name or ARN.
fn name_in(text: &str) -> &str {
    match text.strip_prefix("arn:").and_then(|rest| rest.split_once("-environment/")) {
        Some((_, name)) => name,
        None => text,
    }
}

fn is_filled(list: &Cursor<'_>) -> bool {
    list.value().as_array().is_some_and(|items| !items.is_empty())
}
