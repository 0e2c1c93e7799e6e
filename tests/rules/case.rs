//! Cases: reading them, and the short forms in which they are written.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kiln::api::Operation;
use kiln::rules::{self, Severity};
use serde::Deserialize;
use serde_json::{Map, Value};

/// One case of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// What it shows.
    pub(crate) case: String,
    /// The rules of the rule book that would be missed without it.
    #[serde(default)]
    pub(crate) covers: Vec<String>,
    /// The entry of `bases.yaml` that it starts from.
    pub(crate) base: Option<String>,
    /// The operation, where there is no base.
    pub(crate) operation: Option<String>,
    /// The input, where there is no base.
    pub(crate) input: Option<Value>,
    /// The paths to leave out of the base.
    #[serde(default)]
    pub(crate) remove: Vec<String>,
    /// The values to set in the base, by path.
    #[serde(default)]
    pub(crate) set: Map<String, Value>,
    /// What is found.
    pub(crate) expect: Expect,
}

/// What a case expects.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Expect {
    /// `ok`: nothing is found.
    Word(String),
    /// Exactly these findings.
    Findings(Vec<Expected>),
}

/// A finding that a case expects.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    /// The id of the rule.
    #[serde(default)]
    pub(crate) rule: String,
    /// Where.
    pub(crate) path: String,
    /// How bad: an error unless said otherwise.
    #[serde(default = "error")]
    pub(crate) severity: String,
}

fn error() -> String {
    "error".to_owned()
}

/// An entry of `bases.yaml`.
#[derive(Debug, Deserialize)]
pub(crate) struct Base {
    pub(crate) operation: String,
    pub(crate) input: Value,
}

/// The folder of the cases.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// The inputs that cases and examples start from.
pub(crate) fn bases() -> BTreeMap<String, Base> {
    read(&folder().join("bases.yaml"))
}

/// A YAML file as data.
pub(crate) fn read<T: serde::de::DeserializeOwned>(file: &Path) -> T {
    let text = fs::read_to_string(file).unwrap();
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The YAML files below a folder, in order.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.extend(path.extension().is_some_and(|end| end == "yaml").then_some(path)),
        }
    }
    found.sort();
    found
}

/// Every case with the file it stands in.
pub(crate) fn all() -> Vec<(PathBuf, Case)> {
    let is_cases = |file: &PathBuf| !["bases.yaml", "waivers.yaml"].iter().any(|name| file.ends_with(name));
    let files = files(&folder()).into_iter().filter(is_cases);
    files
        .flat_map(|file| read::<Vec<Case>>(&file).into_iter().map(move |case| (file.clone(), case)))
        .collect()
}

impl Case {
    /// Whether it covers a fact or expects a rule of that name.
    pub(crate) fn names(&self, name: &str) -> bool {
        let expects = match &self.expect {
            Expect::Word(_) => false,
            Expect::Findings(findings) => findings.iter().any(|finding| finding.rule == name),
        };
        expects || self.covers.iter().any(|id| id == name)
    }

    /// The operation and the input.
    pub(crate) fn input(&self, bases: &BTreeMap<String, Base>) -> (Operation, Value) {
        let (operation, mut input) = match (&self.base, &self.operation, &self.input) {
            (Some(base), None, None) => {
                let base = bases.get(base).unwrap_or_else(|| panic!("{}: no base {base}", self.case));
                (base.operation.as_str(), base.input.clone())
            }
            (None, Some(operation), Some(input)) => (operation.as_str(), input.clone()),
            _ => panic!("{}: a case has a base, or an operation and an input", self.case),
        };
        for path in &self.remove {
            remove(&mut input, path).unwrap_or_else(|| panic!("{}: nothing to remove at {path}", self.case));
        }
        for (path, value) in &self.set {
            set(&mut input, path, value.clone());
        }
        let operation = Operation::find(operation).unwrap_or_else(|| panic!("{}: no {operation}", self.case));
        (operation, expand(input))
    }

    /// What is found, and what was expected instead if that differs.
    pub(crate) fn mismatch(&self, bases: &BTreeMap<String, Base>) -> Option<String> {
        let (operation, input) = self.input(bases);
        mismatch(operation, &input, &self.expect)
    }
}

/// What is found in an input, and what was expected instead if that differs.
pub(crate) fn mismatch(operation: Operation, input: &Value, expect: &Expect) -> Option<String> {
    let found: Vec<_> = rules::check(operation, input)
        .into_iter()
        .map(|finding| {
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            let line = format!("{severity} {} at {}: {}", finding.rule, finding.path, finding.message);
            let expected = Expected {
                rule: finding.rule.to_owned(),
                path: finding.path.to_string(),
                severity: severity.to_owned(),
            };
            (expected, line)
        })
        .collect();
    let expected: &[Expected] = match expect {
        Expect::Word(word) if word == "ok" => &[],
        Expect::Word(word) => panic!("{word} is not ok"),
        Expect::Findings(expected) => expected,
    };
    if found.iter().map(|(found, _)| found).eq(expected) {
        return None;
    }
    let wanted: Vec<_> =
        expected.iter().map(|e| format!("    {} {} at {}", e.severity, e.rule, e.path)).collect();
    let found: Vec<_> = found.into_iter().map(|(_, line)| format!("    {line}")).collect();
    Some(format!("  wanted:\n{}\n  found:\n{}", wanted.join("\n"), found.join("\n")))
}

