//! Whatever is legal works on a thread with 256 KiB of stack in a debug build: a stack that overflows would end the process of the host
//! (docs/limits.md). Each call with a filter is in `doors`, all others are in the table here; a new call is one line.
//!
//! Elasticsearch could be ended by one search: CVE-2023-31419, <https://nvd.nist.gov/vuln/detail/CVE-2023-31419>.

use crate::doors::{DOORS, ZOE, book};
use crate::import_books::now;
use std::io::Cursor;
use tagmata::{
    Book, BreakdownQuery, Clock, Code, Commit, Draft, DynamicSegment, Filter, FilterSource, ImportOptions,
    JsonTree, Limits, NewRule, NewSegment, Outcome, Patch, Prune, Rule, RulePatch, SegmentPatch, SharedBook,
    StaticSegments, WhenBusy,
};
use tagmata_testkit::deepest::{chain, documents, on_a_small_stack, over_the_chain, texts};

/// A source that is read by the book, or was read before.
fn sources() -> Vec<(&'static str, FilterSource)> {
    let limits = Limits::default();
    let checked = |filter: Filter| FilterSource::from(filter);
    let schema = book().schema().clone();
    let mut sources = Vec::new();
    for (name, text) in texts() {
        sources.push((name, text.as_str().into()));
        sources.push((name, checked(Filter::parse(&text, &schema).unwrap())));
    }
    for (name, json) in documents() {
        sources.push((name, JsonTree::parse(&json, &limits).unwrap().into()));
    }
    sources
}

#[test]
fn calls_with_the_deepest_filters() {
    on_a_small_stack(|| {
        for (name, _, door) in DOORS {
            // The largest ones take a while; they are asked by themselves below.
            for (about, source) in
                sources().into_iter().filter(|(about, _)| !["wide groups", "JSON nodes"].contains(about))
            {
                door(&mut book(), source).unwrap_or_else(|error| panic!("{name}: {about}: {error:.300}"));
            }
        }
    });
}

#[test]
fn calls_with_the_longest_chains_of_segments() {
    on_a_small_stack(|| {
        let mut chained = book();
        chain(&mut chained, now());
        for (name, _, door) in DOORS {
            door(&mut chained.clone(), over_the_chain().as_str().into())
                .unwrap_or_else(|error| panic!("{name}: {error:.300}"));
        }
    });
}

#[test]
fn filters_by_themselves() {
    on_a_small_stack(|| {
        let book = book();
        let schema = book.schema();
        let zoe = book.contact(ZOE).unwrap();
        for (name, source) in sources() {
            let filter = book.filter(source).unwrap();
            assert!(Filter::parse(&filter.to_string(), schema).map_or(true, |read| read == filter), "{name}");
            assert_eq!(Filter::from_json(&filter.to_json(schema), schema).unwrap(), filter, "{name}");
            if let Ok(tree) = filter.to_query_builder(schema) {
                assert_eq!(Filter::from_json(&tree, schema).unwrap(), filter, "{name}");
            }
            assert_eq!(
                filter.matches(&zoe, now()),
                filter.plan().at(now()).matches(&zoe, &StaticSegments),
                "{name}"
            );
            let explained = filter.explain(&zoe, now(), &StaticSegments, schema);
            assert!(!explained.to_string().is_empty() && !format!("{explained:?}").is_empty(), "{name}");
            assert!(!format!("{filter:?} {:#?}", filter.plan()).is_empty(), "{name}");
            drop((filter.fields(), filter.segments(), filter.lints().to_vec()));
            drop(filter.clone());
        }
    });
}

/// One past the limit is an error, on the same stack.
#[test]
fn what_is_deeper_is_refused() {
    on_a_small_stack(|| {
        let mut chained = book();
        chain(&mut chained, now());
        let past = NewSegment::dynamic("deep 16", over_the_chain().as_str());
        chained.create_segment(past, now()).unwrap();
        let deeper = [
            format!("not {}", over_the_chain()),
            format!("({})", texts()[0].1),
            "segments has \"deep 16\"".to_owned(),
            "(".repeat(60_000),
            "not ".repeat(16_000),
        ];
        for (name, _, door) in DOORS {
            for filter in &deeper {
                // A filter is read by itself, and how deep its segments go is found where it is asked.
                if *name != "filter" {
                    assert!(
                        door(&mut chained.clone(), filter.as_str().into()).is_err(),
                        "{name}: {filter:.40}"
                    );
                }
            }
        }
    });
}

