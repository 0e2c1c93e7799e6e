//! The commands beyond the plain operations, a file each.

pub(crate) mod engine;
pub(crate) mod explain;
pub(crate) mod init;
mod job;
pub(crate) mod logs;
pub(crate) mod schema;
pub(crate) mod validate;
pub(crate) mod wait;

use clap::{ArgMatches, Args, Command, FromArgMatches};

use crate::api::Operation;
use crate::cli::error::CliError;
use crate::cli::tree::{self, EXIT_CODES};
use crate::rules::quote::{LONGEST_SHOWN, quoted};

/// A command of kiln's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Everyday {
    /// Sets up what a first job needs and runs it.
    Init,
    /// Prints the log of a job.
    Logs,
    /// Waits for jobs.
    Wait,
    /// Checks input files.
    Validate,
    /// Explains rules.
    Explain,
    /// Prints the schema of an input.
    Schema,
    /// Looks after the engine.
    Engine,
}

impl Everyday {
    /// Every one, in the order in which they are shown.
    pub(crate) const ALL: [Self; 7] =
        [Self::Init, Self::Logs, Self::Wait, Self::Validate, Self::Explain, Self::Schema, Self::Engine];

    /// The word on the command line.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Init => "init",
            Self::Logs => "logs",
            Self::Wait => "wait",
            Self::Validate => "validate",
            Self::Explain => "explain",
            Self::Schema => "schema",
            Self::Engine => "engine",
        }
    }

    /// What its exit codes mean.
    const fn exit_codes(self) -> &'static str {
        match self {
            Self::Init => "Exit codes: the job's own, 252 bad input, 253 no engine, 254 refused, 255 other.",
            Self::Wait => {
                "Exit codes: the job's own, 124 not in time, 252 bad input, 253 no engine, 254 refused, 255 other."
            }
            Self::Validate => {
                "Exit codes: 0 no findings, or warnings only; 252 findings or bad input; 255 other."
            }
            Self::Explain | Self::Schema => "Exit codes: 0 done, 252 bad input, 255 other.",
            Self::Logs | Self::Engine => EXIT_CODES,
        }
    }

    /// The command with its flags.
    pub(crate) fn command(self) -> Command {
        let command = Command::new(self.name()).after_help(self.exit_codes());
        match self {
            Self::Init => init::Arguments::augment_args(command),
            Self::Logs => logs::Arguments::augment_args(command),
            Self::Wait => wait::Arguments::augment_args(command),
            Self::Validate => validate::Arguments::augment_args(command),
            Self::Explain => explain::Arguments::augment_args(command),
            Self::Schema => schema::Arguments::augment_args(command),
            Self::Engine => engine::Arguments::augment_args(command),
        }
    }
}

/// Reads what clap matched into the arguments of a command.
pub(crate) fn arguments<T: FromArgMatches>(matches: &ArgMatches) -> Result<T, CliError> {
    Ok(T::from_arg_matches(matches)?)
}

/// The operation of that name, as a command or as in the API.
fn named_operation(name: &str) -> Result<Operation, CliError> {
    Operation::find(name).ok_or_else(|| CliError::Usage {
        message: format!("unknown operation {}", quoted(name, LONGEST_SHOWN)),
        hint: tree::meant_operation(name).map(|meant| format!("did you mean {meant}?")),
    })
}
