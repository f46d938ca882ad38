//! Recording and deleting interactions.

use super::decision::Decided;
use crate::change::fact::Fact;
use crate::change::interactions::{InteractionQuery, NewInteractions};
use crate::change::parts::place;
use crate::change::selection::Selection;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Interaction, Problems, unknown_kind};
use crate::state::State;
use crate::table::Interactions;
use crate::text::fold;
use crate::time::Timestamp;
use crate::value::{Amount, ContactId, KindId, Text};

impl State {
    pub(super) fn decide_record(
        &self,
        contact: ContactId,
        kind: &str,
        at: Timestamp,
        amount: Option<Amount>,
        label: Option<&str>,
    ) -> Result<Decided> {
        self.require(contact)?;
        let interaction =
            Interaction { kind: self.kind(kind)?, at, amount, label: label.and_then(Text::new) };
        Ok(vec![Fact::Recorded([(contact, interaction)].into_iter().collect())].into())
    }

    fn kind(&self, key: &str) -> Result<KindId> {
        let found = self.schema.kind(key).map(|kind| kind.id);
        found.ok_or_else(|| unknown_kind(key, &self.schema).of_kind(ErrorKind::NotFound))
    }

    /// All are recorded, or none with all that is wrong with any, each in its place.
    pub(super) fn decide_record_many(&self, new: &NewInteractions) -> Result<Decided> {
        let kinds: Vec<Result<KindId>> = new.kinds().iter().map(|key| self.kind(key)).collect();
        let kind_at = |place: KindId| kinds.get(place.get() as usize);
        let all = new.all();
        let unknown = &all.members() - self.table.live();
        if !unknown.is_empty() || kinds.iter().any(Result::is_err) || !new.refused().is_empty() {
            let mut problems = Problems::new(&self.schema);
            let mut refused = new.refused();
            for (row, (contact, kind)) in all.contacts().iter().zip(all.kinds()).enumerate() {
                let (here, behind) = refused.split_at(refused.partition_point(|one| one.row <= row));
                refused = behind;
                here.iter().for_each(|one| problems.push(one.error.clone(), one.place()));
                let is_read = |part: &str| !here.iter().any(|one| one.is_about(part));
                if unknown.contains(*contact) && is_read("contact") {
                    problems.push(self.no_contact(*contact), place(row, Some("contact")));
                }
                if let Some(Err(error)) = kind_at(*kind)
                    && is_read("kind")
                {
                    problems.push(error.clone(), place(row, Some("kind")));
                }
            }
            problems.none()?;
        }
        let all = all.with_kinds(|place| match kind_at(place) {
            Some(Ok(kind)) => *kind,
            _ => place,
        });
        Ok(recorded(all))
    }

    pub(super) fn decide_delete_interactions(
        &self,
        selection: &Selection,
        query: &InteractionQuery,
        now: Timestamp,
    ) -> Result<Decided> {
        let contacts = selection.resolve(self, now)?;
        let kind = query.kind.as_ref().map(|kind| kind.resolve(&self.schema)).transpose()?;
        if let (Some(since), Some(until)) = (query.since, query.until)
            && since > until
        {
            let message = format!("nothing is since {since} and until {until}");
            let help = "`since` is the earlier one; what happens at `until` is not meant any more";
            return Err(Error::value(Diagnostic::new(Code::BadValue, message).help(help)));
        }
        let instant = |at: Option<Timestamp>, otherwise| at.map_or(otherwise, Timestamp::as_micros);
        let during = instant(query.since, i64::MIN)..instant(query.until, i64::MAX);
        let labelled = query.labelled.as_deref().map(fold);
        let found = self.table.recorded().among(&contacts, kind, labelled.as_deref(), &during);
        Ok(match found.is_empty() {
            true => Decided::default(),
            false => vec![Fact::Erased(found)].into(),
        })
    }
}

/// The fact that interactions happened, if there are any.
fn recorded(all: Interactions) -> Decided {
    match all.is_empty() {
        true => Decided::default(),
        false => vec![Fact::Recorded(all)].into(),
    }
}
