//! Defining and deleting kinds of interaction.

use super::decision::{Decided, Made};
use super::tags::facts;
use crate::change::reference::Ref;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::state::State;
use crate::text::quoted;
use crate::value::KindId;

impl State {
    pub(super) fn decide_define_kind(&self, key: &str, outgoing: bool) -> Result<Decided> {
        let (id, edits) = self.schema.edits_to_define_kind(key, outgoing)?;
        Ok(Decided { facts: facts(edits), made: Made::Definitions(vec![id.get()]), ..Decided::default() })
    }

    pub(super) fn decide_delete_kind(&self, kind: &Ref<KindId>, force: bool) -> Result<Decided> {
        let kind = kind.resolve(&self.schema)?;
        let edits = self.schema.edits_to_delete_kind(kind)?;
        let key = quoted(self.schema.kind_key(kind));
        let count = self.table.recorded().count_of(kind);
        if count > 0 {
            let are = if count == 1 { " is" } else { "s are" };
            let message = format!("{count} interaction{are} of the kind {key}");
            let help = "a kind stays as long as interactions are of it";
            return Err(Error::conflict(Diagnostic::new(Code::InUse, message).help(help)));
        }
        let what = format!("the kind of interaction {key}");
        let broken = self.release(&what, force, |uses| uses.kinds.contains(&kind))?;
        Ok(broken.into_iter().chain(facts(edits)).collect::<Vec<_>>().into())
    }
}
