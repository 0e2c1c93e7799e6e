//! Streaming a log while it is written. Wakes on the file's own changes and on changes of the job, never by the
//! clock.

use std::convert::Infallible;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use http_body_util::channel::Sender;
use hyper::body::Bytes;
use rustix::fs::inotify;
use tokio::net::unix::pipe::Receiver;
use tokio::sync::watch;
use tracing::warn;

use super::kiln::changed;
use crate::engine::Handle;
use crate::engine::core::JobKey;
use crate::engine::view::{self, LogPlace};
use crate::home::Home;
use crate::store::Reader;

/// How much is sent at once.
const CHUNK: usize = 64 * 1024;

/// A log on its way to a client.
pub(super) struct Follow {
    pub(super) engine: Handle,
    pub(super) database: PathBuf,
    pub(super) home: Home,
    pub(super) stopping: watch::Receiver<bool>,
    pub(super) job: JobKey,
    /// The one attempt to show; else the latest, and with `follow` all that come after it.
    pub(super) attempt: Option<u32>,
    pub(super) follow: bool,
}

impl Follow {
    /// Sends the log until it is complete, the client hangs up, or the engine stops.
    pub(super) async fn run(self, mut sender: Sender<Bytes, Infallible>) {
        let mut stopping = self.stopping.clone();
        tokio::select! {
            result = self.send(&mut sender) => {
                if let Err(error) = result {
                    warn!("a log could not be streamed: {error}");
                }
            }
            _ = stopping.wait_for(|stop| *stop) => {}
        }
    }

    async fn send(&self, sender: &mut Sender<Bytes, Infallible>) -> io::Result<()> {
        let reader = Reader::open(&self.database).map_err(io::Error::other)?;
        let mut changes = self.engine.changes();
        let mut shown = 0;
        let mut log: Option<Log> = None;
        loop {
            let place = view::log_place(&reader, self.job, self.attempt).map_err(io::Error::other)?;
            let over = match &place {
                LogPlace::Stream { name, attempt, ended } => {
                    if *attempt != shown {
                        shown = *attempt;
                        log = None;
                    }
                    if log.is_none() {
                        log = Log::open(&self.home.log_stream(name))?;
                    }
                    if let Some(log) = &mut log
                        && !log.send_new(sender).await?
                    {
                        return Ok(());
                    }
                    *ended
                }
                LogPlace::NotYet => false,
                LogPlace::Never => return Ok(()),
            };
            let finished = || view::job_end(&reader, self.job).map_err(io::Error::other);
            if !self.follow || (over && self.attempt.is_some()) || finished()?.is_some() && over {
                return Ok(());
            }
            match &log {
                Some(log) if !over => tokio::select! {
                    () = changed(&mut changes, self.job) => {}
                    written = log.written() => written?,
                },
                _ => changed(&mut changes, self.job).await,
            }
        }
    }
}

/// An open log file and the watch on it.
struct Log {
    file: File,
    /// Readable when the file was written to. Not a pipe, but read like one.
    watch: Receiver,
}

impl Log {
    /// Opens a log; `None` while the attempt has not made it yet.
    fn open(path: &Path) -> io::Result<Option<Self>> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let watch = inotify::init(inotify::CreateFlags::NONBLOCK | inotify::CreateFlags::CLOEXEC)?;
        inotify::add_watch(&watch, path, inotify::WatchFlags::MODIFY)?;
        Ok(Some(Self { file, watch: Receiver::from_owned_fd_unchecked(watch)? }))
    }

    /// Sends what was written since the last time; false once the client has hung up.
    async fn send_new(&mut self, sender: &mut Sender<Bytes, Infallible>) -> io::Result<bool> {
        let mut buffer = vec![0; CHUNK];
        loop {
            let read = self.file.read(&mut buffer)?;
            if read == 0 {
                return Ok(true);
            }
            if sender.send_data(Bytes::copy_from_slice(&buffer[..read])).await.is_err() {
                return Ok(false);
            }
        }
    }

    /// Returns when something was written.
    async fn written(&self) -> io::Result<()> {
        let mut events = [0; 4096];
        self.watch.readable().await?;
        loop {
            match self.watch.try_read(&mut events) {
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
