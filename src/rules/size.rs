//! How large a request may be.

use std::io::{self, Write};

use serde_json::Value;

use crate::api::Operation;
use crate::api::Operation::{RegisterJobDefinition, SubmitJob};
use crate::rules::context::{Context, Example};
use crate::rules::cursor::Cursor;
use crate::rules::finding::{Finding, Findings};
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::{Rule, rules};

const KIB: u64 = 1024;

/// An input whose example would be too long to show.
const fn of_any_size(operation: Operation, words: &'static str) -> Context {
    Context { operation, words, example: Example::Text }
}

rules! {
    /// A job definition takes up at most 24 KiB.
    ///
    /// The whole request counts, written as JSON without blanks. Move long texts into the image, or into a file in
    /// Amazon S3 that the job reads when it starts.
    error DEFINITION_SIZE = "JD220" {
        guide: "Service quotas",
        from: ["OPS-165"],
        on: of_any_size(RegisterJobDefinition, "a job definition"),
        wrong: "a request of 24577 bytes",
        right: "a request of 24576 bytes",
    }

    /// A job takes up at most 30 KiB.
    ///
    /// The whole request counts, written as JSON without blanks. Put what the job works on into a file in Amazon S3 and
    /// pass its address; split a long list of dependencies over several jobs.
    error JOB_SIZE = "SJ090" {
        guide: "Service quotas",
        from: ["OPS-166"],
        on: of_any_size(SubmitJob, "a job"),
        wrong: "a request of 30721 bytes",
        right: "a request of 30720 bytes",
    }
}

/// Judges the size of a job definition.
pub(in crate::rules) fn of_definition(at: &Cursor<'_>, findings: &mut Findings) {
    findings.extend(check(at, &DEFINITION_SIZE, 24).map(|(finding, _)| finding));
}

/// Judges the size of a job.
pub(in crate::rules) fn of_job(at: &Cursor<'_>, findings: &mut Findings) {
    findings.extend(check(at, &JOB_SIZE, 30).map(|(finding, size)| {
        finding.with_service(format!("Job size must be less than 30 KiB, got {} KiB", size.div_ceil(KIB)))
    }));
}

/// The finding about an input that is too large, and how many bytes it has.
fn check(at: &Cursor<'_>, rule: &Rule, most_kib: u64) -> Option<(Finding, u64)> {
    let size = compact(at.value());
    if size <= most_kib * KIB {
        return None;
    }
    let message = format!(
        "expected at most {} bytes ({most_kib} KiB) of JSON without blanks, found {size}",
        most_kib * KIB
    );
    let largest = at.members().map(|(name, at)| (compact(at.value()), name)).max_by_key(|(size, _)| *size);
    let help = largest
        .map(|(size, name)| format!("most of it is {}, with {size} bytes", quoted(name, LONGEST_SHOWN)));
    Some((rule.at(at, message).with_help(help), size))
}

/// How many bytes a value takes up as JSON without blanks.
pub(in crate::rules) fn compact(value: &Value) -> u64 {
    let mut count = Count(0);
    // Nothing is written anywhere, and a value that came from JSON can be written as JSON.
    match serde_json::to_writer(&mut count, value) {
        Ok(()) => count.0,
        Err(_) => 0,
    }
}

/// Counts the bytes that are written to it.
struct Count(u64);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn sizes_are_those_of_the_text() {
        for value in [json!(null), json!({"a": [1, 2.5, "x\"y", "größe"], "b": {}}), json!("{{}}")] {
            assert_eq!(compact(&value), value.to_string().len() as u64);
        }
    }

    #[test]
    fn the_largest_member_is_named() {
        let input = json!({"jobName": "a", "parameters": {"text": "x".repeat(31 * 1024)}});
        let mut findings = Findings::new();
        of_job(&Cursor::root(&input), &mut findings);
        let finding = findings.iter().next().expect("it is too large");
        assert_eq!(finding.help.as_deref(), Some("most of it is \"parameters\", with 31755 bytes"));
        assert_eq!(finding.service.as_deref(), Some("Job size must be less than 30 KiB, got 32 KiB"));
    }
}
