//! CSV files: from bytes to typed rows with problems, and from values to text.
//!
//! Invariant: nothing in a file is lost in silence. What is not understood stops the file, rejects its row or is reported;
//! and what the writer wrote, the reader reads back as the same values. Nothing here knows of stored contacts.

mod aliases;
mod subject;
mod formulas;
mod lists;
mod table;
mod options;
mod progress;
mod encoding;
mod source;
mod delimiter;
mod records;
mod batch;
mod language;
mod header;
mod numbers;
mod dates;
mod words;
mod evidence;
mod memo;
mod problem;
mod written;
mod cells;
mod row;
mod survey;
mod ahead;
mod reader;
mod rejected;
mod writer;
mod template;

pub(crate) use ahead::Ahead;
pub(crate) use aliases::plain as plain_header;
pub use cells::CellValue;
pub(crate) use encoding::unreadable;
pub use language::Language;
pub(crate) use numbers::amount;
pub use options::{CsvOptions, Dates, Decimal, Delimiter, InvalidValues};
pub use problem::Problem;
pub(crate) use problem::sentence;
pub use progress::Progress;
pub(crate) use progress::cancelled;
pub use reader::CsvReader;
pub use rejected::RejectedRows;
pub use row::CsvRow;
pub(crate) use subject::{InteractionFields, Subject};
pub use table::{TableCell, TableText, TableWriter};
pub use template::import_template;
pub use writer::{CsvWriter, ExportOptions, FormulaGuard, default_export_fields};
pub use written::ExportNames;
