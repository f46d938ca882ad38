//! Starts the programs, kills them, and looks at what they say.

use std::path::Path;
use std::time::{Duration, Instant};

use tagmata_benches::Dice;

use crate::child::{Program, Said};
use crate::protocol::ENDED;
use crate::size::Size;
use crate::start::make;
use crate::tally::Tally;

/// So many milliseconds are between two kills at least, and up to so many more; less in a short run.
const LEAST: u64 = 6_000;
const LONGER: u64 = 40_000;
/// One of so many kills hits a reader.
const READERS: u64 = 6;
/// Between two looks at what the programs said.
const LISTENS: Duration = Duration::from_millis(100);
/// Between two lines of the report.
const REPORTED: Duration = Duration::from_secs(60);
/// Memory that a program that ran all the time may have beyond one that has just opened the book, half as much again: what an allocator
/// does not give back of the largest change. What grows with every change is far more than that in an hour.
const MORE: (u64, u64) = (3, 2);

/// A program with what it has said so far.
struct Part {
    who: &'static str,
    program: Program,
    tally: Tally,
}

/// Runs, and says what happened.
///
/// # Errors
/// What keeps it from running, and what did not hold in the end.
pub(crate) fn run(size: Size) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let path = folder.path().join("soak.db");
    let Size { seconds, contacts, segments, mut seed } = size;
    println!("{contacts} contacts, {segments} dynamic segments, {seconds} s, seed {seed}");
    make(&path, size);
    let (clock, mut dice) = (Instant::now(), Dice::new(seed));
    let [mut writer, mut lasting, mut other] =
        [("writer", "write"), ("reader", "read"), ("reader that is killed", "read")]
            .map(|(who, part)| Part::start(who, part, &path, seed));
    let (mut next_kill, mut next_report) = (lifetime(&mut dice, seconds), REPORTED);
    while clock.elapsed() < Duration::from_secs(seconds) {
        std::thread::sleep(LISTENS);
        [&mut writer, &mut lasting, &mut other].into_iter().for_each(Part::listen);
        if clock.elapsed() > next_kill {
            seed += 1;
            let killed = if dice.below(READERS) == 0 { &mut other } else { &mut writer };
            killed.kill(seed);
            next_kill = clock.elapsed() + lifetime(&mut dice, seconds);
        }
        if clock.elapsed() > next_report {
            [&writer, &lasting, &other].iter().for_each(|part| part.report(clock.elapsed()));
            next_report += REPORTED;
        }
    }
    let ends = [writer, lasting, other].map(|part| part.end(clock.elapsed()));
    compare(&ends, &ended(Program::start("look", &path, seed).end()))
}

/// How long it is until the next kill.
fn lifetime(dice: &mut Dice, seconds: u64) -> Duration {
    let (least, longer) = (LEAST.min(100 * seconds), LONGER.min(250 * seconds));
    Duration::from_millis(least + dice.below(longer.max(1)))
}

/// All have the same members, and who was there all the time has no more memory than who has just come.
fn compare(ends: &[Said; 3], fresh: &Said) -> Result<(), String> {
    let (commit, digest, memory) = (fresh.number(0), fresh.number(1), fresh.number(2));
    for end in ends {
        if (end.number(0), end.number(1)) != (commit, digest) {
            return Err(format!("not all have the same members: {ends:?}, {fresh:?}"));
        }
    }
    let [_, lasting, _] = ends.each_ref().map(|end| end.number(2));
    println!("{lasting} kB in the reader that was there all the time, {memory} kB in a fresh one");
    if lasting * MORE.1 > memory * MORE.0 {
        return Err("a reader that was there all the time has too much memory".to_owned());
    }
    println!("all holds: commit {commit}, the book and its file are sound");
    Ok(())
}

impl Part {
    fn start(who: &'static str, part: &'static str, path: &Path, seed: u64) -> Self {
        Self { who, program: Program::start(part, path, seed), tally: Tally::default() }
    }

    fn note(&mut self, said: &[Said]) {
        said.iter().for_each(|said| self.tally.note(said));
    }

    fn listen(&mut self) {
        let said = self.program.said();
        self.note(&said);
    }

    fn kill(&mut self, seed: u64) {
        let said = self.program.kill(seed);
        self.note(&said);
        self.tally.killed += 1;
    }

    fn report(&self, after: Duration) {
        println!("{}", self.tally.line(self.who, after));
    }

    /// Ends it; what it says last.
    fn end(self, after: Duration) -> Said {
        let Self { who, program, mut tally } = self;
        let all = program.end();
        all.iter().for_each(|said| tally.note(said));
        println!("{}", tally.line(who, after));
        ended(all)
    }
}

/// What a program says last.
fn ended(all: Vec<Said>) -> Said {
    all.into_iter().find(|said| said.word == ENDED).expect("a program that ends well says so")
}
