//! The durable rows: one SQLite database in the engine's home.
//!
//! Owns the schema, its migrations, one transaction for each batch of changes, and indexed reads. Knows nothing
//! of scheduling. One [`Store`] writes; any number of [`Reader`]s read beside it.
//!
//! Durability: a commit that acknowledges a call is fsynced before [`Store::commit`] returns; other commits
//! survive the death of every process at once, and a power cut as soon as the next fsynced commit
//! ([`Store::sync`] makes one).

pub mod migrate;
pub mod read;
pub mod row;
pub mod write;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

pub use read::Reader;
pub use row::{AttemptRow, DefinitionRow, JobRow, ResourceRow, Rest, StopKind, StoredCall, Table};

/// What marks a database as kiln's: "kiln" in ASCII.
const APPLICATION_ID: i32 = 0x6b69_6c6e;

/// What can go wrong with the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is not a sound database. It is left exactly as it is.
    #[error(
        "the database {} is damaged ({detail}); it was not changed: move it and the files beside it away to start afresh, or restore a copy",
        path.display()
    )]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// The file is a database of something else.
    #[error("{} is a database, but not one of kiln's; it was not changed", path.display())]
    Foreign {
        /// The database.
        path: PathBuf,
    },
    /// It was written by a later version.
    #[error(
        "the database {} has schema {found}, and this kiln knows only up to {known}: use the newer kiln",
        path.display()
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its schema version.
        found: i64,
        /// The newest one known here.
        known: i64,
    },
    /// SQLite says no.
    #[error("the database refused: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// SQLite undid the whole batch after a failure.
    #[error("the database undid the changes after a failure, for example because the disk is full")]
    Undone,
    /// A stored document does not read back.
    #[error("a stored document of {table} does not read back: {source}")]
    Document {
        /// Which table.
        table: &'static str,
        /// Why.
        source: serde_json::Error,
    },
    /// The system says no.
    #[error("{doing}: {source}")]
    System {
        /// What was being done.
        doing: &'static str,
        /// Why it failed.
        source: std::io::Error,
    },
}

/// The one writer.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    /// How durable the present batch will be.
    durability: Durability,
    /// Whether a commit was made that is not fsynced yet.
    unsynced: bool,
}

/// How far a commit must have got before it returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// It survives a power cut.
    Synced,
    /// It survives the death of every process.
    Written,
}

impl Durability {
    const fn level(self) -> &'static str {
        match self {
            Self::Synced => "FULL",
            Self::Written => "NORMAL",
        }
    }
}

impl Store {
    /// Opens the database, creates it where there is none, and brings an older one up to date.
    ///
    /// # Errors
    /// The file is damaged, foreign, newer, or cannot be opened; it is unchanged then.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if fs::metadata(path).is_ok_and(|file| file.len() > 0) {
            examine(path)?;
        } else {
            create(path)?;
        }
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", "OFF")?;
        connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
        connection.set_prepared_statement_cache_capacity(64);
        let mut store = Self { connection, durability: Durability::Synced, unsynced: false };
        migrate::up_to_date(&mut store.connection, path)?;
        Ok(store)
    }

    /// Begins a batch of changes, which will be as durable as this once it is committed.
    ///
    /// # Errors
    /// SQLite refuses, for example because the disk is full.
    pub fn begin(&mut self, durability: Durability) -> Result<(), StoreError> {
        // SQLite takes the level only outside of a transaction.
        if durability != self.durability {
            self.connection.pragma_update(None, "synchronous", durability.level())?;
            self.durability = durability;
        }
        Ok(self.connection.execute_batch("BEGIN IMMEDIATE")?)
    }

    /// Makes the batch permanent.
    ///
    /// # Errors
    /// SQLite refuses; the caller must [`Store::roll_back`].
    pub fn commit(&mut self) -> Result<(), StoreError> {
        self.connection.execute_batch("COMMIT")?;
        self.unsynced = self.durability == Durability::Written;
        Ok(())
    }

    /// Makes sure that the batch is still open: SQLite undoes it by itself on some failures (a full disk), and
    /// what follows would then be permanent at once.
    ///
    /// # Errors
    /// It was undone.
    pub fn check_batch(&self) -> Result<(), StoreError> {
        if self.connection.is_autocommit() { Err(StoreError::Undone) } else { Ok(()) }
    }

    /// Undoes the batch.
    pub fn roll_back(&mut self) {
        if !self.connection.is_autocommit() {
            // A failed roll-back leaves the transaction open; the next BEGIN then fails and says so.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }

    /// Whether something is committed but not fsynced.
    pub fn unsynced(&self) -> bool {
        self.unsynced
    }

    /// Fsyncs what was committed.
    ///
    /// # Errors
    /// SQLite or the disk refuses.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        if self.unsynced {
            // A commit is synced together with all before it; this one changes a single counter.
            self.begin(Durability::Synced)?;
            self.connection.execute_batch("UPDATE kiln_sync SET count = count + 1")?;
            self.commit()?;
        }
        Ok(())
    }

    /// Runs a part of a batch that may fail on its own: if it does, its changes are undone and the batch goes on.
    ///
    /// # Errors
    /// What `part` returns.
    pub fn attempt<T, E: From<StoreError>>(
        &mut self,
        part: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let run =
            |store: &Self, sql: &str| store.connection.execute_batch(sql).map_err(|e| E::from(e.into()));
        run(self, "SAVEPOINT part")?;
        let result = part(self);
        run(self, if result.is_ok() { "RELEASE part" } else { "ROLLBACK TO part; RELEASE part" })?;
        result
    }
}

