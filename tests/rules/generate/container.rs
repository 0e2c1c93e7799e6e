//! Containers of job definitions on EC2 and Fargate: what they have in common, alone or in a task.

use std::fmt::Display;

use serde_json::{Value, json};

use super::logging;
use super::object::{Object, list};
use super::random::Random;
use super::storage;
use super::text;

/// Where a container runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Platform {
    Ec2,
    Fargate,
}

/// The vCPUs that Fargate offers with the least and greatest memory and the step between, in MiB.
const RANGES: &[(&str, i64, i64, i64)] = &[
    ("0.5", 1024, 4096, 1024),
    ("1", 2048, 8192, 1024),
    ("2", 4096, 16384, 1024),
    ("4", 8192, 30720, 1024),
    ("8", 16384, 61440, 4096),
    ("16", 32768, 122_880, 8192),
];

/// Every pair of vCPUs and MiB of memory that Fargate offers.
pub(crate) fn fargate_pairs() -> Vec<(&'static str, i64)> {
    let mut pairs = vec![("0.25", 512), ("0.25", 1024), ("0.25", 2048)];
    pairs.extend([("32", 61440), ("32", 122_880), ("32", 249_856)]);
    for (vcpus, least, most, step) in RANGES {
        let memories = (0..=(most - least) / step).map(|n| least + n * step);
        pairs.extend(memories.map(|memory| (*vcpus, memory)));
    }
    pairs
}

/// An entry of `resourceRequirements`.
pub(crate) fn requirement(random: &mut Random, kind: &str, value: impl Display) -> Value {
    let mut entry = Object::new();
    entry.set("type", kind);
    entry.set("value", value.to_string());
    entry.done(random)
}

/// vCPUs and memory for EC2, at times with GPUs.
pub(crate) fn ec2_requirements(random: &mut Random) -> Value {
    let vcpus = random.number(1, 64);
    let memory = random.number(4, 65536);
    let mut entries = vec![requirement(random, "VCPU", vcpus), requirement(random, "MEMORY", memory)];
    if random.chance(15) {
        let gpus = random.number(1, 8);
        entries.push(requirement(random, "GPU", gpus));
    }
    random.shuffle(&mut entries);
    entries.into()
}

/// vCPUs and memory for Fargate.
pub(crate) fn fargate_requirements(random: &mut Random) -> Value {
    let (vcpus, memory) = random.one_of(&fargate_pairs());
    let mut entries = vec![requirement(random, "VCPU", vcpus), requirement(random, "MEMORY", memory)];
    random.shuffle(&mut entries);
    entries.into()
}

/// Variables with different names, none of them reserved.
pub(crate) fn environment(random: &mut Random, needs_value: bool) -> Value {
    let count = random.size(0, 12);
    let names = text::different(random, count, |random| match random.below(6) {
        0 => "MY_AWS_BATCH".to_owned(),
        1 => "AWS_REGION".to_owned(),
        2 => "aws_batch_stage".to_owned(),
        _ => {
            let length = random.size(1, 40);
            text::letters(random, length)
        }
    });
    let variables = names.into_iter().map(|name| {
        let mut variable = Object::new();
        variable.set("name", name);
        let percent = if needs_value { 100 } else { 70 };
        variable.maybe(random, percent, "value", |random| match random.below(5) {
            0 => "AWS_BATCH_JOB_ID".to_owned(),
            1 => String::new(),
            _ => text::free(random),
        });
        variable.done(random)
    });
    variables.collect()
}

/// A command with its arguments.
pub(crate) fn command(random: &mut Random) -> Value {
    let count = random.size(1, 20);
    let mut words = list(random, count, |random| text::free(random).into());
    if count > 1 && random.chance(5) {
        words[count - 1] = "".into();
    }
    words
}

/// What containers of definitions have in common, whether they stand alone or in a task.
pub(crate) fn common(random: &mut Random, platform: Platform, windows: bool, volumes: &[String]) -> Object {
    let mut container = Object::new();
    container.set("image", text::image(random));
    container.maybe(random, 60, "command", command);
    container.maybe(random, 50, "environment", |random| environment(random, true));
    container.maybe(random, 25, "logConfiguration", |random| logging::configuration(random, platform));
    container.maybe(random, 25, "secrets", logging::secrets);
    if !volumes.is_empty() {
        container.maybe(random, 80, "mountPoints", |random| storage::mount_points(random, volumes));
    }
    if random.chance(10) {
        container.set("image", "quay.io/assemblyline/ubuntu:22.04");
        let login = "arn:aws:secretsmanager:us-east-1:123456789012:secret:login-AbCdEf";
        let parameter = random.one_of(&[login, "login"]);
        container.set("repositoryCredentials", json!({"credentialsParameter": parameter}));
    }
    match platform {
        Platform::Ec2 => {
            container.maybe(random, 20, "privileged", |random| random.chance(50));
            container.maybe(random, 25, "ulimits", ulimits);
        }
        Platform::Fargate => {
            container.maybe(random, 20, "privileged", |_| false);
            container.maybe(random, 10, "ulimits", |_| json!([]));
        }
    }
    if !windows {
        container.maybe(random, 25, "linuxParameters", |random| linux(random, platform));
        container.maybe(random, 20, "readonlyRootFilesystem", |random| random.chance(50));
        container.maybe(random, 20, "user", |random| random.one_of(&["nobody", "1000", "1000:100"]));
    }
    container
}

