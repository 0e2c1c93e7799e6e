//! The corpus: the examples of the guide as files, those that are right and those that are not.

use std::fs;
use std::path::{Path, PathBuf};

use kiln::api::Operation;
use kiln::document::{Format, Source};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::case::{self, Expect};
use crate::examples::merge;

/// What a file of the corpus is and what is found in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// The file, below `tests/corpus`.
    pub(crate) file: String,
    /// The operation whose input it is as a whole.
    operation: Option<String>,
    /// The base that it is laid over, where it is a part of an input only.
    base: Option<String>,
    /// The path in the base at which it is laid over; the root if empty.
    #[serde(default)]
    at: String,
    /// The paths to leave out of the base before that.
    #[serde(default)]
    remove: Vec<String>,
    /// The values to set afterwards.
    #[serde(default)]
    set: Map<String, Value>,
    /// What is found; `unreadable` if it is no JSON or YAML at all.
    pub(crate) expect: Expect,
}

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// Every entry of every list.
pub(crate) fn all() -> Vec<Entry> {
    let lists = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut lists: Vec<_> = lists.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    lists.sort();
    lists.iter().flat_map(|list| case::read::<Vec<Entry>>(list)).collect()
}

impl Entry {
    /// The operation and the whole input; nothing if the file cannot be read.
    pub(crate) fn input(&self) -> Option<(Operation, Value)> {
        let path = folder().join(&self.file);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", self.file));
        let source = Source::new(self.file.as_str(), text);
        let nodes = Format::of(&source).read(source.text()).ok()?;
        let [node] = &nodes[..] else { panic!("{}: several documents", self.file) };
        let part = node.to_value();
        let (operation, mut input) = match (&self.operation, &self.base) {
            (Some(operation), None) => (operation.clone(), part),
            (None, Some(base)) => {
                let bases = case::bases();
                let base = bases.get(base).unwrap_or_else(|| panic!("{}: no base {base}", self.file));
                let mut input = base.input.clone();
                for path in &self.remove {
                    case::remove(&mut input, path).unwrap_or_else(|| panic!("{}: {path}", self.file));
                }
                merge(case::at(&mut input, &self.at), part);
                (base.operation.clone(), input)
            }
            _ => panic!("{}: an operation or a base", self.file),
        };
        for (path, value) in &self.set {
            case::set(&mut input, path, value.clone());
        }
        Some((Operation::find(&operation).unwrap(), input))
    }
}

#[test]
fn what_is_right_passes_and_what_is_not_is_found() {
    let mut wrong = Vec::new();
    for entry in all() {
        let is_unreadable = matches!(&entry.expect, Expect::Word(word) if word == "unreadable");
        let mismatch = match entry.input() {
            None if is_unreadable => None,
            None => Some("  it cannot be read".to_owned()),
            Some(_) if is_unreadable => Some("  it can be read".to_owned()),
            Some((operation, input)) => case::mismatch(operation, &input, &entry.expect),
        };
        wrong.extend(mismatch.map(|mismatch| format!("{}:\n{mismatch}", entry.file)));
    }
    assert!(wrong.is_empty(), "{}\n{} files are not as expected", wrong.join("\n"), wrong.len());
}

#[test]
fn every_file_is_on_a_list() {
    let listed: Vec<_> = all().into_iter().map(|entry| folder().join(entry.file)).collect();
    for folder in
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            assert!(listed.contains(&file), "{} is on no list", file.display());
        }
    }
}
