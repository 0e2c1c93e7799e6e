//! The places of nodes and keys.

use super::*;
use crate::rules::{Path, Place};

/// All nodes and keys of a text, each as what its span cuts out.
fn cut<'t>(node: &Node, text: &'t str, found: &mut Vec<&'t str>) {
    let slice = |span: Span| &text[span.start..span.end];
    found.push(slice(node.span));
    match &node.kind {
        NodeKind::Array(items) => items.iter().for_each(|item| cut(item, text, found)),
        NodeKind::Object(members) => {
            for (key, value) in members {
                found.push(slice(key.span));
                cut(value, text, found);
            }
        }
        NodeKind::Null | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::String(_) => {}
    }
}

#[track_caller]
fn cuts(text: &str, expected: &[&str]) {
    let mut found = Vec::new();
    parse(text)
        .unwrap_or_else(|error| panic!("{error:?} in {text}"))
        .iter()
        .for_each(|node| cut(node, text, &mut found));
    assert_eq!(found, expected, "{text}");
}

#[test]
fn scalars() {
    cuts("  value  # c\n", &["value"]);
    cuts("two words\n  more\n", &["two words\n  more"]);
    cuts("'a b'  # c", &["'a b'"]);
    cuts(
        "[\"a\\\"b\" , 'it''s', \"x\n  y\" ]  # c",
        &["[\"a\\\"b\" , 'it''s', \"x\n  y\" ]", "\"a\\\"b\"", "'it''s'", "\"x\n  y\""],
    );
    cuts("- é\n- 'ü'\n- 価 # é\n- x", &["- é\n- 'ü'\n- 価 # é\n- x", "é", "'ü'", "価", "x"]);
}

#[test]
fn block_scalars() {
    let text = "a: |\n  x\n   y\n\n# c\nb: >-  # c\n  z\n\n\nc: |+\nd: |2-\n   w\ne: x";
    cuts(text, &[text, "a", "|\n  x\n   y", "b", ">-  # c\n  z", "c", "|+", "d", "|2-\n   w", "e", "x"]);
    cuts("- |\n é\n-  !!str |\n  y\n", &["- |\n é\n-  !!str |\n  y", "|\n é", "|\n  y"]);
    cuts("--- |\n x\n--- >\n", &["|\n x", ">"]);
    cuts("- |\r\n  x\r\n\r\n- y\r\n", &["- |\r\n  x\r\n\r\n- y", "|\r\n  x", "y"]);
    cuts("a: | # c", &["a: |", "a", "|"]);
}

#[test]
fn flow_collections() {
    cuts(
        "a: {b: [1 , 2 ] , } # c",
        &["a: {b: [1 , 2 ] , }", "a", "{b: [1 , 2 ] , }", "b", "[1 , 2 ]", "1", "2"],
    );
    cuts("[a: b , {c}, d]", &["[a: b , {c}, d]", "a: b", "a", "b", "{c}", "c", "", "d"]);
    cuts("a: [\n  1\n]\n# c\nb: {\n}\n", &["a: [\n  1\n]\n# c\nb: {\n}", "a", "[\n  1\n]", "1", "b", "{\n}"]);
}

#[test]
fn block_collections() {
    let text = "# c\na:\n  b: 1 # c\n  c:\n  - x\n  - - y\n    - z\n# c\nd:\n  -  e: f\n     g: h\n\n";
    cuts(
        text,
        &[
            text[4..].trim_end(),
            "a",
            "b: 1 # c\n  c:\n  - x\n  - - y\n    - z",
            "b",
            "1",
            "c",
            "- x\n  - - y\n    - z",
            "x",
            "- y\n    - z",
            "y",
            "z",
            "d",
            "-  e: f\n     g: h",
            "e: f\n     g: h",
            "e",
            "f",
            "g",
            "h",
        ],
    );
    cuts("a:\n- [x]\n- |\n  y\n", &["a:\n- [x]\n- |\n  y", "a", "- [x]\n- |\n  y", "[x]", "x", "|\n  y"]);
    cuts("a: # -\n- - x", &["a: # -\n- - x", "a", "- - x", "- x", "x"]);
    cuts("? a\n: b\n", &["a\n: b", "a", "b"]);
}

