//! Mistakes that only one kind of compute environment, or only an update, can have.

use kiln::rules::Path;
use serde_json::{Value, json};

use super::super::random::Random;
use super::super::text;
use super::environment::{FARGATE, RESOURCES, TOP, resources, set};
use super::{Broken, Ids, Mutation, drop, free, put};

const EKS: &[&str] = &["environment eks"];
const INFRASTRUCTURE: &[&str] = &["environment-update infrastructure"];

pub(super) fn mutations() -> Vec<Mutation> {
    [fargate(), eks(), updates()].into_iter().flatten().collect()
}

/// A member that Fargate does not have.
fn not_on_fargate(
    name: &'static str,
    covers: Ids,
    member: &'static str,
    make: fn(&mut Random) -> Value,
) -> Mutation {
    put(name, covers, FARGATE, (RESOURCES, member), make)
}

fn fargate() -> Vec<Mutation> {
    vec![
        not_on_fargate("a strategy on Fargate", &["CEQ-097", "EVT-031"], "allocationStrategy", |_| {
            json!("BEST_FIT_PROGRESSIVE")
        }),
        not_on_fargate("a bid on Fargate", &["CEQ-128", "EVT-032"], "bidPercentage", |_| json!(20)),
        not_on_fargate("wanted vCPUs on Fargate", &["CEQ-107", "EVT-033"], "desiredvCpus", |_| json!(0)),
        not_on_fargate("least vCPUs on Fargate", &["CEQ-104", "EVT-040", "OPS-091"], "minvCpus", |_| {
            json!(0)
        }),
        not_on_fargate("an image on Fargate", &["CEQ-116", "EVT-034"], "imageId", |_| json!("ami-1")),
        not_on_fargate(
            "instance types on Fargate",
            &["CEQ-110", "EVT-035", "OPS-091"],
            "instanceTypes",
            |_| json!(["c5"]),
        ),
        not_on_fargate(
            "types of images on Fargate",
            &["CEQ-137", "EVT-036"],
            "ec2Configuration",
            |_| json!([{"imageType": "ECS_AL2"}]),
        ),
        not_on_fargate("a key pair on Fargate", &["CEQ-123", "EVT-037"], "ec2KeyPair", |_| json!("key")),
        not_on_fargate("an instance profile on Fargate", &["CEQ-124", "EVT-038"], "instanceRole", |_| {
            json!("ecsInstanceRole")
        }),
        not_on_fargate(
            "a launch template on Fargate",
            &["CEQ-069", "CEQ-131", "EVT-039"],
            "launchTemplate",
            |_| json!({"launchTemplateName": "n"}),
        ),
        not_on_fargate("a placement group on Fargate", &["CEQ-127", "EVT-041"], "placementGroup", |_| {
            json!("group")
        }),
        not_on_fargate("a role of Spot on Fargate", &["CEQ-130", "EVT-042"], "spotIamFleetRole", |_| {
            json!("arn:aws:iam::123456789012:role/r")
        }),
        not_on_fargate(
            "tags of instances on Fargate",
            &["CEQ-125", "EVT-043"],
            "tags",
            |_| json!({"a": "b"}),
        ),
        put("17 subnets on Fargate", &["CEQ-118"], FARGATE, (RESOURCES, "subnets"), |random| {
            text::different(random, 17, |random| format!("subnet-{}", text::letters(random, 8))).into()
        }),
        drop("no security groups on Fargate", &["CEQ-121"], FARGATE, (RESOURCES, "securityGroupIds")),
        put(
            "an empty list of security groups on Fargate",
            &["CEQ-121"],
            FARGATE,
            (RESOURCES, "securityGroupIds"),
            |_| json!([]),
        ),
    ]
}

