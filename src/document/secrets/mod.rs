//! Finding the values in a text that may be secret, so that excerpts can leave them out.
//!
//! Works on the text alone: it must also work where the text cannot be parsed, since parse errors show excerpts
//! too. In doubt it hides.

mod json;
mod yaml;

use crate::document::format::Format;
use crate::document::json::Span;

/// The strings and bare words of a JSON text that may be secret, in order.
pub(super) fn find(text: &str) -> Vec<Span> {
    json::find(text)
}

/// The values that may be secret in a text of either format, in order.
pub(super) fn find_in(text: &str, format: Format) -> Vec<Span> {
    match format {
        Format::Json => json::find(text),
        Format::Yaml => yaml::find(text),
    }
}
