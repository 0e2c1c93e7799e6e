//! Paths: where in an input a value stands.

use std::fmt;

use crate::rules::quote::{push_visible, quoted};

/// Keys longer than this are cut when a path is shown; the longest key the API accepts just fits.
const LONGEST_KEY_SHOWN: usize = 128;

/// One step down into an input.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Segment {
    /// To the member of that name.
    Key(String),
    /// To the item at that position, counted from 0.
    Index(usize),
}

/// The way from the root of an input to one of its values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Path(Vec<Segment>);

impl Path {
    /// The input as a whole.
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// One step further, to a member.
    #[must_use]
    pub fn key(mut self, name: impl Into<String>) -> Self {
        self.0.push(Segment::Key(name.into()));
        self
    }

    /// One step further, to an item.
    #[must_use]
    pub fn index(mut self, position: usize) -> Self {
        self.0.push(Segment::Index(position));
        self
    }

    /// The steps, from the root down.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// Whether this is the input as a whole.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The top-level member this path leads into.
    pub fn member(&self) -> Option<&str> {
        match self.0.first()? {
            Segment::Key(name) => Some(name),
            Segment::Index(_) => None,
        }
    }
}

impl FromIterator<Segment> for Path {
    fn from_iter<I: IntoIterator<Item = Segment>>(segments: I) -> Self {
        Self(segments.into_iter().collect())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_root() {
            return f.write_str("the input");
        }
        for (depth, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(position) => write!(f, "[{position}]")?,
                Segment::Key(name) if !is_plain(name) => write!(f, "[{}]", quoted(name, LONGEST_KEY_SHOWN))?,
                Segment::Key(name) => {
                    let dot = if depth == 0 { "" } else { "." };
                    let mut shown = String::new();
                    name.chars().take(LONGEST_KEY_SHOWN).for_each(|c| push_visible(&mut shown, c));
                    let dots = if name.len() > LONGEST_KEY_SHOWN { "..." } else { "" };
                    write!(f, "{dot}{shown}{dots}")?;
                }
            }
        }
        Ok(())
    }
}

/// Whether a key can stand in a path without quotes.
fn is_plain(name: &str) -> bool {
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts_well && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_like_code() {
        let path = Path::root().key("containerProperties").key("environment").index(0).key("name");
        assert_eq!(path.to_string(), "containerProperties.environment[0].name");
        assert_eq!(path.member(), Some("containerProperties"));
    }

    #[test]
    fn the_root_has_a_name() {
        assert_eq!(Path::root().to_string(), "the input");
        assert_eq!(Path::root().index(2).to_string(), "[2]");
    }

    #[test]
    fn unusual_keys_are_quoted() {
        for (key, shown) in [
            ("a b", r#"tags["a b"]"#),
            ("", r#"tags[""]"#),
            ("a.b", r#"tags["a.b"]"#),
            ("1st", r#"tags["1st"]"#),
            ("a\"b", r#"tags["a\"b"]"#),
            ("\u{1b}[31m", r#"tags["\u001b[31m"]"#),
            ("größe", r#"tags["größe"]"#),
            ("cost-center", "tags.cost-center"),
            ("_x1", "tags._x1"),
        ] {
            assert_eq!(Path::root().key("tags").key(key).to_string(), shown);
        }
    }

    #[test]
    fn endless_keys_are_cut() {
        let longest = "k".repeat(128);
        assert_eq!(Path::root().key(&longest).to_string(), longest);
        assert_eq!(Path::root().key(format!("{longest}k")).to_string(), format!("{longest}..."));
    }
}
