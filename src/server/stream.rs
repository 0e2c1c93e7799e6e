//! A body that is written while it is read, and whose writer learns when nobody reads it any more.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use http_body_util::channel::{Channel, Sender};
use hyper::body::{Body, Bytes, Frame};
use tokio::sync::oneshot;

/// How many parts may wait to be read.
const WAITING: usize = 4;

/// What a client reads.
pub(super) struct Stream {
    channel: Channel<Bytes, io::Error>,
    /// Dropped with the body, when the answer is complete or the client has hung up.
    _read: oneshot::Sender<()>,
}

/// What writes it.
pub(super) struct Writer {
    /// Takes the parts.
    pub(super) sender: Sender<Bytes, io::Error>,
    /// Resolves when nobody reads any more.
    pub(super) gone: oneshot::Receiver<()>,
}

/// A new body and its writer.
pub(super) fn stream() -> (Writer, Stream) {
    let (sender, channel) = Channel::new(WAITING);
    let (read, gone) = oneshot::channel();
    (Writer { sender, gone }, Stream { channel, _read: read })
}

impl Body for Stream {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        Pin::new(&mut self.channel).poll_frame(context)
    }
}
