//! The sizes of Fargate tasks: which amounts of memory go with which vCPUs.

use crate::api::constraint::whole_number;
use crate::rules::container::resources::Requirements;
use crate::rules::container::resources::amount;
use crate::rules::context::FARGATE_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::{Finding, Findings};
use crate::rules::found::joined;
use crate::rules::registry::rules;

rules! {
    /// On Fargate vCPUs and memory form one of the documented pairs.
    ///
    /// Each number of vCPUs goes with certain amounts of memory, in MiB: 0.25 with 512, 1024 or 2048; 0.5 with 1024 to
    /// 4096; 1 with 2048 to 8192; 2 with 4096 to 16384; 4 with 8192 to 30720, all in steps of 1024; 8 with 16384 to
    /// 61440 in steps of 4096; 16 with 32768 to 122880 in steps of 8192; 32 with 61440, 122880 or 249856. A task of
    /// several containers needs such a pair as its total.
    error FARGATE_PAIR = "JD038" {
        guide: "Job definition parameters: container properties, resource requirements of type MEMORY",
        from: [
            "JDP-115", "JDP-116", "JDP-117", "JDP-118", "JDP-119", "JDP-120", "JDP-121", "JDP-122", "EVT-005", "EVT-018",
        ],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "0.25"}, {"type": "MEMORY", "value": "4096"}]}}"#,
        right: r#"{"containerProperties": {"resourceRequirements": [{"type": "VCPU", "value": "0.5"}, {"type": "MEMORY", "value": "4096"}]}}"#,
    }
}

/// A number of vCPUs with the amounts of memory that go with it.
struct Size {
    vcpus: f64,
    memory: Memory,
}

/// Amounts of memory in MiB.
enum Memory {
    Listed(&'static [u64]),
    Steps { least: u64, most: u64, step: u64 },
}

/// All sizes, the smallest first. The largest is newer than the guide.
static SIZES: [Size; 8] = [
    Size { vcpus: 0.25, memory: Memory::Listed(&[512, 1024, 2048]) },
    Size { vcpus: 0.5, memory: Memory::Listed(&[1024, 2048, 3072, 4096]) },
    Size { vcpus: 1.0, memory: Memory::Steps { least: 2048, most: 8192, step: 1024 } },
    Size { vcpus: 2.0, memory: Memory::Steps { least: 4096, most: 16384, step: 1024 } },
    Size { vcpus: 4.0, memory: Memory::Steps { least: 8192, most: 30720, step: 1024 } },
    Size { vcpus: 8.0, memory: Memory::Steps { least: 16384, most: 61440, step: 4096 } },
    Size { vcpus: 16.0, memory: Memory::Steps { least: 32768, most: 122_880, step: 8192 } },
    Size { vcpus: 32.0, memory: Memory::Listed(&[61440, 122_880, 249_856]) },
];

impl Memory {
    fn contains(&self, amount: u64) -> bool {
        self.at_least(amount) == Some(amount)
    }

    /// The smallest amount that is not below `amount`.
    fn at_least(&self, amount: u64) -> Option<u64> {
        match self {
            Self::Listed(amounts) => amounts.iter().copied().find(|listed| *listed >= amount),
            Self::Steps { least, .. } if amount <= *least => Some(*least),
            Self::Steps { most, .. } if amount > *most => None,
            Self::Steps { step, .. } => Some(amount.div_ceil(*step) * step),
        }
    }

    fn most(&self) -> u64 {
        match self {
            Self::Listed(amounts) => amounts.last().copied().unwrap_or_default(),
            Self::Steps { most, .. } => *most,
        }
    }

