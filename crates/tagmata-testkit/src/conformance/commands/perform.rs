//! Steps are done.

use super::arguments::Reader;
use super::command;
use super::import::{describe, import};
use super::names::Names;
use crate::conformance::object::Object;
use crate::conformance::read::draft;
use serde_json::Value;
use tagmata::{Book, Diagnostic, Effects, MemberSet, Outcome, Result, Stamp, Timestamp};

/// What a step came to.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// Who entered and left segments by it.
    pub(super) effects: Effects,
    /// Who entered and left segments before, because time moved on to the step.
    pub(super) time: Effects,
    /// The report, if it was an import.
    pub(super) report: Value,
    /// The contacts that its commit is about.
    pub(super) touched: MemberSet,
    /// How many commits rules made before, because time moved on to the step.
    pub(super) commits: usize,
    /// What is worth knowing about it.
    pub(super) warnings: Vec<Diagnostic>,
}

impl From<Outcome> for Done {
    fn from(outcome: Outcome) -> Self {
        Self {
            touched: outcome.commit.contacts(),
            effects: outcome.effects,
            time: outcome.advance.effects,
            report: Value::Null,
            commits: outcome.advance.commits.len(),
            warnings: outcome.warnings,
        }
    }
}

/// Does what a step says; nothing if it only asks.
///
/// # Errors
/// Those of the book.
pub(super) fn perform(book: &mut Book, names: &mut Names, step: &Object<'_>) -> Result<Done> {
    match step.text_if("do") {
        None => Ok(Done::default()),
        Some("advance") => {
            let advance = book.advance(step.text("now").parse().unwrap())?;
            Ok(Done { effects: advance.effects, commits: advance.commits.len(), ..Done::default() })
        }
        Some("preview") => {
            let tried = step.need("step");
            let (_, outcome) =
                book.preview(stamp(step, book), |book| act_inside(book, names, tried, step))?;
            Ok(outcome.into())
        }
        Some("import_csv" | "import_interactions") => {
            let id = step.text_if("id");
            let report = import(book, names, step, stamp(step, book))?;
            let described = describe(&report);
            names.note(id, &report.outcome, book);
            Ok(Done { report: described, ..report.outcome.into() })
        }
        Some("preview_rule") => Ok(book.preview_rule(step.text("rule"))?.into()),
        Some("preview_segment") => {
            let segment = step.text("segment");
            let patch = Reader { names, schema: book.schema() }.patch(step)?;
            Ok(Done { effects: book.preview_segment(segment, patch)?, ..Done::default() })
        }
        Some(_) => {
            let id = step.text_if("id");
            let outcome = act(book, names, step)?;
            names.note(id, &outcome, book);
            Ok(outcome.into())
        }
    }
}

/// Makes the change of a step.
fn act(book: &mut Book, names: &mut Names, step: &Object<'_>) -> Result<Outcome> {
    let stamp = stamp(step, book);
    let outcome = match step.text("do") {
        "create_contact" => {
            let (draft, name) = (draft(&step.object("fields")), step.text_if("as"));
            let made = book.create_contact(draft, stamp)?;
            if let Some(name) = name {
                names.name_contact(name, made.id);
            }
            made.outcome
        }
        "import_csv" | "import_interactions" => import(book, names, step, stamp)?.outcome,
        "batch" => {
            let steps = step.list("steps");
            let all = |book: &mut Book| steps.iter().try_for_each(|one| act_inside(book, names, one, step));
            book.batch(stamp, all)?.1
        }
        other => match command::read(step, Reader { names, schema: book.schema() }, stamp.at())? {
            Some(command) => book.run(&command, stamp)?,
            None => panic!("{}: nothing is called `{other}`", step.place()),
        },
    };
    names.note_segments(book);
    Ok(outcome)
}

/// Makes the change of a step that stands in another one.
fn act_inside(book: &mut Book, names: &mut Names, step: &Value, of: &Object<'_>) -> Result<()> {
    let step = Object::new(step, format!("{}: {}", of.place(), step["do"]));
    let outcome = act(book, names, &step);
    step.finish();
    outcome.map(drop)
}

fn stamp(step: &Object<'_>, book: &Book) -> Stamp {
    let now: Timestamp = step.text_if("now").map_or(book.now(), |now| now.parse().unwrap());
    let stamp = Stamp::new(now);
    match step.text_if("actor") {
        Some(actor) => stamp.by(actor),
        None => stamp,
    }
}
