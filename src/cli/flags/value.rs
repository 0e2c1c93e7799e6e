//! From the words behind a flag to the value of its member.

use serde_json::{Number, Value};

use super::{Form, example, pairs};
use crate::api::shape::Type;
use crate::cli::error::CliError;
use crate::cli::findings;
use crate::document::json::{Node, NodeKind, parse};
use crate::document::load::{read_source, suggest_file};
use crate::document::overlay::Origin;
use crate::document::source::Source;
use crate::rules::quote::{LONGEST_SHOWN, quoted};

const FILE: &str = "file://";

/// A flag that was given: its name with the dashes, and the type of its member.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flag<'a> {
    pub(super) name: &'a str,
    pub(super) ty: &'a Type,
}

/// A value and the text that it was written as, if that has places to point at.
type Read = (Value, Origin);

impl Flag<'_> {
    /// Reads the words that were given.
    pub(super) fn read(self, words: &[&str]) -> Result<Read, CliError> {
        let form = Form::of(self.ty);
        let word = words.first().copied().unwrap_or_default();
        match form {
            Form::Text => Ok(self.plain(self.text(word)?.into())),
            Form::Whole | Form::Decimal => {
                let text = self.text(word)?;
                Ok(self.plain(self.scalar(self.ty, text)?))
            }
            Form::Switch => Ok(self.plain(true.into())),
            Form::Words(item) => self.words(item, words),
            Form::Pairs if is_json(word) => self.document(word),
            Form::Pairs => self.pairs(word),
            Form::Object => self.document(word),
            Form::Objects => match words {
                [] => Ok(self.plain(Value::Array(Vec::new()))),
                [word] => self.list(word),
                [..] => Err(self.wants_json(&format!("found {} words", words.len()), None)),
            },
        }
    }

    /// A value without places.
    pub(super) fn plain(self, value: Value) -> Read {
        (value, Origin { flag: self.name.to_owned(), document: None })
    }

    /// One word, or the contents of the file that it names.
    fn text(self, word: &str) -> Result<String, CliError> {
        if word.starts_with("fileb://") {
            let message = format!("{}: fileb:// is for binary values, and this is text", self.name);
            return Err(CliError::Usage { message, hint: suggest_file(word) });
        }
        if !word.starts_with(FILE) {
            return Ok(word.to_owned());
        }
        Ok(self.source(word)?.text().replace("\r\n", "\n"))
    }

    fn source(self, word: &str) -> Result<Source, CliError> {
        read_source(word, self.name).map_err(|error| CliError::load(self.name, &error))
    }

    fn words(self, item: &Type, words: &[&str]) -> Result<Read, CliError> {
        if let [word] = words {
            if word.starts_with('[') {
                return self.document(word);
            }
            if word.starts_with(FILE) {
                let source = self.source(word)?;
                if source.text().trim_start().starts_with('[') {
                    return self.parsed(source);
                }
                let text = source.text().replace("\r\n", "\n");
                return Ok(self.plain(Value::Array(vec![self.scalar(item, text)?])));
            }
        }
        let items = words.iter().map(|word| self.scalar(item, (*word).to_owned()));
        Ok(self.plain(Value::Array(items.collect::<Result<_, _>>()?)))
    }

    /// A value of a type that a word can stand for.
    fn scalar(self, ty: &Type, text: String) -> Result<Value, CliError> {
        let bare = text.trim();
        let (value, expected) = match ty {
            Type::Integer | Type::Long(_) => (bare.parse::<i64>().ok().map(Value::from), "an integer"),
            Type::Float | Type::Double => {
                (bare.parse().ok().and_then(Number::from_f64).map(Value::from), "a number")
            }
            Type::Boolean => (bare.parse::<bool>().ok().map(Value::from), "true or false"),
            Type::String(_) | Type::Enum(_) | Type::List(..) | Type::Map(..) | Type::Structure(_) => {
                return Ok(text.into());
            }
        };
        value.ok_or_else(|| {
            let found = quoted(&text, LONGEST_SHOWN);
            CliError::usage(format!("{}: expected {expected}, found {found}", self.name))
        })
    }

    fn pairs(self, word: &str) -> Result<Read, CliError> {
        let value = pairs::parse(word).map_err(|error| CliError::Usage {
            message: format!("{}: {error}", self.name),
            hint: Some(
                suggest_file(word)
                    .unwrap_or_else(|| format!("or write JSON: {} {}", self.name, self.example())),
            ),
        })?;
        Ok(self.plain(value))
    }

    /// A JSON list; a single object stands for a list of one.
    fn list(self, word: &str) -> Result<Read, CliError> {
        let (value, mut origin) = self.document(word)?;
        if !value.is_object() {
            return Ok((value, origin));
        }
        if let Some((_, node)) = &mut origin.document {
            *node = Node { span: node.span, kind: NodeKind::Array(vec![node.clone()]) };
        }
        Ok((Value::Array(vec![value]), origin))
    }

    /// JSON text, or the contents of the file that the word names.
    fn document(self, word: &str) -> Result<Read, CliError> {
        if !is_json(word) {
            return Err(
                self.wants_json(&format!("found {}", quoted(word, LONGEST_SHOWN)), suggest_file(word))
            );
        }
        self.parsed(self.source(word)?)
    }

    fn parsed(self, source: Source) -> Result<Read, CliError> {
        let node = parse(source.text()).map_err(|error| findings::syntax(&source, &error))?;
        let origin = Origin { flag: self.name.to_owned(), document: Some((source, node.clone())) };
        Ok((node.to_value(), origin))
    }

    fn wants_json(self, found: &str, hint: Option<String>) -> CliError {
        let hint = hint.unwrap_or_else(|| format!("write {} {}", self.name, self.example()));
        let message =
            format!("{}: expected JSON, {found}; the shorthand syntax is not supported yet", self.name);
        CliError::Usage { message, hint: Some(hint) }
    }

    fn example(self) -> String {
        example::of(self.ty)
    }
}

