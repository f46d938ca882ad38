//! Whole cases: a world and a question.

use crate::generate::contacts::contacts_from;
use crate::generate::filters::filter_from;
use crate::generate::pool::Pool;
use crate::generate::schema::schema;
use crate::generate::settings::settings;
use crate::generate::times::now_in;
use chrono::{DateTime, Utc};
use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy};
use serde_json::Value;

/// Everything a comparison needs; contacts and filter are drawn around `now`.
#[derive(Clone, Debug)]
pub struct Case {
    /// The schema, in the format of `conformance/README.md`.
    pub schema: Value,
    /// The settings, in the same format.
    pub settings: Value,
    /// The instant of the question.
    pub now: DateTime<Utc>,
    /// Names and contacts; a contact's id is its place.
    pub contacts: Vec<(String, Value)>,
    /// Canonical JSON, `{"v": 1, "filter": …}`.
    pub filter: Value,
}

/// Cases whose filters are nested at most `depth` deep.
pub fn case(depth: u32) -> BoxedStrategy<Case> {
    case_from(depth, |_, _| Just(())).prop_map(|(case, ())| case).boxed()
}

/// Worlds with several questions each, nested at most `depth` deep: that of the case, and so many more.
pub fn asked(depth: u32, more: usize) -> BoxedStrategy<(Case, Vec<Value>)> {
    case_from(depth, move |schema, pool| vec(filter_from(schema, pool, depth), more))
}

/// Cases, and what else is drawn from their schema and their pool.
pub(crate) fn case_from<S: Strategy + 'static>(
    depth: u32,
    more: impl Fn(&Value, &Pool) -> S + 'static,
) -> BoxedStrategy<(Case, S::Value)> {
    settings()
        .prop_flat_map(|settings| (now_in(&settings), Just(settings)))
        .prop_flat_map(|(now, settings)| (schema(), Pool::around(&settings, now), Just((settings, now))))
        .prop_flat_map(move |(schema, pool, (settings, now))| {
            let contacts = contacts_from(&schema, &pool);
            let filter = filter_from(&schema, &pool, depth);
            let more = more(&schema, &pool);
            (Just((schema, settings, now)), contacts, filter, more)
        })
        .prop_map(|((schema, settings, now), contacts, filter, more)| {
            (Case { schema, settings, now, contacts, filter }, more)
        })
        .boxed()
}
