//! Excerpts: the line of a text where something is wrong, with the place underlined.

use std::sync::OnceLock;

use crate::document::json::Span;
use crate::document::source::Source;
use crate::rules::quote::push_visible;

/// How much of a line is shown where the width of the terminal is not known: longer lines are cut.
const USUAL: usize = 100;
/// Less is not shown, however narrow the terminal is.
const LEAST: usize = 40;
/// What of a terminal's width the excerpt's frame takes: the bar, and dots on both sides.
const FRAME: usize = 9;
/// What a tab is shown as; its real width depends on the terminal.
const TAB: &str = "    ";

/// The line around the start of `span`, and under it a line of spaces and carets.
pub(super) struct Excerpt {
    /// The number of the line.
    pub(super) number: usize,
    /// Its text, safe to print.
    pub(super) line: String,
    /// The marks under it.
    pub(super) marks: String,
}

/// The excerpt for a place, as wide as the terminal that messages go to. Of a place that spans several lines, the
/// first is shown.
pub(super) fn excerpt(source: &Source, span: Span) -> Excerpt {
    let number = source.line(source.boundary(span.start)).0;
    excerpt_of(source, span, room(columns(), number))
}

/// How much of the line with this number has room in so many columns.
fn room(columns: Option<usize>, number: usize) -> usize {
    let frame = FRAME + number.to_string().len();
    columns.map_or(USUAL, |columns| columns.saturating_sub(frame).max(LEAST))
}

/// The width of the terminal that standard error is, if it is one that knows.
fn columns() -> Option<usize> {
    static COLUMNS: OnceLock<Option<usize>> = OnceLock::new();
    *COLUMNS.get_or_init(|| {
        let size = rustix::termios::tcgetwinsize(rustix::stdio::stderr()).ok()?;
        Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
    })
}

fn excerpt_of(source: &Source, span: Span, widest: usize) -> Excerpt {
    let start = source.boundary(span.start);
    let (number, line) = source.line(start);
    let marked =
        Span::new(start.min(line.end), source.boundary(span.end).clamp(start.min(line.end), line.end));
    let window = window(source.text(), line, marked.start, widest);
    let mut drawing = Drawing { line: String::new(), marks: String::new() };
    if window.start > line.start {
        drawing.add("...", false);
    }
    draw(source, window, marked, &mut drawing);
    if window.end < line.end {
        drawing.add("...", false);
    }
    if !drawing.marks.contains('^') {
        // Nothing to underline at the end of a line; point behind it.
        drawing.marks.push('^');
    }
    Excerpt { number, line: drawing.line, marks: drawing.marks.trim_end().to_owned() }
}

/// The part of `line` to show: all of it, or `widest` characters around `at`.
fn window(text: &str, line: Span, at: usize, widest: usize) -> Span {
    // How much of a cut line is shown before the place.
    let before = widest * 2 / 5;
    if let Some((cut, _)) = text[line.start..line.end].char_indices().nth(widest) {
        let back = |from: usize, count: usize| {
            text[line.start..from]
                .char_indices()
                .rev()
                .nth(count)
                .map_or(line.start, |(offset, c)| line.start + offset + c.len_utf8())
        };
        let forth = |from: usize, count: usize| {
            text[from..line.end].char_indices().nth(count).map_or(line.end, |(offset, _)| from + offset)
        };
        if at < line.start + cut.min(before) {
            return Span::new(line.start, line.start + cut);
        }
        let end = forth(at, widest - before);
        let start = if end == line.end { back(line.end, widest) } else { back(at, before) };
        return Span::new(start.min(at), end);
    }
    line
}

/// Draws a part of a line: what may be secret becomes stars, what a terminal would act upon an escape.
fn draw(source: &Source, window: Span, marked: Span, drawing: &mut Drawing) {
    let text = source.text();
    let mut at = window.start;
    let mut secret = source.secret_from(at);
    while at < window.end {
        if let Some(hidden) = secret.filter(|hidden| hidden.start <= at) {
            let stars = if text[hidden.start..].starts_with('"') { "\"***\"" } else { "***" };
            drawing.add(stars, hidden.start < marked.end && marked.start < hidden.end);
            at = hidden.end;
            secret = source.secret_from(at);
            continue;
        }
        let Some(character) = text[at..].chars().next() else { break };
        let is_marked = marked.start <= at && at < marked.end;
        match character {
            '\t' => drawing.add(TAB, is_marked),
            _ => {
                let mut shown = String::new();
                push_visible(&mut shown, character);
                drawing.add(&shown, is_marked);
            }
        }
        at += character.len_utf8();
    }
}

struct Drawing {
    line: String,
    marks: String,
}

impl Drawing {
    fn add(&mut self, shown: &str, is_marked: bool) {
        self.line.push_str(shown);
        let mark = if is_marked { '^' } else { ' ' };
        self.marks.extend(std::iter::repeat_n(mark, shown.chars().map(width).sum()));
    }
}

