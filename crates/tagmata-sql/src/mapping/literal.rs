//! Values that a mapping itself has.

use crate::param::Param;
use serde::{Deserialize, Serialize};

/// A value in a mapping, such as the number of a tenant or how a host writes a status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected a yes or no, a whole number or a text")]
pub enum Literal {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
}

impl Literal {
    pub(crate) fn param(&self) -> Param {
        match self {
            Self::Bool(value) => Param::Bool(*value),
            Self::Integer(value) => Param::Integer(*value),
            Self::Text(value) => Param::Text(value.clone()),
        }
    }
}

impl From<bool> for Literal {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Literal {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<&str> for Literal {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
