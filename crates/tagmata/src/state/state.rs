//! All that is a fact.

use super::histories::Histories;
use super::needs::Needs;
use super::upcoming::Upcoming;
use crate::automation::Rules;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::filter::Filter;
use crate::model::{Contact, Field, Schema};
use crate::segment::Segments;
use crate::table::Table;
use crate::value::{ContactId, FieldId, MemberSet, Symbol, Value, ValueType};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Definitions, contacts and histories: what commits change and nothing else does.
///
/// Membership of dynamic segments is not here: it follows from what is here and from `now`.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) schema: Schema,
    pub(crate) segments: Segments,
    pub(crate) table: Table,
    pub(crate) histories: Histories,
    /// Whom a key led to that its contact lost when it was merged into another one.
    pub(crate) aliases: BTreeMap<(FieldId, Box<str>), ContactId>,
    /// The rules, and the switches of the default rules.
    pub(crate) rules: Rules,
    /// Interactions whose time has not come.
    pub(crate) upcoming: Upcoming,
    /// The number of the last commit.
    pub(crate) commits: u64,
}

impl State {
    pub(crate) fn new(schema: Schema) -> Self {
        Self {
            schema,
            segments: Segments::default(),
            table: Table::default(),
            histories: Histories::default(),
            aliases: BTreeMap::new(),
            rules: Rules::default(),
            upcoming: Upcoming::default(),
            commits: 0,
        }
    }

    /// The type of a field; of a deleted one, some type.
    pub(crate) fn type_of(&self, field: FieldId) -> ValueType {
        self.schema.field(field).map_or(ValueType::Text, Field::value_type)
    }

    /// Whether there is such a contact.
    ///
    /// # Errors
    /// [`Code::NotFound`] if there is none.
    pub(crate) fn require(&self, contact: ContactId) -> Result<()> {
        match self.table.live().contains(contact) {
            true => Ok(()),
            false => Err(self.no_contact(contact)),
        }
    }

    /// That there is no contact with an id, and where to look for it if it was merged into another one.
    pub(crate) fn no_contact(&self, contact: ContactId) -> Error {
        let id = contact.get();
        let heir = self.histories.heirs(contact).find(|heir| self.table.live().contains(*heir));
        let (message, help) = match heir.map(ContactId::get) {
            Some(heir) => (
                format!("there is no contact {id} any more: it was merged into contact {heir}"),
                format!("take contact {heir}, which has what it had"),
            ),
            None => (
                format!("there is no contact {id}"),
                "it was deleted or merged, or the id is not from this book".to_owned(),
            ),
        };
        Error::not_found(Diagnostic::new(Code::NotFound, message).help(help)).of_contacts([id])
    }

    /// Contacts that have to be there.
    ///
    /// # Errors
    /// [`Code::NotFound`] with all that are not.
    pub(crate) fn require_all(&self, contacts: &MemberSet) -> Result<()> {
        let unknown = contacts - self.table.live();
        match unknown.first() {
            Some(first) => Err(self.no_contact(first).of_contacts(unknown.to_numbers())),
            None => Ok(()),
        }
    }

    /// A contact with all it has; `None` if there is no such.
    pub(crate) fn contact(&self, contact: ContactId) -> Option<Contact> {
        self.table.live().contains(contact).then(|| self.view(contact, &Needs::everything(&self.schema)))
    }

    /// As much of a contact as is needed.
    pub(crate) fn view(&self, id: ContactId, needs: &Needs) -> Contact {
        let values = needs.fields.iter().filter_map(|field| Some((*field, self.shown(id, *field)?)));
        let mut contact = Contact::with(id, values);
        if needs.interactions {
            for interaction in self.table.interactions(id) {
                let is_outgoing = self.schema.is_outgoing(interaction.kind);
                contact.record(interaction, is_outgoing);
            }
        }
        contact
    }

    /// A value of a contact, made from others where it is not stored.
    pub(crate) fn value(&self, contact: ContactId, field: FieldId) -> Option<Value> {
        match field {
            Field::ID | Field::NAME => self.view(contact, &Needs::fields([field])).get(field).cloned(),
            _ => self.shown(contact, field),
        }
    }

    /// A value of a contact as it is shown: the last interaction is the later of what is stored and what was recorded.
    fn shown(&self, contact: ContactId, field: FieldId) -> Option<Value> {
        match field {
            Field::LAST_INTERACTION => self.table.last_interactions()?.get(contact.get()),
            _ => self.table.get(contact, field),
        }
    }

    /// What a text or a phone number of a contact is compared by: folded text, digits.
    pub(crate) fn comparable(&self, contact: ContactId, field: FieldId) -> Option<Cow<'_, str>> {
        match self.table.column(field) {
            Some(column) => column.key(contact.get()).map(Cow::Borrowed),
            None => match self.value(contact, field)? {
                Value::Text(text) => Some(Cow::Owned(text.folded().to_owned())),
                Value::Phone(phone) => Some(Cow::Owned(phone.digits().to_owned())),
                _ => None,
            },
        }
    }

    /// The contacts that a key leads to: those that have it or, failing that, the one that took it over in a merge.
    pub(crate) fn find(&self, field: FieldId, key: &str) -> Vec<ContactId> {
        let found: Vec<ContactId> = self.table.find(field, key).collect();
        if found.is_empty() { self.alias(field, key).into_iter().collect() } else { found }
    }

    /// The contact that took over a key in a merge.
    pub(crate) fn alias(&self, field: FieldId, key: &str) -> Option<ContactId> {
        if self.aliases.is_empty() {
            return None;
        }
        let alias = self.aliases.get(&(field, key.into())).copied();
        alias.filter(|contact| self.table.live().contains(*contact))
    }

    /// Whether a filter can be asked: all it names is still there, and no segment that it stands on is broken.
    ///
    /// # Errors
    /// [`Code::BrokenSegment`], [`Code::SegmentsTooDeep`], or [`Code::NotFound`] for what was deleted since it was checked.
    pub(crate) fn check_filter(&self, filter: &Filter) -> Result<()> {
        let uses = filter.plan().uses();
        if let Some(gone) = self.schema.missing_of(&uses.fields, &uses.symbols, &uses.segments, &uses.kinds) {
            let message = format!("the filter uses {gone} that was deleted");
            let help = "read its text or JSON again to see which";
            return Err(Error::not_found(Diagnostic::new(Code::NotFound, message).help(help)));
        }
        self.segments.check(filter, &self.schema)?;
        self.segments.refuse_broken(uses.segments, &self.schema)
    }

    /// The set of a contact in a field of sets, ascending; a missing one is empty.
    #[inline]
    pub(crate) fn set_of(&self, contact: ContactId, field: FieldId) -> &[Symbol] {
        self.table.set_of(contact, field)
    }
}
