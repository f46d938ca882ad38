//! Files of interactions: whose each row is, what it says, and what is wrong with it.

use crate::import_books::{book_of, counts, id, import, now, told};
use std::io::Cursor;
use tagmata::{
    Book, Code, CsvOptions, Dates, Decimal, Error, ImportOptions, Interaction, InteractionOptions,
    InvalidValues, MatchKey,
};

const PEOPLE: &str = "country,first_name,last_name,external_id,email,mobile\n\
    FR,Ana,A,A1,ana@example.com,+33600000001\n\
    FR,Ben,B,,ben@example.com,\n\
    FR,Cleo,C,C3,shared@example.com,\n\
    FR,Dan,D,,shared@example.com,\n";

fn options() -> InteractionOptions {
    InteractionOptions::new()
}

fn reading(options: CsvOptions) -> InteractionOptions {
    InteractionOptions::new().reading(options)
}

/// The interactions of all contacts: whose, kind, time, amount, label.
fn all(book: &Book) -> Vec<String> {
    let line = |contact: u32, one: &Interaction| {
        let amount = one.amount.map(|amount| amount.to_string()).unwrap_or_default();
        let label = one.label.as_ref().map_or("", |label| label.as_str());
        format!("{contact} {} {} {amount} {label}", book.schema().kind_key(one.kind), one.at)
            .trim()
            .to_owned()
    };
    let everybody = book.select("everyone").unwrap().to_numbers();
    let lines = everybody.into_iter().flat_map(|contact| {
        let seen = book.contact(id(contact)).unwrap();
        seen.interactions().iter().map(|one| line(contact, one)).collect::<Vec<_>>()
    });
    lines.collect()
}

#[test]
fn headers_are_recognised_in_four_languages() {
    let table = [
        ("External ID,Kind,Time,Amount,Label", ','),
        ("external-id,interaction type,date and time,TOTAL,Description", ','),
        ("Identifiant externe;Type;Date et heure;Montant;Libellé", ';'),
        ("ID externo;Tipo de interacción;Fecha;Importe;Concepto", ';'),
        ("Identificador externo\tTipo\tData e hora\tValor\tDescrição", '\t'),
    ];
    for (header, sign) in table {
        let row = ["a1", "payment", "2026-11-20T10:00:00Z", "12.5", "Plan A"].join(&sign.to_string());
        let mut book = book_of(PEOPLE);
        let report = import(&mut book, &format!("{header}\n{row}\n"), &options());
        assert_eq!((counts(&report), &*report.ignored_columns), ([1, 0, 0, 0], &[][..]), "{header}");
        assert_eq!(all(&book), ["0 payment 2026-11-20T10:00:00Z 12.5 Plan A"], "{header}");
    }
}

#[test]
fn rows_are_recorded_of_the_contacts_that_they_find() {
    let file = "external id,e-mail,phone,country,kind,time,amount,label,first name,status\n\
        ,BEN@example.com,,,Email sent,2026-11-20T10:00:00+01:00,,,nobody,no such status\n\
        a1,,,,PAYMENT,2026-11-20,\"1,234.50\",  Plan A ,,\n\
        ,new@example.com,06 00 00 00 01,fr,message,2026-12-24 8:05,,,,\n\
        C3,shared@example.com,,,appointment,2026-11-20T10:00:00Z,0,,,\n";
    let mut book = book_of(PEOPLE);
    let report = import(&mut book, file, &options());
    assert_eq!((counts(&report), told(&report)), ([4, 0, 0, 0], vec![]));
    assert_eq!(report.ignored_columns, ["first name", "status"]);
    let expected = [
        "0 payment 2026-11-20T00:00:00Z 1234.5 Plan A",
        "0 message 2026-12-24T08:05:00Z",
        "1 email_sent 2026-11-20T09:00:00Z",
        "2 appointment 2026-11-20T10:00:00Z 0",
    ];
    assert_eq!(all(&book), expected);
    book.undo(&report.outcome.commit, now()).unwrap();
    assert_eq!(all(&book), [""; 0]);
}

