//! Mistakes in compute environments and in changes to them.

use kiln::rules::Path;
use serde_json::{Value, json};

use super::super::place::down;
use super::super::text;
use super::{Broken, Mutation, Subject, drop, free, put};

const ALL: &[&str] = &["environment"];
const MANAGED: &[&str] = &["environment ec2", "environment spot", "environment fargate", "environment eks"];
const INSTANCES: &[&str] = &["environment ec2", "environment spot", "environment eks"];
pub(super) const FARGATE: &[&str] = &["environment fargate"];
pub(super) const TOP: &str = "CreateComputeEnvironmentRequest";
pub(super) const RESOURCES: &str = "ComputeResource";

pub(super) fn resources() -> Path {
    Path::root().key("computeResources")
}

/// A member of the resources gets this value.
pub(super) fn set(subject: &mut Subject<'_>, member: &str, value: Value) -> Option<Broken> {
    let path = down(&resources(), member);
    subject.set(&path, value);
    Broken::at(path)
}

pub(super) fn mutations() -> Vec<Mutation> {
    [top(), capacity(), instances(), templates()].into_iter().flatten().collect()
}

fn top() -> Vec<Mutation> {
    vec![
        drop("no name of an environment", &["CEQ-085"], ALL, (TOP, "computeEnvironmentName")),
        put(
            "an environment name of 129 characters",
            &["CEQ-085", "OPS-026"],
            ALL,
            (TOP, "computeEnvironmentName"),
            |random| text::letters(random, 129).into(),
        ),
        put(
            "an environment name in another form",
            &["CEQ-085", "OPS-026"],
            ALL,
            (TOP, "computeEnvironmentName"),
            |random| random.one_of(&["a.b", "my env!", "a/b", ""]).into(),
        ),
        drop("no type of an environment", &["CEQ-086"], ALL, (TOP, "type")),
        put("another type of environment", &["CEQ-086"], ALL, (TOP, "type"), |_| json!("EC2")),
        put("another state of an environment", &["CEQ-087"], ALL, (TOP, "state"), |_| json!("enabled")),
        drop(
            "no resources",
            &["CEQ-092"],
            &["environment ec2", "environment spot", "environment fargate"],
            (TOP, "computeResources"),
        ),
        put(
            "vCPUs of one's own in a managed environment",
            &["CEQ-154"],
            &["environment ec2", "environment fargate"],
            (TOP, "unmanagedvCpus"),
            |_| json!(4),
        ),
        free("Fargate unmanaged", &["CEQ-061", "EVT-030"], FARGATE, |subject| {
            subject.set(&Path::root().key("type"), "UNMANAGED");
            Broken::at(Path::root().key("type")).map(|broken| broken.along(resources()))
        }),
    ]
}

fn capacity() -> Vec<Mutation> {
    vec![
        put("another type of resources", &["CEQ-093", "EVT-044"], MANAGED, (RESOURCES, "type"), |random| {
            random.one_of(&["ONDEMAND", "FARGATE_ONDEMAND", "ec2"]).into()
        }),
        drop("no type of resources", &["CEQ-093"], MANAGED, (RESOURCES, "type")),
        drop("no greatest number of vCPUs", &["CEQ-105"], MANAGED, (RESOURCES, "maxvCpus")),
        drop("no subnets", &["CEQ-117"], MANAGED, (RESOURCES, "subnets")),
        free("fewer vCPUs at most than at least", &["CEQ-108"], INSTANCES, |subject| {
            subject.remove(&resources().key("desiredvCpus"));
            subject.set(&resources().key("maxvCpus"), 2);
            set(subject, "minvCpus", json!(4))
        }),
        free("more vCPUs wanted than possible", &["CEQ-106", "CEQ-108"], INSTANCES, |subject| {
            subject.set(&resources().key("minvCpus"), 0);
            subject.set(&resources().key("maxvCpus"), 4);
            set(subject, "desiredvCpus", json!(8))
        }),
        put("vCPUs of an environment as text", &["CEQ-105"], MANAGED, (RESOURCES, "maxvCpus"), |_| {
            json!("many")
        }),
    ]
}

