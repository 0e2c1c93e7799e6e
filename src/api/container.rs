//! Shapes that describe a container: its image, command, resources, volumes, secrets, logging and
//! platform.

use std::collections::BTreeMap;

use crate::api::constraint::Check::{Each, Form as Formed, Given, Length, Range, Words};
use crate::api::constraint::is_number;
use crate::api::constraint::{Check, Form, NAME};
use crate::api::shape::{Limits, enumeration, structure};

/// Ports of TCP.
const PORTS: Check = Range(0.0, 65_535.0);
/// Sizes in MiB.
const SIZE: Check = Range(0.0, f64::INFINITY);

/// Names of images: `REGISTRY:PORT/PATH/NAME:TAG@DIGEST`, of which only NAME is needed.
pub static IMAGE: Form = Form {
    words: "[REGISTRY/]NAME[:TAG][@DIGEST] of letters, digits and - _ . : / # @",
    pattern: "^([A-Za-z0-9_.#-]+(:[0-9]+)?/)?([A-Za-z0-9_.#-]+/)*[A-Za-z0-9_.#-]+(:[A-Za-z0-9_.#-]+)?(@[A-Za-z0-9_.#-]+:[A-Za-z0-9_.#-]+)?$",
    accepts: is_image,
};

/// ARNs of roles. What has no colon may be the bare name of a role.
pub static ROLE: Form = Form {
    words: "the ARN of a role, such as arn:aws:iam::123456789012:role/NAME",
    pattern: "^([^:]*|arn:[^:]+:iam::[^:]+:role/[!-~]+)$",
    accepts: is_role,
};

/// Versions of the Fargate platform.
pub static PLATFORM_VERSION: Form = Form {
    words: "\"LATEST\" or three numbers such as \"1.4.0\"",
    pattern: "^(LATEST|[0-9]+[.][0-9]+[.][0-9]+)$",
    accepts: |text| text == "LATEST" || (text.split('.').count() == 3 && text.split('.').all(is_number)),
};

/// Paths from the root of a file system.
pub static ABSOLUTE_PATH: Form =
    Form { words: "an absolute path", pattern: "^/", accepts: |text| text.starts_with('/') };

/// Options of file systems in memory. Those that take a value may have one.
pub static MOUNT_OPTION: Form = Form {
    words: "a mount option such as \"rw\", \"ro\", \"noexec\", \"nosuid\" or \"mode=1777\"",
    pattern: "^(defaults|ro|rw|suid|nosuid|dev|nodev|exec|noexec|sync|async|dirsync|remount|mand|nomand|atime|noatime|diratime|nodiratime|bind|rbind|unbindable|runbindable|private|rprivate|shared|rshared|slave|rslave|relatime|norelatime|strictatime|nostrictatime|(mode|uid|gid|nr_inodes|nr_blocks|mpol)(=[!-~]+)?)$",
    accepts: is_mount_option,
};

/// The mount options that stand alone.
const PLAIN_OPTIONS: [&str; 33] = [
    "defaults",
    "ro",
    "rw",
    "suid",
    "nosuid",
    "dev",
    "nodev",
    "exec",
    "noexec",
    "sync",
    "async",
    "dirsync",
    "remount",
    "mand",
    "nomand",
    "atime",
    "noatime",
    "diratime",
    "nodiratime",
    "bind",
    "rbind",
    "unbindable",
    "runbindable",
    "private",
    "rprivate",
    "shared",
    "rshared",
    "slave",
    "rslave",
    "relatime",
    "norelatime",
    "strictatime",
    "nostrictatime",
];
/// The mount options that take a value.
const VALUED_OPTIONS: [&str; 6] = ["mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol"];

/// The operating systems of Fargate tasks.
const OPERATING_SYSTEMS: &[&str] = &[
    "LINUX",
    "WINDOWS_SERVER_2019_CORE",
    "WINDOWS_SERVER_2019_FULL",
    "WINDOWS_SERVER_2022_CORE",
    "WINDOWS_SERVER_2022_FULL",
];
/// The processors of Fargate tasks.
const ARCHITECTURES: &[&str] = &["X86_64", "ARM64"];

