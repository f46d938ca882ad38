//! How much the random tests draw.

use proptest::prelude::ProptestConfig;

/// So many cases, or what `PROPTEST_CASES` asks for.
#[expect(clippy::disallowed_methods, reason = "a test may be told from outside how long to run")]
pub(crate) fn cases(few: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(few);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// How many steps a random walk may have: so many, or a few where Miri runs the tests, which takes about a thousand times as long.
pub(crate) fn steps(many: usize) -> usize {
    if cfg!(miri) { many.div_ceil(8) } else { many }
}

/// How many rows or numbers there may be: so many, or a hundredth where Miri runs the tests.
pub(crate) fn rows(many: usize) -> usize {
    if cfg!(miri) { many.div_ceil(100) } else { many }
}
