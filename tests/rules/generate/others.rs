//! Queues, scheduling policies, tags, lists and describes.

use serde_json::{Value, json};

use super::object::Object;
use super::random::Random;
use super::text;

/// Environments, each with a rank of its own.
fn order(random: &mut Random, most: usize, member: &str, kind: &str) -> Value {
    let count = random.size(1, most);
    let names = text::different(random, count, text::name);
    let mut ranks: Vec<i64> = (1..=20).collect();
    random.shuffle(&mut ranks);
    let entries = names.iter().zip(ranks).map(|(name, rank)| {
        let mut entry = Object::new();
        let arn = text::arn(random, &format!("{kind}/{name}"));
        entry.set("order", rank);
        entry.set(member, random.one_of(&[name.clone(), arn]));
        entry.done(random)
    });
    entries.collect()
}

fn time_limits(random: &mut Random, action: &str) -> Value {
    let reasons = [
        "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY",
        "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE",
        "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT",
        "a reason of one's own",
    ];
    let limits = random.some_of(&reasons).into_iter().map(|reason| {
        let mut limit = Object::new();
        limit.set("reason", reason);
        limit.set("state", "RUNNABLE");
        limit.set("action", action);
        limit.set("maxTimeSeconds", random.number(600, 86_400));
        limit.done(random)
    });
    limits.collect()
}

fn policy_arn(random: &mut Random) -> String {
    let name = text::name(random);
    text::arn(random, &format!("scheduling-policy/{name}"))
}

fn queue_settings(random: &mut Random, queue: &mut Object) {
    queue.maybe(random, 40, "state", |random| random.one_of(&["ENABLED", "DISABLED"]));
    queue.maybe(random, 40, "schedulingPolicyArn", policy_arn);
    queue.maybe(random, 40, "jobStateTimeLimitActions", |random| time_limits(random, "CANCEL"));
}

/// A queue.
pub(crate) fn queue(random: &mut Random) -> Value {
    let mut queue = Object::new();
    queue.set("jobQueueName", text::name(random));
    queue.set("priority", random.number(0, 1000));
    queue.set("computeEnvironmentOrder", order(random, 3, "computeEnvironment", "compute-environment"));
    queue.maybe(random, 30, "tags", text::tags);
    queue.maybe(random, 20, "jobQueueType", |random| random.one_of(&["EKS", "ECS", "ECS_FARGATE"]));
    queue_settings(random, &mut queue);
    queue.done(random)
}

/// A queue of service jobs.
pub(crate) fn service_queue(random: &mut Random) -> Value {
    let mut queue = Object::new();
    queue.set("jobQueueName", text::name(random));
    queue.set("priority", random.number(0, 1000));
    queue.set("jobQueueType", "SAGEMAKER_TRAINING");
    queue.set("serviceEnvironmentOrder", order(random, 1, "serviceEnvironment", "service-environment"));
    queue.maybe(random, 40, "jobStateTimeLimitActions", |random| time_limits(random, "TERMINATE"));
    queue.maybe(random, 30, "tags", text::tags);
    queue.done(random)
}

/// A change of a queue.
pub(crate) fn queue_update(random: &mut Random) -> Value {
    let mut queue = Object::new();
    queue.set("jobQueue", text::name_or_arn(random, "job-queue"));
    queue.maybe(random, 40, "priority", |random| random.number(0, 1000));
    queue.maybe(random, 40, "computeEnvironmentOrder", |random| {
        order(random, 3, "computeEnvironment", "compute-environment")
    });
    queue_settings(random, &mut queue);
    queue.done(random)
}

/// Shares whose identifiers do not overlap.
fn fair_share(random: &mut Random) -> Value {
    let mut policy = Object::new();
    policy.maybe(random, 60, "shareDecaySeconds", |random| random.number(0, 604_800));
    policy.maybe(random, 60, "computeReservation", |random| random.number(0, 99));
    policy.maybe(random, 70, "shareDistribution", |random| {
        let count = random.size(0, 20);
        let names = text::different(random, count, |random| text::letters(random, 6));
        let shares = names.iter().map(|name| {
            let mut share = Object::new();
            share.set("shareIdentifier", format!("{name}{}", random.one_of(&["", "*", "-1"])));
            let weights = [json!(0.0001), json!(0.5), json!(1), json!(999.9999)];
            share.maybe(random, 60, "weightFactor", |random| random.one_of(&weights));
            share.done(random)
        });
        shares.collect::<Value>()
    });
    policy.done(random)
}

fn policy_rules(random: &mut Random, policy: &mut Object) {
    match random.below(5) {
        0 => policy.set("quotaSharePolicy", json!({"idleResourceAssignmentStrategy": "FIFO"})),
        _ => policy.maybe(random, 90, "fairsharePolicy", fair_share),
    }
}

/// A scheduling policy.
pub(crate) fn policy(random: &mut Random) -> Value {
    let mut policy = Object::new();
    policy.set("name", text::name(random));
    policy_rules(random, &mut policy);
    policy.maybe(random, 40, "tags", text::tags);
    policy.done(random)
}

/// A change of a scheduling policy.
pub(crate) fn policy_update(random: &mut Random) -> Value {
    let mut policy = Object::new();
    policy.set("arn", policy_arn(random));
    policy_rules(random, &mut policy);
    policy.done(random)
}

fn tagged(random: &mut Random) -> String {
    let name = text::letters(random, 9);
    let id = text::job_id(random);
    let resources = [
        format!("job-queue/{name}"),
        format!("compute-environment/{name}"),
        format!("scheduling-policy/{name}"),
        format!("job-definition/{name}:7"),
        format!("job/{id}"),
    ];
    let resource = random.one_of(&resources);
    text::arn(random, &resource)
}

