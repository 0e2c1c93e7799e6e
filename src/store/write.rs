//! Changes. Each is one statement in the batch that the caller has begun.

use rusqlite::{Params, params};

use super::row::{numbers_text, status_number};
use super::{Rest, StopKind, Store, StoreError, Table};
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
    /// How many children it has, if it is an array.
    pub size: Option<u32>,
    /// How many nodes it has, if it is a multi-node parallel job.
    pub nodes: Option<u32>,
    /// Its share identifier.
    pub share: Option<&'a str>,
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

    /// Records the vCPUs that a compute environment has now.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn set_desired(&mut self, key: u64, vcpus: u64) -> Result<(), StoreError> {
        self.run("UPDATE resource SET desired = ? WHERE key = ?", params![vcpus, key])
    }

    /// Records what a share of a queue has used, or forgets it.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn set_share(
        &mut self,
        queue: u64,
        share: &str,
        record: Option<(f64, i64)>,
    ) -> Result<(), StoreError> {
        match record {
            Some((past, as_of)) => self.run(
                "INSERT INTO share (queue, identifier, past, as_of) VALUES (?, ?, ?, ?)
                 ON CONFLICT DO UPDATE SET past = excluded.past, as_of = excluded.as_of",
                params![queue, share, past, as_of],
            ),
            None => self.run("DELETE FROM share WHERE queue = ? AND identifier = ?", params![queue, share]),
        }
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

    /// Adds a job as SUBMITTED and returns its key, which is also its place in the queue. The keys that follow are kept
    /// for its children or nodes.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn insert_job(&mut self, job: &NewJob<'_>) -> Result<u64, StoreError> {
        self.run(
            "INSERT INTO job (id, queue, definition, name, status, created_at, size, nodes, share)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                job.id,
                job.queue,
                job.definition,
                job.name,
                status_number(JobStatus::Submitted),
                job.created_at,
                job.size,
                job.nodes,
                job.share
            ],
        )?;
        let key = self.inserted();
        if let Some(members) = job.size.or(job.nodes) {
            self.run("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'job'", params![members])?;
        }
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
            // A node that ended in an earlier attempt runs again.
            JobStatus::Submitted | JobStatus::Pending | JobStatus::Runnable | JobStatus::Starting => self
                .run(
                    "UPDATE job SET status = ?, reason = ?, stopped_at = NULL WHERE key = ?",
                    params![number, reason, key],
                ),
        }
    }

    /// Adds the row of a child or node, in the state in which it has been without one; one that is there stays.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn insert_member(&mut self, key: u64, parent: u64) -> Result<(), StoreError> {
        self.run(
            "INSERT OR IGNORE INTO job (key, id, queue, definition, name, status, created_at, parent, share)
             SELECT ?1, id || iif(nodes IS NULL, ':', '#') || (?1 - key - 1), queue, definition, name,
                 iif(nodes IS NULL, coalesce(rest, ?3), status), created_at, key, share FROM job WHERE key = ?2",
            params![key, parent, status_number(JobStatus::Pending)],
        )
    }

    /// Records the state of the children of an array that have no rows.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn set_rest(&mut self, array: u64, rest: &Rest) -> Result<(), StoreError> {
        self.run(
            "UPDATE job SET rest = ?, rest_reason = ?, rest_at = ?, rest_call = ? WHERE key = ?",
            params![
                status_number(rest.status),
                rest.reason,
                rest.at,
                rest.call.map(|call| call as i64),
                array
            ],
        )
    }

    /// Records what holds a job at the head of its queue, and since when.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn set_blocked(&mut self, key: u64, reason: Option<&str>, at: i64) -> Result<(), StoreError> {
        self.run(
            "UPDATE job SET reason = ?, blocked_at = ? WHERE key = ?",
            params![reason, reason.map(|_| at), key],
        )
    }

    /// Records the words of a call that is to end a whole array; those of an earlier one stay.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn set_end_words(&mut self, array: u64, words: &str) -> Result<(), StoreError> {
        self.run("UPDATE job SET end_words = coalesce(end_words, ?) WHERE key = ?", params![words, array])
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
    pub fn insert_attempt(&mut self, attempt: &NewAttempt<'_>) -> Result<(), StoreError> {
        let NewAttempt { job, number, environment, task, gpus, at } = attempt;
        self.run(
            "INSERT INTO attempt (job, number, environment, task, placed_at, gpus) VALUES (?, ?, ?, ?, ?, ?)",
            params![job, number, environment, task, at, numbers_text(gpus)],
        )?;
        // The attempts of nodes are those of their job.
        self.run(
            "UPDATE job SET attempts = ?1 WHERE key = ?2
                 OR key = (SELECT parent FROM job WHERE key = ?2 AND instr(id, '#') > 0)",
            params![number, job],
        )
    }

    /// Records that an attempt is to be stopped then, because its host is replaced.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn leave_attempt(&mut self, job: u64, number: u32, at: i64) -> Result<(), StoreError> {
        self.run("UPDATE attempt SET leaves_at = ? WHERE job = ? AND number = ?", params![at, job, number])
    }

    /// Records that an attempt's process runs.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn start_attempt(&mut self, job: u64, number: u32, at: i64) -> Result<(), StoreError> {
        self.run("UPDATE attempt SET started_at = ? WHERE job = ? AND number = ?", params![at, job, number])
    }

    /// Records that an attempt is being stopped, and the caller's words if it is so by a call.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn stop_attempt(
        &mut self,
        job: u64,
        number: u32,
        (kind, words): (StopKind, Option<&str>),
        kill_at: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE attempt SET stop_kind = ?, stop_reason = ?, kill_at = ? WHERE job = ? AND number = ?",
            params![kind as i64, words, kill_at, job, number],
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

/// An attempt as it is placed.
#[derive(Debug)]
pub struct NewAttempt<'a> {
    /// The key of its job or node.
    pub job: u64,
    /// Its number, from 1.
    pub number: u32,
    /// The key of its environment.
    pub environment: u64,
    /// The id of the task that runs it.
    pub task: &'a str,
    /// The numbers of its GPUs.
    pub gpus: &'a [u32],
    /// Now, in ms.
    pub at: i64,
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
