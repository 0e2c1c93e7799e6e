//! Diagnostics as JSON, for programs.

use serde_json::{Map, Value, json};

use super::Diagnostic;

/// An object with the list `findings`. Every finding has every member; what does not apply is null. Lines and columns
/// count from 1, columns in characters; the end lies behind the last character. The path is empty for the input as a
/// whole, and null where there is no input yet.
pub fn json<'a>(diagnostics: impl IntoIterator<Item = Diagnostic<'a>>) -> Value {
    let findings: Vec<_> = diagnostics.into_iter().map(|diagnostic| finding(&diagnostic)).collect();
    json!({ "findings": findings })
}

fn finding(diagnostic: &Diagnostic<'_>) -> Value {
    let Diagnostic { rule, severity, place, path, message, help } = diagnostic;
    let path = path.map(|path| if path.is_root() { String::new() } else { path.to_string() });
    let [start, end] = place.range().map_or([None, None], |range| range.map(Some));
    let mut finding = Map::new();
    finding.insert("rule".into(), json!(rule));
    finding.insert("severity".into(), json!(severity.to_string()));
    finding.insert("path".into(), json!(path));
    finding.insert("message".into(), json!(message));
    finding.insert("help".into(), json!(help));
    finding.insert("file".into(), json!(place.file()));
    for (line, column, place) in [("line", "column", start), ("endLine", "endColumn", end)] {
        finding.insert(line.into(), json!(place.map(|(line, _)| line)));
        finding.insert(column.into(), json!(place.map(|(_, column)| column)));
    }
    Value::Object(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::json::{Span, parse};
    use crate::document::render::Where;
    use crate::document::source::Source;
    use crate::rules::{Finding, Path};

    #[test]
    fn every_member_is_there() {
        let source = Source::new("job.json", "{\n  \"é\": 1\n}");
        let finding = Finding::warning("SHAPE-UNKNOWN", Path::root().key("é"), "unknown member \"é\"");
        let whole = Finding::error("X", Path::root(), "bad").with_help("mend it".to_owned());
        let found = json([
            Diagnostic::finding(&finding, Where::At(&source, Span::new(4, 8))),
            Diagnostic::finding(&whole, Where::Nowhere),
        ]);
        assert_eq!(
            found,
            json!({"findings": [
                {"rule": "SHAPE-UNKNOWN", "severity": "warning", "path": "[\"é\"]", "message": "unknown member \"é\"",
                 "help": null, "file": "job.json", "line": 2, "column": 3, "endLine": 2, "endColumn": 6},
                {"rule": "X", "severity": "error", "path": "", "message": "bad", "help": "mend it", "file": null,
                 "line": null, "column": null, "endLine": null, "endColumn": null},
            ]})
        );
    }

    #[test]
    fn what_is_no_json_has_no_path() {
        let source = Source::new("job.json", "{");
        let error = parse(source.text()).unwrap_err();
        let found = json([Diagnostic::syntax(&source, &error)]);
        let finding = &found["findings"][0];
        assert_eq!((&finding["path"], &finding["rule"]), (&Value::Null, &json!("INPUT-SYNTAX")));
    }
}
