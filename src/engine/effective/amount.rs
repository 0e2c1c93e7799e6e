//! Amounts that a task asks for: as the API writes them, and as numbers.

use crate::api::ServiceError;
use crate::api::container::{ContainerProperties, ResourceRequirement, ResourceType};
use crate::api::eks::EksContainerResourceRequirements;
use crate::engine::core::Resources;
use crate::rules::{mebibytes, quarters};

/// No host has so much of anything; more is as good as this, so that the sum over many nodes can be counted.
const MOST: u64 = 1_000_000_000_000_000;

/// Amounts as far as they are stated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Need {
    pub(super) vcpu_milli: Option<u64>,
    pub(super) memory_mib: Option<u64>,
    pub(super) gpus: Option<u64>,
}

impl Need {
    /// What a container needs. The older members count where `resourceRequirements` says nothing (rules JDP-090,
    /// JDP-141).
    pub(super) fn of_container(container: &ContainerProperties) -> Result<Self, ServiceError> {
        let requirements = container.resource_requirements.as_deref().unwrap_or_default();
        let mut need = Self::stated(requirements, vcpu_milli)?;
        let positive =
            |number: Option<i32>| number.and_then(|number| u64::try_from(number).ok()).filter(|n| *n > 0);
        need.vcpu_milli = need.vcpu_milli.or_else(|| positive(container.vcpus).map(|vcpus| vcpus * 1000));
        need.memory_mib = need.memory_mib.or_else(|| positive(container.memory));
        Ok(need)
    }

    /// What the container of a task needs. Its vCPUs are a share of the task's, which may be any.
    pub(super) fn of_share(requirements: &[ResourceRequirement]) -> Result<Self, ServiceError> {
        Self::stated(requirements, share_milli)
    }

    /// What the container of a pod needs: its requests, and where there are none its limits (rule CEQ-206).
    pub(super) fn of_pod(resources: &EksContainerResourceRequirements) -> Result<Self, ServiceError> {
        let stated = |name: &str| {
            let sides = [&resources.requests, &resources.limits];
            sides.into_iter().flatten().find_map(|side| side.get(name)).map(|quantity| quantity.0.as_str())
        };
        let read = |name: &str, form: &str, read: fn(&str) -> Option<u64>| match stated(name) {
            None => Ok(None),
            Some(text) => read(text).filter(|amount| *amount > 0).map(Some).ok_or_else(|| {
                ServiceError::client(format!(
                    "{text:?} is no amount of {name} for a container on EKS: it takes {form}"
                ))
            }),
        };
        Ok(Self {
            vcpu_milli: read("cpu", "multiples of 0.25, such as 0.5 or 2", |text| {
                quarters(text).map(|quarters| quarters.saturating_mul(250))
            })?,
            memory_mib: read("memory", "whole mebibytes, such as 1024Mi", mebibytes)?,
            // None of them may be written as 0.
            gpus: match stated("nvidia.com/gpu") {
                Some("0") => None,
                _ => read("nvidia.com/gpu", "whole numbers", crate::api::constraint::whole_number)?,
            },
        })
    }

    fn stated(
        list: &[ResourceRequirement],
        vcpu_milli: fn(&str) -> Option<u64>,
    ) -> Result<Self, ServiceError> {
        let mut need = Self::default();
        for ResourceRequirement { value, r#type } in list {
            let malformed = || {
                ServiceError::client(format!(
                    "Error executing request, Exception : Value {value} for type {type} in resourceRequirement is not \
                     valid. Please provide a numeric value."
                ))
            };
            let whole = || value.parse::<u64>().ok().filter(|number| *number > 0).ok_or_else(malformed);
            match r#type {
                ResourceType::Vcpu => need.vcpu_milli = Some(vcpu_milli(value).ok_or_else(malformed)?),
                ResourceType::Memory => need.memory_mib = Some(whole()?),
                ResourceType::Gpu => need.gpus = Some(whole()?),
            }
        }
        Ok(need)
    }

    /// All amounts, or the kind that is not stated.
    pub(super) fn complete(self) -> Result<Resources, &'static str> {
        Ok(Resources {
            vcpu_milli: self.vcpu_milli.ok_or("VCPU")?.min(MOST),
            memory_mib: self.memory_mib.ok_or("MEMORY")?.min(MOST),
            gpus: self.gpus.unwrap_or(0).min(MOST),
        })
    }
}

