//! Job definitions: what all of them have in common, and those of a single container on EC2 or Fargate.

use serde_json::{Value, json};

use super::container::{self, Platform};
use super::object::{Object, list};
use super::random::Random;
use super::storage;
use super::text;

/// The longest job definition, as compact JSON.
pub(crate) const LONGEST: usize = 24 * 1024;

/// What every definition may have, whatever runs the job.
pub(crate) fn common(random: &mut Random, kind: &str) -> Object {
    let mut definition = Object::new();
    definition.set("jobDefinitionName", text::name(random));
    definition.set("type", kind);
    definition.maybe(random, 30, "parameters", |random| text::map(random, 8, text::free));
    definition.maybe(random, 20, "schedulingPriority", |random| random.number(0, 9999));
    definition.maybe(random, 30, "retryStrategy", retry_strategy);
    definition.maybe(random, 30, "timeout", timeout);
    definition.maybe(random, 30, "tags", text::tags);
    definition.maybe(random, 15, "consumableResourceProperties", consumables);
    definition
}

/// Which platforms a definition is for, and whether tags are passed on.
pub(crate) fn on_ecs(random: &mut Random, definition: &mut Object, platform: Platform) {
    match platform {
        Platform::Fargate => definition.set("platformCapabilities", json!(["FARGATE"])),
        Platform::Ec2 => definition.maybe(random, 30, "platformCapabilities", |_| json!(["EC2"])),
    }
    definition.maybe(random, 30, "propagateTags", |random| random.chance(50));
}

/// A definition that is not too long, the longest at times as long as it may be.
pub(crate) fn within(random: &mut Random, longest: usize, make: impl Fn(&mut Random) -> Object) -> Value {
    loop {
        let mut input = make(random).done(random);
        let room = longest.saturating_sub(input.to_string().len());
        let filler = ",\"parameters\":{\"fill\":\"\"}".len();
        if room >= filler && random.chance(4) && input.get("parameters").is_none() {
            input["parameters"] = json!({"fill": "x".repeat(room - filler)});
            assert_eq!(input.to_string().len(), longest);
        }
        if input.to_string().len() <= longest {
            return input;
        }
    }
}

pub(crate) fn timeout(random: &mut Random) -> Value {
    let seconds = random.one_of(&[60, 61, 3600, 31_536_000, i64::from(i32::MAX)]);
    random.one_of(&[json!({"attemptDurationSeconds": seconds}), json!({"attemptDurationSeconds": 60})])
}

/// Units of consumable resources.
pub(crate) fn consumables(random: &mut Random) -> Value {
    let count = random.size(1, 4);
    let names = text::different(random, count, |random| format!("resource-{}", text::letters(random, 3)));
    let entries = names.iter().map(|name| {
        let mut entry = Object::new();
        entry.set("consumableResource", name.as_str());
        entry.set("quantity", random.number(1, 1000));
        entry.done(random)
    });
    json!({"consumableResourceList": entries.collect::<Value>()})
}

/// Attempts with conditions; conditions never without attempts.
pub(crate) fn retry_strategy(random: &mut Random) -> Value {
    let mut strategy = Object::new();
    match random.below(6) {
        0 => {}
        1 => strategy.set("evaluateOnExit", json!([])),
        _ => {
            strategy.set("attempts", random.number(1, 10));
            strategy.maybe(random, 60, "evaluateOnExit", |random| {
                let count = random.size(0, 5);
                list(random, count, evaluate_on_exit)
            });
        }
    }
    strategy.done(random)
}

fn evaluate_on_exit(random: &mut Random) -> Value {
    let words = ["RETRY", "EXIT", "retry", "Exit", "rEtRy"];
    let mut entry = Object::new();
    entry.set("action", random.one_of(&words));
    entry.maybe(random, 50, "onExitCode", |random| pattern(random, "0123456789"));
    entry.maybe(random, 50, "onReason", |random| pattern(random, "aZ09.: \t"));
    entry.maybe(random, 30, "onStatusReason", |random| pattern(random, "aZ09.: \t"));
    if random.chance(20) {
        entry.set("onReason", "*");
    }
    entry.done(random)
}

