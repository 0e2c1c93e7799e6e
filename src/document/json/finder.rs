//! Finding places in a tree, many of them quickly.

use std::cell::RefCell;
use std::collections::HashMap;

use super::node::{Key, Node, NodeKind, Span};
use crate::rules::{Place, Segment};

/// Up to so many members, looking at each is faster than an index of them.
const FEW_MEMBERS: usize = 32;

/// Finds places in one tree. Members of large objects are looked up in an index that is made when it is first needed, so
/// that a place takes the same time however many members stand beside it.
#[derive(Debug)]
pub struct Finder<'n> {
    root: &'n Node,
    /// The positions of members by name, for each large object that was come across.
    indices: RefCell<HashMap<*const Node, HashMap<&'n str, usize>>>,
}

impl<'n> Finder<'n> {
    /// Over the tree below `root`.
    pub fn new(root: &'n Node) -> Self {
        Self { root, indices: RefCell::default() }
    }

    /// The text that the steps lead to. For a member that is missing, the beginning of the innermost object on the way
    /// to it; nothing where the steps do not fit the tree at all.
    pub fn find(&self, segments: &[Segment], at: Place) -> Option<Span> {
        let mut node = self.root;
        let mut key_span = None;
        for segment in segments {
            (node, key_span) = match (segment, &node.kind) {
                (Segment::Key(name), NodeKind::Object(members)) => match self.member(node, members, name) {
                    Some((key, value)) => (value, Some(key.span)),
                    None => return Some(node.beginning()),
                },
                (Segment::Index(position), NodeKind::Array(items)) => (items.get(*position)?, None),
                _ => return None,
            };
        }
        match at {
            Place::Key => key_span.or(Some(node.span)),
            Place::Value => Some(node.span),
        }
    }

    fn member(&self, object: &'n Node, members: &'n [(Key, Node)], name: &str) -> Option<&'n (Key, Node)> {
        if members.len() <= FEW_MEMBERS {
            return members.iter().find(|(key, _)| key.name == name);
        }
        let mut indices = self.indices.borrow_mut();
        let index = indices.entry(std::ptr::from_ref(object)).or_insert_with(|| {
            members.iter().enumerate().map(|(position, (key, _))| (key.name.as_str(), position)).collect()
        });
        index.get(name).map(|position| &members[*position])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::json::parse;
    use crate::rules::Path;

    #[test]
    fn members_of_large_objects_are_found_as_those_of_small_ones() {
        for count in [FEW_MEMBERS, FEW_MEMBERS + 1, 1000] {
            let members: Vec<_> = (0..count).map(|n| format!("\"m{n}\": {n}")).collect();
            let text = format!("{{{}}}", members.join(", "));
            let node = parse(&text).unwrap();
            let finder = Finder::new(&node);
            for name in ["m0", "m17", &format!("m{}", count - 1)] {
                let path = Path::root().key(name);
                let span = finder.find(path.segments(), Place::Value).unwrap();
                assert_eq!(text[span.start..span.end], name[1..], "{count}");
                let span = finder.find(path.segments(), Place::Key).unwrap();
                assert_eq!(text[span.start..span.end], format!("\"{name}\""));
            }
            let missing = finder.find(Path::root().key("other").segments(), Place::Value);
            assert_eq!(missing, Some(Span::new(0, 1)));
        }
    }
}
