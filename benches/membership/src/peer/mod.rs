//! The crate a-tree: all expressions that an event matches, found by an index of expressions.
//!
//! It knows neither missing values nor time nor parts of texts. So an event has a value for every attribute, instants are
//! whole numbers compared with one fixed instant, and what is asked about texts is worked out ahead.

mod number;
mod expression;
mod event;
mod tree;

pub(crate) use tree::Peer;
