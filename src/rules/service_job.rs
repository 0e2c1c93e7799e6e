//! Service jobs.

use serde::de::IgnoredAny;

use crate::api::Operation::SubmitServiceJob;
use crate::rules::context::{Context, Example};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::rules;

rules! {
    /// The name of a service job has 1 to 128 characters.
    ///
    /// Longer names are refused. It need not be unique.
    error NAME_LENGTH = "SV001" {
        guide: "API reference: SubmitServiceJob",
        from: [],
        on: Context::whole(SubmitServiceJob),
        wrong: r#"{"jobName": "", "jobQueue": "training", "serviceJobType": "SAGEMAKER_TRAINING", "serviceRequestPayload": "{}"}"#,
        right: r#"{"jobName": "train", "jobQueue": "training", "serviceJobType": "SAGEMAKER_TRAINING", "serviceRequestPayload": "{}"}"#,
    }

    /// The name of a service job consists of letters, digits, hyphens and underscores.
    ///
    /// Other characters are refused.
    error NAME_FORM = "SV002" {
        guide: "API reference: SubmitServiceJob",
        from: [],
        on: Context::whole(SubmitServiceJob),
        wrong: r#"{"jobName": "train model", "jobQueue": "training", "serviceJobType": "SAGEMAKER_TRAINING", "serviceRequestPayload": "{}"}"#,
        right: r#"{"jobName": "train-model", "jobQueue": "training", "serviceJobType": "SAGEMAKER_TRAINING", "serviceRequestPayload": "{}"}"#,
    }

    /// A service job is attempted 1 to 10 times.
    ///
    /// The first attempt counts, so that 1 means no retry.
    error ATTEMPTS = "SV003" {
        guide: "API reference: ServiceJobRetryStrategy",
        from: [],
        on: Context::whole(SubmitServiceJob),
        wrong: r#"{"jobName": "train", "jobQueue": "training", "serviceJobType": "SAGEMAKER_TRAINING",
            "serviceRequestPayload": "{}", "retryStrategy": {"attempts": 11}}"#,
        right: r#"{"jobName": "train", "jobQueue": "training", "serviceJobType": "SAGEMAKER_TRAINING",
            "serviceRequestPayload": "{}", "retryStrategy": {"attempts": 10}}"#,
    }

    /// The scheduling priority of a service job lies between 0 and 9999.
    ///
    /// A higher value goes first among the jobs of one share.
    error PRIORITY = "SV004" {
        guide: "API reference: SubmitServiceJob and UpdateServiceJob",
        from: [],
        on: Context::whole(SubmitServiceJob),
        wrong: r#"{"jobName": "train", "jobQueue": "training", "serviceJobType": "SAGEMAKER_TRAINING",
            "serviceRequestPayload": "{}", "schedulingPriority": 10000}"#,
        right: r#"{"jobName": "train", "jobQueue": "training", "serviceJobType": "SAGEMAKER_TRAINING",
            "serviceRequestPayload": "{}", "schedulingPriority": 9999}"#,
    }

    /// The payload of a service job is a JSON object, written as a string.
    ///
    /// It is handed to the target service, which reads it as the input of its own operation.
    error PAYLOAD = "SV005" {
        guide: "API reference: SubmitServiceJob",
        from: [],
        on: Context::whole(SubmitServiceJob),
        wrong: r#"{"jobName": "train", "jobQueue": "training", "serviceJobType": "SAGEMAKER_TRAINING",
            "serviceRequestPayload": "file://train.json"}"#,
        right: r#"{"jobName": "train", "jobQueue": "training", "serviceJobType": "SAGEMAKER_TRAINING",
            "serviceRequestPayload": "{\"TrainingJobName\": \"train\"}"}"#,
    }

    /// The pattern for a status reason of a service job has at most 512 characters.
    ///
    /// End a long one early, with an asterisk for the rest.
    error REASON_LENGTH = "SV006" {
        guide: "API reference: ServiceJobEvaluateOnExit",
        from: [],
        on: Context { example: Example::Text, ..Context::whole(SubmitServiceJob) },
        wrong: "an onStatusReason of 513 characters",
        right: "an onStatusReason of 512 characters, or a shorter one that ends with an asterisk",
    }
}

/// Judges the input of SubmitServiceJob.
pub(in crate::rules) fn check(at: &Cursor<'_>, findings: &mut Findings) {
    let Some(payload) = at.get("serviceRequestPayload") else { return };
    let Some(text) = payload.text() else { return };
    // Only whether it is JSON counts: the payload may hold secrets, and so no word of it is kept or repeated.
    let message = match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) if text.trim_start().starts_with('{') => return,
        Ok(_) => "expected a JSON object in a string, found JSON of another kind".to_owned(),
        // Deeper than the reader goes; what it read was JSON.
        Err(error) if error.to_string().starts_with("recursion limit") => return,
        Err(error) => format!(
            "expected a JSON object in a string, found no JSON (line {}, column {} of the string)",
            error.line(),
            error.column()
        ),
    };
    findings.push(PAYLOAD.at(&payload, message));
}
