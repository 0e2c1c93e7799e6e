//! Multi-node parallel jobs: which nodes there are, what each of them runs, and what a request changes of it.

use std::ops::RangeInclusive;

use super::Task;
use super::draft::{Changes, Defined, Draft, Scene};
use crate::api::ServiceError;
use crate::api::consumable_resource::ConsumableResourceProperties;
use crate::api::job::{NodeOverrides, NodePropertyOverride};
use crate::api::job_definition::{NodeProperties, NodeRangeProperty};
use crate::rules::NodeRange;

/// Where ranges stand in a definition.
const RANGES: &str = "nodeProperties.nodeRangeProperties";

/// The nodes of a multi-node parallel job. Every node is in a group.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Nodes {
    /// The index of the main node.
    pub(crate) main: u32,
    /// The node ranges after overrides, in the definition's order. They may nest.
    pub(crate) groups: Vec<Group>,
    /// How many nodes there are.
    pub(crate) count: u32,
}

/// A range of equal nodes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group {
    /// The indexes of its nodes.
    pub(crate) range: RangeInclusive<u32>,
    /// The range as the definition writes it.
    pub(crate) target_nodes: String,
    /// What each of its nodes runs, unless it is in a narrower group too.
    pub(crate) task: Task,
    /// The instance types asked for.
    pub(crate) instance_types: Option<Vec<String>>,
    /// The consumable resources asked for.
    pub(crate) consumable_resources: Option<ConsumableResourceProperties>,
}

impl Nodes {
    /// What a node runs: the task of the narrowest group that it is in (rule JDP-266), of several equal ones the first.
    /// `node` is below [`Nodes::count`].
    pub(crate) fn task(&self, node: u32) -> &Task {
        let at = narrowest(self.groups.iter().map(|group| &group.range), node);
        &self.groups[at.expect("every node is in a group")].task
    }
}

/// The position of the narrowest range that holds a node.
fn narrowest<'a>(ranges: impl Iterator<Item = &'a RangeInclusive<u32>>, node: u32) -> Option<usize> {
    let holding = ranges.enumerate().filter(|(_, range)| range.contains(&node));
    holding.min_by_key(|(_, range)| range.end() - range.start()).map(|(at, _)| at)
}

/// The nodes of a job.
pub(super) fn nodes(
    scene: &Scene<'_>,
    properties: &NodeProperties,
    overrides: Option<&NodeOverrides>,
) -> Result<Nodes, ServiceError> {
    let defined = &properties.node_range_properties;
    let (count, main) = count_and_main(scene, properties, overrides)?;
    let mut ranges = Vec::with_capacity(defined.len());
    for (position, property) in defined.iter().enumerate() {
        ranges.push(range(scene, &property.target_nodes, position, count)?);
    }
    if let Some(node) = (0..count).find(|node| !ranges.iter().any(|range| range.contains(node))) {
        return Err(scene.refuse(format!("has no range for node {node} in {RANGES}")));
    }
    let changes =
        overrides.and_then(|overrides| overrides.node_property_overrides.as_deref()).unwrap_or_default();
    refuse_unmet(changes, defined, count)?;
    let mut drafts = Vec::with_capacity(defined.len());
    for (position, property) in defined.iter().enumerate() {
        drafts.push(draft(scene, position, property, changes)?);
    }
    inherit_amounts(&mut drafts, &ranges);
    let mut groups = Vec::with_capacity(defined.len());
    for ((draft, range), property) in drafts.into_iter().zip(ranges).zip(defined) {
        let changes = || meeting(property, changes).map(|(_, change)| change);
        let types = changes().filter_map(|change| change.instance_types.as_ref()).next_back();
        let mut consumables =
            changes().filter_map(|change| change.consumable_resource_properties_override.as_ref());
        groups.push(Group {
            range,
            target_nodes: property.target_nodes.clone(),
            task: draft.complete(scene)?,
            instance_types: types.or(property.instance_types.as_ref()).cloned(),
            consumable_resources: consumables
                .next_back()
                .or(property.consumable_resource_properties.as_ref())
                .cloned(),
        });
    }
    Ok(Nodes { main, groups, count })
}

/// How many nodes there are and which is the main one. Another number than the definition's needs a range that follows
/// it, and must leave a node to every range and the main node where it is.
fn count_and_main(
    scene: &Scene<'_>,
    properties: &NodeProperties,
    overrides: Option<&NodeOverrides>,
) -> Result<(u32, u32), ServiceError> {
    let index = |number: i32| u32::try_from(number).ok();
    let main = index(properties.main_node);
    let Some(number) = overrides.and_then(|overrides| overrides.num_nodes) else {
        let count = index(properties.num_nodes).filter(|count| main.is_some_and(|main| main < *count));
        return count.zip(main).ok_or_else(|| {
            scene.refuse(
                "must have at least one node in nodeProperties.numNodes, and mainNode among its nodes",
            )
        });
    };
    let wrong =
        |why: String| scene.refuse(format!("{why}, so that nodeOverrides.numNodes cannot be {number}"));
    let targets = || properties.node_range_properties.iter().map(|property| property.target_nodes.as_str());
    if !targets().any(is_open) {
        return Err(wrong("has no node range with an open end, such as 0:".to_owned()));
    }
    let count = index(number).filter(|count| *count > 0).ok_or_else(|| wrong("needs a node".to_owned()))?;
    let begins_behind =
        |text: &&str| NodeRange::read(text, None).is_some_and(|range| range.first >= u64::from(count));
    if let Some(text) = targets().find(begins_behind) {
        return Err(wrong(format!("has a node range that begins behind the last node, {text}")));
    }
    match main.filter(|main| *main < count) {
        Some(main) => Ok((count, main)),
        None => Err(wrong(format!("has node {} as its main node", properties.main_node))),
    }
}

