//! What clap refuses, said in kiln's own words: a line of what is wrong, and a hint where one is known.

use std::error::Error as _;
use std::ffi::OsString;
use std::num::{IntErrorKind, ParseIntError};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use crate::cli::absent;
use crate::cli::error::CliError;
use crate::cli::output::visible;
use crate::rules::nearest;
use crate::rules::quote::{LONGEST_SHOWN, quoted};

/// What is wrong, and what to do about it.
type Said = (String, Option<String>);

/// Explains an error of the parser. `program` is what parsed `words`.
pub(crate) fn explained(error: &clap::Error, program: &Command, words: &[OsString]) -> CliError {
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let (command, name) = innermost(program, &words);
    let refusal = Refusal { error, command, name, words: &words };
    if let Some(absent) = refusal.absent() {
        return absent;
    }
    let (message, hint) = refusal.said();
    CliError::Usage { message, hint }
}

/// The command that the words lead to, and how it is called.
fn innermost<'a>(program: &'a Command, words: &[String]) -> (&'a Command, String) {
    let start = (program, program.get_name().to_owned());
    words.iter().skip(1).fold(start, |(command, name), word| match command.find_subcommand(word) {
        Some(inner) => (inner, format!("{name} {word}")),
        None => (command, name),
    })
}

/// An error, and the words that led to it.
struct Refusal<'a> {
    error: &'a clap::Error,
    command: &'a Command,
    name: String,
    words: &'a [String],
}

