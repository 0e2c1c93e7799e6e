//! What the commands about jobs have in common: kiln's own endpoints, and how a job ended.

use std::collections::BTreeSet;
use std::io;
use std::time::Duration;

use hyper::HeaderMap;
use serde::Deserialize;
use serde_json::json;

use crate::api::operation::percent_encode;
use crate::api::wire::{ATTEMPT_HEADER, OWN_PREFIX};
use crate::backend::{Ask, CallError};
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
    /// What the container had to say, where it could not start.
    pub(super) container_reason: Option<String>,
    /// Which of its children failed, if it is an array.
    pub(super) failed_children: Option<FailedChildren>,
}

/// Which children of an array failed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct FailedChildren {
    /// How many.
    pub(super) count: u32,
    /// Of how many.
    pub(super) of: u32,
    /// The id of the first of them.
    pub(super) first: String,
}

impl End {
    /// One line about it.
    pub(super) fn line(&self) -> String {
        let Self { job_id, job_name, status, status_reason, exit_code, container_reason, failed_children } =
            self;
        let mut line = format!("{job_name} ({job_id}) {status}");
        if !self.succeeded() {
            for reason in [status_reason, container_reason].into_iter().flatten() {
                line.push_str(&format!(": {reason}"));
            }
            if let Some(code) = exit_code {
                line.push_str(&format!(" (exit code {code})"));
            }
            if let Some(FailedChildren { count, of, first }) = failed_children {
                line.push_str(&format!(" ({count} of {of} failed, the first is {first})"));
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

/// Waits until jobs have ended. Calls `waiting` once it is known which have not yet (the others were given to `ended`
/// by then), and `ended` for each as it ends, with its words as they were asked for. An engine that
/// stops or dies meanwhile is replaced.
pub(super) async fn wait(
    context: &Context,
    jobs: &[String],
    mut waiting: impl FnMut(),
    mut ended: impl FnMut(&str, &End),
) -> Result<(), CliError> {
    let mut open: BTreeSet<&str> = jobs.iter().map(String::as_str).collect();
    let mut tries = Tries::default();
    while !open.is_empty() {
        let body = json!({ "jobs": open }).to_string();
        let ask = Ask { method: "POST", path_and_query: &format!("{OWN_PREFIX}wait"), body: &body };
        let mut lines = Lines::default();
        let mut sink = |bytes: &[u8]| {
            for line in lines.whole(bytes) {
                let answer: Answer = serde_json::from_slice(&line)?;
                tries.progress();
                match answer {
                    Answer::Waiting { .. } => waiting(),
                    Answer::Ended { asked, end } => {
                        open.remove(asked.as_str());
                        ended(&asked, &end);
                    }
                }
            }
            // Nothing more will come; the end of the answer need not be waited for.
            if open.is_empty() { Err(io::Error::other("all have ended")) } else { Ok(()) }
        };
        let answered = context.local.stream(ask, &mut |_| {}, &mut sink).await;
        if !open.is_empty() {
            tries.again_after(answered).await?;
        }
    }
    Ok(())
}

/// A line of the answer to `wait`.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Answer {
    Ended {
        asked: String,
        #[serde(flatten)]
        end: End,
    },
    Waiting {
        #[serde(rename = "waiting")]
        _jobs: u64,
    },
}

/// Bytes as they come, cut into lines.
#[derive(Debug, Default)]
struct Lines(Vec<u8>);

impl Lines {
    /// The lines that are complete now, without their ends.
    fn whole(&mut self, bytes: &[u8]) -> Vec<Vec<u8>> {
        self.0.extend_from_slice(bytes);
        let Some(end) = self.0.iter().rposition(|byte| *byte == b'\n') else { return Vec::new() };
        let rest = self.0.split_off(end + 1);
        let whole = std::mem::replace(&mut self.0, rest);
        whole.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(<[u8]>::to_vec).collect()
    }
}

/// Questions that broke off in a row, without anything having come in between.
#[derive(Debug, Default)]
struct Tries(u32);

impl Tries {
    /// More than so many is not an engine that was replaced, but one that cannot live.
    const MOST: u32 = 5;
    const PAUSE: Duration = Duration::from_millis(50);

    fn progress(&mut self) {
        self.0 = 0;
    }

    /// Passes over an answer that broke off, as long as there is hope.
    async fn again_after(&mut self, answered: Result<(), CallError>) -> Result<bool, CallError> {
        match answered {
            Ok(()) => Ok(false),
            Err(error) if error.may_ask_again() && self.0 < Self::MOST => {
                // The first time at once; then longer and longer, since whatever keeps engines from living may pass.
                tokio::time::sleep(Self::PAUSE * self.0).await;
                self.0 += 1;
                Ok(true)
            }
            Err(error) => Err(error),
        }
    }
}

/// Prints the log of a job as it comes. An engine that stops or dies meanwhile is replaced, and asked for the rest.
pub(super) async fn print_log(context: &Context, query: &[(&str, &str)]) -> Result<(), CliError> {
    let mut tries = Tries::default();
    let mut first: Option<String> = None;
    let mut printed = 0_u64;
    loop {
        let (from, skip) = (first.clone().unwrap_or_default(), printed.to_string());
        let mut query = query.to_vec();
        if first.is_some() {
            query.extend([("from", from.as_str()), ("skip", skip.as_str())]);
        }
        let mut unwritten = None;
        let mut head = |headers: &HeaderMap| {
            let told = headers.get(ATTEMPT_HEADER).and_then(|value| value.to_str().ok());
            first = first.take().or_else(|| told.map(str::to_owned));
        };
        let mut sink = |bytes: &[u8]| {
            tries.progress();
            printed += bytes.len() as u64;
            output::text(bytes).map_err(|error| {
                unwritten = Some(error);
                io::Error::other("the output is closed")
            })
        };
        let path = path("logs", &query);
        let ask = Ask { method: "GET", path_and_query: &path, body: "" };
        let answered = context.local.stream(ask, &mut head, &mut sink).await;
        if let Some(error) = unwritten {
            return Err(error);
        }
        if !tries.again_after(answered).await? {
            return Ok(());
        }
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
            failed_children: None,
            job_id: "i".into(),
            job_name: "n".into(),
            status: status.into(),
            status_reason: reason.map(str::to_owned),
            exit_code,
            container_reason: None,
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
    fn lines_are_whole_whatever_comes_at_once() {
        let mut lines = Lines::default();
        assert!(lines.whole(b"{\"a\"").is_empty());
        assert_eq!(lines.whole(b":1}\n{}\n{"), [b"{\"a\":1}".to_vec(), b"{}".to_vec()]);
        assert_eq!(lines.whole(b"}\n"), [b"{}".to_vec()]);
    }

    #[test]
    fn answers_are_told_apart() {
        let read = |text: &str| serde_json::from_str::<Answer>(text).unwrap();
        assert!(matches!(read(r#"{"waiting":2}"#), Answer::Waiting { _jobs: 2 }));
        let line = r#"{"jobId":"i","jobName":"n","status":"FAILED","exitCode":3,"asked":"arn"}"#;
        assert!(
            matches!(read(line), Answer::Ended { asked, end } if asked == "arn" && end.exit_code == Some(3))
        );
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
