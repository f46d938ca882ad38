//! Changes of many contacts on threads of their own, for the promises that `book.promises` gives.

use crate::book::{Book, Home, Memory};
use crate::convert::Options;
use crate::errors::refused;
use crate::outcome::Outcome;
use napi::bindgen_prelude::{AsyncTask, Either};
use napi::{Env, Result, Task};
use tagmata::{Command, Created};

/// What a change came to, or the work that is still to be done.
pub(crate) type NowOrLater = Either<Outcome, AsyncTask<Later>>;

/// A change that is still to be made.
pub struct Later {
    home: Home,
    memory: Memory,
    command: Command,
    actor: Option<String>,
}

impl Task for Later {
    type Output = Outcome;
    type JsValue = Outcome;

    fn compute(&mut self) -> Result<Outcome> {
        let Self { home, memory, command, actor } = self;
        let told =
            |book: &tagmata::Book, created: Created<Vec<u32>>| memory.remember(home, created.outcome, book);
        home.shared.run_then(home.access, command, actor.as_deref(), told).map_err(refused)
    }

    fn resolve(&mut self, _env: Env, outcome: Outcome) -> Result<Outcome> {
        Ok(outcome)
    }
}

impl Book {
    /// Changes the book by a command: before the call returns, or, where a promise is to be given, on another thread.
    pub(crate) fn run_now_or_later(
        &self,
        call: &str,
        command: Command,
        options: &Options<'_>,
        later: Option<bool>,
    ) -> Result<NowOrLater> {
        if later != Some(true) {
            return self.run(&command, options).map(Either::A);
        }
        let (home, memory) = (self.outside_batch(call)?, self.memory.clone());
        Ok(Either::B(AsyncTask::new(Later { home, memory, command, actor: options.actor()? })))
    }
}
