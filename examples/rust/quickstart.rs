//! A business opens its book: two CSV exports come in, segments are made, statuses change in bulk, and a campaign finds its
//! audience.
//!
//! ```sh
//! cargo run --release -p tagmata-sqlite --example quickstart
//! ```
//!
//! The book is a file in a folder that is gone afterwards, or the one that is named behind `--`: `-- crm.db`.
//!
//! `examples/python/quickstart.py` and `examples/node/quickstart.mts` do the same and print the same.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};
use tagmata::{
    AudienceQuery, BreakdownQuery, Channel, CsvOptions, Effects, ExportOptions, Field, ImportOptions,
    ImportReport, Input, MemberSet, NewField, NewSegment, PageQuery, SegmentId, Selection, Stamp, Timestamp,
    UnknownSegments, ValueType,
};
use tagmata_sqlite::OpenOptions;

/// The custom fields of this business, as its French export names them.
const FIELDS: [(&str, ValueType, &str); 6] = [
    ("billed", ValueType::Number, "Montant facturé"),
    ("employees", ValueType::Number, "Effectif"),
    ("client_type", ValueType::Select, "Type de client"),
    ("newsletter", ValueType::Bool, "Lettre d'information"),
    ("software", ValueType::MultiSelect, "Logiciels"),
    ("birthday", ValueType::Date, "Anniversaire"),
];

const CLIENT_TYPES: [&str; 5] =
    ["Cabinet", "Exploitation", "Concession", "Entreprise de travaux", "Coopérative"];

const SOFTWARE: [&str; 17] = [
    "A3",
    "Agroptima",
    "Aspel",
    "Bejerman",
    "Cegid",
    "Contasol",
    "Contpaqi",
    "EBP",
    "Ekylibre",
    "Holded",
    "Isagri",
    "Pennylane",
    "Quadra",
    "Sage",
    "Smag Farmer",
    "Tango",
    "Xubio",
];

/// The headers of the Spanish export that are no labels here. What it calls its types of clients is left out.
const SPANISH: [(&str, &str); 5] = [
    ("Importe facturado", "billed"),
    ("Empleados", "employees"),
    ("Boletín", "newsletter"),
    ("Cumpleaños", "birthday"),
    ("Creado el", "created_at"),
];

