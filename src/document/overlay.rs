//! The overlay: an input document with flags laid over it.

use serde_json::{Map, Value};

use crate::document::json::{Finder, Node};
use crate::document::render::Where;
use crate::document::source::Source;
use crate::rules::{Finding, Path};

/// Where the value of a member came from, if not from the base document.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The flag, with its dashes: `--job-name`.
    pub flag: String,
    /// The JSON text that was its value, if it was any: written behind the flag or read from a file.
    pub document: Option<(Source, Node)>,
}

/// An input, and where each of its members came from.
#[derive(Debug, Clone)]
pub struct Input {
    root: Value,
    base: Option<(Source, Node)>,
    flags: Vec<(String, Origin)>,
}

impl Input {
    /// The input that a base document makes, or an empty one.
    pub fn new(base: Option<(Source, Node)>) -> Self {
        let root = base.as_ref().map_or_else(|| Value::Object(Map::new()), |(_, node)| node.to_value());
        Self { root, base, flags: Vec::new() }
    }

    /// Replaces a top-level member as a whole by the value of a flag. The member keeps its position in the
    /// document, or comes last. Does nothing to a document that is no object, which the checks refuse anyway.
    pub fn set(&mut self, member: &str, value: Value, flag: Origin) {
        let Some(members) = self.root.as_object_mut() else { return };
        members.insert(member.to_owned(), value);
        self.flags.retain(|(other, _)| other != member);
        self.flags.push((member.to_owned(), flag));
    }

    /// The input as a whole.
    pub fn value(&self) -> &Value {
        &self.root
    }

    /// The flag that gave the value at `path`, if a flag did.
    pub fn origin(&self, path: &Path) -> Option<&str> {
        self.flag(path).map(|(_, origin)| origin.flag.as_str())
    }

    /// Where findings about this input are.
    pub fn places(&self) -> Places<'_> {
        Places {
            input: self,
            base: self.base.as_ref().map(|(source, node)| (source, Finder::new(node))),
            flags: self
                .flags
                .iter()
                .map(|(_, origin)| origin.document.as_ref().map(|(source, node)| (source, Finder::new(node))))
                .collect(),
        }
    }

    /// The position of the flag that gave the value at `path`, and the flag.
    fn flag(&self, path: &Path) -> Option<(usize, &Origin)> {
        let member = path.member()?;
        let position = self.flags.iter().position(|(name, _)| name == member)?;
        Some((position, &self.flags[position].1))
    }
}

/// Finds the places of findings about one input.
#[derive(Debug)]
pub struct Places<'i> {
    input: &'i Input,
    base: Option<(&'i Source, Finder<'i>)>,
    flags: Vec<Option<(&'i Source, Finder<'i>)>>,
}

