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
