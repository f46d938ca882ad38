//! Rules, and changes of them.

use super::format::{from_bytes, to_bytes};
use super::reader::Reader;
use super::wire::{Wire, record, tagged};
use super::writer::Writer;
use crate::automation::{Actions, Automation, AutomationEdit, DefaultRule, Rule, RuleText, Says, Trigger};
use crate::error::{Error, Result};
use crate::model::Input;

tagged! {
    AutomationEdit, "change of rules" {
        0 => Rule { rule old new };
        1 => Order { old new };
        2 => Switches { old new };
    }

    Trigger, "trigger" {
        0 => Interaction(kind);
        1 => Field(field);
        2 => Filter(filter);
    }

    Input, "type of value" {
        0 => Missing;
        1 => Text(text);
        2 => Number(number);
        3 => Bool(yes);
        4 => Date(date);
        5 => DateTime(at);
        6 => List(names);
    }
}

record! {
    Says { trigger condition actions }
    Actions { status links values }
    RuleText {
        on when condition set_status add_tags remove_tags add_to_segments remove_from_segments set_fields
    }
}

/// The master switch, and those of the default rules in their order.
impl Wire for Automation {
    fn write(&self, out: &mut Writer) {
        self.lead_to_active.write(out);
        DefaultRule::ALL.iter().for_each(|rule| self.is_on(*rule).write(out));
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let mut switches = Self::default();
        switches.lead_to_active = bool::read(input)?;
        for rule in DefaultRule::ALL {
            switches = switches.with(rule, bool::read(input)?);
        }
        Ok(switches)
    }
}

/// The name, whether it is enabled, and what it says, or the text and the error of one that is broken.
impl Wire for Rule {
    fn write(&self, out: &mut Writer) {
        self.name.write(out);
        self.is_enabled.write(out);
        match self.body() {
            Ok(says) => {
                false.write(out);
                says.write(out);
            }
            Err((text, error)) => {
                true.write(out);
                text.write(out);
                error.write(out);
            }
        }
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let name: Box<str> = Wire::read(input)?;
        let is_enabled = Wire::read(input)?;
        Ok(match bool::read(input)? {
            false => Self::new(&name, is_enabled, Says::read(input)?),
            true => Self::broken_from(&name, is_enabled, RuleText::read(input)?, Error::read(input)?),
        })
    }
}

impl Rule {
    /// The rule as bytes, in format version 1 (`docs/commit-format.md`). They say all that the names in its filters stand for, so
    /// that it is the same again when they are read, whatever has been renamed or deleted since.
    ///
    /// ```
    /// use tagmata::{AutomationEdit, Book, Fact, NewRule, Rule, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let rule = NewRule::on("big spender", "payment").condition("sum(payment) > 10000").set_status("vip");
    /// let commit = book.add_rule(rule, now)?.outcome.commit;
    /// let Fact::Automation(AutomationEdit::Rule { new: Some(rule), .. }) = &commit.facts()[0] else { unreachable!() };
    /// assert_eq!(Rule::from_bytes(&rule.to_bytes())?, **rule);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        to_bytes(self)
    }

    /// The rule that was written as bytes.
    ///
    /// ```
    /// use tagmata::{Code, Rule};
    /// assert_eq!(Rule::from_bytes(b"").unwrap_err().code(), Code::StoreDamaged);
    /// assert_eq!(Rule::from_bytes(&[2]).unwrap_err().code(), Code::NewerFormat);
    /// ```
    ///
    /// # Errors
    /// [`Code::StoreDamaged`](crate::Code::StoreDamaged) for bytes that are not those of one rule,
    /// [`Code::NewerFormat`](crate::Code::NewerFormat) for those of a later format.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        from_bytes("rule", bytes)
    }
}
