//! Operations on single jobs, above all those that end them.

use crate::api::Operation::CancelJob;
use crate::rules::context::Context;
use crate::rules::registry::rules;

rules! {
    /// The ID of a job is not empty.
    ///
    /// It is the one in the answer to the submission. A script that lost it somewhere sends an empty one.
    error ID = "LS020" {
        guide: "API reference: CancelJob and TerminateJob",
        from: [],
        on: Context::whole(CancelJob),
        wrong: r#"{"jobId": "", "reason": "no longer needed"}"#,
        right: r#"{"jobId": "4c7599ae-0a82-49aa-ba5a-4727fcce14a8", "reason": "no longer needed"}"#,
    }

    /// Who ends a job gives a reason of 1 to 1024 characters.
    ///
    /// It is kept with the job and shown as its status reason.
    error REASON = "LS021" {
        guide: "API reference: CancelJob and TerminateJob",
        from: [],
        on: Context::whole(CancelJob),
        wrong: r#"{"jobId": "4c7599ae-0a82-49aa-ba5a-4727fcce14a8", "reason": ""}"#,
        right: r#"{"jobId": "4c7599ae-0a82-49aa-ba5a-4727fcce14a8", "reason": "no longer needed"}"#,
    }
}