/// A call of a book with the longest chain of segments, whose filters are as deep as may be.
type Call = fn(&mut Book);

const CALLS: &[(&str, Call)] = &[
    ("members", |book| drop(book.members("deep 15").unwrap())),
    ("segment", |book| drop(format!("{:?}", book.segment("deep 15").unwrap()))),
    ("segments", |book| drop(book.segments())),
    ("segments_of", |book| drop(book.segments_of(ZOE).unwrap())),
    ("explain_membership", |book| drop(book.explain_membership(ZOE, "deep 15").unwrap().to_string())),
    ("explain_segment", |book| drop(book.explain_segment("deep 15").unwrap().to_string())),
    ("explain_text", |book| drop(book.explain_text(ZOE, &over_the_chain()).unwrap())),
    ("breakdown", |book| drop(book.breakdown(&BreakdownQuery::by("segments")).unwrap())),
    ("create_contact", |book| {
        drop(book.create_contact(Draft::new().set("first_name", "New"), now()).unwrap())
    }),
    ("update_contacts", |book| {
        drop(book.update_contacts(ZOE, Patch::new().set("country", "FR"), now()).unwrap())
    }),
    ("set_status", |book| assert_eq!(book.set_status(ZOE, "lead", now()).unwrap().effects.entered.len(), 16)),
    ("undo", |book| {
        let commit = book.set_status(ZOE, "inactive", now()).unwrap().commit;
        drop(book.undo(&commit, now()).unwrap());
    }),
    ("batch", |book| drop(book.batch(now(), |book| book.set_status(ZOE, "vip", now()).map(drop)).unwrap())),
    ("preview", |book| {
        drop(book.preview(now(), |book| book.set_status(ZOE, "vip", now()).map(drop)).unwrap())
    }),
    ("advance", |book| drop(book.advance("2027-11-24T09:00:00Z".parse().unwrap()).unwrap())),
    ("next_change", |book| assert_eq!(book.next_change(), None)),
    ("rename_segment", |book| drop(book.rename_segment("deep 0", "deepest", now()).unwrap())),
    ("freeze_segment", |book| drop(book.freeze_segment("deep 15", now()).unwrap())),
    ("update_segment", |book| {
        drop(book.update_segment("deep 0", SegmentPatch::new().filter("status = vip"), now()).unwrap());
    }),
    ("a circle", |book| {
        let last = SegmentPatch::new().filter(over_the_chain().as_str());
        assert!(book.update_segment("deep 0", last, now()).is_err());
    }),
    ("delete_segment", |book| {
        assert!(book.delete_segment("deep 0", false, now()).is_err());
        drop(book.delete_segment("deep 0", true, now()).unwrap());
        assert!(book.members("deep 15").is_err());
    }),
    ("definitions", |book| {
        let mut other = Book::builder().build(now());
        other.apply_definitions(&book.definitions(), Prune::Remove, now()).unwrap();
        assert_eq!(other.definitions(), book.definitions());
        let tree = JsonTree::parse_definitions(&book.definitions(), &Limits::default()).unwrap();
        other.apply_definitions(&tree, Prune::Remove, now()).unwrap();
    }),
    ("rules", |book| {
        let rule = NewRule::when("deep", over_the_chain().as_str())
            .condition(texts()[3].1.as_str())
            .add_tags(["new"]);
        book.add_rule(rule.apply_to_existing(true), now()).unwrap();
        let on = NewRule::on("paid", "payment").condition(over_the_chain().as_str()).set_status("vip");
        book.add_rule(on, now()).unwrap();
        book.record(ZOE, "payment", now(), None, None, now()).unwrap();
        drop(book.preview_rule("deep").unwrap());
        drop(book.update_rule("deep", RulePatch::new().when(texts()[1].1.as_str()), now()).unwrap());
        drop(format!("{:?}", book.rules()));
    }),
    ("import", |book| {
        let file = "First name,Last name,E-mail,Country,Segments\nNew,N,new@example.com,FR,List\n";
        drop(book.import(Cursor::new(file), &ImportOptions::new(), now()).unwrap());
    }),
    ("check", |book| assert_eq!(book.check(), Vec::<String>::new())),
    ("clone and drop", |book| drop(book.clone())),
    ("shared", |book| {
        let shared = SharedBook::new(book.clone(), Clock::Fixed, WhenBusy::Wait);
        shared
            .read(tagmata::Access::Direct, |book| book.select(over_the_chain().as_str()).map(drop))
            .unwrap();
    }),
];

