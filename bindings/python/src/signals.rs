//! Signals, such as that of Ctrl-C, while long work goes on.

use crate::book::Book;
use crate::errors::Result;
use pyo3::prelude::{PyErr, PyResult, Python};
use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// How long nobody looks for signals.
const PAUSE: Duration = Duration::from_millis(50);

/// Whether work is to stop.
#[derive(Debug, Default)]
pub(crate) struct Stop(AtomicBool);

impl Stop {
    pub(crate) fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// The same for work that is asked whether to go on.
    pub(crate) fn flow(&self) -> ControlFlow<()> {
        if self.is_asked() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

impl Book {
    /// Looks for signals. What handles them may be Python that calls the book, which is refused as in any callback.
    fn check_signals(&self, py: Python<'_>) -> PyResult<()> {
        self.shared.begin_callback();
        let checked = py.check_signals();
        self.shared.end_callback();
        checked
    }

    /// Does long work on another thread, while this one looks for signals and other threads of Python go on. Where a signal raises, the work
    /// is asked to stop, what it came to is dropped, and the exception comes out: it is for work that changes nothing.
    pub(crate) fn stoppably<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&Stop) -> T + Send,
    ) -> Result<T> {
        let stop = Stop::default();
        let done = py.detach(|| {
            thread::scope(|threads| {
                let (ending, ended) = channel::<()>();
                let worker = threads.spawn(|| {
                    let _ending = ending;
                    work(&stop)
                });
                let mut raised: Option<PyErr> = None;
                while ended.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                    if raised.is_none() {
                        raised = Python::attach(|py| self.check_signals(py)).err();
                        stop.0.store(raised.is_some(), Ordering::Relaxed);
                    }
                }
                let done = worker.join().unwrap_or_else(|panic| resume_unwind(panic));
                raised.map_or(Ok(done), Err)
            })
        });
        Ok(done?)
    }
}
