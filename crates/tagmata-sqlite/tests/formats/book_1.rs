//! What the book of `1.db` went through. It stays as it is: every later version has to read what this one wrote.

use tagmata::{
    Book, Draft, Error, NewField, NewRule, NewSegment, SegmentPatch, Selection, Settings, Stamp, Timestamp,
    ValueType,
};

/// When all of it happened.
pub(crate) fn now() -> Result<Timestamp, Error> {
    "2026-11-24T09:00:00Z".parse()
}

/// The settings of the book.
pub(crate) fn settings() -> Result<Settings, Error> {
    let mut settings = Settings { default_country: Some("FR".parse()?), ..Settings::default() };
    settings.calendar.zone = "Europe/Paris".parse()?;
    Ok(settings)
}

/// Something of everything that a file holds.
pub(crate) fn fill(book: &mut Book, now: Timestamp) -> Result<(), Error> {
    let ana = || Stamp::new(now).by("ana");
    book.define_field(NewField::new("billed", ValueType::Number).label("Montant facturé"), ana())?;
    book.define_field(NewField::new("Email_Fold", ValueType::Text), ana())?;
    book.define_field(NewField::new("newsletter", ValueType::Bool), ana())?;
    book.define_field(NewField::new("birthday", ValueType::Date), ana())?;
    book.define_field(NewField::new("seen_at", ValueType::DateTime), ana())?;
    book.define_field(
        NewField::new("plan", ValueType::Select).option("basic").labelled_option("pro", "Pro +"),
        ana(),
    )?;
    book.define_field(
        NewField::new("software", ValueType::MultiSelect).option("Xero").option("MYOB"),
        ana(),
    )?;
    let gone = book.define_field(NewField::new("gone", ValueType::Text), ana())?.id;
    book.delete_field(gone, false, ana())?;
    book.define_status("churned", Some("Perdu"), ana())?;
    book.define_kind("demo", true, ana())?;
    let zoe = Draft::new()
        .set("external_id", "A-1")
        .set("first_name", "Zoé")
        .set("last_name", "  Straße ")
        .set("email", "ZOE@example.com")
        .set("mobile", "06 12 34 56 78")
        .set("country", "FR")
        .set("tags", ["vip", "quote \" and ' and \u{0}"])
        .set("billed", 1250.5)
        .set("Email_Fold", "not a fold")
        .set("newsletter", true)
        .set("birthday", "1984-02-29")
        .set("seen_at", "2026-11-01T10:00:00.000001Z")
        .set("plan", "pro")
        .set("software", ["MYOB", "Xero"]);
    let zoe = book.create_contact(zoe, ana())?.id;
    let leo = book
        .create_contact(Draft::new().set("first_name", "Léo").set("mobile", "+1 555 555 5555"), ana())?
        .id;
    let max = book.create_contact(Draft::new().set("external_id", "M-1").set("first_name", "Max"), ana())?.id;
    let tom = book.create_contact(Draft::new().set("first_name", "Tom"), ana())?.id;
    book.create_segment(NewSegment::with_members("Nord", [zoe, leo]), ana())?;
    let new = book
        .create_segment(NewSegment::dynamic("New", "created_at in last 7 days and not tags has vip"), ana())?
        .id;
    book.create_segment(NewSegment::dynamic("In it", "segments has New or billed > 1000"), ana())?;
    book.update_segment(new, SegmentPatch::new().always_in([zoe]).always_out([tom]), ana())?;
    let paid = |amount: &str| amount.parse().ok();
    book.record(leo, "payment", "2026-11-20T15:00:00Z".parse()?, paid("49.90"), Some("Étude"), ana())?;
    book.record(zoe, "appointment", "2026-12-24T15:00:00Z".parse()?, None, None, ana())?;
    book.add_rule(
        NewRule::when("dormant", "status = active and last_interaction more than 180 days ago")
            .set_status("inactive"),
        ana(),
    )?;
    let late =
        book.add_rule(NewRule::on("late", "payment").condition("billed > 10").add_tags(["late"]), ana())?.id;
    book.delete_rule(late, ana())?;
    book.set_automation(None, [("first_invoice", false)], ana())?;
    book.merge_contacts(zoe, [max], ana())?;
    book.delete_contacts(Selection::from([tom]), ana())?;
    book.rename_tag("vip", "VIP!", ana())?;
    let status = book.set_status("everyone", "churned", ana())?;
    book.undo(&status.commit, ana())?;
    Ok(())
}
