//! Errors: their places, their words and their help.

use super::*;

#[test]
fn tabs() {
    says("a: 1\nb:\n\tc: 2", "\t", "a tab is not allowed as indentation in YAML", "indent with spaces");
    says("a:\n\t- 1", "\t", "a tab is not allowed as indentation in YAML", "indent with spaces");
    says("\ta: 1", "\t", "a tab is not allowed as indentation in YAML", "indent with spaces");
    says("a: |\n\tx", "\t", "a tab is not allowed as indentation in YAML", "indent with spaces");
    says("a: b\t\n\tc: d", "\t", "a tab is not allowed as indentation in YAML", "indent with spaces");
    says("a:\tb", "\t", "a tab is not allowed here", "write a space instead");
    says("-\t- a", "\t", "a tab is not allowed here", "write a space instead");
    says("a: 1\n\t# c\n\tb: 2", "\t", "a tab is not allowed as indentation in YAML", "indent with spaces");
}

#[test]
fn indentation_and_keys() {
    says(
        "a: 1\n  b: 2",
        "b",
        "this key is indented deeper than the key above it, which has a value already",
        "indent both alike",
    );
    says(
        "a:\n    b: 1\n  c: 2",
        "c",
        "the indentation of this line fits none of the lines above",
        "indent it exactly like the line it belongs beside",
    );
    says(
        "a:\n  - 1\n - 2",
        "-",
        "the indentation of this line fits none of the lines above",
        "indent it exactly like the line it belongs beside",
    );
    says("a: \"\\x4\"", "\\x4", "\\x must be followed by two hexadecimal digits", "");
    says(
        "a: |\n    x\n  y",
        "y",
        "the indentation of this line fits none of the lines above",
        "indent it exactly like the line it belongs beside",
    );
    says(
        "a: - b",
        "-",
        "a list with dashes cannot begin on the line of its key",
        "begin it on the next line, or put text that begins with \"-\" in quotes",
    );
    says(
        "- a\nb: 1",
        "b",
        "expected a list item, which begins with \"-\", found other text",
        "a list and members cannot stand side by side; check the indentation",
    );
    says("a: 1\n- b", "-", "expected a key, found a list item", "indent a list at least as deep as its key");
    says("a: 1\n...\nb\nc: 1", "b", "expected a key with a colon behind it, found text without one", "");
    says(
        "a: b\n c: d",
        "c",
        "this key is indented deeper than the key above it, which has a value already",
        "indent both alike",
    );
    says("a\nb: 1", "a", "expected a key with a colon behind it, found text without one", "");
    says(
        "a:\nb: 1\n c: 2",
        "c",
        "this key is indented deeper than the key above it, which has a value already",
        "indent both alike",
    );
    says(
        "a: -",
        "-",
        "a list with dashes cannot begin on the line of its key",
        "begin it on the next line, or put text that begins with \"-\" in quotes",
    );
    says(
        "key with spaces\nanother: 1",
        "key with spaces",
        "expected a key with a colon behind it, found text without one",
        "",
    );
    says("a: \"\\ud83d\"", "\\ud83d", "this escape is no character", "write the character itself");
    says("a: 1\nb", "b", "expected a key with a colon behind it, found text without one", "");
    says(
        "a:\n  - b\n  c: d",
        "c",
        "expected a list item, which begins with \"-\", found other text",
        "a list and members cannot stand side by side; check the indentation",
    );
    says("a:\n  b\n c: d\n", "b", "expected a key with a colon behind it, found text without one", "");
}

#[test]
fn spaces_behind_colons_and_dashes() {
    says(
        "a: 1\nkey:value\nb: 2",
        ":",
        "expected a space after the colon of \"key\"",
        "write \": \" with a space",
    );
    says("key:value", ":", "expected a space after the colon of \"key\"", "write \": \" with a space");
    says(
        "jobName:x\njobQueue: y",
        ":",
        "expected a space after the colon of \"jobName\"",
        "write \": \" with a space",
    );
    says(
        "timeout:\n  attemptDurationSeconds:60\n  b: 1",
        ":",
        "expected a space after the colon of \"attemptDurationSeconds\"",
        "write \": \" with a space",
    );
    says("{a: b:1, c:d}", ":", "expected a space after the colon of \"c\"", "write \": \" with a space");
    says("{a:1}", ":", "expected a space after the colon of \"a\"", "write \": \" with a space");
    says("a: {b:[1]}", ":", "expected a space after the colon of \"b\"", "write \": \" with a space");
    says(
        "parameters:\n  password:hunter2\n  b: 1",
        ":",
        "expected a space after the colon of \"password\"",
        "write \": \" with a space",
    );
    says("- a\n-b", "-", "expected a space after the dash of a list item", "write \"- \" with a space");
}

