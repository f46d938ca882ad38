//! Contacts, their values and their interactions.

use super::out::Out;
use crate::table::{Interactions, Rows, Values};
use crate::value::{FieldId, MemberSet};

impl Out<'_> {
    /// Whole contacts: what they have, one by one, so many at most.
    pub(super) fn rows(&mut self, rows: &Rows) {
        self.counted("count", rows.contacts.len());
        self.json.key("contacts");
        self.list(rows.contacts.iter().take(self.most).enumerate(), |out, (at, contact)| {
            out.json.open();
            out.json.key("id");
            out.contact(contact);
            for (field, values) in &rows.columns {
                if let Some(value) = values.get(at) {
                    out.key_of(*field);
                    out.value_of(*field, Some(&value));
                }
            }
            out.json.close();
        });
        if !rows.interactions.is_empty() {
            self.json.key("interactions");
            self.json.open();
            self.interactions(&rows.interactions);
            self.json.close();
        }
    }

    /// The key of a field as the key of a value.
    fn key_of(&mut self, field: FieldId) {
        let schema = self.json.schema;
        match schema.field_key(field) {
            "" => self.json.key(&field.get().to_string()),
            key => self.json.key(key),
        }
    }

    /// The values of a field before and after, contact by contact, so many at most.
    pub(super) fn columns(&mut self, field: FieldId, contacts: &MemberSet, (old, new): (&Values, &Values)) {
        self.json.key("field");
        self.field(field);
        self.counted("count", contacts.len());
        self.json.key("contacts");
        self.list(contacts.iter().take(self.most).enumerate(), |out, (at, contact)| {
            out.json.open();
            out.json.key("id");
            out.contact(contact);
            out.before_and_after(old.get(at), new.get(at), |out, value| out.value_of(field, value.as_ref()));
            out.json.close();
        });
    }

    /// Interactions, so many at most.
    pub(super) fn interactions(&mut self, interactions: &Interactions) {
        self.counted("count", interactions.len() as u64);
        self.json.key("list");
        self.list(interactions.iter().take(self.most), |out, (contact, interaction)| {
            out.json.open();
            out.json.key("contact");
            out.contact(contact);
            out.json.key("kind");
            out.kind(interaction.kind);
            out.json.member("at", &interaction.at.to_string());
            if let Some(amount) = interaction.amount {
                out.json.key("amount");
                out.json.number(&amount.to_string());
            }
            if let Some(label) = &interaction.label {
                out.json.member("label", label.as_str());
            }
            out.json.close();
        });
    }
}
