//! What is hidden in YAML, whole or broken.

use super::find;
use crate::document::json::{Node, NodeKind, Span};
use crate::document::yaml;
use crate::rules::privacy::Privacy;

/// All that may be secret here has the word `hunter2`; what must be seen has the word `shown`.
const JOB: &str = r#"# a job
jobName: shown
parameters:
  codec: hunter2
  other: 'hunter2 it''s' # hunter2
containerProperties:
  command: [shown, "shown", name: shown]
  environment:
    - name: shown
      value: hunter2
    - name: shown2
      value: "hunter2
        and hunter2"
    - {name: shown, value: hunter2 hunter2}
    - value: |
        hunter2
          hunter2

        hunter2
      name: shown
    - name: shown
      value: >- # and
        hunter2
    - name: shown
      value: !!str hunter2
    - name: shown
      value: hunter2
        hunter2
  logConfiguration:
    options: {a: hunter2, 'b': "hunter2", c: [hunter2, {d: hunter2}]}
  secrets:
  - name: shown
    valueFrom: hunter2
  - "value": "hunter2"
    "name": "shown"
tags:
  a: shown
serviceRequestPayload: hunter2
timeout: {attemptDurationSeconds: shown}
"#;

fn hidden(text: &str) -> Vec<&str> {
    find(text).into_iter().map(|span| &text[span.start..span.end]).collect()
}

fn is_hidden(spans: &[Span], start: usize, end: usize) -> bool {
    let covers = |at: usize| spans.iter().any(|span| span.start <= at && at < span.end);
    (start..end).all(covers)
}

/// The places of all scalars that may be secret.
fn private(node: &Node, privacy: Privacy, found: &mut Vec<Span>) {
    match &node.kind {
        NodeKind::Array(items) => items.iter().for_each(|item| private(item, privacy, found)),
        NodeKind::Object(members) => {
            members.iter().for_each(|(key, value)| private(value, privacy.below(&key.name), found));
        }
        NodeKind::Null => {}
        NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::String(_) => {
            found.extend(privacy.hides().then_some(node.span));
        }
    }
}

/// Where a secret can be seen: anywhere in a text that is YAML, since anything may be said about it; otherwise on
/// the line of the mistake, since nothing else is shown.
fn leak(text: &str) -> Option<String> {
    let spans = find(text);
    match yaml::parse(text) {
        Ok(documents) => {
            let mut places = Vec::new();
            documents.iter().for_each(|document| private(document, Privacy::Open, &mut places));
            // A text of several lines is hidden line by line, and a colon in front of a text need not be hidden.
            let words = places.into_iter().flat_map(|place| {
                let word = |at: &usize| text.as_bytes()[*at].is_ascii_alphanumeric();
                (place.start..place.end).filter(word).collect::<Vec<_>>()
            });
            let seen = words.into_iter().find(|at| !is_hidden(&spans, *at, at + 1))?;
            Some(format!("at {seen}"))
        }
        Err(error) => {
            let start = text[..error.span.start].rfind('\n').map_or(0, |newline| newline + 1);
            let line = text[start..].lines().next()?;
            let mut words = line.match_indices("hunter2").map(|(at, _)| start + at);
            let seen = words.find(|at| !is_hidden(&spans, *at, at + "hunter2".len()))?;
            Some(format!("at {seen}, with the error {error}"))
        }
    }
}

#[test]
fn hides_what_may_be_secret_and_nothing_else() {
    let spans = find(JOB);
    for (word, hides) in [("hunter2", true), ("shown", false)] {
        for (at, _) in JOB.match_indices(word) {
            let line = JOB[..at].lines().count();
            assert_eq!(is_hidden(&spans, at, at + word.len()), hides, "line {line}");
        }
    }
    assert_eq!(leak(JOB), None);
    assert_eq!(
        hidden(JOB)[..7],
        [
            "hunter2",
            "'hunter2 it''s'",
            "# hunter2",
            "hunter2",
            "\"hunter2\n        and hunter2\"",
            "hunter2 hunter2",
            "|\n        hunter2\n          hunter2\n\n        hunter2",
        ]
    );
}

#[test]
fn hides_in_every_style() {
    for (text, secrets) in [
        ("parameters: p1", vec!["p1"]),
        ("parameters: {a: p1, b: [p2, p 3]}", vec!["p1", "p2", "p 3"]),
        ("{\"parameters\": {\"a\": \"p1\"}, \"jobName\": \"x\"}", vec!["\"p1\""]),
        ("{parameters: {a: p1 # p2\n, b: p3}, jobName: x}", vec!["p1 ", "# p2", "p3"]),
        ("[{environment: [{name: A, value: p1}]}]", vec!["p1"]),
        ("env:\n- name: A\n  value: p1\n- value: p2\n  name: B\njobName: x", vec!["p1", "p2"]),
        ("env:\n- p1\n- - p2\n- ~\n- ''\n- null\n-", vec!["p1", "p2"]),
        ("? parameters\n: a: p1\n  b: p2\njobName: x", vec!["p1", "p2"]),
        ("? env\n: - name: A\n    value: p1", vec!["p1"]),
        ("'parameters' : \n  a: p1\njobName: x", vec!["p1"]),
        ("\"parameters\":\n  a: p1", vec!["p1"]),
        ("parameters: &a !!map\n  a: &b p1\n  c: *b", vec!["&a !!map", "&b p1", "*b"]),
        (
            "parameters:\n  a: |+\n    p1\n\n  b: >2\n\n     p2\n# c\njobName: |\n  x",
            vec!["|+\n    p1", ">2\n\n     p2", "# c"],
        ),
        ("options:\r\n  a: p1\r\n  b: 'p2\r\n    p3'\r\nx: y", vec!["p1", "'p2\r\n    p3'"]),
        ("parameters:\n  a: p1\n---\na: x\n...\nparameters: p2", vec!["p1", "p2"]),
        ("jobName: \"a: parameters: x\"\nimage: parameters: p1", vec!["parameters: p1"]),
        ("parameters:\n  größe: p1 é\njobName: é", vec!["p1 é"]),
        ("\u{feff}parameters: p1", vec!["p1"]),
        ("jobName: 'it''s' # don't\ntags: {a: b, c: 'd'}\ntimeout: 5", vec![]),
        ("", vec![]),
    ] {
        let found: Vec<_> = hidden(text).into_iter().map(|secret| secret.trim_end().to_owned()).collect();
        let secrets: Vec<_> = secrets.into_iter().map(|secret| secret.trim_end().to_owned()).collect();
        assert_eq!(found, secrets, "{text}");
    }
}

