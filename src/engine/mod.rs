//! The shell around the core: it admits requests, commits what the core decides, drives the executor, keeps the
//! timers and recovers. Knows no HTTP.
//!
//! One thread owns the state and runs one loop ([`run`]): it takes what has come in (requests, reports, a timer),
//! lets the core decide, writes everything in one transaction, and only then replies and launches. Reads do not
//! pass through it: they go to the store beside it ([`view`]).
//!
//! Start reading at [`run`], then `change/`, then [`core`].

pub(crate) mod change;
mod clock;
pub mod core;
mod cursor;
mod effective;
mod host;
mod launch;
mod names;
mod persist;
mod recover;
pub mod run;
mod submission;
pub mod view;

pub use host::{BadSize, HostSize};
pub use run::{Engine, EngineOptions, Handle, StartError, Stopping};
