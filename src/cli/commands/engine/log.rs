//! `kiln engine log`: what the engine has to say.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use rustix::fs::inotify;

use crate::cli::error::CliError;
use crate::cli::output;
use crate::home::Home;

/// How much is read at once.
const CHUNK: usize = 64 * 1024;
/// Room for many events; what they say does not matter.
const EVENTS: usize = 4096;

/// Prints the log, and with `follow` what comes, for ever.
pub(super) fn run(home: &Home, follow: bool) -> Result<(), CliError> {
    let path = home.engine_log();
    let failed = |error: io::Error| match error.kind() {
        ErrorKind::NotFound => {
            CliError::Other(format!("no engine has run in {}", home.directory().display()))
        }
        _ => CliError::Other(format!("{} cannot be read: {error}", path.display())),
    };
    let mut log = File::open(&path).map_err(failed)?;
    // Watched before it is read, so that nothing falls between the two.
    let mut changes = follow.then(|| watch(&path)).transpose().map_err(failed)?;
    loop {
        let mut chunk = vec![0; CHUNK];
        match log.read(&mut chunk).map_err(failed)? {
            0 => match &mut changes {
                Some(changes) => drop(changes.read(&mut [0; EVENTS]).map_err(failed)?),
                None => return Ok(()),
            },
            read => output::text(&chunk[..read])?,
        }
    }
}

/// A file from which reading returns when the log was written to.
fn watch(path: &Path) -> io::Result<File> {
    let watch = inotify::init(inotify::CreateFlags::CLOEXEC)?;
    inotify::add_watch(&watch, path, inotify::WatchFlags::MODIFY)?;
    Ok(watch.into())
}
