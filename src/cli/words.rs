//! The words of the command line before clap sees them: which command is meant, and the few habits of the AWS
//! CLI that clap does not have.

use std::ffi::{OsStr, OsString};

/// The global options that take their value as the next word.
const GLOBALS: [&str; 2] = ["--home", "--region"];

/// Where the command stands: the first word that is neither an option nor the value of one.
pub(crate) fn command_at(words: &[OsString]) -> Option<usize> {
    let mut at = 1;
    while let Some(word) = words.get(at) {
        let word = word.to_string_lossy();
        if !word.starts_with('-') {
            return Some(at);
        }
        // Abbreviated options count too, as clap takes them.
        let takes_next = word.len() > 2 && GLOBALS.iter().any(|global| global.starts_with(&*word));
        at += if takes_next { 2 } else { 1 };
    }
    None
}

/// The options before the command, or all there are.
pub(crate) fn before(words: &[OsString], command: Option<usize>) -> impl Iterator<Item = String> {
    let words = words.get(1..command.unwrap_or(words.len())).unwrap_or_default();
    let words = words.iter().map(|word| word.to_string_lossy().into_owned());
    words.filter(|word| word.starts_with('-'))
}

/// Whether an option is one of the program itself.
pub(crate) fn is_global(option: &str) -> bool {
    let name = option.split('=').next().unwrap_or_default();
    let long = || GLOBALS.iter().chain(&["--help", "--version"]).any(|global| global.starts_with(name));
    ["-h", "-V", "--"].contains(&name) || (name.len() > 2 && long())
}

/// What to do about a line that was pasted behind `kiln` with the words that are before the command for the AWS
/// CLI. The first word is where the command should be.
pub(crate) fn pasted(words: &[OsString]) -> Option<String> {
    let noise = match words {
        [batch, ..] if batch == "batch" => 1,
        [aws, batch, ..] if aws == "aws" && batch == "batch" => 2,
        _ => return None,
    };
    let hint = format!("leave out {:?}", if noise == 1 { "batch" } else { "aws batch" });
    let Some(command) = words.get(noise) else { return Some(hint) };
    let more = if words.len() > noise + 1 { " ..." } else { "" };
    Some(format!("{hint}: kiln {}{more}", command.to_string_lossy()))
}

/// Rewrites what clap would take otherwise: `help`, before or behind the command, means `--help`; a word with a
/// dash and a space in it (`- x`) is the value of the option before it.
pub(crate) fn adapted(mut words: Vec<OsString>) -> Vec<OsString> {
    if let Some(at) = command_at(&words) {
        if words[at] == "help" {
            words.remove(at);
            words.push("--help".into());
        } else if words.len() == at + 2 && words[at + 1] == "help" {
            words[at + 1] = "--help".into();
        }
    }
    let mut adapted: Vec<OsString> = Vec::with_capacity(words.len());
    for word in words {
        match adapted.last_mut() {
            Some(option) if is_sentence(&word) && is_bare_option(option) => {
                option.push("=");
                option.push(&word);
            }
            _ => adapted.push(word),
        }
    }
    adapted
}

fn is_bare_option(word: &OsStr) -> bool {
    word.to_str().is_some_and(|word| word.starts_with("--") && word.len() > 2 && !word.contains('='))
}

/// Whether a word begins with a dash and yet cannot be an option, because of a space in its name.
fn is_sentence(word: &OsStr) -> bool {
    let Some(word) = word.to_str() else { return false };
    word.starts_with('-') && word.split('=').next().is_some_and(|name| name.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &[&str]) -> Vec<OsString> {
        text.iter().map(OsString::from).collect()
    }

    #[test]
    fn the_command_is_found_behind_global_options() {
        for (line, at) in [
            (&["kiln"][..], None),
            (&["kiln", "--version"], None),
            (&["kiln", "list-jobs", "--x"], Some(1)),
            (&["kiln", "--region", "r", "list-jobs"], Some(3)),
            (&["kiln", "--region=r", "list-jobs"], Some(2)),
            (&["kiln", "--hom", "/h", "list-jobs"], Some(3)),
            (&["kiln", "--region"], None),
        ] {
            assert_eq!(command_at(&words(line)), at, "{line:?}");
        }
    }

    #[test]
    fn help_may_be_a_word() {
        for (line, meant) in [
            (&["kiln", "help"][..], &["kiln", "--help"][..]),
            (&["kiln", "help", "list-jobs"], &["kiln", "list-jobs", "--help"]),
            (&["kiln", "list-jobs", "help"], &["kiln", "list-jobs", "--help"]),
            (&["kiln", "submit-job", "--job-name", "help"], &["kiln", "submit-job", "--job-name", "help"]),
        ] {
            assert_eq!(adapted(words(line)), words(meant));
        }
    }

    #[test]
    fn a_sentence_with_a_dash_is_a_value() {
        let line = ["kiln", "cancel-job", "--reason", "- not now", "--job-id", "--x=a b", "-1"];
        let meant = ["kiln", "cancel-job", "--reason=- not now", "--job-id", "--x=a b", "-1"];
        assert_eq!(adapted(words(&line)), words(&meant));
    }
}
