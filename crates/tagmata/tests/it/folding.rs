//! Folding takes short cuts, and comes to what its definition says (filter-language.md, section 3).

use crate::random::budget;
use caseless::Caseless;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use tagmata::fold;
use unicode_normalization::UnicodeNormalization;

/// NFC(full Unicode case folding(NFD(trimmed text))).
fn defined(text: &str) -> String {
    text.trim().nfd().default_case_fold().nfc().collect()
}

#[test]
fn every_letter_folds_by_the_definition() {
    for letter in ('\0'..=char::MAX).filter(|letter| !letter.is_whitespace()) {
        let mut text = String::from(letter);
        assert_eq!(fold(&text), defined(&text), "{letter:?}");
        if letter < '\u{250}' {
            // With a combining accent behind it, and with letters around it.
            text.push('\u{301}');
            assert_eq!(fold(&text), defined(&text), "{letter:?}");
            let text = format!("É{letter}Ÿ");
            assert_eq!(fold(&text), defined(&text), "{letter:?}");
        }
    }
}

/// Letters that fold to several, or are composed of several.
const ODD: &[&str] = &["\u{301}", "ß", "İ", "ŉ", "ſ", "µ", "Å"];

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(500), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_folds_by_the_definition(
        letters in vec(prop_oneof!["[a-zA-ZÀ-ſ]".boxed(), ".".boxed(), select(ODD).prop_map(str::to_owned).boxed()], 0..8)
    ) {
        let text = letters.concat();
        let folded = fold(&text).into_owned();
        prop_assert_eq!(&folded, &defined(&text));
        prop_assert_eq!(&*fold(&folded), &folded);
    }
}
