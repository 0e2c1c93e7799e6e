//! What a person reads: the findings of every rule's wrong example, kept in `messages.txt`.
//! `KILN_UPDATE=1 cargo test --test rules messages` writes it anew; read the difference as a tired user would.

use std::env;
use std::fs;

use kiln::document::render::{Diagnostic, Voice, Where, text};
use kiln::document::{Format, Source};
use kiln::rules::{self, registry};

use crate::{case, examples};

#[test]
fn messages_are_as_they_were_read() {
    let mut whole = String::new();
    let mut rules: Vec<_> = registry::all().collect();
    rules.sort_by_key(|rule| rule.id);
    for rule in rules {
        let Some(input) = examples::input(rule, rule.wrong) else { continue };
        let source = Source::new("input.json", serde_json::to_string_pretty(&input).unwrap());
        let node = Format::Json.read(source.text()).unwrap().remove(0);
        let findings = rules::check(rule.on.operation, &input);
        let place = |finding| Where::At(&source, node.find(finding, rules::Place::Value).unwrap());
        let diagnostics: Vec<_> =
            findings.iter().map(|finding| Diagnostic::finding(finding, place(&finding.path))).collect();
        whole.push_str(&format!(
            "## {}: {}\n\n{}\n",
            rule.id,
            rule.summary(),
            text(&diagnostics, Voice::Report)
        ));
    }
    let file = case::folder().join("messages.txt");
    if env::var_os("KILN_UPDATE").is_some() {
        fs::write(&file, &whole).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    for (kept, now) in kept.split("## ").zip(whole.split("## ")) {
        assert_eq!(kept, now, "KILN_UPDATE=1 cargo test --test rules messages");
    }
    assert_eq!(kept.len(), whole.len(), "KILN_UPDATE=1 cargo test --test rules messages");
}
