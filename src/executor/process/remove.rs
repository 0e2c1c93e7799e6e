//! Removing working directories.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How often a directory is tried that something still writes to: what was killed may take a moment to die.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(100);

/// Removes directories: empty ones, which most are, at once, the others in a thread of its own.
pub(super) struct Remover {
    /// The thread and the way to it, until it was told to finish.
    thread: Option<(Sender<PathBuf>, JoinHandle<()>)>,
}

impl Remover {
    /// Starts the thread.
    pub(super) fn new() -> io::Result<Self> {
        let (later, directories) = mpsc::channel();
        let thread = thread::Builder::new().name("remover".into()).spawn(move || work(&directories))?;
        Ok(Self { thread: Some((later, thread)) })
    }

    /// Removes a directory and all that is in it, now or soon.
    pub(super) fn remove(&self, directory: &Path) {
        match fs::remove_dir(directory) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(_) => {
                if let Some((later, _)) = &self.thread {
                    // The thread ends only when the sender is dropped.
                    let _ = later.send(directory.to_owned());
                }
            }
        }
    }

    /// Returns when all has been removed. Afterwards only empty directories are.
    pub(super) fn finish(&mut self) {
        if let Some((later, thread)) = self.thread.take() {
            drop(later);
            let _ = thread.join();
        }
    }
}

fn work(directories: &Receiver<PathBuf>) {
    for directory in directories {
        if let Err(error) = remove_tree(&directory) {
            tracing::warn!("remove {}: {error}", directory.display());
        }
    }
}

/// Removes a directory tree. Symbolic links in it, or in its place, are removed and never followed: that is what
/// `fs::remove_dir_all` promises.
fn remove_tree(directory: &Path) -> io::Result<()> {
    let mut tries = 0..TRIES;
    loop {
        match fs::remove_dir_all(directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            // A job may have put a file in its place.
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => return fs::remove_file(directory),
            Err(error) if tries.next().is_some() => match error.kind() {
                io::ErrorKind::PermissionDenied => unlock(directory),
                io::ErrorKind::DirectoryNotEmpty => thread::sleep(PAUSE),
                _ => return Err(error),
            },
            done => return done,
        }
    }
}

/// Makes all directories of a tree writable to us: some tools protect what they download from being changed.
/// What fails here fails again in the removal, and is reported there.
fn unlock(directory: &Path) {
    let flags = libc::O_PATH | libc::O_NOFOLLOW | libc::O_DIRECTORY;
    let Ok(handle) = File::options().read(true).custom_flags(flags).open(directory) else { return };
    // Through the handle, since changing permissions by name would follow a link that took its place.
    let name = format!("/proc/self/fd/{}", handle.as_raw_fd());
    let _ = fs::set_permissions(&name, Permissions::from_mode(0o700));
    for entry in fs::read_dir(&name).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            unlock(&directory.join(entry.file_name()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_not_followed() {
        let home = tempfile::tempdir().unwrap();
        let (work, other) = (home.path().join("work"), home.path().join("other"));
        fs::create_dir_all(work.join("deep/er")).unwrap();
        fs::create_dir(&other).unwrap();
        fs::write(other.join("precious"), "").unwrap();
        std::os::unix::fs::symlink(&other, work.join("deep/link")).unwrap();
        std::os::unix::fs::symlink(&other, home.path().join("swapped")).unwrap();
        let mut remover = Remover::new().unwrap();
        remover.remove(&work);
        remover.remove(&home.path().join("swapped"));
        fs::write(home.path().join("file"), "").unwrap();
        remover.remove(&home.path().join("file"));
        remover.finish();
        assert!(["work", "swapped", "file"].iter().all(|name| !home.path().join(name).exists()));
        assert!(other.join("precious").exists());
    }

    #[test]
    fn protected_directories_are_removed() {
        let home = tempfile::tempdir().unwrap();
        let work = home.path().join("work");
        fs::create_dir_all(work.join("a/b/c")).unwrap();
        for path in ["a/b", "a"] {
            fs::set_permissions(work.join(path), Permissions::from_mode(0o500)).unwrap();
        }
        unlock(&work);
        assert_eq!(fs::metadata(work.join("a/b")).unwrap().permissions().mode() & 0o777, 0o700);
        remove_tree(&work).unwrap();
        assert!(!work.exists());
    }
}
