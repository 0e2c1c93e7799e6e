//! Values: the core schema, quotes, blocks, documents, anchors and tags.

use serde_json::json;

use super::*;

#[test]
fn plain_scalars_follow_the_core_schema() {
    for text in ["~", "null", "Null", "NULL"] {
        assert_eq!(value(text), Value::Null, "{text}");
    }
    assert_eq!(value("a:"), json!({"a": null}));
    for (text, expected) in
        [("true", true), ("True", true), ("TRUE", true), ("false", false), ("False", false), ("FALSE", false)]
    {
        assert_eq!(value(text), json!(expected), "{text}");
    }
    for text in [
        "no",
        "yes",
        "on",
        "off",
        "y",
        "n",
        "No",
        "tRUE",
        "nULL",
        "nil",
        "1:30",
        "2020-01-01",
        "1_000",
        "0b1",
        "0o8",
        "0xg",
        "-0x1",
        "+0o7",
        "1e",
        "1e+",
        ".",
        "+",
        "..",
        "1.2.3",
        "e1",
        ".e1",
        "0x",
        "inf",
        "nan",
        ".infinity",
        "1 2",
        "512Mi",
        "~x",
        "<<",
        "=",
        "a#b",
        "http://a:1/b",
        "a,b",
        "-a",
        "?a",
        ":a",
        "--",
        "Ünü",
    ] {
        assert_eq!(value(text), json!(text), "{text}");
    }
}

