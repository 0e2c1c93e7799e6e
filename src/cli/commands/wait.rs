//! `kiln wait`: until jobs have ended.

use std::collections::BTreeMap;
use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::job;
use crate::api::Operation;
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
    // The time runs from the moment at which it is known which jobs have not ended, so that 0 is a look.
    let (started, start) = tokio::sync::oneshot::channel();
    let mut started = Some(started);
    let mut outcomes = BTreeMap::new();
    let waited = job::wait(
        context,
        &arguments.jobs,
        || {
            if let Some(started) = started.take() {
                // Nobody listens where there is no time-out.
                let _ = started.send(());
            }
        },
        |asked, end| {
            output::status(&end.line());
            outcomes.insert(asked.to_owned(), end.outcome());
        },
    );
    let over = async {
        match arguments.timeout {
            Some(seconds) if start.await.is_ok() => tokio::time::sleep(Duration::from_secs(seconds)).await,
            _ => std::future::pending().await,
        }
    };
    tokio::select! {
        biased;
        waited = waited => waited?,
        () = over => return Err(timed_out(context, arguments, &outcomes).await),
    }
    let in_order: Vec<_> = arguments.jobs.iter().filter_map(|job| outcomes.get(job).copied()).collect();
    Ok(first_failure(&in_order))
}

/// Says where the jobs stand that were not waited for any longer.
async fn timed_out(
    context: &Context,
    arguments: &Arguments,
    outcomes: &BTreeMap<String, Outcome>,
) -> CliError {
    let seconds = arguments.timeout.unwrap_or_default();
    let unit = if seconds == 1 { "second" } else { "seconds" };
    let open: Vec<_> = arguments.jobs.iter().filter(|job| !outcomes.contains_key(*job)).take(100).collect();
    let what = if arguments.jobs.len() == 1 { "the job has not" } else { "not all jobs have" };
    let mut text = format!("{what} ended after {seconds} {unit}");
    // What cannot be told is left out; that the time is over is known all the same.
    let answer =
        context.local.call(Operation::DescribeJobs, &json!({ "jobs": open })).await.unwrap_or_default();
    for job in answer["jobs"].as_array().into_iter().flatten() {
        let part = |name: &str| job[name].as_str().unwrap_or_default();
        text.push_str(&format!("\n{} ({}) is {}", part("jobName"), part("jobId"), part("status")));
        if !part("statusReason").is_empty() {
            text.push_str(&format!(": {}", part("statusReason")));
        }
    }
    CliError::TimedOut(text)
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
