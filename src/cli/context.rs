//! The surroundings of a command, looked at once: home, account and region, and who is listening.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::ArgMatches;

use crate::api::arn::Scope;
use crate::backend::Local;
use crate::cli::error::CliError;
use crate::cli::tree::{HOME, REGION};
use crate::home::Home;

/// What a command works with.
pub(crate) struct Context {
    /// The home of the engine.
    pub(crate) home: Home,
    /// The engine.
    pub(crate) local: Local,
    /// Whether a person can be asked: questions go to standard error, answers come from standard input.
    pub(crate) interactive: bool,
}

/// A variable of the environment; an empty one counts as unset.
type Variables<'a> = &'a dyn Fn(&str) -> Option<OsString>;

impl Context {
    /// Looks at the global options and the environment.
    pub(crate) fn resolve(matches: &ArgMatches) -> Result<Self, CliError> {
        let variables = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let home = home(matches)?;
        let scope = scope(matches.get_one::<String>(REGION).cloned(), &variables)?;
        let interactive = io::stdin().is_terminal() && io::stderr().is_terminal();
        Ok(Self { home: home.clone(), local: Local::new(home, scope), interactive })
    }
}

/// The home that an option names, else the environment.
pub(crate) fn home(matches: &ArgMatches) -> Result<Home, CliError> {
    match matches.get_one::<PathBuf>(HOME) {
        Some(directory) => Ok(Home::at(directory)),
        None => Home::from_environment().map_err(|error| CliError::configuration(error.to_string())),
    }
}

fn scope(region: Option<String>, variables: Variables<'_>) -> Result<Scope, CliError> {
    let first = |names: &[&str]| {
        names.iter().find_map(|name| Some(((*name).to_owned(), variables(name)?.into_string())))
    };
    let region = match region {
        Some(region) => Some(("--region".to_owned(), Ok(region))),
        None => first(&["AWS_REGION", "AWS_DEFAULT_REGION"]),
    };
    let mut scope = Scope::default();
    if let Some((name, text)) = region {
        scope.region = checked(&name, text, is_region, "a region name such as us-east-1")?;
    }
    if let Some((name, text)) = first(&["KILN_ACCOUNT"]) {
        scope.account = checked(&name, text, is_account, "an account number of 12 digits")?;
    }
    Ok(scope)
}

/// Both travel in headers and become part of ARNs, so they are looked at here, where their origin is known.
fn checked(
    name: &str,
    text: Result<String, OsString>,
    fits: fn(&str) -> bool,
    expected: &str,
) -> Result<String, CliError> {
    let text = text.unwrap_or_else(|text| text.to_string_lossy().into_owned());
    if fits(&text) {
        return Ok(text);
    }
    let message = format!("{name}: expected {expected}, found {text:?}");
    Err(if name.starts_with("--") { CliError::usage(message) } else { CliError::configuration(message) })
}

fn is_region(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(flag: Option<&str>, variables: &[(&str, &str)]) -> Result<Scope, CliError> {
        scope(flag.map(str::to_owned), &|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_nearest_word_on_the_region_counts() {
        let both = [("AWS_DEFAULT_REGION", "b"), ("AWS_REGION", "a")];
        assert_eq!(resolved(Some("c"), &both).unwrap().region, "c");
        assert_eq!(resolved(None, &both).unwrap().region, "a");
        assert_eq!(resolved(None, &both[..1]).unwrap().region, "b");
        assert_eq!(resolved(None, &[]).unwrap(), Scope::default());
    }

    #[test]
    fn accounts_have_twelve_digits() {
        assert_eq!(resolved(None, &[("KILN_ACCOUNT", "123456789012")]).unwrap().account, "123456789012");
        let error = resolved(None, &[("KILN_ACCOUNT", "12")]).unwrap_err();
        assert_eq!(error.to_string(), "KILN_ACCOUNT: expected an account number of 12 digits, found \"12\"");
        assert_eq!(error.exit_code(), 253);
        assert_eq!(resolved(Some("a b"), &[]).unwrap_err().exit_code(), 252);
    }
}
