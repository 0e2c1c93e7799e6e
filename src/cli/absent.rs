//! The options of the AWS CLI that kiln does not have. They are habits of many hands, so they are known by name
//! instead of being taken for misspelt flags.

use crate::cli::error::CliError;

/// Each with what to do instead, where there is something.
const ABSENT: [(&str, Option<&str>); 20] = [
    ("--query", Some("answers are JSON: pipe them into jq")),
    ("--output", Some("leave it out: answers are JSON")),
    ("--max-items", None),
    ("--page-size", None),
    ("--starting-token", None),
    ("--no-paginate", None),
    ("--endpoint-url", None),
    ("--profile", Some("leave it out: the local engine asks for no credentials")),
    ("--no-cli-pager", Some("leave it out: there is no pager")),
    ("--debug", None),
    ("--color", Some("leave it out: nothing is coloured")),
    ("--no-sign-request", Some("leave it out: the local engine asks for no credentials")),
    ("--no-verify-ssl", None),
    ("--ca-bundle", None),
    ("--cli-read-timeout", None),
    ("--cli-connect-timeout", None),
    ("--cli-binary-format", None),
    ("--generate-cli-skeleton", None),
    ("--cli-input-yaml", Some("write the input as JSON: --cli-input-json file://FILE")),
    ("--no-cli-auto-prompt", Some("leave it out: there is no prompt")),
];

/// What to say of a word that is one of these options, with or without a value behind `=`.
pub(crate) fn refused(word: &str) -> Option<CliError> {
    let name = word.split('=').next().unwrap_or_default();
    let (name, hint) = ABSENT.iter().find(|(known, _)| *known == name)?;
    Some(CliError::Usage { message: format!("kiln does not have {name} yet"), hint: hint.map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::tree;

    #[test]
    fn they_are_named_as_what_they_are() {
        let text = |word: &str| refused(word).map(|error| error.text());
        assert_eq!(text("--page-size").as_deref(), Some("kiln: error: kiln does not have --page-size yet\n"));
        let query =
            "kiln: error: kiln does not have --query yet\nhint: answers are JSON: pipe them into jq\n";
        assert_eq!(text("--query=a").as_deref(), Some(query));
        assert!(text("--job-queue").is_none() && text("--quer").is_none());
    }

    #[test]
    fn no_command_takes_one_of_them() {
        for command in tree::whole().get_subcommands() {
            for flag in command.get_arguments().filter_map(clap::Arg::get_long) {
                // Not even as an abbreviation of a flag of its own.
                let taken = ABSENT.iter().find(|(absent, _)| flag.starts_with(&absent[2..]));
                assert!(taken.is_none(), "{} --{flag}: {taken:?}", command.get_name());
            }
        }
    }
}
