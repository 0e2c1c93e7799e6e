//! Changes. Each is one statement in the batch that the caller has begun.

use rusqlite::{Params, params};

use super::row::status_number;
use super::{Store, StoreError, Table};
use crate::api::arn::Scope;
use crate::api::job::JobStatus;

/// A job as it is submitted.
#[derive(Debug)]
pub struct NewJob<'a> {
    /// Its id.
    pub id: &'a str,
    /// The key of its queue.
    pub queue: u64,
    /// The key of its job definition.
    pub definition: u64,
    /// Its name.
    pub name: &'a str,
    /// Now, in ms.
    pub created_at: i64,
    /// The request as JSON text.
    pub request: &'a str,
    /// Its tags as JSON text, if it has any.
    pub tags: Option<&'a str>,
}

impl Store {
    fn run(&self, sql: &str, params: impl Params) -> Result<(), StoreError> {
        self.connection.prepare_cached(sql)?.execute(params)?;
        Ok(())
    }

    fn inserted(&self) -> u64 {
        u64::try_from(self.connection.last_insert_rowid()).expect("row keys made by SQLite are positive")
    }

    /// Adds a resource and returns its key.
    ///
    /// # Errors
    /// The name is taken, or SQLite refuses.
    pub fn insert_resource(
        &mut self,
        table: Table,
        scope: &Scope,
        name: &str,
        created_at: i64,
        body: &str,
    ) -> Result<u64, StoreError> {
        self.run(
            "INSERT INTO resource (kind, account, region, name, created_at, body) VALUES (?, ?, ?, ?, ?, ?)",
            params![table as i64, scope.account, scope.region, name, created_at, body],
        )?;
        Ok(self.inserted())
    }

    /// Replaces a resource's document.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn update_resource(&mut self, key: u64, body: &str) -> Result<(), StoreError> {
        self.run("UPDATE resource SET body = ? WHERE key = ?", params![body, key])
    }

    /// Marks a resource as deleted; its name is free again.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn delete_resource(&mut self, key: u64, at: i64) -> Result<(), StoreError> {
        self.run("UPDATE resource SET deleted_at = ? WHERE key = ?", params![at, key])
    }

    /// Adds a revision of a job definition and returns its key.
    ///
    /// # Errors
    /// The revision exists, or SQLite refuses.
    pub fn insert_definition(
        &mut self,
        scope: &Scope,
        name: &str,
        revision: i32,
        created_at: i64,
        body: &str,
    ) -> Result<u64, StoreError> {
        self.run(
            "INSERT INTO definition (account, region, name, revision, active, created_at, body)
             VALUES (?, ?, ?, ?, 1, ?, ?)",
            params![scope.account, scope.region, name, revision, created_at, body],
        )?;
        Ok(self.inserted())
    }

    /// Makes a revision INACTIVE.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn deactivate_definition(&mut self, key: u64) -> Result<(), StoreError> {
        self.run("UPDATE definition SET active = 0 WHERE key = ?", params![key])
    }

    /// Replaces a revision's document (its tags).
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn update_definition(&mut self, key: u64, body: &str) -> Result<(), StoreError> {
        self.run("UPDATE definition SET body = ? WHERE key = ?", params![body, key])
    }

    /// Adds a job as SUBMITTED and returns its key, which is also its place in the queue.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn insert_job(&mut self, job: &NewJob<'_>) -> Result<u64, StoreError> {
        self.run(
            "INSERT INTO job (id, queue, definition, name, status, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            params![
                job.id,
                job.queue,
                job.definition,
                job.name,
                status_number(JobStatus::Submitted),
                job.created_at
            ],
        )?;
        let key = self.inserted();
        self.run(
            "INSERT INTO request (job, body, tags) VALUES (?, ?, ?)",
            params![key, job.request, job.tags],
        )?;
        Ok(key)
    }

    /// Records a job's new state and reason. Leaving RUNNING's start behind is the caller's matter.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn set_status(
        &mut self,
        key: u64,
        status: JobStatus,
        reason: Option<&str>,
        at: i64,
    ) -> Result<(), StoreError> {
        let number = status_number(status);
        match status {
            JobStatus::Running => self.run(
                "UPDATE job SET status = ?, reason = ?, started_at = ? WHERE key = ?",
                params![number, reason, at, key],
            ),
            JobStatus::Succeeded | JobStatus::Failed => self.run(
                "UPDATE job SET status = ?, reason = ?, stopped_at = ? WHERE key = ?",
                params![number, reason, at, key],
            ),
            JobStatus::Submitted | JobStatus::Pending | JobStatus::Runnable | JobStatus::Starting => {
                self.run("UPDATE job SET status = ?, reason = ? WHERE key = ?", params![number, reason, key])
            }
        }
    }

    /// Replaces a job's status reason.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn set_reason(&mut self, key: u64, reason: Option<&str>) -> Result<(), StoreError> {
        self.run("UPDATE job SET reason = ? WHERE key = ?", params![reason, key])
    }

    /// Records that CancelJob took hold of a job.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn set_cancelled(&mut self, key: u64) -> Result<(), StoreError> {
        self.run("UPDATE job SET cancelled = 1 WHERE key = ?", params![key])
    }

    /// Records that TerminateJob took hold of a job.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn set_terminated(&mut self, key: u64) -> Result<(), StoreError> {
        self.run("UPDATE job SET terminated = 1 WHERE key = ?", params![key])
    }

    /// Moves a job to another place in its queue.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn set_position(&mut self, key: u64, position: i64) -> Result<(), StoreError> {
        self.run("UPDATE job SET position = ? WHERE key = ?", params![position, key])
    }

    /// Replaces a job's tags (JSON text).
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn set_job_tags(&mut self, key: u64, tags: Option<&str>) -> Result<(), StoreError> {
        self.run("UPDATE request SET tags = ? WHERE job = ?", params![tags, key])
    }

    /// Adds an attempt that is about to be launched.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn insert_attempt(
        &mut self,
        job: u64,
        number: u32,
        environment: u64,
        task: &str,
        at: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO attempt (job, number, environment, task, placed_at) VALUES (?, ?, ?, ?, ?)",
            params![job, number, environment, task, at],
        )?;
        self.run("UPDATE job SET attempts = ? WHERE key = ?", params![number, job])
    }

    /// Records that an attempt's process runs.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn start_attempt(&mut self, job: u64, number: u32, at: i64) -> Result<(), StoreError> {
        self.run("UPDATE attempt SET started_at = ? WHERE job = ? AND number = ?", params![at, job, number])
    }

    /// Records that an attempt is being stopped; no words mean a time-out.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn stop_attempt(
        &mut self,
        job: u64,
        number: u32,
        words: Option<&str>,
        kill_at: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE attempt SET stop_reason = ?, kill_at = ? WHERE job = ? AND number = ?",
            params![words, kill_at, job, number],
        )
    }

    /// Records the end of an attempt.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn end_attempt(&mut self, job: u64, number: u32, end: &AttemptEnd<'_>) -> Result<(), StoreError> {
        self.run(
            "UPDATE attempt SET stopped_at = ?, exit_code = ?, reason = ?, container_reason = ?,
                 kill_at = NULL WHERE job = ? AND number = ?",
            params![end.at, end.code, end.reason, end.container_reason, job, number],
        )
    }
}

/// How an attempt ended.
#[derive(Debug)]
pub struct AttemptEnd<'a> {
    /// When, in ms.
    pub at: i64,
    /// The exit code its process left.
    pub code: Option<i32>,
    /// Its status reason.
    pub reason: &'a str,
    /// The container's own reason.
    pub container_reason: Option<&'a str>,
}
