//! The YAML reader beside an independent one.

use std::fs;
use std::path::Path;

use kiln::document::Format;
use serde_json::Value;

use crate::{case, corpus, proofs};

#[test]
fn the_yaml_of_the_tests_reads_the_same_elsewhere() {
    let rulebook = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rulebook");
    let folders = [case::folder(), corpus::folder(), proofs::folder(), rulebook];
    let files: Vec<_> = folders.iter().flat_map(|folder| case::files(folder)).collect();
    assert!(files.len() > 70, "only {} files", files.len());
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let nodes = Format::Yaml.read(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let ours: Vec<_> = nodes.iter().map(kiln::document::Node::to_value).collect();
        let theirs: Value = serde_yaml::from_str(&text).unwrap();
        assert!(ours == [theirs], "{} reads differently", file.display());
    }
}
