//! Mistakes in containers on EC2 and Fargate, alone or in a task.

use kiln::rules::Path;
use serde_json::{Value, json};

use super::super::{place::down, text};
use super::{Broken, Mutation, Subject, drop, free, put};

/// Containers alone.
const ALONE: &[&str] = &["definition ec2", "definition fargate", "definition nodes containers"];
/// Containers alone and in tasks, on any platform.
pub(super) const ANY: &[&str] = &[
    "definition ec2",
    "definition fargate",
    "definition task",
    "definition nodes containers",
    "definition nodes tasks",
];
/// Containers alone on EC2.
const ALONE_ON_EC2: &[&str] = &["definition ec2", "definition nodes containers"];
/// Containers alone and in tasks on EC2.
pub(super) const ON_EC2: &[&str] =
    &["definition ec2", "definition task ec2", "definition nodes containers", "definition nodes tasks"];
pub(super) const ALONE_NAME: &str = "ContainerProperties";

/// Any container of a definition.
pub(super) fn any_container(subject: &mut Subject<'_>) -> Option<Path> {
    subject.any(ALONE_NAME).or_else(|| subject.any("TaskContainerProperties"))
}

/// Any container gets another value of a member.
pub(super) fn set(subject: &mut Subject<'_>, member: &str, value: Value) -> Option<Broken> {
    let path = down(&any_container(subject)?, member);
    subject.set(&path, value);
    Broken::at(path)
}

/// Any container gets a member whose value is wrong further down.
pub(super) fn set_inside(subject: &mut Subject<'_>, member: &str, value: Value, at: &str) -> Option<Broken> {
    let path = any_container(subject)?.key(member);
    subject.set(&path, value);
    Broken::at(down(&path, at))
}

pub(super) fn mutations() -> Vec<Mutation> {
    [images(), variables(), amounts(), members()].into_iter().flatten().collect()
}

fn images() -> Vec<Mutation> {
    vec![
        drop("no image", &["JDP-029", "JDC-023", "OPS-063"], ALONE, (ALONE_NAME, "image")),
        free("an image of 256 characters", &["JDP-030", "JDC-025", "OPS-063"], ANY, |subject| {
            set(subject, "image", json!("a".repeat(256)))
        }),
        free("an image with other characters", &["JDP-031", "JDC-027", "OPS-063"], ANY, |subject| {
            let image = subject.random.one_of(&["my image", "busybox!", "büsybox", "a,b"]);
            set(subject, "image", image.into())
        }),
        free(
            "an image in no known form",
            &["JDP-032", "JDC-032", "JDC-033", "JDC-034", "OPS-066"],
            ANY,
            |subject| {
                let image = subject.random.one_of(&[
                    "https://quay.io/team/x",
                    "quay.io//ubuntu",
                    "ubuntu:",
                    "amazon/",
                ]);
                set(subject, "image", image.into())
            },
        ),
    ]
}

/// Puts an item somewhere into a list of any container.
pub(super) fn insert(subject: &mut Subject<'_>, member: &str, item: Value) -> Option<Path> {
    let list = any_container(subject)?.key(member);
    if subject.get(&list).is_none() {
        subject.set(&list, json!([]));
    }
    let position = subject.random.below(subject.len(&list) + 1);
    super::place::get_mut(&mut subject.input, &list)?.as_array_mut()?.insert(position, item);
    Some(list.index(position))
}

fn variables() -> Vec<Mutation> {
    vec![
        free("a reserved variable", &["JDP-020", "JOB-048"], ANY, |subject| {
            let name = subject.random.one_of(&["AWS_BATCH_JOB_ID", "AWS_BATCH", "AWS_BATCHES"]);
            Broken::at(insert(subject, "environment", json!({"value": "x", "name": name}))?.key("name"))
        }),
        free("a variable without name", &["JDP-018"], ANY, |subject| {
            Broken::at(insert(subject, "environment", json!({"value": "x"}))?.key("name"))
        }),
        free("a variable without value", &["JDP-019"], ANY, |subject| {
            Broken::at(insert(subject, "environment", json!({"name": "LONELY"}))?.key("value"))
        }),
        free("variables as a map", &["JDP-017"], ANY, |subject| {
            set(subject, "environment", json!({"A": "1"}))
        }),
        free("a secret without name", &["JDP-129", "JDX-071"], ANY, |subject| {
            Broken::at(insert(subject, "secrets", json!({"valueFrom": "/db"}))?.key("name"))
        }),
        free("a secret without source", &["JDP-130", "JDX-071"], ANY, |subject| {
            Broken::at(insert(subject, "secrets", json!({"name": "LONELY"}))?.key("valueFrom"))
        }),
        free("a secret with too few or too many parts", &["JDX-077", "JDX-078"], ANY, |subject| {
            let suffix = subject.random.one_of(&[":username1", "::9d4cb84b", ":k:st:id:extra"]);
            let from = format!("arn:aws:secretsmanager:us-east-1:123456789012:secret:s-AbCdEf{suffix}");
            Broken::at(
                insert(subject, "secrets", json!({"name": "ODD", "valueFrom": from}))?.key("valueFrom"),
            )
        }),
        free("a secret of both a stage and a version", &["JDX-082"], ANY, |subject| {
            let from = "arn:aws:secretsmanager:us-east-1:123456789012:secret:s-AbCdEf:k:AWSPREVIOUS:9d4cb84b";
            Broken::at(
                insert(subject, "secrets", json!({"name": "ODD", "valueFrom": from}))?.key("valueFrom"),
            )
        }),
        free("a command as text", &["JDP-015", "JDC-035", "JDX-124"], ANY, |subject| {
            set(subject, "command", json!("echo hi"))
        }),
    ]
}

