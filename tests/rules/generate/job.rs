//! Submissions of jobs: plain ones, arrays, and every kind of override.

use serde_json::{Value, json};

use super::object::{Object, list};
use super::random::Random;
use super::{container, definition, eks, multinode, text};

/// The longest submission, as compact JSON.
pub(crate) const LONGEST: usize = 30 * 1024;

/// A job definition by name or ARN, with or without revision.
pub(crate) fn job_definition(random: &mut Random) -> String {
    let name = text::name(random);
    let number = random.number(1, 999);
    let revision = random.one_of(&[String::new(), format!(":{number}")]);
    match random.below(2) {
        0 => format!("{name}{revision}"),
        _ => text::arn(random, &format!("job-definition/{name}{revision}")),
    }
}

fn common(random: &mut Random) -> Object {
    let mut job = Object::new();
    job.set("jobName", text::job_name(random));
    job.set("jobQueue", text::name_or_arn(random, "job-queue"));
    job.set("jobDefinition", job_definition(random));
    if random.chance(25) {
        let length = random.size(1, 255);
        job.set("shareIdentifier", text::letters(random, length));
        job.maybe(random, 60, "schedulingPriorityOverride", |random| random.number(0, 9999));
    }
    job.maybe(random, 30, "parameters", |random| text::map(random, 8, text::free));
    job.maybe(random, 30, "retryStrategy", definition::retry_strategy);
    job.maybe(random, 30, "timeout", definition::timeout);
    job.maybe(random, 30, "tags", text::tags);
    job.maybe(random, 15, "consumableResourcePropertiesOverride", definition::consumables);
    job
}

/// Up to twenty dependencies; only arrays wait child by child.
fn depends_on(random: &mut Random, is_array: bool) -> Value {
    let count = random.size(0, 20);
    let ids = text::different(random, count, text::job_id);
    let mut dependencies: Vec<_> = ids
        .into_iter()
        .map(|id| {
            let mut dependency = Object::new();
            dependency.set("jobId", id);
            match random.below(4) {
                0 if is_array => dependency.set("type", "N_TO_N"),
                1 => dependency.set("type", "SEQUENTIAL"),
                _ => {}
            }
            dependency.done(random)
        })
        .collect();
    if is_array && random.chance(30) {
        dependencies.truncate(19);
        dependencies.push(json!({"type": "SEQUENTIAL"}));
        random.shuffle(&mut dependencies);
    }
    dependencies.into()
}

fn submission(random: &mut Random, shape: impl Fn(&mut Random, &mut Object)) -> Value {
    definition::within(random, LONGEST, |random| {
        let mut job = common(random);
        shape(random, &mut job);
        job
    })
}

/// A job without overrides.
pub(crate) fn plain(random: &mut Random) -> Value {
    submission(random, |random, job| {
        job.maybe(random, 40, "dependsOn", |random| depends_on(random, false));
        job.maybe(random, 30, "propagateTags", |random| random.chance(50));
    })
}

/// A job of many children.
pub(crate) fn array(random: &mut Random) -> Value {
    submission(random, |random, job| {
        job.set("arrayProperties", json!({"size": random.number(2, 10_000)}));
        job.maybe(random, 70, "dependsOn", |random| depends_on(random, true));
        job.maybe(random, 30, "propagateTags", |random| random.chance(50));
        job.maybe(random, 30, "containerOverrides", |random| container_overrides(random, false));
    })
}

/// Requirements whose platform is not known: parts of a vCPU are meant for Fargate.
fn requirements(random: &mut Random, on_nodes: bool) -> Value {
    if !on_nodes && random.chance(30) {
        return container::fargate_requirements(random);
    }
    let mut entries = Vec::new();
    if random.chance(60) {
        let vcpus = random.number(1, 64);
        entries.push(container::requirement(random, "VCPU", vcpus));
    }
    if random.chance(60) {
        let memory = random.one_of(&[4, 512, 2048, 122_880]);
        entries.push(container::requirement(random, "MEMORY", memory));
    }
    if random.chance(20) {
        let gpus = random.number(1, 8);
        entries.push(container::requirement(random, "GPU", gpus));
    }
    random.shuffle(&mut entries);
    entries.into()
}

fn override_common(random: &mut Random) -> Object {
    let mut changes = Object::new();
    changes.maybe(random, 50, "command", container::command);
    changes.maybe(random, 50, "environment", |random| container::environment(random, true));
    changes
}

fn container_overrides(random: &mut Random, on_nodes: bool) -> Value {
    let mut changes = override_common(random);
    match random.below(5) {
        0 => {
            changes.set("vcpus", random.number(1, 64));
            changes.set("memory", random.number(4, 65536));
        }
        1 | 2 => changes.set("resourceRequirements", requirements(random, on_nodes)),
        _ => {}
    }
    changes.done(random)
}

