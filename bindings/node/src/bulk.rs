//! Changes of many contacts at once, and the way back.

use crate::book::Book;
use crate::convert::{Options, inputs, names, refuse, text};
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
    #[napi]
    pub fn add_tags(
        &self,
        #[napi(ts_arg_type = "SelectionLike")] selection: SelectionArg<'_>,
        #[napi(ts_arg_type = "string[]")] tags: Unknown<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("addTags", options, &[])?;
        let tags = names("tags", tags)?.into_iter().map(Ref::from).collect();
        self.run(&Command::AddTags { selection: self.selection("selection", selection)?, tags }, &given)
    }

    /// Takes tags from contacts.
    #[napi]
    pub fn remove_tags(
        &self,
        #[napi(ts_arg_type = "SelectionLike")] selection: SelectionArg<'_>,
        #[napi(ts_arg_type = "string[]")] tags: Unknown<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("removeTags", options, &[])?;
        let tags = names("tags", tags)?.into_iter().map(Ref::from).collect();
        self.run(&Command::RemoveTags { selection: self.selection("selection", selection)?, tags }, &given)
    }

    /// Gives contacts a status by hand: any status, at any time.
    #[napi]
    pub fn set_status(
        &self,
        #[napi(ts_arg_type = "SelectionLike")] selection: SelectionArg<'_>,
        #[napi(ts_arg_type = "string")] status: Unknown<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("setStatus", options, &[])?;
        let (selection, status) = (self.selection("selection", selection)?, text("status", status)?);
        self.run(&Command::SetStatus { selection, status: Ref::from(status) }, &given)
    }

    /// Gives contacts new values; `null` clears a field, `undefined` says nothing about it.
    #[napi]
    pub fn update_contacts(
        &self,
        #[napi(ts_arg_type = "SelectionLike")] selection: SelectionArg<'_>,
        #[napi(ts_arg_type = "ContactValues")] values: Unknown<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("updateContacts", options, &[])?;
        let (selection, patch) = (self.selection("selection", selection)?, patch(values)?);
        self.run(&Command::UpdateContacts { selection, patch }, &given)
    }

    /// Puts contacts into a static segment.
    #[napi]
    pub fn add_to_segment(
        &self,
        #[napi(ts_arg_type = "SelectionLike")] selection: SelectionArg<'_>,
        #[napi(ts_arg_type = "SegmentLike")] segment: SegmentArg<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("addToSegment", options, &[])?;
        let selection = self.selection("selection", selection)?;
        let segment = self.segment_reference("segment", segment)?;
        self.run(&Command::AddToSegment { selection, segment }, &given)
    }

    /// Takes contacts out of a static segment.
    #[napi]
    pub fn remove_from_segment(
        &self,
        #[napi(ts_arg_type = "SelectionLike")] selection: SelectionArg<'_>,
        #[napi(ts_arg_type = "SegmentLike")] segment: SegmentArg<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("removeFromSegment", options, &[])?;
        let selection = self.selection("selection", selection)?;
        let segment = self.segment_reference("segment", segment)?;
        self.run(&Command::RemoveFromSegment { selection, segment }, &given)
    }

    /// Undoes a change. Nothing that came later is overwritten: where something did, the undo is refused, or by `force`
    /// leaves that out.
    #[napi]
    pub fn undo(
        &self,
        #[napi(ts_arg_type = "Outcome | Commit")] change: UndoArg<'_>,
        #[napi(ts_arg_type = "ForceOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("undo", options, &["force"])?;
        let commit = match change {
            Either3::A(outcome) => outcome.commit().commit,
            Either3::B(commit) => Arc::clone(&commit.commit),
            Either3::C(other) => return refuse("undo", "the outcome of a change, or its commit", &other),
        };
        let commit = Box::new(commit.as_ref().clone());
        self.run(&Command::Undo { commit, force: given.flag("force")? }, &given)
    }
}

/// Values of an object as changes of contacts.
pub(crate) fn patch(values: Unknown<'_>) -> Result<Patch> {
    let inputs = inputs("values", values)?;
    Ok(inputs.into_iter().fold(Patch::new(), |patch, (key, input)| patch.set(key, input)))
}
