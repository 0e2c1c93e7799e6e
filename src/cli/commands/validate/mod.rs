//! `kiln validate`: input files checked without sending anything.

mod check;
mod files;
mod recognise;
mod report;

use clap::{Args, ValueEnum};

use crate::cli::commands::named_operation;
use crate::cli::error::CliError;
use crate::cli::output;
use crate::cli::run::Outcome;

/// The exit code where something was found.
const FINDINGS: Outcome = Outcome(252);

/// Checks input files against all documented rules, and sends nothing.
///
/// Reads JSON and YAML, also several YAML documents in a file. The operation that a file is for is recognised from its
/// members; a comment above a YAML document, such as `# kiln: submit-job`, or --operation says it outright. `kiln
/// explain` tells more about each rule.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Files and directories to check; - is standard input. Of a directory, the JSON and YAML files are checked, with
    /// those of the directories below it.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    /// The operation whose input the files are, as a command or as in the API: `submit-job` or `SubmitJob`.
    #[arg(long, value_name = "OPERATION")]
    operation: Option<String>,
    /// How findings are printed: text for people, json for programs, sarif (2.1.0) for code scanners, github for the
    /// annotations of GitHub Actions.
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    format: Format,
    /// What to refuse besides errors: warnings.
    #[arg(long, value_name = "WHAT", hide_possible_values = true)]
    deny: Option<Deny>,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
    Github,
}

/// What is refused besides errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    Warnings,
}

/// Checks the files, prints the findings, and tells how many there are.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, CliError> {
    let operation = arguments.operation.as_deref().map(named_operation).transpose()?;
    let files: Vec<_> =
        files::listed(&arguments.files).iter().map(|file| check::file(file, operation)).collect();
    output::text(report::report(&files, arguments.format).as_bytes())?;
    let count = report::Count::of(&files);
    output::status(&count.summary());
    let is_refused = count.errors > 0 || (count.warnings > 0 && arguments.deny == Some(Deny::Warnings));
    Ok(if is_refused { FINDINGS } else { Outcome::SUCCESS })
}
