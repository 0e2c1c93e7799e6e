//! A shadow of the store: rows that are written by the durable effects alone. It refuses what must never be
//! written. How a core is built from it is in [`super::revive`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::api::job::JobStatus;
use crate::engine::core::capacity::EnvironmentSettings;
use crate::engine::core::effect::ShareRecord;
use crate::engine::core::queue::QueueSettings;
use crate::engine::core::{
    AttemptId, Call, Effect, EnvironmentKey, Event, JobKey, JobSpec, Millis, Outcome, QueueKey, Reason, Stop,
    StopCause, Submission, Waits,
};

/// What is durable.
#[derive(Debug, Default)]
pub(super) struct Store {
    pub(super) jobs: BTreeMap<JobKey, JobRow>,
    /// An index: the rows of what is not finished, nodes left out.
    unfinished: BTreeSet<JobKey>,
    pub(super) queues: BTreeMap<QueueKey, QueueRow>,
    pub(super) environments: BTreeMap<EnvironmentKey, EnvironmentRow>,
    pub(super) shares: BTreeMap<(QueueKey, Arc<str>), ShareRecord>,
    /// The words of the call that is being carried out.
    words: Arc<str>,
}

#[derive(Debug)]
pub(super) struct QueueRow {
    pub(super) settings: QueueSettings,
    pub(super) deleted: bool,
}

#[derive(Debug)]
pub(super) struct EnvironmentRow {
    pub(super) settings: EnvironmentSettings,
    pub(super) deleted: bool,
    pub(super) desired: u64,
    /// Whether jobs run on hosts that are being replaced.
    pub(super) updating: bool,
}

/// A job, array, child or node, finished or not.
#[derive(Debug)]
pub(super) struct JobRow {
    pub(super) spec: Arc<JobSpec>,
    pub(super) kind: Kind,
    pub(super) status: JobStatus,
    pub(super) reason: Option<Reason>,
    /// Since when the reason has been there, if it says what blocks the job.
    pub(super) blocked_at: Option<Millis>,
    pub(super) position: i64,
    pub(super) called: Option<Call>,
    pub(super) attempts: Vec<AttemptRow>,
    pub(super) stopped_at: Option<Millis>,
}

/// What a row is about.
#[derive(Debug)]
pub(super) enum Kind {
    /// A job that somebody has submitted.
    Job { waits: Waits },
    /// An array.
    Array(ArrayRow),
    /// A child that something has happened to.
    Child { parent: JobKey },
    /// A node that was launched at least once.
    Node { job: JobKey },
}

/// What is known of an array beside what is known of every job.
#[derive(Debug)]
pub(super) struct ArrayRow {
    pub(super) size: u32,
    pub(super) waits: Waits,
    /// The state of the children that have no row, and why.
    pub(super) rest: JobStatus,
    pub(super) rest_reason: Option<Reason>,
    pub(super) rest_at: Option<Millis>,
    pub(super) rest_called: Option<Call>,
    /// The words of the first call that was to end all of it.
    pub(super) words: Option<Arc<str>>,
}

/// One attempt of a job or node.
#[derive(Debug)]
pub(super) struct AttemptRow {
    pub(super) number: u32,
    pub(super) environment: EnvironmentKey,
    pub(super) gpus: Vec<u32>,
    pub(super) placed_at: Millis,
    pub(super) started_at: Option<Millis>,
    pub(super) leaves: Option<Millis>,
    pub(super) stop: Option<Stop>,
    pub(super) end: Option<(Outcome, Millis)>,
}

impl JobRow {
    fn new(spec: &Arc<JobSpec>, kind: Kind, key: JobKey, status: JobStatus) -> Self {
        Self {
            spec: Arc::clone(spec),
            kind,
            status,
            reason: None,
            blocked_at: None,
            position: i64::try_from(key.0).unwrap(),
            called: None,
            attempts: Vec::new(),
            stopped_at: None,
        }
    }

    pub(super) fn ended(&self) -> bool {
        has_ended(self.status)
    }

    /// Whether it holds room somewhere.
    pub(super) fn placed(&self) -> bool {
        matches!(self.status, JobStatus::Starting | JobStatus::Running)
    }

    pub(super) fn array(&self) -> Option<&ArrayRow> {
        match &self.kind {
            Kind::Array(array) => Some(array),
            Kind::Job { .. } | Kind::Child { .. } | Kind::Node { .. } => None,
        }
    }

