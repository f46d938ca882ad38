//! What hosts in other languages answer where their own calls are made wrongly.

use super::names::{did_you_mean, nearest, quoted};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;

impl Error {
    /// The error for an option that a call does not have: for hosts whose calls take options by name.
    ///
    /// ```
    /// use tagmata::Error;
    /// let error = Error::unknown_option("updateSegment", "filtre", &["filter", "actor"]);
    /// assert_eq!(
    ///     error.to_string(),
    ///     "error[E0602]: `updateSegment` has no option `filtre`; help: did you mean `filter`? it has `filter` and `actor`"
    /// );
    /// assert_eq!(error.diagnostics()[0].expected(), ["filter", "actor"]);
    /// ```
    #[must_use]
    pub fn unknown_option(call: &str, option: &str, allowed: &[&str]) -> Self {
        let has = match allowed.split_last() {
            None => "it has no options".to_owned(),
            Some((last, [])) => format!("it has {}", quoted(last)),
            Some((last, others)) => {
                let others: Vec<String> = others.iter().map(|name| quoted(name)).collect();
                format!("it has {} and {}", others.join(", "), quoted(last))
            }
        };
        let near = did_you_mean(&nearest(option, allowed.iter().copied()));
        let help = near.map_or(has.clone(), |near| format!("{near} {has}"));
        let message = format!("`{call}` has no option {}", quoted(option));
        Self::value(Diagnostic::new(Code::UnknownKey, message).help(help).expecting(allowed.iter().copied()))
    }

    /// The error for a text that is no clock: for hosts whose books take `system`, a datetime or a function.
    ///
    /// ```
    /// use tagmata::Error;
    /// let error = Error::unknown_clock("sytem");
    /// assert_eq!(
    ///     error.to_string(),
    ///     "error[E0805]: `clock` does not take `sytem`; help: did you mean `system`? it takes `system`, a datetime or a \
    ///      function that gives one"
    /// );
    /// ```
    #[must_use]
    pub fn unknown_clock(text: &str) -> Self {
        const SYSTEM: &str = "system";
        let takes = "it takes `system`, a datetime or a function that gives one";
        let near = did_you_mean(&nearest(text, [SYSTEM]));
        let help = near.map_or(takes.to_owned(), |near| format!("{near} {takes}"));
        let message = format!("`clock` does not take {}", quoted(text));
        Self::value(Diagnostic::new(Code::BadSetting, message).help(help).expecting([SYSTEM]))
    }

    /// The error for a value of another type than that of the argument or option it is given for: for hosts whose language
    /// has values of all types everywhere.
    ///
    /// ```
    /// use tagmata::Error;
    /// let error = Error::wrong_type("force", "true or false", "text");
    /// assert_eq!(error.to_string(), "error[E0407]: `force` takes true or false, not text");
    /// ```
    #[must_use]
    pub fn wrong_type(name: &str, takes: &str, found: &str) -> Self {
        let message = format!("{} takes {takes}, not {found}", quoted(name));
        Self::value(Diagnostic::new(Code::BadValue, message).expecting([takes]))
    }
}