#[test]
fn what_is_not_written_is_behind_its_colon_or_dash() {
    let text = "a: # c\nb:\n-\n- # c\n- x\nc: &n !!null # c\nd:";
    let node = one(text);
    let at = |path: &Path| node.find(path, Place::Value).map(|span| (span.start, span.end));
    let root = Path::root;
    for (path, before) in [
        (root().key("a"), "a:"),
        (root().key("b").index(0), "a: # c\nb:\n-"),
        (root().key("b").index(1), "a: # c\nb:\n-\n-"),
        (root().key("c"), "a: # c\nb:\n-\n- # c\n- x\nc: &n !!null"),
        (root().key("d"), text),
    ] {
        assert_eq!(at(&path), Some((before.len(), before.len())), "{path}");
    }
    cuts("{a, b: , \"c\":}", &["{a, b: , \"c\":}", "a", "", "b", "", "\"c\"", ""]);
    assert_eq!(one("{ab , c: }").find(&root().key("ab"), Place::Value), Some(Span::new(3, 3)));
}

#[test]
fn anchors_and_tags_are_not_part_of_a_span() {
    let text = "a: &x !!map\n  &y b: !!str  c\nd: &z\n- *y\n- !!seq [*y ]\n&k e: 'f'";
    cuts(
        text,
        &[text, "a", "b: !!str  c", "b", "c", "d", "- *y\n- !!seq [*y ]", "*y", "[*y ]", "*y", "e", "'f'"],
    );
    cuts("&a k: v", &["k: v", "k", "v"]);
}

#[test]
fn aliases_keep_the_places_of_what_they_repeat() {
    let text = "a: &x {b: [1]}\nc: *x\n";
    let node = one(text);
    let cut = |path: &Path, place| node.find(path, place).map(|span| &text[span.start..span.end]);
    let alias = Path::root().key("c");
    assert_eq!(cut(&alias, Place::Value), Some("*x"));
    assert_eq!(cut(&alias.clone().key("b"), Place::Value), Some("[1]"));
    assert_eq!(
        node.find(&alias.key("b"), Place::Key),
        node.find(&Path::root().key("a").key("b"), Place::Key)
    );
}

#[test]
fn documents_and_byte_order_marks() {
    cuts("\u{feff}a: é\n--- # c\n- b\n...\n'c'\n", &["a: é", "a", "é", "- b", "b", "'c'"]);
    cuts("%YAML 1.2\n--- [x]\n--- y", &["[x]", "x", "y"]);
    let far = format!(
        "{}\nlast: \"価\"\n",
        "- é # ü\n"
            .repeat(100)
            .replace("- é", "é: ")
            .lines()
            .enumerate()
            .map(|(n, line)| format!("{n}{line}\n"))
            .collect::<String>()
            .trim_end()
    );
    let node = one(&far);
    let span = node.find(&Path::root().key("last"), Place::Value).unwrap();
    assert_eq!(&far[span.start..span.end], "\"価\"");
}

#[test]
fn finds_its_way() {
    let text = "a:\n  - 1\n  - b: x\nc: {}\n";
    let node = one(text);
    let find = |path: &Path, at| node.find(path, at).map(|span| &text[span.start..span.end]);
    let root = Path::root;
    for (path, value, key) in [
        (root(), text.trim_end(), text.trim_end()),
        (root().key("a").index(1).key("b"), "x", "b"),
        (root().key("c").key("missing"), "{", "{"),
        (root().key("missing"), "a", "a"),
    ] {
        assert_eq!((find(&path, Place::Value), find(&path, Place::Key)), (Some(value), Some(key)), "{path}");
    }
}
