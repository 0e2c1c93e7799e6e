//! Keys and units of the core. Each is a type of its own, so that no two can be mistaken for each other.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};

/// A moment: milliseconds since the Unix epoch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(pub i64);

impl Millis {
    /// How many seconds have gone by since `earlier`; none if it lies ahead, as after a clock was set back.
    pub fn seconds_since(self, earlier: Self) -> f64 {
        // Exact up to some 285,000 years.
        #[allow(clippy::cast_precision_loss, reason = "see above")]
        let millis = self.0.saturating_sub(earlier.0).max(0) as f64;
        millis / 1000.0
    }

    /// This moment and some seconds more; saturates.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }
}

/// A job: its row key in the store, ascending in order of submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobKey(pub u64);

impl JobKey {
    /// The key of a child of an array, or of a node: those follow their parent's key in the order of their indexes.
    pub const fn member(self, index: u32) -> Self {
        Self(self.0 + 1 + index as u64)
    }

    /// Which child or node of `parent` this would be; whether there are so many is the caller's to see.
    pub fn index_in(self, parent: Self) -> u32 {
        u32::try_from(self.0.wrapping_sub(parent.0 + 1)).unwrap_or(u32::MAX)
    }
}

/// A job queue: its row key in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueueKey(pub u64);

/// A compute environment: its row key in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnvironmentKey(pub u64);

/// One attempt of a job; numbers start at 1 (rule JOB-052).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttemptId {
    /// The job.
    pub job: JobKey,
    /// The attempt's number.
    pub number: u32,
}

impl fmt::Display for AttemptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.job.0, self.number)
    }
}

/// A table by job. Jobs that are close in time have keys that are close, and so lie close in memory: a queue of a
/// million is worked off without a look at cold memory.
pub(super) type JobMap<T> = HashMap<JobKey, T, BuildHasherDefault<KeyHasher>>;

/// Leaves a key as it is in the lower bits, by which its place is chosen, and mixes it into the uppermost seven, by
/// which neighbours are told apart. Keys are given out by the store, so that nobody can choose them to collide.
#[derive(Debug, Default)]
pub(super) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Keys are single numbers; this is only here to be complete.
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte) ^ self.0.rotate_left(8)));
    }

    fn write_u64(&mut self, key: u64) {
        const UPPER: u64 = 0x7f << 57;
        self.0 = (key & !UPPER) | (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) & UPPER);
    }
}
