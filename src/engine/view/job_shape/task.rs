//! ECS tasks: `container` has no details then, neither in the job nor in its attempts.

use super::{Attempt, Attempts};
use crate::api::ecs::{
    EcsProperties, EcsPropertiesDetail, EcsTaskDetails, TaskContainerDetails, TaskContainerProperties,
};
use crate::api::job::{
    AttemptDetail, AttemptEcsTaskDetails, AttemptTaskContainerDetails, ContainerDetail, JobDetail,
};

/// Shows a task and what came of it.
pub(super) fn show(detail: &mut JobDetail, properties: EcsProperties, attempts: &Attempts<'_>) {
    let names: Vec<_> = properties
        .task_properties
        .iter()
        .map(|task| task.containers.iter().map(|container| container.name.clone()).collect::<Vec<_>>())
        .collect();
    detail.attempts = Some(attempts.ended().map(|attempt| with_tasks(&attempt, &names)).collect());
    detail.container = Some(ContainerDetail::default());
    detail.ecs_properties = Some(properties_detail(properties, attempts.last().as_ref()));
}

/// One attempt, with the names of the containers of each task.
fn with_tasks(attempt: &Attempt<'_>, names: &[Vec<Option<String>>]) -> AttemptDetail {
    let container = |name: &Option<String>| AttemptTaskContainerDetails {
        exit_code: attempt.row.exit_code,
        name: name.clone(),
        reason: attempt.row.container_reason.clone(),
        log_stream_name: attempt.log_stream(),
        network_interfaces: Some(Vec::new()),
    };
    let task = |names: &Vec<Option<String>>| AttemptEcsTaskDetails {
        container_instance_arn: attempt.instance_arn(),
        task_arn: Some(attempt.task_arn()),
        containers: Some(names.iter().map(container).collect()),
    };
    AttemptDetail { task_properties: Some(names.iter().map(task).collect()), ..attempt.detail() }
}

fn properties_detail(properties: EcsProperties, last: Option<&Attempt<'_>>) -> EcsPropertiesDetail {
    let tasks = properties.task_properties.into_iter().map(|task| EcsTaskDetails {
        containers: Some(task.containers.into_iter().map(|it| container(it, last)).collect()),
        container_instance_arn: last.and_then(Attempt::instance_arn),
        task_arn: last.map(Attempt::task_arn),
        ephemeral_storage: task.ephemeral_storage,
        execution_role_arn: task.execution_role_arn,
        platform_version: task.platform_version,
        ipc_mode: task.ipc_mode,
        task_role_arn: task.task_role_arn,
        pid_mode: task.pid_mode,
        network_configuration: task.network_configuration,
        runtime_platform: task.runtime_platform,
        volumes: task.volumes,
        enable_execute_command: task.enable_execute_command,
        network_mode: task.network_mode,
    });
    EcsPropertiesDetail { task_properties: Some(tasks.collect()) }
}

fn container(container: TaskContainerProperties, last: Option<&Attempt<'_>>) -> TaskContainerDetails {
    TaskContainerDetails {
        command: container.command,
        depends_on: container.depends_on,
        environment: container.environment,
        essential: container.essential,
        firelens_configuration: container.firelens_configuration,
        image: Some(container.image),
        linux_parameters: container.linux_parameters,
        log_configuration: container.log_configuration,
        mount_points: container.mount_points,
        name: container.name,
        privileged: container.privileged,
        readonly_root_filesystem: container.readonly_root_filesystem,
        repository_credentials: container.repository_credentials,
        resource_requirements: container.resource_requirements,
        secrets: container.secrets,
        ulimits: container.ulimits,
        user: container.user,
        start_timeout: container.start_timeout,
        stop_timeout: container.stop_timeout,
        exit_code: last.and_then(|attempt| attempt.row.exit_code),
        reason: last.and_then(|attempt| attempt.row.container_reason.clone()),
        log_stream_name: last.and_then(Attempt::log_stream),
        network_interfaces: last.map(|_| Vec::new()),
    }
}
