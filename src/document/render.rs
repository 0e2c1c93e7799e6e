//! Errors and findings as text for a person.

use std::fmt::Write as _;

use crate::document::excerpt::excerpt;
use crate::document::json::{ParseError, Span};
use crate::document::source::Source;
use crate::rules::quote::push_visible;
use crate::rules::{Finding, Findings, Path};

/// Nobody reads on after so many; the rest is counted.
const MOST_SHOWN: usize = 1000;

/// Where a finding is, for a person.
pub(super) enum Where<'a> {
    /// In a text.
    At(&'a Source, Span),
    /// In the value of a flag.
    Flag(&'a str),
    /// Nowhere in particular.
    Nowhere,
}

/// Why a text could not be read, with the place in it.
pub fn render_parse_error(source: &Source, error: &ParseError) -> String {
    let mut text = format!("error: {}: {}\n", place(source, error.span), visible(&error.message));
    push_excerpt(&mut text, source, error.span);
    push_help(&mut text, excerpt_width(source, error.span), error.help.as_deref());
    text
}

/// All findings, each with its place where `locate` knows one.
pub fn render_findings<'a>(
    findings: &Findings,
    locate: impl Fn(&Finding) -> Option<(&'a Source, Span)>,
) -> String {
    render(findings, |finding| {
        locate(finding).map_or(Where::Nowhere, |(source, span)| Where::At(source, span))
    })
}

/// All findings, each with what `place` says of it.
pub(super) fn render<'a>(findings: &Findings, place: impl Fn(&Finding) -> Where<'a>) -> String {
    let shown: Vec<_> = findings.iter().take(MOST_SHOWN).map(|finding| (finding, place(finding))).collect();
    let mut text = String::new();
    for (position, (finding, place)) in shown.iter().enumerate() {
        push_headline(&mut text, finding, place);
        let next = shown.get(position + 1);
        // Several findings about one place, as of an object that lacks several members, share one excerpt.
        if finding.help.is_none() && next.is_some_and(|(_, next)| place.is_same_text(next)) {
            continue;
        }
        let has_more = push_details(&mut text, finding, place);
        if has_more && next.is_some() {
            text.push('\n');
        }
    }
    if let Some(more) = findings.len().checked_sub(MOST_SHOWN).filter(|more| *more > 0) {
        let findings = if more == 1 { "finding" } else { "findings" };
        text.push_str(&format!("... and {more} more {findings}\n"));
    }
    text
}

impl Where<'_> {
    fn is_same_text(&self, other: &Self) -> bool {
        match (self, other) {
            (Where::At(source, span), Where::At(other, there)) => {
                std::ptr::eq(*source, *other) && span == there
            }
            _ => false,
        }
    }
}

/// What is wrong, and where.
fn push_headline(text: &mut String, finding: &Finding, place: &Where<'_>) {
    let Finding { rule, severity, path, message, .. } = finding;
    let at = match place {
        Where::At(source, span) => format!("{}: {path}", self::place(source, *span)),
        Where::Flag(flag) if is_top_level(path) => (*flag).to_owned(),
        Where::Flag(flag) => format!("{flag}: {path}"),
        Where::Nowhere => path.to_string(),
    };
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{severity}[{rule}]: {}: {}", visible(&at), visible(message));
}

/// The excerpt and the help, and whether there was any of them.
fn push_details(text: &mut String, finding: &Finding, place: &Where<'_>) -> bool {
    let before = text.len();
    let mut width = 1;
    if let Where::At(source, span) = place {
        push_excerpt(text, source, *span);
        width = excerpt_width(source, *span);
    }
    push_help(text, width, finding.help.as_deref());
    text.len() > before
}

fn is_top_level(path: &Path) -> bool {
    path.segments().len() <= 1
}

/// `job.json:4:3`.
fn place(source: &Source, span: Span) -> String {
    let (line, column) = source.line_column(span.start);
    format!("{}:{line}:{column}", visible(source.name()))
}

fn push_excerpt(text: &mut String, source: &Source, span: Span) {
    let excerpt = excerpt(source, span);
    if excerpt.line.trim().is_empty() {
        return;
    }
    let number = excerpt.number.to_string();
    let blank = " ".repeat(number.len());
    let _ = writeln!(text, "{blank} |\n{number} | {}\n{blank} | {}", excerpt.line, excerpt.marks);
}

