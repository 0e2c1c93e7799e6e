//! The same semantics once more, slow and obvious: every child is a job, every question is answered by looking at
//! all jobs, and nothing is remembered that can be worked out. After each step the referee says what ought to be
//! stored and done; it shares words and types with the core, but no function.

mod agree;
mod ledger;
mod round;
mod run;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::ledger::Ledger;
use self::run::Run;
use crate::api::job::JobStatus;
use crate::engine::core::capacity::EnvironmentSettings;
use crate::engine::core::queue::QueueSettings;
use crate::engine::core::{
    AttemptId, Call, EnvironmentKey, Event, JobKey, JobSpec, Millis, QueueKey, Resources, StopCause,
    Submission,
};

/// What ought to be.
#[derive(Debug)]
pub(super) struct Referee {
    pub(super) host: Resources,
    /// Every job, array and child that there has ever been; nodes are part of their job.
    jobs: Jobs,
    /// Those that are not over.
    open: BTreeSet<JobKey>,
    /// Which node of which job a key is.
    nodes: BTreeMap<JobKey, (JobKey, usize)>,
    queues: BTreeMap<QueueKey, Queue>,
    environments: BTreeMap<EnvironmentKey, Environment>,
    /// How many times a job went to the head of its queue.
    retried: i64,
    /// What is to be done because of the last step.
    acts: Vec<Act>,
    /// Whether something may follow from what has happened.
    is_unsettled: bool,
    /// What may have changed in the last step.
    touched: BTreeSet<JobKey>,
}

/// Something to be done, beside what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Launch(AttemptId),
    Terminate(AttemptId),
    Kill(AttemptId),
    Settle(AttemptId),
}

/// Jobs by key; keys are dense enough for a list.
#[derive(Debug, Default)]
struct Jobs(Vec<Option<Job>>);

impl Jobs {
    fn get(&self, key: &JobKey) -> Option<&Job> {
        self.0.get(usize::try_from(key.0).unwrap())?.as_ref()
    }

    fn get_mut(&mut self, key: &JobKey) -> Option<&mut Job> {
        self.0.get_mut(usize::try_from(key.0).unwrap())?.as_mut()
    }

    fn insert(&mut self, key: JobKey, job: Job) {
        let at = usize::try_from(key.0).unwrap();
        self.0.resize_with(self.0.len().max(at + 1), || None);
        self.0[at] = Some(job);
    }
}

impl std::ops::Index<&JobKey> for Jobs {
    type Output = Job;

    fn index(&self, key: &JobKey) -> &Job {
        self.get(key).expect("it is there")
    }
}

#[derive(Debug)]
struct Job {
    spec: Arc<JobSpec>,
    role: Role,
    /// What must have succeeded before it may run.
    on: Vec<JobKey>,
    status: JobStatus,
    why: Why,
    called: Option<Call>,
    /// The words of the first call for the whole array.
    words: Option<String>,
    ended: Option<Millis>,
    /// Its turn among the jobs of its queue.
    turn: i64,
    attempts: u32,
    run: Option<Run>,
    /// What blocks it at the head of its queue: the reason, and since when its code is that.
    blocked: Option<(String, Millis)>,
    /// Its nodes, as far as they have their own states.
    nodes: Vec<(JobStatus, Why)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Alone,
    Array { size: u32 },
    Child { of: JobKey, sequential: bool },
}

/// The status reason.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Why {
    Nothing,
    Words(String),
    /// A job that it depends on has failed.
    Dependency,
}

#[derive(Debug)]
struct Queue {
    settings: QueueSettings,
    deleted: bool,
    shares: BTreeMap<Arc<str>, Ledger>,
}

#[derive(Debug)]
struct Environment {
    settings: EnvironmentSettings,
    deleted: bool,
    /// What it was asked to have, until jobs end in it or it loses a queue.
    floor: u64,
}

impl Job {
    fn is_over(&self) -> bool {
        matches!(self.status, JobStatus::Succeeded | JobStatus::Failed)
    }
}

impl Queue {
    /// Shares are no longer active once they have been without jobs for the decay time (rule CEQ-047).
    fn forget_shares(&mut self, now: Millis) {
        if let Some(policy) = &self.settings.policy {
            self.shares.retain(|_, share| !share.is_over(now, policy));
        }
    }
}

