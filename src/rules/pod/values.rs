//! The rules about single values of a pod. The vocabulary judges them ([`crate::api::constraint`]).

use crate::rules::context::EKS_DEFINITION;
use crate::rules::registry::rules;

rules! {
    /// A pod has at most 10 containers and at most 10 init containers.
    ///
    /// The two lists are counted separately, in job definitions and in overrides. Combine what belongs together in one
    /// image, or split the work into several jobs.
    error CONTAINER_COUNT = "JD230" {
        guide: "Creating job definitions with multiple containers: EKS properties, initContainers",
        from: ["JDX-045", "JDP-170"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "a", "image": "x"}, {"name": "b", "image": "x"}, {"name": "c", "image": "x"}, {"name": "d", "image": "x"},
            {"name": "e", "image": "x"}, {"name": "f", "image": "x"}, {"name": "g", "image": "x"}, {"name": "h", "image": "x"},
            {"name": "i", "image": "x"}, {"name": "j", "image": "x"}, {"name": "k", "image": "x"}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"initContainers": [{"name": "a", "image": "x"}]}}}"#,
    }

    /// The name of a container in a pod has 1 to 63 characters.
    ///
    /// Kubernetes takes no longer ones.
    error NAME_LENGTH = "JD231" {
        guide: "Creating a single-node job definition on Amazon EKS: container configuration",
        from: ["JDC-099"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"initContainers": [{"name": "", "image": "busybox"}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"initContainers": [{"name": "fetch", "image": "busybox"}]}}}"#,
    }

    /// The name of a container in a pod consists of letters, digits and hyphens.
    ///
    /// It begins with a letter or a digit. Unlike in other names of Batch, underscores are refused.
    error NAME_FORM = "JD232" {
        guide: "Creating a single-node job definition on Amazon EKS: container configuration",
        from: ["JDC-099"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"initContainers": [{"name": "fetch_data", "image": "busybox"}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"initContainers": [{"name": "fetch-data", "image": "busybox"}]}}}"#,
    }

    /// The image pull policy of a container in a pod is Always, IfNotPresent or Never.
    ///
    /// The letter case matters. Without a policy, images tagged latest are always pulled and others if they are not
    /// there yet.
    error PULL_POLICY = "JD235" {
        guide: "Job definition parameters: EKS properties, containers, imagePullPolicy",
        from: ["JDP-187", "JDC-101"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "imagePullPolicy": "always"}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "imagePullPolicy": "Always"}]}}}"#,
    }

    /// Containers in a pod ask for cpu, memory and nvidia.com/gpu only.
    ///
    /// Other resources of Kubernetes, such as ephemeral-storage or the GPUs of other makers, are not supported. The names
    /// are written in lower case, other than the VCPU, MEMORY and GPU of jobs on ECS.
    error RESOURCE_NAMES = "JD240" {
        guide: "Job definition parameters: EKS properties, containers, resources",
        from: ["JDP-191", "JOB-185"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"ephemeral-storage": "1Gi"}}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"initContainers": [
            {"name": "fetch", "image": "busybox", "resources": {"limits": {"memory": "64Mi"}}}]}}}"#,
    }

    /// The name of a volume in a pod has 1 to 253 characters.
    ///
    /// It has to be usable as a DNS subdomain name.
    error VOLUME_NAME_LENGTH = "JD250" {
        guide: "Job definition parameters: EKS properties, volumes, name",
        from: ["JDP-238"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "", "emptyDir": {}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "scratch", "emptyDir": {}}]}}}"#,
    }

    /// The name of a volume in a pod is a DNS subdomain name.
    ///
    /// It consists of lower-case letters, digits, hyphens and dots, with a letter or a digit at both ends. Capitals and
    /// underscores, which volumes of jobs on ECS may have, are refused.
    error VOLUME_NAME_FORM = "JD251" {
        guide: "Job definition parameters: EKS properties, volumes, name",
        from: ["JDP-238"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "My_Volume", "emptyDir": {}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "my-volume", "emptyDir": {}}]}}}"#,
    }

    /// The name of a Kubernetes secret has 1 to 253 characters.
    ///
    /// It has to be usable as a DNS subdomain name.
    error SECRET_NAME_LENGTH = "JD252" {
        guide: "Job definition parameters: EKS properties, volumes, secret",
        from: ["JDP-242"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "login", "secret": {"secretName": ""}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "login", "secret": {"secretName": "db-login"}}]}}}"#,
    }

    /// The name of a Kubernetes secret is a DNS subdomain name.
    ///
    /// It consists of lower-case letters, digits, hyphens and dots, with a letter or a digit at both ends.
    error SECRET_NAME_FORM = "JD253" {
        guide: "Job definition parameters: EKS properties, volumes, secret",
        from: ["JDP-242"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "login", "secret": {"secretName": "DB_login"}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "login", "secret": {"secretName": "db-login"}}]}}}"#,
    }

    /// An emptyDir volume is kept in Memory, or on the disk of the node.
    ///
    /// The disk is meant by an empty string, or by leaving the medium out. What is kept in memory counts against the
    /// memory limit of the container.
    error MEDIUM = "JD254" {
        guide: "Job definition parameters: EKS properties, volumes, emptyDir",
        from: ["JDP-230"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "scratch", "emptyDir": {"medium": "memory"}}]}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"volumes": [{"name": "scratch", "emptyDir": {"medium": "Memory"}}]}}}"#,
    }

    /// The DNS policy of a pod is Default, ClusterFirst or ClusterFirstWithHostNet.
    ///
    /// The policy None of Kubernetes is not offered. Left out, the policy follows the network: ClusterFirst, or
    /// ClusterFirstWithHostNet for a pod on the network of its host.
    error DNS_POLICY = "JD260" {
        guide: "Job definition parameters: EKS properties, dnsPolicy",
        from: ["JDP-220", "JDC-091"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"dnsPolicy": "clusterFirst"}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"dnsPolicy": "ClusterFirst"}}}"#,
    }

    /// The IDs of users and groups in a pod lie between 0 and 2147483647.
    ///
    /// Kubernetes refuses others. What is asked for is the number, not the name, and it must exist in the image.
    error ACCOUNT_RANGE = "JD262" {
        guide: "Job definition parameters: EKS properties, containers, securityContext",
        from: ["JDP-208", "JDP-213", "JDC-108", "JDC-110"],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"securityContext": {"runAsUser": -1}}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"securityContext": {"runAsUser": 1000}}}}"#,
    }

    /// The namespace of a pod has 1 to 63 characters.
    ///
    /// Leave the member out for the namespace of the compute environment.
    error NAMESPACE_LENGTH = "JD267" {
        guide: "API reference: EksMetadata, namespace",
        from: [],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"metadata": {"namespace": ""}}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"metadata": {"namespace": "batch-jobs"}}}}"#,
    }

    /// The namespace of a pod is one of its own, of lower-case letters, digits and hyphens.
    ///
    /// It has a letter or a digit at both ends. Batch creates no pods in the namespace default or in one that begins
    /// with kube-: those belong to Kubernetes and to everybody.
    error NAMESPACE_FORM = "JD268" {
        guide: "API reference: EksMetadata, namespace",
        from: [],
        on: EKS_DEFINITION,
        wrong: r#"{"eksProperties": {"podProperties": {"metadata": {"namespace": "default"}}}}"#,
        right: r#"{"eksProperties": {"podProperties": {"metadata": {"namespace": "batch-jobs"}}}}"#,
    }
}
