//! Anchors and aliases: the nodes that have a name, and the copies of them.
//!
//! An anchored node is not kept: where it is in the tree is, as the list or object around it and its position
//! there. So anchors cost the same however deep they are nested, and a node that is still open when its alias
//! comes, which can only be inside it, is found out.

use std::collections::HashMap;

use super::open::Open;
use super::{wrong, wrong_with_help};
use crate::document::json::{DEEPEST, Key, Node, NodeKind, ParseError, Span};

/// What a copied node counts for besides the bytes of its text: about what it takes in a text at least.
const NODE: usize = 8;
/// How much all copies together may come to, as a multiple of the length of the text.
const FACTOR: usize = 4;
/// How much they may come to in a text of any length.
const ALWAYS: usize = 4 * 1024 * 1024;

/// A place in the tree of the document that is being read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The list or object around it; none for the root.
    pub(super) around: Option<usize>,
    /// Its position there.
    pub(super) position: usize,
}

enum Anchored {
    /// A node of the tree.
    At(Place),
    /// A key, which is no node of the tree.
    Key(Node),
}

/// The anchors of a document, and how much their copies may still come to.
///
/// The bound on all copies together is what keeps small texts from becoming huge trees: the copies take time
/// and memory as if the text were [`FACTOR`] times as long again, or a few megabytes long. Texts that people
/// write stay far below it.
pub(super) struct Anchors {
    named: HashMap<usize, Anchored>,
    /// Where each list and object of the document is.
    places: Vec<Place>,
    budget: usize,
}

impl Anchors {
    /// Those of a text of this length: none yet.
    pub(super) fn new(length: usize) -> Self {
        Self {
            named: HashMap::new(),
            places: Vec::new(),
            budget: length.saturating_mul(FACTOR).saturating_add(ALWAYS),
        }
    }

    /// Forgets all: anchors do not reach beyond their document.
    pub(super) fn clear(&mut self) {
        self.named.clear();
        self.places.clear();
    }

    /// Takes note of a list or an object that begins, and gives its number.
    pub(super) fn opened(&mut self, place: Place) -> usize {
        self.places.push(place);
        self.places.len() - 1
    }

    /// Names what is or will be at a place. The parser numbers anchors from 1; 0 is none.
    pub(super) fn name(&mut self, anchor: usize, place: Place) {
        if anchor != 0 {
            self.named.insert(anchor, Anchored::At(place));
        }
    }

    /// Names a key.
    pub(super) fn name_key(&mut self, anchor: usize, node: Node) {
        self.named.insert(anchor, Anchored::Key(node));
    }

    /// A copy of what an anchor names, for the alias at `span` inside of `open`.
    pub(super) fn copy(&mut self, anchor: usize, open: &[Open], span: Span) -> Result<Node, ParseError> {
        let mut copies = Copies { budget: self.budget, span };
        let node = copies.of(self.find(anchor, open, span)?, open.len())?;
        self.budget = copies.budget;
        Ok(Node { span, ..node })
    }

    /// The text that an anchor names, where an alias is a key.
    pub(super) fn copy_key(
        &mut self,
        anchor: usize,
        open: &[Open],
        span: Span,
        text: &str,
    ) -> Result<Key, ParseError> {
        let node = self.find(anchor, open, span)?;
        let name = match &node.kind {
            NodeKind::String(name) => name.clone(),
            NodeKind::Array(_) | NodeKind::Object(_) => {
                return Err(wrong(span, "a key must be text, but this alias stands for a list or an object"));
            }
            // A number or the like is a key as it is written.
            NodeKind::Null | NodeKind::Bool(_) | NodeKind::Number(_) => {
                text.get(node.span.start..node.span.end).unwrap_or_default().to_owned()
            }
        };
        let mut copies = Copies { budget: self.budget, span };
        copies.pay(name.len())?;
        self.budget = copies.budget;
        Ok(Key { name, span })
    }

