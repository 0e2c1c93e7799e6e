//! RegisterJobDefinition: what a job definition must be like.

mod ecs;
mod instance_type;
mod multi_node;
mod node_amounts;
pub(in crate::rules) mod node_range;
pub(in crate::rules) mod platform;
mod properties;
pub(in crate::rules) mod target_nodes;
mod task;
mod task_dependency;
mod values;

use crate::rules::container::{self, Setting};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::Rule;
use crate::rules::{pod, retry, size, timeout};

/// The tables of this folder.
pub(in crate::rules) static TABLES: &[&[&Rule]] = &[
    values::RULES,
    properties::RULES,
    platform::RULES,
    multi_node::RULES,
    target_nodes::RULES,
    instance_type::RULES,
    ecs::RULES,
    task_dependency::RULES,
];

/// Judges the input of RegisterJobDefinition.
pub(in crate::rules) fn check(at: &Cursor<'_>, findings: &mut Findings) {
    if !at.value().is_object() {
        return;
    }
    size::of_definition(at, findings);
    let is_settled = platform::check(at, findings);
    if !is_settled {
        properties::check(at, findings);
    }
    let platform = platform::of(at);
    if let Some(container) = at.get("containerProperties") {
        container::check(&container, &Setting { platform, multi_node: false }, findings);
    }
    if let Some(properties) = at.get("ecsProperties") {
        ecs::check(&properties, platform, findings);
    }
    if let Some(properties) = at.get("nodeProperties") {
        multi_node::check(&properties, platform, findings);
    }
    retry::check(at, findings);
    timeout::in_definition(at, findings);
    pod::in_definition(at, findings);
}
