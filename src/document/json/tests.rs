//! What the parser takes, and how it speaks of what it does not.

use serde_json::{Value, json};

use super::*;
use crate::rules::{Path, Place};

#[track_caller]
fn error(text: &str) -> ParseError {
    parse(text).expect_err(text)
}

/// The underlined text, the message and the help.
#[track_caller]
fn says(text: &str, marked: &str, message: &str, help: &str) {
    let error = error(text);
    let found = &text[error.span.start..error.span.end];
    assert_eq!(
        (found, error.message.as_str(), error.help.as_deref().unwrap_or("")),
        (marked, message, help),
        "{text}"
    );
}

#[test]
fn reads_what_serde_reads() {
    for text in [
        "null",
        " true ",
        "false",
        "0",
        "-0.5",
        "1e2",
        "1E+2",
        "12.50e-3",
        "\"\"",
        "[]",
        "{}",
        "[[],{}]",
        r#"{"a":[1,2,{"b":null}],"":"x"}"#,
        r#""\"\\\/\b\f\n\r\té😀\u0000""#,
        "\"größe 価\"",
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "\t\r\n[ 1 , 2 ]\r\n",
    ] {
        assert_eq!(parse(text).unwrap().to_value(), serde_json::from_str::<Value>(text).unwrap(), "{text}");
    }
}

#[test]
fn refuses_what_serde_refuses() {
    for text in [
        "",
        "[",
        "{",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{,}",
        "[,1]",
        "01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "0x10",
        "1e400",
        "nul",
        "tru",
        "nulls",
        "\"",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\"",
        "\"\u{1}\"",
        "\"\n\"",
        "1 2",
        "{} {}",
        "[1 2]",
        "{\"a\" 1}",
        "{a: 1}",
        "{'a': 1}",
        "'a'",
        "// x\n1",
        "[1, /* x */ 2]",
        "# x",
        "NaN",
        "Infinity",
        "-Infinity",
        "\u{a0}1",
        "\"\\\n\"",
        "{1: 2}",
        "[1, ü]",
        "\"\\é\"",
    ] {
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
        let error = error(text);
        assert!(text.is_char_boundary(error.span.start) && text.is_char_boundary(error.span.end), "{text}");
        assert!(error.span.start <= error.span.end && error.span.end <= text.len(), "{text}");
    }
}

#[test]
fn numbers_stay_exact() {
    let number = |text: &str| parse(text).unwrap().to_value();
    assert_eq!(number("18446744073709551615"), json!(u64::MAX));
    assert_eq!(number("-9223372036854775808"), json!(i64::MIN));
    assert_eq!(number("-0"), json!(0));
    assert!(number("3.0").is_f64() && number("1e2").is_f64() && number("18446744073709551616").is_f64());
    assert_eq!(number("1e308"), json!(1e308));
    says("1e309", "1e309", "the number 1e309 is too large for any number here", "");
}

#[test]
fn missing_commas() {
    says(
        "{\n  \"jobName\": \"a\"\n  \"arrayProperties\": {}\n}",
        "\"arrayProperties\"",
        r#"expected "," or "}" after the value of "jobName", found "arrayProperties""#,
        r#"add a comma after the value of "jobName", on line 2"#,
    );
    says(
        r#"{"a": 1 "b": 2}"#,
        "\"b\"",
        r#"expected "," or "}" after the value of "a", found "b""#,
        r#"add a comma after the value of "a""#,
    );
    says(
        "[1\n2]",
        "2",
        r#"expected "," or "]" after a list item, found 2"#,
        "add a comma after a list item, on line 1",
    );
    says(
        "{\"a\": 1; \"b\": 2}",
        ";",
        r#"expected "," or "}" after the value of "a", found ";""#,
        "write \",\" instead",
    );
}

