//! Shapes: what the vocabulary is made of, as data.
//!
//! Every structure and enumeration of the API is written once, with `structure!` or `enumeration!` (end of
//! this file). Each yields a Rust type with its serde implementation
//! **and** a constant description of itself ([`Structure`], [`Enumeration`]). Flags, help, skeletons,
//! JSON Schemas, the check of an input and the order of an answer's members all read that description,
//! so none of them can disagree with the type.

use std::collections::BTreeMap;

use crate::api::constraint::Constraint;

/// The type of a value, as far as the API model states it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Type {
    /// Text, with the permitted number of characters.
    String(Limits),
    /// A whole number that fits 32 bits.
    Integer,
    /// A whole number that fits 64 bits, with its permitted range.
    Long(Limits),
    /// A number of single precision on the wire.
    Float,
    /// A number of double precision on the wire.
    Double,
    /// `true` or `false`.
    Boolean,
    /// One of a fixed set of words.
    Enum(&'static Enumeration),
    /// A list, with the type of its items and the permitted number of them.
    List(&'static Type, Limits),
    /// A map from text to values: key type, value type, permitted number of entries.
    Map(&'static Type, &'static Type, Limits),
    /// An object with named members.
    Structure(&'static Structure),
}

/// Inclusive bounds; `None` means unbounded on that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The least permitted value or length.
    pub min: Option<i64>,
    /// The greatest permitted value or length.
    pub max: Option<i64>,
}

impl Limits {
    /// No bound on either side.
    pub const NONE: Self = Self { min: None, max: None };

    /// At least so many.
    pub const fn at_least(min: i64) -> Self {
        Self { min: Some(min), max: None }
    }

    /// At most so many.
    pub const fn at_most(max: i64) -> Self {
        Self { min: None, max: Some(max) }
    }

    /// Both bounds given.
    pub const fn between(min: i64, max: i64) -> Self {
        Self { min: Some(min), max: Some(max) }
    }
}

/// The description of an object: its name in the API model and its members in the model's order.
#[derive(Debug, PartialEq)]
pub struct Structure {
    /// The shape's name in the API model.
    pub name: &'static str,
    /// The doc comment, a line each.
    pub doc: &'static [&'static str],
    /// The members, in the order in which answers print them.
    pub members: &'static [Member],
}

impl Structure {
    /// The member called `name` on the wire.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.members.iter().find(|member| member.name == name)
    }
}

/// One member of a [`Structure`].
#[derive(Debug, PartialEq)]
pub struct Member {
    /// The name on the wire, in lower camel case.
    pub name: &'static str,
    /// The doc comment, a line each.
    pub doc: &'static [&'static str],
    /// Whether the API model marks it as required.
    pub required: bool,
    /// The type of its value.
    pub ty: Type,
    /// What else there is to know about it.
    pub role: Role,
    /// What the guide asks of its value.
    pub constraints: &'static [Constraint],
}

/// What sets a member apart from a plain member of the JSON body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A plain member of the body.
    Body,
    /// Part of the request path, percent-encoded.
    Path,
    /// A repeated parameter of the query string.
    Query,
    /// Accepted, but superseded by another member.
    Deprecated,
    /// Made up by the client when absent, so that a repeated request is recognised.
    Token,
}

/// The description of a fixed set of words.
#[derive(Debug, PartialEq)]
pub struct Enumeration {
    /// The shape's name in the API model.
    pub name: &'static str,
    /// The doc comment, a line each.
    pub doc: &'static [&'static str],
    /// The words as they stand on the wire, each with its doc comment.
    pub values: &'static [(&'static str, &'static [&'static str])],
    /// Whether input may use any letter case.
    pub any_case: bool,
}

impl Enumeration {
    /// The listed word that `text` stands for.
    pub fn find(&self, text: &str) -> Option<&'static str> {
        self.values
            .iter()
            .map(|(word, _)| *word)
            .find(|word| *word == text || (self.any_case && word.eq_ignore_ascii_case(text)))
    }
}

/// A Rust type that stands for a shape of the API.
pub trait Shape {
    /// Its description.
    const TYPE: Type;

    /// Whether the value is left out of the JSON text: true only for an optional member without a value.
    fn is_absent(&self) -> bool {
        false
    }
}

impl<T: Shape> Shape for Option<T> {
    const TYPE: Type = T::TYPE;

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl Shape for String {
    const TYPE: Type = Type::String(Limits::NONE);
}
impl Shape for i32 {
    const TYPE: Type = Type::Integer;
}
impl Shape for i64 {
    const TYPE: Type = Type::Long(Limits::NONE);
}
/// Single precision on the wire; kept as a double so that 0.1 comes back as 0.1.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Float(pub f64);
impl Shape for Float {
    const TYPE: Type = Type::Float;
}
impl Shape for f64 {
    const TYPE: Type = Type::Double;
}
impl Shape for bool {
    const TYPE: Type = Type::Boolean;
}
impl<T: Shape> Shape for Vec<T> {
    const TYPE: Type = Type::List(&T::TYPE, Limits::NONE);
}
impl<T: Shape> Shape for BTreeMap<String, T> {
    const TYPE: Type = Type::Map(&String::TYPE, &T::TYPE, Limits::NONE);
}

/// Joins the lines of a doc comment into paragraphs: single line breaks become spaces.
pub fn prose(doc: &[&str]) -> String {
    let mut text = String::new();
    for line in doc.iter().map(|line| line.trim()) {
        match line {
            "" => text.push_str("\n\n"),
            _ => {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push(' ');
                }
                text.push_str(line);
            }
        }
    }
    text
}

