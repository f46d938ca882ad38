//! What a field can hold, and how it is read, compared and written.
//!
//! Invariant: a value is never missing in disguise. Blank text, an empty set, a number that is not finite are no values;
//! the constructors refuse them, and a field without a value holds `None`.

mod ids;
mod members;
mod amount;
mod number;
mod written;
mod country;
mod phone;
mod email;
mod any;

pub use amount::Amount;
pub use any::{Value, ValueType};
pub use country::Country;
pub(crate) use email::check_email;
pub use ids::{ContactId, FieldId, KindId, OptionId, RuleId, SegmentId, StatusId, Symbol, SymbolSet, TagId};
pub use members::MemberSet;
pub(crate) use members::Numbers;
pub use number::Number;
pub use phone::Phone;
pub use written::Text;
