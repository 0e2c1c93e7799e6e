//! The parser: one pass over the text, one error at most.

use super::error::{ParseError, Token};
use super::node::{Key, Node, NodeKind, Span};
use super::{number, string};

/// How many lists and objects may lie inside each other.
pub const DEEPEST: usize = 128;

/// Up to so many members, comparing each name with each is faster than sorting them.
const FEW_MEMBERS: usize = 12;

/// Reads a text that must be one JSON value.
pub fn parse(text: &str) -> Result<Node, ParseError> {
    let mut parser = Parser { text, at: 0, open: Vec::new() };
    if text.starts_with('\u{feff}') {
        parser.at = '\u{feff}'.len_utf8();
    }
    parser.skip_space()?;
    if parser.peek().is_none() {
        return Err(ParseError::new(parser.here(), "the input is empty; expected JSON"));
    }
    let node = parser.value(After::Start)?;
    parser.skip_space()?;
    match parser.peek() {
        None => Ok(node),
        Some(_) => Err(parser.text_after_the_end(&node)),
    }
}

/// How far the parser has come.
pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    /// The offsets of the brackets that are open here, outermost first.
    pub(super) open: Vec<usize>,
}

/// What came before a value; messages speak of it.
#[derive(Clone, Copy)]
pub(super) enum After<'k> {
    Start,
    Item,
    Key(&'k str),
}

impl Parser<'_> {
    fn value(&mut self, after: After<'_>) -> Result<Node, ParseError> {
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => self.nested(Self::object)?,
            Some(b'[') => self.nested(Self::array)?,
            Some(b'"') => {
                let (text, end) = string::read(self.text, start)?;
                self.at = end;
                NodeKind::String(text)
            }
            Some(b'-' | b'+' | b'.' | b'0'..=b'9') => {
                let token = self.token();
                if token.text.starts_with("...") {
                    return Err(self.no_value(after));
                }
                let number = number::read(&token)?;
                self.at = token.span.end;
                NodeKind::Number(number)
            }
            _ => {
                let token = self.token();
                let kind = match token.text {
                    "null" => NodeKind::Null,
                    "true" => NodeKind::Bool(true),
                    "false" => NodeKind::Bool(false),
                    _ => return Err(self.no_value(after)),
                };
                self.at = token.span.end;
                kind
            }
        };
        Ok(Node { span: Span::new(start, self.at), kind })
    }

    /// Reads a list or an object, unless too many are open already.
    fn nested(
        &mut self,
        read: fn(&mut Self) -> Result<NodeKind, ParseError>,
    ) -> Result<NodeKind, ParseError> {
        if self.open.len() == DEEPEST {
            let span = Span::new(self.at, self.at + 1);
            return Err(ParseError::new(
                span,
                format!("more than {DEEPEST} lists and objects inside each other"),
            ));
        }
        self.open.push(self.at);
        self.at += 1;
        let kind = read(self)?;
        self.open.pop();
        Ok(kind)
    }

    fn array(&mut self) -> Result<NodeKind, ParseError> {
        let mut items = Vec::new();
        self.skip_space()?;
        if self.take(b']') {
            return Ok(NodeKind::Array(items));
        }
        loop {
            items.push(self.value(After::Item)?);
            self.skip_space()?;
            if self.take(b']') {
                return Ok(NodeKind::Array(items));
            }
            self.comma(b']', After::Item)?;
        }
    }

    fn object(&mut self) -> Result<NodeKind, ParseError> {
        let mut members = Vec::new();
        self.skip_space()?;
        if self.take(b'}') {
            return Ok(NodeKind::Object(members));
        }
        loop {
            let key = self.key()?;
            self.skip_space()?;
            if !self.take(b':') {
                return Err(self.no_colon(&key));
            }
            self.skip_space()?;
            let value = self.value(After::Key(&key.name))?;
            self.skip_space()?;
            members.push((key, value));
            if self.take(b'}') {
                break;
            }
            let after = members.last().map_or(After::Start, |(key, _)| After::Key(&key.name));
            self.comma(b'}', after)?;
        }
        match twice(&members) {
            Some((first, second)) => Err(self.duplicate(first, second)),
            None => Ok(NodeKind::Object(members)),
        }
    }

    fn key(&mut self) -> Result<Key, ParseError> {
        if self.peek() != Some(b'"') {
            return Err(self.no_key());
        }
        let start = self.at;
        let (name, end) = string::read(self.text, start)?;
        self.at = end;
        Ok(Key { name, span: Span::new(start, end) })
    }

    /// Takes the comma that must follow where no `closing` bracket did, and looks behind it.
    fn comma(&mut self, closing: u8, after: After<'_>) -> Result<(), ParseError> {
        let comma = self.at;
        if !self.take(b',') {
            return Err(self.no_comma(char::from(closing), after));
        }
        self.skip_space()?;
        if self.peek() == Some(closing) {
            let message = format!("a comma must not come right before \"{}\"", char::from(closing));
            return Err(ParseError::new(Span::new(comma, comma + 1), message)
                .with_help("remove the comma".to_owned()));
        }
        Ok(())
    }

    fn skip_space(&mut self) -> Result<(), ParseError> {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        match self.peek() {
            Some(b'/' | b'#') => Err(self.comment()),
            _ => Ok(()),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let taken = self.peek() == Some(byte);
        self.at += usize::from(taken);
        taken
    }

    fn here(&self) -> Span {
        Span::new(self.at, self.at)
    }

    pub(super) fn token(&self) -> Token<'_> {
        Token::at(self.text, self.at)
    }
}

/// The first key that repeats an earlier one, with that one.
fn twice(members: &[(Key, Node)]) -> Option<(&Key, &Key)> {
    if members.len() <= FEW_MEMBERS {
        return members.iter().enumerate().find_map(|(position, (second, _))| {
            let mut earlier = members[..position].iter().map(|(key, _)| key);
            earlier.find(|first| first.name == second.name).map(|first| (first, second))
        });
    }
    let mut keys: Vec<_> = members.iter().map(|(key, _)| key).collect();
    // A stable sort, so that equal names stay in the order of the text.
    keys.sort_by(|one, other| one.name.cmp(&other.name));
    keys.windows(2)
        .filter(|pair| pair[0].name == pair[1].name)
        .map(|pair| (pair[0], pair[1]))
        .min_by_key(|(_, second)| second.span.start)
}
