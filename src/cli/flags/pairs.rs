//! The simple part of the AWS shorthand syntax: `KEY=VALUE,KEY=VALUE`, for maps of text.

use serde_json::{Map, Value};

/// Why a text is not of this form, as a lower-case fragment.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum PairsError {
    /// A part without an equals sign.
    #[error("expected KEY=VALUE, found {0:?}")]
    NoPair(String),
    /// A key that comes twice.
    #[error("the key {0:?} comes twice")]
    Twice(String),
    /// Quotes, which mean more in the full syntax.
    #[error("quotes are not supported in KEY=VALUE")]
    Quotes,
}

/// Reads `KEY=VALUE,...`. A value ends at the next comma.
pub(super) fn parse(text: &str) -> Result<Value, PairsError> {
    if text.contains(['"', '\'']) {
        return Err(PairsError::Quotes);
    }
    let mut pairs = Map::new();
    for part in text.trim().split(',') {
        let pair = part.split_once('=').filter(|(key, _)| !key.trim().is_empty());
        let (key, value) = pair.ok_or_else(|| PairsError::NoPair(part.to_owned()))?;
        let key = key.trim();
        if pairs.insert(key.to_owned(), value.into()).is_some() {
            return Err(PairsError::Twice(key.to_owned()));
        }
    }
    Ok(Value::Object(pairs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pairs_become_an_object() {
        assert_eq!(parse("a=1"), Ok(json!({"a": "1"})));
        assert_eq!(parse("a=1, b=x=y,c="), Ok(json!({"a": "1", "b": "x=y", "c": ""})));
    }

    #[test]
    fn the_rest_of_the_syntax_is_refused() {
        assert_eq!(parse("a=1,2"), Err(PairsError::NoPair("2".into())));
        assert_eq!(parse("a=1,"), Err(PairsError::NoPair(String::new())));
        assert_eq!(parse("=1"), Err(PairsError::NoPair("=1".into())));
        assert_eq!(parse("a=1,a=2"), Err(PairsError::Twice("a".into())));
        assert_eq!(parse("a='1'"), Err(PairsError::Quotes));
    }
}
