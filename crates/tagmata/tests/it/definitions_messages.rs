//! What is wrong with a document of definitions: everything at once, in place, whole.

use crate::definitions::book;
use insta::assert_snapshot;
use tagmata::{Book, Draft, Error, NewSegment, Prune, Timestamp};

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn refused(book: &mut Book, document: &str, prune: Prune) -> Error {
    let before = book.definitions();
    let error = book.apply_definitions(document, prune, now()).unwrap_err();
    assert_eq!(book.definitions(), before);
    assert_eq!(book.now(), now());
    error
}

/// The kind of the error, and a line for each problem, with what is allowed.
fn lines(error: &Error) -> String {
    let problem = |problem: &tagmata::Diagnostic| match problem.expected() {
        [] => problem.to_string(),
        expected => format!("{problem} [{}]", expected.join(" | ")),
    };
    let problems: Vec<String> = error.diagnostics().iter().map(problem).collect();
    format!("{:?}\n{}", error.kind(), problems.join("\n"))
}

fn kept(document: &str) -> String {
    lines(&refused(&mut book(), document, Prune::Keep))
}

fn pruned(book: &mut Book, document: &str) -> String {
    lines(&refused(book, document, Prune::Remove))
}

#[test]
fn what_is_no_document() {
    let problems = [
        "",
        "[]",
        "{}",
        r#"{"v": "1"}"#,
        r#"{"v": 2, "words": []}"#,
        r#"{"v": 1, "v": 1, "filter": {"op": "everyone"}}"#,
        r#"{"v": 1, "words": [], "field": [], "tags": {}, "segments": null}"#,
        r#"{"v": 1, "tags": ["vip",]}"#,
    ];
    assert_snapshot!(problems.map(kept).join("\n\n"), @r##"
        Definitions
        error[E0601]: this is not JSON: unexpected end of file, a value was expected (at 0..0)

        Definitions
        error[E0605]: this must be an object, not a list [an object]

        Definitions
        error[E0604]: the key `v` is missing [v]

        Definitions
        error[E0605]: `v` must be a number, not a string (at /v) [a number]

        Definitions
        error[E0607]: version `2` of the format of definitions is not known here (at /v); help: this release reads version 1 [1]

        Definitions
        error[E0603]: the key `v` is there twice (at /v)
        error[E0602]: the key `filter` means nothing here (at /filter) [v | settings | fields | statuses | kinds | tags | segments | automation | rules]

        Definitions
        error[E0602]: the key `words` means nothing here (at /words) [v | settings | fields | statuses | kinds | tags | segments | automation | rules]
        error[E0602]: the key `field` means nothing here (at /field); help: did you mean `fields`? [v | settings | fields | statuses | kinds | tags | segments | automation | rules]
        error[E0605]: `tags` must be a list, not an object (at /tags) [a list]
        error[E0605]: `segments` must be a list, not null (at /segments) [a list]

        Definitions
        error[E0601]: this is not JSON: trailing commas are not allowed (at 24..25)
        "##);
}

#[test]
fn settings_and_fields_that_cannot_be_read() {
    assert_snapshot!(
        kept(
            r#"{"v": 1,
        "settings": {"time_zone": "Europe/Pari", "week_start": "mon", "leap_day": 29, "default_country": "33", "limits": {}},
        "fields": [7, {"type": "text"}, {"key": "a", "type": "nmber"}, {"key": "b", "type": "tags"}, {"key": "c", "lable": "C"},
            {"key": "d", "type": "select", "options": ["x", {"key": "y", "label": null}, {"key": "z"}, {"key": "Z"}]}]}"#
        ),
        @r##"
        Definitions
        error[E0805]: there is no time zone `Europe/Pari` (at /settings/time_zone); help: did you mean `Europe/Paris`? [Europe/Paris]
        error[E0805]: `mon` is no day of the week (at /settings/week_start) [monday | tuesday | wednesday | thursday | friday | saturday | sunday]
        error[E0605]: `leap_day` must be a string, not a number (at /settings/leap_day) [a string]
        error[E0207]: there is no country `33` (at /settings/default_country); help: use the two letters of ISO 3166-1, such as `FR`, not the dial code
        error[E0602]: the key `limits` means nothing here (at /settings/limits) [time_zone | week_start | leap_day | default_country]
        error[E0605]: this must be an object, not a number (at /fields/0) [an object]
        error[E0604]: the key `key` is missing (at /fields/1) [key]
        error[E0606]: there is no type `nmber` (at /fields/2/type); help: did you mean `number`? [text | number | bool | date | datetime | select | multi_select]
        error[E0606]: there is no type `tags` (at /fields/3/type) [text | number | bool | date | datetime | select | multi_select]
        error[E0604]: the new field `c` has no type (at /fields/4); help: a field that the book does not have needs the key `type` [text | number | bool | date | datetime | select | multi_select]
        error[E0602]: the key `lable` means nothing here (at /fields/4/lable); help: did you mean `label`? [key | type | label | options]
        error[E0605]: this must be an object, not a string (at /fields/5/options/0) [an object]
        error[E0605]: `label` must be a string, not null (at /fields/5/options/1/label) [a string]
        error[E0803]: `Z` is listed twice (at /fields/5/options/3); help: names that differ only in case are the same
        "##
    );
}

