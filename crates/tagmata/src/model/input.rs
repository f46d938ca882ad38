//! Values that come from outside, not yet read.

use crate::time::{Date, Timestamp};
use crate::value::Number;
use std::fmt;

/// A value that has not been read yet.
///
/// ```
/// use tagmata::Input;
/// assert_eq!(Input::from(["vip"]), Input::List(vec!["vip".to_owned()]));
/// assert!(Input::from("  ").is_missing());
/// assert!(!Input::from(0.0).is_missing());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// No value.
    Missing,
    /// Text; also dates, numbers and names in their written form.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(Date),
    /// An instant.
    DateTime(Timestamp),
    /// Names of options, tags or segments.
    List(Vec<String>),
}

impl Input {
    /// Whether there is no value: absent, blank text, a list of nothing (filter-language.md, section 3).
    #[must_use]
    pub fn is_missing(&self) -> bool {
        match self {
            Self::Missing => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(names) => names.iter().all(|name| name.trim().is_empty()),
            Self::Number(_) | Self::Bool(_) | Self::Date(_) | Self::DateTime(_) => false,
        }
    }

    pub(super) fn what(&self) -> &'static str {
        match self {
            Self::Missing => "nothing",
            Self::Text(_) => "text",
            Self::Number(_) => "a number",
            Self::Bool(_) => "true or false",
            Self::Date(_) => "a date",
            Self::DateTime(_) => "a datetime",
            Self::List(_) => "a list",
        }
    }
}

macro_rules! inputs {
    ($($type:ty => $variant:ident,)+) => {$(
        impl From<$type> for Input {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        }
    )+};
}

inputs! {
    &str => Text,
    String => Text,
    f64 => Number,
    bool => Bool,
    Date => Date,
    Timestamp => DateTime,
    Vec<String> => List,
}

impl<const N: usize> From<[&str; N]> for Input {
    fn from(names: [&str; N]) -> Self {
        Self::List(names.map(str::to_owned).into())
    }
}

impl fmt::Display for Input {
    /// As exported files write it: nothing for what is missing, lists between `;`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => Ok(()),
            Self::Text(text) => f.write_str(text),
            // One that is not finite is no value; it is shown all the same.
            Self::Number(number) => match Number::new(*number) {
                Ok(number) => number.fmt(f),
                Err(_) => number.fmt(f),
            },
            Self::Bool(yes) => yes.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::DateTime(at) => at.fmt(f),
            Self::List(items) => f.write_str(&items.join("; ")),
        }
    }
}
