//! From a placed attempt to the process that runs it.

use super::change::{Definitions, document};
use super::core::AttemptId;
use super::effective::{Origin, Shape, Task, effective};
use crate::api::ServiceError;
use crate::api::arn::Scope;
use crate::api::compute_environment::{CRType, ComputeEnvironmentDetail, EksConfiguration};
use crate::api::container::{ContainerProperties, LogDriver, Ulimit};
use crate::executor::{self, Launch, ResourceLimit};
use crate::home::Home;
use crate::store::read::{JobWithRequest, Read};
use crate::store::{AttemptRow, StoreError};

/// Where programs are looked for unless the job says otherwise: what container images have.
const DEFAULT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// What the log streams of a task are called after: what its log driver's options say, else the first 200 characters
/// of the job definition's name (rules JOB-041, JDX-063).
pub(crate) fn log_prefix(definition_name: &str, task: &Task) -> String {
    let configuration = task.container.log_configuration.as_ref();
    let of_driver = configuration
        .filter(|configuration| configuration.log_driver == LogDriver::Awslogs)
        .and_then(|configuration| configuration.options.as_ref()?.get("awslogs-stream-prefix"))
        .filter(|prefix| !prefix.is_empty() && !prefix.contains('\0'));
    of_driver.cloned().unwrap_or_else(|| definition_name.chars().take(200).collect())
}

/// The name of an attempt's log stream: the prefix, `default`, and the task's id.
pub(crate) fn log_stream(prefix: &str, task: &str) -> String {
    format!("{prefix}/default/{task}")
}

/// The compute environment an attempt was placed in, as far as ARNs speak of it.
pub(crate) struct Place {
    name: String,
    id: String,
    /// Whether it is on Fargate, where there are no container instances.
    is_fargate: bool,
    /// The cluster it belongs to, if that is one of EKS.
    pub(crate) eks: Option<EksConfiguration>,
}

impl Place {
    /// Reads the environment of an attempt.
    pub(crate) fn read(store: &impl Read, attempt: &AttemptRow) -> Result<Self, StoreError> {
        let row = store.resource_by_key(attempt.environment)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        let detail: ComputeEnvironmentDetail = document("resource", &row.body)?;
        let kind = detail.compute_resources.map(|resources| resources.r#type);
        Ok(Self {
            name: row.name,
            id: detail.uuid.unwrap_or_default(),
            is_fargate: matches!(kind, Some(CRType::Fargate | CRType::FargateSpot)),
            eks: detail.eks_configuration,
        })
    }

    /// An environment of this name and id.
    #[cfg(test)]
    pub(crate) fn of(name: &str, id: &str, eks: Option<EksConfiguration>) -> Self {
        Self { name: name.to_owned(), id: id.to_owned(), is_fargate: false, eks }
    }

    /// The ARN of a task in it.
    pub(crate) fn task_arn(&self, scope: &Scope, task: &str) -> String {
        format!("arn:aws:ecs:{}:{}:task/{}/{task}", scope.region, scope.account, self.cluster())
    }

    /// The ARN of its one container instance: this host.
    pub(crate) fn instance_arn(&self, scope: &Scope) -> Option<String> {
        let (Scope { region, account }, cluster) = (scope, self.cluster());
        let instance = self.id.replace('-', "");
        (!self.is_fargate)
            .then(|| format!("arn:aws:ecs:{region}:{account}:container-instance/{cluster}/{instance}"))
    }

    fn cluster(&self) -> String {
        format!("{}_Batch_{}", self.name, self.id)
    }
}

/// Where attempts are prepared.
pub(crate) struct Site<'a> {
    /// The engine's home.
    pub(crate) home: &'a Home,
    /// Whether the host has GPUs, which are then hidden from jobs that have asked for none.
    pub(crate) has_gpus: bool,
}

