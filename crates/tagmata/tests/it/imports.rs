//! Rows find their contacts, change them or make them (product.md, "Reading a file").

use crate::import_books::{book, book_of, counts, everything, id, import, lines, now, told};
use tagmata::{Cause, Change, Draft, Fact, Field, ImportOptions, MatchKey, Timestamp, Update, Value};

fn options() -> ImportOptions {
    ImportOptions::new()
}

/// Six contacts: shared and own addresses, with and without external id; the first one has taken over a seventh.
const PEOPLE: &str = "country,first_name,last_name,external_id,email,mobile,account_number\n\
    FR,Ana,A,A1,ana@example.com,+33600000001,\n\
    FR,Ben,B,,ben@example.com,+33600000002,\n\
    FR,Cleo,C,C3,shared@example.com,,\n\
    FR,Dan,D,,shared@example.com,+33600000004,\n\
    FR,Eva,E,E5,eva@example.com,,77\n\
    FR,Fox,F,,fox@example.com,,77\n\
    FR,Old,O,OLD,old@example.com,+33600000007,\n";

#[test]
fn a_row_finds_its_contact_by_the_first_key_that_leads_to_one() {
    use MatchKey::{AccountNumber, Email, ExternalId, Mobile};
    const SEVERAL: &str = "E1203 2 contacts have";
    const TAKEN: &str = "E1204 the external id";
    let default = &MatchKey::DEFAULT[..];
    // External id, e-mail, mobile, account number; the keys; whose row it is.
    let table: &[(&str, &[MatchKey], &str)] = &[
        // Any case; the external id before all.
        ("a1,x@example.com,,", default, "0"),
        ("A1,ben@example.com,+33600000004,", default, "0"),
        (",BEN@EXAMPLE.COM,,", default, "1"),
        // A key that finds nobody gives way to the next.
        (",new@example.com,06 00 00 00 02,", default, "1"),
        ("NEW,new@example.com,06 00 00 00 02,", default, "1"),
        // A contact with another external id is not it.
        ("NEW,ben@example.com,,", default, "1"),
        ("NEW,ana@example.com,,", default, "new"),
        ("NEW,ana@example.com,06 00 00 00 02,", default, "1"),
        // More than one is too many, unless the external id leaves one.
        (",shared@example.com,,", default, SEVERAL),
        ("C3,shared@example.com,,", default, "2"),
        ("NEW,shared@example.com,,", default, "3"),
        ("C3,shared@example.com,,", &[Email], SEVERAL),
        (",shared@example.com,06 00 00 00 04,", &[Mobile, Email], "3"),
        // Colleagues share an account number, which is asked for.
        (",new@example.com,,77", default, "new"),
        (",new@example.com,,77", &[AccountNumber], SEVERAL),
        ("NEW,new@example.com,,77", &[AccountNumber], "5"),
        ("E5,new@example.com,,77", &[AccountNumber, ExternalId], SEVERAL),
        // An external id is one contact's.
        ("A1,ben@example.com,,", &[Email], TAKEN),
        ("A1,new@example.com,,", &[Email], TAKEN),
        ("A1,ana@example.com,,", &[Email], "0"),
        // What was merged into a contact still leads to it.
        ("old,new@example.com,,", default, "0"),
        (",old@example.com,,", default, "0"),
        (",,+33600000007,", default, "0"),
        ("OLD,ana@example.com,,", &[Email], "0"),
        ("OLD,new@example.com,,", &[Email], TAKEN),
        ("NEW,old@example.com,,", default, "new"),
        // Without keys every row is a new contact.
        (",ana@example.com,,", &[], "new"),
    ];
    let mut all = book_of(PEOPLE);
    all.merge_contacts(id(0), [id(6)], now()).unwrap();
    for (row, keys, expected) in table {
        let mut book = all.clone();
        let file = format!(
            "external_id,email,mobile,account_number,country,first_name,last_name,source\n{row},FR,N,N,hit\n"
        );
        let report = import(&mut book, &file, &options().match_by(keys.iter().copied()));
        let hit = book.select("source = hit").unwrap().to_numbers();
        let found = match (&*hit, &*report.problems) {
            ([7], []) => "new".to_owned(),
            ([hit], []) => hit.to_string(),
            ([], [problem]) => format!("{} {}", problem.code, problem.message),
            other => panic!("{other:?}"),
        };
        assert!(
            found == *expected || found.starts_with(expected) && expected.starts_with('E'),
            "{row}: {found}"
        );
        // The external id of the contact that stayed is not given up for one that was merged into it.
        assert_eq!(lines(&book, "external_id")[0].to_lowercase(), "a1");
    }
}

