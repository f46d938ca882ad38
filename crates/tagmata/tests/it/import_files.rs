//! Imports that are stopped, refused, tried, mended: what is not imported changes nothing.

use crate::import_books::{book, book_of, counts, everything, import, lines, now, told};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use tagmata::{
    Cause, Code, CsvOptions, Dates, Decimal, ErrorKind, ExportOptions, Fact, Field, FieldId, ImportOptions,
    InvalidValues, MatchKey, NewField, NewSegment, Timestamp, UnknownSegments, Update, ValueType,
};

fn options() -> ImportOptions {
    ImportOptions::new()
}

const PEOPLE: &str =
    "country,first_name,last_name,email,tags\nFR,Ana,A,ana@example.com,a\nFR,Ben,B,ben@example.com,\n";

#[test]
fn files_that_are_wrong_as_a_whole_change_nothing_and_say_why() {
    let row = "FR,Zoé,Z,zoe@example.com,new\n".repeat(1000);
    let good = format!("country,first_name,last_name,email,tags\n{row}");
    let short = CsvOptions::new().record_limit(1000);
    let (plain, utf_8) = (CsvOptions::new(), CsvOptions::new().encoding("utf-8"));
    let table: Vec<(Vec<u8>, &CsvOptions, Code)> = vec![
        (Vec::new(), &plain, Code::NoHeader),
        (b"\n\n".to_vec(), &plain, Code::NoHeader),
        (row.clone().into_bytes(), &plain, Code::NoHeader),
        (b"\0\0\0\0".to_vec(), &plain, Code::NulCharacter),
        (format!("{good}FR,\"Zo").into_bytes(), &plain, Code::OpenQuote),
        (format!("{good}FR,{}", "x".repeat(1001)).into_bytes(), &short, Code::RecordTooLong),
        ("x".repeat(10_000).into_bytes(), &short, Code::RecordTooLong),
        (format!("email,{good}").into_bytes(), &plain, Code::ColumnTwice),
        (b"email,email\na@example.com,b@example.com\n".to_vec(), &plain, Code::ColumnTwice),
        (b"name,email\nZ,zoe@example.com\n".to_vec(), &plain, Code::AmbiguousColumn),
        (b"email,birthday\nana@example.com,03/04/1990\n".to_vec(), &plain, Code::AmbiguousDates),
        (b"email,billed\nana@example.com,1.234\n".to_vec(), &plain, Code::AmbiguousNumbers),
        (b"email\xff,tags\n".to_vec(), &utf_8, Code::BadEncoding),
    ];
    let mut book = book_of(PEOPLE);
    let (before, commits) = (everything(&book), book.last_commit());
    for (file, reading, code) in table {
        let error = book.import(Cursor::new(file), &options().reading(reading.clone()), now()).unwrap_err();
        assert_eq!((error.code(), error.kind()), (code, ErrorKind::Csv), "{error}");
        assert_eq!((&everything(&book), book.last_commit()), (&before, commits));
        assert_eq!(book.schema().tag("new"), None);
    }
    let unknown = options().reading(CsvOptions::new().column("Mail", "email"));
    assert_eq!(book.import(Cursor::new(good), &unknown, now()).unwrap_err().code(), Code::UnknownColumn);
    let earlier: Timestamp = "2026-11-24T08:00:00Z".parse().unwrap();
    let error = book.import(Cursor::new("email\n"), &options(), earlier).unwrap_err();
    assert_eq!(error.code(), Code::ClockBackwards);
}