#[test]
fn hides_in_broken_text_too() {
    for (text, secrets) in [
        // A space is missing.
        ("parameters:{a: p1}", vec!["p1"]),
        ("parameters:\n  a:p1", vec!["a:p1"]),
        ("environment:\n  - {name:A, value:p1}", vec!["{name:A, value:p1}"]),
        // The indentation fits nothing.
        ("  environment:\n    - name: A\n value: p1", vec!["p1"]),
        ("environment:\n  - name: A\n     value: p1", vec!["p1"]),
        ("environment:\n  - name: A\n\tvalue: p1", vec!["p1"]),
        ("environment:\n\t- name: A\n\t  value: p1", vec!["A", "p1"]),
        // A quote or a bracket is missing.
        ("parameters:\n  a: \"p1\n  b: p2\n", vec!["\"p1", "p2"]),
        ("parameters:\n  a: 'p'1'\n", vec!["'p'1'"]),
        (
            "{\"parameters\": {\"a\": \"p1\" \"b\": \"p2\"}}",
            vec!["{\"parameters\": {\"a\": \"p1\" \"b\": \"p2\"}}"],
        ),
        ("x:\n  parameters: {a: p1, b: [p2\n  c: p3\n", vec!["p1", "p2", "p3"]),
        // Text goes on where none can.
        ("parameters:\n  a: |\n    p1\n  p2\n p3\np4", vec!["|\n    p1", "p2", "p3", "p4"]),
        ("parameters:\n  a: p1: p2\n", vec!["p1: p2"]),
        ("parameters:\n  a: @p1\n", vec!["@p1"]),
        ("parameters:\n  a: !p1\n", vec!["!p1"]),
        ("parameters:\n  a: *p1\n", vec!["*p1"]),
    ] {
        assert_eq!(hidden(text), secrets, "{text}");
    }
}

#[test]
fn one_slip_shows_no_secret() {
    let lines: Vec<&str> = JOB.lines().collect();
    let added = ['"', '\'', '[', '{', ':', '#', ']', '}', '-', ',', '\n', '\t', '|', '&', '?'];
    let mut slips = 0;
    for (number, line) in lines.iter().enumerate() {
        let key_start = line.len() - line.trim_start_matches([' ', '-']).len();
        let key_end = line.find(':').unwrap_or(0);
        let mut changed = vec![format!("  {line}"), format!("   {line}"), format!("\t{}", line.trim_start())];
        changed.extend(
            [1, 2, 4, 6].iter().filter_map(|n| line.strip_prefix(&" ".repeat(*n))).map(str::to_owned),
        );
        for (at, character) in line.char_indices() {
            if !character.is_alphanumeric() {
                changed.push(format!("{}{}", &line[..at], &line[at + 1..]));
            }
            let is_inside = line.match_indices("hunter2").any(|(start, _)| start < at && at < start + 7);
            // Not within a key, since another key may hide nothing.
            let is_in_key = key_start < at && at < key_end;
            if !is_inside && !is_in_key {
                let new = added[(at * 7 + number) % added.len()];
                changed.push(format!("{}{new}{}", &line[..at], &line[at..]));
            }
        }
        for new in changed {
            let mut text: Vec<&str> = lines.clone();
            text[number] = &new;
            let text = text.join("\n");
            assert_eq!(leak(&text), None, "line {}:\n{text}", number + 1);
            slips += 1;
        }
    }
    assert!(slips > 900, "{slips}");
}

#[test]
fn any_text_is_read_to_its_end() {
    let pieces = [
        "parameters",
        "a",
        ":",
        ": ",
        " ",
        "\n",
        "\n  ",
        "- ",
        "\"",
        "'",
        "{",
        "}",
        "[",
        "]",
        ",",
        "|",
        "\t",
        "#",
        " #",
        "&",
        "!",
        "\\",
        "é",
        "---",
        "?",
        "\r\n",
        "name",
        "env",
    ];
    let mut state = 7_u64;
    for _ in 0..4000 {
        let mut text = String::new();
        for _ in 0..(state >> 40) % 30 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let spans = find(&text);
        for span in &spans {
            assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{text:?}");
            assert!(span.start < span.end, "{text:?}");
        }
        assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{text:?}");
    }
}

#[test]
fn long_texts_take_one_pass() {
    for piece in [
        "a: ", "- ", "\"\\", "'", "{", "[a,", "a:\n", " \"\n", "&a ", "? ", "\\\"\n", "x: \"\n", "- [\n",
        ": ", "# é\n",
    ] {
        for start in ["", "parameters: ", "options: ["] {
            find(&format!("{start}{}", piece.repeat(40_000)));
        }
    }
}
