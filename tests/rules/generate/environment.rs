//! Compute environments of every type.

use serde_json::{Value, json};

use super::object::{Object, list};
use super::random::Random;
use super::text;

/// Families, sizes and words of one architecture.
const X86: &[&str] =
    &["m5", "c5", "c5.8xlarge", "c5n", "r5.large", "p3.2xlarge", "g4dn", "optimal", "default_x86_64"];
const ARM: &[&str] = &["m6g", "c6g.large", "r6g", "t4g.micro", "c7g", "default_arm64"];

fn id(random: &mut Random, kind: &str) -> String {
    format!("{kind}-{}", text::of(random, "0123456789abcdef", 17))
}

pub(crate) fn ids(random: &mut Random, kind: &str, most: usize) -> Value {
    let count = random.size(1, most);
    text::different(random, count, |random| id(random, kind)).into()
}

pub(crate) fn instance_types(random: &mut Random) -> Vec<&'static str> {
    let types = random.one_of(&[X86, X86, ARM]);
    let mut chosen = random.some_of(types);
    if chosen.is_empty() {
        chosen.push(types[0]);
    }
    chosen
}

fn common(random: &mut Random, kind: &str) -> Object {
    let mut environment = Object::new();
    environment.set("computeEnvironmentName", text::name(random));
    environment.set("type", kind);
    environment.maybe(random, 50, "state", |random| random.one_of(&["ENABLED", "DISABLED"]));
    environment.maybe(random, 40, "tags", text::tags);
    environment
}

fn ecs_settings(random: &mut Random) -> Value {
    let level = random.one_of(&["ENABLED", "ENHANCED", "DISABLED"]);
    random.one_of(&[json!({}), json!({"containerInsights": level})])
}

fn service_role(random: &mut Random) -> String {
    random
        .one_of(&[
            "",
            "AWSBatchServiceRole",
            "arn:aws:iam::123456789012:role/service-role/AWSBatchServiceRole",
        ])
        .into()
}

/// vCPUs in order: least, wanted, most.
pub(crate) fn vcpus(random: &mut Random, resources: &mut Object, needs_most: bool) {
    let most = random.number(1, 10_000);
    let least = random.number(0, most);
    let wanted = random.number(least, most);
    resources.maybe(random, if needs_most { 100 } else { 70 }, "maxvCpus", |_| most);
    resources.maybe(random, 60, "minvCpus", |_| least);
    resources.maybe(random, 40, "desiredvCpus", |_| wanted);
}

/// Members that an environment of instances may have, when created and when changed.
pub(crate) fn instance_options(random: &mut Random, resources: &mut Object, on_eks: bool) {
    resources.maybe(random, 30, "ec2KeyPair", |random| text::letters(random, 8));
    resources.maybe(random, 30, "placementGroup", |random| text::letters(random, 8));
    resources.maybe(random, 30, "tags", |random| text::map(random, 5, |random| text::unicode(random, 9)));
    resources.maybe(random, 30, "launchTemplate", |random| launch_template(random, on_eks));
    resources.maybe(random, 40, "ec2Configuration", |random| {
        let count = random.size(1, 2);
        list(random, count, |random| ec2_configuration(random, on_eks))
    });
    resources.maybe(
        random,
        20,
        "scalingPolicy",
        |random| json!({"minScaleDownDelayMinutes": random.one_of(&[0, 20, 60, 10_080])}),
    );
}

fn launch_template(random: &mut Random, on_eks: bool) -> Value {
    let mut template = Object::new();
    match random.below(2) {
        0 => template.set("launchTemplateId", id(random, "lt")),
        _ => template.set("launchTemplateName", text::letters(random, 8)),
    }
    template.maybe(random, 60, "version", |random| random.one_of(&["$Latest", "$Default", "1", "17"]));
    if on_eks {
        template
            .maybe(random, 30, "userdataType", |random| random.one_of(&["EKS_BOOTSTRAP_SH", "EKS_NODEADM"]));
    }
    template.done(random)
}

