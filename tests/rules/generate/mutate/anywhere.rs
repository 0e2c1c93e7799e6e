//! Mistakes of shape at any place of any request, found by walking it along the vocabulary.

use kiln::api::shape::{Limits, Type};
use kiln::rules::{Path, Segment};
use serde_json::{Value, json};

use super::super::kinds::Kind;
use super::super::place::{self, Node, down};
use super::super::random::Random;
use super::{Broken, Failures, ROOMY, Subject, judge};

/// A sort of mistake: makes it at a place, if the type there allows it.
type Spoil = fn(&mut Subject<'_>, &Node) -> Option<Broken>;

const SORTS: &[(&str, Spoil)] = &[
    ("an unknown member", unknown_member),
    ("a missing member", missing_member),
    ("another type", other_type),
    ("null", null),
    ("an unknown word", unknown_word),
    ("beyond a limit", beyond_limit),
    ("a number that does not fit", too_big),
];

/// Breaks a request of that kind in every sort of way, each at any one place.
pub(crate) fn run(kind: &Kind, seed: u64, stream: u64, failures: &mut Failures) {
    for (number, (name, spoil)) in (0..).zip(SORTS) {
        let mut random = Random::new(seed, stream * 100 + number);
        let input = kind.request(&mut random);
        if input.to_string().len() > ROOMY {
            continue;
        }
        let mut nodes = place::nodes(kind.operation, &input);
        random.shuffle(&mut nodes);
        let mut subject = Subject { operation: kind.operation, input, random: &mut random };
        if let Some(broken) = nodes.iter().find_map(|node| spoil(&mut subject, node)) {
            judge(&format!("{name} in {}", kind.name), seed, &subject, &broken, failures);
        }
    }
}

fn unknown_member(subject: &mut Subject<'_>, node: &Node) -> Option<Broken> {
    let Type::Structure(_) = node.ty else { return None };
    let path = node.path.clone().key("memberThatIsNone");
    subject.set(&path, 1);
    Broken::at(path)
}

fn missing_member(subject: &mut Subject<'_>, node: &Node) -> Option<Broken> {
    let Type::Structure(structure) = node.ty else { return None };
    if structure.name == "EksVolume" {
        // What mounts the volume by its name would not find it any more.
        return None;
    }
    let required: Vec<_> = structure.members.iter().filter(|member| member.required).collect();
    if required.is_empty() {
        return None;
    }
    let path = node.path.clone().key(subject.random.one_of(&required).name);
    subject.remove(&path)?;
    at_or_around(path)
}

/// Where a mistake is found. Which nodes are left without amounts is open when a range cannot be read.
fn at_or_around(path: Path) -> Option<Broken> {
    let ranges = down(&Path::root(), "nodeProperties.nodeRangeProperties");
    let is_target = matches!(path.segments().last(), Some(Segment::Key(name)) if name == "targetNodes");
    let is_range = path.segments().len() == 3 && path.segments().starts_with(ranges.segments());
    let broken = Broken::at(path)?;
    Some(if is_target || is_range { broken.along(ranges) } else { broken })
}

fn other_type(subject: &mut Subject<'_>, node: &Node) -> Option<Broken> {
    if node.path.is_root() {
        return None;
    }
    let wrong: &[Value] = match node.ty {
        Type::String(_) | Type::Enum(_) => &[json!(3), json!(true), json!(["a"]), json!({"a": "b"})],
        Type::Integer | Type::Long(_) => &[json!("3"), json!(1.5), json!(true), json!([3])],
        Type::Float | Type::Double => &[json!("0.5"), json!(false), json!([1])],
        Type::Boolean => &[json!("true"), json!(1), json!([true])],
        Type::List(..) => &[json!("a"), json!({"a": "b"}), json!(1)],
        Type::Map(..) => &[json!("a"), json!(["a"]), json!(1)],
        Type::Structure(_) => &[json!("a"), json!([]), json!(false)],
    };
    let value = subject.random.one_of(wrong);
    subject.set(&node.path, value);
    at_or_around(node.path.clone())
}

fn null(subject: &mut Subject<'_>, node: &Node) -> Option<Broken> {
    if node.path.is_root() {
        return None;
    }
    subject.set(&node.path, Value::Null);
    at_or_around(node.path.clone())
}

fn unknown_word(subject: &mut Subject<'_>, node: &Node) -> Option<Broken> {
    let Type::Enum(words) = node.ty else { return None };
    let word = subject.random.one_of(words.values).0;
    let wrong =
        subject.random.one_of(&[String::new(), format!("{word}X"), format!(" {word}"), "NO_SUCH".to_owned()]);
    subject.set(&node.path, wrong);
    Broken::at(node.path.clone())
}

/// One beyond a bound that the API model states.
fn beyond(random: &mut Random, limits: Limits) -> Option<i64> {
    let below = limits.min.filter(|least| *least > 0).map(|least| least - 1);
    let above = limits.max.map(|most| most + 1);
    let wrong: Vec<_> = below.into_iter().chain(above).collect();
    (!wrong.is_empty()).then(|| random.one_of(&wrong))
}

fn beyond_limit(subject: &mut Subject<'_>, node: &Node) -> Option<Broken> {
    let size = |subject: &mut Subject<'_>, limits| {
        beyond(subject.random, limits).map(|size| usize::try_from(size).unwrap())
    };
    match node.ty {
        Type::String(limits) => {
            let size = size(subject, limits)?;
            // Zeros in front leave an amount what it is.
            let text = subject.get(&node.path)?.as_str()?;
            let zeros = size.saturating_sub(text.chars().count());
            let longer = "0".repeat(zeros) + text;
            subject.set(&node.path, longer.chars().take(size).collect::<String>());
        }
        Type::Long(limits) => {
            let number = beyond(subject.random, limits)?;
            subject.set(&node.path, number);
        }
        Type::List(_, limits) => {
            let size = size(subject, limits)?;
            let item = subject.get(&node.path)?.get(0).cloned();
            if size > 0 && item.is_none() {
                return None;
            }
            subject.set(&node.path, vec![item.unwrap_or_default(); size]);
        }
        Type::Map(_, _, limits) => {
            let size = size(subject, limits)?;
            let entries = (0..size).map(|number| (format!("key{number}"), json!("value")));
            subject.set(&node.path, entries.collect::<serde_json::Map<_, _>>());
        }
        _ => return None,
    }
    Broken::at(node.path.clone())
}

fn too_big(subject: &mut Subject<'_>, node: &Node) -> Option<Broken> {
    let wrong: &[Value] = match node.ty {
        Type::Integer => &[json!(2_147_483_648_i64), json!(-2_147_483_649_i64), json!(1e20)],
        Type::Long(_) => &[json!(9_223_372_036_854_775_808_u64), json!(1e30)],
        _ => return None,
    };
    let value = subject.random.one_of(wrong);
    subject.set(&node.path, value);
    // Such a number is beyond the limits of the guide too, and does not go with the numbers beside it.
    let around = place::parent(&node.path).0;
    Broken::at(node.path.clone()).map(|broken| broken.many().along(around))
}
