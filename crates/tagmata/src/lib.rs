//! work in progress
mod diagnostic;
mod error;
mod text;
mod time;
mod value;
pub use diagnostic::{Code, Diagnostic, Place, Severity};
mod model;
mod filter;
mod segment;
pub use model::{Catalog, Contact, Draft, Entry, Field, Input, Interaction, Kind, Limits, NewField, Schema, Settings};
pub use filter::{Filter, query_builder_fields, JsonTree, JsonTreeBuilder, Matcher, Membership, StaticSegments, Distance, Function, InstantSource, InteractionSet, Matching, Measure, NodeId, Plan, PlanNode, Predicate, Quantifier, RangeTest, Subject, TextTest, TimeTest};
pub use segment::{DynamicSegment, SegmentMembership, Segments, SegmentsAt};
pub use error::{Error, ErrorKind, Result};
pub use text::{accent_fold, fold};
pub use time::{Anchor, Anniversary, Calendar, CivilDateTime, Count, Date, Direction, LeapDay, Moment, MonthDay, TimeZone, Timestamp, Unit, Weekday, Window};
pub use value::{Amount, ContactId, Country, FieldId, KindId, Number, OptionId, Phone, SegmentId, StatusId, Symbol, SymbolSet, TagId, Text, Value, ValueType};
