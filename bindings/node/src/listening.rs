//! JavaScript listens to a book; `events.js` makes events of what it hears.

use crate::book::Book;
use crate::events::{Happened, Listener};
use crate::outcome::{Advance, Outcome};
use napi::bindgen_prelude::{Either, Function};
use napi::{Env, Result};
use napi_derive::napi;
use std::sync::Arc;

#[napi]
impl Book {
    /// Begins to listen: from now on `heard` has what becomes true, and the function is called where there is something.
    #[napi(skip_typescript)]
    pub fn listen(&self, wake: Function<'_, (), ()>) -> Result<()> {
        let wake = wake.build_threadsafe_function().weak::<true>().build()?;
        let listener = Arc::new(Listener::new(wake));
        self.home.listeners.add(&listener);
        self.ear.set(Some(listener));
        Ok(())
    }

    /// Ends listening.
    #[napi(skip_typescript)]
    pub fn unlisten(&self) {
        self.ear.set(None);
    }

    /// What became true since this was asked last, in its order.
    #[napi(skip_typescript)]
    pub fn heard<'env>(&self, env: &'env Env) -> Result<Vec<Either<Outcome, Advance<'env>>>> {
        let shown = |happened| match happened {
            Happened::Change(outcome) => Ok(Either::A(outcome)),
            Happened::Time(advance) => advance.shown(env).map(Either::B),
        };
        self.ear.take().into_iter().map(shown).collect()
    }
}
