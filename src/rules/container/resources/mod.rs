//! vCPUs, memory and GPUs: lists of requirements, and the old members that they replace.

pub(in crate::rules) mod amount;
pub(in crate::rules) mod fargate;

use crate::rules::container::{Platform, Setting};
use crate::rules::context::{EC2_DEFINITION, FARGATE_DEFINITION};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::rules;

rules! {
    /// A container says how many vCPUs it needs.
    ///
    /// Nothing can be placed without them. They stand in resourceRequirements as an entry of type VCPU; in a multi-node
    /// parallel job every node needs them, from one of the ranges that it belongs to.
    error VCPUS_GIVEN = "JD030" {
        guide: "Job definition parameters: container properties, resource requirements",
        from: ["JDC-044", "JDC-126", "JDP-107", "JDP-125", "EVT-018", "OPS-071"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"resourceRequirements": [{"type": "MEMORY", "value": "2048"}]}}"#,
        right: r#"{"containerProperties": {"resourceRequirements": [{"type": "MEMORY", "value": "2048"}, {"type": "VCPU", "value": "1"}]}}"#,
    }

    /// A container says how much memory it needs.
    ///
    /// Nothing can be placed without it. It stands in resourceRequirements as an entry of type MEMORY, in MiB; in a
    /// multi-node parallel job every node needs it, from one of the ranges that it belongs to.
    error MEMORY_GIVEN = "JD031" {
        guide: "Job definition parameters: container properties, resource requirements",
        from: ["JDC-045", "JDC-126", "JDP-107", "JDP-114", "EVT-018"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "1"}]}}"#,
        right: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}"#,
    }

    /// The members vcpus and memory are superseded by resourceRequirements.
    ///
    /// They still work on EC2, but overrides at submission go to resourceRequirements and may not meet them. Move the
    /// amounts to entries of type VCPU and MEMORY, whose values are strings.
    warning OLD_RESOURCES = "JD032" {
        guide: "Troubleshooting: job definition with deprecated memory and vcpus members",
        from: ["JDC-134", "JDP-089", "JDP-140", "OPS-210"],
        on: EC2_DEFINITION,
        wrong: r#"without containerProperties.resourceRequirements
{"containerProperties": {"vcpus": 1, "memory": 2048}}"#,
        right: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}"#,
    }

    /// Each kind of resource is required once.
    ///
    /// Of two entries of one type only one can count, and which one is not documented. Keep the one that is meant.
    warning RESOURCE_TWICE = "JD036" {
        guide: "Job definition parameters: container properties, resource requirements",
        from: ["JDP-108"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "1"},
            {"type": "MEMORY", "value": "2048"}, {"type": "MEMORY", "value": "4096"}]}}"#,
        right: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "1"},
            {"type": "MEMORY", "value": "4096"}]}}"#,
    }

    /// There are no GPUs on Fargate.
    ///
    /// A job that needs a GPU has to run on EC2 instances of a family that has them. Leave the entry out, or leave
    /// FARGATE out of platformCapabilities.
    error FARGATE_GPU = "JD039" {
        guide: "AWS Batch on AWS Fargate: job definitions on Fargate",
        from: ["JDC-048", "JDC-085", "JDP-111", "EVT-020"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "1"},
            {"type": "MEMORY", "value": "2048"}, {"type": "GPU", "value": "1"}]}}"#,
        right: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "1"},
            {"type": "MEMORY", "value": "2048"}]}}"#,
    }

    /// On Fargate the members vcpus and memory must not be given.
    ///
    /// These old members are for EC2 only. Put the amounts into resourceRequirements, as entries of type VCPU and
    /// MEMORY whose values are strings.
    error FARGATE_OLD_RESOURCES = "JD040" {
        guide: "AWS Batch on AWS Fargate: job definitions on Fargate",
        from: ["EVT-015", "EVT-016", "JDP-089", "JDP-140"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"memory": 512}}"#,
        right: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "0.25"}, {"type": "MEMORY", "value": "512"}]}}"#,
    }
}

