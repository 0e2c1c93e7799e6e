//! Placement: which waiting job starts where.

use std::cmp::Reverse;
use std::sync::Arc;

use super::blocked::Blocked;
use super::capacity::Misfit;
use super::effect::Effect;
use super::id::{EnvironmentKey, JobKey, Millis, QueueKey};
use super::job::{State, Waiting, status};
use super::queue::{Entry, Queue};
use super::run::{Run, Task, TaskState};
use super::spec::JobSpec;
use super::{Core, Job};
use crate::api::job::JobStatus;

/// What keeps the job that is next in its queue from all environments.
struct Obstacle {
    /// Set where it lasts.
    blocked: Option<Blocked>,
    /// The instance type that cannot be had.
    instance: Arc<str>,
}

impl Core {
    /// Starts whatever fits: queues by descending priority, in each the jobs in order. The first job that does
    /// not fit holds those behind it (rules CEQ-002, CEQ-023, CEQ-035).
    pub fn schedule(&mut self, now: Millis, out: &mut Vec<Effect>) {
        if !self.changed {
            return;
        }
        let mut order: Vec<_> =
            self.queues.iter().map(|(key, queue)| (Reverse(queue.settings.priority), *key)).collect();
        order.sort_unstable();
        let order: Vec<_> = order.into_iter().map(|(_, key)| key).collect();
        for queue in &order {
            self.serve(now, *queue, out);
        }
        self.scale(&order, out);
        self.tell_shares(out);
        self.changed = false;
    }

    fn serve(&mut self, now: Millis, key: QueueKey, out: &mut Vec<Effect>) {
        let Some(queue) = self.queues.get_mut(&key) else { return };
        let forgotten = queue.prune(now).into_iter();
        out.extend(forgotten.map(|share| Effect::Share { queue: key, share, record: None }));
        while let Some(entry) = self.pick(now, key) {
            let spec = self.spec_of(entry);
            match self.find_place(key, &spec) {
                Ok(environment) => {
                    let job = self.single_out(entry);
                    self.start(now, job, environment, out);
                }
                Err(obstacle) => return self.explain(now, key, Some((entry, obstacle)), out),
            }
        }
        self.explain(now, key, None, out);
    }

    /// What is next in a queue: the first of the share that has had least, of those that may have more
    /// (rules CEQ-038, CEQ-046).
    fn pick(&self, now: Millis, key: QueueKey) -> Option<Entry> {
        let queue = self.queues.get(&key)?;
        if queue.settings.policy.is_none() {
            return queue.lines.values().find_map(|line| line.waiting.values().next().copied());
        }
        let cap = queue.cap(self.total_milli(queue)).unwrap_or(u64::MAX);
        let heads = queue.lines.values().filter_map(|line| {
            let (place, entry) = line.waiting.first_key_value()?;
            let running = line.usage.running_milli;
            // What is reserved for others never keeps a share from running one job.
            (running == 0 || running < cap).then(|| (line.usage.score(now, 0), place.1, *entry, running))
        });
        let mut heads: Vec<_> = heads.collect();
        // To look up what a job needs costs more than all of the above, so it is done for few.
        while let Some(least) = (0..heads.len()).min_by(|one, other| {
            let (one, other) = (&heads[*one], &heads[*other]);
            one.0.total_cmp(&other.0).then(one.1.cmp(&other.1))
        }) {
            let (_, _, entry, running) = heads.swap_remove(least);
            if running == 0 || running + self.spec_of(entry).need.vcpu_milli <= cap {
                return Some(entry);
            }
        }
        None
    }

    /// The vCPUs that all environments of a queue may have, in thousandths.
    pub(super) fn total_milli(&self, queue: &Queue) -> u64 {
        let environments = queue.settings.environments.iter().filter_map(|key| self.environments.get(key));
        let max = |settings: &super::capacity::EnvironmentSettings| {
            settings.max_vcpu_milli.unwrap_or(self.host.total.vcpu_milli)
        };
        environments.map(|environment| max(&environment.settings)).sum()
    }

    pub(super) fn spec_of(&self, entry: Entry) -> Arc<JobSpec> {
        Arc::clone(match entry {
            Entry::Job(key) => &self.jobs[&key].spec,
            Entry::Children(key) => &self.arrays[&key].spec,
        })
    }

    /// The job that an entry stands for; the first child, made a job of its own, if there are several.
    fn single_out(&mut self, entry: Entry) -> JobKey {
        match entry {
            Entry::Job(key) => key,
            Entry::Children(key) => {
                let array = self.arrays.get_mut(&key).expect("what waits is known");
                let index = array.first_unmade().expect("children wait as long as there are some");
                self.make_child(key, index);
                key.member(index)
            }
        }
    }