#[test]
fn other_entries_that_cannot_be_read() {
    assert_snapshot!(
        kept(
            r#"{"v": 1,
        "statuses": ["new", {"key": "lead", "key": "vip"}],
        "kinds": [{"key": "demo", "outgoing": "no"}],
        "tags": [{"name": "vip"}],
        "segments": [{"filter": {}}, {"name": "S", "filter": {}, "broken_filter": "x"}, {"name": "T", "members": []},
            {"name": "U", "broken_filter": true}, {"name": ["V"]}]}"#
        ),
        @r##"
        Definitions
        error[E0605]: this must be an object, not a string (at /statuses/0) [an object]
        error[E0603]: the key `key` is there twice (at /statuses/1/key)
        error[E0605]: `outgoing` must be true or false, not a string (at /kinds/0/outgoing) [true or false]
        error[E0605]: this must be a string, not an object (at /tags/0) [a string]
        error[E0604]: the key `name` is missing (at /segments/0) [name]
        error[E0808]: the segment `S` is broken in the document (at /segments/1); help: write its `filter` anew, or take it out of the document
        error[E0602]: the key `filter` means nothing here (at /segments/1/filter) [name | broken_filter]
        error[E0602]: the key `members` means nothing here (at /segments/2/members) [name | filter | broken_filter]
        error[E0605]: `broken_filter` must be a string, not true or false (at /segments/3/broken_filter) [a string]
        error[E0605]: `name` must be a string, not a list (at /segments/4/name) [a string]
        "##
    );
}

