//! The words in which a message speaks of types and of values.

use serde_json::Value;

use crate::api::shape::{Enumeration, Limits, Type};
use crate::rules::cursor::Cursor;
use crate::rules::quote::{LONGEST_SHOWN, quoted};

/// Longer lists of words are not written out.
const LONGEST_LIST: usize = 12;

/// What was found at a cursor: `the string "3"`, `an object`. A value that may hold a secret is not shown.
pub fn found(at: &Cursor<'_>) -> String {
    let hidden = || at.privacy().hides();
    match at.value() {
        Value::Null => "null".to_owned(),
        Value::Bool(_) if hidden() => "a boolean".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(_) if hidden() => "a number".to_owned(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.is_empty() => "an empty string".to_owned(),
        Value::String(_) if hidden() => "a string".to_owned(),
        Value::String(text) => format!("the string {}", quoted(text, LONGEST_SHOWN)),
        Value::Array(items) if items.is_empty() => "an empty list".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(members) if members.is_empty() => "an empty object".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// What a type takes: `a string`, `a list of objects`.
pub fn expected(ty: &Type) -> String {
    match ty {
        Type::String(_) => "a string".to_owned(),
        Type::Integer | Type::Long(_) => "an integer".to_owned(),
        Type::Float | Type::Double => "a number".to_owned(),
        Type::Boolean => "true or false".to_owned(),
        Type::Enum(words) => words_of(words),
        Type::List(item, _) => format!("a list of {}", plural(item)),
        Type::Map(_, value, _) => format!("an object whose values are {}", plural(value)),
        Type::Structure(_) => "an object".to_owned(),
    }
}

/// Many of a type.
fn plural(ty: &Type) -> &'static str {
    match ty {
        Type::String(_) => "strings",
        Type::Integer | Type::Long(_) => "integers",
        Type::Float | Type::Double => "numbers",
        Type::Boolean => "booleans",
        Type::Enum(_) => "words",
        Type::List(..) => "lists",
        Type::Map(..) | Type::Structure(_) => "objects",
    }
}

/// The words of an enumeration: `"VCPU", "MEMORY" or "GPU"`.
pub fn words_of(words: &Enumeration) -> String {
    let shown: Vec<_> =
        words.values.iter().take(LONGEST_LIST).map(|(word, _)| format!("\"{word}\"")).collect();
    match words.values.len().saturating_sub(LONGEST_LIST) {
        0 => joined(&shown, "or"),
        more => format!("{} or one of {more} more words", shown.join(", ")),
    }
}

/// Words with commas between them and `last` before the last one.
pub fn joined(words: &[impl AsRef<str>], last: &str) -> String {
    let mut text = String::new();
    for (position, word) in words.iter().enumerate() {
        match position {
            0 => {}
            _ if position + 1 == words.len() => text.push_str(&format!(" {last} ")),
            _ => text.push_str(", "),
        }
        text.push_str(word.as_ref());
    }
    text
}

/// Which numbers of something are permitted: `1 to 50 items`, `at most 1 character`.
pub fn bounds(limits: Limits, one: &str, many: &str) -> String {
    let noun = |count: i64| if count == 1 { one } else { many };
    match (limits.min.filter(|min| *min > 0), limits.max) {
        (Some(min), Some(max)) if min == max => format!("exactly {max} {}", noun(max)),
        (Some(min), Some(max)) => format!("{min} to {max} {many}"),
        (Some(min), None) => format!("at least {min} {}", noun(min)),
        (None, Some(max)) => format!("at most {max} {}", noun(max)),
        (None, None) => format!("any number of {many}"),
    }
}

/// Which whole numbers are permitted: `an integer from 1 to 7200`.
pub fn range(limits: Limits) -> String {
    match (limits.min, limits.max) {
        (Some(min), Some(max)) => format!("an integer from {min} to {max}"),
        (Some(min), None) => format!("an integer of at least {min}"),
        (None, Some(max)) => format!("an integer of at most {max}"),
        (None, None) => "an integer".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn found_values_are_named_and_shortened() {
        for (value, words) in [
            (json!(null), "null"),
            (json!(true), "true"),
            (json!(3), "the number 3"),
            (json!(3.0), "the number 3.0"),
            (json!("3"), "the string \"3\""),
            (json!(""), "an empty string"),
            (json!([]), "an empty list"),
            (json!([1]), "a list"),
            (json!({}), "an empty object"),
            (json!({"a": 1}), "an object"),
        ] {
            assert_eq!(found(&Cursor::root(&value)), words);
        }
        let long = json!("x".repeat(41));
        assert_eq!(found(&Cursor::root(&long)), format!("the string \"{}\"...", "x".repeat(40)));
    }

    #[test]
    fn secrets_are_never_shown() {
        for (value, words) in
            [(json!("hunter2"), "a string"), (json!(42), "a number"), (json!(true), "a boolean")]
        {
            let input = json!({"parameters": {"password": value}});
            let at = Cursor::root(&input).get("parameters").unwrap().get("password").unwrap();
            assert_eq!(found(&at), words);
        }
    }

    #[test]
    fn bounds_read_well() {
        let limits = |min, max| Limits { min, max };
        for (limits, words) in [
            (limits(Some(1), Some(50)), "1 to 50 items"),
            (limits(Some(0), Some(64)), "at most 64 items"),
            (limits(None, Some(1)), "at most 1 item"),
            (limits(Some(1), None), "at least 1 item"),
            (limits(Some(2), Some(2)), "exactly 2 items"),
        ] {
            assert_eq!(bounds(limits, "item", "items"), words);
        }
        assert_eq!(range(Limits::between(1, 7200)), "an integer from 1 to 7200");
        assert_eq!(range(limits(Some(60), None)), "an integer of at least 60");
        assert_eq!(range(limits(None, Some(9))), "an integer of at most 9");
    }

    #[test]
    fn lists_of_words_read_well() {
        assert_eq!(joined(&["a"], "or"), "a");
        assert_eq!(joined(&["a", "b"], "or"), "a or b");
        assert_eq!(joined(&["a", "b", "c"], "and"), "a, b and c");
    }
}
