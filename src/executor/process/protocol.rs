//! What engine and runner say to each other: one JSON value per line, both ways.
//!
//! An engine may be newer than the runner that it finds. New fields need a default, and a reader skips a line
//! that it does not understand.

use std::io::{self, BufRead, BufReader, Read};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::executor::{AttemptId, Expected, Launch, Report, Signal};

/// What the engine says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Request {
    /// Opens a connection: these are the attempts that the engine has not recorded the end of.
    Expect {
        /// All of them; what the runner holds beyond them is killed and forgotten.
        expected: Vec<Expected>,
    },
    /// Start an attempt.
    Launch(Launch),
    /// Signal an attempt.
    Signal {
        /// Which one.
        attempt: AttemptId,
        /// How.
        signal: Signal,
    },
    /// Forget the ends of these.
    Settle {
        /// Which ones.
        attempts: Vec<AttemptId>,
    },
    /// End, if nothing runs.
    Retire,
}

/// What the runner says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Note {
    /// News of an attempt.
    Report(Report),
    /// All that is known of the attempts that were expected has been reported; what follows is news.
    Synced,
    /// The last word of a runner that was told to retire.
    Retiring,
}

/// A message as one line.
pub(super) fn encode(message: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut line = Vec::with_capacity(256);
    encode_into(&mut line, message)?;
    Ok(line)
}

/// Appends a message to lines that go out together.
pub(super) fn encode_into(lines: &mut Vec<u8>, message: &impl Serialize) -> serde_json::Result<()> {
    serde_json::to_writer(&mut *lines, message)?;
    lines.push(b'\n');
    Ok(())
}

/// Reads messages.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
}

impl<R: Read> Lines<R> {
    /// A reader of the messages that come from `source`.
    pub(super) fn new(source: R) -> Self {
        Self { reader: BufReader::with_capacity(64 * 1024, source), line: Vec::new() }
    }

    /// Where the messages come from.
    pub(super) fn source(&self) -> &R {
        self.reader.get_ref()
    }

    /// The next message; `None` when the other side is gone. A line without its end was cut off by the death of
    /// its writer and does not count: its writer never learned that it was sent.
    pub(super) fn next<T: DeserializeOwned>(&mut self) -> io::Result<Option<T>> {
        loop {
            self.line.clear();
            match self.reader.read_until(b'\n', &mut self.line) {
                Ok(_) => {}
                // The other side died with something unread; all that it had sent was read before.
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => return Ok(None),
                Err(error) => return Err(error),
            }
            if self.line.last() != Some(&b'\n') {
                return Ok(None);
            }
            match serde_json::from_slice(&self.line) {
                Ok(message) => return Ok(Some(message)),
                Err(error) => tracing::warn!("skip a message that is not understood: {error}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_survive_the_wire() {
        let attempt = AttemptId { job: 17, number: 1 };
        let mut wire = encode(&Request::Signal { attempt, signal: Signal::Kill }).unwrap();
        wire.extend(b"{\"from\":\"the future\"}\n");
        encode_into(&mut wire, &Request::Retire).unwrap();
        wire.extend(b"\"retire\"");
        let mut lines = Lines::new(wire.as_slice());
        assert!(matches!(
            lines.next().unwrap(),
            Some(Request::Signal { attempt: a, signal: Signal::Kill }) if a == attempt
        ));
        assert!(matches!(lines.next().unwrap(), Some(Request::Retire)));
        assert!(lines.next::<Request>().unwrap().is_none(), "a torn line is none");
    }
}
