//! Why the job at the head of a queue cannot start, and what may follow from that.

use super::capacity::Misfit;

/// Why the job at the head of a queue can never start as things are (rules OPS-190 to OPS-198).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blocked {
    /// All environments are INVALID.
    Invalid,
    /// All environments lack permissions.
    Permissions,
    /// maxvCpus of every environment is smaller than the job needs.
    MaxResource,
    /// No environment has what the job needs.
    JobResource,
    /// The environments get no hosts.
    Capacity,
    /// Nothing above explains it.
    Undetermined,
}

const ALL: [Blocked; 6] = [
    Blocked::Invalid,
    Blocked::Permissions,
    Blocked::MaxResource,
    Blocked::JobResource,
    Blocked::Capacity,
    Blocked::Undetermined,
];

impl Blocked {
    /// What `jobStateTimeLimitActions` call it, and how its status reason begins.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invalid => "ACTION_REQUIRED",
            Self::Permissions => "MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS",
            Self::MaxResource => "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE",
            Self::JobResource => "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT",
            Self::Capacity => "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY",
            Self::Undetermined => "UNDETERMINED",
        }
    }

    /// The documented status reason. `instance` is the instance type that cannot be had.
    pub fn reason(self, instance: &str) -> String {
        let words = match self {
            Self::Invalid => "CE(s) associated with the job queue are invalid.",
            Self::Permissions => "Batch service role has a permission issue.",
            Self::MaxResource => {
                "CE(s) associated with the job queue cannot meet the CPU requirement of the job."
            }
            Self::JobResource => {
                "The job resource requirement (vCPU/memory/GPU) is higher than that can be met by the CE(s) attached \
                 to the job queue."
            }
            Self::Capacity => {
                return format!(
                    "{} - Service cannot fulfill the capacity requested for instance type {instance}",
                    self.code()
                );
            }
            Self::Undetermined => "Batch job is blocked, root cause is undetermined.",
        };
        format!("{} - {words}", self.code())
    }

    /// What a stored status reason says, if it is one of these.
    pub fn from_reason(reason: &str) -> Option<Self> {
        let code = reason.split_once(" - ")?.0;
        ALL.into_iter().find(|blocked| blocked.code() == code)
    }

    /// Whether an action of the queue may end a job for it; the last resorts it may not (rules OPS-197, OPS-198).
    pub const fn may_be_acted_on(self) -> bool {
        !matches!(self, Self::Invalid | Self::Undetermined)
    }

    /// What keeps a job from all environments of its queue for good, given what keeps it from each, in order.
    pub(super) fn judge(misfits: &[Misfit]) -> Option<Self> {
        let open = misfits.iter().copied().filter(|misfit| *misfit != Misfit::Closed);
        if open.clone().any(|misfit| misfit == Misfit::Busy) {
            return None;
        }
        let all = |these: &[Misfit]| {
            let mut open = open.clone().peekable();
            open.peek().is_some() && open.all(|misfit| these.contains(&misfit))
        };
        Some(if all(&[Misfit::Invalid]) {
            Self::Invalid
        } else if all(&[Misfit::NoPermission]) {
            Self::Permissions
        } else if all(&[Misfit::BeyondMaximum]) {
            Self::MaxResource
        } else if all(&[Misfit::BeyondMaximum, Misfit::BeyondHost]) {
            Self::JobResource
        } else if all(&[Misfit::NoCapacity]) {
            Self::Capacity
        } else {
            Self::Undetermined
        })
    }
}

/// What a queue does with a job that is blocked for too long (`jobStateTimeLimitActions`; rules CEQ-018, OPS-188).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeLimit {
    /// The reason for which it is blocked.
    pub blocked: Blocked,
    /// After how many seconds the job is cancelled.
    pub seconds: i64,
}

impl TimeLimit {
    /// Reads the reason of an action: a code, or a whole status reason. Other words match nothing.
    pub fn read(reason: &str, seconds: i64) -> Option<Self> {
        let blocked = Blocked::from_reason(reason)
            .or_else(|| ALL.into_iter().find(|blocked| blocked.code() == reason.trim()))?;
        blocked.may_be_acted_on().then_some(Self { blocked, seconds })
    }
}
