//! Tests of the core. [`bench`] is the language they are written in, [`store`] remembers what the core says is
//! durable, [`revive`] builds a core from it, [`referee`] works everything out the slow way. They are asked after
//! every step of every test; [`simulation`] makes up random ones.

mod array;
mod ask;
mod bench;
mod blocked;
mod dependency;
mod environment;
mod found;
mod front;
mod gpu;
mod job;
mod node;
mod queue;
mod recovery;
mod referee;
mod retry;
mod review;
pub(crate) mod revive;
mod share;
mod simulation;
mod stop;
mod store;
