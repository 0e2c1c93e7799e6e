//! What the scanner has against a text, in words that help.
//!
//! The scanner knows little of what was meant, and often stops far behind the mistake. So its messages only tell
//! where to look; what to say is read from the text around the place. Texts of values are never repeated.

mod block;
mod brackets;
mod quotes;
mod scene;

pub(super) use scene::Scene;

use super::{alias, complain, tag, wrong, wrong_with_help};
use crate::document::json::{ParseError, Span};

/// How one kind of mistake is told.
type Tell = fn(&Scene<'_>) -> ParseError;

/// The messages of the scanner, by a part of each, and how they are told. The first that fits counts.
const KINDS: [(&str, Tell); 46] = [
    ("tabs disallowed", block::tab),
    ("found a tab", block::tab),
    ("start with a tab", block::tab),
    ("tab cannot be used", block::tab),
    ("valid YAML whitespace", block::tab_behind_indicator),
    ("expected whitespace", block::tab_behind_indicator),
    ("simple key expect", block::no_colon),
    ("mapping values are not allowed", block::colon),
    ("mapping keys are not allowed", starts_badly),
    ("did not find expected key", block::no_key),
    ("did not find expected '-'", block::no_dash),
    ("block sequence entries are not allowed", block::dash),
    ("is only valid inside a block", brackets::dash),
    ("cannot start with '-'", brackets::dash),
    ("indentation indicator", block::indicator),
    ("wrongly indented line in block scalar", block::line_of_block),
    ("while scanning a block scalar", block::header),
    ("invalid indentation in quoted scalar", quotes::unclosed),
    ("while scanning a quoted scalar", quotes::unclosed),
    ("unknown escape character", quotes::escape),
    ("expected hexadecimal number", quotes::escape),
    ("invalid Unicode character escape", quotes::escape),
    ("invalid trailing content after double-quoted", quotes::behind),
    ("invalid indentation for anchor", block::fits_nowhere),
    ("invalid indentation", brackets::indentation),
    ("illegal placement of ':'", brackets::no_comma),
    ("expected ',' or", brackets::no_comma),
    ("misplaced bracket", brackets::misplaced),
    ("may not precede any of", brackets::no_space),
    ("unexpected end of plain scalar", brackets::nothing),
    ("did not find expected node content", brackets::nothing),
    ("unexpected character", starts_badly),
    ("unknown anchor", |scene| alias::unknown(scene.word(scene.at))),
    ("while scanning an anchor or alias", starts_badly),
    ("recursion limit", |scene| alias::too_deep(scene.here())),
    ("handle wasn't declared", |scene| tag::unknown(scene.word(scene.at))),
    ("a tag directive", directive),
    ("global tag character", directive),
    ("scanning TAG", directive),
    ("a tag,", |scene| tag::unknown(scene.word(scene.at))),
    ("a verbatim tag", |scene| tag::unknown(scene.word(scene.at))),
    ("comment intercepting", block::comment_in_text),
    ("comments must be separated", block::comment_without_space),
    ("directive", directive),
    ("document end marker", behind_the_end),
    ("document start>", behind_the_end),
];

/// Whether a message of the scanner is about the indentation of what is in brackets.
pub(super) fn is_indentation(info: &str) -> bool {
    info == "invalid indentation"
}

/// The error for a message of the scanner.
pub(super) fn in_words(info: &str, scene: &Scene<'_>) -> ParseError {
    match KINDS.iter().find(|(part, _)| info.contains(part)) {
        Some((_, tell)) => tell(scene),
        None => wrong(scene.here(), "what stands here is not YAML"),
    }
}

/// Text without quotes that begins with a character which means something else.
fn starts_badly(scene: &Scene<'_>) -> ParseError {
    let Some(first) = scene.rest().chars().next() else {
        return wrong(scene.here(), "expected a value, found the end of the text");
    };
    wrong_with_help(
        scene.here(),
        format!("text without quotes cannot begin with \"{first}\""),
        "put it in quotes",
    )
}

fn directive(scene: &Scene<'_>) -> ParseError {
    wrong_with_help(
        scene.to_end_of_line(scene.line(scene.at).start),
        "a line that begins with \"%\" is a directive, and this one has no meaning here",
        "remove it",
    )
}

/// What follows the end of a document without being the next.
fn behind_the_end(scene: &Scene<'_>) -> ParseError {
    if scene.line_above(scene.at).is_some_and(|line| scene.text[line.start..line.end].starts_with('%')) {
        return wrong(scene.word(scene.at), "expected \"---\" after the directives, found other text");
    }
    let help = match scene.rest().chars().next() {
        Some(']' | '}') => "there is one closing bracket too many, here or before",
        _ if scene.text[..scene.at].trim_end().ends_with([']', '}']) => {
            "put text that begins with a bracket in quotes"
        }
        _ => "write \"---\" on a line before another document",
    };
    let span = Span::new(scene.at, scene.word(scene.at).end);
    wrong_with_help(span, "expected nothing after the end of the document, found more", help)
}

/// A second look at text that may be a member without the space behind its colon.
fn missing_space(scene: &Scene<'_>, line: Span) -> Option<ParseError> {
    let (start, content) = scene.content(line);
    let name = complain::unspaced(content)?;
    Some(complain::no_space(name, start + name.len()))
}
