//! Reads, each by an index. A reader sees every commit made before its read begins.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use super::row::{JobRow, status_number};
use super::{AttemptRow, DefinitionRow, ResourceRow, Store, StoreError, Table, open_to_read};
use crate::api::arn::Scope;
use crate::api::job::JobStatus;

/// Reads rows; one for each thread that needs one.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
}

/// Several reads that see the same moment. It ends when it is dropped.
pub struct Snapshot<'a> {
    _transaction: rusqlite::Transaction<'a>,
}

/// A job with what it was asked to do.
#[derive(Debug, Clone)]
pub struct JobWithRequest {
    /// The job.
    pub job: JobRow,
    /// The request as JSON text.
    pub request: String,
    /// Its tags as JSON text, if it has any.
    pub tags: Option<String>,
}

/// Which job definitions to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct DefinitionFilter<'a> {
    /// Only this name.
    pub name: Option<&'a str>,
    /// Only this revision.
    pub revision: Option<i32>,
    /// Only active (true) or inactive (false) ones.
    pub active: Option<bool>,
}

impl Reader {
    /// Opens an existing database for reading.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self { connection: open_to_read(path)? })
    }

    /// As long as the value lives, reads see the moment of the first of them.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn snapshot(&self) -> Result<Snapshot<'_>, StoreError> {
        Ok(Snapshot { _transaction: self.connection.unchecked_transaction()? })
    }
}

/// Everything that can be read, by the writer (which sees its own open batch) and by readers alike.
pub trait Read {
    /// The connection to read from.
    fn connection(&self) -> &Connection;

    /// The undeleted resource of that name.
    ///
    /// # Errors
    /// SQLite refuses.
    fn resource(&self, table: Table, scope: &Scope, name: &str) -> Result<Option<ResourceRow>, StoreError> {
        let sql = format!(
            "SELECT {} FROM resource
             WHERE kind = ? AND account = ? AND region = ? AND name = ? AND deleted_at IS NULL",
            ResourceRow::COLUMNS
        );
        self.one(&sql, params![table as i64, scope.account, scope.region, name], ResourceRow::read)
    }

    /// The resource of that key, deleted or not.
    ///
    /// # Errors
    /// SQLite refuses.
    fn resource_by_key(&self, key: u64) -> Result<Option<ResourceRow>, StoreError> {
        let sql = format!("SELECT {} FROM resource WHERE key = ?", ResourceRow::COLUMNS);
        self.one(&sql, params![key], ResourceRow::read)
    }

    /// The undeleted resources of a scope with keys above `after`, at most `limit`, in order of creation.
    ///
    /// # Errors
    /// SQLite refuses.
    fn resources(
        &self,
        table: Table,
        scope: &Scope,
        after: u64,
        limit: usize,
    ) -> Result<Vec<ResourceRow>, StoreError> {
        let sql = format!(
            "SELECT {} FROM resource WHERE kind = ? AND account = ? AND region = ? AND deleted_at IS NULL
             AND key > ? ORDER BY key LIMIT ?",
            ResourceRow::COLUMNS
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.all(&sql, params![table as i64, scope.account, scope.region, after, limit], ResourceRow::read)
    }

    /// Every resource of a kind in every scope: the undeleted ones, and the deleted ones that unfinished jobs
    /// still name.
    ///
    /// # Errors
    /// SQLite refuses.
    fn resources_in_use(&self, table: Table) -> Result<Vec<ResourceRow>, StoreError> {
        let sql = format!(
            "SELECT {} FROM resource WHERE kind = ? AND (deleted_at IS NULL
                 OR key IN (SELECT queue FROM job WHERE status < 5)
                 OR key IN (SELECT environment FROM attempt WHERE stopped_at IS NULL
                            AND job IN (SELECT key FROM job WHERE status < 5))) ORDER BY key",
            ResourceRow::COLUMNS
        );
        self.all(&sql, params![table as i64], ResourceRow::read)
    }

    /// One revision of a job definition.
    ///
    /// # Errors
    /// SQLite refuses.
    fn definition(
        &self,
        scope: &Scope,
        name: &str,
        revision: i32,
    ) -> Result<Option<DefinitionRow>, StoreError> {
        let sql = format!(
            "SELECT {} FROM definition WHERE account = ? AND region = ? AND name = ? AND revision = ?",
            DefinitionRow::COLUMNS
        );
        self.one(&sql, params![scope.account, scope.region, name, revision], DefinitionRow::read)
    }

    /// The newest active revision of a job definition.
    ///
    /// # Errors
    /// SQLite refuses.
    fn newest_definition(&self, scope: &Scope, name: &str) -> Result<Option<DefinitionRow>, StoreError> {
        let sql = format!(
            "SELECT {} FROM definition WHERE account = ? AND region = ? AND name = ? AND active = 1
             ORDER BY revision DESC LIMIT 1",
            DefinitionRow::COLUMNS
        );
        self.one(&sql, params![scope.account, scope.region, name], DefinitionRow::read)
    }

    /// The job definition of that key.
    ///
    /// # Errors
    /// SQLite refuses.
    fn definition_by_key(&self, key: u64) -> Result<Option<DefinitionRow>, StoreError> {
        let sql = format!("SELECT {} FROM definition WHERE key = ?", DefinitionRow::COLUMNS);
        self.one(&sql, params![key], DefinitionRow::read)
    }

