//! The vocabulary against a copy of the API model, and against itself.
//!
//! `data/batch-api-model.json` has the names, types and limits of the API and no prose. Each test goes over a
//! whole table and reports every disagreement at once.

#![allow(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use std::collections::{BTreeMap, BTreeSet};

use kiln::api::Operation;
use kiln::api::error::ErrorKind;
use kiln::api::job::{JobDetail, JobStatus};
use kiln::api::job_definition::RetryAction;
use kiln::api::operation::{kebab, percent_decode, percent_encode};
use kiln::api::schema::structure_schema;
use kiln::api::service_job::ServiceJobRetryAction;
use kiln::api::shape::{Enumeration, Limits, Member, Role, Structure, Type, prose};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// The enumerations whose words may be given in any letter case, which the model does not tell.
const ANY_CASE: &[&str] = &["RetryAction", "ServiceJobRetryAction"];

/// What their schemas accept beside the plain words.
const ANY_CASE_PATTERN: &str = "^(?:[Rr][Ee][Tt][Rr][Yy]|[Ee][Xx][Ii][Tt])$";

/// A resource name with characters that a path must encode, and its encoded form.
const NAME: &str = "arn:aws:batch:eu-west-1:123456789012:job-queue/größe 1%";
const ENCODED_NAME: &str =
    "arn%3Aaws%3Abatch%3Aeu-west-1%3A123456789012%3Ajob-queue%2Fgr%C3%B6%C3%9Fe%201%25";

/// The API model.
struct Model(Value);

impl Model {
    fn load() -> Self {
        Self(serde_json::from_str(include_str!("data/batch-api-model.json")).unwrap())
    }

    fn operations(&self) -> &Map<String, Value> {
        self.0["operations"].as_object().unwrap()
    }

    fn shape(&self, name: &str) -> &Value {
        let shape = &self.0["shapes"][name];
        assert!(shape.is_object(), "the model has no shape {name}");
        shape
    }

    fn kind(&self, name: &str) -> &str {
        text(&self.shape(name)["type"])
    }

    fn members(&self, structure: &str) -> &Map<String, Value> {
        self.shape(structure)["members"].as_object().unwrap()
    }

    fn required(&self, structure: &str) -> BTreeSet<&str> {
        self.shape(structure)["required"].as_array().into_iter().flatten().map(text).collect()
    }

    fn words(&self, shape: &str) -> Option<Vec<&str>> {
        Some(self.shape(shape)["enum"].as_array()?.iter().map(text).collect())
    }

    /// The shapes that a shape names directly.
    fn below(&self, name: &str) -> Vec<&str> {
        let shape = self.shape(name);
        let members = shape["members"].as_object().into_iter().flat_map(Map::values);
        let parts = ["member", "key", "value"].into_iter().filter_map(|part| shape.get(part));
        members.chain(parts).map(target).collect()
    }

    /// The names of the structures under `name`, itself excluded.
    fn structures_below<'a>(&'a self, name: &'a str) -> BTreeSet<&'a str> {
        let mut seen = BTreeSet::new();
        let mut open = self.below(name);
        while let Some(shape) = open.pop() {
            if seen.insert(shape) {
                open.extend(self.below(shape));
            }
        }
        seen.retain(|shape| self.kind(shape) == "structure");
        seen
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is not text"))
}

/// The shape that a member, a list or a map names.
fn target(reference: &Value) -> &str {
    text(&reference["shape"])
}

fn report(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} disagreements: {wrong:#?}", wrong.len());
}

/// Notes where the two sides differ.
#[expect(clippy::needless_pass_by_value, reason = "most callers compare what they have just made")]
fn same<T: PartialEq + std::fmt::Debug>(wrong: &mut Vec<String>, what: &str, ours: T, theirs: T) {
    if ours != theirs {
        wrong.push(format!("{what}: {ours:?}, the model has {theirs:?}"));
    }
}

/// The structures and enumerations that operations reach, each once.
#[derive(Default)]
struct Reached {
    structures: Vec<&'static Structure>,
    enumerations: Vec<&'static Enumeration>,
}

impl Reached {
    fn all() -> Self {
        let mut reached = Self::default();
        for operation in Operation::ALL {
            reached.structure(operation.info().input);
            reached.structure(operation.info().output);
        }
        reached
    }