#[test]
fn what_is_wrong_with_a_row_rejects_it() {
    let header = "external_id,email,mobile,kind,time,amount\n";
    let table = [
        (
            ",,,payment,2026-11-20,",
            "external_id",
            "E1015",
            "an interaction needs a contact: `external_id`, `email` or `mobile`",
        ),
        (
            "X9,,,payment,2026-11-20,",
            "external_id",
            "E1018",
            "no contact matches the row; add the contact first",
        ),
        (
            ",,06 12 34 56 78,payment,2026-11-20,",
            "mobile",
            "E0403",
            "`06 12 34 56 78` is not a phone number; write it with `+` and the country code, or set the book's default country",
        ),
        (
            ",shared@example.com,,payment,2026-11-20,",
            "email",
            "E1203",
            "2 contacts have `shared@example.com` as `email`: contact 2, contact 3; merge them, or give the row an external id",
        ),
        ("A1,,,,2026-11-20,", "kind", "E1015", "an interaction needs a kind"),
        (
            "A1,,,paymnt,2026-11-20,",
            "kind",
            "E0206",
            "there is no kind of interaction `paymnt`; did you mean `payment`?",
        ),
        ("A1,,,payment,,", "time", "E1015", "an interaction needs a time"),
        (
            "A1,,,payment,2026-02-30,",
            "time",
            "E0105",
            "`2026-02-30` is not a datetime; the days of this column are written `2026-12-31` or `31/12/2026`, with ` 14:30` or nothing behind it, or as `2026-12-31T14:30:00Z`",
        ),
        (
            "A1,,,payment,2026-11-20,ten",
            "amount",
            "E0104",
            "`ten` is not a number; the numbers of this column are written `1234.56`, `1 234.56` or `1,234.56`",
        ),
    ];
    for (row, column, code, message) in table {
        let mut book = book_of(PEOPLE);
        let report = import(&mut book, &format!("{header}A1,,,message,2026-11-01,\n{row}\n"), &options());
        assert_eq!(counts(&report), [1, 0, 0, 1], "{row}");
        let seen = told(&report);
        assert_eq!(seen.len(), 1, "{seen:?}");
        assert_eq!((seen[0].0, seen[0].1, seen[0].2), (2, column, code), "{row}: {seen:?}");
        assert_eq!(seen[0].3, message);
        // The rejected row can be mended: all of it is there.
        assert!(report.rejected_csv.ends_with(&format!(",{row}\n")), "{}", report.rejected_csv);
    }
}

#[test]
fn several_problems_of_a_row_are_told_together() {
    let mut book = book_of(PEOPLE);
    let report = import(&mut book, "email,kind,time\nwho@example.com,call,\n", &options());
    let codes: Vec<&str> = report.problems.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes, ["E1018", "E0206", "E1015"]);
}

#[test]
fn amounts_are_exact_or_refused() {
    let table = [
        ("0.1", "0.1"),
        ("-5", "-5"),
        ("9007199254740.993", "9007199254740.993"),
        ("1234567890123.123456", "1234567890123.123456"),
        ("0.0000001", "E0404"),
        // The nearest double of it is that of 1.3.
        ("1.30000000000000004", "E0404"),
        ("99999999999999", "E0404"),
    ];
    for (written, expected) in table {
        let mut book = book_of(PEOPLE);
        let file = format!("email,kind,time,amount\nben@example.com,payment,2026-11-20,{written}\n");
        let decimal = reading(CsvOptions::new().decimal(Decimal::Point));
        let report = import(&mut book, &file, &decimal);
        let seen = match report.problems.as_slice() {
            [] => book.contact(id(1)).unwrap().interactions()[0].amount.unwrap().to_string(),
            [problem] => problem.code.as_str().to_owned(),
            several => panic!("{several:?}"),
        };
        assert_eq!(seen, expected, "{written}");
    }
}

#[test]
fn values_that_cannot_be_read_can_be_left_out() {
    let skip = reading(CsvOptions::new().invalid_values(InvalidValues::Skip));
    let file = "email,kind,time,amount\n\
        ben@example.com,payment,2026-11-20,ten\n\
        ben@example.com,payment,2026-02-30,1\n\
        ben@example.com,payment,2026-11-20,0.0000001\n";
    let mut book = book_of(PEOPLE);
    let report = import(&mut book, file, &skip);
    // Without its time a row says nothing.
    assert_eq!(counts(&report), [2, 0, 0, 1]);
    let seen: Vec<_> = told(&report).into_iter().map(|(row, column, code, _)| (row, column, code)).collect();
    assert_eq!(seen, [(1, "amount", "E0104"), (2, "time", "E0105"), (3, "amount", "E0404")]);
}

