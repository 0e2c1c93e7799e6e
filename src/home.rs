//! The home of a local engine: the directory that holds everything it keeps.

use std::env;
use std::ffi::OsStr;
use std::fs::{DirBuilder, File};
use std::io;
use std::ops::Deref;
use std::os::fd::AsRawFd;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// A home directory. The value names paths; it says nothing of what exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    directory: PathBuf,
}

/// No home can be told from the environment.
#[derive(Debug, thiserror::Error)]
#[error("no home for the engine: neither KILN_HOME, XDG_STATE_HOME nor HOME is set")]
pub struct NoHome;

impl Home {
    /// The home at this path, made absolute so that it means the same in every process.
    pub fn at(directory: impl AsRef<Path>) -> Self {
        let directory = directory.as_ref();
        Self { directory: std::path::absolute(directory).unwrap_or_else(|_| directory.to_owned()) }
    }

    /// `$KILN_HOME`, else `$XDG_STATE_HOME/kiln`, else `$HOME/.local/state/kiln`.
    ///
    /// # Errors
    /// None of the three is set.
    pub fn from_environment() -> Result<Self, NoHome> {
        let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
        set("KILN_HOME")
            .map(PathBuf::from)
            .or_else(|| set("XDG_STATE_HOME").map(|state| Path::new(&state).join("kiln")))
            .or_else(|| set("HOME").map(|home| Path::new(&home).join(".local/state/kiln")))
            .map(Self::at)
            .ok_or(NoHome)
    }

    /// Makes the directory, closed to others. One that is there already is left as it is.
    ///
    /// # Errors
    /// It cannot be made, or something else is in its place.
    pub fn create(&self) -> io::Result<()> {
        match DirBuilder::new().recursive(true).mode(0o700).create(&self.directory) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(io::Error::new(io::ErrorKind::NotADirectory, "it is there, but not a directory"))
            }
            result => result,
        }
    }

    /// The directory itself.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The directory as an argument.
    pub fn as_os_str(&self) -> &OsStr {
        self.directory.as_os_str()
    }

    /// The socket on which the engine listens.
    pub fn socket(&self) -> PathBuf {
        self.directory.join("engine.sock")
    }

    /// Held by the living engine; holds its process id and version as text.
    pub fn lock(&self) -> PathBuf {
        self.directory.join("engine.lock")
    }

    /// Held by a client that starts the engine, so that only one does.
    pub fn start_lock(&self) -> PathBuf {
        self.directory.join("start.lock")
    }

    /// What the engine has to say.
    pub fn engine_log(&self) -> PathBuf {
        self.directory.join("engine.log")
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.directory.join("kiln.db")
    }

    /// The logs of jobs, a file for each log stream.
    pub fn logs(&self) -> PathBuf {
        self.directory.join("logs")
    }

    /// The file of one log stream, which is always among the logs: of a name only the plain parts count.
    pub fn log_stream(&self, name: &str) -> PathBuf {
        let parts = name.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
        self.logs().join(parts.collect::<PathBuf>())
    }

    /// The working directories of running attempts.
    pub fn work(&self) -> PathBuf {
        self.directory.join("work")
    }
}

/// A name for a socket's path that is short enough for the system (108 bytes), however deep its directory is.
/// It is good as long as the value lives.
#[derive(Debug)]
pub struct ShortPath {
    path: PathBuf,
    _directory: Option<File>,
}

impl Deref for ShortPath {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.path
    }
}

/// Shortens a socket's path where that is needed: through a handle on its directory.
///
/// # Errors
/// The directory cannot be opened.
pub fn short_path(socket: &Path) -> io::Result<ShortPath> {
    const LONGEST: usize = 107;
    let (Some(directory), Some(name)) = (socket.parent(), socket.file_name()) else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "a socket needs a directory and a name"));
    };
    if socket.as_os_str().len() <= LONGEST {
        return Ok(ShortPath { path: socket.to_owned(), _directory: None });
    }
    let directory = File::open(directory)?;
    let path = Path::new("/proc/self/fd").join(directory.as_raw_fd().to_string()).join(name);
    Ok(ShortPath { path, _directory: Some(directory) })
}
