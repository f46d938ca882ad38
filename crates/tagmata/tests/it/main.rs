//! What tagmata promises, as tables and laws.
#![allow(missing_docs, reason = "tests")]

mod conformance;
