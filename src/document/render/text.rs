//! Diagnostics as text for a person.

use std::fmt::Write as _;

use super::{Diagnostic, Where};
use crate::document::excerpt::excerpt;
use crate::document::json::Span;
use crate::document::source::Source;
use crate::rules::Path;
use crate::rules::quote::push_visible;

/// Nobody reads on after so many; the rest is counted.
const MOST_SHOWN: usize = 1000;

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// A command that cannot do what it was asked for: lines begin with the name of the program.
    Program,
    /// A report that was asked for.
    Report,
}

/// Diagnostics, each with an excerpt of its place and its help.
pub fn text(diagnostics: &[Diagnostic<'_>], voice: Voice) -> String {
    let shown = &diagnostics[..diagnostics.len().min(MOST_SHOWN)];
    let mut text = String::new();
    for (position, diagnostic) in shown.iter().enumerate() {
        push_headline(&mut text, diagnostic, voice);
        let next = shown.get(position + 1);
        // Several findings about one place, as of an object that lacks several members, share one excerpt.
        if diagnostic.help.is_none() && next.is_some_and(|next| diagnostic.place.is_same_text(&next.place)) {
            continue;
        }
        let has_more = push_details(&mut text, diagnostic);
        if has_more && next.is_some() {
            text.push('\n');
        }
    }
    if let Some(more) = diagnostics.len().checked_sub(MOST_SHOWN).filter(|more| *more > 0) {
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
fn push_headline(text: &mut String, diagnostic: &Diagnostic<'_>, voice: Voice) {
    let Diagnostic { rule, severity, place, path, message, .. } = diagnostic;
    let name = match voice {
        Voice::Program => "kiln: ",
        Voice::Report => "",
    };
    let place = match place {
        Where::At(source, span) => Some(self::place(source, *span)),
        Where::File(name) => Some(visible(name)),
        Where::Flag(flag) => Some(visible(flag)),
        Where::Nowhere => None,
    };
    // A flag is the name of the member it gives.
    let is_named = matches!(diagnostic.place, Where::Flag(_)) && path.is_some_and(is_top_level);
    let path = path.filter(|_| !is_named).map(|path| visible(&path.to_string()));
    let at: String = [place, path].into_iter().flatten().map(|part| part + ": ").collect();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{name}{severity}: {at}{} [{rule}]", visible(message));
}

/// The excerpt and the help, and whether there was any of them.
fn push_details(text: &mut String, diagnostic: &Diagnostic<'_>) -> bool {
    let before = text.len();
    if let Where::At(source, span) = diagnostic.place {
        push_excerpt(text, source, span);
    }
    if let Some(help) = diagnostic.help {
        let _ = writeln!(text, "hint: {}", visible(help));
    }
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
    use crate::rules::Finding;

    fn render(diagnostics: &[Diagnostic<'_>]) -> String {
        text(diagnostics, Voice::Report)
    }

    #[test]
    fn parse_errors_show_the_place() {
        let source = Source::new(
            "job.json",
            "{\n  \"jobQueue\": \"q\",\n  \"jobName\": \"a\"\n  \"arrayProperties\": {\"size\": 7}\n}\n",
        );
        let error = parse(source.text()).unwrap_err();
        assert_eq!(
            text(&[Diagnostic::syntax(&source, &error)], Voice::Program),
            r#"kiln: error: job.json:4:3: expected "," or "}" after the value of "jobName", found "arrayProperties" [INPUT-SYNTAX]
  |
4 |   "arrayProperties": {"size": 7}
  |   ^^^^^^^^^^^^^^^^^
hint: add a comma after the value of "jobName", on line 3
"#
        );
    }

    #[test]
    fn an_empty_text_has_no_excerpt() {
        let source = Source::new("job.json", " \n");
        let error = parse(source.text()).unwrap_err();
        assert_eq!(
            render(&[Diagnostic::syntax(&source, &error)]),
            "error: job.json:2:1: the input is empty; expected JSON [INPUT-SYNTAX]\n"
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
        let at = source.text().find("\"60\"").unwrap();
        let there = Diagnostic::finding(&finding, Where::At(&source, Span::new(at, at + 4)));
        let nowhere = Diagnostic::finding(&missing, Where::Nowhere);
        assert_eq!(
            render(&[there, nowhere]),
            r#"error: job.json:2:41: timeout.attemptDurationSeconds: expected an integer, found the string "60" [SHAPE-TYPE]
  |
2 |   "timeout": {"attemptDurationSeconds": "60"}
  |                                         ^^^^
hint: write 60 without quotes

error: jobQueue: this required member is missing [SHAPE-REQUIRED]
"#
        );
    }

    #[test]
    fn findings_about_one_place_share_its_excerpt() {
        let source = Source::new("job.json", "{}");
        let findings: Vec<_> =
            ["a", "b"].map(|name| Finding::error("X", Path::root().key(name), "missing")).into();
        let place = Where::At(&source, Span::new(0, 1));
        let diagnostics: Vec<_> =
            findings.iter().map(|finding| Diagnostic::finding(finding, place)).collect();
        assert_eq!(
            render(&diagnostics),
            "error: job.json:1:1: a: missing [X]\nerror: job.json:1:1: b: missing [X]\n  |\n1 | {}\n  | ^\n"
        );
    }

    #[test]
    fn a_flag_stands_for_the_member_it_gives() {
        let timeout = Path::root().key("timeout");
        let whole = Finding::error("X", timeout.clone(), "bad");
        let part = Finding::warning("X", timeout.key("attemptDurationSeconds"), "bad");
        let diagnostics =
            [&whole, &part].map(|finding| Diagnostic::finding(finding, Where::Flag("--timeout")));
        assert_eq!(
            render(&diagnostics),
            "error: --timeout: bad [X]\nwarning: --timeout: timeout.attemptDurationSeconds: bad [X]\n"
        );
    }

    #[test]
    fn terminals_are_safe() {
        let source = Source::new("\u{1b}]0;x.json", "{\"\u{1b}[2J\": 1}");
        let finding = Finding::error("X", Path::root().key("\u{1b}[2J"), "found \u{9b}");
        let text = render(&[Diagnostic::finding(&finding, Where::At(&source, Span::new(1, 7)))]);
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    }

    #[test]
    fn endless_findings_are_counted() {
        let findings: Vec<_> = (0..1002).map(|n| Finding::error("X", Path::root().index(n), "bad")).collect();
        let diagnostics: Vec<_> =
            findings.iter().map(|finding| Diagnostic::finding(finding, Where::Nowhere)).collect();
        let text = render(&diagnostics);
        assert!(text.ends_with("[999]: bad [X]\n... and 2 more findings\n"), "{text}");
    }
}