/// What a list of requirements has of one kind.
#[derive(Debug, Default)]
pub(in crate::rules) struct Requirement<'a> {
    /// Whether there is an entry of the kind.
    pub is_given: bool,
    /// The amount, if the entry has one.
    pub value: Option<Cursor<'a>>,
}

/// What a list of requirements says.
#[derive(Debug, Default)]
pub(in crate::rules) struct Requirements<'a> {
    /// The vCPUs.
    pub vcpus: Requirement<'a>,
    /// The memory.
    pub memory: Requirement<'a>,
    gpus: Requirement<'a>,
    /// Whether the list, or an entry of it, is not of the kind it should be: then what seems to be missing may be there.
    pub is_unclear: bool,
}

impl<'a> Requirements<'a> {
    /// What the list in `resourceRequirements` of a container says; nothing if there is none.
    pub(in crate::rules) fn of(container: &Cursor<'a>) -> Self {
        let mut requirements = Self::default();
        if let Some(list) = container.get("resourceRequirements") {
            requirements.is_unclear = !list.value().is_array();
            for entry in list.items() {
                requirements.add(&entry);
            }
        }
        requirements
    }

    /// Adds an entry; whether it is the second of its kind.
    fn add(&mut self, entry: &Cursor<'a>) -> bool {
        let kind = entry.get("type");
        let slot = match kind.as_ref().and_then(Cursor::text) {
            Some("VCPU") => &mut self.vcpus,
            Some("MEMORY") => &mut self.memory,
            Some("GPU") => &mut self.gpus,
            _ => {
                self.is_unclear = true;
                return false;
            }
        };
        let repeated = slot.is_given;
        *slot = Requirement { is_given: true, value: entry.get("value") };
        repeated
    }
}

/// Judges each entry of a list of requirements: those of a container, or those that override them.
pub(in crate::rules) fn check(list: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    entries(list, platform, false, findings);
}

/// Judges each entry of a list of requirements of one container of an ECS task. On Fargate it is the total of the task
/// that has to be a pair of the table ([`fargate::check_total`]).
pub(in crate::rules) fn check_in_task(list: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    entries(list, platform, platform != Platform::Ec2, findings);
}

/// Judges entries; shares are the amounts of a container that is not the only one of its task.
fn entries(list: &Cursor<'_>, platform: Platform, are_shares: bool, findings: &mut Findings) {
    let sizes = if are_shares { Platform::Unknown } else { platform };
    let mut seen = Requirements::default();
    for entry in list.items() {
        let is_repeated = seen.add(&entry);
        let (kind, value) = (entry.get("type"), entry.get("value"));
        let kind = kind.as_ref().and_then(Cursor::text).unwrap_or_default();
        if is_repeated {
            let message = format!("there is another entry of type {kind} before this one");
            findings.push(RESOURCE_TWICE.at(&entry, message).with_help("keep one of them".to_owned()));
        }
        match (kind, value) {
            ("GPU", _) if platform == Platform::Fargate => {
                let help = "leave the entry out, or run the job on EC2".to_owned();
                findings.push(FARGATE_GPU.at(&entry, "there are no GPUs on Fargate").with_help(help));
            }
            ("GPU", Some(value)) => amount::check_gpus(&value, findings),
            ("VCPU", Some(value)) if are_shares => amount::check_share(&value, findings),
            ("VCPU", Some(value)) => amount::check_vcpus(&value, sizes, findings),
            ("MEMORY", Some(value)) => amount::check_memory(&value, sizes, findings),
            _ => {}
        }
    }
}

/// Judges all amounts of container properties.
pub(super) fn check_container(container: &Cursor<'_>, setting: &Setting, findings: &mut Findings) {
    if let Some(list) = container.get("resourceRequirements") {
        check(&list, setting.platform, findings);
    }
    let requirements = Requirements::of(container);
    if setting.platform == Platform::Fargate {
        fargate::check(&requirements, findings);
    }
    if !setting.multi_node {
        required(container, &requirements, findings);
    }
    old(container, setting.platform, findings);
}