    fn structure(&mut self, structure: &'static Structure) {
        if !self.structures.contains(&structure) {
            self.structures.push(structure);
            for member in structure.members {
                self.ty(&member.ty);
            }
        }
    }

    fn ty(&mut self, ty: &Type) {
        match *ty {
            Type::Structure(structure) => self.structure(structure),
            Type::Enum(enumeration) if !self.enumerations.contains(&enumeration) => {
                self.enumerations.push(enumeration);
            }
            Type::List(item, _) => self.ty(item),
            Type::Map(key, value, _) => {
                self.ty(key);
                self.ty(value);
            }
            _ => {}
        }
    }
}

/// One of our types in a notation that both sides can be written in.
fn our_type(ty: &Type) -> String {
    let limits = |limits: &Limits| range(limits.min, limits.max);
    match ty {
        Type::String(bounds) => format!("string{}", limits(bounds)),
        Type::Integer => "integer".into(),
        Type::Long(bounds) => format!("long{}", limits(bounds)),
        Type::Float => "float".into(),
        Type::Double => "double".into(),
        Type::Boolean => "boolean".into(),
        Type::Enum(enumeration) => {
            let words: Vec<_> = enumeration.values.iter().map(|(word, _)| *word).collect();
            format!("{}({})", enumeration.name, words.join("|"))
        }
        Type::List(item, bounds) => format!("list<{}>{}", our_type(item), limits(bounds)),
        Type::Map(key, value, bounds) => {
            format!("map<{}, {}>{}", our_type(key), our_type(value), limits(bounds))
        }
        Type::Structure(structure) => structure.name.into(),
    }
}

/// A shape of the model in the same notation.
fn model_type(model: &Model, name: &str) -> String {
    let shape = model.shape(name);
    let part = |part: &str| model_type(model, target(&shape[part]));
    let bounds = range(shape["min"].as_i64(), shape["max"].as_i64());
    match model.kind(name) {
        "structure" => name.into(),
        "list" => format!("list<{}>{bounds}", part("member")),
        "map" => format!("map<{}, {}>{bounds}", part("key"), part("value")),
        plain => match model.words(name) {
            Some(words) => format!("{name}({}){bounds}", words.join("|")),
            None => format!("{plain}{bounds}"),
        },
    }
}

fn range(min: Option<i64>, max: Option<i64>) -> String {
    let side = |side: Option<i64>| side.map_or_else(String::new, |limit| limit.to_string());
    if min.is_none() && max.is_none() { String::new() } else { format!("[{}..{}]", side(min), side(max)) }
}

fn model_role(member: &Value) -> Role {
    match (member["location"].as_str(), member["deprecated"].as_bool(), member["idempotencyToken"].as_bool())
    {
        (None, None, None) => Role::Body,
        (Some("uri"), None, None) => Role::Path,
        (Some("querystring"), None, None) => Role::Query,
        (None, Some(true), None) => Role::Deprecated,
        (None, None, Some(true)) => Role::Token,
        _ => panic!("no role stands for {member}"),
    }
}

#[test]
fn operations_are_those_of_the_model() {
    let model = Model::load();
    let mut wrong = Vec::new();
    let ours: Vec<_> = Operation::ALL.iter().map(|operation| operation.name()).collect();
    let theirs: Vec<_> = model.operations().keys().map(String::as_str).collect();
    same(&mut wrong, "names", ours, theirs);
    let errors = [ErrorKind::ClientException.as_str(), ErrorKind::ServerException.as_str()];
    for operation in Operation::ALL {
        let info = operation.info();
        let Some(theirs) = model.operations().get(info.name) else { continue };
        let mut compare = |what: &str, ours: &str| {
            same(&mut wrong, &format!("{} {what}", info.name), ours, text(&theirs[what]));
        };
        compare("method", info.method.as_str());
        compare("path", info.path);
        compare("input", info.input.name);
        compare("output", info.output.name);
        same(&mut wrong, &format!("{} errors", info.name), &json!(errors), &theirs["errors"]);
    }
    report(&wrong);
}

#[test]
fn paging_is_that_of_the_model() {
    let model = Model::load();
    let mut wrong = Vec::new();
    let pagers = model.0["paginators"].as_object().unwrap();
    let paged: BTreeSet<_> =
        Operation::ALL.iter().filter(|it| it.info().pages.is_some()).map(|it| it.name()).collect();
    same(&mut wrong, "paged operations", paged, pagers.keys().map(String::as_str).collect());
    for operation in Operation::ALL {
        let (info, name) = (operation.info(), operation.name());
        let Some(key) = info.pages else { continue };
        let expected = json!({
            "input_token": "nextToken", "output_token": "nextToken", "limit_key": "maxResults", "result_key": key,
        });
        same(&mut wrong, name, &expected, pagers.get(name).unwrap_or(&Value::Null));
        for (structure, member) in [
            (info.input, "nextToken"),
            (info.input, "maxResults"),
            (info.output, "nextToken"),
            (info.output, key),
        ] {
            if structure.member(member).is_none() {
                wrong.push(format!("{} has no {member}", structure.name));
            }
        }
    }
    report(&wrong);
}

#[test]
fn structures_are_those_of_the_model() {
    let model = Model::load();
    let mut wrong = Vec::new();
    let reached = Reached::all();
    for structure in &reached.structures {
        let name = structure.name;
        let ours: Vec<_> = structure.members.iter().map(|member| member.name).collect();
        let theirs: Vec<_> = model.members(name).keys().map(String::as_str).collect();
        same(&mut wrong, &format!("members of {name}"), ours, theirs);
        let required = structure.members.iter().filter(|member| member.required);
        let required = required.map(|member| member.name).collect();
        same(&mut wrong, &format!("required in {name}"), required, model.required(name));
        for member in structure.members {
            let Some(theirs) = model.members(name).get(member.name) else { continue };
            let place = format!("{name}.{}", member.name);
            same(&mut wrong, &place, our_type(&member.ty), model_type(&model, target(theirs)));
            same(&mut wrong, &place, member.role, model_role(theirs));
            if let Some(location) = theirs.get("locationName") {
                same(&mut wrong, &place, member.name, text(location));
            }
        }
    }
    let ours: Vec<_> = reached.structures.iter().map(|structure| structure.name).collect();
    let theirs: BTreeSet<_> = model
        .operations()
        .values()
        .flat_map(|operation| [text(&operation["input"]), text(&operation["output"])])
        .flat_map(|root| std::iter::once(root).chain(model.structures_below(root)))
        .collect();
    same(&mut wrong, "number of structures", ours.len(), theirs.len());
    same(&mut wrong, "structures", ours.into_iter().collect(), theirs);
    report(&wrong);
}

#[test]
fn path_parameters_are_members() {
    let mut wrong = Vec::new();
    for operation in Operation::ALL {
        let info = operation.info();
        let in_path: Vec<_> =
            info.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        let members = info.input.members.iter().filter(|member| member.role == Role::Path);
        same(&mut wrong, info.name, members.map(|member| member.name).collect(), in_path);
    }
    report(&wrong);
}

/// The schema that a shape of the model should have, without descriptions.
fn model_schema(model: &Model, name: &str) -> Value {
    let shape = model.shape(name);
    let part = |part: &str| model_schema(model, target(&shape[part]));
    let (mut schema, suffix) = match model.kind(name) {
        "structure" => (json!({ "$ref": format!("#/$defs/{name}") }), ""),
        "list" => (json!({ "type": "array", "items": part("member") }), "Items"),
        "map" => {
            let (key, value) = (part("key"), part("value"));
            (json!({ "type": "object", "propertyNames": key, "additionalProperties": value }), "Properties")
        }
        "string" => match model.words(name) {
            None => (json!({ "type": "string" }), "Length"),
            Some(words) if ANY_CASE.contains(&name) => {
                let choice = json!([{ "enum": words }, { "pattern": ANY_CASE_PATTERN }]);
                (json!({ "type": "string", "anyOf": choice }), "Length")
            }
            Some(words) => (json!({ "type": "string", "enum": words }), "Length"),
        },
        "integer" => (json!({ "type": "integer", "minimum": -0x8000_0000_i64, "maximum": 0x7FFF_FFFF }), ""),
        "long" => (json!({ "type": "integer" }), "imum"),
        "float" | "double" => (json!({ "type": "number" }), ""),
        "boolean" => (json!({ "type": "boolean" }), ""),
        other => panic!("{name} is a {other}"),
    };
    for side in ["min", "max"] {
        if let Some(limit) = shape.get(side) {
            schema[format!("{side}{suffix}")] = limit.clone();
        }
    }
    schema
}

/// Takes the description out of a schema, and notes where there is none.
fn without_description(wrong: &mut Vec<String>, place: &str, schema: &Value) -> Value {
    let mut schema = schema.clone();
    match schema.as_object_mut().and_then(|schema| schema.shift_remove("description")) {
        Some(Value::String(text)) if text.ends_with('.') => {}
        other => wrong.push(format!("{place} has the description {other:?}")),
    }
    schema
}

/// Compares the schema of one object with the structure `name`.
fn compare_object(model: &Model, wrong: &mut Vec<String>, place: &str, schema: &Value, name: &str) {
    let mut rest = without_description(wrong, place, schema);
    let rest = rest.as_object_mut().unwrap();
    let properties = rest.shift_remove("properties").unwrap_or_default();
    let properties = properties.as_object().cloned().unwrap_or_default();
    let ours: Vec<_> = properties.keys().collect();
    same(wrong, &format!("properties of {place}"), ours, model.members(name).keys().collect());
    for (member, theirs) in model.members(name) {
        let Some(property) = properties.get(member) else { continue };
        let place = format!("{place}.{member}");
        let mut expected = model_schema(model, target(theirs));
        if theirs["deprecated"] == true {
            expected["deprecated"] = json!(true);
        }
        let property = without_description(wrong, &place, property);
        same(wrong, &place, property, expected);
    }
    let required = rest.shift_remove("required");
    let required: Vec<_> = required.iter().flat_map(|list| list.as_array().unwrap()).map(text).collect();
    same(wrong, &format!("number of required in {place}"), required.len(), model.required(name).len());
    same(
        wrong,
        &format!("required in {place}"),
        required.into_iter().collect::<BTreeSet<_>>(),
        model.required(name),
    );
    same(
        wrong,
        place,
        Value::Object(rest.clone()),
        json!({ "type": "object", "additionalProperties": false }),
    );
}

/// Compares a whole schema with the structure `name` and all below it.
fn compare_schema(model: &Model, wrong: &mut Vec<String>, title: &str, schema: Value, name: &str) {
    let Value::Object(mut root) = schema else { panic!("{title} is no object") };
    let dialect = root.shift_remove("$schema");
    same(wrong, title, dialect, Some(json!("https://json-schema.org/draft/2020-12/schema")));
    same(wrong, title, root.shift_remove("title"), Some(json!(title)));
    let definitions = root.shift_remove("$defs").unwrap_or_else(|| json!({}));
    let definitions = definitions.as_object().unwrap();
    let ours: BTreeSet<_> = definitions.keys().map(String::as_str).collect();
    same(wrong, &format!("$defs of {title}"), ours, model.structures_below(name));
    compare_object(model, wrong, title, &Value::Object(root), name);
    for (definition, schema) in definitions {
        compare_object(model, wrong, &format!("{title}/{definition}"), schema, definition);
    }
}

#[test]
fn json_schemas_agree_with_the_model() {
    let model = Model::load();
    let mut wrong = Vec::new();
    for operation in Operation::ALL {
        let Some(theirs) = model.operations().get(operation.name()) else { continue };
        let (input, output) = (text(&theirs["input"]), text(&theirs["output"]));
        compare_schema(&model, &mut wrong, input, structure_schema(operation.info().input), input);
        compare_schema(&model, &mut wrong, output, structure_schema(operation.info().output), output);
    }
    report(&wrong);
}

#[test]
fn names_and_routes_are_unique() {
    let commands: BTreeSet<_> = Operation::ALL.iter().map(|operation| operation.command()).collect();
    assert_eq!(commands.len(), Operation::ALL.len());
    let routes: BTreeSet<_> = Operation::ALL
        .iter()
        .map(|operation| (operation.info().method.as_str(), operation.info().path))
        .collect();
    assert_eq!(routes.len(), Operation::ALL.len());

    let mut wrong = Vec::new();
    let mut unique = |what: &str, names: Vec<String>| {
        let mut seen = BTreeSet::new();
        wrong.extend(
            names.into_iter().filter(|name| !seen.insert(name.clone())).map(|name| format!("{what}: {name}")),
        );
    };
    let reached = Reached::all();
    for structure in &reached.structures {
        let members = structure.members;
        unique(structure.name, members.iter().map(|member| member.name.to_owned()).collect());
        unique(structure.name, members.iter().map(|member| kebab(member.name)).collect());
    }
    for enumeration in &reached.enumerations {
        unique(
            enumeration.name,
            enumeration.values.iter().map(|(word, _)| word.to_ascii_lowercase()).collect(),
        );
    }
    unique("shapes", {
        let structures = reached.structures.iter().map(|structure| structure.name);
        structures.chain(reached.enumerations.iter().map(|it| it.name)).map(str::to_owned).collect()
    });
    report(&wrong);
}

#[test]
fn operations_are_found_by_either_name() {
    for operation in Operation::ALL {
        assert_eq!(Operation::find(operation.name()), Some(*operation));
        assert_eq!(Operation::find(&operation.command()), Some(*operation));
    }
    assert_eq!(Operation::SubmitJob.command(), "submit-job");
    assert_eq!(Operation::ListJobsByConsumableResource.command(), "list-jobs-by-consumable-resource");
    for unknown in ["", "submitjob", "Submit-Job", "submit_job", "submit-jo"] {
        assert_eq!(Operation::find(unknown), None, "{unknown:?}");
    }
}

#[test]
fn routes_lead_to_their_operation() {
    assert_eq!(percent_encode(NAME), ENCODED_NAME);
    assert_eq!(percent_decode(ENCODED_NAME), NAME);
    for operation in Operation::ALL {
        let info = operation.info();
        let parameter = info.path.contains('{').then(|| NAME.to_owned());
        let path = info.path.replace("{resourceArn}", ENCODED_NAME);
        assert_eq!(Operation::route(info.method.as_str(), &path), Some((*operation, parameter)), "{path}");
    }
    for (method, path) in [
        ("GET", "/v1/submitjob"),
        ("POST", "/v1/submitjob/"),
        ("POST", "/v1/SubmitJob"),
        ("PUT", "/v1/tags/arn"),
        ("GET", "/v1/tags/"),
        ("GET", "/v1/tags"),
        ("POST", "/"),
    ] {
        assert_eq!(Operation::route(method, path), None, "{method} {path}");
    }
}

#[test]
fn everything_is_documented() {
    let mut wrong = Vec::new();
    let mut check = |place: String, doc: &[&str]| {
        let text = prose(doc);
        let placeholder = text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "DOC");
        if placeholder || text.trim().is_empty() || !text.ends_with('.') {
            wrong.push(format!("{place}: {text:?}"));
        }
    };
    for operation in Operation::ALL {
        check(operation.name().to_owned(), operation.info().doc);
    }
    let reached = Reached::all();
    for structure in &reached.structures {
        check(structure.name.to_owned(), structure.doc);
        for Member { name, doc, .. } in structure.members {
            check(format!("{}.{name}", structure.name), doc);
        }
    }
    for enumeration in &reached.enumerations {
        check(enumeration.name.to_owned(), enumeration.doc);
        for (word, doc) in enumeration.values {
            check(format!("{} {word}", enumeration.name), doc);
        }
    }
    report(&wrong);
}

