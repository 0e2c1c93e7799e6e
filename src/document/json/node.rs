//! The tree: values with the place of their text.

use serde_json::{Map, Number, Value};

use super::finder::Finder;
use crate::rules::{Path, Place};

/// A stretch of a text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// The offset of its first byte.
    pub start: usize,
    /// The offset behind its last byte.
    pub end: usize,
}

impl Span {
    /// From `start` to `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// From the first to the last character of its text.
    pub span: Span,
    /// The value.
    pub kind: NodeKind,
}

/// A value, made of values with a place.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number: an integer where it fits 64 bits, else a double.
    Number(Number),
    /// A string, its escapes resolved.
    String(String),
    /// A list.
    Array(Vec<Node>),
    /// An object, its members in the order of the text; no name occurs twice.
    Object(Vec<(Key, Node)>),
}

/// The name of a member and where it stands, quotes included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The name, its escapes resolved.
    pub name: String,
    /// Its place.
    pub span: Span,
}

impl Node {
    /// The value without places.
    pub fn to_value(&self) -> Value {
        match &self.kind {
            NodeKind::Null => Value::Null,
            NodeKind::Bool(value) => Value::Bool(*value),
            NodeKind::Number(number) => Value::Number(number.clone()),
            NodeKind::String(text) => Value::String(text.clone()),
            NodeKind::Array(items) => Value::Array(items.iter().map(Self::to_value).collect()),
            NodeKind::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|(key, value)| (key.name.clone(), value.to_value()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }

    /// What stands for a whole list or object where it is pointed at: its opening bracket, or in YAML the dash or the
    /// first key that it begins with. Anything else stands for itself.
    pub fn beginning(&self) -> Span {
        match &self.kind {
            NodeKind::Object(members) => match members.first() {
                Some((key, _)) if key.span.start == self.span.start => key.span,
                _ => Span::new(self.span.start, self.span.start + 1),
            },
            NodeKind::Array(_) => Span::new(self.span.start, self.span.start + 1),
            _ => self.span,
        }
    }

    /// The text at `path`, as [`Finder::find`] tells. Who looks for several places keeps a [`Finder`].
    pub fn find(&self, path: &Path, at: Place) -> Option<Span> {
        Finder::new(self).find(path.segments(), at)
    }
}
