//! Mistakes in pods, and in the changes that jobs make to them.

use kiln::rules::Path;
use serde_json::{Value, json};

use super::super::place::{down, get_mut};
use super::{Broken, Mutation, Subject, drop, free, put};

const PODS: &[&str] = &["definition pod", "definition nodes pods"];
const AND_JOBS: &[&str] = &["definition pod", "definition nodes pods", "job for pod", "job for nodes"];
const POD: &str = "EksPodProperties";
const CONTAINER: &str = "EksContainer";
const RESOURCES: &str = "EksContainerResourceRequirements";

pub(super) fn mutations() -> Vec<Mutation> {
    [containers(), variables(), resources(), volumes(), settings()].into_iter().flatten().collect()
}

/// Fills a list of containers up to eleven.
fn eleven(subject: &mut Subject<'_>, member: &str) -> Option<Broken> {
    let list = subject.any(POD)?.key(member);
    if subject.get(&down(&list, "[0].name")).is_none() && subject.len(&list) > 0 {
        return None;
    }
    for number in subject.len(&list)..11 {
        let resources = json!({"limits": {"cpu": "1", "memory": "4Mi"}});
        subject.push(
            &list,
            json!({"name": format!("added-{number}"), "image": "busybox", "resources": resources}),
        );
    }
    Broken::at(list)
}

fn containers() -> Vec<Mutation> {
    vec![
        drop("no image in a pod", &["JDP-186"], PODS, (CONTAINER, "image")),
        put("an unknown pull policy", &["JDP-187", "JDC-101"], PODS, (CONTAINER, "imagePullPolicy"), |_| {
            json!("always")
        }),
        put("a container name in another form", &["JDC-099"], PODS, (CONTAINER, "name"), |random| {
            random
                .one_of(&[
                    "-main".to_owned(),
                    "a_b".to_owned(),
                    "a.b".to_owned(),
                    "n".repeat(64),
                    "ä".to_owned(),
                ])
                .into()
        }),
        free("eleven containers in a pod", &["JDP-170"], PODS, |subject| eleven(subject, "containers")),
        free("eleven init containers", &["JDX-045"], PODS, |subject| {
            let pod = subject.any(POD)?;
            subject.get(&down(&pod, "containers[0].name"))?;
            eleven(subject, "initContainers")
        }),
        free("two containers of one name", &["JDP-190", "JDC-100", "JDX-042"], PODS, |subject| {
            let list = subject
                .any_that(POD, |pod| pod["containers"].as_array().is_some_and(|list| list.len() > 1))?
                .key("containers");
            let later = list.clone().index(subject.len(&list) - 1).key("name");
            let name = subject.get(&down(&list, "[0].name"))?.clone();
            subject.set(&later, name);
            Broken::at(later)
        }),
        free("an init container with the name of a container", &["JDX-042"], PODS, |subject| {
            let pod = subject.any_that(POD, |pod| pod.pointer("/initContainers/0/name").is_some())?;
            let name = subject.get(&down(&pod, "containers[0].name"))?.clone();
            let path = down(&pod, "initContainers[0].name");
            subject.set(&path, name);
            Broken::at(path)
        }),
        free("a container of several without name", &["JDX-042", "JDP-190"], PODS, |subject| {
            let list = subject
                .any_that(POD, |pod| pod["containers"].as_array().is_some_and(|list| list.len() > 1))?
                .key("containers");
            let position = subject.position(&list)?;
            let path = list.index(position).key("name");
            subject.remove(&path)?;
            Broken::at(path)
        }),
        put("a command of a pod as text", &["JDP-176", "JDC-102"], PODS, (CONTAINER, "command"), |_| {
            json!("sleep 1")
        }),
        put("arguments as text", &["JDP-171"], PODS, (CONTAINER, "args"), |_| json!("60")),
        put("mount points in a pod", &["JDC-147"], PODS, (CONTAINER, "mountPoints"), |_| json!([])),
    ]
}

/// Puts a variable somewhere into the list of any container, or of any change to one.
fn variable(subject: &mut Subject<'_>, variable: Value) -> Option<Path> {
    let list = subject.any(CONTAINER).or_else(|| subject.any("EksContainerOverride"))?.key("env");
    if subject.get(&list).is_none() {
        subject.set(&list, json!([]));
    }
    let position = subject.random.below(subject.len(&list) + 1);
    get_mut(&mut subject.input, &list)?.as_array_mut()?.insert(position, variable);
    Some(list.index(position))
}

