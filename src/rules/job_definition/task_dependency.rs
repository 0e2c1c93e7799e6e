//! Containers of an ECS task that wait for each other.

use std::collections::HashMap;

use crate::rules::context::ECS_DEFINITION;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::{found, joined};
use crate::rules::nearest::nearest;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;

/// Names are suggested from so many containers: a task may not have more.
const MOST_CONTAINERS: usize = 10;

rules! {
    /// A container waits for START, COMPLETE or SUCCESS of another one.
    ///
    /// START means that it has been started, COMPLETE that it has ended, SUCCESS that it has ended with exit code 0.
    error CONDITION = "JD180" {
        guide: "Creating job definitions with EcsProperties: multi-container job definitions for Amazon ECS",
        from: ["JDX-038"],
        on: ECS_DEFINITION,
        wrong: r#"{"ecsProperties": {"taskProperties": [{"containers": [
            {"name": "main", "image": "busybox", "dependsOn": [{"containerName": "setup", "condition": "HEALTHY"}],
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]},
            {"name": "setup", "image": "busybox", "essential": false,
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]}]}]}}"#,
        right: r#"{"ecsProperties": {"taskProperties": [{"containers": [
            {"name": "main", "image": "busybox", "dependsOn": [{"containerName": "setup", "condition": "SUCCESS"}],
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]},
            {"name": "setup", "image": "busybox", "essential": false,
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]}]}]}}"#,
    }

    /// A container waits for another container of the same task.
    ///
    /// containerName is the name of that container, exactly as it stands there. A container cannot wait for itself, nor
    /// for one of another task or node range.
    error ANOTHER_CONTAINER = "JD181" {
        guide: "Creating job definitions with EcsProperties: multi-container job definitions for Amazon ECS",
        from: ["JDX-039"],
        on: ECS_DEFINITION,
        wrong: r#"{"ecsProperties": {"taskProperties": [{"containers": [
            {"name": "main", "image": "busybox", "dependsOn": [{"containerName": "proxy", "condition": "START"}],
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]}]}]}}"#,
        right: r#"{"ecsProperties": {"taskProperties": [{"containers": [
            {"name": "main", "image": "busybox", "dependsOn": [{"containerName": "proxy", "condition": "START"}],
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]},
            {"name": "proxy", "image": "busybox",
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]}]}]}}"#,
    }

    /// No container waits for the end of an essential one.
    ///
    /// When an essential container ends, all others are stopped, so that nothing could start after it. Wait for its
    /// START, or say "essential": false in the container that is to end first.
    error END_OF_ESSENTIAL = "JD182" {
        guide: "Creating job definitions with EcsProperties: multi-container job definitions for Amazon ECS",
        from: ["JDX-034", "JDX-039"],
        on: ECS_DEFINITION,
        wrong: r#"{"ecsProperties": {"taskProperties": [{"containers": [
            {"name": "main", "image": "busybox", "dependsOn": [{"containerName": "setup", "condition": "SUCCESS"}],
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]},
            {"name": "setup", "image": "busybox",
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]}]}]}}"#,
        right: r#"{"ecsProperties": {"taskProperties": [{"containers": [
            {"name": "main", "image": "busybox", "dependsOn": [{"containerName": "setup", "condition": "SUCCESS"}],
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]},
            {"name": "setup", "image": "busybox", "essential": false,
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]}]}]}}"#,
    }

    /// Containers do not wait for each other in a circle.
    ///
    /// Each of them would wait for the one before it, and none would ever start. Leave out one of the dependencies.
    error NO_CIRCLE = "JD183" {
        guide: "Creating job definitions with EcsProperties: multi-container job definitions for Amazon ECS",
        from: ["JDX-039"],
        on: ECS_DEFINITION,
        wrong: r#"{"ecsProperties": {"taskProperties": [{"containers": [
            {"name": "main", "image": "busybox", "dependsOn": [{"containerName": "proxy", "condition": "START"}],
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]},
            {"name": "proxy", "image": "busybox", "dependsOn": [{"containerName": "main", "condition": "START"}],
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]}]}]}}"#,
        right: r#"{"ecsProperties": {"taskProperties": [{"containers": [
            {"name": "main", "image": "busybox", "dependsOn": [{"containerName": "proxy", "condition": "START"}],
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]},
            {"name": "proxy", "image": "busybox",
                "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]}]}]}}"#,
    }
}

/// A dependency on another container of the task.
struct Dependency<'a> {
    /// The position of that container.
    on: usize,
    /// Its name, where the dependency says it.
    at: Cursor<'a>,
}

/// Judges the dependencies of a task's containers, whose positions are known by name.
pub(super) fn check(containers: &Cursor<'_>, names: &HashMap<&str, usize>, findings: &mut Findings) {
    let essential: Vec<_> = containers
        .items()
        .map(|container| container.get("essential").is_none_or(|at| at.value() == true))
        .collect();
    // Names that cannot be read are reported for that; they may be the ones that others wait for.
    let is_unclear = containers.items().any(|container| {
        !container.value().is_object() || container.get("name").is_some_and(|name| name.text().is_none())
    });
    let mut dependencies: Vec<Vec<Dependency<'_>>> = Vec::new();
    for (position, container) in containers.items().enumerate() {
        let mut known = Vec::new();
        let list = container.get("dependsOn");
        for entry in list.iter().flat_map(Cursor::items).filter(|entry| entry.value().is_object()) {
            let is_known = |name: &str| names.contains_key(name);
            if is_unclear
                && entry.get("containerName").and_then(|at| at.text()).is_some_and(|name| !is_known(name))
            {
                continue;
            }
            let Some(on) = target(&entry, position, names, findings) else { continue };
            if essential[on.on] {
                end(&entry, findings);
            }
            known.push(on);
        }
        dependencies.push(known);
    }
    circles(&dependencies, findings);
}

