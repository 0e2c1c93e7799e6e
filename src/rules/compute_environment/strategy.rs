//! Allocation strategies, and the role that one of them needs.

use super::Setting;
use crate::api::compute_environment::{CRAllocationStrategy, CRType};
use crate::rules::context::{EC2_ENVIRONMENT, EKS_ENVIRONMENT, SPOT_ENVIRONMENT};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::found;
use crate::rules::registry::rules;

rules! {
    /// An environment on EKS names its allocation strategy, and it is not BEST_FIT.
    ///
    /// BEST_FIT is not supported on EKS, and it is what an omitted strategy stands for. Use BEST_FIT_PROGRESSIVE for
    /// On-Demand Instances and SPOT_PRICE_CAPACITY_OPTIMIZED for Spot Instances.
    error EKS_STRATEGY = "CE055" {
        guide: "Getting started with Amazon EKS: compute environment; allocation strategies",
        from: ["CEQ-096", "CEQ-099", "OPS-115"],
        on: EKS_ENVIRONMENT,
        wrong: "without computeResources.allocationStrategy",
        right: r#"{"computeResources": {"allocationStrategy": "BEST_FIT_PROGRESSIVE"}}"#,
    }

    /// The allocation strategy fits the kind of capacity.
    ///
    /// Strategies that begin with SPOT look at the capacity that is left over and are for the type SPOT only;
    /// BEST_FIT_PROGRESSIVE_ORDERED is for the type EC2 only. BEST_FIT_PROGRESSIVE goes with both.
    error STRATEGY = "CE056" {
        guide: "Allocation strategies",
        from: ["CEQ-101", "OPS-044"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"allocationStrategy": "SPOT_CAPACITY_OPTIMIZED"}}"#,
        right: r#"{"computeResources": {"allocationStrategy": "BEST_FIT_PROGRESSIVE"}}"#,
    }

    /// Spot capacity with the strategy BEST_FIT names a Spot fleet role.
    ///
    /// With this strategy, which is also the default, instances come from a Spot fleet that acts in that role. The other
    /// strategies need none and are interrupted less.
    error SPOT_ROLE = "CE057" {
        guide: "Compute environment parameters: compute resources, Spot fleet role",
        from: ["CEQ-094", "CEQ-096"],
        on: SPOT_ENVIRONMENT,
        wrong: "without computeResources.allocationStrategy",
        right: r#"{"computeResources": {
            "allocationStrategy": "BEST_FIT",
            "spotIamFleetRole": "arn:aws:iam::123456789012:role/AmazonEC2SpotFleetTaggingRole"}}"#,
    }
}

/// Judges whether a new environment has a strategy where it needs one, and the role for it.
pub(super) fn check_given(resources: &Cursor<'_>, setting: Setting, findings: &mut Findings) {
    if !setting.is_instances() {
        return;
    }
    let strategy = resources.get("allocationStrategy");
    let is_best_fit = strategy.as_ref().is_none_or(|strategy| strategy.text() == Some("BEST_FIT"));
    if !is_best_fit {
        return;
    }
    if setting.eks == Some(true) {
        let help = match setting.capacity {
            Some(CRType::Spot) => "write SPOT_PRICE_CAPACITY_OPTIMIZED",
            _ => "write BEST_FIT_PROGRESSIVE",
        };
        let finding = match &strategy {
            Some(strategy) => EKS_STRATEGY.at(strategy, "BEST_FIT is not supported on EKS"),
            None => {
                let message =
                    "expected a strategy, since the default BEST_FIT is not supported on EKS, found none";
                EKS_STRATEGY.missing(resources, "allocationStrategy", message)
            }
        };
        findings.push(finding.with_help(help.to_owned()));
    } else if setting.capacity == Some(CRType::Spot) && resources.get("spotIamFleetRole").is_none() {
        let which = if strategy.is_some() { "" } else { "the default " };
        let message = format!("{which}BEST_FIT needs the role of a Spot fleet, found none");
        let help = "give a role, or the allocationStrategy SPOT_PRICE_CAPACITY_OPTIMIZED, which needs none";
        findings.push(SPOT_ROLE.missing(resources, "spotIamFleetRole", message).with_help(help.to_owned()));
    }
}

/// Judges the strategy that is given.
pub(super) fn check(resources: &Cursor<'_>, setting: Setting, findings: &mut Findings) {
    let Some(at) = resources.get("allocationStrategy") else { return };
    let Some(strategy) = at.text().and_then(CRAllocationStrategy::parse) else { return };
    use CRAllocationStrategy as Strategy;
    let needs = match strategy {
        Strategy::SpotCapacityOptimized
        | Strategy::SpotPriceCapacityOptimized
        | Strategy::SpotCapacityOptimizedPrioritized => CRType::Spot,
        Strategy::BestFitProgressiveOrdered => CRType::Ec2,
        Strategy::BestFit | Strategy::BestFitProgressive => return,
    };
    if let Some(capacity) = setting.capacity.filter(|capacity| setting.is_instances() && *capacity != needs) {
        let message = format!(
            "expected a strategy for the type {capacity}, found {}, which is for {needs}",
            found(&at)
        );
        let help = match capacity {
            CRType::Spot => "SPOT_PRICE_CAPACITY_OPTIMIZED is usually the best for Spot Instances",
            _ => "BEST_FIT_PROGRESSIVE is usually the best for On-Demand Instances",
        };
        findings.push(STRATEGY.at(&at, message).with_help(help.to_owned()));
    }
}
