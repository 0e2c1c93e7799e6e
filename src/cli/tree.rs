//! The commands: which there are, and the one that is meant built in full.
//!
//! A process runs one command, so only that one gets its flags; the others are names.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, value_parser};

use crate::api::Operation;
use crate::api::operation::kebab;
use crate::api::shape::prose;
use crate::cli::commands::Everyday;
use crate::cli::flags::{self, forever};
use crate::rules::nearest;

/// The id of the option that names the home.
pub(crate) const HOME: &str = "kiln-home";
/// The id of the option that names the region.
pub(crate) const REGION: &str = "kiln-region";

/// What the exit codes mean, for all commands that have none of a job.
pub(crate) const EXIT_CODES: &str =
    "Exit codes: 0 done, 252 bad input, 253 no engine, 254 refused, 255 other.";

/// The place of an option behind all others.
const LAST: usize = 900;

/// A command that was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// An operation of the API.
    Operation(Operation),
    /// One of kiln's own.
    Everyday(Everyday),
}

impl Chosen {
    /// The command of that name.
    pub(crate) fn find(name: &str) -> Option<Self> {
        let everyday = || Everyday::ALL.into_iter().find(|command| command.name() == name);
        // In the API's own spelling it is a mistake, as it is for the AWS CLI.
        let operation = || Operation::find(name).filter(|_| !name.contains(|c: char| c.is_ascii_uppercase()));
        everyday().map(Self::Everyday).or_else(|| operation().map(Self::Operation))
    }

    /// The command with its flags.
    fn command(self) -> Command {
        match self {
            Self::Everyday(command) => command.command(),
            Self::Operation(operation) => {
                let info = operation.info();
                let command =
                    Command::new(forever(operation.command())).about(prose(info.doc)).after_help(EXIT_CODES);
                flags::define(command, info.input)
            }
        }
    }
}

/// The program with the one command that is meant, if any.
pub(crate) fn program(chosen: Option<Chosen>) -> Command {
    let program = Command::new("kiln")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Run AWS Batch workflows anywhere: the commands of `aws batch` against a local engine.")
        .disable_help_subcommand(true)
        .infer_long_args(true)
        .subcommand_required(true)
        .arg(
            Arg::new(REGION)
                .long("region")
                .value_name("REGION")
                .help("The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]")
                // Behind the command's own flags.
                .display_order(LAST)
                .global(true),
        )
        .arg(
            Arg::new(HOME)
                .long("home")
                .value_name("DIR")
                .help("The home of the engine. [default: KILN_HOME]")
                .value_parser(value_parser!(PathBuf))
                .action(ArgAction::Set)
                .global(true)
                .hide(true),
        );
    match chosen {
        Some(chosen) => program.subcommand(chosen.command()),
        None => program,
    }
}

/// The program with every command in full, for what is generated from it: completions and man pages.
pub fn whole() -> Command {
    let operations = Operation::ALL.iter().copied().map(Chosen::Operation);
    let commands = Everyday::ALL.into_iter().map(Chosen::Everyday).chain(operations);
    program(None).subcommands(commands.map(Chosen::command))
}

/// Verbs that other tools have, and those that the API has in their place.
const VERBS: [(&str, &[&str]); 13] = [
    ("list", &["list", "describe"]),
    ("get", &["get", "describe", "list"]),
    ("show", &["describe", "list"]),
    ("describe", &["describe", "list"]),
    ("create", &["create", "register", "submit"]),
    ("add", &["create", "register", "submit"]),
    ("register", &["register", "create"]),
    ("delete", &["delete", "deregister", "terminate"]),
    ("remove", &["delete", "deregister", "terminate"]),
    ("deregister", &["deregister", "delete"]),
    ("run", &["submit"]),
    ("kill", &["terminate"]),
    ("stop", &["terminate"]),
];

/// The command that does the same under another verb, or for several.
fn same_in_other_words(name: &str) -> Option<String> {
    let (verb, noun) = name.split_once('-')?;
    let (_, verbs) = VERBS.iter().find(|(known, _)| *known == verb)?;
    let nouns = [
        Some(noun.to_owned()),
        Some(format!("{noun}s")),
        noun.strip_suffix('s').map(str::to_owned),
        noun.strip_suffix('y').map(|stem| format!("{stem}ies")),
    ];
    let names =
        verbs.iter().flat_map(|verb| nouns.iter().flatten().map(move |noun| format!("{verb}-{noun}")));
    names.into_iter().find(|name| Chosen::find(name).is_some())
}

/// The command that was probably meant by an unknown one.
pub(crate) fn meant(name: &str) -> Option<String> {
    if let Some(name) = same_in_other_words(name) {
        return Some(name);
    }
    let operations = Operation::ALL.iter().map(|operation| operation.command());
    let names: Vec<_> =
        Everyday::ALL.into_iter().map(|command| command.name().to_owned()).chain(operations).collect();
    nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
}

/// The operation that was probably meant by an unknown one.
pub(crate) fn meant_operation(name: &str) -> Option<String> {
    let names: Vec<_> = Operation::ALL.iter().map(|operation| operation.command()).collect();
    let name = kebab(name);
    nearest(&name, names.iter().map(String::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_well_formed() {
        let operations = Operation::ALL.iter().copied().map(Chosen::Operation);
        for chosen in operations.chain(Everyday::ALL.into_iter().map(Chosen::Everyday)) {
            program(Some(chosen)).debug_assert();
        }
    }

    #[test]
    fn no_flag_hides_a_global_option() {
        for operation in Operation::ALL {
            let command = Chosen::Operation(*operation).command();
            let flags: Vec<_> = command.get_arguments().filter_map(Arg::get_long).collect();
            for global in ["region", "home", "help"] {
                assert!(!flags.contains(&global), "{} has --{global}", operation.name());
            }
        }
    }

    #[test]
    fn commands_are_found_by_their_names_only() {
        assert_eq!(Chosen::find("submit-job"), Some(Chosen::Operation(Operation::SubmitJob)));
        assert_eq!(Chosen::find("wait"), Some(Chosen::Everyday(Everyday::Wait)));
        assert_eq!(Chosen::find("SubmitJob"), None);
        assert_eq!(Chosen::find("submit"), None);
    }

    #[test]
    fn near_names_are_suggested() {
        assert_eq!(meant("submit-jobs").as_deref(), Some("submit-job"));
        assert_eq!(meant("SubmitJob").as_deref(), Some("submit-job"));
        assert_eq!(meant("log").as_deref(), Some("logs"));
        assert_eq!(meant("frobnicate"), None);
        assert_eq!(meant("list-x"), None);
        for (name, other) in [
            ("list-job-queues", "describe-job-queues"),
            ("list-compute-environments", "describe-compute-environments"),
            ("list-job-definitions", "describe-job-definitions"),
            ("describe-job", "describe-jobs"),
            ("get-job", "describe-jobs"),
            ("list-job", "list-jobs"),
            ("list-scheduling-policy", "list-scheduling-policies"),
            ("create-job-definition", "register-job-definition"),
            ("delete-job-definitions", "deregister-job-definition"),
            ("run-job", "submit-job"),
        ] {
            assert_eq!(meant(name).as_deref(), Some(other));
        }
    }
}
