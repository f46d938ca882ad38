//! The schema of this business, and rows that become contacts.

use std::error::Error;
use std::path::Path;

use crate::file::{self, day, has_decimal_comma, items, number};
use tagmata::{Contact, ContactId, Country, Draft, Field, Input, NewField, Schema, ValueType, accent_fold};

/// The key of each field, and its header in English, French and Spanish.
const COLUMNS: [[&str; 4]; 18] = [
    ["country", "Country code", "Code pays", "Código de país"],
    ["first_name", "First name", "Prénom", "Nombre"],
    ["last_name", "Last name", "Nom", "Apellidos"],
    ["mobile", "Mobile", "Téléphone portable", "Teléfono móvil"],
    ["email", "E-mail", "Adresse e-mail", "Correo electrónico"],
    ["account_number", "Account number", "Numéro de compte", "Número de cuenta"],
    ["organization", "Organization", "Société", "Empresa"],
    ["external_id", "External id", "Identifiant externe", "Id externo"],
    ["segments", "Segments", "Segments", "Segmentos"],
    ["tags", "Tags", "Étiquettes", "Etiquetas"],
    ["status", "Status", "Statut", "Estado"],
    ["billed", "Amount billed", "Montant facturé", "Importe facturado"],
    ["employees", "Employees", "Effectif", "Empleados"],
    ["client_type", "Type of client", "Type de client", "Tipo de cliente"],
    ["newsletter", "Newsletter", "Lettre d'information", "Boletín"],
    ["software", "Software", "Logiciels", "Software"],
    ["created_at", "Created at", "Créé le", "Creado el"],
    ["birthday", "Birthday", "Anniversaire", "Cumpleaños"],
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
pub(crate) fn schema() -> tagmata::Result<Schema> {
    let mut schema = Schema::default();
    schema.define_field(NewField::new("billed", ValueType::Number).label("Amount billed"))?;
    schema.define_field(NewField::new("employees", ValueType::Number))?;
    schema.define_field(NewField::new("newsletter", ValueType::Bool))?;
    schema.define_field(NewField::new("birthday", ValueType::Date))?;
    let software = NewField::new("software", ValueType::MultiSelect);
    schema.define_field(SOFTWARE.split(';').fold(software, NewField::option))?;
    // An option that gets another label still answers to its old ones, so that files in each language are understood.
    let client_type =
        schema.define_field(NewField::new("client_type", ValueType::Select).label("Type of client"))?;
    for [key, french, spanish, english] in CLIENT_TYPES {
        let option = schema.define_option(client_type, key, french)?;
        schema.relabel_option(client_type, option, spanish)?;
        schema.relabel_option(client_type, option, english)?;
    }
    Ok(schema)
}

/// A contact, and what the report shows besides.
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) country: String,
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
    pub(crate) ignored: Vec<String>,
    /// Row, column, value and message.
    pub(crate) problems: Vec<[String; 4]>,
}

/// A cell of a known column: its header, the key of its field, its text.
type Cell<'a> = (&'a str, &'static str, &'a str);

/// Reads the rows of a file. One with a problem is left out; its tags and segments are known all the same.
pub(crate) fn read(
    path: &Path,
    people: &mut Vec<Person>,
    schema: &mut Schema,
) -> Result<Sheet, Box<dyn Error>> {
    let (headers, records, written) = file::read(path)?;
    let keys: Vec<_> = headers.iter().map(key_of).collect();
    let unknown = headers.iter().zip(&keys).filter(|(_, key)| key.is_none());
    let ignored = unknown.map(|(header, _)| header.to_owned()).collect();
    let mut numbers = records.iter().flat_map(|record| keys.iter().zip(record));
    let decimal_comma =
        numbers.any(|(key, cell)| matches!(key, Some("billed" | "employees")) && has_decimal_comma(cell));

    let mut problems = Vec::new();
    for (row, record) in (1..).zip(&records) {
        // A row may be shorter than the header: what is not there is missing.
        let cells: Vec<Cell<'_>> = headers
            .iter()
            .zip(&keys)
            .zip(record)
            .filter_map(|((header, key), cell)| Some((header, (*key)?, cell)))
            .collect();
        let read = match record.iter().skip(headers.len()).find(|cell| !cell.trim().is_empty()) {
            Some(cell) => Err((("(none)", "", cell), "this cell has no column".to_owned())),
            None => person(u32::try_from(people.len())?, &cells, decimal_comma, schema),
        };
        match read {
            Ok(person) => people.push(person),
            Err(((header, _, cell), message)) => {
                problems.push([
                    format!("row {row}"),
                    header.to_owned(),
                    format!("\"{}\"", cell.trim()),
                    message,
                ]);
            }
        }
    }
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Sheet { file, written, rows: records.len(), ignored, problems })
}

