//! The bytes of format version 1, written out: they may never become others.

use super::column;
use super::reader::Reader;
use super::writer::Writer;
use crate::automation::{Actions, Automation, AutomationEdit, DefaultRule, Rule, RuleText, Says, Trigger};
use crate::change::{Commit, Entry, Fact};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::Error;
use crate::filter::Filter;
use crate::model::{Field, Input, Interaction, NameSpace, Schema, SchemaEdit, Settings};
use crate::segment::DynamicSegment;
use crate::state::{Cause, Origin};
use crate::table::{Cells, Interactions, Packed, Rows, SetCells, Spelled, TextCells, Values};
use crate::time::{Calendar, Date, LeapDay, Timestamp, Weekday};
use crate::value::{
    Amount, ContactId, FieldId, KindId, MemberSet, RuleId, SegmentId, StatusId, Symbol, Text, Value,
    ValueType,
};
use std::sync::Arc;

/// The bytes of hexadecimal digits, with white space between them.
fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().filter(|c| !c.is_whitespace()).collect();
    let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn members(numbers: impl IntoIterator<Item = u32>) -> MemberSet {
    numbers.into_iter().map(ContactId::new).collect()
}

fn text(text: &str) -> Value {
    Value::Text(Text::new(text).unwrap())
}

fn one(symbol: u32) -> Value {
    Value::One(Symbol::new(symbol))
}

fn at(micros: i64) -> Timestamp {
    Timestamp::from_micros(micros).unwrap()
}

/// The commit 1 of nobody at the beginning of 1970, with one fact.
fn commit(fact: Fact) -> Commit {
    let origin = Arc::new(Origin { commit: 1, at: at(0), actor: None, cause: Cause::Call });
    let entry = Entry { origin: Arc::clone(&origin), place: 0, is_added: true };
    Commit::new(origin, vec![fact], vec![entry])
}

/// Version 1; one origin: commit 1, the instant, no actor, a call; one fact.
const BEFORE: &str = "01 01 01 0000000000000000 00 00 01";

/// The entry of the fact: the first origin, added; place 0.
const AFTER: &str = "01 00";

#[track_caller]
fn holds(fact: Fact, written: &str) {
    let commit = commit(fact);
    let whole = bytes(&[BEFORE, written, AFTER].concat());
    assert_eq!(hex(&commit.to_bytes()), hex(&whole), "{commit:?}");
    assert_eq!(Commit::from_bytes(&whole), Ok(commit));
}

#[test]
fn facts_about_contacts_have_these_bytes() {
    let nothing = Interactions::new();
    let zoe = Rows {
        contacts: members([7]),
        columns: vec![(Field::FIRST_NAME, Values::same(Some(text("Zoé")), 1))],
        interactions: nothing.clone(),
    };
    // One contact, 7; one column: field 3, one value, the same for all, present, a text of 4 bytes; no interactions, no labels.
    holds(Fact::Created(zoe), "00 01 07 01 03 01 00 01 00 04 5a6fc3a9 00 00");

    let billed = Values::collect(ValueType::Number, [Some(Value::Number(1.5)), None]);
    let two = Rows {
        contacts: members([0, 2]),
        columns: vec![(FieldId::new(18), billed)],
        interactions: nothing.clone(),
    };
    // Contact 0, then one is left out; few different values: a number and none, and a byte for each contact.
    holds(Fact::Deleted(two), "01 02 00 01 01 12 02 01 02 01 02 000000000000f83f 00 00 01 00 00");

    let (old, new) = (Values::same(Some(one(0)), 1), Values::same(Some(one(2)), 1));
    let set = Fact::Set { field: Field::STATUS, contacts: members([5]), old, new };
    holds(set, "02 0b 01 05 01 00 01 06 00 01 00 01 06 02");

    let symbol = Symbol::new(300);
    holds(Fact::Linked { field: Field::TAGS, symbol, contacts: members([5]) }, "03 0d ac02 01 05");
    let nine = Fact::Unlinked { field: Field::SEGMENTS, symbol: Symbol::new(1), contacts: members(0..9) };
    // Nine contacts, as a Roaring bitmap of 34 bytes: one block, of nine numbers.
    holds(
        nine,
        "04 0e 01 09 22 3a300000 01000000 0000 0800 10000000 0000 0100 0200 0300 0400 0500 0600 0700 0800",
    );

    let invoice = Interaction {
        kind: KindId::new(2),
        at: at(0),
        amount: Some(Amount::from_micros(49_900_000)),
        label: Text::new("Invoice 7"),
    };
    let bare = Interaction { kind: KindId::new(2), at: at(1), amount: None, label: None };
    let both: Interactions = [(ContactId::new(7), invoice), (ContactId::new(8), bare)].into_iter().collect();
    // Contacts, kinds, instants; the first has an amount; one label, which the first has.
    holds(
        Fact::Recorded(both),
        "05 02 07000000 08000000 02 02 0000000000000000 0100000000000000 01 e069f90200000000
         01 09 496e766f6963652037 01 00",
    );
    holds(Fact::Erased(nothing), "06 00 00");

    let alias =
        Fact::Alias { field: Field::EMAIL, key: "a@b.fr".into(), old: None, new: Some(ContactId::new(3)) };
    holds(alias, "07 06 06 6140622e6672 00 01 03");
    holds(Fact::Merged { kept: ContactId::new(1), other: ContactId::new(2) }, "08 01 02");
}