/// Makes a database under another name and gives it its own only when it is complete, so that a crash at any moment
/// leaves none or a whole one.
fn create(path: &Path) -> Result<(), StoreError> {
    let system = |doing: &'static str| move |source| StoreError::System { doing, source };
    let beside = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let new = beside(".new");
    for left in ["", "-journal", "-wal", "-shm"].map(|ending| beside(&format!(".new{ending}"))) {
        remove_if_there(&left).map_err(system("remove an unfinished database"))?;
    }
    // Changes that belong to a database which is no longer here must not be taken for those of the new one.
    let orphan = beside("-wal");
    if orphan.exists() {
        let aside = beside(&format!("-wal.{}.old", std::process::id()));
        fs::rename(&orphan, aside).map_err(system("put the changes of another database aside"))?;
    }
    // Made here, so that it and the files that SQLite puts beside it are closed to others.
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let file = options.open(&new).map_err(system("create the database"))?;
    let mut connection = Connection::open(&new)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrate::up_to_date(&mut connection, &new)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // Closing takes what is in the log into the file.
    connection.close().map_err(|(_, error)| error)?;
    file.sync_all().map_err(system("sync the database"))?;
    fs::rename(&new, path).map_err(system("name the database"))?;
    let directory = path.parent().unwrap_or(Path::new("."));
    File::open(directory).and_then(|directory| directory.sync_all()).map_err(system("sync the home"))
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Looks at an existing file without changing it, nor anything beside it: what a crash has left to be taken in is
/// taken in only once the file is known to be one of ours and sound.
fn examine(path: &Path) -> Result<(), StoreError> {
    if !is_ours(path)? {
        return Err(StoreError::Foreign { path: path.to_owned() });
    }
    let damaged = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => {
            StoreError::Damaged { path: path.to_owned(), detail: error.to_string() }
        }
        _ => error.into(),
    };
    let connection = open_to_read(path)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(damaged);
    let found = number("PRAGMA user_version")?;
    if found > migrate::KNOWN {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: migrate::KNOWN });
    }
    if !is_worth_a_check(path) {
        return Ok(());
    }
    // Finds broken pages and indexes.
    let verdict: String =
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(damaged)?;
    if verdict != "ok" {
        return Err(StoreError::Damaged { path: path.to_owned(), detail: verdict });
    }
    Ok(())
}

/// Whether to look at every page: always where the last engine was not stopped but died, as what it left beside the
/// file tells; else only where that takes no time that anybody would notice.
fn is_worth_a_check(path: &Path) -> bool {
    const SMALL: u64 = 32 << 20;
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    Path::new(&log).exists() || fs::metadata(path).is_ok_and(|file| file.len() <= SMALL)
}

/// Whether the database is one of ours, by its header. Read without SQLite, which would take in a
/// foreign database's journal.
fn is_ours(path: &Path) -> Result<bool, StoreError> {
    const MAGIC: &[u8] = b"SQLite format 3\0";
    let damaged = |detail: &str| StoreError::Damaged { path: path.to_owned(), detail: detail.into() };
    let mut header = [0; 100];
    match File::open(path).and_then(|mut file| file.read_exact(&mut header)) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(damaged("it is too short")),
        Err(source) => return Err(StoreError::System { doing: "read the database", source }),
    }
    if !header.starts_with(MAGIC) {
        return Err(damaged("it has no database header"));
    }
    // Where the file format has the application id.
    Ok(i32::from_be_bytes([header[68], header[69], header[70], header[71]]) == APPLICATION_ID)
}

/// Opens for reading only.
fn open_to_read(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}
