//! From the flags that were given to an input.

use clap::ArgMatches;

use super::value::Flag;
use super::{Form, INPUT, flag, negative};
use crate::api::shape::{Member, Structure};
use crate::cli::error::CliError;
use crate::cli::findings;
use crate::document::json::{Node, parse};
use crate::document::load::{read_source, suggest_file};
use crate::document::overlay::{Input, Origin};
use crate::document::source::Source;
use crate::rules::quote::{LONGEST_SHOWN, quoted};

/// What the command line gave.
pub(crate) struct Given {
    /// The document with the flags laid over it.
    pub(crate) input: Input,
    /// Whether there was a document.
    pub(crate) has_document: bool,
}

/// Reads the input document, if there is one, and lays the flags over it: each replaces a whole member.
pub(crate) fn read(structure: &'static Structure, matches: &ArgMatches) -> Result<Given, CliError> {
    let base = matches.get_one::<String>(INPUT).map(|word| document(word)).transpose()?;
    let has_document = base.is_some();
    let mut input = Input::new(base);
    for member in structure.members {
        let name = flag(member.name);
        match Form::of(&member.ty) {
            Form::Switch => {
                if let Some((value, flag)) = switch(member, matches) {
                    input.set(member.name, value.into(), Origin { flag, document: None });
                }
            }
            _ => {
                if let Some(words) = words(member, matches) {
                    let (value, origin) = Flag { name: &name, ty: &member.ty }.read(&words)?;
                    input.set(member.name, value, origin);
                }
            }
        }
    }
    Ok(Given { input, has_document })
}

/// The words behind a flag; `None` where it was not given.
fn words<'m>(member: &Member, matches: &'m ArgMatches) -> Option<Vec<&'m str>> {
    matches.value_source(member.name)?;
    Some(matches.get_many::<String>(member.name).into_iter().flatten().map(String::as_str).collect())
}

/// A boolean and the flag that says so.
fn switch(member: &Member, matches: &ArgMatches) -> Option<(bool, String)> {
    let no = negative(member);
    match (matches.get_flag(member.name), matches.get_flag(no)) {
        (true, _) => Some((true, flag(member.name))),
        (false, true) => Some((false, format!("--{no}"))),
        (false, false) => None,
    }
}

fn document(word: &str) -> Result<(Source, Node), CliError> {
    let name = format!("--{INPUT}");
    if word == "-" {
        let message = format!("{name}: standard input is not read yet");
        return Err(CliError::Usage { message, hint: Some("write file:///dev/stdin".to_owned()) });
    }
    let source = read_source(word, &name).map_err(|error| CliError::load(&name, &error))?;
    match parse(source.text()) {
        Ok(node) => Ok((source, node)),
        Err(error) => match suggest_file(word) {
            Some(hint) => {
                let message = format!("{name}: expected JSON, found {}", quoted(word, LONGEST_SHOWN));
                Err(CliError::Usage { message, hint: Some(hint) })
            }
            None => Err(findings::syntax(&source, &error)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Operation;
    use crate::cli::flags::define;
    use clap::Command;
    use serde_json::{Value, json};

    fn given(operation: Operation, words: &[&str]) -> Result<Value, CliError> {
        let command = define(Command::new("x").no_binary_name(true), operation.info().input);
        let matches = command.try_get_matches_from(words)?;
        Ok(read(operation.info().input, &matches)?.input.value().clone())
    }

    fn submit(words: &[&str]) -> Value {
        given(Operation::SubmitJob, words).expect("an input")
    }

    #[test]
    fn nothing_given_is_an_empty_input() {
        assert_eq!(submit(&[]), json!({}));
    }

    #[test]
    fn the_last_boolean_wins() {
        assert_eq!(submit(&["--propagate-tags"]), json!({"propagateTags": true}));
        assert_eq!(submit(&["--propagate-tags", "--no-propagate-tags"]), json!({"propagateTags": false}));
        assert_eq!(submit(&["--no-propagate-tags", "--propagate-tags"]), json!({"propagateTags": true}));
        let document = ["--cli-input-json", r#"{"propagateTags": true}"#, "--no-propagate-tags"];
        assert_eq!(submit(&document), json!({"propagateTags": false}));
        for wrong in [&["--propagate-tags", "true"][..], &["--propagate-tags=true"]] {
            assert_eq!(given(Operation::SubmitJob, wrong).unwrap_err().exit_code(), 252);
        }
    }

    #[test]
    fn flags_replace_whole_members() {
        let document = r#"{"tags": {"a": "1"}, "jobName": "n", "jobQueue": "q"}"#;
        let words = ["--tags", "b=2", "--job-name", "m", "--cli-input-json", document];
        assert_eq!(submit(&words), json!({"tags": {"b": "2"}, "jobName": "m", "jobQueue": "q"}));
    }

    #[test]
    fn a_repeated_flag_replaces() {
        assert_eq!(submit(&["--job-name", "a", "--job-name", "b"]), json!({"jobName": "b"}));
        let jobs = given(Operation::DescribeJobs, &["--jobs", "a", "b", "--jobs", "c"]).expect("jobs");
        assert_eq!(jobs, json!({"jobs": ["c"]}));
        let none = given(Operation::DescribeJobs, &["--jobs"]).expect("jobs");
        assert_eq!(none, json!({"jobs": []}));
    }

    #[test]
    fn names_may_be_abbreviated() {
        assert_eq!(submit(&["--job-n", "a"]), json!({"jobName": "a"}));
        assert_eq!(given(Operation::SubmitJob, &["--job", "a"]).unwrap_err().exit_code(), 252);
    }

    #[test]
    fn values_with_a_dash() {
        let cancel = |words: &[&str]| given(Operation::CancelJob, words);
        for (words, reason) in [
            (&["--reason=-foo"][..], "-foo"),
            (&["--reason", "-1"], "-1"),
            (&["--reason", "-"], "-"),
            (&["--reason=- x"], "- x"),
        ] {
            assert_eq!(cancel(words).expect("an input"), json!({"reason": reason}), "{words:?}");
        }
        let text = cancel(&["--reason", "-foo"]).unwrap_err().text();
        assert!(text.contains("-f"), "{text}");
    }

    #[test]
    fn unknown_options_are_named() {
        let error = given(Operation::SubmitJob, &["--job-nam=x", "--job-quee", "q"]).unwrap_err();
        assert!(error.text().contains("unknown option --job-quee\n"), "{}", error.text());
    }

    #[test]
    fn a_file_name_without_its_scheme_is_seen() {
        // Tests run in the directory of the package, where there is a manifest.
        let error = given(Operation::SubmitJob, &["--cli-input-json", "Cargo.toml"]).unwrap_err();
        assert!(error.text().ends_with("hint: did you mean file://Cargo.toml?\n"), "{}", error.text());
    }

    #[test]
    fn what_stands_for_a_file_elsewhere_is_explained() {
        let refused =
            |word: &str| given(Operation::SubmitJob, &["--cli-input-json", word]).unwrap_err().text();
        for (word, text) in [
            ("fileb://x", "expected JSON, found \"fileb://x\"\nhint: write file://x"),
            ("-", "standard input is not read yet\nhint: write file:///dev/stdin"),
            ("~/x.json", "expected JSON, found \"~/x.json\"\nhint: did you mean file://~/x.json?"),
            ("x.json", "expected JSON, found \"x.json\"\nhint: did you mean file://x.json?"),
        ] {
            assert_eq!(refused(word), format!("kiln: error: --cli-input-json: {text}\n"));
        }
    }
}
