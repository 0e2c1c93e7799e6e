//! Shapes of Kubernetes pods on EKS: as a job definition declares them, as a submission overrides them,
//! and as a job and its attempts report them.

use std::collections::BTreeMap;

use crate::api::compute_environment::NAMESPACE;
use crate::api::constraint::Check::{Count, Form, Keys, Length, Range, Words};
use crate::api::constraint::{self, Check};
use crate::api::container::IMAGE;
use crate::api::shape::{Limits, Type, enumeration, limited, structure};

/// How many containers a pod may have, and how many that run first.
const CONTAINERS: Limits = Limits::at_most(10);
/// How long the name of a container may be, and that of a namespace: a label of DNS.
const LABEL: Limits = Limits::between(1, 63);
/// How long a subdomain name of DNS may be.
const SUBDOMAIN: Limits = Limits::between(1, 253);
/// The IDs that users and groups may have.
const ACCOUNTS: Check = Range(0.0, 2_147_483_647.0);
/// The resources that a container may ask for.
const RESOURCES: Check = Keys(&Words(&["memory", "cpu", "nvidia.com/gpu"]));

/// The name of a container in a pod.
pub static CONTAINER_NAME: constraint::Form = constraint::Form {
    words: "only letters, digits and -, and a letter or a digit first",
    pattern: "^([A-Za-z0-9][A-Za-z0-9-]*)?$",
    accepts: |text| {
        !text.starts_with('-') && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    },
};

/// A subdomain name of DNS: labels with dots between them.
pub static DNS_SUBDOMAIN: constraint::Form = constraint::Form {
    words: "only lower-case letters, digits, - and ., and a letter or a digit at both ends and around each dot",
    pattern: r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)?$",
    accepts: |text| text.is_empty() || text.split('.').all(is_dns_label),
};

/// Whether a text is a label of DNS, of any length but none.
fn is_dns_label(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && !text.starts_with('-') && !text.ends_with('-') && text.bytes().all(is_inner)
}

