//! What a row holds. Rows are not API shapes, so that either may change without the other.

use rusqlite::Row;

use crate::api::job::JobStatus;

/// The kinds of thing in the table `resource`; the numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Compute environments.
    ComputeEnvironment = 1,
    /// Job queues.
    JobQueue = 2,
    /// Scheduling policies.
    SchedulingPolicy = 3,
}

/// A compute environment, job queue or scheduling policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceRow {
    /// Its key, ascending in order of creation.
    pub key: u64,
    /// Its account.
    pub account: String,
    /// Its region.
    pub region: String,
    /// Its name, unique among the undeleted of its kind in its account and region.
    pub name: String,
    /// When it was created, in ms.
    pub created_at: i64,
    /// When it was deleted, in ms.
    pub deleted_at: Option<i64>,
    /// The API's document of it, as JSON text.
    pub body: String,
}

impl ResourceRow {
    pub(super) const COLUMNS: &str = "key, account, region, name, created_at, deleted_at, body";

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            key: row.get(0)?,
            account: row.get(1)?,
            region: row.get(2)?,
            name: row.get(3)?,
            created_at: row.get(4)?,
            deleted_at: row.get(5)?,
            body: row.get(6)?,
        })
    }
}

/// One revision of a job definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionRow {
    /// Its key, ascending in order of registration.
    pub key: u64,
    /// Its account.
    pub account: String,
    /// Its region.
    pub region: String,
    /// Its name.
    pub name: String,
    /// Its revision, from 1.
    pub revision: i32,
    /// False once it was deregistered.
    pub active: bool,
    /// When it was registered, in ms.
    pub created_at: i64,
    /// The API's document of it, as JSON text.
    pub body: String,
}

impl DefinitionRow {
    pub(super) const COLUMNS: &str = "key, account, region, name, revision, active, created_at, body";

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            key: row.get(0)?,
            account: row.get(1)?,
            region: row.get(2)?,
            name: row.get(3)?,
            revision: row.get(4)?,
            active: row.get(5)?,
            created_at: row.get(6)?,
            body: row.get(7)?,
        })
    }
}

/// A job, without what it was asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRow {
    /// Its key, ascending in order of submission.
    pub key: u64,
    /// Its id, a UUID.
    pub id: String,
    /// The key of its queue.
    pub queue: u64,
    /// The key of its job definition.
    pub definition: u64,
    /// Its name.
    pub name: String,
    /// Its state.
    pub status: JobStatus,
    /// Its status reason.
    pub reason: Option<String>,
    /// Whether CancelJob ended it.
    pub cancelled: bool,
    /// Whether TerminateJob ended it.
    pub terminated: bool,
    /// Its place in the queue; lower is earlier.
    pub position: i64,
    /// How many attempts it has had, the present one included.
    pub attempts: u32,
    /// When it was submitted, in ms.
    pub created_at: i64,
    /// When its latest attempt started, in ms.
    pub started_at: Option<i64>,
    /// When it finished, in ms.
    pub stopped_at: Option<i64>,
}

impl JobRow {
    pub(super) const COLUMNS: &str = "job.key, job.id, job.queue, job.definition, job.name, job.status, \
         job.reason, job.cancelled, job.terminated, job.position, job.attempts, job.created_at, job.started_at, \
         job.stopped_at";

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            key: row.get(0)?,
            id: row.get(1)?,
            queue: row.get(2)?,
            definition: row.get(3)?,
            name: row.get(4)?,
            status: status_of(row.get(5)?),
            reason: row.get(6)?,
            cancelled: row.get(7)?,
            terminated: row.get(8)?,
            position: row.get::<_, Option<i64>>(9)?.map_or_else(|| row.get(0), Ok)?,
            attempts: row.get(10)?,
            created_at: row.get(11)?,
            started_at: row.get(12)?,
            stopped_at: row.get(13)?,
        })
    }
}

/// The number stored for a job's state: its index in the order of the life cycle.
pub fn status_number(status: JobStatus) -> i64 {
    status as i64
}

fn status_of(number: i64) -> JobStatus {
    usize::try_from(number)
        .ok()
        .and_then(|index| JobStatus::ALL.get(index).copied())
        .unwrap_or(JobStatus::Failed)
}

/// One attempt of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptRow {
    /// Its number, from 1.
    pub number: u32,
    /// The key of the environment it was placed in.
    pub environment: u64,
    /// The id of the task that ran it, 32 hexadecimal digits; part of its log stream's name.
    pub task: String,
    /// When it was placed, in ms.
    pub placed_at: i64,
    /// When its process started, in ms.
    pub started_at: Option<i64>,
    /// When it ended, in ms.
    pub stopped_at: Option<i64>,
    /// The exit code its process left.
    pub exit_code: Option<i32>,
    /// Its status reason.
    pub reason: Option<String>,
    /// The container's own reason.
    pub container_reason: Option<String>,
    /// While it is being stopped: the caller's words; `None` then means a time-out.
    pub stop_reason: Option<String>,
    /// While it is being stopped: when it is to be killed, in ms.
    pub kill_at: Option<i64>,
}

impl AttemptRow {
    pub(super) const COLUMNS: &str = "number, environment, task, placed_at, started_at, stopped_at, exit_code, reason, \
         container_reason, stop_reason, kill_at";

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get(0)?,
            environment: row.get(1)?,
            task: row.get(2)?,
            placed_at: row.get(3)?,
            started_at: row.get(4)?,
            stopped_at: row.get(5)?,
            exit_code: row.get(6)?,
            reason: row.get(7)?,
            container_reason: row.get(8)?,
            stop_reason: row.get(9)?,
            kill_at: row.get(10)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_numbers_of_states_never_change() {
        use JobStatus::{Failed, Pending, Runnable, Running, Starting, Submitted, Succeeded};
        let stored = [Submitted, Pending, Runnable, Starting, Running, Succeeded, Failed];
        for (number, status) in (0_i64..).zip(stored) {
            assert_eq!(status_number(status), number);
            assert_eq!(status_of(number), status);
        }
    }
}
