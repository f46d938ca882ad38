//! The schema of this business, and rows that become contacts.

use std::error::Error;
use std::fs::File;
use std::path::Path;

use tagmata::{
    CellValue, Contact, ContactId, CsvOptions, CsvReader, CsvRow, Field, FieldId, NewField, Problem, Schema,
    Value, ValueType, accent_fold,
};

/// The type and key of each field of this business, and its header in French, Spanish and English.
const FIELDS: [(ValueType, [&str; 4]); 6] = [
    (ValueType::Number, ["billed", "Montant facturé", "Importe facturado", "Amount billed"]),
    (ValueType::Number, ["employees", "Effectif", "Empleados", "Employees"]),
    (ValueType::Select, ["client_type", "Type de client", "Tipo de cliente", "Type of client"]),
    (ValueType::Bool, ["newsletter", "Lettre d'information", "Boletín", "Newsletter"]),
    (ValueType::MultiSelect, ["software", "Logiciels", "Programas", "Software"]),
    (ValueType::Date, ["birthday", "Anniversaire", "Cumpleaños", "Birthday"]),
];

/// The key of each type of client, and its names in French, Spanish and English.
const CLIENT_TYPES: [[&str; 4]; 5] = [
    ["practice", "Cabinet", "Despacho", "Accountants"],
    ["farm", "Exploitation", "Explotación", "Farm"],
    ["dealer", "Concession", "Concesionario", "Dealer"],
    ["contractor", "Entreprise de travaux", "Contratista", "Contractor"],
    ["cooperative", "Coopérative", "Cooperativa", "Cooperative"],
];

const SOFTWARE: &str = "A3;Agroptima;Aspel;Bejerman;Cegid;Contasol;Contpaqi;EBP;Ekylibre;Holded;Isagri;Pennylane;Quadra;\
    Sage;Smag Farmer;Tango;Xubio";

/// The standard fields, and those of this business.
///
/// What gets another label still answers to its old ones, so that files in each language are understood.
pub(crate) fn schema() -> tagmata::Result<Schema> {
    let mut schema = Schema::default();
    for (value_type, [key, french, spanish, english]) in FIELDS {
        let field = schema.define_field(NewField::new(key, value_type).label(french))?;
        schema.relabel_field(field, spanish)?;
        schema.relabel_field(field, english)?;
        match key {
            "client_type" => {
                for [key, french, spanish, english] in CLIENT_TYPES {
                    let option = schema.define_option(field, key, french)?;
                    schema.relabel_option(field, option, spanish)?;
                    schema.relabel_option(field, option, english)?;
                }
            }
            "software" => {
                for name in SOFTWARE.split(';') {
                    schema.define_option(field, name, name)?;
                }
            }
            _ => {}
        }
    }
    for label in ["Créé le", "Creado el", "Created at"] {
        schema.relabel_field(Field::CREATED_AT, label)?;
    }
    Ok(schema)
}

/// A contact, and what people call it.
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) contact: Contact,
}

impl Person {
    /// Whether this is in the name, whatever its case and accents.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        accent_fold(&self.name).contains(&*accent_fold(name))
    }
}

/// What became of a file.
pub(crate) struct Sheet {
    pub(crate) file: String,
    pub(crate) written: String,
    pub(crate) rows: usize,
    pub(crate) refused: usize,
    pub(crate) ignored: Vec<String>,
    pub(crate) problems: Vec<Problem>,
}

/// Reads the rows of a file. One that is rejected, or lacks what a new contact needs, is left out.
pub(crate) fn read(
    path: &Path,
    people: &mut Vec<Person>,
    schema: &mut Schema,
) -> Result<Sheet, Box<dyn Error>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    // Headers, encoding, delimiter, dates and decimals are found out from the file.
    let reader = CsvReader::open(file, schema, &CsvOptions::new())?;
    let written = format!("{}, separator `{}`", reader.encoding(), reader.delimiter());
    let ignored = reader.ignored_columns().to_vec();
    let rows = reader.collect::<tagmata::Result<Vec<CsvRow>>>()?;

    let (mut refused, mut problems) = (0, Vec::new());
    for row in &rows {
        define_names(row, schema)?;
        let wrong = if row.is_rejected() { row.problems().to_vec() } else { row.missing_for_new_contact() };
        if !wrong.is_empty() {
            refused += 1;
            problems.extend(wrong);
            continue;
        }
        let contact = row.draft(schema).read(ContactId::new(u32::try_from(people.len())?), schema)?;
        people.push(Person { name: shown(&contact, Field::NAME, schema), contact });
    }
    Ok(Sheet { file: name, written, rows: rows.len(), refused, ignored, problems })
}

/// Tags and segments come with the files.
fn define_names(row: &CsvRow, schema: &mut Schema) -> tagmata::Result<()> {
    if let Some(CellValue::Names(tags)) = row.get(Field::TAGS) {
        for tag in tags.iter() {
            schema.define_tag(tag)?;
        }
    }
    if let Some(CellValue::Names(segments)) = row.get(Field::SEGMENTS) {
        for segment in segments.iter() {
            if schema.segment(segment).is_none() {
                schema.define_segment(segment)?;
            }
        }
    }
    Ok(())
}

/// A value in words; empty if it is missing.
pub(crate) fn shown(contact: &Contact, field: FieldId, schema: &Schema) -> String {
    match contact.get(field) {
        Some(Value::Text(text)) => text.as_str().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Date(day)) => day.to_string(),
        Some(Value::DateTime(at)) => at.to_string().chars().take("2026-12-31".len()).collect(),
        Some(Value::One(symbol)) => schema.symbol_label(field, *symbol).into_owned(),
        _ => String::new(),
    }
}