/// Reads whole vCPUs, or the fractions that Fargate takes: `1`, `0.25`, `16`. `1.0` is refused, as in the cloud.
fn vcpu_milli(text: &str) -> Option<u64> {
    match text.split_once('.') {
        None | Some((_, "25" | "5" | "50" | "75")) => share_milli(text),
        Some(_) => None,
    }
}

/// Reads any decimal number above 0 in thousandths, rounded up.
fn share_milli(text: &str) -> Option<u64> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let (milli, rest) = fraction.split_at(fraction.len().min(3));
    let milli =
        format!("{milli:0<3}").parse::<u64>().ok()? + u64::from(rest.bytes().any(|digit| digit != b'0'));
    let all = whole.parse::<u64>().ok()?.checked_mul(1000)?.checked_add(milli)?;
    (all > 0).then_some(all)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn vcpus_are_numbers_as_the_service_takes_them() {
        for (text, milli) in
            [("1", 1000), ("0.25", 250), ("0.5", 500), ("0.50", 500), ("1.75", 1750), ("16", 16_000)]
        {
            assert_eq!(vcpu_milli(text), Some(milli), "{text}");
        }
        for text in
            ["", "0", "1.0", "-1", "+1", "0.3", ".5", "1e3", "99999999999999999999", "18446744073709551.75"]
        {
            assert_eq!(vcpu_milli(text), None, "{text}");
        }
    }

    #[test]
    fn shares_of_a_task_may_be_any_number_above_zero() {
        for (text, milli) in [
            ("1", 1000),
            ("1.0", 1000),
            ("0.3", 300),
            ("0.125", 125),
            ("0.0001", 1),
            ("2.9999", 3000),
            ("007.5", 7500),
        ] {
            assert_eq!(share_milli(text), Some(milli), "{text}");
        }
        for text in ["", "0", "0.000", ".5", "1.", "-1", "1e3", "1,5", "18446744073709552", "١"] {
            assert_eq!(share_milli(text), None, "{text}");
        }
    }

    fn of_pod(resources: &Value) -> Result<Need, ServiceError> {
        Need::of_pod(&serde_json::from_value(resources.clone()).expect("resources"))
    }

    #[test]
    fn pods_reserve_their_requests_and_without_them_their_limits() {
        for (resources, stated) in [
            (json!({}), (None, None, None)),
            (
                json!({"requests": {"cpu": "1"}, "limits": {"cpu": "4", "memory": "64Mi"}}),
                (Some(1000), Some(64), None),
            ),
            (
                json!({"limits": {"cpu": "0.25", "memory": "4Mi", "nvidia.com/gpu": "2"}}),
                (Some(250), Some(4), Some(2)),
            ),
            (
                json!({"requests": {"cpu": "1.0", "memory": "8Mi", "nvidia.com/gpu": "0"}}),
                (Some(1000), Some(8), None),
            ),
        ] {
            let Need { vcpu_milli, memory_mib, gpus } = of_pod(&resources).expect("amounts");
            assert_eq!((vcpu_milli, memory_mib, gpus), stated, "{resources}");
        }
    }

    #[test]
    fn amounts_of_pods_that_the_service_does_not_take_are_refused() {
        for (name, amount) in [
            ("cpu", "1500m"),
            ("cpu", "0.3"),
            ("cpu", "0"),
            ("memory", "1Gi"),
            ("memory", "64"),
            ("memory", "0Mi"),
            ("nvidia.com/gpu", "0.5"),
        ] {
            let error = of_pod(&json!({"requests": {name: amount}})).expect_err(amount);
            assert!(
                error.message.contains(&format!("{amount:?} is no amount of {name}")),
                "{}",
                error.message
            );
        }
    }

    #[test]
    fn what_no_host_has_can_still_be_counted() {
        let need =
            of_pod(&json!({"limits": {"cpu": "9".repeat(30), "memory": format!("{}Mi", "9".repeat(30))}}));
        let all = need.expect("amounts").complete().expect("both");
        assert_eq!((all.vcpu_milli, all.memory_mib), (MOST, MOST));
        assert!(MOST.checked_mul(1000).is_some());
    }
}