/// Tags for a resource.
pub(crate) fn tag(random: &mut Random) -> Value {
    let mut input = Object::new();
    input.set("resourceArn", tagged(random));
    input.set("tags", text::tags(random));
    input.done(random)
}

/// Tags that go.
pub(crate) fn untag(random: &mut Random) -> Value {
    let tags = text::tags(random);
    let mut input = Object::new();
    input.set("resourceArn", tagged(random));
    input.set("tagKeys", tags.as_object().unwrap().keys().cloned().collect::<Vec<_>>());
    input.done(random)
}

/// The tags of a resource.
pub(crate) fn tags_of(random: &mut Random) -> Value {
    json!({"resourceArn": tagged(random)})
}

/// One selector of jobs; filters only for queues, one at a time.
pub(crate) fn list_jobs(random: &mut Random) -> Value {
    let mut input = Object::new();
    let mut most = 1000;
    match random.below(4) {
        0 => input.set("arrayJobId", text::job_id(random)),
        1 => input.set("multiNodeJobId", text::job_id(random)),
        2 => input.set("jobQueue", text::name_or_arn(random, "job-queue")),
        _ => {
            input.set("jobQueue", text::name_or_arn(random, "job-queue"));
            let filters = [
                json!([{"name": "JOB_NAME", "values": ["night*"]}]),
                json!([{"values": ["sleep"], "name": "JOB_DEFINITION"}]),
                json!([{"name": "AFTER_CREATED_AT", "values": ["1700000000000"]}]),
                json!([{"name": "SHARE_IDENTIFIER", "values": ["UserA"]}]),
            ];
            input.set("filters", random.one_of(&filters));
            most = 100;
        }
    }
    let words = ["SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED", "FAILED"];
    input.maybe(random, 40, "jobStatus", |random| random.one_of(&words));
    input.maybe(random, 40, "maxResults", |random| random.number(1, most));
    input.maybe(random, 30, "nextToken", |random| text::letters(random, 40));
    input.done(random)
}

/// Up to a hundred jobs.
pub(crate) fn describe_jobs(random: &mut Random) -> Value {
    let count = random.size(1, 100);
    let jobs = text::different(random, count, |random| {
        let part = random.one_of(&["", "", ":7", "#0"]);
        text::job_id(random) + part
    });
    json!({"jobs": jobs})
}

/// Definitions by identifier, or by name and status.
pub(crate) fn describe_definitions(random: &mut Random) -> Value {
    let mut input = Object::new();
    if random.chance(40) {
        let count = random.size(1, 100);
        let names = text::different(random, count, |random| {
            let name = format!("{}:{}", text::letters(random, 9), random.number(1, 99));
            if random.chance(50) { name } else { text::arn(random, &format!("job-definition/{name}")) }
        });
        input.set("jobDefinitions", names);
    } else {
        input.maybe(random, 60, "jobDefinitionName", text::name);
        input.maybe(random, 60, "status", |random| random.one_of(&["ACTIVE", "INACTIVE"]));
        input.maybe(random, 40, "maxResults", |random| random.number(1, 100));
        input.maybe(random, 30, "nextToken", |random| text::letters(random, 40));
    }
    input.done(random)
}

/// The end of one job, and why.
pub(crate) fn end_job(random: &mut Random) -> Value {
    let mut input = Object::new();
    input.set("jobId", text::job_id(random) + random.one_of(&["", ":7"]));
    let length = random.size(1, 1024);
    input.set("reason", text::unicode(random, length));
    input.done(random)
}

/// A definition that goes: a revision is needed.
pub(crate) fn deregister(random: &mut Random) -> Value {
    let name = format!("{}:{}", text::name(random), random.number(1, 99));
    let arn = text::arn(random, &format!("job-definition/{name}"));
    json!({"jobDefinition": random.one_of(&[name, arn])})
}

/// Capacity limits of a quota share, each unit once.
fn capacity(random: &mut Random) -> Value {
    let mut units =
        random.some_of(&["ml.m5.large", "ml.g5.xlarge", "ml.p4d.24xlarge", "ml.c5.large", "ml.t3.large"]);
    if units.is_empty() {
        units.push("ml.m5.large");
    }
    units.iter().map(|unit| json!({"maxCapacity": random.number(1, 100), "capacityUnit": unit})).collect()
}

fn sharing(random: &mut Random) -> Value {
    match random.below(3) {
        0 => json!({"strategy": "RESERVE"}),
        1 => json!({"strategy": "LEND"}),
        _ => json!({"strategy": "LEND_AND_BORROW", "borrowLimit": random.one_of(&[-1, 1, 200])}),
    }
}

/// A quota share.
pub(crate) fn quota_share(random: &mut Random) -> Value {
    let mut share = Object::new();
    share.set("quotaShareName", text::name(random));
    share.set("jobQueue", text::name_or_arn(random, "job-queue"));
    share.set("capacityLimits", capacity(random));
    share.set("resourceSharingConfiguration", sharing(random));
    share.set(
        "preemptionConfiguration",
        json!({"inSharePreemption": random.one_of(&["ENABLED", "DISABLED"])}),
    );
    share.maybe(random, 40, "state", |random| random.one_of(&["ENABLED", "DISABLED"]));
    share.maybe(random, 40, "tags", text::tags);
    share.done(random)
}

/// A change of a quota share.
pub(crate) fn quota_share_update(random: &mut Random) -> Value {
    let mut share = Object::new();
    share.set("quotaShareArn", text::arn(random, "job-queue/q/quota-share/s"));
    share.maybe(random, 50, "capacityLimits", capacity);
    share.maybe(random, 50, "resourceSharingConfiguration", sharing);
    share.maybe(random, 40, "state", |random| random.one_of(&["ENABLED", "DISABLED"]));
    share.done(random)
}