#[test]
fn what_stands_against_a_match_is_named() {
    let mut book = book_of(PEOPLE);
    let file = "courriel,Identifiant externe,pays,prénom,nom\n\
        shared@example.com,,,,\n\
        twin@example.com,T1,FR,Tom,T\n\
        twin@example.com,T2,FR,Tim,T\n\
        twin@example.com,,,,\n\
        ana@example.com,T1,,,\n";
    let report = import(&mut book, file, &options());
    let several = |who: &str, key: &str| {
        format!("2 contacts have `{key}` as `email`: {who}; merge them, or give the row an external id")
    };
    let expected = [
        (1, "courriel", "E1203", &*several("contact 2, contact 3", "shared@example.com")),
        (4, "courriel", "E1203", &*several("the contact of row 2, the contact of row 3", "twin@example.com")),
        (5, "Identifiant externe", "W0904", "the row is for the same contact as row 2"),
    ];
    assert_eq!(told(&report), expected);
    assert_eq!((&*report.problems[0].value, &*report.problems[2].value), ("shared@example.com", "T1"));
    assert_eq!(counts(&report), [2, 0, 0, 2]);

    let report = import(&mut book, file, &options().match_by(["email".parse().unwrap()]));
    let taken = |owner: &str| {
        format!("the external id `T1` is taken; {owner} has it; an external id is one contact's")
    };
    // The contact of row 2 has another address by now.
    assert_eq!(told(&report)[1], (2, "Identifiant externe", "E1204", &*taken("contact 7")));
    let file =
        "email,external_id,country,first_name,last_name\na@example.com,N,FR,A,A\nb@example.com,n,FR,B,B\n";
    let report = import(&mut book, file, &options().match_by(["email".parse().unwrap()]));
    let message =
        "the external id `n` is taken; the contact of row 1 has it; an external id is one contact's";
    assert_eq!(told(&report), [(2, "external_id", "E1204", message)]);
}

#[test]
fn later_rows_update_earlier_ones() {
    let mut book = book_of(PEOPLE);
    let file = "external_id,email,mobile,country,first_name,last_name,source,tags\n\
        N1,n@example.com,,FR,Nina,N,web,a\n\
        A1,changed@example.com,,,,,web,a\n\
        n1,,,,Nino,,,b\n\
        ,changed@example.com,,,Anna,,,b\n\
        ,ana@example.com,,FR,Other,O,,\n\
        ,N@example.com,,,,,fair,c\n";
    let report = import(&mut book, file, &options());
    let again = |row, column, first: &'static str| (row, column, "W0904", first);
    let expected = [
        again(3, "external_id", "the row is for the same contact as row 1"),
        again(4, "email", "the row is for the same contact as row 2"),
        again(6, "email", "the row is for the same contact as row 1"),
    ];
    assert_eq!(told(&report), expected);
    // Nina is made, and so is whoever has the address that Ana no longer has; Ana is changed.
    assert_eq!(counts(&report), [2, 1, 0, 0]);
    let all = lines(&book, "id,external_id,first_name,email,source,tags");
    assert_eq!(all[0], "0,A1,Anna,changed@example.com,web,a; b");
    assert_eq!(all[7], "7,n1,Nino,N@example.com,fair,a; b; c");
    assert_eq!(all[8], "8,,Other,ana@example.com,,");
}

