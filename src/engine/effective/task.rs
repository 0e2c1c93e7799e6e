//! ECS tasks with one container, and what a request changes of one.

use super::Origin;
use super::amount::Need;
use super::container::{set_requirements, set_variables};
use super::draft::{Changes, Draft, Scene};
use crate::api::ServiceError;
use crate::api::container::{ContainerProperties, FargatePlatformConfiguration};
use crate::api::ecs::{EcsProperties, EcsTaskProperties, TaskContainerOverrides, TaskContainerProperties};

/// The task of a job or of a node.
pub(super) fn draft(
    scene: &Scene<'_>,
    at: &str,
    properties: &EcsProperties,
    changes: &[Changes<'_>],
) -> Result<Draft, ServiceError> {
    let mut properties = properties.clone();
    let at = format!("{at}.taskProperties");
    let [task] = properties.task_properties.as_mut_slice() else {
        return Err(scene.refuse(format!("must have exactly one task in {at}")));
    };
    let container = only_container(scene, &at, &mut task.containers)?;
    for change in changes {
        let tasks = change.task.and_then(|overrides| overrides.task_properties.as_deref());
        for (number, overrides) in tasks.unwrap_or_default().iter().enumerate() {
            let at = format!("{}ecsPropertiesOverride.taskProperties[{number}].containers", change.at);
            lay_over(scene, container, overrides.containers.as_deref().unwrap_or_default(), &at)?;
        }
    }
    scene.fill(&mut container.command);
    let need = Need::of_share(container.resource_requirements.as_deref().unwrap_or_default())?;
    let container = container.clone();
    Ok(Draft {
        need,
        container: as_container(container, task),
        origin: Origin::EcsTask(Box::new(properties)),
        amounts_at: format!("{at}[0].containers[0].resourceRequirements"),
    })
}

fn only_container<'a>(
    scene: &Scene<'_>,
    at: &str,
    containers: &'a mut [TaskContainerProperties],
) -> Result<&'a mut TaskContainerProperties, ServiceError> {
    match containers {
        [container] if container.depends_on.as_ref().is_some_and(|list| !list.is_empty()) => {
            Err(scene.several(&format!("{at}[0].containers[0].dependsOn")))
        }
        [container] => Ok(container),
        [] => Err(scene.refuse(format!("has no container in {at}[0].containers"))),
        _ => Err(scene.several(&format!("several containers in {at}[0].containers"))),
    }
}

/// Lays overrides over the container that they name. Without a name the only one is meant.
fn lay_over(
    scene: &Scene<'_>,
    container: &mut TaskContainerProperties,
    overrides: &[TaskContainerOverrides],
    at: &str,
) -> Result<(), ServiceError> {
    for (position, change) in overrides.iter().enumerate() {
        if let Some(name) = change.name.as_ref().filter(|_| change.name != container.name) {
            let only = match &container.name {
                Some(own) => format!("its only one is {own:?}"),
                None => "its only one has no name".to_owned(),
            };
            return Err(scene.refuse(format!("has no container {name:?} for {at}[{position}], {only}")));
        }
        if let Some(command) = &change.command {
            container.command = Some(command.clone());
        }
        set_variables(&mut container.environment, change.environment.as_deref());
        set_requirements(&mut container.resource_requirements, change.resource_requirements.as_deref());
    }
    Ok(())
}

