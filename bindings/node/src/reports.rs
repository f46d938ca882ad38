//! Reports: how contacts spread over the values of a field, and who gets a broadcast.

use crate::book::Book;
use crate::convert::{Options, chosen, elements, ids, names, put, refuse, text};
use crate::errors::refused;
use crate::filters::FilterArg;
use crate::segment::SegmentArg;
use napi::bindgen_prelude::{FromNapiValue, Object, Uint32ArraySlice, Unknown};
use napi::{Env, Result, ValueType};
use napi_derive::napi;
use tagmata::{AudienceQuery, BreakdownQuery, Channel, Error, Ref, SegmentId};

/// One value of a field, and the contacts that have it.
#[napi(object, use_nullable = true)]
pub struct BreakdownRow {
    /// The key of the status or option, the code of the country, the name of the tag or segment, `true` or `false`, or the
    /// text; `null` for those without a value.
    pub value: Option<String>,
    /// What people see of the value.
    pub label: String,
    /// How many contacts have the value.
    pub count: f64,
    /// The sum of their numbers; `null`, like the other three, if nobody has a number or none is asked for.
    pub sum: Option<f64>,
    /// The mean of their numbers.
    pub avg: Option<f64>,
    /// The smallest of their numbers.
    pub min: Option<f64>,
    /// The largest of their numbers.
    pub max: Option<f64>,
}

/// Who gets a broadcast, and who does not.
#[napi(object)]
pub struct Audience<'env> {
    /// Who gets it.
    #[napi(ts_type = "Uint32Array")]
    pub recipients: Uint32ArraySlice<'env>,
    /// Who does not, by the reason.
    #[napi(ts_type = "Partial<Record<SkipReason, Uint32Array>>")]
    pub skipped: Object<'env>,
}

#[napi]
impl Book {
    /// How contacts spread over the values of a field: a row for each value, and the totals of a number if one is asked for.
    #[napi]
    pub fn breakdown(
        &self,
        #[napi(ts_arg_type = "BreakdownOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Vec<BreakdownRow>> {
        let given = Options::of("breakdown", options, &["by", "filter", "measure"])?;
        let by = given.text("by")?;
        let missing = || refused(Error::wrong_type("by", "the key or label of a field", "nothing"));
        let mut query = BreakdownQuery::by(by.ok_or_else(missing)?);
        if let Some(filter) = given.get_as::<FilterArg<'_>>("filter")? {
            query = query.filter(self.filter_source("filter", filter)?);
        }
        if let Some(measure) = given.text("measure")? {
            query = query.measure(measure);
        }
        let row = |row: tagmata::BreakdownRow| BreakdownRow {
            value: row.value,
            label: row.label,
            count: row.count as f64,
            sum: row.sum,
            avg: row.avg,
            min: row.min,
            max: row.max,
        };
        self.read(|book| Ok(book.breakdown(&query)?.into_iter().map(row).collect()))
    }

    /// Who gets a broadcast to segments, and who of their members does not and why.
    #[napi]
    pub fn audience<'env>(
        &self,
        env: &'env Env,
        #[napi(ts_arg_type = "SegmentLike[]")] segments: Unknown<'_>,
        #[napi(ts_arg_type = "AudienceOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Audience<'env>> {
        let given = Options::of("audience", options, &["exclude", "channel", "optOut"])?;
        let mut query = AudienceQuery::new().include_segments(self.segment_references("segments", segments)?);
        if let Some(excluded) = given.get("exclude")? {
            query = query.exclude_segments(self.segment_references("exclude", excluded)?);
        }
        if let Some(channel) = chosen::<Channel>(&given, "channel")? {
            query = query.channel(channel);
        }
        if let Some(opt_out) = given.get("optOut")? {
            let all = match opt_out.get_type()? {
                ValueType::String => vec![text("optOut", opt_out)?],
                _ => names("optOut", opt_out)?,
            };
            query = all.into_iter().fold(query, AudienceQuery::opt_out);
        }
        let audience = self.read(|book| book.audience(&query))?;
        let mut skipped = Object::new(env)?;
        for (reason, contacts) in &audience.skipped {
            put(env, &mut skipped, reason.as_str(), ids(env, contacts)?)?;
        }
        Ok(Audience { recipients: ids(env, &audience.recipients)?, skipped })
    }

    pub(crate) fn segment_references(&self, name: &str, given: Unknown<'_>) -> Result<Vec<Ref<SegmentId>>> {
        let Some(all) = elements(&given)? else { return refuse(name, "a list of segments", &given) };
        let reference =
            |segment: Result<Unknown<'_>>| self.segment_reference(name, SegmentArg::from_unknown(segment?)?);
        all.map(reference).collect()
    }
}
