//! Single amounts of vCPUs, memory and GPUs.

use crate::api::constraint::{is_number, whole_number};
use crate::rules::container::Platform;
use crate::rules::container::resources::fargate;
use crate::rules::context::{EC2_DEFINITION, FARGATE_DEFINITION};
use crate::rules::cursor::Cursor;
use crate::rules::finding::{Finding, Findings};
use crate::rules::found::found;
use crate::rules::registry::rules;

/// What is longer is no amount, and not repeated in the words of the service.
const LONGEST_REFUSED: usize = 100;
/// The least memory of a container, in MiB.
pub(in crate::rules) const LEAST_MEMORY: u64 = 4;

rules! {
    /// On EC2 a container gets whole vCPUs, at least one.
    ///
    /// Halves and quarters of a vCPU exist on Fargate only, and even a whole number is written without a point. An
    /// amount given at submission may be meant for either, so there only what neither of them takes is refused.
    error WHOLE_VCPUS = "JD033" {
        guide: "Job definition parameters: container properties, resource requirements of type VCPU",
        from: ["JDC-044", "JDC-126", "JDP-124", "JDP-244", "JOB-024"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "0.5"}, {"type": "MEMORY", "value": "2048"}]}}"#,
        right: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}"#,
    }

    /// Memory is a whole number of MiB, at least 4.
    ///
    /// The number stands alone, without a unit. It is a hard limit: a container that needs more is killed.
    error MEMORY_LEAST = "JD034" {
        guide: "Job definition parameters: container properties, resource requirements of type MEMORY",
        from: ["JDC-045", "JDC-126", "JDP-113", "JOB-025", "JOB-124"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2g"}]}}"#,
        right: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}]}}"#,
    }

    /// GPUs are reserved as a whole, at least one.
    ///
    /// A GPU belongs to one container at a time. A job that needs none leaves the entry out.
    error WHOLE_GPUS = "JD035" {
        guide: "Job definition parameters: container properties, resource requirements of type GPU",
        from: ["JOB-028", "JDC-048", "JDP-110"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "1"},
            {"type": "MEMORY", "value": "2048"}, {"type": "GPU", "value": "0.5"}]}}"#,
        right: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "1"},
            {"type": "MEMORY", "value": "2048"}, {"type": "GPU", "value": "1"}]}}"#,
    }

    /// On Fargate vCPUs come in the documented sizes only.
    ///
    /// A Fargate task gets 0.25, 0.5, 1, 2, 4, 8, 16 or 32 vCPUs, and each size goes with certain amounts of memory.
    /// Take the next larger size, or run the job on EC2.
    error FARGATE_VCPUS = "JD037" {
        guide: "Job definition parameters: container properties, resource requirements of type VCPU",
        from: ["JDP-126", "EVT-004", "EVT-018", "EVT-019"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "3"}, {"type": "MEMORY", "value": "8192"}]}}"#,
        right: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "4"}, {"type": "MEMORY", "value": "8192"}]}}"#,
    }
}

/// The number of vCPUs that a text stands for: digits, perhaps with a point between them.
pub(in crate::rules) fn vcpus(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    (is_number(whole) && is_number(fraction)).then(|| text.parse().ok()).flatten()
}

/// Judges an amount of vCPUs.
pub(super) fn check_vcpus(at: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    let Some(text) = at.text() else { return };
    let is_size = vcpus(text).is_some_and(fargate::is_size);
    let is_whole = whole_number(text).is_some_and(|number| number >= 1);
    match platform {
        Platform::Ec2 if !is_whole => {
            let message = format!("expected a whole number of vCPUs, at least 1, found {}", found(at));
            let finding = WHOLE_VCPUS.at(at, message).with_help(whole_instead_of(text));
            findings.push(refused(finding, whole_number(text).is_none(), "VCPU", text));
        }
        Platform::Unknown if !is_whole && !is_size => {
            let message = format!(
                "expected a whole number of vCPUs, at least 1, or 0.25 or 0.5 for Fargate, found {}",
                found(at)
            );
            findings.push(refused(WHOLE_VCPUS.at(at, message), whole_number(text).is_none(), "VCPU", text));
        }
        Platform::Fargate if !is_size => {
            let message = format!(
                "expected one of the VCPU values of Fargate: {}, found {}",
                fargate::sizes(),
                found(at)
            );
            let finding = FARGATE_VCPUS.at(at, message).with_help(vcpus(text).and_then(fargate::larger_size));
            findings.push(refused(finding, vcpus(text).is_none(), "VCPU", text));
        }
        _ => {}
    }
}