fn push_help(text: &mut String, width: usize, help: Option<&str>) {
    if let Some(help) = help {
        let _ = writeln!(text, "{} = help: {}", " ".repeat(width), visible(help));
    }
}

/// The width of the line number before an excerpt.
fn excerpt_width(source: &Source, span: Span) -> usize {
    source.line_column(span.start).0.to_string().len()
}

/// The text with nothing in it that a terminal would act upon.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    text.chars().for_each(|character| push_visible(&mut shown, character));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::json::parse;

    #[test]
    fn parse_errors_show_the_place() {
        let source = Source::new(
            "job.json",
            "{\n  \"jobQueue\": \"q\",\n  \"jobName\": \"a\"\n  \"arrayProperties\": {\"size\": 7}\n}\n",
        );
        let error = parse(source.text()).unwrap_err();
        assert_eq!(
            render_parse_error(&source, &error),
            r#"error: job.json:4:3: expected "," or "}" after the value of "jobName", found "arrayProperties"
  |
4 |   "arrayProperties": {"size": 7}
  |   ^^^^^^^^^^^^^^^^^
  = help: add a comma after the value of "jobName", on line 3
"#
        );
    }

    #[test]
    fn an_empty_text_has_no_excerpt() {
        let source = Source::new("job.json", " \n");
        let error = parse(source.text()).unwrap_err();
        assert_eq!(
            render_parse_error(&source, &error),
            "error: job.json:2:1: the input is empty; expected JSON\n"
        );
    }

    #[test]
    fn findings_show_the_place_where_there_is_one() {
        let source = Source::new("job.json", "{\n  \"timeout\": {\"attemptDurationSeconds\": \"60\"}\n}");
        let path = Path::root().key("timeout").key("attemptDurationSeconds");
        let finding = Finding::error("SHAPE-TYPE", path, "expected an integer, found the string \"60\"")
            .with_help("write 60 without quotes".to_owned());
        let missing =
            Finding::error("SHAPE-REQUIRED", Path::root().key("jobQueue"), "this required member is missing");
        let findings: Findings = [finding, missing].into_iter().collect();
        let at = source.text().find("\"60\"").unwrap();
        let text = render_findings(&findings, |finding| {
            (finding.rule == "SHAPE-TYPE").then_some((&source, Span::new(at, at + 4)))
        });
        assert_eq!(
            text,
            r#"error[SHAPE-TYPE]: job.json:2:41: timeout.attemptDurationSeconds: expected an integer, found the string "60"
  |
2 |   "timeout": {"attemptDurationSeconds": "60"}
  |                                         ^^^^
  = help: write 60 without quotes

error[SHAPE-REQUIRED]: jobQueue: this required member is missing
"#
        );
    }

    #[test]
    fn findings_about_one_place_share_its_excerpt() {
        let source = Source::new("job.json", "{}");
        let findings: Findings = ["a", "b"]
            .into_iter()
            .map(|name| Finding::error("X", Path::root().key(name), "missing"))
            .collect();
        let text = render_findings(&findings, |_| Some((&source, Span::new(0, 1))));
        assert_eq!(
            text,
            "error[X]: job.json:1:1: a: missing\nerror[X]: job.json:1:1: b: missing\n  |\n1 | {}\n  | ^\n"
        );
    }

    #[test]
    fn terminals_are_safe() {
        let source = Source::new("\u{1b}]0;x.json", "{\"\u{1b}[2J\": 1}");
        let finding = Finding::error("X", Path::root().key("\u{1b}[2J"), "found \u{9b}");
        let text = render_findings(&[finding].into_iter().collect(), |_| Some((&source, Span::new(1, 7))));
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    }

    #[test]
    fn endless_findings_are_counted() {
        let findings: Findings =
            (0..1002).map(|n| Finding::error("X", Path::root().index(n), "bad")).collect();
        let text = render_findings(&findings, |_| None);
        assert!(text.ends_with("[999]: bad\n... and 2 more findings\n"), "{text}");
    }
}
