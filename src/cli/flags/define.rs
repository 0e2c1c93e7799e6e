//! From the shape of an input to the flags of a command.

use clap::{Arg, ArgAction, Command};

use super::{Form, INPUT, example, forever, negative};
use crate::api::operation::kebab;
use crate::api::shape::{Enumeration, Member, Role, Structure, Type, prose};

/// Adds a flag for each member, and the option that takes a whole input.
pub(crate) fn define(command: Command, structure: &'static Structure) -> Command {
    let command = command.args_override_self(true).infer_long_args(true).next_line_help(true);
    structure
        .members
        .iter()
        .fold(command, |command, member| match Form::of(&member.ty) {
            Form::Switch => command.args(switch(member)),
            form => command.arg(option(member, form)),
        })
        .arg(input())
}

fn option(member: &'static Member, form: Form) -> Arg {
    let arg = Arg::new(member.name)
        .long(forever(kebab(member.name)))
        .value_name(placeholder(form))
        .help(help(member))
        .allow_negative_numbers(true)
        .action(ArgAction::Set);
    match form {
        // A bare flag gives an empty list.
        Form::Words(_) | Form::Objects => arg.num_args(0..),
        Form::Text | Form::Whole | Form::Decimal | Form::Switch | Form::Pairs | Form::Object => arg,
    }
}

/// The two flags of a boolean; the last one given counts.
fn switch(member: &'static Member) -> [Arg; 2] {
    let no = negative(member);
    let yes = Arg::new(member.name)
        .long(forever(kebab(member.name)))
        .help(help(member))
        .action(ArgAction::SetTrue)
        .overrides_with(no);
    let no = Arg::new(no)
        .long(no)
        .help(format!("The opposite of --{}.", kebab(member.name)))
        .action(ArgAction::SetTrue)
        .overrides_with(member.name);
    [yes, no]
}

fn input() -> Arg {
    Arg::new(INPUT)
        .long(INPUT)
        .value_name("JSON|file://FILE")
        .help("The whole input as a JSON object. Flags replace the members that they name.")
        .action(ArgAction::Set)
}

const fn placeholder(form: Form) -> &'static str {
    match form {
        Form::Text | Form::Switch => "TEXT",
        Form::Whole => "INTEGER",
        Form::Decimal => "NUMBER",
        Form::Words(Type::Integer | Type::Long(_)) => "INTEGER",
        Form::Words(_) => "TEXT",
        Form::Pairs => "KEY=VALUE,...|JSON",
        Form::Object | Form::Objects => "JSON|file://FILE",
    }
}

/// The member's doc comment, and in brackets what the comment does not say.
fn help(member: &Member) -> String {
    let mut text = prose(member.doc);
    let mut add = |note: &str| text.push_str(&format!(" [{note}]"));
    match &member.ty {
        Type::Enum(words) | Type::List(Type::Enum(words), _) => add(&words_of(words)),
        Type::List(Type::Structure(_), _) | Type::Structure(_) => {
            add(&format!("as in {}", example::of(&member.ty)));
        }
        _ => {}
    }
    match member.role {
        Role::Deprecated => add("deprecated"),
        Role::Token => add("made up if absent"),
        Role::Body | Role::Path | Role::Query => {}
    }
    if member.required {
        add("required");
    }
    text
}

fn words_of(words: &Enumeration) -> String {
    let words: Vec<_> = words.values.iter().map(|(word, _)| *word).collect();
    format!("one of {}", words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Operation;

    fn flags(operation: Operation) -> Vec<String> {
        let command = define(Command::new("x"), operation.info().input);
        command.get_arguments().filter_map(|arg| arg.get_long().map(str::to_owned)).collect()
    }

    #[test]
    fn flags_are_named_as_the_aws_cli_names_them() {
        assert!(flags(Operation::CreateComputeEnvironment).contains(&"unmanagedv-cpus".to_owned()));
        let submit = flags(Operation::SubmitJob);
        for flag in ["job-name", "depends-on", "propagate-tags", "no-propagate-tags", "cli-input-json"] {
            assert!(submit.iter().any(|known| known == flag), "{flag} in {submit:?}");
        }
        assert!(!submit.iter().any(|known| known == "no-job-name"));
    }

    #[test]
    fn help_says_what_the_comment_does_not() {
        let input = Operation::SubmitJob.info().input;
        let help = |name: &str| super::help(input.member(name).unwrap());
        assert!(help("jobName").ends_with("[required]"), "{}", help("jobName"));
        assert!(
            help("arrayProperties").ends_with("[as in '{\"size\": ...}']"),
            "{}",
            help("arrayProperties")
        );
    }
}
