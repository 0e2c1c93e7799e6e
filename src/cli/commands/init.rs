//! `kiln init`: from nothing to a first job that ran.

mod setup;

use std::io::{self, BufRead, Write};

use clap::Args;
use serde_json::json;

use super::job::{End, print_log, wait};
use crate::api::Operation;
use crate::backend::CallError;
use crate::cli::call::call;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output;
use crate::cli::run::Outcome;
use setup::Setup;

/// The name of the job.
const JOB: &str = "hello-world";

/// Sets up a first environment, queue and job definition, and runs a job.
///
/// What is there already is left as it is, so this may be repeated.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Creates without asking.
    #[arg(long, short)]
    yes: bool,
    /// What the names of all that is created begin with.
    #[arg(long, value_name = "PREFIX", default_value = "kiln", value_parser = prefix)]
    name: String,
}

impl Arguments {
    /// Whether things may be created: said on the command line, or when asked.
    pub(crate) fn agreed(&self, context: &Context) -> Result<bool, CliError> {
        if self.yes {
            return Ok(true);
        }
        if !context.interactive {
            return Err(CliError::Usage {
                message: "init asks before it creates anything, and there is no terminal to ask on"
                    .to_owned(),
                hint: Some("pass --yes to create without asking".to_owned()),
            });
        }
        let setup = Setup::new(&self.name);
        output::status(&format!(
            "kiln will create in {}, if not there yet:",
            context.home.directory().display()
        ));
        for step in setup.steps() {
            output::status(&format!("  {} {}", step.noun, step.name));
        }
        output::status(&format!("and run the job {JOB}."));
        let agreed = ask()?;
        if !agreed {
            output::status("nothing was created");
        }
        Ok(agreed)
    }
}

/// Names are letters, digits, hyphens and underscores, up to 128; the longest ending needs 12 of them.
fn prefix(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let starts = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    if starts && text.len() <= 116 && text.chars().all(fits) {
        return Ok(text.to_owned());
    }
    Err("expected up to 116 letters, digits, hyphens and underscores, a letter or digit first".to_owned())
}

fn ask() -> Result<bool, CliError> {
    let failed = |error: io::Error| CliError::Other(format!("the answer cannot be read: {error}"));
    loop {
        output::said("Create these? [Y/n] ");
        io::stderr().flush().map_err(failed)?;
        let mut answer = String::new();
        if io::stdin().lock().read_line(&mut answer).map_err(failed)? == 0 {
            // The input ended without an answer.
            output::status("");
            return Ok(false);
        }
        match answer.trim().to_ascii_lowercase().as_str() {
            "" | "y" | "yes" => return Ok(true),
            "n" | "no" => return Ok(false),
            _ => output::status("please answer y or n"),
        }
    }
}

/// Creates what is missing, runs the job and follows it.
pub(crate) async fn run(context: &Context, arguments: &Arguments) -> Result<Outcome, CliError> {
    let setup = Setup::new(&arguments.name);
    for step in setup.steps() {
        let found = call(context, step.describe, &step.query).await?;
        let is_there = found[step.list].as_array().is_some_and(|list| !list.is_empty());
        if is_there {
            output::status(&format!("{} {} is already there", step.noun, step.name));
        } else {
            call(context, step.create, &step.input).await?;
            output::status(&format!("created {} {}", step.noun, step.name));
        }
    }
    let submitted = json!({"jobName": JOB, "jobQueue": setup.queue, "jobDefinition": setup.definition});
    let answer = call(context, Operation::SubmitJob, &submitted).await?;
    let job = answer["jobId"]
        .as_str()
        .ok_or_else(|| CallError::Protocol("the answer to SubmitJob has no jobId".to_owned()))?;
    output::status(&format!("submitted job {JOB} ({job}); its log:"));
    print_log(context, &[("job", job), ("follow", "true")]).await?;
    let mut outcome = Outcome::SUCCESS;
    let ended = |_: &str, end: &End| {
        output::status(&end.line());
        outcome = end.outcome();
    };
    wait(context, &[job.to_owned()], || {}, ended).await?;
    output::status(&setup.next(job));
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_must_fit_into_names() {
        assert_eq!(prefix("my_lab-1").as_deref(), Ok("my_lab-1"));
        for text in ["", "-a", "a b", "ä", &"a".repeat(117)] {
            assert!(prefix(text).is_err(), "{text}");
        }
    }
}
