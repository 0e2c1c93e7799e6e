//! Answers as JSON, as the AWS CLI prints them.

use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::{Map, Number, Value};

use crate::api::shape::{Structure, Type};

/// The text of an answer with its line break; nothing at all for an empty one.
///
/// Members come in the order of the structure, unknown ones and nulls are dropped.
pub(crate) fn print(structure: &Structure, value: Value) -> String {
    let members = match value {
        Value::Object(members) => arranged(structure, members),
        _ => Map::new(),
    };
    if members.is_empty() { String::new() } else { pretty(&Value::Object(members)) }
}

/// Any value, indented as answers are.
pub(crate) fn pretty(value: &Value) -> String {
    let mut text = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut text, PrettyFormatter::with_indent(b"    "));
    value.serialize(&mut serializer).expect("a value can be written to memory");
    text.push(b'\n');
    String::from_utf8(text).expect("JSON is UTF-8")
}

fn arranged(structure: &Structure, mut members: Map<String, Value>) -> Map<String, Value> {
    let known = structure.members.iter().filter_map(|member| {
        let value = members.remove(member.name).filter(|value| !value.is_null())?;
        Some((member.name.to_owned(), value_of(&member.ty, value)))
    });
    known.collect()
}

fn value_of(ty: &Type, value: Value) -> Value {
    match (ty, value) {
        (Type::Structure(structure), Value::Object(members)) => Value::Object(arranged(structure, members)),
        (Type::List(item, _), Value::Array(items)) => {
            items.into_iter().map(|value| value_of(item, value)).collect()
        }
        (Type::Map(_, item, _), Value::Object(entries)) => {
            entries.into_iter().map(|(key, value)| (key, value_of(item, value))).collect()
        }
        // 3 and 3.0 are the same on the wire; a double prints as the latter.
        (Type::Float | Type::Double, Value::Number(number)) => {
            number.as_f64().and_then(Number::from_f64).unwrap_or(number).into()
        }
        (_, value) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Operation;
    use serde_json::json;

    #[test]
    fn members_come_in_the_order_of_the_model() {
        let answer = json!({
            "jobId": "i", "surprise": 1, "jobName": "höß", "jobArn": null,
        });
        assert_eq!(
            print(Operation::SubmitJob.info().output, answer),
            "{\n    \"jobName\": \"höß\",\n    \"jobId\": \"i\"\n}\n"
        );
    }

    #[test]
    fn nested_members_are_arranged_too() {
        let answer = json!({"nextToken": null, "jobQueues": [
            {"state": "ENABLED", "jobQueueName": "q", "odd": true, "computeEnvironmentOrder": [],
             "tags": {"z": "1", "a": "2"}},
        ]});
        let text = print(Operation::DescribeJobQueues.info().output, answer);
        let places = ["jobQueueName", "state", "computeEnvironmentOrder\": []", "tags", "\"z\"", "\"a\""]
            .map(|word| text.find(word).unwrap_or_else(|| panic!("{word} in {text}")));
        assert!(places.is_sorted(), "{text}");
        assert!(!text.contains("odd") && !text.contains("nextToken"), "{text}");
    }

    #[test]
    fn an_empty_answer_prints_nothing() {
        assert_eq!(print(Operation::CancelJob.info().output, json!({})), "");
        assert_eq!(print(Operation::CancelJob.info().output, Value::Null), "");
        assert_eq!(print(Operation::ListJobs.info().output, json!({"jobSummaryList": null})), "");
        assert_eq!(
            print(Operation::ListJobs.info().output, json!({"jobSummaryList": []})),
            "{\n    \"jobSummaryList\": []\n}\n"
        );
    }

    #[test]
    fn numbers_keep_their_form() {
        let ty = Type::Double;
        assert_eq!(value_of(&ty, json!(3)).to_string(), "3.0");
        assert_eq!(value_of(&Type::Integer, json!(3)).to_string(), "3");
        let large = json!(u64::MAX);
        assert_eq!(value_of(&Type::Integer, large.clone()), large);
    }
}
