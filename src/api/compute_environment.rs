//! Shapes of compute environments: what is created, updated, described and deleted, with their EC2,
//! Fargate, EKS and ECS Managed Instances settings.

use std::collections::BTreeMap;

use crate::api::arn::has_form;
use crate::api::constraint::{Check, Form, NAME};
use crate::api::instance_type::{INSTANCE_TYPE, is_lower_or_digit};
use crate::api::shape::{Limits, Type, enumeration, limited, structure};
use crate::api::tags::Tags;

/// A role, by name or by ARN. The ARN of a role names no region and may hold a path.
pub static ROLE: Form = Form {
    words: "the name or the ARN of an IAM role (\"arn:aws:iam::123456789012:role/NAME\")",
    pattern: "^([^:]*|arn:[^:]+:iam::[^:]+:role/[^:]+)$",
    accepts: |text| !text.contains(':') || has_form(text, "iam", "role/"),
};

/// An instance profile, by name or by ARN.
pub static INSTANCE_PROFILE: Form = Form {
    words: "the name or the ARN of an instance profile (\"arn:aws:iam::123456789012:instance-profile/NAME\")",
    pattern: "^([^:]*|arn:[^:]+:iam::[^:]+:instance-profile/[^:]+)$",
    accepts: |text| !text.contains(':') || has_form(text, "iam", "instance-profile/"),
};

/// A cluster of EKS.
pub static CLUSTER_ARN: Form = Form {
    words: "the ARN of an EKS cluster (\"arn:aws:eks:us-east-1:123456789012:cluster/NAME\")",
    pattern: "^arn:[^:]+:eks:[^:]+:[^:]+:cluster/[^:]+$",
    accepts: |text| has_form(text, "eks", "cluster/"),
};

/// A namespace of Kubernetes that is not its own. Its length is a matter of its own.
pub static NAMESPACE: Form = Form {
    words: "lower-case letters, digits and inner hyphens, not \"default\" and not beginning with \"kube-\"",
    pattern: "^(?!default$|kube-)([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$",
    accepts: |text| {
        let inner = |byte: u8| is_lower_or_digit(byte) || byte == b'-';
        let is_own = text == "default" || text.starts_with("kube-");
        !is_own && text.bytes().all(inner) && !text.starts_with('-') && !text.ends_with('-')
    },
};

/// The version of a launch template.
pub static TEMPLATE_VERSION: Form = Form {
    words: "\"$Latest\", \"$Default\" or the number of a version, as a string",
    pattern: "^(\\$Latest|\\$Default|[1-9][0-9]*)$",
    accepts: |text| {
        let is_number =
            text.bytes().all(|byte| byte.is_ascii_digit()) && text.starts_with(|first: char| first != '0');
        matches!(text, "$Latest" | "$Default") || is_number
    },
};

