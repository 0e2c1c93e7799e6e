//! The few system calls that no safe wrapper offers as they are needed here.
//!
//! `posix_spawn` rather than fork and exec: it shares the memory with the child until the exec, so its cost does
//! not grow with the runner, and it reports a failed exec as an error of the call.

#![expect(unsafe_code, reason = "posix_spawn, waitid for children, and replacing the standard descriptors")]

use std::ffi::{CString, c_char, c_int, c_short};
use std::fs::{self, File};
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::ptr;

use crate::executor::Exit;

/// A process to be: all strings in the form that the kernel takes.
#[derive(Debug)]
pub(super) struct Image {
    /// The file to execute.
    pub(super) program: CString,
    /// The arguments, from the name on.
    pub(super) arguments: Vec<CString>,
    /// `NAME=VALUE` each.
    pub(super) environment: Vec<CString>,
    /// The working directory.
    pub(super) directory: CString,
    /// Standard output and standard error.
    pub(super) log: OwnedFd,
}

/// Starts processes that inherit nothing: own session, default signals, standard descriptors only.
pub(super) struct Spawner {
    attributes: libc::posix_spawnattr_t,
    null: OwnedFd,
}

impl Spawner {
    /// Prepares what all processes have in common.
    pub(super) fn new() -> io::Result<Self> {
        let null = File::options().read(true).write(true).open("/dev/null")?.into();
        let mut attributes = MaybeUninit::uninit();
        // SAFETY: `posix_spawnattr_init` initialises what it is given.
        check(unsafe { libc::posix_spawnattr_init(attributes.as_mut_ptr()) })?;
        // SAFETY: it just succeeded.
        let mut this = Self { attributes: unsafe { attributes.assume_init() }, null };
        // The ignored SIGPIPE of a Rust program, and whatever the starter ignored, would survive the exec.
        let flags = libc::POSIX_SPAWN_SETSID
            | libc::POSIX_SPAWN_SETSIGDEF as c_short
            | libc::POSIX_SPAWN_SETSIGMASK as c_short;
        let mut signals = MaybeUninit::<libc::sigset_t>::uninit();
        // SAFETY: the attributes are initialised; each set is filled before it is read.
        unsafe {
            check(libc::posix_spawnattr_setflags(&raw mut this.attributes, flags))?;
            // Not `sigfillset`: it leaves out two signals of the C library, which would then be ignored.
            signals.as_mut_ptr().write_bytes(0xff, 1);
            check(libc::posix_spawnattr_setsigdefault(&raw mut this.attributes, signals.as_ptr()))?;
            libc::sigemptyset(signals.as_mut_ptr());
            check(libc::posix_spawnattr_setsigmask(&raw mut this.attributes, signals.as_ptr()))?;
        }
        Ok(this)
    }

    /// The null device, open for the whole life of the runner.
    pub(super) fn null(&self) -> BorrowedFd<'_> {
        self.null.as_fd()
    }

    /// Starts a process and returns its pid, which is its process group and session too.
    pub(super) fn spawn(&self, image: &Image) -> io::Result<i32> {
        let mut actions = Actions::new()?;
        actions.duplicate(self.null.as_raw_fd(), libc::STDIN_FILENO)?;
        actions.duplicate(image.log.as_raw_fd(), libc::STDOUT_FILENO)?;
        actions.duplicate(image.log.as_raw_fd(), libc::STDERR_FILENO)?;
        actions.enter(&image.directory)?;
        let arguments = pointers(&image.arguments);
        let environment = pointers(&image.environment);
        let mut pid = 0;
        // SAFETY: both lists end with a null pointer and point to strings that `image` owns; attributes and
        // actions are initialised.
        check(unsafe {
            libc::posix_spawn(
                &raw mut pid,
                image.program.as_ptr(),
                &raw const actions.0,
                &raw const self.attributes,
                arguments.as_ptr(),
                environment.as_ptr(),
            )
        })?;
        Ok(pid)
    }
}

impl Drop for Spawner {
    fn drop(&mut self) {
        // SAFETY: the attributes are initialised, and not used again.
        unsafe { libc::posix_spawnattr_destroy(&raw mut self.attributes) };
    }
}

/// What a child does between its birth and the exec.
struct Actions(libc::posix_spawn_file_actions_t);

impl Actions {
    fn new() -> io::Result<Self> {
        let mut actions = MaybeUninit::uninit();
        // SAFETY: `posix_spawn_file_actions_init` initialises what it is given.
        check(unsafe { libc::posix_spawn_file_actions_init(actions.as_mut_ptr()) })?;
        // SAFETY: it just succeeded.
        Ok(Self(unsafe { actions.assume_init() }))
    }

