//! Laws of files: what is written reads back, and whatever is read gives an answer.

use crate::csv_rows::{rows, schema};
use crate::random::budget;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
};
use proptest::sample::{Index, select, subsequence};
use std::io::Cursor;
use tagmata::{
    CellValue, Contact, ContactId, CsvOptions, CsvReader, CsvRow, CsvWriter, Date, Decimal, Delimiter, Draft,
    ExportNames, ExportOptions, Field, InvalidValues, Number, RejectedRows, Schema, Timestamp, Value,
    default_export_fields,
};

/// Pieces of text that files are easily wrong about.
const PIECES: &[&str] = &[
    "=",
    "+",
    "-",
    "@",
    "'",
    "''",
    "\"",
    "\"\"",
    ";",
    ",",
    "\t",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\u{a0}",
    "a",
    "Zoé",
    "ß",
    "1.234",
    "😀",
    "\u{feff}",
    "\u{fffd}",
    "(why rejected)",
    "SUM(A1)",
];
pub(crate) const TAGS: &[&str] =
    &["vip", "=x", "'-y", "a;b", "dit \"le Grand\"", "\"quoted\"", "two\nlines", "c, d", "@e", "Région"];

pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![vec(select(PIECES), 0..8).prop_map(|pieces| pieces.concat()), "[^\0]{0,12}"]
}

fn book() -> Schema {
    let mut schema = schema();
    for tag in TAGS {
        schema.define_tag(tag).unwrap();
        schema.define_segment(&format!("S {tag}")).unwrap();
    }
    schema
}

#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) texts: [String; 3],
    billed: Option<f64>,
    newsletter: Option<bool>,
    birthday: Option<(i32, u32, u32)>,
    seen_at: Option<i64>,
    tags: Vec<&'static str>,
    segments: Vec<&'static str>,
    software: Vec<&'static str>,
    chosen: (Option<&'static str>, Option<&'static str>, Option<&'static str>),
    mobile: Option<&'static str>,
}

pub(crate) fn person() -> impl Strategy<Value = Person> {
    let number = prop_oneof![
        (-99_999_999_i64..99_999_999).prop_map(|thousandths| thousandths as f64 / 1000.0),
        any::<f64>().prop_filter("finite", |number| number.is_finite()),
        (0_i32..2000).prop_map(f64::from),
    ];
    let lists = (
        subsequence(TAGS, 0..TAGS.len()),
        subsequence(TAGS, 0..4),
        subsequence(&["Xero", "MYOB", "Sage; EBP"][..], 0..=3),
    );
    let chosen = (
        option::of(select(&["lead", "active", "vip"][..])),
        option::of(select(&["dealer", "farm"][..])),
        option::of(select(&["FR", "BR"][..])),
    );
    let scalars = (
        option::of(number),
        option::of(any::<bool>()),
        option::of((1_i32..=9999, 1_u32..=12, 1_u32..=28)),
        option::of(-62_135_596_800_000_000_i64..253_402_300_799_999_999),
        option::of(select(&["+33612345678", "+15555555555", "+5511961234567"][..])),
    );
    ([text(), text(), text()], scalars, lists, chosen).prop_map(
        |(texts, (billed, newsletter, birthday, seen_at, mobile), (tags, segments, software), chosen)| {
            Person { texts, billed, newsletter, birthday, seen_at, tags, segments, software, chosen, mobile }
        },
    )
}

fn contact(person: &Person, schema: &Schema) -> Contact {
    draft(person).read(ContactId::new(0), schema).unwrap()
}

