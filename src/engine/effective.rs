//! The effective job: what a job definition and a SubmitJob together ask for.
//!
//! A definition's revision and a request never change, so the effective job is computed wherever it is needed
//! (admission, launch, describe, recovery), always by [`effective`], and never stored.

use std::collections::BTreeMap;

use super::core::{ExitRule, Resources, Retry};
use crate::api::ServiceError;
use crate::api::container::{ContainerProperties, ResourceRequirement, ResourceType};
use crate::api::job::{ContainerOverrides, SubmitJobRequest};
use crate::api::job_definition::{JobDefinition, RetryAction, RetryStrategy};

/// What a job asks for, overrides applied and parameters filled in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Effective {
    /// What it reserves.
    pub(crate) need: Resources,
    /// When it runs again.
    pub(crate) retry: Retry,
    /// The longest an attempt may run, in seconds.
    pub(crate) timeout_seconds: Option<i64>,
    /// The container as it will run.
    pub(crate) container: ContainerProperties,
    /// The parameters, defaults included.
    pub(crate) parameters: BTreeMap<String, String>,
}

/// Lays a request over its definition (rules JOB-007, JDC-002).
///
/// # Errors
/// The result cannot run: no container, no vCPUs or memory, a malformed amount.
pub(crate) fn effective(
    definition: &JobDefinition,
    request: &SubmitJobRequest,
) -> Result<Effective, ServiceError> {
    let Some(container) = &definition.container_properties else {
        let what = if definition.node_properties.is_some() {
            "nodeProperties (multi-node parallel jobs)"
        } else if definition.eks_properties.is_some() {
            "eksProperties"
        } else {
            "ecsProperties"
        };
        return Err(ServiceError::client(format!(
            "job definition {}:{} uses {what}, which kiln's local engine cannot run yet; it runs containerProperties",
            definition.job_definition_name, definition.revision
        )));
    };
    let mut container = container.clone();
    let mut need = requirements(container.resource_requirements.as_deref().unwrap_or_default())?;
    need.default_to(container.vcpus, container.memory);
    if let Some(overrides) = &request.container_overrides {
        let asked = requirements(overrides.resource_requirements.as_deref().unwrap_or_default())?;
        apply(&mut container, overrides);
        need.override_with(&asked, overrides, definition);
    }
    let mut parameters = definition.parameters.clone().unwrap_or_default();
    parameters.extend(request.parameters.clone().unwrap_or_default());
    for argument in container.command.iter_mut().flatten() {
        substitute(argument, &parameters);
    }
    let strategy = request.retry_strategy.as_ref().or(definition.retry_strategy.as_ref());
    let timeout = request.timeout.as_ref().or(definition.timeout.as_ref());
    Ok(Effective {
        need: need.complete(definition)?,
        retry: strategy.map(retry).unwrap_or_default(),
        timeout_seconds: timeout.and_then(|timeout| timeout.attempt_duration_seconds).map(i64::from),
        container,
        parameters,
    })
}

/// Amounts as far as they are stated.
#[derive(Debug, Default)]
struct Need {
    vcpu_milli: Option<u64>,
    memory_mib: Option<u64>,
    gpus: Option<u64>,
}

impl Need {
    /// The older members count where `resourceRequirements` says nothing (rules JDP-090, JDP-141).
    fn default_to(&mut self, vcpus: Option<i32>, memory: Option<i32>) {
        let positive = |number: i32| u64::try_from(number).ok().filter(|number| *number > 0);
        self.vcpu_milli = self.vcpu_milli.or_else(|| vcpus.and_then(positive).map(|vcpus| vcpus * 1000));
        self.memory_mib = self.memory_mib.or_else(|| memory.and_then(positive));
    }

