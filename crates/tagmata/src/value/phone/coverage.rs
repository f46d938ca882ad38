//! How many numbers are read without the phone library: of the example numbers of all countries, in each plain form.

use super::plain::read;
use crate::value::Country;
use rlibphonenumber::interfaces::AsOriginal;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};
use std::sync::LazyLock;

const KINDS: &[PhoneNumberType] = &[
    PhoneNumberType::FixedLine,
    PhoneNumberType::Mobile,
    PhoneNumberType::TollFree,
    PhoneNumberType::PremiumRate,
    PhoneNumberType::VoIP,
];

static EXAMPLES: LazyLock<Vec<(Region, PhoneNumber)>> = LazyLock::new(|| {
    let util = &*PHONE_NUMBER_UTIL;
    let example = |region, kind| util.get_example_number_for_type_and_region(region, kind).ok();
    util.get_supported_regions()
        .flat_map(|region| KINDS.iter().filter_map(move |kind| Some((region, example(region, *kind)?))))
        .collect()
});

/// The share of the examples in one form that is read, in percent, and those that are not.
fn share(form: impl Fn(Region, &PhoneNumber) -> (String, Option<Country>)) -> (usize, Vec<String>) {
    let mut declined = Vec::new();
    for (region, number) in EXAMPLES.iter() {
        let (text, country) = form(*region, number);
        if read(&text, country).is_none() {
            declined.push(format!("{text} in {region:?}"));
        }
    }
    assert!(EXAMPLES.len() > 500, "only {} examples", EXAMPLES.len());
    ((EXAMPLES.len() - declined.len()) * 100 / EXAMPLES.len(), declined)
}

fn country(region: Region) -> Option<Country> {
    format!("{region:?}").parse().ok()
}

#[test]
#[cfg_attr(miri, ignore = "very many numbers")]
fn all_examples_with_their_calling_code_are_read() {
    let forms = [PhoneNumberFormat::E164, PhoneNumberFormat::International];
    for form in forms {
        let (share, declined) = share(|_, number| (number.format_as(form).into_owned(), None));
        assert_eq!(share, 100, "{form:?}: {declined:#?}");
    }
}

#[test]
#[cfg_attr(miri, ignore = "very many numbers")]
fn nearly_all_examples_as_they_are_dialled_at_home_are_read() {
    let (written, declined) =
        share(|region, number| (number.format_as(PhoneNumberFormat::National).into_owned(), country(region)));
    assert!(written >= 99, "{written} %: {declined:#?}");
    let (without_prefix, declined) =
        share(|region, number| (number.get_national_significant_number(), country(region)));
    assert!(without_prefix >= 99, "{without_prefix} %: {declined:#?}");
    let (with_prefix, declined) = share(|region, number| {
        let prefix = PHONE_NUMBER_UTIL.as_original().get_ndd_prefix_for_region(region, true);
        (prefix.unwrap_or_default() + &number.get_national_significant_number(), country(region))
    });
    assert!(with_prefix >= 99, "{with_prefix} %: {declined:#?}");
}
