//! Names, and numbers where there is none.

use super::out::Out;
use crate::value::{ContactId, FieldId, KindId, MemberSet, SegmentId, Symbol, Value};

impl Out<'_> {
    /// A name, or the number of what has none any more.
    fn named(&mut self, name: &str, number: u32) {
        match name {
            "" => self.whole(number.into()),
            name => self.json.text(name),
        }
    }

    pub(super) fn field(&mut self, field: FieldId) {
        let schema = self.json.schema;
        self.named(schema.field_key(field), field.get());
    }

    pub(super) fn kind(&mut self, kind: KindId) {
        let schema = self.json.schema;
        self.named(schema.kind_key(kind), kind.get());
    }

    pub(super) fn segment(&mut self, segment: SegmentId) {
        let schema = self.json.schema;
        self.named(schema.segment_name(segment), segment.get());
    }

    /// An option, status, country, tag or segment.
    pub(super) fn symbol(&mut self, field: FieldId, symbol: Symbol) {
        let schema = self.json.schema;
        self.named(&schema.symbol_key(field, symbol), symbol.get());
    }

    pub(super) fn contact(&mut self, contact: ContactId) {
        self.whole(contact.get().into());
    }

    /// So many contacts at most.
    pub(super) fn contacts(&mut self, contacts: &MemberSet) {
        self.list(contacts.iter().take(self.most), Self::contact);
    }

    /// The value of a field.
    pub(super) fn value_of(&mut self, field: FieldId, value: Option<&Value>) {
        match value {
            Some(Value::One(symbol)) => self.symbol(field, *symbol),
            Some(Value::Many(set)) => self.list(set.iter(), |out, symbol| out.symbol(field, symbol)),
            value => {
                let input = self.json.schema.plain(field, value);
                self.json.input(&input);
            }
        }
    }
}
