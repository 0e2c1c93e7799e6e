//! What the walk reports, against structures made for it and against those of the API.

use serde_json::{Value, json};

use super::*;
use crate::api::Operation;
use crate::api::shape::{Enumeration, Member, Role};

const ANY: Limits = Limits::NONE;
const COLOURS: Enumeration = Enumeration {
    name: "Colour",
    doc: &[],
    values: &[("RED", &[]), ("DARK_GREEN", &[]), ("BLUE", &[])],
    any_case: false,
};
const ANY_CASE: Enumeration = Enumeration { any_case: true, ..COLOURS };
const SHORT: Type = Type::String(Limits::between(1, 3));
const TEXT: Type = Type::String(ANY);

const fn member(name: &'static str, ty: Type) -> Member {
    Member { name, doc: &[], required: false, ty, role: Role::Body, constraints: &[] }
}

const PAIR: Structure =
    Structure { name: "Pair", doc: &[], members: &[member("name", TEXT), member("value", TEXT)] };
const INNER: Structure = Structure {
    name: "Inner",
    doc: &[],
    members: &[
        Member { required: true, ..member("id", TEXT) },
        member("depth", Type::Integer),
        Member { required: true, ..member("colour", Type::Enum(&COLOURS)) },
    ],
};
const OUTER: Structure = Structure {
    name: "Outer",
    doc: &[],
    members: &[
        member("text", TEXT),
        member("short", SHORT),
        member("int", Type::Integer),
        member("long", Type::Long(Limits::between(1, 7200))),
        member("float", Type::Float),
        member("double", Type::Double),
        member("bool", Type::Boolean),
        member("colour", Type::Enum(&COLOURS)),
        member("shade", Type::Enum(&ANY_CASE)),
        member("list", Type::List(&TEXT, Limits::between(1, 2))),
        member("pairs", Type::List(&Type::Structure(&PAIR), ANY)),
        member("map", Type::Map(&SHORT, &TEXT, Limits { min: None, max: Some(2) })),
        member("inner", Type::Structure(&INNER)),
        member("parameters", Type::Map(&TEXT, &TEXT, ANY)),
    ],
};

/// One line per finding: rule, path, message, help.
fn lines(value: &Value) -> Vec<String> {
    let line = |finding: &Finding| {
        let help = finding.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{} {}: {}{help}", finding.rule, finding.path, finding.message)
    };
    check(&OUTER, value).iter().map(line).collect()
}

#[track_caller]
fn fine(member: &str, values: &[Value]) {
    for value in values {
        assert_eq!(lines(&json!({member: value})), Vec::<String>::new(), "{value}");
    }
}

#[track_caller]
fn bad(member: &str, cases: &[(Value, &str)]) {
    for (value, line) in cases {
        assert_eq!(lines(&json!({member: value})), [*line], "{value}");
    }
}

#[test]
fn texts() {
    fine("text", &[json!(""), json!("any")]);
    bad(
        "text",
        &[
            (json!(3), "SHAPE-TYPE text: expected a string, found the number 3 (write \"3\", with quotes)"),
            (json!(true), "SHAPE-TYPE text: expected a string, found true (write \"true\", with quotes)"),
            (json!(["a"]), "SHAPE-TYPE text: expected a string, found a list (remove the square brackets)"),
            (json!({}), "SHAPE-TYPE text: expected a string, found an empty object"),
            (
                json!(null),
                "SHAPE-TYPE text: expected a string, found null \
                 (null is no value here; to leave it unset, remove the member)",
            ),
        ],
    );
}

#[test]
fn lengths_count_characters() {
    fine("short", &[json!("a"), json!("äöü")]);
    bad(
        "short",
        &[
            (json!(""), "SHAPE-LIMIT short: expected 1 to 3 characters, found an empty string"),
            (json!("abcd"), "SHAPE-LIMIT short: expected 1 to 3 characters, found 4"),
        ],
    );
}

