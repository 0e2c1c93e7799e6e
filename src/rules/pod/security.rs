//! The security contexts of a pod and of its containers.

use serde_json::Value;

use crate::rules::context::EKS_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::pod::containers;
use crate::rules::registry::rules;

rules! {
    /// A container that must not run as root is not told to run as user 0.
    ///
    /// With runAsNonRoot the user ID 0 is refused when the container starts, so that it never does. Choose another user,
    /// or allow root. What a container says takes precedence over what its pod says.
    warning ROOT = "JD263" {
        guide: "Job definition parameters: EKS properties, containers, securityContext",
        from: ["JDC-115", "JDP-211"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"securityContext": {"runAsUser": 0, "runAsNonRoot": true}}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"securityContext": {"runAsUser": 1000, "runAsNonRoot": true}}}}"#,
    }

    /// A seccomp profile of the type Localhost names its file.
    ///
    /// The other types bring their filter along; this one is read from a file on the node, whose path relative to the
    /// seccomp directory of the kubelet has to be given.
    error PROFILE_GIVEN = "JD264" {
        guide: "API reference: EksSeccompProfile",
        from: [],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"securityContext": {"seccompProfile": {"type": "Localhost"}}}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"securityContext": {"seccompProfile":
            {"type": "Localhost", "localhostProfile": "profiles/batch.json"}}}}}"#,
    }

    /// Only a seccomp profile of the type Localhost names a file.
    ///
    /// For RuntimeDefault and Unconfined there is no file to read, and naming one is refused.
    error PROFILE_EXCLUDED = "JD265" {
        guide: "API reference: EksSeccompProfile",
        from: [],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"securityContext": {"seccompProfile":
            {"type": "RuntimeDefault", "localhostProfile": "profiles/batch.json"}}}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}}}"#,
    }
}

/// Judges the security contexts of a pod.
pub(super) fn check(pod: &Cursor<'_>, findings: &mut Findings) {
    let around = pod.get("securityContext");
    if let Some(context) = &around {
        root(context, None, findings);
        profile(context, findings);
    }
    for context in containers(pod).filter_map(|container| container.get("securityContext")) {
        root(&context, around.as_ref(), findings);
        profile(&context, findings);
    }
}

/// Judges whether a context asks for root and forbids it, by itself or together with that around it.
fn root(context: &Cursor<'_>, around: Option<&Cursor<'_>>, findings: &mut Findings) {
    let own = ["runAsUser", "runAsNonRoot"].map(|member| context.get(member));
    let inherited = ["runAsUser", "runAsNonRoot"].map(|member| around.and_then(|around| around.get(member)));
    let [user, non_root] =
        [own[0].as_ref().or(inherited[0].as_ref()), own[1].as_ref().or(inherited[1].as_ref())];
    let is_root = user.is_some_and(|user| user.integer() == Some(0));
    let forbidden = non_root.is_some_and(|non_root| *non_root.value() == Value::Bool(true));
    // What the pod says by itself is reported there.
    let Some(place) = own[0].as_ref().or(own[1].as_ref()).filter(|_| is_root && forbidden) else { return };
    let message = "user 0 is root, and runAsNonRoot does not let it start";
    let help = "choose another user ID, or set runAsNonRoot to false".to_owned();
    findings.push(ROOT.at(place, message).with_help(help));
}

fn profile(context: &Cursor<'_>, findings: &mut Findings) {
    let Some(profile) = context.get("seccompProfile") else { return };
    let kind = profile.get("type");
    match (kind.as_ref().and_then(Cursor::text), profile.get("localhostProfile")) {
        (Some("Localhost"), None) => {
            let message = "this member is missing; the type Localhost needs the path of a profile";
            findings.push(PROFILE_GIVEN.missing(&profile, "localhostProfile", message));
        }
        (Some("RuntimeDefault" | "Unconfined"), Some(file)) => {
            let message = "this member goes with the type Localhost only";
            let help = "remove it, or set the type to \"Localhost\"".to_owned();
            findings.push(PROFILE_EXCLUDED.at(&file, message).with_help(help));
        }
        _ => {}
    }
}
