//! Findings: what is wrong with an input, where, and what would be right.

use std::fmt;

use crate::rules::cursor::Cursor;
use crate::rules::path::Path;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The request would be refused, or do something else than it says.
    Error,
    /// The request works, but probably not as meant.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// Which part of the text at a path a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The value.
    Value,
    /// The name in front of the value.
    Key,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that is broken: `SHAPE-TYPE`.
    pub rule: &'static str,
    /// How bad that is.
    pub severity: Severity,
    /// The value it is about; for a missing member, where it should be.
    pub path: Path,
    /// Which part of the text there it is about.
    pub at: Place,
    /// What was found and what is allowed, as a lower-case fragment that fits behind the path and a colon.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The words in which AWS Batch itself refuses this, where they are known; a server answers in them.
    pub service: Option<String>,
}

impl Finding {
    /// An error about the value at `path`.
    pub fn error(rule: &'static str, path: Path, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            path,
            at: Place::Value,
            message: message.into(),
            help: None,
            service: None,
        }
    }

    /// A warning about the value at `path`.
    pub fn warning(rule: &'static str, path: Path, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, path, message) }
    }

    /// The same, about the name in front of the value.
    #[must_use]
    pub fn at_key(self) -> Self {
        Self { at: Place::Key, ..self }
    }

    /// The same, with help, if there is any.
    #[must_use]
    pub fn with_help(self, help: impl Into<Option<String>>) -> Self {
        Self { help: help.into(), ..self }
    }

    /// The same, with the words of the service.
    #[must_use]
    pub fn with_service(self, words: impl Into<String>) -> Self {
        Self { service: Some(words.into()), ..self }
    }
}

/// Everything that was found, in the order of the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Nothing found so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds an error about the value at a cursor.
    pub fn error(&mut self, rule: &'static str, at: &Cursor<'_>, message: impl Into<String>) {
        self.push(Finding::error(rule, at.path(), message));
    }

    /// Adds a warning about the value at a cursor.
    pub fn warning(&mut self, rule: &'static str, at: &Cursor<'_>, message: impl Into<String>) {
        self.push(Finding::warning(rule, at.path(), message));
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// All of them, to be reworded.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Finding> {
        self.0.iter_mut()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those that are errors.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.iter().filter(|finding| finding.severity == Severity::Error)
    }

    /// Whether there is any error among them.
    pub fn has_errors(&self) -> bool {
        self.errors().next().is_some()
    }
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        self.0.extend(findings);
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding>>(findings: I) -> Self {
        Self(findings.into_iter().collect())
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_are_no_errors() {
        let warning = Finding::warning("A", Path::root(), "odd");
        let error = Finding::error("B", Path::root().key("x"), "bad").at_key().with_help("fix it".to_owned());
        let mut findings = Findings::new();
        assert!(!findings.has_errors());
        findings.push(warning.clone());
        assert!(!findings.has_errors() && !findings.is_empty());
        findings.push(error.clone());
        assert_eq!(findings.errors().collect::<Vec<_>>(), [&error]);
        assert_eq!((error.at, error.help.as_deref()), (Place::Key, Some("fix it")));
        assert_eq!(findings, [warning, error].into_iter().collect());
    }

    #[test]
    fn severities_have_names() {
        assert_eq!(format!("{} {}", Severity::Error, Severity::Warning), "error warning");
    }
}