/// How much of a document to fill in.
#[derive(Debug, Clone, Copy)]
enum Fill {
    /// Every member; enumerations take the word at this place, counted round.
    All(usize),
    /// Only what the model requires.
    Required,
}

/// A document of the shape `name`.
fn document(model: &Model, name: &str, fill: Fill) -> Value {
    let shape = model.shape(name);
    let part = |part: &str| document(model, target(&shape[part]), fill);
    match model.kind(name) {
        "structure" => {
            let required = model.required(name);
            let wanted = |member: &str| matches!(fill, Fill::All(_)) || required.contains(member);
            model
                .members(name)
                .iter()
                .filter(|(member, _)| wanted(member))
                .map(|(member, reference)| (member.clone(), document(model, target(reference), fill)))
                .collect()
        }
        "list" => json!([part("member")]),
        "map" => json!({ text(&part("key")): part("value") }),
        "string" => match (model.words(name), fill) {
            (None, _) => json!("s"),
            (Some(words), Fill::All(place)) => json!(words[place % words.len()]),
            (Some(words), Fill::Required) => json!(words[0]),
        },
        "integer" | "long" => json!(1),
        "float" | "double" => json!(0.5),
        "boolean" => json!(true),
        other => panic!("{name} is a {other}"),
    }
}

/// Reads text into a typed value and writes it out again.
type RoundTrip = fn(&str) -> Result<String, String>;