impl Refusal<'_> {
    fn absent(&self) -> Option<CliError> {
        let is_unknown = self.error.kind() == ErrorKind::UnknownArgument;
        is_unknown.then(|| absent::refused(&self.context(ContextKind::InvalidArg)))?
    }

    fn said(&self) -> Said {
        let arg = self.context(ContextKind::InvalidArg);
        let value = self.context(ContextKind::InvalidValue);
        // Behind the name, clap says what the option takes.
        let option = arg.split(' ').next().unwrap_or_default();
        match self.error.kind() {
            ErrorKind::UnknownArgument if arg.starts_with("--") => self.unknown_option(&arg),
            ErrorKind::UnknownArgument if arg.starts_with('-') => self.unknown_letter(&arg),
            ErrorKind::UnknownArgument => self.unexpected(&arg),
            ErrorKind::InvalidSubcommand => self.unknown_command(),
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                (format!("{} needs a command", self.name), Some(self.commands()))
            }
            ErrorKind::MissingRequiredArgument => self.missing(),
            ErrorKind::InvalidValue if value.is_empty() => {
                (format!("{option}: the value is missing"), Some(format!("write {arg}")))
            }
            ErrorKind::ValueValidation => (self.unfit(&arg, option, &value), None),
            ErrorKind::TooManyValues => self.takes_no_value(option, &value),
            ErrorKind::ArgumentConflict if arg == self.context(ContextKind::PriorArg) => {
                (format!("{option} comes twice"), None)
            }
            _ => (self.first_line(), Some(self.help())),
        }
    }

    /// An option that the command does not have, or has more than one of.
    fn unknown_option(&self, name: &str) -> Said {
        let alike: Vec<_> = self.longs().filter(|long| long.starts_with(&name[2..])).collect();
        if alike.len() > 1 {
            return (
                format!("ambiguous option: {} could match --{}", visible(name), alike.join(", --")),
                None,
            );
        }
        let hint =
            self.did_you_mean(name).or_else(|| self.dashed(self.place(name)?)).unwrap_or_else(|| self.help());
        (format!("unknown option {}", visible(name)), Some(hint))
    }

    /// An option of one letter that the command does not have; most likely a value or a long option was meant.
    fn unknown_letter(&self, letter: &str) -> Said {
        let Some(at) = self.place(letter) else {
            return (format!("unknown option {letter}"), Some(self.help()));
        };
        let word = &self.words[at];
        let unknown = format!("unknown option {}", visible(word));
        let Some(hint) = self.dashed(at) else {
            return (unknown, Some(self.did_you_mean(word).unwrap_or_else(|| self.help())));
        };
        let (_, option) = self.option_before(at).unzip();
        match option.and_then(number_of) {
            Some(number) if word.parse::<i64>().is_ok() => (
                format!("{}: expected {number}, found {}", self.words[at - 1], quoted(word, LONGEST_SHOWN)),
                None,
            ),
            _ => (unknown, Some(hint)),
        }
    }

    /// A word where none is expected; most likely it was meant for the option before it.
    fn unexpected(&self, word: &str) -> Said {
        let plain = (format!("unexpected word {}", quoted(word, LONGEST_SHOWN)), Some(self.help()));
        let Some(at) = self.place(word) else { return plain };
        let Some((before, option)) = self.option_before(at) else { return plain };
        let name = long_of(option);
        if !takes_values(option) {
            return if before + 1 == at { self.takes_no_value(&name, word) } else { plain };
        }
        match word.split_once('=') {
            // The values may be secret.
            Some((key, _)) if takes_pairs(option) => (
                format!("{name}: unexpected second word {}", quoted(&format!("{key}=..."), LONGEST_SHOWN)),
                Some(format!("put commas between the pairs: {name} a=b,c=d")),
            ),
            _ => (plain.0, Some(format!("a value with spaces in it needs quotes: {name} \"a b\""))),
        }
    }

    /// A value behind an option that is only there or not.
    fn takes_no_value(&self, option: &str, value: &str) -> Said {
        let opposite = format!("no-{}", option.trim_start_matches('-'));
        let has_opposite = self.longs().any(|long| long == opposite);
        let more = if has_opposite { format!("; the opposite is --{opposite}") } else { String::new() };
        let value = quoted(value, LONGEST_SHOWN);
        (format!("{option} takes no value, found {value}"), Some(format!("leave {value} out{more}")))
    }

    fn unknown_command(&self) -> Said {
        let word = self.context(ContextKind::InvalidSubcommand);
        let names = self.command.get_subcommands().filter(|command| !command.is_hide_set());
        let hint = nearest(&word, names.map(Command::get_name)).map(|name| format!("did you mean {name}?"));
        let message = format!("unknown command {}", quoted(&word, LONGEST_SHOWN));
        (message, Some(hint.unwrap_or_else(|| self.commands())))
    }

    fn missing(&self) -> Said {
        let names = self.context(ContextKind::InvalidArg).replace(['<', '>'], "").replace("...", "");
        let usage = self.context(ContextKind::Usage);
        (format!("{names} is missing"), usage.strip_prefix("Usage: ").map(|usage| format!("write {usage}")))
    }

    /// A value that does not read.
    fn unfit(&self, arg: &str, option: &str, value: &str) -> String {
        let found = quoted(value, LONGEST_SHOWN);
        let Some(source) = self.error.source() else { return format!("{option}: {found} does not fit") };
        let text = source.to_string();
        let expected = match source.downcast_ref::<ParseIntError>().map(ParseIntError::kind) {
            Some(IntErrorKind::PosOverflow) => "a smaller number".to_owned(),
            Some(_) => number(arg).to_owned(),
            None => match text.split_once(" is not in ") {
                Some((_, range)) => format!("{} {}", number(arg), in_words(range)),
                None => match text.strip_prefix("expected ") {
                    Some(expected) => expected.to_owned(),
                    None => return format!("{option}: {text}"),
                },
            },
        };
        format!("{option}: expected {expected}, found {found}")
    }

    /// How a value that begins with a dash is written, if the word at a place may be one.
    fn dashed(&self, at: usize) -> Option<String> {
        let (before, option) = self.option_before(at)?;
        let is_value = before + 1 == at && !self.words[before].contains('=') && takes_values(option);
        is_value.then(|| {
            let word = in_shell(&self.words[at]);
            format!("a value that begins with a dash is written {}={word}", long_of(option))
        })
    }

    fn did_you_mean(&self, word: &str) -> Option<String> {
        let long = nearest(word.trim_start_matches('-'), self.longs())?;
        Some(format!("did you mean --{long}?"))
    }

    /// Where the refused argument stands. A plain word that is the value of an option is another one.
    fn place(&self, arg: &str) -> Option<usize> {
        let is_it = |word: &str| match arg.strip_prefix("--") {
            Some(_) => word.split('=').next() == Some(arg),
            None if arg.starts_with('-') => word.starts_with(arg),
            None => word == arg,
        };
        let is_value = |at: usize| {
            let before = self.option_before(at).filter(|(before, _)| before + 1 == at);
            before.is_some_and(|(before, option)| takes_values(option) && !self.words[before].contains('='))
        };
        let places = || (1..self.words.len()).filter(|at| is_it(&self.words[*at]));
        places().find(|at| arg.starts_with('-') || !is_value(*at)).or_else(|| places().next_back())
    }

    /// The last known option before a place.
    fn option_before(&self, at: usize) -> Option<(usize, &Arg)> {
        let before = (1..at).rev().find(|before| {
            let word = &self.words[*before];
            word.starts_with("--") && word.len() > 2
        })?;
        let name = self.words[before][2..].split('=').next()?;
        let exact = self.command.get_arguments().find(|arg| arg.get_long() == Some(name));
        let mut alike = self
            .command
            .get_arguments()
            .filter(|arg| arg.get_long().is_some_and(|long| long.starts_with(name)));
        let option = match (exact, alike.next(), alike.next()) {
            (Some(exact), ..) => exact,
            (None, Some(only), None) => only,
            _ => return None,
        };
        Some((before, option))
    }

    fn longs(&self) -> impl Iterator<Item = &str> {
        self.command.get_arguments().filter_map(Arg::get_long)
    }

    fn commands(&self) -> String {
        let commands = self.command.get_subcommands().filter(|command| !command.is_hide_set());
        let names: Vec<_> = commands.map(Command::get_name).filter(|name| *name != "help").collect();
        format!("the commands are {}", names.join(", "))
    }

    fn help(&self) -> String {
        format!("`{} --help` lists the options", self.name)
    }

    /// What clap says, without its tips.
    fn first_line(&self) -> String {
        let text = self.error.render().to_string();
        let line = text.lines().next().unwrap_or_default();
        line.strip_prefix("error: ").unwrap_or(line).to_owned()
    }

    fn context(&self, kind: ContextKind) -> String {
        match self.error.get(kind) {
            Some(ContextValue::String(text)) => text.clone(),
            Some(ContextValue::Strings(texts)) => texts.join(", "),
            Some(ContextValue::StyledStr(text)) => text.to_string(),
            _ => String::new(),
        }
    }
}

