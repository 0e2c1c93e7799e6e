//! `kiln wait`: until jobs have ended.

use std::time::Duration;

use clap::Args;

use super::job::end;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output;
use crate::cli::run::Outcome;

/// Waits for jobs to end; the exit code is the job's own.
///
/// Says a line on standard error for each job. Of several jobs, the exit code is that of the first one given that
/// failed. A job that failed without ever running counts as 1.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Ids or ARNs of the jobs.
    #[arg(value_name = "JOB", required = true)]
    jobs: Vec<String>,
    /// Gives up after so many seconds, with exit code 124. The jobs go on.
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,
}

/// Waits, and says how each job ended.
pub(crate) async fn run(context: &Context, arguments: &Arguments) -> Result<Outcome, CliError> {
    let Some(seconds) = arguments.timeout else { return all(context, &arguments.jobs).await };
    let waited = tokio::time::timeout(Duration::from_secs(seconds), all(context, &arguments.jobs)).await;
    waited.unwrap_or_else(|_| {
        let unit = if seconds == 1 { "second" } else { "seconds" };
        let what = if arguments.jobs.len() == 1 { "the job has" } else { "not all jobs have" };
        let not = if arguments.jobs.len() == 1 { " not" } else { "" };
        Err(CliError::TimedOut(format!("{what}{not} ended after {seconds} {unit}")))
    })
}

/// One after the other: the last to end decides how long it takes, in whatever order they are asked for.
async fn all(context: &Context, jobs: &[String]) -> Result<Outcome, CliError> {
    let mut outcomes = Vec::with_capacity(jobs.len());
    for job in jobs {
        let end = end(context, job).await?;
        output::status(&end.line());
        outcomes.push(end.outcome());
    }
    Ok(first_failure(&outcomes))
}

fn first_failure(outcomes: &[Outcome]) -> Outcome {
    outcomes.iter().copied().find(|outcome| *outcome != Outcome::SUCCESS).unwrap_or(Outcome::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_failure_counts() {
        assert_eq!(first_failure(&[Outcome(0), Outcome(3), Outcome(1)]), Outcome(3));
        assert_eq!(first_failure(&[Outcome(0), Outcome(0)]), Outcome::SUCCESS);
    }
}
