//! From the words of the command line to an exit code.

use std::ffi::OsString;
use std::future::Future;
use std::io;
use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::cli::commands::{self, Everyday};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::tree::{self, Chosen};
use crate::cli::{absent, call, output, overview, words};
use crate::rules::quote::{LONGEST_SHOWN, quoted};

/// How a command that did its work ends: with the exit code of the job it was about, or 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outcome(pub(crate) u8);

impl Outcome {
    /// All is well.
    pub(crate) const SUCCESS: Self = Self(0);
}

/// Runs the command that these words ask for. The first word is the name of the program.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words: Vec<OsString> = words.into_iter().collect();
    if let Some(code) = commands::engine::become_limited(&words) {
        return code;
    }
    match dispatch(words) {
        Ok(Outcome(code)) => ExitCode::from(code),
        Err(error) => ExitCode::from(fail(&error)),
    }
}

/// Says what went wrong, and with which exit code.
fn fail(error: &CliError) -> u8 {
    match error {
        // Help and version are answers, not errors.
        CliError::Asked(asked) => match asked.print().map_err(CliError::Output) {
            Ok(()) => 0,
            Err(unwritten) => fail(&unwritten),
        },
        _ => {
            output::said(&error.text());
            error.exit_code()
        }
    }
}

fn dispatch(words: Vec<OsString>) -> Result<Outcome, CliError> {
    let words = words::adapted(words);
    let at = words::command_at(&words);
    if let Some(error) = words::before(&words, at).find_map(|word| absent::refused(&word)) {
        return Err(error);
    }
    let Some(at) = at else { return without_command(&words) };
    let Some(chosen) = Chosen::find(&words[at].to_string_lossy()) else { return Err(unknown(&words, at)) };
    let matches = parsed(tree::program(Some(chosen)), &words)?;
    let Some((_, matches)) = matches.subcommand() else { return Err(unknown(&words, at)) };
    match chosen {
        Chosen::Operation(operation) => {
            let input = call::prepare(operation, matches)?;
            let context = Context::resolve(matches)?;
            wait_for(call::send(&context, operation, input))?;
            Ok(Outcome::SUCCESS)
        }
        Chosen::Everyday(command) => everyday(command, matches),
    }
}

fn everyday(command: Everyday, matches: &ArgMatches) -> Result<Outcome, CliError> {
    match command {
        Everyday::Init => {
            let arguments = commands::arguments::<commands::init::Arguments>(matches)?;
            let context = Context::resolve(matches)?;
            if !arguments.agreed(&context)? {
                return Ok(Outcome::SUCCESS);
            }
            wait_for(commands::init::run(&context, &arguments))
        }
        Everyday::Logs => {
            let arguments = commands::arguments::<commands::logs::Arguments>(matches)?;
            let context = Context::resolve(matches)?;
            wait_for(commands::logs::run(&context, &arguments))
        }
        Everyday::Wait => {
            let arguments = commands::arguments::<commands::wait::Arguments>(matches)?;
            let context = Context::resolve(matches)?;
            wait_for(commands::wait::run(&context, &arguments))
        }
        Everyday::Validate => commands::validate::run(&commands::arguments(matches)?),
        Everyday::Explain => {
            commands::explain::run(&commands::arguments(matches)?)?;
            Ok(Outcome::SUCCESS)
        }
        Everyday::Schema => {
            commands::schema::run(&commands::arguments(matches)?)?;
            Ok(Outcome::SUCCESS)
        }
        Everyday::Engine => commands::engine::run(matches),
    }
}

/// The program's own options, or nothing at all.
fn without_command(words: &[OsString]) -> Result<Outcome, CliError> {
    let is_version = |word: &OsString| word == "--version" || word == "-V";
    let program = if words.iter().any(is_version) { tree::program(None) } else { overview::program() };
    parsed(program, words)?;
    let hint = "`kiln --help` lists the commands, `kiln init` sets up everything for a first job";
    Err(CliError::Usage { message: "a command is missing".to_owned(), hint: Some(hint.to_owned()) })
}

fn parsed(mut program: Command, words: &[OsString]) -> Result<ArgMatches, CliError> {
    let matches = program.try_get_matches_from_mut(words);
    matches.map_err(|error| CliError::parsing(error, &program, words))
}