fn main() -> Result<(), Box<dyn Error>> {
    // Nothing in the library reads a clock: an hour is given, so that the answers are the same on every day.
    let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
    let folder = tempfile::tempdir()?;
    let path = std::env::args().nth(1).map_or_else(|| folder.path().join("crm.db"), PathBuf::from);
    if path.exists() {
        return Err(format!("{} is there already: name a file that is not", path.display()).into());
    }
    let options = OpenOptions::new().time_zone("Europe/Paris".parse()?);
    let mut book = options.open(&path, now)?;
    for (key, value_type, label) in FIELDS {
        let options: &[&str] = match key {
            "client_type" => &CLIENT_TYPES,
            "software" => &SOFTWARE,
            _ => &[],
        };
        let field = NewField::new(key, value_type).label(label);
        let field = options.iter().fold(field, |field, option| field.option(*option));
        book.define_field(field, now)?;
    }

    heading("Two exports come in");
    let french = CsvOptions::new().column("Créé le", "created_at");
    let spanish = CsvOptions::new().ignore_column("Tipo de cliente");
    let spanish = SPANISH.iter().fold(spanish, |options, (header, field)| options.column(*header, *field));
    for (file, reading) in [("contacts-fr.csv", french), ("contactos-es.csv", spanish)] {
        let options = ImportOptions::new().reading(reading).unknown_segments(UnknownSegments::Create);
        print_report(file, &book.import(open(file)?, &options, now)?);
    }

    heading("Dynamic segments are filters, static ones are lists");
    for (name, filter) in [
        ("Key accounts", "billed > 100000 and status in (active, vip)"),
        ("Birthdays", "birthday anniversary in next 14 days"),
        ("Greetings", "segments has Birthdays and not segments has any (Morosos, \"Relance impayés\")"),
    ] {
        book.create_segment(NewSegment::dynamic(name, filter), now)?;
    }
    let faithful = "newsletter is true and tags has any (fiel, fidèle)";
    book.create_segment(NewSegment::with_members("Fair 2027", faithful), now)?;
    for segment in book.segments().iter().rev().take(4).rev() {
        let count = segment.count.unwrap_or_default();
        println!(
            "{:12} {count:>3}  {}",
            segment.name,
            segment.filter.as_deref().unwrap_or("a static segment")
        );
    }

    heading("The members of one of them, by what they were billed");
    let query = PageQuery::new().filter("segments has \"Key accounts\"").sort("-billed").limit(5);
    let page = book.page(&query)?;
    println!("{} of {}", page.contacts.len(), page.total);
    for record in book.records(&page.contacts) {
        let shown = |key| record.get(key).map(ToString::to_string).unwrap_or_default();
        let Some(Input::Number(billed)) = record.get("billed") else { continue };
        println!("  {billed:>10.2}  {}  {:6}  {}", shown("country"), shown("status"), shown("name"));
    }

    heading("They become VIPs: first a look, then really, then back");
    let key_accounts = || Selection::segment("Key accounts").expect(page.total);
    let (_, look) = book.preview(now, |book| book.set_status(key_accounts(), "vip", now))?;
    println!("a look: {} would change", look.commit.contacts().len());
    let outcome = book.set_status(key_accounts(), "vip", Stamp::new(now).by("ana"))?;
    println!("really: {} changed, {} are VIPs", outcome.commit.contacts().len(), book.count("status = vip")?);
    book.undo(&outcome.commit, now)?;
    println!("undone: {} are VIPs", book.count("status = vip")?);

    heading("Why somebody is in a segment, or not");
    let celine = book.find(Field::EXTERNAL_ID, "CRM-10010")?.ok_or("nobody has this external id")?;
    println!("{}", book.explain_membership(celine, "Key accounts")?);

    heading("The largest segments, and what their members were billed");
    let mut rows = book.breakdown(&BreakdownQuery::by("segments").measure("billed"))?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    for row in rows.iter().take(6) {
        println!(
            "  {:>3}  {:>11.2}  {}",
            row.count,
            row.sum.unwrap_or_default(),
            row.value.as_deref().unwrap_or("none")
        );
    }

    heading("Who gets a text message, and who does not");
    let audience = AudienceQuery::new()
        .include_segments(["Key accounts", "Fair 2027"])
        .exclude_segments(["Morosos", "Relance impayés"])
        .channel(Channel::Sms);
    let audience = book.audience(&audience)?;
    println!("{} recipients", audience.recipients.len());
    for (reason, contacts) in &audience.skipped {
        println!("  {} skipped: {reason}", contacts.len());
    }

    heading("A segment goes out as a file");
    let fields = [Field::FIRST_NAME, Field::LAST_NAME, Field::MOBILE, Field::TAGS];
    let mut file = Vec::new();
    let rows = book.export(&mut file, "segments has Greetings", Some(&fields), ExportOptions::new())?;
    println!("{rows} rows");
    print!("{}", String::from_utf8(file)?);

    heading("The book is a file: closed, opened a month later");
    book.close()?;
    let book = options.open(&path, "2026-12-22T09:30:00Z".parse()?)?;
    let birthdays =
        book.segments().into_iter().find(|segment| segment.name == "Birthdays").ok_or("no birthdays")?;
    let of = |all: &BTreeMap<SegmentId, MemberSet>| all.get(&birthdays.id).map_or(0, MemberSet::len);
    let Effects { entered, left } = &book.opened().effects;
    println!(
        "{} contacts; birthdays: {} came up meanwhile, {} are over",
        book.count("everyone")?,
        of(entered),
        of(left)
    );
    println!("{} problems in the file", book.check()?.len());
    Ok(())
}

fn heading(text: &str) {
    println!("\n── {text}");
}

fn open(name: &str) -> std::io::Result<File> {
    File::open(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/data")).join(name))
}

fn print_report(file: &str, report: &ImportReport) {
    const SHOWN: usize = 3;
    let ImportReport { created, updated, unchanged, rejected, problems, .. } = report;
    println!("{file}: {created} created, {updated} updated, {unchanged} unchanged, {rejected} rejected");
    for problem in problems.iter().take(SHOWN) {
        println!("  {problem}");
    }
    println!("  … and {} more problems", problems.len().saturating_sub(SHOWN));
}
