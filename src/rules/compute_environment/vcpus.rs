//! How much capacity there is, and when it shrinks.

use super::Setting;
use crate::rules::context::{EC2_ENVIRONMENT, FARGATE_ENVIRONMENT};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::found;
use crate::rules::registry::rules;

/// The least and the most minutes that an idle instance is kept; 0 stands for no delay at all.
const DELAY: std::ops::RangeInclusive<i64> = 20..=10_080;

rules! {
    /// minvCpus is at most desiredvCpus, and desiredvCpus at most maxvCpus.
    ///
    /// The service moves the number of vCPUs between the two bounds, and begins with desiredvCpus. What an update leaves
    /// out keeps its value; the engine judges it together with what is there.
    error VCPU_ORDER = "CE050" {
        guide: "Compute environment parameters: compute resources, vCPUs; updating compute environments",
        from: ["CEQ-106", "CEQ-108", "CEQ-160", "OPS-212"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"minvCpus": 4, "maxvCpus": 2}}"#,
        right: r#"{"computeResources": {"minvCpus": 0, "desiredvCpus": 2, "maxvCpus": 4}}"#,
    }

    /// An environment on Fargate has at least 1 vCPU.
    ///
    /// With maxvCpus 0 no job can start. Containers of Windows need at least 1, those of Linux at least 0.25.
    warning FARGATE_CAPACITY = "CE051" {
        guide: "Creating a compute environment: Fargate",
        from: ["CEQ-075"],
        on: FARGATE_ENVIRONMENT,
        wrong: r#"{"computeResources": {"maxvCpus": 0}}"#,
        right: r#"{"computeResources": {"maxvCpus": 1}}"#,
    }

    /// Idle instances are kept for 20 to 10080 minutes, or not at all with 0.
    ///
    /// The delay of a scaling policy counts from the end of the last job on an instance. A week is the longest.
    error SCALE_DOWN_DELAY = "CE052" {
        guide: "API model: ComputeScalingPolicy, minScaleDownDelayMinutes",
        from: [],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"scalingPolicy": {"minScaleDownDelayMinutes": 5}}}"#,
        right: r#"{"computeResources": {"scalingPolicy": {"minScaleDownDelayMinutes": 20}}}"#,
    }
}

/// Judges the numbers of vCPUs that are given, and the scaling policy.
pub(super) fn check(resources: &Cursor<'_>, setting: Setting, findings: &mut Findings) {
    let number = |name| resources.get(name).and_then(|at| at.integer().map(|vcpus| (at, vcpus)));
    let (min, desired, max) = (number("minvCpus"), number("desiredvCpus"), number("maxvCpus"));
    // Other capacity takes neither minvCpus nor desiredvCpus, which has been said.
    if setting.capacity.is_none() || setting.is_instances() {
        check_order(min, desired, max.as_ref(), findings);
    }
    if let Some((at, 0)) = max.filter(|_| setting.is_fargate()) {
        let message = "no job can start in an environment on Fargate with 0 vCPUs";
        findings.push(FARGATE_CAPACITY.at(&at, message).with_help("give at least 1".to_owned()));
    }
    let delay = resources.get("scalingPolicy").and_then(|policy| policy.get("minScaleDownDelayMinutes"));
    if let Some(at) = delay
        && at.integer().is_some_and(|minutes| minutes != 0 && !DELAY.contains(&minutes))
    {
        let (least, most) = (DELAY.start(), DELAY.end());
        let message = format!("expected 0, or {least} to {most} minutes, found {}", found(&at));
        findings.push(SCALE_DOWN_DELAY.at(&at, message));
    }
}

type Number<'a> = (Cursor<'a>, i64);

fn check_order(
    min: Option<Number<'_>>,
    desired: Option<Number<'_>>,
    max: Option<&Number<'_>>,
    findings: &mut Findings,
) {
    let max = max.map(|(_, max)| *max);
    let mut is_possible = true;
    if let (Some((at, min)), Some(max)) = (&min, max)
        && *min > max
    {
        is_possible = false;
        let message = format!("expected at most the {max} of maxvCpus, found {min}");
        findings.push(VCPU_ORDER.at(at, message));
    }
    let Some((at, desired)) = desired else { return };
    if let Some(max) = max.filter(|max| desired > *max) {
        let message = format!("expected at most the {max} of maxvCpus, found {desired}");
        findings.push(VCPU_ORDER.at(&at, message));
    } else if let Some((_, min)) = min.filter(|(_, min)| is_possible && desired < *min) {
        let message = format!("expected at least the {min} of minvCpus, found {desired}");
        findings.push(VCPU_ORDER.at(&at, message));
    }
}
