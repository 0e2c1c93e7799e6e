//! Random texts against everything that reads them: JSON, YAML, the checks behind them and the rendering of what they
//! find. Whatever comes in, nothing panics, hangs or takes much memory, and every place lies in its text.
//!
//! A test run takes a few thousand texts. `KILN_FUZZ_SECONDS=1200 cargo test --release --test fuzz` goes on for so
//! long; `KILN_FUZZ_SEED` begins elsewhere. A text that fails is printed, and belongs into `tests/corpus` or a unit
//! test.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

use std::fs;
use std::panic;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use kiln::api::Operation;
use kiln::document::render::{self, Diagnostic, Voice, Where};
use kiln::document::{Format, Source};
use kiln::rules;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Texts in an ordinary test run.
const FEW: usize = 4000;
/// Longer texts are cut: what is quadratic shows in a few thousand characters.
const LONGEST: usize = 64 * 1024;
/// More address space than this is not needed for texts of that length.
const MEMORY: u64 = 2 << 30;
/// One text takes a millisecond; this is a hang.
const HANG: Duration = Duration::from_secs(20);

/// A small generator of random numbers (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 11).unwrap() % limit.max(1)
    }

    fn one_of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }
}

/// What the grammars are made of, and what has broken readers elsewhere.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "'",
    "-",
    "- ",
    "? ",
    ": ",
    "#",
    "# kiln: submit-job\n",
    "|",
    ">",
    "|2-",
    "&a ",
    "*a",
    "<<: *a",
    "!!str ",
    "!x ",
    "%YAML 1.2\n",
    "---\n",
    "...\n",
    "\n",
    "\r\n",
    "\t",
    "  ",
    "\\",
    "\\u",
    "\\ud800",
    "\\x41",
    "\u{feff}",
    "\u{0}",
    "\u{85}",
    "\u{2028}",
    "é",
    "価",
    "\u{10ffff}",
    "null",
    "~",
    "true",
    "no",
    "-0",
    "1e999",
    "0x1F",
    "0o17",
    ".inf",
    ".nan",
    "1_000",
    "18446744073709551616",
    "-9223372036854775809",
    "0.1",
    "1e-400",
    "\"\"",
    "[]",
    "{}",
    "AWS_BATCH",
    "aws:",
    "0:",
    "nvidia.com/gpu",
    "FARGATE",
    "LATEST",
    "Mi",
    "@",
    "`",
    "\u{1b}[31m",
];

/// The texts to start from: the corpus, the bases and the examples.
fn seeds() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for folder in ["tests/corpus", "tests/rules", "examples"] {
        collect(&root.join(folder), &mut texts);
    }
    assert!(texts.len() > 20, "only {} texts to start from", texts.len());
    texts
}

fn collect(folder: &Path, texts: &mut Vec<String>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, texts);
        } else if Format::of_name(&path).is_some() {
            texts.push(cut(fs::read_to_string(&path).unwrap()));
        }
    }
}

fn cut(mut text: String) -> String {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

/// An offset at the start of a character.
fn offset(text: &str, random: &mut Random) -> usize {
    let at = random.below(text.len() + 1);
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// A few changes: pieces put in, parts cut out, repeated, moved, or taken from another text.
fn mutated(text: &str, seeds: &[String], random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(6) {
        let at = offset(&text, random);
        let to = offset(&text, random);
        let (from, to) = (at.min(to), at.max(to));
        match random.below(7) {
            0 | 1 => text.insert_str(at, random.one_of(PIECES)),
            2 if to - from < 100 => text.replace_range(from..to, ""),
            3 if to - from < 200 => {
                let part = text[from..to].repeat(random.below(40));
                text.insert_str(from, &part);
            }
            4 => {
                let other = random.one_of(seeds);
                let from = offset(&other, random);
                let part: String = other[from..].chars().take(random.below(200)).collect();
                text.insert_str(at, &part);
            }
            5 => text.insert_str(at, &random.one_of(PIECES).repeat(random.below(300))),
            _ => {
                if let Some(character) = text[at..].chars().next() {
                    text.replace_range(at..at + character.len_utf8(), random.one_of(PIECES));
                }
            }
        }
    }
    cut(text)
}

/// Reads a text, judges it for an operation and shows what was found.
fn try_out(text: &str, format: Format, operation: Operation) {
    let source = Source::new(if format == Format::Json { "a.json" } else { "a.yaml" }, text);
    let nodes = match format.read(source.text()) {
        Ok(nodes) => nodes,
        Err(error) => {
            assert!(error.span.start <= error.span.end && error.span.end <= source.text().len());
            render::text(&[Diagnostic::syntax(&source, &error)], Voice::Report);
            return;
        }
    };
    for node in nodes {
        let findings = rules::check(operation, &node.to_value());
        let places = findings.iter().map(|finding| {
            let span = node.find(&finding.path, finding.at).unwrap_or(node.span);
            assert!(span.start <= span.end && span.end <= source.text().len(), "{finding:?}: {span:?}");
            assert!(source.text().is_char_boundary(span.start) && source.text().is_char_boundary(span.end));
            Diagnostic::finding(finding, Where::At(&source, span))
        });
        let diagnostics: Vec<_> = places.collect();
        render::text(&diagnostics, Voice::Report);
        render::json(diagnostics.iter().cloned());
        render::sarif(diagnostics.iter().cloned());
        render::github(diagnostics);
    }
}

#[test]
fn whatever_comes_in_is_read_or_refused() {
    let limit = getrlimit(Resource::As);
    setrlimit(Resource::As, Rlimit { current: Some(MEMORY), ..limit }).unwrap();
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let until = number("KILN_FUZZ_SECONDS").map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let mut random = Random(number("KILN_FUZZ_SEED").unwrap_or(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let seeds = seeds();
    let mut count = 0;
    while until.map_or(count < FEW, |until| Instant::now() < until) {
        let text = mutated(&random.one_of(&seeds), &seeds, &mut random);
        let format = random.one_of(&[Format::Json, Format::Yaml]);
        let any = random.one_of(Operation::ALL);
        let operation = random.one_of(&[
            Operation::RegisterJobDefinition,
            Operation::SubmitJob,
            Operation::CreateComputeEnvironment,
            Operation::UpdateComputeEnvironment,
            any,
        ]);
        let start = Instant::now();
        let outcome = panic::catch_unwind(|| try_out(&text, format, operation));
        assert!(outcome.is_ok(), "{format:?} {operation:?}:\n{text:?}");
        assert!(start.elapsed() < HANG, "{format:?} {operation:?} takes {:?}:\n{text:?}", start.elapsed());
        count += 1;
    }
    println!("{count} texts");
}
