//! The vocabulary: every word of the Batch API, written once.
//!
//! Owns the table of operations, the shapes of what they take and answer, ARNs, identifiers and the kinds of
//! service error. Knows no other room. Start reading at [`operation`], then [`shape`].

pub mod arn;
pub mod compute_environment;
pub mod constraint;
pub mod consumable_resource;
pub mod container;
pub mod ecs;
pub mod eks;
pub mod error;
pub mod instance_type;
pub mod job;
pub mod job_definition;
pub mod job_queue;
pub mod operation;
pub mod quota_share;
pub mod scheduling_policy;
pub mod schema;
pub mod service_environment;
pub mod service_job;
pub mod shape;
pub mod snapshot;
pub mod tags;
pub mod wire;

pub use error::{ErrorKind, ServiceError};
pub use operation::Operation;
