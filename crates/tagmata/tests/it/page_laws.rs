//! A page is cut out of the whole list, in the documented order, whichever way it is found.

use crate::random::budget;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::{
    BoxedStrategy, Just, ProptestConfig, Strategy, any, prop_assert_eq, prop_oneof, proptest,
};
use proptest::sample::{Index, select};
use std::cmp::Ordering;
use tagmata::{
    Book, Contact, ContactId, Draft, Field, FieldId, NewField, PageQuery, Patch, Schema, Symbol, Timestamp,
    Value, ValueType, accent_fold,
};

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn empty() -> Book {
    let mut book = Book::builder().default_country("FR".parse().unwrap()).build(now());
    let plan = NewField::new("plan", ValueType::Select).option("pro").option("free").option("basic");
    for field in [
        NewField::new("billed", ValueType::Number),
        NewField::new("birthday", ValueType::Date),
        NewField::new("renewal", ValueType::DateTime),
        NewField::new("opt_in", ValueType::Bool),
        NewField::new("nobody_has_it", ValueType::Text),
        plan,
    ] {
        book.define_field(field, now()).unwrap();
    }
    book.update_status("vip", None, Some(0), now()).unwrap();
    book
}

/// Fields that lists are sorted by.
const SORTS: [&str; 17] = [
    "id",
    "first_name",
    "last_name",
    "name",
    "organization",
    "email",
    "mobile",
    "country",
    "status",
    "plan",
    "opt_in",
    "billed",
    "birthday",
    "renewal",
    "created_at",
    "last_interaction",
    "nobody_has_it",
];

