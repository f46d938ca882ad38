//! The small world that typed things are about.

use std::sync::LazyLock;
use tagmata::{Book, Draft, NewField, NewRule, NewSegment, Timestamp, ValueType};
use tagmata_testkit::dump::BookDump;

/// When everything happens.
pub(crate) fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// A book with a field of each type, a few contacts, segments of both kinds and a rule.
pub(crate) fn book() -> Book {
    static BOOK: LazyLock<Book> = LazyLock::new(|| made().unwrap());
    BOOK.clone()
}

fn made() -> tagmata::Result<Book> {
    let mut book =
        Book::builder().time_zone("Europe/Paris".parse()?).default_country("FR".parse()?).build(now());
    for field in [
        NewField::new("billed", ValueType::Number).label("Montant facturé"),
        NewField::new("birthday", ValueType::Date),
        NewField::new("seen_at", ValueType::DateTime),
        NewField::new("opt_in", ValueType::Bool),
        NewField::new("plan", ValueType::Select).option("free").option("pro"),
        NewField::new("software", ValueType::MultiSelect).option("Xero").option("MYOB"),
        NewField::new("notes", ValueType::Text),
    ] {
        book.define_field(field, now())?;
    }
    book.define_tag("vip", now())?;
    book.create_segment(NewSegment::fixed("Nord"), now())?;
    book.create_segment(NewSegment::dynamic("VIP", "tags has vip and not segments has Nord"), now())?;
    book.add_rule(NewRule::on("big", "payment").condition("sum(payment) > 100").set_status("vip"), now())?;
    let zoe = Draft::new().set("first_name", "Zoé").set("email", "zoe@example.com").set("tags", ["vip"]);
    book.create_contact(zoe.set("mobile", "06 12 34 56 78").set("birthday", "1980-02-29"), now())?;
    let leo = Draft::new().set("first_name", "Léo").set("external_id", "7").set("segments", ["Nord"]);
    book.create_contact(leo.set("billed", 12.5).set("software", ["Xero"]), now())?;
    Ok(book)
}

/// Both are the same book to whoever looks.
pub(crate) fn same(here: &BookDump, there: &BookDump) {
    let difference = here.difference(there);
    assert!(difference.is_empty(), "{}", difference.join("\n"));
}

/// Nothing is wrong inside a book.
pub(crate) fn sound(book: &Book) {
    let wrong = book.check();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
