//! The rules about single values of a compute environment. The vocabulary judges them ([`crate::api::constraint`]).

use crate::rules::context::{EC2_ENVIRONMENT, EKS_ENVIRONMENT, ENVIRONMENT_UPDATE, SPOT_ENVIRONMENT};
use crate::rules::registry::rules;

rules! {
    /// The name of a compute environment has 1 to 128 characters.
    ///
    /// An empty name and longer names are refused. The name cannot be changed later.
    error NAME_LENGTH = "CE001" {
        guide: "Compute environment parameters: compute environment name",
        from: ["CEQ-085", "OPS-026"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeEnvironmentName": ""}"#,
        right: r#"{"computeEnvironmentName": "on-demand-2"}"#,
    }

    /// The name of a compute environment consists of letters, digits, hyphens and underscores.
    ///
    /// Dots, slashes, blanks and letters beyond A to Z are refused.
    error NAME_FORM = "CE002" {
        guide: "Compute environment parameters: compute environment name",
        from: ["CEQ-085", "OPS-026"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeEnvironmentName": "on demand"}"#,
        right: r#"{"computeEnvironmentName": "on-demand"}"#,
    }

    /// Instance types are families, sizes of a family, or a word for a choice of them.
    ///
    /// A family such as c5 stands for all of its sizes but the metal ones, which have to be named. The words are
    /// optimal, default_x86_64 and default_arm64. All of it is written in lower case.
    error INSTANCE_TYPE = "CE003" {
        guide: "Compute environment parameters: compute resources, instance types",
        from: ["CEQ-109", "OPS-037"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"instanceTypes": ["C5 large"]}}"#,
        right: r#"{"computeResources": {"instanceTypes": ["c5.large", "m5"]}}"#,
    }

    /// A Kubernetes namespace has 1 to 63 characters.
    ///
    /// Kubernetes itself takes no longer ones. The namespace has to exist in the cluster already.
    error NAMESPACE_LENGTH = "CE004" {
        guide: "Compute environment parameters: EKS configuration, Kubernetes namespace",
        from: ["CEQ-148", "OPS-103"],
        on: EKS_ENVIRONMENT,
        wrong: r#"{"eksConfiguration": {"kubernetesNamespace": ""}}"#,
        right: r#"{"eksConfiguration": {"kubernetesNamespace": "batch-jobs"}}"#,
    }

    /// A Kubernetes namespace is written in lower case and is not one of Kubernetes' own.
    ///
    /// It consists of lower-case letters, digits and hyphens and has a letter or digit at both ends. The namespace
    /// default and those that begin with kube- are refused, because the nodes of the environment are managed through
    /// it. Use a namespace that is there for jobs only.
    error NAMESPACE_FORM = "CE005" {
        guide: "Compute environment parameters: EKS configuration, Kubernetes namespace",
        from: ["CEQ-148", "OPS-103"],
        on: EKS_ENVIRONMENT,
        wrong: r#"{"eksConfiguration": {"kubernetesNamespace": "kube-system"}}"#,
        right: r#"{"eksConfiguration": {"kubernetesNamespace": "batch-jobs"}}"#,
    }

    /// An EKS cluster is given by its ARN.
    ///
    /// The name of the cluster alone does not do.
    error CLUSTER_ARN = "CE007" {
        guide: "Compute environment parameters: EKS configuration, EKS cluster ARN",
        from: ["CEQ-147"],
        on: EKS_ENVIRONMENT,
        wrong: r#"{"eksConfiguration": {"eksClusterArn": "batch"}}"#,
        right: r#"{"eksConfiguration": {"eksClusterArn": "arn:aws:eks:us-east-1:123456789012:cluster/batch"}}"#,
    }

    /// A role of a compute environment is given by its name or by its ARN.
    ///
    /// The ARN of a role has no region and says role/ before the path and the name. A mistyped role is the most common
    /// reason why an environment becomes INVALID. An empty serviceRole stands for the service-linked role.
    error ROLE = "CE008" {
        guide: "Compute environment parameters: service role, Spot fleet role",
        from: ["CEQ-149", "CEQ-130", "EVT-130", "EVT-249", "OPS-173", "OPS-179"],
        on: SPOT_ENVIRONMENT,
        wrong: r#"{"serviceRole": "arn:aws:iam::123456789012:roles/AWSBatchServiceRole"}"#,
        right: r#"{"serviceRole": "arn:aws:iam::123456789012:role/AWSBatchServiceRole"}"#,
    }

    /// The instance role is an instance profile, given by its name or by its ARN.
    ///
    /// Despite its name the member does not take a role: an instance gets a role through a profile, and the two are
    /// often called the same. The ARN says instance-profile/ before the path and the name.
    error INSTANCE_PROFILE = "CE009" {
        guide: "Amazon ECS instance role",
        from: ["CEQ-124", "EVT-129"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"instanceRole": "arn:aws:iam::123456789012:role/ecsInstanceRole"}}"#,
        right: r#"{"computeResources": {"instanceRole": "arn:aws:iam::123456789012:instance-profile/ecsInstanceRole"}}"#,
    }

    /// Numbers of vCPUs are not negative.
    ///
    /// An environment without capacity has 0 vCPUs.
    error VCPUS = "CE010" {
        guide: "Compute environment parameters: compute resources, vCPUs",
        from: ["CEQ-103", "CEQ-105", "CEQ-106", "CEQ-154"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"minvCpus": -1}}"#,
        right: r#"{"computeResources": {"minvCpus": 0}}"#,
    }

    /// The version of a launch template is a number, $Latest or $Default.
    ///
    /// It is written as a string, also where it is a number. Without it the default version is used; the two words are
    /// looked up again whenever the infrastructure is replaced.
    error TEMPLATE_VERSION = "CE011" {
        guide: "Compute environment parameters: compute resources, launch template, version",
        from: ["CEQ-135", "CEQ-136", "OPS-050"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"launchTemplate": {"launchTemplateName": "gpu", "version": "newest"}}}"#,
        right: r#"{"computeResources": {"launchTemplate": {"launchTemplateName": "gpu", "version": "$Latest"}}}"#,
    }

    /// A launch template has at most 10 overrides.
    ///
    /// Each override names another template for some of the instance types. Let one override cover more of them.
    error OVERRIDES = "CE012" {
        guide: "API model: LaunchTemplateSpecification, overrides",
        from: [],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {
            "instanceTypes": ["a1", "c6g", "c7g", "c8g", "m6g", "m7g", "m8g", "r6g", "r7g", "r8g", "t4g"],
            "launchTemplate": {"launchTemplateName": "base", "overrides": [
                {"launchTemplateName": "a", "targetInstanceTypes": ["a1"]},
                {"launchTemplateName": "b", "targetInstanceTypes": ["c6g"]},
                {"launchTemplateName": "c", "targetInstanceTypes": ["c7g"]},
                {"launchTemplateName": "d", "targetInstanceTypes": ["c8g"]},
                {"launchTemplateName": "e", "targetInstanceTypes": ["m6g"]},
                {"launchTemplateName": "f", "targetInstanceTypes": ["m7g"]},
                {"launchTemplateName": "g", "targetInstanceTypes": ["m8g"]},
                {"launchTemplateName": "h", "targetInstanceTypes": ["r6g"]},
                {"launchTemplateName": "i", "targetInstanceTypes": ["r7g"]},
                {"launchTemplateName": "j", "targetInstanceTypes": ["r8g"]},
                {"launchTemplateName": "k", "targetInstanceTypes": ["t4g"]}]}}}"#,
        right: r#"{"computeResources": {
            "instanceTypes": ["a1", "c6g", "c7g"],
            "launchTemplate": {"launchTemplateName": "base", "overrides": [
                {"launchTemplateName": "a", "targetInstanceTypes": ["a1"]},
                {"launchTemplateName": "b", "targetInstanceTypes": ["c6g", "c7g"]}]}}}"#,
    }

    /// An override of a launch template says which instance types it is for.
    ///
    /// They are some of the environment's own instance types; all others use the template itself.
    error TARGET_TYPES = "CE013" {
        guide: "API model: LaunchTemplateSpecificationOverride, targetInstanceTypes",
        from: [],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {
            "instanceTypes": ["m5", "p3"],
            "launchTemplate": {"launchTemplateName": "base", "overrides": [{"launchTemplateName": "gpu"}]}}}"#,
        right: r#"{"computeResources": {
            "instanceTypes": ["m5", "p3"],
            "launchTemplate": {"launchTemplateName": "base", "overrides": [
                {"launchTemplateName": "gpu", "targetInstanceTypes": ["p3"]}]}}}"#,
    }

    /// An environment has at most 2 choices of machine image.
    ///
    /// One of them is for instances with a GPU and one for all others.
    error IMAGES = "CE014" {
        guide: "Compute environment parameters: compute resources, EC2 configuration",
        from: ["CEQ-137"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"ec2Configuration": [
            {"imageType": "ECS_AL2"}, {"imageType": "ECS_AL2_NVIDIA"}, {"imageType": "ECS_AL2023"}]}}"#,
        right: r#"{"computeResources": {"ec2Configuration": [
            {"imageType": "ECS_AL2"}, {"imageType": "ECS_AL2_NVIDIA"}]}}"#,
    }

    /// Idle instances are ended after 0 to 3600 seconds, or never with -1.
    ///
    /// This is about ECS Managed Instances. ECS applies its own default where nothing is given.
    error IDLE_TIME = "CE015" {
        guide: "API model: InfrastructureOptimization, scaleInAfter",
        from: [],
        on: ENVIRONMENT_UPDATE,
        wrong: r#"{"computeResources": {"managedInstancesProvider": {"infrastructureOptimization": {"scaleInAfter": 7200}}}}"#,
        right: r#"{"computeResources": {"managedInstancesProvider": {"infrastructureOptimization": {"scaleInAfter": 3600}}}}"#,
    }

    /// ECS Managed Instances have a subnet and a security group.
    ///
    /// Each of the two lists of their network configuration names at least one.
    error PROVIDER_NETWORK = "CE016" {
        guide: "API model: ManagedInstancesNetworkConfiguration",
        from: [],
        on: ENVIRONMENT_UPDATE,
        wrong: r#"{"computeResources": {"managedInstancesProvider": {"instanceLaunchTemplate": {
            "networkConfiguration": {"subnets": [], "securityGroups": ["sg-0123456789abcdef0"]}}}}}"#,
        right: r#"{"computeResources": {"managedInstancesProvider": {"instanceLaunchTemplate": {
            "networkConfiguration": {
                "subnets": ["subnet-0123456789abcdef0"], "securityGroups": ["sg-0123456789abcdef0"]}}}}}"#,
    }
}
