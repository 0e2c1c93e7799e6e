//! ECS tasks on a platform: the settings of a task, and its containers as containers.

use crate::api::constraint::whole_number;
use crate::rules::container::platform::{FARGATE_ONLY, FARGATE_SETTING};
use crate::rules::container::platform_version::{self, Uses};
use crate::rules::container::resources::{Requirements, amount, fargate};
use crate::rules::container::{self, Platform, mounts, platform, resources, roles, volumes};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;

/// What an ECS task on EC2 must not say; it is refused there.
const REFUSED_ON_EC2: [&str; 2] = ["networkConfiguration", "platformVersion"];
/// What an ECS task on EC2 says in vain.
const IGNORED_ON_EC2: [&str; 2] = ["ephemeralStorage", "runtimePlatform"];

/// Judges one element of `taskProperties`.
pub(super) fn check(task: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    let containers = task.get("containers");
    let containers = || containers.iter().flat_map(Cursor::items).filter(|at| at.value().is_object());
    if platform == Platform::Ec2 {
        fargate_only(task, findings);
    }
    if let Some(runtime) = task.get("runtimePlatform") {
        platform::windows(&runtime, findings);
    }
    if let Some(version) = task.get("platformVersion").filter(|_| platform == Platform::Fargate) {
        let credentials = containers().any(|at| at.get("repositoryCredentials").is_some());
        platform_version::check(&version, Uses { credentials, ..Uses::of(task) }, findings);
    }
    roles::check(task, platform, containers().find_map(|at| roles::reads_secrets(&at)), findings);
    volumes::check(task, "taskRoleArn", platform, findings);
    let names = volumes::Names::of(task);
    for at in containers() {
        container::shared(&at, platform, true, findings);
        if let Some(mount_points) = at.get("mountPoints") {
            mounts::check(&mount_points, &names, findings);
        }
        if let Some(list) = at.get("resourceRequirements") {
            resources::check_in_task(&list, platform, findings);
        }
        resources::required(&at, &Requirements::of(&at), findings);
    }
    if platform == Platform::Fargate {
        total(task, findings);
    }
}

/// Judges settings that only Fargate has.
fn fargate_only(task: &Cursor<'_>, findings: &mut Findings) {
    let help = "leave it out, or add \"platformCapabilities\": [\"FARGATE\"] if the job is to run there";
    for (member, at) in REFUSED_ON_EC2.into_iter().filter_map(|name| Some((name, task.get(name)?))) {
        let message = format!("{member} must not be given on EC2");
        findings.push(FARGATE_ONLY.at(&at, message).with_help(help.to_owned()));
    }
    for (member, at) in IGNORED_ON_EC2.into_iter().filter_map(|name| Some((name, task.get(name)?))) {
        let message = format!("{member} has no effect on EC2");
        findings.push(FARGATE_SETTING.at(&at, message).with_help(help.to_owned()));
    }
}

/// Judges the total of the task, which has to be a pair of the table. If an amount is missing or wrong, there is none.
fn total(task: &Cursor<'_>, findings: &mut Findings) {
    let Some(containers) = task.get("containers") else { return };
    let mut vcpus = 0.0;
    let mut memory: u64 = 0;
    for container in containers.items() {
        let Requirements { vcpus: own_vcpus, memory: own_memory, .. } = Requirements::of(&container);
        let own_vcpus = own_vcpus.value.as_ref().and_then(Cursor::text).and_then(amount::vcpus);
        let own_memory = own_memory.value.as_ref().and_then(Cursor::text).and_then(whole_number);
        let (Some(own_vcpus), Some(own_memory)) = (own_vcpus, own_memory) else { return };
        if own_vcpus <= 0.0 || own_memory < amount::LEAST_MEMORY {
            return;
        }
        vcpus += own_vcpus;
        memory = memory.saturating_add(own_memory);
    }
    if containers.items().next().is_some() {
        // What binary fractions lose in adding decimal ones must not make a pair look wrong.
        let vcpus = (vcpus * 1e6).round() / 1e6;
        fargate::check_total(&containers, vcpus, memory, findings);
    }
}
