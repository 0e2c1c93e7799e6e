//! The network of a pod.

use serde_json::Value;

use crate::rules::context::EKS_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::rules;

/// The DNS policy that is made for pods on the network of their host.
const FOR_HOSTS: &str = "ClusterFirstWithHostNet";

rules! {
    /// The DNS policy ClusterFirstWithHostNet is for pods on the network of their host.
    ///
    /// A pod with hostNetwork set to false has a network of its own, where the policy means nothing more than
    /// ClusterFirst. Change the one or the other, so that the definition says what happens.
    warning HOST_DNS = "JD261" {
        guide: "Creating a single-node job definition on Amazon EKS: DNS policy",
        from: ["JDC-096"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"hostNetwork": false, "dnsPolicy": "ClusterFirstWithHostNet"}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"hostNetwork": false, "dnsPolicy": "ClusterFirst"}}}"#,
    }
}

/// Judges whether the DNS policy of a pod fits its network.
pub(super) fn check(pod: &Cursor<'_>, findings: &mut Findings) {
    let own_network = pod.get("hostNetwork").is_some_and(|host| *host.value() == Value::Bool(false));
    if own_network && let Some(policy) = pod.get("dnsPolicy").filter(|at| at.text() == Some(FOR_HOSTS)) {
        let message =
            format!("\"{FOR_HOSTS}\" is for pods on the network of their host, found hostNetwork false");
        let help = "write \"ClusterFirst\", or set hostNetwork to true".to_owned();
        findings.push(HOST_DNS.at(&policy, message).with_help(help));
    }
}
