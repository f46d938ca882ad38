//! Several changes as one, and changes that are only tried.

use crate::book::{Book, Home};
use crate::convert::{Options, refuse};
use crate::errors::refused;
use crate::outcome::Outcome;
use napi::Result;
use napi::bindgen_prelude::{Either, Function, JsValue, Unknown};
use napi_derive::napi;
use tagmata::Error;

/// What is to be done with a book.
type Changes<'env> = Either<Function<'env, Book, Unknown<'env>>, Unknown<'env>>;

#[napi]
impl Book {
    /// Makes several changes, which become one commit: all of them, or none if one is refused. They come through the book
    /// that the function gets.
    #[napi]
    pub fn batch(
        &self,
        #[napi(ts_arg_type = "(book: Book) => void")] changes: Changes<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let batch = self.begin("batch", changes, options)?;
        let told = |book: &tagmata::Book, outcome| self.remember(outcome, book);
        batch.shared.end_batch_then(batch.access, told).map_err(refused)
    }

    /// Makes changes, says what they would come to, and takes them back. They come through the book that the function gets.
    #[napi]
    pub fn preview(
        &self,
        #[napi(ts_arg_type = "(book: Book) => void")] changes: Changes<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let batch = self.begin("preview", changes, options)?;
        let outcome = batch.read(|book| {
            book.batch_so_far().map(|outcome| Outcome::new(outcome, book.schema(), &batch.shared))
        });
        batch.drop_batch()?;
        outcome
    }

    /// Begins a batch and makes its changes. Where one is refused, the batch is dropped.
    fn begin(&self, call: &str, changes: Changes<'_>, options: Option<Unknown<'_>>) -> Result<Home> {
        let given = Options::of_change(call, options, &[])?;
        let changes = match changes {
            Either::A(changes) => changes,
            Either::B(other) => return refuse(call, "a function", &other),
        };
        let access = self.home.shared.begin_batch(given.actor()?.as_deref()).map_err(refused)?;
        let batch = Home { access, ..self.home.clone() };
        let is_promise =
            changes.call(self.in_batch(batch.clone())).and_then(|returned| returned.is_promise());
        match is_promise {
            Ok(false) => Ok(batch),
            Ok(true) => {
                batch.drop_batch()?;
                let takes = "a function that has made its changes when it returns";
                Err(refused(Error::wrong_type(call, takes, "one that gives a promise")))
            }
            Err(error) => {
                batch.drop_batch()?;
                Err(error)
            }
        }
    }
}

impl Home {
    fn drop_batch(&self) -> Result<()> {
        self.shared.drop_batch(self.access).map_err(refused)
    }
}
