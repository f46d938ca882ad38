//! Changes of names, fields and settings.

use super::out::Out;
use crate::model::{Field, NameSpace, SchemaEdit, Settings};
use crate::value::{Country, Symbol, ValueType};

impl Out<'_> {
    /// The members of a change of the schema.
    pub(super) fn schema_edit(&mut self, edit: &SchemaEdit) {
        match edit {
            SchemaEdit::Name { space, number, old, new } => {
                self.json.member("fact", "name");
                self.space(*space);
                self.counted("number", u64::from(*number));
                self.before_and_after(old, new, |out, name| out.maybe(name.as_deref(), Self::text_of));
            }
            SchemaEdit::Alias { space, folded, old, new } => {
                self.json.member("fact", "old_name");
                self.space(*space);
                self.json.member("name", folded);
                self.before_and_after(old, new, |out, number| {
                    out.maybe(number.map(u64::from), Self::whole);
                });
            }
            SchemaEdit::Field { id, old, new } => {
                self.json.member("fact", "field");
                self.json.key("field");
                self.field(*id);
                self.before_and_after(old, new, |out, value_type| {
                    out.maybe(value_type.map(ValueType::as_str), Self::text_of);
                });
            }
            SchemaEdit::Kind { id, old, new } => {
                self.json.member("fact", "kind");
                self.json.key("kind");
                self.kind(*id);
                self.before_and_after(old, new, |out, outgoing| {
                    let word = outgoing.map(|outgoing| if outgoing { "outgoing" } else { "incoming" });
                    out.maybe(word, Self::text_of);
                });
            }
            SchemaEdit::StatusOrder { old, new } => {
                self.json.member("fact", "status_order");
                self.before_and_after(old, new, |out, statuses| {
                    out.list(&**statuses, |out, status| {
                        out.symbol(Field::STATUS, Symbol::from(*status));
                    });
                });
            }
            SchemaEdit::Settings { old, new } => {
                self.json.member("fact", "settings");
                self.before_and_after(old, new, Self::settings);
            }
        }
    }

    fn space(&mut self, space: NameSpace) {
        let (word, field) = match space {
            NameSpace::FieldKeys => ("field_keys", None),
            NameSpace::FieldLabels => ("field_labels", None),
            NameSpace::OptionKeys(field) => ("option_keys", Some(field)),
            NameSpace::OptionLabels(field) => ("option_labels", Some(field)),
            NameSpace::StatusKeys => ("status_keys", None),
            NameSpace::StatusLabels => ("status_labels", None),
            NameSpace::Kinds => ("kinds", None),
            NameSpace::Tags => ("tags", None),
            NameSpace::Segments => ("segments", None),
        };
        self.json.member("of", word);
        if let Some(field) = field {
            self.json.key("field");
            self.field(field);
        }
    }

    fn settings(&mut self, settings: &Settings) {
        let Settings { calendar, default_country, limits } = settings;
        self.json.open();
        self.json.member("time_zone", calendar.zone.name());
        self.json.member("week_start", calendar.week_start.as_str());
        self.json.member("leap_day", calendar.leap_day.as_str());
        self.json.key("default_country");
        self.maybe(default_country.as_ref().map(Country::as_str), Self::text_of);
        self.json.key("limits");
        self.json.open();
        for (name, limit) in limits.by_name() {
            self.counted(name, limit as u64);
        }
        self.json.close();
        self.json.close();
    }
}
