//! Places in an input: found by walking it along the vocabulary, read and changed.

use kiln::api::Operation;
use kiln::api::shape::{Structure, Type};
use kiln::rules::{Path, Segment};
use serde_json::Value;

/// A value of an input, with the type that the vocabulary gives it.
#[derive(Clone)]
pub(crate) struct Node {
    pub(crate) path: Path,
    pub(crate) ty: Type,
}

/// Every value of an input that the vocabulary knows.
pub(crate) fn nodes(operation: Operation, input: &Value) -> Vec<Node> {
    let mut found = Vec::new();
    collect(Type::Structure(operation.info().input), input, Path::root(), &mut found);
    found
}

fn collect(ty: Type, value: &Value, path: Path, found: &mut Vec<Node>) {
    match (ty, value) {
        (Type::List(item, _), Value::Array(items)) => {
            for (position, value) in items.iter().enumerate() {
                collect(*item, value, path.clone().index(position), found);
            }
        }
        (Type::Map(_, item, _), Value::Object(entries)) => {
            for (name, value) in entries {
                collect(*item, value, path.clone().key(name), found);
            }
        }
        (Type::Structure(structure), Value::Object(members)) => {
            for (name, value) in members {
                if let Some(member) = structure.member(name) {
                    collect(member.ty, value, path.clone().key(name), found);
                }
            }
        }
        _ => {}
    }
    found.push(Node { path, ty });
}

/// The objects of an input that are such a structure.
pub(crate) fn objects(operation: Operation, input: &Value, structure: &str) -> Vec<Path> {
    let is_wanted =
        |node: &Node| matches!(node.ty, Type::Structure(Structure { name, .. }) if *name == structure);
    nodes(operation, input).into_iter().filter(is_wanted).map(|node| node.path).collect()
}

/// A path further down: `volumes[0].name`.
pub(crate) fn down(path: &Path, steps: &str) -> Path {
    let mut path = path.clone();
    for step in steps.replace('[', ".[").split('.').filter(|step| !step.is_empty()) {
        path = match step.strip_prefix('[').and_then(|step| step.strip_suffix(']')) {
            Some(position) => path.index(position.parse().unwrap()),
            None => path.key(step),
        };
    }
    path
}

/// The path without its last step, and that step.
pub(crate) fn parent(path: &Path) -> (Path, Segment) {
    let (last, before) = path.segments().split_last().unwrap();
    (before.iter().cloned().collect(), last.clone())
}

pub(crate) fn get<'v>(input: &'v Value, path: &Path) -> Option<&'v Value> {
    path.segments().iter().try_fold(input, |at, step| match step {
        Segment::Key(name) => at.get(name),
        Segment::Index(position) => at.get(position),
    })
}

pub(crate) fn get_mut<'v>(input: &'v mut Value, path: &Path) -> Option<&'v mut Value> {
    path.segments().iter().try_fold(input, |at, step| match step {
        Segment::Key(name) => at.get_mut(name),
        Segment::Index(position) => at.get_mut(position),
    })
}

/// Puts a value at a path whose object or list is there; new members and items go to the end.
pub(crate) fn set(input: &mut Value, path: &Path, value: Value) {
    let (above, last) = parent(path);
    match (get_mut(input, &above).unwrap(), last) {
        (Value::Array(items), Segment::Index(position)) if position == items.len() => items.push(value),
        (Value::Array(items), Segment::Index(position)) => items[position] = value,
        (object, Segment::Key(name)) => object[name] = value,
        (_, Segment::Index(_)) => panic!("{path}: no list"),
    }
}

pub(crate) fn remove(input: &mut Value, path: &Path) -> Option<Value> {
    let (above, last) = parent(path);
    match (get_mut(input, &above)?, last) {
        (Value::Array(items), Segment::Index(position)) if position < items.len() => {
            Some(items.remove(position))
        }
        (Value::Object(members), Segment::Key(name)) => members.shift_remove(&name),
        _ => None,
    }
}

#[test]
fn places_are_found_by_structure() {
    use serde_json::json;
    let mut input = json!({"containerProperties": {"volumes": [{"name": "a"}, {"name": "b"}]}});
    let found = objects(Operation::RegisterJobDefinition, &input, "Volume");
    let paths: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(paths, ["containerProperties.volumes[0]", "containerProperties.volumes[1]"]);
    let path = down(&Path::root(), "containerProperties.volumes[2]");
    set(&mut input, &path, json!({"name": "c"}));
    assert_eq!(get(&input, &down(&path, "name")), Some(&json!("c")));
    assert_eq!(remove(&mut input, &path), Some(json!({"name": "c"})));
    assert_eq!(remove(&mut input, &path), None);
}
