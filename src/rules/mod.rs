//! What is valid: checks of an operation's input, reported as findings.
//!
//! Owns the walk over the shapes of [`crate::api`], the finding it reports and the path that says where.
//! Takes a [`serde_json::Value`] and knows no text, no file and no engine: `document` adds the place in the
//! text, the server uses findings as they are. Start reading at [`walk`], then [`finding`].

pub mod context;
pub mod cursor;
pub mod finding;
pub mod found;
pub mod input;
pub mod nearest;
pub mod path;
pub mod privacy;
pub mod quote;
pub mod registry;
pub mod shape;
pub mod state;
pub mod walk;

mod compute_environment;
mod consumable_resource;
mod container;
mod job;
mod job_definition;
mod job_queue;
mod listing;
mod order;
mod pod;
mod quota_share;
mod retry;
mod scheduling_policy;
mod service_environment;
mod service_job;
mod size;
mod stopping;
mod tag;
mod timeout;

use serde_json::Value;

use crate::api::Operation;

pub use cursor::Cursor;
pub use finding::{Finding, Findings, Place, Severity};
pub(crate) use job_definition::node_range::NodeRange;
pub use nearest::nearest;
pub use path::{Path, Segment};
pub(crate) use pod::{mebibytes, quarters};

/// Everything that is wrong with `input` as the input of `operation`, in the order of the document.
pub fn check(operation: Operation, input: &Value) -> Findings {
    let mut findings = walk::check(operation.info().input, input);
    let at = Cursor::root(input);
    match operation {
        Operation::CreateComputeEnvironment => compute_environment::check_new(&at, &mut findings),
        Operation::CreateJobQueue => job_queue::check_new(&at, &mut findings),
        Operation::RegisterJobDefinition => job_definition::check(&at, &mut findings),
        Operation::SubmitJob => job::check(&at, &mut findings),
        Operation::UpdateComputeEnvironment => compute_environment::check_update(&at, &mut findings),
        Operation::UpdateJobQueue => job_queue::check_update(&at, &mut findings),
        Operation::CreateSchedulingPolicy | Operation::UpdateSchedulingPolicy => {
            scheduling_policy::check(&at, &mut findings);
        }
        Operation::CreateQuotaShare | Operation::UpdateQuotaShare => quota_share::check(&at, &mut findings),
        Operation::SubmitServiceJob => service_job::check(&at, &mut findings),
        _ => {}
    }
    listing::check(operation, &at, &mut findings);
    tag::check(operation, &at, &mut findings);
    order::in_document_order(findings, input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn checks_the_input_of_the_operation() {
        let input = json!({"jobName": "a", "jobQueue": "q", "jobDefinition": "d"});
        assert!(check(Operation::SubmitJob, &input).is_empty());
        assert_eq!(check(Operation::DescribeJobs, &input).len(), 4);
    }

    #[test]
    fn a_number_in_place_of_an_object_with_one_member_is_put_into_it() {
        let input = json!({"jobName": "a", "jobQueue": "q", "jobDefinition": "d", "timeout": 3600});
        let help = check(Operation::SubmitJob, &input).iter().find_map(|finding| finding.help.clone());
        assert_eq!(help.as_deref(), Some(r#"write {"attemptDurationSeconds": 3600}"#));
    }

    #[test]
    fn an_empty_list_item_has_the_right_shape() {
        assert!(check(Operation::DescribeJobs, &json!({"jobs": [""]})).is_empty());
    }
}
