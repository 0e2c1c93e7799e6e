//! Changes to compute environments.

use serde_json::{Value, json};

use super::environment::{ids, instance_options, instance_types, vcpus};
use super::object::Object;
use super::random::Random;
use super::text;

/// A change that replaces instances.
pub(crate) fn update(random: &mut Random) -> Value {
    let mut resources = Object::new();
    vcpus(random, &mut resources, false);
    let strategies = ["BEST_FIT_PROGRESSIVE", "SPOT_CAPACITY_OPTIMIZED", "SPOT_PRICE_CAPACITY_OPTIMIZED"];
    resources.maybe(random, 30, "allocationStrategy", |random| random.one_of(&strategies));
    resources.maybe(random, 30, "instanceTypes", |random| json!(instance_types(random)));
    resources.maybe(random, 30, "subnets", |random| ids(random, "subnet", 16));
    resources.maybe(random, 30, "securityGroupIds", |random| ids(random, "sg", 5));
    resources.maybe(random, 30, "instanceRole", |_| "ecsInstanceRole");
    let on_eks = random.chance(30);
    instance_options(random, &mut resources, on_eks);
    resources.maybe(random, 10, "launchTemplate", |random| {
        random.one_of(&[json!({"launchTemplateId": ""}), json!({"launchTemplateName": ""})])
    });
    resources.maybe(random, 10, "ec2Configuration", |_| json!([]));
    resources.maybe(random, 20, "imageId", |random| random.one_of(&["", "ami-0123456789abcdef0"]));
    resources.maybe(random, 30, "updateToLatestImageVersion", |random| random.chance(50));
    let mut environment = Object::new();
    environment.set("computeEnvironment", text::name_or_arn(random, "compute-environment"));
    environment.set("computeResources", resources.done(random));
    environment.maybe(random, 40, "state", |random| random.one_of(&["ENABLED", "DISABLED"]));
    environment.maybe(random, 40, "updatePolicy", |random| {
        let mut policy = Object::new();
        policy.maybe(random, 70, "terminateJobsOnUpdate", |random| random.chance(50));
        policy.maybe(random, 70, "jobExecutionTimeoutMinutes", |random| random.number(1, 7200));
        policy.done(random)
    });
    environment.done(random)
}

/// A change of size, state or role.
pub(crate) fn scaling(random: &mut Random) -> Value {
    let mut environment = Object::new();
    environment.set("computeEnvironment", text::name_or_arn(random, "compute-environment"));
    environment.maybe(random, 50, "state", |random| random.one_of(&["ENABLED", "DISABLED"]));
    if random.chance(30) {
        environment.set("unmanagedvCpus", random.number(0, 10_000));
        return environment.done(random);
    }
    let has_role = random.chance(40);
    if has_role {
        environment.set("serviceRole", text::role(random));
    }
    environment.maybe(random, 60, "computeResources", |random| {
        let mut resources = Object::new();
        vcpus(random, &mut resources, false);
        // What does not apply to Fargate was said to be possible there in updates.
        resources.maybe(random, if has_role { 0 } else { 20 }, "type", |random| {
            random.one_of(&["FARGATE", "FARGATE_SPOT", "EC2", "SPOT"])
        });
        resources.done(random)
    });
    environment.done(random)
}
