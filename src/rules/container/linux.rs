//! Linux settings: devices, shared memory, swap and file systems in memory.

use crate::rules::container::Platform;
use crate::rules::context::{EC2_DEFINITION, FARGATE_DEFINITION};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::found;
use crate::rules::registry::rules;

/// What Fargate does not have, in the order of the API.
const NOT_ON_FARGATE: [&str; 5] = ["devices", "sharedMemorySize", "tmpfs", "maxSwap", "swappiness"];
/// The device of an Elastic Fabric Adapter.
const EFA: &str = "/dev/infiniband/uverbs0";
/// What a container must be able to do with it.
const PERMISSIONS: [&str; 3] = ["READ", "WRITE", "MKNOD"];

rules! {
    /// On Fargate there are no devices, no swap, no tmpfs and no size of shared memory.
    ///
    /// Of the Linux settings only initProcessEnabled exists there. Leave the others out or run the job on EC2.
    error FARGATE_LINUX = "JD048" {
        guide: "AWS Batch on AWS Fargate: job definitions on Fargate",
        from: [
            "JDC-055", "JDC-056", "JDC-057", "JDC-059", "JDC-085", "JDP-044", "JDP-056", "JDP-059", "JDP-065", "JDP-068",
            "EVT-006", "EVT-022", "EVT-023", "EVT-024", "EVT-025", "EVT-026",
        ],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"linuxParameters": {"sharedMemorySize": 64}}}"#,
        right: r#"{"containerProperties": {"linuxParameters": {"initProcessEnabled": true}}}"#,
    }

    /// Sizes in MiB are not negative.
    ///
    /// A container that is to have no swap at all gets maxSwap 0. Unlike docker run, there is no -1 for an unlimited
    /// amount.
    error SIZE = "JD090" {
        guide: "Job definition parameters: container properties, Linux parameters",
        from: ["JDC-055", "JDC-056", "JDP-052", "JDP-057", "JDP-072", "OPS-080", "OPS-081"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"linuxParameters": {"maxSwap": -1}}}"#,
        right: r#"{"containerProperties": {"linuxParameters": {"maxSwap": 0}}}"#,
    }

    /// Swappiness is a number from 0 to 100.
    ///
    /// 0 swaps only what cannot be kept, 100 swaps eagerly; 60 is the default.
    error SWAPPINESS = "JD091" {
        guide: "Job definition parameters: container properties, Linux parameters, swappiness",
        from: ["JDC-057", "JDP-060", "OPS-082"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"linuxParameters": {"maxSwap": 64, "swappiness": 101}}}"#,
        right: r#"{"containerProperties": {"linuxParameters": {"maxSwap": 64, "swappiness": 100}}}"#,
    }

    /// Swappiness has an effect only beside maxSwap.
    ///
    /// Without maxSwap it is accepted and ignored. Say how much swap the container may use.
    warning SWAPPINESS_ALONE = "JD092" {
        guide: "Job definition parameters: container properties, Linux parameters, swappiness",
        from: ["JDC-058", "JDP-061", "JDP-062", "OPS-083"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"linuxParameters": {"swappiness": 10}}}"#,
        right: r#"{"containerProperties": {"linuxParameters": {"maxSwap": 64, "swappiness": 10}}}"#,
    }

    /// A file system in memory is mounted at an absolute path.
    ///
    /// The path is one in the container and begins with a slash.
    error TMPFS_PATH = "JD093" {
        guide: "Job definition parameters: container properties, Linux parameters, tmpfs",
        from: ["JDP-070"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"linuxParameters": {"tmpfs": [{"containerPath": "scratch", "size": 64}]}}}"#,
        right: r#"{"containerProperties": {"linuxParameters": {"tmpfs": [{"containerPath": "/scratch", "size": 64}]}}}"#,
    }

    /// Options of a file system in memory are documented ones.
    ///
    /// They are those of the mount command, such as rw, ro, noexec and nosuid. mode, uid, gid, nr_inodes, nr_blocks and
    /// mpol take a value behind an equals sign. The size is a member of its own.
    error TMPFS_OPTION = "JD094" {
        guide: "Job definition parameters: container properties, Linux parameters, tmpfs",
        from: ["JDP-071"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"linuxParameters": {"tmpfs": [
            {"containerPath": "/scratch", "size": 64, "mountOptions": ["noquota"]}]}}}"#,
        right: r#"{"containerProperties": {"linuxParameters": {"tmpfs": [
            {"containerPath": "/scratch", "size": 64, "mountOptions": ["noexec", "mode=1777"]}]}}}"#,
    }

    /// The device of an Elastic Fabric Adapter keeps its path in the container.
    ///
    /// Programs find the adapter at /dev/infiniband/uverbs0 only. Leave containerPath out, which means the same path.
    error EFA_PATH = "JD095" {
        guide: "Elastic Fabric Adapter: job definitions",
        from: ["EVT-052"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"linuxParameters": {"devices": [
            {"hostPath": "/dev/infiniband/uverbs0", "containerPath": "/dev/efa0"}]}}}"#,
        right: r#"{"containerProperties": {"linuxParameters": {"devices": [{"hostPath": "/dev/infiniband/uverbs0"}]}}}"#,
    }

    /// The device of an Elastic Fabric Adapter needs all permissions.
    ///
    /// Programs read it, write to it and create device files for it. Leave permissions out, which means all three.
    error EFA_PERMISSIONS = "JD096" {
        guide: "Elastic Fabric Adapter: job definitions",
        from: ["EVT-053"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"linuxParameters": {"devices": [
            {"hostPath": "/dev/infiniband/uverbs0", "permissions": ["READ"]}]}}}"#,
        right: r#"{"containerProperties": {"linuxParameters": {"devices": [
            {"hostPath": "/dev/infiniband/uverbs0", "permissions": ["READ", "WRITE", "MKNOD"]}]}}}"#,
    }
}

