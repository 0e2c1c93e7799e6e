//! The metadata of a pod.

use crate::rules::context::EKS_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;

/// What no prefix of a label may contain.
const RESERVED_PREFIXES: [&str; 3] = ["kubernetes.io/", "k8s.io/", "batch.amazonaws.com/"];

/// The longest value of a label, in characters.
const LONGEST_LABEL: usize = 63;

rules! {
    /// The prefixes kubernetes.io/, k8s.io/ and batch.amazonaws.com/ are not for labels of one's own.
    ///
    /// Kubernetes and Batch keep them for themselves, and everything that ends with them too, such as
    /// app.kubernetes.io/. Use a prefix of your own domain, or none.
    error LABEL_PREFIX = "JD266" {
        guide: "Creating a single-node job definition on Amazon EKS: pod labels",
        from: ["JDC-098"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"metadata": {"labels": {"app.kubernetes.io/name": "night-run"}}}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"metadata": {"labels": {"example.com/name": "night-run"}}}}}"#,
    }

    /// The values of pod labels have at most 63 characters.
    ///
    /// Kubernetes refuses a pod with a longer one. What is longer belongs into the annotations, which nothing is
    /// selected by.
    warning LABEL_LENGTH = "JD270" {
        guide: "API reference: EksMetadata, labels",
        from: [],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"metadata": {"labels":
            {"run": "2026-08-01-the-run-of-the-night-after-the-nodes-were-replaced-and-tested"}}}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"metadata": {"labels": {"run": "2026-08-01"}}}}}"#,
    }
}

/// Judges the metadata of a pod.
pub(super) fn check(pod: &Cursor<'_>, findings: &mut Findings) {
    let labels = pod.get("metadata").and_then(|metadata| metadata.get("labels"));
    for (key, label) in labels.iter().flat_map(Cursor::members) {
        if let Some(prefix) = RESERVED_PREFIXES.into_iter().find(|prefix| key.contains(prefix)) {
            let message =
                format!("labels with the prefix {prefix} are reserved, found {}", quoted(key, LONGEST_SHOWN));
            findings.push(LABEL_PREFIX.at(&label, message).at_key());
        }
        let length = label.text().map_or(0, |text| text.chars().count());
        if length > LONGEST_LABEL {
            let message = format!("expected at most {LONGEST_LABEL} characters, found {length}");
            findings.push(LABEL_LENGTH.at(&label, message));
        }
    }
}
