//! The numbering plans of all countries, each built when it is first needed.

use super::assigned::assigned;
use super::automaton::Automaton;
use super::region::Plan;
use super::rules::{Rules, rules};
use crate::value::Country;
use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};
use std::sync::OnceLock;

/// Calling codes have up to three digits.
const CALLING_CODES: usize = 1_000;

/// Pairs of letters.
const COUNTRIES: usize = 26 * 26;

static BY_CALLING_CODE: [OnceLock<Option<Box<International>>>; CALLING_CODES] =
    [const { OnceLock::new() }; CALLING_CODES];

static BY_COUNTRY: [OnceLock<Option<Box<Plan>>>; COUNTRIES] = [const { OnceLock::new() }; COUNTRIES];

/// What is known of the numbers with a calling code.
#[derive(Debug)]
pub(super) struct International {
    /// The plan of the main region.
    pub(super) plan: Plan,
    pub(super) assigned: Automaton,
    /// As a number in E.164 form begins.
    pub(super) sign_and_code: String,
}

impl International {
    /// `None` if there is no such calling code, or nothing could be built for it.
    pub(super) fn with(calling_code: u16) -> Option<&'static Self> {
        let slot = BY_CALLING_CODE.get(usize::from(calling_code))?;
        slot.get_or_init(|| Self::build(calling_code).map(Box::new)).as_deref()
    }

    fn build(calling_code: u16) -> Option<Self> {
        let regions: Vec<Rules> = PHONE_NUMBER_UTIL
            .get_regions_for_country_calling_code(calling_code.into())?
            .map(|region| rules(calling_code, region))
            .collect::<Option<_>>()?;
        Some(Self {
            plan: Plan::new(regions.first()?)?,
            assigned: assigned(&regions)?,
            sign_and_code: format!("+{calling_code}"),
        })
    }
}

/// The plan of a country. `None` if it has no numbers, or nothing could be built for it.
pub(super) fn plan(country: Country) -> Option<&'static Plan> {
    let [first, second] = <[u8; 2]>::try_from(country.as_str().as_bytes()).ok()?;
    let (first, second) = (first.checked_sub(b'A')?, second.checked_sub(b'A')?);
    let slot = BY_COUNTRY.get(usize::from(first) * 26 + usize::from(second))?;
    slot.get_or_init(|| {
        let region: Region = country.as_str().parse().ok()?;
        let calling_code = PHONE_NUMBER_UTIL.get_country_code_for_region(region)?;
        Plan::new(&rules(u16::try_from(calling_code).ok()?, region)?).map(Box::new)
    })
    .as_deref()
}