/// A launch template with others for some of the instance types, each for types of its own.
fn with_overrides(random: &mut Random, on_eks: bool, types: &[&str]) -> Value {
    let is_named = |kind: &&&str| **kind != "optimal" && !kind.starts_with("default_");
    let mut named: Vec<_> = types.iter().filter(is_named).collect();
    // A family takes in its sizes.
    named.sort_unstable();
    named.dedup_by_key(|kind| kind.split('.').next());
    let others = named.iter().map(|kind| {
        let mut other = launch_template(random, on_eks);
        other["targetInstanceTypes"] = json!([kind]);
        other
    });
    let others = others.take(10).collect::<Value>();
    let mut template = launch_template(random, on_eks);
    template["overrides"] = others;
    template
}

fn ec2_configuration(random: &mut Random, on_eks: bool) -> Value {
    let mut configuration = Object::new();
    if on_eks {
        let types = ["EKS_AL2", "EKS_AL2_NVIDIA", "EKS_AL2023", "EKS_AL2023_NVIDIA"];
        configuration.set("imageType", random.one_of(&types));
        let versions = ["1.23", "1.26", "1.29", "1.31", "1.40"];
        configuration.maybe(random, 50, "imageKubernetesVersion", |random| random.one_of(&versions));
    } else {
        let types = ["ECS_AL2", "ECS_AL2_NVIDIA", "ECS_AL1", "ECS_AL2023", "ECS_AL2023_NVIDIA"];
        configuration.set("imageType", random.one_of(&types));
    }
    configuration.maybe(random, 30, "imageIdOverride", |random| id(random, "ami"));
    configuration.done(random)
}

fn instances(random: &mut Random, kind: &str, on_eks: bool) -> Value {
    let mut resources = Object::new();
    resources.set("type", kind);
    let types = instance_types(random);
    resources.set("subnets", ids(random, "subnet", 20));
    let profile = "arn:aws:iam::123456789012:instance-profile/team/ecsInstanceRole";
    resources.set("instanceRole", random.one_of(&["ecsInstanceRole", profile]));
    vcpus(random, &mut resources, true);
    instance_options(random, &mut resources, on_eks);
    match random.below(5) {
        // The launch template may name the security groups instead.
        0 => resources.set("launchTemplate", launch_template(random, on_eks)),
        _ => resources.set("securityGroupIds", ids(random, "sg", 5)),
    }
    if random.chance(15) {
        resources.set("launchTemplate", with_overrides(random, on_eks, &types));
    }
    resources.set("instanceTypes", json!(types));
    resources.maybe(random, 15, "imageId", |random| id(random, "ami"));
    strategy(random, &mut resources, kind, on_eks);
    resources.done(random)
}

/// An allocation strategy that fits, and what Spot needs for it.
fn strategy(random: &mut Random, resources: &mut Object, kind: &str, on_eks: bool) {
    let mut strategies = vec!["BEST_FIT_PROGRESSIVE", "BEST_FIT_PROGRESSIVE_ORDERED"];
    if kind == "SPOT" {
        strategies = vec!["SPOT_CAPACITY_OPTIMIZED", "SPOT_PRICE_CAPACITY_OPTIMIZED", "BEST_FIT_PROGRESSIVE"];
        strategies.push("SPOT_CAPACITY_OPTIMIZED_PRIORITIZED");
        resources.maybe(random, 40, "bidPercentage", |random| random.number(1, 100));
    }
    if !on_eks {
        strategies.extend(["BEST_FIT", "-"]);
    }
    let strategy = random.one_of(&strategies);
    if strategy != "-" {
        resources.set("allocationStrategy", strategy);
    }
    if kind == "SPOT" && !on_eks && (strategy == "-" || strategy == "BEST_FIT" || random.chance(40)) {
        resources.set("spotIamFleetRole", "arn:aws:iam::123456789012:role/AmazonEC2SpotFleetTaggingRole");
    }
}

fn managed(random: &mut Random, kind: &str) -> Value {
    let mut environment = common(random, "MANAGED");
    environment.set("computeResources", instances(random, kind, false));
    environment.maybe(random, 30, "serviceRole", service_role);
    environment.maybe(random, 20, "ecsSettings", ecs_settings);
    environment.done(random)
}

