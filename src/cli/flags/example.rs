//! Examples of what a flag takes, made from its type.

use crate::api::shape::{Member, Role, Structure, Type};

/// More members do not make an example clearer.
const MOST_MEMBERS: usize = 2;
/// Nor does greater depth.
const DEEPEST: usize = 2;

/// A JSON value of a type, in the quotes that a shell needs.
pub(super) fn of(ty: &Type) -> String {
    format!("'{}'", json(ty, DEEPEST))
}

fn json(ty: &Type, depth: usize) -> String {
    match ty {
        Type::String(_) => r#""...""#.to_owned(),
        // Any number would look like a recommendation, and many are out of range somewhere.
        Type::Integer | Type::Long(_) | Type::Float | Type::Double => "...".to_owned(),
        Type::Boolean => "true".to_owned(),
        Type::Enum(words) => format!("\"{}\"", words.values.first().map_or("...", |(word, _)| word)),
        Type::List(item, _) => format!("[{}]", json(item, depth)),
        Type::Map(..) => r#"{"KEY": "VALUE"}"#.to_owned(),
        Type::Structure(_) if depth == 0 => "{...}".to_owned(),
        Type::Structure(structure) => {
            let members: Vec<_> = telling(structure)
                .into_iter()
                .map(|member| format!("\"{}\": {}", member.name, json(&member.ty, depth - 1)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

/// The members to show: required ones, else the first that is not out of date.
fn telling(structure: &Structure) -> Vec<&Member> {
    let required: Vec<_> = structure.members.iter().filter(|member| member.required).collect();
    let mut current = structure.members.iter().filter(|member| member.role != Role::Deprecated);
    if required.is_empty() {
        return current.next().into_iter().collect();
    }
    required.into_iter().take(MOST_MEMBERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Operation;

    #[test]
    fn examples_are_short_and_in_shape() {
        let example = |operation: Operation, name: &str| of(&operation.info().input.member(name).unwrap().ty);
        assert_eq!(example(Operation::SubmitJob, "timeout"), r#"'{"attemptDurationSeconds": ...}'"#);
        assert_eq!(example(Operation::SubmitJob, "containerOverrides"), r#"'{"command": ["..."]}'"#);
        assert_eq!(example(Operation::SubmitJob, "dependsOn"), r#"'[{"jobId": "..."}]'"#);
        assert_eq!(
            example(Operation::CreateJobQueue, "computeEnvironmentOrder"),
            r#"'[{"order": ..., "computeEnvironment": "..."}]'"#
        );
        assert_eq!(example(Operation::SubmitJob, "tags"), r#"'{"KEY": "VALUE"}'"#);
    }
}
