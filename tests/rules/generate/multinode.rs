//! Job definitions of several nodes.

use serde_json::{Value, json};

use super::container::Platform;
use super::definition;
use super::object::Object;
use super::random::Random;
use super::{ecs, eks};

/// What the nodes of a range run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Runs {
    Container,
    Task,
    Pod,
}

/// A range of nodes in one of the documented forms.
pub(crate) fn range(random: &mut Random, first: i64, last: i64, nodes: i64) -> String {
    let mut forms = vec![format!("{first}:{last}")];
    if first == 0 {
        forms.push(format!(":{last}"));
    }
    if last == nodes - 1 {
        forms.push(format!("{first}:"));
    }
    if first == last {
        forms.push(first.to_string());
    }
    random.one_of(&forms)
}

/// First and last node of up to five ranges that cover all nodes: one next to the other, or one inside the other,
/// rarely with a node in both.
fn ranges(random: &mut Random, nodes: i64) -> Vec<(i64, i64)> {
    let mut ranges = vec![(0, nodes - 1)];
    let more = random.size(0, 4);
    if random.chance(40) {
        for _ in 0..more {
            let (first, last) = *ranges.last().unwrap();
            if last > first {
                let first = random.number(first, last);
                ranges.push((first, random.number(first, last)));
            }
        }
        ranges.sort_unstable();
        ranges.dedup();
    } else if nodes > 2 && random.chance(10) {
        let middle = random.number(1, nodes - 2);
        ranges = vec![(0, middle), (middle, nodes - 1)];
    } else {
        for _ in 0..more {
            let (first, last) = ranges.pop().unwrap();
            if last == first {
                ranges.push((first, last));
                break;
            }
            let middle = random.number(first, last - 1);
            ranges.extend([(first, middle), (middle + 1, last)]);
        }
    }
    random.shuffle(&mut ranges);
    ranges
}

fn node_properties(random: &mut Random, runs: Runs) -> Value {
    let nodes = random.number(1, 1000);
    let instance_type = random.chance(40).then(|| random.one_of(&["c5.large", "p3.2xlarge"]));
    let ranges = ranges(random, nodes);
    let has_whole = ranges.contains(&(0, nodes - 1));
    let ranges = ranges.into_iter().map(|(first, last)| {
        let mut group = Object::new();
        group.set("targetNodes", range(random, first, last, nodes));
        match runs {
            Runs::Container => {
                let mut container = definition::properties(random, Platform::Ec2);
                if has_whole && last - first < nodes - 1 && random.chance(25) {
                    // The range around it has what these nodes need.
                    for name in ["resourceRequirements", "vcpus", "memory"] {
                        container.unset(name);
                    }
                }
                if let Some(instance_type) = instance_type {
                    container.set("instanceType", instance_type);
                }
                group.set("container", container.done(random));
            }
            Runs::Task => group.set("ecsProperties", ecs::properties(random, Platform::Ec2)),
            Runs::Pod => group.set("eksProperties", eks::properties(random)),
        }
        if let Some(instance_type) = instance_type.filter(|_| runs != Runs::Container) {
            group.set("instanceTypes", json!([instance_type]));
        }
        group.maybe(random, 10, "consumableResourceProperties", definition::consumables);
        group.done(random)
    });
    let ranges = ranges.collect::<Value>();
    let mut properties = Object::new();
    properties.set("numNodes", nodes);
    properties.set("mainNode", random.number(0, nodes - 1));
    properties.set("nodeRangeProperties", ranges);
    properties.done(random)
}

fn definition(random: &mut Random, runs: Runs) -> Value {
    definition::within(random, definition::LONGEST, |random| {
        let mut definition = definition::common(random, "multinode");
        if runs != Runs::Pod {
            definition::on_ecs(random, &mut definition, Platform::Ec2);
        }
        definition.set("nodeProperties", node_properties(random, runs));
        definition
    })
}

/// Nodes that run a container each.
pub(crate) fn containers(random: &mut Random) -> Value {
    definition(random, Runs::Container)
}

/// Nodes that run a task each.
pub(crate) fn tasks(random: &mut Random) -> Value {
    definition(random, Runs::Task)
}

/// Nodes that run a pod each.
pub(crate) fn pods(random: &mut Random) -> Value {
    definition(random, Runs::Pod)
}
