//! kiln's own endpoints: `status`, `stop`, `wait` and `logs`.

use std::process;
use std::time::UNIX_EPOCH;

use http_body_util::BodyExt;
use http_body_util::channel::Channel;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Request, Response, StatusCode};
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;

use super::route::{Body, error, json as answer_json, query_values};
use super::{Shared, follow};
use crate::api::ServiceError;
use crate::api::wire::{OWN_PREFIX, VERSION};
use crate::engine::core::JobKey;
use crate::engine::view::{self, JobEnd, LogPlace};

/// Answers a request below [`OWN_PREFIX`].
pub(super) async fn answer(shared: &Shared, request: &Request<Incoming>) -> Response<Body> {
    let query = request.uri().query().unwrap_or_default();
    let parameter = |name: &str| query_values(query, name).into_iter().next();
    let result = match (request.method().as_str(), &request.uri().path()[OWN_PREFIX.len()..]) {
        ("GET", "status") => Ok(status(shared)),
        ("POST", "stop") => {
            let unfinished = *shared.engine.unfinished().borrow();
            shared.stopping.send_replace(true);
            Ok(json!({ "unfinishedJobs": unfinished }))
        }
        ("GET", "wait") => wait(shared, &parameter("job").unwrap_or_default()).await,
        ("GET", "logs") => {
            let follow = parameter("follow").is_some_and(|value| value == "true");
            match logs(shared, &parameter("job").unwrap_or_default(), parameter("attempt"), follow) {
                Ok(response) => return response,
                Err(refusal) => Err(refusal),
            }
        }
        (method, _) => {
            Err(ServiceError::client(format!("{method} {} is unknown here", request.uri().path())))
        }
    };
    match result {
        Ok(value) => answer_json(StatusCode::OK, &value),
        Err(refusal) => error(&refusal),
    }
}

fn status(shared: &Shared) -> Value {
    let started = shared.started_at.duration_since(UNIX_EPOCH).unwrap_or_default();
    json!({
        "version": VERSION,
        "process": process::id(),
        "home": shared.home.directory(),
        "startedAt": u64::try_from(started.as_millis()).unwrap_or(u64::MAX),
        "executor": "process",
        "vcpus": shared.host.vcpus,
        "memoryMiB": shared.host.memory_mib,
        "unfinishedJobs": *shared.engine.unfinished().borrow(),
    })
}

/// Answers once the job is finished.
async fn wait(shared: &Shared, job: &str) -> Result<Value, ServiceError> {
    // Subscribed before the look, so that no change falls between the two.
    let mut changes = shared.engine.changes();
    let mut stopping = shared.stopping.subscribe();
    let key = view::job_key(&shared.reader, job)?;
    loop {
        if let Some(end) = view::job_end(&shared.reader, key)? {
            return encode(&end);
        }
        tokio::select! {
            () = changed(&mut changes, key) => {}
            _ = stopping.wait_for(|stop| *stop) => return Err(ServiceError::server("the engine is stopping")),
        }
    }
}

fn encode(end: &JobEnd) -> Result<Value, ServiceError> {
    serde_json::to_value(end).map_err(|error| ServiceError::server(error.to_string()))
}

/// Returns when something may have happened to the job.
pub(super) async fn changed(changes: &mut tokio::sync::broadcast::Receiver<JobKey>, key: JobKey) {
    loop {
        match changes.recv().await {
            Ok(changed) if changed == key => return,
            Ok(_) => {}
            // Some changes were missed; it may have been among them.
            Err(RecvError::Lagged(_)) => return,
            // The engine is gone, and the server with it soon.
            Err(RecvError::Closed) => std::future::pending::<()>().await,
        }
    }
}

/// Streams the log of an attempt: what is there, or with `follow` all that comes until the job has ended.
fn logs(
    shared: &Shared,
    job: &str,
    attempt: Option<String>,
    follow: bool,
) -> Result<Response<Body>, ServiceError> {
    let key = view::job_key(&shared.reader, job)?;
    let attempt = attempt
        .map(|text| {
            text.parse().map_err(|_| ServiceError::client(format!("attempt {text:?} is not a number")))
        })
        .transpose()?;
    match view::log_place(&shared.reader, key, attempt)? {
        LogPlace::Never => Err(ServiceError::client(match attempt {
            Some(number) => format!("job {job} has no attempt {number}"),
            None => format!("job {job} never ran, so it has no log"),
        })),
        LogPlace::NotYet if !follow => Err(ServiceError::client(match attempt {
            Some(number) => format!("job {job} has had no attempt {number} yet"),
            None => format!("job {job} has not started yet: follow it with --follow"),
        })),
        LogPlace::NotYet | LogPlace::Stream { .. } => {
            let (sender, body) = Channel::<Bytes, std::convert::Infallible>::new(4);
            let task = follow::Follow {
                engine: shared.engine.clone(),
                database: shared.home.database(),
                home: shared.home.clone(),
                stopping: shared.stopping.subscribe(),
                job: key,
                attempt,
                follow,
            };
            tokio::task::spawn_local(task.run(sender));
            let mut response = Response::new(body.boxed());
            response
                .headers_mut()
                .insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
            Ok(response)
        }
    }
}
