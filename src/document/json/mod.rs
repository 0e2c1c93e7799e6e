//! JSON with the place of every part, and errors in words.
//!
//! Strict RFC 8259, except that a byte order mark in front is tolerated. Beyond the grammar it refuses what
//! can only be a mistake in an input: the same key twice, and nesting deeper than [`DEEPEST`].

mod complain;
mod error;
mod finder;
mod node;
mod number;
mod parser;
mod string;

pub use error::ParseError;
pub use finder::Finder;
pub use node::{Key, Node, NodeKind, Span};
pub use parser::{DEEPEST, parse};

#[cfg(test)]
mod tests;
