//! A business lets its book do things by itself: default rules, rules of its own, and what is to come.
//!
//! ```sh
//! cargo run --release --example automation
//! ```
//!
//! `examples/python/automation.py` and `examples/node/automation.mts` do the same and print the same.
#![expect(clippy::disallowed_types, reason = "the library reads no files, this program does")]

use std::error::Error;
use std::fs::File;
use std::path::Path;
use tagmata::{
    Amount, Book, Cause, Change, ContactId, CsvOptions, DefaultRule, Draft, Effects, Field, HistoryEntry,
    ImportOptions, Interaction, InteractionOptions, MemberSet, NewInteractions, NewRule, NewSegment, Prune,
    RulePatch, Selection, Stamp, Timestamp, UnknownSegments,
};

fn main() -> Result<(), Box<dyn Error>> {
    // Nothing in the library reads a clock: an hour is given, so that the answers are the same on every day.
    let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
    let mut book = Book::builder().time_zone("Europe/Paris".parse()?).build(now);

    heading("Contacts come in, and what happened with them");
    let reading = CsvOptions::new().column("Créé le", "created_at");
    let options = ImportOptions::new().reading(reading).unknown_segments(UnknownSegments::Create);
    let contacts = book.import(open("contacts-fr.csv")?, &options, now)?;
    println!("contacts-fr.csv: {} created, {} rejected", contacts.created, contacts.rejected);
    let happened = book.import(open("interactions-fr.csv")?, &InteractionOptions::new(), now)?;
    println!("interactions-fr.csv: {} recorded, {} rejected", happened.created, happened.rejected);

    heading("A first payment makes a client of a lead; after that, a person has the last word");
    let ludivine = find(&book, "CRM-10046")?;
    println!("{} is {}", shown(&book, ludivine, "name")?, shown(&book, ludivine, "status")?);
    book.record(ludivine, "payment", now, amount("120.00")?, None, now)?;
    println!("she pays: {}", shown(&book, ludivine, "status")?);
    book.set_status(ludivine, "lead", Stamp::new(now).by("ana"))?;
    println!("ana knows better: {}", shown(&book, ludivine, "status")?);
    book.record(ludivine, "payment", now, amount("80.00")?, None, now)?;
    println!("she pays again: {}", shown(&book, ludivine, "status")?);

    heading("A default rule is switched off");
    book.set_automation(None, [("first_invoice", false)], now)?;
    let nadege = find(&book, "CRM-10055")?;
    book.record(nadege, "invoice", now, amount("300.00")?, None, now)?;
    let (name, status) = (shown(&book, nadege, "name")?, shown(&book, nadege, "status")?);
    println!("{name} gets her first invoice: {status}");

    heading("A rule on payments, with a condition");
    let spender = NewRule::on("big spender", "payment").condition("sum(payment) > 1000");
    book.add_rule(spender.set_status("vip").add_tags(["gold"]), now)?;
    let marijke = find(&book, "CRM-10001")?;
    book.record(marijke, "payment", now, amount("50.00")?, None, now)?;
    let (name, status) = (shown(&book, marijke, "name")?, shown(&book, marijke, "status")?);
    println!("{name} pays 50.00 more: {status}");
    println!("{} has the tag gold", book.count("tags has gold")?);

    heading("A rule on a filter that becomes true, tried before it counts");
    let regulars = book.create_segment(NewSegment::fixed("Regulars"), now)?.id;
    let regular = NewRule::when("regular", "count(payment in last 90 days) >= 2");
    book.add_rule(regular.add_to_segments(["Regulars"]).enabled(false), now)?;
    let entered = |effects: &Effects| effects.entered.get(&regulars).map_or(0, MemberSet::len);
    let look = book.preview_rule("regular")?;
    println!("a look, {} would enter:", entered(&look.effects));
    for contact in look.commit.contacts().iter() {
        println!("  {}", shown(&book, contact, "name")?);
    }
    book.update_rule("regular", RulePatch::new().enabled(true).apply_to_existing(true), now)?;
    let count = book.count("segments has Regulars")?;
    println!("for those who are there already: {count} are Regulars");
    let edith = find(&book, "CRM-10031")?;
    let second = book.record(edith, "payment", now, amount("80.00")?, None, now)?;
    let (name, new) = (shown(&book, edith, "name")?, entered(&second.effects));
    let count = book.count("segments has Regulars")?;
    println!("{name} pays for the second time: {new} enters, {count} are Regulars");

    heading("Rules that contradict each other are told of when they are saved");
    let back = book.add_rule(NewRule::on("welcome back", "payment").set_status("active"), now)?;
    for warning in &back.outcome.warnings {
        println!("{}: {}", warning.code(), warning.message());
    }
    if let Err(error) = book.add_rule(NewRule::on("refund", "payment").set_status("inactive"), now) {
        let message = error.diagnostics().first().map(|problem| problem.message()).unwrap_or_default();
        println!("{}: {message}", error.code());
    }
    book.delete_rule("welcome back", now)?;

    heading("What is to come fires when its time comes");
    let gaelle = find(&book, "CRM-10061")?;
    book.record(gaelle, "appointment", "2026-12-01T10:00:00Z".parse()?, None, None, now)?;
    let (name, status) = (shown(&book, gaelle, "name")?, shown(&book, gaelle, "status")?);
    println!("{name} has an appointment in December: {status}");
    let later: Timestamp = "2026-12-02T08:00:00Z".parse()?;
    for commit in book.advance(later)?.commits {
        println!("{}: {} contact changes", minute(commit.at()), commit.contacts().len());
    }
    println!("{name} has had it: {}", shown(&book, gaelle, "status")?);

    heading("Who had which status, since when and why");
    for contact in [find(&book, "CRM-10022")?, ludivine, gaelle] {
        println!("{}", shown(&book, contact, "name")?);
        print_history(&book, contact)?;
    }

    heading("Two records of one person become one");
    let card = Draft::new()
        .set("first_name", "Valérie")
        .set("email", "v.hebrard@example.org")
        .set("mobile", "+33 6 47 90 61 20")
        .set("tags", ["fair"])
        .set("segments", ["Grands comptes"]);
    book.create_contact(card, later)?;
    let records: Vec<ContactId> = book.select("mobile = \"+33 6 47 90 61 20\"")?.iter().collect();
    let [valerie, twin] = records[..] else { return Err("the number is that of two records".into()) };
    book.record(twin, "appointment", later, None, None, later)?;
    book.merge_contacts(valerie, [twin], Stamp::new(later).by("ana"))?;
    let contact = book.contact(valerie)?;
    let kind = |happened: &Interaction| book.schema().kind_key(happened.kind);
    let kinds: Vec<&str> = contact.interactions().iter().map(kind).collect();
    println!("{}", shown(&book, valerie, "name")?);
    println!("  tags: {}", shown(&book, valerie, "tags")?);
    println!("  segments: {}", shown(&book, valerie, "segments")?);
    println!("  interactions: {}", kinds.join("; "));
    print_history(&book, valerie)?;
    let found = book.find(Field::EMAIL, "v.hebrard@example.org")?.ok_or("nobody has this address")?;
    println!("v.hebrard@example.org leads to {}", shown(&book, found, "name")?);

    heading("An undo takes back what rules did, too");
    let leads = "segments has \"Région Nord\" and status = lead";
    println!("{} leads in Région Nord", book.count(leads)?);
    let mut payments = NewInteractions::new();
    for lead in book.select(leads)?.iter() {
        payments.push(lead, "payment", later, None, None);
    }
    let paid = book.record_many(payments, later)?;
    println!("all have paid: {} leads", book.count(leads)?);
    book.undo(&paid.commit, later)?;
    println!("undone: {} leads", book.count(leads)?);

    heading("Why so many are on a list, and who calls whom");
    let others = "segments has any (\"Relance impayés\", \"Ne plus contacter\")";
    let filter = format!("{leads} and mobile is not empty and not {others}");
    let to_call = book.create_segment(NewSegment::dynamic("To call", filter), later)?.id;
    println!("{}", book.explain_segment(to_call)?);
    for (caller, batch) in ["ana", "ben"].iter().zip(book.batches(Selection::segment(to_call), 10)?) {
        let first = batch.first().ok_or("a batch is never empty")?.id();
        let (name, mobile) = (shown(&book, first, "name")?, shown(&book, first, "mobile")?);
        println!("{caller} calls {}, first {name} at {mobile}", batch.len());
    }

    heading("The rules go to another book");
    let mut other = Book::builder().build(now);
    other.apply_definitions(&book.definitions(), Prune::Keep, now)?;
    for rule in other.rules() {
        let text = rule.text;
        let occasion = text.on.map(|on| format!("on {on}")).or(text.when.map(|when| format!("when {when}")));
        let condition = text.condition.map(|condition| format!(" if {condition}")).unwrap_or_default();
        println!("{}: {}{condition}", rule.name, occasion.unwrap_or_default());
    }
    let is_on = other.automation().is_on(DefaultRule::FirstInvoice);
    println!("first_invoice: {}", if is_on { "on" } else { "off" });
    let again = other.apply_definitions(&book.definitions(), Prune::Keep, now)?;
    println!("applied again: {} changes", if again.commit.is_empty() { "nothing" } else { "something" });
    Ok(())
}

