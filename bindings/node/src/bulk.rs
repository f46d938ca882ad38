//! Changes of many contacts at once, and the way back.

use crate::book::Book;
use crate::convert::{Options, inputs, names, refuse, text};
use crate::later::NowOrLater;
use crate::outcome::{Commit, Outcome};
use crate::segment::SegmentArg;
use crate::selection::SelectionArg;
use napi::Result;
use napi::bindgen_prelude::{ClassInstance, Either3, Unknown};
use napi_derive::napi;
use std::sync::Arc;
use tagmata::{Command, Patch, Ref};

/// What is to be undone.
type UndoArg<'env> = Either3<ClassInstance<'env, Outcome>, ClassInstance<'env, Commit>, Unknown<'env>>;

#[napi]
impl Book {
    /// Gives contacts tags, which are made if they are new.
    #[napi(
        ts_args_type = "selection: SelectionLike, tags: string[], options?: ChangeOptions",
        ts_return_type = "Outcome"
    )]
    pub fn add_tags(
        &self,
        selection: SelectionArg<'_>,
        tags: Unknown<'_>,
        options: Option<Unknown<'_>>,
        later: Option<bool>,
    ) -> Result<NowOrLater> {
        const CALL: &str = "addTags";
        let given = Options::of_change(CALL, options, &[])?;
        let tags = names("tags", tags)?.into_iter().map(Ref::from).collect();
        self.run_now_or_later(
            CALL,
            Command::AddTags { selection: self.selection("selection", selection)?, tags },
            &given,
            later,
        )
    }

    /// Takes tags from contacts.
    #[napi(
        ts_args_type = "selection: SelectionLike, tags: string[], options?: ChangeOptions",
        ts_return_type = "Outcome"
    )]
    pub fn remove_tags(
        &self,
        selection: SelectionArg<'_>,
        tags: Unknown<'_>,
        options: Option<Unknown<'_>>,
        later: Option<bool>,
    ) -> Result<NowOrLater> {
        const CALL: &str = "removeTags";
        let given = Options::of_change(CALL, options, &[])?;
        let tags = names("tags", tags)?.into_iter().map(Ref::from).collect();
        self.run_now_or_later(
            CALL,
            Command::RemoveTags { selection: self.selection("selection", selection)?, tags },
            &given,
            later,
        )
    }

    /// Gives contacts a status by hand: any status, at any time.
    #[napi(
        ts_args_type = "selection: SelectionLike, status: string, options?: ChangeOptions",
        ts_return_type = "Outcome"
    )]
    pub fn set_status(
        &self,
        selection: SelectionArg<'_>,
        status: Unknown<'_>,
        options: Option<Unknown<'_>>,
        later: Option<bool>,
    ) -> Result<NowOrLater> {
        const CALL: &str = "setStatus";
        let given = Options::of_change(CALL, options, &[])?;
        let (selection, status) = (self.selection("selection", selection)?, text("status", status)?);
        self.run_now_or_later(
            CALL,
            Command::SetStatus { selection, status: Ref::from(status) },
            &given,
            later,
        )
    }

    /// Gives contacts new values; `null` clears a field, `undefined` says nothing about it.
    #[napi(
        ts_args_type = "selection: SelectionLike, values: ContactValues, options?: ChangeOptions",
        ts_return_type = "Outcome"
    )]
    pub fn update_contacts(
        &self,
        selection: SelectionArg<'_>,
        values: Unknown<'_>,
        options: Option<Unknown<'_>>,
        later: Option<bool>,
    ) -> Result<NowOrLater> {
        const CALL: &str = "updateContacts";
        let given = Options::of_change(CALL, options, &[])?;
        let (selection, patch) = (self.selection("selection", selection)?, patch(values)?);
        self.run_now_or_later(CALL, Command::UpdateContacts { selection, patch }, &given, later)
    }

    /// Puts contacts into a static segment.
    #[napi(
        ts_args_type = "selection: SelectionLike, segment: SegmentLike, options?: ChangeOptions",
        ts_return_type = "Outcome"
    )]
    pub fn add_to_segment(
        &self,
        selection: SelectionArg<'_>,
        segment: SegmentArg<'_>,
        options: Option<Unknown<'_>>,
        later: Option<bool>,
    ) -> Result<NowOrLater> {
        const CALL: &str = "addToSegment";
        let given = Options::of_change(CALL, options, &[])?;
        let selection = self.selection("selection", selection)?;
        let segment = self.segment_reference("segment", segment)?;
        self.run_now_or_later(CALL, Command::AddToSegment { selection, segment }, &given, later)
    }

    /// Takes contacts out of a static segment.
    #[napi(
        ts_args_type = "selection: SelectionLike, segment: SegmentLike, options?: ChangeOptions",
        ts_return_type = "Outcome"
    )]
    pub fn remove_from_segment(
        &self,
        selection: SelectionArg<'_>,
        segment: SegmentArg<'_>,
        options: Option<Unknown<'_>>,
        later: Option<bool>,
    ) -> Result<NowOrLater> {
        const CALL: &str = "removeFromSegment";
        let given = Options::of_change(CALL, options, &[])?;
        let selection = self.selection("selection", selection)?;
        let segment = self.segment_reference("segment", segment)?;
        self.run_now_or_later(CALL, Command::RemoveFromSegment { selection, segment }, &given, later)
    }

    /// Undoes a change. Nothing that came later is overwritten: where something did, the undo is refused, or by `force`
    /// leaves that out.
    #[napi(ts_args_type = "change: Outcome | Commit, options?: ForceOptions", ts_return_type = "Outcome")]
    pub fn undo(
        &self,
        change: UndoArg<'_>,
        options: Option<Unknown<'_>>,
        later: Option<bool>,
    ) -> Result<NowOrLater> {
        const CALL: &str = "undo";
        let given = Options::of_change(CALL, options, &["force"])?;
        let commit = match change {
            Either3::A(outcome) => outcome.commit().commit,
            Either3::B(commit) => Arc::clone(&commit.commit),
            Either3::C(other) => return refuse("undo", "the outcome of a change, or its commit", &other),
        };
        let commit = Box::new(commit.as_ref().clone());
        self.run_now_or_later(CALL, Command::Undo { commit, force: given.flag("force")? }, &given, later)
    }
}

/// Values of an object as changes of contacts.
pub(crate) fn patch(values: Unknown<'_>) -> Result<Patch> {
    let inputs = inputs("values", values)?;
    Ok(inputs.into_iter().fold(Patch::new(), |patch, (key, input)| patch.set(key, input)))
}
