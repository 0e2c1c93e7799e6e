//! One task in the making: what is defined in one place, what a request changes of it, and what comes of both.

use std::collections::BTreeMap;

use super::amount::Need;
use super::{Origin, Task, container, pod, task};
use crate::api::ServiceError;
use crate::api::container::ContainerProperties;
use crate::api::ecs::{EcsProperties, EcsPropertiesOverride};
use crate::api::eks::{EksProperties, EksPropertiesOverride};
use crate::api::job::ContainerOverrides;
use crate::api::job_definition::JobDefinition;

/// What every part of a job can see.
pub(super) struct Scene<'a> {
    pub(super) definition: &'a JobDefinition,
    pub(super) parameters: &'a BTreeMap<String, String>,
}

impl Scene<'_> {
    /// A refusal for something about the job definition.
    pub(super) fn refuse(&self, what: impl AsRef<str>) -> ServiceError {
        let JobDefinition { job_definition_name: name, revision, .. } = self.definition;
        ServiceError::client(format!("job definition {name}:{revision} {}", what.as_ref()))
    }

    /// A refusal of what runs several containers side by side.
    pub(super) fn several(&self, member: &str) -> ServiceError {
        self.refuse(format!(
            "uses {member}, which kiln's local engine cannot run yet; it runs tasks and pods of one container"
        ))
    }

    /// Fills in the arguments that are placeholders.
    pub(super) fn fill(&self, command: &mut Option<Vec<String>>) {
        command.iter_mut().flatten().for_each(|argument| self.substitute(argument));
    }

    /// Replaces an argument that is a placeholder `Ref::NAME` (rules JDP-011, JDP-012). A placeholder without a value
    /// stays as it is.
    fn substitute(&self, argument: &mut String) {
        let name = argument.strip_prefix("Ref::");
        if let Some(value) = name.and_then(|name| self.parameters.get(name)) {
            *argument = value.clone();
        }
    }
}

/// What a job or a node runs, as its definition has it.
#[derive(Clone, Copy)]
pub(super) enum Defined<'a> {
    Container(&'a ContainerProperties),
    Task(&'a EcsProperties),
    Pod(&'a EksProperties),
}

impl<'a> Defined<'a> {
    /// The one that is given.
    pub(super) fn of(
        container: Option<&'a ContainerProperties>,
        task: Option<&'a EcsProperties>,
        pod: Option<&'a EksProperties>,
    ) -> Option<Self> {
        container.map(Self::Container).or(task.map(Self::Task)).or(pod.map(Self::Pod))
    }

    /// The member that it stands in; that of a container has two names.
    pub(super) fn member<'b>(&self, container: &'b str) -> &'b str {
        match self {
            Self::Container(_) => container,
            Self::Task(_) => "ecsProperties",
            Self::Pod(_) => "eksProperties",
        }
    }

    /// The member that changes it.
    fn changed_by(&self) -> &'static str {
        match self {
            Self::Container(_) => "containerOverrides",
            Self::Task(_) => "ecsPropertiesOverride",
            Self::Pod(_) => "eksPropertiesOverride",
        }
    }

    /// Lays changes over it, in their order; `at` is its path in the definition.
    pub(super) fn draft(
        &self,
        scene: &Scene<'_>,
        at: &str,
        changes: &[Changes<'_>],
    ) -> Result<Draft, ServiceError> {
        for change in changes {
            change.refuse_but(scene, self.changed_by(), at)?;
        }
        match self {
            Self::Container(properties) => container::draft(scene, at, properties, changes),
            Self::Task(properties) => task::draft(scene, at, properties, changes),
            Self::Pod(properties) => pod::draft(scene, at, properties, changes),
        }
    }
}

/// What a request changes of it. At most one of them can meet it.
pub(super) struct Changes<'a> {
    /// The path of their members in the request, up to their names.
    pub(super) at: String,
    pub(super) container: Option<&'a ContainerOverrides>,
    pub(super) task: Option<&'a EcsPropertiesOverride>,
    pub(super) pod: Option<&'a EksPropertiesOverride>,
}

impl Changes<'_> {
    /// Refuses changes of another kind than `fitting`, which would be left undone. What changes nothing may stand
    /// anywhere.
    pub(super) fn refuse_but(
        &self,
        scene: &Scene<'_>,
        fitting: &str,
        defined: &str,
    ) -> Result<(), ServiceError> {
        let given = [
            ("containerOverrides", self.container.is_some_and(|change| !is_empty(change))),
            ("ecsPropertiesOverride", self.task.is_some_and(|change| !is_empty(change))),
            ("eksPropertiesOverride", self.pod.is_some_and(|change| !is_empty(change))),
        ];
        match given.into_iter().find(|(member, given)| *given && *member != fitting) {
            None => Ok(()),
            Some((member, _)) => {
                let at = &self.at;
                Err(scene.refuse(format!("has {defined}, so that {at}{member} cannot be given")))
            }
        }
    }
}

/// Whether a structure has no member.
pub(super) fn is_empty<T: Default + PartialEq>(structure: &T) -> bool {
    *structure == T::default()
}

/// A task whose amounts may still be missing.
pub(super) struct Draft {
    pub(super) need: Need,
    pub(super) container: ContainerProperties,
    pub(super) origin: Origin,
    /// Where amounts are given, as a path in the definition.
    pub(super) amounts_at: String,
}

impl Draft {
    /// The task, if it is known what it reserves.
    pub(super) fn complete(self, scene: &Scene<'_>) -> Result<Task, ServiceError> {
        let Self { need, container, origin, amounts_at } = self;
        let need = need.complete().map_err(|kind| {
            let example = match (&origin, kind) {
                (Origin::Pod(_), "VCPU") => r#"{"cpu": "1"}"#.to_owned(),
                (Origin::Pod(_), _) => r#"{"memory": "1024Mi"}"#.to_owned(),
                _ => format!(r#"{{"type": "{kind}", "value": "1"}}"#),
            };
            scene.refuse(format!("states no {kind}: give it in {amounts_at}, as {example}"))
        })?;
        Ok(Task { need, container, origin })
    }
}
