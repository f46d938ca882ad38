//! Messages as people see them: whole, in place, with what is allowed and what is near.

use insta::assert_snapshot;
use tagmata::{
    Code, ContactId, Draft, DynamicSegment, Error, ErrorKind, Filter, NewField, Schema, Segments, Settings,
    ValueType,
};

fn schema() -> Schema {
    let settings = Settings { default_country: Some("FR".parse().unwrap()), ..Settings::default() };
    let mut schema = Schema::new(settings);
    let billed = NewField::new("billed", ValueType::Number).label("Montant facturé");
    let plan = NewField::new("plan", ValueType::Select)
        .label("Formule")
        .labelled_option("basic", "Basique")
        .labelled_option("pro", "Professionnel");
    for field in
        [billed, plan, NewField::new("birthday", ValueType::Date), NewField::new("opt_in", ValueType::Bool)]
    {
        schema.define_field(field).unwrap();
    }
    schema.define_tag("vip").unwrap();
    schema.define_segment("Nord").unwrap();
    schema
}

/// A refused filter, drawn.
fn drawn(filter: &str) -> String {
    Filter::parse(filter, &schema()).unwrap_err().render()
}

fn drawn_json(filter: &str) -> String {
    Filter::from_json(filter, &schema()).unwrap_err().render()
}