/// Instances on demand.
pub(crate) fn ec2(random: &mut Random) -> Value {
    managed(random, "EC2")
}

/// Spot Instances.
pub(crate) fn spot(random: &mut Random) -> Value {
    managed(random, "SPOT")
}

fn serverless(random: &mut Random, kind: &str) -> Value {
    let mut resources = Object::new();
    resources.set("type", kind);
    resources.set("maxvCpus", random.number(1, 10_000));
    resources.set("subnets", ids(random, "subnet", 16));
    resources.set("securityGroupIds", ids(random, "sg", 5));
    let mut environment = common(random, "MANAGED");
    environment.set("computeResources", resources.done(random));
    environment.maybe(random, 30, "serviceRole", service_role);
    environment.maybe(random, 20, "ecsSettings", ecs_settings);
    environment.done(random)
}

/// Fargate.
pub(crate) fn fargate(random: &mut Random) -> Value {
    serverless(random, "FARGATE")
}

/// Fargate with Spot capacity.
pub(crate) fn fargate_spot(random: &mut Random) -> Value {
    serverless(random, "FARGATE_SPOT")
}

/// Instances in a Kubernetes cluster.
pub(crate) fn eks(random: &mut Random) -> Value {
    let kind = random.one_of(&["EC2", "SPOT"]);
    let mut cluster = Object::new();
    cluster.set("eksClusterArn", "arn:aws:eks:us-east-1:123456789012:cluster/ClusterForBatch");
    cluster.set("kubernetesNamespace", text::label(random, 63));
    cluster.maybe(random, 20, "accessEntry", |_| json!({"desiredState": "ENABLED"}));
    let mut environment = common(random, "MANAGED");
    environment.set("computeResources", instances(random, kind, true));
    environment.set("eksConfiguration", cluster.done(random));
    environment.maybe(random, 10, "serviceRole", |_| "");
    environment.done(random)
}

/// Hosts of one's own.
pub(crate) fn unmanaged(random: &mut Random) -> Value {
    let mut environment = common(random, "UNMANAGED");
    environment.maybe(random, 50, "unmanagedvCpus", |random| random.number(0, 10_000));
    environment.maybe(random, 50, "serviceRole", text::role);
    environment.done(random)
}

/// Managed instances.
pub(crate) fn managed_instances(random: &mut Random) -> Value {
    let mut launch = Object::new();
    launch.set("ec2InstanceProfileArn", "arn:aws:iam::123456789012:instance-profile/ecsInstanceRole");
    let network = json!({"subnets": ids(random, "subnet", 3), "securityGroups": ids(random, "sg", 3)});
    launch.set("networkConfiguration", network);
    launch.maybe(random, 30, "instanceRequirements", |_| json!({"allowedInstanceTypes": ["m5", "c5.large"]}));
    launch.maybe(random, 30, "capacityOptionType", |random| random.one_of(&["ON_DEMAND", "SPOT"]));
    launch.maybe(random, 30, "monitoring", |random| random.one_of(&["BASIC", "DETAILED"]));
    launch.maybe(random, 30, "storageConfiguration", |_| json!({"storageSizeGiB": 100}));
    let mut provider = Object::new();
    provider.set("infrastructureRoleArn", text::role(random));
    provider.set("instanceLaunchTemplate", launch.done(random));
    provider.maybe(random, 30, "propagateTags", |random| random.one_of(&["CAPACITY_PROVIDER", "NONE"]));
    provider.maybe(
        random,
        30,
        "infrastructureOptimization",
        |random| json!({"scaleInAfter": random.one_of(&[-1, 0, 3600])}),
    );
    let mut resources = Object::new();
    resources.set("type", "ECS_MANAGED_INSTANCES");
    resources.set("maxvCpus", random.number(1, 10_000));
    resources.set("managedInstancesProvider", provider.done(random));
    resources.maybe(random, 30, "capacityTags", text::tags);
    let mut environment = common(random, "MANAGED");
    environment.set("computeResources", resources.done(random));
    environment.done(random)
}
