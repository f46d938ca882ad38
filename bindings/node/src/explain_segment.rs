//! Why a segment has as many members as it has.

use crate::book::Book;
use crate::convert::parse;
use crate::errors::diagnostic;
use crate::segment::SegmentArg;
use napi::bindgen_prelude::{Object, Unknown};
use napi::{Env, Result};
use napi_derive::napi;
use tagmata::SegmentPart;

/// Why a segment has as many members as it has: what each condition of its filter and its pins do.
#[napi]
pub struct SegmentExplanation {
    explanation: tagmata::SegmentExplanation,
}

#[napi]
impl SegmentExplanation {
    /// The name of the segment.
    #[napi(getter)]
    pub fn name(&self) -> String {
        self.explanation.name.clone()
    }

    /// The canonical text of its filter; `null` if it is static.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn filter(&self) -> Option<String> {
        self.explanation.filter.clone()
    }

    /// How many members it has; `null` if it is broken or stands on a broken segment.
    #[napi(getter, ts_return_type = "number | null")]
    pub fn count(&self) -> Option<f64> {
        self.explanation.count.map(|count| count as f64)
    }

    /// How many contacts the book has.
    #[napi(getter)]
    pub fn everybody(&self) -> f64 {
        self.explanation.everybody as f64
    }

    /// The filter, each part with its numbers; of a static segment those put in by hand, of a broken one `null`.
    #[napi(getter, ts_return_type = "SegmentPart | null")]
    pub fn tree<'env>(&self, env: &'env Env) -> Result<Option<Object<'env>>> {
        let mut made: Vec<Object<'env>> = Vec::new();
        // Children come before their parents, the root last.
        for node in self.explanation.nodes() {
            let children = node.children.iter().filter_map(|child| made.get(child.index()).copied());
            let object = part(env, node, children.collect())?;
            made.push(object);
        }
        Ok(made.pop())
    }

    /// Who is in whatever the filter says; `null` if nobody is.
    #[napi(getter, ts_return_type = "SegmentPart | null")]
    pub fn always_in<'env>(&self, env: &'env Env) -> Result<Option<Object<'env>>> {
        self.explanation.always_in.as_ref().map(|pins| part(env, pins, Vec::new())).transpose()
    }

    /// Who is out whatever the filter says; `null` if nobody is.
    #[napi(getter, ts_return_type = "SegmentPart | null")]
    pub fn always_out<'env>(&self, env: &'env Env) -> Result<Option<Object<'env>>> {
        self.explanation.always_out.as_ref().map(|pins| part(env, pins, Vec::new())).transpose()
    }

    /// Why it is broken; `null` if it is not.
    #[napi(getter, ts_return_type = "Diagnostic | null")]
    pub fn error<'env>(&self, env: &'env Env) -> Result<Option<Unknown<'env>>> {
        let problem = self.explanation.error.as_ref().and_then(|error| error.diagnostics().first());
        problem.map(|problem| parse(env, &diagnostic(problem, None).to_string())).transpose()
    }

    /// The explanation as an indented text.
    #[napi(js_name = "toString")]
    pub fn text(&self) -> String {
        self.explanation.to_string()
    }
}

fn part<'env>(env: &'env Env, part: &SegmentPart, children: Vec<Object<'env>>) -> Result<Object<'env>> {
    let number = |count: Option<u64>| count.map(|count| count as f64);
    let mut object = Object::new(env)?;
    object.set("text", part.text.as_str())?;
    object.set("count", part.count as f64)?;
    object.set("removes", number(part.removes))?;
    object.set("adds", number(part.adds))?;
    object.set("without", number(part.without))?;
    object.set("id", part.id.as_deref())?;
    object.set("children", children)?;
    Ok(object)
}

#[napi]
impl Book {
    /// Why a segment has as many members as it has: what each condition of its filter and its pins do.
    #[napi]
    pub fn explain_segment(
        &self,
        #[napi(ts_arg_type = "SegmentLike")] segment: SegmentArg<'_>,
    ) -> Result<SegmentExplanation> {
        let segment = self.segment_reference("segment", segment)?;
        let explanation = self.read(|book| book.explain_segment(segment))?;
        Ok(SegmentExplanation { explanation })
    }
}