fn eks() -> Vec<Mutation> {
    vec![
        put(
            "the strategy that EKS does not have",
            &["CEQ-099", "OPS-115"],
            EKS,
            (RESOURCES, "allocationStrategy"),
            |_| json!("BEST_FIT"),
        ),
        drop("no strategy on EKS", &["CEQ-099", "OPS-115"], EKS, (RESOURCES, "allocationStrategy")),
        put("a role on EKS", &["OPS-114"], EKS, (TOP, "serviceRole"), |random| text::role(random).into()),
        drop("no cluster", &["CEQ-147", "JOB-180"], EKS, ("EksConfiguration", "eksClusterArn")),
        drop(
            "no namespace",
            &["CEQ-148", "OPS-103", "JOB-180"],
            EKS,
            ("EksConfiguration", "kubernetesNamespace"),
        ),
        put(
            "a namespace in another form",
            &["CEQ-148"],
            EKS,
            ("EksConfiguration", "kubernetesNamespace"),
            |random| {
                let long = "n".repeat(64);
                random
                    .one_of(&["default", "kube-system", "My_NS", "", "-a", "a-", "a.b", long.as_str()])
                    .into()
            },
        ),
        put(
            "a version of Kubernetes that has ended",
            &["CEQ-177", "OPS-217"],
            EKS,
            ("Ec2Configuration", "imageKubernetesVersion"),
            |random| random.one_of(&["1.22", "1.9", "0.30"]).into(),
        ),
        put(
            "a version of Kubernetes as a number",
            &["CEQ-140"],
            EKS,
            ("Ec2Configuration", "imageKubernetesVersion"),
            |_| json!(1.29),
        ),
        put("an image of ECS on EKS", &["CEQ-143"], EKS, ("Ec2Configuration", "imageType"), |_| {
            json!("ECS_AL2")
        }),
    ]
}

fn updates() -> Vec<Mutation> {
    const CHANGE: &str = "ComputeResourceUpdate";
    vec![
        put(
            "the strategy that no update may set",
            &["CEQ-156"],
            INFRASTRUCTURE,
            (CHANGE, "allocationStrategy"),
            |_| json!("BEST_FIT"),
        ),
        free(
            "more vCPUs wanted by an update than possible",
            &["CEQ-160", "OPS-212"],
            INFRASTRUCTURE,
            |subject| {
                subject.set(&resources().key("minvCpus"), 0);
                subject.set(&resources().key("maxvCpus"), 4);
                set(subject, "desiredvCpus", json!(5))
            },
        ),
        free(
            "fewer vCPUs wanted by an update than at least",
            &["CEQ-160", "OPS-212"],
            INFRASTRUCTURE,
            |subject| {
                subject.set(&resources().key("minvCpus"), 3);
                subject.set(&resources().key("maxvCpus"), 4);
                set(subject, "desiredvCpus", json!(2))
            },
        ),
        put(
            "a time for jobs out of range",
            &["CEQ-165"],
            INFRASTRUCTURE,
            ("UpdatePolicy", "jobExecutionTimeoutMinutes"),
            |random| random.one_of(&[0, 7201]).into(),
        ),
        put(
            "an end of jobs by text",
            &["CEQ-165"],
            INFRASTRUCTURE,
            ("UpdatePolicy", "terminateJobsOnUpdate"),
            |_| json!("yes"),
        ),
        free("a role changed with the infrastructure", &["CEQ-163"], INFRASTRUCTURE, |subject| {
            subject.set(&resources().key("instanceTypes"), json!(["c5"]));
            let path = Path::root().key("serviceRole");
            subject.set(&path, "arn:aws:iam::123456789012:role/r");
            Broken::at(path)
        }),
        free(
            "instance types in an update to Fargate",
            &["CEQ-157", "CEQ-110", "EVT-035"],
            &["environment-update scaling"],
            |subject| {
                subject.set(&resources(), json!({"type": "FARGATE", "instanceTypes": ["c5"]}));
                subject.remove(&Path::root().key("serviceRole"));
                subject.remove(&Path::root().key("unmanagedvCpus"));
                Broken::at(resources().key("instanceTypes"))
            },
        ),
    ]
}
