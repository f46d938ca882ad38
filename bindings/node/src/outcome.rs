//! What changes came to.

use crate::convert::{date, ids, parse, put};
use crate::errors::diagnostics;
use napi::bindgen_prelude::{Object, Uint32ArraySlice, Unknown};
use napi::{Env, JsDate, Result};
use napi_derive::napi;
use std::collections::BTreeMap;
use std::sync::Arc;
use tagmata::{Cause, MemberSet, Schema, SegmentId};

/// What one change made true.
#[napi(object, use_nullable = true)]
pub struct Commit<'env> {
    /// Its place among the commits of the book, from 1.
    pub number: f64,
    /// When it happened.
    pub at: JsDate<'env>,
    /// Who did it.
    pub actor: Option<String>,
    /// What made it happen.
    #[napi(ts_type = "Cause")]
    pub cause: String,
    /// The number of the commit that it undoes.
    pub undoes: Option<f64>,
    /// Whether nothing changed.
    pub is_empty: bool,
    /// The contacts that it is about, ascending.
    #[napi(ts_type = "Uint32Array")]
    pub contacts: Uint32ArraySlice<'env>,
    /// About how many bytes it takes.
    pub size_in_bytes: f64,
}

/// Who entered and left which segments, by the names of the segments.
#[napi(object)]
pub struct Effects<'env> {
    /// The contacts that are in a segment now and were not before.
    #[napi(ts_type = "Record<string, Uint32Array>")]
    pub entered: Object<'env>,
    /// The contacts that were in a segment before and are not now.
    #[napi(ts_type = "Record<string, Uint32Array>")]
    pub left: Object<'env>,
}

/// What happened because time moved on.
#[napi(object)]
pub struct Advance<'env> {
    /// The contacts that are in a segment now and were not before.
    #[napi(ts_type = "Record<string, Uint32Array>")]
    pub entered: Object<'env>,
    /// The contacts that were in a segment before and are not now.
    #[napi(ts_type = "Record<string, Uint32Array>")]
    pub left: Object<'env>,
    /// What became true by it.
    pub commits: Vec<Commit<'env>>,
}

/// The names of segments, as they were when somebody entered or left them.
pub(crate) type SegmentNames = BTreeMap<SegmentId, String>;

/// What a change came to: what became true, and who entered and left which segments.
#[derive(Clone)]
#[napi]
pub struct Outcome {
    told: Arc<Told>,
}

struct Told {
    outcome: tagmata::Outcome,
    names: SegmentNames,
}

#[napi]
impl Outcome {
    pub(crate) fn new(outcome: tagmata::Outcome, schema: &Schema) -> Self {
        let effects = [&outcome.effects, &outcome.advance.effects];
        let segments =
            effects.into_iter().flat_map(|effects| effects.entered.keys().chain(effects.left.keys()));
        let named = |segment: &SegmentId| (*segment, outcome.segment_name(*segment, schema).to_owned());
        let names = segments.map(named).collect();
        Self { told: Arc::new(Told { outcome, names }) }
    }

    pub(crate) fn of_core(&self) -> &tagmata::Outcome {
        &self.told.outcome
    }

    /// What became true.
    #[napi(getter)]
    pub fn commit<'env>(&self, env: &'env Env) -> Result<Commit<'env>> {
        commit(env, &self.told.outcome.commit)
    }

    /// Who entered and left which segments by it.
    #[napi(getter)]
    pub fn effects<'env>(&self, env: &'env Env) -> Result<Effects<'env>> {
        effects(env, &self.told.outcome.effects, &self.told.names)
    }

    /// What happened because time moved on to the instant of the change.
    #[napi(getter)]
    pub fn advance<'env>(&self, env: &'env Env) -> Result<Advance<'env>> {
        advance(env, &self.told.outcome.advance, &self.told.names)
    }

    /// What is worth knowing about it, such as rules that may fire together.
    #[napi(getter, ts_return_type = "Diagnostic[]")]
    pub fn warnings<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        parse(env, &diagnostics(&self.told.outcome.warnings, None).to_string())
    }
}

fn commit<'env>(env: &'env Env, commit: &tagmata::Commit) -> Result<Commit<'env>> {
    Ok(Commit {
        number: commit.number() as f64,
        at: date(env, commit.at())?,
        actor: commit.actor().map(str::to_owned),
        cause: commit.cause().as_str().to_owned(),
        undoes: match commit.cause() {
            Cause::Undo(number) => Some(*number as f64),
            _ => None,
        },
        is_empty: commit.is_empty(),
        contacts: ids(env, &commit.contacts())?,
        size_in_bytes: commit.size_in_bytes() as f64,
    })
}

/// Effects with the segments by name.
pub(crate) fn effects<'env>(
    env: &'env Env,
    effects: &tagmata::Effects,
    names: &SegmentNames,
) -> Result<Effects<'env>> {
    let by_name = |all: &BTreeMap<SegmentId, MemberSet>| -> Result<Object<'env>> {
        let mut object = Object::new(env)?;
        for (segment, members) in all {
            let name = names.get(segment).map_or("", String::as_str);
            put(env, &mut object, name, ids(env, members)?)?;
        }
        Ok(object)
    };
    Ok(Effects { entered: by_name(&effects.entered)?, left: by_name(&effects.left)? })
}

/// What happened because time moved on.
pub(crate) fn advance<'env>(
    env: &'env Env,
    advance: &tagmata::Advance,
    names: &SegmentNames,
) -> Result<Advance<'env>> {
    let Effects { entered, left } = effects(env, &advance.effects, names)?;
    let commits = advance.commits.iter().map(|each| commit(env, each)).collect::<Result<_>>()?;
    Ok(Advance { entered, left, commits })
}

/// The names of the segments of effects, as long as all of them are there.
pub(crate) fn names(effects: &tagmata::Effects, schema: &Schema) -> SegmentNames {
    let segments = effects.entered.keys().chain(effects.left.keys());
    segments.map(|segment| (*segment, schema.segment_name(*segment).to_owned())).collect()
}