structure! {
    /// Use of EC2 capacity reservations by the instances of an `ECS_MANAGED_INSTANCES` environment.
    CapacityReservationRequest {
        /// ARN of the group of capacity reservations to launch into. Without it no particular group is
        /// targeted.
        optional reservation_group_arn as "reservationGroupArn": String,
        /// How reservations are used: `RESERVATIONS_ONLY`, `RESERVATIONS_FIRST` (On-Demand capacity when
        /// none is free) or `RESERVATIONS_EXCLUDED`.
        optional reservation_preference as "reservationPreference": String,
    }

    /// One compute environment as DescribeComputeEnvironments reports it.
    ComputeEnvironmentDetail {
        /// Name of the compute environment, 1 to 128 letters, digits, hyphens and underscores.
        required compute_environment_name as "computeEnvironmentName": String,
        /// ARN of the compute environment.
        required compute_environment_arn as "computeEnvironmentArn": String,
        /// Number of vCPUs an `UNMANAGED` environment is expected to offer. Absent for `MANAGED`
        /// environments and where none was given.
        optional unmanaged_vcpus as "unmanagedvCpus": i32,
        /// ARN of the ECS cluster behind the environment; in an `UNMANAGED` environment your own
        /// instances join this cluster.
        optional ecs_cluster_arn as "ecsClusterArn": String,
        /// Tags on the compute environment itself. They are not passed on to its instances.
        optional tags as "tags": Tags,
        /// Who runs the capacity: `MANAGED` or `UNMANAGED`. Fixed at creation.
        optional r#type as "type": CEType,
        /// Whether jobs may be placed here: `ENABLED` or `DISABLED`. Set by the user, in contrast to
        /// `status`.
        optional state as "state": CEState,
        /// Where the environment is in its life, such as `CREATING`, `VALID` or `INVALID`. Only a `VALID`
        /// environment takes jobs.
        optional status as "status": CEStatus,
        /// Short text that explains the status, above all why it is `INVALID`. Absent where there is
        /// nothing to say.
        optional status_reason as "statusReason": String,
        /// Capacity of the environment as it stands now. Absent for `UNMANAGED` environments.
        optional compute_resources as "computeResources": ComputeResource,
        /// IAM role with which the service acts for the environment. By default the service-linked role
        /// `AWSServiceRoleForBatch`.
        optional service_role as "serviceRole": String,
        /// What happens to running jobs when an update replaces the infrastructure.
        optional update_policy as "updatePolicy": UpdatePolicy,
        /// EKS cluster and namespace the environment runs its pods in. Absent for ECS environments.
        optional eks_configuration as "eksConfiguration": EksConfiguration,
        /// What places the containers: `ECS` or `EKS`.
        optional container_orchestration_type as "containerOrchestrationType": OrchestrationType,
        /// Unique identifier of the environment; a new environment of the same name has another one.
        optional uuid as "uuid": String,
        /// Reserved for the service; reported only where it was given.
        optional context as "context": String,
        /// ECS cluster settings of the environment. Absent until one has been set, and for EKS
        /// environments.
        optional ecs_settings as "ecsSettings": EcsSettings,
    }

    /// Capacity of a managed compute environment: what kind, how much, and where it runs.
    ComputeResource {
        /// Kind of capacity: `EC2`, `SPOT`, `FARGATE`, `FARGATE_SPOT` or `ECS_MANAGED_INSTANCES`. With
        /// EKS only `EC2` and `SPOT`.
        required r#type as "type": CRType,
        /// How instance types are chosen. Default `BEST_FIT` for EC2 and Spot on ECS; required, and not
        /// `BEST_FIT`, on EKS; not for Fargate or `ECS_MANAGED_INSTANCES`.
        optional allocation_strategy as "allocationStrategy": CRAllocationStrategy,
        /// Number of vCPUs kept running even when idle or `DISABLED`; at most `maxvCpus`. Default 0. Not
        /// for Fargate or `ECS_MANAGED_INSTANCES`, where even 0 is refused.
        optional min_vcpus as "minvCpus": i32 where { "CE010" Check::Range(0.0, f64::INFINITY) },
        /// Most vCPUs the environment may reach. Every strategy but On-Demand `BEST_FIT` may exceed it by
        /// up to one instance.
        required max_vcpus as "maxvCpus": i32 where { "CE010" Check::Range(0.0, f64::INFINITY) },
        /// Number of vCPUs to start with; demand then moves it between `minvCpus` and `maxvCpus`. Not for
        /// Fargate or `ECS_MANAGED_INSTANCES`, where even 0 is refused.
        optional desired_vcpus as "desiredvCpus": i32 where { "CE010" Check::Range(0.0, f64::INFINITY) },
        /// Instance types to launch: families (`c5`), sizes (`c5.8xlarge`), `optimal`, `default_x86_64`
        /// or `default_arm64`, all of one architecture. Required for `EC2` and `SPOT`, refused otherwise.
        optional instance_types as "instanceTypes": Vec<String> where {
            "CE003" Check::Each(&Check::Form(&INSTANCE_TYPE)),
        },
        /// AMI for the instances. Deprecated: use `imageIdOverride` in `ec2Configuration`, which wins
        /// over it. Not for Fargate or `ECS_MANAGED_INSTANCES`.
        optional image_id as "imageId": String => Deprecated,
        /// Subnets to launch in, all of one VPC; required for EC2, Spot and Fargate, the latter with at
        /// most 16. With `ECS_MANAGED_INSTANCES` they stand in the provider's network configuration
        /// instead.
        optional subnets as "subnets": Vec<String>,
        /// Security groups of the capacity. At least one on Fargate; on EC2 and Spot they may come from
        /// the launch template instead; not for `ECS_MANAGED_INSTANCES`. At most 5 for multi-node jobs.
        optional security_group_ids as "securityGroupIds": Vec<String>,
        /// EC2 key pair for logging in to the instances over SSH. Not for Fargate or
        /// `ECS_MANAGED_INSTANCES`.
        optional ec2_key_pair as "ec2KeyPair": String,
        /// ECS instance profile of the instances, as a short name or a full ARN. Needed for `EC2` and
        /// `SPOT`; not for Fargate or `ECS_MANAGED_INSTANCES`.
        optional instance_role as "instanceRole": String where { "CE009" Check::Form(&INSTANCE_PROFILE) },
        /// Tags for the launched EC2 instances. ListTagsForResource does not show them. Not for Fargate.
        optional tags as "tags": BTreeMap<String, String>,
        /// EC2 placement group for the instances; a cluster group suits multi-node parallel jobs. Not for
        /// Fargate or `ECS_MANAGED_INSTANCES`.
        optional placement_group as "placementGroup": String,
        /// Highest Spot price to pay, in percent of the On-Demand price. Default 100. Only useful with
        /// `SPOT`; not for Fargate or `ECS_MANAGED_INSTANCES`.
        optional bid_percentage as "bidPercentage": i32,
        /// ARN of the Spot Fleet role, for `SPOT` only. Required there when `allocationStrategy` is
        /// `BEST_FIT` or omitted.
        optional spot_iam_fleet_role as "spotIamFleetRole": String where { "CE008" Check::Form(&ROLE) },
        /// EC2 launch template of the instances. Settings made in the compute resources win over those of
        /// the template. Not for Fargate or `ECS_MANAGED_INSTANCES`.
        optional launch_template as "launchTemplate": LaunchTemplateSpecification,
        /// Choice of machine image, 1 or 2 entries. Default: `ECS_AL2023` on ECS, `EKS_AL2023` on EKS.
        /// Not for Fargate or `ECS_MANAGED_INSTANCES`.
        optional ec2_configuration as "ec2Configuration": Vec<Ec2Configuration> where {
            "CE014" Check::Count(Limits::at_most(2)),
        },
        /// When idle instances are given up. Not for Fargate.
        optional scaling_policy as "scalingPolicy": ComputeScalingPolicy,
        /// Settings of the ECS Managed Instances capacity. Required with type `ECS_MANAGED_INSTANCES`,
        /// refused with any other.
        optional managed_instances_provider as "managedInstancesProvider": ManagedInstancesProvider,
        /// Tags for the capacity provider and its instances, at most 50. Only for
        /// `ECS_MANAGED_INSTANCES`.
        optional capacity_tags as "capacityTags": Tags,
    }

    /// Changes to the capacity of a managed environment; members left out stay as they are. On Fargate
    /// only vCPU bounds, subnets and security groups can change.
    ComputeResourceUpdate {
        /// New number of vCPUs kept running even when idle. Does not apply to Fargate or
        /// `ECS_MANAGED_INSTANCES`.
        optional min_vcpus as "minvCpus": i32 where { "CE010" Check::Range(0.0, f64::INFINITY) },
        /// New upper bound of vCPUs. Every strategy but On-Demand `BEST_FIT` may exceed it by up to one
        /// instance.
        optional max_vcpus as "maxvCpus": i32 where { "CE010" Check::Range(0.0, f64::INFINITY) },
        /// New number of vCPUs wanted now: from `minvCpus` to `maxvCpus` and not below the present value.
        /// Does not apply to EKS, Fargate or `ECS_MANAGED_INSTANCES`.
        optional desired_vcpus as "desiredvCpus": i32 where { "CE010" Check::Range(0.0, f64::INFINITY) },
        /// New subnets, at most 16 on Fargate; replaces the infrastructure. An empty list removes them on
        /// EC2 and changes nothing on Fargate.
        optional subnets as "subnets": Vec<String>,
        /// New security groups; replaces the infrastructure. An empty list removes them on EC2 and
        /// changes nothing on Fargate.
        optional security_group_ids as "securityGroupIds": Vec<String>,
        /// New strategy for choosing instance types; `BEST_FIT` cannot be set by an update. Replaces the
        /// infrastructure. Not for Fargate.
        optional allocation_strategy as "allocationStrategy": CRUpdateAllocationStrategy,
        /// New list of families, sizes or the words `optimal`, `default_x86_64` and `default_arm64`, all
        /// of one architecture. Replaces the infrastructure. Not for Fargate.
        optional instance_types as "instanceTypes": Vec<String> where {
            "CE003" Check::Each(&Check::Form(&INSTANCE_TYPE)),
        },
        /// New EC2 key pair for SSH. Replaces the infrastructure. Not for Fargate.
        optional ec2_key_pair as "ec2KeyPair": String,
        /// New ECS instance profile, short name or ARN. Replaces the infrastructure. Not for Fargate.
        optional instance_role as "instanceRole": String where { "CE009" Check::Form(&INSTANCE_PROFILE) },
        /// New tags for the launched EC2 instances. Replaces the infrastructure. Not for Fargate.
        optional tags as "tags": BTreeMap<String, String>,
        /// New EC2 placement group. Replaces the infrastructure. Not for Fargate.
        optional placement_group as "placementGroup": String,
        /// New highest Spot price, in percent of the On-Demand price. Replaces the infrastructure. Not
        /// for Fargate.
        optional bid_percentage as "bidPercentage": i32,
        /// New launch template; an empty string as its id or name removes the present one. Replaces the
        /// infrastructure. Not for Fargate.
        optional launch_template as "launchTemplate": LaunchTemplateSpecification,
        /// New choice of machine image, 1 or 2 entries; an empty list goes back to the default image.
        /// Replaces the infrastructure. Not for Fargate.
        optional ec2_configuration as "ec2Configuration": Vec<Ec2Configuration> where {
            "CE014" Check::Count(Limits::at_most(2)),
        },
        /// Whether to move to the newest supported AMI when the infrastructure is replaced. Default
        /// `false`; ignored while an AMI id is set anywhere.
        optional update_to_latest_image_version as "updateToLatestImageVersion": bool,
        /// New kind of capacity, `EC2` or `SPOT`. Replaces the infrastructure. Fargate and
        /// `ECS_MANAGED_INSTANCES` environments keep theirs.
        optional r#type as "type": CRType,
        /// New AMI for the instances; an empty string goes back to the default image. Replaces the
        /// infrastructure. Not for Fargate.
        optional image_id as "imageId": String,
        /// New rule for giving up idle instances. Not for Fargate.
        optional scaling_policy as "scalingPolicy": ComputeScalingPolicy,
        /// Changes to the ECS Managed Instances capacity. Only for `ECS_MANAGED_INSTANCES` environments.
        optional managed_instances_provider as "managedInstancesProvider": UpdateManagedInstancesProviderConfiguration,
        /// New tags for the capacity provider and its instances, at most 50. Only for
        /// `ECS_MANAGED_INSTANCES`.
        optional capacity_tags as "capacityTags": Tags,
    }

    /// How long idle EC2 instances are kept before the environment shrinks.
    ComputeScalingPolicy {
        /// Minutes an instance is kept after its last job has ended, 20 to 10080. 0 switches the delay
        /// off, which is also the default.
        optional min_scale_down_delay_minutes as "minScaleDownDelayMinutes": i32,
    }

    /// Description of a compute environment to create.
    CreateComputeEnvironmentRequest {
        /// Name of the new environment, 1 to 128 letters, digits, hyphens and underscores, not yet in use
        /// in the account and Region.
        required compute_environment_name as "computeEnvironmentName": String where {
            "CE001" Check::Length(Limits::between(1, 128)),
            "CE002" Check::Form(&NAME),
        },
        /// Who runs the capacity: `MANAGED` or `UNMANAGED`. It cannot be changed later; Fargate and EKS
        /// need `MANAGED`.
        required r#type as "type": CEType,
        /// Whether jobs may be placed here at once: `ENABLED` (the default) or `DISABLED`.
        optional state as "state": CEState,
        /// Number of vCPUs you will supply, used by fair-share scheduling to reserve capacity; nothing is
        /// reserved without it. Only for `UNMANAGED`.
        optional unmanaged_vcpus as "unmanagedvCpus": i32 where {
            "CE010" Check::Range(0.0, f64::INFINITY),
        },
        /// Capacity of the environment. Required for `MANAGED`, left out for `UNMANAGED`.
        optional compute_resources as "computeResources": ComputeResource,
        /// IAM role, preferably as full ARN, with which the service acts. Default
        /// `AWSServiceRoleForBatch`, also for an empty string; refused with EKS.
        optional service_role as "serviceRole": String where { "CE008" Check::Form(&ROLE) },
        /// Tags on the environment itself, at most 50. They do not reach its instances; use `tags` of the
        /// compute resources for those.
        optional tags as "tags": Tags,
        /// EKS cluster and namespace to run pods in. Leave it out for an environment on ECS.
        optional eks_configuration as "eksConfiguration": EksConfiguration,
        /// Reserved for the service.
        optional context as "context": String,
        /// ECS cluster settings of the environment. Does not apply to EKS.
        optional ecs_settings as "ecsSettings": EcsSettings,
    }

    /// Name and ARN of the compute environment that was created.
    CreateComputeEnvironmentResponse {
        /// Name of the new compute environment.
        optional compute_environment_name as "computeEnvironmentName": String,
        /// ARN of the new compute environment.
        optional compute_environment_arn as "computeEnvironmentArn": String,
    }

    /// Compute environment to delete. It must be `DISABLED` and in no job queue.
    DeleteComputeEnvironmentRequest {
        /// Name or ARN of the compute environment to delete.
        required compute_environment as "computeEnvironment": String,
    }

    /// Empty answer of a deletion that was accepted.
    DeleteComputeEnvironmentResponse {}

    /// Which compute environments to describe: those named, or all of them page by page.
    DescribeComputeEnvironmentsRequest {
        /// Names or ARNs of the environments to describe, at most 100. All of them when omitted; unknown
        /// ones are skipped.
        optional compute_environments as "computeEnvironments": Vec<String>
            where { "LS012" Check::Count(Limits::at_most(100)) },
        /// Most environments on one page, 1 to 100. Default 100.
        optional max_results as "maxResults": i32
            where { "LS010" Check::Range(1.0, 100.0) },
        /// Token of the previous page's answer, to go on from there. Leave it out for the first page.
        optional next_token as "nextToken": String,
    }

    /// One page of described compute environments.
    DescribeComputeEnvironmentsResponse {
        /// Compute environments found. Empty when none matches.
        optional compute_environments as "computeEnvironments": Vec<ComputeEnvironmentDetail>,
        /// Token to ask for the next page with. Absent on the last page.
        optional next_token as "nextToken": String,
    }

    /// Choice of the machine image (AMI) for a group of EC2 instances. Does not apply to Fargate.
    Ec2Configuration {
        /// Kind of image: `ECS_AL2023`, `ECS_AL2023_NVIDIA`, `ECS_AL2`, `ECS_AL2_NVIDIA` or `ECS_AL1` on
        /// ECS, the `EKS_` names on EKS. 1 to 256 characters; `_NVIDIA` images are for GPU instances.
        required image_type as "imageType": ImageType,
        /// AMI id for instances of this image type, 1 to 256 characters; wins over `imageId`. By default
        /// a recent image of the type is used.
        optional image_id_override as "imageIdOverride": ImageIdOverride,
        /// Whether the default image in use is `LATEST` or `UPDATE_AVAILABLE`. Output only; absent with
        /// an own AMI and before the first instance is launched.
        optional batch_image_status as "batchImageStatus": String,
        /// Kubernetes version of the image, such as `1.29`, 1 to 256 characters; EKS only. Default: the
        /// newest version supported.
        optional image_kubernetes_version as "imageKubernetesVersion": KubernetesVersion,
    }

    /// Settings of the ECS cluster behind a compute environment.
    EcsSettings {
        /// Level of CloudWatch Container Insights: `ENABLED`, `ENHANCED` or `DISABLED`. When omitted, the
        /// account's ECS default applies, normally `DISABLED`.
        optional container_insights as "containerInsights": ContainerInsights,
    }

    /// Whether the service manages its own access entry on the EKS cluster.
    EksAccessEntry {
        /// Wanted state of the access entry: `ENABLED`, `DISABLED` or `INHERIT_FROM_CLUSTER`.
        /// Environments that share a cluster should agree on it.
        required desired_state as "desiredState": EksAccessEntryDesiredState,
        /// State found on the cluster, `ACTIVE` or `INACTIVE`. Output only.
        optional status as "status": EksAccessEntryStatus,
    }

    /// EKS cluster and namespace of a compute environment. Only for `MANAGED` environments of type `EC2`
    /// or `SPOT`.
    EksConfiguration {
        /// ARN of the EKS cluster, which must exist already. At most 5 compute environments may share a
        /// cluster.
        required eks_cluster_arn as "eksClusterArn": String where { "CE007" Check::Form(&CLUSTER_ARN) },
        /// Namespace for the pods: 1 to 63 lower-case letters, digits and inner hyphens. It must not be
        /// `default` or start with `kube-`.
        required kubernetes_namespace as "kubernetesNamespace": String where {
            "CE004" Check::Length(Limits::between(1, 63)),
            "CE005" Check::Form(&NAMESPACE),
        },
        /// Handling of the service's access entry on the cluster. When omitted, the cluster's present
        /// setting is kept, as with `INHERIT_FROM_CLUSTER`.
        optional access_entry as "accessEntry": EksAccessEntry,
    }

    /// Change to the EKS settings of a compute environment; cluster and namespace stay fixed.
    EksConfigurationUpdate {
        /// New handling of the service's access entry on the cluster. Unchanged when omitted.
        optional access_entry as "accessEntry": EksAccessEntry,
    }

    /// How an `ECS_MANAGED_INSTANCES` environment deals with idle instances.
    InfrastructureOptimization {
        /// Seconds an instance may stay idle before it is ended, 0 to 3600, or -1 to keep idle instances
        /// for ever. ECS applies its own default when omitted.
        optional scale_in_after as "scaleInAfter": i32 where { "CE015" Check::Range(-1.0, 3600.0) },
    }

    /// How the instances of an `ECS_MANAGED_INSTANCES` environment are launched.
    InstanceLaunchTemplate {
        /// ARN of the instance profile the instances run under.
        required ec2_instance_profile_arn as "ec2InstanceProfileArn": String,
        /// Subnets and security groups the instances are launched in.
        required network_configuration as "networkConfiguration": ManagedInstancesNetworkConfiguration,
        /// Limits on the instance types to choose from. When omitted, every available type may be used.
        optional instance_requirements as "instanceRequirements": InstanceRequirementsRequest,
        /// How capacity is bought: `ON_DEMAND` (the default) or `SPOT`; `RESERVED` uses capacity
        /// reservations. It cannot be changed later.
        optional capacity_option_type as "capacityOptionType": String,
        /// Size of the root volume. When omitted, the default size of ECS applies.
        optional storage_configuration as "storageConfiguration": ManagedInstancesStorageConfiguration,
        /// Level of CloudWatch monitoring: `BASIC` or `DETAILED`.
        optional monitoring as "monitoring": String,
        /// Whether the instances use FIPS 140-2 validated cryptography; not available in every Region. It
        /// cannot be changed later.
        optional fips_enabled as "fipsEnabled": bool,
        /// Capacity reservations to launch into. No particular ones when omitted.
        optional capacity_reservations as "capacityReservations": CapacityReservationRequest,
        /// Whether an instance's tags can be read from its metadata service. They cannot when omitted.
        optional instance_metadata_tags_propagation as "instanceMetadataTagsPropagation": bool,
        /// Use of the instances' own disks. Containers do not see them when this is omitted.
        optional local_storage_configuration as "localStorageConfiguration": ManagedInstancesLocalStorageConfiguration,
    }

    /// Changes to how the instances of an `ECS_MANAGED_INSTANCES` environment are launched; members left
    /// out stay as they are.
    InstanceLaunchTemplateUpdate {
        /// ARN of the new instance profile.
        optional ec2_instance_profile_arn as "ec2InstanceProfileArn": String,
        /// New subnets and security groups; both lists are given together.
        optional network_configuration as "networkConfiguration": ManagedInstancesNetworkConfiguration,
        /// New limits on the instance types to choose from.
        optional instance_requirements as "instanceRequirements": InstanceRequirementsRequest,
        /// New size of the root volume.
        optional storage_configuration as "storageConfiguration": ManagedInstancesStorageConfiguration,
        /// New level of CloudWatch monitoring: `BASIC` or `DETAILED`.
        optional monitoring as "monitoring": String,
        /// New use of capacity reservations.
        optional capacity_reservations as "capacityReservations": CapacityReservationRequest,
        /// Whether an instance's tags can be read from its metadata service from now on.
        optional instance_metadata_tags_propagation as "instanceMetadataTagsPropagation": bool,
        /// New use of the instances' own disks.
        optional local_storage_configuration as "localStorageConfiguration": ManagedInstancesLocalStorageConfiguration,
    }

    /// Limits on the instance types that an `ECS_MANAGED_INSTANCES` environment may launch.
    InstanceRequirementsRequest {
        /// Instance types (`m5.large`) or families (`g5`) that may be launched. Every available type when
        /// omitted.
        optional allowed_instance_types as "allowedInstanceTypes": Vec<String>,
    }

    /// EC2 launch template of a compute environment, given by id or by name but not both. Does not apply
    /// to Fargate.
    LaunchTemplateSpecification {
        /// Id of the launch template. Excludes `launchTemplateName`; an empty string in an update removes
        /// the template.
        optional launch_template_id as "launchTemplateId": String,
        /// Name of the launch template. Excludes `launchTemplateId`; an empty string in an update removes
        /// the template.
        optional launch_template_name as "launchTemplateName": String,
        /// Version as text: a number, `$Latest` or `$Default`. Default `$Default`; the two words are
        /// resolved again whenever the infrastructure is replaced.
        optional version as "version": String where { "CE011" Check::Form(&TEMPLATE_VERSION) },
        /// Templates to use for certain instance types instead, at most 10. An update without them, or
        /// with an empty list, removes those set before.
        optional overrides as "overrides": Vec<LaunchTemplateSpecificationOverride> where {
            "CE012" Check::Count(Limits::at_most(10)),
        },
        /// How an EKS node is set up: `EKS_BOOTSTRAP_SH` (the default) or `EKS_NODEADM`. Only needed with
        /// an own AMI.
        optional userdata_type as "userdataType": UserdataType,
    }

    /// Launch template for certain instance types of a compute environment, given by id or by name but
    /// not both.
    LaunchTemplateSpecificationOverride {
        /// Id of the launch template. Excludes `launchTemplateName`.
        optional launch_template_id as "launchTemplateId": String,
        /// Name of the launch template. Excludes `launchTemplateId`.
        optional launch_template_name as "launchTemplateName": String,
        /// Version as text: a number, `$Latest` or `$Default`. Default `$Default`.
        optional version as "version": String where { "CE011" Check::Form(&TEMPLATE_VERSION) },
        /// Types or families this template is for, drawn from the environment's `instanceTypes`.
        /// Required; no overlap between overrides, and no `optimal`, `default_x86_64` or `default_arm64`.
        optional target_instance_types as "targetInstanceTypes": Vec<String> where {
            "CE013" Check::Given,
            "CE003" Check::Each(&Check::Form(&INSTANCE_TYPE)),
        },
        /// How an EKS node is set up: `EKS_BOOTSTRAP_SH` (the default) or `EKS_NODEADM`. Only needed with
        /// an own AMI.
        optional userdata_type as "userdataType": UserdataType,
    }

    /// Use of the disks built into the instances of an `ECS_MANAGED_INSTANCES` environment.
    ManagedInstancesLocalStorageConfiguration {
        /// Whether containers may use the instance store volumes. They may not when omitted.
        optional use_local_storage as "useLocalStorage": bool,
    }

    /// Network the instances of an `ECS_MANAGED_INSTANCES` environment are launched in.
    ManagedInstancesNetworkConfiguration {
        /// VPC subnets to launch instances in; at least one.
        required subnets as "subnets": Vec<String> where { "CE016" Check::Count(Limits::at_least(1)) },
        /// VPC security groups of the instances; at least one.
        required security_groups as "securityGroups": Vec<String> where {
            "CE016" Check::Count(Limits::at_least(1)),
        },
    }

    /// Settings of the ECS Managed Instances capacity of a compute environment.
    ManagedInstancesProvider {
        /// Whether the capacity provider's tags go to its instances: `CAPACITY_PROVIDER` or `NONE` (the
        /// default).
        optional propagate_tags as "propagateTags": String,
        /// ARN of the IAM role with which ECS launches and manages the instances.
        required infrastructure_role_arn as "infrastructureRoleArn": String,
        /// How the instances are launched: profile, network, types, storage and monitoring.
        required instance_launch_template as "instanceLaunchTemplate": InstanceLaunchTemplate,
        /// When idle instances are ended. ECS applies its own default when omitted.
        optional infrastructure_optimization as "infrastructureOptimization": InfrastructureOptimization,
    }

    /// Storage of the instances of an `ECS_MANAGED_INSTANCES` environment.
    ManagedInstancesStorageConfiguration {
        /// Size of the root volume in GiB. ECS applies its own default when omitted.
        optional storage_size_gi_b as "storageSizeGiB": i32,
    }

    /// Changes to a compute environment; members left out stay as they are.
    UpdateComputeEnvironmentRequest {
        /// Name or ARN of the compute environment to change.
        required compute_environment as "computeEnvironment": String,
        /// New state: `ENABLED` to take jobs, `DISABLED` to place no more; jobs that have started go on.
        optional state as "state": CEState,
        /// New number of vCPUs you supply, used by fair-share scheduling to reserve capacity. Only for
        /// `UNMANAGED`.
        optional unmanaged_vcpus as "unmanagedvCpus": i32 where {
            "CE010" Check::Range(0.0, f64::INFINITY),
        },
        /// Changes to the capacity. Only for `MANAGED`.
        optional compute_resources as "computeResources": ComputeResourceUpdate,
        /// New IAM role, preferably as full ARN. The service-linked role cannot be exchanged for an
        /// ordinary one, nor the reverse.
        optional service_role as "serviceRole": String where { "CE008" Check::Form(&ROLE) },
        /// What happens to running jobs when this update replaces the infrastructure.
        optional update_policy as "updatePolicy": UpdatePolicy,
        /// Reserved for the service.
        optional context as "context": String,
        /// New ECS cluster settings. Does not apply to EKS.
        optional ecs_settings as "ecsSettings": EcsSettings,
        /// Change to the EKS settings; only the access entry can change.
        optional eks_configuration as "eksConfiguration": EksConfigurationUpdate,
    }

    /// Name and ARN of the compute environment that was changed.
    UpdateComputeEnvironmentResponse {
        /// Name of the compute environment.
        optional compute_environment_name as "computeEnvironmentName": String,
        /// ARN of the compute environment.
        optional compute_environment_arn as "computeEnvironmentArn": String,
    }

    /// Changes to the ECS Managed Instances capacity of a compute environment; members left out stay as
    /// they are.
    UpdateManagedInstancesProviderConfiguration {
        /// Whether the capacity provider's tags go to its instances from now on: `CAPACITY_PROVIDER` or
        /// `NONE`.
        optional propagate_tags as "propagateTags": String,
        /// ARN of the new IAM role with which ECS launches and manages the instances.
        optional infrastructure_role_arn as "infrastructureRoleArn": String,
        /// Changes to how the instances are launched.
        optional instance_launch_template as "instanceLaunchTemplate": InstanceLaunchTemplateUpdate,
        /// New rule for ending idle instances.
        optional infrastructure_optimization as "infrastructureOptimization": InfrastructureOptimization,
    }

    /// What happens to running jobs when an update replaces the infrastructure of a compute environment.
    UpdatePolicy {
        /// Whether running jobs are stopped at once. Default `false`; with `true`,
        /// `jobExecutionTimeoutMinutes` is ignored.
        optional terminate_jobs_on_update as "terminateJobsOnUpdate": bool,
        /// Minutes running jobs may go on after the update has begun, 1 to 7200. Default 30.
        optional job_execution_timeout_minutes as "jobExecutionTimeoutMinutes": JobExecutionTimeoutMinutes,
    }
}

