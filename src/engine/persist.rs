//! From the core's durable effects to rows.

use serde_json::Value;
use uuid::Uuid;

use super::change::{HEALTHY, document, text};
use super::core::{Call, Effect, EnvironmentKey, JobKey, Reason, StopCause};
use crate::api::ServiceError;
use crate::store::read::Read;
use crate::store::write::{AttemptEnd, NewAttempt};
use crate::store::{Rest, StopKind, Store, StoreError, StoredCall};

/// Writes one effect into the open batch; effects that are not durable write nothing.
pub(super) fn persist(store: &mut Store, effect: &Effect) -> Result<(), ServiceError> {
    match effect {
        Effect::Made { job, parent } => store.insert_member(job.0, parent.0)?,
        Effect::Rest { array, status, reason, ended_by, at } => {
            let reason = words(store, reason.as_ref())?;
            let call = ended_by.map(stored_call);
            store.set_rest(array.0, &Rest { status: *status, reason, at: Some(at.0), call })?;
        }
        Effect::Status { job, status, reason, at } => {
            let reason = words(store, reason.as_ref())?;
            store.set_status(job.0, *status, reason.as_deref(), at.0)?;
        }
        Effect::Blocked { job, reason, at } => store.set_blocked(job.0, reason.as_deref(), at.0)?,
        Effect::Called { job, call: Call::Cancel } => store.set_cancelled(job.0)?,
        Effect::Called { job, call: Call::Terminate } => store.set_terminated(job.0)?,
        Effect::Position { job, position } => store.set_position(job.0, *position)?,
        Effect::AttemptPlaced { attempt, environment, gpus, at } => {
            let task = Uuid::new_v4().simple().to_string();
            let (job, number) = (attempt.job.0, attempt.number);
            let (environment, task) = (environment.0, task.as_str());
            store.insert_attempt(&NewAttempt { job, number, environment, task, gpus, at: at.0 })?;
        }
        Effect::AttemptStarted { attempt, at } => store.start_attempt(attempt.job.0, attempt.number, at.0)?,
        Effect::AttemptLeaves { attempt, at } => store.leave_attempt(attempt.job.0, attempt.number, at.0)?,
        Effect::AttemptStopping { attempt, cause, kill_at } => {
            store.stop_attempt(attempt.job.0, attempt.number, stop_kind(cause), kill_at.0)?;
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
        )?,
        Effect::Share { queue, share, record } => {
            store.set_share(queue.0, share, record.map(|record| (record.past, record.as_of.0)))?;
        }
        Effect::Desired { environment, vcpus } => store.set_desired(environment.0, *vcpus)?,
        Effect::Replaced { environment } => replaced(store, *environment)?,
        Effect::Launch { .. } | Effect::Signal { .. } | Effect::Settle { .. } => {}
    }
    Ok(())
}

/// The words of a status reason. A failed dependency is named by its id (rule JOB-073).
fn words(store: &Store, reason: Option<&Reason>) -> Result<Option<String>, StoreError> {
    Ok(match reason {
        None => None,
        Some(Reason::Text(words)) => Some(words.to_string()),
        Some(Reason::Dependency(JobKey(key))) => {
            let id = store.job_by_key(*key)?.map(|found| found.job.id).unwrap_or_default();
            Some(format!("Dependent Job failed: {id}"))
        }
    })
}

fn stored_call(call: Call) -> StoredCall {
    match call {
        Call::Cancel => StoredCall::Cancel,
        Call::Terminate => StoredCall::Terminate,
    }
}

fn stop_kind(cause: &StopCause) -> (StopKind, Option<&str>) {
    match cause {
        StopCause::Terminated(words) => (StopKind::Terminated, Some(words)),
        StopCause::TimedOut => (StopKind::TimedOut, None),
        StopCause::Replaced => (StopKind::Replaced, None),
        StopCause::MainEnded => (StopKind::MainEnded, None),
    }
}

/// The hosts of an environment are replaced: it is VALID again.
fn replaced(store: &mut Store, environment: EnvironmentKey) -> Result<(), ServiceError> {
    let Some(row) = store.resource_by_key(environment.0)? else { return Ok(()) };
    let mut body: Value = document("resource", &row.body)?;
    if body["status"] == "UPDATING" {
        body["status"] = "VALID".into();
        body["statusReason"] = HEALTHY.into();
        store.update_resource(row.key, &text(&body)?)?;
    }
    Ok(())
}