fn amounts() -> Vec<Mutation> {
    vec![
        free("an unknown resource", &["JDP-108"], ANY, |subject| {
            let item = json!({"type": "CPU", "value": "1"});
            Broken::at(insert(subject, "resourceRequirements", item)?.key("type"))
        }),
        put(
            "an amount that is a number",
            &["JDP-109", "JDC-135", "JDX-052", "EVT-019", "JOB-124"],
            ANY,
            ("ResourceRequirement", "value"),
            |random| random.one_of(&[json!(1), json!(0.25), json!(2048)]),
        ),
        free("too little memory", &["JDP-113", "JDC-045"], ON_EC2, |subject| {
            amount(subject, "MEMORY", &["3", "0", "-4"])
        }),
        free(
            "no memory at all",
            &["JDP-114"],
            &["definition ec2", "definition fargate", "definition task"],
            |subject| without(subject, "MEMORY"),
        ),
        free(
            "no vCPU at all",
            &["JDP-125", "JDC-044"],
            &["definition ec2", "definition fargate", "definition task"],
            |subject| without(subject, "VCPU"),
        ),
        free("less than a vCPU on EC2", &["JDP-124", "JDC-044"], ON_EC2, |subject| {
            amount(subject, "VCPU", &["0", "0.5", "-1"])
        }),
        free("a part of a GPU", &["JOB-028"], ON_EC2, |subject| amount(subject, "GPU", &["1.5", "0.5"])),
    ]
}

/// Any amount of that resource becomes a wrong one.
fn amount(subject: &mut Subject<'_>, kind: &str, values: &[&str]) -> Option<Broken> {
    let path = subject.any_that("ResourceRequirement", |entry| entry["type"] == kind)?.key("value");
    let value = subject.random.one_of(values);
    subject.set(&path, value);
    Broken::at(path)
}

/// A container has no entry for that resource any more.
fn without(subject: &mut Subject<'_>, kind: &str) -> Option<Broken> {
    let entry = subject.any_that("ResourceRequirement", |entry| entry["type"] == kind)?;
    let list = super::place::parent(&entry).0;
    if subject.len(&list) < 2 {
        return None;
    }
    subject.remove(&entry);
    Broken::at(list)
}

fn members() -> Vec<Mutation> {
    vec![
        free("a login without secret", &["JDX-093"], ANY, |subject| {
            set_inside(subject, "repositoryCredentials", json!({}), "credentialsParameter")
        }),
        free("a user that is a number", &["JDP-138", "JDX-119"], ANY, |subject| {
            set(subject, "user", json!(1000))
        }),
        put("a job role in a list", &["JDP-039", "JDC-040"], ALONE, (ALONE_NAME, "jobRoleArn"), |random| {
            json!([text::role(random)])
        }),
        free("a file system spelled as in a pod", &["JDP-105", "JDC-133"], ANY, |subject| {
            set(subject, "readOnlyRootFilesystem", json!(true))
        }),
        put("what only a task has", &["JDX-031"], ALONE, (ALONE_NAME, "essential"), |_| json!(true)),
        put(
            "a platform version on EC2",
            &["JDP-026", "EVT-010", "JDC-086"],
            ALONE_ON_EC2,
            (ALONE_NAME, "fargatePlatformConfiguration"),
            |random| random.one_of(&[json!({"platformVersion": "LATEST"}), json!({})]),
        ),
        put(
            "a network on EC2",
            &["JDP-097", "JDC-086"],
            ALONE_ON_EC2,
            (ALONE_NAME, "networkConfiguration"),
            |random| random.one_of(&[json!({"assignPublicIp": "DISABLED"}), json!({})]),
        ),
        put(
            "an instance type of a single node",
            &["JDP-036"],
            &["definition ec2"],
            (ALONE_NAME, "instanceType"),
            |_| json!("c5.large"),
        ),
        put("vCPUs as text", &["JDC-134", "JDP-140"], &["definition ec2"], (ALONE_NAME, "vcpus"), |_| {
            json!("1")
        }),
        put(
            "a public address by true",
            &["JDP-099", "JDC-076"],
            &["definition fargate"],
            ("NetworkConfiguration", "assignPublicIp"),
            |_| json!(true),
        ),
    ]
}
