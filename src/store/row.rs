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
    /// What it is.
    pub kind: Table,
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
    /// The vCPUs that a compute environment has now, once they are known.
    pub desired: Option<u64>,
}

impl ResourceRow {
    pub(super) const COLUMNS: &str =
        "key, account, region, name, created_at, deleted_at, body, desired, kind";

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            key: row.get(0)?,
            account: row.get(1)?,
            region: row.get(2)?,
            name: row.get(3)?,
            created_at: row.get(4)?,
            deleted_at: row.get(5)?,
            body: row.get(6)?,
            desired: row.get(7)?,
            kind: match row.get(8)? {
                1 => Table::ComputeEnvironment,
                2 => Table::JobQueue,
                _ => Table::SchedulingPolicy,
            },
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
    /// Its place in the queue, where that is not its key; lower is earlier.
    pub position: Option<i64>,
    /// How many attempts it has had, the present one included.
    pub attempts: u32,
    /// When it was submitted, in ms.
    pub created_at: i64,
    /// When its latest attempt started, in ms.
    pub started_at: Option<i64>,
    /// When it finished, in ms.
    pub stopped_at: Option<i64>,
    /// The array or multi-node parallel job that it belongs to.
    pub parent: Option<u64>,
    /// How many children it has, if it is an array.
    pub size: Option<u32>,
    /// How many nodes it has, if it is a multi-node parallel job.
    pub nodes: Option<u32>,
    /// The state of its children that have no rows.
    pub rest: Rest,
    /// Since when it is blocked at the head of its queue, in ms.
    pub blocked_at: Option<i64>,
    /// Its share identifier.
    pub share: Option<String>,
    /// The words of the first call that was to end the whole array.
    pub end_words: Option<String>,
}

/// The state of the children of an array that have no rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest {
    /// Their state.
    pub status: JobStatus,
    /// Their status reason.
    pub reason: Option<String>,
    /// Since when, in ms; `None` as long as they are PENDING.
    pub at: Option<i64>,
    /// The call that ended them.
    pub call: Option<StoredCall>,
}

/// A call that ended jobs; the numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoredCall {
    /// CancelJob.
    Cancel = 1,
    /// TerminateJob.
    Terminate = 2,
}

impl JobRow {
    pub(super) const COLUMNS: &str = "job.key, job.id, job.queue, job.definition, job.name, job.status, \
         job.reason, job.cancelled, job.terminated, job.position, job.attempts, job.created_at, job.started_at, \
         job.stopped_at, job.parent, job.size, job.nodes, job.rest, job.rest_reason, job.rest_at, job.rest_call, \
         job.blocked_at, job.share, job.end_words";
    /// How many columns those are.
    pub(super) const WIDTH: usize = 24;

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let rest: Option<i64> = row.get(17)?;
        let call: Option<i64> = row.get(20)?;
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
            position: row.get(9)?,
            attempts: row.get(10)?,
            created_at: row.get(11)?,
            started_at: row.get(12)?,
            stopped_at: row.get(13)?,
            parent: row.get(14)?,
            size: row.get(15)?,
            nodes: row.get(16)?,
            rest: Rest {
                status: rest.map_or(JobStatus::Pending, status_of),
                reason: row.get(18)?,
                at: row.get(19)?,
                call: [StoredCall::Cancel, StoredCall::Terminate]
                    .into_iter()
                    .find(|known| Some(*known as i64) == call),
            },
            blocked_at: row.get(21)?,
            share: row.get(22)?,
            end_words: row.get(23)?,
        })
    }

    /// Which child or node of its parent it is.
    pub fn index(&self) -> Option<u32> {
        u32::try_from(self.key - self.parent? - 1).ok()
    }

    /// How many children or nodes it has.
    pub fn members(&self) -> u32 {
        self.size.or(self.nodes).unwrap_or(0)
    }

    /// The id of a child or node.
    pub fn member_id(&self, index: u32) -> String {
        let mark = if self.nodes.is_some() { '#' } else { ':' };
        format!("{}{mark}{index}", self.id)
    }

    /// A child or node that has no row of its own, as its parent tells of it. It is `None` if there are not so many.
    pub fn member(&self, index: u32) -> Option<Self> {
        if index >= self.members() {
            return None;
        }
        let (status, reason, at, call) = if self.nodes.is_some() {
            (self.status, self.reason.clone(), self.stopped_at, None)
        } else {
            (self.rest.status, self.rest.reason.clone(), self.rest.at, self.rest.call)
        };
        let is_over = matches!(status, JobStatus::Succeeded | JobStatus::Failed);
        Some(Self {
            key: self.key + 1 + u64::from(index),
            id: self.member_id(index),
            status,
            reason,
            cancelled: call == Some(StoredCall::Cancel),
            terminated: call == Some(StoredCall::Terminate),
            position: None,
            attempts: 0,
            started_at: None,
            stopped_at: at.filter(|_| is_over),
            parent: Some(self.key),
            size: None,
            nodes: None,
            rest: Rest { status: JobStatus::Pending, reason: None, at: None, call: None },
            blocked_at: None,
            end_words: None,
            ..self.clone()
        })
    }
}

/// The number stored for a job's state: its index in the order of the life cycle.
pub fn status_number(status: JobStatus) -> i64 {
    status as i64
}

pub(super) fn status_of(number: i64) -> JobStatus {
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
    /// While it is being stopped: why.
    pub stop: Option<StopKind>,
    /// While it is being stopped by a call: the caller's words.
    pub stop_reason: Option<String>,
    /// While it is being stopped: when it is to be killed, in ms.
    pub kill_at: Option<i64>,
    /// The numbers of its GPUs.
    pub gpus: Vec<u32>,
    /// When it is to be stopped because its host is replaced, in ms.
    pub leaves_at: Option<i64>,
}

/// Why an attempt is stopped; the numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopKind {
    /// TerminateJob.
    Terminated = 0,
    /// Its time is over.
    TimedOut = 1,
    /// Its host is replaced.
    Replaced = 2,
    /// The main node has ended.
    MainEnded = 3,
}

impl StopKind {
    fn of(number: i64) -> Option<Self> {
        [Self::Terminated, Self::TimedOut, Self::Replaced, Self::MainEnded]
            .into_iter()
            .find(|kind| *kind as i64 == number)
    }
}

impl AttemptRow {
    pub(super) const COLUMNS: &str = "number, environment, task, placed_at, started_at, stopped_at, exit_code, reason, \
         container_reason, stop_reason, kill_at, gpus, stop_kind, leaves_at";

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
            gpus: numbers(row.get::<_, Option<String>>(11)?.as_deref().unwrap_or_default()),
            stop: row.get::<_, Option<i64>>(12)?.and_then(StopKind::of),
            leaves_at: row.get(13)?,
        })
    }
}

/// A list of numbers as it is stored.
pub(super) fn numbers_text(numbers: &[u32]) -> Option<String> {
    let texts: Vec<_> = numbers.iter().map(ToString::to_string).collect();
    (!texts.is_empty()).then(|| texts.join(","))
}

fn numbers(text: &str) -> Vec<u32> {
    text.split(',').filter_map(|number| number.parse().ok()).collect()
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
