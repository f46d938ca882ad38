//! Tags and segments in files: added, replaced, made, skipped.

use crate::import_books::{book, book_of, counts, id, import, lines, now, told};
use tagmata::{Change, CsvOptions, ImportOptions, InvalidValues, NewSegment, UnknownSegments, Update};

fn options() -> ImportOptions {
    ImportOptions::new()
}

/// Ana is in North and East, Ben in none; VIPs is dynamic.
fn people() -> tagmata::Book {
    let file = "country,first_name,last_name,email,segments,tags\n\
        FR,Ana,A,ana@example.com,North; East,a\nFR,Ben,B,ben@example.com,,\n";
    let mut book = book_of(file);
    book.create_segment(NewSegment::dynamic("VIPs", "status = vip"), now()).unwrap();
    book.create_segment(NewSegment::fixed("Région Sud"), now()).unwrap();
    book
}

#[test]
fn segments_are_added_or_replaced() {
    // The cell of Ana, the segments that she is in afterwards: added, replaced.
    let table = [
        ("East", "North; East", "East"),
        ("RÉGION SUD; north", "North; East; Région Sud", "North; Région Sud"),
        ("", "North; East", ""),
        // Names that nobody has, and dynamic segments, are skipped.
        ("Région Sud; West", "North; East; Région Sud", "Région Sud"),
        ("Region Sud", "North; East", "North; East"),
        ("vips; East", "North; East", "East"),
        ("VIPs", "North; East", "North; East"),
    ];
    for (cell, added, replaced) in table {
        for (replace, expected) in [(false, added), (true, replaced)] {
            let mut book = people();
            let file = format!("email,segments\nana@example.com,{cell}\n");
            let report = import(&mut book, &file, &options().replace_segments(replace));
            assert_eq!(lines(&book, "segments")[0], expected, "{cell}, {replace}");
            let changes = expected != "North; East";
            assert_eq!(counts(&report), [0, changes.into(), (!changes).into(), 0], "{cell}, {replace}");
            // Without a column nothing is replaced, and again nothing changes.
            let report =
                import(&mut book, "email,tags\nana@example.com,A\n", &options().replace_segments(true));
            assert!(report.outcome.commit.is_empty());
            let again = import(&mut book, &file, &options().replace_segments(replace));
            assert!(again.outcome.commit.is_empty() && again.unchanged == 1);
        }
    }
}

#[test]
fn replaced_segments_do_not_touch_what_an_update_may_not() {
    let file = "email,segments\nana@example.com,Région Sud\nben@example.com,Région Sud\n";
    let both = |update| {
        let mut book = people();
        import(&mut book, file, &options().replace_segments(true).update(update));
        lines(&book, "segments").join(" | ")
    };
    assert_eq!(both(Update::Always), "Région Sud | Région Sud");
    assert_eq!(both(Update::FillEmpty), "North; East | Région Sud");
    assert_eq!(both(Update::Never), "North; East | ");
}

#[test]
fn replacing_is_the_last_word_of_a_file_too() {
    let file = "country,first_name,last_name,email,segments\n\
        FR,New,N,new@example.com,North; East\n,,,new@example.com,East\n,,,ana@example.com,Région Sud\n,,,ana@example.com,\n";
    let mut book = people();
    let report = import(&mut book, file, &options().replace_segments(true));
    assert_eq!(lines(&book, "segments"), ["", "", "East"]);
    assert_eq!(counts(&report), [1, 1, 0, 0]);
    let north = book.schema().segment("North").unwrap();
    assert_eq!(report.outcome.effects.left[&north].to_numbers(), [0]);
    let east = book.schema().segment("East").unwrap();
    assert_eq!(report.outcome.effects.entered[&east].to_numbers(), [2]);
    assert_eq!(book.history(id(0)).unwrap().last().unwrap().change, Change::SegmentRemoved(east));
}

#[test]
fn unknown_segments_are_skipped_rejected_or_made() {
    let file = "country,first_name,last_name,email,Segmentos\n\
        FR,New,N,new@example.com,Nort; East\n,,,ana@example.com,région sud; West\n,,,ben@example.com,WEST; Region Sud\n";
    let messages = [
        "there is no segment `Nort`; did you mean `North`?",
        "there is no segment `West`; choose `North`, `East`, `VIPs` or `Région Sud`",
        "there is no segment `WEST`; choose `North`, `East`, `VIPs` or `Région Sud`",
        "there is no segment `Region Sud`; did you mean `Région Sud`?",
    ];
    let problems: Vec<_> =
        [1, 2, 3, 3].into_iter().zip(messages).map(|(row, m)| (row, "Segmentos", "E0205", m)).collect();
    for (policy, expected, segments) in [
        (UnknownSegments::Skip, [1, 1, 1, 0], vec!["North; East; Région Sud", "", "East"]),
        (UnknownSegments::Reject, [0, 0, 0, 3], vec!["North; East", ""]),
        (
            UnknownSegments::Create,
            [1, 2, 0, 0],
            vec!["North; East; Région Sud; West", "West; Region Sud", "East; Nort"],
        ),
    ] {
        let mut book = people();
        let report = import(&mut book, file, &options().unknown_segments(policy));
        assert_eq!(
            (counts(&report), lines(&book, "segments")),
            (expected, segments.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>())
        );
        let values: Vec<_> = report.problems.iter().map(|problem| problem.value.as_str()).collect();
        match policy {
            UnknownSegments::Create => assert_eq!(values, [] as [&str; 0]),
            UnknownSegments::Skip | UnknownSegments::Reject => {
                assert_eq!(told(&report), problems);
                assert_eq!(values, ["Nort", "West", "WEST", "Region Sud"]);
            }
        }
        // The first spelling is kept, and what was made is static.
        let names: Vec<_> = book.schema().segments().map(str::to_owned).collect();
        let made = if policy == UnknownSegments::Create { &["Nort", "West", "Region Sud"][..] } else { &[] };
        assert_eq!(names.get(4..).unwrap(), made);
        book.add_to_segment("everyone", names.last().unwrap().as_str(), now()).unwrap();
    }
}

