//! When the disk fails, and how.

use std::cell::RefCell;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The disk is full.
    Full,
    /// The disk cannot do it.
    Broken,
    /// Half of what is to be written is written, then the disk is full. A call that writes nothing fails.
    Half,
}

/// Which calls fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// So many calls succeed first.
    pub after: u64,
    /// How they fail.
    pub fault: Fault,
    /// Whether all calls behind the first that fails do, too: as if the machine had stopped there.
    pub for_good: bool,
}

struct State {
    folder: PathBuf,
    plan: Option<Plan>,
    calls: u64,
}

thread_local! {
    static STATE: RefCell<Option<State>> = const { RefCell::new(None) };
}

/// Does some work with a disk that fails by a plan for files in a folder. Calls are counted, by [`calls`], from 0.
pub fn armed<T>(folder: &Path, plan: Option<Plan>, work: impl FnOnce() -> T) -> T {
    STATE.with(|state| *state.borrow_mut() = Some(State { folder: folder.to_owned(), plan, calls: 0 }));
    let done = work();
    STATE.with(|state| *state.borrow_mut() = None);
    done
}

/// How many calls on files of the folder there were so far.
pub fn calls() -> u64 {
    STATE.with(|state| state.borrow().as_ref().map_or(0, |state| state.calls))
}

/// Whether a call on a file fails. It is counted, if it is on a file of the folder.
pub(crate) fn fails(file: libc::c_int) -> Option<Fault> {
    let seen = STATE.try_with(|state| {
        // What this thread does in here is not looked at.
        let mut state = state.try_borrow_mut().ok()?;
        let state = state.as_mut()?;
        let path = std::fs::read_link(format!("/proc/self/fd/{file}")).ok()?;
        if !path.as_os_str().as_bytes().starts_with(state.folder.as_os_str().as_bytes()) {
            return None;
        }
        let call = state.calls;
        state.calls += 1;
        let plan = state.plan?;
        (call == plan.after || (plan.for_good && call > plan.after)).then_some(plan.fault)
    });
    // A thread that ends writes without a plan.
    seen.ok().flatten()
}