/// What to write on EC2 instead of a number of vCPUs with a point.
fn whole_instead_of(text: &str) -> Option<String> {
    let number = vcpus(text)?;
    if number >= 1.0 && number.fract() == 0.0 {
        Some(format!("write it without a point: \"{number}\""))
    } else if fargate::is_size(number) {
        Some(
            "parts of a vCPU are for Fargate: add \"platformCapabilities\": [\"FARGATE\"], or take \"1\""
                .to_owned(),
        )
    } else {
        None
    }
}

/// Judges the share of a container in the vCPUs of its task: the task gets a size, not the container.
pub(super) fn check_share(at: &Cursor<'_>, findings: &mut Findings) {
    let Some(text) = at.text() else { return };
    if vcpus(text).is_none_or(|number| number <= 0.0) {
        let message = format!("expected a number of vCPUs above 0, found {}", found(at));
        findings.push(refused(WHOLE_VCPUS.at(at, message), vcpus(text).is_none(), "VCPU", text));
    }
}

/// Judges an amount of memory. On Fargate [`fargate`] has more to say about whole numbers.
pub(super) fn check_memory(at: &Cursor<'_>, platform: Platform, findings: &mut Findings) {
    let Some(text) = at.text() else { return };
    let least = if platform == Platform::Fargate { 0 } else { LEAST_MEMORY };
    if whole_number(text).is_none_or(|number| number < least) {
        let message = format!("expected a whole number of MiB, at least {LEAST_MEMORY}, found {}", found(at));
        let help = without_unit(text).map(|number| format!("write the number of MiB alone: \"{number}\""));
        let finding = MEMORY_LEAST.at(at, message).with_help(help);
        findings.push(refused(finding, whole_number(text).is_none(), "MEMORY", text));
    }
}

/// Judges a number of GPUs.
pub(super) fn check_gpus(at: &Cursor<'_>, findings: &mut Findings) {
    let Some(text) = at.text() else { return };
    if whole_number(text).is_none_or(|number| number < 1) {
        let message = format!("expected a whole number of GPUs, at least 1, found {}", found(at));
        findings.push(refused(WHOLE_GPUS.at(at, message), whole_number(text).is_none(), "GPU", text));
    }
}

/// The finding with the words that the service has for what it cannot read as a number.
fn refused(finding: Finding, is_none: bool, kind: &str, text: &str) -> Finding {
    if !is_none || text.len() > LONGEST_REFUSED {
        return finding;
    }
    finding.with_service(format!(
        "Error executing request, Exception : Value {text} for type {kind} in resourceRequirement is not valid. \
         Please provide a numeric value."
    ))
}

/// The MiB that were meant by an amount with a unit: `2g`, `512 MiB`, `1Gi`.
fn without_unit(text: &str) -> Option<u64> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(end);
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "m" | "mb" | "mi" | "mib" => 1,
        "g" | "gb" | "gi" | "gib" => 1024,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_and_nothing_else() {
        for (text, number) in [("1", 1.0), ("0.25", 0.25), ("16.0", 16.0), ("007", 7.0)] {
            assert_eq!(vcpus(text), Some(number), "{text}");
        }
        for text in ["", ".", "1.", ".5", "+1", "-1", "1e3", " 1", "1,5", "1.2.3", "NaN", "inf", "\u{661}"] {
            assert_eq!((vcpus(text), whole_number(text)), (None, None), "{text}");
        }
        assert_eq!(whole_number("2048"), Some(2048));
        assert_eq!(whole_number("1.0"), None);
        assert_eq!(whole_number(&"9".repeat(100)), Some(u64::MAX));
        assert!(vcpus(&"9".repeat(1000)).is_some());
    }

    #[test]
    fn units_become_mebibytes() {
        for (text, number) in [("4096M", 4096), ("2g", 2048), ("512 MiB", 512), ("1Gi", 1024)] {
            assert_eq!(without_unit(text), Some(number), "{text}");
        }
        for text in ["4096", "", "M", "1T", "1.5g", "99999999999999999999g", "18446744073709551615g"] {
            assert_eq!(without_unit(text), None, "{text}");
        }
    }
}
