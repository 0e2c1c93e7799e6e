//! Pods on EKS with one container, and what a request changes of one.

use std::collections::BTreeMap;

use super::Origin;
use super::amount::Need;
use super::draft::{Changes, Draft, Scene};
use super::expand::expand;
use crate::api::ServiceError;
use crate::api::container::{ContainerProperties, Host, KeyValuePair, MountPoint, Volume};
use crate::api::eks::{
    EksContainer, EksContainerEnvironmentVariable, EksContainerOverride, EksContainerResourceRequirements,
    EksMetadata, EksPodProperties, EksPodPropertiesOverride, EksProperties, Quantity,
};

/// What a container is called that brings no name (rule JDP-189).
pub(crate) const UNNAMED: &str = "Default";

/// The pod of a job or of a node.
pub(super) fn draft(
    scene: &Scene<'_>,
    at: &str,
    properties: &EksProperties,
    changes: &[Changes<'_>],
) -> Result<Draft, ServiceError> {
    let mut properties = properties.clone();
    let pod = properties.pod_properties.get_or_insert_default();
    refuse_several(scene, at, pod)?;
    for change in changes {
        if let Some(overrides) = change.pod.and_then(|overrides| overrides.pod_properties.as_ref()) {
            lay_over(scene, pod, overrides, &format!("{}eksPropertiesOverride.podProperties", change.at))?;
        }
    }
    let mut need = Need::default();
    for container in pod.containers.iter_mut().flatten() {
        scene.fill(&mut container.command);
        scene.fill(&mut container.args);
        need = container.resources.as_ref().map(Need::of_pod).transpose()?.unwrap_or_default();
    }
    Ok(Draft {
        need,
        container: as_container(&properties),
        origin: Origin::Pod(Box::new(properties)),
        amounts_at: format!("{at}.podProperties.containers[0].resources.requests"),
    })
}

/// The command of a pod's one container, then its arguments, with `$(NAME)` replaced by what `value` knows.
pub(super) fn command(properties: &EksProperties, value: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let container = one(properties);
    let words = container.into_iter().flat_map(|it| [&it.command, &it.args]).flatten().flatten();
    words.map(|word| expand(word, &value)).collect()
}

fn one(properties: &EksProperties) -> Option<&EksContainer> {
    properties.pod_properties.as_ref()?.containers.as_ref()?.first()
}

fn refuse_several(scene: &Scene<'_>, at: &str, pod: &EksPodProperties) -> Result<(), ServiceError> {
    if pod.init_containers.as_ref().is_some_and(|list| !list.is_empty()) {
        return Err(scene.several(&format!("{at}.podProperties.initContainers")));
    }
    match pod.containers.as_deref().unwrap_or_default() {
        [_] => Ok(()),
        [] => Err(scene.refuse(format!("has no container in {at}.podProperties.containers"))),
        _ => Err(scene.several(&format!("several containers in {at}.podProperties.containers"))),
    }
}

/// Lays the override of a pod over it: its container is found by name, or is meant where there is none (rule OPS-126).
fn lay_over(
    scene: &Scene<'_>,
    pod: &mut EksPodProperties,
    overrides: &EksPodPropertiesOverride,
    at: &str,
) -> Result<(), ServiceError> {
    if overrides.init_containers.as_ref().is_some_and(|list| !list.is_empty()) {
        return Err(
            scene.refuse(format!("has no init container, so that {at}.initContainers cannot be given"))
        );
    }
    let containers = pod.containers.iter_mut().flatten();
    for container in containers {
        let own = container.name.as_deref().unwrap_or(UNNAMED).to_owned();
        for (position, change) in overrides.containers.iter().flatten().enumerate() {
            if let Some(name) = change.name.as_ref().filter(|name| **name != own) {
                return Err(scene.refuse(format!(
                    "has no container {name:?} for {at}.containers[{position}], its only one is {own:?}"
                )));
            }
            change_container(container, change);
        }
    }
    if let Some(metadata) = &overrides.metadata {
        change_metadata(pod.metadata.get_or_insert_default(), metadata);
    }
    Ok(())
}

fn change_container(container: &mut EksContainer, change: &EksContainerOverride) {
    if let Some(image) = &change.image {
        container.image.clone_from(image);
    }
    if change.command.is_some() {
        container.command.clone_from(&change.command);
    }
    if change.args.is_some() {
        container.args.clone_from(&change.args);
    }
    for variable in change.env.iter().flatten() {
        let env = container.env.get_or_insert_default();
        match env.iter_mut().find(|present| present.name == variable.name) {
            Some(present) => present.value.clone_from(&variable.value),
            None => env.push(variable.clone()),
        }
    }
    if let Some(resources) = &change.resources {
        change_resources(container.resources.get_or_insert_default(), resources);
    }
}

/// An override of a resource replaces both its limit and its request, since the two have to fit; other resources stay.
fn change_resources(own: &mut EksContainerResourceRequirements, change: &EksContainerResourceRequirements) {
    let changed = |name: &String| {
        [&change.limits, &change.requests].into_iter().flatten().any(|side| side.contains_key(name))
    };
    let side = |own: &mut Option<BTreeMap<String, Quantity>>, change: &Option<BTreeMap<String, Quantity>>| {
        if let Some(own) = own {
            own.retain(|name, _| !changed(name));
        }
        if let Some(change) = change {
            own.get_or_insert_default().extend(change.clone());
        }
        *own = own.take().filter(|side| !side.is_empty());
    };
    side(&mut own.limits, &change.limits);
    side(&mut own.requests, &change.requests);
}

fn change_metadata(own: &mut EksMetadata, change: &EksMetadata) {
    let add = |own: &mut Option<BTreeMap<String, String>>, change: &Option<BTreeMap<String, String>>| {
        if let Some(change) = change {
            own.get_or_insert_default().extend(change.clone());
        }
    };
    add(&mut own.labels, &change.labels);
    add(&mut own.annotations, &change.annotations);
    own.namespace = change.namespace.clone().or(own.namespace.take());
}

/// The container of a pod in the terms of other containers.
fn as_container(properties: &EksProperties) -> ContainerProperties {
    let (Some(pod), Some(container)) = (&properties.pod_properties, one(properties)) else {
        return ContainerProperties::default();
    };
    let env = container.env.as_deref().unwrap_or_default();
    let value = |name: &str| {
        let found = env.iter().rfind(|variable| variable.name == name);
        found.map(|variable| variable.value.clone().unwrap_or_default())
    };
    let security = container.security_context.as_ref();
    let given = container.command.is_some() || container.args.is_some();
    ContainerProperties {
        image: Some(container.image.clone()),
        command: given.then(|| command(properties, value)),
        environment: Some(env.iter().map(variable).collect()),
        volumes: pod.volumes.as_ref().map(|volumes| {
            let volume = |volume: &crate::api::eks::EksVolume| Volume {
                name: Some(volume.name.clone()),
                host: volume.host_path.as_ref().map(|host| Host { source_path: host.path.clone() }),
                ..Volume::default()
            };
            volumes.iter().map(volume).collect()
        }),
        mount_points: container.volume_mounts.as_ref().map(|mounts| {
            let mount = |mount: &crate::api::eks::EksContainerVolumeMount| MountPoint {
                container_path: mount.mount_path.clone(),
                read_only: mount.read_only,
                source_volume: mount.name.clone(),
            };
            mounts.iter().map(mount).collect()
        }),
        user: user(pod, container),
        privileged: security.and_then(|security| security.privileged),
        readonly_root_filesystem: security.and_then(|security| security.read_only_root_filesystem),
        ..ContainerProperties::default()
    }
}

/// A variable without a value is empty (rule JDP-182).
fn variable(variable: &EksContainerEnvironmentVariable) -> KeyValuePair {
    KeyValuePair {
        name: Some(variable.name.clone()),
        value: Some(variable.value.clone().unwrap_or_default()),
    }
}

/// Who runs the container, where it or else its pod says so. A group alone is the image's user in another group.
fn user(pod: &EksPodProperties, container: &EksContainer) -> Option<String> {
    let (of_container, of_pod) = (container.security_context.as_ref(), pod.security_context.as_ref());
    let user = of_container.and_then(|it| it.run_as_user).or(of_pod.and_then(|it| it.run_as_user))?;
    let group = of_container.and_then(|it| it.run_as_group).or(of_pod.and_then(|it| it.run_as_group));
    Some(group.map_or_else(|| user.to_string(), |group| format!("{user}:{group}")))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::tests::{message, single};
    use super::*;
    use crate::engine::core::Resources;

    /// A definition whose container has these members besides an image and amounts.
    fn pod(container: &Value) -> Value {
        let mut full = json!({"image": "i", "resources": {"limits": {"cpu": "1", "memory": "64Mi"}}});
        full.as_object_mut().expect("an object").extend(container.as_object().expect("an object").clone());
        json!({"eksProperties": {"podProperties": {"containers": [full]}}, "parameters": {"p": "$(A)"}})
    }

    fn change(container: &Value) -> Value {
        json!({"eksPropertiesOverride": {"podProperties": {"containers": [container]}}})
    }

    #[test]
    fn a_pod_runs_its_command_and_then_its_arguments() {
        let env = json!([{"name": "A", "value": "1"}, {"name": "E"}]);
        for (container, command) in [
            (json!({"command": ["sleep"], "args": ["60"]}), Some(vec!["sleep", "60"])),
            (json!({"command": ["sleep", "60"]}), Some(vec!["sleep", "60"])),
            (json!({"args": ["date"]}), Some(vec!["date"])),
            (json!({}), None),
            (
                json!({"command": ["$(A)", "$(E)", "$(B)"], "args": ["$$(A)", "$(AWS_BATCH_JOB_ID)"], "env": env}),
                Some(vec!["1", "", "$(B)", "$(A)", "$(AWS_BATCH_JOB_ID)"]),
            ),
            (json!({"args": ["Ref::p", "Ref::q"], "env": env}), Some(vec!["1", "Ref::q"])),
        ] {
            let found = single(&pod(&container), &json!({})).container.command;
            let found = found.as_ref().map(|words| words.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(found, command, "{container}");
        }
    }

    #[test]
    fn variables_of_the_engine_are_replaced_when_the_process_is_started() {
        let container = json!({"command": ["$(AWS_BATCH_JOB_ID)", "$(A)", "$$(A)"], "env": [{"name": "A", "value": "1"}]});
        let task = single(&pod(&container), &json!({}));
        let environment =
            [("AWS_BATCH_JOB_ID", "id"), ("A", "0"), ("A", "1")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(task.command(&environment), ["id", "1", "$(A)"]);
    }

    #[test]
    fn overrides_reach_the_only_container_with_and_without_its_name() {
        let named = pod(
            &json!({"name": "main", "command": ["sleep"], "args": ["60"], "env": [{"name": "A", "value": "1"}]}),
        );
        let words = json!({"command": ["/bin/sh"], "args": ["-c", "echo $(A)$(B)"],
            "env": [{"name": "A", "value": "2"}, {"name": "B", "value": "3"}], "image": "j"});
        let mut with_name = words.clone();
        with_name["name"] = json!("main");
        for request in [change(&words), change(&with_name)] {
            let task = single(&named, &request);
            assert_eq!(task.container.command.expect("a command"), ["/bin/sh", "-c", "echo 23"]);
            assert_eq!(task.container.image.as_deref(), Some("j"));
        }
        let unnamed = pod(&json!({"args": ["60"], "command": ["sleep"]}));
        let task = single(&unnamed, &change(&json!({"name": "Default", "args": ["9"]})));
        assert_eq!(task.container.command.expect("a command"), ["sleep", "9"]);
        let text = message(&named, &change(&json!({"name": "side"})));
        assert!(
            text.contains(r#"no container "side" for eksPropertiesOverride.podProperties.containers[0]"#),
            "{text}"
        );
        assert!(text.contains(r#"its only one is "main""#), "{text}");
    }

    #[test]
    fn overridden_resources_replace_limit_and_request_of_the_same_name() {
        let both = json!({"resources": {"limits": {"cpu": "4", "memory": "64Mi"}, "requests": {"cpu": "2", "memory": "64Mi"}}});
        for (resources, need) in [
            (json!({"limits": {"memory": "128Mi"}}), (2000, 128, 0)),
            (json!({"limits": {"cpu": "8"}}), (8000, 64, 0)),
            (json!({"requests": {"cpu": "1"}, "limits": {"nvidia.com/gpu": "1"}}), (1000, 64, 1)),
            (json!({}), (2000, 64, 0)),
        ] {
            let task = single(&pod(&both), &change(&json!({"resources": resources})));
            let (vcpu_milli, memory_mib, gpus) = need;
            assert_eq!(task.need, Resources { vcpu_milli, memory_mib, gpus }, "{resources}");
        }
    }

    #[test]
    fn a_job_may_bring_the_amounts_that_its_definition_lacks() {
        let definition = pod(&json!({"resources": {"limits": {"cpu": "1"}}}));
        let text = message(&definition, &json!({}));
        assert!(
            text.contains(
                "states no MEMORY: give it in eksProperties.podProperties.containers[0].resources.requests"
            ),
            "{text}"
        );
        let task = single(&definition, &change(&json!({"resources": {"requests": {"memory": "4Mi"}}})));
        assert_eq!(task.need, Resources { vcpu_milli: 1000, memory_mib: 4, gpus: 0 });
    }

    #[test]
    fn metadata_is_added_by_key() {
        let mut definition = pod(&json!({}));
        definition["eksProperties"]["podProperties"]["metadata"] =
            json!({"labels": {"a": "1", "b": "1"}, "namespace": "n"});
        let request = json!({"eksPropertiesOverride": {"podProperties": {
            "metadata": {"labels": {"b": "2"}, "annotations": {"c": "3"}}}}});
        let Origin::Pod(properties) = single(&definition, &request).origin else { panic!("a pod") };
        let metadata = properties.pod_properties.expect("a pod").metadata.expect("metadata");
        let metadata = serde_json::to_value(metadata).expect("a value");
        assert_eq!(
            metadata,
            json!({"labels": {"a": "1", "b": "2"}, "annotations": {"c": "3"}, "namespace": "n"})
        );
    }

    #[test]
    fn what_a_process_must_know_of_a_pod_is_carried_over() {
        let mut definition =
            pod(&json!({"volumeMounts": [{"name": "v", "mountPath": "/data", "readOnly": true}],
            "securityContext": {"runAsUser": 7, "privileged": true, "readOnlyRootFilesystem": true}}));
        let properties = &mut definition["eksProperties"]["podProperties"];
        properties["volumes"] = json!([{"name": "v", "hostPath": {"path": "/host"}}]);
        properties["securityContext"] = json!({"runAsUser": 8, "runAsGroup": 9});
        let container = serde_json::to_value(single(&definition, &json!({})).container).expect("a value");
        let expected = json!({"image": "i", "environment": [], "user": "7:9", "privileged": true,
            "readonlyRootFilesystem": true, "volumes": [{"name": "v", "host": {"sourcePath": "/host"}}],
            "mountPoints": [{"containerPath": "/data", "readOnly": true, "sourceVolume": "v"}]});
        assert_eq!(container, expected);
    }

    #[test]
    fn several_containers_are_refused_by_the_name_of_their_member() {
        let container = json!({"name": "a", "image": "i"});
        for (pod, member) in [
            (
                json!({"containers": [container, container]}),
                "several containers in eksProperties.podProperties.containers",
            ),
            (
                json!({"containers": [container], "initContainers": [container]}),
                "eksProperties.podProperties.initContainers",
            ),
            (json!({"containers": []}), "no container in eksProperties.podProperties.containers"),
        ] {
            let text = message(&json!({"eksProperties": {"podProperties": pod}}), &json!({}));
            assert!(text.contains(member), "{text}");
        }
        let request =
            json!({"eksPropertiesOverride": {"podProperties": {"initContainers": [{"name": "a"}]}}});
        let text = message(&pod(&json!({})), &request);
        assert!(
            text.contains("eksPropertiesOverride.podProperties.initContainers cannot be given"),
            "{text}"
        );
    }
}
