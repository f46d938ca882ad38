//! Who matches, and how many.

use crate::book::Book;
use crate::convert::{contact_id, ids};
use crate::filters::FilterArg;
use crate::segment::SegmentArg;
use napi::bindgen_prelude::{Uint32ArraySlice, Unknown};
use napi::{Env, Result};
use napi_derive::napi;

#[napi]
impl Book {
    /// How many contacts match a filter.
    #[napi]
    pub fn count(&self, #[napi(ts_arg_type = "FilterLike")] filter: FilterArg<'_>) -> Result<f64> {
        let filter = self.filter_source("filter", filter)?;
        self.read(|book| book.count(filter)).map(|count| count as f64)
    }

    /// The ids of the contacts that match a filter, ascending.
    #[napi(ts_return_type = "Uint32Array")]
    pub fn select<'env>(
        &self,
        env: &'env Env,
        #[napi(ts_arg_type = "FilterLike")] filter: FilterArg<'_>,
    ) -> Result<Uint32ArraySlice<'env>> {
        let filter = self.filter_source("filter", filter)?;
        ids(env, &self.read(|book| book.select(filter))?)
    }

    /// The ids of the members of a segment, ascending.
    #[napi(ts_return_type = "Uint32Array")]
    pub fn members<'env>(
        &self,
        env: &'env Env,
        #[napi(ts_arg_type = "SegmentLike")] segment: SegmentArg<'_>,
    ) -> Result<Uint32ArraySlice<'env>> {
        let segment = self.segment_reference("segment", segment)?;
        ids(env, &self.read(|book| book.members(segment))?)
    }

    /// Whether a contact matches a filter.
    #[napi]
    pub fn matches(
        &self,
        #[napi(ts_arg_type = "number")] contact: Unknown<'_>,
        #[napi(ts_arg_type = "FilterLike")] filter: FilterArg<'_>,
    ) -> Result<bool> {
        let (contact, filter) = (contact_id("contact", contact)?, self.filter_source("filter", filter)?);
        self.read(|book| book.matches(contact, filter))
    }
}