#[test]
fn a_dynamic_segment_in_a_cell_is_skipped_whatever_the_policy() {
    let message = "`VIPs` is a dynamic segment: its filter decides; to have a contact in or out all the same, pin it \
        as always in or always out";
    for policy in [UnknownSegments::Skip, UnknownSegments::Reject, UnknownSegments::Create] {
        let mut book = people();
        let file = "country,first_name,last_name,email,segments\nFR,New,N,new@example.com,vips; East\n";
        let report = import(&mut book, file, &options().unknown_segments(policy));
        assert_eq!((counts(&report), told(&report)), ([1, 0, 0, 0], vec![(1, "segments", "E0809", message)]));
        assert_eq!((report.problems[0].value.as_str(), &*lines(&book, "segments")[2]), ("vips", "East"));
    }
}

#[test]
fn tags_are_made_on_first_use_and_added() {
    let mut book = people();
    let file = "country,first_name,last_name,email,tags\n\
        FR,New,N,new@example.com,Nouveau; a\n,,,ana@example.com,NOUVEAU\nXX,Bad,B,bad@example.com,never\n,,,new@example.com,b\n";
    let report = import(&mut book, file, &options());
    assert_eq!(counts(&report), [1, 1, 0, 1]);
    assert_eq!(lines(&book, "tags"), ["a; Nouveau", "", "a; Nouveau; b"]);
    // A row that is rejected makes no tags.
    assert_eq!(book.schema().tags().collect::<Vec<_>>(), ["a", "Nouveau", "b"]);
    let nouveau = book.schema().tag("nouveau").unwrap();
    assert_eq!(book.history(id(0)).unwrap().last().unwrap().change, Change::TagAdded(nouveau));
    // An old name of a tag is the tag.
    book.rename_tag("Nouveau", "Neu", now()).unwrap();
    import(&mut book, "email,tags\nben@example.com,nouveau\n", &options());
    assert_eq!(lines(&book, "tags")[1], "Neu");
}

#[test]
fn names_that_cannot_be_are_values_that_cannot_be_read() {
    let long = "x".repeat(1001);
    let file = format!(
        "country,first_name,last_name,email,tags,segments\nFR,New,N,new@example.com,{long}; a,{long}; North\n"
    );
    let message = format!("the name `{}…` is longer than 1000 bytes", &long[..60]);
    let problems = [(1, "tags", "E0802", &*message), (1, "segments", "E0802", &*message)];
    let create = options().unknown_segments(UnknownSegments::Create);
    let mut book = people();
    let report = import(&mut book, &file, &create);
    assert_eq!((counts(&report), told(&report)), ([0, 0, 0, 1], problems.to_vec()));
    let skip = create.reading(CsvOptions::new().invalid_values(InvalidValues::Skip));
    let report = import(&mut book, &file, &skip);
    assert_eq!((counts(&report), told(&report)), ([1, 0, 0, 0], problems.to_vec()));
    assert_eq!(lines(&book, "tags,segments")[2], "a,North");
}

#[test]
fn who_enters_segments_by_an_import_is_told() {
    let mut book = book();
    let vips = book.create_segment(NewSegment::dynamic("VIPs", "status = vip and tags has gold"), now());
    assert!(vips.is_err(), "the tag is not there yet");
    book.define_tag("gold", now()).unwrap();
    let vips =
        book.create_segment(NewSegment::dynamic("VIPs", "status = vip and tags has gold"), now()).unwrap().id;
    let file = "country,first_name,last_name,email,status,tags\n\
        FR,A,A,a@example.com,vip,gold\nFR,B,B,b@example.com,lead,gold\nFR,C,C,c@example.com,vip,\n";
    let report = import(&mut book, file, &options());
    assert_eq!(report.outcome.effects.entered[&vips].to_numbers(), [0]);
    let file = "email,status,tags\na@example.com,lead,\nb@example.com,vip,\nc@example.com,,gold\n";
    let effects = import(&mut book, file, &options()).outcome.effects;
    assert_eq!(
        (effects.entered[&vips].to_numbers(), effects.left[&vips].to_numbers()),
        (vec![1, 2], vec![0])
    );
}
