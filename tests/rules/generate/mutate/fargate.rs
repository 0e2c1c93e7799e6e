//! Mistakes that are mistakes on Fargate only.

use kiln::rules::Path;
use serde_json::{Value, json};

use super::super::container::fargate_pairs;
use super::super::place::{down, parent};
use super::container::{any_container, set, set_inside};
use super::{Broken, Mutation, Subject, drop, free, put};

const ALONE: &[&str] = &["definition fargate"];
const TASK: &[&str] = &["definition task fargate"];
const BOTH: &[&str] = &["definition fargate", "definition task fargate"];
const ALONE_NAME: &str = "ContainerProperties";

pub(super) fn mutations() -> Vec<Mutation> {
    [sizes(), members(), settings(), versions()].into_iter().flatten().collect()
}

/// The entry of that resource in the only container there is.
fn entry(subject: &mut Subject<'_>, kind: &str) -> Option<Path> {
    let one = subject.any("EcsTaskProperties");
    if one.is_some_and(|task| subject.len(&task.key("containers")) > 1) {
        return None;
    }
    Some(subject.any_that("ResourceRequirement", |entry| entry["type"] == kind)?.key("value"))
}

/// A container is judged by itself, a task as a whole.
fn as_a_whole(subject: &mut Subject<'_>, path: Path) -> Option<Broken> {
    Broken::at(subject.any("EcsTaskProperties").map_or(path, |task| task.key("containers")))
}

fn sizes() -> Vec<Mutation> {
    let pairs =
        &["JDP-115", "JDP-116", "JDP-117", "JDP-118", "JDP-119", "JDP-120", "JDP-121", "JDP-122", "EVT-018"];
    vec![
        free("memory that does not go with the vCPUs", pairs, BOTH, |subject| {
            let path = entry(subject, "MEMORY")?;
            let vcpus = entry(subject, "VCPU")?;
            let vcpus = subject.get(&vcpus)?.as_str()?.to_owned();
            let legal: Vec<_> =
                fargate_pairs().into_iter().filter(|pair| pair.0 == vcpus).map(|pair| pair.1).collect();
            let wrong =
                [512, 1024, 1536, 2048, 4096, 4097, 17_408, 36_864, 31_744, 122_880, 131_072, 249_856];
            let wrong: Vec<_> = wrong.into_iter().filter(|memory| !legal.contains(memory)).collect();
            let memory = subject.random.one_of(&wrong);
            subject.set(&path, memory.to_string());
            as_a_whole(subject, path)
        }),
        free("vCPUs that Fargate does not have", &["JDP-126", "EVT-004"], BOTH, |subject| {
            let path = entry(subject, "VCPU")?;
            let vcpus = subject.random.one_of(&["3", "0.3", "64", "0.75"]);
            subject.set(&path, vcpus);
            as_a_whole(subject, path)
        }),
        free("a GPU", &["EVT-020", "JDP-111"], BOTH, |subject| {
            let list = any_container(subject)?.key("resourceRequirements");
            Broken::at(subject.push(&list, json!({"type": "GPU", "value": "1"})))
        }),
        put("deprecated vCPUs", &["EVT-016"], ALONE, (ALONE_NAME, "vcpus"), |_| json!(1)),
        put("deprecated memory", &["EVT-015"], ALONE, (ALONE_NAME, "memory"), |_| json!(512)),
    ]
}

/// A Linux setting that Fargate does not have.
fn linux(subject: &mut Subject<'_>, member: &str, value: &Value) -> Option<Broken> {
    set_inside(subject, "linuxParameters", json!({"initProcessEnabled": true, (member): value}), member)
}

fn members() -> Vec<Mutation> {
    vec![
        drop(
            "no execution role",
            &["JDP-024", "JDC-081", "EVT-009", "OPS-101"],
            ALONE,
            (ALONE_NAME, "executionRoleArn"),
        ),
        drop(
            "no execution role of a task",
            &["EVT-009", "JDX-054"],
            TASK,
            ("EcsTaskProperties", "executionRoleArn"),
        ),
        free("devices", &["JDP-044", "EVT-022", "EVT-006", "JDC-085"], BOTH, |subject| {
            linux(subject, "devices", &json!([{"hostPath": "/dev/fuse"}]))
        }),
        free("swap", &["JDP-056", "EVT-023", "JDP-065", "JDC-085"], BOTH, |subject| {
            linux(subject, "maxSwap", &json!(0))
        }),
        free("shared memory", &["JDP-059", "EVT-024", "JDC-085"], BOTH, |subject| {
            linux(subject, "sharedMemorySize", &json!(64))
        }),
        free("swappiness", &["EVT-025", "JDP-065", "JDC-085"], BOTH, |subject| {
            linux(subject, "swappiness", &json!(60))
        }),
        free("a tmpfs", &["JDP-068", "EVT-026", "JDC-085"], BOTH, |subject| {
            linux(subject, "tmpfs", &json!([{"containerPath": "/tmp", "size": 64}]))
        }),
    ]
}

