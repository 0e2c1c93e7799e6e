//! Mistakes at the top of a job definition, and in what definitions and jobs share.

use kiln::rules::Path;
use serde_json::{Value, json};

use super::super::{definition, eks, multinode, text};
use super::{Broken, Mutation, Subject, drop, free, put};

const ALL: &[&str] = &["definition"];
const AND_JOBS: &[&str] = &["definition", "job"];
const TOP: &str = "RegisterJobDefinitionRequest";

pub(super) fn mutations() -> Vec<Mutation> {
    [names(), branches()].into_iter().flatten().collect()
}

fn names() -> Vec<Mutation> {
    vec![
        put(
            "a name of 129 characters",
            &["JDP-003", "JDC-008", "OPS-060"],
            ALL,
            (TOP, "jobDefinitionName"),
            |random| text::letters(random, 129).into(),
        ),
        put("an empty name", &["JDC-008"], ALL, (TOP, "jobDefinitionName"), |_| json!("")),
        put(
            "a name with other characters",
            &["JDP-004", "JDC-008", "OPS-060"],
            ALL,
            (TOP, "jobDefinitionName"),
            |random| random.one_of(&["my.job", "a/b", "job:1", "my job", "größe"]).into(),
        ),
        drop("no name", &["JDP-002"], ALL, (TOP, "jobDefinitionName")),
        put("an unknown type", &["JDP-006", "JDC-132", "OPS-121"], ALL, (TOP, "type"), |random| {
            random.one_of(&["array", "CONTAINER", "eks", ""]).into()
        }),
        drop("no type", &["JDP-006"], ALL, (TOP, "type")),
        put("a priority out of range", &["JDX-015", "JDC-012"], ALL, (TOP, "schedulingPriority"), |random| {
            random.one_of(&[-1, 10_000]).into()
        }),
        put("a priority as text", &["JDC-130"], ALL, (TOP, "schedulingPriority"), |_| json!("1")),
        put("parameters as a list", &["JDX-121"], ALL, (TOP, "parameters"), |_| json!(["codec=mp4"])),
        free("a parameter that is a number", &["JDP-008", "JDC-042", "JOB-125"], AND_JOBS, |subject| {
            subject.set(&Path::root().key("parameters"), json!({"n": 3}));
            Broken::at(Path::root().key("parameters").key("n"))
        }),
        put("a time-out that is a number", &["JDX-018", "JDC-144"], ALL, (TOP, "timeout"), |_| json!(3600)),
        put(
            "a time-out below a minute",
            &["JDX-021", "JDC-010", "JOB-014", "OPS-061"],
            AND_JOBS,
            ("JobTimeout", "attemptDurationSeconds"),
            |random| random.one_of(&[59, 0, -1]).into(),
        ),
        put("an unknown platform", &["JDP-243"], &["definition ec2"], (TOP, "platformCapabilities"), |_| {
            json!("EC2")
        }),
        free("a platform in lower case", &["JDC-145", "JDP-243"], &["definition ec2"], |subject| {
            let list = Path::root().key("platformCapabilities");
            let item = subject.random.one_of(&["ec2", "EKS"]);
            subject.remove(&list);
            Broken::at(subject.push(&list, item))
        }),
    ]
}

fn branches() -> Vec<Mutation> {
    vec![
        free("nothing to run", &["JDC-132", "JDP-013"], &["definition ec2"], |subject| {
            let path = Path::root().key("containerProperties");
            subject.remove(&path);
            Broken::at(path)
        }),
        free("a pod beside a container", &["JDP-168", "JDC-132"], &["definition ec2"], |subject| {
            let pod = eks::properties(subject.random);
            beside(subject, "eksProperties", pod)
        }),
        free("a task beside a container", &["JDX-026"], &["definition ec2"], |subject| {
            let container = json!({"image": "busybox", "resourceRequirements": [
                {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]});
            beside(subject, "ecsProperties", json!({"taskProperties": [{"containers": [container]}]}))
        }),
        free("nodes beside a container", &["JDP-253", "EVT-055"], &["definition ec2"], |subject| {
            let nodes = multinode::pods(subject.random)["nodeProperties"].clone();
            beside(subject, "nodeProperties", nodes)
        }),
        free(
            "a container beside nodes",
            &["JDP-013", "EVT-054", "JDX-128"],
            &["definition nodes containers"],
            |subject| {
                let container = definition::ec2(subject.random)["containerProperties"].clone();
                beside(subject, "containerProperties", container)
            },
        ),
        free(
            "platforms of a pod",
            &["JDP-246", "JDC-088"],
            &["definition pod", "definition nodes pods"],
            |subject| {
                let path = Path::root().key("platformCapabilities");
                subject.set(&path, json!(["EC2"]));
                Broken::at(path)
            },
        ),
        free(
            "tags passed on by a pod",
            &["JDP-251", "JDC-088"],
            &["definition pod", "definition nodes pods"],
            |subject| {
                let path = Path::root().key("propagateTags");
                let value = subject.random.chance(50);
                subject.set(&path, value);
                Broken::at(path)
            },
        ),
        free("a definition of 24,577 bytes", &["OPS-165"], ALL, |subject| {
            let parameters = Path::root().key("parameters");
            subject.set(&parameters, json!({"fill": ""}));
            let room = definition::LONGEST - subject.input.to_string().len();
            subject.set(&parameters.key("fill"), "x".repeat(room + 1));
            Broken::at(Path::root())
        }),
    ]
}

/// Puts something beside what is there already, and takes away what does not go with pods.
fn beside(subject: &mut Subject<'_>, member: &str, value: Value) -> Option<Broken> {
    for other in ["platformCapabilities", "propagateTags"] {
        subject.remove(&Path::root().key(other));
    }
    let path = Path::root().key(member);
    subject.set(&path, value);
    Broken::at(path)
}
