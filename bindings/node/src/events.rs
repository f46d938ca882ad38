//! What becomes true, told to whoever listens, whatever object and thread made it so.
//!
//! Listeners are told under the turn of the change, so that they hear of changes in the order in which these became true, and what
//! they hear of is durable.

use crate::outcome::{NamedAdvance, Outcome};
use napi::Status;
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// Something that became true: by a change, or because time moved on.
#[derive(Clone)]
pub(crate) enum Happened {
    Change(Outcome),
    Time(NamedAdvance),
}

/// Calls JavaScript where there is something to hear. It keeps no process alive.
pub(crate) type Wake = ThreadsafeFunction<(), (), (), Status, false, true>;

/// What one object of a book has not told yet.
pub(crate) struct Listener {
    unheard: Mutex<Vec<Happened>>,
    wake: Wake,
}

impl Listener {
    pub(crate) fn new(wake: Wake) -> Self {
        Self { unheard: Mutex::default(), wake }
    }

    fn tell(&self, happened: Happened) {
        let mut unheard = locked(&self.unheard);
        unheard.push(happened);
        if unheard.len() == 1 {
            // Where JavaScript has ended, nobody listens any more.
            self.wake.call((), ThreadsafeFunctionCallMode::NonBlocking);
        }
    }
}

/// Who listens to a book.
#[derive(Clone, Default)]
pub(crate) struct Listeners(Arc<Mutex<Vec<Weak<Listener>>>>);

impl Listeners {
    /// Tells all of them.
    pub(crate) fn tell(&self, happened: impl Fn() -> Happened) {
        locked(&self.0).retain(|listener| match listener.upgrade() {
            Some(listener) => {
                listener.tell(happened());
                true
            }
            None => false,
        });
    }

    pub(crate) fn add(&self, listener: &Arc<Listener>) {
        locked(&self.0).push(Arc::downgrade(listener));
    }
}

/// The listener of one object of a book, as long as there is one.
#[derive(Default)]
pub(crate) struct Ear(Mutex<Option<Arc<Listener>>>);

impl Ear {
    /// Another listener, or none.
    pub(crate) fn set(&self, listener: Option<Arc<Listener>>) {
        *locked(&self.0) = listener;
    }

    /// What it has not told yet, in its order.
    pub(crate) fn take(&self) -> Vec<Happened> {
        let listener = locked(&self.0).clone();
        listener.map(|listener| mem::take(&mut *locked(&listener.unheard))).unwrap_or_default()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
