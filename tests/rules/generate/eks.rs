//! Job definitions of pods on Kubernetes.

use serde_json::{Value, json};

use super::container;
use super::definition;
use super::object::{Object, list};
use super::random::Random;
use super::text;

/// `eksProperties` with their pod.
pub(crate) fn properties(random: &mut Random) -> Value {
    let mut pod = Object::new();
    let (volumes, volume_names) = volumes(random);
    let count = random.size(1, 10);
    let inits = if random.chance(25) { random.size(0, 10) } else { 0 };
    let mut names = text::different(random, count + inits, |random| {
        let length = random.size(1, 63);
        text::letters(random, 1) + &text::of(random, "aZ09-", length - 1)
    });
    let init_names = names.split_off(count);
    let can_go_unnamed = count == 1 && inits == 0 && random.chance(40);
    let containers = names.iter().map(|name| {
        let mut container = container(random, &volume_names);
        if !can_go_unnamed {
            container.set("name", name.as_str());
        }
        container.done(random)
    });
    pod.set("containers", containers.collect::<Value>());
    if inits > 0 || random.chance(10) {
        let containers = init_names.iter().map(|name| {
            let mut container = container(random, &volume_names);
            container.set("name", name.as_str());
            container.done(random)
        });
        pod.set("initContainers", containers.collect::<Value>());
    }
    if !volume_names.is_empty() {
        pod.set("volumes", volumes);
    }
    settings(random, &mut pod);
    json!({"podProperties": pod.done(random)})
}

/// What the containers of a pod share.
fn settings(random: &mut Random, pod: &mut Object) {
    let host_network = random.chance(50);
    pod.maybe(random, 40, "hostNetwork", |_| host_network);
    pod.maybe(random, 40, "dnsPolicy", |random| {
        let policies = ["Default", "ClusterFirst", "ClusterFirstWithHostNet"];
        random.one_of(if host_network { &policies } else { &policies[..2] })
    });
    pod.maybe(random, 20, "serviceAccountName", |random| text::label(random, 63));
    pod.maybe(random, 20, "shareProcessNamespace", |random| random.chance(50));
    pod.maybe(random, 20, "imagePullSecrets", |random| {
        let count = random.size(0, 3);
        let names = text::different(random, count, |random| text::label(random, 30));
        names.into_iter().map(|name| json!({"name": name})).collect::<Value>()
    });
    pod.maybe(random, 30, "metadata", |random| metadata(random, true));
    pod.maybe(random, 20, "securityContext", |random| {
        let mut context = identity(random);
        context.maybe(random, 40, "fsGroup", |random| random.number(0, 2_147_483_647));
        context.done(random)
    });
}

/// Labels and annotations, with a namespace where it may be given.
pub(crate) fn metadata(random: &mut Random, has_namespace: bool) -> Value {
    let mut metadata = Object::new();
    metadata.maybe(random, 70, "labels", |random| {
        let mut labels = text::map(random, 5, |random| {
            let length = random.size(1, 63);
            text::letters(random, length)
        });
        labels["example.com/app.kind_x"] = random.one_of(&["", "a", "night-run"]).into();
        labels
    });
    metadata.maybe(random, 50, "annotations", |random| {
        let mut annotations = text::map(random, 5, text::free);
        annotations["example.com/note"] = "n".repeat(255).into();
        annotations
    });
    if has_namespace {
        metadata.maybe(random, 40, "namespace", |random| text::label(random, 63));
    }
    metadata.done(random)
}

fn container(random: &mut Random, volumes: &[String]) -> Object {
    let mut container = Object::new();
    container.set("image", text::image(random));
    container.set("resources", resources(random));
    let policies = ["Always", "IfNotPresent", "Never"];
    container.maybe(random, 25, "imagePullPolicy", |random| random.one_of(&policies));
    container.maybe(random, 50, "command", container::command);
    container.maybe(random, 50, "args", container::command);
    container.maybe(random, 40, "env", |random| container::environment(random, false));
    container.maybe(random, 25, "securityContext", security_context);
    if !volumes.is_empty() {
        container.maybe(random, 60, "volumeMounts", |random| volume_mounts(random, volumes));
    }
    container
}