/// What to say of a command that there is not.
fn unknown(words: &[OsString], at: usize) -> CliError {
    // Behind an unknown option, the word may be its value.
    if let Some(option) = words::before(words, Some(at)).find(|word| !words::is_global(word)) {
        let hint =
            format!("the options of a command come behind it: kiln COMMAND {}", output::visible(&option));
        let message = format!("unknown option {} before the command", output::visible(&option));
        return CliError::Usage { message, hint: Some(hint) };
    }
    let name = words[at].to_string_lossy();
    let hint = match (words::pasted(&words[at..]), tree::meant(&name)) {
        (Some(hint), _) => hint,
        (None, Some(meant)) => format!("did you mean {meant}?"),
        (None, None) => "`kiln --help` lists the commands".to_owned(),
    };
    CliError::Usage { message: format!("unknown command {}", quoted(&name, LONGEST_SHOWN)), hint: Some(hint) }
}

/// Runs a future to its end, or until Ctrl-C.
pub(crate) fn wait_for<T>(work: impl Future<Output = Result<T, CliError>>) -> Result<T, CliError> {
    let failed = |error: io::Error| CliError::Other(format!("the program cannot run: {error}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    runtime.block_on(async {
        tokio::select! {
            // The work first: until it has to wait, Ctrl-C ends the process in the ordinary way.
            biased;
            result = work => result,
            () = interrupted() => Err(CliError::Interrupted),
        }
    })
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(words: &[&str]) -> (u8, String) {
        let words = std::iter::once(&"kiln").chain(words).map(OsString::from).collect();
        let error = dispatch(words).expect_err("a refusal");
        (error.exit_code(), error.text())
    }

    #[test]
    fn unknown_commands_name_the_nearest() {
        let text = "kiln: error: unknown command \"submit-jobs\"\nhint: did you mean submit-job?\n";
        assert_eq!(refusal(&["submit-jobs"]), (252, text.to_owned()));
    }

    #[test]
    fn help_and_version_are_no_failures() {
        for words in [&["--help"][..], &["--version"], &["help"], &["list-jobs", "--help"], &["wait", "-h"]] {
            assert_eq!(refusal(words).0, 0, "{words:?}");
        }
        let (_, version) = refusal(&["--version"]);
        assert_eq!(version, format!("kiln {}\n", env!("CARGO_PKG_VERSION")));
    }

    #[test]
    fn unknown_options_name_themselves() {
        let (code, text) = refusal(&["list-jobs", "--job-queeu", "q"]);
        assert_eq!(code, 252);
        assert_eq!(text, "kiln: error: unknown option --job-queeu\nhint: did you mean --job-queue?\n");
        let (code, text) = refusal(&["--zzz"]);
        let hint = "hint: `kiln --help` lists the options\n";
        assert_eq!((code, text), (252, format!("kiln: error: unknown option --zzz\n{hint}")));
    }

    #[test]
    fn options_before_the_command_are_seen() {
        let absent = |name: &str| format!("kiln: error: kiln does not have {name} yet\n");
        for words in
            [&["--profile", "x", "list-jobs"][..], &["--profile=x", "list-jobs"], &["--profile", "x"]]
        {
            let (code, text) = refusal(words);
            assert_eq!(code, 252);
            assert!(text.starts_with(&absent("--profile")), "{text}");
        }
        assert_eq!(refusal(&["--region", "r", "--debug", "list-jobs"]), (252, absent("--debug")));
        let (_, text) = refusal(&["--job-queue", "q", "list-jobs"]);
        let hint = "hint: the options of a command come behind it: kiln COMMAND --job-queue\n";
        assert_eq!(text, format!("kiln: error: unknown option --job-queue before the command\n{hint}"));
    }

    #[test]
    fn what_was_pasted_behind_aws_is_seen() {
        for (words, hint) in [
            (&["batch", "submit-job", "--x"][..], "leave out \"batch\": kiln submit-job ..."),
            (&["batch", "list-jobs"], "leave out \"batch\": kiln list-jobs"),
            (&["batch"], "leave out \"batch\""),
            (&["aws", "batch", "list-jobs"], "leave out \"aws batch\": kiln list-jobs"),
        ] {
            let text = format!("kiln: error: unknown command \"{}\"\nhint: {hint}\n", words[0]);
            assert_eq!(refusal(words), (252, text));
        }
    }

    #[test]
    fn invalid_inputs_go_nowhere() {
        let (code, text) = refusal(&["cancel-job", "--job-id", "j", "--home", "/dev/null/nowhere"]);
        assert_eq!(code, 252);
        assert!(text.contains("--reason is missing"), "{text}");
    }
}