/// How many columns of a terminal a character takes: the ranges of East Asian wide characters and emoji, and
/// of marks that sit on the character before them.
fn width(character: char) -> usize {
    match u32::from(character) {
        0x0300..=0x036f | 0x0483..=0x0489 | 0x0591..=0x05bd | 0x064b..=0x065f | 0x0e34..=0x0e3a => 0,
        0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f => 0,
        0xe0100..=0xe01ef => 0,
        0x1100..=0x115f | 0x2e80..=0x303e | 0x3041..=0x33ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff => 2,
        0xa000..=0xa4cf | 0xa960..=0xa97f | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f => 2,
        0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1f64f | 0x1f680..=0x1f6ff | 0x1f900..=0x1f9ff => 2,
        0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The excerpt around the first occurrence of `needle`.
    fn around(text: &str, needle: &str) -> (String, String) {
        let source = Source::new("a.json", text);
        let start = text.find(needle).unwrap();
        let excerpt = excerpt_of(&source, Span::new(start, start + needle.len()), USUAL);
        (excerpt.line, excerpt.marks)
    }

    fn pair(line: &str, marks: &str) -> (String, String) {
        (line.to_owned(), marks.to_owned())
    }

    #[test]
    fn underlines_the_place() {
        assert_eq!(around("{\r\n  \"a\": 12\r\n}", "12"), pair("  \"a\": 12", "       ^^"));
        assert_eq!(around("\t\"a\"", "\"a\""), pair("    \"a\"", "    ^^^"));
        assert_eq!(around("{\n  [1,\n2]", "[1,\n2]"), pair("  [1,", "  ^^^"));
    }

    #[test]
    fn wide_and_hidden_characters_keep_the_marks_in_place() {
        assert_eq!(around("\"価値\": x", "x"), pair("\"価値\": x", "        ^"));
        assert_eq!(around("\"e\u{301}\": x", "x"), pair("\"e\u{301}\": x", "     ^"));
        assert_eq!(around("\u{1b}[31m: x", "x"), pair("\\u001b[31m: x", "            ^"));
        assert_eq!(around("a\u{200b}b\u{202e} x", "x"), pair("a\\u200bb\\u202e x", "               ^"));
        assert_eq!(around("\"価\"", "価"), pair("\"価\"", " ^^"));
    }

    #[test]
    fn the_end_of_a_line_is_pointed_at() {
        let source = Source::new("a.json", "{\n  \"a\": 1");
        let excerpt = excerpt(&source, Span::new(10, 10));
        assert_eq!(
            (excerpt.number, excerpt.line.as_str(), excerpt.marks.as_str()),
            (2, "  \"a\": 1", "        ^")
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let hundred = format!("X{}", "a".repeat(99));
        assert_eq!(around(&hundred, "X").0, hundred);
        let (line, marks) = around(&format!("X{}", "a".repeat(100)), "X");
        assert_eq!((line, marks), pair(&format!("X{}...", "a".repeat(99)), "^"));
        let (line, marks) = around(&format!("{}X{}", "a".repeat(500), "b".repeat(500)), "X");
        assert_eq!(line, format!("...{}X{}...", "a".repeat(40), "b".repeat(59)));
        assert_eq!(marks.find('^'), Some(43));
        let (line, marks) = around(&format!("{}X", "a".repeat(500)), "X");
        assert_eq!((line.len(), marks.find('^')), (103, Some(102)));
        let (line, marks) = around(&format!("{}{}", "a".repeat(200), "X".repeat(500)), &"X".repeat(500));
        assert_eq!((line.len(), marks.matches('^').count()), (106, 60));
    }

    #[test]
    fn lines_are_cut_to_the_terminal() {
        assert_eq!([room(None, 7), room(Some(80), 7), room(Some(20), 7)], [100, 70, 40]);
        assert_eq!(room(Some(200), 1234), 187);
        for columns in [60, 80, 200] {
            let source = Source::new("a.json", "a".repeat(1000));
            let excerpt = excerpt_of(&source, Span::new(500, 900), room(Some(columns), 1));
            assert_eq!(format!("1 | {}", excerpt.line).len(), columns);
            assert!(excerpt.marks.len() <= excerpt.line.len());
        }
    }

    #[test]
    fn secrets_are_left_out() {
        let text = r#"{"parameters": {"a": "hunter2", "b": 7}, "vcpus": 1}"#;
        let line = r#"{"parameters": {"a": "***", "b": ***}, "vcpus": 1}"#;
        let marks =
            |part: &str| format!("{}{}", " ".repeat(line.find(part).unwrap()), "^".repeat(part.len()));
        assert_eq!(around(text, "1"), pair(line, &marks("1")));
        assert_eq!(around(text, "\"hunter2\""), pair(line, &marks("\"***\"")));
        assert_eq!(around(text, "hunter"), pair(line, &marks("\"***\"")));
    }
}
