//! kiln runs AWS Batch workflows anywhere.
//!
//! The command line is the product; this library is what it is made of. ARCHITECTURE.md says which room may use
//! which.
//!
//! | room | owns |
//! | --- | --- |
//! | [`api`] | the vocabulary: operations, shapes, ARNs, errors |
//! | [`home`] | the paths of an engine's home |
//! | [`rules`] | what is valid |
//! | [`document`] | input text to values with spans; findings to text |
//! | [`store`] | durable rows |
//! | [`executor`] | starting, stopping and finding again the attempts of jobs |
//! | [`engine`] | the state machine and the shell around it |
//! | [`server`] | the REST face of the engine |
//! | [`backend`] | reaching a server |
//! | [`cli`] | the person at the terminal |

pub mod api;
pub mod backend;
pub mod cli;
pub mod document;
pub mod engine;
pub mod executor;
pub mod home;
pub mod rules;
pub mod server;
pub mod store;
