//! Reaching a server: one protocol, the Batch REST API over HTTP, whatever the transport. Knows nothing of what
//! is behind it.
//!
//! Today there is the local engine behind its Unix socket ([`Local`]), which is started when none listens.

mod autostart;
mod request;

use std::cell::RefCell;
use std::io;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{HeaderMap, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::UnixStream;

use crate::api::arn::Scope;
use crate::api::wire::RULE_HEADER;
use crate::api::{ErrorKind, Operation, ServiceError};
use crate::home::{Home, short_path};

pub use autostart::EngineError;

/// Why a call brought no answer.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The service answered with an error.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// There is no engine to talk to.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The connection broke.
    #[error("the connection to the engine broke: {0}")]
    Connection(#[from] hyper::Error),
    /// The engine was stopping and did not begin the request.
    #[error("the engine is stopping")]
    Stopping,
    /// Reading or writing failed.
    #[error("talking to the engine failed: {0}")]
    Io(#[from] io::Error),
    /// The answer is not what the protocol says.
    #[error("the engine's answer makes no sense: {0}")]
    Protocol(String),
}

impl CallError {
    /// Whether the same question, put to the next engine, may be answered: the connection broke, or the engine was
    /// stopping, or died while it was starting.
    pub fn may_ask_again(&self) -> bool {
        match self {
            Self::Connection(_) | Self::Stopping | Self::Engine(EngineError::Vanished { .. }) => true,
            Self::Service(_) | Self::Engine(_) | Self::Io(_) | Self::Protocol(_) => false,
        }
    }
}

/// A question for one of kiln's own endpoints.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// Where.
    pub path_and_query: &'a str,
    /// A JSON body, or nothing.
    pub body: &'a str,
}

/// How often a request is sent at the most, where it may be repeated.
const TRIES: u32 = 5;

/// The local engine of one home, as seen from one account and region.
#[derive(Debug)]
pub struct Local {
    home: Home,
    scope: Scope,
    /// A connection that is free for the next call.
    idle: RefCell<Option<SendRequest<Full<Bytes>>>>,
}

impl Local {
    /// Names the engine; nothing is opened yet.
    pub fn new(home: Home, scope: Scope) -> Self {
        Self { home, scope, idle: RefCell::new(None) }
    }

    /// Carries out an operation, and starts the engine first if none listens.
    ///
    /// # Errors
    /// The service refuses, or cannot be reached.
    pub async fn call(&self, operation: Operation, input: &Value) -> Result<Value, CallError> {
        let (request, idempotent) =
            (request::operation(operation, input, &self.scope)?, operation.is_repeatable());
        let response = self.send(request, idempotent).await?;
        whole(response).await
    }

    /// Asks one of kiln's own endpoints. Where no engine listens, there is no answer, and none is started.
    ///
    /// # Errors
    /// The engine refuses, or cannot be reached.
    pub async fn ask_running(&self, method: &str, path_and_query: &str) -> Result<Option<Value>, CallError> {
        let Some(stream) = self.connect().await? else { return Ok(None) };
        let mut sender = open(stream).await?;
        let response = sender.send_request(request::build(method, path_and_query, "", &self.scope)?).await?;
        whole(response).await.map(Some)
    }

    /// Asks one of kiln's own endpoints for an answer that comes in parts: hands each to `sink` as it comes, after
    /// the headers to `head`. Nothing of it is repeated here once parts have come; [`CallError::may_ask_again`] tells
    /// whether that makes sense.
    ///
    /// # Errors
    /// The engine refuses, cannot be reached, breaks off, or the sink fails.
    pub async fn stream(
        &self,
        ask: Ask<'_>,
        head: &mut dyn FnMut(&HeaderMap),
        sink: &mut dyn FnMut(&[u8]) -> io::Result<()>,
    ) -> Result<(), CallError> {
        let request = request::build(ask.method, ask.path_and_query, ask.body, &self.scope)?;
        let mut response = self.send(request, true).await?;
        if response.status() != StatusCode::OK {
            return whole(response).await.map(drop);
        }
        head(response.headers());
        while let Some(frame) = response.frame().await {
            if let Some(data) = frame?.data_ref() {
                sink(data)?;
            }
        }
        Ok(())
    }

    /// Sends a request. It is sent again, to the next engine if need be, only where that is safe: the engine says
    /// that it did not begin it, it never left, or doing it twice is the same as doing it once.
    async fn send(
        &self,
        request: Request<Full<Bytes>>,
        repeatable: bool,
    ) -> Result<Response<Incoming>, CallError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let mut sender = self.sender().await?;
            match sender.try_send_request(request.clone()).await {
                Ok(response) if response.status() == StatusCode::SERVICE_UNAVAILABLE && tries < TRIES => {}
                Ok(response) => {
                    self.idle.replace(Some(sender));
                    return Ok(response);
                }
                Err(mut error) => {
                    let unsent = error.take_message().is_some();
                    if tries == TRIES || !(unsent || repeatable) {
                        return Err(error.into_error().into());
                    }
                }
            }
        }
    }

    async fn sender(&self) -> Result<SendRequest<Full<Bytes>>, CallError> {
        let idle = self.idle.take();
        if let Some(mut sender) = idle
            && sender.ready().await.is_ok()
        {
            return Ok(sender);
        }
        self.fresh().await
    }

    /// A new connection, to a new engine if need be.
    async fn fresh(&self) -> Result<SendRequest<Full<Bytes>>, CallError> {
        if let Some(stream) = self.connect().await? {
            return open(stream).await;
        }
        // Only one client starts the engine; the others wait here and then find it.
        let _starting = autostart::claim(&self.home)?;
        if let Some(stream) = self.connect().await? {
            return open(stream).await;
        }
        autostart::start(&self.home)?;
        match self.connect().await? {
            Some(stream) => open(stream).await,
            None => Err(EngineError::Vanished { log: self.home.engine_log() }.into()),
        }
    }

    /// Connects; `None` where nobody listens.
    async fn connect(&self) -> Result<Option<UnixStream>, CallError> {
        let socket = self.home.socket();
        let path = match short_path(&socket) {
            Ok(path) => path,
            Err(error) if nobody_there(&error) => return Ok(None),
            Err(source) => return Err(EngineError::Connect { socket, source }.into()),
        };
        match UnixStream::connect(&*path).await {
            Ok(stream) => Ok(Some(stream)),
            Err(error) if nobody_there(&error) => Ok(None),
            Err(source) => Err(EngineError::Connect { socket, source }.into()),
        }
    }
}

