//! The size of the host: what jobs may use of it.

use std::fs;
use std::ops::RangeInclusive;

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
    /// Whole GPUs.
    pub gpus: u64,
}

impl HostSize {
    /// What the machine has: its processors, and its memory as the system reports it, rounded down to MiB, less a
    /// reserve (rules CEQ-187 to CEQ-190), and its NVIDIA GPUs. `KILN_VCPUS`, `KILN_MEMORY_MIB` and `KILN_GPUS` declare
    /// another size, to rehearse what needs a larger host.
    ///
    /// # Errors
    /// A declared size is not a number from 1 to a million (vCPUs) or a billion (MiB), or from 0 to 1024 (GPUs).
    pub fn detect() -> Result<Self, BadSize> {
        let processors = || std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
        Ok(Self {
            vcpus: declared("KILN_VCPUS", 1..=1_000_000)?.unwrap_or_else(processors),
            memory_mib: declared("KILN_MEMORY_MIB", 1..=1_000_000_000)?
                .unwrap_or_else(|| memory_mib().unwrap_or(1024).saturating_sub(RESERVE_MIB)),
            gpus: declared("KILN_GPUS", 0..=1024)?.unwrap_or_else(gpus),
        })
    }

    pub(super) fn resources(self) -> Resources {
        Resources { vcpu_milli: self.vcpus * 1000, memory_mib: self.memory_mib, gpus: self.gpus }
    }
}

/// A declared size that makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name} is {found:?}, but must be a whole number from {} to {}", range.start(), range.end())]
pub struct BadSize {
    /// The variable.
    pub name: &'static str,
    /// Its value.
    pub found: String,
    /// What is taken.
    pub range: RangeInclusive<u64>,
}

fn declared(name: &'static str, range: RangeInclusive<u64>) -> Result<Option<u64>, BadSize> {
    let Some(found) = std::env::var_os(name) else { return Ok(None) };
    let found = found.to_string_lossy().into_owned();
    match found.parse() {
        Ok(number) if range.contains(&number) => Ok(Some(number)),
        _ => Err(BadSize { name, found, range }),
    }
}

/// How many NVIDIA GPUs the system has, by their devices.
fn gpus() -> u64 {
    let names = fs::read_dir("/dev").into_iter().flatten().flatten().map(|entry| entry.file_name());
    let is_gpu = |name: &std::ffi::OsString| {
        let number = name.to_str().and_then(|name| name.strip_prefix("nvidia"));
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    names.filter(is_gpu).count() as u64
}

fn memory_mib() -> Option<u64> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("MemTotal:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}