#[test]
fn changes_of_a_schema_have_these_bytes() {
    let vip = SchemaEdit::Name { space: NameSpace::Tags, number: 0, old: None, new: Some("vip".into()) };
    holds(Fact::Schema(vip), "09 00 07 00 00 01 03 766970");
    let space = NameSpace::OptionKeys(FieldId::new(18));
    let alias = SchemaEdit::Alias { space, folded: "xero".into(), old: Some(1), new: None };
    holds(Fact::Schema(alias), "09 01 02 12 04 7865726f 01 01 00");
    let field = SchemaEdit::Field { id: FieldId::new(18), old: None, new: Some(ValueType::Number) };
    holds(Fact::Schema(field), "09 02 12 00 01 03");
    let kind = SchemaEdit::Kind { id: KindId::new(8), old: Some(true), new: None };
    holds(Fact::Schema(kind), "09 03 08 01 01 00");
    let [first, second] = [0, 1].map(StatusId::new);
    let order = SchemaEdit::StatusOrder { old: [first, second].into(), new: [second, first].into() };
    holds(Fact::Schema(order), "09 04 02 00 01 02 01 00");
    let zone = "Europe/Paris".parse().unwrap();
    let new = Settings {
        calendar: Calendar { zone, week_start: Weekday::Sunday, leap_day: LeapDay::Skip },
        default_country: Some("FR".parse().unwrap()),
        ..Settings::default()
    };
    // A zone, Monday, 28 February, no country; 65,536, 64, 16, 10,000, 10,000, 4,096 and 20. Then another zone, Sunday, not at
    // all, the letters F and R.
    holds(
        Fact::Schema(SchemaEdit::Settings { old: Settings::default(), new }),
        "09 05 03 555443 00 00 00 808004 40 10 904e 904e 8020 14
         0c 4575726f70652f5061726973 06 02 01 d28c01 808004 40 10 904e 904e 8020 14",
    );
}

