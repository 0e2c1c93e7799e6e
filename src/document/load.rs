//! Loading: from an argument to the text it stands for.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
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
    /// The operating system refused.
    #[error("cannot read {path}: {}", reason(.source))]
    Io {
        /// The path as given.
        path: String,
        /// A path that does exist and was probably meant.
        meant: Option<String>,
        /// What the operating system said.
        source: io::Error,
    },
    /// A directory.
    #[error("cannot read {path}: it is a directory")]
    Directory {
        /// The path as given.
        path: String,
    },
    /// Text in another encoding.
    #[error(
        "cannot read {path}: it is not UTF-8: invalid byte 0x{byte:02x} at offset {offset}, on line {line}"
    )]
    NotUtf8 {
        /// The path as given.
        path: String,
        /// The first byte that cannot be part of UTF-8 there.
        byte: u8,
        /// Its offset, from 0.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// Text in UTF-16, as some editors and shells write it.
    #[error("cannot read {path}: it is UTF-16, not UTF-8")]
    Utf16 {
        /// The path as given.
        path: String,
    },
    /// More than [`LARGEST`].
    #[error("cannot read {path}: it is larger than 10 MiB")]
    TooLarge {
        /// The path as given.
        path: String,
    },
}

impl LoadError {
    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NoName => Some("write file://job.json".to_owned()),
            Self::Io { meant: Some(meant), .. } => Some(format!("did you mean {PREFIX}{meant}?")),
            Self::NotUtf8 { .. } | Self::Utf16 { .. } => Some("save the file as UTF-8".to_owned()),
            Self::NoHome { .. }
            | Self::Io { meant: None, .. }
            | Self::Directory { .. }
            | Self::TooLarge { .. } => None,
        }
    }
}

/// The text that an argument stands for: the contents of a file for `file://PATH`, else the argument itself
/// under the given name.
pub fn read_source(argument: &str, name: &str) -> Result<Source, LoadError> {
    match argument.strip_prefix(PREFIX) {
        Some("") => Err(LoadError::NoName),
        Some(path) => Ok(Source::new(path, read_text(path, std::env::var_os("HOME"))?)),
        None => Ok(Source::new(name, argument)),
    }
}

/// What was probably meant by an argument that is the name of a file instead of JSON.
pub fn suggest_file(argument: &str) -> Option<String> {
    let is_name = argument.len() < 4096 && !argument.contains(['{', '"', '\n', '\0']);
    (is_name && Path::new(argument).is_file()).then(|| format!("did you mean {PREFIX}{argument}?"))
}

fn read_text(path: &str, home: Option<OsString>) -> Result<String, LoadError> {
    let file = expand(path, home).ok_or_else(|| LoadError::NoHome { path: path.to_owned() })?;
    if file.is_dir() {
        return Err(LoadError::Directory { path: path.to_owned() });
    }
    let bytes = read_bytes(&file).map_err(|source| {
        let meant = (source.kind() == ErrorKind::NotFound).then(|| without_slash(path)).flatten();
        LoadError::Io { path: path.to_owned(), meant, source }
    })?;
    if bytes.len() > LARGEST {
        return Err(LoadError::TooLarge { path: path.to_owned() });
    }
    String::from_utf8(bytes)
        .map_err(|error| not_utf8(path, error.as_bytes(), error.utf8_error().valid_up_to()))
}

/// Reads one byte more than permitted at most. The length of a file is not asked for: a pipe has none.
fn read_bytes(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The path with `~` replaced; shells do not do it behind `file://`.
fn expand(path: &str, home: Option<OsString>) -> Option<PathBuf> {
    match path.strip_prefix('~') {
        Some("") => home.map(PathBuf::from),
        Some(rest) if rest.starts_with('/') => {
            home.map(|home| Path::new(&home).join(rest.trim_start_matches('/')))
        }
        _ => Some(PathBuf::from(path)),
    }
}

/// The path without its leading slash, if that exists: `file:///job.json` is a usual mistake.
fn without_slash(path: &str) -> Option<String> {
    let relative = path.strip_prefix('/')?;
    Path::new(relative).is_file().then(|| relative.to_owned())
}

fn not_utf8(path: &str, bytes: &[u8], offset: usize) -> LoadError {
    let path = path.to_owned();
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return LoadError::Utf16 { path };
    }
    let line = bytes[..offset].iter().filter(|byte| **byte == b'\n').count() + 1;
    LoadError::NotUtf8 { path, byte: bytes[offset], offset, line }
}

/// What the operating system said, without the number of the error.
fn reason(error: &io::Error) -> String {
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
    fn only_the_tilde_is_expanded() {
        let home = || Some(OsString::from("/home/me"));
        assert_eq!(expand("~/a.json", home()), Some(PathBuf::from("/home/me/a.json")));
        assert_eq!(expand("~", home()), Some(PathBuf::from("/home/me")));
        assert_eq!(expand("~you/a.json", home()), Some(PathBuf::from("~you/a.json")));
        assert_eq!(expand("$HOME/a.json", home()), Some(PathBuf::from("$HOME/a.json")));
        assert_eq!(expand("~/a.json", None), None);
    }
}
