//! The example over the shipped files.

use tagmata_testkit::examples::{expected, printed};

#[test]
fn the_program_prints_what_those_of_the_other_languages_print() {
    assert_eq!(printed(env!("CARGO_MANIFEST_DIR"), "quickstart"), expected("quickstart"));
}
