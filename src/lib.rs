//! kiln runs AWS Batch workflows anywhere.
pub mod api;
pub mod engine;