fn is_image(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.#-".contains(&byte))
    };
    let is_pair =
        |text: &str| text.split_once(':').is_some_and(|(one, other)| is_part(one) && is_part(other));
    let (name, digest) = text.split_once('@').map_or((text, None), |(name, digest)| (name, Some(digest)));
    let (path, last) = name.rsplit_once('/').map_or((None, name), |(path, last)| (Some(path), last));
    let mut path = path.into_iter().flat_map(|path| path.split('/'));
    let is_registry = |part: &str| {
        is_part(part) || part.split_once(':').is_some_and(|(host, port)| is_part(host) && is_number(port))
    };
    path.next().is_none_or(is_registry)
        && path.all(is_part)
        && (is_part(last) || is_pair(last))
        && digest.is_none_or(is_pair)
}

fn is_role(text: &str) -> bool {
    if !text.contains(':') {
        return true;
    }
    let mut parts = text.splitn(6, ':');
    let mut is = |accepts: fn(&str) -> bool| parts.next().is_some_and(accepts);
    let is_path = |text: &str| {
        let path = text.strip_prefix("role/").unwrap_or_default();
        !path.is_empty() && path.bytes().all(|byte| byte.is_ascii_graphic())
    };
    is(|part| part == "arn")
        && is(|partition| !partition.is_empty())
        && is(|service| service == "iam")
        && is(str::is_empty)
        && is(|account| !account.is_empty())
        && is(is_path)
}

fn is_mount_option(text: &str) -> bool {
    let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
    let is_value = |value: &str| !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_graphic());
    VALUED_OPTIONS.contains(&name) && value.is_none_or(is_value) || PLAIN_OPTIONS.contains(&text)
}

