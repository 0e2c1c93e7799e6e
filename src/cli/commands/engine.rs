//! `kiln engine`: looking after the local engine, and being it. The only file of the command line that names the
//! server and the executor.

mod log;
mod stop;

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{ArgMatches, Args, Subcommand};
use serde_json::Value;
use tracing_subscriber::filter::LevelFilter;

use super::arguments;
use crate::api::error::chain;
use crate::api::wire::{OWN_PREFIX, READY};
use crate::backend::{CallError, EngineError};
use crate::cli::context::{Context, home};
use crate::cli::error::CliError;
use crate::cli::output;
use crate::cli::run::{Outcome, wait_for};
use crate::executor::process::runner::{self, RunnerOptions};
use crate::executor::process::{RunnerCommand, close_inherited, limited};
use crate::home::Home;
use crate::server;

/// The words that lead to [`become_limited`].
const LIMITED: [&str; 2] = ["engine", "limited"];

/// Shows, stops or runs the local engine.
///
/// The engine starts by itself when a command needs it, and leaves when nothing has been left to do for ten minutes.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Shows whether the engine runs, and what it is busy with.
    Status,
    /// Stops the engine. Jobs that run go on; the next engine finds them.
    Stop,
    /// Runs the engine here, until Ctrl-C.
    Run {
        /// Started by a command: says on standard output when it is ready.
        #[arg(long, hide = true)]
        detached: bool,
    },
    /// Prints the engine's log.
    Log {
        /// Prints what comes, until Ctrl-C.
        #[arg(long, short)]
        follow: bool,
    },
    /// Is the parent of the attempts of a home.
    #[command(hide = true)]
    Runner,
    /// Becomes the command of an attempt.
    #[command(hide = true)]
    Limited,
}

/// Does what is asked.
pub(crate) fn run(matches: &ArgMatches) -> Result<Outcome, CliError> {
    let Arguments { action } = arguments(matches)?;
    // The global options are known to the innermost command too.
    let matches = matches.subcommand().map_or(matches, |(_, matches)| matches);
    match action {
        Action::Status => status(&looked_at(matches)?)?,
        Action::Stop => stop::run(&looked_at(matches)?)?,
        Action::Run { detached } => serve(&home(matches)?, detached)?,
        Action::Log { follow } => {
            let home = home(matches)?;
            readable(&home)?;
            log::run(&home, follow)?;
        }
        Action::Runner => parent_attempts(&home(matches)?)?,
        // Its words are not read by clap; see below.
        Action::Limited => return Err(CliError::usage("`engine limited` takes the words of a runner")),
    }
    Ok(Outcome::SUCCESS)
}

/// Where the words are those of a runner for an attempt with limits: becomes the attempt's command, whose words may
/// look like anything. Returns only if that fails.
pub(crate) fn become_limited(words: &[OsString]) -> Option<ExitCode> {
    let is_limited = words.get(1..3).is_some_and(|words| words == LIMITED);
    is_limited.then(|| limited::run(&words[3..]))
}

/// The surroundings, with a home that may tell whether an engine runs there.
fn looked_at(matches: &ArgMatches) -> Result<Context, CliError> {
    let context = Context::resolve(matches)?;
    readable(&context.home)?;
    Ok(context)
}

