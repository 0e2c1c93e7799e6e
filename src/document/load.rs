//! Loading: from an argument to the text it stands for.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::document::source::Source;

/// Larger files are refused: far beyond any request the API takes.
pub const LARGEST: usize = 10 * 1024 * 1024;

const PREFIX: &str = "file://";

/// Why an argument could not be read. [`help`](Self::help) says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// `file://` and nothing behind it.
    #[error("file:// must be followed by the name of a file")]
    NoName,
    /// `~` without a home directory to put in its place.
    #[error("cannot read {path}: HOME is not set, so ~ has no meaning")]
    NoHome {
        /// The path as given.
        path: String,
    },
    /// A file that cannot be read.
    #[error("cannot read {path}: {reason}")]
    File {
        /// The path as given.
        path: String,
        /// Why.
        reason: FileError,
    },
}

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The operating system refused.
    #[error("{}", system_reason(.source))]
    Io {
        /// A path that does exist and was probably meant.
        meant: Option<String>,
        /// What the operating system said.
        source: io::Error,
    },
    /// A directory.
    #[error("it is a directory")]
    Directory,
    /// Text in another encoding.
    #[error("it is not UTF-8: invalid byte 0x{byte:02x} at offset {offset}, on line {line}")]
    NotUtf8 {
        /// The first byte that cannot be part of UTF-8 there.
        byte: u8,
        /// Its offset, from 0.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// Text in UTF-16, as some editors and shells write it.
    #[error("it is UTF-16, not UTF-8")]
    Utf16,
    /// More than [`LARGEST`].
    #[error("it is larger than 10 MiB")]
    TooLarge,
}

impl LoadError {
    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NoName => Some("write file://job.json".to_owned()),
            Self::NoHome { .. } => None,
            Self::File { reason, .. } => reason.help(),
        }
    }
}

impl FileError {
    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Io { meant: Some(meant), .. } => Some(format!("did you mean {PREFIX}{meant}?")),
            Self::NotUtf8 { .. } | Self::Utf16 => Some("save the file as UTF-8".to_owned()),
            Self::Io { meant: None, .. } | Self::Directory | Self::TooLarge => None,
        }
    }
}

/// The text that an argument stands for: the contents of a file for `file://PATH`, else the argument itself
/// under the given name.
pub fn read_source(argument: &str, name: &str) -> Result<Source, LoadError> {
    match argument.strip_prefix(PREFIX) {
        Some("") => Err(LoadError::NoName),
        Some(path) => Ok(Source::new(path, read_text(path, &|name| std::env::var_os(name))?)),
        None => Ok(Source::new(name, argument)),
    }
}

/// The text of a file, under its path as it was given.
pub fn read_file(path: &Path) -> Result<Source, FileError> {
    Ok(Source::new(path.to_string_lossy(), read_whole(path)?))
}

/// The text on standard input, under a name for messages.
pub fn read_standard_input(name: &str) -> Result<Source, FileError> {
    Ok(Source::new(name, decoded(read_bytes(io::stdin().lock()))?))
}

/// What was probably meant by an argument that is the name of a file instead of JSON: one that exists, or one that
/// is called like JSON.
pub fn suggest_file(argument: &str) -> Option<String> {
    if let Some(path) = argument.strip_prefix("fileb://") {
        return Some(format!("write {PREFIX}{path}"));
    }
    if argument.starts_with(PREFIX) {
        return None;
    }
    let path = argument.strip_prefix("file:").unwrap_or(argument);
    let is_name = path.len() < 4096 && !path.contains(['"', '\n', '\0']) && !path.starts_with(['{', '[']);
    let is_json =
        || Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let is_file = || expand(path, &|name| std::env::var_os(name)).is_some_and(|path| path.is_file());
    (is_name && (is_json() || is_file())).then(|| format!("did you mean {PREFIX}{path}?"))
}

/// Gives the variables of the environment.
type Variables<'a> = &'a dyn Fn(&str) -> Option<OsString>;

fn read_text(path: &str, variables: Variables<'_>) -> Result<String, LoadError> {
    let file = expand(path, variables).ok_or_else(|| LoadError::NoHome { path: path.to_owned() })?;
    read_whole(&file).map_err(|reason| {
        let reason = match reason {
            FileError::Io { source, .. } if source.kind() == ErrorKind::NotFound => {
                FileError::Io { meant: without_slash(path), source }
            }
            other => other,
        };
        LoadError::File { path: path.to_owned(), reason }
    })
}

fn read_whole(file: &Path) -> Result<String, FileError> {
    if file.is_dir() {
        return Err(FileError::Directory);
    }
    decoded(File::open(file).and_then(read_bytes))
}

/// Reads one byte more than permitted at most. The length of a file is not asked for: a pipe has none.
fn read_bytes(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn decoded(bytes: io::Result<Vec<u8>>) -> Result<String, FileError> {
    let bytes = bytes.map_err(|source| FileError::Io { meant: None, source })?;
    if bytes.len() > LARGEST {
        return Err(FileError::TooLarge);
    }
    String::from_utf8(bytes).map_err(|error| not_utf8(error.as_bytes(), error.utf8_error().valid_up_to()))
}

/// The path with `~`, `$NAME` and `${NAME}` replaced, as the AWS CLI does it; shells do not behind `file://`, nor in
/// single quotes. A variable that is not set stays as it is written. `None` if `~` has no meaning.
fn expand(path: &str, variables: Variables<'_>) -> Option<PathBuf> {
    match path.strip_prefix('~') {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => {
            let mut whole = variables("HOME")?;
            whole.push(with_variables(rest, variables));
            Some(whole.into())
        }
        _ => Some(with_variables(path, variables).into()),
    }
}

fn with_variables(text: &str, variables: Variables<'_>) -> OsString {
    let mut whole = OsString::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, dollar) = rest.split_at(at);
        whole.push(before);
        let (written, name) = variable(dollar);
        match variables(name).filter(|_| !name.is_empty()) {
            Some(value) => whole.push(value),
            None => whole.push(written),
        }
        rest = &dollar[written.len()..];
    }
    whole.push(rest);
    whole
}

