//! One segment, to be looked at and to be named in calls.

use crate::book::{Book, Home};
use crate::convert::{ids, parse, refuse};
use crate::errors::diagnostic;
use napi::bindgen_prelude::{ClassInstance, Either3, Uint32ArraySlice, Unknown};
use napi::{Env, Result};
use napi_derive::napi;
use std::rc::Rc;
use tagmata::{Ref, SegmentId, SegmentInfo};

/// A segment as JavaScript names it.
pub(crate) type SegmentArg<'env> = Either3<String, ClassInstance<'env, Segment>, Unknown<'env>>;

/// A segment as it was when it was asked for.
#[derive(Clone)]
#[napi]
pub struct Segment {
    info: Rc<SegmentInfo>,
    home: Home,
}

#[napi]
impl Segment {
    pub(crate) fn new(info: SegmentInfo, home: &Home) -> Self {
        Self { info: Rc::new(info), home: home.clone() }
    }

    /// The segment, as the book of `home` finds it. One of another book is meant by its name.
    pub(crate) fn reference(&self, home: &Home) -> Ref<SegmentId> {
        match home.understands(&self.home) {
            true => Ref::from(self.info.id),
            false => Ref::from(self.info.name.as_str()),
        }
    }

    /// Its number, which never changes.
    #[napi(getter)]
    pub fn id(&self) -> u32 {
        self.info.id.get()
    }

    /// Its name.
    #[napi(getter)]
    pub fn name(&self) -> String {
        self.info.name.clone()
    }

    /// Whether its members are put in by hand, or found by a filter.
    #[napi(getter, ts_return_type = "\"static\" | \"dynamic\"")]
    pub fn kind(&self) -> &'static str {
        if self.info.is_dynamic() { "dynamic" } else { "static" }
    }

    /// How many members it had; `null` if it was broken.
    #[napi(getter, ts_return_type = "number | null")]
    pub fn count(&self) -> Option<f64> {
        self.info.count.map(|count| count as f64)
    }

    /// The canonical text of its filter; `null` if it is static.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn filter(&self) -> Option<String> {
        self.info.filter.clone()
    }

    /// Who is in it whatever its filter says.
    #[napi(getter, ts_return_type = "Uint32Array")]
    pub fn always_in<'env>(&self, env: &'env Env) -> Result<Uint32ArraySlice<'env>> {
        ids(env, &self.info.always_in)
    }

    /// Who is not in it whatever its filter says.
    #[napi(getter, ts_return_type = "Uint32Array")]
    pub fn always_out<'env>(&self, env: &'env Env) -> Result<Uint32ArraySlice<'env>> {
        ids(env, &self.info.always_out)
    }

    /// Why it is broken; `null` if it is not.
    #[napi(getter, ts_return_type = "Diagnostic | null")]
    pub fn error<'env>(&self, env: &'env Env) -> Result<Option<Unknown<'env>>> {
        let problem = self.info.error.as_ref().and_then(|error| error.diagnostics().first());
        problem.map(|problem| parse(env, &diagnostic(problem, None).to_string())).transpose()
    }
}

impl Book {
    /// A segment by its name, or one that the book has given out.
    pub(crate) fn segment_reference(&self, name: &str, given: SegmentArg<'_>) -> Result<Ref<SegmentId>> {
        match given {
            Either3::A(name) => Ok(Ref::from(name)),
            Either3::B(segment) => Ok(segment.reference(&self.home)),
            Either3::C(other) => refuse(name, "the name of a segment, or what `segment` has given", &other),
        }
    }
}
