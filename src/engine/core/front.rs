//! The front of a queue: what will be tried next, in order.

use super::Core;
use super::id::{JobKey, Millis, QueueKey};
use super::job::{State, position};
use super::queue::{Entry, Line, Place, Queue};

/// A job at the front of its queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Front {
    /// The job or child.
    pub job: JobKey,
    /// Since when it has been where it is: since the last that left or came before it in its share, or started.
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
            *ahead = ahead.saturating_add(need);
            // A clock that was set back makes nothing of the future.
            front.push(Front { since: job.since.min(now), ..job });
        }
        front
    }

    /// The jobs of a line in order, with the vCPUs that each needs.
    fn jobs_in<'a>(&'a self, queue: &'a Queue, line: &'a Line) -> impl Iterator<Item = (Front, u64)> + 'a {
        line.waiting.iter().flat_map(move |(place, entry)| {
            let (since, single, children) = match entry {
                Entry::Job(key) => {
                    let State::Runnable(waiting) = &self.jobs[key].state else {
                        unreachable!("what waits is RUNNABLE")
                    };
                    (waiting.since, Some((*place, *key)), None)
                }
                Entry::Children(key) => {
                    let array = &self.arrays[key];
                    let children = array.unmade().map(|index| key.member(index));
                    // Each stands where it would stand alone.
                    (array.since, None, Some(children.map(|child| ((place.0, position(child)), child))))
                }
            };
            let need = self.spec_of(*entry).need.vcpu_milli;
            let jobs = single.into_iter().chain(children.into_iter().flatten());
            jobs.map(move |(place, job)| {
                // What starts was the first of all, so that in other lines all moved as well.
                let moved = [line.moves.before(place), queue.started];
                (Front { job, since: moved.into_iter().flatten().fold(since, Ord::max) }, need)
            })
        })
    }
}

/// When places in a line were last left or taken, so that those behind moved: places ascending, and with them times.
#[derive(Debug, Default)]
pub(super) struct Moves(Vec<(Place, Millis)>);

impl Moves {
    /// When the job at this place got where it is, if it did so by others that left or came.
    fn before(&self, place: Place) -> Option<Millis> {
        let before = self.0.partition_point(|(other, _)| *other < place);
        before.checked_sub(1).map(|last| self.0[last].1)
    }

    pub(super) fn note(&mut self, place: Place, now: Millis) {
        // More than anybody asks about; what is older than these is then taken for older still.
        const KEPT: usize = 1000;
        self.0.truncate(self.0.partition_point(|(other, _)| *other < place));
        self.0.push((place, now));
        if self.0.len() > KEPT {
            self.0.remove(0);
        }
    }
}