/// Whether a failure to connect means that no engine listens; what is wrong with the home, if anything, shows when
/// one is started.
fn nobody_there(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::ConnectionRefused
            // It died with the connection in its hands; nothing was sent yet.
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::BrokenPipe
    )
}

async fn open(stream: UnixStream) -> Result<SendRequest<Full<Bytes>>, CallError> {
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    // Ends when the sender is dropped; what breaks it also breaks the request under way, which tells.
    tokio::spawn(async move { drop(connection.await) });
    Ok(sender)
}

/// Reads an answer to its end.
async fn whole(response: Response<Incoming>) -> Result<Value, CallError> {
    let (head, body) = response.into_parts();
    let text = body.collect().await?.to_bytes();
    let value: Value = if text.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(&text).map_err(|error| CallError::Protocol(error.to_string()))?
    };
    if head.status.is_success() {
        return Ok(value);
    }
    let message =
        value["message"].as_str().or_else(|| value["Message"].as_str()).unwrap_or_default().to_owned();
    if head.status == StatusCode::SERVICE_UNAVAILABLE {
        return Err(CallError::Stopping);
    }
    if head.status == StatusCode::CONFLICT {
        return Err(EngineError::Version { message }.into());
    }
    let kind = match value["__type"].as_str() {
        Some("ClientException") => ErrorKind::ClientException,
        _ if head.status.is_client_error() => ErrorKind::ClientException,
        _ => ErrorKind::ServerException,
    };
    let rule = head.headers.get(RULE_HEADER).and_then(|rule| rule.to_str().ok());
    let rule = rule.map(|rule| rule.to_owned().into());
    Err(ServiceError { kind, message, rule }.into())
}