#[test]
fn quotes() {
    says(
        "a: \"x\nb: 1",
        "\"x",
        "this string has no closing quote on its line",
        "add a \" at its end; further lines of a string must be indented deeper than its key",
    );
    says(
        "  a: \"x\n  b: 1\nc: 2",
        "\"x",
        "this string has no closing quote on its line",
        "add a \" at its end; further lines of a string must be indented deeper than its key",
    );
    says(
        "a: 'it's'",
        "s'",
        "expected nothing more after the closing quote, found other text",
        "write two single quotes for one inside single quotes",
    );
    says(
        "a: \"x\" y",
        "y",
        "expected nothing more after the closing quote, found other text",
        "put all of the text in quotes",
    );
    says(
        "a: \"\\q\"",
        "\\q",
        "\\q means nothing in a string in double quotes",
        "for a backslash itself, write \\\\q, or use single quotes",
    );
    says(
        "a: x #c\n  y",
        "#c",
        "a comment cannot stand between the lines of a text without quotes",
        "remove it, or check the indentation of the next line",
    );
    says(
        "{\"a\": \"b\" \"c\"}",
        "\"c\"",
        "expected nothing more after the closing quote, found other text",
        "add a comma between the two",
    );
    says("a: 'x", "'x", "this string has no closing quote", "add a ' at its end");
    says(
        "a:\n  b: \"x\n  c: 1\nd: \"y\"",
        "\"x",
        "this string has no closing quote on its line",
        "add a \" at its end; further lines of a string must be indented deeper than its key",
    );
    says("a: \"x\":", ":", "expected the end of the line after the string, found \":\"", "");
    says("\"a\": \"b\": c", ":", "expected the end of the line after the string, found \":\"", "");
    says(
        "a: 'b' 'c'",
        "'c'",
        "expected nothing more after the closing quote, found other text",
        "put all of the text in quotes",
    );
    says(
        "parameters:\n  password: \"hunter2\n  b: 1",
        "\"hunter2",
        "this string has no closing quote on its line",
        "add a \" at its end; further lines of a string must be indented deeper than its key",
    );
    says(
        "key: \"a\" b: c",
        "b:",
        "expected nothing more after the closing quote, found other text",
        "put all of the text in quotes",
    );
    says("a: '", "'", "this string has no closing quote", "add a ' at its end");
    says("a: {b: \"c}", "\"c}", "this string has no closing quote", "add a \" at its end");
    says(
        "a: \"b\" c: d",
        "c:",
        "expected nothing more after the closing quote, found other text",
        "put all of the text in quotes",
    );
    says(
        "a: [\"b\" \"c\"]",
        "\"c\"",
        "expected nothing more after the closing quote, found other text",
        "add a comma between the two",
    );
    says(
        "a: [\"b\" c]",
        "c",
        "expected nothing more after the closing quote, found other text",
        "add a comma after the string, or put all of the text in quotes",
    );
    says(
        "a: \"it's \"fine\"\"",
        "fine\"\"",
        "expected nothing more after the closing quote, found other text",
        "write \\\" for a quote inside double quotes",
    );
    says("\"a", "\"a", "this string has no closing quote", "add a \" at its end");
}