    /// Whether it went this way; nodes go from any state to where their job is.
    fn may_become(&self, to: JobStatus) -> bool {
        use JobStatus::{Failed, Pending, Runnable, Running, Starting, Submitted, Succeeded};
        match (&self.kind, self.status) {
            (Kind::Array(_), Submitted) => to == Pending,
            (Kind::Array(_), _) => self.status == Pending && has_ended(to),
            (Kind::Node { .. }, from) => from != to || !has_ended(to),
            // An executor that comes back with an end skips RUNNING (rules JOB-031, JOB-033 to JOB-040).
            (_, Submitted) => matches!(to, Pending | Runnable | Failed),
            (_, Pending) => matches!(to, Runnable | Failed),
            (_, Runnable) => matches!(to, Starting | Failed),
            (_, Starting) => matches!(to, Running | Runnable | Succeeded | Failed),
            (_, Running) => matches!(to, Runnable | Succeeded | Failed),
            (_, Succeeded | Failed) => false,
        }
    }
}

impl AttemptRow {
    pub(super) fn is_over(&self) -> bool {
        self.end.is_some()
    }
}

pub(super) fn has_ended(status: JobStatus) -> bool {
    matches!(status, JobStatus::Succeeded | JobStatus::Failed)
}

/// Writing.
impl Store {
    /// Writes what the shell writes by itself: jobs and resources.
    pub(super) fn admit(&mut self, event: &Event) {
        match event {
            Event::Submit { job, submission } => self.submit(*job, submission),
            Event::QueuePut { queue, settings } => {
                self.queues.insert(*queue, QueueRow { settings: settings.clone(), deleted: false });
            }
            Event::QueueDeleted { queue, reason } => {
                self.words = reason.as_str().into();
                self.queues.get_mut(queue).expect("it is there").deleted = true;
            }
            Event::EnvironmentPut { environment, settings, replacement } => {
                let known = self.environments.entry(*environment).or_insert_with(|| EnvironmentRow {
                    settings: settings.clone(),
                    deleted: false,
                    desired: 0,
                    updating: false,
                });
                known.settings = settings.clone();
                known.updating |= replacement.is_some();
            }
            Event::EnvironmentDeleted { environment } => {
                self.environments.get_mut(environment).expect("it is there").deleted = true;
            }
            Event::Cancel { reason, .. } | Event::Terminate { reason, .. } => {
                self.words = reason.as_str().into();
            }
            Event::Refuse { .. } | Event::Report { .. } | Event::Wake => {}
        }
    }

    fn submit(&mut self, key: JobKey, submission: &Submission) {
        let Submission { spec, size, waits } = submission.clone();
        let kind = match size {
            None => Kind::Job { waits },
            Some(size) => Kind::Array(ArrayRow {
                size,
                waits,
                rest: JobStatus::Pending,
                rest_reason: None,
                rest_at: None,
                rest_called: None,
                words: None,
            }),
        };
        assert!(key >= self.next_key(), "{key:?} is given twice");
        self.jobs.insert(key, JobRow::new(&Arc::new(spec), kind, key, JobStatus::Submitted));
        self.unfinished.insert(key);
    }

    /// Writes one effect, as `engine/persist.rs` does.
    pub(super) fn persist(&mut self, effect: &Effect) {
        match effect {
            Effect::Made { job, parent } => self.make(*job, *parent),
            Effect::Rest { array, status, reason, ended_by, at } => {
                let row = self.rest(*array, *status);
                (row.rest_reason, row.rest_called, row.rest_at) = (reason.clone(), *ended_by, Some(*at));
            }
            Effect::Status { job, status, reason, at } => self.status(*job, *status, reason.clone(), *at),
            Effect::Blocked { job, reason, at } => {
                let row = self.row(*job);
                let reason = reason.as_deref().map(Reason::from);
                assert!(
                    row.status == JobStatus::Runnable && row.reason != reason,
                    "{job:?} is told what it knows: {reason:?}"
                );
                row.blocked_at = reason.as_ref().map(|_| *at);
                row.reason = reason;
            }
            Effect::Called { job, call } => {
                let words = Arc::clone(&self.words);
                let row = self.row(*job);
                row.called = Some(*call);
                if let Kind::Array(array) = &mut row.kind {
                    array.words.get_or_insert(words);
                }
            }
            Effect::Position { job, position } => self.row(*job).position = *position,
            Effect::AttemptPlaced { attempt, environment, gpus, at } => {
                self.place(*attempt, *environment, gpus.clone(), *at);
            }
            Effect::AttemptStarted { attempt, at } => {
                let before = self.attempt(*attempt).started_at.replace(*at);
                assert_eq!(before, None, "attempt {attempt} started twice");
            }
            Effect::AttemptLeaves { attempt, at } => {
                // The main node may be over, while others are still being stopped.
                let last = self.row(attempt.job).attempts.last_mut().expect("the attempt was placed");
                assert_eq!(last.number, attempt.number, "only the last attempt changes");
                last.leaves = Some(*at);
            }
            Effect::AttemptStopping { attempt, cause, kill_at } => {
                let before =
                    self.attempt(*attempt).stop.replace(Stop { cause: cause.clone(), kill_at: *kill_at });
                // A stop after which there could be another attempt may become one after which there is none.
                let again = before.is_none_or(|stop| {
                    let is_open = matches!(stop.cause, StopCause::MainEnded | StopCause::Replaced);
                    is_open && *cause != stop.cause && stop.kill_at == *kill_at
                });
                assert!(again, "attempt {attempt} is stopped twice");
            }
            Effect::AttemptEnded { attempt, outcome, at } => {
                self.attempt(*attempt).end = Some((outcome.clone(), *at));
            }
            Effect::Share { queue, share, record } => {
                let key = (*queue, Arc::clone(share));
                match record {
                    Some(record) => self.shares.insert(key, *record),
                    None => self.shares.remove(&key),
                };
            }
            Effect::Desired { environment, vcpus } => {
                let known = self.environments.get_mut(environment).expect("it is there");
                assert_ne!(known.desired, *vcpus, "{environment:?} is told what it knows");
                known.desired = *vcpus;
            }
            Effect::Replaced { environment } => {
                let known = self.environments.get_mut(environment).expect("it is there");
                assert!(std::mem::take(&mut known.updating), "{environment:?} is not being replaced");
            }
            Effect::Launch { .. } | Effect::Signal { .. } | Effect::Settle { .. } => {}
        }
    }

