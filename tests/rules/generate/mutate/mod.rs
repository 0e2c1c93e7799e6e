//! Mutations: changes that break one rule of a valid request, and where that has to be found.

pub(crate) mod anywhere;
mod container;
mod definition;
mod environment;
mod environment_kinds;
mod fargate;
mod job;
mod linux;
mod nodes;
mod others;
mod pod;
mod retry;
mod storage;
mod task;

use std::collections::BTreeSet;

use kiln::api::Operation;
use kiln::rules::Path;
use serde_json::Value;

use super::random::Random;
use super::{Failures, errors, kinds, place};

/// How many seeds each mutation gets in an ordinary run.
pub(crate) const FEW: u64 = 4;
/// So many requests are tried before a mutation counts as one that fits nowhere.
const TRIES: u64 = 300;

/// Only requests that are not longer get something added, so that this does not make them too long.
const ROOMY: usize = 16 * 1024;

/// One sort of mistake.
pub(crate) struct Mutation {
    /// What is wrong.
    pub(crate) name: &'static str,
    /// The rules of the rule book that it breaks.
    pub(crate) covers: &'static [&'static str],
    /// The kinds of requests that it is for.
    pub(crate) kinds: &'static [&'static str],
    /// Makes the change, if the request has a place for it.
    pub(crate) change: Change,
}

/// How a request is changed.
pub(crate) enum Change {
    /// In a structure of that name, a member gets another value, which is wrong.
    Put(&'static str, &'static str, fn(&mut Random) -> Value),
    /// In a structure of that name, a member that must be there is taken away.
    Drop(&'static str, &'static str),
    /// In a structure of that name, a list gets one item more, which is wrong.
    Item(&'static str, &'static str, fn(&mut Random) -> Value),
    /// Anything else.
    Free(fn(&mut Subject<'_>) -> Option<Broken>),
}

type Ids = &'static [&'static str];

/// A member gets a wrong value.
fn put(
    name: &'static str,
    covers: Ids,
    kinds: Ids,
    (structure, member): (&'static str, &'static str),
    make: fn(&mut Random) -> Value,
) -> Mutation {
    Mutation { name, covers, kinds, change: Change::Put(structure, member, make) }
}

/// A member is missing.
fn drop(
    name: &'static str,
    covers: Ids,
    kinds: Ids,
    (structure, member): (&'static str, &'static str),
) -> Mutation {
    Mutation { name, covers, kinds, change: Change::Drop(structure, member) }
}

/// A list has a wrong item at its end.
fn item(
    name: &'static str,
    covers: Ids,
    kinds: Ids,
    (structure, member): (&'static str, &'static str),
    make: fn(&mut Random) -> Value,
) -> Mutation {
    Mutation { name, covers, kinds, change: Change::Item(structure, member, make) }
}

/// Something else is wrong.
fn free(
    name: &'static str,
    covers: Ids,
    kinds: Ids,
    change: fn(&mut Subject<'_>) -> Option<Broken>,
) -> Mutation {
    Mutation { name, covers, kinds, change: Change::Free(change) }
}

/// Where the mistake is found.
pub(crate) struct Broken {
    /// The one error has exactly this path.
    at: Path,
    /// Other errors may stand at or below these.
    along: Vec<Path>,
    /// More than one rule may say what is wrong there.
    many: bool,
}

impl Broken {
    pub(crate) fn at(at: Path) -> Option<Self> {
        Some(Self { at, along: Vec::new(), many: false })
    }

    /// Lets more than one rule find the mistake.
    pub(crate) fn many(self) -> Self {
        Self { many: true, ..self }
    }

    /// Lets other errors come along at or below a path.
    pub(crate) fn along(mut self, path: Path) -> Self {
        self.along.push(path);
        self
    }
}

/// A request that is being changed.
pub(crate) struct Subject<'r> {
    pub(crate) operation: Operation,
    pub(crate) input: Value,
    pub(crate) random: &'r mut Random,
}

impl Subject<'_> {
    /// Any one of the objects that are such a structure.
    pub(crate) fn any(&mut self, structure: &str) -> Option<Path> {
        self.any_that(structure, |_| true)
    }

    /// Any one of the objects that are such a structure and fulfil a condition.
    pub(crate) fn any_that(&mut self, structure: &str, fits: impl Fn(&Value) -> bool) -> Option<Path> {
        let mut found = place::objects(self.operation, &self.input, structure);
        found.retain(|path| fits(place::get(&self.input, path).unwrap()));
        (!found.is_empty()).then(|| self.random.one_of(&found))
    }

    pub(crate) fn get(&self, path: &Path) -> Option<&Value> {
        place::get(&self.input, path)
    }