/// Defines structures of the API: the Rust type, its serde implementation and its description.
///
/// A member reads `presence name as "wireName": Type`, where presence is `required`, `optional`, or
/// `promised` (required by the model, yet absent from real answers until there is something to say).
/// `=> Role` marks what a [`Role`] describes; `where { "RULE" check, .. }` adds the guide's demands on the value.
macro_rules! structure {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident {
            $(
                $(#[doc = $member_doc:literal])*
                $presence:ident $field:ident as $wire:literal : $ty:ty $(=> $role:ident)?
                $(where { $($rule:literal $check:expr),+ $(,)? })?
            ),* $(,)?
        }
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $(
                $(#[doc = $member_doc])*
                #[serde(rename = $wire, skip_serializing_if = "crate::api::shape::Shape::is_absent")]
                pub $field: $crate::api::shape::field!($presence $ty),
            )*
        }

        impl $name {
            /// The description of this structure.
            pub const STRUCTURE: $crate::api::shape::Structure = $crate::api::shape::Structure {
                name: stringify!($name),
                doc: &[$($doc),*],
                members: &[$($crate::api::shape::Member {
                    name: $wire,
                    doc: &[$($member_doc),*],
                    required: $crate::api::shape::required!($presence),
                    ty: <$ty as $crate::api::shape::Shape>::TYPE,
                    role: $crate::api::shape::role!($($role)?),
                    constraints: &[$($($crate::api::constraint::Constraint { rule: $rule, check: $check }),+)?],
                }),*],
            };
        }

        impl $crate::api::shape::Shape for $name {
            const TYPE: $crate::api::shape::Type = $crate::api::shape::Type::Structure(&Self::STRUCTURE);
        }
    )*};
}

/// The Rust type of a member: `T` where it is always there, else `Option<T>`.
macro_rules! field {
    (required $ty:ty) => { $ty };
    (optional $ty:ty) => { Option<$ty> };
    (promised $ty:ty) => { Option<$ty> };
}

/// Whether the model marks a member of this presence as required.
macro_rules! required {
    (required) => {
        true
    };
    (optional) => {
        false
    };
    (promised) => {
        true
    };
}

/// The role of a member: a plain one unless said otherwise.
macro_rules! role {
    () => {
        $crate::api::shape::Role::Body
    };
    ($role:ident) => {
        $crate::api::shape::Role::$role
    };
}

/// Defines fixed sets of words: the Rust enum, its text form and its description.
///
/// The default is the first word; it only fills values that are about to be set. `any case` behind a
/// name lets input use any letter case.
macro_rules! enumeration {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident $(any $case:ident)? {
            $(#[doc = $first_doc:literal])*
            $first:ident = $first_word:literal
            $(,
                $(#[doc = $value_doc:literal])*
                $value:ident = $word:literal
            )* $(,)?
        }
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(into = "&'static str", try_from = "std::borrow::Cow<'_, str>")]
        pub enum $name {
            $(#[doc = $first_doc])*
            #[default]
            $first,
            $(
                $(#[doc = $value_doc])*
                $value,
            )*
        }

        impl $name {
            /// Every word, in the model's order.
            pub const ALL: &[Self] = &[Self::$first, $(Self::$value),*];

            /// The description of this set.
            pub const ENUMERATION: $crate::api::shape::Enumeration = $crate::api::shape::Enumeration {
                name: stringify!($name),
                doc: &[$($doc),*],
                values: &[
                    ($first_word, &[$($first_doc),*]),
                    $(($word, &[$($value_doc),*])),*
                ],
                any_case: $crate::api::shape::any_case!($($case)?),
            };

            /// The word as it stands on the wire.
            pub const fn as_str(self) -> &'static str {
                match self {
                    Self::$first => $first_word,
                    $(Self::$value => $word,)*
                }
            }

            /// The value that `text` stands for, if it is one of the words.
            pub fn parse(text: &str) -> Option<Self> {
                let found = Self::ENUMERATION.find(text)?;
                Self::ALL.iter().copied().find(|value| value.as_str() == found)
            }
        }

        impl From<$name> for &'static str {
            fn from(value: $name) -> Self {
                value.as_str()
            }
        }

        impl TryFrom<std::borrow::Cow<'_, str>> for $name {
            type Error = String;

            fn try_from(text: std::borrow::Cow<'_, str>) -> Result<Self, Self::Error> {
                Self::parse(&text).ok_or_else(|| format!("{text:?} is not a {}", stringify!($name)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::api::shape::Shape for $name {
            const TYPE: $crate::api::shape::Type = $crate::api::shape::Type::Enum(&Self::ENUMERATION);
        }
    )*};
}

/// Whether input may use any letter case.
macro_rules! any_case {
    () => {
        false
    };
    (case) => {
        true
    };
}

/// Defines values with limits of their own: a transparent wrapper of another type.
macro_rules! limited {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident($inner:ty) = $ty:expr;
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl $crate::api::shape::Shape for $name {
            const TYPE: $crate::api::shape::Type = $ty;
        }

        impl std::ops::Deref for $name {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.0
            }
        }

        impl From<$inner> for $name {
            fn from(inner: $inner) -> Self {
                Self(inner)
            }
        }
    )*};
}

pub(crate) use {any_case, enumeration, field, limited, required, role, structure};