fn round_trip<T: Serialize + DeserializeOwned>(text: &str) -> Result<String, String> {
    let typed: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    serde_json::to_string(&typed).map_err(|error| error.to_string())
}

/// The types of the inputs and outputs with their names.
macro_rules! types {
    ($($room:ident: $($name:ident)*;)*) => {
        BTreeMap::from([$($((stringify!($name), round_trip::<kiln::api::$room::$name> as RoundTrip),)*)*])
    };
}

fn types() -> BTreeMap<&'static str, RoundTrip> {
    types! {
        compute_environment:
            CreateComputeEnvironmentRequest CreateComputeEnvironmentResponse DeleteComputeEnvironmentRequest
            DeleteComputeEnvironmentResponse DescribeComputeEnvironmentsRequest
            DescribeComputeEnvironmentsResponse UpdateComputeEnvironmentRequest
            UpdateComputeEnvironmentResponse;
        consumable_resource:
            CreateConsumableResourceRequest CreateConsumableResourceResponse DeleteConsumableResourceRequest
            DeleteConsumableResourceResponse DescribeConsumableResourceRequest
            DescribeConsumableResourceResponse ListConsumableResourcesRequest
            ListConsumableResourcesResponse ListJobsByConsumableResourceRequest
            ListJobsByConsumableResourceResponse UpdateConsumableResourceRequest
            UpdateConsumableResourceResponse;
        job:
            CancelJobRequest CancelJobResponse CancelJobsRequest CancelJobsResponse DescribeJobsRequest
            DescribeJobsResponse ListJobsRequest ListJobsResponse SubmitJobRequest SubmitJobResponse
            TerminateJobRequest TerminateJobResponse TerminateJobsRequest TerminateJobsResponse;
        job_definition:
            DeregisterJobDefinitionRequest DeregisterJobDefinitionResponse DescribeJobDefinitionsRequest
            DescribeJobDefinitionsResponse RegisterJobDefinitionRequest RegisterJobDefinitionResponse;
        job_queue:
            CreateJobQueueRequest CreateJobQueueResponse DeleteJobQueueRequest DeleteJobQueueResponse
            DescribeJobQueuesRequest DescribeJobQueuesResponse UpdateJobQueueRequest UpdateJobQueueResponse;
        quota_share:
            CreateQuotaShareRequest CreateQuotaShareResponse DeleteQuotaShareRequest
            DeleteQuotaShareResponse DescribeQuotaShareRequest DescribeQuotaShareResponse
            ListQuotaSharesRequest ListQuotaSharesResponse UpdateQuotaShareRequest UpdateQuotaShareResponse;
        scheduling_policy:
            CreateSchedulingPolicyRequest CreateSchedulingPolicyResponse DeleteSchedulingPolicyRequest
            DeleteSchedulingPolicyResponse DescribeSchedulingPoliciesRequest
            DescribeSchedulingPoliciesResponse ListSchedulingPoliciesRequest ListSchedulingPoliciesResponse
            UpdateSchedulingPolicyRequest UpdateSchedulingPolicyResponse;
        service_environment:
            CreateServiceEnvironmentRequest CreateServiceEnvironmentResponse DeleteServiceEnvironmentRequest
            DeleteServiceEnvironmentResponse DescribeServiceEnvironmentsRequest
            DescribeServiceEnvironmentsResponse UpdateServiceEnvironmentRequest
            UpdateServiceEnvironmentResponse;
        service_job:
            DescribeServiceJobRequest DescribeServiceJobResponse ListServiceJobsRequest
            ListServiceJobsResponse SubmitServiceJobRequest SubmitServiceJobResponse
            TerminateServiceJobRequest TerminateServiceJobResponse TerminateServiceJobsRequest
            TerminateServiceJobsResponse UpdateServiceJobRequest UpdateServiceJobResponse;
        snapshot:
            GetJobQueueSnapshotRequest GetJobQueueSnapshotResponse;
        tags:
            ListTagsForResourceRequest ListTagsForResourceResponse TagResourceRequest TagResourceResponse
            UntagResourceRequest UntagResourceResponse;
    }
}

