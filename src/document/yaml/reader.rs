//! The reader: from the events of the parser to trees with places.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use super::alias::{self, Anchors, Place};
use super::gap::{self, Gap, Lead};
use super::open::{Open, Parts};
use super::places::Places;
use super::scan_error::{self, Scene};
use super::tag::{Kind, Tag};
use super::{complain, scalar};
use crate::document::json::{DEEPEST, Key, Node, ParseError, Span};

/// The tag of an event.
type Tagged<'t> = Option<Cow<'t, saphyr_parser::Tag>>;

/// Builds the documents of a text. It keeps what is open on a stack of its own, so that no text can overflow
/// that of the thread.
pub(super) struct Reader<'t> {
    text: &'t str,
    places: Places<'t>,
    /// The lists and objects that are open, outermost first.
    open: Vec<Open>,
    anchors: Anchors,
    /// Behind what was read last.
    seen: usize,
    documents: Vec<Node>,
    /// The line breaks of the text that the events know as spaces, in order.
    breaks: &'t [usize],
    /// Those of them that turned out to be inside of scalars, in order.
    pub(super) breaks_in_scalars: Vec<usize>,
    stopped_at_bracket: bool,
}

/// A scalar, or nothing where one could be.
struct Scalar<'t> {
    text: Cow<'t, str>,
    is_plain: bool,
    /// Whether nothing is written at all.
    is_absent: bool,
    tag: Tag,
    anchor: usize,
    span: Span,
}

impl<'t> Reader<'t> {
    /// For a text of which the given line breaks are spaces to the parser.
    pub(super) fn new(text: &'t str, breaks: &'t [usize]) -> Self {
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self {
            text,
            places: Places::new(text, start),
            open: Vec::new(),
            anchors: Anchors::new(text.len()),
            seen: start,
            documents: Vec::new(),
            breaks,
            breaks_in_scalars: Vec::new(),
            stopped_at_bracket: false,
        }
    }

    /// The documents of the text, which the parser gets as `given`; at least one.
    pub(super) fn read(&mut self, given: &'t str) -> Result<Vec<Node>, ParseError> {
        for event in Parser::new_from_str(&given[self.seen..]) {
            match event {
                Ok((event, span)) => self.event(event, self.places.span(span))?,
                Err(error) => return Err(self.stop(&error)),
            }
        }
        match self.documents.is_empty() {
            true => {
                let end = Span::new(self.text.len(), self.text.len());
                Err(super::wrong(end, "the input is empty; expected YAML"))
            }
            false => Ok(std::mem::take(&mut self.documents)),
        }
    }

    /// Whether the parser refused a closing bracket for its indentation.
    pub(super) fn stopped_at_bracket(&self) -> bool {
        self.stopped_at_bracket
    }

    fn stop(&mut self, error: &ScanError) -> ParseError {
        let at = self.places.offset(*error.marker());
        self.stopped_at_bracket =
            scan_error::is_indentation(error.info()) && self.text[at..].starts_with([']', '}']);
        let brackets = self.open.iter().filter(|open| open.has_bracket).map(|open| open.start);
        scan_error::in_words(error.info(), &Scene::new(self.text, at, self.seen, brackets.collect()))
    }