#[test]
fn rows_of_nobody_need_all_that_a_new_contact_needs() {
    let mut book = book_of(PEOPLE);
    let file = "mobile,email,external_id,last_name\n,nobody@example.com,,N\n,,A1,\n,,,N\n";
    let report = import(&mut book, file, &options());
    let expected = [
        (1, "-", "E1015", "a new contact needs a country"),
        (1, "-", "E1015", "a new contact needs a first name"),
        (3, "-", "E1015", "a new contact needs a country"),
        (3, "-", "E1015", "a new contact needs a first name"),
        (3, "mobile", "E1015", "a new contact needs a mobile number or an e-mail address"),
    ];
    assert_eq!(told(&report), expected);
    assert_eq!(counts(&report), [0, 0, 1, 2]);
    assert!(report.outcome.commit.is_empty());
}

#[test]
fn an_import_that_only_updates_makes_nobody() {
    let mut book = book_of(PEOPLE);
    let file = "email,country,first_name,last_name\nana@example.com,FR,Anna,A\nnew@example.com,FR,New,N\n";
    let report = import(&mut book, file, &options().create(false));
    let message = "no contact matches the row, and the import makes none; add the contact first, or let it make \
        contacts";
    assert_eq!(told(&report), [(2, "-", "E1018", message)]);
    assert_eq!(counts(&report), [0, 1, 0, 1]);
    assert_eq!(lines(&book, "first_name").len(), 7);
}

#[test]
fn rows_update_always_only_what_is_empty_or_never() {
    let people = "country,first_name,last_name,email,source,status,tags,segments,software,created_at,billed\n\
        FR,Ana,A,ana@example.com,web,vip,a,North,Xero,2020-01-01,1\n\
        FR,Ben,B,ben@example.com,,lead,,,,2020-01-01,\n";
    let row = |email: &str| format!("BE,New,N,{email},fair,active,b,South,MYOB,2021-01-01,2\n");
    let file = format!(
        "country,first_name,last_name,email,source,status,tags,segments,software,created_at,billed\n{}{}",
        row("ana@example.com"),
        row("ben@example.com")
    );
    let blank = "country,first_name,last_name,email,source,status,tags,segments,software,created_at,billed\n\
        ,,,ana@example.com,,,,,,,\n";
    let keys = "country,first_name,source,status,tags,segments,software,created_at,billed";
    let first = "2020-01-01T00:00:00Z";
    let (as_it_was, second) = (format!("FR,Ana,web,vip,a,North,Xero,{first},1"), "2021-01-01T00:00:00Z");
    let table = [
        (
            Update::Always,
            [0, 2, 0, 0],
            format!("BE,New,fair,active,a; b,North; South,MYOB,{second},2"),
            format!("BE,New,fair,active,b,South,MYOB,{second},2"),
        ),
        (
            Update::FillEmpty,
            [0, 2, 0, 0],
            format!("FR,Ana,web,vip,a; b,North; South,Xero,{first},1"),
            format!("FR,Ben,fair,lead,b,South,MYOB,{first},2"),
        ),
        (Update::Never, [0, 0, 2, 0], as_it_was.clone(), format!("FR,Ben,,lead,,,,{first},")),
    ];
    for (update, expected, ana, ben) in table {
        let mut book = book_of(people);
        let create = options().update(update).unknown_segments("create".parse().unwrap());
        let before = everything(&book);
        let report = import(&mut book, blank, &create);
        assert_eq!((counts(&report), everything(&book)), ([0, 0, 1, 0], before));
        let report = import(&mut book, &file, &create);
        assert_eq!((counts(&report), report.problems.len()), (expected, 0));
        assert_eq!(lines(&book, keys), [ana, ben]);
        // What no row was allowed to say is not made either.
        assert_eq!(book.schema().tag("b").is_some(), update != Update::Never);
        assert_eq!(book.schema().segment("South").is_some(), update != Update::Never);
        let report = import(&mut book, &file, &create);
        assert_eq!(counts(&report), [0, 0, 2, 0]);
        assert!(report.outcome.commit.is_empty());
    }
}

