//! What a file costs: to import, to import again, and to export; in time, in memory, and in the commits, which are written as bytes
//! and read.
//!
//! `cargo xtask bench --bench import -- contacts.csv` takes another file with the same columns; the memory is told on Linux.
#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

use std::fs::File;
use std::io::BufWriter;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use tagmata::{Book, Commit, ExportOptions, ImportReport, Result};
use tagmata_benches::{define, import_options, now, size, write_contacts};

fn main() {
    // Other arguments are those of `cargo bench` and of the benchmarks that run with this one.
    let path = std::env::args().skip(1).find(|argument| argument.ends_with(".csv")).map(PathBuf::from);
    measure(&path.unwrap_or_else(drawn)).expect("a file that can be imported");
}

/// The contacts of the other benchmarks, in a file.
fn drawn() -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("contacts.csv");
    let file = File::create(&path).expect("a file that can be written");
    write_contacts(BufWriter::new(file), size()).expect("a file that can be written");
    path
}

fn measure(path: &Path) -> Result<()> {
    let mut book = Book::builder().build(now());
    define(&mut book);
    let before = memory("VmRSS:");
    for round in ["import", "import again"] {
        let file = File::open(path).expect("a file that can be opened");
        let start = Instant::now();
        let plan = book.plan_import(file, &import_options(), now(), |_| ControlFlow::Continue(()))?;
        let planned = start.elapsed().as_secs_f64();
        let report = book.apply_import(plan)?;
        let seconds = start.elapsed().as_secs_f64();
        println!("{round}: {seconds:.2} s, of which {planned:.2} s to plan, {}", told(&report));
        through_bytes(&report.outcome.commit)?;
    }
    let contacts = book.count("everyone")?;
    if let (Some(before), Some(after), Some(peak)) = (before, memory("VmRSS:"), memory("VmHWM:")) {
        let each = after.saturating_sub(before) * 1024 / contacts.max(1);
        let columns = book.size_in_bytes() as u64 / contacts.max(1);
        println!(
            "memory: {each} bytes a contact, {columns} of them in columns, {} MiB at the peak",
            peak / 1024
        );
    }

    let start = Instant::now();
    let outcome = book.set_status("everyone", "vip", now())?;
    let (seconds, bytes) = (start.elapsed().as_secs_f64(), outcome.commit.size_in_bytes());
    println!("set_status of {contacts} contacts: {seconds:.2} s, {bytes} bytes of commit");

    let start = Instant::now();
    let rows = book.export(std::io::sink(), "everyone", None, ExportOptions::new())?;
    println!("export: {:.2} s, {rows} rows", start.elapsed().as_secs_f64());
    Ok(())
}

/// What it costs to write a commit as bytes, and to read it again.
fn through_bytes(commit: &Commit) -> Result<()> {
    let start = Instant::now();
    let bytes = commit.to_bytes();
    let written = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let again = Commit::from_bytes(&bytes)?;
    let read = start.elapsed().as_secs_f64();
    assert!(again == *commit, "what is read is what was written");
    println!("its commit: written in {written:.2} s as {} bytes, read in {read:.2} s", bytes.len());
    Ok(())
}

fn told(report: &ImportReport) -> String {
    let ImportReport { created, updated, unchanged, rejected, problems, outcome, .. } = report;
    let (problems, bytes) = (problems.len(), outcome.commit.size_in_bytes());
    format!(
        "{created} created, {updated} updated, {unchanged} unchanged, {rejected} rejected, {problems} problems, \
         {bytes} bytes of commit"
    )
}

/// A number of KiB that Linux tells of this process, in the line of this name.
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}
