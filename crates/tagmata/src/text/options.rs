//! What hosts in other languages answer where their own calls are made wrongly.

use super::names::{did_you_mean, nearest, quoted};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;

/// Options without which more is changed, deleted or sent to: the calls that have them, and what those do without.
const NARROWING: [(&[&str], &str, &str); 14] = [
    (&["delete_interactions"], "kind", "delete interactions of all kinds"),
    (&["delete_interactions"], "label", "delete interactions whatever their label"),
    (&["delete_interactions"], "since", "delete interactions from the first one on"),
    (&["delete_interactions"], "until", "delete interactions up to the last one"),
    (&["Selection", "audience"], "exclude", "exclude nobody"),
    (&["Selection"], "expect", "take contacts however many there are"),
    (&["audience"], "channel", "include those whom no channel reaches"),
    (&["audience"], "opt_out", "include those who have opted out"),
    (&["create_segment", "create_segments"], "always_out", "keep nobody out"),
    (&["add_rule"], "condition", "let the rule fire for everybody"),
    (&["add_rule"], "enabled", "switch the rule on"),
    (&["import_csv", "import_table"], "update", "change contacts whatever they have"),
    (&["import_csv", "import_table"], "create", "make contacts of rows that are nobody's"),
    (&["import_csv", "import_table", "import_interactions"], "dry_run", "import really"),
];

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

    /// The error for an option that is given, and says nothing, where leaving it out means more than anything that it could say: more is
    /// changed, deleted or sent to. None for all other options. Calls and options may be spelled as Python or JavaScript does.
    ///
    /// ```
    /// use tagmata::Error;
    /// let error = Error::option_says_nothing("delete_interactions", "kind").unwrap();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "error[E0407]: `delete_interactions` is given nothing as its `kind`; help: say what is meant, or leave `kind` out \
    ///      to delete interactions of all kinds"
    /// );
    /// assert!(Error::option_says_nothing("audience", "optOut").is_some());
    /// assert!(Error::option_says_nothing("page", "filter").is_none());
    /// ```
    #[must_use]
    pub fn option_says_nothing(call: &str, option: &str) -> Option<Self> {
        let is_narrowing = |calls: &[&str], name: &str| {
            is_spelled_as(option, name) && calls.iter().any(|each| is_spelled_as(call, each))
        };
        let (_, _, without) = NARROWING.iter().find(|(calls, name, _)| is_narrowing(calls, name))?;
        let message = format!("{} is given nothing as its {}", quoted(call), quoted(option));
        let help = format!("say what is meant, or leave {} out to {without}", quoted(option));
        Some(Self::value(Diagnostic::new(Code::BadValue, message).help(help)))
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

/// Whether two names are the same, be it in `snake_case` or in `camelCase`.
fn is_spelled_as(name: &str, other: &str) -> bool {
    let letters = |name: &str| name.replace('_', "").to_ascii_lowercase();
    letters(name) == letters(other)
}