#[test]
fn new_contacts_have_what_every_contact_has() {
    let mut book = book();
    let later: Timestamp = "2026-11-25T09:00:00Z".parse().unwrap();
    book.advance(later).unwrap();
    let file = "country,first_name,last_name,email,status,created_at\n\
        FR,Ana,A,ana@example.com,,\nFR,Ben,B,ben@example.com,VIP,2020-05-01 12:00\n";
    let report = import(&mut book, file, &options());
    let keys = "status,status_changed_at,created_at,updated_at";
    let at = "2026-11-25T09:00:00Z";
    assert_eq!(
        lines(&book, keys),
        [format!("lead,{at},{at},{at}"), format!("vip,{at},2020-05-01T12:00:00Z,{at}")]
    );
    for contact in [0, 1] {
        let history = book.history(id(contact)).unwrap();
        assert_eq!((history.len(), history[0].change), (1, Change::Created));
        assert_eq!((&history[0].origin.cause, history[0].origin.at), (&Cause::Import, later));
    }
    assert_eq!(report.outcome.commit.cause(), &Cause::Import);
    book.undo(&report.outcome.commit, later).unwrap();
    assert_eq!(book.count("everyone").unwrap(), 0);
}

#[test]
fn a_status_in_a_row_is_set_by_the_import() {
    let mut book = book_of(PEOPLE);
    let later: Timestamp = "2026-11-25T09:00:00Z".parse().unwrap();
    book.advance(later).unwrap();
    let file = "email,status\nana@example.com,vip\nben@example.com,lead\neva@example.com,Active\n";
    let report = import(&mut book, file, &options());
    assert_eq!(counts(&report), [0, 2, 1, 0]);
    let changed = lines(&book, "status,status_changed_at,updated_at");
    assert_eq!(changed[0], "vip,2026-11-25T09:00:00Z,2026-11-25T09:00:00Z");
    assert_eq!(changed[1], "lead,2026-11-24T09:00:00Z,2026-11-24T09:00:00Z");
    let history = book.history(id(0)).unwrap();
    let [lead, vip] = ["lead", "vip"].map(|status| book.schema().status(status).unwrap());
    assert_eq!(history[1].change, Change::Status { from: lead, to: vip });
    assert_eq!(history[1].origin.cause, Cause::Import);
    // One fact for each field, whatever the number of contacts and values.
    let facts: Vec<_> = report.outcome.commit.facts().iter().collect();
    let field = |fact: &&Fact| match fact {
        Fact::Set { field, contacts, .. } => (*field, contacts.len()),
        other => panic!("{other:?}"),
    };
    let expected = [Field::STATUS, Field::STATUS_CHANGED_AT, Field::UPDATED_AT].map(|field| (field, 2));
    assert_eq!(facts.iter().map(field).collect::<Vec<_>>(), expected);
}

#[test]
fn the_last_interaction_is_the_later_of_the_file_and_of_what_was_recorded() {
    let file = |at: &str| format!("email,last_interaction\nana@example.com,{at}\n");
    let shown = |book: &tagmata::Book| lines(book, "last_interaction")[0].clone();
    let mut book = book_of(PEOPLE);
    let report = import(&mut book, &file("2026-01-01"), &options());
    assert_eq!((counts(&report), &*shown(&book)), ([0, 1, 0, 0], "2026-01-01T00:00:00Z"));
    book.record(id(0), "payment", "2026-05-01T00:00:00Z".parse().unwrap(), None, None, now()).unwrap();
    assert_eq!(shown(&book), "2026-05-01T00:00:00Z");
    // What is shown already, and what is stored already, is nothing new.
    for at in ["2026-05-01", "2026-01-01"] {
        assert_eq!(counts(&import(&mut book, &file(at), &options())), [0, 0, 1, 0]);
    }
    import(&mut book, &file("2026-03-01"), &options());
    assert_eq!(shown(&book), "2026-05-01T00:00:00Z");
    import(&mut book, &file("2026-07-01"), &options());
    assert_eq!(shown(&book), "2026-07-01T00:00:00Z");
    // An interaction is there, and is not overwritten.
    book.record(id(1), "payment", "2026-05-01T00:00:00Z".parse().unwrap(), None, None, now()).unwrap();
    let file = "email,last_interaction\nben@example.com,2026-09-01\neva@example.com,2026-09-01\n";
    let report = import(&mut book, file, &options().update(Update::FillEmpty));
    assert_eq!(counts(&report), [0, 1, 1, 0]);
    assert_eq!(lines(&book, "last_interaction")[1], "2026-05-01T00:00:00Z");
}

