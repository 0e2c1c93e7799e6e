//! The formats of input texts.

use std::path::Path;

use crate::document::json::{self, Node, ParseError};
use crate::document::source::Source;
use crate::document::yaml;

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON value.
    Json,
    /// A stream of YAML documents.
    Yaml,
}

impl Format {
    /// That of a text: by the ending of its name, else by how it begins.
    pub fn of(source: &Source) -> Self {
        match Self::of_name(Path::new(source.name())) {
            Some(format) => format,
            None if source.text().trim_start().starts_with(['{', '[']) => Self::Json,
            None => Self::Yaml,
        }
    }

    /// That of a file with an ending which tells.
    pub fn of_name(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_ascii_lowercase();
        match ending.to_str()? {
            "json" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }

    /// The documents of a text; at least one.
    pub fn read(self, text: &str) -> Result<Vec<Node>, ParseError> {
        match self {
            Self::Json => json::parse(text).map(|node| vec![node]),
            Self::Yaml => yaml::parse(text),
        }
    }
}