    fn event(&mut self, event: Event<'t>, mark: Span) -> Result<(), ParseError> {
        match event {
            Event::DocumentStart(is_explicit) => {
                self.anchors.clear();
                self.seen = if is_explicit { mark.end } else { mark.start };
            }
            Event::Scalar(text, style, anchor, tag) => {
                let scalar = self.scalar(text, style, anchor, tag, mark)?;
                self.take(scalar)?;
            }
            Event::Alias(anchor) => self.alias(anchor, mark)?,
            Event::SequenceStart(anchor, tag) => {
                self.opens(Parts::Items(Vec::new()), anchor, &tag, mark.start)?;
            }
            Event::MappingStart(anchor, tag) => {
                self.opens(Parts::Members(Vec::new(), None), anchor, &tag, mark.start)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.closes(mark.start)?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    /// What stands before the next node.
    fn lead(&self) -> Lead {
        let indicators: &[u8] = match self.open.last() {
            None => b"",
            Some(Open { parts: Parts::Items(_), has_bracket: true, .. }) => b",?",
            Some(Open { parts: Parts::Items(_), .. }) => b"-",
            Some(open) if open.wants_key() => b",?",
            Some(_) => b":",
        };
        Gap::new(self.text, self.seen).lead(indicators)
    }

    /// The scalar of an event, with its own place.
    fn scalar(
        &mut self,
        text: Cow<'t, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Tagged<'t>,
        mark: Span,
    ) -> Result<Scalar<'t>, ParseError> {
        let is_plain = style == ScalarStyle::Plain;
        // Where nothing is written, the parser gives a tilde at the place of another token.
        let is_absent = is_plain && (text.is_empty() || (text == "~" && self.slice(mark) != "~"));
        let lead = self.lead();
        let span = match style {
            _ if is_absent => Span::new(lead.end, lead.end),
            ScalarStyle::Plain => mark,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                Span::new(mark.start, gap::quoted_end(self.text, mark.start))
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                gap::block_scalar(self.text, lead.next.min(mark.start), mark.end)
            }
        };
        let first = self.breaks.partition_point(|at| *at < span.start);
        self.breaks_in_scalars.extend(self.breaks[first..].iter().take_while(|at| **at < span.end));
        let tag = match tag {
            Some(tag) => {
                let place = lead.tag.unwrap_or(span);
                let tag = Tag::read(Some(&tag), place)?;
                tag.fits(Kind::Scalar, place)?;
                tag
            }
            None => Tag::None,
        };
        let text = if is_absent { Cow::Borrowed("") } else { text };
        Ok(Scalar { text, is_plain, is_absent, tag, anchor, span })
    }

    /// Takes in a scalar: as a key where one comes next, else as a node.
    fn take(&mut self, scalar: Scalar<'t>) -> Result<(), ParseError> {
        let Scalar { text, is_plain, is_absent, tag, anchor, span } = scalar;
        self.seen = self.seen.max(span.end);
        if self.open.last().is_some_and(Open::wants_key) {
            if is_absent && anchor == 0 && tag == Tag::None {
                return Err(complain::no_key(self.text, span.end));
            }
            if is_plain && text == "<<" {
                return Err(complain::merge_key(span));
            }
            let key = Key { name: text.clone().into_owned(), span };
            if anchor != 0 {
                let kind = scalar::read(text, is_plain, tag, span)?;
                self.anchors.name_key(anchor, Node { span, kind });
            }
            return self.key(key);
        }
        let is_bare = anchor == 0 && tag == Tag::None;
        if is_absent && is_bare {
            self.check_colon()?;
        }
        if self.open.is_empty() && is_absent && is_bare {
            return Ok(());
        }
        if self.open.is_empty() && is_plain && is_bare {
            complain::missing_space(self.text, span)?;
        }
        let kind = scalar::read(text, is_plain, tag, span)?;
        self.anchors.name(anchor, self.place());
        self.put(Node { span, kind });
        Ok(())
    }

    fn key(&mut self, key: Key) -> Result<(), ParseError> {
        let is_flow = self.open.iter().any(|open| open.has_bracket);
        if !is_flow {
            complain::tab(self.text, key.span.start)?;
        }
        if let Some(open) = self.open.last_mut() {
            open.key(key);
        }
        Ok(())
    }

    /// Refuses a member in braces that is a key only, where its colon is there but lacks the space.
    fn check_colon(&self) -> Result<(), ParseError> {
        let Some(Open { has_bracket: true, parts: Parts::Members(_, Some(key)), .. }) = self.open.last()
        else {
            return Ok(());
        };
        match self.text.as_bytes().get(key.span.start) {
            Some(b'"' | b'\'') => Ok(()),
            _ => complain::missing_space(self.text, key.span),
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), ParseError> {
        self.seen = span.end;
        if self.open.last().is_some_and(Open::wants_key) {
            let key = self.anchors.copy_key(anchor, &self.open, span, self.text)?;
            return self.key(key);
        }
        let node = self.anchors.copy(anchor, &self.open, span)?;
        self.put(node);
        Ok(())
    }

    /// A list or an object begins, at `mark` or, where the parser only knows what follows its first dash, there.
    fn opens(
        &mut self,
        parts: Parts,
        anchor: usize,
        tag: &Tagged<'t>,
        mark: usize,
    ) -> Result<(), ParseError> {
        let is_list = matches!(parts, Parts::Items(_));
        let lead = self.lead();
        let is_dash = is_list && self.text[lead.next..].starts_with('-');
        let start = if is_dash { lead.next.min(mark) } else { mark };
        let first = complain::character(self.text, start);
        if self.open.last().is_some_and(Open::wants_key) {
            return Err(complain::complex_key(self.text, start));
        }
        if self.open.len() == DEEPEST {
            return Err(alias::too_deep(first));
        }
        if is_dash {
            complain::tab(self.text, start)?;
        }
        let place = lead.tag.unwrap_or(first);
        let kind = if is_list { Kind::List } else { Kind::Object };
        Tag::read(tag.as_deref(), place)?.fits(kind, place)?;
        let bracket = if is_list { '[' } else { '{' };
        let has_bracket = !is_dash && self.text[start..].starts_with(bracket);
        self.seen = self.seen.max(start + usize::from(has_bracket));
        let place = self.place();
        self.anchors.name(anchor, place);
        let id = self.anchors.opened(place);
        self.open.push(Open { start, id, has_bracket, parts });
        Ok(())
    }

    fn closes(&mut self, mark: usize) -> Result<(), ParseError> {
        // Where a comma is before the closing bracket, the parser gives its place instead.
        let bracket = Gap::new(self.text, self.seen).lead(b",").next;
        let is_bracket = self.text[bracket..].starts_with([']', '}']);
        let Some(open) = self.open.pop() else { return Ok(()) };
        let node = open.close(self.text, if is_bracket { bracket } else { mark })?;
        self.seen = self.seen.max(node.span.end);
        self.put(node);
        Ok(())
    }

    /// Where in the tree the next node will be.
    fn place(&self) -> Place {
        match self.open.last() {
            Some(open) => Place { around: Some(open.id), position: open.len() },
            None => Place { around: None, position: 0 },
        }
    }

    fn put(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(open) => open.push(node),
            None => self.documents.push(node),
        }
    }

    fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }
}
