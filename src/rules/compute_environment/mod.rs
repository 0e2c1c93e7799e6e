//! CreateComputeEnvironment and UpdateComputeEnvironment: what a compute environment must be like.

mod image;
mod instances;
mod kind;
mod launch_template;
mod members;
mod network;
mod role;
mod strategy;
mod update;
mod values;
mod vcpus;

use crate::api::compute_environment::CRType;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::Rule;

/// The tables of this folder.
pub(in crate::rules) static TABLES: &[&[&Rule]] = &[
    values::RULES,
    kind::RULES,
    members::RULES,
    instances::RULES,
    network::RULES,
    vcpus::RULES,
    strategy::RULES,
    launch_template::RULES,
    image::RULES,
    role::RULES,
    update::RULES,
];

/// What is known of an environment beside the member that is being judged.
#[derive(Debug, Clone, Copy)]
struct Setting {
    /// The kind of capacity, if it is stated.
    capacity: Option<CRType>,
    /// Whether it runs pods of EKS; `None` where an update does not tell.
    eks: Option<bool>,
    /// Whether it is being created, and not changed.
    is_new: bool,
}

impl Setting {
    /// Whether the capacity is known to be Fargate.
    fn is_fargate(self) -> bool {
        matches!(self.capacity, Some(CRType::Fargate | CRType::FargateSpot))
    }

    /// Whether the capacity is known to be EC2 instances that Batch itself starts.
    fn is_instances(self) -> bool {
        matches!(self.capacity, Some(CRType::Ec2 | CRType::Spot))
    }
}

/// Judges the input of CreateComputeEnvironment.
pub(in crate::rules) fn check_new(at: &Cursor<'_>, findings: &mut Findings) {
    let resources = at.get("computeResources");
    let setting = Setting {
        capacity: resources.as_ref().and_then(capacity),
        eks: Some(at.get("eksConfiguration").is_some()),
        is_new: true,
    };
    kind::check(at, setting, findings);
    role::check(at, setting, findings);
    if let Some(resources) = resources.filter(|_| !kind::ignores_resources(at, setting)) {
        resources_are_right(&resources, setting, findings);
        kind::check_provider(&resources, setting, findings);
        instances::check_given(&resources, setting, findings);
        network::check_given(&resources, setting, findings);
        strategy::check_given(&resources, setting, findings);
    }
}

/// Judges the input of UpdateComputeEnvironment.
pub(in crate::rules) fn check_update(at: &Cursor<'_>, findings: &mut Findings) {
    let resources = at.get("computeResources");
    let setting = Setting {
        capacity: resources.as_ref().and_then(capacity),
        eks: at.get("eksConfiguration").map(|_| true),
        is_new: false,
    };
    role::check(at, setting, findings);
    update::check(at, findings);
    if let Some(resources) = resources {
        resources_are_right(&resources, setting, findings);
    }
}

/// Judges what is given of `computeResources`, be they new or changed.
fn resources_are_right(resources: &Cursor<'_>, setting: Setting, findings: &mut Findings) {
    members::check(resources, setting, findings);
    vcpus::check(resources, setting, findings);
    strategy::check(resources, setting, findings);
    instances::check(resources, findings);
    network::check(resources, setting, findings);
    launch_template::check(resources, findings);
    image::check(resources, setting, findings);
}

/// The kind of capacity that `computeResources` state.
fn capacity(resources: &Cursor<'_>) -> Option<CRType> {
    resources.get("type")?.text().and_then(CRType::parse)
}
