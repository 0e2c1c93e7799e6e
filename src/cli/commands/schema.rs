//! `kiln schema`: the JSON Schema of an operation's input.

use clap::Args;

use crate::api::schema::schema;
use crate::cli::commands::named_operation;
use crate::cli::error::CliError;
use crate::cli::output::{self, json};

/// Prints the JSON Schema of an operation's input.
///
/// An editor that knows the schema completes and checks the files for --cli-input-json. The schema is of the version
/// 2020-12.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The operation, as a command or as in the API: `submit-job` or `SubmitJob`.
    #[arg(value_name = "OPERATION")]
    operation: String,
}

/// Prints the schema.
pub(crate) fn run(arguments: &Arguments) -> Result<(), CliError> {
    output::text(json::pretty(&schema(named_operation(&arguments.operation)?)).as_bytes())
}
