//! What changes came to.

use crate::convert::{Options, date, ids, parse, put, whole};
use crate::errors::{diagnostics, refused};
use napi::bindgen_prelude::{Object, Uint32ArraySlice, Unknown};
use napi::{Env, JsDate, Result};
use napi_derive::napi;
use std::sync::{Arc, Weak};
use tagmata::{Access, Cause, Diagnostic, Error, MemberSet, NamedEffects, Schema, SharedBook};

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

/// What a change came to: what became true, and who entered and left which segments.
#[derive(Clone)]
#[napi]
pub struct Outcome {
    told: Arc<Told>,
}

struct Told {
    commit: Commit,
    effects: NamedEffects,
    advance: NamedAdvance,
    warnings: Vec<Diagnostic>,
}

#[napi]
impl Outcome {
    pub(crate) fn new(outcome: tagmata::Outcome, schema: &Schema, book: &Arc<SharedBook>) -> Self {
        let named =
            |effects: &tagmata::Effects| effects.by_name(|segment| outcome.segment_name(segment, schema));
        let (effects, of_advance) = (named(&outcome.effects), named(&outcome.advance.effects));
        let tagmata::Outcome { commit, advance, warnings, .. } = outcome;
        let advance = NamedAdvance::of(advance.commits, of_advance, book);
        let told = Told { commit: Commit::new(commit, book), effects, advance, warnings };
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
        effects(env, &self.told.effects)
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
    effects: NamedEffects,
    commits: Vec<Commit>,
}

impl NamedAdvance {
    pub(crate) fn new(advance: tagmata::Advance, schema: &Schema, book: &Arc<SharedBook>) -> Self {
        let effects = advance.effects.by_name(|segment| advance.segment_name(segment, schema));
        Self::of(advance.commits, effects, book)
    }

    fn of(commits: Vec<tagmata::Commit>, effects: NamedEffects, book: &Arc<SharedBook>) -> Self {
        let commits = commits.into_iter().map(|commit| Commit::new(commit, book)).collect();
        Self { effects, commits }
    }

    pub(crate) fn shown<'env>(&self, env: &'env Env) -> Result<Advance<'env>> {
        let Effects { entered, left } = effects(env, &self.effects)?;
        Ok(Advance { entered, left, commits: self.commits.clone() })
    }
}

/// Effects as JavaScript has them.
pub(crate) fn effects<'env>(env: &'env Env, effects: &NamedEffects) -> Result<Effects<'env>> {
    let object = |all: &[(String, MemberSet)]| -> Result<Object<'env>> {
        let mut object = Object::new(env)?;
        for (name, members) in all {
            put(env, &mut object, name, ids(env, members)?)?;
        }
        Ok(object)
    };
    Ok(Effects { entered: object(&effects.entered)?, left: object(&effects.left)? })
}