/// The steps of a path: `a.b[0]["x.y"]`.
fn steps(path: &str) -> Vec<String> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        rest = rest.strip_prefix('.').unwrap_or(rest);
        if let Some(quoted) = rest.strip_prefix("[\"") {
            let (name, after) = quoted.split_once("\"]").expect("a closing quote and bracket");
            steps.push(name.to_owned());
            rest = after;
        } else if let Some(index) = rest.strip_prefix('[') {
            let (index, after) = index.split_once(']').expect("a closing bracket");
            steps.push(index.to_owned());
            rest = after;
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            steps.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
    }
    steps
}

/// Takes a value out of an input.
pub(crate) fn remove(input: &mut Value, path: &str) -> Option<Value> {
    let steps = steps(path);
    let (last, before) = steps.split_last()?;
    let mut at = input;
    for step in before {
        at = match at {
            Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?)?,
            _ => at.get_mut(step)?,
        };
    }
    match at {
        Value::Array(items) => {
            let position = last.parse().ok().filter(|position| *position < items.len())?;
            Some(items.remove(position))
        }
        _ => at.as_object_mut()?.shift_remove(last),
    }
}

/// Puts a value into an input, with the objects and items on the way to it.
pub(crate) fn set(input: &mut Value, path: &str, value: Value) {
    *at(input, path) = value;
}

/// The value at a path, made if need be, with the objects and items on the way to it.
pub(crate) fn at<'v>(input: &'v mut Value, path: &str) -> &'v mut Value {
    let mut at = input;
    for step in steps(path) {
        let position: Option<usize> = step.parse().ok();
        if at.is_null() {
            *at = if position.is_some() { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
        }
        at = match at {
            Value::Array(items) => {
                let position = position.unwrap_or_else(|| panic!("{path}: {step} is no position"));
                assert!(position <= items.len(), "{path}: there are only {} items", items.len());
                if position == items.len() {
                    items.push(Value::Null);
                }
                &mut items[position]
            }
            _ => &mut at[step.as_str()],
        };
    }
    at
}

/// Writes out the short forms.
pub(crate) fn expand(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(repeated(&text)),
        Value::Array(items) => Value::Array(items.into_iter().flat_map(expand_item).collect()),
        Value::Object(members) => Value::Object(members.into_iter().flat_map(expand_member).collect()),
        other => other,
    }
}

fn expand_item(item: Value) -> Vec<Value> {
    match (item.get("$times").and_then(Value::as_u64), item.get("$item")) {
        (Some(times), Some(item)) => (1..=times).map(|i| expand(numbered(item, i))).collect(),
        _ => vec![expand(item)],
    }
}

fn expand_member((key, value): (String, Value)) -> Vec<(String, Value)> {
    let times = key.strip_prefix("$times ").and_then(|rest| rest.split_once(' '));
    match times {
        Some((times, key)) => (1..=times.parse().unwrap())
            .map(|i| (repeated(&key.replace("{{i}}", &i.to_string())), expand(numbered(&value, i))))
            .collect(),
        None => vec![(repeated(&key), expand(value))],
    }
}

/// The value with its number in place of `{{i}}`.
fn numbered(value: &Value, i: u64) -> Value {
    let text = value.to_string().replace("{{i}}", &i.to_string());
    serde_json::from_str(&text).unwrap()
}

/// The text with `{{TEXT*N}}` written out.
fn repeated(text: &str) -> String {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((inside, behind)) = after.split_once("}}") else { break };
        whole.push_str(before);
        match inside.rsplit_once('*').and_then(|(text, times)| Some((text, times.parse().ok()?))) {
            Some((text, times)) => whole.push_str(&text.repeat(times)),
            None => whole.push_str(&format!("{{{{{inside}}}}}")),
        }
        rest = behind;
    }
    whole + rest
}

#[test]
fn short_forms_are_written_out() {
    use serde_json::json;
    let short = json!({"a": "x{{ab*3}}y", "l": [1, {"$times": 2, "$item": {"n": "v{{i}}"}}], "m": {"$times 2 k{{i}}": "v"}});
    let long = json!({"a": "xabababy", "l": [1, {"n": "v1"}, {"n": "v2"}], "m": {"k1": "v", "k2": "v"}});
    assert_eq!(expand(short), long);
}

#[test]
fn paths_lead_into_lists_and_quoted_keys() {
    use serde_json::json;
    let mut input = json!({"a": [{"b": 1}]});
    set(&mut input, "a[0][\"x.y\"]", json!(2));
    set(&mut input, "a[1].c[0]", json!(3));
    assert_eq!(input, json!({"a": [{"b": 1, "x.y": 2}, {"c": [3]}]}));
    assert_eq!(remove(&mut input, "a[0].b"), Some(json!(1)));
    assert_eq!(remove(&mut input, "a[7]"), None);
}
