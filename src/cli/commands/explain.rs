//! `kiln explain`: what a rule asks, why, and how to do it right.

use std::fmt::Write as _;

use clap::Args;
use serde_json::Value;

use crate::cli::error::CliError;
use crate::cli::output::{self, json};
use crate::rules::context::Example;
use crate::rules::nearest;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::{self, Rule};

/// Examples on one line are not wider than this; wider ones are written out.
const WIDEST: usize = 100;

/// Explains rules: what they ask, why, and an example of both sides.
///
/// Findings end with the id of their rule in square brackets.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Ids of rules, such as `JD001`, in any letter case.
    #[arg(value_name = "ID", required_unless_present = "list", conflicts_with = "list")]
    ids: Vec<String>,
    /// List all rules with a line each.
    #[arg(long)]
    list: bool,
}

/// Prints the explanations, or the list.
pub(crate) fn run(arguments: &Arguments) -> Result<(), CliError> {
    if arguments.list {
        return output::text(list().as_bytes());
    }
    let rules: Vec<_> = arguments.ids.iter().map(|id| find(id)).collect::<Result<_, _>>()?;
    let texts: Vec<_> = rules.into_iter().map(explanation).collect();
    output::text(texts.join("\n\n").as_bytes())
}

fn find(id: &str) -> Result<&'static Rule, CliError> {
    // As it stands at the end of a finding.
    let bare = id.trim_start_matches('[').trim_end_matches(']');
    registry::find(bare).ok_or_else(|| {
        let hint = match nearest(bare, registry::all().map(|rule| rule.id)) {
            Some(near) => format!("did you mean {near}?"),
            None => "`kiln explain --list` lists all rules".to_owned(),
        };
        CliError::Usage {
            message: format!("there is no rule {}", quoted(id, LONGEST_SHOWN)),
            hint: Some(hint),
        }
    })
}

fn list() -> String {
    let mut rules: Vec<_> = registry::all().collect();
    rules.sort_by_key(|rule| rule.id);
    let widest = rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    rules
        .into_iter()
        .map(|rule| format!("{:widest$}  {:7}  {}\n", rule.id, rule.severity.to_string(), rule.summary()))
        .collect()
}

fn explanation(rule: &'static Rule) -> String {
    let Rule { id, severity, guide, on, wrong, right, .. } = rule;
    let mut text = format!("{id} ({severity}): {}.\n\n", rule.summary());
    text.push_str(&wrapped(&rule.explanation()));
    let place = match on.example {
        Example::Change(_) => format!("{} ({})", on.words, on.operation.command()),
        Example::Whole | Example::Commands => on.operation.command(),
        Example::Text => on.words.to_owned(),
    };
    // Writing to a string cannot fail.
    let _ = write!(text, "\nApplies to: {place}\nSource: {guide}\n");
    for (name, example) in [("Wrong", wrong), ("Right", right)] {
        let _ = write!(text, "\n{name}:\n{}", indented(&shown(example)));
    }
    text
}

/// An example as it is shown: JSON on one line where that is short, else written out.
fn shown(example: &str) -> String {
    match serde_json::from_str::<Value>(example) {
        Ok(value) if example.len() > WIDEST || example.contains('\n') => json::pretty(&value),
        _ => example.to_owned(),
    }
}

fn indented(text: &str) -> String {
    text.trim_end().lines().map(|line| format!("    {line}\n")).collect()
}

/// Paragraphs with lines that fit a screen.
fn wrapped(text: &str) -> String {
    let mut lines = String::new();
    for paragraph in text.split('\n') {
        let mut width = 0;
        for word in paragraph.split(' ') {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > WIDEST {
                lines.push('\n');
                width = 0;
            }
            if width > 0 {
                lines.push(' ');
                width += 1;
            }
            lines.push_str(word);
            width += length;
        }
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_has_all_its_parts() {
        let text = explanation(find("shape-enum").expect("a rule"));
        assert_eq!(
            text,
            "SHAPE-ENUM (error): Words come from the documented list.\n\n\
             Where the API lists the words that a member takes, any other word is refused, and so is another\n\
             letter case.\n\n\
             Applies to: a job definition on EC2 (register-job-definition)\n\
             Source: API model: the enumerations\n\n\
             Wrong:\n    {\"type\": \"docker\"}\n\n\
             Right:\n    {\"type\": \"container\"}\n"
        );
    }

    #[test]
    fn unknown_rules_are_refused_with_the_nearest() {
        let text = |id: &str| find(id).expect_err("no rule").text();
        assert_eq!(
            text("SHAPE-ENUMS"),
            "kiln: error: there is no rule \"SHAPE-ENUMS\"\nhint: did you mean SHAPE-ENUM?\n"
        );
        assert!(text("?").ends_with("hint: `kiln explain --list` lists all rules\n"));
        assert!(find("[SHAPE-ENUM]").is_ok());
    }

    #[test]
    fn the_list_has_a_line_for_each() {
        let list = list();
        assert_eq!(list.lines().count(), registry::all().count());
        assert!(list.contains("INPUT-SKIPPED    warning  Files in a directory"), "{list}");
    }
}
