//! From an HTTP request to an operation and back.

use std::io;
use std::rc::Rc;

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{HeaderMap, Request, Response, StatusCode};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Shared, kiln};
use crate::api::arn::Scope;
use crate::api::operation::{Method, percent_decode};
use crate::api::shape::{Role, Type};
use crate::api::wire::{ACCOUNT_HEADER, OWN_PREFIX, REGION_HEADER, RULE_HEADER, VERSION, VERSION_HEADER};
use crate::api::{Operation, ServiceError};
use crate::engine::{Stopping, view};
use crate::rules;

/// The largest body a request may have, in bytes.
const LARGEST_BODY: usize = 10 << 20;

/// The body of an answer, whole or streamed.
pub(super) type Body = BoxBody<Bytes, io::Error>;

/// Answers one request.
pub(super) async fn answer(shared: &Rc<Shared>, request: Request<Incoming>) -> Response<Body> {
    // A client of another version may still look at the engine and stop it.
    let own = request.uri().path().strip_prefix(OWN_PREFIX).map(str::to_owned);
    let harmless = matches!(own.as_deref(), Some("status" | "stop"));
    let mut response = match other_version(request.headers()).filter(|_| !harmless) {
        Some(message) => {
            let mut response = error(&ServiceError::client(message));
            *response.status_mut() = StatusCode::CONFLICT;
            response
        }
        None if own.is_some() => kiln::answer(shared, request).await,
        None => match serve(shared, request).await {
            Ok(answer) => json(StatusCode::OK, &answer),
            Err(Refusal::Service(refusal)) => error(&refusal),
            Err(Refusal::Stopping(stopping)) => leaving(stopping),
        },
    };
    let headers = response.headers_mut();
    headers.insert(VERSION_HEADER, HeaderValue::from_static(VERSION));
    let id = Uuid::new_v4().to_string();
    headers.insert("x-amzn-requestid", HeaderValue::try_from(id).expect("a UUID is a valid header"));
    response
}

/// A kiln client of another version must not go on: the two may not mean the same.
fn other_version(headers: &HeaderMap) -> Option<String> {
    let client = headers.get(VERSION_HEADER)?;
    (client != VERSION).then(|| {
        format!(
            "the running engine is kiln {VERSION} and this is kiln {}: stop it with `kiln engine stop` (its jobs go \
             on), the next command starts the new one",
            String::from_utf8_lossy(client.as_bytes())
        )
    })
}

/// Why a request is not served.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Service(#[from] ServiceError),
    #[error(transparent)]
    Stopping(#[from] Stopping),
}

async fn serve(shared: &Shared, request: Request<Incoming>) -> Result<Value, Refusal> {
    let (head, body) = request.into_parts();
    let scope = scope(&head.headers);
    let (operation, parameter) =
        Operation::route(head.method.as_str(), head.uri.path()).ok_or_else(|| {
            ServiceError::client(format!(
                "{} {} is no operation of the Batch API",
                head.method,
                head.uri.path()
            ))
        })?;
    let text = Limited::new(body, LARGEST_BODY)
        .collect()
        .await
        .map_err(|error| ServiceError::client(format!("the body does not read: {error}")))?
        .to_bytes();
    let input = input(operation, parameter.as_deref(), head.uri.query(), &text)?;
    if let Some(finding) = rules::check(operation, &input).errors().next() {
        // In the words of the service where they are known, since programs look for them.
        let own = || format!("{}: {}", finding.path, finding.message);
        let message = finding.service.clone().unwrap_or_else(own);
        return Err(ServiceError::client(message).under(finding.rule).into());
    }
    // What only the scheduler knows, its thread tells.
    if operation.is_read() && operation != Operation::GetJobQueueSnapshot {
        Ok(view::answer(&shared.reader, &scope, operation, input)?)
    } else {
        Ok(shared.engine.request(scope, operation, input).await??)
    }
}

pub(super) fn scope(headers: &HeaderMap) -> Scope {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let local = Scope::default();
    Scope {
        account: text(ACCOUNT_HEADER).unwrap_or(local.account),
        region: text(REGION_HEADER).unwrap_or(local.region),
    }
}

/// Puts the parts of a request together: body, path and query string.
fn input(
    operation: Operation,
    parameter: Option<&str>,
    query: Option<&str>,
    body: &[u8],
) -> Result<Value, ServiceError> {
    let info = operation.info();
    let mut members = match (info.method, body) {
        (Method::Get | Method::Delete, _) | (Method::Post, []) => Map::new(),
        (Method::Post, text) => match serde_json::from_slice(text) {
            Ok(Value::Object(members)) => members,
            Ok(_) => return Err(ServiceError::client("the body must be a JSON object")),
            Err(error) => return Err(ServiceError::client(format!("the body is not JSON: {error}"))),
        },
    };
    for member in info.input.members {
        match member.role {
            Role::Body | Role::Deprecated | Role::Token => {}
            Role::Path => {
                members.insert(member.name.into(), parameter.unwrap_or_default().into());
            }
            Role::Query => {
                let values = query_values(query.unwrap_or_default(), member.name);
                let value = match member.ty {
                    Type::List(..) => Value::from(values),
                    _ => values.into_iter().next().map_or(Value::Null, Value::from),
                };
                members.insert(member.name.into(), value);
            }
        }
    }
    Ok(Value::Object(members))
}

/// The values of a parameter of the query string, in order.
pub(super) fn query_values(query: &str, name: &str) -> Vec<String> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(key, _)| *key == name)
        .map(|(_, value)| percent_decode(&value.replace('+', " ")))
        .collect()
}

/// An answer in JSON.
pub(super) fn json(status: StatusCode, value: &Value) -> Response<Body> {
    let body = Full::new(Bytes::from(value.to_string())).map_err(|never| match never {});
    let mut response = Response::new(body.boxed());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// What a client hears that came too late: its request was not begun, and the next engine will take it.
pub(super) fn leaving(stopping: Stopping) -> Response<Body> {
    let mut response = error(&ServiceError::server(stopping.to_string()));
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response
}

/// An error in the form that clients of the API know.
pub(super) fn error(error: &ServiceError) -> Response<Body> {
    let status = StatusCode::from_u16(error.kind.status()).expect("the kinds have valid statuses");
    let mut response = json(status, &error.body());
    let headers = response.headers_mut();
    headers.insert("x-amzn-errortype", HeaderValue::from_static(error.kind.as_str()));
    if let Some(rule) = &error.rule {
        headers.insert(RULE_HEADER, HeaderValue::from_str(rule).expect("ids of rules are plain"));
    }
    response
}
