//! What holds for every filter.

use crate::random::{Drawn, budget};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use std::collections::BTreeSet;
use tagmata::{Explained, Filter, StaticSegments, Timestamp};
use tagmata_testkit::generate::case;

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(200), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_reads_back_as_the_same_filter(case in case(4)) {
        let Drawn { world, filter, .. } = Drawn::new(&case);
        let again = Filter::parse(&filter.to_string(), &world.schema).unwrap_or_else(|error| panic!("{filter}\n{error}"));
        prop_assert_eq!(again.plan(), filter.plan(), "the text route and the JSON route mean the same");
        prop_assert_eq!(again.to_string(), filter.to_string());
        prop_assert!(again == filter);
    }

    #[test]
    fn what_is_written_as_json_reads_back_as_the_same_filter(case in case(4)) {
        let Drawn { world, filter, .. } = Drawn::new(&case);
        let json = filter.to_json(&world.schema);
        let again = Filter::from_json(&json, &world.schema).unwrap_or_else(|error| panic!("{json}\n{error}"));
        prop_assert!(again == filter, "{json}");
        prop_assert_eq!(again.to_json(&world.schema), json);
    }

    #[test]
    fn what_a_query_builder_gets_reads_back_as_the_same_filter(case in case(4)) {
        let Drawn { world, filter, .. } = Drawn::new(&case);
        match filter.to_query_builder(&world.schema) {
            Ok(tree) => {
                let again = Filter::from_json(&tree, &world.schema).unwrap_or_else(|error| panic!("{tree}\n{error}"));
                prop_assert!(again == filter, "{filter}\n{tree}\n{again}");
            }
            Err(error) => {
                prop_assert_eq!(error.code().as_str(), "E0705");
                let has_no_rule = ["everyone", "nobody", "\"~\""].iter().any(|word| filter.to_string().contains(word));
                prop_assert!(has_no_rule, "{filter}: {error}");
            }
        }
    }

    #[test]
    fn not_is_the_exact_complement(case in case(3)) {
        let Drawn { world, filter, now } = Drawn::new(&case);
        let negated = Filter::parse(&format!("not ({filter})"), &world.schema).unwrap();
        let (inside, outside) = (world.members(&filter, now), world.members(&negated, now));
        for (name, _) in &world.contacts {
            prop_assert!(inside.contains(&name.as_str()) != outside.contains(&name.as_str()), "{name}: {filter}");
        }
    }

    #[test]
    fn an_explanation_has_the_verdict_and_holds_until_it_says(case in case(3), steps in proptest::array::uniform6(0_u64..1000)) {
        let Drawn { world, filter, now } = Drawn::new(&case);
        let segments = world.segments.at(now);
        let matcher = filter.plan().at(now);
        for (name, contact) in &world.contacts {
            let membership = segments.membership();
            let why = filter.explain(contact, now, &membership, &world.schema);
            let verdict = matcher.matches(contact, &membership);
            prop_assert_eq!(why.verdict(), verdict, "{}: {}\n{}", name, filter, why);
            // Until then the verdict stays; the last microsecond before it is the hardest to get right.
            let until = why.valid_until().unwrap_or(Timestamp::MAX);
            prop_assert!(until > now, "{name}: {filter}\n{why}");
            let length = until.as_micros() - now.as_micros();
            let moments = steps.iter().map(|step| now.as_micros() + i64::try_from(i128::from(length - 1) * i128::from(*step) / 1000).unwrap());
            for micros in moments.chain([until.as_micros() - 1]) {
                let then = Timestamp::from_micros(micros).unwrap();
                let segments = world.segments.at(then);
                let still = filter.plan().at(then).matches(contact, &segments.membership());
                prop_assert_eq!(still, verdict, "{} at {}: {}\n{}", name, then, filter, why);
            }
        }
    }

    #[test]
    fn the_deciding_conditions_of_an_explanation_lead_to_the_root(case in case(4)) {
        let Drawn { world, filter, now } = Drawn::new(&case);
        for (_, contact) in &world.contacts {
            let why = filter.explain(contact, now, &StaticSegments, &world.schema);
            prop_assert!(why.deciding().next().is_some(), "{why}");
            // Turning every deciding condition round turns the verdict round.
            let turned = answers(why.nodes(), |at| why.nodes()[at].decides);
            prop_assert_eq!(turned.last(), Some(&!why.verdict()), "{}", why);
        }
    }
    #[test]
    fn the_conditions_that_do_not_decide_cannot_turn_the_verdict(case in case(4)) {
        let Drawn { world, filter, now } = Drawn::new(&case);
        for (_, contact) in &world.contacts {
            let why = filter.explain(contact, now, &StaticSegments, &world.schema);
            let turned = answers(why.nodes(), |at| !why.nodes()[at].decides);
            prop_assert_eq!(turned.last(), Some(&why.verdict()), "{}", why);
        }
    }

    #[test]
    fn each_deciding_condition_can_turn_the_verdict(case in case(4)) {
        let Drawn { world, filter, now } = Drawn::new(&case);
        for (_, contact) in &world.contacts {
            let why = filter.explain(contact, now, &StaticSegments, &world.schema);
            let nodes = why.nodes();
            for leaf in (0..nodes.len()).filter(|at| nodes[*at].decides && nodes[*at].children.is_empty()) {
                // Where others have decided the same beside it, they are the other way round, so that it is alone.
                let others = deciding_beside(nodes, leaf);
                let without = answers(nodes, |at| others.contains(&at));
                prop_assert_eq!(without.last(), Some(&why.verdict()), "{}\n{}", nodes[leaf].text, why);
                let turned = answers(nodes, |at| at == leaf || others.contains(&at));
                prop_assert_eq!(turned.last(), Some(&!why.verdict()), "{}\n{}", nodes[leaf].text, why);
            }
        }
    }
}

/// The answers of all nodes when some conditions are the other way round.
fn answers(nodes: &[Explained], is_turned: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut answers: Vec<bool> = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let mut below = node.children.iter().map(|child| answers[child.index()]);
        let answer = match node.text.as_str() {
            _ if node.children.is_empty() => node.verdict != is_turned(at),
            "all of" => below.all(|answer| answer),
            "any of" => below.any(|answer| answer),
            _ => !below.next().unwrap(),
        };
        answers.push(answer);
    }
    answers
}

/// The deciding conditions below the groups of a condition that are decided by one part, in the other parts of these groups.
fn deciding_beside(nodes: &[Explained], leaf: usize) -> BTreeSet<usize> {
    let (mut inside, mut beside) = (leaf, BTreeSet::new());
    for (at, node) in nodes.iter().enumerate() {
        let children: Vec<usize> = node.children.iter().map(|child| child.index()).collect();
        if !children.contains(&inside) {
            continue;
        }
        if node.verdict == (node.text == "any of") && node.text != "not" {
            let mut open: Vec<usize> = children.into_iter().filter(|child| *child != inside).collect();
            while let Some(at) = open.pop() {
                match nodes[at].children.as_slice() {
                    [] if nodes[at].decides => _ = beside.insert(at),
                    below => open.extend(below.iter().map(|child| child.index())),
                }
            }
        }
        inside = at;
    }
    beside
}
