//! From a placed attempt to the process that runs it.

use super::change::{Definitions, document};
use super::core::AttemptId;
use super::effective::effective;
use crate::api::ServiceError;
use crate::api::arn::Scope;
use crate::api::compute_environment::{ComputeEnvironmentDetail, EksConfiguration};
use crate::api::container::{ContainerProperties, Ulimit};
use crate::executor::{self, Launch, ResourceLimit};
use crate::home::Home;
use crate::store::read::Read;
use crate::store::{AttemptRow, StoreError};

/// Where programs are looked for unless the job says otherwise: what container images have.
const DEFAULT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The name of an attempt's log stream: the first 200 characters of the job definition's name, `default`, and the
/// task's id (rule JOB-041).
pub(crate) fn log_stream(definition_name: &str, task: &str) -> String {
    let name: String = definition_name.chars().take(200).collect();
    format!("{name}/default/{task}")
}

/// The compute environment an attempt was placed in, as far as ARNs speak of it.
pub(crate) struct Place {
    name: String,
    id: String,
    /// The cluster it belongs to, if that is one of EKS.
    pub(crate) eks: Option<EksConfiguration>,
}

impl Place {
    /// Reads the environment of an attempt.
    pub(crate) fn read(store: &impl Read, attempt: &AttemptRow) -> Result<Self, StoreError> {
        let row = store.resource_by_key(attempt.environment)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        let detail: ComputeEnvironmentDetail = document("resource", &row.body)?;
        Ok(Self { name: row.name, id: detail.uuid.unwrap_or_default(), eks: detail.eks_configuration })
    }

    /// An environment of this name and id.
    #[cfg(test)]
    pub(crate) fn of(name: &str, id: &str, eks: Option<EksConfiguration>) -> Self {
        Self { name: name.to_owned(), id: id.to_owned(), eks }
    }

    /// The ARN of a task in it.
    pub(crate) fn task_arn(&self, scope: &Scope, task: &str) -> String {
        format!("arn:aws:ecs:{}:{}:task/{}/{task}", scope.region, scope.account, self.cluster())
    }

    /// The ARN of its one container instance: this host.
    pub(crate) fn instance_arn(&self, scope: &Scope) -> String {
        let instance = self.id.replace('-', "");
        format!(
            "arn:aws:ecs:{}:{}:container-instance/{}/{instance}",
            scope.region,
            scope.account,
            self.cluster()
        )
    }

    fn cluster(&self) -> String {
        format!("{}_Batch_{}", self.name, self.id)
    }
}

/// What the executor is to start for an attempt, or why it cannot be started.
pub(crate) fn prepare(
    store: &impl Read,
    definitions: &mut Definitions,
    home: &Home,
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
    let task = effective.shape.single(&definition)?;
    let container = &task.container;
    if let Some(reason) = cannot_run(container) {
        return Ok(Err(reason));
    }
    let directory = home.work().join(&placed.task);
    let own = [
        ("AWS_BATCH_CE_NAME", place.name.as_str()),
        ("AWS_BATCH_JOB_ATTEMPT", &attempt.number.to_string()),
        ("AWS_BATCH_JOB_ID", &row.job.id),
        ("AWS_BATCH_JQ_NAME", &queue.name),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut environment = Vec::from(own);
    let variables = container.environment.iter().flatten();
    environment.extend(
        variables.filter_map(|variable| {
            Some((variable.name.clone()?, variable.value.clone().unwrap_or_default()))
        }),
    );
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
        log: home.log_stream(&log_stream(&definition.job_definition_name, &placed.task)),
        directory,
        limits: container.ulimits.iter().flatten().map(limit).collect(),
    }))
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
