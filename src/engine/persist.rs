//! From the core's durable effects to rows.

use uuid::Uuid;

use super::core::{Effect, StopCause};
use crate::store::write::AttemptEnd;
use crate::store::{Store, StoreError};

/// Writes one effect into the open batch; effects that are not durable write nothing.
pub(super) fn persist(store: &mut Store, effect: &Effect) -> Result<(), StoreError> {
    match effect {
        Effect::Status { job, status, reason, at } => {
            store.set_status(job.0, *status, reason.as_deref(), at.0)
        }
        Effect::Reason { job, reason } => store.set_reason(job.0, reason.as_deref()),
        Effect::Position { job, position } => store.set_position(job.0, *position),
        Effect::AttemptPlaced { attempt, environment, at } => {
            let task = Uuid::new_v4().simple().to_string();
            store.insert_attempt(attempt.job.0, attempt.number, environment.0, &task, at.0)
        }
        Effect::AttemptStarted { attempt, at } => store.start_attempt(attempt.job.0, attempt.number, at.0),
        Effect::AttemptStopping { attempt, cause, kill_at } => {
            let words = match cause {
                StopCause::Terminated(words) => Some(words.as_str()),
                StopCause::TimedOut => None,
            };
            store.stop_attempt(attempt.job.0, attempt.number, words, kill_at.0)
        }
        Effect::AttemptEnded { attempt, outcome, at } => store.end_attempt(
            attempt.job.0,
            attempt.number,
            &AttemptEnd {
                at: at.0,
                code: outcome.code,
                reason: &outcome.reason,
                container_reason: outcome.container_reason.as_deref(),
            },
        ),
        Effect::Launch { .. } | Effect::Signal { .. } | Effect::Settle { .. } => Ok(()),
    }
}
