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
/// The work never waits for it while it goes on; only where it settles, when it holds nothing, it waits until all is handed on.
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
    phase: Phase,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Phase {
    /// Progress is told.
    #[default]
    Telling,
    /// The work waits until all is handed on.
    Settling,
    /// All is told, but the work can still be stopped: the callback is asked with what it was told last.
    Asking,
    Ended,
}

impl RelayState {
    fn flow(&self) -> ControlFlow<()> {
        if self.is_stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

impl Relay {
    fn lock(&self) -> MutexGuard<'_, RelayState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'m>(&self, state: MutexGuard<'m, RelayState>) -> MutexGuard<'m, RelayState> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the phase is another one, but not for ever.
    fn pause<'m>(&self, state: MutexGuard<'m, RelayState>) -> MutexGuard<'m, RelayState> {
        let phase = state.phase;
        let waited = self.changed.wait_timeout_while(state, PAUSE, |state| state.phase == phase);
        waited.unwrap_or_else(PoisonError::into_inner).0
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

    /// Waits until all that was told is handed on; whether the work is to be kept. No more will be told, but the work can be stopped
    /// until it ends.
    pub(super) fn settle(&self) -> ControlFlow<()> {
        let mut state = self.lock();
        state.phase = Phase::Settling;
        self.changed.notify_all();
        while state.is_calling || state.latest.is_some() {
            state = self.wait(state);
        }
        state.phase = Phase::Asking;
        self.changed.notify_all();
        state.flow()
    }

    /// Whether the work is to go on.
    pub(super) fn flow(&self) -> ControlFlow<()> {
        self.lock().flow()
    }

    /// Ends the work; whether it is to be kept. No callback begins any more, and none that runs is waited for.
    pub(super) fn end(&self) -> ControlFlow<()> {
        let mut state = self.lock();
        state.phase = Phase::Ended;
        self.changed.notify_all();
        state.flow()
    }

    /// Ends the work also where it breaks off, so that nobody waits for it for ever.
    pub(super) fn ending(&self) -> Ending<'_> {
        Ending(self)
    }

    /// Hands progress on until the work has ended.
    pub(super) fn hand_on(&self, mut callback: impl FnMut(Progress) -> ControlFlow<()>) {
        let _handing = Handing(self);
        let mut call = |mut state: MutexGuard<'_, RelayState>, progress| {
            state.is_calling = true;
            drop(state);
            let flow = callback(progress);
            let mut state = self.lock();
            state.is_calling = false;
            state.is_stopped |= flow.is_break();
            self.changed.notify_all();
        };
        let mut last = None;
        let mut state = self.lock();
        loop {
            match (state.latest.take(), state.phase) {
                (Some(progress), _) if !state.is_stopped => {
                    last = Some(progress);
                    call(state, progress);
                    state = self.lock();
                    if state.phase == Phase::Telling {
                        state = self.pause(state);
                    }
                }
                (Some(_), _) => self.changed.notify_all(),
                (None, Phase::Ended) => return,
                (None, Phase::Asking) if !state.is_stopped => {
                    state = self.pause(state);
                    if let (Phase::Asking, Some(progress)) = (state.phase, last) {
                        call(state, progress);
                        state = self.lock();
                    }
                }
                (None, _) => state = self.wait(state),
            }
        }
    }
}

/// Ends the work of a relay when it is dropped.
pub(super) struct Ending<'r>(&'r Relay);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.lock().phase = Phase::Ended;
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
    use super::{PAUSE, Progress, Relay};
    use std::ops::ControlFlow;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Mutex;
    use std::thread;

    #[test]
    fn work_that_goes_on_after_a_callback_panicked_is_stopped_and_ends() {
        let relay = Relay::default();
        let progress = Progress { done_bytes: 1, total_bytes: 2, rows: 1 };
        assert_eq!(relay.tell(progress), ControlFlow::Continue(()));
        let handing = catch_unwind(AssertUnwindSafe(|| relay.hand_on(|_| panic!("a host's mistake"))));
        assert!(handing.is_err());
        assert_eq!(relay.tell(progress), ControlFlow::Break(()));
        assert_eq!(relay.settle(), ControlFlow::Break(()));
        assert_eq!(relay.end(), ControlFlow::Break(()));
    }

    #[test]
    fn settled_work_can_be_stopped_until_it_ends() {
        let (relay, told) = (Relay::default(), Mutex::new(Vec::new()));
        let progress = Progress { done_bytes: 1, total_bytes: 2, rows: 1 };
        let seen = thread::scope(|threads| {
            let work = threads.spawn(|| {
                let _ending = relay.ending();
                let told = relay.tell(progress);
                let settled = relay.settle();
                while relay.flow().is_continue() {
                    thread::sleep(PAUSE / 10);
                }
                (told, settled, relay.end())
            });
            relay.hand_on(|progress| {
                let mut told = told.lock().unwrap();
                told.push(progress);
                if told.len() == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            work.join().unwrap()
        });
        let (go_on, stop) = (ControlFlow::Continue(()), ControlFlow::Break(()));
        assert_eq!(seen, (go_on, go_on, stop));
        assert_eq!(*told.lock().unwrap(), [progress; 3]);
    }
}
