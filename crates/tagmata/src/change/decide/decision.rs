//! What a command comes to, before it is applied.

use crate::change::commit::Entry;
use crate::change::fact::Fact;
use crate::change::stamp::Stamp;
use crate::state::Cause;
use crate::value::ContactId;

/// The facts that would become true by a command, decided on one state of a book.
///
/// It can be applied once, to the book as it was when it was decided; afterwards it is out of date.
#[derive(Debug)]
#[must_use = "nothing changes until it is applied"]
pub struct Decision {
    pub(crate) facts: Vec<Fact>,
    pub(crate) made: Made,
    pub(crate) cause: Cause,
    /// What the facts do to histories, where they turn round those of another commit.
    pub(crate) entries: Option<Vec<Entry>>,
    pub(crate) stamp: Stamp,
    /// The number of the last commit when it was decided.
    pub(crate) after: u64,
}

impl Decision {
    /// The numbers of what would be made: of one contact, or of definitions in the order in which they were asked for.
    #[must_use]
    pub fn made(&self) -> Vec<u32> {
        match &self.made {
            Made::Nothing => Vec::new(),
            Made::Contact(contact) => vec![contact.get()],
            Made::Definitions(numbers) => numbers.clone(),
        }
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
}

impl From<Vec<Fact>> for Decided {
    fn from(facts: Vec<Fact>) -> Self {
        Self { facts, made: Made::Nothing }
    }
}
