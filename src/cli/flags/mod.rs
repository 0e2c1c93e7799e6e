//! The flags of an operation: made from the shape of its input, and read back into one.
//!
//! A flag is called as its member in kebab case and takes what the member's type takes. [`define`] adds them to a
//! command, [`read`] lays what was given over the input document.

mod define;
mod example;
mod pairs;
mod read;
mod value;

use crate::api::operation::kebab;
use crate::api::shape::{Member, Type};

pub(crate) use define::define;
pub(crate) use read::{Given, read};

/// The option that takes a whole input.
pub(crate) const INPUT: &str = "cli-input-json";

/// The flag of a member, with its dashes.
pub(crate) fn flag(member: &str) -> String {
    format!("--{}", kebab(member))
}

/// In which form a flag takes its value.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    /// One word.
    Text,
    /// A whole number.
    Whole,
    /// Any number.
    Decimal,
    /// No value: the flag is there, or `--no-` and its name.
    Switch,
    /// Words, or a JSON list of them.
    Words(&'static Type),
    /// `KEY=VALUE,...` or a JSON object.
    Pairs,
    /// A JSON object.
    Object,
    /// A JSON list.
    Objects,
}

impl Form {
    fn of(ty: &Type) -> Self {
        match ty {
            Type::String(_) | Type::Enum(_) => Self::Text,
            Type::Integer | Type::Long(_) => Self::Whole,
            Type::Float | Type::Double => Self::Decimal,
            Type::Boolean => Self::Switch,
            Type::List(Type::Structure(_) | Type::List(..) | Type::Map(..), _) => Self::Objects,
            Type::List(item, _) => Self::Words(item),
            Type::Map(_, Type::String(_), _) => Self::Pairs,
            Type::Map(..) | Type::Structure(_) => Self::Object,
        }
    }
}

/// The id of the flag that says no to a boolean member.
fn negative(member: &Member) -> &'static str {
    forever(format!("no-{}", kebab(member.name)))
}

/// Keeps a name for as long as the program runs, since clap takes no others. Only the chosen command's names are
/// made, once.
pub(crate) fn forever(name: String) -> &'static str {
    Box::leak(name.into_boxed_str())
}