fn long_of(option: &Arg) -> String {
    format!("--{}", option.get_long().unwrap_or_default())
}

fn takes_values(option: &Arg) -> bool {
    option.get_action().takes_values()
}

fn takes_pairs(option: &Arg) -> bool {
    option.get_value_names().unwrap_or_default().iter().any(|name| name.starts_with("KEY=VALUE"))
}

/// The kind of number that an option takes, if it takes one.
fn number_of(option: &Arg) -> Option<&'static str> {
    let names = option.get_value_names()?;
    names.iter().any(|name| ["SECONDS", "N"].contains(&name.as_str())).then(|| number(&option.to_string()))
}

/// What an option takes whose description is like `--timeout <SECONDS>`.
fn number(arg: &str) -> &'static str {
    if arg.contains("SECONDS") { "a whole number of seconds" } else { "a whole number" }
}

/// `1..=10` in words; an upper limit that is only that of the type is none.
fn in_words(range: &str) -> String {
    match range.split_once("..=") {
        Some((low, high)) if high.parse::<u64>().is_ok_and(|high| high < u64::from(u32::MAX)) => {
            format!("from {low} to {high}")
        }
        Some((low, _)) => format!("from {low}"),
        None => format!("in {range}"),
    }
}

/// A word as it is written in a shell.
fn in_shell(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:=,@%+".contains(c);
    if word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", visible(word).replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::tree::{self, Chosen};

    fn refused(words: &[&str]) -> String {
        let chosen = Chosen::find(words[0]).expect("a command");
        let words: Vec<_> = std::iter::once(&"kiln").chain(words).map(OsString::from).collect();
        let mut program = tree::program(Some(chosen));
        let error = program.try_get_matches_from_mut(&words).expect_err("a refusal");
        let error = explained(&error, &program, &words);
        assert_eq!(error.exit_code(), 252);
        error.text()
    }

    fn check(words: &[&str], message: &str, hint: Option<&str>) {
        let hint = hint.map(|hint| format!("hint: {hint}\n")).unwrap_or_default();
        assert_eq!(refused(words), format!("kiln: error: {message}\n{hint}"), "{words:?}");
    }

    #[test]
    fn options_of_the_aws_cli_are_no_spelling_mistakes() {
        check(&["list-jobs", "--max-items", "3"], "kiln does not have --max-items yet", None);
        check(&["list-jobs", "--starting-token=x"], "kiln does not have --starting-token yet", None);
    }

    #[test]
    fn unknown_options_name_the_nearest() {
        let hint = Some("did you mean --job-queue?");
        check(&["list-jobs", "--job-queeu", "q"], "unknown option --job-queeu", hint);
        check(&["list-jobs", "-job-queue", "q"], "unknown option -job-queue", hint);
        let hint = Some("`kiln list-jobs --help` lists the options");
        check(&["list-jobs", "--frobnicate"], "unknown option --frobnicate", hint);
        check(&["list-jobs", "-x"], "unknown option -x", hint);
        check(&["list-jobs", "x"], "unexpected word \"x\"", hint);
    }

    #[test]
    fn ambiguous_options_name_what_they_could_be() {
        check(
            &["list-jobs", "--job", "q"],
            "ambiguous option: --job could match --job-queue, --job-status",
            None,
        );
    }

    #[test]
    fn values_with_a_dash_are_explained() {
        let hint = Some("a value that begins with a dash is written --reason=-foo");
        check(&["cancel-job", "--job-id", "j", "--reason", "-foo"], "unknown option -foo", hint);
        check(&["cancel-job", "--reas", "-foo", "--job-id", "j"], "unknown option -foo", hint);
        let hint = Some("a value that begins with a dash is written --reason=--zzz");
        check(&["cancel-job", "--reason", "--zzz"], "unknown option --zzz", hint);
        let hint = Some("a value that begins with a dash is written --reason='-a=b c'");
        check(&["cancel-job", "--reason", "-a=b c"], "unknown option -a=b c", hint);
        check(&["cancel-job", "--reason"], "--reason: the value is missing", Some("write --reason <TEXT>"));
    }

    #[test]
    fn words_too_many_are_explained() {
        check(
            &["submit-job", "--tags", "a=b", "c=hunter2"],
            "--tags: unexpected second word \"c=...\"",
            Some("put commas between the pairs: --tags a=b,c=d"),
        );
        check(
            &["submit-job", "--job-name", "my", "job"],
            "unexpected word \"job\"",
            Some("a value with spaces in it needs quotes: --job-name \"a b\""),
        );
        for words in
            [&["submit-job", "--propagate-tags", "true"][..], &["submit-job", "--propagate-tags=true"]]
        {
            check(
                words,
                "--propagate-tags takes no value, found \"true\"",
                Some("leave \"true\" out; the opposite is --no-propagate-tags"),
            );
        }
        check(
            &["logs", "--follow=yes", "j"],
            "--follow takes no value, found \"yes\"",
            Some("leave \"yes\" out"),
        );
    }

    #[test]
    fn numbers_are_asked_for_in_words() {
        let seconds = "--timeout: expected a whole number of seconds, found";
        check(&["wait", "j", "--timeout", "abc"], &format!("{seconds} \"abc\""), None);
        check(&["wait", "j", "--timeout=-5"], &format!("{seconds} \"-5\""), None);
        check(&["wait", "j", "--timeout", "-5"], &format!("{seconds} \"-5\""), None);
        let huge = "99999999999999999999";
        let message = format!("--timeout: expected a smaller number, found \"{huge}\"");
        check(&["wait", "j", "--timeout", huge], &message, None);
        let attempt = "--attempt: expected a whole number from 1, found \"0\"";
        check(&["logs", "j", "--attempt", "0"], attempt, None);
        let text = refused(&["init", "--name", "a b"]);
        assert!(text.starts_with("kiln: error: --name: expected up to 116 letters, "), "{text}");
        assert_eq!(in_words("1..=10"), "from 1 to 10");
    }

    #[test]
    fn what_is_missing_is_named() {
        check(&["wait"], "JOB is missing", Some("write kiln wait <JOB>..."));
        let commands = "the commands are status, stop, run, log";
        check(&["engine"], "kiln engine needs a command", Some(commands));
        check(&["engine", "zzz"], "unknown command \"zzz\"", Some(commands));
        check(&["engine", "stats"], "unknown command \"stats\"", Some("did you mean status?"));
        check(&["init", "--yes", "--yes"], "--yes comes twice", None);
    }

    #[test]
    fn words_are_shown_so_that_they_can_be_seen() {
        let text = refused(&["list-jobs", "--a\u{1b}[2J\nb"]);
        assert!(text.starts_with("kiln: error: unknown option --a\\u001b[2J\\nb\n"), "{text}");
    }
}
