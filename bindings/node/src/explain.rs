//! Why a contact is in or out.

use crate::book::Book;
use crate::convert::{contact_id, date};
use crate::filters::Filter;
use crate::segment::Segment;
use napi::bindgen_prelude::{ClassInstance, Either3, Either4, Object, Unknown};
use napi::{Env, JsDate, Result};
use napi_derive::napi;
use tagmata::Explained;

/// Why a contact matches a filter or not: which conditions decided, on what values, and until when.
#[napi]
pub struct Explanation {
    explanation: tagmata::Explanation,
}

#[napi]
impl Explanation {
    /// Whether the contact matches.
    #[napi(getter)]
    pub fn verdict(&self) -> bool {
        self.explanation.verdict()
    }

    /// An instant before which the answer certainly holds, if the contact does not change; `null` for ever.
    #[napi(getter, ts_return_type = "Date | null")]
    pub fn valid_until<'env>(&self, env: &'env Env) -> Result<Option<JsDate<'env>>> {
        self.explanation.valid_until().map(|until| date(env, until)).transpose()
    }

    /// The filter, each part with its answer.
    #[napi(getter, ts_return_type = "Explained")]
    pub fn tree<'env>(&self, env: &'env Env) -> Result<Option<Object<'env>>> {
        let mut made: Vec<Object<'env>> = Vec::new();
        // Children come before their parents, the root last.
        for node in self.explanation.nodes() {
            let children = node.children.iter().filter_map(|child| made.get(child.index()).copied());
            let object = explained(env, node, children.collect())?;
            made.push(object);
        }
        Ok(made.pop())
    }

    /// The explanation as an indented text.
    #[napi(js_name = "toString")]
    pub fn text(&self) -> String {
        self.explanation.to_string()
    }
}

fn explained<'env>(env: &'env Env, node: &Explained, children: Vec<Object<'env>>) -> Result<Object<'env>> {
    let until = node.valid_until.map(|until| date(env, until)).transpose()?;
    let mut object = Object::new(env)?;
    object.set("text", node.text.as_str())?;
    object.set("verdict", node.verdict)?;
    object.set("decides", node.decides)?;
    object.set("value", node.value.as_deref())?;
    object.set("validUntil", until)?;
    object.set("id", node.id.as_deref())?;
    object.set("children", children)?;
    Ok(object)
}

#[napi]
impl Book {
    /// Why a contact is in a segment or not, by the name of the segment; or why it matches a filter or not.
    #[napi]
    pub fn explain(
        &self,
        #[napi(ts_arg_type = "number")] contact: Unknown<'_>,
        #[napi(ts_arg_type = "SegmentLike | FilterLike")] by: Either4<
            String,
            ClassInstance<'_, Segment>,
            ClassInstance<'_, Filter>,
            Unknown<'_>,
        >,
    ) -> Result<Explanation> {
        let contact = contact_id("contact", contact)?;
        let segment = match &by {
            Either4::A(name) => self.read(|book| Ok(book.schema().segment(name)))?.map(tagmata::Ref::from),
            Either4::B(segment) => Some(segment.reference(&self.home)),
            Either4::C(_) | Either4::D(_) => None,
        };
        let filter = match (segment, by) {
            (Some(segment), _) => {
                let explanation = self.read(|book| book.explain_membership(contact, segment))?;
                return Ok(Explanation { explanation });
            }
            (None, Either4::A(text)) => Either3::A(text),
            (None, Either4::C(filter)) => Either3::B(filter),
            (None, Either4::D(other)) => Either3::C(other),
            (None, Either4::B(segment)) => Either3::A(segment.name()),
        };
        let filter = self.filter_source("by", filter)?;
        let explanation = self.read(|book| book.explain(contact, filter))?;
        Ok(Explanation { explanation })
    }
}
