//! Diagnostics as SARIF 2.1.0, the format in which code scanners exchange their results.

use serde_json::{Map, Value, json};

use super::Diagnostic;
use crate::rules::registry::{self, Rule};
use crate::rules::{Path, Severity};

/// Where the schema of the format stands.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// A log with one run. Only the rules that were broken are described in it.
pub fn sarif<'a>(diagnostics: impl IntoIterator<Item = Diagnostic<'a>>) -> Value {
    let mut rules: Vec<&Rule> = Vec::new();
    let mut results = Vec::new();
    for diagnostic in diagnostics {
        let index = rules.iter().position(|rule| rule.id == diagnostic.rule).or_else(|| {
            rules.push(registry::find(diagnostic.rule)?);
            Some(rules.len() - 1)
        });
        results.push(result(&diagnostic, index));
    }
    let driver = json!({
        "name": "kiln",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules.into_iter().map(descriptor).collect::<Vec<_>>(),
    });
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": format!("{}.", rule.summary()) },
        "fullDescription": { "text": rule.explanation() },
        "help": { "text": format!("Source: {}. `kiln explain {}` shows an example.", rule.guide, rule.id) },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn result(diagnostic: &Diagnostic<'_>, index: Option<usize>) -> Value {
    let Diagnostic { rule, severity, place, path, message, help } = diagnostic;
    let path_of = |path: &Path| format!("{path}: ");
    let help = help.map(|help| format!("\n{help}")).unwrap_or_default();
    let text = format!("{}{message}{help}", path.map(path_of).unwrap_or_default());
    let mut result = Map::new();
    result.insert("ruleId".into(), json!(rule));
    result.extend(index.map(|index| ("ruleIndex".into(), json!(index))));
    result.insert("level".into(), json!(level(*severity)));
    result.insert("message".into(), json!({ "text": text }));
    if let Some(file) = place.file() {
        let mut physical = Map::new();
        physical.insert("artifactLocation".into(), json!({ "uri": uri(file) }));
        if let Some([(line, column), (end_line, end_column)]) = place.range() {
            let region = json!({
                "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
            });
            physical.insert("region".into(), region);
        }
        result.insert("locations".into(), json!([{ "physicalLocation": physical }]));
    }
    Value::Object(result)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A file's name as a reference that any reader of URIs understands.
fn uri(file: &str) -> String {
    let mut uri = String::with_capacity(file.len());
    let absolute = if file.starts_with('/') { "file://" } else { "" };
    uri.push_str(absolute);
    for byte in file.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into());
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::json::Span;
    use crate::document::render::Where;
    use crate::document::source::Source;
    use crate::rules::Finding;

    #[test]
    fn results_refer_to_their_rules() {
        let source = Source::new("jobs/my job.json", "{\"a\": 1}");
        let at = Where::At(&source, Span::new(1, 4));
        let unknown = Finding::error("SHAPE-UNKNOWN", Path::root().key("a"), "unknown member \"a\"");
        let odd = Finding::warning("NOT-A-RULE", Path::root(), "odd").with_help("mend it".to_owned());
        let log = sarif([
            Diagnostic::finding(&unknown, at),
            Diagnostic::finding(&odd, Where::Nowhere),
            Diagnostic::finding(&unknown, Where::File("/etc/x")),
        ]);
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(1));
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "SHAPE-UNKNOWN");
        assert_eq!(
            run["results"],
            json!([
                {"ruleId": "SHAPE-UNKNOWN", "ruleIndex": 0, "level": "error",
                 "message": {"text": "a: unknown member \"a\""},
                 "locations": [{"physicalLocation": {
                     "artifactLocation": {"uri": "jobs/my%20job.json"},
                     "region": {"startLine": 1, "startColumn": 2, "endLine": 1, "endColumn": 5}}}]},
                {"ruleId": "NOT-A-RULE", "level": "warning", "message": {"text": "the input: odd\nmend it"}},
                {"ruleId": "SHAPE-UNKNOWN", "ruleIndex": 0, "level": "error",
                 "message": {"text": "a: unknown member \"a\""},
                 "locations": [{"physicalLocation": {"artifactLocation": {"uri": "file:///etc/x"}}}]},
            ])
        );
    }
}
