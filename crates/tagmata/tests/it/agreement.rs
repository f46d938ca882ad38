//! Random filters over random contacts: the engine and the oracle, which was written from the specification alone, agree.

use crate::random::{Drawn, budget};
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};
use tagmata_testkit::{generate::case, oracle::Oracle};

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(400), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn oracle_and_evaluate_give_the_same_members(case in case(3)) {
        let drawn = Drawn::new(&case);
        let oracle = Oracle::new(&case.schema, &case.settings);
        let expected: Vec<&str> = (0..case.contacts.len())
            .filter(|at| oracle.matches(&case.filter, &case.contacts, *at, case.now))
            .map(|at| case.contacts[at].0.as_str())
            .collect();
        prop_assert_eq!(drawn.world.members(&drawn.filter, drawn.now), expected, "{}", drawn.filter);
    }
}