#[test]
fn definitions_have_these_bytes() {
    let segment = SegmentId::new(3);
    let everyone = Arc::new(DynamicSegment::new(Filter::parse("everyone", &Schema::default()).unwrap()));
    let pinned = Arc::new((*everyone).clone().always_in([ContactId::new(4)]));
    // A filter that is not broken: its JSON, the zone, Monday, 28 February, no fields, kinds, symbols and warnings; the pins.
    let filter = "00 22 7b2276223a312c2266696c746572223a7b226f70223a2265766572796f6e65227d7d 03 555443 00 00 00 00 00 00";
    holds(
        Fact::Segment { segment, old: Some(everyone), new: Some(pinned) },
        &format!("0a 03 01 {filter} 00 00 01 {filter} 01 04 00"),
    );

    let mut schema = Schema::default();
    schema.define_tag("web").unwrap();
    schema.define_tag("vip").unwrap();
    let vip = Arc::new(DynamicSegment::new(Filter::parse("tags has vip", &schema).unwrap()));
    // One field: 13, its key, its type, and the names of one tag; the number of that tag in the one condition on such.
    holds(
        Fact::Segment { segment, old: None, new: Some(vip) },
        "0a 03 00 01 00
         3a 7b2276223a312c2266696c746572223a7b226f70223a22686173222c226669656c64223a2274616773222c2276616c7565223a22766970227d7d
         03 555443 00 00 01 0d 04 74616773 0b 01 03 766970 00 01 01 01 00 00 00",
    );

    let problem = Diagnostic::new(Code::BrokenSegment, "gone").help("mend").at(&Place::Field("a".into()));
    let broken = DynamicSegment::broken_from("x".into(), Error::conflict(problem.clone()));
    // The text; a conflict with one problem: its code, message, place, help, no expectations, no node; no source, parts, contacts.
    let code = hex(Code::BrokenSegment.as_str().as_bytes());
    let error = format!("03 01 05 {code} 04 676f6e65 02 01 61 01 04 6d656e64 00 00 00 00 00");
    holds(
        Fact::Segment { segment, old: Some(Arc::new(broken)), new: None },
        &format!("0a 03 01 01 01 78 {error} 00 00 00"),
    );

    let rule = RuleId::new(4);
    let actions = Actions {
        status: Some(StatusId::new(2)),
        links: [((Field::TAGS, Symbol::new(1)), true)].into(),
        values: [(Field::SOURCE, None)].into(),
    };
    let says = Says { trigger: Trigger::Interaction(KindId::new(2)), condition: None, actions };
    let sound = Arc::new(Rule::new("spender", true, says));
    let text = RuleText {
        on: Some("a".into()),
        set_fields: vec![("b".into(), Input::List(vec!["c".into()]))],
        ..RuleText::default()
    };
    let broken = Arc::new(Rule::broken_from("late", false, text, Error::conflict(problem)));
    // The name, enabled, not broken; on kind 2, no condition; status 2, one tag given, one field cleared. Then one that is broken.
    holds(
        Fact::Automation(AutomationEdit::Rule { rule, old: Some(sound), new: Some(broken) }),
        &format!(
            "0b 00 04 01 07 7370656e646572 01 00 00 02 00 01 02 01 0d 01 01 01 0a 00
             01 04 6c617465 00 01 01 01 61 00 00 00 00 00 00 00 01 01 62 06 01 01 63 {error}"
        ),
    );
    let order = AutomationEdit::Order { old: [rule].into(), new: [RuleId::new(5), rule].into() };
    holds(Fact::Automation(order), "0b 01 01 04 02 05 04");
    let old = Automation::default();
    let switches = AutomationEdit::Switches { old, new: old.with(DefaultRule::FirstInvoice, false) };
    holds(Fact::Automation(switches), "0b 02 01 01 01 01 01 01 01 01 01 00");
}

#[test]
fn an_undo_has_the_origins_of_what_it_takes_back() {
    let undone = Arc::new(Origin { commit: 3, at: at(1), actor: None, cause: Cause::Rule(RuleId::new(4)) });
    let origin = Arc::new(Origin { commit: 9, at: at(2), actor: Some("ana".into()), cause: Cause::Undo(3) });
    let merged = Fact::Merged { kept: ContactId::new(1), other: ContactId::new(2) };
    let entry = Entry { origin: undone, place: 5, is_added: false };
    let commit = Commit::new(origin, vec![merged], vec![entry]);
    // Two origins; one fact; its entry: the second origin, taken out; place 5.
    let written = bytes(
        "01 02 09 0200000000000000 01 03 616e61 02 03 03 0100000000000000 00 03 04
         01 08 01 02 02 05",
    );
    assert_eq!(hex(&commit.to_bytes()), hex(&written));
    assert_eq!(Commit::from_bytes(&written), Ok(commit));
}