/// From where on two texts differ.
fn difference(ours: &str, theirs: &str) -> String {
    let shared: usize =
        ours.chars().zip(theirs.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let excerpt = |text: &str| text[shared..].chars().take(60).collect::<String>();
    format!("{:?} instead of {:?}", excerpt(ours), excerpt(theirs))
}

/// Names, types, words and the order of members, all the way through serde.
#[test]
fn typed_values_come_back_as_they_went_in() {
    let model = Model::load();
    let types = types();
    let mut wrong = Vec::new();
    let roots: BTreeSet<_> = model
        .operations()
        .values()
        .flat_map(|operation| [text(&operation["input"]), text(&operation["output"])])
        .collect();
    same(&mut wrong, "types", types.keys().copied().collect(), roots);
    let longest = model.0["shapes"].as_object().unwrap().keys().filter_map(|name| model.words(name));
    let longest = longest.map(|words| words.len()).max().unwrap();
    for (name, round_trip) in &types {
        for fill in (0..longest).map(Fill::All).chain([Fill::Required]) {
            let went = document(&model, name, fill).to_string();
            match round_trip(&went) {
                Ok(came) if came == went => {}
                Ok(came) => wrong.push(format!("{name} {fill:?}: {}", difference(&came, &went))),
                Err(error) => wrong.push(format!("{name} {fill:?}: {error}")),
            }
        }
    }
    report(&wrong);
}

/// The model requires it, yet the service leaves it out until the job runs.
#[test]
fn a_described_job_may_not_have_started() {
    let model = Model::load();
    let mut described = document(&model, "JobDetail", Fill::Required);
    assert!(described.as_object_mut().unwrap().shift_remove("startedAt").is_some());
    let text = described.to_string();
    let job: JobDetail = serde_json::from_str(&text).unwrap();
    assert_eq!(job.started_at, None);
    assert_eq!(serde_json::to_string(&job).unwrap(), text);
}

#[test]
fn only_retry_actions_accept_any_letter_case() {
    let reached = Reached::all();
    let any_case: BTreeSet<_> =
        reached.enumerations.iter().filter(|it| it.any_case).map(|it| it.name).collect();
    assert_eq!(any_case, ANY_CASE.iter().copied().collect());

    for spelling in ["EXIT", "exit", "Exit", "eXiT"] {
        assert_eq!(RetryAction::parse(spelling), Some(RetryAction::Exit), "{spelling}");
        let read: RetryAction = serde_json::from_value(json!(spelling)).unwrap();
        assert_eq!(json!(read), "EXIT", "{spelling}");
        let read: ServiceJobRetryAction = serde_json::from_value(json!(spelling)).unwrap();
        assert_eq!(json!(read), "EXIT", "{spelling}");
    }
    for spelling in ["", "EXI", "EXIT ", "RETRY|EXIT"] {
        assert_eq!(RetryAction::parse(spelling), None, "{spelling}");
    }
    for enumeration in reached.enumerations.iter().filter(|it| !it.any_case) {
        for (word, _) in enumeration.values {
            assert_eq!(enumeration.find(word), Some(*word));
            let (lower, upper) = (word.to_ascii_lowercase(), word.to_ascii_uppercase());
            let other = if lower == *word { upper } else { lower };
            assert_eq!(enumeration.find(&other), None, "{}: {other}", enumeration.name);
        }
    }
    assert!(serde_json::from_value::<JobStatus>(json!("running")).is_err());
}