/// What happens.
impl Referee {
    pub(super) fn new(host: Resources) -> Self {
        Self {
            host,
            jobs: Jobs::default(),
            open: BTreeSet::new(),
            nodes: BTreeMap::new(),
            queues: BTreeMap::new(),
            environments: BTreeMap::new(),
            retried: 0,
            acts: Vec::new(),
            is_unsettled: false,
            touched: BTreeSet::new(),
        }
    }

    pub(super) fn step(&mut self, now: Millis, event: &Event) {
        self.acts.clear();
        self.touched.clear();
        match event {
            Event::Submit { job, submission } => self.submit(now, *job, submission),
            Event::Refuse { job, reason } => self.refuse(now, *job, reason),
            Event::Cancel { job, reason } => self.call(now, *job, Call::Cancel, reason),
            Event::Terminate { job, reason } => self.call(now, *job, Call::Terminate, reason),
            Event::Report { attempt, report } => self.report(now, *attempt, report),
            Event::Wake => self.wake(now),
            Event::QueuePut { queue, settings } => self.put_queue(now, *queue, settings),
            Event::QueueDeleted { queue, reason } => {
                self.lose(&self.queues[queue].settings.environments.clone());
                self.queues.get_mut(queue).expect("it is there").deleted = true;
                for job in self.open.clone() {
                    if self.jobs[&job].spec.queue == *queue
                        && !matches!(self.jobs[&job].role, Role::Child { .. })
                    {
                        self.call(now, job, Call::Terminate, reason);
                    }
                }
            }
            Event::EnvironmentPut { environment, settings, replacement } => {
                self.put_environment(*environment, settings);
                if let Some(replacement) = replacement {
                    self.replace(now, *environment, replacement.seconds);
                }
            }
            Event::EnvironmentDeleted { environment } => {
                self.environments.get_mut(environment).expect("it is there").deleted = true;
            }
        }
        self.settle(now);
    }

    fn submit(&mut self, now: Millis, key: JobKey, submission: &Submission) {
        let Submission { spec, size, waits } = submission;
        let spec = Arc::new(spec.clone());
        let queue = self.queues.get_mut(&spec.queue).expect("a job is submitted to a queue");
        queue.shares.entry(Arc::clone(&spec.share)).or_insert_with(|| Ledger::new(now)).busy();
        let whole: Vec<_> = waits.jobs.iter().chain(&waits.failed).copied().collect();
        let role = size.map_or(Role::Alone, |size| Role::Array { size });
        self.add(key, Arc::clone(&spec), role, whole.clone());
        for index in 0..size.unwrap_or(0) {
            let mut on = whole.clone();
            on.extend(waits.pairs.iter().map(|pair| pair.array.member(index)));
            on.extend(index.checked_sub(1).filter(|_| waits.sequential).map(|before| key.member(before)));
            self.add(
                key.member(index),
                Arc::clone(&spec),
                Role::Child { of: key, sequential: waits.sequential },
                on,
            );
        }
        for index in 0..spec.nodes.as_ref().map_or(0, |nodes| nodes.needs.len()) {
            self.nodes.insert(key.member(u32::try_from(index).unwrap()), (key, index));
        }
    }

    fn add(&mut self, key: JobKey, spec: Arc<JobSpec>, role: Role, on: Vec<JobKey>) {
        let job = Job {
            spec,
            role,
            on,
            status: JobStatus::Pending,
            why: Why::Nothing,
            called: None,
            words: None,
            ended: None,
            turn: i64::try_from(key.0).unwrap(),
            attempts: 0,
            run: None,
            blocked: None,
            nodes: Vec::new(),
        };
        self.jobs.insert(key, job);
        self.is_unsettled = true;
        self.open.insert(key);
        self.touched.insert(key);
    }

    /// It cannot be run: all of it fails, which nobody has called for.
    fn refuse(&mut self, now: Millis, key: JobKey, words: &str) {
        let Some(job) = self.jobs.get_mut(&key).filter(|job| !job.is_over()) else { return };
        if let Role::Array { size } = job.role {
            job.words.get_or_insert_with(|| words.to_owned());
            (0..size).for_each(|index| self.refuse(now, key.member(index), words));
        } else {
            self.end(now, key, JobStatus::Failed, Why::Words(words.to_owned()));
        }
    }

