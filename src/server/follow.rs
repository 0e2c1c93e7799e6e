//! Streaming a log while it is written. Wakes on the file's own changes and on changes of the job, never by the
//! clock.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::rc::Rc;

use http_body_util::channel::Sender;
use hyper::body::Bytes;
use rustix::fs::inotify;
use tokio::net::unix::pipe::Receiver;
use tracing::warn;

use super::Shared;
use super::kiln::{Wanted, changed};
use super::stream::Writer;
use crate::engine::view::Followed;
use crate::engine::view::{self, LogPlace};

/// How much is sent at once.
const CHUNK: usize = 64 * 1024;

/// A log on its way to a client.
pub(super) struct Follow {
    pub(super) shared: Rc<Shared>,
    pub(super) job: Followed,
    /// The attempt to begin with.
    pub(super) first: u32,
    pub(super) wanted: Wanted,
}

impl Follow {
    /// Sends the log until it is complete or the client hangs up. If the engine stops before, the answer breaks
    /// off, so that the client knows and asks the next engine for the rest.
    pub(super) async fn run(self, writer: Writer) {
        let Writer { mut sender, gone } = writer;
        let mut stopping = self.shared.stopping.subscribe();
        tokio::select! {
            result = self.send(&mut sender) => if let Err(error) = result {
                warn!("a log could not be streamed: {error}");
                sender.abort(error);
            },
            _ = gone => {}
            _ = stopping.wait_for(|stop| *stop) => sender.abort(io::Error::other("the engine is stopping")),
        }
    }

    async fn send(&self, sender: &mut Sender<Bytes, io::Error>) -> io::Result<()> {
        let mut changes = self.shared.engine.changes();
        let mut skip = self.wanted.skip;
        let mut attempt = self.first;
        let mut log: Option<Log> = None;
        loop {
            let place = view::log_place(&self.shared.reader, self.job.key, Some(attempt))
                .map_err(io::Error::other)?;
            let over = match &place {
                LogPlace::Stream { name, ended, .. } => {
                    if log.is_none() {
                        log = Log::open(&self.shared.home.log_stream(name), &mut skip)?;
                    }
                    if let Some(log) = &mut log
                        && !log.send_new(sender).await?
                    {
                        return Ok(());
                    }
                    *ended
                }
                LogPlace::NotYet => false,
                LogPlace::NotStarted { .. } => true,
                LogPlace::Never | LogPlace::OfChildren { .. } => return Ok(()),
            };
            if !self.wanted.follow || (over && self.wanted.attempt.is_some()) {
                return Ok(());
            }
            if over {
                // Whether there is another one shows in its own place.
                attempt += 1;
                log = None;
                continue;
            }
            match &log {
                Some(log) => tokio::select! {
                    changed = changed(&mut changes, self.job) => changed?,
                    written = log.written() => written?,
                },
                None => changed(&mut changes, self.job).await?,
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
    /// Opens a log behind the bytes to skip; `None` while the attempt has not made it yet.
    fn open(path: &Path, skip: &mut u64) -> io::Result<Option<Self>> {
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let behind = (*skip).min(file.metadata()?.len());
        file.seek(SeekFrom::Start(behind))?;
        *skip -= behind;
        let watch = inotify::init(inotify::CreateFlags::NONBLOCK | inotify::CreateFlags::CLOEXEC)?;
        inotify::add_watch(&watch, path, inotify::WatchFlags::MODIFY)?;
        Ok(Some(Self { file, watch: Receiver::from_owned_fd_unchecked(watch)? }))
    }

    /// Sends what was written since the last time; false once the client has hung up.
    async fn send_new(&mut self, sender: &mut Sender<Bytes, io::Error>) -> io::Result<bool> {
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
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }
}
