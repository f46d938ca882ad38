//! Interactions happen, or are taken back.

use super::statement::change_one;
use crate::error::Result;
use rusqlite::{Connection, Statement};
use tagmata::{ContactId, Interaction, Interactions};

/// Adds interactions. They take the next sequences, in the order in which they were recorded.
pub(super) fn record(connection: &Connection, all: &Interactions, next_sequence: &mut i64) -> Result<()> {
    const SQL: &str = "INSERT INTO interactions (contact_id, at, kind_id, amount_micros, label, sequence) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    if all.is_empty() {
        return Ok(());
    }
    let mut places: Vec<(i64, usize)> = (*next_sequence..).zip(0..all.len()).collect();
    *next_sequence = places.last().map_or(*next_sequence, |(last, _)| last + 1);
    // As the rows of the table are: what is next to each other is written one after the other.
    let times: Vec<i64> = all.times().map(|at| at.as_micros()).collect();
    let order = |place: usize| (all.contacts().get(place), times.get(place));
    places.sort_by_key(|(_, place)| order(*place));
    let mut statement = connection.prepare_cached(SQL)?;
    for (sequence, place) in places {
        let Some((contact, interaction)) = all.get(place) else { continue };
        bind(&mut statement, contact, &interaction)?;
        statement.raw_bind_parameter(6, sequence)?;
        statement.raw_execute()?;
    }
    Ok(())
}

/// Takes out, for each of these interactions, the one that was recorded first of those that are equal to it.
pub(super) fn erase(connection: &Connection, all: &Interactions) -> Result<()> {
    const SQL: &str = "DELETE FROM interactions WHERE contact_id = ?1 AND at = ?2 AND sequence = ( \
                       SELECT min(sequence) FROM interactions WHERE contact_id = ?1 AND at = ?2 \
                       AND kind_id = ?3 AND amount_micros IS ?4 AND label IS ?5)";
    if all.is_empty() {
        return Ok(());
    }
    let mut statement = connection.prepare_cached(SQL)?;
    for (contact, interaction) in all.iter() {
        bind(&mut statement, contact, &interaction)?;
        change_one(&mut statement, "interactions")?;
    }
    Ok(())
}

fn bind(statement: &mut Statement<'_>, contact: ContactId, interaction: &Interaction) -> Result<()> {
    let Interaction { kind, at, amount, label } = interaction;
    statement.raw_bind_parameter(1, contact.get())?;
    statement.raw_bind_parameter(2, at.as_micros())?;
    statement.raw_bind_parameter(3, kind.get())?;
    statement.raw_bind_parameter(4, amount.map(|amount| amount.micros()))?;
    statement.raw_bind_parameter(5, label.as_ref().map(|label| label.as_str()))?;
    Ok(())
}
