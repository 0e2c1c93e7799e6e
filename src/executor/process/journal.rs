//! What a runner knows of its attempts, in a file: one JSON line per start and per end.
//!
//! The journal outlives the runner, not the power: nothing is synced to the disk, since a power cut ends the
//! attempts as well. A line may then be cut off, or be anything; such lines are skipped.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{JOURNAL, protocol};
use crate::executor::{AttemptId, Report};

/// A journal of this size is rewritten with what is still held.
const LIMIT: u64 = 1 << 20;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Entry {
    /// An attempt was started.
    Started(Started),
    /// An attempt is over.
    Ended(Ended),
}

impl Entry {
    /// The attempt that this is about.
    pub(super) const fn attempt(&self) -> AttemptId {
        match self {
            Self::Started(started) => started.attempt,
            Self::Ended(ended) => ended.report.attempt(),
        }
    }

    /// The job that this is about.
    pub(super) fn job_id(&self) -> &str {
        match self {
            Self::Started(started) => &started.job_id,
            Self::Ended(ended) => &ended.job_id,
        }
    }
}

/// The start of an attempt, with what its successor needs to clean up behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Started {
    /// Which attempt.
    pub(super) attempt: AttemptId,
    /// Its process, process group and session.
    pub(super) pid: u32,
    /// When.
    pub(super) at: i64,
    /// Its job.
    pub(super) job_id: String,
    /// Its working directory.
    pub(super) directory: PathBuf,
}

/// The end of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ended {
    /// Its job.
    pub(super) job_id: String,
    /// The words that the engine hears.
    pub(super) report: Report,
}

/// The open journal.
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    length: u64,
    limit: u64,
    /// The last line may lack its end.
    torn: bool,
}

impl Journal {
    /// Opens the journal of a home, and reads what a former runner left.
    pub(super) fn open(home: &Path) -> io::Result<(Self, Vec<Entry>)> {
        let path = home.join(JOURNAL);
        let file = append(&path)?;
        let bytes = fs::read(&path)?;
        let entries =
            bytes.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
        let torn = bytes.last().is_some_and(|byte| *byte != b'\n');
        let length = bytes.len() as u64;
        Ok((Self { path, file, length, limit: LIMIT, torn }, entries))
    }

    /// Adds a line, in one write. A full disk must not stop the attempts: the engine is told anyhow, and only a
    /// death of the runner before that is recorded would turn the end into a loss.
    pub(super) fn append(&mut self, entry: &Entry) {
        let mut line = Vec::with_capacity(256);
        if self.torn {
            line.push(b'\n');
        }
        let written = protocol::encode_into(&mut line, entry)
            .map_err(io::Error::from)
            .and_then(|()| self.file.write_all(&line));
        self.torn = written.is_err();
        self.length += line.len() as u64;
        if let Err(error) = written {
            tracing::error!("write to {}: {error}", self.path.display());
        }
    }

    /// Whether most of the journal is probably about attempts that nobody asks for any more.
    pub(super) fn is_long(&self) -> bool {
        self.length > self.limit
    }

    /// Replaces all lines, at once or not at all.
    pub(super) fn rewrite(&mut self, entries: impl Iterator<Item = Entry>) -> io::Result<()> {
        let mut lines = Vec::new();
        for entry in entries {
            protocol::encode_into(&mut lines, &entry)?;
        }
        let fresh = self.path.with_extension("journal.new");
        fs::write(&fresh, &lines)?;
        let file = append(&fresh)?;
        fs::rename(&fresh, &self.path)?;
        self.file = file;
        self.length = lines.len() as u64;
        // Grows with what is held, so that the work per attempt stays constant.
        self.limit = LIMIT.max(4 * self.length);
        self.torn = false;
        Ok(())
    }
}

fn append(path: &Path) -> io::Result<File> {
    File::options().create(true).append(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::executor::Exit;

    fn end(job: u64) -> Entry {
        let attempt = AttemptId { job, number: 1 };
        Entry::Ended(Ended {
            job_id: "job".into(),
            report: Report::Exited { attempt, exit: Exit::Code(0), at: 1 },
        })
    }

    #[test]
    fn a_torn_line_costs_itself_only() {
        let home = tempfile::tempdir().unwrap();
        let (mut journal, entries) = Journal::open(home.path()).unwrap();
        assert_eq!(entries, []);
        journal.append(&end(1));
        let path = home.path().join(JOURNAL);
        let mut bytes = fs::read(&path).unwrap();
        bytes.extend_from_slice(&bytes.clone()[..20]);
        fs::write(&path, bytes).unwrap();

        let (mut journal, entries) = Journal::open(home.path()).unwrap();
        assert_eq!(entries, [end(1)]);
        journal.append(&end(2));
        assert_eq!(Journal::open(home.path()).unwrap().1, [end(1), end(2)]);
    }

    #[test]
    fn a_rewritten_journal_goes_on() {
        let home = tempfile::tempdir().unwrap();
        let (mut journal, _) = Journal::open(home.path()).unwrap();
        (1..10).for_each(|job| journal.append(&end(job)));
        journal.rewrite([end(3)].into_iter()).unwrap();
        journal.append(&end(10));
        assert_eq!(Journal::open(home.path()).unwrap().1, [end(3), end(10)]);
    }
}
