//! Lists: their order, their pages, their presets.

use crate::random::budget;
use insta::assert_snapshot;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert_eq, proptest};
use proptest::sample::select;
use std::cmp::Ordering;
use tagmata::{
    Book, Contact, ContactId, Draft, Error, ErrorKind, Field, FieldId, NewField, NewSegment, PageQuery,
    Patch, Sort, Timestamp, Value, ValueType, accent_fold,
};

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// A book with a field of each custom type, and statuses that are not in the order of their numbers.
fn empty() -> Book {
    let mut book = Book::builder().default_country("FR".parse().unwrap()).build(now());
    let plan = NewField::new("plan", ValueType::Select).labelled_option("pro", "Basique");
    for field in [
        NewField::new("billed", ValueType::Number).label("Montant facturé"),
        NewField::new("birthday", ValueType::Date),
        NewField::new("renewal", ValueType::DateTime),
        NewField::new("opt_in", ValueType::Bool),
        plan.labelled_option("free", "Académique"),
        NewField::new("software", ValueType::MultiSelect).option("Xero"),
    ] {
        book.define_field(field, now()).unwrap();
    }
    book.define_status("on_hold", None, now()).unwrap();
    book.update_status("on_hold", None, Some(0), now()).unwrap();
    book
}

/// Contacts 0 to 5: the fields of each as they are written.
const CONTACTS: [&[(&str, &str)]; 6] = [
    &[
        ("first_name", "Zoé"),
        ("last_name", "Martin"),
        ("mobile", "+33 6 12 34 56 78"),
        ("email", "zoe@example.com"),
        ("country", "FR"),
        ("status", "vip"),
        ("billed", "100"),
        ("birthday", "1990-05-01"),
        ("renewal", "2026-12-01T00:00:00Z"),
        ("opt_in", "true"),
        ("plan", "free"),
    ],
    &[
        ("first_name", "Léo"),
        ("last_name", "élie"),
        ("mobile", "+32 470 12 34 56"),
        ("email", "LEO@example.com"),
        ("country", "BE"),
        ("status", "lead"),
        ("billed", "-5.5"),
        ("birthday", "2001-01-31"),
        ("opt_in", "false"),
    ],
    &[
        ("first_name", "Ana"),
        ("last_name", "Élie"),
        ("country", "CH"),
        ("status", "on_hold"),
        ("billed", "20"),
        ("renewal", "2025-12-01T00:00:00Z"),
        ("plan", "pro"),
    ],
    &[("first_name", "Bob"), ("last_name", "Elie"), ("email", "bob@example.com"), ("status", "lead")],
    &[
        ("first_name", "Zed"),
        ("mobile", "+1 202 555 0123"),
        ("status", "active"),
        ("billed", "20"),
        ("opt_in", "true"),
    ],
    &[("organization", "ACME"), ("country", "BE"), ("status", "lead"), ("birthday", "1990-05-01")],
];

fn book() -> Book {
    let mut book = empty();
    for fields in CONTACTS {
        let draft = fields.iter().fold(Draft::new(), |draft, (key, value)| draft.set(*key, *value));
        book.create_contact(draft, now()).unwrap();
    }
    book
}

fn ids(contacts: &[Contact]) -> Vec<u32> {
    contacts.iter().map(|contact| contact.id().get()).collect()
}

/// The ids of a page.
fn listed(book: &Book, query: &PageQuery) -> Vec<u32> {
    ids(&book.page(query).unwrap_or_else(|error| panic!("{error}")).contacts)
}

