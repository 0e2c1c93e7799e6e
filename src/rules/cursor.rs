//! A value together with the way to it.

use std::rc::Rc;

use serde_json::Value;

use crate::rules::path::{Path, Segment};
use crate::rules::privacy::Privacy;

/// A place in an input: the value there, and the path that led to it.
///
/// Steps are shared between the cursors that went the same way, so that a step costs one small allocation
/// however deep it is, and a path is only written out when there is something to report.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    value: &'a Value,
    step: Option<Rc<Step<'a>>>,
}

/// The last step of a way, and the way before it.
#[derive(Debug)]
struct Step<'a> {
    before: Option<Rc<Step<'a>>>,
    to: To<'a>,
}

#[derive(Debug, Clone, Copy)]
enum To<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Cursor<'a> {
    /// At the input as a whole.
    pub fn root(value: &'a Value) -> Self {
        Self { value, step: None }
    }

    /// The value here.
    pub fn value(&self) -> &'a Value {
        self.value
    }

    /// The member called `name`, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<Self> {
        let (key, value) = self.value.as_object()?.get_key_value(name)?;
        Some(self.to(To::Key(key), value))
    }

    /// The members of this object with their names, in the order of the document; none if it is none.
    pub fn members(&self) -> impl Iterator<Item = (&'a str, Self)> + use<'a> {
        let here = self.clone();
        let members = self.value.as_object().into_iter().flatten();
        members.map(move |(key, value)| (key.as_str(), here.to(To::Key(key), value)))
    }

    /// The items of this list, in order; none if it is none.
    pub fn items(&self) -> impl Iterator<Item = Self> + use<'a> {
        let here = self.clone();
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(move |(position, value)| here.to(To::Index(position), value))
    }

    /// The text here, if it is a string.
    pub fn text(&self) -> Option<&'a str> {
        self.value.as_str()
    }

    /// The whole number here, if it is one that fits 64 bits.
    pub fn integer(&self) -> Option<i64> {
        self.value.as_i64()
    }

    /// Whether this is an item of a list.
    pub fn is_item(&self) -> bool {
        self.step.as_ref().is_some_and(|step| matches!(step.to, To::Index(_)))
    }

    /// The way here.
    pub fn path(&self) -> Path {
        self.way().into_iter().map(To::into_segment).collect()
    }

    /// What is known of the secrecy of the value here.
    pub fn privacy(&self) -> Privacy {
        Privacy::of(self.way().into_iter().filter_map(|to| match to {
            To::Key(key) => Some(key),
            To::Index(_) => None,
        }))
    }

    fn to(&self, to: To<'a>, value: &'a Value) -> Self {
        Self { value, step: Some(Rc::new(Step { before: self.step.clone(), to })) }
    }

    /// The steps from the root down.
    fn way(&self) -> Vec<To<'a>> {
        let mut way: Vec<_> = std::iter::successors(self.step.as_deref(), |step| step.before.as_deref())
            .map(|step| step.to)
            .collect();
        way.reverse();
        way
    }
}

impl To<'_> {
    fn into_segment(self) -> Segment {
        match self {
            Self::Key(key) => Segment::Key(key.to_owned()),
            Self::Index(position) => Segment::Index(position),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn carries_its_path() {
        let input =
            json!({"containerProperties": {"environment": [{"name": "A"}, {"name": "B", "value": 3}]}});
        let at = Cursor::root(&input);
        assert_eq!(at.path(), Path::root());
        let environment = at.get("containerProperties").and_then(|at| at.get("environment")).unwrap();
        let value = environment.items().nth(1).and_then(|at| at.get("value")).unwrap();
        assert_eq!(value.path().to_string(), "containerProperties.environment[1].value");
        assert_eq!(value.integer(), Some(3));
        assert!(value.privacy().hides());
        assert!(!value.is_item());
        assert!(environment.items().all(|at| at.is_item()));
    }

    #[test]
    fn wrong_kinds_have_nothing_below() {
        let input = json!({"a": "text"});
        let at = Cursor::root(&input);
        assert!(at.get("b").is_none());
        assert_eq!(at.items().count(), 0);
        let text = at.get("a").unwrap();
        assert!(text.get("a").is_none());
        assert_eq!((text.members().count(), text.items().count(), text.text()), (0, 0, Some("text")));
    }

    #[test]
    fn members_come_in_the_order_of_the_document() {
        let input = json!({"z": 1, "a": 2});
        let names: Vec<_> = Cursor::root(&input).members().map(|(name, _)| name).collect();
        assert_eq!(names, ["z", "a"]);
    }
}
