//! How much the random tests draw.

use proptest::prelude::ProptestConfig;

/// So many cases, or what `PROPTEST_CASES` asks for.
#[expect(clippy::disallowed_methods, reason = "a test may be told from outside how long to run")]
pub(crate) fn cases(few: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(few);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}
