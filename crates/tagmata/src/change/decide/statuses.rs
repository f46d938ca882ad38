//! Defining, changing and deleting statuses.

use super::decision::{Decided, Made};
use super::tags::facts;
use crate::change::changes::Changes;
use crate::change::reference::Ref;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::Field;
use crate::state::State;
use crate::text::quoted;
use crate::time::Timestamp;
use crate::value::StatusId;

impl State {
    pub(super) fn decide_define_status(&self, key: &str, label: Option<&str>) -> Result<Decided> {
        let (status, edits) = self.schema.edits_to_define_status(key, label)?;
        Ok(Decided { facts: facts(edits), made: Made::Definitions(vec![status.get()]), ..Decided::default() })
    }

    pub(super) fn decide_update_status(
        &self,
        status: &Ref<StatusId>,
        label: Option<&str>,
        position: Option<usize>,
    ) -> Result<Decided> {
        let status = status.resolve(&self.schema)?;
        let mut all = match label {
            Some(label) => facts(self.schema.edits_to_relabel_status(status, label)?),
            None => Vec::new(),
        };
        if let Some(position) = position {
            let mut order: Vec<_> =
                self.schema.statuses_in_order().filter(|other| *other != status).collect();
            order.insert(position.min(order.len()), status);
            all.extend(facts(self.schema.edits_to_order_statuses(&order)?));
        }
        Ok(all.into())
    }

    pub(super) fn decide_delete_status(
        &self,
        status: &Ref<StatusId>,
        replacement: Option<&Ref<StatusId>>,
        force: bool,
        now: Timestamp,
    ) -> Result<Decided> {
        let status = status.resolve(&self.schema)?;
        let name = quoted(self.schema.status_key(status));
        if self.schema.statuses_in_order().all(|other| other == status) {
            let message = format!("{name} is the only status");
            let help = "every contact has one: define another status first";
            return Err(Error::conflict(Diagnostic::new(Code::InUse, message).help(help)));
        }
        let contacts = self.linked(Field::STATUS, status.into());
        let replacement = replacement.map(|other| other.resolve(&self.schema)).transpose()?;
        let replacement = replacement.filter(|other| *other != status);
        let mut changes = Changes::new(self, now);
        match replacement {
            Some(replacement) => changes.set_status(&contacts, replacement),
            None if contacts.is_empty() => {}
            None => {
                let plural = if contacts.len() == 1 { " has" } else { "s have" };
                let message = format!("{} contact{plural} the status {name}", contacts.len());
                let help = "say which status they get instead: `replacement`";
                return Err(Error::conflict(Diagnostic::new(Code::InUse, message).help(help)));
            }
        }
        let what = format!("the status {name}");
        let used =
            |symbols: &std::collections::BTreeSet<_>| symbols.contains(&(Field::STATUS, status.into()));
        let broken = self.release(&what, force, |uses| used(&uses.symbols))?;
        let edits = self.schema.edits_to_delete_status(status)?;
        Ok(broken.into_iter().chain(changes.finish()).chain(facts(edits)).collect::<Vec<_>>().into())
    }
}