structure! {
    /// The container of a single-container job, or of one node group of a multi-node parallel job.
    ContainerProperties {
        /// Image to run, at most 255 characters, such as `busybox:1.36` or `REGISTRY/NAME@DIGEST`;
        /// required. Its CPU architecture must fit the host.
        optional image as "image": String
            where { "JD010" Given, "JD011" Length(Limits::at_most(255)), "JD012" Formed(&IMAGE) },
        /// Number of vCPUs reserved for the container, at least 1. Deprecated in favour of a `VCPU` entry
        /// in `resourceRequirements`; not supported on Fargate.
        optional vcpus as "vcpus": i32 => Deprecated
            where { "JD033" Range(1.0, f64::INFINITY) },
        /// Memory limit in MiB, at least 4. Deprecated in favour of a `MEMORY` entry in
        /// `resourceRequirements`; not supported on Fargate.
        optional memory as "memory": i32 => Deprecated
            where { "JD034" Range(4.0, f64::INFINITY) },
        /// Command with its arguments, in place of the image's command but behind its entrypoint. An
        /// argument `Ref::NAME` is replaced by the parameter of that name. When omitted, the image
        /// decides.
        optional command as "command": Vec<String>,
        /// ARN of the role whose permissions the job's own program has when it calls AWS. When omitted,
        /// it has none of its own.
        optional job_role_arn as "jobRoleArn": String
            where { "JD013" Formed(&ROLE) },
        /// ARN of the role used to pull the image, read secrets and write logs. Required on Fargate, and
        /// wherever secrets or private registry credentials are used.
        optional execution_role_arn as "executionRoleArn": String
            where { "JD013" Formed(&ROLE) },
        /// Volumes that `mountPoints` can refer to by name.
        optional volumes as "volumes": Vec<Volume>,
        /// Environment variables, each with name and value. Names must not begin with `AWS_BATCH`; keep
        /// credentials in `secrets` instead.
        optional environment as "environment": Vec<KeyValuePair>,
        /// Where in the container the volumes are mounted.
        optional mount_points as "mountPoints": Vec<MountPoint>,
        /// Whether the container may only read its root file system, like `docker run --read-only`. Off
        /// when omitted; not for Windows containers.
        optional readonly_root_filesystem as "readonlyRootFilesystem": bool,
        /// Whether the container gets elevated rights on its host, similar to root. Off when omitted; on
        /// Fargate only `false` is accepted. Not for Windows containers.
        optional privileged as "privileged": bool,
        /// Resource limits to set in the container, like `docker run --ulimit`. Not for Fargate.
        optional ulimits as "ulimits": Vec<Ulimit>,
        /// User name or ID to run the command as, like `docker run --user`. When omitted, the image
        /// decides. Not for Windows containers.
        optional user as "user": String,
        /// EC2 instance type for a multi-node parallel job; all its node groups must agree. Not for jobs
        /// on a single node or on Fargate.
        optional instance_type as "instanceType": String,
        /// vCPUs, memory and GPUs to reserve. `VCPU` and `MEMORY` are needed for every job, here, in the
        /// deprecated members or as overrides; Fargate takes only certain pairs.
        optional resource_requirements as "resourceRequirements": Vec<ResourceRequirement>,
        /// Linux settings such as devices, shared memory and swap. On Fargate only `initProcessEnabled`
        /// applies. Not for Windows containers.
        optional linux_parameters as "linuxParameters": LinuxParameters,
        /// Log driver and its options. When omitted, output goes through `awslogs` to the log group
        /// `/aws/batch/job`.
        optional log_configuration as "logConfiguration": LogConfiguration,
        /// Secrets to put into environment variables when the container starts. Needs an execution role.
        optional secrets as "secrets": Vec<Secret>,
        /// Network settings for Fargate. Refused for jobs on EC2.
        optional network_configuration as "networkConfiguration": NetworkConfiguration,
        /// Platform version for Fargate. Refused for jobs on EC2.
        optional fargate_platform_configuration as "fargatePlatformConfiguration": FargatePlatformConfiguration,
        /// Whether commands may be run inside the container while it runs. Off when omitted; needs a job
        /// role.
        optional enable_execute_command as "enableExecuteCommand": bool,
        /// Size of the scratch disk on Fargate; 20 GiB when omitted. Not for jobs on EC2.
        optional ephemeral_storage as "ephemeralStorage": EphemeralStorage,
        /// Operating system and CPU architecture on Fargate; Linux on x86-64 when omitted. Not for jobs
        /// on EC2.
        optional runtime_platform as "runtimePlatform": RuntimePlatform,
        /// Login for a private image registry other than Amazon ECR. Needs an execution role.
        optional repository_credentials as "repositoryCredentials": RepositoryCredentials,
    }

    /// Device of the host made available in the container. Not for Fargate.
    Device {
        /// Path of the device on the host, such as `/dev/fuse`.
        required host_path as "hostPath": String,
        /// Path of the device in the container. When omitted, the same as `hostPath`.
        optional container_path as "containerPath": String,
        /// What the container may do with the device: any of `READ`, `WRITE` and `MKNOD`. All three when
        /// omitted.
        optional permissions as "permissions": Vec<DeviceCgroupPermission>,
    }

    /// How the mount of an EFS file system is authorised.
    EFSAuthorizationConfig {
        /// ID of the EFS access point to mount through. With it, `transitEncryption` must be `ENABLED`
        /// and `rootDirectory` omitted or `/`.
        optional access_point_id as "accessPointId": String,
        /// Whether to mount with the job role: `ENABLED` or `DISABLED`, the default. `ENABLED` needs
        /// `transitEncryption` to be `ENABLED` and a `jobRoleArn`.
        optional iam as "iam": EFSAuthorizationConfigIAM,
    }

    /// Amazon EFS file system used as a volume. On Fargate it needs platform version 1.4.0 or later; not
    /// for Windows containers.
    EFSVolumeConfiguration {
        /// ID of the EFS file system, such as `fs-12345678`.
        required file_system_id as "fileSystemId": String,
        /// Directory of the file system to mount, at most 4,096 characters; its root, `/`, when omitted.
        /// With an access point it must be omitted or `/`.
        optional root_directory as "rootDirectory": String
            where { "JD074" Length(Limits::at_most(4096)) },
        /// Whether traffic to the file system is encrypted: `ENABLED` or `DISABLED`, the default. Must be
        /// `ENABLED` with IAM authorisation or an access point.
        optional transit_encryption as "transitEncryption": EFSTransitEncryption,
        /// Port for the encrypted traffic, from 0 to 65535. When omitted, the EFS mount helper picks one.
        optional transit_encryption_port as "transitEncryptionPort": i32
            where { "JD075" PORTS },
        /// Access point and IAM authorisation for the mount. When omitted, neither is used.
        optional authorization_config as "authorizationConfig": EFSAuthorizationConfig,
    }

    /// Scratch disk of a Fargate task. Needs platform version 1.4.0 or later.
    EphemeralStorage {
        /// Size of the scratch disk in GiB, from 21 to 200. Leave `ephemeralStorage` out to get the
        /// default of 20.
        required size_in_gib as "sizeInGiB": i32
            where { "JD015" Range(21.0, 200.0) },
    }

    /// Version of the Fargate platform. Refused for jobs on EC2.
    FargatePlatformConfiguration {
        /// Platform version, such as `1.4.0`, or `LATEST`, the default.
        optional platform_version as "platformVersion": String
            where { "JD014" Formed(&PLATFORM_VERSION) },
    }

    /// Directory on the host behind a volume. Not for Fargate.
    Host {
        /// Path on the host, created if it is missing; data in it stays until removed by hand. When
        /// omitted, the container runtime picks a place, and the data may vanish with the containers.
        optional source_path as "sourcePath": String,
    }

    /// Name with its value, such as an environment variable.
    KeyValuePair {
        /// Name of the variable; required for containers. Must not begin with `AWS_BATCH`.
        optional name as "name": String,
        /// Value of the variable; required for containers.
        optional value as "value": String,
    }

    /// Linux settings of a container. Not for Windows containers.
    LinuxParameters {
        /// Devices of the host to make available in the container, like `docker run --device`. Not for
        /// Fargate.
        optional devices as "devices": Vec<Device>,
        /// Whether an init process runs in the container, forwarding signals and reaping processes, like
        /// `docker run --init`. Off when omitted.
        optional init_process_enabled as "initProcessEnabled": bool,
        /// Size of `/dev/shm` in MiB, like `docker run --shm-size`. When omitted, the container runtime
        /// decides. Not for Fargate.
        optional shared_memory_size as "sharedMemorySize": i32
            where { "JD090" SIZE },
        /// File systems in memory to mount in the container, like `docker run --tmpfs`. Not for Fargate.
        optional tmpfs as "tmpfs": Vec<Tmpfs>,
        /// Swap the container may use in MiB, 0 or more; 0 means none. With neither this nor `swappiness`
        /// given, swap is limited to twice the memory. Not for Fargate.
        optional max_swap as "maxSwap": i32
            where { "JD090" SIZE },
        /// Readiness to swap, from 0 (only if unavoidable) to 100 (eagerly); 60 when omitted. Ignored
        /// unless `maxSwap` is set. Not for Fargate.
        optional swappiness as "swappiness": i32
            where { "JD091" Range(0.0, 100.0) },
    }

    /// Where the output of a container goes.
    LogConfiguration {
        /// Log driver to use. On Fargate only `awslogs` and `splunk` are accepted.
        required log_driver as "logDriver": LogDriver,
        /// Options for the log driver, all values strings. `awslogs` takes, for instance,
        /// `awslogs-group`, by default `/aws/batch/job`, `awslogs-region` and `awslogs-stream-prefix`.
        optional options as "options": BTreeMap<String, String>,
        /// Options for the log driver whose values are secrets. Needs an execution role.
        optional secret_options as "secretOptions": Vec<Secret>,
    }

    /// Place in the container where a volume is mounted.
    MountPoint {
        /// Path in the container to mount the volume at; required for containers.
        optional container_path as "containerPath": String
            where { "JD080" Given },
        /// Whether the container may only read the volume. Off when omitted.
        optional read_only as "readOnly": bool,
        /// Name of the volume to mount, as given in `volumes`; required for containers.
        optional source_volume as "sourceVolume": String
            where { "JD080" Given },
    }

    /// Network settings of a Fargate task. Refused for jobs on EC2.
    NetworkConfiguration {
        /// Whether the task gets a public IP address; `DISABLED` when omitted. Without one it needs a NAT
        /// gateway to reach the internet.
        optional assign_public_ip as "assignPublicIp": AssignPublicIp,
    }

    /// Login for a private image registry other than Amazon ECR.
    RepositoryCredentials {
        /// ARN of the Secrets Manager secret that holds the login. The bare name is enough for a secret
        /// in the job's own Region and account.
        required credentials_parameter as "credentialsParameter": String,
    }

    /// Amount of one kind of resource to reserve for a container.
    ResourceRequirement {
        /// Amount as a string: vCPUs (whole from 1 on EC2; 0.25 to 32 on Fargate), MiB of memory (at
        /// least 4, a hard limit), or whole GPUs. On Fargate `VCPU` and `MEMORY` must be a supported
        /// pair.
        required value as "value": String,
        /// Kind of resource: `VCPU`, `MEMORY` or `GPU`. `GPU` is not available on Fargate.
        required r#type as "type": ResourceType,
    }

    /// Operating system and CPU architecture of a Fargate task. Not for jobs on EC2.
    RuntimePlatform {
        /// Operating system: `LINUX` (the default), or `WINDOWS_SERVER_2019_` or `WINDOWS_SERVER_2022_`
        /// followed by `CORE` or `FULL`. Windows does not run on Fargate Spot.
        optional operating_system_family as "operatingSystemFamily": String
            where { "JD016" Words(OPERATING_SYSTEMS) },
        /// CPU architecture: `X86_64` (the default) or `ARM64`. Windows containers need `X86_64`.
        optional cpu_architecture as "cpuArchitecture": String
            where { "JD017" Words(ARCHITECTURES) },
    }

    /// Amazon S3 Files file system used as a volume. Needs a job role with access to it.
    S3FilesVolumeConfiguration {
        /// ARN of the S3 Files file system to mount.
        required file_system_arn as "fileSystemArn": String,
        /// Directory of the file system to mount; its root, `/`, when omitted. With an access point it
        /// must be omitted or `/`.
        optional root_directory as "rootDirectory": String
            where { "JD074" Length(Limits::at_most(4096)) },
        /// Port for the encrypted traffic to the file system, from 0 to 65535. When omitted, the mount helper
        /// picks one.
        optional transit_encryption_port as "transitEncryptionPort": i32
            where { "JD075" PORTS },
        /// ARN of the S3 Files access point to mount through. When omitted, none is used.
        optional access_point_arn as "accessPointArn": String,
    }

    /// Sensitive value kept in Secrets Manager or Parameter Store and read when the container starts.
    Secret {
        /// Name under which the value is handed over: an environment variable, or an option of the log
        /// driver in `secretOptions`.
        required name as "name": String,
        /// ARN of a Secrets Manager secret, which may end in `:JSON-KEY:VERSION-STAGE:VERSION-ID`, or of
        /// a Parameter Store parameter. A parameter in the job's own Region may be given by name.
        required value_from as "valueFrom": String,
    }

    /// File system in memory mounted in a container. Not for Fargate.
    Tmpfs {
        /// Absolute path in the container to mount the file system at.
        required container_path as "containerPath": String
            where { "JD093" Formed(&ABSOLUTE_PATH) },
        /// Size of the file system in MiB.
        required size as "size": i32
            where { "JD090" SIZE },
        /// Mount options, such as `ro`, `noexec`, `nosuid` or `mode=1777`; only the documented words are
        /// accepted. When omitted, the container runtime's defaults apply.
        optional mount_options as "mountOptions": Vec<String>
            where { "JD094" Each(&Formed(&MOUNT_OPTION)) },
    }

    /// One resource limit in a container. Not for Fargate.
    Ulimit {
        /// Upper bound that the soft limit may be raised to, in the unit of the limit.
        required hard_limit as "hardLimit": i32,
        /// Which limit: `core`, `cpu`, `data`, `fsize`, `locks`, `memlock`, `msgqueue`, `nice`, `nofile`,
        /// `nproc`, `rss`, `rtprio`, `rttime`, `sigpending` or `stack`.
        required name as "name": String,
        /// Limit in force at the start, in the unit of the limit. Should not exceed `hardLimit`.
        required soft_limit as "softLimit": i32,
    }

    /// Storage that containers can mount by name.
    Volume {
        /// Directory on the host to use. When empty, the container runtime picks a place, and the data
        /// may vanish with the containers. Not for Fargate.
        optional host as "host": Host,
        /// Name that `mountPoints` refer to, at most 255 letters, digits, hyphens and underscores.
        optional name as "name": String
            where { "JD070" Length(Limits::between(1, 255)), "JD071" Formed(&NAME) },
        /// Amazon EFS file system to use as the volume.
        optional efs_volume_configuration as "efsVolumeConfiguration": EFSVolumeConfiguration,
        /// Amazon S3 Files file system to use as the volume.
        optional s3files_volume_configuration as "s3filesVolumeConfiguration": S3FilesVolumeConfiguration,
    }
}