#[test]
fn integers() {
    fine("int", &[json!(0), json!(i32::MAX), json!(i32::MIN)]);
    let range = "SHAPE-TYPE int: expected an integer from -2147483648 to 2147483647, found the number";
    bad(
        "int",
        &[
            (json!(2_147_483_648_i64), &format!("{range} 2147483648")),
            (json!(-2_147_483_649_i64), &format!("{range} -2147483649")),
            (json!(u64::MAX), &format!("{range} 18446744073709551615")),
            (json!(3.0), "SHAPE-TYPE int: expected an integer, found the number 3.0 (write 3)"),
            (json!(1.5), "SHAPE-TYPE int: expected an integer, found the number 1.5"),
            (
                json!("3"),
                "SHAPE-TYPE int: expected an integer, found the string \"3\" (write 3 without quotes)",
            ),
            (json!("many"), "SHAPE-TYPE int: expected an integer, found the string \"many\""),
            (json!(true), "SHAPE-TYPE int: expected an integer, found true"),
        ],
    );
}

#[test]
fn longs_have_a_range() {
    fine("long", &[json!(1), json!(7200)]);
    bad(
        "long",
        &[
            (json!(0), "SHAPE-LIMIT long: expected an integer from 1 to 7200, found the number 0"),
            (json!(7201), "SHAPE-LIMIT long: expected an integer from 1 to 7200, found the number 7201"),
            (json!(1.0), "SHAPE-TYPE long: expected an integer, found the number 1.0 (write 1)"),
            (
                json!(u64::MAX),
                "SHAPE-TYPE long: expected an integer from -9223372036854775808 to 9223372036854775807, \
                 found the number 18446744073709551615",
            ),
        ],
    );
}

#[test]
fn numbers_and_booleans() {
    fine("float", &[json!(1), json!(0.5), json!(-1e30)]);
    fine("double", &[json!(u64::MAX)]);
    fine("bool", &[json!(true), json!(false)]);
    bad(
        "float",
        &[
            (
                json!("0.5"),
                "SHAPE-TYPE float: expected a number, found the string \"0.5\" (write 0.5 without quotes)",
            ),
            (json!("inf"), "SHAPE-TYPE float: expected a number, found the string \"inf\""),
        ],
    );
    bad(
        "bool",
        &[
            (
                json!("True"),
                "SHAPE-TYPE bool: expected true or false, found the string \"True\" (write true without quotes)",
            ),
            (
                json!("no"),
                "SHAPE-TYPE bool: expected true or false, found the string \"no\" (write false without quotes)",
            ),
            (json!("maybe"), "SHAPE-TYPE bool: expected true or false, found the string \"maybe\""),
            (json!(1), "SHAPE-TYPE bool: expected true or false, found the number 1"),
        ],
    );
}

#[test]
fn words() {
    fine("colour", &[json!("RED"), json!("DARK_GREEN")]);
    fine("shade", &[json!("red"), json!("dark_GREEN")]);
    let expected = r#"colour: expected "RED", "DARK_GREEN" or "BLUE", found"#;
    bad(
        "colour",
        &[
            (json!("red"), &format!("SHAPE-ENUM {expected} the string \"red\" (did you mean \"RED\"?)")),
            (
                json!("dark-green"),
                &format!("SHAPE-ENUM {expected} the string \"dark-green\" (did you mean \"DARK_GREEN\"?)"),
            ),
            (json!("mauve"), &format!("SHAPE-ENUM {expected} the string \"mauve\"")),
            (json!(""), &format!("SHAPE-ENUM {expected} an empty string")),
            (json!(1), &format!("SHAPE-TYPE {expected} the number 1")),
        ],
    );
}

#[test]
fn lists() {
    fine("list", &[json!(["a"]), json!(["a", "b"])]);
    bad(
        "list",
        &[
            (json!([]), "SHAPE-LIMIT list: expected 1 to 2 items, found an empty list"),
            (json!(["a", "b", "c"]), "SHAPE-LIMIT list: expected 1 to 2 items, found 3"),
            (
                json!(["a", null]),
                "SHAPE-TYPE list[1]: expected a string, found null (remove it from the list)",
            ),
            (
                json!("a"),
                "SHAPE-TYPE list: expected a list of strings, found the string \"a\" \
                 (put it in square brackets, even if there is only one)",
            ),
            (
                json!("[1]"),
                "SHAPE-TYPE list: expected a list of strings, found the string \"[1]\" \
                 (this looks like JSON inside a string; write it without the quotes around it)",
            ),
        ],
    );
    let found = "SHAPE-TYPE pairs: expected a list of objects, found an object";
    bad(
        "pairs",
        &[
            (
                json!({"A": "1"}),
                &format!("{found} (write it as [{{\"name\": \"KEY\", \"value\": \"VALUE\"}}])"),
            ),
            (
                json!({"name": "A"}),
                &format!("{found} (put it in square brackets, even if there is only one)"),
            ),
        ],
    );
}

