//! work in progress
mod diagnostic;
mod error;
mod text;
mod time;
mod value;
pub use diagnostic::{Code, Diagnostic, Place, Severity};
mod model;
mod filter;
pub use model::{Catalog, Contact, Draft, Entry, Field, Input, Interaction, Kind, Limits, NewField, Schema, Settings};
pub use error::{Error, ErrorKind, Result};
pub use text::{accent_fold, fold};
pub use time::{Anchor, Anniversary, Calendar, CivilDateTime, Count, Date, Direction, LeapDay, Moment, MonthDay, TimeZone, Timestamp, Unit, Weekday, Window};
pub use value::{Amount, ContactId, Country, FieldId, KindId, Number, OptionId, Phone, SegmentId, StatusId, Symbol, SymbolSet, TagId, Text, Value, ValueType};