pub(crate) fn draft(person: &Person) -> Draft {
    let mut draft = Draft::new();
    for (key, text) in ["first_name", "organization", "note"].into_iter().zip(&person.texts) {
        draft = draft.set(key, text.as_str());
    }
    if let Some(billed) = person.billed {
        draft = draft.set("billed", billed);
    }
    if let Some(newsletter) = person.newsletter {
        draft = draft.set("newsletter", newsletter);
    }
    if let Some((year, month, day)) = person.birthday {
        draft = draft.set("birthday", Date::new(year, month, day).unwrap());
    }
    if let Some(micros) = person.seen_at {
        draft = draft.set("seen_at", Timestamp::from_micros(micros).unwrap());
    }
    let owned =
        |names: &[&str], prefix: &str| names.iter().map(|name| format!("{prefix}{name}")).collect::<Vec<_>>();
    draft = draft.set("tags", owned(&person.tags, "")).set("segments", owned(&person.segments, "S "));
    draft = draft.set("software", owned(&person.software, ""));
    let (status, client_type, country) = person.chosen;
    for (key, name) in
        [("status", status), ("client_type", client_type), ("country", country), ("mobile", person.mobile)]
    {
        if let Some(name) = name {
            draft = draft.set(key, name);
        }
    }
    draft
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(300), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(
        people in vec(person(), 1..5),
        names in prop_oneof![Just(ExportNames::Keys), Just(ExportNames::Labels)],
        delimiter in prop_oneof![Just(Delimiter::Comma), Just(Delimiter::Semicolon), Just(Delimiter::Tab)],
    ) {
        let schema = book();
        let contacts: Vec<Contact> = people.iter().map(|person| contact(person, &schema)).collect();
        let fields = default_export_fields(&schema);
        let mut file = Vec::new();
        let options = ExportOptions::new().names(names).delimiter(delimiter);
        let mut writer = CsvWriter::new(&mut file, &schema, &fields, options).unwrap();
        contacts.iter().for_each(|contact| writer.write(contact).unwrap());
        writer.finish().unwrap();
        let shown = String::from_utf8(file.clone()).unwrap();

        let rows = rows(file, &schema, &CsvOptions::new()).unwrap();
        prop_assert_eq!(rows.len(), contacts.len(), "{}", shown);
        for (row, contact) in rows.iter().zip(&contacts) {
            prop_assert!(row.problems().iter().all(|problem| problem.is_warning()), "{:#?}\n{shown}", row.problems());
            prop_assert_eq!(row.values().map(|(field, _)| field).collect::<Vec<_>>(), &*fields);
            for (field, value) in row.values() {
                match (contact.get(field), value) {
                    (None, CellValue::Blank) => {}
                    (Some(Value::Many(set)), CellValue::Names(names)) => {
                        let symbols: Vec<u32> = names.iter().map(|name| match field {
                            Field::TAGS => schema.tag(name).unwrap().get(),
                            _ => schema.segment(name).unwrap().get(),
                        }).collect();
                        prop_assert!(set.iter().map(|symbol| symbol.get()).eq(symbols), "{:?}\n{}", names, shown);
                    }
                    (Some(expected), CellValue::Value(found)) => prop_assert_eq!(expected, found, "{}", shown),
                    (expected, found) => prop_assert!(false, "{expected:?} was read as {found:?}\n{shown}"),
                }
            }
            let again = row.draft(&schema).read(ContactId::new(0), &schema).unwrap();
            prop_assert!(fields.iter().all(|field| again.get(*field) == contact.get(*field)));
        }
    }

    #[test]
    fn items_of_lists_read_back(items in vec(text(), 0..6)) {
        let mut schema = Schema::default();
        let given: Vec<&String> = items.iter().filter(|item| !item.trim().is_empty()).collect();
        for item in &given {
            schema.define_tag(item).unwrap();
        }
        let draft = Draft::new().set("tags", items.clone());
        let contact = draft.read(ContactId::new(0), &schema).unwrap();
        let mut file = Vec::new();
        let mut writer = CsvWriter::new(&mut file, &schema, &[Field::TAGS], ExportOptions::new()).unwrap();
        writer.write(&contact).unwrap();
        writer.finish().unwrap();
        let rows = rows(file, &schema, &CsvOptions::new()).unwrap();
        let expected: Vec<String> = schema.tags().map(str::to_owned).collect();
        match rows[0].get(Field::TAGS) {
            Some(CellValue::Names(names)) => prop_assert!(names.iter().map(|name| &**name).eq(&expected), "{:?}", names),
            other => prop_assert!(expected.is_empty() && other == Some(&CellValue::Blank), "{:?}", other),
        }
    }
}