#[test]
fn values_that_are_equal_are_no_change() {
    let file = "country,first_name,last_name,email,mobile,billed,newsletter,birthday,seen_at,client_type,software,\
        note,tags,segments,status,external_id\n\
        FR,Ana,A,ana@example.com,06 12 34 56 78,1.50,yes,1990-01-02,2026-01-01 10:00,dealer,Xero; MYOB,x,a; b,\
        North,vip,A1\n";
    let mut book = book_of(file);
    let same = "country,first_name,last_name,email,mobile,billed,newsletter,birthday,seen_at,client_type,software,\
        note,tags,segments,status,external_id\n\
        fr, Ana ,A,ana@example.com,+33 6 12 34 56 78,1.5,OUI,1990-01-02,2026-01-01T11:00:00+01:00,Concession,\
        myob;xero,x,B; A,NORTH,Vip,A1\n";
    let report = import(&mut book, same, &options());
    assert_eq!((counts(&report), report.outcome.commit.facts()), ([0, 0, 1, 0], &[][..]));
    // Text that differs in case is other text.
    let report = import(&mut book, "email,first_name\nANA@example.com,ANA\n", &options());
    assert_eq!(
        (counts(&report), &*lines(&book, "first_name,email")[0]),
        ([0, 1, 0, 0], "ANA,ANA@example.com")
    );
    // A contact that two rows change and change back is as it was.
    let report = import(&mut book, "external_id,note\nA1,y\nA1,x\n", &options());
    assert_eq!((counts(&report), report.outcome.commit.is_empty()), ([0, 0, 1, 0], true));
    assert_eq!(told(&report), [(2, "external_id", "W0904", "the row is for the same contact as row 1")]);
}

#[test]
fn multi_selects_are_set_and_dates_of_creation_imported() {
    let mut book =
        book_of("country,first_name,last_name,email,software\nFR,Ana,A,ana@example.com,Xero; MYOB\n");
    import(
        &mut book,
        "email,software,created_at\nana@example.com,\"\"\"Sage; EBP\"\"\",2019-01-01\n",
        &options(),
    );
    assert_eq!(lines(&book, "software,created_at"), ["\"\"\"Sage; EBP\"\"\",2019-01-01T00:00:00Z"]);
}

#[test]
fn created_contacts_are_one_fact_of_columns() {
    let mut book = book();
    let rows: String = (0..500)
        .map(|n| format!("FR,Ana,L{n},a{n}@example.com,{},t{}\n", ["lead", "vip"][n % 2], n % 3))
        .collect();
    let file = format!("country,first_name,last_name,email,status,tags\n{rows}");
    let report = import(&mut book, &file, &options());
    let facts = report.outcome.commit.facts();
    let [Fact::Schema(_), Fact::Schema(_), Fact::Schema(_), Fact::Created(rows)] = facts else {
        panic!("{} facts", facts.len())
    };
    assert_eq!(rows.contacts.len(), 500);
    let size = |field| {
        rows.columns.iter().find(|(of, _)| *of == field).map(|(_, values)| values.size_in_bytes()).unwrap()
    };
    // One first name and one country take no room for each contact, two statuses a byte.
    assert!(size(Field::FIRST_NAME) < 200 && size(Field::COUNTRY) < 200 && size(Field::CREATED_AT) < 200);
    assert!((500..800).contains(&size(Field::STATUS)), "{}", size(Field::STATUS));
    assert_eq!(rows.columns[0].1.get(499), book.contact(id(499)).unwrap().get(rows.columns[0].0).cloned());
    let ana = book.contact(id(3)).unwrap();
    let Some(Value::Text(name)) = ana.get(Field::LAST_NAME) else { panic!("{ana:?}") };
    assert_eq!(name.as_str(), "L3");
    // They are found by their keys, and come from a replica as they are here.
    assert_eq!(book.find(Field::EMAIL, "A17@example.com").unwrap(), Some(id(17)));
    let mut replica = crate::import_books::book();
    assert_eq!(replica.last_commit() + 1, report.outcome.commit.number());
    replica.replay(&report.outcome.commit).unwrap();
    assert_eq!(everything(&replica), everything(&book));
}

