//! Rows that are read ahead, on other threads.
//!
//! One thread cuts the file into batches of records and takes the rows, in their order; others make rows of records. A row
//! depends on nothing but its record, so that the number of threads changes nothing but the time.

use super::batch::{Batch, Kept, Room};
use super::progress::Watch;
use super::records::Records;
use super::row::{CsvRow, Layout, RowReader};
use crate::error::Result;
use std::collections::VecDeque;
use std::io::Read;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, Scope, scope};

/// The most text of a batch, before its last record.
const BATCH_BYTES: usize = 512 * 1024;
/// The most rows of a batch that the thread reads itself that takes them.
const FEW: usize = 16;
/// How many batches a thread has before it at most: one that it reads, and one that waits.
const BATCHES: usize = 2;
/// The most text that is read ahead, before the last batch: there are files of very long records.
const AHEAD_BYTES: usize = 8 * BATCH_BYTES;

/// How far rows are read ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ahead {
    /// How many more threads make rows of records; without any, the one that calls does.
    pub(crate) threads: usize,
    /// How many rows a batch has at most.
    pub(crate) batch: usize,
}

/// A batch whose rows are wanted.
struct Job {
    batch: Batch,
    /// The number of its first row.
    first: u64,
    /// Rows that were taken, whose room is used again.
    spent: Vec<CsvRow>,
}

impl Job {
    fn rows(self, layout: &Layout<'_>, reader: &mut RowReader) -> Vec<CsvRow> {
        let mut rows = Vec::with_capacity(self.batch.len());
        let mut spent = self.spent.into_iter();
        for (kept, number) in Kept::all(self.batch).zip(self.first..) {
            rows.push(match spent.next() {
                Some(spent) => reader.read_into(spent, kept, number, layout),
                None => reader.read(kept, number, layout),
            });
        }
        rows
    }
}

/// A thread that makes rows, batch after batch.
struct Lane {
    jobs: Sender<Job>,
    rows: Receiver<Vec<CsvRow>>,
    /// Batches of its rows that were taken. They go back to it: what its rows share is counted by one thread, and is not sent
    /// to and fro between cores.
    spent: Vec<Vec<CsvRow>>,
}

impl Lane {
    /// A new thread, if the machine gives one.
    fn start<'s>(scope: &'s Scope<'s, '_>, layout: &'s Layout<'_>) -> Option<Self> {
        let (jobs, wanted) = channel::<Job>();
        let (done, rows) = channel();
        let work = move || {
            let mut reader = RowReader::new(layout);
            for job in wanted {
                if done.send(job.rows(layout, &mut reader)).is_err() {
                    break;
                }
            }
        };
        Builder::new().name("tagmata-rows".to_owned()).spawn_scoped(scope, work).ok()?;
        Some(Self { jobs, rows, spent: Vec::new() })
    }
}

/// Cuts batches off a file.
struct Batches<'r, 'w, R> {
    records: &'r mut Records<R>,
    watch: &'r mut Watch<'w>,
    most: usize,
    /// How many rows were cut off.
    rows: u64,
    /// How much the last batch held: batches are alike.
    room: Room,
}

impl<R: Read> Batches<'_, '_, R> {
    /// The next records, unless the file is at its end, to be read into the room of `spent` rows. `taken` rows were handed out
    /// before, for the progress.
    fn next(&mut self, taken: u64, spent: &mut Vec<Vec<CsvRow>>) -> Result<Option<Job>> {
        let mut batch = Batch::with_room_for(self.room, BATCH_BYTES);
        while batch.len() < self.most && batch.bytes() < BATCH_BYTES {
            match self.records.next(taken, self.watch)? {
                Some(record) => batch.push(record),
                None => break,
            }
        }
        let first = self.rows + 1;
        self.rows += batch.len() as u64;
        self.room = batch.room();
        Ok((batch.len() > 0).then(|| Job { batch, first, spent: spent.pop().unwrap_or_default() }))
    }
}

/// Hands out the rows of all records that are left, in order, some at once.
///
/// # Errors
/// What is wrong with the file, and the first error of `take`.
pub(super) fn read_ahead<R: Read>(
    records: &mut Records<R>,
    watch: &mut Watch<'_>,
    layout: &Layout<'_>,
    ahead: Ahead,
    mut take: impl FnMut(&[CsvRow]) -> Result<()>,
) -> Result<()> {
    scope(|scope| {
        let mut lanes: Vec<Lane> = (0..ahead.threads).map_while(|_| Lane::start(scope, layout)).collect();
        // Where nobody waits for more than one row, few stay in the cache.
        let most = if lanes.is_empty() { ahead.batch.min(FEW) } else { ahead.batch };
        let mut batches = Batches { records, watch, most: most.max(1), rows: 0, room: Room::default() };
        let mut taken = 0;
        if lanes.is_empty() {
            let (mut reader, mut spent) = (RowReader::new(layout), Vec::new());
            while let Some(job) = batches.next(taken, &mut spent)? {
                let rows = job.rows(layout, &mut reader);
                taken += rows.len() as u64;
                take(&rows)?;
                spent.push(rows);
            }
            return Ok(());
        }
        // Batches go to the threads in turn, and their rows come back in that turn.
        let mut turn = (0..lanes.len()).cycle();
        let mut waiting: VecDeque<(usize, usize)> = VecDeque::new();
        let (mut bytes_ahead, mut is_end) = (0, false);
        loop {
            while !is_end && waiting.len() < BATCHES * lanes.len() && bytes_ahead < AHEAD_BYTES {
                let Some((number, lane)) =
                    turn.next().and_then(|number| Some((number, lanes.get_mut(number)?)))
                else {
                    return Ok(());
                };
                let Some(job) = batches.next(taken, &mut lane.spent)? else {
                    is_end = true;
                    break;
                };
                bytes_ahead += job.batch.bytes();
                waiting.push_back((number, job.batch.bytes()));
                // A thread that is gone panicked, and so does this one at the end of the scope.
                is_end = lane.jobs.send(job).is_err();
            }
            let Some((number, bytes)) = waiting.pop_front() else { return Ok(()) };
            let Some(lane) = lanes.get_mut(number) else { return Ok(()) };
            let Ok(rows) = lane.rows.recv() else { return Ok(()) };
            taken += rows.len() as u64;
            take(&rows)?;
            bytes_ahead -= bytes;
            lane.spent.push(rows);
        }
    })
}