#[test]
fn all_calls_with_the_deepest_segments() {
    on_a_small_stack(|| {
        let mut deepest = book();
        chain(&mut deepest, now());
        for (_, call) in CALLS {
            call(&mut deepest.clone());
        }
    });
}

/// Commits, segments and rules as bytes and as JSON.
#[test]
fn the_deepest_filters_as_bytes() {
    on_a_small_stack(|| {
        let (mut book, mut replica) = (book(), book());
        let mut outcomes: Vec<Outcome> = Vec::new();
        for (at, (_, text)) in texts().into_iter().enumerate() {
            let segment = NewSegment::dynamic(format!("text {at}"), text.as_str());
            outcomes.push(book.create_segment(segment, now()).unwrap().outcome);
            let rule = NewRule::when(format!("rule {at}"), text.as_str()).add_tags(["new"]);
            outcomes.push(book.add_rule(rule, now()).unwrap().outcome);
        }
        for Outcome { commit, .. } in outcomes {
            assert!(!commit.to_json(book.schema(), 1_000).is_empty());
            let read = Commit::from_bytes(&commit.to_bytes()).unwrap();
            replica.replay(&read).unwrap();
        }
        assert_eq!(book.differences(&replica), Vec::<String>::new());
        for segment in book.schema().segments().map(str::to_owned).collect::<Vec<_>>() {
            let id = book.schema().segment(&segment).unwrap();
            if let Some(definition) = book.dynamic_segments().get(id) {
                assert_eq!(&DynamicSegment::from_bytes(&definition.to_bytes()).unwrap(), definition);
            }
        }
        drop(Rule::from_bytes(&[]).unwrap_err());
    });
}

/// Limits that are raised cost memory and time, never the stack.
#[test]
fn raised_limits_cost_no_stack() {
    on_a_small_stack(|| {
        const DEEP: usize = 3_000;
        let limits = Limits { source: 16 << 20, nesting: DEEP, segment_depth: DEEP, ..Limits::default() };
        let mut book = Book::builder().limits(limits).build(now());
        book.create_contact(Draft::new().set("first_name", "Zo\u{e9}"), now()).unwrap();
        let nested = [
            format!("{}status = lead", "not ".repeat(DEEP)),
            format!("{}status = lead{}", "(".repeat(DEEP), ")".repeat(DEEP)),
        ];
        for filter in &nested {
            let filter = book.filter(filter.as_str()).unwrap();
            assert_eq!(book.count(&filter).unwrap(), 1);
            assert!(book.explain(ZOE, &filter).unwrap().verdict());
            assert_eq!(Filter::from_json(&filter.to_json(book.schema()), book.schema()).unwrap(), filter);
        }
        // Of segments in a row 32 are the most, whatever the limit is: the first refers to none, the last to 32.
        let chained = (0..=33).map(|at| match at {
            0 => NewSegment::dynamic("deep 0", "status = lead"),
            _ => NewSegment::dynamic(
                format!("deep {at}"),
                format!("segments has \"deep {}\"", at - 1).as_str(),
            ),
        });
        let made: Vec<_> = chained
            .map(|segment| book.create_segment(segment, now()).map_err(|error| error.code()))
            .collect();
        assert_eq!(made.iter().position(Result::is_err), Some(33));
        assert_eq!(made[33].as_ref().err(), Some(&Code::SegmentsTooDeep));
        let last = "deep 31".to_owned();
        assert_eq!(book.members(last.as_str()).unwrap().len(), 1);
        assert!(book.matches(ZOE, format!("segments has \"{last}\"").as_str()).unwrap());
        drop(book.explain_membership(ZOE, last.as_str()).unwrap());
        drop(book.explain_segment(last.as_str()).unwrap());
        drop(book.set_status(ZOE, "vip", now()).unwrap());
        assert_eq!(book.members(last.as_str()).unwrap().len(), 0);
        drop(book.delete_segment("deep 0", true, now()).unwrap());
    });
}
