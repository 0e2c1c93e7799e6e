//! What `kiln --help` shows: all commands in groups.

use clap::Command;

use crate::api::Operation;
use crate::api::shape::prose;
use crate::cli::commands::Everyday;
use crate::cli::flags::forever;
use crate::cli::tree;

/// The groups of operations: heading and the words of the resource, in the order in which they are shown. An
/// operation belongs to the first group that has a word of its name.
const GROUPS: [(&str, &[&str]); 10] = [
    ("Compute environments", &["compute-environment"]),
    ("Job queues", &["job-queue"]),
    ("Job definitions", &["job-definition"]),
    ("Jobs", &["-job", "-jobs"]),
    ("Scheduling policies", &["scheduling-polic"]),
    ("Tags", &["tag"]),
    ("Consumable resources", &["consumable-resource"]),
    ("Quota shares", &["quota-share"]),
    ("Service environments", &["service-environment"]),
    ("Service jobs", &["service-job"]),
];

/// The program whose help is the overview.
pub(crate) fn program() -> Command {
    let template =
        format!("{{about}}\n\n{{usage-heading}} {{usage}}\n{}\nOptions:\n{{options}}\n", commands());
    tree::program(None)
        .override_usage("kiln [OPTIONS] COMMAND [FLAGS]")
        .subcommand_required(false)
        .arg_required_else_help(false)
        .help_template(template)
        .after_help("`kiln COMMAND --help` explains a command and its flags.")
}

/// All commands with a line each, under the headings of their groups.
fn commands() -> String {
    let mut list = Command::new("list").help_template("{subcommands}").disable_help_subcommand(true);
    let mut heads = Vec::new();
    for (heading, members) in groups() {
        heads.extend(members.first().map(|(name, _)| (*name, heading)));
        list = list.subcommands(members.into_iter().map(|(name, about)| Command::new(name).about(about)));
    }
    // clap aligns and wraps them as one list; the headings go in between afterwards.
    let order = list.get_subcommands().map(|command| command.get_name().to_owned()).collect::<Vec<_>>();
    list = order
        .iter()
        .enumerate()
        .fold(list, |list, (place, name)| list.mut_subcommand(name, |command| command.display_order(place)));
    let mut text = String::new();
    for line in list.render_help().to_string().lines() {
        let name = line.strip_prefix("  ").and_then(|line| line.split(' ').next());
        if let Some((_, heading)) = heads.iter().find(|(head, _)| Some(*head) == name) {
            text.push_str(&format!("\n{heading}:\n"));
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// The name of a command and what it does.
type Line = (&'static str, String);

fn groups() -> Vec<(&'static str, Vec<Line>)> {
    let everyday = Everyday::ALL.into_iter().map(|command| {
        let about = command.command().get_about().map(ToString::to_string).unwrap_or_default();
        (command.name(), first_sentence(&about))
    });
    let mut groups = vec![("Everyday commands", everyday.collect())];
    for (place, (heading, _)) in GROUPS.iter().enumerate() {
        let members = Operation::ALL.iter().filter(|operation| group_of(**operation) == place);
        let lines = members
            .map(|operation| (forever(operation.command()), first_sentence(&prose(operation.info().doc))));
        groups.push((heading, lines.collect()));
    }
    groups
}

/// The group of an operation: that of the resource its name ends with.
fn group_of(operation: Operation) -> usize {
    let name = operation.command();
    let exact = |words: &[&str]| words.iter().any(|word| name.contains(word));
    // A name has the word of a job in many places, so jobs come last.
    let jobs = GROUPS.iter().position(|(heading, _)| *heading == "Jobs").unwrap_or_default();
    let others = GROUPS.iter().enumerate().filter(|(place, _)| *place != jobs);
    others.filter(|(_, (_, words))| exact(words)).map(|(place, _)| place).next().unwrap_or(jobs)
}

/// The first sentence, without its full stop; of a long one the part before the semicolon.
fn first_sentence(text: &str) -> String {
    let text = text.split("\n\n").next().unwrap_or_default();
    let end = text.find(". ").into_iter().chain(text.find("; ")).min().unwrap_or(text.len());
    text[..end].trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_in_its_group() {
        let groups = groups();
        let count: usize = groups.iter().map(|(_, lines)| lines.len()).sum();
        assert_eq!(count, Operation::ALL.len() + Everyday::ALL.len());
        assert!(groups.iter().all(|(_, lines)| !lines.is_empty()));
        for (operation, heading) in [
            (Operation::SubmitJob, "Jobs"),
            (Operation::CancelJobs, "Jobs"),
            (Operation::GetJobQueueSnapshot, "Job queues"),
            (Operation::RegisterJobDefinition, "Job definitions"),
            (Operation::UntagResource, "Tags"),
            (Operation::ListTagsForResource, "Tags"),
            (Operation::ListJobsByConsumableResource, "Consumable resources"),
            (Operation::SubmitServiceJob, "Service jobs"),
            (Operation::DeleteServiceEnvironment, "Service environments"),
            (Operation::ListSchedulingPolicies, "Scheduling policies"),
        ] {
            assert_eq!(GROUPS[group_of(operation)].0, heading, "{operation:?}");
        }
    }

    #[test]
    fn the_overview_has_headings_and_names() {
        let text = program().render_help().to_string();
        for line in ["\nEveryday commands:\n  init ", "\nJobs:\n  cancel-job ", "\nOptions:\n", "--region"] {
            assert!(text.contains(line), "{line} in {text}");
        }
        assert!(!text.contains("--home"), "{text}");
    }

    #[test]
    fn sentences_end_where_they_should() {
        assert_eq!(first_sentence("Does this; and that. More."), "Does this");
        assert_eq!(first_sentence("Does `a.b` this. More."), "Does `a.b` this");
        assert_eq!(first_sentence("Does.\n\nMore."), "Does");
    }
}