/// A home that cannot be looked into, or is no directory, says nothing of an engine. One that is not there has none.
fn readable(home: &Home) -> Result<(), CliError> {
    match std::fs::read_dir(home.directory()) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            let home = home.directory().to_owned();
            Err(CallError::from(EngineError::Home { home, source }).into())
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

fn status(context: &Context) -> Result<(), CliError> {
    let answer = ask_running(context, "GET", "status")?;
    let text = match answer {
        Some(answer) => format!("state: running\n{}", lines(&answer)),
        None => format!("state: not running\nhome: {}\n", context.home.directory().display()),
    };
    output::text(text.as_bytes())
}

/// Asks the engine, if one runs. One that ends while it is asked may have been followed by another, or by none.
fn ask_running(context: &Context, method: &str, endpoint: &str) -> Result<Option<Value>, CliError> {
    let path = format!("{OWN_PREFIX}{endpoint}");
    wait_for(async {
        match context.local.ask_running(method, &path).await {
            Err(error) if error.may_ask_again() => Ok(context.local.ask_running(method, &path).await?),
            answered => Ok(answered?),
        }
    })
}

/// Each member on a line: `name: value`.
fn lines(answer: &Value) -> String {
    let members = answer.as_object().into_iter().flatten();
    let lines = members.map(|(name, value)| match value.as_str() {
        Some(text) => format!("{name}: {text}\n"),
        None => format!("{name}: {value}\n"),
    });
    lines.collect()
}

/// Is the engine, until it leaves.
fn serve(home: &Home, detached: bool) -> Result<(), CliError> {
    log_to_stderr();
    if detached {
        // Ctrl-C and the end of the terminal concern the command that started the engine, not the engine.
        let _ = rustix::process::setsid();
        // What the starter's own caller left open, a pipe that somebody reads to its end for example, must not stay
        // open for as long as the engine runs.
        if let Err(error) = close_inherited() {
            tracing::warn!("files of the starter stay open: {error}");
        }
    }
    let runner =
        RunnerCommand { program: own_program()?, args: words(&["engine", "runner", "--home"], home) };
    let ready = || {
        if detached {
            say_ready();
        } else {
            output::status(&format!("the engine listens in {}; Ctrl-C stops it", home.directory().display()));
        }
    };
    server::run(home, runner, detached, ready).map_err(|error| {
        let text = chain(&error);
        if detached {
            // Whoever started it reads this; afterwards nobody reads its exit code.
            let _ = writeln!(io::stdout(), "{text}");
        }
        CliError::configuration(text)
    })
}

/// Tells the starter, who reads until standard output is closed.
fn say_ready() {
    let said = io::stdout().write_all(READY.as_bytes()).and_then(|()| io::stdout().flush());
    let closed = File::options().write(true).open("/dev/null").and_then(|null| {
        rustix::stdio::dup2_stdout(&null)?;
        Ok(())
    });
    if let Err(error) = said.and(closed) {
        tracing::warn!("the starter of this engine cannot be told that it is ready: {error}");
    }
}

/// Is the runner, until nothing is left to do.
fn parent_attempts(home: &Home) -> Result<(), CliError> {
    log_to_stderr();
    // Through /proc, so that it is this very program even after an update.
    let limited = RunnerCommand { program: "/proc/self/exe".into(), args: LIMITED.map(Into::into).to_vec() };
    let options = RunnerOptions { home: home.directory().to_owned(), limited };
    runner::run(&options).map_err(|error| CliError::Other(format!("the runner failed: {}", chain(&error))))
}

fn own_program() -> Result<std::path::PathBuf, CliError> {
    std::env::current_exe()
        .map_err(|error| CliError::Other(format!("kiln cannot find its own program: {error}")))
}

fn words(first: &[&str], home: &Home) -> Vec<OsString> {
    first.iter().map(OsString::from).chain([home.as_os_str().to_owned()]).collect()
}

fn log_to_stderr() {
    // There is one such call in a process, so it cannot fail.
    let _ = tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_target(false)
        .with_max_level(LevelFilter::INFO)
        .try_init();
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn status_is_a_line_for_each_member() {
        assert_eq!(lines(&json!({"version": "1", "unfinishedJobs": 3})), "version: 1\nunfinishedJobs: 3\n");
    }

    #[test]
    fn a_home_that_is_none_is_not_one_without_an_engine() {
        let directory = tempfile::tempdir().expect("a directory");
        let file = directory.path().join("file");
        std::fs::write(&file, "").expect("a file");
        for wrong in [file.clone(), file.join("below")] {
            let error = readable(&Home::at(&wrong)).expect_err("a refusal");
            assert_eq!(error.exit_code(), 253);
            let text = format!("the home {} cannot be used: Not a directory", wrong.display());
            assert!(error.to_string().starts_with(&text), "{error}");
        }
        assert!(readable(&Home::at(directory.path())).is_ok());
        assert!(readable(&Home::at(directory.path().join("none"))).is_ok());
    }

    #[test]
    fn only_the_words_of_a_runner_are_taken() {
        let words = |text: &[&str]| text.iter().map(OsString::from).collect::<Vec<_>>();
        assert!(become_limited(&words(&["kiln", "engine"])).is_none());
        assert!(become_limited(&words(&["kiln", "engine", "status"])).is_none());
    }
}
