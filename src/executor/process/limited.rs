//! A hidden subcommand that puts resource limits on itself and becomes the command of an attempt.
//!
//! Limits cannot be given to `posix_spawn`, and setting them on the runner, even for a moment, would hit all.

use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use rustix::process::{Resource, Rlimit, setrlimit};

use super::prepare::{self, StartError};
use crate::executor::ResourceLimit;

/// What a shell returns for a command that is there and cannot be run.
const CANNOT_RUN: u8 = 126;
/// What a shell returns for a command that is not there.
const NOT_FOUND: u8 = 127;

#[derive(Debug, thiserror::Error)]
enum LimitedError {
    #[error("expected NAME=SOFT:HARD, found {0:?}")]
    Malformed(String),
    #[error("set the limit {name} to {soft}:{hard}: {}", prepare::plain(source))]
    Refused { name: String, soft: i64, hard: i64, source: std::io::Error },
    #[error(transparent)]
    Start(#[from] StartError),
}

/// The arguments that make [`run`] do what is asked.
pub(super) fn arguments(limits: &[ResourceLimit], command: &[String]) -> Vec<OsString> {
    let limits = limits.iter().map(|limit| format!("{}={}:{}", limit.name, limit.soft, limit.hard).into());
    limits.chain(["--".into()]).chain(command.iter().map(OsString::from)).collect()
}

/// Whether all limits have names that there are.
pub(super) fn check(limits: &[ResourceLimit]) -> Result<(), StartError> {
    limits.iter().try_for_each(|limit| resource(&limit.name).map(drop))
}

/// Takes `NAME=SOFT:HARD ... -- COMMAND ...`, sets the limits and becomes the command. Returns only if that
/// fails, with the exit code, and the reason on standard error, which is the log of the attempt.
pub fn run(arguments: &[OsString]) -> ExitCode {
    let error = match become_command(arguments) {
        Ok(never) => match never {},
        Err(error) => error,
    };
    eprintln!("kiln: {error}");
    match error {
        LimitedError::Start(StartError::NotFound { .. }) => ExitCode::from(NOT_FOUND),
        _ => ExitCode::from(CANNOT_RUN),
    }
}

fn become_command(arguments: &[OsString]) -> Result<std::convert::Infallible, LimitedError> {
    let mut arguments = arguments.iter().map(OsString::as_os_str);
    for argument in arguments.by_ref().take_while(|argument| *argument != "--") {
        apply(&parse(argument)?)?;
    }
    let name = arguments.next().ok_or(StartError::EmptyCommand)?;
    let path = std::env::var_os("PATH");
    let program = prepare::look_up(name, path.as_deref())?;
    let source = Command::new(program).arg0(name).args(arguments).exec();
    Err(StartError::Exec { program: name.to_string_lossy().into(), source }.into())
}

fn parse(argument: &OsStr) -> Result<ResourceLimit, LimitedError> {
    let text = argument.to_string_lossy();
    let malformed = || LimitedError::Malformed(text.clone().into_owned());
    let (name, values) = text.split_once('=').ok_or_else(malformed)?;
    let (soft, hard) = values.split_once(':').ok_or_else(malformed)?;
    let number = |value: &str| value.parse().ok().filter(|n: &i64| *n >= -1).ok_or_else(malformed);
    Ok(ResourceLimit { name: name.into(), soft: number(soft)?, hard: number(hard)? })
}

fn apply(limit: &ResourceLimit) -> Result<(), LimitedError> {
    let resource = resource(&limit.name)?;
    // -1, the only negative number, is no limit.
    let rlimit = Rlimit { current: u64::try_from(limit.soft).ok(), maximum: u64::try_from(limit.hard).ok() };
    setrlimit(resource, rlimit).map_err(|errno| LimitedError::Refused {
        name: limit.name.clone(),
        soft: limit.soft,
        hard: limit.hard,
        source: errno.into(),
    })
}

/// The names that Docker and Batch use.
fn resource(name: &str) -> Result<Resource, StartError> {
    Ok(match name {
        "core" => Resource::Core,
        "cpu" => Resource::Cpu,
        "data" => Resource::Data,
        "fsize" => Resource::Fsize,
        "locks" => Resource::Locks,
        "memlock" => Resource::Memlock,
        "msgqueue" => Resource::Msgqueue,
        "nice" => Resource::Nice,
        "nofile" => Resource::Nofile,
        "nproc" => Resource::Nproc,
        "rss" => Resource::Rss,
        "rtprio" => Resource::Rtprio,
        "rttime" => Resource::Rttime,
        "sigpending" => Resource::Sigpending,
        "stack" => Resource::Stack,
        _ => return Err(StartError::UnknownLimit { name: name.into() }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_as_they_are_written() {
        let limits = [ResourceLimit { name: "nofile".into(), soft: 64, hard: -1 }];
        let words = arguments(&limits, &["sh".into(), "-c".into()]);
        assert_eq!(words, ["nofile=64:-1", "--", "sh", "-c"]);
        assert_eq!(parse(&words[0]).unwrap(), limits[0]);
    }

    #[test]
    fn other_words_are_refused() {
        for word in ["nofile", "nofile=1", "nofile=1:", "nofile=x:1", "nofile=-2:1"] {
            assert!(matches!(parse(word.as_ref()), Err(LimitedError::Malformed(_))), "{word}");
        }
        let unknown = ResourceLimit { name: "files".into(), soft: 1, hard: 1 };
        assert_eq!(apply(&unknown).unwrap_err().to_string(), "there is no limit named \"files\"");
    }
}
