//! The numbers of `docs/compare.md` are those of `docs/performance.md`.

use std::collections::BTreeSet;
use std::fs;
use tagmata_guides::pages::repository;

/// The words of a page, without the signs around them.
fn words(page: &str) -> Vec<String> {
    let page = fs::read_to_string(repository().join("docs").join(page)).unwrap();
    let words = page.split(|sign: char| sign.is_whitespace() || sign == '|');
    words.map(|word| word.trim_matches(['(', ')', ',', '.', ';', ':', '*']).to_owned()).collect()
}

#[test]
fn what_is_measured_is_on_the_page_of_measurements() {
    const UNITS: [&str; 5] = ["bytes", "GB", "ms", "s", "µs"];
    let measured: BTreeSet<String> = words("performance.md").into_iter().collect();
    let words = words("compare.md");
    let mut numbers = Vec::new();
    for (word, behind) in words.iter().zip(words.iter().skip(1)) {
        let is_number = word.starts_with(|sign: char| sign.is_ascii_digit());
        if is_number && (word.ends_with('×') || UNITS.contains(&behind.as_str())) {
            numbers.push(word);
        }
    }
    let unknown: Vec<_> = numbers.iter().filter(|number| !measured.contains(number.as_str())).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(numbers.len() >= 10, "{numbers:?}");
}
