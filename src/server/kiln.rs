//! kiln's own endpoints: `status`, `stop`, `wait` and `logs`.

use std::collections::BTreeMap;
use std::io;
use std::process;
use std::rc::Rc;
use std::time::UNIX_EPOCH;

use http_body_util::channel::Sender;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Request, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::route::{Body, error, json as answer_json, query_values, scope};
use super::stream::{Stream, Writer, stream};
use super::{Shared, follow};
use crate::api::ServiceError;
use crate::api::arn::Scope;
use crate::api::wire::{ATTEMPT_HEADER, OWN_PREFIX, VERSION};
use crate::engine::core::JobKey;
use crate::engine::view::{self, Followed, LogPlace};

/// The largest body of a request, in bytes.
const LARGEST_BODY: usize = 1 << 20;

/// Answers a request below [`OWN_PREFIX`].
pub(super) async fn answer(shared: &Rc<Shared>, request: Request<Incoming>) -> Response<Body> {
    let scope = scope(request.headers());
    let query = request.uri().query().unwrap_or_default().to_owned();
    let result = match (request.method().as_str(), &request.uri().path()[OWN_PREFIX.len()..]) {
        ("GET", "status") => Ok(answer_json(StatusCode::OK, &status(shared))),
        ("POST", "stop") => {
            let unfinished = *shared.engine.unfinished().borrow();
            shared.stopping.send_replace(true);
            Ok(answer_json(StatusCode::OK, &json!({ "unfinishedJobs": unfinished })))
        }
        ("POST", "wait") => wait(shared, &scope, request).await,
        ("GET", "logs") => logs(shared, &scope, &query),
        (method, _) => {
            Err(ServiceError::client(format!("{method} {} is unknown here", request.uri().path())))
        }
    };
    result.unwrap_or_else(|refusal| error(&refusal))
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
        "gpus": shared.host.gpus,
        "unfinishedJobs": *shared.engine.unfinished().borrow(),
    })
}

/// How many jobs are looked at before others have their turn: there is one thread for all requests.
const TURN: usize = 50;

/// What `wait` is asked.
#[derive(Deserialize)]
struct Wait {
    jobs: Vec<String>,
}

/// Streams a line for each job when it has ended. At once come those that have ended already, and a line with the
/// number of those that have not.
async fn wait(
    shared: &Rc<Shared>,
    scope: &Scope,
    request: Request<Incoming>,
) -> Result<Response<Body>, ServiceError> {
    let malformed = |error: String| ServiceError::client(format!("the body does not read: {error}"));
    let body = Limited::new(request.into_body(), LARGEST_BODY).collect().await;
    let text = body.map_err(|error| malformed(error.to_string()))?.to_bytes();
    let Wait { jobs } = serde_json::from_slice(&text).map_err(|error| malformed(error.to_string()))?;
    // Subscribed before the look, so that no change falls between the two.
    let changes = shared.engine.changes();
    let mut open = BTreeMap::new();
    let mut members: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (number, job) in jobs.into_iter().enumerate() {
        if number % TURN == 0 {
            tokio::task::yield_now().await;
        }
        let Followed { key, parent } = view::followed(&shared.reader, scope, &job)?;
        if let Some(parent) = parent {
            members.entry(parent).or_default().push(key);
        }
        open.insert(key, job);
    }
    let (writer, body) = stream();
    let waiting = Waiting { shared: Rc::clone(shared), open, members, changes };
    tokio::task::spawn_local(waiting.run(writer));
    Ok(streamed(body, "application/x-ndjson"))
}

/// Jobs that somebody waits for.
struct Waiting {
    shared: Rc<Shared>,
    /// Those that have not ended, as they were asked for.
    open: BTreeMap<JobKey, String>,
    /// The children and nodes among them, by what they belong to.
    members: BTreeMap<JobKey, Vec<JobKey>>,
    changes: broadcast::Receiver<JobKey>,
}

impl Waiting {
    async fn run(mut self, writer: Writer) {
        let Writer { mut sender, gone } = writer;
        let mut stopping = self.shared.stopping.subscribe();
        tokio::select! {
            result = self.send(&mut sender) => if let Err(error) = result {
                sender.abort(error);
            },
            _ = gone => {}
            // The client sees the answer break off, and asks the next engine.
            _ = stopping.wait_for(|stop| *stop) => sender.abort(io::Error::other("the engine is stopping")),
        }
    }

    async fn send(&mut self, sender: &mut Sender<Bytes, io::Error>) -> io::Result<()> {
        let mut lines = self.look(&self.open.keys().copied().collect::<Vec<_>>()).await?;
        lines.push_str(&format!("{}\n", json!({ "waiting": self.open.len() })));
        loop {
            if sender.send_data(Bytes::from(lines)).await.is_err() || self.open.is_empty() {
                return Ok(());
            }
            lines = loop {
                let changed: Vec<_> = match self.changes.recv().await {
                    Ok(job) => {
                        let members = self.members.get(&job).into_iter().flatten();
                        let known = members.chain([&job]).filter(|job| self.open.contains_key(job));
                        known.copied().collect()
                    }
                    // Some changes were missed; any of them may have been among those.
                    Err(RecvError::Lagged(_)) => self.open.keys().copied().collect(),
                    Err(RecvError::Closed) => return Err(io::Error::other("the engine is gone")),
                };
                let lines = self.look(&changed).await?;
                if !lines.is_empty() {
                    break lines;
                }
            };
        }
    }

