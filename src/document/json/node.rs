//! The tree: values with the place of their text.

use serde_json::{Map, Number, Value};

use crate::rules::{Path, Place, Segment};

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

    /// The text at `path`. For a member that is missing, the beginning of the innermost object on the way to it;
    /// nothing where the path does not fit the tree at all.
    pub fn find(&self, path: &Path, at: Place) -> Option<Span> {
        self.find_below(path.segments(), at)
    }

    /// [`find`](Self::find) with the steps that lead on from here.
    pub(in crate::document) fn find_below(&self, segments: &[Segment], at: Place) -> Option<Span> {
        let mut node = self;
        let mut key_span = None;
        for segment in segments {
            (node, key_span) = match (segment, &node.kind) {
                (Segment::Key(name), NodeKind::Object(members)) => {
                    match members.iter().find(|(key, _)| key.name == *name) {
                        Some((key, value)) => (value, Some(key.span)),
                        None => return Some(node.beginning()),
                    }
                }
                (Segment::Index(position), NodeKind::Array(items)) => (items.get(*position)?, None),
                _ => return None,
            };
        }
        match at {
            Place::Key => key_span.or(Some(node.span)),
            Place::Value => Some(node.span),
        }
    }
}
