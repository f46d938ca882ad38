//! work in progress
mod diagnostic;
mod error;
mod text;
mod time;
mod value;