#[test]
fn entries_that_cannot_be_defined() {
    assert_snapshot!(kept(r#"{"v": 1,
        "fields": [{"key": "no key", "type": "text"}, {"key": "count", "type": "number"}, {"key": "payment", "type": "text"},
            {"key": "new"}, {"key": "score", "type": "number", "label": "Formule"}, {"key": "memo", "type": "text", "label": " "},
            {"key": "size", "type": "text", "options": [{"key": "s"}]},
            {"key": "plan", "options": [{"key": "Basique"}, {"key": "gold", "label": "Pro"}]},
            {"key": "email", "label": "Portable"}],
        "statuses": [{"key": "Perdu"}, {"key": "lead", "label": "VIP"}],
        "kinds": [{"key": "billed"}, {"key": "in"}],
        "tags": ["vip", "VIP", " "],
        "segments": [{"name": "Nord"}, {"name": "NORD"}, {"name": ""}]}"#), @r##"
            Definitions
            error[E0801]: `no key` is not a key (at /fields/0); help: a key is a letter or `_`, then letters, digits and `_`, at most 64 bytes; labels are free
            error[E0801]: `count` is a word of the filter language (at /fields/1); help: take another key; the label may still be this word
            error[E0803]: the name `payment` is taken (at /fields/2); help: it is the key of a kind of interaction; fields and kinds of interaction share one name space
            error[E0604]: the new field `new` has no type (at /fields/3); help: a field that the book does not have needs the key `type` [text | number | bool | date | datetime | select | multi_select]
            error[E0803]: the name `Formule` is taken (at /fields/4); help: it is the label of `plan`
            error[E0802]: a name may not be blank (at /fields/5)
            error[E0407]: a field of type `text` has no options (at /fields/6/options); help: options belong to fields of type `select` and `multi_select`
            error[E0803]: the name `Basique` is taken (at /fields/7/options/0); help: it is the label of `basic`
            error[E0803]: the name `Pro` is taken (at /fields/7/options/1); help: it is the key of `Pro`
            error[E0803]: the name `Portable` is taken (at /fields/8/label); help: it is the label of `mobile`
            error[E0803]: the name `Perdu` is taken (at /statuses/0); help: it is the label of `churned`
            error[E0803]: the name `VIP` is taken (at /statuses/1/label); help: it is the key of `vip`
            error[E0803]: the name `billed` is taken (at /kinds/0); help: it is the key of a field; fields and kinds of interaction share one name space
            error[E0801]: `in` is a word of the filter language (at /kinds/1); help: take another key; the label may still be this word
            error[E0803]: `VIP` is listed twice (at /tags/1); help: names that differ only in case are the same
            error[E0802]: a name may not be blank (at /tags/2)
            error[E0803]: `NORD` is listed twice (at /segments/1); help: names that differ only in case are the same
            error[E0802]: a name may not be blank (at /segments/2/name)
            "##);
}

#[test]
fn what_never_changes() {
    assert_snapshot!(kept(r#"{"v": 1,
        "fields": [{"key": "billed", "type": "text"}, {"key": "email", "type": "text"}, {"key": "plan", "type": "select"}],
        "kinds": [{"key": "demo", "outgoing": true}, {"key": "email_sent", "outgoing": false}, {"key": "payment"}],
        "segments": [{"name": "Nord", "filter": {"v": 1, "filter": {"op": "everyone"}}}, {"name": "Big"}, {"name": "Gone", "broken_filter": "x = 1"}]}"#), @r##"
            Conflict
            error[E0810]: the field `billed` is of type `number`, not `text` (at /fields/0/type); help: the type of a field never changes: take another key, or delete the field with its values first
            error[E0810]: the field `email` is of type `email`, not `text` (at /fields/1/type); help: it is a standard field, of which only the label can be another one
            error[E0810]: the kind of interaction `demo` is not outgoing in this book (at /kinds/0/outgoing); help: that never changes, since interactions were counted by it: take another key
            error[E0810]: the kind of interaction `email_sent` is outgoing in this book (at /kinds/1/outgoing); help: that never changes, since interactions were counted by it: take another key
            error[E0809]: `Nord` is a static segment (at /segments/0/filter); help: contacts are put into it by hand: take another name for the filter
            error[E0809]: `Big` is a dynamic segment (at /segments/1); help: give its filter, or freeze the segment first, which makes it static
            error[E0808]: the segment `Gone` is broken in the document (at /segments/2); help: write its `filter` anew, or take it out of the document
            "##);
}

#[test]
fn filters_that_mean_nothing() {
    assert_snapshot!(kept(r#"{"v": 1,
        "tags": ["gold"],
        "segments": [
            {"name": "A", "filter": {"op": "everyone"}},
            {"name": "B", "filter": {"v": 1, "filter": {"op": "is", "field": "status"}}},
            {"name": "C", "filter": {"v": 1, "filter": {"op": "and", "args": [
                {"op": ">", "field": "biled", "value": 1}, {"op": "has", "field": "tags", "value": "glod"}]}}},
            {"name": "D", "filter": {"combinator": "and", "rules": []}},
            {"name": "E", "filter": "status = lead"}]}"#), @r##"
                Definitions
                error[E0604]: this is neither a stored filter, which has the key `v`, nor a query-builder tree, which has the key `combinator` (at /segments/0/filter); help: write `{"v": 1, "filter": …}` around it [v | combinator]
                error[E0606]: there is no operator `is` (at /segments/1/filter/filter/op); help: did you mean `in`? [and | or | not | everyone | nobody | search | = | != | < | <= | > | >= | in | not_in | between | not_between | contains | not_contains | starts_with | not_starts_with | ends_with | not_ends_with | has | not_has | has_any | has_none | has_all | not_has_all | has_only | not_has_only | is_empty | is_not_empty | is_true | is_not_true | is_false | is_not_false | before | not_before | after | not_after | on | not_on | during | not_during | more_than_ago | less_than_ago | more_than_from_now | less_than_from_now | not_more_than_ago | not_less_than_ago | not_more_than_from_now | not_less_than_from_now | anniversary | not_anniversary]
                error[E0201]: there is no field `biled` (at /segments/2/filter/filter/args/0/field); help: did you mean `billed`? [billed]
                error[E0204]: there is no tag `glod` (at /segments/2/filter/filter/args/1/value); help: did you mean `gold`? [vip | gold]
                error[E0704]: the group has no rules (at /segments/3/filter); help: add a rule or take the group out; it would match every contact elsewhere
                error[E0605]: `filter` must be an object, not a string (at /segments/4/filter) [an object]
                "##);
}

#[test]
fn a_name_that_is_refused_is_not_reported_again_where_it_is_used() {
    assert_snapshot!(kept(r#"{"v": 1,
        "fields": [{"key": "score", "type": "nmber"}, {"key": "tier", "type": "select", "options": [{"key": ""}]}],
        "kinds": [{"key": "not", "outgoing": false}],
        "segments": [
            {"name": "Good", "filter": {"v": 1, "filter": {"op": ">", "field": "Score", "value": 10}}},
            {"name": "Odd", "filter": {"v": 1, "filter": {"op": "=", "field": "tier", "value": ""}}},
            {"name": "Seen", "filter": {"v": 1, "filter": {"op": ">", "aggregate": {"fn": "count", "kind": "not"}, "value": 0}}},
            {"name": "Used", "filter": {"v": 1, "filter": {"op": "has_any", "field": "segments", "value": ["Good", "Godo"]}}}]}"#), @r##"
                Definitions
                error[E0606]: there is no type `nmber` (at /fields/0/type); help: did you mean `number`? [text | number | bool | date | datetime | select | multi_select]
                error[E0802]: a name may not be blank (at /fields/1/options/0)
                error[E0801]: `not` is a word of the filter language (at /kinds/0); help: take another key; the label may still be this word
                error[E0401]: `tier` is compared with blank text (at /segments/1/filter/filter/value); help: write `tier is empty` for contacts without a value
                error[E0205]: there is no segment `Godo` (at /segments/3/filter/filter/value/1); help: did you mean `Good`? [Nord | Big | Good | Odd | Seen | Used]
                "##);
}

#[test]
fn segments_in_a_circle() {
    let has = |name: &str| {
        format!(r#"{{"v": 1, "filter": {{"op": "has", "field": "segments", "value": "{name}"}}}}"#)
    };
    let document = |entries: &[(&str, &str)]| {
        let entries: Vec<String> = entries
            .iter()
            .map(|(name, uses)| format!(r#"{{"name": "{name}", "filter": {}}}"#, has(uses)))
            .collect();
        format!(r#"{{"v": 1, "segments": [{}]}}"#, entries.join(", "))
    };
    let problems = [
        document(&[("A", "A")]),
        document(&[("A", "B"), ("B", "C"), ("C", "A")]),
        document(&[("Big", "A"), ("A", "Big")]),
    ];
    assert_snapshot!(problems.map(|document| kept(&document)).join("\n"), @r##"
        Conflict
        error[E0208]: the segment `A` would be made from itself (at /segments/0/filter); help: it goes in a circle: `A` uses `A`
        Conflict
        error[E0208]: the segment `C` would be made from itself (at /segments/2/filter); help: it goes in a circle: `C` uses `A` uses `B` uses `C`
        Conflict
        error[E0208]: the segment `Big` would be made from itself (at /segments/0/filter); help: it goes in a circle: `Big` uses `A` uses `Big`
        "##);
}

#[test]
fn what_stands_against_pruning() {
    let mut book = book();
    let ana = book.create_contact(Draft::new().set("status", "churned"), now()).unwrap().id;
    book.record(ana, "demo", now(), None, None, now()).unwrap();
    book.create_segment(NewSegment::dynamic("Pros", "plan = Pro and segments has Nord"), now()).unwrap();
    assert_snapshot!(pruned(&mut book, r#"{"v": 1, "fields": [{"key": "plan", "options": []}], "statuses": [{"key": "lead"}], "kinds": [],
        "tags": [], "segments": [{"name": "Pros", "filter": {"v": 1, "filter": {"op": "=", "field": "plan", "value": "Pro"}}}]}"#), @r##"
            Definitions
            error[E0203]: `plan` has no option `Pro` (at /segments/0/filter/filter/value)
            "##);
    assert_snapshot!(pruned(&mut book, r#"{"v": 1, "fields": [], "statuses": [], "kinds": [], "tags": []}"#), @r##"
        Conflict
        error[E0807]: the field `billed` is used by 1 segment: `Big` (at /fields); help: pruning deletes what a document does not list: list it, or see that nothing uses it [Big]
        error[E0807]: the field `plan` is used by 1 segment: `Pros` (at /fields); help: pruning deletes what a document does not list: list it, or see that nothing uses it [Pros]
        error[E0807]: `churned` is the only status (at /statuses); help: pruning deletes what a document does not list: list it, or see that nothing uses it
        error[E0807]: 1 interaction is of the kind `demo` (at /kinds); help: pruning deletes what a document does not list: list it, or see that nothing uses it
        error[E0807]: the tag `vip` is used by 1 segment: `Big` (at /tags); help: pruning deletes what a document does not list: list it, or see that nothing uses it [Big]
        "##);
    assert_snapshot!(pruned(&mut book, r#"{"v": 1, "segments": [{"name": "Pros", "filter": {"v": 1, "filter":
        {"op": "and", "args": [{"op": "has", "field": "segments", "value": "Nord"}, {"op": "=", "field": "plan", "value": "Pro"}]}}}]}"#), @r##"
            Definitions
            error[E0205]: there is no segment `Nord` (at /segments/0/filter/filter/args/0/value) [Pros]
            "##);
}

#[test]
fn an_old_name_beside_the_new_one() {
    let mut book = book();
    book.rename_tag("vip", "Key account", now()).unwrap();
    assert_snapshot!(lines(&refused(&mut book, r#"{"v": 1, "tags": ["Key account", "vip"]}"#, Prune::Keep)), @r##"
        Conflict
        error[E0803]: the name `vip` is taken (at /tags/1); help: it is an old name of the tag `Key account`, which is listed too: rename another tag to it first
        "##);
}

#[test]
fn an_instant_that_the_book_cannot_move_to() {
    let mut book = book();
    let earlier = "2026-11-24T08:00:00Z".parse::<Timestamp>().unwrap();
    let later = "2026-11-24T10:00:00Z".parse::<Timestamp>().unwrap();
    let document = r#"{"v": 1, "tags": ["gold"]}"#;
    let outside = book.apply_definitions(document, Prune::Keep, earlier).unwrap_err();
    book.begin_batch(now()).unwrap();
    let inside = book.apply_definitions(document, Prune::Keep, later).unwrap_err();
    assert_snapshot!([outside, inside].map(|error| lines(&error)).join("\n"), @r##"
        Conflict
        error[E1205]: 2026-11-24T08:00:00Z is before the instant of the book, 2026-11-24T09:00:00Z; help: time only moves on; what happened earlier has a date of its own
        Conflict
        error[E1207]: time stands still in a batch; help: end the batch first, or drop it
        "##);
}

#[test]
fn many_problems_are_cut_off() {
    let tags: Vec<String> = (0..50).map(|number| number.to_string()).collect();
    let error = refused(&mut book(), &format!(r#"{{"v": 1, "tags": [{}]}}"#, tags.join(",")), Prune::Keep);
    assert_eq!(error.diagnostics().len(), 20);
    assert_eq!(error.diagnostics()[19].place().pointer(), Some("/tags/19"));
}

#[test]
fn rules_with_all_their_problems() {
    let filter =
        |field: &str| format!(r#"{{"v": 1, "filter": {{"op": "=", "field": "{field}", "value": "vip"}}}}"#);
    let document = format!(
        r#"{{"v": 1, "rules": [
            {{"name": "a", "when": {when}, "condition": {condition}, "set_status": "gold", "add_to_segments": ["Nrod"], "set_fields": {{"plan/": 1}}}},
            {{"name": "b", "on": "payment", "add_tags": ["x"], "remove_tags": ["X"]}},
            {{"name": "c", "on": "payment", "condition": {condition}}}
        ]}}"#,
        when = filter("stats"),
        condition = filter("nothing"),
    );
    assert_snapshot!(kept(&document), @r##"
        Definitions
        error[E0201]: there is no field `stats` (at /rules/0/when/filter/field); help: did you mean `status`? [status]
        error[E0201]: there is no field `nothing` (at /rules/0/condition/filter/field)
        error[E0202]: there is no status `gold` (at /rules/0/set_status) [lead | active | vip | inactive | churned]
        error[E0205]: there is no segment `Nrod` (at /rules/0/add_to_segments/0); help: did you mean `Nord`? [Nord]
        error[E0201]: there is no field `plan/` (at /rules/0/set_fields/plan~1); help: did you mean `plan`? [plan]
        error[E1304]: the rule `b` both gives and takes the same (at /rules/1/remove_tags/0); help: name each tag and each segment once, to be given or to be taken
        error[E1304]: the rule `c` does nothing (at /rules/2); help: give it an action: a status, tags, segments or fields to set
        error[E0201]: there is no field `nothing` (at /rules/2/condition/filter/field)
    "##);
}
