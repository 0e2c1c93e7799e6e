//! Containers: what job definitions of all kinds and the overrides of a job have in common.
//!
//! [`check`] judges container properties as a whole. Its parts take a list or an object wherever it stands, so that
//! ECS tasks, node ranges and overrides are judged by the same rules.

pub(in crate::rules) mod efs;
pub(in crate::rules) mod environment;
pub(in crate::rules) mod linux;
pub(in crate::rules) mod logs;
pub(in crate::rules) mod mounts;
pub(in crate::rules) mod platform;
pub(in crate::rules) mod platform_version;
pub(in crate::rules) mod resources;
pub(in crate::rules) mod roles;
pub(in crate::rules) mod secrets;
pub(in crate::rules) mod ulimits;
mod values;
pub(in crate::rules) mod volumes;

use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::Rule;

/// The tables of this folder.
pub(in crate::rules) static TABLES: &[&[&Rule]] = &[
    values::RULES,
    environment::RULES,
    resources::RULES,
    resources::amount::RULES,
    resources::fargate::RULES,
    platform::RULES,
    platform_version::RULES,
    roles::RULES,
    volumes::RULES,
    efs::RULES,
    mounts::RULES,
    linux::RULES,
    ulimits::RULES,
    logs::RULES,
    secrets::RULES,
];

/// What a container runs on, as far as the request tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Platform {
    /// EC2 instances.
    Ec2,
    /// Fargate.
    Fargate,
    /// Something else, several of them, or whatever the definition of an overridden job says.
    Unknown,
}

/// Where container properties stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) struct Setting {
    /// What the container runs on.
    pub platform: Platform,
    /// Whether this is the container of a node range. Another range around it may have what this one lacks, so a
    /// missing amount of vCPUs or memory is left to whoever sees all ranges ([`resources::required`]).
    pub multi_node: bool,
}

/// Judges container properties: those of a job definition, or those of a node range.
pub(in crate::rules) fn check(at: &Cursor<'_>, setting: &Setting, findings: &mut Findings) {
    if !at.value().is_object() {
        return;
    }
    shared(at, setting.platform, false, findings);
    resources::check_container(at, setting, findings);
    platform::check(at, setting, findings);
    platform_version::check_container(at, setting.platform, findings);
    roles::check(at, setting.platform, roles::reads_secrets(at), findings);
    volumes::check(at, "jobRoleArn", setting.platform, findings);
    if let Some(mount_points) = at.get("mountPoints") {
        mounts::check(&mount_points, &volumes::Names::of(at), findings);
    }
}

/// Judges what the container of a job and the containers of an ECS task have in common, except for amounts and mount
/// points, which depend on what is around them.
pub(in crate::rules) fn shared(at: &Cursor<'_>, platform: Platform, in_task: bool, findings: &mut Findings) {
    if let Some(environment) = at.get("environment") {
        environment::define(&environment, findings);
    }
    environment::distinct(at, findings);
    if let Some(secrets) = at.get("secrets") {
        secrets::check(&secrets, findings);
    }
    if let Some(parameters) = at.get("linuxParameters") {
        linux::check(&parameters, platform, findings);
    }
    if let Some(ulimits) = at.get("ulimits") {
        ulimits::check(&ulimits, platform, findings);
    }
    if let Some(logs) = at.get("logConfiguration") {
        logs::check(&logs, platform, in_task, findings);
    }
    platform::privileged(at, platform, findings);
    roles::credentials(at, findings);
}