    fn make(&mut self, key: JobKey, parent: JobKey) {
        if self.jobs.contains_key(&key) {
            return;
        }
        let of = &self.jobs[&parent];
        let spec = Arc::clone(&of.spec);
        let row = if let Some(array) = of.array() {
            assert!(key.0 - parent.0 <= u64::from(array.size), "{parent:?} has no child {key:?}");
            assert!(!has_ended(array.rest), "{key:?} is made after its end");
            self.unfinished.insert(key);
            JobRow::new(&spec, Kind::Child { parent }, key, array.rest)
        } else {
            let nodes = spec.nodes.as_ref().expect("only arrays and multi-node jobs have members");
            assert!(key.0 - parent.0 <= nodes.needs.len() as u64, "{parent:?} has no node {key:?}");
            JobRow::new(&spec, Kind::Node { job: parent }, key, JobStatus::Runnable)
        };
        self.jobs.insert(key, row);
    }

    fn rest(&mut self, key: JobKey, status: JobStatus) -> &mut ArrayRow {
        let with_row = self.children(key).count();
        let row = self.row(key);
        assert!(!row.ended(), "the rest of {key:?} changes after its end");
        let Kind::Array(array) = &mut row.kind else { panic!("{key:?} is no array") };
        assert!(!has_ended(array.rest) && array.rest != status, "the rest of {key:?} is {:?}", array.rest);
        assert!(with_row < array.size as usize, "there is no rest of {key:?}");
        array.rest = status;
        array
    }

    fn status(&mut self, key: JobKey, status: JobStatus, reason: Option<Reason>, at: Millis) {
        if self.is_unmade_node(key) {
            return;
        }
        let row = self.row(key);
        assert!(row.may_become(status), "{key:?} goes from {:?} to {status:?}", row.status);
        row.status = status;
        row.reason = reason;
        row.blocked_at = None;
        row.stopped_at = row.ended().then_some(at);
        if row.ended() {
            self.unfinished.remove(&key);
        }
    }

    fn place(&mut self, attempt: AttemptId, environment: EnvironmentKey, gpus: Vec<u32>, placed_at: Millis) {
        let job = match self.row(attempt.job).kind {
            Kind::Node { job } => job,
            Kind::Job { .. } | Kind::Array(_) | Kind::Child { .. } => attempt.job,
        };
        assert!(self.jobs[&job].array().is_none(), "{job:?} is an array and has no attempts");
        let most = self.jobs[&job].spec.retry.attempts;
        assert!(attempt.number <= most, "attempt {attempt} is one too many");
        let row = self.row(attempt.job);
        let before = row.attempts.last().map_or(0, |last| last.number);
        // A node has no attempt where the main node did not get so far.
        let follows = if job == attempt.job || attempt.job == job.member(row.spec.main().try_into().unwrap())
        {
            attempt.number == before + 1
        } else {
            attempt.number > before
        };
        assert!(follows, "attempt {attempt} comes after attempt {before}");
        assert!(row.attempts.last().is_none_or(AttemptRow::is_over), "{} runs twice", attempt.job.0);
        row.attempts.push(AttemptRow {
            number: attempt.number,
            environment,
            gpus,
            placed_at,
            started_at: None,
            leaves: None,
            stop: None,
            end: None,
        });
    }

