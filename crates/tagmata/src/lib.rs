//! Embeddable customer segmentation: contacts with typed fields, and a filter language with one exact meaning.
//!
//! A filter is written as text, as JSON or as a query-builder tree. A [`Schema`] accepts it or says all that is wrong with
//! it at once; what is accepted is total, and has one answer for a contact as of an instant.
//!
//! ```
//! use tagmata::{ContactId, Draft, Filter, NewField, Schema, StaticSegments, Timestamp, ValueType};
//!
//! let mut schema = Schema::default();
//! schema.define_field(NewField::new("billed", ValueType::Number).label("Montant facturé"))?;
//! schema.define_tag("vip")?;
//!
//! let filter = Filter::parse("`Montant facturé` > 1000 and not tags has vip", &schema)?;
//! assert_eq!(filter.to_string(), r#"billed > 1000 and not tags has "vip""#);
//!
//! let zoe = Draft::new().set("first_name", "Zoé").set("billed", 1200.0).read(ContactId::new(0), &schema)?;
//! let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
//! assert!(filter.matches(&zoe, now));
//! println!("{}", filter.explain(&zoe, now, &StaticSegments, &schema));
//! # Ok::<(), tagmata::Error>(())
//! ```
//!
//! The nouns, from the bottom up:
//!
//! - [`Error`] and [`Diagnostic`]: what is wrong, where, what is allowed, what is near.
//! - [`fold`]: what makes `STRASSE` and `straße` the same text.
//! - [`Date`], [`Timestamp`], [`TimeZone`], [`Calendar`], [`Window`], [`Moment`]: time, without a clock.
//! - [`Value`] and its kinds: [`Text`], [`Phone`], [`Country`], [`Number`], [`Amount`], [`SymbolSet`].
//! - [`Schema`], [`Draft`], [`Contact`], [`Interaction`]: names, and contacts read by them.
//! - [`Filter`], [`Plan`], [`Matcher`], [`Explanation`]: what was written, what it means, its answer, and why.
//! - [`Segments`]: filters with a name and pins, which may use each other.
//! - [`NewRule`], [`Automation`]: what happens by itself when something changes.
//! - [`CsvReader`], [`CsvRow`], [`CsvWriter`]: files of contacts, row by row.
//! - [`PageQuery`], [`BreakdownQuery`], [`AudienceQuery`]: lists, reports and broadcasts, asked of a [`Book`].
//!
//! Nothing here reads a clock, a file, the environment or a random source: `now` is always an argument.

#[cfg(test)]
mod random;
mod diagnostic;
mod error;
mod text;
mod time;
mod value;
mod model;
mod json;
mod filter;
mod segment;
mod automation;
mod definitions;
mod csv;
mod table;
mod state;
mod select;
mod change;
mod wire;
mod import;
mod list;
mod report;
mod live;
mod book;
mod shared;

pub use self::csv::{
    CellValue, CsvOptions, CsvReader, CsvRow, CsvWriter, Dates, Decimal, Delimiter, ExportNames,
    ExportOptions, FormulaGuard, InvalidValues, Language, Problem, Progress, RejectedRows, TableCell,
    TableText, TableWriter, default_export_fields, import_template,
};
pub use automation::{Automation, AutomationEdit, DefaultRule, Rule, RuleText};
pub use book::{
    Advance, Batches, Book, BookBuilder, BookRestore, ContactColumn, ContactColumns, Created, ExportProgress,
    FileImport, ImportPlan, ImportReport, Journal, Outcome, Record, RuleInfo, SegmentInfo,
};
pub use change::{
    Command, Commit, Decision, Fact, FilterSource, HistoryEdit, InteractionParts, InteractionQuery,
    NewInteractions, NewRule, NewSegment, Ref, RulePatch, SegmentPatch, Selection, Stamp,
};
pub use definitions::{DefinitionsSource, Prune};
pub use diagnostic::{Code, Diagnostic, Place, Severity};
pub use error::{Error, ErrorKind, Result};
pub use filter::{
    Distance, Explained, Explanation, Filter, Function, InstantSource, InteractionSet, Matcher, Matching,
    Measure, Membership, NodeId, Plan, PlanNode, Predicate, Quantifier, RangeTest, StaticSegments, Subject,
    TextTest, TimeCover, TimeTest, query_builder_fields,
};
pub use import::{ImportOptions, InteractionOptions, MatchKey, UnknownSegments, Update};
pub use json::{JsonTree, JsonTreeBuilder};
pub use list::{Page, PageQuery, Preset, Sort, SortOrder};
#[cfg(feature = "testing")]
pub use live::Comparison;
pub use live::{Effects, NamedEffects};
pub use model::{
    Catalog, Contact, Draft, Entry, Field, Input, Interaction, Kind, Limits, NameSpace, NewField,
    PartialSettings, Patch, Schema, SchemaEdit, Settings,
};
pub use report::{
    Audience, AudienceQuery, BreakdownQuery, BreakdownRow, Channel, OptOut, SegmentExplanation, SegmentPart,
    SkipReason,
};
pub use segment::{DynamicSegment, SegmentMembership, Segments, SegmentsAt};
#[cfg(feature = "testing")]
pub use select::Paths;
pub use shared::{Access, Clock, Run, SharedBook, WhenBusy};
pub use state::{Cause, Change, HistoryEntry, Origin};
pub use table::{ColumnBuilder, Interactions, Rows, ValueRef, Values};
pub use text::{accent_fold, fold, nearest};
pub use time::{
    Anchor, Anniversary, Calendar, CivilDateTime, Count, Date, Direction, LeapDay, Moment, MonthDay,
    TimeZone, Timestamp, Unit, Weekday, Window,
};
pub use value::{
    Amount, ContactId, Country, FieldId, KindId, MemberSet, Number, OptionId, Phone, RuleId, SegmentId,
    StatusId, Symbol, SymbolSet, TagId, Text, Value, ValueType,
};

/// The programs of the guides are tests.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/lists-and-reports.md")]
struct ListsAndReports;

/// And those of membership.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/membership.md")]
struct MembershipGuide;

/// And those of automation.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/automation.md")]
struct AutomationGuide;
