//! Roles that a container needs, and logins for private registries.

use crate::rules::container::Platform;
use crate::rules::context::{EC2_DEFINITION, FARGATE_DEFINITION};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::registry::rules;

rules! {
    /// On Fargate an execution role is needed.
    ///
    /// Fargate pulls the image and writes the logs with the permissions of this role, so it has to be named even for
    /// public images. A role with the managed policy AmazonECSTaskExecutionRolePolicy will do.
    error EXECUTION_ROLE = "JD045" {
        guide: "Job definition parameters: container properties, execution role",
        from: ["JDC-081", "JDP-024", "EVT-009", "OPS-101"],
        on: FARGATE_DEFINITION,
        wrong: r#"without containerProperties.executionRoleArn"#,
        right: r#"{"containerProperties": {"executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole"}}"#,
    }

    /// Secrets and logins for registries need an execution role.
    ///
    /// The secret is read with the permissions of the execution role before the container starts; without one the job
    /// fails at that point. Name a role that may read the secret.
    warning SECRETS_ROLE = "JD060" {
        guide: "Specify sensitive data: required permissions",
        from: ["JDX-074", "JDX-096"],
        on: EC2_DEFINITION,
        wrong: r#"{"containerProperties": {"secrets": [
            {"name": "TOKEN", "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/token"}]}}"#,
        right: r#"{"containerProperties": {"executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
            "secrets": [{"name": "TOKEN", "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/token"}]}}"#,
    }

    /// Images in Amazon ECR need no login.
    ///
    /// Access to ECR is a matter of the execution role. A login in repositoryCredentials is for private registries
    /// elsewhere, so either the login is not needed or the image is not the one that is meant.
    warning ECR_CREDENTIALS = "JD061" {
        guide: "Private registry authentication",
        from: ["JDX-094"],
        on: FARGATE_DEFINITION,
        wrong: r#"{"containerProperties": {"image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1",
            "repositoryCredentials": {"credentialsParameter": "registry-login"}}}"#,
        right: r#"{"containerProperties": {"image": "registry.example.com/app:1",
            "repositoryCredentials": {"credentialsParameter": "registry-login"}}}"#,
    }
}

/// Judges the execution role of the object that holds it: container properties, or an ECS task. `reader` is what reads
/// secrets there, if anything does.
pub(in crate::rules) fn check(
    holder: &Cursor<'_>,
    platform: Platform,
    reader: Option<&'static str>,
    findings: &mut Findings,
) {
    let role = holder.get("executionRoleArn");
    if role.is_some_and(|role| role.text() != Some("")) {
        return;
    }
    match (platform, reader) {
        (Platform::Fargate, _) => {
            let message = "this member is required on Fargate; expected the ARN of a role";
            let help = "name a role such as arn:aws:iam::123456789012:role/ecsTaskExecutionRole".to_owned();
            findings.push(EXECUTION_ROLE.missing(holder, "executionRoleArn", message).with_help(help));
        }
        (_, Some(reader)) => {
            let message = format!("an execution role is needed for {reader}, but none is given");
            let help = "name a role that may read the secret".to_owned();
            findings.push(SECRETS_ROLE.missing(holder, "executionRoleArn", message).with_help(help));
        }
        (_, None) => {}
    }
}

/// The member of a container that reads secrets, if there is one.
pub(in crate::rules) fn reads_secrets(container: &Cursor<'_>) -> Option<&'static str> {
    let is_filled = |list: Option<Cursor<'_>>| list.is_some_and(|list| list.items().next().is_some());
    let logs = container.get("logConfiguration");
    if is_filled(container.get("secrets")) {
        Some("secrets")
    } else if is_filled(logs.and_then(|logs| logs.get("secretOptions"))) {
        Some("logConfiguration.secretOptions")
    } else {
        container.get("repositoryCredentials").map(|_| "repositoryCredentials")
    }
}

/// Judges whether the image of a container is one that needs a login.
pub(super) fn credentials(container: &Cursor<'_>, findings: &mut Findings) {
    let (Some(credentials), Some(image)) = (container.get("repositoryCredentials"), container.get("image"))
    else {
        return;
    };
    if image.text().is_some_and(is_in_ecr) {
        let message = "images in Amazon ECR are pulled without a login";
        let help = "leave repositoryCredentials out; the execution role gives access".to_owned();
        findings.push(ECR_CREDENTIALS.at(&credentials, message).with_help(help));
    }
}

fn is_in_ecr(image: &str) -> bool {
    let (registry, _) = image.split_once('/').unwrap_or_default();
    registry == "public.ecr.aws" || (registry.contains(".dkr.ecr.") && registry.contains(".amazonaws.com"))
}
