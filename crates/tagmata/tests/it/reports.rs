//! Reports: breakdowns and audiences.

use crate::random::budget;
use insta::assert_snapshot;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::{select, subsequence};
use tagmata::{
    Audience, AudienceQuery, Book, BreakdownQuery, BreakdownRow, Channel, ContactId, Draft, Error, ErrorKind,
    MemberSet, NewField, NewSegment, OptOut, Selection, SkipReason, Timestamp, ValueType,
};

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn empty() -> Book {
    let mut book = Book::builder().build(now());
    for field in [
        NewField::new("billed", ValueType::Number).label("Montant facturé"),
        NewField::new("plan", ValueType::Select)
            .labelled_option("pro", "Basique")
            .labelled_option("free", "Académique"),
        NewField::new("software", ValueType::MultiSelect).option("Xero").option("MYOB").option("QBO"),
        NewField::new("no_sms", ValueType::Bool),
    ] {
        book.define_field(field, now()).unwrap();
    }
    for tag in ["shop", "web", "gift"] {
        book.define_tag(tag, now()).unwrap();
    }
    book.create_segments(["Nord", "Sud"].map(NewSegment::fixed), now()).unwrap();
    book.create_segment(NewSegment::dynamic("VIPs", "status = vip"), now()).unwrap();
    book
}

fn book() -> Book {
    let mut book = empty();
    let drafts = [
        Draft::new()
            .set("status", "vip")
            .set("country", "FR")
            .set("tags", ["shop", "web"])
            .set("segments", ["Nord"])
            .set("billed", 0.1)
            .set("plan", "pro")
            .set("software", ["Xero", "MYOB"])
            .set("no_sms", true)
            .set("source", "Fair"),
        Draft::new()
            .set("country", "BE")
            .set("tags", ["shop"])
            .set("billed", 0.2)
            .set("plan", "pro")
            .set("software", ["Xero"])
            .set("no_sms", false)
            .set("source", "fair"),
        Draft::new()
            .set("country", "FR")
            .set("segments", ["Nord"])
            .set("billed", -10.5)
            .set("source", "élan"),
        Draft::new()
            .set("status", "vip")
            .set("tags", ["web"])
            .set("plan", "free")
            .set("no_sms", true)
            .set("source", "Elan"),
        Draft::new()
            .set("first_name", "Ana")
            .set("status", "active")
            .set("country", "CH")
            .set("billed", 1_000_000.25)
            .set("source", "Zoo"),
        Draft::new(),
    ];
    for draft in drafts {
        book.create_contact(draft, now()).unwrap();
    }
    let picked = NewSegment::dynamic("Picked", "nobody").always_in([ContactId::new(5)]);
    book.create_segment(picked, now()).unwrap();
    book
}

