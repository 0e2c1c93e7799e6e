//! Mistakes in submissions of jobs.

use kiln::rules::Path;
use serde_json::{Value, json};

use super::super::place::get_mut;
use super::super::{job, text};
use super::{Broken, Mutation, Subject, drop, free, put};

const ALL: &[&str] = &["job"];
const PLAIN: &[&str] = &["job plain", "job for container"];
const SUBMIT: &str = "SubmitJobRequest";
/// Kinds whose overrides are about containers outside pods.
const OVERRIDES: &[&str] = &["job for container", "job for task", "job for nodes", "job array"];

pub(super) fn mutations() -> Vec<Mutation> {
    [members(), dependencies(), overrides()].into_iter().flatten().collect()
}

fn members() -> Vec<Mutation> {
    vec![
        drop("no job name", &["JOB-006"], ALL, (SUBMIT, "jobName")),
        drop("no queue", &["JOB-006"], ALL, (SUBMIT, "jobQueue")),
        drop("no definition", &["JOB-006", "JDC-001"], ALL, (SUBMIT, "jobDefinition")),
        put("a job name of 129 characters", &["JOB-008", "OPS-088"], ALL, (SUBMIT, "jobName"), |random| {
            text::letters(random, 129).into()
        }),
        put("a job name in another form", &["JOB-008", "OPS-088"], ALL, (SUBMIT, "jobName"), |random| {
            random.one_of(&["my job!", "a.b", "-a", "_a", ""]).into()
        }),
        put(
            "an override of the priority out of range",
            &["JOB-012"],
            ALL,
            (SUBMIT, "schedulingPriorityOverride"),
            |random| random.one_of(&[-1, 10_000]).into(),
        ),
        put(
            "an array of a wrong size",
            &["JOB-010", "OPS-167"],
            &["job array"],
            ("ArrayProperties", "size"),
            |random| random.one_of(&[1, 0, -2, 10_001]).into(),
        ),
        free("a submission of 30,721 bytes", &["OPS-166"], ALL, |subject| {
            let parameters = Path::root().key("parameters");
            subject.set(&parameters, json!({"fill": ""}));
            let room = job::LONGEST - subject.input.to_string().len();
            subject.set(&parameters.key("fill"), "x".repeat(room + 1));
            Broken::at(Path::root())
        }),
    ]
}

/// Adds a dependency, where there is room for it.
fn dependency(subject: &mut Subject<'_>, dependency: Value, at: &str) -> Option<Broken> {
    let list = Path::root().key("dependsOn");
    if subject.len(&list) >= 20 {
        return None;
    }
    Broken::at(subject.push(&list, dependency).key(at))
}

fn dependencies() -> Vec<Mutation> {
    vec![
        free("21 dependencies", &["JOB-009", "OPS-164"], ALL, |subject| {
            let ids = text::different(subject.random, 21, text::job_id);
            let list = Path::root().key("dependsOn");
            subject.set(&list, ids.into_iter().map(|id| json!({"jobId": id})).collect::<Value>());
            Broken::at(list)
        }),
        free("an array child by child without job", &["JOB-076"], &["job array"], |subject| {
            dependency(subject, json!({"type": "N_TO_N"}), "jobId")
        }),
        free("child by child without array", &["JOB-076"], PLAIN, |subject| {
            let id = text::job_id(subject.random);
            dependency(subject, json!({"type": "N_TO_N", "jobId": id}), "type")
        }),
        free("one after another without array", &["JOB-075"], PLAIN, |subject| {
            dependency(subject, json!({"type": "SEQUENTIAL"}), "type")
        }),
        free("a dependency on nothing", &["JOB-077"], ALL, |subject| dependency(subject, json!({}), "jobId")),
        free("a dependency of another type", &["JOB-075", "JOB-076"], ALL, |subject| {
            let id = text::job_id(subject.random);
            dependency(subject, json!({"type": "ANY", "jobId": id}), "type")
        }),
    ]
}

/// Any set of overrides for a container outside pods.
fn any_overrides(subject: &mut Subject<'_>) -> Option<Path> {
    subject.any("ContainerOverrides").or_else(|| subject.any("TaskContainerOverrides"))
}

/// Adds an item somewhere to a list of any such overrides.
fn insert(subject: &mut Subject<'_>, member: &str, item: Value) -> Option<Path> {
    let list = any_overrides(subject)?.key(member);
    if subject.get(&list).is_none() {
        subject.set(&list, json!([]));
    }
    let position = subject.random.below(subject.len(&list) + 1);
    get_mut(&mut subject.input, &list)?.as_array_mut()?.insert(position, item);
    Some(list.index(position))
}

/// The requirements of any such overrides become this one.
fn amount(subject: &mut Subject<'_>, kind: &str, values: &[&str]) -> Option<Broken> {
    let list = any_overrides(subject)?.key("resourceRequirements");
    let value = subject.random.one_of(values);
    subject.set(&list, json!([{"type": kind, "value": value}]));
    Broken::at(list.index(0).key("value"))
}

fn overrides() -> Vec<Mutation> {
    vec![
        free("a reserved variable in an override", &["JDP-020", "JOB-048"], OVERRIDES, |subject| {
            let name = subject.random.one_of(&["AWS_BATCH_JOB_ID", "AWS_BATCH", "AWS_BATCHX"]);
            Broken::at(insert(subject, "environment", json!({"name": name, "value": "x"}))?.key("name"))
        }),
        free("no vCPU in an override", &["JOB-024"], OVERRIDES, |subject| {
            amount(subject, "VCPU", &["0", "-1", "many"])
        }),
        free("too little memory in an override", &["JOB-025"], OVERRIDES, |subject| {
            amount(subject, "MEMORY", &["3", "0", "1.5"])
        }),
        free("a part of a GPU in an override", &["JOB-028"], OVERRIDES, |subject| {
            amount(subject, "GPU", &["1.5", "0.5"])
        }),
        free("an unknown resource in an override", &["JDP-108"], OVERRIDES, |subject| {
            Broken::at(
                insert(subject, "resourceRequirements", json!({"type": "CPU", "value": "1"}))?.key("type"),
            )
        }),
        free("an amount in an override that is a number", &["JOB-124", "EVT-019"], OVERRIDES, |subject| {
            Broken::at(
                insert(subject, "resourceRequirements", json!({"type": "MEMORY", "value": 4096}))?
                    .key("value"),
            )
        }),
        free("a command that is one empty text", &["JOB-022"], OVERRIDES, |subject| {
            let path = any_overrides(subject)?.key("command");
            subject.set(&path, json!([""]));
            Broken::at(path.index(0))
        }),
        put(
            "two tasks in an override",
            &["JDX-027"],
            &["job for task"],
            ("EcsPropertiesOverride", "taskProperties"),
            |_| json!([{}, {}]),
        ),
        put(
            "too many nodes in an override",
            &["JOB-155"],
            &["job for nodes"],
            ("NodeOverrides", "numNodes"),
            |_| json!(1001),
        ),
    ]
}
