//! The instant at which a book stands.

use crate::book::Book;
use crate::convert::{date, date_from, instant, present};
use crate::errors::refused;
use crate::events::Happened;
use crate::outcome::{Advance, NamedAdvance};
use napi::bindgen_prelude::Unknown;
use napi::{Env, JsDate, Result};
use napi_derive::napi;

#[napi]
impl Book {
    /// The instant as of which questions are answered. With the clock of the system, it is that of the last change.
    #[napi(getter)]
    pub fn now<'env>(&self, env: &'env Env) -> Result<JsDate<'env>> {
        date(env, self.read(|book| Ok(book.now()))?)
    }

    /// When time alone changes something next: somebody enters or leaves a segment, or a rule does something; null if that never
    /// happens. Nothing changes before it, and `advance` to it tells what does. It is rounded up to the millisecond.
    #[napi]
    pub fn next_change<'env>(&self, env: &'env Env) -> Result<Option<JsDate<'env>>> {
        let next = self.read(|book| Ok(book.next_change()))?;
        next.map(|at| date_from(env, at)).transpose()
    }

    /// Moves the book on to an instant, or to what the clock of the system shows: who enters and leaves segments because
    /// time passes.
    #[napi]
    pub fn advance<'env>(
        &self,
        env: &'env Env,
        #[napi(ts_arg_type = "Instant | null")] to: Option<Unknown<'env>>,
    ) -> Result<Advance<'env>> {
        let zone = self.read(|book| Ok(book.schema().settings().calendar.zone))?;
        let to = present(to)?.map(|to| instant("advance", to, zone)).transpose()?;
        let advanced = self.home.shared.change(self.home.access, None, |book, stamp| {
            let advanced = book.advance(to.unwrap_or(stamp.at()))?;
            let advanced = NamedAdvance::new(advanced, book.schema(), &self.home.shared);
            self.home.tell(|| Happened::Time(advanced.clone()));
            Ok(advanced)
        });
        advanced.map_err(refused)?.shown(env)
    }

    /// Tells the book what its clock shows, where that is a function.
    #[napi(skip_typescript)]
    pub fn set_clock(&self, shows: Unknown<'_>) -> Result<()> {
        let zone = self.read(|book| Ok(book.schema().settings().calendar.zone))?;
        let shows = instant("clock", shows, zone)?;
        if let Some(hand) = &self.hand {
            hand.set(shows);
        }
        Ok(())
    }
}
