//! What the random tests draw, as the engine's own values.

use tagmata::{Filter, Timestamp};
use tagmata_testkit::conformance::{World, read_filter};
use tagmata_testkit::generate::Case;

/// How many cases a random test draws: a small fixed number, or what `PROPTEST_CASES` asks for.
pub(crate) fn budget(few: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(few)
}

/// A drawn case in the engine.
pub(crate) struct Drawn {
    pub(crate) world: World,
    pub(crate) filter: Filter,
    pub(crate) now: Timestamp,
}

impl Drawn {
    pub(crate) fn new(case: &Case) -> Self {
        let world = World::build(&case.schema, &case.settings, &case.contacts);
        let filter = read_filter(&case.filter, &world.schema)
            .unwrap_or_else(|error| panic!("{error}\n{}", case.filter));
        Self { world, filter, now: Timestamp::from_micros(case.now.timestamp_micros()).unwrap() }
    }
}
