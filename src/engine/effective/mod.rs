//! The effective job: what a job definition and a SubmitJob together ask for.
//!
//! A definition's revision and a request never change, so the effective job is computed wherever it is needed
//! (admission, launch, describe, recovery), always by [`effective`], and never stored.
//!
//! Whatever a definition describes, a container, an ECS task, a pod or ranges of nodes with one of them each, becomes
//! one [`Task`] for each process that runs: what it reserves, and a container for it. Start reading at [`effective`],
//! then `draft.rs`.

mod amount;
mod container;
mod draft;
mod expand;
mod nodes;
mod pod;
mod task;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::core::{ExitRule, Resources, Retry};
use crate::api::ServiceError;
use crate::api::container::ContainerProperties;
use crate::api::ecs::EcsProperties;
use crate::api::eks::EksProperties;
use crate::api::job::SubmitJobRequest;
use crate::api::job_definition::{JobDefinition, RetryAction, RetryStrategy};
pub(crate) use container::show_lists;
use draft::{Changes, Defined, Scene};
pub(crate) use nodes::{Group, Nodes};
pub(crate) use pod::UNNAMED;

/// What a job asks for, overrides applied and parameters filled in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Effective {
    /// When it runs again.
    pub(crate) retry: Retry,
    /// The longest an attempt may run, in seconds.
    pub(crate) timeout_seconds: Option<i64>,
    /// The parameters, defaults included.
    pub(crate) parameters: BTreeMap<String, String>,
    /// Its priority within its share: the override, else the definition's.
    pub(crate) scheduling_priority: Option<i32>,
    /// What runs.
    pub(crate) shape: Shape,
}

/// How many processes an attempt is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// One.
    Single(Box<Task>),
    /// One on each node of a multi-node parallel job.
    Nodes(Nodes),
}

/// What one process reserves and how it runs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Task {
    /// What it reserves.
    pub(crate) need: Resources,
    /// The container as it will run, however it was described.
    pub(crate) container: ContainerProperties,
    /// What described it, to be shown again.
    pub(crate) origin: Origin,
}

/// What a task was described by, overrides applied and parameters filled in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Origin {
    /// The properties of a container: those of the task.
    Container,
    /// A pod with one container.
    Pod(Box<EksProperties>),
    /// An ECS task with one container.
    EcsTask(Box<EcsProperties>),
}

impl Effective {
    /// What runs: the job's one task, or that of a node, the main one where none is named.
    pub(crate) fn task(&self, node: Option<u32>) -> &Task {
        match &self.shape {
            Shape::Single(task) => task,
            Shape::Nodes(nodes) => nodes.task(node.unwrap_or(nodes.main)),
        }
    }

    /// Every task that runs, once.
    pub(crate) fn tasks(&self) -> impl Iterator<Item = &Task> {
        let (single, groups) = match &self.shape {
            Shape::Single(task) => (Some(&**task), [].as_slice()),
            Shape::Nodes(nodes) => (None, nodes.groups.as_slice()),
        };
        single.into_iter().chain(groups.iter().map(|group| &group.task))
    }
}

impl Task {
    /// The command for a process with these variables, the engine's own included: `$(NAME)` in the command of a pod
    /// stands for any of them (rule JDP-173).
    pub(crate) fn command(&self, environment: &[(String, String)]) -> Vec<String> {
        match &self.origin {
            Origin::Pod(properties) => pod::command(properties, |name| {
                let found = environment.iter().rfind(|(known, _)| known == name);
                found.map(|(_, value)| value.clone())
            }),
            Origin::Container | Origin::EcsTask(_) => self.container.command.clone().unwrap_or_default(),
        }
    }
}

/// Lays a request over its definition (rules JOB-007, JDC-002).
///
/// # Errors
/// The result cannot run: no vCPUs or memory, a malformed amount, an override that meets nothing, several containers
/// side by side.
pub(crate) fn effective(
    definition: &JobDefinition,
    request: &SubmitJobRequest,
) -> Result<Effective, ServiceError> {
    let mut parameters = definition.parameters.clone().unwrap_or_default();
    parameters.extend(request.parameters.clone().unwrap_or_default());
    let scene = Scene { definition, parameters: &parameters };
    let shape = shape(&scene, request)?;
    let strategy = request.retry_strategy.as_ref().or(definition.retry_strategy.as_ref());
    let timeout = request.timeout.as_ref().or(definition.timeout.as_ref());
    Ok(Effective {
        retry: strategy.map(retry).unwrap_or_default(),
        timeout_seconds: timeout.and_then(|timeout| timeout.attempt_duration_seconds).map(i64::from),
        parameters,
        scheduling_priority: request.scheduling_priority_override.or(definition.scheduling_priority),
        shape,
    })
}

fn shape(scene: &Scene<'_>, request: &SubmitJobRequest) -> Result<Shape, ServiceError> {
    let definition = scene.definition;
    let changes = Changes {
        at: String::new(),
        container: request.container_overrides.as_ref(),
        task: request.ecs_properties_override.as_ref(),
        pod: request.eks_properties_override.as_ref(),
    };
    let overrides = request.node_overrides.as_ref().filter(|overrides| !draft::is_empty(*overrides));
    if let Some(properties) = &definition.node_properties {
        changes.refuse_but(scene, "", "nodeProperties")?;
        return Ok(Shape::Nodes(nodes::nodes(scene, properties, overrides)?));
    }
    let container = definition.container_properties.as_ref();
    let task = definition.ecs_properties.as_ref();
    let Some(defined) = Defined::of(container, task, definition.eks_properties.as_ref()) else {
        return Err(scene.refuse(
            "has nothing to run: no containerProperties, ecsProperties, eksProperties or nodeProperties",
        ));
    };
    if overrides.is_some() {
        return Err(scene.refuse("has no nodeProperties, so that nodeOverrides cannot be given"));
    }
    let member = defined.member("containerProperties");
    let draft = defined.draft(scene, member, &[changes])?;
    Ok(Shape::Single(Box::new(draft.complete(scene)?)))
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
