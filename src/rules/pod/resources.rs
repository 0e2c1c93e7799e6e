//! The resources that the containers of a pod ask for: how amounts are written, and how limits and requests fit.

mod amount;

pub(crate) use amount::{mebibytes, quarters};

use crate::api::constraint::whole_number;
use crate::rules::context::EKS_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::{Finding, Findings};
use crate::rules::found::found;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::{Rule, rules};

const CPU: &str = "cpu";
const MEMORY: &str = "memory";
const GPU: &str = "nvidia.com/gpu";

rules! {
    /// Memory of a container in a pod is a whole number of mebibytes with the suffix Mi.
    ///
    /// Of the notations of Kubernetes, Batch takes this one alone: 1Gi is written 1024Mi. Fractions, other units and a
    /// bare number of bytes are refused.
    error MEMORY_FORM = "JD241" {
        guide: "Job definition parameters: EKS properties, containers, resources, memory",
        from: ["JDP-195", "CEQ-200", "JOB-187", "OPS-122"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"memory": "1Gi"}}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"memory": "1024Mi"}}}]}}}"#,
    }

    /// A container in a pod has at least 4 MiB of memory.
    ///
    /// No job can do with less.
    error MEMORY_LEAST = "JD242" {
        guide: "Job definition parameters: EKS properties, containers, resources, memory",
        from: ["JDP-196", "JDC-104"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"memory": "3Mi"}}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"memory": "4Mi"}}}]}}}"#,
    }

    /// The CPU of a container in a pod is a multiple of 0.25.
    ///
    /// It is written as a number, such as 0.25, 1 or 1.75. The millicores of Kubernetes, such as 250m, are refused.
    error CPU_FORM = "JD243" {
        guide: "Memory and vCPU considerations for AWS Batch on Amazon EKS",
        from: ["JDP-199", "CEQ-194", "CEQ-197"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"cpu": "250m"}}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"cpu": "0.25"}}}]}}}"#,
    }

    /// The CPU of a container in a pod is at least 0.25.
    ///
    /// A quarter of a core is the least that can be asked for.
    error CPU_LEAST = "JD244" {
        guide: "Memory and vCPU considerations for AWS Batch on Amazon EKS",
        from: ["CEQ-195"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"cpu": "0"}}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"cpu": "0.25"}}}]}}}"#,
    }

    /// GPUs of a container in a pod are whole.
    ///
    /// A GPU cannot be divided among containers.
    error GPU_FORM = "JD245" {
        guide: "Job definition parameters: EKS properties, containers, resources, nvidia.com/gpu",
        from: ["JDP-201", "JOB-185"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"nvidia.com/gpu": "0.5"}}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"nvidia.com/gpu": "1"}}}]}}}"#,
    }

    /// Memory in requests equals memory in limits, where both are given.
    ///
    /// Only CPU may be limited to more than is requested. Give one of the two, which is then taken for both.
    error MEMORY_EQUAL = "JD246" {
        guide: "Memory and vCPU considerations for AWS Batch on Amazon EKS",
        from: ["JDP-197", "CEQ-201"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"memory": "64Mi"}, "requests": {"memory": "32Mi"}}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"memory": "64Mi"}, "requests": {"memory": "64Mi"}}}]}}}"#,
    }

    /// CPU in requests does not exceed CPU in limits.
    ///
    /// What is requested is reserved, and what is beyond that up to the limit is used if nobody else needs it.
    error CPU_ORDER = "JD247" {
        guide: "Memory and vCPU considerations for AWS Batch on Amazon EKS",
        from: ["JDP-200", "CEQ-196"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"cpu": "1"}, "requests": {"cpu": "2"}}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"cpu": "2"}, "requests": {"cpu": "1"}}}]}}}"#,
    }

    /// GPUs in requests equal GPUs in limits, where both are given.
    ///
    /// Only CPU may be limited to more than is requested. Give one of the two, which is then taken for both.
    error GPU_EQUAL = "JD248" {
        guide: "Memory and vCPU considerations for AWS Batch on Amazon EKS",
        from: ["JDP-202", "CEQ-203"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"initContainers": [{"name": "fetch", "image": "busybox",
            "resources": {"limits": {"nvidia.com/gpu": "2"}, "requests": {"nvidia.com/gpu": "1"}}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"initContainers": [{"name": "fetch", "image": "busybox",
            "resources": {"limits": {"nvidia.com/gpu": "1"}, "requests": {"nvidia.com/gpu": "1"}}}]}}}"#,
    }

    /// The resources of a container in a pod name both CPU and memory.
    ///
    /// At least one of limits and requests has to name each of the two; what one of them does not say is taken from the
    /// other. Batch chooses the size of the nodes by them. Overrides and init containers may leave them out, and a job
    /// may bring the resources of a container that has none at all.
    error GIVEN = "JD249" {
        guide: "Memory and vCPU considerations for AWS Batch on Amazon EKS",
        from: ["CEQ-193", "CEQ-199"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"containers": [
            {"image": "busybox", "resources": {"limits": {"memory": "1024Mi"}}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"containers": [
            {"image": "busybox", "resources": {"requests": {"cpu": "1"}, "limits": {"memory": "1024Mi"}}}]}}}"#,
    }
}