    fn row(&mut self, job: JobKey) -> &mut JobRow {
        self.jobs.get_mut(&job).unwrap_or_else(|| panic!("{job:?} has no row"))
    }

    /// The row of an attempt that is not over.
    fn attempt(&mut self, attempt: AttemptId) -> &mut AttemptRow {
        let row = self.row(attempt.job);
        let last = row.attempts.last_mut().expect("the attempt was placed");
        assert_eq!(last.number, attempt.number, "only the last attempt changes");
        assert!(!last.is_over(), "attempt {attempt} is over");
        last
    }
}

/// Reading.
impl Store {
    /// A key that leaves room for the children or nodes of the last job.
    pub(super) fn next_key(&self) -> JobKey {
        // A row of its own comes before those of its members.
        let top = |row: &&JobRow| matches!(row.kind, Kind::Job { .. } | Kind::Array(_));
        let last = self.jobs.iter().rev().find(|(_, row)| top(row));
        JobKey(last.map_or(1, |(key, row)| {
            let nodes = row.spec.nodes.as_ref().map_or(0, |nodes| nodes.needs.len() as u64);
            key.0 + 1 + row.array().map_or(nodes, |array| u64::from(array.size))
        }))
    }

    /// What somebody submitted that this key belongs to: itself, or an array or multi-node job with such a member.
    pub(super) fn owner(&self, key: JobKey) -> Option<(JobKey, &JobRow)> {
        let top = |row: &&JobRow| matches!(row.kind, Kind::Job { .. } | Kind::Array(_));
        let (owner, row) = self.jobs.range(..=key).rev().find(|(_, row)| top(row))?;
        let nodes = row.spec.nodes.as_ref().map_or(0, |nodes| nodes.needs.len() as u64);
        let members = row.array().map_or(nodes, |array| u64::from(array.size));
        (key.0 - owner.0 <= members).then_some((*owner, row))
    }

    fn is_unmade_node(&self, key: JobKey) -> bool {
        !self.jobs.contains_key(&key) && self.owner(key).is_some_and(|(_, row)| row.spec.nodes.is_some())
    }

    /// How things are with a job, array, child or node, whether it has a row or not.
    pub(super) fn state_of(&self, key: JobKey) -> (JobStatus, Option<&Reason>) {
        if let Some(row) = self.jobs.get(&key) {
            return (row.status, row.reason.as_ref());
        }
        let (_, owner) = self.owner(key).unwrap_or_else(|| panic!("there is no {key:?}"));
        // A node that has never run is where its job is.
        owner
            .array()
            .map_or((owner.status, owner.reason.as_ref()), |array| (array.rest, array.rest_reason.as_ref()))
    }

    pub(super) fn status_of(&self, key: JobKey) -> JobStatus {
        self.state_of(key).0
    }

    pub(super) fn is_node(&self, key: JobKey) -> bool {
        self.jobs.get(&key).is_some_and(|row| matches!(row.kind, Kind::Node { .. }))
    }

    /// The unfinished jobs, arrays and children that have rows.
    pub(super) fn unfinished(&self) -> impl Iterator<Item = (JobKey, &JobRow)> {
        self.unfinished.iter().map(|key| (*key, &self.jobs[key]))
    }

    /// The rows of an array's children.
    pub(super) fn children(&self, array: JobKey) -> impl Iterator<Item = (JobKey, &JobRow)> {
        let size = self.jobs[&array].array().map_or(0, |array| array.size);
        self.jobs.range(array.member(0)..array.member(size)).map(|(key, row)| (*key, row))
    }

    /// The attempts that executors should know of.
    pub(super) fn placed(&self) -> impl Iterator<Item = (AttemptId, &AttemptRow)> {
        let jobs = self.unfinished().filter(|(_, row)| row.placed());
        let tasks = jobs.flat_map(|(key, row)| {
            let nodes = row.spec.nodes.as_ref().map_or(0, |nodes| u32::try_from(nodes.needs.len()).unwrap());
            let members = (0..nodes).map(move |index| key.member(index));
            (nodes == 0).then_some(key).into_iter().chain(members)
        });
        tasks.filter_map(|key| {
            let attempt = self.jobs.get(&key)?.attempts.last()?;
            let id = AttemptId { job: key, number: attempt.number };
            (!attempt.is_over()).then_some((id, attempt))
        })
    }
}
