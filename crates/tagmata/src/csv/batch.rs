//! Records that are kept together, so that none of them takes room of its own.

use super::records::Record;
use std::fmt;
use std::sync::Arc;

/// Some records of a file, one after the other.
#[derive(Debug, Default)]
pub(super) struct Batch {
    text: String,
    ends: Vec<usize>,
    places: Vec<Place>,
}

/// How much a batch holds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Room {
    text: usize,
    cells: usize,
    records: usize,
}

/// Where a record of a batch is.
#[derive(Debug)]
struct Place {
    /// Where its text ends.
    text_end: usize,
    /// Where its ends of cells end.
    cells_end: usize,
    gap: usize,
    line: u64,
    is_damaged: bool,
}

impl Batch {
    /// An empty batch with room for about as much as another one holds, for at most so many bytes.
    pub(super) fn with_room_for(other: Room, most: usize) -> Self {
        let more = |size: usize| (size + size / 8).min(most);
        let Room { text, cells, records } = other;
        Self {
            text: String::with_capacity(more(text)),
            ends: Vec::with_capacity(more(cells)),
            places: Vec::with_capacity(records),
        }
    }

    /// How much it holds.
    pub(super) fn room(&self) -> Room {
        Room { text: self.text.len(), cells: self.ends.len(), records: self.places.len() }
    }

    pub(super) fn push(&mut self, record: Record<'_>) {
        self.text.push_str(record.text);
        self.ends.extend_from_slice(record.ends);
        let (text_end, cells_end) = (self.text.len(), self.ends.len());
        let Record { gap, line, is_damaged, .. } = record;
        self.places.push(Place { text_end, cells_end, gap, line, is_damaged });
    }

    /// How many records there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// How many bytes of text there are.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    fn get(&self, at: usize) -> Option<Record<'_>> {
        let place = self.places.get(at)?;
        let before = at.checked_sub(1).and_then(|before| self.places.get(before));
        let (text, cells) = before.map_or((0, 0), |before| (before.text_end, before.cells_end));
        let text = self.text.get(text..place.text_end)?;
        let ends = self.ends.get(cells..place.cells_end)?;
        let Place { gap, line, is_damaged, .. } = *place;
        Some(Record { text, gap, ends, line, is_damaged })
    }
}

/// A record that is kept, with the batch that it is in.
#[derive(Clone)]
pub(super) struct Kept {
    batch: Arc<Batch>,
    at: usize,
}

impl Kept {
    /// All records of a batch.
    pub(super) fn all(batch: Batch) -> impl Iterator<Item = Self> {
        let batch = Arc::new(batch);
        (0..batch.len()).map(move |at| Self { batch: Arc::clone(&batch), at })
    }

    /// A record by itself.
    pub(super) fn alone(record: Record<'_>) -> Self {
        let mut batch = Batch::default();
        batch.push(record);
        Self { batch: Arc::new(batch), at: 0 }
    }

    pub(super) fn record(&self) -> Record<'_> {
        self.batch.get(self.at).unwrap_or_default()
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.record().fmt(f)
    }
}