#[test]
fn a_mistyped_field() {
    assert_snapshot!(drawn("biled > 1000 and tags has vip"), @r##"
        error[E0201]: there is no field `biled`
          |
        1 | biled > 1000 and tags has vip
          | ^^^^^
          |
          = help: did you mean `billed`?
        "##);
}

#[test]
fn a_name_among_few() {
    assert_snapshot!(drawn("status in (lead, gone)"), @r##"
        error[E0202]: there is no status `gone`
          |
        1 | status in (lead, gone)
          |                  ^^^^
          |
          = note: allowed here: `lead`, `active`, `vip` or `inactive`
        "##);
}

#[test]
fn an_operator_that_the_type_does_not_have() {
    assert_snapshot!(drawn("plan contains \"bas\""), @r##"
        error[E0301]: `plan` is of type `select`, which has no `contains`
          |
        1 | plan contains "bas"
          |      ^^^^^^^^^^^^^^
          |
          = note: allowed here: `=`, `!=`, `in` or `is empty`
        "##);
}

#[test]
fn a_sign_for_a_set() {
    assert_snapshot!(drawn("not tags = vip"), @r##"
        error[E0301]: `tags` is of type `tags`, which has no `=`
          |
        1 | not tags = vip
          |          ^^^^^
          |
          = help: write `tags has vip`
        "##);
}

#[test]
fn a_period_that_is_none() {
    assert_snapshot!(drawn("created_at in last day"), @r##"
        error[E0106]: `day` stands where a period belongs
          |
        1 | created_at in last day
          |                    ^^^
          |
          = help: write `yesterday` or `in last 1 day`
        "##);
}

#[test]
fn an_instant_for_a_day() {
    assert_snapshot!(drawn("birthday >= now - 30 days"), @r##"
        error[E0304]: `birthday` holds days, and `now - 30 days` is an instant
          |
        1 | birthday >= now - 30 days
          |             ^^^^^^^^^^^^^
          |
          = help: write `today - 30 days`
        "##);
}

#[test]
fn hours_for_a_day() {
    assert_snapshot!(drawn("birthday in next 36 hours"), @r##"
        error[E0303]: `birthday` holds days, which have no hours
          |
        1 | birthday in next 36 hours
          |          ^^^^^^^^^^^^^^^^
          |
          = help: use days or longer units
        "##);
}

#[test]
fn a_label_without_backquotes() {
    assert_snapshot!(drawn("Montant facturé > 1000"), @r##"
        error[E0106]: `facturé` stands where an operator after `Montant` belongs
          |
        1 | Montant facturé > 1000
          |         ^^^^^^^
          |
          = help: a label of several words stands in backquotes: `` `Montant facturé` ``
        "##);
}

#[test]
fn a_country_by_its_name_and_a_dial_code() {
    assert_snapshot!(drawn("country in (France, \"+32\")"), @r##"
        error[E0207]: there is no country `France`
          |
        1 | country in (France, "+32")
          |             ^^^^^^
          |
          = help: did you mean `FR`?

        error[E0207]: there is no country `+32`
          |
        1 | country in (France, "+32")
          |                     ^^^^^
          |
          = help: use the two letters of ISO 3166-1, such as `FR`, not the dial code
        "##);
}

#[test]
fn a_string_in_foreign_quotes_behind_wide_characters() {
    assert_snapshot!(drawn("source = \"日本🦀é\" and organization = «Crédit»"), @r##"
        error[E0101]: `«Crédit»` means nothing here
          |
        1 | source = "日本🦀é" and organization = «Crédit»
          |                                       ^^^^^^^^
          |
          = help: write `"Crédit"`
        "##);
}

#[test]
fn a_string_without_end() {
    assert_snapshot!(drawn("source = \"web and status = lead"), @r##"
        error[E0102]: this string has no end
          |
        1 | source = "web and status = lead
          |          ^
          |
          = help: close it with a double quote
        "##);
}

#[test]
fn a_filter_that_stops_too_early() {
    assert_snapshot!(drawn("status = lead and (billed >   # how much?\n"), @r##"
        error[E0107]: this bracket is never closed
          |
        1 | status = lead and (billed >   # how much?
          |                   ^
          |
          = help: close it with `)`

        error[E0107]: the filter ends where a value belongs
          |
        1 | status = lead and (billed >   # how much?
          |                            ^
        "##);
}

#[test]
fn several_problems_on_several_lines() {
    assert_snapshot!(drawn("# who to call\nstauts = lead\n  and biled > 1,000\n  or (tags has any (vip, nwe) and\n      birthday anniversary in this year)\n"), @r##"
        error[E0201]: there is no field `stauts`
          |
        2 | stauts = lead
          | ^^^^^^
          |
          = help: did you mean `status`?

        error[E0201]: there is no field `biled`
          |
        3 |   and biled > 1,000
          |       ^^^^^
          |
          = help: did you mean `billed`?

        error[E0106]: `,` stands where `and`, `or` or the end belongs
          |
        3 |   and biled > 1,000
          |                ^
          |
          = help: numbers have a decimal point and no other separators, such as `1000.5`

        error[E0204]: there is no tag `nwe`
          |
        4 |   or (tags has any (vip, nwe) and
          |                          ^^^
          |
          = help: a tag exists once it is defined, or given to a contact

        error[E0303]: every anniversary falls `in this year`
          |
        5 |       birthday anniversary in this year)
          |                ^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: take a window shorter than a year, or write `birthday is not empty`
        "##);
}

#[test]
fn nothing_at_all() {
    assert_snapshot!(drawn(" "), @r##"
        error[E0108]: the filter is empty
         |
         = help: `everyone` is the filter that every contact matches
        "##);
}

#[test]
fn places_in_json() {
    assert_snapshot!(drawn_json(r#"{"v": 1, "filter": {"op": "and", "args": [{"op": "=", "feild": "status", "value": "lead"}, {"op": "in", "field": "plan", "value": ["pro", "basc"]}, {"op": "everyone", "a/b~c": 1}]}, "x": 1}"#), @r##"
        error[E0604]: a condition has one of the keys `field` and `aggregate`
        --> /filter/args/0

        error[E0602]: the key `feild` means nothing here
        --> /filter/args/0/feild
         = help: did you mean `field`?

        error[E0203]: `plan` has no option `basc`
        --> /filter/args/1/value/1
         = help: did you mean `basic`?

        error[E0602]: the key `a/b~c` means nothing here
        --> /filter/args/2/a~1b~0c
         = note: allowed here: `op` or `id`

        error[E0602]: the key `x` means nothing here
        --> /x
         = note: allowed here: `v` or `filter`
        "##);
}

#[test]
fn text_that_is_not_json() {
    assert_snapshot!(drawn_json("{\"v\": 1,\n \"filter\": {'op': \"everyone\"}}"), @r##"
        error[E0601]: this is not JSON: unexpected character `'`
          |
        2 |  "filter": {'op': "everyone"}}
          |             ^
          |
          = help: keys and strings of JSON stand in double quotes
        "##);
}

#[test]
fn places_in_a_query_builder_tree() {
    assert_snapshot!(drawn_json(r#"{"combinator": "and", "rules": [{"field": "tags", "operator": "=", "value": "vip"}, {"field": "~", "operator": "=", "value": ""}, {"combinator": "or", "rules": []}]}"#), @r##"
        error[E0301]: `tags` is of type `tags`, which has no `=`
        --> /rules/0/operator
         = help: write `contains`

        error[E0702]: no field is chosen
        --> /rules/1/field
         = help: complete the rule or take it out

        error[E0704]: the group has no rules
        --> /rules/2
         = help: add a rule or take the group out; it would match every contact elsewhere
        "##);
}

#[test]
fn a_filter_that_no_tree_can_say() {
    let schema = schema();
    let filter = Filter::parse("everyone", &schema).unwrap();
    assert_snapshot!(filter.to_query_builder(&schema).unwrap_err().render(), @r##"
        error[E0705]: `everyone` has no rule
         |
         = help: take it out of the filter
        "##);
}

/// An error in one line, with its kind.
fn line<T>(read: Result<T, Error>) -> String {
    match read {
        Ok(_) => panic!("this was accepted"),
        Err(error) => {
            let expected = error.diagnostics()[0].expected().join(" | ");
            let expected = if expected.is_empty() { expected } else { format!(" [{expected}]") };
            format!("{:?}: {error}{expected}", error.kind())
        }
    }
}

#[test]
fn keys_and_names_that_cannot_be_defined() {
    let mut schema = schema();
    let mut field = |key: &str, label: Option<&str>| {
        let new = NewField::new(key, ValueType::Text);
        line(schema.define_field(match label {
            Some(label) => new.label(label),
            None => new,
        }))
    };
    let lines = [
        field("in", None),
        field("Today", None),
        field("client type", None),
        field("2nd_phone", None),
        field("", None),
        field(&"k".repeat(65), None),
        field("billed", None),
        field("STATUS", None),
        field("payment", None),
        field("amount", Some("Status")),
        field("amount", Some("montant FACTURÉ")),
        field("amount", Some("billed")),
        field("amount", Some(" ")),
        field("amount", Some(&"l".repeat(1_001))),
        field("formule", None),
    ];
    assert_snapshot!(lines.join("\n"), @r##"
        Value: error[E0801]: `in` is a word of the filter language; help: take another key; the label may still be this word
        Value: error[E0801]: `Today` is a word of the filter language; help: take another key; the label may still be this word
        Value: error[E0801]: `client type` is not a key; help: a key is a letter or `_`, then letters, digits and `_`, at most 64 bytes; labels are free
        Value: error[E0801]: `2nd_phone` is not a key; help: a key is a letter or `_`, then letters, digits and `_`, at most 64 bytes; labels are free
        Value: error[E0801]: `` is not a key; help: a key is a letter or `_`, then letters, digits and `_`, at most 64 bytes; labels are free
        Value: error[E0801]: `kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…` is not a key; help: a key is a letter or `_`, then letters, digits and `_`, at most 64 bytes; labels are free
        Conflict: error[E0803]: the name `billed` is taken; help: it is the key of a field; fields and kinds of interaction share one name space
        Conflict: error[E0803]: the name `STATUS` is taken; help: it is the key of a field; fields and kinds of interaction share one name space
        Conflict: error[E0803]: the name `payment` is taken; help: it is the key of a kind of interaction; fields and kinds of interaction share one name space
        Conflict: error[E0803]: the name `Status` is taken; help: it is the key of `status`
        Conflict: error[E0803]: the name `montant FACTURÉ` is taken; help: it is the label of `billed`
        Conflict: error[E0803]: the name `billed` is taken; help: it is the key of `billed`
        Value: error[E0802]: a name may not be blank
        Value: error[E0802]: the name `llllllllllllllllllllllllllllllllllllllllllllllllllllllllllll…` is longer than 1000 bytes
        Conflict: error[E0803]: the name `Formule` is taken; help: it is the label of `plan`
        "##);
}

#[test]
fn other_definitions_that_are_refused() {
    let mut schema = schema();
    let plan = schema.field_by_key("plan").unwrap().id();
    let billed = schema.field_by_key("billed").unwrap().id();
    let nord = schema.segment("Nord").unwrap();
    let lines = [
        line(schema.define_field(NewField::new("boss", ValueType::Tags))),
        line(schema.define_field(NewField::new("boss", ValueType::Text).option("a"))),
        line(schema.define_field(NewField::new("size", ValueType::Select).option("S").option("s"))),
        line(schema.define_option(plan, "pro", "Pro")),
        line(schema.define_option(plan, "gold", "basique")),
        line(schema.define_option(billed, "a", "A")),
        line(schema.define_status("LEAD", None)),
        line(schema.define_status("new", Some("Active"))),
        line(schema.define_kind("billed", false)),
        line(schema.define_kind("or", false)),
        line(schema.define_tag(" ")),
        line(schema.define_segment("NORD")),
        line(schema.relabel_field(billed, "Formule")),
        line(Segments::default().define(
            nord,
            DynamicSegment::new(Filter::parse("segments has Nord", &schema).unwrap()),
            &schema,
        )),
    ];
    assert_snapshot!(lines.join("\n"), @r##"
        Value: error[E0407]: a field cannot be of type `tags` [text | number | bool | date | datetime | select | multi_select]
        Value: error[E0407]: a field of type `text` has no options; help: options belong to fields of type `select` and `multi_select`
        Conflict: error[E0803]: the name `s` is taken; help: it is the key of `S`
        Conflict: error[E0803]: the name `Pro` is taken; help: it is the key of `pro`
        Conflict: error[E0803]: the name `basique` is taken; help: it is the label of `basic`
        Value: error[E0804]: the field has no options; help: options belong to fields of type `select` and `multi_select`
        Conflict: error[E0803]: the name `LEAD` is taken; help: it is the key of `lead`
        Conflict: error[E0803]: the name `Active` is taken; help: it is the key of `active`
        Conflict: error[E0803]: the name `billed` is taken; help: it is the key of a field; fields and kinds of interaction share one name space
        Value: error[E0801]: `or` is a word of the filter language; help: take another key; the label may still be this word
        Value: error[E0802]: a name may not be blank
        Conflict: error[E0803]: the name `NORD` is taken; help: `Nord` has it; names that differ only in case are the same
        Conflict: error[E0803]: the name `Formule` is taken; help: it is the label of `plan`
        Conflict: error[E0208]: the segment `Nord` would be made from itself; help: it goes in a circle: `Nord` uses `Nord`
        "##);
}

#[test]
fn a_circle_of_segments_names_the_way_round() {
    let mut schema = schema();
    let mut segments = Segments::default();
    let [south, east] = ["Sud", "Est"].map(|name| schema.define_segment(name).unwrap());
    let nord = schema.segment("Nord").unwrap();
    let mut define = |segment, filter: &str| {
        segments.define(segment, DynamicSegment::new(Filter::parse(filter, &schema).unwrap()), &schema)
    };
    define(nord, "segments has Sud").unwrap();
    define(south, "not segments has Est").unwrap();
    assert_snapshot!(define(east, "billed > 1 or segments has Nord").unwrap_err().render(), @r##"
        error[E0208]: the segment `Est` would be made from itself
         |
         = help: it goes in a circle: `Est` uses `Nord` uses `Sud` uses `Est`
        "##);
}

#[test]
fn values_that_cannot_be_read() {
    let schema = schema();
    let value = |key: &str, value: &str| line(Draft::new().set(key, value).read(ContactId::new(0), &schema));
    let lines = [
        value("mobile", "call me"),
        value("mobile", "06 12"),
        value("mobile", "+33 6 12 34 56 78 90 12"),
        value("mobile", "+999 123 456 789"),
        value("email", "ana@"),
        value("email", "ana example.com"),
        value("email", "Ana <ana@example.com>"),
        value("country", "Germany"),
        value("country", "Swizerland"),
        value("country", "49"),
        value("country", "ZZ"),
        value("birthday", "2026-02-29"),
        value("birthday", "31/01/1990"),
        value("created_at", "2026-01-31"),
        value("created_at", "2026-01-31T24:00:00Z"),
        value("billed", "12,50"),
        value("billed", "1e999"),
        value("plan", "Professionel"),
        value("plan", "gold"),
        value("status", "actif"),
        value("opt_in", "yes"),
        value("tags", "vip"),
        value("name", "Ana"),
        value("id", "3"),
        value("biled", "3"),
        value("colour", "red"),
        line(Draft::new().set("tags", ["vpi"]).read(ContactId::new(0), &schema)),
        line(Draft::new().set("segments", ["Nrod"]).read(ContactId::new(0), &schema)),
        line(Draft::new().set("billed", f64::NAN).read(ContactId::new(0), &schema)),
        line(Draft::new().set("billed", true).read(ContactId::new(0), &schema)),
        line(
            Draft::new()
                .interaction("paymnt", "2026-01-31T12:00:00Z".parse().unwrap(), None, None)
                .read(ContactId::new(0), &schema),
        ),
    ];
    assert_snapshot!(lines.join("\n"), @r##"
        Value: error[E0403]: `call me` is not a phone number (in `mobile`); help: write digits, such as `+33 6 12 34 56 78`
        Value: error[E0403]: `06 12` is not a phone number (in `mobile`); help: it has too few digits for its country
        Value: error[E0403]: `+33 6 12 34 56 78 90 12` is not a phone number (in `mobile`); help: it has too many digits for its country
        Value: error[E0403]: `+999 123 456 789` is not a phone number (in `mobile`); help: no country has this country code
        Value: error[E0405]: `ana@` is not an e-mail address (in `email`); help: domain is empty
        Value: error[E0405]: `ana example.com` is not an e-mail address (in `email`); help: missing separator character `@`
        Value: error[E0405]: `Ana <ana@example.com>` is not an e-mail address (in `email`); help: display names are not supported
        Value: error[E0207]: there is no country `Germany` (in `country`); help: did you mean `DE`? [DE]
        Value: error[E0207]: there is no country `Swizerland` (in `country`); help: did you mean `CH`? [CH]
        Value: error[E0207]: there is no country `49` (in `country`); help: use the two letters of ISO 3166-1, such as `FR`, not the dial code
        Value: error[E0207]: there is no country `ZZ` (in `country`); help: use the two letters of ISO 3166-1, such as `FR`
        Value: error[E0105]: `2026-02-29` is not a date (in `birthday`); help: the month 2026-02 has the days 01 to 28
        Value: error[E0105]: `31/01/1990` is not a date (in `birthday`); help: dates are written YYYY-MM-DD, such as `2026-01-31`, in the years 0001 to 9999
        Value: error[E0105]: `2026-01-31` is not a datetime (in `created_at`); help: datetimes are written `2026-01-31T12:00:00Z`, or without a zone for the book's zone, with at most 6 fraction digits
        Value: error[E0105]: `2026-01-31T24:00:00Z` is not a datetime (in `created_at`); help: datetimes are written `2026-01-31T12:00:00Z`, or without a zone for the book's zone, with at most 6 fraction digits
        Value: error[E0104]: `12,50` is not a number (in `billed`); help: numbers are written `1234.56`, `-3` or `1.5e6`
        Value: error[E0104]: `1e999` is too large for a number (in `billed`); help: numbers lie between -1.7e308 and 1.7e308
        Value: error[E0203]: `plan` has no option `Professionel` (in `plan`); help: did you mean `pro`? [basic | pro]
        Value: error[E0203]: `plan` has no option `gold` (in `plan`) [basic | pro]
        Value: error[E0202]: there is no status `actif` (in `status`) [lead | active | vip | inactive]
        Value: error[E0407]: `yes` is neither true nor false (in `opt_in`) [true | false]
        Value: error[E0407]: `tags` takes a list of names, not text (in `tags`) [a list of names]
        Value: error[E0806]: `name` cannot be set (in `name`); help: set `first_name` and `last_name`
        Value: error[E0806]: `id` cannot be set (in `id`); help: the book gives it out; numbers of your own belong in `external_id`
        Value: error[E0201]: there is no field `biled` (in `biled`); help: did you mean `billed`? [billed]
        Value: error[E0201]: there is no field `colour` (in `colour`)
        Value: error[E0204]: there is no tag `vpi` (in `tags`); help: did you mean `vip`? [vip]
        Value: error[E0205]: there is no segment `Nrod` (in `segments`); help: did you mean `Nord`? [Nord]
        Value: error[E0104]: `NaN` is not a number (in `billed`); help: numbers are written `1234.56`, `-3` or `1.5e6`
        Value: error[E0407]: `billed` takes a number, not true or false (in `billed`) [a number]
        Value: error[E0206]: there is no kind of interaction `paymnt`; help: did you mean `payment`? [payment]
        "##);
}

#[test]
fn amounts_and_settings_that_cannot_be_read() {
    let lines = [
        line("12.1234567".parse::<tagmata::Amount>()),
        line("1e20".parse::<tagmata::Amount>()),
        line("ten".parse::<tagmata::Amount>()),
        line("2026-01-31T12:00".parse::<tagmata::Timestamp>()),
        line(tagmata::TimeZone::UTC.read_datetime("0001-01-01T00:00:00+01:00")),
        line("Europe/Pariss".parse::<tagmata::TimeZone>()),
        line("mittwoch".parse::<tagmata::Weekday>()),
        line("feb_30".parse::<tagmata::LeapDay>()),
        line("nubmer".parse::<ValueType>()),
        line::<()>(Err(Error::unknown_option("setStatus", "actr", &["actor"]))),
        line::<()>(Err(Error::unknown_option("count", "actor", &[]))),
        line::<()>(Err(Error::unknown_option(
            "updateSegment",
            "alwaysInn",
            &["filter", "alwaysIn", "alwaysOut"],
        ))),
        line::<()>(Err(Error::wrong_type("force", "true or false", "text"))),
    ];
    assert_snapshot!(lines.join("\n"), @r##"
        Value: error[E0404]: `12.1234567` is not an amount; help: amounts have at most 6 fraction digits and lie between -9,223,372,036,854 and 9,223,372,036,854
        Value: error[E0404]: `1e20` is not an amount; help: amounts have at most 6 fraction digits and lie between -9,223,372,036,854 and 9,223,372,036,854
        Value: error[E0104]: `ten` is not a number; help: numbers are written `1234.56`, `-3` or `1.5e6`
        Value: error[E0105]: `2026-01-31T12:00` has no time zone; help: add `Z` for UTC, or an offset such as `+02:00`
        Value: error[E0105]: `0001-01-01T00:00:00+01:00` is outside the years 0001 to 9999
        Value: error[E0805]: there is no time zone `Europe/Pariss`; help: did you mean `Europe/Paris`? [Europe/Paris]
        Value: error[E0805]: `mittwoch` is no day of the week [monday | tuesday | wednesday | thursday | friday | saturday | sunday]
        Value: error[E0805]: `feb_30` is no rule for 29 February [feb_28 | mar_1 | skip]
        Value: error[E0805]: `type` does not take `nubmer`; help: it takes `text`, `number`, `bool`, `date`, `datetime`, `select` or `multi_select` [text | number | bool | date | datetime | select | multi_select]
        Value: error[E0602]: `setStatus` has no option `actr`; help: did you mean `actor`? it has `actor` [actor]
        Value: error[E0602]: `count` has no option `actor`; help: it has no options
        Value: error[E0602]: `updateSegment` has no option `alwaysInn`; help: did you mean `alwaysIn`? it has `filter`, `alwaysIn` and `alwaysOut` [filter | alwaysIn | alwaysOut]
        Value: error[E0407]: `force` takes true or false, not text [true or false]
        "##);
}

fn read(path: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_code_is_documented_with_its_title() {
    let page = read("docs/errors.md");
    let missing: Vec<_> =
        Code::ALL.iter().filter(|code| !page.contains(&format!("### {code}: {}\n", code.title()))).collect();
    assert!(missing.is_empty(), "not in docs/errors.md: {missing:?}");
    let headings = page.lines().filter(|line| line.starts_with("### ")).count();
    assert_eq!(headings, Code::ALL.len(), "docs/errors.md has headings of codes that do not exist");
}

#[test]
fn every_example_of_the_documentation_has_the_problem_that_it_shows() {
    let (schema, page) = (schema(), read("docs/errors.md"));
    let mut examples = 0;
    for section in page.split("\n### ").skip(1) {
        let (title, rest) = section.split_once('\n').unwrap();
        let code = title.split(':').next().unwrap();
        let Some((language, example)) =
            rest.split_once("```").and_then(|(_, block)| block.split("```").next()?.split_once('\n'))
        else {
            continue;
        };
        let found = match language {
            "filter" => Filter::parse(example, &schema),
            "json" => Filter::from_json(example, &schema),
            _ => panic!("{code} has an example in {language:?}"),
        };
        let problems = match &found {
            Ok(filter) => filter.lints(),
            Err(error) => error.diagnostics(),
        };
        let codes: Vec<_> = problems.iter().map(|problem| problem.code().as_str()).collect();
        assert!(codes.contains(&code), "{code} shows {codes:?}");
        examples += 1;
    }
    assert!(examples >= 40, "{examples}");
}

#[test]
fn every_code_of_filters_has_a_case() {
    // What reading a filter cannot come to: these are about definitions, values and statements.
    let others = [
        Code::SegmentCycle,
        Code::BadEmail,
        Code::BadValue,
        Code::UnassignedPhone,
        Code::ContactTwice,
        Code::RulesOverlap,
        Code::IdleAction,
        Code::TextApproximated,
        Code::NeedsFunction,
    ];
    let suites =
        ["text", "types", "json", "query-builder", "limits", "segments"].map(|name| format!("errors-{name}"));
    let suites: String = suites
        .iter()
        .map(String::as_str)
        .chain(["lints"])
        .map(|name| read(&format!("conformance/{name}.json")))
        .collect();
    let groups = ["E01", "E02", "E03", "E04", "E05", "E06", "E07", "W09"];
    let is_of_filters = |code: &Code| groups.iter().any(|group| code.as_str().starts_with(group));
    let of_filters = Code::ALL.iter().filter(|code| is_of_filters(code) && !others.contains(code));
    let missing: Vec<_> =
        of_filters.filter(|code| !suites.contains(&format!(r#""code": "{code}""#))).collect();
    assert!(missing.is_empty(), "no case in conformance/: {missing:?}");
}

#[test]
fn the_kind_says_who_can_mend_it() {
    let schema = schema();
    let mut other = schema.clone();
    let kinds = [
        Filter::parse("a", &schema).unwrap_err().kind(),
        Draft::new().set("country", "49").read(ContactId::new(0), &schema).unwrap_err().kind(),
        other.define_segment("Nord").unwrap_err().kind(),
    ];
    assert_eq!(kinds, [ErrorKind::Filter, ErrorKind::Value, ErrorKind::Conflict]);
}