/// The written values of a contact by field, and the day of an interaction, whether it counts or not.
#[derive(Debug, Clone)]
struct Drawn {
    fields: Vec<(&'static str, String)>,
    interaction: Option<(bool, u32)>,
}

/// Values that look alike in many ways.
fn few_words() -> BoxedStrategy<String> {
    const WORDS: &[&str] = &[
        "Ana",
        "ana",
        "Martin",
        "martín",
        "MARTIN",
        "Élie",
        "Elie",
        "élie",
        "Straße",
        "STRASSE",
        "Ångström",
        "Åre",
        "de la Cruz",
        "de la Cruž",
        "de la Crucero",
        "李",
        "İpek",
        "ﬁ",
    ];
    select(WORDS).prop_map(str::to_owned).boxed()
}

/// Values that nearly all differ, some of them only far behind.
fn many_words() -> BoxedStrategy<String> {
    prop_oneof![
        3 => "[a-cA-C]{1,3}",
        2 => "[a-c]{1,3} [é-ë]{1,2}",
        2 => "customer [0-9éÉ]{1,4}",
        1 => "[a-c]{7}[eéÉ][a-c]?",
    ]
    .boxed()
}

fn drawn(words: BoxedStrategy<String>) -> impl Strategy<Value = Drawn> {
    let day = |first: i32| (first..first + 28).prop_map(|day| format!("2001-02-{day:02}"));
    let texts = (
        weighted(0.7, words.clone()),
        weighted(0.7, words.clone()),
        weighted(0.5, words),
        weighted(0.7, "[a-c]{1,2}\\.[a-c]{1,8}@example\\.com"),
        weighted(0.5, (0..100).prop_map(|number| format!("+33 6 12 34 56 {number:02}"))),
    );
    let symbols = (
        weighted(0.7, select(["FR", "BE", "AR", "ZA"].as_slice())),
        select(["lead", "vip", "active"].as_slice()),
        weighted(0.6, select(["pro", "free", "basic"].as_slice())),
        weighted(0.6, select(["true", "false"].as_slice())),
    );
    let numbers = (
        weighted(0.7, (-8..8).prop_map(|number| format!("{}", f64::from(number) / 2.0))),
        weighted(0.6, day(1)),
        weighted(0.6, day(1).prop_map(|day| format!("{day}T10:00:00Z"))),
        weighted(0.2, day(1).prop_map(|day| format!("{day}T11:00:00Z"))),
    );
    let interaction = weighted(0.2, (any::<bool>(), 1_u32..28));
    (texts, symbols, numbers, interaction).prop_map(|(texts, symbols, numbers, interaction)| {
        let all = [
            ("first_name", texts.0),
            ("last_name", texts.1),
            ("organization", texts.2),
            ("email", texts.3),
            ("mobile", texts.4),
            ("country", symbols.0.map(str::to_owned)),
            ("status", Some(symbols.1.to_owned())),
            ("plan", symbols.2.map(str::to_owned)),
            ("opt_in", symbols.3.map(str::to_owned)),
            ("billed", numbers.0),
            ("birthday", numbers.1),
            ("renewal", numbers.2),
            ("last_interaction", numbers.3),
        ];
        let fields = all.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
        Drawn { fields, interaction }
    })
}

fn contacts() -> BoxedStrategy<Vec<Drawn>> {
    prop_oneof![Just(few_words()), Just(many_words())]
        .prop_flat_map(|words| prop_oneof![vec(drawn(words.clone()), 0..12), vec(drawn(words), 100..260)])
        .boxed()
}

fn book_of(contacts: &[Drawn]) -> Book {
    let mut book = empty();
    book.batch(now(), |book| {
        for drawn in contacts {
            let fields = drawn.fields.iter();
            let draft = fields.fold(Draft::new(), |draft, (key, value)| draft.set(*key, value.as_str()));
            let id = book.create_contact(draft, now())?.id;
            if let Some((counts, day)) = drawn.interaction {
                let at: Timestamp = format!("2001-02-{day:02}T10:30:00Z").parse()?;
                let kind = if counts { "payment" } else { "email_sent" };
                book.record(id, kind, at, None, None, now())?;
            }
        }
        Ok(())
    })
    .unwrap_or_else(|error| panic!("{error}"));
    book
}

/// What is asked of a list.
#[derive(Debug, Clone)]
struct Asked {
    sort: &'static str,
    descending: bool,
    preset: Option<&'static str>,
    filter: Option<&'static str>,
    search: &'static str,
    limit: u64,
    /// An offset, or the contact behind which the page begins.
    start: Result<u64, Index>,
}

fn asked() -> impl Strategy<Value = Asked> {
    const FILTERS: &[&str] = &[
        "billed > 2",
        "status = vip",
        "country is empty",
        "not email is empty",
        "first_name contains \"c\"",
        "not id in (3, 4, 5, 50)",
        "id in (7, 8, 200)",
        "opt_in is empty or not plan = pro",
    ];
    let start = prop_oneof![
        Just(Ok(0)),
        (0_u64..300).prop_map(Ok),
        any::<Index>().prop_map(Err),
        any::<Index>().prop_map(Err)
    ];
    (
        (select(SORTS.as_slice()), any::<bool>()),
        weighted(0.2, select(["everyone", "status:lead", "unreachable"].as_slice())),
        weighted(0.4, select(FILTERS)),
        prop_oneof![4 => Just(""), 1 => select(["a", "elie", "612"].as_slice())],
        prop_oneof![3 => 1_u64..8, 1 => Just(1_000)],
        start,
    )
        .prop_map(|((sort, descending), preset, filter, search, limit, start)| Asked {
            sort,
            descending,
            preset,
            filter,
            search,
            limit,
            start,
        })
}

/// Where a symbol stands among those that a field can have.
fn place(schema: &Schema, field: FieldId, symbol: Symbol) -> usize {
    let field = schema.field(field).unwrap();
    match field.value_type() {
        ValueType::Status => {
            schema.statuses_in_order().position(|status| Symbol::from(status) == symbol).unwrap()
        }
        ValueType::Select => {
            let mut options = field.options().iter();
            options.position(|option| Symbol::new(option.number) == symbol).unwrap()
        }
        // The codes of countries are in the order of their symbols.
        _ => symbol.get() as usize,
    }
}

fn compared(schema: &Schema, field: FieldId, a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => {
            accent_fold(a.as_str()).cmp(&accent_fold(b.as_str())).then_with(|| a.folded().cmp(b.folded()))
        }
        (Value::Phone(a), Value::Phone(b)) => a.e164().cmp(b.e164()),
        (Value::Number(a), Value::Number(b)) => a.partial_cmp(b).unwrap(),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::DateTime(a), Value::DateTime(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::One(a), Value::One(b)) => place(schema, field, *a).cmp(&place(schema, field, *b)),
        (Value::Id(a), Value::Id(b)) => a.cmp(b),
        values => panic!("{values:?}"),
    }
}

