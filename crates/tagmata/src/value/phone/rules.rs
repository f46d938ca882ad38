//! The rules of a numbering plan, out of the metadata of the phone library.

use rlibphonenumber::interfaces::AsOriginal;
use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};

/// What one region says of its numbers.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) calling_code: u16,
    /// What all numbers have in common.
    pub(super) general: Description,
    /// Numbers are assigned if one of these describes them too.
    pub(super) kinds: Vec<Description>,
    /// Numbers that begin so belong to this region, among those that share its calling code.
    pub(super) leading_digits: Option<String>,
    /// What is dialled before a number within the country.
    pub(super) national_prefix: Option<String>,
    /// Whether groups of the prefix become part of the number.
    pub(super) transforms: bool,
    /// What is dialled before a number of another country.
    pub(super) international_prefix: Option<String>,
}

/// A pattern for whole numbers, with their lengths.
#[derive(Debug)]
pub(super) struct Description {
    pub(super) pattern: Option<String>,
    pub(super) lengths: Vec<i32>,
    pub(super) local_lengths: Vec<i32>,
}

/// The rules of a region; of the numbers of no region with this calling code if it is the world.
pub(super) fn rules(calling_code: u16, region: Region) -> Option<Rules> {
    let util = PHONE_NUMBER_UTIL.as_original();
    let metadata = util.get_metadata_for_region_or_calling_code(calling_code.into(), region)?;
    let mobile = (!metadata.original.same_mobile_and_fixed_line_pattern()).then_some(&metadata.mobile);
    let mut descriptions = [
        &metadata.general_desc,
        &metadata.premium_rate,
        &metadata.toll_free,
        &metadata.shared_cost,
        &metadata.voip,
        &metadata.personal_number,
        &metadata.pager,
        &metadata.uan,
        &metadata.voicemail,
        &metadata.fixed_line,
    ]
    .into_iter()
    .chain(mobile)
    .map(|description| Description {
        pattern: description.national_number_pattern().pattern_base.clone(),
        lengths: description.original.possible_length.clone(),
        local_lengths: description.original.possible_length_local_only.clone(),
    });
    Some(Rules {
        calling_code: u16::try_from(metadata.original.country_code()).ok()?,
        general: descriptions.next()?,
        kinds: descriptions.collect(),
        leading_digits: metadata.leading_digits().pattern_base.clone(),
        national_prefix: metadata.national_prefix_for_parsing().pattern_base.clone(),
        transforms: !metadata.original.national_prefix_transform_rule().is_empty(),
        international_prefix: metadata.international_prefix().pattern_base.clone(),
    })
}
