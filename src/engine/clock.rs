//! The engine's time: the time of day when it started, and from then on a clock that nobody sets.
//!
//! So time never runs backwards, a wait is as long as it says, and a clock that is set while the engine runs neither
//! ends jobs early nor stops timers. The price is that a clock that was wrong stays wrong until the engine starts anew;
//! one that was ahead, until the time of day is beyond what has happened under it.

use std::time::{SystemTime, UNIX_EPOCH};

use rustix::time::{ClockId, clock_gettime};

use super::core::Millis;

/// The engine's clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    /// What to add to the time since the machine started, in ms.
    offset: i64,
}

impl Clock {
    /// Starts at the time of day, or later if something that happened before is already later.
    pub(super) fn start(latest: Millis) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let wall = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
        Self { offset: wall.max(latest.0).saturating_sub(since_boot()) }
    }

    /// Now.
    pub(super) fn now(self) -> Millis {
        Millis(self.offset.saturating_add(since_boot()))
    }
}

/// Counts on while the machine sleeps.
fn since_boot() -> i64 {
    let time = clock_gettime(ClockId::Boottime);
    time.tv_sec.saturating_mul(1000).saturating_add(time.tv_nsec / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_begins_where_it_was_left() {
        let future = Millis(9_000_000_000_000);
        assert!(Clock::start(future).now() >= future);
        assert!(Clock::start(Millis(0)).now() < future);
    }
}
