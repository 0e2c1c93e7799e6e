//! The person at the terminal: words in, answers and errors out.
//!
//! Owns the command tree, the reading of flags, the output and the exit codes. Knows nothing of how jobs run:
//! everything goes through [`crate::backend`]; only `commands/engine.rs` names the server and the executor.
//! Start reading at `run.rs`, then `tree.rs` and `call.rs`, the way of every plain operation.

mod absent;
mod call;
mod commands;
mod context;
mod error;
mod findings;
mod flags;
mod output;
mod overview;
mod pages;
mod refusal;
mod run;
mod tree;
mod words;

pub use run::run;
pub use tree::whole;
