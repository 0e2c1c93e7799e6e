//! What the commands about jobs have in common: kiln's own endpoints, and how a job ended.

use serde::Deserialize;
use serde_json::Value;

use crate::api::operation::percent_encode;
use crate::api::wire::OWN_PREFIX;
use crate::backend::CallError;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output;
use crate::cli::run::Outcome;

/// How a job ended.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct End {
    /// Its id.
    pub(super) job_id: String,
    /// Its name.
    pub(super) job_name: String,
    /// SUCCEEDED or FAILED.
    pub(super) status: String,
    /// Why.
    pub(super) status_reason: Option<String>,
    /// Its own exit code, if it ever ran.
    pub(super) exit_code: Option<i32>,
}

impl End {
    /// One line about it.
    pub(super) fn line(&self) -> String {
        let Self { job_id, job_name, status, status_reason, exit_code } = self;
        let mut line = format!("{job_name} ({job_id}) {status}");
        if !self.succeeded() {
            if let Some(reason) = status_reason {
                line.push_str(&format!(": {reason}"));
            }
            if let Some(code) = exit_code {
                line.push_str(&format!(" (exit code {code})"));
            }
        }
        line
    }

    /// The job's own exit code, as far as a process can have it. A failure is never 0.
    pub(super) fn outcome(&self) -> Outcome {
        if self.succeeded() {
            return Outcome::SUCCESS;
        }
        Outcome(
            self.exit_code.and_then(|code| u8::try_from(code).ok()).filter(|code| *code != 0).unwrap_or(1),
        )
    }

    fn succeeded(&self) -> bool {
        self.status == "SUCCEEDED"
    }
}

/// Waits until a job has ended.
pub(super) async fn end(context: &Context, job: &str) -> Result<End, CliError> {
    let answer: Value = context.local.ask("GET", &path("wait", &[("job", job)])).await?;
    serde_json::from_value(answer).map_err(|error| CallError::Protocol(error.to_string()).into())
}

/// Prints the log of a job as it comes.
pub(super) async fn print_log(context: &Context, query: &[(&str, &str)]) -> Result<(), CliError> {
    let mut unwritten = None;
    let mut sink = |bytes: &[u8]| {
        output::text(bytes).map_err(|error| {
            unwritten = Some(error);
            std::io::Error::other("the output is closed")
        })
    };
    let streamed = context.local.stream(&path("logs", query), &mut sink).await;
    match unwritten {
        Some(error) => Err(error),
        None => Ok(streamed?),
    }
}

/// The path of one of kiln's own endpoints with its query.
fn path(endpoint: &str, query: &[(&str, &str)]) -> String {
    let query: Vec<_> =
        query.iter().map(|(name, value)| format!("{name}={}", percent_encode(value))).collect();
    format!("{OWN_PREFIX}{endpoint}?{}", query.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(status: &str, reason: Option<&str>, exit_code: Option<i32>) -> End {
        End {
            job_id: "i".into(),
            job_name: "n".into(),
            status: status.into(),
            status_reason: reason.map(str::to_owned),
            exit_code,
        }
    }

    #[test]
    fn lines_say_how_it_ended() {
        for (end, line) in [
            (ended("SUCCEEDED", Some("Essential container in task exited"), Some(0)), "n (i) SUCCEEDED"),
            (ended("FAILED", Some("Host lost"), Some(3)), "n (i) FAILED: Host lost (exit code 3)"),
            (ended("FAILED", Some("cancelled"), None), "n (i) FAILED: cancelled"),
            (ended("FAILED", None, None), "n (i) FAILED"),
        ] {
            assert_eq!(end.line(), line);
        }
    }

    #[test]
    fn the_outcome_is_the_jobs_own_code() {
        for (status, code, outcome) in [
            ("SUCCEEDED", Some(0), 0),
            ("FAILED", Some(3), 3),
            ("FAILED", Some(137), 137),
            ("FAILED", Some(0), 1),
            ("FAILED", Some(-1), 1),
            ("FAILED", None, 1),
        ] {
            assert_eq!(ended(status, None, code).outcome(), Outcome(outcome), "{status} {code:?}");
        }
    }

    #[test]
    fn queries_are_encoded() {
        let query = [("job", "arn:aws:batch:r:1:job/i&x"), ("follow", "true")];
        assert_eq!(
            path("logs", &query),
            "/kiln/v1/logs?job=arn%3Aaws%3Abatch%3Ar%3A1%3Ajob%2Fi%26x&follow=true"
        );
    }
}
