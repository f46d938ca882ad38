//! Literals become values of the type that they are compared with.

use super::checker::Checker;
use crate::diagnostic::{Code, Diagnostic};
use crate::filter::ast::{At, Literal, LiteralKind};
use crate::model::Field;
use crate::text::{fold, quoted};
use crate::value::{Amount, ContactId, Number, Phone, Symbol, ValueType};

/// What a literal is, for messages.
pub(super) fn what(literal: &Literal) -> &'static str {
    match &literal.it {
        LiteralKind::Text(_) => "text",
        LiteralKind::Word(_) => "a word",
        LiteralKind::Number(_) => "a number",
        LiteralKind::Bool(_) => "true or false",
        LiteralKind::Moment(moment) if moment.is_day() => "a date",
        LiteralKind::Moment(_) => "a datetime",
    }
}

impl Checker<'_> {
    pub(super) fn wrong_type<T>(
        &mut self,
        subject: &str,
        value_type: ValueType,
        literal: &Literal,
    ) -> Option<T> {
        let takes = match value_type {
            ValueType::MultiSelect => ValueType::Select.takes(),
            ValueType::Tags => "the name of a tag",
            ValueType::Segments => "the name of a segment",
            _ => value_type.takes(),
        };
        let message = format!("`{subject}` takes {takes}, not {}", what(literal));
        let diagnostic = Diagnostic::new(Code::WrongValueType, message);
        let diagnostic = match value_type {
            ValueType::Bool => diagnostic.expecting(["true", "false"]),
            _ => diagnostic.expecting([takes]),
        };
        let diagnostic = match mended(value_type, literal) {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        };
        self.refuse(diagnostic, &literal.place)
    }

    /// The text of a string or word, which is not blank.
    fn name<'l>(&mut self, subject: &str, value_type: ValueType, literal: &'l Literal) -> Option<&'l str> {
        match &literal.it {
            LiteralKind::Text(text) | LiteralKind::Word(text) => {
                if text.trim().is_empty() {
                    let diagnostic = Diagnostic::new(
                        Code::EmptyOperand,
                        format!("`{subject}` is compared with blank text"),
                    )
                    .help(format!("write `{subject} is empty` for contacts without a value"));
                    return self.refuse(diagnostic, &literal.place);
                }
                Some(text)
            }
            _ => self.wrong_type(subject, value_type, literal),
        }
    }

    /// A text of a text or e-mail field: as it is kept, and folded.
    pub(super) fn text(
        &mut self,
        subject: &str,
        value_type: ValueType,
        literal: &Literal,
    ) -> Option<(Literal, Box<str>)> {
        let text = self.name(subject, value_type, literal)?;
        Some((as_text(text.trim(), literal), fold(text).into()))
    }

    /// A phone number, and its digits.
    pub(super) fn phone(&mut self, subject: &str, literal: &Literal) -> Option<(Literal, Box<str>)> {
        let text = self.name(subject, ValueType::Phone, literal)?;
        let read = Phone::parse(text, self.schema.settings().default_country);
        let phone = self.accept(read, &literal.place)?;
        Some((as_text(phone.e164(), literal), phone.digits().into()))
    }

    pub(super) fn number(&mut self, subject: &str, literal: &Literal) -> Option<Number> {
        match &literal.it {
            LiteralKind::Number(number) => Some(*number),
            _ => self.wrong_type(subject, ValueType::Number, literal),
        }
    }

    /// An exact number to compare sums, counts and sizes with.
    pub(super) fn amount(&mut self, subject: &str, literal: &Literal) -> Option<Amount> {
        let number = self.number(subject, literal)?;
        match number.amount() {
            Some(amount) => Some(amount),
            None => {
                let read = number.to_string().parse::<Amount>();
                self.accept(read, &literal.place)
            }
        }
    }

    /// An option, status, country, tag or segment; its key or name is what is kept.
    pub(super) fn symbol(&mut self, field: &Field, literal: &Literal) -> Option<(Literal, Symbol)> {
        let subject = self.schema.field_key(field.id());
        let name = self.name(subject, field.value_type(), literal)?;
        let symbol = self.schema.symbol(field, name);
        let symbol = self.accept(symbol, &literal.place)?;
        let kept = self.schema.symbol_key(field.id(), symbol);
        Some((as_text(&kept, literal), symbol))
    }

    pub(super) fn id(&mut self, literal: &Literal) -> Option<ContactId> {
        let number = match &literal.it {
            LiteralKind::Number(number) => *number,
            _ => return self.wrong_type("id", ValueType::Id, literal),
        };
        let value = number.value();
        if value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a whole number in range"
            )]
            return Some(ContactId::new(value as u32));
        }
        let message = format!("{} is not the id of a contact", quoted(&number.to_string()));
        let help = "ids are whole numbers from 0 to 4,294,967,295; numbers of your own are in `external_id`";
        self.refuse(Diagnostic::new(Code::BadId, message).help(help), &literal.place)
    }
}

/// How a value of another type may have been meant.
fn mended(value_type: ValueType, literal: &Literal) -> Option<String> {
    let text = match &literal.it {
        LiteralKind::Text(text) | LiteralKind::Word(text) => text.trim(),
        _ => "",
    };
    Some(match value_type {
        ValueType::Number | ValueType::Id => match text.parse::<Number>() {
            Ok(number) => format!("write it without quotes: `{number}`"),
            Err(_) if value_type == ValueType::Id => "numbers of your own are in `external_id`".into(),
            Err(_) => return None,
        },
        ValueType::Date | ValueType::DateTime if text.eq_ignore_ascii_case("yesterday") => {
            "write `today - 1 day`".into()
        }
        ValueType::Date | ValueType::DateTime if text.eq_ignore_ascii_case("tomorrow") => {
            "write `today + 1 day`".into()
        }
        ValueType::Date => "write a day such as `2026-01-31`, or `today - 30 days`".into(),
        ValueType::DateTime => {
            "write a day such as `2026-01-31`, an instant such as `2026-01-31T12:00:00Z`, or `now - 30 days`"
                .into()
        }
        ValueType::Country => "write the two letters of ISO 3166-1, such as `FR`, not the dial code".into(),
        ValueType::Phone => {
            "phone numbers stand in double quotes, with `+` and the country code: `\"+33 6 12 34 56 78\"`"
                .into()
        }
        ValueType::Bool => return None,
        _ => format!("write it in double quotes: `\"{literal}\"`"),
    })
}

fn as_text(text: &str, literal: &Literal) -> Literal {
    At::new(LiteralKind::Text(text.into()), literal.place.clone())
}
