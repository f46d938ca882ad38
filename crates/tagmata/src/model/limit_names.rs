//! The limits by their names, as hosts in other languages give them.

use super::Limits;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::{did_you_mean, list, nearest, quoted};

impl Limits {
    const NAMES: [&'static str; 7] =
        ["source", "nesting", "segment_depth", "nodes", "list_items", "string", "diagnostics"];

    /// The same limits with another value for one of them, by its name.
    ///
    /// ```
    /// use tagmata::Limits;
    /// assert_eq!(Limits::default().with("nesting", 8)?, Limits { nesting: 8, ..Limits::default() });
    /// let error = Limits::default().with("node", 8).unwrap_err();
    /// assert_eq!(error.diagnostics()[0].help_text(), Some("did you mean `nodes`?"));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadSetting`] for a name that is no limit's.
    pub fn with(mut self, name: &str, value: usize) -> Result<Self> {
        let limit = match name {
            "source" => &mut self.source,
            "nesting" => &mut self.nesting,
            "segment_depth" => &mut self.segment_depth,
            "nodes" => &mut self.nodes,
            "list_items" => &mut self.list_items,
            "string" => &mut self.string,
            "diagnostics" => &mut self.diagnostics,
            _ => return Err(unknown(name)),
        };
        *limit = value;
        Ok(self)
    }

    /// All limits with their names.
    pub(crate) fn by_name(&self) -> impl Iterator<Item = (&'static str, usize)> {
        let Self { source, nesting, segment_depth, nodes, list_items, string, diagnostics } = *self;
        Self::NAMES.into_iter().zip([source, nesting, segment_depth, nodes, list_items, string, diagnostics])
    }
}

fn unknown(name: &str) -> Error {
    let near = nearest(name, Limits::NAMES);
    let help = did_you_mean(&near).unwrap_or_else(|| format!("the limits are {}", list(&Limits::NAMES)));
    let diagnostic = Diagnostic::new(Code::BadSetting, format!("there is no limit {}", quoted(name)));
    Error::value(diagnostic.help(help).expecting(Limits::NAMES))
}
