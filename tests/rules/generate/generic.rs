//! Inputs straight from the vocabulary, for operations whose members do not depend on each other.

use kiln::api::Operation;
use kiln::api::constraint::Check;
use kiln::api::shape::{Limits, Member, Structure, Type};
use serde_json::{Value, json};

use super::object::{Object, list};
use super::random::Random;
use super::{job, text};

/// The operations that are made this way.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::CancelJobs,
    Operation::CreateConsumableResource,
    Operation::CreateServiceEnvironment,
    Operation::DeleteComputeEnvironment,
    Operation::DeleteConsumableResource,
    Operation::DeleteJobQueue,
    Operation::DeleteQuotaShare,
    Operation::DeleteSchedulingPolicy,
    Operation::DeleteServiceEnvironment,
    Operation::DescribeComputeEnvironments,
    Operation::DescribeConsumableResource,
    Operation::DescribeJobQueues,
    Operation::DescribeQuotaShare,
    Operation::DescribeSchedulingPolicies,
    Operation::DescribeServiceEnvironments,
    Operation::DescribeServiceJob,
    Operation::GetJobQueueSnapshot,
    Operation::ListConsumableResources,
    Operation::ListJobsByConsumableResource,
    Operation::ListQuotaShares,
    Operation::ListSchedulingPolicies,
    Operation::ListServiceJobs,
    Operation::TerminateJobs,
    Operation::TerminateServiceJob,
    Operation::TerminateServiceJobs,
    Operation::UpdateConsumableResource,
    Operation::UpdateServiceEnvironment,
    Operation::UpdateServiceJob,
];

/// A legal input of one of these operations.
pub(crate) fn input(random: &mut Random, operation: Operation) -> Value {
    let mut input = object(random, operation.info().input);
    if operation == Operation::ListServiceJobs {
        // Without a queue there is nothing to list.
        input.set("jobQueue", text::name_or_arn(random, "job-queue"));
    }
    let filter = match operation {
        Operation::ListConsumableResources => "CONSUMABLE_RESOURCE_NAME",
        _ => "JOB_NAME",
    };
    if input.has("filters") {
        input.set("filters", json!([{"name": filter, "values": ["night*"]}]));
    }
    if operation == Operation::UpdateConsumableResource {
        input.set("operation", random.one_of(&["SET", "ADD", "REMOVE"]));
        input.set("quantity", random.number(1, 1000));
    }
    input.done(random)
}

fn object(random: &mut Random, structure: &Structure) -> Object {
    let mut object = Object::new();
    for member in structure.members {
        let is_given = member.constraints.iter().any(|constraint| constraint.check == Check::Given);
        if member.required || is_given || random.chance(40) {
            object
                .set(member.name, known(random, member).unwrap_or_else(|| value(random, member, &member.ty)));
        }
    }
    object
}

/// A value of a member whose name says what it must be like.
fn known(random: &mut Random, member: &Member) -> Option<Value> {
    Some(match member.name {
        "maxResults" => random.number(1, 100).into(),
        "nextToken" | "clientToken" => text::letters(random, 64).into(),
        "tags" => text::tags(random),
        "schedulingPriority" => random.number(0, 9999).into(),
        "totalQuantity" | "maxCapacity" | "quantity" => random.number(1, 1000).into(),
        "resourceType" => random.one_of(&["REPLENISHABLE", "NON_REPLENISHABLE"]).into(),
        "capacityUnit" => "NUM_INSTANCES".into(),
        "jobId" => text::job_id(random).into(),
        "jobDefinition" => job::job_definition(random).into(),
        "jobs" => {
            let count = random.size(1, 50);
            text::different(random, count, text::job_id).into()
        }
        "arns" => {
            let count = random.size(1, 100);
            text::different(random, count, |random| {
                let name = text::letters(random, 9);
                text::arn(random, &format!("scheduling-policy/{name}"))
            })
            .into()
        }
        "arn" => text::arn(random, "scheduling-policy/fair").into(),
        "quotaShareArn" => text::arn(random, "job-queue/q/quota-share/s").into(),
        "capacityLimits" => json!([{"maxCapacity": random.number(1, 100), "capacityUnit": "NUM_INSTANCES"}]),
        _ => return None,
    })
}

fn value(random: &mut Random, member: &Member, ty: &Type) -> Value {
    match ty {
        Type::String(limits) => string(random, member, *limits).into(),
        Type::Integer | Type::Long(Limits::NONE) => number(random, member, 1, 1000).into(),
        Type::Long(limits) => {
            number(random, member, limits.min.unwrap_or(0), limits.max.unwrap_or(1000)).into()
        }
        Type::Float | Type::Double => json!(0.5),
        Type::Boolean => random.chance(50).into(),
        Type::Enum(words) => {
            let words: Vec<_> = words.values.iter().map(|(word, _)| *word).collect();
            random.one_of(&words).into()
        }
        Type::List(item, limits) => {
            let most = limits.max.map_or(5, |most| usize::try_from(most).unwrap());
            let count = random.size(1, most);
            list(random, count, |random| value(random, member, item))
        }
        Type::Map(..) => text::map(random, 5, text::free),
        Type::Structure(structure) => object(random, structure).done(random),
    }
}

fn number(random: &mut Random, member: &Member, least: i64, most: i64) -> i64 {
    let range = member.constraints.iter().find_map(|constraint| match constraint.check {
        Check::Range(least, most) => Some((least as i64, most as i64)),
        _ => None,
    });
    let (least, most) = range.unwrap_or((least, most));
    random.number(least, most)
}

/// A text of a legal length and form: most are names.
fn string(random: &mut Random, member: &Member, limits: Limits) -> String {
    let mut most = limits.max.unwrap_or(128).min(128);
    for constraint in member.constraints {
        match constraint.check {
            Check::Words(words) => return random.one_of(words).to_owned(),
            Check::Length(limits) => most = most.min(limits.max.unwrap_or(most)),
            _ => {}
        }
    }
    let name = text::name(random);
    name[..name.len().min(usize::try_from(most).unwrap())].to_owned()
}
