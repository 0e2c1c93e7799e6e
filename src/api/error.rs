//! The errors a Batch service answers with.

use std::borrow::Cow;
use std::error::Error;

use serde_json::{Value, json};

/// Whose fault it is, in the API's own two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request cannot be served as it stands; repeating it will not help.
    ClientException,
    /// The service failed; the same request may succeed later.
    ServerException,
}

impl ErrorKind {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClientException => "ClientException",
            Self::ServerException => "ServerException",
        }
    }

    /// The HTTP status it travels with.
    pub const fn status(self) -> u16 {
        match self {
            Self::ClientException => 400,
            Self::ServerException => 500,
        }
    }
}

/// An error answer: its kind and a message for the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ServiceError {
    /// Whose fault it is.
    pub kind: ErrorKind,
    /// What is wrong, in a sentence that names the member or the resource.
    pub message: String,
    /// The id of the rule that is broken, where there is one: `JQ101`.
    pub rule: Option<Cow<'static, str>>,
}

impl ServiceError {
    /// The caller's fault.
    pub fn client(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::ClientException, message: message.into(), rule: None }
    }

    /// The service's fault.
    pub fn server(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::ServerException, message: message.into(), rule: None }
    }

    /// The same, with the rule that is broken.
    #[must_use]
    pub fn under(self, rule: impl Into<Cow<'static, str>>) -> Self {
        Self { rule: Some(rule.into()), ..self }
    }

    /// The JSON body it travels in. The rule travels in a header, since clients of the API know these members only.
    pub fn body(&self) -> Value {
        json!({ "__type": self.kind.as_str(), "message": self.message })
    }
}

/// An error with the errors behind it in one line, where it does not repeat them itself.
pub fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(&format!(": {more}"));
        }
        source = error.source();
    }
    text
}