    /// The highest revision a name ever had, 0 if none.
    ///
    /// # Errors
    /// SQLite refuses.
    fn last_revision(&self, scope: &Scope, name: &str) -> Result<i32, StoreError> {
        let sql = "SELECT coalesce(max(revision), 0) FROM definition
                   WHERE account = ? AND region = ? AND name = ?";
        Ok(self.one(sql, params![scope.account, scope.region, name], |row| row.get(0))?.unwrap_or(0))
    }

    /// Job definitions of a scope with keys above `after`, at most `limit`, in order of registration.
    ///
    /// # Errors
    /// SQLite refuses.
    fn definitions(
        &self,
        scope: &Scope,
        filter: DefinitionFilter<'_>,
        after: u64,
        limit: usize,
    ) -> Result<Vec<DefinitionRow>, StoreError> {
        let sql = format!(
            "SELECT {} FROM definition WHERE account = ?1 AND region = ?2 AND key > ?3
             AND (?4 IS NULL OR name = ?4) AND (?5 IS NULL OR revision = ?5) AND (?6 IS NULL OR active = ?6)
             ORDER BY key LIMIT ?7",
            DefinitionRow::COLUMNS
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let params =
            params![scope.account, scope.region, after, filter.name, filter.revision, filter.active, limit];
        self.all(&sql, params, DefinitionRow::read)
    }

    /// The job of that id, in any scope.
    ///
    /// # Errors
    /// SQLite refuses.
    fn job(&self, id: &str) -> Result<Option<JobWithRequest>, StoreError> {
        let sql = format!("{} WHERE job.id = ?", Self::jobs_with_requests());
        self.one(&sql, params![id], read_with_request)
    }

    /// The job of that key.
    ///
    /// # Errors
    /// SQLite refuses.
    fn job_by_key(&self, key: u64) -> Result<Option<JobWithRequest>, StoreError> {
        let sql = format!("{} WHERE job.key = ?", Self::jobs_with_requests());
        self.one(&sql, params![key], read_with_request)
    }

    /// The latest moment that any job tells of, in ms.
    ///
    /// # Errors
    /// SQLite refuses.
    fn latest_moment(&self) -> Result<i64, StoreError> {
        // The newest jobs tell, without a look at all of them.
        let sql = "SELECT coalesce(max(max(created_at, coalesce(started_at, 0), coalesce(stopped_at, 0))), 0)
                   FROM (SELECT created_at, started_at, stopped_at FROM job ORDER BY key DESC LIMIT 1000)";
        Ok(self.one(sql, [], |row| row.get(0))?.unwrap_or(0))
    }

    /// Every unfinished job, in order of submission.
    ///
    /// # Errors
    /// SQLite refuses.
    fn unfinished_jobs(&self) -> Result<Vec<JobWithRequest>, StoreError> {
        let sql = format!("{} WHERE job.status < 5 ORDER BY job.key", Self::jobs_with_requests());
        self.all(&sql, [], read_with_request)
    }

    /// The jobs of a queue in any of these states with keys below `before`, at most `limit`, newest first.
    ///
    /// # Errors
    /// SQLite refuses.
    fn jobs_in_queue(
        &self,
        queue: u64,
        statuses: &[JobStatus],
        before: u64,
        limit: usize,
    ) -> Result<Vec<JobRow>, StoreError> {
        let sql = format!(
            "SELECT {} FROM job WHERE queue = ? AND status = ? AND key < ? ORDER BY key DESC LIMIT ?",
            JobRow::COLUMNS
        );
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        // One look-up for each state keeps to the index, whatever the others hold.
        let mut rows = Vec::new();
        for status in statuses {
            rows.extend(self.all(
                &sql,
                params![queue, status_number(*status), before, most],
                JobRow::read,
            )?);
        }
        rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.key));
        rows.truncate(limit);
        Ok(rows)
    }

    /// The attempts of a job, first to last.
    ///
    /// # Errors
    /// SQLite refuses.
    fn attempts(&self, job: u64) -> Result<Vec<AttemptRow>, StoreError> {
        let sql = format!("SELECT {} FROM attempt WHERE job = ? ORDER BY number", AttemptRow::COLUMNS);
        self.all(&sql, params![job], AttemptRow::read)
    }

    #[doc(hidden)]
    fn jobs_with_requests() -> String {
        format!(
            "SELECT {}, request.body, request.tags FROM job JOIN request ON request.job = job.key",
            JobRow::COLUMNS
        )
    }

    #[doc(hidden)]
    fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.connection().prepare_cached(sql)?.query_row(params, read).optional()?)
    }

    #[doc(hidden)]
    fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map(params, read)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

impl Read for Reader {
    fn connection(&self) -> &Connection {
        &self.connection
    }
}

impl Read for Store {
    fn connection(&self) -> &Connection {
        &self.connection
    }
}

fn read_with_request(row: &Row<'_>) -> rusqlite::Result<JobWithRequest> {
    Ok(JobWithRequest { job: JobRow::read(row)?, request: row.get(14)?, tags: row.get(15)? })
}
