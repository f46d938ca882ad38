//! One problem, complete: what is wrong, where, what is allowed, what is near.

use super::{Code, Place};
use std::fmt;

/// Whether a problem forbids the filter.
///
/// ```
/// use tagmata::{Filter, Schema, Severity};
/// let filter = Filter::parse("source != web", &Schema::default())?; // true for contacts without a source, too
/// assert_eq!(filter.lints()[0].severity(), Severity::Warning);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The filter means nothing; it is refused.
    Error,
    /// The filter is accepted, but may not say what its author thinks.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// One problem with something a person wrote.
///
/// ```
/// # use tagmata::{Filter, Schema};
/// let error = Filter::parse("biled > 10", &Schema::default()).unwrap_err();
/// let problem = &error.diagnostics()[0];
/// assert_eq!(problem.code().as_str(), "E0201");
/// assert_eq!(problem.message(), "there is no field `biled`");
/// assert_eq!(problem.place().span(), Some(0..5));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    code: Code,
    message: String,
    place: Place,
    help: Option<String>,
    expected: Vec<String>,
    node: Option<Box<str>>,
}

impl Diagnostic {
    /// A problem of a crate beside the core. The message is one line without a full stop; text of the user stands in backquotes.
    ///
    /// ```
    /// use tagmata::{Code, Diagnostic};
    /// let problem = Diagnostic::new(Code::Unmapped, "the mapping says nothing of `billed`");
    /// let shown = problem.help("say in which column it is").to_string();
    /// assert_eq!(shown, "error[E1602]: the mapping says nothing of `billed`; help: say in which column it is");
    /// ```
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        let (message, place) = (message.into(), Place::Whole);
        Self { code, message, place, help: None, expected: Vec::new(), node: None }
    }

    /// The same problem at a place.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.place = place.clone();
        self
    }

    /// The same problem with what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// [`help`](Self::help), where there is one.
    #[must_use]
    pub(crate) fn help_if(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// The same problem with what could stand there instead.
    #[must_use]
    pub fn expecting<T: Into<String>>(mut self, expected: impl IntoIterator<Item = T>) -> Self {
        self.expected = expected.into_iter().map(Into::into).collect();
        self
    }

    #[must_use]
    pub(crate) fn of_node(mut self, id: Option<&str>) -> Self {
        self.node = id.map(Into::into);
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// Whether the problem forbids the filter.
    ///
    /// ```
    /// # use tagmata::{Filter, Schema, Severity};
    /// let schema = Schema::default();
    /// let error = Filter::parse("status = laed", &schema).unwrap_err();
    /// assert_eq!(error.diagnostics()[0].severity(), Severity::Error);
    /// assert_eq!(Filter::parse("source != web", &schema)?.lints()[0].severity(), Severity::Warning);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn severity(&self) -> Severity {
        if self.code.as_str().starts_with('W') { Severity::Warning } else { Severity::Error }
    }

    /// What is wrong, in one line without a full stop; text of the user stands in backquotes.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where it is wrong.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What to do about it, where that is known.
    ///
    /// ```
    /// # use tagmata::{Filter, Schema};
    /// let error = Filter::parse("status = laed", &Schema::default()).unwrap_err();
    /// assert_eq!(error.diagnostics()[0].help_text(), Some("did you mean `lead`?"));
    /// ```
    #[must_use]
    pub fn help_text(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// What is allowed instead: all choices where they are few, the near ones where they are many.
    ///
    /// ```
    /// # use tagmata::LeapDay;
    /// let error = "never".parse::<LeapDay>().unwrap_err();
    /// assert_eq!(error.diagnostics()[0].expected(), ["feb_28", "mar_1", "skip"]);
    /// ```
    #[must_use]
    pub fn expected(&self) -> &[String] {
        &self.expected
    }

    /// The `"id"` of the JSON node that the problem is in, for a filter that came as JSON.
    ///
    /// ```
    /// # use tagmata::{Filter, Schema};
    /// let json = r#"{"v": 1, "filter": {"id": "n1", "op": "=", "field": "status", "value": "laed"}}"#;
    /// let error = Filter::from_json(json, &Schema::default()).unwrap_err();
    /// assert_eq!(error.diagnostics()[0].node(), Some("n1"));
    /// ```
    #[must_use]
    pub fn node(&self) -> Option<&str> {
        self.node.as_deref()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity(), self.code, self.message)?;
        match &self.place {
            Place::Whole => {}
            Place::Field(key) => write!(f, " (in `{key}`)")?,
            Place::Text { start, end } => write!(f, " (at {start}..{end})")?,
            Place::Json { pointer, .. } if pointer.is_empty() => {}
            Place::Json { pointer, .. } => write!(f, " (at {pointer})")?,
            Place::Part { pointer, start, end, .. } => write!(f, " (at {pointer} {start}..{end})")?,
        }
        if let Some(help) = &self.help {
            write!(f, "; help: {help}")?;
        }
        Ok(())
    }
}
