//! RegisterJobDefinition: what a job definition must be like.

pub(in crate::rules) mod platform;
mod properties;
mod values;

use crate::rules::container::{self, Setting};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::Rule;

/// The tables of this folder.
pub(in crate::rules) static TABLES: &[&[&Rule]] = &[values::RULES, properties::RULES, platform::RULES];

/// Judges the input of RegisterJobDefinition.
pub(in crate::rules) fn check(at: &Cursor<'_>, findings: &mut Findings) {
    if !at.value().is_object() {
        return;
    }
    let is_settled = platform::check(at, findings);
    if !is_settled {
        properties::check(at, findings);
    }
    if let Some(container) = at.get("containerProperties") {
        let setting = Setting { platform: platform::of(at), multi_node: false };
        container::check(&container, &setting, findings);
    }
}
