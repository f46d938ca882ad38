//! Who uses what is to be deleted.

use crate::change::fact::Fact;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind, Result};
use crate::filter::Uses;
use crate::state::State;
use crate::text::quoted;
use crate::value::SegmentId;
use std::sync::Arc;

impl State {
    /// The facts that break the segments whose filters use something that is deleted.
    ///
    /// # Errors
    /// [`Code::InUse`] with the names of the users, unless it is deleted by force.
    pub(super) fn release(
        &self,
        what: &str,
        force: bool,
        uses_it: impl Fn(&Uses) -> bool,
    ) -> Result<Vec<Fact>> {
        let users: Vec<_> =
            self.segments.iter().filter(|(_, definition)| uses_it(definition.uses())).collect();
        if !users.is_empty() && !force {
            return Err(self.in_use(what, users.iter().map(|(id, _)| *id)));
        }
        let message = format!("its filter uses {what}, which was deleted");
        let gone = Error::new(ErrorKind::Conflict, Diagnostic::new(Code::BrokenSegment, message));
        let broken = users.into_iter().map(|(segment, definition)| Fact::Segment {
            segment,
            old: Some(Arc::clone(definition)),
            new: Some(Arc::new(definition.broken(gone.clone(), &self.schema))),
        });
        Ok(broken.collect())
    }

    fn in_use(&self, what: &str, users: impl Iterator<Item = SegmentId>) -> Error {
        const MOST: usize = 5;
        let mut names: Vec<String> = users.map(|segment| quoted(self.schema.segment_name(segment))).collect();
        let expected: Vec<String> = names.iter().map(|name| name.trim_matches('`').to_owned()).collect();
        let (count, plural) = (names.len(), if names.len() == 1 { "" } else { "s" });
        if count > MOST {
            names.truncate(MOST);
            names.push("…".to_owned());
        }
        let message = format!("{what} is used by {count} segment{plural}: {}", names.join(", "));
        let help = "change their filters first, or delete it by `force`, which breaks them";
        Error::conflict(Diagnostic::new(Code::InUse, message).help(help).expecting(expected))
    }
}
