//! Tests of the core. [`bench`] is the language they are written in, [`store`] remembers what the core says is
//! durable, [`revive`] builds a core from it. They are asked after every step of every test.

mod array;
mod ask;
mod bench;
mod blocked;
mod dependency;
mod environment;
mod front;
mod gpu;
mod job;
mod node;
mod queue;
mod recovery;
mod retry;
mod revive;
mod share;
mod stop;
mod store;