fn drop_it(subject: &mut Subject<'_>, member: &str) {
    subject.remove(&resources().key(member));
}

fn instances() -> Vec<Mutation> {
    vec![
        drop("no instance types", &["CEQ-109"], INSTANCES, (RESOURCES, "instanceTypes")),
        free("two architectures", &["CEQ-112", "OPS-040"], INSTANCES, |subject| {
            drop_it(subject, "launchTemplate");
            subject.set(&resources().key("securityGroupIds"), json!(["sg-0123456789abcdef0"]));
            set(subject, "instanceTypes", json!(["c5", "m5.large", "c6g"]))?;
            Broken::at(resources().key("instanceTypes").index(2))
        }),
        free("an instance type that is none", &["OPS-037"], INSTANCES, |subject| {
            let list = resources().key("instanceTypes");
            let kind = subject.random.one_of(&["C5 large", "c5.large!", ""]);
            drop_it(subject, "launchTemplate");
            subject.set(&resources().key("securityGroupIds"), json!(["sg-0123456789abcdef0"]));
            subject.set(&list, json!([kind]));
            Broken::at(list.index(0))
        }),
        free("Spot without its role", &["CEQ-094"], &["environment spot"], |subject| {
            subject.remove(&resources().key("spotIamFleetRole"));
            match subject.random.chance(50) {
                true => subject.set(&resources().key("allocationStrategy"), "BEST_FIT"),
                false => drop_it(subject, "allocationStrategy"),
            }
            Broken::at(resources().key("spotIamFleetRole"))
        }),
        put(
            "a strategy of Spot on demand",
            &["CEQ-101", "OPS-044"],
            &["environment ec2"],
            (RESOURCES, "allocationStrategy"),
            |random| random.one_of(&["SPOT_CAPACITY_OPTIMIZED", "SPOT_PRICE_CAPACITY_OPTIMIZED"]).into(),
        ),
        put("an unknown strategy", &["CEQ-095"], INSTANCES, (RESOURCES, "allocationStrategy"), |_| {
            json!("LOWEST_PRICE")
        }),
        free("no security groups anywhere", &["CEQ-120"], INSTANCES, |subject| {
            drop_it(subject, "launchTemplate");
            drop_it(subject, "securityGroupIds");
            Broken::at(resources().key("securityGroupIds"))
        }),
    ]
}

fn templates() -> Vec<Mutation> {
    vec![
        free(
            "a launch template by id and by name",
            &["CEQ-132"],
            &["environment ec2", "environment-update infrastructure"],
            |subject| {
                set(
                    subject,
                    "launchTemplate",
                    json!({"launchTemplateName": "n", "launchTemplateId": "lt-0abc"}),
                )?;
                Broken::at(resources().key("launchTemplate").key("launchTemplateName"))
            },
        ),
        free("a launch template that is a text", &["CEQ-131"], INSTANCES, |subject| {
            set(subject, "launchTemplate", json!("lt-1"))
        }),
        put(
            "another version of a launch template",
            &["CEQ-135", "OPS-050"],
            INSTANCES,
            ("LaunchTemplateSpecification", "version"),
            |random| random.one_of(&["newest", "$latest", "1.0"]).into(),
        ),
        drop("no type of image", &["CEQ-142"], INSTANCES, ("Ec2Configuration", "imageType")),
        put("an empty image", &["CEQ-139"], INSTANCES, ("Ec2Configuration", "imageIdOverride"), |_| {
            json!("")
        }),
        put(
            "a newest image when created",
            &["CEQ-173"],
            INSTANCES,
            (RESOURCES, "updateToLatestImageVersion"),
            |_| json!(true),
        ),
        put(
            "a role in place of an instance profile",
            &["EVT-129"],
            INSTANCES,
            (RESOURCES, "instanceRole"),
            |_| json!("arn:aws:iam::123456789012:role/ecsInstanceRole"),
        ),
    ]
}