/// The field of a header, whatever its case and accents.
fn key_of(header: &str) -> Option<&'static str> {
    let is_header = |name: &str| accent_fold(name) == accent_fold(header);
    COLUMNS.iter().find(|names| names.iter().any(|name| is_header(name))).map(|[key, ..]| *key)
}

/// The contact of a row, or the first cell that speaks against it.
fn person<'a>(
    number: u32,
    cells: &[Cell<'a>],
    decimal_comma: bool,
    schema: &mut Schema,
) -> Result<Person, (Cell<'a>, String)> {
    let cell = |key: &str| cells.iter().copied().find(|cell| cell.1 == key).unwrap_or(("(none)", "", ""));
    let text = |key: &str| cell(key).2.trim();
    for (key, or, what) in [
        ("country", "country", "country code"),
        ("first_name", "first_name", "first name"),
        ("last_name", "last_name", "last name"),
        ("mobile", "email", "mobile number and no e-mail address"),
    ] {
        if text(key).is_empty() && text(or).is_empty() {
            return Err((cell(key), format!("there is no {what}")));
        }
    }
    let (id, mut draft) = (ContactId::new(number), Draft::new());
    // A phone number is read in the country of its contact.
    let country =
        text("country").parse::<Country>().map_or_else(|_| String::new(), |country| country.to_string());
    for cell in cells {
        let refused = |error: tagmata::Error| {
            (*cell, error.diagnostics().iter().map(tagmata::Diagnostic::message).collect())
        };
        let input = input(cell, decimal_comma, schema).map_err(refused)?;
        // Read alone, a problem can be told to its column.
        Draft::new()
            .set("country", country.as_str())
            .set(cell.1, input.clone())
            .read(id, schema)
            .map_err(refused)?;
        draft = draft.set(cell.1, input);
    }
    let contact = draft.read(id, schema).map_err(|error| (cell("country"), error.to_string()))?;
    Ok(Person { name: format!("{} {}", text("first_name"), text("last_name")), country, contact })
}

/// A cell by the type of its field. What is not understood stays as it is: the schema says what is wrong with it.
fn input((_, key, cell): &Cell<'_>, decimal_comma: bool, schema: &mut Schema) -> tagmata::Result<Input> {
    let as_it_is = Input::Text((*cell).to_owned());
    Ok(match schema.field_by_key(key).map_or(ValueType::Text, Field::value_type) {
        ValueType::Number => Input::Text(number(cell, decimal_comma)),
        ValueType::Date => day(cell).map_or(as_it_is, Input::Date),
        ValueType::DateTime => match day(cell) {
            Some(day) => Input::Text(format!("{day}T00:00:00Z")),
            None => as_it_is,
        },
        ValueType::Bool => match accent_fold(cell).as_ref() {
            "yes" | "oui" | "si" => Input::Bool(true),
            "no" | "non" => Input::Bool(false),
            _ => as_it_is,
        },
        ValueType::MultiSelect => Input::List(items(cell)),
        ValueType::Tags => {
            items(cell).iter().try_for_each(|name| schema.define_tag(name).map(drop))?;
            Input::List(items(cell))
        }
        ValueType::Segments => {
            for name in items(cell) {
                if schema.segment(&name).is_none() {
                    schema.define_segment(&name)?;
                }
            }
            Input::List(items(cell))
        }
        _ => as_it_is,
    })
}
