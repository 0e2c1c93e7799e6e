//! The schema, as numbered steps. A step that was released never changes.

use std::path::Path;

use rusqlite::Connection;

use super::StoreError;

/// Each step leads from the version of its index to the next.
const STEPS: &[&str] = &[
    concat!(
        include_str!("migrate/0001.sql"),
        "CREATE TABLE kiln_sync (count INTEGER NOT NULL) STRICT; INSERT INTO kiln_sync VALUES (0);"
    ),
    include_str!("migrate/0002.sql"),
];

/// The newest version.
pub const KNOWN: i64 = STEPS.len() as i64;

/// Runs the steps that are missing, all in one transaction.
///
/// # Errors
/// The database is of a later version, or refuses.
pub fn up_to_date(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = STEPS.len();
    let done = usize::try_from(found).unwrap_or(usize::MAX);
    if done > known {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: KNOWN });
    }
    if done == known {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    for step in &STEPS[done..] {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", KNOWN)?;
    Ok(transaction.commit()?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::api::job::JobStatus;
    use crate::store::read::Read;
    use crate::store::write::NewJob;
    use crate::store::{APPLICATION_ID, StopKind, Store};

    /// A database as the first schema had it: a job that waits at the head again, one that is being terminated, one that
    /// has run for too long, one that has ended.
    const FIRST: &str = "
        INSERT INTO job (id, queue, definition, name, status, position, attempts, created_at) VALUES
            ('again', 7, 1, 'j', 2, -1, 1, 100), ('stopped', 7, 1, 'j', 4, NULL, 1, 200),
            ('late', 7, 1, 'j', 4, NULL, 1, 300), ('over', 7, 1, 'j', 6, NULL, 1, 400);
        INSERT INTO request (job, body) SELECT key, '{}' FROM job;
        INSERT INTO attempt (job, number, environment, task, placed_at, started_at, stop_reason, kill_at) VALUES
            (2, 1, 1, 't', 210, 220, 'enough', 900), (3, 1, 1, 't', 310, 320, NULL, 800);
        INSERT INTO attempt (job, number, environment, task, placed_at, stopped_at, exit_code, reason) VALUES
            (1, 1, 1, 't', 110, 120, 1, 'r'), (4, 1, 1, 't', 410, 420, 0, 'r');";

    #[test]
    fn what_the_first_schema_holds_means_the_same_in_the_newest() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("kiln.db");
        let first = Connection::open(&path).unwrap();
        first.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        first.execute_batch(STEPS[0]).unwrap();
        first.pragma_update(None, "user_version", 1).unwrap();
        first.execute_batch(FIRST).unwrap();
        drop(first);

        let mut store = Store::open(&path).unwrap();
        let jobs = store.unfinished_jobs().unwrap();
        let told = |found: &crate::store::read::UnfinishedJob| {
            let job = &found.job;
            assert_eq!((job.parent, job.size, job.nodes, job.members()), (None, None, None, 0));
            assert_eq!((job.blocked_at, &job.share, found.request.as_deref()), (None, &None, Some("{}")));
            (job.id.clone(), job.status, job.position)
        };
        let expected = [
            ("again".to_owned(), JobStatus::Runnable, Some(-1)),
            ("stopped".to_owned(), JobStatus::Running, None),
            ("late".to_owned(), JobStatus::Running, None),
        ];
        assert_eq!(jobs.iter().map(told).collect::<Vec<_>>(), expected);
        let stop = |job| {
            let attempt = store.attempts(job).unwrap().remove(0);
            (attempt.stop, attempt.stop_reason, attempt.kill_at)
        };
        assert_eq!(stop(1), (None, None, None));
        assert_eq!(stop(2), (Some(StopKind::Terminated), Some("enough".to_owned()), Some(900)));
        assert_eq!(stop(3), (Some(StopKind::TimedOut), None, Some(800)));
        let listed = store.jobs_in_queue(7, &[JobStatus::Running, JobStatus::Failed], u64::MAX, 10).unwrap();
        assert_eq!(listed.iter().map(|job| job.key).collect::<Vec<_>>(), [4, 3, 2]);

        let array = NewJob {
            id: "array",
            queue: 7,
            definition: 1,
            name: "j",
            created_at: 500,
            request: "{}",
            tags: None,
            size: Some(2),
            nodes: None,
            share: None,
        };
        assert_eq!(store.insert_job(&array).unwrap(), 5, "keys go on");
        assert_eq!(store.job("array:1").unwrap().unwrap().job.status, JobStatus::Pending);
    }
}