/// Pieces of files, right and wrong, that meet in every order.
const FILE_PIECES: &[&[u8]] = &[
    b"first name",
    b"Pr\xe9nom",
    b"country",
    b"mobile",
    b"email",
    b"billed",
    b"birthday",
    b"created_at",
    b"tags",
    b"software",
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r\n",
    b"\r",
    b"\"",
    b"\"\"",
    b" ",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xc2\xa0",
    b"1.234",
    b"1,234",
    b"1 234,5",
    b"31/12/2026",
    b"03/04/2026",
    b"2026-12-31",
    b"2026-12-31 9:05",
    b"9999-12-31",
    b"=1",
    b"'=1",
    b"'",
    b"FR",
    b"+33",
    b"0612345678",
    b"Xero",
    b"(why rejected)",
    b"name",
    b"1e999",
    b"-",
    b"0001-01-01T00:00:00+14:00",
];

const FILE: &[u8] = b"first name,country,mobile,billed,birthday,created_at,tags,software,newsletter,note\n\
    Zo\xc3\xa9,FR,0612345678,\"1 234,5\",31/12/2026,2026-01-31 12:00,\"a; \"\"b;c\"\"\",Xero,oui,\"x\ny\"\n\
    Ana,BR,,7,1/2/2026,2026-01-31,,MYOB; Xero,n\xc3\xa3o,'=x\n";

