//! Work on a file that JavaScript watches: it hears how far that has come, and says whether it is to go on.

use crate::convert::Options;
use napi::bindgen_prelude::{FnArgs, Function, Unknown};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Result, Status};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tagmata_sqlite::{BookFile, FileProgress};

/// What is done, and what there is to do.
type Told = FnArgs<(f64, f64)>;

/// What JavaScript is asked by, if it wants to be.
pub(crate) type AskArg<'env> = Option<Function<'env, Told, bool>>;

type Ask = ThreadsafeFunction<Told, bool, Told, Status, false>;

/// The options of work that can be watched, which JavaScript looks at.
pub(crate) const WATCHED: [&str; 2] = ["signal", "onProgress"];

/// Refuses other options.
pub(crate) fn only_watched(call: &str, options: Option<Unknown<'_>>) -> Result<()> {
    Options::of(call, options, &WATCHED).map(|_| ())
}

/// The file, whose work tells JavaScript.
pub(crate) fn watched(file: &BookFile, ask: AskArg<'_>) -> Result<BookFile> {
    Ok(match watcher(ask)? {
        Some(watcher) => file.watched(watcher),
        None => file.clone(),
    })
}

/// What work on a file calls.
pub(crate) fn watcher(
    ask: AskArg<'_>,
) -> Result<Option<impl FnMut(FileProgress) -> ControlFlow<()> + Send + 'static>> {
    ask.map(|ask| ask.build_threadsafe_function().build().map(asking)).transpose()
}

/// Nobody waits for the answer of JavaScript, which may be waiting for the book: it counts once it is there.
fn asking(ask: Ask) -> impl FnMut(FileProgress) -> ControlFlow<()> + Send + 'static {
    const PAUSE: Duration = Duration::from_millis(100);
    let (is_stopped, mut last) = (Arc::new(AtomicBool::new(false)), None::<Instant>);
    move |progress| {
        if last.is_none_or(|last| last.elapsed() > PAUSE) {
            last = Some(Instant::now());
            let told = FnArgs::from((progress.done as f64, progress.total as f64));
            let stopped = Arc::clone(&is_stopped);
            let answer = move |goes_on: Result<bool>, _| {
                stopped.fetch_or(!goes_on.unwrap_or(false), Ordering::Relaxed);
                Ok(())
            };
            let asked = ask.call_with_return_value(told, ThreadsafeFunctionCallMode::NonBlocking, answer);
            // Where there is nobody left to answer, nobody wants it.
            is_stopped.fetch_or(asked != Status::Ok, Ordering::Relaxed);
        }
        match is_stopped.load(Ordering::Relaxed) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }
}