#[test]
fn brackets() {
    says(
        "a: [1, 2\nb: 3",
        ":",
        "expected \",\" or \"]\", found \":\"",
        "the \"[\" at line 1, column 4 is not closed",
    );
    says(
        "a: {b: 1\nc: 3",
        ":",
        "expected \",\" or \"}\", found \":\"",
        "the \"{\" at line 1, column 4 is not closed",
    );
    says(
        "a: [1, 2}",
        "}",
        "expected \",\" or \"]\", found \"}\"",
        "the \"[\" at line 1, column 4 is not closed",
    );
    says("a: 1]\nb: ]", "]", "this \"]\" closes nothing", "put text that begins with a bracket in quotes");
    says(
        "a: {x}/y",
        "/y",
        "expected the end of the line after the value, found more",
        "put text that begins with a bracket in quotes",
    );
    says("[a, b]]", "]", "this \"]\" closes nothing", "remove it, or put text that it is part of in quotes");
    says("{a: 1}}", "}", "this \"}\" closes nothing", "remove it, or put text that it is part of in quotes");
    says(
        "{\"a\": 1 \"b\": 2}",
        ":",
        "expected \",\" or \"}\", found \":\"",
        "is a comma missing before the key?",
    );
    says("[1,,2]", ",", "expected a list item, found \",\"", "remove one of the commas");
    says("[,1]", ",", "expected a list item, found \",\"", "remove one of the commas");
    says("{a: 1,, b: 2}", ",", "expected a member, found \",\"", "remove one of the commas");
    says(
        "{a: [1, 2}",
        "}",
        "expected \",\" or \"]\", found \"}\"",
        "the \"[\" at line 1, column 5 is not closed",
    );
    says(
        "command: [\"a\", \"b\"\nqueue: x",
        "queue:",
        "this line is indented too little for what is inside of brackets",
        "the \"[\" at line 1, column 10 is not closed, or this line must be indented deeper",
    );
    says(
        "a: [\n  \"x\"  # c\n]",
        "]",
        "this line is indented too little for what is inside of brackets",
        "indent the bracket deeper than its key",
    );
    says(
        "a: [\n\"x\"\n]",
        "\"x\"",
        "this line is indented too little for what is inside of brackets",
        "the \"[\" at line 1, column 4 is not closed, or this line must be indented deeper",
    );
    says(
        "a: [- b]",
        "-",
        "inside of brackets, an item does not begin with \"-\"",
        "separate the items with commas; put text that begins with \"-\" in quotes",
    );
    says(
        "parameters: {password: [hunter2}",
        "}",
        "expected \",\" or \"]\", found \"}\"",
        "the \"[\" at line 1, column 24 is not closed",
    );
}

#[test]
fn text_without_quotes() {
    says("a: @x", "@", "text without quotes cannot begin with \"@\"", "put it in quotes");
    says("a: `x`", "`", "text without quotes cannot begin with \"`\"", "put it in quotes");
    says("a: %x", "%", "text without quotes cannot begin with \"%\"", "put it in quotes");
    says(
        "a: b: c",
        ":",
        "a colon with a space behind it cannot be part of text without quotes",
        "put the text in quotes",
    );
    says(
        "- a: b: c",
        ":",
        "a colon with a space behind it cannot be part of text without quotes",
        "put the text in quotes",
    );
    says("a: *", "*", "text without quotes cannot begin with \"*\"", "put it in quotes");
    says("a: &", "&", "text without quotes cannot begin with \"&\"", "put it in quotes");
    says(
        "--- a\n--- b: 1",
        ":",
        "a colon with a space behind it cannot be part of text without quotes",
        "put the text in quotes",
    );
    says("a: ?", "?", "text without quotes cannot begin with \"?\"", "put it in quotes");
    says("a: ,b", ",", "text without quotes cannot begin with \",\"", "put it in quotes");
    says(
        "parameters:\n  password: @hunter2",
        "@",
        "text without quotes cannot begin with \"@\"",
        "put it in quotes",
    );
    says(
        "parameters:\n  password: hunter2: x",
        ":",
        "a colon with a space behind it cannot be part of text without quotes",
        "put the text in quotes",
    );
}

#[test]
fn blocks_and_comments() {
    says(
        "a: |x\n  y",
        "|x",
        "expected the end of the line after \"|\", which begins a block of text",
        "put text that begins with \"|\" in quotes",
    );
    says("a: \"b\"#c", "#", "a comment must have a space before it", "write \" #\"");
    says(
        "a: >-2 x",
        ">-2 x",
        "expected the end of the line after \">\", which begins a block of text",
        "put text that begins with \">\" in quotes",
    );
    says("a: |0\n  x", "|0", "the indentation of a block of text must be a digit from 1 to 9", "");
    says("a: |\n     \n   x", "x", "this line of the block of text is indented less than its first line", "");
}