fn variables() -> Vec<Mutation> {
    vec![
        free("a reserved variable in a pod", &["JDP-183", "JOB-048"], AND_JOBS, |subject| {
            let name = subject.random.one_of(&["AWS_BATCH_JOB_ID", "AWS_BATCH", "AWS_BATCHX"]);
            Broken::at(variable(subject, json!({"name": name}))?.key("name"))
        }),
        free("a variable of a pod without name", &["JDP-184"], AND_JOBS, |subject| {
            Broken::at(variable(subject, json!({"value": "x"}))?.key("name"))
        }),
        free("a variable of a pod that is a number", &["JDP-185"], AND_JOBS, |subject| {
            Broken::at(variable(subject, json!({"name": "A", "value": 1}))?.key("value"))
        }),
        put("variables of a pod as a map", &["JDP-181"], PODS, (CONTAINER, "env"), |_| json!({"A": "1"})),
    ]
}

/// The resources of any container become these.
fn amounts(subject: &mut Subject<'_>, resources: Value, steps: [&str; 2]) -> Option<Broken> {
    let path = subject.any(RESOURCES)?;
    subject.set(&path, resources);
    Broken::at(path.key(steps[0]).key(steps[1]))
}

/// One resource of any container gets a wrong amount, alone or on both sides.
fn amount(subject: &mut Subject<'_>, name: &str, values: &[&str]) -> Option<Broken> {
    let path = subject.any(RESOURCES)?;
    let value = subject.random.one_of(values);
    let side = subject.random.one_of(&["limits", "requests"]);
    let mut resources = json!({"limits": {}, "requests": {}});
    for (other, amount) in [("cpu", "1"), ("memory", "64Mi")] {
        resources[side][other] = amount.into();
    }
    resources[side][name] = value.into();
    subject.set(&path, resources);
    Broken::at(path.key(side).key(name))
}

fn resources() -> Vec<Mutation> {
    const GPU: &str = "nvidia.com/gpu";
    vec![
        free("memory in another unit", &["JDP-195", "CEQ-200", "JOB-187"], AND_JOBS, |subject| {
            amount(subject, "memory", &["1Gi", "512M", "1024", "1.5Mi", "Mi"])
        }),
        free("too little memory in a pod", &["JDP-196", "JDC-104"], AND_JOBS, |subject| {
            amount(subject, "memory", &["3Mi", "0Mi"])
        }),
        free("memory that differs from the limit", &["JDP-197", "CEQ-201"], AND_JOBS, |subject| {
            let resources =
                json!({"limits": {"cpu": "1", "memory": "1024Mi"}, "requests": {"memory": "512Mi"}});
            amounts(subject, resources, ["requests", "memory"])
        }),
        free("CPUs that are no quarters", &["JDP-199", "CEQ-194"], AND_JOBS, |subject| {
            amount(subject, "cpu", &["0.3", "1.1", "one"])
        }),
        free("thousandths of a CPU", &["CEQ-197"], AND_JOBS, |subject| {
            amount(subject, "cpu", &["100m", "250m"])
        }),
        free("no CPU", &["CEQ-195"], AND_JOBS, |subject| amount(subject, "cpu", &["0", "0.0"])),
        free("more CPUs than the limit", &["JDP-200", "CEQ-196"], AND_JOBS, |subject| {
            let resources = json!({"limits": {"cpu": "1", "memory": "64Mi"}, "requests": {"cpu": "2"}});
            amounts(subject, resources, ["requests", "cpu"])
        }),
        free("a part of a GPU in a pod", &["JDP-201", "JOB-185"], AND_JOBS, |subject| {
            amount(subject, GPU, &["0.5", "1.5", "one"])
        }),
        free("GPUs that differ from the limit", &["JDP-202", "CEQ-203"], AND_JOBS, |subject| {
            let limits = json!({"cpu": "1", "memory": "64Mi", (GPU): "2"});
            amounts(subject, json!({"limits": limits, "requests": {(GPU): "1"}}), ["requests", GPU])
        }),
        free("an unknown resource in a pod", &["JDP-191", "JOB-185"], AND_JOBS, |subject| {
            let name = subject.random.one_of(&["ephemeral-storage", "amd.com/gpu"]);
            amount(subject, name, &["1"])
        }),
        free(
            "an amount in a pod that is a number",
            &["JDP-192", "JDC-148", "OPS-122"],
            AND_JOBS,
            |subject| amounts(subject, json!({"limits": {"cpu": 1, "memory": "64Mi"}}), ["limits", "cpu"]),
        ),
        free("an empty amount", &["JDP-193"], AND_JOBS, |subject| amount(subject, GPU, &[""])),
    ]
}

