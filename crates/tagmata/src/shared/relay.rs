//! Progress from the thread that works to the thread that waits for it.

use crate::csv::Progress;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How long a callback is left alone after a call: it is called at most ten times a second.
const PAUSE: Duration = Duration::from_millis(100);

/// The latest progress of some work, which another thread hands on.
///
/// The work never waits for it while it goes on; only at its end, when it holds nothing, it waits until all is handed on.
#[derive(Debug, Default)]
pub(super) struct Relay {
    state: Mutex<RelayState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct RelayState {
    latest: Option<Progress>,
    /// Whether a callback is running, or could begin to.
    is_calling: bool,
    is_stopped: bool,
    has_ended: bool,
}

impl Relay {
    fn lock(&self) -> MutexGuard<'_, RelayState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'m>(&self, state: MutexGuard<'m, RelayState>) -> MutexGuard<'m, RelayState> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of how far the work is; whether it is to go on.
    pub(super) fn tell(&self, progress: Progress) -> ControlFlow<()> {
        let mut state = self.lock();
        if state.is_stopped {
            // Nobody may be there any more to hand it on, and the end of the work would wait for that.
            return ControlFlow::Break(());
        }
        state.latest = Some(progress);
        drop(state);
        self.changed.notify_all();
        ControlFlow::Continue(())
    }

    /// Ends the work: no more will be told. Waits until the last of it is handed on; whether the work is to be kept.
    pub(super) fn end(&self) -> ControlFlow<()> {
        let mut state = self.lock();
        state.has_ended = true;
        self.changed.notify_all();
        while state.is_calling || state.latest.is_some() {
            state = self.wait(state);
        }
        if state.is_stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Ends the work also where it breaks off, so that nobody waits for it for ever.
    pub(super) fn ending(&self) -> Ending<'_> {
        Ending(self)
    }

    /// Hands progress on until the work has ended.
    pub(super) fn hand_on(&self, mut callback: impl FnMut(Progress) -> ControlFlow<()>) {
        let _handing = Handing(self);
        let mut state = self.lock();
        loop {
            match state.latest.take() {
                Some(progress) if !state.is_stopped => {
                    state.is_calling = true;
                    drop(state);
                    let flow = callback(progress);
                    state = self.lock();
                    state.is_calling = false;
                    state.is_stopped |= flow.is_break();
                    self.changed.notify_all();
                    let goes_on = |state: &mut RelayState| !state.has_ended;
                    let waited = self.changed.wait_timeout_while(state, PAUSE, goes_on);
                    state = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
                Some(_) => self.changed.notify_all(),
                None if state.has_ended => return,
                None => state = self.wait(state),
            }
        }
    }
}

/// Ends the work of a relay when it is dropped.
pub(super) struct Ending<'r>(&'r Relay);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.lock().has_ended = true;
        self.0.changed.notify_all();
    }
}

/// Stops the work when a callback panics, so that the work does not wait for its answer for ever.
struct Handing<'r>(&'r Relay);

impl Drop for Handing<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let mut state = self.0.lock();
            state.is_stopped = true;
            state.is_calling = false;
            state.latest = None;
            drop(state);
            self.0.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Progress, Relay};
    use std::ops::ControlFlow;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    #[test]
    fn work_that_goes_on_after_a_callback_panicked_is_stopped_and_ends() {
        let relay = Relay::default();
        let progress = Progress { done_bytes: 1, total_bytes: 2, rows: 1 };
        assert_eq!(relay.tell(progress), ControlFlow::Continue(()));
        let handing = catch_unwind(AssertUnwindSafe(|| relay.hand_on(|_| panic!("a host's mistake"))));
        assert!(handing.is_err());
        assert_eq!(relay.tell(progress), ControlFlow::Break(()));
        assert_eq!(relay.end(), ControlFlow::Break(()));
    }
}