#[test]
fn broken_rows_are_rejected_and_the_others_imported() {
    let file = b"country,first_name,last_name,email,tags\n\
        FR,A,A,a@example.com,t\n\
        FR,B,B,b@example.com\n\
        FR,C,C,c@example.com,t,too many\n\
        FR,D,D,d@example.com,\0\n\
        FR,E,\xff,e@example.com,t\n\
        ,,,,\n\
        FR,F,F,f@example.com,\"\"\"open\n";
    let mut file = file.to_vec();
    file.extend(b"\"\nFR,G,G,g@example.com,\n");
    let mut book = book();
    let utf_8 = options().reading(CsvOptions::new().encoding("utf-8"));
    let report = book.import(Cursor::new(file), &utf_8, now()).unwrap();
    let told = told(&report);
    let codes: Vec<_> = told.iter().map(|(row, _, code, _)| (*row, *code)).collect();
    let blank = [(6, "E1015"); 4];
    assert_eq!(codes[..4], [(2, "E1012"), (3, "E1012"), (4, "E1013"), (5, "E1003")]);
    assert_eq!((&codes[4..8], &codes[8..]), (&blank[..], &[(7, "E1014")][..]));
    assert_eq!((counts(&report), lines(&book, "first_name").concat()), ([2, 0, 0, 6], "AG".to_owned()));
}

#[test]
fn a_header_alone_is_an_import_of_nobody() {
    let mut book = book_of(PEOPLE);
    let report = import(&mut book, "email,Hobby,tags,Hobby,Size\n", &options());
    assert_eq!((counts(&report), report.problems.len()), ([0; 4], 0));
    assert_eq!(report.ignored_columns, ["Hobby", "Size"]);
    assert_eq!(report.rejected_csv, "(why rejected),email,Hobby,tags,Hobby,Size\n");
    assert!(report.outcome.commit.is_empty());
    assert_eq!(report.outcome.commit.cause(), &Cause::Import);
}

#[test]
fn an_import_can_be_stopped_at_any_time() {
    let rows: String = (0..5000).map(|n| format!("FR,Zoé,Martin,zoe{n}@example.com,t{n}\n")).collect();
    let file = format!("country,first_name,last_name,email,tags\n{rows}");
    let mut book = book_of(PEOPLE);
    let (before, commits) = (everything(&book), book.last_commit());
    let mut calls = 0;
    let whole = book.clone().import_watched(Cursor::new(&file), &options(), now(), |progress| {
        calls += 1;
        assert_eq!(progress.total_bytes, file.len() as u64);
        ControlFlow::Continue(())
    });
    assert_eq!((counts(&whole.unwrap()), calls > 6), ([5000, 0, 0, 0], true));
    for stop in 1..=calls {
        let mut count = 0;
        let stopped = book.import_watched(Cursor::new(&file), &options(), now(), |_| {
            count += 1;
            if count == stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(stopped.unwrap_err().code(), Code::Cancelled);
        assert_eq!((&everything(&book), book.last_commit()), (&before, commits));
    }
    assert_eq!(book.schema().tags().count(), 1);
}

/// A file whose medium breaks behind some bytes of the last time through.
struct Breaking {
    file: Cursor<Vec<u8>>,
    seeks: usize,
}

impl Read for Breaking {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.seeks >= 5 && self.file.position() > 0 {
            true => Err(io::Error::other("the disk is gone")),
            false => self.file.read(buffer),
        }
    }
}

impl Seek for Breaking {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.seeks += 1;
        self.file.seek(to)
    }
}

#[test]
fn a_file_that_breaks_off_changes_nothing() {
    let rows: String = (0..5000).map(|n| format!("FR,Zoé,Martin,zoe{n}@example.com,t{n}\n")).collect();
    let file = format!("country,first_name,last_name,email,tags\n{rows}").into_bytes();
    let mut book = book();
    let error = book.import(Breaking { file: Cursor::new(file), seeks: 0 }, &options(), now()).unwrap_err();
    assert_eq!((error.code(), book.count("everyone").unwrap()), (Code::Unreadable, 0));
    assert!(error.to_string().contains("the disk is gone"));
}

