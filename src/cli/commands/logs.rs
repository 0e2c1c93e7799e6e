//! `kiln logs`: the log of a job.

use clap::Args;

use super::job::print_log;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::run::Outcome;

/// Prints the log of a job.
///
/// What the job's command wrote to its standard output and standard error, of the latest attempt unless told
/// otherwise.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Id or ARN of the job.
    #[arg(value_name = "JOB")]
    job: String,
    /// Waits for the job to start, prints the log as it comes, and ends when the job has ended.
    #[arg(long, short)]
    follow: bool,
    /// Number of the attempt, counted from 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    attempt: Option<u32>,
}

/// Prints the log.
pub(crate) async fn run(context: &Context, arguments: &Arguments) -> Result<Outcome, CliError> {
    let attempt = arguments.attempt.map(|number| number.to_string());
    let mut query = vec![("job", arguments.job.as_str())];
    query.extend(attempt.as_deref().map(|number| ("attempt", number)));
    if arguments.follow {
        query.push(("follow", "true"));
    }
    print_log(context, &query).await?;
    Ok(Outcome::SUCCESS)
}
