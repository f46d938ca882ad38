//! A program that changes a book is killed at any moment: what it had answered is there afterwards, and nothing is half there.
//!
//! The test starts itself again as the program that is killed. Both take the same steps, which a seed decides; the program says
//! after each how many it has taken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "../it/walk.rs"]
mod walk;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use tagmata::{Book, Commit};
use tagmata_sqlite::Synchronous;
use tagmata_testkit::commands::{Step, take};
use walk::{Shelf, in_memory, open, options, same, start, walks};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["take-steps", path, seed] => take_steps(Path::new(path), seed.parse().unwrap()),
        _ => kill_again_and_again(),
    }
}

/// Walks that follow each other, so that there is always something to be killed in.
fn steps_of(seed: u64) -> Vec<Step> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut runner =
        TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    (0..6).flat_map(|_| walks().new_tree(&mut runner).unwrap().current()).collect()
}

/// The program: it says a number when so many steps are answered.
fn take_steps(path: &Path, seed: u64) {
    let mut book = options().synchronous(Synchronous::Full).open(path, start()).unwrap();
    let mut commits: Vec<Commit> = Vec::new();
    let mut out = std::io::stdout();
    for (taken, next) in steps_of(seed).iter().enumerate() {
        let _ = take(&mut book, next, &mut commits);
        writeln!(out, "{}", taken + 1).unwrap();
    }
    // All that is left is to be killed.
    std::thread::sleep(Duration::from_secs(60));
}

fn kill_again_and_again() {
    let rounds = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(200);
    let (mut in_between, mut in_flight) = (0_u64, 0_u64);
    for round in 0..rounds {
        let taken = kill_once(round);
        in_between += u64::from(taken.answered < taken.steps);
        in_flight += u64::from(taken.found > taken.answered);
    }
    // A test in which nothing happens would pass as well.
    assert!(
        in_between * 2 > rounds,
        "the program was nearly always through when it was killed: {in_between} of {rounds}"
    );
    println!(
        "crash: {rounds} programs killed, {in_between} between two steps or in one; {in_flight} times a change that was not answered yet was there; test result: ok"
    );
}

struct Taken {
    steps: usize,
    answered: usize,
    found: usize,
}

fn kill_once(seed: u64) -> Taken {
    let (shelf, steps) = (Shelf::new(), steps_of(seed));
    let mut program = Command::new(std::env::current_exe().unwrap())
        .args(["take-steps", shelf.book().to_str().unwrap(), &seed.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut answers = BufReader::new(program.stdout.take().unwrap()).lines();
    // It is under way; then it is killed after some time that is another one each time.
    let mut answered: usize = answers.next().map_or(0, |line| line.unwrap().parse().unwrap());
    std::thread::sleep(Duration::from_micros(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) % 60_000));
    program.kill().unwrap();
    program.wait().unwrap();
    for line in answers.map_while(Result::ok) {
        answered = line.parse().unwrap_or(answered);
    }
    let (mut expected, mut commits) = (in_memory(), Vec::new());
    for next in &steps[..answered] {
        let _ = take(&mut expected, next, &mut commits);
    }
    let mut found = answered;
    // A step that only lets time pass makes no commit.
    let stands = options().read_only(true).open(shelf.book(), start()).unwrap();
    let is_behind = |book: &Book| book.last_commit() < stands.last_commit() || book.now() < stands.now();
    while is_behind(&expected) && found < steps.len() {
        let _ = take(&mut expected, &steps[found], &mut commits);
        found += 1;
    }
    assert!(found <= answered + 1, "round {seed}: {answered} steps were answered, and {found} are there");
    let now = expected.now();
    let book = open(&shelf.book(), now);
    let wrong = book.check().unwrap();
    assert!(wrong.is_empty(), "round {seed}: {}", wrong.join("\n"));
    same(&book, &expected, &[]).unwrap_or_else(|error| panic!("round {seed}: {error}"));
    Taken { steps: steps.len(), answered, found }
}