enumeration! {
    /// Whether jobs may be placed in a compute environment; set by the user.
    CEState {
        /// Jobs of the connected queues are placed here, and a managed environment scales with demand.
        Enabled = "ENABLED",
        /// No more jobs are placed here and nothing scales out; jobs that are `STARTING` or `RUNNING` go
        /// on.
        Disabled = "DISABLED",
    }

    /// Where a compute environment is in its life; set by the service.
    CEStatus {
        /// The environment is being set up.
        Creating = "CREATING",
        /// A change is being carried out.
        Updating = "UPDATING",
        /// The environment is being removed.
        Deleting = "DELETING",
        /// The environment is gone.
        Deleted = "DELETED",
        /// The environment is ready to take jobs.
        Valid = "VALID",
        /// The environment is misconfigured and takes no jobs; its status reason says why.
        Invalid = "INVALID",
    }

    /// Who runs the capacity of a compute environment.
    CEType {
        /// The service launches, scales and ends the capacity.
        Managed = "MANAGED",
        /// You supply the capacity by adding your own EC2 instances to the environment's ECS cluster. Not
        /// for Fargate or EKS.
        Unmanaged = "UNMANAGED",
    }

    /// How the instance types of an EC2 or Spot environment are chosen.
    CRAllocationStrategy {
        /// The cheapest type that fits the jobs best; waits when it runs out. The default on ECS, refused
        /// on EKS, and it bars later infrastructure updates.
        BestFit = "BEST_FIT",
        /// Types big enough for the waiting jobs, cheaper vCPUs first; other types are added when they
        /// run out.
        BestFitProgressive = "BEST_FIT_PROGRESSIVE",
        /// Types in the order of `instanceTypes`, skipping those too small for the jobs. Only for `EC2`.
        BestFitProgressiveOrdered = "BEST_FIT_PROGRESSIVE_ORDERED",
        /// Types that are least likely to be interrupted. Only for `SPOT`.
        SpotCapacityOptimized = "SPOT_CAPACITY_OPTIMIZED",
        /// Types that are unlikely to be interrupted and low in price; usually the best choice. Only for
        /// `SPOT`.
        SpotPriceCapacityOptimized = "SPOT_PRICE_CAPACITY_OPTIMIZED",
        /// Types that are least likely to be interrupted, in the order of `instanceTypes` where that
        /// makes little difference. Only for `SPOT`.
        SpotCapacityOptimizedPrioritized = "SPOT_CAPACITY_OPTIMIZED_PRIORITIZED",
    }

    /// Kind of capacity of a managed compute environment.
    CRType {
        /// On-Demand EC2 instances.
        Ec2 = "EC2",
        /// EC2 Spot Instances, which may be reclaimed at any time. They do not run multi-node parallel
        /// jobs.
        Spot = "SPOT",
        /// Fargate tasks, without instances to look after.
        Fargate = "FARGATE",
        /// Fargate tasks on spare capacity, which may be reclaimed. They run neither Windows nor ARM64
        /// containers.
        FargateSpot = "FARGATE_SPOT",
        /// EC2 instances that ECS launches and maintains, configured by `managedInstancesProvider`. They
        /// do not run multi-node parallel jobs.
        EcsManagedInstances = "ECS_MANAGED_INSTANCES",
    }

    /// How instance types are chosen after an update; `BEST_FIT` is only possible at creation.
    CRUpdateAllocationStrategy {
        /// Types big enough for the waiting jobs, cheaper vCPUs first; other types are added when they
        /// run out.
        BestFitProgressive = "BEST_FIT_PROGRESSIVE",
        /// Types in the order of `instanceTypes`, skipping those too small for the jobs. Only for `EC2`.
        BestFitProgressiveOrdered = "BEST_FIT_PROGRESSIVE_ORDERED",
        /// Types that are least likely to be interrupted. Only for `SPOT`.
        SpotCapacityOptimized = "SPOT_CAPACITY_OPTIMIZED",
        /// Types that are unlikely to be interrupted and low in price; usually the best choice. Only for
        /// `SPOT`.
        SpotPriceCapacityOptimized = "SPOT_PRICE_CAPACITY_OPTIMIZED",
        /// Types that are least likely to be interrupted, in the order of `instanceTypes` where that
        /// makes little difference. Only for `SPOT`.
        SpotCapacityOptimizedPrioritized = "SPOT_CAPACITY_OPTIMIZED_PRIORITIZED",
    }

    /// Level of CloudWatch Container Insights for a compute environment.
    ContainerInsights {
        /// Standard metrics: CPU, memory, disk and network use.
        Enabled = "ENABLED",
        /// Standard metrics, and further ones for each task and container.
        Enhanced = "ENHANCED",
        /// No metrics, whatever the account's ECS default says.
        Disabled = "DISABLED",
    }

    /// What the service shall do about its access entry on an EKS cluster.
    EksAccessEntryDesiredState {
        /// The service creates and keeps an access entry, once every environment on the cluster asks for
        /// it.
        Enabled = "ENABLED",
        /// The service removes its access entry, once every environment on the cluster asks for it.
        /// Refused on clusters with authentication mode `API`.
        Disabled = "DISABLED",
        /// The service follows the cluster: it keeps an entry where the authentication mode is `API` and
        /// touches nothing otherwise.
        InheritFromCluster = "INHERIT_FROM_CLUSTER",
    }

    /// State of the service's access entry found on an EKS cluster.
    EksAccessEntryStatus {
        /// The access entry exists and grants access.
        Active = "ACTIVE",
        /// There is no access entry; access rests on the `aws-auth` ConfigMap.
        Inactive = "INACTIVE",
    }

    /// What places the containers of a compute environment.
    OrchestrationType {
        /// Amazon ECS, for EC2, Spot, Fargate and Managed Instances capacity.
        Ecs = "ECS",
        /// Amazon EKS, for environments created with `eksConfiguration`.
        Eks = "EKS",
    }

    /// How an EKS node is set up when it starts.
    UserdataType {
        /// The script `bootstrap.sh`, for images of Amazon Linux 2. The default.
        EksBootstrapSh = "EKS_BOOTSTRAP_SH",
        /// The tool `nodeadm`, required for own images based on Amazon Linux 2023.
        EksNodeadm = "EKS_NODEADM",
    }
}

limited! {
    /// AMI id, 1 to 256 characters.
    ImageIdOverride(String) = Type::String(Limits::between(1, 256));

    /// Kind of machine image, such as `ECS_AL2023` or `EKS_AL2023`, 1 to 256 characters.
    ImageType(String) = Type::String(Limits::between(1, 256));

    /// Number of minutes, 1 to 7200.
    JobExecutionTimeoutMinutes(i64) = Type::Long(Limits::between(1, 7200));

    /// Kubernetes version, such as `1.29`, 1 to 256 characters.
    KubernetesVersion(String) = Type::String(Limits::between(1, 256));
}
