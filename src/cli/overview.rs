//! What `kiln --help` shows: all commands in groups.

use clap::Command;

use crate::api::Operation;
use crate::api::shape::prose;
use crate::cli::commands::Everyday;
use crate::cli::flags::forever;
use crate::cli::tree;

/// A group of operations.
struct Group {
    heading: &'static str,
    /// The words of the resource. An operation belongs to the first group that has a word of its name.
    words: &'static [&'static str],
    /// Whether the local engine carries its operations out.
    is_local: bool,
}

/// The groups in the order in which they are shown: what is used most comes last, where it stays on the screen.
const GROUPS: [Group; 10] = [
    later("Service environments", &["service-environment"]),
    later("Service jobs", &["service-job"]),
    later("Quota shares", &["quota-share"]),
    later("Consumable resources", &["consumable-resource"]),
    local("Tags", &["tag"]),
    local("Scheduling policies", &["scheduling-polic"]),
    local("Compute environments", &["compute-environment"]),
    local("Job queues", &["job-queue"]),
    local("Job definitions", &["job-definition"]),
    local("Jobs", &["-job", "-jobs"]),
];

/// What the local engine does not carry out of the other groups; `engine/change` has them all.
const LATER: [Operation; 2] = [Operation::CancelJobs, Operation::TerminateJobs];

/// Behind a heading whose operations the local engine does not carry out.
const NOT_YET: &str = "not in the local engine yet";

const AFTER: &str = "\
    * not in the local engine yet\n\
    KILN_HOME is the directory of the engine [default: XDG_STATE_HOME/kiln, else ~/.local/state/kiln].\n\
    `kiln COMMAND --help` explains a command and its flags.";

const fn local(heading: &'static str, words: &'static [&'static str]) -> Group {
    Group { heading, words, is_local: true }
}

const fn later(heading: &'static str, words: &'static [&'static str]) -> Group {
    Group { heading, words, is_local: false }
}

/// The program whose help is the overview.
pub(crate) fn program() -> Command {
    let options = "{about}\n\n{usage-heading} {usage}\n\nOptions:\n{options}";
    let template = format!("{options}\n{}{{after-help}}\n", commands().trim_end());
    tree::program(None)
        .override_usage("kiln [OPTIONS] COMMAND [FLAGS]")
        .subcommand_required(false)
        .arg_required_else_help(false)
        .help_template(template)
        .after_help(AFTER)
}

/// All commands with a line each, under the headings of their groups.
fn commands() -> String {
    let mut list = Command::new("list").help_template("{subcommands}").disable_help_subcommand(true);
    let mut heads = Vec::new();
    for (heading, members) in groups() {
        heads.extend(members.first().map(|(name, _)| (*name, heading.clone())));
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

fn groups() -> Vec<(String, Vec<Line>)> {
    let everyday = Everyday::ALL.into_iter().map(|command| {
        let about = command.command().get_about().map(ToString::to_string).unwrap_or_default();
        (command.name(), first_sentence(&about))
    });
    let mut groups = Vec::new();
    for (place, Group { heading, is_local, .. }) in GROUPS.iter().enumerate() {
        let members = Operation::ALL.iter().copied().filter(|operation| group_of(*operation) == place);
        let heading = if *is_local { (*heading).to_owned() } else { format!("{heading} ({NOT_YET})") };
        groups.push((heading, members.map(line).collect()));
    }
    groups.push(("Everyday commands".to_owned(), everyday.collect()));
    groups
}

fn line(operation: Operation) -> Line {
    let star = if LATER.contains(&operation) { " *" } else { "" };
    (forever(operation.command()), first_sentence(&prose(operation.info().doc)) + star)
}

/// The group of an operation: that of the resource its name ends with.
fn group_of(operation: Operation) -> usize {
    let name = operation.command();
    let exact = |words: &[&str]| words.iter().any(|word| name.contains(word));
    // A name has the word of a job in many places, so jobs come last.
    let jobs = GROUPS.iter().position(|group| group.heading == "Jobs").unwrap_or_default();
    let others = GROUPS.iter().enumerate().filter(|(place, _)| *place != jobs);
    others.filter(|(_, group)| exact(group.words)).map(|(place, _)| place).next().unwrap_or(jobs)
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
            assert_eq!(GROUPS[group_of(operation)].heading, heading, "{operation:?}");
        }
    }

    #[test]
    fn what_the_engine_lacks_is_marked() {
        let is_later =
            |operation: &Operation| LATER.contains(operation) || !GROUPS[group_of(*operation)].is_local;
        let (later, local): (Vec<Operation>, Vec<Operation>) =
            Operation::ALL.iter().partition(|o| is_later(o));
        assert_eq!((later.len(), local.len()), (23, 25), "{local:?}");
        let text = program().render_help().to_string();
        for line in ["\nService jobs (not in the local engine yet):\n  ", "\nJobs:\n", "\n* not in the local"]
        {
            assert!(text.contains(line), "{line} in {text}");
        }
        assert_eq!(text.lines().filter(|line| line.ends_with(" *")).count(), LATER.len(), "{text}");
    }

    #[test]
    fn a_screen_ends_with_what_is_used_most() {
        let text = program().render_help().to_string();
        let screen: Vec<_> = text.lines().rev().take(24).collect();
        for command in ["  init ", "  logs ", "  wait ", "  engine ", "  submit-job "] {
            assert!(screen.iter().any(|line| line.starts_with(command)), "{command} in {text}");
        }
        assert!(text.contains("KILN_HOME"), "{text}");
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
