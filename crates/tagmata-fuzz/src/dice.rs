//! Bytes as the dice of a generator: the first of them draw, the others choose from what was drawn, so that a fuzzer that adds, removes
//! or moves a byte does the same with something that happens.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// How many bytes draw.
const SEED: usize = 4;

/// What a generator draws, and the bytes that choose; none where there are too few.
pub(crate) fn drawn<S: Strategy>(strategy: &S, bytes: &[u8]) -> Option<(S::Value, Vec<usize>)> {
    let (seed, choices) = bytes.split_at_checked(SEED)?;
    let mut whole = [0; 32];
    whole[..SEED].copy_from_slice(seed);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &whole);
    let config = Config { failure_persistence: None, ..Config::default() };
    let tree = strategy.new_tree(&mut TestRunner::new_with_rng(config, rng)).ok()?;
    Some((tree.current(), choices.iter().map(|choice| usize::from(*choice)).collect()))
}
