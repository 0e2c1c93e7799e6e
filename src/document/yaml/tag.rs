//! Tags: the types that a text may spell out, as in `!!str 1`.

use super::{wrong, wrong_with_help};
use crate::document::json::{ParseError, Span};

/// What all tags of the core schema start with when written in full.
const CORE: &str = "tag:yaml.org,2002:";

/// A tag of the core schema, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// No tag: the text tells.
    None,
    /// `!`: not what the text tells, but the plainest of its kind.
    Plain,
    /// `!!str`.
    Str,
    /// `!!int`.
    Int,
    /// `!!float`.
    Float,
    /// `!!bool`.
    Bool,
    /// `!!null`.
    Null,
    /// `!!map`.
    Map,
    /// `!!seq`.
    Seq,
}

impl Tag {
    /// The tag that the parser found, written at `span`.
    pub(super) fn read(tag: Option<&saphyr_parser::Tag>, span: Span) -> Result<Self, ParseError> {
        let Some(tag) = tag else { return Ok(Self::None) };
        if tag.handle.is_empty() && tag.suffix == "!" {
            return Ok(Self::Plain);
        }
        let name = match tag.handle.as_str() {
            CORE => Some(tag.suffix.as_str()),
            "" => tag.suffix.strip_prefix(CORE),
            _ => None,
        };
        match name {
            Some("str") => Ok(Self::Str),
            Some("int") => Ok(Self::Int),
            Some("float") => Ok(Self::Float),
            Some("bool") => Ok(Self::Bool),
            Some("null") => Ok(Self::Null),
            Some("map") => Ok(Self::Map),
            Some("seq") => Ok(Self::Seq),
            _ => Err(unknown(span)),
        }
    }

    /// Refuses a tag of another kind on what is a list, an object or a scalar, as `kind` says.
    pub(super) fn fits(self, kind: Kind, span: Span) -> Result<(), ParseError> {
        let fits = match self {
            Self::None | Self::Plain => true,
            Self::Map => kind == Kind::Object,
            Self::Seq => kind == Kind::List,
            Self::Str | Self::Int | Self::Float | Self::Bool | Self::Null => kind == Kind::Scalar,
        };
        let (found, expected) = match kind {
            Kind::List => ("a list", "!!seq"),
            Kind::Object => ("an object", "!!map"),
            Kind::Scalar => ("neither a list nor an object", "!!str, !!int, !!float, !!bool or !!null"),
        };
        match fits {
            true => Ok(()),
            false => Err(wrong_with_help(
                span,
                format!("this tag does not fit: what follows is {found}"),
                format!("remove the tag, or write {expected}"),
            )),
        }
    }

    /// The error for a text that is not of the type the tag names.
    pub(super) fn mismatch(self, span: Span) -> ParseError {
        let (tag, expected) = match self {
            Self::Int => ("!!int", "an integer"),
            Self::Float => ("!!float", "a number"),
            Self::Bool => ("!!bool", "true or false"),
            _ => ("!!null", "null"),
        };
        wrong(span, format!("expected {expected} after the tag {tag}, found other text"))
    }
}

/// What a tag can stand at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A list.
    List,
    /// An object.
    Object,
    /// Anything else.
    Scalar,
}

/// The error for a tag that nobody knows.
pub(super) fn unknown(span: Span) -> ParseError {
    // The tag itself is not repeated: it may be a secret value that begins with an exclamation mark.
    wrong_with_help(
        span,
        "tags other than those of the YAML 1.2 core schema, such as !!str, are not supported",
        "remove the tag, or put text that starts with \"!\" in quotes",
    )
}
