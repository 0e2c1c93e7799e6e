//! The front of a queue: what will be tried next, in order.

use super::Core;
use super::id::{JobKey, Millis, QueueKey};
use super::job::State;
use super::queue::{Entry, Line, Queue};

/// A job at the front of its queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Front {
    /// The job or child.
    pub job: JobKey,
    /// Since when it has been as far forward as it is.
    pub since: Millis,
}

impl Core {
    /// The RUNNABLE jobs of a queue in the order in which they will be tried as things are, at most `limit`.
    pub fn front(&self, key: QueueKey, now: Millis, limit: usize) -> Vec<Front> {
        let Some(queue) = self.queues.get(&key) else { return Vec::new() };
        let mut lines: Vec<_> = queue
            .lines
            .values()
            .map(|line| (line, 0, self.jobs_in(queue, line).take(limit).peekable()))
            .collect();
        let mut front = Vec::new();
        while front.len() < limit {
            // Each start makes its share wait for the others, as it will when it comes to it.
            let next = lines
                .iter_mut()
                .filter_map(|line| {
                    let (first, _) = *line.2.peek()?;
                    Some((line.0.usage.score(now, line.1), first.job, line))
                })
                .min_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
            let Some((_, _, (_, ahead, jobs))) = next else { break };
            let Some((job, need)) = jobs.next() else { break };
            *ahead += need;
            front.push(job);
        }
        front
    }

    /// The jobs of a line in order, with the vCPUs that each needs.
    fn jobs_in<'a>(&'a self, queue: &'a Queue, line: &'a Line) -> impl Iterator<Item = (Front, u64)> + 'a {
        line.waiting.iter().flat_map(move |((_, position), entry)| {
            let moved = queue.moved(*position);
            let (single, since, children) = match entry {
                Entry::Job(key) => match &self.jobs[key].state {
                    State::Runnable(waiting) => (Some(*key), waiting.since, None),
                    _ => (None, now_or_never(), None),
                },
                Entry::Children(key) => {
                    let array = &self.arrays[key];
                    (None, array.since, Some(array.unmade().map(|index| key.member(index))))
                }
            };
            let need = self.spec_of(*entry).need.vcpu_milli;
            let since = moved.map_or(since, |moved| since.max(moved));
            let jobs = single.into_iter().chain(children.into_iter().flatten());
            jobs.map(move |job| (Front { job, since }, need))
        })
    }
}

const fn now_or_never() -> Millis {
    Millis(0)
}
