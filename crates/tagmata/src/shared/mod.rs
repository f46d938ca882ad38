//! One book for several threads, and for languages that have threads or an event loop.
//!
//! Invariant: no lock is held while somebody is called back, and nothing waits for itself. Only a journal is called while the book is held: it
//! must not call back.

mod callback;
mod turn;
mod relay;
mod shared_book;
mod files;
mod patient;

pub use files::Run;
pub use shared_book::{Clock, SharedBook};
pub use turn::{Access, WhenBusy};
