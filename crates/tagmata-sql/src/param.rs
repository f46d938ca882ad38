//! The values that are bound to statements.

use serde::Serialize;

/// A value that a statement binds. All values of filters are bound; none is ever part of the text.
///
/// Days and instants are bound as texts or whole numbers, whichever the mapping says that they are kept as: the statement casts them,
/// so that no driver has to guess.
///
/// Its JSON is the value itself: `"lead"`, `12`, `[1, 2]`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Param {
    /// A text.
    Text(String),
    /// A whole number of 64 bits.
    Integer(i64),
    /// A finite number.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// Several texts: an array where the database has them, else a JSON array as text.
    Texts(Vec<String>),
    /// Several whole numbers, likewise.
    Integers(Vec<i64>),
    /// Several numbers, likewise.
    Numbers(Vec<f64>),
}
