//! What RegisterJobDefinition and SubmitJob must hold both. Checked when they come in only: what was admitted once is
//! taken up again as it is.

use crate::api::ServiceError;
use crate::api::container::KeyValuePair;
use crate::api::job_definition::{JobTimeout, RetryStrategy};
use crate::api::tags::Tags;

/// The attempts a job may have (rule JOB-013).
const ATTEMPTS: std::ops::RangeInclusive<i32> = 1..=10;
/// The most entries of `evaluateOnExit` (rule JOB-064).
const MOST_RULES: usize = 5;
/// The shortest time-out, in seconds (rule JOB-014).
const SHORTEST_TIMEOUT: i32 = 60;

/// Checks a retry strategy.
pub(super) fn check_retry(strategy: Option<&RetryStrategy>) -> Result<(), ServiceError> {
    let Some(strategy) = strategy else { return Ok(()) };
    if let Some(attempts) = strategy.attempts.filter(|attempts| !ATTEMPTS.contains(attempts)) {
        return Err(ServiceError::client(format!(
            "retryStrategy.attempts must be from {} to {}, not {attempts}",
            ATTEMPTS.start(),
            ATTEMPTS.end()
        )));
    }
    let rules = strategy.evaluate_on_exit.as_deref().unwrap_or_default().len();
    if rules > MOST_RULES {
        return Err(ServiceError::client(format!(
            "retryStrategy.evaluateOnExit can have at most {MOST_RULES} entries, not {rules}"
        )));
    }
    Ok(())
}

/// Checks a time-out.
pub(super) fn check_timeout(timeout: Option<&JobTimeout>) -> Result<(), ServiceError> {
    match timeout.and_then(|timeout| timeout.attempt_duration_seconds) {
        Some(seconds) if seconds < SHORTEST_TIMEOUT => Err(ServiceError::client(format!(
            "timeout.attemptDurationSeconds must be at least {SHORTEST_TIMEOUT}, not {seconds}"
        ))),
        _ => Ok(()),
    }
}

/// Checks the variables that a user sets.
pub(super) fn check_environment(environment: Option<&[KeyValuePair]>) -> Result<(), ServiceError> {
    for name in
        environment.unwrap_or_default().iter().map(|variable| variable.name.as_deref().unwrap_or_default())
    {
        if name.is_empty() || name.contains(['=', '\0']) {
            return Err(ServiceError::client(format!("environment variable name {name:?} is not valid")));
        }
        // The prefix is Batch's own (rule JOB-048, and the API model, which has it without the last underscore).
        if name.starts_with("AWS_BATCH") {
            return Err(ServiceError::client(format!(
                "environment variable {name} is reserved: names that begin with AWS_BATCH are set by Batch itself"
            )));
        }
    }
    Ok(())
}

/// Checks the tags that something is created with.
pub(super) fn check_tags(tags: Option<&Tags>) -> Result<(), ServiceError> {
    let texts = tags.into_iter().flat_map(|tags| tags.iter()).flat_map(|(key, value)| [key, value]);
    texts.into_iter().try_for_each(|text| refuse_reserved(text))
}

/// The prefix belongs to the service, in any letter case (rule OPS-152).
pub(super) fn refuse_reserved(text: &str) -> Result<(), ServiceError> {
    if text.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:")) {
        return Err(ServiceError::client(format!(
            "{text:?}: the prefix aws: is reserved in tag keys and values"
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_every_limit() {
        let attempts = |attempts| RetryStrategy { attempts: Some(attempts), evaluate_on_exit: None };
        for (number, good) in [(0, false), (1, true), (10, true), (11, false), (-3, false)] {
            assert_eq!(check_retry(Some(&attempts(number))).is_ok(), good, "{number} attempts");
        }
        for (number, good) in [(5, true), (6, false)] {
            let rules = vec![Default::default(); number];
            let strategy = RetryStrategy { attempts: None, evaluate_on_exit: Some(rules) };
            assert_eq!(check_retry(Some(&strategy)).is_ok(), good, "{number} entries");
        }
        for (seconds, good) in [(59, false), (60, true), (0, false)] {
            let timeout = JobTimeout { attempt_duration_seconds: Some(seconds) };
            assert_eq!(check_timeout(Some(&timeout)).is_ok(), good, "{seconds} s");
        }
        for (name, good) in
            [("", false), ("A=B", false), ("A", true), ("AWS_BATCH", false), ("MY_AWS_BATCH", true)]
        {
            let variable = KeyValuePair { name: Some(name.into()), value: None };
            assert_eq!(check_environment(Some(&[variable])).is_ok(), good, "{name:?}");
        }
        for (key, value, good) in
            [("aws:a", "", false), ("a", "AWS:b", false), ("aws", "aws", true), ("xaws:", "", true)]
        {
            let tags = Tags([(key.to_owned(), value.to_owned())].into());
            assert_eq!(check_tags(Some(&tags)).is_ok(), good, "{key}={value}");
        }
    }
}
