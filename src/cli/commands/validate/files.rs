//! Which files are checked.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::document::Format;
use crate::document::load::system_reason;

/// What standard input is called.
const STANDARD_INPUT: &str = "-";

/// A file to check.
#[derive(Debug)]
pub(super) enum Listed {
    /// Standard input.
    StandardInput,
    /// A file that was named.
    Named(PathBuf),
    /// A file of a directory that was named.
    Found(PathBuf),
    /// A directory that cannot be read, or has nothing to check.
    Unreadable(PathBuf, String),
}

/// The files that the words stand for, in their order; those of a directory by name.
pub(super) fn listed(words: &[String]) -> Vec<Listed> {
    let mut files = Vec::new();
    for word in words {
        // As other commands name a file.
        let word = word.strip_prefix("file://").unwrap_or(word);
        let path = PathBuf::from(word);
        if word == STANDARD_INPUT {
            files.push(Listed::StandardInput);
        } else if path.is_dir() {
            let before = files.len();
            walk(&path, &mut files);
            if files.len() == before {
                let message = "there are no JSON or YAML files in this directory";
                files.push(Listed::Unreadable(path, message.to_owned()));
            }
        } else {
            files.push(Listed::Named(path));
        }
    }
    files
}

/// The JSON and YAML files of a directory and of those below it. What is hidden is left out, and links to directories
/// are not followed, for they may lead back.
fn walk(directory: &Path, files: &mut Vec<Listed>) {
    let mut entries = match entries(directory) {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("cannot read this directory: {}", system_reason(&error));
            return files.push(Listed::Unreadable(directory.to_owned(), message));
        }
    };
    entries.sort();
    for path in entries {
        let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if is_hidden {
            continue;
        }
        let is_link = path.is_symlink();
        if path.is_dir() {
            if !is_link {
                walk(&path, files);
            }
        // Reading anything else, such as a pipe, might wait for ever.
        } else if path.is_file() && Format::of_name(&path).is_some() {
            files.push(Listed::Found(path));
        }
    }
}

fn entries(directory: &Path) -> io::Result<Vec<PathBuf>> {
    // The current directory goes without saying.
    let here = directory == Path::new(".");
    let path = |entry: fs::DirEntry| if here { entry.file_name().into() } else { entry.path() };
    fs::read_dir(directory)?.map(|entry| entry.map(path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_are_walked_in_order_and_nothing_hidden_is_read() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        for name in ["b.yaml", "a.json", "sub/c.YML", "sub/.d.json", ".git/e.json", "f.txt"] {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "{}").unwrap();
        }
        std::os::unix::fs::symlink(root, root.join("loop")).unwrap();
        let words = [
            "-".to_owned(),
            root.to_str().unwrap().to_owned(),
            root.join("f.txt").to_str().unwrap().to_owned(),
        ];
        let shown: Vec<_> = listed(&words)
            .into_iter()
            .map(|listed| match listed {
                Listed::StandardInput => "-".to_owned(),
                Listed::Named(path) | Listed::Found(path) | Listed::Unreadable(path, _) => {
                    path.strip_prefix(root).unwrap().display().to_string()
                }
            })
            .collect();
        assert_eq!(shown, ["-", "a.json", "b.yaml", "sub/c.YML", "f.txt"]);
    }

    #[test]
    fn an_empty_directory_is_said() {
        let directory = tempfile::tempdir().unwrap();
        let files = listed(&[directory.path().to_str().unwrap().to_owned()]);
        assert!(
            matches!(&files[..], [Listed::Unreadable(_, message)] if message.starts_with("there are no JSON"))
        );
    }
}
