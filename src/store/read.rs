//! Reads, each by an index. A reader sees every commit made before its read begins.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use super::row::{JobRow, status_number, status_of};
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
    /// The job, array, child or node; a child or node that has no row is made up from what its parent tells.
    pub job: JobRow,
    /// The array or multi-node parallel job that it belongs to.
    pub parent: Option<JobRow>,
    /// The request as JSON text; a child or node has that of its parent.
    pub request: String,
    /// The tags as JSON text, if there are any; a child or node has those of its parent.
    pub tags: Option<String>,
}

/// An unfinished job as it is taken up again at start-up.
#[derive(Debug)]
pub struct UnfinishedJob {
    /// The job, array or child.
    pub job: JobRow,
    /// The request as JSON text, unless it is a child, which has that of its parent.
    pub request: Option<String>,
}

/// What a share has used.
#[derive(Debug)]
pub struct ShareRow {
    /// The key of the queue.
    pub queue: u64,
    /// The share's identifier.
    pub identifier: String,
    /// The decayed average of its vCPUs in the past.
    pub past: f64,
    /// As of when, in ms.
    pub as_of: i64,
}

/// The parts of the id of a child (`JOB:INDEX`) or node (`JOB#INDEX`): its parent's id, the mark, the index.
pub fn split_member_id(id: &str) -> Option<(&str, char, u32)> {
    let at = id.rfind([':', '#'])?;
    let digits = &id[at + 1..];
    let is_index = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'));
    let index = digits.parse().ok().filter(|_| is_index)?;
    Some((&id[..at], id[at..].chars().next()?, index))
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

    /// The job of that id, in any scope: a job, an array, a child (`JOB:INDEX`) or a node (`JOB#INDEX`).
    ///
    /// # Errors
    /// SQLite refuses.
    fn job(&self, id: &str) -> Result<Option<JobWithRequest>, StoreError> {
        let (own, member) = match split_member_id(id) {
            None => (id, None),
            Some((parent, mark, index)) => (parent, Some((mark, index))),
        };
        let sql = format!("{} WHERE job.id = ?", Self::jobs_with_requests());
        let found = self.one(&sql, params![own], read_with_request)?;
        let (Some(found), Some((mark, index))) = (&found, member) else { return Ok(found) };
        let has_mark = (mark == '#') == found.job.nodes.is_some();
        if has_mark { self.member_of(found, index) } else { Ok(None) }
    }

    /// The job of that key: a job, an array, a child or a node.
    ///
    /// # Errors
    /// SQLite refuses.
    fn job_by_key(&self, key: u64) -> Result<Option<JobWithRequest>, StoreError> {
        // Without a row of its own it belongs to what comes before it, whose keys it stands among.
        let nearest = "SELECT key, parent FROM job WHERE key <= ? ORDER BY key DESC LIMIT 1";
        let nearest: Option<(u64, Option<u64>)> =
            self.one(nearest, params![key], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let Some((found, parent)) = nearest else { return Ok(None) };
        let whole = parent.unwrap_or(found);
        let sql = format!("{} WHERE job.key = ?", Self::jobs_with_requests());
        let Some(whole) = self.one(&sql, params![whole], read_with_request)? else { return Ok(None) };
        if whole.job.key == key {
            return Ok(Some(whole));
        }
        match u32::try_from(key - whole.job.key - 1) {
            Ok(index) => self.member_of(&whole, index),
            Err(_) => Ok(None),
        }
    }

    #[doc(hidden)]
    fn member_of(&self, parent: &JobWithRequest, index: u32) -> Result<Option<JobWithRequest>, StoreError> {
        let Some(imagined) = parent.job.member(index) else { return Ok(None) };
        let sql = format!("SELECT {} FROM job WHERE key = ?", JobRow::COLUMNS);
        let job = self.one(&sql, params![imagined.key], JobRow::read)?.unwrap_or(imagined);
        Ok(Some(JobWithRequest { job, parent: Some(parent.job.clone()), ..parent.clone() }))
    }

    /// The keys and states of the children or nodes that have rows, in the order of their indexes.
    ///
    /// # Errors
    /// SQLite refuses.
    fn members(&self, parent: u64) -> Result<Vec<(u64, JobStatus)>, StoreError> {
        let sql = "SELECT key, status FROM job WHERE parent = ? ORDER BY key";
        self.all(sql, params![parent], |row| Ok((row.get(0)?, status_of(row.get(1)?))))
    }

    /// The rows of children or nodes in a state, with keys above `after`, at most `limit`, by index.
    ///
    /// # Errors
    /// SQLite refuses.
    fn members_in(
        &self,
        parent: u64,
        status: JobStatus,
        after: u64,
        limit: usize,
    ) -> Result<Vec<JobRow>, StoreError> {
        let sql = format!(
            "SELECT {} FROM job WHERE parent = ? AND status = ? AND key > ? ORDER BY key LIMIT ?",
            JobRow::COLUMNS
        );
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        self.all(&sql, params![parent, status_number(status), after, most], JobRow::read)
    }

    /// When the last of the children of an array ended that have ended so far, in ms.
    ///
    /// # Errors
    /// SQLite refuses.
    fn last_member_end(&self, array: &JobRow) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT max(stopped_at) FROM job WHERE parent = ?";
        let of_rows: Option<i64> = self.one(sql, params![array.key], |row| row.get(0))?.flatten();
        let of_rest = array.rest.at.filter(|_| array.rest.status == JobStatus::Failed);
        Ok(of_rows.max(of_rest))
    }

    /// How many children of an array are in each state.
    ///
    /// # Errors
    /// SQLite refuses.
    fn member_counts(&self, parent: &JobRow) -> Result<Vec<(JobStatus, u32)>, StoreError> {
        let sql = "SELECT status, count(*) FROM job WHERE parent = ? GROUP BY status";
        let mut counts: Vec<(JobStatus, u32)> =
            self.all(sql, params![parent.key], |row| Ok((status_of(row.get(0)?), row.get(1)?)))?;
        let with_rows: u32 = counts.iter().map(|(_, count)| count).sum();
        counts.push((parent.rest.status, parent.members().saturating_sub(with_rows)));
        Ok(counts)
    }

    /// What all shares have used.
    ///
    /// # Errors
    /// SQLite refuses.
    fn shares(&self) -> Result<Vec<ShareRow>, StoreError> {
        let sql = "SELECT queue, identifier, past, as_of FROM share";
        self.all(sql, [], |row| {
            Ok(ShareRow {
                queue: row.get(0)?,
                identifier: row.get(1)?,
                past: row.get(2)?,
                as_of: row.get(3)?,
            })
        })
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

    /// Every unfinished job, array and child, in order of submission. Nodes come with their job, by their attempts.
    ///
    /// # Errors
    /// SQLite refuses.
    fn unfinished_jobs(&self) -> Result<Vec<UnfinishedJob>, StoreError> {
        let sql = format!(
            "SELECT {}, request.body FROM job LEFT JOIN request ON request.job = job.key
             WHERE job.status < 5 AND (job.parent IS NULL OR instr(job.id, '#') = 0) ORDER BY job.key",
            JobRow::COLUMNS
        );
        self.all(&sql, [], |row| {
            Ok(UnfinishedJob { job: JobRow::read(row)?, request: row.get(JobRow::WIDTH)? })
        })
    }

    /// The jobs and arrays of a queue in any of these states with keys below `before`, at most `limit`, newest first.
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
            "SELECT {} FROM job WHERE queue = ? AND status = ? AND parent IS NULL AND key < ?
             ORDER BY key DESC LIMIT ?",
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
    Ok(JobWithRequest {
        job: JobRow::read(row)?,
        parent: None,
        request: row.get(JobRow::WIDTH)?,
        tags: row.get(JobRow::WIDTH + 1)?,
    })
}
