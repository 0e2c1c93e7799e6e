//! Mistakes in lines and their indentation.

use super::{Scene, missing_space};
use crate::document::json::{ParseError, Span};
use crate::document::yaml::{complain, wrong, wrong_with_help};

/// How long a key can be, in characters, where YAML is to know it for a key.
const LONGEST_KEY: usize = 1024;

/// A tab in the indentation of the line, or of one that belongs to what begins there.
pub(super) fn tab(scene: &Scene<'_>) -> ParseError {
    let first = scene.line(scene.at).start;
    let mut start = first;
    for line in scene.text[first..].split_inclusive(['\n', '\r']) {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        if line[spaces..].starts_with('\t') && !line.trim().is_empty() {
            return complain::tab_at(scene.text, start + spaces);
        }
        start += line.len();
    }
    wrong_with_help(scene.here(), "a tab is not allowed as indentation in YAML", "indent with spaces")
}

/// A tab right behind a colon, a dash or a question mark.
pub(super) fn tab_behind_indicator(scene: &Scene<'_>) -> ParseError {
    let before = scene.text[..scene.at].trim_end_matches([' ', '\t']).len();
    let start = scene.text[before..].find('\t').map_or(scene.at, |tab| before + tab);
    wrong_with_help(scene.character(start), "a tab is not allowed here", "write a space instead")
}

/// A line among the members of an object that has no colon.
pub(super) fn no_colon(scene: &Scene<'_>) -> ParseError {
    let start = scene.unread().min(scene.text.len());
    // What could be read may end on the line that has the key.
    let start = if start > scene.at { scene.at } else { start };
    line_without_colon(scene, scene.line(start))
}

fn line_without_colon(scene: &Scene<'_>, line: Span) -> ParseError {
    missing_space(scene, line).unwrap_or_else(|| {
        let (start, content) = scene.content(line);
        if content.starts_with('-') && !content.starts_with("--") {
            let message = "expected a space after the dash of a list item";
            return wrong_with_help(Span::new(start, start + 1), message, "write \"- \" with a space");
        }
        let span = Span::new(start, start + content.len());
        wrong(span, "expected a key with a colon behind it, found text without one")
    })
}

/// A colon where no key can be in front of it.
pub(super) fn colon(scene: &Scene<'_>) -> ParseError {
    let before = scene.before(scene.at);
    let line = scene.line(scene.at);
    if scene.at - line.start > LONGEST_KEY && !before.contains(": ") {
        let span = Span::new(line.end - (line.end - scene.at) - before.len(), scene.at);
        return wrong(span, format!("a key cannot be longer than {LONGEST_KEY} characters"));
    }
    let key = before.trim_start_matches("- ").trim_start();
    let is_first = !key.contains(": ") && !key.starts_with("---");
    match scene.line_above(scene.at).filter(|_| is_first) {
        Some(above) => deeper(scene, above, Span::new(scene.at - key.len(), scene.at)),
        None if key.ends_with(['"', '\'']) => {
            wrong(scene.here(), "expected the end of the line after the string, found \":\"")
        }
        None => wrong_with_help(
            scene.here(),
            "a colon with a space behind it cannot be part of text without quotes",
            "put the text in quotes",
        ),
    }
}

/// A key that is taken for more text of the value on the line above.
fn deeper(scene: &Scene<'_>, above: Span, key: Span) -> ParseError {
    let (_, content) = scene.content(above);
    if !content.contains(": ") && !content.ends_with(':') {
        return line_without_colon(scene, above);
    }
    wrong_with_help(
        key,
        "this key is indented deeper than the key above it, which has a value already",
        "indent both alike",
    )
}

/// Something among the members of an object that is no key.
pub(super) fn no_key(scene: &Scene<'_>) -> ParseError {
    let before = scene.before(scene.at);
    if matches!(before.trim_end(), "-") {
        let dash = scene.at - before.len();
        let message = "expected a key, found a list item";
        return wrong_with_help(
            Span::new(dash, dash + 1),
            message,
            "indent a list at least as deep as its key",
        );
    }
    if before.is_empty() {
        return fits_nowhere(scene);
    }
    if scene.rest().starts_with('*') {
        return wrong(scene.word(scene.at), "an alias cannot have an anchor or a tag");
    }
    let help = match before.trim_end().ends_with([']', '}']) {
        true => "put text that begins with a bracket in quotes",
        false => "put the whole text in quotes",
    };
    wrong_with_help(scene.word(scene.at), "expected the end of the line after the value, found more", help)
}

/// Something among the items of a list that is none.
pub(super) fn no_dash(scene: &Scene<'_>) -> ParseError {
    if !scene.before(scene.at).is_empty() {
        return no_key(scene);
    }
    if scene.rest().starts_with("- ") {
        return fits_nowhere(scene);
    }
    let span = first_token(scene);
    wrong_with_help(
        span,
        "expected a list item, which begins with \"-\", found other text",
        "a list and members cannot stand side by side; check the indentation",
    )
}

/// A line that is indented as no line before it.
pub(super) fn fits_nowhere(scene: &Scene<'_>) -> ParseError {
    wrong_with_help(
        first_token(scene),
        "the indentation of this line fits none of the lines above",
        "indent it exactly like the line it belongs beside",
    )
}

/// The key or the word at the place.
fn first_token(scene: &Scene<'_>) -> Span {
    let line = scene.to_end_of_line(scene.at);
    let text = &scene.text[line.start..line.end];
    let length = text.find(": ").or_else(|| text.strip_suffix(':').map(str::len));
    length.map_or_else(|| scene.word(scene.at), |length| Span::new(scene.at, scene.at + length))
}

/// A list that begins behind its key.
pub(super) fn dash(scene: &Scene<'_>) -> ParseError {
    wrong_with_help(
        scene.here(),
        "a list with dashes cannot begin on the line of its key",
        "begin it on the next line, or put text that begins with \"-\" in quotes",
    )
}

/// The indentation of a block of text, as a digit that makes no sense.
pub(super) fn indicator(scene: &Scene<'_>) -> ParseError {
    wrong(scene.word(scene.at), "the indentation of a block of text must be a digit from 1 to 9")
}

/// Text on the line where a block of text begins.
pub(super) fn header(scene: &Scene<'_>) -> ParseError {
    let first = scene.rest().chars().next().filter(|first| matches!(first, '|' | '>')).unwrap_or('|');
    wrong_with_help(
        scene.to_end_of_line(scene.at),
        format!("expected the end of the line after \"{first}\", which begins a block of text"),
        format!("put text that begins with \"{first}\" in quotes"),
    )
}

/// A line of a block of text that is indented less than the first.
pub(super) fn line_of_block(scene: &Scene<'_>) -> ParseError {
    let span = scene.to_end_of_line(scene.at);
    wrong(span, "this line of the block of text is indented less than its first line")
}

/// A comment between two lines of one text.
pub(super) fn comment_in_text(scene: &Scene<'_>) -> ParseError {
    let line = scene.line(scene.at);
    wrong_with_help(
        Span::new(scene.at, line.end),
        "a comment cannot stand between the lines of a text without quotes",
        "remove it, or check the indentation of the next line",
    )
}

/// A comment that sticks to what is before it.
pub(super) fn comment_without_space(scene: &Scene<'_>) -> ParseError {
    wrong_with_help(scene.here(), "a comment must have a space before it", "write \" #\"")
}
