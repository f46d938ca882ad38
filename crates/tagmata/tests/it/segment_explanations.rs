//! Why segments have as many members as they have.

use crate::book_walk::{walk, walks};
use crate::random::budget;
use insta::assert_snapshot;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use serde_json::{Value, json};
use tagmata::{
    Book, Draft, Limits, NewSegment, SegmentExplanation, SegmentPart, SegmentPatch, Timestamp, ValueType,
};
use tagmata_testkit::conformance::{book, read_filter};
use tagmata_testkit::generate::{Case, case};
use tagmata_testkit::oracle::Oracle;
use tagmata_testkit::past::as_kept;

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// Eight contacts: every status of vip and lead, country of FR and BE, and billed or not.
fn eight() -> Book {
    let mut book = Book::builder().build(now());
    book.define_field(tagmata::NewField::new("billed", ValueType::Number), now()).unwrap();
    for at in 0..8 {
        let mut draft = Draft::new()
            .set("status", if at & 1 == 0 { "vip" } else { "lead" })
            .set("country", if at & 2 == 0 { "FR" } else { "BE" });
        if at & 4 == 0 {
            draft = draft.set("billed", 100.0);
        }
        book.create_contact(draft, now()).unwrap();
    }
    book.create_segment(NewSegment::fixed("Nord"), now()).unwrap();
    book.add_to_segment("country = FR", "Nord", now()).unwrap();
    book
}

fn explained(book: &mut Book, segment: NewSegment) -> String {
    let segment = book.create_segment(segment, now()).unwrap().id;
    book.explain_segment(segment).unwrap().to_string()
}

