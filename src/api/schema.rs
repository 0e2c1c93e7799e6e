//! JSON Schemas of what operations take, so that editors complete and check input files.
//!
//! Dialect 2020-12, each self-contained: every nested structure stands under `$defs` by its name. All that
//! they say comes from the [`Structure`]s; start reading at [`schema`].

use serde_json::{Map, Value, json};

use crate::api::Operation;
use crate::api::constraint::{Check, Constraint};
use crate::api::shape::{Enumeration, Limits, Member, Role, Structure, Type, prose};

/// The identifier of the dialect.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of the input of `operation`, with all that the guide asks of single values.
pub fn schema(operation: Operation) -> Value {
    let info = operation.info();
    let mut schema = Builder::new(true).whole(info.input);
    schema["title"] = json!(info.name);
    schema["description"] = json!(prose(info.doc));
    schema
}

/// The schema of any structure, be it an input, an output or a part of one, as the API model alone has it.
pub fn structure_schema(structure: &Structure) -> Value {
    Builder::new(false).whole(structure)
}

/// Builds one schema.
struct Builder {
    /// Whether what the guide asks counts as well.
    with_guide: bool,
    /// The structures that were come across.
    definitions: Map<String, Value>,
}

impl Builder {
    fn new(with_guide: bool) -> Self {
        Self { with_guide, definitions: Map::new() }
    }

    fn whole(mut self, structure: &Structure) -> Value {
        let mut schema = Map::new();
        schema.insert("$schema".into(), json!(DIALECT));
        schema.insert("title".into(), json!(structure.name));
        schema.extend(self.object(structure));
        if !self.definitions.is_empty() {
            schema.insert("$defs".into(), Value::Object(self.definitions));
        }
        Value::Object(schema)
    }

    /// What a structure is made of; the structures below it go into the definitions.
    fn object(&mut self, structure: &Structure) -> Map<String, Value> {
        let properties: Map<_, _> = structure
            .members
            .iter()
            .map(|member| (member.name.to_owned(), Value::Object(self.property(member))))
            .collect();
        let required: Vec<_> = structure
            .members
            .iter()
            .filter(|member| self.requires(member))
            .map(|member| member.name)
            .collect();

        let mut object = Map::new();
        object.insert("description".into(), json!(prose(structure.doc)));
        object.insert("type".into(), json!("object"));
        object.insert("properties".into(), Value::Object(properties));
        if !required.is_empty() {
            object.insert("required".into(), json!(required));
        }
        object.insert("additionalProperties".into(), json!(false));
        object
    }

    fn requires(&self, member: &Member) -> bool {
        let is_given = |constraint: &Constraint| constraint.check == Check::Given;
        member.required || (self.with_guide && member.constraints.iter().any(is_given))
    }

    /// The schema of a member, with its description beside what its type says.
    fn property(&mut self, member: &Member) -> Map<String, Value> {
        let mut property = Map::new();
        property.insert("description".into(), json!(prose(member.doc)));
        if member.role == Role::Deprecated {
            property.insert("deprecated".into(), json!(true));
        }
        property.extend(self.value(&member.ty));
        if self.with_guide {
            member.constraints.iter().for_each(|constraint| restrict(&mut property, &constraint.check));
        }
        property
    }

    /// What a type says of a value. A long without limits gets no bounds: editors that count in doubles cannot
    /// represent those of 64 bits.
    fn value(&mut self, ty: &Type) -> Map<String, Value> {
        let mut schema = Map::new();
        match ty {
            Type::String(limits) => {
                schema.insert("type".into(), json!("string"));
                bound(&mut schema, "minLength", "maxLength", *limits);
            }
            Type::Integer => {
                schema.insert("type".into(), json!("integer"));
                bound(&mut schema, "minimum", "maximum", Limits::between(i32::MIN.into(), i32::MAX.into()));
            }
            Type::Long(limits) => {
                schema.insert("type".into(), json!("integer"));
                bound(&mut schema, "minimum", "maximum", *limits);
            }
            Type::Float | Type::Double => {
                schema.insert("type".into(), json!("number"));
            }
            Type::Boolean => {
                schema.insert("type".into(), json!("boolean"));
            }
            Type::Enum(enumeration) => {
                schema.insert("type".into(), json!("string"));
                words(&mut schema, enumeration);
            }
            Type::List(item, limits) => {
                schema.insert("type".into(), json!("array"));
                schema.insert("items".into(), Value::Object(self.value(item)));
                bound(&mut schema, "minItems", "maxItems", *limits);
            }
            Type::Map(key, item, limits) => {
                schema.insert("type".into(), json!("object"));
                schema.insert("propertyNames".into(), Value::Object(self.value(key)));
                schema.insert("additionalProperties".into(), Value::Object(self.value(item)));
                bound(&mut schema, "minProperties", "maxProperties", *limits);
            }
            Type::Structure(structure) => {
                schema.insert("$ref".into(), json!(format!("#/$defs/{}", structure.name)));
                if !self.definitions.contains_key(structure.name) {
                    // Its place is taken first, so that a structure which contains itself comes to an end.
                    self.definitions.insert(structure.name.to_owned(), Value::Null);
                    self.definitions[structure.name] = Value::Object(self.object(structure));
                }
            }
        }
        schema
    }
}