#[test]
fn columns_have_these_bytes() {
    let day = Date::new(1970, 1, 2).unwrap();
    let phone = |fold, aside| Some(Spelled { fold, aside });
    let sets = [&[1, 300][..], &[], &[2]].map(|set| set.iter().copied().map(Symbol::new).collect::<Vec<_>>());
    let rows: [(Cells, usize, &str); 8] = [
        // Which of three have a text; the lengths; the texts as they were written.
        (
            Cells::Text(TextCells::of_written([Some("Zoé"), None, Some("a")].into_iter())),
            3,
            "03 02 00 05 04 01 5a6fc3a9 61",
        ),
        // Twice the lengths, and one for a number that is not assigned.
        (
            Cells::Phone(TextCells::of(
                [phone("33612345678", None), phone("15555555555", Some(""))].into_iter(),
            )),
            2,
            "02 03 01 16 17 3333363132333435363738 3135353535353535353535",
        ),
        (Cells::Number(Packed::of([Some(1.5)].into_iter())), 1, "01 04 01 000000000000f83f"),
        (Cells::Date(Packed::of([Some(day), None].into_iter())), 2, "02 05 00 01 01000000"),
        (Cells::DateTime(Packed::of([Some(at(-1))].into_iter())), 1, "01 06 01 ffffffffffffffff"),
        (Cells::Bool(Packed::of([Some(true), Some(false)].into_iter())), 2, "02 07 01 01 00"),
        // The second of three; the last one is beyond what is kept.
        (Cells::One(Packed::of([None, Some(Symbol::new(2))].into_iter())), 3, "03 08 00 02 02000000"),
        // The numbers of symbols, then the symbols.
        (Cells::Many(SetCells::of(sets.iter().map(Vec::as_slice))), 3, "03 09 02 00 01 01 ac02 02"),
    ];
    for (cells, count, written) in rows {
        let values = Values::of_cells(cells, count);
        let mut out = Writer::default();
        column::write(&values, &mut out);
        let written = bytes(written);
        assert_eq!(hex(&out.finish()), hex(&written), "{values:?}");
        let mut input = Reader::new("column", &written);
        assert_eq!(column::read(&mut input, count as u64), Ok(values));
        assert_eq!(input.end(), Ok(()));
    }
}