/// A pattern of such characters, at times as long as it may be, at times with an asterisk at the end.
fn pattern(random: &mut Random, alphabet: &str) -> String {
    let length = random.size(1, 512);
    let mut pattern = text::of(random, alphabet, length);
    if random.chance(40) {
        pattern.pop();
        pattern.push('*');
    }
    pattern
}

/// The container of a job on a single node, or of a range of nodes.
pub(crate) fn properties(random: &mut Random, platform: Platform) -> Object {
    let windows = platform == Platform::Fargate && random.chance(8);
    let (volumes, names) = storage::volumes(random, platform, windows);
    let mut container = container::common(random, platform, windows, &names);
    container.maybe(random, 30, "executionRoleArn", text::role);
    container.maybe(random, 30, "jobRoleArn", text::role);
    if random.chance(10) {
        container.set("enableExecuteCommand", true);
        container.set("jobRoleArn", text::role(random));
    }
    if storage::needs_job_role(&volumes) {
        container.set("jobRoleArn", text::role(random));
    }
    if platform == Platform::Fargate {
        on_fargate(random, &mut container, storage::needs_recent_platform(&volumes), windows);
    } else {
        on_ec2(random, &mut container);
    }
    if !names.is_empty() {
        container.set("volumes", volumes);
    }
    container
}

fn on_ec2(random: &mut Random, container: &mut Object) {
    match random.below(10) {
        0 => {
            container.set("vcpus", random.number(1, 64));
            container.set("memory", random.number(4, 65536));
        }
        1 => {
            container.set("vcpus", random.number(1, 64));
            let memory = container::requirement(random, "MEMORY", 4);
            container.set("resourceRequirements", json!([memory]));
        }
        _ => container.set("resourceRequirements", container::ec2_requirements(random)),
    }
    container.maybe(random, 4, "runtimePlatform", |_| json!({"cpuArchitecture": "ARM64"}));
    container.maybe(random, 4, "ephemeralStorage", |_| json!({"sizeInGiB": 21}));
}

fn on_fargate(random: &mut Random, container: &mut Object, recent: bool, windows: bool) {
    container.set("executionRoleArn", text::role(random));
    container.set("resourceRequirements", container::fargate_requirements(random));
    container.maybe(random, 40, "networkConfiguration", network);
    let storage = !windows && random.chance(30);
    if storage {
        container.set("ephemeralStorage", json!({"sizeInGiB": random.number(21, 200)}));
    }
    let version = platform_version(random, recent || storage);
    container.maybe(random, 40, "fargatePlatformConfiguration", |_| json!({"platformVersion": version}));
    if windows {
        let family = "WINDOWS_SERVER_2022_CORE";
        container
            .set("runtimePlatform", json!({"operatingSystemFamily": family, "cpuArchitecture": "X86_64"}));
        let size =
            [container::requirement(random, "VCPU", 2), container::requirement(random, "MEMORY", 4096)];
        container.set("resourceRequirements", json!(size));
    } else {
        container.maybe(random, 30, "runtimePlatform", linux_platform);
    }
}

pub(crate) fn network(random: &mut Random) -> Value {
    random.one_of(&[json!({}), json!({"assignPublicIp": "ENABLED"}), json!({"assignPublicIp": "DISABLED"})])
}

/// A version of the platform, where it matters a recent one.
pub(crate) fn platform_version(random: &mut Random, recent: bool) -> &'static str {
    if recent { random.one_of(&["1.4.0", "LATEST"]) } else { random.one_of(&["1.3.0", "1.4.0", "LATEST"]) }
}

pub(crate) fn linux_platform(random: &mut Random) -> Value {
    let mut platform = Object::new();
    platform.maybe(random, 60, "operatingSystemFamily", |_| "LINUX");
    platform.maybe(random, 60, "cpuArchitecture", |random| random.one_of(&["X86_64", "ARM64"]));
    platform.done(random)
}

fn single(random: &mut Random, platform: Platform) -> Value {
    within(random, LONGEST, |random| {
        let mut definition = common(random, "container");
        on_ecs(random, &mut definition, platform);
        let container = properties(random, platform).done(random);
        definition.set("containerProperties", container);
        definition
    })
}

/// A container on EC2.
pub(crate) fn ec2(random: &mut Random) -> Value {
    single(random, Platform::Ec2)
}

/// A container on Fargate.
pub(crate) fn fargate(random: &mut Random) -> Value {
    single(random, Platform::Fargate)
}