/// Whether a word is JSON or a file, not shorthand.
fn is_json(word: &str) -> bool {
    word.starts_with(FILE) || word.trim_start().starts_with(['{', '['])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Operation;
    use serde_json::json;

    fn read(operation: Operation, member: &str, words: &[&str]) -> Result<Value, CliError> {
        let ty = &operation.info().input.member(member).expect("a member").ty;
        Flag { name: "--x", ty }.read(words).map(|(value, _)| value)
    }

    fn refusal(operation: Operation, member: &str, words: &[&str]) -> String {
        let error = read(operation, member, words).expect_err("a refusal");
        assert_eq!(error.exit_code(), 252);
        error.text()
    }

    #[test]
    fn each_type_reads_its_words() {
        use Operation::{CreateJobQueue, DescribeJobs, SubmitJob};
        for (operation, member, words, value) in [
            (SubmitJob, "jobName", &["a b"][..], json!("a b")),
            (CreateJobQueue, "priority", &["-1"], json!(-1)),
            (DescribeJobs, "jobs", &["a", "b,c"], json!(["a", "b,c"])),
            (DescribeJobs, "jobs", &[], json!([])),
            (DescribeJobs, "jobs", &[r#"["a"]"#], json!(["a"])),
            (SubmitJob, "tags", &["a=1,b=2"], json!({"a": "1", "b": "2"})),
            (SubmitJob, "tags", &[r#"{"a": "1"}"#], json!({"a": "1"})),
            (
                SubmitJob,
                "timeout",
                &[r#"{"attemptDurationSeconds": 60}"#],
                json!({"attemptDurationSeconds": 60}),
            ),
            (SubmitJob, "dependsOn", &[r#"[{"jobId": "j"}]"#], json!([{"jobId": "j"}])),
            (SubmitJob, "dependsOn", &[r#"{"jobId": "j"}"#], json!([{"jobId": "j"}])),
        ] {
            assert_eq!(read(operation, member, words).expect("a value"), value, "{member} {words:?}");
        }
    }

    #[test]
    fn files_stand_for_their_contents() {
        let directory = tempfile::tempdir().expect("a directory");
        let file = |name: &str, text: &str| {
            std::fs::write(directory.path().join(name), text).expect("a file");
            format!("file://{}/{name}", directory.path().display())
        };
        let text = file("text", "a\r\nb\n");
        assert_eq!(read(Operation::SubmitJob, "jobName", &[&text]).expect("text"), json!("a\nb\n"));
        let number = file("number", "7\n");
        assert_eq!(read(Operation::CreateJobQueue, "priority", &[&number]).expect("a number"), json!(7));
        let list = file("list", " [\"a\"]");
        assert_eq!(read(Operation::DescribeJobs, "jobs", &[&list]).expect("a list"), json!(["a"]));
    }

    #[test]
    fn what_does_not_fit_is_explained() {
        assert_eq!(
            refusal(Operation::CreateJobQueue, "priority", &["high"]),
            "kiln: error: --x: expected an integer, found \"high\"\n"
        );
        assert_eq!(
            refusal(Operation::SubmitJob, "timeout", &["attemptDurationSeconds=60"]),
            "kiln: error: --x: expected JSON, found \"attemptDurationSeconds=60\"; the shorthand syntax is not \
             supported yet\nhint: write --x '{\"attemptDurationSeconds\": ...}'\n"
        );
        assert_eq!(
            refusal(Operation::SubmitJob, "tags", &["a"]),
            "kiln: error: --x: expected KEY=VALUE, found \"a\"\nhint: or write JSON: --x '{\"KEY\": \"VALUE\"}'\n"
        );
        assert_eq!(
            refusal(Operation::SubmitJob, "jobName", &["file:///nowhere/x"]),
            "kiln: error: --x: cannot read /nowhere/x: no such file or directory\n"
        );
        assert_eq!(
            refusal(Operation::SubmitJob, "jobName", &["fileb://x"]),
            "kiln: error: --x: fileb:// is for binary values, and this is text\nhint: write file://x\n"
        );
        let named = refusal(Operation::SubmitJob, "timeout", &["none.json"]);
        assert!(named.ends_with("hint: did you mean file://none.json?\n"), "{named}");
        let broken = refusal(Operation::SubmitJob, "timeout", &["{\"a\": }"]);
        assert!(broken.starts_with("kiln: error: --x:1:7: "), "{broken}");
    }
}
