//! kiln runs AWS Batch workflows anywhere.
pub mod api;
pub mod backend;
pub mod document;
pub mod engine;
pub mod executor;
pub mod home;
pub mod rules;
pub mod server;
pub mod store;
