//! Job definitions of a task with one or several containers.

use serde_json::{Value, json};

use super::container::{self, Platform};
use super::definition;
use super::object::Object;
use super::random::Random;
use super::storage;
use super::text;

/// Names of the containers of a task; a single one may go without.
fn names(random: &mut Random) -> Vec<Option<String>> {
    let count = random.size(1, 10);
    if count == 1 && random.chance(40) {
        return vec![None];
    }
    text::different(random, count, |random| format!("c{}", text::letters(random, 2)))
        .into_iter()
        .map(Some)
        .collect()
}

/// What each of so many containers gets of a legal total, in quarters of a vCPU and MiB.
fn shares(random: &mut Random, count: usize) -> Vec<(i64, i64)> {
    let needed = i64::try_from(count).unwrap();
    let quarters = |vcpus: &str| (vcpus.parse::<f64>().unwrap() * 4.0) as i64;
    let pairs: Vec<_> =
        container::fargate_pairs().into_iter().filter(|(vcpus, _)| quarters(vcpus) >= needed).collect();
    let (vcpus, memory) = random.one_of(&pairs);
    let mut left = (quarters(vcpus), memory);
    let mut shares = Vec::new();
    for others in (0..needed).rev() {
        let cpu = if others == 0 { left.0 } else { random.number(1, left.0 - others) };
        let memory = if others == 0 { left.1 } else { random.number(4, left.1 - 4 * others) };
        left = (left.0 - cpu, left.1 - memory);
        shares.push((cpu, memory));
    }
    shares
}

fn vcpus(quarters: i64) -> String {
    let value = quarters as f64 / 4.0;
    format!("{value}")
}

/// Requirements of the containers of a task.
fn requirements(random: &mut Random, platform: Platform, count: usize) -> Vec<Value> {
    match platform {
        Platform::Ec2 => (0..count).map(|_| container::ec2_requirements(random)).collect(),
        Platform::Fargate => shares(random, count)
            .into_iter()
            .map(|(quarters, memory)| {
                let cpu = container::requirement(random, "VCPU", vcpus(quarters));
                let memory = container::requirement(random, "MEMORY", memory);
                random.one_of(&[json!([cpu, memory]), json!([memory, cpu])])
            })
            .collect(),
    }
}

/// Waits for containers that come before in the list, so that there is no cycle.
fn depends_on(random: &mut Random, before: &[(String, bool)]) -> Value {
    let waits = random.some_of(before).into_iter().map(|(name, essential)| {
        let conditions: &[_] = if essential { &["START"] } else { &["START", "COMPLETE", "SUCCESS"] };
        let mut wait = Object::new();
        wait.set("containerName", name);
        wait.set("condition", random.one_of(conditions));
        wait.done(random)
    });
    waits.collect()
}

fn containers(random: &mut Random, platform: Platform, volumes: &[String]) -> Value {
    let names = names(random);
    let requirements = requirements(random, platform, names.len());
    let essential = random.below(names.len());
    let mut before: Vec<(String, bool)> = Vec::new();
    let mut containers = Vec::new();
    for (position, (name, requirements)) in names.into_iter().zip(requirements).enumerate() {
        let mut container = container::common(random, platform, false, volumes);
        container.set("resourceRequirements", requirements);
        container.maybe(random, 20, "startTimeout", |random| random.number(2, 120));
        container.maybe(random, 20, "stopTimeout", |random| random.number(2, 120));
        if !before.is_empty() {
            container.maybe(random, 40, "dependsOn", |random| depends_on(random, &before));
        }
        let is_essential = position == essential || random.chance(50);
        if !is_essential {
            container.set("essential", false);
        } else {
            container.maybe(random, 50, "essential", |_| true);
        }
        if let Some(name) = name {
            container.set("name", name.as_str());
            before.push((name, is_essential));
        }
        containers.push(container.done(random));
    }
    if containers.len() > 1 && random.chance(5) && containers.iter().all(|one| one.get("dependsOn").is_none())
    {
        // Two containers of one name are not what is meant, but nothing says that they are refused.
        containers[0]["name"] = containers[1]["name"].clone();
    }
    containers.into()
}

/// `ecsProperties` with their one task.
pub(crate) fn properties(random: &mut Random, platform: Platform) -> Value {
    let (volumes, names) = storage::volumes(random, platform, false);
    let mut task = Object::new();
    task.set("containers", containers(random, platform, &names));
    task.maybe(random, 30, "executionRoleArn", text::role);
    task.maybe(random, 30, "taskRoleArn", text::role);
    if random.chance(10) {
        task.set("enableExecuteCommand", true);
        task.set("taskRoleArn", text::role(random));
    }
    if storage::needs_job_role(&volumes) {
        task.set("taskRoleArn", text::role(random));
    }
    if platform == Platform::Fargate {
        task.set("executionRoleArn", text::role(random));
        let storage = random.chance(30);
        if storage {
            task.set("ephemeralStorage", json!({"sizeInGiB": random.number(21, 200)}));
        }
        let recent = storage || storage::needs_recent_platform(&volumes);
        task.maybe(random, 40, "platformVersion", |random| definition::platform_version(random, recent));
        task.maybe(random, 30, "networkConfiguration", definition::network);
        task.maybe(random, 30, "runtimePlatform", definition::linux_platform);
        task.maybe(random, 10, "pidMode", |_| "task");
    } else {
        task.maybe(random, 20, "ipcMode", |random| random.one_of(&["host", "task", "none"]));
        task.maybe(random, 20, "pidMode", |random| random.one_of(&["host", "task"]));
    }
    if !names.is_empty() {
        task.set("volumes", volumes);
    }
    json!({"taskProperties": [task.done(random)]})
}

fn definition(random: &mut Random, platform: Platform) -> Value {
    definition::within(random, definition::LONGEST, |random| {
        let mut definition = definition::common(random, "container");
        definition::on_ecs(random, &mut definition, platform);
        definition.set("ecsProperties", properties(random, platform));
        definition
    })
}

/// A task on EC2.
pub(crate) fn ec2(random: &mut Random) -> Value {
    definition(random, Platform::Ec2)
}

/// A task on Fargate.
pub(crate) fn fargate(random: &mut Random) -> Value {
    definition(random, Platform::Fargate)
}