structure! {
    /// The outcome of one container in a finished attempt of a job on EKS.
    EksAttemptContainerDetail {
        /// The name of the container.
        optional name as "name": String,
        /// The identifier that the container runtime gave the container. Absent when it never started.
        optional container_id as "containerID": String,
        /// The exit code of the container; any code but 0 fails the attempt. Absent when it never started
        /// or was lost.
        optional exit_code as "exitCode": i32,
        /// Why the container stopped or could not start, in a short text. Absent when there is nothing to
        /// report.
        optional reason as "reason": String,
    }

    /// One finished attempt of a job on EKS. The running attempt is not listed here.
    EksAttemptDetail {
        /// The outcome of the pod's containers.
        optional containers as "containers": Vec<EksAttemptContainerDetail>,
        /// The outcome of the pod's init containers. Empty or absent when there are none.
        optional init_containers as "initContainers": Vec<EksAttemptContainerDetail>,
        /// The ARN of the EKS cluster that ran the pod.
        optional eks_cluster_arn as "eksClusterArn": String,
        /// The name of the pod, in the form `aws-batch.` and a UUID. Absent when no pod was created.
        optional pod_name as "podName": String,
        /// The Kubernetes namespace of the pod. Absent when no pod was created.
        optional pod_namespace as "podNamespace": String,
        /// The name of the node that ran the pod. Absent when the pod was never placed.
        optional node_name as "nodeName": String,
        /// When the attempt started, in milliseconds since the Unix epoch. Absent when it never reached
        /// `RUNNING`.
        optional started_at as "startedAt": i64,
        /// When the attempt ended, in milliseconds since the Unix epoch.
        optional stopped_at as "stoppedAt": i64,
        /// Why the attempt ended, in a short text. Absent when there is nothing to report.
        optional status_reason as "statusReason": String,
    }

    /// A container of a Kubernetes pod.
    EksContainer {
        /// The name of the container, unique among all containers of the pod. Required when there are
        /// several; `Default` when omitted.
        optional name as "name": String
            where { "JD231" Length(LABEL), "JD232" Form(&CONTAINER_NAME) },
        /// The image to start, with an optional registry, tag or digest.
        required image as "image": String
            where { "JD011" Length(Limits::at_most(255)), "JD012" Form(&IMAGE) },
        /// When the image is pulled: `Always`, `IfNotPresent` or `Never`. When omitted, `Always` for
        /// images tagged `latest` and `IfNotPresent` for others.
        optional image_pull_policy as "imagePullPolicy": String
            where { "JD235" Words(&["Always", "IfNotPresent", "Never"]) },
        /// The entrypoint of the container, run without a shell; the image's `ENTRYPOINT` when omitted.
        /// `$(NAME)` is replaced by that environment variable, and `$$` stands for a plain `$`.
        optional command as "command": Vec<String>,
        /// The arguments of the entrypoint; the image's `CMD` when omitted. `$(NAME)` is replaced by that
        /// environment variable if it exists, and `$$` stands for a plain `$`.
        optional args as "args": Vec<String>,
        /// Environment variables of the container. Names must not start with `AWS_BATCH`.
        optional env as "env": Vec<EksContainerEnvironmentVariable>,
        /// The memory, CPU and GPUs of the container, as limits, requests or both. Memory and CPU are needed
        /// in one of them, but for init containers.
        optional resources as "resources": EksContainerResourceRequirements,
        /// Where volumes of the pod appear inside the container.
        optional volume_mounts as "volumeMounts": Vec<EksContainerVolumeMount>,
        /// Security settings of the container, which take precedence over those of the pod.
        optional security_context as "securityContext": EksContainerSecurityContext,
    }

    /// A container of a Kubernetes pod as it runs or ran for a job, after overrides.
    EksContainerDetail {
        /// The name of the container; `Default` when the definition gives none.
        optional name as "name": String,
        /// The image that the container is started from.
        optional image as "image": String,
        /// When the image is pulled: `Always`, `IfNotPresent` or `Never`. Absent when not set.
        optional image_pull_policy as "imagePullPolicy": String,
        /// The entrypoint in effect after overrides. Absent when the image's own is used.
        optional command as "command": Vec<String>,
        /// The arguments of the entrypoint after overrides. Absent when those of the image are used.
        optional args as "args": Vec<String>,
        /// The environment variables in effect after overrides, without those set by Batch itself.
        optional env as "env": Vec<EksContainerEnvironmentVariable>,
        /// The memory, CPU and GPUs in effect after overrides.
        optional resources as "resources": EksContainerResourceRequirements,
        /// The exit code of the container in the latest attempt. Absent while it has not exited.
        optional exit_code as "exitCode": i32,
        /// Why the container stopped or could not start, in a short text. Absent when there is nothing to
        /// report.
        optional reason as "reason": String,
        /// Where volumes of the pod appear inside the container. Absent when there are none.
        optional volume_mounts as "volumeMounts": Vec<EksContainerVolumeMount>,
        /// Security settings of the container. Absent when not set.
        optional security_context as "securityContext": EksContainerSecurityContext,
    }

    /// An environment variable of a container on EKS.
    EksContainerEnvironmentVariable {
        /// The name of the variable. It must not start with `AWS_BATCH`, which is reserved.
        required name as "name": String,
        /// The value of the variable; empty when omitted.
        optional value as "value": String,
    }

    /// Linux capabilities that a container gains or loses against the default set of the container
    /// runtime.
    EksContainerLinuxCapabilities {
        /// Capabilities to grant, such as `NET_ADMIN`, at most 64. None when omitted.
        optional add as "add": EksContainerLinuxCapabilityList,
        /// Capabilities to take away, such as `ALL`, at most 64. None when omitted.
        optional drop as "drop": EksContainerLinuxCapabilityList,
    }

    /// Changes for one job to a container of its pod. Members left out keep the value of the job
    /// definition.
    EksContainerOverride {
        /// The name of the container to change. May be left out when the pod has a single container.
        optional name as "name": String
            where { "JD231" Length(LABEL), "JD232" Form(&CONTAINER_NAME) },
        /// The image to start in place of the one in the job definition.
        optional image as "image": String
            where { "JD011" Length(Limits::at_most(255)), "JD012" Form(&IMAGE) },
        /// The entrypoint to use in place of the one in the job definition or the image.
        optional command as "command": Vec<String>,
        /// The arguments to pass in place of those in the job definition or the image.
        optional args as "args": Vec<String>,
        /// Environment variables to add, or to change where the name exists already. Names must not start
        /// with `AWS_BATCH`.
        optional env as "env": Vec<EksContainerEnvironmentVariable>,
        /// The memory, CPU and GPUs to use in place of those in the job definition. The rules of limits
        /// and requests hold as they do there.
        optional resources as "resources": EksContainerResourceRequirements,
    }

    /// The resources of a container on EKS, by the names `memory`, `cpu` and `nvidia.com/gpu`. Each
    /// resource may stand in `limits`, in `requests` or in both.
    EksContainerResourceRequirements {
        /// The most that the container may use. `memory` is in whole MiB with the suffix `Mi`, at least
        /// `4Mi`; `cpu` is a multiple of 0.25 and no less than the request; `nvidia.com/gpu` is a whole
        /// number.
        optional limits as "limits": BTreeMap<String, Quantity>
            where { "JD240" RESOURCES },
        /// The amounts reserved for the container, in the same units. `memory` and `nvidia.com/gpu` must
        /// equal the limit if both are given; `cpu` must not exceed it.
        optional requests as "requests": BTreeMap<String, Quantity>
            where { "JD240" RESOURCES },
    }

    /// Security settings of a container on EKS.
    EksContainerSecurityContext {
        /// The user ID that runs the container's process, `0` to `2147483647`. The user set in the image
        /// when omitted.
        optional run_as_user as "runAsUser": i64
            where { "JD262" ACCOUNTS },
        /// The group ID that runs the container's process, `0` to `2147483647`. The group set in the
        /// image when omitted.
        optional run_as_group as "runAsGroup": i64
            where { "JD262" ACCOUNTS },
        /// Whether the container gets rights on the node like those of root; `false` when omitted.
        optional privileged as "privileged": bool,
        /// Whether a process may gain more rights than its parent. When omitted, Kubernetes allows it; a
        /// privileged container is always allowed to.
        optional allow_privilege_escalation as "allowPrivilegeEscalation": bool,
        /// Whether the root file system of the container is read-only; `false` when omitted.
        optional read_only_root_filesystem as "readOnlyRootFilesystem": bool,
        /// Whether the container must run under a user ID other than 0. No such rule is enforced when
        /// omitted.
        optional run_as_non_root as "runAsNonRoot": bool,
        /// Linux capabilities to grant or to take away. The runtime's default set when omitted.
        optional capabilities as "capabilities": EksContainerLinuxCapabilities,
        /// The filter on the system calls of the container. That of the pod when omitted.
        optional seccomp_profile as "seccompProfile": EksSeccompProfile,
    }

    /// The place where a container sees a volume of its pod.
    EksContainerVolumeMount {
        /// The name of the volume to mount, one of the pod's `volumes`.
        optional name as "name": String,
        /// The path inside the container where the volume appears.
        optional mount_path as "mountPath": String,
        /// A path inside the volume to mount in place of its root. The root of the volume when omitted.
        optional sub_path as "subPath": String,
        /// Whether the container can only read the volume; `false` when omitted.
        optional read_only as "readOnly": bool,
    }

    /// A scratch volume, empty at first, that lives as long as the pod stays on its node. All containers
    /// of the pod can share it.
    EksEmptyDir {
        /// Where the data is kept: an empty string for the node's disk, `Memory` for RAM, which counts
        /// against the memory limit of the container. The disk when omitted.
        optional medium as "medium": String
            where { "JD254" Words(&["", "Memory"]) },
        /// The largest size of the volume as a Kubernetes quantity such as `1024Mi`, 1 to 256 characters.
        /// No limit when omitted.
        optional size_limit as "sizeLimit": Quantity,
    }

    /// A file or directory of the node, mounted into the pod.
    EksHostPath {
        /// The path of the file or directory on the node.
        optional path as "path": String,
    }

    /// Metadata of a Kubernetes pod.
    EksMetadata {
        /// Labels by which the pod can be selected; names and values have up to 63 characters. Key
        /// prefixes must not contain `kubernetes.io/`, `k8s.io/` or `batch.amazonaws.com/`.
        optional labels as "labels": BTreeMap<String, String>,
        /// Free notes on the pod. A key is a name of up to 63 characters after an optional DNS prefix of
        /// up to 253 and a slash; a value has up to 255 characters.
        optional annotations as "annotations": BTreeMap<String, String>,
        /// The namespace of the pod, 1 to 63 lower-case letters, digits and hyphens; not `default`, and
        /// not starting with `kube-`. That of the compute environment when omitted.
        optional namespace as "namespace": String
            where { "JD267" Length(LABEL), "JD268" Form(&NAMESPACE) },
    }

    /// A volume that is backed by an existing Kubernetes persistent volume claim.
    EksPersistentVolumeClaim {
        /// The name of the claim, in the namespace of the pod.
        required claim_name as "claimName": String,
        /// Whether the volume is mounted for reading only; `false` when omitted.
        optional read_only as "readOnly": bool,
    }

    /// A Kubernetes pod: its containers and the settings that they share.
    EksPodProperties {
        /// The Kubernetes service account that the pod runs under. The namespace's default account when
        /// omitted.
        optional service_account_name as "serviceAccountName": String,
        /// Whether the pod uses the network of its node; `true` when omitted. With `false` it gets an
        /// address of its own in the pod network.
        optional host_network as "hostNetwork": bool,
        /// How the pod resolves names: `Default`, `ClusterFirst` or `ClusterFirstWithHostNet`. When
        /// omitted, the last with host network and `ClusterFirst` without.
        optional dns_policy as "dnsPolicy": String
            where { "JD260" Words(&["Default", "ClusterFirst", "ClusterFirstWithHostNet"]) },
        /// The Kubernetes secrets with logins for private registries, used when images are pulled. None
        /// when omitted.
        optional image_pull_secrets as "imagePullSecrets": Vec<ImagePullSecret>,
        /// The containers of the pod, at most 10. All of them must exit with 0 for the job to succeed.
        optional containers as "containers": Vec<EksContainer>
            where { "JD230" Count(CONTAINERS) },
        /// Containers that run before the others, at most 10: one after the other, each to success. The
        /// job stays in `STARTING` meanwhile.
        optional init_containers as "initContainers": Vec<EksContainer>
            where { "JD230" Count(CONTAINERS) },
        /// The volumes of the pod, which containers mount by name through `volumeMounts`.
        optional volumes as "volumes": Vec<EksVolume>,
        /// Labels, annotations and namespace of the pod.
        optional metadata as "metadata": EksMetadata,
        /// Whether the containers of the pod see and can signal each other's processes; `false` when
        /// omitted.
        optional share_process_namespace as "shareProcessNamespace": bool,
        /// Security settings for all containers of the pod. Settings of a single container take
        /// precedence.
        optional security_context as "securityContext": EksPodSecurityContext,
    }

    /// A Kubernetes pod as it runs or ran for a job, after overrides.
    EksPodPropertiesDetail {
        /// The Kubernetes service account that the pod runs under. Absent when not set.
        optional service_account_name as "serviceAccountName": String,
        /// Whether the pod uses the network of its node. Absent when not set, which means `true`.
        optional host_network as "hostNetwork": bool,
        /// How the pod resolves names. Absent when not set at registration, although the pod itself then
        /// has a policy that follows `hostNetwork`.
        optional dns_policy as "dnsPolicy": String,
        /// The Kubernetes secrets with logins for private registries. Absent when not set.
        optional image_pull_secrets as "imagePullSecrets": Vec<ImagePullSecret>,
        /// The containers of the pod, with their outcome in the latest attempt.
        optional containers as "containers": Vec<EksContainerDetail>,
        /// The init containers of the pod, with their outcome in the latest attempt. Absent when there
        /// are none.
        optional init_containers as "initContainers": Vec<EksContainerDetail>,
        /// The volumes of the pod. Absent when there are none.
        optional volumes as "volumes": Vec<EksVolume>,
        /// The name of the pod of the current or last attempt, in the form `aws-batch.` and a UUID.
        /// Absent before a pod is created.
        optional pod_name as "podName": String,
        /// The name of the node that runs the pod of the current or last attempt. Absent before the pod
        /// is placed.
        optional node_name as "nodeName": String,
        /// Labels, annotations and namespace of the pod. Absent when not set.
        optional metadata as "metadata": EksMetadata,
        /// Whether the containers of the pod share one process namespace. Absent when not set, which
        /// means `false`.
        optional share_process_namespace as "shareProcessNamespace": bool,
        /// Security settings for all containers of the pod. Absent when not set.
        optional security_context as "securityContext": EksPodSecurityContext,
    }

    /// Changes for one job to the pod in its job definition.
    EksPodPropertiesOverride {
        /// Changes to containers of the pod, at most 10. Containers that are not listed run as defined.
        optional containers as "containers": Vec<EksContainerOverride>
            where { "JD230" Count(CONTAINERS) },
        /// Changes to init containers of the pod, at most 10. Those that are not listed run as defined.
        optional init_containers as "initContainers": Vec<EksContainerOverride>
            where { "JD230" Count(CONTAINERS) },
        /// Labels and annotations to add to the pod, or to change where the key exists already.
        optional metadata as "metadata": EksMetadata,
    }

    /// Security settings for all containers of a pod. What a container sets for itself takes precedence.
    EksPodSecurityContext {
        /// The user ID that runs the containers' processes, `0` to `2147483647`. The user set in each
        /// image when omitted.
        optional run_as_user as "runAsUser": i64
            where { "JD262" ACCOUNTS },
        /// The group ID that runs the containers' processes, `0` to `2147483647`. The group set in each
        /// image when omitted.
        optional run_as_group as "runAsGroup": i64
            where { "JD262" ACCOUNTS },
        /// Whether containers must run under a user ID other than 0. No such rule is enforced when
        /// omitted.
        optional run_as_non_root as "runAsNonRoot": bool,
        /// The filter on the system calls of the containers. None is set when omitted.
        optional seccomp_profile as "seccompProfile": EksSeccompProfile,
        /// An extra group ID that owns the pod's volumes where the volume type allows it, so that all
        /// containers can share them. Ownership stays as it is when omitted.
        optional fs_group as "fsGroup": i64
            where { "JD262" ACCOUNTS },
    }

    /// The settings of a job on EKS. They exclude `containerProperties` and `ecsProperties`.
    EksProperties {
        /// The Kubernetes pod that the job runs as.
        optional pod_properties as "podProperties": EksPodProperties,
    }

    /// The settings of a job on EKS, as a describe call reports them.
    EksPropertiesDetail {
        /// The Kubernetes pod of the job.
        optional pod_properties as "podProperties": EksPodPropertiesDetail,
    }

    /// Changes for one job to the EKS settings in its job definition.
    EksPropertiesOverride {
        /// The changes to the pod. None when omitted.
        optional pod_properties as "podProperties": EksPodPropertiesOverride,
    }

    /// The seccomp filter that decides which system calls a process may make.
    EksSeccompProfile {
        /// The kind of filter: `RuntimeDefault`, `Localhost` or `Unconfined`.
        required r#type as "type": EksSeccompProfileType,
        /// The profile file on the node, 1 to 4095 characters, relative to the kubelet's seccomp
        /// directory. Required with type `Localhost` and not to be given with another.
        optional localhost_profile as "localhostProfile": EksSeccompLocalhostProfile,
    }

    /// A volume that holds the keys of a Kubernetes secret as files.
    EksSecret {
        /// The name of the secret, in the namespace of the pod. It must be a valid DNS subdomain name.
        required secret_name as "secretName": String
            where { "JD252" Length(SUBDOMAIN), "JD253" Form(&DNS_SUBDOMAIN) },
        /// Whether the pod may start even if the secret or its keys are missing; `false` when omitted.
        optional optional as "optional": bool,
    }

    /// A volume of a Kubernetes pod. Beside its name it has one source.
    EksVolume {
        /// The name of the volume, unique in the pod and a valid DNS name of lower-case letters, digits,
        /// hyphens and dots.
        required name as "name": String
            where { "JD250" Length(SUBDOMAIN), "JD251" Form(&DNS_SUBDOMAIN) },
        /// A file or directory of the node as the source.
        optional host_path as "hostPath": EksHostPath,
        /// A scratch directory that lives as long as the pod as the source.
        optional empty_dir as "emptyDir": EksEmptyDir,
        /// A Kubernetes secret as the source.
        optional secret as "secret": EksSecret,
        /// A Kubernetes persistent volume claim as the source.
        optional persistent_volume_claim as "persistentVolumeClaim": EksPersistentVolumeClaim,
    }

    /// A reference to a Kubernetes secret with a login for a private registry.
    ImagePullSecret {
        /// The name of the secret, in the namespace of the pod.
        required name as "name": String,
    }
}

enumeration! {
    /// The kind of seccomp filter.
    EksSeccompProfileType {
        /// The filter that the container runtime applies by default.
        RuntimeDefault = "RuntimeDefault",
        /// A filter from a file on the node, named by `localhostProfile`.
        Localhost = "Localhost",
        /// No filter; every system call is allowed.
        Unconfined = "Unconfined",
    }
}

limited! {
    /// The name of a Linux capability, such as `NET_ADMIN` or `ALL`, 1 to 128 characters.
    EksContainerLinuxCapability(String) = Type::String(Limits::between(1, 128));

    /// Names of Linux capabilities, at most 64.
    EksContainerLinuxCapabilityList(Vec<EksContainerLinuxCapability>) = Type::List(&EksContainerLinuxCapability::TYPE, Limits::between(0, 64));

    /// The path of a seccomp profile on the node, relative to the kubelet's seccomp directory, 1 to 4095
    /// characters.
    EksSeccompLocalhostProfile(String) = Type::String(Limits::between(1, 4095));

    /// An amount in Kubernetes notation, such as `0.25` or `2048Mi`, 1 to 256 characters.
    Quantity(String) = Type::String(Limits::between(1, 256));
}
