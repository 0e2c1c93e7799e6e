//! RegisterJobDefinition: what a job definition must be like.

mod values;

use crate::rules::container::environment;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::Rule;

/// The tables of this folder.
pub(in crate::rules) static TABLES: &[&[&Rule]] = &[values::RULES];

/// Judges the input of RegisterJobDefinition.
pub(in crate::rules) fn check(at: &Cursor<'_>, findings: &mut Findings) {
    if let Some(variables) = at.get("containerProperties").and_then(|container| container.get("environment"))
    {
        environment::check(&variables, findings);
    }
}