/// Adds a volume to those of any pod.
fn volume(subject: &mut Subject<'_>, volume: Value, at: &str) -> Option<Broken> {
    let list = subject.any(POD)?.key("volumes");
    Broken::at(down(&subject.push(&list, volume), at))
}

fn volumes() -> Vec<Mutation> {
    vec![
        free("a volume of a pod without name", &["JDP-237"], PODS, |subject| {
            volume(subject, json!({"emptyDir": {}}), "name")
        }),
        free("a volume of a pod in another form", &["JDP-238"], PODS, |subject| {
            let name = subject.random.one_of(&["My_Vol", "-v", "v-", "a b", "V"]);
            volume(subject, json!({"name": name, "emptyDir": {}}), "name")
        }),
        free("a medium that is none", &["JDP-230"], PODS, |subject| {
            volume(subject, json!({"name": "added", "emptyDir": {"medium": "Disk"}}), "emptyDir.medium")
        }),
        free("an empty size", &["JDP-233"], PODS, |subject| {
            volume(subject, json!({"name": "added", "emptyDir": {"sizeLimit": ""}}), "emptyDir.sizeLimit")
        }),
        free("a secret without its name", &["JDP-241"], PODS, |subject| {
            volume(subject, json!({"name": "added", "secret": {"optional": true}}), "secret.secretName")
        }),
        free("a secret in another form", &["JDP-242"], PODS, |subject| {
            volume(
                subject,
                json!({"name": "added", "secret": {"secretName": "DB_pass"}}),
                "secret.secretName",
            )
        }),
        free("a volume of an unknown kind", &["JDP-226"], PODS, |subject| {
            volume(subject, json!({"name": "added", "nfs": {}}), "nfs")
        }),
        free("a mount in a pod of a volume that is not there", &["JDP-217", "JDC-106"], PODS, |subject| {
            let list = subject.any(CONTAINER)?.key("volumeMounts");
            Broken::at(
                subject.push(&list, json!({"name": "nowhere-to-be-found", "mountPath": "/d"})).key("name"),
            )
        }),
    ]
}

fn settings() -> Vec<Mutation> {
    vec![
        put("an unknown policy for names", &["JDP-220", "JDC-091"], PODS, (POD, "dnsPolicy"), |random| {
            random.one_of(&["None", "clusterfirst", ""]).into()
        }),
        put(
            "a file system spelled as elsewhere",
            &["JDP-206", "JDC-149"],
            PODS,
            ("EksContainerSecurityContext", "readonlyRootFilesystem"),
            |_| json!(true),
        ),
        put(
            "a user by name",
            &["JDP-213", "JDC-108"],
            PODS,
            ("EksContainerSecurityContext", "runAsUser"),
            |_| json!("nobody"),
        ),
        put(
            "a rule that is a number",
            &["JDP-210", "JDC-149"],
            PODS,
            ("EksContainerSecurityContext", "runAsNonRoot"),
            |_| json!(1),
        ),
        free("a reserved label", &["JDC-098"], AND_JOBS, |subject| {
            let prefix =
                subject.random.one_of(&["app.kubernetes.io", "k8s.io", "x.k8s.io", "batch.amazonaws.com"]);
            let path = subject.any("EksMetadata")?.key("labels");
            let label = format!("{prefix}/name");
            subject.set(&path, json!({(label.as_str()): "x"}));
            Broken::at(path.key(label))
        }),
        put(
            "init containers beside the pod",
            &["JDX-044"],
            &["definition pod"],
            ("EksProperties", "initContainers"),
            |_| json!([]),
        ),
        put("shared processes by text", &["JDX-048"], PODS, (POD, "shareProcessNamespace"), |_| {
            json!("true")
        }),
    ]
}
