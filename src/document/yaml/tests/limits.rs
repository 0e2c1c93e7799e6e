//! Hostile and huge texts.

use std::fmt::Write as _;

use super::*;
use crate::document::json::DEEPEST;

/// A generator of numbers that look random, the same at every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// Fails unless all places are places of the text; what an alias repeats may lie outside of it.
fn check(node: &Node, text: &str) {
    assert!(text.get(node.span.start..node.span.end).is_some(), "{text:?}");
    match &node.kind {
        NodeKind::Array(items) => items.iter().for_each(|item| check(item, text)),
        NodeKind::Object(members) => {
            for (key, value) in members {
                assert!(text.get(key.span.start..key.span.end).is_some(), "{text:?}");
                check(value, text);
            }
        }
        NodeKind::Null | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::String(_) => {}
    }
}

fn check_text(text: &str) {
    match parse(text) {
        Ok(documents) => documents.iter().for_each(|document| check(document, text)),
        Err(error) => {
            assert!(text.get(error.span.start..error.span.end).is_some(), "{error:?} in {text:?}");
            assert!(!error.message.contains("not YAML"), "{error:?} in {text:?}");
        }
    }
}

#[test]
fn depth_is_limited() {
    let flow = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let block = |depth: usize| "- ".repeat(depth - 1) + "-";
    let too_deep = "more than 128 lists and objects inside each other";
    assert!(parse_events(&flow(DEEPEST)).is_ok());
    assert!(parse(&block(DEEPEST)).is_ok());
    for text in [
        flow(DEEPEST + 1),
        block(DEEPEST + 1),
        "[".repeat(1_000_000),
        "{a: ".repeat(1_000_000),
        "- ".repeat(1_000_000),
        "- [".repeat(1_000),
        (0..1_000).fold(String::new(), |text, depth| format!("{text}{}a:\n", " ".repeat(depth))),
    ] {
        assert!(parse(&text).is_err(), "{}", &text[..40]);
    }
    assert_eq!(error(&flow(DEEPEST + 1)).message, too_deep);
    let deep = error(&block(DEEPEST + 1));
    assert_eq!((deep.message.as_str(), deep.span), (too_deep, Span::new(256, 257)));
    // Aliases cannot go deeper either.
    let half = format!("- &a {}\n- {}*a{}", flow(100), "[".repeat(26), "]".repeat(26));
    assert!(parse(&half).is_ok());
    let more = format!("- &a {}\n- {}*a{}", flow(100), "[".repeat(28), "]".repeat(28));
    assert_eq!(error(&more).message, too_deep);
}

#[test]
fn aliases_cannot_explode() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{items}]").unwrap();
    }
    let error = error(&bomb);
    assert_eq!(error.message, "the aliases up to here repeat more than a whole text may hold");
    assert_eq!(&bomb[error.span.start..error.span.end], "*a4");

    // Long texts count by their length, whether they are values, keys or both.
    let long = "x".repeat(100_000);
    for start in
        [format!("- &a {long}\n"), format!("- &a {{{long}: 1}}\n"), format!("- {{&a '{long}': 1}}\n")]
    {
        assert!(parse(&format!("{start}{}", "- *a\n".repeat(10))).is_ok());
        assert!(parse(&format!("{start}{}", "- *a\n".repeat(1000))).is_err());
    }
    let keys: String = (0..1000).map(|n| format!("- {{*a : {n}}}\n")).collect();
    assert!(parse(&format!("- &a '{long}'\n{keys}")).is_err());
    // What is written plainly may be as long as it likes, and so may aliases of little things.
    assert!(parse(&format!("- &a 1\n{}", "- *a\n".repeat(100_000))).is_ok());
}

#[test]
fn nested_anchors_cost_no_copies() {
    let mut text = String::new();
    for n in 0..100 {
        write!(text, "&a{n} [").unwrap();
    }
    text.push_str(&"&b 1, ".repeat(10_000));
    text.push_str("*b");
    text.push_str(&"]".repeat(100));
    assert!(parse(&text).is_ok());
}

/// Quadratic time would take hours for these.
#[test]
fn long_texts_take_one_pass() {
    const SIZE: usize = 10_000_000;
    for piece in ["word ", "word\n ", "\\n\u{e9} "] {
        let text = format!("a: \"{}\"", piece.repeat(SIZE / 10 / piece.len()));
        assert!(parse(&text).is_ok(), "{piece:?}");
    }
    for (start, piece) in [("a: |\n", "  wordé\n"), ("a: x\n", "# é\n"), ("a: x", " "), ("a: |\n  x\n", "\n")]
    {
        let text = format!("{start}{}", piece.repeat(SIZE / piece.len()));
        assert!(parse(&text).is_ok(), "{piece:?}");
    }
    for piece in
        ["- a\n", "- &a 1\n", "-\n", "- # é\n", "- [a, {b: c}]\n", "--- é\n", "- !!str a\n", "- |\n  x\n"]
    {
        let text = piece.repeat(SIZE / 20 / piece.len());
        assert!(parse(&text).is_ok(), "{piece:?}");
    }
    let members: String = (0..20_000).map(|n| format!("k{n}: é\n")).collect();
    assert!(parse(&members).is_ok());
    let members: String = (0..20_000).map(|n| format!("k{n}: é, ")).collect();
    assert!(parse(&format!("{{{members}}}")).is_ok());
    for piece in ["\"", "[", "? ", "'x", "k", "\t", "a: ", "{a", "&a ", "*a ", "!a "] {
        check_text(&piece.repeat(SIZE / 20 / piece.len()));
    }
}

#[test]
fn no_text_panics() {
    let seeds = [
        "# c\njobName: a\nlist:\n  - x: 1\n    y: 'two'\n  - &a [1, \"b\\n\", {c: d}]\n  - *a\nblock: |\n  é\n  x\n",
        "%TAG !e! tag:yaml.org,2002:\n--- !e!map\n? a\n: - b\n  -\n...\n--- >-\n  x\n\n  y\n",
        "{\"a\": [1, 2.5e3, true, null], 'b': \"\\u00e9\", c: &x {d: *x}}\n",
        "a:\r\n- 1\r\n- - 2\r\n  - ~\r\nb: !!int '3'\r\n",
    ];
    let pieces = [
        "\"", "'", ":", ": ", "- ", "\n", " ", "  ", "\t", "[", "]", "{", "}", ",", "#", " #", "&a", "*a",
        "!", "!!str ", "|", ">", "?", "? ", "%", "@", "`", "\\", "é", "---\n", "...\n", "\r\n", "<<", "~",
        "\u{feff}", "0", "x", "-",
    ];
    let mut random = Random(1);
    for round in 0..8_000 {
        let mut text = seeds[round % seeds.len()].to_owned();
        for _ in 0..=random.below(4) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let at = places[random.below(places.len())];
            match random.below(3) {
                0 => text.insert_str(at, pieces[random.below(pieces.len())]),
                1 => drop(text.remove(at)),
                _ => text.truncate(at),
            }
            if text.is_empty() {
                break;
            }
        }
        check_text(&text);
    }
    for _ in 0..8_000 {
        let text: String = (0..random.below(16)).map(|_| pieces[random.below(pieces.len())]).collect();
        check_text(&text);
    }
}
