//! Contacts as batches of Arrow, which are made when somebody takes them.

use super::arrays::{array, names};
use super::types::field_of;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, RecordBatchReader};
use arrow_schema::{ArrowError, Schema, SchemaRef};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tagmata::{ContactColumn, ContactColumns};

/// How many rows are in a batch, but for the last one.
const BATCH: usize = 1 << 16;

/// Contacts by columns, as they were at one moment.
#[derive(Debug)]
pub(super) struct Snapshot {
    ids: Vec<u32>,
    /// The columns, with what their symbols are called.
    columns: Vec<(ContactColumn, ArrayRef)>,
    schema: SchemaRef,
}

impl Snapshot {
    pub(super) fn new(contacts: ContactColumns) -> Self {
        let ContactColumns { contacts, columns, .. } = contacts;
        let schema = Arc::new(Schema::new(columns.iter().map(field_of).collect::<Vec<_>>()));
        let columns = columns.into_iter().map(|column| (names(&column), column));
        let columns = columns.map(|(names, column)| (column, names)).collect();
        Self { ids: contacts.to_numbers(), columns, schema }
    }

    pub(super) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    pub(super) fn rows(&self) -> usize {
        self.ids.len()
    }

    /// All rows, batch by batch.
    pub(super) fn batches(self: &Arc<Self>) -> Batches {
        Batches { snapshot: Arc::clone(self), done: 0 }
    }

    fn batch(&self, rows: &Range<usize>) -> Result<RecordBatch, ArrowError> {
        let arrays = self.columns.iter().map(|(column, names)| array(column, rows.clone(), &self.ids, names));
        let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
        RecordBatch::try_new_with_options(
            Arc::clone(&self.schema),
            arrays.collect::<Result<_, _>>()?,
            &options,
        )
    }
}

/// The batches of a snapshot.
pub(super) struct Batches {
    snapshot: Arc<Snapshot>,
    done: usize,
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let rows = self.done..self.snapshot.rows().min(self.done + BATCH);
        if rows.is_empty() {
            return None;
        }
        self.done = rows.end;
        // Whoever takes the batches may be no Rust, and could not be unwound.
        let batch = catch_unwind(AssertUnwindSafe(|| self.snapshot.batch(&rows)));
        let broken = |_| Err(ArrowError::ComputeError("a batch could not be made".to_owned()));
        Some(batch.unwrap_or_else(broken))
    }
}

impl RecordBatchReader for Batches {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.snapshot.schema)
    }
}