/// Rows as lines: value, label, count; sum, avg, min and max where somebody has a number.
fn lines(rows: &[BreakdownRow]) -> Vec<String> {
    let line = |row: &BreakdownRow| {
        let value = row.value.as_deref().unwrap_or("-");
        let numbers =
            [row.sum, row.avg, row.min, row.max].map(|number| number.map(|number| number.to_string()));
        let numbers =
            numbers.into_iter().collect::<Option<Vec<_>>>().map_or(String::new(), |all| all.join(" "));
        format!("{value} [{}] {}: {numbers}", row.label, row.count).trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[test]
fn a_breakdown_has_a_row_for_each_value() {
    let book = book();
    let rest = "- [] 3: 999989.75 499994.875 -10.5 1000000.25";
    let table: [(&str, &[&str]); 10] = [
        (
            "status",
            &[
                "lead [Lead] 3: -10.3 -5.15 -10.5 0.2",
                "active [Active] 1: 1000000.25 1000000.25 1000000.25 1000000.25",
                "vip [VIP] 2: 0.1 0.1 0.1 0.1",
                "inactive [Inactive] 0:",
            ],
        ),
        (
            "tags",
            &["shop [shop] 2: 0.3 0.15 0.1 0.2", "web [web] 2: 0.1 0.1 0.1 0.1", "gift [gift] 0:", rest],
        ),
        (
            "segments",
            &[
                "Nord [Nord] 2: -10.4 -5.2 -10.5 0.1",
                "Sud [Sud] 0:",
                "VIPs [VIPs] 2: 0.1 0.1 0.1 0.1",
                "Picked [Picked] 1:",
                "- [] 4: 1000000.45 500000.225 0.2 1000000.25", // in no static one
            ],
        ),
        (
            "country",
            &[
                "BE [BE] 1: 0.2 0.2 0.2 0.2",
                "CH [CH] 1: 1000000.25 1000000.25 1000000.25 1000000.25",
                "FR [FR] 2: -10.4 -5.2 -10.5 0.1",
                "- [] 2:",
            ],
        ),
        ("plan", &["pro [Basique] 2: 0.3 0.15 0.1 0.2", "free [Académique] 1:", rest]),
        (
            "software",
            &[
                "Xero [Xero] 2: 0.3 0.15 0.1 0.2",
                "MYOB [MYOB] 1: 0.1 0.1 0.1 0.1",
                "QBO [QBO] 0:",
                "- [] 4: 999989.75 499994.875 -10.5 1000000.25",
            ],
        ),
        ("no_sms", &["false [false] 1: 0.2 0.2 0.2 0.2", "true [true] 2: 0.1 0.1 0.1 0.1", rest]),
        (
            "source",
            &[
                "Elan [Elan] 1:",
                "élan [élan] 1: -10.5 -10.5 -10.5 -10.5",
                "Fair [Fair] 2: 0.3 0.15 0.1 0.2",
                "Zoo [Zoo] 1: 1000000.25 1000000.25 1000000.25 1000000.25",
                "- [] 1:",
            ],
        ),
        (
            "name",
            &["Ana [Ana] 1: 1000000.25 1000000.25 1000000.25 1000000.25", "- [] 5: -10.2 -3.4 -10.5 0.2"],
        ),
        ("organization", &["- [] 6: 999990.05 249997.5125 -10.5 1000000.25"]),
    ];
    for (by, expected) in table {
        let rows = book.breakdown(&BreakdownQuery::by(by).measure("Montant facturé")).unwrap();
        assert_eq!(lines(&rows), expected, "{by}");
        let counted = book.breakdown(&BreakdownQuery::by(by)).unwrap();
        assert_eq!(
            counted.iter().map(|row| row.count).collect::<Vec<_>>(),
            rows.iter().map(|row| row.count).collect::<Vec<_>>(),
            "{by}"
        );
        assert!(counted.iter().all(|row| [row.sum, row.avg, row.min, row.max] == [None; 4]), "{by}");
    }
}

#[test]
fn a_breakdown_is_of_those_that_match_a_filter() {
    let book = book();
    let rows =
        |by: &str, filter: &str| lines(&book.breakdown(&BreakdownQuery::by(by).filter(filter)).unwrap());
    assert_eq!(
        rows("tags", "status = lead"),
        ["shop [shop] 1:", "web [web] 0:", "gift [gift] 0:", "- [] 2:"]
    );
    assert_eq!(
        rows("segments", "segments has VIPs"),
        ["Nord [Nord] 1:", "Sud [Sud] 0:", "VIPs [VIPs] 2:", "Picked [Picked] 0:", "- [] 1:"]
    );
    assert_eq!(rows("source", "source = fair and status = lead"), ["fair [fair] 1:"]);
    assert_eq!(rows("country", "nobody"), [""; 0]);
    assert_eq!(rows("no_sms", "nobody"), ["false [false] 0:", "true [true] 0:"]);
}

#[test]
fn statuses_are_in_the_order_in_which_they_are_shown() {
    let mut book = book();
    book.update_status("vip", Some("Très important"), Some(0), now()).unwrap();
    let rows = book.breakdown(&BreakdownQuery::by("status")).unwrap();
    let expected =
        ["vip [Très important] 2:", "lead [Lead] 3:", "active [Active] 1:", "inactive [Inactive] 0:"];
    assert_eq!(lines(&rows), expected);
}

#[test]
fn sums_are_exact_where_numbers_are_decimals() {
    let mut book = empty();
    let cases: [(&[f64], f64); 5] = [
        (&[0.1; 10], 1.0),
        (&[0.1, 0.2, -0.3], 0.0),
        (&[1e12, 0.000_001, -1e12], 0.000_001),
        (&[0.1, 0.000_000_1], 0.1 + 0.000_000_1),
        (&[1e300, 1e300], 2e300),
    ];
    for (case, (numbers, _)) in cases.iter().enumerate() {
        for number in *numbers {
            book.create_contact(
                Draft::new().set("source", format!("case {case}")).set("billed", *number),
                now(),
            )
            .unwrap();
        }
    }
    let rows = book.breakdown(&BreakdownQuery::by("source").measure("billed")).unwrap();
    assert_eq!(rows.iter().map(|row| row.sum.unwrap()).collect::<Vec<_>>(), cases.map(|(_, sum)| sum));
}

fn refused(query: &BreakdownQuery) -> Error {
    book().breakdown(query).unwrap_err()
}

#[test]
fn what_a_breakdown_cannot_be() {
    assert_snapshot!(refused(&BreakdownQuery::by("email")).render(), @r"
    error[E1405]: contacts are not grouped by `email`, which is of type `email`
     |
     = note: allowed here: `external_id`, `account_number`, `first_name`, `last_name`, `name`, `country`, `organization`, `source`, `status`, `tags`, `segments`, `plan`, `software` or `no_sms`
    ");
    assert_snapshot!(refused(&BreakdownQuery::by("status").measure("country")).render(), @r"
    error[E1406]: `country` is of type `country` and is not added up
     |
     = note: allowed here: `billed`
    ");
    let without_numbers = Book::builder().build(now());
    let refused_there =
        without_numbers.breakdown(&BreakdownQuery::by("status").measure("country")).unwrap_err();
    assert_snapshot!(refused_there.render(), @r"
    error[E1406]: `country` is of type `country` and is not added up
     |
     = help: define a field of type `number`; the book has none
    ");
    for by in ["id", "mobile", "billed", "created_at", "last_interaction"] {
        assert_eq!(refused(&BreakdownQuery::by(by)).code().as_str(), "E1405", "{by}");
    }
    for query in [BreakdownQuery::by("tag"), BreakdownQuery::by("tags").measure("biled")] {
        let error = refused(&query);
        assert_eq!((error.kind(), error.code().as_str()), (ErrorKind::NotFound, "E0201"), "{query:?}");
    }
    assert_eq!(refused(&BreakdownQuery::by("tags").filter("status = laed")).kind(), ErrorKind::Filter);
}

#[test]
fn a_broken_segment_is_not_counted_as_empty() {
    let mut book = book();
    book.create_segment(NewSegment::dynamic("Northern VIPs", "segments has Nord and status = vip"), now())
        .unwrap();
    book.delete_segment("Nord", true, now()).unwrap();
    assert_snapshot!(book.breakdown(&BreakdownQuery::by("segments")).unwrap_err().render(), @r"
    error[E0808]: the segment `Northern VIPs` is broken
     |
     = help: its filter uses the segment `Nord`, which was deleted; give it another filter, or delete it
    ");
    assert!(book.breakdown(&BreakdownQuery::by("tags")).is_ok());
}

/// Contacts 0 to 7, who share addresses, have none, have opted out or are in the segment `Stop`.
fn broadcast() -> Book {
    let mut book = empty();
    book.create_segment(NewSegment::fixed("Stop"), now()).unwrap();
    let (a, b, c) = ("+33 6 12 34 56 78", "+33 6 12 34 56 79", "+33 6 12 34 56 80");
    let drafts = [
        Draft::new().set("mobile", a).set("email", "zoe@example.com").set("segments", ["Nord"]),
        Draft::new()
            .set("mobile", "+33612345678")
            .set("email", "leo@example.com")
            .set("segments", ["Nord"])
            .set("status", "vip"),
        Draft::new().set("email", "Zoe@Example.COM").set("status", "vip").set("tags", ["gift"]),
        Draft::new().set("mobile", b).set("no_sms", true),
        Draft::new().set("mobile", b).set("no_sms", false),
        Draft::new().set("organization", "ACME"),
        Draft::new().set("mobile", c).set("segments", ["Stop"]).set("no_sms", true),
        Draft::new().set("mobile", c),
    ];
    for draft in drafts {
        book.create_contact(draft, now()).unwrap();
    }
    book
}

/// An audience in words: the recipients, then who is skipped for which reason.
fn shown(audience: &Audience) -> String {
    let numbers =
        |members: &MemberSet| members.to_numbers().iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
    let skipped = audience.skipped.iter().map(|(reason, members)| format!("; {reason} {}", numbers(members)));
    numbers(&audience.recipients) + &skipped.collect::<String>()
}

#[test]
fn an_audience_is_a_union_without_those_who_are_skipped_and_why() {
    let book = broadcast();
    let new = AudienceQuery::new;
    let everyone = || new().include("everyone");
    let stopped = || everyone().exclude_segments(["Stop"]).opt_out("no_sms");
    let table: [(AudienceQuery, &str); 13] = [
        (everyone(), "0 1 2 3 4 5 6 7"),
        (new().include_segments(["Nord", "VIPs"]), "0 1 2"),
        (new().include_segments(["nord"]).include([0, 5].map(ContactId::new)), "0 1 5"),
        (stopped(), "0 1 2 4 5 7; excluded 6; opted_out 3"),
        (stopped().channel(Channel::Sms), "0 4 7; excluded 6; opted_out 3; no_mobile 2 5; same_address 1"),
        (stopped().channel(Channel::Email), "0 1; excluded 6; opted_out 3; no_email 4 5 7; same_address 2"),
        (new().include_segments(["VIPs"]).channel(Channel::Sms), "1; no_mobile 2"),
        (everyone().exclude("status = vip").exclude(ContactId::new(0)), "3 4 5 6 7; excluded 0 1 2"),
        (everyone().exclude("everyone").channel(Channel::Sms), "; excluded 0 1 2 3 4 5 6 7"),
        (everyone().opt_out("GIFT").opt_out("no_sms"), "0 1 4 5 7; opted_out 2 3 6"),
        (everyone().opt_out("No sms"), "0 1 2 4 5 7; opted_out 3 6"),
        (everyone().opt_out(OptOut::Tag("gift".into())), "0 1 3 4 5 6 7; opted_out 2"),
        (new().include("nobody").exclude("everyone"), ""),
    ];
    for (query, expected) in table {
        assert_eq!(shown(&book.audience(&query).unwrap()), expected, "{query:?}");
    }
}

#[test]
fn an_opt_out_named_like_a_field_and_a_tag_is_said_by_which() {
    let mut book = broadcast();
    let everyone = || AudienceQuery::new().include("everyone");
    // A field that says nothing of yes or no stands in no tag's way.
    book.add_tags(ContactId::new(7), ["Source"], now()).unwrap();
    assert_eq!(shown(&book.audience(&everyone().opt_out("source")).unwrap()), "0 1 2 3 4 5 6; opted_out 7");

    let tag = book.define_tag("no_sms", now()).unwrap().id;
    let field = book.schema().field_by_key("no_sms").unwrap().id();
    let unclear = book.audience(&everyone().opt_out("no_sms")).unwrap_err();
    assert_eq!(unclear.kind(), ErrorKind::Conflict);
    assert_snapshot!(unclear.render(), @r"
    error[E1407]: `no_sms` is a field and a tag: which of them says who has opted out is not clear
     |
     = help: rename the tag, or leave out those who have it by an exclusion
    ");
    assert_eq!(shown(&book.audience(&everyone().opt_out(tag)).unwrap()), "0 1 2 3 4 5 6 7");
    assert_eq!(shown(&book.audience(&everyone().opt_out(field)).unwrap()), "0 1 2 4 5 7; opted_out 3 6");
    let by_key = OptOut::Field("no_sms".into());
    assert_eq!(shown(&book.audience(&everyone().opt_out(by_key)).unwrap()), "0 1 2 4 5 7; opted_out 3 6");
}

#[test]
fn what_an_audience_cannot_be() {
    let book = broadcast();
    let refused = |query: AudienceQuery| book.audience(&query).unwrap_err();
    let everyone = || AudienceQuery::new().include("everyone");
    assert_snapshot!(refused(AudienceQuery::new().exclude("status = vip")).render(), @r"
    error[E0402]: the audience includes nothing
     |
     = help: name a segment, or select contacts by a filter; `everyone` is one
    ");
    let unknown = refused(AudienceQuery::new().include_segments(["Nrod"]));
    assert_eq!(unknown.kind(), ErrorKind::NotFound);
    assert_snapshot!(unknown.render(), @r"
    error[E0205]: there is no segment `Nrod`
     |
     = help: did you mean `Nord`?
    ");
    assert_eq!(refused(everyone().exclude_segments(["Stopp"])).code().as_str(), "E0205");
    assert_eq!(refused(everyone().exclude(Selection::filter("nobody").expect(1))).code().as_str(), "E1201");
    let no_flag = refused(everyone().opt_out("billed"));
    assert_snapshot!(no_flag.render(), @r"
    error[E1407]: `billed` is of type `number` and does not say who has opted out
     |
     = help: take a field of type `bool`, where true is opted out, or a tag
    ");
    assert_eq!(refused(everyone().opt_out(OptOut::Field("billed".into()))), no_flag);
    let unknown = refused(everyone().opt_out("no_smss"));
    assert_eq!(unknown.kind(), ErrorKind::NotFound);
    assert_snapshot!(unknown.render(), @r"
    error[E0201]: there is no field and no tag `no_smss`
     |
     = help: did you mean `no_sms`?
    ");
    assert_snapshot!(refused(everyone().opt_out("unsubscribed")).render(), @r"
    error[E0201]: there is no field and no tag `unsubscribed`
     |
     = help: define a field of type `bool`, where true is opted out
    ");
    assert_eq!(refused(everyone().opt_out(OptOut::Tag("stop".into()))).code().as_str(), "E0204");
    assert_snapshot!("SMS".parse::<Channel>().unwrap_err().render(), @r"
    error[E0805]: `channel` does not take `SMS`
     |
     = help: it takes `sms` or `email`
    ");
}

#[test]
fn a_broken_segment_refuses_an_audience_on_both_sides() {
    let mut book = broadcast();
    book.create_segment(NewSegment::dynamic("Others", "not segments has Nord"), now()).unwrap();
    book.delete_segment("Nord", true, now()).unwrap();
    let everyone = || AudienceQuery::new().include("everyone");
    for query in [
        AudienceQuery::new().include_segments(["Others"]),
        AudienceQuery::new().include("segments has Others"),
        everyone().exclude_segments(["Others"]),
        everyone().exclude("status = vip and not segments has Others"),
    ] {
        assert_eq!(book.audience(&query).unwrap_err().code().as_str(), "E0808", "{query:?}");
    }
}

/// What a contact of the laws has: some of a few values, so that several share one.
#[derive(Debug, Clone)]
struct Drawn {
    status: &'static str,
    country: Option<&'static str>,
    source: Option<&'static str>,
    tags: Vec<&'static str>,
    billed: Option<i32>,
    no_sms: Option<bool>,
    mobile: Option<u32>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    (
        select(vec!["lead", "active", "vip"]),
        option::of(select(vec!["FR", "BE", "CH"])),
        option::of(select(vec!["Fair", "fair", "FAIR", "web", "élan", "elan"])),
        subsequence(vec!["shop", "web", "gift"], 0..=3),
        option::of(-100_000_000..100_000_000_i32),
        option::of(any::<bool>()),
        option::of(0..6_u32),
    )
        .prop_map(|(status, country, source, tags, billed, no_sms, mobile)| Drawn {
            status,
            country,
            source,
            tags,
            billed,
            no_sms,
            mobile,
        })
}

fn book_of(contacts: &[Drawn]) -> Book {
    let mut book = empty();
    book.batch(now(), |book| {
        for drawn in contacts {
            let tags: Vec<String> = drawn.tags.iter().map(|tag| (*tag).to_owned()).collect();
            let mut draft = Draft::new().set("status", drawn.status).set("tags", tags);
            for (key, value) in [("country", drawn.country), ("source", drawn.source)] {
                draft = draft.set(key, value.unwrap_or_default());
            }
            if let Some(billed) = drawn.billed {
                draft = draft.set("billed", f64::from(billed) / 1_000.0);
            }
            if let Some(no_sms) = drawn.no_sms {
                draft = draft.set("no_sms", no_sms);
            }
            if let Some(mobile) = drawn.mobile {
                draft = draft.set("mobile", format!("+3361234567{mobile}"));
            }
            book.create_contact(draft, now())?;
        }
        Ok(())
    })
    .unwrap();
    book
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(60), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_rows_of_a_field_with_one_value_make_up_the_whole(
        contacts in vec(drawn(), 0..30),
        by in select(vec!["status", "country", "source", "no_sms"]),
        filter in select(vec!["everyone", "billed > 0", "tags has shop"]),
    ) {
        let book = book_of(&contacts);
        let rows = book.breakdown(&BreakdownQuery::by(by).filter(filter).measure("billed")).unwrap();
        prop_assert_eq!(rows.iter().map(|row| row.count).sum::<u64>(), book.count(filter).unwrap());
        // Thousandths are whole numbers here, whose sums are exact in every order.
        let thousandths = |sum: f64| (sum * 1_000.0).round();
        let whole = book.breakdown(&BreakdownQuery::by("organization").filter(filter).measure("billed")).unwrap();
        let total = whole.first().and_then(|row| row.sum);
        let sums: Vec<f64> = rows.iter().filter_map(|row| row.sum).map(thousandths).collect();
        prop_assert_eq!(sums.iter().sum::<f64>(), total.map_or(0.0, thousandths));
        prop_assert_eq!(sums.is_empty(), total.is_none());
    }

    #[test]
    fn a_row_counts_those_whom_a_filter_finds(contacts in vec(drawn(), 0..30)) {
        let book = book_of(&contacts);
        for (by, operator) in [("status", "="), ("country", "="), ("source", "="), ("tags", "has"), ("segments", "has")] {
            for row in book.breakdown(&BreakdownQuery::by(by)).unwrap() {
                let filter = match &row.value {
                    Some(value) => format!("{by} {operator} \"{value}\""),
                    None => format!("{by} is empty"),
                };
                prop_assert_eq!(row.count, book.count(filter.as_str()).unwrap(), "{}", filter);
            }
        }
    }

    #[test]
    fn everybody_included_is_a_recipient_or_skipped_for_one_reason(
        contacts in vec(drawn(), 0..30),
        channel in option::of(select(Channel::ALL.to_vec())),
        excludes in any::<bool>(),
        opts_out in any::<bool>(),
    ) {
        let book = book_of(&contacts);
        let mut query = AudienceQuery::new().include("tags has shop").include_segments(["VIPs"]);
        if excludes {
            query = query.exclude("country = FR");
        }
        if opts_out {
            query = query.opt_out("no_sms");
        }
        if let Some(channel) = channel {
            query = query.channel(channel);
        }
        let audience = book.audience(&query).unwrap();
        let mut everybody = audience.recipients.to_numbers();
        for members in audience.skipped.values() {
            prop_assert!(!members.is_empty());
            everybody.extend(members.to_numbers());
        }
        everybody.sort_unstable();
        prop_assert_eq!(everybody, book.select("tags has shop or status = vip").unwrap().to_numbers());

        if channel == Some(Channel::Sms) {
            let mobiles = |members: &MemberSet| -> Vec<u32> {
                members.iter().map(|contact| contacts[contact.index()].mobile.unwrap()).collect()
            };
            let mut reached = mobiles(&audience.recipients);
            reached.sort_unstable();
            let count = reached.len();
            reached.dedup();
            prop_assert_eq!(reached.len(), count, "each number once");
            if let Some(repeated) = audience.skipped.get(&SkipReason::SameAddress) {
                prop_assert!(mobiles(repeated).iter().all(|mobile| reached.contains(mobile)));
            }
        }
    }
}