/// Judges whether a container says how many vCPUs and how much memory it needs, in the new members or the old ones.
pub(in crate::rules) fn required(
    container: &Cursor<'_>,
    requirements: &Requirements<'_>,
    findings: &mut Findings,
) {
    let kinds = [
        (&VCPUS_GIVEN, "VCPU", &requirements.vcpus, "vcpus", "1"),
        (&MEMORY_GIVEN, "MEMORY", &requirements.memory, "memory", "2048"),
    ];
    for (rule, kind, requirement, old, example) in kinds {
        if !requirement.is_given && !requirements.is_unclear && container.get(old).is_none() {
            let message = format!("an entry of type {kind} is missing");
            let help = format!(r#"add one, such as {{"type": "{kind}", "value": "{example}"}}"#);
            findings.push(rule.missing(container, "resourceRequirements", message).with_help(help));
        }
    }
}

/// Judges the old members.
fn old(container: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    for (member, kind, least) in [("vcpus", "VCPU", 1), ("memory", "MEMORY", 4)] {
        let Some(at) = container.get(member) else { continue };
        let amount = at.integer();
        let entry = amount.map_or_else(
            || format!("put it into resourceRequirements, as an entry of type {kind}"),
            |amount| {
                format!(r#"put {{"type": "{kind}", "value": "{amount}"}} into resourceRequirements instead"#)
            },
        );
        if platform == Platform::Fargate {
            let message = format!("{member} must not be given on Fargate");
            findings.push(FARGATE_OLD_RESOURCES.at(&at, message).with_help(entry));
        } else if amount.is_some_and(|amount| amount >= least) {
            // An amount that is out of range is wrong before it is old.
            let message = format!("{member} is superseded by resourceRequirements");
            findings.push(OLD_RESOURCES.at(&at, message).with_help(entry));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn found(check: impl Fn(&Cursor<'_>, &mut Findings), input: &Value) -> Vec<(&'static str, String)> {
        let mut findings = Findings::new();
        check(&Cursor::root(input), &mut findings);
        findings.iter().map(|finding| (finding.rule, finding.path.to_string())).collect()
    }

    #[test]
    fn containers_of_a_task_share_its_size() {
        let list =
            json!([{"type": "VCPU", "value": "6"}, {"type": "MEMORY", "value": "100"}, {"type": "GPU"}]);
        for (platform, expected) in [
            (Platform::Ec2, vec![]),
            (Platform::Unknown, vec![]),
            (Platform::Fargate, vec![("JD039", "[2]".to_owned())]),
        ] {
            assert_eq!(found(|at, findings| check_in_task(at, platform, findings), &list), expected);
        }
        let list = json!([{"type": "VCPU", "value": "0.75"}]);
        assert!(found(|at, findings| check_in_task(at, Platform::Fargate, findings), &list).is_empty());
        assert_eq!(found(|at, findings| check_in_task(at, Platform::Ec2, findings), &list).len(), 1);
        let list = json!([{"type": "VCPU", "value": "0"}]);
        assert_eq!(found(|at, findings| check_in_task(at, Platform::Fargate, findings), &list).len(), 1);
        assert!(found(|at, findings| fargate::check_total(at, 8.0, 16384, findings), &list).is_empty());
        assert_eq!(found(|at, findings| fargate::check_total(at, 6.0, 16384, findings), &list).len(), 1);
        assert_eq!(found(|at, findings| fargate::check_total(at, 8.0, 8192, findings), &list).len(), 1);
    }

    #[test]
    fn what_is_unclear_is_not_missing() {
        let required =
            |at: &Cursor<'_>, findings: &mut Findings| required(at, &Requirements::of(at), findings);
        for container in [
            json!({"resourceRequirements": "1"}),
            json!({"resourceRequirements": [{"type": "CPU", "value": "1"}]}),
            json!({"resourceRequirements": [7]}),
            json!({"vcpus": "1", "memory": null}),
        ] {
            assert!(found(required, &container).is_empty(), "{container}");
        }
        assert_eq!(found(required, &json!({})).len(), 2);
    }
}