fn ecs_override(random: &mut Random, on_nodes: bool) -> Value {
    let count = random.size(1, 10);
    let names = text::different(random, count, |random| format!("c{}", text::letters(random, 2)));
    let containers = names.iter().map(|name| {
        let mut changes = override_common(random);
        changes.set("name", name.as_str());
        changes.maybe(random, 40, "resourceRequirements", |random| requirements(random, on_nodes));
        changes.done(random)
    });
    json!({"taskProperties": [{"containers": containers.collect::<Value>()}]})
}

fn pod_container(random: &mut Random, name: &str) -> Value {
    let mut changes = Object::new();
    changes.set("name", name);
    changes.maybe(random, 30, "image", text::image);
    changes.maybe(random, 40, "command", container::command);
    changes.maybe(random, 40, "args", container::command);
    changes.maybe(random, 40, "env", |random| container::environment(random, false));
    changes.maybe(random, 40, "resources", eks::resources);
    changes.done(random)
}

fn eks_override(random: &mut Random) -> Value {
    let mut pod = Object::new();
    pod.maybe(random, 80, "containers", |random| {
        let count = random.size(1, 10);
        let names = text::different(random, count, |random| format!("c{}", text::letters(random, 2)));
        names.iter().map(|name| pod_container(random, name)).collect::<Value>()
    });
    pod.maybe(random, 30, "initContainers", |random| {
        let count = random.size(0, 10);
        let names = text::different(random, count, |random| format!("i{}", text::letters(random, 2)));
        names.iter().map(|name| pod_container(random, name)).collect::<Value>()
    });
    pod.maybe(random, 40, "metadata", |random| eks::metadata(random, false));
    json!({"podProperties": pod.done(random)})
}

fn node_overrides(random: &mut Random) -> Value {
    let mut changes = Object::new();
    let nodes = random.number(1, 1000);
    changes.maybe(random, 40, "numNodes", |_| nodes);
    changes.maybe(random, 80, "nodePropertyOverrides", |random| {
        let groups = random.size(0, 5).min(usize::try_from(nodes).unwrap());
        let kind = random.below(3);
        let first_nodes = (0..groups).map(|first| i64::try_from(first).unwrap());
        first_nodes.map(|first| node_override(random, (first, nodes), kind)).collect::<Value>()
    });
    changes.done(random)
}

fn node_override(random: &mut Random, (first, nodes): (i64, i64), kind: usize) -> Value {
    let mut changes = Object::new();
    changes.set("targetNodes", multinode::range(random, first, first, nodes));
    match kind {
        0 => changes.maybe(random, 90, "containerOverrides", |random| container_overrides(random, true)),
        1 => changes.maybe(random, 90, "ecsPropertiesOverride", |random| ecs_override(random, true)),
        _ => changes.maybe(random, 90, "eksPropertiesOverride", eks_override),
    }
    if kind != 0 {
        changes.maybe(random, 20, "instanceTypes", |_| json!(["c5.large"]));
    }
    changes.maybe(random, 10, "consumableResourcePropertiesOverride", definition::consumables);
    changes.done(random)
}

/// A job that changes its container.
pub(crate) fn for_container(random: &mut Random) -> Value {
    submission(random, |random, job| {
        job.set("containerOverrides", container_overrides(random, false));
        job.maybe(random, 20, "dependsOn", |random| depends_on(random, false));
    })
}

/// A job that changes its nodes.
pub(crate) fn for_nodes(random: &mut Random) -> Value {
    submission(random, |random, job| job.set("nodeOverrides", node_overrides(random)))
}

/// A job that changes its task.
pub(crate) fn for_task(random: &mut Random) -> Value {
    submission(random, |random, job| job.set("ecsPropertiesOverride", ecs_override(random, false)))
}

/// A job that changes its pod.
pub(crate) fn for_pod(random: &mut Random) -> Value {
    submission(random, |random, job| job.set("eksPropertiesOverride", eks_override(random)))
}

/// A service job.
pub(crate) fn service(random: &mut Random) -> Value {
    let mut job = Object::new();
    job.set("jobName", text::job_name(random));
    job.set("jobQueue", text::name_or_arn(random, "job-queue"));
    job.set("serviceJobType", "SAGEMAKER_TRAINING");
    job.set("serviceRequestPayload", r#"{"TrainingJobName": "night-run"}"#);
    job.maybe(random, 40, "retryStrategy", |random| {
        let mut strategy = Object::new();
        strategy.set("attempts", random.number(1, 10));
        strategy.maybe(random, 50, "evaluateOnExit", |random| {
            let count = random.size(1, 5);
            list(
                random,
                count,
                |random| json!({"action": random.one_of(&["RETRY", "exit"]), "onStatusReason": "Capacity*"}),
            )
        });
        strategy.done(random)
    });
    job.maybe(random, 40, "schedulingPriority", |random| random.number(0, 9999));
    let share = random.one_of(&["shareIdentifier", "quotaShareName", "-"]);
    if share != "-" {
        job.set(share, text::letters(random, 9));
    }
    job.maybe(random, 30, "timeoutConfig", definition::timeout);
    job.maybe(random, 30, "tags", text::tags);
    job.maybe(random, 30, "clientToken", |random| {
        let length = random.size(1, 64);
        text::letters(random, length)
    });
    job.done(random)
}