    /// CancelJob or TerminateJob.
    fn call(&mut self, now: Millis, key: JobKey, call: Call, words: &str) {
        let Some(job) = self.jobs.get_mut(&key).filter(|job| !job.is_over()) else { return };
        if let Role::Array { size } = job.role {
            job.called = Some(call);
            job.words.get_or_insert_with(|| words.to_owned());
            self.touched.insert(key);
            for index in 0..size {
                self.call(now, key.member(index), call, words);
            }
        } else if job.run.is_none() {
            job.called = Some(call);
            self.end(now, key, JobStatus::Failed, Why::Words(words.to_owned()));
        } else if call == Call::Terminate {
            job.called = Some(call);
            self.stop(now, key, &StopCause::Terminated(words.to_owned()));
        }
    }

    fn put_queue(&mut self, now: Millis, key: QueueKey, settings: &QueueSettings) {
        let Some(known) = self.queues.get_mut(&key) else {
            let new = Queue { settings: settings.clone(), deleted: false, shares: BTreeMap::new() };
            self.queues.insert(key, new);
            return;
        };
        let before = std::mem::replace(&mut known.settings, settings.clone());
        if before.policy != known.settings.policy {
            // What was used up to now was weighed by the policy of the time.
            let constant = ledger::constant(before.policy.as_ref());
            known.shares.values_mut().for_each(|share| share.change_policy(now, constant));
        }
        let lost: Vec<_> =
            before.environments.into_iter().filter(|it| !settings.environments.contains(it)).collect();
        self.lose(&lost);
    }

    /// These have lost a queue, and fall back to what they need.
    fn lose(&mut self, environments: &[EnvironmentKey]) {
        for lost in environments {
            if let Some(environment) = self.environments.get_mut(lost) {
                environment.floor = 0;
            }
        }
    }

    fn put_environment(&mut self, key: EnvironmentKey, settings: &EnvironmentSettings) {
        let asked = |settings: &EnvironmentSettings| settings.scale.map_or(0, |scale| scale.asked);
        let new = || Environment { settings: settings.clone(), deleted: false, floor: asked(settings) };
        let known = self.environments.entry(key).or_insert_with(new);
        if asked(&known.settings) != asked(settings) {
            known.floor = asked(settings);
        }
        known.settings = settings.clone();
    }

    /// The hosts of an environment are replaced: what runs there now may do so for some seconds more.
    fn replace(&mut self, now: Millis, key: EnvironmentKey, seconds: i64) {
        for job in self.running_in(key) {
            let run = self.jobs.get_mut(&job).and_then(|job| job.run.as_mut()).expect("it runs");
            run.leaves = Some(now.plus_seconds(seconds));
            self.touched.insert(job);
            if seconds == 0 {
                self.stop(now, job, &StopCause::Replaced);
            }
        }
    }

    /// The engine was started anew: kills may not have gone out, and what an environment was asked to have counts
    /// again as far as it has it.
    pub(super) fn restart(&mut self, host: Resources, desired: impl Fn(EnvironmentKey) -> u64) {
        self.host = host;
        for run in self.jobs.0.iter_mut().flatten().filter_map(|job| job.run.as_mut()) {
            run.is_killed = false;
        }
        for (key, environment) in &mut self.environments {
            let asked = environment.settings.scale.map_or(0, |scale| scale.asked);
            environment.floor = asked.min(desired(*key));
        }
        // A deleted queue is deleted once more, as long as it has jobs.
        for (key, queue) in self.queues.iter().filter(|(_, queue)| queue.deleted) {
            if self.open.iter().any(|job| self.jobs[job].spec.queue == *key) {
                for lost in &queue.settings.environments {
                    self.environments.get_mut(lost).expect("it is there").floor = 0;
                }
            }
        }
    }
}

/// What follows.
impl Referee {
    /// Jobs whose dependencies have all succeeded may run, those of which one has failed fail; until nothing more
    /// follows.
    fn settle(&mut self, now: Millis) {
        while std::mem::take(&mut self.is_unsettled) {
            let waiting: Vec<_> =
                self.open.iter().copied().filter(|key| self.jobs[key].status == JobStatus::Pending).collect();
            for key in waiting {
                self.settle_one(now, key);
            }
        }
    }