    pub(crate) fn set(&mut self, path: &Path, value: impl Into<Value>) {
        place::set(&mut self.input, path, value.into());
    }

    pub(crate) fn remove(&mut self, path: &Path) -> Option<Value> {
        place::remove(&mut self.input, path)
    }

    /// The number of items of a list, 0 if there is none.
    pub(crate) fn len(&self, path: &Path) -> usize {
        self.get(path).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// Adds an item to a list, which is made if need be; the path of the item.
    pub(crate) fn push(&mut self, list: &Path, item: impl Into<Value>) -> Path {
        if self.get(list).is_none() {
            self.set(list, Value::Array(Vec::new()));
        }
        let path = list.clone().index(self.len(list));
        self.set(&path, item);
        path
    }

    /// Any position in a list that has items.
    pub(crate) fn position(&mut self, list: &Path) -> Option<usize> {
        let count = self.len(list);
        (count > 0).then(|| self.random.below(count))
    }
}

impl Change {
    fn make(&self, subject: &mut Subject<'_>) -> Option<Broken> {
        match *self {
            Self::Put(structure, member, make) => {
                let path = subject.any(structure)?.key(member);
                let value = make(subject.random);
                subject.set(&path, value);
                Broken::at(path)
            }
            Self::Drop(structure, member) => {
                let path = subject.any_that(structure, |object| object.get(member).is_some())?.key(member);
                subject.remove(&path);
                Broken::at(path)
            }
            Self::Item(structure, member, make) => {
                let list = subject.any(structure)?.key(member);
                let item = make(subject.random);
                Broken::at(subject.push(&list, item))
            }
            Self::Free(change) => change(subject),
        }
    }
}

/// Every mutation.
pub(crate) fn all() -> Vec<Mutation> {
    [
        definition::mutations(),
        retry::mutations(),
        container::mutations(),
        linux::mutations(),
        storage::mutations(),
        fargate::mutations(),
        task::mutations(),
        pod::mutations(),
        nodes::mutations(),
        job::mutations(),
        environment::mutations(),
        environment_kinds::mutations(),
        others::mutations(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Breaks a request of one of the mutation's kinds and looks whether that is found.
pub(crate) fn run(mutation: &Mutation, seed: u64, stream: u64, failures: &mut Failures) {
    let kinds = kinds::named(mutation.kinds);
    for attempt in 0..TRIES {
        let mut random = Random::new(seed, stream * TRIES + attempt);
        let kind = &kinds[random.below(kinds.len())];
        let input = kind.request(&mut random);
        if input.to_string().len() > ROOMY {
            continue;
        }
        let mut subject = Subject { operation: kind.operation, input, random: &mut random };
        if let Some(broken) = mutation.change.make(&mut subject) {
            let sort = format!("{} {:?} [{}]", mutation.name, mutation.covers, mutation.kinds.join(", "));
            judge(&sort, seed, &subject, &broken, failures);
            return;
        }
    }
    panic!("{}: fits nowhere in {:?}", mutation.name, mutation.kinds);
}

/// Compares what is found with what has been broken.
fn judge(sort: &str, seed: u64, subject: &Subject<'_>, broken: &Broken, failures: &mut Failures) {
    let found = errors(subject.operation, &subject.input);
    let at = broken.at.to_string();
    let here = found.iter().filter(|error| error.path.to_string() == at).count();
    let is_along =
        |path: &Path| broken.along.iter().any(|along| path.segments().starts_with(along.segments()));
    let elsewhere =
        found.iter().filter(|error| error.path.to_string() != at && !is_along(&error.path)).count();
    let problem = match (here, elsewhere) {
        (1, 0) => return,
        (2.., 0) if broken.many => return,
        (0, _) => "NOT FOUND",
        (_, 1..) => "MORE FOUND",
        _ => "FOUND TWICE",
    };
    let sort = format!("{problem} {sort}, expected at {}", generalised(&at));
    failures.add(sort, seed, subject.operation, &subject.input, &found);
}

/// A path without the numbers in it, so that alike failures are reported once.
fn generalised(path: &str) -> String {
    let mut text = String::new();
    for part in path.split_inclusive('[') {
        text.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    text
}

#[test]
fn mutations_are_many_and_stand_for_rules() {
    let mutations = all();
    let names: BTreeSet<_> = mutations.iter().map(|mutation| mutation.name).collect();
    assert_eq!(names.len(), mutations.len(), "two mutations of one name");
    assert!(mutations.len() >= 120, "{}", mutations.len());
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rulebook");
    let book: String =
        crate::case::files(&folder).iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    for mutation in mutations {
        assert!(!mutation.covers.is_empty(), "{}", mutation.name);
        for id in mutation.covers {
            assert!(book.contains(id), "{}: no rule {id}", mutation.name);
        }
    }
}
