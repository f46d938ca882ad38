//! Laws of phone numbers: `Phone::parse`, which reads plain forms over tables of its own, answers as the phone library
//! does, for numbers around those that each country gives as examples.

use crate::random::budget;
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::{Index, select};
use rlibphonenumber::interfaces::AsOriginal;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};
use std::fmt::Write;
use std::sync::LazyLock;
use tagmata::{Country, Phone};

/// A number that is assigned, or nearly.
#[derive(Debug, Clone)]
struct Example {
    country: Option<Country>,
    calling_code: String,
    national_prefix: String,
    digits: String,
}

const KINDS: &[PhoneNumberType] = &[
    PhoneNumberType::FixedLine,
    PhoneNumberType::Mobile,
    PhoneNumberType::TollFree,
    PhoneNumberType::PremiumRate,
    PhoneNumberType::SharedCost,
    PhoneNumberType::VoIP,
    PhoneNumberType::PersonalNumber,
    PhoneNumberType::Pager,
    PhoneNumberType::UAN,
    PhoneNumberType::VoiceMail,
];

static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
    let util = &*PHONE_NUMBER_UTIL;
    let mut regions: Vec<Region> = util.get_supported_regions().collect();
    regions.sort_by_key(|region| format!("{region:?}"));
    let mut examples = Vec::new();
    for region in regions {
        let country: Option<Country> = format!("{region:?}").parse().ok();
        let national_prefix = util.as_original().get_ndd_prefix_for_region(region, true).unwrap();
        let numbers = KINDS.iter().map(|kind| util.get_example_number_for_type_and_region(region, *kind));
        for number in numbers.chain([util.get_invalid_example_number(region)]).flatten() {
            examples.push(Example { country, national_prefix: national_prefix.clone(), ..example(&number) });
        }
    }
    for calling_code in util.get_supported_global_network_calling_codes() {
        examples.push(example(&util.get_example_number_for_non_geo_entity(calling_code).unwrap()));
    }
    examples
});

fn example(number: &PhoneNumber) -> Example {
    Example {
        country: None,
        calling_code: number.country_code.to_string(),
        national_prefix: String::new(),
        digits: number.get_national_significant_number(),
    }
}

/// The text of the number and whether it is assigned, by the library alone.
fn library(text: &str, country: Option<Country>) -> Option<(String, bool)> {
    let region: Option<Region> = country.and_then(|country| country.as_str().parse().ok());
    let number = PHONE_NUMBER_UTIL.parse(text.trim(), region).ok()?;
    number.is_possible_with_reason().ok()?;
    Some((PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164).into_owned(), number.is_valid()))
}

fn parsed(text: &str, country: Option<Country>) -> Option<(String, bool)> {
    let phone = Phone::parse(text, country).ok()?;
    Some((phone.e164().to_owned(), phone.is_assigned()))
}

#[test]
fn examples_of_every_country_read_as_the_library_reads_them() {
    assert!(EXAMPLES.len() > 1_000, "only {} examples", EXAMPLES.len());
    let mut differences = String::new();
    for Example { country, calling_code, national_prefix, digits } in EXAMPLES.iter() {
        let longer = format!("{digits}7");
        for digits in [digits, &digits[..digits.len() - 1], &longer] {
            for text in [
                format!("+{calling_code}{digits}"),
                format!("00{calling_code}{digits}"),
                format!("{calling_code}{digits}"),
                format!("+{calling_code} ({national_prefix}) {digits}"),
                format!("{national_prefix}{digits}"),
                digits.to_owned(),
            ] {
                let (found, expected) = (parsed(&text, *country), library(&text, *country));
                if found != expected {
                    writeln!(differences, "{text} in {country:?}: {found:?}, the library has {expected:?}")
                        .unwrap();
                }
            }
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

/// What stands between the digits in plain form.
const SEPARATORS: &[&str] = &[" ", "-", ".", "/", "(", ")", " (", ") ", "  "];

/// What is also written there, or by mistake.
const OTHERS: &[&str] = &["\u{a0}", "\t", "x", "+", "#", ",", ";", "*", "~", "[", "ext", "\u{661}"];

/// Prefixes of one country or another.
const PREFIXES: &[&str] = &[
    "0",
    "1",
    "8",
    "06",
    "80",
    "90",
    "011",
    "810",
    "001",
    "0{code}",
    "00",
    "+",
    "++",
    "9",
    "015",
    "180020",
    "011{code}",
    "810{code}",
    "{code}{code}",
];

/// What may stand before the digits; the prefixes of the number itself are far more frequent.
fn before() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => Just("{plus}"),
        6 => Just("{national}"),
        4 => Just(""),
        2 => Just("{code}"),
        2 => Just("+{code}{national}"),
        2 => Just("00{code}"),
        1 => select(PREFIXES),
    ]
    .prop_map(str::to_owned)
}

/// One way to write a number that is near an example.
fn written() -> impl Strategy<Value = (String, Option<Country>)> {
    let changes = vec((any::<Index>(), 0..10_u8), 0..4);
    let length = prop_oneof![6 => Just(0_i8), 2 => -3..=3_i8, 1 => -12..=12_i8];
    let separators = prop_oneof![
        2 => Just(vec![]),
        1 => vec((any::<Index>(), select(SEPARATORS)), 0..6),
        1 => vec((any::<Index>(), select([SEPARATORS, OTHERS].concat())), 0..3),
    ];
    let home = prop_oneof![6 => Just(Some(true)), 1 => Just(Some(false)), 1 => Just(None)];
    (any::<Index>(), any::<Index>(), before(), changes, length, separators, home).prop_map(
        |(at, elsewhere, before, changes, length, separators, home)| {
            let Example { country, calling_code, national_prefix, digits } = at.get(&EXAMPLES);
            let mut digits = digits.clone();
            let len = digits.len().saturating_add_signed(length.into()).max(1);
            while digits.len() < len {
                digits.push(char::from(b'0' + u8::try_from(digits.len() % 10).unwrap()));
            }
            digits.truncate(len);
            for (at, digit) in changes {
                let at = at.index(len);
                digits.replace_range(at..=at, &digit.to_string());
            }
            let mut text = before
                .replace("{plus}", "+{code}")
                .replace("{code}", calling_code)
                .replace("{national}", national_prefix)
                + &digits;
            for (at, separator) in separators {
                let places: Vec<usize> =
                    text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
                text.insert_str(*at.get(&places), separator);
            }
            let country = match home {
                Some(true) => *country,
                Some(false) => elsewhere.get(&EXAMPLES).country,
                None => None,
            };
            (text, country)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(4_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_near_the_examples_read_as_the_library_reads_them((text, country) in written()) {
        prop_assert_eq!(parsed(&text, country), library(&text, country), "{:?} in {:?}", text, country);
    }
}
