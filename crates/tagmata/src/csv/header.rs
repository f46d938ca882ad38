//! The header of a file: which column is which field.

use super::aliases::plain;
use super::encoding::refused;
use super::formulas::unguarded;
use super::options::CsvOptions;
use super::records::Record;
use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{ErrorKind, Report, Result};
use crate::model::{Field, Schema, unknown_field};
use crate::text::{did_you_mean, list, nearest, quoted};
use crate::value::FieldId;

/// The header of the column that says why rows were rejected. It is never a field.
pub(super) const WHY: &str = "(why rejected)";

/// Whether a header is that of the column that says why rows were rejected.
pub(super) fn is_why(header: &str) -> bool {
    header.trim() == WHY
}

/// The columns of a file.
#[derive(Debug)]
pub(super) struct Header {
    /// The headers as they are written.
    pub(super) names: Vec<String>,
    /// The field of each column.
    pub(super) fields: Vec<Option<FieldId>>,
    /// The place of each field's column, by the number of the field: every row asks for several.
    places: Vec<Option<usize>>,
    /// What is in no field: each header once.
    pub(super) ignored: Vec<String>,
    pub(super) delimiter: u8,
    /// Whether the guards of cells are the writer's, and not the host's.
    pub(super) is_table: bool,
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Field(FieldId),
    /// It matches nothing, or nothing that can be imported.
    Unknown,
    /// A whole name.
    Name,
    /// It is to be ignored, or says why a row was rejected.
    Ignored,
}

impl Header {
    /// Reads the first record.
    pub(super) fn read(
        record: Record<'_>,
        schema: &Schema,
        options: &CsvOptions,
        delimiter: u8,
    ) -> Result<Self> {
        if record.is_damaged {
            let message = "the header has bytes that are no text in the encoding of the file";
            let help = "leave `encoding` out, or say another one";
            return Err(refused(Diagnostic::new(Code::BadEncoding, message).help(help)));
        }
        let names: Vec<String> = record.cells().map(str::to_owned).collect();
        if let Some(name) = names.iter().find(|name| name.contains('\0')) {
            let message = format!("the header {} has a NUL character", quoted(name));
            let help = "a file in UTF-16 without a mark needs `encoding`: `utf-16le` or `utf-16be`";
            return Err(refused(Diagnostic::new(Code::NulCharacter, message).help(help)));
        }
        let mut report = Report::new(schema.settings().limits.diagnostics);
        let mut uses: Vec<Use> = vec![Use::Unknown; names.len()];
        let named = named_columns(&names, schema, options, &mut report);
        for ((name, used), named) in names.iter().zip(&mut uses).zip(named) {
            *used = match named {
                Some(Some(field)) => Use::Field(field),
                Some(None) => Use::Ignored,
                None => detect(name, schema, options.subject, &mut report),
            };
        }
        refuse_twice(&names, &uses, schema, &mut report);
        if options.subject == Subject::Contacts {
            refuse_lone_name(&names, &uses, &mut report);
        }
        if !report.has_errors() && !uses.iter().any(|used| matches!(used, Use::Field(_))) {
            report.push(no_header(&names));
        }
        if report.has_errors() {
            return Err(report.into_error(ErrorKind::Csv, None));
        }
        let mut ignored: Vec<String> = Vec::new();
        for (name, used) in names.iter().zip(&uses) {
            if matches!(used, Use::Unknown | Use::Name) && !ignored.contains(name) {
                ignored.push(name.clone());
            }
        }
        let fields = uses.iter().map(|used| match used {
            Use::Field(field) => Some(*field),
            Use::Unknown | Use::Name | Use::Ignored => None,
        });
        let fields: Vec<Option<FieldId>> = fields.collect();
        let mut places = Vec::new();
        for (place, field) in fields.iter().enumerate().filter_map(|(at, field)| Some((at, (*field)?))) {
            places.resize(places.len().max(field.index() + 1), None);
            if let Some(slot) = places.get_mut(field.index()) {
                *slot = Some(place);
            }
        }
        Ok(Self { fields, places, names, ignored, delimiter, is_table: options.is_table })
    }

    /// The header of a field's column, if the file has one.
    pub(super) fn name_of(&self, field: FieldId) -> Option<&str> {
        self.names.get(self.position(field)?).map(String::as_str)
    }

    /// The place of a field's column, if the file has one.
    pub(super) fn position(&self, field: FieldId) -> Option<usize> {
        self.places.get(field.index()).copied().flatten()
    }
}

/// What `columns` says of each column: nothing, a field, or that it is ignored.
fn named_columns(
    names: &[String],
    schema: &Schema,
    options: &CsvOptions,
    report: &mut Report,
) -> Vec<Option<Option<FieldId>>> {
    let mut named = vec![None; names.len()];
    for (header, key) in &options.columns {
        let field = match key.as_deref().map(|key| named_field(key, schema, options.subject)).transpose() {
            Ok(field) => field,
            Err(problem) => {
                report.push(*problem);
                continue;
            }
        };
        // The header as it is written; else, where only case, accents and signs differ, the one that is meant.
        let is_written = |name: &&String| name.trim() == header.trim();
        let is_meant = |name: &&String| !plain(name).is_empty() && plain(name) == plain(header);
        let any_written = names.iter().any(|name| is_written(&name));
        let mut found = false;
        for (name, named) in names.iter().zip(&mut named) {
            if is_written(&name) || !any_written && is_meant(&name) {
                *named = Some(field);
                found = true;
            }
        }
        if !found {
            let near = nearest(header, names.iter().map(String::as_str));
            let message = format!("the file has no column {}", quoted(header));
            let help = did_you_mean(&near).unwrap_or_else(|| format!("its columns are {}", shown(names)));
            report.push(Diagnostic::new(Code::UnknownColumn, message).help(help).expecting(near));
        }
    }
    named
}

