//! Retry strategies: how often a job may run, and which failures end it early.

/// A job's retry strategy (rules JOB-060 to JOB-068).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retry {
    /// How many attempts there are in all, 1 to 10.
    pub attempts: u32,
    /// Conditions in order; the first that matches decides.
    pub rules: Vec<ExitRule>,
}

impl Default for Retry {
    /// One attempt: a failure is final (rule JOB-063).
    fn default() -> Self {
        Self { attempts: 1, rules: Vec::new() }
    }
}

/// One entry of `evaluateOnExit`: all its conditions must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExitRule {
    /// Pattern for the attempt's status reason.
    pub on_status_reason: Option<String>,
    /// Pattern for the container's reason.
    pub on_reason: Option<String>,
    /// Pattern for the exit code in decimal.
    pub on_exit_code: Option<String>,
    /// Whether a match retries (else it ends the job).
    pub retry: bool,
}

/// What is known of a failed attempt.
#[derive(Debug, Clone, Copy)]
pub struct Failure<'a> {
    /// The attempt's number.
    pub number: u32,
    /// The exit code, if there is one.
    pub code: Option<i32>,
    /// The attempt's status reason.
    pub status_reason: &'a str,
    /// The container's reason, if there is one.
    pub reason: &'a str,
}

impl Retry {
    /// Whether a failed attempt is followed by another one. No match means retry (JOB-065); RETRY never
    /// extends the number of attempts (JDC-019).
    pub fn again(&self, failure: &Failure<'_>) -> bool {
        let wanted = self.rules.iter().find(|rule| rule.matches(failure)).is_none_or(|rule| rule.retry);
        wanted && failure.number < self.attempts
    }
}

impl ExitRule {
    fn matches(&self, failure: &Failure<'_>) -> bool {
        let code = failure.code.map(|code| code.to_string()).unwrap_or_default();
        [
            (&self.on_status_reason, failure.status_reason),
            (&self.on_reason, failure.reason),
            (&self.on_exit_code, code.as_str()),
        ]
        .into_iter()
        .all(|(pattern, text)| pattern.as_deref().is_none_or(|pattern| glob(pattern, text)))
    }
}

/// Whether the text fits the pattern, in which only a trailing `*` is special (JOB-066).
fn glob(pattern: &str, text: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => text.starts_with(prefix),
        None => pattern == text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(number: u32, code: i32) -> Failure<'static> {
        Failure { number, code: Some(code), status_reason: "Essential container in task exited", reason: "" }
    }

    fn rule(code: &str, retry: bool) -> ExitRule {
        ExitRule { on_exit_code: Some(code.into()), retry, ..ExitRule::default() }
    }

    #[test]
    fn the_number_of_attempts_includes_the_first() {
        let retry = Retry { attempts: 3, rules: vec![] };
        assert!(retry.again(&failure(2, 1)));
        assert!(!retry.again(&failure(3, 1)));
        assert!(!Retry::default().again(&failure(1, 1)));
    }

    #[test]
    fn the_first_match_decides_and_no_match_retries() {
        let retry = Retry { attempts: 10, rules: vec![rule("13*", true), rule("1*", false)] };
        assert!(retry.again(&failure(1, 137)), "13* comes first");
        assert!(!retry.again(&failure(1, 1)), "1* ends it");
        assert!(retry.again(&failure(1, 2)), "no match retries");
    }

    #[test]
    fn all_conditions_of_an_entry_must_hold_and_an_absent_reason_fits_a_star() {
        let both = ExitRule { on_reason: Some("*".into()), ..rule("1", false) };
        let retry = Retry { attempts: 10, rules: vec![both] };
        assert!(!retry.again(&failure(1, 1)));
        assert!(retry.again(&failure(1, 2)));
    }

    #[test]
    fn only_a_trailing_star_is_special() {
        assert!(glob("Host EC2*", "Host EC2 (instance i-1) terminated."));
        assert!(!glob("*terminated", "Host terminated"));
        assert!(!glob("Host", "Host EC2"));
    }
}