#[test]
fn anchors_and_tags() {
    says(
        "a: *x",
        "*x",
        "this alias has no anchor before it in its document",
        "put text that starts with \"*\" in quotes",
    );
    says(
        "a: &x [*x]",
        "*x",
        "an alias must not stand inside of what it is an alias of",
        "an alias repeats the whole value behind its anchor; put the anchor at a smaller one",
    );
    says(
        "a: !Ref x",
        "!Ref",
        "tags other than those of the YAML 1.2 core schema, such as !!str, are not supported",
        "remove the tag, or put text that starts with \"!\" in quotes",
    );
    says("a: !!int x", "x", "expected an integer after the tag !!int, found other text", "");
    says(
        "a: !!seq x",
        "!!seq",
        "this tag does not fit: what follows is neither a list nor an object",
        "remove the tag, or write !!str, !!int, !!float, !!bool or !!null",
    );
    says(
        "a: !!str [x]",
        "!!str",
        "this tag does not fit: what follows is a list",
        "remove the tag, or write !!seq",
    );
    says(
        "parameters:\n  password: *hunter2",
        "*hunter2",
        "this alias has no anchor before it in its document",
        "put text that starts with \"*\" in quotes",
    );
    says(
        "parameters:\n  password: !hunter2",
        "!hunter2",
        "tags other than those of the YAML 1.2 core schema, such as !!str, are not supported",
        "remove the tag, or put text that starts with \"!\" in quotes",
    );
    says("a: !!int 1.5", "1.5", "expected an integer after the tag !!int, found other text", "");
    says("a: !!bool yes", "yes", "expected true or false after the tag !!bool, found other text", "");
    says("a: !!null x", "x", "expected null after the tag !!null, found other text", "");
    says("a: !!float x", "x", "expected a number after the tag !!float, found other text", "");
    says(
        "a: !<!x> b",
        "!<!x>",
        "tags other than those of the YAML 1.2 core schema, such as !!str, are not supported",
        "remove the tag, or put text that starts with \"!\" in quotes",
    );
    says(
        "a: !e!x b",
        "!e!x",
        "tags other than those of the YAML 1.2 core schema, such as !!str, are not supported",
        "remove the tag, or put text that starts with \"!\" in quotes",
    );
    says(
        "a: !x b",
        "!x",
        "tags other than those of the YAML 1.2 core schema, such as !!str, are not supported",
        "remove the tag, or put text that starts with \"!\" in quotes",
    );
    says(
        "a: &x 1\n---\nb: *x",
        "*x",
        "this alias has no anchor before it in its document",
        "put text that starts with \"*\" in quotes",
    );
    says("- &a [1]\n- *a : 2", "*a", "a key must be text, but this alias stands for a list or an object", "");
    says("a: &x *x", "*x", "an alias cannot have an anchor or a tag", "");
}

#[test]
fn numbers() {
    says("parameters:\n  pin: 1e999", "1e999", "this number is too large for any number here", "");
    says(
        "parameters:\n  pin: -.inf",
        "-.inf",
        "infinity and not-a-number have no place in a request",
        "write a number, or put quotes around text",
    );
    says(
        "a: .NaN",
        ".NaN",
        "infinity and not-a-number have no place in a request",
        "write a number, or put quotes around text",
    );
    says("a: 1e400", "1e400", "this number is too large for any number here", "");
    says(
        "a: 0xfffffffffffffffffffffffffffffffffffff",
        "0xfffffffffffffffffffffffffffffffffffff",
        "this number is too large for any number here",
        "",
    );
    says(
        "a: !!float .inf",
        ".inf",
        "infinity and not-a-number have no place in a request",
        "write a number, or put quotes around text",
    );
}

