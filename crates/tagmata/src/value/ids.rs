//! The small numbers that stand for things inside a book.

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};

/// One newtype per kind of thing, so that they cannot be mixed up.
macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident;)+) => {$(
        $(#[$doc])+
        ///
        /// Small, stable, and never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The id with a number that the book gave out.
            #[must_use]
            pub const fn new(number: u32) -> Self {
                Self(number)
            }

            /// The number.
            #[must_use]
            pub const fn get(self) -> u32 {
                self.0
            }

            /// The number as a position in a table.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

ids! {
    /// A contact; also its row number.
    ///
    /// ```
    /// use tagmata::ContactId;
    /// let id = ContactId::new(7);
    /// assert_eq!((id.get(), id.index()), (7, 7));
    /// ```
    ContactId;
    /// A field, standard or custom.
    FieldId;
    /// A status.
    StatusId;
    /// An option of one select field.
    OptionId;
    /// A tag.
    TagId;
    /// A segment, static or dynamic.
    SegmentId;
    /// A kind of interaction.
    KindId;
    /// A rule. The default rules have the first numbers.
    RuleId;
}

impl TryFrom<i64> for ContactId {
    type Error = Error;

    /// The id with a number that came from outside.
    ///
    /// ```
    /// use tagmata::{Code, ContactId};
    /// assert_eq!(ContactId::try_from(7)?, ContactId::new(7));
    /// assert_eq!(ContactId::try_from(-1).unwrap_err().code(), Code::NotFound);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::NotFound`] for a number that no contact can have.
    fn try_from(number: i64) -> Result<Self> {
        u32::try_from(number).map(Self).map_err(|_| {
            let message = format!("there is no contact {number}");
            let help = "ids are the numbers that the book gave out, from 0";
            Error::not_found(Diagnostic::new(Code::NotFound, message).help(help))
        })
    }
}

/// The number that stands for an option, a status, a country, a tag or a segment within its own field.
///
/// Fields of all these types are filtered in the same way: by comparing symbols.
///
/// ```
/// use tagmata::{Symbol, TagId};
/// assert_eq!(Symbol::from(TagId::new(3)), Symbol::new(3));
/// assert_eq!(Symbol::new(3).get(), 3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(u32);

impl Symbol {
    /// The symbol with a number.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

macro_rules! symbols {
    ($($id:ident)+) => {$(
        impl From<$id> for Symbol {
            fn from(id: $id) -> Self {
                Self(id.get())
            }
        }
    )+};
}

symbols!(OptionId StatusId TagId SegmentId);

/// A set of symbols, in ascending order.
///
/// ```
/// use tagmata::{Symbol, SymbolSet};
/// let mut set: SymbolSet = [3, 1].map(Symbol::new).into_iter().collect();
/// assert!(set.insert(Symbol::new(2)) && !set.insert(Symbol::new(2)));
/// assert!(set.remove(Symbol::new(3)) && !set.remove(Symbol::new(3)));
/// assert_eq!(set.iter().map(Symbol::get).collect::<Vec<_>>(), [1, 2]);
/// assert!(!set.is_empty());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct SymbolSet(Vec<Symbol>);

impl SymbolSet {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a symbol is in the set.
    ///
    /// ```
    /// use tagmata::{Symbol, SymbolSet};
    /// let set: SymbolSet = [3, 1, 3].map(Symbol::new).into_iter().collect();
    /// assert!(set.contains(Symbol::new(3)) && !set.contains(Symbol::new(2)));
    /// assert_eq!(set.len(), 2);
    /// ```
    #[must_use]
    pub fn contains(&self, symbol: Symbol) -> bool {
        self.0.binary_search(&symbol).is_ok()
    }

    /// The symbols as a slice, ascending.
    ///
    /// ```
    /// use tagmata::{Symbol, SymbolSet};
    /// let set = SymbolSet::from([3, 1].map(Symbol::new).as_slice());
    /// assert_eq!(set.as_slice(), [1, 3].map(Symbol::new));
    /// ```
    #[must_use]
    pub fn as_slice(&self) -> &[Symbol] {
        &self.0
    }

    /// The symbols, ascending.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Symbol> + '_ {
        self.0.iter().copied()
    }

    /// Adds a symbol; false if it was there.
    pub fn insert(&mut self, symbol: Symbol) -> bool {
        match self.0.binary_search(&symbol) {
            Ok(_) => false,
            Err(at) => {
                self.0.insert(at, symbol);
                true
            }
        }
    }

    /// Takes a symbol away; false if it was not there.
    pub fn remove(&mut self, symbol: Symbol) -> bool {
        match self.0.binary_search(&symbol) {
            Ok(at) => {
                self.0.remove(at);
                true
            }
            Err(_) => false,
        }
    }
}

impl FromIterator<Symbol> for SymbolSet {
    fn from_iter<T: IntoIterator<Item = Symbol>>(symbols: T) -> Self {
        let mut all: Vec<_> = symbols.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }
}

impl From<&[Symbol]> for SymbolSet {
    /// The set of symbols that may be in any order, and repeated.
    fn from(symbols: &[Symbol]) -> Self {
        symbols.iter().copied().collect()
    }
}
