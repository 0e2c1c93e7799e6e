//! The registry: every rule with its id, what it asks, why, and an example of both sides.
//!
//! `rules!` (end of this file) defines rules next to the functions that judge them. `kiln explain`, the SARIF rule
//! list and the tests read the same statics. A rule about a single value stands in the vocabulary
//! ([`crate::api::constraint`]) and has its entry in a table here all the same.

use crate::api::shape::prose;
use crate::rules::context::Context;
use crate::rules::cursor::Cursor;
use crate::rules::finding::{Finding, Place, Severity};
use crate::rules::{
    compute_environment, consumable_resource, container, input, job, job_definition, job_queue, listing, pod,
    quota_share, retry, scheduling_policy, service_environment, service_job, shape, size, state, stopping,
    tag, timeout,
};

/// One documented rule.
#[derive(Debug)]
pub struct Rule {
    /// The id, for good: `JD001`. The letters tell what it is about, the number nothing.
    pub id: &'static str,
    /// How bad it is to break it.
    pub severity: Severity,
    /// The doc comment, a line each: the rule in a line, an empty line, then why it is so and what to do.
    pub doc: &'static [&'static str],
    /// The part of the AWS Batch User Guide, or of the API model, that states it.
    pub guide: &'static str,
    /// The rules of the rule book (`tests/rulebook`) that it stands for.
    pub from: &'static [&'static str],
    /// What its examples are examples of.
    pub on: Context,
    /// An example that breaks it.
    pub wrong: &'static str,
    /// The same done right.
    pub right: &'static str,
}

impl Rule {
    /// The rule in one line, without a full stop.
    pub fn summary(&self) -> &'static str {
        self.doc.first().map_or("", |line| line.trim().trim_end_matches('.'))
    }

    /// Why it is so and what to do, in paragraphs.
    pub fn explanation(&self) -> String {
        prose(self.doc.get(1..).unwrap_or_default()).trim().to_owned()
    }

    /// A finding about the value at a cursor. The message is a lower-case fragment that fits behind its path and a
    /// colon.
    pub fn at(&self, at: &Cursor<'_>, message: impl Into<String>) -> Finding {
        Finding {
            rule: self.id,
            severity: self.severity,
            path: at.path(),
            at: Place::Value,
            message: message.into(),
            help: None,
            service: None,
        }
    }

    /// A finding about a member of the object at a cursor that should be there and is not.
    pub fn missing(&self, at: &Cursor<'_>, member: &str, message: impl Into<String>) -> Finding {
        Finding { path: at.path().key(member), ..self.at(at, message) }
    }
}

/// Every table of rules, by folder.
static FOLDERS: &[&[&[&Rule]]] = &[
    &[input::RULES, shape::RULES, size::RULES],
    job_definition::TABLES,
    container::TABLES,
    pod::TABLES,
    &[retry::RULES, timeout::RULES],
    job::TABLES,
    compute_environment::TABLES,
    job_queue::TABLES,
    &[scheduling_policy::RULES, tag::RULES, listing::RULES, stopping::RULES],
    &[consumable_resource::RULES, quota_share::RULES, service_environment::RULES, service_job::RULES],
    state::TABLES,
];

/// Every rule, in the order in which they are listed.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FOLDERS.iter().copied().flatten().copied().flatten().copied()
}

/// The rule of this id, in any letter case.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id.eq_ignore_ascii_case(id))
}

/// Defines rules, and `RULES`, the table of them.
///
/// A rule reads `SEVERITY NAME = "ID" { guide: .., from: [..], on: .., wrong: .., right: .. }` behind its doc comment.
macro_rules! rules {
    ($(
        $(#[doc = $doc:literal])*
        $severity:ident $name:ident = $id:literal {
            guide: $guide:literal,
            from: [$($from:literal),* $(,)?],
            on: $on:expr,
            wrong: $wrong:literal,
            right: $right:literal $(,)?
        }
    )*) => {
        $(
            $(#[doc = $doc])*
            pub(crate) static $name: $crate::rules::registry::Rule = $crate::rules::registry::Rule {
                id: $id,
                severity: $crate::rules::registry::severity!($severity),
                doc: &[$($doc),*],
                guide: $guide,
                from: &[$($from),*],
                on: $on,
                wrong: $wrong,
                right: $right,
            };
        )*

        /// The rules of this file.
        pub(crate) static RULES: &[&$crate::rules::registry::Rule] = &[$(&$name),*];
    };
}

/// The severity in front of a rule's name.
macro_rules! severity {
    (error) => {
        $crate::rules::finding::Severity::Error
    };
    (warning) => {
        $crate::rules::finding::Severity::Warning
    };
}

pub(in crate::rules) use {rules, severity};