/// What is refused, and why: facts between the bytes of a commit whose only fact they should be.
#[test]
fn bytes_that_say_nothing_are_refused() {
    // The fact begins behind 14 bytes; two more follow it.
    let rows: &[(&str, &str)] = &[
        ("0c", "there is no kind of fact 12, before byte 15 of 17"),
        // A set of two contacts, the second of them beyond the last number.
        ("03 0d 01 02 ffffffff0f 00", "a number is greater than it may be, before byte 24 of 26"),
        // Another field than tags and segments.
        ("03 0b 01 01 05", "a field has neither tags nor segments, before byte 16 of 21"),
        // A number of more bytes than it needs.
        ("08 8100 02", "a number is longer than it may be, before byte 17 of 20"),
        // The number that stands for no symbol.
        ("03 0d ffffffff0f 01 05", "a number is greater than it may be, before byte 21 of 25"),
        // A column of two values for one contact.
        ("02 0b 01 05 02 00 00", "a column has another number of values, before byte 19 of 23"),
        // A value whose type is not there; an empty set; a set that descends.
        ("02 0b 01 05 01 00 01 09", "there is no type of value 9, before byte 22 of 24"),
        ("02 0d 01 05 01 00 01 07 00", "a set is empty or does not ascend, before byte 23 of 25"),
        ("02 0d 01 05 01 00 01 07 02 02 01", "a set is empty or does not ascend, before byte 25 of 27"),
        // Blank text, text with white space at its edges, text that is none.
        (
            "02 03 01 05 01 00 01 00 00",
            "a text is blank or has white space at its edges, before byte 23 of 25",
        ),
        (
            "02 03 01 05 01 00 01 00 02 6120",
            "a text is blank or has white space at its edges, before byte 25 of 27",
        ),
        ("02 03 01 05 01 00 01 00 01 ff", "a text is no UTF-8, before byte 24 of 26"),
        // The same in a column of texts.
        ("02 03 01 05 01 02 01 00", "a text is blank or has white space at its edges, before byte 22 of 24"),
        (
            "02 03 01 05 01 02 01 02 6120",
            "a text is blank or has white space at its edges, before byte 24 of 26",
        ),
        ("02 03 02 00 00 02 02 01 01 01 c3a9", "a text ends within a character, before byte 26 of 28"),
        // A phone number with a letter, and one with a zero in front.
        ("02 07 01 05 01 00 01 01 01 61 01", "a phone number has other than digits, before byte 25 of 27"),
        ("02 07 01 05 01 03 01 02 30", "a phone number has other than digits, before byte 23 of 25"),
        // An infinite number, by itself and in a column; a day and an instant that no calendar has; neither yes nor no.
        ("02 12 01 05 01 00 01 02 000000000000f07f", "a number is not finite, before byte 30 of 32"),
        ("02 12 01 05 01 04 01 000000000000f07f", "a number is not finite, before byte 29 of 31"),
        ("02 12 01 05 01 05 01 ffffff7f", "a day is not in the years 1 to 9999, before byte 25 of 27"),
        (
            "02 12 01 05 01 06 01 ffffffffffffff7f",
            "an instant is not in the years 1 to 9999, before byte 29 of 31",
        ),
        ("02 12 01 05 01 07 01 02", "a byte is neither yes nor no, before byte 22 of 24"),
        ("02 12 01 05 01 0a", "there is no form of columns 10, before byte 20 of 22"),
        // A place among few values that is not there; more bits than values.
        ("02 12 01 05 01 01 01 00 01", "a value is not among those of its column, before byte 23 of 25"),
        ("02 12 01 05 01 04 00 02", "there are more bits than values, before byte 22 of 24"),
        // Two columns of one field.
        ("00 01 05 02 03 01 00 00 03", "a field has two columns, before byte 23 of 25"),
        // An interaction with a label that is not there.
        (
            "05 01 07000000 02 0000000000000000 00 00 01",
            "a label is not among those of the interactions, before byte 32 of 34",
        ),
        // More bytes than a commit has.
        ("08 01 02 01 00", "nothing belongs to the last 2 bytes, before byte 19 of 21"),
        // More facts than there are bytes.
        ("05 ff01", "there are too few bytes, before byte 17 of 19"),
        // A custom field of a type that only standard ones have, and a filter that names what is not there.
        (
            "0a 03 00 01 00 02 7b7d 03 555443 00 00 01 12 01 61 0b 00",
            "a field has a type that it cannot have, before byte 34 of 36",
        ),
        (
            "0a 03 00 01 00 02 7b7d 03 555443 00 00 00 00 00 00 00 00",
            "a filter means nothing (this is neither a stored filter, which has the key `v`, nor a query-builder tree, \
             which has the key `combinator`), before byte 32 of 36",
        ),
        // Two names of one field.
        (
            "0a 03 00 01 00 02 7b7d 03 555443 00 00 02 12 01 61 00 00 12 01 62 00 00 00 00 00 00 00",
            "a filter means nothing (a filter has other names than numbers), before byte 42 of 46",
        ),
    ];
    for (fact, why) in rows {
        let error = Commit::from_bytes(&bytes(&[BEFORE, fact, AFTER].concat())).unwrap_err();
        let whole = format!("error[E1505]: the stored commit is damaged: {why}; help: go back to a backup");
        assert_eq!(error.to_string(), whole, "{fact}");
    }
}

#[test]
fn what_is_no_commit_of_this_format_is_refused() {
    for (written, message) in [
        (
            "",
            "the stored commit is damaged: there are too few bytes, before byte 0 of 0; help: go back to a backup",
        ),
        (
            "00",
            "the stored commit is damaged: there is no format 0, before byte 1 of 1; help: go back to a backup",
        ),
        (
            "01 00",
            "the stored commit is damaged: a commit has no origin, before byte 2 of 2; help: go back to a backup",
        ),
    ] {
        let error = Commit::from_bytes(&bytes(written)).unwrap_err();
        assert_eq!(error.to_string(), format!("error[E1505]: {message}"));
    }
    assert_eq!(
        Commit::from_bytes(&[2, 7]).unwrap_err().to_string(),
        "error[E1503]: the stored commit has format 2; this version of tagmata reads format 1; \
         help: open it with the version of tagmata that wrote it, or a later one"
    );
    let before = bytes(BEFORE);
    let entry = [before.as_slice(), &bytes("08 01 02 03 00")].concat();
    let message = "error[E1505]: the stored commit is damaged: an entry has an origin that is not there, before byte 19 of 19; \
                   help: go back to a backup";
    assert_eq!(Commit::from_bytes(&entry).unwrap_err().to_string(), message);
}