/// Judges the Linux settings of a container.
pub(in crate::rules) fn check(parameters: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    if platform == Platform::Fargate {
        not_on_fargate(parameters, findings);
        return;
    }
    if let Some(at) = parameters.get("swappiness")
        && at.integer().is_some()
        && parameters.get("maxSwap").is_none()
    {
        let help = "add maxSwap, the swap that the container may use in MiB".to_owned();
        findings.push(SWAPPINESS_ALONE.at(&at, "swappiness is ignored without maxSwap").with_help(help));
    }
    if let Some(devices) = parameters.get("devices") {
        devices.items().for_each(|device| efa(&device, findings));
    }
}

fn not_on_fargate(parameters: &Cursor<'_>, findings: &mut Findings) {
    for (member, at) in NOT_ON_FARGATE.into_iter().filter_map(|name| Some((name, parameters.get(name)?))) {
        // Descriptions of registered definitions show empty lists, and are to be registered again.
        if at.value().as_array().is_some_and(Vec::is_empty) {
            continue;
        }
        let message = format!("{member} must not be given on Fargate");
        let help = "leave it out, or run the job on EC2".to_owned();
        findings.push(FARGATE_LINUX.at(&at, message).with_help(help));
    }
}

/// Judges a device that is an Elastic Fabric Adapter.
fn efa(device: &Cursor<'_>, findings: &mut Findings) {
    if device.get("hostPath").is_none_or(|path| path.text() != Some(EFA)) {
        return;
    }
    if let Some(at) = device.get("containerPath")
        && at.text().is_some_and(|text| !["", EFA].contains(&text))
    {
        let message =
            format!("expected \"{EFA}\", where programs look for the adapter, found {}", found(&at));
        let help = "leave containerPath out".to_owned();
        findings.push(EFA_PATH.at(&at, message).with_help(help));
    }
    if let Some(at) = device.get("permissions").filter(|at| at.value().is_array()) {
        let has = |word| at.items().any(|item| item.text() == Some(word));
        let missing: Vec<_> = PERMISSIONS.into_iter().filter(|word| !has(word)).collect();
        if !missing.is_empty() {
            let message =
                format!("an Elastic Fabric Adapter needs all permissions, {} missing", is_are(&missing));
            let help = "leave permissions out, which means all of them".to_owned();
            findings.push(EFA_PERMISSIONS.at(&at, message).with_help(help));
        }
    }
}

/// `MKNOD is`, `WRITE and MKNOD are`.
fn is_are(words: &[&str]) -> String {
    let verb = if words.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", crate::rules::found::joined(words, "and"))
}
