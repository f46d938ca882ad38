//! One book for several threads of JavaScript: objects cannot be sent to another one, numbers can.

use crate::book::{Book, Home};
use crate::clock::Hand;
use crate::convert::whole;
use crate::errors::refused;
use crate::events::Listeners;
use crate::stored::Stored;
use napi::Result;
use napi::bindgen_prelude::Unknown;
use napi_derive::napi;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tagmata::{Access, Error, SharedBook};

/// What makes another object of the same book. It keeps no book.
struct Shared {
    book: Weak<SharedBook>,
    stored: Option<Weak<Stored>>,
    listeners: Listeners,
    hand: Option<Hand>,
}

/// The books of this process that have been given a number.
#[derive(Default)]
struct Numbered {
    last: u32,
    books: BTreeMap<u32, Shared>,
}

static NUMBERED: Mutex<Numbered> = Mutex::new(Numbered { last: 0, books: BTreeMap::new() });

impl Numbered {
    fn number(&mut self, book: &Book) -> u32 {
        self.books.retain(|_, shared| shared.book.strong_count() > 0);
        let own = Arc::downgrade(&book.home.shared);
        if let Some((number, _)) = self.books.iter().find(|(_, shared)| shared.book.ptr_eq(&own)) {
            return *number;
        }
        self.last += 1;
        let stored = book.stored.as_ref().map(Arc::downgrade);
        let shared =
            Shared { book: own, stored, listeners: book.home.listeners.clone(), hand: book.hand.clone() };
        self.books.insert(self.last, shared);
        self.last
    }

    fn book(&self, number: u32) -> Option<Book> {
        let Shared { book, stored, listeners, hand } = self.books.get(&number)?;
        let stored = match stored {
            Some(stored) => Some(stored.upgrade()?),
            None => None,
        };
        let home = Home { shared: book.upgrade()?, access: Access::Direct, listeners: listeners.clone() };
        Some(Book::of(home, stored, hand.clone()))
    }
}

#[napi]
impl Book {
    /// A number by which another thread of this process gets the same book: see `attach`.
    #[napi(getter)]
    pub fn handle(&self) -> Result<u32> {
        self.outside_batch("handle")?;
        Ok(NUMBERED.lock().unwrap_or_else(PoisonError::into_inner).number(self))
    }

    /// The book of another thread of this process, by the `handle` that it has there: one book with one truth, which all threads may ask
    /// and change. While one of them changes it, the others wait. It has to be in use there still.
    ///
    /// A clock that is a function is asked by its own thread only: here, the book shows what it showed last.
    ///
    /// ```js
    /// // The main thread:
    /// new Worker("./worker.mjs", { workerData: book.handle });
    /// // worker.mjs:
    /// const book = Book.attach(workerData);
    /// book.count("status = lead");
    /// ```
    #[napi(factory)]
    pub fn attach(#[napi(ts_arg_type = "number")] handle: Unknown<'_>) -> Result<Self> {
        const TAKES: &str = "the `handle` of a book that is in use in this process";
        let number: u32 = whole("attach", TAKES, handle)?;
        let numbered = NUMBERED.lock().unwrap_or_else(PoisonError::into_inner);
        let book = numbered.book(number);
        book.ok_or_else(|| refused(Error::wrong_type("attach", TAKES, &number.to_string())))
    }
}