#[test]
fn a_list_is_sorted_by_any_field_with_one_value() {
    // Without accents `élie`, `Élie` and `Elie` are one; with them, `elie` comes before `élie`, and the id decides between the
    // two that differ in case alone. Who has no value comes last, in the order of the ids.
    let table: [(&str, [u32; 6]); 27] = [
        ("last_name", [3, 1, 2, 0, 4, 5]),
        ("-last_name", [0, 1, 2, 3, 4, 5]),
        ("first_name", [2, 3, 1, 4, 0, 5]),
        ("-first_name", [0, 4, 1, 3, 2, 5]),
        ("name", [2, 3, 1, 4, 0, 5]),
        ("-name", [0, 4, 1, 3, 2, 5]),
        ("email", [3, 1, 0, 2, 4, 5]),
        ("mobile", [4, 1, 0, 2, 3, 5]),
        ("-mobile", [0, 1, 4, 2, 3, 5]),
        ("country", [1, 5, 2, 0, 3, 4]),
        ("-country", [0, 2, 1, 5, 3, 4]),
        ("status", [2, 1, 3, 5, 4, 0]),
        ("-status", [0, 4, 1, 3, 5, 2]),
        ("plan", [2, 0, 1, 3, 4, 5]),
        ("-plan", [0, 2, 1, 3, 4, 5]),
        ("billed", [1, 2, 4, 0, 3, 5]),
        ("-billed", [0, 2, 4, 1, 3, 5]),
        ("birthday", [0, 5, 1, 2, 3, 4]),
        ("-birthday", [1, 0, 5, 2, 3, 4]),
        ("renewal", [2, 0, 1, 3, 4, 5]),
        ("-renewal", [0, 2, 1, 3, 4, 5]),
        ("opt_in", [1, 0, 4, 2, 3, 5]),
        ("-opt_in", [0, 4, 1, 2, 3, 5]),
        ("id", [0, 1, 2, 3, 4, 5]),
        ("-id", [5, 4, 3, 2, 1, 0]),
        ("-created_at", [0, 1, 2, 3, 4, 5]),
        ("source", [0, 1, 2, 3, 4, 5]),
    ];
    let book = book();
    for (sort, expected) in table {
        assert_eq!(listed(&book, &PageQuery::new().sort(sort)), expected, "{sort}");
    }
}

#[test]
fn the_last_interaction_sorts_too_whether_it_was_recorded_or_imported() {
    let mut book = book();
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    book.record(ContactId::new(4), "payment", at("2026-11-01T10:00:00Z"), None, None, now()).unwrap();
    book.record(ContactId::new(1), "email_sent", at("2026-11-20T10:00:00Z"), None, None, now()).unwrap();
    let patch = Patch::new().set("last_interaction", at("2026-10-01T10:00:00Z"));
    book.update_contacts(ContactId::new(5), patch, now()).unwrap();
    assert_eq!(listed(&book, &PageQuery::new().sort("-last_interaction")), [4, 5, 0, 1, 2, 3]);
}

#[test]
fn a_sort_is_a_key_a_label_or_a_field() {
    let (book, by_amount) = (book(), [0, 2, 4, 1, 3, 5]);
    let billed = book.schema().field_by_key("billed").unwrap().id();
    let sorts: [Sort; 6] = [
        "-billed".into(),
        " -BILLED ".into(),
        "-Montant facturé".into(),
        "-montant FACTURÉ".to_owned().into(),
        Sort::descending(billed),
        Sort::descending("billed"),
    ];
    for sort in sorts {
        assert_eq!(listed(&book, &PageQuery::new().sort(sort.clone())), by_amount, "{sort:?}");
    }
    assert_eq!(listed(&book, &PageQuery::new()), listed(&book, &PageQuery::new().sort(Field::LAST_NAME)));
}

#[test]
fn a_page_begins_at_an_offset_or_behind_a_contact() {
    let book = book();
    let by_name = PageQuery::new().sort("last_name"); // 3, 1, 2, 0, 4, 5
    let table: [(PageQuery, &[u32]); 9] = [
        (by_name.clone().limit(2), &[3, 1]),
        (by_name.clone().limit(2).offset(2), &[2, 0]),
        (by_name.clone().limit(4).offset(4), &[4, 5]),
        (by_name.clone().offset(6), &[]),
        (by_name.clone().offset(u64::MAX), &[]),
        (by_name.clone().limit(2).after(ContactId::new(1)), &[2, 0]),
        (by_name.clone().offset(0).after(ContactId::new(4)), &[5]),
        (by_name.clone().after(ContactId::new(5)), &[]),
        // Contact 2 is no lead, but its place in the order is known.
        (by_name.filter("status = lead").after(ContactId::new(2)), &[5]),
    ];
    for (query, expected) in table {
        assert_eq!(listed(&book, &query), expected, "{query:?}");
    }
    let page = book.page(&PageQuery::new().filter("status = lead").limit(1)).unwrap();
    assert_eq!((page.total, ids(&page.contacts)), (3, vec![3]));
    let all = book.page(&PageQuery::new().limit(1_000)).unwrap();
    assert_eq!((all.total, all.contacts.len()), (6, 6));
    assert_eq!(all.contacts[3], book.contact(ContactId::new(0)).unwrap(), "contacts are whole");
}

