//! What can go wrong for the person at the terminal, as text and as an exit code.

use std::ffi::OsString;
use std::io;

use clap::Command;

use crate::api::{Operation, ServiceError};
use crate::backend::CallError;
use crate::cli::refusal;
use crate::document::LoadError;

/// Why a command did not succeed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    /// The words of the command line make no sense.
    #[error("{message}")]
    Usage {
        /// What is wrong, the option named.
        message: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// No failure: help or the version was asked for.
    #[error(transparent)]
    Asked(clap::Error),
    /// The input is not valid. The text is complete: a line for each finding, with its place.
    #[error("{0}")]
    Input(String),
    /// The environment lacks something, or the engine cannot run in it.
    #[error("{message}")]
    Configuration {
        /// What is wrong.
        message: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// The service refused an operation.
    #[error("An error occurred ({}) when calling the {} operation: {}", error.kind.as_str(), operation.name(), ruled(error))]
    Service {
        /// What was asked of it.
        operation: Operation,
        /// Its answer.
        error: ServiceError,
    },
    /// The engine could not be asked, or refused what is no operation of the API.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The answer could not be written.
    #[error("the output cannot be written: {0}")]
    Output(io::Error),
    /// What was waited for did not happen in time.
    #[error("{0}")]
    TimedOut(String),
    /// Anything else.
    #[error("{0}")]
    Other(String),
    /// The user pressed Ctrl-C.
    #[error("interrupted")]
    Interrupted,
}

impl From<clap::Error> for CliError {
    fn from(error: clap::Error) -> Self {
        Self::parsing(error, &Command::new("kiln"), &[])
    }
}

impl CliError {
    /// What the parser of the command line says: an answer to `--help` or `--version`, or that the words do not fit.
    pub(crate) fn parsing(error: clap::Error, program: &Command, words: &[OsString]) -> Self {
        if error.exit_code() == 0 { Self::Asked(error) } else { refusal::explained(&error, program, words) }
    }

    /// A mistake on the command line, without a hint.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), hint: None }
    }

    /// A mistake in the environment, without a hint.
    pub(crate) fn configuration(message: impl Into<String>) -> Self {
        Self::Configuration { message: message.into(), hint: None }
    }

    /// The value of a flag that could not be read.
    pub(crate) fn load(flag: &str, error: &LoadError) -> Self {
        Self::Usage { message: format!("{flag}: {error}"), hint: error.help() }
    }

    /// What became of calling an operation.
    pub(crate) fn calling(operation: Operation, error: CallError) -> Self {
        match error {
            CallError::Service(error) => Self::Service { operation, error },
            other => Self::Call(other),
        }
    }

    /// The same codes as the AWS CLI's, and 124 as that of `timeout`.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Asked(_) => 0,
            // A reader that has seen enough, as `head`, is no failure.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Self::TimedOut(_) => 124,
            Self::Interrupted => 130,
            Self::Usage { .. } | Self::Input(_) => 252,
            Self::Configuration { .. } | Self::Call(CallError::Engine(_)) => 253,
            Self::Service { .. } | Self::Call(CallError::Service(_)) => 254,
            Self::Call(
                CallError::Connection(_) | CallError::Stopping | CallError::Io(_) | CallError::Protocol(_),
            )
            | Self::Output(_)
            | Self::Other(_) => 255,
        }
    }

    /// What to print on standard error, complete with line breaks; empty where silence is right.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Asked(text) => text.render().to_string(),
            Self::Input(text) => text.clone(),
            // The empty line first is how the AWS CLI prints it.
            Self::Service { .. } => format!("\n{self}\n"),
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => String::new(),
            Self::Interrupted => "\n".to_owned(),
            Self::Usage { hint, .. } | Self::Configuration { hint, .. } => plain(self, hint.as_deref()),
            Self::Call(CallError::Service(error)) => plain(&ruled(error), None),
            Self::Call(_) | Self::Output(_) | Self::TimedOut(_) | Self::Other(_) => plain(self, None),
        }
    }
}

/// What a service says, with the rule that is broken at the end, as findings have it.
fn ruled(error: &ServiceError) -> String {
    match &error.rule {
        Some(rule) => format!("{error} [{rule}]"),
        None => error.to_string(),
    }
}

fn plain(error: &dyn std::fmt::Display, hint: Option<&str>) -> String {
    let hint = hint.map(|hint| format!("hint: {hint}\n")).unwrap_or_default();
    format!("kiln: error: {error}\n{hint}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn service_errors_read_as_the_aws_cli_prints_them() {
        let refusal = ServiceError::client("JobQueue q does not exist");
        let error = CliError::calling(Operation::SubmitJob, refusal.clone().into());
        assert_eq!(
            error.text(),
            "\nAn error occurred (ClientException) when calling the SubmitJob operation: \
             JobQueue q does not exist\n"
        );
        assert_eq!(error.exit_code(), 254);
        let ruled = CliError::calling(Operation::SubmitJob, refusal.clone().under("JQ101").into());
        assert!(
            ruled.text().ends_with(" operation: JobQueue q does not exist [JQ101]\n"),
            "{}",
            ruled.text()
        );
        let own = CliError::from(CallError::from(refusal));
        assert_eq!((own.exit_code(), own.text().as_str()), (254, "kiln: error: JobQueue q does not exist\n"));
    }

    #[test]
    fn hints_come_on_their_own_line() {
        let error = CliError::Usage { message: "--x: no".into(), hint: Some("write --y".into()) };
        assert_eq!(error.text(), "kiln: error: --x: no\nhint: write --y\n");
        assert_eq!(error.exit_code(), 252);
    }

    #[test]
    fn a_closed_pipe_is_silent() {
        let closed = CliError::Output(io::ErrorKind::BrokenPipe.into());
        assert_eq!((closed.exit_code(), closed.text().as_str()), (0, ""));
        assert_eq!(CliError::Output(io::ErrorKind::StorageFull.into()).exit_code(), 255);
    }

    #[test]
    fn the_other_kinds_have_their_codes() {
        assert_eq!(CliError::configuration("x").exit_code(), 253);
        assert_eq!(CliError::Interrupted.exit_code(), 130);
        assert_eq!(CliError::TimedOut("x".into()).exit_code(), 124);
        assert_eq!(CliError::Call(CallError::Protocol("x".into())).exit_code(), 255);
    }
}