#[test]
fn a_preview_is_the_import_that_follows() {
    let file = "country,first_name,last_name,email,tags,segments,status,color\n\
        FR,Zoé,Z,zoe@example.com,new,South,vip,\n,,,ana@example.com,b,,vip,red\nXX,,,bad@,,,,\n";
    let create = options().unknown_segments(UnknownSegments::Create);
    let mut book = book_of(PEOPLE);
    let vips = book.create_segment(NewSegment::dynamic("VIPs", "status = vip"), now()).unwrap().id;
    book.create_segment(NewSegment::dynamic("Recent", "created_at in last 30 days"), now()).unwrap();
    let before = (everything(&book), book.now(), book.last_commit());
    let later: Timestamp = "2026-12-31T09:00:00Z".parse().unwrap();
    let preview = book.preview_import(Cursor::new(file), &create, later).unwrap();
    assert_eq!((everything(&book), book.now(), book.last_commit()), before);
    assert_eq!((book.schema().tag("new"), book.schema().segment("South")), (None, None));
    assert_eq!(preview.outcome.effects.entered[&vips].to_numbers(), [0, 2]);
    assert_eq!(preview.outcome.advance.effects.left.len(), 1);

    let plan = book.plan_import(Cursor::new(file), &create, later, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!((plan.facts(), plan.problems()), (preview.outcome.commit.facts(), &*preview.problems));
    assert_eq!([plan.created(), plan.updated(), plan.unchanged(), plan.rejected()], counts(&preview));
    let late = book.plan_import(Cursor::new(file), &create, later, |_| ControlFlow::Continue(())).unwrap();
    let later_still =
        book.plan_import(Cursor::new(file), &create, later, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(book.apply_import(plan).unwrap(), preview);
    // The book has changed since the others were made.
    assert_eq!(book.apply_import(late).unwrap_err().code(), Code::OutOfOrder);
    assert_eq!(book.preview_import_plan(later_still).unwrap_err().code(), Code::OutOfOrder);
    book.begin_batch(later).unwrap();
    let error = book.preview_import(Cursor::new(file), &create, later).unwrap_err();
    assert_eq!(error.code(), Code::BatchOpen);
}

#[test]
fn rejected_rows_are_mended_and_imported_again() {
    let file = "Note;Pays;Prénom;Nom;Courriel;Identifiant externe;Anniversaire;Segments\n\
        1;FR;Zoé;Z;zoe@example.com;Z1;31/12/1990;\n\
        '=2;+33;Léo;L;leo@example.com;L1;01/02/1991;\"Nord;Sud\"\n\
        3;FR;Two;T;twin@example.com;T1;;\n\
        4;FR;Two;T;twin@example.com;T2;;\n\
        5;;;;twin@example.com;;05/06/1992;\n\
        6;FR;;;x@example.com;;;\n\
        7;FR;Zed;Z;zed@example.com;z1;;\n\
        8;FR\n";
    let french = options()
        .match_by([MatchKey::Email])
        .unknown_segments(UnknownSegments::Reject)
        .reading(CsvOptions::new().dates(Dates::Dmy).decimal(Decimal::Comma));
    let mut book = book();
    let report = import(&mut book, file, &french);
    assert_eq!(counts(&report), [3, 0, 0, 5]);
    let by_row = |row| report.problems.iter().filter(move |p| p.row == row && !p.is_warning());
    let codes = |row| by_row(row).map(|problem| problem.code).collect::<Vec<_>>();
    assert_eq!(codes(2), [Code::UnknownCountry]);
    assert_eq!(codes(5), [Code::SeveralContacts]);
    assert_eq!(codes(6), [Code::MissingValue, Code::MissingValue]);
    assert_eq!((codes(7), codes(8)), (vec![Code::ExternalIdTaken], vec![Code::WrongCellCount]));
    let kept: Vec<&str> = report.rejected_csv.lines().collect();
    assert_eq!(kept.len(), 6);
    assert_eq!(
        kept[0],
        "(why rejected);Note;Pays;Prénom;Nom;Courriel;Identifiant externe;Anniversaire;Segments"
    );
    assert!(kept[1].ends_with(";'=2;+33;Léo;L;leo@example.com;L1;01/02/1991;\"Nord;Sud\""), "{}", kept[1]);
    let why = "Courriel: 2 contacts have `twin@example.com` as `email`: the contact of row 3, the contact of row 4; \
        merge them, or give the row an external id";
    assert_eq!(kept[2], format!("\"{why}\";5;;;;twin@example.com;;05/06/1992;"));

    // As it is, it is rejected again, for the same reasons but for the names of contacts that exist by now.
    let again = import(&mut book, &report.rejected_csv, &french);
    assert_eq!(counts(&again), [0, 0, 0, 5]);
    let mended = report
        .rejected_csv
        .replace(";+33;", ";FR;")
        .replace("twin@example.com;;05", "twin@example.com;T1;05")
        .replace("6;FR;;;", "6;FR;Xan;X;")
        .replace(";z1;", ";Z7;")
        .replace(";8;FR", ";8;FR;Eve;E;eve@example.com;;;");
    let mended = mended.replace("Nord;Sud", "");
    let report = import(&mut book, &mended, &french);
    assert_eq!((counts(&report), report.problems.len()), ([4, 1, 0, 0], 0), "{mended}");
    let birthdays = lines(&book, "note,external_id,birthday");
    assert_eq!(birthdays[1], "5,T1,1992-06-05");
    assert_eq!(birthdays[3], "'=2,L1,1991-02-01");
}

#[test]
fn invalid_values_are_skipped_on_request() {
    let file = "country,first_name,last_name,email,mobile,status,software\n\
        FR,Zoé,Z,zoe@example.com,12,asleep,Xero; Word\n,,,ana@example.com,x,,Word\n";
    let skip = options().reading(CsvOptions::new().invalid_values(InvalidValues::Skip));
    let mut book = book_of(PEOPLE);
    let report = import(&mut book, file, &skip);
    assert_eq!(counts(&report), [1, 0, 1, 0]);
    let codes: Vec<_> = told(&report).into_iter().map(|(row, column, code, _)| (row, column, code)).collect();
    let expected = [
        (1, "mobile", "E0403"),
        (1, "status", "E0202"),
        (1, "software", "E0203"),
        (2, "mobile", "E0403"),
        (2, "software", "E0203"),
    ];
    assert_eq!((codes, &*lines(&book, "status,mobile,software")[2]), (expected.to_vec(), "lead,,Xero"));
}

#[test]
fn of_very_many_problems_the_others_are_counted() {
    // A hundred problems in each of 1,001 rows, whether it is rejected by them or imported without these values.
    let numbers: Vec<String> = (0..100).map(|at| format!("n{at}")).collect();
    let row = format!("zoe@example.com,{}\n", ["many"; 100].join(","));
    let file = format!("email,{}\n{}", numbers.join(","), row.repeat(1_001));
    let skip = CsvOptions::new().invalid_values(InvalidValues::Skip);
    // All but the first of the rows that are imported are for a contact that had one (W0904).
    for (options, rejected, left_out) in [(options(), 1_001, 100), (options().reading(skip), 0, 1_100)] {
        let mut book = book_of("country,first_name,last_name,email\nFR,Zoé,Z,zoe@example.com\n");
        for key in &numbers {
            book.define_field(NewField::new(key, ValueType::Number), now()).unwrap();
        }
        let report = import(&mut book, &file, &options);
        assert_eq!((report.rejected, report.problems.len()), (rejected, 100_000));
        assert_eq!(report.problems_left_out, left_out);
        let few = import(&mut book, "email,n0\nzoe@example.com,many\n", &options);
        assert_eq!((few.problems.len(), few.problems_left_out), (1, 0));
    }
}

#[test]
fn a_phone_number_in_an_unassigned_range_is_accepted_with_a_warning() {
    let file = "country,first_name,last_name,mobile\nUS,Zoé,Z,(555) 555-5555\n";
    let mut book = book();
    let report = import(&mut book, file, &options());
    assert_eq!((counts(&report), report.problems[0].code), ([1, 0, 0, 0], Code::UnassignedPhone));
    assert_eq!(lines(&book, "mobile"), ["+15555555555"]);
}

#[test]
fn options_have_words() {
    fn help<T: std::str::FromStr<Err = tagmata::Error> + std::fmt::Debug>(word: &str) -> String {
        let error = word.parse::<T>().unwrap_err();
        assert_eq!(error.code(), Code::BadSetting);
        error.diagnostics()[0].help_text().unwrap().to_owned()
    }
    assert_eq!(help::<MatchKey>("id"), "it takes `external_id`, `email`, `mobile` or `account_number`");
    assert_eq!(help::<UnknownSegments>("make"), "it takes `skip`, `reject` or `create`");
    assert_eq!(help::<Update>("ALWAYS"), "it takes `always`, `fill_empty` or `never`");
    let words = ["external_id", "email", "mobile"].map(|word| word.parse::<MatchKey>().unwrap());
    assert_eq!(options().match_by(words), options());
    assert_eq!(
        options().update("always".parse().unwrap()).unknown_segments("skip".parse().unwrap()),
        options()
    );
    assert_ne!(options().update("fill_empty".parse().unwrap()), options().update("never".parse().unwrap()));
}

#[test]
fn exports_take_a_filter_fields_and_names() {
    let mut book = book_of(
        "country,first_name,last_name,email,segments,status\nFR,Ana,A,ana@example.com,Nord,vip\nBE,Ben,B,ben@example.com,,lead\n",
    );
    book.create_segment(NewSegment::dynamic("VIPs", "status = vip"), now()).unwrap();
    let export = |filter: &str, fields: Option<&[FieldId]>| {
        let mut file = Vec::new();
        let rows = book.export(&mut file, filter, fields, ExportOptions::new());
        rows.map(|rows| (rows, String::from_utf8(file).unwrap()))
    };
    // Dynamic segments follow from the rest, and are not exported.
    let fields = [Field::ID, Field::NAME, Field::SEGMENTS];
    let (rows, file) = export("segments has VIPs", Some(&fields)).unwrap();
    assert_eq!((rows, &*file), (1, "id,name,segments\n0,Ana A,Nord\n"));
    let (rows, file) = export("nobody", None).unwrap();
    assert_eq!((rows, file.lines().count()), (0, 1));
    let header = "external_id,account_number,first_name,last_name,email,mobile,country,organization,source,\
        last_interaction,billed,newsletter,birthday,seen_at,client_type,software,note,status,tags,segments,created_at";
    assert_eq!(export("everyone", None).unwrap().1.lines().next(), Some(header));
    assert_eq!(export("status = asleep", None).unwrap_err().code(), Code::UnknownStatus);
    assert_eq!(export("everyone", Some(&[FieldId::new(99)])).unwrap_err().code(), Code::UnknownField);
    let stopped =
        book.export_watched(Vec::new(), "everyone", None, ExportOptions::new(), |_| ControlFlow::Break(()));
    assert_eq!(stopped.unwrap_err().code(), Code::Cancelled);
}

#[test]
fn a_bulk_change_after_an_import_is_small() {
    const COUNT: u64 = 20_000;
    let statuses = ["lead", "active", "vip", "inactive"];
    let rows: String = (0..COUNT)
        .map(|n| format!("FR,A{n},B{n},a{n}@example.com,{}\n", statuses[usize::try_from(n % 4).unwrap()]))
        .collect();
    let mut book = book();
    let file = format!("country,first_name,last_name,email,status\n{rows}");
    assert_eq!(counts(&import(&mut book, &file, &options())), [COUNT, 0, 0, 0]);
    let outcome = book.set_status("everyone", "vip", now()).unwrap();
    assert!(
        outcome
            .commit
            .facts()
            .iter()
            .any(|fact| matches!(fact, Fact::Set { contacts, .. } if contacts.len() == COUNT * 3 / 4))
    );
    // A million contacts may take 8 MB.
    let size = outcome.commit.size_in_bytes() as u64;
    assert!(size <= 2 * COUNT + 4096, "{size} bytes for {COUNT} contacts");
}