    /// The older members of an override do not replace what the definition states in `resourceRequirements`
    /// (rule OPS-208).
    fn override_with(&mut self, asked: &Self, overrides: &ContainerOverrides, definition: &JobDefinition) {
        let container = definition.container_properties.as_ref();
        let states = |kind: ResourceType| {
            container
                .and_then(|container| container.resource_requirements.as_ref())
                .is_some_and(|list| list.iter().any(|entry| entry.r#type == kind))
        };
        let older =
            |number: Option<i32>, kind| number.filter(|_| !states(kind)).and_then(|n| u64::try_from(n).ok());
        if let Some(vcpus) = older(overrides.vcpus, ResourceType::Vcpu) {
            self.vcpu_milli = Some(vcpus * 1000);
        }
        if let Some(memory) = older(overrides.memory, ResourceType::Memory) {
            self.memory_mib = Some(memory);
        }
        self.vcpu_milli = asked.vcpu_milli.or(self.vcpu_milli);
        self.memory_mib = asked.memory_mib.or(self.memory_mib);
        self.gpus = asked.gpus.or(self.gpus);
    }

    fn complete(self, definition: &JobDefinition) -> Result<Resources, ServiceError> {
        let missing = |what: &str| {
            ServiceError::client(format!(
                "job definition {} states no {what}: give it in containerProperties.resourceRequirements, \
                 as {{\"type\": \"{what}\", \"value\": \"1\"}}",
                definition.job_definition_name
            ))
        };
        Ok(Resources {
            vcpu_milli: self.vcpu_milli.ok_or_else(|| missing("VCPU"))?,
            memory_mib: self.memory_mib.ok_or_else(|| missing("MEMORY"))?,
            gpus: self.gpus.unwrap_or(0),
        })
    }
}

fn requirements(list: &[ResourceRequirement]) -> Result<Need, ServiceError> {
    let mut need = Need::default();
    for ResourceRequirement { value, r#type } in list {
        let malformed = || {
            ServiceError::client(format!(
                "Error executing request, Exception : Value {value} for type {type} in resourceRequirement is not \
                 valid. Please provide a numeric value."
            ))
        };
        let whole = || value.parse::<u64>().ok().filter(|number| *number > 0).ok_or_else(malformed);
        match r#type {
            ResourceType::Vcpu => need.vcpu_milli = Some(vcpu_milli(value).ok_or_else(malformed)?),
            ResourceType::Memory => need.memory_mib = Some(whole()?),
            ResourceType::Gpu => need.gpus = Some(whole()?),
        }
    }
    Ok(need)
}

/// Reads whole vCPUs, or the fractions that Fargate takes: `1`, `0.25`, `16`. `1.0` is refused, as in the cloud.
fn vcpu_milli(text: &str) -> Option<u64> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let milli = match text.split_once('.') {
        None if digits(text) => text.parse::<u64>().ok()?.checked_mul(1000)?,
        Some((whole, fraction @ ("25" | "5" | "50" | "75"))) if digits(whole) => {
            let part = if fraction.len() == 1 { 500 } else { fraction.parse::<u64>().ok()? * 10 };
            whole.parse::<u64>().ok()?.checked_mul(1000)?.checked_add(part)?
        }
        _ => return None,
    };
    (milli > 0).then_some(milli)
}

/// Overrides replace the command and the instance type, and lay variables and requirements over the
/// definition's, by name and type (rule JOB-029).
fn apply(container: &mut ContainerProperties, overrides: &ContainerOverrides) {
    if let Some(command) = &overrides.command {
        container.command = Some(command.clone());
    }
    if let Some(instance_type) = &overrides.instance_type {
        container.instance_type = Some(instance_type.clone());
    }
    let environment = container.environment.get_or_insert_default();
    for variable in overrides.environment.iter().flatten() {
        match environment.iter_mut().find(|present| present.name == variable.name) {
            Some(present) => present.value.clone_from(&variable.value),
            None => environment.push(variable.clone()),
        }
    }
    let requirements = container.resource_requirements.get_or_insert_default();
    for requirement in overrides.resource_requirements.iter().flatten() {
        match requirements.iter_mut().find(|present| present.r#type == requirement.r#type) {
            Some(present) => present.value.clone_from(&requirement.value),
            None => requirements.push(requirement.clone()),
        }
    }
}

/// Replaces an argument that is a placeholder `Ref::NAME` (rules JDP-011, JDP-012). A placeholder without a value
/// stays as it is.
fn substitute(argument: &mut String, parameters: &BTreeMap<String, String>) {
    if let Some(value) = argument.strip_prefix("Ref::").and_then(|name| parameters.get(name)) {
        *argument = value.clone();
    }
}

