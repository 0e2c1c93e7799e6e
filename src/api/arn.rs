//! Amazon Resource Names, and the namespace (account and region) that every resource lives in.

use std::fmt;

/// Where resources live: each account has its own in each region.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Scope {
    /// Twelve digits, leading zeros kept.
    pub account: String,
    /// A region name; any name is taken.
    pub region: String,
}

impl Scope {
    /// The account of a local engine unless told otherwise.
    pub const LOCAL_ACCOUNT: &str = "000000000000";
    /// The region of a local engine unless told otherwise.
    pub const LOCAL_REGION: &str = "us-east-1";

    /// The ARN of something in this scope.
    pub fn arn(&self, kind: ResourceKind, name: &str) -> String {
        format!("arn:aws:batch:{}:{}:{}/{name}", self.region, self.account, kind.as_str())
    }
}

impl Default for Scope {
    fn default() -> Self {
        Self { account: Self::LOCAL_ACCOUNT.into(), region: Self::LOCAL_REGION.into() }
    }
}

/// The kinds of resource that have a Batch ARN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResourceKind {
    /// `compute-environment/NAME`
    ComputeEnvironment,
    /// `job-queue/NAME`
    JobQueue,
    /// `scheduling-policy/NAME`
    SchedulingPolicy,
    /// `job-definition/NAME:REVISION`
    JobDefinition,
    /// `job/ID`
    Job,
}

impl ResourceKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::ComputeEnvironment, Self::JobQueue, Self::SchedulingPolicy, Self::JobDefinition, Self::Job];

    /// The word in an ARN.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ComputeEnvironment => "compute-environment",
            Self::JobQueue => "job-queue",
            Self::SchedulingPolicy => "scheduling-policy",
            Self::JobDefinition => "job-definition",
            Self::Job => "job",
        }
    }
}

impl fmt::Display for ResourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether a text is an ARN of this service whose resource begins with `resource` and goes on. IAM has no regions;
/// those of its ARNs are empty.
pub(crate) fn has_form(text: &str, service: &str, resource: &str) -> bool {
    let parts: Vec<_> = text.splitn(7, ':').collect();
    let [arn, partition, named, region, account, rest] = parts.as_slice() else { return false };
    let names = |rest: &str| rest.strip_prefix(resource).is_some_and(|name| !name.is_empty());
    *arn == "arn"
        && *named == service
        && region.is_empty() == (service == "iam")
        && !partition.is_empty()
        && !account.is_empty()
        && names(rest)
}

/// A parsed Batch ARN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arn {
    /// The account and region it names.
    pub scope: Scope,
    /// What it is the ARN of.
    pub kind: ResourceKind,
    /// The part behind the slash.
    pub name: String,
}

impl Arn {
    /// Reads `arn:PARTITION:batch:REGION:ACCOUNT:KIND/NAME`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        let prefix = (parts.next()?, parts.next()?, parts.next()?);
        let (region, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
        if prefix.0 != "arn" || !prefix.1.starts_with("aws") || prefix.2 != "batch" {
            return None;
        }
        let (kind, name) = resource.split_once('/')?;
        let kind = ResourceKind::ALL.into_iter().find(|known| known.as_str() == kind)?;
        let scope = Scope { account: account.into(), region: region.into() };
        (!name.is_empty()).then(|| Self { scope, kind, name: name.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_reads_back_as_it_was_written() {
        let scope = Scope { account: "012345678901".into(), region: "eu-central-1".into() };
        for kind in ResourceKind::ALL {
            let arn = Arn::parse(&scope.arn(kind, "a-name:3")).expect("an own ARN parses");
            assert_eq!(arn, Arn { scope: scope.clone(), kind, name: "a-name:3".into() });
        }
    }

    #[test]
    fn what_is_no_batch_arn_is_refused() {
        for text in
            ["", "name", "arn:aws:ecs:us-east-1:1:job/x", "arn:aws:batch:us-east-1:1:job/", "arn:aws:batch:r"]
        {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
    }
}
