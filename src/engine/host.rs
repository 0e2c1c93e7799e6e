//! The size of the host: what jobs may use of it.

use std::fs;

use super::core::Resources;

/// Memory kept back for the system, in MiB (rule CEQ-189).
const RESERVE_MIB: u64 = 32;

/// How large the host is taken to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostSize {
    /// Whole vCPUs.
    pub vcpus: u64,
    /// Memory that jobs may reserve, in MiB.
    pub memory_mib: u64,
}

impl HostSize {
    /// What the machine has: its processors, and its memory as the system reports it, rounded down to MiB, less a
    /// reserve (rules CEQ-187 to CEQ-190). `KILN_VCPUS` and `KILN_MEMORY_MIB` declare another size, to rehearse
    /// what needs a larger host.
    pub fn detect() -> Self {
        let declared = |name: &str| std::env::var(name).ok()?.parse().ok();
        let processors = || std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
        Self {
            vcpus: declared("KILN_VCPUS").unwrap_or_else(processors),
            memory_mib: declared("KILN_MEMORY_MIB")
                .unwrap_or_else(|| memory_mib().unwrap_or(1024).saturating_sub(RESERVE_MIB)),
        }
    }

    pub(super) fn resources(self) -> Resources {
        Resources { vcpu_milli: self.vcpus * 1000, memory_mib: self.memory_mib, gpus: 0 }
    }
}

fn memory_mib() -> Option<u64> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("MemTotal:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}
