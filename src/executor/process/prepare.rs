//! From a launch to a process image: all that can go wrong before the process exists, each with a clear text.

use std::ffi::{CString, OsStr, OsString};
use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};

use super::spawn::Image;
use super::{RunnerCommand, limited};
use crate::executor::Launch;

/// Where commands are looked for if the environment has no `PATH`: what container engines use then.
const DEFAULT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Why an attempt did not start. The text is shown as it is, so it contains its source.
#[derive(Debug, thiserror::Error)]
pub(super) enum StartError {
    #[error("the command is empty")]
    EmptyCommand,
    #[error("{what} contains a NUL byte")]
    Nul { what: &'static str },
    #[error("there is no limit named {name:?}")]
    UnknownLimit { name: String },
    #[error("exec: {program:?}: executable file not found in $PATH")]
    NotFound { program: String },
    #[error("exec: {program:?}: {}", plain(source))]
    Exec { program: String, source: io::Error },
    #[error("make the working directory {}: {}", path.display(), plain(source))]
    Directory { path: PathBuf, source: io::Error },
    #[error("open the log {}: {}", path.display(), plain(source))]
    Log { path: PathBuf, source: io::Error },
}

impl StartError {
    /// Whether the launch itself is wrong, so that it would fail at any time and on any host.
    pub(super) const fn is_permanent(&self) -> bool {
        match self {
            Self::EmptyCommand | Self::Nul { .. } | Self::UnknownLimit { .. } => true,
            Self::NotFound { .. } | Self::Exec { .. } | Self::Directory { .. } | Self::Log { .. } => false,
        }
    }
}

/// The text of an operating system error as C programs print it, in lower case and without the number.
pub(super) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Makes the log and the working directory, and the image that is ready to be spawned.
pub(super) fn prepare(launch: &Launch, limited: &RunnerCommand) -> Result<Image, StartError> {
    let name = launch.command.first().ok_or(StartError::EmptyCommand)?;
    let arguments = strings("the command", launch.command.iter().map(|word| word.clone().into_bytes()))?;
    let variables = launch.environment.iter().map(|(name, value)| format!("{name}={value}").into_bytes());
    let environment = strings("the environment", variables)?;
    limited::check(&launch.limits)?;
    let path = launch.environment.iter().find(|(name, _)| name == "PATH");
    let program = look_up(name.as_ref(), path.map(|(_, value)| value.as_ref()))?;
    let (program, arguments) = if launch.limits.is_empty() {
        (c_path("the command", &program)?, arguments)
    } else {
        // The look-up was not in vain: a command that is not there shall look the same with limits.
        let words = [limited.program.clone().into_os_string()].into_iter();
        let words = words.chain(limited.args.iter().cloned());
        let words = words.chain(limited::arguments(&launch.limits, &launch.command));
        (c_path("the runner", &limited.program)?, strings("the limits", words.map(OsString::into_vec))?)
    };
    let directory = c_path("the working directory", &launch.directory)?;
    let log =
        open_log(&launch.log).map_err(|source| StartError::Log { path: launch.log.clone(), source })?.into();
    make_directory(&launch.directory)
        .map_err(|source| StartError::Directory { path: launch.directory.clone(), source })?;
    Ok(Image { program, arguments, environment, directory, log })
}

/// Finds a command as a shell does, in the given `PATH`. A name with a slash is taken as it is, and judged by
/// the exec, since it may be relative to the working directory.
pub(super) fn look_up(name: &OsStr, path: Option<&OsStr>) -> Result<PathBuf, StartError> {
    if name.as_bytes().contains(&b'/') {
        return Ok(name.into());
    }
    let path = path.unwrap_or(OsStr::new(DEFAULT_PATH));
    let found = std::env::split_paths(path)
        // A relative entry would mean the working directory, which is fresh: nothing is there.
        .filter(|directory| directory.is_absolute() && !name.is_empty())
        .map(|directory| directory.join(name))
        .find(|file| access(file, Access::EXEC_OK).is_ok() && file.is_file());
    found.ok_or_else(|| StartError::NotFound { program: name.to_string_lossy().into() })
}

fn strings(what: &'static str, all: impl Iterator<Item = Vec<u8>>) -> Result<Vec<CString>, StartError> {
    all.map(|bytes| CString::new(bytes).map_err(|_| StartError::Nul { what })).collect()
}

fn c_path(what: &'static str, path: &Path) -> Result<CString, StartError> {
    CString::new(path.as_os_str().as_bytes()).map_err(|_| StartError::Nul { what })
}

/// Opens the log to append. Parents are made when they turn out to be missing, which is rare.
fn open_log(path: &Path) -> io::Result<File> {
    let open = || File::options().create(true).append(true).mode(0o600).open(path);
    match open() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make_parents(path)?;
            open()
        }
        done => done,
    }
}

/// Makes the working directory. An empty one may be left from a former life; anything in it belongs to somebody,
/// and would be removed after the attempt.
fn make_directory(path: &Path) -> io::Result<()> {
    let make = || DirBuilder::new().mode(0o700).create(path);
    match make() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make_parents(path)?;
            make()
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_dir(path)?;
            make()
        }
        done => done,
    }
}

/// Makes the directories above a path, closed to others.
fn make_parents(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |parent| DirBuilder::new().recursive(true).mode(0o700).create(parent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_looked_up_in_the_given_path() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("directory")).unwrap();
        fs::write(home.path().join("text"), "").unwrap();
        File::options()
            .create(true)
            .write(true)
            .truncate(true)
            .mode(0o755)
            .open(home.path().join("tool"))
            .unwrap();
        let path = std::env::join_paths(["/nowhere".as_ref(), home.path()]).unwrap();
        assert_eq!(look_up("tool".as_ref(), Some(&path)).unwrap(), home.path().join("tool"));
        for name in ["directory", "text", "none", ""] {
            let error = look_up(name.as_ref(), Some(&path)).unwrap_err().to_string();
            assert_eq!(error, format!("exec: \"{name}\": executable file not found in $PATH"));
        }
        assert!(look_up("sh".as_ref(), None).unwrap().is_absolute());
        assert_eq!(look_up("./x".as_ref(), Some(&path)).unwrap(), Path::new("./x"));
    }

    #[test]
    fn system_errors_lose_their_number() {
        assert_eq!(plain(&io::Error::from_raw_os_error(libc::EACCES)), "permission denied");
    }

    #[test]
    fn a_directory_in_use_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        make_directory(&home.path().join("a/b")).unwrap();
        make_directory(&home.path().join("a/b")).unwrap();
        assert!(make_directory(&home.path().join("a")).is_err());
    }
}
