//! What changes came to.

use crate::convert::{Options, date, ids, parse, put, whole};
use crate::errors::{diagnostics, refused};
use napi::bindgen_prelude::{Object, Uint32ArraySlice, Unknown};
use napi::{Env, JsDate, Result};
use napi_derive::napi;
use std::collections::BTreeMap;
use std::sync::{Arc, Weak};
use tagmata::{Access, Cause, Diagnostic, Error, MemberSet, Schema, SegmentId, SharedBook};

/// What one change made true.
#[derive(Clone)]
#[napi]
pub struct Commit {
    pub(crate) commit: Arc<tagmata::Commit>,
    /// The book whose names it has; it is not kept for that.
    book: Weak<SharedBook>,
}

#[napi]
impl Commit {
    pub(crate) fn new(commit: tagmata::Commit, book: &Arc<SharedBook>) -> Self {
        Self { commit: Arc::new(commit), book: Arc::downgrade(book) }
    }

    /// Its place among the commits of the book, from 1.
    #[napi(getter)]
    pub fn number(&self) -> f64 {
        self.commit.number() as f64
    }

    /// When it happened.
    #[napi(getter)]
    pub fn at<'env>(&self, env: &'env Env) -> Result<JsDate<'env>> {
        date(env, self.commit.at())
    }

    /// Who did it.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn actor(&self) -> Option<String> {
        self.commit.actor().map(str::to_owned)
    }

    /// What made it happen.
    #[napi(getter, ts_return_type = "Cause")]
    pub fn cause(&self) -> &'static str {
        self.commit.cause().as_str()
    }

    /// The number of the commit that it undoes.
    #[napi(getter, ts_return_type = "number | null")]
    pub fn undoes(&self) -> Option<f64> {
        match self.commit.cause() {
            Cause::Undo(number) => Some(*number as f64),
            _ => None,
        }
    }

    /// Whether nothing changed.
    #[napi(getter)]
    pub fn is_empty(&self) -> bool {
        self.commit.is_empty()
    }

    /// The contacts that it is about, ascending.
    #[napi(getter, ts_return_type = "Uint32Array")]
    pub fn contacts<'env>(&self, env: &'env Env) -> Result<Uint32ArraySlice<'env>> {
        ids(env, &self.commit.contacts())
    }

    /// About how many bytes it takes.
    #[napi(getter)]
    pub fn size_in_bytes(&self) -> f64 {
        self.commit.size_in_bytes() as f64
    }

    /// What it says, for people, by the present names of the book; by numbers where something has no name any more. Lists have at
    /// most so many items, and say how many there are.
    ///
    /// ```js
    /// book.addTags(zoe, ["gold"], { actor: "ana" }).commit.toObject().facts.at(-1);
    /// // { fact: 'linked', field: 'tags', name: 'gold', count: 1, contacts: [ 0 ] }
    /// ```
    #[napi(ts_return_type = "CommitObject")]
    pub fn to_object<'env>(
        &self,
        env: &'env Env,
        #[napi(ts_arg_type = "CommitObjectOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Unknown<'env>> {
        const MOST: &str = "most";
        let given = Options::of("toObject", options, &[MOST])?;
        let most = given.get(MOST)?.map(|most| whole(MOST, "a whole number", most)).transpose()?;
        let json = |book: &tagmata::Book| Ok(self.commit.to_json(book.schema(), most.unwrap_or(100)));
        let book = self.book.upgrade().ok_or_else(|| refused(Error::book_closed(None)))?;
        parse(env, &book.read(Access::Direct, json).map_err(refused)?)
    }
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
#[napi(object, object_from_js = false)]
pub struct Advance<'env> {
    /// The contacts that are in a segment now and were not before.
    #[napi(ts_type = "Record<string, Uint32Array>")]
    pub entered: Object<'env>,
    /// The contacts that were in a segment before and are not now.
    #[napi(ts_type = "Record<string, Uint32Array>")]
    pub left: Object<'env>,
    /// What became true by it.
    pub commits: Vec<Commit>,
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
    commit: Commit,
    effects: tagmata::Effects,
    names: SegmentNames,
    advance: NamedAdvance,
    warnings: Vec<Diagnostic>,
}

#[napi]
impl Outcome {
    pub(crate) fn new(outcome: tagmata::Outcome, schema: &Schema, book: &Arc<SharedBook>) -> Self {
        let named = |effects| names(effects, |segment| outcome.segment_name(segment, schema));
        let (names, of_advance) = (named(&outcome.effects), named(&outcome.advance.effects));
        let tagmata::Outcome { commit, effects, advance, warnings } = outcome;
        let advance = NamedAdvance::of(advance, of_advance, book);
        let told = Told { commit: Commit::new(commit, book), effects, names, advance, warnings };
        Self { told: Arc::new(told) }
    }

    /// What became true.
    #[napi(getter)]
    pub fn commit(&self) -> Commit {
        self.told.commit.clone()
    }

    /// Who entered and left which segments by it.
    #[napi(getter)]
    pub fn effects<'env>(&self, env: &'env Env) -> Result<Effects<'env>> {
        effects(env, &self.told.effects, &self.told.names)
    }

    /// What happened because time moved on to the instant of the change.
    #[napi(getter)]
    pub fn advance<'env>(&self, env: &'env Env) -> Result<Advance<'env>> {
        self.told.advance.shown(env)
    }

    /// What is worth knowing about it, such as rules that may fire together.
    #[napi(getter, ts_return_type = "Diagnostic[]")]
    pub fn warnings<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        parse(env, &diagnostics(&self.told.warnings, None).to_string())
    }
}

/// What happened because time moved on, with the names that the segments had then.
#[derive(Clone, Default)]
pub struct NamedAdvance {
    effects: tagmata::Effects,
    names: SegmentNames,
    commits: Vec<Commit>,
}

impl NamedAdvance {
    pub(crate) fn new(advance: tagmata::Advance, schema: &Schema, book: &Arc<SharedBook>) -> Self {
        let names = names(&advance.effects, |segment| advance.segment_name(segment, schema));
        Self::of(advance, names, book)
    }

    fn of(advance: tagmata::Advance, names: SegmentNames, book: &Arc<SharedBook>) -> Self {
        let tagmata::Advance { effects, commits } = advance;
        let commits = commits.into_iter().map(|commit| Commit::new(commit, book)).collect();
        Self { effects, names, commits }
    }

    pub(crate) fn shown<'env>(&self, env: &'env Env) -> Result<Advance<'env>> {
        let Effects { entered, left } = effects(env, &self.effects, &self.names)?;
        Ok(Advance { entered, left, commits: self.commits.clone() })
    }
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

/// The names of the segments of effects, each by a function.
pub(crate) fn names<'a>(effects: &tagmata::Effects, name: impl Fn(SegmentId) -> &'a str) -> SegmentNames {
    let segments = effects.entered.keys().chain(effects.left.keys());
    segments.map(|segment| (*segment, name(*segment).to_owned())).collect()
}