    /// In words: `512, 1024 or 2048`, `2048 to 8192 in steps of 1024`.
    fn words(&self) -> String {
        match self {
            Self::Listed(amounts) => joined(&amounts.iter().map(u64::to_string).collect::<Vec<_>>(), "or"),
            Self::Steps { least, most, step } => format!("{least} to {most} in steps of {step}"),
        }
    }
}

/// Whether Fargate has tasks of so many vCPUs.
pub(super) fn is_size(vcpus: f64) -> bool {
    position(vcpus).is_some()
}

fn position(vcpus: f64) -> Option<usize> {
    SIZES.iter().position(|size| (size.vcpus - vcpus).abs() < f64::EPSILON)
}

/// The numbers of vCPUs, in words.
pub(super) fn sizes() -> String {
    joined(&SIZES.iter().map(|size| size.vcpus.to_string()).collect::<Vec<_>>(), "or")
}

/// What to take instead of a number of vCPUs that Fargate does not have.
pub(super) fn larger_size(vcpus: f64) -> Option<String> {
    let larger = SIZES.iter().find(|size| size.vcpus >= vcpus);
    Some(match larger {
        Some(size) => {
            format!("the next larger size is \"{}\", with MEMORY {}", size.vcpus, size.memory.words())
        }
        None => "a job that needs more has to run on EC2".to_owned(),
    })
}

/// Judges the pair of vCPUs and memory of one container that is a task of its own.
pub(super) fn check(requirements: &Requirements<'_>, findings: &mut Findings) {
    let Some(at) = &requirements.memory.value else { return };
    let Some(memory) = at.text().and_then(whole_number) else { return };
    let vcpus = requirements.vcpus.value.as_ref().and_then(Cursor::text).and_then(amount::vcpus);
    match vcpus.and_then(position) {
        Some(position) => findings.extend(mismatch(at, position, memory)),
        // The vCPUs are wrong already; the memory may be so whatever they become.
        None if !SIZES.iter().any(|size| size.memory.contains(memory)) => {
            let message = format!("expected a MEMORY value of Fargate, found {memory}");
            let larger = SIZES.iter().find_map(|size| size.memory.at_least(memory));
            let help = match larger {
                Some(larger) => format!("the next larger one is \"{larger}\""),
                None => "a job that needs more has to run on EC2".to_owned(),
            };
            findings.push(FARGATE_PAIR.at(at, message).with_help(help));
        }
        None => {}
    }
}

/// Judges the total of a task whose containers are given together; `at` is where the total is to be reported.
pub(in crate::rules) fn check_total(at: &Cursor<'_>, vcpus: f64, memory: u64, findings: &mut Findings) {
    match position(vcpus) {
        Some(position) => findings.extend(mismatch(at, position, memory)),
        None => {
            let message =
                format!("expected one of the VCPU values of Fargate in total: {}, found {vcpus}", sizes());
            let finding = FARGATE_PAIR.at(at, message).with_help(larger_size(vcpus));
            findings.push(finding.with_service(service(vcpus, memory)));
        }
    }
}

/// What is wrong with so much memory for a size, if anything is.
fn mismatch(at: &Cursor<'_>, position: usize, memory: u64) -> Option<Finding> {
    let Size { vcpus, memory: amounts } = &SIZES[position];
    if amounts.contains(memory) {
        return None;
    }
    let message =
        format!("expected one of the MEMORY values for {vcpus} vCPU: {}, found {memory}", amounts.words());
    let finding = FARGATE_PAIR.at(at, message).with_help(nearest_pair(position, memory));
    Some(finding.with_service(service(*vcpus, memory)))
}

fn service(vcpus: f64, memory: u64) -> String {
    format!("Fargate resource requirements ({vcpus:.2} vCPU, {memory} MiB) not valid.")
}

/// The nearest pairs: the same vCPUs with other memory, and the same memory with other vCPUs.
fn nearest_pair(position: usize, memory: u64) -> String {
    let amounts = &SIZES[position].memory;
    let instead = amounts.at_least(memory).unwrap_or(amounts.most());
    let other = SIZES
        .iter()
        .enumerate()
        .filter(|(_, size)| size.memory.contains(memory))
        .min_by_key(|(other, _)| other.abs_diff(position));
    match other {
        Some((_, size)) => {
            format!("take MEMORY \"{instead}\", or VCPU \"{}\" with MEMORY \"{memory}\"", size.vcpus)
        }
        None => format!("take MEMORY \"{instead}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_those_of_the_table() {
        let mut count = 0;
        for size in &SIZES {
            count += (0..=300_000).filter(|memory| size.memory.contains(*memory)).count();
        }
        assert_eq!(count, 3 + 4 + 7 + 13 + 23 + 12 + 12 + 3);
        for (vcpus, memory) in
            [(0.25, 2048), (0.5, 4096), (1.0, 8192), (2.0, 16384), (4.0, 30720), (8.0, 61440)]
        {
            let size = &SIZES[position(vcpus).unwrap()];
            assert!(size.memory.contains(memory) && size.memory.most() == memory, "{vcpus} {memory}");
        }
        for vcpus in [0.0, 0.3, 3.0, 64.0, f64::INFINITY] {
            assert!(!is_size(vcpus), "{vcpus}");
        }
    }

    #[test]
    fn the_nearest_pair_is_one() {
        assert_eq!(nearest_pair(0, 4096), "take MEMORY \"2048\", or VCPU \"0.5\" with MEMORY \"4096\"");
        assert_eq!(nearest_pair(2, 1000), "take MEMORY \"2048\"");
        assert_eq!(nearest_pair(5, 17408), "take MEMORY \"20480\", or VCPU \"4\" with MEMORY \"17408\"");
        assert_eq!(nearest_pair(7, u64::MAX), "take MEMORY \"249856\"");
    }
}