/// Limits and requests that fit each other: CPUs in quarters, memory and GPUs equal where both are given.
pub(crate) fn resources(random: &mut Random) -> Value {
    let (mut limits, mut requests) = (Object::new(), Object::new());
    let high = random.number(1, 64);
    let low = random.number(1, high);
    let memory = format!("{}Mi", random.number(4, 65536));
    let gpus = random.number(1, 8).to_string();
    let cpu = |quarters: i64| format!("{}", quarters as f64 / 4.0);
    let sides = random.below(3);
    if sides != 0 {
        limits.set("cpu", cpu(high));
    }
    if sides != 1 {
        requests.set("cpu", cpu(low));
    }
    for (name, value, percent) in [("memory", memory, 100), ("nvidia.com/gpu", gpus, 20)] {
        if random.chance(percent) {
            let sides = random.below(3);
            if sides != 0 {
                limits.set(name, value.as_str());
            }
            if sides != 1 {
                requests.set(name, value.as_str());
            }
        }
    }
    let mut resources = Object::new();
    for (name, side) in [("limits", limits), ("requests", requests)] {
        let side = side.done(random);
        if side != json!({}) {
            resources.set(name, side);
        }
    }
    resources.done(random)
}

/// Who a process runs as.
fn identity(random: &mut Random) -> Object {
    let mut context = Object::new();
    context.maybe(random, 50, "runAsUser", |random| random.number(1, 2_147_483_647));
    context.maybe(random, 50, "runAsGroup", |random| random.number(0, 2_147_483_647));
    context.maybe(random, 40, "runAsNonRoot", |random| random.chance(50));
    context.maybe(random, 30, "seccompProfile", |random| match random.below(3) {
        0 => json!({"type": "RuntimeDefault"}),
        1 => json!({"type": "Unconfined"}),
        _ => json!({"type": "Localhost", "localhostProfile": "p".repeat(random.size(1, 4095))}),
    });
    context
}

fn security_context(random: &mut Random) -> Value {
    let mut context = identity(random);
    let privileged = random.chance(50);
    context.maybe(random, 40, "privileged", |_| privileged);
    context.maybe(random, 30, "allowPrivilegeEscalation", |random| privileged || random.chance(50));
    context.maybe(random, 40, "readOnlyRootFilesystem", |random| random.chance(50));
    context.maybe(random, 30, "capabilities", |random| {
        let count = random.size(0, 64);
        json!({"add": list(random, count, |_| json!("NET_ADMIN")), "drop": ["ALL"]})
    });
    context.done(random)
}

/// Volumes of different names, each of one kind.
fn volumes(random: &mut Random) -> (Value, Vec<String>) {
    let count = random.size(0, 5);
    let names = text::different(random, count, |random| match random.below(4) {
        0 => format!("{}.{}", text::label(random, 20), text::label(random, 20)),
        _ => text::label(random, 63),
    });
    let volumes = names.iter().map(|name| {
        let mut volume = Object::new();
        volume.set("name", name.as_str());
        match random.below(4) {
            0 => volume.set("hostPath", json!({"path": text::directory(random)})),
            1 => volume.set("secret", secret(random)),
            2 => volume.set("persistentVolumeClaim", json!({"claimName": text::label(random, 30)})),
            _ => volume.set("emptyDir", empty_dir(random)),
        }
        volume.done(random)
    });
    (volumes.collect(), names)
}

fn secret(random: &mut Random) -> Value {
    let mut secret = Object::new();
    secret.set("secretName", format!("db.{}", text::label(random, 30)));
    secret.maybe(random, 40, "optional", |random| random.chance(50));
    secret.done(random)
}

fn empty_dir(random: &mut Random) -> Value {
    let mut directory = Object::new();
    directory.maybe(random, 50, "medium", |random| random.one_of(&["", "Memory"]));
    directory.maybe(random, 50, "sizeLimit", |random| random.one_of(&["1024Mi", "1Gi", "5"]));
    directory.done(random)
}

fn volume_mounts(random: &mut Random, volumes: &[String]) -> Value {
    let chosen = random.some_of(volumes);
    let mounts = chosen.iter().enumerate().map(|(position, volume)| {
        let mut mount = Object::new();
        mount.set("name", volume.as_str());
        mount.set("mountPath", format!("/mount/{position}"));
        mount.maybe(random, 30, "subPath", |_| "inner/path");
        mount.maybe(random, 40, "readOnly", |random| random.chance(50));
        mount.done(random)
    });
    mounts.collect()
}

/// A pod.
pub(crate) fn definition(random: &mut Random) -> Value {
    definition::within(random, definition::LONGEST, |random| {
        let mut definition = definition::common(random, "container");
        definition.set("eksProperties", properties(random));
        definition
    })
}