fn retry(strategy: &RetryStrategy) -> Retry {
    let rules = strategy.evaluate_on_exit.iter().flatten().map(|rule| ExitRule {
        on_status_reason: rule.on_status_reason.clone(),
        on_reason: rule.on_reason.clone(),
        on_exit_code: rule.on_exit_code.clone(),
        retry: rule.action == RetryAction::Retry,
    });
    let attempts = strategy.attempts.and_then(|attempts| u32::try_from(attempts).ok()).unwrap_or(1);
    Retry { attempts: attempts.clamp(1, 10), rules: rules.collect() }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn compute(definition: &Value, request: &Value) -> Result<Effective, ServiceError> {
        let mut full =
            json!({"jobDefinitionName": "d", "jobDefinitionArn": "", "revision": 1, "type": "container"});
        full.as_object_mut().expect("an object").extend(definition.as_object().expect("an object").clone());
        let mut submit = json!({"jobName": "j", "jobQueue": "q", "jobDefinition": "d"});
        submit.as_object_mut().expect("an object").extend(request.as_object().expect("an object").clone());
        let definition = serde_json::from_value(full).expect("a definition");
        effective(&definition, &serde_json::from_value(submit).expect("a request"))
    }

    fn container(requirements: &Value) -> Value {
        json!({"containerProperties": {"image": "i", "command": ["echo", "Ref::a", "Ref::b", "xRef::a"],
               "resourceRequirements": requirements, "environment": [{"name": "A", "value": "1"}]},
               "parameters": {"a": "x y"}})
    }

    fn both(vcpu: &str, memory: &str) -> Value {
        json!([{"type": "VCPU", "value": vcpu}, {"type": "MEMORY", "value": memory}])
    }

    #[test]
    fn parameters_fill_whole_arguments_and_the_request_wins() {
        let definition = container(&both("1", "64"));
        let job = compute(&definition, &json!({})).expect("valid");
        assert_eq!(job.container.command.expect("a command"), ["echo", "x y", "Ref::b", "xRef::a"]);
        let job = compute(&definition, &json!({"parameters": {"a": "z", "b": "w"}})).expect("valid");
        assert_eq!(job.container.command.expect("a command"), ["echo", "z", "w", "xRef::a"]);
        assert_eq!(job.parameters.len(), 2);
    }

    #[test]
    fn overrides_are_laid_over_by_name_and_type() {
        let request = json!({"containerOverrides": {
            "environment": [{"name": "A", "value": "2"}, {"name": "B", "value": "3"}],
            "resourceRequirements": [{"type": "MEMORY", "value": "128"}]}});
        let job = compute(&container(&both("2", "64")), &request).expect("valid");
        assert_eq!(job.need, Resources { vcpu_milli: 2000, memory_mib: 128, gpus: 0 });
        let environment = job.container.environment.expect("an environment");
        let values: Vec<_> =
            environment.iter().map(|variable| variable.value.as_deref().unwrap_or("")).collect();
        assert_eq!(values, ["2", "3"]);
    }

    #[test]
    fn older_members_count_only_where_the_definition_uses_them() {
        let older = json!({"containerProperties": {"image": "i", "vcpus": 2, "memory": 64}});
        let request = json!({"containerOverrides": {"vcpus": 3, "memory": 99}});
        assert_eq!(compute(&older, &request).expect("valid").need.vcpu_milli, 3000);
        let newer = container(&both("1", "64"));
        let need = compute(&newer, &request).expect("valid").need;
        assert_eq!((need.vcpu_milli, need.memory_mib), (1000, 64));
    }

    #[test]
    fn amounts_are_numbers_as_the_service_takes_them() {
        for (text, milli) in [("1", 1000), ("0.25", 250), ("0.5", 500), ("1.75", 1750), ("16", 16_000)] {
            assert_eq!(vcpu_milli(text), Some(milli), "{text}");
        }
        for text in
            ["", "0", "1.0", "-1", "+1", "0.3", ".5", "1e3", "99999999999999999999", "18446744073709551.75"]
        {
            assert_eq!(vcpu_milli(text), None, "{text}");
        }
        let error = compute(&container(&both("1.0", "64")), &json!({})).expect_err("1.0 is refused");
        assert!(error.message.contains("Value 1.0 for type VCPU"), "{}", error.message);
    }
}