/// Everybody in the order of the list.
fn everybody(book: &Book, sort: &str, descending: bool) -> Vec<u32> {
    let field = book.schema().field_by_key(sort).unwrap().id();
    let all = book.select("everyone").unwrap();
    let mut contacts: Vec<Contact> = all.iter().map(|contact| book.contact(contact).unwrap()).collect();
    contacts.sort_by(|a, b| match (a.get(field), b.get(field)) {
        (Some(a), Some(b)) if descending => compared(book.schema(), field, b, a),
        (Some(a), Some(b)) => compared(book.schema(), field, a, b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    contacts.iter().map(|contact| contact.id().get()).collect()
}

/// Whether a contact has a phrase in its name, e-mail address or phone number.
fn is_found(contact: &Contact, phrase: &str) -> bool {
    [Field::NAME, Field::EMAIL, Field::MOBILE].iter().any(|field| match contact.get(*field) {
        Some(Value::Text(text)) => accent_fold(text.as_str()).contains(phrase),
        Some(Value::Phone(phone)) => phrase == "612" && phone.e164().contains(phrase),
        _ => false,
    })
}

/// The number of members and the ids of a page, by sorting all.
fn model(book: &Book, asked: &Asked) -> (u64, Vec<u32>, PageQuery) {
    let sort = format!("{}{}", if asked.descending { "-" } else { "" }, asked.sort);
    let mut query = PageQuery::new().sort(sort).search(asked.search).limit(asked.limit);
    let mut members = book.select("everyone").unwrap().to_numbers();
    let mut keep = |filter: &str| {
        let found = book.select(filter).unwrap();
        members.retain(|contact| found.contains(ContactId::new(*contact)));
    };
    if let Some(preset) = asked.preset {
        query = query.preset(preset);
        let presets = book.presets();
        keep(&presets.iter().find(|offered| offered.key == preset).unwrap().filter);
    }
    if let Some(filter) = asked.filter {
        query = query.filter(filter);
        keep(filter);
    }
    if !asked.search.is_empty() {
        members.retain(|id| is_found(&book.contact(ContactId::new(*id)).unwrap(), asked.search));
    }
    let mut list = everybody(book, asked.sort, asked.descending);
    let mut skipped = 0;
    match &asked.start {
        Ok(offset) => {
            query = query.offset(*offset);
            skipped = *offset;
        }
        Err(at) if !list.is_empty() => {
            let contact = *at.get(&list);
            query = query.after(ContactId::new(contact));
            let place = list.iter().position(|other| *other == contact).unwrap();
            list.drain(..=place);
        }
        Err(_) => {}
    }
    list.retain(|contact| members.contains(contact));
    let size = |number: u64| usize::try_from(number).unwrap();
    let page = list.into_iter().skip(size(skipped)).take(size(asked.limit)).collect();
    (members.len() as u64, page, query)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(12), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pages_are_cut_out_of_the_sorted_list(
        contacts in contacts(),
        questions in vec(asked(), 20),
        deleted in vec(any::<Index>(), 0..6),
        changed in vec((any::<Index>(), -5..5_i32, few_words()), 0..6),
    ) {
        let mut book = book_of(&contacts);
        for (at, asked) in questions.iter().enumerate() {
            let (total, expected, query) = model(&book, asked);
            let page = book.page(&query).unwrap();
            let found: Vec<u32> = page.contacts.iter().map(|contact| contact.id().get()).collect();
            prop_assert_eq!((page.total, found), (total, expected), "{:?}", query);
            for contact in &page.contacts {
                prop_assert_eq!(contact, &book.contact(contact.id()).unwrap(), "contacts are whole");
            }
            // Between the questions, some contacts go and some change.
            let left = book.select("everyone").unwrap().to_numbers();
            if left.is_empty() {
                continue;
            }
            if let Some(contact) = deleted.get(at) {
                book.delete_contacts(ContactId::new(*contact.get(&left)), now()).unwrap();
            } else if let Some((contact, billed, word)) = changed.get(at) {
                let patch = Patch::new().set("billed", f64::from(*billed)).set("last_name", word.as_str());
                book.update_contacts(ContactId::new(*contact.get(&left)), patch, now()).unwrap();
            }
        }
    }
}
