//! The files under `completions/` and `man/` are made from the command tree, those under `examples/schemas/` from the
//! vocabulary. `KILN_UPDATE=1 cargo test --test generated` writes them anew.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail by panicking, as tests do")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap::Command;
use clap_complete::{Shell, generate};
use kiln::api::Operation;
use kiln::api::schema::schema;

/// The folders whose files are all generated.
const FOLDERS: [&str; 3] = ["completions", "examples/schemas", "man"];

/// The operations whose inputs are most often kept in files.
const COMMON: [Operation; 5] = [
    Operation::CreateComputeEnvironment,
    Operation::CreateJobQueue,
    Operation::CreateSchedulingPolicy,
    Operation::RegisterJobDefinition,
    Operation::SubmitJob,
];

/// Every generated file by its path in the repository.
fn generated() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for (shell, name) in [
        (Shell::Bash, "kiln.bash"),
        (Shell::Elvish, "kiln.elv"),
        (Shell::Fish, "kiln.fish"),
        (Shell::PowerShell, "_kiln.ps1"),
        (Shell::Zsh, "_kiln"),
    ] {
        let mut text = Vec::new();
        generate(shell, &mut kiln::cli::whole(), "kiln", &mut text);
        files.insert(format!("completions/{name}"), text);
    }
    let mut program = kiln::cli::whole();
    program.build();
    files.insert("man/kiln.1".into(), page(&program));
    for command in program.get_subcommands() {
        let command = command.clone().display_name(format!("kiln-{}", command.get_name()));
        files.insert(format!("man/kiln-{}.1", command.get_name()), page(&command));
    }
    for operation in COMMON {
        let text = serde_json::to_string_pretty(&schema(operation)).unwrap() + "\n";
        files.insert(format!("examples/schemas/{}.schema.json", operation.command()), text.into());
    }
    files
}

fn page(command: &Command) -> Vec<u8> {
    let mut text = Vec::new();
    // No date, so that the page does not change by itself.
    clap_mangen::Man::new(command.clone())
        .date("")
        .source(concat!("kiln ", env!("CARGO_PKG_VERSION")))
        .render(&mut text)
        .unwrap();
    text
}

fn present(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for folder in FOLDERS {
        for entry in fs::read_dir(root.join(folder)).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            files.insert(format!("{folder}/{name}"), fs::read(&path).unwrap());
        }
    }
    files
}

#[test]
fn generated_files_are_current() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let generated = generated();
    if std::env::var_os("KILN_UPDATE").is_some() {
        for folder in FOLDERS {
            let _ = fs::remove_dir_all(root.join(folder));
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        for (name, text) in &generated {
            fs::write(root.join(name), text).unwrap();
        }
    }
    let present = present(root);
    let names = generated.keys().chain(present.keys());
    let stale: std::collections::BTreeSet<_> =
        names.filter(|name| generated.get(*name) != present.get(*name)).collect();
    assert!(stale.is_empty(), "run `KILN_UPDATE=1 cargo test --test generated`: {stale:?}");
}
