//! Values from outside, read by the type of their field.

use super::{Catalog, Field, Input, Schema};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::{did_you_mean, nearest, quoted};
use crate::value::{
    Country, Number, OptionId, Phone, Symbol, SymbolSet, Text, Value, ValueType, check_email,
};

impl Schema {
    /// Reads a value for a field; `None` if it is missing.
    ///
    /// `country` is where a phone number without country code is dialled; the default country stands in for it.
    ///
    /// # Errors
    /// The code of what is wrong: [`Code::BadValue`] if the input has another type than the field, [`Code::BadPhone`],
    /// [`Code::BadEmail`], [`Code::BadDate`], [`Code::BadNumber`], [`Code::UnknownCountry`], [`Code::UnknownOption`],
    /// [`Code::UnknownStatus`], [`Code::UnknownTag`], [`Code::UnknownSegment`], or [`Code::ReadOnly`].
    pub(crate) fn read_value(
        &self,
        field: &Field,
        input: &Input,
        country: Option<Country>,
    ) -> Result<Option<Value>> {
        if input.is_missing() {
            return Ok(None);
        }
        let value = match (field.value_type(), input) {
            (ValueType::Id, _) => return Err(self.read_only(field)),
            (ValueType::Text, _) if field.id() == Field::NAME => return Err(self.read_only(field)),
            (ValueType::Text, Input::Text(text)) => Text::new(text).map(Value::Text),
            (ValueType::Email, Input::Text(text)) => {
                check_email(text)?;
                Text::new(text).map(Value::Text)
            }
            (ValueType::Phone, Input::Text(text)) => {
                Some(Value::Phone(Phone::parse(text, country.or(self.settings().default_country))?))
            }
            (ValueType::Number, Input::Number(number)) => Some(Value::Number(Number::new(*number)?.value())),
            (ValueType::Number, Input::Text(text)) => {
                Some(Value::Number(text.trim().parse::<Number>()?.value()))
            }
            (ValueType::Date, Input::Date(date)) => Some(Value::Date(*date)),
            (ValueType::Date, Input::Text(text)) => Some(Value::Date(text.trim().parse()?)),
            (ValueType::DateTime, Input::DateTime(at)) => Some(Value::DateTime(*at)),
            (ValueType::DateTime, Input::Text(text)) => {
                Some(Value::DateTime(self.settings().calendar.zone.read_datetime(text.trim())?))
            }
            (ValueType::Bool, Input::Bool(yes)) => Some(Value::Bool(*yes)),
            (ValueType::Bool, Input::Text(text)) => Some(Value::Bool(self.read_bool(text)?)),
            (ValueType::Country, Input::Text(text)) => Some(Value::One(text.parse::<Country>()?.into())),
            (ValueType::Select | ValueType::Status, Input::Text(name)) => {
                Some(Value::One(self.symbol(field, name)?))
            }
            (ValueType::MultiSelect | ValueType::Tags | ValueType::Segments, Input::List(names)) => {
                let given = names.iter().filter(|name| !name.trim().is_empty());
                let set = given.map(|name| self.symbol(field, name)).collect::<Result<SymbolSet>>()?;
                (!set.is_empty()).then_some(Value::Many(set))
            }
            (value_type, input) => {
                return Err(Error::value(
                    Diagnostic::new(
                        Code::BadValue,
                        format!(
                            "`{}` takes {}, not {}",
                            self.field_key(field.id()),
                            value_type.takes(),
                            input.what()
                        ),
                    )
                    .expecting([value_type.takes()]),
                ));
            }
        };
        Ok(value)
    }

    fn read_only(&self, field: &Field) -> Error {
        let key = self.field_key(field.id());
        let help = match field.id() {
            Field::NAME => "set `first_name` and `last_name`",
            _ => "the book gives it out; numbers of your own belong in `external_id`",
        };
        Error::value(Diagnostic::new(Code::ReadOnly, format!("`{key}` cannot be set")).help(help))
    }

    fn read_bool(&self, text: &str) -> Result<bool> {
        match text.trim() {
            word if word.eq_ignore_ascii_case("true") => Ok(true),
            word if word.eq_ignore_ascii_case("false") => Ok(false),
            word => Err(Error::value(
                Diagnostic::new(Code::BadValue, format!("{} is neither true nor false", quoted(word)))
                    .expecting(["true", "false"]),
            )),
        }
    }

    /// The symbol of a name in a field of options, statuses, countries, tags or segments.
    pub(crate) fn symbol(&self, field: &Field, name: &str) -> Result<Symbol> {
        match field.value_type() {
            ValueType::Status => self.status(name).map(Symbol::from).ok_or_else(|| {
                unknown_entry(
                    Code::UnknownStatus,
                    format!("there is no status {}", quoted(name)),
                    name,
                    self.statuses(),
                )
            }),
            ValueType::Country => Ok(name.parse::<Country>()?.into()),
            ValueType::Tags => self.tag(name).map(Symbol::from).ok_or_else(|| {
                let help = "a tag exists once it is defined, or given to a contact";
                unknown(Code::UnknownTag, "tag", name, self.tags(), Some(help))
            }),
            ValueType::Segments => {
                self.segment(name).map(Symbol::from).ok_or_else(|| self.unknown_segment(name))
            }
            _ => field.options().find(name).map(|number| OptionId::new(number).into()).ok_or_else(|| {
                let message = format!("`{}` has no option {}", self.field_key(field.id()), quoted(name));
                unknown_entry(Code::UnknownOption, message, name, field.options())
            }),
        }
    }
}

impl Schema {
    /// The error for a name that is no segment's.
    pub(crate) fn unknown_segment(&self, name: &str) -> Error {
        self.unknown_segment_among(name, self.segments(), None)
    }

    /// The error for a name that is no segment's, where some segments can be meant; `help` where none of them is near.
    pub(crate) fn unknown_segment_among<'s>(
        &self,
        name: &str,
        meant: impl Iterator<Item = &'s str> + Clone,
        help: Option<&str>,
    ) -> Error {
        unknown(Code::UnknownSegment, "segment", name, meant, help)
    }
}

/// How many names are listed at most where one of them is expected.
const FEW: usize = 12;

/// An unknown name of a catalog: all keys where they are few, the near names where they are many.
fn unknown_entry(code: Code, message: String, name: &str, catalog: &Catalog) -> Error {
    let near = catalog.near(name);
    let diagnostic = Diagnostic::new(code, message).help_if(did_you_mean(&near));
    Error::value(match catalog.iter().nth(FEW).is_none() {
        true => diagnostic.expecting(catalog.iter().map(|entry| entry.key)),
        false => diagnostic.expecting(near),
    })
}

/// An unknown name without a key: all names where they are few, the near ones where they are many.
fn unknown<'a>(
    code: Code,
    what: &str,
    name: &str,
    names: impl Iterator<Item = &'a str> + Clone,
    otherwise: Option<&str>,
) -> Error {
    let near = nearest(name, names.clone());
    let diagnostic = Diagnostic::new(code, format!("there is no {what} {}", quoted(name)))
        .help_if(did_you_mean(&near).or(otherwise.map(str::to_owned)));
    let are_few = names.clone().nth(FEW).is_none();
    Error::value(if are_few { diagnostic.expecting(names) } else { diagnostic.expecting(near) })
}
