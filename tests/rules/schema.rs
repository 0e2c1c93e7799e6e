//! The JSON Schemas, judged by an independent library.

use std::collections::HashMap;

use jsonschema::Validator;
use kiln::api::Operation;
use kiln::api::schema::schema;
use kiln::rules::registry;
use kiln::rules::{Severity, walk};
use serde_json::Value;

use crate::case::{self, Expect};
use crate::corpus;

struct Schemas(HashMap<Operation, Validator>);

impl Schemas {
    fn accept(&mut self, operation: Operation, input: &Value) -> Result<(), String> {
        let validator = self.0.entry(operation).or_insert_with(|| {
            let schema = schema(operation);
            jsonschema::draft202012::meta::validate(&schema).expect("a schema");
            jsonschema::draft202012::new(&schema).expect("a schema")
        });
        validator.validate(input).map_err(|error| format!("{}: {error}", error.instance_path()))
    }
}

/// Whether an input breaks something that a schema can say: a shape, or a rule about a single value. The walk judges
/// these and nothing else.
fn breaks_a_shape(operation: Operation, input: &Value) -> bool {
    walk::check(operation.info().input, input).has_errors()
}

#[test]
fn schemas_accept_what_is_right_and_refuse_what_a_schema_can_refuse() {
    let mut schemas = Schemas(HashMap::new());
    let bases = case::bases();
    let mut wrong = Vec::new();
    let mut judge = |name: String, operation, input: &Value| match (
        schemas.accept(operation, input),
        breaks_a_shape(operation, input),
    ) {
        (Err(error), false) => wrong.push(format!("{name}: the schema refuses it: {error}")),
        (Ok(()), true) => wrong.push(format!("{name}: the schema accepts it: {input}")),
        (Ok(()), false) | (Err(_), true) => {}
    };
    for (_, case) in case::all() {
        let (operation, input) = case.input(&bases);
        judge(format!("{:?} {}", case.covers, case.case), operation, &input);
    }
    for entry in corpus::all() {
        if let Some((operation, input)) = entry.input() {
            judge(entry.file, operation, &input);
        }
    }
    assert!(wrong.is_empty(), "{}\n{} differ", wrong.join("\n"), wrong.len());
}

#[test]
fn the_corpus_passes_the_schemas() {
    let mut schemas = Schemas(HashMap::new());
    for entry in
        corpus::all().into_iter().filter(|entry| matches!(&entry.expect, Expect::Word(word) if word == "ok"))
    {
        let (operation, input) = entry.input().unwrap();
        schemas.accept(operation, &input).unwrap_or_else(|error| panic!("{}: {error}", entry.file));
    }
}

#[test]
fn what_a_schema_refuses_is_an_error() {
    for operation in Operation::ALL {
        for id in crate::examples::constraints_of(*operation) {
            let rule = registry::find(id).unwrap();
            assert_eq!(rule.severity, Severity::Error, "{id}: a schema cannot warn");
        }
    }
}