/// The variable that a text starts with, as it is written, and its name. A dollar sign alone has none.
fn variable(text: &str) -> (&str, &str) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if let Some((name, _)) = text.strip_prefix("${").and_then(|inner| inner.split_once('}')) {
        return (&text[..name.len() + 3], name);
    }
    let name = &text[1..];
    let name = &name[..name.find(|c| !is_part(c)).unwrap_or(name.len())];
    (&text[..name.len() + 1], name)
}

/// The path without its leading slash, if that exists: `file:///job.json` is a usual mistake.
fn without_slash(path: &str) -> Option<String> {
    let relative = path.strip_prefix('/')?;
    Path::new(relative).is_file().then(|| relative.to_owned())
}

fn not_utf8(bytes: &[u8], offset: usize) -> FileError {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return FileError::Utf16;
    }
    let line = bytes[..offset].iter().filter(|byte| **byte == b'\n').count() + 1;
    FileError::NotUtf8 { byte: bytes[offset], offset, line }
}

/// What the operating system said, without the number of the error.
pub fn system_reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: &[u8]) -> (tempfile::TempDir, String) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("job.json");
        std::fs::write(&path, bytes).unwrap();
        let path = path.to_str().unwrap().to_owned();
        (directory, path)
    }

    fn refused(path: &str) -> (String, Option<String>) {
        let error = read_source(&format!("file://{path}"), "--x").unwrap_err();
        (error.to_string(), error.help())
    }

    #[test]
    fn inline_text_is_taken_as_it_is() {
        let source = read_source("{\"a\": 1}", "--cli-input-json").unwrap();
        assert_eq!((source.name(), source.text()), ("--cli-input-json", "{\"a\": 1}"));
    }

    #[test]
    fn files_are_read() {
        let (_directory, path) = file("\u{feff}{}".as_bytes());
        let source = read_source(&format!("file://{path}"), "--x").unwrap();
        assert_eq!((source.name(), source.text()), (path.as_str(), "{}"));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert_eq!(
            refused("/nowhere/job.json"),
            ("cannot read /nowhere/job.json: no such file or directory".to_owned(), None)
        );
        assert_eq!(refused("/tmp"), ("cannot read /tmp: it is a directory".to_owned(), None));
        assert_eq!(refused("").0, "file:// must be followed by the name of a file");
    }

    #[test]
    fn other_encodings_are_refused() {
        let (_directory, path) = file(b"{\n\"a\": \"\xe4\"}");
        let message =
            format!("cannot read {path}: it is not UTF-8: invalid byte 0xe4 at offset 8, on line 2");
        assert_eq!(refused(&path), (message, Some("save the file as UTF-8".to_owned())));
        let (_directory, path) = file(b"\xff\xfe{\0}\0");
        assert_eq!(refused(&path).0, format!("cannot read {path}: it is UTF-16, not UTF-8"));
    }

    #[test]
    fn large_files_are_refused() {
        let (_directory, path) = file(&vec![b' '; LARGEST]);
        assert!(read_source(&format!("file://{path}"), "--x").is_ok());
        std::fs::write(&path, vec![b' '; LARGEST + 1]).unwrap();
        assert_eq!(refused(&path).0, format!("cannot read {path}: it is larger than 10 MiB"));
    }

    #[test]
    fn a_slash_too_many_is_seen() {
        // Tests run in the directory of the package, where there is a manifest.
        let (message, help) = refused("/Cargo.toml");
        assert_eq!(message, "cannot read /Cargo.toml: no such file or directory");
        assert_eq!(help.as_deref(), Some("did you mean file://Cargo.toml?"));
        assert_eq!(suggest_file("Cargo.toml").as_deref(), Some("did you mean file://Cargo.toml?"));
        assert_eq!(suggest_file("{}"), None);
    }

    #[test]
    fn tilde_and_variables_are_expanded() {
        let variables = |name: &str| match name {
            "HOME" => Some(OsString::from("/home/me")),
            "A_1" => Some(OsString::from("x y")),
            _ => None,
        };
        for (path, file) in [
            ("~/a.json", "/home/me/a.json"),
            ("~", "/home/me"),
            ("~you/a.json", "~you/a.json"),
            ("a~/b", "a~/b"),
            ("$HOME/a.json", "/home/me/a.json"),
            ("~/$A_1/${A_1}z.json", "/home/me/x y/x yz.json"),
            ("$NONE/${NONE}/$/${x", "$NONE/${NONE}/$/${x"),
            ("a$", "a$"),
            ("${}ü$ü", "${}ü$ü"),
        ] {
            assert_eq!(expand(path, &variables), Some(PathBuf::from(file)), "{path}");
        }
        assert_eq!(expand("~/a.json", &|_| None), None);
    }

    #[test]
    fn names_of_files_are_recognised() {
        for (argument, hint) in [
            ("none/x.JSON", Some("did you mean file://none/x.JSON?")),
            ("~/none.json", Some("did you mean file://~/none.json?")),
            ("file:/none.json", Some("did you mean file:///none.json?")),
            ("fileb://none", Some("write file://none")),
            ("file://Cargo.toml", None),
            ("none", None),
            ("[x.json", None),
            ("a \"b\".json", None),
        ] {
            assert_eq!(suggest_file(argument).as_deref(), hint, "{argument}");
        }
    }
}
