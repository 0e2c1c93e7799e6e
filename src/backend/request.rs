//! From an operation and its input to an HTTP request.

use http_body_util::Full;
use hyper::Request;
use hyper::body::Bytes;
use serde_json::Value;

use super::CallError;
use crate::api::Operation;
use crate::api::arn::Scope;
use crate::api::operation::{Method, percent_encode};
use crate::api::shape::Role;
use crate::api::wire::{ACCOUNT_HEADER, REGION_HEADER, VERSION, VERSION_HEADER};

/// The request of an operation: members of the path and the query string where they belong, the rest as the body.
pub(super) fn operation(
    operation: Operation,
    input: &Value,
    scope: &Scope,
) -> Result<Request<Full<Bytes>>, CallError> {
    let info = operation.info();
    let mut body = input.as_object().cloned().unwrap_or_default();
    let mut path = info.path.to_owned();
    let mut query = String::new();
    for member in info.input.members {
        match member.role {
            Role::Body | Role::Deprecated | Role::Token => {}
            Role::Path => {
                let value = body.shift_remove(member.name);
                let text = value.as_ref().and_then(Value::as_str).unwrap_or_default();
                path = path.replace(&format!("{{{}}}", member.name), &percent_encode(text));
            }
            Role::Query => {
                let value = body.shift_remove(member.name);
                for text in value.iter().filter_map(Value::as_array).flatten().filter_map(Value::as_str) {
                    query.push(if query.is_empty() { '?' } else { '&' });
                    query.push_str(&format!("{}={}", member.name, percent_encode(text)));
                }
            }
        }
    }
    let text = match info.method {
        Method::Post => Value::Object(body).to_string(),
        Method::Get | Method::Delete => String::new(),
    };
    build(info.method.as_str(), &(path + &query), &text, scope)
}

/// A request with these parts, which tells who asks.
pub(super) fn build(
    method: &str,
    uri: &str,
    body: &str,
    scope: &Scope,
) -> Result<Request<Full<Bytes>>, CallError> {
    Request::builder()
        .method(method)
        .uri(uri)
        .header("host", "localhost")
        .header("content-type", "application/json")
        .header(VERSION_HEADER, VERSION)
        .header(ACCOUNT_HEADER, &scope.account)
        .header(REGION_HEADER, &scope.region)
        .body(Full::new(Bytes::copy_from_slice(body.as_bytes())))
        .map_err(|error| CallError::Protocol(error.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_whole_arn_is_encoded_in_the_path_and_kept_out_of_the_body() {
        let arn = "arn:aws:batch:us-east-1:000000000000:job-queue/q";
        let input = json!({"resourceArn": arn, "tagKeys": ["a", "b c"]});
        let request = operation(Operation::UntagResource, &input, &Scope::default()).expect("a request");
        assert_eq!(request.method(), "DELETE");
        assert_eq!(
            request.uri(),
            "/v1/tags/arn%3Aaws%3Abatch%3Aus-east-1%3A000000000000%3Ajob-queue%2Fq?tagKeys=a&tagKeys=b%20c"
        );
    }
}
