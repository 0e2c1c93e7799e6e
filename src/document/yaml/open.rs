//! The lists and objects that are open while a text is read.

use super::complain;
use crate::document::json::{Key, Node, NodeKind, ParseError, Span};

/// A list or an object whose end has not come yet.
pub(super) struct Open {
    /// Where it begins.
    pub(super) start: usize,
    /// Its number among the lists and objects of the document.
    pub(super) id: usize,
    /// Whether it is in brackets or braces.
    pub(super) has_bracket: bool,
    /// What came so far.
    pub(super) parts: Parts,
}

/// What an open list or object holds so far.
pub(super) enum Parts {
    /// A list.
    Items(Vec<Node>),
    /// An object: its members, and the key whose value comes next.
    Members(Vec<(Key, Node)>, Option<Key>),
}

impl Open {
    /// Whether a key comes next.
    pub(super) fn wants_key(&self) -> bool {
        matches!(self.parts, Parts::Members(_, None))
    }

    /// How many nodes are complete.
    pub(super) fn len(&self) -> usize {
        match &self.parts {
            Parts::Items(items) => items.len(),
            Parts::Members(members, _) => members.len(),
        }
    }

    /// A node that is complete.
    pub(super) fn node(&self, position: usize) -> Option<&Node> {
        match &self.parts {
            Parts::Items(items) => items.get(position),
            Parts::Members(members, _) => members.get(position).map(|(_, node)| node),
        }
    }

    /// Takes in the next key.
    pub(super) fn key(&mut self, key: Key) {
        if let Parts::Members(members, pending) = &mut self.parts {
            if members.is_empty() && !self.has_bracket {
                // Its anchor and tag, if there are any, are not part of it.
                self.start = key.span.start;
            }
            *pending = Some(key);
        }
    }

    /// Takes in the next item, or the value of the key that came last.
    pub(super) fn push(&mut self, node: Node) {
        match &mut self.parts {
            Parts::Items(items) => items.push(node),
            Parts::Members(members, pending) => members.extend(pending.take().map(|key| (key, node))),
        }
    }

    /// The whole, once its end is there; `bracket` is where its closing bracket would be.
    pub(super) fn close(self, text: &str, bracket: usize) -> Result<Node, ParseError> {
        let last = self.len().checked_sub(1).and_then(|last| self.node(last));
        let end = match last {
            _ if self.has_bracket => bracket + 1,
            Some(last) => last.span.end,
            None => self.start,
        };
        let span = Span::new(self.start, end.min(text.len()).max(self.start));
        match self.parts {
            Parts::Items(items) => Ok(Node { span, kind: NodeKind::Array(items) }),
            Parts::Members(members, _) => match twice(&members) {
                Some((first, second)) => Err(complain::duplicate(text, first, second)),
                None => Ok(Node { span, kind: NodeKind::Object(members) }),
            },
        }
    }
}

/// The first key that repeats an earlier one, with that one.
fn twice(members: &[(Key, Node)]) -> Option<(&Key, &Key)> {
    let mut keys: Vec<_> = members.iter().map(|(key, _)| key).collect();
    // A stable sort, so that equal names stay in the order of the text.
    keys.sort_by(|one, other| one.name.cmp(&other.name));
    keys.windows(2)
        .filter(|pair| pair[0].name == pair[1].name)
        .map(|pair| (pair[0], pair[1]))
        .min_by_key(|(_, second)| second.span.start)
}