#[test]
fn maps() {
    fine("map", &[json!({}), json!({"a": "", "abc": "x"})]);
    bad(
        "map",
        &[
            (json!({"a": "", "b": "", "c": ""}), "SHAPE-LIMIT map: expected at most 2 entries, found 3"),
            (json!({"abcd": ""}), "SHAPE-LIMIT map.abcd: expected a key of 1 to 3 characters, found 4"),
            (
                json!({"": ""}),
                "SHAPE-LIMIT map[\"\"]: expected a key of 1 to 3 characters, found an empty one",
            ),
            (
                json!({"a": 1}),
                "SHAPE-TYPE map.a: expected a string, found the number 1 (write \"1\", with quotes)",
            ),
            (
                json!([{"Key": "a", "Value": "b"}]),
                "SHAPE-TYPE map: expected an object whose values are strings, found a list \
                 (write it as {\"KEY\": \"VALUE\"})",
            ),
        ],
    );
}

#[test]
fn everything_is_reported_in_the_order_of_the_document() {
    let input = json!({"inner": {"depth": "x", "zz": 1}, "nope": 1, "text": 1});
    assert_eq!(
        lines(&input),
        [
            "SHAPE-REQUIRED inner.id: this required member is missing; expected a string",
            r#"SHAPE-REQUIRED inner.colour: this required member is missing; expected "RED", "DARK_GREEN" or "BLUE""#,
            r#"SHAPE-TYPE inner.depth: expected an integer, found the string "x""#,
            r#"SHAPE-UNKNOWN inner.zz: unknown member "zz" (the members here are id, depth and colour)"#,
            r#"SHAPE-UNKNOWN nope: unknown member "nope""#,
            r#"SHAPE-TYPE text: expected a string, found the number 1 (write "1", with quotes)"#,
        ]
    );
}

#[test]
fn unknown_members_get_a_suggestion() {
    for (name, help) in [
        ("Text", r#"did you mean "text"?"#),
        ("dubble", r#"did you mean "double"?"#),
        ("depth", r#""depth" belongs under inner"#),
        ("name", r#""name" belongs under pairs[0]"#),
    ] {
        assert_eq!(
            lines(&json!({name: 1})),
            [format!("SHAPE-UNKNOWN {name}: unknown member \"{name}\" ({help})")]
        );
    }
}

#[test]
fn the_input_itself_must_be_an_object() {
    assert_eq!(lines(&json!([1])), ["SHAPE-TYPE the input: expected an object, found a list"]);
    assert_eq!(
        lines(&json!([{}])),
        ["SHAPE-TYPE the input: expected an object, found a list (remove the square brackets)"]
    );
}

#[test]
fn secrets_are_not_repeated() {
    bad(
        "parameters",
        &[(
            json!({"password": 4711}),
            "SHAPE-TYPE parameters.password: expected a string, found a number (put it in double quotes)",
        )],
    );
}

#[test]
fn keys_are_underlined_where_the_key_is_wrong() {
    let findings = check(&OUTER, &json!({"nope": 1, "map": {"abcd": ""}, "text": 1}));
    let places: Vec<_> = findings.iter().map(|finding| finding.at).collect();
    use crate::rules::finding::Place::{Key, Value};
    assert_eq!(places, [Key, Key, Value]);
}

#[test]
fn many_unknown_members_stay_cheap() {
    let members: serde_json::Map<_, _> = (0..100_000).map(|n| (format!("member{n}"), json!(1))).collect();
    let findings = check(&OUTER, &Value::Object(members));
    assert_eq!(findings.len(), 100_000);
}

#[test]
fn suggestions_of_the_real_shapes() {
    let input = json!({
        "jobName": "a", "jobQueue": "q", "jobDefinition": "d",
        "environment": [], "vcpus": 1, "containerOverrides": {"resourceRequirements": [{"type": "CPU", "value": 4}]}
    });
    let findings = crate::rules::check(Operation::SubmitJob, &input);
    let helps: Vec<_> = findings.iter().map(|finding| finding.help.as_deref().unwrap_or("-")).collect();
    assert_eq!(
        helps,
        [
            r#""environment" belongs under containerOverrides"#,
            r#""vcpus" belongs under containerOverrides"#,
            r#"did you mean "VCPU"?"#,
            r#"write "4", with quotes"#,
        ]
    );
}
