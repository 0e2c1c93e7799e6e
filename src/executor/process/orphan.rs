//! Killing what a dead runner, or an attempt, left behind.
//!
//! Such processes have nothing in common any more: they are children of init, or of the runner, in any number of
//! sessions. But each carries the environment that it was started with, and that names the attempt.

use std::collections::HashSet;
use std::fs;
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, getpid, pidfd_open, pidfd_send_signal};

/// The variables that name an attempt.
pub(super) const JOB_ID: &str = "AWS_BATCH_JOB_ID";
pub(super) const JOB_ATTEMPT: &str = "AWS_BATCH_JOB_ATTEMPT";

/// How often to look, at most. One look finds all but those that are being forked at that moment.
const ROUNDS: u32 = 100;
/// How often in a row nothing must be found.
const CLEAN: u32 = 2;
/// How long to wait before the look that is to confirm that nothing is left: a process that is just becoming its
/// program shows no environment for a moment.
const SETTLING: Duration = Duration::from_millis(10);
/// How long to wait for a killed process to be gone before looking again.
const PATIENCE: Duration = Duration::from_secs(1);

/// An attempt as its environment names it.
pub(super) type Name = (String, u32);

/// Kills all processes of these attempts that we may look into, which are those of this user. Returns when none
/// is left.
pub(super) fn kill(attempts: &HashSet<Name>) {
    let mut clean = if attempts.is_empty() { CLEAN } else { 0 };
    let mut rounds = 0..ROUNDS;
    while clean < CLEAN {
        if rounds.next().is_none() {
            tracing::error!("processes of attempts that are over do not die");
            return;
        }
        let found = find(attempts);
        clean = if found.is_empty() { clean + 1 } else { 0 };
        if clean > 0 && clean < CLEAN {
            std::thread::sleep(SETTLING);
        }
        for process in &found {
            // It may be gone already.
            let _ = pidfd_send_signal(process, Signal::KILL);
        }
        for process in &found {
            await_end(process);
        }
    }
}

/// The processes whose environment names one of the attempts. As handles, so that a pid that is given to
/// another process in the meantime does no harm.
fn find(attempts: &HashSet<Name>) -> Vec<OwnedFd> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?));
    pids.filter(|pid| *pid != getpid())
        .filter_map(|pid| {
            let handle = pidfd_open(pid, PidfdFlags::empty()).ok()?;
            // A process that ended has no environment, so those that were killed are not found again.
            let environment = fs::read(format!("/proc/{pid}/environ")).ok()?;
            attempts.contains(&name(&environment)?).then_some(handle)
        })
        .collect()
}

fn name(environment: &[u8]) -> Option<Name> {
    let value = |name: &str| {
        let mut variables = environment.split(|byte| *byte == 0);
        let value =
            variables.find_map(|variable| variable.strip_prefix(name.as_bytes())?.strip_prefix(b"="))?;
        str::from_utf8(value).ok()
    };
    Some((value(JOB_ID)?.to_owned(), value(JOB_ATTEMPT)?.parse().ok()?))
}

fn await_end(process: &OwnedFd) {
    let patience = Timespec::try_from(PATIENCE).ok();
    // An error, or a process that hangs in the kernel, leads to another look.
    let _ = poll(&mut [PollFd::from_borrowed_fd(process.as_fd(), PollFlags::IN)], patience.as_ref());
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn the_environment_names_the_attempt() {
        let environment = b"A=1\0AWS_BATCH_JOB_ATTEMPT=2\0XAWS_BATCH_JOB_ID=no\0AWS_BATCH_JOB_ID=abc:3\0";
        assert_eq!(name(environment), Some(("abc:3".into(), 2)));
        assert_eq!(name(b"AWS_BATCH_JOB_ID=abc\0"), None);
    }

    #[test]
    fn only_processes_of_the_attempt_are_killed() {
        let id = format!("orphan-test-{}", std::process::id());
        let start = |attempt: &str| {
            let mut command = Command::new("sleep");
            let child = command.arg("600").env(JOB_ID, &id).env(JOB_ATTEMPT, attempt).spawn().unwrap();
            // It is not there to be found before it has become its program.
            let environment = format!("/proc/{}/environ", child.id());
            while name(&fs::read(&environment).unwrap()).is_none() {}
            child
        };
        let (mut first, mut second) = (start("1"), start("2"));
        kill(&HashSet::from([(id.clone(), 1)]));
        assert!(!first.wait().unwrap().success());
        assert!(second.try_wait().unwrap().is_none());
        kill(&HashSet::from([(id.clone(), 2)]));
        assert!(!second.wait().unwrap().success());
    }
}