/// Whether a range goes up to the last node, however many there are.
fn is_open(text: &str) -> bool {
    text.ends_with(':')
}

/// The nodes of a range, as far as there are some.
fn range(
    scene: &Scene<'_>,
    text: &str,
    position: usize,
    count: u32,
) -> Result<RangeInclusive<u32>, ServiceError> {
    let last_node = count - 1;
    let index = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    NodeRange::read(text, Some(last_node.into()))
        .map(|range| (index(range.first), index(range.last).min(last_node)))
        .filter(|(first, last)| first <= last)
        .map(|(first, last)| first..=last)
        .ok_or_else(|| scene.refuse(format!("has no nodes for {RANGES}[{position}].targetNodes {text:?}")))
}

/// Whether an override is for a range. The two must be written alike, but for indexes that go without saying: an open
/// end is not the same as that of the last node.
fn meets(change: &NodePropertyOverride, property: &NodeRangeProperty) -> bool {
    let read = |text: &str| NodeRange::read(text, None);
    is_open(&change.target_nodes) == is_open(&property.target_nodes)
        && read(&change.target_nodes) == read(&property.target_nodes)
}

/// The overrides for a range, with their positions.
fn meeting<'a>(
    property: &'a NodeRangeProperty,
    changes: &'a [NodePropertyOverride],
) -> impl DoubleEndedIterator<Item = (usize, &'a NodePropertyOverride)> {
    changes.iter().enumerate().filter(|(_, change)| meets(change, property))
}

/// Refuses overrides for ranges that the definition does not have, in the service's own words.
fn refuse_unmet(
    changes: &[NodePropertyOverride],
    defined: &[NodeRangeProperty],
    count: u32,
) -> Result<(), ServiceError> {
    let unmet = changes.iter().filter(|change| !defined.iter().any(|property| meets(change, property)));
    let unmet: Vec<_> = unmet
        .map(|change| match NodeRange::read(&change.target_nodes, Some(u64::from(count - 1))) {
            Some(range) => format!("{}:{}", range.first, range.last),
            None => change.target_nodes.clone(),
        })
        .collect();
    if unmet.is_empty() {
        return Ok(());
    }
    Err(ServiceError::client(format!(
        "NodeOverride targets should match job definition. Non matching targets - {}",
        unmet.join(", ")
    )))
}

fn draft(
    scene: &Scene<'_>,
    position: usize,
    property: &NodeRangeProperty,
    changes: &[NodePropertyOverride],
) -> Result<Draft, ServiceError> {
    let (container, task) = (property.container.as_ref(), property.ecs_properties.as_ref());
    let Some(defined) = Defined::of(container, task, property.eks_properties.as_ref()) else {
        return Err(scene.refuse(format!("has nothing to run in {RANGES}[{position}]")));
    };
    let changes = meeting(property, changes).map(|(at, change)| Changes {
        at: format!("nodeOverrides.nodePropertyOverrides[{at}]."),
        container: change.container_overrides.as_ref(),
        task: change.ecs_properties_override.as_ref(),
        pod: change.eks_properties_override.as_ref(),
    });
    let at = format!("{RANGES}[{position}].{}", defined.member("container"));
    defined.draft(scene, &at, &changes.collect::<Vec<_>>())
}

/// Gives ranges the vCPUs and the memory that they do not state: those of the next wider range of each node. Should
/// that be several ranges, then the greatest amount, and nothing where all nodes are in narrower ranges.
fn inherit_amounts(drafts: &mut [Draft], ranges: &[RangeInclusive<u32>]) {
    let stated: Vec<_> = drafts.iter().map(|draft| draft.need).collect();
    let wider = |node: u32, amount: &dyn Fn(usize) -> Option<u64>| {
        let stating =
            ranges.iter().enumerate().filter(|(at, range)| range.contains(&node) && amount(*at).is_some());
        stating.min_by_key(|(_, range)| range.end() - range.start()).and_then(|(at, _)| amount(at))
    };
    for (at, draft) in drafts.iter_mut().enumerate() {
        let nodes = || ranges[at].clone().filter(|node| narrowest(ranges.iter(), *node) == Some(at));
        let greatest = |amount: &dyn Fn(usize) -> Option<u64>| {
            nodes().map(|node| wider(node, amount)).try_fold(0, |most, amount| Some(amount?.max(most)))
        };
        let need = &mut draft.need;
        need.vcpu_milli = need.vcpu_milli.or_else(|| greatest(&|at| stated[at].vcpu_milli));
        need.memory_mib = need.memory_mib.or_else(|| greatest(&|at| stated[at].memory_mib));
    }
}

#[cfg(test)]
mod tests;