/// Judges the amounts that a container asks for, in a definition or an override.
pub(super) fn check(container: &Cursor<'_>, findings: &mut Findings) {
    let Some(resources) = container.get("resources") else { return };
    let sides = ["limits", "requests"].map(|side| resources.get(side));
    let pair = |name: &str| sides.each_ref().map(|side| side.as_ref().and_then(|side| side.get(name)));
    let amounts = pair(MEMORY).map(|at| at.and_then(|at| Some((memory(&at, findings)?, at))));
    fit(&MEMORY_EQUAL, amounts, |limit, request| limit == request, findings);
    let amounts = pair(CPU).map(|at| at.and_then(|at| Some((cpu(&at, findings)?, at))));
    fit(&CPU_ORDER, amounts, |limit, request| limit >= request, findings);
    let amounts = pair(GPU).map(|at| at.and_then(|at| Some((gpu(&at, findings)?, at))));
    fit(&GPU_EQUAL, amounts, |limit, request| limit == request, findings);
}

/// Reports the request if it does not fit the limit.
fn fit(
    rule: &Rule,
    amounts: [Option<(u64, Cursor<'_>)>; 2],
    fits: impl Fn(u64, u64) -> bool,
    findings: &mut Findings,
) {
    let [Some((limit, limited)), Some((request, requested))] = amounts else { return };
    if !fits(limit, request) {
        let limit = limited.text().map_or_else(String::new, |text| quoted(text, LONGEST_SHOWN));
        let wanted = if rule.id == CPU_ORDER.id { "at most the limit" } else { "the same as the limit" };
        let message = format!("expected {wanted} {limit}, found {}", found(&requested));
        findings.push(rule.at(&requested, message));
    }
}

/// The mebibytes at a cursor; anything else is reported. An empty amount is reported for being empty.
fn memory(at: &Cursor<'_>, findings: &mut Findings) -> Option<u64> {
    let text = at.text().filter(|text| !text.is_empty())?;
    let Some(mebibytes) = amount::mebibytes(text) else {
        let message = format!("expected a whole number of mebibytes such as \"1024Mi\", found {}", found(at));
        let help = amount::in_mebibytes(text).map(|amount| format!("write \"{amount}\""));
        findings.push(MEMORY_FORM.at(at, message).with_help(help));
        return None;
    };
    if mebibytes < 4 {
        findings.push(MEMORY_LEAST.at(at, format!("expected at least \"4Mi\", found {}", found(at))));
    }
    Some(mebibytes)
}

/// The quarters of a CPU at a cursor; anything else is reported.
fn cpu(at: &Cursor<'_>, findings: &mut Findings) -> Option<u64> {
    let text = at.text().filter(|text| !text.is_empty())?;
    let Some(quarters) = amount::quarters(text) else {
        let message = format!("expected a multiple of 0.25 such as \"0.5\" or \"2\", found {}", found(at));
        let help = amount::in_quarters(text).map(|amount| format!("write \"{amount}\""));
        findings.push(CPU_FORM.at(at, message).with_help(help));
        return None;
    };
    if quarters == 0 {
        findings.push(CPU_LEAST.at(at, format!("expected at least \"0.25\", found {}", found(at))));
    }
    Some(quarters)
}

/// The GPUs at a cursor; anything else is reported.
fn gpu(at: &Cursor<'_>, findings: &mut Findings) -> Option<u64> {
    let text = at.text().filter(|text| !text.is_empty())?;
    let gpus = whole_number(text);
    if gpus.is_none() {
        let message = format!("expected a whole number of GPUs such as \"1\", found {}", found(at));
        findings.push(GPU_FORM.at(at, message));
    }
    gpus
}

/// Judges whether a container of a definition says how much it needs.
pub(super) fn given(container: &Cursor<'_>, findings: &mut Findings) {
    // Without any resources, a job may bring them as an override.
    let Some(resources) = container.get("resources") else { return };
    let sides: Vec<_> = ["limits", "requests"].into_iter().filter_map(|side| resources.get(side)).collect();
    // What is no map is reported for that.
    if !resources.value().is_object() || sides.iter().any(|side| !side.value().is_object()) {
        return;
    }
    let mut names = sides.iter().flat_map(Cursor::members).map(|(name, _)| name);
    // One that there is not may be meant for one that is missing, and is reported for itself.
    if names.any(|name| ![CPU, MEMORY, GPU].contains(&name)) {
        return;
    }
    for (name, example) in [(CPU, "1"), (MEMORY, "1024Mi")] {
        if sides.iter().all(|side| side.get(name).is_none()) {
            findings.push(lacking(&resources, name, example));
        }
    }
}

/// What neither the limits nor the requests say is lacking where it decides about the size of the nodes.
fn lacking(resources: &Cursor<'_>, name: &str, example: &str) -> Finding {
    let message = format!("no {name} given; expected it in limits, in requests or in both");
    let finding = GIVEN.at(resources, message);
    let path = finding.path.clone().key("requests").key(name);
    Finding { path, ..finding }.with_help(format!("add for instance \"{name}\": \"{example}\""))
}
