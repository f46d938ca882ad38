//! What a command comes to, before it is applied.

use crate::change::automate::{Automated, Automatic, Enrolment};
use crate::change::commit::Entry;
use crate::change::fact::Fact;
use crate::change::stamp::Stamp;
use crate::diagnostic::Diagnostic;
use crate::state::Cause;
use crate::value::{ContactId, RuleId};

/// The facts that would become true by a command, decided on one state of a book.
///
/// It can be applied once, to the book as it was when it was decided; afterwards it is out of date.
#[derive(Debug)]
#[must_use = "nothing changes until it is applied"]
pub struct Decision {
    pub(crate) facts: Vec<Fact>,
    /// The rule by which each fact is, if it is one.
    pub(crate) by: Vec<Option<RuleId>>,
    /// For whom rules fired in the commit so far, this decision included.
    pub(crate) automated: Automated,
    pub(crate) warnings: Vec<Diagnostic>,
    pub(crate) made: Made,
    pub(crate) cause: Cause,
    /// What the facts do to histories, where they turn round those of another commit.
    pub(crate) entries: Option<Vec<Entry>>,
    pub(crate) stamp: Stamp,
    /// The number of the last commit when it was decided.
    pub(crate) after: u64,
}

impl Decision {
    /// Facts with what rules made of them, as they were decided at no particular revision of a book.
    pub(crate) fn new(automatic: Automatic, cause: Cause, stamp: Stamp) -> Self {
        let Automatic { facts, by, automated } = automatic;
        let (made, warnings) = (Made::Nothing, Vec::new());
        Self { facts, by, automated, warnings, made, cause, entries: None, stamp, after: 0 }
    }

    /// The numbers of what would be made: of one contact, or of definitions in the order in which they were asked for.
    #[must_use]
    pub fn made(&self) -> Vec<u32> {
        match &self.made {
            Made::Nothing => Vec::new(),
            Made::Contact(contact) => vec![contact.get()],
            Made::Definitions(numbers) => numbers.clone(),
        }
    }

    /// What is worth knowing before it is applied, as in [`Outcome::warnings`](crate::Outcome::warnings).
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// What would become true, in order.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }
}

/// What a command made, so that it can be given back by its id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Made {
    #[default]
    Nothing,
    Contact(ContactId),
    /// Numbers of definitions, in the order in which they were asked for.
    Definitions(Vec<u32>),
}

/// Facts and what they make.
#[derive(Debug, Default)]
pub(crate) struct Decided {
    pub(crate) facts: Vec<Fact>,
    pub(crate) made: Made,
    /// To whom a rule is applied besides.
    pub(crate) enrolment: Option<Enrolment>,
    pub(crate) warnings: Vec<Diagnostic>,
}

impl From<Vec<Fact>> for Decided {
    fn from(facts: Vec<Fact>) -> Self {
        Self { facts, ..Self::default() }
    }
}
