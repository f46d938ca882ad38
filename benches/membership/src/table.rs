//! The tables of the document.

use crate::cost::Cost;
use crate::format::{count, duration, table, three_digits, times};
use crate::operations::TIMES;
use crate::run::Measured;
use crate::update::KINDS;

/// The goals of one update: with so many segments, at most so many microseconds.
const UPDATE_GOALS: [(usize, f64); 3] = [(1_000, 3.0), (10_000, 30.0), (100_000, 1_000.0)];
/// A step of time: at most so many microseconds, and one more for each contact that crosses an edge.
const STEP_GOAL: f64 = 1_000.0;

/// What was measured beside what is wanted.
pub(crate) fn goals(measured: &[Measured], relative: &Measured, crossings: &[u64]) -> String {
    let mut rows = Vec::new();
    for (segments, micros) in UPDATE_GOALS {
        let Some(one) = measured.iter().find(|one| one.segments == segments) else { continue };
        let update = one.update().micros();
        let with = format!("with {} dynamic segments", count(segments as u64));
        rows.push([format!("one update {with}"), format!("at most {}", duration(micros)), duration(update)]);
        let ratio = times(one.naive.micros() / update);
        rows.push([format!("the same against evaluating all, {with}"), "at least 10×".to_owned(), ratio]);
    }
    for ((what, _), ((_, cost), crossed)) in TIMES.iter().zip(relative.others.iter().zip(crossings)) {
        let most = STEP_GOAL + *crossed as f64;
        let with = format!(
            "with {} relative segments, and {} contacts cross an edge",
            relative.segments,
            count(*crossed)
        );
        rows.push([format!("{what} {with}"), format!("at most {}", duration(most)), duration(cost.micros())]);
    }
    let rows: Vec<Vec<String>> = rows.into_iter().map(Vec::from).collect();
    table(&["goal", "is", "measured"].map(str::to_owned), &rows)
}

/// What one update costs, by each way to find out who moves.
pub(crate) fn updates(measured: &[Measured]) -> String {
    let row = |what: &str, cell: &dyn Fn(&Measured) -> String| {
        [what.to_owned()].into_iter().chain(measured.iter().map(cell)).collect::<Vec<String>>()
    };
    let against = |cost: Cost, one: &Measured| match cost.calls {
        0 => String::new(),
        _ => format!("{} ({})", duration(cost.micros()), times(cost.micros() / one.update().micros())),
    };
    let mut rows = vec![
        row("tagmata", &|one| with_moves(one.update())),
        row("evaluating all", &|one| against(one.naive, one)),
        row("a-tree", &|one| against(one.peer, one)),
    ];
    for (place, kind) in KINDS.iter().enumerate() {
        let cost = |one: &Measured| one.updates.get(place).copied().unwrap_or_default();
        rows.push(row(&format!("tagmata: {kind}"), &|one| with_moves(cost(one))));
    }
    let has = |one: &Measured| match one.expressed {
        0 => String::new(),
        expressed => count(expressed as u64),
    };
    rows.push(row("segments that a-tree has", &has));
    format!(
        "One update with so many dynamic segments; in brackets how many segments the contact enters and leaves, and for the \
         others how many times as long they take.\n\n{}",
        table(&head("one update (moves)", measured), &rows)
    )
}

/// What other changes cost.
pub(crate) fn others(measured: &[Measured], relative: &Measured) -> String {
    let all: Vec<&Measured> = measured.iter().chain([relative]).collect();
    let define = all.iter().map(|one| duration(one.define.as_secs_f64() * 1e6));
    let mut rows =
        vec![["all segments are defined".to_owned()].into_iter().chain(define).collect::<Vec<_>>()];
    let names = measured.first().into_iter().flat_map(|one| &one.others).map(|(what, _)| what);
    for what in names {
        let cells = all.iter().map(|one| match one.others.iter().find(|(other, _)| other == what) {
            Some((_, cost)) => with_moves(*cost),
            None => String::new(),
        });
        rows.push([what.clone()].into_iter().chain(cells).collect());
    }
    let mut head = head("change (moves)", measured);
    head.push(format!("{} relative", relative.segments));
    table(&head, &rows)
}

/// What one call takes, and how many it moves.
fn with_moves(cost: Cost) -> String {
    match cost.moves {
        0 => duration(cost.micros()),
        _ => format!("{} ({})", duration(cost.micros()), three_digits(cost.moves_of_one())),
    }
}

/// A column for each number of segments.
fn head(what: &str, measured: &[Measured]) -> Vec<String> {
    let columns = measured.iter().map(|one| match one.segments {
        0 => "no segments".to_owned(),
        segments => count(segments as u64),
    });
    [what.to_owned()].into_iter().chain(columns).collect()
}