    /// The same for many, with turns for others in between.
    async fn look(&mut self, jobs: &[JobKey]) -> io::Result<String> {
        let mut lines = String::new();
        for (number, some) in jobs.chunks(TURN).enumerate() {
            if number > 0 {
                tokio::task::yield_now().await;
            }
            lines.push_str(&self.ended(some)?);
        }
        Ok(lines)
    }

    /// A line for each of these jobs that has ended; they are not waited for any longer.
    fn ended(&mut self, jobs: &[JobKey]) -> io::Result<String> {
        let mut lines = String::new();
        for job in jobs {
            let end = view::job_end(&self.shared.reader, *job).map_err(io::Error::other)?;
            if let Some(end) = end
                && let Some(asked) = self.open.remove(job)
            {
                let mut line = serde_json::to_value(&end)?;
                line["asked"] = Value::from(asked);
                lines.push_str(&format!("{line}\n"));
            }
        }
        Ok(lines)
    }
}

/// What of a log is asked for.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// One attempt only.
    pub(super) attempt: Option<u32>,
    /// All attempts from this one on, where an earlier answer broke off.
    pub(super) from: Option<u32>,
    /// How many bytes not to send again.
    pub(super) skip: u64,
    /// Whether to go on until the job has ended.
    pub(super) follow: bool,
}

impl Wanted {
    fn read(query: &str) -> Result<Self, ServiceError> {
        fn number<T: std::str::FromStr>(query: &str, name: &str) -> Result<Option<T>, ServiceError> {
            let text = query_values(query, name).into_iter().next();
            let parse = |text: String| {
                text.parse().map_err(|_| ServiceError::client(format!("{name} {text:?} is not a number")))
            };
            text.map(parse).transpose()
        }
        Ok(Self {
            attempt: number(query, "attempt")?,
            from: number(query, "from")?,
            skip: number(query, "skip")?.unwrap_or(0),
            follow: query_values(query, "follow").iter().any(|value| value == "true"),
        })
    }
}

/// Streams the log of an attempt: what is there, or with `follow` all that comes until the job has ended.
fn logs(shared: &Rc<Shared>, scope: &Scope, query: &str) -> Result<Response<Body>, ServiceError> {
    let job = query_values(query, "job").into_iter().next().unwrap_or_default();
    let followed = view::followed(&shared.reader, scope, &job)?;
    let wanted = Wanted::read(query)?;
    let first = match view::log_place(&shared.reader, followed.key, wanted.attempt.or(wanted.from))? {
        LogPlace::Stream { attempt, .. } => attempt,
        LogPlace::NotYet if wanted.follow => wanted.attempt.or(wanted.from).unwrap_or(1),
        LogPlace::NotStarted { attempt, .. } if wanted.follow && wanted.attempt.is_none() => attempt,
        LogPlace::NotStarted { attempt, reason } => {
            return Err(ServiceError::client(format!(
                "attempt {attempt} of job {job} never started: {reason}"
            )));
        }
        LogPlace::OfChildren { size } => {
            return Err(ServiceError::client(format!(
                "job {job} is an array of {size}: each child has a log of its own, such as {job}:0"
            )));
        }
        LogPlace::Never => {
            return Err(ServiceError::client(match wanted.attempt {
                Some(number) => format!("job {job} has no attempt {number}"),
                None => format!("job {job} never ran, so it has no log"),
            }));
        }
        LogPlace::NotYet => {
            return Err(ServiceError::client(match wanted.attempt {
                Some(number) => format!("job {job} has had no attempt {number} yet"),
                None => format!("job {job} has not started yet: follow it with --follow"),
            }));
        }
    };
    let (writer, body) = stream();
    tokio::task::spawn_local(
        follow::Follow { shared: Rc::clone(shared), job: followed, first, wanted }.run(writer),
    );
    let mut response = streamed(body, "text/plain; charset=utf-8");
    response.headers_mut().insert(ATTEMPT_HEADER, HeaderValue::from(first));
    Ok(response)
}

fn streamed(body: Stream, kind: &'static str) -> Response<Body> {
    let mut response = Response::new(body.boxed());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// Returns when something may have happened to the job.
pub(super) async fn changed(changes: &mut broadcast::Receiver<JobKey>, job: Followed) -> io::Result<()> {
    loop {
        match changes.recv().await {
            Ok(changed) if changed == job.key || Some(changed) == job.parent => return Ok(()),
            Ok(_) => {}
            // Some changes were missed; it may have been among them.
            Err(RecvError::Lagged(_)) => return Ok(()),
            Err(RecvError::Closed) => return Err(io::Error::other("the engine is gone")),
        }
    }
}