fn named_field(key: &str, schema: &Schema, subject: Subject) -> Result<FieldId, Box<Diagnostic>> {
    match schema.field_by_key(key).map(Field::id) {
        Some(field) if subject.takes(field) => Ok(field),
        Some(Field::NAME) if subject == Subject::Contacts => {
            let help = "read the column as `first_name` or `last_name`";
            Err(Box::new(Diagnostic::new(Code::ReadOnly, "`name` cannot be imported").help(help)))
        }
        Some(_) => {
            Err(Box::new(Diagnostic::new(Code::ReadOnly, format!("{} cannot be imported", quoted(key)))))
        }
        None => Err(Box::new(unknown_field(key, schema).into_diagnostic())),
    }
}

/// The use of a header of which nothing is said: by key or label, however they are written, else by the aliases.
fn detect(name: &str, schema: &Schema, subject: Subject, report: &mut Report) -> Use {
    let name = unguarded(name).trim();
    if is_why(name) {
        return Use::Ignored;
    }
    if let Some(field) = schema.field_by_key(name).or_else(|| schema.field_by_label(name)) {
        return of_field(field.id(), subject);
    }
    let header = plain(name);
    if header.is_empty() {
        return Use::Unknown;
    }
    let is_called = |field: &&Field| {
        plain(schema.field_key(field.id())) == header || plain(schema.field_label(field.id())) == header
    };
    let called: Vec<&Field> = schema.fields().filter(is_called).collect();
    match called.as_slice() {
        [field] => of_field(field.id(), subject),
        [] => {
            let field = subject.field_of(&header, schema);
            field.map_or(Use::Unknown, |field| of_field(field, subject))
        }
        several => {
            let keys: Vec<&str> = several.iter().map(|field| schema.field_key(field.id())).collect();
            let message = format!("the column {} may be {}", quoted(name), list(&keys));
            let help = format!("say with `columns` which field it is, such as {}", example(name, &keys));
            report.push(Diagnostic::new(Code::AmbiguousColumn, message).help(help).expecting(keys));
            Use::Unknown
        }
    }
}

fn of_field(field: FieldId, subject: Subject) -> Use {
    match field {
        Field::NAME => Use::Name,
        field if subject.takes(field) => Use::Field(field),
        _ => Use::Unknown,
    }
}

fn refuse_twice(names: &[String], uses: &[Use], schema: &Schema, report: &mut Report) {
    for field in schema.fields().map(Field::id) {
        let columns: Vec<&String> = names
            .iter()
            .zip(uses)
            .filter(|(_, used)| **used == Use::Field(field))
            .map(|(name, _)| name)
            .collect();
        if columns.len() > 1 {
            let shown: Vec<String> = columns.iter().map(|name| quoted(name)).collect();
            let message =
                format!("the columns {} are both `{}`", shown.join(" and "), schema.field_key(field));
            let help = "ignore one of them with `columns`, or give them different headers";
            report.push(Diagnostic::new(Code::ColumnTwice, message).help(help));
        }
    }
}

fn refuse_lone_name(names: &[String], uses: &[Use], report: &mut Report) {
    let has = |field| uses.contains(&Use::Field(field));
    let name = names.iter().zip(uses).find(|(_, used)| **used == Use::Name);
    if let Some((name, _)) = name
        && !(has(Field::FIRST_NAME) && has(Field::LAST_NAME))
    {
        let message = format!("the column {} may be a first name, a last name or both", quoted(name));
        let help = format!(
            "say with `columns` which field it is, such as {}, or ignore it",
            example(name, &["last_name"])
        );
        let expected = ["first_name", "last_name"];
        report.push(Diagnostic::new(Code::AmbiguousColumn, message).help(help).expecting(expected));
    }
}

fn example(header: &str, keys: &[&str]) -> String {
    format!("`{{\"{}\": \"{}\"}}`", header.trim(), keys.first().copied().unwrap_or_default())
}

fn no_header(names: &[String]) -> Diagnostic {
    let message = format!("no column of the file is a field: {}", shown(names));
    let help = "the first line names the columns, such as `first name`; `columns` says what other names mean";
    Diagnostic::new(Code::NoHeader, message).help(help)
}

/// The first of some headers, for a message.
fn shown(names: &[String]) -> String {
    const MOST: usize = 8;
    let mut shown: Vec<String> = names.iter().take(MOST).map(|name| quoted(name)).collect();
    if names.len() > MOST {
        shown.push("…".to_owned());
    }
    shown.join(", ")
}