fn settings() -> Vec<Mutation> {
    vec![
        free("limits", &["EVT-014", "JDC-085"], BOTH, |subject| {
            set(subject, "ulimits", json!([{"name": "nofile", "softLimit": 1, "hardLimit": 2}]))
        }),
        free("privileges", &["JDP-104", "EVT-017", "JDC-085"], BOTH, |subject| {
            set(subject, "privileged", json!(true))
        }),
        put(
            "an instance type",
            &["JDP-037", "EVT-013", "JDC-085"],
            ALONE,
            (ALONE_NAME, "instanceType"),
            |_| json!("c5.large"),
        ),
        free("a volume of the host", &["JDP-148"], BOTH, |subject| {
            let list = subject.any(ALONE_NAME).or_else(|| subject.any("EcsTaskProperties"))?.key("volumes");
            let host = subject.random.one_of(&[json!({}), json!({"sourcePath": "/data"})]);
            Broken::at(subject.push(&list, json!({"name": "of-the-host", "host": host})).key("host"))
        }),
        free("a log driver of EC2", &["JDP-081", "EVT-027"], BOTH, |subject| {
            let driver = subject.random.one_of(&["json-file", "syslog", "journald", "gelf", "fluentd"]);
            set_inside(subject, "logConfiguration", json!({"logDriver": driver}), "logDriver")
        }),
        put(
            "a namespace between processes",
            &["JDX-031"],
            TASK,
            ("EcsTaskProperties", "ipcMode"),
            |random| random.one_of(&["task", "host"]).into(),
        ),
        free(
            "several nodes",
            &["JDP-007", "EVT-008", "JDC-116", "JDC-005"],
            &["definition nodes containers"],
            |subject| {
                subject.set(&Path::root().key("platformCapabilities"), json!(["FARGATE"]));
                Broken::at(Path::root().key("nodeProperties"))
            },
        ),
        put(
            "too little storage",
            &["JDC-078", "OPS-100"],
            BOTH,
            ("EphemeralStorage", "sizeInGiB"),
            |random| random.one_of(&[20, 0, -1]).into(),
        ),
        put("too much storage", &["JDC-078"], BOTH, ("EphemeralStorage", "sizeInGiB"), |_| json!(201)),
        put(
            "another operating system",
            &["JDC-073"],
            BOTH,
            ("RuntimePlatform", "operatingSystemFamily"),
            |_| json!("MACOS"),
        ),
        put("another architecture", &["JDC-074"], BOTH, ("RuntimePlatform", "cpuArchitecture"), |_| {
            json!("RISCV")
        }),
    ]
}

/// The place of the platform version, which is set to that.
fn version(subject: &mut Subject<'_>, holder: &Path, version: &str) -> Path {
    let is_task = subject.get(&holder.clone().key("containers")).is_some();
    let steps = if is_task { "platformVersion" } else { "fargatePlatformConfiguration.platformVersion" };
    let path = down(holder, steps);
    if !is_task {
        subject.set(&parent(&path).0, json!({}));
    }
    subject.set(&path, version);
    path
}

fn versions() -> Vec<Mutation> {
    vec![
        free("storage on an old platform", &["JDC-080"], BOTH, |subject| {
            let holder = subject.any(ALONE_NAME).or_else(|| subject.any("EcsTaskProperties"))?;
            if subject.input.to_string().contains("WINDOWS") {
                return None;
            }
            subject.set(&holder.clone().key("ephemeralStorage"), json!({"sizeInGiB": 50}));
            subject.remove(&holder.clone().key("volumes"));
            unmount(subject);
            Broken::at(version(subject, &holder, "1.3.0"))
        }),
        free("a file system on an old platform", &["JDX-102"], BOTH, |subject| {
            let holder = subject.any(ALONE_NAME).or_else(|| subject.any("EcsTaskProperties"))?;
            if subject.input.to_string().contains("WINDOWS") {
                return None;
            }
            subject.remove(&holder.clone().key("ephemeralStorage"));
            let volume = json!({"name": "efs", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}});
            subject.set(&holder.clone().key("volumes"), json!([volume]));
            unmount(subject);
            Broken::at(version(subject, &holder, "1.3.0"))
        }),
        free("no version", &["JDC-075", "EVT-011"], BOTH, |subject| {
            let holder = subject.any(ALONE_NAME).or_else(|| subject.any("EcsTaskProperties"))?;
            Broken::at(version(subject, &holder, "newest"))
        }),
        put(
            "a platform in a string",
            &["EVT-007", "JDC-130"],
            ALONE,
            ("RegisterJobDefinitionRequest", "platformCapabilities"),
            |_| json!("FARGATE"),
        ),
    ]
}

/// No container mounts anything any more.
fn unmount(subject: &mut Subject<'_>) {
    while let Some(container) = ["ContainerProperties", "TaskContainerProperties"]
        .iter()
        .find_map(|name| subject.any_that(name, |container| container.get("mountPoints").is_some()))
    {
        subject.remove(&container.key("mountPoints"));
    }
}
