//! Objects with optional members in any order.

use serde_json::{Map, Value};

use super::random::Random;

/// An object in the making.
#[derive(Default)]
pub(crate) struct Object(Vec<(String, Value)>);

impl Object {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a member, or replaces it.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.unset(name);
        self.0.push((name.to_owned(), value.into()));
    }

    /// Whether a member is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(other, _)| other == name)
    }

    /// Leaves a member out again.
    pub(crate) fn unset(&mut self, name: &str) {
        self.0.retain(|(other, _)| other != name);
    }

    /// Adds a member with some probability.
    pub(crate) fn maybe<V: Into<Value>>(
        &mut self,
        random: &mut Random,
        percent: usize,
        name: &str,
        make: impl FnOnce(&mut Random) -> V,
    ) {
        if random.chance(percent) {
            let value = make(random).into();
            self.set(name, value);
        }
    }

    /// The object, its members in any order.
    pub(crate) fn done(mut self, random: &mut Random) -> Value {
        random.shuffle(&mut self.0);
        Value::Object(self.0.into_iter().collect::<Map<_, _>>())
    }
}

/// A list of so many values, each made anew.
pub(crate) fn list(random: &mut Random, count: usize, make: impl Fn(&mut Random) -> Value) -> Value {
    (0..count).map(|_| make(random)).collect()
}
