//! Keys and units of the core. Each is a type of its own, so that no two can be mistaken for each other.

use std::fmt;

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
