//! What tagmata promises, as tables and laws.
#![allow(missing_docs, reason = "tests")]

mod agreement;
mod conformance;
mod laws;
mod random;