impl<'i> Places<'i> {
    /// Where a finding is: in a text, or in the value of a flag.
    pub fn of(&self, finding: &Finding) -> Where<'i> {
        let flag = self.input.flag(&finding.path);
        let place = match flag {
            // The flag's document is the value of the member, so the way in it starts behind the member.
            Some((position, _)) => {
                let below = finding.path.segments().get(1..).unwrap_or_default();
                self.flags[position]
                    .as_ref()
                    .and_then(|(source, finder)| Some((*source, finder.find(below, finding.at)?)))
            }
            None => self.base.as_ref().and_then(|(source, finder)| {
                Some((*source, finder.find(finding.path.segments(), finding.at)?))
            }),
        };
        match (place, flag) {
            (Some((source, span)), _) => Where::At(source, span),
            (None, Some((_, origin))) => Where::Flag(&origin.flag),
            (None, None) => Where::Nowhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::json::parse;
    use crate::document::render::{Diagnostic, Voice, text};
    use serde_json::json;

    fn document(name: &str, text: &str) -> (Source, Node) {
        (Source::new(name, text), parse(text).unwrap())
    }

    fn plain(flag: &str) -> Origin {
        Origin { flag: flag.to_owned(), document: None }
    }

    fn finding(path: Path) -> Finding {
        Finding::error("X-1", path, "is wrong")
    }

    #[test]
    fn flags_replace_members_where_they_stand() {
        let mut input = Input::new(Some(document(
            "job.json",
            r#"{"jobName": "a", "tags": {"x": "1"}, "jobQueue": "q"}"#,
        )));
        input.set("tags", json!({"y": "2"}), plain("--tags"));
        input.set("jobDefinition", json!("d"), plain("--job-definition"));
        let text = input.value().to_string();
        assert_eq!(text, r#"{"jobName":"a","tags":{"y":"2"},"jobQueue":"q","jobDefinition":"d"}"#);
        assert_eq!(input.origin(&Path::root().key("tags").key("y")), Some("--tags"));
        assert_eq!(input.origin(&Path::root().key("jobName")), None);
        assert_eq!(input.origin(&Path::root()), None);
    }

    #[test]
    fn a_later_flag_wins() {
        let mut input = Input::new(None);
        input.set("jobName", json!("a"), plain("--job-name"));
        input.set("jobName", json!("b"), plain("--name"));
        assert_eq!(input.value(), &json!({"jobName": "b"}));
        assert_eq!(input.origin(&Path::root().key("jobName")), Some("--name"));
    }

    #[test]
    fn no_flag_is_laid_over_a_list() {
        let mut input = Input::new(Some(document("job.json", "[1]")));
        input.set("jobName", json!("a"), plain("--job-name"));
        assert_eq!(input.value(), &json!([1]));
    }

    fn rendered(input: &Input, findings: &[Finding]) -> String {
        let places = input.places();
        let diagnostics: Vec<_> =
            findings.iter().map(|finding| Diagnostic::finding(finding, places.of(finding))).collect();
        text(&diagnostics, Voice::Report)
    }

    #[test]
    fn every_finding_is_shown_where_it_came_from() {
        let mut input =
            Input::new(Some(document("job.json", "{\n  \"jobName\": \"a\",\n  \"timeout\": 1\n}")));
        let text = r#"{"environment": [{"name": 1}]}"#;
        let origin = Origin {
            flag: "--container-overrides".into(),
            document: Some(document("--container-overrides", text)),
        };
        input.set("containerOverrides", json!({"environment": [{"name": 1}]}), origin);
        input.set("timeout", json!({"attemptDurationSeconds": 5}), plain("--timeout"));
        let root = Path::root;
        let name = root().key("containerOverrides").key("environment").index(0).key("name");
        let findings = [
            finding(root().key("jobName")).at_key(),
            finding(name),
            finding(root().key("containerOverrides")).at_key(),
            finding(root().key("timeout").key("attemptDurationSeconds")).with_help("wait longer".to_owned()),
            finding(root().key("timeout")),
            finding(root().key("jobQueue")),
        ];
        assert_eq!(
            rendered(&input, &findings),
            r#"error: job.json:2:3: jobName: is wrong [X-1]
  |
2 |   "jobName": "a",
  |   ^^^^^^^^^

error: --container-overrides:1:27: containerOverrides.environment[0].name: is wrong [X-1]
  |
1 | {"environment": [{"name": 1}]}
  |                           ^

error: --container-overrides:1:1: containerOverrides: is wrong [X-1]
  |
1 | {"environment": [{"name": 1}]}
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

error: --timeout: timeout.attemptDurationSeconds: is wrong [X-1]
hint: wait longer

error: --timeout: is wrong [X-1]
error: job.json:1:1: jobQueue: is wrong [X-1]
  |
1 | {
  | ^
"#
        );
    }

    #[test]
    fn without_a_document_only_the_path_is_left() {
        let input = Input::new(None);
        let findings = [finding(Path::root().key("jobQueue"))];
        assert_eq!(rendered(&input, &findings), "error: jobQueue: is wrong [X-1]\n");
    }
}