fn heading(text: &str) {
    println!("\n── {text}");
}

fn open(name: &str) -> std::io::Result<File> {
    File::open(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/data")).join(name))
}

fn find(book: &Book, external_id: &str) -> Result<ContactId, Box<dyn Error>> {
    Ok(book.find(Field::EXTERNAL_ID, external_id)?.ok_or("nobody has this external id")?)
}

/// The value of a contact in a field, as text.
fn shown(book: &Book, contact: ContactId, key: &str) -> tagmata::Result<String> {
    let contact = book.contact(contact)?;
    Ok(book.record_of(&contact).get(key).map(ToString::to_string).unwrap_or_default())
}

fn amount(text: &str) -> tagmata::Result<Option<Amount>> {
    text.parse().map(Some)
}

/// An instant as far as its minute, in UTC.
fn minute(at: Timestamp) -> String {
    at.to_string().chars().take(16).collect::<String>().replace('T', " ")
}

/// Prints how a contact began, what became of its status, and who was merged into it.
fn print_history(book: &Book, contact: ContactId) -> tagmata::Result<()> {
    let status = |id| book.schema().status_key(id);
    for HistoryEntry { change, origin, .. } in book.history(contact)? {
        let what = match change {
            Change::Created | Change::Merged(_) => change.as_str().to_owned(),
            Change::Status { from, to } => format!("{} → {}", status(from), status(to)),
            _ => continue,
        };
        let rule = match origin.cause {
            Cause::Rule(rule) => format!(" {}", book.rule_name(rule)),
            _ => String::new(),
        };
        let actor = origin.actor.as_ref().map(|actor| format!(" of {actor}")).unwrap_or_default();
        let day: String = minute(origin.at).chars().take(10).collect();
        println!("  {day}  {what:13}  by {}{rule}{actor}", origin.cause.as_str());
    }
    Ok(())
}