/// What the executor is to start for an attempt, of a job or of a node, or why it cannot be started.
pub(crate) fn prepare(
    store: &impl Read,
    definitions: &mut Definitions,
    site: &Site<'_>,
    attempt: AttemptId,
) -> Result<Result<Launch, String>, ServiceError> {
    let gone = || ServiceError::server(format!("attempt {attempt} is not in the store"));
    let row = store.job_by_key(attempt.job.0)?.ok_or_else(gone)?;
    let attempts = store.attempts(attempt.job.0)?;
    let placed = attempts.iter().find(|row| row.number == attempt.number).ok_or_else(gone)?;
    let queue = store.resource_by_key(row.job.queue)?.ok_or_else(gone)?;
    let place = Place::read(store, placed)?;
    let definition = definitions.get(store, row.job.definition)?;
    let effective = effective(&definition, &document("request", &row.request)?)?;
    let task = match (&effective.shape, row.job.index()) {
        (Shape::Single(task), _) => task,
        (Shape::Nodes(nodes), index) => nodes.task(index.ok_or_else(gone)?),
    };
    let container = &task.container;
    if let Some(reason) = cannot_run(container).or_else(|| must_not_run_as_root(task)) {
        return Ok(Err(reason));
    }
    let directory = site.home.work().join(&placed.task);
    let mut environment = own_variables(&row, &effective.shape, attempt);
    let named = [("AWS_BATCH_CE_NAME", place.name.as_str()), ("AWS_BATCH_JQ_NAME", &queue.name)];
    environment.extend(named.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let variables = container.environment.iter().flatten();
    environment.extend(
        variables.filter_map(|variable| {
            Some((variable.name.clone()?, variable.value.clone().unwrap_or_default()))
        }),
    );
    for (name, value) in gpu_variables(&placed.gpus, site.has_gpus) {
        environment.retain(|(known, _)| known != name);
        environment.push((name.to_owned(), value));
    }
    for (name, value) in [("PATH", DEFAULT_PATH), ("HOME", &directory.to_string_lossy())] {
        if environment.iter().all(|(known, _)| known != name) {
            environment.push((name.to_owned(), value.to_owned()));
        }
    }
    Ok(Ok(Launch {
        attempt: executor::AttemptId { job: attempt.job.0, number: attempt.number },
        job_id: row.job.id.clone(),
        command: task.command(&environment),
        environment,
        log: site
            .home
            .log_stream(&log_stream(&log_prefix(&definition.job_definition_name, task), &placed.task)),
        directory,
        limits: container.ulimits.iter().flatten().map(limit).collect(),
    }))
}

/// What tells a job who it is. A variable that does not apply is absent, not empty (rules JOB-047 to JOB-059).
fn own_variables(row: &JobWithRequest, shape: &Shape, attempt: AttemptId) -> Vec<(String, String)> {
    let mut own =
        vec![("AWS_BATCH_JOB_ATTEMPT", attempt.number.to_string()), ("AWS_BATCH_JOB_ID", row.job.id.clone())];
    match (shape, row.job.index(), &row.parent) {
        (Shape::Nodes(nodes), Some(index), _) => {
            own.push(("AWS_BATCH_JOB_MAIN_NODE_INDEX", nodes.main.to_string()));
            own.push(("AWS_BATCH_JOB_NODE_INDEX", index.to_string()));
            own.push(("AWS_BATCH_JOB_NUM_NODES", nodes.count.to_string()));
            if index != nodes.main {
                // All nodes are processes of this host (rule JOB-056).
                own.push(("AWS_BATCH_JOB_MAIN_NODE_PRIVATE_IPV4_ADDRESS", "127.0.0.1".to_owned()));
            }
        }
        (Shape::Single(_), Some(index), Some(array)) => {
            own.push(("AWS_BATCH_JOB_ARRAY_INDEX", index.to_string()));
            own.push(("AWS_BATCH_JOB_ARRAY_SIZE", array.members().to_string()));
        }
        _ => {}
    }
    own.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What shows a process its own GPUs and no others (rules JOB-175, JDP-110).
fn gpu_variables(gpus: &[u32], has_gpus: bool) -> Vec<(&'static str, String)> {
    let list = gpus.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    match (gpus.is_empty(), has_gpus) {
        (false, _) => vec![("CUDA_VISIBLE_DEVICES", list.clone()), ("NVIDIA_VISIBLE_DEVICES", list)],
        (true, true) => vec![("CUDA_VISIBLE_DEVICES", list), ("NVIDIA_VISIBLE_DEVICES", "void".to_owned())],
        (true, false) => Vec::new(),
    }
}

/// What a plain process cannot do for a container, and must not silently leave out: what the job would see, and as
/// whom it would run. Isolation and limits that only hold a job back (`privileged`, `readonlyRootFilesystem`, swap, ...)
/// are left out.
fn cannot_run(container: &ContainerProperties) -> Option<String> {
    if container.command.as_ref().is_none_or(Vec::is_empty) {
        return Some(
            "no command: a plain process has no image to take one from; give one in the job definition"
                .into(),
        );
    }
    let refuse = |what: &str| Some(format!("kiln runs the job as a plain process, which cannot have {what}"));
    if container.mount_points.as_ref().is_some_and(|mounts| !mounts.is_empty()) {
        return refuse("mountPoints");
    }
    let linux = container.linux_parameters.as_ref();
    if linux.and_then(|linux| linux.devices.as_ref()).is_some_and(|devices| !devices.is_empty()) {
        return refuse("linuxParameters.devices");
    }
    if linux.and_then(|linux| linux.tmpfs.as_ref()).is_some_and(|tmpfs| !tmpfs.is_empty()) {
        return refuse("linuxParameters.tmpfs");
    }
    if let Some(user) = container.user.as_deref().filter(|user| !user.is_empty() && !is_self(user)) {
        return refuse(&format!("another user ({user}) than the engine's own"));
    }
    let secrets = container.secrets.as_deref().unwrap_or_default();
    secrets
        .first()
        .map(|secret| format!("unable to resolve secret {}: kiln has no source of secrets yet", secret.name))
}

/// A pod that may not run as root does not, where the engine does (rule JDP-211).
fn must_not_run_as_root(task: &Task) -> Option<String> {
    let Origin::Pod(properties) = &task.origin else { return None };
    let pod = properties.pod_properties.as_ref()?;
    let own = pod.containers.iter().flatten().filter_map(|container| container.security_context.as_ref());
    let of_pod = pod.security_context.as_ref().and_then(|context| context.run_as_non_root);
    let is_forbidden = own.filter_map(|context| context.run_as_non_root).next().or(of_pod) == Some(true);
    (is_forbidden && rustix::process::getuid().is_root())
        .then(|| "runAsNonRoot: kiln runs the job as the engine's own user, which is root".to_owned())
}

/// Whether a container's `user` (a name or a number, with or without a group) is the user that the engine runs as.
fn is_self(user: &str) -> bool {
    let name = user.split(':').next().unwrap_or_default();
    let own = rustix::process::getuid().as_raw();
    let listed = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let mut fields = listed.lines().map(|line| line.split(':').collect::<Vec<_>>());
    let named =
        fields.find(|fields| fields.first() == Some(&name)).and_then(|fields| fields.get(2)?.parse().ok());
    name.parse().ok().or(named) == Some(own)
}

fn limit(ulimit: &Ulimit) -> ResourceLimit {
    ResourceLimit {
        name: ulimit.name.clone(),
        soft: i64::from(ulimit.soft_limit),
        hard: i64::from(ulimit.hard_limit),
    }
}