    fn find<'a>(&'a self, anchor: usize, open: &'a [Open], span: Span) -> Result<&'a Node, ParseError> {
        match self.named.get(&anchor) {
            // The parser itself knows the anchors of earlier documents still.
            None => Err(unknown(span)),
            Some(Anchored::Key(node)) => Ok(node),
            Some(Anchored::At(place)) => self.node(*place, open).ok_or_else(|| {
                wrong_with_help(
                    span,
                    "an alias must not stand inside of what it is an alias of",
                    "an alias repeats the whole value behind its anchor; put the anchor at a smaller one",
                )
            }),
        }
    }

    /// The node at a place, unless it is not complete.
    fn node<'a>(&self, place: Place, open: &'a [Open]) -> Option<&'a Node> {
        let mut positions = vec![place.position];
        let mut around = place.around;
        while let Some(outer) = around.and_then(|id| self.places.get(id)) {
            positions.push(outer.position);
            around = outer.around;
        }
        // The first is the position of the root, which is open as long as aliases come.
        let mut positions = positions.into_iter().rev().skip(1);
        let mut open = open.iter();
        let mut node = loop {
            let position = positions.next()?;
            // A position beyond what is complete is that of the next open list or object.
            if let Some(node) = open.next()?.node(position) {
                break node;
            }
        };
        for position in positions {
            node = match &node.kind {
                NodeKind::Array(items) => items.get(position)?,
                NodeKind::Object(members) => members.get(position).map(|(_, node)| node)?,
                NodeKind::Null | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::String(_) => {
                    return None;
                }
            };
        }
        Some(node)
    }
}

/// The error for an alias whose anchor does not exist.
pub(super) fn unknown(span: Span) -> ParseError {
    // Its name is not repeated: it may be a secret value that begins with an asterisk.
    wrong_with_help(
        span,
        "this alias has no anchor before it in its document",
        "put text that starts with \"*\" in quotes",
    )
}

/// Copies nodes as long as they may be.
struct Copies {
    budget: usize,
    /// The alias they are for.
    span: Span,
}

impl Copies {
    /// A copy of a node that is to stand inside so many lists and objects.
    fn of(&mut self, node: &Node, depth: usize) -> Result<Node, ParseError> {
        let kind = match &node.kind {
            NodeKind::Array(items) => {
                self.enter(depth)?;
                NodeKind::Array(items.iter().map(|item| self.of(item, depth + 1)).collect::<Result<_, _>>()?)
            }
            NodeKind::Object(members) => {
                self.enter(depth)?;
                let mut copy = Vec::new();
                for (key, value) in members {
                    self.pay(key.name.len())?;
                    copy.push((key.clone(), self.of(value, depth + 1)?));
                }
                NodeKind::Object(copy)
            }
            NodeKind::String(text) => {
                self.pay(text.len())?;
                NodeKind::String(text.clone())
            }
            NodeKind::Null | NodeKind::Bool(_) | NodeKind::Number(_) => {
                self.pay(0)?;
                node.kind.clone()
            }
        };
        Ok(Node { span: node.span, kind })
    }

    fn enter(&mut self, depth: usize) -> Result<(), ParseError> {
        if depth >= DEEPEST {
            return Err(too_deep(self.span));
        }
        self.pay(0)
    }

    fn pay(&mut self, bytes: usize) -> Result<(), ParseError> {
        let rest = self.budget.checked_sub(bytes.saturating_add(NODE));
        self.budget = rest.ok_or_else(|| {
            wrong_with_help(
                self.span,
                "the aliases up to here repeat more than a whole text may hold",
                "write out less by aliases that stand for other aliases",
            )
        })?;
        Ok(())
    }
}

/// The error for too much nesting.
pub(super) fn too_deep(span: Span) -> ParseError {
    wrong(span, format!("more than {DEEPEST} lists and objects inside each other"))
}
