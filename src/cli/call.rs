//! The way of a plain operation: flags, checks, call, answer.

use clap::ArgMatches;
use serde_json::Value;
use uuid::Uuid;

use crate::api::Operation;
use crate::api::shape::Role;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::flags::{self, Given, flag};
use crate::cli::{findings, output, pages};
use crate::document::overlay::Origin;
use crate::rules;

/// Makes the input of an operation from the command line. Warnings are said; with errors, nothing is sent.
pub(crate) fn prepare(operation: Operation, matches: &ArgMatches) -> Result<Value, CliError> {
    let structure = operation.info().input;
    let mut given = flags::read(structure, matches)?;
    make_up_tokens(operation, &mut given);
    let found = rules::check(operation, given.input.value());
    if found.has_errors() {
        return Err(CliError::Input(findings::render(structure, &given, found)));
    }
    if !found.is_empty() {
        output::said(&findings::render(structure, &given, found));
    }
    Ok(given.input.value().clone())
}

/// Carries out an operation and prints its answer.
pub(crate) async fn send(context: &Context, operation: Operation, input: Value) -> Result<(), CliError> {
    let call = async |input: &Value| call(context, operation, input).await;
    let answer = pages::all(operation, input, call).await?;
    output::answer(operation.info().output, answer)
}

/// Calls an operation once.
pub(crate) async fn call(context: &Context, operation: Operation, input: &Value) -> Result<Value, CliError> {
    context.local.call(operation, input).await.map_err(|error| CliError::calling(operation, error))
}

/// A token makes a repeated request recognisable; who gives none gets a fresh one.
fn make_up_tokens(operation: Operation, given: &mut Given) {
    for member in operation.info().input.members.iter().filter(|member| member.role == Role::Token) {
        let absent = given.input.value().as_object().is_some_and(|input| !input.contains_key(member.name));
        if absent {
            let origin = Origin { flag: flag(member.name), document: None };
            given.input.set(member.name, Uuid::new_v4().to_string().into(), origin);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn prepared(operation: Operation, words: &[&str]) -> Result<Value, CliError> {
        let command = flags::define(clap::Command::new("x").no_binary_name(true), operation.info().input);
        prepare(operation, &command.try_get_matches_from(words)?)
    }

    #[test]
    fn a_good_input_passes_as_it_is() {
        let input = prepared(Operation::CancelJob, &["--job-id", "j", "--reason", "r"]).expect("an input");
        assert_eq!(input, json!({"jobId": "j", "reason": "r"}));
    }

    #[test]
    fn a_bad_input_goes_nowhere() {
        let error = prepared(Operation::CancelJob, &[]).expect_err("findings");
        assert_eq!((error.exit_code(), error.text().lines().count()), (252, 2));
    }

    #[test]
    fn tokens_are_made_up_when_absent() {
        let token = |words: &[&str]| {
            let input = prepared(Operation::UpdateConsumableResource, words).expect("an input");
            input["clientToken"].as_str().unwrap_or_default().to_owned()
        };
        let words = ["--consumable-resource", "r"];
        let (one, other) = (token(&words), token(&words));
        assert!(one.len() == 36 && one != other, "{one} {other}");
        assert_eq!(token(&[words[0], words[1], "--client-token", "mine"]), "mine");
    }
}
