//! Durable books for [tagmata](tagmata): one SQLite file, and nothing that was answered is lost.

mod error;
mod format;
mod write;