/// The container of a task in the terms of other containers.
fn as_container(container: TaskContainerProperties, task: &EcsTaskProperties) -> ContainerProperties {
    ContainerProperties {
        image: Some(container.image),
        command: container.command,
        job_role_arn: task.task_role_arn.clone(),
        execution_role_arn: task.execution_role_arn.clone(),
        volumes: task.volumes.clone(),
        environment: container.environment,
        mount_points: container.mount_points,
        readonly_root_filesystem: container.readonly_root_filesystem,
        privileged: container.privileged,
        ulimits: container.ulimits,
        user: container.user,
        resource_requirements: container.resource_requirements,
        linux_parameters: container.linux_parameters,
        log_configuration: container.log_configuration,
        secrets: container.secrets,
        network_configuration: task.network_configuration.clone(),
        fargate_platform_configuration: task
            .platform_version
            .clone()
            .map(|version| FargatePlatformConfiguration { platform_version: Some(version) }),
        enable_execute_command: task.enable_execute_command,
        ephemeral_storage: task.ephemeral_storage.clone(),
        runtime_platform: task.runtime_platform.clone(),
        repository_credentials: container.repository_credentials,
        ..ContainerProperties::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::Origin;
    use super::super::tests::{both, message, single};
    use crate::engine::core::Resources;

    /// A definition whose container has these members besides an image and amounts.
    fn task(container: &Value) -> Value {
        let mut full = json!({"image": "i", "resourceRequirements": both("1", "64")});
        full.as_object_mut().expect("an object").extend(container.as_object().expect("an object").clone());
        json!({"ecsProperties": {"taskProperties": [{"containers": [full]}]}, "parameters": {"a": "x y"}})
    }

    fn change(container: &Value) -> Value {
        json!({"ecsPropertiesOverride": {"taskProperties": [{"containers": [container]}]}})
    }

    #[test]
    fn a_task_runs_its_only_container() {
        let definition = json!({"ecsProperties": {"taskProperties": [{
            "taskRoleArn": "job", "executionRoleArn": "run", "platformVersion": "1.4.0", "volumes": [{"name": "v"}],
            "containers": [{"name": "main", "image": "i", "command": ["echo", "Ref::a", "$(B)"], "user": "nobody",
                "environment": [{"name": "B", "value": "1"}], "mountPoints": [{"sourceVolume": "v", "containerPath": "/v"}],
                "ulimits": [{"name": "nofile", "softLimit": 1, "hardLimit": 2}],
                "secrets": [{"name": "S", "valueFrom": "s"}], "essential": true,
                "resourceRequirements": both("0.3", "64")}]}]}, "parameters": {"a": "x y"}});
        let task = single(&definition, &json!({}));
        assert_eq!(task.need, Resources { vcpu_milli: 300, memory_mib: 64, gpus: 0 });
        let container = serde_json::to_value(task.container).expect("a value");
        let expected = json!({"image": "i", "command": ["echo", "x y", "$(B)"], "jobRoleArn": "job",
            "executionRoleArn": "run", "volumes": [{"name": "v"}], "environment": [{"name": "B", "value": "1"}],
            "mountPoints": [{"sourceVolume": "v", "containerPath": "/v"}], "user": "nobody",
            "ulimits": [{"name": "nofile", "softLimit": 1, "hardLimit": 2}], "secrets": [{"name": "S", "valueFrom": "s"}],
            "resourceRequirements": both("0.3", "64"), "fargatePlatformConfiguration": {"platformVersion": "1.4.0"}});
        assert_eq!(container, expected);
        let Origin::EcsTask(shown) = task.origin else { panic!("a task") };
        assert_eq!(shown.task_properties[0].containers[0].command.as_deref().expect("a command")[1], "x y");
    }

    #[test]
    fn overrides_reach_the_only_container_with_and_without_its_name() {
        let named =
            task(&json!({"name": "main", "command": ["a"], "environment": [{"name": "A", "value": "1"}]}));
        for name in [json!({}), json!({"name": "main"})] {
            let mut words = json!({"command": ["b"], "environment": [{"name": "A", "value": "2"}],
                "resourceRequirements": [{"type": "MEMORY", "value": "128"}]});
            words.as_object_mut().expect("an object").extend(name.as_object().expect("an object").clone());
            let task = single(&named, &change(&words));
            assert_eq!(task.need, Resources { vcpu_milli: 1000, memory_mib: 128, gpus: 0 });
            assert_eq!(task.container.command.expect("a command"), ["b"]);
            assert_eq!(task.container.environment.expect("variables")[0].value.as_deref(), Some("2"));
        }
        for (definition, only) in
            [(&named, r#"its only one is "main""#), (&task(&json!({})), "its only one has no name")]
        {
            let text = message(definition, &change(&json!({"name": "side"})));
            assert!(
                text.contains(r#""side" for ecsPropertiesOverride.taskProperties[0].containers[0]"#),
                "{text}"
            );
            assert!(text.contains(only), "{text}");
        }
    }

    #[test]
    fn several_containers_are_refused_by_the_name_of_their_member() {
        let container = json!({"image": "i"});
        for (tasks, member) in [
            (
                json!([{"containers": [container, container]}]),
                "several containers in ecsProperties.taskProperties[0].containers",
            ),
            (
                json!([{"containers": [{"image": "i", "dependsOn": [{"containerName": "a", "condition": "START"}]}]}]),
                "ecsProperties.taskProperties[0].containers[0].dependsOn",
            ),
            (json!([{"containers": []}]), "no container in ecsProperties.taskProperties[0].containers"),
            (json!([]), "exactly one task in ecsProperties.taskProperties"),
        ] {
            let text = message(&json!({"ecsProperties": {"taskProperties": tasks}}), &json!({}));
            assert!(text.contains(member), "{text}");
        }
        single(&task(&json!({"dependsOn": []})), &json!({}));
    }

    #[test]
    fn amounts_are_needed_in_the_container() {
        let text = message(&task(&json!({"resourceRequirements": []})), &json!({}));
        assert!(
            text.contains("no VCPU: give it in ecsProperties.taskProperties[0].containers[0].resource"),
            "{text}"
        );
    }

    #[test]
    fn changes_of_a_container_do_not_meet_a_task() {
        let text = message(&task(&json!({})), &json!({"containerOverrides": {"command": ["a"]}}));
        assert!(text.contains("has ecsProperties, so that containerOverrides cannot be given"), "{text}");
        single(&task(&json!({})), &json!({"containerOverrides": {}}));
    }
}
