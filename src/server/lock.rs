//! The lock that makes an engine the only one in its home. The kernel lets go of it when the process ends,
//! however it ends.

use std::fs::{self, File, OpenOptions};
use std::io::{Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::sync::mpsc::channel;
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};

use super::RunError;
use crate::api::wire::VERSION;
use crate::home::Home;

/// How long an engine that is leaving may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Takes the lock and writes into it who holds it. With `patient`, waits for an engine that is leaving.
pub(super) fn take(home: &Home, patient: bool) -> Result<File, RunError> {
    let failed =
        |source| RunError::Home { home: home.directory().to_owned(), doing: "take its lock", source };
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(home.lock())
        .map_err(failed)?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => {}
        Err(rustix::io::Errno::WOULDBLOCK) if patient && wait(&file) => {}
        Err(rustix::io::Errno::WOULDBLOCK) => {
            let holder = fs::read_to_string(home.lock()).unwrap_or_default().trim().to_owned();
            return Err(RunError::Running { home: home.directory().to_owned(), holder });
        }
        Err(errno) => return Err(failed(errno.into())),
    }
    let text = format!("kiln {VERSION}, process {}\n", std::process::id());
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| file.write_all(text.as_bytes()))
        .map_err(failed)?;
    Ok(file)
}

/// Whether the lock came free in time. The wait is a thread's, since it cannot be given a limit otherwise.
fn wait(file: &File) -> bool {
    let Ok(file) = file.try_clone() else { return false };
    let (sender, receiver) = channel();
    std::thread::spawn(move || sender.send(flock(&file, FlockOperation::LockExclusive)));
    matches!(receiver.recv_timeout(PATIENCE), Ok(Ok(())))
}
