//! SubmitJob: what a job must be like.

mod dependency;
mod exclusive;
mod overrides;
mod reference;
mod values;

use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::Rule;
use crate::rules::{pod, retry, size};

/// The tables of this folder.
pub(in crate::rules) static TABLES: &[&[&Rule]] =
    &[values::RULES, reference::RULES, dependency::RULES, exclusive::RULES, overrides::RULES];

/// Judges the input of SubmitJob.
pub(in crate::rules) fn check(at: &Cursor<'_>, findings: &mut Findings) {
    size::of_job(at, findings);
    reference::check(at, findings);
    dependency::check(at, findings);
    exclusive::check(at, findings);
    overrides::check(at, findings);
    retry::check(at, findings);
    pod::in_job(at, findings);
}