pub(crate) fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let bruised = vec((any::<Index>(), any::<u8>(), 0_u8..3), 0..8).prop_map(|wounds| {
        let mut bytes = FILE.to_vec();
        for (at, byte, kind) in wounds {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, byte),
            }
        }
        bytes
    });
    prop_oneof![
        vec(select(FILE_PIECES), 0..40).prop_map(|pieces| pieces.concat()),
        bruised,
        vec(any::<u8>(), 0..60)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(3_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused_with_reasons(
        bytes in hostile(),
        label in option::of(select(&["utf-8", "utf-16le", "shift_jis", "gb18030", "iso-2022-jp"][..])),
        skip in any::<bool>(),
        limit in prop_oneof![0_usize..40, Just(CsvOptions::RECORD_LIMIT)],
    ) {
        let schema = schema();
        let invalid = if skip { InvalidValues::Skip } else { InvalidValues::Reject };
        let mut options = CsvOptions::new().invalid_values(invalid).record_limit(limit);
        if let Some(label) = label {
            options = options.encoding(label);
        }
        let sound = |message: &str| !message.is_empty() && !message.ends_with('.') && !message.contains(['\n', '\r', '\0']);
        let mut reader = match CsvReader::open(Cursor::new(bytes), &schema, &options) {
            Ok(reader) => reader,
            Err(error) => {
                prop_assert!(error.diagnostics().iter().all(|problem| sound(problem.message())), "{}", error);
                return Ok(());
            }
        };
        let (count, columns) = (reader.row_count(), reader.columns().len());
        let mut rejected = RejectedRows::new(&reader);
        let (mut number, mut line) = (0, 0);
        for row in reader.by_ref() {
            let row = row.unwrap();
            number += 1;
            prop_assert!(row.number() == number && row.line() > line);
            line = row.line();
            let errors = row.problems().iter().filter(|problem| !problem.is_warning()).count();
            prop_assert!(!row.is_rejected() || errors > 0);
            prop_assert!(row.is_rejected() || skip || errors == 0);
            prop_assert!(row.is_rejected() || row.cells().count() == columns);
            for problem in row.problems().iter().chain(&row.missing_for_new_contact()) {
                prop_assert!(sound(&problem.message) && (problem.row, problem.line) == (number, line), "{problem}");
            }
            let _ = row.draft(&schema);
            if row.is_rejected() {
                rejected.add(&row, row.problems());
            }
        }
        prop_assert_eq!(number, count);
        let file = rejected.into_csv();
        prop_assert!(!file.is_empty());
    }
}

/// Cells of numbers and dates in one way, in the other, in both and in none.
const CELLS: &[&str] = &[
    "",
    "7",
    "1.5",
    "1,5",
    "-1,5",
    "1.234",
    "1,234",
    "1.234.567",
    "1,234,567",
    "1 234",
    "1.5e3",
    "1,5e3",
    "x.5",
    "1.x",
    "a/1",
    "é.1,2",
    "03/04/2026",
    "13/04/2026",
    "04/13/2026",
    "2026-04-13",
    "03/04/2026 10:00",
    "13/4/2026 9:05",
    "1/2",
    " 1.5",
    "'+1.5",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(500), failure_persistence: None, ..ProptestConfig::default() })]

    /// Records without quotes are cut and looked at in a shorter way.
    #[test]
    fn quotes_that_are_not_needed_change_nothing(
        cells in vec(vec(select(CELLS), 4..6), 0..6),
        delimiter in select(&[",", ";", "\t"][..]),
        line_break in select(&["\n", "\r\n", "\r"][..]),
    ) {
        let header = ["first name", "billed", "birthday", "created at", "employees"];
        let written = |quote: &str| {
            let mut file = String::new();
            for record in std::iter::once(&header[..]).chain(cells.iter().map(Vec::as_slice)) {
                let cells = record.iter().map(|cell| format!("{quote}{}{quote}", cell.replace(delimiter, "")));
                file.push_str(&cells.collect::<Vec<_>>().join(delimiter));
                file.push_str(line_break);
            }
            file
        };
        let came_to = |file: String| {
            rows(file, &schema(), &CsvOptions::new()).map_err(|error| error.to_string()).map(|rows| {
                let told = |row: &CsvRow| {
                    let values: Vec<_> = row.values().map(|(field, value)| (field, value.clone())).collect();
                    (row.line(), row.cells().collect::<Vec<_>>().join("|"), values, row.problems().to_vec())
                };
                rows.iter().map(told).collect::<Vec<_>>()
            })
        };
        prop_assert_eq!(came_to(written("")), came_to(written("\"")), "{}", written(""));
    }

    /// A numeral with few digits is read in a shorter way than one with an exponent.
    #[test]
    fn an_exponent_of_nothing_changes_no_number(
        whole in "-?(0{0,3}[0-9]{1,9}|[0-9]{14,16})",
        fraction in option::of("[0-9]{1,7}"),
        is_comma in any::<bool>(),
    ) {
        let numeral = |point: &str| fraction.as_ref().map_or(whole.clone(), |digits| format!("{whole}{point}{digits}"));
        let number = |text: String| text.parse::<Number>().unwrap();
        let (plain, long) = (number(numeral(".")), number(format!("{}e0", numeral("."))));
        prop_assert_eq!((plain.value().to_bits(), plain.amount()), (long.value().to_bits(), long.amount()));

        let (decimal, point) = if is_comma { (Decimal::Comma, ",") } else { (Decimal::Point, ".") };
        let read = rows(format!("billed\n\"{}\"\n", numeral(point)), &schema(), &CsvOptions::new().decimal(decimal)).unwrap();
        let billed = schema().field_by_key("billed").unwrap().id();
        prop_assert_eq!(read[0].get(billed), Some(&CellValue::Value(Value::Number(long.value()))));
    }

    /// A whole second in UTC is read in a shorter way than one with an offset.
    #[test]
    fn an_offset_of_nothing_changes_no_instant(text in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]") {
        let instant = |text: String| text.parse::<Timestamp>().map(Timestamp::as_micros).map_err(|error| error.code());
        prop_assert_eq!(instant(format!("{text}Z")), instant(format!("{text}+00:00")), "{}", text);
    }
}