#[test]
fn a_page_behind_a_contact_stays_right_when_others_come_and_go() {
    let mut book = book();
    let by_name = PageQuery::new().limit(2);
    let first = listed(&book, &by_name);
    assert_eq!(first, [3, 1]);
    book.create_contact(Draft::new().set("last_name", "Abel"), now()).unwrap();
    book.delete_contacts(ContactId::new(3), now()).unwrap();
    assert_eq!(listed(&book, &by_name.clone().after(ContactId::new(1))), [2, 0]);
    book.delete_contacts(ContactId::new(1), now()).unwrap();
    let gone = book.page(&by_name.after(ContactId::new(1))).unwrap_err();
    assert_eq!((gone.kind(), gone.contacts()), (ErrorKind::NotFound, &[1][..]));
    assert_snapshot!(gone.render(), @r"
    error[E0804]: there is no contact 1 after which a page could start
     |
     = help: it was deleted or merged since; start at the first page, or at an offset
    ");
}

#[test]
fn preset_filter_and_search_all_have_to_match() {
    let book = book();
    let leads = PageQuery::new().preset("status:lead"); // 1, 3, 5
    let table: [(PageQuery, &[u32]); 10] = [
        (leads.clone(), &[3, 1, 5]),
        (leads.clone().filter("country = BE"), &[1, 5]),
        (leads.clone().search("elie"), &[3, 1]),
        (leads.clone().search("  "), &[3, 1, 5]),
        (leads.clone().filter("country = BE").search("ELIE"), &[1]),
        // The parts do not run into each other.
        (leads.clone().filter("country = BE or country = CH").search("elie"), &[1]),
        (leads.clone().search("elie\" or everyone or search \""), &[]),
        (leads.clone().search("470 12"), &[1]),
        (PageQuery::new().search("470 12").preset("everyone"), &[1]),
        (leads.preset("STATUS:VIP"), &[0]),
    ];
    for (query, expected) in table {
        assert_eq!(listed(&book, &query), expected, "{query:?}");
    }
}

#[test]
fn presets_are_those_of_the_specification() {
    let mut book = book();
    book.create_segment(NewSegment::fixed("Nord"), now()).unwrap();
    book.create_segment(NewSegment::dynamic("Everybody", "everyone"), now()).unwrap();
    book.add_to_segment([0, 1, 2, 3].map(ContactId::new), "Nord", now()).unwrap();
    book.add_tags([0, 4].map(ContactId::new), ["shop"], now()).unwrap();
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let created = Patch::new().set("created_at", at("2026-10-31T23:59:59Z"));
    book.update_contacts([0, 3].map(ContactId::new), created, now()).unwrap();
    let day_180 = "2026-05-28T09:00:00Z";
    book.record(ContactId::new(1), "message", at(day_180), None, None, now()).unwrap();
    book.record(ContactId::new(2), "message", at("2026-05-28T08:59:59Z"), None, None, now()).unwrap();

    let table: [(&str, &str, &[u32]); 11] = [
        ("everyone", "Everyone", &[0, 1, 2, 3, 4, 5]),
        ("status:on_hold", "On hold", &[2]),
        ("status:lead", "Lead", &[1, 3, 5]),
        ("status:active", "Active", &[4]),
        ("status:vip", "VIP", &[0]),
        ("status:inactive", "Inactive", &[]),
        ("without_segment", "Without segment", &[4, 5]), // in no static one
        ("without_tag", "Without tag", &[1, 2, 3, 5]),
        ("created_this_month", "Created this month", &[1, 2, 4, 5]),
        ("no_interaction_180_days", "No interaction for 180 days", &[0, 2, 3, 4, 5]),
        ("unreachable", "Unreachable", &[2, 5]),
    ];
    let presets = book.presets();
    let offered: Vec<_> = presets.iter().map(|preset| (preset.key.as_str(), preset.label.as_str())).collect();
    assert_eq!(offered, table.map(|(key, label, _)| (key, label)));
    for (preset, (key, _, expected)) in presets.iter().zip(table) {
        assert_eq!(listed(&book, &PageQuery::new().preset(key).sort("id")), expected, "{key}");
        assert_eq!(book.select(preset.filter.as_str()).unwrap().to_numbers(), expected, "{}", preset.filter);
        assert_eq!(
            book.filter(preset.filter.as_str()).unwrap().to_string(),
            preset.filter,
            "the text is canonical"
        );
    }
}

#[test]
fn the_preset_of_a_status_has_its_key_whatever_that_is() {
    let mut book = book();
    let key = r#"to "call" \ back"#;
    book.define_status(key, Some("À rappeler"), now()).unwrap();
    book.set_status(ContactId::new(5), key, now()).unwrap();
    let preset = book.presets().into_iter().find(|preset| preset.label == "À rappeler").unwrap();
    assert_eq!(preset.key, format!("status:{key}"));
    assert_eq!(listed(&book, &PageQuery::new().preset(preset.key)), [5]);
    assert_eq!(book.select(preset.filter).unwrap().to_numbers(), [5]);
}

fn refused(query: &PageQuery) -> Error {
    book().page(query).unwrap_err()
}

#[test]
fn what_a_page_cannot_be() {
    assert_snapshot!(refused(&PageQuery::new().limit(0)).render(), @"error[E1401]: a page has 1 to 1,000 contacts, not 0");
    assert_snapshot!(
        refused(&PageQuery::new().limit(1_001)).render(),
        @"error[E1401]: a page has 1 to 1,000 contacts, not 1001"
    );
    let both = refused(&PageQuery::new().offset(50).after(ContactId::new(1)));
    assert_eq!(both.kind(), ErrorKind::Conflict);
    assert_snapshot!(both.render(), @r"
    error[E1402]: a page starts at an offset or after a contact, not both
     |
     = help: leave one of them out; after a contact, pages stay right while others change the book
    ");
}

#[test]
fn what_a_list_is_not_sorted_by() {
    assert_snapshot!(refused(&PageQuery::new().sort("-tags")).render(), @r"
    error[E1403]: a list cannot be sorted by `tags`, which is of type `tags`: it holds several values
     |
     = note: allowed here: `id`, `external_id`, `account_number`, `first_name`, `last_name`, `name`, `email`, `mobile`, `country`, `organization`, `source`, `status`, `status_changed_at`, `created_at`, `updated_at`, `last_interaction`, `billed`, `birthday`, `renewal`, `opt_in` or `plan`
    ");
    let unknown = refused(&PageQuery::new().sort("-biled"));
    assert_eq!(unknown.kind(), ErrorKind::NotFound);
    assert_snapshot!(unknown.render(), @r"
    error[E0201]: there is no field `biled`
     |
     = help: did you mean `billed`?
    ");
    let gone = refused(&PageQuery::new().sort(FieldId::new(99)));
    assert_eq!((gone.kind(), gone.code().as_str()), (ErrorKind::NotFound, "E0804"));
}

#[test]
fn a_preset_that_there_is_not() {
    let mistyped = refused(&PageQuery::new().preset("laed"));
    assert_eq!(mistyped.kind(), ErrorKind::NotFound);
    assert_snapshot!(mistyped.render(), @r"
    error[E1404]: there is no preset `laed`
     |
     = help: did you mean `status:lead`?
    ");
    assert_eq!(mistyped.diagnostics()[0].expected().len(), 11);
    assert_snapshot!(refused(&PageQuery::new().preset("overdue")).render(), @r"
    error[E1404]: there is no preset `overdue`
     |
     = note: allowed here: `everyone`, `status:on_hold`, `status:lead`, `status:active`, `status:vip`, `status:inactive`, `without_segment`, `without_tag`, `created_this_month`, `no_interaction_180_days` or `unreachable`
    ");
}

#[test]
fn what_is_wrong_with_a_filter_or_a_search_is_said() {
    let filter = refused(&PageQuery::new().filter("status = laed"));
    assert_eq!((filter.kind(), filter.source_text()), (ErrorKind::Filter, Some("status = laed")));
    assert_snapshot!(
        refused(&PageQuery::new().search("x".repeat(4_097))).render(),
        @"error[E0506]: this string has 4097 bytes; 4096 are allowed"
    );
    let mut book = book();
    book.create_segment(NewSegment::fixed("Nord"), now()).unwrap();
    book.create_segment(NewSegment::dynamic("Others", "not segments has Nord"), now()).unwrap();
    book.delete_segment("Nord", true, now()).unwrap();
    let broken = book.page(&PageQuery::new().filter("segments has Others")).unwrap_err();
    assert_eq!(broken.code().as_str(), "E0808");
}

/// What a contact of the laws has: some of a few values, so that there are equals.
#[derive(Debug, Clone)]
struct Drawn {
    last_name: Option<&'static str>,
    billed: Option<i32>,
    is_lead: bool,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let names = select(vec![
        "Martin",
        "martin",
        "Élie",
        "Elie",
        "élie",
        "Zoé",
        "Ångström",
        "Ana",
        "Straße",
        "STRASSE",
    ]);
    (option::weighted(0.8, names), option::weighted(0.8, -2..3_i32), any::<bool>())
        .prop_map(|(last_name, billed, is_lead)| Drawn { last_name, billed, is_lead })
}

fn book_of(contacts: &[Drawn]) -> Book {
    let mut book = empty();
    book.batch(now(), |book| {
        for drawn in contacts {
            let mut draft = Draft::new().set("status", if drawn.is_lead { "lead" } else { "vip" });
            if let Some(name) = drawn.last_name {
                draft = draft.set("last_name", name);
            }
            if let Some(billed) = drawn.billed {
                draft = draft.set("billed", f64::from(billed));
            }
            book.create_contact(draft, now())?;
        }
        Ok(())
    })
    .unwrap();
    book
}

/// The whole list, sorted by what the specification says, without the engine's ranks and pages.
fn sorted(book: &Book, filter: &str, sort: &str) -> Vec<u32> {
    let (descending, key) = (sort.starts_with('-'), sort.trim_start_matches('-'));
    let field = book.schema().field_by_key(key).unwrap().id();
    let members = book.select(filter).unwrap();
    let mut contacts: Vec<Contact> = members.iter().map(|contact| book.contact(contact).unwrap()).collect();
    contacts.sort_by(|a, b| match (a.get(field), b.get(field)) {
        (Some(a), Some(b)) if descending => compared(b, a),
        (Some(a), Some(b)) => compared(a, b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    ids(&contacts)
}

fn compared(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => {
            accent_fold(a.as_str()).cmp(&accent_fold(b.as_str())).then_with(|| a.folded().cmp(b.folded()))
        }
        (Value::Number(a), Value::Number(b)) => a.partial_cmp(b).unwrap(),
        (Value::Id(a), Value::Id(b)) => a.cmp(b),
        values => panic!("{values:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(60), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pages_side_by_side_are_the_list(
        contacts in vec(drawn(), 0..40),
        limit in 1_u64..7,
        sort in select(vec!["last_name", "-last_name", "name", "-name", "billed", "-billed", "id", "-id"]),
        filter in select(vec!["everyone", "status = lead", "billed > 0"]),
    ) {
        let book = book_of(&contacts);
        let whole = sorted(&book, filter, sort);
        let query = PageQuery::new().filter(filter).sort(sort).limit(limit);

        let (mut by_offset, mut by_contact, mut last) = (Vec::new(), Vec::new(), None);
        loop {
            let page = book.page(&query.clone().offset(by_offset.len() as u64)).unwrap();
            prop_assert_eq!(page.total, whole.len() as u64);
            if page.contacts.is_empty() {
                break;
            }
            by_offset.extend(ids(&page.contacts));
        }
        loop {
            let query = match last {
                Some(contact) => query.clone().after(contact),
                None => query.clone(),
            };
            let page = book.page(&query).unwrap();
            prop_assert_eq!(page.total, whole.len() as u64);
            let Some(end) = page.contacts.last() else { break };
            last = Some(end.id());
            by_contact.extend(ids(&page.contacts));
        }
        prop_assert_eq!(&by_offset, &whole, "by offset");
        prop_assert_eq!(&by_contact, &whole, "behind a contact");
        prop_assert_eq!(listed(&book, &query.limit(1_000)), whole, "at once");
    }
}
