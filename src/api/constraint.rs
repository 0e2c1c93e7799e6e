//! Constraints: what the guide asks of a single value beyond the type that the API model states.
//!
//! They stand beside the members they are about, so that the check of an input, the help and the JSON Schemas
//! agree on them. What involves more than one value is a function in `rules`.

use crate::api::shape::Limits;

/// One documented demand on one value.
#[derive(Debug, PartialEq)]
pub struct Constraint {
    /// The rule it comes from: `JD001`.
    pub rule: &'static str,
    /// What is demanded.
    pub check: Check,
}

/// What can be demanded of a value. A value of another type than the check is about passes: its type is wrong
/// already.
#[derive(Debug, PartialEq)]
pub enum Check {
    /// The member must be there, although the API model leaves that open.
    Given,
    /// A text has so many characters.
    Length(Limits),
    /// A text has this form.
    Form(&'static Form),
    /// A text is one of these words.
    Words(&'static [&'static str]),
    /// A number lies between these bounds, both included.
    Range(f64, f64),
    /// A list has so many items, or a map so many entries.
    Count(Limits),
    /// Every item of a list, or every value of a map, passes this.
    Each(&'static Check),
    /// Every key of a map passes this.
    Keys(&'static Check),
}

/// The form of a text: which characters it may consist of, and how.
#[derive(Debug)]
pub struct Form {
    /// What is accepted, in words that fit behind "expected": `letters, digits, - and _`.
    pub words: &'static str,
    /// The same as a regular expression of JSON Schema (ECMA-262), anchored.
    pub pattern: &'static str,
    /// The same as a function.
    pub accepts: fn(&str) -> bool,
}

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        self.pattern == other.pattern
    }
}

/// Letters, digits, hyphens and underscores: what most names consist of.
pub static NAME: Form = Form {
    words: "only letters, digits, - and _",
    pattern: "^[A-Za-z0-9_-]*$",
    accepts: |text| text.bytes().all(is_name_byte),
};

/// Whether a byte may stand anywhere in a name.
fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Whether a text is a whole number: digits, at least one.
pub fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The whole number that a text stands for; what exceeds 64 bits becomes the greatest one.
pub fn whole_number(text: &str) -> Option<u64> {
    is_number(text).then(|| text.parse().unwrap_or(u64::MAX))
}
