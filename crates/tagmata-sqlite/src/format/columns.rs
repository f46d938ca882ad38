//! The columns of contacts: which field has which.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use tagmata::{FieldId, ValueType};

/// The columns of a field in `contacts`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldColumn {
    /// What the field holds.
    pub(crate) value_type: ValueType,
    /// Its values.
    pub(crate) name: String,
    /// Beside a text its fold; beside a phone number a 1 where its range is not assigned.
    pub(crate) beside: Option<String>,
}

/// The statement that adds a contact. It has all columns, so that it is the same one for all contacts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Insertion {
    /// The id is its first parameter.
    pub(crate) sql: String,
    /// The parameter of each field; that of what stands beside its values is the next one.
    pub(crate) parameters: BTreeMap<FieldId, usize>,
}

impl FieldColumn {
    /// How many columns of the table it takes.
    pub(crate) fn count(&self) -> usize {
        1 + usize::from(self.beside.is_some())
    }
}

/// The columns of all fields that have one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    by_field: BTreeMap<FieldId, FieldColumn>,
    /// Made when it is first needed.
    insertion: OnceLock<Insertion>,
}

impl Columns {
    /// The columns of a field, if it has any: sets are in link tables, and some fields are made from others.
    pub(crate) fn get(&self, field: FieldId) -> Option<&FieldColumn> {
        self.by_field.get(&field)
    }

    /// All of them, by the numbers of the fields.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (FieldId, &FieldColumn)> {
        self.by_field.iter().map(|(field, column)| (*field, column))
    }

    /// How many columns of the table all fields take.
    pub(crate) fn count(&self) -> usize {
        self.by_field.values().map(FieldColumn::count).sum()
    }

    /// Says which columns a field has, or that it has none.
    pub(crate) fn set(&mut self, field: FieldId, column: Option<FieldColumn>) {
        self.insertion.take();
        match column {
            Some(column) => drop(self.by_field.insert(field, column)),
            None => drop(self.by_field.remove(&field)),
        }
    }

    /// The statement that adds a contact.
    pub(crate) fn insertion(&self) -> &Insertion {
        self.insertion.get_or_init(|| {
            let (mut names, mut marks, mut last) = ("id".to_owned(), "?1".to_owned(), 1_usize);
            let mut parameters = BTreeMap::new();
            for (field, column) in self.iter() {
                parameters.insert(field, last + 1);
                for name in std::iter::once(&column.name).chain(&column.beside) {
                    last += 1;
                    names.push_str(&format!(", {}", quoted(name)));
                    marks.push_str(&format!(", ?{last}"));
                }
            }
            Insertion { sql: format!("INSERT INTO contacts ({names}) VALUES ({marks})"), parameters }
        })
    }

    /// Names for the columns of a field: its key, unless another column has that name to SQLite, or it is no name there.
    pub(crate) fn name(&self, field: FieldId, key: &str, value_type: ValueType) -> FieldColumn {
        /// The key of the table, and the names that SQLite has for it.
        const RESERVED: [&str; 4] = ["id", "rowid", "oid", "_rowid_"];
        let is_taken = |name: &str| {
            let columns = self.by_field.values();
            let taken = columns.flat_map(|column| std::iter::once(&column.name).chain(&column.beside));
            // SQLite compares the names of columns without regard to the case of ASCII letters.
            RESERVED
                .into_iter()
                .chain(taken.map(String::as_str))
                .any(|taken| taken.eq_ignore_ascii_case(name))
        };
        let is_plain = !key.chars().any(char::is_control);
        let wanted = if is_plain { key.to_owned() } else { format!("field_{}", field.get()) };
        let free = |wanted: String| match is_taken(&wanted) {
            false => wanted,
            true => {
                let others = (field.get()..).map(|number| format!("{wanted}_{number}"));
                others.into_iter().find(|name| !is_taken(name)).unwrap_or(wanted)
            }
        };
        let beside = match value_type {
            ValueType::Text | ValueType::Email => Some("fold"),
            ValueType::Phone => Some("unassigned"),
            _ => None,
        };
        let name = free(wanted);
        let beside = beside.map(|suffix| free(format!("{name}_{suffix}")));
        FieldColumn { value_type, name, beside }
    }
}

/// A name as SQL quotes it.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
