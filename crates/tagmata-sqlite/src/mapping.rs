//! Where the tables of the file have what filters ask for.

use crate::error::{Fault, Result};
use crate::functions::{ACCENT_FOLD, FOLD};
use crate::members::Members;
use crate::read::cell;
use rusqlite::Connection;
use tagmata::{Field, FieldId, Schema, ValueType};
use tagmata_sql::{
    FieldMapping, Folding, Format, InteractionsTable, LinkTable, Mapping, MembersTable, Names,
};

/// The mapping of a file.
///
/// # Errors
/// What SQLite says; what a book does not write so.
pub(crate) fn mapping(connection: &Connection, schema: &Schema) -> Result<Mapping> {
    let label = FieldMapping::column("label").fold(Folding::Function(FOLD.to_owned()));
    let interactions = InteractionsTable::new(LinkTable::new("interactions", "contact_id"), "at")
        .kind("kind_id", Names::Numbers)
        .at_format(Format::Micros)
        .amount("amount_micros", Format::Micros)
        .label(label);
    let mut mapping = Mapping::new("contacts", "id").interactions("*", interactions);
    if Members::are_kept(connection)? {
        mapping = mapping.members(MembersTable {
            table: "segment_members".into(),
            segment: "segment_id".to_owned(),
            contact: "contact_id".to_owned(),
            tenant: None,
        });
    }
    let sql = "SELECT id, type, column_name, second_column FROM fields WHERE NOT is_deleted ORDER BY id";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, word): (_, String) = (FieldId::new(cell(row, 0)?), cell(row, 1)?);
        let unknown = || Fault::Damaged(format!("there is no type `{word}` of fields"));
        let value_type: ValueType = word.parse().map_err(|_| unknown())?;
        let field = match cell::<Option<String>>(row, 2)? {
            Some(column) => single(id, value_type, column, cell(row, 3)?),
            None => match linked(id, value_type) {
                Some(field) => field,
                // What is made from other fields needs no mapping.
                None => continue,
            },
        };
        mapping = mapping.field(schema.field_key(id), field);
    }
    Ok(mapping)
}

/// A field with a column in `contacts`.
fn single(id: FieldId, value_type: ValueType, column: String, beside: Option<String>) -> FieldMapping {
    let field = FieldMapping::column(column);
    let field = match value_type {
        ValueType::Text | ValueType::Email => {
            let field = field.search_fold(Folding::Function(ACCENT_FOLD.to_owned()));
            match beside {
                Some(folded) => field.folded(folded),
                None => field.fold(Folding::Function(FOLD.to_owned())),
            }
        }
        ValueType::DateTime => field.format(Format::Micros),
        _ => field,
    };
    // The column has what was imported; what was recorded is in the table of interactions.
    if id == Field::LAST_INTERACTION { field.recorded() } else { field }
}

/// A field whose values are rows of a link table.
fn linked(id: FieldId, value_type: ValueType) -> Option<FieldMapping> {
    let (table, column) = match value_type {
        ValueType::Tags => (LinkTable::new("contact_tags", "contact_id"), "tag_id"),
        ValueType::Segments => (LinkTable::new("contact_segments", "contact_id"), "segment_id"),
        ValueType::MultiSelect => {
            let table = LinkTable::new("contact_options", "contact_id");
            (table.when("field_id", i64::from(id.get())), "option_id")
        }
        _ => return None,
    };
    Some(FieldMapping::link(table, column).names(Names::Numbers).not_null())
}
