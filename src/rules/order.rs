//! The order of findings: that of the document.

use std::collections::HashMap;

use serde_json::Value;

use crate::rules::finding::{Finding, Findings};
use crate::rules::path::Segment;

/// Findings in the order in which a reader of the document comes across their places; what an object lacks comes
/// before what is wrong inside it. Findings about one place stay in the order in which they were made.
///
/// One pass over the findings and one over the part of the document that they are about.
pub(super) fn in_document_order(findings: Findings, document: &Value) -> Findings {
    if findings.len() < 2 {
        return findings;
    }
    let mut root = Place::default();
    for finding in &findings {
        root.at(finding.path.segments()).push(finding);
    }
    let mut ordered = Vec::with_capacity(findings.len());
    root.collect(Some(document), &mut ordered);
    ordered.into_iter().cloned().collect()
}

/// A place that findings are about, or that lies on the way to one.
#[derive(Default)]
struct Place<'f> {
    findings: Vec<&'f Finding>,
    below: HashMap<&'f Segment, Place<'f>>,
    /// The steps down, in the order in which they were first taken.
    steps: Vec<&'f Segment>,
}

impl<'f> Place<'f> {
    /// The findings about the place that `segments` lead to from here.
    fn at(&mut self, segments: &'f [Segment]) -> &mut Vec<&'f Finding> {
        let mut place = self;
        for segment in segments {
            if !place.below.contains_key(segment) {
                place.steps.push(segment);
            }
            place = place.below.entry(segment).or_default();
        }
        &mut place.findings
    }

    fn collect(&self, document: Option<&Value>, ordered: &mut Vec<&'f Finding>) {
        ordered.extend(&self.findings);
        for (segment, place) in self.steps_in(document) {
            place.collect(document.and_then(|value| step(value, segment)), ordered);
        }
    }

    /// The steps down: first those to what is missing, then the others as the document has them.
    fn steps_in(&self, document: Option<&Value>) -> Vec<(&'f Segment, &Place<'f>)> {
        let mut steps: Vec<_> = self.steps.iter().map(|segment| (*segment, &self.below[*segment])).collect();
        match document {
            Some(Value::Object(members)) if steps.len() > 1 => {
                let positions: HashMap<_, _> = members.keys().map(String::as_str).zip(1..).collect();
                steps.sort_by_key(|(segment, _)| match segment {
                    Segment::Key(name) => positions.get(name.as_str()).copied().unwrap_or(0),
                    Segment::Index(_) => 0,
                });
            }
            Some(Value::Array(_)) => steps.sort_by_key(|(segment, _)| match segment {
                Segment::Index(position) => *position,
                Segment::Key(_) => 0,
            }),
            _ => {}
        }
        steps
    }
}

fn step<'v>(value: &'v Value, segment: &Segment) -> Option<&'v Value> {
    match segment {
        Segment::Key(name) => value.get(name),
        Segment::Index(position) => value.get(position),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::path::Path;
    use serde_json::json;

    #[test]
    fn follows_the_document_and_not_the_checks() {
        let document = json!({"z": {"b": 1, "a": 2}, "l": [0, {"x": 1}], "a": 3});
        let root = Path::root;
        let paths = [
            root().key("a"),
            root().key("l").index(1).key("x"),
            root().key("z").key("a"),
            root().key("l").index(0),
            root().key("z").key("b"),
            root().key("l").index(1).key("missing"),
            root().key("missing"),
            root().key("z"),
            root(),
        ];
        let findings: Findings = paths.into_iter().map(|path| Finding::error("X", path, "bad")).collect();
        let ordered = in_document_order(findings, &document);
        let paths: Vec<_> = ordered.iter().map(|finding| finding.path.to_string()).collect();
        assert_eq!(paths, ["the input", "missing", "z", "z.b", "z.a", "l[0]", "l[1].missing", "l[1].x", "a"]);
    }

    #[test]
    fn findings_about_one_place_keep_their_order() {
        let path = || Path::root().key("a");
        let findings: Findings = [("B", path()), ("A", path()), ("C", Path::root())]
            .map(|(rule, path)| Finding::error(rule, path, ""))
            .into_iter()
            .collect();
        let rules: Vec<_> = in_document_order(findings, &json!({"a": 1})).iter().map(|f| f.rule).collect();
        assert_eq!(rules, ["C", "B", "A"]);
    }
}
