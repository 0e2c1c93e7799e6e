//! The rules about texts: what is reported before there is an input to judge.

use crate::api::Operation::SubmitJob;
use crate::rules::context::Context;
use crate::rules::registry::rules;

rules! {
    /// A file can be read.
    ///
    /// A file that does not exist, that the user may not read, that is larger than 10 MiB or that is not UTF-8 cannot
    /// be checked.
    error FILE = "INPUT-FILE" {
        guide: "kiln: input files",
        from: [],
        on: Context::text(SubmitJob),
        wrong: "kiln validate no-such-file.json",
        right: "kiln validate job.json",
    }

    /// A text is JSON or YAML.
    ///
    /// JSON is strict: double quotes, no comments, no comma behind the last member. YAML is version 1.2: yes, no, on
    /// and off are strings, merge keys do not exist. In both, a name may occur only once in an object.
    error SYNTAX = "INPUT-SYNTAX" {
        guide: "kiln: input files",
        from: [],
        on: Context::text(SubmitJob),
        wrong: r#"{"jobName": "a", "jobName": "b"}"#,
        right: r#"{"jobName": "a", "jobQueue": "b"}"#,
    }

    /// A file tells which operation it is for.
    ///
    /// The operation is recognised from the members where only one fits. Where several do, or none, say it with
    /// --operation, or in a YAML file with a comment above the document.
    error OPERATION = "INPUT-OPERATION" {
        guide: "kiln: input files",
        from: [],
        on: Context::text(SubmitJob),
        wrong: "jobQueue: default",
        right: "# kiln: list-jobs\njobQueue: default",
    }

    /// Files in a directory are inputs of operations.
    ///
    /// A JSON or YAML file that fits no operation is left out where a whole directory is checked; name it, or say the
    /// operation, to have it checked.
    warning SKIPPED = "INPUT-SKIPPED" {
        guide: "kiln: input files",
        from: [],
        on: Context::text(SubmitJob),
        wrong: "kiln validate .    # with a package.json among the files",
        right: "kiln validate jobs/",
    }
}