/// Limits of different kinds, the soft one never above the hard one.
fn ulimits(random: &mut Random) -> Value {
    let kinds = [
        "core",
        "cpu",
        "data",
        "fsize",
        "locks",
        "memlock",
        "msgqueue",
        "nice",
        "nofile",
        "nproc",
        "rss",
        "rtprio",
        "rttime",
        "sigpending",
        "stack",
    ];
    let limits = random.some_of(&kinds).into_iter().map(|kind| {
        let hard = random.number(0, 1_000_000);
        let mut limit = Object::new();
        limit.set("name", kind);
        limit.set("hardLimit", hard);
        limit.set("softLimit", random.number(0, hard));
        limit.done(random)
    });
    limits.collect()
}

/// Linux settings; on Fargate only the one that is offered there.
fn linux(random: &mut Random, platform: Platform) -> Value {
    let mut settings = Object::new();
    settings.maybe(random, 50, "initProcessEnabled", |random| random.chance(50));
    if platform == Platform::Ec2 {
        settings.maybe(random, 40, "devices", |random| {
            let count = random.size(0, 4);
            list(random, count, device)
        });
        settings.maybe(random, 30, "sharedMemorySize", |random| random.number(1, 65536));
        settings.maybe(random, 30, "maxSwap", |random| random.number(0, 65536));
        settings.maybe(random, 30, "swappiness", |random| random.number(0, 100));
        settings.maybe(random, 30, "tmpfs", |random| {
            let count = random.size(0, 3);
            list(random, count, tmpfs)
        });
    }
    settings.done(random)
}

fn device(random: &mut Random) -> Value {
    let mut device = Object::new();
    device.set("hostPath", format!("/dev{}", text::directory(random)));
    device.maybe(random, 40, "containerPath", text::directory);
    device.maybe(random, 40, "permissions", |random| {
        let first = random.one_of(&["READ", "WRITE", "MKNOD"]);
        random.one_of(&[json!([first]), json!(["MKNOD", "READ", "WRITE"])])
    });
    device.done(random)
}

/// The mount options that the guide lists.
const OPTIONS: &str = "defaults ro rw suid nosuid dev nodev exec noexec sync async dirsync remount mand nomand atime \
    noatime diratime nodiratime bind rbind unbindable runbindable private rprivate shared rshared slave rslave \
    relatime norelatime strictatime nostrictatime mode uid gid nr_inodes nr_blocks mpol";

fn tmpfs(random: &mut Random) -> Value {
    let options: Vec<_> = OPTIONS.split_whitespace().collect();
    let mut mount = Object::new();
    mount.set("containerPath", text::directory(random));
    mount.set("size", random.number(1, 4096));
    mount.maybe(random, 50, "mountOptions", |random| {
        let mut chosen = random.some_of(&options);
        chosen.truncate(6);
        if random.chance(30) {
            chosen.push(random.one_of(&["mode=1777", "uid=1000", "gid=0", "nr_inodes=4k"]));
        }
        json!(chosen)
    });
    mount.done(random)
}

#[test]
fn of_all_pairs_those_of_fargate_are_accepted() {
    let vcpus = ["0.25", "0.5", "0.75", "1", "2", "3", "4", "6", "8", "12", "16", "24", "32", "64"];
    let memories = (1..=31).map(|n| n * 512).chain((2..=63).map(|n| n * 4096));
    let pairs = fargate_pairs();
    for (vcpus, memory) in memories.flat_map(|memory| vcpus.map(|vcpus| (vcpus, memory))) {
        let size = json!([{"type": "VCPU", "value": vcpus}, {"type": "MEMORY", "value": memory.to_string()}]);
        let container = json!({"image": "busybox", "resourceRequirements": size, "executionRoleArn": "arn:aws:iam::123456789012:role/r"});
        let input = json!({"jobDefinitionName": "a", "type": "container", "platformCapabilities": ["FARGATE"],
            "containerProperties": container});
        let found = super::errors(kiln::api::Operation::RegisterJobDefinition, &input);
        let at = if pairs.iter().any(|pair| pair.0 == vcpus) { 1 } else { 0 };
        let at = format!("containerProperties.resourceRequirements[{at}].value");
        let paths: Vec<_> = found.iter().map(|error| error.path.to_string()).collect();
        let is_right = match pairs.contains(&(vcpus, memory)) {
            true => paths.is_empty(),
            // Memory that no number of vCPUs goes with may be found beside vCPUs that there are not.
            false => paths.first() == Some(&at) && paths.len() <= 2,
        };
        assert!(is_right, "{vcpus} vCPU and {memory} MiB: {found:?}");
    }
}

#[test]
fn fargate_pairs_are_those_of_the_guide() {
    let pairs = fargate_pairs();
    assert_eq!(pairs.len(), 3 + 3 + 4 + 7 + 13 + 23 + 12 + 12);
    assert!(
        pairs.contains(&("4", 30720)) && pairs.contains(&("16", 122_880)) && !pairs.contains(&("0.25", 1536))
    );
}
