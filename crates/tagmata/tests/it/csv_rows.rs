//! Files as the CSV tests read them.

use std::io::Cursor;
use tagmata::{
    CellValue, CsvOptions, CsvReader, CsvRow, Error, Field, NewField, Problem, Schema, Value, ValueType,
};

pub(crate) type Reader<'a> = CsvReader<'a, Cursor<Vec<u8>>>;

/// Opens bytes as a file.
pub(crate) fn open<'a>(
    bytes: impl Into<Vec<u8>>,
    schema: &'a Schema,
    options: &CsvOptions,
) -> Result<Reader<'a>, Error> {
    CsvReader::open(Cursor::new(bytes.into()), schema, options)
}

/// All rows of a file.
pub(crate) fn rows(
    bytes: impl Into<Vec<u8>>,
    schema: &Schema,
    options: &CsvOptions,
) -> Result<Vec<CsvRow>, Error> {
    open(bytes, schema, options)?.collect()
}

/// All rows of a file with nothing said, which is right as a whole.
pub(crate) fn read(file: &str, schema: &Schema) -> Vec<CsvRow> {
    rows(file, schema, &CsvOptions::new()).unwrap()
}

/// The only problem of a row.
pub(crate) fn problem(row: &CsvRow) -> &Problem {
    let [problem] = row.problems() else { panic!("{:#?}", row.problems()) };
    problem
}

/// What a row says of a field, as text: blank cells are empty, missing columns and skipped values are `-`.
pub(crate) fn shown(row: &CsvRow, key: &str, schema: &Schema) -> String {
    let field = schema.field_by_key(key).unwrap();
    match row.get(field.id()) {
        None => "-".to_owned(),
        Some(CellValue::Blank) => String::new(),
        Some(CellValue::Names(names)) => names.join("|"),
        Some(CellValue::Value(value)) => match value {
            Value::Text(text) => text.as_str().to_owned(),
            Value::Phone(phone) => phone.e164().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Date(date) => date.to_string(),
            Value::DateTime(at) => at.to_string(),
            Value::Bool(yes) => yes.to_string(),
            Value::One(symbol) if field.id() == Field::STATUS => {
                schema.statuses().key(symbol.get()).to_owned()
            }
            Value::One(symbol) if field.id() == Field::COUNTRY => {
                let [_, _, first, second] = symbol.get().to_be_bytes();
                String::from_utf8(vec![first, second]).unwrap()
            }
            Value::One(symbol) => field.options().key(symbol.get()).to_owned(),
            Value::Many(set) => {
                let keys: Vec<_> = set.iter().map(|symbol| field.options().key(symbol.get())).collect();
                keys.join("|")
            }
            Value::Id(id) => id.get().to_string(),
        },
    }
}

/// A custom field of each type.
pub(crate) fn fields() -> [NewField; 7] {
    [
        NewField::new("billed", ValueType::Number).label("Montant facturé"),
        NewField::new("newsletter", ValueType::Bool),
        NewField::new("birthday", ValueType::Date).label("Anniversaire"),
        NewField::new("seen_at", ValueType::DateTime),
        NewField::new("client_type", ValueType::Select)
            .labelled_option("dealer", "Concession")
            .labelled_option("farm", "Exploitation"),
        NewField::new("software", ValueType::MultiSelect).option("Xero").option("MYOB").option("Sage; EBP"),
        NewField::new("note", ValueType::Text),
    ]
}

/// A schema with a custom field of each type.
pub(crate) fn schema() -> Schema {
    let mut schema = Schema::default();
    for field in fields() {
        schema.define_field(field).unwrap();
    }
    schema
}