/// Adds what the guide asks of a value.
fn restrict(schema: &mut Map<String, Value>, check: &Check) {
    match check {
        // Said by the structure around the member.
        Check::Given => {}
        Check::Length(limits) => bound(schema, "minLength", "maxLength", *limits),
        // A schema has room for one pattern; more of them must all hold.
        Check::Form(form) if schema.contains_key("pattern") => {
            let all = schema.entry("allOf").or_insert_with(|| json!([]));
            if let Some(all) = all.as_array_mut() {
                all.push(json!({ "pattern": form.pattern }));
            }
        }
        Check::Form(form) => {
            schema.insert("pattern".into(), json!(form.pattern));
        }
        Check::Words(words) => {
            schema.insert("enum".into(), json!(words));
        }
        Check::Range(min, max) => {
            for (keyword, limit) in [("minimum", min), ("maximum", max)] {
                if limit.is_finite() {
                    schema.insert(keyword.to_owned(), number(*limit));
                }
            }
        }
        Check::Count(limits) if schema.contains_key("items") => {
            bound(schema, "minItems", "maxItems", *limits);
        }
        Check::Count(limits) => bound(schema, "minProperties", "maxProperties", *limits),
        Check::Each(check) => {
            let inner = if schema.contains_key("items") { "items" } else { "additionalProperties" };
            if let Some(inner) = schema.get_mut(inner).and_then(Value::as_object_mut) {
                restrict(inner, check);
            }
        }
        Check::Keys(check) => {
            if let Some(names) = schema.get_mut("propertyNames").and_then(Value::as_object_mut) {
                restrict(names, check);
            }
        }
    }
}

/// A bound as JSON: an integer where it is one.
fn number(limit: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "the bounds of the guide are small")]
    let integer = limit as i64;
    if limit.fract() == 0.0 { json!(integer) } else { json!(limit) }
}

/// Restricts a string to the words of an enumeration. Where any letter case will do, a pattern accepts the
/// other spellings; the plain words come first, because editors complete from them.
fn words(schema: &mut Map<String, Value>, enumeration: &Enumeration) {
    let words: Vec<_> = enumeration.values.iter().map(|(word, _)| *word).collect();
    if enumeration.any_case {
        let pattern = words.iter().map(|word| either_case(word)).collect::<Vec<_>>().join("|");
        let pattern = format!("^(?:{pattern})$");
        schema.insert("anyOf".into(), json!([{ "enum": words }, { "pattern": pattern }]));
    } else {
        schema.insert("enum".into(), json!(words));
    }
}

/// A pattern for `word` in any letter case. JSON Schema's regular expressions have no flag for that.
fn either_case(word: &str) -> String {
    word.chars()
        .map(|letter| match letter {
            'a'..='z' | 'A'..='Z' => {
                format!("[{}{}]", letter.to_ascii_uppercase(), letter.to_ascii_lowercase())
            }
            _ => letter.to_string(),
        })
        .collect()
}

/// Writes down the bounds that there are.
fn bound(schema: &mut Map<String, Value>, least: &str, most: &str, limits: Limits) {
    for (keyword, limit) in [(least, limits.min), (most, limits.max)] {
        if let Some(limit) = limit {
            schema.insert(keyword.to_owned(), json!(limit));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_titled_by_its_operation() {
        let schema = schema(Operation::CancelJob);
        let order: Vec<_> = schema.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            order,
            ["$schema", "title", "description", "type", "properties", "required", "additionalProperties"]
        );
        assert_eq!(schema["title"], "CancelJob");
        assert_eq!(schema["description"], prose(Operation::CancelJob.info().doc));
        assert_eq!(schema["required"], json!(["jobId", "reason"]));
    }

    #[test]
    fn every_reference_leads_somewhere() {
        for operation in Operation::ALL {
            let schema = schema(*operation);
            let text = schema.to_string();
            for (at, mark) in text.match_indices("\"#/$defs/") {
                let name = text[at + mark.len()..].split('"').next().unwrap();
                assert!(schema["$defs"][name].is_object(), "{}: {name}", operation.name());
            }
        }
    }

    #[test]
    fn words_in_any_case_are_completed_from_the_plain_ones() {
        let rule = &schema(Operation::SubmitJob)["$defs"]["EvaluateOnExit"];
        let action = &rule["properties"]["action"];
        assert_eq!(action["anyOf"][0]["enum"], json!(["RETRY", "EXIT"]));
        assert_eq!(action["anyOf"][1]["pattern"], "^(?:[Rr][Ee][Tt][Rr][Yy]|[Ee][Xx][Ii][Tt])$");
    }
}