    fn settle_one(&mut self, now: Millis, key: JobKey) {
        let job = &self.jobs[&key];
        if matches!(job.role, Role::Array { .. }) || job.is_over() {
            return;
        }
        let status = |on: &JobKey| self.jobs[on].status;
        if let Some(failed) = job.on.iter().find(|on| status(on) == JobStatus::Failed) {
            // A sequence ends with the child that fails; others fail when that is noticed.
            let is_sibling = matches!(job.role, Role::Child { of, .. } if *failed > of);
            let at = self.jobs[failed].ended.filter(|_| is_sibling).unwrap_or(now);
            self.end(at, key, JobStatus::Failed, Why::Dependency);
        } else if job.on.iter().all(|on| status(on) == JobStatus::Succeeded) {
            let job = self.jobs.get_mut(&key).expect("it is there");
            job.status = JobStatus::Runnable;
            self.touched.insert(key);
        }
    }

    /// An array ends with its last child.
    fn settle_array(&mut self, key: JobKey) {
        let Role::Array { size } = self.jobs[&key].role else { panic!("{key:?} is no array") };
        let children: Vec<_> = (0..size).map(|index| &self.jobs[&key.member(index)]).collect();
        if children.iter().any(|child| !child.is_over()) {
            return;
        }
        let last = children.iter().filter_map(|child| child.ended).max().expect("an array has children");
        let job = &self.jobs[&key];
        let (to, why) = if children.iter().all(|child| child.status == JobStatus::Succeeded) {
            (JobStatus::Succeeded, Why::Nothing)
        } else if let Some(words) = job.words.clone() {
            (JobStatus::Failed, Why::Words(words))
        } else if job.on.iter().any(|on| self.jobs[on].status == JobStatus::Failed) {
            (JobStatus::Failed, Why::Dependency)
        } else {
            (JobStatus::Failed, Why::Words("Array Child Job failed".to_owned()))
        };
        self.end(last, key, to, why);
    }

    fn end(&mut self, at: Millis, key: JobKey, to: JobStatus, why: Why) {
        let job = self.jobs.get_mut(&key).expect("it is there");
        assert!(!job.is_over(), "{key:?} ends twice");
        for node in &mut job.nodes {
            // A node of which something ran in the last attempt has its own end.
            if !matches!(node.0, JobStatus::Succeeded | JobStatus::Failed) {
                *node = (to, why.clone());
            }
        }
        (job.status, job.why, job.ended, job.run, job.blocked) = (to, why, Some(at), None, None);
        self.open.remove(&key);
        self.is_unsettled = true;
        self.touched.insert(key);
        let (queue, share) = (job.spec.queue, Arc::clone(&job.spec.share));
        if let Role::Child { of, .. } = job.role {
            return self.settle_array(of);
        }
        if self.unfinished_of(queue, &share) == 0 {
            let queue = self.queues.get_mut(&queue).expect("a job has a queue");
            let constant = ledger::constant(queue.settings.policy.as_ref());
            queue.shares.get_mut(&share).expect("a share with jobs is known").idle(at, constant);
        }
    }
}

/// Questions.
impl Referee {
    fn unfinished_of(&self, queue: QueueKey, share: &str) -> usize {
        let of_share = |key: &&JobKey| {
            let spec = &self.jobs[key].spec;
            spec.queue == queue && *spec.share == *share
        };
        self.open.iter().filter(of_share).count()
    }

    /// The jobs that hold room in an environment.
    fn running_in(&self, environment: EnvironmentKey) -> Vec<JobKey> {
        let in_it =
            |key: &JobKey| self.jobs[key].run.as_ref().is_some_and(|run| run.environment == environment);
        self.open.iter().copied().filter(in_it).collect()
    }

    /// The vCPUs, in thousandths, that the jobs of a share hold.
    fn running_of(&self, queue: QueueKey, share: &str) -> u64 {
        let held = self
            .open
            .iter()
            .map(|key| &self.jobs[key])
            .filter(|job| job.run.is_some() && job.spec.queue == queue && *job.spec.share == *share);
        held.map(|job| job.spec.need.vcpu_milli).sum()
    }

    /// The key of a task: the job's, or its node's.
    fn task_key(&self, key: JobKey, task: usize) -> JobKey {
        if self.jobs[&key].spec.nodes.is_some() { key.member(u32::try_from(task).unwrap()) } else { key }
    }

    fn attempt(&self, key: JobKey, task: usize) -> AttemptId {
        AttemptId { job: self.task_key(key, task), number: self.jobs[&key].attempts }
    }
}