#[test]
fn numbers_stay_exact() {
    for (text, expected) in [
        ("0", json!(0)),
        ("-0", json!(0)),
        ("+12", json!(12)),
        ("007", json!(7)),
        ("-007", json!(-7)),
        ("0o17", json!(15)),
        ("0xFf", json!(255)),
        ("0x00", json!(0)),
        ("9223372036854775807", json!(i64::MAX)),
        ("-9223372036854775808", json!(i64::MIN)),
        ("18446744073709551615", json!(u64::MAX)),
        ("0xffffffffffffffff", json!(u64::MAX)),
        ("18446744073709551616", json!(18_446_744_073_709_551_616.0)),
        ("0x10000000000000000", json!(18_446_744_073_709_551_616.0)),
        ("1.", json!(1.0)),
        (".5", json!(0.5)),
        ("-.5", json!(-0.5)),
        ("+1.5", json!(1.5)),
        ("1e3", json!(1e3)),
        ("1.5E-3", json!(1.5e-3)),
        ("01.50", json!(1.5)),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
    assert!(value("3.0").is_f64() && value("1e2").is_f64());
}

#[test]
fn quoted_and_block_scalars_are_strings() {
    for (text, expected) in [
        ("'1'", "1"),
        ("\"true\"", "true"),
        ("''", ""),
        ("\"\"", ""),
        ("'it''s'", "it's"),
        ("'a\n  b\n\n  c'", "a b\nc"),
        (r#""\"\\\/\b\f\n\r\t\x41\u00e9\U0001f600\0\e\_""#, "\"\\/\u{8}\u{c}\n\r\tAé😀\0\u{1b}\u{a0}"),
        ("\"a\\\n  b\"", "ab"),
        ("|\n 1\n", "1\n"),
        ("|-\n  a\n   b\n\n", "a\n b"),
        ("|+\n a\n\n", "a\n\n"),
        (">\n a\n b\n\n c\n", "a b\nc\n"),
        ("|2\n   a\n", " a\n"),
        ("|\r\n a\r\n b\r\n", "a\nb\n"),
        ("a\n b\n\n c", "a b\nc"),
    ] {
        assert_eq!(value(text), json!(expected), "{text}");
    }
}

#[test]
fn collections_in_both_styles() {
    for text in [
        "a: 1\nb: [x, {c: d}]\n",
        "a: 1\nb:\n- x\n- c: d\n",
        "a: 1\nb:\n  - x\n  -\n    c: d\n",
        "{a: 1, b: [x, c: d]}",
        "{a: 1, b: [x, {c: d},],}",
        "{\"a\":1,\"b\":[\"x\",{\"c\":\"d\"}]}",
        "? a\n: 1\n? b\n: - x\n  - c: d\n",
        "# c\na: 1 # c\n# c\nb: # c\n  # c\n  - x # c\n\n  - c: d\n# c",
        "a: 1\r\nb:\r\n  - x\r\n  - c: d\r\n",
        "\u{feff}a: 1\nb: [x, {c: d}]",
        "--- # c\na: 1\nb: [x, {c: d}]\n...\n",
        "%YAML 1.2\n---\na: 1\nb: [x, {c: d}]",
        "a: 1\nb: [\n  x, {\n    c: d\n  }\n]\n",
        "a: 1\t\nb:\t[x,\t{c: d}]\t# c",
    ] {
        assert_eq!(value(text), json!({"a": 1, "b": ["x", {"c": "d"}]}), "{text}");
    }
    assert_eq!(value("[]"), json!([]));
    assert_eq!(value("{}"), json!({}));
    assert_eq!(value("- - 1\n  - 2\n-\n- \n- - - 3"), json!([[1, 2], null, null, [[3]]]));
    assert_eq!(value("{a, b: , \"c\":, d: e}"), json!({"a": null, "b": null, "c": null, "d": "e"}));
    assert_eq!(value("a:\nb:\n- \nc:"), json!({"a": null, "b": [null], "c": null}));
}

#[test]
fn closing_brackets_may_stand_below_their_key() {
    for text in [
        "a: [\n  \"b\"\n]\nc: {\n}\n",
        "a: [\r\n  \"b\"\r\n]\r\nc: {\r\n}\r\n",
        "a: [\n  \"b\"\n  ]\nc: {\n  }\n",
        "a: [\n  \"b\",\n]\nc:\n  {\n}",
    ] {
        assert_eq!(value(text), json!({"a": ["b"], "c": {}}), "{text}");
    }
    // Lines of text are lines of text still.
    let text = "a: |\n  {\n  }\n  [\n  ]\nb: [\n  \"x\n]y\",\n]\n";
    assert!(parse(text).is_err());
    let text = "a: |\n  {\n  }\n  [\n  ]\nb: [\n  \"x\"\n]\nc: x\n  ] y\nd: '\n  } z'";
    assert_eq!(value(text), json!({"a": "{\n}\n[\n]\n", "b": ["x"], "c": "x ] y", "d": " } z"}));
    let text = "- a: [\n    \"b\"\n  ]\n- {\n  \"c\": [\n  ]\n}";
    assert_eq!(value(text), json!([{"a": ["b"]}, {"c": []}]));
}

#[test]
fn members_keep_their_order() {
    let NodeKind::Object(members) = one("b: 1\na: 2\nc: 3").kind else { panic!() };
    assert_eq!(members.iter().map(|(key, _)| key.name.as_str()).collect::<Vec<_>>(), ["b", "a", "c"]);
}

#[test]
fn keys_are_text_as_written() {
    assert_eq!(
        value("1: a\ntrue: b\nnull: c\n0x10: d\n1.50: e\n'2': f\n~: g\n\"\": h\nx y: i\n!!str 3: j"),
        json!({"1": "a", "true": "b", "null": "c", "0x10": "d", "1.50": "e", "2": "f", "~": "g", "": "h",
            "x y": "i", "3": "j"})
    );
}

#[test]
fn documents() {
    let values = |text: &str| parse(text).unwrap().iter().map(Node::to_value).collect::<Vec<_>>();
    assert_eq!(values("a: 1\n---\n- 2\n--- 3\n"), [json!({"a": 1}), json!([2]), json!(3)]);
    assert_eq!(values("---\n---\n# c\n---\na: 1\n...\n---\n...\n"), [json!({"a": 1})]);
    assert_eq!(values("--- ~\n--- ''\n"), [json!(null), json!("")]);
    assert_eq!(values("--- |\n x\n--- >\n y\n"), [json!("x\n"), json!("y\n")]);
    for text in ["", " \n\n", "# c", "---", "---\n# c\n...\n", "\u{feff}"] {
        let error = error(text);
        assert_eq!(error.message, "the input is empty; expected YAML", "{text}");
        assert_eq!(error.span, Span::new(text.len(), text.len()), "{text}");
    }
}

#[test]
fn anchors_and_aliases() {
    assert_eq!(
        value("a: &x {b: [1, &y 2]}\nc: *x\nd: [*x, *y]\n&k e: *k"),
        json!({"a": {"b": [1, 2]}, "c": {"b": [1, 2]}, "d": [{"b": [1, 2]}, 2], "e": "e"})
    );
    assert_eq!(value("- &a 1\n- *a\n- &a 2\n- *a"), json!([1, 1, 2, 2]));
    assert_eq!(value("- &a\n- *a\n- &b ''\n- *b"), json!([null, null, "", ""]));
    assert_eq!(
        value("- &a\n  - &b {x: 1}\n- *a\n- *b\n- [[*b]]"),
        json!([[{"x": 1}], [{"x": 1}], {"x": 1}, [[{"x": 1}]]])
    );
    assert_eq!(
        value("- &a 0x10\n- &b text\n- {*a : 1, *b : 2}"),
        json!([16, "text", {"0x10": 1, "text": 2}])
    );
    assert_eq!(value("- {&a k: &b v}\n- [*a, *b]"), json!([{"k": "v"}, ["k", "v"]]));
    assert_eq!(value("- &a [x]\n- &b [*a, *a]\n- *b"), json!([["x"], [["x"], ["x"]], [["x"], ["x"]]]));
}

#[test]
fn tags_of_the_core_schema() {
    for (text, expected) in [
        ("!!str 1", json!("1")),
        ("!!str", json!("")),
        ("!!str ~", json!("~")),
        ("! 1", json!("1")),
        ("!<tag:yaml.org,2002:str> 1", json!("1")),
        ("!!int '1'", json!(1)),
        ("!!int 0x10", json!(16)),
        ("!!float 1", json!(1.0)),
        ("!!float \"1.5\"", json!(1.5)),
        ("!!bool 'true'", json!(true)),
        ("!!null ''", json!(null)),
        ("!!null", json!(null)),
        ("!!map {a: 1}", json!({"a": 1})),
        ("!!seq\n- a", json!(["a"])),
        ("%TAG !y! tag:yaml.org,2002:\n---\n!y!str 1", json!("1")),
        ("&a !!str 1", json!("1")),
        ("!!str &a 1", json!("1")),
    ] {
        assert_eq!(value(text), expected, "{text}");
        if let Ok(Value::Number(number)) = serde_json::from_value(expected) {
            assert_eq!(Value::Number(number), value(text));
        }
    }
    assert!(value("!!float 1").is_f64());
}

#[test]
fn json_is_yaml() {
    for text in [
        r#"{"a": "\ud83d\ude00", "b": [1e2, -0, "x"], "c": {"d": null}}"#,
        "\u{feff} [\n\t1,\n\t2\n]\n",
        r#"{"a":"b","c":[{"d":"e"}]}"#,
    ] {
        let json = crate::document::json::parse(text).unwrap();
        assert_eq!(one(text), json, "{text}");
    }
    for text in
        [r#"{"a":"b","c":[{"d":"e\n"}, 1, null, true, "", [], {}]}"#, "[\n\t1,\n\t2\n]\n", "[[1],[2,[3]]]"]
    {
        assert_eq!(parse_events(text).unwrap(), [crate::document::json::parse(text).unwrap()], "{text}");
    }
}

#[test]
fn reads_what_another_reader_reads() {
    for folder in ["rules", "rulebook"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "yaml") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            assert_eq!(value(&text), serde_yaml::from_str::<Value>(&text).unwrap(), "{}", path.display());
        }
    }
}
