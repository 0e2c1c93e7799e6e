//! The rooms and what each may use. A room that reaches upwards, or a file that grows out of hand, fails here.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms it may use, as ARCHITECTURE.md has them.
const ROOMS: &[(&str, &[&str])] = &[
    ("api", &[]),
    ("home", &[]),
    ("rules", &["api"]),
    ("document", &["rules"]),
    ("engine/core", &["api"]),
    ("store", &["api"]),
    ("executor", &[]),
    ("engine", &["api", "home", "rules", "engine/core", "store", "executor"]),
    ("server", &["api", "home", "rules", "engine", "engine/core", "store", "executor"]),
    ("backend", &["api", "home"]),
    ("cli", &["api", "home", "rules", "document", "backend"]),
];

/// The one place of the command line that starts the engine itself.
const STARTS_THE_ENGINE: &str = "src/cli/commands/engine.rs";

fn sources(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().into_owned()
}

fn room_of(path: &str) -> Option<&'static str> {
    let inside = path.strip_prefix("src/")?;
    let fits = |room: &str| inside == format!("{room}.rs") || inside.starts_with(&format!("{room}/"));
    ROOMS.iter().map(|(room, _)| *room).filter(|room| fits(room)).max_by_key(|room| room.len())
}

/// The rooms that a source names by `crate::`.
fn named(text: &str) -> Vec<&'static str> {
    let mut rooms = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let room = ROOMS
            .iter()
            .map(|(room, _)| *room)
            .filter(|room| rest.starts_with(&room.replace('/', "::")))
            .filter(|room| {
                !rest[room.replace('/', "::").len()..]
                    .starts_with(|next: char| next.is_alphanumeric() || next == '_')
            })
            .max_by_key(|room| room.len());
        rooms.extend(room);
    }
    rooms
}

#[test]
fn rooms_use_only_what_is_below_them() {
    let mut wrong = Vec::new();
    for path in sources(&root().join("src")) {
        let name = relative(&path);
        let Some(room) = room_of(&name) else { continue };
        let allowed = ROOMS.iter().find(|(known, _)| *known == room).unwrap().1;
        let text = fs::read_to_string(&path).unwrap();
        for used in named(&text) {
            let own = used == room;
            let starter = name == STARTS_THE_ENGINE && ["server", "executor"].contains(&used);
            if !own && !starter && !allowed.contains(&used) {
                wrong.push(format!("{name} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_core_is_pure() {
    let forbidden = [
        "std::fs",
        "std::net",
        "std::process",
        "std::env",
        "std::thread",
        "SystemTime",
        "Instant::now",
        "rusqlite",
        "tokio",
        "uuid",
        "serde_json",
        "println!",
    ];
    for path in sources(&root().join("src/engine/core")) {
        if path.components().any(|part| part.as_os_str() == "tests") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for word in forbidden {
            assert!(!text.contains(word), "{} mentions {word}", relative(&path));
        }
    }
}

#[test]
fn only_the_spawning_file_is_unsafe() {
    for path in sources(&root().join("src")) {
        let name = relative(&path);
        let unsafe_code = fs::read_to_string(&path)
            .unwrap()
            .lines()
            .any(|line| line.contains("unsafe {") || line.contains("unsafe fn"));
        assert!(!unsafe_code || name == "src/executor/process/spawn.rs", "{name} has unsafe code");
    }
}

#[test]
fn files_stay_readable() {
    for path in sources(&root().join("src")).into_iter().chain(sources(&root().join("tests"))) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 800, "{} has {lines} lines", relative(&path));
    }
}

#[test]
fn every_room_and_module_says_what_it_is() {
    for path in sources(&root().join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//!"), "{} does not say what it is", relative(&path));
    }
}
