//! What a job needs, fixed when it is submitted.

use std::sync::Arc;

use super::capacity::Resources;
use super::id::{JobKey, QueueKey};
use super::retry::Retry;

/// What a job needs. The children of an array share one.
#[derive(Debug, Clone, PartialEq)]
pub struct JobSpec {
    /// Its queue.
    pub queue: QueueKey,
    /// What it reserves while it runs; that of all nodes together.
    pub need: Resources,
    /// Its nodes, if it is a multi-node parallel job.
    pub nodes: Option<Nodes>,
    /// When to run it again.
    pub retry: Retry,
    /// The longest an attempt may run, in seconds.
    pub timeout_seconds: Option<i64>,
    /// Whose it is in a queue with a scheduling policy; the empty identifier elsewhere.
    pub share: Arc<str>,
    /// Its priority among the jobs of its share; higher goes first. 0 in a queue without a policy (rule JDX-016).
    pub priority: i32,
}

/// The nodes of a multi-node parallel job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nodes {
    /// The index of the main node.
    pub main: u32,
    /// What each reserves, by index.
    pub needs: Vec<Resources>,
}

/// A job as it is submitted.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    /// What it needs; what each of its children needs, if it is an array.
    pub spec: JobSpec,
    /// How many children it has, if it is an array.
    pub size: Option<u32>,
    /// What it waits for.
    pub waits: Waits,
}

/// What a job waits for before it may run. Jobs that have succeeded already are not mentioned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waits {
    /// Unfinished jobs (arrays, children of arrays) that must all succeed (rules JOB-071, JOB-121, JOB-122).
    pub jobs: Vec<JobKey>,
    /// Arrays of the same size, of which child i must succeed before child i of this one may run (JOB-115).
    pub pairs: Vec<Pair>,
    /// Whether the children run one after another (JOB-114).
    pub sequential: bool,
    /// A job that has failed before this one was submitted, so that it fails at once.
    pub failed: Option<JobKey>,
}

/// An array that another one depends on child by child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The array.
    pub array: JobKey,
    /// How its children ended, by index, if it is finished; the core knows of unfinished ones itself.
    pub ended: Option<Vec<Child>>,
}

/// What the array knows of a child.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Child {
    /// Nothing has happened to it yet: it has no row, and is in the state that the array says of all such.
    #[default]
    Unmade,
    /// It is a job of its own.
    Made,
    /// It has succeeded.
    Succeeded,
    /// It has failed.
    Failed,
}
