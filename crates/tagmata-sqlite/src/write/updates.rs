//! Contacts get other values.

use super::names::Names;
use super::statement::change_one;
use super::values::Parameter;
use crate::error::Result;
use crate::format::quoted;
use rusqlite::{Connection, Statement};
use std::iter::Peekable;
use tagmata::{ContactId, Fact, FieldId, MemberSet, Values};

/// A fact that contacts have other values of a field with a column.
#[derive(Clone, Copy)]
struct Update<'c> {
    field: FieldId,
    contacts: &'c MemberSet,
    values: &'c Values,
}

/// The facts at the beginning of some that can be written at once, and the others: those that set columns, each another one.
pub(super) fn at_once<'c>(facts: &'c [Fact], names: &Names) -> (&'c [Fact], &'c [Fact]) {
    let mut fields = Vec::new();
    let is_more = |fact: &&Fact| match fact {
        Fact::Set { field, .. } if names.columns.get(*field).is_some() && !fields.contains(field) => {
            fields.push(*field);
            true
        }
        _ => false,
    };
    let count = facts.iter().take_while(is_more).count();
    facts.split_at(count)
}

/// Gives contacts the values of facts that can be written at once: each row is written once, whatever the number of facts.
pub(super) fn write(connection: &Connection, names: &Names, facts: &[Fact]) -> Result<()> {
    let updates = facts.iter().filter_map(|fact| match fact {
        Fact::Set { field, contacts, new, .. } => Some(Update { field: *field, contacts, values: new }),
        _ => None,
    });
    let updates: Vec<Update<'_>> = updates.collect();
    let mut all = MemberSet::new();
    for update in &updates {
        if *update.contacts != all {
            all = &all | update.contacts;
        }
    }
    let (mut sets, mut parts, mut last) = (Vec::new(), Vec::new(), 1);
    for update in updates {
        let Some(column) = names.columns.get(update.field) else { continue };
        let is_meant = (*update.contacts != all).then(|| {
            last += 1;
            last
        });
        parts.push(Part {
            parameter: Parameter::new(update.field, column, update.values, last + 1, names),
            is_meant,
            contacts: update.places().peekable(),
        });
        for name in std::iter::once(&column.name).chain(&column.beside) {
            last += 1;
            let name = quoted(name);
            sets.push(match is_meant {
                None => format!("{name} = ?{last}"),
                Some(is_meant) => format!("{name} = iif(?{is_meant}, ?{last}, {name})"),
            });
        }
    }
    let sql = format!("UPDATE contacts SET {} WHERE id = ?1", sets.join(", "));
    let mut statement = connection.prepare_cached(&sql)?;
    let mut written = String::new();
    for contact in all.iter() {
        statement.raw_bind_parameter(1, contact.get())?;
        for part in &mut parts {
            part.bind(&mut statement, contact, &mut written)?;
        }
        change_one(&mut statement, "contacts")?;
    }
    Ok(())
}

impl<'c> Update<'c> {
    fn places(self) -> impl Iterator<Item = (usize, ContactId)> + 'c {
        self.contacts.iter().enumerate()
    }
}

/// What one fact has to do with the statement.
struct Part<'c, I: Iterator> {
    parameter: Parameter<'c>,
    /// The parameter that says whether the fact is about a contact, where the statement is about others, too.
    is_meant: Option<usize>,
    /// Those that are still to come, with their places.
    contacts: Peekable<I>,
}

impl<I: Iterator<Item = (usize, ContactId)>> Part<'_, I> {
    fn bind(
        &mut self,
        statement: &mut Statement<'_>,
        contact: ContactId,
        written: &mut String,
    ) -> Result<()> {
        let place = self.contacts.next_if(|(_, next)| *next == contact).map(|(place, _)| place);
        if let Some(index) = self.is_meant {
            statement.raw_bind_parameter(index, place.is_some())?;
        }
        place.map_or(Ok(()), |place| self.parameter.bind(statement, place, written))
    }
}