    /// The first environment of the queue with room for the job, else what keeps it from all (rules CEQ-033, CEQ-050).
    fn find_place(&self, queue: QueueKey, spec: &JobSpec) -> Result<EnvironmentKey, Obstacle> {
        let mut misfits = Vec::new();
        let mut instance = None;
        for key in &self.queues[&queue].settings.environments {
            let Some(environment) = self.environments.get(key) else { continue };
            match environment.fits(spec, &self.host) {
                Ok(()) => return Ok(*key),
                Err(misfit) => {
                    if misfit == Misfit::NoCapacity {
                        instance.get_or_insert_with(|| Arc::clone(&environment.settings.instance));
                    }
                    misfits.push(misfit);
                    let is_first = misfits.iter().all(|other| *other == Misfit::Closed || *other == misfit);
                    if spec.nodes.is_some() && misfit == Misfit::NoCapacity && is_first {
                        // The nodes wait for the first environment, whatever the others have (rule OPS-193).
                        break;
                    }
                }
            }
        }
        let blocked = Blocked::judge(&misfits);
        Err(Obstacle { blocked, instance: instance.unwrap_or_default() })
    }

    fn start(&mut self, now: Millis, key: JobKey, environment: EnvironmentKey, out: &mut Vec<Effect>) {
        self.tell(key, out);
        self.disarm(key);
        let Job { spec, state, attempts, .. } = self.jobs.get_mut(&key).expect("a waiting job is known");
        let State::Runnable(Waiting { position, .. }) = *state else {
            unreachable!("what waits is RUNNABLE")
        };
        let spec = Arc::clone(spec);
        *attempts += 1;
        let count = spec.nodes.as_ref().map_or(1, |nodes| nodes.needs.len());
        let tasks = vec![Task { state: TaskState::Waiting, gpus: Vec::new() }; count];
        let run = Run { environment, placed: now, stop: None, leaves: None, tasks, end: None };
        *state = State::Starting(Box::new(run));
        self.dequeue(now, &spec, position, 1);
        if let Some(queue) = self.queues.get_mut(&spec.queue) {
            queue.started = Some(now);
        }
        self.reserve(now, key, environment);
        status(key, JobStatus::Starting, None, now, out);
        self.launch_task(now, key, spec.main(), out);
    }

    /// Keeps the status reason of the head job in step with what blocks it; only the head job has one (rules
    /// OPS-182, OPS-183).
    fn explain(
        &mut self,
        now: Millis,
        queue: QueueKey,
        head: Option<(Entry, Obstacle)>,
        out: &mut Vec<Effect>,
    ) {
        let blocked = head.and_then(|(entry, obstacle)| Some((entry, obstacle.blocked?, obstacle.instance)));
        let head = blocked.map(|(entry, blocked, instance)| (self.single_out(entry), blocked, instance));
        let Some(known) = self.queues.get_mut(&queue) else { return };
        let before = std::mem::replace(&mut known.explained, head.as_ref().map(|(key, ..)| *key));
        if let Some(before) = before.filter(|before| Some(*before) != head.as_ref().map(|(key, ..)| *key)) {
            self.set_blocked(now, before, None, out);
        }
        if let Some((key, blocked, instance)) = head {
            self.set_blocked(now, key, Some((blocked, &instance)), out);
        }
    }

    fn set_blocked(
        &mut self,
        now: Millis,
        key: JobKey,
        found: Option<(Blocked, &str)>,
        out: &mut Vec<Effect>,
    ) {
        let is_same = match self.jobs.get(&key).map(|job| &job.state) {
            Some(State::Runnable(waiting)) => {
                waiting.blocked.map(|(blocked, _)| blocked) == found.map(|(blocked, _)| blocked)
            }
            _ => true,
        };
        if is_same {
            return;
        }
        self.tell(key, out);
        self.disarm(key);
        if let Some(State::Runnable(waiting)) = self.jobs.get_mut(&key).map(|job| &mut job.state) {
            waiting.blocked = found.map(|(blocked, _)| (blocked, now));
        }
        self.arm(key);
        let reason = found.map(|(blocked, instance)| blocked.reason(instance));
        out.push(Effect::Blocked { job: key, reason, at: now });
    }

    /// Has the shell keep what shares have used.
    fn tell_shares(&mut self, out: &mut Vec<Effect>) {
        for (key, queue) in &mut self.queues {
            if queue.settings.policy.is_none() {
                continue;
            }
            for (share, line) in queue.lines.iter_mut().filter(|(_, line)| line.usage.is_changed) {
                line.usage.is_changed = false;
                let record = Some(line.usage.record);
                out.push(Effect::Share { queue: *key, share: Arc::clone(share), record });
            }
        }
    }
}
