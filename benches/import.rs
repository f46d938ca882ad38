//! What a file costs: to import, to import again, and to export; in time, in memory, and in the commit of a bulk change after it.
//!
//! `cargo bench -p tagmata-benches --bench import -- contacts.csv` takes a file with the columns that `define` names.
#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

use std::fs::File;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tagmata::{
    Book, ExportOptions, ImportOptions, ImportReport, NewField, Result, Timestamp, UnknownSegments, ValueType,
};

fn main() {
    // `cargo bench` calls every benchmark with `--bench`.
    let path = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).map(PathBuf::from);
    match path {
        Some(path) => measure(&path).expect("a file that can be imported"),
        None => println!("import: name a file, such as `--bench import -- contacts.csv`"),
    }
}

fn measure(path: &Path) -> Result<()> {
    let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    let mut book = Book::builder().build(now);
    define(&mut book, now)?;
    let options = ImportOptions::new().unknown_segments(UnknownSegments::Create);
    for round in ["import", "import again"] {
        let file = File::open(path).expect("a file that can be opened");
        let start = Instant::now();
        let plan = book.plan_import(file, &options, now, |_| ControlFlow::Continue(()))?;
        let planned = start.elapsed().as_secs_f64();
        let report = book.apply_import(plan)?;
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{round}: {seconds:.2} s, of which {planned:.2} s to plan, {}, peak memory {}",
            told(&report),
            peak_memory()
        );
    }
    let contacts = book.count("everyone")?;

    let start = Instant::now();
    let outcome = book.set_status("everyone", "vip", now)?;
    let (seconds, bytes) = (start.elapsed().as_secs_f64(), outcome.commit.size_in_bytes());
    println!("set_status of {contacts} contacts: {seconds:.2} s, {bytes} bytes of commit");

    let start = Instant::now();
    let rows = book.export(std::io::sink(), "everyone", None, ExportOptions::new())?;
    println!("export: {:.2} s, {rows} rows", start.elapsed().as_secs_f64());
    Ok(())
}

/// The custom fields of the file.
fn define(book: &mut Book, now: Timestamp) -> Result<()> {
    let with =
        |field: NewField, options: &[&str]| options.iter().fold(field, |field, option| field.option(*option));
    let client_types = ["Individual", "Company", "Trust", "Partnership", "Charity"];
    let software = ["Xero", "MYOB", "QuickBooks", "Sage", "Odoo", "Pennylane", "Holded", "Zoho"];
    for field in [
        NewField::new("billed", ValueType::Number),
        NewField::new("employees", ValueType::Number),
        with(NewField::new("client_type", ValueType::Select), &client_types),
        NewField::new("newsletter", ValueType::Bool),
        with(NewField::new("software", ValueType::MultiSelect), &software),
        NewField::new("birthday", ValueType::Date),
    ] {
        book.define_field(field, now)?;
    }
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

/// The most memory that this process had so far, as Linux tells it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |rest| rest.trim().to_owned())
}