#[test]
fn texts_are_for_people() {
    let mut book = eight();
    assert_snapshot!(book.explain_segment("nord").unwrap().to_string(), @r"
    Nord: 4 of 8 contacts
      4: put in by hand
    ");
    let nested = NewSegment::dynamic(
        "VIP FR",
        "status = vip and (country = FR or billed > 50) and not (segments has Nord and billed is empty)",
    );
    assert_snapshot!(explained(&mut book, nested), @r#"
    VIP FR: 2 of 8 contacts
      2: all of
        4: status = "vip", removes 2
        6: any of, removes 1
          4: country = "FR", adds 2
          4: billed > 50, adds 2
        6: not, removes 1
          2: all of
            4: segments has "Nord", removes 2
            4: billed is empty, removes 2
    "#);
    let [zoe, leo, ana] = [0, 1, 4].map(tagmata::ContactId::new);
    let pinned = NewSegment::dynamic("Pinned", "status = vip").always_in([zoe, leo]).always_out([ana, leo]);
    assert_snapshot!(explained(&mut book, pinned), @r#"
    Pinned: 3 of 8 contacts
      4: status = "vip"
      2: always in, adds nobody
      2: always out, removes 2
    "#);
}

#[test]
fn a_broken_segment_says_why() {
    let mut book = eight();
    book.create_segment(NewSegment::dynamic("Big", "billed > 50"), now()).unwrap();
    book.create_segment(NewSegment::dynamic("Above", "segments has Big"), now()).unwrap();
    book.delete_field("billed", true, now()).unwrap();
    let why = book.explain_segment("Big").unwrap();
    assert_eq!((why.count, why.nodes().len(), why.root()), (None, 0, None));
    assert_eq!(why.filter.as_deref(), Some("billed > 50"));
    assert_snapshot!(why.to_string(), @"
    Big: cannot be counted
      the segment `Big` is broken
      help: its filter uses the field `billed`, which was deleted; give it another filter, or delete it
    ");
    assert_snapshot!(book.explain_segment("Above").unwrap().to_string(), @"
    Above: cannot be counted
      the segment `Big` is broken
      help: its filter uses the field `billed`, which was deleted; give it another filter, or delete it
    ");
}

/// The JSON of all nodes of a filter, children before their parents.
fn nodes_of(filter: &Value) -> Vec<Value> {
    let (mut open, mut nodes) = (vec![filter.clone()], Vec::new());
    while let Some(node) = open.pop() {
        let below = node["args"]
            .as_array()
            .cloned()
            .unwrap_or_else(|| node.get("arg").cloned().into_iter().collect());
        open.extend(below);
        nodes.push(node);
    }
    nodes.reverse();
    nodes
}

/// Holds the numbers of parts to what is counted, with and without each member of each group.
fn check_parts(
    why: &SegmentExplanation,
    filter: &Value,
    count: impl Fn(&Value) -> u64,
) -> Result<(), proptest::test_runner::TestCaseError> {
    let nodes = nodes_of(filter);
    prop_assert_eq!(nodes.len(), why.nodes().len());
    let mut is_in_group = vec![false; nodes.len()];
    for (node, part) in nodes.iter().zip(why.nodes()) {
        let counted = count(node);
        prop_assert_eq!(part.count, counted, "{}: {}", part.text, why);
        let Some(args) = node["args"].as_array() else { continue };
        for (at, child) in part.children.iter().enumerate() {
            let rest: Vec<&Value> =
                args.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, arg)| arg).collect();
            let without = match rest.as_slice() {
                [only] => count(only),
                _ => count(&json!({"op": node["op"], "args": rest})),
            };
            let child: &SegmentPart = &why.nodes()[child.index()];
            prop_assert_eq!(child.without, Some(without), "{}: {}", child.text, why);
            let (removes, adds) = match node["op"].as_str() {
                Some("and") => (Some(without - counted), None),
                _ => (None, Some(counted - without)),
            };
            prop_assert_eq!((child.removes, child.adds), (removes, adds), "{}: {}", child.text, why);
        }
        part.children.iter().for_each(|child| is_in_group[child.index()] = true);
    }
    for (part, is_in_group) in why.nodes().iter().zip(is_in_group) {
        prop_assert!(is_in_group || (part.removes, part.adds, part.without) == (None, None, None), "{}", why);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(150), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_numbers_are_those_that_the_oracle_counts(case in case(3)) {
        let now = Timestamp::from_micros(case.now.timestamp_micros()).unwrap();
        let case: Case = as_kept(case, now);
        let mut book = book(&case.settings, &case.schema, &case.contacts, now);
        let filter = read_filter(&case.filter, book.schema()).unwrap();
        let json: Value = serde_json::from_str(&filter.to_json(book.schema())).unwrap();
        let segment = book.create_segment(NewSegment::dynamic("Explained", filter), now).unwrap().id;
        let why = book.explain_segment(segment).unwrap();
        prop_assert_eq!(why.count, Some(book.members(segment).unwrap().len()));
        let oracle = Oracle::new(&case.schema, &case.settings);
        check_parts(&why, &json["filter"], |node| {
            let node = json!({"v": 1, "filter": node});
            let matches = |at: &usize| oracle.matches(&node, &case.contacts, *at, case.now);
            (0..case.contacts.len()).filter(matches).count() as u64
        })?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(20), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_numbers_are_those_of_edited_segments_after_changes(steps in walks()) {
        walk(&steps, |turn| {
            let book = turn.after;
            for info in book.segments() {
                let why = book.explain_segment(info.id).unwrap();
                prop_assert_eq!((&why.count, &why.filter, &why.error), (&info.count, &info.filter, &info.error));
                prop_assert_eq!(why.everybody, book.count("everyone").unwrap());
                let (Some(count), Some(text)) = (info.count, &info.filter) else { continue };
                let counted = |patch: SegmentPatch| {
                    let mut edited = book.clone();
                    edited.update_segment(info.id, patch, edited.now()).unwrap();
                    edited.segment(info.id).unwrap().count.unwrap()
                };
                let inside = counted(SegmentPatch::new().always_in([]));
                let outside = counted(SegmentPatch::new().always_out([]));
                for (pins, set, without, adds, removes) in [
                    (&why.always_in, &info.always_in, inside, Some(count - inside.min(count)), None),
                    (&why.always_out, &info.always_out, outside, None, Some(outside - count.min(outside))),
                ] {
                    let Some(pins) = pins else {
                        prop_assert!(set.is_empty());
                        continue;
                    };
                    prop_assert_eq!(pins.count, set.len());
                    prop_assert_eq!((pins.without, pins.adds, pins.removes), (Some(without), adds, removes), "{}", why);
                }
                let filter = book.filter(text.as_str()).unwrap();
                let json: Value = serde_json::from_str(&filter.to_json(book.schema())).unwrap();
                check_parts(&why, &json["filter"], |node| {
                    let node = json!({"v": 1, "filter": node});
                    book.count(read_filter(&node, book.schema()).unwrap()).unwrap()
                })?;
            }
            Ok(())
        })?;
    }
}

#[test]
fn the_deepest_and_the_widest_filters_fit_a_small_stack() {
    let limits = Limits { source: 1 << 20, ..Limits::default() };
    let deepest = format!("{}status = lead{}", "not (name is not empty and ".repeat(32), ")".repeat(32));
    let widest = vec!["first_name = \"zoé\""; 9_999].join(" or ");
    let check = move || {
        let mut book = Book::builder().limits(limits).build(now());
        book.create_contact(Draft::new().set("first_name", "Zoé"), now()).unwrap();
        for (filter, nodes) in [(deepest, 97), (widest, 10_000)] {
            let segment =
                book.create_segment(NewSegment::dynamic(format!("{nodes}"), filter), now()).unwrap().id;
            let why = book.explain_segment(segment).unwrap();
            assert_eq!(why.nodes().len(), nodes);
            assert_eq!(why.to_string().lines().count(), nodes + 1);
        }
    };
    std::thread::Builder::new().stack_size(256 * 1024).spawn(check).unwrap().join().unwrap();
}