#[test]
fn superfluous_commas() {
    says("{\"a\": 1,\n}", ",", r#"a comma must not come right before "}""#, "remove the comma");
    says("[1, ]", ",", r#"a comma must not come right before "]""#, "remove the comma");
    says("{\"a\": 1,, \"b\": 2}", ",", r#"expected a key in double quotes, found ",""#, "");
    says("[,1]", ",", r#"expected a list item, found ",""#, "");
}

#[test]
fn brackets() {
    says(
        "{\n  \"a\": [1, 2",
        "",
        r#"expected "," or "]" after a list item, found the end of the text"#,
        r#"the "[" at line 2, column 8 is not closed"#,
    );
    says(
        "{\"a\": [1}",
        "}",
        r#"expected "," or "]" after a list item, found "}""#,
        r#"the "[" at line 1, column 7 is not closed"#,
    );
    says(
        r#"["metadata": {}]"#,
        ":",
        r#"expected "," or "]" after a list item, found ":""#,
        "either the \"[\" at line 1, column 1 is not closed, or this key and its value need braces around them",
    );
    says(
        "{}}",
        "}",
        r#"expected nothing after the end of the JSON value, found "}""#,
        "there is one closing bracket too many, here or before",
    );
    says(
        r#""retryStrategy": {"attempts": 3}"#,
        ":",
        r#"expected nothing after the end of the JSON value, found ":""#,
        "put braces around it all: {...}",
    );
    says(
        "{\"a\": ",
        "",
        r#"expected the value of "a", found the end of the text"#,
        r#"the "{" at line 1, column 1 is not closed"#,
    );
}

#[test]
fn keys() {
    says("{jobName: 1}", "jobName", "expected a key in double quotes, found jobName", "write \"jobName\"");
    says("{'jobName': 1}", "'", "single quotes are not allowed in JSON", "write \" instead");
    says("{“jobName”: 1}", "“", "typographic quotes are not allowed in JSON", "write \" instead");
    says("{\"a\" = 1}", "=", r#"expected ":" after the key "a", found "=""#, "write \":\" instead of \"=\"");
    says(
        "{\"password\" \"hunter2\"}",
        "\"hunter2\"",
        r#"expected ":" after the key "password", found a string"#,
        "",
    );
    says(
        "{\"a: \"b\"}",
        "b",
        r#"expected ":" after the key "a: ", found b"#,
        r#"is a quote missing inside "a: "?"#,
    );
    says(
        "{{}}",
        "{",
        r#"expected a key in double quotes, found "{""#,
        "a member needs a key: \"name\": {...}",
    );
}

#[test]
fn values() {
    says("{\"a\": True}", "True", r#"expected the value of "a", found True"#, "write true, in lower case");
    says("{\"a\": None}", "None", r#"expected the value of "a", found None"#, "leave it out instead");
    says(
        "{\"a\": busybox}",
        "busybox",
        r#"expected the value of "a", found busybox"#,
        "text must be in double quotes: \"busybox\"",
    );
    says("{\"a\": }", "}", r#"expected the value of "a", found "}""#, "");
    says("['x']", "'", "single quotes are not allowed in JSON", "write \" instead");
    says("[ ... ]", "...", "expected a list item, found ...", "");
    says("job.json", "job.json", "expected a JSON value, found job.json", "");
    says(
        "jobName: x",
        "jobName",
        "expected a JSON value, found jobName",
        "put braces around it all and keys in double quotes: {\"jobName\": ...}",
    );
    says("", "", "the input is empty; expected JSON", "");
}

#[test]
fn secrets_are_not_repeated() {
    for (value, found) in
        [("hunter2", "a bare word"), ("\"x\" \"hunter2\"", "a string"), ("\"x\"hunter2", "a bare word")]
    {
        let error = error(&format!("{{\"parameters\": {{\"password\": {value}}}}}"));
        assert!(error.message.ends_with(&format!("found {found}")), "{}", error.message);
        assert!(!format!("{error:?}").contains("hunter"), "{error:?}");
    }
    let error = error("{\"parameters\": {\"pin\": 0042}}");
    assert!(!format!("{error:?}").contains("42"), "{error:?}");
}

#[test]
fn numbers() {
    for (text, help) in [("007", "7"), ("+1", "1"), (".5", "0.5"), ("-.5", "-0.5"), ("1.", "1"), ("00", "0")]
    {
        says(text, text, &format!("{text} is not how JSON writes a number"), &format!("write {help}"));
    }
    says("512Mi", "512Mi", "512Mi is not a number", "text must be in double quotes: \"512Mi\"");
    says("0x10", "0x10", "0x10 is not a number", "text must be in double quotes: \"0x10\"");
}

#[test]
fn strings() {
    let line_break = "add a \" at its end; a line break inside a string is written as \\n";
    says("{\"a\": \"b\n}", "\"b", "this string has no closing quote on its line", line_break);
    says("\"abc", "\"abc", "this string has no closing quote", "add a \" at its end");
    says(r#""C:\dir""#, "\\d", "\\d means nothing in a JSON string", "for a backslash itself, write \\\\d");
    says(r#""it\'s""#, "\\'", "\\' means nothing in a JSON string", "a single quote needs no backslash");
    says("\"a\tb\"", "\t", "a tab inside a string must be written as \\t", "");
    says("\"\u{1b}\"", "\u{1b}", "a control character inside a string must be written as \\u001b", "");
    says(r#""\u12""#, "\\u12", "\\u must be followed by four hexadecimal digits, as in \\u00e9", "");
    says(
        r#""\ud83d!""#,
        "\\ud83d",
        "\\ud83d is only half of a character; the other half must follow it",
        "write the character itself",
    );
}

#[test]
fn comments() {
    for (text, comment) in [
        ("{} // done", "// done"),
        ("{ /* x */ }", "/* x */"),
        ("# x\n{}", "# x"),
        ("[1, // one\n2]", "// one"),
    ] {
        says(text, comment, "comments are not allowed in JSON", "remove it");
    }
    says("[1 / 2]", "/", "a \"/\" has no place here", "");
}

#[test]
fn no_key_twice() {
    says(
        "{\n  \"a\": 1,\n  \"b\": 2,\n  \"a\": 3\n}",
        "\"a\"",
        "the key \"a\" is given twice, first at line 2, column 3",
        "remove one of the two",
    );
    assert_eq!(error("{\"a\": 1, \"\\u0061\": 2}").span, Span::new(9, 17));
    let many: String = (0..100).map(|n| format!("\"k{n}\": {n}, ")).collect();
    let text = format!("{{{many}\"k7\": 0, \"k3\": 0}}");
    assert_eq!(
        error(&text).message,
        format!(
            "the key \"k7\" is given twice, first at line 1, column {}",
            text.find("\"k7\"").unwrap() + 1
        )
    );
    assert!(parse("[{\"a\": 1}, {\"a\": 2}]").is_ok());
}

#[test]
fn depth_is_limited() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse(&nested(DEEPEST)).is_ok());
    assert_eq!(error(&nested(DEEPEST + 1)).message, "more than 128 lists and objects inside each other");
    assert_eq!(error(&"{\"a\":".repeat(1_000_000)).span, Span::new(128 * 5, 128 * 5 + 1));
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let node = parse("\u{feff}{}").unwrap();
    assert_eq!(node.span, Span::new(3, 5));
}

#[test]
fn finds_its_way() {
    let text = r#"{"a": [1, {"b": "x"}], "c": {}}"#;
    let node = parse(text).unwrap();
    let find = |path: &Path, at| node.find(path, at).map(|span| &text[span.start..span.end]);
    let root = Path::root;
    for (path, value, key) in [
        (root(), Some(text), Some(text)),
        (root().key("a"), Some(r#"[1, {"b": "x"}]"#), Some("\"a\"")),
        (root().key("a").index(0), Some("1"), Some("1")),
        (root().key("a").index(1).key("b"), Some("\"x\""), Some("\"b\"")),
        (root().key("c").key("missing"), Some("{"), Some("{")),
        (root().key("missing").key("deep"), Some("{"), Some("{")),
        (root().key("a").index(9), None, None),
        (root().index(0), None, None),
    ] {
        assert_eq!((find(&path, Place::Value), find(&path, Place::Key)), (value, key), "{path}");
    }
    let missing = node.find(&root().key("c").key("missing"), Place::Value).unwrap();
    assert_eq!(missing.start, text.rfind('{').unwrap());
}

#[test]
fn long_texts_take_one_pass() {
    let items: String = (0..200_000).map(|n| format!("{{\"name\": \"n{n}\", \"value\": {n}}},")).collect();
    let members: String = (0..100_000).map(|n| format!("\"k{n}\": \"\\u00e9\",")).collect();
    let text = format!("{{{members}\"list\": [{items} 0]}}");
    assert!(parse(&text).is_ok());
}
