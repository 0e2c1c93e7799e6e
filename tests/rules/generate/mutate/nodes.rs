//! Mistakes in the ranges of nodes of a multi-node definition.

use kiln::rules::Path;
use serde_json::{Value, json};

use super::super::place::down;
use super::{Broken, Mutation, Subject, drop, free, put};

const NODES: &[&str] = &["definition nodes"];
const CONTAINERS: &[&str] = &["definition nodes containers"];
const PROPERTIES: &str = "NodeProperties";
const RANGE: &str = "NodeRangeProperty";

fn ranges() -> Path {
    down(&Path::root(), "nodeProperties.nodeRangeProperties")
}

/// The nodes become so many, covered by these ranges, all of which run the same as the first that was there.
fn cover(subject: &mut Subject<'_>, nodes: usize, targets: &[&str]) {
    let size = json!([{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]);
    let container = json!({"image": "busybox", "resourceRequirements": size});
    let pod = json!({"containers": [{"image": "busybox", "resources": {"limits": {"cpu": "1", "memory": "64Mi"}}}]});
    let runs = [
        ("container", container.clone()),
        ("ecsProperties", json!({"taskProperties": [{"containers": [container]}]})),
        ("eksProperties", json!({"podProperties": pod})),
    ];
    let first = subject.get(&ranges().index(0)).unwrap();
    let (member, value) = runs.into_iter().find(|(member, _)| first.get(member).is_some()).unwrap();
    let range = |target: &&str| json!({"targetNodes": target, (member): value});
    subject.set(&ranges(), targets.iter().map(range).collect::<Value>());
    subject.set(&down(&Path::root(), "nodeProperties.numNodes"), nodes);
    subject.set(&down(&Path::root(), "nodeProperties.mainNode"), 0);
}

pub(super) fn mutations() -> Vec<Mutation> {
    [numbers(), targets(), contents()].into_iter().flatten().collect()
}

fn numbers() -> Vec<Mutation> {
    vec![
        drop("no main node", &["JDP-256"], NODES, (PROPERTIES, "mainNode")),
        drop("no number of nodes", &["JDP-258"], NODES, (PROPERTIES, "numNodes")),
        drop("no ranges", &["JDP-259"], NODES, (PROPERTIES, "nodeRangeProperties")),
        free("a main node that is not there", &["JDP-257", "JDC-120"], NODES, |subject| {
            let more = subject.random.below(2);
            let nodes = subject.get(&down(&Path::root(), "nodeProperties.numNodes"))?.as_u64()?;
            let path = down(&Path::root(), "nodeProperties.mainNode");
            subject.set(&path, nodes + more as u64);
            Broken::at(path)
        }),
        put("a main node below 0", &["JDC-120"], NODES, (PROPERTIES, "mainNode"), |_| json!(-1)),
        free("1,001 nodes", &["JOB-155"], NODES, |subject| {
            cover(subject, 1001, &["0:1000"]);
            Broken::at(down(&Path::root(), "nodeProperties.numNodes"))
        }),
        put("no nodes", &["JDC-119"], NODES, (PROPERTIES, "numNodes"), |random| {
            random.one_of(&[0, -1]).into()
        }),
        put("nodes as text", &["JDC-119"], NODES, (PROPERTIES, "numNodes"), |_| json!("2")),
        free("six ranges", &["JDP-260", "JDC-124", "JOB-153"], NODES, |subject| {
            cover(subject, 6, &["0:0", "1:1", "2:2", "3:3", "4:4", "5:5"]);
            Broken::at(ranges())
        }),
    ]
}

fn targets() -> Vec<Mutation> {
    vec![
        free("no target", &["JDP-262"], NODES, |subject| {
            cover(subject, 4, &["0:1", "2:3"]);
            let path = subject.any(RANGE)?.key("targetNodes");
            subject.remove(&path);
            Broken::at(path)
        }),
        free("a target in another form", &["JDP-262", "JDC-123"], NODES, |subject| {
            let target = subject.random.one_of(&["0-3", "all", "", "0:1:2", "0,1", "-1:2", "a:b"]);
            cover(subject, 4, &[target]);
            Broken::at(down(&ranges(), "[0].targetNodes"))
        }),
        free("a target that runs backwards", &["JDC-123"], NODES, |subject| {
            cover(subject, 10, &["0:9", "9:0"]);
            Broken::at(down(&ranges(), "[1].targetNodes"))
        }),
        free("a target beyond the last node", &["JDP-265", "JDC-125"], NODES, |subject| {
            cover(subject, 10, &["0:10"]);
            Broken::at(down(&ranges(), "[0].targetNodes"))
        }),
        free("nodes without range", &["JDP-265", "JDC-125"], NODES, |subject| {
            let targets: &[&[_]] = &[&["0:1", "3:"], &["0:8"], &["1:"], &[":3", "5:9"]];
            let targets = subject.random.one_of(targets);
            cover(subject, 10, targets);
            Broken::at(ranges())
        }),
    ]
}

fn contents() -> Vec<Mutation> {
    vec![
        free("two instance types", &["JDP-038", "JDC-122", "JOB-156"], CONTAINERS, |subject| {
            cover(subject, 4, &["0:1", "2:3"]);
            subject.set(&down(&ranges(), "[0].container.instanceType"), "c5.large");
            let path = down(&ranges(), "[1].container.instanceType");
            subject.set(&path, "c5.xlarge");
            Broken::at(path)
        }),
        free(
            "two instance types of one range",
            &["JDX-029"],
            &["definition nodes tasks", "definition nodes pods"],
            |subject| {
                cover(subject, 4, &["0:3"]);
                let path = down(&ranges(), "[0].instanceTypes");
                subject.set(&path, json!(["p3.2xlarge", "p3.2xlarge"]));
                Broken::at(path)
            },
        ),
        free("a task beside a container in a range", &["JDX-056"], CONTAINERS, |subject| {
            let path = subject.any(RANGE)?.key("ecsProperties");
            let size = json!([{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]);
            let container = json!({"name": "a", "image": "busybox", "resourceRequirements": size});
            subject.set(&path, json!({"taskProperties": [{"containers": [container]}]}));
            Broken::at(path)
        }),
        free("a range without container", &["JDC-126"], CONTAINERS, |subject| {
            let path = subject.any(RANGE)?.key("container");
            subject.remove(&path);
            Broken::at(path)
        }),
        put(
            "a container by the name of the top",
            &["JDC-142"],
            CONTAINERS,
            (RANGE, "containerProperties"),
            |_| json!({"image": "busybox"}),
        ),
        free("nodes without memory", &["JDP-114", "JDC-126"], CONTAINERS, |subject| {
            cover(subject, 4, &["0:"]);
            let path = down(&ranges(), "[0].container.resourceRequirements");
            subject.set(&path, json!([{"type": "VCPU", "value": "1"}]));
            Broken::at(path)
        }),
        free("nodes without vCPU", &["JDP-125", "JDC-126"], CONTAINERS, |subject| {
            cover(subject, 4, &["0:3"]);
            let path = down(&ranges(), "[0].container.resourceRequirements");
            subject.set(&path, json!([{"type": "MEMORY", "value": "64"}]));
            Broken::at(path)
        }),
    ]
}
