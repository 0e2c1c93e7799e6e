//! Tests of the core. [`bench`] is the language they are written in, [`store`] remembers what the core says is
//! durable, [`referee`] works out placements the slow way. All three are asked after every step of every test.

mod bench;
mod job;
mod queue;
mod recovery;
mod referee;
mod retry;
mod simulation;
mod stop;
mod store;
