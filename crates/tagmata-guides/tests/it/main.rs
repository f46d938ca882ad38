//! What holds for the documents.
#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests read files and fail loudly"
)]

mod codes;
mod compare;
mod guides;
mod readme;
