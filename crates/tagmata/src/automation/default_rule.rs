//! The rules that every book has: what is the first of its kind makes an active client of a lead (vcita).

use crate::value::{KindId, RuleId, StatusId};

/// The status whose contacts the default rules are for.
pub(crate) const LEAD: StatusId = StatusId::new(0);
/// The status that the default rules give.
pub(crate) const ACTIVE: StatusId = StatusId::new(1);

/// A rule that every book has: a `lead` becomes `active` by the first interaction of a kind.
///
/// ```
/// use tagmata::{Book, DefaultRule, Draft, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
/// book.record(zoe, "payment", now, None, None, now)?;
/// assert!(book.matches(zoe, "status = active")?);
/// assert_eq!(DefaultRule::FirstPayment.as_str(), "first_payment");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DefaultRule {
    /// The first appointment.
    FirstAppointment,
    /// The first group event.
    FirstGroupEvent,
    /// The first payment.
    FirstPayment,
    /// The first invoice.
    FirstInvoice,
}

impl DefaultRule {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::FirstAppointment, Self::FirstGroupEvent, Self::FirstPayment, Self::FirstInvoice];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FirstAppointment => "first_appointment",
            Self::FirstGroupEvent => "first_group_event",
            Self::FirstPayment => "first_payment",
            Self::FirstInvoice => "first_invoice",
        }
    }

    /// Its number. Own rules have the numbers behind those of the default rules.
    #[must_use]
    pub const fn id(self) -> RuleId {
        RuleId::new(self as u32)
    }

    /// The default rule that has a number.
    #[must_use]
    pub fn of_id(id: RuleId) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.id() == id)
    }

    /// The kind of interaction by which it fires: the first four built-in kinds, in the same order.
    pub(crate) const fn kind(self) -> KindId {
        KindId::new(self as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::{ACTIVE, DefaultRule, LEAD};
    use crate::model::Schema;

    #[test]
    fn default_rules_know_their_kinds_and_statuses() {
        let schema = Schema::default();
        for rule in DefaultRule::ALL {
            assert_eq!(rule.as_str(), format!("first_{}", schema.kind_key(rule.kind())));
            assert_eq!(DefaultRule::of_id(rule.id()), Some(rule));
        }
        assert_eq!(schema.status("lead"), Some(LEAD));
        assert_eq!(schema.status("active"), Some(ACTIVE));
    }
}