#[test]
fn keys() {
    says(
        "a: {{ x }}",
        "{",
        "a key must be text, not a list or an object",
        "put text that starts with a brace or a bracket in quotes",
    );
    says(
        "? [a]\n: b",
        "[",
        "a key must be text, not a list or an object",
        "put text that starts with a brace or a bracket in quotes",
    );
    says(": b", ":", "expected a key, found nothing", "");
    says("{: b}", ":", "expected a key, found nothing", "");
    says("<<: 1", "<<", "merge keys (<<) are not part of YAML 1.2", "write the members out");
    says(
        "- &a 1\n- *a : 2\n  *a : 3",
        "*a",
        "the key \"1\" is given twice, first at line 2, column 3",
        "remove one of the two",
    );
    says(
        "a: &x 1\n*x : 2\na: 3",
        "a",
        "the key \"a\" is given twice, first at line 1, column 1",
        "remove one of the two",
    );
    says(
        "{a: 1, a: 2}",
        "a",
        "the key \"a\" is given twice, first at line 1, column 2",
        "remove one of the two",
    );
    says(
        "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3",
        "c",
        "the key \"c\" is given twice, first at line 3, column 3",
        "remove one of the two",
    );
    says("<<: *x", "<<", "merge keys (<<) are not part of YAML 1.2", "write the members out");
    says("a: {<<: 1}", "<<", "merge keys (<<) are not part of YAML 1.2", "write the members out");
    says(
        "'a': 1\n\"a\": 2",
        "\"a\"",
        "the key \"a\" is given twice, first at line 1, column 1",
        "remove one of the two",
    );
}

#[test]
fn documents() {
    says(
        "{a: 1} b",
        "b",
        "expected nothing after the end of the document, found more",
        "put text that begins with a bracket in quotes",
    );
    says("%FOO\na: 1", "a:", "expected \"---\" after the directives, found other text", "");
    says("a: 1\n...\n%FOO\nb", "b", "expected \"---\" after the directives, found other text", "");
    says(
        "a: 1\n%FOO\n---\nb",
        "%FOO",
        "a line that begins with \"%\" is a directive, and this one has no meaning here",
        "remove it",
    );
    says(
        "... x",
        "x",
        "expected nothing after the end of the document, found more",
        "write \"---\" on a line before another document",
    );
}

#[test]
fn items_between_two_indentations() {
    says(
        "a:\n  - b: 1\n   - b: 2",
        "- b",
        "the indentation of this line fits none of the lines above",
        "indent it exactly like the line it belongs beside",
    );
}

#[test]
fn control_characters() {
    says(
        "a: b\u{1b}c",
        "\u{1b}",
        "the control character U+001B is not allowed in YAML",
        "remove it, or write \"\\u001b\"",
    );
    for text in ["a: \0", "\u{7f}", "# \u{9b}", "\"\u{1}\"", "\u{ffff}"] {
        assert!(error(text).message.starts_with("the control character U+"), "{text:?}");
    }
    assert_eq!(value("\"a\u{85}b\u{a0}\""), "a\u{85}b\u{a0}");
    says("%F é\n---\na", "%F é", "a directive can only hold ASCII characters", "");
}

#[test]
fn long_keys() {
    let text = format!("{}: 1", "k".repeat(2000));
    says(&text, &text[..2000], "a key cannot be longer than 1024 characters", "");
    assert!(parse(&format!("{{{}: 1}}", "k".repeat(2000))).is_ok());
}

/// Whatever one slip makes of a text, its error never repeats a value.
#[test]
fn secrets_are_not_repeated() {
    let job = "parameters:\n  password: hunter2\n  pin: 'hunter2'\n  list: [hunter2, \"hunter2\"]\nenvironment:\n- name: a\n  value: hunter2\n- {name: b, value: hunter2}\n";
    let mut count = 0;
    for (at, _) in job.char_indices() {
        for new in [
            "\"", "'", ":", ": ", "- ", "\n", "\t", "[", "]", "{", "}", ",", "#", "&", "*", "!", "|", "@",
            "\\", "? ",
        ] {
            let (before, behind) = job.split_at(at);
            for text in [format!("{before}{new}{behind}"), format!("{before}{new}{}", &behind[1..])] {
                // Where a slip makes a key of a value, no key is left that is none.
                if let Err(error) = parse(&text) {
                    let said = format!("{} {}", error.message, error.help.unwrap_or_default());
                    assert!(!said.contains("unter"), "{said} of {text}");
                    count += 1;
                }
            }
        }
    }
    assert!(count > 1000, "{count}");
}