    fn duplicate(&mut self, from: RawFd, to: RawFd) -> io::Result<()> {
        // SAFETY: the actions are initialised.
        check(unsafe { libc::posix_spawn_file_actions_adddup2(&raw mut self.0, from, to) })
    }

    fn enter(&mut self, directory: &CString) -> io::Result<()> {
        // SAFETY: the actions are initialised; the path is copied.
        check(unsafe { libc::posix_spawn_file_actions_addchdir_np(&raw mut self.0, directory.as_ptr()) })
    }
}

impl Drop for Actions {
    fn drop(&mut self) {
        // SAFETY: the actions are initialised, and not used again.
        unsafe { libc::posix_spawn_file_actions_destroy(&raw mut self.0) };
    }
}

/// A list as `execve` takes it. C forgot the const: nobody writes through these.
fn pointers(strings: &[CString]) -> Vec<*mut c_char> {
    strings.iter().map(|string| string.as_ptr().cast_mut()).chain([ptr::null_mut()]).collect()
}

/// These functions return the error instead of setting `errno`.
fn check(code: c_int) -> io::Result<()> {
    if code == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(code)) }
}

/// Waits until a child ends and says which one and how, without reaping it: until that is done, its pid and
/// process group cannot be given to others. `None` if there are no children.
pub(super) fn wait_any() -> io::Result<Option<(i32, Exit)>> {
    loop {
        let mut info = MaybeUninit::<libc::siginfo_t>::zeroed();
        // SAFETY: the kernel writes into `info`, which is large enough.
        let code = unsafe { libc::waitid(libc::P_ALL, 0, info.as_mut_ptr(), libc::WEXITED | libc::WNOWAIT) };
        if code == 0 {
            // SAFETY: zero is a valid value of each field, and a successful `waitid` fills those of SIGCHLD.
            let (info, pid, status) = unsafe {
                let info = info.assume_init();
                (info, info.si_pid(), info.si_status())
            };
            let exit =
                if info.si_code == libc::CLD_EXITED { Exit::Code(status) } else { Exit::Signal(status) };
            return Ok(Some((pid, exit)));
        }
        let error = io::Error::last_os_error();
        match error.raw_os_error() {
            Some(libc::EINTR) => {}
            Some(libc::ECHILD) => return Ok(None),
            _ => return Err(error),
        }
    }
}

/// Whether the calling thread has children, running or not reaped. To be asked on the main thread, which spawns
/// nothing: its children are those that the process has adopted.
///
/// That is how the kernel works, if not by contract: a child belongs to the thread that made it, and an orphan that
/// comes to a subreaper to the first living thread of that, which is the main one. Where it is otherwise, or the
/// call is refused (before Linux 4.7), adopted children are not seen. All this for one cheap call, since it is made
/// at the end of each attempt: a look through `/proc` takes milliseconds.
pub(super) fn has_adopted() -> bool {
    let mut info = MaybeUninit::<libc::siginfo_t>::zeroed();
    let options = libc::WEXITED | libc::WNOHANG | libc::WNOWAIT | libc::__WNOTHREAD;
    // SAFETY: the kernel writes into `info`, which is large enough. Nothing is reaped.
    unsafe { libc::waitid(libc::P_ALL, 0, info.as_mut_ptr(), options) == 0 }
}

/// Makes standard output the given file.
pub(super) fn redirect_stdout(file: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: both descriptors are open, and nobody owns standard output.
    let code = unsafe { libc::dup2(file.as_raw_fd(), libc::STDOUT_FILENO) };
    if code < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Closes the descriptors beyond the standard ones that the starter of this process left open. A runner lives
/// long: it would keep somebody's pipe or lock, and hand it on to all attempts.
pub fn close_inherited() -> io::Result<()> {
    let open: Vec<RawFd> = fs::read_dir("/proc/self/fd")?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|fd| *fd > libc::STDERR_FILENO)
        .collect();
    for fd in open {
        // SAFETY: asks for a flag; an fd that is not open is an error.
        let flags = unsafe { libc::fcntl(fd, libc::F_GETFD) };
        if flags >= 0 && flags & libc::FD_CLOEXEC == 0 {
            // SAFETY: what is not close-on-exec came through the exec, since all that this process opens is;
            // so nothing in here owns it.
            unsafe { libc::close(fd) };
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;
    use std::thread;

    #[test]
    fn children_of_other_threads_are_not_adopted() {
        let start = || Command::new("sleep").arg("600").spawn().unwrap();
        let child = thread::spawn(start).join().unwrap();
        // The other thread ended, and left its child to the first thread of this process, which is not this one.
        assert!(!has_adopted());
        let children = [child, start()];
        assert!(has_adopted());
        for mut child in children {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        assert!(!has_adopted());
    }
}
