//! Containers: what job definitions of all kinds and the overrides of a job have in common.

pub(in crate::rules) mod environment;

use crate::rules::registry::Rule;

/// The tables of this folder.
pub(in crate::rules) static TABLES: &[&[&Rule]] = &[environment::RULES];
