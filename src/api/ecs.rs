//! Shapes of ECS tasks with one or several containers: as a job definition declares them, as a submission
//! overrides them, and as a job reports them.

use std::collections::BTreeMap;

use crate::api::constraint::Check::{Count, Form, Length, Words};
use crate::api::container::{
    EphemeralStorage, IMAGE, KeyValuePair, LinuxParameters, LogConfiguration, MountPoint,
    NetworkConfiguration, PLATFORM_VERSION, ROLE, RepositoryCredentials, ResourceRequirement,
    RuntimePlatform, Secret, Ulimit, Volume,
};
use crate::api::job::NetworkInterface;
use crate::api::shape::{Limits, enumeration, structure};

structure! {
    /// An ECS task with one or several containers, for jobs on EC2 and Fargate. It takes the place of
    /// `containerProperties`.
    EcsProperties {
        /// The task to run, as a list of exactly one element.
        required task_properties as "taskProperties": Vec<EcsTaskProperties>
            where { "JD170" Count(Limits::between(1, 1)) },
    }

    /// The ECS task of a job, as a describe call reports it.
    EcsPropertiesDetail {
        /// The task of the job, as a list of one element.
        optional task_properties as "taskProperties": Vec<EcsTaskDetails>,
    }

    /// Changes for one job to the ECS task in its job definition.
    EcsPropertiesOverride {
        /// The changes to the task, as a list of at most one element.
        optional task_properties as "taskProperties": Vec<TaskPropertiesOverride>
            where { "SJ050" Count(Limits::at_most(1)) },
    }

    /// An ECS task as it runs or ran for a job, after overrides.
    EcsTaskDetails {
        /// The containers of the task, with their outcome as far as they have run.
        optional containers as "containers": Vec<TaskContainerDetails>,
        /// The ARN of the ECS container instance that runs the task. Absent before the task is placed,
        /// and on Fargate.
        optional container_instance_arn as "containerInstanceArn": String,
        /// The ARN of the ECS task. Absent before the task is created.
        optional task_arn as "taskArn": String,
        /// The scratch disk of a Fargate task. Absent when not set, which means 20 GiB.
        optional ephemeral_storage as "ephemeralStorage": EphemeralStorage,
        /// The role that fetches images and secrets and writes logs for the task. Absent when none is
        /// set.
        optional execution_role_arn as "executionRoleArn": String,
        /// The Fargate platform version, such as `LATEST`. Absent when not set, and outside Fargate.
        optional platform_version as "platformVersion": String,
        /// The IPC namespace of the containers: `host`, `task` or `none`. Absent when not set.
        optional ipc_mode as "ipcMode": String,
        /// The role that the containers use for their own AWS calls. Absent when none is set.
        optional task_role_arn as "taskRoleArn": String,
        /// The process namespace of the containers: `host` or `task`. Absent when not set.
        optional pid_mode as "pidMode": String,
        /// The network settings of a Fargate task. Absent when not set, and outside Fargate.
        optional network_configuration as "networkConfiguration": NetworkConfiguration,
        /// The operating system and CPU architecture of a Fargate task. Absent when not set.
        optional runtime_platform as "runtimePlatform": RuntimePlatform,
        /// The data volumes that the containers of the task can mount.
        optional volumes as "volumes": Vec<Volume>,
        /// Whether commands may be run inside the containers of the task. Absent when not set.
        optional enable_execute_command as "enableExecuteCommand": bool,
        /// The network mode of the containers, such as `awsvpc` or `host`. Absent when not set.
        optional network_mode as "networkMode": String,
    }

    /// An ECS task: its containers and the settings that they share.
    EcsTaskProperties {
        /// The containers of the task, 1 to 10, of which at least one must be essential.
        required containers as "containers": Vec<TaskContainerProperties>
            where { "JD171" Count(Limits::between(1, 10)) },
        /// The scratch disk of a Fargate task, 21 to 200 GiB; 20 GiB when omitted. Needs platform version
        /// 1.4.0 or later and has no meaning outside Fargate.
        optional ephemeral_storage as "ephemeralStorage": EphemeralStorage,
        /// The ARN of the role that fetches images and secrets and writes logs for the task. Required on
        /// Fargate, for secrets and for private registries.
        optional execution_role_arn as "executionRoleArn": String
            where { "JD013" Form(&ROLE) },
        /// The Fargate platform version; `LATEST` when omitted. Only for jobs on Fargate.
        optional platform_version as "platformVersion": String
            where { "JD014" Form(&PLATFORM_VERSION) },
        /// The IPC namespace of the containers: `host` shares that of the instance, `task` one for the
        /// task, `none` keeps each container apart. Not available on Fargate.
        optional ipc_mode as "ipcMode": String
            where { "JD173" Words(&["host", "task", "none"]) },
        /// The ARN of the role that the containers use for their own AWS calls; the counterpart of
        /// `jobRoleArn` in container properties.
        optional task_role_arn as "taskRoleArn": String
            where { "JD013" Form(&ROLE) },
        /// The process namespace of the containers: `host` shares that of the instance, `task` one for
        /// the task. When omitted, each container has its own.
        optional pid_mode as "pidMode": String
            where { "JD174" Words(&["host", "task"]) },
        /// The network settings of a Fargate task, that is whether it gets a public IP address. Must not
        /// be given for EC2.
        optional network_configuration as "networkConfiguration": NetworkConfiguration,
        /// The operating system and CPU architecture of a Fargate task; `LINUX` and `X86_64` when
        /// omitted.
        optional runtime_platform as "runtimePlatform": RuntimePlatform,
        /// The data volumes of the task, which its containers mount by name through `mountPoints`.
        optional volumes as "volumes": Vec<Volume>,
        /// Whether commands may be run inside the containers of the running task. Off when omitted.
        optional enable_execute_command as "enableExecuteCommand": bool,
        /// The network mode of the containers, such as `awsvpc` or `host`. When omitted, the platform
        /// decides: `awsvpc` on Fargate, `host` on instances.
        optional network_mode as "networkMode": String,
    }

    /// The settings of a FireLens log router, the container that collects the logs of a task's other
    /// containers.
    FirelensConfiguration {
        /// The log router program: `fluentd` or `fluentbit`.
        required r#type as "type": FirelensConfigurationType,
        /// Options of the router, such as `enable-ecs-log-metadata`, `config-file-type` (`s3` or `file`)
        /// and `config-file-value`. All values are strings.
        optional options as "options": BTreeMap<String, String>,
    }

    /// A wait of one container for another of the same task.
    TaskContainerDependency {
        /// The name of the container to wait for, another one of the same task. Dependencies must not
        /// form a cycle.
        optional container_name as "containerName": String,
        /// The state to wait for: `START` for started, `COMPLETE` for exited, `SUCCESS` for exited with
        /// 0. The last two cannot wait for an essential container.
        optional condition as "condition": String
            where { "JD180" Words(&["START", "COMPLETE", "SUCCESS"]) },
    }

    /// A container of an ECS task as it runs or ran for a job, after overrides.
    TaskContainerDetails {
        /// The command in effect after overrides and parameters. Empty or absent when the image's own
        /// command is used.
        optional command as "command": Vec<String>,
        /// Containers of the same task that this one waits for. Absent when there are none.
        optional depends_on as "dependsOn": Vec<TaskContainerDependency>,
        /// The environment variables in effect after overrides, without those set by Batch itself.
        optional environment as "environment": Vec<KeyValuePair>,
        /// Whether the outcome of the job depends on this container. Absent when not set, which means
        /// `true`.
        optional essential as "essential": bool,
        /// The FireLens settings that make this container the log router. Absent in other containers.
        optional firelens_configuration as "firelensConfiguration": FirelensConfiguration,
        /// The image that the container is started from.
        optional image as "image": String,
        /// Linux settings such as devices, shared memory, swap and an init process. Absent when not set.
        optional linux_parameters as "linuxParameters": LinuxParameters,
        /// The log driver of the container and its options. Absent when not set, which means `awslogs`.
        optional log_configuration as "logConfiguration": LogConfiguration,
        /// Where the volumes of the task appear inside the container.
        optional mount_points as "mountPoints": Vec<MountPoint>,
        /// The name of the container in the task. Absent when the definition gives none.
        optional name as "name": String,
        /// Whether the container has rights on the host like those of root. Absent when not set, which
        /// means `false`.
        optional privileged as "privileged": bool,
        /// Whether the root file system is read-only. Absent when not set, which means `false`.
        optional readonly_root_filesystem as "readonlyRootFilesystem": bool,
        /// The secret with the login for a private registry. Absent when not set.
        optional repository_credentials as "repositoryCredentials": RepositoryCredentials,
        /// The vCPUs, memory in MiB and GPUs in effect after overrides, values as strings.
        optional resource_requirements as "resourceRequirements": Vec<ResourceRequirement>,
        /// The secrets exposed as environment variables: names and sources only, never the secret text.
        optional secrets as "secrets": Vec<Secret>,
        /// Resource limits (`ulimit`) inside the container.
        optional ulimits as "ulimits": Vec<Ulimit>,
        /// The user that runs the container. Absent when the image decides.
        optional user as "user": String,
        /// Seconds to wait for the containers in `dependsOn`. Absent when not set.
        optional start_timeout as "startTimeout": i32,
        /// Seconds between the request to stop and the forced kill of the container. Absent when not set.
        optional stop_timeout as "stopTimeout": i32,
        /// The exit code of the container; 128 plus the signal number after a signal. Absent while it has
        /// not exited.
        optional exit_code as "exitCode": i32,
        /// Why the container stopped or could not start, in a short text. Absent when there is nothing to
        /// report.
        optional reason as "reason": String,
        /// The log stream of the container. Absent until the container has been started.
        optional log_stream_name as "logStreamName": String,
        /// The network interfaces of the container. Empty or absent when it has none of its own.
        optional network_interfaces as "networkInterfaces": Vec<NetworkInterface>,
    }

    /// Changes for one job to a container of its ECS task. Members left out keep the value of the job
    /// definition.
    TaskContainerOverrides {
        /// The command to run in place of the one in the job definition or the image.
        optional command as "command": Vec<String>,
        /// Environment variables to add, or to change where the name exists already. Names must not start
        /// with `AWS_BATCH`.
        optional environment as "environment": Vec<KeyValuePair>,
        /// The name of the container to change, as the job definition gives it.
        optional name as "name": String,
        /// The vCPUs, memory in MiB and GPUs to use, values as strings. Each type given replaces that of
        /// the job definition; Fargate allows only supported pairs for the task's total.
        optional resource_requirements as "resourceRequirements": Vec<ResourceRequirement>,
    }

    /// A container of an ECS task.
    TaskContainerProperties {
        /// The arguments that replace the `CMD` of the image, passed without a shell. Each `Ref::name` is
        /// filled from the job's parameters. The image's own command when omitted.
        optional command as "command": Vec<String>,
        /// Containers of the same task that must reach a given state before this one starts. The job
        /// stays in `STARTING` meanwhile.
        optional depends_on as "dependsOn": Vec<TaskContainerDependency>,
        /// Environment variables of the container, each with a name and a value. Names must not start
        /// with `AWS_BATCH`; keep credentials in `secrets` instead.
        optional environment as "environment": Vec<KeyValuePair>,
        /// Whether the job depends on this container; `true` when omitted. When an essential container
        /// ends, the others are stopped, and its non-zero exit fails the job.
        optional essential as "essential": bool,
        /// Makes this container the FireLens log router of the task. Other containers reach it through
        /// the log driver `awsfirelens`.
        optional firelens_configuration as "firelensConfiguration": FirelensConfiguration,
        /// The image to start, up to 255 characters, with an optional registry, tag or digest. Its CPU
        /// architecture must match that of the compute resource.
        required image as "image": String
            where { "JD011" Length(Limits::at_most(255)), "JD012" Form(&IMAGE) },
        /// Linux settings such as devices, shared memory, swap and an init process. Most of them are not
        /// available on Fargate.
        optional linux_parameters as "linuxParameters": LinuxParameters,
        /// The log driver of the container and its options; `awslogs` when omitted. Fargate supports
        /// `awslogs`, `splunk` and `awsfirelens`.
        optional log_configuration as "logConfiguration": LogConfiguration,
        /// Where the volumes of the task appear inside the container. Each `sourceVolume` names one of
        /// the task's volumes.
        optional mount_points as "mountPoints": Vec<MountPoint>,
        /// The name of the container, which should be unique in the task. Dependencies and overrides refer
        /// to it.
        optional name as "name": String,
        /// Whether the container gets rights on the host like those of root; `false` when omitted. On
        /// Fargate only `false` is allowed.
        optional privileged as "privileged": bool,
        /// Whether the root file system of the container is read-only; `false` when omitted.
        optional readonly_root_filesystem as "readonlyRootFilesystem": bool,
        /// The secret with the login for a private registry. Needs an execution role and is not used for
        /// images in Amazon ECR.
        optional repository_credentials as "repositoryCredentials": RepositoryCredentials,
        /// The vCPUs, memory in MiB and GPUs of the container, values as strings. VCPU and MEMORY are
        /// needed; on Fargate the task's total must be a supported pair, and GPU is not available.
        optional resource_requirements as "resourceRequirements": Vec<ResourceRequirement>,
        /// Secrets to expose as environment variables, read once when the container starts. Needs an
        /// execution role on the task.
        optional secrets as "secrets": Vec<Secret>,
        /// Resource limits (`ulimit`) inside the container. Not applicable to Fargate.
        optional ulimits as "ulimits": Vec<Ulimit>,
        /// The user that runs the container, by name or number. The user set in the image when omitted.
        optional user as "user": String,
        /// Seconds to wait for the containers in `dependsOn` before this one is given up; at most `120`
        /// on Fargate.
        optional start_timeout as "startTimeout": i32,
        /// Seconds between the request to stop and the forced kill of the container; `30` when omitted,
        /// at most `120` on Fargate.
        optional stop_timeout as "stopTimeout": i32,
    }

    /// Changes for one job to an ECS task.
    TaskPropertiesOverride {
        /// Changes to single containers, each found by its name. Containers that are not listed run as
        /// defined.
        optional containers as "containers": Vec<TaskContainerOverrides>,
    }
}

enumeration! {
    /// The program that routes the logs of a task.
    FirelensConfigurationType {
        /// Fluentd.
        Fluentd = "fluentd",
        /// Fluent Bit.
        Fluentbit = "fluentbit",
    }
}
