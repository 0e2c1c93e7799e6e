//! The text of an input: reading it, finding one's way in it, and showing where it is wrong.
//!
//! Owns the JSON and YAML readers with their spans, the sources texts come from, the overlay of flags over a document and
//! the rendering of errors. Knows the findings of [`crate::rules`], but neither operations nor the engine.
//! Start reading at [`json`], then [`overlay`] and [`render`].

pub mod format;
pub mod json;
pub mod load;
pub mod overlay;
pub mod render;
pub mod source;
pub mod yaml;

mod excerpt;
mod secrets;

pub use format::Format;
pub use json::{Key, Node, NodeKind, ParseError, Span, parse};
pub use load::{LoadError, read_source};
pub use overlay::{Input, Origin};
pub use render::{Diagnostic, Where};
pub use source::Source;