#[test]
fn an_import_is_part_of_an_open_batch() {
    let mut book = book();
    let (report, outcome) = book
        .batch(now(), |book| {
            book.create_contact(Draft::new().set("email", "ana@example.com"), now())?;
            let file =
                "email,first_name,last_name,country\nana@example.com,Ana,,\nben@example.com,Ben,B,FR\n";
            Ok(import(book, file, &ImportOptions::new()))
        })
        .unwrap();
    assert_eq!(counts(&report), [1, 1, 0, 0]);
    assert_eq!(
        (outcome.commit.facts().len(), lines(&book, "first_name").join(",")),
        (3, "Ana,Ben".to_owned())
    );
    book.undo(&outcome.commit, now()).unwrap();
    assert_eq!(book.count("everyone").unwrap(), 0);
}

#[test]
fn a_key_that_very_many_have_leads_only_to_whom_it_can_be() {
    const COUNT: u64 = 5_000;
    let rows = |mark: &str| -> String {
        let row = |n| format!("{mark}{n},none@example.com,+33600000000,0,FR,N{n},N\n");
        (0..COUNT).map(row).collect()
    };
    let header = "external_id,email,mobile,account_number,country,first_name,last_name\n";
    let mut book = book();
    let all = options()
        .match_by(["external_id", "account_number", "email", "mobile"].map(|key| key.parse().unwrap()));
    // Everybody has an external id of its own, in the file and in the book.
    for mark in ["A", "B"] {
        let report = import(&mut book, &format!("{header}{}", rows(mark)), &all);
        assert_eq!((counts(&report), report.problems.len()), ([COUNT, 0, 0, 0], 0));
        let again = import(&mut book, &format!("{header}{}", rows(mark)), &all);
        assert_eq!(counts(&again), [0, 0, COUNT, 0]);
    }
    // Who has none is a row with another one; then nobody has none.
    let file =
        format!("{header},open@example.com,,,FR,O,O\n,open@example.com,+33600000000,0,,,\n{}", rows("C"));
    let by_mobile = options().match_by([MatchKey::ExternalId, MatchKey::Email, MatchKey::Mobile]);
    let report = import(&mut book, &file, &by_mobile);
    assert_eq!(counts(&report), [COUNT, 0, 0, 0]);
    let twice: Vec<_> = told(&report).into_iter().map(|(row, _, code, _)| (row, code)).collect();
    assert_eq!(twice, [(2, "W0904"), (3, "W0904")]);
    assert_eq!(lines(&book, "external_id,email")[10_000], "C0,none@example.com");
    let report = import(&mut book, "email\nNONE@example.com\n", &by_mobile);
    let message = "more than 5 contacts have `NONE@example.com` as `email`: contact 0, contact 1, contact 2, contact 3, \
        contact 4, …; merge them, or give the row an external id";
    assert_eq!(told(&report), [(1, "email", "E1203", message)]);
    // They are found one by one, gone or not.
    book.delete_contacts("external_id in (A0, A1, B7)", now()).unwrap();
    let error = book.find(Field::EMAIL, "none@example.com").unwrap_err();
    assert_eq!((error.contacts().len() as u64, &error.contacts()[..2]), (3 * COUNT - 3, &[2, 3][..]));
}
