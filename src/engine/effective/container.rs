//! Containers: what a request changes of one.

use super::Origin;
use super::amount::Need;
use super::draft::{Changes, Draft, Scene};
use crate::api::ServiceError;
use crate::api::container::{ContainerProperties, KeyValuePair, ResourceRequirement, ResourceType};
use crate::api::job::ContainerOverrides;

/// The container of a job or of a node.
pub(super) fn draft(
    scene: &Scene<'_>,
    at: &str,
    properties: &ContainerProperties,
    changes: &[Changes<'_>],
) -> Result<Draft, ServiceError> {
    let mut container = properties.clone();
    for overrides in changes.iter().filter_map(|change| change.container) {
        lay_over(&mut container, overrides);
    }
    scene.fill(&mut container.command);
    show_lists(&mut container);
    Ok(Draft {
        need: Need::of_container(&container)?,
        container,
        origin: Origin::Container,
        amounts_at: format!("{at}.resourceRequirements"),
    })
}

/// Overrides replace the command and the instance type, and lay variables and requirements over the
/// definition's, by name and type (rule JOB-029). Their older members do not replace what the definition states in
/// `resourceRequirements` (rule OPS-208).
fn lay_over(container: &mut ContainerProperties, overrides: &ContainerOverrides) {
    let states = |kind: ResourceType| {
        let mut list = container.resource_requirements.iter().flatten();
        list.any(|entry| entry.r#type == kind)
    };
    let (has_vcpus, has_memory) = (states(ResourceType::Vcpu), states(ResourceType::Memory));
    container.vcpus = overrides.vcpus.filter(|_| !has_vcpus).or(container.vcpus);
    container.memory = overrides.memory.filter(|_| !has_memory).or(container.memory);
    if let Some(command) = &overrides.command {
        container.command = Some(command.clone());
    }
    if let Some(instance_type) = &overrides.instance_type {
        container.instance_type = Some(instance_type.clone());
    }
    set_variables(&mut container.environment, overrides.environment.as_deref());
    set_requirements(&mut container.resource_requirements, overrides.resource_requirements.as_deref());
}

/// Adds variables, or changes those of the same name.
pub(super) fn set_variables(environment: &mut Option<Vec<KeyValuePair>>, changes: Option<&[KeyValuePair]>) {
    for variable in changes.unwrap_or_default() {
        let environment = environment.get_or_insert_default();
        match environment.iter_mut().find(|present| present.name == variable.name) {
            Some(present) => present.value.clone_from(&variable.value),
            None => environment.push(variable.clone()),
        }
    }
}

/// Adds requirements, or changes those of the same type.
pub(super) fn set_requirements(
    requirements: &mut Option<Vec<ResourceRequirement>>,
    changes: Option<&[ResourceRequirement]>,
) {
    for requirement in changes.unwrap_or_default() {
        let requirements = requirements.get_or_insert_default();
        match requirements.iter_mut().find(|present| present.r#type == requirement.r#type) {
            Some(present) => present.value.clone_from(&requirement.value),
            None => requirements.push(requirement.clone()),
        }
    }
}

/// Lists that were left out are shown empty. A definition has them so already, the range of a node does not.
pub(crate) fn show_lists(container: &mut ContainerProperties) {
    container.command.get_or_insert_default();
    container.environment.get_or_insert_default();
    container.volumes.get_or_insert_default();
    container.mount_points.get_or_insert_default();
    container.ulimits.get_or_insert_default();
    container.resource_requirements.get_or_insert_default();
    container.secrets.get_or_insert_default();
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::{both, message, single};
    use crate::engine::core::Resources;

    #[test]
    fn overrides_are_laid_over_by_name_and_type() {
        let definition = json!({"containerProperties": {"image": "i", "command": ["a"],
            "resourceRequirements": both("2", "64"), "environment": [{"name": "A", "value": "1"}]}});
        let task = single(
            &definition,
            &json!({"containerOverrides": {"command": ["b", "c"], "instanceType": "c5.large",
                "environment": [{"name": "A", "value": "2"}, {"name": "B", "value": "3"}],
                "resourceRequirements": [{"type": "MEMORY", "value": "128"}, {"type": "GPU", "value": "1"}]}}),
        );
        assert_eq!(task.need, Resources { vcpu_milli: 2000, memory_mib: 128, gpus: 1 });
        assert_eq!(task.container.command.expect("a command"), ["b", "c"]);
        assert_eq!(task.container.instance_type.expect("a type"), "c5.large");
        let environment = task.container.environment.expect("an environment");
        let values: Vec<_> =
            environment.iter().map(|variable| variable.value.as_deref().unwrap_or("")).collect();
        assert_eq!(values, ["2", "3"]);
        assert_eq!(task.container.resource_requirements.expect("requirements").len(), 3);
        let task = single(&definition, &json!({"containerOverrides": {}}));
        assert_eq!(task.container.command.expect("a command"), ["a"]);
    }

    #[test]
    fn older_members_count_only_where_the_definition_uses_them() {
        let older = json!({"containerProperties": {"image": "i", "vcpus": 2, "memory": 64}});
        let request = json!({"containerOverrides": {"vcpus": 3, "memory": 99}});
        let task = single(&older, &request);
        assert_eq!((task.need.vcpu_milli, task.need.memory_mib), (3000, 99));
        assert_eq!((task.container.vcpus, task.container.memory), (Some(3), Some(99)));
        let newer = json!({"containerProperties": {"image": "i", "resourceRequirements": both("1", "64")}});
        let task = single(&newer, &request);
        assert_eq!((task.need.vcpu_milli, task.need.memory_mib), (1000, 64));
        assert_eq!(task.container.vcpus, None);
    }

    #[test]
    fn newer_members_of_an_override_replace_older_ones() {
        let older = json!({"containerProperties": {"image": "i", "vcpus": 2, "memory": 64}});
        let request = json!({"containerOverrides": {"vcpus": 3, "resourceRequirements": both("4", "128")}});
        let need = single(&older, &request).need;
        assert_eq!((need.vcpu_milli, need.memory_mib), (4000, 128));
    }

    #[test]
    fn amounts_that_are_missing_or_malformed_are_refused() {
        let of = |requirements| json!({"containerProperties": {"image": "i", "resourceRequirements": requirements}});
        let text = message(&of(both("1.0", "64")), &json!({}));
        assert!(text.contains("Value 1.0 for type VCPU"), "{text}");
        let text = message(&of(json!([{"type": "VCPU", "value": "1"}])), &json!({}));
        assert!(
            text.contains("d:1 states no MEMORY: give it in containerProperties.resourceRequirements"),
            "{text}"
        );
    }

    #[test]
    fn overrides_of_another_kind_are_refused_unless_they_are_empty() {
        let definition =
            json!({"containerProperties": {"image": "i", "resourceRequirements": both("1", "64")}});
        for (member, change) in [
            ("eksPropertiesOverride", json!({"podProperties": {}})),
            ("ecsPropertiesOverride", json!({"taskProperties": []})),
            ("nodeOverrides", json!({"numNodes": 2})),
        ] {
            let text = message(&definition, &json!({member: change}));
            assert!(text.contains(&format!("{member} cannot be given")), "{text}");
            single(&definition, &json!({member: {}}));
        }
    }
}
