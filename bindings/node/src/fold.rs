//! The forms by which texts are compared and searched, for the columns and functions of the host's database.

use crate::convert::{present, text};
use napi::Result;
use napi::bindgen_prelude::Unknown;
use napi_derive::napi;

/// The form by which a text is compared.
#[napi(skip_typescript)]
pub fn fold(given: Option<Unknown<'_>>) -> Result<Option<String>> {
    Ok(written(given)?.map(|text| tagmata::fold(&text).into_owned()))
}

/// The form in which a text is searched.
#[napi(skip_typescript)]
pub fn accent_fold(given: Option<Unknown<'_>>) -> Result<Option<String>> {
    Ok(written(given)?.map(|text| tagmata::accent_fold(&text).into_owned()))
}

/// A text, unless there is none.
fn written(given: Option<Unknown<'_>>) -> Result<Option<String>> {
    Ok(present(given)?.map(|given| text("text", given)).transpose()?)
}
