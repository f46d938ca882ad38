//! Batches of Arrow as the text of a table.

use super::columns::Column;
use crate::signals::Stop;
use arrow_array::RecordBatch;
use std::ops::Range;
use std::thread;
use tagmata::{TableText, TableWriter};

/// So many rows are written by one thread: to start another one would take longer.
const FEW: usize = 4_096;
/// How many rows are written between two looks at whether to stop.
const OFTEN: usize = 1_024;

/// The text of all batches, whose columns have these names; or why there is none.
pub(super) fn text(names: &[String], batches: &[RecordBatch], stop: &Stop) -> Result<TableText, String> {
    let rows: usize = batches.iter().map(RecordBatch::num_rows).sum();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let parts = cores.min(rows / FEW).max(1);
    let share = rows.div_ceil(parts);
    thread::scope(|threads| {
        let part = |number: usize| {
            let rows = number * share..rows.min((number + 1) * share);
            move || part_of(TableWriter::part(), names, batches, &rows, stop)
        };
        let others: Vec<_> = (1..parts).map(|number| threads.spawn(part(number))).collect();
        let mut text = part_of(TableWriter::new(names), names, batches, &(0..share.min(rows)), stop)?;
        for other in others {
            text.append(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(text)
    })
}

/// The text of some rows of all batches, written behind what a table has.
fn part_of(
    mut table: TableWriter,
    names: &[String],
    batches: &[RecordBatch],
    rows: &Range<usize>,
    stop: &Stop,
) -> Result<TableText, String> {
    let (mut room, mut first) = (String::new(), 0);
    for batch in batches {
        let within = |row: usize| row.saturating_sub(first).min(batch.num_rows());
        let column =
            |array| Column::new(array).ok_or_else(|| "a column has values that no cell takes".to_owned());
        let columns = batch.columns().iter().map(column).collect::<Result<Vec<_>, _>>()?;
        for row in within(rows.start)..within(rows.end) {
            if row.is_multiple_of(OFTEN) && stop.is_asked() {
                return Err("it was stopped".to_owned());
            }
            for (column, name) in columns.iter().zip(names) {
                let at = |why| format!("row {}, {name}: {why}", first + row + 1);
                column.write(row, &mut table, &mut room).map_err(at)?;
            }
            table.end_row();
        }
        first += batch.num_rows();
    }
    Ok(table.finish())
}