#[test]
fn of_very_many_problems_the_others_are_counted() {
    // Two problems in each row.
    let rows = "A1,payment,soon,much\n".repeat(50_002);
    let mut book = book_of(PEOPLE);
    let report = import(&mut book, &format!("External ID,Kind,Time,Amount\n{rows}"), &options());
    assert_eq!((report.rejected, report.problems.len(), report.problems_left_out), (50_002, 100_000, 4));
}

#[test]
fn the_same_file_again_records_nothing() {
    let header = "email,kind,time,amount,label\n";
    let row = "ben@example.com,payment,2026-11-20,12.50,Plan A\n";
    let mut book = book_of(PEOPLE);
    // Two that are equal are two.
    let steps = [
        (vec![row, row], [2, 0, 0, 0]),
        (vec![row, row], [0, 0, 2, 0]),
        (vec![row], [0, 0, 1, 0]),
        (vec![row, row, row], [1, 0, 2, 0]),
        // Another label, another amount, another time: others.
        (vec!["ben@example.com,payment,2026-11-20,12.50,PLAN A\n"], [1, 0, 0, 0]),
        (vec!["ben@example.com,payment,2026-11-20,12.51,Plan A\n"], [1, 0, 0, 0]),
        (vec!["ben@example.com,payment,2026-11-20,,Plan A\n"], [1, 0, 0, 0]),
        (vec!["ben@example.com,payment,2026-11-21,12.5,Plan A\n"], [1, 0, 0, 0]),
        (vec!["ben@example.com,invoice,2026-11-20,12.5,Plan A\n"], [1, 0, 0, 0]),
        (vec!["ana@example.com,payment,2026-11-20,12.5,Plan A\n"], [1, 0, 0, 0]),
    ];
    for (rows, expected) in steps {
        let report = import(&mut book, &format!("{header}{}", rows.concat()), &options());
        assert_eq!(counts(&report), expected, "{rows:?}");
    }
    assert_eq!(book.check(), [""; 0]);
}

#[test]
fn a_file_that_is_wrong_as_a_whole_changes_nothing() {
    let table = [
        (
            "kind,time\npayment,2026-11-20\n",
            options(),
            "error[E1019]: the file has no column that says whose interactions these are",
        ),
        (
            "email,time\nben@example.com,2026-11-20\n",
            options(),
            "error[E1019]: the file has no column that says of which kind they are",
        ),
        (
            "email,kind\nben@example.com,payment\n",
            options(),
            "error[E1019]: the file has no column that says when they were",
        ),
        (
            "email,kind,time\nben@example.com,payment,2026-11-20\n",
            options().match_by([MatchKey::Mobile]),
            "error[E1019]: the file has no column that says whose",
        ),
        (
            "email,kind,type,time\nx,x,x,x\n",
            options(),
            "error[E1006]: the columns `kind` and `type` are both `kind`",
        ),
        (
            "email,kind,time\nx,x,03/04/2026\n",
            options(),
            "error[E1008]: it is not clear how dates are written",
        ),
        (
            "email,kind,time,amount\nx,x,2026-01-01,\"1,234\"\n",
            options(),
            "error[E1009]: it is not clear how numbers are written",
        ),
        ("first name,last name\nx,y\n", options(), "error[E1004]: no column of the file is a field"),
        (
            "email,kind,time,x\na,b,c,d\n",
            reading(CsvOptions::new().column("x", "billed")),
            "error[E0201]: there is no field `billed`",
        ),
        (
            "email,kind,time,x\na,b,c,d\n",
            reading(CsvOptions::new().column("x", "status")),
            "error[E0806]: `status` cannot be imported",
        ),
    ];
    for (file, options, expected) in table {
        let mut book = book_of(PEOPLE);
        let before = book.last_commit();
        let error: Error = book.import(Cursor::new(file), &options, now()).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}\n{file}");
        assert_eq!((book.last_commit(), all(&book).len()), (before, 0));
    }
}