enumeration! {
    /// Whether a Fargate task gets a public IP address.
    AssignPublicIp {
        /// The task gets a public IP address.
        Enabled = "ENABLED",
        /// The task gets no public IP address; this is the default.
        Disabled = "DISABLED",
    }

    /// What a container may do with a device of the host.
    DeviceCgroupPermission {
        /// Read from the device.
        Read = "READ",
        /// Write to the device.
        Write = "WRITE",
        /// Create device files for it.
        Mknod = "MKNOD",
    }

    /// Whether an EFS file system is mounted with the permissions of the job role.
    EFSAuthorizationConfigIAM {
        /// The job role is used; traffic to the file system must be encrypted.
        Enabled = "ENABLED",
        /// No role is used; this is the default.
        Disabled = "DISABLED",
    }

    /// Whether traffic between the host and an EFS file system is encrypted.
    EFSTransitEncryption {
        /// Traffic is encrypted.
        Enabled = "ENABLED",
        /// Traffic is not encrypted; this is the default.
        Disabled = "DISABLED",
    }

    /// Log driver of a container. On Fargate only `awslogs` and `splunk` are accepted.
    LogDriver {
        /// JSON files on the host. Not for Fargate.
        JsonFile = "json-file",
        /// The syslog service. Not for Fargate.
        Syslog = "syslog",
        /// The systemd journal of the host. Not for Fargate.
        Journald = "journald",
        /// A server that takes the Graylog Extended Log Format, such as Graylog or Logstash. Not for
        /// Fargate.
        Gelf = "gelf",
        /// A Fluentd collector. Not for Fargate.
        Fluentd = "fluentd",
        /// CloudWatch Logs; the default of Batch.
        Awslogs = "awslogs",
        /// A Splunk HTTP Event Collector.
        Splunk = "splunk",
        /// A FireLens log router that runs as another container of the same task.
        Awsfirelens = "awsfirelens",
    }

    /// Kind of resource that a container can reserve.
    ResourceType {
        /// Whole GPUs, which no other job on the host can use meanwhile. Not available on Fargate.
        Gpu = "GPU",
        /// Virtual CPUs; one equals 1,024 CPU shares.
        Vcpu = "VCPU",
        /// Memory in MiB; a container that exceeds it is killed.
        Memory = "MEMORY",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_told_from_others() {
        for text in [
            "ubuntu",
            "busybox:1.36",
            "amazon/amazon-ecs-agent",
            "quay.io/assemblyline/ubuntu",
            "localhost:5000/app:tag",
            "Repo-url/image#1:Tag_2",
            "public.ecr.aws/registry_alias/my-web-app@sha256:0f0f",
            "app:1@sha256:0f0f",
        ] {
            assert!((IMAGE.accepts)(text), "{text}");
        }
        for text in [
            "",
            "/",
            ":",
            "@",
            "ubuntu:",
            "amazon/",
            "/amazon",
            "quay.io//ubuntu",
            "https://quay.io/a",
            "my image",
            "app@latest",
            "app@sha256:",
            "a:b:c",
            "a/b:c/d",
            "localhost:x/app",
            "app:1.0+build",
            "app\n",
            "a@b:c@d:e",
        ] {
            assert!(!(IMAGE.accepts)(text), "{text}");
        }
    }

    #[test]
    fn roles_are_told_from_others() {
        for text in [
            "",
            "ecsTaskExecutionRole",
            "arn:aws:iam::123456789012:role/a",
            "arn:aws-cn:iam::1:role/team/a:b",
        ] {
            assert!((ROLE.accepts)(text), "{text}");
        }
        for text in [
            ":",
            "arn:",
            "arn:aws:iam:us-east-1:123456789012:role/a",
            "arn:aws:iam::123456789012:user/a",
            "arn:aws:iam::123456789012:role/",
            "arn:aws:iam::123456789012:role/a b",
            "arn:aws:iam:::role/a",
            "arn:aws:sts::123456789012:assumed-role/a/b",
        ] {
            assert!(!(ROLE.accepts)(text), "{text}");
        }
    }

    #[test]
    fn mount_options_are_told_from_others() {
        for text in ["rw", "mode", "mode=1777", "mpol=bind:0"] {
            assert!((MOUNT_OPTION.accepts)(text), "{text}");
        }
        for text in ["", "RW", "rw=1", "mode=", "mode=a b", "size=64m", "noquota"] {
            assert!(!(MOUNT_OPTION.accepts)(text), "{text}");
        }
    }
}