/// The container that an entry of the container at `position` waits for; reports when there is none.
fn target<'a>(
    entry: &Cursor<'a>,
    position: usize,
    names: &HashMap<&str, usize>,
    findings: &mut Findings,
) -> Option<Dependency<'a>> {
    let Some(at) = entry.get("containerName") else {
        let message = "expected the name of another container of the task, found none";
        findings.push(ANOTHER_CONTAINER.missing(entry, "containerName", message));
        return None;
    };
    let name = at.text()?;
    match names.get(name) {
        Some(on) if *on == position => {
            let message = format!("expected another container, found {} itself", quoted(name, LONGEST_SHOWN));
            findings.push(ANOTHER_CONTAINER.at(&at, message));
            None
        }
        Some(on) => Some(Dependency { on: *on, at }),
        None => {
            let message = format!("expected the name of another container of the task, found {}", found(&at));
            findings.push(ANOTHER_CONTAINER.at(&at, message).with_help(help(name, position, names)));
            None
        }
    }
}

/// What the container at `position` may wait for instead.
fn help(name: &str, position: usize, names: &HashMap<&str, usize>) -> Option<String> {
    if names.len() > MOST_CONTAINERS {
        return None;
    }
    let mut others: Vec<_> = names.iter().filter(|(_, other)| **other != position).collect();
    // In the order of the containers, so that the words do not depend on the map.
    others.sort_by_key(|(_, other)| **other);
    let others: Vec<_> = others.into_iter().map(|(name, _)| *name).collect();
    Some(match nearest(name, others.iter().copied()) {
        Some(near) => format!("did you mean {}?", quoted(near, LONGEST_SHOWN)),
        None if others.is_empty() => "no other container of the task has a name".to_owned(),
        None => {
            let others: Vec<_> = others.into_iter().map(|name| quoted(name, LONGEST_SHOWN)).collect();
            format!("the others are called {}", joined(&others, "and"))
        }
    })
}

/// Reports a dependency that waits for the end of an essential container.
fn end(entry: &Cursor<'_>, findings: &mut Findings) {
    let Some(at) = entry.get("condition") else { return };
    if let Some(condition @ ("COMPLETE" | "SUCCESS")) = at.text() {
        let message = format!("expected \"START\" for an essential container, found \"{condition}\"");
        let help = "say \"essential\": false in the container that is to end first".to_owned();
        findings.push(END_OF_ESSENTIAL.at(&at, message).with_help(help));
    }
}

/// How far a search has come with a container.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Never,
    /// It is on the way that is being followed.
    OnTheWay,
    /// All ways from it have been followed.
    Done,
}

/// Reports each dependency that closes a circle. Follows the dependencies in depth, with a stack of its own, because
/// an input may have more of them than the stack of a thread can take.
fn circles(dependencies: &[Vec<Dependency<'_>>], findings: &mut Findings) {
    let mut seen = vec![Seen::Never; dependencies.len()];
    for start in 0..dependencies.len() {
        if seen[start] != Seen::Never {
            continue;
        }
        seen[start] = Seen::OnTheWay;
        let mut way = vec![(start, dependencies[start].iter())];
        while let Some((position, rest)) = way.last_mut() {
            let Some(Dependency { on, at }) = rest.next() else {
                seen[*position] = Seen::Done;
                way.pop();
                continue;
            };
            match seen[*on] {
                Seen::Never => {
                    seen[*on] = Seen::OnTheWay;
                    way.push((*on, dependencies[*on].iter()));
                }
                Seen::OnTheWay => {
                    let message =
                        "this dependency closes a circle, in which each container waits for another";
                    let help = "leave out one of the dependencies of the circle".to_owned();
                    findings.push(NO_CIRCLE.at(at, message).with_help(help));
                }
                Seen::Done => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn circles_of(dependencies: &[&[usize]]) -> usize {
        let value = Value::Null;
        let of =
            |on: &&[usize]| on.iter().map(|on| Dependency { on: *on, at: Cursor::root(&value) }).collect();
        let dependencies: Vec<Vec<_>> = dependencies.iter().map(of).collect();
        let mut findings = Findings::new();
        circles(&dependencies, &mut findings);
        findings.len()
    }

    #[test]
    fn circles_are_told_from_mere_meetings() {
        assert_eq!(circles_of(&[]), 0);
        assert_eq!(circles_of(&[&[1, 2], &[3], &[3], &[]]), 0);
        assert_eq!(circles_of(&[&[1], &[2], &[0]]), 1);
        assert_eq!(circles_of(&[&[], &[2], &[1], &[1]]), 1);
        assert_eq!(circles_of(&[&[1], &[0, 2], &[1]]), 2);
    }

    #[test]
    fn a_chain_of_any_length_is_followed() {
        let count = 100_000;
        let container = |i: usize| json!({"name": format!("c{i}"), "dependsOn": [{"containerName": format!("c{}", (i + 1) % count)}]});
        let list = Value::Array((0..count).map(container).collect());
        let names: Vec<_> = (0..count).map(|i| format!("c{i}")).collect();
        let names = names.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect();
        let mut findings = Findings::new();
        check(&Cursor::root(&list), &names, &mut findings);
        let paths: Vec<_> = findings.iter().map(|finding| finding.path.to_string()).collect();
        assert_eq!(paths, ["[99999].dependsOn[0].containerName"]);
    }
}