#[test]
fn days_and_fractions_are_read_as_the_whole_column_says() {
    let file = "email;kind;time;amount\n\
        ben@example.com;payment;03/04/2026;1.234,5\n\
        ben@example.com;payment;31/12/2026 14:30;2\n";
    let mut book = book_of(PEOPLE);
    import(&mut book, file, &options());
    assert_eq!(all(&book), ["1 payment 2026-04-03T00:00:00Z 1234.5", "1 payment 2026-12-31T14:30:00Z 2"]);
    let mut book = book_of(PEOPLE);
    let said = reading(CsvOptions::new().dates(Dates::Mdy));
    import(&mut book, "email,kind,time\nben@example.com,payment,03/04/2026\n", &said);
    assert_eq!(all(&book), ["1 payment 2026-03-04T00:00:00Z"]);
}

#[test]
fn a_preview_tells_and_changes_nothing_and_an_import_can_be_stopped() {
    let file = "email,kind,time\nben@example.com,payment,2026-11-20\nwho@example.com,payment,2026-11-20\n";
    let mut book = book_of(PEOPLE);
    let preview = book.preview_import(Cursor::new(file), &options(), now()).unwrap();
    assert_eq!((counts(&preview), all(&book).len()), ([1, 0, 0, 1], 0));
    let stop = |_| std::ops::ControlFlow::Break(());
    let stopped = book.import_watched(Cursor::new(file), &options(), now(), stop).unwrap_err();
    assert_eq!((stopped.code(), all(&book).len()), (Code::Cancelled, 0));
    assert_eq!(import(&mut book, file, &options()), preview);
}

/// Threads change nothing but time.
#[test]
fn many_rows_come_in_whatever_the_threads() {
    let rows = (0..3000).map(|number| {
        let whom = ["ana", "ben", "who"][number % 3];
        format!("{whom}@example.com,payment,2026-11-20T10:00:{:02}Z,{number}\n", number % 60)
    });
    let file = format!("email,kind,time,amount\n{}", rows.collect::<String>());
    let mut reports = Vec::new();
    for threads in [0, 1, 3] {
        let mut book = book_of(PEOPLE);
        let report = import(&mut book, &file, &options().threads(threads));
        assert_eq!((counts(&report), all(&book).len()), ([2000, 0, 0, 1000], 2000));
        reports.push((report.problems, report.rejected_csv, all(&book)));
    }
    assert!(reports.windows(2).all(|pair| pair[0] == pair[1]));
}

/// `examples/data/README.md` says what is special about the rows.
#[test]
fn the_example_is_as_its_readme_says() {
    const CONTACTS: &[u8] = include_bytes!("../../../../examples/data/contacts-fr.csv");
    const FILE: &str = include_str!("../../../../examples/data/interactions-fr.csv");
    let mut book = Book::builder().build(now());
    book.import(Cursor::new(CONTACTS), &ImportOptions::new(), now()).unwrap();
    let report = import(&mut book, FILE, &options());
    assert_eq!(counts(&report), [17, 0, 0, 7]);
    let seen: Vec<(u64, &str, &str)> =
        told(&report).into_iter().map(|(row, column, code, _)| (row, column, code)).collect();
    let expected = [
        (17, "Type", "E0206"),
        (18, "Date et heure", "E0105"),
        (19, "Date et heure", "E1015"),
        (20, "Identifiant externe", "E1018"),
        (21, "Identifiant externe", "E1015"),
        (22, "Montant", "E0404"),
        (23, "Type", "E0206"),
    ];
    assert_eq!(seen, expected);
    let filters = [
        ("count(payment) = 2 and sum(payment) = 480.5", 1),
        ("count(email_viewed) = 1", 1),
        ("count(appointment in next 30 days) = 1", 1),
        ("max(group_event) = 0", 2),
        ("last(payment) on 2026-11-17 and sum(payment labelled \"abonnement \\\"essentiel\\\"\") = 35", 1),
    ];
    for (filter, expected) in filters {
        assert_eq!(book.count(filter).unwrap(), expected, "{filter}");
    }
    assert_eq!(counts(&import(&mut book, FILE, &options())), [0, 0, 17, 7]);
}
